//! 改资料: every fact of a household in one list, changed in place.
//!
//! Keystrokes: arrows to the fact, Enter, type, Enter; digits or its word where it is one of a closed list; Delete takes a phone
//! or a member out, or empties a fact. What is left as it stood is not recorded; Ctrl-Y stands by what only a roster says. Esc leaves the line as it was: what was typed there stays as its draft and is
//! shown, and comes back with the next Enter. Tab shows who wrote the fact before, and what; the last row who wrote it last.

use super::Audit;
use super::doubtful::Doubtful;
use super::person::{Person, YES_NO};
use super::sheet::{self, Sheet};
use crate::app::{Message, Request, Ticket};
use crate::domain::facts::{Fact, Shape};
use crate::domain::{Name, Phone, Word};
use crate::text::{Said, Text, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::kept::Kept;
use crate::ui::keys::{Key, Row, Table, row, table};
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::unlisted::Unlisted;

mod changing;
mod drawn;
mod picking;

use drawn::is_secret;
use picking::Pick;

/// Changes what is known of a household.
#[derive(Debug, PartialEq, Eq)]
pub struct Facts {
    household: Name,
    sheet: Sheet,
    list: List,
    state: State,
    /// What stood in the line when it was opened, as it would be written; none where whatever is said there is to be recorded.
    before: Option<String>,
    asked: Option<Ticket>,
    doubtful: Doubtful,
    /// Drafts left in lines that nobody is writing in, by place.
    left: Vec<(String, String)>,
    unlisted: Unlisted,
}

/// What the keys are for.
#[derive(Debug, PartialEq, Eq)]
enum State {
    Browsing,
    Writing(Field),
    Picking(Pick),
}

/// One line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry<'a> {
    Fact(&'static Fact, usize),
    Phone(&'a str),
    AnotherPhone,
    Person(usize),
    AnotherPerson,
    Doubt(usize),
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Changes the selected line, or records it.
    Enter,
    /// Takes the selected line out.
    Remove,
    /// Shows who wrote the selected line, and what it said before.
    Before,
    /// Stands by the selected line as it is.
    Check,
    /// Leaves the line.
    Leave,
    /// Picks a choice by its number; 0 empties.
    Pick(u8),
}

const LEAVE: Row<Action> = row(&[Key::Esc], t("不改了", "Leave it"), Action::Leave);

const fn nth(keys: &'static [Key], words: Text, number: u8) -> Row<Action> {
    row(keys, words, Action::Pick(number)).quiet()
}

static BROWSING: Table<Action> = table(
    t("改资料", "Facts"),
    &[
        row(&[Key::Enter], t("改", "Change"), Action::Enter),
        row(&[Key::Delete], t("删去", "Remove"), Action::Remove),
        row(&[Key::Tab], t("谁改过", "Who wrote it"), Action::Before),
        row(&[Key::Ctrl('y')], t("核对过", "It is right"), Action::Check).quiet(),
    ],
);
static WRITING: Table<Action> =
    table(t("改一项", "One fact"), &[row(&[Key::Enter], t("记下", "Record"), Action::Enter), LEAVE]);
static PICKING: Table<Action> = table(
    t("选一项", "Pick one"),
    &[
        row(&[Key::Enter], t("记下打的字", "Take the word"), Action::Enter),
        LEAVE,
        nth(&[Key::Digit(1)], t("选第 1 项", "Choice 1"), 1),
        nth(&[Key::Digit(2)], t("选第 2 项", "Choice 2"), 2),
        nth(&[Key::Digit(3)], t("选第 3 项", "Choice 3"), 3),
        nth(&[Key::Digit(4)], t("选第 4 项", "Choice 4"), 4),
        nth(&[Key::Digit(5)], t("选第 5 项", "Choice 5"), 5),
        nth(&[Key::Digit(6)], t("选第 6 项", "Choice 6"), 6),
        nth(&[Key::Digit(0)], t("清空", "Empty it"), 0),
    ],
)
.hint(t("数字或打字选, 0 清空", "Digits or its word, 0 empties"));

impl Facts {
    /// Opens the page.
    pub(super) fn of(household: Name) -> Self {
        Self {
            household,
            sheet: Sheet::default(),
            list: List::new(),
            state: State::Browsing,
            before: None,
            asked: None,
            doubtful: Doubtful::default(),
            left: Vec::new(),
            unlisted: Unlisted::default(),
        }
    }

    fn entries(&self) -> Vec<Entry<'_>> {
        let mut facts = self.sheet.facts.iter().enumerate().map(|(index, (fact, _))| Entry::Fact(fact, index));
        // Phones change most often: they stand right behind the head.
        let head = facts.next();
        let phones = self.sheet.household.phones.iter().map(|phone| Entry::Phone(phone));
        let persons = (0..self.sheet.persons.len()).map(Entry::Person);
        let doubts = (0..self.sheet.household.doubts.len()).map(Entry::Doubt);
        head.into_iter()
            .chain(phones)
            .chain([Entry::AnotherPhone])
            .chain(facts)
            .chain(persons)
            .chain([Entry::AnotherPerson])
            .chain(doubts)
            .collect()
    }

    fn selected(&self) -> Option<Entry<'_>> {
        let entries = self.entries();
        entries.get(self.list.selected().min(entries.len().saturating_sub(1))).copied()
    }

    fn place_of(&self, entry: Entry<'_>) -> Option<String> {
        match entry {
            Entry::Fact(fact, _) => Some(format!("card/{}/{}", self.household, fact.key)),
            Entry::Phone(phone) => Some(format!("card/{}/phone/{phone}", self.household)),
            Entry::AnotherPhone => Some(format!("card/{}/phone", self.household)),
            Entry::Person(_) | Entry::AnotherPerson | Entry::Doubt(_) => None,
        }
    }

    /// Gives the place of the form that a line opens.
    fn form_of(&self, entry: Entry<'_>) -> Option<String> {
        match entry {
            Entry::Person(index) => Some(Person::place(self.household, self.sheet.persons.get(index)?.id)),
            Entry::AnotherPerson => Some(Person::place(self.household, None)),
            _ => None,
        }
    }

    /// Gives what is half written in a line or in the form that it opens, as it may be shown.
    fn half_written(&self, entry: Entry<'_>) -> Option<Said> {
        let left = |place: String| self.left.iter().find(|(at, _)| *at == place).map(|(_, text)| text.as_str());
        if let Some(text) = self.place_of(entry).and_then(left) {
            return Some(t("没写完: {text}", "unfinished: {text}").with("text", text));
        }
        let form = self.form_of(entry).and_then(left)?;
        Some(t("没写完: {text}", "unfinished: {text}").with("text", Person::named_in(form)))
    }

    fn place(&self) -> Option<String> {
        self.selected().and_then(|entry| self.place_of(entry))
    }

    fn read(&mut self, desk: &Desk) {
        if let Some(sheet) = desk.session.house().and_then(|house| Sheet::read(&house, self.household).ok()) {
            let meant = match self.selected() {
                Some(Entry::Person(index)) => self.sheet.persons.get(index).and_then(|person| person.id),
                Some(Entry::AnotherPerson) => {
                    let is_new = |person: &&sheet::Person| self.sheet.persons.iter().all(|known| known.id != person.id);
                    sheet.persons.iter().find(is_new).and_then(|person| person.id)
                }
                _ => None,
            };
            self.sheet = sheet;
            self.go_to_person(meant);
        }
        let places =
            self.entries().into_iter().filter_map(|entry| self.place_of(entry).or_else(|| self.form_of(entry)));
        let kept = places.filter_map(|place| desk.session.draft(&place).map(|(text, _)| (place, text)));
        self.left = kept.collect();
    }

    fn stands(&self, entry: Entry<'_>) -> String {
        match entry {
            Entry::Fact(fact, _) => self.sheet.said(fact.key).say(crate::text::Lang::Zh),
            Entry::Phone(phone) => Phone::spaced(phone),
            _ => String::new(),
        }
    }

    fn open(&mut self, desk: &Desk) -> Go {
        let Some(entry) = self.selected() else { return Go::Stay };
        if desk.covered && is_secret(entry) {
            return Go::say(t("已遮挡, 先按 Ctrl-B 再改.", "It is covered: Ctrl-B first, then change it."));
        }
        let state = match entry {
            Entry::Person(index) => {
                let person = self.sheet.persons.get(index);
                return person.map_or(Go::Stay, |person| Go::open(Person::of(self.household, person)));
            }
            Entry::AnotherPerson => return Go::open(Person::another(self.household)),
            Entry::Doubt(index) => {
                let Some(doubt) = self.sheet.household.doubts.get(index) else { return Go::Stay };
                let settle = Request::new("household.settle").with_name("household", self.household);
                return Go::Do(crate::app::Ask::Do(settle.with("fact", doubt.key.as_str())));
            }
            Entry::Fact(Fact { shape: Shape::Choice(list), .. }, _) => State::Picking(self.pick(entry, list, desk)),
            Entry::Fact(Fact { shape: Shape::Yes, .. }, _) => State::Picking(self.pick(entry, YES_NO, desk)),
            Entry::Fact(..) | Entry::Phone(_) | Entry::AnotherPhone => {
                let mut field = Field::with(&self.stands(entry));
                if let Some((text, cursor)) = self.place_of(entry).and_then(|place| desk.session.draft(&place)) {
                    field.set(&text, cursor);
                }
                State::Writing(field)
            }
        };
        // Of values that disagree one is picked by a digit, and not by leaving the line as it is.
        let is_picked = matches!(state, State::Picking(_)) && self.is_disputed(entry);
        self.before = self.written_before(entry).filter(|_| !is_picked);
        self.state = state;
        Go::Stay
    }

    /// Selects a phone that was not there before: phones stand in their order, and what is done next is meant for this one.
    fn go_to_new_phone(&mut self, before: &[Word]) {
        let is_new = |entry: &Entry<'_>| matches!(entry, Entry::Phone(phone) if !before.iter().any(|old| old == phone));
        if let Some(at) = self.entries().iter().position(is_new) {
            self.list.select(at);
        }
    }

    /// Selects the person that is meant, wherever it stands now: what is done next is meant for no other.
    fn go_to_person(&mut self, meant: Option<Name>) {
        let Some(meant) = meant else { return };
        let person = self.sheet.persons.iter().position(|person| person.id == Some(meant));
        let is_meant =
            |entry: &Entry<'_>| matches!((entry, person), (Entry::Person(at), Some(person)) if *at == person);
        if let Some(at) = self.entries().iter().position(is_meant) {
            self.list.select(at);
        }
    }

    /// Opens who recorded what about a member; each fact by itself from the member's own page.
    fn audit_of(&self, index: usize) -> Audit {
        let Some(person) = self.sheet.persons.get(index) else { return Audit::of(self.household) };
        Audit::of_records(self.household, person.id.into_iter().collect(), person.called())
    }

    fn leave(&mut self) -> Go {
        self.state = State::Browsing;
        Go::Stay
    }
}

