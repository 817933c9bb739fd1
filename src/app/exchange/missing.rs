//! What is missing: records that somebody wrote and that have not come here, and who has them. It never blocks the rest.

use std::collections::BTreeMap;

use crate::app::rosters::imports;
use crate::app::{House, Peers};
use crate::domain::{Name, Writer};
use crate::hanzi::clean;
use crate::log::Ranges;
use crate::text::{Said, t};

/// Records of one laptop that have not come here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Whose: its group and people, as it introduced itself, or as another laptop told of it.
    pub whose: Option<Writer>,
    /// They are of a roster, which is nobody's: how its list is called, empty where nobody's import of it has come here.
    pub of_roster: Option<String>,
    /// How many.
    pub count: u64,
    /// The numbers of the first piece: from, to.
    pub first: (u32, u32),
    /// Who is known to have them: groups and people of other laptops. Empty: ask the laptop that wrote them.
    pub holders: Vec<Writer>,
}

/// A laptop, and a roster: what is missing is counted by these.
type Whose = (Option<u64>, Option<String>);

impl House {
    /// Gives what is missing of what is known to exist: gaps in a writer's numbers, and what other laptops said they have.
    pub fn missing(&self, peers: &Peers) -> Vec<Missing> {
        let known = self.view().known();
        let mut missing = known.holes();
        for peer in peers.iter() {
            missing.extend(&peer.has.without(&known));
        }
        self.of_whom(&missing, peers)
    }

    /// Says of whom records are missing, and who has them.
    pub fn of_whom(&self, missing: &Ranges, peers: &Peers) -> Vec<Missing> {
        let known = self.view().known();
        let mut found: BTreeMap<Whose, (Option<Writer>, Ranges)> = BTreeMap::new();
        self.shelf(|shelf, view| {
            let mut lists = None;
            for (writer, first, last) in missing.iter() {
                let whose = shelf.writer(writer).or_else(|| peers.introduced(writer));
                // Only a roster has an operation 0: its head.
                let head = Name::new(writer, 0);
                let is_of_roster = known.contains(head) || missing.contains(head);
                let of_roster = is_of_roster.then(|| {
                    let lists = lists.get_or_insert_with(|| imports::called(shelf, view));
                    lists.get(&writer).cloned().unwrap_or_default()
                });
                let laptop = whose.map(|whose| whose.laptop);
                let (_, records) =
                    found.entry((laptop, of_roster)).or_insert_with(|| (whose.cloned(), Ranges::default()));
                records.insert_range(writer, first, last);
            }
        });
        let one = |((laptop, of_roster), (whose, records)): (_, (_, Ranges))| Missing {
            whose,
            of_roster,
            count: records.count(),
            first: records.iter().next().map_or((0, 0), |(_, first, last)| (first, last)),
            holders: holders(&records, laptop, peers),
        };
        found.into_iter().map(one).collect()
    }
}

/// Gives the laptops that have some of the records, but for the one that wrote them: who has most of them first.
fn holders(records: &Ranges, own: Option<u64>, peers: &Peers) -> Vec<Writer> {
    let others = peers.iter().filter(|peer| Some(peer.who.laptop) != own);
    let lacks = others.map(|peer| (records.without(&peer.has).count(), &peer.who));
    let mut holders: Vec<(u64, &Writer)> = lacks.filter(|(lacks, _)| *lacks < records.count()).collect();
    holders.sort_by_key(|(lacks, _)| *lacks);
    holders.into_iter().map(|(_, who)| who.clone()).collect()
}

impl Missing {
    /// Tells whether there is more than the first piece.
    pub fn is_in_pieces(&self) -> bool {
        u64::from(self.first.1 - self.first.0) + 1 < self.count
    }

