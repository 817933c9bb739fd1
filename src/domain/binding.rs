//! Binding: which household a row of a later roster means.
//!
//! A row is bound by itself where the head's name is the same, as written or as spoken, something else says so too, and
//! nobody else comes near: neither another household for this row, nor another row for this household. Everything less
//! certain stays a household of its own, to be proposed to a person as the same family; wrongly merged families are worse
//! than one entered twice. A village that was renamed is recognised by the families that are found again in it.

use std::collections::HashMap;

use super::likeness::{self, Likeness, Renamed};
use super::{Household, Name, Word};

/// By how many points a household must be likelier than any other.
const AHEAD: i32 = 25;
/// Families that must be found again in a village before it counts as renamed.
const FOUND_AGAIN: usize = 3;

/// Binds rows to households that are there already; each household at most once.
pub fn bind(known: &[(Name, Household)], rows: &[(Name, Household)]) -> Vec<(Name, Name)> {
    if known.is_empty() {
        return Vec::new();
    }
    let first = pass(known, rows, &Renamed::new());
    let renamed = renamed(known, rows, &first);
    if renamed.is_empty() { first } else { pass(known, rows, &renamed) }
}

/// The best of those that something was compared with, and how near the next one comes.
#[derive(Debug, Clone, Copy, Default)]
struct Best {
    at: u32,
    points: i32,
    next: i32,
}

impl Best {
    fn see(best: &mut Option<Self>, at: u32, points: i32) {
        match best {
            None => *best = Some(Self { at, points, next: 0 }),
            Some(best) if points > best.points => *best = Self { at, points, next: best.points },
            Some(best) => best.next = best.next.max(points),
        }
    }

    fn is_clear(&self) -> bool {
        self.points - self.next >= AHEAD
    }
}

fn pass(known: &[(Name, Household)], rows: &[(Name, Household)], renamed: &Renamed) -> Vec<(Name, Name)> {
    let mut by_key: HashMap<String, Vec<u32>> = HashMap::new();
    for ((_, household), at) in known.iter().zip(0_u32..) {
        for key in likeness::keys(household, &Renamed::new()) {
            by_key.entry(key).or_default().push(at);
        }
    }
    let mut of_row: Vec<Option<Best>> = vec![None; rows.len()];
    let mut of_known: Vec<Option<Best>> = vec![None; known.len()];
    for (((_, row), row_at), best) in rows.iter().zip(0_u32..).zip(&mut of_row) {
        let keys = likeness::keys(row, renamed);
        let mut found: Vec<u32> = keys.iter().filter_map(|key| by_key.get(key)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        for at in found {
            let Some((_, household)) = known.get(at as usize) else { continue };
            let likeness = Likeness::of(household, row, renamed);
            if !likeness.has_name() || !likeness.is_asked() {
                continue;
            }
            Best::see(best, at, likeness.points());
            if let Some(best) = of_known.get_mut(at as usize) {
                Best::see(best, row_at, likeness.points());
            }
        }
    }
    let mut bound: Vec<(Name, Name)> = Vec::new();
    for (((row, _), row_at), best) in rows.iter().zip(0_u32..).zip(&of_row) {
        let Some(best) = best.filter(Best::is_clear) else { continue };
        let back = of_known.get(best.at as usize).copied().flatten().filter(Best::is_clear);
        if let (Some(back), Some((household, _))) = (back, known.get(best.at as usize))
            && back.at == row_at
        {
            bound.push((*row, *household));
        }
    }
    bound.sort_unstable();
    bound
}

/// Finds villages that the rows call otherwise than before: most families found again in one came from a single other one,
/// which the list no longer knows.
fn renamed(known: &[(Name, Household)], rows: &[(Name, Household)], bound: &[(Name, Name)]) -> Renamed {
    let old: HashMap<Name, &Household> = known.iter().map(|(name, household)| (*name, household)).collect();
    let new: HashMap<Name, &Household> = rows.iter().map(|(name, household)| (*name, household)).collect();
    let listed: std::collections::HashSet<&str> = rows.iter().map(|(_, row)| row.village.as_str()).collect();
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
}
