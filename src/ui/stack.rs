//! Stack: the pages on top of one another and what lies over them: going from page to page, and what they hear from below.
//!
//! What a person does goes its way in `stack/way.rs`; the rooms beside it hold what keys and text come to.

mod begun;
mod drawn;
mod everywhere;
mod explained;
mod pasting;
mod places;
mod typing;
mod undoing;
mod way;

use crossterm::event::KeyEvent;
use ratatui::layout::Size;

use super::beat;
use super::desk::Desk;
use super::frame;
use super::half_written;
use super::overlay::Overlay;
use super::page::Go;
use super::screens::{Known, Page, Resume, is_roomy};
use super::undone;
use crate::app::{Message, is_refusal};
use crate::text::Said;

/// Bounds how many steps one key may take through pages that send each other on.
const STEPS: usize = 16;

/// Something a person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed or repeats.
    Key(KeyEvent),
    /// Text came in one piece: a paste, or a burst that only a paste can be.
    Text(String),
    /// The rest of a burst whose first characters came as keys.
    Burst {
        /// What came as keys.
        begun: String,
        /// What follows it.
        text: String,
    },
}

impl Input {
    /// Makes the input of a burst.
    pub fn burst(begun: String, text: String) -> Self {
        if begun.is_empty() { Self::Text(text) } else { Self::Burst { begun, text } }
    }

    /// Gives the text that came in one piece; none for a key.
    pub const fn text(&self) -> Option<&str> {
        match self {
            Self::Key(_) => None,
            Self::Text(text) | Self::Burst { text, .. } => Some(text.as_str()),
        }
    }
}

/// Says whether the program goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Goes on.
    On,
    /// Leaves.
    Leave,
}

/// Holds the pages, of which there is always one.
#[derive(Debug, PartialEq)]
pub struct Stack {
    root: Page,
    above: Vec<Page>,
    over: Option<Overlay>,
    /// What lies below it and comes back: leaving is asked about, and the screen locked, over whatever is open.
    under: Vec<Overlay>,
    interrupted: bool,
    /// A sentence offered Ctrl-Z when this key came.
    offered: bool,
    /// What a digit chose in the menu a moment ago.
    begun: Option<begun::Begun>,
    /// Digits and signs that help or a why refused, and that may begin words.
    refused: String,
    /// The lookup was filled once since the start.
    has_begun: bool,
    /// What was said last of what the disk did not take.
    unsaved: Option<Said>,
    /// What is known of the selected line, where it stands beside the list.
    known: Known,
}

impl Stack {
    /// Starts with the lowest page.
    pub fn new(root: impl Into<Page>, desk: &mut Desk) -> Self {
        let mut stack = Self {
            root: root.into(),
            above: Vec::new(),
            over: None,
            under: Vec::new(),
            interrupted: false,
            offered: false,
            begun: None,
            refused: String::new(),
            has_begun: false,
            unsaved: None,
            known: Known::default(),
        };
        let go = stack.top_mut().face_mut().shown(desk);
        stack.go(go, desk);
        stack
    }

    /// Gives the page that is seen.
    pub fn top(&self) -> &Page {
        self.above.last().unwrap_or(&self.root)
    }

    fn top_mut(&mut self) -> &mut Page {
        self.above.last_mut().unwrap_or(&mut self.root)
    }

    /// Reads what the next frame shows beside the top page or below it, where the terminal is wide or tall.
    pub fn look(&mut self, desk: &mut Desk) {
        let has_room = is_roomy(desk.body) && !self.over.as_ref().is_some_and(Overlay::hides_all);
        let beside = Some(self.top().face()).filter(|_| has_room).and_then(|page| page.beside(desk));
        let beside = beside.filter(|beside| beside.room(desk.body).is_some());
        self.known.look(beside.as_ref(), desk);
    }

    /// Takes the size of the window, and tells the top page; the others hear that they are shown when they are come back to.
    pub fn resized(&mut self, size: Size, desk: &mut Desk) {
        desk.body = Self::body(size);
        let go = self.top_mut().face_mut().resized(desk);
        self.go(go, desk);
    }

