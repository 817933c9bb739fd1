//! Picture: how the wrap-up page is drawn: the dial, the sum of the visit, its parts, and the line where one types.

use super::rows::Part;
use super::{Mode, WrapUp, outcomes, satisfactions};
use crate::domain::choice::Choice;
use crate::domain::entry::Length;
use crate::domain::{Campaign, Field as Topic, GIVEN, NextContact, Phone, local};
use crate::text::{Said, Text, t};
use crate::ui::beat;
use crate::ui::canvas::{Canvas, columns};
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::glance::COVERED;
use crate::ui::screens::alike::WHAT_WAS_DONE;
use crate::ui::screens::declared_again;
use crate::ui::screens::nearby;
use crate::ui::screens::visit::flow::{Piece, flow, flow_rows};
use crate::ui::screens::visit::picture::{draw_dial, foreseen, minimum_ms};
use crate::ui::screens::visit::story::Spoken;
use crate::ui::screens::visit::strip;
use crate::ui::theme::Look;

/// The column where text begins.
const LEFT: u16 = 2;
/// The rows of a page from which the contact card is shown.
const CARD_FROM: u16 = 16;
/// The column where the line begins, behind its sign.
const LINE: u16 = 4;

/// Says that there is a gap; it stands below, where it can be declared.
const GAP_HERE: Text = t("有中断, 见下", "gap, see below");

/// Draws the page.
pub fn draw(page: &WrapUp, canvas: &mut Canvas<'_>) {
    let low = canvas.height() < 12;
    let mut y = u16::from(!low);
    if let Some(running) = page.running(canvas.desk) {
        draw_dial(&running, page.story.is_by_phone(), GAP_HERE, canvas, y);
        y += 1;
    }
    let words = canvas.say(&standing(page, canvas.desk));
    let is_minded = page.is_short(canvas.desk) || page.odd(canvas.desk).is_some();
    let look = if is_minded { Look::Soon } else { Look::Plain };
    canvas.write_clauses(LEFT, y, canvas.width().saturating_sub(LEFT), &words, look);
    y += 1;
    if !low {
        let words = canvas.say(&sum(page, canvas.desk));
        let rows = if canvas.height() >= CARD_FROM { 2 } else { 1 };
        y += canvas.write_told(LEFT, y, rows, &words, Look::Dim);
        if canvas.height() >= CARD_FROM {
            let words = canvas.say(&card(canvas.desk));
            y += canvas.write_told(LEFT, y, 2, &words, Look::Plain);
        }
        y += 1;
    }
    let foot = foot_rows(page, canvas);
    let room = canvas.height().saturating_sub(y + foot);
    draw_parts(page, canvas, y, room);
    let bottom = canvas.height().saturating_sub(foot);
    draw_foot(page, canvas, bottom);
}

/// Says whether the visit counts as it is.
fn standing(page: &WrapUp, desk: &Desk) -> Said {
    if let Some(odd) = page.odd(desk) {
        return Said::from(t("{odd}?", "{odd}?")).with_words("odd", odd);
    }
    if page.outcome != "done" {
        return t("照实记下结果, 不计入走访.", "The outcome is kept as it is; it is no counted visit.").into();
    }
    if page.story.is_by_phone() {
        return if page.may_be_phoned(desk) {
            t("这一户长期在外, 写了原因: 电话计入.", "The household is away for a recorded reason: the call counts.")
                .into()
        } else {
            t(
                "电话只算在外且写了原因的户: 这次不计入, 照样留着. 真在外: 户卡 5 写 在外原因.",
                "Kept, not counted: only who is away for a recorded reason counts (card, 5).",
            )
            .into()
        };
    }
    let minutes = minimum_ms(desk) / 60_000;
    if page.is_short(desk) {
        return t(
            "不足{minutes}分钟, 不计入; 现在结束会保留并注明.",
            "Under {minutes} {minutes:minute|minutes} it does not count; ended now it is kept and marked.",
        )
        .with("minutes", minutes);
    }
    let declared = page.running(desk).is_some_and(|running| running.timer.proven_ms() < minimum_ms(desk));
    if declared && page.running(desk).is_some_and(|running| running.timer.declared_ms() > 0) {
        return t("计入, 其中有自述时间, 会注明.", "It counts, and is marked as resting on declared time.").into();
    }
    t("计入.", "It counts.").into()
}

