//! Two laptops and an office: each writes, exports to the stick, and the office brings both together.

use std::fmt::Write as _;
use std::path::Path;

use zoufang::app::{Keeper, Place, Request};

use super::harness::{Laptop, Press, Terminal};
use super::office::{ask, behind, clock, household, import, set_up};

const SIZE: (u16, u16) = (80, 24);

/// Opens the exchange page with a folder as the stick.
pub fn open(laptop: &Laptop, stick: &Path) -> Terminal {
    let mut terminal = laptop.start(SIZE, &[("ZOUFANG_STICKS", &stick.to_string_lossy())], &[]);
    terminal.press(Press::F(7));
    assert!(terminal.line(1).contains("合并   U盘"), "{}", terminal.screen());
    terminal
}

/// A group's laptop: the roster, two lines of talk, and a door that both groups correct differently.
pub fn group(seed: u64, name: &str, person: &str, file: &str, door: &str) -> Laptop {
    let laptop = Laptop::new(seed);
    set_up(&laptop, name, person);
    behind(&laptop, |keeper| {
        import(keeper, file);
        let home = household(keeper, 7);
        ask(keeper, &Request::new("household.set").with_name("household", home).with("door", door));
        let visit = Request::new("visit.start").with_name("household", home).with("on", "2021-05-18T15:00:00+08:00");
        let visit = ask(keeper, &visit).name().unwrap();
        for text in ["村里没有地方跳舞", "机井坏了浇不上地"] {
            ask(keeper, &Request::new("visit.note").with_name("visit", visit).with("text", text));
        }
    });
    laptop
}

/// Exports with one key and gives the count that the page says.
pub fn export(laptop: &Laptop, stick: &Path) {
    let mut terminal = open(laptop, stick);
    // The header has no room for it beside a clock that is asked about.
    assert!(terminal.line(0).contains("待导出") || terminal.line(0).contains("时间对吗?"), "{}", terminal.screen());
    assert!(terminal.screen().contains("待导出"), "{}", terminal.screen());
    terminal.keys("4");
    let screen = terminal.screen();
    assert!(screen.contains("已读回核对, 可以拔U盘") && screen.contains("本机签名号 "), "{screen}");
    assert!(!terminal.line(0).contains("待导出"), "{screen}");
    assert!(screen.contains("本机导出的"), "{screen}");
}

/// Counts the files that were merged, now or before.
fn merged(screen: &str) -> usize {
    screen.matches("刚合并的").count() + screen.matches("已合并过").count()
}

/// What an office knows in the end: everything, without which of its own operations came when.
fn knows(office: &Laptop) -> (usize, usize, String) {
    behind(office, |keeper: &mut Keeper| {
        let house = keeper.house();
        let home = household(keeper, 7);
        let disputed = house.shelf(|shelf, _| shelf.disputed().len());
        (house.count(), disputed, format!("{:?} {:?}", house.household(home).unwrap(), keeper.known()))
    })
}

pub fn office(seed: u64) -> Laptop {
    let laptop = Laptop::new(seed);
    set_up(&laptop, "办公室", "王主任");
    laptop
}

#[test]
fn an_office_merges_two_laptops_in_either_order_and_as_often_as_it_likes() {
    let stick = tempfile::tempdir().unwrap();
    let one = group(11, "一组", "陈明", "r500.xlsx", "12号");
    let two = group(12, "二组", "张文彬", "r500_gbk.csv", "14号");
    export(&one, stick.path());
    export(&two, stick.path());

    let (first, second) = (office(21), office(22));
    {
        let mut terminal = open(&first, stick.path());
        let screen = terminal.screen();
        assert!(screen.contains("找到 2 个导出包"), "{screen}");
        assert!(screen.contains("一组 陈明") && screen.contains("5-18 19:42"), "{screen}");
        assert_eq!(screen.matches("可合并").count(), 2, "{screen}");
        terminal.press(Press::Enter);
        let screen = terminal.screen();
        assert!(screen.contains("已合并 1 个导出包"), "{screen}");
        assert!(screen.contains("刚合并的") && screen.contains("可合并"), "{screen}");
        terminal.press(Press::Ctrl('a'));
        let screen = terminal.screen();
        assert_eq!(screen.matches("刚合并的").count(), 2, "{screen}");
        assert!(screen.contains("不一致 1 处"), "{screen}");
        // Each line goes on telling what came of its file: both hold a side of the one disagreement.
        assert_eq!(screen.matches("不一致 1  刚合并的").count(), 2, "{screen}");
        assert!(!screen.contains("新 0 条"), "{screen}");
        terminal.press(Press::Ctrl('a'));
        assert!(terminal.line_from_below(1).contains("没有要合并的"), "{}", terminal.screen());
    }
    {
        let mut terminal = open(&second, stick.path());
        terminal.press(Press::Down).press(Press::Enter);
        assert_eq!(merged(&terminal.screen()), 1, "{}", terminal.screen());
        // What is still new is selected: Enter is meant for it.
        terminal.press(Press::Enter);
        assert_eq!(merged(&terminal.screen()), 2, "{}", terminal.screen());
    }
    assert_eq!(knows(&first), knows(&second));
    assert_eq!(knows(&first).1, 1);
}

