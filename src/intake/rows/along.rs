//! Rows read along while the rest of their sheet still comes in.
//!
//! To unpack a workbook keeps one processor busy; what its rows say by themselves is read meanwhile on another. The
//! shape is needed before the sheet is whole: it is taken from the first page, and what was read under it counts only
//! where the whole sheet turns out to have the same one.

use std::collections::HashMap;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::super::columns::Columns;
use super::super::shape::Shape;
use super::super::sheet::Page;
use super::super::{Guess, families};
use super::body::Body;
use super::draft::{Above, List};
use crate::spread;

/// What was read along.
pub(crate) struct Along {
    shape: Shape,
    body: Body,
}

/// Fills a sheet while its rows are read along; on one processor nobody does.
pub(crate) fn beside<T>(guess: &Guess, fill: impl FnOnce(Option<Sender<Page>>) -> T) -> (T, Option<Along>) {
    if spread::threads() == 1 {
        return (fill(None), None);
    }
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let (along, pages) = channel();
        let reader = scope.spawn(|| Along::read(pages, &over, guess));
        let filled = fill(Some(along));
        // What is left then is read faster by all processors.
        over.store(true, Ordering::Relaxed);
        (filled, reader.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

impl Along {
    /// Reads pages until there are no more; None where rows cannot be told before the sheet is whole.
    #[expect(clippy::needless_pass_by_value, reason = "its end tells the sheet that nobody reads along any longer")]
    fn read(pages: Receiver<Page>, over: &AtomicBool, guess: &Guess) -> Option<Self> {
        let first = pages.recv().ok()?;
        let shape = Shape::of(&first.sheet, guess)?;
        let columns = Columns::of(&shape);
        let above = Above::of(&first.sheet, &shape, guess);
        if families::are_told(&columns) {
            return None;
        }
        let roles = HashMap::new();
        let mut body: Option<Body> = None;
        for page in std::iter::once(first).chain(pages.iter().take_while(|_| !over.load(Ordering::Relaxed))) {
            let list =
                List { sheet: &page.sheet, guess, shape: &shape, columns: &columns, above: &above, roles: &roles };
            body.get_or_insert_with(|| Body::begin(&list)).take(&list, &list.body(page.first));
        }
        Some(Self { body: body?, shape })
    }

    /// Gives what was read of the first rows below the header, where it holds for the whole list.
    pub(super) fn holding(self, list: &List<'_>) -> Option<Body> {
        let holds = !list.sheet.was_jumbled() && self.shape == *list.shape && self.body.is_of(list);
        holds.then_some(self.body)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;
    use std::sync::mpsc::channel;

    use super::Along;
    use crate::intake::shape::Shape;
    use crate::intake::sheet::{Merge, Sheet};
    use crate::intake::{Guess, Watch, rows};

    #[test]
    fn every_page_says_what_the_whole_sheet_says() {
        const ROWS: u32 = 13_000;
        let (along, pages) = channel();
        let merges = [(1, 5_000), (5_001, 11_000)].map(|(top, bottom)| Merge { left: 0, top, right: 0, bottom });
        let mut sheet = Sheet::named("名单", &Watch::default()).merged(merges.to_vec()).along(Some(along));
        for (column, header) in (0..).zip(["村", "组", "户主姓名", "电话"]) {
            sheet.put(0, column, header).unwrap();
        }
        for row in 1..ROWS {
            match row {
                1 | 5_001 => sheet.put(row, 0, ["东里东村", "东里西村"][usize::from(row > 1)]).unwrap(),
                11_001.. => sheet.put(row, 0, "东里社区").unwrap(),
                _ => {}
            }
            sheet.put(row, 1, &(row % 9 + 1).to_string()).unwrap();
            sheet.put(row, 2, ["张守富", "李桂英", "王成友", "合计"][row as usize % 4]).unwrap();
            sheet.put(row, 3, &format!("138{:08}", row / 2)).unwrap();
        }
        sheet.settle();
        let guess = Guess::default();
        let shape = Shape::of(&sheet, &guess).unwrap();
        let along = Along::read(pages, &AtomicBool::new(false), &guess).unwrap();
        assert_eq!(along.body.read, 3 * 4096 - 1, "all full pages");
        let [with, without] = [Some(along), None].map(|along| rows::read(&sheet, &shape, along, &guess).ok().unwrap());
        assert!(without.households.iter().all(|row| row.value("village").is_some()));
        assert_eq!((with.households, with.skipped), (without.households, without.skipped));
    }
}
