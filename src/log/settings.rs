//! A small file that is replaced as a whole, such as the laptop's settings: sealed where its disk is, plain text elsewhere.
//!
//! Text that people may change by hand stands between two marks: a first line that says so, and a last one with the sum of
//! what is between them. A file that lost its end is found out, even where it was cut between two lines; one that somebody
//! changed is used as it reads, and said. Without marks it is an older program's or a person's own, and as good as any.

use std::io::{self, Cursor, ErrorKind};
use std::path::Path;
use std::sync::Arc;

use crate::text::{Said, Trouble, cause, t};

use super::disk::Disk;
use super::failure::too_large;
use super::frame::{self, Step, Walk};
use super::temp::replace;

/// How much goes into one frame of a sealed file.
const PIECE: usize = 1 << 20;
/// The first line of a text of settings.
const FIRST: &str = "# 走访 (zoufang): 可以手改, 最后一行要留着. May be changed by hand; keep the last line.";
/// How that line begins, whatever later programs say in it.
const BEGINS: &str = "# 走访 (zoufang)";
/// How the last line begins; the sum follows.
const ENDS: &str = "# 完 ";

/// A text of settings as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The text with its marks, which are comments.
    pub text: String,
    /// It is not what the program wrote: somebody changed it, or something in it is damaged.
    pub is_changed: bool,
}

/// Writes a small file: whatever happens, either the old bytes or the new ones are there afterwards.
///
/// # Errors
/// As [`replace`].
pub fn save(disk: &Arc<dyn Disk>, path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    if disk.seal().id().is_none() {
        return replace(disk, path, bytes);
    }
    let mut stored = Vec::new();
    // An empty file is one empty frame: a file cut to nothing is damaged, not empty.
    for piece in bytes.chunks(PIECE).chain(bytes.is_empty().then_some(bytes)) {
        let at = stored.len() as u64;
        frame::encode(&mut stored, at, &[piece], disk.seal()).map_err(|_| too_large())?;
    }
    replace(disk, path, &stored)
}

/// As [`save`], for text, with its marks.
///
/// # Errors
/// As [`replace`].
pub fn save_text(disk: &Arc<dyn Disk>, path: &Path, text: &str) -> Result<(), Trouble> {
    let marked = zeroize::Zeroizing::new(marked(text));
    save(disk, path, marked.as_bytes())
}

/// Reads a small file; none where there is none.
///
/// # Errors
/// The disk's own; `InvalidData` when the bytes do not open with the disk's key, or are damaged.
pub fn load(disk: &dyn Disk, path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut file = match disk.read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let mut stored = Vec::new();
    io::Read::read_to_end(&mut file, &mut stored)?;
    if disk.seal().id().is_none() {
        return Ok(Some(stored));
    }
    let end = stored.len() as u64;
    let mut walk = Walk::new(Cursor::new(stored), 0, end, disk.seal())?;
    let mut bytes = Vec::new();
    loop {
        match walk.step() {
            Step::Frame { .. } => bytes.extend_from_slice(walk.payload()),
            Step::End if end > 0 => return Ok(Some(bytes)),
            _ => return Err(io::Error::from(ErrorKind::InvalidData)),
        }
    }
}

/// As [`load`], for text.
///
/// # Errors
/// As [`load`]; `InvalidData` when it is no UTF-8, or its end is gone.
pub fn load_text(disk: &dyn Disk, path: &Path) -> io::Result<Option<String>> {
    Ok(find_text(disk, path)?.map(|found| found.text))
}

/// As [`load_text`], with how it was found.
///
/// # Errors
/// As there.
pub fn find_text(disk: &dyn Disk, path: &Path) -> io::Result<Option<Found>> {
    let Some(bytes) = load(disk, path)? else { return Ok(None) };
    let text = String::from_utf8(bytes).map_err(|_| io::Error::from(ErrorKind::InvalidData))?;
    // An editor may have put it in front.
    let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned);
    let is_changed = is_changed(&text).ok_or_else(|| io::Error::new(ErrorKind::InvalidData, CUT))?;
    Ok(Some(Found { text, is_changed }))
}

const CUT: &str = "its end is gone";

/// Says why settings could not be read.
pub fn why(error: &io::Error) -> Said {
    if error.kind() == ErrorKind::InvalidData {
        return t("内容坏了, 或结尾不见了", "it is damaged, or its end is gone").into();
    }
    cause(error)
}

/// Puts a text between its marks; those that stand in it go.
fn marked(text: &str) -> String {
    let is_mark = |line: &&str| line.starts_with(BEGINS) || line.starts_with(ENDS.trim_end());
    let mut out = format!("{FIRST}\n");
    for line in text.lines().filter(|line| !is_mark(line)) {
        out.push_str(line);
        out.push('\n');
    }
    let sum = sum(text.lines().filter(|line| !is_mark(line)));
    out + &format!("{ENDS}{sum:08x}\n")
}

