//! Rows: each becomes facts, and what was not taken as it stands becomes doubts. No row is dropped.

mod people;

use std::borrow::Cow;
use std::collections::HashMap;

use super::columns::Columns;
use super::doubt::{Doubt, Why};
use super::families::{self, Role};
use super::field::Field;
use super::letters::{self, is_ditto, is_nothing, number, plain, tight};
use super::lines::{self, Section, Skip};
use super::place::{self, Cells, Known};
use super::shape::Shape;
use super::sheet::{Row, Sheet};
use super::watch::Stopped;
use super::{Fact, Guess, MemberRow, RosterRow, Skipped, hidden, identity, kinds, names, phones, remarks};
use crate::domain::Value;
use crate::hanzi::clean;

/// Everything that a sheet says.
pub(crate) struct Rows {
    pub households: Vec<RosterRow>,
    pub members: Vec<MemberRow>,
    pub skipped: Vec<Skipped>,
    pub title: Option<String>,
}

/// Reads everything below and above the header.
pub(crate) fn read(sheet: &Sheet, shape: &Shape, guess: &Guess) -> Result<Rows, Stopped> {
    let mut skipped = Vec::new();
    let mut titles: Vec<String> = Vec::new();
    let mut skip = |row: &Row<'_>, why: Skip| {
        let text: Vec<&str> = row.cells().map(|(_, text)| text).collect();
        skipped.push(Skipped {
            row: row.number() + 1,
            why,
            text: hidden::for_other_eyes(&plain(&text.join(" "))).chars().take(80).collect(),
        });
    };
    let (top, past) = shape.header.map_or((0, 0), |(first, last)| (first, last + 1));
    let mut section = Section::default();
    section.narrow(Section::of_title(&sheet.name, guess));
    for row in sheet.rows().take_while(|row| row.number() < past) {
        if row.number() < top {
            for (_, text) in row.cells() {
                section.narrow(Section::of_title(text, guess));
                titles.push(tight(text).into_owned());
            }
            skip(&row, Skip::Title);
        } else {
            skip(&row, Skip::Header);
        }
    }
    let columns = Columns::of(sheet, shape, past);
    let mut list = List {
        sheet,
        guess,
        roles: families::roles(sheet, &columns, past),
        columns,
        year: titles.iter().find_map(|title| year_in(title)),
        above: Known::default(),
        section,
        seen: HashMap::new(),
    };
    let mut rows: Vec<RosterRow> = Vec::new();
    let mut members = Vec::new();
    sheet.watch().ends_at(sheet.rows().next_back().map_or(0, |row| row.number() + 1));
    for row in sheet.rows().filter(|row| row.number() >= past) {
        sheet.watch().reach(row.number())?;
        match lines::of(&row, shape, &titles, guess) {
            Some((why, line)) => {
                if let Some(line) = line {
                    list.section.narrow(line);
                    list.above = Known::default();
                }
                skip(&row, why);
            }
            None => match list.roles.get(&row.number()).copied() {
                Some(Role::Member(home)) => match list.member(&row, home) {
                    Some(member) => members.push(member),
                    None => rows.push(list.stray(&row, home)),
                },
                role => {
                    rows.push(list.row(&row));
                    let own = (role == Some(Role::First)).then(|| list.member(&row, row.number()));
                    members.extend(own.flatten());
                }
            },
        }
    }
    list.put_home(&mut rows, &mut members);
    let title = sheet
        .rows()
        .take_while(|row| row.number() < top)
        .find_map(|row| row.cells().next().map(|(_, text)| plain(text)));
    Ok(Rows { households: rows, members, skipped, title })
}

/// Finds the year a list is of: 2021年 in a title.
fn year_in(title: &str) -> Option<i64> {
    let (front, _) = title.split_once('年')?;
    let digits: Vec<char> = front.chars().rev().take(4).collect();
    let year: i64 = digits.into_iter().rev().collect::<String>().parse().ok()?;
    (2000..=2100).contains(&year).then_some(year)
}

