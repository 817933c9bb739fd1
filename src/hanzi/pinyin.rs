//! Pinyin of names and places: surname table first, then the readings of each character, at most six variants.
//!
//! Readings are toneless and lower case, `ü` is written `v` (吕 `lv`) as input methods want it. A name begins with its
//! surname and is read by the surname table there (单德贵 `shandegui`); a place is not (单家庄 stays `dan…` first).
//! Letters and digits pass through in lower case; a 汉字 without a known reading is left out.

use pinyin::ToPinyinMulti;

use super::{is_han, surnames};

/// Bounds the variants that one name or place gets in the index.
pub const VARIANTS: usize = 6;

/// Characters whose further readings in the table are archaic or impossible in names and places.
const ONE_READING: &str = "王明思才平英红淑浩俊月倩胜南庄池信强大石和李吴朱许于方白汪陶万夏贾齐柴";

/// Readings of one character, the likeliest first; at most four, all different.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Readings {
    list: [&'static str; 4],
    count: usize,
}

impl Readings {
    /// Gives the readings as a slice, the likeliest first.
    pub fn as_slice(&self) -> &[&'static str] {
        self.list.get(..self.count).unwrap_or_default()
    }

    fn push(&mut self, reading: &'static str) {
        if self.as_slice().contains(&reading) {
            return;
        }
        if let Some(place) = self.list.get_mut(self.count) {
            *place = reading;
            self.count += 1;
        }
    }

    /// Tells whether one sound is possible for both characters.
    pub fn meet(&self, other: &Self) -> bool {
        self.as_slice().iter().any(|reading| other.as_slice().contains(reading))
    }
}

impl FromIterator<&'static str> for Readings {
    fn from_iter<I: IntoIterator<Item = &'static str>>(readings: I) -> Self {
        let mut all = Self::default();
        readings.into_iter().for_each(|reading| all.push(reading));
        all
    }
}

/// Gives the readings of one character outside a surname; none for a character without a known one.
pub fn of_char(ch: char) -> Readings {
    let Some(all) = ch.to_pinyin_multi() else { return Readings::default() };
    let most = if all.count() > 1 && ONE_READING.contains(ch) { 1 } else { usize::MAX };
    all.into_iter().take(most).map(|reading| with_v(reading.plain())).collect()
}

/// Gives the readings of a character as a surname, the correct one first.
pub fn of_surname(ch: char) -> Readings {
    match surnames::single(ch) {
        Some(readings) => readings.iter().copied().collect(),
        None => of_char(ch),
    }
}

/// Counts the characters of a person's surname: 2 for 欧阳志远, else 1; 0 for an empty name.
pub fn surname_len(name: &str) -> usize {
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if surnames::double(first, second).is_some() => 2,
        (Some(_), _) => 1,
        (None, _) => 0,
    }
}

/// Gives the initials of a person's name, likeliest first: 单德贵 `sdg`, `ddg`. At most [`VARIANTS`], all different.
pub fn initials(name: &str) -> Vec<String> {
    join(&first_letters(&name_steps(name)))
}

/// Gives the full pinyin of a person's name, likeliest first: 单德贵 `shandegui`, `dandegui`. At most [`VARIANTS`].
pub fn full(name: &str) -> Vec<String> {
    join(&name_steps(name))
}

/// Gives a person's surname in full and the initials of the given name, as many people type: 张守富 `zhangsf`. At most
/// [`VARIANTS`].
pub fn surname_and_initials(name: &str) -> Vec<String> {
    let mut steps = name_steps(name);
    let given = steps.split_off(surname_len(name).min(steps.len()));
    steps.extend(first_letters(&given));
    join(&steps)
}

/// Gives the initials of a place or another word that has no surname: 东里 `dl`. At most [`VARIANTS`].
pub fn place_initials(place: &str) -> Vec<String> {
    join(&first_letters(&place_steps(place)))
}

