//! Elsewhere: the commands of other pages, and where they are: the palette names them behind those of here and leads there.
//!
//! What has to be chosen or running first is said and not guessed: nothing is done on a page that nobody looks at.

use super::about::page;
use super::desk::Desk;
use super::global::{EVERYWHERE, Global, PLACES};
use super::keys::{Key, Line};
use super::otherwise::{FKeys, is_dead};
use crate::text::{Said, Text, t};

/// A command of another page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct There {
    pub line: Line,
    pub place: Text,
    pub way: Way,
}

/// How one comes to a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    /// Where one goes first; none where nothing leads to it.
    pub to: Option<Global>,
    /// What has to be done there before; empty where the page itself opens.
    pub first: Text,
}

const fn at(to: Global) -> Way {
    Way { to: Some(to), first: t("", "") }
}

const fn from(to: Global, first: Text) -> Way {
    Way { to: Some(to), first }
}

const NOWHERE: Way = Way { to: None, first: t("", "") };
const HOUSEHOLD: Text = t("先选一户", "choose a household");
const CARD: Way = from(Global::Households, HOUSEHOLD);
const VISIT: Way = from(Global::Visit, t("先开始走访", "begin a visit"));
const TALK: Way = from(Global::Talk, t("先开始夜话", "begin a talk"));
const NONE_UNFINISHED: Way = Way { to: None, first: t("现在没有", "there is none now") };
const ISSUE: Way = from(Global::Issues, t("先打开一件", "open an issue"));

/// The ways to the pages, by their Chinese names up to a colon.
const WAYS: [(&str, Way); 44] = [
    ("本机", at(Global::Laptop)),
    ("口令", at(Global::Passphrase)),
    ("换口令", at(Global::Passphrase)),
    ("住户", at(Global::Households)),
    ("新建住户", from(Global::Households, t("先按 Ctrl-N", "Ctrl-N first"))),
    ("按村组看", from(Global::Households, t("先按 Ctrl-G", "Ctrl-G first"))),
    ("户卡", CARD),
    ("改资料", CARD),
    ("改一项", CARD),
    ("选一项", CARD),
    ("家庭成员", CARD),
    ("预约", CARD),
    ("补录", CARD),
    ("往来记录", CARD),
    ("记录来历", CARD),
    ("同一户", CARD),
    ("移到别户", CARD),
    ("走访", VISIT),
    ("结束页", VISIT),
    ("没结束的走访", NONE_UNFINISHED),
    ("开始夜话", at(Global::Talk)),
    ("夜话", TALK),
    ("夜话结束", TALK),
    ("问题", at(Global::Issues)),
    ("一件问题", ISSUE),
    ("走一步", ISSUE),
    ("合并", at(Global::Exchange)),
    ("合并的文件夹", from(Global::Exchange, t("先按 Tab", "Tab first"))),
    ("涉及的户", from(Global::Exchange, t("先按 Right", "Right first"))),
    ("更正时间", from(Global::Exchange, t("先按 7", "7 first"))),
    ("活动密钥", at(Global::CampaignKey)),
    ("活动结束", at(Global::HandOver)),
    ("导入名册", at(Global::Import)),
    ("导入过的名册", at(Global::Imports)),
    ("试试终端", at(Global::Check)),
    ("待核对", at(Global::Doubts)),
    ("不一致", at(Global::Disputes)),
    ("同户不同项", from(Global::Disputes, t("先按 0", "0 first"))),
    ("新旧名册对照", at(Global::Compared)),
    ("疑似重复户", at(Global::Twins)),
    ("合过的户", at(Global::Twins)),
    ("帮助", at(Global::Help)),
    ("为什么", at(Global::Why)),
    ("换人", at(Global::Speak)),
];

const END_VISIT: Way = from(Global::Visit, t("先结束走访", "end the visit"));
const END_TALK: Way = from(Global::Talk, t("先结束夜话", "end the talk"));

/// What is otherwise while a visit runs: its page is open, and what begins another one waits.
const IN_VISIT: [(&str, Way); 5] = [
    ("走访", at(Global::Visit)),
    ("结束页", from(Global::Visit, t("先按 F8", "F8 first"))),
    ("开始夜话", END_VISIT),
    ("夜话", END_VISIT),
    ("夜话结束", END_VISIT),
];

/// What is otherwise while a talk runs.
const IN_TALK: [(&str, Way); 5] = [
    ("夜话", at(Global::Talk)),
    ("夜话结束", from(Global::Talk, t("先按 F8", "F8 first"))),
    ("开始夜话", END_TALK),
    ("走访", END_TALK),
    ("结束页", END_TALK),
];

const UNFINISHED: Way = from(Global::Visit, t("先定没结束的", "the unfinished first"));

