//! Towns and villages of the county: official names, the short forms people write, and what an address begins with.

use std::collections::HashMap;

/// The official list of the county of the default campaign: town and village names as registered.
const YIYUAN: &str = include_str!("data/yiyuan_villages.csv");

/// Endings that name the office of a village rather than the village.
const OFFICES: [&str; 5] = ["村民委员会", "居民委员会", "村委会", "居委会", "委员会"];

/// Endings that name the office or rank of a town; the first that fits is taken off.
const RANKS: [&str; 8] = ["街道办事处", "街道办", "办事处", "街道", "人民政府", "镇政府", "镇", "乡"];

/// What an address may begin with above the town.
const ABOVE: [&str; 6] = ["山东省", "山东", "淄博市", "淄博", "沂源县", "沂源"];

/// Tells what was found for a written name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<'a> {
    /// Written as listed.
    Exact(&'a str),
    /// Written shorter or with its office, and only one listed name fits.
    Completed(&'a str),
    /// Several listed names fit.
    Several(Vec<&'a str>),
    /// Nothing fits, but exactly one listed name differs in a single character.
    Near(&'a str),
    /// Nothing fits.
    Unknown,
}

impl<'a> Found<'a> {
    /// Gives the listed name where exactly one fits.
    pub fn name(&self) -> Option<&'a str> {
        match self {
            Self::Exact(name) | Self::Completed(name) => Some(name),
            Self::Several(_) | Self::Near(_) | Self::Unknown => None,
        }
    }
}

/// What an address begins with, and what is left of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prefix<'a, 't> {
    /// The listed town.
    pub town: Option<&'a str>,
    /// The listed village.
    pub village: Option<&'a str>,
    /// The address without them.
    pub rest: &'t str,
}

/// Holds the towns of a county and their villages.
#[derive(Debug, Clone, Default)]
pub struct Places {
    towns: Vec<Town>,
}

#[derive(Debug, Clone)]
struct Town {
    name: String,
    villages: Vec<String>,
    /// Every way to write a village, with how far it is from the listed name: 0 the name itself, 1 an official form, 2 shortened.
    ways: HashMap<String, Vec<(u8, usize)>>,
}

impl Places {
    /// Makes a list from pairs of town and official village name (东里镇, 东里东村村委会).
    pub fn new<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut towns: Vec<Town> = Vec::new();
        for (town, official) in pairs {
            let (town, official) = (town.trim(), official.trim());
            if town.is_empty() {
                continue;
            }
            let at = towns.iter().position(|known| known.name == town).unwrap_or_else(|| {
                towns.push(Town { name: town.to_owned(), villages: Vec::new(), ways: HashMap::new() });
                towns.len() - 1
            });
            if let Some(known) = towns.get_mut(at).filter(|_| !official.is_empty()) {
                known.add(official);
            }
        }
        Self { towns }
    }

    /// Gives the list of Yiyuan county, which the default campaign is about.
    pub fn yiyuan() -> Self {
        Self::new(YIYUAN.lines().skip(1).filter_map(|line| {
            let mut parts = line.split(',').skip(2);
            Some((parts.next()?, parts.next()?))
        }))
    }

    /// Tells whether no town is listed, so that nothing can be said about names.
    pub fn is_empty(&self) -> bool {
        self.towns.is_empty()
    }

    /// Gives the listed towns in order.
    pub fn towns(&self) -> impl Iterator<Item = &str> {
        self.towns.iter().map(|town| town.name.as_str())
    }

    /// Gives the villages of one listed town in order.
    pub fn villages(&self, town: &str) -> impl Iterator<Item = &str> {
        self.towns
            .iter()
            .filter(move |known| known.name == town)
            .flat_map(|known| known.villages.iter().map(String::as_str))
    }

    /// Finds a town written in full or short (东里 for 东里镇).
    pub fn town(&self, text: &str) -> Found<'_> {
        if let Some(town) = self.towns.iter().find(|town| town.name == text) {
            return Found::Exact(&town.name);
        }
        let core = town_core(text);
        let fits: Vec<&str> =
            self.towns.iter().filter(|town| town_core(&town.name) == core).map(|town| town.name.as_str()).collect();
        one_of(fits).unwrap_or_else(|| near(text, self.towns()))
    }

    /// Finds a village written in full or short (东里东 for 东里东村), within a listed town or else in the whole county.
    pub fn village(&self, town: Option<&str>, text: &str) -> Found<'_> {
        let mut fits: Vec<(u8, &str)> = Vec::new();
        for known in self.within(town) {
            fits.extend(known.ways(text).filter_map(|(far, at)| Some((far, known.villages.get(at)?.as_str()))));
        }
        let Some(nearest) = fits.iter().map(|(far, _)| *far).min() else {
            return near(text, self.within(town).flat_map(|known| known.villages.iter().map(String::as_str)));
        };
        let mut best: Vec<&str> = fits.into_iter().filter(|(far, _)| *far == nearest).map(|(_, name)| name).collect();
        if town.is_some() {
            best.dedup();
        }
        match best.as_slice() {
            [only] if nearest == 0 => Found::Exact(only),
            _ => one_of(best).unwrap_or(Found::Unknown),
        }
    }

    /// Gives the towns that have a village of this name, written in full.
    pub fn towns_with<'a>(&'a self, village: &'a str) -> impl Iterator<Item = &'a str> {
        let has = |town: &&Town| town.ways(village).any(|(far, _)| far < 2);
        self.towns.iter().filter(has).map(|town| town.name.as_str())
    }

    /// Finds the only town that has a village of this name.
    pub fn town_of<'a>(&'a self, village: &'a str) -> Option<&'a str> {
        let mut having = self.towns_with(village);
        let first = having.next()?;
        having.next().is_none().then_some(first)
    }

    /// Takes county, town and village off the front of an address without blanks. `hint` is the town that the rest of the row names.
    pub fn prefix<'t>(&self, address: &'t str, hint: Option<&str>) -> Prefix<'_, 't> {
        let mut rest = address;
        for above in ABOVE {
            // 沂源 alone may be the beginning of a name; it only goes where a town follows.
            let Some(tail) = rest.strip_prefix(above) else { continue };
            let town_follows = || self.towns.iter().any(|town| tail.starts_with(town_core(&town.name)));
            if above.ends_with(['省', '市', '县']) || town_follows() {
                rest = tail;
            }
        }
        let full = self.towns.iter().find_map(|town| Some((town, rest.strip_prefix(town.name.as_str())?)));
        if let Some((town, tail)) = full {
            let (village, tail) = town.prefix(tail).map_or((None, tail), |(name, tail)| (Some(name), tail));
            return Prefix { town: Some(&town.name), village, rest: tail };
        }
        let hinted = hint.and_then(|hint| self.towns.iter().find(|town| town.name == hint));
        if let Some((town, (name, tail))) = hinted.and_then(|town| Some((town, town.prefix(rest)?))) {
            return Prefix { town: Some(&town.name), village: Some(name), rest: tail };
        }
        for town in &self.towns {
            let Some(tail) = rest.strip_prefix(town_core(&town.name)) else { continue };
            let tail = RANKS.iter().find_map(|rank| tail.strip_prefix(rank)).unwrap_or(tail);
            if let Some((name, tail)) = town.prefix(tail) {
                return Prefix { town: Some(&town.name), village: Some(name), rest: tail };
            }
        }
        let mut anywhere = self.towns.iter().filter_map(|town| Some((town, town.prefix(rest)?)));
        match (anywhere.next(), anywhere.next()) {
            (Some((town, (name, tail))), None) => Prefix { town: Some(&town.name), village: Some(name), rest: tail },
            _ => Prefix { town: None, village: None, rest },
        }
    }

    fn within(&self, town: Option<&str>) -> impl Iterator<Item = &Town> {
        let known = town.filter(|name| self.towns.iter().any(|town| town.name == *name)).map(str::to_owned);
        self.towns.iter().filter(move |town| known.as_ref().is_none_or(|name| *name == town.name))
    }
}

