//! 待核对: the cells of rosters that could not be taken at face value, each with its reason and its text.
//!
//! Keystrokes: one digit a cell. 1 takes what is proposed, 2 writes the right value here, 3 lets the cell stand as it is, 4
//! says that its household is another one; Enter opens the card. What is settled leaves the list and the next cell is
//! selected; what is passed over with Down stays, and nothing waits for it. Tab narrows the list to words: a village, a
//! reason, a file.

mod keys;

use super::{Another, Beside, Card, reasons};
use crate::app::{DoubtfulCell, Glance, Message, Request, Session};
use crate::domain::hidden::for_lists;
use crate::domain::{Doubt, Name, Sort, choice, facts};
use crate::hanzi::clean;
use crate::intake::Why;
use crate::text::{Said, Text, Trouble, t};
use crate::ui::canvas::{Canvas, written as kept};
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::glance;
use crate::ui::kept::{Kept, Unkept};
use crate::ui::keys::Table;
use crate::ui::list::{Column, List, Scroll, draw_lines};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::reading;
use crate::ui::screens::settled::{Settled, Settling};
use crate::ui::theme::Look;
use keys::{APART, Action, KEYS, NARROWING, NONE, WRITING};

/// Shows what is to be checked.
#[derive(Debug, PartialEq, Default)]
pub struct Doubts {
    cells: Vec<DoubtfulCell>,
    list: List,
    field: Field,
    typing: Typing,
    /// The words that the list is narrowed to.
    narrowed: String,
    settling: Settling,
}

/// What the field is for.
#[derive(Debug, PartialEq, Eq, Clone, Copy, Default)]
enum Typing {
    /// Nothing is typed.
    #[default]
    Nothing,
    /// The right value of the selected cell.
    Value,
    /// Words to narrow the list to.
    Words,
}

impl Doubts {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }

    fn read(&mut self, desk: &Desk) -> Result<(), Trouble> {
        let Some(house) = desk.session.house() else { return Ok(()) };
        self.cells = house.doubts()?;
        let words: Vec<&str> = self.narrowed.split_whitespace().collect();
        self.cells.retain(|cell| {
            let said = [
                cell.head.clone(),
                cell.place.clone(),
                cell.file.clone(),
                about(&cell.doubt.key).say(desk.lang),
                reason(&cell.doubt).say(desk.lang),
            ];
            words.iter().all(|word| said.iter().any(|said| said.contains(word)))
        });
        Ok(())
    }

    /// Sends what settles the selected cell.
    fn settle(&mut self, request: Request, done: Text, desk: &mut Desk) -> Go {
        let Some(cell) = self.selected() else { return Go::Back };
        let settled = settled(cell, done, desk);
        self.settling.ask(request, settled, desk);
        Go::Stay
    }

    /// Writes the right value of the selected cell.
    fn record(&mut self, desk: &mut Desk) -> Go {
        let Some(cell) = self.selected() else { return Go::Back };
        if self.field.text().trim().is_empty() {
            return Go::say(t("还没有写.", "Nothing is written yet."));
        }
        let request = set(cell, self.field.text()).consuming(draft(cell));
        self.settle(request, t("{fact} 改正了", "{fact} corrected"), desk)
    }

    fn selected(&self) -> Option<&DoubtfulCell> {
        self.cells.get(self.list.selected().min(self.cells.len().saturating_sub(1)))
    }

    /// Does what has to do with narrowing the list.
    fn narrow(&mut self, action: Action, desk: &mut Desk) -> Option<Go> {
        match (action, self.typing) {
            (Action::Narrow, _) => {
                self.field.set(&self.narrowed, usize::MAX);
                self.typing = Typing::Words;
                return Some(Go::Stay);
            }
            (Action::Narrowed, _) => self.narrowed = self.field.take(),
            (Action::Close, Typing::Words) => {
                self.field.take();
                self.narrowed.clear();
            }
            _ => return None,
        }
        self.typing = Typing::Nothing;
        self.list.select(0);
        Some(self.reread(desk))
    }

    fn reread(&mut self, desk: &Desk) -> Go {
        match self.read(desk) {
            Ok(()) => Go::Stay,
            Err(trouble) => Go::Say(trouble.told()),
        }
    }
}

/// Names the place where the right value of a cell is typed.
fn draft(cell: &DoubtfulCell) -> String {
    format!("doubt/{}/{}", cell.household, cell.doubt.key)
}

/// Gives the fact that a person can write for a cell; None where it is no fact of a household.
fn fact_of(cell: &DoubtfulCell) -> Option<&str> {
    match cell.doubt.key.as_str() {
        "phone/" => Some("phone"),
        // Who the head is, is the question.
        "relation" => Some("head"),
        key => facts::find(Sort::Household, key).map(|fact| fact.key),
    }
}

