//! Story: what a visit has to tell so far, read from the house: who, what was explained, what was said.

use std::sync::Arc;

use crate::app::View;
use crate::app::{House, Session, Shelf, face};
use crate::domain::entry::{IssueLine, note_written};
use crate::domain::hidden::for_other_eyes;
use crate::domain::household::is_said;
use crate::domain::{
    Class, Field, Household, Issue, Kind, Line, Name, Record, Sort, Stamp, Value, Visit, choice, local,
};
use crate::text::{Lang, Said, Text, Trouble, t};
use crate::ui::canvas::columns;
use crate::ui::giving_way::people_in_few;

/// What the pages of a visit show; a copy, read anew after each message.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct Story {
    /// What was said is known whole: households and lines are all read.
    pub is_whole: bool,
    /// 户主.
    pub head: String,
    /// Village, group and door.
    pub place: String,
    /// The household, for the words of its row.
    pub household: Household,
    /// Somebody said how many live there, not a roster alone.
    pub checked: bool,
    /// The visit; none when it is not known or was taken back.
    pub visit: Option<Visit>,
    /// What was said, in order.
    pub spoken: Vec<Spoken>,
    /// Who lives there.
    pub members: Vec<Member>,
    /// What the household had said before, the latest first.
    pub earlier: Vec<Earlier>,
}

/// One line that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The line.
    pub line: Name,
    /// When, milliseconds since 1970 UTC.
    pub at: i64,
    /// The words.
    pub text: String,
    /// The issue it became.
    pub issue: Option<Issue>,
    stamp: Stamp,
}

/// A member of the family, as far as the visit shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// 与户主关系, or the name.
    pub who: String,
    /// 身体状况, where it is not healthy.
    pub health: Option<Text>,
    /// 在外.
    pub away: bool,
}

/// An issue from before this visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The words.
    pub text: String,
    /// When it was recorded.
    pub at: i64,
    /// Where it came from and when, where nobody said it in a visit.
    pub came: Option<Said>,
    /// 保密.
    pub confidential: bool,
    stamp: Stamp,
}

impl Spoken {
    /// Puts a line together that was read elsewhere.
    pub fn of(line: Name, at: i64, text: &str, issue: Option<Issue>) -> Self {
        Self { line, at, text: text.to_owned(), issue, stamp: Stamp::default() }
    }

    /// Gives the field and class, kind or 备注 of the line; `short` on narrow terminals.
    pub fn label(&self, short: bool) -> Said {
        let Some(issue) = &self.issue else { return t("备注", "note").into() };
        let field = Field::from_word(&issue.field).unwrap_or(Field::Other);
        let name = if short { field.short() } else { field.name() };
        let graded = match Kind::from_word(&issue.kind) {
            Some(kind @ (Kind::Suggestion | Kind::Stock)) => kind.name(),
            _ => Class::from_word(&issue.class).unwrap_or(Class::General).name(),
        };
        let hidden = if issue.confidential { t(" 保密", " confidential") } else { t("", "") };
        Said::from(t("{field} {graded}{hidden}", "{field} {graded}{hidden}"))
            .with_words("field", name)
            .with_words("graded", graded)
            .with_words("hidden", hidden)
    }

    /// Gives the same in as few columns as say it: what is more than 一般 by the mark that one types.
    fn tiny(&self, lang: Lang) -> String {
        let Some(issue) = &self.issue else { return self.label(true).say(lang) };
        let field = Field::from_word(&issue.field).unwrap_or(Field::Other);
        let graded = match Kind::from_word(&issue.kind) {
            Some(Kind::Suggestion) => " ?",
            Some(Kind::Stock) => t(" 存量", " stock").get(lang),
            _ => match Class::from_word(&issue.class).unwrap_or(Class::General) {
                Class::General => "",
                Class::OnSite => " !",
                Class::Larger => " +",
                Class::Major => " ++",
                // Its mark is the sign of a cut.
                Class::LongTerm => t(" 长期", " long").get(lang),
            },
        };
        let hidden = if issue.confidential { "*" } else { "" };
        format!("{}{graded}{hidden}", field.short().get(lang))
    }

    /// Gives the labels of lines that stand below one another in at most so many columns.
    pub fn labels(spoken: &[&Self], short: bool, most: u16, lang: Lang) -> Vec<String> {
        let labels: Vec<String> = spoken.iter().map(|one| one.label(short).say(lang)).collect();
        if labels.iter().all(|label| columns(label) <= most) {
            return labels;
        }
        spoken.iter().map(|one| one.tiny(lang)).collect()
    }

