//! How the exchange page looks: the folder, its files, what is under way, and more about the selected file.

use std::path::Path;

use super::clocks::{Banner, right, righted};
use super::outcome::OfOne;
use super::{Exchange, Landing, Outcome};
use crate::app::{Brings, How, Missing, Offer, Share, Touches};
use crate::domain::local;
use crate::hanzi::clean;
use crate::text::{Lang, Said, t};
use crate::ui::canvas::{Canvas, clauses_that, columns, whole, wrap};
use crate::ui::desk::Desk;
use crate::ui::list::{Cell, Column, draw_line, fit_for};
use crate::ui::page::Screen;
use crate::ui::screens::Beside;
use crate::ui::theme::Look;

/// Rows above the list that are always there: the folder and a blank, which the first banner takes.
const ABOVE: u16 = 2;
/// Rows of what is to be said below it.
const SAID: u16 = 3;
/// Rows below it: a blank, what is to be said, one for what waits.
const BELOW: u16 = SAID + 2;
/// Rows of the list that no banner takes, where there are so many files.
const LISTED: usize = 3;

/// Households of a file that are named below the list; all of them stand on a page of their own.
const NAMED_HERE: usize = 3;

/// Laptops of which something is missing that are named for a file; there is no room for more.
const MISSING_HERE: usize = 2;

/// A file that can be merged, or was.
const USABLE: [Column; 6] = [
    Column::new(t("来自", "From"), 14).grows(2),
    Column::new(t("导出时间", "Exported"), 11).drops(1),
    Column::new(t("新", "New"), 10).right(),
    Column::new(t("已有", "Known"), 11).drops(3).right(),
    Column::new(t("不一致", "Disputed"), 10).drops(2).right(),
    Column::new(t("情况", "State"), 10).grows(1).worded(),
];
/// A file that cannot.
const REFUSED: [Column; 2] = [Column::new(t("文件", "File"), 16), Column::new(t("情况", "State"), 20).grows(1)];

/// Gives the name of a file, fit to be shown.
pub(super) fn file_name(path: &Path) -> String {
    clean::line(&path.file_name().map_or_else(|| path.to_string_lossy(), std::ffi::OsStr::to_string_lossy))
}

impl Exchange {
    /// Gives the rows above the list on a page of so many columns and rows.
    fn above(&self, size: (u16, u16), lang: Lang) -> u16 {
        ABOVE.max(1 + u16::try_from(self.banner_rows(size, lang).len()).unwrap_or(0))
    }

    /// Gives the rows that the list has there.
    pub(super) fn window(&self, size: (u16, u16), lang: Lang) -> u16 {
        size.1.saturating_sub(self.above(size, lang) + BELOW).max(1)
    }

    /// Gives the rows between the folder and the list: a banner that is too long for one has two, where the list has no use for it.
    pub(super) fn banner_rows(&self, (width, height): (u16, u16), lang: Lang) -> Vec<String> {
        let banners = self.banners();
        let listed = self.offers.len().clamp(1, LISTED);
        let mut spare = usize::from(height.saturating_sub(1 + BELOW)).saturating_sub(banners.len() + listed);
        let mut rows = Vec::new();
        for Banner { said, short } in banners {
            let said = said.say(lang);
            let wrapped = wrap(&said, usize::from(width.saturating_sub(2)));
            if let Some(short) = short.filter(|_| wrapped.len() > 1 + spare.min(1)) {
                rows.push(short.say(lang));
                continue;
            }
            let first = wrapped.first().map_or(0, String::len);
            match said.split_at_checked(first) {
                Some((first, rest)) if spare > 0 && !rest.is_empty() => {
                    spare -= 1;
                    rows.extend([first.to_owned(), rest.trim_start().to_owned()]);
                }
                _ => rows.push(said),
            }
        }
        rows
    }

