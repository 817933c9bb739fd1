//! Invented people: surnames as often as they are met, given names from those of a county.

/// Surnames by their weight in a thousand.
const SURNAMES: &[(&str, u32)] = &[
    ("王", 72),
    ("李", 70),
    ("张", 67),
    ("刘", 51),
    ("陈", 46),
    ("杨", 32),
    ("赵", 29),
    ("黄", 22),
    ("周", 21),
    ("吴", 20),
    ("徐", 17),
    ("孙", 22),
    ("朱", 13),
    ("马", 14),
    ("胡", 13),
    ("郭", 12),
    ("何", 10),
    ("高", 11),
    ("林", 10),
    ("宋", 10),
    ("唐", 9),
    ("郑", 9),
    ("任", 8),
    ("董", 6),
    ("于", 7),
    ("亓", 6),
    ("綦", 5),
    ("翟", 6),
    ("曾", 5),
    ("单", 2),
    ("解", 2),
    ("牟", 2),
    ("逯", 2),
    ("尉迟", 1),
    ("欧阳", 1),
];
const GIVEN: &str = "德贵明军国强建华志成文海永福玉春光荣长富庆林传忠思孝继衍照敬先润锦贞才池振兴学保来宝发全和平新民生利胜根水山石友善义仁信\
                     秀英兰芳玲梅桂香翠花红霞丽娟凤莲珍琴素云爱淑贤惠敏燕萍艳静婷雪守世";

/// Gives the characters of given names.
pub fn given() -> Vec<char> {
    GIVEN.chars().collect()
}

/// A small generator of numbers, the same on every machine.
pub struct Dice(u64);

impl Dice {
    /// Begins at a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Gives a number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn surname(&mut self) -> &'static str {
        let total: u32 = SURNAMES.iter().map(|row| row.1).sum();
        let mut left = u32::try_from(self.below(total as usize)).unwrap();
        for (surname, weight) in SURNAMES {
            if left < *weight {
                return surname;
            }
            left -= weight;
        }
        SURNAMES[0].0
    }

    /// Gives a name of two or three characters, a few of more: three of four have two given ones.
    pub fn name(&mut self, given: &[char]) -> String {
        let mut name = self.surname().to_owned();
        for _ in 0..=usize::from(self.below(100) > 27) {
            name.push(given[self.below(given.len())]);
        }
        name
    }
}
