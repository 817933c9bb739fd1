//! A small file that is replaced as a whole, such as the laptop's settings: sealed where its disk is, plain text elsewhere.

use std::io::{self, Cursor, ErrorKind};
use std::path::Path;
use std::sync::Arc;

use crate::text::Trouble;

use super::disk::Disk;
use super::failure::too_large;
use super::frame::{self, Step, Walk};
use super::temp::replace;

/// How much goes into one frame of a sealed file.
const PIECE: usize = 1 << 20;

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
/// As [`load`]; `InvalidData` when it is no UTF-8.
pub fn load_text(disk: &dyn Disk, path: &Path) -> io::Result<Option<String>> {
    let bytes = load(disk, path)?;
    bytes.map(String::from_utf8).transpose().map_err(|_| io::Error::from(ErrorKind::InvalidData))
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::path::Path;
    use std::sync::Arc;

    use super::super::disk::Disk;
    use super::super::disk_faulty::FaultyDisk;
    use super::super::disk_sealed::SealedDisk;
    use super::{load, load_text, save};
    use crate::seal::{Cost, Keyring};

    #[test]
    fn what_is_saved_is_loaded_and_sealed_where_the_disk_is() {
        let (faulty, path) = (FaultyDisk::default(), Path::new("d/device.toml"));
        faulty.create_dir(Path::new("d")).unwrap();
        let clear: Arc<dyn Disk> = Arc::new(faulty.clone());
        let cost = Cost { memory: 16, passes: 1, lanes: 1 };
        let (_, seal, _) = Keyring::new("x", cost).unwrap();
        let sealed: Arc<dyn Disk> = Arc::new(SealedDisk::new(Arc::clone(&clear), seal));
        assert_eq!(load(clear.as_ref(), path).unwrap(), None);
        for (disk, shows) in [(&clear, true), (&sealed, false)] {
            save(disk, path, "陈明 13507310123".as_bytes()).unwrap();
            assert_eq!(load_text(disk.as_ref(), path).unwrap().as_deref(), Some("陈明 13507310123"));
            assert_eq!(String::from_utf8_lossy(&faulty.bytes(path).unwrap()).contains("陈明"), shows);
        }
        clear.truncate(path, 40).unwrap();
        assert_eq!(load(sealed.as_ref(), path).unwrap_err().kind(), ErrorKind::InvalidData);
    }
}