    pub(super) fn drawn(&self, canvas: &mut Canvas<'_>) {
        self.draw_folder(canvas);
        let (size, lang) = ((canvas.width(), canvas.height()), canvas.desk.lang);
        for (y, row) in (1..).zip(self.banner_rows(size, lang)) {
            canvas.write_clauses(1, y, canvas.width().saturating_sub(2), &row, Look::Late);
        }
        let (above, rows) = (self.above(size, lang), self.window(size, lang));
        let shown = self.list.shown(canvas, self.offers.len(), rows);
        let line = |offer: &Offer| match &offer.state {
            Ok(brings) => (USABLE.as_slice(), cells(canvas, brings, self.came.of(&offer.file))),
            Err(trouble) => {
                let cells = vec![(file_name(&offer.file), Look::Plain), (canvas.say(&trouble.said), Look::Late)];
                (REFUSED.as_slice(), cells)
            }
        };
        let lines: Vec<_> = self.offers.get(shown.clone()).unwrap_or_default().iter().map(line).collect();
        for ((y, index), (shape, cells)) in (above..).zip(shown).zip(&lines) {
            let alike = lines.iter().filter(|(other, _)| other.len() == shape.len());
            let widths = fit_for(shape, canvas.width(), alike.map(|(_, cells)| cells.as_slice()));
            let selected = !self.typing && self.list.is_selected(index, self.offers.len());
            draw_line(canvas, y, shape, &widths, cells, selected);
        }
        // Where nothing is listed what is to be said follows the title: a tall window is empty below.
        let mut free = above;
        if let Some(trouble) = &self.absent {
            free += 1 + canvas.write_wrapped(2, above, rows, &canvas.say(&trouble.told()), Look::Late);
        } else if self.offers.is_empty() && self.looking.is_none() && self.folder.is_some() && !self.typing {
            let words = t(
                "这里没有导出包 (.zfb). 按 4 把这台电脑的记录导出到这里.",
                "No export files (.zfb) here. 4 exports this laptop's records to this folder.",
            );
            free += 1 + canvas.write_told(2, above, rows, canvas.words(words), Look::Dim);
        }
        let last = size.1.saturating_sub(BELOW - 1);
        self.draw_below(canvas, if self.offers.is_empty() { free.min(last) } else { last });
    }

    /// Gives what is known of the selected file: whose it is, what it would bring, and which households it changes.
    pub(super) fn known(&self, desk: &Desk) -> Option<Beside> {
        let offer = self.offers.get(self.selected()).filter(|_| !self.typing)?;
        let mut beside = Beside::titled(file_name(&offer.file));
        let brings = match &offer.state {
            Ok(brings) => brings,
            Err(trouble) => {
                let said = trouble.said.clone();
                beside.tell(trouble.hint.as_deref().cloned().into_iter().fold(said, Said::then), Look::Late);
                return beside.filled();
            }
        };
        let people: Vec<String> = brings.people.iter().map(|name| clean::line(name)).collect();
        beside.fact(t("小组", "group"), clean::line(&brings.group));
        beside.fact(t("谁", "people"), people.join(", "));
        let exported = right(desk, brings);
        let day = local::short_day_beside(exported, desk.now.wall_ms);
        beside.fact(t("导出时间", "exported"), format!("{day} {}", local::clock(exported)));
        beside.fact(t("新", "new"), t("{n} 条", "{n}").with("n", brings.in_turn.fresh).say(desk.lang));
        beside.fact(t("已有", "known"), t("{n} 条", "{n}").with("n", brings.in_turn.repeated).say(desk.lang));
        let Some(foreseen) = &brings.foreseen else { return beside.filled() };
        beside.fact(t("不一致", "disputed"), t("{n} 处", "{n}").with("n", foreseen.disputes).say(desk.lang));
        beside.fact(t("涉及", "changes"), t("{n} 户", "{n}").with("n", foreseen.households.count()).say(desk.lang));
        beside.gap();
        for one in &foreseen.households.first {
            let look = if matches!(one.how, How::Disputed(_)) { Look::Soon } else { Look::Plain };
            beside.say(format!("{}  {}  {}", one.whose.say(desk.lang), one.place, one.how.said().say(desk.lang)), look);
        }
        beside.filled()
    }

