//! `zoufang import`: rosters come in, or are only looked at.

mod report;

use std::path::Path;

use self::report::Report;
pub use self::report::VALUES;
use super::later::not_yet;
use crate::app::{Correction, Corrections, House, Keeper, Place, Told, read_roster};
use crate::cli::call::Call;
use crate::cli::{End, Out, Setting, Status, opening};
use crate::intake::Watch;
use crate::text::{Trouble, t};

/// Brings rosters in, one after another; one that cannot be read stops none of the others.
pub fn run(call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    if let Some(kind) = call.word("kind").filter(|kind| *kind != "roster") {
        return Err(not_yet(t("还不能导入 {word}.", "{word} cannot be brought in yet."), kind)
            .hint(t("现在能导入名单.", "For now rosters can.")));
    }
    let (json, dry) = (call.flag("json"), call.flag("dry-run"));
    let mut way = if dry {
        Way::Look(Box::new(beside(call.setting)?))
    } else {
        Way::Keep(Box::new(opening::open(call.setting, out)?))
    };
    let (said, place) = (correction(call)?, call.setting.place()?);
    let (mut done, mut refused) = (0, 0);
    let (all, said) = every_sheet(said);
    for file in call.paths("FILE") {
        let mut sheets = vec![None];
        while let Some(sheet) = sheets.pop() {
            // Of a further sheet only which one it is is said; the habit of the whole file is another thing.
            let further = sheet.is_some();
            let said = match sheet {
                Some(sheet) => said.clone().of_sheet(sheet),
                None => said.clone(),
            };
            match bring(&mut way, &file, &said, &place, !all) {
                Ok(report) => {
                    done += 1;
                    if all && !further {
                        sheets.extend(report.reading.more_sheets.iter().rev().cloned().map(Some));
                    }
                    if json { out.json(&report.json(out.lang())) } else { report.show(out) }
                }
                Err(trouble) => {
                    refused += 1;
                    refuse(&file, &trouble, json, out);
                }
            }
        }
    }
    if let Way::Keep(keeper) = &mut way {
        keeper.close()?;
    }
    Ok(Status::of(done, refused).into())
}

/// The words for every sheet of a workbook that is a list.
const ALL_SHEETS: [&str; 2] = ["all", "全部"];

/// Tells whether every sheet is meant, and gives the rest of what is said.
fn every_sheet(said: Told) -> (bool, Told) {
    let is_all = |said: &Correction| said.sheet.as_deref().is_some_and(|sheet| ALL_SHEETS.contains(&sheet));
    let rest = |said: Correction| Correction { sheet: None, ..said };
    match said {
        Told::All(said) if is_all(&said) => (true, Told::All(rest(said))),
        Told::More(said) if is_all(&said) => (true, Told::More(rest(said))),
        said => (false, said),
    }
}

/// What is done with a file.
enum Way {
    /// It is only looked at, beside a running program.
    Look(Box<House>),
    /// It is brought in.
    Keep(Box<Keeper>),
}

/// Opens the readable side of a campaign without its lock; where there is none, an empty one.
fn beside(setting: &Setting) -> Result<House, Trouble> {
    let place = setting.place()?;
    let house = if place.exists() { place.beside()?.house } else { place.empty_house() };
    house.fill("", setting.clock.now().wall_ms)?;
    Ok(house)
}

/// Brings one list in; `remember` keeps what was said of it for lists of its shape.
fn bring(way: &mut Way, file: &Path, said: &Told, place: &Place, remember: bool) -> Result<Report, Trouble> {
    let understood = read_roster(file, said, place, &Watch::default())?;
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let (imported, dry) = match way {
        Way::Look(house) => (house.preview(&understood.roster)?.bring, true),
        Way::Keep(keeper) => {
            understood.ready(&name)?;
            let imported = keeper.import(&understood.roster, &name)?;
            keeper.finish()?;
            if remember {
                Corrections::remember(&place.home(), &place.disk, &understood.shape, &understood.correction)?;
            }
            (imported, false)
        }
    };
    Ok(Report { file: file.to_owned(), reading: understood.reading, imported, dry })
}

/// Reads what is said of the lists.
fn correction(call: &Call<'_>) -> Result<Told, Trouble> {
    let mut said = Correction {
        kind: call.word("household-kind").map(str::to_owned),
        encoding: call.word("encoding").map(str::to_owned),
        sheet: call.word("sheet").map(str::to_owned),
        ..Correction::default()
    };
    for column in call.words("column") {
        said.read_column(column)?;
    }
    if let Some(row) = call.word("header") {
        said.header = Some(row.parse().map_err(|_| {
            Trouble::new(
                "bad-value",
                t("表头行是一个数, 不是 {row}.", "The header row is a number, not {row}.").with("row", row),
            )
        })?);
    }
    Ok(match (call.flag("as-guessed"), said.is_empty()) {
        (true, _) => Told::All(said),
        (false, true) => Told::Nothing,
        (false, false) => Told::More(said),
    })
}

/// Says why a file was not taken; scripts get it among the results, with the file.
pub fn refuse(file: &Path, trouble: &Trouble, json: bool, out: &mut Out) {
    if json {
        let mut refusal = out.refusal(trouble);
        refusal.insert("file".into(), file.display().to_string().into());
        out.json(&serde_json::Value::Object(refusal));
    } else {
        out.flush();
        out.trouble(trouble);
    }
}
