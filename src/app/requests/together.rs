//! 一起: several changes that a person made with one key are one action: written together or not at all, taken back together.

use serde_json::Value as Json;

use crate::app::requests::request::{Answer, Request, Row, must};
use crate::app::{Args, Desk};
use crate::text::{Trouble, t};

/// The word of the row.
pub const TOGETHER: &str = "together";

/// What has to stand alone: it takes back, or is itself made of several.
const ALONE: [&str; 2] = [TOGETHER, "undo"];

pub const ROWS: &[Row] = &[Row {
    word: TOGETHER,
    about: t("几样当作一步: 一起记下, 一起撤销", "several as one action: written together, taken back together"),
    takes: &[must("requests", "每一样, 各有自己的 do", "each of them, with a do of its own")],
    run: together,
}];

fn together(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let wrong = || {
        Trouble::new("bad-value", t("“requests” 不是几样要做的.", "“requests” is no list of requests."))
            .hint(t("每一样写成 {\"do\": \"line.set\", …}.", "Each is written as {\"do\": \"line.set\", …}."))
    };
    let all = args.0.get("requests").and_then(Json::as_array).filter(|all| !all.is_empty()).ok_or_else(wrong)?;
    let mut last = Answer::default();
    for one in all {
        let mut values = one.as_object().cloned().ok_or_else(wrong)?;
        let word = values.remove("do").and_then(|word| word.as_str().map(str::to_owned)).ok_or_else(wrong)?;
        if ALONE.contains(&word.as_str()) {
            return Err(Trouble::new(
                "bad-value",
                t("“{word}” 只能单独做.", "“{word}” can only be asked for alone.").with("word", word),
            ));
        }
        last = (Request::new(&word).row()?.run)(desk, &Args(values))?;
    }
    Ok(last)
}
