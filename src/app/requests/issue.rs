//! 问题: recorded in one line while people speak; its class is a proposal that screening confirms.

use crate::app::requests::request::{Answer, Row, may, must};
use crate::app::{Args, Desk};
use crate::domain::facts::find;
use crate::domain::{Birth, Flow, Issue, Name, Sort, Value, Word, local};
use crate::text::{Text, Trouble, t};

use super::facts;

pub const ROWS: &[Row] = &[
    Row {
        word: "issue.record",
        about: t("登记问题或建议", "record an issue or a suggestion"),
        takes: &[
            may("text", "内容 (或 line)", "the words (or line)"),
            may("line", "已记下的一句", "a line already written down"),
            may("visit", "哪次走访", "which visit"),
            may("household", "哪一户 (不在走访中时)", "which household (outside a visit)"),
            must(
                "field",
                "领域: education health environment agriculture governance culture other",
                "the field, by its word",
            ),
            may(
                "class",
                "拟定级: on_site general larger major long_term (默认 general)",
                "the proposed class (general unless given)",
            ),
            may("kind", "problem, suggestion 或 stock (存量)", "problem, suggestion or stock"),
            may(
                "source",
                "来源: visit contact hotline survey approval petition inspection superior",
                "where it came from, by its word",
            ),
            may("received", "那里哪天收到的", "the day it was received there"),
            may("confidential", "保密", "confidential"),
            may(
                "with",
                "和哪一件说的是同一件事; 各户各自答复",
                "which issue it is about the same thing as; each household is answered",
            ),
            may("done", "当场怎么解决的 (on_site)", "what was done (on_site)"),
            may("on", "补录: 当时的时间", "entered later: when it was said"),
        ],
        run: record,
    },
    Row {
        word: "issue.set",
        about: t("改问题的归类", "change how an issue is classed"),
        takes: &[must("issue", "哪一件; 其余为要改的项", "which issue; the rest are facts")],
        run: set,
    },
    Row {
        word: "issue.retract",
        about: t("退回为备注: 撤去问题, 留下那一句", "turn back into a note: the issue goes, the line stays"),
        takes: &[must("issue", "哪一件", "which issue"), may("why", "原因", "why")],
        run: retract,
    },
];

/// The role of the issue that another one is about the same thing as.
const WITH: &str = "with";

fn record(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let on = args.at("on")?;
    let line = if let Some(line) = args.name("line")? {
        facts::need(desk, line, Sort::Line)?;
        line
    } else {
        super::visit::write_line(desk, args, &args.need_text("text")?, on)?
    };
    let mut links = vec![("line".into(), line)];
    links.extend(owner(desk, args, line)?);
    if let Some(other) = args.name("with")? {
        links.push((WITH.into(), first_of(desk, other)?));
    }
    let mut facts = given(args, on, desk.action.now().wall_ms)?;
    facts.extend(origin(args, desk.action.now().wall_ms)?);
    let name = desk.action.create(Sort::Issue, Birth { links, facts })?;
    Ok(Answer::of(Sort::Issue, name).with("line", line.with_letter('l')))
}

/// Gives the first of the issues that are about the same thing as one, so that all of them name the same.
pub fn first_of(desk: &Desk<'_>, issue: Name) -> Result<Name, Trouble> {
    facts::need(desk, issue, Sort::Issue)?;
    Ok(desk.action.record(issue)?.and_then(|record| record.link(WITH)).unwrap_or(issue))
}

/// Reads where an issue came from, and on which day.
fn origin(args: &Args, now_ms: i64) -> Result<Vec<(Word, Value)>, Trouble> {
    let mut found = Vec::new();
    for key in ["source", "received"] {
        if let Some((said, fact)) = args.text(key).zip(find(Sort::Issue, key)) {
            let value = fact.parse_spoken(&said, now_ms)?;
            if matches!(value, Value::Day(day) if local::day(i64::from(day) * 86_400_000) > local::day(now_ms)) {
                return Err(Trouble::new(
                    "bad-value",
                    t(
                        "{day} 还没到: 来源收到的日子不能在今天以后.",
                        "{day} is yet to come: the source cannot have received it.",
                    )
                    .with("day", said),
                )
                .hint(t("改成收到的那天再记.", "Give the day it was received.")));
            }
            found.push((key.into(), value));
        }
    }
    Ok(found)
}

