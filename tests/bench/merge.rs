//! The office's evening: four laptops with one roster each edit three facts of a quarter of it (a twentieth of it is edited
//! by two of them), with a visit and two issues for each household; their exports are merged by the office, then again.
//!
//! Of 500 households that two laptops edit, 249 have one fact that both wrote, 75 have two, 2 all three, and 174 none: 405
//! facts, each with two values. What a person does are six acts a household (three facts, a visit, two issues); here they are
//! twelve records, as a visit that ends writes more than one.
//!
//! `cargo bench --bench merge` (10,000 households) or `-- 100000`. The merging runs in a process of its own, whose CPU time,
//! memory and written bytes are given as the system counted them; the disagreements found are held against those planted.
//! Where the machine has `sqlite3`, it does the same work as upserts of fields, in the same run.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a benchmark may stop at the first surprise, and reads the machine's clock"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use serde_json::{Value as Json, json};
use zoufang::app::{Device, Export, Keeper, Place, Request, Roster};
use zoufang::clock::Clock;
use zoufang::domain::{Body, Name, Operation, Value, Word, Writer};
use zoufang::exchange::{Introductions, Lock};
use zoufang::intake::{self, Guess};
use zoufang::log::{Position, Ranges, Reader, bytes};

mod sqlite;

use sqlite::Upserts;

const FACTS: [&str; 12] = [
    "wechat",
    "size",
    "nickname",
    "spouse",
    "door",
    "remark",
    "preferred_time",
    "paired",
    "away_reason",
    "group",
    "village",
    "birth_year",
];
const FIELDS: [&str; 6] = ["education", "health", "environment", "agriculture", "governance", "culture"];
const SAID: &str = "群众反映村里文化广场路灯损坏晚上无法跳广场舞希望尽快维修健身器材老化存在安全隐患农家书屋开放时间短";
/// Requests that share a sync, as `batch` lets them.
const TOGETHER: usize = 256;

struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn words(&mut self, least: usize, end: usize) -> String {
        let (start, length) = (self.below(40), least + self.below(end - least));
        let text: String = SAID.chars().cycle().skip(start).take(length).collect();
        format!("{text}{}", self.below(10_000))
    }

    fn value(&mut self, fact: &str) -> String {
        match fact {
            // Never the roster's own word: saying what is known already is no edit.
            "size" => (7 + self.below(90)).to_string(),
            "birth_year" => (1930 + self.below(70)).to_string(),
            _ => self.words(2, 8),
        }
    }

    /// Chooses so many of some facts.
    fn some(&mut self, count: usize, facts: &[&'static str]) -> BTreeSet<&'static str> {
        let mut some = BTreeSet::new();
        while some.len() < count {
            some.insert(facts[self.below(facts.len())]);
        }
        some
    }
}

fn roster(count: usize) -> String {
    let mut chance = Chance(7);
    let mut out = String::from("序号,镇(街道),村(居),组,户主姓名,联系电话,家庭人口,住址\n");
    for row in 1..=count {
        let (group, size, phone) = (1 + chance.below(12), 1 + chance.below(6), chance.below(100_000_000));
        let head: String = SAID.chars().skip(chance.below(45)).take(2).collect();
        let _ = writeln!(out, "{row},东里镇,东里{}村,{group},王{head},139{phone:08},{size},{row}号", 1 + row / 300);
    }
    out
}

fn laptop(folder: &Path, laptop: u64) -> (Place, Keeper) {
    let place = Place::new(folder.to_owned());
    let device = Device { laptop, group: "一组".into(), visitors: vec!["陈明".into()], ..Device::default() };
    place.create(&device, &Clock::machine()).unwrap();
    let keeper = open(&place);
    (place, keeper)
}

fn open(place: &Place) -> Keeper {
    let mut keeper = place.open(Clock::machine()).unwrap().keeper;
    keeper.fill().unwrap();
    keeper
}

fn work(keeper: &mut Keeper) {
    while keeper.work().unwrap() {}
}

/// Of the households that two laptops edit, how many have no fact that both wrote, one, two, three.
const BOTH_WROTE: [usize; 4] = [174, 249, 75, 2];

/// Gives how many facts of the n-th household that two laptops edit both of them write.
fn both_write(nth: usize) -> usize {
    // Those of one kind do not follow one another.
    let mut place = nth * 7 % BOTH_WROTE.iter().sum::<usize>();
    for (facts, households) in BOTH_WROTE.iter().enumerate() {
        match place.checked_sub(*households) {
            Some(rest) => place = rest,
            None => return facts,
        }
    }
    unreachable!()
}

/// What the laptops wrote.
#[derive(Default)]
struct Written {
    /// Of each fact what each laptop wrote last.
    facts: BTreeMap<(Name, &'static str), BTreeMap<u64, String>>,
    /// How many households two of them edited.
    by_two: usize,
}

impl Written {
    /// Chooses the three facts of a household that a laptop edits.
    fn next(&mut self, household: Name, chance: &mut Chance) -> BTreeSet<&'static str> {
        let is_written = |fact: &&'static str| self.facts.contains_key(&(household, *fact));
        let (written, others): (Vec<_>, Vec<_>) = FACTS.into_iter().partition(is_written);
        if written.is_empty() {
            return chance.some(3, &others);
        }
        let both = both_write(self.by_two);
        self.by_two += 1;
        let mut facts = chance.some(both, &written);
        facts.extend(chance.some(3 - both, &others));
        facts
    }
}

/// A laptop's work: its own quarter of the households but for the last twentieth, and the first of its neighbour's.
fn edit(keeper: &mut Keeper, number: u64, written: &mut Written) {
    let households: Vec<Name> = keeper.house().shelf(|shelf, _| shelf.households().iter().copied().collect());
    let quarter = households.len() / 4;
    let (own, next) =
        (quarter * (usize::try_from(number).unwrap() - 1), quarter * (usize::try_from(number).unwrap() % 4));
    let both = quarter / 20;
    let mut chance = Chance(number * 1_000_003);
    let mine = households[own..own + quarter - both].iter().chain(&households[next..next + both]);
    let mut requests = 0;
    let mut run = |keeper: &mut Keeper, request: Request| {
        let answer = keeper.run(&request).unwrap();
        requests += 1;
        if requests % TOGETHER == 0 {
            keeper.sync().unwrap();
        }
        answer
    };
    for household in mine {
        let mut request = Request::new("household.set").with_name("household", *household);
        for fact in written.next(*household, &mut chance) {
            let by = written.facts.entry((*household, fact)).or_default();
            let mut value = chance.value(fact);
            while by.values().any(|other| *other == value) {
                value = chance.value(fact);
            }
            request = request.with(fact, value.clone());
            by.insert(number, value);
        }
        run(keeper, request);
        run(keeper, Request::new("visit.start").with_name("household", *household));
        for _ in 0..2 {
            let text = chance.words(30, 80);
            let field = FIELDS[chance.below(FIELDS.len())];
            run(keeper, Request::new("issue.record").with("text", text).with("field", field));
        }
        run(keeper, Request::new("visit.finish").with("short_why", "家里有事"));
    }
    keeper.sync().unwrap();
}

/// What the system counted for this process: CPU seconds, most memory in MiB, written MiB.
fn counted() -> (f64, f64, f64) {
    let number = |file: &str, word: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(word)).unwrap_or_default().to_owned();
        line.split_whitespace().nth(1).and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0)
    };
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks: f64 = stat
        .rsplit(") ")
        .next()
        .unwrap_or_default()
        .split(' ')
        .skip(11)
        .take(2)
        .filter_map(|n| n.parse::<f64>().ok())
        .sum();
    (ticks / 100.0, number("/proc/self/status", "VmHWM:") / 1024.0, number("/proc/self/io", "wchar:") / 1_048_576.0)
}

