//! Where a household lives: town, village, group and door out of up to four columns that repeat each other.

use std::borrow::Cow;

use super::doubt::{Doubt, Why};
use super::field::Field;
use super::letters::{is_ditto, is_nothing, number, tight};
use compact_str::ToCompactString;

use crate::domain::Word;
use crate::domain::places::{Found, Places};
use crate::hanzi::forms;

/// The cells of one row that speak about its place, blank where there is none.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cells<'a> {
    pub town: &'a str,
    pub village: &'a str,
    pub group: &'a str,
    pub address: &'a str,
}

/// A place that cells leave out: said by the title, the tab or a section line, or standing in the row above.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Known {
    pub town: Option<Word>,
    pub village: Option<Word>,
    pub group: Option<Word>,
}

/// Where a household lives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub town: Option<Word>,
    pub village: Option<Word>,
    pub group: Option<Word>,
    pub door: Option<Word>,
}

/// Words that follow the number of a group, longest first.
const GROUP_WORDS: [&str; 8] = ["村民小组", "居民小组", "生产小组", "小组", "生产队", "组", "队", "社"];

/// Reads what the cells of one row say of its place; `section` is the title, tab or section line above it.
pub(crate) fn own(cells: Cells<'_>, section: &Known, places: &Places, doubts: &mut Vec<Doubt>) -> Place {
    let [town, village, group, address] = [cells.town, cells.village, cells.group, cells.address].map(said);
    let mut site = Site { places, cells, hint: section.town.as_deref(), place: Place::default(), doubts };
    site.town(&town);
    let rest = site.village(&village);
    site.group(&group, &rest);
    site.address(&address, [&town, &village]);
    site.place
}

/// Fills what all cells left out. `above` is the row before, for cells that clerks leave blank below the first.
pub(crate) fn fill(
    place: Place,
    cells: Cells<'_>,
    section: &Known,
    above: &Known,
    places: &Places,
    doubts: &mut Vec<Doubt>,
) -> Place {
    let mut site = Site { places, cells, hint: section.town.as_deref(), place, doubts };
    site.fill(section, above);
    site.place
}

/// Gives what a cell says; nothing where it says that there is nothing, or the same again.
fn said(cell: &str) -> Cow<'_, str> {
    Some(tight(cell)).filter(|text| !is_nothing(text) && !is_ditto(text)).unwrap_or_default()
}

/// A place while its cells are read, the wider ones first.
struct Site<'a, 'd> {
    places: &'a Places,
    cells: Cells<'a>,
    /// The town that a title or section line names.
    hint: Option<&'a str>,
    place: Place,
    doubts: &'d mut Vec<Doubt>,
}

impl Site<'_, '_> {
    fn doubt(&mut self, field: Field, why: Why) {
        let raw = match field {
            Field::Town => self.cells.town,
            Field::Village => self.cells.village,
            Field::Group => self.cells.group,
            _ => self.cells.address,
        };
        self.doubts.push(Doubt { field, raw: raw.to_owned(), why });
    }

    fn listed_town(&self) -> Option<Word> {
        self.place.town.as_deref().or(self.hint).map(Word::from)
    }

    fn town(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        let found = self.places.town(cell);
        if let Found::Completed(name) = found {
            self.doubt(Field::Town, Why::Completed(name.to_owned()));
        }
        if let Some(name) = found.name() {
            self.place.town = Some(name.into());
            return;
        }
        let front = self.places.prefix(cell, None);
        if let Some(name) = front.town {
            self.place.town = Some(name.into());
            self.place.village = front.village.map(Word::from);
            return;
        }
        self.place.town = Some(cell.into());
        if !self.places.is_empty() {
            self.doubt(Field::Town, Why::TownUnknown(proposal(&found)));
        }
    }

    /// Reads the village and gives what stands behind it in its cell.
    fn village(&mut self, cell: &str) -> String {
        if cell.is_empty() {
            return String::new();
        }
        let town = self.listed_town();
        let found = self.places.village(town.as_deref(), cell);
        if let Found::Completed(name) = found {
            self.doubt(Field::Village, Why::Completed(name.to_owned()));
        }
        if let Some(name) = found.name() {
            self.place.village = Some(name.into());
            return String::new();
        }
        let front = self.places.prefix(cell, town.as_deref());
        if self.place.town.is_none() {
            self.place.town = front.town.map(Word::from);
        }
        // A village of another town is a name to doubt, not to take: only one written with its town is read whole.
        let of_this_town = front.town.is_none() || self.place.town.as_deref() == front.town;
        if let Some(name) = front.village.filter(|_| of_this_town) {
            self.place.village = Some(name.into());
            return front.rest.to_owned();
        }
        self.place.village = Some(cell.into());
        let elsewhere: Vec<&str> = self.places.towns_with(cell).collect();
        let why = match &found {
            // One name in two towns: which town is the question.
            Found::Several(_) if elsewhere.len() > 1 => Why::VillageElsewhere(elsewhere.join(" / ")),
            Found::Several(names) => Why::VillageSeveral(names.join(" / ")),
            _ if !elsewhere.is_empty() => Why::VillageElsewhere(elsewhere.join(" / ")),
            _ => Why::VillageUnknown(proposal(&found)),
        };
        if !self.places.is_empty() {
            self.doubt(Field::Village, why);
        }
        String::new()
    }

