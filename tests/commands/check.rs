//! Everything is read back; what is wrong is said, and mended when asked.

use std::io::Write;
use std::path::PathBuf;

use super::harness::Laptop;

fn campaign() -> Laptop {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.run(&["import", "r500.xlsx"]).ends(0);
    laptop.household("张守富");
    laptop
}

/// Gives the journal's last file.
fn last_segment(laptop: &Laptop) -> PathBuf {
    let entries = std::fs::read_dir(laptop.data().join("journal")).unwrap();
    entries.map(|entry| entry.unwrap().path()).max().unwrap()
}

#[test]
fn a_sound_campaign_is_said_to_be_sound() {
    let laptop = campaign();
    assert!(laptop.run(&["check"]).ends(0).out.contains("完好"));
    let checked = laptop.run(&["check", "--json"]).ends(0).json();
    assert_eq!(checked[0]["ok"], true);
    assert!(checked[0]["operations"].as_u64() > Some(500), "{checked:?}");
}

#[test]
fn a_torn_end_is_told_and_taken_off_by_repair() {
    let laptop = campaign();
    let mut file = std::fs::OpenOptions::new().append(true).open(last_segment(&laptop)).unwrap();
    file.write_all(&[7; 11]).unwrap();
    drop(file);
    let told = laptop.run(&["check"]).ends(1);
    assert!(told.out.contains("11 字节没有写完") && told.err.contains("--repair"), "{told:?}");
    laptop.run(&["check"]).ends(1);
    let mended = laptop.run(&["check", "--repair"]).ends(0);
    assert!(mended.out.ends_with("完好.\n"), "{mended:?}");
    laptop.run(&["check"]).ends(0);
    assert_eq!(laptop.list("households").len(), 501);
}

#[test]
fn a_damaged_record_is_told_and_all_others_are_kept() {
    let laptop = campaign();
    laptop.household("李桂英");
    let path = last_segment(&laptop);
    let mut bytes = std::fs::read(&path).unwrap();
    // Inside the first action of the file, well before the last.
    let at = bytes.len() / 3;
    bytes[at] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let told = laptop.run(&["check", "--json"]).ends(1).json();
    let wrong = told[0]["wrong"].to_string();
    assert!(wrong.contains("损坏"), "{wrong}");
    assert!(laptop.list("households").len() >= 500);
}

#[test]
fn a_view_that_differs_from_the_journal_is_made_anew() {
    let laptop = campaign();
    // The view of another laptop in this one's place.
    let other = Laptop::of(2, "张文彬", "二组");
    other.run(&["import", "r500.xlsx"]).ends(0);
    other.household("王成友");
    std::fs::remove_dir_all(laptop.data().join("view")).unwrap();
    std::fs::rename(other.data().join("view"), laptop.data().join("view")).unwrap();
    let told = laptop.run(&["check"]).ends(1);
    assert!(told.out.contains("查询库有") && told.out.contains("会从日志重建"), "{told:?}");
    let mended = laptop.run(&["check", "--repair"]).ends(0);
    assert!(mended.out.ends_with("完好.\n"), "{mended:?}");
    // Without a view nothing is wrong: it is made at the next opening.
    std::fs::remove_dir_all(laptop.data().join("view")).unwrap();
    assert!(laptop.run(&["check"]).ends(0).out.contains("还没有查询库"));
}

/// Puts another sentence of the same length into a frame of the journal, and makes its sum right again.
fn forge(laptop: &Laptop, old: &str, new: &str) {
    let path = last_segment(laptop);
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(old.len()).position(|window| window == old.as_bytes()).unwrap();
    bytes[at..at + old.len()].copy_from_slice(new.as_bytes());
    let mut from = 28;
    loop {
        let length = u32::from_le_bytes(bytes[from + 5..from + 9].try_into().unwrap()) as usize;
        let end = from + 13 + length;
        if end > at {
            let mut sum = crc32fast::Hasher::new();
            sum.update(&(from as u64).to_le_bytes());
            sum.update(&bytes[from..from + 9]);
            sum.update(&bytes[from + 13..end]);
            bytes[from + 9..from + 13].copy_from_slice(&sum.finalize().to_le_bytes());
            break;
        }
        from = end;
    }
    std::fs::write(&path, bytes).unwrap();
}

#[test]
fn a_journal_altered_after_a_backup_is_found_out_and_the_first_broken_link_is_named() {
    let laptop = campaign();
    laptop.household("李桂英");
    laptop.household("王成友");
    laptop.run(&["backup"]).ends(0);
    laptop.household("赵淑芬");
    laptop.run(&["check"]).ends(0);
    forge(&laptop, "李桂英", "李贵英");
    std::fs::remove_dir_all(laptop.data().join("view")).unwrap();
    let told = laptop.run(&["check"]).ends(1);
    assert!(told.out.contains("日志被改过") && told.out.contains("1 条不一样"), "{told:?}");
    assert!(told.out.contains("陈明 2021-05-18 19:30"), "who and when: {told:?}");

    // Lost altogether, and brought back from the backup.
    let other = campaign();
    other.run(&["backup"]).ends(0);
    std::fs::remove_file(last_segment(&other)).unwrap();
    let told = other.run(&["check"]).ends(1);
    assert!(told.out.contains("少了备份"), "{told:?}");
    let backup = std::fs::read_dir(other.data().join("backup")).unwrap().next().unwrap().unwrap().path();
    other.run(&["merge", backup.to_str().unwrap()]).ends(0);
    assert!(!other.run(&["check"]).out.contains("少了备份"));
    assert_eq!(other.list("households").len(), 501);
}
