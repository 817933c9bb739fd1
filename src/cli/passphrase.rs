//! Passphrases on the command line: from the file that `ZOUFANG_PASSPHRASE_FILE` names, else asked for without showing them.

use std::env;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use crate::app::sealing::locked;
use crate::text::{Lang, Text, Trouble, cause, t};
use crate::ui;

/// The variable that names a file whose first line is the passphrase, for scripts.
const FILE: &str = "ZOUFANG_PASSPHRASE_FILE";

/// Gets the passphrase of what is sealed already.
///
/// # Errors
/// `locked` where there is neither file nor person; what keeps the file from being read.
pub fn existing(lang: Lang) -> Result<String, Trouble> {
    from_file(FILE)?.map_or_else(|| ask(t("口令: ", "Passphrase: "), lang), Ok)
}

/// Gets a new passphrase, typed twice.
///
/// # Errors
/// As [`existing`]; `weak-passphrase`; `not-the-same` where the second differs.
pub fn new(lang: Lang) -> Result<String, Trouble> {
    if let Some(passphrase) = from_file("ZOUFANG_NEW_PASSPHRASE_FILE")? {
        return Ok(passphrase);
    }
    let first = ask(t("新口令: ", "New passphrase: "), lang)?;
    crate::app::sealing::fit(&first)?;
    if ask(t("再输一次: ", "Once more: "), lang)? == first {
        return Ok(first);
    }
    Err(Trouble::new("not-the-same", t("两次不一样, 没有改.", "The two are not the same; nothing was changed.")))
}

fn from_file(variable: &str) -> Result<Option<String>, Trouble> {
    let Some(file) = env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from) else { return Ok(None) };
    let text = fs::read_to_string(&file).map_err(|error| {
        let said = t("口令文件 {file} 打不开: {cause}.", "the passphrase file {file} cannot be opened: {cause}.");
        Trouble::new("file-unreadable", said.with("file", file.display()).with_words("cause", cause(&error)))
    })?;
    Ok(Some(text.lines().next().unwrap_or_default().to_owned()))
}

fn ask(prompt: Text, lang: Lang) -> Result<String, Trouble> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        let said = t(
            "或把口令放进一个文件, 用 ZOUFANG_PASSPHRASE_FILE 指出它.",
            "Or put it into a file that ZOUFANG_PASSPHRASE_FILE names.",
        );
        return Err(locked().hint(said));
    }
    let mut err = io::stderr();
    let _ = write!(err, "{}", prompt.get(lang));
    let _ = err.flush();
    let typed = ui::read_hidden();
    let _ = writeln!(err);
    typed.ok_or_else(locked)
}
