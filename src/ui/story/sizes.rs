//! Stories of lists that are longer than the screen, and of screens that are wider or lower than most.

use std::collections::BTreeSet;

use crossterm::event::KeyCode;
use ratatui::layout::Size;

use super::Table;
use crate::app::{Ask, Doubled, Face, GroupCount, Message, Pair, Request, Standing, Ticket, Twin, Unlike};
use crate::domain::{Household, Likeness, Name, twins};
use crate::text::t;
use crate::ui::canvas::columns;
use crate::ui::screens::{Browse, Twins};

impl Table {
    fn sized(mut self, width: u16, height: u16) -> Self {
        self.size = Size::new(width, height);
        self.stack.resized(self.size, &mut self.desk);
        self
    }

    fn asked(&self) -> Ticket {
        Ticket(u64::try_from(self.desk.session.asked.len()).unwrap())
    }
}

// What lay below was reached with nineteen arrows, by those who knew that it was there.
#[test]
fn a_menu_that_goes_on_says_so_and_its_end_is_one_key_away() {
    let mut table = Table::demo();
    table.press(KeyCode::Esc);
    let first = table.screen();
    assert!(first.contains("下面还有") && !first.contains("上面还有") && !first.contains("活动结束"), "{first}");
    table.press(KeyCode::Up);
    let last = table.screen();
    assert!(last.contains("上面还有") && !last.contains("下面还有") && last.contains("活动结束"), "{last}");
    table.press(KeyCode::Down);
    table.press(KeyCode::End);
    assert_eq!(table.screen(), last);
    table.press(KeyCode::Home);
    assert_eq!(table.screen(), first);
    table.press(KeyCode::PageDown);
    table.press(KeyCode::PageDown);
    assert_eq!(table.screen(), last);
    table.press(KeyCode::Esc);
    let mut tall = Table::demo().sized(80, 60);
    tall.press(KeyCode::Esc);
    assert!(!tall.screen().contains("还有"), "all of it is there\n{}", tall.screen());
}

// The palette went by as many rows as it may have, not by those that stood there: what it found lay between two pages.
#[test]
fn a_page_of_the_palette_is_what_stands_there() {
    let rows = |table: &Table| -> BTreeSet<String> {
        let screen = table.screen();
        let rows = screen.lines().map(|line| line.trim().trim_start_matches("> ").to_owned());
        rows.filter(|line| !line.contains("还有")).collect()
    };
    for size in [(80, 24), (80, 60)] {
        let seen = |key: KeyCode, times: usize| {
            let mut table = Table::demo().sized(size.0, size.1);
            table.control('p');
            table.type_in("s");
            let first = table.screen();
            assert!(first.contains("下面还有"), "{first}");
            let mut all = rows(&table);
            for _ in 0..times {
                table.press(key);
                all.extend(rows(&table));
            }
            assert!(!table.screen().contains("下面还有"), "{}", table.screen());
            all
        };
        assert_eq!(seen(KeyCode::PageDown, 40), seen(KeyCode::Down, 400), "{size:?}");
    }
}

#[test]
fn the_palette_says_so_too() {
    let mut table = Table::demo();
    table.control('p');
    let first = table.screen();
    assert!(first.contains("下面还有") && !first.contains("上面还有"), "{first}");
    table.press(KeyCode::End);
    let last = table.screen();
    assert!(last.contains("上面还有") && !last.contains("下面还有"), "{last}");
    table.type_in("tc");
    assert!(!table.screen().contains("还有"), "{}", table.screen());
}

#[test]
fn ctrl_z_takes_back_with_the_menu_open_as_its_line_does() {
    let mut table = Table::demo();
    table.press(KeyCode::Esc);
    table.control('z');
    assert!(!table.screen().contains("数字 直接选"), "{}", table.screen());
    assert_eq!(table.desk.session.asked.last(), Some(&Ask::Do(Request::new("undo"))));
}

fn villages(width: u16, height: u16) -> Table {
    counted(width, height, &[("3", 1_000, 50), ("4", 62, 3)])
}

/// Browses a village of groups that have so many households, and so many of them visited.
fn counted(width: u16, height: u16, groups: &[(&str, usize, usize)]) -> Table {
    let mut table = Table::new(Browse::new()).sized(width, height);
    let count = |(group, households, covered): &(&str, usize, usize)| GroupCount {
        town: "东里镇".into(),
        village: "东里东村".into(),
        group: (*group).into(),
        households: *households,
        covered: *covered,
    };
    let counts = groups.iter().map(count).collect();
    let counted = Message::GroupsCounted(table.asked(), Box::new(Ok(counts)));
    table.stack.heard(&counted, &mut table.desk);
    table
}

#[test]
fn how_many_are_open_is_read_on_the_smallest_terminal_and_beside_the_village_on_the_widest() {
    let small = villages(40, 12).screen();
    assert!(small.contains("东里东村") && small.contains("1062 户") && small.contains("未访 1009"), "{small}");
    let wide = villages(200, 60).screen();
    let line = wide.lines().find(|line| line.contains("东里东村")).unwrap();
    let between = line.split("东里东村").nth(1).unwrap().split("1062").next().unwrap();
    assert!(between.len() <= 32, "{} blanks\n{line}", between.len());
}