impl Screen for Facts {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.drawn(canvas);
    }

    /// Typing on a fact of text writes it anew, as in a table; Esc leaves it as it was.
    fn lets_type(&mut self, _desk: &mut Desk) -> bool {
        let Some(entry) = self.selected() else { return false };
        let of_text = match entry {
            Entry::Fact(fact, _) => !matches!(fact.shape, Shape::Choice(_) | Shape::Yes),
            Entry::Phone(_) | Entry::AnotherPhone => true,
            Entry::Person(_) | Entry::AnotherPerson | Entry::Doubt(_) => false,
        };
        let browsing = matches!(self.state, State::Browsing);
        if of_text && browsing {
            let place = self.place_of(entry);
            let left = self.left.iter().find(|(other, _)| Some(other) == place.as_ref());
            let field = left.map_or_else(Field::default, |(_, text)| Field::with(text));
            let before = self.written_before(entry).filter(|_| !self.is_disputed(entry));
            (self.state, self.before) = (State::Writing(field), before);
        }
        of_text && browsing
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        let place = self.place()?;
        match &mut self.state {
            State::Writing(field) if self.asked.is_none() => Some(Kept::at(place, field)),
            _ => None,
        }
    }

    fn says(&mut self, words: &str, desk: &Desk) -> bool {
        self.say(words, desk)
    }

    fn unsays(&mut self) -> bool {
        self.unsay()
    }

    /// A word where a line is picked is a draft of that line, as what is written in one is.
    fn draft(&mut self) -> Option<String> {
        let keeps = matches!(self.state, State::Picking(_)) || self.field().is_some();
        self.place().filter(|_| keeps)
    }

    fn kept(&mut self) -> Option<(String, usize)> {
        if let State::Picking(pick) = &self.state {
            return Some((pick.typed.clone(), pick.typed.len()));
        }
        self.field().map(|field| (field.text().to_owned(), field.cursor()))
    }

    fn take_back(&mut self, desk: &mut Desk) -> bool {
        self.unsay_all(desk)
    }

    /// A fact that is half written stays as it is, and is not written by somebody else.
    fn put_aside(&mut self) -> bool {
        let words = match &self.state {
            State::Picking(pick) => pick.typed.clone(),
            _ => self.field().map(|mut field| field.take()).unwrap_or_default(),
        };
        self.state = State::Browsing;
        !words.trim().is_empty()
    }

    fn take_up(&mut self, desk: &mut Desk) {
        self.read(desk);
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        let len = self.entries().len();
        (self.state == State::Browsing).then_some(Scroll { list: &mut self.list, len })
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.read(desk);
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        let Message::Answer(ticket, result) = message else { return Go::Stay };
        if self.asked == Some(*ticket) {
            self.asked = None;
            if result.is_ok() {
                if let Some(place) = self.place() {
                    desk.let_go(&place);
                }
                self.state = State::Browsing;
                let phones = self.sheet.household.phones.clone();
                self.read(desk);
                self.go_to_new_phone(&phones);
            }
        }
        self.read(desk);
        Go::Stay
    }

    fn busy(&self) -> bool {
        self.asked.is_some()
    }
}

