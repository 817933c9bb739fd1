//! The campaign file: TOML in, a [`Campaign`] and its warnings out.
//!
//! What cannot be understood stops the reading and names the line: a wrong deadline rule must not pass silently. A key
//! that nobody knows is only a warning: a newer program may have written it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate as Day;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use toml::de::{DeTable, DeValue};

use super::days::optional_day;
use super::{Campaign, QuotaUnit};
use crate::domain::deadlines::{DayOne, DeadlineRules};
use crate::domain::fields::Field;
use crate::text::{Said, Text, Trouble, t};

/// The campaign of the plan.
pub(super) const BUILT_IN: &str = include_str!("../data/campaign-yiyuan-2021.toml");

/// The keys that are read, table by table; the first row is the file itself.
const KEYS: [(&str, &[&str]); 11] = [
    (
        "",
        &[
            "name",
            "full_name",
            "unit",
            "report_to",
            "cloud_ledger",
            "year",
            "time_zone",
            "slogan",
            "satisfaction_survey",
            "internal_review",
            "phase",
            "quota",
            "visit",
            "deadline",
            "field",
            "task",
            "leading_group",
            "group",
            "person",
            "farm_season",
        ],
    ),
    ("phase", &["name", "from", "to"]),
    ("quota", &["supported_per_staff", "community_per_staff", "enterprises", "staff", "count"]),
    ("visit", &["minimum_minutes", "phone_reasons", "topics", "talk_counts"]),
    (
        "deadline",
        &[
            "plan",
            "general",
            "larger",
            "major",
            "long_term_plan",
            "explain",
            "return_within",
            "unreachable_after",
            "day_one",
            "stock_due",
        ],
    ),
    ("field", &["digit", "name"]),
    ("task", &["number", "text", "deadline", "on", "from", "month_ends", "lead", "unit", "persons"]),
    ("leading_group", &["leader", "deputies", "members", "office_lead", "office_deputy"]),
    ("group", &["number", "leader", "deputies", "members"]),
    ("person", &["name", "post"]),
    ("farm_season", &["name", "from", "to"]),
];

impl Campaign {
    /// Reads a campaign file. The second part warns of what was passed over or looks wrong.
    ///
    /// # Errors
    /// `campaign-unreadable` names the line; `campaign-wrong` names the entry that makes no sense.
    pub fn read(text: &str) -> Result<(Self, Vec<Said>), Trouble> {
        let text = text.trim_start_matches('\u{feff}');
        let campaign: Self = toml::from_str(text).map_err(|error| unreadable(text, &error))?;
        campaign.check()?;
        let mut warnings = unknown_keys(text);
        warnings.extend(campaign.doubts());
        Ok((campaign, warnings))
    }

    fn check(&self) -> Result<(), Trouble> {
        let backward = self.phases.iter().find(|phase| phase.from > phase.to);
        if let Some(phase) = backward {
            return Err(wrong(
                t("阶段 {name} 的结束日早于开始日.", "Phase {name} ends before it begins.").with("name", &phase.name),
            ));
        }
        let mut numbers = BTreeSet::new();
        if let Some(group) = self.groups.iter().find(|group| !numbers.insert(group.number)) {
            return Err(wrong(
                t("有两个第 {number} 组.", "There are two groups {number}.").with("number", group.number),
            ));
        }
        if self.visit.minimum_minutes == 0 {
            return Err(wrong(t("minimum_minutes 不能是 0.", "minimum_minutes cannot be 0.").into()));
        }
        Ok(())
    }

    fn doubts(&self) -> Vec<Said> {
        let zone = (self.time_zone != super::shanghai()).then(|| {
            t("时区 {zone} 没有采用, 按北京时间.", "The time zone {zone} is not used, days are Beijing's.")
                .with("zone", &self.time_zone)
        });
        let mut seen = BTreeSet::new();
        let twice = self
            .groups
            .iter()
            .flat_map(super::Group::people)
            .filter(move |name| !seen.insert(*name))
            .map(|name| t("{name} 在小组里出现两次.", "{name} is in the groups twice.").with("name", name));
        zone.into_iter().chain(twice).collect()
    }
}

fn wrong(said: Said) -> Trouble {
    let said =
        Said::from(t("活动文件不合理: {what} 没有采用.", "The campaign file makes no sense: {what} It was not taken."))
            .with_words("what", said);
    Trouble::new("campaign-wrong", said).hint(t("改好后再导入.", "Mend it and import it again."))
}

