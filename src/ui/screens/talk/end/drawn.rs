//! Drawn: who was there for how long, what is noted of each, and the gaps.

use super::super::guests::called;
use super::super::picture::minutes;
use super::{TalkEnd, Writing, narrow};
use crate::app::{Guest, Running};
use crate::domain::choice;
use crate::domain::timer::Gap;
use crate::text::{Said, Text, t};
use crate::ui::beat;
use crate::ui::canvas::{Canvas, columns, whole};
use crate::ui::lent::draw_lent;
use crate::ui::list::{Cell, Column};
use crate::ui::screens::declared_again;
use crate::ui::theme::Look;

const COLUMNS: [Column; 6] = [
    Column::new(t("号", "No"), 3),
    Column::new(t("户主", "Head"), 8).grows(3),
    Column::new(t("在场", "There"), 8),
    Column::new(t("记下", "Lines"), 8),
    Column::new(t("满意度", "Satisfied"), 9).worded(),
    Column::new(t("", ""), 24).grows(1).worded(),
];

/// The column of the names, which say of namesakes what tells them apart.
const HEAD: usize = 1;

/// Rows above and below the list.
const AROUND: u16 = 5;

/// Says that a household left before the end, and the same in few columns.
pub(super) const LEFT_EARLY: (Text, Text) = (t("先走了", "left early"), t("走", "left"));

/// What the line of a household says.
pub(super) struct Row {
    pub number: u16,
    pub name: String,
    /// What it has counted.
    pub ms: i64,
    pub is_short: bool,
    pub lines: usize,
    pub satisfaction: String,
    pub has_left: bool,
    pub is_declared: bool,
    pub minded: Minded,
}

/// The one thing in a line that is to be minded. Where all lines have it none stands out: the title says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Minded {
    Nothing,
    /// It is too short.
    Short,
    /// Nothing is noted.
    Silent,
}

impl Minded {
    fn of(row: &Row, all_short: bool, all_silent: bool) -> Self {
        match row {
            Row { is_short: true, .. } if !all_short => Self::Short,
            Row { is_short: false, lines: 0, .. } if !all_silent => Self::Silent,
            _ => Self::Nothing,
        }
    }

    /// Gives how the cell looks that says one of them.
    pub(super) fn look(self, of: Self) -> Look {
        if self == of { Look::Soon } else { Look::Plain }
    }
}

impl Row {
    fn of(page: &TalkEnd, guest: &Guest, canvas: &Canvas<'_>) -> Self {
        let (proven, declared) = page.counted(guest, canvas.desk);
        Self {
            number: guest.presence.number,
            name: called(page.guests(), guest, canvas.desk.lang),
            ms: proven + declared,
            is_short: page.is_short(guest, canvas.desk),
            lines: guest.lines,
            satisfaction: guest.satisfaction.clone(),
            has_left: guest.presence.left.is_some(),
            is_declared: declared > 0,
            minded: Minded::Nothing,
        }
    }

    fn cells(&self, canvas: &Canvas<'_>) -> Vec<Cell> {
        let noted = match self.lines {
            0 => Said::from(t("没记", "nothing")),
            count => t("{n} 条", "{n} {n:line|lines}").with("n", count),
        };
        let remarks = [
            (self.is_short, t("不足, 还算未访", "too short, still unvisited")),
            (self.has_left, LEFT_EARLY.0),
            (self.is_declared, t("含自述", "declared in part")),
        ];
        let remarks: Vec<&str> = remarks.iter().filter(|(is, _)| *is).map(|(_, words)| canvas.words(*words)).collect();
        let satisfied = satisfied(&self.satisfaction).map_or("", |name| canvas.words(name));
        vec![
            (self.number.to_string(), Look::Dim),
            (self.name.clone(), Look::Strong),
            (minutes(self.ms), Look::Plain),
            (canvas.say(&noted), self.minded.look(Minded::Silent)),
            (satisfied.to_owned(), Look::Plain),
            (remarks.join("  "), self.minded.look(Minded::Short)),
        ]
    }
}

