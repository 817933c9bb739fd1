//! The first run: from nothing to the first household, with an input method on.

use zoufang::app::Request;

use super::harness::{Laptop, Press, Terminal};
use super::office;

const SIZE: (u16, u16) = (80, 24);

/// Fills in the first page.
pub fn name_and_group(terminal: &mut Terminal) {
    terminal.keys("陈明").press(Press::Enter).keys("１").press(Press::F(8));
}

/// Fills in the first page and begins without a roster and without a passphrase.
fn begin(laptop: &Laptop, env: &[(&str, &str)]) -> Terminal {
    let mut terminal = laptop.start(SIZE, env, &[]);
    name_and_group(&mut terminal);
    if terminal.screen().contains("建议加一个口令") {
        terminal.press(Press::Enter);
    }
    if terminal.screen().contains("试试这个终端") {
        terminal.press(Press::Esc);
    }
    terminal
}

#[test]
fn a_name_a_group_and_a_digit_lead_to_the_lookup() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    assert!(terminal.screen().contains("先说说这台电脑是谁的"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    assert!(terminal.line_from_below(1).contains("请先写姓名"), "{}", terminal.screen());
    terminal.keys("陈明\r1\r\r");
    terminal.keys("1385330123\r３");
    assert!(terminal.screen().contains("没有住户, 边走边建"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("不像电话"), "{}", terminal.screen());
    // What was picked is there on the way back from the page of the passphrase.
    terminal.keys("４").press(Press::F(8));
    assert!(terminal.screen().contains("口令"), "{}", terminal.screen());
    terminal.press(Press::Esc);
    let screen = terminal.screen();
    assert!(screen.contains("空的开始") && !screen.contains("接着选名册文件"), "{screen}");
    terminal.press(Press::F(8)).press(Press::Enter).press(Press::Esc);
    assert!(terminal.line(0).contains("走访  一组  陈明"), "{}", terminal.screen());
    assert!(terminal.screen().contains("还没有住户"), "{}", terminal.screen());
    assert!(terminal.cursor().is_some(), "one can type at once");
    assert!(!terminal.kill9().success());
    let terminal = laptop.start(SIZE, &[], &[]);
    assert!(terminal.line(0).contains("走访  一组  陈明"), "it asks only once\n{}", terminal.screen());
}

// "这里填的以后都能改", and no page changed it.
#[test]
fn who_the_laptop_is_can_be_changed_on_a_page_of_its_own() {
    let laptop = Laptop::new(2);
    begin(&laptop, &[]);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Ctrl('p')).keys("bj\r");
    assert!(terminal.screen().contains("陈明") && terminal.screen().contains("一组"), "{}", terminal.screen());
    // Esc leaves all as it was.
    terminal.keys("、林芳").press(Press::Esc).press(Press::Ctrl('p')).keys("本机\r");
    assert!(!terminal.screen().contains("林芳"), "{}", terminal.screen());
    terminal.keys("，林芳 张锦秋\r").press(Press::Ctrl('u')).keys("2\r一组3").press(Press::Down).keys("1385330123");
    // A battery that goes flat leaves what is half written.
    terminal.settle();
    terminal.kill9();
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Esc).press(Press::Up);
    while !terminal.screen().lines().any(|line| line.contains('>') && line.contains("本机")) {
        terminal.press(Press::Up);
    }
    terminal.press(Press::Enter).press(Press::F(8));
    assert!(terminal.notice().contains("不像电话"), "{}", terminal.screen());
    terminal.keys("4").press(Press::F(8));
    assert!(terminal.notice().contains("本机改好了"), "{}", terminal.screen());
    assert!(terminal.line(0).contains("走访  二组  陈明"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('r'));
    assert!(terminal.screen().contains("林芳") && terminal.screen().contains("张锦秋"), "{}", terminal.screen());
    terminal.press(Press::Esc).leave();
    terminal.wait_exit();
    let device = zoufang::app::Place::new(laptop.data()).device().unwrap().unwrap();
    assert_eq!(device.visitors, ["陈明", "林芳", "张锦秋"]);
    assert_eq!(
        (device.group.as_str(), device.code.as_str(), device.phone_of("陈明").unwrap_or_default()),
        ("二组", "一组3", "13853301234")
    );
}

#[test]
fn a_folder_that_cannot_be_written_is_said_and_nothing_typed_is_lost() {
    let laptop = Laptop::new(1);
    let blocked = laptop.data().with_file_name("blocked");
    std::fs::write(&blocked, "a file where the folder should be").unwrap();
    let inside = blocked.join("data");
    let mut terminal = begin(&laptop, &[("ZOUFANG_DATA", inside.to_str().unwrap())]);
    assert!(terminal.screen().contains("不能用") && terminal.screen().contains("陈明"), "{}", terminal.screen());
    std::fs::remove_file(&blocked).unwrap();
    terminal.press(Press::F(8)).press(Press::Enter);
    assert!(terminal.line(0).contains("走访  一组  陈明"), "{}", terminal.screen());
}

#[test]
fn a_household_half_written_when_the_battery_dies_is_there_again_cursor_included() {
    let laptop = Laptop::new(1);
    begin(&laptop, &[]).kill9();
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.keys("李秋生").press(Press::Ctrl('n')).keys("东里东村\r");
    terminal.press(Press::Enter).keys("３\r１２号").press(Press::Left);
    let (screen, cursor) = (terminal.screen(), terminal.cursor());
    assert!(!terminal.kill9().success());

    let mut terminal = laptop.start(SIZE, &[], &[]);
    let before: Vec<&str> = screen.lines().filter(|line| line.contains("  ")).skip(1).collect();
    for line in before.iter().filter(|line| line.contains("李秋生") || line.contains("１２号")) {
        assert!(terminal.screen().contains(line), "{line}\n{}", terminal.screen());
    }
    assert_eq!(terminal.cursor(), cursor, "{}", terminal.screen());

    terminal.press(Press::End).keys("院").press(Press::Enter);
    terminal.keys("１３８ ５３３０ １２３４\r").keys("１");
    terminal.press(Press::F(8));
    let screen = terminal.screen();
    assert!(screen.contains("李秋生") && screen.contains("东里镇 东里东村 3组 12号院"), "{screen}");
    assert!(screen.contains("138 5330 1234") && screen.contains("结对帮扶"), "{screen}");

    terminal.press(Press::F(2)).keys("lqs");
    assert!(terminal.screen().contains("1 / 1 户"), "{}", terminal.screen());
    terminal.kill9();
    let mut terminal = laptop.start(SIZE, &[], &[]);
    assert!(terminal.screen().contains("李秋生"), "recorded once, and no form waits\n{}", terminal.screen());
    terminal.press(Press::Ctrl('n'));
    assert!(!terminal.screen().contains("接着上次"), "{}", terminal.screen());
}

// They opened and were empty, as if nothing had ever been recorded.
#[test]
fn before_there_are_names_other_pages_say_that_those_come_first() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    for key in [4, 5, 7] {
        terminal.press(Press::F(key));
        assert!(terminal.notice().contains("先填好姓名"), "F{key}\n{}", terminal.screen());
        assert!(terminal.screen().contains("第一次使用"), "F{key}\n{}", terminal.screen());
    }
    // So it is on the page of the passphrase, which comes behind the names.
    terminal.keys("陈明").press(Press::F(8)).press(Press::F(7));
    assert!(terminal.notice().contains("先填好姓名"), "{}", terminal.screen());
    terminal.press(Press::F(2));
    assert!(terminal.screen().contains("第一次使用") && terminal.screen().contains("陈明"), "{}", terminal.screen());
}

