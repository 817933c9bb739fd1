//! How a roster was understood and what came of it, for people and for scripts.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use crate::app::Imported;
use crate::cli::Out;
use crate::cli::table::{self, Side};
use crate::domain::Phone;
use crate::domain::hidden::for_other_eyes;
use crate::intake::{ColumnGuess, Doubt, Field, Reading, RosterRow};
use crate::text::{Lang, Said, Text, t};

/// How many rows are named for each reason.
const EXAMPLES: usize = 3;

/// The values that scripts get of each roster, as the reference lists them.
pub const VALUES: &[(&str, Text)] = &[
    ("ok", t("读懂了", "it was understood")),
    ("file", t("文件", "the file")),
    ("sheet", t("表", "the sheet")),
    ("more_sheets", t("还像名单的表", "other sheets that look like lists")),
    ("encoding", t("xlsx, xls 或文字的编码", "xlsx, xls, or how the text is encoded")),
    ("lost", t("几处文字解不出来", "places of the text that could not be decoded")),
    ("undated_ages", t("几人的年龄没有用", "people whose age was not taken")),
    ("title", t("标题", "the title above the list")),
    ("columns", t("每一列: column, header, field, why, samples", "each column: column, header, field, why, samples")),
    (
        "in_doubt",
        t(
            "这份名单里每个待核对的格子: row, field, raw, why, said; 对上的户已经核对过的也在内",
            "each cell of this list that is in doubt: row, field, raw, why, said; with those settled before of households that are known",
        ),
    ),
    ("skipped", t("跳过的行: row, why, text", "rows that were skipped: row, why, text")),
    ("households", t("新户", "new households")),
    ("bound", t("对上已有的户", "rows of households that are known")),
    ("changed", t("其中有变化的", "of those, how many say something else")),
    ("unlisted", t("原名册里有而这份没列的", "households of an earlier list that are not in this one")),
    ("members", t("家庭成员", "members of families")),
    ("only_doubts", t("没有户主的行", "rows without a name")),
    ("doubtful", t("有待核对的行", "rows with cells in doubt")),
    ("doubts", t("会列入待核对的格子, 几处", "how many cells list doubts will have of it")),
    ("known", t("这份名单已经导入过", "this very list is here already")),
    ("dry_run", t("只是看看", "it was only looked at")),
];

/// One roster, and what was or would be done with it.
pub struct Report {
    pub file: PathBuf,
    pub reading: Reading,
    pub imported: Imported,
    /// Nothing was changed.
    pub dry: bool,
}

impl Report {
    /// Gives everything to scripts.
    pub fn json(&self, lang: Lang) -> Json {
        let Self { reading, imported, .. } = self;
        let columns = reading.columns.iter().map(|column| {
            json!({
                "column": letters(column.index),
                "header": column.header,
                "field": column.field.map(|field| field.row().word),
                "why": column.reason.said().say(lang),
                "samples": column.samples,
            })
        });
        let in_doubt = self.doubts();
        let in_doubt = in_doubt.iter().map(|(row, doubt)| {
            json!({
                "row": row,
                "field": doubt.field.row().word,
                "raw": doubt.raw,
                "why": doubt.why.code(),
                "said": doubt.why.said().say(lang),
            })
        });
        let skipped = reading
            .skipped
            .iter()
            .map(|skipped| json!({ "row": skipped.row, "why": skipped.why.text().get(lang), "text": skipped.text }));
        json!({
            "ok": true,
            "file": self.file.display().to_string(),
            "sheet": reading.sheet,
            "more_sheets": reading.more_sheets,
            "encoding": reading.encoding,
            "lost": reading.lost,
            "undated_ages": reading.undated,
            "title": reading.title,
            "columns": columns.collect::<Vec<_>>(),
            "in_doubt": in_doubt.collect::<Vec<_>>(),
            "skipped": skipped.collect::<Vec<_>>(),
            "households": imported.households,
            "bound": imported.bound,
            "changed": imported.changed,
            "unlisted": imported.unlisted,
            "members": imported.members,
            "only_doubts": imported.only_doubts,
            "doubtful": imported.doubtful,
            "doubts": imported.doubts,
            "known": imported.known,
            "dry_run": self.dry,
        })
    }

