//! Strip: the keys of sorting and how it is drawn; used on the entry line and on notes of the wrap-up page.

use super::flow::{Piece, flow, flow_rows};
use crate::domain::entry::Strip;
use crate::domain::{Field as Topic, Mark};
use crate::hanzi::forms;
use crate::text::{Said, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::theme::Look;

/// Writes the table of a strip: its place, then the actions of Enter, Esc and the presses of the page, and a row of its own.
macro_rules! strip_table {
    ($place:expr, $enter:expr, $close:expr, $press:path $(, $more:expr)?) => {
        table(
            $place,
            &[
                row(&[Key::Enter], t("记下", "Put down"), $enter),
                row(&[Key::Esc, Key::Tab], t("收起", "Close"), $close),
                row(&[Key::Backspace], t("只记备注", "Just a note"), $press(Press::Note)),
                row(&[Key::Digit(1)], t("基础教育", "Education"), $press(Press::Key('1'))).quiet(),
                row(&[Key::Digit(2)], t("医疗卫生", "Health care"), $press(Press::Key('2'))).quiet(),
                row(&[Key::Digit(3)], t("生态环境", "Environment"), $press(Press::Key('3'))).quiet(),
                row(&[Key::Digit(4)], t("农业农村", "Agriculture"), $press(Press::Key('4'))).quiet(),
                row(&[Key::Digit(5)], t("社会治理", "Governance"), $press(Press::Key('5'))).quiet(),
                row(&[Key::Digit(6)], t("文体生活", "Culture"), $press(Press::Key('6'))).quiet(),
                row(&[Key::Digit(0)], t("其他", "Other"), $press(Press::Key('0'))).quiet(),
                row(&[Key::Mark('+')], t("较大, 再按重大", "Larger, again: major"), $press(Press::Key('+'))).quiet(),
                row(&[Key::Mark('~')], t("长期", "Long-term"), $press(Press::Key('~'))).quiet(),
                row(&[Key::Mark('!')], t("当场解决", "Solved on the spot"), $press(Press::Key('!'))).quiet(),
                row(&[Key::Mark('?')], t("建议", "Suggestion"), $press(Press::Key('?'))).quiet(),
                row(&[Key::Mark('*')], t("保密", "Confidential"), $press(Press::Key('*'))).quiet(),
                row(&[Key::Right], t("下一个领域", "Next field"), $press(Press::Next)).quiet(),
                row(&[Key::Left], t("上一个领域", "Field before"), $press(Press::Previous)).quiet(),
                $($more,)?
            ],
        )
        .hint(t("数字 领域", "Digits: field"))
    };
}
pub(in crate::ui::screens) use strip_table;

fn pieces(strip: &Strip, canvas: &Canvas<'_>) -> [Vec<Piece>; 2] {
    let look = |chosen: bool| if chosen { Look::Bar } else { Look::Plain };
    let field = |field: &Topic| {
        let chosen = strip.field == Some(*field) && !strip.note;
        (format!("{}{}", field.digit(), canvas.words(field.short())), look(chosen), 2)
    };
    let mark = |mark: &Mark| {
        let chosen = match mark {
            Mark::Confidential => strip.confidential,
            mark => strip.mark == Some(*mark),
        };
        (format!("{} {}", mark.word(), canvas.words(mark.name())), look(chosen && !strip.note), 2)
    };
    [Topic::ALL.iter().map(field).collect(), Mark::ALL.iter().map(mark).collect()]
}

/// Says that a digit is no field's; nothing of what else is typed in the strip.
pub fn no_field(typed: char) -> Option<Said> {
    let digit = forms::half(typed).to_digit(10).filter(|_| Topic::from_digit(typed).is_none())?;
    let words = t("{digit} 没有这一类: 领域是 1 到 6, 其他按 0.", "There is no field {digit}: 1 to 6, 0 for other.");
    Some(words.with("digit", digit))
}

/// Says that the strip was closed by words, for as long as they are typed: marks that follow are words too.
pub fn say_closed(desk: &mut Desk) {
    let words = t(
        "归类收起了, 打的字接在这一句后面; Tab 再归类.",
        "Sorting is closed and what is typed goes on with the line; Tab sorts it again.",
    );
    (desk.notice, desk.led) = (Some(words.into()), true);
}

/// Counts the rows that the strip takes from a column on.
pub fn rows(strip: &Strip, canvas: &Canvas<'_>, left: u16) -> u16 {
    pieces(strip, canvas).iter().map(|pieces| flow_rows(pieces, left, canvas.width())).sum()
}

/// Draws the strip: the fields, and below them the marks. Gives the rows used.
pub fn draw(strip: &Strip, canvas: &mut Canvas<'_>, left: u16, y: u16) -> u16 {
    let mut used = 0;
    for pieces in pieces(strip, canvas) {
        flow(canvas, left, y + used, &pieces);
        used += flow_rows(&pieces, left, canvas.width());
    }
    used
}