    fn draw_folder(&self, canvas: &mut Canvas<'_>) {
        let x = canvas.write(1, 0, canvas.words(t("合并   ", "Exchange   ")), Look::Strong);
        if self.typing {
            let x = canvas.write(x, 0, canvas.words(t("文件夹: ", "Folder: ")), Look::Plain);
            canvas.field(x, 0, &self.field, true);
            return;
        }
        let Some(folder) = &self.folder else { return };
        let is_stick = self.around.iter().any(|found| found.stick && found.path == *folder);
        let kind = if is_stick { t("U盘 ", "stick ") } else { t("", "") };
        let found = match self.looking {
            Some(_) => t("正在看里面的导出包 {far}…", "looking {far}…").with("far", self.far()),
            None if self.absent.is_some() => t("没有这个文件夹", "no such folder").into(),
            None => found(&self.offers),
        };
        let path = whole(&folder.display().to_string());
        let place = format!("{}{path}   {}", canvas.words(kind), canvas.say(&found));
        canvas.write_clauses(x, 0, canvas.width(), &place, Look::Plain);
    }

    /// Says from row `y` on what is to be said, and in the last row what waits.
    fn draw_below(&self, canvas: &mut Canvas<'_>, y: u16) {
        let (said, look) = self.below(canvas.desk);
        let said = canvas.say(&said);
        write_below(canvas, y, &said, look);
        let session = &canvas.desk.session;
        let mut waits = Vec::new();
        match session.not_exported() {
            0 => {}
            count if self.typing => waits.push(t("待导出 {n} 条", "{n} to export").with("n", count)),
            // A narrow footer has no room for the key.
            count => waits.push(t("待导出 {n} 条, 按 4", "{n} to export (4)").with("n", count)),
        }
        if let Some(house) = session.house() {
            let (disputed, doubts_left) = house.shelf(|shelf, _| (shelf.disputed().len(), shelf.doubts()));
            // While the folder is being typed, digits are part of its name.
            let (disputes, doubts) = if self.typing {
                (t("不一致 {n} 处", "{n} disputed"), t("待核对 {n} 处", "{n} in doubt"))
            } else {
                (t("不一致 {n} 处, 按 2 看", "{n} disputed (2)"), t("待核对 {n} 处, 按 1 看", "{n} in doubt (1)"))
            };
            if disputed > 0 {
                waits.push(disputes.with("n", disputed));
            }
            if doubts_left > 0 {
                waits.push(doubts.with("n", doubts_left));
            }
        }
        if session.device().copied && !self.typing {
            waits.push(t("本机像是两台: 看过了按 0", "this laptop seems two (0 once seen)").into());
        }
        match self.missing.iter().map(|missing| missing.count).sum::<u64>() {
            0 => {}
            count => waits.push(t("缺 {n} 条", "{n} missing").with("n", count)),
        }
        let waits: Vec<String> = waits.iter().map(|said| canvas.say(said)).collect();
        canvas.write_clauses(2, canvas.height().saturating_sub(1), canvas.width(), &waits.join("   "), Look::Dim);
    }

    /// Gives in full what stands above and below the list and has no room there: a number that is read aloud and the key that does
    /// something about a file are at its end.
    pub(super) fn cut_short(&self, desk: &Desk) -> Option<Said> {
        let width = Beside::own(self.beside(desk), desk).width;
        let banners = self
            .banners()
            .into_iter()
            .map(|banner| banner.said)
            .filter(|said| columns(&said.say(desk.lang)) > width.saturating_sub(2));
        let (below, _) = self.below(desk);
        let below = (wrap(&below.say(desk.lang), below_room(width)).len() > usize::from(SAID)).then_some(below);
        banners.chain(below).reduce(Said::apart)
    }

