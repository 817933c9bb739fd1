//! One person of a family, read from a row of a list with one person a row.

use super::letters::{is_nothing, number, plain, tight};
use super::{Fact, identity, names, phones};
use crate::domain::{Value, choice, hidden};

/// The cells of a person, as they stand.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cells<'a> {
    pub name: &'a str,
    pub relation: &'a str,
    pub sex: &'a str,
    pub id: &'a str,
    pub birth: &'a str,
    pub age: &'a str,
    pub health: &'a str,
    pub phone: &'a str,
    pub remark: &'a str,
}

/// Words for 身体状况 as clerks write them; the narrower ones stand first.
const HEALTH: [(&str, &str); 16] = [
    ("残疾", "disabled"),
    ("残", "disabled"),
    ("失能", "dependent"),
    ("瘫", "dependent"),
    ("不能自理", "dependent"),
    ("大病", "serious"),
    ("重病", "serious"),
    ("癌", "serious"),
    ("肿瘤", "serious"),
    ("慢性病", "chronic"),
    ("慢病", "chronic"),
    ("高血压", "chronic"),
    ("糖尿病", "chronic"),
    ("不健康", "other"),
    ("体弱", "other"),
    ("健康", "healthy"),
];

/// Reads a person; None without a usable name. `year` is the year of the list, from which ages count. What fits no
/// fact of a member stands in the remark.
pub(crate) fn read(cells: Cells<'_>, year: Option<i64>, area_code: Option<&str>) -> Option<Vec<Fact>> {
    let named = names::read(cells.name);
    let name = named.name.filter(|_| named.why.is_none())?;
    let mut facts = Vec::with_capacity(8);
    let mut say = |key: &'static str, value: Value| facts.push(Fact { key: key.into(), value });
    say("name", Value::text(name));
    let mut remark: Vec<String> = Vec::new();
    let relation = plain(cells.relation);
    if !is_nothing(&relation) {
        say("relation", Value::text(relation));
    }
    let id = identity::read(cells.id);
    let sex = match tight(cells.sex).as_ref() {
        "男" | "男性" | "1" => Some("male"),
        "女" | "女性" | "2" => Some("female"),
        _ => id.sex,
    };
    if let Some(sex) = sex {
        say("sex", Value::text(sex));
    }
    if let Some(born) = id.birth_year.or_else(|| birth_year(cells, year)) {
        say("birth_year", Value::Number(born));
    }
    let health = plain(cells.health);
    if !is_nothing(&tight(&health)) {
        match HEALTH.iter().find(|(word, _)| health.contains(word)) {
            Some((_, code)) => {
                say("health", Value::text(*code));
                if choice::name_of(choice::HEALTH, code).is_none_or(|name| name.zh != health) {
                    remark.push(health);
                }
            }
            None => remark.push(health),
        }
    }
    let phone = phones::read(cells.phone, area_code);
    let beside = named.number.unwrap_or_default();
    let in_name = phones::read(&beside, area_code);
    let mut numbers: Vec<String> = phone.numbers;
    numbers.extend(in_name.numbers.into_iter().filter(|number| !numbers.contains(number)).collect::<Vec<_>>());
    let mut numbers = numbers.into_iter();
    if let Some(number) = numbers.next() {
        say("phone", Value::text(number));
    }
    remark.extend(numbers);
    if !phone.whys.is_empty() || !phone.words.is_empty() {
        remark.push(plain(cells.phone));
    }
    // A member has no fact for the 小名, and it is what the neighbours say; words beside a number hold it already.
    let nickname = named.nickname.filter(|_| named.words.is_none());
    remark.extend(nickname.map(|nickname| format!("小名{nickname}")));
    // What stood in the cell of the name and is neither name nor phone; words beside a number hold it.
    remark.extend(named.words.or_else(|| (!in_name.whys.is_empty()).then_some(beside)));
    let own = plain(cells.remark);
    if !is_nothing(&own) {
        remark.push(own);
    }
    if !remark.is_empty() {
        say("remark", Value::text(hidden::identities(&remark.join("；"))));
    }
    facts.sort_by(|a, b| a.key.cmp(&b.key));
    Some(facts)
}

fn birth_year(cells: Cells<'_>, year: Option<i64>) -> Option<i64> {
    let born = tight(cells.birth).get(..4).and_then(|year| year.parse().ok());
    let aged = || {
        let age = number(tight(cells.age).trim_end_matches(['岁', '周'])).filter(|age| *age > 0)?;
        Some(year? - i64::from(age))
    };
    born.or_else(aged).filter(|year| (1900..=2030).contains(year))
}

#[cfg(test)]
mod tests {
    use super::{Cells, read};
    use crate::domain::Value;

    #[test]
    fn a_person_is_read_and_what_fits_no_fact_is_kept_in_the_remark() {
        let cells = Cells {
            name: "刘 桂芝",
            relation: "妻",
            age: "65岁",
            health: "高血压",
            phone: "13853301234/13853305678",
            remark: "在青岛",
            ..Cells::default()
        };
        let facts = read(cells, Some(2021), None).unwrap();
        let said = |key: &str| facts.iter().find(|fact| fact.key == key).map(|fact| fact.value.clone());
        assert_eq!(said("name"), Some(Value::text("刘桂芝")));
        assert_eq!(said("birth_year"), Some(Value::Number(1956)));
        assert_eq!(said("health"), Some(Value::text("chronic")));
        assert_eq!(said("phone"), Some(Value::text("13853301234")));
        assert_eq!(said("remark"), Some(Value::text("高血压；13853305678；在青岛")));
        assert_eq!(read(Cells { name: "/", ..Cells::default() }, None, None), None);
    }

    #[test]
    fn what_stands_in_the_cell_of_the_name_beside_the_name_is_kept() {
        let facts = |name| {
            let facts = read(Cells { name, ..Cells::default() }, None, None).unwrap();
            facts
                .iter()
                .map(|fact| format!("{}={}", fact.key, fact.value.as_text().unwrap()))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(facts("刘桂芝13853301234"), "name=刘桂芝 phone=13853301234");
        assert_eq!(facts("刘桂芝(儿媳13853301234)"), "name=刘桂芝 phone=13853301234 remark=儿媳13853301234");
        assert_eq!(facts("刘桂芝(退伍军人)"), "name=刘桂芝 remark=退伍军人");
        assert_eq!(facts("王芳(芳芳)"), "name=王芳 remark=芳芳");
        assert_eq!(facts("王芳（小名：芳芳）"), "name=王芳 remark=小名芳芳");
        assert_eq!(
            facts("王芳(小名芳芳, 13853301234)"),
            "name=王芳 phone=13853301234 remark=小名芳芳, 13853301234",
            "once"
        );
        assert_eq!(facts("王芳(已故)"), "name=王芳 remark=已故");
        assert_eq!(facts("王芳(儿媳1385330123)"), "name=王芳 remark=儿媳1385330123", "once");
    }

    // It stood whole in the journal and in every export.
    #[test]
    fn no_identity_number_comes_into_the_remark() {
        for (name, remark, said) in [
            ("刘桂芝(身份证370323195302151226)", "", "身份证******************"),
            ("刘桂芝", "身份证370323195302151226", "身份证******************"),
        ] {
            let facts = read(Cells { name, remark, ..Cells::default() }, None, None).unwrap();
            let kept = facts.iter().find(|fact| fact.key == "remark").and_then(|fact| fact.value.as_text());
            assert_eq!(kept, Some(said), "{name} {remark}");
        }
    }
}