const ONLY_TELLS_APART: Text = t(
    "这一项不能改, 只用来区分人: 3 照现在的.",
    "This only tells people apart and cannot be written: 3 lets it stand.",
);

/// Gives the household of the row that a cell is said to be the same as, or to belong to.
fn meant_row(cell: &DoubtfulCell, session: &Session) -> Option<Name> {
    let (Why::SameRow(number) | Why::Member(number)) = Why::from_stored(&cell.doubt.why)? else { return None };
    session.house()?.row_of(cell.listed, number)
}

/// Asks for a value of the fact that a cell is about.
fn set(cell: &DoubtfulCell, value: &str) -> Request {
    let request = Request::new("household.set").with_name("household", cell.household);
    request.with(fact_of(cell).unwrap_or("remark"), value)
}

/// Asks for a cell to stand as it is.
fn stands(cell: &DoubtfulCell) -> Request {
    let request = Request::new("household.settle").with_name("household", cell.household);
    request.with("fact", cell.doubt.key.as_str())
}

/// Says what was done about a cell, and whose it is.
fn settled(cell: &DoubtfulCell, done: Text, desk: &Desk) -> Settled {
    let fact = for_lists(&about(&cell.doubt.key).say(desk.lang));
    Settled::of(done.with("fact", fact)).whose(for_lists(&cell.head), cell.place.clone())
}

/// Says what a cell would have been: the fact's words, or those of a column that is no fact.
fn about(key: &str) -> Said {
    let key = key.split('/').next().unwrap_or(key);
    let known = facts::FACTS.iter().find(|fact| fact.sort == Sort::Household && fact.key.trim_end_matches('/') == key);
    match (known, key) {
        (Some(fact), _) => fact.name.into(),
        (None, "idmask") => t("身份证号", "identity number").into(),
        (None, "member") => t("成员姓名", "member").into(),
        (None, other) => t("{key}", "{key}").with("key", other),
    }
}

fn reason(doubt: &Doubt) -> Said {
    match Why::from_stored(&doubt.why) {
        // What a remark means is stored as the code word of a choice.
        Some(Why::RemarkMeans(word)) => {
            let standing = choice::name_of(choice::STANDING, &word).filter(|_| doubt.key == "standing");
            match standing {
                Some(name) => Said::from(t("备注说 {what}, 要这样记吗?", "the remark says {what}; is it so?"))
                    .with_words("what", name),
                None => Why::RemarkMeans(word).said(),
            }
        }
        Some(why) => why.said(),
        None => t("新版程序说的原因: {why}", "a reason of a newer program: {why}").with("why", clean::line(&doubt.why)),
    }
}

const COLUMNS: [Column; 5] = [
    Column::new(t("户主", "Head"), 8),
    Column::new(t("住在", "Place"), 20).place().drops(2).grows(1),
    Column::new(t("哪一项", "Fact"), 10).drops(1).worded(),
    Column::new(t("表里写的", "As written"), 14),
    Column::new(t("为什么", "Why"), 16).grows(2).worded(),
];

/// Rows above and below the list.
const AROUND: u16 = 6;

