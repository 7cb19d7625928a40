//! A survey small enough to be computed by hand, with the working beside each number.

use num_bigint::BigInt;
use serde_json::{Value as Json, json};

use super::*;
use crate::diag::FileId;
use crate::document::testing;
use crate::model::survey::{Exact, Results, table};

/// The latest answers. Of `n3`, question three is blank; of `n4`, question four is a word for no answer; `n5` was not
/// sent; `s1` answered twice.
pub(crate) const FINAL: &str = "\
who,group,done,q1,q2,q3,q4,q5
n1,north,y,5,4,3,4,2
n2,north,y,4,4,3,4,4
n3,north,y,3,5,,4,3
n4,north,y,5,3,3,N/A,3
n5,north,,1,1,1,1,1
s1,south,y,2,4,3,3,1
s1,south,y,4,4,3,3,1
s2,south,y,3,2,4,3,5
s3,south,y,2,5,2,3,3
w1,west,y,5,5,4,1,2
w2,west,y,2,4,1,1,3
";

/// The answers before. Since then `s1` has answered question one otherwise, and `s1`, `s2`, `s3` question two.
pub(crate) const PRELIMINARY: &str = "\
who,group,done,q1,q2,q3,q4,q5
n1,north,y,5,4,3,4,2
n2,north,y,4,4,3,4,4
n3,north,y,3,5,,4,3
n4,north,y,5,3,3,N/A,3
s1,south,y,2,1,3,3,1
s2,south,y,3,1,4,3,5
s3,south,y,2,4,2,3,3
w1,west,y,5,5,4,1,2
w2,west,y,2,4,1,1,3
";

/// The plan of the tests with a survey of these rules and tables, the latest last.
pub(crate) fn with_survey(rules: Json, tables: &[&str]) -> crate::model::Plan {
    let mut plan = testing::plan();
    let question = |id: &str| json!({ "id": id, "text": format!("Question {id}"), "column": id, "about": ["so-a"] });
    let questions = ["q1", "q2", "q3", "q4", "q5"].map(question);
    let waves: Vec<Json> = (0..tables.len())
        .map(|at| json!({ "id": format!("wave-{at}"), "title": format!("Wave {at}"), "file": format!("{at}.csv") }))
        .collect();
    let survey: crate::model::Item<Survey> = testing::item(json!({
        "id": "poll", "title": "Poll", "basis": "reported",
        "scale": { "least": "1", "most": "5", "high": "important", "no-answer": ["N/A"] },
        "groups": [
            { "id": "north", "name": "North", "asked": 5, "weight": "3" },
            { "id": "south", "name": "South", "asked": 4, "weight": "2" },
            { "id": "west", "name": "West", "asked": 2, "weight": "1" }
        ],
        "questions": questions,
        "columns": { "respondent": "who", "group": "group", "completed": "done" },
        "waves": waves, "rules": rules
    }));
    for (at, text) in tables.iter().enumerate() {
        let (answers, bad) = table(FileId(0), &format!("{at}.csv"), text, None);
        assert_eq!(bad, []);
        plan.answers.insert(("poll".to_string(), format!("wave-{at}")), answers);
    }
    plan.surveys.push(survey);
    plan
}

pub(crate) fn rules(weighting: &str, blanks: &str) -> Json {
    json!({ "weighting": weighting, "blanks": blanks, "blank-value": "1", "unfinished": "left-out", "twice": "last" })
}

fn computed(rules: Json) -> Results {
    let plan = with_survey(rules, &[PRELIMINARY, FINAL]);
    compute(&plan, &plan.surveys[0]).results
}

fn fraction(n: i64, d: i64) -> Exact {
    Exact::new(BigInt::from(n), BigInt::from(d))
}

