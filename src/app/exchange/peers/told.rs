//! What laptops told of who writers are. It came from outside, so it is held within bounds: so much of one laptop, so much of all
//! together. A file that a program of before let grow is brought within them before anything in it is read.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::domain::Writer;
use crate::exchange::Introductions;

/// Bytes that are kept at most of what one laptop told, as [`Introductions::size`] counts them: some ten thousand writers.
pub(super) const OF_ONE: usize = 256 << 10;
/// The same of all laptops together.
pub(super) const OF_ALL: usize = 4 << 20;
/// So much more its text may take.
const AS_TEXT: usize = 2;
/// What a string of that text takes beside its bytes.
const STRING: usize = 16;

/// A laptop of which another one told.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Told {
    laptop: String,
    code: String,
    group: String,
    visitors: Vec<String>,
    /// As which writers it wrote, parted by commas.
    writers: String,
}

impl Told {
    /// Gives what is stored of what a laptop told.
    pub(super) fn all_of(introductions: &Introductions) -> Vec<Self> {
        let mut told: BTreeMap<(u64, &str, &str, &[String]), Vec<String>> = BTreeMap::new();
        for (writer, who) in introductions.iter() {
            let writers = told.entry((who.laptop, &who.code, &who.group, &who.visitors)).or_default();
            writers.push(format!("{writer:016x}"));
        }
        let stored = told.into_iter().map(|((laptop, code, group, visitors), writers)| Self {
            laptop: format!("{laptop:016x}"),
            code: code.to_owned(),
            group: group.to_owned(),
            visitors: visitors.to_vec(),
            writers: writers.join(","),
        });
        stored.collect()
    }

    /// Gives what a laptop told, by what is stored of it.
    pub(super) fn read(all: Vec<Self>) -> Introductions {
        let each = all.into_iter().filter_map(|Self { laptop, code, group, visitors, writers }| {
            let laptop = u64::from_str_radix(&laptop, 16).ok()?;
            let who = Writer { laptop, code, group, visitors, ..Writer::default() }.kept_short();
            let writers: Vec<u64> =
                writers.split(',').filter_map(|writer| u64::from_str_radix(writer, 16).ok()).collect();
            Some((who, writers))
        });
        Introductions::of_laptops(each).within(OF_ONE)
    }
}

/// Leaves out of the text of the file what laptops told beyond the bounds. Everything else stays as it stands.
pub(super) fn within(text: &str) -> String {
    let mut taken = Taken::default();
    sections(text).into_iter().filter(|section| taken.fits(section)).map(|section| section.text).collect()
}

/// Parts the text into its tables.
fn sections(text: &str) -> Vec<Section<'_>> {
    let mut all = vec![Section::default()];
    let (mut open, mut begins, mut ends) = (None, 0, 0);
    for line in text.split_inclusive('\n') {
        if open.is_none() && line.starts_with('[') {
            all.push(Section { head: line.trim_end(), ..Section::default() });
            begins = ends;
        }
        ends += line.len();
        if let Some(section) = all.last_mut() {
            section.text = text.get(begins..ends).unwrap_or_default();
            section.strings += strings(line, &mut open);
        }
    }
    all
}

/// A table of the file, with its head; none before the first.
#[derive(Default)]
struct Section<'a> {
    head: &'a str,
    text: &'a str,
    strings: usize,
}

/// How much was told by the tables so far, and by those of one laptop.
#[derive(Default)]
struct Taken<'a> {
    of_all: usize,
    of_one: usize,
    one: &'a str,
}

impl<'a> Taken<'a> {
    /// Tells whether a table fits beside those so far, and takes it in.
    fn fits(&mut self, section: &Section<'a>) -> bool {
        if !(section.head.starts_with("[[") && section.head.ends_with(".told]]")) {
            return true;
        }
        if section.head != self.one {
            (self.one, self.of_one) = (section.head, 0);
        }
        let size = section.text.len() + STRING * section.strings;
        let fits = self.of_one + size <= AS_TEXT * OF_ONE && self.of_all + size <= AS_TEXT * OF_ALL;
        if fits {
            (self.of_one, self.of_all) = (self.of_one + size, self.of_all + size);
        }
        fits
    }
}

/// A string of several lines that is open where a line ends, by its quotes.
type Open = Option<&'static str>;

