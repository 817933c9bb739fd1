//! Pictures of every screen as text, from the real program at 80 by 24, in both languages: `docs/screens.md`.
//!
//! The day's walk makes them (`day.rs`), so they cannot show what the program does not. `ZOUFANG_WRITE_DOCS=1` writes them anew.

use std::fmt::Write as _;

use super::day::{Day, Sight};
use crate::commands::rosters::same_as_file;

/// A picture: what it shows, in both languages, and the screen.
type Picture = (&'static str, &'static str, String);

/// Puts made-up digits in the place of those of a recovery code.
fn masked(picture: &str) -> String {
    let is_group = |word: &str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    let word = |word: &str| if is_group(word) { "123453".to_owned() } else { word.to_owned() };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ");
    picture.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Walks through the screens in one language.
fn pictures(lang: &'static str) -> Vec<Picture> {
    let mut pictures = Vec::new();
    let mut hang = |sight: Sight<'_>| {
        let picture = sight.screen();
        // The code is another one each time.
        let picture = if sight.en == "Recovery code" { masked(&picture) } else { picture };
        pictures.push((sight.zh, sight.en, picture));
    };
    let day = Day { lang, ..Day::default() };
    day.walk(&mut hang);
    day.walk_sealed(&mut hang);
    pictures
}

#[test]
fn the_pictures_of_the_screens_are_what_the_program_shows() {
    let (zh, en) = (pictures("zh"), pictures("en"));
    let mut out = String::from(
        "# 界面 Screens\n\n程序自己画的 (80x24), 和真的一样; 住户都是编的. Drawn by the program itself at 80x24; the people are invented.\n",
    );
    for ((title, english, chinese), (_, _, other)) in zh.iter().zip(&en) {
        let _ = write!(
            out,
            "\n## {title} · {english}\n\n```\n{}\n```\n\n```\n{}\n```\n",
            chinese.trim_end(),
            other.trim_end()
        );
    }
    same_as_file("docs/screens.md", &out);
    for (title, _, picture) in zh.iter().chain(&en) {
        // Characters of ambiguous width carry no layout; what people write may have them, and these people wrote none.
        let odd = picture.chars().find(|c| matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{27bf}' | '\u{2022}'));
        assert_eq!(odd, None, "{title}\n{picture}");
        for line in picture.lines() {
            assert!(zoufang::hanzi::width::columns(line) <= 80, "{title}: {line}");
        }
    }
}
