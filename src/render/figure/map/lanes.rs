//! Keeps what runs across a channel apart: each stretch gets a lane in which no other one meets it.

/// Space between stretches in one lane.
const APART: f64 = 6.0;

/// The lane of each stretch, from the top, and how many there are. `stretches` run from the first place, where they come
/// up, to the second, where they go on upwards.
pub fn lanes(stretches: &[(f64, f64)]) -> (Vec<usize>, usize) {
    let mut order: Vec<usize> = (0..stretches.len()).collect();
    // What begins further away runs above what begins on its way, so that they do not cross.
    let is_left = |nth: usize| stretches[nth].1 < stretches[nth].0;
    let far = |nth: usize| if is_left(nth) { -stretches[nth].0 } else { stretches[nth].0 };
    order.sort_by(|a, b| is_left(*a).cmp(&is_left(*b)).then(far(*a).total_cmp(&far(*b))).then(a.cmp(b)));
    let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut lanes = vec![0; stretches.len()];
    for nth in order {
        let (a, b) = stretches[nth];
        let own = (a.min(b), a.max(b));
        let is_free = |lane: &Vec<(f64, f64)>| lane.iter().all(|it| it.1 + APART < own.0 || own.1 + APART < it.0);
        let lane = taken.iter().position(is_free).unwrap_or(taken.len());
        if lane == taken.len() {
            taken.push(Vec::new());
        }
        taken[lane].push(own);
        lanes[nth] = lane;
    }
    (lanes, taken.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_does_not_meet_shares_a_lane() {
        assert_eq!(lanes(&[(0.0, 10.0), (20.0, 30.0), (5.0, 25.0)]), (vec![0, 0, 1], 2));
        assert_eq!(lanes(&[]), (vec![], 0));
    }

    proptest! {
        #[test]
        fn no_two_meet(list in proptest::collection::vec((0.0..900.0f64, 0.0..900.0f64), 0..40)) {
            let (lanes, count) = lanes(&list);
            for a in 0..list.len() {
                prop_assert!(lanes[a] < count);
                for b in 0..a {
                    let apart = list[a].0.max(list[a].1) < list[b].0.min(list[b].1)
                        || list[b].0.max(list[b].1) < list[a].0.min(list[a].1);
                    prop_assert!(apart || lanes[a] != lanes[b]);
                }
            }
        }
    }
}
