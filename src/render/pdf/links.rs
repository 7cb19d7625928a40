//! Links to places of the document, made when the file is finished.
//!
//! Typst would look every target up while it lays pages out, and lay all tables with links out once more. So a link is
//! set as an address `planwright:ID:NAME` (see `lib/look.typ`), and here each such address becomes a link to the named
//! destination ID (ISO 32000-1, 12.3.2.3), its description NAME. What is shorter is filled up with spaces: no byte moves, so
//! the table of objects stays true. Only annotations are touched; within texts a line end is never written as such.

/// How an annotation of a link begins, on a line of its own.
const ANNOTATION: &[u8] = b"\n<</Type/Annot/Subtype/Link/Rect[";
/// The address of a place, up to the id.
const ACTION: &[u8] = b"/A<</Type/Action/S/URI/URI(planwright:";
/// The same with the address in hexadecimal digits: it holds letters that are not ASCII.
const ACTION_DIGITS: &[u8] = b"/A<</Type/Action/S/URI/URI<706C616E7772696768743A";
/// What is said of the link, up to the id: as letters, or as UTF-16 in hexadecimal digits.
const LETTERS: &[u8] = b"/Contents(planwright:";
const DIGITS: &[u8] = b"/Contents<FEFF0070006C0061006E007700720069006700680074003A";

/// Turns the addresses of places into links inside the file.
pub fn resolve(pdf: &mut [u8]) {
    let mut from = 0;
    while let Some(at) = find(&pdf[from..], ANNOTATION) {
        let start = from + at + 1;
        let end = find(&pdf[start..], b"\n").map_or(pdf.len(), |length| start + length);
        annotation(&mut pdf[start..end]);
        from = end;
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, what)
}

/// One annotation; left alone if it is no link to a place.
fn annotation(bytes: &mut [u8]) {
    let (action, end, id) = match (find(bytes, ACTION), find(bytes, ACTION_DIGITS)) {
        (Some(action), _) => {
            let id_at = action + ACTION.len();
            let Some(end) = string_end(bytes, id_at).filter(|end| bytes[*end..].starts_with(b")>>")) else { return };
            (action, end, bytes[id_at..end].to_vec())
        }
        (None, Some(action)) => {
            let id_at = action + ACTION_DIGITS.len();
            let Some(length) = find(&bytes[id_at..], b">>>") else { return };
            (action, id_at + length, from_digits(&bytes[id_at..id_at + length]))
        }
        (None, None) => return,
    };
    let Some(id) = id.split(|byte| *byte == b':').next().filter(|it| it.len() < id.len()) else { return };
    let dest = [b"/Dest(", id, b")"].concat();
    fill(&mut bytes[action..end + 3], &dest);
    describe(&mut bytes[end + 3..], id.len());
}

/// Bytes from their hexadecimal digits.
fn from_digits(digits: &[u8]) -> Vec<u8> {
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|it| u8::try_from(it).ok()).unwrap_or(0);
    digits.chunks(2).map(|pair| pair.iter().fold(0, |sum, digit| sum << 4 | value(*digit))).collect()
}

/// Where a literal string ends that begins before `from`: brackets in it are escaped or come in pairs.
fn string_end(bytes: &[u8], from: usize) -> Option<usize> {
    let (mut depth, mut at) = (0, from);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    None
}

/// Leaves of the description what the reader is told: the name behind the id.
fn describe(bytes: &mut [u8], id_length: usize) {
    if let Some(at) = find(bytes, LETTERS) {
        let text = at + LETTERS.len();
        let Some(end) = string_end(bytes, text) else { return };
        let name = [b"/Contents(", &bytes[text + id_length + 1..end], b")"].concat();
        fill(&mut bytes[at..=end], &name);
    } else if let Some(at) = find(bytes, DIGITS) {
        let text = at + DIGITS.len();
        let Some(length) = bytes[text..].iter().position(|byte| *byte == b'>') else { return };
        let name = [b"/Contents<FEFF", &bytes[text + 4 * (id_length + 1)..text + length], b">"].concat();
        fill(&mut bytes[at..=text + length], &name);
    }
}

/// Writes `what` and spaces up to the end of `room`.
fn fill(room: &mut [u8], what: &[u8]) {
    if what.len() <= room.len() {
        room.fill(b' ');
        room[..what.len()].copy_from_slice(what);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        resolve(&mut bytes);
        assert_eq!(bytes.len(), text.len());
        String::from_utf8(bytes).unwrap()
    }

    fn squeezed(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_address_becomes_a_destination() {
        let text = "1 0 obj\n<</Type/Annot/Subtype/Link/Rect[1 2 3 4]/A<</Type/Action/S/URI/URI(planwright:so-1_a:SO1 \
                    \\(new\\))>>/F 4/Contents(planwright:so-1_a:SO1 \\(new\\))>>\nendobj";
        let expected =
            "1 0 obj <</Type/Annot/Subtype/Link/Rect[1 2 3 4]/Dest(so-1_a) /F 4/Contents(SO1 \\(new\\)) >> endobj";
        assert_eq!(squeezed(&resolved(text)), expected);
    }

    #[test]
    fn a_description_in_utf_16_keeps_its_name() {
        let digits = |text: &str| text.encode_utf16().map(|unit| format!("{unit:04X}")).collect::<String>();
        let text = format!(
            "\n<</Type/Annot/Subtype/Link/Rect[0]/A<</Type/Action/S/URI/URI<{}>>>/Contents<FEFF{}>>>\n",
            "planwright:a:é".bytes().map(|byte| format!("{byte:02X}")).collect::<String>(),
            digits("planwright:a:é")
        );
        let expected = format!("<</Type/Annot/Subtype/Link/Rect[0]/Dest(a) /Contents<FEFF{}> >>", digits("é"));
        assert_eq!(squeezed(&resolved(&text)), expected);
    }

    #[test]
    fn nothing_else_is_touched() {
        for text in [
            "\n<</Type/Annot/Subtype/Link/Rect[0]/A<</Type/Action/S/URI/URI(https://example.org)>>>>\n",
            "/Title(/A<</Type/Action/S/URI/URI(planwright:a:b)>>)",
            "\n<</Title(<</Type/Annot/Subtype/Link/Rect[ /A<</Type/Action/S/URI/URI(planwright:a:b)>>)",
            "\n<</Type/Annot/Subtype/Link/Rect[0]/A<</Type/Action/S/URI/URI(planwright:a",
        ] {
            assert_eq!(resolved(text), text);
        }
    }
}
