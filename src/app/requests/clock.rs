//! 更正时间: by how much a laptop's clock was wrong, so that its times are shown as they were.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::exchange::laptops;
use crate::app::keeper::clock_doubt::clock_doubt;
use crate::app::requests::request::{Answer, Row, may, must};
use crate::app::{Args, Desk};
use crate::domain::{CLOCK, CLOCK_RIGHT, Clocks, Name, Righting, Rightings, Value, local, looks, skew};
use crate::text::{Said, Trouble, t};

use super::clock_here;

/// Where it stands that a clock is right: `everywhere`, in the records, or `here` alone.
const RECORDED: &str = "recorded";
const DAY_MS: i64 = 86_400_000;

pub const ROWS: &[Row] = &[
    Row {
        word: "clock.correct",
        about: t(
            "更正一台电脑的时间; 记录不改, 只是照更正的显示",
            "correct a laptop's clock; records stay, times are shown corrected",
        ),
        takes: &[
            must(
                "laptop",
                "哪台: 编号, 小组, 姓名, 或 list devices --json 里的号",
                "which: code, group, name, or its number in list devices --json",
            ),
            may(
                "shows",
                "它的钟显示几点 (2031-05-18T19:42:00+08:00)",
                "what its clock shows (2031-05-18T19:42:00+08:00)",
            ),
            may("was", "那时其实是几点; 不写就是现在", "what the time was then; now where it is not given"),
            may("ahead_minutes", "或者: 快了多少分钟 (慢是负数)", "or: minutes it is ahead (negative: behind)"),
            may("from", "从它的哪个时间起不对", "from which of its own readings on"),
            may("until", "到它的哪个时间止", "up to which of its own readings"),
            may("exported", "它的导出包是它的钟几点导出的", "when its file was exported, by its clock"),
        ],
        run: correct,
    },
    Row {
        word: "clock.right",
        about: t(
            "看过了: 一台电脑的钟现在是对的, 以前的不用更正",
            "seen: a laptop's clock is right now, and what it wrote before needs no correction",
        ),
        takes: &[
            must("laptop", "哪台电脑", "which laptop"),
            may("exported", "它的导出包是它的钟几点导出的", "when its file was exported, by its clock"),
        ],
        run: right,
    },
    Row {
        word: "clock.forget",
        about: t(
            "撤去一台电脑的全部时间更正, 和说过它没错的话",
            "take all corrections of a laptop's clock back, and that it was said to be right",
        ),
        takes: &[must("laptop", "哪台电脑", "which laptop")],
        run: forget,
    },
];

/// Finds the laptop that is meant; its whole number does even before anything of it was merged.
fn laptop(desk: &Desk<'_>, args: &Args) -> Result<u64, Trouble> {
    let word = args.need_text("laptop")?;
    let number = u64::from_str_radix(&word, 16).ok().filter(|_| word.len() == 16);
    number.map_or_else(|| laptops::find(&word, desk.shelf.writers().into_values()), Ok)
}

/// Refuses what would go by the clock here while that is itself in doubt. Of itself a laptop may say what it likes.
fn own_first(desk: &Desk<'_>, laptop: u64) -> Result<(), Trouble> {
    let now_ms = desk.action.now().wall_ms;
    clock_here::may_be_right(now_ms)?;
    let doubt = || clock_doubt(desk.shelf, desk.action.view(), desk.device, now_ms, &BTreeMap::new());
    if laptop == desk.device.laptop || doubt().is_none() {
        return Ok(());
    }
    let said = t(
        "本机的时间自己可能不对 (现在 {day} {time}), 还没记.",
        "This laptop's own clock may be wrong (it says {day} {time}); nothing is recorded.",
    );
    let said = said.with("day", local::day(now_ms)).with("time", local::clock(now_ms));
    Err(Trouble::new("own-clock", said).hint(t(
        "先把本机的钟调对; 没错就先说它没错 (Ctrl-P 电脑时间没错, 或 device --clock 本机 --right), 再来一次.",
        "Set it first; if it is right, say so (Ctrl-P, or device --clock of this laptop --right), then do it again.",
    )))
}

