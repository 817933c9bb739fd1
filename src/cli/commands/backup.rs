//! `zoufang backup` and `zoufang restore`: everything as one file, and a new laptop from it.

use serde_json::json;

use crate::app::{BackedUp, Device, Exported, Keyring, Keys, Ours, Place, Seal, backup_ring, bundle_from};
use crate::cli::call::Call;
use crate::cli::{End, Out, Status, opening, passphrase};
use crate::text::{Trouble, t};

/// Makes a backup: in a folder that is given, else beside the data and in the second folder.
pub fn back_up(call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    let mut keeper = opening::open(call.setting, out)?;
    let done = if let Some(folder) = call.path("out") {
        BackedUp::alone(keeper.back_up_to(&folder)?)
    } else {
        keeper.back_up()?
    };
    let BackedUp { files, beside, missing, lacks, removed, unnoted, .. } = done;
    let closed = keeper.close();
    for Exported { path, operations, missing, length, .. } in &files {
        if call.flag("json") {
            out.json(
                &json!({"ok": true, "path": path.display().to_string(), "operations": operations, "missing": missing, "bytes": length, "noted": unnoted.is_none()}),
            );
        } else if *missing == 0 {
            let said = t(
                "已备份 {n} 条到 {file}, 读回核对无误.",
                "{n} {n:record|records} {n:is|are} in {file}; it was read back whole.",
            );
            out.say(said.with("n", operations).with("file", path.display()));
        }
    }
    if removed > 0 && !call.flag("json") {
        out.say(t("旧备份清理了 {n} 份.", "{n} old backups were taken away.").with("n", removed));
    }
    let troubles: Vec<Trouble> = lacks.into_iter().chain(beside).chain(missing).collect();
    for trouble in unnoted.iter().chain(&troubles) {
        out.trouble(trouble);
    }
    // Said after what came of the backup, which is as good as it is.
    closed?;
    Ok(Status::of(files.len(), troubles.len()).into())
}

/// Makes a campaign on a new laptop from a backup or any other export.
pub fn restore(call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    let place = call.setting.place_as_it_is();
    if place.exists() {
        let said = t("{dir} 里已经有活动数据, 没有恢复.", "{dir} holds a campaign already; nothing was restored.");
        return Err(Trouble::new("campaign-there", said.with("dir", place.folder.display())).hint(t(
            "要并进来就用 zoufang merge; 要另起一份就用 --data 指一个新文件夹.",
            "“zoufang merge” brings it in; --data names a new folder for a copy of its own.",
        )));
    }
    let Some(file) = call.paths("FILE").into_iter().next() else {
        return Err(Trouble::new("missing", t("要写明备份文件.", "The backup file has to be given.")));
    };
    // Nothing is made before the file is known to be whole.
    let mut ours = Ours::of(&place.campaign_id(false));
    let ring = backup_ring(&file)?;
    let sealed = ring.map(|ring| Ok((Place::open_ring(&ring, &passphrase::existing(call.setting.lang)?)?, ring)));
    let sealed: Option<(Seal, Keyring)> = sealed.transpose()?;
    if let Some((seal, _)) = &sealed {
        ours.keys = Keys::of([seal.clone()]);
    }
    let from = bundle_from(&file, &ours)?;
    let device = Device { group: from.group, code: from.code, visitors: from.visitors, ..Device::fresh() };
    let clock = &call.setting.clock;
    match sealed {
        // What was under a passphrase stays under the same one.
        Some((seal, ring)) => {
            let place = place.create_with(&ring, seal, &device, clock)?;
            let _ = call.setting.unlocked.set(place);
        }
        None => place.create(&device, clock)?,
    }
    let mut keeper = opening::open(call.setting, out)?;
    let parcel = keeper.open_parcel(&file)?;
    let merged = keeper.merge(parcel)?;
    keeper.finish()?;
    let households = keeper.house().count();
    keeper.close()?;
    if call.flag("json") {
        out.json(&json!({"ok": true, "operations": merged.fresh, "households": households}));
    } else {
        let said = t(
            "已恢复 {n} 条记录, {households} 户. 这台电脑以 {who} 的名义记录; 要改用 zoufang device --set.",
            "{n} {n:record|records} and {households} {households:household|households} {households:is|are} back. This laptop records for {who}; “zoufang device --set” changes that.",
        );
        let who = device.visitors.join("、");
        out.say(said.with("n", merged.fresh).with("households", households).with("who", who));
    }
    Ok(Status::Done.into())
}
