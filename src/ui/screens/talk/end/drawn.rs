//! Drawn: who was there for how long, what is noted of each, and the gaps.

use super::super::guests::called;
use super::super::picture::minutes;
use super::{TalkEnd, Writing};
use crate::app::Running;
use crate::domain::timer::Gap;
use crate::domain::{choice, local};
use crate::text::{Said, Text, t};
use crate::ui::beat;
use crate::ui::canvas::{Canvas, columns};
use crate::ui::lent::draw_lent;
use crate::ui::list::{Column, fit};
use crate::ui::screens::declared_again;
use crate::ui::theme::Look;

const COLUMNS: [Column; 6] = [
    Column::new(t("号", "No"), 3),
    Column::new(t("户主", "Head"), 8).grows(3),
    Column::new(t("在场", "There"), 8),
    Column::new(t("记下", "Lines"), 8).drops(2),
    Column::new(t("满意度", "Satisfied"), 9).drops(1).worded(),
    Column::new(t("", ""), 24).grows(1).worded(),
];

/// The column of the names, which say of namesakes what tells them apart.
const HEAD: usize = 1;
/// Of these what was noted.
const NOTED: usize = 3;

/// Rows above and below the list.
pub(super) const AROUND: u16 = 5;

/// Draws the page.
pub(super) fn draw(page: &TalkEnd, canvas: &mut Canvas<'_>) {
    let guests = page.guests();
    let short = guests.iter().filter(|guest| page.is_short(guest, canvas.desk)).count();
    let silent = guests.iter().filter(|guest| guest.lines == 0).count();
    let title = t(
        "到场 {n} 户: 满时 {full} 户, 不足 {short} 户还算未访; {silent} 户什么都没记.",
        "Households {n}: {full} long enough, {short} too short, {silent} with nothing noted.",
    )
    .with("n", guests.len())
    .with("full", guests.len() - short)
    .with("short", short)
    .with("silent", silent);
    let is_whole = canvas.desk.session.house().is_some_and(|house| house.is_complete());
    let title = if is_whole || !guests.is_empty() {
        title
    } else {
        t("到场的户正在读 …", "Who was there is being read …").into()
    };
    canvas.write_wrapped(1, 0, 2, &canvas.say(&title), Look::Strong);
    let rows = canvas.height().saturating_sub(AROUND).max(1);
    // Where the column of what was noted has no room, who has nothing noted is told among the remarks, in few words.
    let is_narrow = fit(&COLUMNS, canvas.width()).get(NOTED).is_some_and(Option::is_none);
    let mut lines = Vec::new();
    // All of them, so that no column moves while one goes through the list.
    for (index, guest) in guests.iter().enumerate() {
        let (proven, declared) = page.counted(guest, canvas.desk);
        let noted = match guest.lines {
            0 => Said::from(t("没记", "nothing")),
            count => t("{n} 条", "{n}").with("n", count),
        };
        let short = page.is_short(guest, canvas.desk);
        let gone = guest.presence.left.is_some();
        let remarks = [
            (is_narrow && guest.lines == 0, t("没记", "none")),
            (short, if is_narrow { t("不足", "short") } else { t("不足, 还算未访", "too short, still unvisited") }),
            (gone, t("先走了", "left early")),
            (declared > 0, t("含自述", "declared in part")),
        ];
        let remarks: Vec<&str> = remarks.iter().filter(|(is, _)| *is).map(|(_, words)| canvas.words(*words)).collect();
        let satisfied = satisfied(&guest.satisfaction).map_or("", |name| canvas.words(name));
        let cells = vec![
            (guest.presence.number.to_string(), Look::Dim),
            (called(guests, guest, canvas.desk.lang), Look::Strong),
            (minutes(proven + declared), if short { Look::Soon } else { Look::Plain }),
            (canvas.say(&noted), if guest.lines == 0 { Look::Soon } else { Look::Plain }),
            (satisfied.to_owned(), Look::Plain),
            (remarks.join("  "), Look::Soon),
        ];
        lines.push((cells, page.list.is_selected(index, guests.len())));
    }
    draw_lent(canvas, 2, &COLUMNS, HEAD, &lines, page.list.window(guests.len(), rows));
    let y = canvas.height().saturating_sub(2);
    if let Some(writing) = page.writing {
        let x = canvas.write(2, y, "> ", Look::Strong);
        canvas.field(x, y, &page.field, true);
        if let Writing::Gap(at) = writing
            && let Some(running) = page.running(canvas.desk)
            && let Some(gap) = running.timer.gaps().get(at)
            && canvas.height() > AROUND
        {
            let room = canvas.width().saturating_sub(2);
            let count = running.timer.gaps().len();
            let which = if count > 1 { format!("{}/{count}  ", at + 1) } else { String::new() };
            canvas.write_cut(2, y - 1, room, &format!("{which}{}", canvas.say(&gap_words(gap))), Look::Soon);
        }
        let words = match writing {
            Writing::Gap(_) => {
                t("几分钟和原因, 如: 6 停电, 一直在谈", "Minutes and why: 6 power cut, we went on talking")
            }
            Writing::Stay => t("选中的这一户待了几分钟, 如 20", "How many minutes the selected household was there"),
        };
        canvas.write(2, y + 1, canvas.words(words), Look::Dim);
        return;
    }
    if let Some(gaps) = page.running(canvas.desk).and_then(|running| gaps(&running)) {
        canvas.write_wrapped(2, y, 2, &canvas.say(&gaps), Look::Soon);
    }
    let below = guests.len().saturating_sub(page.list.window(guests.len(), rows).end);
    if below > 0 && canvas.height() > AROUND {
        let words = canvas.say(&t("下面还有 {n} 户", "{n} households more below").with("n", below));
        canvas.write(canvas.width().saturating_sub(columns(&words) + 1), y - 1, words, Look::Dim);
    }
}

