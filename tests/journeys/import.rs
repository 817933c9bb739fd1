//! A roster comes in: looked at first, brought in with Enter, and nothing twice.

use super::harness::{Laptop, Press, Terminal};
use super::office;

const SIZE: (u16, u16) = (80, 24);

/// Opens the page from the exchange page, which F7 opens everywhere.
pub fn open(laptop: &Laptop, stick: &str) -> Terminal {
    let mut terminal = laptop.start(SIZE, &[("ZOUFANG_STICKS", stick)], &[]);
    terminal.press(Press::F(7));
    if terminal.screen().contains("Esc 不换") {
        terminal.press(Press::Esc);
    }
    terminal.keys("5");
    assert!(terminal.screen().contains("导入名册"), "{}", terminal.screen());
    terminal
}

#[test]
fn a_roster_found_on_the_stick_is_shown_as_understood_then_brought_in_once() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    let stick = tempfile::tempdir().unwrap();
    std::fs::copy(office::roster("r500.xlsx"), stick.path().join("东里名单.xlsx")).unwrap();
    let mut terminal = open(&laptop, &stick.path().to_string_lossy());
    assert!(terminal.screen().contains("> 东里名单.xlsx"), "{}", terminal.screen());

    terminal.press(Press::Enter);
    let screen = terminal.screen();
    for words in ["Enter 导入", "户主", "联系电话", "表头", "待核对 34 处", "不用的行:", "还什么都没有改"]
    {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    // Other eyes are in the room: the samples of the phone column are masked.
    let phones = screen.lines().find(|line| line.contains("联系电话")).unwrap();
    assert!(phones.contains("****") && !phones.contains("13658683449"), "{screen}");
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("东里名单.xlsx: 已导入, 新 "), "{}", terminal.screen());

    terminal.press(Press::Tab).press(Press::Enter);
    assert!(terminal.screen().contains("已经导入过"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("没有新内容"), "{}", terminal.screen());

    terminal.keys("1");
    assert!(terminal.line(1).contains("待核对"), "{}", terminal.screen());
    let before = terminal.line(1);
    terminal.keys("3");
    assert_ne!(terminal.line(1), before, "a checked cell leaves the list\n{}", terminal.screen());
}

// Its first row is worded like the place on F2, and took it out of the menu.
#[test]
fn the_end_of_an_import_leaves_every_place_its_digits() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    let mut terminal = open(&laptop, "/nowhere");
    terminal.keys(&format!("{}\r", office::roster("r500.xlsx").display())).press(Press::Enter);
    assert!(terminal.screen().contains("Enter 住户"), "{}", terminal.screen());
    terminal.press(Press::Esc);
    assert!(terminal.screen().contains("02  住户"), "{}", terminal.screen());
    terminal.keys("02");
    assert!(terminal.screen().contains("查找:"), "{}", terminal.screen());
}

// The same list in another form is the same operations.
#[test]
fn the_same_list_as_csv_is_known_and_leaving_the_page_changes_nothing() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    let mut terminal = open(&laptop, "/nowhere");
    assert!(terminal.screen().contains("没找到"), "{}", terminal.screen());
    terminal.keys(&format!("{}\r", office::roster("r500.xlsx").display()));
    terminal.press(Press::Esc);
    // The path that was typed is there once more.
    terminal.keys("5").press(Press::Enter);
    assert!(terminal.screen().contains("Enter 导入"), "{}", terminal.screen());
    assert!(!terminal.screen().contains("已经导入过"), "{}", terminal.screen());
    terminal.press(Press::Enter).press(Press::Tab);
    terminal.keys(&format!("{}\r", office::roster("r500_gbk.csv").display()));
    assert!(terminal.screen().contains("已经导入过"), "{}", terminal.screen());
}

