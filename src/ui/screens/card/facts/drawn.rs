//! How the facts of a household are drawn: one a line, the people as a small table, and who wrote the selected one.

use super::super::{face, people};
use super::{Entry, Facts, Pick, State};
use crate::domain::choice::Choice;
use crate::domain::facts::Eyes;
use crate::domain::{Phone, hidden, local};
use crate::hanzi::width;
use crate::text::{Lang, Said, Text, t};
use crate::ui::canvas::{Canvas, columns, whole, wrap};
use crate::ui::glance;
use crate::ui::list;
use crate::ui::theme::Look;

/// The rows that a list to pick from may take, and those of them for what a word means; the column where they begin below a line.
const PICKS: u16 = 6;
const MEANT: u16 = 2;
const BELOW: u16 = 4;

/// Writes a list to pick from, each with its digit.
fn picks(canvas: &Canvas<'_>, list: &[Choice]) -> String {
    let named = |(number, choice): (usize, &Choice)| whole(&format!("{number}{}", canvas.words(choice.name)));
    (1..).zip(list).map(named).collect::<Vec<_>>().join("  ")
}

impl Facts {
    /// Draws the page.
    pub(super) fn drawn(&self, canvas: &mut Canvas<'_>) {
        let entries = self.entries();
        canvas.write(1, 0, self.sheet.head(), Look::Strong);
        let names: Vec<String> = entries.iter().map(|entry| self.name(canvas, *entry)).collect();
        let width = names.iter().map(|name| columns(name)).max().unwrap_or(0);
        let left = 2 + width + 2;
        let room = canvas.width().saturating_sub(left + 1);
        // A line that is being written, or picked from a list, may need more rows than one.
        let more = self.rows_of_selected(canvas, left, room).saturating_sub(1);
        let shown = self.list.shown(canvas, entries.len(), canvas.height().saturating_sub(3 + more));
        if let Some(above) = list::above(&shown) {
            let above = canvas.say(&above);
            canvas.write(canvas.width().saturating_sub(columns(&above) + 1), 0, above, Look::Dim);
        }
        let mut y = 1;
        for index in shown.clone() {
            let (Some(entry), Some(name)) = (entries.get(index), names.get(index)) else { continue };
            let selected = self.list.is_selected(index, entries.len());
            canvas.write(0, y, if selected { ">" } else { " " }, Look::Accent);
            canvas.write(2 + width - columns(name), y, name, if selected { Look::Strong } else { Look::Dim });
            match &self.state {
                // Covered in the middle of writing: the line goes on, unseen.
                State::Writing(field)
                    if selected && canvas.desk.covered && (is_secret(*entry) || hidden::tells(field.text())) =>
                {
                    let (value, look) = self.value(canvas, *entry, room);
                    canvas.write(left, y, value, look);
                    canvas.cursor(left, y);
                    y += 1;
                }
                State::Writing(field) if selected => y += canvas.field(left, y, field, true),
                State::Picking(pick) if selected => {
                    let (value, _) = self.value(canvas, *entry, room);
                    let x = canvas.write(left, y, value, Look::Strong) + 2;
                    let picks = picks(canvas, pick.list);
                    let room = usize::from(canvas.width().saturating_sub(x));
                    y += if let Some(said) = self.meant_in(canvas, *entry, pick) {
                        // What a word means stands above the choices, in their rows.
                        let rows = 1 + canvas.write_wrapped(BELOW, y + 1, MEANT, &said, Look::Soon);
                        rows + canvas.write_wrapped(BELOW, y + rows, PICKS.saturating_sub(rows), &picks, Look::Plain)
                    } else if wrap(&picks, room).len() > usize::from(PICKS) {
                        // Behind a long value few columns are left: they begin below it then.
                        1 + canvas.write_wrapped(BELOW, y + 1, PICKS, &picks, Look::Plain)
                    } else {
                        canvas.write_wrapped(x, y, PICKS, &picks, Look::Plain)
                    };
                }
                _ => {
                    let (value, look) = self.value(canvas, *entry, room);
                    let x = left + columns(&value).min(room) + 2;
                    canvas.write_cut(left, y, room, &value, look);
                    if let Some(said) = self.half_written(*entry).filter(|_| !canvas.desk.covered) {
                        let said = canvas.say(&said);
                        canvas.write_cut(x, y, canvas.width().saturating_sub(x + 1), &said, Look::Soon);
                    }
                    if selected {
                        canvas.look(y, Look::Bar);
                    }
                    y += 1;
                }
            }
        }
        if let Some(below) = list::below(&shown, entries.len()).filter(|_| y + 1 < canvas.height()) {
            canvas.write(2, y, canvas.say(&below), Look::Dim);
        }
        let last = canvas.say(&self.written_last(canvas.desk.covered));
        canvas.write_cut(2, canvas.height().saturating_sub(1), canvas.width().saturating_sub(3), &last, Look::Dim);
    }

