//! The banner of the exchange page: whose clock cannot be right, by the files that lie there and by what was merged; else which
//! laptop seems to be two.

use super::Exchange;
use crate::app::{Ask, Brings, Request, WrongClock, parted_from_own};
use crate::domain::{Writer, skew};
use crate::text::{Said, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::page::Go;
use crate::ui::screens::SetRight;
use crate::ui::theme::Look;

impl Exchange {
    /// Looks whose clocks cannot be right; what an export file says of one is newer than what was merged of it.
    pub(super) fn look_at_clocks(&mut self, desk: &Desk) {
        let Some(house) = desk.session.house() else { return };
        let now_ms = desk.now.wall_ms;
        self.wrong = house.shelf(|shelf, _| {
            let mut wrong = shelf.wrong_clocks(now_ms);
            for brings in self.offers.iter().filter_map(|offer| offer.state.as_ref().ok()) {
                let right = shelf.clocks().right(brings.laptop, brings.exported_ms);
                let Some(doubt) = skew::doubt(right, now_ms) else { continue };
                let known = wrong.iter().position(|one| one.laptop == brings.laptop);
                let one = WrongClock {
                    laptop: brings.laptop,
                    who: whose(brings),
                    reading: brings.exported_ms,
                    since: None,
                    doubt,
                };
                match known.and_then(|at| wrong.get_mut(at)) {
                    Some(other) => *other = one,
                    None => wrong.push(one),
                }
            }
            wrong
        });
    }

    /// Opens the page that corrects a clock: that of the selected file, else the first that is wrong.
    pub(super) fn set_right(&self) -> Go {
        let last = self.offers.len().saturating_sub(1);
        let selected = self.offers.get(self.list.selected().min(last)).and_then(|offer| offer.state.as_ref().ok());
        let its = selected.and_then(|brings| self.wrong.iter().find(|one| one.laptop == brings.laptop));
        match (its.or(self.wrong.first()), selected) {
            (Some(wrong), _) => Go::open(SetRight::of(wrong)),
            // A clock that is slow by hours shows by nothing; who knows of it may say so.
            (None, Some(brings)) if !brings.own => {
                let doubt = t("看不出错; 知道错了就填", "nothing shows; enter it where you know").into();
                let wrong = WrongClock {
                    laptop: brings.laptop,
                    who: whose(brings),
                    reading: brings.exported_ms,
                    since: None,
                    doubt,
                };
                Go::open(SetRight::of(&wrong))
            }
            _ => Go::say(t("先选中那台电脑的导出包.", "Select an export file of that laptop first.")),
        }
    }

    /// Notes an export under this laptop's own number that brings what is not known here. Once it is merged the file itself shows
    /// nothing any more: it stays said until somebody says that they saw it, on the next day as well.
    pub(super) fn note_a_copy(&mut self) {
        let mut own = self.offers.iter().filter_map(|offer| offer.state.as_ref().ok()).filter(|brings| brings.own);
        let said = own.find_map(|brings| parted_from_own(&whose(brings), brings.fresh));
        self.copied = said.or(self.copied.take());
    }

    /// Takes up what was merged under this laptop's number before the page was opened, and waits to be seen.
    pub(super) fn note_what_waits(&mut self, desk: &Desk) {
        let device = desk.session.device();
        if device.copied && self.copied.is_none() {
            let own = Writer { group: device.group, visitors: device.visitors, ..Writer::default() };
            self.copied = parted_from_own(&own, 1);
        }
    }

    /// Somebody saw it.
    pub(super) fn copy_seen(&mut self, desk: &mut Desk) -> Go {
        if self.copied.take().is_none() {
            return Go::say(t("这台电脑不像有两台.", "Nothing says that this laptop is two."));
        }
        desk.session.ask(Ask::Do(Request::new("device.copy_seen")));
        Go::say(t("知道了; 两台里只留一台.", "Noted: keep one of the two."))
    }

    /// Draws the banner above the list.
    pub(super) fn draw_banner(&self, canvas: &mut Canvas<'_>, y: u16) {
        let Some(first) = self.wrong.first() else {
            if let Some(parted) = self.copied.as_ref().or(self.parted.first()) {
                canvas.write_cut(1, y, canvas.width().saturating_sub(2), &canvas.say(parted), Look::Late);
            }
            return;
        };
        let more = match self.wrong.len() {
            1 => Said::from(t("", "")),
            count => t(" (共 {n} 台)", " ({n} laptops)").with("n", count),
        };
        let said = Said::from(t("{which}{more}. 按 7 更正", "{which}{more}: 7 corrects it"))
            .with_words("which", first.said())
            .with_words("more", more);
        canvas.write_cut(1, y, canvas.width().saturating_sub(2), &canvas.say(&said), Look::Late);
    }
}

fn whose(brings: &Brings) -> Writer {
    Writer { laptop: brings.laptop, group: brings.group.clone(), visitors: brings.people.clone(), ..Writer::default() }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::Exchange;
    use crate::app::Peer;
    use crate::domain::Writer;
    use crate::text::Lang;
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;

    #[test]
    fn a_copied_data_folder_is_said_in_one_row_with_what_to_do() {
        let who = Writer { group: "二组".into(), visitors: vec!["张文彬".into()], ..Writer::default() };
        let parted = Peer { who, is_parted: true, ..Peer::default() }.parted();
        let page = Exchange { parted: parted.into_iter().collect(), ..Exchange::default() };
        for (lang, end) in [(Lang::Zh, "另一台导出后换新文件夹"), (Lang::En, "start the other anew")] {
            let (area, mut desk) = (Rect::new(0, 0, 80, 3), Desk::for_tests());
            desk.lang = lang;
            let mut buffer = Buffer::empty(area);
            page.draw_banner(&mut Canvas::new(&mut buffer, &mut None, area, &desk), 1);
            let said = lines(&buffer).join("\n");
            assert!(said.contains("二组 张文彬") && said.trim_end().ends_with(end), "{said}");
        }
    }
}
