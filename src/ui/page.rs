//! Pages: what a screen is, and the stack's view of one.
//!
//! A screen is one file under `ui/screens/`: a value (`Debug + PartialEq`), a static table of keys for each place the
//! cursor can be in, a `draw` and an `act`. It is written as two `impl`s: [`Screen`], what it shows and holds, of which
//! only `draw` is required; and [`Keyed`], its tables and what its actions do. Then its name goes into the one list in
//! `ui/screens/mod.rs`, and dispatch, footer, help, menu, palette, reference and the tests over tables know it.
//!
//! A screen never waits: it asks with [`Go::Do`] and hears the answer in [`Screen::heard`]. It never changes while
//! drawing. It holds its text in fields; the one that [`Screen::field`] gives has the cursor, takes text, paste and
//! editing keys, and is told of in [`Screen::typed`]. A screen that is one form gives it in [`Screen::form`], and has its field
//! and its draft by that.

use std::fmt::Debug;

use super::canvas::Canvas;
use super::desk::Desk;
use super::form::{Form, KeptForm};
use super::frame::Header;
use super::kept::Kept;
use super::keys::{Key, Line, Table, Way};
use super::list::Scroll;
use super::screens::{Beside, Page};
use crate::app::{Ask, ClockDoubt, Message};
use crate::text::{Said, Text};

/// Says where to go after a key, a tick or a message.
#[derive(Debug, PartialEq)]
pub enum Go {
    /// Stays here.
    Stay,
    /// Leaves this page for the one below; the lowest stays.
    Back,
    /// Leaves all pages but the lowest.
    Home,
    /// Opens a page on top of this one.
    Open(Box<Page>),
    /// Opens a page in the place of this one.
    Swap(Box<Page>),
    /// Leaves all pages but the lowest and opens one on it.
    Afresh(Box<Page>),
    /// Asks the session; the answer comes to [`Screen::heard`].
    Do(Ask),
    /// Shows a sentence until the next key.
    Say(Said),
}

impl Go {
    /// Opens a page on top of this one.
    pub fn open(page: impl Into<Page>) -> Self {
        Self::Open(Box::new(page.into()))
    }

    /// Opens a page in the place of this one.
    pub fn swap(page: impl Into<Page>) -> Self {
        Self::Swap(Box::new(page.into()))
    }

    /// Shows a sentence until the next key.
    pub fn say(said: impl Into<Said>) -> Self {
        Self::Say(said.into())
    }
}

/// What a screen shows and holds.
pub trait Screen: Debug {
    /// Draws the page. The last two rows of the terminal are not on this canvas: an entry line may be in its last row.
    fn draw(&self, canvas: &mut Canvas<'_>);

    /// Fills the header; as it comes, it says who works here and what the time is.
    fn header(&self, desk: &Desk) -> Header {
        Header::of(desk)
    }

    /// Gives the form that the page is, where it is one: its field and its draft are the page's.
    fn form(&mut self) -> Option<&mut KeptForm> {
        None
    }

    /// Gives the lines of the form that is being filled in, whoever keeps it: Ctrl-Z takes back in them, and nothing behind them.
    fn lines_of_form(&mut self) -> Option<&mut Form> {
        self.form().map(|form| &mut **form)
    }

    /// Gives the field that has the cursor, and where its text is kept.
    fn field(&mut self) -> Option<Kept<'_>> {
        self.form().and_then(KeptForm::field)
    }

    /// Hears that a character comes which is no command here, while no field has the cursor. True when a field has it
    /// now and shall take the character: no text that a person types is lost.
    fn lets_type(&mut self, _desk: &mut Desk) -> bool {
        false
    }

    /// Takes words where something is picked from a list: they mean a choice, or go where they are kept. False where nothing is.
    fn says(&mut self, words: &str, _desk: &Desk) -> bool {
        self.lines_of_form().is_some_and(|form| form.say(words))
    }

    /// Takes the last character of such words away; false where there are none.
    fn unsays(&mut self) -> bool {
        self.lines_of_form().is_some_and(Form::unsay)
    }

    /// Says why a character that is no command here is no text either: a digit that names nothing where digits pick, or that waits
    /// for another key. Nothing is changed by it.
    fn refuses(&mut self, _typed: char, _desk: &Desk) -> Option<Said> {
        None
    }

