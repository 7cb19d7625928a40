//! Surveys: what was asked, of whom, and by which rules answers become scores.

use super::*;

words! {
    /// Which end of the scale says that something matters.
    pub enum High {
        Important = "important",
        Unimportant = "unimportant",
    }
}

words! {
    /// How answers are weighed against each other.
    pub enum Weighting {
        /// Every answer counts alike.
        Respondent = "one-respondent-one-vote",
        /// The means of the groups count alike, however many answered in each.
        Group = "one-group-one-vote",
        /// The means of the groups count by the `weight` of each.
        Declared = "declared-weights",
    }
}

words! {
    /// What becomes of a question that a respondent left blank, or answered with a word for "no answer".
    pub enum Blanks {
        LeftOut = "left-out",
        /// As if `blank-value` had been answered.
        Counted = "counted",
    }
}

words! {
    /// What becomes of answers that were begun and not sent.
    pub enum Unfinished {
        LeftOut = "left-out",
        Kept = "kept",
    }
}

words! {
    /// Which of several answers of one respondent counts.
    pub enum Twice {
        Last = "last",
        First = "first",
        /// None may stand there: it is a fault.
        Refused = "refused",
    }
}

words! {
    /// What stands between the cells of a table.
    pub enum Delimiter {
        Comma = "comma",
        Semicolon = "semicolon",
        Tab = "tab",
    }
}

impl Delimiter {
    /// The sign itself.
    pub fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
        }
    }
}

words! {
    /// What stands before the decimals of a number.
    pub enum DecimalMark {
        Point = "point",
        Comma = "comma",
    }
}

item! {
    /// `surveys/NAME.yaml`: one survey, whose answers stand beside it as CSV, one file a wave.
    pub struct Survey {
        pub title: Text,
        /// What it was for and how it was made, in a few sentences.
        #[serde(default)]
        pub description: Option<Text>,
        /// When it was in the field.
        #[serde(default)]
        pub dates: Option<When>,
        pub scale: Scale,
        /// Who was asked, group by group.
        pub groups: Vec<SurveyGroup>,
        pub questions: Vec<Question>,
        /// Columns of the table that are no question.
        #[serde(default)]
        pub columns: SurveyColumns,
        /// Times at which the answers were taken, the latest last.
        pub waves: Vec<Wave>,
        pub rules: Rules,
        /// How the tables are written, if not with commas and decimal points.
        #[serde(default)]
        pub csv: Option<Dialect>,
    }
}

part! {
    /// What may be answered.
    pub struct Scale {
        pub least: DecimalText,
        pub most: DecimalText,
        /// Which end says that something matters.
        pub high: High,
        /// What single values say.
        #[serde(default)]
        pub labels: Vec<ScaleLabel>,
        /// Values by the codes that stand for them in the table: `{A1: 1, A2: 2}`.
        #[serde(default)]
        pub codes: std::collections::BTreeMap<String, DecimalText>,
        /// Words in the table that mean that there is no answer.
        #[serde(default)]
        pub no_answer: Vec<Str>,
    }
}

part! {
    /// What a value of the scale says.
    pub struct ScaleLabel {
        pub value: DecimalText,
        pub text: Text,
    }
}

part! {
    /// Those who were asked together.
    pub struct SurveyGroup {
        pub id: Id,
        pub name: Text,
        /// The region that it is, if it is one.
        #[serde(default)]
        pub region: Option<Id>,
        /// How many were asked.
        #[serde(default)]
        pub asked: Option<u32>,
        /// How the table names it, if not by its id or its name.
        #[serde(default)]
        pub called: Vec<Str>,
        /// How much its mean counts, with `weighting: declared-weights`.
        #[serde(default)]
        pub weight: Option<DecimalText>,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
    }
}

part! {
    /// One question.
    pub struct Question {
        pub id: Id,
        pub text: Text,
        /// Its column in the table: the code or the words at its head.
        pub column: Str,
        /// What it is about: elements, priorities, activities of this plan, or elements of the plan before.
        #[serde(default)]
        pub about: Vec<Id>,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
        /// How far it may travel: one of the audiences of `plan.yaml`. As far as the survey, if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub classification: Option<Str>,
    }
}

part! {
    /// Columns of the table that are no question, by what stands at their heads.
    #[derive(Default)]
    pub struct SurveyColumns {
        /// Who answered; without it, each row is another respondent.
        #[serde(default)]
        pub respondent: Option<Str>,
        /// The group of the respondent; needed where there is more than one.
        #[serde(default)]
        pub group: Option<Str>,
        /// Empty where the answers were not sent.
        #[serde(default)]
        pub completed: Option<Str>,
        /// What is not read.
        #[serde(default)]
        pub ignored: Vec<Str>,
    }
}

part! {
    /// The answers as they stood at one time.
    pub struct Wave {
        pub id: Id,
        /// "preliminary", "final".
        pub title: Text,
        #[serde(default)]
        pub date: Option<When>,
        /// Name of the table in `surveys/`.
        pub file: Str,
        /// Basis of the answers.
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
    }
}

part! {
    /// How answers become scores. Each rule is printed.
    pub struct Rules {
        pub weighting: Weighting,
        pub blanks: Blanks,
        /// What a blank counts as, with `blanks: counted`.
        #[serde(default)]
        pub blank_value: Option<DecimalText>,
        pub unfinished: Unfinished,
        pub twice: Twice,
    }
}

part! {
    /// How the tables are written.
    pub struct Dialect {
        pub delimiter: Delimiter,
        pub decimal: DecimalMark,
    }
}
