//! The program `zoufang`.

use std::process::ExitCode;

use zoufang::text::Lang;
use zoufang::ui::Ending;

fn main() -> ExitCode {
    let lang = std::env::var("ZOUFANG_LANG").map(|word| Lang::from_word(&word)).unwrap_or_default();
    match zoufang::ui::open(lang) {
        Ok(Ending::Left) => ExitCode::SUCCESS,
        // As shells count: 128 and the number of the signal.
        Ok(Ending::Told(signal)) => ExitCode::from(u8::try_from(128 + signal).unwrap_or(1)),
        Err(trouble) => {
            eprintln!("{}", trouble.say(lang));
            ExitCode::FAILURE
        }
    }
}
