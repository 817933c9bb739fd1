//! Which households a merge changes, before it and after it: those that people then disagree about first, then those that are
//! known and change, then new ones. Named as the lookup names them, and only the first of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::House;
use crate::app::house::face::{head, no_head, whereabouts};
use crate::domain::{Household, Name, household};
use crate::hanzi::clean;
use crate::log::Ranges;
use crate::text::{Said, Trouble, t};

/// Households that are named at most: nobody reads more of them before a merge.
pub const NAMED: usize = 500;

/// What a merge does to one household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// So many disagreements come up.
    Disputed(usize),
    /// Somebody said that it and another one are one family.
    Joined,
    /// It is known, and something of it changes or is added.
    Changed,
    /// It is not known here.
    New,
}

impl How {
    /// Gives its place among the others: the worst first.
    pub(in crate::app) const fn rank(self) -> usize {
        match self {
            Self::Disputed(_) => 0,
            Self::Joined => 1,
            Self::Changed => 2,
            Self::New => 3,
        }
    }

    /// Gives the word for scripts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Disputed(_) => "disputed",
            Self::Joined => "joined",
            Self::Changed => "changed",
            Self::New => "new",
        }
    }

    /// Says it.
    pub fn said(self) -> Said {
        match self {
            Self::Disputed(count) => t("不一致 {n} 处", "{n} disputed").with("n", count),
            Self::Joined => t("合成一户", "become one").into(),
            Self::Changed => t("有改动", "changed").into(),
            Self::New => t("新户", "new").into(),
        }
    }
}

/// One household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// The household; not known here before the merge where it is new.
    pub name: Name,
    /// What the merge does to it.
    pub how: How,
    /// Its head; of those that become one all of them. Empty where none is said.
    pub head: String,
    /// Its head in words: of a row without one, which row that is.
    pub whose: Said,
    /// Where it lives.
    pub place: String,
}

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touches {
    /// How many are disputed, become one with another, change, are new.
    pub counts: [usize; 4],
    /// The first of them, disputed ones first, in order of place.
    pub first: Vec<Touched>,
}

impl Touches {
    /// Names households. `new` are those that the house does not know, as they will be, and `joined` of those that become one what
    /// each of them says by itself: who looks at a card now knows one of them. A row that is known without a head is one as far as people
    /// disagree about it.
    pub(in crate::app) fn of(
        house: &House,
        all: &BTreeMap<Name, How>,
        new: &BTreeMap<Name, Household>,
        joined: &BTreeMap<Name, Vec<Household>>,
        most: usize,
    ) -> Result<Self, Trouble> {
        let mut touches = Self::default();
        for how in all.values() {
            if let Some(count) = touches.counts.get_mut(how.rank()) {
                *count += 1;
            }
        }
        let mut named: Vec<(Name, How)> = all.iter().map(|(name, how)| (*name, *how)).collect();
        named.sort_by_key(|(name, how)| (how.rank(), *name));
        named.truncate(most);
        for (name, how) in named {
            let known = house.shelf(|shelf, view| shelf.household(name, view))?;
            let named = known.clone().filter(|household| !household.head.is_empty());
            let household = named.or_else(|| new.get(&name).cloned()).or(known).unwrap_or_default();
            let all = joined.get(&name).map_or(std::slice::from_ref(&household), Vec::as_slice);
            let mut heads: Vec<String> = all.iter().map(|one| clean::line(&head(one))).collect();
            heads.retain(|head| !head.is_empty());
            heads.dedup();
            let (head, place) = (heads.join(", "), all.first().map(whereabouts).unwrap_or_default());
            let whose = if head.is_empty() {
                no_head(house.view().record(name)?.as_deref())
            } else {
                t("{head}", "{head}").with("head", &head)
            };
            touches.first.push(Touched { name, how, head, whose, place });
        }
        touches.first.sort_by_cached_key(|one| (one.how.rank(), one.place.clone(), one.head.clone(), one.name));
        Ok(touches)
    }

