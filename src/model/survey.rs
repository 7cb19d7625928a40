//! Surveys beside their file: the tables of answers as they were read, and the numbers that were made from them.
//!
//! [`Answers`] is a table with the place of each cell; [`reading`] says which of its rows count and what they answer;
//! [`Results`] are the numbers that a reader may be shown.

mod exact;
mod reading;
mod results;
mod table;

pub use exact::{Exact, common_measure, decimal_text, exact};
pub use reading::{ColumnUse, Fault, Reading, Respondent, reading};
pub use results::{Cell, QuestionResult, Response, Results, Total, Value, WaveResult};
pub use table::{Answers, BadTable, table};
