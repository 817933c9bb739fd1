//! Found: whose name or phone opened the card, where it is not the head's: else nothing says why one is here.

use super::face::flow;
use super::sheet::{Person, Sheet};
use crate::app::Meant;
use crate::domain::Phone;
use crate::domain::hidden::for_lists;
use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::glance;
use crate::ui::theme::Look;

/// Says by whom the household was found, with what they are to the head and their phone; gives the rows used.
pub(super) fn draw(canvas: &mut Canvas<'_>, sheet: &Sheet, meant: &Meant) -> u16 {
    let is_meant = |person: &&Person| match meant.person {
        Some(own) => person.id == Some(own),
        None => for_lists(&person.name) == meant.name,
    };
    let person = sheet.persons.iter().find(is_meant);
    let relation = person.map(|person| person.relation.as_str()).filter(|relation| !relation.is_empty());
    let relation = relation.map_or_else(|| canvas.words(meant.who).to_owned(), ToOwned::to_owned);
    let said = t("按 {name} ({who}) 找到", "found by {name} ({who})");
    let said = said.with("name", glance::on_card(canvas.covered, meant.name.clone()));
    let said = canvas.say(&said.with("who", glance::on_card(canvas.covered, relation)));
    let rows = canvas.height().min(1);
    let pieces = [(said, Look::Strong), phone(canvas, person)];
    flow(canvas, 1, 0, rows, &pieces)
}

fn phone(canvas: &Canvas<'_>, person: Option<&Person>) -> (String, Look) {
    let written = person.map(|person| person.phone.as_str()).unwrap_or_default();
    let phone = Phone::parse(written).map_or_else(|_| written.to_owned(), |phone| phone.to_string());
    if canvas.covered { (Phone::masked(&phone), Look::Dim) } else { (Phone::spaced(&phone), Look::Strong) }
}
