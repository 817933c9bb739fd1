//! The program `zoufang`.

use std::path::PathBuf;
use std::process::ExitCode;

use zoufang::app::Place;
use zoufang::text::Lang;
use zoufang::ui::Ending;

fn main() -> ExitCode {
    let lang = std::env::var("ZOUFANG_LANG").map(|word| Lang::from_word(&word)).unwrap_or_default();
    let folder = std::env::var_os("ZOUFANG_DATA").map_or_else(|| PathBuf::from("zoufang-data"), PathBuf::from);
    match zoufang::ui::open(lang, Place::new(folder)) {
        Ok(Ending::Left) => ExitCode::SUCCESS,
        // As shells count: 128 and the number of the signal.
        Ok(Ending::Told(signal)) => ExitCode::from(u8::try_from(128 + signal).unwrap_or(1)),
        Err(trouble) => {
            eprintln!("{}", trouble.say(lang));
            ExitCode::FAILURE
        }
    }
}