/// What is otherwise while a visit or a talk of before waits to be gone on with or ended.
const WHILE_UNFINISHED: [(&str, Way); 5] = [
    ("没结束的走访", at(Global::Visit)),
    ("走访", UNFINISHED),
    ("结束页", UNFINISHED),
    ("夜话", UNFINISHED),
    ("夜话结束", UNFINISHED),
];

/// What there is now that changes the ways.
#[derive(Debug, Clone, Copy)]
pub(super) enum Under {
    Nothing,
    Visit,
    Talk,
    Unfinished,
}

impl Under {
    /// Looks what runs, or was interrupted.
    pub fn way(desk: &Desk) -> Self {
        match (desk.session.running(), desk.session.interrupted()) {
            (Some(running), _) if running.is_talk() => Self::Talk,
            (Some(_), _) => Self::Visit,
            (None, Some(_)) => Self::Unfinished,
            (None, None) => Self::Nothing,
        }
    }
}

/// Gives the way to a page, as it is now.
fn way(page: &str, under: Under) -> Way {
    let now: &[(&str, Way)] = match under {
        Under::Nothing => &[],
        Under::Talk => &IN_TALK,
        Under::Visit => &IN_VISIT,
        Under::Unfinished => &WHILE_UNFINISHED,
    };
    let found = now.iter().chain(&WAYS).find(|(name, _)| *name == page);
    found.map_or(NOWHERE, |(_, way)| *way)
}

/// A place with its hint and rows, as the reference has it.
type Place = (Text, Option<Text>, Vec<Line>);

/// Gives the rows of all other places that cannot be chosen here, one of those that one page has several times, or that are said to be
/// in the same place.
pub(super) fn of(places: Vec<Place>, here: Text, here_too: &[Line], under: Under) -> Vec<There> {
    let mut all: Vec<There> = Vec::new();
    for (place, _, lines) in places.into_iter().filter(|(place, ..)| *place != here) {
        let way = way(page(place.zh), under);
        for line in lines {
            let is_here = here_too.iter().any(|own| own.words == line.words);
            let is_said_so = |one: &There| one.way == way && !way.first.zh.is_empty();
            let is_there =
                |one: &There| one.line.words == line.words && (page(one.place.zh) == page(place.zh) || is_said_so(one));
            if !is_here && !all.iter().any(is_there) {
                all.push(There { line, place, way });
            }
        }
    }
    all
}

impl There {
    /// Tells whether what runs has to end before.
    pub fn waits(&self) -> bool {
        [END_VISIT, END_TALK, UNFINISHED].contains(&self.way)
    }

    /// Tells whether nothing has to be done before.
    pub fn is_open(&self) -> bool {
        self.way.to.is_some() && self.way.first.zh.is_empty()
    }

    /// Says where it is, as it stands beside it: `F7 合并, 4`.
    pub fn place(&self, desk: &Desk) -> String {
        let lang = desk.lang;
        if !self.way.first.zh.is_empty() {
            return self.first(desk);
        }
        let row = PLACES.rows.iter().find(|row| Some(row.action) == self.way.to);
        let f_key = row.filter(|row| !is_dead(&row.line(), desk.terminal)).and_then(|row| row.keys.first());
        let key = self.key(desk);
        let key = if key.is_empty() { key } else { format!(", {key}") };
        let f_key = f_key.map(|key| format!("{key} ")).unwrap_or_default();
        format!("{f_key}{}{key}", page(self.place.get(lang)))
    }

    /// Says what has to be done there before; an F-key that does nothing is the palette's too, as nobody is on that page yet.
    fn first(&self, desk: &Desk) -> String {
        FKeys::named(desk.terminal, []).in_words(self.way.first.get(desk.lang))
    }

    /// Names its key there; the palette's where that is an F-key that does nothing.
    fn key(&self, desk: &Desk) -> String {
        if is_dead(&self.line, desk.terminal) { Key::Ctrl('p').to_string() } else { self.line.key() }
    }

    /// Tells whether its own page opens, as far as one can see from here.
    pub fn leads_to_its_page(&self) -> bool {
        self.is_open() && self.place != EVERYWHERE.place
    }

    /// Says that its page is open and has not come to it: a file has to be chosen first, something has to be there.
    pub fn said_of_later(&self, desk: &Desk) -> Said {
        let key = self.key(desk);
        let key = if key.is_empty() { Key::Esc.to_string() } else { key };
        let words = t(
            "{what}: 这一页还没到那一步. 键是 {page} 里的 {key}.",
            "{what}: this page has not come to it. The key is {key} ({page}).",
        );
        words.with_words("what", self.line.words).with_words("page", self.place).with("key", key)
    }

