//! What a page shows of a value with other eyes in the room: in a row of a list, and of the line that is looked at alone. How much
//! of what may be shown is decided beside the facts (`app/glance.rs`).

use super::desk::Desk;
use crate::app::Glance;
use crate::intake::for_lists;
use crate::text::{Text, t};

/// Stands for what a covered screen hides.
pub const COVERED: Text = t("(遮挡)", "(covered)");
/// Stands in a row for what is shown below the list, of the selected line alone.
pub const SELECT: Text = t("(选中再看)", "(select to see)");

/// Gives what a row of a list says of a value; `instead` says how one gets to see what no row says.
pub fn in_row(desk: &Desk, glance: Glance, instead: Text, value: impl FnOnce() -> String) -> String {
    match glance {
        glance if desk.covered && glance.is_private() => COVERED.get(desk.lang).to_owned(),
        Glance::Alone => instead.get(desk.lang).to_owned(),
        Glance::Uncovered | Glance::Anybody => for_lists(&value()),
    }
}

/// Gives what is shown of a value where its line is looked at alone.
pub fn alone(desk: &Desk, glance: Glance, value: impl FnOnce() -> String) -> String {
    if desk.covered && glance.is_private() { COVERED.get(desk.lang).to_owned() } else { value() }
}
