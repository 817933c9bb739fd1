//! Length: how long something took, as people say it: 21, 20分钟, 1小时20分, 一个半小时, 三刻钟, 2.5 h, half an hour.
//!
//! A number alone is minutes. What may mean two things is refused with a sentence and never guessed: 40-50, 十几分钟, 1.5 without its unit.

use crate::hanzi::forms;
use crate::text::{Said, t};

/// Why no length is read, with the words that are in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// Nothing there says how long.
    Nothing,
    /// Between two lengths, or about one: 40-50, 十几分钟.
    Several(String),
    /// Hours or minutes: 1.5, 1:20.
    Unit(String),
    /// No whole minutes: 5分半, 1.33小时.
    Uneven(String),
}

impl Doubt {
    /// Says what is in doubt and how it is written; none where nothing was read.
    pub fn said(&self) -> Option<Said> {
        let (words, said) = match self {
            Self::Nothing => return None,
            Self::Several(said) => (
                t(
                    "“{said}” 不止一个数: 写一个说得准的, 如 40.",
                    "“{said}” is more than one length: write one, such as 40.",
                ),
                said,
            ),
            Self::Unit(said) => (
                t(
                    "“{said}” 是小时还是分钟? 写成 1.5小时, 1小时20分 或 20分.",
                    "“{said}”: hours or minutes? Write 1.5 hours, 1 hour 20 min or 20 min.",
                ),
                said,
            ),
            Self::Uneven(said) => (
                t(
                    "“{said}” 不是整分钟: 写几小时几分, 如 1小时20分.",
                    "“{said}” is no whole minutes: write hours and minutes, such as 1 hour 20 min.",
                ),
                said,
            ),
        };
        Some(words.with("said", said))
    }
}

const HOUR: &[&str] = &["个小时", "小时", "个钟头", "钟头", "个钟", "hours", "hour", "hrs", "hr", "h"];
const QUARTER: &[&str] = &["刻钟", "刻"];
const MINUTE: &[&str] = &["分钟", "分", "minutes", "minute", "mins", "min", "m"];

/// English for what has no figure.
const PHRASES: [(&str, u64); 4] =
    [("half an hour", 30), ("half hour", 30), ("a quarter of an hour", 15), ("quarter of an hour", 15)];

/// English words for a number before a unit.
const WORDS: [(&str, u64); 4] = [("an ", 1_000), ("one ", 1_000), ("two ", 2_000), ("three ", 3_000)];

const NUMERALS: &str = "〇零一二两三四五六七八九十百";
/// About so many.
const ABOUT: &[&str] = &["个多", "个来", "多", "来", "几", "余"];
/// From one to another.
const UP_TO: &[char] = &['-', '~', '—', '–', '到', '至', '或'];
/// What is counted or named by a figure right before it, and is no reason: 3组, 2天, 7点.
const COUNTED: &[char] = &[
    '点', '时', '天', '日', '号', '秒', '个', '户', '人', '组', '次', '年', '月', '楼', '周', '元', '多', '来', '几',
    '余', '%', '#', '+',
];
/// Units that are too long or too short for a visit.
const OTHER_UNITS: &[&str] = &["天", "日", "秒", "days", "day", "seconds", "sec", "s", "d"];

/// A number as it stands at the beginning, in thousandths.
struct Number<'a> {
    said: &'a str,
    thousandths: u64,
    rest: &'a str,
}

impl Number<'_> {
    fn is_in_figures(&self) -> bool {
        self.said.starts_with(|ch: char| ch.is_ascii_digit())
    }

    /// Gives the minutes of so many of a unit.
    fn of(&self, minutes: u64) -> Result<u64, Doubt> {
        let all = self.thousandths.checked_mul(minutes).ok_or(Doubt::Nothing)?;
        if all % 1_000 == 0 { Ok(all / 1_000) } else { Err(Doubt::Uneven(self.said.to_owned())) }
    }
}

/// Reads how long in whole minutes, and gives what stands behind it as it was written.
///
/// # Errors
/// The doubt, where no length stands at the beginning or it may mean two things.
pub fn from_start(said: &str) -> Result<(u64, String), Doubt> {
    let plain = plain(said);
    let (minutes, rest) = match named(&plain)? {
        Some(read) => read,
        None => bare(plain.trim_start())?,
    };
    let from = plain.chars().count() - rest.chars().count();
    Ok((minutes, said.chars().skip(from).collect()))
}

