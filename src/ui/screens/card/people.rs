//! People: the members of a family as a small table, one a row.
//!
//! Covered, health, phones and remarks stay hidden. On narrow terminals the remark goes first, then the phone, then the age.

use super::sheet::Person;
use crate::domain::{Phone, choice, local};
use crate::hanzi::width::pad;
use crate::text::{Text, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::glance;
use crate::ui::list::{Cell, Column, fit, fit_for};
use crate::ui::theme::Look;

const COLUMNS: [Column; 6] = [
    Column::new(t("姓名", "name"), 8),
    Column::new(t("年龄", "age"), 4).drops(1),
    Column::new(t("身体", "health"), 8),
    Column::new(t("在外", "away"), 6),
    Column::new(t("电话", "phone"), 13).drops(2),
    Column::new(t("备注", "remark"), 8).drops(3).grows(1),
];

/// Columns that the relation to the head takes at most.
const RELATION: u16 = 12;

/// Writes one of the members into `room` columns, in the columns of them all; the relation stands before it, as the name of the
/// line.
pub(super) fn line(canvas: &Canvas<'_>, all: &[Person], at: usize, covered: bool, room: u16) -> String {
    let lines: Vec<[Cell; 6]> = all.iter().map(|person| cells(canvas, person, covered)).collect();
    let Some(cells) = lines.get(at) else { return String::new() };
    // The table keeps no room for the sign of a selected line: the facts have it already.
    let widths = fit_for(&COLUMNS, room + 2, lines.iter().map(<[Cell; 6]>::as_slice));
    let cells =
        cells.iter().map(|(cell, _)| cell).zip(widths).filter_map(|(cell, width)| Some(pad(cell, usize::from(width?))));
    cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}

/// Members that a table shows at least where it has no room for all of them; with fewer they flow.
const LEAST: u16 = 3;

/// Says how the rest is seen.
pub(super) const MORE_UNDER_5: Text = t("还有 {n} 人, 按 5 看全部.", "{n} more: 5 shows all.");

/// Says where the rest stands.
pub(super) const MORE_ON_CARD: Text = t("还有 {n} 人, 在户卡上.", "{n} more, on the card.");

/// The members below each other, each behind its relation to the head, in columns as wide as what they say.
pub(super) struct Grid {
    relations: Vec<String>,
    lines: Vec<[Cell; 6]>,
    /// Columns of what is said at most.
    needs: Vec<u16>,
    /// Columns of the relation.
    left: u16,
    widths: Vec<Option<u16>>,
}

impl Grid {
    /// Lays the members out on a page so wide.
    pub fn of(canvas: &Canvas<'_>, all: &[Person]) -> Self {
        let relation = |person: &Person| glance::on_card(canvas.covered, person.relation.clone());
        let relations: Vec<String> = all.iter().map(relation).collect();
        let lines: Vec<[Cell; 6]> = all.iter().map(|person| cells(canvas, person, canvas.covered)).collect();
        let left = relations.iter().map(|relation| columns(relation)).max().unwrap_or(0).min(RELATION);
        let room = canvas.width().saturating_sub(left + 4);
        // A column in which nobody has anything takes no room, and a name as much as it has.
        let need = |at: usize| lines.iter().filter_map(|cells| cells.get(at)).map(|(cell, _)| columns(cell)).max();
        let needs: Vec<u16> = (0..COLUMNS.len()).map(|at| need(at).unwrap_or(0)).collect();
        let shape: Vec<Column> = COLUMNS
            .iter()
            .zip(&needs)
            .filter(|(_, need)| **need > 0)
            .map(|(column, need)| Column {
                width: if column.grows > 0 { column.width.min(*need) } else { *need },
                ..*column
            })
            .collect();
        let widths = fit(&shape, room + 2);
        Self { relations, lines, needs, left, widths }
    }

    /// Tells whether every column has room.
    pub fn is_whole(&self) -> bool {
        self.widths.iter().all(Option::is_some)
    }

    /// Tells whether so many rows are enough for all of them, or for some and the number of the rest.
    pub fn fits(&self, rows: u16) -> bool {
        usize::from(rows) >= self.lines.len() || rows > LEAST
    }

    /// Draws as many of them as fit, and where they are not all how many more there are. Gives the rows used.
    pub fn draw(&self, canvas: &mut Canvas<'_>, y: u16, rows: u16, more: Text) -> u16 {
        let (all, room) = (self.lines.len(), usize::from(rows));
        let shown = if all > room { room.saturating_sub(1) } else { all };
        for ((y, relation), cells) in (y..).zip(&self.relations).zip(&self.lines).take(shown) {
            canvas.write_cut(1, y, self.left, relation, Look::Dim);
            let said = cells.iter().zip(&self.needs).filter(|(_, need)| **need > 0);
            let widths = said.zip(&self.widths).filter_map(|((cell, _), width)| Some((cell, (*width)?)));
            let mut x = self.left + 3;
            for ((text, look), width) in widths {
                canvas.write_cut(x, y, width, text, *look);
                x += width + 2;
            }
        }
        let used = u16::try_from(shown).unwrap_or(rows);
        if shown == all {
            return used;
        }
        let said = canvas.say(&more.with("n", all - shown));
        canvas.write_cut(1, y + used, canvas.width().saturating_sub(2), &said, Look::Dim);
        used + 1
    }
}

fn cells(canvas: &Canvas<'_>, person: &Person, covered: bool) -> [Cell; 6] {
    let named = |list, word: &str| choice::name_of(list, word).map_or("", |name| canvas.words(name));
    let now = i64::from(chrono::Datelike::year(&local::day(canvas.desk.now.wall_ms)));
    let age = person.birth_year.parse::<i64>().ok().map(|year| now - year).filter(|age| (0..=130).contains(age));
    let age = age.map(|age| age.to_string()).unwrap_or_default();
    let called = if person.name == person.relation { "" } else { person.name.as_str() };
    let away = match person.away {
        Some(true) => canvas.words(t("在外", "away")),
        Some(false) => canvas.words(t("在家", "home")),
        None => "",
    };
    let (health, phone, remark) = match covered {
        true if person.health.is_empty() && person.phone.is_empty() && person.remark.is_empty() => {
            (String::new(), String::new(), String::new())
        }
        true => (canvas.words(t("已遮挡", "covered")).to_owned(), Phone::masked(&person.phone), String::new()),
        false => {
            (named(choice::HEALTH, &person.health).to_owned(), Phone::spaced(&person.phone), person.remark.clone())
        }
    };
    let sex = format!("{}{age}", named(choice::SEXES, &person.sex));
    let cells = [glance::on_card(canvas.covered, called.to_owned()), sex, health, away.to_owned(), phone, remark];
    cells.map(|cell| (cell, Look::Plain))
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::{Person, line};
    use crate::ui::canvas::{Canvas, columns};
    use crate::ui::desk::Desk;

    fn shown(covered: bool, room: u16) -> String {
        shown_of(None, covered, room)
    }

    fn shown_of(away: Option<bool>, covered: bool, room: u16) -> String {
        let person = Person {
            name: "刘桂芝".into(),
            relation: "老伴".into(),
            sex: "female".into(),
            birth_year: "1956".into(),
            health: "chronic".into(),
            phone: "13853301111".into(),
            away,
            remark: "耳背".into(),
            ..Person::default()
        };
        let (mut buffer, mut cursor, desk) = (Buffer::empty(Rect::new(0, 0, 80, 1)), None, Desk::for_tests());
        let canvas = Canvas::new(&mut buffer, &mut cursor, Rect::new(0, 0, 80, 1), &desk);
        line(&canvas, std::slice::from_ref(&person), 0, covered, room)
    }

    // Asked and at home was shown, and kept, as not asked.
    #[test]
    fn whoever_was_asked_and_is_at_home_is_shown_so() {
        assert_eq!(shown_of(Some(false), false, 50), "刘桂芝    女65  慢性病    在家    138 5330 1111");
        assert_eq!(shown_of(Some(true), false, 50), "刘桂芝    女65  慢性病    在外    138 5330 1111");
    }

    // Each line had its own columns, and below one another they were no table.
    #[test]
    fn beyond_eighty_columns_the_members_stand_in_columns_too() {
        let long = "在青岛打工的大儿子媳妇, 每年春节和秋收回来两次, 平时家里只有老两口, 有事打小女儿的电话";
        let person = |name: &str, health: &str, remark: &str| Person {
            name: name.into(),
            health: health.into(),
            remark: remark.into(),
            ..Person::default()
        };
        let all = [person("刘桂芝", "", "耳背"), person("阿卜杜热依木·买买提", "chronic", long)];
        let desk = Desk::for_tests();
        let (mut buffer, mut cursor) = (Buffer::empty(Rect::new(0, 0, 120, 1)), None);
        let canvas = Canvas::new(&mut buffer, &mut cursor, Rect::new(0, 0, 120, 1), &desk);
        let lines = [0, 1].map(|at| line(&canvas, &all, at, false, 110));
        let remark = |at: usize, words: &str| columns(lines[at].split_once(words).unwrap().0);
        assert_eq!(remark(0, "耳背"), remark(1, "在青岛"), "{lines:?}");
    }

    #[test]
    fn columns_go_in_a_fixed_order_and_cover_hides_what_is_private() {
        assert_eq!(shown(false, 66), "刘桂芝    女65  慢性病            138 5330 1111  耳背");
        assert_eq!(shown(false, 50), "刘桂芝    女65  慢性病            138 5330 1111");
        assert_eq!(shown(false, 36), "刘桂芝    女65  慢性病");
        assert_eq!(shown(false, 30), "刘桂芝    慢性病");
        assert_eq!(shown(true, 66), "刘桂芝    女65  已遮挡            138****1111");
    }
}
