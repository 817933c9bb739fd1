//! What is in doubt about a cell, why, and whether a person has to look at it.

use super::field::Field;
use crate::text::{Said, Text, t};

/// One cell that was not taken as it stands, with the text as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// What the cell is about.
    pub field: Field,
    /// The text of the cell; identity numbers masked.
    pub raw: String,
    /// The reason.
    pub why: Why,
}

/// Why a cell is listed. The milder ones are notes: something was understood or is missing, and nobody has to act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// There is no name that could be called out at a door.
    NoName,
    /// The name has characters that no name has.
    NameOdd,
    /// A character of the name was lost before the file came here.
    NameLost,
    /// There seem to be several names.
    NameSeveral,
    /// A number stood in the cell of the name; it was taken out, and a phone put among the phones.
    NameNumber,
    /// The row is another member of the household in this row, counted from 1.
    Member(u32),
    /// No row of the household says 户主; its first person counts as the head.
    NoHead,
    /// The row is not a household, and what it is was not understood.
    NotUnderstood,
    /// The row says the same as this earlier one, counted from 1.
    SameRow(u32),
    /// There is no phone (note).
    NoPhone,
    /// A number has this many digits, which no phone has.
    PhoneDigits(u32),
    /// Eleven digits, but no mobile number begins so.
    PhonePrefix,
    /// Scientific notation lost the last digits of the phone.
    PhoneScientific,
    /// There are words beside the number (note).
    PhoneWords,
    /// The area code was added to a land line (note).
    AreaCode,
    /// Scientific notation lost the last digits of the identity number.
    IdScientific,
    /// The identity number has a wrong length or character.
    IdShape,
    /// The check character of the full identity number is wrong.
    IdCheck,
    /// The word for the kind of household is unknown.
    KindUnknown,
    /// Nothing says what kind of household it is (note).
    NoKind,
    /// The sex is neither 男 nor 女.
    SexUnknown,
    /// The town is not on the county's list; the nearest one, where one is near.
    TownUnknown(Option<String>),
    /// The village is not on the county's list; the nearest one, where one is near.
    VillageUnknown(Option<String>),
    /// The village is listed, but in other towns: these.
    VillageElsewhere(String),
    /// Several listed villages fit: these, with a stroke between them.
    VillageSeveral(String),
    /// Nothing says which village.
    NoVillage,
    /// A short name was completed to this one (note).
    Completed(String),
    /// Town or village come from the row above (note).
    FromAbove,
    /// The address says this instead.
    AddressSays(String),
    /// The group is not a number of a group (note): kept as written.
    GroupWords,
    /// The number of people is not one.
    SizeOdd,
    /// The year of birth is not one.
    BirthOdd,
    /// The cell answers neither yes nor no.
    AnswerOdd,
    /// A remark says something that is proposed as a fact (note): this.
    RemarkMeans(String),
}

