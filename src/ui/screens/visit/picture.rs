//! Picture: how the page of a visit is drawn, from the dial above to the line below.

use super::flow::{Piece, flow, flow_rows};
use super::story::{Spoken, Story};
use super::{Mode, Visit, strip};
use crate::app::Running;
use crate::domain::entry::{Entry, Length, parse, preview};
use crate::domain::timer::minutes_seconds;
use crate::domain::{Calendar, Field as Topic, GIVEN, local};
use crate::text::{Lang, Said, Text, t};
use crate::ui::canvas::{Canvas, columns, whole, wrap};
use crate::ui::desk::Desk;
use crate::ui::glance;
use crate::ui::lines;
use crate::ui::screens::alike::{ENDED, WHAT_WAS_DONE};
use crate::ui::screens::{entry_row, nearby};
use crate::ui::theme::Look;

/// The column where rows begin.
const LEFT: u16 = 1;
/// The column where the line begins, behind its sign.
const LINE: u16 = 4;

/// The rows that the family and what waits take at most.
const WRAPPED: u16 = 3;

/// A row of the upper part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Blank,
    Dial,
    Told,
    Family,
    Earlier,
    Title,
}

/// Draws the page.
pub fn draw(page: &Visit, canvas: &mut Canvas<'_>) {
    let bottom = foot_rows(page, canvas);
    let room = canvas.height().saturating_sub(bottom);
    let spoken = u16::try_from(page.story.spoken.len()).unwrap_or(u16::MAX);
    let mut rows = vec![Row::Blank, Row::Dial, Row::Blank, Row::Told];
    if !family(&page.story, canvas.desk).is_empty() {
        rows.push(Row::Family);
    }
    if !earlier(&page.story, canvas.desk).is_empty() {
        rows.push(Row::Earlier);
    }
    rows.extend([Row::Blank, Row::Title]);
    // On low terminals rows go in a fixed order, so that what was said last stays in sight.
    let tall = |rows: &[Row], canvas: &Canvas<'_>| rows.iter().map(|row| height(*row, page, canvas)).sum::<u16>();
    // The row that the cursor is in stays.
    let last = if page.mode == Mode::Ticks { Row::Dial } else { Row::Told };
    for unwanted in [Row::Blank, Row::Earlier, Row::Family, Row::Title, last] {
        while tall(&rows, canvas) + spoken.clamp(1, 3) > room {
            let Some(at) = rows.iter().rposition(|row| *row == unwanted) else { break };
            rows.remove(at);
        }
    }
    let mut y = 0;
    for row in rows {
        let rows = height(row, page, canvas);
        // What is typed goes before all of it.
        if y + rows > room {
            break;
        }
        draw_row(row, page, canvas, y);
        y += rows;
    }
    // A pane below takes rows from this part; the line follows all the same.
    let tall = entry_row::is_tall(canvas.desk.body.height);
    let foot = entry_row::of(tall, y.saturating_add(spoken.max(1)), room);
    let list = if let Mode::Nearby(list) = &page.mode { Some(list) } else { None };
    let below = entry_row::opened(tall, canvas.height(), foot, bottom);
    match list.filter(|_| below.is_none()) {
        Some(list) => nearby::draw(&page.alike(), list, canvas, y, foot.saturating_sub(y)),
        None => draw_spoken(page, canvas, y, foot.saturating_sub(y)),
    }
    draw_foot(page, canvas, foot);
    if let Some((list, (below, rows))) = list.zip(below) {
        nearby::draw(&page.alike(), list, canvas, below, rows);
    }
}

fn height(row: Row, page: &Visit, canvas: &Canvas<'_>) -> u16 {
    let rows = |said: String| {
        let rows = wrap(&said, usize::from(canvas.width().saturating_sub(8))).len();
        u16::try_from(rows).unwrap_or(WRAPPED).min(WRAPPED)
    };
    match row {
        Row::Told => flow_rows(&ticks(&page.story, canvas), 8, canvas.width()),
        Row::Family => rows(family(&page.story, canvas.desk)),
        Row::Earlier => rows(earlier(&page.story, canvas.desk)),
        Row::Blank | Row::Dial | Row::Title => 1,
    }
}