/// Reads what a request says of a new issue: kind, field, class and the rest.
pub fn given(args: &Args, on: Option<i64>, now_ms: i64) -> Result<Vec<(Word, Value)>, Trouble> {
    let class = args.text("class").unwrap_or_else(|| "general".to_owned());
    let kind = args.text("kind").unwrap_or_else(|| "problem".to_owned());
    let mut given = vec![
        ("kind".into(), word(&kind, &["problem", "suggestion", "stock"], "kind")?),
        ("field".into(), field(&args.need_text("field")?)?),
        ("class".into(), word(&class, CLASSES, "class")?),
    ];
    if args.yes("confidential") {
        given.push(("confidential".into(), Value::Yes(true)));
    }
    if class == "on_site" {
        given.push(("done".into(), Value::text(args.text("done").unwrap_or_default())));
        given.push(("told_at".into(), Value::At(on.unwrap_or(now_ms))));
    }
    if let Some(on) = on {
        given.push(("on".into(), Value::At(on)));
    }
    Ok(given)
}

/// Gives the visit and household an issue belongs to: those given, else those of its line.
fn owner(desk: &Desk<'_>, args: &Args, line: Name) -> Result<Vec<(Word, Name)>, Trouble> {
    let mut links = Vec::new();
    let record = desk.action.record(line)?;
    // A line that this very request writes is not in the view yet; without a household it is the running visit's.
    let running = desk.open_visit();
    let fresh = running.filter(|_| record.is_none() && !args.0.contains_key("household"));
    for role in ["visit", "household"] {
        let own = args.name(role)?.or_else(|| record.as_ref().and_then(|r| r.link(role)));
        let own = own.or(fresh.filter(|_| role == "visit"));
        links.extend(own.map(|name| (role.into(), name)));
    }
    if !links.iter().any(|(role, _)| role == "household")
        && let Some((_, visit)) = links.first()
    {
        let household = desk.action.record(*visit)?.and_then(|r| r.link("household"));
        links.extend(household.map(|name| ("household".into(), name)));
    }
    Ok(links)
}

fn set(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let issue = args.need_name("issue")?;
    facts::need(desk, issue, Sort::Issue)?;
    let told = facts::read(args, Sort::Issue, &["issue"])?;
    check_fixed(desk, issue, told.iter().map(|(key, _)| key.as_str()))?;
    for (key, value) in told {
        let value = match (key.as_str(), value) {
            ("class", Value::Text(said)) => word(&said, CLASSES, "class")?,
            ("kind", Value::Text(said)) => word(&said, &["problem", "suggestion"], "kind")?,
            ("field", Value::Text(said)) => field(&said)?,
            (_, value) => value,
        };
        desk.action.set(issue, &key, value)?;
    }
    Ok(Answer::of(Sort::Issue, issue))
}

/// What an issue was taken for, and the steps that change it once its flow runs.
const FIXED: &[(&str, Text)] = &[
    ("class", t("改级用 issue.grade.", "Grade it anew with issue.grade.")),
    ("kind", t("建议转成问题用 issue.reopen.", "A suggestion turns into a problem with issue.reopen.")),
];

/// Class and kind are not written anew behind the back of the steps that were taken by them.
fn check_fixed<'a>(desk: &Desk<'_>, issue: Name, mut keys: impl Iterator<Item = &'a str>) -> Result<(), Trouble> {
    let Some((key, how)) = keys.find_map(|key| FIXED.iter().find(|(fixed, _)| *fixed == key)) else { return Ok(()) };
    let record = desk.action.record(issue)?;
    let runs = record.and_then(|record| Some(!Flow::of(&Issue::read(&record)?, &record).steps.is_empty()));
    if runs != Some(true) {
        return Ok(());
    }
    let said =
        t("这一件已经开始办, 归类不能这样改.", "steps were taken already; its classing is not changed like this.");
    Err(Trouble::new("not-now", said).about(key).hint(*how))
}

fn retract(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let issue = args.need_name("issue")?;
    facts::need(desk, issue, Sort::Issue)?;
    desk.action.retract(issue, &args.text("why").unwrap_or_default())?;
    Ok(Answer::of(Sort::Issue, issue))
}

const CLASSES: &[&str] = &["on_site", "general", "larger", "major", "long_term"];
const FIELDS: &[&str] = &["education", "health", "environment", "agriculture", "governance", "culture", "other"];

fn field(said: &str) -> Result<Value, Trouble> {
    word(said, FIELDS, "field")
}

fn word(said: &str, list: &[&str], key: &'static str) -> Result<Value, Trouble> {
    match list.iter().find(|word| **word == said) {
        Some(word) => Ok(Value::text(*word)),
        None => Err(Trouble::new(
            "bad-value",
            t("“{key}” 不认得 “{said}”.", "“{key}” does not know “{said}”.").with("key", key).with("said", said),
        )
        .hint(t("可填: {list}.", "One of: {list}.").with("list", list.join(" / ")))),
    }
}
