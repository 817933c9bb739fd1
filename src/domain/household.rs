//! A household as people speak of it, read from every record that is this family: a row of each roster that lists it,
//! what was entered on the way, and the same family entered twice.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Body, Doubt, Name, Record, Value, Word};

/// A household 受访户, word for word: rows are told apart and bound by it, and found. What somebody wrote of a phone into the cell
/// of a name or a door is hidden where that is drawn (`app/house/face.rs`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Household {
    /// 户主, or the business's name.
    pub head: Word,
    /// Code word of the sex; empty when not known.
    pub sex: Word,
    /// Birth year of the head.
    pub birth_year: Option<i64>,
    /// Code word of the kind; empty when not known.
    pub kind: Word,
    /// 镇(街道).
    pub town: Word,
    /// 村(居).
    pub village: Word,
    /// 组, as text (`3`).
    pub group: Word,
    /// 门牌.
    pub door: Word,
    /// 小名.
    pub nickname: Word,
    /// 配偶.
    pub spouse: Word,
    /// Phones in order, digits only (land lines with area code and dash).
    pub phones: Vec<Word>,
    /// 家庭人口.
    pub size: Option<i64>,
    /// 长期在外.
    pub away: bool,
    /// Why they are away; a phone visit counts only with it.
    pub away_reason: Word,
    /// 结对干部.
    pub paired: Word,
    /// 方便时间.
    pub preferred_time: Word,
    /// 备注.
    pub remark: Word,
    /// `here`, `moved` or `deceased`.
    pub standing: Word,
    /// The head's identity number, mostly hidden; only for telling people apart, never shown.
    pub idmask: Word,
    /// Cells of its roster row that are in doubt.
    pub doubts: Vec<Doubt>,
}

/// Gives a household's fact: what people said last, else the newest roster's word.
/// `records` are all that is known of the household, the row of the roster imported last being last.
pub fn fact<'a>(records: &'a [Arc<Record>], key: &str) -> Option<&'a Value> {
    let said = records.iter().filter_map(|record| record.said(key)).max_by_key(|(at, _)| *at).map(|(_, value)| value);
    let listed = || records.iter().rev().filter(|record| is_row(record)).find_map(|row| row.first_fact(key));
    said.or_else(listed).filter(|value| **value != Value::Nothing)
}

/// Gives the operation whose word of a fact that is: the one of [`fact`].
pub fn fact_by(records: &[Arc<Record>], key: &str) -> Option<Name> {
    let said = records.iter().filter_map(|record| record.said(key)).max_by_key(|(at, _)| *at).map(|((_, by), _)| by);
    let listed = || records.iter().rev().filter(|record| is_row(record)).find(|row| row.first_fact(key).is_some());
    said.or_else(|| Some(listed()?.born()?.operation.name))
}

/// Tells whether a person stands by a fact, not a roster alone. `records` as for [`fact`].
pub fn is_said(records: &[Arc<Record>], key: &str) -> bool {
    records.iter().any(|record| record.said(key).is_some_and(|(_, value)| *value != Value::Nothing))
}

fn is_row(record: &Record) -> bool {
    matches!(record.born().map(|born| &born.operation.body), Some(Body::RosterRow(_)))
}

impl Household {
    /// Reads a household, word for word. `records` as for [`fact`].
    pub fn read(records: &[Arc<Record>]) -> Self {
        let mut own = Self { standing: Word::const_new("here"), doubts: doubts(records), ..Self::default() };
        match records {
            // Nearly every household is one record on which nobody has written yet. Of facts told twice the first counts.
            [only] if only.registers().next().is_none() => {
                only.first_facts().iter().rev().for_each(|(key, value)| own.put(key, value));
            }
            _ => {
                let keys: BTreeSet<&str> = records.iter().flat_map(|record| record.keys_under("")).collect();
                for key in keys {
                    if let Some(value) = fact(records, key) {
                        own.put(key, value);
                    }
                }
            }
        }
        own.phones.sort_unstable();
        own.phones.dedup();
        own
    }

    /// Puts one fact where it belongs.
    fn put(&mut self, key: &str, value: &Value) {
        let text = || value.as_text().unwrap_or_default().into();
        match key {
            "head" => self.head = text(),
            "sex" => self.sex = text(),
            "birth_year" => self.birth_year = value.as_number(),
            "kind" => self.kind = text(),
            "town" => self.town = text(),
            "village" => self.village = text(),
            "group" => self.group = text(),
            "door" => self.door = text(),
            "nickname" => self.nickname = text(),
            "spouse" => self.spouse = text(),
            "size" => self.size = value.as_number(),
            "away" => self.away = value.is_yes(),
            "away_reason" => self.away_reason = text(),
            "paired" => self.paired = text(),
            "preferred_time" => self.preferred_time = text(),
            "remark" => self.remark = text(),
            "idmask" => self.idmask = text(),
            "standing" => {
                if let Some(standing) = value.as_text().filter(|standing| !standing.is_empty()) {
                    self.standing = standing.into();
                }
            }
            _ => self.phones.extend(key.strip_prefix("phone/").filter(|_| value.is_yes()).map(Word::from)),
        }
    }

