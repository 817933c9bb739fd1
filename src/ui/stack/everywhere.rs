//! Everywhere: what the commands do that work on every page.

use super::{Flow, Stack};
use crate::app::{Ask, ClockDoubt, Request};
use crate::domain::{local, skew};
use crate::hanzi::clean;
use crate::text::{Said, t};
use crate::ui::desk::Desk;
use crate::ui::frame::{self, Header};
use crate::ui::global::Global;
use crate::ui::help::Help;
use crate::ui::kept::Unkept;
use crate::ui::lock::Lock;
use crate::ui::menu::Menu;
use crate::ui::overlay::Overlay;
use crate::ui::page::Go;
use crate::ui::palette::Palette;
use crate::ui::parting::Parting;
use crate::ui::screens::{
    CampaignKey, Check, Compared, Disputes, Doubts, Exchange, HandOver, Import, Imports, Issues, Laptop, Passphrase,
    Twins,
};
use crate::ui::speaker::{self, Speaker};
use crate::ui::why::Why;

impl Stack {
    pub(super) fn everywhere(&mut self, action: Global, desk: &mut Desk) -> Flow {
        if let Some(held) = self.top().face().holds().filter(|_| action.leads_away()) {
            desk.notice = Some(held.into());
            return Flow::On;
        }
        if let Some(first) = self.root.face().comes_first().filter(|_| action.needs_campaign()) {
            desk.notice = Some(first.into());
            return Flow::On;
        }
        match action {
            Global::Quit => return self.leave(desk),
            Global::Interrupt => return self.interrupt(false, desk),
            Global::Help => self.over = Some(Overlay::Help(Help::default())),
            Global::Menu => {
                let (below, held) = (self.digits(), self.held());
                self.over = Some(Overlay::Menu(Menu::over(below, &held)));
            }
            Global::Palette => self.over = Some(Overlay::Palette(Palette::default())),
            Global::Lock => self.lock(desk),
            Global::Laptop => self.go_to(Laptop::new(desk), desk),
            Global::Passphrase => self.go_to(Passphrase::new(desk.session.is_sealed()), desk),
            Global::Speak if desk.session.speaker().is_empty() => {
                desk.notice = Some(t("还没有填姓名.", "No name was entered yet.").into());
            }
            Global::Speak => {
                let runs = desk.session.running().is_some_and(|running| !running.timer.is_paused());
                let mut speaker = Speaker::over(desk.session.visitors(), runs);
                if let Some((name, cursor)) = desk.session.draft(speaker::PLACE) {
                    speaker.field.set(&name, cursor);
                }
                self.over = Some(Overlay::Speaker(speaker));
            }
            Global::ClockRight => {
                // Files that only lie there may tell of a doubt.
                let by_files = self.top().face().clock_doubt();
                let request = Request::new("device.clock_right");
                let request = match by_files {
                    Some(ClockDoubt::Others(at)) => request.with("others", local::rfc3339(at)),
                    _ => request,
                };
                desk.notice = Some(match desk.session.clock_doubt().or(by_files) {
                    _ if desk.now.wall_ms < skew::BEGINNING_MS => frame::early(desk.now.wall_ms),
                    Some(_) => {
                        desk.session.ask(Ask::Do(request));
                        t("记下了: 现在的时间是对的.", "Noted: the clock is right now.").into()
                    }
                    None => t(
                        "本机的时间没有可疑的地方, 什么也不用记.",
                        "Nothing is doubtful about the clock here; nothing had to be noted.",
                    )
                    .into(),
                });
            }
            Global::BellOff | Global::BellOn => turn_bell(action == Global::BellOff, desk),
            Global::Why => {
                let nothing = t("这里没有要解释的数字.", "There is no number to explain here.");
                let page = self.top().face();
                // The header is looked at from every page; a visit has its own.
                let header = frame::why_waiting(desk).filter(|_| page.header(desk).right == Header::of(desk).right);
                let all = page.why(desk).into_iter().chain(header).reduce(Said::apart);
                self.over = Some(Overlay::Why(Why::of(all.unwrap_or_else(|| nothing.into()))));
            }
            Global::Back => self.go(Go::Back, desk),
            Global::Households => self.go(Go::Home, desk),
            Global::Visit => self.go_to_visit(desk),
            Global::Talk => self.go_to_talk(desk),
            Global::Issues => self.go_to(Issues::new(), desk),
            Global::Exchange => self.go_to(Exchange::new(), desk),
            Global::Import => self.go_to(Import::new(), desk),
            Global::Imports => self.go_to(Imports::new(), desk),
            Global::Doubts => self.go_to(Doubts::new(), desk),
            Global::Twins => self.go_to(Twins::new(), desk),
            Global::Disputes => self.go_to(Disputes::new(), desk),
            Global::Compared => self.go_to(Compared::new(), desk),
            Global::CampaignKey => self.go_to(CampaignKey::new(), desk),
            Global::HandOver => self.go_to(HandOver::new(), desk),
            Global::Check => self.go_to(Check::new(false), desk),
            Global::Undo => self.undo(desk),
            Global::Save => {
                desk.notice = Some(match frame::not_saved(desk) {
                    // Why nothing is open stands on the page, and nothing typed here is kept.
                    _ if self.root.face().shut().is_some() => {
                        t("没有打开, 什么也没存上.", "Nothing is open here, so nothing was saved.").into()
                    }
                    Some(trouble) => t("没存上: {why}", "Not saved: {why}").with_words("why", trouble.told()),
                    None => self
                        .unkept()
                        .map_or(t("已自动保存, 不用按保存.", "Everything is saved already."), Unkept::why)
                        .into(),
                });
            }
            Global::Cover => {
                desk.covered = !desk.covered;
                let (on, off) = (
                    t("已遮挡: 不显示病情, 电话和投诉.", "Covered: no illness, phones or complaints."),
                    t("不再遮挡.", "Uncovered."),
                );
                desk.notice = Some(if desk.covered { on } else { off }.into());
            }
        }
        Flow::On
    }