impl Town {
    fn add(&mut self, official: &str) {
        let name = village_name(official);
        if self.villages.contains(&name) {
            return;
        }
        let at = self.villages.len();
        let short = short_village(&name).to_owned();
        let mut ways = vec![(0, name.clone()), (1, official.to_owned())];
        if name.ends_with('村') {
            // 北村 is registered as 北村村委会, so lists made by machine say 北村村.
            ways.extend([(1, format!("{name}村")), (1, format!("{name}委会")), (1, format!("{name}民委员会"))]);
        }
        ways.extend([
            (2, short.clone()),
            (2, format!("{short}村")),
            (2, format!("{short}社区")),
            (2, format!("{short}居")),
        ]);
        for (far, way) in ways {
            if way.is_empty() {
                continue;
            }
            let known = self.ways.entry(way).or_default();
            if !known.iter().any(|(_, village)| *village == at) {
                known.push((far, at));
            }
        }
        self.villages.push(name);
    }

    fn ways(&self, text: &str) -> impl Iterator<Item = (u8, usize)> {
        self.ways.get(text).into_iter().flatten().copied()
    }

    /// Takes the longest way to write one of the villages off the front; a shortened one only where a number follows.
    fn prefix<'t>(&self, text: &'t str) -> Option<(&str, &'t str)> {
        let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(10).collect();
        for end in ends.into_iter().rev() {
            let (front, tail) = text.split_at_checked(end)?;
            let Some(known) = self.ways.get(front) else { continue };
            let nearest = known.iter().map(|(far, _)| *far).min()?;
            let mut best = known.iter().filter(|(far, _)| *far == nearest);
            let (Some((far, at)), None) = (best.next(), best.next()) else { continue };
            let number_follows = tail.starts_with(|c: char| c.is_ascii_digit() || "第一二三四五六七八九十".contains(c));
            // 西悦庄村村南 is south of the village, not in 西悦庄村村.
            let sure = *far == 0 || (*far == 1 && !front.ends_with("村村"));
            if sure || tail.is_empty() || number_follows {
                return Some((self.villages.get(*at)?, tail));
            }
        }
        None
    }
}

