//! Labels below the points of an axis, each beside a line that leads down from its point: those that would collide go
//! further down, and no line crosses a label.

/// Space between a line and its label.
pub const BESIDE: f64 = 5.0;
/// Space between a label and what stands beside it.
const APART: f64 = 8.0;

/// The step of each label, from 0 at the axis. `labels` are the place of each point and the width of its label, which
/// stands to the right of the line.
pub fn steps(labels: &[(f64, f64)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    // Of labels at one place the first stands highest.
    order.sort_by(|a, b| labels[*b].0.total_cmp(&labels[*a].0).then(a.cmp(b)));
    let mut steps = vec![0; labels.len()];
    for (nth, one) in order.iter().enumerate() {
        let end = labels[*one].0 + BESIDE + labels[*one].1 + APART;
        // The lines of the labels on its way pass through all steps above their own.
        let on_way = order[..nth].iter().filter(|other| labels[**other].0 < end);
        steps[*one] = on_way.map(|other| steps[*other] + 1).max().unwrap_or(0);
    }
    steps
}

/// Where each step begins below the axis, and where the last one ends. `heights` are those of the labels.
pub fn tops(steps: &[usize], heights: &[f64]) -> Vec<f64> {
    let count = steps.iter().max().map_or(0, |last| last + 1);
    let mut tops = vec![0.0];
    for step in 0..count {
        let own = steps.iter().zip(heights).filter(|(at, _)| **at == step).map(|(_, height)| *height);
        tops.push(tops[step] + own.fold(0.0, f64::max));
    }
    tops
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_fits_stands_at_the_axis() {
        assert_eq!(steps(&[(0.0, 40.0), (100.0, 40.0)]), [0, 0]);
        assert_eq!(steps(&[(0.0, 40.0), (30.0, 40.0), (60.0, 40.0)]), [2, 1, 0]);
        assert_eq!(tops(&[1, 0, 0], &[10.0, 12.0, 14.0]), [0.0, 14.0, 24.0]);
    }

    proptest! {
        #[test]
        fn no_line_crosses_a_label(labels in proptest::collection::vec((0.0..700.0f64, 5.0..200.0f64), 0..30)) {
            let steps = steps(&labels);
            for (a, (x, width)) in labels.iter().enumerate() {
                for (b, (other, _)) in labels.iter().enumerate().filter(|(b, _)| *b != a) {
                    let beside = *other > x + BESIDE && *other < x + BESIDE + width;
                    // The line of b goes down to its own step.
                    prop_assert!(!beside || steps[b] < steps[a]);
                }
            }
        }
    }
}