    /// Says how far the job under way is, once it takes long.
    fn far(&self) -> String {
        self.percent.map_or_else(String::new, |percent| format!("{percent}% "))
    }

    /// Says what is under way, else what came of it, else more about the selected file.
    fn below(&self, desk: &Desk) -> (Said, Look) {
        if let Some(merging) = &self.merging {
            let words = t(
                "正在合并 {n} / {of}, 核对 {far}… 可以接着做别的, 打的字都在.",
                "Merging {n} of {of}, verifying {far}… You can go on with other things.",
            );
            let number = (merging.files + 1).min(merging.of);
            return (words.with("n", number).with("of", merging.of).with("far", self.far()), Look::Accent);
        }
        let left = desk.session.unapplied();
        if left > 0 {
            let words = t(
                "已经存好, 正在列入, 还有 {n} 条. 可以接着做别的.",
                "Safely recorded; being listed, {n} to go. You can go on with other things.",
            );
            return (words.with("n", left), Look::Accent);
        }
        if self.exporting.is_some() {
            let words =
                t("正在导出并读回核对 {far}… 先别拔U盘.", "Exporting and reading back {far}… leave the stick in.");
            return (words.with("far", self.far()), Look::Accent);
        }
        if let Some(Outcome { said, well }) = self.outcome.as_ref() {
            return (said.clone(), if *well { Look::Strong } else { Look::Late });
        }
        if self.key.is_some() && !self.typing {
            let words = t(
                "这里有活动密钥: 按 8 收下, 以后导出的都加密.",
                "The campaign key lies here: 8 takes it, and exports are sealed from now on.",
            );
            return (words.into(), Look::Accent);
        }
        if self.typing {
            let words = if self.around.is_empty() {
                t(
                    "没找到U盘. 请插上U盘后按 Ctrl-F, 或输入文件夹再按 Enter.",
                    "No stick found. Put one in and press Ctrl-F, or type a folder and press Enter.",
                )
            } else {
                t(
                    "输入文件夹或导出包, 再按 Enter. Tab 换下一个找到的.",
                    "Type a folder or an export file, then Enter. Tab takes the next folder found.",
                )
            };
            return (words.into(), Look::Plain);
        }
        if let (None, Landing::Said(folder)) = (&self.folder, &self.landing) {
            let words = t(
                "没找到U盘. 再按一次 4 就导出到 {dir}; 要导到U盘, 插上后按 Ctrl-F 再按 4.",
                "No stick found. 4 once more exports to {dir}; for a stick put one in, press Ctrl-F, then 4.",
            );
            return (words.with("dir", folder.display()), Look::Late);
        }
        if self.folder.is_none() && self.finding.is_none() {
            let words = t(
                "没找到U盘. 请插上U盘后按 Ctrl-F, 或输入文件夹再按 Enter. 4 导出.",
                "No stick found. Put one in and press Ctrl-F, or type a folder and press Enter. 4 exports.",
            );
            return (words.into(), Look::Plain);
        }
        match self.offers.get(self.selected()) {
            Some(offer)
                if offer.state.as_ref().map_or(true, |brings| brings.alone.fresh > 0) || self.missing.is_empty() =>
            {
                (self.about(desk, offer), Look::Plain)
            }
            // What has not come is asked for, and never blocks the rest.
            _ => {
                let all = self.missing.iter().map(Missing::said);
                let all = all.reduce(|all, one| behind(behind(all, t("; ", "; ")), one));
                (all.unwrap_or_else(|| t("", "").into()), Look::Soon)
            }
        }
    }
}

/// Says something behind something else, with nothing between.
fn behind(first: Said, next: impl Into<Said>) -> Said {
    Said::from(t("{first}{next}", "{first}{next}")).with_words("first", first).with_words("next", next)
}

/// Gives the columns that a sentence below the list has.
fn below_room(width: u16) -> usize {
    usize::from(width.saturating_sub(2))
}

