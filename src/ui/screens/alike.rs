//! Alike: the sentences that a visit and a talk have in common, so that both say the same thing in the same words.

use crate::text::{Text, t};

pub const COVERED: Text = t("已遮挡: 先按 Ctrl-B 再改.", "Covered: Ctrl-B first, then change it.");

pub const CHANGE_NOT_DOWN: Text =
    t("改动还没记下: Enter 记下, Esc 不改.", "The change is not put down yet: Enter does, Esc leaves it.");

pub const EMPTIED: Text =
    t("要撤去这一条, 按 Ctrl-D; 不改按 Esc.", "Ctrl-D takes this line away, Esc leaves it as it is.");

pub const TAKEN_AWAY: Text = t("撤去了这一条. Ctrl-Z 可以找回.", "The line is taken away. Ctrl-Z brings it back.");

pub const PAUSED: Text =
    t("已暂停, 暂停的时间不计入. Ctrl-T 继续.", "Paused; this time does not count. Ctrl-T goes on.");

pub const RESUMED: Text = t("继续计时.", "The timer runs on.");

pub const MINUTES_AND_WHY: Text = t(
    "写上多久和原因, 例如: 6 停电, 一直在谈; 1小时20分 停电.",
    "Write how long and why, for example: 6 power cut, we went on talking; 1 hour 20 min power cut.",
);

pub const HOW_LONG: Text =
    t("请写谈了几分钟, 如 21; 1小时20分 也行.", "How long, please: 21 for minutes, or 1 hour 20 min.");

pub const NO_GAP: Text = t("计时没有中断.", "The timer has no gap.");

pub const NOT_DECLARED: Text = t("自述撤回了: 这段中断不计.", "Not declared any more: this gap does not count.");

pub const DISCARD: Text = t(
    "再按一次 Ctrl-D 就作废: 不计走访, 记下的话都留着.",
    "Press Ctrl-D again to discard it: no visit is counted, every line is kept.",
);

pub const DISCARDED: Text = t("已作废. 记下的话都留着.", "Discarded. Every line is kept.");

pub const ENDED: Text = t("已结束.", "It has ended.");

pub const WHAT_WAS_DONE: Text = t("当场怎么解决的? 写一句, Enter 记下.", "What was done? A few words, then Enter.");

pub const NOT_BEGUN: Text = t("撤回了: 这次走访没有开始.", "Taken back: the visit was not begun.");

/// Says that a talk was taken back, of one entered later from paper that it was that.
pub const fn talk_not_begun(is_later: bool) -> Text {
    if is_later {
        t("撤回了补录的夜话.", "The talk entered later was taken back.")
    } else {
        t("撤回了刚开的夜话.", "The talk just begun was taken back.")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::{Path, PathBuf};

    /// The pages of a visit and a talk, with the rooms behind them.
    const PAGES: [&str; 5] = ["alike", "resume", "visit", "talk", "wrapup"];

    fn sources(at: &Path, found: &mut Vec<PathBuf>) {
        if at.is_dir() {
            for inside in std::fs::read_dir(at).unwrap() {
                sources(&inside.unwrap().path(), found);
            }
        } else if at.extension().is_some_and(|ending| ending == "rs") {
            found.push(at.to_owned());
        }
    }

    // One of them was mended where it stood and went on as it was where it stood once more.
    #[test]
    fn no_sentence_of_a_visit_or_a_talk_stands_twice() {
        let screens = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui/screens");
        let mut files = Vec::new();
        for page in PAGES {
            sources(&screens.join(format!("{page}.rs")), &mut files);
            sources(&screens.join(page), &mut files);
        }
        let mut sentences: BTreeMap<String, usize> = BTreeMap::new();
        for file in files.into_iter().filter(|file| file.exists() && !file.ends_with("tests.rs")) {
            let source = std::fs::read_to_string(file).unwrap();
            let quoted = source.split("#[cfg(test)]").next().unwrap_or_default().split('"').skip(1).step_by(2);
            // A sentence for people ends; one that begins with a place is the same in both languages.
            for sentence in quoted.filter(|words| words.ends_with(['.', '?']) && !words.starts_with('{')) {
                *sentences.entry(sentence.to_owned()).or_default() += 1;
            }
        }
        assert!(sentences.len() > 40, "{}", sentences.len());
        let twice: Vec<_> = sentences.into_iter().filter(|(_, times)| *times > 1).collect();
        assert!(twice.is_empty(), "{twice:#?}");
    }
}