/// Sums lines up, whatever ends them.
fn sum<'a>(lines: impl Iterator<Item = &'a str>) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    for line in lines {
        sum.update(line.as_bytes());
        sum.update(b"\n");
    }
    sum.finalize()
}

/// Tells whether a text is not as the program wrote it; none where it is cut.
fn is_changed(text: &str) -> Option<bool> {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let end = text.lines().find(|line| line.starts_with(ENDS.trim_end()));
    if !first.starts_with(BEGINS) {
        // Nothing, and a piece of the first line, are what a cut leaves; else the marks never were there or one is gone.
        let is_cut = end.is_none() && BEGINS.starts_with(text.trim_end());
        return (!is_cut).then_some(end.is_some());
    }
    let end = end?;
    let is_end = |line: &&str| line.starts_with(ENDS.trim_end());
    let whole = format!("{ENDS}{:08x}", sum(lines.clone().take_while(|line| !is_end(line))));
    let mut behind = lines.skip_while(|line| !is_end(line)).skip(1);
    Some(end.trim_end() != whole || behind.any(|line| !line.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::path::Path;
    use std::sync::Arc;

    use super::super::disk::Disk;
    use super::super::disk_faulty::FaultyDisk;
    use super::super::disk_sealed::SealedDisk;
    use super::{FIRST, find_text, load, load_text, save, save_text};
    use crate::seal::{Cost, Keyring};

    const TEXT: &str = "laptop = 7\nvisitors = [\"陈明\"]\n\n[peer]\nkey = \"x\"\n";

    fn disks() -> (FaultyDisk, Arc<dyn Disk>, Arc<dyn Disk>) {
        let faulty = FaultyDisk::default();
        faulty.create_dir(Path::new("d")).unwrap();
        let clear: Arc<dyn Disk> = Arc::new(faulty.clone());
        let cost = Cost { memory: 16, passes: 1, lanes: 1 };
        let (_, seal, _) = Keyring::new("x", cost).unwrap();
        let sealed: Arc<dyn Disk> = Arc::new(SealedDisk::new(Arc::clone(&clear), seal));
        (faulty, clear, sealed)
    }

    #[test]
    fn what_is_saved_is_loaded_and_sealed_where_the_disk_is() {
        let (faulty, clear, sealed) = disks();
        let path = Path::new("d/device.toml");
        assert_eq!(load(clear.as_ref(), path).unwrap(), None);
        for (disk, shows) in [(&clear, true), (&sealed, false)] {
            save(disk, path, "陈明 13507310123".as_bytes()).unwrap();
            assert_eq!(load_text(disk.as_ref(), path).unwrap().as_deref(), Some("陈明 13507310123"));
            assert_eq!(String::from_utf8_lossy(&faulty.bytes(path).unwrap()).contains("陈明"), shows);
        }
        clear.truncate(path, 40).unwrap();
        assert_eq!(load(sealed.as_ref(), path).unwrap_err().kind(), ErrorKind::InvalidData);
    }

    #[test]
    fn marks_are_comments_and_stand_once_however_often_it_is_saved() {
        let (_, clear, sealed) = disks();
        let path = Path::new("d/device.toml");
        for disk in [&clear, &sealed] {
            save_text(disk, path, TEXT).unwrap();
            let found = find_text(disk.as_ref(), path).unwrap().unwrap();
            assert!(!found.is_changed && found.text.starts_with(FIRST));
            assert_eq!(toml::from_str::<toml::Table>(&found.text).unwrap(), toml::from_str(TEXT).unwrap());
            save_text(disk, path, &found.text).unwrap();
            assert_eq!(find_text(disk.as_ref(), path).unwrap().unwrap(), found);
        }
    }

    #[test]
    fn what_a_person_or_an_older_program_wrote_is_taken_and_what_a_person_changed_is_said() {
        let (faulty, clear, _) = disks();
        let path = Path::new("d/device.toml");
        let found = |bytes: String| {
            faulty.put(path, bytes.into_bytes());
            find_text(clear.as_ref(), path).unwrap().unwrap().is_changed
        };
        save_text(&clear, path, TEXT).unwrap();
        let whole = String::from_utf8(faulty.bytes(path).unwrap()).unwrap();
        assert!(!found(TEXT.into()) && !found("# 我的\nlaptop = 7".into()), "without marks");
        assert!(!found(whole.clone()) && !found(whole.replace('\n', "\r\n")) && !found(format!("\u{feff}{whole}\n\n")));
        assert!(found(whole.replace("陈明", "陈亮")) && found(format!("{whole}x = 1\n")));
        assert!(found(whole.replace(FIRST, "")) && found(whole.replace("laptop = 7\n", "")));
        // Behind the end, and the end once more.
        let end = whole.lines().last().unwrap();
        assert!(found(format!("{whole}x = 1\n{end}\n")));
    }
}
