//! Nearby: what others of the village said about the same thing, on the pages of a visit and a talk, and what a sentence becomes
//! that is put down as one more of theirs.

use std::collections::BTreeSet;

use crate::app::Nearby;
use crate::domain::entry::{Entry, IssueLine};
use crate::domain::similar::Words;
use crate::domain::{Class, Field, Issue, Kind, Name, local};
use crate::hanzi::clean;
use crate::text::{Said, Text, t};
use crate::ui::canvas::{Canvas, columns, wrap, wrap_cut};
use crate::ui::desk::Desk;
use crate::ui::list::List;
use crate::ui::theme::Look;

use super::visit::story::Spoken;

const COVERED: Text = t("已遮挡, Ctrl-B 再按一次才看得到.", "Covered; Ctrl-B once more shows it.");

const NOBODY: Text = t("村里还没有人说过类似的.", "Nobody in the village has said so yet.");

const A_NOTE: Text =
    t("那一条是备注, 没有归类; 这一句照常记.", "That one is a note and not classed; put this one down as usual.");

const JOINS_ONCE_TOLD: Text =
    t("写上当场怎么解决的, 就记作同一件事.", "Say how it was solved, and it is put down as the same thing.");

pub const STILL_JOINED: Text = t(
    "这一句还是记作同一件事; 改了字就另算.",
    "It is still put down as the same thing; reworded it is a thing of its own.",
);

const TWICE: Text = t(
    "已经和那件记作同一件事了, 没有再记一次; 另有要说的, 按 Enter 照常记.",
    "It was put down as the same thing before and is not once more; what else was said goes down with Enter.",
);

/// Says what Enter does: what was typed goes before what the other one is.
fn enter_joins(entry: &Entry) -> Text {
    if is_classed(entry) {
        t(
            "Enter 记作同一件事, 照这句前面写的归类; 各户各自答复.",
            "Enter: the same thing, classed as typed; each household is answered.",
        )
    } else {
        t(
            "Enter 记作同一件事, 照那件归类; 各户各自答复.",
            "Enter: the same thing, classed as that one; each household is answered.",
        )
    }
}

/// Says what Enter does with the selected sentence, which may be no issue.
pub fn enter(all: &[&Nearby], list: &List, desk: &Desk, entry: &Entry) -> Text {
    chosen(all, list, desk).err().unwrap_or_else(|| enter_joins(entry))
}

/// Says what was done.
fn has_joined(entry: &Entry) -> Text {
    if is_classed(entry) {
        t(
            "记作同一件事, 照写的归类; 各户各自答复.",
            "Put down as the same thing, classed as typed; each household is answered.",
        )
    } else {
        t(
            "记作同一件事, 照那件归类; 各户各自答复.",
            "Put down as the same thing, classed as that one; each household is answered.",
        )
    }
}

fn is_classed(entry: &Entry) -> bool {
    matches!(entry, Entry::Issue(_))
}

/// Gives the sentences that are about the same thing as an entry and that somebody else said.
pub fn alike<'a>(said: impl IntoIterator<Item = &'a Nearby>, entry: &Entry, own: &[Name]) -> Vec<&'a Nearby> {
    let (Entry::Note(text) | Entry::Issue(IssueLine { text, .. }) | Entry::Unfielded(text)) = entry else {
        return Vec::new();
    };
    let words = Words::of(text);
    let is_others = |nearby: &Nearby| nearby.households.is_empty() || others(nearby, own).next().is_some();
    said.into_iter().filter(|nearby| is_others(nearby) && nearby.words.is_like(&words)).collect()
}

fn others<'a>(nearby: &'a Nearby, own: &'a [Name]) -> impl Iterator<Item = Name> + 'a {
    nearby.households.iter().copied().filter(|household| !own.contains(household))
}

/// How many households said something alike, and with which keys it is seen: in a sentence, and in as few words as say it.
#[derive(Debug, Clone)]
pub struct Echo {
    sentence: Said,
    short: Said,
}

