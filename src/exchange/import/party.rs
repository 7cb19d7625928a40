//! Whose form it is: the name at its top, looked up among Members and regions.

use crate::diag::nearest;
use crate::model::Plan;
use crate::model::format::Text;

/// Every name of a Member or region, in every language, with its id.
fn names(plan: &Plan) -> Vec<(String, &str)> {
    let mut out = Vec::new();
    let mut add = |id, text: &Text| {
        out.extend(text.wordings.iter().map(|(_, wording)| (folded(&wording.text), id)));
    };
    for member in &plan.members {
        add(member.data.id.as_str(), &member.data.name);
    }
    for region in &plan.regions {
        add(region.data.id.as_str(), &region.data.name);
        region.data.short_name.iter().for_each(|text| add(region.data.id.as_str(), text));
    }
    out.retain(|(name, _)| !name.is_empty());
    out
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The id of the Member or region that has exactly this name.
///
/// # Errors
/// A sentence with the names that may be meant.
pub fn find(plan: &Plan, name: &str) -> Result<String, String> {
    let name = folded(name);
    let names = names(plan);
    let mut ids: Vec<&str> = names.iter().filter(|(known, _)| *known == name).map(|(_, id)| *id).collect();
    ids.dedup();
    match ids.as_slice() {
        [id] => Ok(id.to_string()),
        [] => Err(format!("no Member and no region is called \"{name}\"{}", near(&name, &names))),
        several => Err(format!("\"{name}\" may be {}; say which with `--by`", several.join(" or "))),
    }
}

fn near(name: &str, names: &[(String, &str)]) -> String {
    let lower = name.to_lowercase();
    let alike = |known: &str| {
        let known = known.to_lowercase();
        !lower.is_empty() && (known.contains(&lower) || lower.contains(&known))
    };
    let mut list: Vec<&str> = names.iter().map(|(known, _)| known.as_str()).filter(|known| alike(known)).collect();
    list.extend(nearest(name, names.iter().map(|(known, _)| known.as_str())));
    list.sort_unstable();
    list.dedup();
    list.truncate(5);
    match list.is_empty() {
        true => "; give its id with `--by`".to_string(),
        false => {
            format!("; did you mean {}? Write the name so in the file, or give its id with `--by`", list.join(", "))
        }
    }
}
