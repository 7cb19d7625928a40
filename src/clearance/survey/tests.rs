//! What is withheld of a survey, and that none of it can be computed.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::analysis::survey::tests::{FINAL, PRELIMINARY, rules, with_survey};
use crate::clearance::cut;
use crate::model::survey::{Exact, Results};

/// Which cells of a question are shown in a wave: the groups, then the total.
fn shown(results: &Results, wave: usize, question: usize) -> String {
    let found = &results.waves[wave].questions[question];
    let groups = found.groups.iter().map(|cell| cell.shown().is_some());
    groups.chain([found.all.shown().is_some()]).map(|it| if it { 'x' } else { '-' }).collect()
}

#[test]
fn a_small_group_takes_another_with_it() {
    let plan = with_survey(rules("one-group-one-vote", "left-out"), &[PRELIMINARY, FINAL]);
    for audience in ["public", "members"] {
        let cut = cut(&plan, audience);
        let results = &cut.get().results[0];
        // Two answers in the west; the south would tell them, and has fewer respondents than the north.
        for question in 0..5 {
            assert_eq!(shown(results, 1, question), "x--x", "{audience}");
        }
        // Only one respondent answered question one otherwise: with both totals, that answer would be known.
        assert_eq!(shown(results, 0, 0), "x---");
        assert_eq!(shown(results, 0, 1), "x--x");
        let response = |at: usize| results.waves[1].groups[at].shown().map(|one| one.answered);
        assert_eq!([response(0), response(1), response(2)], [Some(4), None, None]);
        assert!(cut.get().answers.is_empty());
        let asked: Vec<Option<u32>> = cut.get().surveys[0].data.groups.iter().map(|group| group.asked).collect();
        assert_eq!(asked, [Some(5), None, None], "how many were asked may be how many answered");
        let lines = |cell: &Cell<crate::model::survey::Value>| cell.shown().is_none_or(|value| value.lines.is_empty());
        assert!(results.waves.iter().flat_map(|wave| &wave.questions).all(|one| one.groups.iter().all(lines)));
    }
    let whole = cut(&plan, "secretariat");
    assert_eq!(shown(&whole.get().results[0], 0, 0), "xxxx");
    assert_eq!(whole.get().answers.len(), 2);
}

#[test]
fn what_stands_at_the_end_of_the_scale_is_not_shown_in_a_total() {
    let mut csv = "who,group,done,q1,q2,q3,q4,q5\n".to_string();
    for (number, group) in
        ["north", "north", "north", "north", "south", "south", "south", "west", "west"].iter().enumerate()
    {
        // All say 5 to the first question, and all but one to the second; the last two differ.
        let second = if number == 4 { 4 } else { 5 };
        csv.push_str(&format!("w{number},{group},y,5,{second},3,{},1\n", 1 + number % 5));
    }
    let plan = with_survey(rules("one-respondent-one-vote", "left-out"), &[&csv]);
    let cut = cut(&plan, "public");
    let results = &cut.get().results[0];
    assert_eq!(shown(results, 0, 0), "----", "a mean of 5 would tell what the west said");
    assert_eq!(shown(results, 0, 1), "x--x", "one of five in the south and the west said otherwise; who, nobody knows");
    assert_eq!(shown(results, 0, 2), "x--x");
    assert_eq!(shown(results, 0, 4), "----");
}

/// A survey of one wave: the answers of each group to the first question, and what all said to the others.
fn answered(groups: [&[&str]; 3], others: &str) -> crate::model::Plan {
    let mut csv = "who,group,done,q1,q2,q3,q4,q5\n".to_string();
    for (name, answers) in ["north", "south", "west"].iter().zip(groups) {
        for (number, answer) in answers.iter().enumerate() {
            csv.push_str(&format!("{name}{number},{name},y,{answer},{others},{others},{others},{others}\n"));
        }
    }
    with_survey(rules("declared-weights", "left-out"), &[&csv])
}

