//! Address: where the households of a list are, in columns that all of its rows keep. A word that has no room goes from all of them:
//! first what all share, then the town, then the village. The door stays.

use super::namesakes::Word;
use crate::app::Face;
use crate::hanzi::width;
use crate::text::Lang;
use crate::ui::canvas::columns;

/// The columns that a nickname or a spouse has before what all lines share gives way to it: most names are whole in them.
const WHOLE: u16 = 6;
/// Those that it has before other words give way to it: two 汉字 and the sign that it is cut tell namesakes apart.
const OWN: u16 = 5;
/// Fewer columns of a name say nothing: one 汉字 and the sign that it is cut.
const FEWEST: u16 = 3;

/// A row of the list.
pub(super) struct Told<'a> {
    pub face: &'a Face,
    /// What tells it from its namesakes and stands nowhere else in the row.
    pub own: String,
}

/// The columns that the words may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rooms {
    /// As it usually is.
    pub usual: u16,
    /// With what the column behind does not need.
    pub wide: u16,
    /// Where that column says it in fewer words.
    pub most: u16,
}

/// The words that all rows say, each in its own column.
#[derive(Debug)]
pub(super) struct Address {
    words: Vec<(Word, u16)>,
    /// The column of what tells namesakes apart; 0 where there is none.
    own: u16,
    lang: Lang,
}

