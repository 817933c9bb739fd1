//! Results: what was tried, and of what does not work how it is done from now on. Where a window is low the words of what comes last
//! grow short first; a line is left to each.

use super::{Check, TRIED};
use crate::text::{Said, Text, t};
use crate::ui::canvas::{Canvas, columns, wrap};
use crate::ui::theme::Look;

/// Which of F8, F1 and F10 do nothing, the keys that are meant, and the other way of the first.
pub(super) const DEAD: [([bool; 3], &str, &str); 7] = [
    ([true, true, true], "F1-F10", "Esc 4"),
    ([true, true, false], "F1-F9", "Esc 4"),
    ([true, false, true], "F2-F10", "Esc 4"),
    ([true, false, false], "F2-F9", "Esc 4"),
    ([false, true, true], "F1, F10", "Esc 01"),
    ([false, true, false], "F1", "Esc 01"),
    ([false, false, true], "F10", "Ctrl-P"),
];

const F_KEYS: Text =
    t("{keys} 没反应: 下面一行改写别的, 如 {way}.", "{keys}: nothing; the footer names another way, such as {way}.");
const F_KEYS_SHORT: Text = t("{keys} 没反应: {way}", "{keys}: {way} instead");

/// The name of each of the others, and what is said where it does not work; in fewer columns too.
const OTHERS: [(Text, Text, Text); 4] = [
    (
        t("中文输入法", "input method"),
        t("没有汉字: 查人用拼音首字母, 如 zsf.", "no Chinese came: people are found by initials, such as zsf."),
        t("没有汉字: 打拼音首字母", "letters, such as zsf"),
    ),
    (
        t("铃声", "bell"),
        t(
            "听不见: 满 15 分钟时, 底下那句话反白, 最下一行一直写到走访结束.",
            "not heard: at 15 minutes the sentence below stands in a bar, and the footer says so until the visit ends.",
        ),
        t("听不见: 底下写已满", "not heard: it says full"),
    ),
    (
        t("字符宽度", "width"),
        t(
            "不齐: 引号, 圆圈数字等显示成相近的, 最下面提醒记下的不变.",
            "uneven: quotation marks and the like are shown as something alike; it says at the bottom that they are kept as typed.",
        ),
        t("不齐: 显示成相近的", "uneven: something alike"),
    ),
    (
        t("颜色", "colours"),
        t(
            "看不清: 以后只用粗细, 不用颜色; 超期, 快到期最下面提醒看字.",
            "not readable: bold and dim only from now on; where colours warned it says at the bottom to read the words.",
        ),
        t("看不清: 只用粗细", "bold and dim only"),
    ),
];

const WORKS: Text = t("好用", "works");
/// The lines there are at least: one for each.
pub(super) const LINES: u16 = 5;
/// The rows that one of them has at most.
const EACH: u16 = 4;

/// What is said where something does not work, and the same in fewer columns.
type Otherwise = (Said, Said);

/// Gives what was tried, by its name, and what is said where it does not work.
pub(super) fn results(missing: [bool; TRIED.len()]) -> impl Iterator<Item = (Text, Option<Otherwise>)> {
    let [f8, f1, f10, others @ ..] = missing;
    let dead = DEAD.iter().find(|(dead, ..)| *dead == [f8, f1, f10]);
    let f_keys = dead.map(|(_, keys, way)| {
        let [whole, short] = [F_KEYS, F_KEYS_SHORT].map(|words| words.with("keys", keys).with("way", way));
        (whole, short)
    });
    let others = OTHERS.into_iter().zip(others);
    let others = others.map(|((name, whole, short), missing)| (name, missing.then(|| (whole.into(), short.into()))));
    std::iter::once((t("F 键", "F-keys"), f_keys)).chain(others)
}

impl Check {
    /// Draws them from a row on.
    pub(super) fn draw_results(&self, canvas: &mut Canvas<'_>, first: u16) {
        let all: Vec<(Text, Option<Otherwise>)> = results(self.missing).collect();
        let left = all.iter().map(|(name, _)| columns(canvas.words(*name))).max().unwrap_or(0) + 4;
        let room = canvas.width().saturating_sub(left);
        let said = |otherwise: &Option<Otherwise>, is_short: bool| match otherwise {
            None => canvas.words(WORKS).to_owned(),
            Some((_, short)) if is_short => canvas.say(short),
            Some((whole, _)) => canvas.say(whole),
        };
        let rows = |words: &str| u16::try_from(wrap(words, usize::from(room)).len()).unwrap_or(EACH).min(EACH);
        let laid = |whole: usize| -> Vec<String> {
            all.iter().enumerate().map(|(at, (_, otherwise))| said(otherwise, at >= whole)).collect()
        };
        let has_room =
            |words: &Vec<String>| first + words.iter().map(|words| rows(words)).sum::<u16>() <= canvas.height();
        let words = (0..=all.len()).rev().map(laid).find(has_room).unwrap_or_else(|| laid(0));
        let heights: Vec<u16> = words.iter().map(|words| rows(words)).collect();
        let mut y = first;
        for (((name, otherwise), words), rows) in all.iter().zip(words).zip(heights) {
            canvas.write(2, y, canvas.words(*name), Look::Plain);
            let look = if otherwise.is_some() { Look::Soon } else { Look::Dim };
            canvas.part(left, y, room, rows).write_told(0, 0, rows, &words, look);
            y += rows;
        }
    }
}
