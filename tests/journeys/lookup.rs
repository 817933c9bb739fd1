//! A household found, opened, corrected and taken back, in a roster of five hundred.

use zoufang::app::{Keeper, Request};

use super::harness::{Laptop, Press, Terminal};
use super::kitchen::sit_down;
use super::office::{self, ask, behind, import, set_up};

const SIZE: (u16, u16) = (80, 24);

/// Gives a group a laptop with a roster on it, as the office does before it hands laptops out.
fn with_roster(seed: u64) -> Laptop {
    let laptop = Laptop::new(seed);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| import(keeper, "r500.xlsx"));
    laptop
}

fn find<'t>(terminal: &'t mut Terminal, words: &str) -> &'t mut Terminal {
    terminal.press(Press::Ctrl('u')).keys(words)
}

#[test]
fn a_household_is_found_by_whatever_one_knows_of_it() {
    let laptop = with_roster(2);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    assert!(terminal.screen().contains("马仁兴") || terminal.screen().contains("户"), "{}", terminal.screen());
    // Written, by initials, by full pinyin, by a character that only sounds alike, by a part of the phone, by place.
    for words in ["马仁兴", "mrx", "marenxing", "玛仁兴", "658683", "mrx 7组", "东高庄 马仁兴", "ｍｒｘ　７组"]
    {
        find(&mut terminal, words);
        assert!(terminal.line(3).contains("马仁兴"), "{words}\n{}", terminal.screen());
        assert!(
            !terminal.screen().contains("13658683449") && !terminal.screen().contains("136 5868"),
            "no phone in lists"
        );
    }
    find(&mut terminal, "查无此人");
    assert!(terminal.screen().contains("Ctrl-N 新建这一户"), "{}", terminal.screen());
}

/// Adds a member to the household that a name finds.
fn add_member(keeper: &mut Keeper, head: &str, name: &str) {
    let home = keeper.house().find(head, 1, &|| true).unwrap().names[0];
    let add = Request::new("member.add").with_name("household", home).with("name", name).with("relation", "老伴");
    ask(keeper, &add);
}

// The wife opens the door, and her name found nothing.
#[test]
fn a_member_of_the_family_finds_the_household_and_is_named_in_its_line() {
    let laptop = with_roster(8);
    behind(&laptop, |keeper| add_member(keeper, "马仁兴", "刘桂芝"));
    let mut terminal = laptop.start(SIZE, &[], &[]);
    for words in ["刘桂芝", "刘桂", "lgz 7组", "流贵芝"] {
        find(&mut terminal, words);
        let line = terminal.line(3);
        assert!(line.contains("马仁兴") && line.contains("家人 刘桂芝"), "{words}\n{}", terminal.screen());
    }
    find(&mut terminal, "mrx");
    assert!(!terminal.line(3).contains("家人"), "the head was meant\n{}", terminal.screen());
    // Whoever is written down now is found at once, and not after they were taken away.
    terminal.press(Press::Enter).keys("5").press(Press::End).press(Press::Enter).keys("李小满\r").press(Press::F(8));
    terminal.press(Press::F(2));
    find(&mut terminal, "lxm 7组");
    assert!(terminal.line(3).contains("家人 李小满"), "{}", terminal.screen());
    terminal.press(Press::Enter).press(Press::Ctrl('z')).press(Press::F(2));
    find(&mut terminal, "李小满");
    assert!(terminal.screen().contains("没有哪一户同时对上"), "{}", terminal.screen());
    find(&mut terminal, "lgz 7组").press(Press::Enter);
    assert!(terminal.screen().contains("136 5868 3449"), "{}", terminal.screen());
}

// The card of the household came, and nothing on it said whose name it was that had been typed.
#[test]
fn a_card_that_a_member_found_says_so_at_its_top_and_one_of_the_head_does_not() {
    let laptop = with_roster(8);
    behind(&laptop, |keeper| {
        let home = keeper.house().find("马仁兴", 1, &|| true).unwrap().names[0];
        let son =
            Request::new("member.add").with_name("household", home).with("name", "马建国").with("relation", "儿子");
        ask(keeper, &son.with("phone", "159 0533 7788"));
        ask(keeper, &Request::new("household.set").with_name("household", home).with("spouse", "刘桂芝"));
    });
    let mut terminal = laptop.start(SIZE, &[], &[]);
    for words in ["马建国", "建国", "majianguo", "jianguo", "majg", "1590533", "1597788", "15905337788"] {
        find(&mut terminal, words);
        let line = terminal.line(3);
        assert!(line.contains("马仁兴") && line.contains("家人 马建国"), "{words}\n{}", terminal.screen());
        terminal.press(Press::Enter);
        assert_eq!(terminal.line(1).trim_end(), " 按 马建国 (儿子) 找到  159 0533 7788", "{}", terminal.screen());
        assert!(terminal.line(2).contains("马仁兴"), "{}", terminal.screen());
        terminal.press(Press::F(2));
    }
    // Covered, the phone is not to be read here either.
    find(&mut terminal, "jianguo").press(Press::Enter).press(Press::Ctrl('b'));
    assert_eq!(terminal.line(1).trim_end(), " 按 马建国 (儿子) 找到  159****7788", "{}", terminal.screen());
    terminal.press(Press::Ctrl('b')).press(Press::F(2));
    find(&mut terminal, "刘桂芝").press(Press::Enter);
    assert_eq!(terminal.line(1).trim_end(), " 按 刘桂芝 (配偶) 找到", "{}", terminal.screen());
    terminal.press(Press::F(2));
    find(&mut terminal, "mrx").press(Press::Enter);
    assert!(terminal.line(1).contains("马仁兴") && !terminal.screen().contains("找到"), "{}", terminal.screen());
}

