//! The program `zoufang`: the command line answers what it can; what is left opens the screens.

use std::process::ExitCode;

use zoufang::cli::{self, End, Screens};
use zoufang::ui::{self, Ending};

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        End::Status(status) => status.into(),
        End::Screens(screens) => open(&screens),
        End::Keys => cli::print(&ui::reference()).into(),
    }
}

/// Opens the screens on the data folder; a demonstration that was not to be kept goes with them.
fn open(screens: &Screens) -> ExitCode {
    let lang = screens.setting.lang;
    let left = ui::open(lang, screens.setting.place_as_it_is());
    if screens.throw_away {
        // Where it cannot be removed, the system's own cleaning of temporary files remains.
        let _ = std::fs::remove_dir_all(&screens.setting.folder);
    }
    let ending = left.map(|(ending, parting)| {
        cli::see_off(lang, &parting);
        ending
    });
    match ending {
        Ok(Ending::Left | Ending::Answered) => ExitCode::SUCCESS,
        // As shells count: 128 and the number of the signal.
        Ok(Ending::Told(signal)) => ExitCode::from(u8::try_from(128 + signal).unwrap_or(1)),
        Err(trouble) => cli::refuse(lang, &trouble).into(),
    }
}
