//! Adding: who comes is found as in the lookup, behind an `@`, and comes with Enter; a whole group with one key.

use super::Talk;
use super::who::APART;
use crate::app::{Ask, Face, Gathering, Guest, Hits, Request, Ticket};
use crate::domain::Name;
use crate::domain::entry::{Speakers, speakers};
use crate::domain::hidden::for_other_eyes;
use crate::hanzi::clean;
use crate::text::{Said, t};
use crate::ui::desk::Desk;
use crate::ui::list::{List, Scroll};
use crate::ui::page::Go;
use crate::ui::screens::NewHousehold;
use crate::ui::screens::lookup::namesakes::Namesakes;

/// What is found for who comes.
#[derive(Debug, PartialEq, Default)]
pub(super) struct Adding {
    /// Who may come, then who left early, then who is there.
    pub faces: Vec<Face>,
    pub list: List,
    /// How many were found, without those who are there.
    pub total: usize,
    /// Who came so far.
    came: Vec<(Name, Here)>,
    asked: Option<Ticket>,
    typed: String,
    /// Where the talk is: whoever comes mostly lives there.
    village: String,
    /// Nobody of the village fits any more, and all villages are looked through.
    pub widened: bool,
    /// What Enter found nobody for: it was a name.
    refused: String,
    /// Whoever fits in the village is there, and what is shown are namesakes of other villages: asked about once.
    beyond: bool,
    /// It was asked whether all that were found are to come, households of other villages too.
    asked_for_others: bool,
    /// It was asked whether one that moved out, or whose head died, is meant.
    asked_for_gone: Option<Name>,
}

/// How a household that was found stands in the talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Here {
    /// It has not come.
    No,
    /// It left early, and may be back.
    Left,
    /// It is there.
    Yes,
}

/// The sign of who comes.
const SIGNS: [char; 2] = ['@', '＠'];
/// Characters of a name at most, with a surname of two.
const NAME: usize = 4;
/// Households that one key may add: more than ever came to a talk were not meant.
const MOST: usize = 120;

/// Tells whether a line says who comes.
pub(super) fn is_adding(line: &str) -> bool {
    line.trim_start().starts_with(SIGNS)
}

/// Gives what stands behind the sign where it is a sentence with who says it, `3,7# …`: the sign was left over.
fn sentence(line: &str) -> Option<&str> {
    let (who, _) = bare(line).split_once(['#', '＃'])?;
    let is_number = |sign: char| sign.is_numeric() || [',', '，', '、', ' '].contains(&sign);
    let is_sentence = !who.trim().is_empty() && who.chars().all(is_number)
        || matches!(speakers(bare(line)).0, Speakers::Households(_) | Speakers::Clash);
    is_sentence.then(|| bare(line))
}

