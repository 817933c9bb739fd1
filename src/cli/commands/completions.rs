//! `zoufang completions`: what a shell needs to complete our words.

use clap::ValueEnum;
use clap_complete::Shell;

use crate::cli::call::Call;
use crate::cli::{End, Out, Status};
use crate::text::{Trouble, t};

/// Prints the script of a shell.
pub fn run(call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    let word = call.word("SHELL").unwrap_or_default();
    let shell = Shell::from_str(word, true).map_err(|cause| {
        Trouble::new(
            "usage",
            t("不认识 {word}: {cause}.", "{word} is not known: {cause}.").with("word", word).with("cause", cause),
        )
    })?;
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut call.parser.clone(), "zoufang", &mut script);
    out.bytes(&script);
    Ok(Status::Done.into())
}

/// Gives the words of the shells.
pub fn shells() -> Vec<&'static str> {
    vec!["bash", "elvish", "fish", "powershell", "zsh"]
}
