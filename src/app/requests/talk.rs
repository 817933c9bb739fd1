//! 夜话, 田间: many households at once, each with its own visit; who says what is said with it.

use crate::app::house::running::Running;
use crate::app::requests::request::{Answer, Row, may, must};
use crate::app::{Args, Desk};
use crate::domain::{Birth, Name, Presence, SHORT_AT_TALK, Sort, Talk, TalkMark, Value, Word, is_long_enough};
use crate::text::{Trouble, t};

use super::line::issues_of;
use super::{facts, first, household, issue, joins, minutes, next, visit};

pub const ROWS: &[Row] = &[
    Row {
        word: "talk.start",
        about: t(
            "开始夜话并计时; 有 on 的是补录, 不计时",
            "start an evening talk and its timer; with “on” it is entered later, without timer",
        ),
        takes: &[
            must("village", "村(居)", "the village"),
            may("place", "地点", "where in it"),
            may("kind", "talk 或 field (默认 talk)", "talk or field (talk unless given)"),
            may("visitors", "走访干部 (默认本机的)", "who leads it (this laptop's visitors unless given)"),
            may("on", "补录: 当时的时间", "entered later: when it was"),
            minutes::LATER,
        ],
        run: start,
    },
    Row {
        word: "talk.set",
        about: t("改夜话的村, 地点, 走访干部", "change village, place or visitors of a talk"),
        takes: &[may("talk", "哪一场 (默认正在进行的)", "which talk (the running one unless given)")],
        run: set,
    },
    Row {
        word: "talk.come",
        about: t(
            "户到场, 开始计它的时间; 先走又回来的接着计",
            "households come, their time begins; who left comes back",
        ),
        takes: &[
            must("households", "哪几户", "which households"),
            may("talk", "哪一场 (默认正在进行的)", "which talk (the running one unless given)"),
        ],
        run: come,
    },
    Row {
        word: "talk.leave",
        about: t("户先走, 它的时间停在此刻", "a household leaves early, its time stops"),
        takes: &[
            must("household", "哪一户", "which household"),
            may("talk", "哪一场", "which talk"),
            may(
                "minutes",
                "补录: 待了多久, 21 是分钟, 1小时20分 也行",
                "entered later: how long it was there; 21 is minutes, or 1 hour 20 min",
            ),
        ],
        run: leave,
    },
    Row {
        word: "talk.remove",
        about: t(
            "去掉加错的户; 它说的话要先移走",
            "take out a household added by mistake; its lines must be moved first",
        ),
        takes: &[must("household", "哪一户", "which household"), may("talk", "哪一场", "which talk")],
        run: remove,
    },
    Row {
        word: "talk.note",
        about: t(
            "记一句: 一户或几户说的, 不给 households 是全村的",
            "write down a line of some households; of the village without any",
        ),
        takes: &[
            must("text", "内容", "the words"),
            may("households", "谁说的", "who says it"),
            may("with", "和已记的哪一句同说", "the line it is said together with"),
            may("talk", "哪一场", "which talk"),
        ],
        run: note,
    },
    Row {
        word: "talk.issue",
        about: t(
            "登记问题或建议, 每户一件, 各自反馈",
            "record an issue or a suggestion, one for each household, each to be answered",
        ),
        takes: &[
            must("text", "内容", "the words"),
            must("field", "领域", "the field, by its word"),
            may("households", "谁说的; 不给是全村的", "who says it; the village without any"),
            may("with", "和已记的哪一句同说", "the line it is said together with"),
            may(
                "same",
                "和哪一件说的是同一件事; 各户各自答复",
                "which issue it is about the same thing as; each household is answered",
            ),
            may("class", "拟定级 (默认 general)", "the proposed class (general unless given)"),
            may("kind", "problem 或 suggestion", "problem or suggestion"),
            may("confidential", "保密", "confidential"),
            may("done", "当场怎么解决的 (on_site)", "what was done (on_site)"),
            may("talk", "哪一场", "which talk"),
        ],
        run: record,
    },
    Row {
        word: "talk.finish",
        about: t(
            "散场: 每户各按在场的时间记一次走访",
            "end a talk: each household has a visit of the time it was there",
        ),
        takes: &[
            may("talk", "哪一场 (默认正在进行的)", "which talk (the running one unless given)"),
            may(
                "at_last",
                "在最后计到的时刻结束 (程序中断过)",
                "end it at the last counted moment (after an interruption)",
            ),
        ],
        run: finish,
    },
    Row {
        word: "talk.discard",
        about: t("作废误开的夜话; 记下的话都留着", "discard a talk begun by mistake; its lines stay"),
        takes: &[may("talk", "哪一场", "which talk")],
        run: discard,
    },
];

