//! Why nothing is open here. What is typed is kept only where a campaign may be begun; whatever else is asked is answered
//! with the reason, and nothing is written into a folder that is somebody else's at the moment.

use std::sync::PoisonError;

use super::Bench;
use crate::app::folder::sealing;
use crate::app::no_campaign;
use crate::app::session::message::Message;
use crate::text::{Said, Trouble, t};

/// Why nothing is open.
pub(super) enum Shut {
    /// There is no campaign yet, and one may be begun.
    Begin,
    /// A passphrase is needed first.
    Locked,
    /// It could not be opened: another window has it, a newer program wrote it, the disk refuses.
    Refused(Trouble),
    /// It was handed over and removed.
    Gone,
}

impl Bench {
    /// Gives what to say to whoever asks for something that an open campaign is needed for.
    pub(super) fn why_shut(&self) -> Trouble {
        match &self.shut {
            Shut::Begin | Shut::Gone => no_campaign(&self.hand.place.folder),
            Shut::Locked => sealing::locked(),
            Shut::Refused(trouble) => trouble.clone(),
        }
    }

    /// Remembers why it could not be opened, and says so.
    pub(super) fn refuse(&mut self, trouble: Trouble) {
        self.shut = Shut::Refused(trouble.clone());
        *self.hand.shared.unsaved.write().unwrap_or_else(PoisonError::into_inner) = Some(trouble.clone());
        self.say(Message::Failed(trouble));
    }

    /// Keeps what is typed on the page of the first run. Elsewhere nothing is written, and that is said.
    pub(super) fn first_draft(&mut self, place: &str, text: &str, cursor: usize) {
        if matches!(self.shut, Shut::Begin) && self.first.is_none() {
            match self.hand.place.first_drafts(&self.hand.clock) {
                Ok((slate, _)) => self.first = Some(slate),
                Err(trouble) if trouble.kind == "already-open" => self.shut = Shut::Refused(trouble),
                // Where nothing can be written, the beginning of the campaign itself says so.
                Err(_) => return,
            }
        }
        match &mut self.first {
            Some(first) => first.slate.put(place, text, cursor, self.hand.clock.now()),
            None if text.is_empty() => {}
            None => {
                let trouble = not_kept(self.why_shut());
                let unsaved = &self.hand.shared.unsaved;
                *unsaved.write().unwrap_or_else(PoisonError::into_inner) = Some(trouble.clone());
                self.say(Message::Failed(trouble));
            }
        }
    }
}

/// Says that what is typed here is not kept, and why.
fn not_kept(why: Trouble) -> Trouble {
    let said = t("这里打的字没有存: {why}", "What is typed here is not kept: {why}");
    Trouble { said: Said::from(said).with_words("why", why.said), ..why }
}
