//! What may be typed.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model::format::{Basis, DispositionStatus};

/// Write a strategic plan together with your members.
#[derive(Debug, Parser)]
#[command(name = "planwright", version, max_term_width = 100)]
pub struct Arguments {
    /// Folder that holds `plan/`; the nearest above this one, if not given
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Colour the messages
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Say nothing but what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more
    #[arg(short, long, global = true)]
    pub verbose: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    Human,
    Json,
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    Pdf,
    Html,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Tell everything that is wrong with the plan
    Check(CheckOptions),
    /// Write the editions that the plan asks for into `build/`
    Build(BuildOptions),
    /// Replace or add one value of the plan
    Set(SetOptions),
    /// Record what became of a suggestion, with the words that it changed
    ///
    /// Before you change a text because of a suggestion: `planwright dispose POINT STATUS --target ADDRESS` keeps how it
    /// reads. After the change: `planwright dispose --stamp POINT` keeps how it reads since. If it was changed before you
    /// recorded it, say with `--before` how it read. Fields that are not given stay as they are.
    Dispose(DisposeOptions),
    /// Write for each region, event and Member a sheet that says what became of its input
    Sheets(SheetsOptions),
    /// Write a marker to every paragraph that has none, so that its address survives every edit
    Ids,
    /// Write a spreadsheet to be filled in by others
    #[command(subcommand)]
    Export(ExportCommand),
    /// Take what stands in a spreadsheet into the plan
    #[command(subcommand)]
    Import(ImportCommand),
    /// Say for each edition how far it is
    Status,
    /// Explain a code that a message shows; without a code, list all
    Explain { code: Option<String> },
    /// Print the JSON Schema of a kind of file; without a kind, list all
    Schema { kind: Option<String> },
    /// Lay down a small plan to begin with
    Init {
        /// Folder to lay it into; made if it is not there
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
    /// List or show the templates
    #[command(subcommand)]
    Templates(TemplatesCommand),
    /// Print completions for a shell
    Completions { shell: clap_complete::Shell },
}

#[derive(Debug, Args)]
pub struct CheckOptions {
    /// Tell also what stops this edition alone
    #[arg(long)]
    pub edition: Option<String>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ReportFormat,
    /// Fail on warnings too
    #[arg(long)]
    pub deny_warnings: bool,
}

#[derive(Debug, Args)]
pub struct BuildOptions {
    /// Build this edition alone (can be repeated)
    #[arg(long, value_name = "E")]
    pub edition: Vec<String>,
    /// Build this language alone (can be repeated)
    #[arg(long, value_name = "L")]
    pub lang: Vec<String>,
    /// Build this format alone (can be repeated)
    #[arg(long, value_name = "F")]
    pub format: Vec<OutputFormat>,
    /// Write here instead of `build/`
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct SheetsOptions {
    /// Edition from which they are taken; the first whose stage demands answers, if not given
    #[arg(long, value_name = "E")]
    pub edition: Option<String>,
    /// Write here instead of `build/<edition>/sheets/`
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct SetOptions {
    /// Add an entry to a list instead of replacing a value
    #[arg(long)]
    pub append: bool,
    /// Address of the value, such as `mission/title[fr]` or `mission#purpose`
    pub address: String,
    /// The new value
    #[arg(allow_hyphen_values = true)]
    pub value: String,
}

impl ValueEnum for DispositionStatus {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            DispositionStatus::Accepted => "The plan follows it",
            DispositionStatus::PartiallyAccepted => "The plan follows it in part; say why not in all",
            DispositionStatus::Noted => "The plan stays as it is, but it was heard; say why",
            DispositionStatus::NotAccepted => "The plan does not follow it; say why",
            DispositionStatus::Deferred => "It is answered later; say why",
        };
        Some(PossibleValue::new(self.word()).help(help))
    }
}

impl ValueEnum for Basis {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()))
    }
}

