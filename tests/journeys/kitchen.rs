//! A kitchen table: three households of one group, and a visit that has just begun in the first of them.

use zoufang::app::Request;
use zoufang::domain::{Issue, Line, Name, Sort, Visit};

use super::harness::{Laptop, Press, Terminal};
use super::office::{ask, behind, set_up};

/// A laptop in a visit.
pub struct Kitchen {
    pub laptop: Laptop,
    pub visit: Name,
}

/// Begins a visit and sits down before the program.
pub fn sit_down(seed: u64) -> (Kitchen, Terminal) {
    let laptop = Laptop::new(seed);
    set_up(&laptop, "一组", "陈明");
    let visit = behind(&laptop, |keeper| {
        let add = |head: &str, door: &str| {
            let request = Request::new("household.add").with("head", head).with("door", door).with("size", 4);
            request.with("town", "东里镇").with("village", "东里东村").with("group", "3")
        };
        let homes: Vec<Name> = [("张守富", "12号"), ("李桂英", "9号"), ("王成友", "13号")]
            .into_iter()
            .map(|(head, door)| ask(keeper, &add(head, door)).name().unwrap())
            .collect();
        let visit = ask(keeper, &Request::new("visit.start").with_name("household", homes[0])).name().unwrap();
        // The heartbeat is saved at most once a second, and no second has passed on these clocks.
        keeper.close().unwrap();
        visit
    });
    let kitchen = Kitchen { laptop, visit };
    let mut terminal = kitchen.open();
    terminal.press(Press::Enter);
    assert!(terminal.line(0).contains("走访 张守富  东里东村 3组 12号"), "{}", terminal.screen());
    (kitchen, terminal)
}

impl Kitchen {
    /// Starts the program.
    pub fn open(&self) -> Terminal {
        self.laptop.start((80, 24), &[], &[])
    }

    /// Lets people talk, with the program looking on.
    pub fn talk(&mut self, terminal: &mut Terminal, seconds: u64) {
        let steps = std::iter::repeat_n(30, usize::try_from(seconds / 30).unwrap()).chain([seconds % 30]);
        for step in steps.filter(|step| *step > 0) {
            self.laptop.clock.pass(step);
            terminal.settle();
        }
    }

    /// Lets the battery go flat, a moment after the last heartbeat was saved.
    pub fn flat(terminal: &mut Terminal) {
        terminal.settle();
        terminal.kill9();
    }

    /// Reads what the journal has of the visit: itself, and its lines with the issues they became. The program is closed.
    pub fn recorded(&self) -> (Visit, Vec<(Line, Option<Issue>)>) {
        behind(&self.laptop, |keeper| {
            keeper.house().shelf(|shelf, view| {
                let visit = view.record(self.visit).unwrap().as_deref().and_then(Visit::read).unwrap();
                let mut lines = Vec::new();
                for line in shelf.children_of(self.visit, Sort::Line) {
                    let Some(line) = view.record(line).unwrap().as_deref().and_then(Line::read) else { continue };
                    let mut issues = shelf.children_of(line.name, Sort::Issue);
                    let issue = issues.find_map(|issue| view.record(issue).unwrap().as_deref().and_then(Issue::read));
                    lines.push((line, issue));
                }
                (visit, lines)
            })
        })
    }

    /// Closes the program and reads what was written, each line as `领域词 定级 类型 文字` or `备注 文字`.
    pub fn written(&self, terminal: &mut Terminal) -> Vec<String> {
        terminal.leave();
        terminal.wait_exit();
        let said = |(line, issue): (Line, Option<Issue>)| match issue {
            Some(issue) => {
                let hidden = if issue.confidential { " *" } else { "" };
                format!("{} {} {}{hidden} {}", issue.field, issue.class, issue.kind, line.text)
            }
            None => format!("note {}", line.text),
        };
        self.recorded().1.into_iter().map(said).collect()
    }
}
