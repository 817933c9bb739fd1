//! The flat index agrees with a naive reading of the rules, row by row, whatever is typed and whatever changed.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;
use zoufang::domain::Word;
use zoufang::hanzi::{forms, pinyin, sound};
use zoufang::lookup::{Index, Member, Row};

const NAMES: &[&str] =
    &["张守富", "章首府", "张三", "单德贵", "单三", "欧阳富", "王𬍛", "富贵", "三里", "张家庄超市", "重长行"];
const TOWNS: &[&str] = &["东里镇", "张家镇", "南麻街道"];
const VILLAGES: &[&str] = &["东里东村", "三里村", "单家庄", "张家庄"];
const DOORS: &[&str] = &["", "3号", "13号", "3号楼12单元", "12", "120号", "三号", "东头"];
const WORDS: &[&str] = &["未访", "已访", "约今晚", "个体工商户"];
const PHONES: &[&str] = &["13853301234", "0533-3123456", "31"];
const TOKENS: &[&str] = &[
    "张", "富", "三", "z", "d", "zs", "sf", "sdg", "dd", "zhang", "shoufu", "dl", "东里", "动力", "章首", "首付", "3",
    "12", "133", "533", "31234", "1381234", "3组", "13组", "三组", "3号", "3号楼", "未访", "visited", "约", "商户",
    "oyf", "fg", "sl", "fugui", "zhangsan", "zhangs", "ouyang", "三富", "守富", "sanli", "张三", "zhangsf", "ouyangf",
    "𬍛", "东头", "善", "5号楼", "北区", "bq", "beiqu", "5hl",
];

fn rows() -> impl Strategy<Value = Row> {
    let member =
        (select(NAMES), some(PHONES)).prop_map(|(name, phones)| Member { name: name.into(), phones: owned(&phones) });
    let names = (select(NAMES), some(NAMES), prop::collection::vec(member, 0..3), some(PHONES));
    let place = (select(TOWNS), select(VILLAGES), prop::option::of(select(vec![1_u16, 3, 12, 13])), select(DOORS));
    let state = (prop::collection::vec(select(WORDS), 0..2), any::<(bool, bool, bool)>());
    (names, place, state).prop_map(|((head, also, members, phones), (town, village, group, door), (words, hints))| {
        Row {
            head: head.into(),
            also: owned(&also),
            members,
            phones: owned(&phones),
            town: town.into(),
            village: village.into(),
            group,
            // Where no number of a group stands words may.
            quarter: if group.is_none() { "北区5号楼".into() } else { Word::default() },
            door: door.into(),
            words: owned(&words),
            mine: hints.0,
            today: hints.1,
            visited: hints.2,
        }
    })
}

fn some(of: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(select(of), 0..2)
}

fn owned(texts: &[&str]) -> Vec<Word> {
    texts.iter().map(|text| (*text).into()).collect()
}

/// 0 head begins, 1 a word begins, 2 inside, 3 a member of the family, 4 plain, 5 a member's phone.
type Class = u8;
const MEMBER: Class = 3;
const PLAIN: Class = 4;
const MEMBER_PHONE: Class = 5;

fn place_of(text: &str, word: &str, start: Class) -> Option<Class> {
    text.find(word).map(|at| if at == 0 { start } else { 2 })
}

/// Names with their readings: text, initials, full pinyin, class at the start.
fn names(row: &Row) -> Vec<(String, Vec<String>, Vec<String>, Class)> {
    let head = (row.head.to_string(), pinyin::initials(&row.head), pinyin::full(&row.head), 0);
    let mut names = vec![head];
    let chars: Vec<char> = row.head.chars().collect();
    let surname = pinyin::surname_len(&row.head);
    if chars.len() > surname && chars.len() <= 4 {
        let given: String = chars[surname..].iter().collect();
        names.push((String::new(), vec![], few(pinyin::place_full(&given)), 1));
        names.push((String::new(), vec![], few(pinyin::surname_and_initials(&row.head)), 0));
    }
    for name in &row.also {
        names.push((name.to_string(), few(pinyin::initials(name)), few(pinyin::full(name)), 1));
    }
    names
}

/// A name from its given name on; nothing where it is too long to be a person's.
fn given(name: &str) -> String {
    if name.chars().count() > 4 { String::new() } else { name.chars().skip(pinyin::surname_len(name)).collect() }
}