#[test]
fn english_is_one_key_away_from_the_first_page() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Ctrl('e'));
    assert!(terminal.screen().contains("First run: whose laptop is this?"), "{}", terminal.screen());
}

// Why: there was no folder yet, so what was typed on the very first page was lost with the power.
#[test]
fn the_very_first_page_comes_back_after_a_kill_as_it_was_left() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.keys("陈明、张锦秋\r1").press(Press::Enter).press(Press::Enter).keys("1385330");
    let screen = terminal.screen();
    assert!(!terminal.kill9().success());
    let mut terminal = laptop.start(SIZE, &[], &[]);
    assert_eq!(terminal.screen(), screen);
    terminal.keys("1234").press(Press::F(8)).press(Press::Enter);
    assert!(terminal.line(0).contains("走访  一组  陈明"), "{}", terminal.screen());
    assert!(!terminal.kill9().success());
    let terminal = laptop.start(SIZE, &[], &[]);
    assert!(terminal.line(0).contains("走访  一组  陈明"), "{}", terminal.screen());
}

#[test]
fn what_was_recorded_is_backed_up_when_the_program_ends_and_only_then() {
    let laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    let backups = || std::fs::read_dir(laptop.data().join("backup")).map_or(0, Iterator::count);
    let add = |head: &str| {
        let mut terminal = laptop.start((80, 24), &[], &[]);
        if !head.is_empty() {
            terminal.press(Press::Ctrl('n')).keys(head).press(Press::F(8));
        }
        terminal.leave();
        terminal.wait_exit();
    };
    add("张守富");
    assert_eq!(backups(), 1);
    add("");
    assert_eq!(backups(), 1, "nothing is new");
}