#[test]
fn a_file_that_is_no_roster_says_so_and_the_path_is_still_there() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    let mut terminal = open(&laptop, "/nowhere");
    terminal.keys("/nowhere/名单.xlsx\r");
    assert!(terminal.screen().contains("打不开 名单.xlsx"), "{}", terminal.screen());
    assert!(terminal.line(1).contains("/nowhere/名单.xlsx"), "{}", terminal.screen());
    // The sentence goes as soon as the path is another one.
    terminal.press(Press::Backspace);
    assert!(!terminal.screen().contains("打不开"), "{}", terminal.screen());
    terminal.keys("x\r");
    assert!(terminal.screen().contains("打不开 名单.xlsx"), "{}", terminal.screen());
    terminal.kill9();
    let terminal = open(&laptop, "/nowhere");
    assert!(terminal.line(1).contains("/nowhere/名单.xlsx"), "{}", terminal.screen());
}

// By the palette, in the initials of its words: 名册还给镇街.
#[test]
fn the_cleaned_roster_goes_to_the_stick_by_the_palette_and_nothing_there_is_written_over() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    let stick = tempfile::tempdir().unwrap();
    std::fs::copy(office::roster("r500.xlsx"), stick.path().join("东里名单.xlsx")).unwrap();
    let mut terminal = open(&laptop, &stick.path().to_string_lossy());
    terminal.press(Press::Enter).press(Press::Enter).press(Press::Enter);
    for _ in 0..2 {
        terminal.press(Press::Ctrl('p')).keys("mchg").press(Press::Enter);
        assert!(terminal.screen().contains("已写好 东里名单-核对后-5月18日"), "{}", terminal.screen());
    }
    let mut files: Vec<String> = std::fs::read_dir(stick.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    assert_eq!(files, ["东里名单-核对后-5月18日-2.xlsx", "东里名单-核对后-5月18日.xlsx", "东里名单.xlsx"]);
}

// Nothing says which of two columns of names counts: said once, then never again.
#[test]
fn a_wrong_guess_is_corrected_on_the_spot_and_the_next_list_of_this_shape_is_read_so() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    let stick = tempfile::tempdir().unwrap();
    let list = |name: &str, rows: &str| {
        std::fs::write(stick.path().join(name), format!("序号,甲,乙,联系电话\n{rows}")).unwrap();
    };
    list("五月.csv", "1,张守富,李桂英,13853301234\n2,王成友,刘玉珍,13853301235\n3,孙传宝,赵淑芬,13853301236\n");
    let mut terminal = open(&laptop, &stick.path().to_string_lossy());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("户主姓名    100% 的内容像   张守富"), "{}", terminal.screen());
    terminal.press(Press::Down).press(Press::Down).keys("1");
    assert!(terminal.screen().contains("C 列 “乙” 是什么"), "{}", terminal.screen());
    terminal.keys("1");
    let screen = terminal.screen();
    assert!(screen.contains("您指定的") && screen.contains("新 3 户") && screen.contains("您指定了: 1 列"), "{screen}");
    terminal.keys("4");
    assert!(terminal.screen().contains("户类别 结对帮扶"), "{}", terminal.screen());
    // Enter right behind a digit is a habit: what the digit did is looked at first.
    terminal.press(Press::Enter);
    assert!(terminal.notice().contains("请看一眼; 对就再按 Enter 导入"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("已导入, 新 3 户"), "{}", terminal.screen());

    std::fs::remove_file(stick.path().join("五月.csv")).unwrap();
    list("六月.csv", "1,张守富,高宗海,13853301237\n2,王成友,任淑兰,13853301238\n3,孙传宝,江秀云,13853301239\n");
    terminal.press(Press::Tab).press(Press::Ctrl('f')).press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("您指定了: 1 列, 户类别 结对帮扶") && screen.contains("新 3 户"), "{screen}");
    terminal.keys("7");
    assert!(!terminal.screen().contains("您指定"), "{}", terminal.screen());
    terminal.press(Press::Esc);

    // A list without any names is shown all the same, and Enter says what to do.
    std::fs::remove_file(stick.path().join("六月.csv")).unwrap();
    std::fs::write(stick.path().join("无名.csv"), "序号,联系电话,人口\n1,13853301234,4\n2,13853301235,3\n").unwrap();
    terminal.keys("5").press(Press::Enter);
    assert!(terminal.screen().contains("没有找到姓名这一列"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("还不知道哪一列是户主姓名"), "{}", terminal.screen());
}

