//! Rosters of invented people in which families stand twice, as clerks write them down twice, among neighbours who look alike and
//! are not the same; with the truth. The same size and seed give the same roster.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use zoufang::domain::{Body, Household, Kept, Name, Operation, Prevs, Record, Stamp, twins};
use zoufang::intake::{self, Guess};

/// How a family stands in the list once more, and in how many of a hundred such cases.
const TWICE: [(&str, usize); 14] = [
    ("照抄 the same row", 11),
    ("没有电话 no phone", 12),
    ("换了电话 another phone", 12),
    ("姓名同音 a name that sounds alike", 14),
    ("没有身份证号 no identity number", 10),
    ("没有住址 no address", 8),
    ("写了别的村 another village", 8),
    ("只有姓名电话 name and phone only", 6),
    ("电话错一位 a wrong digit in the phone", 5),
    ("身份证号错一位 a wrong digit in the identity number", 5),
    ("老伴当户主 the wife as head", 3),
    ("新门牌 another door", 2),
    ("只有姓名住址 name and address only", 1),
    ("只有姓名住址, 门牌写法不同 name and address only, the door written otherwise", 3),
];

/// Neighbours who are others, and in how many of a thousand rows.
const OTHERS: [(&str, usize); 6] = [
    ("儿子用同一个电话 a son with one phone", 10),
    ("分户的儿子, 同一个门牌 a son behind one door", 10),
    ("父亲同门牌同电话 a father behind one door with one phone", 3),
    ("同名 a namesake in the village", 15),
    ("同组同名 a namesake in the group", 5),
    ("小卖部电话 the phone of the shop", 8),
];

/// Of a thousand families so many stand twice.
const PLANTED: usize = 40;
/// Households of a village.
const VILLAGE: usize = 60;

const SURNAMES: [&str; 40] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "周", "徐", "孙", "马", "朱", "胡", "郭", "高", "林", "郑", "宋", "唐",
    "许", "韩", "冯", "曹", "田", "董", "于", "杜", "任", "崔", "石", "孟", "秦", "侯", "齐", "苗", "左", "亓", "翟",
    "房", "公",
];
const MEN: &str =
    "德贵明军国强建华志成文海永福玉春光荣长富庆林传忠思孝继衍敬先润锦才振兴学保来宝发全和平新民生利胜根水山";
const WOMEN: &str = "秀英兰芳玲梅桂香翠花红霞丽娟凤莲玉珍琴素云爱淑贤惠敏燕萍静雪菊月娥银巧荣";
/// Characters that one hears alike and clerks take for one another.
const ALIKE: [(char, char); 14] = [
    ('军', '君'),
    ('华', '花'),
    ('明', '名'),
    ('国', '帼'),
    ('志', '智'),
    ('兰', '岚'),
    ('英', '瑛'),
    ('德', '得'),
    ('林', '琳'),
    ('玲', '灵'),
    ('福', '富'),
    ('成', '诚'),
    ('新', '欣'),
    ('芳', '方'),
];
const PLACES: &str = "东西南北上下大小石桥泉崖松柏杏桃槐柳";
const LANDS: [&str; 8] = ["庄", "峪", "沟", "泉", "河", "坡", "岭", "官庄"];

