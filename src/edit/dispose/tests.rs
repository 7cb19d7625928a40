use std::collections::BTreeMap;

use super::*;
use crate::edit::scalar::double;
use crate::model::fingerprint;

pub(super) const SAID: &str = "plan/consultation/suggestions/meeting-one.yaml";
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

pub(super) fn files(said: &str, description: &str) -> BTreeMap<String, Vec<u8>> {
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
pub(super) fn ask(files: &mut BTreeMap<String, Vec<u8>>, id: &str, ask: &Ask) -> Result<Vec<What>, Refusal> {
    let (sources, plan) = read(files);
    let recorded = record(&plan, &sources, id, ask)?;
    if let Some(edit) = recorded.edit {
        files.insert(sources.get(edit.file).path.clone(), edit.bytes);
    }
    Ok(recorded.notes.into_iter().map(|note| note.what).collect())
}

pub(super) fn disposition(files: &BTreeMap<String, Vec<u8>>, id: &str) -> Disposition {
    let (_, plan) = read(files);
    find::find(&plan, id, false).unwrap().disposition.unwrap().clone()
}

pub(super) fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(files[path].clone()).unwrap()
}

fn accepted(target: &str) -> Answer {
    Answer { targets: vec![target.to_string()], ..Answer::new(DispositionStatus::Accepted) }
}

pub(super) fn describe(files: &mut BTreeMap<String, Vec<u8>>, old: &str, new: &str) {
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
    assert_eq!(ask(&mut files, "idea", &Ask::Renew { unchanged: false }), Ok(vec![What::Unstamped, What::Unstamped]));
    let left = vec![What::Stamped, What::Unchanged { stamped: false }];
    assert_eq!(ask(&mut files, "idea", &stamp(false)), Ok(left));
    assert_eq!(disposition(&files, "idea").targets[1].after, None);
    assert_eq!(ask(&mut files, "idea", &stamp(true)), Ok(vec![What::Known, What::Unchanged { stamped: true }]));
    assert_eq!(disposition(&files, "idea").targets[1].after.as_deref(), Some("Openness"));
    describe(&mut files, "Wide doors.", "Doors.");
    assert_eq!(ask(&mut files, "idea", &stamp(false)), Ok(vec![What::Suspect, What::Known]));
    let renewed = What::Renewed { old: "Wide doors.".into(), new: "Doors.".into() };
    assert_eq!(ask(&mut files, "idea", &Ask::Renew { unchanged: false }), Ok(vec![renewed, What::Known]));
    assert_eq!(disposition(&files, "idea").targets[0].fingerprint, Some(Str(fingerprint::of("Doors."))));
    describe(&mut files, "Doors.", "Open doors.");
    assert_eq!(ask(&mut files, "idea", &Ask::Renew { unchanged: false }), Ok(vec![What::Undone, What::Known]));
    assert_eq!(disposition(&files, "idea").targets[0].after.as_deref(), Some("Doors."), "nothing changed any more");
    let renewed = What::Renewed { old: "Doors.".into(), new: "Open doors.".into() };
    assert_eq!(ask(&mut files, "idea", &Ask::Renew { unchanged: true }), Ok(vec![renewed, What::Known]));
}

#[test]
fn a_target_named_by_mistake_is_taken_out() {
    let mut files = files(PLAIN, "Open doors.");
    let answer = |status, targets: &[&str], not_targets: &[&str], reason: Option<&str>| {
        let list = |names: &[&str]| names.iter().map(|name| name.to_string()).collect();
        let reason = reason.map(str::to_string);
        Ask::Answer(Answer { targets: list(targets), not_targets: list(not_targets), reason, ..Answer::new(status) })
    };
    let accepted = DispositionStatus::PartiallyAccepted;
    ask(&mut files, "idea", &answer(accepted, &["openness", "goal"], &[], Some("Half of it."))).unwrap();
    let mended = answer(accepted, &["openness/description"], &["openness"], None);
    assert_eq!(ask(&mut files, "idea", &mended), Ok(vec![What::Removed, What::Kept]));
    let names = |files: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
        disposition(files, "idea").targets.iter().map(|one| one.address.to_string()).collect()
    };
    assert_eq!(names(&files), ["goal", "openness/description"]);
    // What changes nothing cannot name what it changed, and another answer has another reason.
    let refused = ask(&mut files, "idea", &answer(DispositionStatus::Noted, &[], &[], Some("Not now."))).unwrap_err();
    assert!(refused.to_string().contains("names `goal`, `openness/description`"), "{refused}");
    let refused = ask(&mut files, "idea", &answer(DispositionStatus::Deferred, &[], &[], None)).unwrap_err();
    assert!(refused.to_string().contains("was given for `partially-accepted`"), "{refused}");
    let whole = answer(DispositionStatus::Accepted, &[], &[], None);
    assert_eq!(ask(&mut files, "idea", &whole), Ok(vec![What::OldReason]));
    assert!(disposition(&files, "idea").reason.is_none());
    let gone = answer(DispositionStatus::Noted, &[], &["goal", "openness/description"], Some("Not now."));
    assert_eq!(ask(&mut files, "idea", &gone), Ok(vec![What::Removed, What::Removed]));
    assert!(disposition(&files, "idea").targets.is_empty());
    let refused = ask(&mut files, "idea", &answer(DispositionStatus::Noted, &[], &["goal"], None)).unwrap_err();
    assert!(refused.to_string().contains("names nothing"), "{refused}");
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
        told("flow", Ask::Renew { unchanged: false }),
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
