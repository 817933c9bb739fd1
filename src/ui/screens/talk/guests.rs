//! Guests: the table of who is there with their numbers, and what people of one name are called.

use std::borrow::Cow;

use super::who::APART;
use crate::app::{Gathering, Guest};
use crate::domain::hidden::for_other_eyes;
use crate::hanzi::{clean, width};
use crate::text::{Lang, Text, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::screens::lookup::namesakes::{Namesakes, TWICE};
use crate::ui::theme::Look;

/// The columns that one household takes, and the most that namesakes may widen them to up to 80 columns.
const GUEST: u16 = 15;
const WIDE_GUEST: u16 = 26;
/// Of these the columns before the name, and the blank behind it.
const AROUND_NAME: u16 = 6;
/// Beyond so many columns names are whole, and where they live stands behind them.
pub(super) const NARROW: u16 = 80;

/// The village as a whole, by the number that stands for it.
pub(super) const WHOLE_VILLAGE: Text = t("0 全村", "0 village");

const GONE: Text = t(" 走", " left");

/// Gives what stands behind the name of a household, where another of that name is there: a word of its own, else two together,
/// else that it may be there twice.
fn apart(guests: &[Guest], guest: &Guest, lang: Lang) -> String {
    let namesakes = Namesakes::of(&guest.face, guests.iter().map(|guest| &guest.face), lang);
    let own = namesakes.own(&APART).or_else(|| namesakes.own_two(&APART));
    let twice = || guest.face.twice.then(|| TWICE.get(lang).to_owned());
    own.or_else(twice).map_or_else(String::new, |said| format!(" {said}"))
}

/// Names a household that is there, apart from its namesakes.
pub(super) fn called(guests: &[Guest], guest: &Guest, lang: Lang) -> String {
    format!("{}{}", guest.face.head, apart(guests, guest, lang))
}

/// One household of the table.
struct Cell<'a> {
    guest: &'a Guest,
    /// The characters at the beginning of its name that another one's name has too: a name that is cut goes without them.
    shared: usize,
    apart: String,
    /// Where it lives, on a wide terminal where its name alone says nothing of that.
    lives: String,
}

impl Cell<'_> {
    /// Gives the columns that it takes with its name whole.
    fn whole(&self, canvas: &Canvas<'_>) -> u16 {
        let gone = self.guest.presence.left.map_or(0, |_| columns(canvas.words(GONE)));
        AROUND_NAME + columns(&self.guest.face.head) + columns(&self.apart) + gone
    }
}

/// Counts the characters that a name has in common with the beginning of another one, as companies of one village have its name;
/// two of it are left.
fn shared(guests: &[Guest], guest: &Guest) -> usize {
    let own = &guest.face.head;
    let others = guests.iter().map(|other| &other.face.head).filter(|head| *head != own);
    let most = own.chars().count().saturating_sub(2);
    let in_common = others.map(|head| own.chars().zip(head.chars()).take_while(|(own, its)| own == its).count());
    in_common.max().filter(|count| *count > 1).unwrap_or(0).min(most)
}