    /// Leaves; what whoever leaves should know is said first (`parting.rs`), each time: to stay is no answer to it. Over a locked screen nothing is asked: who sits there may
    /// be anybody, and nothing but the way back in takes the lock away. Where nothing is open nothing is left behind.
    pub(super) fn leave(&mut self, desk: &Desk) -> Flow {
        if self.over.as_ref().is_some_and(Overlay::hides_all) || self.root.face().shut().is_some() {
            return Flow::Leave;
        }
        // Its help lies over what asked.
        if let (Some(Overlay::Help(_)), Some(Overlay::Parting(_))) = (&self.over, self.under.last()) {
            self.uncover();
        }
        let now = Parting::of(self.half_said(), desk);
        let knows = match &self.over {
            Some(Overlay::Parting(shown)) if shown.is_unsaved() && !shown.is_answered => return Flow::On,
            Some(Overlay::Parting(shown)) => shown.covers(&now),
            _ => Parting::default().covers(&now),
        };
        if knows {
            return Flow::Leave;
        }
        // Ctrl-C as well leaves with the next one.
        self.interrupted = !now.is_unsaved();
        match &mut self.over {
            Some(Overlay::Parting(shown)) => *shown = now,
            _ => self.cover(Overlay::Parting(now)),
        }
        Flow::On
    }

    /// Gives what stands in the line of the page and where it is kept; a passphrase is not, nor what is only looked for.
    fn half_said(&mut self) -> (Option<String>, String) {
        let page = self.top_mut().face_mut();
        let place = page.draft();
        let field = page.field().filter(|field| field.place().is_ok());
        (place, field.map(|field| clean::line(field.text())).unwrap_or_default())
    }

    /// Covers the screen until somebody comes back.
    pub fn lock(&mut self, desk: &mut Desk) {
        if !matches!(self.over, Some(Overlay::Lock(_))) && !self.top().face().is_last() {
            desk.repaint = true;
            self.cover(Overlay::Lock(Lock::default()));
        }
    }
}

/// Turns the bell at the minimum off or on, for this laptop, and says what is so then.
fn turn_bell(off: bool, desk: &mut Desk) {
    desk.ask(Request::new("device.bell").with("off", off));
    let (rings, silent) = (
        t("铃声开了: 时间满了响一声.", "The bell is on: it rings once when the minutes are full."),
        t(
            "铃声关了: 时间满了不响, 进度条和 已满 照样变.",
            "The bell is off: when the minutes are full the bar and its word still change.",
        ),
    );
    desk.notice = Some(if off { silent } else { rings }.into());
}
