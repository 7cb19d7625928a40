//! Whatever words an answer has, in whatever style it is written: they are read back, and no other byte differs.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::tests::{SAID, ask, describe, disposition, files, text};
use super::*;
use crate::model::fingerprint;
use crate::source::outline;

/// What a suggestion says before it is answered: its styles, with comments.
const STYLES: &[&str] = &[
    "  - id: idea # x\n    kind: suggestion\n    wording: summary\n    text: |+\n      Be\n\n      short.\n\n",
    "  - {id: idea, kind: suggestion, wording: summary, text: Be short.} # x\n",
    "  - {id: idea, kind: suggestion, wording: summary, text: Be short., # x\n     disposition: {status: noted}}\n",
    "  - id: idea\n    disposition: {status: noted, reason: 'Be, so', targets: [{address: goal/title, before: x}, ]} # x\n    kind: suggestion\n    wording: summary\n    text: \"Be short.\"\n",
    "  - id: idea\n    kind: suggestion\n    wording: summary\n    text: >-\n      Be\n      short.\n    disposition: # x\n      # y\n      status: \"noted\" # z\n      reason: |\n        Be\n        so.\n      targets:\n      - address: goal/title # t\n        before: 'x'\n",
    "  - id: idea\n    kind: suggestion\n    wording: summary\n    text: Be short.\n    disposition:\n      reason:\n        fr: Ainsi. # x\n        en: {text: \"So.\", from: 'f1:aa'} # y\n      status: noted\n      targets: []\n      # z\n",
    "  - id: whole\n    kind: suggestion\n    wording: summary\n    text: Be short.\n    points:\n      - id: idea # x\n        text: So.\n        about: [openness]\n      - {id: other, text: Or so.}\n",
];

/// Words that mean something to YAML, to a terminal or to a reader.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z]{1,4}",
        3 => prop::sample::select(vec![
            " ", "  ", ": ", ":", " #", "#", "'", "\"", "''", "\\", "\\n", "- ", "-", "? ", ", ", "[", "]", "{", "}",
            "&a", "*a", "!a", "|", ">", "%", "@", "`", "~", "null", "NO", "1e3", "2018-11-20", "---", "...", "<<",
            "{{ x }}", "\n", "\n\n", "\n  ", "\t", "\r\n",
        ]).prop_map(str::to_string),
        2 => prop::sample::select(vec![
            "😀", "👩\u{200d}🚒", "שלום", "مرحبا", "\u{202e}", "\u{200f}", "\u{2028}", "\u{feff}", "\u{a0}",
            "e\u{301}", "漢字", "\u{e000}", "’",
        ]).prop_map(str::to_string),
    ];
    prop::collection::vec(piece, 1..9).prop_map(|pieces| pieces.concat())
}