/// Count and mean of each group, and the score.
fn row(results: &Results, wave: usize, question: usize) -> (Vec<(u64, Exact)>, Exact) {
    let found = &results.waves[wave].questions[question];
    let groups = found.groups.iter().map(|cell| cell.shown().unwrap());
    let groups = groups.map(|value| (value.n, value.mean.clone().unwrap())).collect();
    (groups, found.all.shown().unwrap().score.clone().unwrap())
}

#[test]
fn one_vote_for_each_group() {
    let results = computed(rules("one-group-one-vote", "left-out"));
    let f = fraction;
    // North: (5+4+3+5)/4 = 17/4. South: the second row of s1 counts, (4+3+2)/3 = 3. West: (5+2)/2 = 7/2.
    // Score: (17/4 + 3 + 7/2)/3 = (51+36+42)/12/3 = 129/36 = 43/12.
    assert_eq!(row(&results, 1, 0), (vec![(4, f(17, 4)), (3, f(3, 1)), (2, f(7, 2))], f(43, 12)));
    // (4+4+5+3)/4 = 4; (4+2+5)/3 = 11/3; (5+4)/2 = 9/2. Score: (24+22+27)/6/3 = 73/18.
    assert_eq!(row(&results, 1, 1), (vec![(4, f(4, 1)), (3, f(11, 3)), (2, f(9, 2))], f(73, 18)));
    // n3 left it blank: (3+3+3)/3 = 3; (3+4+2)/3 = 3; (4+1)/2 = 5/2. Score: (3+3+5/2)/3 = 17/6.
    assert_eq!(row(&results, 1, 2), (vec![(3, f(3, 1)), (3, f(3, 1)), (2, f(5, 2))], f(17, 6)));
    // N/A of n4 is no answer: (4+4+4)/3 = 4; 3; 1. Score: 8/3.
    assert_eq!(row(&results, 1, 3), (vec![(3, f(4, 1)), (3, f(3, 1)), (2, f(1, 1))], f(8, 3)));
    // (2+4+3+3)/4 = 3; (1+5+3)/3 = 3; (2+3)/2 = 5/2. Score: 17/6, as question three.
    assert_eq!(row(&results, 1, 4), (vec![(4, f(3, 1)), (3, f(3, 1)), (2, f(5, 2))], f(17, 6)));
    let printed: Vec<String> = (0..5).map(|at| decimal_text(&row(&results, 1, at).1, 2)).collect();
    assert_eq!(printed, ["3.58", "4.06", "2.83", "2.67", "2.83"]);
    // Before, question two: South (1+1+4)/3 = 2, score (4 + 2 + 9/2)/3 = 7/2; so it rose by 73/18 - 63/18 = 5/9.
    assert_eq!(row(&results, 0, 1).1, f(7, 2));
    let [before, after] = [0, 1].map(|wave: usize| &results.waves[wave].questions[1]);
    assert_eq!(change(before, after), Some(f(5, 9)));
    assert_eq!(decimal_text(&f(5, 9), 2), "0.56");
}

#[test]
fn one_vote_for_each_respondent() {
    let results = computed(rules("one-respondent-one-vote", "left-out"));
    // (17 + 9 + 7)/9 = 33/9 = 11/3.
    assert_eq!(row(&results, 1, 0).1, fraction(11, 3));
    // (9 + 9 + 5)/8 = 23/8.
    assert_eq!(row(&results, 1, 2).1, fraction(23, 8));
    let total = results.waves[1].questions[2].all.shown().unwrap().clone();
    assert_eq!((total.n, total.weighted_sum, total.weights), (8, fraction(23, 1), fraction(8, 1)));
    // 1 2 3 3 3 3 4 4: a quarter of eight is reached by the second, three quarters by the sixth.
    assert_eq!(total.quartiles, Some((Decimal::from(2), Decimal::from(3))));
}

#[test]
fn declared_weights() {
    let results = computed(rules("declared-weights", "left-out"));
    // (3 x 17/4 + 2 x 3 + 1 x 7/2)/6 = (51/4 + 24/4 + 14/4)/6 = 89/24.
    assert_eq!(row(&results, 1, 0).1, fraction(89, 24));
}