/// Writes what is to be said below the list; where it is cut it says how one reads the rest.
fn write_below(canvas: &mut Canvas<'_>, y: u16, said: &str, look: Look) {
    let lines = wrap(said, below_room(canvas.width()));
    if lines.len() <= usize::from(SAID) {
        canvas.write_wrapped(2, y, SAID, said, look);
        return;
    }
    let (whole, last) = (canvas.words(t("全文 Ctrl-W", "whole: Ctrl-W")).to_owned(), y + SAID - 1);
    let at = canvas.width().saturating_sub(columns(&whole));
    let rows = |said: &str| wrap(said, below_room(canvas.width()));
    let has_room = |rows: &[String]| {
        let last = rows.get(usize::from(SAID - 1)).map_or(0, |last| columns(last));
        rows.len() <= usize::from(SAID) && last + 4 <= at
    };
    let lines = clauses_that(said, |said| has_room(&rows(said))).map_or(lines, rows);
    for (y, line) in (y..=last).zip(&lines) {
        let room = if y == last { at.saturating_sub(4) } else { canvas.width() };
        canvas.write_cut(2, y, room, line, look);
    }
    canvas.write(at, last, whole, look);
}

/// Counts the files that can be used, and those that cannot.
fn found(offers: &[Offer]) -> Said {
    let usable = offers.iter().filter(|offer| offer.state.is_ok()).count();
    match offers.len() - usable {
        0 => t("找到 {n} 个导出包", "{n} export {n:file|files}").with("n", usable),
        others => {
            let said = t("找到 {n} 个导出包, {m} 个不能用", "{n} export {n:file|files}, {m} not usable");
            said.with("n", usable).with("m", others)
        }
    }
}

/// Says which households a file changes: how many, and the first of them by name; none where it changes none.
fn households(touches: &Touches) -> Option<Said> {
    let names = touches.first.iter().take(NAMED_HERE).map(|one| {
        match one.how {
            How::Disputed(_) | How::Joined => {
                Said::from(t("{head} ({how})", "{head} ({how})")).with_words("how", one.how.said())
            }
            How::Changed | How::New => t("{head}", "{head}").into(),
        }
        .with_words("head", one.whose.clone())
    });
    let names = names.reduce(|all, one| {
        Said::from(t("{all}, {one}", "{all}, {one}")).with_words("all", all).with_words("one", one)
    })?;
    let words = t(" 涉及 {n} 户: {names}. Right 看全部.", " It changes {n}: {names}. Right shows all.");
    Some(Said::from(words).with("n", touches.count()).with_words("names", names))
}

/// Gives the cells of a file's line: what it would bring, or what came of it where it was merged here.
fn cells(canvas: &Canvas<'_>, brings: &Brings, came: Option<&OfOne>) -> Vec<Cell> {
    let first = brings.people.first().map_or("", String::as_str);
    let exported = right(canvas.desk, brings);
    let now = canvas.desk.now.wall_ms;
    // Of another year the day is what matters, and there is no room for both.
    let is_this_year = local::short_day_beside(exported, now) == local::short_day(exported);
    let at = if is_this_year {
        format!("{} {}", local::short_day(exported), local::clock(exported))
    } else {
        local::short_day_beside(exported, now)
    };
    // What brings something new is another file, put where the merged one lay.
    let came = came.filter(|_| brings.alone.fresh == 0);
    let foreseen = || brings.foreseen.as_ref().map(|foreseen| foreseen.disputes);
    let (fresh, repeated, disputes) = match came {
        Some(OfOne { merged, disputes }) => (merged.fresh, merged.repeated, *disputes),
        None => (brings.in_turn.fresh, brings.in_turn.repeated, foreseen()),
    };
    let disputed = disputes.map(|count| t("不一致 {n}", "{n} disputed").with("n", count));
    let say = |said: Said| canvas.say(&said);
    let (state, look) = match (brings.alone.is_empty(), brings.own) {
        (true, _) if came.is_some() => (t("刚合并的", "merged now"), Look::Strong),
        (true, true) => (t("本机导出的", "from here"), Look::Dim),
        (true, false) if brings.outdated.is_some() => (t("旧的一次", "older"), Look::Dim),
        (true, false) => (t("已合并过", "merged"), Look::Dim),
        (_, true) => (t("像是两台", "two of it?"), Look::Late),
        _ if brings.trust.is_doubtful() => (t("要问清", "ask first"), Look::Late),
        _ if brings.in_turn.is_empty() => (t("上面的都有", "all above"), Look::Dim),
        _ => (t("可合并", "can merge"), Look::Accent),
    };
    vec![
        (clean::line(&format!("{} {first}", brings.group)), Look::Plain),
        (at, Look::Plain),
        // Of a whole roster the number is what matters.
        (
            say(if fresh < 10_000 { t("新 {n} 条", "{n} new") } else { t("新 {n}", "{n} new") }.with("n", fresh)),
            Look::Plain,
        ),
        (say(t("已有 {n}", "{n} known").with("n", repeated)), Look::Plain),
        (disputed.map_or_else(String::new, say), Look::Plain),
        (canvas.words(state).to_owned(), look),
    ]
}

