//! Who speaks in an evening talk: what stands before the `#` is somebody who is there, or is asked about; it is never the one that
//! the arrows happen to point at.

use super::harness::Press;
use super::talk::gather;

// `3 和5# 水管坏了` was a problem of whoever spoke last, with a deadline.
#[test]
fn numbers_and_names_before_the_sign_are_who_speaks_and_nobody_else() {
    let (_laptop, mut terminal) = gather(301);
    terminal.keys("@wcy\r").press(Press::Esc);
    terminal.keys("1# 先说一句\r");
    terminal.keys("2 和3# 水管坏了");
    assert!(terminal.screen().contains("2 李桂英、3 王成友   备注"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("2,3       备注"), "{}", terminal.screen());
    terminal.keys("2号、3号#路灯不亮\r").keys("2#和3# 渠堵了\r").keys("3 and 2# the pump\r");
    let screen = terminal.screen();
    for words in ["路灯不亮", "渠堵了", "the pump"] {
        let row = screen.lines().find(|row| row.contains(words)).unwrap();
        assert!(row.contains("2,3  ") || row.contains("3,2  "), "{screen}");
    }
    terminal.keys("2# 3# 两家说的\r");
    assert!(terminal.notice().contains("这里的 3# 只是字"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u'));
    // A name is whoever is there and is called so.
    terminal.keys("李桂英#4 机井坏了\r").keys("张守富、3# 校车太远\r");
    let screen = terminal.screen();
    assert!(screen.contains("2 李桂英  农业农村 一般"), "{screen}");
    assert!(screen.lines().any(|row| row.contains("1,3  ") && row.contains("校车太远")), "{screen}");
    // Nothing else is recorded; the line stays until somebody says who it was.
    for (line, said) in [
        ("刘玉珍# 水管漏", "到场的没有叫刘玉珍的"),
        ("2或3# 水管漏", "# 前面写号的数字"),
        ("李桂英3# 水管漏", "# 前面写号的数字"),
        ("6+ 3# 水管漏", "# 前面写号的数字"),
        ("2;9# 水管漏", "没有 9 号"),
    ] {
        terminal.keys(line).press(Press::Enter).press(Press::Enter);
        let screen = terminal.screen();
        assert!(terminal.notice().contains(said), "{line}\n{screen}");
        assert!(screen.contains(&format!("> {line}")) && screen.matches("水管漏").count() == 1, "{line}\n{screen}");
        terminal.press(Press::Ctrl('u'));
    }
    // The number of a thing is text, as it was.
    terminal.keys("2#井\r").keys("3号楼5#车库漏水\r");
    let screen = terminal.screen();
    assert!(screen.contains("备注           3号楼5#车库漏水") && !screen.contains("> 3号楼"), "{screen}");
}

// In lines of a paste whoever was named by name went on speaking as the one before.
#[test]
fn in_lines_of_a_paste_a_name_goes_on_until_another_is_named() {
    let (_laptop, mut terminal) = gather(302);
    terminal.paste("1# 渠堵了\n李桂英# 机井坏了\n路灯不亮\n刘玉珍# 校车太远").keys("2");
    let screen = terminal.screen();
    for (who, words) in [("1 张守富", "渠堵了"), ("2 李桂英", "机井坏了"), ("2 李桂英", "路灯不亮")]
    {
        assert!(screen.lines().any(|row| row.contains(who) && row.contains(words)), "{words}\n{screen}");
    }
    assert!(screen.contains("> 刘玉珍# 校车太远"), "{screen}");
}

// Ctrl-Y leaves the cursor behind the words: a number typed there became words, and the line stayed with who said it.
#[test]
fn a_number_behind_the_words_is_asked_about_once() {
    let (_laptop, mut terminal) = gather(303);
    terminal.keys("1# 先说一句\r").press(Press::Ctrl('y')).keys("2#\r");
    assert!(terminal.notice().contains("这里的 2# 只是字"), "{}", terminal.screen());
    assert!(terminal.screen().contains("> 1# 先说一句2#"), "{}", terminal.screen());
    // Put to the front it moves the line.
    terminal.press(Press::Backspace).press(Press::Backspace).press(Press::Home).keys("2#\r");
    let screen = terminal.screen();
    assert!(screen.lines().any(|row| row.contains("2 李桂英") && row.ends_with("先说一句")), "{screen}");
    // A new line is asked about too, sorted or not; once more it is put down as it stands, and changed without another question.
    terminal.keys("2# 车库在 5#").press(Press::Tab).press(Press::Backspace).press(Press::Enter);
    assert!(terminal.notice().contains("这里的 5# 只是字"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("车库在 5#"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('y')).press(Press::Home);
    for _ in 0.."2# ".len() {
        terminal.press(Press::Right);
    }
    terminal.keys("大").press(Press::Enter);
    let screen = terminal.screen();
    assert!(screen.lines().any(|row| row.ends_with("大车库在 5#")) && !screen.contains("> 2#"), "{screen}");
}

// `2 李桂英~  1户说过 (Tab, Down 看)` stood there: how it is classed, and by when it is answered, nobody saw.
#[test]
fn on_a_small_terminal_who_class_and_days_stand_below_the_line_before_what_others_said() {
    let (_laptop, mut terminal) = gather(304);
    terminal.keys("@wcy\r").press(Press::Esc).keys("1# 机井坏了\r");
    terminal.resize((40, 12)).keys("2,3#4++* 机井坏了，路也不好走，卫生室药不全，学校太远了");
    let screen = terminal.screen();
    assert!(
        screen.contains("    2、3   农业农村 重大 保密  方案 5-25\n    回复 7-21  1户说过 (Tab, Down 看)"),
        "{screen}"
    );
    // One who speaks alone has a name there.
    terminal.press(Press::Ctrl('u')).keys("2# 机井坏了");
    let screen = terminal.screen();
    let told = "    2 李桂英   备注    Tab 归类:\n    4农业农村?  1户说过 (Tab, Down 看)";
    assert!(screen.contains(told), "{screen}");
}