fn correct(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let laptop = laptop(desk, args)?;
    let (was, now_ms) = (args.at("was")?, desk.action.now().wall_ms);
    if was.is_none() {
        own_first(desk, laptop)?;
    }
    let now_ms = was.unwrap_or(now_ms);
    let shows = match (args.at("shows")?, args.number("ahead_minutes")) {
        (Some(shows), _) => shows,
        (None, Some(ahead)) => now_ms.saturating_add(ahead.saturating_mul(60_000)),
        (None, None) => return Err(crate::app::requests::args::missing("shows")),
    };
    let (from, until) = (args.at("from")?, args.at("until")?);
    let mut righting = Righting::proposed(shows, now_ms);
    if from.is_some() || until.is_some() {
        (righting.from_ms, righting.until_ms) = (from, until);
    }
    if righting.ahead_ms.abs() < 60_000 {
        return Err(Trouble::new("clock-right", t("这台电脑的时间没有错.", "That clock is not wrong."))
            .hint(t("写它的钟现在显示几点.", "Say what its clock shows now.")));
    }
    if righting.from_ms > Some(righting.until_ms.unwrap_or(shows)) {
        return Err(Trouble::new(
            "bad-value",
            t(
                "从哪天起不对, 比它的钟显示的还晚: 这样一条也没有更正.",
                "It begins after what the clock shows: nothing would be corrected.",
            ),
        )
        .about("from")
        .hint(t("从它的哪天起不对, 照它自己的钟写.", "Give the day from which it is wrong as that clock showed it.")));
    }
    if !args.at("exported")?.is_some_and(|at| righting.holds(at)) {
        touches(desk, laptop, &righting)?;
    }
    let said = written(desk, laptop)?.and(righting);
    desk.action.set(Clocks::entity(laptop), CLOCK, said.value())?;
    Ok(Answer::default().with("laptop", format!("{laptop:016x}")).with("ahead_minutes", righting.ahead_ms / 60_000))
}

/// Refuses to correct a clock of which records are known, and none of them was written in the span that is spoken of: it would be
/// promised, and no time would be shown otherwise. Of a laptop that nothing was merged from nobody knows that.
fn touches(desk: &Desk<'_>, laptop: u64, righting: &Righting) -> Result<(), Trouble> {
    let runs: BTreeSet<u64> = desk.shelf.runs_of(laptop).collect();
    let last = desk.shelf.latest_of(laptop);
    let kept_of_steps = |run: &u64| desk.shelf.readings_of(*run).is_some_and(|read| read.any(|at| righting.holds(at)));
    let Some(last) = last.filter(|_| !runs.iter().any(kept_of_steps)) else { return Ok(()) };
    // Only of some readings it is known without looking at the records themselves.
    let mut is_touched = false;
    desk.action.view().each(&mut |record| {
        let mut own = record.kept().filter(|kept| runs.contains(&kept.operation.name.writer));
        is_touched = own.any(|kept| righting.holds(kept.operation.wall_ms));
        !is_touched
    })?;
    if is_touched {
        return Ok(());
    }
    let said = t(
        "照这样 ({said}) 一条也没有更正: 那段时间它没有记过什么. 它最后一条记的是 {last}. 还没记.",
        "That ({said}) would correct no record: it wrote none in that time. Its last one says {last}. Nothing is recorded.",
    );
    let last = format!("{} {}", local::day(last), local::clock(last));
    Err(Trouble::new("corrects-nothing", said.with_words("said", righting.said()).with("last", last)).about("from").hint(t(
        "记错时间的是以前的几条, 就照它自己的钟写从哪天起不对; 在它新的导出包里, 先合并再来.",
        "If earlier records are wrong, say from which day on as that clock showed it; if they are in its newer file, merge that first.",
    )))
}