fn draw_row(row: Row, page: &Visit, canvas: &mut Canvas<'_>, y: u16) {
    let label = |canvas: &mut Canvas<'_>, words: Text| {
        canvas.write(LEFT, y, canvas.words(words), Look::Dim);
    };
    match row {
        Row::Blank => {}
        Row::Dial => dial(page, canvas, y),
        Row::Told => {
            let is_selected = page.mode == Mode::Ticks;
            let pieces = ticks(&page.story, canvas);
            flow(canvas, 8, y, &pieces);
            if is_selected {
                canvas.write(0, y, ">", Look::Plain);
            }
            canvas.write(LEFT + u16::from(is_selected), y, canvas.words(t("讲了", "told")), Look::Dim);
            if is_selected {
                (y..y + height(row, page, canvas)).for_each(|row| canvas.look(row, Look::Bar));
            }
        }
        Row::Family => {
            label(canvas, t("家庭", "family"));
            canvas.write_wrapped(8, y, WRAPPED, &family(&page.story, canvas.desk), Look::Plain);
        }
        Row::Earlier => {
            // 存量 is what stood before the campaign; what was said at an earlier visit waits as well.
            let is_stock = page.story.earlier.iter().all(|earlier| earlier.came.is_some());
            label(canvas, if is_stock { t("存量", "before") } else { t("未了结", "open") });
            canvas.write_wrapped(8, y, WRAPPED, &earlier(&page.story, canvas.desk), Look::Plain);
        }
        Row::Title => {
            label(canvas, t("记下的", "written down"));
        }
    }
}

fn dial(page: &Visit, canvas: &mut Canvas<'_>, y: u16) {
    let running = canvas.desk.session.running().filter(|running| running.visit == page.name);
    let Some(running) = running else {
        if page.story.is_over() {
            canvas.write(6, y, canvas.words(ENDED), Look::Plain);
        }
        return;
    };
    draw_dial(&running, page.story.is_by_phone(), GAP_AT_THE_END, canvas, y);
}

/// Says that there is a gap, and where it can be declared.
pub const GAP_AT_THE_END: Text = t("有中断 (F8)", "gap (F8)");
/// The same in fewer columns: whole words, where the key would be cut.
const GAP: Text = t("有中断", "gap");
/// Fewer columns of a bar, its frame with it, show nothing.
const SHORTEST_BAR: u16 = 5;

/// Draws minutes and seconds, the bar up to the minimum, and what is missing. Of a call only how long it has been: no minutes
/// make it count.
pub fn draw_dial(running: &Running, by_phone: bool, gap: Text, canvas: &mut Canvas<'_>, y: u16) {
    if by_phone {
        let time = minutes_seconds(running.timer.counted_ms());
        let x = canvas.write(if canvas.width() < 60 { 1 } else { 6 }, y, time, Look::Strong);
        canvas.write(x + 2, y, canvas.words(t("电话, 不按分钟算", "by phone, minutes do not count")), Look::Plain);
        return;
    }
    let counted = running.timer.counted_ms();
    let missing = minimum_ms(canvas.desk).saturating_sub(counted);
    let is_full = missing == 0;
    let state = if is_full {
        t("已满", "full").into()
    } else {
        t("还差 {time}", "{time} to go").with("time", to_go(missing))
    };
    draw_towards(running, &Towards { counted, state, is_full }, gap, canvas, y);
}

/// How far it is to the minimum: what the bar shows, and the words behind it.
pub struct Towards {
    /// Milliseconds counted towards it.
    pub counted: u64,
    /// What is missing, or that it is full.
    pub state: Said,
    /// Nothing is missing.
    pub is_full: bool,
}

/// Says a time that is missing; rounded up, as 00:00 would say that it is full.
pub fn to_go(missing_ms: u64) -> String {
    minutes_seconds(missing_ms.div_ceil(1_000) * 1_000)
}

/// Gives what is to be minded of a timer: that it stands, or that it has a gap.
pub fn minded(running: &Running, gap: Text, canvas: &Canvas<'_>) -> String {
    let has_gap = running.open_gaps().next().is_some();
    let words = if running.timer.is_paused() { Some(t("已暂停", "paused")) } else { has_gap.then_some(gap) };
    words.map_or_else(String::new, |words| canvas.say(&words.into()))
}

/// Draws what a timer counted, a bar up to the minimum, and how far it is.
pub fn draw_towards(running: &Running, towards: &Towards, gap: Text, canvas: &mut Canvas<'_>, y: u16) {
    let (counted, whole) = (running.timer.counted_ms(), minimum_ms(canvas.desk));
    let narrow = canvas.width() < 60;
    let (state, warning) = (canvas.say(&towards.state), minded(running, gap, canvas));
    // The words go before the bar: it takes what they leave.
    let (first, gap) = if narrow { (1, 1) } else { (6, 6) };
    let x = canvas.write(first, y, minutes_seconds(counted), Look::Strong) + gap;
    let apart = if narrow { 1 } else { 2 };
    let words = |warning: &str| columns(&state) + if warning.is_empty() { 0 } else { apart + columns(warning) };
    let warning = if x + words(&warning) <= canvas.width() { warning } else { minded(running, GAP, canvas) };
    let room = canvas.width().saturating_sub(x + 1 + words(&warning)).min(30);
    let x = if room < SHORTEST_BAR { x } else { canvas.bar(x, y, room, towards.counted, whole) + 1 };
    let x = canvas.write(x, y, state, if towards.is_full { Look::Accent } else { Look::Plain });
    canvas.write(x + apart, y, warning, Look::Soon);
}

