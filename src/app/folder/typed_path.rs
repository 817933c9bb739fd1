//! Paths as people type, paste or drop them: in quotes of any kind, with `~` for their home, as `file://…`, or with blanks
//! behind backslashes, as terminals write what is dropped on them.

use std::path::{Path, PathBuf};

use crate::app::exchange::sticks::home;

/// Quotes that stand around what was copied.
const QUOTES: [(char, char); 7] =
    [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』'), ('”', '”')];

/// Reads a path.
pub fn typed_path(typed: &str) -> PathBuf {
    let bare = unquoted(typed.trim());
    if let Some(address) = bare.strip_prefix("file://") {
        return from_address(address);
    }
    match (bare.strip_prefix("~/"), home()) {
        (Some(rest), Some(home)) => home.join(unescaped(rest, &home)),
        _ => PathBuf::from(unescaped(bare, Path::new(""))),
    }
}

fn unquoted(typed: &str) -> &str {
    let inside = |(open, close): &(char, char)| typed.strip_prefix(*open)?.strip_suffix(*close);
    match QUOTES.iter().find_map(inside) {
        Some(inside) => unquoted(inside.trim()),
        // A quote that was left over.
        None => typed.trim_matches(['"', '\'']).trim(),
    }
}

/// Takes away the backslashes that a terminal puts before blanks, unless they belong to the path.
fn unescaped(typed: &str, beside: &Path) -> String {
    if cfg!(windows) || !typed.contains('\\') || beside.join(typed).exists() {
        return typed.to_owned();
    }
    let mut plain = String::with_capacity(typed.len());
    let mut letters = typed.chars();
    while let Some(letter) = letters.next() {
        plain.push(if letter == '\\' { letters.next().unwrap_or(letter) } else { letter });
    }
    plain
}

/// Reads what stands behind `file://`: a host that is this one, and `%E4%B8%AD` for what is no ASCII.
fn from_address(address: &str) -> PathBuf {
    let path = address.strip_prefix("localhost").unwrap_or(address);
    // `/C:/…` is a drive.
    let is_drive = cfg!(windows) && path.as_bytes().get(2) == Some(&b':');
    let path = if is_drive { path.trim_start_matches('/') } else { path };
    if !path.contains('%') || Path::new(path).exists() {
        return PathBuf::from(path);
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digits = (ahead.next().and_then(hex), ahead.next().and_then(hex));
        if let (b'%', (Some(high), Some(low))) = (byte, digits) {
            bytes.push(high << 4 | low);
            rest = ahead;
        } else {
            bytes.push(byte);
        }
    }
    PathBuf::from(String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned()))
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::typed_path;

    #[test]
    fn quotes_of_any_kind_go() {
        for typed in [
            "/媒体/U盘",
            " \"/媒体/U盘\" ",
            "'/媒体/U盘'",
            "“/媒体/U盘”",
            "「/媒体/U盘」",
            "『 /媒体/U盘 』",
            "/媒体/U盘\"",
            "”/媒体/U盘”",
        ] {
            assert_eq!(typed_path(typed), Path::new("/媒体/U盘"), "{typed}");
        }
    }

    #[test]
    fn addresses_are_read_as_the_paths_they_stand_for() {
        for typed in [
            "file:///media/%E4%B8%AD%E6%96%87%20U%E7%9B%98",
            "file://localhost/media/中文%20U盘",
            "“file:///media/中文 U盘”",
        ] {
            assert_eq!(typed_path(typed), Path::new("/media/中文 U盘"), "{typed}");
        }
        assert_eq!(typed_path("file:///a/100%"), Path::new("/a/100%"));
    }

    #[cfg(unix)]
    #[test]
    fn a_dropped_path_loses_the_backslashes_of_the_terminal_and_one_that_has_them_keeps_them() {
        assert_eq!(typed_path("/中文\\ U盘/a\\(1\\).zfb "), Path::new("/中文 U盘/a(1).zfb"));
        let folder = tempfile::tempdir().unwrap();
        let odd = folder.path().join("a\\b");
        std::fs::write(&odd, "x").unwrap();
        assert_eq!(typed_path(odd.to_str().unwrap()), odd);
    }
}
