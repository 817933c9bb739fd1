//! Lists with one person a row: members come to their household, whatever tells which that is, and nobody is lost.

use std::collections::BTreeSet;

use zoufang::domain::{Value, Word};
use zoufang::intake::{Guess, Reading, Why, canonical, read};

use super::{doubts, phones};

fn list(text: &str) -> Reading {
    read(text.as_bytes(), "花名册.csv", &Guess::default()).unwrap()
}

/// Gives the households, each with its people: `张守富: 刘桂芝 妻, 张伟 子`.
fn families(reading: &Reading) -> Vec<String> {
    let said = |facts: &[zoufang::intake::Fact], key: &str| -> String {
        let found = facts.iter().find(|fact| fact.key == key);
        found.and_then(|fact| fact.value.as_text()).unwrap_or_default().to_owned()
    };
    let household = |row: &zoufang::intake::RosterRow| {
        let people = reading.members.iter().filter(|member| member.of == row.row);
        let people =
            people.map(|member| format!("{} {}", said(&member.facts, "name"), said(&member.facts, "relation")));
        let people: Vec<String> = people.map(|person| person.trim().to_owned()).collect();
        format!("{}: {}", said(&row.facts, "head"), people.join(", "))
    };
    reading.rows.iter().filter(|row| row.is_household()).map(household).collect()
}

// Every row with a person is a household, a member, or listed: none is dropped.
fn accounted(reading: &Reading, rows: usize) {
    let households = reading.rows.iter().map(|row| row.row);
    let people = reading.members.iter().map(|member| member.row);
    let all: BTreeSet<u32> = households.chain(people).chain(reading.skipped.iter().map(|row| row.row)).collect();
    assert_eq!(all.len(), rows, "{reading:#?}");
}

#[test]
fn the_word_for_the_head_begins_a_household() {
    let reading = list(
        "姓名,与户主关系,性别,年龄,健康状况,联系电话,村名\n\
         张守富,户主,男,67,健康,13853301234,东里东村\n\
         刘桂芝,妻,女,65,慢性病,,东里东村\n\
         张伟,长子,男,40,健康,13853305678,东里东村\n\
         李桂英,户主,女,70,残疾,13853300001,东里东村\n",
    );
    assert_eq!(families(&reading), ["张守富: 刘桂芝 妻, 张伟 长子", "李桂英: "]);
    accounted(&reading, 5);
    let wife = &reading.members[0];
    assert!(wife.facts.iter().any(|fact| fact.key == "health" && fact.value == Value::text("chronic")));
    let remark = reading.rows[1].value("remark").and_then(Value::as_text);
    assert_eq!(remark, Some("户主身体状况: 残疾"), "the head's health is kept where only the card shows it");
}

#[test]
fn a_household_number_holds_a_family_together_whoever_stands_first() {
    let reading = list(
        "户编号,姓名,与户主关系,村名\n\
         0001,刘桂芝,妻,东里东村\n\
         0001,张守富,户主,东里东村\n\
         0002,李桂英,母亲,东里东村\n\
         0002,王强,儿子,东里东村\n\
         0003,赵四,户主,东里东村\n\
         0001,周五,户主,东里西村\n",
    );
    assert_eq!(families(&reading), ["张守富: 刘桂芝 妻", "李桂英: 王强 儿子", "赵四: ", "周五: "]);
    accounted(&reading, 7);
    let unsaid: Vec<u32> = reading
        .rows
        .iter()
        .filter(|row| row.doubts.iter().any(|doubt| doubt.why == Why::NoHead))
        .map(|row| row.row)
        .collect();
    assert_eq!(unsaid, [4], "a family in which nobody is the head is asked about");
}

#[test]
fn the_heads_name_beside_the_persons_holds_a_family_together() {
    let reading = list(
        "序号,户主姓名,姓名,关系,村名\n\
         1,张守富,张守富,户主,东里东村\n\
         2,张守富,刘桂芝,妻,东里东村\n\
         3,李桂英,王强,儿子,东里东村\n\
         4,李桂英,王丽,儿媳,东里东村\n",
    );
    assert_eq!(families(&reading), ["张守富: 刘桂芝 妻", "李桂英: 王强 儿子, 王丽 儿媳"]);
    accounted(&reading, 5);
}

#[test]
fn a_head_written_once_above_blank_cells_has_the_people_below() {
    let reading = list(
        "户主,成员姓名,与户主关系,电话\n\
         张守富,张守富,本人,13853301234\n\
         ,刘桂芝,妻,\n\
         ,/,子,\n\
         李桂英,李桂英,本人,13853300001\n",
    );
    assert_eq!(families(&reading), ["张守富: 刘桂芝 妻", "李桂英: "]);
    accounted(&reading, 5);
    assert!(reading.rows.iter().any(|row| row.row == 4 && !row.is_household()), "a person without a name is listed");
}

