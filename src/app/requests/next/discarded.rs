//! Discarded: a visit that was begun by mistake agreed on nothing. The appointment that was made of its words goes with it, and one
//! that its words moved goes back.

use super::{Next, is_of_words};
use crate::app::Desk;
use crate::app::house::awaited::Agreed;
use crate::domain::{Name, NextContact, Record, Sort, Value, Visit};
use crate::text::Trouble;

/// What came of a visit that was begun by mistake.
pub(super) const DISCARDED: &str = "discarded";

/// Words are read as of so long before an appointment, in milliseconds, to see whether they name its time: what was said months ago
/// still means the year in which it was said.
const BEFORE_MS: i64 = 60_000;

/// Takes back the appointment that was made of the words of a visit which is being discarded, also where its time is over. One that
/// was there before and was moved once, by these words, goes back to the time it had; where it was moved more often nobody knows
/// here where it was, and it stays. So does what somebody wrote on the form of an appointment since, and what another laptop than that
/// of the visit agreed on.
pub fn let_go(desk: &mut Desk<'_>, visit: Name) -> Result<Next, Trouble> {
    let Some(record) = desk.action.record(visit)? else { return Ok(Next::Said) };
    let state = Visit::read(&record).filter(|state| state.outcome != DISCARDED && !state.next.is_empty());
    let Some((state, household)) = state.zip(record.link("household")) else { return Ok(Next::Said) };
    let all: Vec<Name> = desk.shelf.children_of(desk.shelf.home_of(household), Sort::Appointment).collect();
    for name in all {
        let Some(appointment) = desk.action.record(name)? else { continue };
        let said = Agreed::of(&appointment).filter(|agreed| {
            let named = NextContact::of(&state.next, agreed.at.saturating_sub(BEFORE_MS)).at;
            named == Some(agreed.at) && desk.shelf.is_after(agreed.said, visit)
        });
        let Some(agreed) = said else { continue };
        if !desk.shelf.is_after(name, visit) {
            return move_back(desk, &appointment, &agreed);
        }
        if is_of_words(&appointment) {
            desk.action.retract(name, "作废")?;
            return Ok(Next::TakenBack);
        }
    }
    Ok(Next::Said)
}

/// Lets an appointment be again when it was before the words moved it; that it was confirmed counts again too.
fn move_back(desk: &mut Desk<'_>, appointment: &Record, agreed: &Agreed) -> Result<Next, Trouble> {
    let since = |((_, by), value): &(_, &Value)| **value != Value::Nothing && desk.shelf.is_after(*by, agreed.said);
    if appointment.said("confirmed").as_ref().is_some_and(since) || !is_first_writing(appointment, "at") {
        return Ok(Next::Said);
    }
    desk.action.unwrite(appointment.entity(), "at", "作废")?;
    if appointment.written("confirmed") == Some(&Value::Nothing) && is_first_writing(appointment, "confirmed") {
        desk.action.unwrite(appointment.entity(), "confirmed", "作废")?;
    }
    Ok(appointment.first_fact("at").and_then(Value::as_at).map_or(Next::Said, Next::Appointed))
}

