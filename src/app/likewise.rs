//! 3户也说过类似的: what other households of the village said before, so that one problem is not taken for three.

use super::House;
use crate::domain::similar::Words;
use crate::domain::{Issue, Line, Name, Sort};
use crate::text::Trouble;

/// A sentence of another household of the village. What is confidential is nobody's to see here, and whose it is neither:
/// the neighbours sit at the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearby {
    /// Whose.
    pub household: Name,
    /// When, milliseconds since 1970 UTC.
    pub at: i64,
    /// The sentence.
    pub text: String,
    /// Its words.
    pub words: Words,
    /// The issue it became.
    pub issue: Option<Issue>,
}

impl House {
    /// Reads what the other households of a household's village said, the latest first.
    pub fn said_nearby(&self, household: Name) -> Result<Vec<Nearby>, Trouble> {
        let own = self.household(household)?;
        if own.village.is_empty() {
            return Ok(Vec::new());
        }
        let all = self.households_at(&own.town, &own.village);
        self.shelf(|shelf, view| {
            let home = shelf.home_of(household);
            let mut found = Vec::new();
            for other in all.into_iter().filter(|other| *other != home) {
                let visits: Vec<Name> = shelf.children_of(other, Sort::Visit).collect();
                let mut lines: Vec<Name> =
                    visits.iter().flat_map(|visit| shelf.children_of(*visit, Sort::Line)).collect();
                lines.extend(shelf.children_of(other, Sort::Line));
                lines.sort_unstable();
                lines.dedup();
                if lines.is_empty() {
                    continue;
                }
                for line in lines {
                    let Some(line) = view.record(line)?.as_deref().and_then(Line::read) else { continue };
                    let mut issue = None;
                    for name in shelf.children_of(line.name, Sort::Issue) {
                        issue = view.record(name)?.as_deref().and_then(Issue::read).or(issue);
                    }
                    if issue.as_ref().is_some_and(|issue| issue.confidential) {
                        continue;
                    }
                    let words = Words::of(&line.text);
                    found.push(Nearby { household: other, at: line.at, text: line.text, words, issue });
                }
            }
            found.sort_by_key(|nearby| std::cmp::Reverse(nearby.at));
            Ok(found)
        })
    }
}
