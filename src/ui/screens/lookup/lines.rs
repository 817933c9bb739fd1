//! Lines of the lookup: what tells namesakes apart, in fewer columns the narrower the terminal. No illness, no full phone.

use std::ops::Range;

use super::address::{Address, Rooms, Told, padded};
use super::namesakes::{Namesakes, TWICE, Word};
use crate::app::face::{due_words, when};
use crate::app::{Face, Meant};
use crate::domain::local;
use crate::text::{Lang, Text, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::list::{Cell, Column, GAP, List, SIGN, draw_line, fit, fit_for};
use crate::ui::theme::Look;

/// What a column shows of a household.
#[derive(Debug, Clone, Copy)]
enum Part {
    Head,
    WhoAndKind,
    Kind,
    Plain(Word),
    KnownAs,
    /// Where it is, and of namesakes what it is called, in columns that all lines keep.
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

/// The columns of a name.
const NAME: u16 = 8;

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
            column(HEAD, NAME),
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
            column(HEAD, NAME),
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
        columns: &[column(HEAD, NAME), column(WHO, 16), column(PLACE, 27), column(STANDING, 18).grows(1).worded()],
        parts: MIDDLE,
    },
    Shape {
        from: 78,
        lang: Some(Lang::En),
        columns: &[column(HEAD, NAME), column(WHO, 17), column(PLACE, 27), column(STANDING, 18).grows(1).worded()],
        parts: MIDDLE,
    },
    Shape {
        from: 56,
        lang: None,
        columns: &[column(HEAD, NAME), column(WHO, 5), column(PLACE, 19), column(STANDING, 14).grows(1).worded()],
        parts: &[Part::Head, Part::Plain(Word::Who), Part::MeantAt(&[Word::Village, Word::Place]), Part::Standing],
    },
    Shape {
        from: 0,
        lang: None,
        columns: &[column(HEAD, NAME), column(WHO, 5), column(PLACE, 8), column(STANDING, 11).grows(1).worded()],
        parts: &[
            Part::Head,
            Part::Plain(Word::Who),
            Part::OneOf(&[Word::Village, Word::KnownAs, Word::Place]),
            Part::Standing,
        ],
    },
];

/// The narrowest shape where all are of one group: the title says the village, and a line the door.
static OF_GROUP: Shape = Shape {
    from: 0,
    lang: None,
    columns: &[column(HEAD, NAME), column(WHO, 5), column(PLACE, 9), column(STANDING, 10).grows(1).worded()],
    parts: &[Part::Head, Part::Plain(Word::Who), Part::OneOf(&[Word::Place, Word::KnownAs]), Part::Standing],
};

/// Draws the lines that fit.
pub(in crate::ui::screens) fn draw(canvas: &mut Canvas<'_>, faces: &[Face], list: &List) {
    draw_in(canvas, faces, list, SHAPES.iter());
}

/// Draws the lines that fit of the households of one group.
pub(in crate::ui::screens) fn draw_of_group(canvas: &mut Canvas<'_>, faces: &[Face], list: &List) {
    let wider = SHAPES.iter().filter(|shape| shape.from > 0);
    draw_in(canvas, faces, list, wider.chain([&OF_GROUP]));
}