/// Tells whether one single word was ever written over what a record was born with.
fn is_first_writing(record: &Record, key: &str) -> bool {
    let Some(register) = record.register(key) else { return false };
    !register.is_disputed() && register.shown().is_some_and(|head| head.operation.prevs.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{appoint, due};
    use crate::app::Request;
    use crate::app::exchange::some_laptops::Laptop;
    use crate::domain::Name;

    fn one() -> (Laptop, Name) {
        let mut one = Laptop::new(1, "一组", "陈明");
        let home = one.add("张守富", "12号");
        (one, home)
    }

    fn visit(one: &mut Laptop, home: Name, next: &str) -> Name {
        let visit = one.ask(Request::new("visit.start").with_name("household", home));
        one.ask(Request::new("visit.finish").with("short_why", "有事").with("next", next));
        visit
    }

    fn discard(one: &mut Laptop, visit: Name) {
        one.ask(Request::new("visit.discard").with_name("visit", visit));
    }

    fn say(one: &mut Laptop, visit: Name, next: &str) {
        one.ask(Request::new("visit.set").with_name("visit", visit).with("next", next));
    }

    // Nobody had been there, and the list went on telling when somebody would come again.
    #[test]
    fn the_appointment_of_a_discarded_visit_goes_with_it_and_comes_back_with_its_undo() {
        let (mut one, home) = one();
        let ended = visit(&mut one, home, "5-25 9点");
        assert_eq!(due(&one, home), ["5-25 09:00"]);
        discard(&mut one, ended);
        assert_eq!(due(&one, home), Vec::<String>::new());
        one.ask(Request::new("undo"));
        assert_eq!(due(&one, home), ["5-25 09:00"]);
        say(&mut one, ended, "5-27 9点");
        discard(&mut one, ended);
        assert_eq!(due(&one, home), Vec::<String>::new());
        // It agrees on nothing from then on.
        say(&mut one, ended, "5-28 9点");
        assert_eq!(due(&one, home), Vec::<String>::new());

        let runs = one.ask(Request::new("visit.start").with_name("household", home));
        say(&mut one, runs, "周五晚上来电");
        assert_eq!(due(&one, home), ["5-21 19:30"]);
        discard(&mut one, runs);
        assert_eq!(due(&one, home), Vec::<String>::new(), "nor one that still ran");
        one.ask(Request::new("undo"));
        assert_eq!(due(&one, home), ["5-21 19:30"]);
        one.ask(Request::new("visit.finish").with("short_why", "有事"));
        one.year = 2022;
        discard(&mut one, runs);
        assert_eq!(due(&one, home), Vec::<String>::new(), "one that is over goes too");
    }

    #[test]
    fn what_others_agreed_on_stays_when_a_visit_is_discarded() {
        let (mut one, home) = one();
        appoint(&mut one, home, "05-20T09:00");
        let ended = visit(&mut one, home, "再说");
        discard(&mut one, ended);
        assert_eq!(due(&one, home), ["5-20 09:00"], "its words name no time");
        let ended = visit(&mut one, home, "5-20 9点");
        discard(&mut one, ended);
        assert_eq!(due(&one, home), ["5-20 09:00"], "the time was agreed on before");
        // One that somebody went on with on its form.
        let (mut one, home) = self::one();
        let ended = visit(&mut one, home, "5-25 9点");
        let made = one.keeper.house().shelf(|shelf, _| shelf.standing(home)).awaited[0].name;
        one.ask(Request::new("appointment.set").with_name("appointment", made).with("confirmed", true));
        discard(&mut one, ended);
        assert_eq!(due(&one, home), ["5-25 09:00"], "confirmed by phone since");
    }

    #[test]
    fn an_appointment_that_a_discarded_visit_moved_goes_back_to_its_time() {
        let (mut one, home) = one();
        visit(&mut one, home, "5-25 9点");
        let second = visit(&mut one, home, "5-27 9点");
        assert_eq!(due(&one, home), ["5-27 09:00"]);
        discard(&mut one, second);
        assert_eq!(due(&one, home), ["5-25 09:00"]);
        one.ask(Request::new("undo"));
        assert_eq!(due(&one, home), ["5-27 09:00"]);

        // Where it was before the last of several moves is not known.
        let third = visit(&mut one, home, "5-29 9点");
        discard(&mut one, third);
        assert_eq!(due(&one, home), ["5-29 09:00"]);

        let (mut one, home) = self::one();
        let add = Request::new("appointment.add").with_name("household", home).with("confirmed", true);
        let made = one.ask(add.with("at", "2021-05-25T09:00:00+08:00").with("kind", "home"));
        let ended = visit(&mut one, home, "5-27 9点");
        discard(&mut one, ended);
        assert_eq!(due(&one, home), ["5-25 09:00"]);
        let is_confirmed = |one: &Laptop| {
            let read = |_: &_, view: &dyn crate::view::View| view.record(made).unwrap().unwrap();
            one.keeper.house().shelf(|shelf, view| read(shelf, view)).value("confirmed").is_some()
        };
        assert!(is_confirmed(&one), "and is confirmed as it was");
    }

    #[test]
    fn a_discarded_talk_takes_the_appointments_of_its_households_along() {
        let (mut one, home) = one();
        one.ask(Request::new("talk.start").with("village", "东里东村"));
        let there = one.ask(Request::new("talk.come").with("households", vec![home.to_string()]));
        say(&mut one, there, "5-25 9点");
        assert_eq!(due(&one, home), ["5-25 09:00"]);
        one.ask(Request::new("talk.remove").with_name("household", home));
        assert_eq!(due(&one, home), Vec::<String>::new());
        one.ask(Request::new("undo"));
        assert_eq!(due(&one, home), ["5-25 09:00"]);
        one.ask(Request::new("talk.discard"));
        assert_eq!(due(&one, home), Vec::<String>::new());
    }
}
