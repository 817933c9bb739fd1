//! Overlays: the one thing that may lie on top of the pages and take the keys until it is closed.

use crossterm::event::KeyEvent;

use super::canvas::Canvas;
use super::command::{self, Command, Entry};
use super::desk::Desk;
use super::elsewhere::{self, There, Under};
use super::global::{self, EVERYWHERE, Global};
use super::help::{self, Help, Popup};
use super::kept::{Kept, Unkept};
use super::keys::{Key, Line};
use super::lines::{self, Lines};
use super::lock::{self, Lock};
use super::menu::{self, Digits, Menu};
use super::page::Face;
use super::palette::{self, Palette};
use super::parting::{self, Parting};
use super::popup::Over;
use super::screens;
use super::speaker::{self, Speaker};
use super::whole_list;
use super::why::{self, Why};
use crate::text::Text;

/// What lies on top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Overlay {
    /// The numbered menu.
    Menu(Menu),
    /// The search for a command.
    Palette(Palette),
    /// The keys of this place.
    Help(Help),
    /// Why a number is what it is.
    Why(Why),
    /// Who speaks.
    Speaker(Speaker),
    /// A paste of several lines.
    Lines(Lines),
    /// Somebody who leaves, and what is to be known before.
    Parting(Parting),
    /// A blank screen.
    Lock(Lock),
}

impl Overlay {
    /// Takes a key over a page: whether there is a page below that one, what digits are on it and what they do not do by themselves,
    /// and how many rows of the popup's list stand there.
    pub fn key(
        &mut self,
        event: &KeyEvent,
        page: &dyn Face,
        (below, digits, held): (bool, Digits, &[Command]),
        window: u16,
        desk: &Desk,
    ) -> Over {
        let entries = command::entries(page, below, desk);
        if let Self::Palette(palette) = self {
            let (entries, there) = Self::in_palette(page, below, desk);
            return palette.key(event, &entries, &there, window, desk);
        }
        if let Self::Speaker(speaker) = self {
            return speaker.key(event, window);
        }
        if let Self::Lock(lock) = self {
            return lock.key(event, desk.session.is_sealed());
        }
        let Some(key) = Key::of(event) else { return Over::Stay };
        match self {
            Self::Menu(menu) => {
                let entries = command::numbered(page, below, desk);
                menu.key(key, &entries, window, (digits, held), desk.now.boot_ms)
            }
            Self::Help(help) => help.key(key, page, &entries, desk.body, desk.lang),
            Self::Lines(lines) => lines.key(key),
            Self::Why(why) => why.key(key),
            Self::Parting(parting) => parting.key(key),
            Self::Palette(_) | Self::Speaker(_) | Self::Lock(_) => Over::Stay,
        }
    }

    /// Gives what the palette finds: what can be done here, but for opening itself, and what other pages do.
    pub fn in_palette(page: &dyn Face, below: bool, desk: &Desk) -> (Vec<Entry>, Vec<There>) {
        let mut entries = command::entries(page, below, desk);
        entries.retain(|entry| entry.command != Command::Everywhere(Global::Palette));
        let global = global::everywhere(desk).map(|(line, _)| line).collect();
        let all = screens::places().into_iter().chain(places()).chain([(EVERYWHERE.place, None, global)]).collect();
        let lines: Vec<Line> = entries.iter().map(|entry| entry.line).collect();
        let there = elsewhere::of(all, page.place(), &lines, Under::way(desk));
        (entries, there)
    }

    /// Tells whether it offers what can be done on the page below it, and nothing else.
    pub const fn leads_to_commands(&self) -> bool {
        matches!(self, Self::Menu(_) | Self::Palette(_))
    }

    /// Takes pasted text; `sealed` tells whether what lies here is under a passphrase.
    pub fn paste(&mut self, text: &str, sealed: bool) {
        match self {
            Self::Palette(palette) => palette.paste(text),
            Self::Lock(lock) => lock.paste(text, sealed),
            _ => {
                self.field().map(|mut field| field.insert(text));
            }
        }
    }