    /// Writes the line as one would type it.
    pub fn written(&self) -> String {
        self.as_issue().map_or_else(|| note_written(&self.text), |issue| issue.written())
    }

    /// Gives the issue as the entry line reads it.
    pub fn as_issue(&self) -> Option<IssueLine> {
        self.issue.as_ref().map(|issue| IssueLine {
            field: Field::from_word(&issue.field).unwrap_or(Field::Other),
            class: Class::from_word(&issue.class).unwrap_or(Class::General),
            kind: Kind::from_word(&issue.kind).unwrap_or(Kind::Problem),
            confidential: issue.confidential,
            text: self.text.clone(),
        })
    }
}

impl Story {
    /// Reads what is known of a visit and its household. Where something cannot be read, the rest is still given.
    pub fn read(session: &Session, visit: Name, household: Name) -> Self {
        let Some(house) = session.house() else { return Self::default() };
        let is_whole = house.is_complete();
        Self { is_whole, ..Self::of(&house, visit, household).unwrap_or_default() }
    }

    /// Reads what the page of an unfinished talk shows: where it is, and what was said.
    pub fn of_talk(session: &Session, talk: Name, now_ms: i64) -> Self {
        let Some(house) = session.house() else { return Self::default() };
        let is_whole = house.is_complete();
        let Some(gathering) = house.gathering(talk, now_ms).ok().flatten() else { return Self::default() };
        let spoken = |said: &crate::app::Utterance| {
            let line = said.lines.first().copied().unwrap_or(talk);
            Spoken::of(line, said.at, &said.text, said.issues.first().cloned().flatten())
        };
        Self {
            is_whole,
            head: gathering.talk.village.clone(),
            place: gathering.talk.place.clone(),
            spoken: gathering.said.iter().map(spoken).collect(),
            ..Self::default()
        }
    }

    fn of(house: &House, visit: Name, household: Name) -> Result<Self, Trouble> {
        house.shelf(|shelf, view| {
            let own = shelf.household(household, view)?.unwrap_or_default();
            let place = [for_other_eyes(&own.village), face::place(&own)];
            let place = place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            Ok(Self {
                is_whole: false,
                head: face::head(&own),
                place,
                household: own,
                checked: checked(shelf, view, household)?,
                visit: view.record(visit)?.as_deref().and_then(Visit::read),
                spoken: spoken(shelf, view, visit)?,
                members: members(shelf, view, household)?,
                earlier: earlier(shelf, view, visit, household)?,
            })
        })
    }

    /// Tells whether the visit is over, or was taken back.
    pub fn is_over(&self) -> bool {
        self.visit.as_ref().is_none_or(|visit| visit.ended.is_some())
    }

    /// Tells whether it is made by phone: then no minutes make it count.
    pub fn is_by_phone(&self) -> bool {
        self.visit.as_ref().is_some_and(|visit| visit.kind == "phone")
    }

    /// Says the kind, the purpose and the visitors, who writes first: 入户 首访  陈明 张锦秋.
    pub fn about(&self, speaker: &str) -> Said {
        let kind = self.visit.as_ref().map_or("", |visit| &visit.kind);
        let words = t("{kind} {purpose}  {visitors}", "{kind}, {purpose}  {visitors}");
        let kind = choice::name_of(choice::VISIT_KINDS, kind).unwrap_or(t("", ""));
        self.said_about(words, speaker).with_words("kind", kind)
    }

    /// As [`Story::about`] without the kind where it is the usual one, at home: 首访  陈明 张锦秋.
    pub fn about_briefly(&self, speaker: &str) -> Said {
        let is_usual = self.visit.as_ref().is_some_and(|visit| visit.kind == "home");
        if is_usual {
            self.said_about(t("{purpose}  {visitors}", "{purpose}  {visitors}"), speaker)
        } else {
            self.about(speaker)
        }
    }

    /// As [`Story::about_briefly`], of several visitors who writes and how many they are: 首访  陈明等3人.
    pub fn about_in_few(&self, speaker: &str) -> Said {
        self.about_briefly(speaker).instead("visitors", people_in_few(&self.visitors(speaker)))
    }

    fn said_about(&self, words: Text, speaker: &str) -> Said {
        let purpose = self.visit.as_ref().map_or("", |visit| &visit.purpose);
        let purpose = choice::name_of(choice::PURPOSES, purpose).unwrap_or(t("", ""));
        Said::from(words).with_words("purpose", purpose).with("visitors", self.visitors(speaker).join(" "))
    }

