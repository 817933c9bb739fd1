//! How many shared strings a workbook says it has. The library keeps room for as many before it reads one, and a number out
//! of the air would end the program.

/// What the part that lists them is called, in whatever folder.
const PART: &str = "sharedstrings.xml";
const NAME: &[u8] = b"uniqueCount";
/// The shortest string takes five bytes: `<si/>`.
const SHORTEST: u64 = 5;
/// So many are let pass however short the part is: some programs count carelessly.
const CARELESS: u64 = 1_000_000;
/// As much as an attribute with its number may take; so much is looked at again with the next chunk.
const LONGEST: usize = 64;

/// Tells whether a part of a workbook lists its shared strings.
pub fn is_list(path: &str) -> bool {
    path.to_ascii_lowercase().ends_with(PART)
}

/// Looks at the part as it passes.
#[derive(Debug, Default)]
pub struct Claimed {
    kept: Vec<u8>,
    most: u64,
    length: u64,
}

impl Claimed {
    /// Takes the next bytes.
    pub fn see(&mut self, chunk: &[u8]) {
        self.length += chunk.len() as u64;
        self.kept.extend_from_slice(chunk);
        let found = memchr::memmem::find_iter(&self.kept, NAME).filter_map(|at| number(self.kept.get(at..)?));
        self.most = found.fold(self.most, u64::max);
        let passed = self.kept.len().saturating_sub(LONGEST);
        self.kept.drain(..passed);
    }

    /// Tells whether the part is long enough for what it says.
    pub fn is_likely(&self) -> bool {
        self.most <= (self.length / SHORTEST).max(CARELESS)
    }
}

/// Reads `uniqueCount="12"`; a number that fits nowhere is the greatest.
fn number(from: &[u8]) -> Option<u64> {
    let digits =
        from.get(NAME.len()..)?.iter().skip_while(|byte| byte.is_ascii_whitespace() || b"='\"+".contains(byte));
    let digits: Vec<u8> = digits.copied().take_while(u8::is_ascii_digit).collect();
    let text = std::str::from_utf8(&digits).ok().filter(|text| !text.is_empty())?;
    Some(text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read, Write};

    use super::{Claimed, is_list};
    use crate::intake::workbook::Workbook;

    #[test]
    fn a_number_is_found_wherever_the_bytes_are_cut() {
        let part = br#"<?xml version="1.0"?><sst count="9" uniqueCount = '150000000000000'><si><t>x</t></si></sst>"#;
        for at in 0..part.len() {
            let mut claimed = Claimed::default();
            claimed.see(&part[..at]);
            claimed.see(&part[at..]);
            assert!(!claimed.is_likely(), "cut at {at}");
        }
        let mut honest = Claimed::default();
        honest.see(br#"<sst uniqueCount="1"><si><t>uniqueCount</t></si></sst>"#);
        assert!(honest.is_likely());
    }

    // It ended the program: the library asked for 3.6 petabytes.
    #[test]
    fn a_workbook_that_claims_more_strings_than_it_has_is_refused() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, text) in ["户主姓名", "张守富", "李桂英"].iter().enumerate() {
            sheet.write_string(u32::try_from(row).unwrap(), 0, *text).unwrap();
        }
        let list = book.save_to_buffer().unwrap();
        let altered = |count: &str| {
            let mut archive = zip::ZipArchive::new(Cursor::new(&list[..])).unwrap();
            let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for at in 0..archive.len() {
                let mut part = archive.by_index(at).unwrap();
                let (name, mut bytes) = (part.name().unwrap().into_owned(), Vec::new());
                part.read_to_end(&mut bytes).unwrap();
                if is_list(&name) {
                    let text = String::from_utf8(bytes).unwrap();
                    let (before, after) = text.split_once("uniqueCount=\"").unwrap();
                    let (_, after) = after.split_once('"').unwrap();
                    bytes = format!("{before}uniqueCount=\"{count}\"{after}").into_bytes();
                }
                out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
                out.write_all(&bytes).unwrap();
            }
            out.finish().unwrap().into_inner()
        };
        assert!(Workbook::open(&altered("3"), "r.xlsx").is_ok());
        for count in ["150000000000000", "99999999999999999999999999"] {
            assert_eq!(Workbook::open(&altered(count), "r.xlsx").err().unwrap().kind, "file-damaged", "{count}");
        }
    }
}