    /// Gives the cells in doubt as the list has them, each with its row, and what remarks propose.
    fn doubts(&self) -> Vec<(u32, Doubt)> {
        let of_row = |row: &RosterRow| {
            let all = row.doubts.iter().cloned().chain(row.proposals().map(|(_, doubt)| doubt));
            all.map(|doubt| (row.row, doubt)).collect::<Vec<_>>()
        };
        self.reading.rows.iter().flat_map(of_row).collect()
    }

    /// Says what was done; a look also says how everything was understood.
    pub fn show(&self, out: &mut Out) {
        if self.dry {
            self.show_reading(out);
        }
        out.say(self.summary());
        if self.reading.lost > 0 {
            let said = t("有 {n} 处文字解不出来.", "{n} places of the text could not be decoded.");
            out.say(said.with("n", self.reading.lost));
        }
        if let Some(said) = self.reading.ages_left_out() {
            out.say(said);
        }
        if !self.reading.more_sheets.is_empty() {
            let said =
                t("还有像名单的表没有读: {sheets}.", "Other sheets look like lists and were not read: {sheets}.");
            out.say(said.with("sheets", self.reading.more_sheets.join(", ")));
        }
        if self.dry {
            self.show_doubts(out);
            self.show_skipped(out);
            out.say(t("只是看看, 什么都没有改.", "Only looked at; nothing was changed."));
        }
    }

    fn summary(&self) -> Said {
        let Imported { households, bound, changed, unlisted, doubts, only_doubts, known, members, .. } = self.imported;
        let file = self.file.display();
        if known {
            return t("{file}: 这份名单已经导入过, 没有变化.", "{file}: this list is here already; nothing changed.")
                .with("file", file);
        }
        let people = match members {
            0 => Said::from(t("", "")),
            count => t(" (家庭成员 {n} 人)", " ({n} {n:member|members} of families)").with("n", count),
        };
        let versions = match (bound, unlisted) {
            (0, _) => Said::from(t("", "")),
            (_, 0) => t(" (有变化 {changed})", " ({changed} of them changed)").with("changed", changed),
            (_, _) => t(
                " (有变化 {changed}), 原名册里有而这份没列的 {unlisted}",
                " ({changed} of them changed), {unlisted} of the earlier list that are not in this one",
            )
            .with("changed", changed)
            .with("unlisted", unlisted),
        };
        let text = if self.dry {
            t(
                "{file}: 会有新户 {new}{people}, 对上已有的 {bound}{versions}, 待核对 {doubts} 处 (其中 {only} 行没有户主), 跳过 {skipped} 行.",
                "{file}: {new} new {new:household|households}{people}, {bound} that are here already{versions}, {doubts} in doubt ({only} {only:row|rows} without a name), {skipped} {skipped:row|rows} skipped.",
            )
        } else {
            t(
                "{file}: 新户 {new}{people}, 对上已有的 {bound}{versions}, 待核对 {doubts} 处 (其中 {only} 行没有户主), 跳过 {skipped} 行.",
                "{file}: {new} new {new:household|households}{people}, {bound} that were here already{versions}, {doubts} in doubt ({only} {only:row|rows} without a name), {skipped} {skipped:row|rows} skipped.",
            )
        };
        text.with("file", file)
            .with("new", households)
            .with_words("people", people)
            .with_words("versions", versions)
            .with("bound", bound)
            .with("doubts", doubts)
            .with("only", only_doubts)
            .with("skipped", self.reading.skipped.len())
    }

    fn show_reading(&self, out: &mut Out) {
        let lang = out.lang();
        let Reading { title, sheet, encoding, columns, .. } = &self.reading;
        let parts = [sheet.as_str(), encoding, title.as_deref().unwrap_or_default()];
        let about = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ");
        out.line(&format!("{}  {about}", self.file.display()));
        let head = [
            t("列", "column"),
            t("表头", "header"),
            t("当作", "taken for"),
            t("因为", "because"),
            t("例子", "samples"),
        ];
        let mut rows = vec![head.map(|text| text.get(lang).to_owned()).to_vec()];
        rows.extend(columns.iter().map(|column| column_row(column, lang)));
        for line in table::lines(&[Side::Left; 5], &rows) {
            out.line(&format!("  {line}"));
        }
    }

