//! Frame: the header above every page. It says who, when, what runs and that it is saved.

use super::canvas::{Canvas, columns};
use super::desk::Desk;
use super::giving_way::LEFT;
use super::slow;
use super::theme::Look;
use crate::app::{ClockDoubt, OwnCorrection};
use crate::domain::local;
use crate::domain::timer::minutes_seconds;
use crate::hanzi::width;
use crate::text::{Said, Text, Trouble, t};

/// What the header says, from left to right.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Header {
    /// Who or what this is about; where there is no room its last words go.
    pub left: String,
    /// A running visit with its minutes, or what else is going on.
    pub middle: String,
    /// The time and that everything is saved.
    pub right: String,
}

const NAME: Text = t("走访", "Visits");
const PRACTICE: Text = t("走访 (练习)", "Visits (practice)");

/// From so many columns on the hour stays beside a visit that runs, whoever works here.
pub const HOUR_STAYS: u16 = 80;

impl Header {
    /// Says who works here on the left, what runs, and the time and that everything is saved on the right.
    ///
    /// Where there is no room the day goes first, then since when it waits for a stick, then whose visit runs, then the hour, then what
    /// waits, then who works here and that it is practice, then the minutes. From 80 columns on the hour and what waits stay before who
    /// works here. A time that is asked about stays before all of them.
    pub fn of(desk: &Desk) -> Self {
        let device = desk.session.device();
        let name = if device.practice { PRACTICE } else { NAME };
        let words = [name.get(desk.lang), &device.group, device.speaker()];
        let left = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("  ");
        let none = String::new;
        let (whose, minutes) = (running(desk), minutes(desk));
        let (time, waiting) = (time(desk), waiting(desk));
        let hour = if time.is_empty() { none() } else { local::clock(desk.now.wall_ms) };
        let (briefly, is_wide) = (waiting_briefly(desk), desk.body.width >= HOUR_STAYS);
        let is_doubted = desk.session.clock_doubt().is_some();
        let choices: Vec<Choice> = if is_doubted {
            when_doubted(&whose, &minutes, &time, [&waiting, &briefly]).into()
        } else {
            let choices = by_worth(&whose, &minutes, [&time, &hour], [&waiting, &briefly]);
            let stays = |time: &str| hour.is_empty() || !is_wide || !time.is_empty();
            choices.into_iter().filter(|(_, time, _)| stays(time)).collect()
        };
        let saved = saved(desk);
        let of = |(middle, time, waiting): Choice| {
            let right = apart(&[time, waiting, saved.clone()]);
            Self { left: left.clone(), middle, right }
        };
        let (waits, others): (Vec<Choice>, Vec<Choice>) =
            choices.into_iter().partition(|(_, _, waiting)| !waiting.is_empty());
        let width = desk.body.width;
        let whole = |choices: Vec<Choice>| choices.into_iter().map(of).find(|header| header.has_room(width));
        let fewer = || {
            let times = [if is_doubted { &time } else { &hour }, &hour, ""];
            let stays = is_wide && !briefly.is_empty();
            let choices =
                times.into_iter().filter(|_| stays).map(|time| (minutes.clone(), time.to_owned(), briefly.clone()));
            choices.map(of).find_map(|header| header.with_fewer_words(width))
        };
        if let Some(header) = whole(waits).or_else(fewer).or_else(|| whole(others)) {
            return header;
        }
        let right = right_of(&left, [], desk);
        let beside = |right| Self { left: left.clone(), middle: minutes.clone(), right }.beside_what_runs(width);
        // Where not all warnings have room those that stay are beside it too.
        let with_hour = is_wide.then(|| apart(&[hour.clone(), saved.clone()]));
        let running = with_hour.into_iter().chain([saved.clone(), right.clone()]).find_map(beside);
        running.unwrap_or(Self { left, middle: none(), right })
    }

    /// Gives how many columns the left may have.
    fn room(&self, width: u16) -> u16 {
        let middle = if self.middle.is_empty() { 0 } else { columns(&self.middle) + 2 };
        width.saturating_sub(4 + middle + columns(&self.right))
    }

    /// Tells whether all of it has room.
    fn has_room(&self, width: u16) -> bool {
        columns(&self.left) <= self.room(width)
    }

    /// Takes as many words from the left as the others need; none where not even its first word has room.
    fn with_fewer_words(self, width: u16) -> Option<Self> {
        let room = self.room(width);
        let first = self.left.split(' ').next().map_or(0, columns);
        (first <= room).then(|| Self { left: words_within(&self.left, room), ..self })
    }