/// Gives the full pinyin of a place or another word that has no surname: 东里 `dongli`. At most [`VARIANTS`].
pub fn place_full(place: &str) -> Vec<String> {
    join(&place_steps(place))
}

/// One step of a reading: the sounds a character may have, or a character that stands for itself.
#[derive(Debug, Clone, Copy)]
enum Step {
    Sounds(Readings),
    Letter(char),
}

impl Step {
    fn count(&self) -> usize {
        match self {
            Self::Sounds(readings) => readings.count,
            Self::Letter(_) => 1,
        }
    }
}

fn name_steps(name: &str) -> Vec<Step> {
    let mut chars = name.chars();
    let mut steps = Vec::with_capacity(4);
    let first = chars.next();
    let pair = first.zip(chars.clone().next()).and_then(|(first, second)| surnames::double(first, second));
    if let Some(pair) = pair {
        chars.next();
        steps.extend(pair.iter().map(|&reading| Step::Sounds(Readings::from_iter([reading]))));
    } else if let Some(first) = first {
        steps.extend(step(first, of_surname));
    }
    steps.extend(chars.filter_map(|ch| step(ch, of_char)));
    steps
}

fn place_steps(place: &str) -> Vec<Step> {
    place.chars().filter_map(|ch| step(ch, of_char)).collect()
}

fn step(ch: char, read: fn(char) -> Readings) -> Option<Step> {
    if is_han(ch) {
        let readings = read(ch);
        return (readings.count > 0).then_some(Step::Sounds(readings));
    }
    ch.is_alphanumeric().then(|| Step::Letter(ch.to_lowercase().next().unwrap_or(ch)))
}

fn first_letters(steps: &[Step]) -> Vec<Step> {
    let first = |step: &Step| match step {
        Step::Sounds(readings) => {
            Step::Sounds(readings.as_slice().iter().filter_map(|reading| reading.get(..1)).collect())
        }
        Step::Letter(_) => *step,
    };
    steps.iter().map(first).collect()
}

/// Writes out the variants, those with the fewest unlikely readings first.
fn join(steps: &[Step]) -> Vec<String> {
    if steps.is_empty() {
        return Vec::new();
    }
    if steps.iter().all(|step| step.count() == 1) {
        return vec![spell(steps, std::iter::repeat(&0))];
    }
    let mut found: Vec<String> = Vec::with_capacity(2);
    // A choice is the rank of the reading taken at each step. Each choice is made once: ranks grow left to right.
    let mut choices = std::collections::VecDeque::from([(vec![0_usize; steps.len()], 0)]);
    while let Some((choice, from)) = choices.pop_front() {
        let text = spell(steps, &choice);
        if !found.contains(&text) {
            found.push(text);
        }
        if found.len() == VARIANTS {
            break;
        }
        for (at, step) in steps.iter().enumerate().skip(from) {
            let mut next = choice.clone();
            if let Some(rank) = next.get_mut(at)
                && *rank + 1 < step.count()
            {
                *rank += 1;
                choices.push_back((next, at));
            }
        }
    }
    found
}

fn spell<'a>(steps: &[Step], choice: impl IntoIterator<Item = &'a usize>) -> String {
    let mut text = String::with_capacity(12);
    for (step, &rank) in steps.iter().zip(choice) {
        match step {
            Step::Sounds(readings) => text.push_str(readings.as_slice().get(rank).copied().unwrap_or_default()),
            Step::Letter(ch) => text.push(*ch),
        }
    }
    text
}

