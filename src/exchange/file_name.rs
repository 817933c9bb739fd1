//! The name of a bundle's file, which people read on a stick: `一组-陈明-5月28日-2110.zfb`.

use chrono::{DateTime, Datelike, FixedOffset, Timelike};

/// Asia/Shanghai, whatever the laptop is set to; there has been no summer time since 1991.
const SHANGHAI_SECONDS: i32 = 8 * 60 * 60;
/// The most characters of a word: five hundred bytes of Chinese would be too long for a file system.
const MAX_WORD: usize = 20;

/// Gives the file name for an export by this group and person at this wall time (milliseconds since 1970 UTC). What
/// Windows does not allow in names becomes `_`; a word that is empty is left out.
pub fn file_name(group: &str, person: &str, wall_ms: i64) -> String {
    let zone = FixedOffset::east_opt(SHANGHAI_SECONDS);
    let local = DateTime::from_timestamp_millis(wall_ms).zip(zone).map(|(at, zone)| at.with_timezone(&zone));
    let mut words: Vec<String> = [group, person].into_iter().map(safe).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        words.push("走访".to_owned());
    }
    if let Some(at) = local {
        words.push(format!("{}月{}日-{:02}{:02}", at.month(), at.day(), at.hour(), at.minute()));
    }
    format!("{}.zfb", words.join("-"))
}

/// Says in a file name for whom it is: `一组-陈明-5月28日-2110-给二组1.zfb`.
pub fn addressed(name: &str, whom: &str) -> String {
    let (stem, ending) = name.rfind('.').and_then(|dot| name.split_at_checked(dot)).unwrap_or((name, ""));
    format!("{stem}-给{}{ending}", safe(whom))
}

/// Gives the first name that is free: the wished one, else with `-2`, `-3` … before its ending.
pub fn free_name(wished: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let (stem, ending) = wished.rfind('.').and_then(|dot| wished.split_at_checked(dot)).unwrap_or((wished, ""));
    let numbered = (2u32..).map(|number| format!("{stem}-{number}{ending}"));
    std::iter::once(wished.to_owned()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
}

/// Makes a word fit for a file name. A dot is replaced too: `CON.` in front would still name a device on Windows.
fn safe(word: &str) -> String {
    let fit = |c: char| if c.is_alphanumeric() || "-_()（）".contains(c) { c } else { '_' };
    word.trim().chars().take(MAX_WORD).map(fit).collect()
}

#[cfg(test)]
mod tests {
    use super::{file_name, free_name};

    /// 2021-05-28 21:10 in Shanghai.
    const EVENING: i64 = 1_622_207_400_000;

    #[test]
    fn a_person_reads_group_name_and_local_time() {
        assert_eq!(file_name("一组", "陈明", EVENING), "一组-陈明-5月28日-2110.zfb");
        assert_eq!(file_name("一组", "", EVENING), "一组-5月28日-2110.zfb");
        assert_eq!(file_name("", " ", EVENING - 21 * 3_600_000 - 10 * 60_000), "走访-5月28日-0000.zfb");
    }

    #[test]
    fn no_word_makes_a_name_that_windows_or_a_stick_refuses() {
        for (word, safe) in [
            ("a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j"),
            ("..", "__"),
            ("CON.", "CON_"),
            ("一\u{202e}组\n", "一_组"),
            ("阿依古丽·买买提", "阿依古丽_买买提"),
        ] {
            assert_eq!(file_name(word, "", EVENING), format!("{safe}-5月28日-2110.zfb"));
        }
        let long = file_name(&"组".repeat(300), &"名".repeat(300), i64::MAX);
        assert!(long.len() < 200, "{long}");
    }

    #[test]
    fn a_second_export_in_the_same_minute_gets_a_number() {
        let name = file_name("一组", "陈明", EVENING);
        assert_eq!(free_name(&name, |_| false), name);
        let taken = ["一组-陈明-5月28日-2110.zfb", "一组-陈明-5月28日-2110-2.zfb"];
        assert_eq!(free_name(&name, |name| taken.contains(&name)), "一组-陈明-5月28日-2110-3.zfb");
    }
}
