//! One small list for each form that lists come in.

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use zoufang::domain::Value;
use zoufang::intake::{self, Field, Guess, Reading, Reason, Skip};
use zoufang::text::Lang;

use super::{csv, doubts, phones, place, text};

/// Writes a workbook with one sheet and reads it.
fn xlsx(fill: impl FnOnce(&mut Worksheet)) -> Reading {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    intake::read(&book.save_to_buffer().unwrap(), "名单.xlsx", &Guess::default()).unwrap()
}

fn write(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0_u16..).zip(cells) {
        if !cell.is_empty() {
            sheet.write(row, column, *cell).unwrap();
        }
    }
}

fn merge(sheet: &mut Worksheet, from: (u32, u16), to: (u32, u16), text: &str) {
    sheet.merge_range(from.0, from.1, to.0, to.1, text, &Format::new()).unwrap();
}

fn names(reading: &Reading) -> Vec<&str> {
    reading.rows.iter().map(|row| text(row, "head")).collect()
}

fn skips(reading: &Reading) -> Vec<(u32, Skip)> {
    reading.skipped.iter().map(|skipped| (skipped.row, skipped.why)).collect()
}

#[test]
fn title_rows_stand_above_the_header_and_say_the_place() {
    let reading = csv(&[
        "东里镇东里东村受访群众名单",
        "填表单位：东里镇,,填表日期：2021年5月10日",
        "",
        "姓名,电话,年龄",
        "张守富,13853301234,67",
    ]);
    assert_eq!(reading.title.as_deref(), Some("东里镇东里东村受访群众名单"));
    assert_eq!(skips(&reading), [(1, Skip::Title), (2, Skip::Title), (4, Skip::Header)]);
    let row = &reading.rows[0];
    assert_eq!((row.row, place(row)), (5, ["东里镇", "东里东村", "", ""]));
    assert_eq!(
        row.value("birth_year"),
        Some(&zoufang::domain::Value::Number(1954)),
        "the age with the year of the list"
    );
}

#[test]
fn merged_headers_over_two_rows_are_read_with_their_groups() {
    let reading = xlsx(|sheet| {
        merge(sheet, (0, 0), (0, 5), "受访群众名单");
        merge(sheet, (1, 0), (2, 0), "序号");
        merge(sheet, (1, 1), (2, 1), "姓名");
        merge(sheet, (1, 2), (1, 3), "联系方式");
        merge(sheet, (1, 4), (1, 5), "配偶");
        write(sheet, 2, &["", "", "手机", "座机", "姓名", "电话"]);
        write(sheet, 3, &["1", "张守富", "13853301234", "0533-3549817", "李桂英", "13658683449"]);
    });
    let columns: Vec<_> = reading.columns.iter().map(|column| (column.header.as_str(), column.field)).collect();
    let want = [
        ("序号", Some(Field::Number)),
        ("姓名", Some(Field::Head)),
        ("联系方式/手机", Some(Field::Phone)),
        ("联系方式/座机", Some(Field::Phone)),
        ("配偶/姓名", Some(Field::Spouse)),
        ("配偶/电话", None),
    ];
    assert_eq!(columns, want);
    let row = &reading.rows[0];
    assert_eq!(
        (text(row, "head"), text(row, "spouse"), phones(row)),
        ("张守富", "李桂英", vec!["13853301234", "0533-3549817"])
    );
    // The same header saved as text has blank cells where cells were merged.
    let flat = csv(&[
        "受访群众名单,,,,,",
        "序号,姓名,联系方式,,配偶,",
        ",,手机,座机,姓名,电话",
        "1,张守富,13853301234,0533-3549817,李桂英,13658683449",
    ]);
    assert_eq!(flat.rows[0].facts, row.facts);
}