    /// Says it in one sentence: `缺 二组 张文彬 40 条 (第 41-80 条), 一组 陈明 那里有, 请再导出一次`.
    pub fn said(&self) -> Said {
        let (first, last) = self.first;
        // Numbers tell nothing where nobody knows whose they are: the introduction is among what is missing.
        let said = match (&self.whose, self.of_roster.as_deref()) {
            (Some(whose), _) => Said::from(t(
                "缺 {whose} {n} 条 (第 {first}-{last} 条{more}), {ask}",
                "{n} {n:record|records} of {whose} {n:is|are} missing ({first}-{last}{more}); {ask}",
            ))
            .with_words("whose", named(whose)),
            (None, Some("")) => {
                t("缺 {n} 条 (一份名册里的), {ask}", "{n} {n:record|records} of a roster {n:is|are} missing; {ask}")
                    .into()
            }
            (None, Some(list)) => t(
                "缺 {n} 条 (名册 {list} 里的), {ask}",
                "{n} {n:record|records} of the roster {list} {n:is|are} missing; {ask}",
            )
            .with("list", clean::line(list)),
            (None, None) => t(
                "缺 {n} 条 (谁写的, 来了才知道), {ask}",
                "{n} {n:record|records} {n:is|are} missing (whose is known once {n:it is|they are} here); {ask}",
            )
            .into(),
        };
        let more = if self.is_in_pieces() { t(" 等", " and more") } else { t("", "") };
        let ask = match self.holders.first() {
            Some(holder) => Said::from(t("{who} 那里有, 请再导出一次", "{who} has them: ask for another export"))
                .with_words("who", named(holder)),
            None if self.of_roster.is_some() => {
                t("请导入过它的电脑再导出一次", "ask a laptop that imported it for another export").into()
            }
            None => t("请原来那台电脑再导出一次", "ask that laptop for another export").into(),
        };
        said.with("n", self.count)
            .with("first", first)
            .with("last", last)
            .with_words("more", more)
            .with_words("ask", ask)
    }
}

/// Names a laptop by its group and people, else by its code.
fn named(writer: &Writer) -> Said {
    let people = writer.visitors.join("、");
    let words: Vec<&str> =
        [writer.group.as_str(), people.as_str()].into_iter().filter(|word| !word.is_empty()).collect();
    let name = if words.is_empty() { writer.code.clone() } else { words.join(" ") };
    t("{name}", "{name}").with("name", name)
}

#[cfg(test)]
mod tests {
    use super::{Missing, holders};
    use crate::app::Peers;
    use crate::domain::Writer;
    use crate::log::Ranges;
    use crate::text::Lang;

    #[test]
    fn who_has_most_of_them_is_asked_first_and_who_has_none_or_wrote_them_is_not_among_those_who_have_them() {
        let upto = |last: u32| {
            let mut ranges = Ranges::default();
            ranges.insert_range(7, 1, last);
            ranges
        };
        let mut peers = Peers::default();
        for (laptop, last) in [(1, 10), (2, 40), (3, 80)] {
            peers.note(&Writer { laptop, ..Writer::default() }, &upto(last), 5);
        }
        let missing = upto(80).without(&upto(20));
        let asked: Vec<u64> = holders(&missing, None, &peers).iter().map(|who| who.laptop).collect();
        assert_eq!(asked, [3, 2]);
        assert_eq!(holders(&missing, Some(3), &peers).len(), 1);
    }

    // It said "缺 还不认识的电脑 2 条 (第 1-2 条)" of an evening whose first record was among what was missing.
    #[test]
    fn what_nobody_has_introduced_has_no_numbers_but_somebody_to_ask() {
        let writer =
            |group: &str, who: &str| Writer { group: group.into(), visitors: vec![who.into()], ..Writer::default() };
        let some = |whose| Missing {
            whose,
            of_roster: None,
            count: 40,
            first: (41, 80),
            holders: vec![writer("一组", "陈明")],
        };
        assert_eq!(
            some(Some(writer("二组", "张文彬"))).said().say(Lang::Zh),
            "缺 二组 张文彬 40 条 (第 41-80 条), 一组 陈明 那里有, 请再导出一次"
        );
        let listed = Missing { of_roster: Some("东里东村.xlsx".into()), ..some(None) };
        assert_eq!(listed.said().say(Lang::Zh), "缺 40 条 (名册 东里东村.xlsx 里的), 一组 陈明 那里有, 请再导出一次");
        let roster = Missing { of_roster: Some(String::new()), ..some(None) };
        assert_eq!(roster.said().say(Lang::Zh), "缺 40 条 (一份名册里的), 一组 陈明 那里有, 请再导出一次");
        let roster = Missing { holders: Vec::new(), ..roster };
        assert_eq!(roster.said().say(Lang::Zh), "缺 40 条 (一份名册里的), 请导入过它的电脑再导出一次");
        assert_eq!(some(None).said().say(Lang::Zh), "缺 40 条 (谁写的, 来了才知道), 一组 陈明 那里有, 请再导出一次");
    }
}