    /// As [`Header::with_fewer_words`]; none where nothing runs.
    fn beside_what_runs(self, width: u16) -> Option<Self> {
        if self.middle.is_empty() { None } else { self.with_fewer_words(width) }
    }

    /// Says no more of a running visit than its minutes, while the screen is locked.
    pub fn locked(desk: &Desk) -> Self {
        Self { middle: minutes(desk), ..Self::of(desk) }
    }

    /// Puts a subject on the left, such as the household of the page.
    #[must_use]
    pub fn about(self, left: impl Into<String>) -> Self {
        Self { left: left.into(), ..self }
    }

    /// Draws the header over the width of the canvas.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>) {
        let room = canvas.width().saturating_sub(2);
        let (middle, right) = (columns(&self.middle), columns(&self.right));
        let beside = room.saturating_sub(2 + right);
        let with_right = beside >= columns(&self.left).min(LEFT);
        let said = words_within(&self.left, if with_right { beside } else { room });
        let left = columns(&said);
        canvas.write(1, 0, said, Look::Plain);
        if with_right {
            canvas.write(room + 1 - right, 0, &self.right, Look::Plain);
            if middle > 0 && left + 2 + middle + 2 + right <= room {
                let centre = (room + 2).saturating_sub(middle) / 2;
                let x = centre.clamp(left + 3, room + 1 - right - 2 - middle);
                canvas.write(x, 0, &self.middle, Look::Plain);
            }
        }
        canvas.look(0, Look::Bar);
    }
}

/// What stands beside who works here: what runs, the time, what waits for a stick.
type Choice = (String, String, String);

/// Gives what may stand beside who works here, what is worth most first.
fn by_worth(whose: &str, minutes: &str, [time, hour]: [&str; 2], [waiting, briefly]: [&str; 2]) -> [Choice; 9] {
    [
        (whose, time, waiting),
        (whose, hour, waiting),
        (whose, hour, briefly),
        (minutes, hour, waiting),
        (minutes, hour, briefly),
        (minutes, "", waiting),
        (minutes, "", briefly),
        (minutes, hour, ""),
        (minutes, "", ""),
    ]
    .map(|(runs, time, waits)| (runs.to_owned(), time.to_owned(), waits.to_owned()))
}

/// As [`by_worth`], where it is asked whether the time is right.
fn when_doubted(whose: &str, minutes: &str, time: &str, [waiting, briefly]: [&str; 2]) -> [Choice; 8] {
    [
        (whose, time, waiting),
        (whose, time, briefly),
        (minutes, time, waiting),
        (minutes, time, briefly),
        (whose, time, ""),
        (minutes, time, ""),
        ("", time, ""),
        (minutes, "", ""),
    ]
    .map(|(runs, time, waits)| (runs.to_owned(), time.to_owned(), waits.to_owned()))
}

/// Says whether a visit goes on or rests.
pub(super) const fn doing(is_paused: bool) -> Text {
    if is_paused { t("已暂停", "paused") } else { t("走访中", "visiting") }
}

/// Says whose visit runs and for how long.
fn running(desk: &Desk) -> String {
    let Some((running, house)) = desk.session.running().zip(desk.session.house()) else { return String::new() };
    let whose = house.running_words(&running);
    let time = minutes_seconds(running.timer.counted_ms());
    let is_paused = running.timer.is_paused();
    // A talk is named as what it is.
    let words = if running.is_talk() && !is_paused {
        t("{head} {time}", "{head} {time}")
    } else {
        t("{doing} {head} {time}", "{doing} {head} {time}")
    };
    let words = words.with("time", time).with_words("doing", doing(is_paused));
    words.with_words("head", whose).say(desk.lang)
}

/// Says how long a visit has been running, and not whose.
fn minutes(desk: &Desk) -> String {
    let Some(running) = desk.session.running() else { return String::new() };
    let time = minutes_seconds(running.timer.counted_ms());
    let doing = doing(running.timer.is_paused());
    t("{doing} {time}", "{doing} {time}").with("time", time).with_words("doing", doing).say(desk.lang)
}

/// Joins what there is, two blanks between.
pub fn apart(pieces: &[String]) -> String {
    pieces.iter().filter(|piece| !piece.is_empty()).map(String::as_str).collect::<Vec<_>>().join("  ")
}

