//! Own phones: those of the people of one laptop, in one line as people write them: 陈明 13853301234、张锦秋 139 0000 1111.

use std::collections::BTreeMap;

use super::phone::Phone;
use crate::hanzi::{clean, forms};
use crate::text::{Said, t};

/// What is wrong with a line of phones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongPhones {
    /// It is no phone.
    Phone(String),
    /// Nobody says whose it is, and it is not the first one.
    Whose(String),
    /// Somebody who is not among the people of the laptop.
    Stranger(String),
}

impl WrongPhones {
    /// Says what is wrong and what to write.
    pub fn said(&self) -> Said {
        let (words, said) = match self {
            Self::Phone(said) => (
                t(
                    "“{said}” 不像电话: 手机 11 位, 座机带区号. 也可以先空着.",
                    "“{said}” is no phone: a mobile has 11 digits, land lines an area code. It may stay empty.",
                ),
                said,
            ),
            Self::Whose(said) => {
                (t("“{said}” 是谁的? 前面写上姓名.", "Whose is “{said}”? Write the name before it."), said)
            }
            Self::Stranger(said) => {
                (t("电话里的 {said} 不在姓名里.", "{said} has a phone here and is not among the names."), said)
            }
        };
        words.with("said", said)
    }
}

/// Reads the phone of each person. One without a name is that of the first; alone it leaves those of the others, as they were before, and
/// otherwise who is not named has none.
///
/// # Errors
/// What is no phone, nobody's, or a stranger's.
pub fn read(
    said: &str,
    people: &[String],
    before: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, WrongPhones> {
    let items = items(said);
    let is_bare = |(name, phone): &(String, String)| name.is_empty() && !phone.is_empty();
    let mut phones = if matches!(items.as_slice(), [one] if is_bare(one)) { before.clone() } else { BTreeMap::new() };
    for (at, (name, phone)) in items.into_iter().enumerate() {
        let whose = if name.is_empty() { people.first().filter(|_| at == 0).cloned() } else { Some(name) };
        let whose = whose.ok_or_else(|| WrongPhones::Whose(phone.clone()))?;
        if !people.contains(&whose) {
            return Err(WrongPhones::Stranger(whose));
        }
        if phone.is_empty() {
            continue;
        }
        let read = Phone::parse(&phone).map_err(|_| WrongPhones::Phone(phone))?;
        phones.insert(whose, read.to_string());
    }
    Ok(phones)
}

/// Says them as [`read`] takes them: the only person's alone; of several each with the name, also where it is not known, once one is.
pub fn said(phones: &BTreeMap<String, String>, people: &[String]) -> String {
    let of = |name: &String| phones.get(name).map_or("", String::as_str);
    match people {
        [one] => of(one).to_owned(),
        _ if people.iter().all(|name| of(name).is_empty()) => String::new(),
        _ => {
            let all: Vec<String> = people.iter().map(|name| format!("{name} {}", of(name)).trim().to_owned()).collect();
            all.join("、")
        }
    }
}

/// Gives names and phones as they follow one another; either may be missing.
fn items(said: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let (mut name, mut phone) = (String::new(), String::new());
    for ch in said.chars() {
        let half = forms::half(ch);
        let is_end = matches!(half, ',' | ';' | '/' | '\n');
        let is_of_phone = half.is_ascii_digit() || matches!(half, '+' | '-' | '(' | ')');
        let begins_anew = !is_of_phone && !half.is_whitespace() && !phone.trim().is_empty();
        if is_end || begins_anew {
            all.push((std::mem::take(&mut name), std::mem::take(&mut phone)));
        }
        match half {
            _ if is_end => {}
            _ if is_of_phone || half.is_whitespace() && !phone.is_empty() => phone.push(half),
            _ => name.push(ch),
        }
    }
    all.push((name, phone));
    let all = all.into_iter().map(|(name, phone)| (clean::line(&name), phone.trim().to_owned()));
    all.filter(|(name, phone)| !name.is_empty() || !phone.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{WrongPhones, read, said};

    fn phones(all: &[(&str, &str)]) -> BTreeMap<String, String> {
        all.iter().map(|(name, phone)| ((*name).to_owned(), (*phone).to_owned())).collect()
    }

    fn people(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn each_phone_is_of_who_is_named_before_it_and_one_alone_of_the_first() {
        let (both, none) = (people(&["陈明", "张锦秋"]), BTreeMap::new());
        let two = phones(&[("陈明", "13853301234"), ("张锦秋", "13900001111")]);
        for line in [
            "陈明 13853301234、张锦秋 13900001111",
            "张锦秋139 0000 1111, 陈明138-5330-1234",
            "13853301234、张锦秋 １３９００００１１１１",
            "陈明 13853301234 张锦秋 13900001111",
        ] {
            assert_eq!(read(line, &both, &none), Ok(two.clone()), "{line}");
        }
        assert_eq!(read("13853301234", &both, &none), Ok(phones(&[("陈明", "13853301234")])));
        assert_eq!(read("13853301299", &both, &two).unwrap().get("张锦秋"), two.get("张锦秋"), "the other's stays");
        assert_eq!(read("陈明 13853301234、张锦秋", &both, &two), Ok(phones(&[("陈明", "13853301234")])));
        assert_eq!(read("", &both, &two), Ok(none.clone()));
        let wrong = |line: &str| read(line, &both, &none).unwrap_err();
        assert_eq!(wrong("1385330123"), WrongPhones::Phone("1385330123".into()));
        assert_eq!(wrong("13853301234、13900001111"), WrongPhones::Whose("13900001111".into()));
        assert_eq!(wrong("王五 13853301234"), WrongPhones::Stranger("王五".into()));
    }

    #[test]
    fn what_is_said_is_read_again() {
        let none = BTreeMap::new();
        for (names, known, line) in [
            (&["陈明"][..], &[("陈明", "13853301234")][..], "13853301234"),
            (&["陈明", "张锦秋"], &[], ""),
            (&["张锦秋", "陈明"], &[("陈明", "13853301234")], "张锦秋、陈明 13853301234"),
        ] {
            let (names, known) = (people(names), phones(known));
            assert_eq!(said(&known, &names), line);
            assert_eq!(read(line, &names, &none), Ok(known));
        }
    }
}
