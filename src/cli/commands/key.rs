//! `zoufang key`: the campaign's key, made by the office and taken by the others, so that sticks tell strangers nothing.

use serde_json::json;

use crate::cli::call::Call;
use crate::cli::{End, Out, Status};
use crate::text::{Said, Trouble, t};

/// Makes a key, takes one, or says which one is used.
pub fn run(call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    let place = call.setting.place()?;
    let device = place.device()?.filter(|_| place.exists());
    let device = device.ok_or_else(|| crate::app::no_campaign(&place.folder))?;
    let campaign = place.campaign_id(device.practice);
    let file = call.paths("FILE").into_iter().next();
    if let Some(folder) = call.path("new") {
        let (file, number) = place.new_campaign_key(&campaign, &folder)?;
        let said = t(
            "活动密钥 {n} 做好了: {file}. 亲手交给各组, 不要和导出包放在同一个U盘上.",
            "The campaign key {n} is made: {file}. Hand it over in person, and not on the stick with the exports.",
        );
        tell(call, out, Some(number), said.with("n", number).with("file", file.display()));
    } else if let Some(file) = file {
        let (number, known) = place.take_campaign_key(&campaign, &file)?;
        let said = if known {
            t("活动密钥 {n} 早就收下了.", "The campaign key {n} was taken before.")
        } else {
            t(
                "活动密钥 {n} 收下了: 以后导出的都加密.",
                "The campaign key {n} is taken: exports are sealed from now on.",
            )
        };
        tell(call, out, Some(number), said.with("n", number));
    } else {
        let number = place.campaign_key_number()?;
        let said = match (number, device.campaign_key) {
            (Some(number), _) => {
                t("导出用活动密钥 {n} 加密.", "Exports are sealed with the campaign key {n}.").with("n", number)
            }
            (None, Some(lost)) => t(
                "活动密钥 {n} 找不到了, 在再收下以前不导出: zoufang key 文件.",
                "The campaign key {n} is gone; nothing is exported until it is taken again: “zoufang key FILE”.",
            )
            .with("n", lost),
            (None, None) => t(
                "没有活动密钥: 导出包没有加密. 办公室用 zoufang key --new 文件夹 做一把.",
                "There is no campaign key: exports are in the clear. The office makes one with “zoufang key --new FOLDER”.",
            )
            .into(),
        };
        tell(call, out, number, said);
    }
    Ok(Status::Done.into())
}

fn tell(call: &Call<'_>, out: &mut Out, number: Option<u32>, said: Said) {
    if call.flag("json") {
        out.json(&json!({"ok": true, "key": number}));
    } else {
        out.say(said);
    }
}