fn lives(guest: &Guest, village: &str) -> String {
    let other = Some(&guest.face.village).filter(|own| own.as_str() != village);
    let other = other.map(|own| clean::line(&for_other_eyes(own))).unwrap_or_default();
    [other, guest.face.place.clone()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Gives the columns that each household takes: more where namesakes are to be told apart. On a wide terminal as many as the
/// names need, and where they live, as far as all of them stay in sight: else one long name would push others out.
fn guest_width(canvas: &Canvas<'_>, cells: &mut [Cell<'_>], rows: u16) -> u16 {
    let width = canvas.width();
    if width > NARROW {
        let fits = |wide: u16| wide < width && cells.len().div_ceil(in_row(width, wide)) <= usize::from(rows);
        let names = cells.iter().map(|cell| cell.whole(canvas)).max().unwrap_or(GUEST).max(GUEST);
        let lives = |cell: &Cell<'_>| if cell.lives.is_empty() { 0 } else { columns(&cell.lives) + 2 };
        let both = cells.iter().map(|cell| cell.whole(canvas) + lives(cell)).max().unwrap_or(names).max(names);
        if fits(both) {
            return both;
        }
        if fits(names) {
            without_places(cells);
            return names;
        }
    }
    without_places(cells);
    let needed = cells.iter().filter(|cell| !cell.apart.is_empty()).map(|cell| cell.whole(canvas));
    needed.max().unwrap_or(GUEST).clamp(GUEST, WIDE_GUEST)
}

fn without_places(cells: &mut [Cell<'_>]) {
    for cell in cells {
        cell.lives.clear();
    }
}

fn in_row(width: u16, guest_width: u16) -> usize {
    usize::from((width.saturating_sub(1) / guest_width).max(1))
}

/// Draws the table of those present around the one pointed at; gives the rows used.
pub(super) fn draw(gathering: &Gathering, pointed: Option<u16>, canvas: &mut Canvas<'_>, top: u16, most: u16) -> u16 {
    let guests = gathering.present.as_slice();
    if most == 0 {
        return 0;
    }
    if guests.is_empty() {
        let words = t(
            "还没有人到. 打 @ 和名字首字母加户, 如 @zsf; 一组人用 @3组 再按 Ctrl-A.",
            "Nobody is here yet. Type @ and initials, such as @zsf; a whole group: @3组, then Ctrl-A.",
        );
        return canvas.write_told(2, top, most.min(2), canvas.words(words), Look::Dim);
    }
    let lang = canvas.desk.lang;
    let cell = |guest| {
        let apart = apart(guests, guest, lang);
        // Where they live may be what tells them apart.
        let lives = if apart.is_empty() { lives(guest, &gathering.talk.village) } else { String::new() };
        Cell { guest, shared: shared(guests, guest), apart, lives }
    };
    let mut cells: Vec<Cell<'_>> = guests.iter().map(cell).collect();
    let guest_width = guest_width(canvas, &mut cells, most);
    let whole = canvas.words(WHOLE_VILLAGE);
    let room = canvas.width().saturating_sub(columns(whole) + 1);
    let used = |guests: usize| 1 + u16::try_from(guests).unwrap_or(u16::MAX).saturating_mul(guest_width);
    let all = in_row(canvas.width(), guest_width);
    // On a low terminal no row above the table is blank: each row gives way to the number of the village.
    let in_row = if top > 1 || used(all) <= room { all } else { in_row(room, guest_width) };
    let rows = cells.len().div_ceil(in_row);
    let shown = rows.min(usize::from(most));
    let at = guests.iter().position(|guest| Some(guest.presence.number) == pointed);
    let last = rows.saturating_sub(shown);
    // With nobody pointed at the latest are in sight.
    let first = at.map_or(last, |at| (at / in_row).saturating_sub(shown / 2).min(last));
    for (row, cells) in cells.chunks(in_row).enumerate().skip(first).take(shown) {
        let y = top + u16::try_from(row - first).unwrap_or(0);
        let starts = (0..).map(|column| 1 + column * guest_width);
        for (x, cell) in starts.zip(cells) {
            draw_cell(cell, Some(cell.guest.presence.number) == pointed, canvas, (x, y), guest_width);
        }
    }
    // The village as a whole has its number behind the last name, else in a row of its own below, or above the table where there is
    // none: what nobody in particular says is put down by it.
    let last = cells.chunks(in_row).nth((first + shown).saturating_sub(1)).unwrap_or_default();
    let end = last.last().map_or(1, |cell| {
        let whole = if cell.lives.is_empty() { cell.whole(canvas).min(guest_width) } else { guest_width };
        used(last.len() - 1) + whole
    });
    let hidden = cells.len() - cells.chunks(in_row).skip(first).take(shown).map(<[_]>::len).sum::<usize>();
    let shown = u16::try_from(shown).unwrap_or(most);
    let row = if end <= room {
        top + shown.saturating_sub(1)
    } else if shown < most {
        top + shown
    } else {
        top.saturating_sub(1)
    };
    canvas.write(room, row, whole, Look::Dim);
    if hidden > 0 {
        // Above the table, or on a low terminal where its first row ends.
        let (y, left) = if top > 1 { (top - 1, 1) } else { (top, used(in_row)) };
        draw_hidden(hidden, canvas, y, left, if y == row { room } else { canvas.width() });
    }
    (row + 1).max(top + shown) - top
}

/// Says how many of those present are out of sight, between two columns, as far as there is room.
fn draw_hidden(hidden: usize, canvas: &mut Canvas<'_>, y: u16, left: u16, end: u16) {
    let words = [t("还有 {n} 户没显示", "{n} more not shown"), t("还有{n}户", "{n} more"), t("+{n}", "+{n}")];
    let words = words.map(|words| canvas.say(&words.with("n", hidden)));
    let fits = |words: &&String| left + columns(words) < end;
    if let Some(words) = words.iter().find(fits) {
        canvas.write(end - columns(words) - 1, y, words, Look::Dim);
    }
}

fn draw_cell(cell: &Cell<'_>, pointed: bool, canvas: &mut Canvas<'_>, (x, y): (u16, u16), guest_width: u16) {
    let Cell { guest, shared, apart, lives } = cell;
    let number = guest.presence.number.to_string();
    canvas.write(x, y, if pointed { ">" } else { " " }, Look::Accent);
    let x = canvas.write(x + 1 + 3_u16.saturating_sub(columns(&number)), y, &number, Look::Dim) + 1;
    let gone = guest.presence.left.is_some();
    let look = if pointed {
        Look::Accent
    } else if gone {
        Look::Dim
    } else if guest.lines > 0 {
        Look::Strong
    } else {
        Look::Plain
    };
    let gone = if gone { canvas.words(GONE) } else { "" };
    let lived = if lives.is_empty() { 0 } else { columns(lives) + 2 };
    let room = guest_width.saturating_sub(AROUND_NAME + columns(gone));
    let name = room.saturating_sub(columns(apart));
    let head = if columns(&guest.face.head) > name && *shared > 0 {
        Cow::from(format!("~{}", guest.face.head.chars().skip(*shared).collect::<String>()))
    } else {
        Cow::from(&*guest.face.head)
    };
    let head = width::cut(&head, usize::from(name), "~");
    let room = if lived == 0 { room } else { columns(&head) + columns(apart) };
    let x = canvas.write_cut(x, y, room, &format!("{head}{apart}"), look);
    let x = canvas.write(x, y, gone, Look::Dim);
    canvas.write(x + 2, y, lives, Look::Dim);
}

#[cfg(test)]
pub(super) mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::{Gathering, Guest, WHOLE_VILLAGE, draw};
    use crate::app::{Face, Standing};
    use crate::domain::{Household, Name, Presence, TalkMark};
    use crate::text::Lang;
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;

    /// A household at a talk, by its number.
    pub fn guest(number: u16, head: &str, village: &str) -> Guest {
        let household = Household {
            head: head.into(),
            village: village.into(),
            group: "3".into(),
            door: format!("{number}号").into(),
            ..Household::default()
        };
        let (visit, home) = (Name::new(7, 100 + u32::from(number)), Name::new(7, u32::from(number)));
        let came = TalkMark { proven_ms: 0, gaps: 0 };
        let presence =
            Presence { visit, household: home, number, came, left: None, missed_ms: 0, missed_gaps: Vec::new() };
        let face = Face::of(home, &household, &Standing::default(), 0);
        Guest { presence, face, lines: 0, satisfaction: String::new() }
    }

    fn gathering(present: Vec<Guest>) -> Gathering {
        Gathering { present, ..super::super::tests::gathering() }
    }

    fn drawn(gathering: &Gathering, pointed: Option<u16>, lang: Lang, (width, top, most): (u16, u16, u16)) -> String {
        let area = Rect::new(0, 0, width, top + most);
        let (mut buffer, mut desk) = (Buffer::empty(area), Desk::for_tests());
        desk.lang = lang;
        draw(gathering, pointed, &mut Canvas::new(&mut buffer, &mut None, area, &desk), top, most);
        lines(&buffer).join("\n")
    }

    // With 5, 10, 15 or 20 households at 80 columns its number was nowhere.
    #[test]
    fn the_village_as_a_whole_has_its_number_in_sight_however_many_are_there() {
        for count in 1..=25 {
            let all = gathering((1..=count).map(|number| guest(number, "王成友", "东里东村")).collect());
            let one = gathering((1..=count).map(|number| guest(number, &format!("张{number}"), "东里东村")).collect());
            for (width, top, most) in [(40, 1, 3), (60, 1, 3), (80, 1, 3), (80, 2, 5), (100, 2, 5), (120, 2, 12)] {
                for (lang, pointed) in [(Lang::Zh, None), (Lang::En, Some(1)), (Lang::Zh, Some(count))] {
                    for present in [&all, &one] {
                        let said = drawn(present, pointed, lang, (width, top, most));
                        let whole = format!(" {}", WHOLE_VILLAGE.get(lang));
                        assert_eq!(said.matches(&whole).count(), 1, "{count} at {width}\n{said}");
                    }
                    // It is written over nobody.
                    let said = drawn(&one, pointed, lang, (width, top, 26));
                    let names = (1..=count).filter(|number| said.contains(&format!("{number} 张{number}")));
                    assert_eq!(names.count(), usize::from(count), "{count} at {width}\n{said}");
                }
            }
        }
    }

    // With ten households it stood alone above the first of them.
    #[test]
    fn the_village_as_a_whole_stands_behind_the_last_name_or_below_it_and_above_only_where_no_row_is_left() {
        let row_of = |count: u16, head: &str, most: u16| {
            let all = gathering((1..=count).map(|number| guest(number, head, "东里东村")).collect());
            let one = Gathering {
                present: all
                    .present
                    .iter()
                    .map(|guest| Guest {
                        face: Face { head: format!("{head}{}", guest.presence.number % 10), ..guest.face.clone() },
                        ..guest.clone()
                    })
                    .collect(),
                ..all
            };
            let said = drawn(&one, None, Lang::Zh, (80, 2, most));
            said.lines().position(|line| line.contains("0 全村")).unwrap()
        };
        assert_eq!(row_of(10, "杜珍", 5), 3);
        assert_eq!(row_of(10, "欧阳玉珍", 5), 4);
        assert_eq!(row_of(10, "欧阳玉珍", 2), 1);
        assert_eq!(row_of(9, "欧阳玉珍", 5), 3);
    }

    // Of sixty ten were in sight at 40 columns, and nothing said that there were more.
    #[test]
    fn how_many_are_out_of_sight_stands_there() {
        let all =
            |count| gathering((1..=count).map(|number| guest(number, &format!("张{number}"), "东里东村")).collect());
        for (width, top, most) in [(40, 1, 2), (40, 2, 5), (60, 1, 3), (80, 1, 3), (80, 2, 5), (100, 2, 5)] {
            for (lang, pointed) in [(Lang::Zh, None), (Lang::En, Some(1)), (Lang::Zh, Some(30))] {
                for count in [60, 61, 64] {
                    let said = drawn(&all(count), pointed, lang, (width, top, most));
                    let seen = (1..=count).filter(|number| said.contains(&format!(" {number} 张{number}"))).count();
                    let hidden = usize::from(count) - seen;
                    let words = if lang == Lang::Zh { format!("还有{hidden}户") } else { format!("{hidden} more") };
                    let said = said.replace("还有 ", "还有").replace(" 户没", "户没");
                    assert!(said.contains(&words), "{count} at {width}: {words}\n{said}");
                }
                assert!(!drawn(&all(4), pointed, lang, (width, top, most)).contains("还有"));
            }
        }
    }

    // `2 碾砣村食~` stood on a terminal of 200 columns.
    #[test]
    fn on_a_wide_terminal_a_name_is_whole_and_where_it_lives_stands_behind_it() {
        let long = "碾砣村食品加工专业合作社";
        let all = gathering(vec![guest(1, "张守富", "东里东村"), guest(2, long, "碾砣村")]);
        let low = drawn(&all, None, Lang::Zh, (80, 2, 5));
        assert!(low.contains("2 碾砣村食~"), "{low}");
        let wide = drawn(&all, None, Lang::Zh, (120, 2, 5));
        assert!(wide.contains(&format!("2 {long}  碾砣村 3组 2号")) && wide.contains("1 张守富  3组 1号"), "{wide}");
        // Where not all would stay in sight with it, the names do.
        let many = gathering((1..=30).map(|number| guest(number, &format!("张{number}"), "碾砣村")).collect());
        let wide = drawn(&many, None, Lang::Zh, (120, 2, 5));
        assert!(
            (1..=30).all(|number| wide.contains(&format!("{number} 张{number}"))) && !wide.contains("3组"),
            "{wide}"
        );
    }

    // Three companies of the village were `东里东村~` each.
    #[test]
    fn names_that_begin_alike_are_cut_where_they_begin_alike() {
        let heads = ["东里东村食品加工厂", "东里东村机械加工厂", "东里东村机械修理部", "张守富"];
        let all = gathering((1..).zip(heads).map(|(number, head)| guest(number, head, "东里东村")).collect());
        let low = drawn(&all, None, Lang::Zh, (80, 2, 5));
        for said in ["1 ~食品加~", "2 ~加工厂", "3 ~修理部", "4 张守富"] {
            assert!(low.contains(said), "{said}\n{low}");
        }
        let wide = drawn(&all, None, Lang::Zh, (120, 2, 5));
        assert!(heads.iter().all(|head| wide.contains(head)), "{wide}");
    }

    // One of thirty had a long name, and fifteen of them were in sight on 100 columns where 80 showed 25.
    #[test]
    fn one_long_name_pushes_nobody_out_of_sight_on_a_wide_terminal() {
        let named = |number| {
            if number == 7 { "碾砣村食品加工专业合作社".to_owned() } else { format!("张{number}") }
        };
        let all = gathering((1..=30).map(|number| guest(number, &named(number), "东里东村")).collect());
        let said = drawn(&all, None, Lang::Zh, (100, 2, 5));
        let seen = |number: &u16| said.contains(&format!("{number} {}", if *number == 7 { "碾砣村" } else { "张" }));
        assert_eq!((1..=30).filter(seen).count(), 30, "{said}");
    }
}