/// Sums up what was explained, handed over and written down.
fn sum(page: &WrapUp, desk: &Desk) -> Said {
    let topics = Topic::ALL.iter().filter(|topic| page.story.is_ticked(&format!("told/{}", topic.digit())));
    let told: Vec<&str> = topics.map(|topic| topic.short().get(desk.lang)).collect();
    let gave = GIVEN.iter().filter(|(_, key, _)| page.story.is_ticked(key));
    let gave: Vec<&str> = gave.map(|(_, _, name)| name.get(desk.lang)).collect();
    let issues = page.story.spoken.iter().filter(|spoken| spoken.issue.is_some()).count();
    let nothing = || t("无", "none").get(desk.lang).to_owned();
    let sum = if page.story.is_whole {
        t(
            "讲了 {told}   发了 {gave}   记下 {lines} 条, 问题和建议 {issues} 件",
            "told {told}   gave {gave}   lines {lines}, issues {issues}",
        )
    } else {
        t("讲了 {told}   发了 {gave}   记下的正在读 …", "told {told}   gave {gave}   lines are being read …")
    };
    sum.with("told", if told.is_empty() { nothing() } else { told.join(" ") })
        .with("gave", if gave.is_empty() { nothing() } else { gave.join(" ") })
        .with("lines", page.story.spoken.len())
        .with("issues", issues)
}

/// Gives what stands on the contact card that is left here: who speaks, with the own phone and nobody else's.
fn card(desk: &Desk) -> Said {
    let (speaker, device) = (desk.session.speaker(), desk.session.device());
    let Some(phone) = device.phone_of(&speaker) else {
        return t(
            "联系卡  {who}  电话没填, 在 本机 里填 (Ctrl-P)",
            "Contact card  {who}  no phone yet: under This laptop (Ctrl-P)",
        )
        .with("who", speaker);
    };
    t("联系卡  {who} {phone}", "Contact card  {who} {phone}").with("who", speaker).with("phone", Phone::spaced(phone))
}

/// Gives the first part that is drawn, and the rows kept for saying that others stand above and below: none where the part that the
/// cursor is in, which stays in sight, needs them.
fn rows(heights: &[u16], at: usize, room: u16) -> (usize, u16, u16) {
    let own = heights.get(at).copied().unwrap_or(1);
    let (mut above, mut under) = (0, 0);
    loop {
        let left = room.saturating_sub(above + under);
        let upto = |first: usize| heights.iter().take(at + 1).skip(first).sum::<u16>();
        let first = (0..=at).find(|first| upto(*first) <= left).unwrap_or(at);
        let is_cut = heights.iter().skip(first).sum::<u16>() > left;
        if own < left && first > 0 && above == 0 {
            above = 1;
        } else if own < left && is_cut && under == 0 {
            under = 1;
        } else {
            return (first, above, under);
        }
    }
}

fn draw_parts(page: &WrapUp, canvas: &mut Canvas<'_>, y: u16, room: u16) {
    let at = page.parts.iter().position(|part| *part == page.at).unwrap_or(0);
    let heights: Vec<u16> = page.parts.iter().map(|part| height(page, *part, canvas)).collect();
    let (first, above, under) = rows(&heights, at, room);
    let (top, end) = (y, y + room);
    let (mut y, mut below) = (y + above, 0);
    for (place, (part, height)) in page.parts.iter().zip(&heights).enumerate().skip(first) {
        if y + height > end - under && *part != page.at {
            below = page.parts.len() - place;
            break;
        }
        draw_part(page, *part, canvas, y);
        if *part == page.at {
            canvas.write(0, y, ">", Look::Accent);
            (y..y + height).for_each(|row| canvas.look(row, Look::Bar));
        }
        y += height;
    }
    for (y, more, words) in [
        (top, first * usize::from(above), t("上面还有 {n} 行", "{n} more above")),
        (end.saturating_sub(1), below * usize::from(under), t("下面还有 {n} 行", "{n} more below")),
    ] {
        if more > 0 {
            let words = canvas.say(&words.with("n", more));
            canvas.write(canvas.width().saturating_sub(columns(&words) + 1), y, words, Look::Dim);
        }
    }
}

fn height(page: &WrapUp, part: Part, canvas: &Canvas<'_>) -> u16 {
    match pieces(page, part, canvas) {
        Some((label, pieces)) => flow_rows(&pieces, LEFT + columns(canvas.words(label)) + 2, canvas.width()),
        None => 1,
    }
}

