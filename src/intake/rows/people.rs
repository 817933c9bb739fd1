//! People among the rows: the persons of a list with one person a row, and those whose household cannot be told.

use std::collections::{HashMap, HashSet};

use super::super::doubt::{Doubt, Why};
use super::super::field::Field;
use super::super::sheet::Row;
use super::super::{Fact, MemberRow, RosterRow, names, person};
use super::draft::List;
use crate::domain::hidden;

impl<'a> List<'a> {
    /// Reads a row as a person of the household in another row, counted from 0.
    pub(super) fn member(&self, row: &Row<'a>, home: u32) -> Option<MemberRow> {
        let cell = |field: Field| self.cell(row, field);
        let cells = person::Cells {
            name: self.name(row),
            relation: cell(Field::Relation),
            sex: cell(Field::Sex),
            id: cell(Field::Id),
            birth: cell(Field::Birth),
            age: cell(Field::Age),
            health: cell(Field::Health),
            phone: cell(Field::Phone),
            remark: cell(Field::Remark),
        };
        let facts = person::read(cells, self.year(), self.guess.area_code.as_deref())?;
        Some(MemberRow { row: row.number() + 1, of: home + 1, facts })
    }

    /// Gives the cell with the name of a row's person.
    fn name(&self, row: &Row<'a>) -> &'a str {
        let field = if self.columns.has(Field::Member) { Field::Member } else { Field::Head };
        self.columns.all(field).first().map_or("", |column| row.at(*column))
    }

    /// Asks about a number behind the name of a person, which was taken out of it.
    fn numbered(&self, row: &Row<'a>) -> Option<Doubt> {
        let raw = self.name(row);
        let is_numbered = hidden::tells(raw) && names::read(raw).number.is_some();
        is_numbered.then(|| Doubt { field: Field::Member, raw: hidden::identities(raw), why: Why::NameNumber })
    }

    /// Lists a person who can be put into no household.
    pub(super) fn stray(&self, row: &Row<'a>, home: u32) -> RosterRow {
        let doubt = Doubt { field: Field::Head, raw: self.line(row), why: Why::Member(home + 1) };
        RosterRow { row: row.number() + 1, doubts: vec![doubt], ..RosterRow::default() }
    }

    /// Counts the people of whom an age is told and no year of birth is known, as nothing says of which year the list is.
    pub(super) fn undated(&self, rows: &[RosterRow], members: &[MemberRow]) -> usize {
        if self.year().is_some() || !self.columns.has(Field::Age) {
            return 0;
        }
        let is_born = |facts: &[Fact]| facts.iter().any(|fact| fact.key == "birth_year");
        let heads = rows.iter().filter(|row| row.is_household()).map(|row| (row.row, is_born(&row.facts)));
        let others = members.iter().map(|member| (member.row, is_born(&member.facts)));
        let mut people: HashMap<u32, bool> = HashMap::new();
        for (row, is_born) in heads.chain(others) {
            *people.entry(row).or_default() |= is_born;
        }
        let has_age = |row: u32| self.age(&self.sheet.row(row - 1)).is_some_and(|age| age > 0);
        people.into_iter().filter(|(row, is_born)| !is_born && has_age(*row)).count()
    }

    /// Lists the people whose household has no usable name, as it is on nobody's card; rows stay in the order of the file.
    /// What is asked about the others stands with their household.
    pub(super) fn put_home(&self, rows: &mut Vec<RosterRow>, members: &mut Vec<MemberRow>) {
        let homes: HashSet<u32> = rows.iter().filter(|row| row.is_household()).map(|row| row.row).collect();
        let (home, strays): (Vec<MemberRow>, Vec<MemberRow>) =
            std::mem::take(members).into_iter().partition(|member| homes.contains(&member.of));
        *members = home;
        rows.extend(strays.iter().map(|stray| self.stray(&self.sheet.row(stray.row - 1), stray.of - 1)));
        rows.sort_by_key(|row| row.row);
        for member in &*members {
            let doubt = self.numbered(&self.sheet.row(member.row - 1));
            let home = rows.binary_search_by_key(&member.of, |row| row.row).ok().and_then(|at| rows.get_mut(at));
            if let (Some(doubt), Some(home)) = (doubt, home) {
                home.doubts.push(doubt);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::Value;
    use crate::intake::{Guess, Reading, read};
    use crate::text::Lang;

    fn reading(text: &str) -> Reading {
        read(text.as_bytes(), "名单.csv", &Guess::default()).unwrap()
    }

    // A column of ages was taken for one, and not one of them was on a card.
    #[test]
    fn ages_of_no_year_are_counted_and_the_title_says_which_year_they_are_of() {
        let heads =
            "户主姓名,年龄,出生年月,电话\n张守富,67,,13853301234\n李桂英,58岁,,\n王成友,70,1951-03,\n刘玉珍,,,\n";
        let born = |reading: &Reading| {
            let values = reading.rows.iter().map(|row| row.value("birth_year").and_then(Value::as_number));
            values.collect::<Vec<_>>()
        };
        let without = reading(heads);
        assert_eq!((without.undated, born(&without)), (2, vec![None, None, Some(1951), None]));
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| without.ages_left_out().unwrap().say(lang));
        assert!(zh.contains("年龄没有用 (2 人)") && zh.contains("标题里写上 2021年"), "{zh}");
        assert!(en.contains("not taken (2 people)") && en.contains("(2021年)"), "{en}");
        for title in ["东里东村2021年名单", "东里镇老年人名单(2021年5月)"] {
            let with = reading(&format!("{title},,,\n{heads}"));
            assert_eq!((with.undated, with.ages_left_out()), (0, None), "{title}");
            assert_eq!(born(&with), [Some(1954), Some(1963), Some(1951), None], "{title}");
        }
    }

    #[test]
    fn each_person_of_a_family_is_one_age() {
        let text = "户编号,姓名,与户主关系,年龄,身份证号\n1,张守富,户主,67,\n1,刘桂芝,妻,66,\n1,张强,子,40,370323198101011233\n2,李桂英,户主,58,\n";
        let reading = reading(text);
        assert_eq!((reading.rows.len(), reading.undated), (2, 3), "{reading:?}");
    }
}
