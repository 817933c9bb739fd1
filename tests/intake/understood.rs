//! What each kind of dirt of a made roster must be understood as; `raw` is the row as it was made.

use zoufang::domain::Value;
use zoufang::intake::{Field, RosterRow, Why};

/// Gives the text of a fact, empty where there is none.
fn text<'a>(row: &'a RosterRow, key: &str) -> &'a str {
    row.value(key).and_then(Value::as_text).unwrap_or_default()
}

/// Gives the phones of a row.
fn phones(row: &RosterRow) -> Vec<&str> {
    row.facts.iter().filter_map(|fact| fact.key.strip_prefix("phone/")).collect()
}

/// The village and group that the address of the raw row names.
fn address(raw: &[String]) -> (String, String, String) {
    let plain = raw[10].replace('\n', "");
    let (front, door) = plain.rsplit_once('组').unwrap();
    let village = front.trim_end_matches(|c: char| c.is_ascii_digit());
    let group = front.strip_prefix(village).unwrap();
    (village.to_owned(), group.to_owned(), door.to_owned())
}

/// Tells whether a row shows that one kind of dirt was understood as it should be.
pub fn understood(kind: &str, row: &RosterRow, raw: &[String]) -> bool {
    let doubted = |field: Field, why: &Why| row.doubts.iter().any(|doubt| doubt.field == field && doubt.why == *why);
    let noted = |why: &Why| row.notes.iter().any(|note| note.why == *why);
    let clean = |field: Field| row.doubts.iter().all(|doubt| doubt.field != field);
    let (place, group, door) = address(raw);
    let mobile = |phone: &&str| phone.len() == 11 && phone.starts_with('1');
    match kind {
        "nophone" | "dup_phone_only" => phones(row).is_empty() && noted(&Why::NoPhone) && clean(Field::Phone),
        "fw_phone" | "dash_phone" | "float_phone" => {
            phones(row).len() == 1 && phones(row).iter().all(mobile) && clean(Field::Phone)
        }
        "two_phones" => phones(row).len() == 2 && phones(row)[1].starts_with("0533-3") && clean(Field::Phone),
        "short_phone" => phones(row).is_empty() && doubted(Field::Phone, &Why::PhoneDigits(10)),
        "landline" => phones(row) == [raw[7].as_str()] && clean(Field::Phone),
        "space_name" | "tail_space" | "rare_char" => {
            let name: String = raw[4].chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect();
            text(row, "head") == name && clean(Field::Head)
        }
        "fw_group" => text(row, "group") == group && clean(Field::Group) && clean(Field::Address),
        "town_short" => place.starts_with(text(row, "town")) && text(row, "town") != raw[1] && clean(Field::Town),
        // 北村 is registered as 北村村委会; lists made by machine say 北村村.
        "village_short" => {
            place.trim_end_matches('村').ends_with(text(row, "village").trim_end_matches('村')) && clean(Field::Village)
        }
        "sci_id" => doubted(Field::Id, &Why::IdScientific),
        "newline" => text(row, "door") == door && clean(Field::Address),
        "pop_text" => {
            row.value("size") == Some(&Value::Number(raw[8].trim_end_matches('人').parse().unwrap_or(0)))
                || raw[8] == "人"
        }
        "bad_kind" => row.value("kind").is_some() && clean(Field::Kind),
        "dup_exact" => row.doubts.iter().any(|doubt| matches!(doubt.why, Why::SameRow(_))),
        "dup_moved" => {
            row.proposed.iter().any(|fact| fact.key == "standing" && fact.value == Value::Text("moved".into()))
        }
        "dup_other_village" => {
            row.doubts.iter().any(|doubt| matches!(doubt.why, Why::AddressSays(_))) || place.ends_with(&raw[2])
        }
        "dup_homophone" => row.is_household(),
        other => panic!("unknown dirt {other}"),
    }
}
