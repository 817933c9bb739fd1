//! What a column can be about.

mod table;

use crate::text::Text;
pub use table::FIELDS;

/// Names what a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// 序号: running number, not used.
    Number,
    /// 镇(街道).
    Town,
    /// 村(居), also with the town before it.
    Village,
    /// 组.
    Group,
    /// 户号: rows with the same number are one household.
    Household,
    /// 户主姓名.
    Head,
    /// 家庭成员姓名: the person of the row, where another column has the head.
    Member,
    /// 与户主关系.
    Relation,
    /// 性别.
    Sex,
    /// 身份证号: only for year of birth, sex, and telling people apart.
    Id,
    /// 出生年月.
    Birth,
    /// 年龄.
    Age,
    /// 身体状况: of the person of the row.
    Health,
    /// 联系电话; a row may have several such columns.
    Phone,
    /// 家庭人口.
    Size,
    /// 户类别.
    Kind,
    /// 住址.
    Address,
    /// 小区, 楼号, 单元, 房号: the door in several columns.
    Building,
    /// 小名.
    Nickname,
    /// 配偶.
    Spouse,
    /// 结对干部.
    Paired,
    /// 微信.
    Wechat,
    /// 是否长期在外.
    Away,
    /// 外出原因.
    AwayReason,
    /// 状态: moved, deceased.
    Status,
    /// 备注; a row may have several such columns.
    Remark,
}

/// One row of the table: everything that is known about a field before a list is read.
#[derive(Debug)]
pub struct FieldRow {
    /// The field.
    pub field: Field,
    /// A fixed word for scripts and options.
    pub word: &'static str,
    /// What people call it.
    pub label: Text,
    /// Whole headers that mean it, surest first.
    pub(crate) names: &'static [&'static str],
    /// Parts of a header that suggest it.
    pub(crate) parts: &'static [&'static str],
    /// Whether several columns may have it.
    many: bool,
    /// Whether a merged cell stands for all its rows.
    pub spans: bool,
}

/// Makes a row of the table.
const fn row(
    field: Field,
    word: &'static str,
    label: Text,
    names: &'static [&'static str],
    parts: &'static [&'static str],
) -> FieldRow {
    FieldRow { field, word, label, names, parts, many: false, spans: false }
}

const fn many(mut row: FieldRow) -> FieldRow {
    row.many = true;
    row
}

const fn spans(mut row: FieldRow) -> FieldRow {
    row.spans = true;
    row
}

impl Field {
    /// Gives everything the table says about the field.
    pub fn row(self) -> &'static FieldRow {
        // Every field has its row: a test walks the enum by its words.
        FIELDS.iter().find(|row| row.field == self).unwrap_or(&FIELDS[0])
    }

    /// Gives the key of the fact that it ends up in (`domain::facts`), or its word where it ends up in none.
    pub fn fact(self) -> &'static str {
        match self {
            Self::Id => "idmask",
            Self::Birth | Self::Age => "birth_year",
            Self::Address | Self::Building => "door",
            Self::Phone => "phone/",
            other => other.row().word,
        }
    }

    /// Gives the field of a fixed word.
    pub fn from_word(word: &str) -> Option<Self> {
        FIELDS.iter().find(|row| row.word == word).map(|row| row.field)
    }

    /// Tells whether several columns may have it.
    pub fn may_repeat(self) -> bool {
        self.row().many
    }
}