    /// Names who visits; whoever writes first, also one who was not there when it began.
    pub fn visitors(&self, speaker: &str) -> Vec<String> {
        let mut visitors = self.visit.as_ref().map(|visit| visit.visitors.clone()).unwrap_or_default();
        visitors.sort_by_key(|visitor| visitor != speaker);
        if !speaker.is_empty() && visitors.first().is_none_or(|first| first != speaker) {
            visitors.insert(0, speaker.to_owned());
        }
        visitors
    }

    /// Tells whether something was explained or handed over: `told/6`, `gave/card`.
    pub fn is_ticked(&self, key: &str) -> bool {
        self.visit.as_ref().is_some_and(|visit| match key.split_once('/') {
            Some(("told", what)) => visit.told.iter().any(|other| other == what),
            Some((_, what)) => visit.gave.iter().any(|other| other == what),
            None => false,
        })
    }

    /// Shows a tick before its answer comes.
    pub fn tick(&mut self, key: &str) {
        let ticked = self.is_ticked(key);
        let Some((visit, (list, what))) = self.visit.as_mut().zip(key.split_once('/')) else { return };
        let list = if list == "told" { &mut visit.told } else { &mut visit.gave };
        if ticked {
            list.retain(|other| other != what);
        } else {
            list.push(what.to_owned());
        }
    }
}

/// Gives when a record was born, for the order in which things were said; the wall clock may have been set back.
fn stamp(record: &Record) -> Stamp {
    record.born().map_or(Stamp::default(), |born| born.operation.stamp)
}

fn spoken(shelf: &Shelf, view: &dyn View, visit: Name) -> Result<Vec<Spoken>, Trouble> {
    let mut all = Vec::new();
    for name in shelf.children_of(visit, Sort::Line) {
        let Some(record) = view.record(name)? else { continue };
        let Some(line) = Line::read(&record) else { continue };
        let mut issue = None;
        for child in shelf.children_of(name, Sort::Issue) {
            issue = view.record(child)?.as_deref().and_then(Issue::read).or(issue);
        }
        let text = issue.as_ref().filter(|issue| !issue.text.is_empty()).map_or(line.text, |issue| issue.text.clone());
        all.push(Spoken { line: name, at: line.at, text, issue, stamp: stamp(&record) });
    }
    all.sort_by_key(|spoken| (spoken.stamp, spoken.line));
    Ok(all)
}

fn checked(shelf: &Shelf, view: &dyn View, household: Name) -> Result<bool, Trouble> {
    let records = shelf.records_of(shelf.home_of(household), view)?;
    Ok(is_said(&records, "size"))
}

fn members(shelf: &Shelf, view: &dyn View, household: Name) -> Result<Vec<Member>, Trouble> {
    Ok(shelf.members_of(household, view)?.iter().map(member).collect())
}

fn member(record: &Arc<Record>) -> Member {
    let text = |key| record.text(key).unwrap_or_default().to_owned();
    let relation = text("relation");
    let health = record.text("health").filter(|word| *word != "healthy");
    Member {
        who: if relation.is_empty() { text("name") } else { relation },
        health: health.and_then(|word| choice::name_of(choice::HEALTH, word)),
        away: record.value("away").is_some_and(Value::is_yes),
    }
}

fn earlier(shelf: &Shelf, view: &dyn View, visit: Name, household: Name) -> Result<Vec<Earlier>, Trouble> {
    let mut all = Vec::new();
    for name in shelf.children_of(household, Sort::Issue) {
        let Some(record) = view.record(name)? else { continue };
        // What was solved on the spot waits for nobody.
        let waits = |issue: &Issue| issue.visit != Some(visit) && Class::from_word(&issue.class) != Some(Class::OnSite);
        let Some(issue) = Issue::read(&record).filter(waits) else { continue };
        let line = issue.line.map(|line| view.record(line)).transpose()?.flatten();
        let (text, came) = (issue.words(line.as_deref()).to_owned(), issue.came());
        all.push(Earlier { text, at: issue.at, came, confidential: issue.confidential, stamp: stamp(&record) });
    }
    all.sort_by_key(|earlier| std::cmp::Reverse(earlier.stamp));
    Ok(all)
}

impl Earlier {
    /// Says it in one line: the words, and where they came from or the day.
    pub fn said(&self) -> Said {
        let text = if self.confidential {
            t("(保密)", "(confidential)").into()
        } else {
            t("{text}", "{text}").with("text", &self.text)
        };
        let day = || t("{day}", "{day}").with("day", local::short_day(self.at));
        Said::from(t("{text} ({came})", "{text} ({came})"))
            .with_words("text", text)
            .with_words("came", self.came.clone().unwrap_or_else(day))
    }
}
