//! The roster given back to the township: its own columns in its own order, with what is known now.
//!
//! Of a column that was not understood only the header is known, as the program keeps none of its content: it stands
//! empty. What the township should know beyond its columns (moved, deceased, met on the way, cells still in doubt) stands in
//! one column of our own at the end.

use crate::domain::{Household, Word, choice};
use crate::intake::{ColumnGuess, Field};
use crate::text::{Lang, Text};

use super::{Cell, Sheet};

/// The header of the column at the end.
const REMARKS: &str = "核对情况";

/// The columns of a list that came without any that are known: rosters imported before columns were remembered.
const STANDARD: [Field; 13] = [
    Field::Number,
    Field::Town,
    Field::Village,
    Field::Group,
    Field::Head,
    Field::Sex,
    Field::Birth,
    Field::Size,
    Field::Phone,
    Field::Kind,
    Field::Address,
    Field::Paired,
    Field::Remark,
];

/// The columns of a list in their order: the header, and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    columns: Vec<(String, Option<Field>)>,
}

impl Layout {
    /// Takes the columns as they were understood; columns without header and meaning are nothing.
    pub fn of(columns: &[ColumnGuess]) -> Self {
        let there = columns.iter().filter(|column| column.field.is_some() || !column.header.is_empty());
        Self { columns: there.map(|column| (column.header.clone(), column.field)).collect() }
    }

    /// Gives the columns of a list of which no columns are known.
    pub fn standard() -> Self {
        let columns = STANDARD.iter().map(|field| (field.row().label.zh.to_owned(), Some(*field)));
        Self { columns: columns.collect() }
    }

    /// Gives the form that an import keeps: a word for each column, `phone=联系电话`, `=贷款金额`.
    pub fn words(&self) -> Vec<Word> {
        let word = |field: &Option<Field>| field.map_or("", |field| field.row().word);
        self.columns.iter().map(|(header, field)| format!("{}={header}", word(field)).into()).collect()
    }

    /// Reads the kept form; None where there is none.
    pub fn from_words(words: &[Word]) -> Option<Self> {
        let column = |word: &Word| {
            let (field, header) = word.split_once('=')?;
            Some((header.to_owned(), Field::from_word(field)))
        };
        let columns: Vec<_> = words.iter().filter_map(column).collect();
        (!columns.is_empty()).then_some(Self { columns })
    }

    /// Gives the headers of the columns that stand empty because their content is not kept.
    pub fn empty(&self) -> Vec<String> {
        self.columns.iter().filter(|(_, field)| field.is_none()).map(|(header, _)| header.clone()).collect()
    }

    fn has(&self, field: Field) -> bool {
        self.columns.iter().any(|(_, other)| *other == Some(field))
    }

    /// Gives the header of each column: the last part of a header of several rows, unless two would be alike.
    fn header(&self) -> Vec<String> {
        let last = |header: &str| header.rsplit('/').next().unwrap_or_default().to_owned();
        let lasts: Vec<String> = self.columns.iter().map(|(header, _)| last(header)).collect();
        let header = self.columns.iter().zip(&lasts).map(|((whole, field), short)| {
            let alike = lasts.iter().filter(|other| *other == short).count() > 1;
            match (short.is_empty(), field) {
                (true, Some(field)) => field.row().label.zh.to_owned(),
                _ if alike => whole.clone(),
                _ => short.clone(),
            }
        });
        header.collect()
    }
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// The household as it is known now.
    pub household: Household,
    /// The masked identity number; the full one is never kept.
    pub idmask: String,
    /// 微信.
    pub wechat: String,
    /// What the township should know of this line.
    pub remarks: Vec<String>,
    /// Which household of the list it is, counted from 1.
    pub family: i64,
    /// The member of the household that the line is about, in a list with one person a row; else it is about the head.
    pub person: Option<Person>,
}

/// A member of a household, as a list with one person a row has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// 姓名.
    pub name: String,
    /// 与户主关系.
    pub relation: String,
    /// Code word of the sex.
    pub sex: String,
    /// Birth year.
    pub birth_year: Option<i64>,
    /// Code word of the health.
    pub health: String,
    /// The phone.
    pub phone: String,
    /// 备注.
    pub remark: String,
}

impl Layout {
    /// Tells whether the list has one person a row, so that members have lines of their own.
    pub fn has_people(&self) -> bool {
        [Field::Relation, Field::Member, Field::Household].iter().any(|field| self.has(*field))
    }
}

