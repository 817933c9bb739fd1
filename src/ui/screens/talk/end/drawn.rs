//! Drawn: who was there for how long, what is noted of each, and the gaps.

use super::super::picture::minutes;
use super::{TalkEnd, Writing};
use crate::app::Running;
use crate::domain::choice;
use crate::text::{Said, t};
use crate::ui::beat;
use crate::ui::canvas::Canvas;
use crate::ui::list::{Column, draw_line, fit};
use crate::ui::theme::Look;

const COLUMNS: [Column; 6] = [
    Column::new(t("号", "No"), 3),
    Column::new(t("户主", "Head"), 8),
    Column::new(t("在场", "There"), 8),
    Column::new(t("记下", "Lines"), 8).drops(2),
    Column::new(t("满意度", "Satisfied"), 8).drops(1),
    Column::new(t("", ""), 24).grows(1),
];

/// Rows above and below the list.
pub(super) const AROUND: u16 = 5;

/// Draws the page.
pub(super) fn draw(page: &TalkEnd, canvas: &mut Canvas<'_>) {
    let guests = page.guests();
    let short = guests.iter().filter(|guest| page.is_short(guest, canvas.desk)).count();
    let silent = guests.iter().filter(|guest| guest.lines == 0).count();
    let title = t(
        "到场 {n} 户: 满时 {full} 户, 不足 {short} 户还算未访; {silent} 户什么都没记.",
        "Households {n}: {full} long enough, {short} too short and still unvisited; {silent} with nothing noted.",
    )
    .with("n", guests.len())
    .with("full", guests.len() - short)
    .with("short", short)
    .with("silent", silent);
    canvas.write_wrapped(1, 0, 2, &canvas.say(&title), Look::Strong);
    let widths = fit(&COLUMNS, canvas.width());
    let rows = canvas.height().saturating_sub(AROUND).max(1);
    for (y, index) in (2..).zip(page.list.window(guests.len(), rows)) {
        let Some(guest) = guests.get(index) else { continue };
        let (proven, declared) = page.counted(guest, canvas.desk);
        let lines = match guest.lines {
            0 => Said::from(t("没记", "nothing")),
            count => t("{n} 条", "{n}").with("n", count),
        };
        let short = page.is_short(guest, canvas.desk);
        let gone = guest.presence.left.is_some();
        let remarks = [
            (short, t("不足, 还算未访", "too short, still unvisited")),
            (gone, t("先走了", "left early")),
            (declared > 0, t("含自述", "declared in part")),
        ];
        let remarks: Vec<&str> = remarks.iter().filter(|(is, _)| *is).map(|(_, words)| canvas.words(*words)).collect();
        let satisfied = choice::name_of(choice::SATISFACTION, &guest.satisfaction);
        let satisfied = satisfied.map_or("", |name| canvas.words(name));
        let cells = [
            (guest.presence.number.to_string(), Look::Dim),
            (guest.face.head.clone(), Look::Strong),
            (minutes(proven + declared), if short { Look::Soon } else { Look::Plain }),
            (canvas.say(&lines), if guest.lines == 0 { Look::Soon } else { Look::Plain }),
            (satisfied.to_owned(), Look::Plain),
            (remarks.join("  "), Look::Soon),
        ];
        draw_line(canvas, y, &COLUMNS, &widths, &cells, page.list.is_selected(index, guests.len()));
    }
    let y = canvas.height().saturating_sub(2);
    if let Some(writing) = page.writing {
        let x = canvas.write(2, y, "> ", Look::Strong);
        canvas.field(x, y, &page.field, true);
        let words = match writing {
            Writing::Gap => t("几分钟和原因, 如: 6 停电, 一直在谈", "Minutes and why: 6 power cut, we went on talking"),
            Writing::Stay => t("选中的这一户待了几分钟, 如 20", "How many minutes the selected household was there"),
        };
        canvas.write(2, y + 1, canvas.words(words), Look::Dim);
    } else if let Some(gap) = page.running(canvas.desk).and_then(|running| longest_gap(&running)) {
        canvas.write_wrapped(2, y, 2, &canvas.say(&gap), Look::Soon);
    }
}

/// Says that there is a gap that nobody declared, and how long it is.
fn longest_gap(running: &Running) -> Option<Said> {
    let (_, gap) = running.open_gaps().max_by_key(|(_, gap)| gap.length_ms.unwrap_or(u64::MAX))?;
    let said = t(
        "中断了 {length} ({cause}), 没有计时; 一直在谈就按 1 自述.",
        "A gap of {length} ({cause}) is not counted; 1 declares it.",
    );
    Some(Said::from(said).with_words("length", beat::length(gap)).with_words("cause", beat::cause(gap.cause)))
}
