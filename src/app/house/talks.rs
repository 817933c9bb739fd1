//! Talks as they stand: who is there, what was said and by whom, and what each household has counted.

use super::face;
use crate::app::{Face, House, Running, Shelf};
use crate::domain::{Fullness, Issue, Line, Name, Presence, Sort, Stamp, Talk, TalkMark};
use crate::text::{Said, Trouble, t};
use crate::view::View;

/// Where the draft lies with the name of a talk that is being entered later, until it is finished: it leads back there.
pub const TALK_LATER: &str = "talk/later";

/// A talk with everything in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathering {
    /// The talk itself.
    pub talk: Talk,
    /// The households that came, by number.
    pub present: Vec<Guest>,
    /// What was said, in order; what several households said together stands once.
    pub said: Vec<Utterance>,
}

/// A household at a talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// Its visit and when it was there.
    pub presence: Presence,
    /// Its line in lists.
    pub face: Face,
    /// How many lines are its own.
    pub lines: usize,
    /// 满意度 of its visit; empty where nobody was asked.
    pub satisfaction: String,
}

/// One thing that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Utterance {
    /// Its lines, one for each household that said it; the first one stands for all.
    pub lines: Vec<Name>,
    /// The numbers of who said it; none for the village as a whole.
    pub speakers: Vec<u16>,
    /// When, milliseconds since 1970 UTC.
    pub at: i64,
    /// The words.
    pub text: String,
    /// The issue that each line became.
    pub issues: Vec<Option<Issue>>,
    stamp: Stamp,
}

impl House {
    /// Reads a talk; nothing where it is not known or was taken back.
    pub fn gathering(&self, talk: Name, now_ms: i64) -> Result<Option<Gathering>, Trouble> {
        let read = self.shelf(|shelf, view| {
            let Some(record) = view.record(talk)? else { return Ok::<_, Trouble>(None) };
            let Some(talk) = Talk::read(&record) else { return Ok(None) };
            let present = guests(shelf, view, talk.name, now_ms)?;
            let said = said(shelf, view, talk.name, &present)?;
            let present = present
                .into_iter()
                .map(|guest| {
                    let number = guest.presence.number;
                    let lines = said.iter().filter(|utterance| utterance.speakers.contains(&number)).count();
                    Guest { lines, ..guest }
                })
                .collect();
            Ok(Some(Gathering { talk, present, said }))
        });
        let Some(mut gathering) = read? else { return Ok(None) };
        let mut faces: Vec<Face> = gathering.present.iter().map(|guest| guest.face.clone()).collect();
        self.mark_doubles(&mut faces);
        for (guest, face) in gathering.present.iter_mut().zip(faces) {
            guest.face = face;
        }
        Ok(Some(gathering))
    }

    /// Names what runs: the head of the household, or the village of the talk.
    pub fn running_words(&self, running: &Running) -> Said {
        if let Some(household) = running.household {
            let head = self.household(household).map(|household| face::head(&household)).unwrap_or_default();
            return t("{head}", "{head}").with("head", head);
        }
        let talk = self.righted().record(running.visit).ok().flatten().as_deref().and_then(Talk::read);
        t("夜话 {village}", "talk {village}").with("village", talk.map(|talk| talk.village).unwrap_or_default())
    }
}

impl House {
    /// Gives how the households of the talk that runs stand against the minimum; nothing where it is a visit.
    pub fn fullness(&self, running: &Running) -> Option<Fullness> {
        let minimum = self.minimum_minutes();
        let present = running.is_talk().then(|| self.shelf(|shelf, view| presences(shelf, view, running.visit)))?;
        Some(running.fullness(present.ok()?.iter(), minimum))
    }

    /// Tells whether what runs has the minimum: a visit has counted it, or everyone who is at a talk has.
    pub fn is_full(&self, running: &Running) -> bool {
        // No household has counted more than the talk.
        running.would_cover(self.minimum_minutes()) && self.fullness(running).is_none_or(|counted| counted.is_full())
    }
}

impl Guest {
    /// Gives what it has counted: proven and declared milliseconds.
    pub fn counted(&self, now: TalkMark, declared: &[i64]) -> (i64, i64) {
        self.presence.counted(now, declared)
    }
}

fn guests(shelf: &Shelf, view: &dyn View, talk: Name, now_ms: i64) -> Result<Vec<Guest>, Trouble> {
    let mut found = Vec::new();
    for presence in presences(shelf, view, talk)? {
        let household = shelf.household(presence.household, view)?.unwrap_or_default();
        let home = shelf.home_of(presence.household);
        let face = Face::of(home, &household, &shelf.standing(home), now_ms);
        let visit = view.record(presence.visit)?;
        let satisfaction = visit.and_then(|visit| visit.text("satisfaction").map(str::to_owned)).unwrap_or_default();
        found.push(Guest { presence, face, lines: 0, satisfaction });
    }
    Ok(found)
}

/// Gives the households at a talk, by number.
pub(in crate::app) fn presences(shelf: &Shelf, view: &dyn View, talk: Name) -> Result<Vec<Presence>, Trouble> {
    let mut found = Vec::new();
    for visit in shelf.children_of(talk, Sort::Visit) {
        found.extend(view.record(visit)?.as_deref().and_then(Presence::read));
    }
    found.sort_by_key(|presence| (presence.number, presence.visit));
    Ok(found)
}

fn said(shelf: &Shelf, view: &dyn View, talk: Name, present: &[Guest]) -> Result<Vec<Utterance>, Trouble> {
    let number_of = |household: Name| {
        let home = shelf.home_of(household);
        present.iter().find(|guest| guest.face.name == home).map(|guest| guest.presence.number)
    };
    let mut all: Vec<Utterance> = Vec::new();
    for name in shelf.children_of(talk, Sort::Line) {
        let Some(record) = view.record(name)? else { continue };
        let Some(line) = Line::read(&record) else { continue };
        let mut issue = None;
        for child in shelf.children_of(name, Sort::Issue) {
            issue = view.record(child)?.as_deref().and_then(Issue::read).or(issue);
        }
        let whose = match (line.household, line.visit) {
            (Some(household), _) => Some(household),
            (None, Some(visit)) => view.record(visit)?.and_then(|visit| visit.link("household")),
            (None, None) => None,
        };
        let speakers: Vec<u16> = whose.and_then(number_of).into_iter().collect();
        let with = record.link("with");
        if let Some(first) = all.iter_mut().find(|utterance| {
            with.is_some_and(|with| utterance.lines.first() == Some(&with)) && utterance.text == line.text
        }) {
            first.lines.push(name);
            first.speakers.extend(speakers);
            first.issues.push(issue);
            continue;
        }
        let stamp = record.born().map_or(Stamp::default(), |born| born.operation.stamp);
        all.push(Utterance { lines: vec![name], speakers, at: line.at, text: line.text, issues: vec![issue], stamp });
    }
    all.sort_by_key(|utterance| (utterance.stamp, utterance.lines.first().copied()));
    Ok(all)
}
