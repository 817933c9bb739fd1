//! What a page shows of a value with other eyes in the room: in a row of a list, and of the line that is looked at alone. How much
//! of what may be shown is decided beside the facts (`app/house/glance.rs`).

use std::borrow::Cow;

use super::canvas::Canvas;
use super::desk::Desk;
use super::field::Field;
use super::theme::Look;
use crate::app::Glance;
use crate::domain::hidden::for_lists;
use crate::text::{Text, t};

/// Stands for what a covered screen hides.
pub const COVERED: Text = t("(遮挡)", "(covered)");
/// Stands in a row for what is shown below the list, of the selected line alone.
pub const SELECT: Text = t("(选中再看)", "(select it)");

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
    match (desk.covered, glance.is_private()) {
        (true, true) => COVERED.get(desk.lang).to_owned(),
        // A name tells nobody anything, and a phone that somebody wrote behind it does.
        (true, false) => for_lists(&value()),
        (false, _) => value(),
    }
}

/// Gives what a card says of what lists may say too: covered, no number in it that may be a phone.
pub fn on_card(covered: bool, value: String) -> String {
    if covered { for_lists(&value) } else { value }
}

/// Gives what was said, on the pages where it is put down; covered, nothing of it: a note names an illness as well as a line that
/// is confidential.
pub fn said<'t>(canvas: &mut Canvas<'_>, text: &'t str) -> Cow<'t, str> {
    if canvas.desk.covered { canvas.words(COVERED).into() } else { canvas.typed(text) }
}

/// Draws the field in which such a value is written, with the cursor in it; covered, nothing of what it holds.
pub fn field(canvas: &mut Canvas<'_>, x: u16, y: u16, field: &Field, glance: Glance) {
    if canvas.desk.covered && glance.is_private() && !field.is_empty() {
        canvas.write(x, y, canvas.words(t("已遮挡 (Ctrl-B)", "covered (Ctrl-B)")), Look::Dim);
        canvas.cursor(x, y);
    } else {
        canvas.field(x, y, field, true);
    }
}
