use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::edit::scalar::double;
use crate::model::fingerprint;
use crate::source::outline;

const SAID: &str = "plan/consultation/suggestions/meeting-one.yaml";
const CLUSTERS: &str = "plan/consultation/clusters.yaml";
const PRIORITIES: &str = "plan/priorities.yaml";

/// A suggestion without an answer, a split one, a remark, and two that a cluster joins.
const PLAIN: &str = "\
event: meeting-one
basis: reported
source: charter
suggestions:
  # the first
  - id: idea   # of a reader
    kind: suggestion
    wording: summary
    text: Be short.
  - {id: flow, kind: suggestion, wording: summary, text: 'In braces, [too]'}   # on one line
  - id: split
    kind: suggestion
    wording: summary
    text: Two things.
    points:
      - id: split-one
        text: One thing.
      - {id: split-two, text: The other}
  - id: word
    kind: remark
    wording: summary
    text: Welcome.
  - id: joined
    kind: suggestion
    wording: summary
    text: Again.
  # the last
";

const CLUSTER: &str = "\
basis: reported
source: charter
clusters:
  - id: both
    title: The same
    points: [joined, split-two]
";

fn files(said: &str, description: &str) -> BTreeMap<String, Vec<u8>> {
    macro_rules! smallest {
        ($($path:literal)*) => {
            [$((concat!("plan/", $path), include_str!(concat!("../../../examples/smallest/plan/", $path)))),*]
        };
    }
    let base = smallest!(
        "plan.yaml" "layers.yaml" "units.yaml" "sources.yaml" "bodies.yaml" "meetings.yaml" "decisions.yaml"
        "consultation/events.yaml" "elements/goal.md" "elements/objective-one.md" "statements/mission.md"
    );
    let mut out: BTreeMap<String, Vec<u8>> =
        base.into_iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect();
    let priority = format!(
        "basis: reported\nsource: charter\npriorities:\n  - id: openness\n    title: Openness\n    formerly: [doors]\n    \
         description: {}\n",
        double(description)
    );
    out.insert(PRIORITIES.into(), priority.into_bytes());
    out.insert("plan/consultation/reasons.yaml".into(), b"reasons:\n  - id: too-late\n    text: Too late.\n".to_vec());
    out.insert(SAID.into(), said.as_bytes().to_vec());
    if said.contains("id: joined") {
        out.insert(CLUSTERS.into(), CLUSTER.as_bytes().to_vec());
    }
    out
}

fn read(files: &BTreeMap<String, Vec<u8>>) -> (Sources, Plan) {
    let sources = Sources::from_files(files.clone());
    let plan = load::load(&sources, &mut Diagnostics::default()).expect("the plan is read");
    (sources, plan)
}

/// Asks, and writes what comes of it into `files`.
fn ask(files: &mut BTreeMap<String, Vec<u8>>, id: &str, ask: &Ask) -> Result<Vec<What>, Refusal> {
    let (sources, plan) = read(files);
    let recorded = record(&plan, &sources, id, ask)?;
    if let Some(edit) = recorded.edit {
        files.insert(sources.get(edit.file).path.clone(), edit.bytes);
    }
    Ok(recorded.notes.into_iter().map(|note| note.what).collect())
}

fn disposition(files: &BTreeMap<String, Vec<u8>>, id: &str) -> Disposition {
    let (_, plan) = read(files);
    find::find(&plan, id, false).unwrap().disposition.unwrap().clone()
}

fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(files[path].clone()).unwrap()
}

fn accepted(target: &str) -> Answer {
    Answer { targets: vec![target.to_string()], ..Answer::new(DispositionStatus::Accepted) }
}

fn describe(files: &mut BTreeMap<String, Vec<u8>>, old: &str, new: &str) {
    let text = text(files, PRIORITIES);
    assert!(text.contains(&double(old)), "{text}");
    files.insert(PRIORITIES.into(), text.replace(&double(old), &double(new)).into_bytes());
}

#[test]
fn an_answer_keeps_the_words_that_it_changes() {
    let mut files = files(PLAIN, "Open doors.");
    let answer = Answer {
        reason: Some("It is so: yes".into()),
        unit: Some("office".into()),
        date: Some("2023-11-02".into()),
        basis: Some(Basis::Illustrative),
        source: Some("charter".into()),
        ..accepted("openness/description")
    };
    assert_eq!(ask(&mut files, "idea", &Ask::Answer(answer)), Ok(vec![What::Kept]));
    let written = "    text: Be short.
    disposition:
      status: accepted
      reason: 'It is so: yes'
      unit: office
      date: 2023-11-02
      targets:
        - address: openness/description
          before: Open doors.
      basis: illustrative
      source: charter
";
    assert_eq!(text(&files, SAID), PLAIN.replace("    text: Be short.\n", written));
    describe(&mut files, "Open doors.", "Wide doors.");
    assert_eq!(ask(&mut files, "idea", &Ask::Stamp { unchanged: false }), Ok(vec![What::Stamped]));
    let stamped = "          before: Open doors.
          after: Wide doors.
          fingerprint: f1:";
    assert!(text(&files, SAID).contains(stamped), "{}", text(&files, SAID));
    assert_eq!(ask(&mut files, "idea", &Ask::Stamp { unchanged: false }), Ok(vec![What::Known]));
}