    fn show_doubts(&self, out: &mut Out) {
        let all = self.doubts();
        let mut by_reason: BTreeMap<&str, Vec<(u32, &Doubt)>> = BTreeMap::new();
        for (row, doubt) in &all {
            by_reason.entry(doubt.why.code()).or_default().push((*row, doubt));
        }
        if by_reason.is_empty() {
            return;
        }
        out.say(t("待核对:", "In doubt:"));
        let mut groups: Vec<_> = by_reason.into_values().collect();
        groups.sort_by_key(|doubts| std::cmp::Reverse(doubts.len()));
        for doubts in groups {
            let lang = out.lang();
            let examples: Vec<String> =
                doubts.iter().take(EXAMPLES).map(|(row, doubt)| example(*row, doubt).say(lang)).collect();
            let rest = if doubts.len() > EXAMPLES { t(" 等", ", …").get(lang) } else { "" };
            out.line(&format!("  {:>4}  {}{rest}", doubts.len(), examples.join("; ")));
        }
    }

    fn show_skipped(&self, out: &mut Out) {
        if self.reading.skipped.is_empty() {
            return;
        }
        out.say(t("跳过:", "Skipped:"));
        for skipped in &self.reading.skipped {
            let said = Said::from(t("  第 {row} 行  {why}  {text}", "  row {row}  {why}  {text}"));
            out.say(said.with("row", skipped.row).with_words("why", skipped.why.text()).with("text", &skipped.text));
        }
    }
}

/// Says one cell in doubt: 第 37 行 联系电话 “1385330123”: 电话有 10 位数字.
fn example(row: u32, doubt: &Doubt) -> Said {
    let raw = if doubt.field == Field::Phone { Phone::masked(&doubt.raw) } else { for_other_eyes(&doubt.raw) };
    let text = if raw.is_empty() {
        t("第 {row} 行 {field}: {why}", "row {row} {field}: {why}")
    } else {
        t("第 {row} 行 {field} “{raw}”: {why}", "row {row} {field} “{raw}”: {why}")
    };
    text.with("row", row)
        .with("raw", raw)
        .with_words("field", doubt.field.row().label)
        .with_words("why", doubt.why.said())
}

fn column_row(column: &ColumnGuess, lang: Lang) -> Vec<String> {
    vec![
        letters(column.index),
        column.header.clone(),
        column.field.map_or(String::new(), |field| field.row().label.get(lang).to_owned()),
        column.reason.said().say(lang),
        column.samples.join(", "),
    ]
}

/// Names a column as spreadsheets do: A, B … Z, AA.
fn letters(index: u32) -> String {
    let mut out = Vec::new();
    let mut left = index + 1;
    while left > 0 {
        let digit = (left - 1) % 26;
        out.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        left = (left - 1) / 26;
    }
    out.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::{Report, VALUES, letters};
    use crate::app::Imported;
    use crate::intake::{Guess, read};
    use crate::text::Lang;

    // The cells in doubt and their number had one key, and scripts got the number alone.
    #[test]
    fn scripts_get_every_value_that_the_reference_lists_under_a_key_of_its_own() {
        let text = "户主姓名,联系电话\n张守富,1385330\n李桂英,13853305678\n";
        let reading = read(text.as_bytes(), "名单.csv", &Guess::default()).unwrap();
        let imported = Imported { doubts: 1, ..Imported::default() };
        let json = Report { file: "名单.csv".into(), reading, imported, dry: true }.json(Lang::En);
        let keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        let mut listed: Vec<&str> = VALUES.iter().map(|(key, _)| *key).collect();
        listed.sort_unstable();
        assert_eq!(keys, listed);
        assert_eq!((json["doubts"].as_u64(), json["in_doubt"].as_array().map(Vec::len)), (Some(1), Some(1)));
        assert_eq!((&json["in_doubt"][0]["row"], &json["in_doubt"][0]["why"]), (&2.into(), &"phone-digits".into()));
    }

    #[test]
    fn columns_are_named_as_in_spreadsheets() {
        assert_eq!([0, 25, 26, 59].map(letters), ["A", "Z", "AA", "BH"]);
    }
}
