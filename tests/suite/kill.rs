//! A build that is killed at any of its writes leaves every edition whole, old or new.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::support::{PlanTest, files};

/// The calls by which a build changes the disk.
const CALLS: &[&str] = &["mkdir", "write", "renameat2", "rename", "unlinkat", "rmdir", "copy_file_range"];

/// Runs the program and kills it at its `when`th `call`; true when it was killed.
fn killed(folder: &Path, arguments: &[&str], call: &str, when: usize) -> bool {
    let status = Command::new("strace")
        .current_dir(folder)
        .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}")])
        .args(["-e", &format!("inject={call}:signal=KILL:when={when}")])
        .arg(env!("CARGO_BIN_EXE_planwright"))
        .args(arguments)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .expect("strace is here");
    !status.success()
}

/// What an edition is: its files with their hashes, checked against its own manifest.
fn whole(folder: &Path) -> BTreeMap<String, String> {
    let all: BTreeMap<String, String> = files(folder)
        .into_iter()
        .map(|(path, bytes)| (path, Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect()))
        .collect();
    let manifest = std::fs::read(folder.join("manifest.json")).expect("an edition has a manifest");
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("the manifest is whole");
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    for file in manifest["files"].as_array().unwrap() {
        named.insert(file["path"].as_str().unwrap().into(), file["sha256"].as_str().unwrap().into());
    }
    let mut there = all.clone();
    there.remove("manifest.json");
    assert_eq!(there, named, "{} is not whole", folder.display());
    all
}

fn copy(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    for (path, bytes) in files(from) {
        let to = to.join(path);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, bytes).unwrap();
    }
}

#[test]
#[ignore = "needs strace"]
fn a_build_that_is_killed_leaves_every_edition_whole() {
    let plan = PlanTest::from_dir("examples/smallest");
    let text = plan.read("plan/plan.yaml");
    let edition = text.split("editions:\n").nth(1).unwrap().to_string();
    plan.write("plan/plan.yaml", format!("{text}{}", edition.replace("id: draft", "id: second")));
    let build = ["build", "-q", "--format", "html"];
    let states = |title: &str| {
        assert_eq!(plan.run(&["set", "-q", "vision/title", title]).status.code(), Some(0));
        assert_eq!(plan.run(&build).status.code(), Some(0));
        ["draft", "second"].map(|edition| whole(&plan.path("build").join(edition)))
    };
    let old = states("The old vision");
    let kept = tempfile::tempdir().unwrap();
    copy(&plan.path("build"), kept.path());
    let new = states("The new vision");
    assert!(old[0] != new[0] && old[1] != new[1]);
    let mut kills = 0;
    let mut mixed = 0;
    for call in CALLS {
        for when in 1.. {
            copy(kept.path(), &plan.path("build"));
            if !killed(plan.folder.path(), &build, call, when) {
                break;
            }
            kills += 1;
            let found = ["draft", "second"].map(|edition| whole(&plan.path("build").join(edition)));
            for at in 0..2 {
                assert!(found[at] == old[at] || found[at] == new[at], "killed at {call} {when}");
            }
            mixed += usize::from(found[0] == new[0] && found[1] == old[1]);
        }
    }
    assert!(kills > 100, "only {kills} kills");
    assert!(mixed > 0, "no kill between the two editions");
    // What a killed build leaves beside is cleared by the next one.
    assert_eq!(plan.run(&build).status.code(), Some(0));
    let left: Vec<_> = files(&plan.path("build")).into_iter().filter(|(path, _)| path.starts_with('.')).collect();
    assert!(left.is_empty(), "{:?}", left.iter().map(|(path, _)| path).collect::<Vec<_>>());
}

#[test]
#[ignore = "needs strace"]
fn an_edit_that_is_killed_leaves_the_file_whole() {
    let plan = PlanTest::from_dir("examples/smallest");
    let path = "plan/statements/vision.md";
    let old = plan.read(path);
    let set = ["set", "-q", "vision/title", "Another title"];
    let mut kills = 0;
    for call in ["write", "rename", "fchmod", "chmod"] {
        for when in 1.. {
            plan.write(path, &old);
            if !killed(plan.folder.path(), &set, call, when) {
                break;
            }
            kills += 1;
            let now = plan.read(path);
            assert!(now == old || now == old.replace("title: Vision", "title: Another title"), "{now}");
        }
    }
    assert!(kills >= 2, "only {kills} kills");
}
