//! Villages and groups with how many of their households are visited, for browsing and for who comes next.

use std::collections::BTreeMap;

use crate::app::{House, Progress};
use crate::domain::Word;
use crate::hanzi::forms;
use crate::text::Trouble;

/// One group of a village.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupCount {
    /// 镇(街道).
    pub town: String,
    /// 村(居).
    pub village: String,
    /// 组, as text; empty where it is not known.
    pub group: String,
    /// Households that count: those moved out or deceased without a visit are left out.
    pub households: usize,
    /// Those of them that are covered 不落一户.
    pub covered: usize,
}

impl House {
    /// Counts every group of every village, in order of town, village and number.
    pub fn group_counts(&self, progress: &Progress) -> Result<Vec<GroupCount>, Trouble> {
        self.shelf(|shelf, view| {
            let mut counts: BTreeMap<(Word, Word, u32, Word), (usize, usize)> = BTreeMap::new();
            progress.part(0, 100, shelf.households().len() as u64);
            for name in shelf.households() {
                progress.go(1)?;
                let Some(one) = shelf.household(*name, view)? else { continue };
                let covered = shelf.standing(*name).is_covered();
                if one.standing != "here" && !covered {
                    continue;
                }
                let number = forms::group(&one.group).unwrap_or(u32::MAX);
                let count = counts.entry((one.town, one.village, number, one.group)).or_default();
                count.0 += 1;
                count.1 += usize::from(covered);
            }
            let mut groups = Vec::with_capacity(counts.len());
            for ((town, village, _, group), (households, covered)) in counts {
                let [town, village, group] = [town, village, group].map(String::from);
                groups.push(GroupCount { town, village, group, households, covered });
            }
            Ok(groups)
        })
    }
}