/// Names how satisfied a household is, as short as its column.
fn satisfied(word: &str) -> Option<Text> {
    let name = choice::name_of(choice::SATISFACTION, word)?;
    Some(match word {
        "mostly" => t(name.zh, "mostly"),
        "dissatisfied" => t(name.zh, "not"),
        _ => name,
    })
}

/// How many gaps are told one by one.
const TOLD: usize = 3;

/// Says which gaps nobody declared, when each was and how long it is; and what was declared.
fn gaps(running: &Running) -> Option<Said> {
    let mut open: Vec<&Gap> = running.open_gaps().map(|(_, gap)| gap).collect();
    let declared: Vec<&Gap> = running.timer.gaps().iter().filter(|gap| gap.declared.is_some()).collect();
    let count = open.len();
    open.sort_by_key(|gap| std::cmp::Reverse(gap.length_ms.unwrap_or(u64::MAX)));
    open.truncate(TOLD);
    open.sort_by_key(|gap| gap.from_ms);
    let not_counted = match open.as_slice() {
        [] => None,
        [one] => Some(
            Said::from(t("{gap}, 没有计时; 一直在谈就按 1 自述.", "{gap} is not counted; 1 declares it."))
                .with_words("gap", gap_words(one)),
        ),
        many => {
            let each = many.iter().map(|gap| gap_words(gap)).reduce(|all, gap| {
                Said::from(t("{all}, {gap}", "{all}, {gap}")).with_words("all", all).with_words("gap", gap)
            });
            let said =
                t("{n} 段没有计时: {each}; 一直在谈就按 1 自述.", "{n} gaps are not counted: {each}; 1 declares them.");
            Some(said.with("n", count).with_words("each", each.unwrap_or(t("", "").into())))
        }
    };
    let declared = match declared.as_slice() {
        [] => None,
        [one] => Some(
            Said::from(t("已自述: {gap}, 按 1 可改.", "Declared: {gap}; 1 changes it."))
                .with_words("gap", gap_words(one)),
        ),
        many => Some(t("已自述 {n} 段, 按 1 可改.", "{n} gaps are declared; 1 changes them.").with("n", many.len())),
    };
    not_counted.into_iter().chain(declared).reduce(Said::then)
}

/// Says when a gap was, how long, why it came about, and what was declared of it.
fn gap_words(gap: &Gap) -> Said {
    let said = t("{from} 起中断 {length} ({cause})", "from {from} a gap of {length} ({cause})");
    let said = said.with("from", local::clock(gap.from_ms));
    let said = said.with_words("length", beat::length(gap)).with_words("cause", beat::cause(gap.cause));
    match &gap.declared {
        Some(declared) => Said::from(t("{gap} {declared}", "{gap} {declared}"))
            .with_words("gap", said)
            .with_words("declared", declared_again::beside(declared)),
        None => said,
    }
}
