//! A laptop: a data folder, a clock that stands where the story wants it, and the program on it.

use std::cell::Cell;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value as Json;
use tempfile::TempDir;

/// What a run of the program came to.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Gives the results as JSON, one value a line.
    pub fn json(&self) -> Vec<Json> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect()
    }

    /// Insists on an exit status.
    #[track_caller]
    pub fn ends(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{self:#?}");
        self
    }
}

/// A laptop.
pub struct Laptop {
    folder: TempDir,
    seed: Cell<u64>,
}

impl Laptop {
    /// A laptop on which the program never ran. `seed` tells laptops apart.
    pub fn new(seed: u64) -> Self {
        let laptop = Self { folder: tempfile::tempdir().unwrap(), seed: Cell::new(seed * 1_000_000) };
        laptop.clock("2021-05-18T19:30:00+08:00", 0);
        laptop
    }

    /// A laptop that has been set up for a visitor.
    pub fn of(seed: u64, visitor: &str, group: &str) -> Self {
        let laptop = Self::new(seed);
        let (visitors, group) = (format!("visitors={visitor}"), format!("group={group}"));
        laptop.run(&["device", "--set", &visitors, "--set", &group, "--set", &format!("code={seed}号")]).ends(0);
        laptop
    }

    /// Lets both clocks stand.
    pub fn clock(&self, wall: &str, boot_ms: u64) {
        // Renamed into place, as a program may read it at any time.
        let new = self.path("clock.new");
        std::fs::write(&new, format!("{wall}\n{boot_ms}\n")).unwrap();
        std::fs::rename(new, self.path("clock")).unwrap();
    }

    /// Gives a path beside the data folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Gives the data folder.
    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// Prepares a run of the program; each run writes under a number of its own.
    pub fn command(&self, args: &[&str]) -> Command {
        self.seed.set(self.seed.get() + 1);
        let mut command = Command::new(env!("CARGO_BIN_EXE_zoufang"));
        command
            .args(args)
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rosters"))
            .env("ZOUFANG_DATA", self.data())
            .env("ZOUFANG_CLOCK", self.path("clock"))
            .env("ZOUFANG_SEED", self.seed.get().to_string())
            .env("ZOUFANG_LANG", "zh")
            .env("ZOUFANG_PASSPHRASE_FILE", self.path("passphrase"))
            .env("ZOUFANG_NEW_PASSPHRASE_FILE", self.path("new-passphrase"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Writes what the program reads as the passphrase and as a new one.
    pub fn passphrases(&self, now: &str, new: &str) {
        std::fs::write(self.path("passphrase"), now).unwrap();
        std::fs::write(self.path("new-passphrase"), new).unwrap();
    }

    /// Runs the program without input.
    pub fn run(&self, args: &[&str]) -> Ran {
        self.feed(args, "")
    }

    /// Runs the program on an input.
    pub fn feed(&self, args: &[&str], input: &str) -> Ran {
        let mut child = self.command(args).spawn().unwrap();
        // A program that refuses its words does not wait for input.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        finish(child)
    }

    /// Carries out requests and gives the answers.
    pub fn batch(&self, lines: &[Json]) -> Vec<Json> {
        let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
        self.feed(&["batch"], &input).json()
    }

    /// Gives a list as scripts get it.
    pub fn list(&self, what: &str) -> Vec<Json> {
        self.run(&["list", what, "--json"]).ends(0).json()
    }

    /// Adds a household and gives its id.
    pub fn household(&self, head: &str) -> String {
        let answers = self.batch(&[serde_json::json!({"do": "household.add", "head": head, "village": "东里东村"})]);
        answers[0]["id"].as_str().unwrap().to_owned()
    }
}

/// Waits for a program and gives what it said.
pub fn finish(child: Child) -> Ran {
    let output = child.wait_with_output().unwrap();
    Ran {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
