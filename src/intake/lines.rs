//! Lines of a list that are no household: titles, headers again, totals, signatures, sections.

use std::borrow::Cow;

use super::field::Field;
use super::letters::{is_nothing, tight};
use super::names::{self, is_total};
use super::place::{Known, split_group};
use super::shape::Shape;
use super::sheet::Row;
use super::{Guess, kinds};
use crate::hanzi::is_han;
use crate::text::{Text, t};

/// Why a row is not read as a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Skip {
    /// Above the header, or the title again on a later page.
    Title,
    /// The header, or the header again on a later page.
    Header,
    /// Totals.
    Total,
    /// Who filled in, checked, signed.
    Signature,
    /// A line that says what the rows below it have in common.
    Section,
    /// A note to the reader.
    Note,
    /// Nothing but a running number.
    Blank,
}

impl Skip {
    /// Gives the reason in words.
    pub fn text(self) -> Text {
        match self {
            Self::Title => t("标题", "title"),
            Self::Header => t("表头", "header"),
            Self::Total => t("合计行", "totals"),
            Self::Signature => t("填表签字行", "signatures"),
            Self::Section => t("分段标题", "section"),
            Self::Note => t("说明", "note"),
            Self::Blank => t("空行", "blank"),
        }
    }
}

/// What the rows below a title, tab or section line have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Section {
    pub place: Known,
    pub kind: Option<&'static str>,
}

impl Section {
    /// Reads a line such as 一、东高庄村(45户), 第三组, 脱贫户; None when it says none of these.
    pub fn of_line(text: &str, guess: &Guess) -> Option<Self> {
        let bare = bare(text);
        let kind = kinds::of(&bare).or_else(|| kinds::within(&bare));
        let front = guess.places.prefix(&bare, None);
        let alone = guess.places.town(&bare).name();
        let (group, rest) = split_group(front.rest);
        let place = Known {
            town: front.town.or(alone).map(Into::into),
            village: front.village.map(Into::into),
            group: group.filter(|_| is_end(rest)),
        };
        let all_read = is_end(rest) || alone.is_some();
        let found = (all_read && (place != Known::default())) || kind.is_some();
        // A village that is not on the county's list begins a section all the same: its rows would else get the one before.
        let unlisted = || is_village(&bare).then(|| Known { village: Some(bare.as_str().into()), ..Known::default() });
        if found { Some(Self { place, kind }) } else { unlisted().map(|place| Self { place, kind }) }
    }

    /// Reads what a title or a tab says by the way: 东里镇东里东村脱贫户名单.
    pub fn of_title(text: &str, guess: &Guess) -> Self {
        let bare = bare(text);
        let front = guess.places.prefix(&bare, None);
        let known = Known { town: front.town.map(Into::into), village: front.village.map(Into::into), group: None };
        Self { place: known, kind: kinds::within(&bare) }
    }

    /// Puts a narrower line under a wider one: a new village ends the group, a new town the village.
    pub fn narrow(&mut self, line: Self) {
        if line.place.town.is_some() {
            self.place.town = line.place.town;
            self.place.village = None;
            self.place.group = None;
        }
        if line.place.village.is_some() {
            self.place.village = line.place.village;
            self.place.group = None;
        }
        self.place.group = line.place.group.or(self.place.group.take());
        self.kind = line.kind.or(self.kind);
    }
}

