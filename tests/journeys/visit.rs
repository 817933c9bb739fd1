//! A visit from its first minute to its end: what counts, what does not, and that leaving its page never ends it.

use zoufang::app::Request;

use super::harness::{Laptop, Press, Terminal};
use super::kitchen::{Kitchen, sit_down};
use super::office;

const SIZE: (u16, u16) = (80, 24);

#[test]
fn the_bell_rings_once_at_fifteen_minutes_and_not_a_second_before() {
    let (mut kitchen, mut terminal) = sit_down(11);
    kitchen.talk(&mut terminal, 899);
    assert!(terminal.line(2).contains("14:59") && terminal.line(2).contains("还差 00:01"), "{}", terminal.screen());
    assert_eq!(terminal.bells(), 0);
    kitchen.talk(&mut terminal, 1);
    assert!(terminal.line(2).contains("15:00") && terminal.line(2).contains("已满"), "{}", terminal.screen());
    assert!(terminal.line_from_below(1).contains("已满15分钟"), "{}", terminal.screen());
    kitchen.talk(&mut terminal, 120);
    assert_eq!(terminal.bells(), 1);
    // A full visit ends with two keys and leads on to the next door that is not yet visited.
    terminal.press(Press::F(8)).press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("17 分, 计入. 下一户: 王成友"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    let (visit, _) = kitchen.recorded();
    assert_eq!((visit.proven_ms, visit.outcome.as_str()), (1_020_000, "done"));
}

#[test]
fn the_wall_clock_may_be_set_as_one_likes() {
    let (mut kitchen, mut terminal) = sit_down(12);
    kitchen.talk(&mut terminal, 60);
    for wall in ["2021-05-18T21:00:00+08:00", "2021-05-18T08:00:00+08:00", "1970-01-01T08:00:00+08:00"] {
        kitchen.laptop.clock.set_wall(wall);
        kitchen.talk(&mut terminal, 30);
    }
    assert!(
        terminal.line(0).contains("08:00") && terminal.line(2).contains("02:30") && !terminal.line(2).contains("中断"),
        "{}",
        terminal.screen()
    );
    assert_eq!(terminal.bells(), 0);
}

#[test]
fn sleep_is_shown_and_can_be_declared() {
    let (mut kitchen, mut terminal) = sit_down(13);
    kitchen.talk(&mut terminal, 600);
    kitchen.laptop.clock.pass(370);
    terminal.settle();
    assert!(terminal.line_from_below(1).contains("中断了 06:10 (电脑睡眠?)"), "{}", terminal.screen());
    assert!(terminal.line(2).contains("10:00"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    assert!(terminal.screen().contains("06:10 (电脑睡眠?)  没有计入"), "{}", terminal.screen());
    // Go on, the reason, the gap. Half written it is not lost at the end: the end waits for it.
    terminal.press(Press::Down).press(Press::Down).keys("６　停电, 一直在谈");
    terminal.press(Press::Down).press(Press::Down).press(Press::Down).press(Press::Down).press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("这段中断写了还没记下"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("已记为自述 06:00"), "{}", terminal.screen());
    assert!(terminal.screen().contains("自述 06:00: 停电, 一直在谈"), "{}", terminal.screen());
    assert!(terminal.screen().contains("计入, 其中有自述时间"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("16 分, 计入"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    let (visit, _) = kitchen.recorded();
    assert_eq!((visit.proven_ms, visit.declared_ms), (600_000, 360_000));
}

#[test]
fn under_fifteen_minutes_it_asks_why_keeps_and_marks() {
    let (mut kitchen, mut terminal) = sit_down(14);
    kitchen.talk(&mut terminal, 300);
    terminal.press(Press::F(8));
    assert!(terminal.screen().contains("不足15分钟, 不计入; 现在结束会保留并注明"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("记下的"), "the first choice is to go on:\n{}", terminal.screen());
    terminal.press(Press::F(8)).press(Press::Down).press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("写上原因"), "{}", terminal.screen());
    terminal.keys("家里来客人\r");
    assert!(terminal.line_from_below(1).contains("5 分, 不足15分钟, 已保留并注明"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    let (visit, _) = kitchen.recorded();
    assert_eq!((visit.short_why.as_str(), visit.proven_ms), ("家里来客人", 300_000));
    assert!(!visit.covers(zoufang::domain::Counting::default(), false));
}

// F8 came before Enter, and the sentence stayed behind in the draft of a visit that was over.
#[test]
fn a_sentence_that_still_stands_in_the_line_is_put_down_at_the_end() {
    let (mut kitchen, mut terminal) = sit_down(20);
    kitchen.talk(&mut terminal, 900);
    terminal.keys("路灯不亮").press(Press::F(8));
    let screen = terminal.screen();
    assert!(screen.contains("没按 Enter 的那一句, 也记下了") && screen.contains("路灯不亮"), "{screen}");
    // Going on, it stands among what was written down and not in the line.
    terminal.press(Press::Esc);
    assert!(!terminal.screen().contains("> 路灯不亮"), "{}", terminal.screen());
    // So does one that was classed, a change, and what was solved on the spot with its answer.
    terminal.keys("4+ 机井坏了").press(Press::F(8)).press(Press::Esc);
    terminal.press(Press::Up).keys(", 浇不上地").press(Press::F(8)).press(Press::Esc);
    terminal.keys("5! 两家吵架\r").keys("说和了").press(Press::F(8)).press(Press::Esc);
    terminal.keys("6+").press(Press::F(8)).press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("15 分, 计入"), "{}", terminal.screen());
    assert_eq!(
        kitchen.written(&mut terminal),
        [
            "note 路灯不亮",
            "agriculture larger problem 机井坏了, 浇不上地",
            "governance on_site problem 两家吵架",
            "note 6+"
        ]
    );
}

// Somebody goes on talking while the wrap-up page is open. The sentence became the reason, and Enter ended the visit with it.
#[test]
fn words_typed_on_the_wrap_up_page_are_said_in_the_visit_and_the_outcome_stays_chosen() {
    let (mut kitchen, mut terminal) = sit_down(46);
    kitchen.talk(&mut terminal, 300);
    terminal.press(Press::F(8)).keys("4");
    // Some seconds later: the digit was no beginning of the words.
    kitchen.talk(&mut terminal, 6);
    terminal.keys("还有一件, 路灯不亮");
    let screen = terminal.screen();
    assert!(screen.contains("> 还有一件, 路灯不亮") && screen.contains("F8 结束"), "{screen}");
    terminal.press(Press::Enter);
    // Half a sentence, as a paste too.
    terminal.press(Press::F(8)).paste("水费太贵");
    assert!(terminal.screen().contains("> 水费太贵"), "{}", terminal.screen());
    Kitchen::flat(&mut terminal);
    let mut terminal = kitchen.open();
    terminal.press(Press::Enter).press(Press::Enter).press(Press::F(8));
    assert!(terminal.screen().contains("4另约*"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("已结束: 另约"), "{}", terminal.screen());
    assert_eq!(kitchen.written(&mut terminal), ["note 还有一件, 路灯不亮", "note 水费太贵"]);
}

// Esc closes the window of an input method too, and the menu lay open unseen: the first digit of a sentence chose a line of it.
#[test]
fn words_typed_with_the_menu_open_keep_their_beginning() {
    let (mut kitchen, mut terminal) = sit_down(47);
    kitchen.talk(&mut terminal, 60);
    terminal.keys("老伴高血压\r");
    for typed in [
        "3户没水",
        "* 说话",
        "4+ 机井",
        "2户没水",
        "45户没水",
        "12户没水",
        "6 想要个广场",
        "7户没水",
        "0 村里没路灯",
        "0＋ 路灯",
        "08年修的路",
        "05年修的路",
        "9户没水",
        "80户没水",
        "800元没发",
    ] {
        terminal.press(Press::Esc);
        assert!(terminal.screen().contains("菜单"), "{}", terminal.screen());
        for ch in typed.chars() {
            terminal.keys(&ch.to_string()).settle();
        }
        let screen = terminal.screen();
        assert!(
            screen.contains(&format!("> {typed}")) && terminal.line(0).contains("走访 张守富"),
            "{typed}\n{screen}"
        );
        assert!(!terminal.line(2).contains("暂停"), "{screen}");
        terminal.press(Press::Ctrl('u')).press(Press::Esc).keys(typed);
        assert!(terminal.screen().contains(&format!("> {typed}")), "in one burst {typed}\n{}", terminal.screen());
        terminal.press(Press::Ctrl('u')).press(Press::Esc).paste(typed);
        assert!(terminal.screen().contains(&format!("> {typed}")), "{typed}\n{}", terminal.screen());
        terminal.press(Press::Ctrl('u'));
    }
    // What stood in the line stays before them.
    terminal.keys("村里").press(Press::Esc).keys("3户没水");
    assert!(terminal.screen().contains("> 村里3户没水"), "{}", terminal.screen());
    // A digit that nothing follows chooses, and so does one with a pause behind it.
    terminal.press(Press::Ctrl('u')).press(Press::Esc).keys("7");
    kitchen.talk(&mut terminal, 6);
    terminal.keys("路灯不亮");
    assert!(terminal.screen().contains("> 路灯不亮") && terminal.line(2).contains("暂停"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert_eq!(kitchen.written(&mut terminal), ["note 老伴高血压", "note 路灯不亮"]);
    let (visit, _) = kitchen.recorded();
    assert!(visit.told.is_empty() && visit.ended.is_none(), "{visit:?}");
}

// A sentence half written, Esc, and its next digit: the line was recorded or the visit led to its end, a topic was ticked and stayed so,
// and the program said that nothing had been chosen.
#[test]
fn digits_over_a_half_written_line_do_nothing_that_words_behind_them_cannot_give_back() {
    let (mut kitchen, mut terminal) = sit_down(51);
    for typed in
        ["46 井坏", "41井坏", "6 户缺水", "1 户缺水", "12户没水", "61户", "2户没水", "3 户", "5户没水", "7户没水"]
    {
        for apart in [true, false] {
            terminal.keys("村里").press(Press::Esc);
            if apart {
                for ch in typed.chars() {
                    terminal.keys(&ch.to_string()).settle();
                }
            } else {
                terminal.keys(typed);
            }
            let screen = terminal.screen();
            assert!(screen.contains(&format!("> 村里{typed}")) && screen.contains("走访 张守富"), "{typed}\n{screen}");
            terminal.press(Press::Ctrl('u'));
        }
        terminal.keys("村里").press(Press::Esc).paste(typed);
        assert!(terminal.screen().contains(&format!("> 村里{typed}")), "{typed}\n{}", terminal.screen());
        terminal.press(Press::Ctrl('u'));
    }
    // What is pointed at says so, is let go with Esc, and done with Enter.
    terminal.keys("东头").press(Press::Esc).keys("6").settle();
    assert!(terminal.notice().contains("6 结束: 按 Enter 才做"), "{}", terminal.screen());
    terminal.press(Press::Esc).keys("没水");
    assert!(terminal.screen().contains("> 东头没水"), "{}", terminal.screen());
    kitchen.talk(&mut terminal, 6);
    terminal.press(Press::Esc).keys("6").press(Press::Enter);
    assert!(terminal.screen().contains("结束页") || terminal.screen().contains("继续走访"), "{}", terminal.screen());
    assert_eq!(kitchen.written(&mut terminal), ["note 东头没水"]);
    let (visit, _) = kitchen.recorded();
    assert!(visit.told.is_empty() && visit.ended.is_none(), "{visit:?}");
}

// F1 or Ctrl-W was pressed by mistake, or read and left open, and the sentence went nowhere without a word.
#[test]
fn words_typed_or_pasted_over_help_or_a_why_stand_in_the_line() {
    let (mut kitchen, mut terminal) = sit_down(49);
    for open in [Press::F(1), Press::Ctrl('w')] {
        for typed in ["村里没路灯", "3户没水", "4+ 机井", "* 说话"] {
            terminal.keys("听说").press(open);
            assert!(
                !terminal.screen().contains("> 听说") || terminal.screen().contains("为什么"),
                "{}",
                terminal.screen()
            );
            for ch in typed.chars() {
                terminal.keys(&ch.to_string()).settle();
            }
            assert!(terminal.screen().contains(&format!("> 听说{typed}")), "{typed}\n{}", terminal.screen());
            terminal.press(Press::Ctrl('u')).press(open).paste(typed);
            assert!(terminal.screen().contains(&format!("> {typed}")), "{typed}\n{}", terminal.screen());
            terminal.press(Press::Ctrl('u'));
        }
        // The help about a why closes with it, and a paste of several lines is asked about as ever.
        terminal.press(Press::Ctrl('w')).press(Press::F(1)).keys("水费贵");
        assert!(terminal.screen().contains("> 水费贵"), "{}", terminal.screen());
        terminal.press(Press::Ctrl('u')).press(open).paste("路灯不亮\n机井坏了");
        assert!(terminal.screen().contains("粘贴了几行"), "{}", terminal.screen());
        terminal.press(Press::Esc).press(Press::Ctrl('u'));
        // In the strip a digit would choose, and nobody sees it: it stays, and says so; words close both.
        terminal.keys("机井坏了").press(Press::Tab).press(open).keys("6");
        assert!(terminal.notice().contains("6 在这里没有用. Esc 关上"), "{}", terminal.screen());
        terminal.press(Press::Esc);
        assert!(terminal.notice().contains("农业农村 一般"), "{}", terminal.screen());
        terminal.press(open).keys("三天");
        assert!(
            terminal.screen().contains("> 4 机井坏了三天") || terminal.screen().contains("> 机井坏了三天"),
            "{}",
            terminal.screen()
        );
        terminal.press(Press::Ctrl('u'));
        // Where the visit ends they are said in it.
        terminal.press(Press::F(8)).press(open).keys("还有路灯");
        let screen = terminal.screen();
        assert!(screen.contains("> 还有路灯") && screen.contains("F8 结束"), "{screen}");
        terminal.press(Press::Ctrl('u'));
    }
    // Where nothing takes text it is said, and the digits behind the first letter do nothing on the page below.
    terminal.press(Press::F(2)).keys("lgy\r").press(Press::F(1)).keys("村1");
    assert!(terminal.notice().contains("1 在这里没有用. Esc 关上"), "{}", terminal.screen());
    terminal.paste("村1");
    assert!(terminal.notice().contains("这里不能打字, 刚才的没有记下"), "{}", terminal.screen());
    terminal.press(Press::Esc);
    assert!(
        terminal.line(0).contains("走访中 张守富") && terminal.screen().contains("李桂英"),
        "{}",
        terminal.screen()
    );
    // What was being looked for is looked for.
    terminal.press(Press::F(2)).press(Press::Ctrl('u')).keys("wc").press(Press::F(1)).keys("y1");
    assert!(terminal.screen().contains("查找: wcy1"), "{}", terminal.screen());
    kitchen.talk(&mut terminal, 1);
    assert!(kitchen.written(&mut terminal).is_empty());
}

// 3组没水 over the help of the end stood in the line as 组没水.
#[test]
fn digits_that_help_or_a_why_refuses_stand_before_the_words_behind_them() {
    let (kitchen, mut terminal) = sit_down(197);
    let one_by_one = |terminal: &mut Terminal, typed: &str| {
        for ch in typed.chars() {
            terminal.keys(&ch.to_string()).settle();
        }
    };
    for open in [Press::F(1), Press::Ctrl('w')] {
        for typed in ["3组没水", "4+ 机井坏了", "21户没水"] {
            terminal.press(Press::F(8)).press(open);
            one_by_one(&mut terminal, typed);
            assert!(terminal.screen().contains(&format!("> {typed}")), "{typed}\n{}", terminal.screen());
            terminal.press(Press::Ctrl('u')).keys("村里").press(Press::Tab).press(open);
            one_by_one(&mut terminal, typed);
            assert!(terminal.screen().contains(&format!("> 村里{typed}")), "{typed}\n{}", terminal.screen());
            terminal.press(Press::Ctrl('u'));
        }
        terminal.press(Press::F(8)).press(open).keys("3").settle().paste("组没水");
        assert!(terminal.screen().contains("> 3组没水"), "{}", terminal.screen());
        assert!(terminal.screen().contains("F8 结束"), "{}", terminal.screen());
        // Another key lets them go.
        terminal.press(Press::Ctrl('u')).press(Press::F(8)).press(open).keys("3").settle().press(Press::Esc);
        terminal.keys("组没水");
        assert!(terminal.screen().contains("> 组没水"), "{}", terminal.screen());
        terminal.press(Press::Ctrl('u'));
    }
    assert!(kitchen.written(&mut terminal).is_empty());
    assert!(kitchen.recorded().0.ended.is_none());
}

// What was really chosen by digits was undone: the strip closed, and what was confidential stood open in the record.
#[test]
fn what_is_chosen_by_digits_is_done_and_its_page_takes_what_follows() {
    let (kitchen, mut terminal) = sit_down(48);
    terminal.keys("低保评得不公").press(Press::Esc).keys("3").settle().keys("5").settle().keys("*").press(Press::Enter);
    terminal.keys("机井坏了").press(Press::Esc).keys("34＋").press(Press::Enter);
    // What puts down is only pointed at by its digit, and Enter does it.
    terminal.keys("村里").press(Press::Esc);
    assert!(terminal.line_from_below(0).contains("记下和结束再按 Enter"), "{}", terminal.screen());
    terminal.keys("1");
    assert!(terminal.notice().contains("1 记下: 按 Enter 才做"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(!terminal.screen().contains("> 村里"), "{}", terminal.screen());
    // Who is looked for in the list is looked for there.
    for typed in ["02lgy", "00lgy"] {
        terminal.press(Press::Esc).keys(typed);
        let screen = terminal.screen();
        assert!(
            screen.contains("李桂英") && !screen.contains("王成友") && !screen.contains(typed),
            "{typed}\n{screen}"
        );
        terminal.press(Press::Ctrl('u')).press(Press::Ctrl('o'));
    }
    assert!(terminal.line(0).contains("走访 张守富"), "{}", terminal.screen());
    let written = kitchen.written(&mut terminal);
    assert_eq!(written.len(), 3, "{written:?}");
    assert!(written[0].contains(" * 低保评得不公") && !written[1].starts_with("note"), "{written:?}");
    assert_eq!(written[2], "note 村里");
}

// The first run asks for the own phone for the contact card, and no page showed it.
#[test]
fn the_contact_card_with_the_own_phone_stands_where_a_visit_ends() {
    let (kitchen, mut terminal) = sit_down(50);
    terminal.press(Press::F(8));
    assert!(terminal.screen().contains("联系卡  陈明  电话没填, 在 本机 里填 (Ctrl-P)"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    office::behind(&kitchen.laptop, |keeper| {
        office::ask(keeper, &Request::new("device.set").with("phone", "13853301234"));
    });
    let mut terminal = kitchen.open();
    terminal.press(Press::Enter).press(Press::F(8));
    assert!(terminal.screen().contains("联系卡  陈明 138 5330 1234"), "{}", terminal.screen());
    assert!(terminal.screen().contains("结束这次走访"), "{}", terminal.screen());
}

// 陈明's phone stood behind 张锦秋, who spoke, and behind whoever was new.
#[test]
fn the_contact_card_has_the_phone_of_whoever_speaks_and_nobody_else_s() {
    let (kitchen, mut terminal) = sit_down(51);
    terminal.leave();
    terminal.wait_exit();
    office::behind(&kitchen.laptop, |keeper| {
        let people = Request::new("device.set").with("visitors", vec!["陈明", "张锦秋"]);
        office::ask(keeper, &people.with("phone", "13853301234"));
    });
    let mut terminal = kitchen.open();
    terminal.press(Press::Enter).press(Press::Ctrl('r')).keys("2").press(Press::F(8));
    assert!(terminal.screen().contains("联系卡  张锦秋  电话没填, 在 本机 里填"), "{}", terminal.screen());
    assert!(!terminal.screen().contains("1234"), "{}", terminal.screen());
    // The page of the laptop says whose is known, and takes one for each.
    terminal.press(Press::Ctrl('p')).keys("本机\r");
    terminal.press(Press::Tab).press(Press::Tab).press(Press::Tab);
    assert!(terminal.screen().contains("张锦秋、陈明 13853301234"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("王五 13900001111").press(Press::F(8));
    assert!(terminal.notice().contains("电话里的 王五 不在姓名里"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("张锦秋 139 0000 1111、陈明 13853301234").press(Press::F(8));
    assert!(terminal.screen().contains("联系卡  张锦秋 139 0000 1111"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('r')).keys("1");
    assert!(terminal.screen().contains("联系卡  陈明 138 5330 1234"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('r')).keys("王五\r");
    assert!(terminal.screen().contains("联系卡  王五  电话没填"), "{}", terminal.screen());
}

// 7 and the Enter of a habit ended the visit, and 9 for 7 with it.
#[test]
fn enter_right_behind_a_digit_ends_no_visit_and_says_what_was_chosen() {
    let (mut kitchen, mut terminal) = sit_down(78);
    // A short one asks for its reason, which comes before.
    terminal.press(Press::F(8)).press(Press::Down).press(Press::Down).press(Press::Down).keys("7").press(Press::Enter);
    assert!(terminal.notice().contains("时间不足: 写上原因"), "{}", terminal.screen());
    terminal.press(Press::Up).press(Press::Up).press(Press::Enter);
    kitchen.talk(&mut terminal, 900);
    terminal.press(Press::F(8)).keys("9").press(Press::Enter);
    assert!(terminal.notice().contains("完成, 不满意: 对就再按 Enter 结束"), "{}", terminal.screen());
    terminal.keys("7").press(Press::Enter);
    assert!(terminal.notice().contains("完成, 满意: 对就再按 Enter 结束"), "{}", terminal.screen());
    assert!(terminal.line(0).contains("走访 张守富"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("15 分, 计入"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    let (visit, _) = kitchen.recorded();
    assert_eq!((visit.outcome.as_str(), visit.satisfaction.as_str()), ("done", "satisfied"));
}

// Whoever moved on since has seen what stands there.
#[test]
fn enter_behind_an_arrow_behind_a_digit_ends_the_visit() {
    let (mut kitchen, mut terminal) = sit_down(79);
    kitchen.talk(&mut terminal, 900);
    terminal.press(Press::F(8)).keys("7").press(Press::Up).press(Press::Down).press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("15 分, 计入"), "{}", terminal.screen());
}

#[test]
fn nobody_home_needs_no_reason() {
    let (kitchen, mut terminal) = sit_down(15);
    terminal.press(Press::F(8)).keys("２").press(Press::Enter).press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("已结束: 外出"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    assert_eq!(kitchen.recorded().0.outcome, "absent");
}

// Only a beat of the clock rang, and a gap that was declared filled the minutes in silence.
#[test]
fn a_gap_that_is_declared_rings_where_it_fills_the_fifteen_minutes() {
    let (mut kitchen, mut terminal) = sit_down(18);
    kitchen.talk(&mut terminal, 600);
    kitchen.laptop.clock.pass(370);
    terminal.settle();
    terminal.press(Press::F(8)).press(Press::Down).press(Press::Down).keys("6 停电, 一直在谈");
    assert_eq!(terminal.bells(), 0);
    terminal.press(Press::Enter);
    assert_eq!(terminal.bells(), 1, "{}", terminal.screen());
    assert!(terminal.notice().contains("已满15分钟. 已记为自述 06:00"), "{}", terminal.screen());
    kitchen.talk(&mut terminal, 60);
    assert_eq!(terminal.bells(), 1);
}

#[test]
fn leaving_the_page_never_ends_the_visit() {
    let (mut kitchen, mut terminal) = sit_down(16);
    terminal.keys("想要个小广场\r");
    terminal.keys("村里没有地方").press(Press::F(2));
    kitchen.talk(&mut terminal, 60);
    assert!(terminal.line(0).contains("走访中 张守富 01:00"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('o'));
    assert!(terminal.line(2).contains("01:00"), "{}", terminal.screen());
    assert!(terminal.screen().contains("想要个小广场") && terminal.screen().contains("> 村里没有地方"));
    kitchen.talk(&mut terminal, 840);
    terminal.press(Press::F(2));
    assert_eq!(terminal.bells(), 1, "the bell rings on any page");
}

#[test]
fn a_pause_does_not_count_and_says_so() {
    let (mut kitchen, mut terminal) = sit_down(17);
    kitchen.talk(&mut terminal, 30);
    terminal.press(Press::Ctrl('t'));
    kitchen.talk(&mut terminal, 300);
    assert!(terminal.line(2).contains("00:30") && terminal.line(2).contains("已暂停"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('t'));
    kitchen.talk(&mut terminal, 30);
    assert!(terminal.line(2).contains("01:00") && !terminal.line(2).contains("已暂停"), "{}", terminal.screen());
}

#[test]
fn ticks_are_two_keys_away_and_are_kept() {
    let (kitchen, mut terminal) = sit_down(18);
    terminal.press(Press::Up).keys("2６79");
    assert!(terminal.line(4).contains("2医疗*") && terminal.line(4).contains("6文体*"), "{}", terminal.screen());
    terminal.keys("2");
    // Text typed there goes to the line: nothing that is typed is lost.
    terminal.keys("机井坏了\r");
    // Who recorded what says which field it was, and that it was taken back.
    terminal.press(Press::F(2)).press(Press::Enter).keys("6").press(Press::Tab);
    let said: Vec<String> = terminal.screen().lines().map(|line| line.split_whitespace().collect()).collect();
    for words in ["讲解文体生活", "讲解(旧)医疗卫生", "讲解不算医疗卫生", "发放手册", "发放联系卡"]
    {
        assert!(said.iter().any(|line| line.contains(words)), "{words}\n{}", terminal.screen());
    }
    terminal.leave();
    terminal.wait_exit();
    let (visit, lines) = kitchen.recorded();
    assert_eq!((visit.told, visit.gave), (vec!["6".to_owned()], vec!["card".to_owned(), "handbook".to_owned()]));
    assert_eq!(lines[0].0.text, "机井坏了");
}

// With other lines written down, Up goes through them; Shift-Tab reaches the ticks at once, and a sentence that begins with
// digits gets them back.
#[test]
fn digits_of_a_sentence_that_were_taken_as_ticks_are_fetched_with_one_key() {
    let (kitchen, mut terminal) = sit_down(47);
    terminal.keys("机井坏了\r").press(Press::BackTab).keys("2").press(Press::BackTab);
    assert!(terminal.line(4).contains("2医疗*"), "{}", terminal.screen());
    terminal.press(Press::BackTab).keys("12号家的路灯");
    assert!(terminal.line_from_below(1).contains("前面的 12 当作勾选了"), "{}", terminal.screen());
    assert!(terminal.line(4).contains("1教育*") && terminal.line(4).contains("2医疗 "), "{}", terminal.screen());
    terminal.press(Press::BackTab);
    let screen = terminal.screen();
    assert!(screen.contains("> 12号家的路灯") && screen.contains("数字收进这一句了"), "{screen}");
    assert!(terminal.line(4).contains("1教育 ") && terminal.line(4).contains("2医疗*"), "{screen}");
    // Fetched once: the key leads to the ticks again, and the sentence waits.
    terminal.keys("不亮").press(Press::BackTab).keys("4").press(Press::Enter).press(Press::Enter);
    assert_eq!(kitchen.written(&mut terminal), ["note 机井坏了", "note 12号家的路灯不亮"]);
    assert_eq!(kitchen.recorded().0.told, ["2", "4"]);
}

#[test]
fn a_visit_begun_by_mistake_is_discarded_with_two_presses_and_keeps_its_lines() {
    let (kitchen, mut terminal) = sit_down(19);
    terminal.keys("先记一句\r").press(Press::F(8)).press(Press::Ctrl('d'));
    assert!(terminal.line_from_below(1).contains("再按一次"), "{}", terminal.screen());
    // The question was not seen any more behind the help, and the same key ended all.
    terminal.press(Press::F(1)).press(Press::Esc).press(Press::Ctrl('d'));
    assert!(terminal.line_from_below(1).contains("再按一次"), "{}", terminal.screen());
    terminal.press(Press::F(4)).press(Press::Esc).press(Press::Enter).press(Press::Ctrl('d'));
    assert!(terminal.line_from_below(1).contains("再按一次"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('d'));
    assert!(terminal.line_from_below(1).contains("已作废"), "{}", terminal.screen());
    assert_eq!(kitchen.written(&mut terminal), ["note 先记一句"]);
    assert_eq!(kitchen.recorded().0.outcome, "discarded");
}

// His half change of a line lay there while she changed it: his Enter went over her words and nobody said so.
#[test]
fn whoever_changes_a_line_that_somebody_else_changed_meanwhile_is_told() {
    let (kitchen, mut terminal) = sit_down(59);
    terminal.keys("机井坏了\r").press(Press::Up).keys(", 浇不上").press(Press::Ctrl('r')).keys("张锦秋\r");
    terminal.press(Press::Up).keys("三天\r").press(Press::Ctrl('r')).press(Press::Enter);
    assert!(terminal.screen().contains("> 机井坏了, 浇不上"), "{}", terminal.screen());
    let said = terminal.notice();
    assert!(said.contains("现在是 陈明 在说") && said.contains("张锦秋 也改过这一条, 现在是: 机井坏了三天."), "{said}");
    terminal.press(Press::Esc).press(Press::Ctrl('r')).press(Press::Enter).press(Press::Up).keys(", 急\r");
    assert_eq!(kitchen.written(&mut terminal), ["note 机井坏了三天, 急"]);
}

// A name that was mistyped once went as a visitor with every later visit.
#[test]
fn whoever_was_mistyped_or_comes_no_more_is_taken_out_and_goes_with_no_later_visit() {
    let (kitchen, mut terminal) = sit_down(48);
    terminal.press(Press::Ctrl('r')).keys("张锦求\r").keys("机井坏了\r").press(Press::Ctrl('r')).press(Press::Enter);
    assert!(terminal.notice().contains("现在是 陈明 在说"), "{}", terminal.screen());
    // Who speaks stays; moving or typing forgets the question.
    terminal.press(Press::Ctrl('r')).press(Press::Up).press(Press::Ctrl('d')).press(Press::Ctrl('d'));
    assert!(terminal.screen().contains("正在说的人去不掉"), "{}", terminal.screen());
    terminal.press(Press::Down).press(Press::Ctrl('d'));
    assert!(terminal.screen().contains("再按 Ctrl-D 去掉 张锦求; 记过的不变."), "{}", terminal.screen());
    terminal.press(Press::Up).press(Press::Down).press(Press::Ctrl('d')).press(Press::Ctrl('d'));
    assert!(terminal.notice().contains("去掉了 张锦求"), "{}", terminal.screen());
    assert!(!terminal.screen().contains("2  张锦求"), "{}", terminal.screen());
    terminal.press(Press::Esc).press(Press::F(8)).keys("2").press(Press::Enter).press(Press::Enter).keys("1");
    assert!(terminal.line(0).contains("走访 ") && terminal.line(0).contains("陈明"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    office::behind(&kitchen.laptop, |keeper| {
        keeper.house().shelf(|_, view| {
            let mut visits = Vec::new();
            let mut take = |record: std::sync::Arc<zoufang::domain::Record>| {
                visits.extend(zoufang::domain::Visit::read(&record));
                true
            };
            view.each(&mut take).unwrap();
            assert_eq!(visits.len(), 2);
            // He said something at the first, and that stays.
            let went = |visit: &zoufang::domain::Visit| match visit.ended {
                Some(_) => visit.visitors == ["陈明", "张锦求"],
                None => visit.visitors == ["陈明"],
            };
            assert!(visits.iter().all(went), "{visits:?}");
        });
    });
}

// `* …` was a note like any other: what was to be hidden was not, and nobody said so.
#[test]
fn a_mark_without_its_field_is_said_and_asked_about_once() {
    let (kitchen, mut terminal) = sit_down(49);
    terminal.keys("* 低保评得不公");
    assert!(terminal.screen().contains("备注  记号要连着前面的领域数字, 如 5* …"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.notice().contains("这样写不保密"), "{}", terminal.screen());
    assert!(terminal.screen().contains("> * 低保评得不公"), "{}", terminal.screen());
    // Tab takes the mark up; or once more Enter leaves it as it stands.
    terminal.press(Press::Tab).keys("5\r");
    terminal.keys("* 说句不好听的\r\r").keys("4 + 修路\r").press(Press::Enter);
    // The end is no way round the question.
    terminal.keys("*").press(Press::F(8));
    assert!(terminal.notice().contains("这样写不保密"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    assert!(terminal.screen().contains("满意"), "{}", terminal.screen());
    assert_eq!(
        kitchen.written(&mut terminal),
        [
            "governance general problem * 低保评得不公",
            "note * 说句不好听的",
            "agriculture general problem + 修路",
            "note *"
        ]
    );
}

// Both were put down as notes, and nobody was told.
#[test]
fn a_digit_that_is_no_field_or_lacks_its_blank_is_said_and_asked_about_once() {
    let (kitchen, mut terminal) = sit_down(49);
    terminal.keys("8 校车只到村口");
    assert!(terminal.screen().contains("备注  8 没有这一类: 领域是 1 到 6, 其他 0"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.notice().contains("8 没有这一类, 这样只是备注"), "{}", terminal.screen());
    assert!(terminal.screen().contains("> 8 校车只到村口"), "{}", terminal.screen());
    terminal.press(Press::Home).press(Press::Delete).keys("1\r");
    terminal.keys("4、井坏了\r");
    assert!(terminal.notice().contains("要归农业农村, 数字后面空一格: 4 …"), "{}", terminal.screen());
    // Once more Enter leaves it as it stands; sentences that begin with a number need no more than that.
    terminal.press(Press::Enter);
    terminal.keys("7 个人没地\r\r").keys("8个人没地\r").keys("3、4号来过\r").keys("3户人家\r");
    assert_eq!(
        kitchen.written(&mut terminal),
        [
            "education general problem 校车只到村口",
            "note 4、井坏了",
            "note 7 个人没地",
            "note 8个人没地",
            "note 3、4号来过",
            "note 3户人家"
        ]
    );
}

// Three digits typed before the menu was seen chose its first row, or went with it.
#[test]
fn digits_that_the_menu_lacks_stand_in_the_line_and_that_is_said() {
    let (_kitchen, mut terminal) = sit_down(58);
    for (typed, last) in [("061", None), ("999", None), ("99", Some(Press::Esc)), ("9", Some(Press::Enter))] {
        terminal.press(Press::Esc);
        for ch in typed.chars() {
            terminal.keys(&ch.to_string()).settle();
        }
        if let Some(key) = last {
            terminal.press(key);
        }
        let screen = terminal.screen();
        assert!(screen.contains(&format!("> {typed}")) && terminal.line(0).contains("走访 张守富"), "{screen}");
        assert!(terminal.notice().contains(&format!("菜单里没有 {typed}, 写在输入行里了")), "{screen}");
        terminal.press(Press::Ctrl('z'));
        assert!(!terminal.screen().contains(&format!("> {typed}")), "{}", terminal.screen());
    }
    terminal.press(Press::Esc).keys("061");
    terminal.keys("号楼没水");
    assert!(terminal.screen().contains("> 061号楼没水"), "{}", terminal.screen());
}

// A line that was said after F8 vanished from the page one looked at, without a word.
#[test]
fn words_typed_where_a_visit_ends_stand_in_its_line_and_that_is_said() {
    let (kitchen, mut terminal) = sit_down(57);
    terminal.press(Press::F(8)).keys("还有, 水管漏");
    assert!(terminal.screen().contains("> 还有, 水管漏"), "{}", terminal.screen());
    assert!(terminal.line_from_below(1).contains("这句写在输入行里了"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(!terminal.line_from_below(1).contains("这句写在输入行里了"), "{}", terminal.screen());
    assert_eq!(kitchen.written(&mut terminal), ["note 还有, 水管漏"]);
}

// A problem begun with its digit on the page of the end made the family 去世, and lost its field.
#[test]
fn a_digit_before_words_is_theirs_where_a_visit_ends() {
    let (mut kitchen, mut terminal) = sit_down(60);
    kitchen.talk(&mut terminal, 16 * 60);
    terminal.press(Press::F(8)).keys("86 村里没有路灯");
    assert!(terminal.screen().contains("> 6 村里没有路灯"), "{}", terminal.screen());
    assert!(terminal.notice().contains("前面的 6 收进这一句了"), "{}", terminal.screen());
    terminal.press(Press::Enter).press(Press::F(8)).keys("4").press(Press::Ctrl('z'));
    assert!(terminal.line_from_below(1).contains("结果又是 完成"), "{}", terminal.screen());
    terminal.keys("7").paste("吃水也难");
    assert!(terminal.screen().contains("> 7吃水也难"), "{}", terminal.screen());
    terminal.press(Press::Enter).press(Press::F(8)).press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("16 分, 计入"), "{}", terminal.screen());
    assert_eq!(kitchen.written(&mut terminal), ["culture general problem 村里没有路灯", "note 7吃水也难"]);
    assert_eq!(kitchen.recorded().0.satisfaction, "mostly", "what was chosen before stays");
}

// An arrow or another answer behind an outcome, and Ctrl-Z took back something older instead: the sentence said before it.
#[test]
fn what_was_declared_of_a_gap_is_changed_after_a_restart_and_stands_again_after_an_undo() {
    let (mut kitchen, mut terminal) = sit_down(72);
    kitchen.talk(&mut terminal, 16 * 60);
    kitchen.laptop.clock.pass(370);
    terminal.settle();
    let declare = |terminal: &mut Terminal, words: &str| {
        terminal.press(Press::F(8));
        for _ in 0..4 {
            terminal.press(Press::Up);
        }
        terminal.keys(words);
    };
    declare(&mut terminal, "6 停电\r");
    // Killed at once: what was acknowledged is there.
    terminal.kill9();
    let mut terminal = kitchen.laptop.start((80, 24), &[], &[]);
    terminal.keys("1").press(Press::F(8));
    assert!(terminal.screen().contains("自述 06:00: 停电"), "{}", terminal.screen());
    terminal.press(Press::Esc);
    declare(&mut terminal, "3 只谈了一会\r");
    assert!(terminal.screen().contains("自述 03:00: 只谈了一会"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.line_from_below(1).contains("自述改回了: 停电"), "{}", terminal.screen());
    assert!(terminal.screen().contains("自述 06:00: 停电"), "{}", terminal.screen());
}

#[test]
fn ctrl_z_at_the_end_takes_back_what_was_done_last_whichever_it_was() {
    let (mut kitchen, mut terminal) = sit_down(71);
    terminal.keys("机井坏了\r");
    kitchen.talk(&mut terminal, 16 * 60);
    kitchen.laptop.clock.pass(370);
    terminal.settle();
    // The gap stands above the outcome, which is four above the end.
    terminal.press(Press::F(8));
    for _ in 0..5 {
        terminal.press(Press::Up);
    }
    terminal.keys("6 停电\r").keys("48").press(Press::Down);
    let screen = terminal.screen();
    assert!(screen.contains("自述 06:00") && screen.contains("4另约*") && screen.contains("8基本满意*"), "{screen}");
    terminal.press(Press::Ctrl('z'));
    let screen = terminal.screen();
    assert!(screen.contains("4另约*") && !screen.contains("8基本满意*"), "{screen}");
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.screen().contains("结果又是 完成"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(
        terminal.screen().contains("自述撤回了") && terminal.screen().contains("没有计入"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.notice().contains("撤回了刚记的一句"), "{}", terminal.screen());
}

// What was chosen in the strip was nowhere but on the screen: after a kill the sentence was nobody's secret any more.
#[test]
fn what_is_chosen_in_the_strip_waits_as_signs_before_the_sentence() {
    let (kitchen, mut terminal) = sit_down(61);
    terminal.keys("书记吃回扣").press(Press::Tab).keys("5*").press(Press::Esc);
    assert!(terminal.screen().contains("> 5* 书记吃回扣"), "{}", terminal.screen());
    terminal.press(Press::Tab).keys("+");
    Kitchen::flat(&mut terminal);
    let mut terminal = kitchen.open();
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("> 5+* 书记吃回扣"), "{}", terminal.screen());
    // What is proposed and chosen is chosen.
    terminal.press(Press::Ctrl('u')).keys("学校太远").press(Press::Tab).keys("1").press(Press::Esc);
    assert!(terminal.screen().contains("> 1 学校太远"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("4 井坏了").press(Press::Tab).press(Press::Esc);
    assert!(terminal.screen().contains("> 4 井坏了"), "nothing was chosen: as typed\n{}", terminal.screen());
}

// An undo on the page of the end took the visit away and left its page: what was typed there was recorded where nobody sees it.
#[test]
fn a_visit_that_is_taken_back_on_the_page_of_its_end_is_left() {
    let (mut kitchen, mut terminal) = sit_down(63);
    terminal.leave();
    terminal.wait_exit();
    let mut terminal = kitchen.open();
    terminal.keys("33").keys("lgy").press(Press::Enter).keys("1");
    kitchen.talk(&mut terminal, 30);
    terminal.press(Press::F(8)).press(Press::Ctrl('z'));
    assert!(terminal.line_from_below(1).contains("这次走访没有开始"), "{}", terminal.screen());
    assert!(terminal.screen().contains("1 开始走访"), "{}", terminal.screen());
}

// 这个组别的户都访过了 was said of a group that has no other household, while this one stayed unvisited.
#[test]
fn where_nobody_is_next_it_is_said_who_is_visited_and_who_is_not() {
    let mut laptop = Laptop::new(87);
    office::set_up(&laptop, "一组", "陈明");
    let add = |laptop: &Laptop, head: &str| {
        let request = Request::new("household.add").with("head", head).with("town", "东里镇");
        office::behind(laptop, |keeper| {
            office::ask(keeper, &request.with("village", "东里东村").with("group", "3"));
            keeper.close().unwrap();
        });
    };
    let said = |laptop: &mut Laptop, minutes: u64, head: &str, end: &[&str], wanted: &str| {
        let mut terminal = laptop.start(SIZE, &[], &[]);
        terminal.keys(head).press(Press::Enter).keys("1");
        for _ in 0..2 * minutes {
            laptop.clock.pass(30);
            terminal.settle();
        }
        terminal.press(Press::F(8));
        for keys in end {
            terminal.keys(keys);
        }
        assert!(terminal.line_from_below(1).contains(wanted), "{wanted}\n{}", terminal.screen());
        terminal.leave();
        terminal.wait_exit();
    };
    let (absent, done) = (["2", "\r", "\r"].as_slice(), ["\r"].as_slice());
    add(&laptop, "张守富");
    said(&mut laptop, 0, "zsf", absent, "已结束: 外出. 这个组没有别的户要访, 这一户还没访到. Ctrl-Z 撤回.");
    said(&mut laptop, 16, "zsf", done, "计入. 这个组没有别的户要访. Ctrl-Z 撤回.");
    add(&laptop, "李桂英");
    said(&mut laptop, 0, "lgy", absent, "已结束: 外出. 这个组别的户都访过了, 这一户还没有. Ctrl-Z 撤回.");
    said(&mut laptop, 16, "lgy", done, "计入. 这个组别的户都访过了. Ctrl-Z 撤回.");
}

// How it came out was gone when the end was taken back: Enter made it a finished visit.
#[test]
fn an_end_that_is_taken_back_keeps_how_it_came_out() {
    let (mut kitchen, mut terminal) = sit_down(64);
    kitchen.talk(&mut terminal, 60);
    terminal.press(Press::F(8)).keys("24").press(Press::Ctrl('z')).press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("已结束: 外出"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z')).press(Press::Ctrl('o')).press(Press::F(8));
    assert!(terminal.screen().contains("2外出*"), "{}", terminal.screen());
}

// One Enter too many at the end began a visit of the next household, on a page that looks like the one before.
#[test]
fn an_enter_too_many_at_the_end_begins_no_visit_of_the_next_household() {
    let (mut kitchen, mut terminal) = sit_down(62);
    kitchen.talk(&mut terminal, 16 * 60);
    terminal.press(Press::F(8)).press(Press::Enter).press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("这是下一户 王成友"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line(0).contains("走访 王成友"), "{}", terminal.screen());
}

// The end was pressed too early: taken back, the visit is open again and goes on where it was.
#[test]
fn an_end_that_is_taken_back_leaves_a_visit_that_goes_on() {
    let (mut kitchen, mut terminal) = sit_down(39);
    kitchen.talk(&mut terminal, 16 * 60);
    terminal.keys("4* 机井坏了\r").press(Press::F(8)).press(Press::Up).keys("周五来电\r");
    assert!(terminal.line_from_below(1).contains("16 分, 计入"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    let said = terminal.notice();
    assert!(said.contains("撤回了结束: 张守富. 还没结束, 按 Ctrl-O"), "{}", terminal.screen());
    // The program ran all the time: nothing is asked, and the pause is called what it was.
    kitchen.laptop.clock.pass(90);
    terminal.press(Press::Ctrl('o'));
    assert!(terminal.line_from_below(1).contains("中断了 01:30 (结束过又接着来)"), "{}", terminal.screen());
    assert!(terminal.screen().contains("16:00") && terminal.screen().contains("机井坏了"), "{}", terminal.screen());
    kitchen.talk(&mut terminal, 60);
    // What was written there is half written again.
    terminal.press(Press::F(8));
    assert!(terminal.screen().contains("下次联系  周五来电"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("17 分, 计入"), "{}", terminal.screen());
    assert_eq!(kitchen.written(&mut terminal), ["agriculture general problem * 机井坏了"]);
    assert_eq!(kitchen.recorded().0.next, "周五来电 (5-21)");
}

// Plan 二(二)3(1): a call covers only who is away for a recorded reason; nothing on the way may say otherwise.
#[test]
fn a_call_says_that_it_does_not_count_where_nobody_is_away() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    office::behind(&laptop, |keeper| {
        office::ask(keeper, &Request::new("household.add").with("head", "李传水"));
    });
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("2 电话访问(不计)"), "{}", terminal.screen());
    terminal.keys("2");
    assert!(
        terminal.screen().contains("电话, 不按分钟算") && !terminal.screen().contains("还差"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::F(8));
    assert!(terminal.screen().contains("这次不计入, 照样留着"), "{}", terminal.screen());
    assert!(terminal.screen().contains("户卡 5 写 在外原因"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(
        terminal.notice().contains("不计入, 照样留着. 这个组没有别的户要访, 这一户还没访到"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::F(2)).keys("未访");
    assert!(terminal.screen().contains("李传水"), "still to be visited\n{}", terminal.screen());
}

// Two keys: Ctrl-R and the digit. What one had typed waits for him; the clock of the visit never stops.
#[test]
fn who_speaks_changes_in_two_keys_and_each_keeps_what_he_typed() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    office::behind(&laptop, |keeper| {
        office::ask(keeper, &Request::new("device.set").with("visitors", vec!["陈明", "张锦秋"]));
        office::ask(keeper, &Request::new("household.add").with("head", "张守富"));
    });
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Enter).keys("1");
    assert!(terminal.screen().contains("还差"), "{}", terminal.screen());
    terminal.keys("机井坏了").press(Press::Ctrl('r'));
    let screen = terminal.screen();
    assert!(screen.contains("1  陈明  现在") && screen.contains("2  张锦秋"), "{screen}");
    terminal.keys("2");
    let screen = terminal.screen();
    assert!(screen.contains("现在是 张锦秋 在说") && !screen.contains("机井坏了"), "{screen}");
    assert!(terminal.line_from_below(1).contains("陈明 没写完的留着"), "{screen}");
    terminal.keys("校车太远").press(Press::Enter).keys("路灯不");
    // A full-width digit is the same key, and a kill changes nothing. Each keeps the own digit, whoever speaks.
    terminal.press(Press::Ctrl('r'));
    assert!(terminal.screen().contains("2  张锦秋  现在"), "{}", terminal.screen());
    terminal.keys("１");
    assert!(terminal.screen().contains("> 机井坏了"), "{}", terminal.screen());
    terminal.kill9();
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("> 机井坏了"), "{}", terminal.screen());
    // Enter alone takes who spoke before.
    terminal.press(Press::Enter).press(Press::Ctrl('r')).press(Press::Enter);
    assert!(terminal.screen().contains("> 路灯不"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('r')).keys("苗兴英\r");
    let screen = terminal.screen();
    assert!(screen.contains("现在是 苗兴英 在说") && !screen.contains("> 路灯不"), "{screen}");
    terminal.kill9();
    let who = |words: &str| {
        office::behind(&laptop, |keeper| {
            keeper.house().shelf(|_, view| {
                let mut found = String::new();
                view.each(&mut |record| {
                    if record.text("text") == Some(words) {
                        found = record.born().unwrap().operation.actor.to_string();
                    }
                    true
                })
                .unwrap();
                found
            })
        })
    };
    assert_eq!((who("校车太远").as_str(), who("机井坏了").as_str()), ("张锦秋", "陈明"));

    // The visit ends under another name: what stood in his line is put down as his.
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Enter).press(Press::F(8)).press(Press::Down).keys("有事\r");
    assert!(terminal.notice().contains("已结束"), "{}", terminal.screen());
    terminal.kill9();
    assert_eq!(who("路灯不"), "张锦秋");
}

// The other's change, answer or half sorted sentence was in the field of whoever took over: her Enter wrote over his words.
#[test]
fn whoever_takes_over_begins_with_an_empty_line_and_finds_nobody_elses_work_in_it() {
    let (mut kitchen, mut terminal) = sit_down(48);
    let (mine, hers) = (Press::Ctrl('r'), Press::Ctrl('r'));
    terminal.keys("机井坏了\r").press(Press::Up).keys(", 浇不上").press(hers).keys("张锦秋\r");
    let screen = terminal.screen();
    assert!(screen.contains("陈明 没写完的留着") && !screen.contains("这一条"), "{screen}");
    terminal.keys("校车太远\r").press(mine).press(Press::Enter);
    assert!(terminal.screen().contains("> 机井坏了, 浇不上"), "{}", terminal.screen());
    terminal.keys("地\r");
    // The answer to what was done: back with its sentence.
    terminal.keys("5! 两家吵架\r").keys("说和").press(hers).press(Press::Enter).keys("枣树死了\r");
    terminal.press(mine).press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("  5! 两家吵架") && screen.contains("> 说和"), "{screen}");
    terminal.keys("了\r");
    // An answer is nobody's but its sentence's.
    terminal.keys("5! 井盖坏了\r").keys("焊好了").press(Press::Esc).press(Press::Ctrl('u')).keys("4! 水渠堵了\r");
    assert!(!terminal.screen().contains("焊好了"), "{}", terminal.screen());
    terminal.press(Press::Esc).press(Press::Ctrl('u'));
    // The strip: her Enter records nothing of his.
    terminal.keys("药贵").press(Press::Tab).press(hers).press(Press::Enter).press(Press::Enter);
    terminal.press(mine).press(Press::Enter).press(Press::Tab).keys("2").press(Press::Enter);
    // A pause is not called a timer that goes on.
    terminal.press(Press::Ctrl('t')).press(hers).press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("现在是 张锦秋 在说."), "{}", terminal.screen());
    kitchen.talk(&mut terminal, 1);
    terminal.leave();
    terminal.wait_exit();
    let (_, lines) = kitchen.recorded();
    let said: Vec<(String, String, String)> = lines
        .into_iter()
        .map(|(line, issue)| (line.recorder, line.text, issue.map(|issue| issue.done).unwrap_or_default()))
        .collect();
    let want = [
        ("陈明", "机井坏了, 浇不上地", ""),
        ("张锦秋", "校车太远", ""),
        ("张锦秋", "枣树死了", ""),
        ("陈明", "两家吵架", "说和了"),
        ("陈明", "药贵", ""),
    ];
    let want = want.map(|(who, text, done)| (who.to_owned(), text.to_owned(), done.to_owned()));
    assert_eq!(said, want);
}

// The end came while one was answering and the other was changing a line: both halves were left behind for good.
#[test]
fn what_two_people_had_half_written_is_put_down_at_the_end() {
    let (mut kitchen, mut terminal) = sit_down(56);
    kitchen.talk(&mut terminal, 900);
    terminal.keys("第一句\r").press(Press::Up).keys("改").press(Press::Ctrl('r')).keys("张锦秋\r");
    terminal.keys("4! 水渠堵了\r").keys("修渠队来了");
    Kitchen::flat(&mut terminal);
    let mut terminal = kitchen.open();
    terminal.keys("2");
    assert!(terminal.line_from_below(1).contains("没按 Enter 的那一句, 也记下了"), "{}", terminal.screen());
    // How it came out stays, whoever speaks; what the other wrote about the next contact goes along at the end.
    terminal.press(Press::Up).keys("周五晚上来电").press(Press::Up).keys("4");
    terminal.press(Press::Ctrl('r')).press(Press::Enter).press(Press::Esc).keys("2");
    assert!(terminal.screen().contains("4另约*"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("已结束: 另约"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    let (visit, lines) = kitchen.recorded();
    assert_eq!(visit.next, "周五晚上来电 (5-21 19:30)");
    let said: Vec<(String, String)> = lines
        .into_iter()
        .map(|(line, issue)| {
            (line.text, issue.map(|issue| format!("{} {}", issue.class, issue.done)).unwrap_or_default())
        })
        .collect();
    let want = [("第一句改", ""), ("水渠堵了", "on_site 修渠队来了")];
    assert_eq!(said, want.map(|(text, done)| (text.to_owned(), done.to_owned())));
    let list = ["list", "drafts", "--json", "--data"];
    let left = std::process::Command::new(env!("CARGO_BIN_EXE_zoufang")).args(list).arg(kitchen.laptop.data()).output();
    let left = String::from_utf8(left.unwrap().stdout).unwrap();
    assert!(!left.contains("/how") && !left.contains("/line") && !left.contains("/outcome"), "{left}");
}

// Half a form is nobody else's either.
#[test]
fn a_form_that_is_half_written_goes_with_the_person_who_wrote_it() {
    let (_kitchen, mut terminal) = sit_down(49);
    terminal.press(Press::F(2)).press(Press::Ctrl('n')).keys("高宗海\r1").press(Press::Ctrl('r')).keys("张锦秋\r");
    assert!(!terminal.screen().contains("高宗海"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('r')).press(Press::Enter);
    assert!(terminal.screen().contains("高宗海"), "{}", terminal.screen());
}

// Ten lines from a telephone's notes. Asked, because nobody can know.
#[test]
fn a_paste_of_several_lines_is_one_line_or_a_line_each_as_one_says() {
    let (_kitchen, mut terminal) = sit_down(12);
    let lines = "机井坏了\r\n\r\n校车太远\n6+ 想要个小广场\n5! 路灯不亮\n戏台漏雨";
    terminal.keys("张家说 ").paste(lines);
    let screen = terminal.screen();
    assert!(screen.contains("5 行: 当一行, 还是每行记一条?") && screen.contains("戏台漏雨"), "{screen}");
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("> 张家说 机井坏了 校车太远 6+ 想要个小广场"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.screen().contains("> 张家说"), "{}", terminal.screen());
    terminal.paste(lines).keys("２");
    let screen = terminal.screen();
    assert!(screen.contains("记下了 5 条.") && !screen.contains("> 张家说"), "{screen}");
    for words in ["张家说 机井坏了", "校车太远", "文体生活 较大", "社会治理 现场解决", "路灯不亮", "戏台漏雨"]
    {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    // Another digit is no answer: it was taken for one, and stood in the line.
    terminal.paste("水管漏\n没有路灯").keys("3").keys("９");
    let screen = terminal.screen();
    assert!(screen.contains("9 不是回答: 1 当一行, 2 每行记一条.") && screen.contains("2 行: 当一行"), "{screen}");
    terminal.keys("1");
    assert!(terminal.screen().contains("> 水管漏 没有路灯"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u'));
    // The signs before it are the first line's.
    terminal.keys("4+ 井").paste("没水\n路不平").keys("2");
    let screen = terminal.screen();
    assert!(screen.contains("农业农村 较大      井没水") && screen.contains("备注               路不平"), "{screen}");
    // What cannot be recorded as it is stays in the field for a person to look at, and what follows waits as it is.
    terminal.press(Press::Ctrl('u')).paste("水管漏\n6+\n没有路灯\n").keys("2");
    let screen = terminal.screen();
    assert!(screen.contains("记下了 1 条") && screen.contains("后面 1 行留着"), "{screen}");
    assert_eq!(terminal.line_from_below(3).trim(), "> 6+", "{screen}");
    terminal.press(Press::Ctrl('u')).press(Press::Enter);
    assert!(terminal.screen().contains("还有 1 行没记"), "{}", terminal.screen());
    terminal.press(Press::Esc);
    assert!(terminal.notice().contains("1 行先留着"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    assert!(
        terminal.notice().contains("先说怎么记") && terminal.screen().contains("没有路灯"),
        "{}",
        terminal.screen()
    );
    terminal.keys("2");
    assert!(terminal.screen().contains("备注               没有路灯"), "{}", terminal.screen());
    // One line, with or without its end, is nothing to ask about.
    terminal.press(Press::Ctrl('u')).paste("独一行\r\n");
    assert!(terminal.screen().contains("> 独一行"), "{}", terminal.screen());
}

// The end of a long paste was gone, of 120 lines the half, and the program said 已保存.
#[test]
fn what_has_no_room_in_the_line_is_said_and_none_of_it_is_lost() {
    let (_kitchen, mut terminal) = sit_down(14);
    terminal.keys("张家").paste(&"长".repeat(10_000));
    assert!(terminal.notice().contains("粘贴的有 10000 字, 这里只放得下 5459 字"), "{}", terminal.screen());
    assert!(terminal.screen().contains("> 张家") && !terminal.screen().contains('长'), "{}", terminal.screen());
    terminal.paste(&"长".repeat(5_459)).keys("多");
    assert!(terminal.notice().contains("这一行满了"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("张家说 ");
    let lines: Vec<String> = (1..=120).map(|at| format!("第{at}件 {}", "长".repeat(100))).collect();
    terminal.paste(&lines.join("\n"));
    assert!(terminal.notice().contains("120 行当一行放不下"), "{}", terminal.screen());
    terminal.keys("1");
    let screen = terminal.screen();
    assert!(screen.contains("还有 120 行没记. 每行记一条?"), "{screen}");
    assert!(terminal.notice().contains("1 不是回答"), "{screen}");
    terminal.press(Press::Delete);
    assert!(terminal.screen().contains("> 张家说"), "{}", terminal.screen());
    terminal.paste(&lines.join("\n")).press(Press::Enter);
    let screen = terminal.screen();
    assert!(terminal.notice().contains("记下了 120 条.") && screen.contains("第120件"), "{screen}");
    let too_long = format!("短的\n{}", "长".repeat(6_000));
    terminal.paste(&too_long);
    assert!(terminal.notice().contains("第 2 行太长"), "{}", terminal.screen());
}

// After a kill the lines were one line, and those that were recorded stood in it again.
#[test]
fn lines_that_are_asked_about_come_back_as_lines_after_a_kill() {
    let (kitchen, mut terminal) = sit_down(15);
    terminal.keys("张家说 ").paste("机井坏了\n校车太远").press(Press::Ctrl('s'));
    terminal.kill9();
    let mut terminal = kitchen.open();
    terminal.press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("还有 2 行没记") && screen.contains("张家说 机井坏了"), "{screen}");
    terminal.press(Press::Enter).settle();
    terminal.kill9();
    let mut terminal = kitchen.open();
    terminal.press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("备注  校车太远") && !screen.contains("没记"), "{screen}");
    assert_eq!(terminal.line_from_below(3).trim(), ">", "{screen}");
}

/// Goes to the line that says something, up or down.
fn go_to(terminal: &mut Terminal, way: Press, words: &str) {
    let is_there = |line: &str| line.starts_with('>') && line.contains(words);
    for _ in 0..40 {
        if terminal.screen().lines().any(is_there) {
            return;
        }
        terminal.press(way);
    }
    panic!("{words}\n{}", terminal.screen());
}

// The words went with the minutes: nobody read afterwards why a gap was not counted.
#[test]
fn a_gap_declared_with_no_minutes_keeps_why() {
    let (mut kitchen, mut terminal) = sit_down(17);
    kitchen.talk(&mut terminal, 960);
    kitchen.laptop.clock.pass(370);
    terminal.settle();
    terminal.press(Press::F(8));
    go_to(&mut terminal, Press::Up, "06:10");
    terminal.keys("0 去接孩子, 没在谈\r");
    assert!(terminal.screen().contains("不计: 去接孩子, 没在谈"), "{}", terminal.screen());
    assert!(terminal.line_from_below(1).contains("这段中断不计"), "{}", terminal.screen());
    // Taken back nothing is declared of it.
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.screen().contains("没有计入"), "{}", terminal.screen());
    go_to(&mut terminal, Press::Up, "06:10");
    terminal.keys("0 去接孩子, 没在谈\r");
    terminal.kill9();
    let mut terminal = kitchen.laptop.start(SIZE, &[], &[]);
    terminal.keys("1").press(Press::F(8));
    assert!(terminal.screen().contains("不计: 去接孩子"), "{}", terminal.screen());
    go_to(&mut terminal, Press::Down, "结束这次走访");
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("16 分, 计入"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    office::behind(&kitchen.laptop, |keeper| {
        let mut told = Vec::new();
        let each = &mut |record: std::sync::Arc<zoufang::domain::Record>| {
            told.extend(record.text("gap_why").map(str::to_owned));
            assert_eq!((record.text("declared_why"), record.value("declared_ms")), (None, None));
            true
        };
        keeper.house().view().each(each).unwrap();
        assert_eq!(told, ["去接孩子, 没在谈"]);
    });
}

/// Opens the lookup of a laptop whose two households come from a roster.
fn listed(seed: u64) -> (Laptop, Terminal) {
    let laptop = Laptop::new(seed);
    office::set_up(&laptop, "一组", "陈明");
    office::behind(&laptop, |keeper| {
        let roster = "户主姓名,村,家庭人口,电话\n张守富,东里东村,4,13853301234\n李桂英,东里东村,2,13853301235\n";
        office::import_bytes(keeper, roster.as_bytes(), "名册.csv");
        keeper.close().unwrap();
    });
    let terminal = laptop.start(SIZE, &[], &[]);
    (laptop, terminal)
}

/// Gives what stands behind 待导出 in the first row.
fn to_export(terminal: &Terminal) -> Option<String> {
    let line = terminal.line(0);
    line.split("待导出 ").nth(1)?.split_whitespace().next().map(str::to_owned)
}

// A fact of the roster that was opened and left was somebody's word for good: newer rosters only asked.
#[test]
fn a_fact_that_is_opened_and_left_as_it_stood_records_nothing() {
    let (_laptop, mut terminal) = listed(16);
    terminal.keys("zsf\r5");
    let before = to_export(&terminal);
    for fact in ["家庭人口", "户主", "村(居)"] {
        terminal.press(Press::Home);
        go_to(&mut terminal, Press::Down, fact);
        terminal.press(Press::Enter).press(Press::Enter);
        assert!(terminal.notice().contains("没有改, 什么也没记"), "{}", terminal.screen());
        assert!(terminal.screen().contains("名册上的"), "{}", terminal.screen());
    }
    // Typed anew as it stands, and the same phone once more.
    go_to(&mut terminal, Press::Down, "家庭人口");
    terminal.keys("４\r");
    assert!(terminal.notice().contains("没有改, 什么也没记"), "{}", terminal.screen());
    terminal.press(Press::Home);
    go_to(&mut terminal, Press::Down, "添电话");
    terminal.keys("138 5330 1234\r");
    assert!(terminal.notice().contains("这个电话已经有了"), "{}", terminal.screen());
    assert_eq!(to_export(&terminal), before, "{}", terminal.screen());
    // What is empty stays so.
    go_to(&mut terminal, Press::Down, "门牌");
    terminal.press(Press::Delete);
    assert_eq!(to_export(&terminal), before, "{}", terminal.screen());
    // A change is one.
    go_to(&mut terminal, Press::Down, "家庭人口");
    terminal.keys("5\r");
    assert_ne!(to_export(&terminal), before, "{}", terminal.screen());
}

// A form of a member that was left with F8 sent an empty change.
#[test]
fn a_member_whose_form_is_left_as_it_stood_records_nothing() {
    let (_laptop, mut terminal) = listed(18);
    terminal.keys("zsf\r5").press(Press::End);
    go_to(&mut terminal, Press::Up, "添成员");
    terminal.press(Press::Enter).keys("刘桂芝").press(Press::F(8));
    let before = to_export(&terminal);
    go_to(&mut terminal, Press::Up, "刘桂芝");
    terminal.press(Press::Enter).press(Press::F(8));
    assert!(terminal.notice().contains("没有改, 什么也没记"), "{}", terminal.screen());
    assert!(terminal.screen().contains("Del 删去") && to_export(&terminal) == before, "{}", terminal.screen());
}

// How many live there came from a roster and was never looked at, or somebody said so: the page of a visit did not tell.
#[test]
fn how_many_live_there_is_said_to_be_checked_once_somebody_stood_by_it_with_a_key_of_its_own() {
    let (_laptop, mut terminal) = listed(19);
    terminal.keys("zsf\r5");
    go_to(&mut terminal, Press::Down, "家庭人口");
    terminal.press(Press::Enter).press(Press::Enter);
    terminal.press(Press::F(2)).keys("zsf\r1");
    assert!(terminal.screen().contains("4口人") && !terminal.screen().contains("已核对"), "{}", terminal.screen());
    terminal.press(Press::BackTab);
    assert!(terminal.screen().contains("人口核对过了按 Ctrl-Y"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('y'));
    assert!(terminal.notice().contains("4口人 核对过了"), "{}", terminal.screen());
    assert!(terminal.screen().contains("4口人 已核对"), "{}", terminal.screen());
    let before = to_export(&terminal);
    terminal.press(Press::Ctrl('y'));
    assert!(terminal.notice().contains("早就核对过了") && to_export(&terminal) == before, "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.screen().contains("4口人") && !terminal.screen().contains("已核对"), "{}", terminal.screen());
    // The same key on the card, for every fact that only a roster says.
    terminal.press(Press::F(8)).press(Press::Ctrl('d')).press(Press::Ctrl('d')).press(Press::F(2));
    terminal.keys("lgy\r5");
    go_to(&mut terminal, Press::Down, "家庭人口");
    assert!(terminal.screen().contains("名册上的, 核对过就按 Ctrl-Y"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('y'));
    assert!(terminal.notice().contains("家庭人口 核对过了"), "{}", terminal.screen());
    assert!(terminal.screen().contains("陈明 写的"), "{}", terminal.screen());
    terminal.press(Press::F(2)).keys("lgy\r1");
    assert!(terminal.screen().contains("2口人 已核对"), "{}", terminal.screen());
}

// The console of Windows 7 and some terminals mark no paste: it came as keys, was joined without a question, and its last
// line end put it down.
#[test]
fn a_paste_that_the_terminal_does_not_mark_is_asked_about_just_the_same() {
    let (_kitchen, mut terminal) = sit_down(15);
    let lines = "机井坏了\r\n\r\n校车太远\r\n6+ 想要个小广场\r\n5! 路灯不亮\r\n戏台漏雨\r\n";
    // The arrow shows that what was typed before it is none of the paste: a test types as fast as it pastes.
    terminal.keys("张家说 ").press(Press::End).send(lines.as_bytes());
    let screen = terminal.settle().screen();
    assert!(screen.contains("5 行: 当一行, 还是每行记一条?") && screen.contains("戏台漏雨"), "{screen}");
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("> 张家说 机井坏了 校车太远 6+ 想要个小广场"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("张家说 ").press(Press::End).send(lines.as_bytes());
    terminal.settle().keys("2");
    let screen = terminal.screen();
    assert!(screen.contains("记下了 5 条.") && !screen.contains("> 张家说"), "{screen}");
    for words in ["张家说 机井坏了", "校车太远", "文体生活 较大", "社会治理 现场解决", "路灯不亮", "戏台漏雨"]
    {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    // Typing on leaves it one line, and nothing is lost.
    terminal.press(Press::Ctrl('u')).send("水管漏\r没有路灯".as_bytes());
    terminal.settle().keys(" 晚上黑");
    assert!(terminal.screen().contains("> 水管漏 没有路灯 晚上黑"), "{}", terminal.screen());
    // What an input method commits at once, and the Enter of a person behind it, is no paste.
    terminal.press(Press::Ctrl('u')).keys("井没水\r").keys("路不平\r");
    let screen = terminal.screen();
    assert!(
        screen.matches("备注 ").count() >= 5 && screen.contains(" 井没水") && screen.contains(" 路不平"),
        "{screen}"
    );
}

// One well, three households: said while one types, and one key makes it the same thing. Whose it is nobody sees.
#[test]
fn what_neighbours_said_too_is_counted_while_one_types_and_joined_with_two_keys() {
    let laptop = Laptop::new(14);
    office::set_up(&laptop, "一组", "陈明");
    let (first, second) = office::behind(&laptop, |keeper| {
        let mut homes = Vec::new();
        for (head, village) in
            [("张守富", "东里东村"), ("李桂英", "东里东村"), ("王成友", "东里东村"), ("孙传宝", "北店村")]
        {
            let request =
                Request::new("household.add").with("head", head).with("town", "东里镇").with("village", village);
            homes.push(office::ask(keeper, &request).name().unwrap());
        }
        let record = |keeper: &mut _, home, text: &str, hidden| {
            let request = Request::new("issue.record").with_name("household", home).with("text", text);
            let request = request.with("field", "agriculture").with("class", "larger").with("confidential", hidden);
            office::ask(keeper, &request).name().unwrap()
        };
        let first = record(keeper, homes[1], "机井坏了浇不上地", false);
        let second = record(keeper, homes[2], "浇地的机井没人修", false);
        record(keeper, homes[2], "机井的钱谁拿了", true);
        record(keeper, homes[3], "机井不出水", false);
        office::ask(keeper, &Request::new("visit.start").with_name("household", homes[0]));
        keeper.close().unwrap();
        (first, second)
    });
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Enter).keys("3组机井");
    assert!(terminal.screen().contains("2户也说过类似的"), "{}", terminal.screen());
    terminal.press(Press::Down);
    let screen = terminal.screen();
    assert!(
        screen.contains("浇地的机井没人修") && !screen.contains("王成友") && !screen.contains("谁拿了"),
        "{screen}"
    );
    terminal.press(Press::Down).press(Press::Enter);
    let screen = terminal.screen();
    assert!(
        screen.contains("记作同一件事, 照那件归类") && screen.contains("农业 较大") | screen.contains("农业农村 较大"),
        "{screen}"
    );
    // What was typed before it goes before what the other one is, and what was solved is asked for.
    terminal.keys("5! 机井没人管").press(Press::Down);
    assert!(terminal.screen().contains("Enter 记作同一件事, 照这句前面写的归类"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("当场怎么解决的"), "{}", terminal.screen());
    // Back at the sentence it is still joined, and that is said; it was dropped without a word.
    terminal.press(Press::Esc);
    assert!(terminal.notice().contains("还是记作同一件事"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("当场怎么解决的"), "{}", terminal.screen());
    // Killed before a word of the answer: the sentence came back, and what it was one more of was forgotten.
    terminal.kill9();
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("当场怎么解决的"), "{}", terminal.screen());
    terminal.keys("村里派了人\r");
    let screen = terminal.screen();
    assert!(screen.contains("社会治理 现场解决") && screen.contains("机井没人管"), "{screen}");
    // Once is enough.
    terminal.keys("机井还是坏的").press(Press::Down).press(Press::Down).press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("已经和那件记作同一件事了") && screen.contains("> 机井还是坏的"), "{screen}");
    terminal.press(Press::Ctrl('u'));
    terminal.keys("戏台漏雨");
    assert!(!terminal.screen().contains("也说过类似的"), "{}", terminal.screen());
    terminal.press(Press::Down);
    assert!(terminal.line_from_below(1).contains("还没有人说过类似的"), "{}", terminal.screen());
    terminal.kill9();
    office::behind(&laptop, |keeper| {
        let mut with = Vec::new();
        let view = keeper.house().view();
        view.each(&mut |record| {
            let issue = zoufang::domain::Issue::read(&record);
            with.extend(issue.and_then(|issue| Some((issue.class.clone(), issue.with?))));
            true
        })
        .unwrap();
        with.sort();
        assert_eq!(with, [("larger".to_owned(), first), ("on_site".to_owned(), second)]);
    });
}

// In the first days somebody who sits there and looks is told what to do; later on nobody is bothered.
#[test]
fn whoever_hesitates_in_the_first_days_is_told_what_to_do_in_one_line() {
    let (mut kitchen, mut terminal) = sit_down(19);
    kitchen.laptop.clock.pass(11);
    terminal.settle();
    assert_eq!(terminal.line_from_below(1), "", "{}", terminal.screen());
    kitchen.laptop.clock.pass(2);
    terminal.settle();
    assert!(terminal.line_from_below(1).contains("听到什么打什么, Enter 记下"), "{}", terminal.screen());
    terminal.keys("路");
    assert_eq!(terminal.line_from_below(1), "", "a key takes it away\n{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).press(Press::F(2));
    kitchen.laptop.clock.pass(13);
    terminal.settle();
    assert!(terminal.line_from_below(1).contains("打姓名首字母就能找"), "{}", terminal.screen());
    // Another page has another line, one that nobody wrote names its first key.
    terminal.press(Press::Ctrl('g'));
    kitchen.laptop.clock.pass(13);
    terminal.settle();
    assert!(terminal.line_from_below(1).contains("Enter 进去; F1 看这里还能做什么"), "{}", terminal.screen());
    terminal.press(Press::F(2));
    kitchen.laptop.clock.set_wall("2021-05-21T08:00:00+08:00");
    kitchen.laptop.clock.pass(13);
    terminal.settle();
    assert_eq!(terminal.line_from_below(1), "", "three days later\n{}", terminal.screen());
}

// A neighbour who drops in says something too, and it stood under the household that was visited.
#[test]
fn a_line_of_a_visit_is_moved_to_another_household_and_back_with_what_it_became() {
    let (kitchen, mut terminal) = sit_down(77);
    terminal.keys("6+ 路灯不亮\r").keys("沟里倒垃圾\r");
    terminal.press(Press::Up).press(Press::Up).press(Press::Ctrl('x'));
    assert!(terminal.screen().contains("张守富 名下的这一句, 是哪一户的?"), "{}", terminal.screen());
    terminal.keys("lgy");
    assert!(
        terminal.screen().contains("李桂英") && !terminal.screen().contains("9号   张守富"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Enter);
    assert!(
        terminal.line(0).contains("走访 张守富") && terminal.notice().contains("移过去了"),
        "{}",
        terminal.screen()
    );
    assert!(
        !terminal.screen().contains("路灯不亮") && terminal.screen().contains("沟里倒垃圾"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Ctrl('z'));
    assert!(
        terminal.screen().contains("路灯不亮")
            && terminal.notice().ends_with("撤回了改由谁说, 又是这户说的: 张守富 路灯不亮."),
        "{}",
        terminal.screen()
    );
    // Half a change is put down or left first.
    terminal.press(Press::Up).keys("!").press(Press::Ctrl('x'));
    assert!(!terminal.screen().contains("是哪一户的"), "{}", terminal.screen());
    terminal
        .press(Press::Esc)
        .press(Press::Up)
        .press(Press::Up)
        .press(Press::Ctrl('x'))
        .keys("lgy")
        .press(Press::Enter);
    assert!(!terminal.screen().contains("路灯不亮"), "{}", terminal.screen());
    // Of a note, which is its visit's, it is said as well: the household that it had been moved to was named alone.
    terminal.press(Press::Up).press(Press::Ctrl('x')).keys("lgy").press(Press::Enter).press(Press::Ctrl('z'));
    let said = terminal.notice();
    assert!(said.ends_with("撤回了改由谁说, 又是这户说的: 张守富 沟里倒垃圾."), "{}", terminal.screen());
    // There it stands in the history, and from there it comes back into the visit it was said in.
    terminal.press(Press::F(2)).keys("lgy\r").keys("6");
    assert!(terminal.screen().contains("路灯不亮"), "{}", terminal.screen());
    terminal.keys("2").keys("zsf").press(Press::Enter);
    assert!(!terminal.screen().contains("路灯不亮"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('o'));
    assert!(terminal.screen().contains("路灯不亮"), "{}", terminal.screen());
    assert_eq!(kitchen.written(&mut terminal), ["culture larger problem 路灯不亮", "note 沟里倒垃圾"]);
    let whose = kitchen.recorded().1.into_iter().map(|(line, issue)| (line.household, issue.map(|it| it.household)));
    let home = kitchen.recorded().0.household;
    assert_eq!(whose.collect::<Vec<_>>(), [(home, Some(home)), (None, None)], "a note is its visit's");
}

// The whole form of a talk was filled in and refused only then, without a word on how one gets back.
#[test]
fn who_opens_a_talk_while_a_visit_runs_is_told_at_once_by_which_key_it_is_ended() {
    let (_kitchen, mut terminal) = sit_down(91);
    terminal.press(Press::F(5));
    let told = terminal.screen();
    assert!(told.contains("张守富 的走访还没结束") && told.contains("要开夜话, 按 Ctrl-O"), "{told}");
    terminal.press(Press::Enter).keys("广场").press(Press::F(8));
    let told = terminal.screen();
    assert!(told.contains("张守富 的走访还没结束") && told.contains("按 Ctrl-O 回去结束它"), "{told}");
    terminal.press(Press::Ctrl('o'));
    assert!(terminal.line(0).contains("走访 张守富"), "{}", terminal.screen());
    // What was filled in is there again once the visit is over, and one from paper can be entered meanwhile.
    terminal.press(Press::F(5));
    assert!(terminal.screen().contains("广场"), "{}", terminal.screen());
    terminal.press(Press::Down).press(Press::Down).press(Press::Down).keys("昨晚 7点半\r60").press(Press::F(8));
    assert!(terminal.screen().contains("补录  5-17 19:30, 谈了 60 分"), "{}", terminal.screen());
}
