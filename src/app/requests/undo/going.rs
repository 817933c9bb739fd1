//! Going: leaving its page never ends a visit (`screens.md`, rule 10), and neither does one key pressed there for something else. Of what
//! still runs the beginning is taken back on its own page alone, within its first minute; later and elsewhere nothing is, nothing
//! older either, and it is said what was recorded last and how it is discarded.

use crate::app::house::face;
use crate::app::house::running::Running;
use crate::app::requests::action::Before;
use crate::app::{Args, Desk};
use crate::domain::{Name, Talk};
use crate::text::{Said, Text, Trouble, t};

/// Says from where it is asked, while something runs: one of [`FROM`].
pub(super) const WHERE: &str = "from";
/// The words of [`WHERE`], each with the way from there to where a visit or talk is discarded, and to where a household that never
/// came is taken out of a talk.
const FROM: [(&str, Text, Text); 3] = [
    (
        "page",
        t("要作废: F8, Ctrl-D.", "To discard it: F8, Ctrl-D."),
        t("没来过的: 上下键指着, Esc 菜单里去掉.", "Who never came: the arrows, then take it out in the menu (Esc)."),
    ),
    (
        "end",
        t("要作废: Ctrl-D.", "To discard it: Ctrl-D."),
        t(
            "没来过的: Esc 接着谈, 上下键指着, Esc 菜单里去掉.",
            "Who never came: Esc goes on, the arrows, then take it out in the menu (Esc).",
        ),
    ),
    (
        ELSEWHERE,
        t("要作废: Ctrl-O 回到{what}, F8, Ctrl-D.", "To discard it: Ctrl-O to the {what}, F8, Ctrl-D."),
        t(
            "没来过的: Ctrl-O 回到夜话, 上下键指着, Esc 菜单里去掉.",
            "Who never came: Ctrl-O to the talk, the arrows, then take it out in the menu (Esc).",
        ),
    ),
];
const ELSEWHERE: &str = "elsewhere";
/// What was begun less than a minute ago may have been pressed by mistake; in milliseconds.
const MISPRESS_MS: u64 = 60_000;

/// What an action began that still runs.
enum Begun {
    /// The visit or the talk itself.
    Itself,
    /// So many households came to the talk; the first one, and when, milliseconds since 1970 UTC.
    Came(usize, Name, i64),
}

/// Makes sure that what an action began is over, or was begun a moment ago on the page where one is. Scripts, which are on no page,
/// say what they mean.
pub(super) fn need_over(desk: &Desk<'_>, last: &[Before], args: &Args) -> Result<(), Trouble> {
    let Some((from, running)) = args.text(WHERE).zip(desk.open()) else { return Ok(()) };
    let Some(begun) = begun(desk, last, running.visit)? else { return Ok(()) };
    let now = desk.action.now();
    let age_ms = match begun {
        Begun::Itself => now.boot_ms.saturating_sub(running.timer.began().boot_ms),
        Begun::Came(_, _, at) => u64::try_from(now.wall_ms.saturating_sub(at)).unwrap_or(0),
    };
    if from != ELSEWHERE && age_ms < MISPRESS_MS {
        return Ok(());
    }
    let runs = desk.running.as_ref().is_some_and(|running| !running.timer.is_paused());
    let said = if runs {
        t(
            "最后记下的是 {begun} ({age}前), 还在计时, 没有撤.",
            "Recorded last: {begun}, {age} ago. It still runs and was not taken back.",
        )
    } else {
        t(
            "最后记下的是 {begun} ({age}前), 还没结束, 没有撤.",
            "Recorded last: {begun}, {age} ago. It has not ended and was not taken back.",
        )
    };
    let said = Said::from(said).with_words("begun", named(desk, &begun, running)?).with_words("age", age(age_ms));
    Err(Trouble::new("still-running", said).hint(way(&begun, &from, running)))
}

fn begun(desk: &Desk<'_>, last: &[Before], runs: Name) -> Result<Option<Begun>, Trouble> {
    let mut came = None;
    for before in last.iter().filter(|before| before.key.is_empty()) {
        if before.entity == runs {
            return Ok(Some(Begun::Itself));
        }
        let record = desk.action.record(before.entity)?.filter(|record| record.link("talk") == Some(runs));
        let Some((record, household)) = record.and_then(|record| Some((record.clone(), record.link("household")?)))
        else {
            continue;
        };
        let at = record.born().map_or(0, |born| born.operation.wall_ms);
        let (count, first, at) = came.unwrap_or((0, household, at));
        came = Some((count + 1, first, at));
    }
    Ok(came.map(|(count, first, at)| Begun::Came(count, first, at)))
}

/// Names it: 开始走访 张守富.
fn named(desk: &Desk<'_>, begun: &Begun, running: &Running) -> Result<Said, Trouble> {
    let head = |home: Name| {
        let home = desk.shelf.household(home, desk.action.view())?;
        Ok::<_, Trouble>(home.map(|home| face::head(&home)).unwrap_or_default())
    };
    Ok(match (begun, running.household) {
        (Begun::Itself, Some(home)) => t("开始走访 {head}", "the visit to {head} began").with("head", head(home)?),
        (Begun::Itself, None) => {
            let talk = desk.action.record(running.visit)?.as_deref().and_then(Talk::read);
            let village = talk.map(|talk| talk.village).unwrap_or_default();
            t("开始夜话 {village}", "the talk in {village} began").with("village", village)
        }
        (Begun::Came(1, home, _), _) => t("{head} 到场", "{head} came").with("head", head(*home)?),
        (Begun::Came(count, home, _), _) => {
            let said = t("{head} 等 {n} 户到场", "{head} and others came, {n} in all");
            said.with("head", head(*home)?).with("n", count)
        }
    })
}

/// Says what helps from where it was asked.
fn way(begun: &Begun, from: &str, running: &Running) -> Said {
    let what = if running.is_talk() { t("夜话", "talk") } else { t("走访", "visit") };
    let ways = FROM.iter().find(|(word, ..)| *word == from).or(FROM.last());
    let way = ways.map_or(t("", ""), |(_, discard, take_out)| match begun {
        Begun::Itself => *discard,
        Begun::Came(..) => *take_out,
    });
    way.with_words("what", what)
}

/// Writes how long ago something was: 9分05秒.
fn age(milliseconds: u64) -> Said {
    let seconds = milliseconds / 1_000;
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => t("{s}秒", "{s} s").with("s", rest),
        (0, _) => t("{m}分{s}秒", "{m} min {s} s").with("m", minutes).with("s", format!("{rest:02}")),
        _ => t("{h}小时{m}分", "{h} h {m} min").with("h", hours).with("m", format!("{minutes:02}")),
    }
}
