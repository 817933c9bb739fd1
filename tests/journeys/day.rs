//! A day's work that comes past every screen, for whoever wants to look at all of them: the pictures, the ten rules.
//!
//! The walk is told in keys, so it goes the same way in any language, at any size, and with every digit and mark typed in
//! full width. The people are invented.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::harness::{Laptop, Press, Terminal};
use super::office::{ask, behind, set_up};
use zoufang::app::{Keeper, Request, Roster};
use zoufang::domain::{Name, Sort};
use zoufang::intake::{Guess, read_file};

/// What seals a laptop.
pub const PASSPHRASE: &str = "水井核桃三轮车";

/// How the day is walked through.
#[derive(Debug, Clone, Copy)]
pub struct Day {
    pub lang: &'static str,
    pub size: (u16, u16),
    /// Digits, marks and blanks are typed as an input method gives them in full width.
    pub full_width: bool,
    /// Under `NO_COLOR`.
    pub plain: bool,
    /// On a console that has sixteen colours and paints them as it likes.
    pub sixteen: bool,
}

impl Default for Day {
    fn default() -> Self {
        Self { lang: "zh", size: (80, 24), full_width: false, plain: false, sixteen: false }
    }
}

/// A screen that the day comes past. Whoever presses keys here leaves the screen as it was.
pub struct Sight<'a> {
    pub zh: &'static str,
    pub en: &'static str,
    /// Where the data of this laptop lies, and beside them its stick, as the screen may say.
    pub folder: String,
    pub terminal: &'a mut Terminal,
}

impl Sight<'_> {
    /// The screen as it is in every run: folders and the number that another laptop signs with are other ones each time.
    pub fn screen(&self) -> String {
        let screen = self.terminal.screen();
        let screen = screen.replace(&format!("{}/data", self.folder), "~/.local/share/zoufang");
        let screen = screen.replace(&format!("{}/usb", self.folder), "/media/usb");
        let screen = without_number(&screen);
        if self.en == "Recovery code" { without_code(&screen) } else { screen }
    }
}

