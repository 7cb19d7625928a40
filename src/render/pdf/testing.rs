//! A draft of all kinds of blocks, with hostile words, for tests.

use std::sync::Arc;

use crate::document::draft::*;

pub const HOSTILE: &str = "#import \"x\": * $a$ @ref <b> // no /* no */ = h - i + 1. / t: http://a.b [c] ](d) {{ e }} {% f %} \
                       \\u{41} ~ -- ... * _ ` ' \" ; 100 % & \u{2028}= not a heading \\";

pub fn node(id: &str, role: &str, origin: &str) -> Node {
    Node {
        id: id.into(),
        lang: "en".into(),
        dir: "ltr".into(),
        role: role.into(),
        origin: origin.into(),
        ..Node::default()
    }
}

pub fn phrase(text: &str) -> Phrase {
    Phrase { text: text.into(), lang: "en".into(), dir: "ltr".into(), ..Phrase::default() }
}

pub fn t(text: &str) -> Vec<Inline> {
    vec![Inline::text(text)]
}

pub fn para(id: &str, number: u32, inlines: Vec<Inline>) -> Block {
    let origin = format!("reform/body#{}", if id.is_empty() { "k" } else { id });
    Block::Paragraph { node: node(id, "", &origin), number, inlines }
}

const LONG: &str = "The Organization will support Members in the modernisation of their administrations through \
    instruments, capacity building and cooperation, so that trade is facilitated while revenue and society are \
    protected. Progress is measured each year and reported to the Council.";

pub fn changed(mut node: Node, change: Change) -> Node {
    node.change = change;
    node
}

pub fn arabic(mut node: Node) -> Node {
    node.lang = "ar".into();
    node.dir = "rtl".into();
    node.fallback = true;
    node
}

pub fn table(rows: usize) -> Block {
    let cell = |head: bool, text: &str| Cell { head, inlines: t(text), ..Cell::default() };
    let column = |kind, title: &str| Column { kind, title: t(title) };
    let mut list: Vec<Row> = (0..rows)
        .map(|at| Row {
            node: node(&format!("activity-{at}"), "", &format!("activity-{at}/title")),
            total: false,
            cells: vec![
                cell(true, &format!("TA{at}")),
                cell(false, "Prepare guidance on the single window and hold workshops in each region"),
                cell(false, "Compliance and Facilitation"),
                cell(false, &format!("{}\u{a0}250.00", at + 1)),
            ],
        })
        .collect();
    // Two rows under one cell.
    if let [.., above, under] = list.as_mut_slice() {
        above.cells[0].below = 1;
        under.cells[0] = Cell { covered: true, ..above.cells[0].clone() };
        under.cells[0].below = 0;
    }
    // Longer than a page can hold in one row; too few cells.
    list.push(Row {
        node: node("", "", ""),
        total: false,
        cells: vec![cell(true, "Long"), cell(false, &LONG.repeat(30))],
    });
    list.push(Row {
        node: node("", "total", ""),
        total: true,
        cells: vec![cell(true, "Total"), cell(false, ""), cell(false, ""), cell(false, "99\u{a0}000.00")],
    });
    Block::Table(Table {
        name: String::new(),
        node: node("table-1", "activities", ""),
        caption: t("Table 1. Tactical activities and their cost, in euro"),
        columns: vec![
            column(ColumnKind::Code, "Code"),
            column(ColumnKind::Text, "Activity"),
            column(ColumnKind::Text, "Responsible"),
            column(ColumnKind::Number, "Cost"),
        ],
        rows: list,
    })
}

