//! Binding: which household a row of a later roster means.
//!
//! A row that says the same as before means the same household. Another row is bound by itself where the head's name is the
//! same, as written or as spoken, something else says so too, and nobody else comes near: neither another household for
//! this row, nor another row for this household. Everything less certain stays a household of its own, to be proposed to a
//! person as the same family; wrongly merged families are worse than one entered twice. A family that was listed twice and
//! is listed twice again stays two households, neither more nor fewer. A village that was renamed is recognised by the
//! families that are found again in it.

mod equal;
mod near;

use std::collections::{HashMap, HashSet};

use super::likeness::{self, Renamed};
use super::{Household, Name, Word};

/// Families that must be found again in a village before it counts as renamed.
const FOUND_AGAIN: usize = 3;

/// A household and its name.
type Listed = (Name, Household);

/// The whole of a binding: how far it is, is told in thousandths.
pub const WHOLE: u64 = 1_000;
/// How far it is once households are put together of which the same is said, rows are bound that say the same as before, those as
/// earlier lists said it, what is left is made ready, it is compared, and compared once more as villages are called now.
const ENDS: [u64; 6] = [100, 200, 240, 300, 850, WHOLE];

/// A binding of rows to households that are there already, each household at most once, done a piece at a time: whoever waits for
/// it sees how far it is, and may stop between two pieces.
#[derive(Debug)]
pub struct Binding<'a> {
    known: &'a [Listed],
    listed: &'a [Listed],
    rows: &'a [Listed],
    equal: Vec<(Name, Name)>,
    stage: Stage<'a>,
}

/// What comes next.
#[derive(Debug)]
enum Stage<'a> {
    Alike,
    Equal(Vec<equal::Group<'a>>),
    AsListed,
    Rest,
    /// The rest is compared, a second time where villages turned out to be renamed.
    Near(Box<near::Comparing<'a>>, bool),
    Bound(Vec<(Name, Name)>),
}

impl<'a> Binding<'a> {
    /// Begins. `listed` is what earlier lists said of those of the known households that people have written on since, one entry
    /// for each row.
    pub const fn of(known: &'a [Listed], listed: &'a [Listed], rows: &'a [Listed]) -> Self {
        Self { known, listed, rows, equal: Vec::new(), stage: Stage::Alike }
    }

    /// Does the next piece and tells how far it is; none once all is bound.
    pub fn go_on(&mut self) -> Option<u64> {
        let [alike, equal, as_listed, ready, first, second] = ENDS;
        let (stage, far) = match std::mem::replace(&mut self.stage, Stage::Alike) {
            Stage::Bound(bound) => {
                self.stage = Stage::Bound(bound);
                return None;
            }
            Stage::Alike if self.known.is_empty() => (Stage::Bound(Vec::new()), WHOLE),
            Stage::Alike => (Stage::Equal(equal::groups(&rest(self.known, &HashSet::new()))), alike),
            Stage::Equal(known) => {
                self.equal = equal::bind(known, &rest(self.rows, &HashSet::new()));
                (Stage::AsListed, equal)
            }
            Stage::AsListed => {
                if !self.listed.is_empty() {
                    let now = again(&self.equal);
                    self.equal.extend(equal::bind(equal::groups(&rest(self.listed, &now)), &rest(self.rows, &now)));
                }
                (Stage::Rest, as_listed)
            }
            Stage::Rest => (self.compares(Renamed::new(), false), ready),
            Stage::Near(mut comparing, is_second) => {
                let (from, to) = if is_second { (first, second) } else { (ready, first) };
                if let Some((done, of)) = comparing.go_on() {
                    (Stage::Near(comparing, is_second), from + (to - from) * done / of.max(1))
                } else {
                    let stage = self.compared(*comparing, is_second);
                    let far = if matches!(stage, Stage::Bound(_)) { WHOLE } else { to };
                    (stage, far)
                }
            }
        };
        self.stage = stage;
        Some(far)
    }

    fn compares(&self, renamed: Renamed, is_second: bool) -> Stage<'a> {
        let again = again(&self.equal);
        let comparing = near::Comparing::of(&rest(self.known, &again), &rest(self.rows, &again), renamed);
        Stage::Near(Box::new(comparing), is_second)
    }

    fn compared(&self, comparing: near::Comparing<'a>, is_second: bool) -> Stage<'a> {
        let mut all = self.equal.clone();
        all.extend(comparing.bound());
        all.sort_unstable();
        let renamed = if is_second { Renamed::new() } else { renamed(self.known, self.rows, &all) };
        if renamed.is_empty() { Stage::Bound(all) } else { self.compares(renamed, true) }
    }

    /// Does what is left, and gives which row means which household, in order.
    pub fn bound(mut self) -> Vec<(Name, Name)> {
        while self.go_on().is_some() {}
        match self.stage {
            Stage::Bound(bound) => bound,
            _ => Vec::new(),
        }
    }
}

/// Binds rows to households that are there already, all of it at once.
pub fn bind(known: &[Listed], listed: &[Listed], rows: &[Listed]) -> Vec<(Name, Name)> {
    Binding::of(known, listed, rows).bound()
}

/// Gives the names of all that are bound, rows and households.
fn again(bound: &[(Name, Name)]) -> HashSet<Name> {
    bound.iter().flat_map(|(row, known)| [*row, *known]).collect()
}

/// Gives those that are not bound yet.
fn rest<'a>(all: &'a [Listed], again: &HashSet<Name>) -> Vec<&'a Listed> {
    all.iter().filter(|(name, _)| !again.contains(name)).collect()
}

