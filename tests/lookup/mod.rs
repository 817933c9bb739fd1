//! Lookup: a visitor types what comes to mind and finds the household.

mod fewest_keys;
mod oracle;

use std::cell::Cell;

use zoufang::domain::Word;
use zoufang::lookup::{Asked, Found, Index, Member, Row, Tie, by_town, by_village};

fn row(head: &str, town: &str, village: &str, group: u16, door: &str) -> Row {
    Row {
        head: head.into(),
        town: town.into(),
        village: village.into(),
        group: Some(group),
        door: door.into(),
        ..Row::default()
    }
}

fn phone(row: Row, phone: &str) -> Row {
    Row { phones: vec![phone.into()], ..row }
}

fn words(row: Row, words: &[&str]) -> Row {
    Row { words: words.iter().map(|word| (*word).into()).collect(), ..row }
}

/// A few households of two towns; the slot is the place in this list.
fn people() -> Vec<Row> {
    vec![
        words(
            phone(row("张守富", "东里镇", "东里东村", 3, "12号"), "138 5330 1234"),
            &["结对帮扶", "未访", "约今晚 19:30"],
        ),
        words(phone(row("张世芳", "东里镇", "东里西村", 1, "112号"), "15905331111"), &["结对帮扶", "未访"]),
        Row {
            visited: true,
            ..words(row("赵淑芬", "东里镇", "东里社区", 13, "5号楼2单元"), &["社区", "已访 5-12 21分"])
        },
        Row {
            also: vec!["小柱".into(), "李桂英".into()], ..row("单德贵", "南麻街道", "西台村", 3, "7")
        },
        row("王𬍛", "南麻街道", "西台村", 2, "东头"),
        words(row("沂源鲁中矿业有限公司", "南麻街道", "城南社区", 1, "A座302"), &["企业", "待核对"]),
        row("李富贵", "悦庄镇", "西悦庄村", 12, "三号楼"),
    ]
}

fn index() -> Index {
    Index::build((0..).zip(people()))
}

fn find(index: &Index, typed: &str) -> Found {
    index.find(typed, 20, &|| true).unwrap()
}

fn heads(typed: &str) -> Vec<String> {
    let people = people();
    find(&index(), typed).slots.iter().map(|slot| people[*slot as usize].head.to_string()).collect()
}

#[test]
fn a_name_is_found_as_written_by_initials_and_by_pinyin_as_one_types() {
    for typed in [
        "张守富",
        "张守",
        "守富",
        "zhangshouf",
        "zhangshoufu",
        "zhangsf",
        "shoufu",
        "ZHANGSHOUFU",
        "ｚｈａｎｇｓｈｏｕ",
    ] {
        assert_eq!(heads(typed).first().map(String::as_str), Some("张守富"), "{typed}");
    }
    assert_eq!(heads("zsf"), ["张守富", "张世芳", "赵淑芬"]);
}

#[test]
fn surnames_are_found_by_their_own_reading_and_by_the_common_misreading() {
    for typed in ["sdg", "ddg", "shandegui", "dandegui", "shan"] {
        assert_eq!(heads(typed), ["单德贵"], "{typed}");
    }
    let surnames = [
        ("单", "shan"),
        ("曾", "zeng"),
        ("解", "xie"),
        ("仇", "qiu"),
        ("查", "zha"),
        ("翟", "zhai"),
        ("区", "ou"),
        ("盖", "gai"),
        ("盖", "ge"),
        ("种", "chong"),
        ("朴", "piao"),
        ("缪", "miao"),
        ("员", "yun"),
        ("隗", "kui"),
        ("隗", "wei"),
        ("郄", "qie"),
        ("乐", "yue"),
        ("乐", "le"),
        ("覃", "qin"),
        ("覃", "tan"),
        ("亓", "qi"),
        ("綦", "qi"),
        ("逯", "lu"),
        ("逄", "pang"),
        ("尉", "wei"),
        ("尉", "yu"),
        ("牟", "mu"),
        ("牟", "mou"),
        ("吕", "lv"),
        ("卜", "bu"),
        ("召", "shao"),
        ("冼", "xian"),
        ("繁", "po"),
        ("句", "gou"),
        ("黑", "he"),
        ("折", "she"),
        ("秘", "bi"),
        ("祭", "zhai"),
        ("宓", "fu"),
        ("薄", "bo"),
        ("瞿", "qu"),
        ("藏", "zang"),
        ("尉迟", "yuchi"),
        ("万俟", "moqi"),
        ("令狐", "linghu"),
        ("欧阳", "ouyang"),
        ("单于", "chanyu"),
    ];
    for (surname, sound) in surnames {
        let index = Index::build([(0, row(&format!("{surname}国梁"), "", "", 0, ""))]);
        assert_eq!(find(&index, &format!("{sound}guoliang")).total, 1, "{surname} {sound}");
    }
}

