//! The line below the entry line: what Enter would record, and when it would be due, while one types.

use chrono::NaiveDate as Day;

use super::{Astray, Entry, IssueLine, Signs, suggest};
use crate::domain::class::{Class, Kind};
use crate::domain::deadlines::DeadlineRules;
use crate::domain::workdays::Calendar;
use crate::hanzi::forms;
use crate::text::{Said, Text, t};

/// How much is said where there is little room. What goes first is known without it; the days never go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Length {
    /// With 保密 as its sign, `*`.
    Signed,
    /// Without the field, which was chosen and stands in the strip or before the sentence.
    Unfielded,
    /// With the days in figures, `5-25`.
    Brief,
    /// Without the word that the class is only proposed.
    Graded,
    /// Without a word on a year whose holidays are not known.
    Days,
    /// Everything.
    Whole,
}

impl Length {
    /// All of them, the longest first.
    pub const ALL: [Self; 6] = [Self::Whole, Self::Days, Self::Graded, Self::Brief, Self::Unfielded, Self::Signed];
}

/// Says what an entry would become if recorded today: `文体生活 较大 拟  方案 5月25日前  回复 6月16日前`.
pub fn preview(entry: &Entry, length: Length, today: Day, calendar: &Calendar, rules: &DeadlineRules) -> Said {
    let title = |signs| title(signs, length);
    let said = match entry {
        Entry::Note(_) if entry.astray().is_some() => t("备注", "note").into(),
        Entry::Issue(issue) if entry.astray().is_some() => title(issue.signs()),
        Entry::Empty => empty(),
        Entry::Note(text) => note(text),
        Entry::Issue(issue) => joined(title(issue.signs()), due(issue, length, today, calendar, rules)),
        Entry::Unfinished(signs) => joined(title(*signs), t("空一格接着写", "type a blank, then the text").into()),
        Entry::Clash { first, second, .. } => t("{first} 和 {second} 只能留一个", "keep either {first} or {second}")
            .with("first", first.word())
            .with("second", second.word()),
        Entry::Unfielded(_) => t("选领域: 1-6, 其他 0", "choose a field: 1-6, 0 for other").into(),
    };
    let missed = |prefix| {
        t("记号要连着前面的领域数字, 如 {prefix} …", "marks follow the digit of the field: {prefix} …")
            .with("prefix", prefix)
    };
    let lacks_blank = |prefix: &str| {
        let is_typed = |text: &String| text.chars().map(forms::half).collect::<String>().starts_with(prefix);
        matches!(entry, Entry::Note(text) if is_typed(text))
    };
    match entry.astray() {
        Some(Astray::Marks(prefix)) if lacks_blank(&prefix) => {
            joined(said, t("{prefix} 后面要空一格", "a blank has to follow {prefix}").with("prefix", prefix))
        }
        Some(Astray::Marks(prefix)) => joined(said, missed(prefix)),
        Some(Astray::NoField(digit)) => {
            let words = t("{digit} 没有这一类: 领域是 1 到 6, 其他 0", "no field {digit}: 1 to 6, 0 for other");
            joined(said, words.with("digit", digit))
        }
        Some(Astray::NoBlank(field)) => {
            let words = t("要归{field}: {digit} 后面空一格", "for {field} a blank has to follow {digit}");
            joined(said, words.with("digit", field.digit()).with_words("field", field.name()))
        }
        None => said,
    }
}

fn note(text: &str) -> Said {
    match suggest(text) {
        Some((field, _)) => t("备注    Tab 归类: {digit}{field}?", "note    Tab to sort: {digit} {field}?")
            .with("digit", field.digit())
            .with_words("field", field.name()),
        None => t("备注    Tab 归类", "note    Tab to sort").into(),
    }
}

/// Field, class or kind, and 保密. 拟: the visitor only proposes.
fn title(signs: Signs, length: Length) -> Said {
    let graded = match (signs.kind(), signs.class()) {
        (Kind::Suggestion, _) => Kind::Suggestion.name().into(),
        (_, Class::OnSite) => Class::OnSite.name().into(),
        (_, class) if length <= Length::Graded => class.name().into(),
        (_, class) => Said::from(t("{class} 拟", "{class} (proposed)")).with_words("class", class.name()),
    };
    let hidden = match (signs.confidential, length) {
        (false, _) => t("", ""),
        (true, Length::Signed) => t("*", "*"),
        (true, _) => t(" 保密", " confidential"),
    };
    let words = if length <= Length::Unfielded {
        t("{graded}{hidden}", "{graded}{hidden}")
    } else {
        t("{field} {graded}{hidden}", "{field} {graded}{hidden}")
    };
    Said::from(words).with_words("field", signs.field.name()).with_words("graded", graded).with_words("hidden", hidden)
}

