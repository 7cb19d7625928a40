//! Prints drafts: templates decide looks, nothing here decides content.
//!
//! Comes in: drafts and the user's templates. Goes out: an [`OutputTree`]. Nothing here can reach the plan.

pub mod fonts;
pub mod html;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod template;
pub mod theme;
pub mod tree;

pub use theme::Theme;
pub use tree::OutputTree;