/// Input methods type `v` where the crate writes `ü`, and it is the only letter outside a-z that matters.
fn with_v(plain: &'static str) -> &'static str {
    match plain {
        "lü" => "lv",
        "nü" => "nv",
        "lüe" => "lve",
        "nüe" => "nve",
        "ê" => "e",
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::{VARIANTS, full, initials, place_full, place_initials, surname_len};

    /// Surnames that sound otherwise elsewhere, with the reading of the surname.
    const POLYPHONIC: &[(&str, &str)] = &[
        ("单", "shan"),
        ("曾", "zeng"),
        ("解", "xie"),
        ("仇", "qiu"),
        ("查", "zha"),
        ("翟", "zhai"),
        ("区", "ou"),
        ("盖", "ge"),
        ("种", "chong"),
        ("朴", "piao"),
        ("缪", "miao"),
        ("员", "yun"),
        ("隗", "wei"),
        ("郄", "qie"),
        ("乐", "yue"),
        ("覃", "qin"),
        ("亓", "qi"),
        ("綦", "qi"),
        ("逯", "lu"),
        ("逄", "pang"),
        ("尉", "wei"),
        ("牟", "mou"),
        ("任", "ren"),
        ("宁", "ning"),
        ("葛", "ge"),
        ("卜", "bu"),
        ("召", "shao"),
        ("冼", "xian"),
        ("洗", "xian"),
        ("繁", "po"),
        ("佴", "nai"),
        ("句", "gou"),
        ("黑", "he"),
        ("折", "she"),
        ("幺", "yao"),
        ("秘", "bi"),
        ("祭", "zhai"),
        ("都", "du"),
        ("宓", "mi"),
        ("郇", "xun"),
        ("阚", "kan"),
        ("柏", "bai"),
        ("薄", "bo"),
        ("瞿", "qu"),
        ("颉", "xie"),
        ("藏", "zang"),
        ("乜", "nie"),
        ("莘", "shen"),
        ("尉迟", "yuchi"),
        ("万俟", "moqi"),
        ("令狐", "linghu"),
        ("欧阳", "ouyang"),
        ("长孙", "zhangsun"),
        ("单于", "chanyu"),
        ("澹台", "tantai"),
        ("乐正", "yuezheng"),
    ];

    #[test]
    fn polyphonic_surnames_are_read_as_surnames_first() {
        for (surname, sound) in POLYPHONIC {
            let first = full(&format!("{surname}国梁")).into_iter().next();
            assert_eq!(first, Some(format!("{sound}guoliang")), "{surname}");
        }
    }

    #[test]
    fn the_common_misreading_of_a_surname_is_kept_after_the_right_one() {
        assert_eq!(initials("单德贵"), ["sdg", "ddg"]);
        assert_eq!(full("单德贵"), ["shandegui", "dandegui"]);
        assert_eq!(initials("张守富"), ["zsf"]);
    }

    #[test]
    fn a_surname_reading_holds_only_at_the_head_of_a_person() {
        assert!(full("张单").contains(&"zhangdan".to_owned()));
        assert_eq!(place_full("单家庄").first().map(String::as_str), Some("danjiazhuang"));
        assert_eq!(surname_len("欧阳志远"), 2);
        assert_eq!(surname_len("张守富"), 1);
        assert_eq!(surname_len(""), 0);
    }

    #[test]
    fn u_with_dots_is_typed_v_and_letters_pass_in_lower_case() {
        assert_eq!(full("吕绿女").first().map(String::as_str), Some("lvlvnv"));
        assert_eq!(place_initials("东里东村"), ["dldc"]);
        assert_eq!(place_full("A座3"), ["azuo3"]);
        assert!(full(" \u{1}").is_empty());
    }

    #[test]
    fn characters_beyond_the_bmp_are_read_and_unreadable_ones_left_out() {
        assert_eq!(full("张𬍛"), ["zhangli"]);
        assert_eq!(initials("张\u{3FFFD}"), ["z"]);
    }

    #[test]
    fn heteronyms_give_at_most_six_variants_all_different() {
        let many = full("单重行长乐朴");
        assert_eq!(many.len(), VARIANTS);
        let mut unique = many.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), many.len());
        assert_eq!(initials("重行长").len(), VARIANTS);
    }
}