impl Why {
    /// Gives a fixed word for scripts and for the canonical form. Never changed once released.
    pub fn code(&self) -> &'static str {
        self.row().0
    }

    /// Tells whether it is only a note.
    pub fn is_mild(&self) -> bool {
        self.row().1
    }

    /// Gives the reason as words, values filled in.
    pub fn said(&self) -> Said {
        let said = Said::from(self.row().2);
        match self.detail() {
            Some(detail) => said.with("it", detail),
            None => said,
        }
    }

    /// Gives the form that an operation keeps: the code, and what belongs to it behind a blank.
    pub fn stored(&self) -> String {
        match self.detail() {
            Some(detail) => format!("{} {detail}", self.code()),
            None => self.code().to_owned(),
        }
    }

    /// Reads the stored form; None for a reason of a newer program.
    pub fn from_stored(stored: &str) -> Option<Self> {
        let (code, detail) = stored.split_once(' ').map_or((stored, None), |(code, detail)| (code, Some(detail)));
        let text = || detail.unwrap_or_default().to_owned();
        let number = || detail.and_then(|detail| detail.parse().ok()).unwrap_or_default();
        let near = || detail.map(str::to_owned);
        Some(match code {
            "no-name" => Self::NoName,
            "name-odd" => Self::NameOdd,
            "name-lost" => Self::NameLost,
            "name-several" => Self::NameSeveral,
            "name-number" => Self::NameNumber,
            "member" => Self::Member(number()),
            "no-head" => Self::NoHead,
            "not-understood" => Self::NotUnderstood,
            "same-row" => Self::SameRow(number()),
            "no-phone" => Self::NoPhone,
            "phone-digits" => Self::PhoneDigits(number()),
            "phone-prefix" => Self::PhonePrefix,
            "phone-scientific" => Self::PhoneScientific,
            "phone-words" => Self::PhoneWords,
            "area-code" => Self::AreaCode,
            "id-scientific" => Self::IdScientific,
            "id-shape" => Self::IdShape,
            "id-check" => Self::IdCheck,
            "kind-unknown" => Self::KindUnknown,
            "no-kind" => Self::NoKind,
            "sex-unknown" => Self::SexUnknown,
            "town-unknown" => Self::TownUnknown(near()),
            "village-unknown" => Self::VillageUnknown(near()),
            "village-elsewhere" => Self::VillageElsewhere(text()),
            "village-several" => Self::VillageSeveral(text()),
            "no-village" => Self::NoVillage,
            "completed" => Self::Completed(text()),
            "from-above" => Self::FromAbove,
            "address-says" => Self::AddressSays(text()),
            "group-words" => Self::GroupWords,
            "size-odd" => Self::SizeOdd,
            "birth-odd" => Self::BirthOdd,
            "answer-odd" => Self::AnswerOdd,
            "remark-means" => Self::RemarkMeans(text()),
            _ => return None,
        })
    }

    fn detail(&self) -> Option<String> {
        match self {
            Self::Member(row) | Self::SameRow(row) => Some(row.to_string()),
            Self::PhoneDigits(count) => Some(count.to_string()),
            Self::TownUnknown(near) | Self::VillageUnknown(near) => near.clone(),
            Self::VillageElsewhere(text)
            | Self::VillageSeveral(text)
            | Self::Completed(text)
            | Self::AddressSays(text)
            | Self::RemarkMeans(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// Gives the value that the reason proposes for its own fact, where it proposes one.
    pub fn proposes(&self) -> Option<&str> {
        match self {
            Self::TownUnknown(near) | Self::VillageUnknown(near) => near.as_deref(),
            Self::RemarkMeans(text) => Some(text),
            // That an address says another place is about the place, and no value for the door.
            _ => None,
        }
    }

    /// One row per reason: code, whether it is mild, words.
    fn row(&self) -> (&'static str, bool, Text) {
        match self {
            Self::NoName => ("no-name", false, t("没有姓名", "no name")),
            Self::NameOdd => ("name-odd", false, t("姓名里有不像姓名的字符", "characters that no name has")),
            Self::NameLost => (
                "name-lost",
                false,
                t("姓名里有字在别的软件里丢了, 请补上", "a character was lost in another program; please fill it in"),
            ),
            Self::NameSeveral => {
                ("name-several", false, t("像是几个人的名字, 只用了第一个", "several names; only the first was used"))
            }
            Self::NameNumber => (
                "name-number",
                false,
                t(
                    "姓名格里有号码, 已从姓名分出; 是电话的放到了电话里",
                    "a number in the cell of the name: taken out of it, and put among the phones where it is one",
                ),
            ),
            Self::Member(_) => (
                "member",
                false,
                t("像是第 {it} 行那一户的家庭成员", "looks like a member of the household in row {it}"),
            ),
            Self::NoHead => (
                "no-head",
                false,
                t(
                    "这一户没有写明户主, 先用第一位",
                    "no row of this household says who its head is; the first person counts",
                ),
            ),
            Self::NotUnderstood => ("not-understood", false, t("看不懂这一行", "this row was not understood")),
            Self::SameRow(_) => ("same-row", false, t("和第 {it} 行完全一样", "the same as row {it}")),
            Self::NoPhone => ("no-phone", true, t("没有电话", "no phone")),
            Self::PhoneDigits(_) => ("phone-digits", false, t("电话有 {it} 位数字", "it has {it} digits")),
            Self::PhonePrefix => ("phone-prefix", false, t("没有这样开头的手机号", "no mobile number begins so")),
            Self::PhoneScientific => (
                "phone-scientific",
                false,
                t("电话成了科学计数, 后几位已丢失", "scientific notation lost the last digits of the phone"),
            ),
            Self::PhoneWords => ("phone-words", true, t("电话旁边有文字", "words beside the phone")),
            Self::AreaCode => ("area-code", true, t("座机补了区号", "area code added to the land line")),
            Self::IdScientific => (
                "id-scientific",
                false,
                t(
                    "身份证号成了科学计数, 后几位已丢失",
                    "scientific notation lost the last digits of the identity number",
                ),
            ),
            Self::IdShape => {
                ("id-shape", false, t("身份证号位数或字符不对", "the identity number has a wrong length or character"))
            }
            Self::IdCheck => {
                ("id-check", false, t("身份证号校验位不对", "the check character of the identity number is wrong"))
            }
            Self::KindUnknown => ("kind-unknown", false, t("不认识的户类别", "unknown kind of household")),
            Self::NoKind => ("no-kind", true, t("没有户类别", "no kind of household")),
            Self::SexUnknown => ("sex-unknown", false, t("性别看不懂", "the sex was not understood")),
            Self::TownUnknown(None) => ("town-unknown", false, t("本县没有这个镇街", "no such town in the county")),
            Self::TownUnknown(Some(_)) => {
                ("town-unknown", false, t("本县没有这个镇街, 是不是 {it}?", "no such town in the county; {it}?"))
            }
            Self::VillageUnknown(None) => {
                ("village-unknown", false, t("本县没有这个村", "no such village in the county"))
            }
            Self::VillageUnknown(Some(_)) => {
                ("village-unknown", false, t("本县没有这个村, 是不是 {it}?", "no such village in the county; {it}?"))
            }
            Self::VillageElsewhere(_) => ("village-elsewhere", false, t("这个村在 {it}", "this village is in {it}")),
            Self::VillageSeveral(_) => ("village-several", false, t("可能是 {it}", "may be {it}")),
            Self::NoVillage => ("no-village", false, t("没有村名", "no village")),
            Self::Completed(_) => ("completed", true, t("补全为 {it}", "completed to {it}")),
            Self::FromAbove => ("from-above", true, t("取自上面一行", "taken from the row above")),
            Self::AddressSays(_) => ("address-says", false, t("住址里写的是 {it}", "the address says {it}")),
            Self::GroupWords => {
                ("group-words", true, t("组不是数字, 照原样保留", "the group is not a number; kept as written"))
            }
            Self::SizeOdd => {
                ("size-odd", false, t("人口不是一个合理的数", "the number of people is not a sensible number"))
            }
            Self::BirthOdd => {
                ("birth-odd", false, t("出生年月或年龄看不懂", "the birth date or age was not understood"))
            }
            Self::AnswerOdd => ("answer-odd", false, t("看不出是还是否", "neither yes nor no")),
            Self::RemarkMeans(_) => {
                ("remark-means", true, t("备注里的话, 建议记下来", "the remark says so; proposed, not taken"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Why;
    use crate::text::Lang;

    #[test]
    fn reasons_are_said_with_their_values() {
        assert_eq!(Why::PhoneDigits(10).said().say(Lang::Zh), "电话有 10 位数字");
        let near = Why::VillageUnknown(Some("东里东村".into()));
        assert_eq!(near.said().say(Lang::En), "no such village in the county; 东里东村?");
        assert!(Why::NoPhone.is_mild() && !Why::NoName.is_mild());
    }

    #[test]
    fn a_stored_reason_comes_back_whole() {
        let stored = [
            "no-name",
            "name-odd",
            "name-lost",
            "name-several",
            "name-number",
            "member 7",
            "not-understood",
            "same-row 7",
            "no-phone",
            "phone-digits 10",
            "phone-prefix",
            "phone-scientific",
            "phone-words",
            "area-code",
            "id-scientific",
            "id-shape",
            "id-check",
            "kind-unknown",
            "no-kind",
            "sex-unknown",
            "town-unknown",
            "town-unknown 东里镇",
            "village-unknown",
            "village-unknown 北村",
            "village-elsewhere 鲁村镇 / 燕崖镇",
            "village-several 石村 / 石社区",
            "no-village",
            "completed 北村",
            "from-above",
            "address-says 北村",
            "group-words",
            "size-odd",
            "birth-odd",
            "answer-odd",
            "remark-means moved",
        ];
        for stored in stored {
            assert_eq!(Why::from_stored(stored).map(|why| why.stored()).as_deref(), Some(stored));
        }
        assert_eq!(Why::from_stored("of-next-year"), None);
    }

    #[test]
    fn only_a_value_for_its_own_fact_is_proposed() {
        assert_eq!(Why::VillageUnknown(Some("东里东村".into())).proposes(), Some("东里东村"));
        assert_eq!(Why::RemarkMeans("moved".into()).proposes(), Some("moved"));
        for why in [Why::AddressSays("南麻街道东高庄村".into()), Why::VillageUnknown(None), Why::PhoneDigits(10)]
        {
            assert_eq!(why.proposes(), None, "{why:?}");
        }
    }
}