    /// Tells whether it moved out or its head died.
    pub fn is_gone(&self) -> bool {
        matches!(self.standing.as_str(), "moved" | "deceased")
    }

    /// Tells whether a phone visit counts: the household is away, and the reason is recorded (plan 二(二)3(1)).
    pub fn may_be_phoned(&self) -> bool {
        self.away && !self.away_reason.is_empty()
    }

    /// Gives the age in a year, if the birth year is known and makes sense.
    pub fn age(&self, year: i64) -> Option<i64> {
        self.birth_year.map(|born| year - born).filter(|age| (0..=130).contains(age))
    }
}

/// Gives the cells in doubt of the newest roster that lists the household. `records` as for [`fact`].
pub fn doubts(records: &[Arc<Record>]) -> Vec<Doubt> {
    doubts_by_row(records).into_iter().map(|(_, doubt)| doubt).collect()
}

/// Gives the cells in doubt as [`doubts`] does, each with the row it stands in.
pub fn doubts_by_row(records: &[Arc<Record>]) -> Vec<(Name, Doubt)> {
    let Some(newest) = records.iter().rev().find(|record| is_row(record)).map(|row| row.entity().writer) else {
        return Vec::new();
    };
    let mut found: Vec<(Name, Doubt)> = Vec::new();
    for row in records.iter().filter(|row| row.entity().writer == newest) {
        for doubt in doubts_of(row, records) {
            if !found.iter().any(|(_, known)| *known == doubt) {
                found.push((row.entity(), doubt));
            }
        }
    }
    found
}

/// Gives the cells of one roster's row that are still in doubt: what a person has written or settled since is not, and
/// a row entered twice is no question once both rows are one household. `records` as for [`fact`].
pub fn doubts_of(row: &Record, records: &[Arc<Record>]) -> Vec<Doubt> {
    let Some(Body::RosterRow(listed)) = row.born().map(|born| &born.operation.body) else { return Vec::new() };
    let settled = |doubt: &Doubt| {
        // Which of several people is the head is answered by writing the head.
        let key = if doubt.key == "relation" { "head" } else { doubt.key.as_str() };
        let other = ["same-row ", "member "].iter().find_map(|why| doubt.why.strip_prefix(why)?.parse().ok());
        other.is_some_and(|other| has_row(records, row.entity(), other))
            || records.iter().any(|record| is_settled(record, &doubt.key, key))
    };
    listed.doubts.iter().filter(|doubt| !settled(doubt)).cloned().collect()
}

/// Tells whether another row of a roster is among the records, by its number in the sheet. That earlier lists had the same
/// household says nothing of that.
fn has_row(records: &[Arc<Record>], own: Name, number: u32) -> bool {
    let of_list = |record: &&Arc<Record>| record.entity().writer == own.writer && record.entity() != own;
    let number_of = |record: &Arc<Record>| match &record.born()?.operation.body {
        Body::RosterRow(row) => Some(row.row),
        _ => None,
    };
    records.iter().filter(of_list).any(|record| number_of(record) == Some(number))
}

fn is_settled(record: &Record, doubt: &str, key: &str) -> bool {
    let written = |register: &str| record.written(register).is_some();
    let mut keys = record.registers().map(|(register, _)| register);
    written(&format!("settled/{doubt}")) || keys.any(|register| register.starts_with(key) && written(register))
}

/// The role under which a later roster's row names the household it means.
pub const ROW_OF: &str = "row_of";

/// The beginning of the register in which people say that two households are one family, or that they are not; the name
/// of the other one follows. The smaller of the two names has it.
pub const SAME: &str = "same/";

/// Gives where two households are told to be one family or two: whose register, and its key.
pub fn same_key(one: Name, other: Name) -> (Name, String) {
    (one.min(other), format!("{SAME}{}", one.max(other)))
}

/// Gives what people say of two households, given the record of the smaller name: one family, two, or nothing yet.
pub fn are_same(smaller: &Record, larger: Name) -> Option<bool> {
    match smaller.written(&format!("{SAME}{larger}")) {
        Some(Value::Yes(yes)) => Some(*yes),
        _ => None,
    }
}

/// Gives the records that one says to be the same household: the one its row is bound to, and the same families.
pub fn ties(own: &Record) -> BTreeSet<Name> {
    let same = own.registers().filter_map(|(key, register)| match register.value() {
        Some(Value::Yes(true)) => key.strip_prefix(SAME)?.parse().ok(),
        _ => None,
    });
    same.chain(own.link(ROW_OF)).filter(|name| *name != own.entity()).collect()
}

/// Gives the records that one was said to be the same household as by what `is_fresh` tells of, and by nothing before it.
pub fn joined_by(own: &Record, is_fresh: impl Fn(Name) -> bool) -> Vec<Name> {
    let same = own.registers().filter_map(|(key, register)| {
        let other = key.strip_prefix(SAME)?.parse().ok()?;
        let is_yes = register.value() == Some(&Value::Yes(true));
        (is_yes && register.heads().all(|head| is_fresh(head.operation.name))).then_some(other)
    });
    same.collect()
}

/// Tells whether a key is how records are put together, not what a person says of the household.
pub fn is_tie(key: &str) -> bool {
    key == ROW_OF || key.starts_with(SAME)
}