    /// Counts the rows that the selected line takes, its values `left` columns from the edge.
    fn rows_of_selected(&self, canvas: &Canvas<'_>, left: u16, room: u16) -> u16 {
        let rows = match (&self.state, self.selected()) {
            (State::Writing(field), _) => field.shown(canvas.width().saturating_sub(left)).rows.len(),
            (State::Picking(pick), Some(entry)) => {
                let picks = picks(canvas, pick.list);
                let wide = |x: u16| usize::from(canvas.width().saturating_sub(x));
                match self.meant_in(canvas, entry, pick) {
                    Some(said) => 1 + wrap(&said, wide(BELOW)).len() + wrap(&picks, wide(BELOW)).len(),
                    None => wrap(&picks, wide(left + columns(&self.value(canvas, entry, room).0) + 2)).len(),
                }
            }
            _ => 1,
        };
        u16::try_from(rows).unwrap_or(PICKS).min(PICKS)
    }

    /// Says who wrote the selected line last, where a person did.
    fn written_last(&self, covered: bool) -> Said {
        let key = match self.selected() {
            Some(entry) if covered && is_secret(entry) => return t("", "").into(),
            Some(Entry::Fact(fact, _)) => fact.key.to_owned(),
            Some(Entry::Phone(phone)) => format!("phone/{phone}"),
            _ => return t("", "").into(),
        };
        match self.sheet.written.iter().rfind(|written| written.key == key) {
            Some(written) => t("{day} {by} 写的, 以前的按 Tab", "written by {by} on {day}, Tab: before")
                .with("day", local::short_day(written.at))
                .with("by", &written.by),
            None if self.sheet.said(&key).say(Lang::Zh).is_empty() && !key.starts_with("phone/") => t("", "").into(),
            None if self.sheet.listed.contains(&key) => {
                t("名册上的, 核对过就按 Ctrl-Y", "as listed; Ctrl-Y once it is checked").into()
            }
            None => t("建户时写的", "as first written").into(),
        }
    }

    /// Says what a word means where a line is picked; none where none was typed.
    fn meant_in(&self, canvas: &Canvas<'_>, entry: Entry<'_>, pick: &Pick) -> Option<String> {
        let hides = canvas.desk.covered && (is_secret(entry) || hidden::tells(&pick.typed));
        let word = if hides { "*" } else { pick.typed.as_str() };
        self.meant(pick).map(|meant| canvas.say(&meant.said(word)))
    }

    fn name(&self, canvas: &Canvas<'_>, entry: Entry<'_>) -> String {
        // Whoever is known by the relation is called so.
        if let Some(relation) = self.relation_of(entry) {
            return width::head(relation, 10).to_owned();
        }
        canvas.words(name_of(entry)).to_owned()
    }

    fn value(&self, canvas: &Canvas<'_>, entry: Entry<'_>, room: u16) -> (String, Look) {
        let covered = canvas.desk.covered;
        let hidden = || (canvas.words(t("已遮挡", "covered")).to_owned(), Look::Dim);
        match entry {
            Entry::Fact(fact, _) if covered && fact.eyes == Eyes::Card => hidden(),
            Entry::Fact(fact, _) if self.sheet.is_disputed(fact.key) => {
                let dispute = self.sheet.disputes.iter().find(|dispute| dispute.key == fact.key);
                let values = dispute.map(|dispute| dispute.values.as_slice()).unwrap_or_default();
                let all: Vec<String> =
                    values.iter().rev().map(|one| format!("{} ({})", canvas.say(&one.value), one.by)).collect();
                let all = glance::on_card(canvas.covered, all.join(" / "));
                (format!("{}: {all}", canvas.words(t("不一致", "disagreement"))), Look::Late)
            }
            Entry::Fact(fact, _) => {
                (glance::on_card(canvas.covered, canvas.say(&self.sheet.said(fact.key))), Look::Plain)
            }
            Entry::Phone(phone) if covered => (Phone::masked(phone), Look::Dim),
            Entry::Phone(phone) => (Phone::spaced(phone), Look::Plain),
            Entry::Person(index) => (people::line(canvas, &self.sheet.persons, index, covered, room), Look::Plain),
            Entry::Doubt(_) if covered => hidden(),
            Entry::Doubt(index) => match self.sheet.household.doubts.get(index) {
                Some(doubt) => (canvas.say(&face::doubt_words(doubt)), Look::Soon),
                None => (String::new(), Look::Plain),
            },
            Entry::AnotherPhone | Entry::AnotherPerson => (String::new(), Look::Plain),
        }
    }
}

