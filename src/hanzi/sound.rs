//! Sound: words written otherwise but spoken alike, as an input method's first guess leaves them (章首府 for 张守富).
//!
//! Two characters sound alike when one toneless reading is possible for both. At the head of a word the surname
//! readings count too. Used where typing found nothing, and for households that were written down twice.

use super::pinyin::{self, Readings};
use super::surnames;

/// Gives the sounds of a name as syllables with blanks between them, likeliest first: 张守富 `zhang shou fu`.
/// Names that share one key are homophones; keys are for grouping, [`alike`] decides exactly. At most six.
pub fn keys(name: &str) -> Vec<String> {
    let places = places(name);
    let mut keys = vec![String::new()];
    for place in &places {
        let readings = place.readings.as_slice();
        let mut longer: Vec<String> = Vec::with_capacity(keys.len());
        for reading in readings {
            longer.extend(keys.iter().map(|key| append(key, reading)));
        }
        if readings.is_empty() {
            longer.extend(keys.iter().map(|key| append(key, &place.ch.to_lowercase().to_string())));
        }
        longer.truncate(pinyin::VARIANTS);
        keys = longer;
    }
    keys.retain(|key| !key.is_empty());
    keys
}

/// Tells whether two names of the same length sound alike, character by character, for some reading of each.
pub fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (places(one), places(other));
    one.len() == other.len() && !one.is_empty() && one.iter().zip(&other).all(|(a, b)| a.meets(b))
}

/// Tells where a word sounds inside a longer text: the index in characters of its first place.
pub fn find(text: &str, word: &str) -> Option<usize> {
    Heard::new(word).within(text)
}

/// Holds a word as it sounds, to be looked for in many texts.
#[derive(Debug, Clone)]
pub struct Heard {
    places: Vec<Place>,
}

impl Heard {
    /// Reads a word.
    pub fn new(word: &str) -> Self {
        Self { places: places(word) }
    }

    /// Tells where the word sounds in a text: the index in characters of its first place.
    pub fn within(&self, text: &str) -> Option<usize> {
        if self.places.is_empty() {
            return None;
        }
        places(text).windows(self.places.len()).position(|part| part.iter().zip(&self.places).all(|(a, b)| a.meets(b)))
    }
}

#[derive(Debug, Clone)]
struct Place {
    ch: char,
    readings: Readings,
}

impl Place {
    fn meets(&self, other: &Self) -> bool {
        self.ch == other.ch || self.readings.meet(&other.readings)
    }
}

fn places(text: &str) -> Vec<Place> {
    let chars = text.chars().filter(|ch| !ch.is_whitespace());
    let mut places: Vec<Place> = chars.map(|ch| Place { ch, readings: pinyin::of_char(ch) }).collect();
    if let [first, rest @ ..] = places.as_mut_slice() {
        match rest.first_mut().map(|second| (surnames::double(first.ch, second.ch), second)) {
            Some((Some([one, two]), second)) => {
                first.readings = also(&[*one], first.readings);
                second.readings = also(&[*two], second.readings);
            }
            _ => first.readings = also(surnames::single(first.ch).unwrap_or_default(), first.readings),
        }
    }
    places
}

fn also(first: &[&'static str], then: Readings) -> Readings {
    first.iter().chain(then.as_slice()).copied().collect()
}

fn append(key: &str, syllable: &str) -> String {
    if key.is_empty() { syllable.to_owned() } else { format!("{key} {syllable}") }
}

#[cfg(test)]
mod tests {
    use super::{alike, find, keys};

    #[test]
    fn homophones_are_alike_and_others_are_not() {
        assert!(alike("章首府", "张守富"));
        assert!(alike("善德贵", "单德贵"));
        assert!(alike("毛友强", "毛有强"));
        assert!(!alike("张守富", "张守福禄"));
        assert!(!alike("张守富", "张守田"));
        assert!(!alike("", ""));
    }

    #[test]
    fn compound_surnames_sound_as_surnames() {
        assert!(alike("玉池明", "尉迟明"));
        assert!(alike("莫其文", "万俟文"));
    }

    #[test]
    fn a_word_is_found_by_sound_inside_a_longer_one() {
        assert_eq!(find("张守富", "首府"), Some(1));
        assert_eq!(find("张守富", "府"), Some(2));
        assert_eq!(find("张守富", "西"), None);
        assert_eq!(find("张", "章首"), None);
    }

    #[test]
    fn keys_keep_syllables_apart_and_characters_without_sound_themselves() {
        assert_eq!(keys("张守富"), ["zhang shou fu"]);
        assert_eq!(keys("单安"), ["shan an", "dan an", "chan an"]);
        assert_ne!(keys("西安"), keys("先"));
        assert_eq!(keys("张\u{3FFFD}"), ["zhang \u{3FFFD}"]);
        assert!(keys("").is_empty());
    }
}
