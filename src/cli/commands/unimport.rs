//! `zoufang unimport`: an import is taken back whole.

use serde_json::json;

use crate::app::{Request, find_import};
use crate::cli::call::Call;
use crate::cli::{End, Out, Status, opening};
use crate::text::{Said, Trouble, t};

/// Takes the last import back, or the one of a file.
pub fn run(call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    let mut keeper = opening::open(call.setting, out)?;
    let listed = find_import(keeper.house(), call.word("WORD"))?;
    let count = |keeper: &crate::app::Keeper| keeper.house().shelf(|shelf, _| shelf.households_of(listed.writer));
    let before = count(&keeper);
    keeper.run(&Request::new("import.undo").with_name("import", listed.import))?;
    keeper.sync()?;
    let kept = count(&keeper);
    keeper.close()?;
    if call.flag("json") {
        out.json(&json!({"ok": true, "file": listed.file, "gone": before - kept, "kept": kept}));
        return Ok(Status::Done.into());
    }
    let words = t(
        "已撤销导入 {file}: {gone} 户不再列出, {kept} 户已有走访或改动, 留下了. 再导入一次就都回来.",
        "The import of {file} is taken back: {gone} {gone:household|households} {gone:is|are} no longer listed, {kept} that people have written on stay. Importing it again brings all back.",
    );
    out.say(Said::from(words).with("file", &listed.file).with("gone", before - kept).with("kept", kept));
    Ok(Status::Done.into())
}