#[test]
fn merged_village_cells_stand_for_all_their_rows() {
    let reading = xlsx(|sheet| {
        write(sheet, 0, &["镇", "村", "姓名", "电话"]);
        merge(sheet, (1, 0), (4, 0), "东里镇");
        merge(sheet, (1, 1), (2, 1), "东里东村");
        merge(sheet, (3, 1), (4, 1), "东里西村");
        for (row, name) in (1..).zip(["张守富", "王成友", "刘玉珍", "张世芳"]) {
            write(sheet, row, &["", "", name, "13853301234"]);
        }
    });
    let villages: Vec<_> = reading.rows.iter().map(|row| place(row)[1]).collect();
    assert_eq!(villages, ["东里东村", "东里东村", "东里西村", "东里西村"]);
    assert!(reading.rows.iter().all(|row| place(row)[0] == "东里镇" && row.doubts.is_empty() && row.notes.len() <= 1));
    // Saved as text, the cells below the first are blank.
    let flat = csv(&["镇,村,姓名", "东里镇,东里东村,张守富", ",,王成友", ",东里西村,刘玉珍", ",,张世芳"]);
    let villages: Vec<_> = flat.rows.iter().map(|row| place(row)[1]).collect();
    assert_eq!(villages, ["东里东村", "东里东村", "东里西村", "东里西村"]);
    assert!(flat.rows[1].notes.iter().any(|note| note.why.code() == "from-above"));
}

#[test]
fn one_blank_village_in_a_full_column_is_missing_and_not_the_one_above() {
    let reading = csv(&[
        "村,姓名,组",
        "东里东村,张守富,1",
        "东里西村,王成友,1",
        ",刘玉珍,2",
        "同上,张世芳,同上",
        "东里西村,赵淑芬,1",
    ]);
    assert_eq!((place(&reading.rows[2])[1], doubts(&reading.rows[2])), ("", vec!["no-village"]));
    let reading =
        csv(&["村,姓名,组", "东里东村,张守富,3", "同上,张世芳,同上", "东里西村,赵淑芬,1", "东里西村,王成友,1"]);
    assert_eq!(place(&reading.rows[1]), ["东里镇", "东里东村", "3", ""]);
}

#[test]
fn a_member_below_a_merged_head_is_kept_with_its_household() {
    let reading = xlsx(|sheet| {
        write(sheet, 0, &["户主姓名", "电话", "备注"]);
        merge(sheet, (1, 0), (2, 0), "张守富");
        write(sheet, 1, &["", "13853301234", ""]);
        write(sheet, 2, &["", "13658683449", "儿子"]);
    });
    assert_eq!(reading.rows.len(), 2);
    assert!(reading.rows[0].is_household() && !reading.rows[1].is_household());
    assert_eq!(reading.rows[1].doubts[0].why.said().say(Lang::Zh), "像是第 2 行那一户的家庭成员");
    let people = csv(&["户主姓名,姓名,与户主关系,电话", "张守富,张守富,户主,13853301234", "张守富,李桂英,配偶,"]);
    assert_eq!((people.rows.len(), people.members.len(), people.members[0].of), (1, 1, 2));
}

#[test]
fn a_person_list_keeps_its_members_beside_their_household() {
    let people = csv(&[
        "村居,户主姓名,家庭成员姓名,与户主关系,身份证号,电话",
        "东里东村,张守富,张守富,户主,3703231949****6414,13853301234",
        ",,李桂英,妻子,3703231952****6424,",
        "东里西村,王成友,王成友,本人,,13853301236",
    ]);
    assert_eq!(people.rows.iter().filter(|row| row.is_household()).count(), 2);
    let member = &people.members[0];
    assert_eq!((member.row, member.of), (3, 2));
    let said = |key: &str| member.facts.iter().find(|fact| fact.key == key).map(|fact| fact.value.clone());
    assert_eq!((said("name"), said("sex")), (Some(Value::text("李桂英")), Some(Value::text("female"))));
    assert_eq!(said("birth_year"), Some(Value::Number(1952)), "of the identity number only this is kept");
    assert!(!format!("{member:?}").contains("370323"));
}

#[test]
fn a_door_may_be_spread_over_columns() {
    let reading = csv(&[
        "历山街道历山社区双报到居民名单",
        "小区名称,楼号,单元,房号,姓名",
        "锦绣花园,3,2,301,赵淑芬",
        "锦绣花园,5号楼,一单元,,孙传宝",
    ]);
    assert_eq!(place(&reading.rows[0]), ["历山街道", "历山社区", "", "锦绣花园3号楼2单元301室"]);
    assert_eq!((place(&reading.rows[1])[3], text(&reading.rows[1], "kind")), ("锦绣花园5号楼1单元", "community"));
}