#[test]
fn blanks_that_count() {
    let results = computed(rules("one-group-one-vote", "counted"));
    // The blank of n3 counts 1: (3+3+1+3)/4 = 5/2. Score: (5/2 + 3 + 5/2)/3 = 8/3.
    assert_eq!(row(&results, 1, 2).0[0], (4, fraction(5, 2)));
    assert_eq!(row(&results, 1, 2).1, fraction(8, 3));
    // N/A of n4, too: (4+4+4+1)/4 = 13/4.
    assert_eq!(row(&results, 1, 3).0[0], (4, fraction(13, 4)));
}

#[test]
fn quartiles_have_the_weights_of_the_score() {
    let results = computed(rules("one-group-one-vote", "left-out"));
    // Question one. An answer of North weighs 1/4, of South 1/3, of West 1/2; all 3. Up to 2: 1/3 + 1/2 = 5/6, which is
    // more than 3/4. Up to 3: 5/6 + 1/4 + 1/3 = 17/12; up to 4: 2; up to 5: 3, the first that is more than 9/4.
    let total = results.waves[1].questions[0].all.shown().unwrap();
    assert_eq!(total.quartiles, Some((Decimal::from(2), Decimal::from(5))));
}

#[test]
fn ranks_with_ties() {
    let results = computed(rules("one-group-one-vote", "left-out"));
    let ranks = |high| -> Vec<(String, usize, bool)> {
        let ranked = ranking(&results.waves[1], high);
        ranked.into_iter().map(|one| (one.result.question.clone(), one.place, one.tied)).collect()
    };
    let expected = [("q2", 1, false), ("q1", 2, false), ("q3", 3, true), ("q5", 3, true), ("q4", 5, false)];
    assert_eq!(ranks(High::Important), expected.map(|(id, place, tied)| (id.to_string(), place, tied)));
    let expected = [("q4", 1, false), ("q3", 2, true), ("q5", 2, true), ("q1", 4, false), ("q2", 5, false)];
    assert_eq!(ranks(High::Unimportant), expected.map(|(id, place, tied)| (id.to_string(), place, tied)));
}

#[test]
fn who_answered() {
    let wave = &computed(rules("one-group-one-vote", "left-out")).waves[1];
    let answered: Vec<(u64, Option<u64>)> = wave
        .groups
        .iter()
        .chain([&wave.all])
        .map(|cell| cell.shown().unwrap())
        .map(|it| (it.answered, it.asked))
        .collect();
    assert_eq!(answered, [(4, Some(5)), (3, Some(4)), (2, Some(2)), (9, Some(11))]);
    // n5 was not sent, and one of the two rows of s1 does not count.
    assert_eq!((wave.left_out, wave.lines), (Some((1, 1)), Some((2, 12))));
    let lines = &wave.questions[0].groups[1].shown().unwrap().lines;
    assert_eq!(lines.get(&Decimal::from(4)), Some(&vec![8]), "the row of s1 that counts");
}

#[test]
fn whose_answers_differ_between_waves() {
    let plan = with_survey(rules("one-group-one-vote", "left-out"), &[PRELIMINARY, FINAL]);
    let changed = compute(&plan, &plan.surveys[0]).changed;
    let groups: Vec<Vec<u64>> = changed.iter().map(|pairs| pairs[0].groups.clone()).collect();
    let same = vec![0, 0, 0];
    assert_eq!(groups, [vec![0, 1, 0], vec![0, 3, 0], same.clone(), same.clone(), same]);
}

