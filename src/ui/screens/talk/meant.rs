//! Meant: what stands beside a talk, or below it: the household that is found, pointed at or named in the line. Where none is, who
//! has said nothing so far. Others of the village look on: it says no more than a list does.

use super::guests::called;
use super::{Mode, Talk};
use crate::app::{Face, Gathering, Guest};
use crate::domain::hidden::for_other_eyes;
use crate::hanzi::clean;
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
            return Some(
                face.map_or_else(|| silent(gathering, desk), |face| listed(clean::line(&face.head), face, desk)),
            );
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
    listed(name, &guest.face, desk)
}

/// Says of a household what lists say: who it is, where it lives and how it stands. Its card would tell of phones and issues.
fn listed(title: String, face: &Face, desk: &Desk) -> Beside {
    let mut beside = Beside::titled(title);
    let place = [for_other_eyes(&face.town), for_other_eyes(&face.village), face.place.clone()];
    beside.say(joined([face.who.say(desk.lang), face.known_as.clone()], "  "), Look::Plain);
    beside.say(clean::line(&joined(place, " ")), Look::Plain);
    beside.say(face.standing.say(desk.lang), Look::Plain);
    beside.or_below()
}

/// Joins what there is.
fn joined<const N: usize>(parts: [String; N], between: &str) -> String {
    let filled: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    filled.join(between)
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
        beside.say(joined([name, who, guest.face.place.clone()], "  "), Look::Plain);
    }
    beside.counting(t("还有 {n} 户", "{n} more")).or_below()
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::listed;
    use crate::app::{Face, Standing};
    use crate::domain::{Household, Name};
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;
    use crate::ui::screens::{Known, card::Sheet};

    // Beside what was typed in the village square stood the card: phones, and how many issues a household has.
    #[test]
    fn of_who_is_meant_stands_what_lists_say_and_not_the_card() {
        let household = Household {
            head: "张守富".into(),
            village: "东里东村".into(),
            group: "3".into(),
            door: "12号".into(),
            phones: vec!["13853301234".into()],
            ..Household::default()
        };
        let (desk, name) = (Desk::for_tests(), Name::new(7, 1));
        let known = Known::of_household(name, Sheet::default(), &desk);
        let beside = listed("1 张守富".to_owned(), &Face::of(name, &household, &Standing::default(), 0), &desk);
        let laid = beside.laid(&known, &desk).unwrap();
        assert!(!laid.has_card());
        let area = Rect::new(0, 0, 40, 8);
        let (mut buffer, mut cursor) = (ratatui::buffer::Buffer::empty(area), None);
        laid.draw(&mut Canvas::new(&mut buffer, &mut cursor, area, &desk));
        let said = lines(&buffer).join("\n");
        for words in ["1 张守富", "东里东村 3组 12号", "未访"] {
            assert!(said.contains(words), "{words}\n{said}");
        }
        assert!(!said.contains("1234"), "{said}");
    }
}