/// Says how many households said something alike; nothing where nobody did.
pub fn echo(alike: &[&Nearby], own: &[Name], keys: Text) -> Option<Echo> {
    let households: BTreeSet<Name> = alike.iter().flat_map(|nearby| others(nearby, own)).collect();
    let (sentence, short) = match households.len() {
        0 if alike.is_empty() => return None,
        0 => (
            t("全村也说过类似的 ({keys})", "the village said so too ({keys})"),
            t("全村说过 ({keys})", "the village too ({keys})"),
        ),
        _ => (t("{n}户也说过类似的 ({keys})", "{n} said so too ({keys})"), t("{n}户说过 ({keys})", "{n} too ({keys})")),
    };
    let say = |words: Text| words.with("n", households.len()).with_words("keys", keys);
    Some(Echo { sentence: say(sentence), short: say(short) })
}

/// The blanks between what an entry becomes and what others said, and where there is little room.
const GAP: u16 = 4;
const NARROW_GAP: u16 = 2;
/// Fewer columns of what an entry becomes say nothing.
const FEWEST: u16 = 10;
/// On fewer columns what an entry becomes comes first, and takes a row more where it is to be told whole.
const NARROW: u16 = 60;

/// Gives the rows that the line below needs for what an entry becomes and what others said: a second one only on a narrow terminal,
/// where not even the shortest of `said` has room beside the latter.
pub fn rows_below(canvas: &Canvas<'_>, x: u16, said: &[Said], echo: Option<&Echo>) -> u16 {
    let room = canvas.width().saturating_sub(x);
    let beside = echo.map_or(0, |echo| NARROW_GAP + columns(&canvas.say(&echo.short)));
    let fits = |said: &Said| columns(&canvas.say(said)) + beside <= room;
    if canvas.width() < NARROW && !said.iter().any(fits) { 2 } else { 1 }
}

/// Writes what an entry becomes and what others said of it: the latter in few words where the day of an answer would be cut, and
/// whole, as it names its key; the former as long as there is room for, `said` from the longest on. On a narrow terminal the former
/// comes first, and the latter has what is left.
pub fn draw_below(canvas: &mut Canvas<'_>, x: u16, y: u16, rows: u16, said: &[Said], echo: Option<&Echo>) {
    let said: Vec<String> = said.iter().map(|said| canvas.say(said)).collect();
    let whole = said.first().map_or("", String::as_str);
    // What does not fit even so is cut there.
    let shortest = said.last().map_or("", String::as_str);
    let fitting = |room: u16| said.iter().map(String::as_str).find(|said| columns(said) <= room);
    let room = canvas.width().saturating_sub(x);
    if rows > 1 {
        let echo = echo.map(|echo| [&echo.sentence, &echo.short].map(|said| canvas.say(said)));
        let told = |said: &String| in_rows(said, echo.as_ref(), room);
        let fits = |lines: &Vec<String>| lines.len() <= usize::from(rows);
        let lines = said
            .iter()
            .map(told)
            .find(fits)
            .unwrap_or_else(|| wrap_cut(shortest, usize::from(room), usize::from(rows)));
        for (row, line) in (y..).zip(lines) {
            canvas.write(x, row, line, Look::Dim);
        }
        return;
    }
    let Some(echo) = echo else {
        canvas.write_clauses(x, y, room, fitting(room).unwrap_or(shortest), Look::Dim);
        return;
    };
    let sentence = canvas.say(&echo.sentence);
    let fits = columns(whole) + GAP + columns(&sentence) <= room;
    let (echo, gap) = if fits { (sentence, GAP) } else { (canvas.say(&echo.short), NARROW_GAP) };
    let left = room.saturating_sub(gap + columns(&echo));
    let beside = fitting(left);
    let said = if canvas.width() < NARROW { beside.or_else(|| fitting(room)) } else { beside }.unwrap_or(shortest);
    let said = match (beside.is_some(), canvas.width() < NARROW) {
        (false, true) => in_whole_words(said, room),
        _ if left < FEWEST => String::new(),
        _ => in_whole_words(said, left),
    };
    let x = if said.is_empty() { x } else { canvas.write(x, y, said, Look::Dim) + gap };
    // Without its key it says nothing that helps.
    if x.saturating_add(columns(&echo)) <= canvas.width() || canvas.width() >= NARROW {
        canvas.write_cut(x, y, room, &echo, Look::Dim);
    }
}

