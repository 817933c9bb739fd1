//! The same work by SQLite: each field that an operation says is put into a table where its stamp is later.
//!
//! It keeps no history, checks nothing and shows no disagreement. The `sqlite3` of the machine does it, in one durable
//! transaction for each bundle, from lines of tab-separated text.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use zoufang::domain::{Body, Operation, Value};

/// Rows to put in, as `sqlite3` imports them.
#[derive(Default)]
pub struct Upserts {
    text: String,
    rows: usize,
}

impl Upserts {
    /// Adds the fields that an operation says.
    pub fn put(&mut self, operation: &Operation) {
        match &operation.body {
            Body::Value(value) => self.row(operation, &operation.key, &plain(value)),
            Body::Birth(_, birth) => {
                for (role, name) in &birth.links {
                    self.row(operation, role, &name.to_string());
                }
                for (key, value) in &birth.facts {
                    self.row(operation, key, &plain(value));
                }
            }
            Body::RosterRow(row) => {
                for (key, value) in &row.facts {
                    self.row(operation, key, &plain(value));
                }
            }
            _ => {}
        }
    }

    fn row(&mut self, operation: &Operation, key: &str, value: &str) {
        let (entity, stamp, writer) = (operation.entity, operation.stamp.0, operation.name.writer);
        writeln!(self.text, "{entity}\t{key}\t{stamp}\t{writer:016x}\t{value}").unwrap();
        self.rows += 1;
    }
}

fn plain(value: &Value) -> String {
    let text = match value {
        Value::Nothing => String::new(),
        Value::Text(text) => text.to_string(),
        Value::Number(number) | Value::At(number) => number.to_string(),
        Value::Entity(name) => name.to_string(),
        other => format!("{other:?}"),
    };
    text.replace(['\t', '\n', '"'], " ")
}

const TABLE: &str = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;
CREATE TABLE IF NOT EXISTS fact(entity TEXT, key TEXT, stamp INTEGER, writer TEXT, value TEXT,
    PRIMARY KEY(entity, key)) WITHOUT ROWID;
CREATE TEMP TABLE come(entity TEXT, key TEXT, stamp INTEGER, writer TEXT, value TEXT);
.mode tabs
";
const UPSERT: &str = "INSERT INTO fact SELECT * FROM come WHERE true ON CONFLICT(entity, key) DO UPDATE
    SET stamp = excluded.stamp, writer = excluded.writer, value = excluded.value
    WHERE (excluded.stamp, excluded.writer) > (fact.stamp, fact.writer);
DELETE FROM come;
";

/// Puts the roster in, then the bundles, and says what the bundles took; nothing where the machine has no `sqlite3`.
pub fn upsert(folder: &Path, roster: &Upserts, bundles: &[Upserts]) {
    let database = folder.join("upsert.db");
    let put = |name: &str, parts: &[&Upserts]| {
        let mut script = String::from(TABLE);
        for (at, part) in parts.iter().enumerate() {
            let lines: PathBuf = folder.join(format!("{name}-{at}.tsv"));
            fs::write(&lines, &part.text).unwrap();
            write!(script, "BEGIN;\n.import {} come\n{UPSERT}COMMIT;\n", lines.display()).unwrap();
        }
        let file = folder.join(format!("{name}.sql"));
        fs::write(&file, script).unwrap();
        let (start, before) = (Instant::now(), of_children());
        let input = fs::File::open(&file).unwrap();
        let ran = Command::new("sqlite3").arg(&database).stdin(input).stdout(Stdio::null()).status();
        ran.is_ok_and(|status| status.success()).then(|| (start.elapsed().as_secs_f64(), of_children() - before))
    };
    let took = put("roster", &[roster]).and_then(|_| put("bundles", &bundles.iter().collect::<Vec<_>>()));
    let rows: usize = bundles.iter().map(|bundle| bundle.rows).sum();
    match took {
        Some((wall, cpu)) => println!("sqlite3: {rows} fields; {wall:.3} s (CPU {cpu:.2} s)"),
        None => println!("sqlite3 is not on this machine: nothing to compare with"),
    }
}

/// The CPU seconds of all processes that were started and have ended, as the system counts them.
fn of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ').skip(13).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
