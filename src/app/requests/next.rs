//! 下次联系: what was said of the next contact where a visit ended. Where the words name a time it is an appointment (plan 二(二)3(1):
//! 实行预约走访): whoever looks for the household sees when somebody is to come.

mod discarded;

pub(super) use discarded::let_go;

use super::nobody::GONE;
use crate::app::Desk;
use crate::app::house::awaited::Agreed;
use crate::app::requests::request::Answer;
use crate::domain::{Birth, Name, NextContact, Record, Sort, Value, Visit};
use crate::text::Trouble;

/// What the words of a next contact came to.
pub(super) enum Next {
    /// An appointment at that moment, milliseconds since 1970 UTC.
    Appointed(i64),
    /// No appointment, and none there was.
    Said,
    /// The appointment that was made of the words before is taken back.
    TakenBack,
}

impl Next {
    /// Tells it in an answer.
    pub(super) fn told(&self, answer: Answer) -> Answer {
        match self {
            Self::Appointed(at) => answer.with("appointed", *at),
            Self::TakenBack => answer.with("taken_back", true),
            Self::Said => answer,
        }
    }
}

/// Keeps the words, with the date of the time they name, and makes the appointment. Where the words before had made one, that one is
/// changed, or taken back where these name no time to come; else one of this laptop's that still lies ahead is changed, not
/// doubled. Nobody has confirmed the new time. What another laptop agreed on stays. Words that come from paper are read as of the day
/// of the visit. `outcome` is that of the visit as it is now.
pub(super) fn keep(desk: &mut Desk<'_>, visit: Name, said: &str, outcome: &str) -> Result<Next, Trouble> {
    let now_ms = desk.action.now().wall_ms;
    let record = desk.action.record(visit)?;
    let state = record.as_deref().and_then(Visit::read);
    // Who moved out or died is no longer gone to, and a visit begun by mistake agreed on nothing.
    if GONE.contains(&outcome) || outcome == discarded::DISCARDED {
        desk.action.set(visit, "next", words(said))?;
        return Ok(Next::Said);
    }
    let before = state.as_ref().and_then(|visit| NextContact::of(&visit.next, now_ms).at);
    let later = state.filter(|visit| visit.entered_later);
    let next = NextContact::of(said, later.map_or(now_ms, |visit| visit.started));
    desk.action.set(visit, "next", words(&next.words))?;
    let Some(household) = record.and_then(|record| record.link("household")) else { return Ok(Next::Said) };
    let own = ahead(desk, household, now_ms)?;
    let made = before.and_then(|before| own.iter().find(|(at, _)| *at == before).copied());
    match (next.at.filter(|at| *at >= now_ms), made) {
        (Some(at), made) => {
            if let Some((before, appointment)) = made.or(own.first().copied()) {
                move_to(desk, appointment, before, at)?;
            } else {
                let facts = vec![("at".into(), Value::At(at))];
                let birth = Birth { links: vec![("household".into(), household)], facts };
                desk.action.create(Sort::Appointment, birth)?;
            }
            Ok(Next::Appointed(at))
        }
        (None, Some((_, appointment))) if desk.action.record(appointment)?.as_deref().is_some_and(is_of_words) => {
            desk.action.retract(appointment, "")?;
            Ok(Next::TakenBack)
        }
        (None, _) => Ok(Next::Said),
    }
}

fn words(said: &str) -> Value {
    if said.is_empty() { Value::Nothing } else { Value::text(said) }
}

/// Gives the appointments of a household that lie ahead, made on this laptop and moved on no other, in order of time.
fn ahead(desk: &Desk<'_>, household: Name, now_ms: i64) -> Result<Vec<(i64, Name)>, Trouble> {
    let mut own = Vec::new();
    for name in desk.shelf.children_of(desk.shelf.home_of(household), Sort::Appointment) {
        let agreed = desk.action.record(name)?.as_deref().and_then(Agreed::of).filter(|agreed| agreed.at > now_ms);
        let is_own = |agreed: &Agreed| ![name, agreed.said].iter().any(|by| desk.shelf.is_elsewhere(by.writer));
        own.extend(agreed.filter(is_own).map(|agreed| (agreed.at, name)));
    }
    own.sort_unstable();
    Ok(own)
}

fn move_to(desk: &mut Desk<'_>, appointment: Name, before: i64, at: i64) -> Result<(), Trouble> {
    if before == at {
        return Ok(());
    }
    desk.action.set(appointment, "at", Value::At(at))?;
    if desk.action.record(appointment)?.is_some_and(|record| record.value("confirmed").is_some()) {
        desk.action.set(appointment, "confirmed", Value::Nothing)?;
    }
    Ok(())
}