// The stick was not in at the end of yesterday; today it is, and has everything although nothing is new.
#[test]
fn a_second_folder_that_was_missing_is_said_and_caught_up() {
    let laptop = Laptop::new(1);
    let ask = |request: Request| office::behind(&laptop, |keeper| office::ask(keeper, &request));
    office::set_up(&laptop, "一组", "陈明");
    ask(Request::new("household.add").with("head", "张守富"));
    let second = laptop.data().join("../U盘");
    std::fs::create_dir(&second).unwrap();
    let folder = second.canonicalize().unwrap();
    ask(Request::new("device.set").with("backup", folder.display().to_string()));
    std::fs::remove_dir(&folder).unwrap();
    let leave = |laptop: &Laptop| {
        let mut terminal = laptop.start(SIZE, &[], &[]);
        terminal.leave();
        assert!(terminal.wait_exit().success());
        terminal.screen()
    };
    let said = leave(&laptop);
    assert!(said.contains("没有 /"), "the folder is named\n{said}");
    std::fs::create_dir(&folder).unwrap();
    let said = leave(&laptop);
    assert!(!said.contains("没有 /"), "{said}");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    assert_eq!(std::fs::read_dir(laptop.data().join("backup")).unwrap().count(), 1, "there it was whole already");
}

// A laptop that is never closed, or always killed.
#[test]
fn a_day_later_what_was_recorded_is_backed_up_while_the_program_runs() {
    let mut laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    office::behind(&laptop, |keeper| office::ask(keeper, &Request::new("household.add").with("head", "张守富")));
    let backups = |laptop: &Laptop| std::fs::read_dir(laptop.data().join("backup")).map_or(0, Iterator::count);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::F(7));
    assert_eq!(backups(&laptop), 0);
    laptop.clock.pass(26 * 3_600);
    terminal.press(Press::F(2)).keys("z");
    assert_eq!(backups(&laptop), 1, "{}", terminal.screen());
    terminal.kill9();
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::F(7));
    assert_eq!(backups(&laptop), 1, "one a day");
}

