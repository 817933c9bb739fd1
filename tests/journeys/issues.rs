//! The office in the evening: what was recorded by day is screened, planned, solved, told and closed out, on the page of the
//! issues (F4).

use zoufang::app::Request;

use super::harness::{Laptop, Press, Terminal};
use super::office::{ask, behind, set_up};

const SIZE: (u16, u16) = (80, 24);

/// Three households with a problem each, recorded in a visit; one of them in confidence.
fn laptop(seed: u64) -> Laptop {
    let laptop = Laptop::new(seed);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        for (head, text, field, confidential) in [
            ("张守富", "3组机井坏了浇不上地", "agriculture", false),
            ("王成友", "邻居家暴", "governance", true),
            ("李桂英", "水渠漏水", "agriculture", false),
        ] {
            let request = Request::new("household.add").with("head", head).with("town", "东里镇");
            let home = ask(keeper, &request.with("village", "东里东村").with("group", "3")).name().unwrap();
            let visit = Request::new("visit.start").with_name("household", home);
            let visit = ask(keeper, &visit.with("on", "2021-05-18T15:00:00+08:00")).name().unwrap();
            let issue = Request::new("issue.record").with_name("visit", visit).with("text", text).with("field", field);
            ask(keeper, &issue.with("class", "larger").with("confidential", confidential));
        }
        keeper.close().unwrap();
    });
    laptop
}

fn open(laptop: &Laptop, size: (u16, u16)) -> Terminal {
    let mut terminal = laptop.start(size, &[("ZOUFANG_STICKS", "/nowhere")], &[]);
    terminal.press(Press::F(4));
    terminal
}

fn shows(terminal: &Terminal, words: &[&str]) {
    let screen = terminal.screen();
    for word in words {
        assert!(screen.contains(word), "{word}\n{screen}");
    }
}

// Of two of one name at 40 columns nobody knew whose issue was late.
#[test]
fn namesakes_in_the_list_say_where_they_live_and_a_confidential_one_does_not() {
    let laptop = laptop(95);
    behind(&laptop, |keeper| {
        for (door, confidential) in [("12号", false), ("9号", false), ("77号", true)] {
            let request =
                Request::new("household.add").with("head", "孙传宝").with("town", "东里镇").with("door", door);
            let home = ask(keeper, &request.with("village", "东里东村").with("group", "3")).name().unwrap();
            let issue = Request::new("issue.record").with_name("household", home).with("text", "路灯不亮");
            ask(keeper, &issue.with("field", "environment").with("confidential", confidential));
        }
        keeper.close().unwrap();
    });
    for size in [(40, 12), (80, 24), (120, 24)] {
        let mut terminal = open(&laptop, size);
        for lang in 0..2 {
            shows(&terminal, &["孙传宝 12号", "孙传宝 9号"]);
            let screen = terminal.screen();
            assert!(!screen.contains("77号") && screen.contains("张守富 "), "{screen}");
            assert!(!screen.contains("张守富 3组"), "nobody else has his name\n{screen}");
            if lang == 0 {
                terminal.press(Press::F(2)).press(Press::Ctrl('e')).press(Press::F(4));
            }
        }
        terminal.kill9();
    }
}

// Below the steps that were taken stood fifty blank rows, and then the ones that may be taken.
#[test]
fn on_a_tall_terminal_what_may_be_done_follows_what_was_done() {
    let laptop = laptop(96);
    let mut terminal = open(&laptop, (80, 60));
    terminal.keys("张守富").press(Press::Enter);
    let screen = terminal.screen();
    let row = |words: &str| screen.lines().position(|line| line.contains(words)).unwrap();
    assert!(row("1 受理") - row("登记  陈明") <= 4, "{screen}");
}