/// Puts sevens in the place of the digits of the number that a laptop signs with: four groups of four, over the end of a line too.
fn without_number(screen: &str) -> String {
    let words: Vec<&str> = screen.split_whitespace().collect();
    let is_group = |word: &&str| {
        let digits = word.trim_end_matches([':', ',', '.']);
        digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let first = words.windows(4).find(|words| words.iter().all(is_group)).map(|words| words[0].as_ptr().addr());
    let Some(start) = first.map(|first| first - screen.as_ptr().addr()) else { return screen.to_owned() };
    let mut left = 16;
    let mask = |(at, ch): (usize, char)| {
        let masked = ch.is_ascii_digit() && left > 0 && at >= start;
        left -= usize::from(masked);
        if masked { '7' } else { ch }
    };
    screen.char_indices().map(mask).collect()
}

/// Puts made-up digits in the place of those of a recovery code, which is another one each time.
fn without_code(screen: &str) -> String {
    let is_group = |word: &str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    let word = |word: &str| if is_group(word) { "123453".to_owned() } else { word.to_owned() };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ");
    screen.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// A picture: what it shows, in both languages, and the screen.
pub type Picture = (&'static str, &'static str, String);

/// Gives every screen of the day at 80 by 24, in one language; walked once for all who only look.
pub fn pictures(lang: &'static str) -> &'static [Picture] {
    static SEEN: [OnceLock<Vec<Picture>>; 2] = [const { OnceLock::new() }; 2];
    SEEN[usize::from(lang == "en")].get_or_init(|| {
        let mut pictures = Vec::new();
        Day { lang, ..Day::default() }.walk(&mut |sight| pictures.push((sight.zh, sight.en, sight.screen())));
        pictures
    })
}

/// A pair of hands that walks, and the eyes that look.
pub struct Walker<'a> {
    day: Day,
    laptop: Laptop,
    terminal: Terminal,
    look: &'a mut dyn FnMut(Sight<'_>),
}

impl Walker<'_> {
    fn see(&mut self, zh: &'static str, en: &'static str) {
        let folder = self.laptop.data().parent().unwrap().display().to_string();
        (self.look)(Sight { zh, en, folder, terminal: &mut self.terminal });
    }

    /// Types keys and presses others, one after another: text, and names of keys in angle brackets.
    pub fn go(&mut self, steps: &str) {
        for step in steps.split(' ') {
            match step {
                "<enter>" => self.terminal.press(Press::Enter),
                "<esc>" => self.terminal.press(Press::Esc),
                "<tab>" => self.terminal.press(Press::Tab),
                "<backtab>" => self.terminal.press(Press::BackTab),
                "<up>" => self.terminal.press(Press::Up),
                "<down>" => self.terminal.press(Press::Down),
                "<right>" => self.terminal.press(Press::Right),
                "<end>" => self.terminal.press(Press::End),
                key if key.starts_with("<f") => self.terminal.press(Press::F(key[2..key.len() - 1].parse().unwrap())),
                key if key.starts_with("<ctrl-") => self.terminal.press(Press::Ctrl(key.chars().nth(6).unwrap())),
                text => self.terminal.keys(&self.day.typed(&text.replace('_', " "))),
            };
        }
    }

    /// Gives the terminal that is sat before.
    pub fn terminal(&mut self) -> &mut Terminal {
        &mut self.terminal
    }

    /// Types what is no part of a day's keys, such as the path of a file.
    fn type_in(&mut self, text: &str) {
        self.terminal.keys(text);
    }

    fn pass(&mut self, minutes: u64) {
        for _ in 0..minutes * 2 {
            self.laptop.clock.pass(30);
            self.terminal.settle();
        }
    }

    /// Works on the campaign while the program is closed, and starts it again.
    fn behind(&mut self, work: impl FnOnce(&mut Keeper)) {
        self.terminal.kill9();
        behind(&self.laptop, work);
        self.terminal = self.day.start(&self.laptop);
    }

    /// The battery goes flat, and the program is started again.
    pub fn flat(&mut self) {
        self.terminal.kill9();
        self.terminal = self.day.start(&self.laptop);
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
            ("钱七", "male", 1958, "东里西村", "2", "7号", "supported", "13853300009"),
        ];
        let homes: Vec<_> = people
            .into_iter()
            .map(|(head, sex, born, village, group, door, kind, phone)| {
                let request =
                    Request::new("household.add").with("head", head).with("sex", sex).with("birth_year", born);
                let request = request.with("town", "东里镇").with("village", village).with("group", group);
                let request = request.with("door", door).with("kind", kind).with("phone", phone);
                ask(keeper, &request.with("paired", "陈明")).name().unwrap()
            })
            .collect();
        let request = Request::new("household.set").with_name("household", homes[0]).with("spouse", "刘桂芝");
        let request = request.with("nickname", "老三").with("wechat", "zsf1954").with("size", 4);
        ask(keeper, &request.with("preferred_time", "晚上七点以后").with("remark", "耳背, 说话大声些, 门口有狗"));
        for (relation, health, away) in [("老伴", "chronic", false), ("儿子", "healthy", true)] {
            let request = Request::new("member.add").with_name("household", homes[0]).with("name", relation);
            ask(keeper, &request.with("relation", relation).with("health", health).with("away", away));
        }
        // What no roster separated: a phone behind the name; and the hospital, which is why nobody is at home.
        let request = Request::new("household.set").with_name("household", homes[5]).with("head", "钱七13905331111");
        ask(keeper, &request.with("away", true).with("away_reason", "住院, 县医院").with("away_since", "2021-04-20"));
        let request = Request::new("issue.record").with_name("household", homes[0]).with("text", "村头路灯不亮");
        let request = request.with("kind", "stock").with("source", "hotline").with("received", "2021-04-20");
        ask(keeper, &request.with("field", "governance").with("class", "general"));
        keeper.close().unwrap();
    });
}

