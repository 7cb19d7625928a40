//! The two equations of the counts, over any course that a consultation can take.
//!
//! A course is played twice: as a plan, in which everything hangs together by dates and lists, and as a small machine
//! that keeps of each point whether it is answered and who objects. Both must count the same.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::clearance;
use crate::diag::Diagnostics;
use crate::model::format::DispositionStatus as Status;
use crate::model::load::load;
use crate::model::points::{PointView, Standing, points};
use crate::source::Sources;

const STATUSES: [Status; 5] =
    [Status::Accepted, Status::PartiallyAccepted, Status::Noted, Status::NotAccepted, Status::Deferred];
/// Events: the first two belong to a region each, the last to none.
const EVENTS: usize = 3;
const REGIONS: usize = 2;

/// One step of a consultation. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Step {
    Say { event: usize, by: Option<usize>, nobody: bool, remark: bool },
    Split { said: usize },
    Cluster { one: usize, two: usize },
    Answer { point: usize, status: usize },
    Object { point: usize, party: usize },
    Content { point: usize, party: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let one = 0usize..64;
    prop_oneof![
        4 => (0..EVENTS, prop::option::of(0..REGIONS), any::<bool>(), prop::bool::weighted(0.2))
            .prop_map(|(event, by, nobody, remark)| Step::Say { event, by, nobody, remark }),
        2 => one.clone().prop_map(|said| Step::Split { said }),
        2 => (one.clone(), one.clone()).prop_map(|(one, two)| Step::Cluster { one, two }),
        5 => (one.clone(), 0usize..5).prop_map(|(point, status)| Step::Answer { point, status }),
        3 => (one.clone(), 0..REGIONS).prop_map(|(point, party)| Step::Object { point, party }),
        1 => (one, 0..REGIONS).prop_map(|(point, party)| Step::Content { point, party }),
    ]
}

struct Said {
    event: usize,
    by: Option<usize>,
    nobody: bool,
    remark: bool,
    /// Indices of its points; one, if it is whole.
    points: Vec<usize>,
}

#[derive(Clone, Default)]
struct Point {
    said: usize,
    cluster: Option<usize>,
    answer: Option<(Status, usize)>,
    replies: Vec<(usize, &'static str, usize)>,
    /// The machine: who is not satisfied with the answer as it is.
    objects: BTreeSet<usize>,
}

#[derive(Clone, Default)]
struct Cluster {
    points: Vec<usize>,
    answer: Option<(Status, usize)>,
}

/// A consultation as it stands; `day` is that of the last step.
#[derive(Default)]
struct Course {
    said: Vec<Said>,
    points: Vec<Point>,
    clusters: Vec<Cluster>,
    day: usize,
}

impl Course {
    fn take(&mut self, step: &Step) {
        self.day += 1;
        let of = |number: usize, length: usize| (length > 0).then(|| number % length);
        match *step {
            Step::Say { event, by, nobody, remark } => {
                let points = match remark {
                    true => Vec::new(),
                    false => vec![self.points.len()],
                };
                self.points.extend(points.iter().map(|_| Point { said: self.said.len(), ..Point::default() }));
                self.said.push(Said { event, by, nobody, remark, points });
            }
            Step::Split { said } => {
                let Some(said) = of(said, self.said.len()) else { return };
                let fresh = |at: &usize| {
                    let Point { cluster, answer, replies, .. } = &self.points[*at];
                    cluster.is_none() && answer.is_none() && replies.is_empty()
                };
                // What is whole and answered stays whole; a split can always go on.
                let points = &self.said[said].points;
                if !self.said[said].remark && (points.len() > 1 || points.iter().all(fresh)) {
                    self.said[said].points.push(self.points.len());
                    self.points.push(Point { said, ..Point::default() });
                }
            }
            Step::Cluster { one, two } => {
                let (Some(one), Some(two)) = (of(one, self.points.len()), of(two, self.points.len())) else { return };
                self.join(one, two);
            }
            Step::Answer { point, status } => {
                let Some(point) = of(point, self.points.len()) else { return };
                let answer = Some((STATUSES[status], self.day));
                let answered = match self.points[point].cluster {
                    Some(cluster) => {
                        self.clusters[cluster].answer = answer;
                        self.clusters[cluster].points.clone()
                    }
                    None => {
                        self.points[point].answer = answer;
                        vec![point]
                    }
                };
                answered.into_iter().for_each(|at| self.points[at].objects.clear());
            }
            Step::Object { point, party } => self.reply(point, party, "not-satisfied"),
            Step::Content { point, party } => self.reply(point, party, "satisfied"),
        }
    }

