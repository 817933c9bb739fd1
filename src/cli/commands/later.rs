//! What the plan of the program has and the program has not yet.

use crate::cli::command::Call;
use crate::cli::{End, Out};
use crate::text::{Text, Trouble, t};

/// What to do instead, for the commands that have an instead.
const INSTEAD: [(&str, Text); 2] = [
    (
        "backup",
        t(
            "现在可以用 zoufang export --out 留一份全部记录.",
            "For now “zoufang export --out” keeps a copy of all records.",
        ),
    ),
    (
        "restore",
        t("现在可以用 zoufang merge 取回导出过的记录.", "For now “zoufang merge” brings back what was exported."),
    ),
];

/// Says that a command is not there yet.
pub fn run(call: &Call<'_>, _: &mut Out) -> Result<End, Trouble> {
    let word = call.command.word;
    let trouble = not_yet(t("{word} 还没有.", "{word} is not there yet."), word);
    Err(match INSTEAD.iter().find(|(command, _)| *command == word) {
        Some((_, instead)) => trouble.hint(*instead),
        None => trouble,
    })
}

/// Says that something is not there yet.
pub fn not_yet(text: Text, word: &str) -> Trouble {
    Trouble::new("not-yet", text.with("word", word))
}