/// With weights of 1, 1 and 6, the quartiles 2 and 4 of the whole are the two answers of the west.
#[test]
fn quartiles_are_not_told_beside_a_group_that_is_not_shown() {
    let mut plan = answered([&["5", "5", "5", "5"], &["5", "4", "5"], &["2", "4"]], "3");
    for (group, weight) in plan.surveys[0].data.groups.iter_mut().zip(["1", "1", "6"]) {
        group.weight = Some(weight.into());
    }
    let quartiles = |audience: &str| {
        let cut = cut(&plan, audience);
        cut.get().results[0].waves[0].questions[0].all.shown().map(|total| total.quartiles.is_some())
    };
    assert_eq!(quartiles("secretariat"), Some(true));
    assert_eq!(quartiles("public"), Some(false));
    // Where every group is shown, so are they.
    let plan = answered([&["5", "5", "5", "4"], &["5", "4", "5"], &["2", "4", "3"]], "3");
    let cut = cut(&plan, "public");
    assert_eq!(shown(&cut.get().results[0], 0, 0), "xxxx");
    assert!(cut.get().results[0].waves[0].questions[0].all.shown().unwrap().quartiles.is_some());
}

/// Half a point in a group that is shown does not switch the guard off: what is hidden is at the end of the scale.
#[test]
fn half_points_hide_no_less() {
    let plan = answered([&["5", "4.5", "5", "5"], &["5", "5", "5"], &["5", "5"]], "3");
    assert_eq!(shown(&cut(&plan, "public").get().results[0], 0, 0), "----");
    // Nor does one in a group that is hidden.
    let plan = answered([&["5", "4", "5", "5"], &["1", "1.5", "1"], &["1", "1"]], "3");
    let cut = cut(&plan, "public");
    assert_eq!(shown(&cut.get().results[0], 0, 0), "---x", "on half points, there is but one way");
}

/// Answers of which the reader may guess that they are tens leave fewer ways.
#[test]
fn a_coarse_grid_leaves_fewer_ways() {
    let of = |others: &str| {
        let mut plan = answered([&["50", "40", "50", "50"], &["50", "50", "50"], &["50", "40"]], others);
        plan.surveys[0].data.scale.least = "0".into();
        plan.surveys[0].data.scale.most = "50".into();
        shown(&cut(&plan, "public").get().results[0], 0, 0)
    };
    assert_eq!(of("3"), "x--x", "94 in the west and 147 in the south would make up the same");
    assert_eq!(of("30"), "----");
}

#[test]
fn where_there_is_one_audience_it_is_everybody() {
    let mut plan = with_survey(rules("one-group-one-vote", "left-out"), &[FINAL]);
    plan.plan.audiences.truncate(1);
    assert_eq!(shown(&cut(&plan, "public").get().results[0], 0, 0), "x--x");
}

#[test]
fn a_withheld_question_is_in_no_result() {
    let mut plan = with_survey(rules("one-group-one-vote", "left-out"), &[FINAL]);
    plan.surveys[0].data.questions[1].classification = Some("secretariat".into());
    let cut = cut(&plan, "members");
    let left: Vec<&str> = cut.get().results[0].waves[0].questions.iter().map(|one| one.question.as_str()).collect();
    assert_eq!(left, ["q1", "q3", "q4", "q5"]);
}

/// One respondent: wave, name, group, answers to five questions (0 for a blank).
type Row = (bool, bool, usize, [u8; 5]);

/// Two tables: each respondent may stand in the first, in the second, or in both with some answers changed.
fn tables(rows: &[(Row, u8)]) -> [String; 2] {
    let head = "who,group,done,q1,q2,q3,q4,q5\n".to_string();
    let mut out = [head.clone(), head];
    for (number, ((first, second, group, answers), change)) in rows.iter().enumerate() {
        let group = ["north", "south", "west"][*group];
        for (wave, stands) in [first, second].into_iter().enumerate().filter(|(_, stands)| **stands) {
            let _ = stands;
            let cells: Vec<String> = answers
                .iter()
                .enumerate()
                .map(|(at, answer)| match (answer, wave == 1 && change & (1 << at) != 0) {
                    (0, _) => String::new(),
                    (answer, true) => (answer % 5 + 1).to_string(),
                    (answer, false) => answer.to_string(),
                })
                .collect();
            out[wave] += &format!("r{number},{group},y,{}\n", cells.join(","));
        }
    }
    out
}

/// A number modulo a prime: elimination that shares no line with the one that is tested.
const PRIME: u128 = (1 << 61) - 1;

