//! `zoufang handover`: personal data leaves this laptop once the office has all of it.

use serde_json::json;

use crate::app::Handover;
use crate::cli::call::Call;
use crate::cli::{End, Out, Status, opening};
use crate::text::{Trouble, t};

/// Looks at what would go, or removes it with `--yes`.
pub fn run(call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    let Some(file) = call.paths("FILE").into_iter().next() else {
        return Err(Trouble::new("missing", t("要写明办公室的导出包.", "The office's export has to be given.")));
    };
    let (json, yes) = (call.flag("json"), call.flag("yes"));
    let keeper = opening::open(call.setting, out)?;
    let (handover, left) = if yes { keeper.remove_all(&file)? } else { (keeper.hand_over(&file)?, Vec::new()) };
    let Handover { to, records, goes, stays } = &handover;
    if json {
        let paths = |paths: &[std::path::PathBuf]| -> Vec<String> {
            paths.iter().map(|path| path.display().to_string()).collect()
        };
        let stays: Vec<String> = stays.iter().map(|said| said.say(out.lang())).collect();
        out.json(&json!({
            "ok": left.is_empty(), "removed": yes, "records": records, "group": to.group, "visitors": to.visitors,
            "goes": paths(goes), "left": paths(&left), "stays": stays,
        }));
        return Ok(Status::of(usize::from(left.is_empty()), left.len()).into());
    }
    let who = [to.group.clone(), to.visitors.join("、")].join(" ");
    let said = if yes {
        t("{who} 有全部 {n} 条; 已从这台电脑清除:", "{who} has all {n} {n:record|records}; removed from this laptop:")
    } else {
        t(
            "{who} 有全部 {n} 条. 加 --yes 就从这台电脑清除:",
            "{who} has all {n} {n:record|records}. With --yes this laptop loses:",
        )
    };
    out.say(said.with("who", who.trim()).with("n", records));
    for path in goes {
        out.line(&format!("  {}", path.display()));
    }
    for path in &left {
        out.tell(
            t("没能删掉 {path}, 请自己删.", "{path} could not be removed; delete it yourself.")
                .with("path", path.display()),
        );
    }
    out.say(t("还留着, 要自己处理的:", "What stays, and a person has to see to:"));
    for said in stays {
        out.say(t("  {what}", "  {what}").with("what", said.say(out.lang())));
    }
    Ok(Status::of(1, left.len()).into())
}
