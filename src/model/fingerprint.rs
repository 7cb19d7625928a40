//! Fingerprints: short names of a text, kept where a later change must be noticed.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// The text with which two spellings of the same words agree: NFC, white space folded, trimmed.
fn normalised(text: &str) -> String {
    let composed: String = text.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn hex(text: &str, digits: usize) -> String {
    let hash = Sha256::digest(normalised(text).as_bytes());
    let mut hex: String = hash.iter().take(16).map(|b| format!("{b:02x}")).collect();
    hex.truncate(digits);
    hex
}

/// The fingerprint of a text: `f1:` and twelve digits. The number is the version of the rule.
pub fn of(text: &str) -> String {
    format!("f1:{}", hex(text, 12))
}

/// A key for a block that has no marker: `b` and six digits, so that it begins with a letter.
pub fn short(text: &str) -> String {
    format!("b{}", hex(text, 6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_white_space_and_composes() {
        assert_eq!(of(" a\n  b "), of("a b"));
        assert_eq!(of("e\u{301}"), of("\u{e9}"));
        assert_ne!(of("a b"), of("ab"));
        assert_eq!(of("abc"), "f1:ba7816bf8f01");
        assert_eq!(short("abc"), "bba7816");
    }
}