#[test]
fn an_import_is_taken_back_with_one_key_and_brought_back_by_importing_again() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    let stick = tempfile::tempdir().unwrap();
    std::fs::copy(office::roster("r500.xlsx"), stick.path().join("东里名单.xlsx")).unwrap();
    let mut terminal = open(&laptop, &stick.path().to_string_lossy());
    terminal.press(Press::Enter).press(Press::Enter).keys("2");
    assert!(terminal.screen().contains("已撤销导入"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("0 / 0 户"), "{}", terminal.screen());
    terminal.press(Press::F(7)).keys("5").press(Press::Enter).press(Press::Enter).press(Press::Enter);
    assert!(terminal.screen().contains("500 / 500 户"), "{}", terminal.screen());
    // Ctrl-Z takes the last thing back, and that was the import.
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.screen().contains("0 / 0 户"), "{}", terminal.screen());
}

// 动里东村 is a slip for 东里东村, a digit of a phone is missing, and a remark says that they moved.
#[test]
fn each_cell_in_doubt_is_settled_with_one_key_or_by_writing_it_right_there() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    let stick = tempfile::tempdir().unwrap();
    let list = "镇,村,户主姓名,联系电话,备注\n东里镇,动里东村,张守富,13853301234,\n东里镇,东里东村,李桂英,1385330123,\n东里镇,东里东村,王成友,13853305678,已搬迁到县城\n东里镇,东里东村,/,13853305679,\n";
    std::fs::write(stick.path().join("名单.csv"), list).unwrap();
    let mut terminal = open(&laptop, &stick.path().to_string_lossy());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("待核对 4 处: "), "{}", terminal.screen());
    terminal.press(Press::Enter).keys("1");
    assert!(terminal.line(1).contains("4 处"), "{}", terminal.screen());
    // Each is found by its name, whatever the order of the list is.
    let choose = |terminal: &mut Terminal, head: &str| {
        terminal.press(Press::Home);
        for _ in 0..4 {
            if terminal.screen().lines().any(|line| line.starts_with("> ") && line.contains(head)) {
                return;
            }
            terminal.press(Press::Down);
        }
        panic!("no line of {head}\n{}", terminal.screen());
    };
    choose(&mut terminal, "张守富");
    terminal.keys("1");
    assert!(terminal.line(1).contains("3 处"), "the village that was proposed is taken\n{}", terminal.screen());
    let said = terminal.line_from_below(1);
    assert!(said.contains("村(居) 采纳了: 张守富 东里镇 动里东村. Ctrl-Z 撤回."), "{}", terminal.screen());
    choose(&mut terminal, "李桂英");
    terminal.keys("1");
    assert!(terminal.screen().contains("这一处没有建议"), "{}", terminal.screen());
    terminal.keys("2");
    assert!(
        terminal.screen().contains("> 1385330123"),
        "what stood there is there to be mended\n{}",
        terminal.screen()
    );
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("有 10 位"), "{}", terminal.screen());
    terminal.kill9();
    let mut terminal = open(&laptop, &stick.path().to_string_lossy());
    terminal.press(Press::F(7)).keys("1");
    choose(&mut terminal, "李桂英");
    // The draft is back with its cursor; the digit that was missing mends it.
    terminal.keys("2").keys("4\r");
    assert!(terminal.line(1).contains("2 处"), "{}", terminal.screen());
    choose(&mut terminal, "王成友");
    terminal.keys("1");
    choose(&mut terminal, "(无名)");
    terminal.keys("2").press(Press::Ctrl('u')).keys("赵淑芬\r");
    assert!(terminal.screen().contains("没有待核对的"), "{}", terminal.screen());
    terminal.press(Press::F(2)).keys("东里东村");
    let screen = terminal.screen();
    assert!(screen.contains("张守富") && screen.contains("赵淑芬") && screen.contains("迁出"), "{screen}");
}

