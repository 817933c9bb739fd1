//! By whom a household was found: somebody whose name its line does not show has to be named there.

use super::flat::{Builder, Flat};
use super::marks::Marks;
use super::row::{Member, Row};
use super::token::{Token, tokens};

/// What was typed, to be held against the households that were found.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    tokens: Vec<Token>,
}

/// How a person belongs to a household, as far as finding goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie<'a> {
    /// Another name that people say for the household: 小名, spouse.
    Also(&'a str),
    /// A member of the family.
    Member(&'a Member),
}

impl Asked {
    /// Takes a typed line apart.
    pub fn of(typed: &str) -> Self {
        Self { tokens: tokens(typed) }
    }

    /// Gives the first of some people by whom a household was found. `own` is its row without anybody but the head; people
    /// are asked for only where something was typed that it does not say.
    pub fn by<P>(&self, own: &Row, people: impl FnOnce() -> Vec<P>, tie: impl Fn(&P) -> Tie<'_>) -> Option<P> {
        if self.tokens.is_empty() {
            return None;
        }
        let known = flat(own);
        let left: Vec<&Token> = self.tokens.iter().filter(|token| !says(&known, token)).collect();
        if left.is_empty() {
            return None;
        }
        people().into_iter().find(|person| {
            let person = flat(&alone(tie(person)));
            left.iter().any(|token| says(&person, token))
        })
    }
}

/// Makes a row of one person and nothing else.
fn alone(tie: Tie<'_>) -> Row {
    match tie {
        Tie::Also(name) => Row { also: vec![name.into()], ..Row::default() },
        Tie::Member(member) => Row { members: vec![member.clone()], ..Row::default() },
    }
}

fn flat(row: &Row) -> Flat {
    let mut builder = Builder::default();
    builder.push(0, row);
    builder.finish().0
}

fn says(flat: &Flat, token: &Token) -> bool {
    [Flat::mark, Flat::mark_sound].into_iter().any(|mark| {
        let mut marks = Marks::none(1, &|| true);
        mark(flat, token, &mut marks);
        !marks.is_empty()
    })
}
