//! Asking: merging the selected file or all that bring something, and exporting; or a sentence why not.

use std::path::{Path, PathBuf};

use super::left_out::LeftOut;
use super::merging::Merging;
use super::{Chosen, Exchange, Landing};
use crate::app::{Ask, Brings, Offer, Ticket};
use crate::text::{Said, Text, t};
use crate::ui::desk::Desk;
use crate::ui::page::Go;
use crate::ui::screens::Households;

const NO_FILE: Text =
    t("这里没有导出包. Tab 换文件夹, 4 导出到这里.", "No export file here. Tab takes another folder, 4 exports here.");

impl Exchange {
    /// Tells whether a usable file here is of another laptop.
    fn has_others(&self) -> bool {
        self.offers.iter().any(|offer| offer.state.as_ref().is_ok_and(|brings| !brings.own))
    }

    fn merge(&mut self, files: Vec<PathBuf>, left_out: LeftOut, desk: &mut Desk) -> Go {
        if self.merging.is_some() {
            return Go::say(t("正在合并, 请等它做完.", "A merge is under way; please wait for it."));
        }
        let of = files.len();
        let ticket = desk.session.ask(Ask::Merge(files));
        self.begin(ticket, of, left_out);
        Go::Stay
    }

    pub(super) fn merge_selected(&mut self, desk: &mut Desk) -> Go {
        let Some(offer) = self.offers.get(self.selected()) else {
            return Go::say(NO_FILE);
        };
        match &offer.state {
            Err(trouble) => Go::Say(trouble.told()),
            Ok(brings) if brings.alone.is_empty() => Go::say(if brings.own {
                t("这是本机自己导出的, 不用合并.", "This laptop exported it; there is nothing to merge.")
            } else {
                t("已合并过, 没有新内容.", "Merged before; it holds nothing new.")
            }),
            Ok(brings) if brings.trust.is_doubtful() => Go::say(t(
                "说不准是谁写的, 先没有合并. 问清确实是他们的, 按 9.",
                "Nobody can say who wrote it; not merged yet. Once it is surely theirs press 9.",
            )),
            Ok(_) => self.merge(vec![offer.file.clone()], LeftOut::default(), desk),
        }
    }

    /// Merges the selected file although it is doubtful who wrote it.
    pub(super) fn accept(&mut self, desk: &mut Desk) -> Go {
        let offer = self.offers.get(self.selected());
        let doubtful = offer.filter(|offer| offer.state.as_ref().is_ok_and(|brings| brings.trust.is_doubtful()));
        if self.offers.is_empty() {
            return Go::say(NO_FILE);
        }
        let Some(file) = doubtful.map(|offer| offer.file.clone()) else {
            return Go::say(t("这一个没有可疑的: Enter 合并.", "There is nothing doubtful about it: Enter merges."));
        };
        if self.merging.is_some() {
            return Go::say(t("正在合并, 请等它做完.", "A merge is under way; please wait for it."));
        }
        let ticket = desk.session.ask(Ask::MergeAccepted(file));
        self.begin(ticket, 1, LeftOut::default());
        Go::Stay
    }

    fn begin(&mut self, ticket: Ticket, of: usize, left_out: LeftOut) {
        self.outcome = None;
        self.merging = Some(Merging::of(ticket, of, left_out));
    }

    pub(super) fn merge_all(&mut self, desk: &mut Desk) -> Go {
        let new = |offer: &&Offer| offer.state.as_ref().is_ok_and(Brings::is_wanted);
        let files: Vec<PathBuf> = self.offers.iter().filter(new).map(|offer| offer.file.clone()).collect();
        let left_out = LeftOut::of(&self.offers);
        if !files.is_empty() {
            return self.merge(files, left_out, desk);
        }
        match left_out.in_full() {
            Some(why) => {
                Go::say(Said::from(t("没有要合并的: {why}.", "Nothing to merge: {why}.")).with_words("why", why))
            }
            None => Go::say(NO_FILE),
        }
    }

