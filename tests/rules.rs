//! The rules of the plan that need several rooms at once, and `docs/rules.md` held to the sources.

use std::path::Path;

use zoufang::domain::entry::{Entry, Length, parse, preview, speakers};
use zoufang::domain::local::read_day;
use zoufang::domain::{Calendar, Campaign, Class, Counting, DeadlineRules, Light, Name, Visit};
use zoufang::text::Lang;

/// Why: a table that names functions nobody has any more is worse than none.
#[test]
fn every_function_and_test_of_the_rules_table_is_in_its_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(root.join("docs/rules.md")).unwrap();
    let mut rows = 0;
    for row in table.lines().take_while(|line| !line.starts_with("## ")).filter(|line| line.contains("`src/")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 4, "{row}");
        for named in &cells[2..] {
            let (file, function) = named.trim_matches('`').split_once("::").unwrap();
            let source = std::fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
            let (code, tests) = source.split_once("#[cfg(test)]").unwrap_or((&source, &source));
            let part = if *named == cells[2] { code } else { tests };
            let declared = [format!("fn {function}("), format!("fn {function}<")];
            assert!(declared.iter().any(|form| part.contains(form)), "{named} of docs/rules.md is not in its file");
        }
        rows += 1;
    }
    assert!(rows >= 25, "only {rows} rows were read");
}

/// Why: a rule of the screens that no test watches is broken by the next page.
#[test]
fn every_one_of_the_ten_rules_of_the_screens_has_a_test_that_is_in_its_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(root.join("docs/rules.md")).unwrap();
    let (_, section) = table.split_once("## 屏幕的十条").unwrap();
    let mut watched = std::collections::BTreeSet::new();
    for row in section.lines().skip(1).take_while(|line| !line.starts_with("## ")).filter(|line| line.contains(".rs::"))
    {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 3, "{row}");
        watched.extend(cells[0].split(", ").map(|rule| rule.parse::<u8>().unwrap()));
        let (file, test) = cells[2].trim_matches('`').split_once("::").unwrap();
        let source = std::fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let declared = format!("#[test]\nfn {test}() {{");
        let within = format!("#[test]\n    fn {test}() {{");
        assert!(
            [declared, within].iter().any(|form| source.contains(form)),
            "{test} of docs/rules.md is no test of {file}"
        );
    }
    assert_eq!(watched, (1..=10).collect());
}

fn visit(kind: &str, proven_ms: i64, declared_ms: i64) -> Visit {
    Visit {
        name: Name { writer: 1, seq: 1 },
        household: None,
        kind: kind.to_owned(),
        purpose: "first".to_owned(),
        visitors: Vec::new(),
        started: 0,
        entered_later: false,
        ended: Some(0),
        proven_ms,
        declared_ms,
        outcome: "done".to_owned(),
        left: false,
        short_why: String::new(),
        satisfaction: String::new(),
        told: Vec::new(),
        gave: Vec::new(),
        next: String::new(),
    }
}

/// Why: plan 二(二)3(1), 每户访问时间不少于15分钟.
#[test]
fn a_visit_covers_from_fifteen_minutes_on() {
    let minimum = i64::from(Campaign::built_in().visit.minimum_minutes);
    let counting = Counting { minimum_minutes: minimum, talks: false };
    assert!(visit("home", 900_000, 0).covers(counting, false));
    assert!(!visit("home", 899_999, 0).covers(counting, false));
    let declared = visit("home", 600_000, 300_000);
    assert!(declared.covers(counting, false) && declared.rests_on_declared(minimum));
    assert!(!visit("home", 900_000, 300_000).rests_on_declared(minimum));
    assert!(visit("phone", 0, 0).covers(counting, true), "a call has no minimum where the household is away");
    assert!(!visit("phone", 900_000, 0).covers(counting, false));
    assert!(!Visit { outcome: "refused".to_owned(), ..visit("home", 900_000, 0) }.covers(counting, false));
    assert!(!visit("talk", 900_000, 0).covers(counting, false), "talks are reported apart where the campaign says so");
    assert!(visit("talk", 900_000, 0).covers(Counting { talks: true, ..counting }, false));
    assert!(visit("field", 900_000, 0).covers(counting, false));
}

/// Why: plan 二(三)2 from the kitchen table to the red lamp, by the rules of the campaign file alone.
#[test]
fn a_sentence_in_a_talk_becomes_an_issue_with_its_days_and_turns_yellow_and_red() {
    let (campaign, calendar) = (Campaign::built_in(), Calendar::built_in());
    let said_on = read_day("2021-05-18").unwrap();
    let (_, line) = speakers("３＃4+　机井坏了浇不上地");
    let entry = parse(line);
    assert_eq!(
        preview(&entry, Length::Whole, said_on, calendar, &campaign.deadline).say(Lang::Zh),
        "农业农村 较大 拟  方案 5月25日前  回复 6月16日前"
    );
    let Entry::Issue(issue) = entry else { panic!("{entry:?}") };
    let dues = campaign.deadline.of_issue(issue.kind, issue.class, said_on, calendar);
    let plan = dues.plan.unwrap();
    let light = |today| plan.light(read_day(today).unwrap(), None, calendar);
    assert_eq!(light("2021-05-21"), Light::OnTime { left: 2 });
    assert_eq!(light("2021-05-24"), Light::Yellow { left: 1 });
    assert_eq!(light("2021-05-26"), Light::Red { over: 1 });
}

/// Why: the defaults in the code and the file that ships must not drift apart, nor from the words of the plan.
#[test]
fn the_file_and_the_code_have_the_same_numbers_as_the_clause() {
    let usual = DeadlineRules::default();
    let rules = Campaign::built_in().deadline;
    assert_eq!(DeadlineRules { stock_due: None, ..rules }, usual);
    let received = read_day("2021-06-01").unwrap();
    let calendar = Calendar::built_in();
    for (class, number) in
        [(Class::General, "10 个工作日"), (Class::Larger, "20 个工作日"), (Class::Major, "45 个工作日")]
    {
        let dues = rules.of_issue(zoufang::domain::Kind::Problem, class, received, calendar);
        assert!(dues.answer.unwrap().why(calendar).say(Lang::Zh).contains(number));
        assert!(dues.plan.unwrap().why(calendar).say(Lang::Zh).contains("5 个工作日内提出解决方案"));
    }
}