/// Gives what a line is called.
pub(super) const fn name_of(entry: Entry<'_>) -> Text {
    match entry {
        Entry::Fact(fact, _) => fact.name,
        Entry::Phone(_) => t("电话", "phone"),
        Entry::AnotherPhone => t("添电话", "add a phone"),
        Entry::Person(_) => t("成员", "member"),
        Entry::AnotherPerson => t("添成员", "add a member"),
        Entry::Doubt(_) => t("核对", "check"),
    }
}

/// Tells whether other eyes in the room must not read a line.
pub(super) fn is_secret(entry: Entry<'_>) -> bool {
    match entry {
        Entry::Fact(fact, _) => fact.eyes == Eyes::Card,
        Entry::Phone(_) | Entry::Doubt(_) => true,
        Entry::AnotherPhone | Entry::Person(_) | Entry::AnotherPerson => false,
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::{Rect, Size};

    use super::super::{Action, Facts, State};
    use crate::domain::facts::FACTS;
    use crate::domain::{Name, Sort};
    use crate::text::Lang;
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;
    use crate::ui::keys::Key;
    use crate::ui::page::{Keyed, Screen};

    fn drawn(page: &Facts, desk: &Desk) -> String {
        let area = Rect::new(0, 0, desk.body.width, desk.body.height);
        let mut buffer = Buffer::empty(area);
        page.draw(&mut Canvas::new(&mut buffer, &mut None, area, desk));
        lines(&buffer).join("\n")
    }

    #[test]
    fn facts_that_stand_above_or_below_are_spoken_of() {
        let mut desk = Desk::for_tests();
        desk.body.height = 9;
        let mut page = Facts::of(Name::new(7, 1));
        let facts = FACTS.iter().filter(|fact| fact.sort == Sort::Household && !fact.key.ends_with('/'));
        page.sheet.facts = facts.map(|fact| (fact, None)).collect();
        let all = page.entries().len();
        assert!(drawn(&page, &desk).contains(&format!("下面还有 {}", all - 6)), "{}", drawn(&page, &desk));
        page.list(&desk).unwrap().key(Key::End, 1);
        let end = drawn(&page, &desk);
        assert!(end.contains(&format!("上面还有 {}", all - 6)) && !end.contains("下面还有"), "{end}");
    }

    // The last choices lay below the row that says who wrote it.
    #[test]
    fn every_choice_of_a_list_is_seen_wherever_its_line_stands_on_the_smallest_terminal() {
        let mut desk = Desk::for_tests();
        desk.body = Size::new(40, 9);
        for (lang, top) in [(Lang::Zh, Key::Home), (Lang::En, Key::End)] {
            desk.lang = lang;
            let mut page = Facts::of(Name::new(7, 1));
            let facts = FACTS.iter().filter(|fact| fact.sort == Sort::Household && !fact.key.ends_with('/'));
            page.sheet.facts = facts.map(|fact| (fact, None)).collect();
            let mut picked = 0;
            for at in 0..page.entries().len() {
                page.list(&desk).unwrap().key(top, 6);
                while page.list.selected() != at {
                    page.list(&desk).unwrap().key(if top == Key::Home { Key::Down } else { Key::Up }, 6);
                }
                page.act(Action::Enter, &mut desk);
                let State::Picking(pick) = &page.state else {
                    page.state = State::Browsing;
                    continue;
                };
                let (screen, list) = (drawn(&page, &desk), pick.list);
                for (number, choice) in (1..).zip(list) {
                    assert!(screen.contains(&format!("{number}{}", choice.name.get(lang))), "{screen}");
                }
                picked += 1;
                page.state = State::Browsing;
            }
            assert!(picked > 1);
        }
    }
}
