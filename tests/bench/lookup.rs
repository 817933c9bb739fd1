//! How long a keystroke in the lookup box takes: medians over invented households.
//!
//! `cargo bench --bench lookup` measures ten thousand and a hundred thousand households; with `-- full` a million too.
#![expect(
    clippy::disallowed_methods,
    reason = "a bench measures in nanoseconds, which the program's clock does not have"
)]
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

mod people;

use std::time::{Duration, Instant};

use people::{Dice, given};
use zoufang::domain::Word;
use zoufang::lookup::{Index, Member, Row};

const TOWNS: [&str; 12] = [
    "历山街道",
    "南麻街道",
    "鲁村镇",
    "东里镇",
    "悦庄镇",
    "西里镇",
    "大张庄镇",
    "中庄镇",
    "张家坡镇",
    "燕崖镇",
    "石桥镇",
    "南鲁山镇",
];
const VILLAGES: [&str; 13] =
    ["东里", "西台", "悦庄", "水么头", "大泉", "沙沟", "流水", "前崖", "后崖", "石家庄", "福禄坪", "唐家六", "韩旺"];
const ENDS: [&str; 3] = ["东村", "西村", "社区"];

fn row(dice: &mut Dice, given: &[char]) -> Row {
    let visited = dice.below(3) == 0;
    let kinds = ["结对帮扶", "结对帮扶", "社区", "个体工商户"];
    Row {
        head: dice.name(given).into(),
        also: Vec::new(),
        members: Vec::new(),
        phones: vec![format!("13{:09}", dice.below(1_000_000_000)).into()],
        town: TOWNS[dice.below(TOWNS.len())].into(),
        village: format!("{}{}", VILLAGES[dice.below(VILLAGES.len())], ENDS[dice.below(ENDS.len())]).into(),
        group: Some(u16::try_from(1 + dice.below(12)).unwrap()),
        quarter: Word::default(),
        door: format!("{}号", 1 + dice.below(260)).into(),
        words: vec![kinds[dice.below(4)].into(), if visited { "已访" } else { "未访" }.into()],
        mine: dice.below(40) == 0,
        today: dice.below(500) == 0,
        visited,
    }
}

/// The same household in a block of flats: no number of a group, but a building and its entrance.
fn in_flat(row: &Row, slot: u32) -> Row {
    Row { group: None, quarter: format!("{}号楼{}单元", 1 + slot % 30, 1 + slot % 5).into(), ..row.clone() }
}

fn time_lines(index: &Index, lines: &[(&str, &str)], runs: usize) {
    for (what, line) in lines {
        let mut found = None;
        let once = |_| {
            let start = Instant::now();
            found = index.find(line, 50, &|| true);
            start.elapsed()
        };
        let mut times: Vec<Duration> = (0..runs).map(once).collect();
        times.sort_unstable();
        let [least, middle, most] = [0, runs / 2, runs - 1].map(|at| times[at].as_secs_f64() * 1e3);
        println!("  {middle:>9.3} ms ({least:.3} to {most:.3})  {:>7} hits  {what}: {line}", found.unwrap().total);
    }
}

/// The same households with the people that a list of one person a row has: none to four beside the head.
fn families(mut rows: Vec<(u32, Row)>, dice: &mut Dice, given: &[char], runs: usize) {
    for (_, row) in &mut rows {
        let many = dice.below(5);
        let phone = |dice: &mut Dice| vec![format!("15{:09}", dice.below(1_000_000_000)).into()];
        // Every other one of them has a phone of their own.
        let member = |_| {
            let name = dice.name(given).into();
            Member { name, phones: if dice.below(2) == 0 { phone(dice) } else { Vec::new() } }
        };
        row.members = (0..many).map(member).collect();
    }
    let people: usize = rows.iter().map(|(_, row)| row.members.len()).sum();
    let start = Instant::now();
    let index = Index::build(rows.iter().map(|(slot, row)| (*slot, row)));
    let built = start.elapsed().as_secs_f64() * 1e3;
    println!("with {people} members: built in {built:.0} ms, {} bytes a row", index.size() / rows.len());
    let lines = [
        ("three letters", "zsf"),
        ("one letter", "z"),
        ("a name", "刘桂芝"),
        ("a given name", "桂芝"),
        ("full pinyin", "zhangjianguo"),
        ("part of a phone", "5330"),
        ("two tokens", "东里 lgz"),
        ("by sound", "流贵芝"),
        ("nobody", "牛顿"),
    ];
    time_lines(&index, &lines, runs);
}

fn measure(households: u32) {
    let given = given();
    let mut dice = Dice::new(2021);
    let rows: Vec<(u32, Row)> = (0..households).map(|slot| (slot, row(&mut dice, &given))).collect();
    let start = Instant::now();
    let mut index = Index::build(rows.iter().map(|(slot, row)| (*slot, row)));
    let built = start.elapsed();
    let count = f64::from(households);
    println!(
        "\n{households} households: built in {:.0} ms, {:.2} us a row, {:.0} bytes a row",
        built.as_secs_f64() * 1e3,
        built.as_secs_f64() * 1e6 / count,
        f64::from(u32::try_from(index.size()).unwrap()) / count
    );
    // One of three lives in a flat, and the roster says so in the column of the group.
    let homes = rows.iter().map(|(slot, row)| (*slot, if slot % 3 == 0 { in_flat(row, *slot) } else { row.clone() }));
    let homes: Vec<(u32, Row)> = homes.collect();
    let flats = Index::build(homes.iter().map(|(slot, row)| (*slot, row)));
    println!("with one of three in a flat: {:.0} bytes a row", f64::from(u32::try_from(flats.size()).unwrap()) / count);
    let phone = rows[rows.len() / 2].1.phones[0].get(4..9).unwrap().to_owned();
    let lines = [
        ("three letters", "zsf"),
        ("two letters", "zs"),
        ("one letter", "z"),
        ("one 汉字", "富"),
        ("a name", "张守富"),
        ("full pinyin", "zhangshouf"),
        ("part of a phone", &phone),
        ("two tokens", "东里 zsf"),
        ("three tokens", "未访 dl z"),
        ("a group", "3组"),
        ("one digit", "3"),
        ("by sound", "章首府"),
        ("one 汉字 by sound", "彰"),
        ("nothing typed", ""),
    ];
    let runs = if households > 200_000 { 21 } else { 101 };
    time_lines(&index, &lines, runs);
    families(rows.clone(), &mut dice, &given, runs);
    let changes: Vec<Duration> = (0..1000)
        .map(|n| {
            let changed = row(&mut dice, &given);
            let start = Instant::now();
            index.put([(n * 7 % households, Some(changed))]);
            start.elapsed()
        })
        .collect();
    let worst = changes.iter().max().unwrap().as_secs_f64() * 1e3;
    let all: Duration = changes.iter().sum();
    println!("  a changed household: {:.1} us on average, {worst:.2} ms at worst", all.as_secs_f64() * 1e3);
    let start = Instant::now();
    let found = index.find("zsf", 50, &|| true).unwrap();
    println!(
        "  {:>9.3} ms  {:>7} hits  three letters after 1000 changes",
        start.elapsed().as_secs_f64() * 1e3,
        found.total
    );
}

fn main() {
    measure(10_000);
    measure(100_000);
    if std::env::args().any(|word| word == "full") {
        measure(1_000_000);
    }
}
