//! Draws diagnostics: for people, as JSON, as GitHub annotations.