/// Two characters of a member's name at least, from its beginning or from the given name on; in pinyin more than the first.
fn is_member(row: &Row, token: &str) -> bool {
    let begins = |member: &Member| {
        let name = &member.name;
        if !token.bytes().all(|b| b.is_ascii_lowercase()) {
            return !token.is_ascii() && (name.starts_with(token) || given(name).starts_with(token));
        }
        few(pinyin::initials(name)).iter().any(|key| key.starts_with(token)) || is_spelled(name, token)
    };
    token.chars().count() > 1 && row.members.iter().any(begins)
}

fn is_spelled(name: &str, token: &str) -> bool {
    let of = |chars: &[char]| chars.iter().collect::<String>();
    let goes_beyond = |first: Vec<String>, rest: Vec<String>| {
        few(first)
            .iter()
            .filter(|first| token.len() > first.len())
            .any(|first| rest.iter().any(|rest| format!("{first}{rest}").starts_with(token)))
    };
    let chars: Vec<char> = name.chars().collect();
    let (surname, rest) = chars.split_at(pinyin::surname_len(name));
    let rest = [few(pinyin::place_full(&of(rest))), few(pinyin::place_initials(&of(rest)))].concat();
    let whole = goes_beyond(pinyin::full(&of(surname)), rest);
    let given: Vec<char> = given(name).chars().collect();
    let last = given.get(1..).unwrap_or_default();
    let by_given =
        !last.is_empty() && goes_beyond(pinyin::place_full(&of(&given[..1])), few(pinyin::place_full(&of(last))));
    // Candidates have two initials one behind the other that the letters may begin with.
    let keys = few(pinyin::initials(name));
    let mut sounds = false;
    let is_candidate = token.char_indices().skip(1).any(|(at, next)| {
        sounds |= token[at - 1..at].contains(['a', 'e', 'i', 'o', 'u', 'v']);
        let pair = format!("{}{next}", &token[..1]);
        at <= 6 && sounds && !"iuv".contains(next) && keys.iter().any(|key| key.contains(&pair))
    });
    is_candidate && (whole || by_given)
}

fn places(row: &Row) -> Vec<(String, Vec<String>, Vec<String>, Class)> {
    let place = |name: &Word| (name.to_string(), few(pinyin::place_initials(name)), few(pinyin::place_full(name)), 1);
    [&row.town, &row.village].into_iter().map(place).collect()
}

fn few(mut readings: Vec<String>) -> Vec<String> {
    readings.truncate(2);
    readings
}

fn typed(row: &Row, token: &str) -> Option<Class> {
    let mut classes = Vec::new();
    classes.extend(is_member(row, token).then_some(MEMBER));
    let letters = token.bytes().all(|b| b.is_ascii_lowercase());
    let digits = token.bytes().all(|b| b.is_ascii_digit());
    let number_in_it = token.bytes().any(|b| b.is_ascii_digit());
    let group = if digits || token.ends_with('组') { forms::group(token) } else { None };
    let group_only = token.ends_with('组') && number_in_it;
    if group.is_some() && group == row.group.map(u32::from) {
        classes.push(PLAIN);
    }
    if letters {
        for (is_place, names) in [(false, names(row)), (true, places(row))] {
            for (_, initials, full, start) in names {
                let inside = |class: &Class| !(is_place && token.len() == 1 && *class == 2);
                classes.extend(initials.iter().filter_map(|key| place_of(key, token, start)).filter(inside));
                classes.extend(full.iter().filter(|key| key.starts_with(token)).map(|_| start));
            }
        }
    } else if !digits && !group_only {
        for (text, _, _, start) in names(row).into_iter().chain(places(row)) {
            classes.extend(place_of(&text, token, start));
        }
    }
    if digits && token.len() >= 3 {
        let ends = |phone: &str| token.len() == 7 && phone.starts_with(&token[..3]) && phone.ends_with(&token[3..]);
        let has = |phone: &str| phone.replace('-', "").contains(token) || ends(phone);
        classes.extend(row.phones.iter().filter(|phone| has(phone.as_str())).map(|_| PLAIN));
        let mut members = row.members.iter().flat_map(|member| &member.phones);
        classes.extend(members.any(|phone| has(phone.as_str())).then_some(MEMBER_PHONE));
    }
    if !token.ends_with('组') {
        let door = if row.door == "12" { "12号".to_owned() } else { forms::door(&row.door) };
        let wanted = forms::door(token);
        let is_whole = |text: &str| {
            text.match_indices(&wanted).any(|(at, _)| {
                let digit = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_digit());
                let cut = |inner: Option<char>, outer: Option<char>| digit(inner) && digit(outer);
                !cut(wanted.chars().next(), text[..at].chars().next_back())
                    && !cut(wanted.chars().next_back(), text[at + wanted.len()..].chars().next())
            })
        };
        classes.extend((is_whole(&door) || is_whole(&forms::door(&row.quarter))).then_some(PLAIN));
    }
    if token.is_ascii() && !digits && token.len() > 1 {
        let read = [few(pinyin::place_initials(&row.quarter)), few(pinyin::place_full(&row.quarter))];
        let [initials, full] = read;
        let has = initials.iter().any(|key| key.contains(token)) || full.iter().any(|key| key.starts_with(token));
        classes.extend(has.then_some(PLAIN));
    }
    let means = |word: &Word| match token {
        "visited" => word == "已访",
        "约" => word == "约今晚",
        "商户" => word == "个体工商户",
        _ => word == token,
    };
    classes.extend(row.words.iter().any(means).then_some(PLAIN));
    classes.into_iter().min()
}

