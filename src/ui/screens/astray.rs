//! Astray: a mark, or the digit of a field, that stands as a word is asked about once; Enter again puts the line down as it stands.

use crate::domain::entry::{self, Entry, IssueLine, named_before};
use crate::text::{Said, Text, t};

const NAMED_IN_A_TALK: Text = t(
    "这里的 {sign} 只是字. 谁说的写在最前面, 几户写 3,7#. 再按 Enter 照原样记.",
    "{sign} is text here; who says it goes first (3,7# several). Enter again: as it is.",
);
const NAMED_IN_A_VISIT: Text = t(
    "这里的 {sign} 只是字: 走访里都是这一户说的, 号# 是夜话里的. 再按 Enter 照原样记.",
    "{sign} is text here: in a visit this household speaks, numbers are a talk's. Enter again: as it is.",
);

/// Remembers the entry that was asked about.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Astray(Option<Entry>);

impl Astray {
    /// Asks about what went astray of an entry; nothing where all of it is words, or where it was asked about before.
    pub fn ask(&mut self, entry: &Entry) -> Option<Said> {
        let astray = entry.astray()?;
        if self.0.as_ref() == Some(entry) {
            return None;
        }
        self.0 = Some(entry.clone());
        Some(match astray {
            entry::Astray::Marks(prefix) => marks(prefix),
            entry::Astray::NoField(digit) => t(
                "{digit} 没有这一类, 这样只是备注. 领域是 1 到 6, 其他 0, 或按 Tab. 再按 Enter 照原样记.",
                "No field {digit}, so a note only. Fields are 1 to 6, 0 for other, or press Tab. Enter again: as it stands.",
            )
            .with("digit", digit),
            entry::Astray::NoBlank(field) => t(
                "这样只是备注. 要归{field}, 数字后面空一格: {digit} …, 或按 Tab. 再按 Enter 照原样记.",
                "A note only so. For {field} a blank follows the digit: {digit} …, or press Tab. Enter again: as it stands.",
            )
            .with("digit", field.digit())
            .with_words("field", field.name()),
        })
    }

    /// Asks about the numbers of who speaks where they stand among the words of an entry; nothing where it was asked about before.
    pub fn ask_named(&mut self, entry: &Entry, sign: &str) -> Option<Said> {
        self.ask_of_sign(entry, NAMED_IN_A_TALK.with("sign", sign))
    }

    /// Asks about the numbers of a talk where a visit has them; nothing where it has none, or where it was asked about before.
    pub fn ask_numbered(&mut self, entry: &Entry) -> Option<Said> {
        let sign = numbered(entry)?;
        self.ask_of_sign(entry, NAMED_IN_A_VISIT.with("sign", sign))
    }

    fn ask_of_sign(&mut self, entry: &Entry, question: Said) -> Option<Said> {
        if self.0.as_ref() == Some(entry) {
            return None;
        }
        self.0 = Some(entry.clone());
        Some(question)
    }
}

/// Gives the numbers with their sign that stand before the words of an entry, as who speaks does in a talk: `4# …`.
pub fn numbered(entry: &Entry) -> Option<&str> {
    let (Entry::Note(words) | Entry::Issue(IssueLine { text: words, .. })) = entry else { return None };
    named_before(words)
}

/// Says how marks are written that are to be ones.
fn marks(prefix: String) -> Said {
    let words = if prefix.contains('*') {
        t(
            "这样写不保密. 领域数字和 * 连写在前, 再空一格, 如 {prefix} …, 或按 Tab. 再按 Enter 照原样记.",
            "Not confidential so: write the field and * together, as {prefix} …, or press Tab. Enter again: as it stands.",
        )
    } else {
        t(
            "记号没起作用. 领域数字和记号连写在前, 再空一格, 如 {prefix} …, 或按 Tab. 再按 Enter 照原样记.",
            "The mark does nothing so: write field and mark together, as {prefix} …, or press Tab. Enter again: as it stands.",
        )
    };
    words.with("prefix", prefix)
}
