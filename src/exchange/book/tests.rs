use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

fn book(rows: &[Vec<String>]) -> Book {
    let tag = Tag::new("test", &[("lang", "fr"), ("event", "")]);
    let column = |key: &str| Column { key: key.to_string(), width: 12.0, ..Column::default() };
    let columns = vec![column("one"), column("two"), Column { hidden: true, ..column(&tag.to_string()) }];
    let rows = rows.iter().map(|cells| Row { cells: cells.clone(), ..Row::default() }).collect();
    Book { sheets: vec![Sheet { name: "Sheet: one".to_string(), columns, rows }], ..Book::default() }
}

fn back(book: &Book, shape: Shape) -> Table {
    table(read(&book.write(shape).unwrap(), shape).unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_text_comes_back(cells in prop::collection::vec(("['=+@ _x0-9A-F\n\"&<;,é漢]{0,12}", "\\PC{0,12}"), 1..5)) {
        let rows: Vec<_> = cells.into_iter().map(|(a, b)| vec![a, b]).collect();
        for shape in [Shape::Xlsx, Shape::Csv] {
            let table = back(&book(&rows), shape);
            prop_assert_eq!(&table.tag, &Tag::new("test", &[("lang", "fr")]));
            for (number, row) in rows.iter().enumerate() {
                let line = table.rows.iter().find(|line| line.number == number as u32 + 2);
                for (key, text) in ["one", "two"].into_iter().zip(row) {
                    let found = line.and_then(|line| line.cells.get(key)).map_or("", String::as_str);
                    prop_assert_eq!(found, text, "{:?}", shape);
                }
            }
        }
    }

    #[test]
    fn a_damaged_file_is_refused_or_read(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = book(&[vec!["a".into(), "=b".into()]]).write(Shape::Xlsx).unwrap();
        let at = at.index(bytes.len());
        match cut {
            true => bytes.truncate(at),
            false => bytes[at] = byte,
        }
        let _ = read(&bytes, Shape::Xlsx).and_then(table);
        let _ = read(&bytes, Shape::Csv).and_then(table);
    }
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let book = book(&[vec!["a".into()]]);
    assert_eq!(book.write(Shape::Xlsx), book.write(Shape::Xlsx));
}

/// A workbook file of these parts.
fn parts(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in parts {
        out.start_file(*name, options).unwrap();
        out.write_all(text).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A workbook with one sheet of this XML.
fn with_sheet(xml: &str) -> Vec<u8> {
    parts(&[
        ("_rels/.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/worksheets/sheet1.xml", xml.as_bytes()),
    ])
}

fn told(bytes: &[u8], shape: Shape) -> String {
    read(bytes, shape).and_then(table).unwrap_err().0
}

#[test]
fn a_bomb_is_refused_before_it_is_read() {
    let bomb = parts(&[("xl/worksheets/sheet1.xml", &vec![b' '; 40 << 20])]);
    assert!(bomb.len() < 100_000);
    assert!(told(&bomb, Shape::Xlsx).contains("unpacks to far more"));
    assert!(told(&vec![b'a'; (16 << 20) + 1], Shape::Csv).contains("larger than 16 MiB"));
}

#[test]
fn a_cell_at_the_far_end_costs_nothing_and_is_refused() {
    let far = r#"<worksheet><sheetData><row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData></worksheet>"#;
    assert!(told(&with_sheet(far), Shape::Xlsx).contains("row 1048576, column 16384"));
    let long = format!(
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>{}</v></c></row></sheetData></worksheet>"#,
        "x".repeat(40_000)
    );
    assert!(told(&with_sheet(&long), Shape::Xlsx).contains("more than 32767 characters"));
}

#[test]
fn what_is_no_workbook_is_told() {
    assert!(told(b"\xd0\xcf\x11\xe0 old", Shape::Xlsx).contains("password"));
    assert!(told(b"hello", Shape::Xlsx).contains("no .xlsx file"));
    assert!(told(b"a,b\r\n", Shape::Csv).contains("no table of planwright"));
    assert!(told(b"Stra\xdfe", Shape::Csv).contains("UTF-8"));
    assert!(told(b"PK\x03\x04", Shape::Csv).contains(".xlsx"));
    assert!(told(b"one,planwright:test:2\n", Shape::Csv).contains("another version"));
}

#[test]
fn dates_and_numbers_are_text() {
    let styles = br#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let xml = r#"<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>45943.5</v></c><c r="B1"><v>12</v></c><c r="C1" t="b"><v>1</v></c><c r="D1" t="e"><v>#REF!</v></c><c r="E1" t="str"><f>1+1</f><v>two</v></c></row></sheetData></worksheet>"#;
    let mut archive = zip::ZipArchive::new(Cursor::new(with_sheet(xml))).unwrap();
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut text).unwrap();
        let name = part.name().unwrap().into_owned();
        let text = String::from_utf8(text).unwrap().replace("</Relationships>", r#"<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#);
        all.push((name, text.into_bytes()));
    }
    all.push(("xl/styles.xml".to_string(), styles.to_vec()));
    let list: Vec<(&str, &[u8])> = all.iter().map(|(name, text)| (name.as_str(), text.as_slice())).collect();
    let grids = read(&parts(&list), Shape::Xlsx).unwrap();
    let row: Vec<&str> = grids[0].rows[&0].values().map(String::as_str).collect();
    assert_eq!(row, ["2025-10-13", "12", "true", "two"]);
}

#[test]
fn a_table_saved_with_semicolons_is_read() {
    let text = "one;two;planwright:test:1:lang=fr\r\nHeading;;\r\n\"a;b\";'=c;\r\n";
    let table = table(read(text.as_bytes(), Shape::Csv).unwrap()).unwrap();
    assert_eq!(table.tag.get("lang"), Some("fr"));
    assert_eq!((table.rows[1].number, table.rows[1].get("one"), table.rows[1].get("two")), (3, "a;b", "=c"));
}

#[test]
fn sheets_have_names_that_a_spreadsheet_takes() {
    let sheet = |name: &str| Sheet { name: name.to_string(), ..Sheet::default() };
    let book = Book { sheets: ["lists", "a/b", "AB", "", "'", &"x".repeat(60)].map(sheet).into(), ..Book::default() };
    assert!(book.write(Shape::Xlsx).is_ok());
}