#[test]
fn a_battery_that_runs_low_and_a_clock_that_went_back_stand_in_the_header() {
    let mut laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    office::behind(&laptop, |keeper| office::ask(keeper, &Request::new("household.add").with("head", "张守富")));
    let power = tempfile::tempdir().unwrap();
    let battery = power.path().join("BAT0");
    std::fs::create_dir(&battery).unwrap();
    for (what, words) in [("type", "Battery"), ("status", "Discharging"), ("capacity", "12")] {
        std::fs::write(battery.join(what), words).unwrap();
    }
    let power = power.path().to_string_lossy().into_owned();
    let mut terminal = laptop.start(SIZE, &[("ZOUFANG_POWER", &power)], &[]);
    assert!(terminal.line(0).contains("电池 12%  已保存"), "{}", terminal.screen());
    std::fs::write(battery.join("status"), "Charging").unwrap();
    laptop.clock.pass(61);
    terminal.press(Press::F(2));
    assert!(!terminal.line(0).contains("电池"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();

    // The button cell of an old laptop is empty: it wakes up years ago.
    laptop.clock.set_wall("2015-01-01T08:00:00+08:00");
    let mut terminal = laptop.start(SIZE, &[], &[]);
    assert!(terminal.line(0).contains("时间对吗?"), "{}", terminal.screen());
    assert!(terminal.notice().contains("本机的时间是 2015 年: 先把它调对再记"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('p')).keys("dnsj\r");
    assert!(terminal.line(0).contains("时间对吗?"), "no word makes 2015 right\n{}", terminal.screen());
    terminal.kill9();

    // Of a year in which it may have been the laptop is asked.
    laptop.clock.set_wall("2020-05-01T08:00:00+08:00");
    let mut terminal = laptop.start(SIZE, &[], &[]);
    assert!(terminal.notice().contains("电脑时间比本机记过的 (2021-5-18 19:42) 还早"), "{}", terminal.screen());
    assert!(terminal.notice().contains("电脑时间没错."), "the name of the command is read\n{}", terminal.screen());
    terminal.press(Press::Ctrl('p')).keys("dnsj\r");
    assert!(terminal.line_from_below(1).contains("现在的时间是对的"), "{}", terminal.screen());
    terminal.press(Press::F(2));
    assert!(!terminal.line(0).contains("时间对吗?"), "{}", terminal.screen());
}

// The running visit was the first to go, before the day, and a low battery took what is saved with it. At 80 columns the hour stays.
#[test]
fn of_all_that_the_header_says_the_day_goes_first_and_a_warning_last() {
    let mut laptop = Laptop::new(1);
    office::set_up(&laptop, "第二工作组", "欧阳建国");
    office::behind(&laptop, |keeper| {
        let head =
            Request::new("household.add").with("head", "司马相如").with("village", "东里东村").with("door", "12号");
        office::ask(keeper, &head);
    });
    laptop.start(SIZE, &[], &[]).keys("smxr").press(Press::Enter).keys("1").kill9();
    let power = tempfile::tempdir().unwrap();
    std::fs::create_dir(power.path().join("BAT0")).unwrap();
    for (what, words) in [("type", "Battery"), ("status", "Discharging"), ("capacity", "9")] {
        std::fs::write(power.path().join("BAT0").join(what), words).unwrap();
    }
    let power = power.path().to_string_lossy().into_owned();
    let headers = |laptop: &Laptop| {
        let header = |size| {
            let mut terminal = laptop.start(size, &[("ZOUFANG_POWER", &power)], &[]);
            let (visit, lookup) = (terminal.press(Press::Enter).line(0), terminal.press(Press::F(2)).line(0));
            terminal.kill9();
            [visit, lookup].map(|line| {
                let parts = line.split("   ").map(str::trim).filter(|part| !part.is_empty());
                parts.collect::<Vec<_>>().join(" | ")
            })
        };
        [(40, 12), (80, 24), (200, 60)].map(header)
    };
    let narrow = ["走访 司马相如 | 电池 9%  已保存", "走访 | 走访中 00:00  电池 9%  已保存"];
    let expected = [
        narrow,
        [
            "走访 司马相如  东里东村 12号  首访  欧阳建国  19:42  待导出 2  电池 9%  已保存",
            "走访  第二工作组  欧阳建国 | 走访中 00:00  19:42  待导出 2  电池 9%  已保存",
        ],
        [
            "走访 司马相如  东里东村 12号 | 入户 首访  欧阳建国  19:42  待导出 2  电池 9%  已保存",
            "走访  第二工作组  欧阳建国 | 走访中 司马相如 00:00 | 5月18日 周二 19:42  待导出 2  电池 9%  已保存",
        ],
    ];
    assert_eq!(headers(&laptop), expected);
    laptop.clock.set_wall("2031-05-18T19:42:00+08:00");
    let expected = [
        narrow,
        [
            "走访 司马相如 | 首访  欧阳建国  19:42  待导出 2  电池 9%  时间对吗?  已保存",
            "走访  第二工作组 | 走访中 00:00  19:42  待导出 2  电池 9%  时间对吗?  已保存",
        ],
        [
            "走访 司马相如  东里东村 12号 | 入户 首访  欧阳建国  19:42  待导出 2 (3652天)  电池 9%  时间对吗?  已保存",
            "走访  第二工作组  欧阳建国 | 走访中 司马相如 00:00 | 2031年5月18日 周日 19:42  待导出 2 (3652天)  电池 9%  时间对吗?  已保存",
        ],
    ];
    assert_eq!(headers(&laptop), expected);
}

// In 2031 the header said "5月18日 周日" and was as sure of it as ever.
#[test]
fn a_clock_that_is_years_ahead_is_asked_about_until_somebody_says_that_it_is_right() {
    let mut laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    office::behind(&laptop, |keeper| office::ask(keeper, &Request::new("household.add").with("head", "张守富")));
    // A summer without it is nothing to ask about.
    laptop.clock.set_wall("2021-10-30T08:00:00+08:00");
    let mut terminal = laptop.start(SIZE, &[], &[]);
    assert!(!terminal.line(0).contains("时间对吗?") && !terminal.line(0).contains("2021"), "{}", terminal.screen());
    terminal.kill9();

    laptop.clock.set_wall("2031-05-18T19:42:00+08:00");
    let mut terminal = laptop.start(SIZE, &[], &[]);
    assert!(terminal.line(0).contains("2031年5月18日 周日 19:42  待导出 1  时间对吗?"), "{}", terminal.screen());
    let said = terminal.notice();
    assert!(said.contains("电脑时间比本机以前记的 (2021-5-18 19:42) 晚了 3652 天"), "{said}");
    // What is recorded all the same, and another start, make it no better.
    terminal.press(Press::Ctrl('n')).keys("李秋生").press(Press::F(8));
    assert!(terminal.line(0).contains("时间对吗?"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    let mut terminal = laptop.start(SIZE, &[], &[]);
    assert!(terminal.line(0).contains("2031年5月18日 周日 19:42  待导出 2  时间对吗?"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('p')).keys("dnsj\r");
    assert!(terminal.line_from_below(1).contains("现在的时间是对的"), "{}", terminal.screen());
    terminal.press(Press::F(2));
    assert!(!terminal.line(0).contains("时间对吗?") && !terminal.line(0).contains("2031"), "{}", terminal.screen());
    // What is recorded from then on is what the next leap is held against.
    laptop.clock.pass(60);
    terminal.press(Press::Ctrl('n')).keys("王成友").press(Press::F(8));
    terminal.kill9();
    laptop.clock.set_wall("2032-03-01T08:00:00+08:00");
    let terminal = laptop.start(SIZE, &[("ZOUFANG_LANG", "en")], &[]);
    assert!(terminal.line(0).contains("1 Mar 2032 08:00") && terminal.line(0).contains("clock right?"));
    assert!(terminal.notice().contains("288 days after what was recorded here"), "{}", terminal.screen());
}