/// Gives the rows of what an entry becomes, with what others said, long and short, behind its end or in a row of its own.
fn in_rows(said: &str, echo: Option<&[String; 2]>, room: u16) -> Vec<String> {
    let mut rows = wrap(said, usize::from(room));
    let Some([sentence, short]) = echo else { return rows };
    match rows.last_mut() {
        Some(last) if columns(last) + NARROW_GAP + columns(short) <= room => *last = format!("{last}  {short}"),
        _ => rows.push(if columns(sentence) <= room { sentence } else { short }.clone()),
    }
    rows
}

/// Gives as many whole words as fit.
fn in_whole_words(said: &str, room: u16) -> String {
    if columns(said) <= room {
        return said.to_owned();
    }
    let ends = said.match_indices(' ').map(|(at, _)| at);
    let words = ends.filter_map(|at| said.get(..at)).take_while(|words| columns(words) < room).last();
    words.map_or_else(String::new, |words| format!("{}~", words.trim_end()))
}

/// Gives what an entry is where it is about the same thing as an issue: as it was classed, and as that is where it was not.
fn classed(entry: Entry, theirs: &Issue) -> Option<IssueLine> {
    match entry {
        Entry::Issue(issue) => Some(issue),
        Entry::Note(text) | Entry::Unfielded(text) => Some(as_theirs(theirs, text)),
        _ => None,
    }
}

fn as_theirs(theirs: &Issue, text: String) -> IssueLine {
    let class = Class::from_word(&theirs.class).filter(|class| *class != Class::OnSite);
    IssueLine {
        field: Field::from_word(&theirs.field).unwrap_or(Field::Other),
        class: class.unwrap_or(Class::General),
        kind: Kind::from_word(&theirs.kind).filter(|kind| *kind != Kind::Stock).unwrap_or(Kind::Problem),
        confidential: false,
        text,
    }
}

/// Opens the list of what others said.
///
/// # Errors
/// Why it does not open.
pub fn opened(all: &[&Nearby], desk: &Desk) -> Result<List, Text> {
    match (desk.covered, all.is_empty()) {
        (true, _) => Err(COVERED),
        (false, true) => Err(NOBODY),
        (false, false) => Ok(List::new()),
    }
}

/// Gives the issue that the selected sentence became, which is joined.
///
/// # Errors
/// Why there is none to join.
fn chosen(all: &[&Nearby], list: &List, desk: &Desk) -> Result<Issue, Text> {
    opened(all, desk)?;
    let nearby = all.get(list.selected().min(all.len().saturating_sub(1)));
    nearby.and_then(|nearby| nearby.issue.clone()).ok_or(A_NOTE)
}

/// A sentence that is the same thing as what somebody else said.
pub struct Joined {
    /// How it is put down.
    pub issue: IssueLine,
    /// The issue that it is one with.
    pub with: Name,
    /// What is said of it.
    pub said: Text,
}

/// Takes the selected sentence to be the same thing as what is typed, and the households that say it; nothing where that is none
/// to be put down.
///
/// # Errors
/// Why it is not joined.
pub fn join(
    all: &[&Nearby],
    list: &List,
    typed: Option<(Entry, Vec<Name>)>,
    desk: &Desk,
) -> Result<Option<Joined>, Text> {
    let theirs = chosen(all, list, desk)?;
    let Some((entry, households)) = typed else { return Ok(None) };
    if desk.session.house().is_some_and(|house| house.has_said(&households, &theirs).unwrap_or_default()) {
        return Err(TWICE);
    }
    let said = has_joined(&entry);
    Ok(classed(entry, &theirs).map(|issue| {
        let said = if issue.on_site() { JOINS_ONCE_TOLD } else { said };
        Joined { issue, with: theirs.name, said }
    }))
}

