//! Form: a few lines to fill in, one of which has the cursor; together they are one draft.
//!
//! Keystrokes: type, Enter to the next line, Enter on the last line records; F8 records from any line; Tab, arrows and
//! Shift-Tab go round without recording. A line with a closed list takes a digit, or Left and Right. A digit goes on by
//! itself, and Enter right behind it belongs to it: nobody goes past the next line by a habit. What cannot be read is said
//! and the line keeps its text.

mod back;
mod given;
mod kept;
mod steps;
mod worded;

use super::canvas::{Canvas, clauses, columns, whole, wrap};
use super::field::Field;
use super::theme::Look;
use crate::domain::choice::{self, Choice};
use crate::text::{Said, Text, Trouble, t};
pub use kept::{KeptForm, Refusal};
pub use steps::{Step, picked, picking, picking_anew, typed, writing, writing_anew};

/// One line of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Input {
    /// What it is called in requests.
    pub key: &'static str,
    /// What it is called on the screen.
    pub name: Text,
    /// The closed list it is picked from; empty for text.
    pub list: &'static [Choice],
    /// What to write there, shown while it is empty.
    pub hint: Text,
    /// Other eyes must not read it: hidden while the screen is covered (Ctrl-B).
    pub secret: bool,
}

impl Input {
    /// Hides the line while the screen is covered.
    #[must_use]
    pub const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }
}

/// Writes a line that takes text.
pub const fn text(key: &'static str, name: Text, hint: Text) -> Input {
    Input { key, name, list: &[], hint, secret: false }
}

/// Writes a line that takes one of a closed list.
pub const fn pick(key: &'static str, name: Text, list: &'static [Choice]) -> Input {
    Input { key, name, list, hint: t("", ""), secret: false }
}

/// Holds what stands in the lines and which one has the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    shape: &'static [Input],
    fields: Vec<Field>,
    /// What stood in the lines when the form was made.
    given: Vec<String>,
    at: usize,
    /// What was changed before, for taking back.
    past: Vec<back::Past>,
    /// What stood in the line with the cursor when the cursor came there.
    came_to: String,
    /// It was asked once whether all of it is to go.
    clearing: bool,
    /// The line that a digit went on to by itself, as it was then.
    landed: Option<Field>,
    /// What is typed on the line with the cursor, where that is picked.
    word: Option<Box<worded::Word>>,
}

impl Form {
    /// Starts with empty lines and the cursor in the first one.
    pub fn new(shape: &'static [Input]) -> Self {
        let fields = shape.iter().map(|_| Field::new()).collect();
        let given = vec![String::new(); shape.len()];
        Self {
            shape,
            fields,
            given,
            at: 0,
            past: Vec::new(),
            came_to: String::new(),
            clearing: false,
            landed: None,
            word: None,
        }
    }

    /// Puts the cursor into a line.
    #[must_use]
    pub fn at(mut self, key: &str) -> Self {
        self.go(key);
        self
    }

    /// Moves the cursor into a line.
    pub fn go(&mut self, key: &str) {
        self.landed = None;
        self.go_to(self.line(key).unwrap_or(self.at));
    }

    /// Moves the cursor into the line that something is wrong with, where it is said which.
    pub fn go_where(&mut self, trouble: &Trouble) {
        if let Some(key) = trouble.about {
            self.go(key);
        }
    }

    /// Says what is wrong; of a line that has to be filled in by its own words, not by the key that programs use.
    pub fn said(&self, trouble: &Trouble) -> Trouble {
        let line = trouble.about.filter(|_| trouble.kind == "missing").and_then(|key| self.line(key));
        let Some(input) = line.and_then(|line| self.shape.get(line)) else { return trouble.clone() };
        let said = Said::from(t("还没填 {name}.", "{name}: not filled in yet."));
        Trouble { said: said.with_words("name", input.name), ..trouble.clone() }
    }

    fn line(&self, key: &str) -> Option<usize> {
        self.shape.iter().position(|input| input.key == key)
    }

