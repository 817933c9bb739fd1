//! Villages: those in which somebody lives, by what one types of their names: a beginning, or initials and pinyin.

use std::collections::BTreeMap;

use super::super::column::Class;
use super::super::flat::Place;
use super::super::marks::Marks;
use super::super::token::tokens;
use super::{Index, Part};

/// A village that fits what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Village {
    /// Its name.
    pub name: String,
    /// Its name begins so; else it only stands in it.
    pub begins: bool,
}

impl Index {
    /// Gives the villages that fit a line, those first whose names begin so; all of them for an empty one. The township is none
    /// of it.
    pub fn villages(&self, typed: &str) -> Vec<Village> {
        let mut found: BTreeMap<&str, u8> = BTreeMap::new();
        for part in &self.parts {
            for (place, class) in part.villages(typed) {
                let best = found.entry(&place.village).or_insert(class);
                *best = (*best).min(class);
            }
        }
        let village = |(name, class): (&str, u8)| Village { name: name.to_owned(), begins: class <= Class::Word as u8 };
        let mut found: Vec<Village> = found.into_iter().map(village).collect();
        found.sort_by_key(|village| !village.begins);
        found
    }
}

impl Part {
    fn villages(&self, typed: &str) -> Vec<(&Place, u8)> {
        let count = self.flat.places().len();
        let mut all = Marks::all(count, &|| true);
        for token in tokens(typed) {
            let mut marks = Marks::none(count, &|| true);
            self.flat.village_names(|_| true).mark(&token, &mut marks);
            all.and(&marks);
        }
        let fitting = all.rows().filter_map(|(at, class)| Some((self.flat.places().get(at)?, class)));
        let is_lived_in = |place: &Place| !place.village.is_empty() && place.rows.clone().any(|row| self.is_live(row));
        fitting.filter(|(place, _)| is_lived_in(place)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::row::Row;
    use super::Index;

    #[test]
    fn a_village_is_found_by_a_beginning_of_its_name_and_by_its_letters() {
        let row = |(town, village): (&str, &str)| Row {
            head: "张守富".into(),
            town: town.into(),
            village: village.into(),
            ..Row::default()
        };
        let places = [("东里镇", "前水北村"), ("东里镇", "后水北村"), ("东里镇", "东里东村"), ("悦庄镇", "东里东村")];
        let index = Index::build((0..).zip(places.map(row)));
        let found = |typed: &str| -> Vec<(String, bool)> {
            index.villages(typed).into_iter().map(|village| (village.name, village.begins)).collect()
        };
        let one = |name: &str, begins| vec![(name.to_owned(), begins)];
        assert_eq!(found("qsb"), one("前水北村", true));
        assert_eq!(found("前水北"), one("前水北村", true));
        assert_eq!(found("houshui"), one("后水北村", true));
        assert_eq!(found("水北"), [one("前水北村", false), one("后水北村", false)].concat());
        assert_eq!(found("dl"), one("东里东村", true), "once, and not those of 东里镇");
        assert_eq!(found("东理").len(), 0);
        assert_eq!(found("").len(), 3);
    }
}