#[test]
fn columns_may_stand_in_any_order_under_many_names() {
    let want = csv(&[
        "户主姓名,性别,联系电话,家庭人口,户类别,村(居),组,备注",
        "张守富,男,13853301234,4,脱贫户,东里东村,3,耳背",
    ]);
    let other = csv(&[
        "所在村,小组,受访群众,手机号码,人员类别,人口数（人）,情况说明,性 别",
        "东里东,第三组,张 守 富,138-5330-1234,建档立卡户,4口,耳背,男",
    ]);
    let facts = |reading: &Reading| intake::canonical(reading).rows[0].facts.clone();
    assert_eq!(facts(&want), facts(&other));
    assert_eq!(want.rows[0].doubts, []);
}

#[test]
fn content_speaks_where_headers_are_silent_or_wrong() {
    let body = [
        "张守富,男,13853301234,东里东村",
        "李桂英,女,13658683449,东里东村",
        "王成友,男,13853301235,东里西村",
        "刘玉珍,女,13853301236,东里西村",
        "张世芳,女,13853301237,东里东村",
    ];
    let read = |header: &str| csv(&[&[header], body.as_slice()].concat());
    for header in ["姓名,性别,电话,村", "姓名,,,", "姓名,性别,村,电话", "张世林,男,13853301239,东里东村"]
    {
        let reading = read(header);
        let fields: Vec<_> = reading.columns.iter().map(|column| column.field).collect();
        assert_eq!(fields, [Some(Field::Head), Some(Field::Sex), Some(Field::Phone), Some(Field::Village)], "{header}");
    }
    assert_eq!(read("张世林,男,13853301239,东里东村").rows.len(), 6, "no header: the first row is a household");
    assert_eq!(read("姓名,,,").columns[2].reason, Reason::Content { percent: 100 });
}

#[test]
fn a_person_may_say_what_a_column_is() {
    let guess = Guess { columns: vec![(1, Some(Field::Nickname)), (2, None)], ..Guess::default() };
    let reading = intake::read("姓名,叫法,备注\n张守富,老三,看门\n".as_bytes(), "a.csv", &guess).unwrap();
    assert_eq!((text(&reading.rows[0], "nickname"), text(&reading.rows[0], "remark")), ("老三", ""));
    assert_eq!(reading.columns[1].reason, Reason::Given);
}

#[test]
fn numbers_and_floats_and_lost_digits() {
    let reading = xlsx(|sheet| {
        write(sheet, 0, &["姓名", "电话", "人口", "组", "身份证号"]);
        write(sheet, 1, &["张守富", "", "", "", "3703231949****6444"]);
        sheet.write(1, 1, 13_853_301_234_f64).unwrap();
        sheet.write(1, 2, 4.0).unwrap();
        sheet.write(1, 3, 3).unwrap();
        write(sheet, 2, &["王成友", "1.38533E+10", "四", "３"]);
        sheet.write(2, 4, 370_323_195_001_011_230_f64).unwrap();
    });
    let row = &reading.rows[0];
    assert_eq!((phones(row), place(row)[2], doubts(row)), (vec!["13853301234"], "3", vec![]));
    assert_eq!((text(row, "idmask"), text(row, "sex")), ("3703231949****6444", "female"));
    let row = &reading.rows[1];
    assert_eq!((doubts(row), place(row)[2]), (vec!["id-scientific", "phone-scientific"], "3"));
    assert_eq!(row.value("birth_year"), Some(&zoufang::domain::Value::Number(1950)));
}

#[test]
fn a_row_in_doubt_keeps_its_cells_and_reasons() {
    let reading = csv(&[
        "户主姓名,联系电话,户类别,人口,村,性别",
        "张守富,1385330123,脱贫户,4,东里东村,男",
        "王成友,13853301235,甲类,四百,东里东村,不明",
        ",13853301236,脱贫户,4,东里东村,女",
        "刘玉珍,13853301237,脱贫户,4,东里冬村,女",
        "张世芳,,脱贫户,4,东里东村,女",
        "张世芳,,脱贫户,4,东里东村,女",
    ]);
    assert_eq!(reading.rows.len(), 6);
    let codes: Vec<_> = reading.rows.iter().map(doubts).collect();
    let want: [&[&str]; 6] = [
        &["phone-digits"],
        &["sex-unknown", "kind-unknown", "size-odd"],
        &["no-name"],
        &["village-unknown"],
        &[],
        &["same-row"],
    ];
    assert_eq!(codes, want);
    let first = &reading.rows[0].doubts[0];
    assert_eq!((first.raw.as_str(), first.why.said().say(Lang::Zh).as_str()), ("1385330123", "电话有 10 位数字"));
    assert!(!reading.rows[2].is_household() && phones(&reading.rows[2]) == ["13853301236"], "kept, not a household");
    assert_eq!(reading.rows[4].notes[0].why.code(), "no-phone");
}