/// Gives as many words of a text as have room, whole ones; of a first word that is too long as much as has.
fn words_within(text: &str, room: u16) -> String {
    let ends = text.match_indices(' ').map(|(end, _)| end).chain([text.len()]);
    let heads = ends.filter_map(|end| text.get(..end)).map(str::trim_end).filter(|head| !head.is_empty());
    let whole = heads.take_while(|head| columns(head) <= room).last();
    whole.map_or_else(|| width::cut(text, usize::from(room), "~").into(), str::to_owned)
}

/// Gives the first of several rights that has room beside a left; else what of the warnings has room where the left gives way.
pub fn right_of(left: &str, rights: impl IntoIterator<Item = String>, desk: &Desk) -> String {
    let room = desk.body.width.saturating_sub(4 + columns(left));
    let right = rights.into_iter().find(|right| columns(right) <= room);
    let most = desk.body.width.saturating_sub(4 + columns(left).min(LEFT));
    right.unwrap_or_else(|| warnings_within(saved_pieces(desk), most))
}

/// Leaves out what has no room: the last one stays, and of those before it the first stays longest.
fn warnings_within(mut pieces: Vec<String>, room: u16) -> String {
    while pieces.len() > 1 && columns(&apart(&pieces)) > room {
        pieces.remove(pieces.len() - 2);
    }
    apart(&pieces)
}

/// Counts what no export holds yet, and for how many days; the same in fewer columns.
pub fn waiting_in_full_and_briefly(desk: &Desk) -> [String; 2] {
    [waiting(desk), waiting_briefly(desk)]
}

fn waiting(desk: &Desk) -> String {
    match desk.session.not_exported() {
        0 => String::new(),
        count => {
            let since = desk.session.device().exported_at;
            // A laptop that went to no stick for days is the one that is missed most when it breaks.
            let words = match local::days_between(since, desk.now.wall_ms) {
                days @ 1.. if since > 0 => {
                    t("待导出 {count} ({days}天)", "{count} to export ({days}d)").with("days", days)
                }
                _ => t("待导出 {count}", "{count} to export").into(),
            };
            words.with("count", count).say(desk.lang)
        }
    }
}

fn waiting_briefly(desk: &Desk) -> String {
    match desk.session.not_exported() {
        0 => String::new(),
        count => t("待导出 {count}", "export {count}").with("count", count).say(desk.lang),
    }
}

/// Explains what the header counts as waiting for an export; none where nothing does.
pub fn why_waiting(desk: &Desk) -> Option<Said> {
    let count = desk.session.not_exported();
    let since = desk.session.device().exported_at;
    let words = t(
        "待导出 {count}: {since} 起这台电脑记下, 还没有导出的. 写一句, 归个类, 打个勾, 改一项各算一条; 导出和合并时说的几条还有名册的每一行, 每次开机的一条. 再导入一期名册, 每一行是哪一户各算一条, 撤销了也算: 别的电脑照它们知道. F7 再按 4 导出, 就归零; 只给一台的 (6) 不算.",
        "{count} to export: recorded here since {since} and in no export yet. A line, its sorting, a tick, a changed fact count \
         one each; what exports and merges count has each row of a roster and one for each start as well. A later roster has one for each row that is a household known before, also once it is taken back: other laptops go by them. F7 and 4 export, then it is 0; an export for one laptop (6) does not count.",
    );
    let since = format!("{} {}", local::short_day(since), local::clock(since));
    (count > 0).then(|| words.with("count", count).with("since", since))
}

/// Says that everything is saved, or that it is not; before that what else may cost somebody's work: an empty battery, a
/// clock that went back or far ahead, a copy that goes on under this laptop's number.
pub fn saved(desk: &Desk) -> String {
    apart(&saved_pieces(desk))
}

fn saved_pieces(desk: &Desk) -> Vec<String> {
    let battery = desk.battery.map(|charge| t("电池 {n}%", "battery {n}%").with("n", charge));
    let clock = desk.session.clock_doubt().map(|_| Said::from(t("时间对吗?", "clock right?")));
    let where_to = if desk.terminal.lacks_f(7) { "Esc 07" } else { "F7" };
    let copied = desk.session.device().copied.then(|| t("像是两台: {key}", "two of it? {key}").with("key", where_to));
    let saved = match not_saved(desk) {
        Some(_) => t("没存上!", "NOT SAVED"),
        None if slow::is_noticed(desk) => t("正在保存", "saving"),
        None => t("已保存", "saved"),
    };
    let all = battery.into_iter().chain(clock).chain(copied).chain([saved.into()]);
    all.map(|said| said.say(desk.lang)).collect()
}

