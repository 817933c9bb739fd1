//! Whose export it is: known and unknown laptops, an export that lost its signature, and one signed with another key.

use super::harness::Laptop;

fn export(laptop: &Laptop, name: &str) -> String {
    let out = laptop.path(name);
    laptop.run(&["export", "--out", out.to_str().unwrap()]).ends(0);
    out.to_str().unwrap().to_owned()
}

fn merged(laptop: &Laptop, file: &str, more: &[&str]) -> serde_json::Value {
    let args = [&["merge", file, "--json"][..], more].concat();
    laptop.run(&args).ends(0).json().remove(0)
}

/// An export as a program wrote it that did not sign.
fn without_signature(file: &str) -> String {
    let mut bytes = std::fs::read(file).unwrap();
    let end = bytes.len() - 32 - 97 - 4;
    assert_eq!(bytes[end..end + 4], 97_u32.to_le_bytes());
    bytes.truncate(end);
    bytes.extend(0_u32.to_le_bytes());
    let hash = *blake3::hash(&bytes).as_bytes();
    bytes.extend(hash);
    let unsigned = format!("{file}.unsigned.zfb");
    std::fs::write(&unsigned, bytes).unwrap();
    unsigned
}

#[test]
fn a_laptop_is_met_once_known_afterwards_and_doubted_without_its_key_or_with_another() {
    let (office, two) = (Laptop::of(21, "办公室", "办公室"), Laptop::of(12, "张文彬", "二组"));
    two.household("李桂英");
    let first = export(&two, "1.zfb");
    let met = merged(&office, &first, &[]);
    assert_eq!(met["signature"], "first");
    let number = met["fingerprint"].as_str().unwrap().to_owned();
    assert_eq!(number.len(), 19, "{number}");
    two.household("王成友");
    assert_eq!(merged(&office, &export(&two, "2.zfb"), &[])["signature"], "known");

    // The same laptop, and no signature: an older program, or somebody else.
    two.household("赵淑芬");
    let unsigned = without_signature(&export(&two, "3.zfb"));
    let look = office.run(&["merge", &unsigned, "--dry-run"]).ends(0);
    assert!(look.out.contains("这台电脑以前都签"), "{look:?}");
    let refused = office.run(&["merge", &unsigned]).ends(1);
    assert!(refused.err.contains("先没有合并"), "{refused:?}");
    assert_eq!(office.list("households").len(), 2);
    assert_eq!(merged(&office, &unsigned, &["--trust"])["signature"], "signature-missing");
    assert_eq!(office.list("households").len(), 3);

    // Signed with another key: the settings were deleted, or somebody pretends.
    let device = two.data().join("device.toml");
    let settings = std::fs::read_to_string(&device).unwrap();
    let key = settings.lines().find(|line| line.starts_with("signing")).unwrap().to_owned();
    std::fs::write(&device, settings.replace(&key, "signing = \"\"")).unwrap();
    two.household("任淑兰");
    let other = export(&two, "4.zfb");
    assert!(office.run(&["merge", &other]).ends(1).err.contains("签名和以前不是同一个"));
    let accepted = merged(&office, &other, &["--trust"]);
    assert_eq!(accepted["signature"], "other-key");
    assert_ne!(accepted["fingerprint"], number.as_str());
    // Once accepted it is the laptop's key.
    two.household("刘玉珍");
    assert_eq!(merged(&office, &export(&two, "5.zfb"), &[])["signature"], "known");
}

// What the person before the laptop reads is what the office asks about: the same number on both sides.
#[test]
fn a_laptop_whose_settings_are_lost_says_with_which_number_others_will_ask_for_it() {
    let (office, two) = (Laptop::of(21, "办公室", "办公室"), Laptop::of(12, "张文彬", "二组"));
    two.household("李桂英");
    assert_eq!(merged(&office, &export(&two, "1.zfb"), &[])["signature"], "first");
    std::fs::remove_file(two.data().join("device.toml")).unwrap();
    two.household("王成友");
    assert_eq!(merged(&office, &export(&two, "2.zfb"), &[])["signature"], "known", "the copy has the key");

    for name in ["device.toml", "device-copy.toml"] {
        std::fs::remove_file(two.data().join(name)).unwrap();
    }
    let told = two.feed(&["batch", "-"], "{\"do\": \"household.add\", \"head\": \"赵淑芬\"}\n").ends(0);
    let number = told.err.split_once("签名号 ").unwrap().1.split_once(')').unwrap().0.to_owned();
    assert!(told.err.contains("别的电脑下次合并本机的导出包会先问"), "{told:?}");
    let file = export(&two, "3.zfb");
    let refused = office.run(&["merge", &file]).ends(1);
    assert!(refused.err.contains(&format!("签名和以前不是同一个 (现在 {number})")), "{refused:?}");
    assert_eq!(office.list("households").len(), 2);
    let accepted = merged(&office, &file, &["--trust"]);
    assert_eq!((accepted["signature"].as_str(), accepted["fingerprint"].as_str()), (Some("other-key"), Some(&*number)));
    two.household("刘玉珍");
    assert_eq!(merged(&office, &export(&two, "4.zfb"), &[])["signature"], "known");
}

