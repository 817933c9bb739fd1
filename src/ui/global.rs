//! Commands that work everywhere, and the places that one key leads to.

use super::desk::Desk;
use super::keys::{Key, Line, Table, row, table};
use super::otherwise::is_dead;
use crate::app::Terminal;
use crate::text::t;

/// What can be done on every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Global {
    /// Shows the keys of this place.
    Help,
    /// Shows the numbered menu.
    Menu,
    /// Finds a command by its words.
    Palette,
    /// Leaves this page.
    Back,
    /// Goes to the households.
    Households,
    /// Goes to the issues.
    Issues,
    /// Goes to the visit that runs or was interrupted.
    Visit,
    /// Goes to the talk that runs, or begins one.
    Talk,
    /// Goes to export and merge.
    Exchange,
    /// Brings a roster in.
    Import,
    /// Goes to the rosters that were brought in.
    Imports,
    /// Goes to the cells in doubt.
    Doubts,
    /// Goes to what people disagree about.
    Disputes,
    /// Goes to what the newest rosters say otherwise.
    Compared,
    /// Goes to the families entered twice.
    Twins,
    /// Makes the campaign's key, or hands it out again.
    CampaignKey,
    /// Hands over to the office at the end.
    HandOver,
    /// Tries what this terminal can do.
    Check,
    /// Takes back text, else the last thing recorded.
    Undo,
    /// Explains a number.
    Why,
    /// Hides what other eyes should not see.
    Cover,
    /// Changes who speaks.
    Speak,
    /// Turns the bell at the minimum off.
    BellOff,
    /// Turns it on again.
    BellOn,
    /// Says that the laptop's clock is right although it went back.
    ClockRight,
    /// Blanks the screen; what runs goes on.
    Lock,
    /// Changes who this laptop is: its people, group, code and phone.
    Laptop,
    /// Sets or changes the passphrase.
    Passphrase,
    /// Says that there is nothing to save.
    Save,
    /// Ends the program when pressed twice.
    Interrupt,
    /// Ends the program.
    Quit,
}

/// The places: those on the keys F2 to F9, which the menu numbers 02 to 09, and those that palette and menu alone lead to.
/// A place stands here once its page does.
pub(super) static PLACES: Table<Global> = table(
    t("去哪里", "Places"),
    &[
        row(&[Key::F(2)], t("住户", "Households"), Global::Households),
        row(&[Key::F(4)], t("问题", "Issues"), Global::Issues),
        row(&[Key::F(5)], t("夜话", "Talk"), Global::Talk),
        row(&[Key::F(7)], t("合并", "Exchange"), Global::Exchange),
        row(&[], t("导入名册", "Import a roster"), Global::Import),
        row(&[], t("导入过的名册", "Rosters brought in"), Global::Imports),
        row(&[], t("待核对", "Cells in doubt"), Global::Doubts),
        row(&[], t("疑似重复户", "Entered twice"), Global::Twins),
        row(&[], t("不一致", "Disagreements"), Global::Disputes),
        row(&[], t("新旧名册对照", "Rosters compared"), Global::Compared),
        row(&[], t("试试这个终端", "Try this terminal"), Global::Check),
        row(&[], t("本机", "This laptop"), Global::Laptop),
        row(&[], t("口令", "Passphrase"), Global::Passphrase),
        row(&[], t("活动密钥", "Campaign key"), Global::CampaignKey),
        row(&[], t("活动结束", "When all is over"), Global::HandOver),
    ],
);