    /// Shows which households the selected file would change.
    pub(super) fn households(&self) -> Go {
        let state = self.offers.get(self.selected()).map(|offer| offer.state.as_ref());
        match state {
            Some(Ok(brings)) if brings.alone.fresh == 0 => {
                Go::say(t("没有新内容, 哪一户都不动.", "It holds nothing new; no household changes."))
            }
            Some(Ok(brings)) if brings.in_turn.fresh == 0 => Go::say(t(
                "它的新内容上面的包里都有, 看上面的.",
                "All that is new in it is in the files above; see those.",
            )),
            Some(Ok(brings)) => match &brings.foreseen {
                Some(foreseen) if foreseen.households.count() > 0 => {
                    let wanted = self.offers.iter().filter(|one| one.state.as_ref().is_ok_and(Brings::is_wanted));
                    Go::open(Households::of(brings, foreseen.clone(), brings.is_wanted() && wanted.count() > 1))
                }
                Some(_) => Go::say(t("哪一户都不动.", "No household changes.")),
                None => Go::say(
                    t(
                        "有 {n} 条新的, 没有看完 (太长, 或停下了). 再看一遍按 Ctrl-F; 也可以直接合并.",
                        "{n} new {n:record|records}, not looked through (too long, or stopped). Ctrl-F looks again; merging works all the same.",
                    )
                    .with("n", brings.in_turn.fresh),
                ),
            },
            _ if self.offers.is_empty() => Go::say(NO_FILE),
            _ => Go::say(t("先选中一个能用的导出包.", "Select an export file that can be used first.")),
        }
    }

    /// Exports only what the laptop of the selected file lacks.
    pub(super) fn export_for(&mut self, desk: &mut Desk) -> Go {
        let offer = self.offers.get(self.selected()).and_then(|offer| offer.state.as_ref().ok());
        match offer {
            Some(brings) if !brings.own && brings.alone.fresh == 0 => {
                let laptop = brings.laptop;
                self.export(Some(laptop), desk)
            }
            Some(brings) if !brings.own => {
                Go::say(t("先合并这一个, 才知道它缺什么.", "Merge this one first; then it is known what it lacks."))
            }
            _ if self.has_others() => {
                Go::say(t("先选中别的电脑的导出包.", "Select an export file of another laptop first."))
            }
            _ => Go::say(t(
                "这里没有别的电脑的导出包, 不知道它缺什么. 4 导出全部的.",
                "No export of another laptop is here, and what it lacks is not known. 4 exports all.",
            )),
        }
    }

    pub(super) fn export(&mut self, to: Option<u64>, desk: &mut Desk) -> Go {
        if self.exporting.is_some() {
            return Go::say(t("正在导出, 请等它做完.", "An export is under way; please wait for it."));
        }
        let Some(folder) = self.folder.as_deref().map(to_folder).or_else(|| self.landed()) else {
            return Go::say(t("没找到U盘, 还没有导出: 见上面.", "No stick found; nothing is exported yet: see above."));
        };
        self.outcome = None;
        self.exporting = Some(desk.session.ask(Ask::Export(folder, to)));
        Go::Stay
    }
}

impl Exchange {
    /// Gives where to export without a stick, once that was said and is wanted all the same.
    fn landed(&mut self) -> Option<PathBuf> {
        match std::mem::take(&mut self.landing) {
            Landing::Nowhere => {}
            Landing::At(folder) => self.landing = Landing::Said(folder),
            Landing::Said(folder) => {
                self.folder = Some(folder);
                self.chosen = Chosen::ByPerson;
            }
        }
        self.folder.clone()
    }
}

/// Gives the folder to export to: the folder of a file that is looked at.
fn to_folder(place: &Path) -> PathBuf {
    let is_file = place.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zfb"));
    if is_file { place.parent().unwrap_or(place).to_owned() } else { place.to_owned() }
}
