//! Measures the program from outside, as its users wait for it: cold process, warm page cache.
//!
//! `cargo bench --profile release --bench line -- [S] [M] [L] [C] [D] [E] [check] [html] [pdf] [both] [--runs N] [--keep DIR]` prints
//! a table of the sizes and jobs named, else of all but L. Each job is measured against its floor in the same run, in
//! alternation: reading and parsing the sources and writing the bytes; or compiling the finished Typst source with
//! nothing else.

mod evidence;
mod floor;
mod generate;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Wall time and peak memory of one process.
#[derive(Clone, Copy)]
struct Run {
    wall: Duration,
    peak_kib: u64,
}

fn run(program: &Path, folder: &Path, arguments: &[&str]) -> Run {
    let begin = Instant::now();
    let mut child = Command::new(program)
        .current_dir(folder)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak_kib = 0;
    loop {
        if let Ok(text) = std::fs::read_to_string(&status)
            && let Some(line) = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))
        {
            peak_kib = line.trim().trim_end_matches(" kB").parse().unwrap_or(peak_kib).max(peak_kib);
        }
        if let Some(status) = child.try_wait().expect("the program can be waited for") {
            assert!(status.code().is_some_and(|code| code < 2), "{arguments:?} ended with {status}");
            return Run { wall: begin.elapsed(), peak_kib };
        }
        std::thread::sleep(Duration::from_micros(500));
    }
}

/// The median of several runs, and the highest peak.
fn median(mut runs: Vec<Run>) -> Run {
    runs.sort_by_key(|run| run.wall);
    let peak_kib = runs.iter().map(|run| run.peak_kib).max().unwrap_or(0);
    Run { wall: runs[runs.len() / 2].wall, peak_kib }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    if arguments.first().is_some_and(|it| it == "floor") {
        return floor::main(&arguments[1..]);
    }
    let value = |name: &str| arguments.iter().position(|it| it == name).and_then(|at| arguments.get(at + 1));
    let runs: usize = value("--runs").and_then(|it| it.parse().ok()).unwrap_or(5);
    let mut sizes: Vec<&str> =
        ["S", "M", "L", "C", "D", "E"].into_iter().filter(|size| arguments.iter().any(|it| it == size)).collect();
    if sizes.is_empty() {
        sizes = vec!["S", "M"];
    }
    let program = Path::new(env!("CARGO_BIN_EXE_planwright"));
    let own = std::env::current_exe().expect("this program has a path");
    println!("| size | job | time | floor | ratio | peak memory |");
    println!("| --- | --- | ---: | ---: | ---: | ---: |");
    for size in sizes {
        let scratch = tempfile::tempdir().expect("a temporary folder");
        let folder = match value("--keep") {
            Some(kept) => Path::new(kept).join(size),
            None => scratch.path().join(size),
        };
        generate::write(&folder, size);
        if size == "E" {
            evidence::measure(&folder, size, runs);
            continue;
        }
        let named = |job: &str| arguments.iter().any(|it| it == job);
        let all = !JOBS.iter().any(|job| named(job));
        for (job, arguments) in jobs(size).into_iter().filter(|(job, _)| all || named(job)) {
            let (mut ours, mut floors) = (Vec::new(), Vec::new());
            for _ in 0..runs {
                ours.push(run(program, &folder, arguments));
                floors.push(run(&own, &folder, &["floor", job]));
            }
            let (ours, floor) = (median(ours), median(floors));
            println!(
                "| {size} | {job} | {:.0} ms | {:.0} ms | {:.2} | {} MiB |",
                ours.wall.as_secs_f64() * 1000.0,
                floor.wall.as_secs_f64() * 1000.0,
                ours.wall.as_secs_f64() / floor.wall.as_secs_f64(),
                ours.peak_kib / 1024
            );
        }
    }
    let start = median((0..runs.max(10)).map(|_| run(program, Path::new("."), &["--version"])).collect());
    println!("| - | start | {:.1} ms | | | |", start.wall.as_secs_f64() * 1000.0);
}

const JOBS: [&str; 4] = ["check", "html", "pdf", "both"];

/// Name of a job and how it is asked for. PDF at L and D would take more memory than a machine has.
fn jobs(size: &str) -> Vec<(&'static str, &'static [&'static str])> {
    let mut jobs: Vec<(&str, &[&str])> =
        vec![("check", &["check", "-q"]), ("html", &["build", "-q", "--format", "html"])];
    if !matches!(size, "L" | "D") {
        jobs.push(("pdf", &["build", "-q", "--format", "pdf"]));
        jobs.push(("both", &["build", "-q"]));
    }
    jobs
}
