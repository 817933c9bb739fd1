//! Settled: what is said once one key settled a line of a list: what was done, of which household, and that Ctrl-Z takes it back.
//!
//! The next line is selected by then, and a key may have hit another one than was meant. It stands in one row: where that is
//! short what is said besides goes first, then of a place the town, the village and the door; the name stays.

use serde_json::Value as Json;

use crate::app::{Ask, Message, Request, Ticket};
use crate::text::{Said, Text, t};
use crate::ui::canvas::columns;
use crate::ui::desk::Desk;

/// So many words of a place go, one after the other, before it is left out: town, village and door.
const SHORTER: usize = 4;

/// The answer of a person that is under way; one at a time, so that no key hits the next line.
#[derive(Debug, PartialEq, Default)]
pub struct Settling(Option<(Ticket, Settled)>);

impl Settling {
    /// Tells whether one is under way.
    pub const fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Asks for one to be recorded, and keeps what is said then.
    pub fn ask(&mut self, request: Request, settled: Settled, desk: &mut Desk) {
        if !self.is_on() {
            self.0 = Some((desk.session.ask(Ask::Do(request)), settled));
        }
    }

    /// Gives what is said of the one under way once it is recorded, or why it is not; none where something else is told.
    pub fn hear(&mut self, message: &Message, desk: &Desk) -> Option<Result<Said, Said>> {
        let Message::Answer(ticket, answer) = message else { return None };
        let (_, settled) = self.0.take_if(|(asked, _)| asked == ticket)?;
        Some(match answer.as_ref() {
            Ok(answer) => {
                // Of a whole roster it is known only now how many it was about.
                let bound = answer.more.get("bound").and_then(Json::as_u64).unwrap_or_default();
                Ok(settled.counting(bound).said(desk))
            }
            Err(trouble) => Err(t("没有记下: {why}", "Not recorded: {why}").with_words("why", trouble.told())),
        })
    }
}

/// What a key did, until it is recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    done: Said,
    whose: Vec<(String, String)>,
    besides: Option<Text>,
}

impl Settled {
    /// Says what was done, without a full stop.
    pub fn of(done: impl Into<Said>) -> Self {
        Self { done: done.into(), whose: Vec::new(), besides: None }
    }

    /// Says of whom, as lists do: a head, or a file, and where it is; of two both.
    #[must_use]
    pub fn whose(mut self, head: impl Into<String>, place: impl Into<String>) -> Self {
        self.whose.push((head.into(), place.into()));
        self
    }

    /// Says a sentence behind it where there is room.
    #[must_use]
    pub fn besides(self, sentence: Text) -> Self {
        Self { besides: Some(sentence), ..self }
    }

    /// Fills `{n}` in what was done, where it is known only now.
    #[must_use]
    pub fn counting(self, n: impl ToString) -> Self {
        Self { done: self.done.with("n", n), ..self }
    }

    /// Gives the sentence, as long as a row has room.
    pub fn said(&self, desk: &Desk) -> Said {
        let room = desk.body.width.saturating_sub(2);
        let fits = |said: &Said| columns(&said.say(desk.lang)) <= room;
        let with_besides = self.besides.map(|besides| self.within(0).then(besides.into()));
        let shorter = (0..=SHORTER).map(|shorter| self.within(shorter));
        with_besides.into_iter().chain(shorter).find(fits).unwrap_or_else(|| self.within(SHORTER))
    }

    fn within(&self, shorter: usize) -> Said {
        let named = |(head, place): &(String, String)| {
            let words = [head.as_str(), place_within(place, shorter)];
            let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
            t("{it}", "{it}").with("it", words.join(" "))
        };
        let both = |one: Said, other: Said| {
            Said::from(t("{one} 和 {other}", "{one} and {other}")).with_words("one", one).with_words("other", other)
        };
        let words = match self.whose.iter().map(named).reduce(both) {
            Some(whose) => Said::from(t("{done}: {whose}. Ctrl-Z 撤回.", "{done}: {whose}. Ctrl-Z takes it back."))
                .with_words("whose", whose),
            None => t("{done}. Ctrl-Z 撤回.", "{done}. Ctrl-Z takes it back.").into(),
        };
        words.with_words("done", self.done.clone())
    }
}