/// The comments of a text: those of the files here end their lines and are plain words, which no quoted value does.
fn comments(text: &str) -> Vec<&str> {
    let words = |comment: &&str| comment[2..].chars().all(|c| c.is_ascii_lowercase() || c == ' ');
    let last = |line: &'_ str| line.rfind("# ");
    text.lines().filter_map(|line| Some(line[last(line)?..].trim_end())).filter(words).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_other_byte_changes_and_the_answer_reads_back(
        style in 0..STYLES.len(),
        crlf in any::<bool>(),
        mark in any::<bool>(),
        reason in hostile(),
        present in hostile(),
        since in hostile(),
        before in hostile(),
        last in any::<bool>(),
    ) {
        // A reason is told at all, and comments of the file are known by their sign.
        prop_assume!(!reason.trim().is_empty() && present != since);
        let tail = if last { "" } else { "  # between\n  - id: next # one\n    kind: suggestion\n    wording: summary\n    text: Next. # text\n" };
        let said = format!("event: meeting-one\nbasis: reported\nsource: charter\n# all\nsuggestions:\n{}{tail}", STYLES[style]);
        let said = if crlf { said.replace('\n', "\r\n") } else { said };
        let said = if mark { format!("\u{feff}{said}") } else { said };
        let mut files = files(&said, &present.replace("\r\n", "\n"));
        let answer = Answer {
            reason: Some(reason.clone()),
            unit: Some("office".into()),
            date: Some("2023-11-02".into()),
            targets: vec!["openness/description".into(), "mission#wording".into()],
            ..Answer::new(DispositionStatus::PartiallyAccepted)
        };
        let plain = |text: &str| text.replace("\r\n", "\n");
        let told = ask(&mut files, "idea", &Ask::Answer(answer));
        prop_assert!(told.is_ok(), "{:?}\n{}", told, said);
        let one = text(&files, SAID);
        around(&said, &one)?;

        let kept = disposition(&files, "idea");
        prop_assert_eq!(kept.status, DispositionStatus::PartiallyAccepted);
        let reads = kept.reason.as_ref().and_then(|it| it.wording("en", "en")).map(|it| it.text.trim_end_matches('\n').to_string());
        let wanted = plain(&reason);
        prop_assert_eq!(reads.as_deref(), Some(wanted.trim_end_matches('\n')));
        let target = |files: &BTreeMap<String, Vec<u8>>, name: &str| disposition(files, "idea").targets.into_iter().find(|it| *it.address == *name).unwrap();
        let kept = target(&files, "openness/description");
        prop_assert_eq!(kept.before.as_deref(), Some(&*plain(&present)));
        prop_assert_eq!(&kept.after, &None);

        let told = Answer { targets: vec!["mission#wording".into()], before: Some(before.clone()), ..Answer::new(DispositionStatus::PartiallyAccepted) };
        prop_assert!(ask(&mut files, "idea", &Ask::Answer(told)).is_ok());
        let kept = target(&files, "mission#wording");
        prop_assert_eq!(kept.before.as_deref(), Some(&*plain(&before)));
        prop_assert_eq!(kept.after.as_deref(), Some("We lend what makes people curious."));

        describe(&mut files, &plain(&present), &plain(&since));
        if style == 3 || style == 4 {
            let goal = Answer { targets: vec!["goal/title".into()], before: Some("x".into()), ..Answer::new(DispositionStatus::PartiallyAccepted) };
            prop_assert!(ask(&mut files, "idea", &Ask::Answer(goal)).is_ok());
        }
        let stamped = ask(&mut files, "idea", &Ask::Stamp { unchanged: true });
        prop_assert!(stamped.is_ok());
        let kept = target(&files, "openness/description");
        prop_assert_eq!(kept.after.as_deref(), Some(&*plain(&since)));
        prop_assert_eq!(kept.fingerprint, Some(Str(fingerprint::of(&plain(&since)))));
        around(&one, &text(&files, SAID))?;
        let paths: Vec<&String> = files.keys().collect();
        prop_assert!(paths.len() == 14, "{:?}", paths);
    }
}

/// Nothing but the disposition of `idea` differs, and every comment stands.
fn around(old: &str, new: &str) -> Result<(), TestCaseError> {
    let cut = |text: &str| {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_string();
        let tree = outline(&text);
        assert!(tree.faults.is_empty(), "{text}");
        let item = [Seg::Key("suggestions".into()), Seg::Index(0)];
        let root = tree.root.unwrap();
        let node = root.at(&item).unwrap();
        let node = match node.entry("points") {
            Some(points) => points.value.at(&[Seg::Index(0)]).unwrap().clone(),
            None => node.clone(),
        };
        let range = node.entry("disposition").map(|entry| entry.key_range.start..entry.value.range.end);
        (text, range)
    };
    let ((old, was), (new, is)) = (cut(old), cut(new));
    let is = is.expect("there is an answer");
    let (head, tail) = match was {
        Some(was) => (old[..was.start].to_string(), old[was.end..].to_string()),
        // A new answer: what stands before and behind it is the old text, but for what leads to it.
        None => {
            let head = new[..is.start].trim_end_matches([' ', ',', '\r', '\n']).to_string();
            let tail = new[is.end..].trim_start_matches(['\r', '\n']).to_string();
            prop_assert!(old.starts_with(&head) && old.ends_with(&tail), "{old}\n{new}");
            let between = &old[head.len()..old.len() - tail.len()];
            prop_assert!(
                between.chars().all(|c| " \r\n".contains(c)) || between.contains('#'),
                "{between:?}\n{old}\n{new}"
            );
            return kept_comments(&old, &new);
        }
    };
    prop_assert!(new.starts_with(&head), "{old}\n{new}");
    prop_assert!(new.ends_with(tail.trim_start_matches(['\r', '\n'])), "{old}\n{new}");
    kept_comments(&old, &new)
}

/// Every comment of the old text stands in the new one, in the same order; line ends are the same throughout.
fn kept_comments(old: &str, new: &str) -> Result<(), TestCaseError> {
    let mut now = comments(new).into_iter();
    for comment in comments(old) {
        prop_assert!(now.any(|it| it == comment), "{comment:?} is lost\n{old}\n{new}");
    }
    let bare = |text: &str| text.matches('\n').count() - text.matches("\r\n").count();
    prop_assert!(bare(new) == 0 || !old.contains("\r\n"), "{old:?}\n{new:?}");
    Ok(())
}