#[test]
fn characters_beyond_the_bmp_are_found_by_themselves_and_by_initials() {
    for typed in ["王𬍛", "𬍛", "wl", "wangli", "w"] {
        assert_eq!(heads(typed).first().map(String::as_str), Some("王𬍛"), "{typed}");
    }
    let unreadable = Index::build([(0, row("张\u{3FFFD}", "", "", 0, ""))]);
    assert_eq!(find(&unreadable, "z").total, 1);
    assert_eq!(find(&unreadable, "\u{3FFFD}").total, 1);
}

#[test]
fn the_first_guess_of_an_input_method_finds_by_sound_when_nothing_is_written_so() {
    for (typed, head) in [("章首府", "张守富"), ("首府", "张守富"), ("善德贵", "单德贵"), ("利桂英", "单德贵")]
    {
        let found = find(&index(), typed);
        assert!(found.by_sound, "{typed}");
        assert_eq!(heads(typed), [head], "{typed}");
    }
    assert!(!find(&index(), "张守富").by_sound);
    assert_eq!(heads("动力 章首府"), ["张守富"], "places sound too");
    let nothing = find(&index(), "牛顿");
    assert_eq!((nothing.total, nothing.by_sound), (0, false));
}

#[test]
fn syllables_are_kept_apart_by_sound() {
    let index = Index::build([(0, row("西安平", "", "", 0, ""))]);
    assert_eq!(find(&index, "先平").total, 0);
    assert_eq!(find(&index, "夕安平").total, 1);
}

#[test]
fn blanks_mean_and_in_any_order_with_commas_and_wide_blanks_too() {
    for typed in ["东里 zsf 3组", "3组 zsf 东里", "zsf，东里、３组", "zsf　dl　三组", "张 守富 12号"]
    {
        assert_eq!(heads(typed), ["张守富"], "{typed}");
    }
    assert!(heads("zsf 南麻").is_empty());
}

#[test]
fn an_address_needs_no_blanks() {
    for typed in ["东里东村3组12号", "东里东村第3组", "zsf138"] {
        assert_eq!(heads(typed), ["张守富"], "{typed}");
    }
    assert_eq!(heads("5号楼2单元"), ["赵淑芬"]);
}

#[test]
fn a_part_of_a_phone_number_of_three_digits_is_enough() {
    for typed in ["138", "5330", "3301234", "１３８５３３０", "138-5330", "138 1234", "+8613853301234"] {
        assert_eq!(heads(typed), ["张守富"], "{typed}");
    }
    assert_eq!(heads("53311"), ["张世芳"]);
}

#[test]
fn the_first_three_and_last_four_digits_are_enough_as_phones_are_shown() {
    assert_eq!(heads("1381234"), ["张守富"]);
    assert_eq!(heads("138****1234"), ["张守富"]);
    assert!(heads("1381233").is_empty());
    assert!(heads("1381111").is_empty(), "of one phone");
}

#[test]
fn a_group_is_matched_exactly_however_it_is_written() {
    for typed in ["3组", "三组", "第三组", "３组", "第3组"] {
        assert_eq!(heads(typed), ["张守富", "单德贵"], "{typed}");
    }
    assert_eq!(heads("13组"), ["赵淑芬"]);
    assert_eq!(heads("十二组"), ["李富贵"]);
}

// 北区 and 5号楼 were found as characters alone, on keyboards on which nobody types those.
#[test]
fn a_group_that_is_words_is_found_by_initials_and_pinyin() {
    let of = |head: &str, quarter: &str| Row {
        group: None,
        quarter: quarter.into(),
        ..row(head, "东里镇", "东里社区", 1, "")
    };
    let people = [of("张守富", "北区"), of("李桂英", "5号楼2单元"), of("王成友", "15号楼"), of("刘玉珍", "北区")];
    let index = Index::build((0..).zip(people.clone()));
    let heads = |typed: &str| -> Vec<String> {
        find(&index, typed).slots.iter().map(|slot| people[*slot as usize].head.to_string()).collect()
    };
    for typed in ["bq", "beiqu", "beiq", "ｂｑ"] {
        assert_eq!(heads(typed), ["刘玉珍", "张守富"], "{typed}");
    }
    for typed in ["5hl", "5haolou", "5hl2dy", "dlsq 5hl"] {
        assert_eq!(heads(typed), ["李桂英"], "{typed}");
    }
    assert_eq!(heads("15hl"), ["王成友"]);
    assert!(heads("q").is_empty(), "one letter is too little");
}

