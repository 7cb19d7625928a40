//! Lines and columns of the parser as bytes.

use saphyr_parser::Marker;

/// Turns lines and columns of the parser into bytes. (Its character index cannot be used: it goes astray.)
pub struct Places<'t> {
    text: &'t str,
    lines: Vec<usize>,
    /// The line, column and byte answered last, so that a long line is walked once.
    last: (usize, usize, usize),
}

impl<'t> Places<'t> {
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let breaks = (0..bytes.len())
            .filter(|&at| bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n')));
        let lines = std::iter::once(0).chain(breaks.map(|at| at + 1)).collect::<Vec<_>>();
        Places { text, lines, last: (1, 0, 0) }
    }

    /// The byte of a mark; the end of the text for a mark behind it.
    pub fn byte(&mut self, mark: &Marker) -> usize {
        let (line, column) = (mark.line().max(1), mark.col());
        let Some(&start) = self.lines.get(line - 1) else {
            return self.text.len();
        };
        let (mut at, mut seen) = match self.last {
            (known, before, byte) if known == line && before <= column => (byte, before),
            _ => (start, 0),
        };
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        for c in self.text[at..end].chars() {
            if seen == column {
                break;
            }
            seen += 1;
            at += c.len_utf8();
        }
        self.last = (line, seen, at);
        at
    }
}
