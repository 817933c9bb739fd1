//! Meant: what stands beside a talk, or below it: the household that is found, pointed at or named in the line. Where none is, who
//! has said nothing so far. Others of the village look on: it says no more than a list does.

use super::guests::called;
use super::{Mode, Talk};
use crate::app::{Gathering, Guest};
use crate::text::t;
use crate::ui::desk::Desk;
use crate::ui::screens::Beside;
use crate::ui::theme::Look;

impl Talk {
    /// Gives what is known of who is meant.
    pub(super) fn meant(&self, desk: &Desk) -> Option<Beside> {
        let gathering = self.gathering.as_ref()?;
        if self.is_adding() {
            let faces = &self.adding.faces;
            let face = faces.get(self.adding.list.selected().min(faces.len().saturating_sub(1)));
            return Some(face.map_or_else(
                || silent(gathering, desk),
                |face| Beside::titled(&face.head).or_card(Some(face.name)).or_below(),
            ));
        }
        let who = match &self.mode {
            Mode::Strip(who, _) | Mode::How(who, _) => who.first().copied(),
            Mode::Line | Mode::Nearby(_) => self.who(self.field.text()).ok().and_then(|(who, _)| who?.first().copied()),
        };
        let guest = gathering.present.iter().find(|guest| Some(guest.presence.number) == who);
        Some(guest.map_or_else(|| silent(gathering, desk), |guest| of(gathering, guest, desk)))
    }
}

fn of(gathering: &Gathering, guest: &Guest, desk: &Desk) -> Beside {
    let name = format!("{} {}", guest.presence.number, called(&gathering.present, guest, desk.lang));
    Beside::titled(name).or_card(Some(guest.face.name)).or_below()
}

/// Says who has said nothing so far.
fn silent(gathering: &Gathering, desk: &Desk) -> Beside {
    let guests = gathering.present.as_slice();
    let all: Vec<&Guest> = guests.iter().filter(|guest| guest.lines == 0 && guest.presence.left.is_none()).collect();
    let mut beside = Beside::default();
    match (guests.is_empty(), all.is_empty()) {
        (true, _) => beside.tell(t("还没有人到.", "Nobody is here yet."), Look::Dim),
        (false, true) => {
            beside.tell(t("在场的每户都记下了.", "Each household here has something noted."), Look::Strong);
        }
        (false, false) => {
            beside.tell(t("还没记下的 {n} 户", "Nothing noted yet: {n}").with("n", all.len()), Look::Strong);
        }
    }
    for guest in all {
        let name = format!("{:>3} {}", guest.presence.number, called(guests, guest, desk.lang));
        let who = guest.face.who.say(desk.lang);
        let parts = [name, who, guest.face.place.clone()];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        beside.say(parts.join("  "), Look::Plain);
    }
    beside.or_below()
}
