//! The text of a PDF as the standard says it is read: `ActualText` where it is given (ISO 32000-2, 14.9.4), else what
//! the fonts map their glyphs to; artifacts such as running heads are left out.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};

/// The text of all pages, in the order of the content streams.
pub fn text(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).expect("a PDF");
    let mut out = String::new();
    for page in document.get_pages().into_values() {
        let fonts = document.get_page_fonts(page).expect("fonts");
        let content = document.get_page_content(page);
        let mut reader = Reader { fonts: Vec::new(), font: None, open: Vec::new(), out: &mut out };
        for (name, font) in &fonts {
            reader.fonts.push((name.clone(), to_unicode(font, &document)));
        }
        for operation in Content::decode(&content).expect("operations").operations {
            reader.operation(&operation.operator, &operation.operands);
        }
    }
    out
}

/// The map from glyphs to text of a font (ISO 32000-2, 9.10.3).
fn to_unicode(font: &Dictionary, document: &Document) -> BTreeMap<u16, String> {
    let stream = font.get(b"ToUnicode").and_then(Object::as_reference).and_then(|id| document.get_object(id));
    let bytes = stream.and_then(Object::as_stream).expect("a map to text").decompressed_content().expect("a stream");
    let text = String::from_utf8(bytes).expect("a map is ASCII");
    let units = |hex: &str| -> Vec<u16> {
        let hex: String = hex.chars().filter(char::is_ascii_hexdigit).collect();
        (0..hex.len() / 4).map(|at| u16::from_str_radix(&hex[at * 4..at * 4 + 4], 16).unwrap()).collect()
    };
    let mut map = BTreeMap::new();
    for (head, tail, size) in [("beginbfchar", "endbfchar", 2), ("beginbfrange", "endbfrange", 3)] {
        for part in text.split(head).skip(1) {
            let part = part.split(tail).next().unwrap();
            assert!(!part.contains('['), "ranges with lists are not written");
            let hexes: Vec<Vec<u16>> = part.split('<').skip(1).map(|it| units(it.split('>').next().unwrap())).collect();
            for entry in hexes.chunks_exact(size) {
                let mut meaning = entry[size - 1].clone();
                for code in entry[0][0]..=entry[size - 2][0] {
                    map.insert(code, String::from_utf16(&meaning).unwrap());
                    *meaning.last_mut().unwrap() += 1;
                }
            }
        }
    }
    map
}

/// A piece of marked content that is open: whether what is shown in it counts.
enum Open {
    Shown,
    /// Its text was given, or it is an artifact.
    Hidden,
}

struct Reader<'a> {
    /// What each glyph means, by font.
    fonts: Vec<(Vec<u8>, BTreeMap<u16, String>)>,
    font: Option<usize>,
    open: Vec<Open>,
    out: &'a mut String,
}

impl Reader<'_> {
    fn hidden(&self) -> bool {
        self.open.iter().any(|open| matches!(open, Open::Hidden))
    }

    fn operation(&mut self, operator: &str, operands: &[Object]) {
        match (operator, operands) {
            ("BMC", [tag]) => self.begin(tag, None),
            ("BDC", [tag, properties]) => self.begin(tag, Some(properties)),
            ("EMC", _) => drop(self.open.pop()),
            ("Tf", [Object::Name(name), _]) => self.font = self.fonts.iter().position(|(known, _)| known == name),
            ("Tj", [Object::String(bytes, _)]) => self.show(bytes),
            ("TJ", [Object::Array(list)]) => {
                list.iter().filter_map(|it| it.as_str().ok()).for_each(|bytes| self.show(bytes));
            }
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Object, properties: Option<&Object>) {
        let artifact = tag.as_name().is_ok_and(|name| name == b"Artifact");
        let given = properties.and_then(|it| it.as_dict().ok()).and_then(|it| it.get(b"ActualText").ok());
        match (artifact, given) {
            (true, _) => self.open.push(Open::Hidden),
            (false, Some(text)) => {
                if !self.hidden() {
                    self.out.push_str(&lopdf::decode_text_string(text).expect("a text string"));
                }
                self.open.push(Open::Hidden);
            }
            (false, None) => self.open.push(Open::Shown),
        }
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.font.filter(|_| !self.hidden()) else { return };
        for code in bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])) {
            self.out.push_str(self.fonts[font].1.get(&code).expect("every glyph means something"));
        }
    }
}