// Keystrokes: Enter on the file, 8; and 2 takes all of it back.
#[test]
fn every_sheet_of_a_workbook_comes_in_with_one_key_and_goes_with_one() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    let stick = tempfile::tempdir().unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, heads) in [("东里东村", "张守富 李桂英"), ("说明", ""), ("东里西村", "王成友"), ("东安村", "刘玉珍")]
    {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write(0, 0, if heads.is_empty() { "请各村核对" } else { "户主姓名" }).unwrap();
        for (row, head) in (1..).zip(heads.split_whitespace()) {
            sheet.write(row, 0, head).unwrap();
        }
        if !heads.is_empty() {
            sheet.write(0, 1, "联系电话").unwrap();
        }
    }
    book.save(stick.path().join("各村.xlsx")).unwrap();
    let mut terminal = open(&laptop, &stick.path().to_string_lossy());
    terminal.press(Press::Enter).keys("8");
    let screen = terminal.screen();
    assert!(screen.contains("各村.xlsx: 已导入 3 个表, 新 4 户"), "{screen}");
    terminal.keys("2");
    assert!(terminal.screen().contains("已撤销导入"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("0 / 0 户"), "{}", terminal.screen());
}

// Keystrokes: F7 3 1 for a family entered twice; 3 on the page of the next version, then a digit a line.
#[test]
fn families_entered_twice_and_two_months_of_a_roster_are_settled_with_one_key_each() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    let stick = tempfile::tempdir().unwrap();
    let write = |name: &str, rows: &str| {
        std::fs::write(stick.path().join(name), format!("户主姓名,联系电话,家庭人口,村(居)\n{rows}")).unwrap();
        stick.path().join(name).display().to_string()
    };
    let may = write(
        "五月.csv",
        "张德富,13853301234,4,东里东村\n张得富,13853301234,5,东里东村\n李桂英,13853305678,2,东里东村\n王成友,13853309999,3,东里东村\n",
    );
    let mut terminal = open(&laptop, "/nowhere");
    terminal.keys(&format!("{may}\r")).press(Press::Enter);
    assert!(terminal.screen().contains("已导入, 新 4 户"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('p')).keys("yscf\r");
    let screen = terminal.screen();
    assert!(screen.contains("疑似重复户   1 处") && screen.contains("电话相同, 姓名同音"), "{screen}");
    assert!(screen.contains("家庭人口") && screen.contains("(用) 5"), "what differs, and what is shown then: {screen}");
    terminal.keys("1");
    let screen = terminal.screen();
    assert!(screen.contains("没有疑似重复的户"), "{screen}");
    let said = terminal.line_from_below(1);
    assert!(said.contains("记作同一户: 张德富 东里镇 东里东村 和 张得富 东里镇 东里东村. Ctrl-Z 撤回."), "{screen}");
    // One digit too many left the page without a word.
    assert!(!terminal.line_from_below(0).contains("1 是同一户"), "{}", terminal.screen());
    terminal.keys("1");
    let screen = terminal.screen();
    assert!(screen.contains("没有疑似重复的户") && screen.contains("1 在这里没有用"), "{screen}");
    terminal.press(Press::Ctrl('z'));
    let screen = terminal.screen();
    assert!(screen.contains("疑似重复户   1 处") && screen.contains("撤回了上一步改动: 张德富."), "{screen}");
    terminal.keys("1").press(Press::Tab);
    assert!(terminal.screen().contains("合过的户   1 对"), "{}", terminal.screen());

    let june = write("六月.csv", "张德富,13853301234,5,东里东村\n李桂英,13853305678,2,东里东村\n");
    terminal.press(Press::Ctrl('p')).keys("drmc\r").keys(&format!("{june}\r"));
    let screen = terminal.screen();
    assert!(screen.contains("原有的 2 户 (有变化 1), 没再列的 1 户"), "{screen}");
    terminal.press(Press::Enter).keys("3");
    let screen = terminal.screen();
    assert!(screen.contains("新旧名册对照   1 处") && screen.contains("王成友"), "{screen}");
    terminal.keys("1");
    assert!(terminal.screen().contains("3 还在, 4 迁出, 5 去世"), "a key of the other kind says which fit");
    terminal.keys("4");
    let screen = terminal.screen();
    assert!(screen.contains("新名册和现在用的没有不同"), "{screen}");
    assert!(terminal.line_from_below(1).contains("记作迁出: 王成友 东里镇 东里东村. Ctrl-Z 撤回."), "{screen}");
    assert!(!terminal.line_from_below(0).contains("用名册的"), "{}", terminal.screen());
    terminal.keys("2");
    let screen = terminal.screen();
    assert!(screen.contains("没有不同") && screen.contains("2 在这里没有用"), "{screen}");
    // Of what was joined the page showed the list of May where the card has that of June.
    terminal.press(Press::Ctrl('p')).keys("yscf\r").press(Press::Tab);
    let screen = terminal.screen();
    assert!(screen.contains("合过的户   1 对") && !screen.contains("家庭人口"), "{screen}");
    terminal.press(Press::Ctrl('p')).keys("dhd\r").keys("1");
    let screen = terminal.screen();
    assert!(screen.contains("待核对") && screen.contains("1 在这里没有用"), "{screen}");
}

