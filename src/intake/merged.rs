//! Merged regions of an `.xlsx` workbook without reading its cells a second time.
//!
//! The library below parses a whole sheet to find them. But the parts of a workbook are unpacked once anyway, to be
//! counted: what stands between `<mergeCells` and its end is kept on the way, and a workbook of nothing but that goes to
//! the library, which knows how names of sheets, parts and regions are written.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Most bytes of regions kept of one sheet: 64 MiB, more than two million regions.
const MOST_KEPT: usize = 64 << 20;
/// The name of the element, with whatever prefix.
const ELEMENT: &[u8] = b"mergeCells";
const END: &[u8] = b"mergeCells>";
/// How much of a chunk stays in front of the next one, so that a tag across the border is found.
const OVERLAP: usize = 64;

/// The regions of one sheet while its part goes by.
#[derive(Debug, Default)]
pub(super) struct Passing {
    kept: Vec<u8>,
    begun: bool,
    ended: bool,
    searched: usize,
}

impl Passing {
    /// Sees the next bytes; tells whether they are few enough to be kept.
    pub fn see(&mut self, bytes: &[u8]) -> bool {
        if self.ended {
            return true;
        }
        self.kept.extend_from_slice(bytes);
        if !self.begun && !self.begin() {
            return true;
        }
        let rest = self.kept.get(self.searched..).unwrap_or_default();
        if let Some(at) = memchr::memmem::find(rest, END) {
            self.kept.truncate(self.searched + at + END.len());
            self.ended = true;
        }
        self.searched = self.kept.len().saturating_sub(END.len()).max(self.searched);
        self.kept.len() <= MOST_KEPT
    }

    /// Drops what stands before the element; tells whether it has begun.
    fn begin(&mut self) -> bool {
        let tag = memchr::memmem::find(&self.kept, ELEMENT).and_then(|at| {
            let from = self.kept.get(..at)?.iter().rposition(|byte| *byte == b'<')?;
            let past = at + self.kept.get(at..)?.iter().position(|byte| *byte == b'>')? + 1;
            Some((from, past))
        });
        let Some((from, past)) = tag else {
            self.kept.drain(..self.kept.len().saturating_sub(OVERLAP));
            return false;
        };
        self.kept.drain(..from);
        (self.begun, self.searched) = (true, past - from);
        true
    }

    /// Gives the element as it was written; nothing where the sheet has no merged cells.
    pub fn element(self) -> Option<Vec<u8>> {
        self.ended.then_some(self.kept)
    }
}

/// Tells whether a part of a workbook is a sheet.
pub(super) fn is_sheet(part: &str) -> bool {
    part.contains("worksheets/") && !part.contains("_rels/")
}

/// Makes the workbook anew with sheets of nothing but merged regions, each given with the number of its part.
pub(super) fn workbook(bytes: &[u8], elements: &[(usize, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut whole = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..whole.len() {
        let part = whole.by_index_raw(at).ok()?;
        let name = part.name().ok()?.into_owned();
        if is_sheet(&name) {
            out.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).ok()?;
            let element = elements.iter().find(|(part, _)| *part == at).map(|(_, element)| element.as_slice());
            out.write_all(&[b"<worksheet>", element.unwrap_or_default(), b"</worksheet>"].concat()).ok()?;
        } else if is_wanted(&name) {
            out.raw_copy_file(part).ok()?;
        }
    }
    Some(out.finish().ok()?.into_inner())
}

/// Tells whether a part says which sheets there are, and where.
fn is_wanted(part: &str) -> bool {
    let part = part.to_ascii_lowercase();
    [".xml", ".rels"].iter().any(|ending| part.ends_with(ending)) && !part.ends_with("sharedstrings.xml")
}

#[cfg(test)]
mod tests {
    use super::Passing;

    fn passed(text: &str, pace: usize) -> Option<String> {
        let mut passing = Passing::default();
        for chunk in text.as_bytes().chunks(pace) {
            assert!(passing.see(chunk));
        }
        passing.element().map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn the_element_is_found_wherever_the_chunks_end() {
        let element = r#"<x:mergeCells count="2"><x:mergeCell ref="A1:L1"/><x:mergeCell ref="B4:B9"/></x:mergeCells>"#;
        let cells = "<x:c r=\"A1\"><x:v>1</x:v></x:c>".repeat(40);
        for pace in [1, 2, 7, 64, 65, 1000, 100_000] {
            assert_eq!(passed(&format!("{cells}{element}<x:pageMargins/>"), pace).as_deref(), Some(element), "{pace}");
            assert_eq!(passed(&cells, pace), None);
        }
        assert_eq!(passed(r#"<mergeCells count="1"><mergeCell ref="A1:"#, 8), None, "cut off");
    }
}
