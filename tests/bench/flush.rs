//! What sled's flush and our sync ask of the system: to be run under `strace -f -c -e trace=fsync,fdatasync,sync_file_range`.
//!
//! `cargo bench --bench flush -- sled` and `-- journal`: a hundred small records, each handed over on its own. A write that
//! no fsync or fdatasync follows may be lost with the power, whatever the call was named.
#![expect(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

use std::path::Path;
use std::sync::Arc;

use zoufang::domain::{Body, Kept, Name, Operation, Prevs, Stamp, Value};
use zoufang::log::{Journal, Position, RealDisk, bytes};
use zoufang::seal::Seal;
use zoufang::view::{SledView, View};

const RECORDS: u32 = 100;

fn record(seq: u32) -> Arc<Kept> {
    let name = Name::new(7, seq);
    bytes::keep(Operation {
        name,
        stamp: Stamp(u64::from(seq)),
        wall_ms: 0,
        actor: "陈明".into(),
        entity: name,
        key: "remark".into(),
        prevs: Prevs::new(),
        body: Body::Value(Value::text("机井坏了浇不上地")),
    })
    .unwrap()
}

fn main() {
    let home = tempfile::tempdir_in(Path::new(env!("CARGO_MANIFEST_DIR")).join("target")).unwrap();
    match std::env::args().nth(1).as_deref() {
        Some("sled") => {
            let view = SledView::open(home.path(), &Seal::CLEAR).unwrap();
            for seq in 1..=RECORDS {
                view.apply(&[record(seq)], Position { segment: 1, offset: u64::from(seq) }).unwrap();
                view.settle().unwrap();
            }
        }
        Some("journal") => {
            let mut journal = Journal::create(Arc::new(RealDisk), &home.path().join("journal"), "2021-05-28").unwrap();
            for seq in 1..=RECORDS {
                journal.append(None, &record(seq).bytes).unwrap();
                journal.sync().unwrap();
            }
        }
        _ => println!("say sled or journal, under strace"),
    }
}
