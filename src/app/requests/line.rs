//! What was said, as it was said: change the last line, move it, take it back.

use crate::app::house::talks::presences;
use crate::app::requests::request::{Answer, Row, may, must};
use crate::app::{Args, Desk};
use crate::domain::{Body, Issue, Line, Name, Sort, Value};
use crate::text::{Trouble, t};

use super::{facts, household};

pub const ROWS: &[Row] = &[
    Row {
        word: "line.set",
        about: t("改写记下的一句", "reword a line"),
        takes: &[must("line", "哪一句", "which line"), must("text", "改成", "the new words")],
        run: set,
    },
    Row {
        word: "line.move",
        about: t(
            "把一句移到另一户, 夜话里的也可以给全村",
            "move a line to another household, of a talk also to the village",
        ),
        takes: &[
            must("line", "哪一句", "which line"),
            may("household", "哪一户", "which household"),
            may("village", "全村说的 (夜话)", "the village as a whole says it (a talk)"),
        ],
        run: relocate,
    },
    Row {
        word: "line.retract",
        about: t("撤去一句, 连同归好的问题", "take a line back, with the issue it became"),
        takes: &[must("line", "哪一句", "which line"), may("why", "原因", "why")],
        run: retract,
    },
];

fn set(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let line = need(desk, args)?;
    desk.action.set(line, "text", Value::text(args.need_text("text")?))?;
    Ok(Answer::of(Sort::Line, line))
}

fn relocate(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let line = need(desk, args)?;
    if args.yes("village") {
        bring_to_village(desk, line)?;
        return Ok(Answer::of(Sort::Line, line));
    }
    let household = household::need(desk, args)?;
    bring_to(desk, line, household)?;
    Ok(Answer::of(Sort::Line, line))
}

/// Lets a line be another household's: with what it became, and with that household's visit at the talk it was said in. One that
/// was said in the visit of a household is in none once it is another's, and in that visit again once it comes back.
pub fn bring_to(desk: &mut Desk<'_>, line: Name, household: Name) -> Result<(), Trouble> {
    let record = desk.action.record(line)?;
    let of_talk = record.as_ref().is_some_and(|record| record.link("talk").is_some());
    let visit = if of_talk { visit_at_talk(desk, line, household)? } else { visit_of(desk, line, household)? };
    for entity in issues_of(desk, line)?.into_iter().chain([line]) {
        desk.action.set(entity, "household", Value::Entity(household))?;
        match visit {
            Some(visit) => desk.action.set(entity, "visit", Value::Entity(visit))?,
            None if of_talk => {}
            None => desk.action.write_over(entity, "visit", Value::Nothing)?,
        }
    }
    Ok(())
}

/// Gives the visit that a line was written in, where that is one of a household.
fn visit_of(desk: &Desk<'_>, line: Name, household: Name) -> Result<Option<Name>, Trouble> {
    let record = desk.action.record(line)?;
    let born = record.as_ref().and_then(|record| record.born()).map(|born| &born.operation.body);
    let Some(Body::Birth(_, birth)) = born else { return Ok(None) };
    let Some((_, visit)) = birth.links.iter().find(|(role, _)| role.as_str() == "visit") else { return Ok(None) };
    let whose = desk.action.record(*visit)?.and_then(|visit| visit.link("household"));
    let home = desk.shelf.home_of(household);
    Ok(whose.filter(|whose| desk.shelf.home_of(*whose) == home).map(|_| *visit))
}

/// Lets a line of a talk be the village's, with what it became.
fn bring_to_village(desk: &mut Desk<'_>, line: Name) -> Result<(), Trouble> {
    if desk.action.record(line)?.and_then(|record| record.link("talk")).is_none() {
        return Err(Trouble::new(
            "no-talk",
            t("只有夜话里的话可以记给全村.", "only a line of a talk can be the village's."),
        )
        .about("village"));
    }
    for entity in issues_of(desk, line)?.into_iter().chain([line]) {
        // Nothing stands in the register of what it was born with, and nothing is what has to be written.
        desk.action.write_over(entity, "household", Value::Nothing)?;
        desk.action.write_over(entity, "visit", Value::Nothing)?;
    }
    Ok(())
}

/// Gives the visit that a household has at the talk in which a line was said.
fn visit_at_talk(desk: &Desk<'_>, line: Name, household: Name) -> Result<Option<Name>, Trouble> {
    let record = desk.action.record(line)?;
    let Some(talk) = record.and_then(|record| record.link("talk")) else { return Ok(None) };
    let home = desk.shelf.home_of(household);
    let there = presences(desk.shelf, desk.action.view(), talk)?;
    Ok(there.into_iter().find(|one| desk.shelf.home_of(one.household) == home).map(|one| one.visit))
}

fn retract(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let line = need(desk, args)?;
    let why = args.text("why").unwrap_or_default();
    for issue in issues_of(desk, line)? {
        desk.action.retract(issue, &why)?;
    }
    desk.action.retract(line, &why)?;
    Ok(Answer::of(Sort::Line, line))
}

fn need(desk: &Desk<'_>, args: &Args) -> Result<Name, Trouble> {
    let line = args.need_name("line")?;
    facts::need(desk, line, Sort::Line)?;
    // Written on again it would stand there once more, at whoever it was moved to.
    if desk.action.record(line)?.as_deref().and_then(Line::read).is_none() {
        return Err(Trouble::new("taken-back", t("这一句已经撤去.", "this line was taken back."))
            .hint(t("要记就再写一遍.", "Write it once more to record it.")));
    }
    Ok(line)
}

/// Gives the issues that a line became and that still stand.
pub fn issues_of(desk: &Desk<'_>, line: Name) -> Result<Vec<Name>, Trouble> {
    let mut standing = Vec::new();
    for issue in desk.shelf.children_of(line, Sort::Issue) {
        if desk.action.record(issue)?.as_deref().and_then(Issue::read).is_some() {
            standing.push(issue);
        }
    }
    Ok(standing)
}
