//! 待核对: the cells of rosters that could not be taken at face value, each with its reason and its text.
//!
//! Keystrokes: Down to the cell, 1 when it is right as it stands, Enter for the household's card to mend it there. What is
//! mended or checked leaves the list by itself.

use super::Card;
use crate::app::{Ask, House, Message, Request, Ticket, face};
use crate::domain::{Doubt, Name, Sort, choice, facts};
use crate::hanzi::clean;
use crate::intake::Why;
use crate::text::{Said, Trouble, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{Column, List, Scroll, draw_line, fit};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// Shows what is to be checked.
#[derive(Debug, PartialEq, Default)]
pub struct Doubts {
    cells: Vec<Cell>,
    list: List,
    settling: Option<Ticket>,
}

/// One cell in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cell {
    household: Name,
    head: String,
    place: String,
    doubt: Doubt,
}

impl Doubts {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }

    fn read(&mut self, desk: &Desk) -> Result<(), Trouble> {
        let Some(house) = desk.session.house() else { return Ok(()) };
        self.cells = cells(&house)?;
        Ok(())
    }

    fn selected(&self) -> Option<&Cell> {
        self.cells.get(self.list.selected().min(self.cells.len().saturating_sub(1)))
    }

    fn reread(&mut self, desk: &Desk) -> Go {
        match self.read(desk) {
            Ok(()) => Go::Stay,
            Err(trouble) => Go::say(t("{why}", "{why}").with("why", trouble.say(desk.lang))),
        }
    }
}

/// Reads every cell in doubt, in order of household; rows of a roster without a name stand among them.
fn cells(house: &House) -> Result<Vec<Cell>, Trouble> {
    let names: Vec<Name> = house.shelf(|shelf, _| shelf.doubtful().iter().copied().collect());
    let mut cells = Vec::new();
    for name in names {
        let household = house.household(name)?;
        let place = face::whereabouts(&household);
        let all = household.doubts.iter();
        cells.extend(all.map(|doubt| Cell {
            household: name,
            head: clean::line(&household.head),
            place: place.clone(),
            doubt: doubt.clone(),
        }));
    }
    Ok(cells)
}

/// Says what a cell would have been: the fact's words, or those of a column that is no fact.
fn about(key: &str) -> Said {
    let key = key.split('/').next().unwrap_or(key);
    let known = facts::FACTS.iter().find(|fact| fact.sort == Sort::Household && fact.key.trim_end_matches('/') == key);
    match (known, key) {
        (Some(fact), _) => fact.name.into(),
        (None, "idmask") => t("身份证号", "identity number").into(),
        (None, other) => t("{key}", "{key}").with("key", other),
    }
}

fn reason(doubt: &Doubt) -> Said {
    match Why::from_stored(&doubt.why) {
        // What a remark means is stored as the code word of a choice.
        Some(Why::RemarkMeans(word)) => {
            let standing = choice::name_of(choice::STANDING, &word).filter(|_| doubt.key == "standing");
            match standing {
                Some(name) => Said::from(t("备注说 {what}, 要不要记为 {what}?", "the remark says {what}; is it so?"))
                    .with_words("what", name),
                None => Why::RemarkMeans(word).said(),
            }
        }
        Some(why) => why.said(),
        None => t("新版程序说的原因: {why}", "a reason of a newer program: {why}").with("why", clean::line(&doubt.why)),
    }
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Opens the household's card.
    Open,
    /// The cell is right as it stands.
    Settle,
}

static KEYS: Table<Action> = table(
    t("待核对", "In doubt"),
    &[
        row(&[Key::Enter], t("打开户卡", "Open the card"), Action::Open),
        row(&[Key::Digit(1)], t("已核对, 照现在的", "Checked, as it stands"), Action::Settle),
    ],
);

const COLUMNS: [Column; 5] = [
    Column::new(t("户主", "Head"), 8),
    Column::new(t("住在", "Place"), 20).drops(2).grows(1),
    Column::new(t("哪一项", "Fact"), 10).drops(1),
    Column::new(t("表里写的", "As written"), 14),
    Column::new(t("为什么", "Why"), 16).grows(2),
];

/// Rows above and below the list.
const AROUND: u16 = 5;

impl Screen for Doubts {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let title = t(
            "待核对   {n} 处. 改好户卡里的那一项, 或按 1 已核对, 就从这里消失.",
            "In doubt   {n}. Mended on the card, or checked with 1, it leaves the list.",
        );
        let title = canvas.say(&title.with("n", self.cells.len()));
        canvas.write(1, 0, title, Look::Plain);
        if self.cells.is_empty() {
            canvas.write(2, 2, canvas.words(t("没有待核对的.", "Nothing is in doubt.")), Look::Dim);
            return;
        }
        let widths = fit(&COLUMNS, canvas.width());
        let rows = canvas.height().saturating_sub(AROUND).max(1);
        for (y, index) in (2..).zip(self.list.window(self.cells.len(), rows)) {
            let Some(cell) = self.cells.get(index) else { continue };
            let nobody = canvas.words(t("(无名)", "(no name)")).to_owned();
            let cells = [
                (if cell.head.is_empty() { nobody } else { cell.head.clone() }, Look::Strong),
                (cell.place.clone(), Look::Plain),
                (canvas.say(&about(&cell.doubt.key)), Look::Plain),
                (written(canvas, &cell.doubt), Look::Plain),
                (canvas.say(&reason(&cell.doubt)), Look::Soon),
            ];
            draw_line(canvas, y, &COLUMNS, &widths, &cells, self.list.is_selected(index, self.cells.len()));
        }
        if let Some(cell) = self.selected() {
            let said = format!(
                "{}: \u{201c}{}\u{201d}  {}",
                canvas.say(&about(&cell.doubt.key)),
                written(canvas, &cell.doubt),
                canvas.say(&reason(&cell.doubt))
            );
            canvas.write_wrapped(2, canvas.height().saturating_sub(2), 2, &said, Look::Plain);
        }
    }

    fn list(&mut self, desk: &Desk) -> Option<Scroll<'_>> {
        let window = desk.body.height.saturating_sub(AROUND).max(1);
        Some(Scroll { list: &mut self.list, len: self.cells.len(), window })
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.reread(desk)
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Filled => self.reread(desk),
            Message::Answer(ticket, answer) if self.settling == Some(*ticket) => {
                self.settling = None;
                if answer.is_ok() { self.reread(desk) } else { Go::Stay }
            }
            _ => Go::Stay,
        }
    }
}

/// Gives the text of a cell; with other eyes in the room not what may be a phone or an identity number.
fn written(canvas: &Canvas<'_>, doubt: &Doubt) -> String {
    let hidden = canvas.desk.covered && (doubt.key.starts_with("phone") || doubt.key == "idmask");
    if hidden { canvas.words(t("(遮挡)", "(covered)")).to_owned() } else { clean::line(&doubt.raw) }
}

impl Keyed for Doubts {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS];

    fn table(&self) -> &'static Table<Action> {
        &KEYS
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        let Some(cell) = self.selected() else { return Go::Back };
        match action {
            Action::Open => Go::open(Card::of(cell.household)),
            Action::Settle => {
                let request = Request::new("household.settle").with_name("household", cell.household);
                let request = request.with("fact", cell.doubt.key.as_str());
                self.settling = Some(desk.session.ask(Ask::Do(request)));
                Go::Stay
            }
        }
    }
}