/// Tells what a row below the header is, if it is no household. A section line also says what it means.
pub(crate) fn of(row: &Row<'_>, shape: &Shape, titles: &[String], guess: &Guess) -> Option<(Skip, Option<Section>)> {
    let again = |(column, text): &(u32, Cow<'_, str>)| {
        let header =
            shape.columns.iter().find(|known| known.index == *column).map_or("", |known| known.header.as_str());
        !header.is_empty() && header.rsplit('/').next() == Some(text.as_ref())
    };
    // Nearly every row has a name and more, and is no header: nothing else needs to be looked at.
    let head = shape.of_field(Field::Head).next().map(|column| (column, tight(row.at(column))));
    let named = head.as_ref().is_some_and(|(_, text)| {
        let read = names::read(text);
        read.name.is_some() && read.why.is_none()
    });
    if named && row.cells().nth(1).is_some() && !head.as_ref().is_some_and(again) {
        return None;
    }
    let cells: Vec<(u32, Cow<'_, str>)> = row.cells().map(|(column, text)| (column, tight(text))).collect();
    let first = cells.iter().find(|(_, text)| !text.is_empty()).map(|(_, text)| text.as_ref())?;
    let is_of = |column: u32, field: Field| shape.of_field(field).any(|known| known == column);

    if !named && cells.iter().take(3).any(|(_, text)| is_total(text)) {
        return Some((Skip::Total, None));
    }
    if !named && is_signature(first) {
        return Some((Skip::Signature, None));
    }
    let repeated = cells.iter().filter(|cell| again(cell)).count();
    if repeated >= 2 && repeated * 2 > cells.len() {
        return Some((Skip::Header, None));
    }
    if cells.len() >= 4 && cells.iter().all(|(column, text)| text.trim_matches(['(', ')']).parse() == Ok(column + 1)) {
        return Some((Skip::Header, None));
    }
    let [(column, text)] = cells.as_slice() else {
        let only_number = cells.iter().all(|(column, text)| is_of(*column, Field::Number) || is_nothing(text));
        return only_number.then_some((Skip::Blank, None));
    };
    if is_of(*column, Field::Number) && text.chars().all(|c| c.is_ascii_digit()) {
        return Some((Skip::Blank, None));
    }
    if titles.iter().any(|title| title == text) {
        return Some((Skip::Title, None));
    }
    if ["注:", "注1", "说明:", "备注:", "填表说明", "注意"].iter().any(|word| text.starts_with(word)) {
        return Some((Skip::Note, None));
    }
    // A lone text in the name column is a name, unless it can only be a place: 东高庄村.
    let may_be_name = is_of(*column, Field::Head) && !text.ends_with(['村', '区', '镇', '组', '户', ')', ':']);
    if may_be_name {
        return None;
    }
    Section::of_line(text, guess).map(|section| (Skip::Section, Some(section)))
}

/// Tells whether a cell begins a line of signatures.
fn is_signature(tight: &str) -> bool {
    const WORDS: [&str; 18] = [
        "填表人",
        "审核人",
        "制表人",
        "经办人",
        "填报人",
        "填表单位",
        "填报单位",
        "制表单位",
        "负责人签字",
        "领导签字",
        "签字",
        "盖章",
        "填表日期",
        "制表日期",
        "填报日期",
        "单位负责人",
        "主要负责人",
        "统计人",
    ];
    WORDS
        .iter()
        .any(|word| tight.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '(', '签'])))
}

/// Takes numbering from the front and counts from the end: 一、东高庄村(45户) is 东高庄村.
fn bare(text: &str) -> String {
    let text = tight(text);
    let is_number = |front: &str| front.chars().count() <= 2 && super::letters::number(front).is_some();
    let open = text.strip_prefix('(').unwrap_or(&text);
    let numbered = open.split_once([',', '.', ')']).filter(|(front, _)| is_number(front));
    let text = numbered.map_or(text.as_ref(), |(_, rest)| rest);
    let text = text.split(['(', ':', '共']).next().unwrap_or(text);
    text.trim_matches(['"', '“', '”', '-']).to_owned()
}

/// Tells whether a lone text can only be the name of a village.
fn is_village(bare: &str) -> bool {
    let named = ["村", "社区", "居委会", "村委会"].iter().any(|end| bare.ends_with(end));
    named && (2..=10).contains(&bare.chars().count()) && bare.chars().all(is_han)
}

fn is_end(rest: &str) -> bool {
    matches!(rest, "" | "名单" | "村民" | "受访户" | "受访群众" | "村" | "居民")
}

#[cfg(test)]
mod tests {
    use super::{Section, is_signature};
    use crate::intake::Guess;

    #[test]
    fn section_lines_are_read() {
        let guess = Guess::default();
        let read = |text: &str| Section::of_line(text, &guess);
        let village = |text: &str| read(text).and_then(|section| section.place.village);
        for text in [
            "一、东高庄村（45户）",
            "东高庄村",
            "南麻街道东高庄村",
            "(二)东高庄村",
            "东高庄村：",
            "南麻街道东高庄村3组",
        ] {
            assert_eq!(village(text).as_deref(), Some("东高庄村"), "{text}");
        }
        assert_eq!(read("第三组").and_then(|section| section.place.group).as_deref(), Some("3"));
        assert_eq!(read("二、建档立卡户").and_then(|section| section.kind), Some("supported"));
        assert_eq!(village("东里社区(共2户)").as_deref(), Some("东里社区"), "on no list, but a village");
        assert_eq!(read("请各组长核对"), None);
        assert_eq!(Section::of_title("东里镇东里东村脱贫户名单", &guess).place.village.as_deref(), Some("东里东村"));
    }

    #[test]
    fn a_narrower_line_keeps_what_it_does_not_say() {
        let guess = Guess::default();
        let mut section = Section::of_title("南麻街道脱贫户名单", &guess);
        for line in ["东高庄村", "第三组"] {
            section.narrow(Section::of_line(line, &guess).unwrap());
        }
        assert_eq!((section.place.group.as_deref(), section.kind), (Some("3"), Some("supported")));
        section.narrow(Section::of_line("许村", &guess).unwrap());
        assert_eq!((section.place.village.as_deref(), section.place.group.as_deref()), (Some("许村"), None));
    }

    #[test]
    fn signatures_are_recognised() {
        assert!(["填表人:", "审核人:李四", "填表单位(盖章):", "盖章"].iter().all(|text| is_signature(text)));
        assert!(!is_signature("签字笔厂"));
    }
}