    /// Gives what stands in a line, without blanks at its ends; the stored word of a choice.
    pub fn text(&self, key: &str) -> &str {
        self.line(key).and_then(|line| self.fields.get(line)).map_or("", |field| field.text().trim())
    }

    /// Gives the lines with what stands in them.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.shape.iter().zip(&self.fields).map(|(input, field)| (input.key, field.text().trim()))
    }

    /// Tells whether every line is as the form came with it.
    pub fn is_as_given(&self) -> bool {
        self.fields.iter().map(Field::text).eq(self.given.iter())
    }

    fn input(&self) -> Option<&'static Input> {
        self.shape.get(self.at)
    }

    /// Gives the key of the line that has the cursor.
    pub fn key(&self) -> &'static str {
        self.input().map_or("", |input| input.key)
    }

    /// Gives the name of the line that has the cursor.
    pub fn name(&self) -> Text {
        self.input().map_or(t("", ""), |input| input.name)
    }

    /// Tells whether the line that has the cursor is picked from a list.
    pub fn is_picking(&self) -> bool {
        self.input().is_some_and(|input| !input.list.is_empty())
    }

    /// Counts the choices that the longest list has and the one that the cursor is in has not.
    pub fn lacks(&self) -> usize {
        self.input().filter(|_| self.is_picking()).map_or(0, |input| steps::CHOICES.saturating_sub(input.list.len()))
    }

    /// Gives the field that has the cursor; none on a line that is picked.
    pub fn field(&mut self) -> Option<&mut Field> {
        self.clearing = false;
        if self.is_picking() { None } else { self.fields.get_mut(self.at) }
    }

    /// Takes a step; tells whether the form is to be recorded.
    pub fn step(&mut self, step: Step) -> bool {
        let last = self.shape.len().saturating_sub(1);
        let asked = std::mem::take(&mut self.clearing);
        let landed = self.landed.take();
        match step {
            Step::Record => return true,
            Step::Afresh if self.is_as_given() || asked => {
                let emptied = self.all();
                self.put_aside();
                self.arrive(0);
                self.past.extend(emptied);
            }
            Step::Afresh => self.clearing = true,
            Step::Past => {}
            // Enter behind a digit, as everywhere: it has gone on already.
            Step::Enter if landed.is_some_and(|field| self.fields.get(self.at) == Some(&field)) => {}
            Step::Enter if self.at == last => return true,
            Step::Enter => self.go_to(self.at + 1),
            Step::Down => self.go_to(if self.at == last { 0 } else { self.at + 1 }),
            Step::Up => self.go_to(self.at.checked_sub(1).unwrap_or(last)),
            Step::Left => self.choose(|now, count| now.map_or(count - 1, |now| (now + count - 1) % count)),
            Step::Right => self.choose(|now, count| now.map_or(0, |now| (now + 1) % count)),
            Step::Pick(number) => {
                self.choose(|_, _| usize::from(number).saturating_sub(1));
                let picked = self.input().is_some_and(|input| usize::from(number) <= input.list.len());
                if picked {
                    self.go_on();
                }
            }
        }
        false
    }

    fn choose(&mut self, to: impl FnOnce(Option<usize>, usize) -> usize) {
        self.end_words();
        let Some((input, field)) = self.shape.get(self.at).zip(self.fields.get_mut(self.at)) else { return };
        let now = input.list.iter().position(|choice| choice.word == field.text());
        let chosen = input.list.get(to(now, input.list.len().max(1))).filter(|choice| choice.word != field.text());
        if let Some(choice) = chosen {
            self.past.push(back::Past::Picked(self.at, field.text().to_owned()));
            field.set(choice.word, usize::MAX);
        }
    }

    /// Gives all lines as one text with one cursor, for a draft; nothing while every line is as it was given.
    pub fn kept(&self) -> (String, usize) {
        if self.is_as_given() {
            return (String::new(), 0);
        }
        let (mut text, mut cursor) = (String::new(), 0);
        for (line, (input, field)) in self.shape.iter().zip(&self.fields).enumerate() {
            text.push_str(input.key);
            text.push('=');
            if line == self.at {
                cursor = text.len() + field.cursor();
            }
            text.push_str(field.text());
            text.push('\n');
        }
        (text, cursor)
    }

    /// Puts back what a draft kept; lines it does not know keep their text.
    pub fn put_back(&mut self, kept: &str, cursor: usize) {
        let mut start = 0;
        for piece in kept.split_inclusive('\n') {
            let end = start + piece.len();
            if let Some((key, text)) = piece.trim_end_matches('\n').split_once('=')
                && let Some(line) = self.line(key)
                && let Some(field) = self.fields.get_mut(line)
            {
                let first = start + key.len() + 1;
                field.set(text, cursor.saturating_sub(first));
                if (first..end).contains(&cursor) {
                    self.at = line;
                }
            }
            start = end;
        }
        self.arrive(self.at);
    }

    /// Draws the lines from a row on, as many as fit around the one with the cursor. Gives the row after them.
    pub fn draw(&self, canvas: &mut Canvas<'_>, y: u16) -> u16 {
        let width = self.shape.iter().map(|input| columns(canvas.words(input.name))).max().unwrap_or(0);
        let room = usize::from(canvas.height().saturating_sub(y));
        let x = 2 + width + 2;
        // The line with the cursor may take some rows, and so may those above it.
        let own = self.shape.get(self.at).map_or(3_u16, |input| if input.list.is_empty() { 3 } else { PICK_ROWS });
        // What is said of a word there stands below all of its choices.
        let below = if self.astray().is_some() { usize::from(own - 1 + ASTRAY_ROWS) } else { 0 };
        let first = (self.at + usize::from(own)).min(self.shape.len()).saturating_sub(room.max(1)).min(self.at);
        let tall: Vec<usize> =
            self.fields.iter().map(|field| field.shown(canvas.width().saturating_sub(x)).rows.len()).collect();
        let upto = |first: usize| tall.iter().take(self.at + 1).skip(first).sum::<usize>();
        let first = (first..=self.at).find(|first| upto(*first) + below <= room).unwrap_or(self.at);
        let mut y = y;
        for (line, (input, field)) in self.shape.iter().zip(&self.fields).enumerate().skip(first) {
            if y >= canvas.height() {
                break;
            }
            let here = line == self.at;
            canvas.write(0, y, if here { ">" } else { " " }, Look::Accent);
            let name = canvas.words(input.name);
            canvas.write(2 + width - columns(name), y, name, if here { Look::Strong } else { Look::Dim });
            y += if input.secret && canvas.desk.covered && !field.is_empty() {
                canvas.write(x, y, canvas.words(t("已遮挡 (Ctrl-B)", "covered (Ctrl-B)")), Look::Dim);
                if here {
                    canvas.cursor(x, y);
                }
                1
            } else if input.list.is_empty() {
                if field.is_empty() {
                    draw_hint(canvas, x + 1, y, canvas.words(input.hint));
                }
                canvas.field(x, y, field, here)
            } else {
                draw_pick(canvas, x, y, input, field.text(), here)
            };
            if here && let Some((said, word)) = self.astray().filter(|_| y < canvas.height()) {
                let word = if input.secret && canvas.desk.covered { "*" } else { word };
                let said = canvas.say(&said.with("word", word));
                y += canvas.write_wrapped(PICKS_BELOW, y, ASTRAY_ROWS, &said, Look::Soon);
            }
        }
        if self.clearing {
            let y = y.min(canvas.height().saturating_sub(1));
            let asked =
                t("再按一次 Ctrl-N 清空, 写的都不要了.", "Ctrl-N once more empties it, what was written is gone.");
            canvas.write_clauses(1, y, canvas.width().saturating_sub(1), canvas.words(asked), Look::Late);
        }
        y
    }
}