#[test]
fn a_stranger_without_a_key_is_said_and_an_altered_export_never_comes_in() {
    let (office, two) = (Laptop::of(21, "办公室", "办公室"), Laptop::of(12, "张文彬", "二组"));
    two.household("李桂英");
    let file = export(&two, "1.zfb");
    let unsigned = without_signature(&file);
    assert_eq!(merged(&office, &unsigned, &["--dry-run"])["signature"], "unsigned");
    // A name in the header, changed and every sum made right again.
    let mut bytes = std::fs::read(&file).unwrap();
    let name = "张文彬".as_bytes();
    let at = bytes.windows(name.len()).position(|window| window == name).unwrap();
    bytes[at..at + name.len()].copy_from_slice("张文斌".as_bytes());
    let length = u32::from_le_bytes(bytes[15..19].try_into().unwrap()) as usize;
    let sum = crc32fast::hash(&[&bytes[..19], &bytes[23..23 + length]].concat()).to_le_bytes();
    bytes[19..23].copy_from_slice(&sum);
    let end = bytes.len() - 32;
    let hash = *blake3::hash(&bytes[..end]).as_bytes();
    bytes[end..].copy_from_slice(&hash);
    let altered = two.path("altered.zfb");
    std::fs::write(&altered, bytes).unwrap();
    let refused = office.run(&["merge", altered.to_str().unwrap(), "--trust"]).ends(1);
    assert!(refused.err.contains("有人改过这个文件"), "{refused:?}");
}

#[test]
fn with_the_campaigns_key_a_stick_tells_a_stranger_nothing_but_the_campaign() {
    let (office, two, stranger) =
        (Laptop::of(21, "办公室", "办公室"), Laptop::of(12, "张文彬", "二组"), Laptop::of(13, "路人", "三组"));
    two.household("呼延灼然");
    let clear = export(&two, "clear.zfb");
    let keys = office.path("keys");
    std::fs::create_dir(&keys).unwrap();
    let made = office.run(&["key", "--new", keys.to_str().unwrap(), "--json"]).ends(0).json().remove(0);
    let file = keys.join("活动密钥.zfkey");
    assert!(office.run(&["key", "--new", keys.to_str().unwrap()]).ends(1).err.contains("没有覆盖"));
    assert_eq!(two.run(&["key", "--json"]).ends(0).json()[0]["key"], serde_json::Value::Null);
    assert_eq!(two.run(&["key", file.to_str().unwrap(), "--json"]).ends(0).json()[0]["key"], made["key"]);
    assert!(two.run(&["key", file.to_str().unwrap()]).ends(0).out.contains("早就收下了"));

    two.household("李桂英");
    let sealed = export(&two, "sealed.zfb");
    let bytes = std::fs::read(&sealed).unwrap();
    for word in ["呼延灼然", "李桂英", "张文彬", "二组"] {
        assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
    }
    let refused = stranger.run(&["merge", &sealed]).ends(1);
    assert!(refused.err.contains("2021") && refused.err.contains("没有它的密钥"), "{refused:?}");
    assert_eq!(merged(&office, &sealed, &[])["households"], 2);
    // What was exported before the key came in still does.
    merged(&office, &clear, &[]);
    // A new key: the old one still opens what it sealed.
    let newer = office.path("newer.zfkey");
    office.run(&["key", "--new", newer.to_str().unwrap()]).ends(0);
    merged(&office, &sealed, &[]);
    let from_office = export(&office, "office.zfb");
    assert!(two.run(&["merge", &from_office]).ends(1).err.contains("没有它的密钥"));
    two.run(&["key", newer.to_str().unwrap()]).ends(0);
    merged(&two, &from_office, &[]);

    let wrong = office.path("wrong.zfkey");
    std::fs::write(&wrong, "campaign = \"别的活动\"\nkey = \"00\"\n").unwrap();
    assert!(two.run(&["key", wrong.to_str().unwrap()]).ends(1).err.contains("别的活动"));
    // A digit of the key that went wrong on the stick: it would seal exports with a key that nobody has.
    let handed = std::fs::read_to_string(&newer).unwrap();
    let (before, digits) = handed.split_once("key = \"").unwrap();
    let flipped = if digits.starts_with('0') { "1" } else { "0" };
    std::fs::write(&wrong, format!("{before}key = \"{flipped}{}", &digits[1..])).unwrap();
    assert!(two.run(&["key", wrong.to_str().unwrap()]).ends(1).err.contains("不是活动密钥"));
    // As an older program handed it out, without a number.
    let older: String =
        handed.lines().filter(|line| !line.starts_with("number")).map(|line| format!("{line}\n")).collect();
    std::fs::write(&wrong, older).unwrap();
    assert!(two.run(&["key", wrong.to_str().unwrap()]).ends(0).out.contains("早就收下了"));
    std::fs::write(&wrong, [0xff; 9_000]).unwrap();
    assert!(two.run(&["key", wrong.to_str().unwrap()]).ends(1).err.contains("不是活动密钥"));
}

