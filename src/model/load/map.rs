//! The strategic map: one file, one item, with ids of its own inside.

use super::Loader;
use crate::diag::Origin;
use crate::model::format::*;
use crate::model::{Item, ItemKind, Plan};
use crate::source::FileKind;

impl Loader<'_> {
    /// The strategic map: one item, whose versions, regional maps and boxes have ids of their own.
    pub(super) fn map(&mut self, plan: &mut Plan) {
        for id in self.files(FileKind::Map) {
            let Some(data) = self.read::<StrategicMap>(id).and_then(|mut loaded| loaded.value.take()) else {
                continue;
            };
            let origin = Origin::file(id);
            self.ledger.declare(ItemKind::Map, &data.id, origin.clone());
            self.ledger.former(&data, &origin);
            for (index, version) in data.versions.iter().enumerate() {
                let at = self.aside.entry(&origin.key("versions"), index);
                self.ledger.declare(ItemKind::MapVersion, &version.id, at.clone());
                self.boxes(&version.boxes, &at);
            }
            for (index, overlay) in data.overlays.iter().enumerate() {
                let at = self.aside.entry(&origin.key("overlays"), index);
                self.ledger.declare(ItemKind::MapOverlay, &overlay.id, at.clone());
                self.boxes(&overlay.boxes, &at);
            }
            plan.map.push(Item {
                data,
                origin,
                file_basis: None,
                file_source: Ids::default(),
                file_classification: None,
                bodies: Vec::new(),
            });
        }
    }

    /// A box that is an element bears the id of that.
    fn boxes(&mut self, boxes: &[MapBox], at: &Origin) {
        for (index, one) in boxes.iter().enumerate() {
            if let Some(id) = &one.id {
                self.ledger.declare(ItemKind::MapBox, id, self.aside.entry(&at.key("boxes"), index));
            }
        }
    }
}