impl Screen for Doubts {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let title = t(
            "待核对   {n} 处. 一处一个键; 跳过的留着, 不影响别的.",
            "In doubt   {n}. One key each; what is passed over stays and holds nothing up.",
        );
        let title = title.with("n", self.cells.len());
        if self.typing == Typing::Words || !self.narrowed.is_empty() {
            let said = t("待核对   {n} 处   筛选: ", "In doubt   {n}   narrowed to: ").with("n", self.cells.len());
            let x = canvas.title(0, &canvas.say(&said));
            if self.typing == Typing::Words {
                canvas.field(x, 0, &self.field, true);
            } else {
                canvas.write(x, 0, &self.narrowed, Look::Strong);
            }
        } else {
            let so_far = t("{n} 处", "{n}").with("n", self.cells.len());
            reading::title(canvas, t("待核对", "In doubt"), so_far, &title);
        }
        if self.cells.is_empty() {
            let nothing = if self.narrowed.is_empty() {
                t("没有待核对的.", "Nothing is in doubt.")
            } else {
                t("没有对上的. Tab 换个词, 空着看全部.", "Nothing matches. Tab changes the words; none shows all.")
            };
            let nothing = reading::nothing(canvas.desk, nothing);
            canvas.write(2, 2, canvas.words(nothing), Look::Dim);
            return;
        }
        let rows = canvas.height().saturating_sub(AROUND).max(1);
        let mut drawn = Vec::new();
        for index in self.list.shown(canvas, self.cells.len(), rows) {
            let Some(cell) = self.cells.get(index) else { continue };
            let nobody = canvas.words(t("(无名)", "(no name)")).to_owned();
            let cells = vec![
                (if cell.head.is_empty() { nobody } else { for_lists(&cell.head) }, Look::Strong),
                (cell.place.clone(), Look::Plain),
                (canvas.say(&about(&cell.doubt.key)), Look::Plain),
                (written(canvas, &cell.doubt, true), Look::Plain),
                (canvas.say(&reason(&cell.doubt).filled(&kept)), Look::Plain),
            ];
            drawn.push((cells, self.list.is_selected(index, self.cells.len())));
        }
        draw_lines(canvas, 2, &COLUMNS, &drawn);
        if let Some(cell) = self.selected() {
            let row = t("{file} 第 {row} 行", "{file} row {row}").with("file", &cell.file).with("row", cell.row);
            let said = format!(
                "{}   {}: \u{201c}{}\u{201d}  {}",
                canvas.say(&row),
                canvas.say(&about(&cell.doubt.key)),
                written(canvas, &cell.doubt, false),
                canvas.say(&reason(&cell.doubt))
            );
            canvas.write_wrapped(2, canvas.height().saturating_sub(3), 2, &said, Look::Plain);
        }
        if self.typing == Typing::Value {
            let y = canvas.height().saturating_sub(1);
            let x = canvas.write(2, y, "> ", Look::Strong);
            let glance = self.selected().map_or(Glance::Alone, |cell| Glance::of_cell(&cell.doubt));
            glance::field(canvas, x, y, &self.field, glance);
        }
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        match self.typing {
            Typing::Nothing => None,
            Typing::Value => {
                let place = self.selected().map(draft)?;
                Some(Kept::at(place, &mut self.field))
            }
            Typing::Words => Some(Kept::not(Unkept::Question, &mut self.field)),
        }
    }

    fn why(&self, _: &Desk) -> Option<Said> {
        Some(reasons::in_doubt())
    }

    fn put_aside(&mut self) -> bool {
        let words = self.field().map(|mut field| field.take()).unwrap_or_default();
        self.typing = Typing::Nothing;
        !words.trim().is_empty()
    }

    fn beside(&self, _: &Desk) -> Option<Beside> {
        Beside::household(self.selected().map(|cell| cell.household))
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        // While a value is being written it belongs to the line it was begun for.
        let len = self.cells.len();
        (self.typing != Typing::Value).then_some(Scroll { list: &mut self.list, len })
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        // A value that is being written belongs to the line it was begun for.
        if self.typing == Typing::Value { Go::Stay } else { self.reread(desk) }
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match self.settling.hear(message, desk) {
            Some(Ok(said)) => {
                self.field.take();
                self.typing = Typing::Nothing;
                return match self.reread(desk) {
                    Go::Stay => Go::Say(said),
                    other => other,
                };
            }
            // What was written stays, to be mended.
            Some(Err(why)) => return Go::Say(why),
            None => {}
        }
        match message {
            // Something was recorded or taken back elsewhere, perhaps here: the list is what is in doubt now.
            Message::Filled | Message::Answer(..) if self.typing != Typing::Value => self.reread(desk),
            _ => Go::Stay,
        }
    }
}

/// Gives the text of a cell as a row of the list may say it, or as it is shown below it; an identity number never, not even hidden
/// digit by digit.
fn written(canvas: &Canvas<'_>, doubt: &Doubt, row: bool) -> String {
    if doubt.key == "idmask" {
        return canvas.words(t("(身份证号)", "(identity number)")).to_owned();
    }
    let (glance, text) = (Glance::of_cell(doubt), || clean::line(&doubt.raw));
    if row {
        glance::in_row(canvas.desk, glance, glance::SELECT, text)
    } else {
        glance::alone(canvas.desk, glance, text)
    }
}

