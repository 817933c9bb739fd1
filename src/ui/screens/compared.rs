//! 新旧名册对照: where the newest roster says otherwise than people wrote, and whom it no longer lists.
//!
//! Keystrokes: one digit a line. 名册不同: 1 the roster is right, 2 what stands is right. 不再列入: 3 still here, 4 moved out, 5
//! deceased. What is passed over stays as it is, and nothing waits for it.

use super::{Beside, Card, reasons};
use crate::app::{Ask, Compared as One, Glance, Message, Request, What};
use crate::domain::facts::{self, Shape};
use crate::domain::hidden::for_lists;
use crate::domain::{Phone, Sort, Value, choice};
use crate::hanzi::clean;
use crate::text::{Said, Text, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::glance;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{Column, List, Scroll, draw_lines};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::pending::Pending;
use crate::ui::screens::reading;
use crate::ui::screens::settled::{Settled, Settling};
use crate::ui::theme::Look;

/// Shows what the newest rosters say otherwise.
#[derive(Debug, PartialEq, Default)]
pub struct Compared {
    found: Option<Vec<One>>,
    list: List,
    comparing: Pending,
    settling: Settling,
}

impl Compared {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }

    fn lines(&self) -> &[One] {
        self.found.as_deref().unwrap_or_default()
    }

    fn selected(&self) -> Option<&One> {
        let lines = self.lines();
        lines.get(self.list.selected().min(lines.len().saturating_sub(1)))
    }

    fn compare(&mut self, desk: &mut Desk) {
        self.comparing.ask(desk.session.ask(Ask::Compare));
    }
}

/// What can be done here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The roster is right.
    Take,
    /// What stands is right.
    Keep,
    /// The household is still here.
    Here,
    /// It moved out.
    Moved,
    /// Its head died.
    Deceased,
    /// Opens the card.
    Open,
}

/// With nothing that differs.
static NONE: Table<Action> = table(t("新旧名册对照: 没有", "Rosters compared: nothing"), &[]);

static KEYS: Table<Action> = table(
    t("新旧名册对照", "Rosters compared"),
    &[
        row(&[Key::Digit(1)], t("用名册的", "As listed"), Action::Take),
        row(&[Key::Digit(2)], t("留现在的", "Keep ours"), Action::Keep),
        row(&[Key::Digit(3)], t("还在", "Here"), Action::Here),
        row(&[Key::Digit(4)], t("迁出", "Moved"), Action::Moved),
        row(&[Key::Digit(5)], t("去世", "Died"), Action::Deceased),
        row(&[Key::Enter], t("户卡", "Card"), Action::Open),
    ],
);

/// Makes the request of an action about a line; None where it does not fit the line.
fn request(action: Action, one: &One) -> Option<Request> {
    let about = |word: &str| Request::new(word).with_name("household", one.household);
    match (&one.what, action) {
        (What::Differs { key, row, .. }, Action::Take | Action::Keep) => {
            let word = if action == Action::Take { "roster.take" } else { "roster.keep" };
            Some(about(word).with("fact", key.as_str()).with_name("row", *row))
        }
        (What::Unlisted { roster, .. }, Action::Here) => Some(about("roster.still_here").with_name("roster", *roster)),
        (What::Unlisted { .. }, Action::Moved) => Some(about("household.set").with("standing", "moved")),
        (What::Unlisted { .. }, Action::Deceased) => Some(about("household.set").with("standing", "deceased")),
        _ => None,
    }
}

/// Says what an action did with a line.
fn settled(action: Action, one: &One, desk: &Desk) -> Settled {
    let of_fact = |words: Text| match &one.what {
        What::Differs { key, .. } => Said::from(words).with_words("fact", fact(key)),
        What::Unlisted { .. } => words.into(),
    };
    let done = match action {
        Action::Take => of_fact(t("{fact} 用名册的", "{fact} as listed")),
        Action::Keep => of_fact(t("{fact} 留现在的", "{fact} kept as ours")),
        Action::Here | Action::Open => t("记作还在", "Still here").into(),
        Action::Moved => t("记作迁出", "Moved out").into(),
        Action::Deceased => t("记作去世", "Deceased").into(),
    };
    // A fact of a newer program has whatever name it has.
    let done = t("{it}", "{it}").with("it", for_lists(&done.say(desk.lang)));
    Settled::of(done).whose(for_lists(&one.head), one.place.clone())
}

const COLUMNS: [Column; 4] = [
    Column::new(t("户主", "Head"), 8),
    Column::new(t("住在", "Place"), 22).place().drops(2).grows(1),
    Column::new(t("哪一项", "Fact"), 10).drops(1).worded(),
    Column::new(t("现在用的 / 名册写的", "In use / as listed"), 24).grows(2),
];

/// Rows around the list.
const AROUND: u16 = 6;