// The menu's place by its initials: 导入过的名册. Whatever came in can be taken back later, by the list, and be had again.
#[test]
fn an_import_is_taken_back_from_the_list_of_them_and_had_again() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    let stick = tempfile::tempdir().unwrap();
    std::fs::copy(office::roster("r500.xlsx"), stick.path().join("东里名单.xlsx")).unwrap();
    let mut terminal = open(&laptop, &stick.path().to_string_lossy());
    terminal.press(Press::Enter).press(Press::Enter);
    terminal.press(Press::Ctrl('p')).keys("drgd\r");
    let row = terminal.line(4);
    assert!(row.contains("东里名单.xlsx") && row.contains("陈明") && row.contains("在用"), "{}", terminal.screen());
    let households = |terminal: &mut Terminal| {
        terminal.press(Press::F(2));
        let line = terminal.line(1);
        terminal.press(Press::Ctrl('p')).keys("drgd\r");
        line
    };
    let before = households(&mut terminal);
    terminal.keys("1");
    assert!(terminal.screen().contains("这份名册在用"), "{}", terminal.screen());
    terminal.keys("2");
    assert!(terminal.line(4).contains("已撤销"), "{}", terminal.screen());
    let said = terminal.line_from_below(1);
    assert!(said.contains("整份撤销了: 东里名单.xlsx. Ctrl-Z 撤回."), "{}", terminal.screen());
    assert_ne!(households(&mut terminal), before);
    terminal.keys("1");
    assert!(terminal.line(4).contains("在用"), "{}", terminal.screen());
    assert_eq!(households(&mut terminal), before);
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.line(4).contains("已撤销"), "{}", terminal.screen());
}

