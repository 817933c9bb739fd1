//! Next: the household to go to after a visit: of the same group, not yet visited, the next door first.

use crate::app::{Session, face};
use crate::domain::{Household, Name};
use crate::hanzi::forms;

/// Bounds how many households of a village are looked at.
const MOST: usize = 500;

/// Where one goes after a visit.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// To that household, of that head.
    Household(Name, String),
    /// Nowhere: the others of the group are visited; what of this one itself remains.
    OthersVisited(Own),
    /// Nowhere: nobody else of the group is to be visited; what of this one itself remains.
    NoOthers(Own),
}

/// Whether the household of the visit itself is visited now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// It is, or lives there no longer.
    Done,
    /// It is still to be visited.
    Open,
}

/// Gives where one goes after a visit; none where nothing can be read.
pub fn after(session: &Session, after: Name) -> Option<Next> {
    let house = session.house()?;
    let own = house.household(after).ok()?;
    let is_covered = |name| house.shelf(|shelf, _| shelf.standing(name)).is_covered();
    let typed = match forms::group(&own.group) {
        Some(group) => format!("{} {group}组", own.village),
        None => own.village.to_string(),
    };
    let hits = house.find(&typed, MOST, &|| true)?;
    let mut open: Vec<(Door, Name, String)> = Vec::new();
    let mut others = 0;
    for name in hits.names.into_iter().filter(|name| *name != after) {
        let Ok(other) = house.household(name) else { continue };
        let same = (&other.town, &other.village, &other.group) == (&own.town, &own.village, &own.group);
        if !same || other.standing != "here" {
            continue;
        }
        others += 1;
        if !is_covered(name) {
            open.push((door(&other), name, face::head(&other)));
        }
    }
    open.sort();
    let here = door(&own);
    let next = open.iter().position(|(door, _, _)| *door > here).unwrap_or(0);
    let is_open = own.standing == "here" && !is_covered(after);
    let itself = if is_open { Own::Open } else { Own::Done };
    Some(match open.into_iter().nth(next) {
        Some((_, name, head)) => Next::Household(name, head),
        None if others > 0 => Next::OthersVisited(itself),
        None => Next::NoOthers(itself),
    })
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
