//! Shown: what stands in the line of an issue and finds no household: that the village said it, what is due and in how many days, the
//! unit and the people, the day. Whatever can be read there can be typed to narrow the list, in either language.

use std::collections::BTreeSet;

use super::Entry;
use crate::domain::{Name, local};
use crate::hanzi::{clean, forms};
use crate::text::{Lang, Said, Text, t};

const AWAITED: Text = t("(未传到)", "(not here)");
const VILLAGE: Text = t("(全村)", "(all)");
/// Behind a number they make days of it.
const DAYS: [&str; 3] = ["天", "day", "days"];
/// Fewer letters begin too many words: they have to be a whole one.
const FEWEST: usize = 3;

/// A word that was typed, and the households that it finds by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    word: String,
    households: BTreeSet<Name>,
}

impl Typed {
    /// Takes apart what was typed; a number stays with the days behind it.
    pub(super) fn read(typed: &str, find: impl Fn(&str) -> BTreeSet<Name>) -> Vec<Self> {
        let mut words: Vec<String> = Vec::new();
        for word in forms::half_width(typed).to_lowercase().split_whitespace() {
            match words.last_mut().filter(|last| DAYS.contains(&word) && is_number(last)) {
                Some(last) => last.extend([" ", word]),
                None => words.push(word.to_owned()),
            }
        }
        // All of them together were looked for already: one finds nobody else.
        let is_alone = words.len() == 1;
        let households = |word: &str| if is_alone { BTreeSet::new() } else { find(word) };
        words.into_iter().map(|word| Self { households: households(&word), word }).collect()
    }