/// Makes the name people use from the registered one: 东高庄村委会 is 东高庄村, 北村村委会 is 北村, 历山居委会 is 历山社区.
pub fn village_name(official: &str) -> String {
    let Some((office, core)) = OFFICES.iter().find_map(|office| Some((office, official.strip_suffix(office)?))) else {
        return official.to_owned();
    };
    let of_residents = office.starts_with('居');
    if core.is_empty() {
        official.to_owned()
    } else if core.ends_with('村') || core.ends_with("社区") {
        core.to_owned()
    } else if of_residents {
        format!("{core}社区")
    } else {
        format!("{core}村")
    }
}

fn short_village(name: &str) -> &str {
    let short = name.strip_suffix("社区").unwrap_or(name);
    short.trim_end_matches('村')
}

fn town_core(name: &str) -> &str {
    RANKS.iter().find_map(|rank| name.strip_suffix(rank)).filter(|core| !core.is_empty()).unwrap_or(name)
}

fn one_of(mut fits: Vec<&str>) -> Option<Found<'_>> {
    match fits.as_slice() {
        [] => None,
        [only] => Some(Found::Completed(only)),
        _ => {
            fits.sort_unstable();
            fits.dedup();
            Some(if let [only] = fits.as_slice() { Found::Several(vec![only]) } else { Found::Several(fits) })
        }
    }
}

/// Finds the single name of the same length that differs in one character, for names of at least three.
fn near<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Found<'a> {
    let length = text.chars().count();
    let mut close = names.filter(|name| {
        length >= 3
            && name.chars().count() == length
            && name.chars().zip(text.chars()).filter(|(a, b)| a != b).count() == 1
            // 东里东村 and 东里西村 are both real: a direction or a number is no slip of the pen.
            && !name.chars().zip(text.chars()).any(|(a, b)| a != b && "东西南北中上下前后一二三四五六七八九十大小".contains(b))
    });
    match (close.next(), close.next()) {
        (Some(only), None) => Found::Near(only),
        _ => Found::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Places, Prefix, village_name};

    #[test]
    fn registered_names_become_the_names_people_use() {
        for (official, name) in [
            ("东高庄村委会", "东高庄村"),
            ("北村村委会", "北村"),
            ("东里东村村委会", "东里东村"),
            ("历山居委会", "历山社区"),
            ("城南社区居委会", "城南社区"),
            ("分水新村委员会", "分水新村"),
        ] {
            assert_eq!(village_name(official), name);
        }
    }

    #[test]
    fn short_forms_are_completed_only_when_one_name_fits() {
        let places = Places::yiyuan();
        assert_eq!(places.town("东里"), Found::Completed("东里镇"));
        assert_eq!(places.town("东里镇"), Found::Exact("东里镇"));
        assert_eq!(places.town("南麻街道办事处"), Found::Completed("南麻街道"));
        assert_eq!(places.village(Some("东里镇"), "东里东"), Found::Completed("东里东村"));
        assert_eq!(places.village(Some("东里镇"), "东里东村村"), Found::Completed("东里东村"));
        assert_eq!(places.village(Some("大张庄镇"), "北"), Found::Completed("北村"));
        let two = Places::new([
            ("甲镇", "河东村委会"),
            ("乙镇", "河东村委会"),
            ("甲镇", "石村村委会"),
            ("甲镇", "石社区居委会"),
        ]);
        assert!(matches!(two.village(None, "河东"), Found::Several(_)), "the same name in two towns");
        assert_eq!(two.village(Some("乙镇"), "河东"), Found::Completed("河东村"));
        assert_eq!(two.village(Some("甲镇"), "石"), Found::Several(vec!["石村", "石社区"]));
    }

    #[test]
    fn a_slip_of_the_pen_is_proposed_but_not_a_neighbour() {
        let places = Places::yiyuan();
        assert_eq!(places.village(Some("南麻街道"), "东高圧村"), Found::Near("东高庄村"));
        assert_eq!(places.village(Some("东里镇"), "东里北村"), Found::Unknown);
    }

    #[test]
    fn an_address_loses_county_town_and_village() {
        let places = Places::yiyuan();
        for address in ["南麻街道东高庄村7组52号", "山东省淄博市沂源县南麻街道东高庄村7组52号", "南麻东高庄7组52号"]
        {
            let want = Prefix { town: Some("南麻街道"), village: Some("东高庄村"), rest: "7组52号" };
            assert_eq!(places.prefix(address, None), want, "{address}");
        }
        assert_eq!(places.prefix("大张庄镇北村村6组", None).rest, "6组");
        assert_eq!(places.prefix("悦庄镇西悦庄村村南", None).rest, "村南");
        assert_eq!(places.prefix("7组52号", Some("南麻街道")), Prefix { rest: "7组52号", ..Prefix::default() });
    }
}
