//! What a disagreement says of whose it is.

use crate::app::Request;
use crate::app::disputes::Dispute;
use crate::app::exchange::some_laptops::Laptop;
use crate::text::Lang;

// Of a step it said so, of the class of the same issue it named the household.
#[test]
fn what_is_disputed_of_a_confidential_issue_does_not_say_whose_it_is() {
    let (mut one, mut two) = (Laptop::new(1, "一组", "陈明"), Laptop::new(2, "二组", "张文彬"));
    let zhang = one.add("张守富", "12号");
    let mut record = |secret: &str| {
        let issue = Request::new("issue.record").with_name("household", zhang).with("text", "没有广场");
        one.ask(issue.with("field", "culture").with("confidential", secret))
    };
    let issues = [record("no"), record("yes")];
    two.merge(&one.export("1.zfb"));
    for issue in issues {
        one.ask(Request::new("issue.set").with_name("issue", issue).with("class", "larger"));
        two.ask(Request::new("issue.set").with_name("issue", issue).with("class", "major"));
    }
    two.merge(&one.export("2.zfb"));
    let disputes = two.keeper.house().disputes().unwrap();
    let told: Vec<(String, bool, bool)> = disputes
        .iter()
        .map(|dispute| (dispute.head.say(Lang::Zh), dispute.place.is_empty(), dispute.is_hidden))
        .collect();
    assert_eq!(told, [("张守富".to_owned(), false, false), ("(保密)".to_owned(), true, true)]);
}

// Of a step of the issue it was (保密), and of the words of the same issue the household and its village stood there.
#[test]
fn the_line_of_a_confidential_issue_does_not_say_whose_it_is_either() {
    let (mut one, mut two) = (Laptop::new(1, "一组", "陈明"), Laptop::new(2, "二组", "张文彬"));
    let zhang = one.add("张守富", "12号");
    let mut record = |secret: &str| {
        let issue = Request::new("issue.record").with_name("household", zhang).with("text", "邻居占地");
        let issue = one.ask(issue.with("field", "governance").with("confidential", secret));
        one.keeper.house().view().record(issue).unwrap().unwrap().link("line").unwrap()
    };
    let lines = [record("no"), record("yes")];
    two.merge(&one.export("1.zfb"));
    for line in lines {
        one.ask(Request::new("line.set").with_name("line", line).with("text", "邻居占了地"));
        two.ask(Request::new("line.set").with_name("line", line).with("text", "东邻占地"));
    }
    two.merge(&one.export("2.zfb"));
    let disputes = two.keeper.house().disputes().unwrap();
    let told = |dispute: &Dispute| (dispute.head.say(Lang::Zh), dispute.place.is_empty(), dispute.is_hidden);
    let told: Vec<(String, bool, bool)> = disputes.iter().map(told).collect();
    assert_eq!(told, [("张守富".to_owned(), false, false), ("(保密)".to_owned(), true, true)]);
}
