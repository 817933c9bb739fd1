//! The six fields 领域 of the plan, and what falls in none of them (plan 一(一), `domain.md` 3).
//!
//! The digit of a field is its key everywhere: on the entry line, in the strip, on the ticks of a visit.

use super::coded::coded;
use crate::hanzi::forms;
use crate::text::{Text, t};

coded! {
    /// A field of people's lives that an issue falls in.
    pub enum Field {
        /// 1 基础教育.
        Education = "education", "基础教育", "education";
        /// 2 医疗卫生.
        Health = "health", "医疗卫生", "health";
        /// 3 生态环境.
        Environment = "environment", "生态环境", "environment";
        /// 4 农业农村.
        Agriculture = "agriculture", "农业农村", "farming";
        /// 5 社会治理.
        Governance = "governance", "社会治理", "governance";
        /// 6 文体生活.
        Culture = "culture", "文体生活", "culture";
        /// 0 其他.
        Other = "other", "其他", "other";
    }
}

/// What the documents of earlier programs call a field in English.
const ALSO: [(&str, Field); 2] = [("health care", Field::Health), ("culture and sports", Field::Culture)];

impl Field {
    /// Gives the key: 1 to 6, and 0 for other.
    pub const fn digit(self) -> char {
        match self {
            Self::Education => '1',
            Self::Health => '2',
            Self::Environment => '3',
            Self::Agriculture => '4',
            Self::Governance => '5',
            Self::Culture => '6',
            Self::Other => '0',
        }
    }

    /// Reads a key, half-width or full-width (`6`, `６`); 7, 8 and 9 are no field.
    pub fn from_digit(key: char) -> Option<Self> {
        let key = forms::half(key);
        Self::ALL.iter().copied().find(|field| field.digit() == key)
    }

    /// Gives the short name of ticks and the strip: 教育, 医疗, 环境, 农业, 治理, 文体, 其他.
    pub const fn short(self) -> Text {
        match self {
            Self::Education => t("教育", "education"),
            Self::Health => t("医疗", "health"),
            Self::Environment => t("环境", "environment"),
            Self::Agriculture => t("农业", "farming"),
            Self::Governance => t("治理", "governance"),
            Self::Culture => t("文体", "culture"),
            Self::Other => t("其他", "other"),
        }
    }

    /// Finds a field by whatever a file or a person calls it: key, code word, name or short name, of this or an earlier program.
    pub fn find(said: &str) -> Option<Self> {
        let said = said.trim();
        let mut chars = said.chars();
        if let (Some(key), None) = (chars.next(), chars.next()) {
            return Self::from_digit(key);
        }
        let called = |field: &Self| {
            [field.name(), field.short()].iter().any(|text| text.zh == said || text.en.eq_ignore_ascii_case(said))
        };
        let named = Self::from_word(said).or_else(|| Self::ALL.iter().copied().find(called));
        named.or_else(|| ALSO.iter().find(|(also, _)| also.eq_ignore_ascii_case(said)).map(|(_, field)| *field))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_the_six_fields_of_the_plan_and_other_each_with_its_own_key_and_word() {
        let keys: String = Field::ALL.iter().map(|field| field.digit()).collect();
        assert_eq!(keys, "1234560");
        let names: Vec<&str> = Field::ALL.iter().map(|field| field.name().zh).collect();
        assert_eq!(names, ["基础教育", "医疗卫生", "生态环境", "农业农村", "社会治理", "文体生活", "其他"]);
        for &field in Field::ALL {
            assert_eq!(Field::from_digit(field.digit()), Some(field));
            assert_eq!(Field::from_word(field.word()), Some(field));
        }
    }

    #[test]
    fn a_field_is_found_by_key_word_or_name_in_any_width() {
        for said in ["6", "６", " culture ", "文体生活", "文体", "Culture and Sports"] {
            assert_eq!(Field::find(said), Some(Field::Culture), "{said}");
        }
        for said in ["", "7", "９", "文", "文化"] {
            assert_eq!(Field::find(said), None, "{said}");
        }
    }
}
