//! Pictures of every screen as text, from the real program at 80 by 24, in both languages: `docs/screens.md`.
//!
//! One walk through a day's work makes them, so they cannot show what the program does not. `ZOUFANG_WRITE_DOCS=1` writes them
//! anew. The people are invented.

use std::fmt::Write as _;

use super::harness::{Laptop, Press, Terminal};
use super::office::{ask, behind, set_up};
use crate::commands::rosters::same_as_file;
use zoufang::app::Request;

/// A picture: what it shows, in both languages, and the screen.
type Picture = (&'static str, &'static str, String);

struct Gallery {
    pictures: Vec<Picture>,
}

impl Gallery {
    fn hang(&mut self, zh: &'static str, en: &'static str, terminal: &Terminal) {
        self.pictures.push((zh, en, terminal.screen()));
    }
}

/// Types keys and presses others, one after another: text, and names of keys in angle brackets.
fn walk(terminal: &mut Terminal, steps: &str) {
    for step in steps.split(' ') {
        match step {
            "<enter>" => terminal.press(Press::Enter),
            "<esc>" => terminal.press(Press::Esc),
            "<tab>" => terminal.press(Press::Tab),
            "<up>" => terminal.press(Press::Up),
            "<down>" => terminal.press(Press::Down),
            key if key.starts_with("<f") => terminal.press(Press::F(key[2..key.len() - 1].parse().unwrap())),
            key if key.starts_with("<ctrl-") => terminal.press(Press::Ctrl(key.chars().nth(6).unwrap())),
            text => terminal.keys(&text.replace('_', " ")),
        };
    }
}

fn households(laptop: &Laptop) {
    behind(laptop, |keeper| {
        let people = [
            ("张守富", "male", 1954, "东里东村", "3", "12号", "supported", "13853301234"),
            ("李桂英", "female", 1961, "东里东村", "3", "9号", "community", "13853305678"),
            ("王成友", "male", 1970, "东里东村", "3", "21号", "self_employed", "13853309999"),
            ("刘玉珍", "female", 1966, "东里西村", "1", "2号", "supported", "13853300001"),
            ("张世芳", "female", 1963, "东里西村", "1", "5号", "supported", "13853300002"),
        ];
        for (head, sex, born, village, group, door, kind, phone) in people {
            let request = Request::new("household.add").with("head", head).with("sex", sex).with("birth_year", born);
            let request = request.with("town", "东里镇").with("village", village).with("group", group);
            ask(keeper, &request.with("door", door).with("kind", kind).with("phone", phone).with("paired", "陈明"));
        }
        keeper.close().unwrap();
    });
}

fn pass(laptop: &mut Laptop, terminal: &mut Terminal, minutes: u64) {
    for _ in 0..minutes * 2 {
        laptop.clock.pass(30);
        terminal.settle();
    }
}