#[test]
fn door_numbers_are_whole_numbers() {
    assert_eq!(heads("12号"), ["张守富"]);
    assert_eq!(heads("112号"), ["张世芳"]);
    assert_eq!(heads("7"), ["单德贵"]);
    assert_eq!(heads("3号楼"), ["李富贵"]);
    assert_eq!(heads("三号楼"), ["李富贵"]);
    assert_eq!(heads("东头"), ["王𬍛"]);
    assert_eq!(heads("a座"), ["沂源鲁中矿业有限公司"]);
    assert_eq!(heads("12"), ["张守富", "李富贵"], "a door or a group");
}

#[test]
fn places_are_found_as_written_by_initials_and_by_pinyin() {
    for typed in ["东里", "dl", "dongli", "东里镇"] {
        assert_eq!(find(&index(), typed).total, 3, "{typed}");
    }
    assert_eq!(heads("dldc"), ["张守富"]);
    assert_eq!(heads("西悦庄"), ["李富贵"]);
    assert_eq!(heads("悦庄").len(), 1);
}

#[test]
fn status_and_kind_words_work_in_both_languages() {
    assert_eq!(heads("未访 东里"), ["张守富", "张世芳"]);
    for (typed, count) in [("未访", 2), ("unvisited", 2), ("已访", 1), ("visited", 1), ("约", 1), ("appointment", 1)]
    {
        assert_eq!(find(&index(), typed).total, count, "{typed}");
    }
    assert_eq!(heads("待核对"), ["沂源鲁中矿业有限公司"]);
    assert_eq!(heads("company"), ["沂源鲁中矿业有限公司"]);
    assert_eq!(heads("帮扶 zsf"), ["张守富", "张世芳"]);
}

#[test]
fn the_head_comes_before_other_names_and_beginnings_before_insides() {
    let rows = [
        row("王富", "a", "a", 1, ""),
        Row { also: vec!["富贵".into()], ..row("赵一", "b", "a", 1, "") },
        row("富春", "c", "a", 1, ""),
    ];
    let index = Index::build((0..).zip(rows));
    assert_eq!(find(&index, "富").slots, [2, 1, 0]);
}

fn family(row: Row, members: &[&str]) -> Row {
    Row { members: members.iter().copied().map(Member::named).collect(), ..row }
}

// The wife opens the door, the son is who the village doctor speaks of: their names found nothing.
#[test]
fn members_are_found_by_their_names_after_every_head() {
    let rows = [
        family(row("张守富", "东里镇", "东里东村", 3, "12号"), &["刘桂芝", "张海涛"]),
        row("刘桂枝", "东里镇", "西台村", 1, "3号"),
        family(row("陈小田", "东里镇", "流贵镇村", 1, "3号"), &["单小梅", "翁大海"]),
    ];
    let index = Index::build((0..).zip(rows));
    for (typed, slots) in [
        ("刘桂芝", &[0][..]),
        ("3组 lgz", &[0]),
        ("lg", &[1, 2, 0]),
        ("lgz", &[1, 2, 0]),
        ("lgz 未访", &[]),
        ("海涛", &[0]),
        ("大海", &[2]),
        ("桂芝", &[0]),
        ("liuguiz", &[1, 2, 0]),
        ("liuguizhi", &[1, 0]),
        ("liugz", &[1, 0]),
        ("haitao", &[0]),
        ("shanxiao", &[2]),
    ] {
        assert_eq!(find(&index, typed).slots, slots, "{typed}: heads, then places, then members");
    }
    for typed in ["sxm", "dxm", "单小", "善小梅", "zhang 刘桂", "小妹", "害涛", "danxm"] {
        assert_eq!(find(&index, typed).total, 1, "{typed}");
    }
    assert_eq!(find(&index, "w").total, 0, "one letter says too little");
    assert_eq!(find(&index, "翁").total, 0, "a surname alone says too little");
    assert_eq!(find(&index, "weng").total, 0, "in pinyin too");
    assert_eq!(find(&index, "梅").total + find(&index, "hai").total, 0, "so does one character of a given name");
}

