//! One cell of a list: words for people, a value for scripts.

use serde_json::Value as Json;

use crate::domain::choice::{self, Choice};
use crate::domain::{Name, Phone, Sort, Value, hidden, local};
use crate::text::{Lang, Said, Text, t};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is known.
    Nothing,
    /// Text as it was written.
    Text(String),
    /// Words that scripts get as a fixed word.
    Word(String, Said),
    /// A number.
    Number(i64),
    /// Yes or no.
    Yes(bool),
    /// A moment, milliseconds since 1970 UTC.
    At(i64),
    /// An entity.
    Id(Sort, Name),
    /// Several words.
    Words(Vec<String>),
    /// Phones: masked in tables.
    Phones(Vec<String>),
    /// Text in which somebody may have written a phone: masked in tables.
    Name(String),
    /// Where somebody lives: in tables a mobile number is masked, the door of a flat is not.
    Place(String),
    /// A value that somebody wrote, and its words: masked in tables as a name is.
    Told(String, Said),
    /// Text that other eyes must not see: tables show other words instead.
    Hidden(String, Text),
}

impl Cell {
    /// Holds a text; an empty one is nothing.
    pub fn text(text: impl AsRef<str>) -> Self {
        let text = text.as_ref().to_owned();
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }

    /// Holds what somebody or something is called; an empty name is nothing.
    pub fn name(name: impl AsRef<str>) -> Self {
        let name = name.as_ref().to_owned();
        if name.is_empty() { Self::Nothing } else { Self::Name(name) }
    }

    /// Holds where somebody lives; an empty place is nothing.
    pub fn place(place: impl AsRef<str>) -> Self {
        let place = place.as_ref().to_owned();
        if place.is_empty() { Self::Nothing } else { Self::Place(place) }
    }

    /// Holds the text of a confidential record 保密.
    pub fn confidential(text: impl Into<String>) -> Self {
        Self::Hidden(text.into(), t("(保密)", "(confidential)"))
    }

    /// Says of a text that only the card shows why it is not shown: here because it is confidential.
    #[must_use]
    pub fn or_confidential(self, is_confidential: bool) -> Self {
        match self {
            Self::Hidden(text, _) if is_confidential => Self::confidential(text),
            cell => cell,
        }
    }

    /// Holds a text that only the card shows, such as illness.
    pub fn on_card(text: impl AsRef<str>) -> Self {
        Self::Hidden(text.as_ref().to_owned(), t("(看户卡)", "(on the card)"))
    }

    /// Holds a choice by its code word; an empty one is nothing.
    pub fn choice(list: &[Choice], word: &str) -> Self {
        match choice::name_of(list, word) {
            Some(name) => Self::Word(word.to_owned(), name.into()),
            None => Self::text(word),
        }
    }

    /// Holds a code word with its name, where it has one.
    pub fn named(word: &str, name: Option<Text>) -> Self {
        match name {
            Some(name) => Self::Word(word.to_owned(), name.into()),
            None => Self::text(word),
        }
    }

    /// Holds a moment, if there is one.
    pub fn at(at: Option<i64>) -> Self {
        at.map_or(Self::Nothing, Self::At)
    }

    /// Holds a number, if there is one.
    pub fn number(number: Option<i64>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }

    /// Holds the value of a register.
    pub fn value(value: Option<&Value>) -> Self {
        match value {
            None | Some(Value::Nothing) => Self::Nothing,
            Some(Value::Text(text)) => Self::text(text),
            Some(Value::Number(number)) => Self::Number(*number),
            Some(Value::Yes(yes)) => Self::Yes(*yes),
            Some(Value::Day(day)) => Self::text(local::day(i64::from(*day) * 86_400_000).to_string()),
            Some(Value::At(at)) => Self::At(*at),
            Some(Value::Entity(name)) => Self::Text(name.to_string()),
            Some(Value::Words(words)) => Self::Words(words.iter().map(ToString::to_string).collect()),
        }
    }

    /// Puts the cell into words.
    pub fn said(&self, lang: Lang) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Word(_, said) => said.say(lang),
            Self::Number(number) => number.to_string(),
            Self::Yes(yes) => if *yes { t("是", "yes") } else { t("否", "no") }.get(lang).to_owned(),
            Self::At(at) => format!("{} {}", local::day(*at), local::clock(*at)),
            Self::Id(sort, name) => name.with_letter(sort.letter()),
            Self::Words(words) => words.join(t("、", ", ").get(lang)),
            Self::Phones(phones) => phones.iter().map(|phone| Phone::masked(phone)).collect::<Vec<_>>().join(" "),
            Self::Name(name) => hidden::for_lists(name),
            Self::Place(place) => hidden::for_other_eyes(place),
            Self::Told(_, said) => hidden::for_lists(&said.say(lang)),
            Self::Hidden(_, instead) => instead.get(lang).to_owned(),
        }
    }

    /// Gives the cell to scripts.
    pub fn json(&self) -> Json {
        match self {
            Self::Nothing => Json::Null,
            Self::Text(text)
            | Self::Name(text)
            | Self::Place(text)
            | Self::Word(text, _)
            | Self::Told(text, _)
            | Self::Hidden(text, _) => text.as_str().into(),
            Self::Number(number) => (*number).into(),
            Self::Yes(yes) => (*yes).into(),
            Self::At(at) => local::rfc3339(*at).into(),
            Self::Id(sort, name) => name.with_letter(sort.letter()).into(),
            Self::Words(words) | Self::Phones(words) => words.clone().into(),
        }
    }

    /// Tells whether it stands to the right, as numbers do.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }
}

#[cfg(test)]
mod tests {
    use super::Cell;
    use crate::text::Lang::{En, Zh};
    use crate::text::t;

    #[test]
    fn tables_hide_what_scripts_get() {
        let phones = Cell::Phones(vec!["13853301234".into()]);
        assert_eq!(
            (phones.said(Zh).as_str(), phones.json().to_string().as_str()),
            ("138****1234", "[\"13853301234\"]")
        );
        let name = Cell::name("赵六13853301234");
        assert_eq!((name.said(Zh).as_str(), name.json().as_str()), ("赵六138****1234", Some("赵六13853301234")));
        let door = Cell::place("12-1-1201 13853301234");
        assert_eq!(
            (door.said(Zh).as_str(), door.json().as_str()),
            ("12-1-1201 138****1234", Some("12-1-1201 13853301234"))
        );
        let told = Cell::Told("赵六13853301234".into(), t("{it}", "{it}").with("it", "赵六13853301234"));
        assert_eq!((told.said(Zh).as_str(), told.json().as_str()), ("赵六138****1234", Some("赵六13853301234")));
        let said = Cell::confidential("信访");
        assert_eq!((said.said(En).as_str(), said.json().as_str()), ("(confidential)", Some("信访")));
    }
}
