//! Sticks: where export files and rosters may lie: removable media, the folder used last, and where downloads land.
//!
//! Only the standard library is asked. On Linux a stick is a folder below `/media`, `/media/$USER`, `/run/media/$USER`
//! or `/mnt` that lies on another device than its parent, so an empty mount point is none; on macOS a folder in
//! `/Volumes`; on Windows a drive from D: to Z:. `ZOUFANG_STICKS`, folders separated as in `PATH`, stands in for all
//! of them: for laptops that mount elsewhere, and for tests.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Around {
    /// Folders for export files: sticks first, then the one used last.
    pub folders: Vec<Folder>,
    /// Where files land that nobody said a folder for, and no stick is in.
    pub landing: Option<PathBuf>,
    /// Files that may be rosters, the newest first.
    pub rosters: Vec<PathBuf>,
}

/// One folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it is a stick.
    pub stick: bool,
}

/// Files listed at most; nobody looks through more.
const MOST: usize = 200;
/// The endings of files that may be rosters.
const ENDINGS: [&str; 4] = ["xlsx", "xls", "csv", "tsv"];
/// Folders of a person's home where files land, under their usual names.
const LANDINGS: [&str; 6] = ["Desktop", "桌面", "Downloads", "下载", "Documents", "文档"];

/// Looks for sticks and rosters. `last` are the folders used last. A folder that cannot be read is passed over.
pub fn look_around(last: &[PathBuf]) -> Around {
    let folders = folders(last);
    let mut places: Vec<PathBuf> = folders.iter().map(|folder| folder.path.clone()).collect();
    places.extend(landings());
    Around { folders, landing: landings().into_iter().find(|folder| folder.is_dir()), rosters: rosters(&places) }
}

/// Gives the folder to write files for others to, where nobody said one: a stick, else the folder used last, else where
/// a person's files land.
pub fn folder_for_files(last: &[PathBuf]) -> Option<PathBuf> {
    let around = folders(last).into_iter().map(|folder| folder.path);
    around.chain(landings()).find(|folder| folder.is_dir())
}

/// Gives the folders where a person's files land, whether they are there or not.
fn landings() -> Vec<PathBuf> {
    home().map(|home| LANDINGS.iter().map(|name| home.join(name)).chain([home.clone()]).collect()).unwrap_or_default()
}

/// Tells whether a file lies on a stick.
pub(in crate::app) fn hold(file: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let file = whole(file);
    sticks().iter().any(|stick| file.starts_with(whole(stick)))
}

/// Gives the folders for export files: sticks first, then those used last.
fn folders(last: &[PathBuf]) -> Vec<Folder> {
    let mut folders: Vec<Folder> = sticks().into_iter().map(|path| Folder { path, stick: true }).collect();
    for last in last.iter().filter(|last| last.is_dir()) {
        if !folders.iter().any(|folder| folder.path == *last) {
            folders.push(Folder { path: last.clone(), stick: false });
        }
    }
    folders
}

fn sticks() -> Vec<PathBuf> {
    if let Some(given) = std::env::var_os("ZOUFANG_STICKS") {
        return std::env::split_paths(&given).filter(|path| path.is_dir()).collect();
    }
    if cfg!(windows) {
        let drives = ('D'..='Z').map(|letter| PathBuf::from(format!("{letter}:\\")));
        return drives.filter(|drive| std::fs::read_dir(drive).is_ok()).collect();
    }
    if cfg!(target_os = "macos") {
        // The disk the system runs from stands there as a link.
        return children(Path::new("/Volumes")).into_iter().filter(|path| !path.is_symlink()).collect();
    }
    let user = std::env::var("USER").unwrap_or_default();
    let parents = ["/media".to_owned(), format!("/media/{user}"), format!("/run/media/{user}"), "/mnt".to_owned()];
    let mut found: Vec<PathBuf> =
        parents.iter().map(Path::new).flat_map(children).filter(|path| is_mounted(path)).collect();
    // Without a user's name /media stands there twice.
    found.sort();
    found.dedup();
    found
}

/// Gives the folders in a folder in order of name.
fn children(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut folders: Vec<PathBuf> = paths.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Tells whether a folder lies on another device than the one it stands in.
#[cfg(unix)]
fn is_mounted(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| std::fs::metadata(path).ok().map(|data| data.dev());
    let parent = folder.parent().and_then(device);
    device(folder).is_some_and(|own| Some(own) != parent)
}

#[cfg(not(unix))]
fn is_mounted(_folder: &Path) -> bool {
    true
}

pub(in crate::app) fn home() -> Option<PathBuf> {
    let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    std::env::var_os(name).filter(|home| !home.is_empty()).map(PathBuf::from)
}

/// Tells whether a file is called as rosters are.
pub fn may_be_roster(file: &Path) -> bool {
    file.extension().is_some_and(|end| ENDINGS.iter().any(|known| end.eq_ignore_ascii_case(known)))
}

/// Gives the files in folders that may be rosters, the newest first. Files that an office program keeps for itself
/// (`~$名单.xlsx`) and hidden ones are none.
fn rosters(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut found: Vec<(SystemTime, PathBuf)> = Vec::new();
    for folder in folders {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
            let hidden = path.file_name().is_none_or(|name| {
                let name = name.to_string_lossy();
                name.starts_with('.') || name.starts_with("~$")
            });
            let Some(data) = std::fs::metadata(&path).ok().filter(std::fs::Metadata::is_file) else { continue };
            if may_be_roster(&path) && !hidden && !found.iter().any(|(_, other)| *other == path) {
                found.push((data.modified().unwrap_or(SystemTime::UNIX_EPOCH), path));
            }
        }
    }
    found.sort_by(|(a_time, a), (b_time, b)| b_time.cmp(a_time).then_with(|| a.cmp(b)));
    found.truncate(MOST);
    found.into_iter().map(|(_, path)| path).collect()
}

#[cfg(test)]
mod tests {
    use super::{children, rosters};

    #[test]
    fn only_files_that_may_be_rosters_are_offered_and_each_once() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["名单.XLSX", "a.csv", "~$名单.xlsx", ".b.csv", "照片.jpg", "c.zfb"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::create_dir(folder.path().join("folder.csv")).unwrap();
        let twice = [folder.path().to_owned(), folder.path().to_owned(), folder.path().join("nowhere")];
        let mut names: Vec<_> =
            rosters(&twice).iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
        names.sort();
        assert_eq!(names, ["a.csv", "名单.XLSX"]);
        assert_eq!(children(folder.path()), [folder.path().join("folder.csv")]);
    }

    // A folder that is only a mount point has nothing mounted on it.
    #[cfg(unix)]
    #[test]
    fn a_folder_on_the_same_device_is_no_stick() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("usb");
        std::fs::create_dir(&inside).unwrap();
        assert!(!super::is_mounted(&inside));
    }
}
