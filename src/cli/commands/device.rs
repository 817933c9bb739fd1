//! `zoufang device`: who this laptop is, and the making of its data folder.

use serde_json::json;

use crate::app::{Device, Request, no_campaign};
use crate::cli::command::Call;
use crate::cli::{End, Out, Setting, Status, opening};
use crate::text::{Text, Trouble, t};

/// What can be set, with its words.
const KEYS: [(&str, Text); 6] = [
    ("code", t("编号", "code")),
    ("group", t("小组", "group")),
    ("visitors", t("走访干部", "visitors")),
    ("phone", t("电话", "phone")),
    ("backup", t("备份到", "backup")),
    ("lock", t("锁屏分钟", "lock after")),
];

/// Shows this laptop, after changing what was to be set.
pub fn run(call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    let set = call.words("set").into_iter().map(pair).collect::<Result<Vec<_>, _>>()?;
    if !set.is_empty() {
        change(&set, call.setting, out)?;
    }
    let place = call.setting.place()?;
    let device = place.device()?.filter(|_| place.exists());
    let device = device.ok_or_else(|| no_campaign(&place.folder))?;
    show(&device, call, out);
    Ok(Status::Done.into())
}

/// Reads `KEY=VALUE`.
fn pair(said: &str) -> Result<(&'static str, &str), Trouble> {
    let known = KEYS.map(|(key, _)| key).join(" ");
    let split = said.split_once('=');
    let found = split.and_then(|(key, value)| KEYS.iter().find(|row| row.0 == key.trim()).map(|row| (row.0, value)));
    found.ok_or_else(|| {
        Trouble::new("usage", t("看不懂 --set {said}.", "--set {said} is not understood.").with("said", said)).hint(
            t("写成 KEY=VALUE, KEY 可以是: {known}.", "Write KEY=VALUE; KEY can be: {known}.").with("known", known),
        )
    })
}

/// Makes the data folder if there is none, and carries out the change like any other request.
fn change(set: &[(&str, &str)], setting: &Setting, out: &Out) -> Result<(), Trouble> {
    let place = setting.place()?;
    if !place.exists() {
        let said = |key: &str| set.iter().any(|(other, value)| *other == key && !value.trim().is_empty());
        if !said("visitors") {
            return Err(Trouble::new(
                "missing",
                t("第一次要写明走访干部.", "the first time, the visitors have to be given."),
            )
            .hint(t("例如 --set visitors=陈明,张锦秋", "For example --set visitors=陈明,张锦秋")));
        }
        place.create(&Device::fresh(), &setting.clock)?;
    }
    let mut keeper = opening::open(setting, out)?;
    let request = set.iter().fold(Request::new("device.set"), |request, (key, value)| request.with(key, *value));
    keeper.run(&request)?;
    keeper.sync()?;
    keeper.close()
}

fn show(device: &Device, call: &Call<'_>, out: &mut Out) {
    let folder = call.setting.folder.display().to_string();
    if call.flag("json") {
        out.json(&json!({
            "code": device.code,
            "group": device.group,
            "visitors": device.visitors,
            "phone": device.phone,
            "backup": device.backup.as_ref().map(|path| path.display().to_string()),
            "lock": device.lock_minutes().unwrap_or(0),
            "laptop": format!("{:016x}", device.laptop),
            "data": folder,
            "last_folder": device.last_folder.as_ref().map(|path| path.display().to_string()),
        }));
        return;
    }
    let backup = device.backup.as_ref().map_or_else(String::new, |path| path.display().to_string());
    let lock = device.lock_minutes().unwrap_or(0).to_string();
    let values =
        [device.code.clone(), device.group.clone(), device.visitors.join(", "), device.phone.clone(), backup, lock];
    let rows = KEYS.iter().map(|(_, name)| *name).zip(values).chain([(t("数据", "data"), folder)]);
    for (name, value) in rows {
        out.line(&format!("{}  {value}", crate::hanzi::width::pad(name.get(out.lang()), 8)));
    }
}