fn due(issue: &IssueLine, length: Length, today: Day, calendar: &Calendar, rules: &DeadlineRules) -> Said {
    if issue.kind == Kind::Suggestion {
        return t("不设时限, 采纳与否都答复本人", "no deadline, its author is answered").into();
    }
    if issue.on_site() {
        return t("接着问怎么解决的", "next: what was done").into();
    }
    let dues = rules.of_issue(issue.kind, issue.class, today, calendar);
    let unknown: Option<Text> = dues
        .iter()
        .any(|due| !due.known && length == Length::Whole)
        .then_some(t("(跨年放假安排还没有, 按周一至周五)", "(holidays not known yet, Monday to Friday)"));
    let is_brief = length <= Length::Brief;
    let days = dues.iter().map(|due| if is_brief { due.said_briefly(today) } else { due.said(today) });
    days.chain(unknown.map(Said::from)).reduce(joined).unwrap_or_else(empty)
}

fn joined(left: Said, right: Said) -> Said {
    Said::from(t("{left}  {right}", "{left}  {right}")).with_words("left", left).with_words("right", right)
}

fn empty() -> Said {
    t("", "").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entry::{Strip, parse};
    use crate::domain::local::read_day;
    use crate::text::Lang::{self, En, Zh};

    fn shown(line: &str, today: &str, lang: Lang) -> String {
        let rules = DeadlineRules::default();
        preview(&parse(line), Length::Whole, read_day(today).unwrap(), Calendar::built_in(), &rules).say(lang)
    }

    #[test]
    fn an_issue_shows_its_field_class_and_days_before_it_is_recorded() {
        let today = "2021-05-18";
        assert_eq!(shown("6+ 文化大院晚上不开门", today, Zh), "文体生活 较大 拟  方案 5月25日前  回复 6月16日前");
        assert_eq!(
            shown("６＋　文化大院晚上不开门", today, En),
            "culture larger (proposed)  plan by 25 May  answer by 16 Jun"
        );
        assert_eq!(shown("4~* 机井", today, Zh), "农业农村 长期 拟 保密  长期方案 6月1日前");
        assert_eq!(shown("5! 吵架", today, Zh), "社会治理 现场解决  接着问怎么解决的");
        assert_eq!(shown("6? 戏台", today, Zh), "文体生活 建议  不设时限, 采纳与否都答复本人");
    }

    #[test]
    fn what_is_not_an_issue_yet_says_what_to_do() {
        let today = "2021-05-18";
        assert_eq!(shown("文化大院晚上不开门", today, Zh), "备注    Tab 归类: 6文体生活?");
        assert_eq!(shown("昨天来过", today, Zh), "备注    Tab 归类");
        assert_eq!(shown("4+机井坏了", today, Zh), "备注  4+ 后面要空一格");
        assert_eq!(shown("* 低保评得不公", today, Zh), "备注  记号要连着前面的领域数字, 如 5* …");
        assert_eq!(shown("4 + 修路", today, Zh), "农业农村 一般 拟  记号要连着前面的领域数字, 如 4+ …");
        assert_eq!(shown("8 校车只到村口", today, Zh), "备注  8 没有这一类: 领域是 1 到 6, 其他 0");
        assert_eq!(shown("4、井坏了", today, Zh), "备注  要归农业农村: 4 后面空一格");
        assert_eq!(shown("4.井坏了", today, En), "note  for farming a blank has to follow 4");
        assert_eq!(shown("6+", today, Zh), "文体生活 较大 拟  空一格接着写");
        assert_eq!(shown("6+~ 路", today, Zh), "+ 和 ~ 只能留一个");
        assert_eq!(shown("", today, Zh), "");
        let unsorted = Strip::open("昨天来过").entry();
        let rules = DeadlineRules::default();
        let said = preview(&unsorted, Length::Whole, read_day(today).unwrap(), Calendar::built_in(), &rules);
        assert_eq!(said.say(Zh), "选领域: 1-6, 其他 0");
    }

    #[test]
    fn where_there_is_little_room_the_days_stay_and_what_is_known_goes() {
        let (rules, today) = (DeadlineRules::default(), read_day("2026-11-29").unwrap());
        let said = Length::ALL
            .map(|length| preview(&parse("4++* 机井坏了"), length, today, Calendar::built_in(), &rules).say(Zh));
        let days = "  方案 12月4日前  回复 2027年1月29日前";
        assert_eq!(
            said,
            [
                format!("农业农村 重大 拟 保密{days}  (跨年放假安排还没有, 按周一至周五)"),
                format!("农业农村 重大 拟 保密{days}"),
                format!("农业农村 重大 保密{days}"),
                "农业农村 重大 保密  方案 12-4  回复 2027-1-29".to_owned(),
                "重大 保密  方案 12-4  回复 2027-1-29".to_owned(),
                "重大*  方案 12-4  回复 2027-1-29".to_owned(),
            ]
        );
        // At 40 columns `culture major (proposed) confidenti~` stood there, and no day.
        let today = read_day("2021-05-18").unwrap();
        let said = preview(&parse("6++* 没有广场"), Length::Signed, today, Calendar::built_in(), &rules).say(En);
        assert!(said.starts_with("major*  plan ") && said.contains("  answer ") && said.len() <= 36, "{said}");
    }

    #[test]
    fn a_day_in_a_year_without_holidays_says_so() {
        assert_eq!(
            shown("6 路", "2026-12-28", Zh),
            "文体生活 一般 拟  方案 2027年1月4日前  回复 2027年1月11日前  (跨年放假安排还没有, 按周一至周五)"
        );
    }
}