/// Gives from how many counted milliseconds on a visit counts.
pub fn minimum_ms(desk: &Desk) -> u64 {
    let minutes = desk.session.house().map_or(15, |house| house.minimum_minutes());
    u64::try_from(minutes).unwrap_or(0) * 60_000
}

fn ticks(story: &Story, canvas: &Canvas<'_>) -> Vec<Piece> {
    let topics = Topic::ALL.iter().filter(|topic| **topic != Topic::Other);
    let told = topics.map(|topic| (topic.digit(), format!("told/{}", topic.digit()), topic.short()));
    let gave = GIVEN.iter().map(|(digit, key, name)| (*digit, (*key).to_owned(), *name));
    let piece = |(digit, key, name): (char, String, Text)| {
        let ticked = story.is_ticked(&key);
        let mark = if ticked { "*" } else { " " };
        (format!("{digit}{}{mark}", canvas.words(name)), if ticked { Look::Strong } else { Look::Plain }, 1)
    };
    let mut pieces: Vec<Piece> = told.map(piece).collect();
    if let Some((_, _, gap)) = pieces.last_mut() {
        *gap = 3;
    }
    pieces.extend(gave.map(piece));
    pieces
}

/// Says who lives there: hidden where other eyes look on.
fn family(story: &Story, desk: &Desk) -> String {
    if desk.covered {
        return String::new();
    }
    let words = if story.checked {
        t("{size}口人 已核对", "{size} {size:person|people}, checked")
    } else {
        t("{size}口人", "{size} {size:person|people}")
    };
    let size = story.household.size.map(|size| words.with("size", size).say(desk.lang));
    let members = story.members.iter().filter_map(|member| {
        let health = member.health.map(|health| health.get(desk.lang));
        let away = member.away.then(|| t("在外", "away").get(desk.lang));
        let words: Vec<&str> = health.into_iter().chain(away).collect();
        (!words.is_empty()).then(|| format!("{} {}", member.who, words.join(" ")))
    });
    size.into_iter().chain(members).map(|piece| whole(&piece)).collect::<Vec<_>>().join("    ")
}

fn earlier(story: &Story, desk: &Desk) -> String {
    if desk.covered {
        return String::new();
    }
    let latest = story.earlier.iter().take(2).map(|earlier| earlier.said().say(desk.lang));
    let more = story.earlier.len().saturating_sub(2);
    let more = (more > 0).then(|| t("还有 {more} 件", "{more} more").with("more", more).say(desk.lang));
    latest.chain(more).collect::<Vec<_>>().join("    ")
}

/// Draws as many of the lines as fit, the last ones or those from the changed one on: time, field and class or 备注, text; the last one lowest.
fn draw_spoken(page: &Visit, canvas: &mut Canvas<'_>, y: u16, rows: u16) {
    let marked = page.changing.as_ref().map(|changing| changing.spoken.line);
    let last = page.story.spoken.len().saturating_sub(usize::from(rows));
    let at = marked.and_then(|line| page.story.spoken.iter().position(|spoken| spoken.line == line));
    // The line that is changed stays in sight.
    let skip = at.map_or(last, |at| at.min(last));
    let shown: Vec<&Spoken> = page.story.spoken.iter().skip(skip).take(usize::from(rows)).collect();
    let narrow = canvas.width() < if canvas.desk.lang == Lang::En { 100 } else { 60 };
    // On 80 columns the longest English label and its class fit.
    let most = if canvas.width() < 80 { canvas.width() / 3 } else { canvas.width() * 2 / 5 };
    let labels = Spoken::labels(&shown, narrow, most, canvas.desk.lang);
    let widest = labels.iter().map(|label| columns(label)).max().unwrap_or(0).min(most);
    for ((row, spoken), label) in (y..).zip(&shown).zip(&labels) {
        let look = if marked == Some(spoken.line) { Look::Accent } else { Look::Plain };
        if marked == Some(spoken.line) {
            canvas.write(0, row, ">", Look::Accent);
        }
        let x = canvas.write(2, row, local::clock(spoken.at), Look::Dim);
        let x = canvas.write_cut(x + 2, row, widest, label, if spoken.issue.is_some() { look } else { Look::Dim });
        let text = glance::said(canvas, &spoken.text);
        let room = canvas.width().saturating_sub(x + 2);
        canvas.write_cut(x + 2, row, room, &text, look);
    }
}