    /// Takes a message from below and tells all pages.
    pub fn heard(&mut self, message: &Message, desk: &mut Desk) {
        desk.adapt();
        self.known.heard(message);
        let last = self.above.len();
        let pages = std::iter::once(&mut self.root).chain(&mut self.above);
        let mut go = Go::Stay;
        for (index, page) in pages.enumerate() {
            let said = page.face_mut().heard(message, desk);
            if index == last {
                go = said;
            }
        }
        if let (Message::Unlocked(ticket, verified), Some(Overlay::Lock(lock))) = (message, &mut self.over)
            && lock.heard(*ticket, verified)
        {
            self.uncover();
        }
        if self.top().face().is_last() {
            self.clear_over();
        }
        if let Message::Beat(beat) = message {
            beat::tell(beat, desk);
        }
        if let (Message::Filled, Some(doubt)) = (message, desk.session.clock_doubt()) {
            desk.notice = Some(frame::clock_doubted(&doubt, desk.now.wall_ms));
        }
        // Said once: what a merge fills later is no start. A visit that was interrupted comes before it.
        if matches!(message, Message::Filled) && !std::mem::replace(&mut self.has_begun, true) {
            let said = half_written::said(desk).filter(|_| desk.session.interrupted().is_none());
            desk.notice = desk.notice.take().or(said);
        }
        if let Message::Damage(found) = message {
            desk.tell(found);
        }
        if let Message::Answer(_, answer) = message
            && let Ok(answer) = answer.as_ref()
        {
            for page in std::iter::once(&mut self.root).chain(&mut self.above) {
                page.face_mut().field().into_iter().for_each(|mut field| field.forget_swept());
            }
            undone::put_back(answer, desk);
        }
        // What nobody answers is at least read.
        if go == Go::Stay
            && let Some(trouble) = message.trouble()
        {
            desk.notice = Some(trouble.told());
        } else if let (Go::Stay, Message::Answer(_, answer)) = (&go, message)
            && let Some(said) = answer
                .as_ref()
                .as_ref()
                .ok()
                .and_then(|answer| undone::said(answer, desk.covered || self.is_list(desk)))
        {
            desk.notice = Some(said);
        }
        // Whatever moved the minutes, and on whatever page; what the page says of it stands behind.
        if let Message::Answer(_, answer) = message
            && answer.as_ref().as_ref().is_ok_and(|answer| answer.rings)
        {
            let rings = beat::ring(desk);
            if let Go::Say(said) = go {
                go = Go::Say(rings.then(said));
            } else {
                desk.notice = Some(rings);
            }
        }
        self.go(go, desk);
        self.ask_of_refused(message, desk);
        self.follow_saving(message, desk);
        let (opposites, said) = desk.whole_list.heard(message);
        for request in opposites {
            desk.ask_of_list(request);
        }
        desk.notice = said.or(desk.notice.take());
        // A visit that was running comes before everything else.
        if let Message::Opened { interrupted: Some(running), .. } = message
            && !matches!(self.top(), Page::Resume(_))
        {
            self.go(Go::open(Resume::of(running)), desk);
        }
    }

    /// Takes away what was said of the disk once the header says that all is saved: nobody pressed a key since.
    fn follow_saving(&mut self, message: &Message, desk: &mut Desk) {
        // What answers a key stays until the next one: that it was not recorded is so still.
        if let Message::Failed(trouble) = message
            && is_refusal(trouble)
        {
            self.unsaved = Some(trouble.told());
        } else if self.unsaved.is_some() && frame::not_saved(desk).is_none() {
            desk.notice.take_if(|said| self.unsaved.as_ref() == Some(said));
            self.unsaved = None;
        }
    }

    /// Tells the top page that a second has passed.
    pub fn tick(&mut self, desk: &mut Desk) {
        let go = self.top_mut().face_mut().tick(desk);
        self.go(go, desk);
    }

    /// Tells whether a second hand is visible.
    pub fn second_hand(&self) -> bool {
        self.top().face().second_hand()
    }

    /// Tells whether a page awaits an answer.
    pub fn busy(&self) -> bool {
        std::iter::once(&self.root).chain(&self.above).any(|page| page.face().busy())
    }

    /// Lays something over the pages and over what is open there, which comes back.
    pub(super) fn cover(&mut self, over: Overlay) {
        self.under.extend(self.over.replace(over));
    }

    /// Takes away what lies on top.
    fn uncover(&mut self) {
        self.over = self.under.pop();
    }

    /// Tells whether the top page is a list, and other eyes are on it (rule 8): what is known of one line stands beside it, or it has
    /// no lines yet.
    fn is_list(&mut self, desk: &Desk) -> bool {
        let page = self.top_mut().face_mut();
        let is_empty = page.list(desk).is_some_and(|scroll| scroll.len == 0);
        !page.takes_lines() && (is_empty || page.beside(desk).is_some())
    }

    /// Takes everything away that lies over the pages.
    fn clear_over(&mut self) {
        self.over = None;
        self.under.clear();
    }

    /// Tells whether it stands on the screen what whoever leaves now should know.
    pub fn tells_what_waits(&self) -> bool {
        matches!(self.over, Some(Overlay::Parting(_)))
    }

    /// Puts what was typed here and never recorded back into the field, cursor included.
    fn bring_back(&mut self, desk: &Desk) {
        let page = self.top_mut().face_mut();
        if let Some((text, cursor)) = page.draft().and_then(|place| desk.session.draft(&place)) {
            page.put_back(&text, cursor);
        }
    }

    fn go(&mut self, first: Go, desk: &mut Desk) {
        let mut go = first;
        let was_away = desk.away;
        for _ in 0..STEPS {
            if matches!(go, Go::Open(_) | Go::Afresh(_))
                && let Some(why) = self.root.face().shut()
            {
                desk.notice = Some(why.into());
                return;
            }
            match go {
                Go::Stay => {
                    if desk.away != was_away {
                        self.ask_of_waiting(desk);
                    }
                    return;
                }
                Go::Do(ask) => {
                    desk.session.ask(ask);
                    return;
                }
                Go::Say(said) => {
                    desk.notice = Some(said);
                    return;
                }
                Go::Back => drop(self.above.pop()),
                Go::Home => self.above.clear(),
                Go::Open(page) => self.above.push(*page),
                Go::Swap(page) => *self.top_mut() = *page,
                Go::Afresh(page) => self.above = vec![*page],
            }
            desk.away += 1;
            self.bring_back(desk);
            go = self.top_mut().face_mut().shown(desk);
        }
    }
}
