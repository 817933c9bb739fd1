//! Corrections: what a person said about a list that was guessed wrong, remembered for lists of the same shape.
//!
//! They lie in `shapes.toml` beside the journal: a habit of one office's files, no truth of the campaign, so they are not
//! exported. A file that cannot be read is as good as none.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::choice;
use crate::intake::{self, Field, Guess, Reading};
use crate::log::{Disk, settings};
use crate::text::{Said, Trouble, t};

/// What a person said about one list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Correction {
    /// The word of the field by column, counted from 1; `none` means that the column is not used.
    pub columns: BTreeMap<String, String>,
    /// The row of the header, counted from 1; 0 means that there is none.
    pub header: Option<u32>,
    /// Code word of the kind of households whose row says none.
    pub kind: Option<String>,
    /// The encoding of a text file.
    pub encoding: Option<String>,
    /// The sheet to read.
    pub sheet: Option<String>,
}

/// The word for a column that is not used.
const UNUSED: &str = "none";

impl Correction {
    /// Tells whether nothing was said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds what is said now; of two words about one thing the later counts. What was said of one sheet says nothing of
    /// another.
    #[must_use]
    pub fn and(self, now: &Self) -> Self {
        let mut said = if now.sheet.is_some() && now.sheet != self.sheet { Self::default() } else { self };
        for (column, word) in &now.columns {
            if let Some(index) = column.parse::<u32>().ok().and_then(|column| column.checked_sub(1)) {
                said.say_column(index, Field::from_word(word));
            }
        }
        let Self { header, kind, encoding, sheet, .. } = now.clone();
        Self {
            header: header.or(said.header),
            kind: kind.or(said.kind),
            encoding: encoding.or(said.encoding),
            sheet: sheet.or(said.sheet),
            columns: said.columns,
        }
    }

    /// Makes sure that what is said can be said of a list.
    ///
    /// # Errors
    /// `bad-value` for a column or header row that it does not have, a sheet of a text file, or an unknown encoding.
    pub fn fits(&self, guessed: &Reading) -> Result<(), Trouble> {
        let wrong = |said: Said| Err(Trouble::new("bad-value", said));
        let columns = guessed.columns.len();
        let past = self.columns.keys().find(|column| column.parse().is_ok_and(|column: usize| column > columns));
        if let Some(column) = past {
            let said = t("没有第 {column} 列: 这份名册有 {n} 列.", "There is no column {column}: this list has {n}.");
            return wrong(said.with("column", column).with("n", columns));
        }
        let rows = guessed.last_row();
        if let Some(row) = self.header.filter(|row| *row > rows) {
            let said = t(
                "表头不会在第 {row} 行: 这份名册到第 {n} 行.",
                "The header is not row {row}: this list ends with row {n}.",
            );
            return wrong(said.with("row", row).with("n", rows));
        }
        if guessed.sheet.is_empty() && self.sheet.is_some() {
            return wrong(t("文本文件没有表可选.", "A text file has no sheets to choose from.").into());
        }
        if let Some(encoding) = self.encoding.as_deref().filter(|name| !intake::is_encoding(name)) {
            let said = t(
                "没有叫 {name} 的编码: gb18030, utf-8, utf-16le, big5 …",
                "There is no encoding {name}: gb18030, utf-8, utf-16le, big5 …",
            );
            return wrong(said.with("name", encoding));
        }
        Ok(())
    }

    /// Says what a column, counted from 0, is about; None means that it is not used.
    pub fn say_column(&mut self, index: u32, field: Option<Field>) {
        // One column has the field; what was said of another one before gives way.
        if let Some(field) = field.filter(|field| !field.may_repeat()) {
            self.columns.retain(|_, word| word != field.row().word);
        }
        let word = field.map_or(UNUSED, |field| field.row().word);
        self.columns.insert((index + 1).to_string(), word.to_owned());
    }

    /// Reads one column as it is said in a command: `3=phone`, `5=none`.
    ///
    /// # Errors
    /// `bad-value` when it is not of that form or the word is unknown.
    pub fn read_column(&mut self, said: &str) -> Result<(), Trouble> {
        let parts =
            said.split_once('=').and_then(|(column, word)| Some((column.parse::<u32>().ok()?.checked_sub(1)?, word)));
        let field = parts.map(|(index, word)| (index, word, Field::from_word(word)));
        match field {
            Some((index, UNUSED, _)) => self.say_column(index, None),
            Some((index, _, Some(field))) => self.say_column(index, Some(field)),
            _ => {
                let words: Vec<&str> = crate::intake::FIELDS.iter().map(|row| row.word).collect();
                return Err(Trouble::new(
                    "bad-value",
                    t("列写成 3=phone 或 3=none, 不是 {said}.", "A column is said as 3=phone or 3=none, not {said}.")
                        .with("said", said),
                )
                .hint(t("可以是: {words}.", "It can be: {words}.").with("words", words.join(" "))));
            }
        }
        Ok(())
    }