// A stick from last week, or a file that somebody shows once more: it is told apart from one that was merged just now.
#[test]
fn an_older_export_that_is_shown_again_is_called_so_and_changes_nothing() {
    let (office, two) = (Laptop::of(21, "办公室", "办公室"), Laptop::of(12, "张文彬", "二组"));
    two.household("李桂英");
    let first = export(&two, "1.zfb");
    assert_eq!(merged(&office, &first, &[])["outdated"], false);
    assert_eq!(merged(&office, &first, &[])["outdated"], false, "the newest there is, once more");
    two.clock("2021-05-18T21:10:00+08:00", 6_000_000);
    two.household("王成友");
    let second = export(&two, "2.zfb");
    let look = office.run(&["merge", &first, &second, "--dry-run"]).ends(0);
    assert!(!look.out.contains("旧的一次"), "neither is older than one that was merged: {look:?}");
    assert_eq!(merged(&office, &second, &[])["outdated"], false);
    let before = office.list("households").len();
    let again = merged(&office, &first, &[]);
    assert_eq!((&again["outdated"], &again["new"]), (&true.into(), &0.into()), "{again}");
    assert!(office.run(&["merge", &first, "--dry-run"]).ends(0).out.contains("旧的一次导出"));
    assert_eq!(office.list("households").len(), before);
    // Whoever never merged the newer one takes the older one as it is.
    let other = Laptop::of(22, "办公室二", "办公室二");
    let taken = merged(&other, &first, &[]);
    assert_eq!((&taken["outdated"], taken["new"].as_u64() > Some(0)), (&false.into(), true), "{taken}");
}

// Where the file with the key was deleted the next export would have gone out in the clear, without a word.
#[test]
fn a_laptop_that_had_the_campaigns_key_and_lost_it_exports_nothing_until_it_has_one_again() {
    let two = Laptop::of(12, "张文彬", "二组");
    let key = two.path("活动密钥.zfkey");
    two.run(&["key", "--new", key.to_str().unwrap()]).ends(0);
    two.household("呼延灼然");
    let kept = two.data().join("campaign-keys.toml");
    std::fs::remove_file(&kept).unwrap();
    let out = two.path("clear.zfb");
    let refused = two.run(&["export", "--out", out.to_str().unwrap()]).ends(1);
    assert!(refused.err.contains("现在找不到了") && refused.err.contains("再要一次") && !out.exists(), "{refused:?}");
    assert!(two.run(&["key"]).ends(0).out.contains("找不到了"), "the question which key is used says so too");
    two.run(&["key", key.to_str().unwrap()]).ends(0);
    let sealed = std::fs::read(export(&two, "sealed.zfb")).unwrap();
    assert!(!sealed.windows(12).any(|window| window == "呼延灼然".as_bytes()));
}