fn right(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let (laptop, now_ms) = (laptop(desk, args)?, desk.action.now().wall_ms);
    own_first(desk, laptop)?;
    let is_own = laptop == desk.device.laptop;
    if let Some(exported) = args.at("exported")?.filter(|_| !is_own) {
        not_ahead(desk.shelf.clocks().right(laptop, exported), now_ms)?;
    }
    let is_noted = is_own && clock_here::note_right(desk, None)?;
    let answer = Answer::default().with("laptop", format!("{laptop:016x}"));
    match desk.shelf.clock_error(laptop, now_ms) {
        None if is_noted => return Ok(answer.with(RECORDED, "here")),
        Some(error_ms @ skew::CORRECTED_MS..) if is_noted => {
            return Ok(answer.with(RECORDED, "here").with("days", error_ms / DAY_MS));
        }
        None => {
            let said = t("这台电脑的时间看不出错.", "Nothing shows that this clock is wrong.");
            return Err(Trouble::new("clock-right", said).hint(t("不用说它没错.", "Nothing needs to be said of it.")));
        }
        Some(error_ms @ skew::CORRECTED_MS..) => {
            let said = t(
                "差了 {n} 天: 它那时记的日子和时限都不对, 要更正.",
                "It is off by {n} {n:day|days}: the days and deadlines it recorded then are wrong, and have to be corrected.",
            );
            let hint = t(
                "写它那时显示几点, 其实是几点 (F7 再按 7, 或 device --clock --shows --was).",
                "Say what it showed then and what the time was (F7 and 7, or device --clock --shows --was).",
            );
            return Err(Trouble::new("clock-far", said.with("n", error_ms / DAY_MS)).hint(hint));
        }
        Some(_) => {}
    }
    let known = desk.action.view().known();
    for word in desk.shelf.last_runs(laptop).into_iter().filter_map(|run| Some(Name::new(run, known.last_of(run)?))) {
        desk.action.set(Clocks::entity(laptop), &format!("{CLOCK_RIGHT}{word}"), Value::Yes(true))?;
    }
    Ok(answer.with(RECORDED, "everywhere"))
}

/// Refuses to say that a clock is right under which a file was exported that is ahead now.
fn not_ahead(exported_ms: i64, now_ms: i64) -> Result<(), Trouble> {
    let Some(doubt) = skew::doubt(exported_ms, now_ms) else { return Ok(()) };
    let said = t(
        "照它的导出包, {doubt}: 还没调对, 不能说没错.",
        "By its export {doubt}: it is not right yet, and cannot be said to be.",
    );
    let hint = t(
        "先把那台电脑的钟调对, 再导出一次; 以前记的写它显示几点来更正.",
        "Set that laptop's clock and export again; what it recorded before is corrected by what it showed.",
    );
    Err(Trouble::new("clock-ahead", Said::from(said).with_words("doubt", doubt)).hint(hint))
}

fn forget(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let laptop = laptop(desk, args)?;
    let is_noted = laptop == desk.device.laptop && clock_here::forget_right(desk);
    let record = desk.action.record(Clocks::entity(laptop))?;
    let looked: Vec<Name> = record.iter().flat_map(|record| looks(record)).collect();
    for word in &looked {
        desk.action.set(Clocks::entity(laptop), &format!("{CLOCK_RIGHT}{word}"), Value::Nothing)?;
    }
    let is_corrected = written(desk, laptop)? != Rightings::default();
    if is_corrected {
        desk.action.set(Clocks::entity(laptop), CLOCK, Value::Nothing)?;
    }
    if !is_corrected && !is_noted && looked.is_empty() {
        return Err(Trouble::new("no-correction", t("这台电脑没有更正过时间.", "That clock was never corrected.")));
    }
    Ok(Answer::default().with("laptop", format!("{laptop:016x}")))
}

fn written(desk: &Desk<'_>, laptop: u64) -> Result<Rightings, Trouble> {
    let record = desk.action.record(Clocks::entity(laptop))?;
    Ok(record.as_ref().and_then(|record| record.written(CLOCK)).map(Rightings::of).unwrap_or_default())
}