// The phone rang, the list showed nobody: it was the son's.
#[test]
fn members_are_found_by_their_phones_after_every_household_whose_own_it_is() {
    let son = |phone: &str| Member { name: "张海涛".into(), phones: vec![phone.into()] };
    let rows = [
        Row { members: vec![son("138 5330 1234")], ..row("张守富", "东里镇", "东里东村", 3, "12号") },
        phone(row("李桂英", "悦庄镇", "西台村", 1, "3号"), "13853305678"),
        row("陈小田", "悦庄镇", "西台村", 2, "8号"),
    ];
    let index = Index::build((0..).zip(rows));
    for (typed, slots) in
        [("1385330", &[1, 0][..]), ("3301234", &[0]), ("1381234", &[0]), ("138****1234", &[0]), ("5330 东里", &[0])]
    {
        assert_eq!(find(&index, typed).slots, slots, "{typed}");
    }
    assert_eq!(find(&index, "9999").total, 0);
    // Whose place or group it is comes before whose phone.
    let group = Row { group: Some(1234), ..row("王成友", "悦庄镇", "西台村", 0, "") };
    let mut index = index;
    index.put([(9, Some(group))]);
    assert_eq!(find(&index, "1234").slots, [9, 0]);
}

#[test]
fn a_changed_family_is_found_anew_and_one_without_members_costs_nothing() {
    let lone = || (0..50).map(|slot| (slot, row("张守富", "东里镇", "东里东村", 3, "12号")));
    let mut index = Index::build(lone());
    let size = index.size();
    index.put([(7, Some(family(row("张守富", "东里镇", "东里东村", 3, "12号"), &["刘桂芝"])))]);
    assert_eq!(find(&index, "lgz").slots, [7]);
    index.put([(7, Some(family(row("张守富", "东里镇", "东里东村", 3, "12号"), &["王桂芝"])))]);
    assert_eq!((find(&index, "lgz").total, find(&index, "wgz").slots), (0, vec![7]));
    let son = Member { name: "张海涛".into(), phones: vec!["15905331111".into()] };
    index.put([(7, Some(Row { members: vec![son], ..row("张守富", "东里镇", "东里东村", 3, "12号") }))]);
    assert_eq!((find(&index, "5905").slots, find(&index, "wgz").total), (vec![7], 0));
    let many = Index::build(lone().map(|(slot, row)| (slot, family(row, &["刘桂芝"]))));
    assert_eq!(Index::build(lone()).size(), size);
    assert!(many.size() > size, "{} {size}", many.size());
}

#[test]
fn whoever_was_meant_is_named_unless_the_line_says_it() {
    let own = row("张守富", "东里镇", "东里东村", 3, "12号");
    let meant = |typed: &str| {
        let member = |name: &str, phone: &str| Member { name: name.into(), phones: vec![phone.into()] };
        let people = || vec![None, Some(member("刘桂芝", "13853301234")), Some(member("东方红", ""))];
        let meant: Option<Option<Member>> =
            Asked::of(typed).by(&own, people, |member| member.as_ref().map_or(Tie::Also("老柱"), Tie::Member));
        meant.map(|member| member.map_or_else(|| Word::from("老柱"), |member| member.name))
    };
    for (typed, name) in [
        ("lgz", "刘桂芝"),
        ("刘桂", "刘桂芝"),
        ("桂芝", "刘桂芝"),
        ("liuguizhi", "刘桂芝"),
        ("dl lgz", "刘桂芝"),
        ("3301234", "刘桂芝"),
        ("laozhu", "老柱"),
        ("柱", "老柱"),
    ] {
        assert_eq!(meant(typed).as_deref(), Some(name), "{typed}");
    }
    for typed in ["", "zsf", "张守富", "章守富", "dl", "东里 3组", "东", "牛顿"] {
        assert_eq!(meant(typed), None, "{typed}: the line shows it, or nobody is called so");
    }
}

#[test]
fn mine_then_todays_appointments_then_not_yet_visited_then_place_and_name() {
    let base = || row("张三", "东里镇", "甲村", 1, "");
    let rows = [
        Row { visited: true, ..base() },
        Row { village: "乙村".into(), ..base() },
        Row { group: Some(2), ..base() },
        base(),
        Row { head: "张安".into(), ..base() },
        Row { today: true, ..base() },
        Row { mine: true, visited: true, ..base() },
        Row { mine: true, today: true, ..base() },
    ];
    let index = Index::build((0..).zip(rows));
    // Towns and villages order by their characters: 乙 is U+4E59, 甲 U+7532.
    assert_eq!(find(&index, "zhang").slots, [7, 6, 5, 1, 4, 3, 2, 0]);
    assert_eq!(find(&index, "").slots, [7, 6, 5, 1, 4, 3, 2, 0]);
}

