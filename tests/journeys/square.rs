//! What is put right in the village square while a talk goes on: the wrong village, whoever was let go by mistake, and two households
//! that read alike.

use zoufang::app::Request;

use super::harness::{Laptop, Press, Terminal};
use super::office::{ask, behind, set_up};
use super::talk::gather;

/// A laptop with households: head, village, and one fact more.
fn with_households(seed: u64, households: &[(&str, &str, &str, &str)]) -> Laptop {
    let laptop = Laptop::new(seed);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        for (head, village, key, text) in households {
            let request = Request::new("household.add").with("head", *head).with("town", "东里镇").with("group", 3);
            ask(keeper, &request.with("village", *village).with(key, *text));
        }
        keeper.close().unwrap();
    });
    laptop
}

fn begin(laptop: &Laptop, village: &str) -> Terminal {
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::F(5)).press(Press::Enter).press(Press::Up).press(Press::Ctrl('u'));
    terminal.keys(village).press(Press::F(8));
    assert!(terminal.line(0).contains(&format!("夜话  {village}")), "{}", terminal.screen());
    terminal
}

// Whoever had chosen the wrong village had to end the talk, or to leave it in the wrong one.
#[test]
fn the_village_of_a_talk_is_put_right_while_it_goes_on_and_who_came_stays() {
    let households = [
        ("张守富", "东里东村", "door", "1号"),
        ("王成友", "前水北村", "door", "2号"),
        ("李桂英", "前水北村", "door", "3号"),
    ];
    let laptop = with_households(601, &households);
    let mut terminal = begin(&laptop, "东里东村");
    terminal.keys("@zsf\r").press(Press::Esc).keys("1# 水管坏了\r").keys("0# 6 没有戏台\r").keys("0# 路灯不亮\r");
    terminal.press(Press::Esc).keys("032");
    assert!(terminal.screen().contains("改夜话的村和地点"), "{}", terminal.screen());
    assert!(terminal.screen().contains("全村说的 (0#), 记下的和以后的都算改后的村"), "{}", terminal.screen());
    // Another one is typed over the one that stands there, by its letters; half a name is asked about as at the beginning.
    terminal.keys("前水").press(Press::F(8));
    assert!(terminal.notice().contains("名册里没有 前水"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("qsb\r");
    assert!(terminal.notice().contains("在 前水北村"), "{}", terminal.screen());
    terminal.keys("村委会").press(Press::F(8));
    assert!(terminal.line(0).contains("夜话  前水北村 村委会"), "{}", terminal.screen());
    let said = "改好了: 前水北村 村委会. 到场的 1 户都留着, 全村的 2 句算这个村的.";
    assert!(terminal.notice().ends_with(said), "{}", terminal.screen());
    let screen = terminal.screen();
    assert!(terminal.line(0).contains("到场 1 户") && screen.contains("1 张守富  备注"), "{screen}");
    assert!(screen.contains("水管坏了") && screen.contains("没有戏台"), "{screen}");
    // Who comes is looked for there, and what the village said is that village's.
    terminal.keys("@wcy");
    assert!(terminal.screen().contains("本村找到 1 户"), "{}", terminal.screen());
    terminal.press(Press::Esc).press(Press::Ctrl('u')).press(Press::F(4)).settle();
    let screen = terminal.screen();
    let is_theirs = |line: &str| line.contains("全村") && line.contains("前水北村");
    assert!(screen.lines().skip(1).any(is_theirs) && !screen.contains("东里东村"), "{screen}");
    // It is taken back as anything else is.
    terminal.press(Press::F(5)).press(Press::Ctrl('z')).wait_for("夜话  东里东村");
    assert!(terminal.line(0).contains("到场 1 户"), "{}", terminal.screen());
    // Nothing changed is nothing recorded.
    terminal.press(Press::Esc).keys("032").press(Press::F(8));
    assert!(
        terminal.line(0).contains("夜话  东里东村") && !terminal.screen().contains("改好了"),
        "{}",
        terminal.screen()
    );
}

// Ctrl-Z brought the household back, and what had stood in the line and whom the arrows had pointed at was gone.
#[test]
fn who_left_and_is_taken_back_is_pointed_at_again_and_named_in_the_line() {
    let (_laptop, mut terminal) = gather(602);
    let is_pointed = |terminal: &Terminal| terminal.line(3).contains(">  2 李桂英");
    terminal.press(Press::Up);
    assert!(is_pointed(&terminal), "{}", terminal.screen());
    terminal.keys("2#").press(Press::Ctrl('x'));
    assert!(terminal.screen().contains("李桂英 走") && !is_pointed(&terminal), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z')).wait_for("> 2#");
    assert!(is_pointed(&terminal) && !terminal.screen().contains("李桂英 走"), "{}", terminal.screen());
    // Gone, back, and both taken back one by one.
    terminal.press(Press::Ctrl('x')).press(Press::Ctrl('x'));
    assert!(terminal.notice().contains("李桂英 回来了") && is_pointed(&terminal), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z')).wait_for("李桂英 走");
    assert!(!is_pointed(&terminal), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z')).wait_for("> 2#");
    assert!(is_pointed(&terminal) && !terminal.screen().contains("李桂英 走"), "{}", terminal.screen());
    // Who was taken out too, and a draft of the number is kept as any other.
    terminal.press(Press::Esc).keys("8").wait_for("去掉了 李桂英").press(Press::Ctrl('z')).wait_for("> 2#");
    assert!(is_pointed(&terminal) && terminal.line(0).contains("到场 2 户"), "{}", terminal.screen());
}

// The table said 张守富 twice, and nothing more.
#[test]
fn of_two_who_read_alike_it_is_said_that_they_may_be_one() {
    let same = ("张守富", "东里东村", "door", "12号");
    let laptop = with_households(603, &[same, same, ("李桂英", "东里东村", "door", "3号")]);
    let mut terminal = begin(&laptop, "东里东村");
    terminal.keys("@zsf").press(Press::Ctrl('a')).press(Press::Esc);
    assert_eq!(terminal.line(3).matches("张守富 重复?").count(), 2, "{}", terminal.screen());
    terminal.keys("2# 没水");
    assert!(terminal.screen().contains("2 张守富 重复?   "), "{}", terminal.screen());
}

// Behind 17 王成友 stood 5组 1~ of one and of the other.
#[test]
fn what_tells_namesakes_apart_is_whole_in_what_was_said() {
    let laptop =
        with_households(604, &[("王成友", "东里东村", "door", "113号"), ("王成友", "东里东村", "door", "114号")]);
    let mut terminal = begin(&laptop, "东里东村");
    terminal.keys("@wcy").press(Press::Ctrl('a')).press(Press::Esc).keys("1# 没水\r").keys("2# 路灯\r");
    for said in ["1 王成友 3组 113号  备注  没水", "2 王成友 3组 114号  备注  路灯"] {
        assert!(terminal.screen().contains(said), "{said}\n{}", terminal.screen());
    }
}

// The footer of the end offered to declare a gap where there was none, and a narrow line ended in half a parenthesis.
#[test]
fn the_words_of_a_talk_are_whole_on_a_narrow_terminal_and_its_end_names_no_key_that_does_nothing() {
    let (_laptop, mut terminal) = gather(605);
    terminal.press(Press::F(8));
    let footer = terminal.line_from_below(0);
    assert!(footer.contains("Enter 散场   7 满意") && !footer.contains("自述"), "{}", terminal.screen());
    terminal.keys("1").settle();
    assert!(terminal.notice().contains("计时没有中断"), "{}", terminal.screen());
    terminal.press(Press::Esc).resize((40, 12)).settle();
    assert!(terminal.screen().contains("5# 谁说的, 3,7# 几户, 0# 全村"), "{}", terminal.screen());
    terminal.keys("@");
    assert!(terminal.screen().contains("本村找到 3 户."), "{}", terminal.screen());
    terminal.keys("xyz");
    assert!(terminal.screen().contains("各村没有. Ctrl-N 新建."), "{}", terminal.screen());
}
