//! The layers: a module imports only from those below it, and some crates belong to one place alone
//! (`docs/architecture.md`). Read from the sources themselves, so that the picture stays true.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer and what it may import.
const ARROWS: &[(&str, &[&str])] = &[
    ("spread", &[]),
    ("text", &[]),
    ("hanzi", &["text"]),
    ("domain", &["text", "hanzi"]),
    ("seal", &[]),
    ("log", &["text", "hanzi", "domain", "seal"]),
    ("view", &["text", "hanzi", "domain", "seal", "log"]),
    ("exchange", &["text", "hanzi", "domain", "seal", "log"]),
    ("lookup", &["text", "hanzi", "domain"]),
    ("intake", &["spread", "text", "hanzi", "domain"]),
    ("documents", &["text", "hanzi", "domain", "intake"]),
    ("clock", &[]),
    (
        "app",
        &[
            "spread",
            "text",
            "hanzi",
            "domain",
            "seal",
            "log",
            "view",
            "exchange",
            "lookup",
            "intake",
            "documents",
            "clock",
        ],
    ),
    ("ui", &["text", "hanzi", "domain", "app", "clock", "intake"]),
    ("cli", &["text", "hanzi", "domain", "app", "clock", "intake", "ui"]),
];

/// Crates that only one layer may name.
const KEPT: &[(&str, &str)] = &[
    ("bincode", "log"),
    ("sled", "view"),
    ("ratatui", "ui"),
    ("crossterm", "ui"),
    ("calamine", "intake"),
    ("rust_xlsxwriter", "documents"),
    ("flate2", "exchange"),
    ("clap", "cli"),
    ("argon2", "seal"),
    ("chacha20poly1305", "seal"),
    ("ed25519_dalek", "seal"),
];

fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let inside = path.strip_prefix(&root).unwrap();
                let layer = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
                let text = fs::read_to_string(&path).unwrap();
                found.push((layer.trim_end_matches(".rs").to_owned(), path, text));
            }
        }
    }
    found
}

/// Gives the keys that stand twice in one object of a source that begins with it: each string before a colon, by the braces around it.
fn keys_twice(code: &str) -> Vec<String> {
    let (mut objects, mut twice) = (Vec::new(), Vec::new());
    let mut rest = code;
    while let Some(at) = rest.find(['{', '}', '"', '\'']) {
        let (sign, behind) = (&rest[at..=at], &rest[at + 1..]);
        rest = match sign {
            "{" => {
                objects.push(BTreeSet::new());
                behind
            }
            "}" => {
                objects.pop();
                if objects.is_empty() {
                    break;
                }
                behind
            }
            // A character, such as a brace; else a lifetime.
            "'" => behind.find('\'').filter(|end| (1..=4).contains(end)).map_or(behind, |end| &behind[end + 1..]),
            _ => {
                let escaped =
                    |end: usize| behind[..end].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
                let end =
                    behind.match_indices('"').map(|(end, _)| end).find(|end| !escaped(*end)).unwrap_or(behind.len());
                let (key, behind) = (&behind[..end], behind.get(end + 1..).unwrap_or_default());
                let is_key = behind.starts_with(':') && !behind.starts_with("::");
                if is_key && objects.last_mut().is_some_and(|keys| !keys.insert(key.to_owned())) {
                    twice.push(key.to_owned());
                }
                behind
            }
        };
    }
    twice
}

// The cells in doubt of a roster and their number had one key: scripts got the number alone.
#[test]
fn each_key_of_a_json_object_stands_once() {
    const OBJECT: &str = "json!({";
    assert_eq!(keys_twice(r#"{ "a": 1, "b": json!({ "a": '{', "c": "\"}" }), "a": x }, "b": "#), ["a"]);
    let mut objects = 0;
    for (_, path, text) in sources() {
        let code = code(&text);
        for (at, _) in code.match_indices(OBJECT) {
            objects += 1;
            assert_eq!(keys_twice(&code[at + OBJECT.len() - 1..]), [""; 0], "{}", path.display());
        }
    }
    assert!(objects > 10, "{objects}");
    for list in zoufang::app::lists::LISTS {
        let keys: BTreeSet<&str> = list.columns.iter().map(|column| column.key).collect();
        assert_eq!(keys.len(), list.columns.len(), "{}", list.word);
    }
}

/// Gives the source without its tests and comments: those may look anywhere.
fn code(text: &str) -> String {
    let body = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    body.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn named_after(code: &str, beginning: &str) -> BTreeSet<String> {
    let word = |rest: &str| rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect::<String>();
    code.match_indices(beginning).map(|(at, _)| word(&code[at + beginning.len()..])).collect()
}

#[test]
fn every_module_imports_only_from_below() {
    for (layer, path, text) in sources() {
        let Some((_, may)) = ARROWS.iter().find(|(name, _)| *name == layer) else {
            assert!(["lib", "main"].contains(&layer.as_str()), "{layer} has no place among the layers");
            continue;
        };
        for used in named_after(&code(&text), "crate::") {
            let is_layer = ARROWS.iter().any(|(name, _)| *name == used);
            assert!(!is_layer || used == layer || may.contains(&used.as_str()), "{} imports {used}", path.display());
        }
    }
}

#[test]
fn each_of_these_crates_is_named_in_one_layer_only() {
    for (layer, path, text) in sources() {
        let code = code(&text);
        for (krate, home) in KEPT.iter().filter(|(_, home)| *home != layer) {
            let uses = format!("{krate}::");
            let named = code.match_indices(&uses).any(|(at, _)| !code[..at].ends_with([':', '_']));
            assert!(!named, "{} names {krate}, which belongs to {home}", path.display());
        }
    }
}

#[test]
fn only_the_clock_reads_the_clock() {
    for (layer, path, text) in sources() {
        let code = code(&text);
        for call in ["SystemTime::now", "Instant::now", "Utc::now", "Local::now"] {
            assert!(layer == "clock" || !code.contains(call), "{} calls {call}", path.display());
        }
    }
}

#[test]
fn every_file_says_its_one_idea_in_its_first_line_and_no_test_file_is_forgotten() {
    for (_, path, text) in sources() {
        assert!(text.starts_with("//! "), "{} begins with no idea", path.display());
    }
    let all = include_str!("all.rs");
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let is_story = path.extension().is_some_and(|ending| ending == "rs") || path.join("mod.rs").exists();
        if is_story && name != "all" {
            assert!(all.contains(&format!("mod {name};")), "tests/all.rs forgets {name}");
        }
    }
}
