//! The banners of the exchange page: whose clock cannot be right, by the files that lie there and by what was merged; which laptop
//! seems to be two, this one or another.

use super::Exchange;
use crate::app::{Ask, Brings, ClockDoubt, Dated, Device, Doubted, Request, WrongClock, parted_from_own};
use crate::domain::{Clocks, Writer, local, skew};
use crate::text::{Said, t};
use crate::ui::desk::Desk;
use crate::ui::frame;
use crate::ui::page::Go;
use crate::ui::screens::SetRight;

/// Gives the moment of an export, as the clock of that laptop was corrected.
pub(super) fn right(desk: &Desk, brings: &Brings) -> i64 {
    righted(desk, brings, brings.exported_ms)
}

/// Gives a moment that the laptop of a file wrote, as its clock was corrected.
pub(super) fn righted(desk: &Desk, brings: &Brings, exported: i64) -> i64 {
    let laptop = brings.laptop;
    desk.session.house().map_or(exported, |house| house.shelf(|shelf, _| shelf.clocks().right(laptop, exported)))
}

/// Says that the clock here has to be looked at before that of any other laptop.
fn own_first(doubt: &ClockDoubt, now_ms: i64) -> Said {
    if now_ms < skew::BEGINNING_MS || *doubt == ClockDoubt::Early {
        return frame::early(now_ms);
    }
    let words = t(
        "先把本机的钟调对 (现在 {now}); 没错就按 Ctrl-P 选 电脑时间没错.",
        "First set the clock of this laptop (now {now}); if it is right, say so with Ctrl-P.",
    );
    words.with("now", format!("{} {}", local::day(now_ms), local::clock(now_ms)))
}

impl Exchange {
    /// Looks whose clocks cannot be right, by the files here as well: see `House::doubted`.
    pub(super) fn look_at_clocks(&mut self, desk: &Desk) {
        let Some(house) = desk.session.house() else { return };
        let usable = self.offers.iter().filter_map(|offer| offer.state.as_ref().ok());
        let files: Vec<Dated> = usable.map(dated).collect();
        let now_ms = desk.now.wall_ms;
        (self.own_clock, self.wrong) = match house.doubted(&desk.session.device(), now_ms, &files) {
            Doubted::Own(doubt) => {
                let said = own_first(&doubt, now_ms);
                (Some((doubt, said)), Vec::new())
            }
            Doubted::Clocks(wrong) => (None, wrong),
        };
    }

    /// Says what is wrong with the clock of the laptop that a file comes from; nothing while the clock here may be the wrong one.
    pub(super) fn doubt(&self, desk: &Desk, brings: &Brings) -> Option<Said> {
        let doubt = || skew::doubt(right(desk, brings), desk.now.wall_ms);
        if self.own_clock.is_some() { None } else { doubt() }
    }

    /// Opens the page that corrects a clock: that of the selected file where it is wrong or was corrected, else the first that is
    /// wrong, else that of the selected file.
    pub(super) fn set_right(&mut self, desk: &Desk) -> Go {
        self.look_at_clocks(desk);
        if let Some((_, own)) = &self.own_clock {
            let more = t("调对以前不更正别台的.", "Until then no other clock is corrected.");
            return Go::say(own.clone().then(more.into()));
        }
        let corrected = |laptop: u64| {
            let house = desk.session.house()?;
            house
                .shelf(|shelf, _| said_before(shelf.clocks(), laptop))
                .or_else(|| said_here(&desk.session.device(), laptop))
        };
        let last = self.offers.len().saturating_sub(1);
        let selected = self.offers.get(self.list.selected().min(last)).and_then(|offer| offer.state.as_ref().ok());
        let its = selected.and_then(|brings| self.wrong.iter().find(|one| one.laptop == brings.laptop)).cloned();
        let other = || self.wrong.first().cloned();
        // A clock that is slow by hours shows by nothing; who knows of it may say so.
        let at_hand = selected.map(|brings| {
            read_from(brings, t("看不出错; 知道错了才填", "nothing shows; only for who knows that it is wrong").into())
        });
        let was_corrected = at_hand.clone().filter(|one| corrected(one.laptop).is_some());
        let any = at_hand.filter(|_| selected.is_some_and(|brings| !brings.own));
        match its.or(was_corrected).or_else(other).or(any) {
            Some(wrong) => Go::open(SetRight::of(&wrong, corrected(wrong.laptop))),
            None => Go::say(t("先选中那台电脑的导出包.", "Select an export file of that laptop first.")),
        }
    }

    /// Notes an export under this laptop's own number that brings what is not known here. Once it is merged the file itself shows
    /// nothing any more: it stays said until somebody says that they saw it, on the next day as well.
    pub(super) fn note_a_copy(&mut self) {
        let mut own = self.offers.iter().filter_map(|offer| offer.state.as_ref().ok()).filter(|brings| brings.own);
        let said = own.find_map(|brings| parted_from_own(&whose(brings), brings.alone.fresh));
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
            return Go::say(match self.parted.first() {
                // It is said of another one: nobody here has anything to answer for.
                Some(_) => t(
                    "像是两台的不是本机. 照上面说的办, 合并齐了就不再提.",
                    "It is not this laptop that seems two. Do as said above; once all of it is merged it is said no more.",
                ),
                None => t("这台电脑不像有两台.", "Nothing says that this laptop is two."),
            });
        }
        desk.session.ask(Ask::Do(Request::new("device.copy_seen")));
        Go::say(t("知道了; 两台里只留一台.", "Noted: keep one of the two."))
    }

    /// Gives what stands between the folder and the list: whose clock cannot be right, that this laptop seems to be two,
    /// that another one does. None of them hides another.
    pub(super) fn banners(&self) -> Vec<Said> {
        let clock = self.wrong.first().map(|first| {
            Said::from(t("{which}{more}. 按 7 更正", "{which}{more}: 7 corrects it"))
                .with_words("which", first.said())
                .with_words("more", more(self.wrong.len()))
        });
        let parted = self.parted.first().map(|first| {
            Said::from(t("{which}{more}", "{which}{more}"))
                .with_words("which", first.clone())
                .with_words("more", more(self.parted.len()))
        });
        self.own_clock
            .iter()
            .map(|(_, said)| said.clone())
            .chain(clock)
            .chain(self.copied.clone())
            .chain(parted)
            .collect()
    }
}

