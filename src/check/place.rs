//! Where a value of an item stands, and what it is called.

use crate::diag::{Address, Code, Diagnostic};
use crate::model::Item;
use crate::model::format::Common;

/// A diagnostic at `field` of an item (at the item itself for an empty field), with its address.
pub fn at<T: Common>(code: Code, item: &Item<T>, field: &str) -> Diagnostic {
    let (origin, address) = (&item.origin, Address::item(item.data.id()));
    match field {
        "" => Diagnostic::new(code, origin.key("id")).address(address),
        _ => Diagnostic::new(code, origin.key(field)).address(address.field(field)),
    }
}
