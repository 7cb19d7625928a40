//! planwright: a strategic plan as YAML and Markdown, checked, joined, and published as PDF and HTML.
//!
//! One line through the house, and data goes one way: [`source`] reads, [`model`] types and joins, [`check`] and
//! [`analysis`] look, [`clearance`] cuts to an audience, [`document`] chooses language and numbers, [`render`] prints,
//! [`cli`] writes. [`edit`] is the one way back into the plan. `tests/suite/layers.rs` holds the order.

pub mod diag;
pub mod source;
pub mod model;
pub mod check;
pub mod analysis;
pub mod clearance;
pub mod document;
pub mod render;
pub mod report;
pub mod edit;
pub mod pipeline;
pub mod cli;