/// Counts the strings that begin in a line, and tells which one stays open behind it: what stands in a string is no table.
fn strings(line: &str, open: &mut Open) -> usize {
    let (mut rest, mut begun) = (line, 0);
    loop {
        if let Some(quotes) = *open {
            let Some(behind) = behind(rest, quotes) else { return begun };
            (rest, *open) = (behind, None);
        }
        let Some(at) = rest.find(['"', '\'', '#']) else { return begun };
        rest = rest.get(at..).unwrap_or_default();
        let quotes = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quotes| rest.starts_with(quotes));
        // Behind a # stands a remark.
        let Some(quotes) = quotes else { return begun };
        rest = rest.get(quotes.len()..).unwrap_or_default();
        begun += 1;
        if quotes.len() == 3 {
            *open = Some(quotes);
        } else if let Some(behind) = behind(rest, quotes) {
            rest = behind;
        } else {
            return begun;
        }
    }
}

/// Gives what stands behind the end of a string; none where it does not end in this line.
fn behind<'a>(text: &'a str, quotes: &str) -> Option<&'a str> {
    let is_escaped = quotes.starts_with('"');
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(quotes) {
            // Two more may belong to the text before the three that end it.
            let more = if quotes.len() == 3 {
                rest.bytes().skip(3).take(2).take_while(|byte| quotes.as_bytes().contains(byte)).count()
            } else {
                0
            };
            return rest.get(quotes.len() + more..);
        }
        let mut letters = rest.chars();
        let first = letters.next()?;
        at += first.len_utf8();
        if is_escaped && first == '\\' {
            at += letters.next()?.len_utf8();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{AS_TEXT, OF_ALL, OF_ONE, Told, strings, within};
    use crate::domain::Writer;
    use crate::exchange::Introductions;

    #[derive(serde::Serialize, serde::Deserialize)]
    struct One {
        told: Vec<Told>,
    }

    fn told(of: u64, people: &str, writers: usize) -> String {
        let writers: Vec<String> = (0..writers).map(|writer| format!("{writer:016x}")).collect();
        let told =
            format!("laptop = \"0000000000000003\"\nvisitors = [{people}]\nwriters = \"{}\"\n", writers.join(","));
        format!("[[{of:016x}.told]]\n{told}\n")
    }

    #[test]
    fn what_a_program_of_before_let_grow_is_brought_within_bounds_and_the_rest_stays() {
        let (head, small) = ("[0000000000000009]\nkey = \"aa\"\nparted = false\n\n", told(9, "\"苗兴英\"", 40));
        let long = told(9, &format!("\"{}\"", "人".repeat(AS_TEXT * OF_ONE / 3)), 1);
        let many = told(9, &vec!["\"\""; AS_TEXT * OF_ONE / 16].join(", "), 1);
        let after = "[000000000000000a]\nkey = \"bb\"\n";
        let whole = [head, &small, &long, &many, &small, after].concat();
        assert_eq!(within(&whole), [head, &small, &small, after].concat());
        let much: String = (10..100).map(|of| told(of, "", AS_TEXT * OF_ONE / 20)).collect();
        let kept = within(&much);
        assert!(much.starts_with(&kept) && kept.len() <= AS_TEXT * OF_ALL && kept.len() > OF_ALL, "{}", kept.len());
        assert_eq!(within(""), "");
    }

    // Somebody's name is no table.
    #[test]
    fn what_stands_in_a_text_begins_nothing() {
        let name = "\"\"\"\n[[0000000000000009.told]]\n'''\\\"\"\"\n[0000000000000007]\n\"\"\"";
        let grown = told(9, &format!("{name}, \"{}\"", "人".repeat(AS_TEXT * OF_ONE / 3)), 1);
        assert_eq!(within(&grown), "");
        let kept = told(9, name, 1);
        assert_eq!(within(&kept), kept);
        let count = |line: &str| {
            let mut open = None;
            (strings(line, &mut open), open)
        };
        assert_eq!(count("a = [\"\", '\"', \"\\\"\"] # \"\n"), (3, None));
        assert_eq!(count("a = \"\"\"x\"\"\"\"\", '''"), (2, Some("'''")));
    }

    #[test]
    fn all_that_is_kept_of_what_a_laptop_told_is_read_back() {
        let who = |laptop: u64| {
            let odd = "\"'\\#[".repeat(20);
            Writer { laptop, group: odd.clone(), visitors: vec![odd; 40], ..Writer::default() }
        };
        let people: Vec<Writer> = (1..200).map(who).collect();
        let all = Introductions::of((1..).zip(&people)).within(OF_ONE);
        assert!((20..199).contains(&all.iter().count()), "{}", all.iter().count());
        let stored = std::collections::BTreeMap::from([("9", One { told: Told::all_of(&all) })]);
        let text = toml::to_string(&stored).unwrap();
        assert_eq!(within(&text), text);
        let mut read: std::collections::BTreeMap<String, One> = toml::from_str(&text).unwrap();
        assert_eq!(Told::read(read.remove("9").unwrap().told), all);
    }
}
