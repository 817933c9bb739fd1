//! A flat battery is never far: the program is killed after every single key, and goes on where it was.

use super::harness::{Laptop, Press, Terminal};
use super::kitchen::sit_down;
use super::remains::line;

/// What a person does in one movement of mind: a piece of text, or keys that belong together.
fn script() -> Vec<Vec<Press>> {
    vec![vec![Press::Enter], vec![Press::Tab, Press::Enter], vec![Press::Tab, Press::Esc, Press::Tab, Press::Enter]]
}

#[test]
fn killed_after_every_key_of_a_visit_nothing_is_lost() {
    let (kitchen, mut terminal) = sit_down(82);
    let again = |terminal: &mut Terminal| {
        terminal.kill9();
        let mut next = kitchen.open();
        next.press(Press::Enter);
        *terminal = next;
    };
    let said = [("4 机井坏了", 0), ("校车太远", 1), ("药不全", 2)];
    let mut recorded: Vec<&str> = Vec::new();
    for (sentence, gesture) in said {
        let mut typed = String::new();
        for ch in sentence.chars() {
            terminal.keys(&ch.to_string());
            typed.push(ch);
            again(&mut terminal);
            let line = format!("> {}", typed.trim_end());
            assert!(terminal.screen().contains(&line), "{line}\n{}", terminal.screen());
        }
        let keys = script().swap_remove(gesture);
        for upto in 1..=keys.len() {
            for key in keys.iter().take(upto) {
                terminal.press(*key);
            }
            again(&mut terminal);
            let kept = terminal.screen().contains(&format!("> {sentence}"));
            assert_eq!(kept, upto < keys.len(), "after {:?}\n{}", &keys[..upto], terminal.screen());
        }
        recorded.push(sentence.trim_start_matches("4 "));
        for text in &recorded {
            assert!(terminal.screen().contains(text), "{text}\n{}", terminal.screen());
        }
    }
    assert_eq!(
        kitchen.written(&mut terminal),
        ["agriculture general problem 机井坏了", "education general problem 校车太远", "health general problem 药不全",]
    );
}

/// A kill, and the keys that lead back: the visit goes on, or the talk.
fn again(laptop: &Laptop, terminal: &mut Terminal, back: &[Press]) {
    terminal.kill9();
    *terminal = laptop.start((80, 24), &[], &[]);
    for key in back {
        terminal.press(*key);
    }
}

/// Types a sentence with a kill after every key; each time all of it stands in the line again.
fn typed_with_kills(laptop: &Laptop, terminal: &mut Terminal, sentence: &str, back: &[Press]) {
    let mut so_far = line(terminal);
    for ch in sentence.chars() {
        terminal.keys(&ch.to_string());
        so_far.push(ch);
        again(laptop, terminal, back);
        assert_eq!(line(terminal), so_far.trim_end(), "{}", terminal.screen());
    }
}

// What lies between the sentences: a correction, a look elsewhere, the lock, the end with its reason, and a talk.
#[test]
fn killed_after_every_key_of_the_rest_of_the_script_nothing_is_lost() {
    let (mut kitchen, mut terminal) = sit_down(86);
    kitchen.talk(&mut terminal, 60);
    let on = [Press::Enter];

    terminal.keys("路灯不亮\r");
    again(&kitchen.laptop, &mut terminal, &on);
    terminal.press(Press::Up);
    typed_with_kills(&kitchen.laptop, &mut terminal, ", 三个月了", &on);
    terminal.press(Press::Enter);
    again(&kitchen.laptop, &mut terminal, &on);
    assert!(terminal.screen().contains("备注  路灯不亮, 三个月了"), "{}", terminal.screen());

    // Half a sentence waits while a neighbour is looked up and the screen is covered.
    terminal.keys("6 没有地方");
    for away in [vec![Press::F(2)], vec![Press::F(2), Press::Down], vec![Press::Ctrl('l')], vec![Press::F(1)]] {
        for key in away {
            terminal.press(key);
        }
        again(&kitchen.laptop, &mut terminal, &on);
        assert_eq!(line(&terminal), "6 没有地方", "{}", terminal.screen());
        assert!(terminal.line(2).contains("01:00"), "{}", terminal.screen());
    }
    terminal.keys("跳舞\r");

    // The end is not the end before its last key; the reason waits where it was written.
    let end = [Press::Enter, Press::F(8), Press::Down];
    again(&kitchen.laptop, &mut terminal, &end);
    typed_with_kills(&kitchen.laptop, &mut terminal, "家里来客", &end);
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("1 分, 不足15分钟"), "{}", terminal.screen());
    again(&kitchen.laptop, &mut terminal, &[]);
    assert!(!terminal.screen().contains("没有结束"), "{}", terminal.screen());

    // The evening: where it is, who comes, who says what.
    let begin = [Press::F(5)];
    terminal.press(Press::F(5)).press(Press::Enter);
    for upto in 1..=4 {
        terminal.keys(&"文化广场".chars().skip(upto - 1).take(1).collect::<String>());
        again(&kitchen.laptop, &mut terminal, &begin);
        let so_far: String = "文化广场".chars().take(upto).collect();
        assert!(terminal.screen().contains(&so_far), "{}", terminal.screen());
    }
    terminal.press(Press::F(8));
    again(&kitchen.laptop, &mut terminal, &on);
    terminal.keys("@zsf\r");
    again(&kitchen.laptop, &mut terminal, &on);
    assert!(terminal.screen().contains("1 张守富"), "{}", terminal.screen());
    terminal.press(Press::Esc);
    typed_with_kills(&kitchen.laptop, &mut terminal, "1#6 想要戏台", &on);
    terminal.press(Press::Enter);
    again(&kitchen.laptop, &mut terminal, &on);
    assert!(terminal.screen().contains("1 张守富  文体生活 一般  想要戏台"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    again(&kitchen.laptop, &mut terminal, &[Press::Enter, Press::F(8)]);
    terminal.press(Press::Enter).press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("散场: 1 户"), "{}", terminal.screen());
    again(&kitchen.laptop, &mut terminal, &[]);
    assert!(!terminal.screen().contains("没有结束"), "{}", terminal.screen());

    terminal.kill9();
    let (visit, lines) = kitchen.recorded();
    assert_eq!((visit.proven_ms, visit.short_why.as_str()), (60_000, "家里来客"));
    let texts: Vec<&str> = lines.iter().map(|(line, _)| line.text.as_str()).collect();
    assert_eq!(texts, ["路灯不亮, 三个月了", "没有地方跳舞"]);
}