pub fn draft() -> Draft {
    let item = |blocks| ListItem { node: node("", "", ""), blocks };
    let fact =
        |label: &str, value: Vec<Inline>| Fact { node: node("", "", "reform/owner"), label: label.into(), value };
    let rich = vec![
        Inline::text("It rests on "),
        Inline::Reference { target: "table-1".into(), inlines: t("table 1") },
        Inline::text(", on "),
        Inline::Reference { target: "nowhere".into(), inlines: t("nothing") },
        Inline::text(" and on "),
        Inline::Link { url: "https://example.org/a?b=\"c\"".into(), inlines: t("a page outside") },
        Inline::text("("),
        Inline::Strong { inlines: t("strong") },
        Inline::text("."),
        Inline::Emphasis { inlines: t("emphasis") },
        Inline::text("["),
        Inline::Strike { inlines: t("struck") },
        Inline::text("]) "),
        Inline::Code { text: "let a = \"b\\n\"".into() },
        Inline::Break,
        Inline::text("About 1,250 officers"),
        Inline::Mark { role: "illustrative".into(), text: "illustrative".into() },
        Inline::Note { node: node("", "", ""), inlines: t("Counted at the end of 2018.") },
        Inline::text(" were trained. "),
        Inline::Span { node: changed(node("", "", ""), Change::Deleted), inlines: t("Old words") },
        Inline::Span { node: changed(node("", "", ""), Change::Inserted), inlines: t("New words") },
        Inline::text(" follow. "),
        Inline::Span { node: arabic(node("run", "", "")), inlines: t("منظمة الجمارك العالمية") },
        Inline::text("."),
    ];
    let element = Section {
        node: node("reform", "element", "reform"),
        level: 2,
        number: "2.1".into(),
        code: "SO1".into(),
        title: t("Trade facilitation & [security]"),
        plain_title: "Trade facilitation & [security]".into(),
        blocks: vec![
            Block::Facts {
                node: node("", "facts", "reform"),
                facts: vec![
                    fact("Responsible", t("Compliance and Facilitation Directorate")),
                    fact("Cross-cutting themes", t("Capacity building; technology")),
                    fact("A label that is far too long for its column of labels", t(LONG)),
                ],
            },
            para("reform_a1", 1, t(LONG)),
            para("reform_a2", 12, rich),
            para("reform_a3", 13, t(HOSTILE)),
            Block::List {
                node: node("", "", ""),
                ordered: false,
                start: 1,
                items: vec![
                    item(vec![para("", 0, t("First entry"))]),
                    item(vec![
                        para("", 0, t(LONG)),
                        Block::List {
                            node: node("", "", ""),
                            ordered: true,
                            start: 3,
                            items: vec![
                                item(vec![para("", 0, t("inner three"))]),
                                item(vec![para("", 0, t("inner four"))]),
                            ],
                        },
                    ]),
                ],
            },
            Block::Quote { node: node("", "", ""), blocks: vec![para("", 0, t("A quotation of the Council."))] },
            Block::Code { node: node("", "", ""), text: "line one\n  line \"two\"".into() },
            Block::Box {
                node: node("p-box", "proposal", ""),
                title: t("Proposed wording"),
                blocks: vec![para("", 0, t(LONG))],
            },
            Block::Facts { node: node("card-1", "card", ""), facts: vec![fact("Layer", t("Inside the card."))] },
            Block::Rule { node: node("", "", "") },
            Block::Paragraph { node: changed(node("ins", "", ""), Change::Inserted), number: 14, inlines: t(LONG) },
            Block::Paragraph { node: changed(node("del", "", ""), Change::Deleted), number: 0, inlines: t(LONG) },
            Block::Paragraph {
                node: arabic(node("ar", "", "")),
                number: 15,
                inlines: t("تعمل المنظمة على تيسير التجارة وحماية المجتمع في جميع الأقاليم مع الأعضاء."),
            },
            Block::Paragraph {
                node: node("", "basis-note", ""),
                number: 0,
                inlines: t("Figures marked as illustrative are not those of the Organization."),
            },
            Block::Figure {
                node: node("fig", "", ""),
                image: "images/map.svg".into(),
                alternative: "Three boxes".into(),
                caption: t("Figure 1. The map"),
            },
        ],
        ..Section::default()
    };
    Draft {
        draft: 1,
        edition: "council".into(),
        lang: "en".into(),
        dir: "ltr".into(),
        title: "Strategic Plan 2019/2020 to 2021/2022".into(),
        date: "2018-12-03".into(),
        notices: vec![Notice {
            role: "marking".into(),
            lang: "en".into(),
            dir: "ltr".into(),
            text: "A model plan: not a document of any organization.".into(),
        }],
        cover: Cover {
            organisations: vec![
                CoverName {
                    name: phrase("World Customs Organization"),
                    established: phrase("Established in 1952 as the Customs Co-operation Council"),
                },
                CoverName {
                    name: Phrase {
                        lang: "fr".into(),
                        ..phrase("Organisation mondiale des douanes")
                    },
                    established: Phrase {
                        lang: "fr".into(),
                        ..phrase("Créée en 1952 sous le nom de Conseil de coopération douanière")
                    },
                },
            ],
            symbol: phrase("SP0000E1a"),
            body: phrase("Policy Commission"),
            session: phrase("80th Session"),
            meeting: phrase("Mumbai, 3 to 5 December 2018"),
            agenda_item: phrase("Item IV on the Agenda"),
            issued: phrase("Brussels, 5 November 2018"),
            stage: phrase("Policy Commission draft"),
            edition: phrase("Draft for the Policy Commission"),
            audience: phrase("Members"),
            title: phrase("Strategic Plan"),
            subtitle: phrase("Enhancing, protecting, promoting"),
            period: phrase("2019/2020 to 2021/2022"),
            purpose: Phrase {
                mark: "illustrative".into(),
                ..phrase("To lay the draft of the plan before the Commission, with the suggestions of all regions.")
            },
            action_required: phrase(
                "The Commission is invited to examine the draft and to guide its completion.",
            ),
            annexes: vec![
                phrase("Annex I: Disposition of suggestions"),
                phrase("Annex II: Performance indicators"),
            ],
        },
        running: Running {
            symbol: "SP0000E1a".into(),
            stage: "Policy Commission draft".into(),
            marking: "MODEL".into(),
            title: "Strategic Plan 2019/2020 to 2021/2022".into(),
        },
        words: [("summary", "Summary"), ("annexes", "Annexes")]
            .map(|(key, word)| (key.to_string(), word.to_string()))
            .into(),
        images: [(
            "images/map.svg".to_string(),
            Arc::from(
                &b"<svg xmlns='http://www.w3.org/2000/svg' width='200' height='60'><rect width='200' height='60' fill='#1f3a5f'/></svg>"[..],
            ),
        )]
        .into(),
        chapters: vec![
            Section {
                node: node("contents", "contents", ""),
                level: 1,
                title: t("Contents"),
                plain_title: "Contents".into(),
                blocks: vec![Block::Contents {
                    node: node("", "contents", ""),
                    title: "Contents".into(),
                }],
                ..Section::default()
            },
            Section {
                node: node("elements", "structure", "plan/elements"),
                level: 1,
                number: "2".into(),
                title: t("Structure of the plan"),
                plain_title: "Structure of the plan".into(),
                blocks: vec![para("elements_p", 0, t(LONG))],
                sections: vec![element],
                ..Section::default()
            },
            Section {
                node: node("activities", "activities", ""),
                level: 1,
                number: "3".into(),
                title: t("Tactical activities"),
                plain_title: "Tactical activities".into(),
                blocks: vec![table(40)],
                ..Section::default()
            },
        ],
        ..Draft::default()
    }
}
