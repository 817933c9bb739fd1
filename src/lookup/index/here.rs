//! Here: who is looked for where people of one village sit together. A word in letters that says only where they all are says
//! nobody: `lz` is no household of 东里镇.
//!
//! Of a household of that village neither the village nor its township counts, of another village of that township the township
//! does not. Of several words in letters one has to be somebody's: `dl zsf` finds 张守富 of 东里东村. Where a word in 汉字 or a
//! number stands beside them, that one says who is meant, and all of them count as they always do: `dl 3组`, `dl 张守富`.

use std::collections::BTreeSet;

use super::super::flat::Flat;
use super::super::marks::{Marks, Wanted};
use super::super::token::{Script, Token, tokens};
use super::{Found, Index, Part};

impl Index {
    /// Answers a line as [`Index::find`] does, typed at a place in `village`: of its households alone, or of all where it is wide.
    pub fn find_here(
        &self,
        village: &str,
        is_wide: bool,
        typed: &str,
        most: usize,
        wanted: Wanted<'_>,
    ) -> Option<Found> {
        let asked = tokens(typed);
        let place = if is_wide { Vec::new() } else { tokens(village) };
        let all: Vec<Token> = place.iter().chain(&asked).cloned().collect();
        let (mut found, mut marks) = self.matching(&all, wanted)?;
        self.leave_out(village, &asked, wanted, &mut marks)?;
        self.best(&marks, most, &mut found);
        Some(found)
    }

    /// Takes the households out that words say only by the place, where all of them are in letters.
    fn leave_out(&self, village: &str, asked: &[Token], wanted: Wanted<'_>, all: &mut [Marks<'_>]) -> Option<()> {
        if asked.iter().any(|token| token.script != Script::Letters) || asked.is_empty() {
            return Some(());
        }
        let places = self.parts.iter().flat_map(|part| part.flat.places());
        let towns: BTreeSet<&str> =
            places.filter(|place| place.village == village).map(|place| place.town.as_str()).collect();
        let mut named: Vec<Marks<'_>> = self.parts.iter().map(|part| Marks::none(part.flat.len(), wanted)).collect();
        for token in asked {
            let mut own = self.marks(token, wanted, Flat::mark_household)?;
            if own.iter().all(Marks::is_empty) {
                own = self.marks(token, wanted, Flat::mark_household_sound)?;
            }
            for ((part, named), own) in self.parts.iter().zip(&mut named).zip(&own) {
                named.or(own);
                part.flat.mark_villages(token, |other| other != village, named);
            }
        }
        for ((part, named), all) in self.parts.iter().zip(&named).zip(all) {
            part.leave_out(village, &towns, named, all);
        }
        Some(())
    }
}

impl Part {
    fn leave_out(&self, village: &str, towns: &BTreeSet<&str>, named: &Marks<'_>, all: &mut Marks<'_>) {
        let near = self.flat.places().iter().filter(|place| place.village == village || towns.contains(&*place.town));
        for row in near.flat_map(|place| place.rows.clone()).filter(|row| !named.has(*row)) {
            all.clear(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::row::{Member, Row};
    use super::Index;

    fn index() -> Index {
        let row = |head: &str, town: &str, village: &str| Row {
            head: head.into(),
            town: town.into(),
            village: village.into(),
            group: Some(3),
            ..Row::default()
        };
        let mut rows = vec![
            row("张守富", "东里镇", "东里东村"),
            row("李桂英", "东里镇", "东里东村"),
            row("王成友", "东里镇", "东里西村"),
            row("孙传宝", "南麻街道", "刘庄"),
        ];
        rows[0].phones = vec!["13853305555".into()];
        rows[1].members = vec![Member::named("李珍")];
        Index::build((0..).zip(rows))
    }

    // `lz`, of whom there was nobody, found the whole village: l and z stand in 东里镇.
    #[test]
    fn letters_that_say_only_where_all_of_them_are_find_nobody() {
        let found = |is_wide, typed: &str| {
            let mut found = index().find_here("东里东村", is_wide, typed, 10, &|| true).unwrap().slots;
            found.sort_unstable();
            found
        };
        assert_eq!(index().find("东里东村 lz", 10, &|| true).unwrap().total, 2);
        assert_eq!(found(false, "lz"), [1], "the member 李珍, and nobody by the township");
        assert_eq!(found(false, "dldc"), Vec::<u32>::new());
        assert_eq!(found(false, "dl zsf"), [0]);
        // A group, a name written out or a number says who is meant, and no other village has to be looked through.
        for typed in ["dl 3组", "3组 dl"] {
            assert_eq!(found(false, typed), [0, 1], "{typed}");
        }
        assert_eq!(found(false, "dl 张守富"), [0]);
        assert_eq!(found(false, "dl 1385330"), [0]);
        assert_eq!(found(true, "dl 3组"), [0, 1, 2]);
        assert_eq!(found(true, "dl zsf"), [0]);
        assert_eq!(found(false, "东里 3组"), [0, 1]);
        assert_eq!(found(false, ""), [0, 1]);
        // Of all villages: the others by their own name, and not by the township that is this one's too.
        assert_eq!(found(true, "lz"), [1, 3]);
        assert_eq!(found(true, "dlxc"), [2]);
        assert_eq!(found(true, "dlz"), Vec::<u32>::new());
    }
}