/// Says how many came, and of how many of them something is missing.
fn title(page: &TalkEnd, canvas: &Canvas<'_>) -> Said {
    let guests = page.guests();
    let is_whole = canvas.desk.session.house().is_some_and(|house| house.is_complete());
    if !is_whole && guests.is_empty() {
        return t("到场的户正在读 …", "Who was there is being read …").into();
    }
    let short = page.short(canvas.desk);
    let silent = guests.iter().filter(|guest| guest.lines == 0).count();
    let words = if narrow::is_narrow(canvas.width()) {
        t("到场 {n} 户: 不足 {short} (还算未访), 没记 {silent}", "{n} came: {short} too short, {silent} with no line")
    } else {
        t(
            "到场 {n} 户: 满时 {full} 户, 不足 {short} 户还算未访; {silent} 户什么都没记.",
            "Households {n}: {full} long enough, {short} too short, {silent} with nothing noted.",
        )
    };
    let said = words.with("n", guests.len()).with("full", guests.len() - short);
    said.with("short", short).with("silent", silent)
}

/// Draws the page.
pub(super) fn draw(page: &TalkEnd, canvas: &mut Canvas<'_>) {
    let guests = page.guests();
    let is_narrow = narrow::is_narrow(canvas.width());
    let used = canvas.write_told(1, 0, 2, &canvas.say(&title(page, canvas)), Look::Strong);
    let rows = canvas.height().saturating_sub(AROUND).max(1);
    // All of them, so that no column moves while one goes through the list.
    let mut lines: Vec<Row> = guests.iter().map(|guest| Row::of(page, guest, canvas)).collect();
    let (all_short, all_silent) = (lines.iter().all(|row| row.is_short), lines.iter().all(|row| row.lines == 0));
    for row in &mut lines {
        row.minded = Minded::of(row, all_short, all_silent);
    }
    let shown = page.list.shown(canvas, guests.len(), rows);
    let selected = page.list.selected().min(guests.len().saturating_sub(1));
    if is_narrow {
        if used < 2 && page.writing.is_none() && !guests.is_empty() {
            canvas.write(1, 1, canvas.words(narrow::CHOICES), Look::Dim);
        }
        narrow::draw(canvas, 2, &lines, shown.clone(), selected);
    } else {
        let lines = lines.iter().enumerate().map(|(at, row)| (row.cells(canvas), at == selected));
        let lines: Vec<_> = lines.collect();
        draw_lent(canvas, 2, &COLUMNS, HEAD, &lines, shown.clone());
    }
    let y = canvas.height().saturating_sub(2);
    if let Some(writing) = page.writing {
        let x = canvas.write(2, y, "> ", Look::Strong);
        canvas.field(x, y, &page.field, true);
        if let Writing::Gap(at) = writing
            && let Some(running) = page.running(canvas.desk)
            && let Some(gap) = running.timer.gaps().get(at)
            && canvas.height() > AROUND
        {
            let room = canvas.width().saturating_sub(2);
            let count = running.timer.gaps().len();
            let which = if count > 1 { format!("{}/{count}  ", at + 1) } else { String::new() };
            canvas.write_clauses(
                2,
                y - 1,
                room,
                &format!("{which}{}", canvas.say(&gap_words(gap, canvas.desk.now.wall_ms))),
                Look::Soon,
            );
        }
        let words = match writing {
            Writing::Gap(_) => t(
                "多久和原因, 如: 6 停电, 一直在谈; 1小时 停电",
                "How long and why: 6 power cut, we went on; 1 hour power cut",
            ),
            Writing::Stay => t("选中的这一户待了几分钟, 如 20", "Minutes the selected one was there"),
        };
        canvas.write_clauses(2, y + 1, canvas.width().saturating_sub(2), canvas.words(words), Look::Dim);
        return;
    }
    if let Some(gaps) = page.running(canvas.desk).and_then(|running| gaps(&running, canvas.desk.now.wall_ms)) {
        canvas.write_told(2, y, 2, &canvas.say(&gaps), Look::Soon);
    }
    let below = guests.len().saturating_sub(shown.end);
    if below > 0 && canvas.height() > AROUND {
        let words = canvas.say(&t("下面还有 {n} 户", "{n} more below").with("n", below));
        canvas.write(canvas.width().saturating_sub(columns(&words) + 1), y - 1, words, Look::Dim);
    }
}