// 140 户 stood above 80 户 with 户 one column further to the left, and the town before every group.
#[test]
fn numbers_of_groups_end_below_one_another_and_the_town_stands_once() {
    let mut table = counted(80, 24, &[("1", 140, 8), ("2", 80, 22), ("3", 1_062, 1_062)]);
    table.press(KeyCode::Enter);
    let screen = table.screen();
    let rows: Vec<&str> = screen.lines().filter(|line| line.contains("已访 ") && line.contains("组 ")).collect();
    assert_eq!((rows.len(), screen.matches("东里镇").count()), (3, 1), "{screen}");
    let at =
        |word: &str| rows.iter().map(|row| row.split_once(word).map(|(before, _)| columns(before))).collect::<Vec<_>>();
    assert!(at(" 户").iter().all(|column| *column == at(" 户")[0] && column.is_some()), "{screen}");
    assert!(rows[0].contains("已访    8") && rows[1].contains("已访   22") && rows[2].contains("都访过了"), "{screen}");
}

// Every group that was passed cost a search, on a narrow terminal for nothing; and where the window was widened nothing stood
// beside the group until another one was selected.
#[test]
fn the_households_of_a_group_are_asked_for_where_they_are_shown() {
    let searches = |table: &Table| {
        let typed = |ask: &Ask| if let Ask::Find { typed, .. } = ask { Some(typed.clone()) } else { None };
        table.desk.session.asked.iter().filter_map(typed).collect::<Vec<_>>()
    };
    let mut table = villages(80, 24);
    table.press(KeyCode::Enter);
    table.press(KeyCode::Down);
    table.press(KeyCode::Up);
    assert!(searches(&table).is_empty(), "{:?}", searches(&table));
    let mut table = table.sized(160, 40);
    assert_eq!(searches(&table), ["东里东村 3组"], "widened");
    table.press(KeyCode::Down);
    assert_eq!(searches(&table), ["东里东村 3组", "东里东村 4组"]);
    let mut table = table.sized(80, 24);
    table.press(KeyCode::Enter);
    assert_eq!(
        searches(&table),
        ["东里东村 3组", "东里东村 4组", "东里东村 4组"],
        "gone into it is shown whatever the width"
    );
}

fn pairs(width: u16, height: u16) -> Table {
    pairs_unlike(width, height, Vec::new())
}

fn pairs_unlike(width: u16, height: u16, unlike: Vec<Unlike>) -> Table {
    let mut table = Table::new(Twins::new()).sized(width, height);
    let twin = |seq: u32| {
        let household = Household {
            head: "张守富".into(),
            town: "东里镇".into(),
            village: "东里东村".into(),
            group: "3".into(),
            door: format!("{seq}号").into(),
            phones: vec!["13853301234".into()],
            ..Household::default()
        };
        let name = Name::new(7, seq);
        Twin { face: Face::of(name, &household, &Standing::default(), 0), household }
    };
    let likeness = || {
        let [one, other] = [1, 2].map(|seq| (Name::new(7, seq), twin(seq).household));
        twins(&[one, other]).pop().map_or_else(Likeness::default, |twins| twins.likeness)
    };
    let pair = |seq: u32| Pair { sides: [twin(seq), twin(seq + 1)], likeness: likeness(), unlike: unlike.clone() };
    let found = Doubled { pairs: vec![pair(1), pair(3), pair(5)], ..Doubled::default() };
    let found = Message::Doubled(table.asked(), Box::new(Ok(found)));
    table.stack.heard(&found, &mut table.desk);
    table
}

#[test]
fn pairs_stand_above_what_is_said_of_them_on_the_smallest_terminal_too() {
    let mut table = pairs(40, 12);
    let screen = table.screen();
    let rows: Vec<&str> = screen.lines().collect();
    assert!(rows[1].contains("疑似重复户"), "{screen}");
    assert!(rows[3].starts_with("> 张守富") && rows[4].contains("张守富") && rows[5].contains("张守富"), "{screen}");
    assert!(rows[7].contains("住在") && rows[8].contains("电话") && rows[9].contains("因为"), "{screen}");
    table.press(KeyCode::Down);
    assert!(table.screen().lines().nth(4).unwrap().starts_with("> 张守富"), "{}", table.screen());
    let (one, other) = (t("耳背", "deaf"), t("养羊", "sheep"));
    let remark =
        Unlike { key: "remark", name: t("备注", "remark"), says: [one.into(), other.into()], shown: Some(1) };
    let mut table = pairs_unlike(80, 24, vec![remark.clone()]);
    assert!(table.screen().contains("耳背") && table.screen().contains("(用) 养羊"), "{}", table.screen());
    table.desk.covered = true;
    assert!(!table.screen().contains("养羊"), "{}", table.screen());
    let low = pairs_unlike(40, 12, vec![remark]).screen();
    assert!(low.contains("另有 1 项不同"), "{low}");
    let whole = pairs(80, 24).screen();
    for row in ["户主", "住在", "电话", "类别", "人口", "走访", "因为"] {
        assert!(whole.contains(row), "{row}\n{whole}");
    }
}
