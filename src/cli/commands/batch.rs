//! `zoufang batch`: requests as JSON lines, one answer a line, each only once it is durable.
//!
//! A reader's thread feeds lines; what is there is carried out together, synced once and answered in order. So a file
//! of ten thousand lines costs a few dozen syncs, and a script that waits for each answer gets it at once.

mod lines;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use serde_json::{Map, Value as Json};

use self::lines::Line;
use crate::app::{Answer, Args, Keeper, Request};
use crate::cli::call::Call;
use crate::cli::{End, Out, Status, opening};
use crate::text::{Trouble, cause, t};

/// Lines carried out before one sync.
const TOGETHER: usize = 300;
/// How often the timer of a running visit is kept while no line comes.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// Carries out the lines of a file or of the standard input.
pub fn run(call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    let source = source(call.path("FILE"))?;
    let mut keeper = opening::open(call.setting, out)?;
    let (feed, lines) = sync_channel(TOGETHER);
    // It ends with the input, or with the program when nobody reads answers any more.
    thread::spawn(move || lines::feed(source, &feed));
    let mut counts = Counts::default();
    while let Some(first) = next(&mut keeper, &lines)? {
        let group = std::iter::once(first).chain(lines.try_iter().take(TOGETHER - 1)).collect();
        answer(&mut keeper, group, &mut counts, out);
        if out.is_closed() {
            break;
        }
    }
    keeper.close()?;
    Ok(Status::of(counts.done, counts.refused).into())
}

/// How many lines were carried out, and how many refused.
#[derive(Default)]
struct Counts {
    done: usize,
    refused: usize,
}

fn source(file: Option<PathBuf>) -> Result<Box<dyn Read + Send>, Trouble> {
    match file.filter(|file| file.as_path() != Path::new("-")) {
        None => Ok(Box::new(io::stdin())),
        Some(path) => match File::open(&path) {
            Ok(file) => Ok(Box::new(file)),
            Err(error) => Err(Trouble::new(
                "file-unreadable",
                t("打不开 {file}: {cause}.", "{file} cannot be opened: {cause}.")
                    .with("file", path.display())
                    .with_words("cause", cause(&error)),
            )),
        },
    }
}

/// Waits for the next line; a running visit is ticked meanwhile.
fn next(keeper: &mut Keeper, lines: &Receiver<Line>) -> Result<Option<Line>, Trouble> {
    loop {
        if keeper.running().is_none() {
            return Ok(lines.recv().ok());
        }
        match lines.recv_timeout(HEARTBEAT) {
            Ok(line) => return Ok(Some(line)),
            Err(RecvTimeoutError::Disconnected) => return Ok(None),
            Err(RecvTimeoutError::Timeout) => {
                keeper.tick()?;
            }
        }
    }
}

/// Carries out a group of lines, syncs once, and answers.
fn answer(keeper: &mut Keeper, group: Vec<Line>, counts: &mut Counts, out: &mut Out) {
    let mut answers: Vec<(u64, Result<Answer, Trouble>)> = Vec::with_capacity(group.len());
    for line in group {
        let ticked = keeper.tick();
        let answer = ticked.and_then(|_| request(line.text?)).and_then(|request| keeper.run(&request));
        answers.push((line.number, answer));
    }
    // When the sync fails, nothing of the group is recorded, and every line has to hear it.
    let synced = keeper.sync();
    for (number, answer) in answers {
        let answer = answer.and_then(|answer| synced.clone().map(|()| answer));
        *if answer.is_ok() { &mut counts.done } else { &mut counts.refused } += 1;
        let mut line = match answer {
            Ok(answer) => accepted(answer),
            Err(trouble) => out.refusal(&trouble),
        };
        line.insert("seq".into(), number.into());
        out.json(&Json::Object(line));
    }
    out.flush();
}

fn accepted(answer: Answer) -> Map<String, Json> {
    let mut line = answer.more;
    line.insert("ok".into(), true.into());
    if let Some((sort, name)) = answer.id {
        line.insert("id".into(), name.with_letter(sort.letter()).into());
    }
    line
}

/// Reads one line.
fn request(text: String) -> Result<Request, Trouble> {
    let parsed: Result<Map<String, Json>, _> = serde_json::from_str(&text);
    let mut values = parsed.map_err(|error| {
        Trouble::new(
            "bad-json",
            t("这一行不是 JSON 对象: {cause}", "this line is no JSON object: {cause}").with("cause", error),
        )
        .hint(t("一行写一个对象.", "Write one object a line."))
    })?;
    let Some(Json::String(word)) = values.remove("do") else {
        return Err(Trouble::new("missing", t("缺少 “do”.", "“do” is missing."))
            .hint(t("docs/commands.md 列出了全部.", "docs/commands.md lists them all.")));
    };
    Ok(Request { word, args: Args(values), once: true, ..Request::default() })
}

#[cfg(test)]
mod tests {
    use super::request;

    #[test]
    fn a_line_is_a_word_with_values() {
        let line = request(r#"{"do":"visit.note","text":"路灯不亮","key":"a1"}"#.to_owned()).unwrap();
        assert_eq!((line.word.as_str(), line.once), ("visit.note", true));
        assert_eq!(line.args.text("text").as_deref(), Some("路灯不亮"));
        for (wrong, kind) in [("", "bad-json"), ("[]", "bad-json"), ("{}", "missing"), (r#"{"do":3}"#, "missing")] {
            assert_eq!(request(wrong.to_owned()).unwrap_err().kind, kind, "{wrong}");
        }
    }
}