/// Puts lines into the columns of a layout. `year` is the year in which ages are counted.
pub fn sheet(title: &str, layout: &Layout, lines: &[Line], year: i64) -> Sheet {
    let mut header = layout.header();
    header.push(REMARKS.to_owned());
    let rows = (1..).zip(lines).map(|(number, line)| cells(number, layout, line, year));
    Sheet { title: title.to_owned(), header, rows: rows.collect() }
}

fn cells(number: i64, layout: &Layout, line: &Line, year: i64) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(layout.columns.len() + 1);
    for (at, (header, field)) in layout.columns.iter().enumerate() {
        let Some(field) = *field else {
            cells.push(Cell::Empty);
            continue;
        };
        let same = |(_, other): &&(String, Option<Field>)| *other == Some(field);
        let before = layout.columns.iter().take(at).filter(same).count();
        let after = layout.columns.iter().skip(at + 1).filter(same).count();
        cells.push(match field {
            Field::Number => Cell::Number(number),
            _ if line.person.is_some() && before > 0 => Cell::Empty,
            Field::Phone if line.person.is_some() => person(field, layout, line, year),
            Field::Phone => phone(&line.household.phones, before, after == 0),
            // What several columns said together stands in the first of them.
            _ if before > 0 => Cell::Empty,
            Field::Address if layout.has(Field::Building) => Cell::Empty,
            Field::Address | Field::Building => Cell::text(address(layout, &line.household)),
            _ if line.person.is_some() => person(field, layout, line, year),
            Field::Away => Cell::text(away(header, line.household.away)),
            _ => fact(field, line, year),
        });
    }
    cells.push(Cell::text(line.remarks.join("; ")));
    cells
}

/// Gives what one column says of a member; what a member does not have of its own, the household's line says.
fn person(field: Field, layout: &Layout, line: &Line, year: i64) -> Cell {
    let Some(person) = &line.person else { return Cell::Empty };
    let age = person.birth_year.map(|born| year - born).filter(|age| (0..=130).contains(age));
    match field {
        Field::Member => Cell::text(&person.name),
        Field::Head if !layout.has(Field::Member) => Cell::text(&person.name),
        Field::Relation => Cell::text(&person.relation),
        Field::Sex => chosen(choice::SEXES, &person.sex),
        Field::Birth => Cell::number(person.birth_year),
        Field::Age => Cell::number(age),
        Field::Health => chosen(choice::HEALTH, &person.health),
        Field::Phone => Cell::text(&person.phone),
        Field::Remark => Cell::text(&person.remark),
        Field::Head | Field::Town | Field::Village | Field::Group | Field::Household | Field::Kind => {
            fact(field, line, year)
        }
        _ => Cell::Empty,
    }
}

/// Gives the Chinese word of a code word.
fn chosen(list: &[choice::Choice], word: &str) -> Cell {
    Cell::text(choice::name_of(list, word).map_or("", |name: Text| name.get(Lang::Zh)))
}

/// Gives what one column says of a household, where that needs no look at other columns.
fn fact(field: Field, line: &Line, year: i64) -> Cell {
    let household = &line.household;
    match field {
        Field::Town => Cell::text(&household.town),
        Field::Village => Cell::text(&household.village),
        Field::Group => Cell::text(group(&household.group)),
        Field::Head | Field::Member => Cell::text(&household.head),
        Field::Household => Cell::number(Some(line.family).filter(|number| *number > 0)),
        Field::Relation => Cell::text(if household.head.is_empty() { "" } else { "户主" }),
        Field::Sex => chosen(choice::SEXES, &household.sex),
        Field::Id => Cell::text(&line.idmask),
        Field::Birth => Cell::number(household.birth_year),
        Field::Age => Cell::number(household.age(year)),
        Field::Size => Cell::number(household.size),
        Field::Kind => chosen(choice::HOUSEHOLD_KINDS, &household.kind),
        Field::Nickname => Cell::text(&household.nickname),
        Field::Spouse => Cell::text(&household.spouse),
        Field::Paired => Cell::text(&household.paired),
        Field::Wechat => Cell::text(&line.wechat),
        Field::AwayReason => Cell::text(&household.away_reason),
        Field::Status => chosen(choice::STANDING, &household.standing),
        Field::Remark => Cell::text(&household.remark),
        Field::Number | Field::Health | Field::Phone | Field::Address | Field::Building | Field::Away => Cell::Empty,
    }
}

