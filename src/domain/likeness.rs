//! Likeness: whether two households are one family written down twice, with every reason for and against.
//!
//! The points are a table. Sixty are enough to ask a person. What no list can tell apart is left apart: a name with a
//! village has fewer points, as villages are full of namesakes, and so has a phone that two families share.

use std::collections::HashMap;

use super::{Household, Name, Word};
use crate::hanzi::{forms, sound};
use crate::text::{Text, t};

/// A reason for or against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// They have a phone in common.
    Phone,
    /// Their heads' identity numbers agree wherever both are legible.
    Identity,
    /// The heads have the same name.
    Name,
    /// The heads' names are written otherwise and sound alike: 德/得, 张/章.
    Sound,
    /// They have the same village, group and door.
    Door,
    /// They have the same village and group.
    Group,
    /// They have the same village.
    Village,
    /// The heads were born in the same year.
    Birth,
    /// The heads have one name, and their identity numbers differ.
    OtherIdentity,
    /// The heads were born more than a year apart; two people of two names, more than a generation.
    OtherBirth,
    /// One head is a man, the other a woman.
    OtherSex,
    /// They live in different villages.
    OtherVillage,
}

/// Code word, points and words of each sign.
const SIGNS: [(Sign, &str, i32, Text); 12] = [
    (Sign::Phone, "phone", 40, t("电话相同", "same phone")),
    (Sign::Identity, "identity", 40, t("身份证号对得上", "identity numbers agree")),
    (Sign::Name, "name", 30, t("姓名相同", "same name")),
    (Sign::Sound, "sound", 25, t("姓名同音", "names sound alike")),
    (Sign::Door, "door", 35, t("门牌相同", "same door")),
    (Sign::Group, "group", 12, t("同组", "same group")),
    (Sign::Village, "village", 8, t("同村", "same village")),
    (Sign::Birth, "birth", 10, t("同年生", "born in the same year")),
    (Sign::OtherIdentity, "other-identity", -50, t("身份证号不同", "other identity number")),
    (Sign::OtherBirth, "other-birth", -30, t("出生年不同", "other year of birth")),
    (Sign::OtherSex, "other-sex", -15, t("性别不同", "other sex")),
    (Sign::OtherVillage, "other-village", -5, t("不同村", "other village")),
];

/// From so many points on a person is asked.
pub const ASKED: i32 = 60;
/// Heads of one household who were born more years apart are no couple.
const GENERATION: i64 = 15;

/// From how many points on two households are how much alike: points, code word and words, the most first.
pub const GRADES: [(i32, &str, Text); 3] =
    [(100, "strong", t("很像", "strong")), (80, "likely", t("像", "likely")), (ASKED, "maybe", t("可能", "maybe"))];

impl Sign {
    fn row(self) -> (&'static str, i32, Text) {
        let row = SIGNS.iter().find(|(sign, ..)| *sign == self);
        row.map_or(("", 0, t("", "")), |(_, code, points, words)| (*code, *points, *words))
    }

    /// Gives the fixed word for scripts.
    pub fn code(self) -> &'static str {
        self.row().0
    }

    /// Gives the points, against below nought.
    pub fn points(self) -> i32 {
        self.row().1
    }

    /// Gives the sign in words.
    pub fn words(self) -> Text {
        self.row().2
    }

    /// Tells whether it speaks against.
    pub fn is_against(self) -> bool {
        self.points() < 0
    }
}

/// What speaks for and against two households being one family.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Likeness {
    /// The signs, in the order of the table.
    pub signs: Vec<Sign>,
}