// Of two sons without a name the card showed the first one's phone, by whichever of them it was found.
#[test]
fn of_two_members_who_are_called_alike_the_card_shows_the_one_that_was_meant() {
    let laptop = with_roster(10);
    let phones = ["159 0533 7788", "159 0533 9966"];
    behind(&laptop, |keeper| {
        let home = keeper.house().find("马仁兴", 1, &|| true).unwrap().names[0];
        for phone in phones {
            let son = Request::new("member.add").with_name("household", home).with("name", "儿子");
            ask(keeper, &son.with("relation", "儿子").with("phone", phone));
        }
    });
    let mut terminal = laptop.start(SIZE, &[], &[]);
    for phone in phones {
        find(&mut terminal, &phone.replace(' ', "")).press(Press::Enter);
        assert_eq!(terminal.line(1).trim_end(), format!(" 按 儿子 (儿子) 找到  {phone}"), "{}", terminal.screen());
        terminal.press(Press::F(2));
    }
}

#[test]
fn three_letters_and_two_keys_start_a_visit() {
    let laptop = with_roster(3);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    // Five keys, sent without waiting for anything.
    terminal.send("mrx".as_bytes());
    terminal.settle();
    terminal.press(Press::Enter);
    assert!(
        terminal.screen().contains("马仁兴") && terminal.screen().contains("136 5868 3449"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Enter);
    terminal.press(Press::F(2));
    assert!(
        terminal.screen().contains("走访中 马仁兴") && terminal.screen().contains("Ctrl-O 回到走访"),
        "{}",
        terminal.screen()
    );
    terminal.keys("zxh\r").press(Press::Enter);
    assert!(
        terminal.line_from_below(1).contains("马仁兴 的走访还没结束"),
        "one visit at a time\n{}",
        terminal.screen()
    );
}

#[test]
fn a_phone_is_corrected_with_full_width_digits_and_the_correction_taken_back() {
    let laptop = with_roster(4);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.keys("mrx\r").keys("５");
    assert!(terminal.screen().contains("改") && terminal.screen().contains("136 5868 3449"), "{}", terminal.screen());
    terminal.press(Press::Down).press(Press::Enter).press(Press::Ctrl('u')).keys("１３８５３３０１２");
    terminal.press(Press::Enter);
    assert!(
        terminal.line_from_below(1).contains("有 9 位") && terminal.screen().contains("１３８５３３０１２"),
        "{}",
        terminal.screen()
    );
    terminal.kill9();

    // The half number is still there, at its place.
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.keys("mrx\r").keys("5");
    terminal.press(Press::Down).press(Press::Enter).keys("３４\r");
    assert!(terminal.screen().contains("138 5330 1234"), "{}", terminal.screen());
    assert!(!terminal.screen().contains("136 5868 3449"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.screen().contains("136 5868 3449"), "{}", terminal.screen());
    assert!(!terminal.screen().contains("138 5330 1234"), "{}", terminal.screen());
}

#[test]
fn covered_the_card_hides_the_phone_and_an_appointment_comes_first_in_the_lookup() {
    let laptop = with_roster(5);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.keys("fps\r").press(Press::Ctrl('b'));
    assert!(!terminal.screen().contains("150 2892 1840"), "{}", terminal.screen());
    assert!(terminal.screen().contains("150****1840"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('b')).keys("３").keys("今晚　２０：３０");
    assert!(terminal.screen().contains("5月18日 周二 20:30"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    assert!(terminal.screen().contains("约今天 20:30"), "{}", terminal.screen());
    terminal.press(Press::F(2)).press(Press::Ctrl('u'));
    assert!(terminal.line(3).contains("冯平山") && terminal.line(3).contains("约今天 20:30"), "{}", terminal.screen());
}

// 外出 was recorded with no word about the twenty minutes that stood above it.
#[test]
fn a_visit_on_paper_of_full_minutes_to_nobody_is_asked_about_once() {
    let laptop = with_roster(6);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.keys("马友\r").keys("4").keys("昨晚 7点\r").keys("20\r").keys("2").press(Press::F(8));
    let said = terminal.notice();
    assert!(said.contains("谈了 20 分, 结果却是外出; 再按 F8 就这样记, 不记分钟"), "{}", terminal.screen());
    // Another outcome is another question; what everybody may say is none.
    terminal.keys("3").press(Press::F(8));
    assert!(terminal.notice().contains("结果却是拒访"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    assert!(terminal.screen().contains("走访已记下"), "{}", terminal.screen());
    terminal.press(Press::F(8)).keys("4").keys("昨晚 6点\r").keys("5\r").keys("2").press(Press::F(8));
    assert!(terminal.screen().contains("走访已记下"), "five minutes before a closed door: {}", terminal.screen());
}

// Whoever types a phone or a door over the unseen menu got the first household, and 9 was gone.
#[test]
fn digits_over_the_unseen_menu_that_name_nothing_are_looked_for() {
    let laptop = with_roster(2);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Esc).keys("9").settle();
    assert!(
        terminal.notice().contains("菜单里没有 9") && terminal.notice().contains("接着打字"),
        "{}",
        terminal.screen()
    );
    terminal.keys("1").settle();
    assert!(terminal.screen().contains("菜单里没有 91"), "{}", terminal.screen());
    terminal.press(Press::Esc);
    assert!(
        terminal.screen().contains("查找: 91") && terminal.notice().contains("写在输入行里了"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Ctrl('u')).press(Press::Esc).keys("9812");
    assert!(terminal.screen().contains("查找: 9812"), "{}", terminal.screen());
    // In a form they stand in its line; on a card, where nothing is typed, they are said to be nothing.
    terminal.press(Press::Ctrl('u')).press(Press::Ctrl('n')).press(Press::Esc).keys("99号");
    assert!(terminal.screen().contains("户主  99号"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).press(Press::F(2)).keys("马友\r").press(Press::Esc).keys("99");
    assert!(
        terminal.notice().contains("菜单里没有 99") && !terminal.notice().contains("接着打字"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Esc);
    assert!(terminal.screen().contains("1 开始走访"), "{}", terminal.screen());
}

// 12号 over the unseen menu opened the card of the first household and began a visit by phone; 21号 was the head of a new one.
#[test]
fn a_door_or_a_phone_typed_over_the_menu_is_looked_for_and_a_row_takes_enter() {
    let laptop = with_roster(2);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    for typed in ["12号", "21号", "3组", "105号", "5组", "1381", "0532"] {
        terminal.press(Press::Esc).keys(typed);
        assert!(terminal.screen().contains(&format!("查找: {typed}")), "{typed}\n{}", terminal.screen());
        terminal.press(Press::Ctrl('u')).keys("马友").press(Press::Esc).keys(typed);
        assert!(terminal.screen().contains(&format!("查找: 马友{typed}")), "{typed}\n{}", terminal.screen());
        terminal.press(Press::Ctrl('u'));
    }
    // Who looks at the menu is told, and has it with Enter.
    terminal.press(Press::Esc);
    assert!(terminal.line_from_below(0).contains("0 开头的直接选, 1-9 再按 Enter"), "{}", terminal.screen());
    terminal.keys("2").settle();
    assert!(terminal.notice().ends_with("2 新建: 按 Enter 才做. 接着打字, 2 就是要找的."), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("新建一户"), "{}", terminal.screen());
    // A place is gone to at once, and what is typed there is its own.
    terminal.press(Press::F(2)).press(Press::Esc).keys("05").settle().keys("东里");
    assert!(
        terminal.screen().contains("开始夜话") && terminal.screen().contains("村(居)  东里"),
        "{}",
        terminal.screen()
    );
}

// The day alone was not understood, three o'clock was at night, and who went was whoever typed.
#[test]
fn a_visit_on_paper_asks_for_the_hour_and_who_went() {
    let laptop = with_roster(6);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.keys("马友\r").keys("4").keys("5-12").press(Press::F(8));
    assert_eq!(terminal.notice(), "5月12日 周三, 几点? 接着写, 如 19:30 或 晚上.", "{}", terminal.screen());
    terminal.keys(" 3点");
    assert!(terminal.screen().contains("5月12日 周三 15:00"), "{}", terminal.screen());
    terminal.keys("\r21\r").keys("1").keys("1");
    let is_at = |line: &str| line.starts_with('>') && line.contains("走访干部  陈明");
    assert!(terminal.screen().lines().any(is_at), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("李强\r").keys("1").press(Press::F(8));
    assert!(terminal.screen().contains("走访已记下"), "{}", terminal.screen());
    terminal.keys("\r");
    let screen = terminal.screen();
    assert!(screen.contains("已访 5-12 21分") && screen.contains("李强"), "{screen}");
}

#[test]
fn a_visit_on_paper_is_entered_later_with_what_was_said() {
    let laptop = with_roster(6);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.keys("马友\r").keys("4").keys("昨晚 7点\r").keys("２１\r").press(Press::F(8));
    assert!(terminal.screen().contains("走访已记下"), "{}", terminal.screen());
    // The same entry line as at the table: a problem is one from the start, and what cannot be recorded stays.
    terminal.keys("村头路灯不亮\r").keys("4+~ 机井坏了\r");
    assert!(terminal.notice().contains("不能同时用"), "{}", terminal.screen());
    assert!(terminal.screen().contains("> 4+~ 机井坏了"), "{}", terminal.screen());
    terminal.press(Press::Home).press(Press::Right).press(Press::Right).press(Press::Delete);
    assert!(terminal.screen().contains("农业农村 较大"), "said before it is recorded\n{}", terminal.screen());
    terminal.keys("\r");
    // Half a line, and the battery is flat: the page comes back with its visit, and the line has its time.
    terminal.keys("还有半句");
    terminal.settle();
    terminal.kill9();
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.keys("马友\r").keys("4");
    let screen = terminal.screen();
    assert!(screen.contains("接着上次没写完的那一句") && screen.contains("> 还有半句"), "{screen}");
    assert!(screen.contains("村头路灯不亮") && screen.contains("4+ 机井坏了"), "{screen}");
    terminal.keys("话\r");
    // What was solved on the spot is asked for, and the way back keeps the answer.
    terminal.keys("5! 两家吵架\r").keys("说和").press(Press::Esc);
    assert!(terminal.screen().contains("> 5! 两家吵架"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("> 说和"), "{}", terminal.screen());
    terminal.keys("了\r").keys("\r");
    let screen = terminal.screen();
    assert!(screen.contains("5-17 备注  还有半句话") && screen.contains("社会治理 现场解决  两家吵架"), "{screen}");
    assert!(screen.contains("农业农村 较大  机井坏了"), "{screen}");
    assert!(screen.contains("已访 5-17 21分") && screen.contains("补录"), "{screen}");
    assert!(screen.contains("村头路灯不亮"), "{screen}");
}

// The lines were taken back, and the visit, and the page went on as if they stood: what was written next was seen nowhere.
#[test]
fn a_visit_entered_later_is_taken_back_line_by_line_and_its_page_goes_with_it() {
    let laptop = with_roster(75);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    let paper = |terminal: &mut Terminal| {
        terminal.keys("4").keys("昨晚 7点\r").keys("21\r").press(Press::F(8));
    };
    let lines = |terminal: &Terminal| -> Vec<String> {
        let screen = terminal.screen();
        let said = screen.lines().map(str::trim).filter(|line| ["路灯坏了", "水管漏"].contains(line));
        said.map(str::to_owned).collect()
    };
    terminal.keys("马友\r");
    paper(&mut terminal);
    terminal.keys("路灯坏了\r").keys("水管漏\r");
    assert_eq!(lines(&terminal), ["路灯坏了", "水管漏"], "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert_eq!(lines(&terminal), ["路灯坏了"], "{}", terminal.screen());
    // One waits for its answer while the rest is taken back; it is there once the visit is entered anew.
    terminal.keys("5! 两家吵架\r").press(Press::Ctrl('z'));
    assert_eq!(lines(&terminal), [""; 0], "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    let screen = terminal.screen();
    assert!(!screen.contains("走访已记下") && screen.contains("往来记录"), "{screen}");
    assert!(terminal.notice().contains("撤回了补录的走访") && terminal.notice().contains("没记下的那一句"), "{screen}");
    paper(&mut terminal);
    assert!(terminal.screen().contains("> 5! 两家吵架"), "{}", terminal.screen());
    terminal.keys("\r").keys("说和了\r").keys("\r");
    let screen = terminal.screen();
    assert!(screen.contains("社会治理 现场解决  两家吵架") && screen.contains("已访 5-17 21分"), "{screen}");
    assert!(!screen.contains("路灯坏了") && !screen.contains("水管漏"), "{screen}");
    // Nothing waits: then nothing is said to.
    terminal.press(Press::Ctrl('z'));
    paper(&mut terminal);
    terminal.press(Press::Ctrl('z'));
    assert_eq!(terminal.notice(), "撤回了补录的走访, 按 4 重新补录.", "{}", terminal.screen());
}

// Who has come to one door asks for the next.
#[test]
fn a_short_answer_says_how_many_of_that_group_are_left() {
    let (mut kitchen, mut terminal) = sit_down(62);
    kitchen.talk(&mut terminal, 900);
    terminal.press(Press::F(2)).keys("lgy");
    assert!(terminal.screen().contains("3组还有 3 户未访"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('o')).press(Press::F(8)).press(Press::Enter);
    terminal.press(Press::F(2)).press(Press::Ctrl('u')).keys("zsf");
    assert!(terminal.screen().contains("3组还有 2 户未访"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u'));
    assert!(!terminal.screen().contains("还有"), "an empty box asks nothing\n{}", terminal.screen());
}

// Keystrokes: Ctrl-G, Enter into the village, Enter into the group, Enter on the household; Esc the same way back.
#[test]
fn villages_and_groups_are_counted_and_looked_through_without_typing() {
    let laptop = with_roster(61);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Ctrl('g'));
    assert!(terminal.line(1).contains("500 户, 已访 0, 未访 500"), "{}", terminal.screen());
    assert!(terminal.screen().contains("> 南麻街道      东高庄村"), "{}", terminal.screen());
    terminal.press(Press::Enter).press(Press::Down);
    assert!(terminal.screen().contains("> 2组 "), "{}", terminal.screen());
    assert!(terminal.line(1).contains("南麻街道 东高庄村   62 户, 已访 0, 未访 62"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("东高庄村 2组   6 户") && screen.matches("2组 ").count() >= 6, "{screen}");
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("1 开始走访"), "{}", terminal.screen());
    terminal.keys("1").press(Press::F(8)).keys("家里有事").press(Press::Enter);
    terminal.press(Press::F(2)).press(Press::Ctrl('g')).press(Press::Tab);
    assert!(terminal.screen().contains("未访 62"), "a short visit leaves it open\n{}", terminal.screen());
    assert!(terminal.line(2).contains("只看未访"), "{}", terminal.screen());
    terminal.press(Press::Esc);
    assert!(terminal.line(1).contains("查找"), "{}", terminal.screen());
}

// Whose word is it? Also what was written over and taken back since; nothing recorded is ever gone.
#[test]
fn who_recorded_what_on_which_laptop_is_on_a_page_also_what_no_longer_stands() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    office::behind(&laptop, |keeper| {
        let ask = |keeper: &mut Keeper, request: Request| office::ask(keeper, &request).name();
        let home = ask(keeper, Request::new("household.add").with("head", "张守富").with("door", "12号")).unwrap();
        ask(
            keeper,
            Request::new("household.set").with_name("household", home).with("door", "21号").with("actor", "张锦秋"),
        );
        ask(keeper, Request::new("household.set").with_name("household", home).with("remark", "耳背"));
        ask(keeper, Request::new("undo"));
        ask(keeper, Request::new("household.set").with_name("household", home).with("phone", "13853301234"));
        let issue = Request::new("issue.record").with_name("household", home).with("text", "机井坏了");
        ask(keeper, issue.with("field", "agriculture"));
    });
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Enter).keys("6").press(Press::Tab);
    let screen = terminal.screen();
    let line =
        |words: &str| screen.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}\n{screen}"));
    assert!(line("21号").contains("张锦秋") && line("21号").contains("一组1"), "{screen}");
    assert!(line("新建户").contains("陈明") && line("新建户").contains("张守富"), "{screen}");
    assert!(screen.lines().any(|line| line.contains("电话") && line.contains("138 5330 1234 在用")), "{screen}");
    // The remark and its taking back are both there.
    assert!(line("耳背").contains("备注") && screen.contains("撤回"), "{screen}");
    assert!(screen.contains("机井坏了"), "{screen}");
    terminal.press(Press::Ctrl('b'));
    let screen = terminal.screen();
    assert!(!screen.contains("机井坏了") && !screen.contains("耳背") && screen.contains("21号"), "{screen}");
}

// One fact has a history of its own, one key from where it is changed.
#[test]
fn a_fact_says_who_wrote_it_and_what_it_said_before() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    office::behind(&laptop, |keeper| {
        let request = Request::new("household.add").with("head", "张守富").with("door", "12号").with("group", 3);
        let home = office::ask(keeper, &request).name().unwrap();
        let request = Request::new("household.set").with_name("household", home).with("actor", "张锦秋");
        office::ask(keeper, &request.with("door", "21号"));
    });
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Enter).keys("5").press(Press::End);
    while !terminal.screen().lines().any(|line| line.starts_with('>') && line.contains("门牌")) {
        terminal.press(Press::Up);
    }
    assert!(terminal.line_from_below(2).contains("5-18 张锦秋 写的"), "{}", terminal.screen());
    terminal.press(Press::Tab);
    let screen = terminal.screen();
    assert!(screen.contains("门牌") && screen.contains("21号") && screen.contains("12号"), "{screen}");
    assert!(!screen.contains("户主") && terminal.line(2).contains("2 条"), "{screen}");
    // Back at the fact, and its group is as it was written first.
    terminal.press(Press::Enter).press(Press::Up);
    assert!(terminal.line_from_below(2).contains("建户时写的"), "{}", terminal.screen());
}

// Of one issue: who recorded it, who classed it anew, on which laptop, and nothing of the other one beside it.
#[test]
fn an_issue_says_who_recorded_it_and_who_changed_it() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    office::behind(&laptop, |keeper| {
        let home = office::ask(keeper, &Request::new("household.add").with("head", "张守富")).name().unwrap();
        for text in ["机井坏了浇不上地", "村头路灯不亮"] {
            let issue = Request::new("issue.record").with_name("household", home).with("text", text);
            let issue = office::ask(keeper, &issue.with("field", "agriculture")).name().unwrap();
            if text.starts_with("机井") {
                let request = Request::new("issue.set").with_name("issue", issue).with("class", "larger");
                office::ask(keeper, &request.with("actor", "张锦秋"));
            }
        }
    });
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Enter).keys("6");
    while !terminal.screen().lines().any(|line| line.starts_with('>') && line.contains("机井")) {
        terminal.press(Press::Down);
    }
    terminal.press(Press::Enter);
    let screen = terminal.screen();
    assert!(terminal.line(1).contains("机井坏了浇不上地") && terminal.line(2).contains("条, 新的在前"), "{screen}");
    let by = |who: &str| screen.lines().filter(|line| line.contains("5-18 19:") && line.contains(who)).count();
    assert!(by("张锦秋") == 1 && by("陈明") >= 1 && screen.contains("较大"), "{screen}");
    assert!(!screen.contains("路灯"), "{screen}");
    // Covered, even its name is gone.
    terminal.press(Press::Ctrl('b'));
    assert!(!terminal.screen().contains("机井"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('b')).press(Press::Enter);
    assert!(terminal.screen().lines().any(|line| line.starts_with('>') && line.contains("机井")), "back at its line");
    terminal.keys("0");
    assert!(terminal.screen().contains("1 开始走访"), "and at the card\n{}", terminal.screen());
}

// What a roster or somebody said first of an illness is as secret as what is said of it now.
#[test]
fn covered_a_fact_of_the_card_shows_nothing_of_what_it_said_before() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    office::behind(&laptop, |keeper| {
        let request = Request::new("household.add").with("head", "张守富").with("remark", "高血压");
        let home = office::ask(keeper, &request).name().unwrap();
        let request = Request::new("household.set").with_name("household", home).with("remark", "耳背");
        office::ask(keeper, &request.with("actor", "张锦秋"));
    });
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Enter).keys("6");
    while !terminal.screen().lines().any(|line| line.starts_with('>') && line.contains("备注: 耳背")) {
        terminal.press(Press::Down);
    }
    terminal.press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("高血压") && screen.contains("耳背") && screen.contains("2 条"), "{screen}");
    terminal.press(Press::Ctrl('b'));
    let screen = terminal.screen();
    assert!(!screen.contains("高血压") && !screen.contains("耳背"), "{screen}");
}

// A wide terminal shows the selected household beside the list, as the card is when covered: this is a list all the same.
#[test]
fn a_wide_terminal_shows_the_selected_household_beside_the_list_without_phones_and_complaints() {
    let laptop = Laptop::new(1);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        for (head, phone) in [("张守富", "13853301234"), ("李桂英", "13853305678")] {
            let request = Request::new("household.add").with("head", head).with("phone", phone).with("size", 4);
            let home = office::ask(keeper, &request.with("remark", "耳背")).name().unwrap();
            let issue = Request::new("issue.record").with_name("household", home).with("text", "机井坏了");
            office::ask(keeper, &issue.with("field", "agriculture"));
        }
    });
    let mut terminal = laptop.start((140, 30), &[], &[]);
    let aside = |terminal: &Terminal| -> String {
        let screen = terminal.screen();
        let lines = screen.lines().map(|line| line.chars().skip(60).collect::<String>());
        lines.collect::<Vec<_>>().join("\n")
    };
    let first = aside(&terminal);
    assert!(first.contains("4口人") && first.contains("138****") && first.contains("问题 1 件"), "{first}");
    for hidden in ["13853301234", "138 5330 1234", "耳背", "机井坏了"] {
        assert!(!terminal.screen().contains(hidden), "{hidden}\n{}", terminal.screen());
    }
    terminal.press(Press::Down);
    assert_ne!(aside(&terminal), first);
    terminal.resize((80, 24)).settle();
    assert!(!terminal.screen().contains("4口人"), "{}", terminal.screen());
}

// Begun and ended by two requests, a flat battery between them left a visit that never ended.
#[test]
fn what_is_entered_later_is_there_with_its_end_or_not_at_all() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    office::behind(&laptop, |keeper| {
        let home = office::ask(keeper, &Request::new("household.add").with("head", "张守富")).name().unwrap();
        let later = Request::new("visit.start").with_name("household", home).with("on", "2021-05-17T19:00:00+08:00");
        let later = later.with("outcome", "done");
        let refused = keeper.run(&later.clone().with("minutes", 5)).unwrap_err();
        assert_eq!(refused.kind, "short-visit");
        let visits = |keeper: &Keeper| {
            let house = keeper.house();
            house.shelf(|shelf, view| -> Vec<zoufang::domain::Visit> {
                let all = shelf.children_of(home, zoufang::domain::Sort::Visit);
                let read = |visit| view.record(visit).unwrap().as_deref().and_then(zoufang::domain::Visit::read);
                all.filter_map(read).collect()
            })
        };
        assert!(visits(keeper).is_empty());
        office::ask(keeper, &later.with("minutes", 21));
        let all = visits(keeper);
        assert_eq!((all.len(), all[0].counted_minutes(), all[0].entered_later), (1, 21, true));
        assert!(all[0].ended.is_some_and(|ended| ended == all[0].started + 21 * 60_000));
    });
}

// The form came with another household half written. Emptied as it says, it had lost the name that one had looked for too.
#[test]
fn a_form_that_is_emptied_begins_with_the_name_that_was_looked_for() {
    let (_kitchen, mut terminal) = sit_down(82);
    let head_is = |terminal: &Terminal, head: &str| {
        terminal.screen().lines().any(|line| line.contains("户主") && line.contains(head))
    };
    terminal.press(Press::F(2)).keys("高宗海").press(Press::Ctrl('n')).keys("北店村").press(Press::F(2));
    find(&mut terminal, "綦守义").press(Press::Ctrl('n'));
    assert!(
        terminal.notice().contains("接着上次没写完的这一户") && head_is(&terminal, "高宗海"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Ctrl('n')).press(Press::Ctrl('n'));
    let screen = terminal.screen();
    assert!(head_is(&terminal, "綦守义") && !screen.contains("北店村"), "{screen}");
    terminal.keys("东里东村").press(Press::F(8));
    assert!(terminal.screen().contains("綦守义") && terminal.screen().contains("东里东村"), "{}", terminal.screen());
}

// With the village of the talk in it the form was never empty, and the name did not come back.
#[test]
fn a_form_that_a_talk_gave_its_village_begins_with_the_name_again_too() {
    let (_laptop, mut terminal) = super::talk::gather(88);
    terminal.press(Press::F(2)).keys("綦守义").press(Press::Ctrl('n'));
    let stands = |terminal: &Terminal, line: &str, words: &str| {
        terminal.screen().lines().any(|row| row.contains(line) && row.contains(words))
    };
    assert!(stands(&terminal, "村(居)", "东里东村"), "{}", terminal.screen());
    terminal.press(Press::Up).press(Press::Ctrl('u')).keys("高宗海").press(Press::Ctrl('n')).press(Press::Ctrl('n'));
    assert!(stands(&terminal, "户主", "綦守义"), "{}", terminal.screen());
    assert!(stands(&terminal, "村(居)", "东里东村") && !terminal.screen().contains("高宗海"), "{}", terminal.screen());
}

// 东理东村 was taken as it came: on no list of its village, and nobody said so.
#[test]
fn a_village_that_the_county_does_not_list_is_asked_about_once() {
    let laptop = Laptop::new(15);
    set_up(&laptop, "一组", "陈明");
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.keys("高宗海").press(Press::Ctrl('n')).keys("东理东村").press(Press::F(8));
    assert!(
        terminal.notice().contains("本县没有 东理东村, 是不是 东里东村? 就是这个名字, 再按一次."),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Ctrl('u')).keys("东里东村").press(Press::F(8));
    assert!(terminal.screen().contains("东里镇 东里东村"), "{}", terminal.screen());
    // On the card too; and a name that is kept is not asked about again.
    terminal.keys("5");
    for _ in 0..12 {
        if terminal.screen().lines().any(|line| line.starts_with('>') && line.contains("村(居)")) {
            break;
        }
        terminal.press(Press::Down);
    }
    terminal.press(Press::Enter).press(Press::Ctrl('u')).keys("东里新村\r");
    assert!(terminal.notice().contains("本县没有 东里新村"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("东里新村") && !terminal.notice().contains("本县没有"), "{}", terminal.screen());
    terminal.press(Press::F(2)).press(Press::Ctrl('u')).keys("李秋生").press(Press::Ctrl('n')).keys("东里新村");
    terminal.press(Press::F(8));
    assert!(terminal.screen().contains("李秋生") && terminal.screen().contains("开始走访"), "{}", terminal.screen());
}

// A day without its time was "not understood"; 520 alone was five in the morning.
#[test]
fn an_appointment_with_a_day_alone_is_asked_for_its_time() {
    let laptop = Laptop::new(16);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| office::ask(keeper, &Request::new("household.add").with("head", "张守富")));
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Enter).keys("3").keys("大后天");
    assert!(terminal.screen().contains("5月21日 周五, 几点?"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    assert!(terminal.notice().contains("几点?"), "{}", terminal.screen());
    terminal.keys(" 19.30");
    assert!(terminal.screen().contains("5月21日 周五 19:30"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("520");
    assert!(terminal.screen().contains("还看不懂"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("今晚12点");
    assert!(terminal.screen().contains("5月19日 周三 00:00"), "{}", terminal.screen());
}

// Whom one was with last is whom one comes back to: an empty box shows those first.
#[test]
fn an_empty_box_shows_the_households_used_last_the_latest_first() {
    let mut laptop = with_roster(60);
    let mut used = Vec::new();
    for (at, day) in [(5, 15), (9, 16), (7, 17)] {
        laptop.clock.pass(60);
        used.push(behind(&laptop, |keeper| {
            let home = office::household(keeper, at);
            let on = format!("2021-05-{day}T15:00:00+08:00");
            office::ask(keeper, &Request::new("visit.start").with_name("household", home).with("on", on.as_str()));
            keeper.house().household(home).unwrap().head.to_string()
        }));
    }
    used.reverse();
    let mut terminal = laptop.start(SIZE, &[], &[]);
    let shown = |terminal: &Terminal| (3..6).map(|row| terminal.line(row)).collect::<Vec<_>>();
    for typed in ["", "mrx"] {
        find(&mut terminal, typed).press(Press::Ctrl('u'));
        let lines = shown(&terminal);
        assert!(lines.iter().zip(&used).all(|(line, head)| line.contains(head.as_str())), "{used:?}\n{lines:?}");
    }
}

// Flats have a building and an entrance where villages have the number of a group: nobody was found by them.
#[test]
fn words_in_the_place_of_a_group_are_looked_for_as_a_door_is() {
    let laptop = Laptop::new(91);
    office::set_up(&laptop, "一组", "陈明");
    office::behind(&laptop, |keeper| {
        let roster = "户主姓名,村,组,门牌号\n赵淑芬,东里社区,5号楼2单元,501\n李桂英,东里社区,15号楼2单元,12\n";
        office::import_bytes(keeper, roster.as_bytes(), "社区.csv");
        let request = Request::new("household.add").with("head", "孙传宝").with("village", "东里社区");
        office::ask(keeper, &request.with("group", "北区"));
        keeper.close().unwrap();
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    for (typed, found) in
        [("5号楼2单元", "赵淑芬"), ("２单元 15号楼", "李桂英"), ("五号楼 501", "赵淑芬"), ("北区", "孙传宝")]
    {
        terminal.press(Press::Ctrl('u')).keys(typed);
        let screen = terminal.screen();
        assert!(screen.contains("1 / 3 户") && screen.contains(found), "{typed}\n{screen}");
    }
}

// Two families of one name in one building looked alike from 96 columns on, where the door was cut and the town they share was not.
#[test]
fn namesakes_of_one_building_are_told_apart_at_every_width() {
    let laptop = Laptop::new(1);
    set_up(&laptop, "一组", "陈明");
    let doors = ["12号楼2单元1101室", "12号楼2单元1102室", "12号楼2单元1103室"];
    behind(&laptop, |keeper| {
        for (door, spouse) in doors.into_iter().zip(["", "", "王兰香"]) {
            let request = Request::new("household.add").with("head", "张守富").with("group", "5").with("door", door);
            let request = request.with("town", "东里镇").with("village", "东里东村").with("spouse", spouse);
            let home = office::ask(keeper, &request.with("kind", "community")).name().unwrap();
            let son = Request::new("member.add").with_name("household", home).with("name", "张建国");
            office::ask(keeper, &son.with("relation", "儿子"));
        }
    });
    for width in [80, 96, 100, 119, 160, 200] {
        let mut terminal = laptop.start((width, 24), &[], &[]);
        terminal.keys("zsf");
        for door in doors {
            assert!(terminal.screen().contains(door), "{width}: {door}\n{}", terminal.screen());
        }
        terminal.kill9();
    }
    // By the son as well, where there is room for no more than the end of a door.
    let mut terminal = laptop.start((40, 12), &[], &[]);
    terminal.keys("张建国");
    for end in ["~1101室", "~1102室", "~1103室"] {
        assert!(terminal.screen().contains(end), "{end}\n{}", terminal.screen());
    }
}