/// Gives the phone of one of several columns; the last column takes all that are left.
fn phone(phones: &[Word], before: usize, last: bool) -> Cell {
    let rest = phones.get(before..).unwrap_or_default();
    Cell::text(if last { rest.join("、") } else { rest.first().map(ToString::to_string).unwrap_or_default() })
}

/// Writes the address with every part that has no column of its own.
fn address(layout: &Layout, household: &Household) -> String {
    let part = |field: Field, text: String| if layout.has(field) { String::new() } else { text };
    let town = part(Field::Town, household.town.to_string());
    let village = part(Field::Village, household.village.to_string());
    let group = part(Field::Group, group(&household.group));
    [town, village, group, household.door.to_string()].concat()
}

fn group(group: &str) -> String {
    let bare = !group.is_empty() && group.chars().all(|c| c.is_ascii_digit());
    if bare { format!("{group}组") } else { group.to_owned() }
}

/// Answers a column that asks for absence, or one that asks for presence: 是否在家.
fn away(header: &str, away: bool) -> &'static str {
    if away == header.contains("在家") { "否" } else { "是" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(words: &[&str]) -> Layout {
        Layout::from_words(&words.iter().map(|word| (*word).into()).collect::<Vec<_>>()).unwrap()
    }

    fn line() -> Line {
        let household = Household {
            head: "张守富".into(),
            sex: "male".into(),
            birth_year: Some(1954),
            kind: "supported".into(),
            town: "东里镇".into(),
            village: "东里东村".into(),
            group: "3".into(),
            door: "12号".into(),
            phones: vec!["0533-3250001".into(), "13853301234".into(), "13853305678".into()],
            away: true,
            standing: "here".into(),
            ..Household::default()
        };
        Line { household, remarks: vec!["甲".into(), "乙".into()], ..Line::default() }
    }

    fn text(sheet: &Sheet) -> Vec<String> {
        let said = |cell: &Cell| match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
        };
        sheet.rows[0].iter().map(said).collect()
    }

    #[test]
    fn columns_stand_in_the_order_of_the_township_and_unknown_ones_stand_empty() {
        let layout = layout(&["phone=联系电话", "=贷款金额", "head=户主", "number=序号", "sex=性别"]);
        let sheet = sheet("名单", &layout, &[line()], 2021);
        assert_eq!(sheet.header, ["联系电话", "贷款金额", "户主", "序号", "性别", "核对情况"]);
        assert_eq!(text(&sheet), ["0533-3250001、13853301234、13853305678", "", "张守富", "1", "男", "甲; 乙"]);
        assert_eq!(layout.empty(), ["贷款金额"]);
        assert_eq!(Layout::from_words(&layout.words()), Some(layout));
    }

    #[test]
    fn what_has_no_column_of_its_own_stands_in_the_address_and_phones_fill_theirs() {
        let one = layout(&["head=姓名", "phone=联系方式/手机", "phone=联系方式/座机", "address=住址", "age=年龄"]);
        let sheet = sheet("", &one, &[line()], 2021);
        assert_eq!(sheet.header, ["姓名", "手机", "座机", "住址", "年龄", "核对情况"]);
        let want = ["张守富", "0533-3250001", "13853301234、13853305678", "东里镇东里东村3组12号", "67", "甲; 乙"];
        assert_eq!(text(&sheet), want);
        let two = layout(&["village=村", "group=组", "building=楼号", "building=单元", "address=地址"]);
        assert_eq!(text(&super::sheet("", &two, &[line()], 2021)), ["东里东村", "3组", "东里镇12号", "", "", "甲; 乙"]);
    }

    #[test]
    fn a_column_may_ask_for_absence_or_for_presence() {
        let asked = layout(&["away=是否长期在外", "away=x"]);
        assert_eq!(text(&sheet("", &asked, &[line()], 2021))[0], "是");
        let asked = layout(&["away=是否在家"]);
        assert_eq!(text(&sheet("", &asked, &[line()], 2021))[0], "否");
    }

    #[test]
    fn headers_that_would_be_alike_keep_the_group_above_them() {
        let both = layout(&["phone=户主/电话", "phone=子女/电话", "size=家庭/人口"]);
        assert_eq!(both.header(), ["户主/电话", "子女/电话", "人口"]);
    }
}
