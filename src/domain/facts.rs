//! Facts: every register a person can write, in one table: its key, its words, its form, and who may see it.
//!
//! The card, the command line and the reference of `batch` all read this table. Keyed registers (`phone/138…`,
//! `told/…`) stand with their beginning; what follows the slash is the thing itself.

use crate::text::{Text, Trouble, t};

use super::choice::{self, Choice};
use super::spoken::{self, Side};
use super::{Class, Field, Sort, Value};

/// The form of a fact's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Free text.
    Text,
    /// A whole number in a range, both ends included.
    Number(i64, i64),
    /// Yes or no.
    Yes,
    /// A calendar day.
    Day,
    /// A moment.
    At,
    /// Several words.
    Words,
    /// One of a closed list.
    Choice(&'static [Choice]),
    /// Another entity.
    Entity,
}

/// Who may see a fact while others look on (rule 8 of the screens).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eyes {
    /// Lists may show it.
    Lists,
    /// Only the card shows it.
    Card,
}

/// One fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// Whose fact it is.
    pub sort: Sort,
    /// Its register key, or the beginning of it up to the slash.
    pub key: &'static str,
    /// Its words.
    pub name: Text,
    /// Its form.
    pub shape: Shape,
    /// Who may see it.
    pub eyes: Eyes,
}

pub(super) const fn fact(sort: Sort, key: &'static str, name: Text, shape: Shape, eyes: Eyes) -> Fact {
    Fact { sort, key, name, shape, eyes }
}

use Eyes::{Card, Lists};
use Sort::{Appointment, Household, Issue, Line, Member, Visit};

/// The longest span a visit may state: a day, in milliseconds.
const DAY_MS: i64 = 86_400_000;

/// Every fact a person can write.
pub const FACTS: &[Fact] = &[
    fact(Household, "head", t("户主", "head"), Shape::Text, Lists),
    fact(Household, "sex", t("性别", "sex"), Shape::Choice(choice::SEXES), Lists),
    fact(Household, "birth_year", t("出生年", "birth year"), Shape::Number(1900, 2100), Lists),
    fact(Household, "kind", t("户类别", "kind"), Shape::Choice(choice::HOUSEHOLD_KINDS), Lists),
    fact(Household, "town", t("镇(街道)", "township"), Shape::Text, Lists),
    fact(Household, "village", t("村(居)", "village"), Shape::Text, Lists),
    fact(Household, "group", t("组", "group"), Shape::Text, Lists),
    fact(Household, "door", t("门牌", "door"), Shape::Text, Lists),
    fact(Household, "nickname", t("小名", "nickname"), Shape::Text, Lists),
    fact(Household, "spouse", t("配偶", "spouse"), Shape::Text, Lists),
    fact(Household, "size", t("家庭人口", "people"), Shape::Number(0, 99), Card),
    fact(Household, "phone/", t("电话", "phone"), Shape::Yes, Card),
    fact(Household, "wechat", t("微信", "WeChat"), Shape::Text, Card),
    fact(Household, "away", t("长期在外", "away"), Shape::Yes, Card),
    fact(Household, "away_reason", t("在外原因", "why away"), Shape::Text, Card),
    fact(Household, "away_since", t("在外自", "away since"), Shape::Day, Card),
    fact(Household, "paired", t("结对干部", "paired visitor"), Shape::Text, Card),
    fact(Household, "preferred_time", t("方便时间", "best time"), Shape::Text, Card),
    fact(Household, "standing", t("状态", "standing"), Shape::Choice(choice::STANDING), Lists),
    fact(Household, "remark", t("备注", "remark"), Shape::Text, Card),
    fact(Member, "name", t("姓名", "name"), Shape::Text, Card),
    fact(Member, "relation", t("与户主关系", "relation"), Shape::Text, Card),
    fact(Member, "sex", t("性别", "sex"), Shape::Choice(choice::SEXES), Card),
    fact(Member, "birth_year", t("出生年", "birth year"), Shape::Number(1900, 2100), Card),
    fact(Member, "health", t("身体状况", "health"), Shape::Choice(choice::HEALTH), Card),
    fact(Member, "phone", t("电话", "phone"), Shape::Text, Card),
    fact(Member, "away", t("在外", "away"), Shape::Yes, Card),
    fact(Member, "remark", t("备注", "remark"), Shape::Text, Card),
    fact(Appointment, "at", t("预约时间", "time"), Shape::At, Lists),
    fact(Appointment, "kind", t("走访方式", "way"), Shape::Choice(choice::VISIT_KINDS), Lists),
    fact(Appointment, "confirmed", t("已电话确认", "confirmed"), Shape::Yes, Lists),
    fact(Appointment, "outcome", t("结果", "outcome"), Shape::Text, Lists),
    fact(Visit, "visitors", t("走访干部", "visitors"), Shape::Words, Lists),
    fact(Visit, "purpose", t("目的", "purpose"), Shape::Choice(choice::PURPOSES), Lists),
    fact(Visit, "ended", t("结束", "ended"), Shape::At, Lists),
    fact(Visit, "proven_ms", t("计时", "counted"), Shape::Number(0, DAY_MS), Lists),
    fact(Visit, "declared_ms", t("自述", "declared"), Shape::Number(0, DAY_MS), Lists),
    fact(Visit, "declared_why", t("自述原因", "why declared"), Shape::Text, Card),
    fact(Visit, "outcome", t("结果", "outcome"), Shape::Choice(choice::OUTCOMES), Lists),
    fact(Visit, "short_why", t("不足15分钟原因", "why under 15 minutes"), Shape::Text, Card),
    fact(Visit, "satisfaction", t("满意度", "satisfaction"), Shape::Choice(choice::SATISFACTION), Card),
    fact(Visit, "next", t("下次联系", "next contact"), Shape::Text, Card),
    fact(Visit, "told/", t("讲解", "explained"), Shape::Yes, Card),
    fact(Visit, "gave/", t("发放", "handed over"), Shape::Yes, Card),
    fact(Line, "text", t("内容", "text"), Shape::Text, Card),
    fact(Line, "household", t("户", "household"), Shape::Entity, Card),
    fact(Issue, "text", t("内容", "text"), Shape::Text, Card),
    fact(Issue, "kind", t("类型", "type"), Shape::Choice(choice::ISSUE_KINDS), Card),
    fact(Issue, "field", t("领域", "field"), Shape::Choice(Field::CHOICES), Card),
    fact(Issue, "class", t("拟定级", "proposed class"), Shape::Choice(Class::CHOICES), Card),
    fact(Issue, "confidential", t("保密", "confidential"), Shape::Yes, Card),
    fact(Issue, "done", t("当场怎么解决的", "what was done"), Shape::Text, Card),
    fact(Issue, "source", t("来源", "source"), Shape::Choice(choice::SOURCES), Card),
    fact(Issue, "received", t("收到日期", "received"), Shape::Day, Card),
    fact(Issue, "told_at", t("已当面告知", "told at"), Shape::At, Card),
];