/// Reads a text that says how long and nothing else, in whole minutes.
///
/// # Errors
/// As of [`from_start`], and where anything stands behind it.
pub fn whole(said: &str) -> Result<u64, Doubt> {
    let (minutes, rest) = from_start(said)?;
    if rest.trim_matches(|ch: char| ch.is_whitespace() || matches!(ch, '.' | '。')).is_empty() {
        Ok(minutes)
    } else {
        Err(Doubt::Nothing)
    }
}

/// Reads a whole text that names its unit, in minutes: 半小时, 20分钟.
pub(super) fn with_unit(said: &str) -> Option<u64> {
    let plain = plain(said);
    let (minutes, rest) = named(&plain).ok().flatten()?;
    rest.is_empty().then_some(minutes)
}

/// Half-width and in lower case, character by character.
fn plain(said: &str) -> String {
    said.chars().map(|ch| forms::half(ch).to_ascii_lowercase()).collect()
}

/// Reads a length whose unit is named.
fn named(said: &str) -> Result<Option<(u64, &str)>, Doubt> {
    let said = said.trim_start();
    if let Some((minutes, rest)) =
        PHRASES.iter().find_map(|(words, minutes)| Some((*minutes, said.strip_prefix(words)?)))
    {
        return Ok(Some((minutes, rest)));
    }
    let Some(number) = number(said)? else { return Ok(None) };
    if goes_on(number.rest) || is_about(number.rest) {
        return Err(several(said));
    }
    let halved = ["个半", "半"].iter().find_map(|half| take(number.rest.strip_prefix(half)?, HOUR));
    let (minutes, rest) = if let Some(rest) = halved {
        (number.of(60)? + 30, rest)
    } else if let Some(rest) = take(number.rest, HOUR) {
        let (more, rest) = behind_hours(rest)?;
        (number.of(60)? + more, rest)
    } else if let Some(rest) = take(number.rest, QUARTER) {
        (number.of(15)?, rest)
    } else if let Some(rest) = take(number.rest, MINUTE) {
        (number.of(1)?, rest)
    } else {
        return Ok(None);
    };
    if goes_on(rest) || rest.starts_with('多') {
        return Err(several(said));
    }
    if rest.starts_with('半') && ends(rest, '半'.len_utf8()) {
        return Err(Doubt::Uneven(upto_blank(said)));
    }
    Ok(Some((minutes, rest)))
}

/// Reads the half hour, the quarters and the minutes behind hours.
fn behind_hours(rest: &str) -> Result<(u64, &str), Doubt> {
    // 1小时半夜停电 is an hour and its reason.
    let half = rest.strip_prefix('半').filter(|after| !after.starts_with(['夜', '路', '天']));
    if let Some(after) = half.or_else(|| rest.strip_prefix(" and a half")) {
        return Ok((30, after));
    }
    let joined = ["零", "又", " and "].iter().find_map(|and| rest.strip_prefix(and)).unwrap_or(rest);
    let Some(more) = number(joined.trim_start())? else { return Ok((0, rest)) };
    if let Some(after) = take(more.rest, QUARTER) {
        return Ok((more.of(15)?, after));
    }
    if let Some(after) = take(more.rest, MINUTE) {
        return Ok((more.of(1)?, after));
    }
    let is_apart = joined.starts_with(char::is_whitespace);
    match (is_apart, ends(more.rest, 0)) {
        (false, true) => Ok((more.of(1)?, more.rest)),
        // 1小时 20 停电: so much more, or a reason that begins with a figure.
        (true, true) if more.is_in_figures() => Err(Doubt::Unit(more.said.to_owned())),
        _ => Ok((0, rest)),
    }
}

/// Reads a number of minutes without its unit.
fn bare(said: &str) -> Result<(u64, &str), Doubt> {
    let Some(number) = number(said)? else { return Err(Doubt::Nothing) };
    let rest = number.rest;
    // 一直在谈 is no minute and its reason.
    if !(number.is_in_figures() || ends(rest, 0)) {
        return Err(Doubt::Nothing);
    }
    let is_split = [':', '/', '.']
        .iter()
        .any(|sign| rest.strip_prefix(*sign).is_some_and(|after| after.starts_with(|ch: char| ch.is_ascii_digit())));
    if is_split || number.thousandths % 1_000 != 0 || number.said.contains('.') {
        return Err(Doubt::Unit(upto_blank(said)));
    }
    let is_of_other = rest.starts_with(COUNTED)
        || rest.starts_with(|ch: char| ch.is_ascii_alphabetic())
        || OTHER_UNITS.iter().any(|unit| rest.trim_start().starts_with(unit) && ends(rest.trim_start(), unit.len()));
    if is_of_other { Err(Doubt::Nothing) } else { Ok((number.of(1)?, rest)) }
}