/// Names how satisfied a household is, as short as its column.
fn satisfied(word: &str) -> Option<Text> {
    let name = choice::name_of(choice::SATISFACTION, word)?;
    Some(match word {
        "mostly" => t(name.zh, "mostly"),
        "dissatisfied" => t(name.zh, "not"),
        _ => name,
    })
}

/// How many gaps are told one by one.
const TOLD: usize = 3;

/// Says which gaps nobody declared, when each was and how long it is; and what was declared.
fn gaps(running: &Running, now_ms: i64) -> Option<Said> {
    let mut open: Vec<&Gap> = running.open_gaps().map(|(_, gap)| gap).collect();
    let declared: Vec<&Gap> = running.timer.gaps().iter().filter(|gap| gap.declared.is_some()).collect();
    let count = open.len();
    open.sort_by_key(|gap| std::cmp::Reverse(gap.length_ms.unwrap_or(u64::MAX)));
    open.truncate(TOLD);
    open.sort_by_key(|gap| gap.from_ms);
    let not_counted = match open.as_slice() {
        [] => None,
        [one] => Some(
            Said::from(t("{gap}, 没有计时; 一直在谈就按 1 自述.", "{gap}: not counted; 1 declares it."))
                .with_words("gap", gap_words(one, now_ms)),
        ),
        many => {
            let each = many.iter().map(|gap| gap_words(gap, now_ms)).reduce(|all, gap| {
                Said::from(t("{all}, {gap}", "{all}, {gap}")).with_words("all", all).with_words("gap", gap)
            });
            let said =
                t("{n} 段没有计时: {each}; 一直在谈就按 1 自述.", "{n} gaps not counted: {each}; 1 declares them.");
            Some(said.with("n", count).with_words("each", each.unwrap_or(t("", "").into())))
        }
    };
    let declared = match declared.as_slice() {
        [] => None,
        [one] => Some(
            Said::from(t("已自述: {gap}, 按 1 可改.", "Declared: {gap}; 1 changes it."))
                .with_words("gap", gap_words(one, now_ms)),
        ),
        many => Some(t("已自述 {n} 段, 按 1 可改.", "{n} gaps are declared; 1 changes them.").with("n", many.len())),
    };
    not_counted.into_iter().chain(declared).reduce(Said::then)
}

