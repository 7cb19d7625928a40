//! planwright: a strategic plan as YAML and Markdown, checked, joined, and published as PDF and HTML.
//!
//! One line through the house, and data goes one way: [`source`] reads, [`model`] types and joins, [`check`] and
//! [`analysis`] look, [`clearance`] cuts to an audience, [`document`] chooses language and numbers, [`render`] prints,
//! [`cli`] writes. [`edit`] is the one way back into the plan, [`exchange`] the one by spreadsheets.
//! `tests/suite/layers.rs` holds the order.

pub mod analysis;
pub mod check;
pub mod clearance;
pub mod cli;
pub mod diag;
pub mod document;
pub mod edit;
pub mod exchange;
pub mod model;
pub mod pipeline;
pub mod render;
pub mod report;
pub mod source;