    /// Reads the group from its cell, which may hold the village too (东高庄村7组), or from behind the village.
    fn group(&mut self, cell: &str, behind_village: &str) {
        if cell.is_empty() {
            self.place.group = split_group(behind_village).0;
            return;
        }
        let text = cell.strip_suffix(".0").unwrap_or(cell);
        if let Some(number) = forms::group(text) {
            self.place.group = Some(number.to_compact_string());
            return;
        }
        let front = self.places.prefix(text, self.listed_town().as_deref());
        let (group, rest) = split_group(front.rest);
        if self.place.village.is_none() {
            self.place.village = front.village.map(Word::from);
        }
        if front.village.is_some() && rest.is_empty() {
            self.place.group = group;
            return;
        }
        self.doubt(Field::Group, Why::GroupWords);
        self.place.group = Some(text.into());
    }

    /// Takes from an address what the other cells say already, compares it, and keeps the door.
    fn address(&mut self, cell: &str, said: [&str; 2]) {
        if cell.is_empty() {
            return;
        }
        let front = self.places.prefix(cell, self.listed_town().as_deref());
        let mut rest = front.rest;
        if let Some(name) = front.village {
            if self.place.village.as_deref().is_some_and(|village| village != name) {
                self.doubt(Field::Address, Why::AddressSays(format!("{}{name}", front.town.unwrap_or_default())));
            }
        } else {
            for said in said.iter().filter(|said| !said.is_empty()) {
                rest = rest.strip_prefix(said).unwrap_or(rest);
            }
        }
        let differs = front.village.is_none()
            && self.place.town.as_deref().is_some_and(|town| front.town.is_some_and(|name| name != town));
        if let Some(name) = front.town.filter(|_| differs) {
            self.doubt(Field::Address, Why::AddressSays(name.to_owned()));
        }
        let place = &mut self.place;
        place.village = place.village.take().or_else(|| front.village.map(Word::from));
        place.town = place.town.take().or_else(|| front.town.map(Word::from));
        if let (None, Some((village, tail))) = (&self.place.village, unlisted_village(rest)) {
            self.place.village = Some(village.into());
            rest = tail;
            if !self.places.is_empty() {
                self.doubt(Field::Address, Why::VillageUnknown(None));
            }
        }
        let (group, door) = split_group(rest);
        if let (Some(known), Some(group)) = (&self.place.group, &group)
            && known != group
        {
            self.doubt(Field::Address, Why::AddressSays(format!("{group}组")));
        }
        let place = &mut self.place;
        place.group = place.group.take().or(group);
        let door = forms::door(door.trim_matches(|c: char| matches!(c, ',' | '.' | '-' | ':' | ';')));
        place.door = Some(Word::from(door)).filter(|door| !door.is_empty());
    }

    /// Fills what all cells left out: from the row above, with a note; else from title, tab or section line.
    fn fill(&mut self, section: &Known, above: &Known) {
        // A new town without a village is not the village of the town before.
        let same_town = self.place.town.is_none() || above.town.is_none() || self.place.town == above.town;
        if self.place.village.is_none() && above.village.is_some() && same_town {
            self.place.village.clone_from(&above.village);
            self.place.town = self.place.town.take().or_else(|| above.town.clone());
            self.doubt(Field::Village, Why::FromAbove);
        }
        // Below its first row a group goes on as its village does.
        let goes_on = is_nothing(&tight(self.cells.village)) && self.place.village == above.village;
        if self.place.group.is_none() && goes_on && is_nothing(&tight(self.cells.group)) {
            self.place.group.clone_from(&above.group);
        }
        if let Some(name) = section.village.as_ref().filter(|_| self.place.village.is_none()) {
            let found = self.places.village(section.town.as_deref(), name);
            if found.name().is_none() && !self.places.is_empty() {
                let why = Why::VillageUnknown(proposal(&found));
                self.doubts.push(Doubt { field: Field::Village, raw: name.to_string(), why });
            }
        }
        let place = &mut self.place;
        place.village = place.village.take().or_else(|| section.village.clone());
        place.town = place.town.take().or_else(|| section.town.clone());
        place.group = place.group.take().or_else(|| section.group.clone());
        if is_ditto(&tight(self.cells.group)) {
            self.place.group.clone_from(&above.group);
        }
        if self.place.town.is_none() {
            let only = self.place.village.as_deref().and_then(|village| self.places.town_of(village));
            self.place.town = only.map(Word::from);
        }
        if self.place.town.is_none() && above.town.is_some() {
            self.place.town.clone_from(&above.town);
            self.doubt(Field::Town, Why::FromAbove);
        }
    }
}

