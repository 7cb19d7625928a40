//! The program: parse, run, exit.

use std::process::ExitCode;

fn main() -> ExitCode {
    planwright::cli::main()
}
