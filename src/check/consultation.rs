//! Every suggestion has an answer, every answer its reason and its target.

use super::place::at;
use crate::diag::{Code, Diagnostics};
use crate::model::Plan;
use crate::model::faulty::Faulty;
use crate::model::format::{DispositionStatus, RecordKind};

/// Remarks and presentations are no suggestions and need no answer.
pub fn run(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    let all = plan.suggestions.iter().flat_map(|group| &group.suggestions);
    for suggestion in all.filter(|it| it.data.kind == RecordKind::Suggestion) {
        let id = &*suggestion.data.id;
        let Some(disposition) = &suggestion.data.disposition else {
            if !faulty.has(&suggestion.origin.key("disposition")) {
                diags.push(at(Code::UndisposedPoint, suggestion, "").arg("id", id));
            }
            continue;
        };
        let lost = |field: &str| faulty.has(&suggestion.origin.key("disposition").key(field));
        let status = disposition.status.word().replace('-', " ");
        if disposition.reason.is_none() && disposition.status != DispositionStatus::Accepted && !lost("reason") {
            let diagnostic = at(Code::UnexplainedDisposition, suggestion, "disposition");
            diags.push(diagnostic.arg("id", id).arg("status", &*status));
        }
        let changes = matches!(disposition.status, DispositionStatus::Accepted | DispositionStatus::PartiallyAccepted);
        if changes && disposition.targets.is_empty() && !lost("targets") {
            diags.push(at(Code::MissingTarget, suggestion, "disposition").arg("id", id).arg("status", &*status));
        }
    }
}