fn sounding(row: &Row, token: &str) -> Option<Class> {
    if token.is_ascii() || token.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let needles = [pinyin::full(token), pinyin::place_full(token)].concat();
    let heard = |names: &[(String, Vec<String>, Vec<String>, Class)]| {
        let keys = names.iter().flat_map(|name| &name.2);
        if !keys.clone().any(|key| needles.iter().any(|needle| key.starts_with(needle))) {
            return None;
        }
        let class = |at: usize, start: Class| if at == 0 { start } else { 2 };
        names.iter().filter_map(|name| Some(class(sound::find(&name.0, token)?, name.3))).min()
    };
    let sounds = row.members.iter().any(|member| {
        [member.name.to_string(), given(&member.name)].iter().any(|name| sound::find(name, token) == Some(0))
    });
    let said = [pinyin::initials(token), pinyin::place_initials(token)].concat();
    let mut keys = row.members.iter().flat_map(|member| few(pinyin::initials(&member.name)));
    let member = token.chars().count() > 1 && sounds && keys.any(|key| said.iter().any(|said| key.contains(said)));
    [heard(&names(row)), heard(&places(row)), member.then_some(MEMBER)].into_iter().flatten().min()
}

fn sort_key(slot: u32, row: &Row, class: Class) -> impl Ord + use<> {
    let hints = (!row.mine, !row.today, row.visited);
    let pinyin: Vec<u8> = pinyin::full(&row.head).first().map(|key| key.bytes().take(16).collect()).unwrap_or_default();
    ((class, hints), (row.town.clone(), row.village.clone(), row.group.unwrap_or(0), pinyin), slot)
}

fn naive(rows: &BTreeMap<u32, Row>, tokens: &[&str]) -> Vec<u32> {
    let mut left: Vec<(u32, &Row, Class)> = rows.iter().map(|(slot, row)| (*slot, row, MEMBER_PHONE)).collect();
    for token in tokens {
        let rule = if rows.values().any(|row| typed(row, token).is_some()) { typed } else { sounding };
        left = left
            .into_iter()
            .filter_map(|(slot, row, class)| rule(row, token).map(|other| (slot, row, class.min(other))))
            .collect();
    }
    left.sort_by_key(|(slot, row, class)| sort_key(*slot, row, *class));
    left.into_iter().map(|(slot, _, _)| slot).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_flat_search_and_the_naive_one_give_the_same_households_in_the_same_order(
        base in prop::collection::vec(rows(), 0..30),
        changes in prop::collection::vec(
            prop::collection::btree_map(0_u32..40, prop::option::weighted(0.8, rows()), 1..4),
            0..12,
        ),
        lines in prop::collection::vec(prop::collection::vec(select(TOKENS), 0..4), 1..12),
        most in select(vec![1_usize, 5, 100]),
    ) {
        let mut rows: BTreeMap<u32, Row> = (0..).zip(base).collect();
        let mut index = Index::build(rows.iter().map(|(slot, row)| (*slot, row)));
        for together in changes {
            for (slot, change) in &together {
                match change {
                    Some(row) => rows.insert(*slot, row.clone()),
                    None => rows.remove(slot),
                };
            }
            index.put(together);
        }
        prop_assert_eq!(index.len(), rows.len());
        for tokens in lines {
            let expected = naive(&rows, &tokens);
            let found = index.find(&tokens.join(" "), most, &|| true).unwrap();
            prop_assert_eq!(found.total, expected.len(), "{:?}", tokens);
            let window: Vec<u32> = expected.into_iter().take(most).collect();
            prop_assert_eq!(found.slots, window, "{:?}", tokens);
        }
    }
}
