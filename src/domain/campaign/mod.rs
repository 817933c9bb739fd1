//! The campaign 活动: everything that differs from county to county and year to year, as data.
//!
//! The campaign that ships with the program reproduces the plan; another office edits the file. Numbers that people
//! must trust are computed from it here and nowhere else.

mod days;
mod file;
mod identity;
mod quota;
mod schedule;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::NaiveDate as Day;
use serde::Deserialize;

use super::deadlines::DeadlineRules;
use super::fields::Field;
use crate::text::Said;
pub use quota::{Quota, QuotaRules, QuotaUnit};
pub use schedule::{FarmSeason, Phase, Task, TaskDue};

/// One campaign.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Campaign {
    /// Its name, as screens show it.
    pub name: String,
    /// Its full name, as documents head it.
    #[serde(default)]
    pub full_name: String,
    /// The bureau that carries it out.
    pub unit: String,
    /// The office it reports to.
    #[serde(default)]
    pub report_to: String,
    /// The city's ledger that visits are uploaded to.
    #[serde(default)]
    pub cloud_ledger: String,
    /// Its year.
    pub year: i32,
    /// Always `Asia/Shanghai`; another zone is warned of.
    #[serde(default = "shanghai")]
    pub time_zone: String,
    /// The principle it follows.
    #[serde(default)]
    pub slogan: String,
    /// The day of the province's satisfaction survey, once it is known (plan 二(四)1).
    #[serde(default, deserialize_with = "days::optional_day")]
    pub satisfaction_survey: Option<Day>,
    /// The day of the internal review before the third party's, once it is known (plan 二(五)1).
    #[serde(default, deserialize_with = "days::optional_day")]
    pub internal_review: Option<Day>,
    /// Its phases, in the order of the file.
    #[serde(default, rename = "phase")]
    pub phases: Vec<Phase>,
    /// How many households are to be visited.
    #[serde(default)]
    pub quota: QuotaRules,
    /// When a visit counts.
    #[serde(default)]
    pub visit: VisitRules,
    /// When issues are due.
    #[serde(default, deserialize_with = "file::deadline_rules")]
    pub deadline: DeadlineRules,
    /// Its names for the fields.
    #[serde(default, rename = "field", deserialize_with = "file::field_names")]
    pub fields: BTreeMap<Field, String>,
    /// Its task table.
    #[serde(default, rename = "task")]
    pub tasks: Vec<Task>,
    /// The leading group.
    #[serde(default)]
    pub leading_group: LeadingGroup,
    /// The work groups that visit.
    #[serde(default, rename = "group")]
    pub groups: Vec<Group>,
    /// Posts of persons.
    #[serde(default, rename = "person")]
    pub persons: Vec<Person>,
    /// Busy farming, when visits disturb.
    #[serde(default, rename = "farm_season")]
    pub farm_seasons: Vec<FarmSeason>,
}

fn shanghai() -> String {
    "Asia/Shanghai".to_owned()
}

/// When a visit counts toward coverage (plan 二(二)2 and 二(二)3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct VisitRules {
    /// Least counted minutes of a first visit (plan 二(二)3(1)).
    pub minimum_minutes: u32,
    /// Reasons for which a phone visit counts (plan 二(二)3(1)).
    pub phone_reasons: Vec<String>,
    /// Policy topics beside the fields (plan 二(二)2(1)).
    pub topics: Vec<String>,
    /// Whether an evening talk counts for the households present; our setting.
    pub talk_counts: bool,
}

impl Default for VisitRules {
    fn default() -> Self {
        Self { minimum_minutes: 15, phone_reasons: Vec::new(), topics: Vec::new(), talk_counts: true }
    }
}

impl VisitRules {
    /// Gives the minimum in milliseconds, as the timer counts.
    pub fn minimum_ms(&self) -> u64 {
        u64::from(self.minimum_minutes) * 60_000
    }
}

/// The leading group 领导小组 and its office (plan 三(一)).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct LeadingGroup {
    /// 组长.
    pub leader: String,
    /// 副组长.
    pub deputies: Vec<String>,
    /// 成员.
    pub members: Vec<String>,
    /// 办公室主任.
    pub office_lead: String,
    /// 办公室副主任.
    pub office_deputy: String,
}

/// One work group 走访小组.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Group {
    /// Its number, 1 for 一组.
    pub number: u32,
    /// 组长.
    pub leader: String,
    /// 副组长.
    #[serde(default)]
    pub deputies: Vec<String>,
    /// 成员.
    #[serde(default)]
    pub members: Vec<String>,
}

impl Group {
    /// Lists everyone in it: the leader, the deputies, the members.
    pub fn people(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.leader).chain(&self.deputies).chain(&self.members).map(String::as_str)
    }
}

/// A person with a post.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Post and unit, in one line as the plan gives it.
    #[serde(default)]
    pub post: String,
}