// Pressed on the page of cells in doubt it emptied the page without a word.
#[test]
fn ctrl_z_that_takes_a_roster_back_says_so_and_where_it_can_be_had_again() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    let mut terminal = open(&laptop, "/nowhere");
    terminal.keys(&format!("{}\r", office::roster("r500.xlsx").display()));
    terminal.press(Press::Enter).keys("1");
    assert!(terminal.screen().contains("1 采纳"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    let screen = terminal.screen();
    assert!(screen.contains("没有待核对的") && screen.contains("撤回了导入的名册"), "{screen}");
    terminal.press(Press::Ctrl('p')).keys("drgd\r").keys("1");
    assert!(terminal.line(4).contains("在用"), "{}", terminal.screen());
}

// Each row that was bound to a household was written once more by the undo: as many records to export as the list had rows, though
// nothing of it was left. And had again from the list of imports it came without what said whom its rows mean.
#[test]
fn a_later_roster_that_is_taken_back_adds_a_record_or_two_and_comes_back_as_it_was() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    let stick = tempfile::tempdir().unwrap();
    let write = |name: &str, size: usize| {
        let row = |n: usize| format!("王{},1385330{n:04},{size},东里东村\n", ["成", "友", "德", "富", "桂"][n]);
        let rows: String = (0..5).map(row).collect();
        let path = stick.path().join(name);
        std::fs::write(&path, format!("户主姓名,联系电话,家庭人口,村(居)\n{rows}")).unwrap();
        path.display().to_string()
    };
    let (may, june) = (write("五月.csv", 3), write("六月.csv", 4));
    let mut terminal = open(&laptop, "/nowhere");
    terminal.keys(&format!("{may}\r")).press(Press::Enter);
    terminal.press(Press::F(2)).press(Press::Ctrl('p')).keys("drmc\r").keys(&format!("{june}\r"));
    assert!(terminal.screen().contains("原有的 5 户"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("已导入"), "{}", terminal.screen());
    let waiting = |terminal: &Terminal| {
        let header = terminal.line(0);
        header.split("待导出 ").nth(1).unwrap().split_whitespace().next().unwrap().parse::<usize>().unwrap()
    };
    let before = waiting(&terminal);
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.screen().contains("已撤销导入"), "{}", terminal.screen());
    assert_eq!(waiting(&terminal), before + 1);
    let households = |terminal: &mut Terminal| {
        terminal.press(Press::F(2)).press(Press::Ctrl('u')).keys("东里东村");
        (terminal.line(1), terminal.screen().matches("王").count())
    };
    let (counted, lines) = households(&mut terminal);
    assert!(counted.contains("5 / 5 户") && lines == 5, "{}", terminal.screen());
    terminal.press(Press::Ctrl('p')).keys("drgd\r").keys("1");
    assert!(terminal.line(4).contains("六月.csv") && terminal.line(4).contains("在用"), "{}", terminal.screen());
    assert_eq!(households(&mut terminal), (counted, lines), "{}", terminal.screen());
}

// The page went on saying that the list was brought in.
#[test]
fn ctrl_z_right_after_an_import_is_the_same_as_its_own_key() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    let mut terminal = open(&laptop, "/nowhere");
    terminal.keys(&format!("{}\r", office::roster("r500.xlsx").display()));
    terminal.press(Press::Enter).press(Press::Ctrl('z'));
    let screen = terminal.screen();
    assert!(screen.contains("已撤销导入") && !screen.contains("已导入, 新"), "{screen}");
    assert!(!terminal.line_from_below(0).contains("撤销导入"), "{}", terminal.screen());
    terminal.keys("2");
    assert!(terminal.screen().contains("2 在这里没有用"), "{}", terminal.screen());
}

// What was stopped leaves no household.
#[test]
fn esc_while_a_list_is_being_brought_in_leaves_nothing() {
    let list = office::roster("r500.xlsx").display().to_string();
    // Both keys arrive together, and all the same the list may be in before the second is read.
    for seed in 1..=20 {
        let laptop = Laptop::new(seed);
        office::set_up(&laptop, "一组", "陈明");
        let mut terminal = open(&laptop, "/nowhere");
        terminal.keys(&format!("{list}\r"));
        assert!(terminal.screen().contains("Enter 导入"), "{}", terminal.screen());
        terminal.send(b"\r\x1b[27u");
        let screen = terminal.settle().screen();
        // Where it was written already it is taken back, and asked for anew.
        if screen.contains("已撤销导入") {
            terminal.press(Press::Tab).keys(&format!("{list}\r"));
        } else if screen.contains("已停下, 什么都没有导入") {
            assert!(screen.contains("500 行: 新 500 户. Enter 导入"), "{screen}");
        } else {
            continue;
        }
        terminal.press(Press::Enter);
        assert!(terminal.screen().contains("已导入, 新 "), "{}", terminal.screen());
        return;
    }
    panic!("never in time");
}