/// Takes a number from the beginning: figures with or without a decimal, numerals, 半, or an English word before a unit.
fn number(said: &str) -> Result<Option<Number<'_>>, Doubt> {
    let split = |end: usize| Some((said.get(..end)?, said.get(end..)?));
    if let Some((word, thousandths)) = WORDS.iter().find(|(word, _)| said.starts_with(word)) {
        let number = split(word.len()).map(|(said, rest)| Number { said, thousandths: *thousandths, rest });
        return Ok(number.filter(|number| take(number.rest, HOUR).or_else(|| take(number.rest, MINUTE)).is_some()));
    }
    if let Some(rest) = said.strip_prefix('半') {
        return Ok(split('半'.len_utf8()).map(|(said, _)| Number { said, thousandths: 500, rest }));
    }
    let digits = said.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(said.len());
    if digits > 0 {
        let fraction = said.get(digits..).and_then(|rest| rest.strip_prefix('.')).unwrap_or_default();
        let places = fraction.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(fraction.len());
        let end = if places == 0 { digits } else { digits + 1 + places };
        let Some((written, rest)) = split(end) else { return Ok(None) };
        if places > 3 {
            return Err(Doubt::Uneven(written.to_owned()));
        }
        let read = |text: Option<&str>| text?.parse::<u64>().ok();
        let whole = read(said.get(..digits)).and_then(|whole| whole.checked_mul(1_000)).ok_or(Doubt::Nothing)?;
        let part = format!("{:0<3}", fraction.get(..places).unwrap_or_default()).parse().unwrap_or(0);
        let thousandths = whole.checked_add(part).ok_or(Doubt::Nothing)?;
        return Ok(Some(Number { said: written, thousandths, rest }));
    }
    let end = said.find(|ch| !NUMERALS.contains(ch)).unwrap_or(said.len());
    let Some((written, rest)) = split(end).filter(|(written, _)| !written.is_empty()) else { return Ok(None) };
    // 三四分钟 is three or four, not 34.
    let is_run = written.chars().count() > 1 && !written.contains(['十', '百']);
    match forms::number(written).filter(|_| !is_run) {
        Some(number) => Ok(Some(Number { said: written, thousandths: u64::from(number) * 1_000, rest })),
        None if has_unit(rest) => Err(several(said)),
        None => Ok(None),
    }
}

/// Takes one of these units; an English one ends where its word ends.
fn take<'a>(rest: &'a str, units: &[&str]) -> Option<&'a str> {
    let rest = rest.trim_start();
    units.iter().find_map(|unit| {
        let after = rest.strip_prefix(unit)?;
        let is_in_word = unit.is_ascii() && after.starts_with(|ch: char| ch.is_ascii_alphabetic());
        (!is_in_word).then_some(after)
    })
}

fn has_unit(rest: &str) -> bool {
    [HOUR, QUARTER, MINUTE].iter().any(|units| take(rest, units).is_some())
}

/// Tells whether another length follows: -50, 到2小时.
fn goes_on(rest: &str) -> bool {
    let Some(other) = rest.trim_start().strip_prefix(UP_TO) else { return false };
    match number(other.trim_start()) {
        Ok(Some(other)) => has_unit(other.rest) || ends(other.rest, 0),
        Ok(None) => false,
        Err(_) => true,
    }
}

fn is_about(rest: &str) -> bool {
    ABOUT.iter().any(|about| rest.strip_prefix(about).is_some_and(has_unit))
}

/// Tells whether a word ends at a place: there is no letter or figure behind it.
fn ends(rest: &str, at: usize) -> bool {
    rest.get(at..).is_none_or(|after| !after.starts_with(char::is_alphanumeric))
}

fn several(said: &str) -> Doubt {
    Doubt::Several(upto_blank(said))
}

