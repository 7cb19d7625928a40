//! Why an answer is not written, in sentences that say what to do.

use std::fmt;

use crate::diag::AddressError;
use crate::edit::EditError;

/// Why an answer is not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing has this id.
    Unknown {
        id: String,
        near: Option<String>,
    },
    /// It is something that nobody answers.
    NoPoint {
        id: String,
        kind: &'static str,
    },
    /// It is a remark or a presentation.
    Record {
        id: String,
        kind: &'static str,
    },
    /// Its parts are answered.
    Split {
        id: String,
        points: Vec<String>,
    },
    /// Its cluster is answered.
    Clustered {
        id: String,
        cluster: String,
    },
    /// It, or its disposition, could not be read whole.
    Faulty(String),
    /// There is no answer yet that could be stamped or renewed.
    Unanswered(String),
    /// The answer names nothing that it changed.
    NoTargets(String),
    /// Targets of which nobody said how they read before.
    NoBefore {
        id: String,
        status: &'static str,
        targets: Vec<String>,
    },
    /// A target with `after` but without `before`, of which the present text cannot be the old one.
    Late {
        address: String,
    },
    BadAddress {
        address: String,
        error: AddressError,
    },
    /// Nothing stands at the address.
    Nowhere {
        address: String,
        near: Option<String>,
    },
    /// What stands at the address has no words.
    Wordless(String),
    /// `before` was told, but not of exactly one target.
    WhichTarget,
    /// The answer names no such target.
    NoSuchTarget {
        address: String,
        targets: Vec<String>,
    },
    /// An answer that changes nothing would name what it changed.
    Contradiction {
        id: String,
        status: &'static str,
        targets: Vec<String>,
    },
    /// The reason was given for another answer.
    OldReason {
        id: String,
        status: &'static str,
    },
    /// A field without words.
    Empty(&'static str),
    /// Several sources are named already.
    Sources(String),
    Edit(EditError),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Unknown { id, near: Some(near) } => {
                write!(f, "there is no suggestion, point or cluster `{id}`; did you mean `{near}`?")
            }
            Refusal::Unknown { id, near: None } => {
                write!(f, "there is no suggestion, point or cluster `{id}`; look under `plan/consultation/`")
            }
            Refusal::NoPoint { id, kind } => {
                write!(f, "`{id}` is {kind}; only suggestions, points and clusters are answered")
            }
            Refusal::Record { id, kind } => write!(
                f,
                "`{id}` belongs to a {kind}, which is recorded but not answered; if a Member suggested it, write \
                 `kind: suggestion`"
            ),
            Refusal::Split { id, points } => {
                write!(f, "`{id}` is split; answer each of its points: {}", listed(points))
            }
            Refusal::Clustered { id, cluster } => write!(
                f,
                "`{id}` stands in the cluster `{cluster}`, which has one answer for all its points: answer `{cluster}`, \
                 or take `{id}` out of its list"
            ),
            Refusal::Faulty(id) => write!(f, "`{id}` has a fault and cannot be answered; `planwright check` names it"),
            Refusal::Unanswered(id) => {
                write!(f, "`{id}` has no disposition yet; `planwright dispose {id} STATUS` records one")
            }
            Refusal::NoTargets(id) => write!(
                f,
                "the disposition of `{id}` names nothing that it changed; name it with --target when you record it"
            ),
            Refusal::NoBefore { id, status, targets } => write!(
                f,
                "the disposition of `{id}` does not say how {} read before; say with --before what it was (empty for \
                 what is new): `planwright dispose {id} {status} --target {} --before TEXT`",
                listed(targets),
                targets.first().map_or("ADDRESS", String::as_str)
            ),
            Refusal::Late { address } => write!(
                f,
                "the disposition says already how `{address}` reads since the change; say with --before what it was \
                 (empty for what is new)"
            ),
            Refusal::BadAddress { address, error } => write!(f, "`{address}` is not an address: {error}"),
            Refusal::Nowhere { address, near } => {
                write!(f, "nothing in the plan has the address `{address}`")?;
                match near {
                    Some(near) => write!(f, "; did you mean `{near}`?")?,
                    None => f.write_str(".")?,
                }
                f.write_str(" What is to be new must be written to the plan first; answer then, with `--before \"\"`")
            }
            Refusal::Wordless(address) => {
                write!(f, "`{address}` has no words of its own; name one of its fields")
            }
            Refusal::WhichTarget => {
                f.write_str("--before says how one target read before the change: give exactly one --target with it")
            }
            Refusal::NoSuchTarget { address, targets } if targets.is_empty() => {
                write!(f, "`{address}` cannot be taken out: the disposition names nothing that it changed")
            }
            Refusal::NoSuchTarget { address, targets } => {
                write!(f, "the disposition does not name `{address}`; it names {}", listed(targets))
            }
            Refusal::Contradiction { id, status, targets } => write!(
                f,
                "an answer that is `{status}` changes nothing, but the disposition of `{id}` names {}; take that out \
                 with --not-target, or choose `accepted` or `partially-accepted`",
                listed(targets)
            ),
            Refusal::OldReason { id, status } => write!(
                f,
                "the reason that stands at `{id}` was given for `{status}`; say with --reason why the answer is another \
                 now"
            ),
            Refusal::Empty(field) => write!(f, "`{field}` has no words; give some, or leave it out"),
            Refusal::Sources(id) => {
                write!(f, "the disposition of `{id}` names several sources; change them in the file")
            }
            Refusal::Edit(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for Refusal {}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
