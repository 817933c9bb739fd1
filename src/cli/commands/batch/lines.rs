//! Lines as they come in: numbered, bounded, and none of them able to stop those after it.

use std::io::{BufRead, BufReader, Read};
use std::sync::mpsc::SyncSender;

use crate::text::{Trouble, cause, t};

/// The most bytes of a line: 1 MiB, far more than anybody says.
const MOST: u64 = 1 << 20;

/// One line of the input.
pub struct Line {
    /// Its number, from 1.
    pub number: u64,
    /// Its text, or why it has none.
    pub text: Result<String, Trouble>,
}

/// Hands lines over until the input ends or nobody takes them. Empty lines are counted and left out.
pub fn feed(source: impl Read, to: &SyncSender<Line>) {
    let mut source = BufReader::new(source);
    for number in 1.. {
        let text = match read(&mut source) {
            Ok(None) => break,
            Ok(Some(text)) if text.trim().is_empty() => continue,
            Ok(Some(text)) => Ok(text),
            Err(Broken::Line(trouble)) => Err(trouble),
            Err(Broken::Input(trouble)) => {
                let _ = to.send(Line { number, text: Err(trouble) });
                break;
            }
        };
        if to.send(Line { number, text }).is_err() {
            break;
        }
    }
}

/// What a line cannot be read for.
enum Broken {
    /// The line itself; the next one may be fine.
    Line(Trouble),
    /// The input; nothing more comes.
    Input(Trouble),
}

fn read(source: &mut impl BufRead) -> Result<Option<String>, Broken> {
    let mut bytes = Vec::new();
    let count = source.take(MOST).read_until(b'\n', &mut bytes).map_err(unreadable)?;
    if count == 0 {
        return Ok(None);
    }
    if count as u64 == MOST && !bytes.ends_with(b"\n") {
        source.skip_until(b'\n').map_err(unreadable)?;
        return Err(Broken::Line(Trouble::new("too-long", t("这一行超过 1 MB.", "this line is longer than 1 MB."))));
    }
    // Written by some editors before the first line.
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes).to_vec();
    String::from_utf8(text).map(Some).map_err(|_| {
        Broken::Line(
            Trouble::new("bad-json", t("这一行不是 UTF-8 文字.", "this line is not UTF-8 text."))
                .hint(t("把文件另存为 UTF-8.", "Save the file as UTF-8.")),
        )
    })
}

fn unreadable(error: std::io::Error) -> Broken {
    let said = t("读到这里出错: {cause}.", "reading failed here: {cause}.").with_words("cause", cause(&error));
    Broken::Input(Trouble::new("file-unreadable", said))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::{MOST, feed};

    #[test]
    fn a_broken_line_stops_none_after_it() {
        let mut input = "\u{feff}{}\r\n\n".as_bytes().to_vec();
        input.extend([0xd5, 0xc5, b'\n']);
        input.extend(vec![b'x'; usize::try_from(MOST).unwrap() + 5]);
        input.extend(b"\nlast");
        let (to, lines) = sync_channel(9);
        feed(input.as_slice(), &to);
        drop(to);
        let read: Vec<(u64, Result<String, &str>)> =
            lines.iter().map(|line| (line.number, line.text.map_err(|trouble| trouble.kind))).collect();
        let text = |text: &str| Ok(text.to_owned());
        assert_eq!(read, [(1, text("{}\r\n")), (3, Err("bad-json")), (4, Err("too-long")), (5, text("last"))]);
    }
}
