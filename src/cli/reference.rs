//! The reference `docs/commands.md`, made from the tables that the program itself reads.

use std::fmt::Write;

use super::command::{COMMANDS, Command, EVERYWHERE, Form, Takes};
use super::commands::import;
use super::kinds::KINDS;
use crate::app::lists::LISTS;
use crate::app::request_rows;
use crate::domain::Sort;
use crate::domain::facts::{Eyes, FACTS, Fact, Shape};
use crate::text::{Text, t};

/// The sorts of things with facts, as the reference calls them.
const SORTS: [(Sort, Text); 6] = [
    (Sort::Household, t("受访户", "household")),
    (Sort::Member, t("家庭成员", "member")),
    (Sort::Appointment, t("预约", "appointment")),
    (Sort::Visit, t("走访", "visit")),
    (Sort::Line, t("记下的一句", "line")),
    (Sort::Issue, t("问题和建议", "issue")),
];

/// Writes the generated part of the reference: commands, lists, requests, facts, kinds of troubles.
pub fn reference() -> String {
    let mut out = String::new();
    heading(&mut out, t("命令", "Commands"));
    for command in COMMANDS {
        section(&mut out, command);
    }
    heading(&mut out, t("每条命令都有", "Everywhere"));
    out.push_str(&taken(EVERYWHERE));
    lists(&mut out);
    heading(&mut out, t("import --json 的值", "Values of import --json"));
    out.push_str("| | 什么 | what |\n|---|---|---|\n");
    for (key, about) in import::VALUES {
        line(&mut out, &[&code(key), about.zh, about.en]);
    }
    words(&mut out);
    facts(&mut out);
    heading(&mut out, t("出错的种类", "Kinds of troubles"));
    out.push_str("| kind | 何时 | when |\n|---|---|---|\n");
    for (kind, about) in KINDS {
        line(&mut out, &[&code(kind), about.zh, about.en]);
    }
    out
}

fn heading(out: &mut String, text: Text) {
    add(out, format_args!("\n## {} {}\n\n", text.zh, text.en));
}

/// Writing to a string cannot fail.
fn add(out: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(what);
}

fn line(out: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    add(out, format_args!("| {} |\n", cells.join(" | ")));
}

fn code(word: &str) -> String {
    format!("`{word}`")
}

fn section(out: &mut String, command: &Command) {
    add(out, format_args!("### {}\n\n```\n{}\n```\n\n", command.word, command.usage()));
    add(out, format_args!("{}. {}.\n", command.about.zh, capital(command.about.en)));
    if let Some(more) = command.more {
        add(out, format_args!("{} {}\n", more.zh, more.en));
    }
    out.push('\n');
    if !command.takes.is_empty() {
        out.push_str(&taken(command.takes));
        out.push('\n');
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn taken(takes: &[Takes]) -> String {
    let mut out = String::from("| | | |\n|---|---|---|\n");
    for one in takes {
        let words = match one.form {
            Form::Which(words) | Form::OneOf(_, words) => format!(": {}", words().join(" ")),
            _ => String::new(),
        };
        let usage = one.usage();
        let usage = usage.trim_matches(['[', ']']);
        line(&mut out, &[&code(usage), &format!("{}{words}", one.about.zh), &format!("{}{words}", one.about.en)]);
    }
    out
}

fn lists(out: &mut String) {
    heading(out, t("列表", "Lists"));
    out.push_str(
        "`--json` 给出全部列; 斜体的列不出现在表里. `--json` gives all columns; tables leave out those in italics.\n\n",
    );
    out.push_str("| WHAT | 列什么 | what | 列 columns |\n|---|---|---|---|\n");
    for list in LISTS {
        let columns = list.columns.iter().map(|column| match column.eyes {
            Eyes::Lists => column.key.to_owned(),
            Eyes::Card => format!("*{}*", column.key),
        });
        line(out, &[&code(list.word), list.about.zh, list.about.en, &columns.collect::<Vec<_>>().join(", ")]);
    }
}

fn words(out: &mut String) {
    heading(out, t("batch 的请求", "Requests of batch"));
    out.push_str("必须写的值是粗体. Values that must be given are bold.\n\n| do | 做什么 | what it does | 值 values |\n|---|---|---|---|\n");
    for row in request_rows() {
        let values = row.takes.iter().map(|takes| {
            let key = if takes.must { format!("**{}**", takes.key) } else { takes.key.to_owned() };
            format!("{key}: {} · {}", takes.about.zh, takes.about.en)
        });
        line(out, &[&code(row.word), row.about.zh, row.about.en, &values.collect::<Vec<_>>().join("<br>")]);
    }
}

fn facts(out: &mut String) {
    heading(out, t("各项资料", "Facts"));
    out.push_str("空值清空一项. An empty value empties a fact.\n");
    for (sort, name) in SORTS {
        add(out, format_args!("\n### {} {}\n\n| key | | | 值 value |\n|---|---|---|---|\n", name.zh, name.en));
        for fact in FACTS.iter().filter(|fact| fact.sort == sort) {
            let key = if fact.key.ends_with('/') { format!("{}…", fact.key) } else { fact.key.to_owned() };
            line(out, &[&code(&key), fact.name.zh, fact.name.en, &shape(fact)]);
        }
    }
}

fn shape(fact: &Fact) -> String {
    match fact.shape {
        Shape::Text => "文字 text".to_owned(),
        Shape::Number(least, most) => format!("{least}–{most}"),
        Shape::Yes => "yes / no (是 / 否)".to_owned(),
        Shape::Day => "`2021-05-18`".to_owned(),
        Shape::At => "`2021-05-18T19:30:00+08:00`".to_owned(),
        Shape::Words => "几个词 several words: `[\"陈明\"]`".to_owned(),
        Shape::Choice(list) => list
            .iter()
            .map(|choice| format!("{} {}", code(choice.word), choice.name.zh))
            .collect::<Vec<_>>()
            .join(" · "),
        Shape::Entity => "编号 an id".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{FACTS, SORTS, request_rows};

    #[test]
    fn no_request_and_no_fact_is_left_out() {
        assert!(FACTS.iter().all(|fact| SORTS.iter().any(|(sort, _)| *sort == fact.sort)));
        let text = super::reference();
        assert!(request_rows().all(|row| text.contains(&format!("| `{}` |", row.word))));
    }
}