fn start(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let on = args.at("on")?;
    let lasted_ms = if on.is_some() { lasted(args)? } else { 0 };
    if on.is_none() {
        visit::nothing_runs(desk)?;
    }
    let kind = args.text("kind").unwrap_or_else(|| "talk".to_owned());
    if !["talk", "field"].contains(&kind.as_str()) {
        return Err(Trouble::new(
            "bad-value",
            t("“kind” 不认得 “{kind}”.", "“kind” does not know “{kind}”.").with("kind", &kind),
        )
        .hint(t("可填: talk / field.", "One of: talk / field.")));
    }
    let visitors = args.words("visitors").filter(|w| !w.is_empty()).unwrap_or_else(|| desk.device.visitors.clone());
    let mut facts = vec![
        ("kind".into(), Value::text(kind)),
        ("village".into(), Value::text(args.need_text("village")?)),
        ("place".into(), Value::text(args.text("place").unwrap_or_default())),
        ("visitors".into(), Value::words(visitors)),
    ];
    if let Some(on) = on {
        facts.push(("on".into(), Value::At(on)));
        facts.push(("lasted_ms".into(), Value::Number(lasted_ms)));
    }
    let talk = desk.action.create(Sort::Talk, Birth { links: Vec::new(), facts })?;
    if on.is_none() {
        *desk.running = Some(Running::start(talk, None, desk.action.now()));
    }
    Ok(Answer::of(Sort::Talk, talk))
}

/// Reads the minutes of what is entered later, and gives milliseconds.
fn lasted(args: &Args) -> Result<i64, Trouble> {
    args.need_text("minutes")?;
    let minutes = minutes::read(args, 1..=minutes::OF_A_DAY)?.and_then(|minutes| i64::try_from(minutes).ok());
    Ok(minutes.unwrap_or(0) * 60_000)
}

fn set(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let (name, _) = need(desk, args)?;
    for key in ["village", "place"] {
        if let Some(text) = args.text(key) {
            desk.action.set(name, key, Value::text(text))?;
        }
    }
    if let Some(visitors) = args.words("visitors") {
        desk.action.set(name, "visitors", Value::words(visitors))?;
    }
    Ok(Answer::of(Sort::Talk, name))
}

/// Gives the talk of a request, which must be known.
fn need(desk: &Desk<'_>, args: &Args) -> Result<(Name, Talk), Trouble> {
    let name = args.name("talk")?.or_else(|| desk.open_talk()).ok_or_else(|| {
        Trouble::new("no-talk", t("没有正在进行的夜话.", "no talk is running."))
            .hint(t("先开始 (talk.start), 或说明是哪一场 (talk).", "Start one (talk.start), or say which (talk)."))
    })?;
    facts::need(desk, name, Sort::Talk)?;
    let record = desk.action.record(name)?;
    let talk = record.as_deref().and_then(Talk::read);
    let talk = talk.ok_or_else(|| Trouble::new("no-talk", t("这一场夜话撤销了.", "this talk was taken back.")))?;
    Ok((name, talk))
}

/// Gives the talk of a request, which must still go on here, and where its timer stands.
fn need_going(desk: &mut Desk<'_>, args: &Args) -> Result<(Name, Talk, TalkMark), Trouble> {
    let (name, talk) = need(desk, args)?;
    if let Some(whole) = talk.whole().filter(|_| talk.ended.is_none()) {
        return Ok((name, talk, whole));
    }
    let now = desk.action.now();
    let goes_on = desk.is_running(name);
    let Some(running) = desk.timer_of(name).filter(|_| talk.ended.is_none()) else {
        return Err(Trouble::new("talk-ended", t("这一场夜话已经散场.", "this talk has ended."))
            .hint(t("补记用 visit.start 加 on.", "Enter it later with visit.start and “on”.")));
    };
    if goes_on {
        running.tick(now);
    }
    Ok((name, talk, running.mark()))
}

