//! Text files: which encoding, which separator, then a sheet. `.csv`, `.tsv`, and the text that calls itself `.xls`.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::sheet::{Cut, Sheet};
use super::watch::Watch;

/// Tells whether an encoding has this name.
pub fn is_encoding(name: &str) -> bool {
    Encoding::for_label(name.as_bytes()).is_some()
}

/// Text with the word for the encoding it was in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text without a byte order mark.
    pub text: String,
    /// The name of the encoding, as the standard registers it: `UTF-8`, `gb18030` …
    pub encoding: &'static str,
    /// How many places could not be read and became U+FFFD.
    pub lost: usize,
}

/// Decodes a text: as a person said, else by its byte order mark, else UTF-16 where every other byte of its separators is zero,
/// else valid UTF-8, else what loses least of GB18030, UTF-8 and the detector's guess.
pub fn decode(bytes: &[u8], said: Option<&str>) -> Decoded {
    let mark = Encoding::for_bom(bytes);
    if let Some(encoding) = said.and_then(|said| Encoding::for_label(said.as_bytes())) {
        let bare = mark
            .filter(|(marked, _)| *marked == encoding)
            .map_or(bytes, |(_, mark)| bytes.get(mark..).unwrap_or_default());
        return decoded(encoding, bare);
    }
    if let Some((encoding, mark)) = mark {
        return decoded(encoding, bytes.get(mark..).unwrap_or_default());
    }
    if let Some(encoding) = wide(bytes) {
        return decoded(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), encoding: UTF_8.name(), lost: 0 };
    }
    let national = decoded(GB18030, bytes);
    if national.lost == 0 {
        return national;
    }
    // Damaged or cut: a single bad byte must not turn a whole UTF-8 list into nonsense.
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    let mut best = national;
    for other in [decoded(UTF_8, bytes), decoded(guess, bytes)] {
        if other.lost < best.lost {
            best = other;
        }
    }
    best
}

/// So many different control characters no text has, and of so many characters one.
const KINDS: u32 = 5;
const ONE_OF: usize = 20;

/// Tells whether this is text. Bytes of anything else have nearly all control characters, one of six characters being one; a list
/// that some program left one or two kinds of them in, or whose end a flat battery filled with zeros, is text.
pub fn is_text(text: &str) -> bool {
    let (mut count, mut kinds) = (0, 0_u32);
    for byte in text.bytes().filter(|byte| matches!(byte, 0x01..=0x08 | 0x0b | 0x0c | 0x0e..=0x1f)) {
        count += 1;
        kinds |= 1 << byte;
    }
    kinds.count_ones() < KINDS || count * ONE_OF < text.trim_end_matches('\0').chars().count()
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let lost = text.matches('\u{fffd}').count();
    Decoded { text: text.into_owned(), encoding: encoding.name(), lost }
}

/// Recognises UTF-16 without a mark by the zero bytes of its separators and digits. Some 汉字 have a zero byte on the
/// other side: 一 is 4E00.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096))?;
    let zeros = |odd: usize| head.iter().enumerate().filter(|(at, byte)| at % 2 == odd && **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd > 8 && odd > even * 4 {
        Some(UTF_16LE)
    } else if even > 8 && even > odd * 4 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Reads separated text into a sheet. Rows are numbered as a spreadsheet program would show them: a line break in quotes starts no row, a blank line is one.
///
/// # Errors
/// [`Cut`] past the last row that is kept, or where a person stopped it.
pub fn sheet(text: &str, watch: &Watch) -> Result<Sheet, Cut> {
    let mut sheet = Sheet::named("", watch);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let (mut row, mut from) = (0_u32, 0_usize);
    // Text in, so neither encoding nor length can be wrong: the only errors left are those of a reader that cannot fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        row += blank_lines(text, from);
        for (column, cell) in record.iter().enumerate() {
            if cell.contains("&#") {
                sheet.put(row, u32::try_from(column).unwrap_or(u32::MAX), &unescape(cell))?;
            } else {
                sheet.put(row, u32::try_from(column).unwrap_or(u32::MAX), cell)?;
            }
        }
        row += 1;
        from = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
    }
    sheet.settle();
    Ok(sheet)
}

/// Counts the blank lines that the csv reader jumps over at a place. The reader stops after `\r` of `\r\n`, so that `\n` is its own.
fn blank_lines(text: &str, from: usize) -> u32 {
    let bytes = text.as_bytes();
    let after_return = from.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b'\r');
    let rest = bytes.get(from..).unwrap_or_default();
    let rest = if after_return { rest.strip_prefix(b"\n").unwrap_or(rest) } else { rest };
    let (mut feeds, mut returns) = (0, 0);
    for byte in rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')) {
        feeds += u32::from(*byte == b'\n');
        returns += u32::from(*byte == b'\r');
    }
    if feeds == 0 { returns } else { feeds }
}

