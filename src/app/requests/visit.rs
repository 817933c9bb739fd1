//! 走访: begin, write down, end; kept whatever its length, counted from 15 minutes on (plan 二(二)3(1)).

use crate::app::house::face;
use crate::app::house::running::Running;
use crate::app::requests::request::{Answer, Row, may, must};
use crate::app::{Args, Desk};
use crate::domain::{Birth, Name, Sort, Value, Visit, choice, facts as table, is_long_enough};
use crate::text::{Trouble, t};

use super::nobody::{GONE, answers_none};
use super::{facts, first, household, joins, minutes, next};

pub const ROWS: &[Row] = &[
    Row {
        word: "visit.start",
        about: t(
            "开始走访并计时; 有 on 的是补录, 不计时",
            "start a visit and its timer; with “on” it is entered later, without timer",
        ),
        takes: &[
            must("household", "哪一户", "which household"),
            may("kind", "home phone field business (默认 home)", "home phone field business (home unless given)"),
            may(
                "purpose",
                "first feedback routine look_back verification",
                "first feedback routine look_back verification",
            ),
            may("visitors", "走访干部 (默认本机的)", "who goes (this laptop's visitors unless given)"),
            may("on", "补录: 当时的时间", "entered later: when it was"),
            may("outcome", "补录: 结果, 写了就一起结束", "entered later: the outcome; with it the visit is ended too"),
            minutes::LATER,
            may("short_why", "补录: 不足15分钟的原因", "entered later: why it was shorter than 15 minutes"),
            may(
                "satisfaction",
                "补录: 有结果的, satisfied mostly dissatisfied",
                "entered later, with the outcome: satisfied mostly dissatisfied",
            ),
        ],
        run: start,
    },
    Row {
        word: "visit.note",
        about: t("记一句", "write down a line"),
        takes: &[
            must("text", "内容", "the words"),
            may("visit", "哪次走访 (默认正在进行的)", "which visit (the running one unless given)"),
            may("household", "哪一户 (不在走访中时)", "which household (outside a visit)"),
            may("on", "补录: 当时的时间", "entered later: when it was said"),
        ],
        run: note,
    },
    Row {
        word: "visit.set",
        about: t(
            "改走访的内容: 讲了什么, 发了什么, 满意度",
            "change what a visit says: explained, handed over, satisfaction",
        ),
        takes: &[must("visit", "哪次走访; 其余为要改的项", "which visit; the rest are facts")],
        run: set,
    },
    Row { word: "visit.pause", about: t("暂停计时", "pause the timer"), takes: &[], run: pause },
    Row {
        word: "visit.resume",
        about: t(
            "继续计时; 程序中断过的也接着计, 中间的空档可以自述",
            "let the timer run on, also after an interruption; the gap can be declared",
        ),
        takes: &[],
        run: resume,
    },
    Row {
        word: "visit.declare",
        about: t("自述: 中断的时间也在走访", "declare that the visit went on while the laptop slept"),
        takes: &[
            may("why", "原因; 0 分钟不写原因, 就是撤回自述", "why; 0 minutes without it take back what was declared"),
            must(
                "minutes",
                "其中多久在走访, 21 是分钟, 1小时20分 也行",
                "how long of it was spent in the visit; 21 is minutes, or 1 hour 20 min",
            ),
            may(
                "gap",
                "第几次中断, 从 1 数起 (默认最长的一次)",
                "which gap, counted from 1 (the longest unless given)",
            ),
        ],
        run: declare,
    },
    Row {
        word: "visit.finish",
        about: t("结束走访", "end a visit"),
        takes: &[
            may("visit", "哪次走访 (默认正在进行的)", "which visit (the running one unless given)"),
            may(
                "outcome",
                "done absent refused later moved deceased (默认 done)",
                "done absent refused later moved deceased (done unless given)",
            ),
            minutes::LATER,
            may(
                "at_last",
                "在最后计到的时刻结束 (程序中断过)",
                "end it at the last counted moment (after an interruption)",
            ),
            may("short_why", "不足15分钟的原因", "why it was shorter than 15 minutes"),
            may("satisfaction", "satisfied mostly dissatisfied", "satisfied mostly dissatisfied"),
            may("next", "下次联系", "next contact"),
        ],
        run: finish,
    },
    Row {
        word: "visit.discard",
        about: t(
            "作废误开的走访; 记下的话都留着, 它约的下次撤掉",
            "discard a visit begun by mistake; its lines stay, the appointment of its next contact goes",
        ),
        takes: &[may("visit", "哪次走访 (默认正在进行的)", "which visit (the running one unless given)")],
        run: discard,
    },
];

