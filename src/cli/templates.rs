//! `templates`: the built-in ones, and which of them the plan replaces.

use anyhow::{Result, bail};

use super::args::{Arguments, TemplatesCommand};
use crate::diag::nearest;
use crate::pipeline;
use crate::render;

/// Lists the templates, or prints one.
pub fn run(arguments: &Arguments, command: &TemplatesCommand) -> Result<u8> {
    let builtin = builtin();
    match command {
        TemplatesCommand::List => {
            let theme = super::read(arguments).map(|(_, sources, _)| pipeline::theme(&sources)).unwrap_or_default();
            for (name, text) in &builtin {
                let state = match theme.get(name).and_then(|file| file.text.as_deref()) {
                    Some(own) if own == *text => "copied, unchanged",
                    Some(_) => "replaced by templates/",
                    None => "",
                };
                println!("{}", format!("builtin/{name:<28}{state}").trim_end());
            }
        }
        TemplatesCommand::Show { name } => {
            let wanted = name.trim_start_matches("builtin/");
            // The fixed words are no template, but who writes `words:` needs their keys.
            if wanted == "labels/en.yaml" || wanted == "labels" {
                print!("{}", include_str!("../../templates/labels/en.yaml"));
                return Ok(0);
            }
            match builtin.iter().find(|(known, _)| known == wanted) {
                Some((_, text)) => print!("{text}"),
                None => match nearest(wanted, builtin.iter().map(|(name, _)| name.as_str())) {
                    Some(near) => bail!("there is no template `{name}`; did you mean `{near}`?"),
                    None => bail!("there is no template `{name}`; `planwright templates list` names them"),
                },
            }
        }
    }
    Ok(0)
}

/// Name under `templates/` and text of every built-in template and library.
fn builtin() -> Vec<(String, &'static str)> {
    let named = |folder: &str, list: &[(&str, &'static str)]| -> Vec<(String, &'static str)> {
        list.iter().map(|(name, text)| (format!("{folder}/{name}"), *text)).collect()
    };
    let mut all = named("html", render::html::BUILTIN);
    #[cfg(feature = "pdf")]
    {
        all.extend(named("pdf", render::pdf::TEMPLATES));
        all.extend(named("pdf", render::pdf::LIBRARIES));
    }
    all.sort_unstable();
    all
}