/// A group that has what is here screens one issue otherwise than it is screened here; what it wrote lies on the stick.
fn screened_apart(laptop: &Laptop, whose: &str) {
    let issue = behind(laptop, |keeper| {
        let house = keeper.house();
        let named = |name: &Name| house.household(*name).unwrap().head.starts_with(whose);
        let home = house.shelf(|shelf, _| shelf.households().clone()).into_iter().find(named).unwrap();
        house.shelf(|shelf, _| shelf.children_of(home, Sort::Issue).next().unwrap())
    });
    let (other, way) = (Laptop::new(77), tempfile::tempdir().unwrap());
    set_up(&other, "四组", "杜颖");
    // That went another way than by a stick: here everything waits for the first export.
    let settings = ["device.toml", "device-copy.toml"].map(|file| laptop.data().join(file));
    let before = settings.each_ref().map(|file| std::fs::read(file).unwrap());
    let file = behind(laptop, |keeper| keeper.export(way.path(), None).unwrap().path);
    for (file, before) in settings.iter().zip(before) {
        std::fs::write(file, before).unwrap();
    }
    let screen = Request::new("issue.screen").with_name("issue", issue);
    let accept = screen.clone().with("decision", "accept").with("class", "larger").with("unit", "镇水利站");
    behind(laptop, |keeper| ask(keeper, &accept));
    std::fs::create_dir_all(stick(laptop)).unwrap();
    behind(&other, |keeper| {
        let parcel = keeper.open_parcel(&file).unwrap();
        keeper.merge(parcel).unwrap();
        while keeper.work().unwrap() {}
        ask(keeper, &screen.with("decision", "unsupported").with("why", "灌溉不归县里管"));
        keeper.export(&stick(laptop), None).unwrap();
    });
}

/// The lists of May and June: what clerks write into them, illnesses and a phone with a digit too many among it.
const MAY: &str = "户主姓名,联系电话,家庭人口,村(居),备注,身体状况,其他\n\
    孙传宝,1385330003,4,东里社区,,健康,\n\
    高宗海,13853300004,2,东里西村,患尿毒症透析,慢性病,肝硬化\n\
    高宗海,13853300004,2,东里西村,患尿毒症透析,慢性病,肝硬化\n\
    赵淑芬,13853300006,3,东里西村,\"老伴高血压已去世, 女儿 138533000061\",重病,\n\
    沈照礼,138533000019,2,东里社区,双相情感障碍,残疾,癫痫\n\
    赵六（１３８　５３３０　０００８）,,2,东里西村,在县医院住院,健康,\n";
const JUNE: &str = "户主姓名,联系电话,家庭人口,村(居),备注\n\
    高宗海,13853300004,3,东里西村,肾移植术后\n任淑兰,13853300007,1,东里西村,\n\
    赵六13853300008,,2,东里西村,在县医院住院\n";

/// The folder that is this laptop's stick, once something is on it.
fn stick(laptop: &Laptop) -> PathBuf {
    laptop.data().with_file_name("usb")
}

/// Says otherwise than others of one household: its illness, which no row of a list says, and its door.
fn write_on_gao(keeper: &mut Keeper, remark: Option<&str>, door: &str) -> Name {
    let house = keeper.house();
    let named = |name: &Name| house.household(*name).unwrap().head == "高宗海";
    let gao = house.shelf(|shelf, _| shelf.households().clone()).into_iter().find(named).unwrap();
    let request = Request::new("household.set").with_name("household", gao).with("door", door);
    let request = match remark {
        Some(remark) => request.with("remark", remark),
        None => request,
    };
    ask(keeper, &request);
    gao
}

impl Day {
    fn start(&self, laptop: &Laptop) -> Terminal {
        let stick = stick(laptop).display().to_string();
        let mut env = vec![("ZOUFANG_LANG", self.lang), ("ZOUFANG_STICKS", stick.as_str())];
        env.extend(self.plain.then_some(("NO_COLOR", "1")));
        env.extend(self.sixteen.then_some(("TERM", "linux")));
        laptop.start(self.size, &env, &[])
    }

    /// Gives what the keyboard sends for a text.
    fn typed(&self, text: &str) -> String {
        let wide = |ch: char| match ch {
            ' ' => '\u{3000}',
            '!'..='@' => char::from_u32(u32::from(ch) + 0xfee0).unwrap(),
            other => other,
        };
        if self.full_width { text.chars().map(wide).collect() } else { text.to_owned() }
    }

