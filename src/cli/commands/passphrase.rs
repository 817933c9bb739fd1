//! `zoufang passphrase`: puts what lies here under a passphrase, changes it, or gives a new recovery code.

use serde_json::json;

use crate::app::{RecoveryCode, SealedUp, no_campaign};
use crate::cli::call::Call;
use crate::cli::{End, Out, Status, passphrase};
use crate::text::{Said, t};

/// Seals, or changes what opens it.
pub fn run(call: &Call<'_>, out: &mut Out) -> Result<End, crate::text::Trouble> {
    let (place, json) = (call.setting.place_as_it_is(), call.flag("json"));
    if !place.exists() {
        return Err(no_campaign(&place.folder));
    }
    let lang = call.setting.lang;
    if call.flag("show") {
        let sealed = place.is_sealed();
        if json {
            out.json(&json!({"ok": true, "sealed": sealed}));
        } else {
            out.say(if sealed {
                t("有口令.", "There is a passphrase.")
            } else {
                t("没有口令.", "There is none.")
            });
        }
        return Ok(Status::Done.into());
    }
    if !place.is_sealed() {
        let new = passphrase::new(lang)?;
        let SealedUp { code, findings, .. } = place.seal_up(&new, &call.setting.clock, &mut |_| true)?;
        for finding in findings {
            out.tell(finding);
        }
        tell(
            t("这里的数据现在都在口令下面了.", "Everything here is under the passphrase now."),
            Some(&code),
            json,
            out,
        );
        return Ok(Status::Done.into());
    }
    let old = passphrase::existing(lang)?;
    if call.flag("new-code") {
        let code = place.change_code(&old)?;
        tell(t("旧的恢复码不能用了.", "The old recovery code opens nothing any more."), Some(&code), json, out);
    } else {
        place.verify(&old)?;
        place.change_passphrase(&old, &passphrase::new(lang)?)?;
        tell(
            t("口令换好了; 恢复码没有变.", "The passphrase is changed; the recovery code is as before."),
            None,
            json,
            out,
        );
    }
    Ok(Status::Done.into())
}

fn tell(said: impl Into<Said>, code: Option<&RecoveryCode>, json: bool, out: &mut Out) {
    let groups = code.map(|code| code.groups().join(" "));
    if json {
        out.json(&json!({"ok": true, "recovery_code": groups}));
        return;
    }
    out.say(said.into());
    if let Some(groups) = groups {
        let words = t(
            "恢复码 (忘了口令就靠它, 抄在纸上交办公室保管): {code}",
            "Recovery code, for when the passphrase is forgotten; write it on paper and give it to the office: {code}",
        );
        out.say(words.with("code", groups));
    }
}
