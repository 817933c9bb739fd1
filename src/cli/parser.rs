//! The parser of the command line, made from the table; wrong usage is answered in our own words.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, value_parser};

use super::command::{COMMANDS, Command, EVERYWHERE, Form, Takes};
use crate::text::{Lang, Said, Text, Trouble, t};

/// What the words of a command line came to.
pub enum Read {
    /// They were understood.
    Given(ArgMatches),
    /// They asked for this text.
    Print(String),
    /// They were not understood.
    Wrong(Trouble),
}

const USAGE: Text = t("用法", "Usage");
const TAKES: Text = t("参数", "Arguments and options");
const WORDS: Text = t("命令", "Commands");
const HELP: Text = t("显示这些说明", "show this help");
const ABOUT: Text = t(
    "走访: 入户走访, 记问题, 管时限. 不写命令就打开界面.",
    "zoufang: household visits, issues and deadlines. Without a command it opens the screens.",
);

/// Reads a command line; the first word is the program's name.
pub fn read(parser: &clap::Command, args: &[OsString]) -> Read {
    match parser.clone().try_get_matches_from(args) {
        Ok(given) => Read::Given(given),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            Read::Print(error.render().to_string())
        }
        Err(error) => Read::Wrong(wrong(&error)),
    }
}

/// Makes the parser in one language.
pub fn parser(lang: Lang) -> clap::Command {
    let template = format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}{{after-help}}", USAGE.get(lang));
    let base = |name: &'static str, about: Text, usage: String| {
        clap::Command::new(name)
            .about(about.get(lang))
            .override_usage(usage)
            .help_template(template.clone())
            .subcommand_help_heading(WORDS.get(lang))
            .disable_help_flag(true)
            .disable_version_flag(true)
            .disable_help_subcommand(true)
            .arg(
                plain("help")
                    .short('h')
                    .action(ArgAction::Help)
                    .help(HELP.get(lang))
                    .display_order(99)
                    .help_heading(TAKES.get(lang)),
            )
    };
    let mut all = base("zoufang", ABOUT, general_usage())
        .version(env!("CARGO_PKG_VERSION"))
        .arg(
            plain("version")
                .short('V')
                .action(ArgAction::Version)
                .help(t("显示版本", "show the version").get(lang))
                .display_order(99)
                .help_heading(TAKES.get(lang)),
        )
        .args(EVERYWHERE.iter().map(|takes| argument(takes, lang).display_order(98).global(true)));
    for command in COMMANDS {
        let mut one = base(command.word, command.about, command.usage());
        if let Some(more) = command.more {
            one = one.after_help(more.get(lang));
        }
        let takes = command.takes.iter().enumerate();
        all = all.subcommand(one.args(takes.map(|(at, takes)| argument(takes, lang).display_order(at))));
    }
    all
}

fn plain(name: &'static str) -> Arg {
    Arg::new(name).long(name)
}

fn argument(takes: &Takes, lang: Lang) -> Arg {
    let name = takes.name;
    let long = |value: &'static str| plain(name).value_name(value).action(ArgAction::Set);
    let place = || Arg::new(name).value_name(name);
    let arg = match takes.form {
        Form::Flag => plain(name).action(ArgAction::SetTrue),
        Form::Word(value) => long(value),
        Form::Words(value) => long(value).action(ArgAction::Append),
        Form::Path(value) => long(value).value_parser(value_parser!(PathBuf)),
        Form::OneOf(value, words) => long(value).value_parser(PossibleValuesParser::new(words())),
        Form::Which(words) => place().required(true).value_parser(PossibleValuesParser::new(words())),
        Form::MayFile => place().value_parser(value_parser!(PathBuf)),
        Form::File => place().required(true).value_parser(value_parser!(PathBuf)),
        Form::Files => place().required(true).num_args(1..).value_parser(value_parser!(PathBuf)),
        Form::MayWord => place(),
    };
    let about = match takes.form {
        Form::Which(words) => format!("{}: {}", takes.about.get(lang), words().join(" ")),
        _ => takes.about.get(lang).to_owned(),
    };
    let arg = arg.help(about).help_heading(TAKES.get(lang));
    // Their words stand in what they are.
    if matches!(takes.form, Form::OneOf(..) | Form::Which(_)) { arg.hide_possible_values(true) } else { arg }
}

fn general_usage() -> String {
    let everywhere: Vec<String> = EVERYWHERE.iter().map(Takes::usage).collect();
    format!("zoufang [COMMAND] {}", everywhere.join(" "))
}

/// Gives the usage line of the command that the words were meant for.
pub fn usage_for(args: &[OsString]) -> Said {
    let mut words = args.iter().skip(1).filter_map(|arg| arg.to_str());
    let command = words.find_map(find);
    Said::from(t("{word}: {usage}", "{word}: {usage}"))
        .with_words("word", USAGE)
        .with("usage", command.map_or_else(general_usage, Command::usage))
}

/// Finds a command by its word.
pub fn find(word: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.word == word)
}

/// Says what is wrong with a command line.
fn wrong(error: &clap::Error) -> Trouble {
    let context = |kind| error.get(kind).map(words).unwrap_or_default();
    let given = context(ContextKind::InvalidValue);
    let arg = bare(&context(ContextKind::InvalidArg));
    let said: Said = match error.kind() {
        ErrorKind::InvalidSubcommand => t("没有 “{word}” 这个命令.", "there is no command “{word}”.")
            .with("word", context(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => {
            t("这里不认识 “{word}”.", "“{word}” is not known here.").with("word", context(ContextKind::InvalidArg))
        }
        ErrorKind::MissingRequiredArgument => t("还缺 {arg}.", "{arg} is missing.").with("arg", arg),
        ErrorKind::InvalidValue if given.is_empty() => {
            t("{arg} 后面要写上值.", "{arg} needs a value.").with("arg", arg)
        }
        ErrorKind::InvalidValue => {
            t("{arg} 不能是 “{word}”.", "{arg} cannot be “{word}”.").with("arg", arg).with("word", given)
        }
        ErrorKind::ArgumentConflict => t("{arg} 写了两次.", "{arg} is given twice.").with("arg", arg),
        _ => t("看不懂这条命令.", "this command line is not understood.").into(),
    };
    let guess = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .map(context)
        .find(|guess| !guess.is_empty());
    let choices = context(ContextKind::ValidValue);
    let trouble = Trouble::new("usage", said);
    match (guess, choices.is_empty()) {
        (Some(guess), _) => trouble.hint(t("是不是 {guess}?", "Did you mean {guess}?").with("guess", guess)),
        (None, false) => trouble.hint(t("可以是: {choices}.", "It can be: {choices}.").with("choices", choices)),
        (None, true) => trouble,
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(word) => word.clone(),
        ContextValue::Strings(words) => words.join(" / "),
        ContextValue::StyledStr(text) => text.to_string(),
        _ => String::new(),
    }
}

/// Takes the marks off an argument's name: `<FILE>...` is FILE.
fn bare(arg: &str) -> String {
    arg.chars().filter(|c| !matches!(c, '<' | '>' | '[' | ']')).collect::<String>().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parser_stands_in_both_languages() {
        parser(Lang::Zh).debug_assert();
        parser(Lang::En).debug_assert();
    }

    #[test]
    fn no_word_stands_twice() {
        for (at, command) in COMMANDS.iter().enumerate() {
            assert!(COMMANDS.iter().skip(at + 1).all(|other| other.word != command.word), "{}", command.word);
        }
    }
}