/// Counts the rows of the lower part: what is under way, the line, the strip, the preview.
fn foot_rows(page: &Visit, canvas: &Canvas<'_>) -> u16 {
    let line = u16::try_from(page.field.shown(canvas.width().saturating_sub(LINE)).rows.len()).unwrap_or(1);
    let above = u16::from(pending(page).is_some()) + u16::from(left_over(page, canvas).is_some());
    let mode = match &page.mode {
        Mode::Strip(strip) => strip::rows(strip, canvas, LINE),
        Mode::How(_) => 1,
        Mode::Line | Mode::Nearby(_) | Mode::Ticks => 0,
    };
    above + line + mode + 1
}

/// Gives the line that waits first beside the one that is typed in, and how many wait behind it; none while they are asked about.
fn left_over(page: &Visit, canvas: &Canvas<'_>) -> Option<(String, usize)> {
    let mut all = lines::waiting(&page.place("line"), &canvas.desk.session).into_iter();
    all.next().filter(|_| !canvas.asks_about_lines).map(|(_, text)| (text, all.len()))
}

fn pending(page: &Visit) -> Option<&str> {
    page.sent.iter().map(|sent| sent.line.as_str()).rfind(|line| !line.is_empty())
}

fn draw_foot(page: &Visit, canvas: &mut Canvas<'_>, y: u16) {
    let mut y = y;
    let room = canvas.width().saturating_sub(LINE);
    if let Some(line) = pending(page) {
        let line = glance::said(canvas, line).into_owned();
        let words = canvas.say(&t("正在存  {line}", "saving  {line}").with("line", line));
        canvas.write_cut(LINE, y, room, &words, Look::Dim);
        y += 1;
    }
    if let Some((first, more)) = left_over(page, canvas) {
        let line = glance::said(canvas, &first).into_owned();
        let words: Said = if more == 0 {
            t("没记下 (Up 取回)  {line}", "not recorded (Up fetches it)  {line}").into()
        } else {
            t("没记下, 还有 {n} 行 (Up 取回)  {line}", "not recorded, {n} more (Up fetches it)  {line}").with("n", more)
        };
        let words = canvas.say(&words.with("line", line));
        canvas.write_cut(LINE, y, room, &words, Look::Late);
        y += 1;
    }
    if let Mode::How(issue) = &page.mode {
        let written = glance::said(canvas, &issue.written()).into_owned();
        canvas.write_cut(LINE, y, room, &written, Look::Dim);
        y += 1;
    }
    // Where digits tick no key goes into the line; in the list of what others said the cursor is on one of theirs.
    let is_elsewhere = matches!(page.mode, Mode::Ticks | Mode::Nearby(_));
    canvas.write(2, y, ">", if is_elsewhere { Look::Dim } else { Look::Strong });
    y += canvas.field(LINE, y, &page.field, matches!(page.mode, Mode::Line | Mode::How(_)));
    if let Mode::Strip(strip) = &page.mode {
        y += strip::draw(strip, canvas, LINE, y);
    }
    let is_said = matches!(page.mode, Mode::Line | Mode::Strip(_)) && !canvas.desk.covered;
    let echo = page.echo().filter(|_| is_said);
    let below = Length::ALL.map(|length| below(page, length, canvas.desk));
    nearby::draw_below(canvas, LINE, y, 1, &below, echo.as_ref());
}

/// Says what an entry would become today, by the deadlines of the campaign.
pub fn foreseen(entry: &Entry, length: Length, desk: &Desk) -> Said {
    let rules = desk.session.house().map(|house| house.campaign().deadline).unwrap_or_default();
    preview(entry, length, local::day(desk.now.wall_ms), Calendar::built_in(), &rules)
}

/// Says what Enter would do.
fn below(page: &Visit, length: Length, desk: &Desk) -> Said {
    let said = match &page.mode {
        Mode::Line => foreseen(&parse(page.field.text()), length, desk),
        Mode::Strip(strip) => foreseen(&strip.entry(), length, desk),
        Mode::How(_) => WHAT_WAS_DONE.into(),
        Mode::Nearby(list) => nearby::enter(&page.alike(), list, desk, &parse(page.field.text())).into(),
        Mode::Ticks if !desk.covered && page.story.household.size.is_some() && !page.story.checked => t(
            "按数字勾选, 再按一次取消. 人口核对过了按 Ctrl-Y.",
            "Digits tick; once more takes the tick away. Ctrl-Y: people checked.",
        )
        .into(),
        Mode::Ticks => t("按数字勾选, 再按一次取消.", "Digits tick; once more takes the tick away.").into(),
    };
    match &page.changing {
        Some(changing) if !matches!(page.mode, Mode::How(_)) => {
            Said::from(t("改 {time} 这一条:  {what}", "changing {time}:  {what}"))
                .with("time", local::clock(changing.spoken.at))
                .with_words("what", said)
        }
        _ => said,
    }
}
