//! What a person says about a list that was guessed wrong: each key changes one thing, and the list is read anew.

use crate::app::{Correction, Preview};
use crate::domain::choice::HOUSEHOLD_KINDS;
use crate::intake::{FIELDS, Field};
use crate::text::{Said, t};

/// The encodings of text files that are worth trying; none means that it is found out.
const ENCODINGS: [Option<&str>; 5] = [None, Some("gb18030"), Some("utf-8"), Some("utf-16le"), Some("big5")];

/// What a column can be taken for, the most wanted first: the digits pick the first nine, 0 that it is not used.
pub(super) fn choices() -> Vec<Option<Field>> {
    let first = [
        Field::Head,
        Field::Phone,
        Field::Village,
        Field::Group,
        Field::Address,
        Field::Town,
        Field::Kind,
        Field::Size,
        Field::Remark,
    ];
    let rest = FIELDS.iter().map(|row| row.field).filter(|field| !first.contains(field));
    first.into_iter().chain(rest).map(Some).chain([None]).collect()
}

/// Moves the header by a row; above the first row there is none.
pub(super) fn move_header(preview: &Preview, down: bool) -> Correction {
    let mut said = preview.correction.clone();
    let now = said.header.unwrap_or_else(|| preview.reading.header.map_or(0, |(_, last)| last));
    said.header = Some(if down { now + 1 } else { now.saturating_sub(1) });
    // Columns were said of the header that stood there; what they hold may be another thing now.
    said
}

/// Goes on to the next kind for households of which the list says none; after the last one it is nobody's again.
pub(super) fn next_kind(preview: &Preview) -> Correction {
    let at =
        preview.correction.kind.as_deref().and_then(|now| HOUSEHOLD_KINDS.iter().position(|kind| kind.word == now));
    let next = HOUSEHOLD_KINDS.get(at.map_or(0, |at| at + 1)).map(|kind| kind.word.to_owned());
    Correction { kind: next, ..preview.correction.clone() }
}

/// Goes on to the next encoding; None where the file is no text.
pub(super) fn next_encoding(preview: &Preview) -> Option<Correction> {
    if matches!(preview.reading.encoding, "xlsx" | "xls") {
        return None;
    }
    let now = preview.correction.encoding.as_deref();
    let at = ENCODINGS.iter().position(|encoding| *encoding == now).unwrap_or(0);
    let next = ENCODINGS.get((at + 1) % ENCODINGS.len()).copied().flatten();
    Some(Correction { encoding: next.map(str::to_owned), ..preview.correction.clone() })
}

/// Goes on to the next sheet that is a list; None where there is no other. What was said of one sheet is not true of
/// another.
pub(super) fn next_sheet(preview: &Preview) -> Option<Correction> {
    let next = preview.reading.more_sheets.first()?;
    Some(Correction { sheet: Some(next.clone()), ..Correction::default() })
}

/// Says what stands corrected, so that nobody wonders why a list is read as it is.
pub(super) fn said(correction: &Correction) -> Option<Said> {
    if correction.is_empty() {
        return None;
    }
    let kind = correction.kind.as_deref().and_then(|word| HOUSEHOLD_KINDS.iter().find(|kind| kind.word == word));
    let mut parts: Vec<Said> = Vec::new();
    match correction.columns.len() {
        0 => {}
        count => parts.push(t("{n} 列", "{n} {n:column|columns}").with("n", count)),
    }
    match correction.header {
        Some(0) => parts.push(t("没有表头", "no header").into()),
        Some(row) => parts.push(t("表头第 {row} 行", "header in row {row}").with("row", row)),
        None => {}
    }
    parts.extend(kind.map(|kind| Said::from(t("户类别 {kind}", "kind {kind}")).with_words("kind", kind.name)));
    parts.extend(correction.encoding.as_ref().map(|name| t("编码 {name}", "encoding {name}").with("name", name)));
    parts.extend(correction.sheet.as_ref().map(|name| t("表 {name}", "sheet {name}").with("name", name)));
    parts.into_iter().reduce(|one, other| {
        Said::from(t("{one}, {other}", "{one}, {other}")).with_words("one", one).with_words("other", other)
    })
}

#[cfg(test)]
mod tests {
    use super::{FIELDS, choices};

    #[test]
    fn every_field_can_be_chosen_once_and_no_use_too() {
        let all = choices();
        assert_eq!(all.len(), FIELDS.len() + 1);
        for row in &FIELDS {
            assert_eq!(all.iter().filter(|field| **field == Some(row.field)).count(), 1, "{}", row.word);
        }
        assert_eq!(all.last(), Some(&None));
    }
}