fn start(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let household = household::need(desk, args)?;
    let on = args.at("on")?;
    if on.is_none() {
        nothing_runs(desk)?;
    }
    let kind = choice_of("kind", &args.text("kind").unwrap_or_else(|| "home".to_owned()))?;
    let purpose = match args.text("purpose") {
        Some(said) => choice_of("purpose", &said)?,
        None if first::is_first(desk, household, on)? => Value::text("first"),
        None => Value::text("routine"),
    };
    let visitors = args.words("visitors").filter(|w| !w.is_empty()).unwrap_or_else(|| desk.device.visitors.clone());
    let mut given =
        vec![("kind".into(), kind), ("purpose".into(), purpose), ("visitors".into(), Value::words(visitors))];
    if let Some(on) = on {
        given.push(("on".into(), Value::At(on)));
    }
    answers_none(args, &args.text("outcome").unwrap_or_default())?;
    if let Some(said) = args.text("satisfaction").filter(|said| !said.is_empty()) {
        given.push(("satisfaction".into(), choice_of("satisfaction", &said)?));
    }
    let is_first = given.iter().any(|(key, value)| key == "purpose" && value.as_text() == Some("first"));
    let by_phone = given.iter().any(|(key, value)| key == "kind" && value.as_text() == Some("phone"));
    let birth = Birth { links: vec![("household".into(), household)], facts: given };
    let visit = desk.action.create(Sort::Visit, birth)?;
    if let Some(said) = args.text("purpose") {
        first::say(desk, visit, choice_of("purpose", &said)?)?;
    }
    match on {
        None => *desk.running = Some(Running::start(visit, Some(household), desk.action.now())),
        // In one action: whatever happens, no visit is left without its end.
        Some(on) if args.text("outcome").is_some() => {
            let begun = Begun { later: Some(on), by_phone, household: Some(household), is_first };
            return end(desk, args, visit, &begun);
        }
        Some(_) => {}
    }
    Ok(Answer::of(Sort::Visit, visit))
}

/// Makes sure that neither visit nor talk runs.
pub fn nothing_runs(desk: &Desk<'_>) -> Result<(), Trouble> {
    let said = match desk.open() {
        None => return Ok(()),
        Some(running) if running.is_talk() => t("还有一场夜话没结束.", "A talk is still running.").into(),
        Some(running) => {
            let home = running.household.map(|home| desk.shelf.household(home, desk.action.view())).transpose()?;
            let head = home.flatten().map(|home| face::head(&home)).unwrap_or_default();
            t("{head} 的走访还没结束.", "The visit to {head} is still running.").with("head", head)
        }
    };
    Err(Trouble::new("visit-running", said).hint(t("先结束它.", "End it first.")))
}

fn note(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let text = args.need_text("text")?;
    let line = write_line(desk, args, &text, args.at("on")?)?;
    Ok(Answer::of(Sort::Line, line))
}

/// Writes a line of the visit or household that a request names; else of the running visit.
pub fn write_line(desk: &mut Desk<'_>, args: &Args, text: &str, on: Option<i64>) -> Result<Name, Trouble> {
    let given_household = args.name("household")?;
    let visit = match args.name("visit")? {
        Some(visit) => Some(visit),
        None if given_household.is_none() => desk.open_visit(),
        None => None,
    };
    let mut links = Vec::new();
    if let Some(visit) = visit {
        facts::need(desk, visit, Sort::Visit)?;
        need_standing(desk, visit)?;
        joins::visit(desk, visit)?;
        links.push(("visit".into(), visit));
    }
    if let Some(household) = given_household {
        facts::need(desk, household, Sort::Household)?;
        links.push(("household".into(), household));
    }
    if links.is_empty() {
        return Err(Trouble::new("no-visit", t("没有正在进行的走访.", "no visit is running."))
            .hint(t("先开始走访, 或说明是哪一户.", "Start one, or say which household.")));
    }
    let mut given = vec![("text".into(), Value::text(text))];
    if let Some(on) = on {
        given.push(("on".into(), Value::At(on)));
    }
    desk.action.create(Sort::Line, Birth { links, facts: given })
}

