//! The document: in which language, in which order, with which numbers; decided once.

pub mod draft;