    /// Joins two points that nobody has answered yet.
    fn join(&mut self, one: usize, two: usize) {
        let open = |at: usize| self.answer(at).is_none();
        if one == two || !open(one) || !open(two) || self.points[two].cluster.is_some() {
            return;
        }
        let cluster = match self.points[one].cluster {
            Some(cluster) => cluster,
            None => {
                self.clusters.push(Cluster { points: vec![one], answer: None });
                self.clusters.len() - 1
            }
        };
        self.clusters[cluster].points.push(two);
        self.points[one].cluster = Some(cluster);
        self.points[two].cluster = Some(cluster);
    }

    fn reply(&mut self, point: usize, party: usize, verdict: &'static str) {
        let Some(point) = (!self.points.is_empty()).then(|| point % self.points.len()) else { return };
        let point = &mut self.points[point];
        point.replies.push((party, verdict, self.day));
        match verdict {
            "satisfied" => point.objects.remove(&party),
            _ => point.objects.insert(party),
        };
    }

    fn answer(&self, point: usize) -> Option<(Status, usize)> {
        let Point { cluster, answer, .. } = &self.points[point];
        cluster.map_or(*answer, |cluster| self.clusters[cluster].answer)
    }

    /// What the machine says of a point.
    fn standing(&self, point: usize) -> Standing {
        match self.answer(point) {
            None => Standing::Open,
            Some(_) if !self.points[point].objects.is_empty() => Standing::Reopened,
            Some((status, _)) => Standing::Answered(status),
        }
    }

    fn name(&self, point: usize) -> String {
        let said = self.points[point].said;
        match self.said[said].points.as_slice() {
            [_] => format!("said{said}"),
            _ => format!("said{said}-point{point}"),
        }
    }

    fn region(&self, said: &Said) -> Option<usize> {
        said.by.or_else(|| (said.event < REGIONS).then_some(said.event))
    }

    /// The plan that says so.
    fn plan(&self) -> Plan {
        let mut files =
            vec![("plan/plan.yaml".to_string(), include_str!("../../examples/smallest/plan/plan.yaml").into())];
        let mut file = |path: &str, text: String| files.push((format!("plan/{path}"), text.into_bytes()));
        let regions = (0..REGIONS).map(|at| format!("  - {{id: region{at}, code: R{at}, name: Region {at}}}\n"));
        file("regions.yaml", format!("regions:\n{}", regions.collect::<String>()));
        let events = (0..EVENTS).map(|at| {
            let region = if at < REGIONS { format!(", region: region{at}") } else { String::new() };
            format!("  - {{id: event{at}, title: Event {at}, kind: workshop, state: held{region}}}\n")
        });
        file("consultation/events.yaml", format!("events:\n{}", events.collect::<String>()));
        for event in 0..EVENTS {
            let said: String =
                (0..self.said.len()).filter(|at| self.said[*at].event == event).map(|at| self.written(at)).collect();
            let list = if said.is_empty() { " []\n".to_string() } else { format!("\n{said}") };
            file(
                &format!("consultation/suggestions/event{event}.yaml"),
                format!("event: event{event}\nsuggestions:{list}"),
            );
        }
        let clusters = self.clusters.iter().enumerate().map(|(at, cluster)| {
            let points: Vec<String> = cluster.points.iter().map(|point| self.name(*point)).collect();
            let answer = disposition(cluster.answer);
            format!("  - {{id: cluster{at}, title: Cluster, points: [{}]{answer}}}\n", points.join(", "))
        });
        let clusters: String = clusters.collect();
        if !clusters.is_empty() {
            file("consultation/clusters.yaml", format!("clusters:\n{clusters}"));
        }
        let mut diags = Diagnostics::default();
        let plan = load(&Sources::from_files(files), &mut diags).expect("the plan is read");
        assert!(diags.is_empty(), "{:?}", diags.iter().collect::<Vec<_>>());
        plan
    }

