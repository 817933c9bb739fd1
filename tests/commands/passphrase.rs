//! Passphrases from the shell: set on what is there, changed, forgotten; and killed at any moment while it seals.

use serde_json::json;

use super::harness::Laptop;
use super::kills::kill_after;
use crate::histories::Chance;
use crate::rebuild::copy;

const FIRST: &str = "水井 核桃 三轮车";
const SECOND: &str = "石榴 老戏台 手电筒";

#[test]
fn a_passphrase_is_set_asked_for_changed_and_its_code_opens_too() {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.household("呼延灼然");
    laptop.passphrases("", "短");
    assert!(laptop.run(&["passphrase"]).ends(1).err.contains("口令太短"));
    laptop.passphrases("", FIRST);
    let sealed = laptop.run(&["passphrase", "--json"]).ends(0).json();
    let code = sealed[0]["recovery_code"].as_str().unwrap().to_owned();
    assert_eq!(laptop.run(&["passphrase", "--show", "--json"]).ends(0).json()[0]["sealed"], true);

    assert!(laptop.run(&["list", "households"]).ends(1).err.contains("口令不对"));
    laptop.passphrases(FIRST, SECOND);
    assert_eq!(laptop.list("households").len(), 1);
    assert_eq!(laptop.batch(&[json!({"do": "household.add", "head": "尉迟敬之"})])[0]["ok"], true);
    laptop.run(&["check"]).ends(0);
    laptop.run(&["passphrase"]).ends(0);
    assert!(laptop.run(&["list", "households"]).ends(1).err.contains("口令不对"));
    laptop.passphrases(SECOND, "");
    assert_eq!(laptop.list("households").len(), 2);
    laptop.passphrases(&code, "");
    assert_eq!(laptop.list("households").len(), 2);
    let renewed = laptop.run(&["passphrase", "--new-code"]).ends(0);
    assert!(renewed.out.contains("旧的恢复码不能用了"));
    assert!(laptop.run(&["list", "households"]).ends(1).err.contains("口令不对"));
    // A slip in writing the code down is told apart from a wrong passphrase.
    laptop.passphrases(code.get(..code.len() - 1).unwrap(), "");
    assert!(laptop.run(&["list", "households"]).ends(1).err.contains("48 位数字, 这里是 47 位"));
}

#[test]
fn sealing_killed_at_any_moment_and_run_again_loses_nothing_and_leaves_nothing_readable() {
    let before = Laptop::of(1, "陈明", "一组");
    before.run(&["import", "r500.xlsx"]).ends(0);
    before.household("呼延灼然");
    let households = before.list("households").len();
    let mut chance = Chance::new(3);
    let (mut clear, mut sealed, mut looks) = (0, 0, 4_000);
    for round in 0..24 {
        let laptop = Laptop::new(100 + round);
        copy(&before.data(), &laptop.data());
        laptop.passphrases(FIRST, FIRST);
        looks = looks.max(kill_after(&laptop, &["passphrase"], chance.below(looks)));
        let is_sealed = laptop.run(&["passphrase", "--show", "--json"]).ends(0).json()[0]["sealed"] == true;
        (clear, sealed) = (clear + u32::from(!is_sealed), sealed + u32::from(is_sealed));
        assert_eq!(laptop.list("households").len(), households, "round {round}");
        if !is_sealed {
            laptop.run(&["passphrase"]).ends(0);
        }
        assert_eq!(laptop.batch(&[json!({"do": "household.add", "head": "尉迟敬之"})])[0]["ok"], true);
        assert_eq!(crate::sealing::readable_of(&laptop.data(), &["呼延灼然", "尉迟敬之", "陈明"]), []);
    }
    assert!(clear > 0, "{clear} stayed clear, {sealed} were sealed");
}