/// Finds a fact by whose it is and its register key (`phone/138…` finds `phone/`).
pub fn find(sort: Sort, key: &str) -> Option<&'static Fact> {
    FACTS.iter().find(|fact| fact.holds(sort, key))
}

impl Fact {
    /// Tells whether a register is this fact's.
    pub(super) fn holds(&self, sort: Sort, key: &str) -> bool {
        self.sort == sort
            && match self.key.strip_suffix('/') {
                Some(_) => key.len() > self.key.len() && key.starts_with(self.key),
                None => self.key == key,
            }
    }

    /// Reads what a person typed for this fact, a time also as people say it: 明晚7点.
    pub fn parse_spoken(&self, said: &str, now_ms: i64) -> Result<Value, Trouble> {
        // An appointment lies ahead; whatever else has a time has happened.
        let side = if self.sort == Sort::Appointment { Side::Ahead } else { Side::Behind };
        match self.shape {
            Shape::At => self.parse(said).or_else(|trouble| {
                let how = t(
                    "时间写成 2021-05-18 19:30, 或 明晚7点半.",
                    "Write the time as 2021-05-18 19:30, or tomorrow 7pm.",
                );
                spoken::read(said, now_ms, side).map(Value::At).ok_or_else(|| trouble.hint(how))
            }),
            Shape::Day => self.parse(said).or_else(|trouble| {
                let how = t("日期写成 2021-05-18, 5-18 或 去年10月.", "Write the day as 2021-05-18, 5-18 or 2020-10.");
                spoken::since(said, now_ms).map(since_1970).map(Value::Day).ok_or_else(|| trouble.hint(how))
            }),
            _ => self.parse(said),
        }
    }

    /// Reads what a person wrote for this fact. Empty text empties the fact.
    pub fn parse(&self, said: &str) -> Result<Value, Trouble> {
        let said = said.trim();
        if said.is_empty() {
            return Ok(Value::Nothing);
        }
        let value = match self.shape {
            // A digit that was meant as a command must not become a head.
            Shape::Text => Some(Value::text(said)).filter(|_| !self.is_name() || said.chars().any(char::is_alphabetic)),
            Shape::Number(least, most) => number(said).filter(|n| (least..=most).contains(n)).map(Value::Number),
            Shape::Yes => match said {
                "yes" | "是" | "1" | "true" => Some(Value::Yes(true)),
                "no" | "否" | "0" | "false" => Some(Value::Yes(false)),
                _ => None,
            },
            Shape::Day => parse_day(said).map(Value::Day),
            Shape::At => chrono::DateTime::parse_from_rfc3339(said).ok().map(|at| Value::At(at.timestamp_millis())),
            Shape::Words => Some(Value::words(crate::hanzi::names::split(said))),
            Shape::Choice(list) => choice::find(list, said).map(|choice| Value::text(choice.word)),
            Shape::Entity => said.parse().ok().map(Value::Entity),
        };
        value.ok_or_else(|| self.refuse(said))
    }

    /// Tells whether it is what somebody is called.
    fn is_name(&self) -> bool {
        matches!((self.sort, self.key), (Sort::Household, "head") | (Sort::Member, "name"))
    }

