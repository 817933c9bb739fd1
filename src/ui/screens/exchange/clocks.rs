//! The banners of the exchange page: whose clock cannot be right, by the files that lie there and by what was merged; which laptop
//! seems to be two, this one or another.

use super::Exchange;
use crate::app::{Ask, Brings, ClockDoubt, Dated, Doubted, House, Request, WrongClock, parted_from_own, whose_laptop};
use crate::domain::{Writer, local, skew};
use crate::text::{Said, Text, t};
use crate::ui::desk::Desk;
use crate::ui::frame;
use crate::ui::page::Go;
use crate::ui::screens::{SetRight, righting};

/// Gives the moment of an export, as the clock of that laptop was corrected.
pub(super) fn right(desk: &Desk, brings: &Brings) -> i64 {
    righted(desk, brings, brings.exported_ms)
}

/// Gives a moment that the laptop of a file wrote, as its clock was corrected.
pub(super) fn righted(desk: &Desk, brings: &Brings, exported: i64) -> i64 {
    let laptop = brings.laptop;
    desk.session.house().map_or(exported, |house| house.shelf(|shelf, _| shelf.clocks().right(laptop, exported)))
}

const NO_OTHER: Text = t(
    "还没有见过别的电脑: 有了它的导出包才能更正它的时间. 本机的钟在系统里调.",
    "No other laptop is known yet: with an export of it its clock can be corrected. That of this one is set in the system.",
);

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

    /// Gives the clock that is named, and that 7 opens: that of the selected file where it is wrong, else the first that is.
    fn named(&self) -> Option<&WrongClock> {
        let its = self.selected_brings().and_then(|brings| self.wrong.iter().find(|one| one.laptop == brings.laptop));
        its.or(self.wrong.first())
    }

    fn selected_brings(&self) -> Option<&Brings> {
        self.offers.get(self.selected()).and_then(|offer| offer.state.as_ref().ok())
    }

    /// Opens the page that corrects a clock: the one that is named, else that of the selected file. From there all others are
    /// reached: those that are wrong, the selected one, those that are known.
    pub(super) fn set_right(&mut self, desk: &Desk) -> Go {
        let was_named = self.named().map(|one| one.laptop);
        self.look_at_clocks(desk);
        if let Some((_, own)) = &self.own_clock {
            let more = t("调对以前不更正别台的.", "Until then no other clock is corrected.");
            return Go::say(own.clone().then(more.into()));
        }
        let is_named = |one: &&WrongClock| Some(one.laptop) == was_named;
        let named = self.wrong.iter().find(is_named).or_else(|| self.named()).cloned();
        let others =
            self.selected_brings().into_iter().chain(self.offers.iter().filter_map(|one| one.state.as_ref().ok()));
        let is_meant = |brings: &&Brings| !brings.own || righting::said_of(desk, brings.laptop).is_some();
        let files = others.filter(is_meant).map(read_from);
        let known = desk.session.house().map(|house| known(&house, desk.session.device().laptop)).unwrap_or_default();
        let mut turn: Vec<WrongClock> = Vec::new();
        for one in named.into_iter().chain(self.wrong.iter().cloned()).chain(files).chain(known) {
            if turn.iter().all(|other| other.laptop != one.laptop) {
                turn.push(one);
            }
        }
        if turn.is_empty() {
            return Go::say(NO_OTHER);
        }
        match SetRight::among(turn, 0, desk) {
            Some(page) if was_named.is_some() || self.selected_brings().is_some_and(|brings| is_meant(&brings)) => {
                Go::open(page)
            }
            _ => Go::say(t("先选中那台电脑的导出包.", "Select an export file of that laptop first.")),
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
    pub(super) fn banners(&self) -> Vec<Banner> {
        let clock = self.named().map(|named| {
            let said = Said::from(t("{which}{more}. 按 7 更正", "{which}{more}: 7 corrects it"))
                .with_words("which", named.said())
                .with_words("more", more(self.wrong.len()));
            let short = t("{who} 的钟不对: 按 7", "{who}, wrong clock: 7").with("who", whose_laptop(&named.who));
            Banner { said, short: Some(short) }
        });
        let own = self.own_clock.iter().map(|(_, said)| {
            let short = t("先把本机的钟调对", "First set the clock here right").into();
            Banner { said: said.clone(), short: Some(short) }
        });
        let whole = |said| Banner { said, short: None };
        let parted = self.parted.first().map(|first| {
            Said::from(t("{which}{more}", "{which}{more}"))
                .with_words("which", first.clone())
                .with_words("more", more(self.parted.len()))
        });
        own.chain(clock).chain(self.copied.clone().map(whole)).chain(parted.map(whole)).collect()
    }
}

/// What stands between the folder and the list.
pub(super) struct Banner {
    pub said: Said,
    /// What is said where the rows that there are would cut it.
    pub short: Option<Said>,
}

/// Says that it is not the only laptop of which something is said.
fn more(count: usize) -> Said {
    match count {
        ..=1 => t("", "").into(),
        count => t(" (共 {n} 台)", " ({n} {n:laptop|laptops})").with("n", count),
    }
}

/// A clock that is slow by hours shows by nothing; who knows of it may say so.
const NOTHING_SHOWS: Text = t("看不出错; 知道错了才填", "nothing shows; only for who knows that it is wrong");

/// What a file says of the clock that it was made by.
fn read_from(brings: &Brings) -> WrongClock {
    let (laptop, who, reading) = (brings.laptop, whose(brings), brings.exported_ms);
    WrongClock { laptop, who, reading, back: None, by_file: true, doubt: NOTHING_SHOWS.into() }
}

fn dated(brings: &Brings) -> Dated {
    Dated { who: whose(brings), exported_ms: brings.exported_ms, is_known: brings.alone.is_empty() }
}

/// What the records say of the clocks of other laptops.
fn known(house: &House, own: u64) -> Vec<WrongClock> {
    house.shelf(|shelf, _| {
        let others = shelf.writers().into_values().filter(|who| who.laptop != own);
        let read = others.filter_map(|who| Some((who, shelf.latest_of(who.laptop)?)));
        let of = |(who, reading): (&Writer, i64)| WrongClock {
            laptop: who.laptop,
            who: who.clone(),
            reading,
            back: None,
            by_file: false,
            doubt: NOTHING_SHOWS.into(),
        };
        read.map(of).collect()
    })
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
        let said: Vec<String> = page.banners().iter().map(|banner| banner.said.say(Lang::Zh)).collect();
        let begins =
            ["三组 张文彬: 那台电脑的时间往回走了 1 天", "本机 (一组 张文彬) 像是有两台", "二组 张文彬 像是有两台"];
        assert!(said.len() == 3 && said.iter().zip(begins).all(|(said, begin)| said.starts_with(begin)), "{said:?}");
        let mut desk = Desk::for_tests();
        assert_eq!(page.copy_seen(&mut desk), Go::say(t("知道了; 两台里只留一台.", "Noted: keep one of the two.")));
        assert_eq!(page.banners().len(), 2);
        let Go::Say(said) = page.copy_seen(&mut desk) else { panic!("it says why nothing is to be done") };
        assert!(said.say(Lang::Zh).starts_with("像是两台的不是本机"), "{said:?}");
    }

    // `三组 张文彬: 那台电脑的时` stood there at 40 columns, and not the key that corrects it.
    #[test]
    fn a_wrong_clock_is_said_in_fewer_words_where_two_rows_have_no_room_for_it() {
        let who = Writer { group: "三组".into(), visitors: vec!["张文彬".into()], ..Writer::default() };
        let doubt = crate::domain::skew::went_back(86_400_000);
        let wrong = vec![WrongClock { laptop: 3, who, reading: 0, back: None, by_file: false, doubt }];
        let page = Exchange { wrong, ..Exchange::default() };
        assert_eq!(page.banner_rows((40, 8), Lang::Zh), ["三组 张文彬 的钟不对: 按 7"]);
        assert_eq!(page.banner_rows((40, 8), Lang::En), ["三组 张文彬, wrong clock: 7"]);
        assert!(page.banner_rows((80, 21), Lang::Zh)[0].ends_with("往回走了 1 天. 按 7 更正"));
    }

    // 先选中那台电脑的导出包 stood there, and there was none to select.
    #[test]
    fn with_no_other_laptop_known_the_keys_that_need_one_say_how_one_is_known() {
        let mut desk = Desk::for_tests();
        let mut page = Exchange::default();
        let said = [page.set_right(&desk), page.export_for(&mut desk), page.accept(&mut desk), page.households()];
        let begins = ["还没有见过别的电脑", "这里没有别的电脑的导出包", "这里没有导出包", "这里没有导出包"];
        for (go, begin) in said.iter().zip(begins) {
            assert!(matches!(go, Go::Say(said) if said.say(desk.lang).starts_with(begin)), "{begin}: {go:?}");
        }
    }
}
