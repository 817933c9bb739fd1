//! Nearby: what others of the village said about the same thing, on the pages of a visit and a talk, and what a sentence becomes
//! that is put down as one more of theirs.

use std::collections::BTreeSet;

use crate::app::Nearby;
use crate::domain::entry::{Entry, IssueLine};
use crate::domain::similar::Words;
use crate::domain::{Class, Field, Issue, Kind, Name, local};
use crate::hanzi::clean;
use crate::text::{Said, Text, t};
use crate::ui::canvas::Canvas;
use crate::ui::list::List;
use crate::ui::theme::Look;

use super::visit::story::Spoken;

pub const COVERED: Text = t("已遮挡, Ctrl-B 再按一次才看得到.", "Covered; Ctrl-B once more shows it.");

pub const NOBODY: Text = t("村里还没有人说过类似的.", "Nobody in the village has said so yet.");

pub const A_NOTE: Text =
    t("那一条是备注, 没有归类; 这一句照常记.", "That one is a note and not classed; put this one down as usual.");

pub const JOINED: Text = t("记作同一件事; 各户各自答复.", "Put down as the same thing; each household is answered.");

pub const ENTER_JOINS: Text = t(
    "Enter 记作同一件事, 照那件归类; 各户各自答复.",
    "Enter: one more of the same thing; each household is answered.",
);

/// Gives the sentences that are about the same thing as an entry and that somebody else said.
pub fn alike<'a>(said: impl IntoIterator<Item = &'a Nearby>, entry: &Entry, own: &[Name]) -> Vec<&'a Nearby> {
    let (Entry::Note(text) | Entry::Issue(IssueLine { text, .. }) | Entry::Unfielded(text)) = entry else {
        return Vec::new();
    };
    let words = Words::of(text);
    let is_others = |nearby: &Nearby| nearby.households.is_empty() || others(nearby, own).next().is_some();
    said.into_iter().filter(|nearby| is_others(nearby) && nearby.words.is_like(&words)).collect()
}

fn others<'a>(nearby: &'a Nearby, own: &'a [Name]) -> impl Iterator<Item = Name> + 'a {
    nearby.households.iter().copied().filter(|household| !own.contains(household))
}

/// Says how many households said something alike, and with which keys it is seen; nothing where nobody did.
pub fn echo(alike: &[&Nearby], own: &[Name], keys: Text) -> Option<Said> {
    let households: BTreeSet<Name> = alike.iter().flat_map(|nearby| others(nearby, own)).collect();
    let said = match households.len() {
        0 if alike.is_empty() => return None,
        0 => t("全村也说过类似的 ({keys})", "the village said so too ({keys})").with_words("keys", keys),
        n => t("{n}户也说过类似的 ({keys})", "{n} said so too ({keys})").with("n", n).with_words("keys", keys),
    };
    Some(said)
}

/// Joins what an entry becomes and what others said.
pub fn with_echo(said: Said, echo: Option<Said>) -> Said {
    match echo {
        Some(echo) => {
            Said::from(t("{said}    {echo}", "{said}    {echo}")).with_words("said", said).with_words("echo", echo)
        }
        None => said,
    }
}

/// Gives what an entry is where it is about the same thing as an issue: classed as that is, unless it was classed already.
pub fn joined(entry: Entry, theirs: &Issue) -> Option<IssueLine> {
    match entry {
        Entry::Issue(issue) if !issue.on_site() => Some(issue),
        Entry::Issue(IssueLine { text, confidential, .. }) => Some(as_theirs(theirs, text, confidential)),
        Entry::Note(text) | Entry::Unfielded(text) => Some(as_theirs(theirs, text, false)),
        _ => None,
    }
}

fn as_theirs(theirs: &Issue, text: String, confidential: bool) -> IssueLine {
    let class = Class::from_word(&theirs.class).filter(|class| *class != Class::OnSite);
    IssueLine {
        field: Field::from_word(&theirs.field).unwrap_or(Field::Other),
        class: class.unwrap_or(Class::General),
        kind: Kind::from_word(&theirs.kind).filter(|kind| *kind != Kind::Stock).unwrap_or(Kind::Problem),
        confidential,
        text,
    }
}

/// Draws the sentences that are alike: when, how it is classed, the words; not whose, as neighbours sit at the table.
pub fn draw(all: &[&Nearby], list: &List, canvas: &mut Canvas<'_>, y: u16, rows: u16) {
    for (row, index) in (y..).zip(list.window(all.len(), rows)) {
        let Some(nearby) = all.get(index) else { continue };
        let selected = list.is_selected(index, all.len());
        canvas.write(0, row, if selected { ">" } else { " " }, Look::Accent);
        let x = canvas.write(2, row, local::short_day(nearby.at), Look::Dim).max(7) + 2;
        let label = Spoken::of(nearby.line, nearby.at, "", nearby.issue.clone()).label(true);
        let label = canvas.say(&label);
        let x = canvas.write(x, row, &label, Look::Dim).max(x + 10) + 2;
        let room = canvas.width().saturating_sub(x);
        canvas.write_cut(x, row, room, &clean::line(&nearby.text), Look::Plain);
        if selected {
            canvas.look(row, Look::Bar);
        }
    }
}