/// Gives what a reader has of some operations, one after the other.
fn each_of(reader: &Reader, wanted: &Ranges, mut each: impl FnMut(&Operation)) {
    reader
        .read_from(Position::START, &mut |frame| {
            let kept = bytes::decode_all(frame.operations).unwrap();
            kept.iter().map(|kept| &kept.operation).filter(|known| wanted.contains(known.name)).for_each(&mut each);
            Ok(())
        })
        .unwrap();
}

/// Gives the bytes of a bundle's operations as JSON lines: the same fields under short names, as a log in text would hold
/// them.
fn as_json_lines(reader: &Reader, wanted: &Ranges) -> u64 {
    let mut length = 0;
    let facts = |facts: &[(Word, Value)]| -> serde_json::Map<String, Json> {
        facts.iter().map(|(key, value)| (key.to_string(), json_value(value))).collect()
    };
    each_of(reader, wanted, |operation| {
        let body = match &operation.body {
            Body::Value(value) => json!({"value": json_value(value)}),
            Body::Birth(sort, birth) => {
                let links: serde_json::Map<String, Json> =
                    birth.links.iter().map(|(role, name)| (role.to_string(), name.to_string().into())).collect();
                json!({"birth": format!("{sort:?}"), "links": links, "facts": facts(&birth.facts)})
            }
            Body::Writer(writer) => json!({"laptop": writer.laptop, "group": writer.group, "who": writer.visitors}),
            other => json!({"other": format!("{other:?}")}),
        };
        let prevs: Vec<String> = operation.prevs.iter().map(Name::to_string).collect();
        let line = json!({
            "name": operation.name.to_string(), "stamp": operation.stamp.0, "wall": operation.wall_ms,
            "actor": operation.actor, "entity": operation.entity.to_string(), "key": operation.key, "prevs": prevs,
            "body": body,
        });
        length += line.to_string().len() as u64 + 1;
    });
    length
}

fn json_value(value: &Value) -> Json {
    match value {
        Value::Nothing => Json::Null,
        Value::Text(text) => text.as_str().into(),
        Value::Number(number) | Value::At(number) => (*number).into(),
        Value::Yes(yes) => (*yes).into(),
        Value::Day(day) => (*day).into(),
        Value::Entity(name) => name.to_string().into(),
        Value::Words(words) => words.iter().map(Word::as_str).collect::<Vec<_>>().into(),
    }
}

