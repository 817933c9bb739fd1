//! The command line: the same requests as the screens, for scripts, for back-entry from paper, and for tests.
//!
//! The contract is `docs/commands.md`: words are fixed, results go to the standard output and messages to the standard
//! error, and the exit status says whether all, nothing or a part was done.

mod call;
mod command;
mod commands;
mod kinds;
mod opening;
mod out;
mod parser;
mod passphrase;
mod reference;
mod setting;
mod status;
mod table;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::OnceLock;

use crate::app::Parting;
use crate::clock::Clock;
use crate::text::{Lang, Trouble, t};

pub use kinds::KINDS;
pub use out::Out;
pub use reference::reference;
pub use setting::Setting;
pub use status::{End, Screens, Status};

use call::Call;
use parser::Read;

/// Carries out a command line; the first word is the program's name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> End {
    let args: Vec<OsString> = args.into_iter().collect();
    let lang = setting::language(&args);
    let mut out = Out::new(lang);
    let parser = parser::parser(lang);
    let end = match parser::read(&parser, &args) {
        Read::Given(given) => act(&given, &parser, &mut out),
        Read::Print(text) => {
            out.bytes(text.as_bytes());
            Ok(Status::Done.into())
        }
        Read::Wrong(trouble) => Err(trouble),
    };
    let end = end.unwrap_or_else(|trouble| {
        out.flush();
        out.trouble(&trouble);
        if trouble.kind != "usage" {
            return Status::Nothing.into();
        }
        out.tell(parser::usage_for(&args));
        Status::Usage.into()
    });
    match out.end() {
        Ok(()) => end,
        Err(trouble) => {
            out.trouble(&trouble);
            Status::InPart.into()
        }
    }
}

/// Prints a text of the screens as a result.
pub fn print(text: &str) -> Status {
    let mut out = Out::new(Lang::default());
    out.bytes(text.as_bytes());
    match out.end() {
        Ok(()) => Status::Done,
        Err(trouble) => refuse(out.lang(), &trouble),
    }
}

/// Says, once the screens are gone, what a person should know who walks away: no backup, or records that only this laptop has.
pub fn see_off(lang: Lang, parting: &Parting) {
    let out = Out::new(lang);
    if let Some(trouble) = &parting.trouble {
        out.trouble(trouble);
    }
    // Where the folder is gone that says how many, and F7 opens nothing.
    let is_gone = parting.trouble.as_ref().is_some_and(|trouble| trouble.kind == "folder-gone");
    if parting.waiting > 0 && !is_gone {
        let said = t(
            "还有 {n} 条没有导出到U盘: 下次打开按 F7 再按 4, 或 zoufang export --out U盘.",
            "{n} {n:record|records} {n:is|are} on no stick yet: F7 and 4 next time, or “zoufang export --out STICK”.",
        );
        out.tell(said.with("n", parting.waiting));
    }
}

/// Says that nothing could be done, and why.
pub fn refuse(lang: Lang, trouble: &Trouble) -> Status {
    Out::new(lang).trouble(trouble);
    Status::Nothing
}

fn act(given: &clap::ArgMatches, parser: &clap::Command, out: &mut Out) -> Result<End, Trouble> {
    let (word, own) = given.subcommand().unwrap_or(("", given));
    let named = own.get_one("data").cloned();
    let file: Option<&PathBuf> = own.get_one("campaign");
    let (campaign, warnings) = setting::campaign(file.map(PathBuf::as_path))?;
    for warning in warnings {
        out.tell(warning);
    }
    let setting = Setting {
        campaign,
        lang: out.lang(),
        named: named.is_some(),
        folder: setting::folder(named)?,
        clock: Clock::from_environment(),
        unlocked: OnceLock::new(),
    };
    match parser::find(word) {
        Some(command) => (command.run)(&Call { given: own, setting: &setting, parser }, out),
        None => Ok(End::Screens(Screens { setting, throw_away: false })),
    }
}
