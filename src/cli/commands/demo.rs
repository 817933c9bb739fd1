//! `zoufang demo`: the screens on sample households, thrown away afterwards unless a folder is named.

use crate::app::{Device, demo, pen_number};
use crate::cli::call::Call;
use crate::cli::{End, Out, Screens, Setting, opening};
use crate::text::Trouble;

/// Makes the sample where there is nothing yet, and asks for the screens.
pub fn run(call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    let throw_away = !call.setting.named;
    let mut setting = call.setting.clone();
    if throw_away {
        setting.folder = std::env::temp_dir().join(format!("zoufang-demo-{:08x}", pen_number() >> 32));
    }
    // What is there already may be a real campaign: it is opened as it is.
    if !setting.place_as_it_is().exists() {
        make(&setting, out).inspect_err(|_| {
            if throw_away {
                let _ = std::fs::remove_dir_all(&setting.folder);
            }
        })?;
    }
    Ok(End::Screens(Screens { setting, throw_away }))
}

fn make(setting: &Setting, out: &Out) -> Result<(), Trouble> {
    let device = Device {
        code: "示范1".to_owned(),
        group: "一组".to_owned(),
        visitors: vec!["陈明".to_owned(), "张锦秋".to_owned()],
        practice: true,
        ..Device::fresh()
    };
    setting.place_as_it_is().create(&device, &setting.clock)?;
    let mut keeper = opening::open(setting, out)?;
    demo::fill(&mut keeper)?;
    keeper.close()
}
