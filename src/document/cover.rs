//! The cover, the running head, and the document symbol.

use super::context::Context;
use super::draft::*;
use super::labels::fill;
use crate::model::format::Meeting;

fn meeting<'a>(ctx: &Context<'a>) -> Option<&'a Meeting> {
    let id = ctx.edition.meeting.as_ref()?;
    let found = ctx.plan.meetings.iter().find(|item| item.data.id == *id);
    found.map(|item| &item.data)
}

/// The document symbol by one of the patterns of the plan; empty if this edition has none.
fn symbol(ctx: &Context, running: bool) -> String {
    let (Some(symbol), Some(document)) = (&ctx.plan.plan.symbol, &ctx.edition.document) else {
        return String::new();
    };
    let body = meeting(ctx).and_then(|meeting| {
        let body = ctx.plan.bodies.iter().find(|item| item.data.id == meeting.body)?;
        body.data.symbol_code.as_ref()
    });
    let language = symbol.letters.get(ctx.lang).map_or("", |letter| letter.as_str());
    let pattern = if running { &symbol.running_head } else { &symbol.pattern };
    fill(
        pattern,
        &[
            ("body", body.map_or("", |code| code.as_str())),
            ("serial", &document.serial),
            ("language", language),
            ("version", &document.version),
            ("revision", &document.revision),
        ],
    )
}

/// "Mumbai, 3 to 5 December 2018"
fn place_and_date(ctx: &Context, place: Phrase, date: String) -> Phrase {
    let text = match place.text.is_empty() {
        true => date,
        false => format!("{}, {date}", place.text),
    };
    match place.lang.is_empty() {
        true => ctx.phrase(text),
        false => Phrase { text, ..place },
    }
}

fn stage(ctx: &Context) -> Phrase {
    let stages = &ctx.plan.plan.stages;
    let found = stages.iter().find(|stage| stage.id == ctx.edition.stage);
    found.map(|stage| ctx.say(&stage.name)).unwrap_or_default()
}

/// "Distribution: Members"
fn labelled(ctx: &Context, key: &str, phrase: Phrase) -> Phrase {
    let label = ctx.words.fill("labelled", &[("label", &ctx.word(key))]);
    Phrase { text: format!("{label}{}", phrase.text), ..phrase }
}

/// Title and years in one: "Strategic Plan 2019-2022".
pub(super) fn full_title(ctx: &Context) -> Phrase {
    let title = ctx.say(&ctx.plan.plan.title);
    let period = ctx.say(&ctx.plan.plan.period.label).text;
    match period.is_empty() || title.text.contains(&period) {
        true => title,
        false => Phrase { text: format!("{}\u{a0}{period}", title.text), ..title },
    }
}

pub(super) fn cover(ctx: &Context) -> Cover {
    let plan = &ctx.plan.plan;
    let edition = ctx.edition;
    let organisation = &plan.organisation;
    // The name stands in every official language, whatever the language of the document.
    let name_in = |lang: &str| {
        let phrase = |text: Option<&crate::model::format::Text>| {
            let found = text.and_then(|text| text.get(lang, ctx.source));
            found.map(|text| Phrase {
                text: super::typography::set(lang, text.trim()),
                lang: lang.to_string(),
                dir: super::labels::dir(lang).to_string(),
                ..Phrase::default()
            })
        };
        Some(CoverName {
            name: phrase(Some(&organisation.name))?,
            established: phrase(organisation.established.as_ref()).unwrap_or_default(),
        })
    };
    // The language of the document comes first.
    let official = &plan.languages.official;
    let (own, others): (Vec<_>, Vec<_>) = official.iter().partition(|lang| ***lang == *ctx.lang);
    let mut organisations: Vec<CoverName> = own.into_iter().chain(others).filter_map(|lang| name_in(lang)).collect();
    if organisations.is_empty() {
        organisations.push(CoverName {
            name: ctx.say(&organisation.name),
            established: ctx.say_opt(organisation.established.as_ref()),
        });
    }
    let session = meeting(ctx);
    let body = session.and_then(|meeting| ctx.plan.bodies.iter().find(|item| item.data.id == meeting.body));
    let audience = plan.audiences.iter().find(|one| one.id == edition.audience);
    Cover {
        organisations,
        symbol: ctx.phrase(symbol(ctx, false)),
        body: body.map(|item| ctx.say(&item.data.name)).unwrap_or_default(),
        session: session.map(|meeting| ctx.say(&meeting.title)).unwrap_or_default(),
        meeting: session
            .map(|meeting| {
                let place = ctx.say_opt(meeting.place.as_ref());
                place_and_date(ctx, place, ctx.date(&meeting.dates))
            })
            .unwrap_or_default(),
        agenda_item: ctx.say_opt(edition.agenda_item.as_ref()),
        issued: place_and_date(ctx, ctx.say_opt(edition.place.as_ref()), ctx.date(&edition.date)),
        stage: stage(ctx),
        edition: ctx.say(&edition.name),
        audience: audience.map(|one| labelled(ctx, "distribution", ctx.say(&one.name))).unwrap_or_default(),
        title: full_title(ctx),
        subtitle: ctx.say_opt(plan.subtitle.as_ref()),
        // It stands with the title.
        period: Phrase::default(),
        purpose: ctx.say_opt(edition.purpose.as_ref()),
        action_required: ctx.say_opt(edition.action_required.as_ref()),
        annexes: edition
            .annexes
            .iter()
            .map(|annex| Phrase { target: super::parts::anchor(&annex.part), ..ctx.say(&annex.title) })
            .collect(),
    }
}

pub(super) fn running(ctx: &Context) -> Running {
    Running {
        symbol: symbol(ctx, true),
        stage: stage(ctx).text,
        marking: ctx.say_opt(ctx.plan.plan.marking.as_ref()).text,
        title: full_title(ctx).text,
    }
}