// What came of the last merge covered what there is to know of every other file, until the page was left.
#[test]
fn what_came_of_a_merge_gives_way_to_the_next_file_and_to_a_new_look() {
    let stick = tempfile::tempdir().unwrap();
    export(&group(11, "一组", "陈明", "r500.xlsx", "12号"), stick.path());
    export(&group(12, "二组", "张文彬", "r500.xlsx", "14号"), stick.path());
    let office = office(21);
    let mut terminal = open(&office, stick.path());
    terminal.press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("已合并 1 个导出包"), "{screen}");
    assert!(screen.contains("不一致 1 "), "told before it is merged\n{screen}");
    // The next file that brings something is selected; going to one by hand tells of that one.
    terminal.press(Press::Up).press(Press::Down);
    let screen = terminal.screen();
    assert!(!screen.contains("已合并 1 个导出包") && screen.contains("来自 二组 张文彬"), "{screen}");
    terminal.press(Press::Enter).press(Press::Ctrl('f'));
    let screen = terminal.screen();
    assert!(!screen.contains("已合并 1 个导出包") && screen.contains("来自 二组 张文彬"), "{screen}");
    terminal.press(Press::Tab).keys("/nowhere/at-all").press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("没有 /nowhere/at-all 这个文件夹") && !screen.contains("找到 1 个"), "{screen}");
}

// Only how many households there are was said, and not which.
#[test]
fn which_households_a_file_changes_is_seen_before_it_is_merged() {
    let stick = tempfile::tempdir().unwrap();
    let (one, two) = (group(11, "一组", "陈明", "r500.xlsx", "12号"), group(12, "二组", "张文彬", "r500.xlsx", "14号"));
    export(&two, stick.path());
    let head = behind(&one, |keeper: &mut Keeper| {
        let home = household(keeper, 7);
        keeper.house().household(home).unwrap().head.to_string()
    });
    let mut terminal = open(&one, stick.path());
    // It may go over the end of a line.
    let said = terminal.read_columns(0, 80);
    assert!(said.contains(&format!("涉及1户:{head}(不一致1处).Right")), "{said}");
    terminal.press(Press::Right);
    let screen = terminal.screen();
    assert!(screen.contains("合并 二组 张文彬 会动到 1 户") && screen.contains("不一致 1 处"), "{screen}");
    assert!(screen.contains(&head) && screen.contains("还没有合并, 什么都没有改."), "{screen}");
    // The card is the one of now.
    terminal.press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains(&head) && screen.contains("12号") && !screen.contains("14号"), "{screen}");
    terminal.press(Press::F(7)).press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("刚合并的") && screen.contains("不一致 1 处, 按 2 看"), "{screen}");
    terminal.press(Press::Right);
    assert!(terminal.line_from_below(1).contains("没有新内容, 哪一户都不动"), "{}", terminal.screen());
}

// It wrote an empty file.
#[test]
fn for_a_laptop_that_lacks_nothing_the_page_says_so_and_writes_nothing() {
    let stick = tempfile::tempdir().unwrap();
    export(&group(12, "二组", "张文彬", "r500.xlsx", "14号"), stick.path());
    let office = office(21);
    let mut terminal = open(&office, stick.path());
    terminal.press(Press::Enter).keys("6");
    let screen = terminal.screen();
    assert!(screen.contains("二组 张文彬 什么都不缺, 没有写文件") && screen.contains("按 4"), "{screen}");
    assert!(!screen.contains("没有做成"), "{screen}");
    assert_eq!(std::fs::read_dir(stick.path()).unwrap().count(), 1);
}

