//! Prints drafts: templates decide looks, nothing here decides content.
//!
//! Comes in: drafts and the user's templates. Goes out: an [`OutputTree`]. Nothing here can reach the plan.

pub mod figure;
pub mod fonts;
pub mod html;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod sheets;
pub mod template;
pub mod theme;
pub mod tree;

pub use theme::Theme;
pub use tree::OutputTree;

/// Tells the faults of the user's templates that show before anything is rendered.
pub fn check_templates(theme: &Theme, diags: &mut crate::diag::Diagnostics) {
    if theme.files.is_empty() {
        return;
    }
    html::check_templates(theme, diags);
    #[cfg(feature = "pdf")]
    pdf::check_templates(theme, diags);
}