/// Draws the sentences that are alike: when, how it is classed, the words; not whose, as neighbours sit at the table. Nothing of
/// them where the page was covered since they were opened.
pub fn draw(all: &[&Nearby], list: &List, canvas: &mut Canvas<'_>, y: u16, rows: u16) {
    if canvas.desk.covered {
        canvas.write_told(2, y, rows.min(2), canvas.words(COVERED), Look::Dim);
        return;
    }
    for (row, index) in (y..).zip(list.shown(canvas, all.len(), rows)) {
        let Some(nearby) = all.get(index) else { continue };
        let selected = list.is_selected(index, all.len());
        canvas.write(0, row, if selected { ">" } else { " " }, Look::Accent);
        let x = canvas.write(2, row, local::short_day(nearby.at), Look::Dim).max(7) + 2;
        let label = Spoken::of(nearby.line, nearby.at, "", nearby.issue.clone()).label(true);
        let label = canvas.say(&label);
        let x = canvas.write(x, row, &label, Look::Dim).max(x + 10) + 2;
        let room = canvas.width().saturating_sub(x);
        let text = canvas.typed(&nearby.text);
        canvas.write_cut(x, row, room, &clean::line(&text), Look::Plain);
        if selected {
            canvas.look(row, Look::Bar);
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::{A_NOTE, COVERED, NOBODY, chosen, draw, draw_below, echo, opened, rows_below};
    use crate::app::Nearby;
    use crate::domain::entry::{Entry, Length, parse, preview};
    use crate::domain::local::read_day;
    use crate::domain::similar::Words;
    use crate::domain::{Calendar, DeadlineRules, Name};
    use crate::text::{Lang, t};
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;
    use crate::ui::list::List;

    // Ctrl-B covered the page and what the neighbours had said stayed, with the whole village in the room.
    #[test]
    fn covered_it_shows_nothing_that_was_said() {
        let (text, words) = ("机井坏了".to_owned(), Words::of("机井坏了"));
        let said = Nearby { line: Name::new(1, 1), households: Vec::new(), at: 0, text, words, issue: None };
        let shown = |covered: bool| {
            let (mut desk, area) = (Desk::for_tests(), Rect::new(0, 0, 80, 5));
            desk.covered = covered;
            let mut buffer = Buffer::empty(area);
            draw(&[&said], &List::new(), &mut Canvas::new(&mut buffer, &mut None, area, &desk), 0, 5);
            lines(&buffer).join("\n")
        };
        assert!(shown(false).contains("机井坏了"), "{}", shown(false));
        assert!(!shown(true).contains("机井") && shown(true).contains("已遮挡"), "{}", shown(true));
    }

    // `1户也说过类似的 (~` stood there at 80 columns: the key was what somebody had to know.
    #[test]
    fn what_others_said_is_whole_with_its_key_whatever_else_there_is_to_say() {
        let households = (1..=12).map(|seq| Name::new(2, seq)).collect();
        let (text, words) = ("机井坏了".to_owned(), Words::of("机井坏了"));
        let theirs = Nearby { line: Name::new(1, 1), households, at: 0, text, words, issue: None };
        let alike = [&theirs];
        let said = t("农业农村 一般, 时限 6月1日", "agriculture and rural affairs general, to be answered by June 1st");
        let echo = echo(&alike, &[], t("Tab, Down 看", "Tab, Down")).unwrap();
        for (width, lang, shown) in [
            (80, Lang::Zh, "    农业农村 一般, 时限 6月1日    12户也说过类似的 (Tab, Down 看)"),
            (80, Lang::En, "    agriculture and rural affairs general, to be answered~  12 too (Tab, Down)"),
            (60, Lang::Zh, "    农业农村 一般, 时限 6月1日  12户说过 (Tab, Down 看)"),
            // What it becomes comes first there.
            (40, Lang::Zh, "    农业农村 一般, 时限 6月1日"),
            (40, Lang::En, "    agriculture and rural affairs~"),
        ] {
            let (mut desk, area) = (Desk::for_tests(), Rect::new(0, 0, width, 1));
            desk.lang = lang;
            let mut buffer = Buffer::empty(area);
            let mut cursor = None;
            let mut canvas = Canvas::new(&mut buffer, &mut cursor, area, &desk);
            draw_below(&mut canvas, 4, 0, 1, &[said.into()], Some(&echo));
            assert_eq!(lines(&buffer).join(""), shown);
        }
    }

    // `plan by 4 Dec~  1 too (Down)` stood there: the day of the answer was gone. In the last days of a year both name the next one,
    // and there is no room for both.
    #[test]
    fn beside_what_others_said_both_days_stay_whatever_the_class() {
        let (text, words) = ("机井坏了".to_owned(), Words::of("机井坏了"));
        let households = (1..=12).map(|seq| Name::new(2, seq)).collect();
        let theirs = Nearby { line: Name::new(1, 1), households, at: 0, text, words, issue: None };
        let (alike, rules, mut looked) = ([&theirs], DeadlineRules::default(), 0);
        let echo = echo(&alike, &[], t("Down 看", "Down")).unwrap();
        let mut desk = Desk::for_tests();
        for lang in [Lang::Zh, Lang::En] {
            desk.lang = lang;
            for today in read_day("2021-01-04").unwrap().iter_days().step_by(27).take(80) {
                for signs in ["", "*", "+", "+*", "++", "++*", "~", "~*"] {
                    let entry = parse(&format!("4{signs} 机井坏了"));
                    let said = Length::ALL.map(|length| preview(&entry, length, today, Calendar::built_in(), &rules));
                    let area = Rect::new(0, 0, 80, 1);
                    let mut buffer = Buffer::empty(area);
                    draw_below(&mut Canvas::new(&mut buffer, &mut None, area, &desk), 4, 0, 1, &said, Some(&echo));
                    let shown = lines(&buffer).join("");
                    let Entry::Issue(issue) = &entry else { panic!("{entry:?}") };
                    for due in rules.of_issue(issue.kind, issue.class, today, Calendar::built_in()).iter() {
                        let said = [due.said(today), due.said_briefly(today)].map(|said| said.say(lang));
                        assert!(said.iter().any(|said| shown.contains(said)), "{today} 4{signs}: {shown}");
                        looked += 1;
                    }
                    let hidden = t("保密", "confidential").get(lang);
                    assert_eq!(shown.contains(hidden), issue.confidential, "{today} 4{signs}: {shown}");
                    assert!(shown.contains("12") && shown.ends_with(&t("(Down 看)", "(Down)").get(lang)), "{shown}");
                }
            }
        }
        assert_eq!(looked, 2 * 80 * 14);
    }

    // `3 沈静、7~  1户说过 (Tab, Down 看)` stood there: what was recorded, and by when it is answered, nobody saw.
    #[test]
    fn on_a_narrow_terminal_a_second_row_keeps_who_class_and_days_beside_what_others_said() {
        let (text, words) = ("机井坏了".to_owned(), Words::of("机井坏了"));
        let theirs =
            Nearby { line: Name::new(1, 1), households: vec![Name::new(2, 1)], at: 0, text, words, issue: None };
        let (alike, rules, desk) = ([&theirs], DeadlineRules::default(), Desk::for_tests());
        let echo = echo(&alike, &[], t("Tab, Down 看", "Tab, Down")).unwrap();
        let today = read_day("2026-11-29").unwrap();
        for (line, shown) in [
            ("4++* 机井坏了", ["    农业农村 重大 保密  方案 12-4  回复", "    2027-1-29  1户说过 (Tab, Down 看)"]),
            ("4? 机井坏了", ["    建议  不设时限, 采纳与否都答复本人", "    1户也说过类似的 (Tab, Down 看)"]),
            ("机井坏了", ["    备注    Tab 归类: 4农业农村?", "    1户也说过类似的 (Tab, Down 看)"]),
        ] {
            let said = Length::ALL.map(|length| preview(&parse(line), length, today, Calendar::built_in(), &rules));
            let area = Rect::new(0, 0, 40, 2);
            let (mut buffer, mut cursor) = (Buffer::empty(area), None);
            let mut canvas = Canvas::new(&mut buffer, &mut cursor, area, &desk);
            let rows = rows_below(&canvas, 4, &said, Some(&echo));
            draw_below(&mut canvas, 4, 0, rows, &said, Some(&echo));
            assert_eq!(lines(&buffer), shown, "{line}");
        }
    }

    #[test]
    fn nothing_is_joined_that_is_not_seen_or_is_no_issue() {
        let (text, words) = ("机井坏了".to_owned(), Words::of("机井坏了"));
        let note = Nearby { line: Name::new(1, 1), households: Vec::new(), at: 0, text, words, issue: None };
        let mut desk = Desk::for_tests();
        assert_eq!((opened(&[], &desk), opened(&[&note], &desk)), (Err(NOBODY), Ok(List::new())));
        assert_eq!(chosen(&[&note], &List::new(), &desk), Err(A_NOTE));
        desk.covered = true;
        assert_eq!((opened(&[&note], &desk), chosen(&[&note], &List::new(), &desk)), (Err(COVERED), Err(COVERED)));
    }
}