#[test]
fn totals_signatures_sections_and_repeated_headers_are_no_households() {
    let reading = csv(&[
        "南麻街道走访名单",
        "序号,姓名,电话,备注",
        "一、东高庄村（2户）,,,",
        "1,张守富,13853301234,",
        "第三组,,,",
        "2,王成友,13853301235,",
        "小计,2户,,",
        "序号,姓名,电话,备注",
        "二、许村,,,",
        "3,刘玉珍,13853301236,",
        "4,,,",
        "合计,,3,",
        "填表人：陈明,,审核人：李强,",
        "注：电话请逐户核对,,,",
    ]);
    assert_eq!(names(&reading), ["张守富", "王成友", "刘玉珍"]);
    let places: Vec<_> = reading.rows.iter().map(place).collect();
    assert_eq!(
        places,
        [["南麻街道", "东高庄村", "", ""], ["南麻街道", "东高庄村", "3", ""], ["南麻街道", "许村", "", ""]]
    );
    let want = [
        (1, Skip::Title),
        (2, Skip::Header),
        (3, Skip::Section),
        (5, Skip::Section),
        (7, Skip::Total),
        (8, Skip::Header),
        (9, Skip::Section),
        (11, Skip::Blank),
        (12, Skip::Total),
        (13, Skip::Signature),
        (14, Skip::Note),
    ];
    assert_eq!(skips(&reading), want);
}

#[test]
fn a_line_nobody_understands_is_kept() {
    let reading = csv(&["序号,姓名,电话", "1,张守富,13853301234", "以上请各组长核对,,", "2,王成友,13853301235"]);
    assert_eq!(reading.rows.len(), 3);
    let row = &reading.rows[1];
    assert_eq!((row.row, doubts(row), row.doubts[0].raw.as_str()), (3, vec!["not-understood"], "以上请各组长核对"));
}

#[test]
fn remarks_propose_and_do_not_decide() {
    let reading = csv(&["姓名,备注", "张守富,已搬迁", "王成友,饭店；长期在外务工", "刘玉珍,未搬迁"]);
    let proposed: Vec<Vec<&str>> =
        reading.rows.iter().map(|row| row.proposed.iter().map(|fact| fact.key.as_ref()).collect()).collect();
    assert_eq!(proposed, [vec!["standing"], vec!["away", "away_reason"], vec![]]);
    assert!(reading.rows.iter().all(|row| row.value("standing").is_none() && row.value("away").is_none()));
    let kept = intake::canonical(&reading);
    let first = &kept.rows[0].doubts[0];
    assert_eq!(
        (first.key.as_str(), first.raw.as_str(), first.why.as_str()),
        ("standing", "已搬迁", "remark-means moved")
    );
}

#[test]
fn a_column_may_say_who_is_away() {
    let away = |header: &str, cell: &str| {
        let reading = csv(&[&format!("姓名,{header}"), &format!("张守富,{cell}")]);
        reading.rows[0].value("away").cloned()
    };
    let yes = |yes| Some(zoufang::domain::Value::Yes(yes));
    assert_eq!((away("是否长期在外", "是"), away("是否长期在外", "否")), (yes(true), yes(false)));
    assert_eq!(
        (away("是否在家", "是"), away("是否在家", "否"), away("是否在家", "不在家")),
        (yes(false), yes(true), yes(true))
    );
}