fn upto_blank(said: &str) -> String {
    let end = said.find([' ', ',', '、']).unwrap_or(said.len());
    said.get(..end).unwrap_or(said).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Doubt, from_start, whole, with_unit};

    #[test]
    fn how_long_is_read_in_the_ways_it_is_said() {
        for (said, minutes) in [
            ("21", 21),
            ("２１", 21),
            ("20分钟", 20),
            ("20 min", 20),
            ("1小时", 60),
            ("2.5小时", 150),
            ("0.1小时", 6),
            ("1.5 hours", 90),
            ("1 hour", 60),
            ("2h", 120),
            ("1h20m", 80),
            ("1 hour 20 min", 80),
            ("1 hour and a half", 90),
            ("an hour", 60),
            ("half an hour", 30),
            ("半小时", 30),
            ("半个钟头", 30),
            ("一个半小时", 90),
            ("1个半小时", 90),
            ("一小时半", 90),
            ("两小时", 120),
            ("1小时20分", 80),
            ("１小时２０分钟", 80),
            ("1小时零5分", 65),
            ("1小时20", 80),
            ("一小时一刻", 75),
            ("一刻钟", 15),
            ("三刻钟", 45),
            ("二十分钟", 20),
            ("十五", 15),
            ("0", 0),
        ] {
            assert_eq!(whole(said), Ok(minutes), "{said}");
        }
        assert_eq!(with_unit("半小时"), Some(30));
        assert_eq!(with_unit("20"), None);
    }

    // 1小时 停电 was one minute and 小时 停电, 1.5 停电 one minute and 40-50 停电 forty.
    #[test]
    fn the_reason_behind_it_stays_as_it_was_written() {
        for (said, minutes, why) in [
            ("6 停电", 6, " 停电"),
            ("6停电", 6, "停电"),
            ("1小时 停电", 60, " 停电"),
            ("2.5小时停电", 150, "停电"),
            ("1 hour power cut", 60, " power cut"),
            ("6 minor power cut", 6, " minor power cut"),
            ("6 house fire", 6, " house fire"),
            ("半小时，停电", 30, "，停电"),
            ("1小时半夜停电", 60, "半夜停电"),
            ("1小时 3组没水", 60, " 3组没水"),
            ("6分钟来人了", 6, "来人了"),
            ("6 到3组开会", 6, " 到3组开会"),
            ("6 天黑停电", 6, " 天黑停电"),
        ] {
            assert_eq!(from_start(said), Ok((minutes, why.to_owned())), "{said}");
        }
    }

    #[test]
    fn what_may_mean_two_things_is_refused_and_said() {
        let several = |said: &str| Err(Doubt::Several(said.to_owned()));
        let unit = |said: &str| Err(Doubt::Unit(said.to_owned()));
        let uneven = |said: &str| Err(Doubt::Uneven(said.to_owned()));
        for (line, doubt) in [
            ("40-50 停电", several("40-50")),
            ("40～50分钟 停电", several("40~50分钟")),
            ("1到2小时 停电", several("1到2小时")),
            ("1小时-2小时 停电", several("1小时-2小时")),
            ("三四分钟 停电", several("三四分钟")),
            ("四五十分钟 停电", several("四五十分钟")),
            ("十几分钟 停电", several("十几分钟")),
            ("20多分钟 停电", several("20多分钟")),
            ("一个多小时 停电", several("一个多小时")),
            ("1小时多 停电", several("1小时多")),
            ("1.5 停电", unit("1.5")),
            ("0.1 停电", unit("0.1")),
            ("1:20 停电", unit("1:20")),
            ("1/2小时 停电", unit("1/2小时")),
            ("1小时 20 停电", unit("20")),
            ("5分半 停电", uneven("5分半")),
            ("1.33小时 停电", uneven("1.33")),
        ] {
            assert_eq!(from_start(line), doubt, "{line}");
            assert!(from_start(line).unwrap_err().said().is_some(), "{line}");
        }
        for line in
            ["", "停电", "一直在谈", "半夜停电", "2天 停电", "2 days away", "7点停电", "3组停电", "90s", "三三两两"]
        {
            assert_eq!(from_start(line), Err(Doubt::Nothing), "{line}");
        }
        assert_eq!(whole("20 停电"), Err(Doubt::Nothing));
        assert_eq!(from_start("99999999999999999999 停电"), Err(Doubt::Nothing));
    }
}
