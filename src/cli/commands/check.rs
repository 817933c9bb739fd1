//! `zoufang check`: everything is read back; what is wrong is said, and mended if asked.

use serde_json::{Value as Json, json};

use crate::app::check::{Checked, Repair, check};
use crate::cli::call::Call;
use crate::cli::{End, Out, Status, opening};
use crate::text::{Said, Trouble, t};

/// Checks, repairs if asked, and checks again.
pub fn run(call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    let (json, place) = (call.flag("json"), call.setting.place()?);
    let checked = check(&place, &call.setting.clock)?;
    show(&checked, json, out);
    let repairs = |wanted: Repair| checked.wrong.iter().any(|wrong| wrong.repair == Some(wanted));
    let can = checked.wrong.iter().any(|wrong| wrong.repair.is_some());
    if can && !json && !call.flag("repair") {
        out.flush();
        out.tell(t(
            "zoufang check --repair 会照上面说的处理.",
            "“zoufang check --repair” would do what is said above.",
        ));
    }
    if !call.flag("repair") || !can {
        return Ok(if checked.wrong.is_empty() { Status::Done } else { Status::Nothing }.into());
    }
    let mut keeper = opening::open(call.setting, out)?;
    for said in keeper.mend(repairs(Repair::Rebuild))? {
        out.tell(said);
    }
    keeper.close()?;
    drop(keeper);
    let again = check(&place, &call.setting.clock)?;
    if !json {
        out.say(t("处理之后:", "After the repair:"));
    }
    show(&again, json, out);
    Ok(match (again.wrong.len(), checked.wrong.len()) {
        (0, _) => Status::Done,
        (left, before) if left < before => Status::InPart,
        _ => Status::Nothing,
    }
    .into())
}

fn show(checked: &Checked, json: bool, out: &mut Out) {
    if json {
        out.json(&object(checked, out));
        return;
    }
    let counts = checked.counts;
    let said = t(
        "读过 {frames} 帧 {operations} 条记录, {drafts} 条草稿.",
        "Read {frames} frames with {operations} records, and {drafts} drafts.",
    );
    out.say(said.with("frames", counts.frames).with("operations", counts.operations).with("drafts", counts.drafts));
    for wrong in &checked.wrong {
        let line =
            Said::from(t("有问题: {what} {repair}", "Wrong: {what} {repair}")).with_words("what", wrong.said.clone());
        let repair = wrong.repair.map_or_else(|| t("", "").into(), Repair::said);
        let line = line.with_words("repair", repair).say(out.lang());
        out.line(line.trim_end());
    }
    for note in &checked.notes {
        out.say(Said::from(t("注意: {what}", "Note: {what}")).with_words("what", note.clone()));
    }
    if checked.wrong.is_empty() {
        out.say(t("完好.", "Sound."));
    }
}

fn object(checked: &Checked, out: &Out) -> Json {
    let lang = out.lang();
    let wrong: Vec<Json> = checked
        .wrong
        .iter()
        .map(|wrong| {
            let repair = wrong.repair.map(|repair| match repair {
                Repair::Open => "open",
                Repair::Rebuild => "rebuild",
                Repair::Rescue => "rescue",
                Repair::Settle => "settle",
                Repair::SetAside => "set-aside",
            });
            json!({ "message": wrong.said.say(lang), "repair": repair })
        })
        .collect();
    json!({
        "ok": checked.wrong.is_empty(),
        "frames": checked.counts.frames,
        "operations": checked.counts.operations,
        "unknown": checked.counts.unknown,
        "records": checked.counts.records,
        "drafts": checked.counts.drafts,
        "wrong": wrong,
        "notes": checked.notes.iter().map(|note| note.say(lang)).collect::<Vec<_>>(),
    })
}