#[test]
fn the_mapping_hands_scores_over() {
    let mut plan = with_survey(rules("one-group-one-vote", "left-out"), &[FINAL]);
    for (question, about) in plan.surveys[0].data.questions.iter_mut().zip(["old-a", "old-a", "old-b", "old-b", "goal"])
    {
        question.about = vec![Id(about.to_string())];
    }
    let file: PredecessorFile = testing::of(json!({
        "title": "Before", "period": "2016", "elements": [], "basis": "reported",
        "mapping": [
            { "id": "m-a", "from": "old-a", "fate": "split",
              "to": [{ "to": "goal", "share": "60" }, { "to": "so-a", "share": "40" }] },
            { "id": "m-b", "from": "old-b", "fate": "merged", "to": [{ "to": "so-a" }], "basis": "illustrative" },
            { "id": "m-c", "from": "old-c", "fate": "merged", "to": [{ "to": "so-a" }] }
        ]
    }));
    plan.predecessor = Some(crate::model::Predecessor {
        title: file.title,
        period: file.period,
        elements: Vec::new(),
        mapping: file.mapping,
        comparisons: Vec::new(),
        origin: crate::diag::Origin::file(FileId(0)),
        file_basis: file.basis,
        file_source: Default::default(),
        file_classification: None,
    });
    plan.results = vec![compute(&plan, &plan.surveys[0]).results];
    let found = inherited(&plan, &plan.results[0]);
    // old-a: (43/12 + 73/18)/2 = (129/36 + 146/36)/2 = 275/72. old-b: (17/6 + 8/3)/2 = 33/12 = 11/4.
    // goal: 60 % of old-a alone, so 275/72. so-a: (40 x 275/72 + 100 x 11/4)/140 = (1375/9 + 2475/9)/140 = 55/18.
    let scores: Vec<(&str, Option<Exact>, Basis)> =
        found.iter().map(|one| (one.item.as_str(), one.score.clone(), one.basis)).collect();
    let expected =
        [("goal", Some(fraction(275, 72)), Basis::Inferred), ("so-a", Some(fraction(55, 18)), Basis::Illustrative)];
    assert_eq!(scores, expected);
}

#[test]
fn exports_of_survey_programs_are_read_as_they_are() {
    let mut plan = with_survey(rules("one-respondent-one-vote", "left-out"), &[]);
    let survey = &mut plan.surveys[0].data;
    survey.csv = Some(Dialect { delimiter: Delimiter::Semicolon, decimal: DecimalMark::Comma });
    survey.scale.codes =
        [("A1".to_string(), DecimalText("1".into())), ("A4".to_string(), DecimalText("4".into()))].into();
    survey.columns.completed = Some(Str("submitdate".to_string()));
    survey.questions.truncate(3);
    survey.questions[0].column = Str("G1Q1[SQ001]".to_string());
    survey.questions[1].column = Str("G1Q1[SQ002]".to_string());
    survey.questions[1].text = Text::plain("How important is \"speed\"?");
    // Code alone; the words of the question alone, with quotes and a line break; code and words.
    let text = "\"who\";\"group. Region\";\"submitdate. Date submitted\";\"G1Q1[SQ001]\";\"How important\nis \"\"speed\"\"?\";\"q3. A; b [c]\"\r\n\
        \"a\";\"north\";\"2018-08-01 10:00\";\"A4\";\"4,5\";\"3\"\r\n\
        \"b\";\"north\";\"\";\"A1\";\"1\";\"1\"\r\n\
        \"c\";\"west\";\"2018-08-02 10:00\";\"A1\";\"N/A\";\"\"\r\n";
    let (answers, bad) = table(FileId(0), "x.csv", text, survey.csv.as_ref());
    assert_eq!(bad, []);
    let read = reading(survey, &answers);
    assert_eq!(read.faults, []);
    let d = |text: &str| Some(text.parse::<Decimal>().unwrap());
    let values: Vec<Vec<Option<Decimal>>> = read.respondents.iter().map(|one| one.values.clone()).collect();
    assert_eq!(values, [vec![d("4"), d("4.5"), d("3")], vec![d("1"), None, None]]);
    assert_eq!(read.unfinished, 1);
}
