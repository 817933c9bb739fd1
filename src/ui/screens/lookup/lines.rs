//! Lines of the lookup: what tells namesakes apart, in fewer columns the narrower the terminal. No illness, no full phone.

use std::ops::Range;

use super::namesakes::{Namesakes, Word};
use crate::app::face::when;
use crate::app::{Face, Meant};
use crate::domain::local;
use crate::hanzi::width;
use crate::text::{Lang, Text, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::list::{Cell, Column, List, draw_line, fit, fit_for};
use crate::ui::theme::Look;

/// What a column shows of a household.
#[derive(Debug, Clone, Copy)]
enum Part {
    Head,
    WhoAndKind,
    Kind,
    Plain(Word),
    KnownAs,
    /// Where it is, and of namesakes what it is called.
    Address(&'static [Word]),
    /// Who of it was meant, and where it is as far as there is room.
    MeantAt(&'static [Word]),
    /// The one word there is room for; of namesakes the first that is its own.
    OneOf(&'static [Word]),
    Standing,
}

/// The columns from a width on, in one language or in either.
struct Shape {
    from: u16,
    lang: Option<Lang>,
    columns: &'static [Column],
    parts: &'static [Part],
}

const fn column(head: Text, width: u16) -> Column {
    Column::new(head, width)
}

const HEAD: Text = t("户主", "head");
const WHO: Text = t("年龄", "who");
const KIND: Text = t("户类别", "kind");
const TOWN: Text = t("镇街", "town");
const VILLAGE: Text = t("村", "village");
const PLACE: Text = t("住址", "place");
const KNOWN_AS: Text = t("小名, 配偶", "known as");
const STANDING: Text = t("走访", "visits");

const WIDEST: &[Part] = &[
    Part::Head,
    Part::Plain(Word::Who),
    Part::Kind,
    Part::Plain(Word::Town),
    Part::Plain(Word::Village),
    Part::Plain(Word::Place),
    Part::KnownAs,
    Part::Standing,
];

const MIDDLE: &[Part] =
    &[Part::Head, Part::WhoAndKind, Part::Address(&[Word::Town, Word::Village, Word::Place]), Part::Standing];

/// The widest first: first the nickname or spouse goes, but of namesakes, then the kind and the town, then group and door.
static SHAPES: [Shape; 6] = [
    Shape {
        from: 96,
        lang: Some(Lang::Zh),
        columns: &[
            column(HEAD, 8),
            column(WHO, 5),
            column(KIND, 10),
            column(TOWN, 8),
            column(VILLAGE, 8),
            column(PLACE, 12),
            column(KNOWN_AS, 11),
            column(STANDING, 18).grows(1).worded(),
        ],
        parts: WIDEST,
    },
    Shape {
        from: 96,
        lang: Some(Lang::En),
        columns: &[
            column(HEAD, 8),
            column(WHO, 4),
            column(KIND, 13),
            column(TOWN, 8),
            column(VILLAGE, 8),
            column(PLACE, 12),
            column(KNOWN_AS, 10),
            column(STANDING, 17).grows(1).worded(),
        ],
        parts: WIDEST,
    },
    Shape {
        from: 78,
        lang: Some(Lang::Zh),
        columns: &[column(HEAD, 8), column(WHO, 16), column(PLACE, 27), column(STANDING, 18).grows(1).worded()],
        parts: MIDDLE,
    },
    Shape {
        from: 78,
        lang: Some(Lang::En),
        columns: &[column(HEAD, 8), column(WHO, 17), column(PLACE, 27), column(STANDING, 18).grows(1).worded()],
        parts: MIDDLE,
    },
    Shape {
        from: 56,
        lang: None,
        columns: &[column(HEAD, 8), column(WHO, 5), column(PLACE, 19), column(STANDING, 14).grows(1).worded()],
        parts: &[Part::Head, Part::Plain(Word::Who), Part::MeantAt(&[Word::Village, Word::Place]), Part::Standing],
    },
    Shape {
        from: 0,
        lang: None,
        columns: &[column(HEAD, 8), column(WHO, 5), column(PLACE, 8), column(STANDING, 11).grows(1).worded()],
        parts: &[
            Part::Head,
            Part::Plain(Word::Who),
            Part::OneOf(&[Word::Village, Word::KnownAs, Word::Place]),
            Part::Standing,
        ],
    },
];

/// Fewer columns of a name say nothing: one 汉字 and the sign that it is cut.
const FEWEST: u16 = 3;

/// Draws the lines that fit.
pub(in crate::ui::screens) fn draw(canvas: &mut Canvas<'_>, faces: &[Face], list: &List) {
    let shown = list.shown(canvas, faces.len(), canvas.height());
    let mut shapes = SHAPES.iter().filter(|shape| shape.is_for(canvas.desk.lang, canvas.width()));
    let mut laid = shapes.by_ref().map(|shape| laid(canvas, faces, &shown, shape));
    // Where the widest would cut a door the town and the village give way to it in the next one.
    let Some(found) = laid.next() else { return };
    let found = if found.cuts_a_door() { laid.next().unwrap_or(found) } else { found };
    for ((y, index), cells) in (0..).zip(shown).zip(&found.lines) {
        let widths = with_room_for_name(&found.widths, cells);
        draw_line(canvas, y, found.shape.columns, &widths, cells, list.is_selected(index, faces.len()));
    }
}

impl Shape {
    fn is_for(&self, lang: Lang, wide: u16) -> bool {
        wide >= self.from && self.lang.is_none_or(|own| own == lang)
    }
}

/// Lines as a shape has them.
struct Laid {
    shape: &'static Shape,
    widths: Vec<Option<u16>>,
    lines: Vec<Vec<Cell>>,
}

impl Laid {
    /// Tells whether a door that has a column of its own does not fit into it.
    fn cuts_a_door(&self) -> bool {
        let door = self.shape.parts.iter().position(|part| matches!(part, Part::Plain(Word::Place)));
        let room = door.and_then(|at| self.widths.get(at).copied().flatten()).unwrap_or(u16::MAX);
        let is_cut =
            |cells: &Vec<Cell>| door.and_then(|at| cells.get(at)).is_some_and(|(text, _)| columns(text) > room);
        self.lines.iter().any(is_cut)
    }
}

fn laid(canvas: &Canvas<'_>, faces: &[Face], shown: &Range<usize>, shape: &'static Shape) -> Laid {
    let widths = fit(shape.columns, canvas.width());
    let cells = |face: &Face| -> Vec<Cell> {
        let namesakes = Namesakes::of(face, faces, canvas.desk.lang);
        let parts = shape.parts.iter().zip(&widths);
        parts.map(|(part, room)| cell(canvas, face, *part, &namesakes, room.unwrap_or(0))).collect()
    };
    let lines: Vec<Vec<Cell>> = faces.get(shown.clone()).unwrap_or_default().iter().map(cells).collect();
    let widths = fit_for(shape.columns, canvas.width(), lines.iter().map(Vec::as_slice));
    Laid { shape, widths, lines }
}

/// Lets a long name, as companies have, take what the column beside it does not need; the columns behind stay where they are.
fn with_room_for_name(widths: &[Option<u16>], cells: &[Cell]) -> Vec<Option<u16>> {
    let mut widths = widths.to_vec();
    if let ([Some(name), Some(beside), ..], [(head, _), (who, _), ..]) = (widths.as_mut_slice(), cells) {
        let more = columns(head).saturating_sub(*name).min(beside.saturating_sub(columns(who)));
        (*name, *beside) = (*name + more, *beside - more);
    }
    widths
}

fn cell(canvas: &Canvas<'_>, face: &Face, part: Part, namesakes: &Namesakes<'_>, room: u16) -> Cell {
    let lang = canvas.desk.lang;
    let text = match part {
        Part::Head => return (face.head.clone(), Look::Strong),
        Part::Plain(word) => word.of(face, lang),
        Part::WhoAndKind => {
            let who = face.who.say(lang);
            let left = room.saturating_sub(columns(&who) + u16::from(!who.is_empty()));
            match &face.meant {
                // A name behind sex and age alone reads as the name of somebody of that age.
                Some(meant) if columns(&whose(meant, lang)) > left => whose(meant, lang),
                Some(meant) => joined(&[who, whose(meant, lang)]),
                // A kind is said whole, or not at all.
                None => {
                    let kind = Some(face.kind.say(lang)).filter(|kind| columns(kind) <= left);
                    joined(&[who, kind.unwrap_or_default()])
                }
            }
        }
        Part::Kind => face.kind.say(lang),
        Part::KnownAs => {
            let said = face.meant.as_ref().map_or_else(|| face.known_as.clone(), |meant| whose(meant, lang));
            return (said, Look::Dim);
        }
        Part::Address(words) => address(face, words, namesakes, lang, room),
        Part::MeantAt(words) => {
            let meant = face.meant.as_ref().map(|meant| whose(meant, lang)).unwrap_or_default();
            let left = if meant.is_empty() { room } else { room.saturating_sub(columns(&meant) + 1) };
            let place = address(face, words, namesakes, lang, left);
            if columns(&place) > left && !meant.is_empty() { meant } else { joined(&[meant, place]) }
        }
        Part::OneOf(words) => match &face.meant {
            // Who was meant may live behind two doors of one name.
            Some(meant) => namesakes.own(&[Word::Place]).unwrap_or_else(|| meant.name.clone()),
            None => namesakes.own(words).or_else(|| words.first().map(|word| word.of(face, lang))).unwrap_or_default(),
        },
        Part::Standing => standing(canvas, face, room),
    };
    (text, Look::Plain)
}

/// Says how a household stands; where that does not fit and somebody is to come again, when: the hour is never cut. Else the
/// minutes go first, then the day.
fn standing(canvas: &Canvas<'_>, face: &Face, room: u16) -> String {
    let (said, now) = (canvas.say(&face.standing), canvas.desk.now.wall_ms);
    let Some(at) = face.due.filter(|_| columns(&said) > room) else { return without_numbers(said, room) };
    let due = t("约{when}", "due {when}").with_words("when", when(at, now));
    let shorter =
        [canvas.say(&due), canvas.say(&when(at, now)), format!("{} {}", local::short_day(at), local::clock(at))];
    shorter.into_iter().find(|said| columns(said) <= room).unwrap_or(said)
}

/// Takes numbers from the end of what a household's standing is, as far as it has to: 已访 5-12 21分, 已访 5-12, 已访.
fn without_numbers(said: String, room: u16) -> String {
    let mut kept = said.as_str();
    while columns(kept) > room
        && let Some((before, last)) = kept.rsplit_once(' ')
        && last.contains(|letter: char| letter.is_ascii_digit())
    {
        kept = before.trim_end();
    }
    kept.to_owned()
}

/// Says who of a household was meant: 家人 刘桂芝.
fn whose(meant: &Meant, lang: Lang) -> String {
    joined(&[meant.who.get(lang).to_owned(), meant.name.clone()])
}

fn joined(words: &[String]) -> String {
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Says where a household is and, of namesakes, what it is called, unless the line says so elsewhere. Where both do not fit, what
/// all of them share goes first, then the town, then the village; the door is whole as long as it fits at all.
fn address(face: &Face, words: &[Word], namesakes: &Namesakes<'_>, lang: Lang, room: u16) -> String {
    let place = |words: &[Word]| joined(&words.iter().map(|word| word.of(face, lang)).collect::<Vec<_>>());
    let is_meant = face.meant.as_ref().is_some_and(|meant| meant.name == face.known_as);
    let Some(own) = namesakes.own(&[Word::KnownAs]).filter(|_| !is_meant) else {
        // The door is what one stands before: the town goes first, then the village.
        let fitting = (0..words.len()).filter_map(|first| words.get(first..));
        let fitting = fitting.map(place).find(|place| columns(place) <= room);
        return fitting.unwrap_or_else(|| place(words.last().map(std::slice::from_ref).unwrap_or_default()));
    };
    let left = room.saturating_sub(columns(&own) + 1);
    let mut kept = words.to_vec();
    while columns(&place(&kept)) > left
        && let Some(gone) = kept.iter().position(|word| namesakes.share(*word)).or((kept.len() > 1).then_some(0))
    {
        kept.remove(gone);
    }
    let place = place(&kept);
    if columns(&place) > room {
        return joined(&[width::cut(&place, usize::from(left), "~").into_owned(), own]);
    }
    let left = room.saturating_sub(columns(&place) + u16::from(!place.is_empty()));
    if left < FEWEST {
        return place;
    }
    joined(&[place, width::cut(&own, usize::from(left), "~").into_owned()])
}

#[cfg(test)]
mod tests {
    use super::{Namesakes, Word, address};
    use crate::app::Face;
    use crate::domain::Name;
    use crate::text::{Lang, t};

    // On the page where a line is given to another household the door of the only one of its name was cut: 12-2-~.
    #[test]
    fn what_does_not_fit_goes_from_the_town_on_and_never_from_the_door() {
        let nothing = || t("", "").into();
        let face = Face {
            name: Name::new(1, 1),
            head: "张守富".into(),
            town: "东里镇".into(),
            village: "东里社区".into(),
            place: "5号楼2单元 12-2-1201".into(),
            known_as: String::new(),
            who: nothing(),
            kind: nothing(),
            standing: nothing(),
            due: None,
            meant: None,
        };
        let faces = [face.clone()];
        let said = |room| {
            let words = [Word::Town, Word::Village, Word::Place];
            address(&face, &words, &Namesakes::of(&face, &faces, Lang::Zh), Lang::Zh, room)
        };
        assert_eq!(said(40), "东里镇 东里社区 5号楼2单元 12-2-1201");
        assert_eq!(said(30), "东里社区 5号楼2单元 12-2-1201");
        assert_eq!(said(28), "5号楼2单元 12-2-1201");
        assert_eq!(said(8), "5号楼2单元 12-2-1201", "cut where it is drawn");
    }
}
