//! An evening talk says what is so of each household, and guesses nothing: when it is full, who speaks, who was looked for.

use zoufang::app::Request;

use super::harness::{Laptop, Press, Terminal};
use super::kitchen::sit_down;
use super::office::{ask, behind, import_bytes, set_up};
use super::talk::{gather, pass};

/// Gives what stands in the entry line; none where nothing does.
fn line(terminal: &Terminal) -> Option<String> {
    let screen = terminal.screen();
    screen.lines().rev().find_map(|line| line.trim_end().strip_prefix("  > ")).map(str::to_owned)
}

// The bar and the bell said that fifteen minutes were full while the end page said that no household had them: each counts from
// when it was added.
#[test]
fn the_bar_and_the_bell_are_those_of_the_households_and_not_of_the_talk() {
    let (mut laptop, mut terminal) = gather(51);
    let dial = |terminal: &Terminal| terminal.line(1);
    assert!(dial(&terminal).contains("满 0 / 2 户, 还差 15:00"), "{}", terminal.screen());
    pass(&mut laptop, &mut terminal, 5);
    terminal.keys("@wcy\r").press(Press::Esc);
    assert!(dial(&terminal).contains("满 0 / 3 户, 下一户还差 10:00, 都满还差 15:00"), "{}", terminal.screen());
    pass(&mut laptop, &mut terminal, 10);
    let screen = terminal.screen();
    assert!(dial(&terminal).contains("15:00") && dial(&terminal).contains("满 2 / 3 户, 还差 05:00"), "{screen}");
    assert!(!screen.contains("已满"), "{screen}");
    terminal.press(Press::F(8));
    assert!(terminal.screen().contains("满时 2 户, 不足 1 户"), "{}", terminal.screen());
    terminal.press(Press::Esc);
    pass(&mut laptop, &mut terminal, 5);
    assert!(dial(&terminal).contains("3 户已满"), "{}", terminal.screen());
    assert!(terminal.notice().contains("在场的都已满15分钟"), "{}", terminal.screen());
    // Who comes now begins anew, and who goes home short is waited for by nobody.
    terminal.keys("@lyz\r").press(Press::Esc);
    assert!(dial(&terminal).contains("满 3 / 4 户, 还差 15:00"), "{}", terminal.screen());
    let bells = terminal.bells();
    terminal.press(Press::Up).press(Press::Ctrl('x'));
    assert!(dial(&terminal).contains("在场的已满, 3 / 4 户"), "{}", terminal.screen());
    // Nobody who stays is short: no tick of the timer would say so.
    assert_eq!(terminal.bells(), bells + 1, "{}", terminal.screen());
    assert!(terminal.notice().contains("在场的都已满15分钟"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('x')).press(Press::Up).press(Press::Ctrl('x'));
    assert_eq!(terminal.bells(), bells + 1, "one who is short stays\n{}", terminal.screen());
}

// F8 and Enter after eight seconds ended the talk, and each of its ten households stayed unvisited.
#[test]
fn a_talk_whose_households_are_short_ends_only_where_that_is_said_twice() {
    let (mut laptop, mut terminal) = gather(52);
    pass(&mut laptop, &mut terminal, 1);
    terminal.press(Press::F(8)).press(Press::Enter);
    assert!(terminal.notice().contains("2 户不足15分钟, 还算未访"), "{}", terminal.screen());
    // It goes on, and whoever does something else in between is asked again.
    terminal.press(Press::Esc);
    assert!(terminal.line(1).contains("01:00") && terminal.screen().contains("还差 14:00"), "{}", terminal.screen());
    terminal.press(Press::F(8)).press(Press::Enter).press(Press::Down).press(Press::Enter);
    assert!(terminal.notice().contains("2 户不足15分钟, 还算未访"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.notice().contains("散场: 2 户各记一次走访, 2 户不足时"), "{}", terminal.screen());
}

// Who had gone home was counted among those whom going on would help.
#[test]
fn for_who_left_early_nobody_is_asked_to_go_on() {
    let (mut laptop, mut terminal) = gather(59);
    pass(&mut laptop, &mut terminal, 1);
    terminal.press(Press::Down).press(Press::Ctrl('x')).press(Press::F(8)).press(Press::Enter);
    // One number, above the households, in the question and in what the end is told with.
    let screen = terminal.screen();
    assert!(screen.contains("不足 2 户还算未访") && screen.contains("不足, 还算未访  先走了"), "{screen}");
    assert!(terminal.notice().contains("2 户不足15分钟, 还算未访 (先走的 1 户也在内)"), "{screen}");
    terminal.press(Press::Esc).press(Press::Down).press(Press::Ctrl('x')).press(Press::F(8)).press(Press::Enter);
    assert!(terminal.notice().contains("散场: 2 户各记一次走访, 2 户不足时"), "{}", terminal.screen());
}

// `2#` stood in the line and `2 李桂英` below it, and Ctrl-X let the one leave that the arrows pointed at.
#[test]
fn whoever_the_line_names_leaves_and_nobody_who_left_is_pointed_at() {
    let (_laptop, mut terminal) = gather(60);
    terminal.keys("@wcy\r").press(Press::Esc).press(Press::Down).keys("2#").press(Press::Ctrl('x'));
    assert!(terminal.notice().contains("李桂英 先走了"), "{}", terminal.screen());
    assert!(terminal.line(3).contains(">  1 张守富") && line(&terminal).is_none(), "{}", terminal.screen());
    // Once more it is the same household, and words behind the number stay.
    terminal.press(Press::Ctrl('x'));
    assert!(terminal.notice().contains("李桂英 回来了"), "{}", terminal.screen());
    terminal.keys("2# 说完就走").press(Press::Ctrl('x'));
    assert!(terminal.notice().contains("李桂英 先走了"), "{}", terminal.screen());
    assert_eq!(line(&terminal).as_deref(), Some("2# 说完就走"), "{}", terminal.screen());
    // It is asked once whether a household that left says so.
    terminal.press(Press::Enter);
    assert!(terminal.notice().contains("李桂英 先走了. 是他家说的, 再按 Enter"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("2 李桂英  备注  说完就走"), "{}", terminal.screen());
    terminal.keys("2#他走了还记").press(Press::Enter);
    assert!(terminal.notice().contains("李桂英 先走了. 是他家说的"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u'));
    // Several at once, and the village not at all.
    terminal.keys("1,3#").press(Press::Ctrl('x'));
    assert!(terminal.notice().contains("张守富、王成友 先走了"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('x'));
    assert!(terminal.notice().contains("张守富、王成友 回来了"), "{}", terminal.screen());
    terminal.keys("0#").press(Press::Ctrl('x'));
    assert!(terminal.notice().contains("0# 是全村, 走不了"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u'));
    // Who spoke last and leaves says nothing more.
    terminal.keys("3#校车\r").press(Press::Ctrl('x'));
    assert!(terminal.notice().contains("王成友 先走了"), "{}", terminal.screen());
    terminal.keys("还有一句\r");
    assert!(terminal.notice().contains("谁说的?"), "{}", terminal.screen());
    assert_eq!(line(&terminal).as_deref(), Some("还有一句"), "{}", terminal.screen());
}

// A second number stood before the first, and the household said `0# 机井又坏了`.
#[test]
fn another_number_before_the_one_of_a_line_takes_its_place() {
    let (_laptop, mut terminal) = gather(61);
    terminal.keys("0# 机井又坏了\r").press(Press::Ctrl('y')).press(Press::Home).keys("2#");
    assert!(
        terminal.screen().contains("> 2#0# 机井又坏了") && terminal.screen().contains("2 李桂英   备注"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("2 李桂英  备注  机井又坏了") && !screen.contains("0# 机井"), "{screen}");
}

// A whole group brought the dead and those who had moved out, each with a visit.
#[test]
fn one_key_adds_no_household_that_is_gone_and_enter_asks_before_it_does() {
    let (laptop, mut terminal) = gather(62);
    terminal.leave();
    terminal.wait_exit();
    behind(&laptop, |keeper| {
        for (head, standing) in [("刘玉珍", "deceased"), ("孙传宝", "moved")] {
            let home = keeper.house().find(head, 1, &|| true).unwrap().names[0];
            let set = Request::new("household.set").with_name("household", home);
            ask(keeper, &set.with("standing", standing));
        }
        let add = Request::new("household.add").with("head", "高宗海").with("group", 5);
        ask(keeper, &add.with("town", "东里镇").with("village", "东里东村"));
        keeper.close().unwrap();
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Enter).keys("@5组").press(Press::Ctrl('a'));
    assert!(terminal.notice().contains("高宗海 到了. 迁出去世的 2 户没有加."), "{}", terminal.screen());
    terminal.keys("5组").press(Press::Ctrl('a'));
    assert!(terminal.notice().contains("没有加: 找到的 2 户迁出或去世了"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("@lyz\r");
    assert!(terminal.notice().contains("刘玉珍 家名册上是去世. 真有人来了, 再按一次."), "{}", terminal.screen());
    assert!(terminal.line(0).contains("到场 3 户"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(
        terminal.notice().contains("刘玉珍 到了") && terminal.line(0).contains("到场 4 户"),
        "{}",
        terminal.screen()
    );
}

// Nobody was called so, no key did anything, and the way to a new household led out of the talk.
#[test]
fn a_household_on_no_roster_is_made_in_the_talk_and_is_there_at_once() {
    let (_laptop, mut terminal) = gather(63);
    terminal.keys("@王麻子");
    assert!(terminal.screen().contains("没有找到这一户. Ctrl-N 新建"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('n'));
    let screen = terminal.screen();
    assert!(screen.contains("新建一户") && screen.contains("王麻子") && screen.contains("东里东村"), "{screen}");
    // Back leads to the name.
    terminal.press(Press::Esc).press(Press::Enter);
    assert_eq!(line(&terminal).as_deref(), Some("@王麻子"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('n')).press(Press::F(8));
    assert!(terminal.notice().contains("新建了 王麻子, 已到场"), "{}", terminal.screen());
    assert!(terminal.line(3).contains("3 王麻子") && line(&terminal).as_deref() == Some("@"), "{}", terminal.screen());
    terminal.keys("wcy\r").press(Press::Esc);
    assert!(terminal.line(3).contains("4 王成友"), "{}", terminal.screen());
}

// 4# had spoken last, and the next line went to whom the arrows had pointed at long before.
#[test]
fn who_was_named_speaks_on_and_past_the_end_nobody_is_pointed_at() {
    let (_laptop, mut terminal) = gather(53);
    terminal.press(Press::Down).keys("机井坏了\r").keys("2#校车太远\r");
    let screen = terminal.screen();
    assert!(terminal.line(3).contains(">  2 李桂英") && screen.contains("2 李桂英 说: 直接打字"), "{screen}");
    terminal.keys("还有路灯\r");
    assert!(terminal.screen().contains("2 李桂英  备注  还有路灯"), "{}", terminal.screen());
    // Several, and the village, are nobody to go on.
    terminal.keys("0#修路\r").keys("1,2#水费太贵\r").keys("还有校车\r");
    assert!(terminal.screen().contains("2 李桂英  备注  还有校车"), "{}", terminal.screen());
    // Neither is whose line is put right.
    terminal.press(Press::Ctrl('y')).press(Press::Home).press(Press::Delete).keys("1\r");
    assert!(terminal.line(3).contains(">  2 李桂英"), "{}", terminal.screen());
    terminal.press(Press::Down);
    assert!(!terminal.line(3).contains('>') && terminal.screen().contains("5# 谁说的"), "{}", terminal.screen());
    terminal.keys("没有戏台\r");
    assert!(terminal.notice().contains("谁说的?"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).press(Press::Down);
    assert!(terminal.line(3).contains(">  1 张守富"), "{}", terminal.screen());
}

// `csl` stood in the line behind Esc, and Enter would have put it down as what the household pointed at had said.
#[test]
fn initials_that_nobody_has_are_gone_with_esc() {
    let (_laptop, mut terminal) = gather(54);
    terminal.press(Press::Down).keys("@csl").press(Press::Esc);
    assert_eq!(line(&terminal), None, "{}", terminal.screen());
    terminal.keys("@csl\r").press(Press::Esc);
    assert_eq!(line(&terminal), None, "{}", terminal.screen());
}

// `lz` found the whole village: l and z stand in 东里镇.
#[test]
fn letters_of_the_village_and_its_township_find_nobody_of_it() {
    let (_laptop, mut terminal) = gather(55);
    for typed in ["lz", "dl", "dldc"] {
        terminal.keys("@").keys(typed);
        assert!(terminal.screen().contains("没有找到这一户"), "{typed}\n{}", terminal.screen());
        terminal.press(Press::Ctrl('u')).press(Press::Esc);
    }
    terminal.keys("@dl wcy");
    assert!(
        terminal.screen().contains("本村找到 1 户") && terminal.screen().contains("王成友"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Ctrl('u')).keys("@东里 5组");
    assert!(terminal.screen().contains("本村找到 2 户"), "{}", terminal.screen());
}

// Thirty minutes were declared of a gap of a few, and it was only said that those were kept.
#[test]
fn what_is_not_taken_of_a_declared_gap_is_said_in_a_talk_and_in_a_visit() {
    let (mut laptop, mut terminal) = gather(56);
    pass(&mut laptop, &mut terminal, 1);
    laptop.clock.pass(300);
    terminal.settle();
    terminal.press(Press::F(8)).keys("1").keys("30 停电\r");
    assert!(terminal.notice().contains("中断只有 05:00, 按 05:00 记为自述"), "{}", terminal.screen());
    drop(terminal);
    let (mut kitchen, mut terminal) = sit_down(57);
    kitchen.talk(&mut terminal, 60);
    kitchen.laptop.clock.pass(370);
    terminal.settle();
    terminal.press(Press::F(8)).press(Press::Down).press(Press::Down).keys("30 停电\r");
    assert!(terminal.notice().contains("中断只有 06:10, 按 06:10 记为自述"), "{}", terminal.screen());
}

// The first village of the roster stood there with the cursor past it: nobody had chosen it.
#[test]
fn a_village_that_nobody_chose_is_asked_for_and_found_by_its_letters() {
    let laptop = Laptop::new(58);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        let roster =
            "户主姓名,镇,村,组\n张守富,东里镇,东里东村,1\n李桂英,东里镇,前水北村,1\n王成友,东里镇,前水南村,2\n";
        import_bytes(keeper, roster.as_bytes(), "名册.csv");
        keeper.close().unwrap();
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    let village = |terminal: &Terminal| {
        let screen = terminal.screen();
        screen.lines().find(|line| line.contains("村(居)")).unwrap_or_else(|| panic!("{screen}")).trim_end().to_owned()
    };
    terminal.press(Press::F(5)).press(Press::F(8));
    assert!(
        village(&terminal).starts_with("> ") && terminal.notice().contains("请写在哪个村"),
        "{}",
        terminal.screen()
    );
    // Several begin so: Enter takes none of them, a digit does.
    terminal.keys("qs");
    assert!(terminal.screen().contains("1前水北村  2前水南村"), "{}", terminal.screen());
    terminal.press(Press::Enter).press(Press::F(8));
    assert!(village(&terminal).starts_with("> ") && village(&terminal).ends_with(" qs"), "{}", terminal.screen());
    terminal.keys("2");
    assert!(village(&terminal).ends_with("前水南村") && !village(&terminal).starts_with('>'), "{}", terminal.screen());
    // Enter behind the digit belongs to it, and Ctrl-Z brings back what was typed.
    terminal.press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.lines().any(|line| line.starts_with('>') && line.contains(" 地点 ")), "{screen}");
    terminal.press(Press::Ctrl('z'));
    assert!(village(&terminal).starts_with("> ") && village(&terminal).ends_with(" qs"), "{}", terminal.screen());
    // One alone is taken by Enter, and said.
    terminal.press(Press::Down);
    for typed in ["qsb", "前水北"] {
        terminal.press(Press::Up).press(Press::Ctrl('u')).keys(typed).press(Press::Enter);
        assert!(terminal.notice().contains("在 前水北村."), "{}", terminal.screen());
        assert!(village(&terminal).ends_with("前水北村"), "{}", terminal.screen());
    }
    // F8 goes on with the one that letters mean.
    terminal.keys("文化广场").press(Press::Up).press(Press::Ctrl('u')).keys("qsb").press(Press::F(8));
    assert!(terminal.line(0).contains("乡村夜话  前水北村 文化广场"), "{}", terminal.screen());
    // The next one is proposed where the last one was: its household was used last.
    terminal.keys("@lgy\r").press(Press::Esc).press(Press::F(8)).press(Press::Enter).press(Press::Enter);
    terminal.press(Press::F(5));
    assert!(village(&terminal).ends_with("前水北村") && village(&terminal).starts_with('>'), "{}", terminal.screen());
    // Enter keeps it; another one is typed over it, where the place stood before and was taken for the village's name.
    terminal.keys("前水南").press(Press::Enter).press(Press::F(8));
    assert!(terminal.line(0).contains("乡村夜话  前水南村"), "{}", terminal.screen());
}