/// Makes sure that a visit was not taken back: what is put into one that is gone is seen nowhere.
pub fn need_standing(desk: &Desk<'_>, visit: Name) -> Result<(), Trouble> {
    if !desk.action.record(visit)?.is_some_and(|record| record.is_retracted()) {
        return Ok(());
    }
    let said = t("这次走访已经撤回, 这一句没有记.", "the visit was taken back; this line is not recorded.");
    Err(Trouble::new("taken-back", said)
        .hint(t("重新开始或补录走访, 或记在户上.", "Begin or enter the visit anew, or give the household.")))
}

fn set(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let visit = need(desk, args)?;
    joins::visit(desk, visit)?;
    let record = desk.action.record(visit)?;
    let outcome = record.and_then(|record| record.text("outcome").map(str::to_owned)).unwrap_or_default();
    answers_none(args, &outcome)?;
    let mut answer = Answer::of(Sort::Visit, visit);
    for (key, value) in facts::read(args, Sort::Visit, &["visit"])? {
        if matches!(key.as_str(), "proven_ms" | "declared_ms" | "ended" | "outcome") {
            return Err(Trouble::new(
                "bad-value",
                t("“{key}” 由计时得出, 不能改写.", "“{key}” comes from the timer and cannot be written.")
                    .with("key", key),
            )
            .hint(t("用 visit.finish 或 visit.declare.", "Use visit.finish or visit.declare.")));
        }
        match key.as_str() {
            "next" => {
                answer = next::keep(desk, visit, value.as_text().unwrap_or_default(), &outcome)?.told(answer);
            }
            "purpose" if value != Value::Nothing => first::say(desk, visit, value)?,
            _ => desk.action.set(visit, &key, value)?,
        }
    }
    Ok(answer)
}

fn pause(desk: &mut Desk<'_>, _: &Args) -> Result<Answer, Trouble> {
    let now = desk.action.now();
    let running = running(desk)?;
    running.pause(now);
    Ok(Answer::of(sort_of(running), running.visit))
}

fn resume(desk: &mut Desk<'_>, _: &Args) -> Result<Answer, Trouble> {
    let now = desk.action.now();
    if desk.running.is_none()
        && let Some(mut interrupted) = desk.interrupted.take()
    {
        interrupted.take_up(now);
        *desk.running = Some(interrupted);
    }
    let running = running(desk)?;
    running.timer.resume(now.into());
    Ok(Answer::of(sort_of(running), running.visit))
}

fn declare(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    args.need_text("minutes")?;
    // A gap may be of any length, and no more than that is declared of it.
    let minutes = minutes::read(args, 0..=u64::MAX)?.unwrap_or(0);
    let why = if minutes == 0 { args.text("why").unwrap_or_default() } else { args.need_text("why")? };
    let given = gap(args)?;
    let visit = desk.open().map(|running| running.visit).ok_or_else(none_runs)?;
    let running = desk.timer_of(visit).ok_or_else(none_runs)?;
    // Each start of the program leaves a short gap of its own; who declares means the long one.
    let longest = running.open_gaps().max_by_key(|(_, gap)| gap.length_ms.unwrap_or(u64::MAX)).map(|(index, _)| index);
    let gap = given
        .or(longest)
        .filter(|gap| *gap < running.timer.gaps().len())
        .ok_or_else(|| Trouble::new("no-gap", t("计时没有中断.", "the timer has no gap.")))?;
    let asked = minutes.saturating_mul(60_000);
    running.timer.declare(gap, asked, &why);
    // No more than the gap was long.
    let declared = running.timer.gaps().get(gap).and_then(|gap| gap.declared.as_ref()).map_or(0, |(ms, _)| *ms);
    Ok(Answer::of(sort_of(running), running.visit)
        .with("declared_ms", declared)
        .with("gap", gap + 1)
        .with("asked_ms", asked))
}