    /// Says where to go before a character is taken, where it belongs on another page: words typed where a visit ends go on
    /// visiting. Digits pressed just before may belong to the words that begin with `first`: what they did here is taken back
    /// then, and they are given.
    fn leads_words(&mut self, _first: char, _desk: &mut Desk) -> Option<(Go, String)> {
        None
    }

    /// Says where to go with what is written in the field, where its beginning shows that it belongs on another page; gives the
    /// words then.
    fn leads_written(&mut self, _desk: &mut Desk) -> Option<(Go, String)> {
        None
    }

    /// Tells whether the field takes lines one after another, so that a paste of several may be put down one by one.
    fn takes_lines(&self) -> bool {
        false
    }

    /// Gives the lines of a paste, each with what the ones before it say of it too.
    fn whole_lines(&self, lines: &[String]) -> Vec<String> {
        lines.to_vec()
    }

    /// Puts down one line of a paste, which is the draft of a place. False where a person has to look at it first.
    fn put_line(&mut self, _line: &str, _place: &str, _desk: &mut Desk) -> bool {
        false
    }

    /// Tells whether the field asks for something, and words that begin with `first` belong to that.
    fn asks(&mut self, _first: char) -> bool {
        self.draft().is_none() && self.field().is_some()
    }

    /// Hears that the text of the field is another one now.
    fn typed(&mut self, _desk: &mut Desk) -> Go {
        Go::Stay
    }

    /// Names the draft that is kept here: that of the field, or that of a form also while a line of it is picked from a list.
    fn draft(&mut self) -> Option<String> {
        if let Some(form) = self.form() {
            return Some(form.place().to_owned());
        }
        self.field().and_then(|field| field.place().ok().map(str::to_owned))
    }

    /// Gives what the draft keeps: text, and the cursor in bytes. A form gives all its fields as one text.
    fn kept(&mut self) -> Option<(String, usize)> {
        if let Some(form) = self.form() {
            return Some(form.kept());
        }
        self.field().map(|field| (field.text().to_owned(), field.cursor()))
    }

    /// Takes back what the draft kept, when the page is shown.
    fn put_back(&mut self, text: &str, cursor: usize) {
        if let Some(form) = self.form() {
            form.put_back(text, cursor);
        } else if let Some(mut field) = self.field().filter(|field| field.is_empty()) {
            field.set(text, cursor);
        }
    }

    /// Hears that another person speaks from now on: what is under way here is put aside. It lies in the drafts of whoever typed
    /// it and comes back with them, into a page that stands where it began. Tells whether something was put aside.
    fn put_aside(&mut self) -> bool {
        if let Some(form) = self.form() {
            return form.put_aside();
        }
        self.draft().is_some() && self.field().is_some_and(|mut field| !field.take().trim().is_empty())
    }

    /// Takes up what the person who speaks now left here, beside the draft that was put back.
    fn take_up(&mut self, _desk: &mut Desk) {}

    /// Takes back what was chosen here last and is not recorded; tells whether there was something.
    fn take_back(&mut self, _desk: &mut Desk) -> bool {
        false
    }

