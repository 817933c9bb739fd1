//! Quotas: how many households the plan asks for, from the number of staff (plan 二(二)1, `domain.md` 6).

use serde::Deserialize;

use super::super::coded::coded;

coded! {
    /// What 8 times the staff counts; the plan says 群众.
    pub enum QuotaUnit {
        /// 户.
        Households = "households", "按户", "households";
        /// 人.
        Persons = "persons", "按人", "persons";
    }
}

/// The factors of the quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct QuotaRules {
    /// 结对帮扶村群众 for each of the staff, at least.
    pub supported_per_staff: u32,
    /// "双报到"社区群众 and 个体工商户 together for each of the staff, at least.
    pub community_per_staff: u32,
    /// Enterprises in all, at least.
    pub enterprises: u32,
    /// The staff count; the plan names 40 people and gives no total, so the office enters its own.
    pub staff: u32,
    /// What is counted.
    #[serde(deserialize_with = "super::file::quota_unit")]
    pub count: QuotaUnit,
}

impl Default for QuotaRules {
    /// Gives the plan's factors with no staff.
    fn default() -> Self {
        Self { supported_per_staff: 8, community_per_staff: 3, enterprises: 2, staff: 0, count: QuotaUnit::Households }
    }
}

/// How many are to be visited at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// 结对帮扶村群众.
    pub supported: u32,
    /// 社区群众 and 个体工商户 together.
    pub community: u32,
    /// 企业.
    pub enterprises: u32,
}

impl QuotaRules {
    /// Gives the quota of a number of staff, as for one group or for all.
    pub fn of(&self, staff: u32) -> Quota {
        Quota {
            supported: staff.saturating_mul(self.supported_per_staff),
            community: staff.saturating_mul(self.community_per_staff),
            enterprises: self.enterprises,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Campaign;
    use super::*;

    #[test]
    fn forty_people_visit_320_supported_120_community_and_2_enterprises() {
        let rules = Campaign::built_in().quota;
        assert_eq!((rules.supported_per_staff, rules.community_per_staff, rules.enterprises), (8, 3, 2));
        assert_eq!(rules.count, QuotaUnit::Households);
        assert_eq!(Campaign::built_in().quota(), Quota { supported: 320, community: 120, enterprises: 2 });
        assert_eq!(rules.of(7), Quota { supported: 56, community: 21, enterprises: 2 });
        assert_eq!(rules.of(u32::MAX).supported, u32::MAX);
    }
}