/// Gives why something is not saved: nothing is, or not what was to be recorded and waits in some line.
pub(super) fn not_saved(desk: &Desk) -> Option<Trouble> {
    desk.session.unsaved().or_else(|| desk.session.refused_anywhere())
}

/// Says what a clock does not go with, and how that is answered.
pub(super) fn clock_doubted(doubt: &ClockDoubt, now: i64) -> Said {
    match doubt {
        ClockDoubt::Recorded(at) => not_as_recorded(*at, now),
        ClockDoubt::Corrected(said) => corrected(said, now),
        ClockDoubt::Early => early(now),
        ClockDoubt::Others(at) => behind_all(*at, now),
    }
}

/// Says that a clock is before the program existed.
pub(super) fn early(now: i64) -> Said {
    let words = t(
        "本机的时间是 {year} 年: 先把它调对再记, 不然每条的时间都不对.",
        "This laptop's clock says {year}: set it before anything is recorded, or every time will be wrong.",
    );
    words.with("year", chrono::Datelike::year(&local::day(now)))
}

/// Says that most other laptops have come further than a clock.
fn behind_all(others: i64, now: i64) -> Said {
    let moment = |at: i64| format!("{} {}", local::short_day_beside(at, now), local::clock(at));
    let words = t(
        "别的电脑都到过 {others} 了, 只有本机的钟是 {now}. 不对先调好再记; 没错就按 Ctrl-P 选 电脑时间没错.",
        "Other laptops have come to {others}, and only the clock here says {now}. If it is wrong, set it first; if it is right, say so with Ctrl-P.",
    );
    words.with("others", moment(others)).with("now", format!("{} {}", local::day(now), local::clock(now)))
}

fn corrected(said: &OwnCorrection, now: i64) -> Said {
    let moment = |at: i64| format!("{} {}", local::short_day_beside(at, now), local::clock(at));
    let words = match said.stands_for {
        Some(right) => t(
            "{by} ({laptop}) 更正了这台电脑的时间: {said}. 照更正现在是 {right}. 先把钟调对再记; 对了就按 Ctrl-P 选 电脑时间没错.",
            "{by} ({laptop}) corrected this laptop's clock: {said}. By that it is {right}. Set it first; once it is right, say so with Ctrl-P.",
        )
        .with("right", moment(right)),
        None => t(
            "{by} ({laptop}) 更正了这台电脑的时间: {said}. 现在的钟对吗? 不对先调好再记; 对就按 Ctrl-P 选 电脑时间没错.",
            "{by} ({laptop}) corrected this laptop's clock: {said}. Is it right now? If not, set it first; if so, say so with Ctrl-P.",
        )
        .into(),
    };
    words.with("by", &said.by).with("laptop", &said.laptop).with_words("said", said.righting.said())
}

fn not_as_recorded(recorded: i64, now: i64) -> Said {
    let words = if recorded > now {
        t(
            "电脑时间比本机记过的 ({recorded}) 还早. 没错就按 Ctrl-P 选 电脑时间没错.",
            "The clock is before what was recorded here ({recorded}). If it is right, say so with Ctrl-P.",
        )
        .into()
    } else {
        t(
            "电脑时间比本机以前记的 ({recorded}) 晚了 {days} 天. 是放着没用就按 Ctrl-P 选 电脑时间没错; 不对就先调对, 再记.",
            "The clock is {days} {days:day|days} after what was recorded here ({recorded}). If it is right, say so with Ctrl-P; else set it first.",
        )
        .with("days", local::days_between(recorded, now))
    };
    let day = local::short_day_beside(recorded, now);
    words.with("recorded", format!("{day} {}", local::clock(recorded)))
}

