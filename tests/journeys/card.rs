//! The card of a household: what is written there, and what is asked about before it is recorded.

use zoufang::app::Request;
use zoufang::domain::facts::{self, Fact, Shape};
use zoufang::domain::{Household, Name, Record, Sort};
use zoufang::text::Lang;

use super::harness::{Laptop, Press, Terminal};
use super::office::{ask, behind, household, import_bytes, set_up};

/// Opens the facts of a household.
fn facts(seed: u64) -> (Laptop, Name, Terminal) {
    let laptop = Laptop::new(seed);
    set_up(&laptop, "一组", "陈明");
    let home = behind(&laptop, |keeper| {
        ask(keeper, &Request::new("household.add").with("head", "张守富").with("village", "东里东村")).name().unwrap()
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Enter).keys("5");
    (laptop, home, terminal)
}

/// Goes to a fact by its name.
fn go_to(terminal: &mut Terminal, fact: &str) {
    let is_there = |line: &str| line.starts_with('>') && line.contains(fact);
    for _ in 0..40 {
        if terminal.screen().lines().any(is_there) {
            return;
        }
        terminal.press(Press::Down);
    }
    panic!("{fact}\n{}", terminal.screen());
}

fn known(laptop: &Laptop, home: Name) -> Household {
    behind(laptop, |keeper| keeper.house().household(home).unwrap())
}

// A slip of a finger made somebody born in 2090, and nobody said anything.
#[test]
fn a_year_of_birth_to_come_is_asked_about_and_recorded_when_it_is_said_again() {
    let (laptop, home, mut terminal) = facts(80);
    go_to(&mut terminal, "出生年");
    terminal.keys("2090\r");
    assert!(
        terminal.notice().contains("出生年 2090 比今年还晚, 写错了就改. 真是这样就再按一次 Enter"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Ctrl('u')).keys("1950\r");
    go_to(&mut terminal, "出生年");
    terminal.keys("2091\r\r");
    terminal.leave();
    terminal.wait_exit();
    assert_eq!(known(&laptop, home).birth_year, Some(2091));
}

// Enter behind the digit, as everywhere, went past the year of birth: 1 of 1958 said 健康, and 958 stood in the phone.
#[test]
fn enter_behind_a_digit_of_a_form_skips_no_line() {
    let (_laptop, _, mut terminal) = facts(84);
    terminal.press(Press::End);
    go_to(&mut terminal, "添成员");
    terminal.press(Press::Enter).keys("刘桂芝\r老伴\r").keys("2\r").keys("1958\r").keys("2\r");
    terminal.keys("19603000").press(Press::F(8));
    // Half a mobile, or a land line without its area code: it was taken without a word.
    assert!(
        terminal.notice().contains("电话只有 8 位; 手机 11 位, 座机写上区号. 真是这样就再按一次 F8."),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Ctrl('u')).keys("13853301234").press(Press::F(8));
    go_to(&mut terminal, "刘桂芝");
    terminal.press(Press::Enter);
    let screen = terminal.screen();
    for line in ["性别  女", "出生年  1958", "身体状况  慢性病", "电话  13853301234"] {
        assert!(screen.contains(line), "{line}\n{screen}");
    }
}

// 女 at 性别, 高血压 at 身体状况 and 青岛打工 at 在外 were thrown away, and half a member was not marked in the list.
#[test]
fn words_typed_where_a_line_is_picked_are_the_choice_or_stand_in_the_remark_and_half_a_member_is_marked() {
    let (_laptop, _, mut terminal) = facts(88);
    terminal.press(Press::End);
    go_to(&mut terminal, "添成员");
    terminal.press(Press::Enter).keys("刘桂芝\r老伴\r").keys("女\r1958\r").keys("高血压");
    let screen = terminal.screen();
    assert!(screen.contains("“高血压” 不在这几项里, 写进备注了.") && screen.contains("备注  高血压"), "{screen}");
    terminal.keys("\r\r").paste("青岛打工").keys("\r");
    let screen = terminal.screen();
    for line in ["性别  女", "出生年  1958", "备注  高血压 青岛打工"] {
        assert!(screen.contains(line), "{line}\n{screen}");
    }
    terminal.press(Press::Up).keys("no").press(Press::Down);
    assert!(terminal.screen().contains("在外  否"), "{}", terminal.screen());
    terminal.press(Press::Esc).keys("00");
    go_to(&mut terminal, "添成员");
    let row = |terminal: &Terminal| terminal.screen().lines().find(|row| row.contains("添成员")).map(str::to_owned);
    assert!(row(&terminal).is_some_and(|row| row.contains("没写完: 刘桂芝")), "{}", terminal.screen());
    assert!(!terminal.screen().contains("高血压"), "what other eyes must not see stays in the form");
    terminal.press(Press::Enter).press(Press::F(8));
    assert!(!terminal.screen().contains("没写完"), "{}", terminal.screen());
    go_to(&mut terminal, "刘桂芝");
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("备注  高血压 青岛打工"), "{}", terminal.screen());
}

// Where one picks on the list of facts itself words went nowhere.
#[test]
fn words_typed_where_a_fact_is_picked_are_the_choice_or_another_line_or_stand_in_the_remark() {
    let (laptop, home, mut terminal) = facts(85);
    go_to(&mut terminal, "性别");
    // As many keys as Enter and its digit.
    let before = terminal.pressed();
    terminal.keys("女");
    assert!(terminal.screen().contains("“女”: Enter 记下 女."), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert_eq!(terminal.pressed() - before, 2);
    go_to(&mut terminal, "户类别");
    terminal.press(Press::Enter).keys("gtgs");
    assert!(terminal.screen().contains("“gtgs” 不在这几项里; Enter 写到备注里."), "{}", terminal.screen());
    terminal.keys("h");
    assert!(terminal.screen().contains("“gtgsh”: Enter 记下 个体工商户."), "{}", terminal.screen());
    // Half typed it is there after a kill, and marked in the list.
    terminal.press(Press::Backspace);
    terminal.kill9();
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Enter).keys("5");
    go_to(&mut terminal, "户类别");
    assert!(terminal.screen().contains("没写完: gtgs"), "{}", terminal.screen());
    terminal.press(Press::Enter).keys("h\r");
    // A digit picks behind a word.
    terminal.press(Press::Home);
    go_to(&mut terminal, "状态");
    terminal.keys("qian").keys("1");
    assert!(!terminal.screen().contains("qian"), "{}", terminal.screen());
    // The name of another line leads there, and a paste is a word like any other.
    terminal.press(Press::Home);
    go_to(&mut terminal, "长期在外");
    terminal.keys("zjg\r");
    go_to(&mut terminal, "备注");
    assert!(terminal.screen().contains("zjg"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("\r");
    terminal.press(Press::Home);
    go_to(&mut terminal, "长期在外");
    terminal.keys("mp\r").keys("12号\r");
    terminal.press(Press::Home);
    go_to(&mut terminal, "长期在外");
    terminal.paste("耳背, 说话大声些").keys("\r");
    assert!(terminal.notice().contains("写到备注里了"), "{}", terminal.screen());
    terminal.keys("\r");
    terminal.leave();
    terminal.wait_exit();
    let known = known(&laptop, home);
    let says = [&known.sex, &known.kind, &known.standing, &known.door, &known.remark];
    assert_eq!(says, ["female", "self_employed", "here", "12号", "耳背, 说话大声些"]);
}

// Only 2020-10-01 was taken, while every other day may be written as people say it.
#[test]
fn since_when_somebody_is_away_is_written_as_people_say_it() {
    let (_laptop, _, mut terminal) = facts(81);
    go_to(&mut terminal, "在外自");
    terminal.keys("很久了\r");
    assert!(
        terminal.notice().contains("看不懂 “很久了”") && terminal.screen().contains("很久了"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Ctrl('u')).keys("去年10月\r");
    assert!(terminal.notice().contains("在外自 记作 2020年10月1日"), "{}", terminal.screen());
    assert!(terminal.screen().contains("在外自  2020-10-01"), "{}", terminal.screen());
    terminal.press(Press::Enter).press(Press::Ctrl('u')).keys("５.１２\r");
    assert!(terminal.screen().contains("在外自  2021-05-12"), "{}", terminal.screen());
    terminal.press(Press::Enter).press(Press::Ctrl('u')).keys("2019\r");
    assert!(terminal.screen().contains("在外自  2019-01-01"), "{}", terminal.screen());
}

/// Every fact of a household, what is typed for it, and what is then recorded. Of a closed list a digit is typed.
const HOUSEHOLD: &[(&str, &str, &str)] = &[
    ("head", "张守贵", "张守贵"),
    ("sex", "2", "female"),
    ("birth_year", "1950", "1950"),
    ("kind", "3", "self_employed"),
    ("town", "东里镇", "东里镇"),
    ("village", "东里西村", "东里西村"),
    ("group", "３组", "3"),
    ("door", "12号", "12号"),
    ("nickname", "老守", "老守"),
    ("spouse", "李桂英", "李桂英"),
    ("size", "5", "5"),
    ("wechat", "zsg1950", "zsg1950"),
    ("away", "1", "yes"),
    ("away_reason", "打工", "打工"),
    ("away_since", "2020-10-01", "2020-10-01"),
    ("paired", "陈明", "陈明"),
    ("preferred_time", "晚上", "晚上"),
    ("standing", "2", "moved"),
    ("remark", "耳背", "耳背"),
];

/// The same of a member, in the order of the form.
const MEMBER: &[(&str, &str, &str)] = &[
    ("name", "李桂英", "李桂英"),
    ("relation", "妻子", "妻子"),
    ("sex", "2", "female"),
    ("birth_year", "1952", "1952"),
    ("health", "2", "chronic"),
    ("phone", "13853301234", "13853301234"),
    ("away", "1", "yes"),
    ("remark", "做饭", "做饭"),
];

/// Tells whether a record says of a fact what was typed.
fn says(record: &Record, key: &str, sort: Sort, wanted: &str) -> bool {
    let fact = facts::find(sort, key).unwrap();
    record.value(key) == Some(&fact.parse(wanted).unwrap())
}

// Whatever can be known of a household and its members is written on the card, by keys alone.
#[test]
fn every_fact_is_edited_once_through_the_card() {
    for (sort, table) in [(Sort::Household, HOUSEHOLD), (Sort::Member, MEMBER)] {
        let all = facts::FACTS.iter().filter(|fact| fact.sort == sort && !fact.key.ends_with('/'));
        let all: Vec<&str> = all.map(|fact| fact.key).collect();
        assert_eq!(table.iter().map(|(key, ..)| *key).collect::<Vec<_>>(), all, "a fact that nobody edits here");
    }
    let (laptop, home, mut terminal) = facts(82);
    for (key, typed, _) in HOUSEHOLD {
        let fact = facts::find(Sort::Household, key).unwrap();
        go_to(&mut terminal, fact.name.get(Lang::Zh));
        terminal.press(Press::Enter);
        if !matches!(fact.shape, Shape::Choice(_) | Shape::Yes) {
            terminal.press(Press::Ctrl('u'));
        }
        terminal.keys(typed);
        if !matches!(fact.shape, Shape::Choice(_) | Shape::Yes) {
            terminal.press(Press::Enter);
        }
        terminal.press(Press::Home);
    }
    go_to(&mut terminal, "添电话");
    terminal.press(Press::Enter).keys("13853305678\r");
    terminal.press(Press::End).press(Press::Enter);
    for (key, typed, _) in MEMBER {
        terminal.keys(typed);
        // A digit of a closed list goes on to the next line by itself.
        if !matches!(facts::find(Sort::Member, key).unwrap().shape, Shape::Choice(_) | Shape::Yes) {
            terminal.press(Press::Down);
        }
    }
    terminal.press(Press::F(8));
    assert!(terminal.screen().contains("做饭"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    behind(&laptop, |keeper| {
        let house = keeper.house();
        assert_eq!(house.household(home).unwrap().phones, ["13853305678"]);
        house.shelf(|shelf, view| {
            let record = view.record(home).unwrap().unwrap();
            for (key, typed, wanted) in HOUSEHOLD {
                assert!(says(&record, key, Sort::Household, wanted), "{key} {typed}: {:?}", record.value(key));
            }
            let members = shelf.members_of(home, view).unwrap();
            assert_eq!(members.len(), 1);
            let record = &members[0];
            for (key, typed, wanted) in MEMBER {
                assert!(says(record, key, Sort::Member, wanted), "{key} {typed}: {:?}", record.value(key));
            }
        });
    });
}

// The household's facts told who wrote them; of a member all there was stood in one list, or the household's own.
#[test]
fn each_fact_of_a_member_tells_who_wrote_it_when_on_which_laptop_and_what_stood_there() {
    let (laptop, home, mut terminal) = facts(83);
    terminal.leave();
    terminal.wait_exit();
    behind(&laptop, |keeper| {
        let add =
            Request::new("member.add").with_name("household", home).with("name", "刘桂芝").with("relation", "老伴");
        let member = ask(keeper, &add.with("phone", "13853301111")).name().unwrap();
        let set = || Request::new("member.set").with_name("member", member);
        ask(keeper, &set().with("phone", "13853302222"));
        ask(keeper, &set().with("health", "chronic"));
        // The household's own phone is none of hers.
        ask(keeper, &Request::new("household.set").with_name("household", home).with("phone", "13853309999"));
        keeper.close().unwrap();
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Enter).keys("5");
    go_to(&mut terminal, "老伴");
    terminal.press(Press::Tab);
    let screen = terminal.screen();
    assert!(screen.contains("刘桂芝") && screen.contains("慢性病") && !screen.contains("新建户"), "{screen}");
    terminal.press(Press::Enter).press(Press::Enter);
    for _ in 0..5 {
        terminal.press(Press::Down);
    }
    terminal.press(Press::Ctrl('f'));
    let screen = terminal.screen();
    assert!(screen.contains("2 条") && screen.contains("13853302222") && screen.contains("13853301111"), "{screen}");
    assert!(!screen.contains("3309999") && !screen.contains("慢性病"), "{screen}");
    assert!(screen.contains("一组") && screen.contains("陈明"), "who, and on which laptop\n{screen}");
    // Covered, a phone of hers is not told either.
    terminal.press(Press::Ctrl('b'));
    let screen = terminal.screen();
    assert!(!screen.contains("3302222") && screen.contains("已遮挡 (Ctrl-B)") && !screen.contains("0 条"), "{screen}");
    terminal.press(Press::Ctrl('b')).press(Press::Enter);
    assert!(terminal.screen().contains("改家庭成员"), "{}", terminal.screen());
    // Of one that is not recorded yet there is nothing to tell.
    terminal.press(Press::F(8)).press(Press::End).press(Press::Enter).press(Press::Ctrl('f'));
    assert!(terminal.line_from_below(1).contains("还没有记下"), "{}", terminal.screen());
}

/// Gives what a fact is changed from and to: as it is written, and as it is read.
fn two(fact: &Fact) -> [(String, String); 2] {
    let same = |text: String| (text.clone(), text);
    match fact.shape {
        // The last ones first: what is chosen in the end leaves the household where it is.
        Shape::Choice(list) => [&list[1], &list[0]].map(|one| (one.word.to_owned(), one.name.zh.to_owned())),
        Shape::Yes => [("yes", "是"), ("no", "否")].map(|(word, said)| (word.to_owned(), said.to_owned())),
        Shape::Number(least, _) => [least + 51, least + 62].map(|number| same(number.to_string())),
        Shape::Day => ["2019-03-02", "2020-10-01"].map(|day| same(day.to_owned())),
        Shape::Text => ["旧的甲", "新的乙"].map(|text| same(text.to_owned())),
        shape => panic!("{} is of a shape that no form has: {shape:?}", fact.key),
    }
}

/// Tells whether a history says of a fact what it was and what it is: the old as no longer standing, the new as standing.
fn tells(screen: &str, old: &str, new: &str) -> bool {
    let rows: Vec<&str> = screen.lines().map(str::trim_end).collect();
    let stands = |words: &str| rows.iter().any(|row| row.ends_with(&format!("  {words}")) && !row.contains("(旧)"));
    rows.iter().any(|row| row.ends_with(&format!("(旧) {old}"))) && stands(new) && !stands(old)
}

// Of a phone of the roster `名册第 408 行 在用` stood there, after a correction `电话 199****5~ 不用了`: what it was could not be read
// anywhere. And a roster's word went on as if it stood.
#[test]
fn every_fact_of_a_household_and_of_a_member_is_read_in_its_history_as_it_was_and_as_it_is() {
    let laptop = Laptop::new(85);
    set_up(&laptop, "一组", "陈明");
    let facts_of = |sort| facts::FACTS.iter().filter(move |fact| fact.sort == sort && !fact.key.ends_with('/'));
    behind(&laptop, |keeper| {
        let roster = "户主姓名,村居,组别,门牌号,联系电话\n张守富,东里东村,3组,12号,19912345555 13853301234\n";
        import_bytes(keeper, roster.as_bytes(), "名册.csv");
        let home = household(keeper, 0);
        let set = || Request::new("household.set").with_name("household", home);
        // What the roster says first of a fact is read too, once people wrote over it.
        ask(keeper, &set().with("phone/19912345555", "").with("phone", "13853305678"));
        let member = ask(keeper, &Request::new("member.add").with_name("household", home).with("name", "某人"));
        let member = member.name().unwrap();
        for at in [0, 1] {
            for fact in facts_of(Sort::Household) {
                ask(keeper, &set().with(fact.key, two(fact)[at].0.as_str()));
            }
            for fact in facts_of(Sort::Member) {
                let set = Request::new("member.set").with_name("member", member);
                ask(keeper, &set.with(fact.key, two(fact)[at].0.as_str()));
            }
        }
        keeper.close().unwrap();
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Enter).keys("5");
    for fact in facts_of(Sort::Household) {
        go_to(&mut terminal, fact.name.zh);
        terminal.press(Press::Tab);
        let (screen, [(_, old), (_, new)]) = (terminal.screen(), two(fact));
        assert!(screen.contains(fact.name.zh) && tells(&screen, &old, &new), "{}: {old}, {new}\n{screen}", fact.key);
        terminal.press(Press::Enter).press(Press::Home);
    }
    go_to(&mut terminal, "村(居)");
    terminal.press(Press::Tab);
    assert!(tells(&terminal.screen(), "东里东村", "新的乙"), "the roster's word\n{}", terminal.screen());
    terminal.press(Press::Enter).press(Press::Home);
    for line in ["138 5330 1234", "138 5330 5678", "添电话"] {
        go_to(&mut terminal, line);
        terminal.press(Press::Tab);
        let screen = terminal.screen();
        assert!(tells(&screen, "199 1234 5555 在用", "199 1234 5555 不用了"), "{screen}");
        assert!(screen.contains("  138 5330 1234 在用") && screen.contains("  138 5330 5678 在用"), "{screen}");
        assert!(!screen.contains("****"), "{screen}");
        terminal.press(Press::Ctrl('b'));
        let covered = terminal.screen();
        assert!(["5555", "1234", "5678"].iter().all(|digits| !covered.contains(digits)), "{covered}");
        terminal.press(Press::Ctrl('b')).press(Press::Enter).press(Press::Home);
    }
    // The member stands before the line that adds another one.
    terminal.press(Press::End);
    go_to(&mut terminal, "添成员");
    terminal.press(Press::Up).press(Press::Enter);
    for fact in facts_of(Sort::Member) {
        terminal.press(Press::Ctrl('f'));
        let (screen, [(_, old), (_, new)]) = (terminal.screen(), two(fact));
        assert!(screen.contains(fact.name.zh) && tells(&screen, &old, &new), "{}: {old}, {new}\n{screen}", fact.key);
        terminal.press(Press::Enter).press(Press::Down);
    }
}

// Ctrl-P, which stood in the footer in the place of F8, opened a list that began with 返回: Enter left the form, and nothing was
// recorded.
#[test]
fn a_form_is_recorded_on_a_laptop_whose_f_keys_do_nothing() {
    let laptop = Laptop::new(57);
    set_up(&laptop, "一组", "陈明");
    let home = behind(&laptop, |keeper| {
        ask(keeper, &Request::new("device.terminal").with("no_f_keys", true));
        ask(keeper, &Request::new("household.add").with("head", "张守富").with("village", "东里东村")).name().unwrap()
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Enter).keys("3明天 19:30");
    terminal.press(Press::Ctrl('p')).press(Press::Enter);
    assert!(terminal.screen().contains("1 开始走访"), "the card again\n{}", terminal.screen());
    // The digits of its menu are the same on a line that is picked, and no choice stands there that is none.
    terminal.keys("3后天 19:30\r").press(Press::Esc);
    let screen = terminal.screen();
    assert!(screen.contains(" 2  记下") && screen.contains("选第 2 项") && !screen.contains("选第 7 项"), "{screen}");
    terminal.keys("2");
    assert!(terminal.screen().contains("1 开始走访"), "the card again\n{}", terminal.screen());
    terminal.kill9();
    let made =
        behind(&laptop, |keeper| keeper.house().shelf(|shelf, _| shelf.children_of(home, Sort::Appointment).count()));
    assert_eq!(made, 1);
}
