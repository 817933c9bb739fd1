//! 销号编号: the number of a close-out, made on one laptop without asking another, and short enough to be read aloud
//! (plan 二(三)3, `domain.md` 4): `一组1-0031-K` is the laptop's code, a counter, and a check character.
//!
//! The check character is that of ISO 7064 MOD 37,36 over code and counter. Digits and Latin letters count as the standard says;
//! any other character of a code, such as 组, counts as its Unicode number modulo 36. So a wrong digit, a wrong letter and
//! two neighbours that changed places show, most often also a wrong 汉字.

use std::fmt;

use super::Word;
use crate::hanzi::forms;

/// A close-out number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CloseNumber {
    code: Word,
    counter: u32,
}

/// Why a text is no close-out number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotANumber {
    /// It has another form.
    Form,
    /// Its check character is wrong: misheard or mistyped.
    Check,
}

/// What a code is made of at most, in characters.
const CODE: usize = 6;
/// What a counter is made of at most, in digits.
const COUNTER: usize = 9;
/// The characters of the standard.
const DIGITS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Crockford's digits without the ones that sound or look alike: for a laptop without a code, and for suffixes.
const SPOKEN: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl CloseNumber {
    /// Makes a number.
    pub fn new(code: &str, counter: u32) -> Self {
        Self { code: code.into(), counter }
    }

    /// Gives the code under which a laptop closes out: letters, digits and 汉字 of its own code, in capitals and half width, six at
    /// most; where it has none, three characters from its random number.
    pub fn code_of(code: &str, laptop: u64) -> String {
        let own: String = capitals(code).filter(|c| c.is_alphanumeric()).take(CODE).collect();
        if own.is_empty() { spoken(laptop, 3) } else { own }
    }

    /// Tells whether a laptop's code goes into its numbers as a whole; two of which only the beginning does may be alike.
    pub fn is_whole(code: &str) -> bool {
        capitals(code).filter(|c| c.is_alphanumeric()).count() <= CODE
    }

    /// Reads a number as it was written or heard, in either width, with or without leading zeros. The second part is the suffix
    /// behind it, empty where there is none.
    ///
    /// # Errors
    /// [`NotANumber::Check`] where the form is right and the check character is not.
    pub fn parse(text: &str) -> Result<(Self, String), NotANumber> {
        let (number, check, suffix) = Self::read(text)?;
        if number.check() == check { Ok((number, suffix)) } else { Err(NotANumber::Check) }
    }

    /// Gives the code of a text that has the form of a number, whatever its check character.
    pub fn code_in(text: &str) -> Option<String> {
        Self::read(text).ok().map(|(number, ..)| number.code.to_string())
    }

    /// Gives every number that a text without its dashes may be, where its last character is the check character of all before
    /// it. That is the same wherever the code ends, so which of them it is depends on which are known. The counter is
    /// taken as it is written: with its zeros.
    pub fn run_together(text: &str) -> Vec<Self> {
        let mut all: Vec<char> = capitals(text).filter(|c| !c.is_whitespace()).collect();
        if all.len() > CODE + COUNTER + 1 || !all.iter().all(|c| c.is_alphanumeric()) {
            return Vec::new();
        }
        let last = all.pop();
        let splits = (1..=CODE.min(all.len())).filter_map(|at| all.split_at_checked(at));
        let numbers = splits.filter_map(|(code, counter)| {
            let (code, counter) = (code.iter().collect::<String>(), counter.iter().collect::<String>());
            let number =
                counter.bytes().all(|byte| byte.is_ascii_digit()).then(|| counter.parse()).and_then(Result::ok)?;
            Some(Self::new(&code, number)).filter(|own| Some(own.check()) == last && own.written() == counter)
        });
        numbers.collect()
    }

    fn read(text: &str) -> Result<(Self, char, String), NotANumber> {
        let text: String = capitals(text).filter(|c| !c.is_whitespace()).map(dash).collect();
        // A Chinese dash is typed as two.
        let mut parts = text.split('-').filter(|part| !part.is_empty());
        let mut part = || parts.next().ok_or(NotANumber::Form);
        let (code, counter, check) = (part()?, part()?, part()?);
        let suffix = parts.next().unwrap_or_default().to_owned();
        let is_code = code.chars().count() <= CODE && code.chars().all(char::is_alphanumeric);
        let is_counter = counter.len() <= COUNTER && counter.bytes().all(|byte| byte.is_ascii_digit());
        let mut last = check.chars();
        let (Some(check), None, true, true, None) = (last.next(), last.next(), is_code, is_counter, parts.next())
        else {
            return Err(NotANumber::Form);
        };
        let number = Self::new(code, counter.parse().map_err(|_| NotANumber::Form)?);
        Ok((number, check, suffix))
    }

    /// Gives the laptop's code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Gives the counter.
    pub fn counter(&self) -> u32 {
        self.counter
    }

    /// Gives the counter as it is written.
    fn written(&self) -> String {
        format!("{:04}", self.counter)
    }

    /// Gives the check character.
    pub fn check(&self) -> char {
        check(self.code.chars().chain(self.written().chars()))
    }
}