    /// Gives the field that has the cursor, and where its text is kept.
    pub fn field(&mut self) -> Option<Kept<'_>> {
        match self {
            Self::Palette(palette) => Some(Kept::not(Unkept::Question, &mut palette.field)),
            Self::Speaker(speaker) => Some(Kept::at(speaker::PLACE, &mut speaker.field)),
            Self::Lock(lock) => Some(Kept::not(Unkept::Secret, &mut lock.secret.field)),
            Self::Menu(_) | Self::Help(_) | Self::Why(_) | Self::Lines(_) | Self::Parting(_) => None,
        }
    }

    /// Tells whether nothing of the pages may be seen.
    pub const fn hides_all(&self) -> bool {
        matches!(self, Self::Lock(_))
    }

    /// Tells whether it asks about the lines of a paste, or about those that wait.
    pub const fn asks_about_lines(&self) -> bool {
        matches!(self, Self::Lines(_))
    }

    /// Draws over the canvas of the page.
    pub fn draw(&self, canvas: &mut Canvas<'_>, page: &dyn Face, below: bool) {
        let entries = command::entries(page, below, canvas.desk);
        match self {
            Self::Menu(menu) => menu.draw(canvas, &command::numbered(page, below, canvas.desk)),
            Self::Palette(palette) => {
                let (entries, there) = Self::in_palette(page, below, canvas.desk);
                palette.draw(canvas, &entries, &there);
            }
            Self::Help(help) => help.draw(canvas, page, &entries),
            Self::Why(why) => why.draw(canvas),
            Self::Speaker(speaker) => speaker.draw(canvas),
            Self::Lines(lines) => lines.draw(canvas),
            Self::Parting(parting) => parting.draw(canvas),
            Self::Lock(lock) => lock.draw(canvas),
        }
    }

    /// Names it.
    fn place(&self, sealed: bool) -> Text {
        match self {
            Self::Menu(_) => menu::KEYS.place,
            Self::Palette(_) => palette::KEYS.place,
            Self::Help(_) => help::KEYS.place,
            Self::Why(_) => why::KEYS.place,
            Self::Speaker(_) => speaker::KEYS.place,
            Self::Lines(lines) => lines.table().place,
            Self::Parting(parting) => parting.table().place,
            Self::Lock(_) => lock::table_of(sealed).place,
        }
    }

    /// Gives the help about it.
    pub fn help(&mut self) -> Option<Help> {
        let has_field = self.field().is_some();
        let (_, lines) = self.footer(false);
        self.has_help().then(|| Help::over(Popup { place: self.place(false), lines, has_field }))
    }

    /// Tells whether F1 shows a help of its own: in the menu it is that of the page, and over the lock nothing may lie.
    pub const fn has_help(&self) -> bool {
        !matches!(self, Self::Menu(_) | Self::Help(_) | Self::Lock(_))
    }

    /// Gives the hint and the rows for the footer; `sealed` tells whether what lies here is under a passphrase.
    pub fn footer(&self, sealed: bool) -> (Option<Text>, Vec<Line>) {
        match self {
            Self::Menu(menu) => (menu.hint(), menu::KEYS.lines().collect()),
            Self::Palette(_) => (palette::KEYS.hint, palette::KEYS.lines().collect()),
            Self::Help(_) => (help::KEYS.hint, help::KEYS.lines().collect()),
            Self::Why(_) => (why::KEYS.hint, why::KEYS.lines().collect()),
            Self::Speaker(_) => (speaker::KEYS.hint, speaker::KEYS.lines().collect()),
            Self::Lines(lines) => (lines.table().hint, lines.table().lines().collect()),
            Self::Parting(parting) => (parting.table().hint, parting.table().lines().collect()),
            Self::Lock(_) => (lock::table_of(sealed).hint, lock::table_of(sealed).lines().collect()),
        }
    }
}

/// Gives every place of the overlays with its rows.
pub(super) fn places() -> Vec<(Text, Option<Text>, Vec<Line>)> {
    let all = [
        Overlay::Menu(Menu::default()),
        Overlay::Palette(Palette::default()),
        Overlay::Help(Help::default()),
        Overlay::Why(Why::of(why::KEYS.place.into())),
        Overlay::Speaker(Speaker::default()),
        Overlay::Lines(Lines::default()),
        Overlay::Parting(Parting::default()),
        Overlay::Lock(Lock::default()),
    ];
    let named = |over: &Overlay| {
        let (hint, lines) = over.footer(false);
        (over.place(false), hint, lines)
    };
    let unsaved = (parting::UNSAVED_KEYS.place, parting::UNSAVED_KEYS.hint, parting::UNSAVED_KEYS.lines().collect());
    let sealed = (lock::SEALED_KEYS.place, lock::SEALED_KEYS.hint, lock::SEALED_KEYS.lines().collect());
    let at_work = (whole_list::KEYS.place, whole_list::KEYS.hint, whole_list::KEYS.lines().collect());
    let waiting = (lines::WAITING.place, lines::WAITING.hint, lines::WAITING.lines().collect());
    all.iter().map(named).chain([unsaved, sealed, at_work, waiting]).collect()
}