#[test]
fn an_issue_is_taken_from_screening_to_its_number_on_the_screen() {
    let laptop = laptop(81);
    let mut terminal = open(&laptop, SIZE);
    shows(&terminal, &["我的 3", "全部 3", "张守富", "农业农村", "较大", "待甄别", "(保密)"]);
    assert!(!terminal.screen().contains("王成友") && !terminal.screen().contains("机井"), "{}", terminal.screen());
    let screen = terminal.screen();
    let hidden = screen.lines().find(|line| line.contains("(保密)")).unwrap();
    assert!(!hidden.contains("东里") && screen.contains("东里"), "a village tells whose it is: {hidden}");

    terminal.keys("张守富").press(Press::Enter);
    shows(&terminal, &["3组机井坏了浇不上地", "登记  陈明", "1 受理", "2 政策不支持", "谁反馈: 陈明"]);
    terminal.keys("1");
    // The class as it was proposed stands there; the unit is what is asked for, and the cursor is there.
    shows(&terminal, &["受理", "较大", "责任单位"]);
    terminal.keys("镇水利站").press(Press::F(8));
    shows(&terminal, &["甄别  受理, 较大, 镇水利站", "待方案", "负责: 镇水利站", "1 提出方案", "记下了: 受理"]);

    // It is taken back, and taken once more.
    terminal.press(Press::Ctrl('z'));
    shows(&terminal, &["待甄别", "1 受理", "撤回了"]);
    terminal.keys("1").keys("镇水利站\r李明").press(Press::F(8));
    shows(&terminal, &["甄别  受理, 较大, 镇水利站, 李明"]);

    terminal.keys("1换泵, 清淤").press(Press::F(8));
    shows(&terminal, &["提出方案  换泵, 清淤", "办理中", "1 办结"]);
    terminal.keys("1泵换好了").press(Press::F(8));
    shows(&terminal, &["办结  泵换好了", "待反馈", "1 反馈"]);
    terminal.press(Press::Esc);
    assert!(terminal.screen().contains("待反馈 1"), "{}", terminal.screen());
    terminal.press(Press::Enter).keys("1").keys("1").press(Press::F(8));
    shows(&terminal, &["反馈  满意", "待销号", "1 销号"]);
    terminal.keys("1").press(Press::F(8));
    shows(&terminal, &["已销号, 编号 一组1-0001-", "销号编号: 一组1-0001-", "1 回头看"]);
    terminal.press(Press::Esc).press(Press::Ctrl('u')).keys("已销号");
    shows(&terminal, &["1 件", "一组1-0001-"]);

    // Whoever had the last one of the field has the next one by one key.
    terminal.press(Press::Ctrl('u')).keys("李桂英").press(Press::Enter).keys("1");
    shows(&terminal, &["上次农业农村交给: 镇水利站 李明"]);
    terminal.press(Press::Ctrl('y')).press(Press::F(8));
    shows(&terminal, &["甄别  受理, 较大, 镇水利站, 李明"]);
    // Somebody else speaks: other ones are theirs.
    terminal.press(Press::Esc).press(Press::Ctrl('u'));
    assert!(terminal.screen().contains("我的 2"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('r')).keys("李明\r");
    assert!(terminal.screen().contains("我的 1"), "{}", terminal.screen());
    // Tab goes through the usual words.
    terminal.press(Press::Tab);
    shows(&terminal, &["筛选: 我的", "1 件", "李桂英"]);
}

#[test]
fn what_is_refused_says_so_and_what_was_typed_stays_a_kill_included() {
    let laptop = laptop(82);
    let mut terminal = open(&laptop, SIZE);
    terminal.keys("王成友").press(Press::Enter);
    shows(&terminal, &["保密", "邻居家暴"]);
    // Handed over to the one whose it is already.
    let screen = terminal.screen();
    let at = screen.find(" 转交反馈").map(|at| screen[..at].chars().next_back().unwrap()).unwrap();
    terminal.keys(&at.to_string()).keys("陈明\r他认得这家").press(Press::F(8));
    shows(&terminal, &["本来就由 陈明 反馈", "他认得这家"]);
    assert_eq!(terminal.before_cursor(4), "陈明", "the cursor stands where it is wrong\n{}", terminal.screen());
    // Drafts are saved within a second, and none passes on these clocks: with another key they are.
    terminal.press(Press::Ctrl('s')).kill9();

    let mut terminal = laptop.start(SIZE, &[("ZOUFANG_STICKS", "/nowhere")], &[]);
    assert!(terminal.screen().contains("转交反馈 (F4)"), "{}", terminal.screen());
    assert!(!terminal.screen().contains("王成友 转交反馈"), "{}", terminal.screen());
    terminal.press(Press::F(4)).keys("王成友").press(Press::Enter).keys(&at.to_string());
    shows(&terminal, &["陈明", "他认得这家"]);
    terminal.press(Press::Ctrl('u')).keys("张锦秋").press(Press::F(8));
    shows(&terminal, &["转交反馈  张锦秋", "谁反馈: 张锦秋"]);

    // What rests on something else says what comes first, in words of the page.
    let screen = terminal.screen();
    let at = screen.find(" 解释").map(|at| screen[..at].chars().next_back().unwrap()).unwrap();
    terminal.keys(&at.to_string()).keys("说清了").press(Press::F(8));
    shows(&terminal, &["还没甄别", "或者先甄别.", "说清了"]);
    terminal.press(Press::Esc);

    // Covered, neither the words nor the person are to be seen.
    terminal.press(Press::Ctrl('b'));
    for hidden in ["王成友", "家暴", "他认得这家"] {
        assert!(!terminal.screen().contains(hidden), "{hidden}\n{}", terminal.screen());
    }
    terminal.press(Press::Ctrl('b')).press(Press::Ctrl('w'));
    shows(&terminal, &["工作日", "方案"]);
}

// The command line could turn a suggestion into a problem; the page could not.
#[test]
fn a_suggestion_that_was_answered_is_done_again_as_a_problem() {
    let laptop = laptop(85);
    behind(&laptop, |keeper| {
        let home = Request::new("household.add").with("head", "孙传宝").with("village", "东里东村");
        let home = ask(keeper, &home).name().unwrap();
        let record = Request::new("issue.record").with_name("household", home).with("text", "办个戏台");
        let issue = ask(keeper, &record.with("field", "culture").with("kind", "suggestion")).name().unwrap();
        let step = |word: &str| Request::new(word).with_name("issue", issue);
        ask(keeper, &step("issue.weigh").with("decision", "adopt").with("why", "端午办"));
        ask(keeper, &step("issue.feedback").with("answer", "satisfied"));
    });
    let mut terminal = open(&laptop, SIZE);
    terminal.keys("孙传宝").press(Press::Enter);
    shows(&terminal, &["已答复", "1 重办", "2 重办, 转成问题"]);
    terminal.keys("2").keys("台子塌了").press(Press::F(8));
    shows(&terminal, &["待甄别", "方案 5月25日前", "2 政策不支持"]);
}

// The cursor stayed in the line below the answer, and the next digit chose the way instead.
#[test]
fn whoever_is_not_unreachable_yet_is_told_so_with_the_cursor_in_the_answer() {
    let laptop = laptop(93);
    behind(&laptop, |keeper| {
        let home = Request::new("household.add").with("head", "孙传宝").with("village", "东里东村");
        let home = ask(keeper, &home).name().unwrap();
        let record = Request::new("issue.record").with_name("household", home).with("text", "路灯不亮");
        let issue = ask(keeper, &record.with("field", "environment")).name().unwrap();
        let step = |word: &str| Request::new(word).with_name("issue", issue);
        ask(keeper, &step("issue.screen").with("decision", "accept").with("class", "general").with("unit", "供电所"));
        ask(keeper, &step("issue.plan").with("text", "换灯"));
        ask(keeper, &step("issue.resolve").with("text", "换好了"));
    });
    let mut terminal = open(&laptop, SIZE);
    terminal.keys("孙传宝").press(Press::Enter).keys("1");
    shows(&terminal, &["5没联系到(再联系)", "6算联系不上(满次数)"]);
    terminal.keys("6").press(Press::F(8));
    shows(&terminal, &["才联系过 0 次, 满 3 次没联系到才算联系不上. 这次选 没联系到, 每次都记一笔."]);
    terminal.keys("5").press(Press::F(8));
    shows(&terminal, &["反馈  没联系到"]);
}

// In which visit a household was told could be said on the command line only.
#[test]
fn the_visit_in_which_a_household_was_told_is_offered() {
    let laptop = laptop(86);
    let solved = |keeper: &mut zoufang::app::Keeper, head: &str| {
        let home = Request::new("household.add").with("head", head).with("village", "东里东村");
        let home = ask(keeper, &home).name().unwrap();
        let record = Request::new("issue.record").with_name("household", home).with("text", "路灯不亮");
        let issue = ask(keeper, &record.with("field", "environment")).name().unwrap();
        let step = |word: &str| Request::new(word).with_name("issue", issue);
        ask(keeper, &step("issue.screen").with("decision", "accept").with("class", "general").with("unit", "供电所"));
        ask(keeper, &step("issue.plan").with("text", "换灯"));
        ask(keeper, &step("issue.resolve").with("text", "换好了"));
        home
    };
    let visit = behind(&laptop, |keeper| {
        let home = solved(keeper, "孙传宝");
        solved(keeper, "高宗海");
        let visit = Request::new("visit.start").with_name("household", home).with("kind", "phone");
        ask(keeper, &visit.with("on", "2021-05-18T19:42:00+08:00").with("minutes", 5)).name().unwrap()
    });
    let mut terminal = open(&laptop, SIZE);
    terminal.keys("孙传宝").press(Press::Enter).keys("1");
    shows(&terminal, &["哪次走访", "最近一次", "电话"]);
    terminal.keys("1").press(Press::Down).press(Press::Down).press(Press::Down);
    shows(&terminal, &["5月18日", "陈明"]);
    terminal.press(Press::F(8));
    shows(&terminal, &["反馈  满意, 电话", "待销号"]);
    // Nobody was there since: none is named, and none is asked for.
    terminal.press(Press::Esc).press(Press::Ctrl('u')).keys("高宗海").press(Press::Enter).keys("1");
    shows(&terminal, &["不是走访时"]);
    terminal.keys("1").press(Press::F(8));
    shows(&terminal, &["反馈  满意", "待销号"]);
    terminal.leave();
    terminal.wait_exit();
    behind(&laptop, |keeper| {
        let view = keeper.house().view();
        let mut told = Vec::new();
        view.each(&mut |record| {
            let steps = record.events().filter_map(|kept| zoufang::domain::flow::Taken::read(kept));
            let told_in = steps.filter(|step| step.step == zoufang::domain::StepWord::Feedback);
            told.extend(told_in.map(|step| step.fact("visit").and_then(zoufang::domain::Value::as_entity)));
            true
        })
        .unwrap();
        assert!(told.len() == 2 && told.contains(&Some(visit)) && told.contains(&None), "{told:?}");
    });
}

#[test]
fn days_are_written_as_people_say_them_and_another_issue_is_joined_by_its_household() {
    let laptop = laptop(83);
    let mut terminal = open(&laptop, SIZE);
    terminal.keys("张守富").press(Press::Enter).keys("3");
    terminal.keys("王成友");
    shows(&terminal, &["并案", "(保密)", "社会治理"]);
    // A day before it was recorded is refused, and the cursor goes there.
    terminal.press(Press::Up).keys("昨天");
    shows(&terminal, &["5月17日 周一"]);
    terminal.press(Press::F(8));
    shows(&terminal, &["登记的那天", "填 5月18日 到今天的日子, 空着就是今天."]);
    terminal.press(Press::Ctrl('u')).press(Press::F(8));
    shows(&terminal, &["甄别  并案", "农业农村 较大 并案"]);
}

#[test]
fn it_can_be_worked_with_at_forty_columns_in_english_and_without_a_mouse_or_a_number() {
    let laptop = laptop(84);
    for size in [(40, 12), SIZE, (200, 60)] {
        for lang in ["zh", "en"] {
            let mut terminal = laptop.start(size, &[("ZOUFANG_STICKS", "/nowhere"), ("ZOUFANG_LANG", lang)], &[]);
            // The menu and the palette lead there too.
            terminal.press(Press::Esc).keys("04");
            assert!(terminal.screen().contains("张守富"), "{size:?}\n{}", terminal.screen());
            terminal.press(Press::F(2)).press(Press::Ctrl('p')).keys("issues\r");
            terminal.keys("张守富").press(Press::Enter);
            assert!(terminal.screen().contains("机井"), "{size:?}\n{}", terminal.screen());
            let accept = if lang == "zh" { "1 受理" } else { "1 accepted" };
            shows(&terminal, &[accept, "陈明", if lang == "zh" { "待甄别" } else { "to be screened" }]);
            // Where it stands and the key that explains its day were cut at 40 columns.
            let screen = terminal.screen();
            assert!(!screen.lines().any(|line| line.trim_end().ends_with('~')), "{size:?}\n{screen}");
            terminal.keys("1").keys("水利站");
            assert_eq!(terminal.before_cursor(6), "水利站", "{}", terminal.screen());
            terminal.press(Press::Ctrl('u')).press(Press::Esc).press(Press::Esc);
            assert!(terminal.line(2).contains("筛选") || terminal.line(2).contains("Narrow"), "{}", terminal.screen());
            terminal.leave();
            terminal.wait_exit();
        }
    }
}

/// An issue of a household that was answered and closed out, and looked at again with a result.
fn looked_at_again(keeper: &mut zoufang::app::Keeper, home: zoufang::domain::Name, result: &str) {
    let record = Request::new("issue.record").with_name("household", home).with("text", "水管又漏了");
    let issue = ask(keeper, &record.with("field", "environment").with("class", "general")).name().unwrap();
    let step = |word: &str| Request::new(word).with_name("issue", issue);
    ask(keeper, &step("issue.screen").with("decision", "accept").with("class", "general").with("unit", "镇水利站"));
    ask(keeper, &step("issue.plan").with("text", "换管"));
    ask(keeper, &step("issue.resolve").with("text", "换好了"));
    ask(keeper, &step("issue.feedback").with("answer", "satisfied"));
    ask(keeper, &step("issue.close"));
    ask(keeper, &step("issue.look_back").with("result", result));
}

// The number stood in the column of the day for good, also over due: the list and the case said otherwise.
#[test]
fn what_is_done_again_shows_its_new_day_and_not_the_number_of_the_first_time() {
    let laptop = laptop(87);
    behind(&laptop, |keeper| {
        for (head, result) in [("孙传宝", "relapse"), ("高宗海", "stable")] {
            let home = ask(keeper, &Request::new("household.add").with("head", head).with("village", "东里东村"));
            looked_at_again(keeper, home.name().unwrap(), result);
        }
    });
    let mut terminal = open(&laptop, SIZE);
    terminal.keys("孙传宝");
    let row = terminal.line(4);
    assert!(row.contains("重办") && row.contains("回复 还有") && !row.contains("一组1-0001"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("高宗海");
    let row = terminal.line(4);
    assert!(row.contains("稳定") && row.contains("一组1-0002-"), "{}", terminal.screen());
}

// It was said to be the whole village's, and somebody might have answered the village.
#[test]
fn an_issue_whose_household_has_not_come_here_yet_is_nobody_elses() {
    let (first, second, third) = (Laptop::new(88), Laptop::new(89), Laptop::new(90));
    let stick = tempfile::tempdir().unwrap();
    for (laptop, group) in [(&first, "一组"), (&second, "二组"), (&third, "三组")] {
        set_up(laptop, group, "陈明");
    }
    let merge = |laptop: &Laptop, file: &std::path::Path| {
        behind(laptop, |keeper| {
            let parcel = keeper.open_parcel(file).unwrap().accepted();
            keeper.merge(parcel).unwrap();
            while keeper.work().unwrap() {}
        });
    };
    let roster = behind(&first, |keeper| {
        ask(keeper, &Request::new("household.add").with("head", "黄月").with("village", "东里东村"));
        keeper.export(stick.path(), None).unwrap().path
    });
    merge(&second, &roster);
    let issues = behind(&second, |keeper| {
        let home = super::office::household(keeper, 0);
        let record = Request::new("issue.record").with_name("household", home).with("text", "没有路灯");
        ask(keeper, &record.with("field", "environment"));
        keeper.export(stick.path(), Some(first.seed)).unwrap().path
    });
    merge(&third, &issues);
    let mut terminal = open(&third, SIZE);
    shows(&terminal, &["(未传到)", "全部 1"]);
    assert!(!terminal.screen().contains("全村"), "{}", terminal.screen());
    terminal.press(Press::Enter).press(Press::Tab);
    shows(&terminal, &["还没传到这台电脑"]);
    // The rest has come: it has its name.
    terminal.leave();
    terminal.wait_exit();
    merge(&third, &roster);
    shows(&open(&third, SIZE), &["黄月"]);
}

// The words of scripts stood on the screen: 缺少责任人 “person”.
#[test]
fn what_is_left_empty_is_named_by_its_line_and_a_day_of_another_year_says_so() {
    let laptop = laptop(91);
    let mut terminal = open(&laptop, SIZE);
    terminal.keys("张守富").press(Press::Enter).keys("1").press(Press::Ctrl('u')).press(Press::F(8));
    terminal.press(Press::Ctrl('z'));
    terminal.keys("1").keys("镇水利站").press(Press::F(8)).keys("1").press(Press::F(8));
    shows(&terminal, &["还没填 内容."]);
    assert!(!terminal.screen().contains("text"), "{}", terminal.screen());
    terminal.keys("分三期").press(Press::Down).press(Press::Down).press(Press::Down).press(Press::Down);
    terminal.keys("2022-7-1");
    shows(&terminal, &["2022年7月1日 周五"]);
    terminal.press(Press::Ctrl('u')).keys("7-1");
    shows(&terminal, &["7月1日 周四"]);
    assert!(!terminal.screen().contains("2021年7月"), "{}", terminal.screen());
}

// Joined to another one its day is that one's, and nothing said why.
#[test]
fn the_day_of_what_was_joined_is_explained() {
    let laptop = laptop(92);
    let mut terminal = open(&laptop, SIZE);
    terminal.keys("张守富").press(Press::Enter).keys("3").keys("李桂英").press(Press::F(8));
    shows(&terminal, &["并案"]);
    terminal.press(Press::Ctrl('w'));
    shows(&terminal, &["并到了另一件, 照那一件的时限."]);
}

// The card and the visit said where a stock issue came from, and the page where it is worked on did not.
#[test]
fn the_page_of_a_stock_issue_says_where_it_came_from() {
    let laptop = Laptop::new(92);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        let home = ask(keeper, &Request::new("household.add").with("head", "张守富").with("village", "东里东村"));
        let issue =
            Request::new("issue.record").with_name("household", home.name().unwrap()).with("text", "村头路灯不亮");
        let issue = issue.with("field", "governance").with("kind", "stock").with("source", "hotline");
        ask(keeper, &issue.with("received", "2021-04-20"));
        keeper.close().unwrap();
    });
    let mut terminal = open(&laptop, SIZE);
    terminal.keys("张守富").press(Press::Enter);
    shows(&terminal, &["村头路灯不亮", "来源: 12345热线, 4-20"]);
}
