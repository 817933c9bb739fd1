//! An evening in the village square: people come and go, several speak at once, and each household has its own time.

use zoufang::app::Request;
use zoufang::domain::{Sort, Visit};

use super::harness::{Laptop, Press, Terminal};
use super::office::{ask, behind, set_up};

/// A laptop with five households of one group, and the page of a talk on which two of them are.
pub fn gather(seed: u64) -> (Laptop, Terminal) {
    let laptop = Laptop::new(seed);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        for (head, group) in [("张守富", 3), ("李桂英", 3), ("王成友", 3), ("刘玉珍", 5), ("孙传宝", 5)]
        {
            let request = Request::new("household.add").with("head", head).with("group", group);
            ask(keeper, &request.with("town", "东里镇").with("village", "东里东村"));
        }
        keeper.close().unwrap();
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::F(5)).press(Press::Enter).keys("文化广场").press(Press::F(8));
    // What waits for a stick goes before when it began; on a wider terminal both stand there.
    let header = terminal.line(0);
    assert!(header.contains("乡村夜话  东里东村 文化广场") && header.contains("待导出"), "{}", terminal.screen());
    let header = terminal.resize((100, 24)).settle().line(0);
    assert!(header.contains("文化广场  19:42 开始") && header.contains("待导出"), "{}", terminal.screen());
    terminal.resize((80, 24)).settle();
    terminal.keys("@zsf\rlgy\r").press(Press::Esc);
    assert!(terminal.line(3).contains("1 张守富") && terminal.line(3).contains("2 李桂英"), "{}", terminal.screen());
    (laptop, terminal)
}

/// Lets time pass with the program looking on.
pub fn pass(laptop: &mut Laptop, terminal: &mut Terminal, minutes: u64) {
    for _ in 0..minutes * 2 {
        laptop.clock.pass(30);
        terminal.settle();
    }
}

/// Gives head and counted minutes of every visit, in order of head.
fn visits(laptop: &Laptop) -> Vec<(String, i64, bool)> {
    behind(laptop, |keeper| {
        let house = keeper.house();
        let mut all = house.shelf(|shelf, view| {
            let mut all = Vec::new();
            for household in shelf.households() {
                let head = shelf.household(*household, view).unwrap().unwrap().head.to_string();
                for visit in shelf.children_of(*household, Sort::Visit) {
                    let visit = view.record(visit).unwrap().as_deref().and_then(Visit::read).unwrap();
                    all.push((head.clone(), visit.counted_minutes(), visit.covers(house.counting(), false)));
                }
            }
            all
        });
        all.sort();
        all
    })
}

