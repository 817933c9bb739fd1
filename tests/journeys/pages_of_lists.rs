//! Page keys in every list: whatever stands beside it, below it or in several lines, no row is gone over, down or up.

use std::collections::BTreeSet;

use zoufang::app::Request;

use super::harness::{Laptop, Press, Terminal};
use super::office;

/// The households of a list: of as many that each has its own sign.
const SIGNS: &str = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃星宿列张";

/// A list: how one gets there from the lookup, and the character behind which each row has its sign.
type Place = (&'static str, fn(&mut Terminal), char);

const PLACES: [Place; 9] = [
    ("查找", |terminal| _ = terminal.keys("东里东村"), '守'),
    ("按村组看", |terminal| _ = terminal.press(Press::Ctrl('g')).press(Press::Home).press(Press::Enter), '第'),
    ("待核对", |terminal| _ = terminal.press(Press::Ctrl('p')).keys("dhd\r"), '守'),
    ("疑似重复户", |terminal| _ = terminal.press(Press::Ctrl('p')).keys("yscf\r"), '传'),
    ("新旧名册对照", |terminal| _ = terminal.press(Press::Ctrl('p')).keys("xjmc\r"), '守'),
    ("导入过的名册", |terminal| _ = terminal.press(Press::Ctrl('p')).keys("drgd\r"), '册'),
    ("问题", |terminal| _ = terminal.press(Press::F(4)).keys("东里东村"), '守'),
    ("往来记录", |terminal| _ = terminal.keys("守甲").press(Press::Enter).keys("6"), '井'),
    (
        "同一户",
        |terminal| {
            _ = terminal.press(Press::Ctrl('p')).keys("dhd\r").keys("4").press(Press::Ctrl('u')).keys("东里东村");
        },
        '守',
    ),
];

const SIZES: [(u16, u16); 3] = [(40, 12), (80, 50), (160, 30)];

fn signs() -> impl Iterator<Item = (usize, char)> {
    SIGNS.chars().enumerate()
}

/// Fills a campaign so that each of the lists has more rows than a window of 40 x 12.
fn fill(laptop: &Laptop) {
    let list = |size: usize| {
        let own = signs().map(move |(n, sign)| {
            format!(
                "东里东村,第{sign},守{sign},1385330{n:04},{size},{n}号,已搬迁\n南村,,传{sign},1395330{n:04},3,{n}号,\n"
            )
        });
        let twice = signs().map(|(n, sign)| format!("南村,,船{sign},1395330{n:04},3,{n}号,\n"));
        let rows: String = own.chain(twice).collect();
        format!("村,组,户主姓名,联系电话,家庭人口,门牌,备注\n{rows}")
    };
    office::behind(laptop, |keeper| {
        office::import_bytes(keeper, list(3).as_bytes(), "册零.csv");
        let of_village = |name: &zoufang::domain::Name| keeper.house().household(*name).unwrap().village == "东里东村";
        let all: Vec<_> = keeper.house().shelf(|shelf, _| shelf.households().iter().copied().collect());
        let ours: Vec<_> = all.into_iter().filter(of_village).collect();
        assert_eq!(ours.len(), signs().count());
        for home in &ours {
            office::ask(keeper, &Request::new("household.set").with_name("household", *home).with("size", "5"));
            let record = Request::new("issue.record").with_name("household", *home).with("text", "路灯不亮");
            office::ask(keeper, &record.with("field", "governance"));
        }
        for (n, sign) in signs() {
            let text = format!("井{sign}坏了{}", ", 浇不上地".repeat(n % 7 * 4));
            let record = Request::new("issue.record").with_name("household", ours[0]).with("text", text);
            office::ask(keeper, &record.with("field", "agriculture"));
        }
        office::import_bytes(keeper, list(4).as_bytes(), "册一.csv");
        for (n, sign) in signs().skip(1) {
            let rows = format!("村,户主姓名,联系电话\n南村,王{sign},1375330{n:04}\n");
            office::import_bytes(keeper, rows.as_bytes(), &format!("册{sign}.csv"));
        }
    });
}

/// Gives the signs of the rows that stand on the screen; a row may go on in the next line.
fn shown(terminal: &Terminal, before: char) -> Vec<char> {
    let screen = terminal.screen();
    let of_line = |line: &str| line.split(before).nth(1).and_then(|rest| rest.chars().next());
    screen.lines().filter_map(of_line).collect()
}

/// Gives the signs of all rows in order from the first on, one Down after the other.
fn all(terminal: &mut Terminal, before: char) -> Vec<char> {
    let mut found: Vec<char> = Vec::new();
    for _ in 0..200 {
        let screen = terminal.screen();
        let mut selected = screen.lines().filter(|line| line.starts_with('>'));
        let sign = selected.find_map(|line| line.split(before).nth(1)?.chars().next());
        let Some(sign) = sign.filter(|sign| !found.contains(sign)) else { break };
        found.push(sign);
        terminal.press(Press::Down);
    }
    found
}

#[test]
fn page_keys_go_over_no_row_in_any_list_on_any_window() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    fill(&laptop);
    for size in SIZES {
        let mut terminal = laptop.start(size, &[], &[]);
        for (name, go, before) in PLACES {
            terminal.press(Press::F(2)).press(Press::Ctrl('u'));
            go(&mut terminal);
            let order = all(&mut terminal, before);
            assert!(order.len() > 10, "{name} {size:?}: {order:?}\n{}", terminal.screen());
            for key in [Press::PageUp, Press::PageDown] {
                let mut seen: BTreeSet<char> = shown(&terminal, before).into_iter().collect();
                let mut last = String::new();
                while last != terminal.screen() {
                    last = terminal.screen();
                    terminal.press(key);
                    seen.extend(shown(&terminal, before));
                }
                let missed: Vec<&char> = order.iter().filter(|sign| !seen.contains(sign)).collect();
                assert!(missed.is_empty(), "{name} {size:?} {key:?}: {missed:?}\n{last}");
            }
        }
    }
}