/// A made roster: its file, and of each row whose family it is and how it came there.
pub struct Planted {
    pub csv: String,
    families: Vec<(u32, &'static str)>,
}

#[derive(Clone)]
struct Family {
    village: usize,
    group: usize,
    door: usize,
    name: String,
    man: bool,
    born: usize,
    /// The end of the identity number.
    number: usize,
    phone: Option<String>,
    has_number: bool,
    has_address: bool,
    /// The word behind the door's number.
    door_word: &'static str,
}

struct Maker(u64);

impl Maker {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33).unwrap() % end.max(1)
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// Picks by weight; none where the dice fall beyond all of them.
    fn weighed(&mut self, all: &[(&'static str, usize)], of: usize) -> Option<&'static str> {
        let mut left = self.below(of);
        let found = all.iter().find(|(_, weight)| match left.checked_sub(*weight) {
            Some(rest) => {
                left = rest;
                false
            }
            None => true,
        });
        found.map(|(word, _)| *word)
    }

    fn given(&mut self, man: bool) -> String {
        let all: Vec<char> = if man { MEN } else { WOMEN }.chars().collect();
        let long = self.below(100) < 72;
        (0..=usize::from(long)).map(|_| *self.of(&all)).collect()
    }

    fn phone(&mut self) -> String {
        format!("1{}{:08}", ["38", "39", "50", "58", "86", "53"][self.below(6)], self.below(100_000_000))
    }

    fn family(&mut self, village: usize) -> Family {
        // Three surnames are those of most people of a village.
        let own = if self.below(100) < 62 { (village * 7 + self.below(3)) % 40 } else { self.below(40) };
        let man = self.below(100) < 78;
        Family {
            village,
            group: 1 + self.below(6),
            door: 1 + self.below(260),
            name: format!("{}{}", SURNAMES[own], self.given(man)),
            man,
            born: 1938 + self.below(60),
            number: self.below(10_000),
            phone: (self.below(100) < 90).then(|| self.phone()),
            has_number: self.below(100) < 70,
            has_address: self.below(100) < 85,
            door_word: "号",
        }
    }

    /// Writes a family down once more; none where it has nothing of what that needs.
    fn twice(&mut self, family: &Family, how: &str) -> Option<Family> {
        let mut other = family.clone();
        let how = how.split(' ').next().unwrap();
        match how {
            "照抄" => {}
            "没有电话" => other.phone = family.phone.as_ref().and(None),
            "换了电话" => other.phone = Some(self.phone()),
            "姓名同音" => {
                let swapped = |ch: char| ALIKE.iter().find(|(from, _)| *from == ch).map(|(_, to)| *to);
                let at = family.name.chars().skip(1).position(|ch| swapped(ch).is_some())? + 1;
                let name = family.name.chars().enumerate();
                other.name = name.map(|(i, ch)| if i == at { swapped(ch).unwrap() } else { ch }).collect();
            }
            "没有身份证号" => other.has_number = false,
            "没有住址" => other.has_address = false,
            "写了别的村" => other.village += 1,
            "只有姓名电话" => {
                family.phone.as_ref()?;
                (other.has_number, other.has_address) = (false, false);
            }
            "电话错一位" => other.phone = Some(self.wrong_digit(family.phone.as_ref()?)),
            "身份证号错一位" => other.number = (family.number + 10 * (1 + self.below(8))) % 10_000,
            "老伴当户主" => {
                other.name = format!("{}{}", self.of(&SURNAMES), self.given(!family.man));
                (other.man, other.number) = (!family.man, self.below(10_000));
                other.born = family.born + self.below(5);
            }
            "新门牌" => other.door = 300 + self.below(60),
            "只有姓名住址," => (other.has_number, other.phone, other.door_word) = (false, None, ""),
            _ => (other.has_number, other.phone) = (false, None),
        }
        Some(other)
    }

    fn wrong_digit(&mut self, phone: &str) -> String {
        let at = 3 + self.below(8);
        let wrong = |ch: char| char::from_digit((ch.to_digit(10).unwrap() + 3) % 10, 10).unwrap();
        phone.chars().enumerate().map(|(i, ch)| if i == at { wrong(ch) } else { ch }).collect()
    }

    /// Makes another family that is like one.
    fn like(&mut self, family: &Family, how: &str) -> Family {
        let mut other = self.family(family.village);
        let surname: String = family.name.chars().take(1).collect();
        let son = |maker: &mut Self, other: &mut Family| {
            other.man = true;
            other.name = format!("{surname}{}", maker.given(true));
            other.born = family.born + 22 + maker.below(10);
        };
        match how.split([' ', ',']).next().unwrap() {
            "儿子用同一个电话" => {
                son(self, &mut other);
                (other.phone, other.group) = (family.phone.clone(), family.group);
            }
            "分户的儿子" => {
                son(self, &mut other);
                (other.door, other.group) = (family.door, family.group);
            }
            "父亲同门牌同电话" => {
                son(self, &mut other);
                (other.door, other.group, other.phone) = (family.door, family.group, family.phone.clone());
            }
            "同名" => (other.name, other.man) = (family.name.clone(), family.man),
            "同组同名" => {
                (other.name, other.man, other.group) = (family.name.clone(), family.man, family.group);
            }
            _ => (other.phone, other.group) = (family.phone.clone(), family.group),
        }
        other
    }
}

/// Makes a roster of so many families and more rows.
pub fn planted(families: usize, seed: u64) -> Planted {
    let mut maker = Maker(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut rows: Vec<(Family, u32, &'static str)> = Vec::with_capacity(families * 11 / 10);
    let mut later: Vec<(Family, u32, &'static str)> = Vec::new();
    let mut next = 0_u32;
    while (next as usize) < families {
        let family = maker.family(next as usize / VILLAGE);
        let own = next;
        next += 1;
        if maker.below(1_000) < PLANTED
            && let Some(how) = maker.weighed(&TWICE, 100)
            && let Some(other) = maker.twice(&family, how)
        {
            later.push((other, own, how));
        }
        if let Some(how) = maker.weighed(&OTHERS, 1_000) {
            let other = maker.like(&family, how);
            rows.push((other, next, how));
            next += 1;
        }
        rows.push((family, own, ""));
        // The second copy is pasted anywhere below.
        while !later.is_empty() && maker.below(10) < 3 {
            let at = maker.below(later.len());
            rows.push(later.swap_remove(at));
        }
    }
    rows.extend(later);
    let mut csv = String::from("序号,镇(街道),村(居),组,户主姓名,性别,身份证号,联系电话,家庭人口,户类别,住址\n");
    for (at, (family, ..)) in rows.iter().enumerate() {
        family.write(at + 1, &mut csv);
    }
    Planted { csv, families: rows.into_iter().map(|(_, own, how)| (own, how)).collect() }
}

impl Family {
    fn write(&self, at: usize, csv: &mut String) {
        let place: Vec<char> = PLACES.chars().collect();
        let town = format!("{}里镇", place[self.village / 144 % place.len()]);
        let village = format!(
            "{}{}{}村",
            place[self.village / 1_000 % place.len()],
            place[self.village % place.len()],
            LANDS[self.village / place.len() % LANDS.len()],
        );
        let number = if self.has_number { format!("370323{}****{:04}", self.born, self.number) } else { String::new() };
        let sex = if self.man { "男" } else { "女" };
        let phone = self.phone.as_deref().unwrap_or_default();
        let (group, address) = if self.has_address {
            (self.group.to_string(), format!("{town}{village}{}组{}{}", self.group, self.door, self.door_word))
        } else {
            (String::new(), String::new())
        };
        let _ = writeln!(csv, "{at},{town},{village},{group},{},{sex},{number},{phone},3,脱贫户,{address}", self.name);
    }
}

/// What was found in a roster, against the truth.
#[derive(Debug, Default, Clone)]
pub struct Score {
    /// Pairs that are one family, and of them those proposed.
    pub planted: usize,
    pub found: usize,
    /// Pairs proposed that are two families.
    pub wrong: usize,
    /// Of each way of standing twice how many there were, and how many were found.
    pub by_kind: BTreeMap<&'static str, (usize, usize)>,
    /// Of each kind of neighbours how many were proposed.
    pub wrong_by_kind: BTreeMap<&'static str, usize>,
}

impl Score {
    /// Of what is proposed so much is right.
    pub fn precision(&self) -> f64 {
        ratio(self.found, self.found + self.wrong)
    }

    /// Of what there is so much is proposed.
    pub fn recall(&self) -> f64 {
        ratio(self.found, self.planted)
    }

    pub fn add(&mut self, other: &Self) {
        self.planted += other.planted;
        self.found += other.found;
        self.wrong += other.wrong;
        for (kind, (all, found)) in &other.by_kind {
            let own = self.by_kind.entry(kind).or_default();
            *own = (own.0 + all, own.1 + found);
        }
        for (kind, wrong) in &other.wrong_by_kind {
            *self.wrong_by_kind.entry(kind).or_default() += wrong;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

impl Planted {
    /// Reads the roster as an import does, and holds the pairs that are proposed against the truth.
    pub fn score(&self) -> Score {
        let households = self.households();
        assert_eq!(households.len(), self.families.len(), "a row was lost");
        let proposed: BTreeSet<(u32, u32)> =
            twins(&households).iter().map(|pair| (pair.one.seq, pair.other.seq)).collect();
        let mut score = Score::default();
        let mut rows: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (row, (family, _)) in (0..).zip(&self.families) {
            rows.entry(*family).or_default().push(row);
        }
        let kind = |one: u32, other: u32| {
            let [one, other] = [one, other].map(|row| self.families[row as usize].1);
            if one.is_empty() { other } else { one }
        };
        for rows in rows.values().filter(|rows| rows.len() > 1) {
            let (one, other) = (rows[0], rows[1]);
            let how = [one, other].map(|row| self.families[row as usize].1);
            let how = how.into_iter().find(|how| TWICE.iter().any(|(word, _)| word == how)).unwrap_or_default();
            let found = proposed.contains(&(one, other));
            let count = score.by_kind.entry(how).or_default();
            *count = (count.0 + 1, count.1 + usize::from(found));
            score.planted += 1;
            score.found += usize::from(found);
        }
        for (one, other) in proposed {
            if self.families[one as usize].0 != self.families[other as usize].0 {
                score.wrong += 1;
                *score.wrong_by_kind.entry(kind(one, other)).or_default() += 1;
            }
        }
        score
    }

    fn households(&self) -> Vec<(Name, Household)> {
        let reading = intake::read(self.csv.as_bytes(), "名单.csv", &Guess::default()).unwrap();
        let rows = (0..).zip(intake::canonical(&reading).rows);
        let households = rows.map(|(at, row)| {
            let (name, body) = (Name::new(1, at), Body::RosterRow(row));
            let (actor, key, prevs) = ("".into(), "".into(), Prevs::new());
            let operation = Operation { name, stamp: Stamp(0), wall_ms: 0, actor, entity: name, key, prevs, body };
            let mut record = Record::new(name);
            record.apply(&Arc::new(Kept { operation, bytes: Vec::new().into() }), |_| false);
            (name, Household::read(&[Arc::new(record)]))
        });
        households.collect()
    }
}
