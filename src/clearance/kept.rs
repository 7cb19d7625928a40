//! The words that an answer keeps of what it changed: they travel no further than the text from which they were taken.

use std::collections::BTreeSet;

use super::reader::Reader;
use crate::diag::Address;
use crate::model::Plan;
use crate::model::format::{Disposition, Target};
use crate::model::reference::Index;

/// Takes the kept words out of targets at which this reader finds nothing. Of a text that is gone from the plan, nobody
/// can say how far it might have travelled: only who reads everything reads it.
pub(super) fn apply(cut: &mut Plan, reader: &Reader) {
    if reader.reads_all() {
        return;
    }
    let mut addresses = BTreeSet::new();
    each(cut, &mut |target| {
        addresses.insert(target.address.to_string());
    });
    let index = Index::new(cut);
    addresses.retain(|text| text.parse::<Address>().is_ok_and(|address| index.has(&address)));
    each(cut, &mut |target| {
        if !addresses.contains(&*target.address) {
            target.before = None;
            target.after = None;
            target.fingerprint = None;
        }
    });
}

fn each(plan: &mut Plan, look: &mut dyn FnMut(&mut Target)) {
    let mut answer = |disposition: &mut Option<Disposition>| {
        disposition.iter_mut().flat_map(|one| &mut one.targets).for_each(&mut *look);
    };
    for item in plan.suggestions.iter_mut().flat_map(|group| &mut group.suggestions) {
        answer(&mut item.data.disposition);
        item.data.points.iter_mut().for_each(|point| answer(&mut point.disposition));
    }
    plan.clusters.iter_mut().for_each(|cluster| answer(&mut cluster.data.disposition));
}
