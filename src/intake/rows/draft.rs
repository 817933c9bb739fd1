//! Drafts: what each row below the header is, and what it says by itself.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::columns::Columns;
use super::super::families::Role;
use super::super::letters::tight;
use super::super::lines::{self, Section, Skip};
use super::super::shape::Shape;
use super::super::sheet::{Row, Sheet};
use super::super::{Guess, MemberRow, RosterRow, Skipped};
use super::entry::Read;
use super::skip;

/// What stands above the first household.
pub(super) struct Above {
    /// The first row below the header.
    pub past: u32,
    /// What titles and tab say of all households.
    pub section: Section,
    pub skipped: Vec<Skipped>,
    titles: Vec<String>,
    /// The year the list is of.
    year: Option<i64>,
}

impl Above {
    /// Reads tab, titles and header.
    pub fn of(sheet: &Sheet, shape: &Shape, guess: &Guess) -> Self {
        let (top, past) = shape.header.map_or((0, 0), |(first, last)| (first, last + 1));
        let (mut skipped, mut titles) = (Vec::new(), Vec::new());
        let mut section = Section::default();
        section.narrow(Section::of_title(&sheet.name, guess));
        for row in sheet.rows().take_while(|row| row.number() < past) {
            if row.number() < top {
                for (_, text) in row.cells() {
                    section.narrow(Section::of_title(text, guess));
                    titles.push(tight(text).into_owned());
                }
                skipped.push(skip(&row, Skip::Title));
            } else {
                skipped.push(skip(&row, Skip::Header));
            }
        }
        let year = titles.iter().find_map(|title| year_in(title));
        Self { past, section, skipped, titles, year }
    }
}

/// Finds the year a list is of: 2021年 in a title, which may be one of 老年人.
fn year_in(title: &str) -> Option<i64> {
    let before = |front: &str| {
        let digits: Vec<char> = front.chars().rev().take(4).collect();
        digits.into_iter().rev().collect::<String>().parse().ok()
    };
    let mut years = title.match_indices('年').filter_map(|(at, _)| before(title.get(..at)?));
    years.find(|year| (2000..=2100).contains(year))
}

/// What holds for all rows of a list.
pub(super) struct List<'a> {
    pub sheet: &'a Sheet,
    pub guess: &'a Guess,
    pub shape: &'a Shape,
    pub columns: &'a Columns,
    pub above: &'a Above,
    pub roles: &'a HashMap<u32, Role>,
}

/// What one row says by itself.
pub(super) enum Draft {
    /// None of the people; after a section line the cells above count no longer.
    Aside {
        why: Skip,
        restarts: bool,
    },
    Household {
        read: Box<Read>,
        section: Arc<Section>,
        first: Option<MemberRow>,
    },
    Member(MemberRow),
    /// A person who can be put into no household.
    Stray(RosterRow),
}

impl<'a> List<'a> {
    /// Gives the year that the list is of.
    pub fn year(&self) -> Option<i64> {
        self.above.year
    }

    /// Gives the rows below the header, from one on.
    pub fn body(&self, from: u32) -> Vec<Row<'a>> {
        let past = self.above.past.max(from);
        self.sheet.rows().filter(|row| row.number() >= past).collect()
    }

    /// Tells which of town, village and group are left blank below the first row of a run.
    pub fn runs(&self) -> [bool; 3] {
        self.columns.runs(self.sheet, self.above.past)
    }

    /// Gives what titles and tab say of all households.
    pub fn section(&self) -> &Section {
        &self.above.section
    }

    /// Tells what a row below the header is, if it is none of the people.
    pub fn aside(&self, row: &Row<'a>) -> Option<(Skip, Option<Section>)> {
        lines::of(row, self.shape, &self.above.titles, self.guess)
    }

    /// Drafts one row.
    pub fn draft(&self, row: &Row<'a>, line: &Line) -> Draft {
        let section = match line {
            Line::Aside { why, restarts } => return Draft::Aside { why: *why, restarts: *restarts },
            Line::People(section) => section,
        };
        match self.roles.get(&row.number()).copied() {
            Some(Role::Member(home)) => match self.member(row, home) {
                Some(member) => Draft::Member(member),
                None => Draft::Stray(self.stray(row, home)),
            },
            role => Draft::Household {
                read: Box::new(self.read(row, section)),
                section: Arc::clone(section),
                first: (role == Some(Role::First)).then(|| self.member(row, row.number())).flatten(),
            },
        }
    }
}

/// What a row below the header is.
pub(super) enum Line {
    /// None of the people.
    Aside { why: Skip, restarts: bool },
    /// People, under a section.
    People(Arc<Section>),
}

/// The section that the rows stand under, from one to the next.
pub(super) struct Sections(Arc<Section>);

impl Sections {
    /// Begins with what holds for the whole list.
    pub fn begin(section: &Section) -> Self {
        Self(Arc::new(section.clone()))
    }

    /// Puts the next row under it.
    pub fn put(&mut self, line: Option<(Skip, Option<Section>)>) -> Line {
        match line {
            None => Line::People(Arc::clone(&self.0)),
            Some((why, None)) => Line::Aside { why, restarts: false },
            Some((why, Some(line))) => {
                Arc::make_mut(&mut self.0).narrow(line);
                Line::Aside { why, restarts: true }
            }
        }
    }
}
