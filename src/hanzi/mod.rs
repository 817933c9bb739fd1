//! 汉字: sound, width, forms and cleanliness of Chinese text.
//!
//! Everything here is a pure function over text. Readings come from two tables: ours for surnames, the `pinyin` crate
//! for every other character.

pub mod clean;
pub mod forms;
pub mod names;
pub mod pinyin;
pub mod sound;
mod surnames;
pub mod width;

/// Tells whether a character is a 汉字: the unified ideographs in and beyond the BMP, the compatibility ones and 〇.
pub const fn is_han(ch: char) -> bool {
    matches!(
        ch,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{3007}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}'
    )
}