    fn written(&self, at: usize) -> String {
        let said = &self.said[at];
        let kind = if said.remark { "remark" } else { "suggestion" };
        let by = said.by.map_or(String::new(), |by| format!(", by: region{by}"));
        let attribution = if said.nobody { ", attribution: [{audience: public, named: nobody}]" } else { "" };
        let head = format!("  - {{id: said{at}, kind: {kind}, wording: summary, text: Words {at}{by}{attribution}");
        let rest = match said.points.as_slice() {
            [] => String::new(),
            [one] => self.said_of(*one),
            points => {
                let points = points
                    .iter()
                    .map(|point| format!("{{id: {}, text: Point {point}{}}}", self.name(*point), self.said_of(*point)));
                format!(", points: [{}]", points.collect::<Vec<_>>().join(", "))
            }
        };
        format!("{head}{rest}}}\n")
    }

    /// The answer to a point, and the replies.
    fn said_of(&self, point: usize) -> String {
        let Point { answer, replies, .. } = &self.points[point];
        let replies = replies.iter().enumerate().map(|(at, (party, verdict, day))| {
            format!("{{id: r{at}, by: region{party}, verdict: {verdict}, date: '{}'}}", date(*day))
        });
        format!("{}, replies: [{}]", disposition(*answer), replies.collect::<Vec<_>>().join(", "))
    }
}

fn date(day: usize) -> String {
    format!("2023-{:02}-{:02}", 1 + day / 28, 1 + day % 28)
}

fn disposition(answer: Option<(Status, usize)>) -> String {
    let Some((status, day)) = answer else { return String::new() };
    format!(", disposition: {{status: {}, reason: So., date: '{}'}}", status.word(), date(day))
}

/// The equations of one choice of points, against what the machine counts.
fn reconcile<'a, 'p: 'a>(
    chosen: impl Iterator<Item = &'a PointView<'p>>,
    received: usize,
    standings: &[Standing],
) -> Result<Tally, TestCaseError> {
    let tally = tally(chosen);
    prop_assert_eq!(tally.received.value, received as u64);
    prop_assert_eq!(tally.points.value, standings.len() as u64);
    prop_assert_eq!(tally.points.value - tally.added.value, tally.received.value);
    prop_assert_eq!(tally.standings.iter().map(|(_, figure)| figure.value).sum::<u64>(), tally.points.value);
    for standing in STANDINGS {
        let found = tally.standings.iter().find(|(one, _)| *one == standing).map_or(0, |(_, figure)| figure.value);
        let wanted = standings.iter().filter(|one| **one == standing).count();
        prop_assert_eq!(found, wanted as u64, "{:?}", standing);
    }
    let all = |figure: &Figure| figure.contributors.iter().cloned().collect::<BTreeSet<_>>();
    let parts: BTreeSet<String> = tally.standings.iter().flat_map(|(_, figure)| all(figure)).collect();
    prop_assert_eq!(parts, all(&tally.points));
    prop_assert_eq!(all(&tally.points).len() as u64, tally.points.value, "no point is counted twice");
    Ok(tally)
}

impl Course {
    /// How many suggestions of the machine are chosen, and how their points stand.
    fn count(&self, chosen: impl Fn(&Said) -> bool) -> (usize, Vec<Standing>) {
        let said = || self.said.iter().filter(|said| !said.remark && chosen(said));
        (said().count(), said().flat_map(|said| &said.points).map(|point| self.standing(*point)).collect())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..Default::default() })]

    #[test]
    fn counts_reconcile_per_event_per_region_and_in_all(steps in prop::collection::vec(step(), 1..48)) {
        let mut course = Course::default();
        steps.iter().for_each(|step| course.take(step));
        let plan = course.plan();
        let views = points(&plan);
        let (received, standings) = course.count(|_| true);
        let whole = reconcile(views.iter(), received, &standings)?;
        let (mut at_events, mut of_regions) = (0, 0);
        for event in 0..EVENTS {
            let (received, standings) = course.count(|said| said.event == event);
            let of = views.iter().filter(|view| view.event == format!("event{event}"));
            at_events += reconcile(of, received, &standings)?.points.value;
        }
        for region in [None, Some(0), Some(1)] {
            let (received, standings) = course.count(|said| course.region(said) == region);
            let name = region.map(|at| format!("region{at}"));
            let of = views.iter().filter(|view| view.region == name.as_deref());
            of_regions += reconcile(of, received, &standings)?.points.value;
        }
        prop_assert_eq!(at_events, whole.points.value);
        prop_assert_eq!(of_regions, whole.points.value);

        // Who may not know the parties counts the same.
        let cleared = clearance::cut(&plan, "public");
        reconcile(points(cleared.get()).iter(), received, &standings)?;
    }
}
