//! Files for others: the roster goes back to the township in its own columns, with what became known.

use zoufang::intake::{Guess, Reading, read_file};

use super::harness::Laptop;

/// Reads a written file the way a roster is read.
fn reread(laptop: &Laptop, name: &str) -> Reading {
    read_file(&laptop.path(name), &Guess::default()).unwrap()
}

fn headers(reading: &Reading) -> Vec<String> {
    reading.columns.iter().map(|column| column.header.rsplit('/').next().unwrap_or_default().to_owned()).collect()
}

fn text<'a>(reading: &'a Reading, row: usize, key: &str) -> &'a str {
    reading.rows[row].value(key).and_then(zoufang::domain::Value::as_text).unwrap_or_default()
}

#[test]
fn a_roster_goes_back_in_the_townships_own_columns_with_what_became_known() {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.run(&["import", "r500.xlsx"]).ends(0);
    let households = laptop.list("households");
    let id = |at: usize| households[at]["id"].as_str().unwrap();
    let village = households[0]["village"].as_str().unwrap();
    laptop.batch(&[
        serde_json::json!({"do": "household.set", "household": id(0), "head": "赵新名", "remark": "=1+1"}),
        serde_json::json!({"do": "household.set", "household": id(1), "standing": "moved"}),
        serde_json::json!({"do": "household.add", "head": "钱路遇", "town": households[0]["town"], "village": village}),
    ]);

    let said = laptop.run(&["document", "roster", "--out", laptop.path("").to_str().unwrap(), "--json"]).ends(0).json();
    assert_eq!((said[0]["rows"].as_u64(), said[0]["added"].as_u64()), (Some(500), Some(1)));
    let name = "r500-核对后-5月18日.xlsx";
    assert!(said[0]["path"].as_str().unwrap().ends_with(name));

    let given = read_file(std::path::Path::new("tests/data/rosters/r500.xlsx"), &Guess::default()).unwrap();
    let back = reread(&laptop, name);
    let mut want = headers(&given);
    want.push("核对情况".to_owned());
    assert_eq!(headers(&back), want);
    assert_eq!(back.title, given.title);
    assert_eq!(back.rows.len(), 501, "no row is lost");
    let heads: Vec<&str> = (0..501).map(|row| text(&back, row, "head")).collect();
    assert!(heads.contains(&"赵新名"));
    assert_eq!(heads[500], "钱路遇");
    assert!(
        back.rows.iter().any(|row| row
            .value("remark")
            .and_then(zoufang::domain::Value::as_text)
            .is_some_and(|remark| remark.contains("=1+1"))),
        "a text stays a text"
    );
}

#[test]
fn no_file_is_written_over_and_a_list_is_chosen_by_its_name() {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.run(&["import", "r500.xlsx"]).ends(0);
    // The clock fell back by a day while the program was closed; what is imported now is still the later list.
    laptop.clock("2021-05-17T19:30:00+08:00", 45_000_000);
    std::fs::write(laptop.path("other.csv"), "联系方式,贷款金额,户主姓名\n13853301234,500,张守富\n").unwrap();
    laptop.run(&["import", laptop.path("other.csv").to_str().unwrap()]).ends(0);
    let to = laptop.path("out.xlsx");
    let write = |more: &[&str]| {
        let mut args = vec!["document", "roster", "--out", to.to_str().unwrap()];
        args.extend(more);
        laptop.run(&args)
    };
    let first = write(&[]).ends(0);
    assert!(first.err.contains("贷款金额"), "{}", first.err);
    assert_eq!(headers(&reread(&laptop, "out.xlsx")), ["联系方式", "贷款金额", "户主姓名", "核对情况"]);
    write(&["--roster", "r500"]).ends(0);
    assert_eq!(reread(&laptop, "out-2.xlsx").rows.len(), 500);
    assert!(write(&["--roster", "没有"]).ends(1).err.contains("other.csv"));
}

#[test]
fn documents_are_listed_and_without_a_roster_there_is_none_to_give_back() {
    let laptop = Laptop::of(1, "陈明", "一组");
    assert!(laptop.run(&["document"]).ends(0).out.contains("roster"));
    assert!(laptop.run(&["document", "roster"]).ends(1).err.contains("还没有导入过名册"));
}
