//! Measures bundles: writing, reading back, planning and handing out the work of four laptops (60,000 operations),
//! and the size of the file against the same operations as JSON lines.
//!
//! `cargo bench --bench bundle` or, for ten times the work, `cargo bench --bench bundle -- 10`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_precision_loss,
    reason = "a measurement may stop at the first surprise"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;

use zoufang::clock::Clock;
use zoufang::domain::{Birth, Body, Name, Operation, Prevs, Sort, Stamp, Value, Word, Writer};
use zoufang::exchange::{Bundle, Digest, Header, Keys, Manifest, plan, write};
use zoufang::log::{Ranges, bytes};

/// A small, repeatable source of chance (xorshift64*).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33).unwrap() % end
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    fn text(&mut self, least: usize, end: usize) -> String {
        let all: Vec<char> = TEXT.chars().collect();
        let start = self.below(all.len());
        let length = least + self.below(end - least);
        let text: String = all.iter().cycle().skip(start).take(length).collect();
        format!("{text}{}", self.below(10_000))
    }

    fn name(&mut self) -> String {
        let all: Vec<char> = GIVEN.chars().collect();
        let surname = SURNAMES.chars().nth(self.below(49)).unwrap();
        let given: String = (0..=self.below(2)).map(|_| all[self.below(all.len())]).collect();
        format!("{surname}{given}")
    }

    fn phone(&mut self) -> String {
        format!("1{}{:09}", self.pick(&["3", "5", "7", "8"]), self.below(1_000_000_000))
    }
}

const SURNAMES: &str =
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎";
const GIVEN: &str = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国志红梅春生玉龙海燕文斌";
const TEXT: &str = "群众反映村里文化广场路灯损坏晚上无法跳广场舞希望尽快维修健身器材老化存在安全隐患农家书屋开放时间短图书更新慢灌溉渠道淤塞垃圾清运不及时道路坑洼自来水压力不足孩子上学校车线路绕远卫生室药品不全希望增加送戏下乡场次";
const TOWNS: [&str; 6] = ["南麻街道", "历山街道", "鲁村镇", "东里镇", "悦庄镇", "西里镇"];
const FIELDS: [&str; 6] = ["基础教育", "医疗卫生", "生态环境", "农业农村", "社会治理", "文体生活"];
const KEYS: [&str; 12] = [
    "phone",
    "wechat",
    "members",
    "health",
    "income",
    "tags",
    "addr",
    "note",
    "contact2",
    "prefer_time",
    "away",
    "crop",
];

fn value(key: &str, chance: &mut Chance) -> Value {
    let number = |n: usize| Value::Number(i64::try_from(n).unwrap());
    match key {
        "phone" => Value::text(chance.phone()),
        "wechat" => Value::text(format!("wx{}", chance.below(100_000_000))),
        "members" => number(1 + chance.below(7)),
        "health" => Value::text(chance.pick(&["健康", "慢性病", "残疾", "大病", "一般"])),
        "income" => number(3_000 + chance.below(87_000)),
        "tags" => Value::text(chance.pick(&["低保户", "脱贫户", "党员户", "独居老人", "留守儿童", ""])),
        "addr" => Value::text(format!("{}号", 1 + chance.below(399))),
        "note" => Value::text(chance.text(8, 40)),
        "contact2" => Value::text(format!("{}{}", chance.name(), chance.phone())),
        "prefer_time" => Value::text(chance.pick(&["上午", "下午", "晚上", "周末", "农闲"])),
        "away" => Value::Yes(chance.below(5) == 0),
        _ => Value::text(chance.pick(&["苹果", "桃", "玉米", "樱桃", "无"])),
    }
}

/// Both forms of the work: operation bytes in order, and JSON lines.
#[derive(Default)]
struct Work {
    operations: BTreeMap<Name, Vec<u8>>,
    lines: String,
}

impl Work {
    fn add(&mut self, name: Name, wall_ms: i64, about: Option<(Name, &str)>, body: Body, line: &str) {
        let (entity, key) = about.unwrap_or((name, ""));
        let stamp = Stamp(Stamp::at(wall_ms).0 + u64::from(name.seq % 6));
        let (actor, key) = ("陈明".into(), key.into());
        let operation = Operation { name, stamp, wall_ms, actor, entity, key, prevs: Prevs::new(), body };
        self.operations.insert(name, bytes::encode(&operation).unwrap());
        let (count, seq) = (name.seq % 6, name.seq);
        writeln!(self.lines, r#"{{{line},"t":{wall_ms},"c":{count},"r":{},"s":{seq}}}"#, name.writer % 4 + 1).unwrap();
    }
}

fn json(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Yes(yes) => yes.to_string(),
        Value::Text(text) => format!("\"{text}\""),
        _ => String::new(),
    }
}