impl Likeness {
    /// Compares two households. `renamed` gives the old name of a village that the later list calls otherwise.
    pub fn of(one: &Household, other: &Household, renamed: &Renamed) -> Self {
        let mut signs = Vec::new();
        if one.phones.iter().any(|phone| other.phones.contains(phone)) {
            signs.push(Sign::Phone);
        }
        let identity = same_identity(&one.idmask, &other.idmask);
        let name = if !one.head.is_empty() && one.head == other.head {
            Some(Sign::Name)
        } else {
            sound::alike(&one.head, &other.head).then_some(Sign::Sound)
        };
        // Husband and wife: each has a number, and a year of birth near the other's.
        let are_two = name.is_none() && identity == Some(false);
        match identity {
            Some(true) => signs.push(Sign::Identity),
            Some(false) if !are_two => signs.push(Sign::OtherIdentity),
            _ => {}
        }
        signs.extend(name);
        signs.extend(places(one, other, renamed));
        let apart = one.birth_year.zip(other.birth_year).map(|(a, b)| (a - b).abs());
        match apart {
            Some(0) if !are_two => signs.push(Sign::Birth),
            Some(years) if years > if are_two { GENERATION } else { 1 } => signs.push(Sign::OtherBirth),
            _ => {}
        }
        if !one.sex.is_empty() && !other.sex.is_empty() && one.sex != other.sex {
            signs.push(Sign::OtherSex);
        }
        signs.sort_unstable();
        Self { signs }
    }

    /// Gives the points: -100 to 150.
    pub fn points(&self) -> i32 {
        self.signs.iter().map(|sign| sign.points()).sum()
    }

    /// Gives how much alike they are: the code word and the words of the grade that the points reach.
    pub fn grade(&self) -> (&'static str, Text) {
        let points = self.points();
        let reached = GRADES.iter().find(|(from, ..)| points >= *from);
        reached.map_or(("unlike", t("不像", "unlike")), |(_, code, words)| (*code, *words))
    }

    /// Tells whether the heads have one name, as written or as spoken.
    pub fn has_name(&self) -> bool {
        self.signs.contains(&Sign::Name) || self.signs.contains(&Sign::Sound)
    }

    /// Tells whether it is enough to ask a person.
    pub fn is_asked(&self) -> bool {
        self.points() >= ASKED
    }
}

/// Villages that a later list calls otherwise: the new town and village, and the old.
pub type Renamed = HashMap<(Word, Word), (Word, Word)>;

fn places(one: &Household, other: &Household, renamed: &Renamed) -> Option<Sign> {
    if one.village.is_empty() || other.village.is_empty() {
        return None;
    }
    let (old, new) = (village(one), village(other));
    // A list may leave the town out.
    let same = |a: &(Word, Word), b: &(Word, Word)| a.1 == b.1 && (a.0 == b.0 || a.0.is_empty() || b.0.is_empty());
    let is_same = same(&old, &new) || renamed.get(&new).is_some_and(|before| same(before, &old));
    Some(match is_same {
        false => Sign::OtherVillage,
        true if one.group != other.group || one.group.is_empty() => Sign::Village,
        true if one.door.is_empty() || forms::same_door(&one.door) != forms::same_door(&other.door) => Sign::Group,
        true => Sign::Door,
    })
}

/// Gives town and village.
pub(super) fn village(household: &Household) -> (Word, Word) {
    (household.town.clone(), household.village.clone())
}

/// Compares identity numbers of which digits are hidden; None where too little of them is legible, or a single digit differs: that
/// is a slip, and says nothing.
fn same_identity(one: &str, other: &str) -> Option<bool> {
    /// The region, which a whole county shares.
    const REGION: usize = 6;
    if one.len() != other.len() || one.is_empty() {
        return None;
    }
    let legible = one.chars().zip(other.chars()).enumerate().filter(|(_, (a, b))| *a != '*' && *b != '*');
    let (mut differ, mut told) = (0, 0);
    for (at, (a, b)) in legible {
        differ += usize::from(a != b);
        told += usize::from(at >= REGION);
    }
    match (differ, told) {
        (0, 7..) => Some(true),
        (0 | 1, _) => None,
        _ => Some(false),
    }
}