#[test]
fn the_same_number_for_every_household_of_a_group_is_no_household_number() {
    let text = "户编号,户主姓名,村名\n1,张守富,东里东村\n2,李桂英,东里东村\n1,王强,东里西村\n2,周五,东里西村\n";
    let reading = list(text);
    assert_eq!(families(&reading).len(), 4);
    assert!(reading.members.is_empty());
}

#[test]
fn a_list_with_people_has_one_name_and_one_without_keeps_the_name_it_had() {
    let with = canonical(&list("姓名,与户主关系\n张守富,户主\n刘桂芝,妻\n"));
    assert_eq!((with.rows.len(), with.members.len(), with.members[0].of), (1, 1, 0));
    let without = canonical(&list("姓名,与户主关系\n张守富,户主\n"));
    assert_eq!(without.rows, with.rows);
    let (mut spelled, number) =
        (b"zoufang roster\x01\x00".to_vec(), |number: usize| u32::try_from(number).unwrap().to_le_bytes());
    let facts = |out: &mut Vec<u8>, facts: &[(Word, Value)]| {
        out.extend(number(facts.len()));
        for (key, value) in facts {
            let value = value.as_text().unwrap();
            out.extend([&number(key.len())[..], key.as_bytes(), &[0], &number(value.len()), value.as_bytes()].concat());
        }
    };
    spelled.extend([number(1), number(2)].concat());
    facts(&mut spelled, &without.rows[0].facts);
    spelled.extend(number(without.rows[0].doubts.len()));
    for doubt in &without.rows[0].doubts {
        for part in [&doubt.key, &doubt.raw, &doubt.why] {
            spelled.extend([&number(part.len())[..], part.as_bytes()].concat());
        }
    }
    assert_eq!(without.digest(), *blake3::hash(&spelled).as_bytes());
    spelled.extend(number(0));
    facts(&mut spelled, &with.members[0].facts);
    assert_eq!(with.digest(), *blake3::hash(&spelled).as_bytes());
}

// Only the cell under 户主 was read: a phone of the head, and what he is called, stood nowhere.
#[test]
fn what_stands_behind_the_heads_name_in_the_cell_of_the_person_is_the_heads() {
    for relation in ["户主", ""] {
        let reading = list(&format!(
            "户主姓名,姓名,与户主关系,村名\n\
             张守富,张守富13853301234,{relation},东里东村\n\
             李桂英,李桂英(小名英子),{relation},东里东村\n\
             王强,王强(退伍军人),{relation},东里东村\n\
             赵四,赵四370323194901016444,{relation},东里东村\n\
             周五,周五1385330123,户主,东里东村\n"
        ));
        assert_eq!(families(&reading), ["张守富: ", "李桂英: ", "王强: ", "赵四: ", "周五: "], "{relation}");
        accounted(&reading, 6);
        let said = |at: usize, key: &str| reading.rows[at].value(key).and_then(Value::as_text);
        assert_eq!(phones(&reading.rows[0]), ["13853301234"]);
        assert_eq!((said(1, "nickname"), said(2, "remark")), (Some("英子"), Some("退伍军人")));
        let doubted = reading.rows.iter().map(doubts).collect::<Vec<_>>();
        assert_eq!(doubted, [&["name-number"][..], &[], &[], &["name-number"], &["name-odd"]], "{relation}");
        assert!(reading.rows[3].doubts[0].raw.ends_with('*'), "{:?}", reading.rows[3].doubts);
    }
}

#[test]
fn a_number_in_the_name_of_a_member_is_asked_about_with_its_household() {
    let reading = list(
        "姓名,与户主关系,村名\n\
         张守富,户主,东里东村\n\
         刘桂芝13853301234,妻,东里东村\n\
         张伟370323197902151226,子,东里东村\n\
         张丽,女,东里东村\n\
         李桂英,户主,东里东村\n",
    );
    assert_eq!(families(&reading), ["张守富: 刘桂芝 妻, 张伟 子, 张丽 女", "李桂英: "]);
    let asked: Vec<(&str, &str, &str)> = reading
        .rows
        .iter()
        .flat_map(|row| &row.doubts)
        .map(|doubt| (doubt.field.row().word, doubt.raw.as_str(), doubt.why.code()))
        .collect();
    let hidden = "张伟******************";
    assert_eq!(asked, [("member", "刘桂芝13853301234", "name-number"), ("member", hidden, "name-number")]);
    assert_eq!(doubts(&reading.rows[1]), Vec::<&str>::new());
}