impl Screen for Compared {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let lines = self.lines();
        let title = match &self.found {
            None => self.comparing.say(t("新旧名册对照   正在比对 {far}…", "Rosters compared   comparing {far}…")),
            Some(lines) => t(
                "新旧名册对照   {n} 处. 没处理的照现在的用, 谁也不会被删掉.",
                "Rosters compared   {n}. What is passed over stays as it is; nobody is removed.",
            )
            .with("n", lines.len()),
        };
        let so_far = t("{n} 处", "{n}").with("n", lines.len());
        reading::title(canvas, t("新旧名册对照", "Rosters compared"), so_far, &title);
        if lines.is_empty() {
            if self.found.is_some() {
                let nothing = t("新名册和现在用的没有不同.", "The newest rosters say nothing else.");
                let nothing = reading::nothing(canvas.desk, nothing);
                canvas.write(2, 2, canvas.words(nothing), Look::Dim);
            }
            return;
        }
        let rows = canvas.height().saturating_sub(AROUND).max(1);
        let mut drawn = Vec::new();
        for index in self.list.shown(canvas, lines.len(), rows) {
            let Some(one) = lines.get(index) else { continue };
            let (fact, values) = said(canvas, one, true);
            let cells = vec![
                (for_lists(&one.head), Look::Strong),
                (one.place.clone(), Look::Plain),
                (canvas.say(&fact), Look::Plain),
                (values, Look::Plain),
            ];
            drawn.push((cells, self.list.is_selected(index, lines.len())));
        }
        draw_lines(canvas, 2, &COLUMNS, &drawn);
        if let Some(one) = self.selected() {
            let (fact, values) = said(canvas, one, false);
            let text = format!("{}   {}   {}   {values}", for_lists(&one.head), one.place, canvas.say(&fact));
            canvas.write_wrapped(2, canvas.height().saturating_sub(3), 2, &text, Look::Plain);
        }
    }

    fn why(&self, _: &Desk) -> Option<Said> {
        Some(reasons::compared())
    }

    fn beside(&self, _: &Desk) -> Option<Beside> {
        Beside::household(self.selected().map(|one| one.household))
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        let len = self.lines().len();
        Some(Scroll { list: &mut self.list, len })
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.compare(desk);
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        if self.comparing.hear(message) {
            return Go::Stay;
        }
        if let Some(answered) = self.settling.hear(message, desk) {
            if answered.is_ok() {
                self.compare(desk);
            }
            return Go::Say(answered.unwrap_or_else(|why| why));
        }
        match message {
            Message::Compared(ticket, found) if self.comparing.is_answered_by(*ticket) => match found.as_ref() {
                Ok(found) => self.found = Some(found.clone()),
                Err(trouble) => return Go::Say(trouble.told()),
            },
            Message::Filled | Message::Answer(..) => self.compare(desk),
            _ => {}
        }
        Go::Stay
    }
}

/// Says what a line is about: the fact, and both values, as a row of the list may say them or as they are shown below it.
fn said(canvas: &Canvas<'_>, one: &One, row: bool) -> (Said, String) {
    match &one.what {
        What::Unlisted { face, .. } => {
            let words = if row { "" } else { canvas.words(t("新名册没有列   ", "not in the newest list   ")) };
            (t("不再列入", "unlisted").into(), format!("{words}{}", canvas.say(&face.standing)))
        }
        What::Differs { key, ours, listed, .. } => {
            let shape = facts::find(Sort::Household, key).map(|fact| fact.shape);
            let value = |value: Option<&Value>| match value {
                None => canvas.words(t("(空)", "(empty)")).to_owned(),
                Some(value) => words(canvas, shape, value),
            };
            let both = || format!("{} / {}", value(ours.as_ref()), value(Some(listed)));
            let glance = Glance::of_fact(Sort::Household, key);
            let said = if row {
                glance::in_row(canvas.desk, glance, glance::SELECT, both)
            } else {
                glance::alone(canvas.desk, glance, both)
            };
            (fact(key), said)
        }
    }
}

/// Names the fact of a register, with the middle of a phone hidden.
fn fact(key: &str) -> Said {
    match (facts::find(Sort::Household, key), key.strip_prefix("phone/")) {
        (Some(fact), Some(phone)) => Said::from(t("{fact} {phone}", "{fact} {phone}"))
            .with("phone", Phone::masked(phone))
            .with_words("fact", fact.name),
        (Some(fact), None) => fact.name.into(),
        (None, _) => t("{key}", "{key}").with("key", key),
    }
}

fn words(canvas: &Canvas<'_>, shape: Option<Shape>, value: &Value) -> String {
    match (shape, value) {
        (Some(Shape::Choice(list)), Value::Text(word)) => {
            choice::name_of(list, word).map_or_else(|| clean::line(word), |name| canvas.words(name).to_owned())
        }
        (_, Value::Text(text)) => clean::line(text),
        (_, Value::Number(number)) => number.to_string(),
        (_, Value::Yes(yes)) => canvas.words(if *yes { t("有", "yes") } else { t("没有", "no") }).to_owned(),
        _ => String::new(),
    }
}

impl Keyed for Compared {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS, &NONE];

    fn table(&self) -> &'static Table<Action> {
        if self.lines().is_empty() { &NONE } else { &KEYS }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        let Some(one) = self.selected() else { return Go::Stay };
        if action == Action::Open {
            return Go::open(Card::of(one.household));
        }
        if self.settling.is_on() {
            return Go::Stay;
        }
        match request(action, one) {
            Some(request) => {
                let settled = settled(action, one, desk);
                self.settling.ask(request, settled, desk);
                Go::Stay
            }
            None => Go::say(match one.what {
                What::Differs { .. } => {
                    t("这一行: 1 用名册的, 2 留现在的.", "Here 1 takes the listed word, 2 keeps ours.")
                }
                What::Unlisted { .. } => {
                    t("这一户: 3 还在, 4 迁出, 5 去世.", "Here 3 says still here, 4 moved out, 5 deceased.")
                }
            }),
        }
    }
}
