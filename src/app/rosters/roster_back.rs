//! The roster given back: every row of an imported list as it is known now, and the households met on the way.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::Datelike;

use crate::documents::{roster, workbook};
use crate::domain::{Body, Household, Name, Record, Value, household, local};
use crate::exchange::free_name;
use crate::intake::{FIELDS, Why};
use crate::log::{Disk, replace};
use crate::text::{Lang, Trouble};
use crate::view::View;

use super::imports::{Listed, find_import, listed};
use crate::app::{House, Progress, Shelf};

/// A roster as a file for the township.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterBack {
    /// The name its file should have.
    pub name: String,
    /// The .xlsx.
    pub bytes: Vec<u8>,
    /// Rows of the list.
    pub rows: usize,
    /// Households in its villages that are on no list, added at the end.
    pub added: usize,
    /// Rows with cells still in doubt.
    pub doubtful: usize,
    /// Headers of the columns that stand empty, as the program keeps nothing of them.
    pub empty: Vec<String>,
}

impl RosterBack {
    /// Makes the file of the list imported last, or of the one whose file name has this word in it.
    ///
    /// # Errors
    /// `no-roster` when there is no such list, and troubles of the view.
    pub fn of(house: &House, word: Option<&str>, now_ms: i64, progress: &Progress) -> Result<Self, Trouble> {
        let known: BTreeSet<u64> = listed(house)?.iter().map(|listed| listed.writer).collect();
        let listed = find_import(house, word)?;
        house.shelf(|shelf, view| listed.back(shelf, view, &known, now_ms, progress))
    }

    /// Writes the file to a folder, or under a name that is free; nothing is ever written over.
    pub fn write(&self, disk: &std::sync::Arc<dyn Disk>, to: &Path) -> Result<PathBuf, Trouble> {
        let (folder, name) = if to.is_dir() {
            (to.to_owned(), self.name.clone())
        } else {
            let name = to.file_name().map_or_else(|| self.name.clone(), |name| name.to_string_lossy().into_owned());
            (to.parent().map_or_else(PathBuf::new, Path::to_owned), name)
        };
        let path = folder.join(free_name(&name, |name| folder.join(name).exists()));
        replace(disk, &path, &self.bytes)?;
        Ok(path)
    }
}

impl Listed {
    fn back(
        &self,
        shelf: &Shelf,
        view: &dyn View,
        known: &BTreeSet<u64>,
        now_ms: i64,
        progress: &Progress,
    ) -> Result<RosterBack, Trouble> {
        let mut lines = Vec::new();
        let mut villages = BTreeSet::new();
        let mut meant = BTreeSet::new();
        let layout = self.columns.clone().unwrap_or_else(roster::Layout::standard);
        let (mut households, mut doubtful) = (0, 0);
        let listed = self.rows(view)?;
        progress.part(0, 60, listed.into());
        for seq in 1..=listed {
            progress.go(1)?;
            let Some(row) = view.record(Name::new(self.writer, seq))? else { continue };
            if row.is_retracted() {
                continue;
            }
            let home = shelf.home_of(row.entity());
            let mut line = line(&row, home, shelf, view)?;
            households += 1;
            line.family = households;
            doubtful += usize::from(!line.household.doubts.is_empty());
            villages.insert(line.household.village.clone());
            let people =
                if layout.has_people() && meant.insert(home) { shelf.members_of(home, view)? } else { Vec::new() };
            meant.insert(home);
            let people: Vec<roster::Line> = people
                .iter()
                .map(|record| roster::Line { person: Some(person(record)), remarks: Vec::new(), ..line.clone() })
                .collect();
            lines.push(line);
            lines.extend(people);
        }
        let rows = lines.len();
        // Other lists have their own file; who stands on none would otherwise be on no list for ever.
        let on_the_way =
            shelf.households().iter().filter(|name| !known.contains(&name.writer) && !meant.contains(name));
        for name in on_the_way {
            let Some(record) = view.record(*name)? else { continue };
            let mut added = line(&record, *name, shelf, view)?;
            if villages.contains(&added.household.village) {
                added.remarks.insert(0, "名册上没有, 走访时登记".to_owned());
                lines.push(added);
            }
        }
        progress.part(60, 100, 1);
        let day = local::day(now_ms);
        let sheet = roster::sheet(&self.title, &layout, &lines, i64::from(day.year()));
        let stem =
            Path::new(&self.file).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        Ok(RosterBack {
            name: format!("{stem}-核对后-{}月{}日.xlsx", day.month(), day.day()),
            bytes: workbook(&sheet)?,
            rows,
            added: lines.len() - rows,
            doubtful,
            empty: layout.empty(),
        })
    }

    /// Counts the rows of the list, as its head says.
    fn rows(&self, view: &dyn View) -> Result<u32, Trouble> {
        let head = view.record(Name::new(self.writer, 0))?;
        Ok(head.map_or(0, |head| match head.born().map(|born| &born.operation.body) {
            Some(Body::RosterHead(head)) => head.rows,
            _ => 0,
        }))
    }
}

/// Puts together what is known of one row; `home` is the household that it means.
fn line(row: &Record, home: Name, shelf: &Shelf, view: &dyn View) -> Result<roster::Line, Trouble> {
    let records = shelf.records_of(home, view)?;
    let household = Household::read(&records);
    let text = |key| row.first_fact(key).and_then(Value::as_text).unwrap_or_default().to_owned();
    let mut remarks = Vec::new();
    match household.standing.as_str() {
        "moved" => remarks.push("迁出".to_owned()),
        "deceased" => remarks.push("户主去世".to_owned()),
        _ => {}
    }
    if household.away {
        let mut away = "长期在外".to_owned();
        if !household.away_reason.is_empty() {
            let _ = write!(away, " ({})", household.away_reason);
        }
        remarks.push(away);
    }
    let doubts = household::doubts_of(row, &records);
    remarks.extend(doubts.iter().map(doubt));
    // A row without a name is nobody's household: what stood in it is among the remarks.
    let household = if household.head.is_empty() { Household::default() } else { household };
    let household = Household { doubts, ..household };
    let idmask = text("idmask");
    Ok(roster::Line { household, idmask, wechat: text("wechat"), remarks, ..roster::Line::default() })
}

fn person(record: &std::sync::Arc<Record>) -> roster::Person {
    let text = |key| record.text(key).unwrap_or_default().to_owned();
    roster::Person {
        name: text("name"),
        relation: text("relation"),
        sex: text("sex"),
        birth_year: record.value("birth_year").and_then(Value::as_number),
        health: text("health"),
        phone: text("phone"),
        remark: text("remark"),
    }
}

/// Says one cell in doubt: 联系电话待核对: 位数不对 (138533012).
fn doubt(doubt: &crate::domain::Doubt) -> String {
    let label = FIELDS.iter().find(|row| row.field.fact() == doubt.key).map_or("", |row| row.label.zh);
    let why = Why::from_stored(&doubt.why).map_or_else(|| doubt.why.to_string(), |why| why.said().say(Lang::Zh));
    let raw = if doubt.raw.is_empty() { String::new() } else { format!(" ({})", doubt.raw) };
    format!("{label}待核对: {why}{raw}")
}