/// Four laptops, each with so many households of a roster: three fields, a visit, two issues.
fn work(households: usize) -> Work {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let mut work = Work::default();
    let roster = 0x5151_AAAA_0F0F_3C3C;
    for laptop in 0..4u64 {
        let writer = (laptop + 1).wrapping_mul(0xA5A5_1234_9876_FEDC) & !3 | laptop;
        let mut wall_ms = 1_620_028_800_000 + i64::try_from(chance.below(240_000)).unwrap();
        let mut seq = 0;
        let mut next = || {
            seq += 1;
            Name::new(writer, seq)
        };
        for visit_number in 0..households {
            wall_ms += 20_000 + i64::try_from(chance.below(70_000)).unwrap();
            let row = u32::try_from(1 + chance.below(households * 4)).unwrap();
            let household = Name::new(roster, row);
            let first = chance.below(KEYS.len());
            for step in 0..3 {
                let key = KEYS[(first + step * 5) % KEYS.len()];
                let value = value(key, &mut chance);
                let line = format!(r#""k":"set","e":"h","id":"H{row:06}","f":"{key}","v":{}"#, json(&value));
                work.add(next(), wall_ms, Some((household, key)), Body::Value(value), &line);
            }
            let text = |key: &str, text: String| (key.into(), Value::text(text));
            let number = |key: &str, n: usize| (key.into(), Value::Number(i64::try_from(n).unwrap()));
            let to = |role: &str, name| (role.into(), name);
            let visit = next();
            let facts = vec![
                ("start".into(), Value::At(wall_ms)),
                number("mins", 15 + chance.below(45)),
                text("mode", chance.pick(&["入户", "电话", "田间", "夜话"]).into()),
                text("who", chance.name()),
                number("sat", 1 + chance.below(5)),
                text("note", chance.text(10, 60)),
            ];
            let fields = json_facts(&facts, wall_ms);
            let id = format!("V{laptop:02}{visit_number:06}");
            let line = format!(r#""k":"add","e":"visit","id":"{id}","v":{{"h":"H{row:06}",{fields}}}"#);
            let birth = Birth { links: vec![to("household", household)], facts };
            work.add(visit, wall_ms, None, Body::Birth(Sort::Visit, birth), &line);
            for issue in 0..2 {
                let facts = vec![
                    text("field", chance.pick(&FIELDS).into()),
                    text("title", chance.text(8, 16)),
                    text("body", chance.text(30, 80)),
                    number("level", [5, 10, 10, 20, 45][chance.below(5)]),
                    text("status", "待甄别".into()),
                    text("unit", chance.pick(&TOWNS).into()),
                ];
                let fields = json_facts(&facts, wall_ms);
                let number = visit_number * 2 + issue;
                let line = format!(
                    r#""k":"add","e":"issue","id":"I{laptop:02}{number:06}","v":{{"h":"H{row:06}","visit":"{id}",{fields}}}"#
                );
                let birth = Birth { links: vec![to("household", household), to("visit", visit)], facts };
                work.add(next(), wall_ms, None, Body::Birth(Sort::Issue, birth), &line);
            }
        }
    }
    work
}

fn json_facts(facts: &[(Word, Value)], wall_ms: i64) -> String {
    let one = |(key, value): &(Word, Value)| match value {
        Value::At(_) => format!("\"{key}\":{wall_ms}"),
        _ => format!("\"{key}\":{}", json(value)),
    };
    facts.iter().map(one).collect::<Vec<_>>().join(",")
}

/// The least of five runs, in milliseconds, and the last result.
fn least<T>(clock: &Clock, mut run: impl FnMut() -> T) -> (u64, T) {
    let mut best = u64::MAX;
    let mut last = None;
    for _ in 0..5 {
        let start = clock.now().boot_ms;
        last = Some(std::hint::black_box(run()));
        best = best.min(clock.now().boot_ms - start);
    }
    (best, last.unwrap())
}

fn main() {
    let scale = std::env::args().skip(1).find_map(|word| word.parse::<usize>().ok()).unwrap_or(1);
    let clock = Clock::machine();
    let work = work(2_500 * scale);
    let mut contains = Ranges::default();
    for name in work.operations.keys() {
        contains.insert(*name);
    }
    let manifest = Manifest {
        campaign: "yiyuan-2021".into(),
        from: Writer { code: "一组1".into(), group: "一组".into(), ..Writer::default() },
        exported_ms: 1_622_207_400_000,
        knows: contains.clone(),
        ..Manifest::default()
    };
    let (writing, file) = least(&clock, || {
        let mut file = Vec::new();
        write(&manifest, || work.operations.values().map(Ok), &mut file).unwrap();
        file
    });
    let (reading, bundle) = least(&clock, || Bundle::read(&mut Cursor::new(&file)).unwrap());
    let nothing = Ranges::default();
    let (planning, fresh) = least(&clock, || plan(&bundle, &nothing, |_| None));
    assert_eq!(fresh.fresh, contains);
    let (handing, count) = least(&clock, || {
        let mut source = Cursor::new(&file);
        bundle.blocks(&mut source).map(|block| block.unwrap().operations().count()).sum::<usize>()
    });
    let digests: BTreeMap<Name, Digest> = bundle.digests().collect();
    let (known, is_known) = least(&clock, || {
        let header = Header::read(&mut Cursor::new(&file), &Keys::default()).unwrap();
        header.is_known(&contains, |name| digests.get(&name).copied())
    });
    assert!(is_known && count == work.operations.len());

    let raw = bundle.header().raw;
    let lines = work.lines.len();
    println!("operations         {count:>10}   blocks {}", bundle.header().blocks);
    println!("as JSON lines      {lines:>10} bytes");
    println!("operation bytes    {raw:>10} bytes");
    println!("bundle             {:>10} bytes = 1/{:.2} of the lines", file.len(), lines as f64 / file.len() as f64);
    println!("write              {writing:>10} ms");
    println!("read and verify    {reading:>10} ms");
    println!("plan               {planning:>10} ms");
    println!("hand out           {handing:>10} ms");
    println!("known again        {known:>10} ms");
}