// Both bundles hold the roster: what the first brought must not be counted as new with the second.
#[test]
fn merging_all_counts_each_record_once() {
    let stick = tempfile::tempdir().unwrap();
    export(&group(11, "一组", "陈明", "r500.xlsx", "12号"), stick.path());
    export(&group(12, "二组", "张文彬", "r500.xlsx", "12号"), stick.path());
    std::fs::write(stick.path().join("坏.zfb"), "x").unwrap();
    let office = office(21);
    let mut terminal = open(&office, stick.path());
    assert!(terminal.line(1).contains("找到 2 个导出包, 1 个不能用"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('a'));
    let said = terminal.screen();
    assert!(said.contains("没有动: 1 个不能用"), "{said}");
    let known = behind_known(&said);
    assert!(known > 500, "the second bundle's roster was known by then\n{said}");
    assert!(!said.contains("处, 按 2 看"), "two who wrote the same agree\n{said}");
    terminal.press(Press::Ctrl('a'));
    let again = terminal.screen();
    assert!(again.contains("没有要合并的: 2 个已合并过, 1 个不能用"), "{again}");
    drop(terminal);
    behind(&office, |keeper| assert_eq!(keeper.known().count(), fresh(&said)));
}

fn number_after(said: &str, words: &str) -> u64 {
    let rest = said.split_once(words).unwrap_or_else(|| panic!("{words}\n{said}")).1;
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

fn fresh(said: &str) -> u64 {
    number_after(said, "已合并 2 个导出包: 新 ")
}

fn behind_known(said: &str) -> u64 {
    number_after(said.split_once("已合并 2 个导出包").unwrap().1, "已有 ")
}

/// A list of as many households as a long merge needs; all are invented.
pub fn long_roster(folder: &Path, count: usize) -> String {
    let path = folder.join("很多户.csv");
    let mut rows = String::from("户主姓名,联系电话,家庭人口,镇(街道),村(居),组,门牌号\n");
    for at in 0..count {
        let head: String = ["王李张刘", "守世成玉", "富芳友珍"]
            .iter()
            .zip([1, 4, 16])
            .filter_map(|(from, step)| from.chars().nth(at / step % 4))
            .collect();
        let _ = writeln!(rows, "{head},138{at:08},4,东里镇,韩旺村,{},{}号", at / 800 + 1, at % 800 + 1);
    }
    std::fs::write(&path, rows).unwrap();
    path.display().to_string()
}

// Which file of how many is said, and whoever stops a merge has whole files or none of them.
#[test]
fn a_merge_of_several_files_is_counted_and_stops_behind_the_one_under_way() {
    const LONG: usize = 20_000;
    let (stick, lists) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    export(&group(13, "一组", "陈明", &long_roster(lists.path(), LONG), "12号"), stick.path());
    export(&group(14, "二组", "张文彬", "r500.xlsx", "12号"), stick.path());
    // On a fast machine the key may come too late for once, and on a busy one too.
    for seed in 23..43 {
        let office = office(seed);
        let mut terminal = open(&office, stick.path());
        terminal.send(b"\x01");
        terminal.wait_for_glimpse("正在合并 1 / 2, 核对").press(Press::Esc);
        let screen = terminal.screen();
        let done = merged(&screen);
        // With nothing left to stop Esc opens the menu.
        if done == 2 || screen.contains("数字 直接选") {
            continue;
        }
        assert!(screen.matches("可合并").count() == 2 - done, "{screen}");
        assert_eq!(households(&office, terminal), done * LONG, "whole or not at all");
        // Later all of it comes in.
        let mut terminal = open(&office, stick.path());
        terminal.press(Press::Ctrl('a'));
        assert_eq!(merged(&terminal.screen()), 2, "{}", terminal.screen());
        assert_eq!(households(&office, terminal), LONG + 500);
        return;
    }
    panic!("no merge was long enough to be stopped");
}

/// Counts the households once the program has gone.
fn households(laptop: &Laptop, mut terminal: Terminal) -> usize {
    terminal.leave();
    terminal.wait_exit();
    behind(laptop, |keeper| keeper.house().count())
}

#[test]
fn a_disagreement_is_shown_with_both_sides_and_settled_by_a_digit_or_a_third_value() {
    let stick = tempfile::tempdir().unwrap();
    export(&group(11, "一组", "陈明", "r500.xlsx", "12号"), stick.path());
    export(&group(12, "二组", "张文彬", "r500.xlsx", "14号"), stick.path());
    let (first, second) = (office(21), office(22));
    {
        let mut terminal = open(&first, stick.path());
        terminal.press(Press::Ctrl('a')).keys("2");
        let screen = terminal.screen();
        assert!(screen.contains("12号 / 14号") || screen.contains("14号 / 12号"), "{screen}");
        for words in ["陈明", "一组1", "张文彬", "二组1", "门牌", "现在用的"] {
            assert!(screen.contains(words), "{words}\n{screen}");
        }
        terminal.keys("1");
        assert!(terminal.screen().contains("没有不一致"), "{}", terminal.screen());
        let said = terminal.line_from_below(1);
        assert!(said.contains("门牌 选定了: ") && said.contains("组") && said.contains(". Ctrl-Z 撤回."), "{said}");
        assert!(terminal.line(0).contains("待导出"), "{}", terminal.screen());
    }
    let mut terminal = open(&second, stick.path());
    terminal.press(Press::Ctrl('a')).keys("2").press(Press::Enter).keys("13号").kill9();
    // What was begun is still there, and is no command.
    let mut second = second;
    second.seed += 100;
    let mut terminal = open(&second, stick.path());
    terminal.keys("2").press(Press::Enter);
    assert!(terminal.screen().contains("> 13号"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("没有不一致"), "{}", terminal.screen());
    drop(terminal);
    behind(&second, |keeper| {
        let home = keeper.house().household(household(keeper, 7)).unwrap();
        assert_eq!(home.door, "13号");
    });
}

// The page said that nothing was disputed while one laptop had accepted what the other one had refused.
#[test]
fn a_step_that_two_took_differently_stands_among_the_disagreements_and_is_settled_by_a_digit() {
    let stick = tempfile::tempdir().unwrap();
    let (first, second) = (Laptop::new(15), office(25));
    set_up(&first, "一组", "陈明");
    let issue = behind(&first, |keeper| {
        let home = Request::new("household.add").with("head", "张守富").with("village", "东里东村");
        let home = ask(keeper, &home).name().unwrap();
        let record = Request::new("issue.record").with_name("household", home).with("text", "机井坏了");
        ask(keeper, &record.with("field", "agriculture")).name().unwrap()
    });
    export(&first, stick.path());
    open(&second, stick.path()).press(Press::Ctrl('a'));
    let screen = Request::new("issue.screen").with_name("issue", issue);
    let accept = screen.clone().with("decision", "accept").with("class", "larger").with("unit", "水利站");
    behind(&first, |keeper| ask(keeper, &accept));
    behind(&second, |keeper| ask(keeper, &screen.with("decision", "unsupported").with("why", "不归县里管")));
    export(&first, stick.path());

    let mut terminal = open(&second, stick.path());
    assert!(terminal.screen().contains("不一致 1 "), "told before it is merged\n{}", terminal.screen());
    terminal.press(Press::Ctrl('a'));
    assert!(terminal.screen().contains("不一致 1 处, 按 2 看"), "{}", terminal.screen());
    terminal.keys("2");
    let said = terminal.screen();
    for words in
        ["张守富", "农业农村 甄别", "受理", "较大", "水利站", "政策不支持", "陈明", "王主任", "一组1", "办公室1"]
    {
        assert!(said.contains(words), "{words}\n{said}");
    }
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("机井坏了"), "{}", terminal.screen());
    terminal.press(Press::Esc);
    let accepted = if terminal.screen().contains("1  受理") { "1" } else { "2" };
    terminal.keys(accepted);
    assert!(terminal.screen().contains("没有不一致"), "{}", terminal.screen());
    let said = terminal.line_from_below(1);
    assert!(said.contains("农业农村 甄别 照选的这一步: 张守富 东里东村. Ctrl-Z 撤回."), "{}", terminal.screen());
    terminal.press(Press::F(4));
    assert!(terminal.screen().contains("待方案") && !terminal.screen().contains("不一致"), "{}", terminal.screen());
}

// The page of families entered twice says whose word is shown once they are one; their card did not.
#[test]
fn the_card_of_a_joined_family_says_whose_word_it_shows() {
    let laptop = Laptop::new(16);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        let mut add = |door: &str, text: &str| {
            let home =
                Request::new("household.add").with("head", "张守富").with("village", "东里东村").with("door", door);
            let home = ask(keeper, &home).name().unwrap();
            let record = Request::new("issue.record").with_name("household", home).with("text", text);
            (home, ask(keeper, &record.with("field", "agriculture")).name().unwrap())
        };
        let ((one, lead), (other, joined)) = (add("12号", "机井坏了"), add("14号", "浇不上地"));
        ask(keeper, &Request::new("household.same").with_name("household", one).with_name("other", other));
        let join = Request::new("issue.screen").with_name("issue", joined).with("decision", "join");
        ask(keeper, &join.with_name("with", lead));
    });
    let mut terminal = laptop.start(SIZE, &[("ZOUFANG_STICKS", "/nowhere")], &[]);
    terminal.keys("张守富").press(Press::Enter);
    let screen = terminal.screen();
    for words in ["14号", "合成一户: 门牌 照 陈明 5-18", "农业农村 一般 并案  浇不上地", "农业农村 一般  机井坏了"]
    {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
}

// Its times were shown otherwise from then on, and nothing said so.
#[test]
fn a_laptop_whose_clock_was_corrected_elsewhere_is_told_by_whom_and_asked() {
    let stick = tempfile::tempdir().unwrap();
    let (one, other) = (Laptop::new(31), Laptop::new(32));
    set_up(&one, "一组", "陈明");
    set_up(&other, "办公室", "李光军");
    let laptop = behind(&one, |keeper| {
        ask(keeper, &Request::new("household.add").with("head", "张守富"));
        format!("{:016x}", keeper.device().laptop)
    });
    let correct = Request::new("clock.correct").with("laptop", laptop).with("ahead_minutes", 180);
    behind(&other, |keeper| ask(keeper, &correct));
    export(&other, stick.path());
    let mut terminal = open(&one, stick.path());
    assert!(!terminal.line(0).contains("时间对吗?"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line(0).contains("时间对吗?"), "{}", terminal.screen());
    let said = terminal.notice();
    for words in ["李光军 (办公室1) 更正了这台电脑的时间: 快 3 小时", "照更正现在是", "先把钟调对再记", "电脑时间没错"]
    {
        assert!(said.contains(words), "{words}\n{}", terminal.screen());
    }
    terminal.press(Press::F(2)).press(Press::Ctrl('p')).keys("dnsj\r");
    assert!(!terminal.line(0).contains("时间对吗?"), "{}", terminal.screen());
}

// Once it was merged and the page was left nothing said it any more.
#[test]
fn that_this_laptop_seems_to_be_two_waits_until_somebody_has_seen_it() {
    let stick = tempfile::tempdir().unwrap();
    let (one, mut copy) = (Laptop::new(17), Laptop::new(18));
    set_up(&one, "一组", "陈明");
    let add = |laptop: &Laptop, head: &str| {
        let home = Request::new("household.add").with("head", head).with("village", "东里东村");
        behind(laptop, |keeper| ask(keeper, &home));
    };
    add(&one, "张守富");
    crate::rebuild::copy(&one.data(), &copy.data());
    add(&one, "王成友");
    export(&one, stick.path());
    // Its number is what its folder says; only what it writes under is its own.
    copy.seed += 50;
    let mut terminal = open(&copy, stick.path());
    terminal.press(Press::Enter);
    assert!(terminal.line(0).contains("像是两台: F7"), "{}", terminal.screen());
    terminal.kill9();
    copy.seed += 50;
    let mut terminal = copy.start(SIZE, &[("ZOUFANG_STICKS", "/nowhere")], &[]);
    assert!(terminal.line(0).contains("像是两台: F7"), "{}", terminal.screen());
    terminal.press(Press::F(7));
    assert!(terminal.screen().contains("本机 (一组 陈明) 像是有两台"), "{}", terminal.screen());
    assert!(terminal.screen().contains("看过了按 0"), "{}", terminal.screen());
    terminal.keys("0");
    assert!(!terminal.screen().contains("像是") && terminal.screen().contains("只留一台"), "{}", terminal.screen());
    terminal.press(Press::F(2)).press(Press::F(7));
    assert!(!terminal.screen().contains("像是"), "{}", terminal.screen());
}

// The resolving was taken back under the feet of a neighbour who had been told of it.
#[test]
fn what_a_joined_household_was_told_of_is_not_taken_back() {
    let stick = tempfile::tempdir().unwrap();
    let (first, second) = (Laptop::new(19), Laptop::new(29));
    set_up(&first, "一组", "陈明");
    set_up(&second, "二组", "陈明");
    behind(&first, |keeper| {
        let mut issue = |head: &str, text: &str| {
            let home = Request::new("household.add").with("head", head).with("village", "东里东村");
            let home = ask(keeper, &home).name().unwrap();
            let record = Request::new("issue.record").with_name("household", home).with("text", text);
            ask(keeper, &record.with("field", "agriculture")).name().unwrap()
        };
        let (lead, joined) = (issue("张守富", "机井坏了"), issue("王成友", "浇不上地"));
        let step = |word: &str, issue| Request::new(word).with_name("issue", issue);
        ask(keeper, &step("issue.screen", joined).with("decision", "join").with_name("with", lead));
        let accept = step("issue.screen", lead).with("decision", "accept").with("class", "general");
        ask(keeper, &accept.with("unit", "水利站"));
        ask(keeper, &step("issue.plan", lead).with("text", "换泵"));
    });
    let mut terminal = open(&first, stick.path());
    terminal.press(Press::F(4)).keys("张守富").press(Press::Enter).keys("1泵换好了").press(Press::F(8));
    assert!(terminal.screen().contains("待反馈"), "{}", terminal.screen());
    terminal.press(Press::F(7)).keys("4");
    assert!(terminal.screen().contains("已读回核对"), "{}", terminal.screen());

    let mut other = open(&second, stick.path());
    other.press(Press::Ctrl('a')).press(Press::F(4)).keys("王成友").press(Press::Enter).keys("11").press(Press::F(8));
    assert!(other.screen().contains("待销号"), "{}", other.screen());
    other.press(Press::F(7)).keys("4");

    terminal.press(Press::Ctrl('f')).press(Press::Ctrl('a'));
    assert!(terminal.screen().contains("已合并 1 个"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.screen().contains("又有改动"), "{}", terminal.screen());
    terminal.press(Press::F(4)).press(Press::Ctrl('u'));
    assert!(terminal.screen().contains("待销号") && terminal.screen().contains("待反馈 1"), "{}", terminal.screen());
}

#[test]
fn a_damaged_copy_is_refused_with_a_sentence_and_changes_nothing() {
    let stick = tempfile::tempdir().unwrap();
    export(&group(11, "一组", "陈明", "r500.xlsx", "12号"), stick.path());
    let file = std::fs::read_dir(stick.path()).unwrap().next().unwrap().unwrap().path();
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, &bytes).unwrap();

    let office = office(21);
    let mut terminal = open(&office, stick.path());
    assert!(terminal.screen().contains("文件不完整"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("没有合并任何内容, 请重新拷贝"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('a'));
    assert!(terminal.line_from_below(1).contains("没有要合并的"), "{}", terminal.screen());
    drop(terminal);
    behind(&office, |keeper| assert_eq!(keeper.known().count(), 0));
}

#[test]
fn a_folder_that_is_not_there_is_said_and_nothing_counts_as_exported() {
    let laptop = group(11, "一组", "陈明", "r500.xlsx", "12号");
    let mut terminal = laptop.start(SIZE, &[("ZOUFANG_STICKS", "/nowhere")], &[]);
    terminal.press(Press::F(7));
    // It stood at the foot of a tall window, far from the title.
    assert!(terminal.line(3).contains("没找到U盘"), "{}", terminal.screen());
    terminal.keys("/nowhere/usb\r").press(Press::Esc).keys("4");
    let screen = terminal.screen();
    assert!(screen.contains("没有 /nowhere/usb 这个文件夹, 没有导出"), "{screen}");
    assert!(terminal.line(0).contains("待导出"), "{screen}");
}

// The fourth group of the number was gone, as was where the file lay.
#[test]
fn what_is_cut_on_the_smallest_window_is_read_whole_with_ctrl_w() {
    let laptop = group(11, "一组", "陈明", "r500.xlsx", "12号");
    let folder = tempfile::tempdir().unwrap();
    let stick = folder.path().join("各组交来的导出包都放在这一个文件夹里");
    std::fs::create_dir(&stick).unwrap();
    let mut terminal = laptop.start((40, 12), &[("ZOUFANG_STICKS", stick.to_str().unwrap())], &[]);
    terminal.press(Press::F(7)).keys("4");
    let screen = terminal.screen();
    assert!(screen.contains("全文 Ctrl-W") && !screen.contains("zfb"), "{screen}");
    terminal.press(Press::Ctrl('w'));
    let mut said = terminal.screen();
    for _ in 0..12 {
        said.push_str(&terminal.press(Press::Down).screen());
    }
    assert!(said.contains("zfb"), "{said}");
}

// “/” was no key there, and the 2 of usb2 opened the disagreements.
#[test]
fn a_mistyped_folder_stays_in_the_line_to_be_put_right() {
    let laptop = group(11, "一组", "陈明", "r500.xlsx", "12号");
    let stick = tempfile::tempdir().unwrap();
    let right = stick.path().join("usb2");
    std::fs::create_dir(&right).unwrap();
    let wrong = stick.path().join("usb").display().to_string();
    let mut terminal = laptop.start(SIZE, &[("ZOUFANG_STICKS", "/nowhere")], &[]);
    terminal.press(Press::F(7)).keys(&format!("{wrong}\r"));
    let screen = terminal.screen();
    assert!(screen.contains("没有") && screen.contains("看看有没有打错"), "{screen}");
    terminal.keys("2\r");
    let screen = terminal.screen();
    assert!(screen.contains("usb2   找到 0 个导出包") && screen.contains("合并"), "{screen}");
    assert!(terminal.line_from_below(0).contains("Tab 换文件夹"), "{screen}");
    // Left as it is, keys are commands again, and a path begins anew.
    terminal.press(Press::Tab).keys(&format!("{wrong}\r")).press(Press::Esc).keys("/");
    assert!(terminal.line(1).contains("文件夹: ") && terminal.line(1).contains('/'), "{}", terminal.screen());
}

// It was typed as the name of a folder.
#[test]
fn without_a_stick_an_export_says_where_it_would_go_and_goes_there_once_it_is_asked_for_again() {
    let laptop = group(11, "一组", "陈明", "r500.xlsx", "12号");
    let home = tempfile::tempdir().unwrap();
    let desktop = home.path().join("桌面");
    std::fs::create_dir(&desktop).unwrap();
    let files = || std::fs::read_dir(&desktop).unwrap().count();
    let mut terminal =
        laptop.start(SIZE, &[("ZOUFANG_STICKS", "/nowhere"), ("HOME", home.path().to_str().unwrap())], &[]);
    terminal.press(Press::F(7)).keys("4");
    let screen = terminal.screen();
    assert!(screen.contains("没找到U盘. 再按一次 4 就导出到") && screen.contains("桌面"), "{screen}");
    assert!(terminal.line_from_below(1).contains("还没有导出") && files() == 0, "{screen}");
    // Looked for again, it has to be said again.
    terminal.press(Press::Ctrl('f')).keys("4");
    assert_eq!(files(), 0, "{}", terminal.screen());
    terminal.keys("4");
    let screen = terminal.screen();
    assert!(screen.contains("还没有在U盘上") && screen.contains("找到 1 个导出包"), "{screen}");
    assert_eq!(files(), 1);
}

#[test]
fn the_campaigns_key_is_taken_from_the_stick_with_one_key() {
    let (stick, keys) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (office, two) = (office(31), group(12, "二组", "张文彬", "r500_gbk.csv", "14号"));
    let place = zoufang::app::Place::new(office.data());
    let (file, _) = place.new_campaign_key(&place.campaign_id(false), keys.path()).unwrap();
    std::fs::copy(&file, stick.path().join(file.file_name().unwrap())).unwrap();
    {
        let mut terminal = open(&two, stick.path());
        assert!(terminal.screen().contains("这里有活动密钥: 按 8 收下"), "{}", terminal.screen());
        terminal.keys("8");
        assert!(terminal.screen().contains("收下了: 以后导出的都加密"), "{}", terminal.screen());
        terminal.keys("8");
        assert!(terminal.line_from_below(1).contains("没有新的活动密钥"), "{}", terminal.screen());
    }
    std::fs::remove_file(stick.path().join(file.file_name().unwrap())).unwrap();
    export(&two, stick.path());
    // A laptop without the key is told what it is and where to ask.
    let stranger = self::office(33);
    let terminal = open(&stranger, stick.path());
    assert!(
        terminal.screen().contains("没有它的密钥") && !terminal.screen().contains("张文彬"),
        "{}",
        terminal.screen()
    );
    drop(terminal);
    let mut terminal = open(&office, stick.path());
    assert!(terminal.screen().contains("第一次来, 签名号"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("已合并 1 个导出包"), "{}", terminal.screen());
}

#[test]
fn who_has_a_passphrase_is_told_that_a_stick_without_a_campaign_key_is_in_the_clear() {
    const WORDS: &str = "口令管不到U盘";
    let stick = tempfile::tempdir().unwrap();
    let laptop = group(12, "二组", "张文彬", "r500_gbk.csv", "14号");
    let place = zoufang::app::Place::new(laptop.data());
    let clear = |laptop: &Laptop, typed: &str| {
        let mut terminal = laptop.start(SIZE, &[("ZOUFANG_STICKS", &stick.path().to_string_lossy())], &[]);
        terminal.keys(typed).press(Press::F(7)).keys("4");
        assert!(terminal.screen().contains("可以拔U盘"), "{}", terminal.screen());
        terminal.screen().contains(WORDS)
    };
    assert!(!clear(&laptop, ""), "nobody who has none is bothered");
    let sealed = place.seal_up("水井核桃三轮车", &zoufang::clock::Clock::machine(), &mut |_| true).unwrap().place;
    assert!(clear(&laptop, "水井核桃三轮车\r"));
    sealed.new_campaign_key(&sealed.campaign_id(false), &laptop.data().join("key.zfkey")).unwrap();
    assert!(!clear(&laptop, "水井核桃三轮车\r"));
}

#[test]
fn an_export_with_another_signature_than_before_comes_in_only_with_a_key_of_its_own() {
    let stick = tempfile::tempdir().unwrap();
    let (office, two) = (office(31), group(12, "二组", "张文彬", "r500_gbk.csv", "14号"));
    export(&two, stick.path());
    {
        let mut terminal = open(&office, stick.path());
        terminal.press(Press::Enter);
        assert!(terminal.screen().contains("已合并 1 个导出包"), "{}", terminal.screen());
    }
    // Somebody else under the same laptop's number.
    let settings = std::fs::read_to_string(two.data().join("device.toml")).unwrap();
    let key = settings.lines().find(|line| line.starts_with("signing")).unwrap();
    std::fs::write(two.data().join("device.toml"), settings.replace(key, "signing = \"\"")).unwrap();
    behind(&two, |keeper| drop(ask(keeper, &Request::new("household.add").with("head", "任淑兰"))));
    for file in std::fs::read_dir(stick.path()).unwrap() {
        std::fs::remove_file(file.unwrap().path()).unwrap();
    }
    export(&two, stick.path());
    let mut terminal = open(&office, stick.path());
    assert!(
        terminal.screen().contains("要问清") && terminal.screen().contains("签名和以前不是同一个"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("先没有合并"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('a'));
    assert!(terminal.line_from_below(1).contains("没有要合并的"), "{}", terminal.screen());
    terminal.keys("9");
    assert!(terminal.screen().contains("已合并 1 个导出包: 新 "), "{}", terminal.screen());
}

// Two programs under one number: only a test can make them, or somebody who forges.
#[test]
fn what_has_a_known_name_and_other_content_is_said_before_and_after_it_is_set_aside() {
    let (stick, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let office = office(31);
    for (folder, head) in [(&stick, "张守富"), (&other, "李桂英")] {
        let laptop = Laptop::new(12);
        set_up(&laptop, "二组", "张文彬");
        let place = Place { seed: Some(77), ..Place::new(laptop.data()) };
        let mut keeper = place.open(clock(&laptop)).unwrap().keeper;
        keeper.fill().unwrap();
        ask(&mut keeper, &Request::new("household.add").with("head", head));
        drop(keeper);
        export(&laptop, folder.path());
    }
    let mut terminal = open(&office, stick.path());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("已合并 1 个导出包"), "{}", terminal.screen());
    drop(terminal);
    let mut terminal = open(&office, other.path());
    // A sentence that is longer than a line is broken anywhere.
    let says = |terminal: &Terminal, words: &str| {
        let screen: String = terminal.screen().split_whitespace().collect();
        assert!(screen.contains(words), "{}", terminal.screen());
    };
    says(&terminal, "有1条与这里同号而内容不同,会另存,不并入.");
    terminal.keys("9");
    says(&terminal, "有1条与这里同号而内容不同,另存在quarantine,没有并入.");
    drop(terminal);
    let head = behind(&office, |keeper| keeper.house().household(household(keeper, 0)).unwrap().head);
    assert_eq!(head, "张守富", "what was known first stays");
    assert!(office.data().join("quarantine").is_dir());
}

// The laptop and the error are named above the list; 7, what it shows and F8 correct it, Ctrl-Z takes that back.
#[test]
fn a_clock_in_2031_stands_in_a_banner_until_it_is_corrected() {
    let stick = tempfile::tempdir().unwrap();
    let mut group = Laptop::new(12);
    set_up(&group, "二组", "张文彬");
    group.clock.set_wall("2031-05-18T19:42:00+08:00");
    behind(&group, |keeper| ask(keeper, &Request::new("household.add").with("head", "张守富")));
    export(&group, stick.path());
    let office = office(21);
    let mut terminal = open(&office, stick.path());
    let banner = "二组 张文彬: 那台电脑的时间快 3652 天. 按 7 更正";
    assert!(terminal.line(2).contains(banner), "{}", terminal.screen());
    terminal.press(Press::Ctrl('a'));
    assert!(terminal.line(2).contains(banner), "merged, it is still wrong\n{}", terminal.screen());
    terminal.keys("7");
    terminal.keys("2031-05-18 19:43");
    let screen = terminal.screen();
    assert!(screen.contains("快 3652 天, 从它的 2026-05-18 起"), "{screen}");
    terminal.press(Press::F(8));
    let screen = terminal.screen();
    assert!(!screen.contains("按 7 更正") && screen.contains("5-18 19:41"), "{screen}");
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.line(2).contains(banner), "{}", terminal.screen());
}

// Pressed on its own page the key did nothing, and the files of the stick before stood there.
#[test]
fn the_key_of_the_page_looks_at_the_stick_again() {
    let laptop = group(93, "一组", "陈明", "r500.xlsx", "12");
    let other = group(94, "二组", "林芳", "r500.xlsx", "13");
    let stick = tempfile::tempdir().unwrap();
    let mut terminal = open(&laptop, stick.path());
    assert!(!terminal.screen().contains("二组"), "{}", terminal.screen());
    export(&other, stick.path());
    terminal.press(Press::F(7));
    assert!(terminal.screen().contains("二组"), "{}", terminal.screen());
}

// Of eleven pairs ten were drawn, nothing said that there is one more, and the title was cut.
#[test]
fn more_families_entered_twice_than_fit_are_counted_where_the_list_ends() {
    let laptop = Laptop::new(68);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        for at in 0..11 {
            for head in ["张德富", "张得富"] {
                let request = Request::new("household.add").with("head", head).with("village", format!("东里{at}村"));
                ask(keeper, &request.with("phone", format!("138533012{at:02}")));
            }
        }
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Ctrl('p')).keys("yscf\r");
    let screen = terminal.screen();
    assert!(screen.contains("疑似重复户   11 处") && screen.contains("显示的."), "the title is whole\n{screen}");
    let said = terminal.read_columns(0, 80);
    assert!(said.contains("下面还有"), "{screen}");
    terminal.press(Press::End);
    assert!(terminal.screen().contains("上面还有") && !terminal.screen().contains("下面还有"), "{}", terminal.screen());
}

// It was remembered only once something had been merged from it or exported to it.
#[test]
fn a_folder_that_was_typed_and_looked_at_is_there_again_the_next_day() {
    let laptop = Laptop::new(69);
    set_up(&laptop, "办公室", "李光军");
    let kept = tempfile::tempdir().unwrap();
    let folder = kept.path().join("各组");
    std::fs::create_dir(&folder).unwrap();
    let start = || laptop.start(SIZE, &[("ZOUFANG_STICKS", "/nowhere")], &[]);
    let mut terminal = start();
    terminal.press(Press::F(7)).keys(&format!("{}\r", folder.display()));
    assert!(terminal.line(1).contains("找到 0 个导出包"), "{}", terminal.screen());
    // One that is not there is no folder to come back to.
    terminal.press(Press::Tab).keys("/nowhere/at/all\r");
    assert!(terminal.screen().contains("没有 /nowhere/at/all 这个文件夹"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    let mut terminal = start();
    terminal.press(Press::F(7));
    assert!(terminal.line(1).contains(&folder.display().to_string()), "{}", terminal.screen());
}

// The counts of the file that had lain there stood beside what can be done with the new one.
#[test]
fn a_file_that_was_replaced_after_its_merge_tells_what_it_brings_and_not_what_the_old_one_brought() {
    let (stick, away) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let only = || std::fs::read_dir(stick.path()).unwrap().map(|file| file.unwrap().path()).next().unwrap();
    let one = group(11, "一组", "陈明", "r500.xlsx", "12号");
    export(&one, stick.path());
    let (file, older) = (only(), away.path().join("older"));
    std::fs::rename(&file, &older).unwrap();
    behind(&one, |keeper| {
        let home = household(keeper, 7);
        ask(keeper, &Request::new("household.set").with_name("household", home).with("nickname", "富子"));
    });
    export(&one, stick.path());
    let newer = away.path().join("newer");
    std::fs::rename(only(), &newer).unwrap();
    std::fs::copy(older, &file).unwrap();
    export(&group(12, "二组", "张文彬", "r500.xlsx", "14号"), stick.path());
    let office = office(21);
    let mut terminal = open(&office, stick.path());
    let row = |screen: &str| screen.lines().find(|line| line.contains("一组 陈明")).map(str::to_owned).unwrap();
    terminal.press(Press::Enter);
    assert!(row(&terminal.screen()).contains("刚合并的"), "{}", terminal.screen());
    std::fs::copy(newer, file).unwrap();
    terminal.press(Press::Enter);
    let row = row(&terminal.screen());
    // The nickname, and who this run of the program is.
    assert!(row.contains("可合并") && row.contains("新 2 条"), "{row}");
}