fn of_household(desk: &Desk<'_>, all: &[Presence], household: Name) -> Option<Presence> {
    let home = desk.shelf.home_of(household);
    all.iter().find(|presence| desk.shelf.home_of(presence.household) == home).cloned()
}

/// Reads the households that a request names.
fn households(desk: &Desk<'_>, args: &Args, key: &'static str) -> Result<Vec<Name>, Trouble> {
    let mut all = Vec::new();
    for word in args.words(key).unwrap_or_default() {
        let name: Name = word.parse().map_err(|_| {
            Trouble::new(
                "bad-value",
                t("“{key}” 不是编号: {text}", "“{key}” is not an id: {text}").with("key", key).with("text", &word),
            )
        })?;
        facts::need(desk, name, Sort::Household)?;
        if !all.contains(&name) {
            all.push(name);
        }
    }
    Ok(all)
}

fn come(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let (name, talk, now) = need_going(desk, args)?;
    let there = desk.present(name)?;
    let mut next = there.iter().map(|presence| presence.number).max().unwrap_or(0);
    let (mut joined, mut last) = (0, None);
    for household in households(desk, args, "households")? {
        if let Some(known) = of_household(desk, &there, household) {
            last = Some(known.visit);
            if let Some(left) = known.left {
                let missed = known.missed_ms + (now.proven_ms - left.proven_ms).max(0);
                desk.action.set(known.visit, "missed_ms", Value::Number(missed))?;
                if now.gaps > left.gaps {
                    let missed = known.missed_gaps.iter().copied().chain(left.gaps..now.gaps);
                    let missed: Vec<String> = missed.map(|gap| gap.to_string()).collect();
                    desk.action.set(known.visit, "missed_gaps", Value::words(missed))?;
                }
                desk.action.set(known.visit, "left_ms", Value::Nothing)?;
                joined += 1;
            }
            continue;
        }
        next = next.saturating_add(1);
        let first = first::is_first(desk, household, talk.lasted_ms.map(|_| talk.started))?;
        // Of what is entered later nobody knows who came late: it was there from the beginning.
        let came = if talk.lasted_ms.is_some() { TalkMark::default() } else { now };
        let mut facts = vec![
            ("kind".into(), Value::text(&talk.kind)),
            ("purpose".into(), Value::text(if first { "first" } else { "routine" })),
            ("visitors".into(), Value::words(&talk.visitors)),
            ("number".into(), Value::Number(i64::from(next))),
            ("came_ms".into(), Value::Number(came.proven_ms)),
            ("came_gaps".into(), Value::Number(came.gaps)),
        ];
        facts.extend(talk.lasted_ms.map(|_| ("on".into(), Value::At(talk.started))));
        let links = vec![("household".into(), household), ("talk".into(), name)];
        last = Some(desk.action.create(Sort::Visit, Birth { links, facts })?);
        joined += 1;
    }
    let last = last.ok_or_else(|| crate::app::requests::args::missing("households"))?;
    Ok(Answer::of(Sort::Visit, last).with("came", joined))
}

/// Gives a household's presence, or says that it is not there.
fn need_presence(desk: &Desk<'_>, args: &Args, talk: Name) -> Result<Presence, Trouble> {
    let household = household::need(desk, args)?;
    of_household(desk, &desk.present(talk)?, household).ok_or_else(not_there)
}

fn not_there() -> Trouble {
    Trouble::new("not-there", t("这一户没有到场.", "this household is not at the talk."))
        .hint(t("先加上它 (@ 或 talk.come).", "Add it first (@ or talk.come)."))
}

fn leave(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let (name, talk, mut now) = need_going(desk, args)?;
    let presence = need_presence(desk, args, name)?;
    if talk.lasted_ms.is_some() {
        now.proven_ms = lasted(args)?.min(now.proven_ms);
    }
    if presence.left.is_none() || talk.lasted_ms.is_some() {
        desk.action.set(presence.visit, "left_ms", Value::Number(now.proven_ms))?;
        desk.action.set(presence.visit, "left_gaps", Value::Number(now.gaps))?;
    }
    Ok(Answer::of(Sort::Visit, presence.visit))
}

