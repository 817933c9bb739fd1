//! `zoufang list`: rows for people and for scripts, read from the journal alone.

use serde_json::{Map, Value as Json};

use crate::app::lists::{Cell, Column, List, Query, find};
use crate::cli::call::Call;
use crate::cli::table::{self, Side};
use crate::cli::{End, Out, Status, opening};
use crate::domain::facts::Eyes;
use crate::text::{Trouble, t};

/// Lists.
pub fn run(call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    let Some(list) = call.word("WHAT").and_then(find) else { return Ok(Status::Usage.into()) };
    let typed = call.word("where");
    if typed.is_some() && !list.by_household {
        return Err(Trouble::new(
            "usage",
            t("{list} 不分户, 不能用 --where.", "{list} do not belong to households; --where cannot be used.")
                .with("list", list.word),
        ));
    }
    let (place, house, journal, device) = opening::beside(call.setting, out)?;
    let query = Query::new(&place, &house, &journal, &device, call.setting.clock.now().wall_ms);
    let query = match typed {
        Some(typed) => query.narrowed(list, typed)?,
        None => query,
    };
    let rows = (list.rows)(&query)?;
    if call.flag("json") {
        for row in &rows {
            out.json(&object(list, row));
        }
    } else {
        show(list, &rows, out);
    }
    Ok(Status::Done.into())
}

fn object(list: &List, row: &[Cell]) -> Json {
    let pairs = list.columns.iter().zip(row).map(|(column, cell)| (column.key.to_owned(), cell.json()));
    Json::Object(pairs.collect::<Map<String, Json>>())
}

/// Shows the columns that other eyes may see, and says how many rows there are.
fn show(list: &List, rows: &[Vec<Cell>], out: &mut Out) {
    let lang = out.lang();
    if rows.is_empty() {
        out.tell(t("没有.", "None."));
        return;
    }
    let shown = |column: &Column| column.eyes == Eyes::Lists;
    let pick = |row: &[Cell]| -> Vec<String> {
        list.columns.iter().zip(row).filter(|(column, _)| shown(column)).map(|(_, cell)| cell.said(lang)).collect()
    };
    let numbers = |at: usize| rows.iter().any(|row| row.get(at).is_some_and(Cell::is_number));
    let sides: Vec<Side> = list
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| shown(column))
        .map(|(at, _)| if numbers(at) { Side::Right } else { Side::Left })
        .collect();
    let head = list.columns.iter().filter(|column| shown(column)).map(|column| column.name.get(lang).to_owned());
    let mut all = vec![head.collect()];
    all.extend(rows.iter().map(|row| pick(row)));
    for line in table::lines(&sides, &all) {
        out.line(&line);
    }
    out.flush();
    if !out.is_closed() {
        out.tell(t("共 {n} 行", "{n} in all").with("n", rows.len()));
    }
}
