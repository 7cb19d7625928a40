//! From hostile bytes to drafts, without a panic: `cargo +nightly fuzz run draft -- -max_total_time=600` in this folder.
//!
//! An input is one or more files of a plan, laid over the smallest one: the first byte of each says which file it is,
//! the bytes `\0\x01` stand between two.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use planwright::diag::Diagnostics;
use planwright::pipeline::{self, Request};
use planwright::report;
use planwright::source::{Sources, read_folder};

static SMALLEST: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/smallest");
    let sources = read_folder(&root, &mut Diagnostics::default());
    sources.iter().map(|(_, file)| (file.path.clone(), file.bytes.to_vec())).collect()
});

const MORE: &[&str] = &[
    "plan/elements/goal.fr.md",
    "plan/predecessor.yaml",
    "plan/regions.yaml",
    "plan/members.yaml",
    "plan/sections/more.md",
    "plan/indicators/more.yaml",
    "templates/html/footer.html",
    "plan/costs.yaml",
    "plan/costs/accounts.csv",
    "plan/scan.yaml",
    "plan/map.yaml",
    "plan/surveys/poll.yaml",
    "plan/surveys/poll.csv",
    "plan/evidence.yaml",
];

fuzz_target!(|data: &[u8]| {
    let mut files = SMALLEST.clone();
    let mut rest = data;
    while let Some((which, tail)) = rest.split_first() {
        let end = tail.windows(2).position(|pair| pair == [0, 1]).unwrap_or(tail.len());
        let which = *which as usize % (SMALLEST.len() + MORE.len());
        match SMALLEST.get(which) {
            Some(_) => files[which].1 = tail[..end].to_vec(),
            None => files.push((MORE[which - SMALLEST.len()].to_string(), tail[..end].to_vec())),
        }
        rest = tail.get(end + 2..).unwrap_or(&[]);
    }
    files.dedup_by(|one, other| one.0 == other.0);
    let sources = Sources::from_files(files);
    let (plan, diags) = pipeline::check(&sources, Diagnostics::default());
    let _ = report::human(&diags, &sources, false);
    let _ = report::json(&diags, &sources);
    if let Some(plan) = plan {
        for edition in plan.plan.editions.iter().take(3) {
            let _ = pipeline::drafts(&plan, &edition.id, &diags, &Request::default(), &mut Diagnostics::default());
        }
    }
});
