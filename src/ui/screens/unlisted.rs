//! Unlisted: a village that the county does not list is asked about once; recorded again it stays as written.

use crate::domain::places::{Found, Places};
use crate::text::{Said, t};
use crate::ui::desk::Desk;

/// How many households are looked at for one of a village.
const SOME: usize = 50;

/// Remembers the village that was asked about.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Unlisted(Option<String>);

impl Unlisted {
    /// Asks about a village; nothing where it is listed, where households of it are known, or where it was asked about before.
    pub fn ask(&mut self, town: &str, village: &str, desk: &Desk) -> Option<Said> {
        let village = village.trim();
        if village.is_empty() || self.0.as_deref() == Some(village) || is_lived_in(village, desk) {
            return None;
        }
        let said = doubt(&Places::yiyuan(), town.trim(), village)?;
        self.0 = Some(village.to_owned());
        Some(said.then(t("就是这个名字, 再按一次.", "If that is its name, once more.").into()))
    }
}

fn is_lived_in(village: &str, desk: &Desk) -> bool {
    let Some(house) = desk.session.house() else { return false };
    let found = house.find(village, SOME, &|| true);
    found.is_some_and(|hits| {
        hits.names.iter().any(|name| house.household(*name).is_ok_and(|one| one.village == village))
    })
}

/// Says what is doubtful about a village in a town, in the words of an import.
fn doubt(places: &Places, town: &str, village: &str) -> Option<Said> {
    let listed = places.town(town).name();
    let elsewhere = || places.towns_with(village).collect::<Vec<_>>().join(" / ");
    let unknown = match places.village(listed, village) {
        Found::Exact(_) | Found::Several(_) => return None,
        _ if !elsewhere().is_empty() => {
            let words = t("{village} 是 {town} 的村.", "{village} is a village of {town}.");
            return listed.map(|_| words.with("village", village).with("town", elsewhere()));
        }
        Found::Completed(name) | Found::Near(name) => {
            t("本县没有 {village}, 是不是 {name}?", "The county has no {village}; {name}?").with("name", name)
        }
        Found::Unknown => t("本县没有 {village} 这个村.", "The county has no village {village}.").into(),
    };
    Some(unknown.with("village", village))
}

#[cfg(test)]
mod tests {
    use super::doubt;
    use crate::domain::places::Places;
    use crate::text::Lang;

    #[test]
    fn a_village_that_is_not_listed_is_doubted_as_an_import_does() {
        let places = Places::yiyuan();
        let said = |town: &str, village: &str| doubt(&places, town, village).map(|said| said.say(Lang::Zh));
        assert_eq!(said("", "东理东村").as_deref(), Some("本县没有 东理东村, 是不是 东里东村?"));
        assert_eq!(said("东里镇", "东里东").as_deref(), Some("本县没有 东里东, 是不是 东里东村?"));
        assert_eq!(said("悦庄镇", "东里东村").as_deref(), Some("东里东村 是 东里镇 的村."));
        assert_eq!(said("", "海淀花园小区").as_deref(), Some("本县没有 海淀花园小区 这个村."));
        assert_eq!(said("", "东里东村"), None);
        assert_eq!(said("东里镇", "东里东村"), None);
    }
}