fn draw_part(page: &WrapUp, part: Part, canvas: &mut Canvas<'_>, y: u16) {
    let labelled = |canvas: &mut Canvas<'_>, label: Text, text: &str| {
        let text = canvas.typed(text).into_owned();
        let words = canvas
            .say(&Said::from(t("{label}  {text}", "{label}  {text}")).with_words("label", label).with("text", text));
        canvas.write_cut(LEFT, y, canvas.width().saturating_sub(LEFT), &words, Look::Plain);
    };
    match part {
        Part::GoOn => labelled(canvas, t("继续走访", "Go on visiting"), ""),
        Part::Why => labelled(canvas, t("时间不足的原因", "Why it is short"), page.text(part)),
        Part::Next => labelled(canvas, t("下次联系", "Next contact"), page.text(part)),
        Part::End => labelled(canvas, t("结束这次走访", "End this visit"), ""),
        Part::Gap(gap) => {
            let words = gap_words(page, gap, canvas.desk);
            labelled(canvas, t("中断", "Gap"), &words);
        }
        Part::Note(line) => {
            let spoken = page.story.spoken.iter().find(|spoken| spoken.line == line);
            let chosen = page.chosen(line, canvas.desk);
            let words = |spoken: &Spoken| match &chosen {
                _ if canvas.desk.covered => canvas.words(COVERED).to_owned(),
                Some(chosen) => chosen.clone(),
                None => spoken.text.clone(),
            };
            let text = spoken.map(|spoken| format!("{}  {}", local::clock(spoken.at), words(spoken)));
            labelled(canvas, t("备注", "Note"), &text.unwrap_or_default());
        }
        Part::Outcome | Part::Satisfaction => {
            if let Some((label, pieces)) = pieces(page, part, canvas) {
                let x = canvas.write(LEFT, y, canvas.words(label), Look::Plain);
                flow(canvas, x + 2, y, &pieces);
            }
        }
    }
}

/// Gives the label of a part that offers choices, and the choices.
fn pieces(page: &WrapUp, part: Part, canvas: &Canvas<'_>) -> Option<(Text, Vec<Piece>)> {
    let satisfaction = page.story.visit.as_ref().map_or("", |visit| visit.satisfaction.as_str());
    let piece = |(digit, choice): (u8, &Choice), now: &str| -> Piece {
        let chosen = choice.word == now;
        let sign = if chosen { "*" } else { " " };
        let look = if chosen { Look::Strong } else { Look::Plain };
        (format!("{digit}{}{sign}", canvas.words(choice.name)), look, 1)
    };
    match part {
        Part::Outcome => Some((t("结果", "Outcome"), outcomes().map(|one| piece(one, page.outcome)).collect())),
        Part::Satisfaction => {
            Some((t("满意度", "Satisfied?"), satisfactions().map(|one| piece(one, satisfaction)).collect()))
        }
        _ => None,
    }
}

/// Says how long a gap was, when it began, why it came about as far as is known, and what was declared of it.
fn gap_words(page: &WrapUp, gap: usize, desk: &Desk) -> String {
    let running = page.running(desk);
    let Some(gap) = running.as_ref().and_then(|running| running.timer.gaps().get(gap)) else { return String::new() };
    let declared = gap.declared.as_ref().map_or_else(|| t("没有计入", "not counted").into(), declared_again::beside);
    Said::from(t("{from} 起 {length} ({cause})  {declared}", "from {from} {length} ({cause})  {declared}"))
        .with("from", beat::moment(gap.from_ms, desk.now.wall_ms))
        .with_words("length", beat::length(gap))
        .with_words("cause", beat::cause(gap.cause))
        .with_words("declared", declared)
        .say(desk.lang)
}

/// Gives the field that is typed in and what it is for.
fn line(page: &WrapUp) -> Option<(&Field, Text)> {
    if let Mode::How(_, _, field) = &page.mode {
        return Some((field, WHAT_WAS_DONE));
    }
    let hint = match page.at {
        Part::Why => t(
            "例如: 家里来客人, 约了改天再谈. Enter 结束走访.",
            "For example: guests came, we go on another day. Enter ends the visit.",
        ),
        Part::Gap(_) => t(
            "多久和原因, 例如: 6 停电, 一直在谈; 1小时20分 停电. Enter 记为自述.",
            "How long and why: 6 power cut, we went on talking; 1 hour power cut. Enter declares it.",
        ),
        Part::Next => {
            t("例如: 周五晚上来电. Enter 结束走访.", "Such as: a call on Friday evening. Enter ends the visit.")
        }
        _ => return None,
    };
    let field = page.texts.get(&page.at);
    Some((field.unwrap_or(&EMPTY), hint))
}