/// Takes a group off the front of an address: 第三组, 7组, 12村民小组.
pub(crate) fn split_group(text: &str) -> (Option<Word>, &str) {
    let after = text.strip_prefix('第').unwrap_or(text);
    let end = after
        .char_indices()
        .find(|(_, c)| !(c.is_ascii_digit() || "一二三四五六七八九十百〇零".contains(*c)))
        .map_or(after.len(), |(at, _)| at);
    let Some((digits, tail)) = after.split_at_checked(end) else { return (None, text) };
    let rest = GROUP_WORDS.iter().find_map(|word| tail.strip_prefix(word));
    match (number(digits), rest) {
        // 社 may begin 社区.
        (Some(group), Some(rest)) if group > 0 && !rest.starts_with('区') => (Some(group.to_compact_string()), rest),
        _ => (None, text),
    }
}

/// Takes a village that is on no list off the front of an address: up to 村 or 社区 with a number or nothing behind it.
fn unlisted_village(text: &str) -> Option<(&str, &str)> {
    ["社区", "村"].iter().find_map(|ending| {
        let (front, tail) = text.split_once(ending)?;
        let length = front.chars().count();
        let plausible = (1..=6).contains(&length) && !front.contains(|c: char| c.is_ascii_digit());
        let closed =
            tail.is_empty() || tail.starts_with(|c: char| c.is_ascii_digit() || "第一二三四五六七八九十".contains(c));
        (plausible && closed).then(|| text.split_at_checked(front.len() + ending.len())).flatten()
    })
}

fn proposal(found: &Found<'_>) -> Option<String> {
    if let Found::Near(name) = found { Some((*name).to_owned()) } else { None }
}

#[cfg(test)]
mod tests {
    use super::{Cells, Known, Place, Word, fill, own, split_group};
    use crate::domain::places::Places;
    use crate::intake::doubt::Why;

    fn place(town: &str, village: &str, group: &str, address: &str) -> (Place, Vec<Why>) {
        let mut doubts = Vec::new();
        let cells = Cells { town, village, group, address };
        let (nothing, places) = (Known::default(), Places::yiyuan());
        let place = own(cells, &nothing, &places, &mut doubts);
        let place = fill(place, cells, &nothing, &nothing, &places, &mut doubts);
        (place, doubts.into_iter().map(|doubt| doubt.why).collect())
    }

    fn at(town: &str, village: &str, group: &str, door: &str) -> Place {
        let some = |text: &str| Some(Word::from(text)).filter(|text| !text.is_empty());
        Place { town: some(town), village: some(village), group: some(group), door: some(door) }
    }

    #[test]
    fn the_address_is_reduced_to_the_door_and_fills_what_is_missing() {
        let want = at("南麻街道", "东高庄村", "7", "52号");
        assert_eq!(place("南麻街道", "东高庄村", "7", "南麻街道东高庄村7组52号"), (want.clone(), vec![]));
        assert_eq!(place("", "", "", "南麻街道东高庄\n村第七组52号"), (want.clone(), vec![]));
        assert_eq!(place("", "南麻街道东高庄村", "7.0", "52号"), (want.clone(), vec![]));
        assert_eq!(place("南麻街道", "", "东高庄村7组", "52号"), (want, vec![]));
        assert_eq!(place("", "", "", "5号楼二单元301").0, at("", "", "", "5号楼2单元301"));
    }

    #[test]
    fn short_names_are_completed_with_a_note() {
        let (found, whys) = place("南麻", "东高庄", "２组", "");
        assert_eq!(found, at("南麻街道", "东高庄村", "2", ""));
        assert!(whys.len() == 2 && whys.iter().all(Why::is_mild));
        assert_eq!(place("", "北", "", "大张庄镇北村村6组77号").0, at("大张庄镇", "北村", "6", "77号"));
    }

    #[test]
    fn what_disagrees_is_said() {
        let (found, whys) = place("南麻街道", "凤凰官庄村", "9", "南麻街道东高庄村2组13号");
        assert_eq!(found, at("南麻街道", "凤凰官庄村", "9", "13号"));
        let elsewhere = Why::VillageElsewhere("鲁村镇 / 燕崖镇".into());
        assert_eq!(whys, [elsewhere, Why::AddressSays("南麻街道东高庄村".into()), Why::AddressSays("2组".into())]);
        assert_eq!(place("南麻街道", "东高圧村", "", "").1, [Why::VillageUnknown(Some("东高庄村".into()))]);
        assert_eq!(
            place("青石镇", "大湾村", "", "青石镇大湾村3组8号"),
            (at("青石镇", "大湾村", "3", "8号"), vec![Why::TownUnknown(None), Why::VillageUnknown(None)])
        );
    }

    #[test]
    fn groups_are_split_off() {
        assert_eq!(split_group("第三村民小组8号"), (Some("3".into()), "8号"));
        assert_eq!(split_group("8号"), (None, "8号"));
        assert_eq!(split_group("三社区5号"), (None, "三社区5号"));
    }
}