fn unreadable(text: &str, error: &toml::de::Error) -> Trouble {
    let line = error.span().map_or(1, |span| line_of(text, span.start));
    let said = t(
        "活动文件第 {line} 行看不懂: {what}. 没有采用, 原来的活动不变.",
        "Line {line} of the campaign file is not understood: {what}. It was not taken, the campaign is as before.",
    )
    .with("line", line)
    .with_words("what", in_words(error.message()));
    Trouble::new("campaign-unreadable", said)
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// What the reader of the file says, and how we say it; `{x}` is what stands after the beginning.
const MESSAGES: [(&str, Text); 7] = [
    ("missing field ", t("缺 {x}", "{x} is missing")),
    ("duplicate key", t("同一个键写了两次", "a key stands twice")),
    ("not a day: ", t("{x} 不是日期, 应写成 2021-05-31", "{x} is not a day such as 2021-05-31")),
    ("not a month: ", t("{x} 不是月份, 应写成 2021-06", "{x} is not a month such as 2021-06")),
    ("not a month and day: ", t("{x} 不是月和日, 应写成 06-01", "{x} is not a month and a day such as 06-01")),
    ("unknown word: ", t("不认识 {x}", "{x} is not known")),
    (
        "task without a day: ",
        t("第 {x} 项任务没有 deadline, on 或 month_ends", "task {x} has no deadline, on or month_ends"),
    ),
];

fn in_words(message: &str) -> Said {
    let known = MESSAGES.iter().find_map(|(start, text)| Some((text, message.strip_prefix(start)?)));
    match known {
        Some((text, rest)) => text.with("x", rest.trim_matches('`')),
        None => t("{x}", "{x}").with("x", message.replace('\n', " ")),
    }
}

fn unknown_keys(text: &str) -> Vec<Said> {
    let Ok(root) = DeTable::parse(text) else { return Vec::new() };
    let mut unknown = Vec::new();
    let mut look = |name: &str, table: &DeTable<'_>| {
        let known = KEYS.iter().find(|(of, _)| *of == name).map_or(&[][..], |(_, keys)| *keys);
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            unknown.push(
                t(
                    "活动文件第 {line} 行: 不认识 {key}, 已略过.",
                    "Line {line} of the campaign file: {key} is not known and was passed over.",
                )
                .with("line", line_of(text, key.span().start))
                .with("key", key.get_ref()),
            );
        }
    };
    look("", root.get_ref());
    for (key, value) in root.get_ref() {
        let name: &str = key.get_ref().as_ref();
        if !KEYS.iter().any(|(of, _)| *of == name) {
            continue;
        }
        match value.get_ref() {
            DeValue::Table(table) => look(name, table),
            DeValue::Array(rows) => {
                rows.iter().filter_map(|row| row.get_ref().as_table()).for_each(|row| look(name, row));
            }
            _ => {}
        }
    }
    unknown
}

// What follows reads single values.

pub(super) fn quota_unit<'de, D: Deserializer<'de>>(from: D) -> Result<QuotaUnit, D::Error> {
    let word = String::deserialize(from)?;
    QuotaUnit::from_word(&word).ok_or_else(|| D::Error::custom(format!("unknown word: {word}")))
}

pub(super) fn field_names<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<Field, String>, D::Error> {
    #[derive(Deserialize)]
    struct Row {
        digit: u32,
        name: String,
    }
    let rows = Vec::<Row>::deserialize(from)?;
    let named = |row: Row| {
        let field = char::from_digit(row.digit, 10).and_then(Field::from_digit);
        Ok((field.ok_or_else(|| D::Error::custom(format!("unknown word: digit {}", row.digit)))?, row.name))
    };
    rows.into_iter().map(named).collect()
}