/// Walks through the screens in one language.
fn pictures(lang: &'static str) -> Vec<Picture> {
    let mut gallery = Gallery { pictures: Vec::new() };
    let env = [("ZOUFANG_LANG", lang), ("ZOUFANG_STICKS", "/nowhere")];
    let first = Laptop::new(71);
    gallery.hang("第一次使用", "First run", &first.start((80, 24), &env, &[]));
    // Where the data lies differs from run to run.
    for (.., picture) in &mut gallery.pictures {
        *picture = picture.replace(&first.data().display().to_string(), "~/.local/share/zoufang");
    }

    let mut laptop = Laptop::new(72);
    set_up(&laptop, "一组", "陈明");
    households(&laptop);
    let lists = tempfile::tempdir().unwrap();
    let write = |name: &str, rows: &str| {
        std::fs::write(lists.path().join(name), format!("户主姓名,联系电话,家庭人口,村(居)\n{rows}")).unwrap();
        lists.path().join(name).display().to_string()
    };
    let may = write(
        "五月.csv",
        "孙传宝,1385330003,4,东里社区\n高宗海,13853300004,2,东里西村\n高宗海,13853300004,2,东里西村\n赵淑芬,13853300006,3,东里西村\n",
    );
    let june = write("六月.csv", "高宗海,13853300004,3,东里西村\n任淑兰,13853300007,1,东里西村\n");
    let mut terminal = laptop.start((80, 24), &env, &[]);
    walk(&mut terminal, "dl_zsf");
    gallery.hang("查找", "Lookup", &terminal);
    walk(&mut terminal, "<ctrl-u> <ctrl-g>");
    gallery.hang("按村组看", "By village and group", &terminal);
    walk(&mut terminal, "<esc> zsf <enter>");
    gallery.hang("户卡", "Card", &terminal);
    walk(&mut terminal, "5");
    gallery.hang("改资料", "Facts", &terminal);
    walk(&mut terminal, "<f2> zsf <enter> 3 明天_19:30");
    gallery.hang("预约", "Appointment", &terminal);
    walk(&mut terminal, "<f2> zsf <enter> 1");
    pass(&mut laptop, &mut terminal, 9);
    walk(&mut terminal, "4+_3组机井坏了浇不上地 <enter> 村里晚上太黑 <enter> 6_村里没有地方跳舞");
    gallery.hang("走访", "Visit", &terminal);
    walk(&mut terminal, "<tab>");
    gallery.hang("走访: 归类", "Visit: sorting", &terminal);
    walk(&mut terminal, "<enter>");
    pass(&mut laptop, &mut terminal, 7);
    walk(&mut terminal, "<f8>");
    gallery.hang("结束页", "Wrap-up", &terminal);
    walk(&mut terminal, "<enter> <f2> 张守富 <enter> 6");
    gallery.hang("往来记录", "History", &terminal);
    walk(&mut terminal, "<tab>");
    gallery.hang("记录来历", "Who recorded what", &terminal);

    walk(&mut terminal, "<f5> 文化广场");
    gallery.hang("开始夜话", "Begin a talk", &terminal);
    walk(&mut terminal, "<f8> @张守富 <enter> lgy <enter>");
    gallery.hang("夜话: 加户", "Talk: who comes", &terminal);
    walk(&mut terminal, "<esc>");
    pass(&mut laptop, &mut terminal, 12);
    walk(&mut terminal, "@wcy <enter> <esc> 1,3#4+_机井坏了 <enter> 0#6?_端午想办个戏台 <enter> 2#校车只到村口");
    gallery.hang("夜话", "Talk", &terminal);
    pass(&mut laptop, &mut terminal, 4);
    walk(&mut terminal, "<enter> <f8>");
    gallery.hang("夜话结束", "End of a talk", &terminal);
    walk(&mut terminal, "<enter>");

    walk(&mut terminal, "<ctrl-p> drmc <enter>");
    terminal.keys(&format!("{may}\r"));
    gallery.hang("导入名册", "Import", &terminal);
    walk(&mut terminal, "<enter> 1");
    gallery.hang("待核对", "In doubt", &terminal);
    walk(&mut terminal, "<ctrl-p> yscf <enter>");
    gallery.hang("疑似重复户", "Entered twice", &terminal);
    walk(&mut terminal, "1 <ctrl-p> drmc <enter>");
    terminal.keys(&format!("{june}\r"));
    walk(&mut terminal, "<enter> 3");
    gallery.hang("新旧名册对照", "Rosters compared", &terminal);
    walk(&mut terminal, "<ctrl-p> drgd <enter>");
    gallery.hang("导入过的名册", "Rosters brought in", &terminal);
    walk(&mut terminal, "<f7>");
    gallery.hang("合并", "Exchange", &terminal);
    walk(&mut terminal, "<ctrl-r>");
    gallery.hang("换人", "Who speaks", &terminal);
    walk(&mut terminal, "<esc> <ctrl-p> sszg <enter> <f8> 张三 <enter> 1 2 1");
    gallery.hang("试试这个终端", "Try this terminal", &terminal);
    walk(&mut terminal, "<enter> <f2> <esc>");
    gallery.hang("菜单", "Menu", &terminal);
    walk(&mut terminal, "<esc> <ctrl-p> cf");
    gallery.hang("命令", "Commands", &terminal);
    walk(&mut terminal, "<esc> <f1>");
    gallery.hang("帮助", "Help", &terminal);
    walk(&mut terminal, "<esc> <ctrl-l>");
    gallery.hang("锁屏", "Locked", &terminal);
    gallery.pictures
}

#[test]
fn the_pictures_of_the_screens_are_what_the_program_shows() {
    let (zh, en) = (pictures("zh"), pictures("en"));
    let mut out = String::from(
        "# 界面 Screens\n\n程序自己画的 (80x24), 和真的一样; 住户都是编的. Drawn by the program itself at 80x24; the people are invented.\n",
    );
    for ((title, english, chinese), (_, _, other)) in zh.iter().zip(&en) {
        let _ = write!(
            out,
            "\n## {title} · {english}\n\n```\n{}\n```\n\n```\n{}\n```\n",
            chinese.trim_end(),
            other.trim_end()
        );
    }
    same_as_file("docs/screens.md", &out);
    for (title, _, picture) in zh.iter().chain(&en) {
        // Characters of ambiguous width carry no layout; what people write may have them, and these people wrote none.
        let odd = picture.chars().find(|c| matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{27bf}' | '\u{2022}'));
        assert_eq!(odd, None, "{title}\n{picture}");
        for line in picture.lines() {
            assert!(zoufang::hanzi::width::columns(line) <= 80, "{title}: {line}");
        }
    }
}
