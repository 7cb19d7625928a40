//! What an address that leads nowhere may have meant.

use std::collections::BTreeSet;

use super::{bodies, visit};
use crate::diag::{Address, nearest};
use crate::model::Plan;

/// The address in the plan that is nearest to one that leads nowhere.
pub fn near(plan: &Plan, address: &Address) -> Option<String> {
    if !plan.ids.contains_key(&address.item) && address.item != "plan" {
        let items = plan.ids.keys().map(String::as_str).filter(|name| !name.contains(':'));
        let item = nearest(&address.item, items)?;
        return Some(Address { item: item.to_string(), ..address.clone() }.to_string());
    }
    if let Some(key) = &address.block {
        let file = plan.ids.get(&address.item)?.origin.file;
        let body = bodies(plan).find(|body| body.file == file)?;
        let keys = body.prose.blocks.iter().map(|block| block.key.as_str());
        let block = Some(nearest(key, keys)?.to_string());
        return Some(Address { block, ..address.clone() }.to_string());
    }
    let known = addresses(plan, &address.item);
    let bare = Address { lang: None, ..address.clone() }.to_string();
    let found = nearest(&bare, known.iter().map(String::as_str))?;
    let lang = address.lang.as_ref().map_or(String::new(), |lang| format!("[{lang}]"));
    Some(format!("{found}{lang}"))
}

/// The addresses of everything in one item and in its parts.
fn addresses(plan: &Plan, item: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let declared = plan.ids.get(item).map(|declared| &declared.origin);
    let Some(declared) = declared.or((item == "plan").then_some(&plan.origin)) else { return out };
    visit(plan, &mut |at, _| {
        let origin = at.origin();
        let inside = origin.file == declared.file && origin.path.starts_with(&declared.path);
        if let Some(mut address) = at.address().filter(|_| inside) {
            while !address.fields.is_empty() {
                out.insert(address.to_string());
                address.fields.pop();
            }
            out.insert(address.to_string());
        }
    });
    out
}