fn draw_in(canvas: &mut Canvas<'_>, faces: &[Face], list: &List, shapes: impl Iterator<Item = &'static Shape>) {
    let shown = list.shown(canvas, faces.len(), canvas.height());
    let (lang, width) = (canvas.desk.lang, canvas.width());
    let mut shapes = shapes.filter(|shape| shape.is_for(lang, width));
    let mut laid = shapes.by_ref().map(|shape| laid(canvas, faces, &shown, shape));
    // Where the widest would cut a door the town and the village give way to it in the next one.
    let Some(found) = laid.next() else { return };
    let found = if found.cuts_a_door() { laid.next().unwrap_or(found) } else { found };
    for ((y, index), cells) in (0..).zip(shown).zip(&found.lines) {
        let (widths, cells) = with_room_for_name(&found.widths, cells);
        draw_line(canvas, y, found.shape.columns, &widths, &cells, list.is_selected(index, faces.len()));
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
    let lang = canvas.desk.lang;
    let shown = faces.get(shown.clone()).unwrap_or_default();
    let who = longest(shown, |face| face.who.say(lang));
    let with_whose = |widths| with_room_for_whose(canvas, shown, shape, widths);
    let widths = with_whose(fit(shape.columns, canvas.width()));
    let all: Vec<Namesakes<'_>> = shown.iter().map(|face| Namesakes::of(face, faces, lang)).collect();
    let cells = |(face, namesakes): (&Face, &Namesakes<'_>)| -> Vec<Cell> {
        let parts = shape.parts.iter().zip(&widths);
        parts.map(|(part, room)| cell(canvas, face, *part, namesakes, (room.unwrap_or(0), who))).collect()
    };
    let mut lines: Vec<Vec<Cell>> = shown.iter().zip(&all).map(cells).collect();
    let mut widths = with_whose(fit_for(shape.columns, canvas.width(), lines.iter().map(Vec::as_slice)));
    addressed(canvas, shown, &all, shape, (&mut widths, &mut lines));
    Laid { shape, widths, lines }
}

/// Counts the columns that the longest of what is said of households takes.
fn longest(shown: &[Face], said: impl Fn(&Face) -> String) -> u16 {
    shown.iter().map(|face| columns(&said(face))).max().unwrap_or(0)
}

/// Lets who was meant begin where the kind of the others does, with what the standing does not need.
fn with_room_for_whose(
    canvas: &Canvas<'_>,
    shown: &[Face],
    shape: &Shape,
    mut widths: Vec<Option<u16>>,
) -> Vec<Option<u16>> {
    let lang = canvas.desk.lang;
    let at = shape.parts.iter().position(|part| matches!(part, Part::WhoAndKind));
    let need = longest(shown, |face| face.who.say(lang)) + 1;
    let need = need + longest(shown, |face| face.meant.as_ref().map_or_else(String::new, |meant| whose(meant, lang)));
    let spare = widths.last().copied().flatten().unwrap_or(0);
    let spare = spare.saturating_sub(longest(shown, |face| canvas.say(&face.standing)));
    if let Some(Some(who)) = at.and_then(|at| widths.get_mut(at)) {
        let more = need.saturating_sub(*who).min(spare);
        *who += more;
        if let Some(Some(standing)) = widths.last_mut() {
            *standing -= more;
        }
    }
    widths
}

/// Says in every line where the household is, in columns that all of them keep, where that is a cell of several words. It takes
/// what the standing behind it does not need.
fn addressed<'a>(
    canvas: &Canvas<'_>,
    shown: &'a [Face],
    namesakes: &[Namesakes<'_>],
    shape: &Shape,
    (widths, lines): (&mut [Option<u16>], &mut [Vec<Cell>]),
) {
    let lang = canvas.desk.lang;
    let found = shape.parts.iter().enumerate().find_map(|(at, part)| match part {
        Part::Address(words) => Some((at, *words, false)),
        Part::MeantAt(words) => Some((at, *words, true)),
        _ => None,
    });
    let Some((at, words, beside_meant)) = found else { return };
    let usual = widths.get(at).copied().flatten().unwrap_or(0);
    let others = widths.iter().rev().skip(1).flatten().map(|width| width + GAP).sum::<u16>().saturating_sub(usual);
    let free = canvas.width().saturating_sub(SIGN + others);
    let wide = free.saturating_sub(longest(shown, |face| canvas.say(&face.standing))).max(usual);
    let most = free.saturating_sub(longest(shown, |face| hour_alone(canvas, face))).max(wide);
    let told = |(face, namesakes): (&'a Face, &Namesakes<'_>)| told(face, namesakes, lang);
    let told: Vec<Told<'_>> = shown.iter().zip(namesakes).map(told).collect();
    let is_told = |told: &&Told<'_>| !beside_meant || told.face.meant.is_none();
    let rows: Vec<Told<'_>> =
        told.iter().filter(is_told).map(|told| Told { face: told.face, own: told.own.clone() }).collect();
    let address = Address::of(&rows, words, Rooms { usual, wide, most }, lang);
    let room = usual.max(address.width());
    let standing = free.saturating_sub(room);
    for (told, cells) in told.iter().zip(lines) {
        let said = if is_told(&told) { address.say(told) } else { meant_at(told.face, words, lang, room) };
        if let Some((text, _)) = cells.get_mut(at) {
            *text = said;
        }
        if let Some((text, _)) = cells.last_mut() {
            *text = self::standing(canvas, told.face, standing);
        }
    }
    if let Some(width) = widths.get_mut(at) {
        *width = Some(room);
    }
    if let Some(width) = widths.last_mut() {
        *width = Some(standing);
    }
}

/// Takes a household with what it is called where that tells it from its namesakes, unless the line says so elsewhere; of two that
/// nothing tells apart, with that.
fn told<'a>(face: &'a Face, namesakes: &Namesakes<'_>, lang: Lang) -> Told<'a> {
    if face.twice {
        return Told { face, own: TWICE.get(lang).to_owned() };
    }
    let is_meant = face.meant.as_ref().is_some_and(|meant| meant.name == face.known_as);
    let own = namesakes.own(&[Word::KnownAs]).filter(|_| !is_meant).unwrap_or_default();
    Told { face, own }
}

/// Says who of a household was meant, and where it is as far as there is room.
fn meant_at(face: &Face, words: &[Word], lang: Lang, room: u16) -> String {
    let meant = face.meant.as_ref().map(|meant| whose(meant, lang)).unwrap_or_default();
    let place = |words: &[Word]| joined(&words.iter().map(|word| word.of(face, lang)).collect::<Vec<_>>());
    let places = (0..words.len()).filter_map(|first| words.get(first..)).map(place);
    let mut said = places.map(|place| joined(&[meant.clone(), place]));
    said.find(|said| columns(said) <= room).unwrap_or(meant)
}

/// Lets a long name, as companies have, take what the column beside it leaves blank before its first word; all other words stay
/// where they are.
fn with_room_for_name(widths: &[Option<u16>], cells: &[Cell]) -> (Vec<Option<u16>>, Vec<Cell>) {
    let (mut widths, mut cells) = (widths.to_vec(), cells.to_vec());
    if let ([Some(name), Some(beside), ..], [(head, _), (who, _), ..]) = (widths.as_mut_slice(), cells.as_mut_slice()) {
        let said = who.trim_start();
        let blank = if said.is_empty() { *beside } else { columns(who) - columns(said) };
        let more = columns(head).saturating_sub(*name).min(blank).min(*beside);
        *who = who.chars().skip(usize::from(more)).collect();
        (*name, *beside) = (*name + more, *beside - more);
    }
    (widths, cells)
}

/// Says a part of a line; `who` is what the longest sex and age of the list take.
fn cell(canvas: &Canvas<'_>, face: &Face, part: Part, namesakes: &Namesakes<'_>, (room, who): (u16, u16)) -> Cell {
    let lang = canvas.desk.lang;
    let text = match part {
        Part::Head => return (face.head.clone(), Look::Strong),
        Part::Plain(word) => word.of(face, lang),
        Part::WhoAndKind => who_and_kind(face, lang, room, who),
        Part::Kind => face.kind.say(lang),
        Part::KnownAs => {
            let said = face.meant.as_ref().map_or_else(|| face.known_as.clone(), |meant| whose(meant, lang));
            if face.twice {
                return (joined(&[TWICE.get(lang).to_owned(), said]), Look::Plain);
            }
            return (said, Look::Dim);
        }
        // What has several words is said of all lines together; a blank keeps its column.
        Part::Address(_) | Part::MeantAt(_) => " ".to_owned(),
        Part::OneOf(words) => match &face.meant {
            // Who was meant may live behind two doors of one name.
            Some(meant) => namesakes.own(&[Word::Place]).unwrap_or_else(|| meant.name.clone()),
            None if face.twice => TWICE.get(lang).to_owned(),
            None => namesakes.own(words).or_else(|| words.first().map(|word| word.of(face, lang))).unwrap_or_default(),
        },
        Part::Standing => standing(canvas, face, room),
    };
    (text, Look::Plain)
}

/// Says sex and age, and behind them who was meant or the kind, which begin in one column in all lines.
fn who_and_kind(face: &Face, lang: Lang, room: u16, widest: u16) -> String {
    let who = face.who.say(lang);
    let before = if widest == 0 { String::new() } else { format!("{} ", padded(&who, widest)) };
    let left = room.saturating_sub(columns(&before));
    if let Some(meant) = &face.meant {
        let whose = whose(meant, lang);
        // A name behind sex and age alone reads as the name of somebody of that age.
        return if columns(&whose) > left { whose } else { format!("{before}{whose}") };
    }
    // A kind is said whole, or not at all: not where the name of a company needs its room.
    let is_free = !who.is_empty() || columns(&face.head) <= NAME + columns(&before);
    let kind = Some(face.kind.say(lang)).filter(|kind| is_free && columns(kind) <= left && !kind.is_empty());
    kind.map_or(who, |kind| format!("{before}{kind}"))
}

/// Says how a household stands; where that does not fit and somebody is to come again, when: the hour is never cut. Else the
/// minutes go first, then the day.
fn standing(canvas: &Canvas<'_>, face: &Face, room: u16) -> String {
    let (said, now) = (canvas.say(&face.standing), canvas.desk.now.wall_ms);
    let Some(at) = face.due.filter(|_| columns(&said) > room) else { return without_numbers(said, room) };
    let shorter = [
        hour_alone(canvas, face),
        joined(&[face.whose.clone(), canvas.say(&when(at, now))]),
        canvas.say(&when(at, now)),
        format!("{} {}", local::short_day(at), local::clock(at)),
    ];
    shorter.into_iter().find(|said| columns(said) <= room).unwrap_or(said)
}

/// Says when somebody is to come, where it says so; else how the household stands.
fn hour_alone(canvas: &Canvas<'_>, face: &Face) -> String {
    let due = |at| canvas.say(&due_words(at, &face.whose, canvas.desk.now.wall_ms));
    face.due.map_or_else(|| canvas.say(&face.standing), due)
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
