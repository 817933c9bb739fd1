//! Giving way: what of a header goes first where it has no room for all. Each page has its table; the rows are tried in their order.
//!
//! What waits for a stick, the hour, that it is saved and what warns stand in nearly every row: of who it is about there is more to spare.

use super::canvas::columns;
use super::frame::Header;
use crate::hanzi::width;
use crate::text::{Said, t};

/// What a left has at least, in columns.
pub const LEFT: u16 = 12;

/// A row of such a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    left: String,
    /// What of the left has to stand whole; of none, as much as a left has at least.
    head: Option<String>,
    right: String,
}

impl Row {
    /// Makes a row whose left stands whole.
    pub fn whole(left: impl Into<String>, right: impl Into<String>) -> Self {
        let left = left.into();
        Self { head: Some(left.clone()), left, right: right.into() }
    }

    /// Makes a row whose left is cut behind its head, at a whole character.
    pub fn from_head(left: impl Into<String>, head: impl Into<String>, right: impl Into<String>) -> Self {
        Self { left: left.into(), head: Some(head.into()), right: right.into() }
    }

    /// Makes a row whose left is cut to as few columns as a left may have.
    pub fn cut(left: impl Into<String>, right: impl Into<String>) -> Self {
        Self { left: left.into(), head: None, right: right.into() }
    }

    /// Gives the left in so many columns; none where they are too few.
    fn within(&self, room: u16) -> Option<String> {
        if columns(&self.left) <= room {
            return Some(self.left.clone());
        }
        let least = self.head.as_deref().map_or(LEFT, columns);
        let kept = width::head(&self.left, usize::from(room.checked_sub(1)?)).trim_end();
        let cut = format!("{kept}~");
        (least <= room).then(|| match &self.head {
            // Of what stands behind it not one character has room.
            Some(head) if columns(kept) <= least => head.clone(),
            _ => cut,
        })
    }
}

/// Gives the header of the first row that has room in so many columns.
pub fn first(rows: impl IntoIterator<Item = Row>, width: u16) -> Option<Header> {
    rows.into_iter().find_map(|row| {
        let left = row.within(width.checked_sub(4 + columns(&row.right))?)?;
        Some(Header { left, middle: String::new(), right: row.right })
    })
}

/// Names the first of several people and says how many they are: 陈敏等3人, Chen Min +2.
pub fn people_in_few(people: &[String]) -> Said {
    match people {
        [] => t("", "").into(),
        [one] => t("{one}", "{one}").with("one", one),
        [first, others @ ..] => {
            let words = t("{first}等{all}人", "{first} +{others}").with("first", first);
            words.with("all", people.len()).with("others", others.len())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, first, people_in_few};
    use crate::text::Lang;

    #[test]
    fn the_first_row_with_room_stands_and_a_left_is_cut_at_a_whole_character() {
        let rows = || {
            [
                Row::whole("走访 张守富  东里东村", "首访  陈明"),
                Row::from_head("走访 张守富  东里东村", "走访 张守富", "陈明"),
                Row::cut("走访 张守富  东里东村", ""),
            ]
        };
        let of = |width| first(rows(), width).map(|header| (header.left, header.right));
        let stands = |left: &str, right: &str| Some((left.to_owned(), right.to_owned()));
        assert_eq!(of(35), stands("走访 张守富  东里东村", "首访  陈明"));
        assert_eq!(of(28), stands("走访 张守富  东里东~", "陈明"));
        assert_eq!(of(22), stands("走访 张守富", "陈明"));
        assert_eq!(of(19), stands("走访 张守富", "陈明"));
        assert_eq!(of(16), stands("走访 张守富~", ""));
        assert_eq!(of(15), None);
    }

    #[test]
    fn of_several_people_the_first_is_named_and_how_many_they_are() {
        let said = |people: &[&str], lang| {
            let people: Vec<String> = people.iter().map(|name| (*name).to_owned()).collect();
            people_in_few(&people).say(lang)
        };
        assert_eq!(said(&["陈敏", "张锦秋", "苗兴英"], Lang::Zh), "陈敏等3人");
        assert_eq!(said(&["Chen Min", "Liu Yan", "Bai Xue"], Lang::En), "Chen Min +2");
        assert_eq!((said(&["陈敏"], Lang::Zh), said(&[], Lang::En)), ("陈敏".to_owned(), String::new()));
    }
}
