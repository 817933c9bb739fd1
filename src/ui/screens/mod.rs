//! Screens: one file each, one word each in the list below.

use super::keys::Line;
use super::page::{Face, Keyed};
use crate::text::Text;

mod alike;
mod another;
mod answer;
mod astray;
mod beside;
mod browse;
mod campaign_key;
mod card;
mod check;
mod compared;
mod declared_again;
#[cfg(test)]
pub(super) mod demo;
mod disputes;
mod doubts;
mod entry_row;
mod exchange;
mod foreseen;
mod halves;
mod handover;
mod import;
mod imports;
mod issues;
mod joining;
mod laptop;
mod lately;
mod lookup;
mod nearby;
mod parallel;
mod passphrase;
mod pressed;
mod reading;
mod reasons;
mod resume;
mod reworded;
mod righting;
mod settled;
mod setup;
mod start;
mod talk;
mod twice;
mod twins;
mod under_way;
mod unlisted;
mod unlock;
mod unsaid;
mod visit;
mod ways;
mod when;
mod wrapup;

pub use another::Another;
pub use beside::{Beside, Known};
pub use browse::Browse;
pub use campaign_key::CampaignKey;
pub use card::{Appoint, Audit, Card, Facts, FromPaper, History, Person};
pub use check::Check;
pub use compared::Compared;
pub use disputes::Disputes;
pub use doubts::Doubts;
pub use exchange::Exchange;
pub use foreseen::Households;
pub(super) use halves::is_roomy;
pub use handover::HandOver;
pub use import::Import;
pub use imports::Imports;
pub use issues::{Issues, OneIssue, TakeStep};
pub use laptop::Laptop;
pub use lookup::{Lookup, NewHousehold};
pub use parallel::Parallels;
pub use passphrase::Passphrase;
pub use resume::Resume;
pub use righting::SetRight;
pub use setup::Setup;
pub use start::{Start, far};
pub use talk::{Talk, TalkBegin, TalkEnd, TalkPlace, unfinished, visit_runs};
pub use twins::Twins;
pub use unlock::Unlock;
pub use visit::Visit;
pub use wrapup::WrapUp;

#[cfg(test)]
use demo::Demo;

/// Makes the list of screens into one type and one catalogue of key tables.
macro_rules! pages {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {
        /// Any screen.
        #[derive(Debug, PartialEq)]
        pub enum Page {
            $($(#[$meta])* #[doc = concat!("See [`", stringify!($name), "`].")] $name($name),)+
        }

        $($(#[$meta])* impl From<$name> for Page {
            fn from(screen: $name) -> Self {
                Self::$name(screen)
            }
        })+

        impl Page {
            pub(super) fn face(&self) -> &dyn Face {
                match self {
                    $($(#[$meta])* Self::$name(screen) => screen,)+
                }
            }

            pub(super) fn face_mut(&mut self) -> &mut dyn Face {
                match self {
                    $($(#[$meta])* Self::$name(screen) => screen,)+
                }
            }
        }

        /// Gives every place of every screen with its rows.
        pub(super) fn places() -> Vec<(Text, Option<Text>, Vec<Line>)> {
            let mut all = Vec::new();
            $($(#[$meta])* all.extend(<$name as Keyed>::TABLES.iter().map(|table| {
                (table.place, table.hint, table.lines().collect())
            }));)+
            all
        }

        /// Gives the sentence of every place for whoever hesitates.
        #[cfg(test)]
        pub(super) fn advices() -> Vec<Text> {
            let mut all = Vec::new();
            $($(#[$meta])* all.extend(<$name as Keyed>::TABLES.iter().filter_map(|table| table.advice));)+
            all
        }
    };
}

pages! {
    Start,
    Unlock,
    Setup,
    Laptop,
    Passphrase,
    Lookup,
    NewHousehold,
    Browse,
    Card,
    Facts,
    Person,
    Appoint,
    FromPaper,
    History,
    Audit,
    Visit,
    WrapUp,
    TalkBegin,
    Talk,
    TalkEnd,
    TalkPlace,
    Resume,
    Issues,
    OneIssue,
    TakeStep,
    Exchange,
    Households,
    SetRight,
    CampaignKey,
    HandOver,
    Import,
    Imports,
    Check,
    Doubts,
    Disputes,
    Parallels,
    Compared,
    Twins,
    Another,
    #[cfg(test)]
    Demo,
}
