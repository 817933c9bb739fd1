//! The operations of the journal's frames.

use std::sync::Arc;

use crate::domain::Kept;
use crate::log::bytes;
use crate::text::{Trouble, t};

/// Decodes the operations of a frame that the journal has verified.
pub(in crate::app) fn decode(operations: &[u8]) -> Result<Vec<Arc<Kept>>, Trouble> {
    bytes::decode_all(operations).map_err(|_| unreadable())
}

pub(in crate::app) fn unreadable() -> Trouble {
    Trouble::new("journal-damaged", t("日志里有读不懂的记录.", "the journal holds a record that cannot be read."))
        .hint(t("请运行 zoufang check.", "Run “zoufang check”."))
}
