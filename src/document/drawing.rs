//! Figures that are drawn from data: charts and the strategic map. What they show, in words and numbers; where things
//! stand on the page is decided once, when they are drawn, and is the same in every format.

use serde::{Deserialize, Serialize};

use super::draft::{Change, Inline, Node};

/// A figure that is drawn. Its data stand as a table beside it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    pub node: Node,
    /// What there is to see, as a sentence or a name.
    pub title: Vec<Inline>,
    /// The same in words, for readers who do not see it.
    pub alternative: String,
    /// Word for the basis of any of its values ("illustrative"), printed on the figure itself; empty for none.
    pub mark: String,
    pub picture: Picture,
    pub csv: Csv,
}

/// The data of a figure as a file beside it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Csv {
    /// Name of the file, unique in the draft: "survey-ranking.csv"; empty for none.
    pub name: String,
    /// Its rows, the first of which is the header. Numbers with a decimal point and without grouping.
    pub rows: Vec<Vec<String>>,
}

/// The forms that a figure has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "kebab-case")]
pub enum Picture {
    Bars(Bars),
    Matrix(Matrix),
    Tracks(Tracks),
    Timeline(Timeline),
    Map(Map),
}

impl Default for Picture {
    fn default() -> Self {
        Picture::Bars(Bars::default())
    }
}

/// Words in a figure that may lead to a node of the draft.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Label {
    pub text: String,
    /// Id of the node that it leads to, or empty.
    pub target: String,
    /// Word for its own basis; empty for none, and where the figure says it of all.
    pub mark: String,
    /// Language of its text, where that is not the language of the draft; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lang: String,
}

/// How far a number holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    #[default]
    Exact,
    /// "about 45": the end of its bar is drawn unsharp.
    About,
    /// "at least 19": its bar is open at the end.
    AtLeast,
}

/// Horizontal bars, in panels that each have an axis of their own: unlike units never share one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bars {
    pub panels: Vec<Panel>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Panel {
    /// What its axis measures, with the unit; empty if the title of the figure says it.
    pub title: String,
    /// Where the axis begins, as decimal text; empty: nothing.
    pub smallest: String,
    /// End of the axis as decimal text; empty: the largest value. With it, both ends are written below the bars.
    pub largest: String,
    pub groups: Vec<BarGroup>,
}

/// The bars of one thing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BarGroup {
    pub label: Label,
    pub bars: Vec<Bar>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// What tells it from the other bars of its group ("proposed"); written at the bar itself.
    pub series: String,
    /// Decimal text; empty if it is not recorded: then its words stand without a bar.
    pub value: String,
    /// The value as it is printed, or why there is none.
    pub text: String,
    pub bound: Bound,
    /// Single values behind it, one a region, in the same order in all bars of a panel.
    pub points: Vec<Dot>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dot {
    /// Decimal text; empty if there is none: then its words stand without a bar.
    pub value: String,
    /// The value as it is printed, or why there is none.
    pub text: String,
    pub name: String,
}

/// Things by two scales, in cells.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    pub across: Axis,
    pub up: Axis,
    pub items: Vec<MatrixItem>,
}

/// Steps from the least to the most.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    pub title: String,
    pub steps: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MatrixItem {
    pub label: Label,
    /// Position of its step, from 0.
    pub across: usize,
    pub up: usize,
}