/// Reads which gap is meant, where one is said: people count from 1, and the answer is counted from 0.
fn gap(args: &Args) -> Result<Option<usize>, Trouble> {
    let Some(said) = args.text("gap").filter(|said| !said.is_empty()) else { return Ok(None) };
    let gap = args.number("gap").and_then(|gap| usize::try_from(gap).ok()).and_then(|gap| gap.checked_sub(1));
    let refused = || {
        let words = t("gap “{said}” 不是从 1 起的整数.", "gap “{said}” is not a whole number from 1 on.");
        Trouble::new("bad-value", words.with("said", said)).about("gap")
    };
    gap.map(Some).ok_or_else(refused)
}

fn running<'d>(desk: &'d mut Desk<'_>) -> Result<&'d mut Running, Trouble> {
    desk.running.as_mut().ok_or_else(none_runs)
}

fn sort_of(running: &Running) -> Sort {
    if running.is_talk() { Sort::Talk } else { Sort::Visit }
}

fn none_runs() -> Trouble {
    Trouble::new("no-visit", t("没有正在进行的走访.", "no visit is running."))
}

fn finish(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let visit = need(desk, args)?;
    let record = desk.action.record(visit)?;
    let state = record.as_deref().and_then(Visit::read);
    if record.as_ref().is_some_and(|record| record.link("talk").is_some()) {
        return Err(Trouble::new("part-of-talk", t("这一户在夜话里.", "this household is part of a talk.")).hint(t(
            "先走的用 talk.leave; 散场用 talk.finish.",
            "Who leaves early: talk.leave; the end: talk.finish.",
        )));
    }
    if state.as_ref().is_some_and(|state| state.ended.is_some()) {
        return Err(Trouble::new("visit-ended", t("这次走访已经结束.", "this visit has ended already."))
            .hint(t("要改内容用 visit.set.", "To change what it says use visit.set.")));
    }
    let more = facts::read(args, Sort::Visit, &["visit", "outcome", "minutes", "short_why", "at_last"])?;
    let said = more.iter().filter(|(key, _)| key == "purpose").find_map(|(_, value)| value.as_text());
    let begun = Begun {
        later: state.as_ref().filter(|state| state.entered_later).map(|state| state.started),
        by_phone: state.as_ref().is_some_and(|state| state.kind == "phone"),
        household: record.as_ref().and_then(|record| record.link("household")),
        is_first: said.or(state.as_ref().map(|state| state.purpose.as_str())).is_none_or(|said| said == "first"),
    };
    let outcome = args.text("outcome").unwrap_or_default();
    let is_with_nobody = answers_none(args, &outcome)?;
    let mut answer = end(desk, args, visit, &begun)?;
    for (key, value) in more {
        match key.as_str() {
            "next" => {
                answer = next::keep(desk, visit, value.as_text().unwrap_or_default(), &outcome)?.told(answer);
            }
            "purpose" if value != Value::Nothing => first::say(desk, visit, value)?,
            _ => desk.action.set(visit, &key, value)?,
        }
    }
    // What was chosen before it turned out that nobody was there is no answer of theirs.
    if is_with_nobody && state.is_some_and(|state| !state.satisfaction.is_empty()) {
        desk.action.set(visit, "satisfaction", Value::Nothing)?;
    }
    Ok(answer)
}

/// What the end of a visit needs to know of its beginning.
struct Begun {
    /// When it was, where it is entered later.
    later: Option<i64>,
    by_phone: bool,
    household: Option<Name>,
    /// Its purpose is that of a first visit.
    is_first: bool,
}