/// Says when a gap was, how long, why it came about, and what was declared of it: the reason whole or not at all, as somebody gave it.
fn gap_words(gap: &Gap, now_ms: i64) -> Said {
    let said = t("{from} 起中断 {length} ({cause})", "{from} a gap of {length} ({cause})");
    let said = said.with("from", beat::moment(gap.from_ms, now_ms));
    let said = said.with_words("length", beat::length(gap)).with_words("cause", beat::cause(gap.cause));
    match &gap.declared {
        Some(declared) => Said::from(t("{gap} {declared}", "{gap} {declared}"))
            .with_words("gap", said)
            .with_words("declared", declared_again::beside(declared).filled(&whole)),
        None => said,
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::super::super::guests::tests::guest;
    use super::super::super::tests::gathering;
    use super::super::TalkEnd;
    use crate::app::{Gathering, Guest};
    use crate::domain::{Name, TalkMark};
    use crate::text::Lang;
    use crate::ui::canvas::{Canvas, columns, lines};
    use crate::ui::desk::Desk;
    use crate::ui::list::List;

    /// Those of a talk of 90 minutes that was entered later: each its name, the minutes until it left, its lines, and how satisfied
    /// it is.
    fn drawn(guests: &[(&str, Option<i64>, usize, &str)], lang: Lang, (width, height): (u16, u16)) -> String {
        let present = (1..).zip(guests).map(|(number, (head, left, lines, satisfaction))| {
            let mut guest = guest(number, head, "东里东村");
            guest.presence.left = left.map(|minutes| TalkMark { proven_ms: minutes * 60_000, gaps: 0 });
            Guest { lines: *lines, satisfaction: (*satisfaction).to_owned(), ..guest }
        });
        let mut gathering = Gathering { present: present.collect(), ..gathering() };
        gathering.talk.lasted_ms = Some(90 * 60_000);
        let page = TalkEnd { gathering: Some(gathering), list: List::new(), ..TalkEnd::of(Name::new(7, 2)) };
        let area = Rect::new(0, 0, width, height);
        let (mut buffer, mut desk) = (Buffer::empty(area), Desk::for_tests());
        desk.lang = lang;
        super::draw(&page, &mut Canvas::new(&mut buffer, &mut None, area, &desk));
        lines(&buffer).join("\n")
    }

    const FOUR: [(&str, Option<i64>, usize, &str); 4] = [
        ("张守富", None, 3, "satisfied"),
        ("王成友", Some(4), 0, "mostly"),
        ("李桂英", None, 0, "dissatisfied"),
        ("欧阳守信", Some(7), 12, ""),
    ];

    // Neither the keys nor what was chosen stood there, and 没记 pushed 不足 aside.
    #[test]
    fn at_forty_columns_it_says_how_satisfied_each_is_and_its_columns_stand_below_one_another() {
        let said = drawn(&FOUR, Lang::Zh, (40, 9));
        let rows: Vec<&str> = said.lines().collect();
        assert_eq!(rows[0], " 到场 4 户: 不足 2 (还算未访), 没记 2");
        assert_eq!(rows[1], " 满意度  7满意  8基本满意  9不满意");
        assert_eq!(rows[2], "> 1  张守富    90:00   3条  满意");
        assert_eq!(rows[3], "  2  王成友    04:00  没记  基本  不足");
        assert_eq!(rows[4], "  3  李桂英    90:00  没记  不满");
        assert_eq!(rows[5], "  4  欧阳守信  07:00  12条        不足");
        let said = drawn(&FOUR, Lang::En, (40, 9));
        let rows: Vec<&str> = said.lines().collect();
        assert_eq!(rows[0], " 4 came: 2 too short, 2 with no line");
        assert_eq!(rows[1], " Satisfied?  7yes  8mostly  9not");
        assert_eq!(rows[2], "> 1  张守富    90:00  yes");
        assert_eq!(rows[3], "  2  王成友    04:00  mostly  short none");
        assert_eq!(rows[5], "  4  欧阳守信  07:00          short");
    }

    #[test]
    fn words_go_in_a_fixed_order_and_none_of_them_is_cut() {
        let names: Vec<String> = ('\u{5000}'..='\u{501d}').map(|sign| format!("张守{sign}")).collect();
        let many: Vec<_> = names.iter().map(|name| (name.as_str(), Some(4), 12, "mostly")).collect();
        for (lang, short, mostly) in [(Lang::Zh, "不足", "基本"), (Lang::En, "short", "mostly")] {
            for width in 40..=100 {
                let said = drawn(&many, lang, (width, 24));
                assert!(!said.contains('~'), "{width}\n{said}");
                let whole = |words: &str, wide: &str| said.matches(if width < 78 { words } else { wide }).count() >= 19;
                let wide = if lang == Lang::Zh { ["不足", "基本满意"] } else { ["too short", "mostly"] };
                assert!(whole(short, wide[0]) && whole(mostly, wide[1]), "{width}\n{said}");
                assert!(said.lines().all(|line| columns(line) <= width), "{width}\n{said}");
            }
        }
    }

    // "too short, still unvisite~" stood there, and nothing of who had left.
    #[test]
    fn at_eighty_columns_it_says_who_left_early_beside_who_was_too_short() {
        let said = drawn(&FOUR, Lang::En, (80, 20));
        assert!(said.contains("too short  left early") && !said.contains('~'), "{said}");
        let said = drawn(&FOUR, Lang::Zh, (80, 20));
        assert!(said.contains("不足, 还算未访  先走了") && !said.contains('~'), "{said}");
    }
}
