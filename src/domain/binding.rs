//! Binding: which household a row of a later roster means.
//!
//! A row is bound by itself only where exactly one household has the head's name and the same place or phone, and no
//! other row of the list claims it. Everything less certain stays a household of its own, to be proposed to a person
//! as the same family; wrongly merged families are worse than one entered twice.

use std::collections::HashMap;

use super::{Household, Name};

/// Binds rows to households that are there already; each household at most once.
pub fn bind(known: &[(Name, Household)], rows: &[(Name, Household)]) -> Vec<(Name, Name)> {
    let mut by_key: HashMap<String, Vec<Name>> = HashMap::new();
    for (name, household) in known {
        for key in keys(household) {
            by_key.entry(key).or_default().push(*name);
        }
    }
    let mut claims: HashMap<Name, Vec<Name>> = HashMap::new();
    for (row, household) in rows {
        if let Some(meant) = the_one(&keys(household), &by_key) {
            claims.entry(meant).or_default().push(*row);
        }
    }
    let mut bound: Vec<(Name, Name)> = claims
        .into_iter()
        .filter_map(|(household, rows)| match rows.as_slice() {
            [row] => Some((*row, household)),
            _ => None,
        })
        .collect();
    bound.sort_unstable();
    bound
}

/// Gives the one household that all keys which are known point to.
fn the_one(keys: &[String], by_key: &HashMap<String, Vec<Name>>) -> Option<Name> {
    let mut found = keys.iter().filter_map(|key| by_key.get(key)).map(|names| match names.as_slice() {
        [one] => Some(*one),
        _ => None,
    });
    let first = found.next()??;
    found.all(|other| other == Some(first)).then_some(first)
}

/// What tells a household: the head with a phone, and the head with village, group and door.
fn keys(household: &Household) -> Vec<String> {
    if household.head.is_empty() {
        return Vec::new();
    }
    let mut keys: Vec<String> = household.phones.iter().map(|phone| format!("{}|{phone}", household.head)).collect();
    if !household.door.is_empty() {
        let Household { head, town, village, group, door, .. } = household;
        keys.push(format!("{head}|{town}|{village}|{group}|{door}"));
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn household(head: &str, phone: &str, door: &str) -> Household {
        Household {
            head: head.into(),
            village: "东里东村".into(),
            phones: if phone.is_empty() { vec![] } else { vec![phone.into()] },
            door: door.into(),
            ..Household::default()
        }
    }

    fn name(seq: u32) -> Name {
        Name::new(seq.into(), seq)
    }

    #[test]
    fn a_corrected_phone_or_a_moved_door_still_means_the_same_household() {
        let known = [(name(1), household("张守富", "13853301234", "12号"))];
        let new_phone = [(name(11), household("张守富", "13999999999", "12号"))];
        let new_door = [(name(11), household("张守富", "13853301234", "30号"))];
        assert_eq!(bind(&known, &new_phone), [(name(11), name(1))]);
        assert_eq!(bind(&known, &new_door), [(name(11), name(1))]);
    }

    #[test]
    fn families_that_share_a_phone_or_a_name_stay_apart() {
        let known = [(name(1), household("张守富", "13853301234", "12号"))];
        let sharing = [(name(11), household("张守贵", "13853301234", "13号"))];
        let namesake = [(name(11), household("张守富", "", "13号"))];
        assert!(bind(&known, &sharing).is_empty());
        assert!(bind(&known, &namesake).is_empty());
    }

    #[test]
    fn what_two_rows_claim_or_two_households_could_be_is_left_to_a_person() {
        let known = [(name(1), household("张守富", "13853301234", "12号"))];
        let twice = [(name(11), household("张守富", "", "12号")), (name(12), household("张守富", "13853301234", ""))];
        assert!(bind(&known, &twice).is_empty());
        let two = [known[0].clone(), (name(2), household("张守富", "13853301234", "9号"))];
        assert!(bind(&two, &[(name(11), household("张守富", "13853301234", ""))]).is_empty());
    }
}