    fn refuse(&self, said: &str) -> Trouble {
        let trouble = Trouble::new(
            "bad-value",
            t("{fact}: 看不懂 “{said}”.", "{fact}: “{said}” is not understood.")
                .with("said", said)
                .with_words("fact", self.name),
        )
        .about(self.key);
        match self.shape {
            Shape::Text => trouble.hint(t("姓名里要有字.", "A name has letters in it.")),
            Shape::Number(..) if self.key == "birth_year" => {
                trouble.hint(t("写四位的年份, 如 1960.", "Write the year in four digits, such as 1960."))
            }
            Shape::Number(least, most) => trouble.hint(
                t("请填 {least} 到 {most} 的数.", "A number from {least} to {most}, please.")
                    .with("least", least)
                    .with("most", most),
            ),
            Shape::Choice(list) => {
                let words = |pick: fn(&Choice) -> &'static str| list.iter().map(pick).collect::<Vec<_>>().join(" / ");
                trouble.hint(
                    t("可填: {zh}.", "One of: {en}.").with("zh", words(|c| c.name.zh)).with("en", words(|c| c.name.en)),
                )
            }
            Shape::Day => trouble.hint(t("日期写成 2021-05-18.", "Write the day as 2021-05-18.")),
            Shape::At => {
                trouble.hint(t("时间写成 2021-05-18T19:30:00+08:00.", "Write the time as 2021-05-18T19:30:00+08:00."))
            }
            Shape::Yes => trouble.hint(t("请填 是 或 否.", "Yes or no, please.")),
            Shape::Words | Shape::Entity => trouble,
        }
    }
}

/// Reads a number as people write it: 4人, 四口人, 1956年.
fn number(said: &str) -> Option<i64> {
    const UNITS: [&str; 6] = ["口人", "个人", "人", "口", "年生", "年"];
    if let Ok(number) = said.parse() {
        return Some(number);
    }
    let bare = UNITS.iter().find_map(|unit| said.strip_suffix(unit)).unwrap_or(said);
    crate::hanzi::forms::number(bare).map(i64::from)
}

fn parse_day(said: &str) -> Option<i32> {
    chrono::NaiveDate::parse_from_str(said, "%Y-%m-%d").ok().map(since_1970)
}

/// Counts the days since 1970, as a day is kept.
fn since_1970(day: chrono::NaiveDate) -> i32 {
    let days = day.signed_duration_since(chrono::NaiveDate::default()).num_days();
    i32::try_from(days).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_fact_stands_twice() {
        for (index, fact) in FACTS.iter().enumerate() {
            let later = FACTS.iter().skip(index + 1);
            assert!(later.clone().all(|other| (other.sort, other.key) != (fact.sort, fact.key)), "{}", fact.key);
        }
    }

    #[test]
    fn facts_are_read_as_people_write_them() {
        let kind = find(Household, "kind").unwrap();
        assert_eq!(kind.parse("个体工商户"), Ok(Value::text("self_employed")));
        assert_eq!(kind.parse("enterprise"), Ok(Value::text("enterprise")));
        assert_eq!(find(Household, "away_since").unwrap().parse("2021-05-18"), Ok(Value::Day(18_765)));
        let since = |said| find(Household, "away_since").unwrap().parse_spoken(said, 1_621_338_120_000);
        assert_eq!(since("5.18"), Ok(Value::Day(18_765)));
        assert_eq!(since("今年"), Ok(Value::Day(18_628)));
        assert!(since("很久了").unwrap_err().to_string().contains("去年10月"));
        assert_eq!(find(Household, "size").unwrap().parse("  "), Ok(Value::Nothing));
        for said in ["4", "4人", "四", "4口人", "四口", "４人"] {
            assert_eq!(find(Household, "size").unwrap().parse(said), Ok(Value::Number(4)), "{said}");
        }
        for said in ["1956", "1956年", "1956年生", "一九五六年"] {
            assert_eq!(find(Member, "birth_year").unwrap().parse(said), Ok(Value::Number(1956)), "{said}");
        }
        let head = find(Household, "head").unwrap();
        assert_eq!(head.parse("张守富"), Ok(Value::text("张守富")));
        assert_eq!(head.parse("6").unwrap_err().kind, "bad-value");
        assert_eq!(find(Household, "phone/13853301234").unwrap().parse("是"), Ok(Value::Yes(true)));
        assert!(find(Household, "phone/").is_none(), "a phone without digits is no phone");
    }

    #[test]
    fn what_is_not_understood_is_said_with_what_would_be() {
        let trouble = find(Household, "size").unwrap().parse("很多").unwrap_err();
        assert_eq!(trouble.to_string(), "家庭人口: 看不懂 “很多”. 请填 0 到 99 的数.");
        let trouble = find(Member, "birth_year").unwrap().parse("60").unwrap_err();
        assert_eq!(trouble.to_string(), "出生年: 看不懂 “60”. 写四位的年份, 如 1960.");
        let trouble = find(Household, "sex").unwrap().parse("x").unwrap_err();
        assert_eq!(trouble.to_string(), "性别: 看不懂 “x”. 可填: 男 / 女.");
    }
}