/// Picks the separator that most of the first lines have outside quotes; a comma unless it is on half of them.
fn separator(text: &str) -> u8 {
    let mut lines = [(b',', 0_usize), (b'\t', 0), (b';', 0), (b'|', 0)];
    let mut all = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty()).take(50) {
        all += 1;
        for (separator, count) in &mut lines {
            let bare = line.split('"').step_by(2);
            *count += usize::from(bare.into_iter().any(|part| part.as_bytes().contains(separator)));
        }
    }
    // The last of equals wins, so the comma stands last.
    lines
        .iter()
        .rev()
        .filter(|(_, count)| count * 2 >= all)
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |found| found.0)
}

/// Brings back characters that a program limited to GBK wrote as `&#13991;`.
fn unescape(cell: &str) -> String {
    let mut out = String::new();
    let mut rest = cell;
    while let Some((before, tail)) = rest.split_once("&#") {
        out.push_str(before);
        let read = tail.split_once(';').and_then(|(digits, after)| {
            let code = digits.parse::<u32>().ok().filter(|code| *code > 0x7f)?;
            Some((char::from_u32(code)?, after))
        });
        if let Some((c, after)) = read {
            out.push(c);
            rest = after;
        } else {
            out.push_str("&#");
            rest = tail;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{decode, is_text, sheet, unescape};
    use crate::intake::Watch;

    #[test]
    fn every_encoding_of_a_list_is_recognised() {
        let text = "户主姓名,联系电话\r\n马仁兴,13658683449\r\n王㛃,13658683440\r\n";
        let gb = encoding_rs::GB18030.encode(text).0.into_owned();
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = |mark: &[u8], body: &[u8]| [mark, body].concat();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (marked(b"\xef\xbb\xbf", text.as_bytes()), "UTF-8"),
            (gb, "gb18030"),
            (marked(b"\xff\xfe", &wide), "UTF-16LE"),
            (wide, "UTF-16LE"),
        ] {
            let read = decode(&bytes, None);
            assert_eq!((read.text.as_str(), read.encoding, read.lost), (text, encoding, 0));
        }
    }

    #[test]
    fn a_list_with_odd_characters_is_text_and_bytes_of_anything_else_are_not() {
        let list = "户主姓名,联系电话\n马仁兴,13658683449\n".repeat(9);
        let left_over = list.replace(',', "\u{1}").replace('\n', "\u{2}\n");
        for text in ["", "马仁兴", &list, &left_over, &format!("{list}{}", "\0".repeat(5000)), "\u{fffd}\u{e000}"] {
            assert!(is_text(text), "{text:?}");
        }
        let mut seed = 7_u64;
        let mut byte = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            u8::try_from(seed >> 56).unwrap()
        };
        for long in [150, 600, 3_000, 100_000] {
            let bytes: Vec<u8> = (0..long).map(|_| byte()).collect();
            assert!(!is_text(&decode(&bytes, None).text), "{long}");
        }
    }

    #[test]
    fn one_bad_byte_costs_one_character() {
        let mut bytes = "户主姓名,联系电话\n马仁兴,13658683449\n".repeat(9).into_bytes();
        bytes[30] = 0xff;
        let read = decode(&bytes, None);
        assert_eq!(read.encoding, "UTF-8");
        assert!(read.lost <= 3 && read.text.contains("马仁兴"));
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        for newline in ["\n", "\r\n"] {
            let text = ["题目", "", "", "姓名,住址", "\"马仁兴\",\"东高\n庄村\"", "", "王强,x"].join(newline);
            let read = sheet(&text, &Watch::default()).unwrap();
            let rows: Vec<_> = read.rows().map(|row| (row.number(), row.at(0))).collect();
            assert_eq!(rows, [(0, "题目"), (3, "姓名"), (4, "马仁兴"), (6, "王强")], "{newline:?}");
        }
    }

    #[test]
    fn tabs_and_semicolons_separate_too() {
        for separator in ["\t", ";", ","] {
            let read = sheet(&["姓名", "电话"].join(separator), &Watch::default()).unwrap();
            assert_eq!(read.row(0).at(1), "电话");
        }
    }

    #[test]
    fn rare_characters_written_as_numbers_come_back() {
        assert_eq!(unescape("王&#13991;A&#;&#65;"), "王㚧A&#;&#65;");
    }
}