/// Tells whether words are what one looks for people by, and no sentence: `lxy`, `dl zsf`, `138`.
fn is_looked_for(words: &str) -> bool {
    let mut words = words.split(|ch: char| ch.is_whitespace() || SIGNS.contains(&ch)).filter(|word| !word.is_empty());
    let is_short = words.clone().nth(2).is_none();
    is_short && words.all(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// Tells whether words are one name in initials or a part of a phone, in which nobody says anything: `lxy`, `138`.
fn is_initials(words: &str) -> bool {
    is_looked_for(words) && !words.contains(char::is_whitespace)
}

/// Takes the sign from the front.
fn bare(line: &str) -> &str {
    line.trim_start().trim_start_matches(SIGNS)
}

/// Gives who came so far, and who of them left.
pub(super) fn came(gathering: Option<&Gathering>) -> Vec<(Name, Here)> {
    let guests = gathering.map(|gathering| gathering.present.as_slice()).unwrap_or_default();
    let of = |guest: &Guest| if guest.presence.left.is_some() { Here::Left } else { Here::Yes };
    guests.iter().map(|guest| (guest.face.name, of(guest))).collect()
}

impl Adding {
    /// Asks who fits, in the village of the talk first.
    pub fn ask(&mut self, line: &str, gathering: Option<&Gathering>, desk: &mut Desk) {
        bare(line).trim().clone_into(&mut self.typed);
        self.village = gathering.map(|gathering| gathering.talk.village.clone()).unwrap_or_default();
        self.widened = self.village.is_empty();
        (self.beyond, self.asked_for_others, self.asked_for_gone) = (false, false, None);
        self.list = List::new();
        self.send(desk);
    }

    fn send(&mut self, desk: &mut Desk) {
        let (village, typed) = (self.village.clone(), self.typed.clone());
        self.asked = Some(desk.session.ask(Ask::FindHere { village, is_wide: self.widened, typed, most: MOST }));
    }

    /// Takes what was found; where nobody is left in the village all others are asked for.
    pub fn found(
        &mut self,
        ticket: Ticket,
        hits: &Hits,
        faces: &[Face],
        gathering: Option<&Gathering>,
        desk: &mut Desk,
    ) {
        if self.asked != Some(ticket) {
            return;
        }
        self.asked = None;
        self.take(hits, faces, gathering);
        if self.widen() {
            self.send(desk);
        }
    }

    /// Looks through all villages where nobody in this one is left; tells whether it does so now.
    fn widen(&mut self) -> bool {
        let widens = self.is_nobody_left() && !self.widened;
        if widens {
            (self.widened, self.beyond) = (true, !self.faces.is_empty());
        }
        widens
    }

    fn take(&mut self, hits: &Hits, faces: &[Face], gathering: Option<&Gathering>) {
        self.total = hits.total;
        self.faces = faces.to_vec();
        self.came = Vec::new();
        self.follow(gathering);
    }

    /// Tells how a household stands in the talk.
    pub fn here(&self, household: Name) -> Here {
        self.came.iter().find(|(name, _)| *name == household).map_or(Here::No, |(_, here)| *here)
    }

    /// Tells whether nobody was found who is not there.
    fn is_nobody_left(&self) -> bool {
        self.faces.iter().all(|face| self.here(face.name) == Here::Yes)
    }

    /// Tells whether it is known that nobody fits.
    fn is_nobody(&self) -> bool {
        self.faces.is_empty() && !self.is_busy()
    }

    /// Tells whether Enter found nobody for just these words, as long as a name at most.
    fn is_refused(&self, words: &str) -> bool {
        words == self.refused && (is_looked_for(words) || words.chars().nth(NAME).is_none())
    }

    /// Asks once before one key adds households of another village than the talk is in: a group has the same number in each.
    fn asks_for_others(&mut self, found: &[Face]) -> Option<Said> {
        let others: Vec<&Face> = found.iter().filter(|face| face.village != self.village).collect();
        let first = others.first().filter(|_| !self.village.is_empty())?;
        if std::mem::replace(&mut self.asked_for_others, true) {
            return None;
        }
        let words = t(
            "其中 {n} 户是别的村的 ({village}). 真要都加, 再按一次.",
            "{n} of them {n:is|are} of another village ({village}). If all are meant, once more.",
        );
        Some(words.with("n", others.len()).with("village", clean::line(&for_other_eyes(&first.village))))
    }

    /// Asks once before a household comes that moved out, or whose head died: it would have a visit.
    fn asks_for_gone(&mut self, found: &[Face], desk: &Desk) -> Option<Said> {
        let [one] = found else { return None };
        if !is_gone(one, desk) || self.here(one.name) != Here::No || self.asked_for_gone == Some(one.name) {
            return None;
        }
        self.asked_for_gone = Some(one.name);
        let words = t(
            "{head} 家名册上是{standing}. 真有人来了, 再按一次.",
            "{head} is listed as {standing}. If somebody of it came, once more.",
        );
        Some(words.with("head", clean::line(&one.head)).with_words("standing", one.standing.clone()))
    }

    /// Looks at once where the answer is still to come: what becomes of the words must not hang on how fast they were typed.
    pub fn settle(&mut self, gathering: Option<&Gathering>, desk: &Desk) {
        if self.is_busy() {
            self.look(gathering, desk);
        }
    }

    /// Tells whether another page has asked since, so that the question is not answered any more.
    pub fn is_overtaken(&self, by: Ticket) -> bool {
        self.asked.is_some_and(|mine| mine < by)
    }

    /// Puts those last who are there; who was just added may be known so only after the names were found.
    pub fn follow(&mut self, gathering: Option<&Gathering>) {
        let count = |adding: &Self| adding.faces.iter().filter(|face| adding.here(face.name) == Here::Yes).count();
        let all = self.total + count(self);
        self.came = came(gathering);
        self.total = all.saturating_sub(count(self));
        let mut faces = std::mem::take(&mut self.faces);
        faces.sort_by_key(|face| self.here(face.name));
        self.faces = faces;
    }

    /// Looks without waiting; a search takes a few milliseconds among a million households.
    pub fn look(&mut self, gathering: Option<&Gathering>, desk: &Desk) {
        let Some(house) = desk.session.house() else { return };
        loop {
            let hits = house.find_here(&self.village, self.widened, &self.typed, MOST, &|| true);
            let Some(hits) = hits else { return };
            let faces = house.faces_found(&hits, &self.typed, desk.now.wall_ms);
            self.take(&hits, &faces, gathering);
            if !self.widen() {
                break;
            }
        }
        self.asked = None;
    }

    /// Forgets what was typed: the box is closed.
    pub fn forget(&mut self) {
        self.typed.clear();
    }

    pub fn is_busy(&self) -> bool {
        self.asked.is_some()
    }

    pub fn scroll(&mut self) -> Scroll<'_> {
        Scroll { list: &mut self.list, len: self.faces.len() }
    }
}

/// Tells whether a household moved out, or its head died.
fn is_gone(face: &Face, desk: &Desk) -> bool {
    desk.session.house().and_then(|house| house.household(face.name).ok()).is_some_and(|household| household.is_gone())
}

impl Talk {
    /// Drops a sign that was left over before a sentence.
    pub(super) fn drop_sign(&mut self) {
        if self.is_adding()
            && let Some(rest) = sentence(self.field.text()).map(str::to_owned)
        {
            let cursor = self.field.cursor().saturating_sub(self.field.text().len() - rest.len());
            self.field.set(&rest, cursor);
        }
    }

    /// Takes out a sign that was typed where one stands already: the box was open.
    pub(super) fn one_sign(&mut self) {
        let line = self.field.text();
        let rest = line.trim_start_matches(|ch: char| SIGNS.contains(&ch) || ch.is_whitespace());
        let before = line.len() - rest.len();
        if self.is_adding() && line.get(..before).is_some_and(|before| before.matches(SIGNS).nth(1).is_some()) {
            let cursor = self.field.cursor().saturating_sub(before) + 1;
            let line = format!("@{rest}");
            self.field.set(&line, cursor);
        }
    }

    /// Puts the sign back where it was erased together with a name: the next one is a name too.
    pub(super) fn keep_sign(&mut self) {
        let rest = self.field.text().trim_start();
        let is_erased = !self.adding.typed.is_empty() && self.adding.typed.ends_with(rest.trim_end());
        if is_erased && !self.is_adding() && matches!(self.mode, super::Mode::Line) && self.changing.is_none() {
            let line = format!("@{rest}");
            self.field.set(&line, 1);
        }
        if !self.is_adding() {
            self.adding.forget();
        }
    }

    /// Takes a name for which nobody was found out of the line where the sign comes once more: the next one was never its end.
    /// Of that very name it must be known. What may be words somebody said goes only where Enter found nobody for it.
    pub(super) fn next_name(&mut self, desk: &Desk) {
        if !self.is_adding() {
            return;
        }
        let Some((before, rest)) = bare(self.field.text()).rsplit_once(SIGNS) else { return };
        let before = before.trim();
        if before != self.adding.typed {
            return;
        }
        self.adding.settle(self.gathering.as_ref(), desk);
        let is_name = is_initials(before) || self.adding.is_refused(before);
        if is_name && self.adding.is_nobody() {
            let (line, behind) = (format!("@{rest}"), self.field.text().len() - self.field.cursor());
            self.field.set(&line, line.len().saturating_sub(behind));
        }
    }

    /// Gives what stands behind the sign where nobody is called so: it was a sentence, and stays when the box is closed. What was
    /// no sentence is gone with the sign.
    pub(super) fn left_behind(&self) -> String {
        let said = bare(self.field.text()).trim();
        let is_short = is_looked_for(said) || said.chars().nth(NAME - 1).is_none();
        let is_name = is_initials(said) || is_short && said == self.adding.refused;
        let is_sentence = self.is_adding() && self.adding.is_nobody() && !is_name;
        if is_sentence { said.to_owned() } else { String::new() }
    }

    /// Tells whether the line says who comes.
    pub(super) fn is_adding(&self) -> bool {
        matches!(self.mode, super::Mode::Line) && self.changing.is_none() && is_adding(self.field.text())
    }

    /// Names who comes, apart from those of that name who are there or live in the village.
    fn named(&self, face: &Face, desk: &Desk) -> String {
        let present = self.gathering.iter().flat_map(|gathering| &gathering.present).map(|guest| guest.face.clone());
        let mut listed: Vec<Face> = present.chain(self.adding.faces.iter().cloned()).collect();
        if let Some(house) = desk.session.house() {
            let words = format!("{} {} {}", face.town, face.village, face.head);
            let hits = house.find(&words, MOST, &|| true).unwrap_or_default();
            listed.extend(house.faces_found(&hits, &words, desk.now.wall_ms));
        }
        match Namesakes::of(face, &listed, desk.lang).own(&APART) {
            Some(word) => format!("{} {word}", face.head),
            None => face.head.clone(),
        }
    }

    /// Puts the sign into the line.
    pub(super) fn begin_adding(&mut self, desk: &mut Desk) -> Go {
        if !self.field.text().trim().is_empty() {
            return Go::say(t(
                "先按 Enter 记下这一句, 再加户; 还没加的户说的, 先写 0#.",
                "Put this line down with Enter first; 0# for who is still to be added.",
            ));
        }
        self.field.set("@", usize::MAX);
        self.adding.ask("@", self.gathering.as_ref(), desk);
        Go::Stay
    }

    /// Adds the selected household, or every one that was found; the next name can be typed at once.
    pub(super) fn add(&mut self, all: bool, desk: &mut Desk) -> Go {
        // Enter came before the answer: the names typed next must not wait for it.
        self.adding.settle(self.gathering.as_ref(), desk);
        // One key too many would bring the whole village, each with a visit that counts.
        if all && self.adding.typed.is_empty() {
            return Go::say(t(
                "先打一组再全加, 如 3组; 加完了按 Esc.",
                "Type a group first, such as 3组; Esc when all are there.",
            ));
        }
        // One Enter too many after the last name would bring a stranger in.
        if !all && self.adding.typed.is_empty() && self.adding.list.selected() == 0 {
            return Go::say(t(
                "打名字首字母找, 或用 Down 选一户; 加完了按 Esc.",
                "Type initials of the name, or choose with Down; Esc when all are there.",
            ));
        }
        let mut gone = 0;
        let found: Vec<Face> = if all {
            if self.adding.total > MOST {
                return Go::say(
                    t("找到 {n} 户, 太多了; 再写上村或组.", "{n} were found, too many; add the village or group.")
                        .with("n", self.adding.total),
                );
            }
            // Who left early comes back only where somebody says so of that household: its time runs on.
            let is_new = |face: &&Face| self.adding.here(face.name) == Here::No;
            let new = self.adding.faces.iter().filter(is_new);
            // Nor does one that moved out, or whose head died.
            let (out, new): (Vec<Face>, Vec<Face>) = new.cloned().partition(|face| is_gone(face, desk));
            gone = out.len();
            new
        } else {
            let last = self.adding.faces.len().saturating_sub(1);
            self.adding.faces.get(self.adding.list.selected().min(last)).cloned().into_iter().collect()
        };
        let left = self.adding.faces.iter().filter(|face| self.adding.here(face.name) == Here::Left).count();
        if all && found.is_empty() && left > 0 {
            return Go::say(t(
                "找到的都来过, 先走的没有加: 谁回来了, 选中他按 Enter.",
                "All of them came, and who left stays so: select who is back and press Enter.",
            ));
        }
        if all && found.is_empty() && gone > 0 {
            return Go::Say(
                t(
                    "没有加: 找到的 {n} 户迁出或去世了. 真有人来了, 选中按 Enter.",
                    "None added: {n} found moved out or died. If somebody came, select it and press Enter.",
                )
                .with("n", gone),
            );
        }
        let is_here = |face: &Face| self.adding.here(face.name) == Here::Yes;
        let is_known = self.adding.beyond || !self.adding.faces.is_empty();
        if found.iter().all(is_here) && is_known {
            return Go::say(t("已经到了.", "Here already."));
        }
        if self.adding.beyond {
            (self.adding.beyond, self.adding.asked_for_others) = (false, all);
            return Go::say(t(
                "本村的已经到了, 这是别的村的. 真是他家, 再按一次.",
                "Those of this village are here; this is another one. If it is meant, once more.",
            ));
        }
        if all && let Some(question) = self.adding.asks_for_others(&found) {
            return Go::Say(question);
        }
        if found.is_empty() {
            self.adding.refused = self.adding.typed.clone();
            return Go::say(t(
                "没有找到. 换个词, 或 Ctrl-N 新建这一户.",
                "None was found. Try other words, or make it with Ctrl-N.",
            ));
        }
        if let Some(question) = self.adding.asks_for_gone(&found, desk) {
            return Go::Say(question);
        }
        let names: Vec<String> = found.iter().map(|face| face.name.to_string()).collect();
        let said = match found.as_slice() {
            [one] if self.adding.here(one.name) == Here::Left => self.is_back(&self.named(one, desk)),
            many if all && left > 0 => {
                t("到了 {n} 户; 先走的 {left} 户没有加.", "{n} {n:household|households} came; {left} who left stay so.")
                    .with("n", many.len())
                    .with("left", left)
            }
            [one] => t("{head} 到了.", "{head} came.").with("head", self.named(one, desk)),
            many => t("到了 {n} 户.", "{n} {n:household|households} came.").with("n", many.len()),
        };
        let said = if gone > 0 {
            let words = t("迁出去世的 {n} 户没有加.", "Not added, moved out or died: {n}.");
            said.then(words.with("n", gone))
        } else {
            said
        };
        // Found again after a kill, the name of one who has come would be looked for once more.
        let place = self.place();
        let come = Request::new("talk.come").with_name("talk", self.name).with("households", names);
        self.ask(come.consuming(&place), desk);
        self.begin_name(desk);
        Go::Say(said)
    }

    /// Empties the box for the next name.
    fn begin_name(&mut self, desk: &mut Desk) {
        self.field.set("@", usize::MAX);
        desk.keep(&self.place(), (self.field.text().to_owned(), self.field.cursor()));
        self.adding.ask("@", self.gathering.as_ref(), desk);
    }

    /// Opens the form of a household that is on no roster, with the name that was looked for; once it is recorded it comes.
    pub(super) fn make(&mut self) -> Go {
        let Some(gathering) = &self.gathering else { return Go::Stay };
        self.making = Some(gathering.present.len());
        Go::open(NewHousehold::named(bare(self.field.text()).trim()).coming_to(&gathering.talk))
    }

    /// Goes on with the next name once the household that was made here is there.
    pub(super) fn follow_made(&mut self, desk: &mut Desk) {
        let present = self.gathering.as_ref().map_or(0, |gathering| gathering.present.len());
        if self.making.is_some_and(|before| present > before) {
            self.making = None;
            if self.is_adding() {
                self.begin_name(desk);
            }
        }
    }
}
