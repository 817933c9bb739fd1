//! 涉及的户: which households an export file would change, before it is merged: those that people would then disagree about
//! first. Named as the lookup names them; what would change in them is on their cards once it is merged.
//!
//! Keystrokes: F7, the file, Right; Enter opens the card as it is now. Looking changes nothing.

use super::{Beside, Card, reasons};
use crate::app::{Brings, Foreseen, How, Touched};
use crate::hanzi::clean;
use crate::text::{Said, Text, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::desk::Desk;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::lent::draw_lent;
use crate::ui::list::{Column, List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::lookup::namesakes::told_apart;
use crate::ui::theme::Look;

const COLUMNS: [Column; 3] = [
    Column::new(t("户", "Household"), 9).grows(1),
    Column::new(t("住在", "Place"), 28).place().drops(1).grows(2),
    Column::new(t("怎么动", "What changes"), 14).grows(1).worded(),
];

/// The column that says which household.
const HEAD: usize = 0;
/// Rows above the list: whose file, how many, a blank.
const ABOVE: u16 = 3;
/// Rows below it: a blank, how many are not named.
const BELOW: u16 = 2;

/// Shows the households that an export file would change.
#[derive(Debug, PartialEq)]
pub struct Households {
    /// Who wrote the file.
    from: String,
    foreseen: Foreseen,
    /// There are other files beside it, and it is told once all of them are merged.
    together: bool,
    list: List,
}

impl Households {
    /// Opens the page on what a file would bring, together with others or alone.
    pub fn of(brings: &Brings, foreseen: Foreseen, together: bool) -> Self {
        let first = brings.people.first().map_or("", String::as_str);
        let from = clean::line(&format!("{} {first}", brings.group));
        Self { from, foreseen, together, list: List::new() }
    }

    fn lines(&self) -> &[Touched] {
        &self.foreseen.households.first
    }

    /// Names a household, and of namesakes what tells them apart.
    fn named(&self, desk: &Desk, one: &Touched) -> String {
        let namesakes = self.lines().iter().filter(|other| other.name != one.name && other.head == one.head);
        let others = namesakes.filter(|other| !other.head.is_empty()).map(|other| other.place.as_str());
        told_apart(one.whose.say(desk.lang), &one.place, others)
    }
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Opens the card as it is now.
    Open,
}

static KEYS: Table<Action> = table(
    t("涉及的户", "Households it changes"),
    &[row(&[Key::Enter], t("打开户卡 (现在的)", "Card as it is now"), Action::Open)],
);

impl Screen for Households {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let touches = &self.foreseen.households;
        let title = t("涉及的户   合并 {from} 会动到 {n} 户", "Households it changes   {n}, merging {from}");
        let short = t("涉及的户   合并 {from}: {n} 户", "Households   {n}, merging {from}");
        let said = |title: Text| canvas.say(&title.with("from", &self.from).with("n", touches.count()));
        let whole = Some(said(title)).filter(|title| columns(title) < canvas.width());
        let title = whole.unwrap_or_else(|| said(short));
        canvas.title(0, &title);
        if let Some(said) = touches.said() {
            let said = if self.together { with_the_others(said) } else { said };
            canvas.write_told(1, 1, ABOVE - 1, &canvas.say(&said), Look::Plain);
        }
        let window = window(canvas.height());
        let shown = self.list.shown(canvas, self.lines().len(), window);
        let mut drawn = Vec::new();
        for index in shown {
            let Some(one) = self.lines().get(index) else { continue };
            let look = if matches!(one.how, How::Disputed(_)) { Look::Soon } else { Look::Plain };
            let cells = vec![
                (self.named(canvas.desk, one), Look::Strong),
                (one.place.clone(), Look::Plain),
                (canvas.say(&one.how.said()), look),
            ];
            drawn.push((cells, self.list.is_selected(index, self.lines().len())));
        }
        draw_lent(canvas, ABOVE, &COLUMNS, HEAD, &drawn, 0..drawn.len());
        let rest = touches.count().saturating_sub(self.lines().len());
        let words = match rest {
            0 => t("还没有合并, 什么都没有改.", "Not merged yet; nothing changed.").into(),
            rest => t("只列这些, 另有 {n} 户. 什么都没有改.", "{n} more, not listed. Nothing changed.").with("n", rest),
        };
        canvas.write(2, canvas.height().saturating_sub(1), canvas.say(&words), Look::Dim);
    }

    fn why(&self, _: &Desk) -> Option<Said> {
        Some(reasons::touched())
    }

    fn beside(&self, desk: &Desk) -> Option<Beside> {
        let one = self.lines().get(self.list.selected().min(self.lines().len().saturating_sub(1)))?;
        let mut beside = Beside::default();
        beside.fact(t("怎么动", "changes"), one.how.said().say(desk.lang));
        if one.how == How::New {
            beside.fact(t("户主", "head"), one.whose.say(desk.lang));
            beside.fact(t("住在", "place"), one.place.clone());
            beside.say(NO_CARD_YET.get(desk.lang), Look::Dim);
            return beside.filled();
        }
        beside.say(t("户卡现在是这样:", "The card as it is now:").get(desk.lang), Look::Dim);
        beside.with_card(Some(one.name)).filled()
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        let len = self.lines().len();
        Some(Scroll { list: &mut self.list, len })
    }
}

/// Says that what is counted is so once the other files are merged too.
fn with_the_others(said: Said) -> Said {
    let words = t("{said} (和这里别的包一起合并以后)", "{said} (once the other files here are merged too)");
    Said::from(words).with_words("said", said)
}

const NO_CARD_YET: Text = t("新户, 合并以后才有户卡.", "It is new: it has a card once this is merged.");

/// Gives the rows that the list has on a page of a height.
fn window(height: u16) -> u16 {
    height.saturating_sub(ABOVE + BELOW).max(1)
}

impl Keyed for Households {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS];

    fn table(&self) -> &'static Table<Action> {
        &KEYS
    }

    fn act(&mut self, action: Action, _: &mut Desk) -> Go {
        match action {
            Action::Open => match self.lines().get(self.list.selected().min(self.lines().len().saturating_sub(1))) {
                Some(one) if one.how == How::New => Go::say(NO_CARD_YET),
                Some(one) => Go::open(Card::of(one.name)),
                None => Go::Stay,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::{Action, Households};
    use crate::app::{Foreseen, How, Touched, Touches};
    use crate::domain::Name;
    use crate::text::{Lang, t};
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;
    use crate::ui::keys::Key;
    use crate::ui::list::List;
    use crate::ui::page::{Go, Keyed, Screen};

    fn page(named: u32, all: usize) -> Households {
        let one = |at: u32| Touched {
            name: Name::new(1, at),
            how: [How::Disputed(2), How::Changed, How::New][usize::try_from(at.min(2)).unwrap()],
            head: format!("张守富{at}"),
            whose: t("张守富{at}", "张守富{at}").with("at", at),
            place: "东里镇 东里东村 3组 12号".to_owned(),
        };
        let households = Touches { counts: [1, 0, 1, all - 2], first: (0..named).map(one).collect() };
        let foreseen = Foreseen { disputes: 2, households };
        Households { from: "二组 张文彬".to_owned(), foreseen, together: false, list: List::new() }
    }

    fn drawn(page: &Households, desk: &Desk, wide: u16, high: u16) -> String {
        let area = Rect::new(0, 0, wide, high);
        let mut buffer = Buffer::empty(area);
        page.draw(&mut Canvas::new(&mut buffer, &mut None, area, desk));
        lines(&buffer).join("\n")
    }

    #[test]
    fn those_in_disagreement_stand_first_and_what_is_not_named_is_counted() {
        let (mut desk, page) = (Desk::for_tests(), page(20, 900));
        let said = drawn(&page, &desk, 80, 21);
        assert!(
            said.contains("合并 二组 张文彬 会动到 900 户") && said.contains("不一致 1, 有改动 1, 新户 898"),
            "{said}"
        );
        assert!(said.contains("> 张守富0") && said.contains("东里镇 东里东村 3组 12号"), "{said}");
        assert!(said.contains("不一致 2 处") && said.contains("有改动") && said.contains("另有 880 户"), "{said}");
        let said = drawn(&page, &desk, 40, 9);
        assert!(said.starts_with(" 涉及的户   合并 二组 张文彬: 900 户\n"), "{said}");
        assert!(said.contains("张守富0") && said.contains("不一致 2 处") && said.contains("另有 880 户"), "{said}");
        desk.lang = Lang::En;
        let said = drawn(&page, &desk, 40, 9);
        assert!(said.starts_with(" Households   900, merging 二组 张文彬\n"), "{said}");
        assert!(said.contains("2 disputed") && said.contains("880 more, not listed. Nothing changed."), "{said}");
    }

    // Two files that contradict each other: the page of each counted the disagreement as if it were merged alone.
    #[test]
    fn of_one_file_among_several_it_says_that_all_of_them_are_meant() {
        let (mut desk, mut page) = (Desk::for_tests(), page(2, 3));
        assert!(!drawn(&page, &desk, 80, 21).contains("别的包"));
        page.together = true;
        let said = drawn(&page, &desk, 80, 21);
        assert!(said.contains("不一致 1, 有改动 1, 新户 1 (和这里别的包一起合并以后)"), "{said}");
        desk.lang = Lang::En;
        let said = drawn(&page, &desk, 40, 9);
        assert!(said.contains("files here are merged too)") && said.contains("> 张守富0"), "{said}");
    }

    #[test]
    fn every_one_of_them_can_be_come_to_and_a_new_one_has_no_card_yet() {
        let (mut desk, mut page) = (Desk::for_tests(), page(20, 20));
        desk.body = ratatui::layout::Size::new(40, 9);
        assert!(matches!(page.act(Action::Open, &mut desk), Go::Open(_)));
        assert!(page.list(&desk).unwrap().key(Key::End, 1));
        let said = drawn(&page, &desk, 40, 9);
        assert!(said.contains("> 张守富19") && said.contains("还没有合并, 什么都没有改"), "{said}");
        assert!(matches!(page.act(Action::Open, &mut desk), Go::Say(_)));
    }
}
