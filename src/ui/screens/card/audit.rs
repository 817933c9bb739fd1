//! 记录来历: who recorded what about a household, when, on which laptop; also what no longer stands.
//!
//! Keystrokes: from the history, Tab for all of the household, Enter for what the cursor is at: one issue, one visit, one
//! member; from a line of the facts, Tab for that fact alone, from a line of a member Ctrl-F; arrows and page keys. Covered, what only the card may show is
//! left out.

use crate::app::{Ask, Message, Traced};
use crate::domain::facts::{self, Eyes};
use crate::domain::{Name, Sort, local};
use crate::text::{Said, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::glance;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{Column, List, Scroll, draw_headed};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::pending::Pending;
use crate::ui::screens::Beside;
use crate::ui::theme::Look;

/// Rows around the list: the sentence above it, a blank, the heads.
const AROUND: u16 = 3;

const COLUMNS: [Column; 5] = [
    Column::new(t("时间", "When"), 16),
    Column::new(t("谁", "Who"), 8),
    Column::new(t("电脑", "Laptop"), 8).drops(2),
    Column::new(t("什么", "What"), 14).worded(),
    Column::new(t("内容", "Words"), 16).grows(1),
];

/// What of a household is looked at.
#[derive(Debug, PartialEq)]
enum About {
    /// Everything.
    All,
    /// One fact of the household or of a member: its register key, or the beginning up to the slash, and its name.
    Fact(Option<Name>, String, Said),
    /// One record, such as an issue with the line it was said in.
    Records(Vec<Name>, Said),
}

/// Shows everything that was recorded about a household, or about one thing of it.
#[derive(Debug, PartialEq)]
pub struct Audit {
    household: Name,
    about: About,
    found: Option<Vec<Traced>>,
    list: List,
    reading: Pending,
}

impl Audit {
    /// Opens the page.
    pub fn of(household: Name) -> Self {
        Self { household, about: About::All, found: None, list: List::new(), reading: Pending::default() }
    }

    /// Opens the page on one fact.
    pub fn of_fact(household: Name, key: impl Into<String>, name: impl Into<Said>) -> Self {
        Self { about: About::Fact(None, key.into(), name.into()), ..Self::of(household) }
    }

    /// Opens the page on one fact of a member.
    pub fn of_member(household: Name, member: Name, key: impl Into<String>, name: impl Into<Said>) -> Self {
        Self { about: About::Fact(Some(member), key.into(), name.into()), ..Self::of(household) }
    }

    /// Opens the page on one thing of the household, which may be several records.
    pub fn of_records(household: Name, records: Vec<Name>, name: impl Into<Said>) -> Self {
        Self { about: About::Records(records, name.into()), ..Self::of(household) }
    }

    /// Gives what a line says of what is looked at; none where it says nothing of it.
    fn about<'a>(&self, traced: &'a Traced) -> Option<&'a Said> {
        match &self.about {
            About::All => Some(&traced.value),
            About::Fact(member, _, _) if !is_of(traced, *member) => None,
            About::Fact(_, key, _) => {
                let is_it = |other: &str| other == key || (key.ends_with('/') && other.starts_with(key));
                traced.facts.iter().find(|(other, _)| is_it(other)).map(|(_, said)| said)
            }
            About::Records(names, _) => names.contains(&traced.of).then_some(&traced.value),
        }
    }

    /// Tells whether other eyes must not see what is looked at, nor what it is called; taken for one until it is known.
    fn is_secret(&self) -> bool {
        match &self.about {
            About::All => false,
            About::Fact(member, key, _) => {
                let fact = facts::find(if member.is_some() { Sort::Member } else { Sort::Household }, key);
                key.ends_with('/') || fact.is_some_and(|fact| fact.eyes == Eyes::Card)
            }
            About::Records(..) => {
                let is_secret = |traced: &Traced| self.about(traced).is_some() && traced.private;
                self.found.as_ref().is_none_or(|found| found.iter().any(is_secret))
            }
        }
    }

    fn shown_lines(&self, covered: bool) -> Vec<&Traced> {
        if covered && self.is_secret() {
            return Vec::new();
        }
        let shown = |traced: &&Traced| self.about(traced).is_some() && !(covered && traced.private);
        self.found.iter().flatten().filter(shown).collect()
    }
}

/// Tells whether a line is of a member, or of the household itself where none is meant.
fn is_of(traced: &Traced, member: Option<Name>) -> bool {
    member.map_or(traced.sort == Sort::Household, |member| traced.of == member)
}

static KEYS: Table<()> = table(t("记录来历", "Who recorded what"), &[row(&[Key::Enter], t("返回", "Back"), ())]);