    fn walker(self, laptop: Laptop, look: &mut dyn FnMut(Sight<'_>)) -> Walker<'_> {
        let terminal = self.start(&laptop);
        Walker { day: self, laptop, terminal, look }
    }

    /// Sits down before a laptop without any eyes that look.
    pub fn hands(self, laptop: Laptop) -> Walker<'static> {
        self.walker(laptop, Box::leak(Box::new(|_: Sight<'_>| ())))
    }

    /// Comes past the pages of the passphrase. What is typed there is hidden, and the code is another one each time.
    pub fn walk_sealed(self, look: &mut dyn FnMut(Sight<'_>)) {
        self.walker(Laptop::new(73), &mut *look).passphrase();
        let laptop = Laptop::new(75);
        set_up(&laptop, "一组", "陈明");
        let mut walker = self.walker(laptop, look);
        walker.go("<ctrl-p> 口令 <enter>");
        walker.see("加口令", "Seal what is here");
    }

    /// Walks through the day.
    pub fn walk(self, look: &mut dyn FnMut(Sight<'_>)) {
        self.walker(Laptop::new(71), look).see("第一次使用", "First run");
        let laptop = Laptop::new(72);
        set_up(&laptop, "一组", "陈明");
        households(&laptop);
        let mut walker = self.walker(laptop, &mut *look);
        walker.find_and_know();
        walker.visit();
        walker.talk();
        walker.lists();
        walker.around();
        drop(walker);
        self.walk_sealed(look);
        self.walk_out(look);
    }

    /// Comes past what is left where a laptop cannot be opened, and where all is over: each is the end of a laptop.
    fn walk_out(self, look: &mut dyn FnMut(Sight<'_>)) {
        let laptop = Laptop::new(78);
        set_up(&laptop, "一组", "陈明");
        // A newer program wrote here: its format stands behind the eight bytes by which the file is known.
        let segment = laptop.data().join("journal/000001.zfj");
        let mut bytes = std::fs::read(&segment).unwrap();
        bytes[8] = 9;
        let sum = crc32fast::hash(&bytes[..24]);
        bytes[24..28].copy_from_slice(&sum.to_le_bytes());
        std::fs::write(&segment, bytes).unwrap();
        self.walker(laptop, &mut *look).see("开始: 打不开", "Start: it cannot be opened");
        let (laptop, office) = (Laptop::new(79), Laptop::new(80));
        set_up(&laptop, "一组", "陈明");
        households(&laptop);
        std::fs::create_dir_all(stick(&laptop)).unwrap();
        let file = behind(&laptop, |keeper| keeper.export(&stick(&laptop), None).unwrap().path);
        set_up(&office, "办公室", "王主任");
        behind(&office, |keeper| {
            let parcel = keeper.open_parcel(&file).unwrap();
            keeper.merge(parcel).unwrap();
            while keeper.work().unwrap() {}
            keeper.export(&stick(&laptop), None).unwrap();
        });
        let mut walker = self.walker(laptop, look);
        walker.go("<ctrl-p> hdjs <enter> <enter>");
        walker.see("活动结束: 清除", "When all is over: removing");
        walker.go("清除 <enter>");
        walker.see("活动结束: 清除了", "When all is over: removed");
    }
}

impl Walker<'_> {
    fn passphrase(&mut self) {
        self.go("陈明 <enter> 1 <enter> <enter> <enter>");
        self.see("第一次使用: 怎么开始", "First run: begin with");
        self.go("<f8> 水井核桃三轮车");
        self.see("口令", "Passphrase");
        self.go("<enter> 水井核桃三轮车 <enter>");
        self.see("恢复码", "Recovery code");
        self.go("<enter> <esc> <ctrl-l>");
        self.see("锁屏, 有口令", "Locked, under a passphrase");
        self.flat();
        self.see("输入口令", "Enter the passphrase");
        self.go("水井核桃三轮车 <enter> <ctrl-p> 口令 <enter> 水井核桃三轮车 <enter>");
        self.see("换口令", "Change the passphrase");
    }

    fn find_and_know(&mut self) {
        self.go("dl_zsf");
        self.see("查找", "Lookup");
        self.go("<ctrl-u> <ctrl-g>");
        self.see("按村组看", "By village and group");
        self.go("<esc> qq <enter>");
        self.see("户卡: 不在家", "Card: nobody at home");
        self.go("5");
        self.see("改资料: 不在家", "Facts: nobody at home");
        self.go("<f2> qq <enter> 6");
        self.see("往来记录: 不在家", "History: nobody at home");
        self.go("<f2> <ctrl-u> 高宗海 <ctrl-n>");
        self.see("新建住户", "New household");
        self.go("<down> <down> <down> <down> <down>");
        self.see("新建住户: 选", "New household: pick");
        self.go("<ctrl-n> <f2> <ctrl-u> zsf <enter>");
        self.see("户卡", "Card");
        self.go("5");
        self.see("改资料", "Facts");
        self.go("<down> <enter>");
        self.see("改一项", "One fact");
        self.go("<esc> <down> <down> <down> <down> <enter>");
        self.see("选一项", "Pick one");
        self.go("<esc> <end> <enter>");
        self.see("家庭成员", "Member");
        self.go("<down> <down>");
        self.see("家庭成员: 选", "Member: pick");
        self.go("<f2> zsf <enter> 3 明天_19:30");
        self.see("预约", "Appointment");
        self.go("<down>");
        self.see("预约: 选", "Appointment: pick");
        self.go("<f2> lgy <enter> 4 昨晚_7点 <enter> 21");
        self.see("补录", "Entered later");
        self.go("<enter>");
        self.see("补录: 选", "Entered later: pick");
        self.go("<f8> 院墙外堆土");
        self.see("补录: 说了什么", "Entered later: what was said");
        self.go("<enter> 5!_两家分不清 <enter>");
        self.see("补录: 当场怎么解决的", "Entered later: what was done");
        self.go("量过了 <enter> <enter>");
    }

    fn visit(&mut self) {
        self.go("<f2> zsf <enter> 1");
        self.pass(9);
        self.go("4+_3组机井坏了浇不上地 <enter> 村里晚上太黑 <enter> 5!_两家为滴水吵架 <enter>");
        self.see("走访: 当场怎么解决的", "Visit: what was done");
        self.go("两家说开了 <enter> <up>");
        self.see("走访: 改一条", "Visit: a line");
        self.go("<ctrl-x> lgy");
        self.see("移到别户", "Another household's");
        self.go("<esc> <enter> <esc> 院墙外又堆土 <down>");
        self.see("走访: 也说过类似的", "Visit: said too");
        self.go("<esc> <ctrl-u>");
        self.terminal.paste("第一件\n第二件");
        self.see("粘贴了几行", "Several lines");
        self.go("<esc> <ctrl-u>");
        let lines: Vec<String> = (1..=480).map(|at| format!("第{at}件, 路灯不亮, 校车太远")).collect();
        self.terminal.paste(&lines.join("\n"));
        self.see("留着的几行", "Lines that wait");
        self.terminal.press(Press::Delete);
        self.go("<backtab>");
        self.see("走访: 讲了什么", "Visit: what was explained");
        self.go("46 <down> 6_村里没有地方跳舞");
        self.see("走访", "Visit");
        self.go("<tab>");
        self.see("走访: 归类", "Visit: sorting");
        self.go("<enter>");
        self.terminal.kill9();
        self.laptop.clock.pass(20);
        self.terminal = self.day.start(&self.laptop);
        self.see("没结束的走访", "Unfinished visit");
        self.go("<enter>");
        self.pass(7);
        self.go("<f8>");
        self.see("结束页", "Wrap-up");
        self.go("<ctrl-w>");
        self.see("为什么", "Why");
        self.go("<esc> <up>");
        self.see("结束页: 写字的地方", "Wrap-up: text");
        self.go("<up> <up>");
        self.see("结束页: 备注", "Wrap-up: a note");
        self.go("<up> <up>");
        self.see("结束页: 中断", "Wrap-up: a gap");
        self.go("<down> <down> <tab>");
        self.see("结束页: 归类", "Wrap-up: sorting");
        self.go("3! <enter>");
        self.see("结束页: 当场怎么解决的", "Wrap-up: what was done");
        self.go("装了灯 <enter> <down> <down> <down> <down> <enter> <f2> 张守富 <enter> 6");
        self.see("往来记录", "History");
        self.go("<down> 1");
        self.see("往来记录: 改一条", "History: a line");
        self.go("<esc> <up> <enter>");
        self.see("一条的来历", "Who recorded one thing");
        self.go("<enter> <tab>");
        self.see("记录来历", "Who recorded what");
    }

    fn talk(&mut self) {
        self.go("<f5> <enter> 文化广场");
        self.see("开始夜话", "Begin a talk");
        self.go("<down>");
        self.see("开始夜话: 选", "Begin a talk: pick");
        self.go("<f8> @张守富 <enter> lgy <enter>");
        self.see("夜话: 加户", "Talk: who comes");
        self.go("<esc>");
        self.pass(12);
        self.go("@wcy <enter> qq <enter> <esc> 1,3#4+_机井坏了 <enter> 0#6?_端午想办个戏台 <enter> 4#3_垃圾没人收 <enter> 2#校车只到村口");
        self.see("夜话", "Talk");
        self.go("<tab>");
        self.see("夜话: 归类", "Talk: sorting");
        self.go("<esc> <ctrl-u> 2#垃圾没人收 <tab> <down>");
        self.see("夜话: 也说过类似的", "Talk: said too");
        self.go("<esc> <ctrl-u> 2#校车只到村口 <tab>");
        self.pass(4);
        self.go("<enter> <ctrl-y>");
        self.see("夜话: 改一条", "Talk: a line");
        self.go("<esc> <ctrl-u> <esc> 032 <down>");
        self.see("夜话: 村和地点", "Talk: where");
        self.go("<esc> 00 1#5!_说开了 <enter>");
        self.see("夜话: 当场怎么解决的", "Talk: what was done");
        self.go("<esc> <ctrl-u>");
        self.terminal.kill9();
        self.laptop.clock.pass(300);
        self.terminal = self.day.start(&self.laptop);
        self.go("<enter> <f8>");
        self.see("夜话结束", "End of a talk");
        self.go("1");
        self.see("夜话结束: 自述", "End of a talk: declare");
        self.go("<esc> <enter> <enter> <f5> <enter> 文化广场 <down> <down> <down> 昨晚_7点 <enter> 90 <f8> @张守富 <enter> <esc> <f8>");
        self.see("夜话结束: 补录", "End of a talk: entered later");
        self.go("2");
        self.see("夜话结束: 待了几分钟", "End of a talk: how long");
        self.go("<esc> <enter> <f2> lyz <enter> 1");
        self.pass(2);
        self.go("<f8>");
        self.see("结束页: 不足15分", "Wrap-up: under 15 minutes");
        self.go("<ctrl-d> <ctrl-d>");
    }

    fn lists(&mut self) {
        let lists = tempfile::tempdir().unwrap();
        let write = |name: &str, rows: &str| {
            std::fs::write(lists.path().join(name), rows).unwrap();
            lists.path().join(name)
        };
        let (may, june) = (write("五月.csv", MAY), write("六月.csv", JUNE));
        self.go("<ctrl-p> drmc <enter>");
        self.see("选名册", "Choosing a roster");
        self.type_in(&format!("{}\r", may.display()));
        self.see("导入名册", "Import");
        self.go("<down> <down> <down> <down> 1");
        self.see("导入名册: 列是什么", "Import: what a column is");
        self.go("<esc> <enter>");
        self.see("导入名册: 做完", "Import: done");
        self.go("1");
        self.see("待核对", "In doubt");
        self.go("2");
        self.see("待核对: 改正", "In doubt: the right value");
        self.go("<esc> <tab>");
        self.see("待核对: 筛选", "In doubt: narrow to");
        self.go("<esc> 4 <ctrl-u> gzh");
        self.see("同一户", "The same family");
        self.go("<ctrl-p> yscf <enter>");
        self.see("疑似重复户", "Entered twice");
        self.go("1 <tab>");
        self.see("合过的户", "Joined households");
        self.behind(|keeper| {
            write_on_gao(keeper, Some("尿毒症, 每周透析三次"), "7号");
        });
        self.another_group(&may, "二组", "张文彬", None);
        self.another_group(&may, "三组", "苗兴英", Some("2031-05-18T19:42:00+08:00"));
        self.terminal.kill9();
        screened_apart(&self.laptop, "钱七");
        self.terminal = self.day.start(&self.laptop);
        self.go("<ctrl-p> drmc <enter>");
        self.type_in(&format!("{}\r", june.display()));
        self.go("<enter> 3");
        self.see("新旧名册对照", "Rosters compared");
        self.go("<ctrl-p> drgd <enter>");
        self.see("导入过的名册", "Rosters brought in");
        self.go("<f7>");
        self.see("合并", "Exchange");
        self.go("<right>");
        self.see("涉及的户", "Households it changes");
        self.go("<f7> <ctrl-a>");
        self.see("合并: 合并了", "Exchange: merged");
        self.go("7");
        self.type_in("2031-05-18 19:42");
        self.go("<tab>");
        self.type_in("2021-05-18 19:42");
        self.see("更正时间", "Correct a clock");
        self.go("<f7> <tab>");
        self.see("合并的文件夹", "Folder to exchange with");
        self.go("<esc> <ctrl-p> byz <enter>");
        self.see("不一致: 流程的一步", "Disagreements: a step");
        self.go("<down>");
        self.see("不一致: 三个值以上", "Disagreements: three values or more");
        self.go("<down>");
        self.see("不一致", "Disagreements");
        self.go("<enter>");
        self.see("不一致: 另写一个", "Disagreements: another value");
        self.go("<esc> 0");
        self.see("同户不同项", "Parallel changes");
        self.go("<f4>");
        self.see("问题", "Issues");
        self.go("张守富 <enter>");
        self.see("一件问题", "One issue");
        self.go("1 镇水利站");
        self.see("走一步", "A step");
        self.go("<up>");
        self.see("走一步: 选", "A step: pick");
        self.go("<esc> <esc> <ctrl-p> hdmy <enter>");
        self.see("活动密钥", "Campaign key");
        // Of those that are made each has another number.
        let keys = self.laptop.data().join("campaign-keys.toml");
        self.behind(|_| std::fs::write(keys, format!("keys = [\"{}\"]\n", "7".repeat(64))).unwrap());
        self.go("<ctrl-p> hdmy <enter>");
        self.see("活动密钥: 已有", "Campaign key: there is one");
        self.go("<ctrl-p> bj <enter>");
        self.see("本机", "This laptop");
        self.go("<ctrl-p> hdjs <enter>");
        self.see("活动结束", "When all is over");
    }

    /// Another group has the same list, and says otherwise what stands in it; what it wrote lies on the stick. One has a clock
    /// that is wrong by years.
    fn another_group(&self, list: &Path, group: &str, person: &str, wrong: Option<&str>) {
        let mut laptop = Laptop::new(if wrong.is_some() { 76 } else { 74 });
        if let Some(wall) = wrong {
            laptop.clock.set_wall(wall);
        }
        set_up(&laptop, group, person);
        std::fs::create_dir_all(stick(&self.laptop)).unwrap();
        behind(&laptop, |keeper| {
            let roster = Roster::of(&read_file(list, &Guess::default()).unwrap()).unwrap();
            keeper.import(&roster, "五月.csv").unwrap();
            while keeper.work().unwrap() {}
            let (remark, door) =
                if wrong.is_some() { (None, "9号") } else { (Some("肾移植术后, 少走动"), "8号") };
            let gao = write_on_gao(keeper, remark, door);
            if wrong.is_some() {
                let time = Request::new("household.set").with_name("household", gao).with("preferred_time", "晚上");
                ask(keeper, &time);
            }
            keeper.export(&stick(&self.laptop), None).unwrap();
        });
    }

    fn around(&mut self) {
        self.go("<ctrl-r>");
        self.see("换人", "Who speaks");
        self.go("<esc> <ctrl-q>");
        self.see("退出以前", "Before leaving");
        self.go("<esc> <ctrl-p> sszg <enter>");
        self.see("试试终端: F8", "Try it: F8");
        self.go("<f8>");
        self.see("试试终端: F1", "Try it: F1");
        self.go("<f1>");
        self.see("试试终端: F10", "Try it: F10");
        self.go("<f10> 张三");
        self.see("试试终端: 输入法", "Try it: input method");
        self.go("<enter>");
        self.see("试试终端: 看和听", "Try it: eyes and ears");
        self.go("1 2 1");
        self.see("试试这个终端", "Try this terminal");
        self.go("<enter> <f2> <esc>");
        self.see("菜单", "Menu");
        self.go("<esc> <ctrl-p> cf");
        self.see("命令", "Commands");
        self.go("<esc> <f1>");
        self.see("帮助", "Help");
        self.go("<esc> <ctrl-l>");
        self.see("锁屏", "Locked");
    }
}