impl Keyed for Facts {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&BROWSING, &WRITING, &PICKING];

    fn table(&self) -> &'static Table<Action> {
        match self.state {
            State::Browsing => &BROWSING,
            State::Writing(_) => &WRITING,
            State::Picking(_) => &PICKING,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        if self.asked.is_some() {
            return Go::Stay;
        }
        match (action, &self.state) {
            (Action::Enter, State::Browsing) => self.open(desk),
            (Action::Enter, State::Writing(field)) => {
                let said = field.text().to_owned();
                self.write(&said, desk)
            }
            (Action::Enter, State::Picking(_)) => self.take_word(desk),
            (Action::Remove, _) => self.remove(desk),
            (Action::Before, _) => Go::open(match self.selected() {
                Some(Entry::Fact(fact, _)) => Audit::of_fact(self.household, fact.key, fact.name),
                Some(Entry::Phone(_) | Entry::AnotherPhone) => {
                    Audit::of_fact(self.household, "phone/", t("电话", "phone"))
                }
                Some(Entry::Person(index)) => self.audit_of(index),
                _ => Audit::of(self.household),
            }),
            (Action::Check, _) => self.check(desk),
            (Action::Leave, _) => {
                self.read(desk);
                self.leave()
            }
            (Action::Pick(0), State::Picking(_)) => self.record("", desk),
            (Action::Pick(number), State::Picking(pick)) => {
                let choice = usize::from(number).checked_sub(1).and_then(|at| pick.list.get(at));
                choice.map_or(Go::Stay, |choice| self.record(choice.word, desk))
            }
            _ => Go::Stay,
        }
    }
}