/// The commands of every page; the first ones end every footer.
pub(super) static EVERYWHERE: Table<Global> = table(
    t("到处都能用", "Everywhere"),
    &[
        row(&[Key::Esc], t("菜单", "Menu"), Global::Menu),
        row(MENU, t("菜单", "Menu"), Global::Menu),
        row(&[Key::F(1)], t("帮助", "Help"), Global::Help),
        row(PALETTE, t("命令", "Commands"), Global::Palette),
        row(&[], t("返回", "Back"), Global::Back),
        row(&[Key::Ctrl('o')], t("回到走访", "The running visit"), Global::Visit),
        row(&[Key::Ctrl('z')], t("撤回", "Take back"), Global::Undo),
        row(&[Key::Ctrl('w')], t("为什么", "Why"), Global::Why),
        row(&[Key::Ctrl('b')], t("遮挡", "Cover"), Global::Cover),
        row(&[Key::Ctrl('r')], t("换人", "Who speaks"), Global::Speak),
        row(&[Key::Ctrl('l')], t("锁屏", "Lock"), Global::Lock),
        row(&[], t("铃声: 关", "Turn the bell off"), Global::BellOff),
        row(&[], t("铃声: 开", "Turn the bell on"), Global::BellOn),
        row(&[], t("电脑时间没错", "The clock is right"), Global::ClockRight),
        row(&[Key::Ctrl('s')], t("保存", "Save"), Global::Save),
        row(&[Key::Ctrl('c')], t("按两次退出", "Twice to leave"), Global::Interrupt),
        row(&[Key::Ctrl('q')], t("退出", "Leave"), Global::Quit),
    ],
);

impl Global {
    /// Tells whether the page is left with it.
    pub(super) fn leads_away(self) -> bool {
        matches!(self, Self::Back | Self::Visit | Self::Quit) || self.is_place()
    }

    fn is_place(self) -> bool {
        PLACES.rows.iter().any(|row| row.action == self)
    }

    /// Tells whether it leads to a page that shows what a campaign has, or changes what is kept with one.
    pub(super) fn needs_campaign(self) -> bool {
        let keeps = matches!(self, Self::BellOff | Self::BellOn);
        keeps || self.is_place() && !matches!(self, Self::Households | Self::Check)
    }

    /// Tells whether it would change anything now.
    fn is_of_use(self, desk: &Desk) -> bool {
        match self {
            Self::BellOff => !desk.silent,
            Self::BellOn => desk.silent,
            _ => true,
        }
    }
}

/// Gives the commands of every page that would change anything now: the bell is turned off or on.
pub(super) fn everywhere(desk: &Desk) -> impl Iterator<Item = (Line, Global)> {
    EVERYWHERE.lines().zip(EVERYWHERE.rows.iter().map(|row| row.action)).filter(|(_, action)| action.is_of_use(desk))
}

/// Gives the action of a key that works everywhere.
pub(super) fn action(key: Key) -> Option<Global> {
    EVERYWHERE.action(key).or_else(|| PLACES.action(key))
}

/// Tells whether Esc opens the menu at a place, which it does unless the place has its own.
pub(super) fn has_menu(lines: &[Line]) -> bool {
    !lines.iter().any(|line| line.keys.contains(&Key::Esc))
}

/// The key of the menu where the place has its own Esc; where F10 does nothing the palette's, pressed twice, leads there.
pub(super) const MENU: &[Key] = &[Key::F(10)];
pub(super) const PALETTE: &[Key] = &[Key::Ctrl('p')];

/// Gives the rows that end every footer: the menu, by its other key where the place has its own Esc, and the help. Where there is no
/// menu on Esc, what does nothing, or is tried here, is found in the palette.
pub(super) fn tail(lines: &[Line], terminal: Terminal) -> Vec<Line> {
    let has_menu = has_menu(lines);
    let taken = if has_menu { MENU } else { &[Key::Esc] };
    let is_tried = |line: &Line| lines.iter().any(|own| own.itself && own.keys == line.keys);
    let palette = EVERYWHERE.lines().find(|line| line.keys == PALETTE);
    let all = EVERYWHERE.lines().take(3).filter(|line| line.keys != taken);
    let there = |line: Line| {
        let is_gone = !has_menu && (is_dead(&line, terminal) || is_tried(&line));
        if is_gone { palette } else { Some(line) }
    };
    let mut tail: Vec<Line> = all.filter_map(there).collect();
    tail.dedup();
    tail
}
