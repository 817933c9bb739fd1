//! 电脑: the laptops whose records are here, or are known to be missing, with how much each of them wrote.

use std::collections::BTreeMap;

use super::{Cell, Column, List, Query, kept, shown};
use crate::app::{ClockDoubt, Doubted, Missing, Peer, Shelf};
use crate::domain::Writer;
use crate::log::Ranges;
use crate::text::{Said, Trouble, t};

pub const LIST: List = List {
    word: "devices",
    about: t("有记录在这里或者缺记录的电脑", "laptops whose records are here, or are missing"),
    columns: COLUMNS,
    by_household: false,
    rows,
};

const COLUMNS: &[Column] = &[
    shown("code", t("编号", "code")),
    shown("group", t("小组", "group")),
    shown("visitors", t("走访干部", "visitors")),
    shown("records", t("记录", "records")),
    shown("missing", t("缺", "missing")),
    shown("program", t("程序", "program")),
    shown("this", t("本机", "this one")),
    shown("clock", t("时间", "clock")),
    shown("copied", t("拷贝", "copied")),
    kept("laptop", t("电脑", "laptop")),
];

/// One laptop: what its latest writer says of it, or whoever told of it, and what is known of all of them.
struct Laptop<'a> {
    latest: &'a Writer,
    records: u64,
}

#[expect(clippy::unnecessary_wraps, reason = "a row of the table of lists")]
fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let known = query.house.view().known();
    let peers = query.place.peers();
    let missing = query.house.missing(&peers);
    let missing_of = |laptop: u64| -> u64 {
        let of_it = |one: &&Missing| one.whose.as_ref().is_some_and(|whose| whose.laptop == laptop);
        missing.iter().filter(of_it).map(|one| one.count).sum()
    };
    let count = |ranges: &Ranges, writer: u64| -> u64 {
        ranges.of(writer).iter().map(|(first, last)| u64::from(last - first) + 1).sum()
    };
    let doubted = query.house.doubted(query.device, query.now_ms, &[]);
    Ok(query.house.shelf(|shelf, _| {
        let mut laptops: BTreeMap<u64, Laptop<'_>> = BTreeMap::new();
        for (number, writer) in shelf.writers() {
            let one = laptops.entry(writer.laptop).or_insert(Laptop { latest: writer, records: 0 });
            one.latest = writer;
            one.records += count(&known, number);
        }
        for (_, writer) in peers.told().filter(|(number, _)| shelf.writer(*number).is_none()) {
            laptops.entry(writer.laptop).or_insert(Laptop { latest: writer, records: 0 });
        }
        let mut rows: Vec<Vec<Cell>> = laptops
            .into_iter()
            .map(|(laptop, Laptop { latest, records })| {
                vec![
                    Cell::text(&latest.code),
                    Cell::text(&latest.group),
                    Cell::Words(latest.visitors.clone()),
                    Cell::Number(i64::try_from(records).unwrap_or(i64::MAX)),
                    Cell::Number(i64::try_from(missing_of(laptop)).unwrap_or(i64::MAX)),
                    Cell::text(&latest.program),
                    Cell::Yes(laptop == query.device.laptop),
                    clock(shelf, &doubted, laptop, query),
                    peers
                        .of(laptop)
                        .and_then(Peer::parted)
                        .map_or(Cell::Nothing, |said| Cell::Word("copied".to_owned(), said)),
                    Cell::text(format!("{laptop:016x}")),
                ]
            })
            .collect();
        rows.sort_by_key(|row| row.first().map(|cell| cell.said(crate::text::Lang::Zh)));
        rows
    }))
}

/// Says what is wrong with a laptop's clock, else how it was corrected, else that somebody said that it is right.
fn clock(shelf: &Shelf, doubted: &Doubted, laptop: u64, query: &Query<'_>) -> Cell {
    // Of a correction it is said below, in full.
    let is_own = laptop == query.device.laptop;
    if is_own && matches!(doubted, Doubted::Own(doubt) if !matches!(doubt, ClockDoubt::Corrected(_))) {
        return Cell::Word("wrong".to_owned(), ClockDoubt::said(query.now_ms));
    }
    if let Some(wrong) = doubted.of(laptop) {
        return Cell::Word("wrong".to_owned(), wrong.doubt.clone());
    }
    let is_right = shelf.clocks().looked_at().any(|(other, _)| other == laptop);
    match shelf.clocks().of(laptop).and_then(|said| said.iter().next_back()) {
        Some(righting) => {
            let words = Said::from(t("已更正: {said}", "corrected: {said}")).with_words("said", righting.said());
            Cell::Word("corrected".to_owned(), words)
        }
        None if is_right => Cell::Word("right".to_owned(), t("有人看过, 没错", "seen: it is right").into()),
        None => Cell::Nothing,
    }
}