    /// Tells whether an issue is of a household that the word finds, or its line has the word.
    pub(super) fn fits(&self, entry: &Entry, line: &str) -> bool {
        entry.household.is_some_and(|name| self.households.contains(&name)) || stands_in(&self.word, line)
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Tells whether a line has a word: 汉字 anywhere, letters as the beginning of a word, digits as a whole one. A bare number is the
/// number of something else.
fn stands_in(word: &str, line: &str) -> bool {
    let begins = |is: fn(char) -> bool| word.starts_with(is);
    let may_go_on = begins(char::is_alphabetic) && word.chars().count() >= FEWEST;
    let ends = |sign: Option<char>| sign.is_none_or(|sign| !sign.is_alphanumeric());
    !is_number(word)
        && line.match_indices(word).any(|(at, _)| {
            let before = line.get(..at).and_then(|before| before.chars().next_back());
            let behind = line.get(at + word.len()..).and_then(|behind| behind.chars().next());
            !begins(|sign| sign.is_ascii()) || ends(before) && (may_go_on || ends(behind))
        })
}

impl Entry {
    /// Gives what stands in the place of the head where no household can be named: it has not come here yet, or the village said it.
    pub fn instead_of_head(&self) -> Option<Text> {
        if self.is_awaited {
            return Some(AWAITED);
        }
        (self.head.is_empty() && self.household.is_none()).then_some(VILLAGE)
    }

    /// Puts together what its line says, in both languages. Of what is confidential it tells neither whose it is nor where.
    pub(super) fn line(&self) -> String {
        let is_told = !self.case.issue.confidential;
        let (unit, person) = self.case.responsible();
        let village = if is_told { self.village.as_str() } else { "" };
        let own = [unit, person, self.case.teller(), village].map(clean::line);
        let head = self.instead_of_head().filter(|_| is_told).map(Said::from);
        // In its place stands the number of what was closed out.
        let due = self.timed.zip(self.light).filter(|_| self.number.is_none() || !self.case.state.is_done());
        let due = due.map(|(timed, light)| [timed.deadline.duty.name().into(), light.said()]);
        let said: Vec<Said> = head.into_iter().chain(due.into_iter().flatten()).collect();
        let said = [Lang::Zh, Lang::En].into_iter().flat_map(|lang| said.iter().map(move |said| said.say(lang)));
        let all = own.into_iter().chain(said).chain([local::short_day(self.case.issue.at)]).collect::<Vec<_>>();
        forms::half_width(&all.join("  ")).to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::stands_in;
    use crate::app::exchange::some_laptops::Laptop;
    use crate::app::{Docket, Request};
    use crate::text::Lang;

    #[test]
    fn letters_begin_a_word_digits_are_a_whole_one_and_characters_stand_anywhere() {
        let line = "镇水利站  李明  water station  超期 12 天  12 days over  5-18";
        for word in ["水利", "李明", "wat", "station", "12 天", "12 days", "over", "5-18", "超期 12 天"] {
            assert!(stands_in(word, line), "{word}");
        }
        for word in ["ater", "wa", "2 天", "2 days", "12", "5-1", "18", "-18x", "李明2"] {
            assert!(!stands_in(word, line), "{word}");
        }
    }

    // 全村 found nobody, and neither did the station or the plan that stood in the line.
    #[test]
    fn whatever_the_line_of_an_issue_shows_narrows_the_list() {
        let mut laptop = Laptop::new(1, "一组", "陈明");
        let add =
            |head| Request::new("household.add").with("head", head).with("village", "东里东村").with("group", "3");
        let homes = ["王成友", "赵淑芬"].map(|head| laptop.ask(add(head)));
        let issues = homes.map(|home| {
            let issue = Request::new("issue.record").with_name("household", home).with("text", "机井坏了");
            laptop.ask(issue.with("field", "agriculture").with("class", "larger"))
        });
        let screen = Request::new("issue.screen").with_name("issue", issues[0]).with("decision", "accept");
        laptop.ask(screen.with("class", "larger").with("unit", "镇水利站").with("person", "孙芝俊"));
        laptop.ask(Request::new("talk.start").with("village", "东里西村").with("place", "广场"));
        laptop.ask(Request::new("talk.issue").with("text", "路灯不亮").with("field", "environment"));
        let house = laptop.keeper.house();
        let now_ms = laptop.keeper.clock.now().wall_ms;
        let Docket(all) = house.docket(now_ms).unwrap();
        assert_eq!(all.len(), 3);
        let found = |typed: &str| -> Vec<&str> {
            let sieve = house.sieve(typed, "陈明").unwrap();
            let mut heads: Vec<&str> =
                all.iter().filter(|entry| sieve.lets(entry)).map(|entry| entry.head.as_str()).collect();
            heads.sort_unstable();
            heads
        };
        let every = all.iter().find(|entry| entry.head.is_empty()).unwrap();
        assert_eq!(every.instead_of_head().unwrap().zh, "(全村)");
        for typed in ["全村", "（全村）", "(all)", "东里西村", "全村 东里西村", "路灯 不是", "西村 全村"]
        {
            let wanted: &[&str] = if typed == "路灯 不是" { &[] } else { &[""] };
            assert_eq!(found(typed), wanted, "{typed}");
        }
        for typed in ["镇水利站", "水利", "孙芝俊", "水利 东里东村", "水利 王成友", "方案 水利站"]
        {
            assert_eq!(found(typed), ["王成友"], "{typed}");
        }
        assert_eq!(found("水利 赵淑芬"), [""; 0]);
        assert_eq!(found("陈明"), ["", "王成友", "赵淑芬"], "who tells them");
        assert_eq!(found("东里东村"), ["王成友", "赵淑芬"]);
        // What is due, as it stands there.
        let own = all.iter().find(|entry| entry.head == "王成友").unwrap();
        let (timed, light) = own.timed.zip(own.light).unwrap();
        for lang in [Lang::Zh, Lang::En] {
            let typed = format!("{} {}", timed.deadline.duty.name().get(lang), light.said().say(lang));
            assert!(found(&typed).contains(&"王成友"), "{typed}");
        }
        // Whoever joins an issue to another one says whose that is.
        assert!(all.iter().all(|entry| !house.sieve("水利", "陈明").unwrap().means(entry)));
    }
}
