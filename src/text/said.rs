//! A sentence with its facts filled in, but not yet in a language: layers below the screens speak in these.

use super::{Lang, Text};

/// Holds a [`Text`] and the values for its `{places}`; the language is chosen where it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    text: Text,
    places: Vec<(&'static str, Filling)>,
}

/// One filled value: text as it is, or words that themselves have two languages.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Filling {
    Plain(String),
    Words(Said),
}

impl From<Text> for Said {
    fn from(text: Text) -> Self {
        Self { text, places: Vec::new() }
    }
}

impl Said {
    /// Fills `{place}` with a value that is the same in both languages.
    #[must_use]
    pub fn with(mut self, place: &'static str, value: impl ToString) -> Self {
        self.places.push((place, Filling::Plain(value.to_string())));
        self
    }

    /// Fills `{place}` with words that differ by language.
    #[must_use]
    pub fn with_words(mut self, place: &'static str, words: impl Into<Said>) -> Self {
        self.places.push((place, Filling::Words(words.into())));
        self
    }

    /// Says other words in a place that is filled; where there is no such place it stays as it is.
    #[must_use]
    pub fn instead(mut self, place: &str, words: impl Into<Said>) -> Self {
        if let Some((_, filling)) = self.places.iter_mut().find(|(name, _)| *name == place) {
            *filling = Filling::Words(words.into());
        }
        self
    }

    /// Says another sentence behind this one, each on its own.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        Self::from(super::t("{first} {next}", "{first} {next}")).with_words("first", self).with_words("next", next)
    }

    /// Says something else behind this, in rows of its own with a blank one between.
    #[must_use]
    pub fn apart(self, next: Self) -> Self {
        Self::from(super::t("{first}\n\n{next}", "{first}\n\n{next}"))
            .with_words("first", self)
            .with_words("next", next)
    }

    /// Has what is filled in, which people wrote, as `change` gives it; its own words stay.
    #[must_use]
    pub fn filled(mut self, change: &dyn Fn(&str) -> String) -> Self {
        for (_, filling) in &mut self.places {
            *filling = match std::mem::replace(filling, Filling::Plain(String::new())) {
                Filling::Plain(value) => Filling::Plain(change(&value)),
                Filling::Words(words) => Filling::Words(words.filled(change)),
            };
        }
        self
    }

    /// Tells whether its own words in a language name something, such as a key; what is filled in, which people wrote, is not looked at.
    pub fn names(&self, what: &str, lang: Lang) -> bool {
        let within = |filling: &Filling| matches!(filling, Filling::Words(words) if words.names(what, lang));
        self.text.get(lang).contains(what) || self.places.iter().any(|(_, filling)| within(filling))
    }

    /// Puts the sentence into one language. A place nobody filled stays visible as `{place}`; `{n:record|records}` is the first
    /// word where the number in `{n}` is one, else the second.
    pub fn say(&self, lang: Lang) -> String {
        self.say_with(lang, &str::to_owned)
    }

    /// Puts it into one language with its own words as `change` has them; what is filled in, which people wrote, stays.
    pub fn say_with(&self, lang: Lang, change: &dyn Fn(&str) -> String) -> String {
        let mut out = String::new();
        let mut rest = self.text.get(lang);
        while let Some((before, tail)) = rest.split_once('{') {
            out.push_str(&change(before));
            let Some((name, after)) = tail.split_once('}') else {
                out.push('{');
                rest = tail;
                continue;
            };
            let (place, forms) = name.split_once(':').unwrap_or((name, ""));
            match (self.places.iter().find(|(other, _)| *other == place), forms.split_once('|')) {
                (Some((_, Filling::Plain(count))), Some((one, many))) => {
                    out.push_str(&change(if count == "1" { one } else { many }));
                }
                (Some((_, Filling::Plain(value))), None) => out.push_str(value),
                (Some((_, Filling::Words(words))), None) => out.push_str(&words.say_with(lang, change)),
                (None, _) | (Some((_, Filling::Words(_))), Some(_)) => out.extend(["{", name, "}"]),
            }
            rest = after;
        }
        out.push_str(&change(rest));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Lang, t};
    use super::Said;

    #[test]
    fn only_its_own_words_are_changed() {
        let within = t("{paper} 按 F4", "{paper}: F4").with("paper", "F4纸");
        let said = Said::from(t("{it}, F4", "{it}, F4")).with_words("it", within);
        assert_eq!(said.say_with(Lang::Zh, &|words| words.replace("F4", "Esc 04")), "F4纸 按 Esc 04, Esc 04");
    }

    #[test]
    fn only_what_is_filled_in_is_changed() {
        let within = t("{paper} 按 F4", "{paper}: F4").with("paper", "F4纸");
        let said = Said::from(t("{it}, F4", "{it}, F4")).with_words("it", within);
        assert_eq!(said.filled(&|it| it.replace("F4", "A4")).say(Lang::Zh), "A4纸 按 F4, F4");
    }

    #[test]
    fn a_key_is_named_by_its_own_words_and_not_by_what_people_wrote() {
        let offers = t("记下了: {it}. Ctrl-Z 撤回.", "Recorded: {it}. Ctrl-Z takes it back.").with("it", "路灯");
        let behind = Said::from(t("{first} 好.", "{first} Good.")).with_words("first", offers);
        let written = t("记下了: {it}.", "Recorded: {it}.").with("it", "Ctrl-Z");
        for lang in [Lang::Zh, Lang::En] {
            assert!(behind.names("Ctrl-Z", lang) && !written.names("Ctrl-Z", lang));
        }
    }

    #[test]
    fn places_are_filled_in_either_language_and_values_are_not_read_again() {
        let said = t("{file} 第 {row} 行", "{file}, row {row}").with("file", "a{row}.csv").with("row", 37);
        assert_eq!(said.say(Lang::Zh), "a{row}.csv 第 37 行");
        assert_eq!(said.say(Lang::En), "a{row}.csv, row 37");
    }

    #[test]
    fn what_stands_in_a_place_can_be_said_otherwise_and_no_place_is_made() {
        let said =
            Said::from(t("{what}: 空间不够", "{what}: no room")).with_words("what", t("没有导出", "not exported"));
        let other = said.instead("what", t("没有备份", "not backed up")).instead("other", t("再试", "again"));
        assert_eq!(
            (other.say(Lang::Zh).as_str(), other.say(Lang::En).as_str()),
            ("没有备份: 空间不够", "not backed up: no room")
        );
    }

    // "1 records are on no stick yet."
    #[test]
    fn a_word_follows_the_number_before_it() {
        let said = |n: usize| t("{n} 条", "{n} {n:record is|records are} here").with("n", n);
        assert_eq!(said(1).say(Lang::En), "1 record is here");
        assert_eq!(said(0).say(Lang::En), "0 records are here");
        assert_eq!(said(21).say(Lang::En), "21 records are here");
        assert_eq!(said(1).say(Lang::Zh), "1 条");
        assert_eq!(said(2).say_with(Lang::En, &|words| words.to_uppercase()), "2 RECORDS ARE HERE");
        assert_eq!(Said::from(t("{n:一|多}", "{n:one|many}")).say(Lang::En), "{n:one|many}", "nobody filled it");
    }

    #[test]
    fn words_inside_follow_the_language() {
        let said = Said::from(t("缺 {what}", "{what} is missing")).with_words("what", t("姓名", "name"));
        assert_eq!(said.say(Lang::En), "name is missing");
        assert_eq!(Said::from(t("{a", "{b}")).say(Lang::Zh), "{a");
    }
}
