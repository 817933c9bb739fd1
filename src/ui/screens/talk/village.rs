//! Village: where a talk is, by a beginning of the name or its letters: `qsb`, 前水北 for 前水北村. What fits is shown with digits
//! as one types; Enter takes the only one whose name begins so, and nothing else takes one for another.

use crate::app::Village;
use crate::domain::Name;
use crate::hanzi::forms;
use crate::text::{Said, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::form::{KeptForm, Step};
use crate::ui::page::Go;
use crate::ui::theme::Look;

/// How many have a digit.
const MOST: usize = 9;

/// The line of a form that says it.
const LINE: &str = "village";

/// The villages that fit what stands in the line.
#[derive(Debug, Default)]
struct Fitting(Vec<Village>);

impl Fitting {
    /// Looks for them; for an empty line there are none.
    fn of(typed: &str, desk: &Desk) -> Self {
        let house = desk.session.house().filter(|_| !typed.trim().is_empty());
        Self(house.map(|house| house.villages(typed)).unwrap_or_default())
    }

    /// Tells whether the line is the name of one of them.
    fn has(&self, typed: &str) -> bool {
        self.0.iter().any(|village| village.name == typed.trim())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives the one that is meant: the only one whose name begins so.
    fn meant(&self) -> Option<&str> {
        let mut begin = self.0.iter().filter(|village| village.begins);
        begin.next().filter(|_| begin.next().is_none()).map(|village| village.name.as_str())
    }

    fn nth(&self, digit: u32) -> Option<&str> {
        let at = usize::try_from(digit).ok()?.checked_sub(1)?;
        self.0.iter().take(MOST).nth(at).map(|village| village.name.as_str())
    }

    /// Says which they are, each with its digit.
    fn said(&self) -> Said {
        let named = (1..).zip(self.0.iter().take(MOST)).map(|(digit, village)| format!("{digit}{}", village.name));
        let words = match (self.0.len().checked_sub(MOST), self.meant().is_some()) {
            (Some(more), _) if more > 0 => t(
                "{villages}; 还有 {more} 个. 数字选, 或再写一点.",
                "{villages}; {more} more. A digit picks, or write on.",
            )
            .with("more", more),
            (_, true) => t("{villages}. Enter 或数字选.", "{villages}. Enter or its digit picks.").into(),
            _ => t("{villages}. 数字选.", "{villages}. A digit picks.").into(),
        };
        words.with("villages", named.collect::<Vec<_>>().join("  "))
    }
}

/// Gives the village that a digit behind what was typed picks; none where the digit is a part of a name.
fn picked(typed: &str, desk: &Desk) -> Option<String> {
    let last = typed.chars().next_back()?;
    let digit = forms::half(last).to_digit(10)?;
    let before = typed.get(..typed.len() - last.len_utf8())?;
    if Fitting::of(typed, desk).0.iter().any(|village| village.name.contains(typed.trim())) {
        return None;
    }
    Fitting::of(before, desk).nth(digit).map(str::to_owned)
}

/// Takes the village that a digit behind what was typed in the line picks.
pub(super) fn typed(form: &mut KeptForm, desk: &mut Desk) {
    let typed = form.text(LINE).to_owned();
    if form.key() == LINE
        && let Some(name) = picked(&typed, desk)
    {
        form.fill(LINE, typed.strip_suffix(char::is_numeric).unwrap_or(&typed), &name);
        form.go_on();
        form.keep(desk);
    }
}

/// Takes the village that is meant by what stands in the line, and says which; where several are, one has to be picked. Nothing
/// where the line is its name, or nobody lives in one that fits.
fn take(form: &mut KeptForm, desk: &mut Desk) -> Option<(bool, Said)> {
    let typed = form.text(LINE).to_owned();
    let fitting = Fitting::of(&typed, desk);
    if fitting.is_empty() || fitting.has(&typed) {
        return None;
    }
    let Some(meant) = fitting.meant() else { return Some((false, fitting.said())) };
    let said = t("在 {village}.", "In {village}.").with("village", meant);
    form.fill(LINE, &typed, meant);
    form.keep(desk);
    Some((true, said))
}

/// Takes Enter in the line of the village; none where another step is taken, or the line is to be left as it is.
pub(super) fn entered(form: &mut KeptForm, step: Step, desk: &mut Desk) -> Option<Go> {
    if step != Step::Enter || form.key() != LINE {
        return None;
    }
    let (is_taken, said) = take(form, desk)?;
    if is_taken {
        form.step(step, desk);
    }
    Some(Go::Say(said))
}

/// A village that is on no roster, said once.
#[derive(Debug, PartialEq, Eq, Default)]
pub(super) struct Unknown(Option<String>);

impl Unknown {
    /// Says what keeps the line from being recorded: nothing stands in it, or once that nobody is known of the village, for half a
    /// name would leave the talk without its households. Letters are no name: the village that they mean is taken.
    pub fn refuses(&mut self, form: &mut KeptForm, desk: &mut Desk) -> Option<Said> {
        let village = form.text(LINE).to_owned();
        if village.is_empty() {
            return Some(t("请写在哪个村.", "Which village, please.").into());
        }
        let is_known = Fitting::of(&village, desk).has(&village)
            || desk.session.house().is_none_or(|house| house.shelf(|shelf, _| shelf.households().is_empty()));
        if is_known {
            return None;
        }
        if village.is_ascii()
            && let Some((is_taken, said)) = take(form, desk)
        {
            // The one that is meant stands in the line now, and in the header of the talk.
            return (!is_taken).then_some(said);
        }
        if self.0.as_ref() == Some(&village) {
            return None;
        }
        let said = t(
            "名册里没有 {village}. 村名要写全; 就是这个名字, 再按 F8.",
            "No household is of {village}. Write the whole name; if that is it, F8 once more.",
        );
        let said = said.with("village", &village);
        self.0 = Some(village);
        Some(said)
    }
}

/// Gives the village that a new talk is likely to be in: of today's appointment or the household used last, or the only one there
/// is; none where nobody chose any.
pub(super) fn likely(desk: &Desk) -> Option<String> {
    let house = desk.session.house()?;
    let village = |name: &Name| house.household(*name).ok().map(|one| one.village.to_string());
    let chosen = house.foremost(desk.now.wall_ms).first().and_then(village).filter(|village| !village.is_empty());
    chosen.or_else(|| match house.villages("").as_slice() {
        [only] => Some(only.name.clone()),
        _ => None,
    })
}

/// Draws the villages that fit, in the rows at the foot; tells whether there are some.
pub(super) fn draw(typed: &str, canvas: &mut Canvas<'_>) -> bool {
    let fitting = Fitting::of(typed, canvas.desk);
    let is_shown = !fitting.is_empty() && !fitting.has(typed);
    if is_shown {
        let y = canvas.height().saturating_sub(2);
        canvas.write_wrapped(1, y, 2, &canvas.say(&fitting.said()), Look::Plain);
    }
    is_shown
}
