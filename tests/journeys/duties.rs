//! 谁走访谁反馈 from the screen to the list: what several households say together is owed an answer to each of them.

use serde_json::{Value as Json, json};

use super::harness::{Laptop, Press};
use super::talk::{gather, pass};

/// Runs the program without its screens and gives what it says, one value a line.
fn run(laptop: &Laptop, args: &[&str], input: &[Json]) -> Vec<Json> {
    use std::io::Write;
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_zoufang"));
    command.args(args).env("ZOUFANG_DATA", laptop.data()).env("ZOUFANG_LANG", "zh");
    command.env("ZOUFANG_CLOCK", laptop.data().with_file_name("clock"));
    command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let lines: String = input.iter().map(|line| format!("{line}\n")).collect();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{args:?}: {said}");
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn heads(laptop: &Laptop, list: &str) -> Vec<String> {
    let rows = run(laptop, &["list", list, "--json"], &[]);
    let mut heads: Vec<String> = rows.iter().map(|row| row["head"].as_str().unwrap().to_owned()).collect();
    heads.sort();
    heads
}

#[test]
fn each_household_that_said_so_at_a_talk_has_a_duty_of_its_own_to_be_answered() {
    let (mut laptop, mut terminal) = gather(77);
    terminal.keys("@wcy\r").press(Press::Esc);
    terminal.keys("1,3#4+ 机井坏了\r");
    pass(&mut laptop, &mut terminal, 16);
    terminal.press(Press::F(8)).press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("散场: 3 户各记一次走访"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();

    // Nobody is to be told before something was done about it.
    assert_eq!(heads(&laptop, "issues"), ["张守富", "王成友"]);
    assert_eq!(heads(&laptop, "duties"), [""; 0]);
    let issues = run(&laptop, &["list", "issues", "--json"], &[]);
    let solve = |issue: &Json| {
        let id = &issue["id"];
        [
            json!({"do": "issue.screen", "issue": id, "decision": "accept", "unit": "水利站", "person": "李明"}),
            json!({"do": "issue.plan", "issue": id, "text": "换泵"}),
            json!({"do": "issue.resolve", "issue": id, "text": "泵换好了"}),
        ]
    };
    let steps: Vec<Json> = issues.iter().flat_map(solve).collect();
    let answers = run(&laptop, &["batch"], &steps);
    assert!(answers.iter().all(|answer| answer["ok"] == true), "{answers:?}");
    assert_eq!(heads(&laptop, "duties"), ["张守富", "王成友"]);

    // One of them was told: the other still is to be.
    let zhang = issues.iter().find(|issue| issue["head"] == "张守富").unwrap();
    let told = json!({"do": "issue.feedback", "issue": zhang["id"], "answer": "satisfied", "way": "home"});
    assert_eq!(run(&laptop, &["batch"], &[told])[0]["ok"], true);
    assert_eq!(heads(&laptop, "duties"), ["王成友"]);
}
