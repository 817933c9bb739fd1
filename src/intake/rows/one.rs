//! One row by itself: all that it says without the rows around it.

use super::super::doubt::{Doubt, Why};
use super::super::families::Role;
use super::super::field::Field;
use super::super::letters::{self, is_ditto, is_nothing, number, plain, tight};
use super::super::lines::Section;
use super::super::names;
use super::super::place::{self, Cells, Place};
use super::super::sheet::Row;
use super::super::{RosterRow, identity, kinds, phones, remarks};
use super::draft::List;
use super::entry::Read;
use crate::domain::{Value, hidden};
use crate::hanzi::clean;

impl<'a> List<'a> {
    /// Gives the text of a field in a row; a merged cell stands for all its rows where the field allows it.
    pub(super) fn cell(&self, row: &Row<'a>, field: Field) -> &'a str {
        self.columns.all(field).first().map_or("", |column| self.cell_at(row, field, *column))
    }

    fn cell_at(&self, row: &Row<'a>, field: Field, column: u32) -> &'a str {
        let own = row.at(column);
        if !own.is_empty() || !field.row().spans {
            return own;
        }
        self.sheet.merged_down(row.number(), column).map_or("", |merge| self.sheet.row(merge.top).at(column))
    }

    /// Reads a row that stands under a section.
    pub(super) fn read(&self, row: &Row<'a>, section: &Section) -> Read {
        let mut entry = Read {
            out: RosterRow { row: row.number() + 1, facts: Vec::with_capacity(16), ..RosterRow::default() },
            place: Place::default(),
            before: [0; 3],
            remark: Vec::new(),
        };
        let head = self.head(row, &mut entry);
        if entry.is_closed() {
            return entry;
        }
        self.place(row, &mut entry, section);
        if self.roles.get(&row.number()) != Some(&Role::First) {
            self.head_as_person(row, &mut entry);
            self.person(row, &mut entry);
        }
        self.phones(row, &mut entry);
        self.kind(row, &mut entry, section, head.as_deref());
        self.people(row, &mut entry);
        self.away(row, &mut entry);
        self.remark(row, &mut entry);
        entry
    }

    fn place(&self, row: &Row<'a>, entry: &mut Read, section: &Section) {
        let building = self.building(row);
        let address = self.cell(row, Field::Address);
        let cells = Cells { address: if address.is_empty() { &building } else { address }, ..self.place_cells(row) };
        let mut doubts = Vec::new();
        entry.place = place::own(cells, &section.place, &self.guess.places, &mut doubts);
        for Doubt { field, raw, why } in doubts {
            entry.doubt(field, &raw, why);
        }
        entry.before = [entry.out.facts.len(), entry.out.doubts.len(), entry.out.notes.len()];
    }

    /// Gives the cells that say town, village and group.
    pub(super) fn place_cells(&self, row: &Row<'a>) -> Cells<'a> {
        Cells {
            town: self.cell(row, Field::Town),
            village: self.cell(row, Field::Village),
            group: self.cell(row, Field::Group),
            address: "",
        }
    }

    /// Puts the door together from its columns: 锦绣花园3号楼2单元301室.
    fn building(&self, row: &Row<'a>) -> String {
        let mut out = String::new();
        for (column, word) in &self.columns.building {
            let cell = tight(row.at(*column));
            match number(cell.trim_end_matches(['#', '号'])) {
                Some(number) => out.extend([number.to_string().as_str(), word]),
                None if is_nothing(&cell) => {}
                None => out.push_str(&cell),
            }
        }
        out
    }

    /// Gives a whole row as text, for a row that is only listed; without its running number, identity numbers hidden.
    pub(super) fn line(&self, row: &Row<'a>) -> String {
        let is_of = |column: u32, field: Field| self.columns.all(field).contains(&column);
        let cells = row.cells().filter_map(|(column, text)| match plain(text) {
            text if is_of(column, Field::Number) && number(&text).is_some() => None,
            text if is_of(column, Field::Id) => Some(identity::hidden(&text)),
            text => Some(hidden::identities(&text)),
        });
        cells.collect::<Vec<_>>().join(" ").chars().take(200).collect()
    }

    /// Reads the name; None when the row is no household of its own.
    fn head(&self, row: &Row<'a>, entry: &mut Read) -> Option<String> {
        let raw = self.cell(row, Field::Head);
        let read = names::read(raw);
        if let Some(why) = read.why.clone() {
            let only = row.cells().count() == 1;
            let merged = raw.is_empty().then(|| {
                let column = self.columns.all(Field::Head).first()?;
                self.sheet.merged_down(row.number(), *column).map(|merge| merge.top + 1)
            });
            let why = match (why, merged.flatten()) {
                (Why::NoName, Some(of)) => Why::Member(of),
                (Why::NoName, None) if only => Why::NotUnderstood,
                (why, _) => why,
            };
            let raw = if read.name.is_none() { self.line(row) } else { raw.to_owned() };
            entry.doubt(Field::Head, &raw, why);
        }
        if let Some(number) = &read.number {
            entry.doubt(Field::Head, raw, Why::NameNumber);
            self.phone(number, entry);
        }
        let name = read.name.clone()?;
        entry.text("head", name.clone());
        entry.beside(read);
        Some(name)
    }

    /// Reads the head's own row of a list that has 户主 beside 姓名: under 姓名 something may stand behind the same name.
    fn head_as_person(&self, row: &Row<'a>, entry: &mut Read) {
        let raw = self.cell(row, Field::Member);
        if raw == self.cell(row, Field::Head) {
            return;
        }
        let read = names::read(raw);
        if let Some(why) = read.why.clone().filter(|why| *why != Why::NoName) {
            entry.doubt(Field::Member, raw, why);
        }
        if let Some(number) = &read.number {
            entry.doubt(Field::Member, raw, Why::NameNumber);
            self.phone(number, entry);
        }
        entry.beside(read);
    }

    fn person(&self, row: &Row<'a>, entry: &mut Read) {
        let raw_id = self.cell(row, Field::Id);
        let id = identity::read(raw_id);
        if let Some(why) = id.why {
            entry.doubt(Field::Id, raw_id, why);
        }
        let raw = self.cell(row, Field::Sex);
        let sex = match tight(raw).as_ref() {
            "男" | "男性" | "M" | "1" => Some("male"),
            "女" | "女性" | "F" | "2" => Some("female"),
            other if is_nothing(other) => id.sex,
            _ => {
                entry.doubt(Field::Sex, raw, Why::SexUnknown);
                id.sex
            }
        };
        if let Some(sex) = sex {
            entry.text("sex", sex);
        }
        if let Some(year) = id.birth_year.or_else(|| self.birth(row, entry)) {
            entry.fact("birth_year", Value::Number(year));
        }
        if let Some(mask) = id.mask {
            entry.text("idmask", mask);
        }
    }

    /// Reads year of birth from its own column, or from the age where a title tells the year of the list.
    fn birth(&self, row: &Row<'a>, entry: &mut Read) -> Option<i64> {
        let raw = self.cell(row, Field::Birth);
        let birth = tight(raw);
        if !is_nothing(&birth) {
            let year = birth.get(..4).and_then(|year| year.parse().ok()).filter(|year| (1900..=2030).contains(year));
            if year.is_none() {
                entry.doubt(Field::Birth, raw, Why::BirthOdd);
            }
            return year;
        }
        let raw = self.cell(row, Field::Age);
        if is_nothing(&tight(raw)) {
            return None;
        }
        let Some(age) = self.age(row) else {
            entry.doubt(Field::Age, raw, Why::BirthOdd);
            return None;
        };
        Some(self.year()? - i64::from(age))
    }

    /// Reads an age that somebody can have.
    pub(super) fn age(&self, row: &Row<'a>) -> Option<u32> {
        let age = tight(self.cell(row, Field::Age));
        number(age.trim_end_matches(['岁', '周'])).filter(|age| *age <= 120)
    }

    /// Reads what a cell says of phones; false where it says nothing.
    fn phone(&self, raw: &str, entry: &mut Read) -> bool {
        let read = phones::read(raw, self.guess.area_code.as_deref());
        let any = !read.numbers.is_empty() || !read.whys.is_empty();
        for number in read.numbers {
            entry.fact(format!("phone/{number}"), Value::Yes(true));
        }
        for why in read.whys {
            entry.doubt(Field::Phone, raw, why);
        }
        if !read.words.is_empty() {
            entry.remark.push(plain(raw));
        }
        any
    }

    fn phones(&self, row: &Row<'a>, entry: &mut Read) {
        // One in the cell of the name is one too, whole or not.
        let of_phone = |doubt: &Doubt| doubt.field == Field::Phone;
        let in_name = entry.out.facts.iter().any(|fact| fact.key.starts_with("phone/"));
        let mut any = in_name || entry.out.doubts.iter().chain(&entry.out.notes).any(of_phone);
        for column in self.columns.all(Field::Phone) {
            any |= self.phone(row.at(*column), entry);
        }
        if !any && self.columns.has(Field::Phone) {
            let raw = self.cell(row, Field::Phone);
            entry.doubt(Field::Phone, raw, Why::NoPhone);
        }
    }

    fn kind(&self, row: &Row<'a>, entry: &mut Read, section: &Section, head: Option<&str>) {
        let raw = self.cell(row, Field::Kind);
        let word = tight(raw);
        let kind = kinds::of(&word);
        if kind.is_none() && !is_nothing(&word) && !is_ditto(&word) {
            entry.doubt(Field::Kind, raw, Why::KindUnknown);
            return;
        }
        let kind = kind
            .or(section.kind)
            .or(self.guess.kind)
            .or_else(|| head.filter(|name| kinds::is_business(name)).map(|_| "enterprise"));
        match kind {
            Some(kind) => entry.text("kind", kind),
            None => entry.doubt(Field::Kind, raw, Why::NoKind),
        }
    }

    fn people(&self, row: &Row<'a>, entry: &mut Read) {
        let raw = self.cell(row, Field::Size);
        let size = tight(raw);
        if !is_nothing(&size) || size == "0" {
            match number(size.trim_end_matches(['人', '口'])).filter(|count| (1..=30).contains(count)) {
                Some(count) => entry.fact("size", Value::Number(i64::from(count))),
                None => entry.doubt(Field::Size, raw, Why::SizeOdd),
            }
        }
        // A household has no health of its own: the head's stands in the remark, which only the card shows.
        let health = plain(self.cell(row, Field::Health));
        if !is_nothing(&tight(&health)) && health != "健康" && !self.columns.has(Field::Member) {
            entry.remark.push(format!("户主身体状况: {health}"));
        }
        let fields = [
            (Field::Nickname, "nickname"),
            (Field::Spouse, "spouse"),
            (Field::Paired, "paired"),
            (Field::Wechat, "wechat"),
        ];
        for (field, key) in fields {
            let name = letters::name(self.cell(row, field));
            if is_nothing(&tight(&name)) {
                continue;
            }
            let same_as_phone = field == Field::Wechat && name.contains('同') && name.contains(['机', '电', '号']);
            let phone = entry.out.facts.iter().find_map(|fact| fact.key.strip_prefix("phone/").map(str::to_owned));
            match phone.filter(|_| same_as_phone) {
                Some(phone) => entry.text(key, phone),
                None => entry.text(key, name),
            }
        }
    }

    fn away(&self, row: &Row<'a>, entry: &mut Read) {
        let raw = self.cell(row, Field::Away);
        let word = tight(raw);
        if !word.is_empty() {
            let meant = remarks::meanings(&word);
            match remarks::answer(&word) {
                // The words 在家 and 不在家 say it themselves; 是 and 否 answer the header.
                Some(answer) => {
                    let away = if self.columns.at_home && !word.contains('在') { !answer } else { answer };
                    entry.fact("away", Value::Yes(away));
                }
                None if meant.iter().any(|(key, _)| *key == "away") => {
                    for (key, value) in meant {
                        entry.fact(key, value);
                    }
                }
                None => entry.doubt(Field::Away, raw, Why::AnswerOdd),
            }
        }
        let reason = plain(self.cell(row, Field::AwayReason));
        if !is_nothing(&reason) {
            entry.text("away_reason", reason);
        }
        let status = plain(self.cell(row, Field::Status));
        if status.is_empty() {
            return;
        }
        match remarks::standing(&status) {
            Some(word) => entry.text("standing", word),
            None if is_nothing(&status) || matches!(status.as_str(), "正常" | "在册" | "在家" | "否" | "常住") =>
                {}
            None => entry.remark.push(status),
        }
    }

    fn remark(&self, row: &Row<'a>, entry: &mut Read) {
        let mut pieces: Vec<String> = Vec::new();
        for column in self.columns.all(Field::Remark) {
            let raw = row.at(*column);
            let text = clean::line(raw);
            if is_nothing(&tight(&text)) {
                continue;
            }
            let meant = remarks::meanings(&text);
            if !meant.is_empty() {
                entry.doubt(Field::Remark, raw, Why::RemarkMeans(String::new()));
                entry.propose(meant);
            }
            pieces.push(text);
        }
        pieces.append(&mut entry.remark);
        entry.text("remark", hidden::identities(&pieces.join("；")));
    }
}