fn residue(number: &Exact) -> u128 {
    let of = |it: &num_bigint::BigInt| -> u128 {
        let modulus = num_bigint::BigInt::from(PRIME);
        let it: num_bigint::BigInt = ((it % &modulus) + &modulus) % &modulus;
        it.to_string().parse().unwrap()
    };
    of(number.numer()) * inverse(of(number.denom())) % PRIME
}

fn inverse(number: u128) -> u128 {
    let (mut out, mut base, mut power) = (1, number % PRIME, PRIME - 2);
    while power > 0 {
        if power & 1 == 1 {
            out = out * base % PRIME;
        }
        base = base * base % PRIME;
        power >>= 1;
    }
    out
}

/// The rank of rows of residues.
fn rank(mut rows: Vec<Vec<u128>>) -> usize {
    let width = rows.first().map_or(0, Vec::len);
    let mut done = 0;
    for column in 0..width {
        let Some(pivot) = (done..rows.len()).find(|row| rows[*row][column] != 0) else { continue };
        rows.swap(done, pivot);
        let scale = inverse(rows[done][column]);
        let lead: Vec<u128> = rows[done].iter().map(|it| it * scale % PRIME).collect();
        for row in rows.iter_mut().skip(done + 1) {
            let times = row[column];
            row.iter_mut().zip(&lead).for_each(|(it, lead)| *it = (*it + (PRIME - times) * lead) % PRIME);
        }
        done += 1;
    }
    done
}

/// Everything that an edition prints of a survey, as equations over what it does not print: a variable for the count,
/// and one for the sum, of each group in each wave for each question, and one for each count of respondents.
struct Audit {
    index: BTreeMap<(char, usize, usize, usize), usize>,
    rows: Vec<Vec<(usize, Exact)>>,
}

impl Audit {
    fn variable(&mut self, key: (char, usize, usize, usize)) -> usize {
        let next = self.index.len();
        *self.index.entry(key).or_insert(next)
    }

    fn dense(&self, row: &[(usize, Exact)]) -> Vec<u128> {
        let mut out = vec![0; self.index.len()];
        row.iter().for_each(|(at, it)| out[*at] = (out[*at] + residue(it)) % PRIME);
        out
    }

    fn tells(&self, row: &[(usize, Exact)]) -> bool {
        let known: Vec<Vec<u128>> = self.rows.iter().map(|row| self.dense(row)).collect();
        let before = rank(known.clone());
        rank(known.into_iter().chain([self.dense(row)]).collect()) == before
    }
}

fn one() -> Exact {
    Exact::from_integer(1.into())
}

/// Checks `cut` against `whole`: few answers are nowhere shown, and nothing that is withheld can be computed.
fn audit(whole: &Results, cut: &Results, counted: bool) -> Result<(), TestCaseError> {
    let mut audit = Audit { index: BTreeMap::new(), rows: Vec::new() };
    // Where blanks count, each question has as many answers as there are respondents.
    let count = |question: usize, wave: usize, group: usize| match counted {
        true => ('r', 0, wave, group),
        false => ('n', question, wave, group),
    };
    let mut withheld: Vec<Vec<(usize, Exact)>> = Vec::new();
    for (at, (wave, full)) in cut.waves.iter().zip(&whole.waves).enumerate() {
        let all: Vec<(usize, Exact)> =
            (0..wave.groups.len()).map(|group| (audit.variable(('r', 0, at, group)), one())).collect();
        for (group, cell) in wave.groups.iter().enumerate() {
            match cell.shown() {
                Some(response) => {
                    prop_assert!(!(1..3).contains(&response.answered));
                    audit.rows.push(vec![all[group].clone()]);
                }
                None => withheld.push(vec![all[group].clone()]),
            }
        }
        match wave.all.shown() {
            Some(_) => audit.rows.push(all),
            None => withheld.push(all),
        }
        for (number, (question, full)) in wave.questions.iter().zip(&full.questions).enumerate() {
            let mut counts = Vec::new();
            let mut sums = Vec::new();
            for (group, (cell, full)) in question.groups.iter().zip(&full.groups).enumerate() {
                let full = full.shown().unwrap();
                let own = [audit.variable(count(number, at, group)), audit.variable(('s', number, at, group))];
                counts.push((own[0], one()));
                if full.n > 0 {
                    sums.push((own[1], &full.weight / Exact::from_integer(full.n.into())));
                }
                let list = match cell.shown() {
                    Some(value) => {
                        prop_assert!(!(1..3).contains(&value.n));
                        &mut audit.rows
                    }
                    None => &mut withheld,
                };
                list.extend(own.map(|variable| vec![(variable, one())]));
            }
            let list = match question.all.shown() {
                Some(total) => {
                    prop_assert!(!(1..3).contains(&total.n));
                    &mut audit.rows
                }
                None => &mut withheld,
            };
            list.extend([counts, sums]);
        }
    }
    for row in withheld {
        prop_assert!(!audit.tells(&row), "a withheld number can be computed");
    }
    Ok(())
}