    /// Says what to press, once its page is open or where it begins; a row without a key stands in the menu.
    pub fn said(&self, desk: &Desk) -> Said {
        let key = self.key(desk);
        let key = if key.is_empty() { Key::Esc.to_string() } else { key };
        let words = match self.way {
            _ if self.place == EVERYWHERE.place => t("{what}: 按 {key}, 到处都行.", "{what}: press {key}, anywhere."),
            way if way == NONE_UNFINISHED => t("{what}: 现在没有没结束的走访.", "{what}: no visit is unfinished now."),
            Way { to: None, .. } => t(
                "{what} 在 {page} 那里用 {key}, 这里打不开.",
                "{what}: {key}, where it is about {page}. Nothing leads there from here.",
            ),
            Way { first, .. } if first == HOUSEHOLD => t(
                "{what}: {first}, Enter 打开户卡. 键是 {page} 里的 {key}.",
                "{what}: {first} first, Enter opens its card. The key is {key} ({page}).",
            ),
            Way { first, .. } if first.zh.is_empty() => {
                t("{what} 就在这一页: 按 {key}.", "{what} is on this page: press {key}.")
            }
            Way { .. } => t("{what}: {first}. 键是 {page} 里的 {key}.", "{what}: {first}. The key is {key} ({page})."),
        };
        let words = words.with_words("what", self.line.words).with("first", self.first(desk));
        words.with_words("page", self.place).with("key", key)
    }
}

#[cfg(test)]
mod tests {
    use super::{IN_TALK, IN_VISIT, NOWHERE, There, Under, WAYS, WHILE_UNFINISHED, way};
    use crate::text::{Lang, t};
    use crate::ui::about::page;
    use crate::ui::desk::Desk;
    use crate::ui::keys::{Key, Line};
    use crate::ui::{overlay, screens};

    // A page that somebody adds is in the palette, and this says whether the way to it is too.
    #[test]
    fn every_page_that_can_be_gone_to_has_its_way() {
        let none = [
            "开始",
            "输入口令",
            "第一次使用",
            "正在加口令",
            "正在算钥匙",
            "恢复码",
            "菜单",
            "命令",
            "粘贴了几行",
            "留着的几行",
            "退出以前",
            "锁屏",
            "名册",
            "演示",
            "归类条",
        ];
        let places: Vec<&str> =
            screens::places().iter().chain(&overlay::places()).map(|(place, ..)| page(place.zh)).collect();
        for place in &places {
            assert!(WAYS.iter().any(|(name, _)| name == place) != none.contains(place), "{place}");
        }
        for (name, way) in WAYS {
            assert!(places.contains(&name) && way != NOWHERE, "{name}");
        }
    }

    // `先开始走访` stood there while the visit ran, and F5 over a talk that ran promised what begins another one.
    #[test]
    fn while_a_visit_or_a_talk_runs_its_page_is_open_and_what_begins_another_waits() {
        let first = |page, under| way(page, under).first.zh;
        let none = ["走访", "夜话", "开始夜话"].map(|page| first(page, Under::Nothing));
        assert_eq!(none, ["先开始走访", "先开始夜话", ""]);
        let visit = ["走访", "结束页", "夜话", "开始夜话"].map(|page| first(page, Under::Visit));
        assert_eq!(visit, ["", "先按 F8", "先结束走访", "先结束走访"]);
        let talk = ["夜话", "夜话结束", "走访", "开始夜话"].map(|page| first(page, Under::Talk));
        assert_eq!(talk, ["", "先按 F8", "先结束夜话", "先结束夜话"]);
        // 接着来 and 作废 of an unfinished visit said 先开始走访, which is what it is not.
        let unfinished = |under| ["没结束的走访", "走访"].map(|page| first(page, under));
        assert_eq!(unfinished(Under::Nothing), ["现在没有", "先开始走访"]);
        assert_eq!(unfinished(Under::Unfinished), ["", "先定没结束的"]);
        for (name, way) in IN_VISIT.iter().chain(&IN_TALK).chain(&WHILE_UNFINISHED) {
            assert!(WAYS.iter().any(|(known, _)| known == name) && way.to.is_some(), "{name}");
        }
    }

    // 先按 F8 stood in the palette of a laptop on which no F-key does anything.
    #[test]
    fn what_comes_first_names_the_other_way_where_an_f_key_does_nothing() {
        let words = t("满意", "Satisfied");
        let line = Line { keys: &[Key::Digit(1)], words, quiet: false, itself: false, picks: false, again: false };
        let there = There { line, place: t("结束页", "Wrap-up"), way: way("结束页", Under::Visit) };
        let mut desk = Desk::for_tests();
        assert_eq!(there.place(&desk), "先按 F8");
        desk.terminal.no_f_keys = true;
        assert_eq!(there.place(&desk), "先按 Ctrl-P");
        assert_eq!(there.said(&desk).say(Lang::Zh), "满意: 先按 Ctrl-P. 键是 结束页 里的 1.");
        desk.lang = Lang::En;
        assert_eq!(there.place(&desk), "Ctrl-P first");
    }
}
