//! Card: everything known of one household, and what can be done with it.
//!
//! Keystrokes: Enter starts the visit (or goes back to the one that runs), a call where the household is away, and shows the history
//! where it is gone; digits are the actions that stand on the
//! page. Ctrl-B hides phones, illness and what was said before, for other eyes in the room. What is longer than the
//! page stands whole under 5 (facts) and 6 (history).

mod actions;
mod appoint;
mod audit;
mod behind;
mod doubtful;
mod elsewhere;
pub(super) mod face;
mod facts;
mod found;
mod history;
mod paper;
mod people;
mod person;
pub(super) mod roomy;
mod sheet;
mod why;

use ratatui::layout::Size;

use super::halves::{left_of, split};
use super::twice::Twice;
use super::{Another, Resume, Visit, is_roomy, reasons};
use crate::app::{Face, Meant, Message, Request, Ticket};
use crate::domain::{Name, choice};
use crate::text::{Said, Text, Trouble, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::keys::Table;
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;
use actions::{AWAY, Action, GONE, HERE, keys};
pub use appoint::Appoint;
pub use audit::Audit;
use behind::{Behind, NEXT, PAPER};
pub(super) use doubtful::Doubtful;
pub use facts::Facts;
pub use history::History;
pub use paper::FromPaper;
pub use person::Person;
pub(super) use person::YES_NO;
pub(super) use sheet::Sheet;

/// What is left as it stood is nobody's word.
const UNCHANGED: Text = t("没有改, 什么也没记.", "Nothing was changed, and nothing recorded.");

/// Shows everything known of one household.
#[derive(Debug, PartialEq, Eq)]
pub struct Card {
    household: Name,
    sheet: Result<Sheet, Option<Trouble>>,
    asked: Option<Ticket>,
    /// It stands there by itself, behind a visit that ended or was entered later: an Enter too many is not the beginning of one.
    behind: Option<&'static Behind>,
    /// The visits of it that were entered later, as many as there were when the paper form opened.
    on_paper: Option<usize>,
    /// By whom it was found, where it is not the head.
    found_by: Option<Meant>,
    /// Its visit runs or was interrupted: Enter goes back to it, whoever lives there.
    runs: bool,
    /// It was asked whether a visit is meant that runs on another laptop too.
    is_asked: Twice,
    /// The way of the visit that was asked about.
    asked_kind: &'static str,
}

impl Card {
    /// Opens the page.
    pub fn of(household: Name) -> Self {
        Self {
            household,
            sheet: Err(None),
            asked: None,
            behind: None,
            on_paper: None,
            found_by: None,
            runs: false,
            is_asked: Twice::default(),
            asked_kind: "",
        }
    }

    /// Opens the page of a household that was found, and says there by whom.
    pub fn found(face: &Face) -> Self {
        Self { found_by: face.meant.clone(), ..Self::of(face.name) }
    }

    /// Opens the page of the household to go to next.
    pub fn next(household: Name) -> Self {
        Self { behind: Some(&NEXT), ..Self::of(household) }
    }

    fn read(&mut self, desk: &Desk) {
        self.runs = self.is_running(desk);
        if let Some(house) = desk.session.house() {
            // Any record of a family leads here; the one that stands for all of them is meant.
            self.household = house.shelf(|shelf, _| shelf.home_of(self.household));
            self.sheet = Sheet::read(&house, self.household).map_err(Some);
            if let Ok(sheet) = &mut self.sheet {
                sheet.doubled = house.is_double(self.household, desk.now.wall_ms);
            }
        }
    }

    /// Tells whether its visit runs, or was interrupted.
    fn is_running(&self, desk: &Desk) -> bool {
        let open = desk.session.running().or_else(|| desk.session.interrupted());
        open.and_then(|open| open.household).is_some_and(|household| home(desk, household) == self.household)
    }

    /// Gives what Enter does: what makes sense first at this household, as it is now.
    fn first(&self, desk: &Desk) -> Action {
        let Ok(sheet) = &self.sheet else { return Action::Start };
        if self.is_running(desk) {
            Action::Start
        } else if sheet.household.is_gone() {
            Action::History
        } else if sheet.household.away {
            Action::Phone
        } else {
            Action::Start
        }
    }

    /// Counts its visits that were entered later; none while it is not known.
    fn entered_later(&self) -> Option<usize> {
        self.sheet.as_ref().ok().map(|sheet| sheet.visits.iter().filter(|visit| visit.entered_later).count())
    }

    fn start(&mut self, kind: &'static str, desk: &mut Desk) -> Go {
        if let Some(running) = desk.session.running().or_else(|| desk.session.interrupted()) {
            if self.is_running(desk) {
                let household = running.household.filter(|_| desk.session.running().is_some());
                return household.map_or_else(
                    || Go::open(Resume::of(&running)),
                    |household| Go::open(Visit::of(running.visit, household)),
                );
            }
            let head = desk.session.house().map(|house| house.running_words(&running));
            return Go::Say(
                Said::from(t(
                    "{head} 的走访还没结束. Ctrl-O 回去结束它, 再开始这一户.",
                    "The visit of {head} still runs. Ctrl-O goes back to end it first.",
                ))
                .with_words("head", head.unwrap_or_else(|| t("", "").into())),
            );
        }
        // Another way of visiting is another question.
        if std::mem::replace(&mut self.asked_kind, kind) != kind {
            self.is_asked.forget();
        }
        if let Some(asked) = self.sheet.as_ref().ok().and_then(|sheet| elsewhere::asked(sheet, desk.now.wall_ms))
            && !self.is_asked.again(desk)
        {
            return Go::Say(asked);
        }
        let request = Request::new("visit.start").with_name("household", self.household).with("kind", kind);
        self.asked = Some(desk.ask(request));
        Go::Stay
    }

    fn draw_actions(&self, canvas: &mut Canvas<'_>, y: u16) -> u16 {
        let running = self.is_running(canvas.desk);
        let counts = self.sheet.as_ref().is_ok_and(|sheet| sheet.household.may_be_phoned());
        let words = |action: Action, text| match action {
            Action::Start if running => t("回到走访", "Back to the visit"),
            Action::Phone if !counts => t("电话访问(不计)", "Uncounted call"),
            _ => text,
        };
        let first = self.first(canvas.desk);
        let pieces: Vec<(String, Look)> = HERE
            .rows
            .iter()
            .filter_map(|row| match row.keys {
                [crate::ui::keys::Key::Digit(digit)] => {
                    let text = format!("{digit} {}", canvas.words(words(row.action, row.words)));
                    Some((text, if row.action == first { Look::Accent } else { Look::Plain }))
                }
                _ => None,
            })
            .collect();
        face::flow(canvas, 2, y, 3, &pieces)
    }
}

impl Card {
    /// Draws it where there is room for the members one by one, for what is not done, and on a wide terminal for what happened
    /// before beside all that.
    fn draw_roomy(&self, canvas: &mut Canvas<'_>, sheet: &Sheet) {
        let (height, (left, right)) = (canvas.height(), split(canvas.width()));
        let actions = self.draw_actions(&mut canvas.part(0, height, left, 0), 0).max(1);
        let mut own = canvas.part(0, 0, left, height);
        let rows = height.saturating_sub(actions + 1);
        let meant = self.found_by.as_ref();
        let found = meant.map_or(0, |meant| found::draw(&mut own.part(0, 0, left, rows), sheet, meant));
        // More of the members would leave the rest no room.
        let rows = rows.saturating_sub(found);
        let used = found + face::tabled(&mut own.part(0, found, left, rows), sheet, rows / 3, people::MORE_UNDER_5);
        let y = used + 1;
        let y = y + self.draw_actions(&mut own, y) + 1;
        let used = roomy::open(&mut own.part(0, y, left, height.saturating_sub(y)), sheet, i64::MAX);
        if right > 0 {
            roomy::rest(&mut canvas.part(left_of(left), 0, right, height), sheet, i64::MAX, face::MORE_UNDER_6);
        } else {
            let y = y + used + u16::from(used > 0);
            let mut past = canvas.part(0, y, left, height.saturating_sub(y));
            roomy::rest(&mut past, sheet, i64::MAX, face::MORE_UNDER_6);
        }
    }
}

/// Gives the household that a record stands for.
fn home(desk: &Desk, household: Name) -> Name {
    desk.session.house().map_or(household, |house| house.shelf(|shelf, _| shelf.home_of(household)))
}

impl Screen for Card {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let sheet = match &self.sheet {
            Ok(sheet) => sheet,
            Err(trouble) => {
                let said = trouble.as_ref().map(|trouble| canvas.say(&trouble.told())).unwrap_or_default();
                let rows = canvas.height();
                canvas.write_wrapped(1, 1, rows, &said, Look::Late);
                return;
            }
        };
        let (width, height) = (canvas.width(), canvas.height());
        if is_roomy(Size::new(width, height)) {
            self.draw_roomy(canvas, sheet);
            return;
        }
        // The actions are always there: what is known gives way to them.
        let actions = self.draw_actions(&mut canvas.part(0, height, width, 0), 0).max(1);
        let rows = height.saturating_sub(actions + 1);
        let gap = u16::from(height >= 14);
        let meant = self.found_by.as_ref();
        let found = meant.map_or(0, |meant| found::draw(&mut canvas.part(0, 0, width, rows), sheet, meant));
        let past = face::rows_of_past(sheet, canvas.covered) + (2 * gap).saturating_sub(1);
        let used = face::roomily(&mut canvas.part(0, found, width, rows.saturating_sub(found)), sheet, past);
        let y = found + used + gap;
        let y = y + self.draw_actions(canvas, y) + gap;
        face::past(&mut canvas.part(0, y, width, height.saturating_sub(y)), sheet);
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.read(desk);
        // A form that was only looked at, and left, is no visit.
        let before = self.on_paper.take();
        if before.zip(self.entered_later()).is_some_and(|(before, now)| now > before) {
            self.behind = Some(&PAPER);
        }
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Answer(ticket, result) => {
                self.read(desk);
                if self.asked == Some(*ticket) {
                    self.asked = None;
                    if let Some(visit) = result.as_ref().as_ref().ok().and_then(crate::app::Answer::name) {
                        return Go::open(Visit::of(visit, self.household));
                    }
                }
            }
            Message::Filled => self.read(desk),
            _ => {}
        }
        Go::Stay
    }

    fn busy(&self) -> bool {
        self.asked.is_some()
    }

    fn why(&self, desk: &Desk) -> Option<Said> {
        let sheet = self.sheet.as_ref().ok()?;
        let covered = why::covered(sheet, reasons::minimum(desk)).unwrap_or_else(|| reasons::covered(desk));
        Some(match why::owed(sheet) {
            Some(owed) => owed.apart(covered),
            None => covered,
        })
    }
}

