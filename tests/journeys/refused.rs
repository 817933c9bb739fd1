//! What is found wrong at opening stands on the screen in whole sentences: settings that are gone, a second window, a newer
//! program's store.

use super::harness::{Laptop, Press};
use super::office::{ask, behind, set_up};

fn laptop(seed: u64) -> Laptop {
    let laptop = Laptop::new(seed);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        ask(keeper, &zoufang::app::Request::new("household.add").with("head", "张守富"));
    });
    laptop
}

#[test]
fn settings_that_are_gone_are_told_in_a_whole_sentence_with_the_number_that_others_will_ask_for() {
    for size in [(80, 24), (40, 12)] {
        let laptop = laptop(101);
        for name in ["device.toml", "device-copy.toml"] {
            std::fs::remove_file(laptop.data().join(name)).unwrap();
        }
        let mut terminal = laptop.start(size, &[], &[]);
        let read = terminal.read_columns(0, size.0);
        let number = read.split_once("签名号").unwrap().1.split_once(')').unwrap().0.to_owned();
        assert!(read.contains("本机设置不见了") && read.contains("他们按9认可就行"), "{}", terminal.screen());
        terminal.press(Press::Down);
        assert!(!terminal.screen().contains("签名号"), "it goes with the next key\n{}", terminal.screen());
        terminal.leave();
        terminal.wait_exit();
        let signer = zoufang::app::Place::new(laptop.data()).device().unwrap().unwrap().signer().unwrap();
        assert_eq!(number, signer.public().fingerprint().replace(' ', ""));
        assert!(!laptop.start(size, &[], &[]).screen().contains("签名号"), "said once");
    }
}

#[test]
fn a_second_window_says_where_the_first_is_and_changes_nothing() {
    let laptop = laptop(102);
    let first = laptop.start((80, 24), &[], &[]);
    for (lang, words) in [("zh", "已在另一个窗口中打开"), ("en", "is open in another window")] {
        let mut second = laptop.start((80, 24), &[("ZOUFANG_LANG", lang)], &[]);
        assert!(second.screen().contains(words), "{}", second.screen());
        second.leave();
        assert_eq!(second.wait_exit().exit_code(), 0);
    }
    assert!(first.screen().contains("张守富"), "{}", first.screen());
}

// F5 and F7 still led on, and F8 there said of a full folder that it holds no campaign.
#[test]
fn a_second_window_leads_nowhere_and_what_is_typed_in_the_first_is_whole() {
    let laptop = laptop(104);
    let mut first = laptop.start((80, 24), &[], &[]);
    first.keys("/");
    let mut second = laptop.start((80, 24), &[], &[]);
    assert!(!second.line(0).contains("已保存"), "{}", second.screen());
    for (key, then) in [(Press::F(5), ""), (Press::F(7), ""), (Press::Ctrl('p'), "hebing")] {
        second.press(key).keys(then);
        if !then.is_empty() {
            second.press(Press::Enter);
        }
        let screen = second.screen();
        assert!(screen.contains("已在另一个窗口中打开") && !screen.contains("已保存"), "{screen}");
        second.keys("/media/usb").press(Press::Enter);
        assert!(second.screen().contains("已在另一个窗口中打开"), "{}", second.screen());
    }
    second.press(Press::Ctrl('s'));
    assert!(!second.screen().contains("已自动保存") && second.notice().contains("没存上"), "{}", second.screen());
    let before = std::fs::read(laptop.data().join("drafts.log")).unwrap();
    second.leave();
    assert_eq!(second.wait_exit().exit_code(), 0);
    assert_eq!(std::fs::read(laptop.data().join("drafts.log")).unwrap(), before);
    assert!(first.screen().contains("张守富"), "{}", first.screen());
}

// Windows does not let a folder go while its files are open.
#[cfg(unix)]
#[test]
fn while_the_folder_is_gone_the_header_says_that_nothing_is_saved() {
    let laptop = laptop(108);
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Ctrl('n')).keys("李秋");
    assert!(terminal.line(0).ends_with("  已保存"), "{}", terminal.screen());
    let elsewhere = laptop.data().with_file_name("elsewhere");
    std::fs::rename(laptop.data(), &elsewhere).unwrap();
    terminal.keys("生").press(Press::Ctrl('s'));
    assert!(terminal.line(0).ends_with("  没存上!"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    assert!(terminal.line(0).ends_with("  没存上!") && terminal.screen().contains("李秋生"), "{}", terminal.screen());
    // Put back, the same key records it.
    std::fs::rename(&elsewhere, laptop.data()).unwrap();
    terminal.press(Press::F(8));
    assert!(terminal.line(0).ends_with("  已保存"), "{}", terminal.screen());
    terminal.press(Press::F(2)).keys("lqs");
    assert!(terminal.screen().contains("1 / 2 户"), "{}", terminal.screen());
}

// F7 led away from the passphrase as well, and what was typed there was kept in the clear beside what is sealed.
#[test]
fn before_the_passphrase_no_page_opens_and_nothing_typed_is_kept_in_the_clear() {
    let laptop = Laptop::new(107);
    let place = zoufang::app::Place {
        cost: zoufang::seal::Cost { memory: 16, passes: 1, lanes: 1 },
        ..zoufang::app::Place::new(laptop.data())
    };
    let device = zoufang::app::Device { visitors: vec!["陈明".into()], ..Default::default() };
    place.create_sealed(&device, &zoufang::clock::Clock::machine(), "水井 核桃 三轮车").unwrap();
    let mut terminal = laptop.start((80, 24), &[], &[]);
    for key in [Press::F(7), Press::F(5)] {
        terminal.press(key);
        assert!(terminal.line_from_below(1).contains("先输入口令"), "{}", terminal.screen());
    }
    terminal.keys("/media/usb").settle();
    assert!(!laptop.data().join("drafts.log").exists());
    terminal.press(Press::Ctrl('u')).keys("水井 核桃 三轮车").press(Press::Enter);
    assert!(terminal.screen().contains("查找"), "{}", terminal.screen());
}

#[test]
fn a_newer_programs_store_is_said_on_the_screen_and_left_alone() {
    let laptop = laptop(103);
    let segment = laptop.data().join("journal/000001.zfj");
    let mut bytes = std::fs::read(&segment).unwrap();
    bytes[8] = 2;
    let sum = crc32fast::hash(&bytes[..24]);
    bytes[24..28].copy_from_slice(&sum.to_le_bytes());
    std::fs::write(&segment, &bytes).unwrap();
    for (lang, words) in [("zh", "更新版本的程序写的"), ("en", "written by a newer program")] {
        let mut terminal = laptop.start((80, 24), &[("ZOUFANG_LANG", lang)], &[]);
        assert!(terminal.screen().contains(words), "{}", terminal.screen());
        terminal.leave();
        terminal.wait_exit();
    }
    assert_eq!(std::fs::read(&segment).unwrap(), bytes);
}