#[test]
fn a_window_has_the_best_and_the_count_has_all() {
    let rows = (0..500_u16).map(|n| (u32::from(n), row("张三", "东里镇", "甲村", n / 10, "")));
    let found = Index::build(rows).find("zs", 3, &|| true).unwrap();
    assert_eq!(found.slots, [0, 1, 2]);
    assert_eq!((found.total, found.of), (500, 500));
}

#[test]
fn one_changed_household_replaces_its_old_self() {
    let mut index = index();
    index.put([(0, Some(row("张守田", "东里镇", "东里东村", 3, "12号")))]);
    assert_eq!(find(&index, "张守富").slots, [] as [u32; 0]);
    assert_eq!(find(&index, "张守田").slots, [0]);
    index.put([(90, Some(row("张守亮", "东里镇", "东里东村", 3, "13号")))]);
    assert_eq!(find(&index, "张守").slots, [90, 0]);
    assert_eq!(index.len(), 8);
    for _ in 0..2 {
        index.put([(90, None)]);
    }
    assert_eq!((find(&index, "张守").slots, index.len()), (vec![0], 7));
}

#[test]
fn thousands_put_at_once_are_found_and_can_be_replaced() {
    let mut index = index();
    let many = |sex: &'static str| (0..10_000_u32).map(move |slot| (slot, Some(row(sex, "悦庄镇", "北店村", 1, ""))));
    index.put(many("王男"));
    assert_eq!((index.len(), find(&index, "王男").total), (10_000, 10_000));
    index.put(many("王女").take(6_000));
    assert_eq!((find(&index, "王男").total, find(&index, "王女").total), (4_000, 6_000));
    index.put([(5, Some(row("张守富", "悦庄镇", "北店村", 2, "")))]);
    assert_eq!((index.len(), find(&index, "张守富").slots), (10_000, vec![5]));
}

#[test]
fn a_copy_taken_for_a_search_does_not_change() {
    let mut index = index();
    let copy = index.clone();
    index.put([(0, None)]);
    assert_eq!((find(&copy, "张守富").total, find(&index, "张守富").total), (1, 0));
}

#[test]
fn of_two_rows_for_one_slot_the_later_counts() {
    let index = Index::build([(4, row("张三", "b", "b", 1, "")), (4, row("李四", "a", "a", 1, ""))]);
    assert_eq!((index.len(), find(&index, "张三").total, find(&index, "李四").total), (1, 0, 1));
}

#[test]
fn a_search_stops_when_the_next_key_was_typed() {
    let rows = (0..100_000).map(|slot| (slot, row("张三", "东里镇", "甲村", 1, "")));
    let index = Index::build(rows);
    assert_eq!(index.find("z", 20, &|| false), None);
    let asked = Cell::new(0);
    let later = || {
        asked.set(asked.get() + 1);
        asked.get() < 2
    };
    assert_eq!(index.find("z s", 20, &later), None);
    assert_eq!(asked.get(), 2, "asked within a token, and not again after no");
}

#[test]
fn what_is_pasted_cannot_break_the_index() {
    let dirty = row("张|三\u{1}\u{2}\u{1b}[31m", "东|里", "\u{202e}村", 1, "|12|");
    let index = Index::build([(0, dirty)]);
    for typed in ["张三", "zs", "东", "\u{1}", "|", "12", "z\u{200b}s"] {
        assert_eq!(find(&index, typed).total, 1, "{typed:?}");
    }
    assert_eq!(find(&index, "31m").total, 0);
}

#[test]
fn browsing_counts_households_and_visited_ones_by_place() {
    let mut index = index();
    index.put([(90, Some(Row { visited: true, ..row("张守亮", "东里镇", "东里东村", 3, "13号") }))]);
    index.put([(6, None)]);
    let groups = index.tallies();
    let group = groups.iter().find(|tally| tally.village == "东里东村").unwrap();
    assert_eq!((group.group, group.households, group.visited, group.unvisited()), (Some(3), 2, 1, 1));
    let towns: Vec<_> = by_town(&groups).into_iter().map(|t| (t.town, t.households, t.visited)).collect();
    assert_eq!(towns, [("东里镇".to_owned(), 4, 2), ("南麻街道".to_owned(), 3, 0)]);
    assert_eq!(by_village(&groups).len(), 5);
    assert_eq!(index.at("东里镇", Some("东里东村"), Some(3)), [0, 90]);
    assert_eq!(index.at("南麻街道", None, None).len(), 3);
}

#[test]
fn the_index_may_be_shared_between_threads() {
    const fn shared<T: Send + Sync>() {}
    shared::<Index>();
}
