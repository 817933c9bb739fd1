//! Reading: what a list says while the records are still being read, so that nobody takes an empty one for nothing.

use crate::text::{Text, t};
use crate::ui::desk::Desk;

/// Stands where a list would say that there is nothing.
pub const READING: Text = t("以前的记录还在读, 读完就有 …", "The records are still being read …");

/// Tells whether more may come than is there now.
pub fn is_reading(desk: &Desk) -> bool {
    desk.session.house().is_some_and(|house| !house.is_complete())
}
