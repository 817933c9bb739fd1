//! The office's own pages: the campaign's key is made and handed out, and at the end a laptop gives up what it holds.

use std::path::Path;

use super::exchange::{export, group, office, open};
use super::harness::{Laptop, Press, Terminal};

const SIZE: (u16, u16) = (80, 24);
const KEY: &str = "活动密钥.zfkey";

/// Opens a page by its initials in the commands, with a folder as the stick.
fn page(laptop: &Laptop, stick: &Path, initials: &str, size: (u16, u16)) -> Terminal {
    let mut terminal = laptop.start(size, &[("ZOUFANG_STICKS", &stick.to_string_lossy())], &[]);
    terminal.press(Press::Ctrl('p')).keys(initials).press(Press::Enter);
    terminal
}

#[test]
fn the_office_makes_the_key_hands_it_out_again_and_never_makes_another_by_one_key() {
    let stick = tempfile::tempdir().unwrap();
    let office = office(21);
    let mut terminal = page(&office, stick.path(), "hdmy", SIZE);
    let screen = terminal.screen();
    assert!(screen.contains("还没有活动密钥"), "{screen}");
    assert!(screen.contains(&*stick.path().to_string_lossy()), "the stick stands there by itself\n{screen}");
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("写好了"), "{}", terminal.screen());
    let first = std::fs::read_to_string(stick.path().join(KEY)).unwrap();
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("没有覆盖"), "{}", terminal.screen());

    // A group takes it with one key, and the same key can be handed out once more.
    let group = group(11, "一组", "陈明", "r500.xlsx", "12号");
    let mut other = open(&group, stick.path());
    other.keys("8");
    assert!(other.screen().contains("收下了"), "{}", other.screen());
    drop(other);
    std::fs::remove_file(stick.path().join(KEY)).unwrap();
    terminal.press(Press::Ctrl('n'));
    assert!(terminal.line_from_below(1).contains("再按一次 Ctrl-N"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert_eq!(std::fs::read_to_string(stick.path().join(KEY)).unwrap(), first);
    std::fs::remove_file(stick.path().join(KEY)).unwrap();
    terminal.press(Press::Ctrl('n')).press(Press::Ctrl('n'));
    assert_ne!(std::fs::read_to_string(stick.path().join(KEY)).unwrap(), first);
    terminal.press(Press::Ctrl('u')).keys("/nowhere").press(Press::Enter);
    assert!(terminal.screen().contains("没有 /nowhere 这个文件夹"), "{}", terminal.screen());
}

/// A group's laptop, and a stick with its export and what the office exported after it had merged that.
fn handed_over(stick: &Path) -> Laptop {
    let group = group(11, "一组", "陈明", "r500.xlsx", "12号");
    export(&group, stick);
    let office = office(21);
    let mut terminal = open(&office, stick);
    terminal.press(Press::Ctrl('a')).keys("4");
    assert!(terminal.screen().contains("已读回核对"), "{}", terminal.screen());
    group
}

#[test]
fn a_laptop_is_emptied_by_a_word_typed_out_and_by_nothing_less() {
    let stick = tempfile::tempdir().unwrap();
    let group = handed_over(stick.path());
    let mut terminal = page(&group, stick.path(), "hdjs", SIZE);
    let screen = terminal.screen();
    assert!(screen.contains("办公室-王主任"), "what the office exported stands there by itself\n{screen}");
    terminal.press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("办公室 王主任 有这里的全部"), "{screen}");
    assert!(screen.contains("journal") && screen.contains("device.toml"), "it says what goes\n{screen}");
    assert!(screen.contains("导出包 (.zfb) 还在") && screen.contains("整盘清除"), "and what stays\n{screen}");
    // Stray keys: Enter again and again, digits, another word, Esc.
    for _ in 0..3 {
        terminal.press(Press::Enter);
        assert!(terminal.line_from_below(1).contains("没有清除"), "{}", terminal.screen());
    }
    terminal.keys("1y").press(Press::Enter).press(Press::Esc);
    assert!(terminal.line_from_below(1).contains("什么都没有清除"), "{}", terminal.screen());
    assert!(group.data().join("journal/000001.zfj").is_file());
    terminal.press(Press::Enter).keys("清除").press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.contains("清除了. 办公室 王主任"), "{screen}");
    assert!(screen.contains("整盘清除"), "what remains to be done stays on the screen\n{screen}");
    assert!(!group.data().exists(), "{:?}", std::fs::read_dir(group.data()).map(Iterator::count));
    // Nothing leads back among the households.
    terminal.press(Press::F(2)).press(Press::F(7)).press(Press::Ctrl('l')).keys("zsf");
    assert_eq!(terminal.screen(), screen);
    terminal.press(Press::F(1));
    assert!(terminal.notice().contains("这里只剩退出了: 按 Enter"), "{}", terminal.screen());
    terminal.send(b"\r");
    assert_eq!(terminal.wait_exit().exit_code(), 0);
    assert!(!group.data().exists(), "leaving writes nothing");
    // The office's export and its own are where they were.
    assert_eq!(std::fs::read_dir(stick.path()).unwrap().count(), 2);
}

#[test]
fn nothing_is_emptied_while_the_office_lacks_something() {
    let stick = tempfile::tempdir().unwrap();
    let group = handed_over(stick.path());
    super::office::behind(&group, |keeper| {
        super::office::ask(keeper, &zoufang::app::Request::new("household.add").with("head", "高宗海"));
    });
    for size in [SIZE, (40, 12)] {
        let mut terminal = page(&group, stick.path(), "hdjs", size);
        terminal.press(Press::Enter);
        assert!(terminal.screen().contains("还缺这里的"), "{}", terminal.screen());
        // Its own export proves nothing.
        let own = std::fs::read_dir(stick.path()).unwrap().map(|entry| entry.unwrap().path());
        let own = own.into_iter().find(|path| path.to_string_lossy().contains("一组")).unwrap();
        terminal.press(Press::Ctrl('u')).keys(&own.to_string_lossy()).press(Press::Enter);
        assert!(terminal.screen().contains("本机自己的"), "{}", terminal.screen());
        // What stands in the field again is a draft again: taken out, the next start finds the office's file itself.
        terminal.press(Press::Ctrl('u')).leave();
        assert_eq!(terminal.wait_exit().exit_code(), 0);
    }
    assert!(group.data().join("journal/000001.zfj").is_file());
}