/// Gives a place without its town, then without its village, then its group alone, then nothing.
fn place_within(place: &str, shorter: usize) -> &str {
    let door = place.match_indices(' ').map(|(at, _)| at).collect::<Vec<_>>();
    let from = |word: usize| door.get(word).and_then(|at| place.get(at + 1..));
    let group = || {
        let mut words = place.split(' ');
        words.find(|word| word.ends_with('组')).unwrap_or_default()
    };
    match shorter {
        0 => place,
        1 => from(0).unwrap_or(place),
        2 => from(1).or_else(|| from(0)).unwrap_or(place),
        3 => group(),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::Settled;
    use crate::text::{Lang, t};
    use crate::ui::desk::Desk;

    const PLACE: &str = "东里镇 东里东村 3组 12号";

    fn said(settled: &Settled, width: u16, lang: Lang) -> String {
        let mut desk = Desk::for_tests();
        (desk.lang, desk.body.width) = (lang, width);
        settled.said(&desk).say(lang)
    }

    #[test]
    fn it_says_what_was_done_of_whom_and_in_a_narrow_row_less_of_the_place() {
        let one = Settled::of(t("门牌 选定了", "Settled: door")).whose("张守富", PLACE);
        let one = one.besides(t("下次导出时一起带走.", "It goes out with the next export."));
        let of = |width| said(&one, width, Lang::Zh);
        assert_eq!(of(80), "门牌 选定了: 张守富 东里镇 东里东村 3组 12号. Ctrl-Z 撤回. 下次导出时一起带走.");
        assert_eq!(of(79), "门牌 选定了: 张守富 东里镇 东里东村 3组 12号. Ctrl-Z 撤回.");
        assert_eq!(of(60), "门牌 选定了: 张守富 东里镇 东里东村 3组 12号. Ctrl-Z 撤回.");
        assert_eq!(of(56), "门牌 选定了: 张守富 东里东村 3组 12号. Ctrl-Z 撤回.");
        assert_eq!(of(46), "门牌 选定了: 张守富 3组 12号. Ctrl-Z 撤回.");
        assert_eq!(of(40), "门牌 选定了: 张守富 3组. Ctrl-Z 撤回.");
        assert_eq!(of(38), "门牌 选定了: 张守富. Ctrl-Z 撤回.");
    }

    #[test]
    fn two_stand_side_by_side_each_as_short_as_the_other() {
        let two = Settled::of(t("记作同一户", "One family")).whose("张德富", PLACE).whose("张得富", PLACE);
        assert_eq!(
            said(&two, 80, Lang::Zh),
            "记作同一户: 张德富 东里东村 3组 12号 和 张得富 东里东村 3组 12号. Ctrl-Z 撤回."
        );
        assert_eq!(said(&two, 62, Lang::En), "One family: 张德富 3组 and 张得富 3组. Ctrl-Z takes it back.");
    }

    #[test]
    fn who_lives_nowhere_or_has_no_group_is_named_without_one() {
        let of = |place: &str| said(&Settled::of(t("记作迁出", "Moved")).whose("张守富", place), 44, Lang::Zh);
        assert_eq!(of(""), "记作迁出: 张守富. Ctrl-Z 撤回.");
        assert_eq!(of("东里社区"), "记作迁出: 张守富 东里社区. Ctrl-Z 撤回.");
        assert_eq!(of("东里镇 东里社区 5号楼2单元"), "记作迁出: 张守富 5号楼2单元. Ctrl-Z 撤回.");
        let many = Settled::of(t("并成同一户 {n} 户", "{n} joined")).counting(12).whose("六月.csv", "");
        assert_eq!(said(&many, 80, Lang::Zh), "并成同一户 12 户: 六月.csv. Ctrl-Z 撤回.");
    }
}
