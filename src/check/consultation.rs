//! Every point has one answer, every answer its reason, its target and the words that it changed.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Address, Code, Diagnostic, Diagnostics, Origin};
use crate::model::Plan;
use crate::model::faulty::Faulty;
use crate::model::fingerprint;
use crate::model::format::*;
use crate::model::points::{self, PointView, Standing};
use crate::model::reference::Index;

/// An answer with the place where it is written.
struct Answer<'p> {
    /// Id of the point, suggestion or cluster that is answered.
    id: &'p str,
    origin: Origin,
    disposition: &'p Disposition,
}

/// Remarks and presentations are no suggestions and need no answer.
pub fn run(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    let points = points::points(plan);
    once(plan, &points, faulty, diags);
    records(plan, diags);
    for point in &points {
        standing(point, faulty, diags);
    }
    let index = Index::new(plan);
    for answer in answers(plan, &points, faulty) {
        explained(&answer, faulty, diags);
        changed(&answer, &index, faulty, diags);
    }
}

/// Where a point stands.
fn origin(point: &PointView, faulty: &Faulty) -> Origin {
    match point.part {
        Some((index, _)) => faulty.entry(&point.suggestion.origin.key("points"), index),
        None => point.suggestion.origin.clone(),
    }
}

/// Every answer once: those of points, and those that clusters give to all their points.
fn answers<'p>(plan: &'p Plan, points: &[PointView<'p>], faulty: &Faulty) -> Vec<Answer<'p>> {
    let own = points.iter().filter_map(|point| {
        let disposition = point.own_disposition()?;
        Some(Answer { id: point.id(), origin: origin(point, faulty), disposition })
    });
    let shared = plan.clusters.iter().filter_map(|cluster| {
        let disposition = cluster.data.disposition.as_ref()?;
        Some(Answer { id: &cluster.data.id, origin: cluster.origin.clone(), disposition })
    });
    own.chain(shared).collect()
}

fn told(code: Code, id: &str, origin: &Origin, field: &str) -> Diagnostic {
    let address = Address::item(id);
    let diagnostic = match field {
        "" => Diagnostic::new(code, origin.key("id")).address(address),
        _ => Diagnostic::new(code, origin.key(field)).address(address.field(field)),
    };
    diagnostic.arg("id", id)
}

/// A point that nobody answered, or that a party opened again.
fn standing(point: &PointView, faulty: &Faulty, diags: &mut Diagnostics) {
    let origin = origin(point, faulty);
    let lost = || {
        let cluster = point.cluster.map(|cluster| cluster.origin.key("disposition"));
        faulty.has(&origin.key("disposition")) || cluster.is_some_and(|place| faulty.has(&place))
    };
    match point.standing() {
        Standing::Open if !lost() => diags.push(told(Code::UndisposedPoint, point.id(), &origin, "")),
        Standing::Reopened => {
            let since = point.objection().and_then(|reply| reply.date.as_deref()).unwrap_or("no date");
            diags.push(told(Code::ReopenedPoint, point.id(), &origin, "replies").arg("date", since));
        }
        Standing::Open | Standing::Withheld | Standing::Answered(_) => {}
    }
}

/// Two answers to one point would leave open which one holds.
fn once(plan: &Plan, points: &[PointView], faulty: &Faulty, diags: &mut Diagnostics) {
    let twice = |id: &str, origin: &Origin, detail: String| {
        told(Code::AnsweredTwice, id, origin, "disposition").arg("detail", detail)
    };
    for point in points.iter().filter(|point| point.own_disposition().is_some()) {
        if let Some(cluster) = point.cluster.filter(|cluster| cluster.data.disposition.is_some()) {
            let detail = format!("by itself and by the cluster `{}`", cluster.data.id);
            diags.push(twice(point.id(), &origin(point, faulty), detail));
        }
    }
    for (_, item) in points::suggestions(plan) {
        if item.data.disposition.is_some() && !item.data.points.is_empty() {
            let detail = "as a whole and by its points".to_string();
            diags.push(twice(&item.data.id, &item.origin, detail));
        }
    }
    clusters(plan, points, faulty, diags);
}

/// A cluster lists points, each of which is in no other.
fn clusters(plan: &Plan, points: &[PointView], faulty: &Faulty, diags: &mut Diagnostics) {
    let known: BTreeSet<&str> = points.iter().map(PointView::id).collect();
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for cluster in &plan.clusters {
        let id = cluster.data.id.as_str();
        for (index, point) in cluster.data.points.iter().enumerate() {
            let place = faulty.entry(&cluster.origin.key("points"), index);
            let address = Address::item(id).field("points").field(point.as_str());
            let tell = |code| Diagnostic::new(code, &place).address(address).arg("id", point.as_str());
            if plan.ids.contains_key(point.as_str()) && !known.contains(point.as_str()) {
                diags.push(tell(Code::NotAPoint).arg("cluster", id));
                continue;
            }
            match first.insert(point, id) {
                Some(other) if other != id => {
                    let detail = format!("by the clusters `{other}` and `{id}`");
                    diags.push(tell(Code::AnsweredTwice).arg("detail", detail));
                }
                _ => {}
            }
        }
    }
}

/// Remarks and presentations stand in the record alone: they have no points and no answers.
fn records(plan: &Plan, diags: &mut Diagnostics) {
    let all = plan.suggestions.iter().flat_map(|group| &group.suggestions);
    for item in all.filter(|item| item.data.kind != RecordKind::Suggestion) {
        let Suggestion { disposition, points, replies, .. } = &item.data;
        let given =
            [("disposition", disposition.is_some()), ("points", !points.is_empty()), ("replies", !replies.is_empty())];
        for (field, _) in given.into_iter().filter(|(_, given)| *given) {
            let diagnostic = told(Code::AnsweredRecord, &item.data.id, &item.origin, field);
            diags.push(diagnostic.arg("kind", item.data.kind.word()).arg("field", field));
        }
    }
}

fn explained(answer: &Answer, faulty: &Faulty, diags: &mut Diagnostics) {
    let Answer { id, origin, disposition } = answer;
    let lost = |field: &str| faulty.has(&origin.key("disposition").key(field));
    let reason = disposition.reason.is_some() || disposition.standard_reason.is_some();
    if !reason && disposition.status != DispositionStatus::Accepted && !lost("reason") && !lost("standard-reason") {
        let diagnostic = told(Code::UnexplainedDisposition, id, origin, "disposition");
        diags.push(diagnostic.arg("status", status(disposition)));
    }
}

fn status(disposition: &Disposition) -> String {
    disposition.status.word().replace('-', " ")
}

/// What an answer changed must be named, with the words as they stand since.
fn changed(answer: &Answer, index: &Index, faulty: &Faulty, diags: &mut Diagnostics) {
    let Answer { id, origin, disposition } = answer;
    let changes = disposition.status.changes();
    let place = origin.key("disposition").key("targets");
    if changes && disposition.targets.is_empty() && !faulty.has(&place) {
        let diagnostic = told(Code::MissingTarget, id, origin, "disposition").arg("status", status(disposition));
        diags.push(diagnostic.arg("detail", "does not say what it changed"));
    }
    if !changes && !disposition.targets.is_empty() {
        let names: Vec<&str> = disposition.targets.iter().map(|target| &*target.address).collect();
        let diagnostic = Diagnostic::new(Code::ContradictingTarget, place.clone());
        let diagnostic = diagnostic.address(Address::item(*id).field("disposition").field("targets"));
        let diagnostic = diagnostic.arg("id", *id).arg("status", status(disposition));
        diags.push(diagnostic.arg("names", names.join("`, `")));
    }
    for (position, target) in disposition.targets.iter().enumerate() {
        if is_lost(target, index) {
            continue;
        }
        let entry = faulty.entry(&place, position);
        let address = Address::item(*id).field("disposition").field("targets").field(&*target.address);
        if let Some(right) = right_fingerprint(target) {
            let diagnostic = Diagnostic::new(Code::WrongFingerprint, entry.key("fingerprint"));
            diags.push(diagnostic.address(address.clone()).arg("id", *id).arg("fingerprint", right));
        }
        match &target.after {
            None if changes && !faulty.has(&entry.key("after")) => {
                let diagnostic = Diagnostic::new(Code::MissingTarget, &entry).address(address);
                let detail = format!("does not say how `{}` reads since", &*target.address);
                diags.push(diagnostic.arg("id", *id).arg("status", status(disposition)).arg("detail", detail));
            }
            None => {}
            Some(after) => {
                if let Some(now) = differs(target, index) {
                    let diagnostic = Diagnostic::new(Code::SuspectDisposition, entry.key("after")).address(address);
                    let diagnostic = diagnostic.arg("id", *id).arg("address", &*target.address);
                    diags.push(diagnostic.arg("after", &**after).arg("now", now));
                }
            }
        }
    }
}

/// True for a target whose address is told as no address, or as one that leads nowhere: it has no words to compare.
fn is_lost(target: &Target, index: &Index) -> bool {
    let Ok(address) = target.address.parse::<Address>() else { return true };
    let kept = target.before.is_some() || target.after.is_some();
    !index.has(&if kept { Address::item(address.item) } else { address })
}

/// How a target reads now, if that is not what the answer says.
fn differs(target: &Target, index: &Index) -> Option<String> {
    let address: Address = target.address.parse().ok()?;
    let now = index.words(&address).unwrap_or_default();
    (fingerprint::of(&now) != points::stamp(target)?).then_some(now)
}

/// A fingerprint that was not made from its `after` would hide a change.
fn right_fingerprint(target: &Target) -> Option<String> {
    let right = fingerprint::of(target.after.as_deref()?);
    (right != *target.fingerprint.as_deref()?).then_some(right)
}