/// Gives what was said of a clock before, and how it is taken back.
fn said_before(clocks: &Clocks, laptop: u64) -> Option<Said> {
    let righting = clocks.of(laptop).and_then(|said| said.iter().next_back());
    let corrected = righting.map(|righting| {
        let words = t("已更正: {said}. 更正错了按 Ctrl-D 撤去.", "Corrected: {said}. Ctrl-D takes that back.");
        Said::from(words).with_words("said", righting.said())
    });
    let is_right = clocks.looked_at().any(|(looked, _)| looked == laptop);
    let right = t("说过它现在没错. 说错了按 Ctrl-D 撤去.", "It was said to be right now. Ctrl-D takes that back.");
    corrected.or_else(|| is_right.then(|| right.into()))
}

/// Gives what was said here of the clock of this laptop, and how it is taken back.
fn said_here(device: &Device, laptop: u64) -> Option<Said> {
    let words = t(
        "说过本机现在没错, 只记在本机. 说错了按 Ctrl-D 撤去.",
        "It was said here that this laptop is right now. Ctrl-D takes that back.",
    );
    (device.laptop == laptop && device.says_clock_right()).then(|| words.into())
}

/// Says that it is not the only laptop of which something is said.
fn more(count: usize) -> Said {
    match count {
        ..=1 => t("", "").into(),
        count => t(" (共 {n} 台)", " ({n} laptops)").with("n", count),
    }
}

/// What a file says of the clock that it was made by.
fn read_from(brings: &Brings, doubt: Said) -> WrongClock {
    let (laptop, who, reading) = (brings.laptop, whose(brings), brings.exported_ms);
    WrongClock { laptop, who, reading, back: None, by_file: true, doubt }
}

fn dated(brings: &Brings) -> Dated {
    Dated { who: whose(brings), exported_ms: brings.exported_ms, is_known: brings.alone.is_empty() }
}

fn whose(brings: &Brings) -> Writer {
    Writer { laptop: brings.laptop, group: brings.group.clone(), visitors: brings.people.clone(), ..Writer::default() }
}

#[cfg(test)]
mod tests {
    use super::Exchange;
    use crate::app::{Peer, WrongClock, parted_from_own};
    use crate::domain::Writer;
    use crate::text::{Lang, t};
    use crate::ui::desk::Desk;
    use crate::ui::page::Go;

    #[test]
    fn a_copied_data_folder_is_said_in_one_row_with_what_to_do_and_in_two_where_that_is_too_narrow() {
        let who = Writer { group: "二组".into(), visitors: vec!["张文彬".into()], ..Writer::default() };
        let parted = Peer { who, is_parted: true, ..Peer::default() }.parted();
        let page = Exchange { parted: parted.into_iter().collect(), ..Exchange::default() };
        for (lang, end) in [(Lang::Zh, "另一台导出后换新文件夹"), (Lang::En, "start the other anew")] {
            let rows = page.banner_rows((80, 21), lang);
            assert!(rows.len() == 1 && rows[0].contains("二组 张文彬") && rows[0].ends_with(end), "{rows:?}");
            let narrow = page.banner_rows((40, 9), lang);
            assert!(narrow.len() == 2 && narrow.concat().replace(' ', "") == rows[0].replace(' ', ""), "{narrow:?}");
            assert_eq!(page.banner_rows((40, 8), lang).len(), 1, "the list comes first");
        }
    }

    // The second stood nowhere while a clock was wrong, and nothing said of which of them 0 spoke.
    #[test]
    fn a_wrong_clock_hides_no_laptop_that_seems_to_be_two_and_0_speaks_of_this_one_alone() {
        let of = |group: &str| Writer { group: group.into(), visitors: vec!["张文彬".into()], ..Writer::default() };
        let parted = Peer { who: of("二组"), is_parted: true, ..Peer::default() }.parted();
        let (who, doubt) = (of("三组"), crate::domain::skew::went_back(86_400_000));
        let wrong = vec![WrongClock { laptop: 3, who, reading: 0, back: None, by_file: false, doubt }];
        let mut page = Exchange { parted: parted.into_iter().collect(), wrong, ..Exchange::default() };
        page.copied = parted_from_own(&of("一组"), 1);
        let said: Vec<String> = page.banners().iter().map(|said| said.say(Lang::Zh)).collect();
        let begins =
            ["三组 张文彬: 那台电脑的时间往回走了 1 天", "本机 (一组 张文彬) 像是有两台", "二组 张文彬 像是有两台"];
        assert!(said.len() == 3 && said.iter().zip(begins).all(|(said, begin)| said.starts_with(begin)), "{said:?}");
        let mut desk = Desk::for_tests();
        assert_eq!(page.copy_seen(&mut desk), Go::say(t("知道了; 两台里只留一台.", "Noted: keep one of the two.")));
        assert_eq!(page.banners().len(), 2);
        let Go::Say(said) = page.copy_seen(&mut desk) else { panic!("it says why nothing is to be done") };
        assert!(said.say(Lang::Zh).starts_with("像是两台的不是本机"), "{said:?}");
    }
}
