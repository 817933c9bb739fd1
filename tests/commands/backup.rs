//! A lost laptop: everything is in the backup, and a new laptop goes on from it.

use serde_json::json;

use super::harness::Laptop;

#[test]
fn a_new_laptop_goes_on_from_a_backup() {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.run(&["import", "r500.xlsx"]).ends(0);
    let household = laptop.list("households")[0]["id"].clone();
    laptop.batch(&[json!({"do": "household.set", "household": household, "remark": "耳背"})]);
    let made = laptop.run(&["backup", "--json"]).ends(0).json().remove(0);
    let file = made["path"].as_str().unwrap().to_owned();
    assert!(file.contains("backup") && file.contains("备份-一组-陈明-5月18日-1930.zfb"), "{file}");

    let new = Laptop::new(2);
    let back = new.run(&["restore", &file, "--json"]).ends(0).json().remove(0);
    assert_eq!((&back["households"], &back["operations"]), (&json!(500), &made["operations"]));
    for list in ["households", "members", "doubts", "imports"] {
        assert_eq!(new.list(list), laptop.list(list), "{list}");
    }
    // It is a laptop of its own, so that no history forks; it speaks for the same people.
    let (old, other) = (laptop.run(&["device", "--json"]).json(), new.run(&["device", "--json"]).json());
    assert_eq!(other[0]["visitors"], old[0]["visitors"]);
    assert_ne!(other[0]["laptop"], old[0]["laptop"]);
    new.run(&["check"]).ends(0);
    let again = new.run(&["restore", &file]).ends(1);
    assert!(again.err.contains("已经有活动数据"), "{again:?}");
}

#[test]
fn a_damaged_backup_restores_nothing_and_makes_no_folder() {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.household("张守富");
    let made = laptop.run(&["backup", "--json"]).ends(0).json().remove(0);
    let file = made["path"].as_str().unwrap();
    let mut bytes = std::fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(laptop.path("坏.zfb"), bytes).unwrap();
    let new = Laptop::new(2);
    assert!(!new.run(&["restore", laptop.path("坏.zfb").to_str().unwrap()]).ends(1).err.is_empty());
    assert!(!new.data().exists(), "nothing is made before the file is known to be whole");
}

#[test]
fn a_second_folder_has_a_backup_too_and_is_missed_in_words() {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.household("张守富");
    let second = laptop.path("第二处");
    assert!(laptop.run(&["device", "--set", "backup=/nowhere"]).ends(1).err.contains("没有 /nowhere 这个文件夹"));
    std::fs::create_dir(&second).unwrap();
    laptop.run(&["device", "--set", &format!("backup={}", second.display())]).ends(0);
    assert_eq!(laptop.run(&["backup", "--json"]).ends(0).json().len(), 2);
    assert_eq!(std::fs::read_dir(&second).unwrap().count(), 1);
    std::fs::remove_dir_all(&second).unwrap();
    let part = laptop.run(&["backup"]).ends(3);
    let said = format!("没有备份到 {0}: 没有 {0} 这个文件夹", second.display());
    assert!(part.out.contains("已备份") && part.err.contains(&said), "{part:?}");
    assert!(!part.err.contains("导出") && part.err.contains("记录都在这台电脑里"), "{part:?}");
}

// One stick goes round; the backups of other laptops on it are theirs.
#[test]
fn old_backups_go_by_the_schedule_and_those_of_other_laptops_stay() {
    let (one, two) = (Laptop::of(1, "陈明", "一组"), Laptop::of(2, "张锦秋", "二组"));
    let stick = one.path("U盘");
    std::fs::create_dir(&stick).unwrap();
    for laptop in [&one, &two] {
        laptop.run(&["device", "--set", &format!("backup={}", stick.display())]).ends(0);
    }
    for day in 1..=9_u64 {
        for (laptop, hour) in [(&two, 8), (&one, 9), (&one, 20)] {
            laptop.clock(&format!("2021-05-{day:02}T{hour:02}:00:00+08:00"), day * 86_400_000);
            laptop.household(&format!("张守{day}{hour}"));
            laptop.run(&["backup"]).ends(0);
        }
    }
    let of = |group: &str| {
        let names = std::fs::read_dir(&stick).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().contains(group)).count()
    };
    // The five newest are of three days; four more days of the week have one, and the week before.
    assert!((9..=10).contains(&of("一组")), "{}", of("一组"));
    assert!((7..=9).contains(&of("二组")), "pruned by its own laptop alone: {}", of("二组"));
    let before = of("二组");
    one.household("王成友");
    one.run(&["backup"]).ends(0);
    assert_eq!(of("二组"), before);
}
