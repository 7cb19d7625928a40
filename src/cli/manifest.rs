//! `manifest.json` of a build: every file with size and SHA-256, and what it was made from.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::source::Sources;

fn read(folder: &Path) -> serde_json::Value {
    let text = std::fs::read(folder.join("manifest.json")).unwrap_or_default();
    serde_json::from_slice(&text).unwrap_or_default()
}

/// True for a folder that was made from other sources than those with this hash.
pub fn is_older(folder: &Path, inputs: &str) -> bool {
    read(folder)["inputs"].as_str().is_some_and(|other| other != inputs)
}

/// True for a folder with a manifest of this program.
pub fn made_by_us(folder: &Path) -> bool {
    read(folder)["program"].as_str().is_some_and(|program| program.starts_with("planwright "))
}

/// One hash over all that was read.
pub fn inputs_hash(sources: &Sources) -> String {
    let mut hash = Sha256::new();
    for (_, file) in sources.iter() {
        hash.update((file.path.len() as u64).to_le_bytes());
        hash.update(file.path.as_bytes());
        hash.update((file.bytes.len() as u64).to_le_bytes());
        hash.update(&file.bytes);
    }
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every file with size and SHA-256, those carried over included.
pub fn manifest(
    folder: &Path,
    files: &BTreeMap<String, Vec<u8>>,
    keep: &impl Fn(&str) -> bool,
    inputs: &str,
) -> Result<Vec<u8>> {
    let mut all: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten() {
        let path = entry.path();
        let relative = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() && keep(&relative) {
            let bytes = std::fs::read(path)?;
            all.insert(relative, (bytes.len(), hex(&Sha256::digest(&bytes))));
        }
    }
    let digest = |(path, bytes): (&String, &Vec<u8>)| (path.clone(), (bytes.len(), hex(&Sha256::digest(bytes))));
    all.extend(files.par_iter().map(digest).collect::<Vec<_>>());
    let list: Vec<_> = all
        .into_iter()
        .map(|(path, (size, sha256))| serde_json::json!({ "path": path, "size": size, "sha256": sha256 }))
        .collect();
    let value = serde_json::json!({
        "program": concat!("planwright ", env!("CARGO_PKG_VERSION")),
        "inputs": inputs,
        "files": list,
    });
    Ok(serde_json::to_vec_pretty(&value)?)
}