#[test]
fn flow_points_and_clusters_are_answered_where_they_stand() {
    let mut files = files(PLAIN, "Open doors.");
    let noted = Answer { reason: Some("No.".into()), ..Answer::new(DispositionStatus::Noted) };
    ask(&mut files, "flow", &Ask::Answer(accepted("openness/description"))).unwrap();
    ask(&mut files, "split-one", &Ask::Answer(noted.clone())).unwrap();
    ask(&mut files, "both", &Ask::Answer(noted)).unwrap();
    let wanted = PLAIN
        .replace(
            "[too]'}",
            "[too]', disposition: {status: accepted, targets: [{address: openness/description, before: Open doors.}]}}",
        )
        .replace(
            "text: One thing.\n",
            "text: One thing.\n        disposition:\n          status: noted\n          reason: No.\n",
        );
    assert_eq!(text(&files, SAID), wanted);
    let cluster = format!("{CLUSTER}    disposition:\n      status: noted\n      reason: No.\n");
    assert_eq!(text(&files, CLUSTERS), cluster);
}

#[test]
fn what_is_given_is_replaced_and_the_rest_stays() {
    let old = "    text: Be short.
    disposition:   # ours
      status: partially-accepted   # for now
      reason:
        en: One may.   # soon
        fr: {text: On peut., from: f1:0123456789ab}
      date: '2023-11-02'
      targets: # what changed
        - address: openness/description
          before: Shut.
          after: Open doors.
";
    let mut files = files(&PLAIN.replace("    text: Be short.\n", old), "Open doors.");
    let answer = Answer {
        reason: Some("One must.".into()),
        date: Some("2023-11-20".into()),
        standard_reason: Some("too-late".into()),
        targets: vec!["doors/description".into(), "mission#wording".into()],
        ..Answer::new(DispositionStatus::Accepted)
    };
    assert_eq!(ask(&mut files, "idea", &Ask::Answer(answer)), Ok(vec![What::Stays, What::Kept]));
    let new = "    text: Be short.
    disposition:   # ours
      status: accepted   # for now
      reason:
        en: One must.   # soon
        fr: {text: On peut., from: f1:0123456789ab}
      date: '2023-11-20'
      targets: # what changed
        - address: openness/description
          before: Shut.
          after: Open doors.
        - address: mission#wording
          before: We lend what makes people curious.
      standard-reason: too-late
";
    assert_eq!(text(&files, SAID), PLAIN.replace("    text: Be short.\n", new));
}

#[test]
fn a_change_that_is_made_already_is_told_and_not_guessed() {
    let mut files = files(PLAIN, "Open doors.");
    let told = |before: &str, target: &str| Ask::Answer(Answer { before: Some(before.into()), ..accepted(target) });
    assert_eq!(ask(&mut files, "idea", &told("", "openness/description")), Ok(vec![What::Told { same: false }]));
    let target = disposition(&files, "idea").targets.remove(0);
    assert_eq!(target.before.as_deref(), Some(""));
    assert_eq!(target.after.as_deref(), Some("Open doors."));
    assert_eq!(target.fingerprint, Some(Str(fingerprint::of("Open doors."))));
    // What was taken out has no present text, but it has an item.
    assert_eq!(ask(&mut files, "idea", &told("Gone.", "mission#gone")), Ok(vec![What::Told { same: false }]));
    assert_eq!(disposition(&files, "idea").targets[1].after.as_deref(), Some(""));
    let same = ask(&mut files, "idea", &told(" Open  doors.", "openness/description"));
    assert_eq!(same, Ok(vec![What::Told { same: true }]));
    for (before, target) in [("", "mission#gone"), ("Gone.", "misson#gone")] {
        let refused = ask(&mut files, "idea", &told(before, target)).unwrap_err();
        assert!(matches!(refused, Refusal::Nowhere { .. }), "{refused}");
    }
    let two = Answer { before: Some("x".into()), ..Answer::new(DispositionStatus::Accepted) };
    assert_eq!(ask(&mut files, "idea", &Ask::Answer(two)), Err(Refusal::WhichTarget));
}