/// The rows that the choices of a line take at most, and the column where they begin below it.
const PICK_ROWS: u16 = 4;
const PICKS_BELOW: u16 = 4;
/// The rows in which a word that is none of the choices is named.
const ASTRAY_ROWS: u16 = 2;

/// Draws what to write into an empty line, between brackets: where a terminal draws nothing dim it would pass for what is written.
fn draw_hint(canvas: &mut Canvas<'_>, x: u16, y: u16, hint: &str) {
    if !hint.is_empty() {
        let room = canvas.width().saturating_sub(x + 2);
        canvas.write_cut(x, y, room + 2, &format!("({})", clauses(hint, usize::from(room), 1)), Look::Dim);
    }
}

fn draw_pick(canvas: &mut Canvas<'_>, x: u16, y: u16, input: &Input, word: &str, here: bool) -> u16 {
    let chosen = choice::name_of(input.list, word);
    let after = canvas.write(x, y, chosen.map_or("", |name| canvas.words(name)), Look::Strong);
    if !here {
        return 1;
    }
    let named = |(number, choice): (usize, &Choice)| whole(&format!("{number}{}", canvas.words(choice.name)));
    let all: Vec<String> = (1..).zip(input.list).map(named).collect();
    let gap = if chosen.is_some() { 3 } else { 0 };
    let all = all.join("  ");
    let room = usize::from(canvas.width().saturating_sub(after + gap));
    // Beside a long name few columns are left: they begin below it then.
    if wrap(&all, room).len() >= usize::from(PICK_ROWS) {
        return 1 + canvas.write_wrapped(PICKS_BELOW, y + 1, PICK_ROWS - 1, &all, Look::Plain);
    }
    canvas.write_wrapped(after + gap, y, PICK_ROWS, &all, Look::Plain)
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent};
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::{Form, Input, Step, pick, text};
    use crate::domain::choice;
    use crate::text::t;
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;

    const SHAPE: &[Input] = &[
        text("head", t("户主", "head"), t("姓名", "name")),
        pick("sex", t("性别", "sex"), choice::SEXES),
        text("door", t("门牌", "door"), t("", "")),
    ];

    #[test]
    fn enter_walks_down_and_records_on_the_last_line() {
        let mut form = Form::new(SHAPE);
        assert!(form.field().is_some());
        assert!(!form.step(Step::Enter));
        assert!(form.is_picking() && form.field().is_none());
        assert!(!form.step(Step::Pick(2)));
        assert_eq!((form.text("sex"), form.key()), ("female", "door"), "a pick goes on by itself");
        form.step(Step::Down);
        form.step(Step::Up);
        assert!(form.step(Step::Enter));
        form.step(Step::Down);
        assert_eq!(form.key(), "head");
        form.step(Step::Up);
        assert_eq!(form.key(), "door");
        form.go("sex");
        form.step(Step::Right);
        assert_eq!(form.text("sex"), "male");
        form.step(Step::Left);
        assert_eq!(form.text("sex"), "female");
        assert!(!form.step(Step::Pick(7)), "a number that is not there picks nothing");
        assert_eq!((form.text("sex"), form.key()), ("female", "sex"));
    }

    // 性别 `2` Enter went past 出生年, and the first digit of 1958 said that somebody was in good health.
    #[test]
    fn enter_right_behind_a_digit_that_went_on_by_itself_belongs_to_it() {
        const LINES: &[Input] = &[
            pick("sex", t("性别", "sex"), choice::SEXES),
            text("birth_year", t("出生年", "birth year"), t("", "")),
            pick("health", t("身体状况", "health"), choice::HEALTH),
            pick("away", t("在外", "away"), choice::SEXES),
        ];
        let mut form = Form::new(LINES);
        form.step(Step::Pick(2));
        assert!(!form.step(Step::Enter));
        assert_eq!(form.key(), "birth_year", "it belongs to the digit");
        form.step(Step::Enter);
        assert_eq!(form.key(), "health", "and only one does");
        // Two digits, one behind the other, and the last line.
        form.step(Step::Pick(1));
        form.step(Step::Enter);
        assert_eq!(form.key(), "away");
        form.step(Step::Pick(1));
        assert!(form.step(Step::Enter), "the last line goes on to nothing: Enter records");
        // Any other key ends it: what was typed and taken out again, and an arrow.
        let mut form = Form::new(LINES);
        form.step(Step::Pick(2));
        form.field().unwrap().insert("1");
        form.field().unwrap().key(&KeyEvent::from(KeyCode::Backspace));
        form.step(Step::Enter);
        assert_eq!(form.key(), "health");
        let mut form = Form::new(LINES);
        form.step(Step::Pick(2));
        form.step(Step::Up);
        form.step(Step::Down);
        form.step(Step::Enter);
        assert_eq!(form.key(), "health");
        // A number that is not there goes nowhere.
        let mut form = Form::new(LINES);
        form.step(Step::Pick(7));
        form.step(Step::Enter);
        assert_eq!(form.key(), "birth_year");
    }

    // On a terminal that draws nothing dim 姓名 stood in the line like a name.
    #[test]
    fn what_to_write_stands_between_brackets_cut_or_not() {
        let hint = "several people: put commas, or blanks, between";
        let lines: [Input; 2] = [text("a", t("户主", "head"), t("", hint)), text("b", t("门牌", "door"), t("", ""))];
        let lines: &'static [Input] = Box::leak(Box::new(lines));
        let mut desk = Desk::for_tests();
        desk.lang = crate::text::Lang::En;
        for (width, shown) in
            [(80, "(several people: put commas, or blanks, between)"), (44, "(several people: put commas)")]
        {
            let area = Rect::new(0, 0, width, 3);
            let (mut buffer, mut cursor) = (Buffer::empty(area), None);
            Form::new(lines).draw(&mut Canvas::new(&mut buffer, &mut cursor, area, &desk), 0);
            let drawn = super::super::canvas::lines(&buffer);
            assert!(drawn[0].trim_end().ends_with(shown), "{drawn:?}");
            assert!(!drawn[1].contains('('), "nothing to say: {drawn:?}");
        }
    }

    // Full-width digits took two rows of a line, and the third line stood below the part that it was drawn in, cursor and all.
    #[test]
    fn the_line_with_the_cursor_is_drawn_whole_however_many_rows_those_above_it_take() {
        const LINES: &[Input] = &[
            text("shows", t("它的钟显示", "its clock shows"), t("", "")),
            text("was", t("那时其实是", "it really was then"), t("", "")),
            text("from", t("从它的哪天起不对", "wrong from its day on"), t("", "")),
        ];
        let wide = "２０３１－０５－１８　１９：４２";
        let (desk, area) = (Desk::for_tests(), Rect::new(0, 0, 40, 4));
        for at in ["shows", "was", "from"] {
            let form = LINES.iter().fold(Form::new(LINES), |form, line| form.typed(line.key, wide)).at(at);
            let (mut buffer, mut cursor) = (Buffer::empty(area), None);
            form.draw(&mut Canvas::new(&mut buffer, &mut cursor, area, &desk), 0);
            let drawn = lines(&buffer);
            let row = drawn.iter().position(|row| row.starts_with('>')).unwrap();
            assert!(drawn[row].contains("２０３１") && drawn[row + 1].contains("４２"), "{at} {drawn:?}");
            assert_eq!(cursor.map(|cursor| usize::from(cursor.y)), Some(row + 1), "{at} {drawn:?}");
        }
    }

    #[test]
    fn a_draft_brings_back_every_line_and_the_cursor() {
        let mut form = Form::new(SHAPE).typed("head", "李=秋生").with("sex", "male").with("door", "12号").at("head");
        form.field().unwrap().set("李=秋生", 4);
        let (kept, cursor) = form.kept();
        let mut back = Form::new(SHAPE);
        back.put_back(&kept, cursor);
        assert_eq!(back.texts().collect::<Vec<_>>(), form.texts().collect::<Vec<_>>());
        assert_eq!((back.key(), back.field().unwrap().cursor()), ("head", 4));
        let (kept, cursor) = form.at("door").kept();
        back.put_back(&kept, cursor);
        assert_eq!((back.key(), back.field().unwrap().cursor()), ("door", 5));
        back.put_back("unknown=1\nhead", 3);
        assert_eq!(back.text("head"), "李=秋生", "what is not understood changes nothing");
        assert_eq!(Form::new(SHAPE).with("sex", "male").kept(), (String::new(), 0), "what was given is nobody's draft");
    }
}
