//! Figures that are drawn: the picture, the same for narrow windows, where the map is a list, and the file with its data.

use std::collections::BTreeMap;

use super::inline::{Writer, escape, mark, relative};
use super::print::Printer;
use super::view::{BlockView, change};
use crate::document::draft::{Change, Draft, plain};
use crate::document::drawing::{Drawing, Label, Map, MapBox, MapRow, Picture};
use crate::render::OutputTree;
use crate::render::figure::{self, csv, svg};

/// Writes the data of all figures of a draft beside its pages.
pub fn files(draft: &Draft, tree: &mut OutputTree) {
    for drawing in figure::drawings(draft) {
        if let Some(name) = csv::name(&drawing.csv, &draft.lang) {
            tree.add(format!("html/files/{name}"), csv::bytes(&drawing.csv));
        }
    }
}

impl Printer<'_, '_, '_> {
    /// Fills the view of a figure. `with_files` is true where the files of the site lie beside the page.
    pub fn drawing(&self, drawing: &Drawing, lang: &str, view: &mut BlockView, writer: &mut Writer, with_files: bool) {
        let draft = self.site.draft;
        view.kind = "drawing";
        view.form = form(&drawing.picture);
        view.text = drawing.alternative.clone();
        view.title_html = writer.html(&drawing.title, lang);
        // The title may say it already.
        if !drawing.mark.is_empty() && !plain(&drawing.title).contains(&drawing.mark) {
            view.mark_html = mark("basis", &drawing.mark);
        }
        if let Some(name) = csv::name(&drawing.csv, &draft.lang).filter(|_| with_files) {
            view.data = relative(writer.path, &format!("files/{name}"));
        }
        writer.figures += 1;
        view.id = if view.title_html.is_empty() { String::new() } else { format!("_d{}", writer.figures) };
        let picture = |width: f64| {
            let scene = figure::draw(drawing, width, draft.dir == "rtl", self.measure, &self.site.words);
            let page = svg::Page {
                form: view.form,
                escape: &escape,
                href: &|id| writer.way(id),
                named_by: &view.id,
                described_by: &format!("{}d", view.id),
                is_described: width == figure::NARROW,
                alternative: &drawing.alternative,
            };
            svg::svg(&scene, &page)
        };
        let wide = picture(figure::CHART);
        match &drawing.picture {
            Picture::Map(map) => view.html = List { map, writer, words: &self.site.words }.html(),
            _ => view.narrow_html = picture(figure::NARROW),
        }
        view.svg_html = wide;
    }
}

/// Name of a form, for looks.
fn form(picture: &Picture) -> &'static str {
    match picture {
        Picture::Bars(_) => "bars",
        Picture::Matrix(_) => "matrix",
        Picture::Tracks(_) => "tracks",
        Picture::Timeline(_) => "timeline",
        Picture::Map(_) => "map",
    }
}

/// The map as lists in lists.
struct List<'a> {
    map: &'a Map,
    writer: &'a Writer<'a>,
    words: &'a BTreeMap<String, String>,
}

impl List<'_> {
    fn html(&self) -> String {
        let rows: String = self.map.rows.iter().chain(&self.map.band).map(|row| self.row(row)).collect();
        format!("<ul>{rows}</ul>")
    }

    fn row(&self, row: &MapRow) -> String {
        let groups = row.groups.iter().map(|group| {
            let boxes: String = group.boxes.iter().map(|one| self.one(one)).collect();
            let boxes = if boxes.is_empty() { boxes } else { format!("<ul>{boxes}</ul>") };
            match group.label.text.is_empty() {
                true => boxes,
                false => format!("<p>{}</p>{boxes}", self.label(&group.label)),
            }
        });
        let groups: String = groups.collect();
        format!("<li><strong>{}</strong>{groups}</li>\n", self.label(&row.label))
    }

    fn one(&self, one: &MapBox) -> String {
        let mut html = self.named(one);
        if !one.note.is_empty() {
            html.push_str(&format!("<br>{}", escape(&one.note)));
        }
        let html = self.changed(one.change, &html);
        let onward: Vec<String> = self
            .map
            .arrows
            .iter()
            .filter(|arrow| arrow.from == one.id)
            .filter_map(|arrow| self.onward(arrow))
            .collect();
        let word = self.words.get("leads-to").map_or("leads to", String::as_str);
        let onward = match onward.is_empty() {
            true => String::new(),
            false => format!("<br>{} {}", escape(word), onward.join(", ")),
        };
        format!("<li>{html}{onward}</li>")
    }

    /// The box to which an arrow leads.
    fn onward(&self, arrow: &crate::document::drawing::Arrow) -> Option<String> {
        let rows = self.map.rows.iter().chain(&self.map.band);
        let mut boxes = rows.flat_map(|row| &row.groups).flat_map(|group| &group.boxes);
        let one = boxes.find(|one| one.id == arrow.to)?;
        let short = if one.code.is_empty() { &one.label.text } else { &one.code };
        Some(match change(arrow.change) {
            "same" => escape(short),
            _ => self.changed(arrow.change, &escape(short)),
        })
    }

    /// What came, went or moved, with the word for it.
    fn changed(&self, change: Change, html: &str) -> String {
        let word = escape(self.map.words.of(change));
        match change {
            Change::Same => html.to_string(),
            Change::Inserted => format!("<ins><b>[{word}]</b> {html}</ins>"),
            Change::Deleted => format!("<b>[{word}]</b> <del>{html}</del>"),
            Change::Moved => format!("<b>[{word}]</b> {html}"),
        }
    }

    fn named(&self, one: &MapBox) -> String {
        let code = if one.code.is_empty() { String::new() } else { format!("{} ", one.code) };
        let label = Label { text: format!("{code}{}", one.label.text), ..one.label.clone() };
        self.label(&label)
    }

    fn label(&self, label: &Label) -> String {
        let mut html = escape(&label.text);
        if !label.lang.is_empty() {
            let lang = escape(&label.lang);
            html = format!("<span lang=\"{lang}\" dir=\"auto\">{html}</span>");
        }
        if let Some(href) = self.writer.way(&label.target) {
            html = format!("<a href=\"{}\">{html}</a>", escape(&href));
        }
        if !label.mark.is_empty() {
            html.push_str(&format!(" {}", mark("basis", &label.mark)));
        }
        html
    }
}