#[test]
fn each_household_gets_the_time_it_was_there_and_what_it_said() {
    let (mut laptop, mut terminal) = gather(51);
    pass(&mut laptop, &mut terminal, 5);
    // A latecomer; then several at once, the village, and someone the arrows point at.
    terminal.keys("@wcy\r").press(Press::Esc);
    terminal.keys("１，３＃４+ 机井坏了\r").keys("0#6? 端午想办个戏台\r");
    terminal.press(Press::Down).press(Press::Down).keys("卫生室药不全\r");
    let screen = terminal.screen();
    for line in ["1,3       农业农村 较大", "0 全村    文体生活 建议", "2 李桂英  备注"] {
        assert!(screen.contains(line), "{line}\n{screen}");
    }
    // Who sits there is not looked for at home, and the card does not say that nothing was counted.
    terminal.press(Press::F(2));
    let screen = terminal.screen();
    assert_eq!((screen.matches("在谈").count(), screen.matches("未访").count()), (3, 2), "{screen}");
    terminal.keys("zsf\r");
    assert!(terminal.screen().contains("没结束") && !terminal.screen().contains("0分"), "{}", terminal.screen());
    // The one pointed at is the same after a look elsewhere, and goes home.
    terminal.press(Press::F(5));
    assert!(terminal.line(3).contains(">  2 李桂英"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('x'));
    assert!(terminal.screen().contains("李桂英 走"), "{}", terminal.screen());
    pass(&mut laptop, &mut terminal, 12);
    terminal.press(Press::F(8));
    let screen = terminal.screen();
    assert!(screen.contains("到场 3 户: 满时 1 户, 不足 2 户还算未访; 0 户什么都没记"), "{screen}");
    terminal.press(Press::Enter).press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("散场: 3 户各记一次走访, 2 户不足时"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    let want = [("张守富", 17, true), ("李桂英", 5, false), ("王成友", 12, false)];
    let mut want: Vec<_> = want.map(|(head, minutes, covers)| (head.to_owned(), minutes, covers)).into();
    want.sort();
    assert_eq!(visits(&laptop), want);
}

// One well, four households: one said so at home, one a minute ago in the square; the one who speaks is not counted.
#[test]
fn what_neighbours_said_at_home_and_in_the_square_is_counted_and_joined_from_the_strip() {
    let (laptop, mut terminal) = gather(77);
    terminal.leave();
    terminal.wait_exit();
    let first = behind(&laptop, |keeper| {
        let home = keeper.house().find("王成友", 1, &|| true).unwrap().names[0];
        let request = Request::new("issue.record").with_name("household", home).with("text", "浇地的机井没人修");
        let first = ask(keeper, &request.with("field", "agriculture").with("class", "larger")).name().unwrap();
        keeper.close().unwrap();
        first
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Enter).keys("2#4 机井不出水\r").keys("1#3组机井坏了");
    assert!(terminal.screen().contains("2户也说过类似的 (Tab, Down 看)"), "{}", terminal.screen());
    terminal.press(Press::Tab).press(Press::Down);
    let screen = terminal.screen();
    assert!(screen.contains("浇地的机井没人修") && screen.contains("机井不出水"), "{screen}");
    assert!(!screen.contains("2 李桂英  农业农村"), "whose it is nobody sees\n{screen}");
    // The line is not where one types now.
    let looks = |terminal: &Terminal| {
        let cells = terminal.cells();
        let line = cells
            .iter()
            .find(|row| row.iter().map(|cell| cell.0.as_str()).collect::<String>().contains("> 1#3组机井坏了"));
        line.and_then(|row| row.iter().find(|cell| cell.0 == ">")).map(|cell| cell.3)
    };
    assert_eq!(looks(&terminal), Some((false, true)), "{screen}");
    terminal.press(Press::Esc);
    assert_eq!(looks(&terminal), Some((true, false)), "{}", terminal.screen());
    terminal.press(Press::Tab).press(Press::Down).press(Press::Down).press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("记作同一件事") && screen.contains("1 张守富  农业农村 较大"), "{screen}");
    // Said again by the same household it is nothing that others said, but for the two of them.
    terminal.keys("2#机井到底修不修");
    assert!(terminal.screen().contains("2户也说过类似的"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("1#戏台漏雨").press(Press::Tab).press(Press::Down);
    assert!(terminal.line_from_below(1).contains("还没有人说过类似的"), "{}", terminal.screen());
    terminal.kill9();
    behind(&laptop, |keeper| {
        let mut with = Vec::new();
        let view = keeper.house().view();
        view.each(&mut |record| {
            with.extend(zoufang::domain::Issue::read(&record).and_then(|issue| issue.with));
            true
        })
        .unwrap();
        assert_eq!(with, [first]);
    });
}

// Two who share their initials: the neighbour comes first, and one Enter too many brings nobody in.
#[test]
fn whoever_lives_in_the_village_of_the_talk_is_found_first() {
    let laptop = Laptop::new(58);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        for (head, village) in [("张福", "北店村"), ("张飞", "东里东村"), ("赵芳", "东里东村"), ("周丰", "北店村")]
        {
            let request = Request::new("household.add").with("head", head).with("town", "东里镇");
            ask(keeper, &request.with("village", village));
        }
        ask(keeper, &Request::new("talk.start").with("village", "东里东村").with("place", "文化广场"));
        keeper.close().unwrap();
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Enter).keys("@zf");
    let screen = terminal.screen();
    assert!(screen.contains("本村找到 2 户") && !screen.contains("北店村"), "{screen}");
    terminal.keys("\r\r");
    let screen = terminal.screen();
    assert!(screen.contains("到场 1 户") && terminal.line_from_below(1).contains("加完了按 Esc"), "{screen}");
    terminal.keys("zf\rzf");
    let screen = terminal.screen();
    assert!(screen.contains("各村找到 2 户") && screen.contains("北店村"), "{screen}");
    // They are of another village while those of this one are here: asked once.
    terminal.keys("\r");
    assert!(terminal.line_from_below(1).contains("本村的已经到了, 这是别的村的"), "{}", terminal.screen());
    terminal.keys("\r");
    assert!(terminal.screen().contains("到场 3 户"), "{}", terminal.screen());
    // Where nobody of this village fits, one key adds none of another before it was asked.
    terminal.keys("周丰").press(Press::Ctrl('a'));
    assert!(terminal.notice().contains("1 户是别的村的 (北店村)"), "{}", terminal.screen());
    assert!(terminal.screen().contains("到场 3 户"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('a'));
    assert!(terminal.screen().contains("到场 4 户"), "{}", terminal.screen());
}

// A name as it was heard: another 张 and another 富.
#[test]
fn who_comes_is_found_by_the_sound_of_the_name() {
    let (_laptop, mut terminal) = gather(75);
    terminal.keys("@往城有");
    let screen = terminal.screen();
    assert!(screen.contains("本村找到 1 户") && screen.contains("王成友"), "{screen}");
    terminal.keys("\r章守付");
    let screen = terminal.screen();
    assert!(screen.contains("张守富"), "{screen}");
    // He is here already.
    terminal.press(Press::Ctrl('u')).press(Press::Esc);
    assert!(terminal.line(0).contains("到场 3 户") && terminal.line(3).contains("3 王成友"), "{}", terminal.screen());
}

// Two of one name sat in the square and were the same in the table: nobody knew whose line 2# was.
#[test]
fn namesakes_are_told_apart_where_they_are_looked_for_and_where_they_sit() {
    let laptop = Laptop::new(59);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        for (head, key, known_as) in [
            ("张守富", "nickname", "老三"),
            ("张守富", "spouse", "刘桂芝"),
            ("张守富", "door", "12号"),
            ("李桂英", "nickname", "英子"),
        ] {
            let request = Request::new("household.add").with("head", head).with("town", "东里镇");
            ask(keeper, &request.with("village", "东里东村").with("group", 3).with(key, known_as));
        }
        ask(keeper, &Request::new("talk.start").with("village", "东里东村").with("place", "文化广场"));
        keeper.close().unwrap();
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Enter).keys("@lgy\rzsf");
    let screen = terminal.screen();
    let table = terminal.line(3);
    assert!(table.contains("1 李桂英") && !table.contains("英子"), "nobody else has her name: {screen}");
    // What tells them apart has a column of its own.
    let squeezed = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    for row in ["东里东村 3组 老三", "东里东村 3组 刘桂芝", "东里东村 3组 12号"] {
        assert_eq!(squeezed.matches(row).count(), 1, "{row}: {screen}");
    }
    // The notice said 张守富 到了, of whichever of the three.
    terminal.press(Press::Ctrl('u')).keys("@laosan\r");
    assert!(terminal.line_from_below(1).contains("张守富 老三 到了"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("@zsf");
    terminal.press(Press::Ctrl('a')).press(Press::Esc);
    let table = format!("{}\n{}", terminal.line(3), terminal.line(4));
    for known_as in ["张守富 老三", "张守富 刘桂芝", "张守富 3组 12号"] {
        assert!(table.contains(known_as), "{known_as}: {}", terminal.screen());
    }
    // Whoever is meant is said in the same words below the line.
    let number = table.split(" 张守富 刘桂芝").next().and_then(|before| before.split(' ').next_back()).unwrap();
    terminal.keys(&format!("{number}#没有戏台"));
    assert!(terminal.screen().contains(&format!("{number} 张守富 刘桂芝   ")), "{}", terminal.screen());
    // So they are in what was said, and at the end.
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains(&format!("{number} 张守富 刘桂芝  备注")), "{}", terminal.screen());
    terminal.press(Press::F(8));
    let screen = terminal.screen();
    for known_as in ["张守富 老三 ", "张守富 刘桂芝 ", "张守富 3组 12号 "] {
        assert!(screen.contains(known_as), "{known_as}: {screen}");
    }
}

#[test]
fn a_sentence_that_still_stands_in_the_line_is_put_down_at_the_end() {
    let (mut laptop, mut terminal) = gather(57);
    terminal.keys("1#路灯不亮").press(Press::F(8));
    assert!(terminal.screen().contains("1 户什么都没记"), "{}", terminal.screen());
    terminal.press(Press::Esc);
    assert!(
        terminal.screen().contains("1 张守富  备注") && !terminal.screen().contains("> 1#"),
        "{}",
        terminal.screen()
    );
    // Who says it is asked for before the end, as it is by Enter.
    terminal.press(Press::Up).keys("没有戏台").press(Press::F(8));
    assert!(terminal.line_from_below(1).contains("谁说的?"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    assert!(terminal.screen().contains("到场 2 户"), "{}", terminal.screen());
    terminal.press(Press::Esc);
    assert!(terminal.screen().contains("0 全村"), "{}", terminal.screen());
    // After a flat battery there is nobody to ask.
    terminal.keys("2#校车太远");
    pass(&mut laptop, &mut terminal, 1);
    terminal.kill9();
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.keys("2");
    assert!(terminal.screen().contains("0 户什么都没记"), "{}", terminal.screen());
}

#[test]
fn a_sentence_that_stood_in_the_line_of_a_talk_is_kept_where_it_is_discarded() {
    let (mut laptop, mut terminal) = gather(58);
    terminal.keys("2#校车太远");
    pass(&mut laptop, &mut terminal, 1);
    terminal.kill9();
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.keys("33");
    assert!(terminal.line_from_below(1).contains("已作废. 记下的话, 连没按 Enter 的那一句"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    let said = super::office::behind(&laptop, |keeper| {
        keeper.house().shelf(|_, view| {
            let mut texts = Vec::new();
            let each = &mut |record: std::sync::Arc<zoufang::domain::Record>| {
                texts.extend(zoufang::domain::Line::read(&record).map(|line| line.text));
                true
            };
            zoufang::view::View::each(view, each).unwrap();
            texts
        })
    });
    assert_eq!(said, ["校车太远"]);
}

// The box of who comes stays open after each household: a sentence typed there is a sentence all the same.
#[test]
fn a_sentence_in_the_box_of_who_comes_is_not_lost() {
    let (laptop, mut terminal) = gather(59);
    terminal.keys("@").keys("1,2# 机井坏了");
    assert!(terminal.screen().contains("> 1,2# 机井坏了"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("机井坏了") && !terminal.screen().contains("> 1,2#"), "{}", terminal.screen());
    terminal.keys("@校车只到村口不进来").press(Press::Esc);
    assert!(terminal.screen().contains("> 校车只到村口不进来"), "{}", terminal.screen());
    drop(terminal);
    drop(laptop);
}

// `lxy@lgz` stood in the line of what is said: nobody was called lxy, nobody lxy@lgz, and Esc left both behind.
#[test]
fn a_name_that_nobody_has_is_no_sentence_and_the_next_one_begins_anew() {
    let (_laptop, mut terminal) = gather(63);
    let line = |terminal: &Terminal| {
        let screen = terminal.screen();
        screen.lines().rev().find_map(|line| line.trim_end().strip_prefix("  > ")).map(str::to_owned)
    };
    terminal.keys("@qqxy\r");
    assert!(terminal.screen().contains("没有找到"), "{}", terminal.screen());
    terminal.keys("@lgy");
    assert_eq!(line(&terminal).as_deref(), Some("@lgy"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("@qqxy");
    terminal.press(Press::Esc);
    assert_eq!(line(&terminal), None, "{}", terminal.screen());
    // A name in 汉字 that was looked for with Enter; one that may be a short sentence stays.
    terminal.keys("@欧小明\r").press(Press::Esc);
    assert_eq!(line(&terminal), None, "{}", terminal.screen());
    terminal.keys("@停电了").press(Press::Esc);
    assert_eq!(line(&terminal).as_deref(), Some("停电了"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("@路灯晚上不亮\r").press(Press::Esc);
    assert_eq!(line(&terminal).as_deref(), Some("路灯晚上不亮"), "{}", terminal.screen());
}

// Every name was typed with its sign, as the first one was: `> @@12号` stood there.
#[test]
fn the_sign_of_who_comes_typed_once_more_stands_there_once() {
    let (_laptop, mut terminal) = gather(76);
    for (typed, shown) in [("@@wcy", "@wcy"), ("＠@wcy", "@wcy"), ("@ ＠wcy", "@wcy"), ("@@", "@")] {
        for ch in typed.chars() {
            terminal.keys(&ch.to_string());
        }
        assert_eq!(super::remains::line(&terminal), shown, "{typed}\n{}", terminal.screen());
        assert!(terminal.before_cursor(1) == shown[shown.len() - 1..], "{typed}\n{}", terminal.screen());
        terminal.press(Press::Esc);
    }
    // Before a name that stands there too, and the name is looked for.
    terminal.keys("@wcy").press(Press::Home).keys("@").press(Press::End);
    assert_eq!(super::remains::line(&terminal), "@wcy", "{}", terminal.screen());
    terminal.press(Press::Enter).keys("@lyz\r").press(Press::Esc);
    assert!(terminal.line(3).contains("3 王成友") && terminal.line(3).contains("4 刘玉珍"), "{}", terminal.screen());
}

// The second name took the first one out of the line, which was found and only not yet entered; so it did with a sentence, and a
// pasted name that was never looked for.
#[test]
fn what_nobody_looked_for_with_enter_stays_in_the_line() {
    let (_laptop, mut terminal) = gather(64);
    let line = |terminal: &Terminal| {
        let screen = terminal.screen();
        screen.lines().rev().find_map(|line| line.trim_end().strip_prefix("  > ")).map(str::to_owned)
    };
    for typed in ["@wcy@l", "@机井坏了@l", "@street light@l"] {
        terminal.keys(typed);
        assert_eq!(line(&terminal).as_deref(), Some(typed), "{}", terminal.screen());
        terminal.press(Press::Ctrl('u')).press(Press::Esc);
    }
    terminal.paste("@张三@李四");
    assert_eq!(line(&terminal).as_deref(), Some("@张三@李四"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).press(Press::Esc).keys("@street light").press(Press::Esc);
    assert_eq!(line(&terminal).as_deref(), Some("street light"), "{}", terminal.screen());
    // What was refused makes room for the next one.
    terminal.press(Press::Ctrl('u')).keys("@欧小明\r@wcy");
    assert_eq!(line(&terminal).as_deref(), Some("@wcy"), "{}", terminal.screen());
}

// So is the end of a talk: taken back, the evening goes on.
#[test]
fn the_end_of_a_talk_can_be_taken_back() {
    let (mut laptop, mut terminal) = gather(60);
    pass(&mut laptop, &mut terminal, 16);
    // A search that was swept away stays away: the end is what Ctrl-Z was promised for.
    terminal.press(Press::F(2)).keys("zsf").press(Press::Ctrl('u')).press(Press::F(5));
    terminal.press(Press::F(8)).press(Press::Enter);
    terminal.press(Press::Ctrl('z')).press(Press::Ctrl('o'));
    assert!(terminal.line(0).contains("到场 2 户") && terminal.screen().contains("16:00"), "{}", terminal.screen());
    terminal.press(Press::F(8)).press(Press::Enter);
    terminal.leave();
    terminal.wait_exit();
    assert!(visits(&laptop).iter().all(|(_, minutes, covers)| *minutes == 16 && *covers), "{:?}", visits(&laptop));
}

#[test]
fn nobody_named_is_asked_once_and_a_line_can_move_to_another_household() {
    let (_laptop, mut terminal) = gather(52);
    terminal.keys("校车只到村口\r");
    assert!(terminal.line_from_below(1).contains("谁说的?"), "{}", terminal.screen());
    terminal.press(Press::Home).keys("1# ").keys("\r");
    assert!(terminal.screen().contains("1 张守富  备注"), "{}", terminal.screen());
    terminal.keys("9#有人说过\r");
    assert!(terminal.line_from_below(1).contains("没有 9 号"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).press(Press::Ctrl('y'));
    assert!(terminal.screen().contains("> 1# 校车只到村口"), "{}", terminal.screen());
    terminal.press(Press::Home).press(Press::Delete).keys("2\r");
    let screen = terminal.screen();
    assert!(screen.contains("2 李桂英  备注") && !screen.contains("1 张守富  备注"), "{screen}");
    terminal.leave();
    terminal.wait_exit();
}

#[test]
fn any_line_of_a_talk_can_be_changed_and_half_a_change_survives_a_kill() {
    let (laptop, mut terminal) = gather(57);
    terminal.keys("1#机井坏了\r").keys("2#校车太远\r").keys("0#路灯不亮\r");
    terminal.press(Press::Ctrl('y')).press(Press::Ctrl('y')).press(Press::Up);
    assert!(terminal.screen().contains("> 1# 机井坏了"), "{}", terminal.screen());
    terminal.press(Press::Up);
    assert!(terminal.line_from_below(1).contains("这是最早的一条"), "{}", terminal.screen());
    terminal.press(Press::Down).keys(", 七点就走");
    terminal.press(Press::Up);
    assert!(terminal.line_from_below(1).contains("改动还没记下"), "{}", terminal.screen());
    terminal.settle();
    terminal.kill9();
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.keys("1");
    assert!(terminal.screen().contains("> 2# 校车太远, 七点就走"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("2 李桂英  备注  校车太远, 七点就走"), "{screen}");
    // So does the answer to what was done, with its sentence and who said it.
    terminal.keys("1#5! 两家吵架\r").keys("说和");
    terminal.settle();
    terminal.kill9();
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.keys("1");
    assert!(terminal.screen().contains("  1# 5! 两家吵架"), "{}", terminal.screen());
    assert!(terminal.screen().contains("> 说和"), "{}", terminal.screen());
    terminal.press(Press::Up);
    assert!(terminal.screen().contains("> 1# 5! 两家吵架"), "{}", terminal.screen());
    terminal.press(Press::Enter).keys("了\r");
    let screen = terminal.screen();
    assert!(screen.contains("1 张守富  社会治理 现场解决") && screen.matches("机井坏了").count() == 1, "{screen}");
    terminal.press(Press::Ctrl('y'));
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("> 说和了"), "{}", terminal.screen());
}

// One Ctrl-A too many brought the whole village, each household with a visit that counts.
#[test]
fn all_found_are_added_only_where_something_was_looked_for_and_taken_back_by_number() {
    let (_laptop, mut terminal) = gather(58);
    terminal.keys("@5组").press(Press::Ctrl('a'));
    assert!(terminal.line(0).contains("到场 4 户"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('a'));
    assert!(terminal.line_from_below(1).contains("先打一组再全加"), "{}", terminal.screen());
    assert!(terminal.line(0).contains("到场 4 户"), "{}", terminal.screen());
    terminal.press(Press::Esc).press(Press::Ctrl('z'));
    assert!(terminal.line_from_below(1).contains("撤回了刚到场的 2 户."), "{}", terminal.screen());
    terminal.keys("1#\r");
    assert!(terminal.line_from_below(1).contains("这句话还没写"), "{}", terminal.screen());
}

// screens.md: 保密 hides the person in talk, notice and export. The village sits before the screen.
#[test]
fn what_is_confidential_names_nobody_in_the_list_of_a_talk() {
    let (_laptop, mut terminal) = gather(59);
    terminal.keys("2#4* 支书占地\r").keys("1#路灯不亮\r");
    let line = |screen: &str, words: &str| screen.lines().find(|line| line.contains(words)).unwrap().to_owned();
    let screen = terminal.screen();
    assert!(!line(&screen, "支书占地").contains("李桂英") && line(&screen, "支书占地").contains("* 保密"), "{screen}");
    assert!(line(&screen, "路灯不亮").contains("1 张守富"), "{screen}");
    // Nor does an undo say it: of the line, of a change, and covered.
    terminal.press(Press::Ctrl('y')).press(Press::Ctrl('y')).keys("了\r").press(Press::Ctrl('z'));
    assert!(terminal.line_from_below(1).contains("撤回了上一步改动: 保密的一条."), "{}", terminal.screen());
    terminal.keys("1#修路\r").press(Press::Ctrl('z'));
    assert!(terminal.line_from_below(1).contains("撤回了刚记的一句: 张守富 修路."), "{}", terminal.screen());
    terminal.keys("1,2#4+ 机井坏了\r").press(Press::Ctrl('z'));
    assert!(
        terminal.line_from_below(1).contains("撤回了刚记的一件: 张守富 等 2 户 机井坏了."),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Ctrl('b')).press(Press::Ctrl('y'));
    let screen = terminal.screen();
    assert!(!screen.contains("支书占地") && screen.contains("先按 Ctrl-B 再改"), "{screen}");
}

// One Esc too many and the first digit of a sentence acted in the menu: a household was gone.
#[test]
fn a_number_typed_with_the_menu_open_belongs_to_the_line_and_nobody_is_taken_out() {
    let (_laptop, mut terminal) = gather(69);
    terminal.press(Press::Up).press(Press::Esc).keys("8# 药不全");
    assert!(terminal.line(0).contains("到场 2 户"), "{}", terminal.screen());
    assert!(terminal.screen().contains("> 8# 药不全"), "{}", terminal.screen());
    // Whoever said something is not taken out, and nothing else is undone for it.
    terminal.press(Press::Ctrl('u')).keys("1# 路灯\r").press(Press::Esc).keys("8").settle();
    terminal.keys("户没水");
    let screen = terminal.screen();
    assert!(screen.contains("> 8户没水") && screen.contains("路灯"), "{screen}");
    // The village, a speaker, and a pause that was none.
    for typed in ["0# 药不全", "3,7# 药不全", "0＃ 药不全", "*", "+ 药不全"] {
        terminal.press(Press::Ctrl('u')).press(Press::Esc).keys(typed);
        assert!(terminal.screen().contains(&format!("> {typed}")), "{typed}\n{}", terminal.screen());
    }
}

// With half a line written the digits recorded it, or led to the end of the talk.
#[test]
fn digits_over_a_half_written_line_of_a_talk_are_its_words() {
    let (_laptop, mut terminal) = gather(76);
    for typed in ["1 户没水", "9 户没水", "3户没水", "4户没水", "5户没水", "6户没水", "7户没水", "8户没水", "12户"]
    {
        for begun in ["1#村里", "1#"] {
            terminal.keys(begun).press(Press::Esc).keys(typed);
            let screen = terminal.screen();
            assert!(screen.contains(&format!("> {begun}{typed}")), "{begun}{typed}\n{screen}");
            let there = terminal.line(0);
            assert!(there.contains("到场 2 户") && !there.contains("暂停"), "{begun}{typed}\n{screen}");
            terminal.press(Press::Ctrl('u'));
        }
    }
    terminal.keys("1#村里").press(Press::Esc).keys("9").settle();
    assert!(terminal.notice().contains("9 结束: 按 Enter 才做"), "{}", terminal.screen());
    terminal.press(Press::Esc).press(Press::Ctrl('u'));
    assert!(!terminal.screen().contains("村里"), "nothing was put down\n{}", terminal.screen());
}

// The digit took out who stood in the line, and was taken back; the words behind it were the neighbour's who was pointed at.
#[test]
fn a_number_stays_before_words_whose_first_digit_chose_something_in_the_menu() {
    let (_laptop, mut terminal) = gather(86);
    terminal.keys("@wcy\r").press(Press::Esc).press(Press::Up);
    for typed in ["8组没水了", "7组路不平"] {
        terminal.keys("1#").press(Press::Esc).keys(typed);
        let screen = terminal.screen();
        assert!(screen.contains(&format!("> 1#{typed}")) && !screen.contains("张守富 走"), "{screen}");
        assert!(terminal.line(0).contains("到场 3 户"), "{screen}");
        terminal.press(Press::Enter);
        assert!(terminal.screen().contains(&format!("1 张守富  备注  {typed}")), "{}", terminal.screen());
        terminal.press(Press::Down).press(Press::Down);
    }
}

// The household that had left before was meant, while the line below said another one.
#[test]
fn who_is_pointed_at_leaves_or_is_taken_out_whoever_left_before() {
    let (_laptop, mut terminal) = gather(87);
    terminal.keys("@wcy\r").press(Press::Esc).press(Press::Up).keys("2#").press(Press::Ctrl('x'));
    assert!(terminal.notice().contains("李桂英 先走了"), "{}", terminal.screen());
    // The number that stood in the line is there again with the household.
    terminal.press(Press::Ctrl('z')).wait_for("> 2#").press(Press::Ctrl('u')).press(Press::Ctrl('x'));
    assert!(terminal.notice().contains("王成友 先走了"), "{}", terminal.screen());
    assert!(!terminal.screen().contains("李桂英 走"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('x'));
    assert!(terminal.notice().contains("王成友 回来了"), "{}", terminal.screen());
    terminal.keys("2#").press(Press::Ctrl('x')).press(Press::Esc).keys("8").settle();
    assert!(terminal.notice().contains("去掉了 王成友"), "{}", terminal.screen());
    assert!(terminal.screen().contains("李桂英 走"), "{}", terminal.screen());
}

// The row that adds households was chosen, and its digit came into the name.
#[test]
fn a_name_typed_where_a_digit_began_adding_is_looked_for() {
    let (_laptop, mut terminal) = gather(73);
    for typed in ["2wcy", "2王成友", "23组"] {
        terminal.press(Press::Esc).keys(typed);
        let screen = terminal.screen();
        assert!(screen.contains(&format!("> @{}", &typed[1..])) && screen.contains("王成友"), "{typed}\n{screen}");
        terminal.press(Press::Esc).press(Press::Ctrl('u'));
    }
    // The number of who speaks is none of a name.
    for typed in ["2# 药不全", "2,1# 药不全", "23# 药不全", "2，3# 药不全"] {
        terminal.press(Press::Esc).keys(typed);
        assert!(terminal.screen().contains(&format!("> {typed}")), "{typed}\n{}", terminal.screen());
        terminal.press(Press::Ctrl('u')).press(Press::Esc);
        for ch in typed.chars() {
            terminal.keys(&ch.to_string()).settle();
        }
        assert!(terminal.screen().contains(&format!("> {typed}")), "{typed}\n{}", terminal.screen());
        terminal.press(Press::Ctrl('u')).press(Press::Esc).keys("2").settle().paste(&typed[1..]).settle();
        assert!(terminal.screen().contains(&format!("> {typed}")), "pasted {typed}\n{}", terminal.screen());
        terminal.press(Press::Ctrl('u'));
    }
    terminal.press(Press::Esc).keys("2").settle().paste("3户没水").settle().keys("#");
    assert!(terminal.screen().contains("3户没水#"), "{}", terminal.screen());
}

// A row of the menu that only said whom to point at brought back who had been taken out long before.
#[test]
fn a_choice_that_did_nothing_brings_nobody_back() {
    let (mut laptop, mut terminal) = gather(74);
    for typed in ["8户没水", "7户没水"] {
        terminal.press(Press::Up).press(Press::Esc).keys("8").settle();
        let there = terminal.line(0);
        assert!(terminal.line_from_below(1).contains("去掉了"), "{}", terminal.screen());
        laptop.clock.pass(5);
        terminal.settle().press(Press::Esc).keys(typed).settle();
        let screen = terminal.screen();
        assert!(screen.contains(&format!("> {typed}")) && terminal.line(0) == there, "{there}\n{screen}");
        terminal.press(Press::Ctrl('u')).press(Press::Ctrl('z')).press(Press::Ctrl('z')).settle();
    }
}

#[test]
fn who_is_taken_out_is_named_and_a_sign_without_a_number_is_refused() {
    let (_laptop, mut terminal) = gather(62);
    terminal.keys("# 药不全").press(Press::Enter);
    assert!(terminal.screen().contains("# 前面写号的数字"), "{}", terminal.screen());
    for _ in 0..5 {
        terminal.press(Press::Backspace);
    }
    terminal.press(Press::Up).press(Press::Up).press(Press::Esc).keys("8");
    assert!(terminal.line_from_below(1).contains("去掉了 张守富"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.line_from_below(1).contains("撤回了去掉: 张守富: 又在场了."), "{}", terminal.screen());
    assert!(terminal.line(0).contains("到场 2 户"), "{}", terminal.screen());
}

// Whoever is here already was looked for in other villages, and a namesake came.
#[test]
fn a_household_that_is_here_already_is_said_to_be_and_no_namesake_comes_for_it() {
    let (_laptop, mut terminal) = gather(63);
    terminal.keys("@张守富\r");
    assert!(terminal.line_from_below(1).contains("已经到了."), "{}", terminal.screen());
    assert!(terminal.line(0).contains("到场 2 户"), "{}", terminal.screen());
}

// A whole group was added once more, and whoever had left early counted on without a word; and who was there was found nowhere.
#[test]
fn who_left_early_comes_back_only_by_name_and_who_is_there_is_marked() {
    let (_laptop, mut terminal) = gather(68);
    terminal.press(Press::Down).press(Press::Ctrl('x')).keys("@3组");
    let marks = |terminal: &Terminal, head: &str, mark: &str| {
        let screen = terminal.screen();
        screen.lines().skip(5).any(|line| line.contains(head) && line.trim_end().ends_with(mark))
    };
    assert!(marks(&terminal, "张守富", "走") && marks(&terminal, "李桂英", "已到"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('a'));
    assert!(terminal.line_from_below(1).contains("到了 1 户; 先走的 1 户没有加"), "{}", terminal.screen());
    assert!(terminal.screen().contains("张守富 走") && terminal.screen().contains("3 王成友"), "{}", terminal.screen());
    terminal.keys("3组").press(Press::Ctrl('a'));
    assert!(terminal.line_from_below(1).contains("先走的没有加"), "{}", terminal.screen());
    assert!(terminal.screen().contains("张守富 走"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("zsf\r");
    assert!(terminal.line_from_below(1).contains("张守富 回来了"), "{}", terminal.screen());
    assert!(!terminal.screen().contains("张守富 走"), "{}", terminal.screen());
    // Of those present the list says so, in whatever words they are looked for.
    terminal.keys("李桂英");
    let screen = terminal.screen();
    assert!(marks(&terminal, "李桂英", "已到") && !screen.contains("没有对上的户"), "{screen}");
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("已经到了"), "{}", terminal.screen());
}

// On the page of the end the number of who speaks became an answer, and the line somebody else's.
#[test]
fn a_number_typed_where_a_talk_ends_belongs_to_the_line() {
    let (_laptop, mut terminal) = gather(64);
    terminal.press(Press::F(8)).keys("2# 还有一句");
    assert!(terminal.screen().contains("> 2# 还有一句"), "{}", terminal.screen());
    terminal.press(Press::Enter).press(Press::F(8)).keys("7");
    assert!(terminal.line_from_below(1).contains("张守富: 满意"), "{}", terminal.screen());
    terminal.keys("1# 路灯");
    assert!(terminal.screen().contains("> 71# 路灯"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).press(Press::F(8));
    let screen = terminal.screen();
    assert!(!screen.lines().any(|line| line.contains("张守富") && line.contains("满意")), "{screen}");
}

// The first digit of a line opened the declaration of a gap, and the sentence became its reason.
#[test]
fn a_line_typed_where_a_gap_can_be_declared_is_no_reason_for_it() {
    let (mut laptop, mut terminal) = gather(66);
    pass(&mut laptop, &mut terminal, 2);
    laptop.clock.pass(300);
    terminal.settle();
    terminal.press(Press::F(8)).keys("12# 药不全");
    assert!(terminal.screen().contains("> 12# 药不全"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).press(Press::F(8)).keys("1# 散场页上写的话\r");
    assert!(terminal.screen().contains("1 张守富  备注  散场页上写的话"), "{}", terminal.screen());
    terminal.press(Press::F(8)).keys("1").keys("4 停电\r").press(Press::Ctrl('z'));
    assert!(terminal.line_from_below(1).contains("自述撤回了"), "{}", terminal.screen());
    // None of it was spent in the talk, and why is kept.
    terminal.keys("1").keys("0 停电, 都回家了\r");
    assert!(terminal.screen().contains("不计: 停电, 都回家了"), "{}", terminal.screen());
    assert!(terminal.line_from_below(1).contains("记下了: 停电, 都回家了"), "{}", terminal.screen());
    terminal.keys("7@").press(Press::Esc).press(Press::F(8));
    assert!(
        terminal.screen().lines().any(|line| line.contains("张守富") && line.contains("满意")),
        "{}",
        terminal.screen()
    );
}

// What was declared could not be corrected any more once the program had ended: the timer was said to have no gap.
#[test]
fn gaps_are_told_one_by_one_and_what_was_declared_of_one_is_changed_after_a_restart() {
    let (mut laptop, mut terminal) = gather(69);
    for minutes in [5, 3] {
        pass(&mut laptop, &mut terminal, 2);
        laptop.clock.pass(60 * minutes);
        terminal.settle();
    }
    terminal.press(Press::F(8));
    let screen = terminal.screen();
    assert!(screen.contains("2 段没有计时") && screen.matches("起中断").count() == 2, "{screen}");
    // The longest is meant first; Down goes to the other one.
    terminal.keys("1");
    assert!(terminal.screen().contains("1/2") && terminal.screen().contains("中断 05:00"), "{}", terminal.screen());
    terminal.press(Press::Down).keys("2 停电\r");
    let screen = terminal.screen();
    assert!(screen.contains("中断 05:00") && screen.contains("已自述") && screen.contains("停电"), "{screen}");
    terminal.kill9();
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.keys("1").press(Press::F(8)).keys("1").press(Press::Down);
    assert!(terminal.screen().contains("> 2 停电"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("3 停电, 一直在谈\r");
    assert!(terminal.screen().contains("自述 03:00: 停电, 一直在谈"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.screen().contains("自述 02:00: 停电"), "{}", terminal.screen());
    assert!(terminal.line_from_below(1).contains("自述改回了: 停电"), "{}", terminal.screen());
}

// An answer behind a declared gap, and Ctrl-Z never came to the gap any more.
#[test]
fn ctrl_z_where_a_talk_ends_takes_back_the_answer_and_then_the_gap() {
    let (mut laptop, mut terminal) = gather(67);
    pass(&mut laptop, &mut terminal, 2);
    laptop.clock.pass(300);
    terminal.settle();
    terminal.press(Press::F(8)).keys("1").keys("4 停电\r").keys("7").press(Press::Ctrl('z'));
    let is_satisfied = |line: &str| line.contains("06:00") && line.contains("满意");
    assert!(!terminal.screen().lines().any(is_satisfied), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.line_from_below(1).contains("自述撤回了"), "{}", terminal.screen());
}

// A village half typed left the talk without its households, and its lines under a name that is nowhere.
#[test]
fn a_village_that_nobody_knows_is_asked_about_once() {
    let (_laptop, mut terminal) = gather(65);
    terminal
        .press(Press::F(8))
        .press(Press::Enter)
        .press(Press::Enter)
        .press(Press::F(5))
        .press(Press::Ctrl('u'))
        .keys("东里东");
    terminal.press(Press::F(8));
    assert!(terminal.line_from_below(1).contains("名册里没有 东里东"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    assert!(terminal.line(0).contains("夜话  东里东"), "{}", terminal.screen());
}

// What two households said together was undone for one of them at a time.
#[test]
fn what_several_said_together_is_changed_taken_away_and_brought_back_together() {
    let (_laptop, mut terminal) = gather(61);
    // What two households said goes with one key, and comes back with one.
    terminal.keys("1,2#4+ 机井坏了\r").press(Press::Ctrl('y')).press(Press::Ctrl('d'));
    assert!(terminal.line_from_below(1).contains("撤去了 2 户同说的这一条"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.screen().contains("1,2  农业农村 较大  机井坏了"), "{}", terminal.screen());
    assert!(terminal.line_from_below(1).contains("张守富 等 2 户"), "{}", terminal.screen());
    // So does a change of its words.
    terminal.press(Press::Ctrl('y')).keys(", 浇不上地\r").press(Press::Ctrl('z'));
    let screen = terminal.screen();
    let line = screen.lines().find(|line| line.contains("1,2 ")).unwrap();
    assert!(line.contains("机井坏了") && !line.contains("浇不上地"), "{screen}");
}

// Only one household could take another one's place: to the village, or to one more, a line was written anew.
#[test]
fn a_line_can_be_changed_to_the_village_to_several_and_back() {
    let (laptop, mut terminal) = gather(70);
    terminal.keys("@wcy\r").press(Press::Esc).keys("2#4+ 机井坏了\r");
    let change = |terminal: &mut Terminal, from: usize, to: &str| {
        terminal.press(Press::Ctrl('y')).press(Press::Home);
        for _ in 0..from {
            terminal.press(Press::Delete);
        }
        terminal.keys(to).press(Press::Enter);
        let screen = terminal.screen();
        assert_eq!(screen.matches("机井坏了").count(), 1, "{screen}");
        screen.lines().find(|line| line.contains("机井坏了")).unwrap().to_owned()
    };
    assert!(change(&mut terminal, 1, "0").contains("0 全村  农业农村 较大"), "{}", terminal.screen());
    assert!(change(&mut terminal, 1, "1,2,3").contains("1,2,3  农业农村 较大"), "{}", terminal.screen());
    assert!(change(&mut terminal, 5, "2,3").contains("2,3"), "{}", terminal.screen());
    assert!(change(&mut terminal, 3, "1").contains("1 张守富  农业农村 较大"), "{}", terminal.screen());
    // Each of it is one step, and what it undoes is said in words.
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.line_from_below(1).contains("撤回了改由谁说, 又是这几户说的: 李桂英"), "{}", terminal.screen());
    assert!(terminal.screen().contains("2,3 "), "{}", terminal.screen());
    for _ in 0..3 {
        terminal.press(Press::Ctrl('z'));
    }
    assert!(terminal.screen().contains("2 李桂英  农业农村 较大"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    let issues = behind(&laptop, |keeper| {
        keeper.house().shelf(|shelf, view| {
            let of = |household| {
                let issues = shelf.children_of(household, Sort::Issue);
                let read = |name| view.record(name).unwrap().as_deref().and_then(zoufang::domain::Issue::read);
                issues.filter_map(read).count()
            };
            shelf.households().iter().map(|household| of(*household)).sum::<usize>()
        })
    });
    assert_eq!(issues, 1, "what it became goes along");
}

// Once the talk was over no page led to its lines: what was written down wrongly stayed so.
#[test]
fn a_line_of_a_talk_or_visit_that_is_over_is_put_right_from_the_history_of_its_household() {
    let (mut laptop, mut terminal) = gather(71);
    pass(&mut laptop, &mut terminal, 16);
    terminal.keys("1#机井坏了\r").keys("2#校车太远\r").press(Press::F(8)).press(Press::Enter);
    terminal.press(Press::F(2)).keys("zsf\r").keys("6").keys("1");
    assert!(terminal.screen().contains("> 1# 机井坏了"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    assert!(terminal.line_from_below(1).contains("这一场已经散场"), "{}", terminal.screen());
    // Somebody else said it: it is in the history of that household now.
    terminal.press(Press::Home).press(Press::Delete).keys("2").press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("张守富") && !screen.contains("机井坏了") && !screen.contains("校车"), "{screen}");
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.screen().contains("机井坏了"), "{}", terminal.screen());
    terminal.keys("1").press(Press::End).keys(", 浇不上地\r");
    assert!(terminal.screen().contains("备注  机井坏了, 浇不上地"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('d'));
    assert!(terminal.line_from_below(1).contains("撤去了这一条"), "{}", terminal.screen());
    assert!(!terminal.screen().contains("机井坏了"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.screen().contains("机井坏了, 浇不上地"), "{}", terminal.screen());
    // So is a line of a visit, in the page itself; Esc leaves it as it was.
    terminal.keys("0").keys("1");
    pass(&mut laptop, &mut terminal, 1);
    terminal.keys("路灯不亮\r").press(Press::F(8)).press(Press::Ctrl('d')).press(Press::Ctrl('d'));
    terminal.press(Press::F(2)).keys("zsf\r").keys("6").keys("1").keys("吗").press(Press::Esc);
    assert!(terminal.screen().contains("备注  路灯不亮 "), "{}", terminal.screen());
    terminal.keys("1").keys("3+ 村口").press(Press::Ctrl('u')).keys("3+ 村口路灯不亮\r");
    assert!(terminal.screen().contains("生态环境 较大  村口路灯不亮"), "{}", terminal.screen());
}

// The lookup said of whoever had gone home that they sat there; an undo did not say whose entry it took back.
#[test]
fn who_left_is_not_said_to_sit_there_and_an_undo_names_who_had_recorded_it() {
    let (_laptop, mut terminal) = gather(72);
    terminal.press(Press::Down).press(Press::Ctrl('x')).press(Press::F(2));
    let screen = terminal.screen();
    assert_eq!((screen.matches("在谈").count(), screen.matches("先走了").count()), (1, 1), "{screen}");
    terminal.press(Press::F(5)).press(Press::Ctrl('r')).keys("张锦秋\r").press(Press::Ctrl('z'));
    assert!(terminal.line_from_below(1).contains("又在场了. 是 陈明 记的."), "{}", terminal.screen());
    // Whoever turns up and is on no roster mostly lives where the talk is.
    terminal.press(Press::F(2)).keys("赵大").press(Press::Ctrl('n'));
    assert!(terminal.screen().contains("赵大") && terminal.screen().contains("东里东村"), "{}", terminal.screen());
}

// Paper that was half entered stood in the way of the talk of the evening.
#[test]
fn a_talk_begins_while_another_one_is_being_entered_later_and_that_one_goes_on_afterwards() {
    let (_laptop, mut terminal) = gather(73);
    terminal.press(Press::F(8)).press(Press::Ctrl('d')).press(Press::Ctrl('d'));
    let paper = |terminal: &mut Terminal| {
        (0..3).for_each(|_| {
            terminal.press(Press::Tab);
        });
        terminal.keys("昨晚 7点半").press(Press::Tab).keys("60").press(Press::F(8));
    };
    terminal.press(Press::F(5)).press(Press::Enter).keys("村委会");
    paper(&mut terminal);
    assert!(terminal.line(1).contains("补录  5-17 19:30"), "{}", terminal.screen());
    terminal.press(Press::F(5));
    assert!(terminal.line_from_below(1).contains("补录的那场先放着"), "{}", terminal.screen());
    // Another one from paper has to wait for the first.
    terminal.press(Press::Enter);
    paper(&mut terminal);
    assert!(terminal.line_from_below(1).contains("还有一场补录没写完"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).press(Press::Up).press(Press::Ctrl('u')).press(Press::F(8));
    assert!(terminal.screen().contains("加了户才计"), "{}", terminal.screen());
    terminal.keys("0#今晚的话\r").press(Press::F(8)).press(Press::Enter).press(Press::F(5));
    let screen = terminal.screen();
    assert!(screen.contains("补录  5-17 19:30") && !screen.contains("今晚的话"), "{screen}");
    assert!(terminal.line_from_below(1).contains("这一场补录没写完"), "{}", terminal.screen());
}

// Taken back, it was still held to be unfinished: F5 led to an empty page for ever, and no other one could be entered later.
#[test]
fn a_talk_entered_later_and_taken_back_is_gone_and_stands_in_the_way_of_none() {
    let (_laptop, mut terminal) = gather(76);
    terminal.press(Press::F(8)).press(Press::Ctrl('d')).press(Press::Ctrl('d'));
    let paper = |terminal: &mut Terminal| {
        terminal.press(Press::F(5)).press(Press::Enter).keys("村委会");
        (0..3).for_each(|_| {
            terminal.press(Press::Tab);
        });
        terminal.keys("昨晚 7点半").press(Press::Tab).keys("90").press(Press::F(8));
        assert!(terminal.line(1).contains("补录  5-17 19:30, 谈了 90 分"), "{}", terminal.screen());
    };
    paper(&mut terminal);
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.line_from_below(1).contains("撤回了补录的夜话"), "{}", terminal.screen());
    terminal.press(Press::F(5));
    assert!(terminal.screen().contains("开始夜话"), "{}", terminal.screen());
    terminal.press(Press::F(2));
    paper(&mut terminal);
    terminal.keys("0#话没有丢\r").press(Press::F(2)).press(Press::F(5));
    let screen = terminal.screen();
    assert!(screen.contains("补录  5-17 19:30") && screen.contains("话没有丢"), "{screen}");
}

// The form of the talk made one person of two.
#[test]
fn two_visitors_with_blanks_in_their_names_are_two_at_a_talk() {
    let laptop = Laptop::new(77);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        ask(keeper, &Request::new("device.set").with("visitors", "Chen Ming, Lin Fang"));
        ask(keeper, &Request::new("household.add").with("head", "张守富").with("village", "东里东村"));
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal
        .press(Press::F(5))
        .press(Press::Enter)
        .keys("文化广场")
        .press(Press::F(8))
        .keys("@zsf\r")
        .press(Press::Esc);
    terminal.leave();
    terminal.wait_exit();
    let visitors = behind(&laptop, |keeper| {
        keeper.house().shelf(|shelf, view| {
            let visits = shelf.households().iter().flat_map(|home| shelf.children_of(*home, Sort::Visit));
            let read = |name| view.record(name).unwrap().as_deref().and_then(Visit::read).unwrap().visitors;
            visits.map(read).collect::<Vec<_>>()
        })
    });
    assert_eq!(visitors, [["Chen Ming", "Lin Fang"]]);
}

// The visit written down first stayed the first one, though the talk noted on paper had been the evening before it.
#[test]
fn a_talk_entered_later_is_the_first_visit_where_it_was_before_the_others() {
    let laptop = Laptop::new(74);
    set_up(&laptop, "一组", "陈明");
    let purposes = behind(&laptop, |keeper| {
        let home = ask(keeper, &Request::new("household.add").with("head", "张守富").with("village", "东里东村"));
        let home = home.name().unwrap();
        let visit = Request::new("visit.start").with_name("household", home).with("on", "2021-05-18T08:00:00+08:00");
        ask(keeper, &visit.with("outcome", "done").with("minutes", 20));
        let talk = |day: &str| {
            let on = format!("2021-05-{day}T19:30:00+08:00");
            Request::new("talk.start").with("village", "东里东村").with("on", on).with("minutes", 60)
        };
        let households = vec![home.to_string()];
        // Of two, that of the 16th is entered after that of the 17th.
        for day in ["17", "16"] {
            let talk = ask(keeper, &talk(day)).name().unwrap();
            let come = Request::new("talk.come").with_name("talk", talk);
            ask(keeper, &come.with("households", households.clone()));
            ask(keeper, &Request::new("talk.finish").with_name("talk", talk));
        }
        keeper.house().shelf(|shelf, view| {
            let visits = shelf.children_of(home, Sort::Visit);
            let read = |name| view.record(name).unwrap().as_deref().and_then(Visit::read);
            let mut all: Vec<Visit> = visits.filter_map(read).collect();
            all.sort_by_key(|visit| visit.started);
            all.into_iter().map(|visit| visit.purpose).collect::<Vec<_>>()
        })
    });
    assert_eq!(purposes, ["first", "routine", "routine"]);
}

// The strip of a long sentence lay over the table of who is there.
#[test]
fn on_a_low_terminal_the_strip_comes_before_the_table_of_who_is_there() {
    let (laptop, mut terminal) = gather(60);
    terminal.kill9();
    let mut terminal = laptop.start((40, 12), &[], &[]);
    terminal.keys("1").press(Press::Down).keys("想要个球场最好是离村委会近一点的地方晚上还能有灯");
    terminal.press(Press::Tab);
    let screen = terminal.screen();
    assert!(screen.lines().any(|line| line.starts_with("  > 想要个球场")), "{screen}");
    assert!(!screen.contains(">>") && !screen.contains("> >"), "{screen}");
}

#[test]
fn a_whole_group_comes_with_one_key_and_the_evening_survives_a_flat_battery() {
    let (mut laptop, mut terminal) = gather(53);
    terminal.keys("@5组").press(Press::Ctrl('a')).press(Press::Esc);
    assert!(terminal.line(0).contains("到场 4 户"), "{}", terminal.screen());
    pass(&mut laptop, &mut terminal, 8);
    terminal.keys("3#机井坏了\r").keys("4#村里没有地方");
    terminal.settle();
    terminal.kill9();
    laptop.clock.pass(600);
    let mut terminal = laptop.start((80, 24), &[], &[]);
    let screen = terminal.screen();
    assert!(screen.contains("上次有一场夜话没有结束") && screen.contains("已计 08:00"), "{screen}");
    terminal.keys("1");
    let screen = terminal.screen();
    assert!(screen.contains("> 4#村里没有地方") && screen.contains("3 刘玉珍"), "{screen}");
    assert!(screen.contains("08:00") && screen.contains("有中断"), "{screen}");
    pass(&mut laptop, &mut terminal, 8);
    // Half a gap of one, and the other ends: it waits for him.
    terminal.press(Press::F(8)).keys("1").keys("4 电池没电").press(Press::Ctrl('r')).keys("张锦秋\r");
    terminal.press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("这段中断写了还没记下") && screen.contains("> 4 电池没电"), "{screen}");
    terminal.keys(", 一直在谈\r");
    assert!(terminal.screen().contains("20:00"), "declared for those who were there\n{}", terminal.screen());
    terminal.press(Press::Enter);
    terminal.leave();
    terminal.wait_exit();
    let all = visits(&laptop);
    assert_eq!(
        (all.len(), all.iter().filter(|(_, minutes, covers)| *minutes == 20 && *covers).count()),
        (4, 4),
        "{all:?}"
    );
}

// How satisfied each household is, on the page that ends the talk: a digit, and the next one is selected.
#[test]
fn each_household_says_how_satisfied_it_is_before_the_talk_ends() {
    let (mut laptop, mut terminal) = gather(58);
    pass(&mut laptop, &mut terminal, 16);
    terminal.press(Press::F(8)).keys("７9");
    let line = |terminal: &Terminal, head: &str| {
        let screen = terminal.screen();
        screen.lines().find(|line| line.contains(head)).unwrap_or_else(|| panic!("{screen}")).to_owned()
    };
    assert!(line(&terminal, "张守富").contains(" 满意") && line(&terminal, "李桂英").contains("不满意"));
    // The last one stays selected; once more takes it back.
    terminal.keys("9");
    assert!(!line(&terminal, "李桂英").contains("满意"), "{}", terminal.screen());
    // Of a digit that left nothing there it is not said that something stands; nor does Enter behind it end the talk.
    terminal.press(Press::Enter);
    assert!(terminal.notice().contains("没有写下满意度"), "{}", terminal.screen());
    terminal.keys("1").press(Press::Enter);
    assert!(terminal.notice().contains("没有写下满意度"), "{}", terminal.screen());
    terminal.keys("8").press(Press::Enter);
    // Enter right behind a digit is a habit.
    assert!(terminal.notice().contains("对就再按 Enter 散场"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("散场: 2 户"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    let said = behind(&laptop, |keeper| {
        keeper.house().shelf(|shelf, view| {
            let mut all = Vec::new();
            for household in shelf.households() {
                for visit in shelf.children_of(*household, Sort::Visit) {
                    all.push(view.record(visit).unwrap().as_deref().and_then(Visit::read).unwrap().satisfaction);
                }
            }
            all.sort();
            all
        })
    });
    assert_eq!(said, ["mostly", "satisfied"]);
}

// The laptop stayed at home; a sheet of paper did not. Written down the next morning, with a kill in the middle.
#[test]
fn a_talk_noted_on_paper_is_entered_later_with_who_came_and_what_was_said() {
    let (laptop, mut terminal) = gather(59);
    terminal.press(Press::F(8)).press(Press::Ctrl('d')).press(Press::Ctrl('d'));
    terminal.press(Press::F(5)).press(Press::Enter).keys("村委会");
    (0..4).for_each(|_| {
        terminal.press(Press::Tab);
    });
    // Minutes alone: no timer is started, the day is asked for.
    terminal.keys("60").press(Press::F(8));
    assert!(terminal.line_from_below(1).contains("时间看不懂"), "{}", terminal.screen());
    terminal.press(Press::Tab).press(Press::Ctrl('u')).press(Press::Up);
    terminal.keys("明天 7点").press(Press::F(8));
    assert!(terminal.line_from_below(1).contains("还没到"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("昨晚　７点半").press(Press::F(8));
    assert!(terminal.line_from_below(1).contains("谈了几分钟"), "{}", terminal.screen());
    terminal.keys("９０分").press(Press::F(8));
    assert!(terminal.line(1).contains("补录  5-17 19:30, 谈了 90 分"), "{}", terminal.screen());
    terminal.keys("@zsf\rlgy\rwcy\r").press(Press::Esc);
    terminal.keys("1,3#4+ 机井坏了\r").keys("2#校车");
    terminal.kill9();
    // Nothing runs; F5 has it again.
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::F(5));
    let screen = terminal.screen();
    assert!(
        screen.contains("补录  5-17 19:30") && screen.contains("> 2#校车") && screen.contains("机井坏了"),
        "{screen}"
    );
    terminal.press(Press::Enter).press(Press::F(8)).press(Press::Down).keys("2").keys("１０\r");
    let screen = terminal.screen();
    assert!(screen.contains("满时 2 户, 不足 1 户") && screen.contains("10:00"), "{screen}");
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("散场: 3 户各记一次走访, 1 户不足"), "{}", terminal.screen());
    terminal.press(Press::F(5));
    assert!(terminal.screen().contains("开始夜话"), "the next one is a new one\n{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    let counted: Vec<(String, i64, bool)> =
        visits(&laptop).into_iter().filter(|(_, minutes, _)| *minutes > 0).collect();
    let expected = [("张守富", 90, true), ("李桂英", 10, false), ("王成友", 90, true)];
    assert_eq!(counted, expected.map(|(head, minutes, covers)| (head.to_owned(), minutes, covers)));
    let later = behind(&laptop, |keeper| {
        keeper.house().shelf(|shelf, view| {
            let mut later = 0;
            for household in shelf.households() {
                for visit in shelf.children_of(*household, Sort::Visit) {
                    let visit = view.record(visit).unwrap().as_deref().and_then(Visit::read).unwrap();
                    later += usize::from(visit.entered_later && visit.proven_ms == 0 && visit.outcome == "done");
                }
            }
            later
        })
    });
    assert_eq!(later, 3, "each says that it was entered later");
}

// Plan 二(二)2(1): in the busy season people are met in the field. It is begun where talks are, with one key more.
#[test]
fn a_visit_in_the_field_is_begun_by_keys_and_its_households_are_visited_there() {
    let (laptop, terminal) = gather(59);
    drop(terminal);
    let mut terminal = laptop.start((80, 24), &[], &[]);
    assert!(terminal.screen().contains("没有结束"), "{}", terminal.screen());
    terminal.press(Press::Enter).press(Press::F(8)).press(Press::Enter).press(Press::Enter);
    terminal.press(Press::F(5)).press(Press::Enter).keys("南大坡").press(Press::Down).keys("2").press(Press::F(8));
    assert!(terminal.line(0).contains("田间走访  东里东村 南大坡"), "{}", terminal.screen());
    terminal.keys("@wcy\r").press(Press::Esc);
    terminal.leave();
    terminal.wait_exit();
    let kinds = behind(&laptop, |keeper| {
        keeper.house().shelf(|shelf, view| {
            let visits = shelf.households().iter().flat_map(|home| shelf.children_of(*home, Sort::Visit));
            let read = |visit| view.record(visit).unwrap().as_deref().and_then(Visit::read).unwrap().kind;
            visits.map(read).collect::<Vec<_>>()
        })
    });
    assert_eq!(kinds.iter().filter(|kind| *kind == "field").count(), 1, "{kinds:?}");
}

// Notes of an evening, pasted behind the number of who said them: the strip named one household, and another one got them.
#[test]
fn pasted_lines_are_whose_number_stands_before_them() {
    let (_laptop, mut terminal) = gather(77);
    // Nobody is pointed at, then another one is.
    terminal.keys("1# 院里 ").paste("甲水\n乙水\n丙水").keys("2");
    let screen = terminal.screen();
    assert!(screen.contains("记下了 3 条."), "{screen}");
    for words in ["1 张守富  备注", "院里 甲水", "乙水", "丙水"] {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    assert_eq!(terminal.line_from_below(3).trim(), ">", "{screen}");
    terminal.press(Press::Down).press(Press::Down).keys("1# ").press(Press::End).send("丁水\r戊水\r己水\r".as_bytes());
    terminal.settle().keys("2").paste("0# 一路\n二路\n1# 三路\n四路").keys("2");
    let screen = terminal.screen();
    for (line, who) in [
        ("丁水", "1 张守富"),
        ("戊水", "1 张守富"),
        ("己水", "1 张守富"),
        ("一路", "0 全村"),
        ("二路", "0 全村"),
        ("三路", "1 张守富"),
        ("四路", "1 张守富"),
    ] {
        assert!(screen.lines().any(|row| row.contains(line) && row.contains(who)), "{who} {line}\n{screen}");
    }
    // What a person has to look at stays with who said it, and without anybody named or pointed at nothing is guessed.
    terminal.paste("1# 五路\n6+\n六路").keys("2");
    let screen = terminal.screen();
    assert!(screen.contains("记下了 1 条") && screen.contains("后面 1 行留着"), "{screen}");
    assert_eq!(terminal.line_from_below(3).trim(), "> 1# 6+", "{screen}");
    terminal.keys(" 七路\r");
    assert!(terminal.screen().contains("还有 1 行没记"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(
        terminal.screen().lines().any(|row| row.contains("六路") && row.contains("1 张守富")),
        "{}",
        terminal.screen()
    );
}

// Its rest was glued to the line that had to be looked at, and stood under the household that this one was corrected to.
#[test]
fn behind_a_number_that_nobody_has_each_line_of_a_paste_stays_its_own_also_over_a_kill() {
    let (laptop, mut terminal) = gather(81);
    let said = |terminal: &Terminal, words: &str, who: &str| {
        let screen = terminal.screen();
        assert!(screen.lines().any(|row| row.contains(words) && row.contains(who)), "{who} {words}\n{screen}");
    };
    terminal.paste("99# 没这户\n还是他\n0# 戏台\n2# 想跳舞").keys("2");
    assert!(terminal.notice().contains("后面 3 行留着"), "{}", terminal.screen());
    assert_eq!(terminal.line_from_below(3).trim(), "> 99# 没这户", "{}", terminal.screen());
    // The end comes after they are put down.
    terminal.press(Press::F(8));
    assert!(terminal.notice().contains("还有 3 行没记: 先按 Enter"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('s'));
    terminal.kill9();
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Enter);
    assert_eq!(terminal.line_from_below(3).trim(), "> 99# 没这户", "{}", terminal.screen());
    terminal.press(Press::Home).press(Press::Delete).press(Press::Delete).keys("1").press(Press::End).keys("了\r");
    let screen = terminal.screen();
    assert!(screen.contains("还有 3 行没记. 每行记一条?") && screen.contains("戏台"), "{screen}");
    terminal.press(Press::Enter);
    said(&terminal, "没这户了", "1 张守富");
    assert!(terminal.notice().contains("记下了 3 条."), "{}", terminal.screen());
    said(&terminal, "还是他", "1 张守富");
    said(&terminal, "戏台", "0 全村");
    said(&terminal, "想跳舞", "2 李桂英");
    terminal.press(Press::F(8));
    assert!(terminal.screen().contains("Enter 散场"), "{}", terminal.screen());
}

// What the village said before was read when the page came up and nobody was there yet, and never again.
#[test]
fn what_the_village_said_before_is_found_in_a_talk_that_has_just_begun() {
    let laptop = Laptop::new(78);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        let add = |head: &str, group: i64| {
            let request = Request::new("household.add").with("head", head).with("group", group);
            request.with("town", "东里镇").with("village", "东里东村")
        };
        ask(keeper, &add("张守富", 3));
        ask(keeper, &add("李桂英", 3));
        let other = ask(keeper, &add("孙传宝", 5)).name().unwrap();
        let request = Request::new("issue.record").with_name("household", other).with("text", "机井坏了浇不上地");
        ask(keeper, &request.with("field", "agriculture").with("class", "larger"));
        keeper.close().unwrap();
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal
        .press(Press::F(5))
        .press(Press::Enter)
        .keys("文化广场")
        .press(Press::F(8))
        .keys("@3组")
        .press(Press::Ctrl('a'));
    terminal.press(Press::Esc).press(Press::Ctrl('u')).keys("1# 机井坏了浇不上地");
    assert!(terminal.screen().contains("1户也说过类似的"), "{}", terminal.screen());
    terminal.press(Press::Tab).press(Press::Down).press(Press::Enter);
    assert!(terminal.screen().contains("记作同一件事, 照那件归类"), "{}", terminal.screen());
    // What was typed goes before what the other one is; once is enough.
    terminal.keys("2# 5! 机井坏了").press(Press::Tab).press(Press::Down).press(Press::Enter).press(Press::Esc);
    assert!(terminal.notice().contains("还是记作同一件事"), "{}", terminal.screen());
    terminal.press(Press::Enter).keys("换了水泵\r");
    let screen = terminal.screen();
    assert!(screen.contains("治理 现场解决") && screen.contains("2 张守富"), "{screen}");
    terminal.keys("2# 机井又坏了").press(Press::Tab).press(Press::Down).press(Press::Enter);
    assert!(terminal.screen().contains("已经和那件记作同一件事了"), "{}", terminal.screen());
}

// The column of what was noted went first, and with it who had nothing noted.
#[test]
fn who_has_nothing_noted_is_seen_at_the_end_on_the_narrowest_terminal_too() {
    let (_laptop, mut terminal) = gather(98);
    terminal.keys("1# 机井坏了\r").resize((40, 12)).settle();
    terminal.press(Press::F(8));
    let screen = terminal.screen();
    let row = |head: &str| screen.lines().find(|line| line.contains(head)).unwrap().to_owned();
    assert!(!row("张守富").contains("没记") && row("李桂英").contains("没记  不足"), "{screen}");
    terminal.resize((80, 24)).settle();
    let wide = terminal.screen();
    assert_eq!(wide.matches("  没记").count(), 1, "the column has it\n{wide}");
}