impl Screen for Audit {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let lines = self.shown_lines(canvas.desk.covered);
        let title = match &self.found {
            None => self.reading.say(t("记录来历   正在读 {far}…", "Who recorded what   reading {far}…")),
            Some(_) if canvas.desk.covered && self.is_secret() => {
                t("记录来历   已遮挡 (Ctrl-B)", "Who recorded what   covered (Ctrl-B)").into()
            }
            Some(_) => t(
                "记录来历   {n} 条, 新的在前; (旧) 已被改掉或撤去",
                "Who recorded what   {n}, latest first; (old) ones no longer stand",
            )
            .with("n", lines.len()),
        };
        let title = canvas.say(&title);
        match &self.about {
            About::Fact(_, _, name) | About::Records(_, name) if !(canvas.desk.covered && self.is_secret()) => {
                let room = canvas.width().saturating_sub(2);
                canvas.write_cut(1, 0, room, &canvas.say(name), Look::Strong);
                canvas.title(1, &title);
            }
            _ => {
                canvas.title(0, &title);
            }
        }
        let window = canvas.height().saturating_sub(AROUND).max(1);
        let mut drawn = Vec::new();
        for index in self.list.window(lines.len(), window) {
            let Some(traced) = lines.get(index) else { continue };
            let look = if traced.stands { Look::Plain } else { Look::Dim };
            let roster = canvas.words(t("(名册)", "(roster)")).to_owned();
            let at = if traced.at == 0 {
                String::new()
            } else {
                format!("{} {}", local::day(traced.at), local::clock(traced.at))
            };
            let said =
                self.about(traced).map(|said| glance::on_card(canvas.desk, canvas.say(said))).unwrap_or_default();
            let said = if traced.stands { said } else { canvas.say(&t("(旧) {it}", "(old) {it}").with("it", said)) };
            let cells = vec![
                (at, Look::Dim),
                (if traced.by.is_empty() { roster } else { traced.by.clone() }, look),
                (traced.laptop.clone(), look),
                (canvas.say(&traced.what), look),
                (said, look),
            ];
            drawn.push((cells, self.list.is_selected(index, lines.len())));
        }
        draw_headed(canvas, AROUND - 1, &COLUMNS, &drawn);
    }

    fn beside(&self, desk: &Desk) -> Option<Beside> {
        let lines = self.shown_lines(desk.covered);
        let traced = lines.get(self.list.selected().min(lines.len().saturating_sub(1)))?;
        let mut beside = Beside::titled(traced.what.say(desk.lang));
        let said = self.about(traced).map(|said| glance::on_card(desk, said.say(desk.lang)));
        beside.say(said.unwrap_or_default(), Look::Plain);
        beside.gap();
        if traced.at != 0 {
            beside.fact(t("时间", "when"), format!("{} {}", local::day(traced.at), local::clock(traced.at)));
        }
        beside.fact(t("谁记的", "by"), traced.by.clone());
        beside.fact(t("电脑", "laptop"), traced.laptop.clone());
        let state =
            if traced.stands { t("现在算数", "stands") } else { t("已被改掉或撤去", "no longer stands") };
        beside.fact(t("状态", "state"), state.get(desk.lang));
        beside.filled()
    }

    fn list(&mut self, desk: &Desk) -> Option<Scroll<'_>> {
        let window = desk.body.height.saturating_sub(AROUND).max(1);
        let len = self.shown_lines(desk.covered).len();
        Some(Scroll { list: &mut self.list, len, window })
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.reading.ask(desk.session.ask(Ask::Trace(self.household)));
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        if self.reading.hear(message) {
            return Go::Stay;
        }
        match message {
            Message::Traced(ticket, traced) if self.reading.is_answered_by(*ticket) => match traced.as_ref() {
                Ok(found) => self.found = Some(found.clone()),
                Err(trouble) => return Go::say(t("{why}", "{why}").with("why", trouble.say(desk.lang))),
            },
            Message::Answer(..) | Message::Filled => return self.shown(desk),
            _ => {}
        }
        Go::Stay
    }

    fn busy(&self) -> bool {
        self.reading.is_on()
    }
}

impl Keyed for Audit {
    type Action = ();
    const TABLES: &'static [&'static Table<()>] = &[&KEYS];

    fn table(&self) -> &'static Table<()> {
        &KEYS
    }

    fn act(&mut self, (): (), _desk: &mut Desk) -> Go {
        Go::Back
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::Audit;
    use crate::app::Traced;
    use crate::domain::{Name, Sort};
    use crate::text::{Said, t};
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;
    use crate::ui::page::Screen;

    // It was dim and nothing else: where a terminal shows no dim, and on the selected line, nobody saw it.
    #[test]
    fn what_no_longer_stands_has_a_word_for_it() {
        let household = Name { writer: 1, seq: 1 };
        let traced = |door: &str, stands| Traced {
            of: household,
            sort: Sort::Household,
            at: 0,
            by: "陈明".to_owned(),
            laptop: "一组1".to_owned(),
            what: Said::from(t("门牌", "door")),
            value: t("{it}", "{it}").with("it", door),
            stands,
            private: false,
            facts: Vec::new(),
        };
        let page = Audit { found: Some(vec![traced("7号", true), traced("9号", false)]), ..Audit::of(household) };
        let area = Rect::new(0, 0, 80, 8);
        let (mut buffer, desk) = (Buffer::empty(area), Desk::for_tests());
        page.draw(&mut Canvas::new(&mut buffer, &mut None, area, &desk));
        let drawn = lines(&buffer);
        assert!(drawn[0].ends_with("(旧) 已被改掉或撤去"), "{drawn:#?}");
        assert!(drawn.iter().any(|line| line.ends_with("  7号")), "{drawn:#?}");
        assert!(drawn.iter().any(|line| line.ends_with("  (旧) 9号")), "{drawn:#?}");
    }
}
