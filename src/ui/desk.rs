//! Desk: what lies under every page: language, theme, the time of this frame, and the session.

use ratatui::layout::Size;

use super::theme::Theme;
use super::wait::Wait;
use super::whole_list::WholeList;
use crate::app::{Ask, Request, Session, Terminal, Ticket};
use crate::clock::Now;
use crate::text::{Lang, Said};

/// Holds what all pages share. Pages read it while drawing and may change it while acting.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "requests to the next frame, each set and cleared by itself")]
pub struct Desk {
    /// The language of the person.
    pub lang: Lang,
    /// Colours or modifiers only.
    pub theme: Theme,
    /// What the terminal offers, before anybody said that its colours cannot be read.
    offered: Theme,
    /// What this terminal cannot do, as a person tried it.
    pub terminal: Terminal,
    /// The bell is off: the minimum is shown and not heard.
    pub silent: bool,
    /// Both clocks, read once before each batch of events: a whole frame shows one time.
    pub now: Now,
    /// Boot time of the last key, in milliseconds.
    pub touched: u64,
    /// The columns and rows that a page has, without header, notice and footer.
    pub body: Size,
    /// Other eyes are in the room: cards too hide illness, phones and complaints (Ctrl-B).
    pub covered: bool,
    /// After so long without a key the screen is covered, in milliseconds; none for never.
    pub lock_after: Option<u64>,
    /// The charge in percent where the battery is low.
    pub battery: Option<u8>,
    /// What was said or typed waits for the disk, since when.
    pub waits: Option<Wait>,
    /// Set by a page to ring the bell once, with the next frame.
    pub bell: bool,
    /// Set to draw everything anew with the next frame, for a terminal on which something else has written.
    pub repaint: bool,
    /// The sentence above the footer stands in a bar, where nobody hears the bell that came with it.
    pub loud: bool,
    /// A sentence above the footer, until the next key.
    pub notice: Option<Said>,
    /// It stays while one types, until the next key that makes no text: the words went to another page than the one looked at.
    pub led: bool,
    /// Counts how often somebody went elsewhere, to another page or to what lies over one: a question asked before that is over.
    pub away: u64,
    /// What was asked about whole lists.
    pub whole_list: WholeList,
    /// The program below.
    pub session: Session,
}

impl Desk {
    /// Lays a desk; sizes and times follow with the first frame.
    pub fn new(lang: Lang, theme: Theme, session: Session) -> Self {
        Self {
            lang,
            theme,
            offered: theme,
            terminal: Terminal::default(),
            silent: false,
            now: Now { wall_ms: 0, boot_ms: 0 },
            touched: 0,
            body: Size::new(80, 21),
            covered: false,
            lock_after: None,
            battery: None,
            waits: None,
            bell: false,
            repaint: false,
            loud: false,
            notice: None,
            led: false,
            away: 0,
            whole_list: WholeList::default(),
            session,
        }
    }

    /// Follows what is known of the terminal.
    pub fn adapt(&mut self) {
        let device = self.session.device();
        self.terminal = device.terminal;
        self.silent = device.silent;
        let minutes = device.lock_minutes().filter(|_| self.session.is_sealed());
        self.lock_after = minutes.map(|minutes| u64::from(minutes) * 60_000);
        self.theme = if self.terminal.no_colours { Theme::plain() } else { self.offered };
    }

    /// Shows what was found wrong and what was done about it, in whole sentences behind those that stand there.
    pub fn tell(&mut self, findings: &[Said]) {
        let Some(found) = findings.iter().cloned().reduce(Said::then) else { return };
        self.notice = Some(match self.notice.take() {
            Some(before) => before.then(found),
            None => found,
        });
    }

    /// Keeps what is typed at a place, as the stack does by itself for every key in a field.
    pub fn keep(&mut self, place: &str, (text, cursor): (String, usize)) {
        self.session.ask(Ask::Draft { place: place.to_owned(), text, cursor });
    }

    /// Lets the draft of a place go, once it is recorded or given up.
    pub fn let_go(&mut self, place: &str) {
        self.keep(place, (String::new(), 0));
    }

    /// Asks for a row of the request table.
    pub fn ask(&mut self, request: Request) -> Ticket {
        self.session.ask(Ask::Do(request))
    }

    /// Asks for what may take as long as a whole list: how far it is and its stop are shown by themselves.
    pub fn ask_of_list(&mut self, request: Request) -> Ticket {
        let ticket = self.ask(request.clone());
        self.whole_list.note(ticket, &request);
        ticket
    }

    /// Lays a Chinese desk with colours, on the evening of 18 May 2021.
    #[cfg(test)]
    pub fn for_tests() -> Self {
        let mut desk = Self::new(Lang::Zh, Theme::colours(), Session::idle());
        desk.now = Now { wall_ms: 1_621_338_120_000, boot_ms: 5_000 };
        desk
    }
}
