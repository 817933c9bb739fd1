//! Picture: how a talk is drawn: the dial, who is there with their numbers, what was said, and the line.

use super::adding::Here;
use super::guests::{self, WHOLE_VILLAGE, called};
use super::who::written;
use super::{Mode, Talk, dial};
use crate::app::{Face, Gathering, Utterance};
use crate::domain::entry::{Entry, Length, parse};
use crate::domain::timer::minutes_seconds;
use crate::domain::{choice, local};
use crate::text::{Lang, Said, Text, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::desk::Desk;
use crate::ui::frame::{self, HOUR_STAYS, Header};
use crate::ui::giving_way::{self, Row, people_in_few};
use crate::ui::glance;
use crate::ui::screens::alike::{ENDED, WHAT_WAS_DONE};
use crate::ui::screens::lookup::lines;
use crate::ui::screens::nearby::Echo;
use crate::ui::screens::visit::picture::foreseen;
use crate::ui::screens::visit::{story::Spoken, strip};
use crate::ui::screens::{entry_row, nearby};
use crate::ui::theme::Look;

/// The column where the line begins, behind its sign.
const LINE: u16 = 4;
/// The columns of who said a line at most, and where namesakes are among them; on a wide terminal names are whole.
const SPEAKER: u16 = 9;
const WIDE_SPEAKER: u16 = 21;
/// The rows of the table of those present at most, where what was said needs the others; more go on beside the pointer. A tall page
/// has more of them.
const GUEST_ROWS: u16 = 5;
const TALL_GUEST_ROWS: u16 = 12;

/// Draws the header: which talk, how many came, how long it goes on.
pub(super) fn header(gathering: Option<&Gathering>, desk: &Desk) -> Header {
    let Some(gathering) = gathering else { return Header::of(desk) };
    let talk = &gathering.talk;
    let kind = choice::name_of(choice::TALK_KINDS, &talk.kind).unwrap_or(t("", ""));
    let words = t("{kind}  {village} {place}", "{kind}  {village} {place}");
    let of_place = |words: Text, place: &str| {
        let said = Said::from(words).with("village", &talk.village).with("place", place);
        said.with_words("kind", kind).with("time", local::clock(talk.started)).say(desk.lang).trim_end().to_owned()
    };
    // Of one entered later the day stands below, with its time.
    let begun = t("{kind}  {village} {place}  {time} 开始", "{kind}  {village} {place}  since {time}");
    let begun = of_place(if talk.lasted_ms.is_none() { begun } else { words }, &talk.place);
    let (left, head) = (of_place(words, &talk.place), of_place(words, ""));
    let came = t("到场 {n} 户", "{n} came").with("n", gathering.present.len()).say(desk.lang);
    let (saved, clock) = (frame::saved(desk), local::clock(desk.now.wall_ms));
    let (people, in_few) = (talk.visitors.join(" "), people_in_few(&talk.visitors).say(desk.lang));
    let [waits, briefly] = frame::waiting_in_full_and_briefly(desk);
    let with = |people: &str, waits: &str| {
        frame::apart(&[came.clone(), people.to_owned(), clock.clone(), waits.to_owned(), saved.clone()])
    };
    // When it began is the first to go, as the dial says how long it goes on, then the days that it waits for a stick, then of several
    // visitors all but one, the end of the place, the visitors, the hour.
    let rows = [
        Row::whole(&begun, with(&people, &waits)),
        Row::whole(&begun, with(&people, &briefly)),
        Row::whole(&left, with(&people, &waits)),
        Row::whole(&left, with(&people, &briefly)),
        Row::whole(&left, with(&in_few, &briefly)),
        Row::from_head(&left, &head, with(&in_few, &briefly)),
        Row::from_head(&left, &head, with("", &briefly)),
        Row::cut(&left, with("", &briefly)),
        Row::cut(&left, frame::apart(&[came.clone(), briefly.clone(), saved.clone()])),
        Row::cut(&left, frame::apart(&[briefly.clone(), saved.clone()])),
    ];
    if desk.body.width >= HOUR_STAYS
        && let Some(header) = giving_way::first(rows, desk.body.width)
    {
        return header;
    }
    let rights = [
        with(&people, &waits),
        with(&people, &briefly),
        with(&people, ""),
        format!("{came}  {clock}  {saved}"),
        format!("{came}  {saved}"),
        saved.clone(),
    ];
    let fits = |left: &str, right: &str| columns(left) + columns(right) + 4 <= desk.body.width;
    let left = if fits(&begun, &with(&people, &briefly)) { begun } else { left };
    let right = frame::right_of(&left, rights, desk);
    Header { left, middle: String::new(), right }
}

/// Draws the page.
pub(super) fn draw(page: &Talk, canvas: &mut Canvas<'_>) {
    let Some(gathering) = &page.gathering else { return };
    let running = canvas.desk.session.running().filter(|running| running.visit == page.name);
    if let Some(running) = &running {
        dial::draw(running, gathering, canvas, 0);
    } else {
        let said = match (gathering.talk.ended, gathering.talk.lasted_ms) {
            (None, Some(ms)) => {
                t("补录  {day} {time}, 谈了 {minutes} 分", "entered later: {day} {time}, {minutes} min")
                    .with("day", local::short_day(gathering.talk.started))
                    .with("time", local::clock(gathering.talk.started))
                    .with("minutes", ms / 60_000)
            }
            _ => ENDED.into(),
        };
        canvas.write(6, 0, canvas.say(&said), Look::Strong);
    }
    let low = canvas.height() < 16;
    let top = if low { 1 } else { 2 };
    let foot = foot_rows(page, canvas);
    // A long line and the strip over it come first.
    let room = canvas.height().saturating_sub(foot + top);
    // What was said leaves them rows, on a low terminal two at least; while somebody is looked for who was found needs them.
    let spare = room.saturating_sub(u16::try_from(gathering.said.len()).unwrap_or(u16::MAX));
    let tall = entry_row::is_tall(canvas.height());
    let most = if tall { TALL_GUEST_ROWS } else { GUEST_ROWS };
    let most = if low {
        spare.max(2).min(most)
    } else if tall || is_opened(page) {
        most
    } else {
        spare.saturating_sub(1).max(most)
    };
    let used = guests::draw(gathering, page.pointed, canvas, top, room.min(most));
    let y = top + used + u16::from(!low);
    let height = canvas.height();
    let said = u16::try_from(gathering.said.len()).unwrap_or(u16::MAX);
    let follows = entry_row::is_tall(canvas.desk.body.height);
    let row = entry_row::of(follows, y.saturating_add(said), height.saturating_sub(foot));
    if let Some((below, rows)) = entry_row::opened(follows, height, row, foot) {
        draw_said(page, &gathering.said, canvas, y, row.saturating_sub(y));
        draw_found(page, canvas, below, rows);
    } else if !draw_found(page, canvas, y, row.saturating_sub(y)) {
        draw_said(page, &gathering.said, canvas, y, row.saturating_sub(y));
    }
    draw_foot(page, canvas, row);
}

/// Tells whether a list is open for a moment.
fn is_opened(page: &Talk) -> bool {
    page.is_adding() || matches!(page.mode, Mode::Nearby(_))
}

/// Draws the list that is open for a moment: who may be meant, or what others said. Tells whether there is one.
fn draw_found(page: &Talk, canvas: &mut Canvas<'_>, y: u16, rows: u16) -> bool {
    if page.is_adding() {
        let width = canvas.width();
        if page.adding.faces.is_empty() && !page.adding.is_busy() {
            canvas.write(2, y, canvas.words(t("没有对上的户.", "No household matches.")), Look::Dim);
        }
        lines::draw(&mut canvas.part(0, y, width, rows), &marked(page), &page.adding.list);
        return true;
    }
    let Mode::Nearby(list) = &page.mode else { return false };
    nearby::draw(&page.alike(), list, canvas, y, rows);
    true
}

/// Gives the lines of those found; of who came it says that, and of who left.
fn marked(page: &Talk) -> Vec<Face> {
    let mark = |face: &Face| match page.adding.here(face.name) {
        Here::No => face.clone(),
        Here::Left => Face { standing: t("走", "left").into(), ..face.clone() },
        Here::Yes => Face { standing: t("已到", "here").into(), ..face.clone() },
    };
    page.adding.faces.iter().map(mark).collect()
}

/// Says who said something: their numbers and names, or the village; the number alone where there is little room. Of what is
/// confidential nobody in the square reads who said it.
fn speakers(page: &Talk, utterance: &Utterance, narrow: bool, canvas: &Canvas<'_>) -> String {
    if is_confidential(utterance) {
        return canvas.words(if narrow { t("*", "*") } else { t("* 保密", "* hidden") }).to_owned();
    }
    if utterance.speakers.is_empty() {
        return canvas.words(if narrow { t("0", "0") } else { WHOLE_VILLAGE }).to_owned();
    }
    let guests = page.gathering.as_ref().map(|gathering| gathering.present.as_slice()).unwrap_or_default();
    let name = |number: &u16| {
        let guest = guests.iter().find(|guest| guest.presence.number == *number);
        let called = guest.map_or_else(String::new, |guest| called(guests, guest, canvas.desk.lang));
        if narrow { number.to_string() } else { format!("{number} {called}") }
    };
    match utterance.speakers.as_slice() {
        [one] => name(one),
        many => many.iter().map(u16::to_string).collect::<Vec<_>>().join(","),
    }
}

fn is_namesake(page: &Talk, number: u16) -> bool {
    let guests = page.gathering.as_ref().map(|gathering| gathering.present.as_slice()).unwrap_or_default();
    let own = guests.iter().find(|guest| guest.presence.number == number);
    own.is_some_and(|own| guests.iter().filter(|guest| guest.face.head == own.face.head).count() > 1)
}

fn is_confidential(utterance: &Utterance) -> bool {
    utterance.issues.iter().flatten().any(|issue| issue.confidential)
}

fn draw_said(page: &Talk, said: &[Utterance], canvas: &mut Canvas<'_>, y: u16, rows: u16) {
    let changing = page.changing.as_ref().and_then(|changing| changing.0.lines.first());
    let last = said.len().saturating_sub(usize::from(rows));
    let at = said.iter().position(|utterance| changing.is_some() && utterance.lines.first() == changing);
    // The line that is changed stays in sight.
    let skip = at.map_or(last, |at| at.min(last));
    let shown: Vec<&Utterance> = said.iter().skip(skip).take(usize::from(rows)).collect();
    let short = canvas.width() < if canvas.desk.lang == Lang::En { 100 } else { 60 };
    // The time goes first where there is little room, then the names behind the numbers.
    let narrow = canvas.width() < 60;
    let spoken = |utterance: &&Utterance| {
        let issue = utterance.issues.first().cloned().flatten();
        Spoken::of(page.name, utterance.at, &utterance.text, issue)
    };
    let spoken: Vec<Spoken> = shown.iter().map(spoken).collect();
    let most = canvas.width() / 4 + 4;
    let labels = Spoken::labels(&spoken.iter().collect::<Vec<_>>(), short, most, canvas.desk.lang);
    let whos: Vec<String> = shown.iter().map(|utterance| speakers(page, utterance, narrow, canvas)).collect();
    let widest = |all: &[String], most: u16| all.iter().map(|one| columns(one)).max().unwrap_or(0).min(most);
    // Namesakes need more than a name and its number.
    let is_apart = |utterance: &&Utterance| utterance.speakers.iter().any(|number| is_namesake(page, *number));
    let who_most = match canvas.width() {
        width if width > guests::NARROW => width / 3,
        _ if shown.iter().any(is_apart) => WIDE_SPEAKER,
        _ => SPEAKER,
    };
    let (who_room, label_room) = (widest(&whos, who_most), widest(&labels, most));
    for (((row, utterance), label), who) in (y..).zip(&shown).zip(&labels).zip(&whos) {
        let issue = utterance.issues.first().cloned().flatten();
        let marked = changing.is_some() && utterance.lines.first() == changing;
        if marked {
            canvas.write(0, row, ">", Look::Accent);
        }
        let x = if narrow { 2 } else { canvas.write(2, row, local::clock(utterance.at), Look::Dim) + 2 };
        let x = canvas.write_cut(x, row, who_room, who, Look::Strong) + 2;
        let x = canvas.write_cut(x, row, label_room, label, if issue.is_some() { Look::Plain } else { Look::Dim }) + 2;
        let text = glance::said(canvas, &utterance.text);
        let room = canvas.width().saturating_sub(x);
        canvas.write_cut(x, row, room, &text, if marked { Look::Accent } else { Look::Plain });
    }
}

fn foot_rows(page: &Talk, canvas: &Canvas<'_>) -> u16 {
    let line = u16::try_from(page.field.shown(canvas.width().saturating_sub(LINE)).rows.len()).unwrap_or(1);
    let mode = match &page.mode {
        Mode::Strip(_, strip) => strip::rows(strip, canvas, LINE),
        Mode::How(..) => 1,
        Mode::Line | Mode::Nearby(_) => 0,
    };
    let (said, echo) = below_line(page, canvas.desk);
    line + mode + rows_below(page, &said, echo.as_ref(), canvas)
}

/// Gives the rows below the line: what somebody says is told whole, anything else has one.
fn rows_below(page: &Talk, said: &[Said], echo: Option<&Echo>, canvas: &Canvas<'_>) -> u16 {
    let is_told = match &page.mode {
        Mode::Strip(..) => true,
        Mode::Line => !page.is_adding() && !page.field.text().trim().is_empty() && page.who(page.field.text()).is_ok(),
        Mode::How(..) | Mode::Nearby(_) => false,
    };
    if is_told { nearby::rows_below(canvas, LINE, said, echo) } else { 1 }
}

/// Gives what stands below the line, from the longest on, and what others said: without the names of who speaks where there is no
/// room for them.
fn below_line(page: &Talk, desk: &Desk) -> (Vec<Said>, Option<Echo>) {
    let is_said = match &page.mode {
        Mode::Strip(..) => true,
        Mode::Line => matches!(page.who(page.field.text()), Ok((Some(_), _))),
        Mode::How(..) | Mode::Nearby(_) => false,
    };
    let lengths = [true, false].into_iter().flat_map(|named| Length::ALL.map(|length| (length, named)));
    let said = lengths.map(|(length, named)| below(page, length, named, desk)).collect();
    (said, page.echo().filter(|_| is_said && !desk.covered))
}

fn draw_foot(page: &Talk, canvas: &mut Canvas<'_>, y: u16) {
    let mut y = y;
    let room = canvas.width().saturating_sub(LINE);
    if let Mode::How(who, issue) = &page.mode {
        let written = written(who, &issue.written());
        let said = glance::said(canvas, &written).into_owned();
        canvas.write_cut(LINE, y, room, &said, Look::Dim);
        y += 1;
    }
    // In the list of what others said the cursor is on one of theirs.
    canvas.write(2, y, ">", if matches!(page.mode, Mode::Nearby(_)) { Look::Dim } else { Look::Strong });
    y += canvas.field(LINE, y, &page.field, matches!(page.mode, Mode::Line | Mode::How(..)));
    if let Mode::Strip(_, strip) = &page.mode {
        y += strip::draw(strip, canvas, LINE, y);
    }
    let (said, echo) = below_line(page, canvas.desk);
    let rows = rows_below(page, &said, echo.as_ref(), canvas);
    nearby::draw_below(canvas, LINE, y, rows, &said, echo.as_ref());
}

/// Says who is meant and what Enter would do.
fn below(page: &Talk, length: Length, named: bool, desk: &Desk) -> Said {
    let is_narrow = desk.body.width < 60;
    let names = |who: &[u16]| -> Said {
        let guests = page.gathering.as_ref().map(|gathering| gathering.present.as_slice()).unwrap_or_default();
        let all = who.iter().map(|number| {
            let guest = guests.iter().find(|guest| guest.presence.number == *number).filter(|_| named);
            guest.map_or_else(|| number.to_string(), |guest| format!("{number} {}", called(guests, guest, desk.lang)))
        });
        match who {
            [] => WHOLE_VILLAGE.into(),
            _ => t("{who}", "{who}").with("who", all.collect::<Vec<_>>().join("、")),
        }
    };
    let both = |who: &[u16], entry: &Entry| {
        Said::from(t("{who}   {what}", "{who}   {what}"))
            .with_words("who", names(who))
            .with_words("what", foreseen(entry, length, desk))
    };
    match &page.mode {
        Mode::How(..) => WHAT_WAS_DONE.into(),
        Mode::Strip(who, strip) => both(who, &strip.entry()),
        Mode::Nearby(list) => nearby::enter(&page.alike(), list, desk, &page.spoken().0).into(),
        Mode::Line if page.is_adding() => {
            let where_ = if page.adding.widened { t("各村", "all villages") } else { t("本村", "this village") };
            let words = match (page.adding.total, page.adding.faces.is_empty()) {
                (0, true) if is_narrow => t("{where}没有. Ctrl-N 新建.", "Nobody. Ctrl-N makes it."),
                (0, false) if is_narrow => t("找到的都到了.", "All of them are here."),
                (_, _) if is_narrow => t("{where}找到 {n} 户.", "{n} in {where}."),
                (0, true) => t(
                    "{where}没有找到这一户. Ctrl-N 新建, Esc 回去.",
                    "Not found in {where}. Ctrl-N makes it, Esc goes back.",
                ),
                (0, false) => {
                    t("{where}找到的都已经到了. Esc 回去.", "Who was found in {where} is there. Esc goes back.")
                }
                _ => t(
                    "{where}找到 {n} 户. Enter 加上选中的, Ctrl-A 全加, Esc 回去.",
                    "{n} in {where}. Enter adds the selected, Ctrl-A all, Esc goes back.",
                ),
            };
            words.with("n", page.adding.total).with_words("where", where_)
        }
        Mode::Line if page.field.text().trim().is_empty() => match page.pointed {
            Some(number) => {
                let words = if is_narrow {
                    t("{who} 说: 直接打字.", "{who} speaks: just type.")
                } else {
                    t(
                        "{who} 说: 直接打字. 上下键换人, 过了头谁也不指.",
                        "{who} speaks: just type. Up, Down: another, past the end nobody.",
                    )
                };
                Said::from(words).with_words("who", names(&[number]))
            }
            None if is_narrow => t("5# 谁说的, 3,7# 几户, 0# 全村", "5# who, 3,7# several, 0# the village").into(),
            None => t(
                "5# 谁说的 (3,7# 几户, 0# 全村), 或上下键指着一户",
                "5# who says it (3,7# several, 0# the village), or point with Up and Down",
            )
            .into(),
        },
        Mode::Line => match page.who(page.field.text()) {
            Err(wrong) => wrong,
            Ok((Some(who), rest)) => both(&who, &parse(&rest)),
            Ok((None, rest)) => Said::from(t("谁说的?   {what}", "who says it?   {what}"))
                .with_words("what", foreseen(&parse(&rest), length, desk)),
        },
    }
}

/// Says a time in minutes and seconds.
pub(super) fn minutes(ms: i64) -> String {
    minutes_seconds(u64::try_from(ms).unwrap_or(0))
}