fn end(desk: &mut Desk<'_>, args: &Args, visit: Name, begun: &Begun) -> Result<Answer, Trouble> {
    let outcome = args.text("outcome").unwrap_or_else(|| "done".to_owned());
    let outcome_value = choice_of("outcome", &outcome)?;
    joins::visit(desk, visit)?;
    let now = desk.action.now();
    let minimum = desk.minimum_minutes;
    // Time after an interruption counts only once the visit is taken up again.
    let at_last = args.yes("at_last") || !desk.is_running(visit);
    let mine = desk.timer_of(visit);
    let minutes = if begun.later.is_some() { minutes::read(args, 0..=minutes::OF_A_DAY)? } else { None };
    let gap_why = mine.as_ref().map_or_else(String::new, |running| running.timer.gap_why().join("; "));
    let (proven_ms, declared_ms, declared_why, ended) = if let Some(running) = mine {
        let mut ended = running.timer.last().wall_ms;
        if !at_last {
            running.tick(now);
            ended = now.wall_ms;
        }
        let (proven, declared) = running.counted();
        (proven, declared, running.timer.declared_why().join("; "), ended)
    } else {
        let declared = minutes.and_then(|minutes| i64::try_from(minutes).ok()).unwrap_or(0) * 60_000;
        (
            0,
            declared,
            if declared > 0 { "补录".to_owned() } else { String::new() },
            begun.later.map_or(now.wall_ms, |on| on + declared),
        )
    };
    let short_why = args.text("short_why").unwrap_or_default();
    let short = outcome == "done" && !begun.by_phone && !is_long_enough(proven_ms + declared_ms, minimum);
    if short && short_why.is_empty() {
        return Err(Trouble::new(
            "short-visit",
            t("不足{minutes}分钟.", "shorter than {minutes} {minutes:minute|minutes}.")
                .with("minutes", desk.minimum_minutes),
        )
        .hint(t(
            "写上原因 (short_why), 照样保留并注明; 或继续走访.",
            "Give the reason (short_why), it is kept and marked; or go on.",
        )));
    }
    desk.action.set(visit, "outcome", outcome_value)?;
    desk.action.set(visit, "ended", Value::At(ended))?;
    desk.action.set(visit, "proven_ms", Value::Number(proven_ms))?;
    if declared_ms > 0 {
        desk.action.set(visit, "declared_ms", Value::Number(declared_ms))?;
        desk.action.set(visit, "declared_why", Value::text(declared_why))?;
    }
    // Of a gap that is not counted somebody may have said why, too.
    if !gap_why.is_empty() {
        desk.action.set(visit, "gap_why", Value::text(gap_why))?;
    }
    if let (Some(on), Some(household), "done", false) = (begun.later, begun.household, outcome.as_str(), short)
        && begun.is_first
        && (!begun.by_phone || desk.may_be_phoned(household)?)
    {
        first::settle_first(desk, visit, household, on)?;
    }
    if short {
        desk.action.set(visit, "short_why", Value::text(short_why))?;
    }
    // Who moved out or died is no longer asked for; one word is enough.
    if let Some(household) = begun.household.filter(|_| GONE.contains(&outcome.as_str())) {
        super::household::write(desk, household, "standing", Value::text(&outcome))?;
    }
    desk.let_go(visit);
    Ok(Answer::of(Sort::Visit, visit).with("minutes", (proven_ms + declared_ms) / 60_000).with("short", short))
}

fn discard(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let visit = need(desk, args)?;
    let now = desk.action.now();
    let next = next::let_go(desk, visit)?;
    desk.action.set(visit, "outcome", Value::text("discarded"))?;
    desk.action.set(visit, "ended", Value::At(now.wall_ms))?;
    desk.let_go(visit);
    Ok(next.told(Answer::of(Sort::Visit, visit)))
}

fn need(desk: &Desk<'_>, args: &Args) -> Result<Name, Trouble> {
    let visit = match args.name("visit")? {
        Some(visit) => visit,
        None => desk.open_visit().ok_or_else(|| none_runs().hint(t("说明是哪次走访 (visit).", "Say which visit.")))?,
    };
    facts::need(desk, visit, Sort::Visit)?;
    Ok(visit)
}

fn choice_of(key: &'static str, said: &str) -> Result<Value, Trouble> {
    let list = match key {
        "kind" => choice::VISIT_KINDS,
        "purpose" => choice::PURPOSES,
        "satisfaction" => choice::SATISFACTION,
        _ => choice::OUTCOMES,
    };
    let fact = table::Fact {
        sort: Sort::Visit,
        key,
        name: t("走访", "visit"),
        shape: table::Shape::Choice(list),
        eyes: table::Eyes::Lists,
    };
    fact.parse(said)
}