impl Keyed for Card {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&HERE, &AWAY, &GONE];

    fn table(&self) -> &'static Table<Action> {
        match &self.sheet {
            Ok(sheet) if !self.runs => keys(&sheet.household),
            _ => &HERE,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        if self.asked.is_some() {
            return Go::Stay;
        }
        let behind = self.behind.take();
        if !matches!(action, Action::First | Action::Start | Action::Phone) {
            self.is_asked.forget();
        }
        let sheet = self.sheet.as_ref().ok();
        match (action, sheet) {
            (_, None) => Go::Stay,
            (Action::First, Some(sheet)) => match (self.first(desk), behind) {
                (Action::First, _) => Go::Stay,
                (first @ (Action::Start | Action::Phone), Some(behind)) if !self.is_running(desk) => {
                    Go::Say(behind.words(first).with("head", sheet.head()))
                }
                (first, _) => self.act(first, desk),
            },
            (Action::Start, _) => self.start("home", desk),
            (Action::Phone, _) => self.start("phone", desk),
            (Action::Appoint, Some(sheet))
                if sheet.next_appointment(desk.now.wall_ms).is_none() && sheet.household.is_gone() =>
            {
                let words = t(
                    "这一户{status}了, 不用预约. 其实还在的, 先按 5 改状态.",
                    "This household is gone ({status}); no appointment. If it is still here, change that under 5.",
                );
                let status = choice::name_of(choice::STANDING, &sheet.household.standing).unwrap_or(t("", ""));
                Go::Say(Said::from(words).with_words("status", status))
            }
            (Action::Appoint, Some(sheet)) => Go::open(Appoint::of(self.household, sheet, desk.now.wall_ms)),
            (Action::FromPaper, Some(sheet)) => {
                let form = FromPaper::of(self.household, &sheet.head(), &desk.session.visitors());
                self.on_paper = self.entered_later();
                Go::open(form)
            }
            (Action::Facts, _) => Go::open(Facts::of(self.household)),
            (Action::History, _) => Go::open(History::of(self.household)),
            (Action::Same, Some(sheet)) => Go::open(Another::same(self.household, &sheet.head())),
        }
    }
}

#[cfg(test)]
mod tests;