    /// Counts all of them.
    pub fn count(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Says how many there are of each kind: 不一致 1, 有改动 8, 新户 3; none where there is none.
    pub fn said(&self) -> Option<Said> {
        let kinds = [
            t("不一致 {n}", "{n} disputed"),
            t("合成一户 {n}", "{n} joined"),
            t("有改动 {n}", "{n} changed"),
            t("新户 {n}", "{n} new"),
        ];
        let said = kinds.into_iter().zip(self.counts).filter(|(_, count)| *count > 0);
        said.map(|(words, count)| words.with("n", count)).reduce(|all, one| {
            Said::from(t("{all}, {one}", "{all}, {one}")).with_words("all", all).with_words("one", one)
        })
    }
}

impl House {
    /// Names the households that a merge which was taken in has changed, at most so many of them: `fresh` is what came, `entities`
    /// are what it wrote on.
    ///
    /// # Errors
    /// Those of reading the view.
    pub fn touched(&self, fresh: &Ranges, entities: &BTreeSet<Name>, most: usize) -> Result<Touches, Trouble> {
        let mut all: BTreeMap<Name, How> = BTreeMap::new();
        let mut joined = BTreeMap::new();
        let view = self.view();
        for entity in entities {
            if let Some(home) = self.home_of(*entity)? {
                let how = all.entry(home).or_insert(if fresh.contains(home) { How::New } else { How::Changed });
                let record = view.record(*entity)?;
                if record.is_some_and(|record| !household::joined_by(&record, |name| fresh.contains(name)).is_empty()) {
                    *how = How::Joined;
                    let names = self.shelf(|shelf, _| shelf.names_of(home));
                    let read = |name| Ok(view.record(name)?.map(|record| Household::read(&[record])));
                    let all: Vec<Option<Household>> = names.into_iter().map(read).collect::<Result<_, Trouble>>()?;
                    joined.insert(home, all.into_iter().flatten().collect());
                }
            }
        }
        let disputed = self.disputed_sides()?;
        for (entity, _) in disputed.into_iter().filter(|(_, sides)| sides.iter().any(|side| fresh.contains(*side))) {
            if let Some(home) = self.home_of(entity)? {
                dispute(all.entry(home).or_insert(How::Changed));
            }
        }
        self.leave_out_nobodys(&mut all, &BTreeSet::new())?;
        Touches::of(self, &all, &BTreeMap::new(), &joined, most)
    }

    /// Leaves those out of whom no head is said, here or by what is foreseen (`headed`): such a row is kept for a person to look at,
    /// but is nobody's household yet. Where people disagree about it that is counted and shown, so it is named.
    pub(in crate::app) fn leave_out_nobodys(
        &self,
        all: &mut BTreeMap<Name, How>,
        headed: &BTreeSet<Name>,
    ) -> Result<(), Trouble> {
        let mut nobodys = BTreeSet::new();
        let is_disputed = |how: &How| matches!(how, How::Disputed(_));
        for (name, _) in all.iter().filter(|(name, how)| !headed.contains(name) && !is_disputed(how)) {
            let is_somebodys = self.shelf(|shelf, view| -> Result<bool, Trouble> {
                let is_listed = shelf.households().contains(name);
                Ok(is_listed || shelf.household(*name, view)?.is_some_and(|household| !household.head.is_empty()))
            })?;
            if !is_somebodys {
                nobodys.insert(*name);
            }
        }
        all.retain(|name, _| !nobodys.contains(name));
        Ok(())
    }
}

/// Makes two ways in which one household changes one.
pub(in crate::app) const fn both(one: How, other: How) -> How {
    match (one, other) {
        (How::Disputed(one), How::Disputed(other)) => How::Disputed(one + other),
        (How::Disputed(count), _) | (_, How::Disputed(count)) => How::Disputed(count),
        (How::Joined, _) | (_, How::Joined) => How::Joined,
        (How::Changed, _) | (_, How::Changed) => How::Changed,
        (How::New, How::New) => How::New,
    }
}

/// Counts one more disagreement.
pub(in crate::app) fn dispute(how: &mut How) {
    *how = match how {
        How::Disputed(count) => How::Disputed(*count + 1),
        How::Joined | How::Changed | How::New => How::Disputed(1),
    };
}