/// Merges files as the office does, in a process of its own, and says what it took.
fn office(folder: &Path, title: &str, files: &[PathBuf]) {
    let place = Place::new(folder.to_owned());
    let before = counted();
    let start = Instant::now();
    let mut keeper = open(&place);
    let opened = start.elapsed().as_secs_f64();
    let (open_cpu, _, open_wrote) = counted();
    let (mut fresh, mut known) = (0, 0);
    for file in files {
        let parcel = keeper.open_parcel(file).unwrap();
        let merged = keeper.merge(parcel).unwrap();
        work(&mut keeper);
        (fresh, known) = (fresh + merged.fresh, known + merged.repeated);
    }
    keeper.sync().unwrap();
    let wall = start.elapsed().as_secs_f64();
    let disputed = keeper.house().shelf(|shelf, _| shelf.disputed().len());
    let (cpu, memory, wrote) = counted();
    println!(
        "{title}: {fresh} new, {known} known, {disputed} disagreements; open {opened:.2} s (CPU {:.2} s, wrote {:.1} MiB), \
         then {:.3} s (CPU {:.2} s, wrote {:.3} MiB); at most {memory:.0} MiB",
        open_cpu - before.0,
        open_wrote - before.2,
        wall - opened,
        cpu - open_cpu,
        wrote - open_wrote,
    );
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if words.first().is_some_and(|word| word == "office") {
        let files: Vec<PathBuf> = words[3..].iter().map(PathBuf::from).collect();
        return office(Path::new(&words[1]), &words[2], &files);
    }
    let count = words.first().and_then(|word| word.parse().ok()).unwrap_or(10_000);
    let base = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("merge-{count}"));
    let _ = fs::remove_dir_all(&base);
    fs::create_dir_all(&base).unwrap();
    let reading = intake::read(roster(count).as_bytes(), "a.csv", &Guess::default()).unwrap();
    let roster = Roster::of(&reading).unwrap();
    let (mut files, mut written, mut bytes, mut lines) = (Vec::new(), Written::default(), 0, 0);
    let (place, mut keeper) = laptop(&base.join("office"), 9);
    keeper.import(&roster, "a.csv").unwrap();
    work(&mut keeper);
    keeper.sync().unwrap();
    let had = keeper.known();
    let (mut base_fields, mut fields) = (Upserts::default(), Vec::new());
    each_of(&keeper.reader(), &had, |operation| base_fields.put(operation));
    drop(keeper);
    for number in 1..=4 {
        let (place, mut keeper) = laptop(&base.join(number.to_string()), number);
        keeper.import(&roster, "a.csv").unwrap();
        work(&mut keeper);
        edit(&mut keeper, number, &mut written);
        let (campaign, from) = (place.campaign_id(false), Writer { laptop: number, ..Writer::default() });
        let (knows, had): (Ranges, Ranges) = (keeper.known(), had.clone());
        let file = base.join(format!("{number}.zfb"));
        let exported = Export {
            onto: Arc::clone(&place.exports),
            to: None,
            campaign,
            from,
            now_ms: 0,
            knows,
            introductions: Introductions::default(),
            had: had.clone(),
            lock: Lock::Clear,
            signer: None,
            keep_out_of: None,
        }
        .write(&keeper.reader(), &file)
        .unwrap();
        bytes += exported.length;
        let own = keeper.known().without(&had);
        lines += as_json_lines(&keeper.reader(), &own);
        let mut its = Upserts::default();
        each_of(&keeper.reader(), &own, |operation| its.put(operation));
        fields.push(its);
        files.push(exported.path);
    }
    println!(
        "== {count} households; bundles {:.2} MiB, as JSON lines {:.2} MiB: 1/{:.1}",
        bytes as f64 / 1_048_576.0,
        lines as f64 / 1_048_576.0,
        lines as f64 / bytes as f64
    );
    for title in ["merge", "merge again"] {
        let program = std::env::current_exe().unwrap();
        let status = Command::new(program).arg("office").arg(&place.folder).arg(title).args(&files).status().unwrap();
        assert!(status.success());
    }
    sqlite::upsert(&base, &base_fields, &fields);
    let found: BTreeSet<(Name, String)> = open(&place).house().shelf(|shelf, _| shelf.disputed().clone());
    let planted: BTreeSet<(Name, String)> = written
        .facts
        .iter()
        .filter(|(_, by)| by.values().collect::<BTreeSet<_>>().len() > 1)
        .map(|((household, fact), _)| (*household, (*fact).to_owned()))
        .collect();
    assert!(found == planted, "{:?} are disagreements on one side only", found.symmetric_difference(&planted));
    println!("disagreements: {} of {}", found.len(), planted.len());
    if std::env::var_os("ZOUFANG_KEEP").is_none() {
        let _ = fs::remove_dir_all(&base);
    }
}
