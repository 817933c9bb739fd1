//! 换人: who is speaking now, changed in two keys; a running visit goes on.
//!
//! Keystrokes: Ctrl-R, then the digit of the person. Someone who is not in the list: the name, Enter. A name that was mistyped, or
//! one who comes no more: point at it, Ctrl-D twice. Who stands here goes with every visit that is begun.

use crossterm::event::KeyEvent;

use super::canvas::{Canvas, whole};
use super::field::{Edit, Field};
use super::keys::{Key, Table, row, table};
use super::list::{List, Scroll};
use super::popup::{self, Over};
use super::theme::Look;
use crate::hanzi::{clean, pinyin};
use crate::text::{Said, t};

/// Holds the people of this laptop, always in the same order, who of them speaks now, and the name of a new one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Speaker {
    pub field: Field,
    people: Vec<String>,
    now: String,
    /// A visit or a talk runs, and runs on.
    runs: bool,
    list: List,
    /// Somebody was asked to be taken out once.
    asked: bool,
}

/// The place of a new name's draft.
pub(super) const PLACE: &str = "speaker";

pub(super) static KEYS: Table<Action> = table(
    t("换人", "Who speaks"),
    &[
        row(&[Key::Enter], t("选", "Choose"), Action::Choose),
        row(&[Key::Ctrl('d')], t("去掉", "Take out"), Action::Remove),
        row(&[Key::Esc], t("不换", "Leave it"), Action::Close),
    ],
)
.hint(t("数字直接选, 或打新的名字", "A digit, or a new name"));

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action {
    Choose,
    Remove,
    Close,
}

impl Speaker {
    /// Opens over the people who use this laptop, who spoke last before the others.
    pub fn over(latest: Vec<String>, runs: bool) -> Self {
        let (now, before) = (latest.first().cloned().unwrap_or_default(), latest.get(1).cloned());
        // A person's digit stays the same, whoever speaks.
        let mut people = latest;
        people.sort_by_cached_key(|name| (pinyin::full(name).into_iter().next(), name.clone()));
        let mut list = List::new();
        // Whoever presses Enter at once wants the one who spoke before.
        list.select(people.iter().position(|name| Some(name) == before.as_ref()).unwrap_or(0));
        Self { people, now, runs, list, ..Self::default() }
    }

    pub fn key(&mut self, event: &KeyEvent, window: u16) -> Over {
        let key = Key::of(event);
        let asked = std::mem::take(&mut self.asked);
        if let Some(Key::Digit(digit @ 1..)) = key {
            return self.speak(usize::from(digit) - 1);
        }
        match key.and_then(|key| KEYS.action(key)) {
            Some(Action::Close) => return Over::Close,
            Some(Action::Remove) => return self.remove(asked),
            Some(Action::Choose) => {
                let name = clean::line(self.field.text().trim());
                if name.is_empty() {
                    return self.speak(self.list.selected());
                }
                return Over::Speak(name);
            }
            None => {}
        }
        if self.field.key(event) == Edit::Ignored
            && let Some(key) = key
        {
            Scroll { list: &mut self.list, len: self.people.len() }.key(key, window);
        }
        Over::Stay
    }

    fn speak(&self, at: usize) -> Over {
        self.people.get(at).map_or(Over::Stay, |name| Over::Speak(name.clone()))
    }

    /// Takes the person pointed at out, asked twice; who speaks now stays.
    fn remove(&mut self, asked: bool) -> Over {
        let Some(name) = self.pointed() else { return Over::Stay };
        if asked && *name != self.now {
            return Over::Dismiss(name.clone());
        }
        self.asked = true;
        Over::Stay
    }

    /// Gives the person pointed at; nobody while a name is typed.
    fn pointed(&self) -> Option<&String> {
        self.people.get(self.list.selected()).filter(|_| self.field.is_empty())
    }

    /// Says what stays and what changes.
    fn consequence(&self) -> Said {
        match self.pointed().filter(|_| self.asked) {
            Some(name) if *name == self.now => {
                t("正在说的人去不掉: 先换成别人.", "Who speaks now stays: change first.").into()
            }
            Some(name) => {
                let words = t("再按 Ctrl-D 去掉 {name}; 记过的不变.", "Ctrl-D again removes {name}; records stay.");
                words.with("name", name)
            }
            None if self.runs => t("计时照常走, 各人没写完的各自留着.", "Time runs on; each one's text stays.").into(),
            None => t("各人没写完的各自留着.", "Each one's text stays.").into(),
        }
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>) {
        let mut canvas = popup::open(canvas, canvas.words(KEYS.place), popup::rows(self.people.len() + 3));
        let height = canvas.height().saturating_sub(3);
        for (y, index) in (0..).zip(self.list.shown(&mut canvas, self.people.len(), height)) {
            let Some(name) = self.people.get(index) else { continue };
            let selected = self.field.is_empty() && self.list.is_selected(index, self.people.len());
            canvas.write(0, y, if selected { ">" } else { " " }, Look::Plain);
            let x = canvas.write(2, y, (index + 1).to_string(), Look::Strong) + 2;
            let x = canvas.write(x, y, clean::line(name), Look::Plain) + 2;
            if *name == self.now {
                canvas.write(x, y, canvas.words(t("现在", "now")), Look::Dim);
            }
            if selected {
                canvas.look(y, Look::Bar);
            }
        }
        let y = canvas.height().saturating_sub(2);
        canvas.write_clauses(
            2,
            y,
            canvas.width().saturating_sub(2),
            &canvas.say(&self.consequence().filled(&whole)),
            Look::Dim,
        );
        let y = canvas.height().saturating_sub(1);
        let x = canvas.write(2, y, canvas.words(t("新的人: ", "Someone new: ")), Look::Plain);
        let shown = self.field.shown(canvas.width().saturating_sub(x));
        canvas.write(x, y, shown.rows.get(usize::from(shown.row)).copied().unwrap_or_default(), Look::Plain);
        canvas.cursor(x + shown.column, y);
    }
}