/// Says the time of the frame in Asia/Shanghai, to the minute; nothing before the first reading. A year that nobody expects is
/// said with it.
fn time(desk: &Desk) -> String {
    if desk.now.wall_ms == 0 {
        return String::new();
    }
    // English words are long: what runs stands beside it too.
    let (said, day) = (Said::from(t("{day} {time}", "{date} {time}")), local::day(desk.now.wall_ms));
    let expected = desk.session.clock_doubt().and_then(|doubt| doubt.expected());
    let expected = local::day(expected.unwrap_or(desk.now.wall_ms));
    let said = said.with_words("day", local::said_day_beside(day, expected));
    let said = said.with_words("date", local::said_beside(day, expected));
    said.with("time", local::clock(desk.now.wall_ms)).say(desk.lang)
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::{Header, apart, by_worth, columns, warnings_within, words_within};
    use crate::text::Lang;
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;

    fn header(width: u16, header: &Header) -> String {
        let area = Rect::new(0, 0, width, 1);
        let mut buffer = Buffer::empty(area);
        header.draw(&mut Canvas::new(&mut buffer, &mut None, area, &Desk::for_tests()));
        lines(&buffer).concat()
    }

    #[test]
    fn the_header_says_the_time_of_the_field_and_drops_the_middle_first() {
        let mut desk = Desk::for_tests();
        let all = Header { middle: "张守富 09:41".to_owned(), ..Header::of(&desk) };
        assert_eq!(header(60, &all), " 走访              张守富 09:41  5月18日 周二 19:42  已保存");
        assert_eq!(header(40, &all), " 走访        5月18日 周二 19:42  已保存");
        assert_eq!(header(20, &all), " 走访");
        desk.lang = Lang::En;
        assert_eq!(Header::of(&desk).right, "18 May 19:42  saved");
    }

    // At 40 columns a running visit stood nowhere on the issues, the talks and the exchange.
    #[test]
    fn that_a_visit_runs_stays_before_who_works_here_and_that_it_is_practice() {
        let of = |left: &str, middle: &str, saved: &str| {
            let [left, middle, right] = [left, middle, saved].map(str::to_owned);
            let drawn = Header { left, middle, right }.beside_what_runs(40).map(|drawn| header(40, &drawn))?;
            Some(drawn.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let stood = |words: &str| Some(words.to_owned());
        let practice = "走访 (练习)  一组  陈明";
        assert_eq!(of(practice, "走访中 09:41", "已保存"), stood("走访 (练习) 走访中 09:41 已保存"));
        assert_eq!(of(practice, "已暂停 109:41", "电池 9%  已保存"), stood("走访 已暂停 109:41 电池 9% 已保存"));
        assert_eq!(of("Visits (practice)  一组", "visiting 09:41", "saved"), stood("Visits visiting 09:41 saved"));
        assert_eq!(of(practice, "走访中 09:41", "时间对吗?  像是两台: F7  没存上!"), None);
        assert_eq!(of(practice, "", "已保存"), None);
    }

    // In English, with (practice) beside the group, the hour was gone as soon as a visit ran.
    #[test]
    fn on_80_columns_the_hour_stays_beside_a_visit_that_runs() {
        let beside = |left: &str| {
            let times = ["29 Nov 18:46", "18:46"];
            let choices =
                by_worth("visiting 张守富 09:41", "visiting 09:41", times, ["310 to export (3d)", "export 310"]);
            let said = choices.map(|(runs, time, waits)| apart(&[runs, time, waits, "saved".to_owned()]));
            said.into_iter().find(|said| said.contains("18:46") && columns(left) + columns(said) + 4 <= 80)
        };
        let said = |words: &str| Some(words.to_owned());
        assert_eq!(beside("Visits  一组  陈明"), said("visiting 张守富 09:41  18:46  310 to export (3d)  saved"));
        assert_eq!(beside("Visits (practice)  一组  陈明"), said("visiting 张守富 09:41  18:46  export 310  saved"));
        assert_eq!(beside("Visits (practice)  二十一组  陈明"), said("visiting 09:41  18:46  export 310  saved"));
        assert_eq!(beside("Visits (practice)  第二十一小组  陈明"), said("visiting 09:41  18:46  saved"));
    }

    // "没存上!" went with all of the right as soon as a battery ran low beside a long name.
    #[test]
    fn what_may_cost_work_stays_and_of_who_it_is_whole_words_go() {
        let left = "走访 张守富  东里东村 3组 12号".to_owned();
        let visit = Header { left, middle: String::new(), right: "电池 12%  没存上!".to_owned() };
        assert_eq!(header(80, &visit).replace("  ", ""), " 走访 张守富东里东村 3组 12号 电池 12%没存上!");
        assert_eq!(header(40, &visit), " 走访 张守富          电池 12%  没存上!");
        assert_eq!(words_within(&visit.left, 22), "走访 张守富  东里东村");
        assert_eq!(words_within(&visit.left, 3), "走~");
        let all = || ["电池 12%", "时间对吗?", "像是两台: F7", "没存上!"].map(str::to_owned).into();
        assert_eq!(warnings_within(all(), 60), "电池 12%  时间对吗?  像是两台: F7  没存上!");
        assert_eq!(warnings_within(all(), 40), "电池 12%  时间对吗?  没存上!");
        assert_eq!(warnings_within(all(), 24), "电池 12%  没存上!");
        assert_eq!(warnings_within(all(), 4), "没存上!");
    }
}