#[derive(Debug, Args)]
pub struct DisposeOptions {
    /// Id of a suggestion that is not split, of a point, or of a cluster
    pub point: String,
    /// What became of it
    #[arg(required_unless_present_any = ["stamp", "renew"])]
    pub status: Option<DispositionStatus>,
    /// Why, in the language of the plan; not needed for `accepted`
    #[arg(long, value_name = "TEXT", conflicts_with = "standard_reason", allow_hyphen_values = true)]
    pub reason: Option<String>,
    /// Why, as a reason of `consultation/reasons.yaml`
    #[arg(long, value_name = "ID")]
    pub standard_reason: Option<String>,
    /// The unit that answers
    #[arg(long, value_name = "ID")]
    pub unit: Option<String>,
    /// Day of the answer, such as 2018-11-20
    #[arg(long)]
    pub date: Option<String>,
    /// Where the answer comes from
    #[arg(long, value_name = "B")]
    pub basis: Option<Basis>,
    /// Entry of `sources.yaml`
    #[arg(long, value_name = "ID")]
    pub source: Option<String>,
    /// Text or value that is changed, such as `mission#purpose` (can be repeated)
    #[arg(long, value_name = "ADDRESS")]
    pub target: Vec<String>,
    /// An address that was named as a target by mistake; several are allowed
    #[arg(long, value_name = "ADDRESS")]
    pub not_target: Vec<String>,
    /// How the one target read before a change that is already made; empty for what is new
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub before: Option<String>,
    /// After the change: keep how every target reads since
    #[arg(long, conflicts_with_all = FIELDS)]
    pub stamp: bool,
    /// With --stamp or --renew: also targets that read as before
    #[arg(long, conflicts_with_all = FIELDS)]
    pub unchanged: bool,
    /// Take over how targets read that were changed after they were stamped; shows both texts
    #[arg(long, conflicts_with = "stamp", conflicts_with_all = FIELDS)]
    pub renew: bool,
}

/// What only the recording of an answer takes.
const FIELDS: [&str; 10] =
    ["status", "reason", "standard_reason", "unit", "date", "basis", "source", "target", "not_target", "before"];

#[derive(Debug, Subcommand)]
pub enum TemplatesCommand {
    /// List the built-in templates and which of them the plan replaces
    List,
    /// Print a built-in template
    Show { name: String },
}

#[derive(Debug, Subcommand)]
pub enum ExportCommand {
    /// The form in which a delegation comments on an edition
    Form(FormOptions),
    /// The table of what was said and what became of it
    Responses(ResponsesOptions),
}

#[derive(Debug, Args)]
pub struct FormOptions {
    /// The edition to comment on; the form holds what its audience may read
    #[arg(long, value_name = "E")]
    pub edition: String,
    /// Language of the form; the first of the edition, if not given
    #[arg(long, value_name = "L")]
    pub lang: Option<String>,
    /// The event at which the comments are collected
    #[arg(long, value_name = "ID")]
    pub event: Option<String>,
    /// File to write: `.xlsx` or `.csv`
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Replace a file that is there already, with whatever somebody wrote into it
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct ResponsesOptions {
    /// Cut the table to what the audience of this edition may read; all of it, if not given
    #[arg(long, value_name = "E")]
    pub edition: Option<String>,
    /// Language of the table; the one in which the plan is written, if not given
    #[arg(long, value_name = "L")]
    pub lang: Option<String>,
    /// File to write: `.xlsx` or `.csv`
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Replace a file that is there already, with whatever somebody wrote into it
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// A form that was filled in, or a table of answers that was edited
    Responses(ImportOptions),
    /// Answers to a survey: written beside it in `plan/surveys/`; with a survey to begin with, if there is none
    Survey(SurveyOptions),
}

#[derive(Debug, Args)]
pub struct SurveyOptions {
    /// Name of the survey, as of its file in `plan/surveys/`
    pub name: String,
    /// Table of answers: `.xlsx` or `.csv`
    pub file: PathBuf,
    /// The wave that these answers are; the only one of the survey, if not given
    #[arg(long, value_name = "ID")]
    pub wave: Option<String>,
    /// Replace a table of the same wave that holds other answers
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct ImportOptions {
    /// The file that came back: `.xlsx` or `.csv`
    pub file: PathBuf,
    /// The event to which the comments of a form belong; the one that the form names, if not given
    #[arg(long, value_name = "ID")]
    pub event: Option<String>,
    /// Id of the Member or region whose form it is, where its name does not tell
    #[arg(long, value_name = "ID")]
    pub by: Option<String>,
    /// Entry of the register of sources under which the form is kept; each suggestion then says that it is reported
    #[arg(long, value_name = "ID")]
    pub source: Option<String>,
    /// Take nothing if one row cannot be taken
    #[arg(long)]
    pub all_or_nothing: bool,
    /// Say what would be done, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}