fn remove(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let (name, _, _) = need_going(desk, args)?;
    let presence = need_presence(desk, args, name)?;
    let mut lines = Vec::new();
    for line in desk.shelf.children_of(presence.visit, Sort::Line) {
        lines.extend(desk.action.record(line)?.filter(|record| !record.is_retracted()));
    }
    if !lines.is_empty() {
        return Err(Trouble::new(
            "has-lines",
            t("这一户说过 {n} 句, 没有去掉.", "this household said {n} {n:line|lines}; it was not taken out.")
                .with("n", lines.len()),
        )
        .hint(t(
            "先走了的, 按 Ctrl-X; 话是别户说的, 先移过去.",
            "Ctrl-X if it left; move its lines first if others said them.",
        )));
    }
    next::let_go(desk, presence.visit)?;
    desk.action.retract(presence.visit, "加错了")?;
    Ok(Answer::of(Sort::Visit, presence.visit))
}

/// What an entity belongs to, by role.
type Links = Vec<(Word, Name)>;
/// A line that was written, and what it belongs to.
type Written = (Name, Links);

/// Writes a line for each household, or one for the village; each line is told which one it was said with.
fn lines(desk: &mut Desk<'_>, args: &Args) -> Result<Vec<Written>, Trouble> {
    let text = args.need_text("text")?;
    let (name, talk) = need(desk, args)?;
    joins::talk(desk, name)?;
    let there = desk.present(name)?;
    let mut owners: Vec<Links> = Vec::new();
    for household in households(desk, args, "households")? {
        let presence = of_household(desk, &there, household).ok_or_else(not_there)?;
        owners.push(vec![("visit".into(), presence.visit), ("household".into(), presence.household)]);
    }
    if owners.is_empty() {
        owners.push(Vec::new());
    }
    let with = args.name("with")?;
    if let Some(with) = with {
        facts::need(desk, with, Sort::Line)?;
    }
    let mut written: Vec<Written> = Vec::new();
    for mut links in owners {
        links.push(("talk".into(), name));
        if let Some(first) = with.or(written.first().map(|(line, _)| *line)) {
            links.push(("with".into(), first));
        }
        let mut facts = vec![("text".into(), Value::text(&text))];
        facts.extend(talk.lasted_ms.map(|_| ("on".into(), Value::At(talk.started))));
        let line = desk.action.create(Sort::Line, Birth { links: links.clone(), facts })?;
        links.retain(|(role, _)| role != "with");
        written.push((line, links));
    }
    Ok(written)
}

fn note(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let written = lines(desk, args)?;
    let first = written.first().map_or(Name::new(0, 0), |(line, _)| *line);
    Ok(Answer::of(Sort::Line, first).with("lines", written.len()))
}

fn record(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let (_, talk) = need(desk, args)?;
    let on = talk.lasted_ms.map(|_| talk.started);
    let facts = issue::given(args, on, desk.action.now().wall_ms)?;
    let mut issues: Vec<Name> = Vec::new();
    let before = args.name("with")?.map(|line| issues_of(desk, line)).transpose()?;
    let before = before.and_then(|issues| issues.first().copied());
    let same = args.name("same")?.map(|other| issue::first_of(desk, other)).transpose()?;
    let before = same.or(before);
    for (line, mut links) in lines(desk, args)? {
        links.push(("line".into(), line));
        if let Some(first) = before.or(issues.first().copied()) {
            links.push(("with".into(), first));
        }
        issues.push(desk.action.create(Sort::Issue, Birth { links, facts: facts.clone() })?);
    }
    let first = issues.first().copied().unwrap_or(Name::new(0, 0));
    Ok(Answer::of(Sort::Issue, first).with("issues", issues.len()))
}

