//! What a build leaves: the same bytes each time, and a user's template changes only its part.

use crate::support::{PlanTest, files};

#[test]
fn two_builds_in_two_folders_and_time_zones_are_equal() {
    let build = |zone: &str| {
        let plan = PlanTest::from_dir(".");
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_planwright"))
            .current_dir(plan.folder.path())
            .env("TZ", zone)
            .args(["build", "-q", "--edition", "policy-commission"])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        files(&plan.path("build"))
    };
    let (one, two) = (build("Asia/Tokyo"), build("America/Lima"));
    assert_eq!(one.len(), two.len());
    for ((path, a), (other, b)) in one.iter().zip(&two) {
        assert_eq!(path, other);
        assert!(a == b, "{path} differs");
    }
}

#[test]
fn a_manifest_names_every_file() {
    let plan = PlanTest::from_dir("examples/smallest");
    assert_eq!(plan.run(&["build", "-q", "--format", "html"]).status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_str(&plan.read("build/draft/manifest.json")).unwrap();
    let named: Vec<_> = json["files"].as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap()).collect();
    let there: Vec<_> = files(&plan.path("build/draft")).into_iter().map(|(path, _)| path).collect();
    let mut there: Vec<_> = there.iter().map(String::as_str).filter(|path| *path != "manifest.json").collect();
    there.sort_unstable();
    assert_eq!(named, there);
}
