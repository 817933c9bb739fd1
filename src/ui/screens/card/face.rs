//! The face of a card: what is known, as pieces that flow over the width, and what happened before, line by line.
//!
//! Covered, the face hides what other eyes in the room should not see: full phones, illness, why somebody is away, remarks,
//! cells in doubt, and everything that was said (`screens.md`, rule 8).

use chrono::NaiveDate;

use super::people::{self, Grid};
use super::sheet::{Differs, Person, Sheet, Words, doubt_name};
use crate::app::face as list;
use crate::domain::choice::{self, HEALTH, OUTCOMES, SATISFACTION, VISIT_KINDS};
use crate::domain::flow::Timed;
use crate::domain::hidden::{for_lists, for_other_eyes};
use crate::domain::{Calendar, Class, Doubt, Field, Issue, Kind, Phone, State, Visit, local};
use crate::intake::Why;
use crate::text::{Said, Text, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::glance;
use crate::ui::theme::Look;

/// Rows that the members leave to what happened before.
const PAST: u16 = 4;
const DOUBLED: Text = t(
    "疑似重复: 另有一户写得一样. F7 再按 3 并排看, 是一户就合.",
    "Maybe twice: another household reads the same. F7, then 3 shows both and joins them.",
);

/// A piece of the face with its look.
type Piece = (String, Look);

/// Writes pieces one behind the other, two blanks between, a new row where one does not fit; pieces longer than a row
/// are wrapped. Gives the rows used.
pub(super) fn flow(canvas: &mut Canvas<'_>, left: u16, y: u16, rows: u16, pieces: &[Piece]) -> u16 {
    let (mut x, mut row) = (left, 0);
    for (text, look) in pieces.iter().filter(|(text, _)| !text.is_empty()) {
        let room = canvas.width().saturating_sub(left + 1).max(2);
        let wide = columns(text);
        if x > left && x + wide > left + room {
            (x, row) = (left, row + 1);
        }
        if row >= rows {
            return rows;
        }
        if wide > room {
            let width = left + room;
            let used = canvas.part(0, y, width, rows).write_wrapped(left, row, rows - row, text, *look);
            row += used.saturating_sub(1);
            x = left + room;
        } else {
            x = canvas.write(x, y + row, text, *look).max(x + wide) + 2;
        }
    }
    if x > left { row + 1 } else { row }
}

/// Draws what is known and gives the rows used.
pub(in crate::ui::screens) fn facts(canvas: &mut Canvas<'_>, sheet: &Sheet) -> u16 {
    all(canvas, canvas.height(), sheet, &sheet.persons, None)
}

/// Draws what is known, the members below each other in so many rows at most where those are enough, and gives the rows used;
/// `more` says where the rest of them is.
pub(in crate::ui::screens) fn tabled(canvas: &mut Canvas<'_>, sheet: &Sheet, rows: u16, more: Text) -> u16 {
    let grid = Grid::of(canvas, &sheet.persons);
    if !grid.fits(rows) {
        return facts(canvas, sheet);
    }
    all(canvas, canvas.height(), sheet, &[], Some((&grid, rows, more)))
}

/// Draws what is known, the members below each other where nothing else needs the rows that takes and no column is left out;
/// so many rows below it are for something else. Gives the rows used.
pub(super) fn roomily(canvas: &mut Canvas<'_>, sheet: &Sheet, below: u16) -> u16 {
    let (width, height) = (canvas.width(), canvas.height());
    // Drawn where there is no row, it only counts them.
    let others = all(&mut canvas.part(0, height, width, 0), u16::MAX, sheet, &[], None);
    if !Grid::of(canvas, &sheet.persons).is_whole() {
        return facts(canvas, sheet);
    }
    tabled(canvas, sheet, height.saturating_sub(others + below), people::MORE_UNDER_5)
}

/// Draws what is known in so many rows at most, some of the members one behind the other, some below each other.
fn all(
    canvas: &mut Canvas<'_>,
    rows: u16,
    sheet: &Sheet,
    flowing: &[Person],
    below: Option<(&Grid, u16, Text)>,
) -> u16 {
    let mut y = 0;
    for pieces in [who(canvas, sheet), family(canvas, sheet, flowing)] {
        y += flow(canvas, 1, y, rows.saturating_sub(y), &pieces);
    }
    if let Some((grid, rows, more)) = below {
        y += grid.draw(canvas, y, rows, more);
    }
    for pieces in [standing(canvas, sheet), issues(canvas, sheet), joined(canvas, sheet)] {
        y += flow(canvas, 1, y, rows.saturating_sub(y), &pieces);
    }
    let doubled = sheet.doubled.then(|| (canvas.say(&DOUBLED.into()), Look::Soon));
    for piece in doubled.into_iter().chain(disputes(canvas, sheet)).chain(doubts(canvas, sheet)) {
        y += flow(canvas, 1, y, rows.saturating_sub(y), &[piece]);
    }
    y
}

fn labelled(canvas: &Canvas<'_>, label: Text, text: &str) -> Piece {
    if text.is_empty() {
        return (String::new(), Look::Plain);
    }
    (format!("{}: {text}", canvas.words(label)), Look::Plain)
}

fn who(canvas: &Canvas<'_>, sheet: &Sheet) -> Vec<Piece> {
    let household = &sheet.household;
    let (now_ms, covered) = (canvas.desk.now.wall_ms, canvas.covered);
    let size =
        household.size.map(|size| canvas.say(&t("{size}口人", "{size} {size:person|people}").with("size", size)));
    let kind = choice::name_of(choice::HOUSEHOLD_KINDS, &household.kind);
    let place = [for_other_eyes(&household.town), for_other_eyes(&household.village), list::place(household)];
    let place: Vec<String> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let mut pieces = vec![
        (list::head(household), Look::Strong),
        (canvas.say(&list::who(household, now_ms)), Look::Plain),
        (size.unwrap_or_default(), Look::Plain),
        (kind.map_or_else(String::new, |kind| canvas.words(kind).to_owned()), Look::Plain),
        (place.join(" "), Look::Plain),
    ];
    let phones = household
        .phones
        .iter()
        .map(|phone| if covered { (Phone::masked(phone), Look::Dim) } else { (Phone::spaced(phone), Look::Strong) });
    pieces.extend(phones);
    pieces.push(labelled(canvas, t("结对", "paired"), &for_lists(&household.paired)));
    pieces.push(labelled(canvas, t("小名", "known as"), &for_lists(&household.nickname)));
    pieces.push(labelled(canvas, t("配偶", "spouse"), &for_lists(&household.spouse)));
    if !covered {
        pieces.push(labelled(canvas, t("微信", "WeChat"), &canvas.say(&sheet.said("wechat"))));
    }
    pieces
}

fn family(canvas: &Canvas<'_>, sheet: &Sheet, persons: &[Person]) -> Vec<Piece> {
    let covered = canvas.covered;
    let mut pieces: Vec<Piece> =
        persons.iter().map(|person| (person_words(canvas, person, covered), Look::Plain)).collect();
    let household = &sheet.household;
    if household.away {
        // That nobody is at home can be seen from the road; that it is the hospital cannot.
        let reason = if covered { String::new() } else { household.away_reason.to_string() };
        let why = [reason, canvas.say(&sheet.said("away_since"))];
        let why: Vec<String> = why.into_iter().filter(|part| !part.is_empty()).collect();
        let away = canvas.words(t("长期在外", "away"));
        pieces
            .push((if why.is_empty() { away.to_owned() } else { format!("{away}: {}", why.join(", ")) }, Look::Strong));
    }
    pieces.push(labelled(canvas, t("方便时间", "best time"), &household.preferred_time));
    if canvas.desk.covered {
        pieces.push((canvas.words(t("已遮挡 (Ctrl-B)", "covered (Ctrl-B)")).to_owned(), Look::Dim));
    } else if !covered {
        pieces.push(labelled(canvas, t("备注", "remark"), &household.remark));
    }
    pieces
}

/// Says a member: 老伴 慢性病, 儿子 在外.
pub(super) fn person_words(canvas: &Canvas<'_>, person: &Person, covered: bool) -> String {
    let health = choice::name_of(HEALTH, &person.health).filter(|_| !covered && person.health != "healthy");
    let called = if person.relation.is_empty() { &person.name } else { &person.relation };
    let called = glance::on_card(canvas.covered, called.clone());
    let away = if person.away == Some(true) { canvas.words(t("在外", "away")) } else { "" };
    let away = if person.remark.is_empty() || covered || away.is_empty() {
        away.to_owned()
    } else {
        format!("{away}({})", person.remark)
    };
    let parts = [called, health.map_or_else(String::new, |health| canvas.words(health).to_owned()), away];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn standing(canvas: &Canvas<'_>, sheet: &Sheet) -> Vec<Piece> {
    let now_ms = canvas.desk.now.wall_ms;
    let said = list::standing_words(&sheet.household, &sheet.standing, now_ms);
    let mut pieces = vec![(canvas.say(&said), Look::Strong)];
    // What another laptop told of is not known to go on.
    if let Some((told, who)) = &sheet.elsewhere {
        let day =
            if local::days_between(told.at, now_ms) == 0 { String::new() } else { local::short_day(told.at) + " " };
        let at = day + &local::clock(told.at);
        pieces.push((canvas.say(&told.words().with("who", who).with("at", at)), Look::Plain));
    }
    pieces
}

fn issues(canvas: &Canvas<'_>, sheet: &Sheet) -> Vec<Piece> {
    let all: Vec<&Words> = sheet.words.iter().filter(|words| words.issue.is_some()).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let count = t("问题 {count} 件", "issues {count}").with("count", all.len());
    let states = if canvas.covered { String::new() } else { states(canvas, sheet) };
    let mut pieces = vec![(format!("{}{states}", canvas.say(&count)), Look::Strong), owed(canvas, sheet)];
    if !canvas.covered {
        let stock = |words: &&&Words| words.issue.as_ref().is_some_and(|issue| issue.kind == Kind::Stock.word());
        let named = canvas.words(Kind::Stock.name());
        let state = |words: &Words| {
            let stand = sheet.cases.iter().find(|case| words.names.contains(&case.issue));
            stand.map_or_else(String::new, |case| format!("  {}", canvas.words(case.state.name())))
        };
        let came = |words: &Words| {
            let came = words.issue.as_ref().and_then(Issue::came);
            came.map_or_else(String::new, |came| format!(" ({})", canvas.say(&came)))
        };
        let stocks = all.iter().filter(stock);
        let said = |words: &&Words| format!("{named}  {}{}{}", words.text, came(words), state(words));
        pieces.extend(stocks.map(|words| (said(words), Look::Plain)));
    }
    pieces
}

/// Says how many issues stand where: `: 待甄别 2, 办理中 1`; of one alone its state is enough.
fn states(canvas: &Canvas<'_>, sheet: &Sheet) -> String {
    let mut each: Vec<(&str, usize)> = Vec::new();
    for state in State::ALL {
        let count = sheet.cases.iter().filter(|case| case.state == *state).count();
        if count > 0 {
            each.push((canvas.words(state.name()), count));
        }
    }
    match each.as_slice() {
        [] => String::new(),
        [(name, _)] => format!(": {name}"),
        all => {
            let all: Vec<String> = all.iter().map(|(name, count)| format!("{name} {count}")).collect();
            format!(": {}", all.join(", "))
        }
    }
}

/// Says when the household is to be answered, and how near that is.
pub(super) fn due(timed: &Timed, today: NaiveDate) -> (Said, Look) {
    let light = timed.light(today, Calendar::built_in());
    let said = Said::from(t("{due}, {light}", "{due}, {light}"))
        .with_words("due", timed.deadline.said(today))
        .with_words("light", timed.stands(today, Calendar::built_in()));
    let look = if light.is_red() {
        Look::Late
    } else if light.is_yellow() {
        Look::Soon
    } else {
        Look::Strong
    };
    (said, look)
}

/// Says what the household was not told yet: 欠反馈 2 件, 最近 回复 5月31日前.
fn owed(canvas: &Canvas<'_>, sheet: &Sheet) -> Piece {
    let owed = sheet.owed();
    if sheet.cases.is_empty() {
        return (String::new(), Look::Plain);
    }
    let Some(first) = owed.first() else {
        return (canvas.words(t("欠反馈 无", "to be told: none")).to_owned(), Look::Dim);
    };
    let count = t("欠反馈 {n} 件", "to be told: {n}").with("n", owed.len());
    let Some(timed) = first.answer else { return (canvas.say(&count), Look::Strong) };
    let (due, look) = due(&timed, local::day(canvas.desk.now.wall_ms));
    let said = Said::from(t("{count}, 最近 {due}", "{count}, next {due}"));
    (canvas.say(&said.with_words("count", count).with_words("due", due)), look)
}

/// Says whose word is shown of what was joined to one household: 合成一户: 门牌 照 张文彬 5-18.
fn joined(canvas: &Canvas<'_>, sheet: &Sheet) -> Vec<Piece> {
    let one = |differs: &Differs| {
        let words = match &differs.by {
            Some((by, at)) => {
                t("{fact} 照 {by} {day}", "{fact} by {by} {day}").with("by", by).with("day", local::short_day(*at))
            }
            None => t("{fact} 照新名册", "{fact} by the newer roster").into(),
        };
        words.with_words("fact", differs.fact)
    };
    let all =
        sheet.joined.iter().map(one).reduce(|all, one| {
            Said::from(t("{all}, {one}", "{all}, {one}")).with_words("all", all).with_words("one", one)
        });
    let said = all.map(|all| Said::from(t("合成一户: {all}", "joined: {all}")).with_words("all", all));
    said.into_iter().map(|said| (canvas.say(&said), Look::Dim)).collect()
}

fn disputes(canvas: &Canvas<'_>, sheet: &Sheet) -> Vec<Piece> {
    let hidden = |secret: bool| secret && canvas.covered;
    let values = sheet.disputes.iter().filter_map(|dispute| Some((dispute.values.last()?, &dispute.values)));
    values
        .filter(|(shown, _)| !hidden(shown.secret))
        .map(|(shown, values)| {
            let each = |value: &super::sheet::Written| {
                let said = glance::on_card(canvas.covered, canvas.say(&value.value));
                format!("{said} ({} {})", value.by, local::short_day_beside(value.at, canvas.desk.now.wall_ms))
            };
            let all: Vec<String> = values.iter().rev().map(each).collect();
            let said = t("不一致  {name}: {all}", "disagreement  {name}: {all}").with("all", all.join(" / "));
            (canvas.say(&said.with_words("name", shown.name.clone())), Look::Late)
        })
        .collect()
}

fn doubts(canvas: &Canvas<'_>, sheet: &Sheet) -> Vec<Piece> {
    if canvas.covered {
        return Vec::new();
    }
    sheet.household.doubts.iter().map(|doubt| (canvas.say(&doubt_words(doubt)), doubt_look(doubt))).collect()
}

fn doubt_look(doubt: &Doubt) -> Look {
    let mild = Why::from_stored(&doubt.why).is_some_and(|why| why.is_mild());
    if mild { Look::Dim } else { Look::Soon }
}

/// Says a cell in doubt: what it is, the text as it stood, and the reason.
pub(super) fn doubt_words(doubt: &Doubt) -> Said {
    let why = Why::from_stored(&doubt.why);
    let mild = why.as_ref().is_some_and(Why::is_mild);
    let head = if mild { t("说明", "note") } else { t("待核对", "in doubt") };
    let why = why.map_or_else(|| t("{code}", "{code}").with("code", &doubt.why), |why| why.said());
    let text = if doubt.raw.is_empty() {
        t("{head}  {name}: {why}", "{head}  {name}: {why}")
    } else {
        t("{head}  {name} “{raw}”: {why}", "{head}  {name} “{raw}”: {why}")
    };
    text.with("raw", &doubt.raw)
        .with_words("head", head)
        .with_words("name", doubt_name(&doubt.key))
        .with_words("why", why)
}

/// Gives the rows that what happened before has below everything else at least: so many, or all that it takes.
pub(super) fn rows_of_past(sheet: &Sheet, covered: bool) -> u16 {
    let all = sheet.visits.len() + if covered { 0 } else { sheet.words.len() };
    // Each takes two at most.
    u16::try_from(2 * all).unwrap_or(PAST).min(PAST)
}

/// Draws what happened before: visits, then what was said, as far as there is room.
pub(in crate::ui::screens) fn past(canvas: &mut Canvas<'_>, sheet: &Sheet) {
    let more = if canvas.covered == canvas.desk.covered {
        MORE_UNDER_6
    } else {
        // Beside a list the digits are the list's own.
        MORE_ON_CARD
    };
    let (visits, words): (Vec<_>, Vec<_>) = (sheet.visits.iter().collect(), sheet.words.iter().collect());
    some(canvas, &visits, &words, more);
}

/// Says how the rest is seen.
pub(super) const MORE_UNDER_6: Text = t("还有 {n} 条, 按 6 看全部.", "{n} more: 6 shows all.");

/// Says where the rest stands.
pub(super) const MORE_ON_CARD: Text = t("还有 {n} 条, 在户卡上.", "{n} more, on the card.");

/// Draws some of what happened before; `more` says where the rest is.
pub(super) fn some(canvas: &mut Canvas<'_>, visits: &[&Visit], words: &[&Words], more: Text) {
    let mut y = 0;
    let mut left = visits.len() + if canvas.covered { 0 } else { words.len() };
    for visit in visits {
        if is_full(canvas, y, left, more) {
            return;
        }
        left -= 1;
        let text = visit_words(canvas, visit);
        // It takes a second row where nothing else has a use for it.
        let spare = canvas.height().saturating_sub(y).saturating_sub(u16::try_from(left).unwrap_or(u16::MAX));
        let width = canvas.width().saturating_sub(1);
        y += canvas.part(0, y, width, 2).write_wrapped(1, 0, if spare > 1 { 2 } else { 1 }, &text, Look::Plain);
    }
    if canvas.covered {
        return;
    }
    for words in words {
        if is_full(canvas, y, left, more) {
            return;
        }
        left -= 1;
        let text = format!("{} {}", local::short_day(words.at), words_words(canvas, words));
        y += canvas.write_wrapped(1, y, 2.min(canvas.height() - y), &text, Look::Plain);
    }
}

/// Tells whether no room is left; where more than one is left to be said, their number takes the last row.
fn is_full(canvas: &mut Canvas<'_>, y: u16, left: usize, more: Text) -> bool {
    let rows = canvas.height().saturating_sub(y);
    if rows == 1 && left > 1 {
        let said = more.with("n", left);
        let said = canvas.say(&said);
        canvas.write_cut(1, y, canvas.width().saturating_sub(2), &said, Look::Dim);
    }
    rows == 0 || (rows == 1 && left > 1)
}

/// Says a visit with its day: 走访 5-12 入户 21分 陈明 完成, with what marks it. That they were satisfied stands under 6.
fn visit_words(canvas: &Canvas<'_>, visit: &Visit) -> String {
    said_visit(canvas, visit, local::short_day(visit.started), visit.satisfaction == DISSATISFIED)
}

/// Says a visit as [`visit_words`] does, where its day stands before it, and how satisfied they were.
pub(super) fn visit_told(canvas: &Canvas<'_>, visit: &Visit) -> String {
    said_visit(canvas, visit, String::new(), true)
}

/// The answer that whoever goes there next has to know.
const DISSATISFIED: &str = "dissatisfied";

fn said_visit(canvas: &Canvas<'_>, visit: &Visit, day: String, says_satisfied: bool) -> String {
    let minimum = canvas.desk.session.house().map_or(15, |house| house.minimum_minutes());
    let name =
        |list, word: &str| choice::name_of(list, word).map_or_else(String::new, |name| canvas.words(name).to_owned());
    let running = t("没结束", "not ended");
    let outcome = if visit.ended.is_none() { canvas.words(running).to_owned() } else { name(OUTCOMES, &visit.outcome) };
    let short =
        visit.outcome == "done" && visit.kind != "phone" && !crate::domain::is_long_enough(visit.counted_ms(), minimum);
    let marks = [
        (short, t("不足{m}分", "under {m} min")),
        (visit.declared_ms >= 60_000 && !visit.entered_later, t("含自述{d}分", "{d} min declared")),
        ((1..60_000).contains(&visit.declared_ms) && !visit.entered_later, t("含自述不到1分", "under 1 min declared")),
        (visit.entered_later, t("补录", "entered later")),
    ];
    let marks: Vec<String> = marks
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, mark)| canvas.say(&mark.with("m", minimum).with("d", visit.declared_ms / 60_000)))
        .collect();
    let marks = if marks.is_empty() { String::new() } else { format!("({})", marks.join(", ")) };
    // What was counted so far is known to the timer alone.
    let minutes = visit.ended.map(|_| canvas.say(&t("{m}分", "{m} min").with("m", visit.counted_minutes())));
    let parts = [
        canvas.words(t("走访", "visit")).to_owned(),
        day,
        name(VISIT_KINDS, &visit.kind),
        minutes.unwrap_or_default(),
        outcome,
        // Other eyes may be those of the family.
        if says_satisfied && !canvas.covered { name(SATISFACTION, &visit.satisfaction) } else { String::new() },
        marks,
        // Last: of a line that is too long who came goes first.
        visit.visitors.join("、"),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Says a line, with field and class where it became an issue.
pub(super) fn words_words(canvas: &Canvas<'_>, words: &Words) -> String {
    let mut parts = Vec::new();
    match &words.issue {
        None => parts.push(canvas.words(t("备注", "note")).to_owned()),
        Some(issue) => {
            let field = Field::from_word(&issue.field).map(Field::name);
            let kind = Kind::from_word(&issue.kind).filter(|kind| *kind != Kind::Problem).map(Kind::name);
            let class = Class::from_word(&issue.class).filter(|_| kind.is_none()).map(Class::name);
            parts.extend([field, kind, class].into_iter().flatten().map(|name| canvas.words(name).to_owned()));
            if issue.confidential {
                parts.push(canvas.words(t("保密", "confidential")).to_owned());
            }
            if words.joined {
                parts.push(canvas.words(t("并案", "joined")).to_owned());
            }
        }
    }
    let done = words.issue.as_ref().map(|issue| issue.done.as_str()).filter(|done| !done.is_empty());
    let done = done.map(|done| canvas.say(&t(" (当场: {done})", " (on the spot: {done})").with("done", done)));
    format!("{}  {}{}", parts.join(" "), words.text, done.unwrap_or_default())
}
