//! `zoufang device`: who this laptop is, and the making of its data folder.

use serde_json::json;

use crate::app::{Device, Request, no_campaign};
use crate::cli::call::Call;
use crate::cli::{End, Out, Setting, Status, opening};
use crate::domain::spoken::{self, Hours, Side};
use crate::domain::{Righting, local, own_phones};
use crate::text::{Said, Text, Trouble, t};

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
    if let Some(laptop) = call.word("clock") {
        return correct(laptop, call, out);
    }
    let place = call.setting.place()?;
    let device = match place.device()? {
        _ if !place.exists() => return Err(no_campaign(&place.folder)),
        Some(device) => device,
        // The settings are lost and the records are not: opening puts them together again, and says so.
        None => opening::open(call.setting, out)?.device().clone(),
    };
    show(&device, call, out);
    Ok(Status::Done.into())
}

/// Corrects the clock of a laptop, says that it is right, or takes that back.
fn correct(laptop: &str, call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    let mut keeper = opening::open(call.setting, out)?;
    let now_ms = call.setting.clock.now().wall_ms;
    let request = if call.flag("forget") {
        Request::new("clock.forget").with("laptop", laptop)
    } else if call.flag("right") {
        Request::new("clock.right").with("laptop", laptop)
    } else {
        let from = call.word("from").map(|day| {
            let day = local::read_day(day).ok_or_else(|| {
                Trouble::new("usage", t("看不懂 --from {day}.", "--from {day} is not understood.").with("day", day))
                    .hint(t("日期写成 2031-05-01.", "Write the day as 2031-05-01."))
            })?;
            Ok(local::at(day, chrono::NaiveTime::MIN))
        });
        let was = call.word("was").map(|said| {
            spoken::read_in(Hours::Clock, said, now_ms, Side::Behind).ok_or_else(|| {
                Trouble::new("usage", t("看不懂 --was {said}.", "--was {said} is not understood.").with("said", said))
                    .hint(t("例如 --was \"2021-05-18 19:42\"", "For example --was \"2021-05-18 19:42\""))
            })
        });
        let was = was.transpose()?;
        // A clock may be ahead: what it shows is near what the time was then.
        let shows = call.word("shows").and_then(|said| spoken::reading(said, was.unwrap_or(now_ms)));
        let shows = shows.ok_or_else(|| {
            Trouble::new("usage", t("要写明它的钟现在显示几点.", "say what its clock shows now."))
                .hint(t("例如 --shows \"2031-05-18 19:42\"", "For example --shows \"2031-05-18 19:42\""))
        })?;
        let mut righting = Righting::proposed(shows, was.unwrap_or(now_ms));
        righting.from_ms = from.transpose()?.or(righting.from_ms);
        let request = Request::new("clock.correct").with("laptop", laptop).with("shows", local::rfc3339(shows));
        let ends = [("was", was), ("from", righting.from_ms), ("until", righting.until_ms)];
        ends.into_iter()
            .filter_map(|(key, at)| Some((key, at?)))
            .fold(request, |request, (key, at)| request.with(key, local::rfc3339(at)))
    };
    let answer = keeper.run(&request)?;
    keeper.sync()?;
    let said = keeper.house().shelf(|shelf, _| {
        let number = answer.more.get("laptop").and_then(|number| u64::from_str_radix(number.as_str()?, 16).ok());
        number.and_then(|laptop| shelf.clocks().of(laptop)).and_then(|said| said.iter().next_back()).map(Righting::said)
    });
    keeper.close()?;
    if call.flag("json") {
        out.json(&json!({"ok": true, "laptop": answer.more.get("laptop"), "ahead_minutes": answer.more.get("ahead_minutes"), "recorded": answer.more.get("recorded"), "days": answer.more.get("days")}));
        return Ok(Status::Done.into());
    }
    let recorded = answer.more.get("recorded").and_then(serde_json::Value::as_str);
    let days = answer.more.get("days").and_then(serde_json::Value::as_i64);
    out.say(match (recorded, said) {
        (Some("here"), _) => {
            let words = t(
                "记下了: {laptop} (本机) 的钟现在没错. 只记在本机, 别的电脑照样按记录看. 撤去用 --forget.",
                "Noted: the clock of {laptop}, this laptop, is right now. That is noted here alone; other laptops go by the records. --forget takes it back.",
            );
            let far = |days: i64| {
                let words = t(
                    "以前记的差了 {n} 天, 还要更正: --shows 它那时显示的, --was 那时其实的.",
                    "What was recorded before is off by {n} {n:day|days} and has to be corrected: --shows what it showed then, --was what the time really was.",
                );
                words.with("n", days)
            };
            days.map(far).into_iter().fold(words.with("laptop", laptop), Said::then)
        }
        (Some(_), _) => t(
            "记下了: {laptop} 的钟现在没错, 不再提; 合并以后各台一样. 撤去用 --forget.",
            "Noted: the clock of {laptop} is right now, and it is named no more, on any laptop after merging. --forget takes that back.",
        )
        .with("laptop", laptop),
        (None, Some(said)) => Said::from(t(
            "{laptop} 的电脑时间{said}. 它的时间以后照更正的显示; 那台电脑的钟也要调好.",
            "The clock of {laptop} is {said}. Its times are shown corrected from now on; set that clock right too.",
        ))
        .with("laptop", laptop)
        .with_words("said", said),
        (None, None) => t(
            "{laptop} 的时间更正, 和说它没错的话, 撤去了.",
            "The corrections of {laptop}, and that it was said to be right, were taken back.",
        )
        .with("laptop", laptop),
    });
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
    // What other laptops show of its signature, to be compared aloud.
    let number = device.signer().map(|signer| signer.public().fingerprint());
    if call.flag("json") {
        out.json(&json!({
            "code": device.code,
            "group": device.group,
            "visitors": device.visitors,
            "phone": device.phone_of(device.speaker()).unwrap_or_default(),
            "phones": device.phones,
            "backup": device.backup.as_ref().map(|path| path.display().to_string()),
            "lock": device.lock_minutes().unwrap_or(0),
            "laptop": format!("{:016x}", device.laptop),
            "fingerprint": number,
            "data": folder,
            "last_folder": device.last_folder.as_ref().map(|path| path.display().to_string()),
        }));
        return;
    }
    let backup = device.backup.as_ref().map_or_else(String::new, |path| path.display().to_string());
    let lock = device.lock_minutes().unwrap_or(0).to_string();
    let phones = own_phones::said(&device.phones, &device.visitors);
    let values = [device.code.clone(), device.group.clone(), device.visitors.join(", "), phones, backup, lock];
    let rows = KEYS
        .iter()
        .map(|(_, name)| *name)
        .zip(values)
        .chain(number.map(|number| (t("签名号", "number"), number)))
        .chain([(t("数据", "data"), folder)]);
    for (name, value) in rows {
        out.line(&format!("{}  {value}", crate::hanzi::width::pad(name.get(out.lang()), 8)));
    }
}
