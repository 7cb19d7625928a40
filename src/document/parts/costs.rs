use super::super::context::Context;
use super::super::draft::*;
pub(super) fn chapter(_: &Context) -> Option<Section> {
    None
}
pub(super) fn data(_: &Context) -> Option<Section> {
    None
}