impl fmt::Display for CloseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:04}-{}", self.code, self.counter, self.check())
    }
}

/// Gives so many characters of a number that are easily read aloud.
pub(super) fn spoken(number: u64, count: u32) -> String {
    // A fixed mixture, so that numbers that follow each other do not look alike; it never changes.
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (0..count.min(12)).map(|place| pick(SPOKEN, mixed >> (59 - 5 * place) & 31)).collect()
}

/// Gives the check character of ISO 7064 MOD 37,36.
fn check(text: impl Iterator<Item = char>) -> char {
    let mut product = 36_u64;
    for c in text {
        let sum = (product + value(c)) % 36;
        product = (if sum == 0 { 36 } else { sum }) * 2 % 37;
    }
    pick(DIGITS, (37 - product) % 36)
}

fn value(c: char) -> u64 {
    match DIGITS.iter().position(|digit| char::from(*digit) == c) {
        Some(place) => u64::try_from(place).unwrap_or(0),
        None => u64::from(u32::from(c)) % 36,
    }
}

fn pick(from: &[u8], place: u64) -> char {
    usize::try_from(place).ok().and_then(|place| from.get(place)).map_or('0', |byte| char::from(*byte))
}

fn capitals(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().map(forms::half).map(|c| c.to_ascii_uppercase())
}

/// Input methods write dashes of many lengths.
fn dash(c: char) -> char {
    if matches!(c, '–' | '—' | '－' | '−' | '‐') { '-' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_character_is_the_one_of_the_standard() {
        // The example of the Global Release Identifier, which uses it: A1-2425G-ABC1234002-M.
        assert_eq!(check("A12425GABC1234002".chars()), 'M');
        assert_eq!(CloseNumber::new("一组1", 31).to_string(), "一组1-0031-2");
    }

    #[test]
    fn it_is_read_back_as_people_write_and_hear_it() {
        let number = CloseNumber::new("一组W1", 31);
        let written = number.to_string();
        let suffixed = format!("{written}-7Q");
        assert_eq!(CloseNumber::parse(&written), Ok((number.clone(), String::new())));
        assert_eq!(CloseNumber::parse(&suffixed), Ok((number.clone(), "7Q".to_owned())));
        for heard in [
            written.to_lowercase(),
            written.replace("0031", "31"),
            written.replace('-', " － "),
            written.replace('W', "ｗ"),
            written.replace('-', "——"),
        ] {
            assert_eq!(CloseNumber::parse(&heard), Ok((number.clone(), String::new())), "{heard}");
        }
        for other in ["", "一组1", "一组1-31", "一组1-x-K", "一组1-31-KK", "--", "一组1-31-K-7Q-1", "h0p9772j8q8d4k-46"]
        {
            assert_eq!(CloseNumber::parse(other), Err(NotANumber::Form), "{other}");
        }
    }

    #[test]
    fn without_dashes_it_is_read_with_every_code_that_it_may_have() {
        let together = |number: &CloseNumber| number.to_string().replace('-', "");
        let number = CloseNumber::new("JCR", 1);
        for heard in [together(&number), together(&number).to_lowercase(), together(&number).replace('J', " Ｊ")] {
            assert_eq!(CloseNumber::run_together(&heard), std::slice::from_ref(&number), "{heard}");
        }
        let number = CloseNumber::new("一组1", 31);
        assert_eq!(CloseNumber::run_together(&together(&number)), [CloseNumber::new("一组", 10_031), number.clone()]);
        for other in ["", "张守富", "13853301234", "一组10031", "JCR1X", "一组1-0031-2", "一组1一组1一组1一组100312"]
        {
            assert_eq!(CloseNumber::run_together(other), [], "{other}");
        }
        assert_eq!(CloseNumber::run_together("JCR00010"), [], "a wrong check character");
    }

    #[test]
    fn a_wrong_digit_and_two_that_changed_places_show() {
        let number = CloseNumber::new("二组A2", 1847);
        let check = number.check();
        for wrong in
            ["二组A2-1848", "二组A2-1874", "二组A2-8147", "二组B2-1847", "一组A2-1847", "组二A2-1847", "二组2A-1847"]
        {
            assert_eq!(CloseNumber::parse(&format!("{wrong}-{check}")), Err(NotANumber::Check), "{wrong}");
        }
    }

    #[test]
    fn a_laptop_closes_out_under_its_own_code_or_under_its_number() {
        assert_eq!(CloseNumber::code_of("一组1", 7), "一组1");
        assert_eq!(CloseNumber::code_of(" ｗ２-东里 ", 7), "W2东里");
        assert_eq!(CloseNumber::code_of("办公室办公室办公室", 7), "办公室办公室");
        let own = CloseNumber::code_of("", 7);
        assert_eq!((own.chars().count(), own == CloseNumber::code_of("", 8)), (3, false));
    }
}