#[test]
fn only_what_changed_is_stamped_and_only_what_is_suspect_renewed() {
    let mut files = files(PLAIN, "Open doors.");
    let both = Answer {
        targets: vec!["openness/description".into(), "openness".into()],
        ..Answer::new(DispositionStatus::Accepted)
    };
    ask(&mut files, "idea", &Ask::Answer(both)).unwrap();
    describe(&mut files, "Open doors.", "Wide doors.");
    let stamp = |unchanged| Ask::Stamp { unchanged };
    assert_eq!(ask(&mut files, "idea", &Ask::Renew), Ok(vec![What::Unstamped, What::Unstamped]));
    let left = vec![What::Stamped, What::Unchanged { stamped: false }];
    assert_eq!(ask(&mut files, "idea", &stamp(false)), Ok(left));
    assert_eq!(disposition(&files, "idea").targets[1].after, None);
    assert_eq!(ask(&mut files, "idea", &stamp(true)), Ok(vec![What::Known, What::Unchanged { stamped: true }]));
    assert_eq!(disposition(&files, "idea").targets[1].after.as_deref(), Some("Openness"));
    describe(&mut files, "Wide doors.", "Doors.");
    assert_eq!(ask(&mut files, "idea", &stamp(false)), Ok(vec![What::Suspect, What::Known]));
    let renewed = What::Renewed { old: "Wide doors.".into(), new: "Doors.".into(), undone: false };
    assert_eq!(ask(&mut files, "idea", &Ask::Renew), Ok(vec![renewed, What::Known]));
    assert_eq!(disposition(&files, "idea").targets[0].fingerprint, Some(Str(fingerprint::of("Doors."))));
    describe(&mut files, "Doors.", "Open doors.");
    let undone = What::Renewed { old: "Doors.".into(), new: "Open doors.".into(), undone: true };
    assert_eq!(ask(&mut files, "idea", &Ask::Renew), Ok(vec![undone, What::Known]));
}

#[test]
fn what_cannot_be_answered_says_what_can() {
    let bare =
        "    text: Be short.\n    disposition: {status: accepted, targets: [{address: openness}, {address: goal}]}\n";
    let misspelt = "text: One thing.\n        disposition: {status: acepted}\n";
    let said = PLAIN.replace("    text: Be short.\n", bare).replace("text: One thing.\n", misspelt);
    let mut files = files(&said.replace("text: 'In braces, [too]'", "text: x, replies: []"), "Open doors.");
    let noted = || Ask::Answer(Answer::new(DispositionStatus::Noted));
    let mut told = |id: &str, what: Ask| ask(&mut files, id, &what).unwrap_err().to_string();
    let told = [
        told("ideo", noted()),
        told("quite-another-thing", noted()),
        told("goal", noted()),
        told("split", noted()),
        told("word", noted()),
        told("split-two", noted()),
        told("split-two", Ask::Stamp { unchanged: false }),
        told("joined", noted()),
        told("split-one", noted()),
        told("flow", Ask::Renew),
        told("idea", Ask::Stamp { unchanged: true }),
        told("idea", Ask::Answer(accepted("opennes/title"))),
        told("idea", Ask::Answer(accepted("openness//title"))),
        told("idea", Ask::Answer(Answer { reason: Some(" ".into()), ..Answer::new(DispositionStatus::Noted) })),
        told("idea", Ask::Answer(Answer { reason: Some("\u{7}".into()), ..Answer::new(DispositionStatus::Noted) })),
    ];
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn sources_in_a_list_are_left_to_the_drafter() {
    let listed = "    text: Be short.\n    disposition: {status: accepted, source: [charter]}\n";
    let mut files = files(&PLAIN.replace("    text: Be short.\n", listed), "Open doors.");
    let from = |id: &str| Ask::Answer(Answer { source: Some(id.into()), ..Answer::new(DispositionStatus::Accepted) });
    assert_eq!(ask(&mut files, "idea", &from("charter")), Ok(vec![]));
    assert_eq!(ask(&mut files, "idea", &from("other")), Err(Refusal::Sources("idea".into())));
}

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

fn comments(text: &str) -> Vec<&str> {
    let of = |line: &'_ str| line.find("# ").map(|at| at..line.len());
    text.lines().filter_map(|line| Some(line[of(line)?].trim_end())).collect()
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

        let told = Answer { targets: vec!["mission#wording".into()], before: Some(before.clone()), ..Answer::new(DispositionStatus::Accepted) };
        prop_assert!(ask(&mut files, "idea", &Ask::Answer(told)).is_ok());
        let kept = target(&files, "mission#wording");
        prop_assert_eq!(kept.before.as_deref(), Some(&*plain(&before)));
        prop_assert_eq!(kept.after.as_deref(), Some("We lend what makes people curious."));

        describe(&mut files, &plain(&present), &plain(&since));
        if style == 3 || style == 4 {
            let goal = Answer { targets: vec!["goal/title".into()], before: Some("x".into()), ..Answer::new(DispositionStatus::Accepted) };
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