pub(super) fn deadline_rules<'de, D: Deserializer<'de>>(from: D) -> Result<DeadlineRules, D::Error> {
    #[derive(Deserialize)]
    struct Rules {
        plan: Option<u32>,
        general: Option<u32>,
        larger: Option<u32>,
        major: Option<u32>,
        long_term_plan: Option<u32>,
        explain: Option<u32>,
        return_within: Option<u32>,
        unreachable_after: Option<u32>,
        day_one: Option<String>,
        #[serde(default, deserialize_with = "optional_day")]
        stock_due: Option<Day>,
    }
    let rules = Rules::deserialize(from)?;
    let usual = DeadlineRules::default();
    let day_one = match rules.day_one {
        Some(word) => DayOne::from_word(&word).ok_or_else(|| D::Error::custom(format!("unknown word: {word}")))?,
        None => usual.day_one,
    };
    Ok(DeadlineRules {
        plan: rules.plan.unwrap_or(usual.plan),
        general: rules.general.unwrap_or(usual.general),
        larger: rules.larger.unwrap_or(usual.larger),
        major: rules.major.unwrap_or(usual.major),
        long_term_plan: rules.long_term_plan.unwrap_or(usual.long_term_plan),
        explain: rules.explain.unwrap_or(usual.explain),
        return_within: rules.return_within.unwrap_or(usual.return_within),
        unreachable_after: rules.unreachable_after.unwrap_or(usual.unreachable_after),
        day_one,
        stock_due: rules.stock_due,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::local::read_day;
    use crate::text::Lang::{En, Zh};

    const SMALL: &str = "name = '走访'\nunit = '局'\nyear = 2022\n";

    fn refused(more: &str) -> String {
        let trouble = Campaign::read(&format!("{SMALL}{more}")).unwrap_err();
        assert!(!trouble.say(En).contains('{'), "{trouble}");
        trouble.say(Zh)
    }

    #[test]
    fn the_default_campaign_is_read_without_a_warning() {
        assert_eq!(Campaign::read(BUILT_IN).unwrap().1, []);
    }

    #[test]
    fn a_small_file_has_the_plans_rules() {
        let (small, warnings) = Campaign::read(SMALL).unwrap();
        assert!(warnings.is_empty());
        assert_eq!((small.deadline, small.visit.minimum_minutes), (DeadlineRules::default(), 15));
        assert_eq!(small.quota().enterprises, 2);
        let (other, warnings) =
            Campaign::read(&format!("{SMALL}[deadline]\ngeneral = 15\nreturn_within = 3\nday_one = 'same day'"))
                .unwrap();
        assert!(warnings.is_empty());
        assert_eq!((other.deadline.general, other.deadline.day_one, other.deadline.plan), (15, DayOne::SameDay, 5));
    }

    #[test]
    fn what_is_not_understood_is_named_by_its_line() {
        for (more, line, what) in [
            ("[[phase]]\nname = 'a'\nfrom = '2022-05-01'\nto = '2022-02-30'", 7, "2022-02-30 不是日期"),
            ("[[phase]]\nname = 'a'\nfrom = '2022-05-01'", 4, "缺 to"),
            ("[[phase]]\nname = 'a'\nname = 'b'", 6, "同一个键写了两次"),
            ("[quota]\nstaff = 'viele'", 5, "invalid type"),
            ("[quota]\ncount = 'heads'", 5, "不认识 heads"),
            ("[deadline]\nday_one = 'tomorrow'", 4, "不认识 tomorrow"),
            ("[[farm_season]]\nname = 'a'\nfrom = '6月'\nto = '06-20'", 6, "6月 不是月和日"),
            ("[[task]]\nnumber = 3\ntext = 'a'", 4, "第 3 项任务没有 deadline"),
            ("[[task]]\nnumber = 3\ntext = 'a'\nmonth_ends = ['2022-13']", 4, "2022-13 不是月份"),
            ("[[field]]\ndigit = 8\nname = 'a'", 4, "不认识 digit 8"),
            ("phase = [", 4, ""),
        ] {
            let said = refused(more);
            assert!(said.contains(&format!("第 {line} 行")) && said.contains(what), "{more}\n{said}");
        }
        assert!(Campaign::read("name = 'a'").unwrap_err().say(Zh).contains("缺 unit"));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        assert!(refused("[[phase]]\nname = 'a'\nfrom = '2022-05-02'\nto = '2022-05-01'").contains("早于"));
        assert!(
            refused("[[group]]\nnumber = 1\nleader = 'a'\n[[group]]\nnumber = 1\nleader = 'b'").contains("两个第 1 组")
        );
        assert!(refused("[visit]\nminimum_minutes = 0").contains("minimum_minutes"));
    }

    #[test]
    fn keys_nobody_knows_and_doubtful_words_are_warnings() {
        let text = format!(
            "\u{feff}{SMALL}time_zone = 'Europe/Berlin'\ncolour = 'red'\n[quota]\nbonus = 3\n[[group]]\nnumber = 1\nleader = 'a'\n\
             members = ['a']\nflag = true\n[moon]\nphase = 'full'\n"
        );
        let said: Vec<String> = Campaign::read(&text).unwrap().1.iter().map(|warning| warning.say(Zh)).collect();
        let all = said.join("\n");
        for part in [
            "第 5 行: 不认识 colour",
            "第 7 行: 不认识 bonus",
            "第 12 行: 不认识 flag",
            "不认识 moon",
            "Europe/Berlin",
            "a 在小组里出现两次",
        ] {
            assert!(all.contains(part), "{part} is not in\n{all}");
        }
        assert_eq!(said.len(), 6);
    }

    #[test]
    fn a_date_may_be_written_as_toml_has_it() {
        let (read, warnings) =
            Campaign::read(&format!("{SMALL}satisfaction_survey = 2022-11-10\ninternal_review = '2022/11/1'")).unwrap();
        assert!(warnings.is_empty());
        assert_eq!((read.satisfaction_survey, read.internal_review), (read_day("2022-11-10"), read_day("2022-11-01")));
    }
}
