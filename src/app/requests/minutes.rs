//! Minutes: how long a visit or a talk was, read as on the screen: 21, 半小时, 一个半小时, 1 hour 20 min.

use std::ops::RangeInclusive;

use crate::app::Args;
use crate::app::requests::request::{Takes, may};
use crate::domain::spoken::length;
use crate::text::{Said, Trouble, t};

/// A visit and a talk are within one day.
pub(super) const OF_A_DAY: u64 = 24 * 60;

const KEY: &str = "minutes";

/// What a request takes that enters something later.
pub(super) const LATER: Takes = may(
    KEY,
    "补录: 谈了多久 (自述), 21 是分钟, 1小时20分 也行",
    "entered later: how long (declared); 21 is minutes, or 1 hour 20 min",
);

/// Reads the minutes, where they are given; what says something else says nothing.
///
/// # Errors
/// `bad-value` where they may mean two things, are no whole minutes or not within these bounds.
pub(super) fn read(args: &Args, bounds: RangeInclusive<u64>) -> Result<Option<u64>, Trouble> {
    let Some(said) = args.text(KEY).filter(|said| !said.is_empty()) else { return Ok(None) };
    let wrong = |words: Said| Trouble::new("bad-value", words).about(KEY);
    let minutes = length::whole(&said).map_err(|doubt| {
        let unread = t(
            "minutes “{said}” 看不懂: 写几分钟, 如 21, 半小时, 1小时20分.",
            "minutes “{said}” is not understood: write how long, such as 21, half an hour, 1 hour 20 min.",
        );
        wrong(doubt.said().unwrap_or_else(|| unread.with("said", &said)))
    })?;
    if bounds.contains(&minutes) {
        return Ok(Some(minutes));
    }
    let outside = t(
        "minutes “{said}” 要在 {least} 到 {most} 分钟之间.",
        "minutes “{said}” has to be from {least} to {most} minutes.",
    );
    Err(wrong(outside.with("said", &said).with("least", bounds.start()).with("most", bounds.end())))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::{OF_A_DAY, read};
    use crate::app::Request;
    use crate::app::exchange::some_laptops::Laptop;

    // 半小时 became no minute at all, and nothing was said.
    #[test]
    fn minutes_are_read_as_people_say_them_and_whatever_else_is_refused() {
        let of = |said: Json| {
            let request = Request::new("visit.start").with("minutes", said);
            read(&request.args, 1..=OF_A_DAY).map_err(|trouble| trouble.kind)
        };
        for (said, minutes) in [
            (json!(21), 21),
            (json!("21"), 21),
            (json!("半小时"), 30),
            (json!("一个半小时"), 90),
            (json!("1 hour 20 min"), 80),
            (json!("24小时"), 1_440),
        ] {
            assert_eq!(of(said.clone()), Ok(Some(minutes)), "{said}");
        }
        assert_eq!(of(json!("")), Ok(None));
        for said in
            [json!("谈了很久"), json!(1.5), json!("40-50"), json!(-5), json!(0), json!("25小时"), json!("21 停电")]
        {
            assert_eq!(of(said.clone()), Err("bad-value"), "{said}");
        }
    }

    #[test]
    fn a_visit_and_a_talk_from_paper_take_the_words_and_nothing_is_recorded_of_what_they_do_not_mean() {
        let mut one = Laptop::new(1, "一组", "陈明");
        let home = one.add("张守富", "12号");
        let visit = Request::new("visit.start").with_name("household", home).with("outcome", "done");
        let visit = visit.with("on", "2021-05-12T19:30:00+08:00");
        let talk = Request::new("talk.start").with("village", "东里东村").with("on", "2021-05-12T19:30:00+08:00");
        for request in [visit.clone(), talk.clone()] {
            let refused = one.keeper.run(&request.with("minutes", "谈了很久")).map_err(|trouble| trouble.kind);
            assert_eq!(refused.err(), Some("bad-value"));
            one.keeper.finish().unwrap();
        }
        let answer = one.keeper.run(&visit.with("minutes", "一个半小时")).unwrap();
        assert_eq!(answer.more.get("minutes"), Some(&json!(90)));
        one.keeper.finish().unwrap();
        let talk = one.ask(talk.with("minutes", "1小时20分"));
        let there = Request::new("talk.come").with_name("talk", talk).with("households", vec![home.to_string()]);
        one.ask(there);
        let answer = one.keeper.run(&Request::new("talk.finish").with_name("talk", talk)).unwrap();
        assert_eq!(answer.more.get("short"), Some(&json!(0)));
    }
}