impl Campaign {
    /// Gives the campaign of the plan, which ships with the program.
    ///
    /// # Panics
    /// Never: the file is part of the program, and a test reads it.
    #[expect(clippy::expect_used, reason = "the file is part of the program and a test reads it")]
    pub fn built_in() -> &'static Self {
        static BUILT_IN: OnceLock<Campaign> = OnceLock::new();
        BUILT_IN.get_or_init(|| Self::read(file::BUILT_IN).expect("the built-in campaign is readable").0)
    }

    /// Lists everyone named in the leading group and the work groups, each once, in the order of the plan.
    pub fn people(&self) -> Vec<&str> {
        let lead = &self.leading_group;
        let leading = std::iter::once(&lead.leader).chain(&lead.deputies).chain(&lead.members).map(String::as_str);
        let mut people: Vec<&str> = Vec::new();
        for name in leading.chain(self.groups.iter().flat_map(Group::people)) {
            if !name.is_empty() && !people.contains(&name) {
                people.push(name);
            }
        }
        people
    }

    /// Finds the work group a person is in.
    pub fn group_of(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.people().any(|one| one == name))
    }

    /// Finds a person's post.
    pub fn post(&self, name: &str) -> Option<&str> {
        self.persons.iter().find(|person| person.name == name).map(|person| person.post.as_str())
    }

    /// Gives the campaign's name of a field; where it is the plan's, in both languages.
    pub fn field_name(&self, field: Field) -> Said {
        match self.fields.get(&field) {
            Some(name) if name != field.name().zh => crate::text::t("{name}", "{name}").with("name", name),
            _ => field.name().into(),
        }
    }

    /// Gives the phases that a day falls in; preparation and visits share May.
    pub fn phases_on(&self, day: Day) -> impl Iterator<Item = &Phase> {
        self.phases.iter().filter(move |phase| (phase.from..=phase.to).contains(&day))
    }

    /// Gives the busy farming season of a day, if it is in one (plan 二(二)3(3): 入户走访尽量避开农忙时节).
    pub fn farm_season(&self, day: Day) -> Option<&FarmSeason> {
        self.farm_seasons.iter().find(|season| season.covers(day))
    }

    /// Gives how many households are to be visited by the campaign's own staff count.
    pub fn quota(&self) -> Quota {
        self.quota.of(self.quota.staff)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deadlines::DayOne;
    use crate::domain::local::read_day;
    use crate::text::Lang;

    fn day(text: &str) -> Day {
        read_day(text).unwrap()
    }

    #[test]
    fn the_default_campaign_has_the_five_phases_of_the_plan() {
        let spans: Vec<(&str, Day, Day)> =
            Campaign::built_in().phases.iter().map(|phase| (phase.name.as_str(), phase.from, phase.to)).collect();
        assert_eq!(
            spans,
            [
                ("前期工作", day("2021-05-01"), day("2021-05-31")),
                ("集中走访", day("2021-05-01"), day("2021-05-31")),
                ("集中整改", day("2021-06-01"), day("2021-09-30")),
                ("整改“回头看”", day("2021-10-01"), day("2021-11-30")),
                ("总结评估", day("2021-12-01"), day("2021-12-31")),
            ]
        );
        let names =
            |text| Campaign::built_in().phases_on(day(text)).map(|phase| phase.name.as_str()).collect::<Vec<_>>();
        assert_eq!(names("2021-05-18"), ["前期工作", "集中走访"]);
        assert_eq!(names("2021-09-30"), ["集中整改"]);
        assert!(names("2022-01-01").is_empty());
    }

    #[test]
    fn four_groups_of_ten_ten_ten_and_seven_and_forty_people_in_all() {
        let campaign = Campaign::built_in();
        let sizes: Vec<usize> = campaign.groups.iter().map(|group| group.people().count()).collect();
        assert_eq!(sizes, [10, 10, 10, 7]);
        assert_eq!(campaign.people().len(), 40);
        let leaders: Vec<&str> = campaign.groups.iter().map(|group| group.leader.as_str()).collect();
        assert_eq!(leaders, ["陈明", "李代祥", "任冬菊", "李光军"]);
        assert_eq!(campaign.group_of("綦腾飞").map(|group| group.number), Some(2));
        assert_eq!(campaign.group_of("刘水"), None);
        assert_eq!(campaign.post("陈玲"), Some("县文化和旅游局党建办公室主持工作"));
        let lead = &campaign.leading_group;
        assert_eq!((lead.leader.as_str(), lead.deputies.len(), lead.members.len()), ("刘水", 4, 12));
        assert_eq!((lead.office_lead.as_str(), lead.office_deputy.as_str()), ("李光军", "陈玲"));
    }

    #[test]
    fn the_rules_are_those_of_the_plan() {
        let campaign = Campaign::built_in();
        assert_eq!(campaign.visit.minimum_minutes, 15);
        assert_eq!(campaign.visit.minimum_ms(), 900_000);
        assert!(campaign.visit.talk_counts && campaign.visit.phone_reasons.iter().any(|why| why == "长期在外"));
        let expected = DeadlineRules { stock_due: Some(day("2021-05-31")), ..DeadlineRules::default() };
        assert_eq!(campaign.deadline, expected);
        let rules = campaign.deadline;
        assert_eq!((rules.plan, rules.general, rules.larger, rules.major), (5, 10, 20, 45));
        assert_eq!((rules.long_term_plan, rules.explain, rules.day_one), (10, 1, DayOne::NextWorkingDay));
        assert_eq!((campaign.year, campaign.unit.as_str()), (2021, "沂源县文化和旅游局"));
    }

    #[test]
    fn the_six_fields_have_the_names_of_the_plan_and_another_office_may_rename_them() {
        let campaign = Campaign::built_in();
        assert_eq!(campaign.fields.len(), 6);
        for &field in Field::ALL {
            assert_eq!(campaign.field_name(field), field.name().into());
        }
        let (renamed, _) = Campaign::read("name='a'\nunit='b'\nyear=2022\n[[field]]\ndigit=6\nname='体育'").unwrap();
        assert_eq!(renamed.field_name(Field::Culture).say(Lang::En), "体育");
    }

    #[test]
    fn harvest_is_busy_farming() {
        let season = |text| Campaign::built_in().farm_season(day(text)).map(|season| season.name.as_str());
        assert_eq!(season("2021-06-05"), Some("三夏（麦收）"));
        assert_eq!(season("2024-10-20"), Some("三秋"));
        assert_eq!(season("2021-05-31"), None);
    }
}
