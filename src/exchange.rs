//! Spreadsheets: the form that delegations fill in, the table of answers, and the way of both back into the plan.
//!
//! Comes in: a draft or a plan cut to its audience, or the bytes of a file that somebody sent. Goes out: bytes to be
//! written, or edits of the plan. What comes from outside is bounded before it is read and is never more than text.

pub mod book;
pub mod form;
pub mod import;
pub mod responses;
pub mod survey;