/// Gives what may tell a household from others: two with nothing of it in common have too few points to be asked about.
pub(super) fn keys(household: &Household, renamed: &Renamed) -> Vec<String> {
    let mut keys: Vec<String> = household.phones.iter().map(|phone| format!("p{phone}")).collect();
    if !household.idmask.is_empty() {
        keys.push(format!("i{}", household.idmask));
    }
    if !household.door.is_empty() && !household.group.is_empty() {
        let (_, village) = renamed.get(&village(household)).cloned().unwrap_or_else(|| village(household));
        keys.push(format!("d{village}|{}|{}", household.group, forms::same_door(&household.door)));
    }
    keys
}

/// More households than this with one phone or door say nothing: it is the number of an office, or a door of a block.
const CROWD: usize = 64;

/// Two households that may be one family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twins {
    /// The smaller name.
    pub one: Name,
    /// The larger name.
    pub other: Name,
    /// Why.
    pub likeness: Likeness,
}

/// Finds the pairs among households that a person should be asked about, the likeliest first.
pub fn twins(households: &[(Name, Household)]) -> Vec<Twins> {
    let renamed = Renamed::new();
    let mut by_key: HashMap<String, Vec<u32>> = HashMap::new();
    for ((_, household), at) in households.iter().zip(0_u32..) {
        for key in keys(household, &renamed) {
            by_key.entry(key).or_default().push(at);
        }
    }
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for (_, found) in by_key.into_iter().filter(|(_, found)| (2..=CROWD).contains(&found.len())) {
        for (at, one) in found.iter().enumerate() {
            pairs.extend(found.iter().skip(at + 1).map(|other| (*one, *other)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let pair = |(one, other): &(u32, u32)| {
        let (one, other) = (households.get(*one as usize)?, households.get(*other as usize)?);
        let likeness = Likeness::of(&one.1, &other.1, &renamed);
        let twins = Twins { one: one.0.min(other.0), other: one.0.max(other.0), likeness };
        twins.likeness.is_asked().then_some(twins)
    };
    let mut found: Vec<Twins> = pairs.iter().filter_map(pair).collect();
    found.sort_by_key(|twins| (-twins.likeness.points(), twins.one, twins.other));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn household(head: &str, phone: &str, village: &str, group: &str, door: &str) -> Household {
        Household {
            head: head.into(),
            phones: if phone.is_empty() { vec![] } else { vec![phone.into()] },
            village: village.into(),
            group: group.into(),
            door: door.into(),
            ..Household::default()
        }
    }

    fn asked(one: &Household, other: &Household) -> bool {
        Likeness::of(one, other, &Renamed::new()).is_asked()
    }

    #[test]
    fn a_family_written_down_twice_is_asked_about() {
        let family = household("张德富", "13853301234", "东里东村", "3", "12号");
        let same = [
            household("张得富", "13853301234", "东里东村", "3", "40号"),
            household("章德富", "", "东里东村", "3", "12号"),
            household("张德富", "", "东里东村", "3", "12号"),
            household("张德富", "13853301234", "东里西村", "1", "2号"),
            // The wife stands in one list, the husband in the other.
            household("李桂英", "13853301234", "东里东村", "3", "12号"),
        ];
        for one in &same[1..] {
            assert!(asked(&family, one), "{one:?}");
        }
        assert!(asked(&family, &same[0]));
    }

    #[test]
    fn a_door_written_otherwise_is_the_same_door() {
        let at = |door: &str| household("张德富", "", "东里东村", "3", door);
        for (one, other) in [("6号", "6"), ("６号", "6"), ("6-1", "6号1"), ("六号", "6号")] {
            let both = [(Name::new(1, 1), at(one)), (Name::new(1, 2), at(other))];
            assert_eq!(twins(&both).len(), 1, "{one} {other}");
        }
        assert!(twins(&[(Name::new(1, 1), at("6号")), (Name::new(1, 2), at("6-1"))]).is_empty());
    }

    #[test]
    fn families_that_share_a_phone_or_a_name_stay_apart() {
        let family = household("张守富", "13853301234", "东里东村", "3", "12号");
        for other in [
            household("李桂英", "13853301234", "东里东村", "3", "40号"),
            household("张守富", "13853309999", "东里东村", "3", "40号"),
            household("张守富", "", "东里西村", "3", "12号"),
        ] {
            assert!(!asked(&family, &other), "{other:?}");
        }
    }

    #[test]
    fn the_grade_is_the_one_that_the_points_reach() {
        let grade = |signs: &[Sign]| Likeness { signs: signs.to_vec() }.grade().0;
        assert_eq!(grade(&[Sign::Phone, Sign::Name, Sign::Door]), "strong", "105");
        assert_eq!(grade(&[Sign::Phone, Sign::Identity]), "likely", "80");
        assert_eq!(grade(&[Sign::Sound, Sign::Door]), "maybe", "60");
        assert_eq!(grade(&[Sign::Phone, Sign::OtherBirth]), "unlike", "10");
        assert!(GRADES.is_sorted_by(|(one, ..), (next, ..)| one > next), "the first one reached is the highest");
        assert!(GRADES.iter().all(|(from, ..)| *from >= ASKED), "what nobody is asked about has no grade");
    }

    #[test]
    fn what_identity_numbers_say_weighs_most() {
        let mut one = household("张守富", "13853301234", "东里东村", "3", "");
        let mut other = household("张守富", "13853301234", "东里东村", "3", "");
        assert!(asked(&one, &other));
        one.idmask = "3703231949****6444".into();
        other.idmask = "3703231975****1234".into();
        assert!(!asked(&one, &other), "father and son of one name, with one phone");
        other.idmask = "3703231949****6444".into();
        (other.phones, other.group) = (vec![], "5".into());
        assert!(asked(&one, &other));
        other.idmask = "370323****".into();
        assert!(!asked(&one, &other), "too little is legible");
    }

    // Her number is another than his, of course: that spoke against what phone and door said.
    #[test]
    fn husband_and_wife_as_heads_are_asked_about_and_father_and_son_are_not() {
        let person = |head: &str, sex: &str, born: i64, end: &str| Household {
            sex: sex.into(),
            birth_year: Some(born),
            idmask: format!("370323{born}****{end}").into(),
            ..household(head, "13853301234", "东里东村", "3", "12号")
        };
        let man = person("张守富", "male", 1950, "6444");
        assert!(asked(&man, &person("李桂英", "female", 1953, "1228")));
        assert!(!asked(&man, &person("张传宝", "male", 1975, "1217")), "another generation");
        // One phone, or one door, is not enough for two people.
        for (phone, door) in [("13853309999", "12号"), ("13853301234", "40号")] {
            let near = person("李桂英", "male", 1950, "1228");
            assert!(!asked(&man, &Household { phones: vec![phone.into()], door: door.into(), ..near }));
        }
    }

    // A slip of one digit made two people of one, whose name and phone agreed.
    #[test]
    fn one_wrong_digit_of_an_identity_number_says_nothing() {
        let with = |idmask: &str| Household {
            idmask: idmask.into(),
            ..household("张守富", "", "东里东村", "3", "12号")
        };
        let one = with("3703231949****6444");
        assert!(asked(&one, &with("3703231949****6544")));
        assert!(!asked(&one, &with("3703231949****6514")), "two digits are another number");
        let listed = |idmask: &str| Household { door: "".into(), group: "".into(), ..with(idmask) };
        assert!(!asked(&listed("3703231949****6444"), &listed("3703231949****6544")), "nor does it speak for them");
        // Where most of it is hidden a digit is a slip all the same.
        let hidden = with("370323********6444");
        assert!(asked(&hidden, &with("370323********6544")));
        assert!(!asked(&hidden, &with("370323********6514")), "two digits are another number");
    }

    #[test]
    fn the_phone_of_an_office_says_nothing() {
        let many: Vec<(Name, Household)> = (0..200)
            .map(|at| (Name::new(1, at), household("张守富", "0533-3540001", "东里东村", "3", &format!("{at}号"))))
            .collect();
        assert!(twins(&many).is_empty());
        assert_eq!(twins(&many[..3]).len(), 3);
    }
}
