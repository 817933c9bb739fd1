//! Next: the household to go to after a visit: of the same group, not yet visited, the next door first.

use crate::app::{Session, face};
use crate::domain::{Household, Name};
use crate::hanzi::forms;

/// Bounds how many households of a village are looked at.
const MOST: usize = 500;

/// Gives the next household of the group with its head; none when all are visited.
pub fn household(session: &Session, after: Name) -> Option<(Name, String)> {
    let house = session.house()?;
    let own = house.household(after).ok()?;
    let typed = match forms::group(&own.group) {
        Some(group) => format!("{} {group}组", own.village),
        None => own.village.to_string(),
    };
    let hits = house.find(&typed, MOST, &|| true)?;
    let mut open: Vec<(Door, Name, String)> = Vec::new();
    for name in hits.names.into_iter().filter(|name| *name != after) {
        let Ok(other) = house.household(name) else { continue };
        let same = (&other.town, &other.village, &other.group) == (&own.town, &own.village, &own.group);
        let covered = house.shelf(|shelf, _| shelf.standing(name)).is_covered();
        if same && !covered && other.standing == "here" {
            open.push((door(&other), name, face::head(&other)));
        }
    }
    open.sort();
    let here = door(&own);
    let next = open.iter().position(|(door, _, _)| *door > here).unwrap_or(0);
    open.into_iter().nth(next).map(|(_, name, head)| (name, head))
}

/// A door as people count: 9号 before 12号.
type Door = (u32, String);

fn door(household: &Household) -> Door {
    let digits: String = household
        .door
        .chars()
        .map(forms::half)
        .skip_while(|ch| !ch.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    (digits.parse().unwrap_or(u32::MAX), household.door.to_string())
}