fn finish(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let (name, talk) = need(desk, args)?;
    if talk.ended.is_some() {
        return Err(Trouble::new("talk-ended", t("这一场夜话已经散场.", "this talk has ended.")));
    }
    joins::talk(desk, name)?;
    let counted = count(desk, name, &talk, args.yes("at_last"))?;
    let minimum = desk.minimum_minutes;
    close(desk, name, counted.ended, counted.whole, &counted.why, "done")?;
    // Why a gap is not counted is said of the talk; who was there then is not asked.
    if !counted.gap_why.is_empty() {
        desk.action.set(name, "gap_why", Value::text(&counted.gap_why))?;
    }
    let (mut short, mut households) = (0, 0);
    for presence in desk.present(name)? {
        let mut time = presence.counted(counted.mark, &counted.declared);
        if talk.lasted_ms.is_some() {
            time = (0, time.0);
        }
        close(desk, presence.visit, counted.ended, time, &counted.why, "done")?;
        households += 1;
        let is_short = !is_long_enough(time.0 + time.1, minimum);
        if is_short {
            desk.action.set(presence.visit, "short_why", Value::text(SHORT_AT_TALK))?;
            short += 1;
        }
        let counts = !is_short && (talk.kind != "talk" || desk.counting().talks);
        if talk.lasted_ms.is_some() && counts && first::is_one(desk, presence.visit)? {
            first::settle_first(desk, presence.visit, presence.household, talk.started)?;
        }
    }
    desk.let_go(name);
    Ok(Answer::of(Sort::Talk, name).with("households", households).with("short", short))
}

/// What a talk comes to at its end.
struct Counted {
    /// When it ended.
    ended: i64,
    mark: TalkMark,
    /// Proven and declared milliseconds of the talk itself.
    whole: (i64, i64),
    /// Declared milliseconds of each gap.
    declared: Vec<i64>,
    /// Why it was declared.
    why: String,
    /// Why gaps of it are not counted.
    gap_why: String,
}

fn count(desk: &mut Desk<'_>, name: Name, talk: &Talk, at_last: bool) -> Result<Counted, Trouble> {
    if let Some(mark) = talk.whole() {
        let ended = talk.started + mark.proven_ms;
        let why = "补录".to_owned();
        let whole = (0, mark.proven_ms);
        return Ok(Counted { ended, mark, whole, declared: Vec::new(), why, gap_why: String::new() });
    }
    let now = desk.action.now();
    // Time after an interruption counts only once the talk is taken up again.
    let at_last = at_last || !desk.is_running(name);
    let Some(running) = desk.timer_of(name) else {
        return Err(Trouble::new("not-here", t("这一场夜话在另一台电脑上.", "this talk runs on another laptop."))
            .hint(t("在那台电脑上散场.", "End it there.")));
    };
    let mut ended = running.timer.last().wall_ms;
    if !at_last {
        running.tick(now);
        ended = now.wall_ms;
    }
    Ok(Counted {
        ended,
        mark: running.mark(),
        whole: running.counted(),
        declared: running.declared(),
        why: running.timer.declared_why().join("; "),
        gap_why: running.timer.gap_why().join("; "),
    })
}

/// Writes down that a talk, or a visit of it, is over.
fn close(
    desk: &mut Desk<'_>,
    entity: Name,
    ended: i64,
    (proven_ms, declared_ms): (i64, i64),
    why: &str,
    outcome: &str,
) -> Result<(), Trouble> {
    desk.action.set(entity, "outcome", Value::text(outcome))?;
    desk.action.set(entity, "ended", Value::At(ended))?;
    desk.action.set(entity, "proven_ms", Value::Number(proven_ms))?;
    if declared_ms > 0 {
        desk.action.set(entity, "declared_ms", Value::Number(declared_ms))?;
        desk.action.set(entity, "declared_why", Value::text(why))?;
    }
    Ok(())
}

fn discard(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let (name, _) = need(desk, args)?;
    let ended = desk.action.now().wall_ms;
    close(desk, name, ended, (0, 0), "", "discarded")?;
    for presence in desk.present(name)? {
        next::let_go(desk, presence.visit)?;
        close(desk, presence.visit, ended, (0, 0), "", "discarded")?;
    }
    desk.let_go(name);
    Ok(Answer::of(Sort::Talk, name))
}
