//! Reference: `docs/keys.md`, written from the tables that dispatch the keys.

use std::fmt::Write;

use super::global::{EVERYWHERE, PLACES};
use super::keys::Line;
use super::{menu, overlay, screens};
use crate::text::{Lang, Text};

/// Gives every place with its hint and rows: screens, what lies over them, what works everywhere.
pub(super) fn places() -> Vec<(Text, Option<Text>, Vec<Line>)> {
    let mut all = screens::places();
    all.push((PLACES.place, None, PLACES.lines().collect()));
    all.push((EVERYWHERE.place, None, EVERYWHERE.lines().collect()));
    all.extend(overlay::places());
    all
}

/// Writes the reference of all keys, in both languages.
pub fn reference() -> String {
    let mut out = String::from(
        "# 按键 Keys\n\nWritten by the program from the tables that dispatch the keys (`zoufang keys`). 全角的 ６ ＋ ！ 和半角的一样: \
         full-width digits and marks are the same keys.\n",
    );
    for (place, hint, lines) in places() {
        let _ = write!(out, "\n## {} {}\n\n", place.zh, place.en);
        // What stands there over a line, or over a box of what is looked for.
        let others = menu::POINTING.into_iter().filter(|_| place == menu::KEYS.place);
        for hint in hint.into_iter().chain(others) {
            let _ = write!(out, "{} · {}\n\n", hint.zh, hint.en);
        }
        out.push_str("| | | |\n|---|---|---|\n");
        for line in lines {
            let keys: Vec<String> = line.keys.iter().map(ToString::to_string).collect();
            let _ =
                writeln!(out, "| {} | {} | {} |", keys.join(" "), line.words.get(Lang::Zh), line.words.get(Lang::En));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{places, reference};
    use crate::app::Terminal;
    use crate::text::{Lang, t};
    use crate::ui::canvas::columns;
    use crate::ui::footer::{Hints, footer};
    use crate::ui::global::{EVERYWHERE, Global, MENU, PALETTE, PLACES, tail};
    use crate::ui::keys::{Key, Line, tests::hold};
    use crate::ui::{overlay, screens};

    #[test]
    fn no_key_stands_twice_and_none_is_one_that_an_input_method_swallows() {
        for (place, _, lines) in places() {
            hold(place.en, &lines);
        }
        let global: Vec<Line> = PLACES.lines().chain(EVERYWHERE.lines()).collect();
        hold("everywhere", &global);
    }

    #[test]
    fn no_screen_takes_a_key_that_works_everywhere_but_esc() {
        let global: Vec<Key> = PLACES.lines().chain(EVERYWHERE.lines()).flat_map(|line| line.keys).copied().collect();
        for (place, _, lines) in screens::places() {
            // One that is tried does nothing else there.
            let own = lines.iter().filter(|line| !line.itself).flat_map(|line| line.keys);
            for key in own.filter(|key| **key != Key::Esc) {
                assert!(!global.contains(key), "{}: {key} works everywhere", place.en);
            }
        }
    }

    // Pages that take Esc for themselves had no menu at all.
    #[test]
    fn every_place_leads_to_the_menu_and_says_by_which_key() {
        for (place, _, lines) in screens::places() {
            let tail = tail(&lines, Terminal::default());
            let Some(menu) = tail.iter().find(|line| line.words == t("菜单", "Menu")) else {
                // Where its key is tried the palette leads to it.
                assert!(lines.iter().any(|line| line.itself && line.keys == MENU), "{}", place.en);
                assert!(tail.iter().any(|line| line.keys == PALETTE), "{}", place.en);
                continue;
            };
            let key = menu.keys[0];
            assert!(lines.iter().all(|line| !line.keys.contains(&key)), "{}: {key}", place.en);
            assert_eq!(crate::ui::global::action(key), Some(Global::Menu), "{}", place.en);
        }
    }

    #[test]
    fn every_footer_fits_eighty_columns_in_both_languages_without_dropping_a_row() {
        for lang in [Lang::Zh, Lang::En] {
            for (place, hint, lines) in screens::places() {
                let esc: Vec<Line> = tail(&lines, Terminal::default())
                    .into_iter()
                    .filter(|line| line.keys.contains(&Key::Esc))
                    .collect();
                let hint = hint.map(|hint| hint.get(lang));
                let whole = footer(Hints { hint, ..Hints::default() }, &lines, &esc, &Line::key, lang, u16::MAX);
                assert!(columns(&whole) < 80, "{}: {whole}", place.en);
            }
            for (place, hint, lines) in overlay::places() {
                let hint = hint.map(|hint| hint.get(lang));
                let whole = footer(Hints { hint, ..Hints::default() }, &lines, &[], &Line::key, lang, u16::MAX);
                assert!(columns(&whole) < 80, "{}: {whole}", place.en);
            }
        }
    }

    #[test]
    fn every_advice_fits_one_line_of_eighty_columns_in_both_languages() {
        let all = screens::advices();
        assert!(all.len() >= 12);
        for advice in all {
            for lang in [Lang::Zh, Lang::En] {
                assert!(columns(advice.get(lang)) <= 78, "{}", advice.get(lang));
            }
        }
    }

    // The demo screen of the tests is not for people.
    #[test]
    fn the_written_reference_is_the_one_the_program_writes() {
        let demo = reference();
        let (before, rest) = demo.split_once("\n## 演示 Demo\n").unwrap();
        let after = rest.split_once("\n## 去哪里").unwrap().1;
        let now = format!("{before}\n## 去哪里{after}");
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/keys.md");
        if std::env::var_os("ZOUFANG_WRITE_DOCS").is_some() {
            std::fs::write(path, &now).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(written, now, "docs/keys.md differs; ZOUFANG_WRITE_DOCS=1 cargo test writes it");
    }
}
