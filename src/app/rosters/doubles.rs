//! Doubles: households that a list says in the same words, and that are alike enough to ask whether they are one family. A list is
//! told once, when it is found; a card when it is read. Whom a person told apart is no double.

use std::collections::{BTreeSet, HashMap};

use super::twins::are_told_apart;
use crate::app::{Face, House};
use crate::domain::{Likeness, Name, Renamed};
use crate::text::Lang;

/// So many of a name in one village are looked through for a card, and so many that read alike for one line of a list.
const NAMESAKES: usize = 100;

/// What a list shows of a household, but for how it stands.
fn shown(face: &Face) -> [String; 7] {
    let [who, kind] = [&face.who, &face.kind].map(|said| said.say(Lang::Zh));
    let [head, town, village] = [&face.head, &face.town, &face.village].map(String::clone);
    [head, who, kind, town, village, face.place.clone(), face.known_as.clone()]
}

impl House {
    /// Marks the households of a list that read like another one of it.
    pub(in crate::app) fn mark_doubles(&self, faces: &mut [Face]) {
        let mut alike: HashMap<[String; 7], Vec<Name>> = HashMap::new();
        for face in faces.iter() {
            alike.entry(shown(face)).or_default().push(face.name);
        }
        let mut doubles = BTreeSet::new();
        for names in alike.values() {
            for (at, one) in names.iter().enumerate() {
                let others = names.iter().skip(at + 1).take(NAMESAKES);
                let others = others.filter(|other| self.may_be_one(*one, **other));
                doubles.extend(others.flat_map(|other| [*one, *other]));
            }
        }
        for face in faces {
            face.twice = doubles.contains(&face.name);
        }
    }

    /// Tells whether a list says another household in the same words as this one, and both may be one family.
    pub fn is_double(&self, name: Name, now_ms: i64) -> bool {
        let Some((household, own)) = self.household(name).ok().zip(self.face(name, now_ms).ok()) else { return false };
        let typed = format!("{} {}", household.head, household.village);
        let Some(hits) = self.find(&typed, NAMESAKES, &|| true) else { return false };
        let own = shown(&own);
        let reads_alike = |other: Name| self.face(other, now_ms).is_ok_and(|face| shown(&face) == own);
        hits.names.iter().any(|other| *other != name && reads_alike(*other) && self.may_be_one(name, *other))
    }

    /// Tells whether a person would be asked if two households are one family, and nobody said that they are not.
    fn may_be_one(&self, one: Name, other: Name) -> bool {
        let both = self.household(one).ok().zip(self.household(other).ok());
        let is_asked = both.is_some_and(|(one, other)| Likeness::of(&one, &other, &Renamed::new()).is_asked());
        is_asked && !self.shelf(|shelf, view| are_told_apart(shelf, view, one, other)).unwrap_or(true)
    }
}

#[cfg(test)]
mod tests {
    use crate::app::exchange::some_laptops::Laptop;
    use crate::app::{Hits, Request};
    use crate::domain::Name;

    fn add(laptop: &mut Laptop, head: &str, door: &str) -> Name {
        let request = Request::new("household.add").with("head", head).with("sex", "male").with("town", "鲁村镇");
        let request = request.with("village", "崮山村").with("group", "2").with("door", door);
        laptop.ask(request)
    }

    /// Gives which of some households are marked in a list of them, and which on their cards.
    fn marked(laptop: &Laptop, names: &[Name]) -> (Vec<bool>, Vec<bool>) {
        let (house, now_ms) = (laptop.keeper.house(), laptop.keeper.clock.now().wall_ms);
        let hits = Hits { total: names.len(), of: names.len(), names: names.to_vec() };
        let mut faces = house.faces_found(&hits, "", now_ms);
        house.mark_doubles(&mut faces);
        let cards = names.iter().map(|name| house.is_double(*name, now_ms));
        (faces.iter().map(|face| face.twice).collect(), cards.collect())
    }

    // 武保 of 57号 stood there twice, and nothing said so.
    #[test]
    fn households_that_read_alike_are_marked_until_a_person_joins_them_or_tells_them_apart() {
        let mut laptop = Laptop::new(1, "一组", "陈明");
        let doors = ["57号", "57号", "58号"];
        let homes = doors.map(|door| add(&mut laptop, "武保", door));
        let both = (vec![true, true, false], vec![true, true, false]);
        assert_eq!(marked(&laptop, &homes), both);
        // In a list without the other one nothing reads like it; its card knows.
        assert_eq!(marked(&laptop, &homes[1..]), (vec![false, false], vec![true, false]));
        let said = |word: &str| Request::new(word).with_name("household", homes[0]).with_name("other", homes[1]);
        laptop.ask(said("household.apart"));
        assert_eq!(marked(&laptop, &homes), (vec![false; 3], vec![false; 3]));
        laptop.ask(Request::new("undo"));
        assert_eq!(marked(&laptop, &homes), both);
        laptop.ask(said("household.same"));
        assert_eq!(marked(&laptop, &homes[..1]), (vec![false], vec![false]));
    }

    // Of three rosters a household stood there three times. The middle one was told apart from both, and as only neighbours were held
    // against each other, the first and the last were not marked.
    #[test]
    fn all_that_read_alike_are_held_against_one_another_and_not_neighbours_alone() {
        let mut laptop = Laptop::new(1, "一组", "陈明");
        let homes = ["57号"; 3].map(|door| add(&mut laptop, "武保", door));
        assert_eq!(marked(&laptop, &homes), (vec![true; 3], vec![true; 3]));
        for other in [homes[0], homes[2]] {
            let said = Request::new("household.apart").with_name("household", homes[1]);
            laptop.ask(said.with_name("other", other));
        }
        let outer = vec![true, false, true];
        assert_eq!(marked(&laptop, &homes), (outer.clone(), outer));
    }

    // A village is full of namesakes: two of whom no door is known are no suspicion.
    #[test]
    fn namesakes_without_a_door_are_not_marked() {
        let mut laptop = Laptop::new(1, "一组", "陈明");
        let add = || Request::new("household.add").with("head", "王芳").with("village", "崮山村");
        let homes = [add(), add()].map(|request| laptop.ask(request));
        assert_eq!(marked(&laptop, &homes), (vec![false; 2], vec![false; 2]));
    }
}