impl Address {
    /// Lays out the words of rows, in as little room as they need and as many of them as have room.
    pub(super) fn of(rows: &[Told<'_>], words: &[Word], rooms: Rooms, lang: Lang) -> Self {
        let most = |said: &dyn Fn(&Told<'_>) -> String| rows.iter().map(|row| columns(&said(row))).max().unwrap_or(0);
        let own = most(&|row| row.own.clone());
        let words = words.iter().map(|word| (*word, most(&|row| word.of(row.face, lang))));
        let mut words: Vec<(Word, u16)> = words.filter(|(_, width)| *width > 0).collect();
        let fits = |words: &[(Word, u16)], least: u16, room| taken(words, own.min(least)) <= room;
        let is_shared = |word: Word| {
            let mut said = rows.iter().map(|row| word.of(row.face, lang));
            let first = said.next();
            // The door is what one stands before: it goes only where a name says more.
            said.all(|other| Some(other) == first) && (word != Word::Place || own > 0)
        };
        while !fits(&words, WHOLE, rooms.wide)
            && (words.len() > 1 || own > 0)
            && let Some(shared) = words.iter().position(|(word, _)| is_shared(*word))
        {
            words.remove(shared);
        }
        while !fits(&words, OWN, rooms.most) && words.len() > 1 {
            words.remove(0);
        }
        let rooms = [rooms.usual, rooms.wide, rooms.most];
        let found =
            [WHOLE, OWN].into_iter().find_map(|least| rooms.into_iter().find(|room| fits(&words, least, *room)));
        let room = found.unwrap_or(rooms[2]);
        Self { words, own, lang }.cut_to(room)
    }

    /// Cuts what has no room: what tells namesakes apart, and the door only where it has no room by itself.
    fn cut_to(mut self, room: u16) -> Self {
        let alone = taken(&self.words, 0);
        if alone > room {
            self.own = self.own.min(OWN);
            let left = room.saturating_sub(taken(&[], self.own) + u16::from(self.own > 0));
            self.words.iter_mut().for_each(|(_, width)| *width = left.min(*width));
        } else {
            let left = room.saturating_sub(alone + u16::from(alone > 0));
            self.own = Some(self.own.min(left)).filter(|own| *own >= FEWEST).unwrap_or(0);
        }
        self
    }

    /// Counts the columns.
    pub(super) fn width(&self) -> u16 {
        taken(&self.words, self.own)
    }

    /// Says where a household is.
    pub(super) fn say(&self, row: &Told<'_>) -> String {
        let words = self.words.iter().map(|(word, width)| (word.of(row.face, self.lang), *width));
        let own = (self.own > 0).then(|| (row.own.clone(), self.own));
        let padded: Vec<String> = words.chain(own).map(|(said, width)| padded(&said, width)).collect();
        padded.join(" ").trim_end().to_owned()
    }
}

/// Counts the columns of words with a blank between them.
fn taken(words: &[(Word, u16)], own: u16) -> u16 {
    let each = words.iter().map(|(_, width)| *width).chain(Some(own).filter(|own| *own > 0));
    each.map(|width| width + 1).sum::<u16>().saturating_sub(1)
}

/// Fills a word up with blanks to so many columns, or cuts it.
pub(super) fn padded(said: &str, to: u16) -> String {
    let said = width::cut(said, usize::from(to), "~");
    let blanks = usize::from(to.saturating_sub(columns(&said)));
    format!("{said}{}", " ".repeat(blanks))
}

#[cfg(test)]
mod tests {
    use super::{Address, Rooms, Told, Word};
    use crate::app::Face;
    use crate::domain::Name;
    use crate::text::{Lang, t};

    const WORDS: [Word; 3] = [Word::Town, Word::Village, Word::Place];

    fn face(town: &str, village: &str, place: &str) -> Face {
        let nothing = || t("", "").into();
        Face {
            name: Name::new(1, 1),
            head: "张守富".into(),
            town: town.into(),
            village: village.into(),
            place: place.into(),
            known_as: String::new(),
            who: nothing(),
            kind: nothing(),
            standing: nothing(),
            due: None,
            whose: String::new(),
            meant: None,
            twice: false,
        }
    }

    fn said(rows: &[(Face, &str)], room: u16) -> Vec<String> {
        said_in(rows, Rooms { usual: room, wide: room, most: room })
    }

    fn said_in(rows: &[(Face, &str)], rooms: Rooms) -> Vec<String> {
        let rows: Vec<Told<'_>> = rows.iter().map(|(face, own)| Told { face, own: (*own).to_owned() }).collect();
        let address = Address::of(&rows, &WORDS, rooms, Lang::Zh);
        assert!(address.width() <= rooms.most);
        rows.iter().map(|row| address.say(row)).collect()
    }

    // On the page where a line is given to another household the door of the only one of its name was cut: 12-2-~.
    #[test]
    fn what_does_not_fit_goes_from_the_town_on_and_never_from_the_door() {
        let rows = [(face("东里镇", "东里社区", "5号楼2单元 12-2-1201"), "")];
        let said = |room| said(&rows, room).swap_remove(0);
        assert_eq!(said(40), "东里镇 东里社区 5号楼2单元 12-2-1201");
        assert_eq!(said(30), "东里社区 5号楼2单元 12-2-1201");
        assert_eq!(said(28), "5号楼2单元 12-2-1201");
        assert_eq!(said(8), "5号楼2~", "not even the door has room");
    }

    // A row that said the spouse as well began with the village, the one below it with the town.
    #[test]
    fn a_word_begins_in_the_same_column_in_every_row_and_goes_from_all_of_them() {
        let rows = [
            (face("东里镇", "东里东村", "3组 12号"), "刘桂芝"),
            (face("南鲁山镇", "河西村", "12组 133号"), ""),
            (face("", "东里东村", "3组"), "老三"),
        ];
        assert_eq!(
            said(&rows, 40),
            [
                "东里镇   东里东村 3组 12号   刘桂芝",
                "南鲁山镇 河西村   12组 133号",
                "         东里东村 3组        老三"
            ]
        );
        assert_eq!(said(&rows, 27), ["东里东村 3组 12号   刘桂芝", "河西村   12组 133号", "东里东村 3组        老三"]);
        assert_eq!(said(&rows, 20), ["3组 12号   刘桂芝", "12组 133号", "3组        老三"]);
        assert_eq!(
            said(&rows, 14),
            ["3组 12号   刘~", "12组 133号", "3组        老~"],
            "the name is cut, not the door"
        );
        assert_eq!(said(&rows, 12), ["3组 12号", "12组 133号", "3组"]);
    }

    // The township went from a whole list for the spouse of one line, with 未访 before each appointment.
    #[test]
    fn before_a_township_goes_the_column_behind_says_it_in_fewer_words() {
        let rows = [(face("东里镇", "东里东村", "3组 12号"), "刘桂芝"), (face("南鲁山镇", "河西村", "2组 9号"), "")];
        let said = |most| said_in(&rows, Rooms { usual: 27, wide: 30, most }).swap_remove(1);
        assert_eq!(said(33), "南鲁山镇 河西村   2组 9号");
        assert_eq!(said(32), "南鲁山镇 河西村   2组 9号", "the spouse is cut: 刘桂~");
        assert_eq!(said(30), "河西村   2组 9号");
    }

    #[test]
    fn what_all_share_goes_first() {
        let rows = [(face("东里镇", "河西村", "3组 12号"), ""), (face("南鲁山镇", "河西村", "3组 9号"), "")];
        assert_eq!(said(&rows, 20), ["东里镇   3组 12号", "南鲁山镇 3组 9号"]);
    }
}