impl Keyed for Doubts {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS, &APART, &NONE, &WRITING, &NARROWING];

    fn table(&self) -> &'static Table<Action> {
        match self.typing {
            Typing::Nothing if self.cells.is_empty() => &NONE,
            Typing::Nothing if self.selected().is_some_and(|cell| fact_of(cell).is_none()) => &APART,
            Typing::Nothing => &KEYS,
            Typing::Value => &WRITING,
            Typing::Words => &NARROWING,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        if let Some(go) = self.narrow(action, desk) {
            return go;
        }
        let Some(cell) = self.selected() else { return Go::Back };
        match action {
            Action::Same => {
                if let Some(other) = meant_row(cell, &desk.session) {
                    let same = Request::new("household.same").with_name("household", cell.household);
                    return self.settle(same.with_name("other", other), t("记作同一户", "One family"), desk);
                }
                Go::open(Another::same(cell.household, &for_lists(&cell.head)))
            }
            Action::Open => Go::open(Card::of(cell.household)),
            Action::Take => {
                let proposed = Why::from_stored(&cell.doubt.why).and_then(|why| why.proposes().map(str::to_owned));
                match proposed {
                    Some(value) => {
                        let request = set(cell, &value);
                        self.settle(request, t("{fact} 采纳了", "{fact} taken"), desk)
                    }
                    None if fact_of(cell).is_none() => Go::say(ONLY_TELLS_APART),
                    None => Go::say(t(
                        "这一处没有建议: 2 改正, 3 照现在的.",
                        "Nothing is proposed here: 2 corrects, 3 lets it stand.",
                    )),
                }
            }
            Action::Correct => {
                if fact_of(cell).is_none() {
                    return Go::say(ONLY_TELLS_APART);
                }
                let begun = desk.session.draft(&draft(cell));
                // Of a cell whose number was taken out of the name, the name is what is corrected.
                let is_apart = Why::from_stored(&cell.doubt.why) == Some(Why::NameNumber);
                let stands = clean::line(if is_apart { &cell.head } else { &cell.doubt.raw });
                let (text, cursor) = begun.unwrap_or_else(|| (stands.clone(), stands.len()));
                self.typing = Typing::Value;
                self.field.set(&text, cursor);
                Go::Stay
            }
            Action::Settle => {
                let request = stands(cell);
                self.settle(request, t("{fact} 照现在的", "{fact} kept"), desk)
            }
            Action::Record => self.record(desk),
            Action::Close => {
                self.field.take();
                self.typing = Typing::Nothing;
                Go::Stay
            }
            Action::Narrow | Action::Narrowed => Go::Stay,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, COLUMNS, Doubts, ONLY_TELLS_APART, kept, reason};
    use crate::app::DoubtfulCell;
    use crate::domain::{Doubt, Name};
    use crate::text::{Lang, Text};
    use crate::ui::canvas::columns;
    use crate::ui::desk::Desk;
    use crate::ui::keys::Key;
    use crate::ui::page::{Go, Keyed};

    fn page(key: &str, why: &str) -> Doubts {
        let doubt = Doubt { key: key.into(), raw: "x".into(), why: why.into() };
        let name = Name::new(7, 1);
        let [head, town, village, place, file] = <[String; 5]>::default();
        let cell = DoubtfulCell { household: name, head, town, village, place, file, listed: name, row: 2, doubt };
        Doubts { cells: vec![cell], ..Doubts::default() }
    }

    // 住址里写的是 东里镇, 先走了家 became 住址: 东里镇 in the list: another place than the address says.
    #[test]
    fn what_an_address_says_is_neither_shortened_nor_ends_at_a_comma() {
        let address = "东里镇, 先走了家";
        let doubt = Doubt { key: "door".into(), raw: "x".into(), why: format!("address-says {address}").into() };
        for lang in [Lang::Zh, Lang::En] {
            let cell = reason(&doubt).filled(&kept).say(lang);
            for room in 1..=columns(&cell) {
                let [.., why] = &COLUMNS;
                let said = why.fitted(&cell, room, lang).replace('\u{2060}', "").replace('\u{a0}', " ");
                assert!(said.ends_with(address), "{room}: {said}");
            }
        }
    }

    // 1 on an identity number sent one to 2, which refused.
    #[test]
    fn what_cannot_be_written_says_so_whichever_key_is_tried() {
        let mut desk = Desk::for_tests();
        let says = |go: &Go, words: Text| *go == Go::say(words);
        for action in [Action::Take, Action::Correct] {
            let go = page("idmask", "id-check").act(action, &mut desk);
            assert!(says(&go, ONLY_TELLS_APART), "{go:?}");
        }
        let offered =
            |page: &Doubts| page.table().lines().filter(|line| !line.quiet).any(|line| line.keys == [Key::Digit(2)]);
        assert!(!offered(&page("idmask", "id-check")) && offered(&page("sex", "sex-unknown")));
        let go = page("sex", "sex-unknown").act(Action::Take, &mut desk);
        assert!(matches!(&go, Go::Say(said) if said.say(desk.lang).contains("2 改正")), "{go:?}");
        let go = page("sex", "sex-unknown").act(Action::Correct, &mut desk);
        assert_eq!(go, Go::Stay);
    }
}