/// Finds villages that the rows call otherwise than before: most families found again in one came from a single other one,
/// which the list no longer knows.
fn renamed(known: &[(Name, Household)], rows: &[(Name, Household)], bound: &[(Name, Name)]) -> Renamed {
    let old: HashMap<Name, &Household> = known.iter().map(|(name, household)| (*name, household)).collect();
    let new: HashMap<Name, &Household> = rows.iter().map(|(name, household)| (*name, household)).collect();
    let listed: HashSet<&str> = rows.iter().map(|(_, row)| row.village.as_str()).collect();
    let mut moves: HashMap<(Word, Word), HashMap<(Word, Word), usize>> = HashMap::new();
    for (row, household) in bound {
        let (Some(row), Some(household)) = (new.get(row), old.get(household)) else { continue };
        *moves.entry(likeness::village(row)).or_default().entry(likeness::village(household)).or_default() += 1;
    }
    let mut renamed = Renamed::new();
    for (now, before) in moves {
        let all: usize = before.values().sum();
        let most = before.into_iter().max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0)));
        if let Some((was, count)) = most
            && count >= FOUND_AGAIN
            && count * 10 >= all * 6
            && was.1 != now.1
            && !listed.contains(was.1.as_str())
        {
            renamed.insert(now, was);
        }
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bind(known: &[(Name, Household)], rows: &[(Name, Household)]) -> Vec<(Name, Name)> {
        super::bind(known, &[], rows)
    }

    // It stood still for as long as everything else took together.
    #[test]
    fn how_far_it_is_never_goes_back_and_comes_in_pieces_also_where_villages_were_renamed() {
        let of = |n: u32, village: &str, size| {
            let home = household("张守富", &format!("138533{n:05}"), &format!("{n}号"));
            (name(n), Household { village: village.into(), size: Some(size), ..home })
        };
        let known: Vec<_> = (1..3_000).map(|n| of(n, "东里东村", 3)).collect();
        let rows: Vec<_> = (1..3_000).map(|n| of(10_000 + n, "东里新村", 4)).collect();
        let rows: Vec<_> = rows
            .into_iter()
            .zip(&known)
            .map(|((at, row), (_, old))| (at, Household { phones: old.phones.clone(), door: old.door.clone(), ..row }))
            .collect();
        let mut binding = Binding::of(&known, &[], &rows);
        let mut far = vec![0];
        while let Some(now) = binding.go_on() {
            far.push(now);
        }
        assert!(far.is_sorted() && far.last() == Some(&WHOLE), "{far:?}");
        assert!(far.windows(2).all(|two| two[1] - two[0] <= 150), "{far:?}");
        let bound = binding.bound();
        assert_eq!((bound.len(), &bound), (2_999, &super::bind(&known, &[], &rows)));
    }

    fn household(head: &str, phone: &str, door: &str) -> Household {
        Household {
            head: head.into(),
            village: "东里东村".into(),
            group: "3".into(),
            phones: if phone.is_empty() { vec![] } else { vec![phone.into()] },
            door: door.into(),
            ..Household::default()
        }
    }

    fn name(seq: u32) -> Name {
        Name::new(seq.into(), seq)
    }

    #[test]
    fn a_corrected_phone_or_name_or_a_moved_door_still_means_the_same_household() {
        let known = [(name(1), household("张守富", "13853301234", "12号"))];
        for (head, phone, door) in [
            ("张守富", "13999999999", "12号"),
            ("张守富", "13853301234", "30号"),
            ("张守福", "13853301234", "12号"),
            ("张守福", "13853301234", "30号"),
        ] {
            assert_eq!(
                bind(&known, &[(name(11), household(head, phone, door))]),
                [(name(11), name(1))],
                "{head} {door}"
            );
        }
    }

    #[test]
    fn families_that_share_a_phone_or_a_name_stay_apart() {
        let known = [(name(1), household("张守富", "13853301234", "12号"))];
        for row in [household("李桂英", "13853301234", "12号"), household("张守富", "", "13号")] {
            assert!(bind(&known, &[(name(11), row)]).is_empty());
        }
    }

    #[test]
    fn what_two_rows_claim_or_two_households_could_be_is_left_to_a_person() {
        let known = [(name(1), household("张守富", "13853301234", "12号"))];
        let twice = [(name(11), household("张守富", "", "12号")), (name(12), household("张守富", "13853301234", ""))];
        assert!(bind(&known, &twice).is_empty());
        let two = [known[0].clone(), (name(2), household("张守富", "13853301234", "9号"))];
        assert!(bind(&two, &[(name(11), household("张守富", "13853301234", ""))]).is_empty());
    }

    #[test]
    fn the_better_one_of_two_is_taken_where_it_is_clearly_better() {
        let known = [
            (name(1), household("张守富", "13853301234", "12号")),
            (name(2), household("张守富", "13853309999", "40号")),
        ];
        assert_eq!(bind(&known, &[(name(11), household("张守富", "13853309999", "12号"))]), []);
        assert_eq!(bind(&known, &[(name(11), household("张守富", "13853309999", "40号"))]), [(name(11), name(2))]);
    }

    #[test]
    fn a_renamed_village_is_recognised_by_the_families_found_again_in_it() {
        let heads = ["张守富", "李桂英", "王成友", "刘玉珍", "孙传宝"];
        let known: Vec<_> = (1..=5_u32)
            .zip(heads)
            .map(|(seq, head)| (name(seq), household(head, &format!("1385330000{seq}"), &format!("{seq}号"))))
            .collect();
        let row = |seq: u32, phone: bool| {
            let (_, old) = &known[seq as usize - 1];
            let phones = if phone { old.phones.clone() } else { vec![] };
            (name(seq + 10), Household { village: "东里社区".into(), phones, ..old.clone() })
        };
        // Two have no phone in the new list: only the door tells them, under the village's new name.
        let rows = [row(1, true), row(2, true), row(3, true), row(4, false), row(5, false)];
        let want: Vec<_> = (1..=5).map(|seq| (name(seq + 10), name(seq))).collect();
        assert_eq!(bind(&known, &rows), want);
        // While the old village is still listed, it is another one.
        let mut both = rows.to_vec();
        both.push((name(16), Household { village: "东里东村".into(), ..household("赵淑芬", "", "90号") }));
        assert_eq!(bind(&known, &both).len(), 3);
    }

    // A family listed twice became two more with every month's list.
    #[test]
    fn a_family_that_is_listed_twice_again_is_bound_one_to_one_in_order() {
        let twice = household("张三丰", "13853301234", "12号");
        let known = [(name(1), twice.clone()), (name(2), twice.clone()), (name(3), household("李四光", "", "5号"))];
        let rows = [(name(11), twice.clone()), (name(12), twice.clone()), (name(13), household("李四光", "", "5号"))];
        let want = [(name(11), name(1)), (name(12), name(2)), (name(13), name(3))];
        assert_eq!(bind(&known, &rows), want);
        // Once, it is one of them; three times, the third is another one.
        assert_eq!(bind(&known, &rows[..1]), want[..1]);
        let thrice = [rows[0].clone(), rows[1].clone(), (name(14), twice.clone())];
        assert_eq!(bind(&known, &thrice), want[..2]);
        // The same two, both with another door, or one of them only.
        let moved = household("张三丰", "13853301234", "30号");
        let both = [(name(11), moved.clone()), (name(12), moved.clone())];
        assert_eq!(bind(&known, &both), want[..2]);
        assert_eq!(bind(&known, &[rows[0].clone(), both[1].clone()]), want[..2]);
        assert_eq!(bind(&known, &[both[0].clone(), rows[1].clone()]), [(name(11), name(2)), (name(12), name(1))]);
    }

    #[test]
    fn of_a_family_listed_twice_in_two_ways_each_row_finds_its_own() {
        let first = household("张德富", "13853301234", "12号");
        for second in [
            household("张德富", "", "12号"),
            household("张得富", "13853301234", "12号"),
            Household { remark: "已搬迁".into(), ..first.clone() },
            Household { village: "东里西村".into(), ..first.clone() },
        ] {
            let known = [(name(1), first.clone()), (name(2), second.clone())];
            let want = [(name(11), name(1)), (name(12), name(2))];
            assert_eq!(bind(&known, &[(name(11), first.clone()), (name(12), second.clone())]), want, "{second:?}");
            // Read again after a column was corrected: all of them say something else than before.
            let right = |one: &Household| Household { size: Some(4), kind: "supported".into(), ..one.clone() };
            let corrected = [(name(11), right(&first)), (name(12), right(&second))];
            assert_eq!(bind(&known, &corrected), want, "{second:?}");
            // People wrote on one of the two households meanwhile, or on both.
            let mut written = known.clone();
            written[0].1.preferred_time = "晚上".into();
            assert_eq!(bind(&written, &corrected), want, "{second:?}");
            written[1].1.preferred_time = "中午".into();
            assert_eq!(bind(&written, &corrected), want, "{second:?}");
        }
    }

    #[test]
    fn what_is_bound_does_not_hang_on_the_order_of_the_lists() {
        let twice = household("张三丰", "13853301234", "12号");
        let mut known =
            vec![(name(1), twice.clone()), (name(2), twice.clone()), (name(3), household("张三丰", "", "12号"))];
        let mut rows: Vec<_> = known.iter().map(|(at, one)| (name(at.seq + 10), one.clone())).collect();
        rows[2].1.size = Some(3);
        let want = bind(&known, &rows);
        assert_eq!(want.len(), 3);
        known.reverse();
        rows.rotate_left(1);
        assert_eq!(bind(&known, &rows), want);
    }

    #[test]
    fn namesakes_of_a_group_are_found_again_where_the_list_has_as_many_of_them_as_before() {
        let bare = household("张伟", "", "");
        let known = [(name(1), bare.clone()), (name(2), household("李桂英", "", ""))];
        assert_eq!(bind(&known, &[(name(11), bare.clone())]), [(name(11), name(1))]);
        assert!(bind(&known, &[(name(11), bare.clone()), (name(12), bare.clone())]).is_empty());
        let anywhere = Household { group: "".into(), ..bare };
        assert!(bind(&[(name(1), anywhere.clone())], &[(name(11), anywhere)]).is_empty());
    }

    // A family whose head a person had changed became another one with the next list that still named the old head.
    #[test]
    fn a_row_as_before_means_whom_it_meant_whatever_people_wrote_since() {
        let row = household("张守富", "13853301234", "12号");
        let known = [(name(1), household("李桂英", "13853309999", "40号")), (name(2), household("王成友", "", "5号"))];
        let listed = [(name(1), household("张守富", "", "12号")), (name(1), row.clone()), (name(1), row.clone())];
        let rows = [(name(11), row), (name(12), household("张守富", "", "12号"))];
        assert!(bind(&known, &rows).is_empty());
        assert_eq!(super::bind(&known, &listed, &rows), [(name(11), name(1))], "once, however often it was listed");
    }
}