    /// Gives the list that arrows and page keys move in, as far as a page goes as its drawing notes. A row that names such a key
    /// goes before.
    fn list(&mut self, _desk: &Desk) -> Option<Scroll<'_>> {
        None
    }

    /// Gives what is known of the selected line, which stands beside the list where the terminal is wide.
    fn beside(&self, _desk: &Desk) -> Option<Beside> {
        None
    }

    /// Hears that another row of the list is selected.
    fn moved(&mut self, _desk: &mut Desk) -> Go {
        Go::Stay
    }

    /// Hears that the window has another size: what had no room before may have some now.
    fn resized(&mut self, _desk: &mut Desk) -> Go {
        Go::Stay
    }

    /// Hears that the page is on top: opened, or come back to.
    fn shown(&mut self, _desk: &mut Desk) -> Go {
        Go::Stay
    }

    /// Hears that its key was pressed while it is on top: whoever does that wants to see what is new.
    fn asked_again(&mut self, desk: &mut Desk) -> Go {
        self.shown(desk)
    }

    /// Hears what happened below. Every page of the stack is told; only the top one's answer counts.
    fn heard(&mut self, _message: &Message, _desk: &mut Desk) -> Go {
        Go::Stay
    }

    /// Tells whether a second hand is visible, so that the loop wakes once a second.
    fn second_hand(&self) -> bool {
        false
    }

    /// Hears that a second has passed, on the top page only and only while something ticks.
    fn tick(&mut self, _desk: &mut Desk) -> Go {
        Go::Stay
    }

    /// Tells whether an answer is still awaited before the page shows all it will (a search at work).
    fn busy(&self) -> bool {
        false
    }

    /// Tells that nothing lies below any more: the program can only be left, by a key that the page names.
    fn is_last(&self) -> bool {
        false
    }

    /// Says what the clock of this laptop does not go with, by what this page looks at.
    fn clock_doubt(&self) -> Option<ClockDoubt> {
        None
    }

    /// Says what has to be done here before one goes elsewhere: what this page shows is not shown again.
    fn holds(&self) -> Option<Text> {
        None
    }

    /// Says why nothing can be opened on top of this page: there is no campaign at hand to show.
    fn shut(&self) -> Option<Text> {
        None
    }

    /// Says what has to be done on this page before there is anything to go to.
    fn comes_first(&self) -> Option<Text> {
        None
    }

    /// Explains the number that the cursor is at (Ctrl-W).
    fn why(&self, _desk: &Desk) -> Option<Said> {
        None
    }
}

/// The keys of a screen and what they do.
pub trait Keyed: Screen + PartialEq {
    /// Names what can be done here; a plain enum.
    type Action: Copy + 'static;

    /// Every table the screen has, for the reference and for the tests.
    const TABLES: &'static [&'static Table<Self::Action>];

    /// Gives the table of the place that the cursor is in now.
    fn table(&self) -> &'static Table<Self::Action>;

    /// Counts the rows at the end of the table that are none here now: a list that is picked from may be shorter than the longest.
    fn lacks(&self) -> usize {
        0
    }

    /// Does what a row says.
    fn act(&mut self, action: Self::Action, desk: &mut Desk) -> Go;

    /// Undoes what a row did that was chosen in the menu by a digit, which was the beginning of words; `was_paused` says how the
    /// timer stood before. Pages on which words are written down have it.
    fn unpress(&mut self, _action: Self::Action, _was_paused: bool, _desk: &mut Desk) {}
}

/// A screen with its actions numbered, so that the stack needs not know them.
pub(super) trait Face: Screen {
    fn place(&self) -> Text;
    fn hint(&self) -> Option<Text>;
    fn advice(&self) -> Option<Text>;
    fn ways(&self) -> &'static [Way];
    fn lines(&self) -> Vec<Line>;
    fn line_of(&self, key: Key) -> Option<usize>;
    fn act_line(&mut self, line: usize, desk: &mut Desk) -> Go;
    fn unpress_line(&mut self, place: Text, line: usize, was_paused: bool, desk: &mut Desk);
}

impl<K: Keyed> Face for K {
    fn place(&self) -> Text {
        self.table().place
    }

    fn hint(&self) -> Option<Text> {
        self.table().hint
    }

    fn advice(&self) -> Option<Text> {
        self.table().advice
    }

    fn ways(&self) -> &'static [Way] {
        self.table().ways
    }

    fn lines(&self) -> Vec<Line> {
        let table = self.table();
        table.lines().take(table.rows.len().saturating_sub(self.lacks())).collect()
    }

    fn line_of(&self, key: Key) -> Option<usize> {
        self.lines().iter().position(|line| line.keys.contains(&key))
    }

    fn act_line(&mut self, line: usize, desk: &mut Desk) -> Go {
        match self.table().rows.get(line) {
            Some(row) => self.act(row.action, desk),
            None => Go::Stay,
        }
    }

    fn unpress_line(&mut self, place: Text, line: usize, was_paused: bool, desk: &mut Desk) {
        let table = K::TABLES.iter().find(|table| table.place == place);
        if let Some(row) = table.and_then(|table| table.rows.get(line)) {
            self.unpress(row.action, was_paused, desk);
        }
    }
}
