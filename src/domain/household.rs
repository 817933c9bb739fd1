//! A household as people speak of it, read from its record and the rosters' rows bound to it.

use std::sync::Arc;

use super::{Body, Doubt, Name, Record, Value};

/// A household 受访户.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Household {
    /// 户主, or the business's name.
    pub head: String,
    /// Code word of the sex; empty when not known.
    pub sex: String,
    /// Birth year of the head.
    pub birth_year: Option<i64>,
    /// Code word of the kind; empty when not known.
    pub kind: String,
    /// 镇(街道).
    pub town: String,
    /// 村(居).
    pub village: String,
    /// 组, as text (`3`).
    pub group: String,
    /// 门牌.
    pub door: String,
    /// 小名.
    pub nickname: String,
    /// 配偶.
    pub spouse: String,
    /// Phones in order, digits only (land lines with area code and dash).
    pub phones: Vec<String>,
    /// 家庭人口.
    pub size: Option<i64>,
    /// 长期在外.
    pub away: bool,
    /// Why they are away; a phone visit counts only with it.
    pub away_reason: String,
    /// 结对干部.
    pub paired: String,
    /// 方便时间.
    pub preferred_time: String,
    /// 备注.
    pub remark: String,
    /// `here`, `moved` or `deceased`.
    pub standing: String,
    /// Cells of its roster row that are in doubt.
    pub doubts: Vec<Doubt>,
}

/// Gives a household's fact: what people wrote, else the newest roster's word, else what it was born with.
/// `rows` are the rosters' rows bound to it, the newest roster last.
pub fn fact<'a>(own: &'a Record, rows: &'a [Arc<Record>], key: &str) -> Option<&'a Value> {
    let written = own.written(key);
    let listed = || rows.iter().rev().find_map(|row| row.first_fact(key));
    written.or_else(listed).or_else(|| own.first_fact(key)).filter(|value| **value != Value::Nothing)
}

impl Household {
    /// Reads a household. `rows` as for [`fact`].
    pub fn read(own: &Record, rows: &[Arc<Record>]) -> Self {
        let text = |key| fact(own, rows, key).and_then(Value::as_text).unwrap_or_default().to_owned();
        let number = |key| fact(own, rows, key).and_then(Value::as_number);
        let mut phones: Vec<&str> = own.keys_under("phone/").into_iter().collect();
        for row in rows {
            phones.extend(row.keys_under("phone/"));
        }
        phones.sort_unstable();
        phones.dedup();
        let phones =
            phones.into_iter().filter(|phone| fact(own, rows, &format!("phone/{phone}")).is_some_and(Value::is_yes));
        let standing = text("standing");
        Self {
            head: text("head"),
            sex: text("sex"),
            birth_year: number("birth_year"),
            kind: text("kind"),
            town: text("town"),
            village: text("village"),
            group: text("group"),
            door: text("door"),
            nickname: text("nickname"),
            spouse: text("spouse"),
            phones: phones.map(str::to_owned).collect(),
            size: number("size"),
            away: fact(own, rows, "away").is_some_and(Value::is_yes),
            away_reason: text("away_reason"),
            paired: text("paired"),
            preferred_time: text("preferred_time"),
            remark: text("remark"),
            standing: if standing.is_empty() { "here".to_owned() } else { standing },
            doubts: doubts(own),
        }
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

/// Gives the cells of a roster row that are still in doubt: a fact that a person has written since is settled.
pub fn doubts(own: &Record) -> Vec<Doubt> {
    match own.born().map(|born| &born.operation.body) {
        Some(Body::RosterRow(row)) => {
            let settled = |doubt: &Doubt| {
                // Which of several people is the head is answered by writing the head.
                let answered = doubt.key == "relation" && own.register("head").is_some();
                answered
                    || own.register(&format!("settled/{}", doubt.key)).is_some()
                    || own.registers().any(|(key, _)| key.strip_suffix('/').unwrap_or(key).starts_with(&doubt.key))
            };
            row.doubts.iter().filter(|doubt| !settled(doubt)).cloned().collect()
        }
        _ => Vec::new(),
    }
}

/// The role under which a later roster's row names the household it means.
pub const ROW_OF: &str = "row_of";

/// Gives the household a record stands for: another one if it is a row bound to that.
pub fn stands_for(own: &Record) -> Name {
    own.link(ROW_OF).unwrap_or_else(|| own.entity())
}