/// Tells whether an appointment says nothing but its time: nobody wrote more on its form.
fn is_of_words(record: &Record) -> bool {
    ["kind", "confirmed"].iter().all(|key| record.value(key).is_none())
}

#[cfg(test)]
mod tests {
    use crate::app::Request;
    use crate::app::exchange::some_laptops::Laptop;
    use crate::domain::{Name, local};

    pub(super) fn due(laptop: &Laptop, household: Name) -> Vec<String> {
        let standing = laptop.keeper.house().shelf(|shelf, _| shelf.standing(household));
        standing.awaited.iter().map(|one| format!("{} {}", local::short_day(one.at), local::clock(one.at))).collect()
    }

    pub(super) fn appoint(laptop: &mut Laptop, household: Name, at: &str) -> Name {
        let add = Request::new("appointment.add").with_name("household", household);
        laptop.ask(add.with("at", format!("2021-{at}:00+08:00")).with("kind", "home"))
    }

    // The words of the visit said the 27th, or nothing any more, and the list went on telling the 25th.
    #[test]
    fn other_words_of_a_visit_that_is_over_move_its_appointment_or_take_it_back() {
        let mut one = Laptop::new(1, "一组", "陈明");
        let home = one.add("张守富", "12号");
        let visit = one.ask(Request::new("visit.start").with_name("household", home));
        one.ask(Request::new("visit.finish").with("short_why", "有事").with("next", "5-25 9点"));
        let say = |one: &mut Laptop, next: &str| {
            one.ask(Request::new("visit.set").with_name("visit", visit).with("next", next));
            due(one, home)
        };
        assert_eq!(say(&mut one, "5-27 9点"), ["5-27 09:00"]);
        assert_eq!(say(&mut one, "等她儿子回来"), Vec::<String>::new(), "no time any more");
        assert_eq!(say(&mut one, "5-28 9点"), ["5-28 09:00"]);
        assert_eq!(say(&mut one, ""), Vec::<String>::new());
        // Its own one is moved, and not one that comes first.
        assert_eq!(say(&mut one, "5-28 9点"), ["5-28 09:00"]);
        let other = appoint(&mut one, home, "05-20T09:00");
        assert_eq!(say(&mut one, "5-29 9点"), ["5-29 09:00", "5-20 09:00"]);
        assert_eq!(say(&mut one, "改天再说"), ["5-20 09:00"]);
        // One that somebody made on its form stays, whatever the words were.
        assert_eq!(say(&mut one, "5-20 9点"), ["5-20 09:00"]);
        assert_eq!(say(&mut one, "改天再说"), ["5-20 09:00"]);
        one.ask(Request::new("appointment.retract").with_name("appointment", other));
        assert_eq!(say(&mut one, "5-30 9点"), ["5-30 09:00"]);
        one.ask(Request::new("undo"));
        assert_eq!(due(&one, home), Vec::<String>::new());
    }

    #[test]
    fn nobody_is_appointed_who_moved_out() {
        let mut one = Laptop::new(1, "一组", "陈明");
        let home = one.add("张守富", "12号");
        let visit = one.ask(Request::new("visit.start").with_name("household", home));
        one.ask(Request::new("visit.finish").with("outcome", "moved").with("next", "5-25 9点"));
        assert_eq!(due(&one, home), Vec::<String>::new());
        one.ask(Request::new("visit.set").with_name("visit", visit).with("next", "5-26 9点"));
        assert_eq!(due(&one, home), Vec::<String>::new());
    }

    #[test]
    fn what_another_laptop_made_of_it_stays() {
        let (mut one, mut two) = (Laptop::new(1, "一组", "陈明"), Laptop::new(2, "二组", "张文彬"));
        let home = one.add("张守富", "12号");
        let visit = one.ask(Request::new("visit.start").with_name("household", home));
        one.ask(Request::new("visit.finish").with("short_why", "有事").with("next", "5-25 9点"));
        two.merge(&one.export("约了"));
        let made = two.keeper.house().shelf(|shelf, _| shelf.standing(home)).awaited[0].name;
        let moved = Request::new("appointment.set").with_name("appointment", made);
        two.ask(moved.with("at", "2021-05-26T09:00:00+08:00"));
        one.merge(&two.export("改了"));
        assert_eq!(due(&one, home), ["5-26 09:00"]);
        one.ask(Request::new("visit.set").with_name("visit", visit).with("next", "改天再说"));
        assert_eq!(due(&one, home), ["5-26 09:00"]);
        let mut both = {
            one.ask(Request::new("visit.set").with_name("visit", visit).with("next", "5-28 9点"));
            due(&one, home)
        };
        both.sort();
        assert_eq!(both, ["5-26 09:00", "5-28 09:00"]);
    }
}