#[test]
fn every_encoding_gives_the_same_rows() {
    let list = "户主姓名,联系电话,村\r\n王㛃,13853301234,东里东村\r\n赵𬍛,13853301235,东里东村\r\n";
    let gb = encoding_rs::GB18030.encode(list).0.into_owned();
    let marked = [b"\xef\xbb\xbf", list.as_bytes()].concat();
    let wide: Vec<u8> = list.replace(',', "\t").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = [b"\xff\xfe".as_slice(), &wide].concat();
    let read = |bytes: &[u8]| intake::read(bytes, "名单", &Guess::default()).unwrap();
    let want = intake::canonical(&read(list.as_bytes()));
    assert_eq!(want.rows[1].facts[0].1.as_text(), Some("赵𬍛"));
    for (bytes, encoding) in [(gb, "gb18030"), (marked, "UTF-8"), (wide, "UTF-16LE")] {
        let reading = read(&bytes);
        assert_eq!((intake::canonical(&reading), reading.encoding), (want.clone(), encoding));
    }
    // A program limited to GBK writes rare characters as numbers, or loses them.
    let poor = "户主姓名\n王&#14019;\n赵?\n钱明\n";
    let reading = read(poor.as_bytes());
    assert_eq!((names(&reading)[0], doubts(&reading.rows[1])), ("王㛃", vec!["name-lost"]));
}

#[test]
fn the_first_sheet_that_is_a_list_is_read_and_the_others_named() {
    let mut book = Workbook::new();
    write(book.add_worksheet().set_name("填表说明").unwrap(), 0, &["请认真填写"]);
    for (sheet, name) in [("东里东村", "张守富"), ("东里西村", "张世芳")] {
        let sheet = book.add_worksheet().set_name(sheet).unwrap();
        write(sheet, 0, &["姓名", "电话"]);
        write(sheet, 1, &[name, "13853301234"]);
    }
    let bytes = book.save_to_buffer().unwrap();
    let reading = intake::read(&bytes, "a.xlsx", &Guess::default()).unwrap();
    assert_eq!(
        (reading.sheet.as_str(), reading.more_sheets.as_slice()),
        ("东里东村", ["东里西村".to_owned()].as_slice())
    );
    let second = Guess { sheet: Some("东里西村".into()), ..Guess::default() };
    let reading = intake::read(&bytes, "a.xlsx", &second).unwrap();
    assert_eq!((names(&reading), place(&reading.rows[0])), (vec!["张世芳"], ["东里镇", "东里西村", "", ""]));
    let third = Guess { sheet: Some("没有".into()), ..Guess::default() };
    assert_eq!(intake::read(&bytes, "a.xlsx", &third).unwrap_err().kind, "sheet-unknown");
}

#[test]
fn a_cell_at_the_far_corner_costs_nothing() {
    let reading = xlsx(|sheet| {
        write(sheet, 0, &["姓名", "电话"]);
        write(sheet, 1, &["张守富", "13853301234"]);
        sheet.write(1_048_575, 16_383, "x").unwrap();
    });
    assert_eq!((reading.rows.len(), reading.cut_columns), (1, true));
}

/// Gives bytes of no meaning, such as those of an encrypted file.
fn noise(long: usize) -> Vec<u8> {
    let next = |seed: &u64| Some(seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    let seeds = std::iter::successors(Some(7_u64), next).skip(1);
    seeds.take(long).map(|seed| u8::try_from(seed >> 56).unwrap()).collect()
}

// Thirty-four cells of noise stood in 待核对 before anybody had said which column was which.
#[test]
fn what_is_no_text_is_refused_also_where_a_column_may_still_be_chosen() {
    let guess = Guess { nameless: true, ..Guess::default() };
    for name in ["名单.csv", "名单.xlsx"] {
        for long in [300, 3_000, 300_000] {
            let trouble = intake::read(&noise(long), name, &guess).unwrap_err();
            let said = trouble.say(Lang::Zh);
            assert_eq!(trouble.kind, "file-kind");
            assert!(said.contains(name) && said.contains("没有变") && said.contains("另存为"), "{said}");
        }
    }
}

#[test]
fn what_is_no_list_is_refused_with_a_way_out() {
    let refused = |bytes: &[u8]| intake::read(bytes, "名单.xls", &Guess::default()).unwrap_err();
    for (bytes, kind) in [
        ("<html><table><tr><td>姓名".as_bytes(), "file-kind"),
        (b"%PDF-1.7", "file-kind"),
        (b"PK\x03\x04 not a zip", "file-damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-damaged"),
        (&noise(3_000), "file-kind"),
        (b"", "roster-no-names"),
        ("品名,数量\n铁锹,3\n".as_bytes(), "roster-no-names"),
    ] {
        let trouble = refused(bytes);
        assert_eq!(trouble.kind, kind);
        assert!(trouble.say(Lang::Zh).contains("名单.xls") && trouble.hint.is_some(), "{}", trouble.say(Lang::Zh));
    }
}