/// Lines on which a baseline, targets and measured values stand, each line on a scale of its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tracks {
    pub tracks: Vec<Track>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Track {
    pub label: Label,
    pub unit: String,
    pub points: Vec<TrackPoint>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrackKind {
    #[default]
    Baseline,
    Target,
    Measured,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TrackPoint {
    pub kind: TrackKind,
    /// Decimal text.
    pub value: String,
    /// The value as it is printed, with its own mark.
    pub text: String,
    /// "Target 2022", and of the targets before it, "2020".
    pub when: String,
}

/// What happened, and is to happen, when. Days are counted from 1 January of year 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    pub lanes: Vec<Lane>,
    /// Where the axis is marked: day and words.
    pub ticks: Vec<Tick>,
    /// The day of the document, with its words; nothing if it is outside.
    pub present: Option<Tick>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tick {
    pub day: i64,
    pub text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    pub title: String,
    pub entries: Vec<LaneEntry>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LaneEntry {
    pub label: Label,
    /// The date as it is printed, or that it is not recorded.
    pub date: String,
    /// First and last day; nothing if that is not recorded.
    pub days: Option<(i64, i64)>,
    /// Still to come when the document was written.
    pub is_ahead: bool,
    /// The draft that the reader holds.
    pub is_present: bool,
}

/// The strategic map: rows of boxes, what is at the bottom leading to what is at the top.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Map {
    pub rows: Vec<MapRow>,
    pub arrows: Vec<Arrow>,
    /// Boxes that cut across all rows.
    pub band: Option<MapRow>,
    pub words: Box<ChangeWords>,
}

/// What is said of boxes and arrows that came, went or moved.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ChangeWords {
    pub inserted: String,
    pub deleted: String,
    pub moved: String,
}

impl ChangeWords {
    /// The word for a change; empty for none.
    pub fn of(&self, change: Change) -> &str {
        match change {
            Change::Same => "",
            Change::Inserted => &self.inserted,
            Change::Deleted => &self.deleted,
            Change::Moved => &self.moved,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MapRow {
    pub label: Label,
    pub groups: Vec<MapGroup>,
}

/// Boxes side by side under one name; the only group of a row may have none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MapGroup {
    pub label: Label,
    pub boxes: Vec<MapBox>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MapBox {
    /// Name within the map, for arrows.
    pub id: String,
    pub code: String,
    pub label: Label,
    /// What else is said of it: "new since the workshop", "ranked 2nd in the region"; empty for nothing.
    pub note: String,
    pub change: Change,
}

/// From one box to another that it supports.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Arrow {
    pub from: String,
    pub to: String,
    pub change: Change,
}

impl Drawing {
    /// Everything in it that may lead somewhere.
    pub fn labels_mut(&mut self) -> Vec<&mut Label> {
        match &mut self.picture {
            Picture::Bars(bars) => {
                bars.panels.iter_mut().flat_map(|panel| &mut panel.groups).map(|group| &mut group.label).collect()
            }
            Picture::Matrix(matrix) => matrix.items.iter_mut().map(|item| &mut item.label).collect(),
            Picture::Tracks(tracks) => tracks.tracks.iter_mut().map(|track| &mut track.label).collect(),
            Picture::Timeline(timeline) => {
                timeline.lanes.iter_mut().flat_map(|lane| &mut lane.entries).map(|entry| &mut entry.label).collect()
            }
            Picture::Map(map) => map
                .rows
                .iter_mut()
                .chain(&mut map.band)
                .flat_map(|row| {
                    let groups = row.groups.iter_mut().flat_map(|group| {
                        std::iter::once(&mut group.label).chain(group.boxes.iter_mut().map(|one| &mut one.label))
                    });
                    std::iter::once(&mut row.label).chain(groups)
                })
                .collect(),
        }
    }

    /// Every word that is drawn, so that a glyph that is missing is told.
    pub fn texts(&self) -> Vec<&str> {
        let mut out = vec![self.mark.as_str()];
        match &self.picture {
            Picture::Bars(bars) => {
                for panel in &bars.panels {
                    out.push(&panel.title);
                    for group in &panel.groups {
                        out.extend(words(&group.label));
                        for bar in &group.bars {
                            out.extend([bar.series.as_str(), &bar.text]);
                            out.extend(bar.points.iter().flat_map(|point| [point.name.as_str(), &point.text]));
                        }
                    }
                }
            }
            Picture::Matrix(matrix) => {
                for axis in [&matrix.across, &matrix.up] {
                    out.push(&axis.title);
                    out.extend(axis.steps.iter().map(String::as_str));
                }
                out.extend(matrix.items.iter().flat_map(|item| words(&item.label)));
            }
            Picture::Tracks(tracks) => {
                for track in &tracks.tracks {
                    out.extend(words(&track.label));
                    out.push(&track.unit);
                    out.extend(track.points.iter().flat_map(|point| [point.text.as_str(), &point.when]));
                }
            }
            Picture::Timeline(timeline) => {
                out.extend(timeline.ticks.iter().chain(&timeline.present).map(|tick| tick.text.as_str()));
                for lane in &timeline.lanes {
                    out.push(&lane.title);
                    for entry in &lane.entries {
                        out.extend(words(&entry.label));
                        out.push(&entry.date);
                    }
                }
            }
            Picture::Map(map) => {
                out.extend([map.words.inserted.as_str(), &map.words.deleted, &map.words.moved]);
                for row in map.rows.iter().chain(&map.band) {
                    out.extend(words(&row.label));
                    for group in &row.groups {
                        out.extend(words(&group.label));
                        for one in &group.boxes {
                            out.extend([one.code.as_str(), &one.note]);
                            out.extend(words(&one.label));
                        }
                    }
                }
            }
        }
        out
    }
}

fn words(label: &Label) -> [&str; 2] {
    [&label.text, &label.mark]
}