    /// Puts what was said into the guess with which a file is read.
    pub fn guess(&self) -> Guess {
        let column = |(column, word): (&String, &String)| {
            let index = column.parse::<u32>().ok()?.checked_sub(1)?;
            match word.as_str() {
                UNUSED => Some((index, None)),
                word => Some((index, Some(Field::from_word(word)?))),
            }
        };
        let kind = self.kind.as_deref().and_then(|word| choice::HOUSEHOLD_KINDS.iter().find(|kind| kind.word == word));
        Guess {
            columns: self.columns.iter().filter_map(column).collect(),
            header: self.header,
            kind: kind.map(|kind| kind.word),
            encoding: self.encoding.clone(),
            sheet: self.sheet.clone(),
            nameless: true,
            ..Guess::default()
        }
    }
}

/// What is remembered, by the shape of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Corrections {
    shapes: BTreeMap<String, Correction>,
}

pub(in crate::app) const FILE: &str = "shapes.toml";

impl Corrections {
    /// Reads what is remembered in a data folder.
    pub fn read(disk: &dyn Disk, folder: &Path) -> Self {
        let text = settings::load_text(disk, &folder.join(FILE)).ok().flatten();
        text.and_then(|text| toml::from_str(&text).ok()).unwrap_or_default()
    }

    /// Gives what was said about lists of a shape.
    pub fn of(&self, shape: &str) -> Option<&Correction> {
        self.shapes.get(shape)
    }

    /// Remembers what was said about a list of a shape; nothing said lets it be forgotten.
    pub fn remember(folder: &Path, disk: &Arc<dyn Disk>, shape: &str, said: &Correction) -> Result<(), Trouble> {
        let mut all = Self::read(disk.as_ref(), folder);
        if all.of(shape) == Some(said) || (said.is_empty() && all.of(shape).is_none()) {
            return Ok(());
        }
        if said.is_empty() {
            all.shapes.remove(shape)
        } else {
            all.shapes.insert(shape.to_owned(), said.clone())
        };
        let text = toml::to_string(&all)
            .map_err(|error| Trouble::new("disk-failed", t("{cause}", "{cause}").with("cause", error)))?;
        settings::save_text(disk, &folder.join(FILE), &text)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Correction, Corrections};
    use crate::intake::Field;
    use crate::log::{Disk, RealDisk};

    #[test]
    fn a_column_is_said_by_its_number_and_one_field_stands_once() {
        let mut said = Correction::default();
        for column in ["3=phone", "4=phone", "1=head", "2=head", "5=none"] {
            said.read_column(column).unwrap();
        }
        let mut columns = said.guess().columns;
        columns.sort_unstable();
        let phone = Some(Field::Phone);
        assert_eq!(columns, [(1, Some(Field::Head)), (2, phone), (3, phone), (4, None)]);
        for wrong in ["phone", "0=phone", "1=telephone", "=head"] {
            assert_eq!(said.clone().read_column(wrong).unwrap_err().kind, "bad-value", "{wrong}");
        }
    }

    #[test]
    fn what_was_said_is_remembered_for_the_shape_and_can_be_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let disk: Arc<dyn Disk> = Arc::new(RealDisk);
        let mut said = Correction { header: Some(3), kind: Some("community".into()), ..Correction::default() };
        said.say_column(0, Some(Field::Head));
        Corrections::remember(folder.path(), &disk, "abc", &said).unwrap();
        assert_eq!(Corrections::read(&RealDisk, folder.path()).of("abc"), Some(&said));
        assert_eq!(Corrections::read(&RealDisk, folder.path()).of("abd"), None);
        Corrections::remember(folder.path(), &disk, "abc", &Correction::default()).unwrap();
        assert_eq!(Corrections::read(&RealDisk, folder.path()), Corrections::default());
        std::fs::write(folder.path().join("shapes.toml"), "not = [toml").unwrap();
        assert_eq!(Corrections::read(&RealDisk, folder.path()), Corrections::default());
    }
}
