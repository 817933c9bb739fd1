//! Doubtful: what is written on a card and hardly meant so is asked about once, and recorded when it is said again. It is not
//! refused, since the clock of a laptop may stand at 1970, and a number may be all that somebody knows.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::domain::{NotAPhone, Phone, local};
use crate::hanzi::forms;
use crate::text::{Said, t};
use crate::ui::desk::Desk;
use crate::ui::keys::Key;

/// The digits of a mobile.
const MOBILE: usize = 11;

/// What was asked about last of each fact: a form has several.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Doubtful(BTreeMap<String, String>);

impl Doubtful {
    /// Asks about what is written of a fact, and says the key that records it all the same; nothing where it is as one would expect,
    /// or was asked about just before.
    pub fn ask(&mut self, key: &str, written: &str, again: Key, desk: &Desk) -> Option<Said> {
        let written = written.trim();
        let question = question(key, written, desk).filter(|_| self.0.get(key).is_none_or(|asked| asked != written))?;
        self.0.insert(key.to_owned(), written.to_owned());
        Some(question.then(t("真是这样就再按一次 {again}.", "{again} once more records it so.").with("again", again)))
    }
}

fn question(key: &str, written: &str, desk: &Desk) -> Option<Said> {
    let half = forms::half_width(written);
    match key {
        "birth_year" => {
            // The campaign is never before its own year, whatever the clock says.
            let campaign = desk.session.house().map_or(0, |house| house.campaign().year);
            let latest = campaign.max(local::day(desk.now.wall_ms).year());
            let year: i32 = half.parse().ok().filter(|year| *year > latest)?;
            let words =
                t("出生年 {year} 比今年还晚, 写错了就改.", "A birth in {year} is later than this year: correct it.");
            Some(words.with("year", year))
        }
        // Other eyes may be in the room: the number itself is not said.
        "phone" => match Phone::parse(&half) {
            // A land line of the place is dialled so there, and half a mobile looks the same.
            Ok(phone) if phone.as_str().len() < MOBILE && !phone.as_str().contains('-') => {
                let words = t(
                    "电话只有 {count} 位; 手机 11 位, 座机写上区号.",
                    "The phone has only {count} digits; a mobile has 11, a land line its area code.",
                );
                Some(words.with("count", phone.as_str().len()))
            }
            Err(NotAPhone::Digits(count)) => {
                let words = t(
                    "电话有 {count} 位; 手机 11 位, 座机带区号.",
                    "The phone has {count} digits; a mobile has 11, a land line an area code.",
                );
                Some(words.with("count", count))
            }
            Err(NotAPhone::Letters) if half.contains(|sign: char| sign.is_ascii_digit()) => {
                Some(t("电话里不全是数字.", "Not all of the phone are digits.").into())
            }
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Doubtful;
    use crate::text::Lang;
    use crate::ui::desk::Desk;
    use crate::ui::keys::Key;

    fn asked(key: &str, written: &str) -> Option<String> {
        Doubtful::default().ask(key, written, Key::F(8), &Desk::for_tests()).map(|said| said.say(Lang::Zh))
    }

    #[test]
    fn a_year_to_come_and_a_phone_that_is_too_short_are_asked_about() {
        let said = asked("birth_year", "2090").unwrap();
        assert!(said.contains("出生年 2090 比今年还晚") && said.contains("再按一次 F8"), "{said}");
        assert!(asked("birth_year", "２０９０").is_some());
        assert!(asked("phone", "1385330123").unwrap().contains("有 10 位"));
        assert!(asked("phone", "19603000").unwrap().contains("只有 8 位"), "a year of birth, and the phone behind it");
        assert!(asked("phone", "354 9817").unwrap().contains("只有 7 位"));
        assert!(asked("phone", "138l3301234").is_some());
        for (key, written) in [
            ("birth_year", "2021"),
            ("birth_year", "1956"),
            ("birth_year", ""),
            ("birth_year", "六五年"),
            ("phone", "138 5330 1234"),
            ("phone", "0533-3549817"),
            ("phone", ""),
            ("phone", "同户主"),
            ("remark", "2090"),
        ] {
            assert_eq!(asked(key, written), None, "{key} {written}");
        }
    }

    #[test]
    fn said_again_it_is_meant_and_another_one_is_asked_about() {
        let (mut doubtful, desk) = (Doubtful::default(), Desk::for_tests());
        assert!(doubtful.ask("birth_year", "2090", Key::Enter, &desk).is_some());
        assert!(doubtful.ask("birth_year", "2090 ", Key::Enter, &desk).is_none());
        assert!(doubtful.ask("birth_year", "2091", Key::Enter, &desk).is_some());
        // Two lines of one form went round and round.
        assert!(doubtful.ask("phone", "1385330123", Key::Enter, &desk).is_some());
        assert!(doubtful.ask("birth_year", "2091", Key::Enter, &desk).is_none());
        assert!(doubtful.ask("phone", "1385330123", Key::Enter, &desk).is_none());
    }

    // A dead battery of the clock makes nobody unborn for good.
    #[test]
    fn a_clock_at_1970_asks_and_refuses_nobody() {
        let (mut doubtful, mut desk) = (Doubtful::default(), Desk::for_tests());
        desk.now.wall_ms = 0;
        assert!(doubtful.ask("birth_year", "1980", Key::Enter, &desk).is_some());
        assert!(doubtful.ask("birth_year", "1980", Key::Enter, &desk).is_none());
    }
}