fn row() -> impl Strategy<Value = (Row, u8)> {
    let answers = [0u8..6, 0u8..6, 0u8..6, 0u8..6, 0u8..6];
    ((any::<bool>(), any::<bool>(), 0usize..3, answers), prop_oneof![Just(0u8), Just(0), any::<u8>()])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nothing_that_is_withheld_can_be_computed(
        rows in prop::collection::vec(row(), 0..26),
        weighting in prop_oneof!["one-respondent-one-vote", "one-group-one-vote", "declared-weights"],
        counted in any::<bool>(),
    ) {
        let [first, second] = tables(&rows);
        let blanks = if counted { "counted" } else { "left-out" };
        let plan = with_survey(rules(&weighting, blanks), &[&first, &second]);
        let whole = compute(&plan, &plan.surveys[0]);
        let cut = cut(&plan, "members");
        audit(&whole.results, &cut.get().results[0], counted)?;
        // What one or two respondents answered otherwise is in no difference of two numbers that are shown.
        let results = &cut.get().results[0];
        for (question, pairs) in whole.changed.iter().enumerate() {
            let [before, after] = [0, 1].map(|wave: usize| &results.waves[wave].questions[question]);
            for (group, count) in pairs[0].groups.iter().enumerate() {
                let both = before.groups[group].shown().is_some() && after.groups[group].shown().is_some();
                prop_assert!(!both || !(1..3).contains(count));
            }
            let all: u64 = pairs[0].groups.iter().sum();
            let both = before.all.shown().is_some() && after.all.shown().is_some();
            prop_assert!(!both || !(1..3).contains(&all));
        }
    }
}

/// Many groups: 240 of one to nine respondents, two waves, twelve questions that hide the same cells.
#[test]
fn many_groups_take_no_time() {
    let size = |group: usize| 1 + (group * 7 % 9) as u64;
    let counts: Vec<Vec<u64>> = vec![(0..240).map(size).collect(); 2];
    let rate = |group: usize| Rate(Exact::new(1.into(), size(group).into()));
    let rates: Vec<Vec<Rate>> = vec![(0..240).map(rate).collect(); 2];
    let respondents = Block::counts(counts.clone());
    let question = |at: usize| {
        let changed = crate::analysis::survey::Changed {
            earlier: 0,
            later: 1,
            groups: (0..240).map(|group| u64::from(group % 5 == 0)).collect(),
        };
        let sum = |wave: usize, group: usize| {
            let (n, seed) = (size(group) as i64, (wave + group * 3 + at) as i64);
            Exact::from_integer((n + seed % (4 * n + 1)).into())
        };
        let groups = (0..2).map(|wave| (0..240).map(|group| sum(wave, group)).collect()).collect();
        Block::new(counts.clone(), rates.clone(), vec![changed], &respondents).with_sums(Sums {
            least: one(),
            most: Exact::from_integer(5.into()),
            step: one(),
            groups,
        })
    };
    let start = std::time::Instant::now();
    let block = (0..12).map(question).reduce(Block::join).unwrap();
    let hidden = pattern(&block);
    for group in 0..240 {
        assert!(!(1..FEW).contains(&size(group)) || hidden.group(0, group) && hidden.group(1, group));
        let shown = !hidden.group(0, group) && !hidden.group(1, group);
        assert!(!shown || group % 5 != 0, "one of them answered otherwise");
    }
    let took = start.elapsed();
    assert!(took.as_secs() < 10, "{took:?}");
}
