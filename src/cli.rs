//! The command line: the only room that writes to the disk.
//!
//! Exit status: 0 clean or warnings only, 1 the plan or a gate has faults, 2 wrong usage or the machine failed.

mod args;
mod build;
mod dispose;
mod explain;
mod export;
mod ids;
mod import;
mod init;
mod manifest;
mod news;
mod pages;
mod plan;
mod sheets;
mod status;
mod survey;
mod templates;
mod write;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{CommandFactory, Parser};

use crate::diag::{Diagnostics, Severity};
use crate::report;
use crate::source::{self, Sources};
use args::{Arguments, Color, Command, ReportFormat};

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            eprintln!("planwright: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<u8> {
    match &arguments.command {
        Command::Check(options) => plan::check(arguments, options),
        Command::Build(options) => build::run(arguments, options),
        Command::Set(options) => plan::set(arguments, options),
        Command::Dispose(options) => dispose::run(arguments, options),
        Command::Sheets(options) => sheets::run(arguments, options),
        Command::Ids => ids::run(arguments),
        Command::Export(command) => export::run(arguments, command),
        Command::Import(args::ImportCommand::Responses(options)) => import::responses(arguments, options),
        Command::Import(args::ImportCommand::Survey(options)) => survey::run(arguments, options),
        Command::Status => status::run(arguments),
        Command::Explain { code } => explain::run(code.as_deref()),
        Command::Schema { kind } => explain::schema(kind.as_deref()),
        Command::Init { folder } => init::run(folder),
        Command::Templates(command) => templates::run(arguments, command),
        Command::Completions { shell } => {
            clap_complete::generate(*shell, &mut Arguments::command(), "planwright", &mut std::io::stdout());
            Ok(0)
        }
    }
}

/// The folder that holds `plan/`: the one given, or the nearest above the present one.
fn root(arguments: &Arguments) -> Result<PathBuf> {
    if let Some(root) = &arguments.root {
        if !root.join("plan").is_dir() {
            bail!("there is no folder `plan` in `{}`", root.display());
        }
        return Ok(root.clone());
    }
    let here = std::env::current_dir()?;
    match here.ancestors().find(|folder| folder.join("plan/plan.yaml").is_file()) {
        Some(folder) if folder == here => Ok(PathBuf::from(".")),
        Some(folder) => Ok(folder.to_path_buf()),
        None => bail!(
            "there is no plan here: no `plan/plan.yaml` in `{}` or in a folder above it. `planwright init` lays one down",
            here.display()
        ),
    }
}

fn read(arguments: &Arguments) -> Result<(PathBuf, Sources, Diagnostics)> {
    let root = root(arguments)?;
    let mut diags = Diagnostics::default();
    let sources = source::read_folder(&root, &mut diags);
    Ok((root, sources, diags))
}

fn color(arguments: &Arguments) -> bool {
    match arguments.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    }
}

/// Tells the diagnostics in the format asked for and returns the exit status.
fn tell(arguments: &Arguments, format: ReportFormat, sources: &Sources, diags: &Diagnostics, strict: bool) -> u8 {
    match format {
        ReportFormat::Json => println!("{}", report::json(diags, sources)),
        ReportFormat::Github => print!("{}", report::github(diags, sources)),
        ReportFormat::Human => {
            eprint!("{}", report::human(diags, sources, color(arguments)));
            if !arguments.quiet {
                eprintln!("{}", report::summary(diags));
            }
        }
    }
    let limit = if strict { Severity::Warn } else { Severity::Deny };
    u8::from(diags.iter().any(|diagnostic| diagnostic.severity >= limit))
}