impl Exchange {
    /// Says more about a file: its name, everyone it comes from, what is odd about it.
    fn about(&self, desk: &Desk, offer: &Offer) -> Said {
        let mut said = t("{file}: ", "{file}: ").with("file", file_name(&offer.file));
        match &offer.state {
            Err(trouble) => said = behind(said, trouble.told()),
            Ok(brings) => {
                let people: Vec<String> = brings.people.iter().map(|name| clean::line(name)).collect();
                let from = t("来自 {group} {people}.", "from {group} {people}.");
                said = behind(said, from.with("group", clean::line(&brings.group)).with("people", people.join(", ")));
                if let Some(households) = brings.foreseen.as_ref().and_then(|foreseen| households(&foreseen.households))
                {
                    said = behind(said, households);
                }
                if let Some(newer) = brings.outdated.filter(|_| !brings.own) {
                    let newer = righted(desk, brings, newer);
                    let words = t(
                        " 旧的一次导出: {day} {time} 导出的已经合并过, 这里没有新的.",
                        " An older export: the one of {day} {time} was merged already, and nothing here is new.",
                    );
                    let words = words.with("day", local::short_day_beside(newer, desk.now.wall_ms));
                    said = behind(said, words.with("time", local::clock(newer)));
                }
                if let Some(trust) = brings.trust.said().filter(|_| !brings.own) {
                    said = behind(said, t(" {trust}.", " It is {trust}.").with_words("trust", trust));
                    if brings.trust.is_doubtful() {
                        said = behind(said, t(" 问清是他们的, 按 9.", " Once it is surely theirs: 9."));
                    }
                }
                if let Some(doubt) = self.doubt(desk, brings) {
                    let words = t(" {doubt}, 请核对两边的时间.", " Mind: {doubt}; check both clocks.");
                    said = behind(said, words.with_words("doubt", doubt));
                }
                if brings.alone != brings.in_turn && !brings.alone.is_empty() {
                    let words =
                        t(" 只合并这一个: 新 {fresh} 条, 已有 {known}.", " Merged alone: {fresh} new, {known} known.");
                    let Share { fresh, repeated, .. } = brings.alone;
                    said = behind(said, words.with("fresh", fresh).with("known", repeated));
                }
                if brings.in_turn.quarantined > 0 {
                    let words = t(
                        " 有 {n} 条与这里同号而内容不同, 会另存, 不并入.",
                        " {n} have the name of a known record but other content; they will be kept apart.",
                    );
                    said = behind(said, words.with("n", brings.in_turn.quarantined));
                }
                for missing in brings.missing.iter().take(MISSING_HERE) {
                    let words = t(" 合并以后还{missing}.", " Still missing then: {missing}.");
                    said = behind(said, words.with_words("missing", missing.said()));
                }
            }
        }
        said
    }
}