/// A list while its rows are read.
struct List<'a> {
    sheet: &'a Sheet,
    guess: &'a Guess,
    columns: Columns,
    year: Option<i64>,
    above: Known,
    section: Section,
    roles: HashMap<u32, Role>,
    /// What earlier rows say, as a digest, with their numbers.
    seen: HashMap<[u8; 16], u32>,
}

/// One row while it is read.
struct Entry<'a> {
    row: Row<'a>,
    out: RosterRow,
    /// Pieces of the remark, from several columns and brackets.
    remark: Vec<String>,
}

impl Entry<'_> {
    fn fact(&mut self, key: impl Into<Cow<'static, str>>, value: Value) {
        let key = key.into();
        if !self.out.facts.iter().any(|known| known.key == key) {
            self.out.facts.push(Fact { key, value });
        }
    }

    fn text(&mut self, key: &'static str, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.fact(key, Value::Text(text));
        }
    }

    fn doubt(&mut self, field: Field, raw: &str, why: Why) {
        let raw = if field == Field::Id { identity::hidden(raw) } else { hidden::identities(raw) };
        let list = if why.is_mild() { &mut self.out.notes } else { &mut self.out.doubts };
        list.push(Doubt { field, raw, why });
    }
}

impl<'a> List<'a> {
    /// Gives the text of a field in a row; a merged cell stands for all its rows where the field allows it.
    fn cell(&self, row: &Row<'a>, field: Field) -> &'a str {
        self.columns.all(field).first().map_or("", |column| self.cell_at(row, field, *column))
    }

    fn cell_at(&self, row: &Row<'a>, field: Field, column: u32) -> &'a str {
        let own = row.at(column);
        if !own.is_empty() || !field.row().spans {
            return own;
        }
        self.sheet.merged_down(row.number(), column).map_or("", |merge| self.sheet.row(merge.top).at(column))
    }

    fn row(&mut self, row: &Row<'a>) -> RosterRow {
        let number = row.number() + 1;
        let mut entry = Entry {
            row: *row,
            out: RosterRow { row: number, facts: Vec::with_capacity(16), ..RosterRow::default() },
            remark: Vec::new(),
        };
        let head = self.head(&mut entry);
        if entry.out.doubts.iter().any(|doubt| matches!(doubt.why, Why::Member(_) | Why::NotUnderstood)) {
            return entry.out;
        }
        self.place(&mut entry);
        if self.roles.get(&row.number()) != Some(&Role::First) {
            self.person(&mut entry);
        }
        self.phones(&mut entry);
        self.kind(&mut entry, head.as_deref());
        self.people(&mut entry);
        self.away(&mut entry);
        self.remark(&mut entry);
        let mut out = entry.out;
        if self.roles.get(&row.number()) == Some(&Role::Unsaid) && head.is_some() {
            out.doubts.push(Doubt {
                field: Field::Relation,
                raw: self.cell(row, Field::Relation).to_owned(),
                why: Why::NoHead,
            });
        }
        if head.is_some() {
            let identity = fingerprint(&out);
            if let Some(first) = self.seen.get(&identity) {
                out.doubts.push(Doubt { field: Field::Head, raw: head.unwrap_or_default(), why: Why::SameRow(*first) });
            } else {
                self.seen.insert(identity, number);
            }
        }
        out
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
    fn line(&self, row: &Row<'a>) -> String {
        let is_of = |column: u32, field: Field| self.columns.all(field).contains(&column);
        let cells = row.cells().filter_map(|(column, text)| match plain(text) {
            text if is_of(column, Field::Number) && number(&text).is_some() => None,
            text if is_of(column, Field::Id) => Some(identity::hidden(&text)),
            text => Some(hidden::identities(&text)),
        });
        cells.collect::<Vec<_>>().join(" ").chars().take(200).collect()
    }

    /// Reads the name; None when the row is no household of its own.
    fn head(&self, entry: &mut Entry<'a>) -> Option<String> {
        let raw = self.cell(&entry.row, Field::Head);
        let read = names::read(raw);
        if let Some(why) = read.why {
            let only = entry.row.cells().count() == 1;
            let merged = raw.is_empty().then(|| {
                let column = self.columns.all(Field::Head).first()?;
                self.sheet.merged_down(entry.row.number(), *column).map(|merge| merge.top + 1)
            });
            let why = match (why, merged.flatten()) {
                (Why::NoName, Some(of)) => Why::Member(of),
                (Why::NoName, None) if only => Why::NotUnderstood,
                (why, _) => why,
            };
            let raw = if read.name.is_none() { self.line(&entry.row) } else { raw.to_owned() };
            entry.doubt(Field::Head, &raw, why);
        }
        let name = read.name?;
        entry.text("head", name.clone());
        if let Some(nickname) = read.nickname {
            entry.text("nickname", nickname);
        }
        if let Some(standing) = read.standing {
            propose(&mut entry.out, vec![("standing", Value::text(standing))]);
        }
        entry.remark.extend(read.words);
        Some(name)
    }

    fn place(&mut self, entry: &mut Entry<'a>) {
        let building = self.building(&entry.row);
        let cells = Cells {
            town: self.cell(&entry.row, Field::Town),
            village: self.cell(&entry.row, Field::Village),
            group: self.cell(&entry.row, Field::Group),
            address: Some(self.cell(&entry.row, Field::Address)).filter(|cell| !cell.is_empty()).unwrap_or(&building),
        };
        let mut doubts = Vec::new();
        let mut above = self.above.clone();
        let [town, village, group] = self.columns.runs;
        above.town = above.town.filter(|_| town || is_ditto(&tight(cells.town)));
        above.village = above.village.filter(|_| village || is_ditto(&tight(cells.village)));
        above.group = above.group.filter(|_| group || is_ditto(&tight(cells.group)));
        let place = place::read(cells, &self.section.place, &above, &self.guess.places, &mut doubts);
        for Doubt { field, raw, why } in doubts {
            entry.doubt(field, &raw, why);
        }
        if place.village.is_none() && self.columns.has(Field::Village) && place.door.is_none() {
            entry.doubt(Field::Village, cells.village, Why::NoVillage);
        }
        self.above = Known { town: place.town.clone(), village: place.village.clone(), group: place.group.clone() };
        let parts = [("town", place.town), ("village", place.village), ("group", place.group), ("door", place.door)];
        for (key, value) in parts {
            if let Some(value) = value {
                entry.text(key, value);
            }
        }
    }

    fn person(&self, entry: &mut Entry<'a>) {
        let raw_id = self.cell(&entry.row, Field::Id);
        let id = identity::read(raw_id);
        if let Some(why) = id.why {
            entry.doubt(Field::Id, raw_id, why);
        }
        let raw = self.cell(&entry.row, Field::Sex);
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
        if let Some(year) = id.birth_year.or_else(|| self.birth(entry)) {
            entry.fact("birth_year", Value::Number(year));
        }
        if let Some(mask) = id.mask {
            entry.text("idmask", mask);
        }
    }

    /// Reads year of birth from its own column, or from the age where a title tells the year of the list.
    fn birth(&self, entry: &mut Entry<'a>) -> Option<i64> {
        let raw = self.cell(&entry.row, Field::Birth);
        let birth = tight(raw);
        if !is_nothing(&birth) {
            let year = birth.get(..4).and_then(|year| year.parse().ok()).filter(|year| (1900..=2030).contains(year));
            if year.is_none() {
                entry.doubt(Field::Birth, raw, Why::BirthOdd);
            }
            return year;
        }
        let raw = self.cell(&entry.row, Field::Age);
        let age = tight(raw);
        if is_nothing(&age) {
            return None;
        }
        let Some(age) = number(age.trim_end_matches(['岁', '周'])).filter(|age| *age <= 120) else {
            entry.doubt(Field::Age, raw, Why::BirthOdd);
            return None;
        };
        Some(self.year? - i64::from(age))
    }

    fn phones(&self, entry: &mut Entry<'a>) {
        let mut any = false;
        for column in self.columns.all(Field::Phone) {
            let raw = entry.row.at(*column);
            let read = phones::read(raw, self.guess.area_code.as_deref());
            any |= !read.numbers.is_empty() || !read.whys.is_empty();
            for number in read.numbers {
                entry.fact(format!("phone/{number}"), Value::Yes(true));
            }
            for why in read.whys {
                entry.doubt(Field::Phone, raw, why);
            }
            if !read.words.is_empty() {
                entry.remark.push(plain(raw));
            }
        }
        if !any && self.columns.has(Field::Phone) {
            let raw = self.cell(&entry.row, Field::Phone);
            entry.doubt(Field::Phone, raw, Why::NoPhone);
        }
    }

    fn kind(&self, entry: &mut Entry<'a>, head: Option<&str>) {
        let raw = self.cell(&entry.row, Field::Kind);
        let word = tight(raw);
        let kind = kinds::of(&word);
        if kind.is_none() && !is_nothing(&word) && !is_ditto(&word) {
            entry.doubt(Field::Kind, raw, Why::KindUnknown);
            return;
        }
        let kind = kind
            .or(self.section.kind)
            .or(self.guess.kind)
            .or_else(|| head.filter(|name| kinds::is_business(name)).map(|_| "enterprise"));
        match kind {
            Some(kind) => entry.text("kind", kind),
            None => entry.doubt(Field::Kind, raw, Why::NoKind),
        }
    }

    fn people(&self, entry: &mut Entry<'a>) {
        let raw = self.cell(&entry.row, Field::Size);
        let size = tight(raw);
        if !is_nothing(&size) || size == "0" {
            match number(size.trim_end_matches(['人', '口'])).filter(|count| (1..=30).contains(count)) {
                Some(count) => entry.fact("size", Value::Number(i64::from(count))),
                None => entry.doubt(Field::Size, raw, Why::SizeOdd),
            }
        }
        // A household has no health of its own: the head's stands in the remark, which only the card shows.
        let health = plain(self.cell(&entry.row, Field::Health));
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
            let name = letters::name(self.cell(&entry.row, field));
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

    fn away(&self, entry: &mut Entry<'a>) {
        let raw = self.cell(&entry.row, Field::Away);
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
        let reason = plain(self.cell(&entry.row, Field::AwayReason));
        if !is_nothing(&reason) {
            entry.text("away_reason", reason);
        }
        let status = plain(self.cell(&entry.row, Field::Status));
        match remarks::standing(&status) {
            Some(word) => entry.text("standing", word),
            None if is_nothing(&status) || matches!(status.as_str(), "正常" | "在册" | "在家" | "否" | "常住") =>
                {}
            None => entry.remark.push(status),
        }
    }

    fn remark(&self, entry: &mut Entry<'a>) {
        let mut pieces: Vec<String> = Vec::new();
        for column in self.columns.all(Field::Remark) {
            let raw = entry.row.at(*column);
            let text = clean::line(raw);
            if is_nothing(&tight(&text)) {
                continue;
            }
            let meant = remarks::meanings(&text);
            if !meant.is_empty() {
                entry.doubt(Field::Remark, raw, Why::RemarkMeans(String::new()));
                propose(&mut entry.out, meant);
            }
            pieces.push(text);
        }
        pieces.append(&mut entry.remark);
        entry.text("remark", hidden::identities(&pieces.join("；")));
    }
}

/// Adds proposed facts that no column says already.
fn propose(out: &mut RosterRow, meant: Vec<(&'static str, Value)>) {
    for (key, value) in meant {
        let known = out.facts.iter().chain(&out.proposed).any(|fact| fact.key == key);
        if !known {
            out.proposed.push(Fact { key: Cow::Borrowed(key), value });
        }
    }
}

/// Gives what makes two rows the same row, as a digest: all they say, the running number apart.
fn fingerprint(row: &RosterRow) -> [u8; 16] {
    let mut out = String::with_capacity(512);
    for fact in row.facts.iter().chain(&row.proposed) {
        out.push_str(&fact.key);
        out.push('\u{1}');
        match &fact.value {
            Value::Text(text) => out.push_str(text),
            Value::Number(number) => out.push_str(&number.to_string()),
            other => out.push_str(if other.is_yes() { "yes" } else { "no" }),
        }
        out.push('\u{2}');
    }
    for doubt in &row.doubts {
        out.push_str(&doubt.raw);
        out.push('\u{2}');
    }
    let digest = blake3::hash(out.as_bytes());
    digest.as_bytes().first_chunk::<16>().copied().unwrap_or_default()
}