/// Says how the time of the next contact is understood, and that it lies in busy farming 农忙; nothing where no time is
/// named. Who moved out or died is no longer gone to.
fn understood_next(said: &str, outcome: &str, now_ms: i64) -> Option<Said> {
    let next = NextContact::of(said, now_ms);
    let day = next.day?;
    if ["moved", "deceased"].contains(&outcome) {
        let words = t(
            "这一户不再去, 不成预约. Enter 结束走访.",
            "Nobody goes there any more: no appointment. Enter ends the visit.",
        );
        return Some(words.into());
    }
    let season = Campaign::built_in().farm_season(day);
    let words = match next.at {
        Some(_) if season.is_some() => t(
            "{day} {clock}, 记成预约; 正值{season}, 宜田间走访或夜话.",
            "{day} {clock}, as an appointment; busy season ({season}).",
        ),
        Some(_) => {
            t("{day} {clock}, 记成预约. Enter 结束走访.", "{day} {clock}, as an appointment. Enter ends the visit.")
        }
        None => t(
            "{day}, 几点没写, 不成预约. Enter 结束走访.",
            "{day}, without a time no appointment. Enter ends the visit.",
        ),
    };
    let day = local::said_day_beside(day, local::day(now_ms));
    let words = words.with("season", season.map(|season| season.name.clone()).unwrap_or_default());
    Some(words.with_words("day", day).with("clock", next.at.map(local::clock).unwrap_or_default()))
}

/// What a field shows before anything is typed.
static EMPTY: std::sync::LazyLock<Field> = std::sync::LazyLock::new(Field::new);

fn foot_rows(page: &WrapUp, canvas: &Canvas<'_>) -> u16 {
    if let Mode::Strip(_, strip) = &page.mode {
        return strip::rows(strip, canvas, LINE) + 1;
    }
    let rows = |field: &Field| field.shown(canvas.width().saturating_sub(LINE)).rows.len();
    line(page).map_or(0, |(field, _)| u16::try_from(rows(field)).unwrap_or(1) + 1)
}

fn draw_foot(page: &WrapUp, canvas: &mut Canvas<'_>, y: u16) {
    let room = canvas.width().saturating_sub(LINE);
    if let Mode::Strip(_, strip) = &page.mode {
        let used = strip::draw(strip, canvas, LINE, y);
        let said = Length::ALL.map(|length| foreseen(&strip.entry(), length, canvas.desk));
        nearby::draw_below(canvas, LINE, y + used, 1, &said, None);
        return;
    }
    let Some((field, hint)) = line(page) else { return };
    canvas.write(2, y, ">", Look::Strong);
    let used = canvas.field(LINE, y, field, true);
    let understood = Some(page).filter(|page| page.at == Part::Next && page.mode == Mode::Parts);
    let understood = understood.and_then(|_| understood_next(field.text(), page.outcome, canvas.desk.now.wall_ms));
    let (words, look) = match understood {
        Some(said) => (canvas.say(&said), Look::Accent),
        None => (canvas.words(hint).to_owned(), Look::Dim),
    };
    canvas.write_clauses(LINE, y + used, room, &words, look);
}

#[cfg(test)]
mod tests {
    use super::super::WrapUp;
    use super::{rows, sum};
    use crate::domain::Name;
    use crate::text::Lang;
    use crate::ui::desk::Desk;

    // Right after a kill it said that nothing had been written down.
    #[test]
    fn lines_are_counted_once_they_are_read() {
        let (desk, mut page) = (Desk::for_tests(), WrapUp::of(Name::new(7, 2), Name::new(7, 1)));
        assert!(sum(&page, &desk).say(Lang::Zh).ends_with("记下的正在读 …"));
        page.story.is_whole = true;
        assert!(sum(&page, &desk).say(Lang::Zh).contains("记下 0 条"));
    }

    // On the smallest terminal "2 more above" was written over the end of a line.
    #[test]
    fn what_stands_outside_is_said_in_rows_of_its_own() {
        assert_eq!(rows(&[1; 5], 0, 5), (0, 0, 0));
        assert_eq!(rows(&[1; 5], 0, 3), (0, 0, 1));
        assert_eq!(rows(&[1; 5], 4, 3), (3, 1, 0));
        assert_eq!(rows(&[1; 5], 2, 3), (2, 1, 1));
        assert_eq!(rows(&[1, 1, 3, 1], 2, 3), (2, 0, 0), "the part that the cursor is in comes first");
    }
}
