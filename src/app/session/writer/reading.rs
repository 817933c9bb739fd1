//! Reading the journal through once after opening, beside the writer: opening itself looks at its newest part only, and the
//! view goes on showing what an older file may have lost. What is damaged is said, and brought back where the view has it.

use super::{Bench, Order};
use crate::app::folder::rescue::Rescue;
use crate::app::session::message::Message;
use crate::text::{Said, Trouble, t};

impl Bench {
    /// Begins once everything is known of the households; lines go on being recorded meanwhile.
    pub(super) fn read_journal_through(&mut self) {
        if self.unread.is_none() || self.is_filling() {
            return;
        }
        let Some(keeper) = self.keeper.as_ref().filter(|keeper| keeper.backlog_left() == 0) else { return };
        let told = self.unread.take().unwrap_or_default();
        let (view, known, journal) = (keeper.house.view(), keeper.known(), keeper.reader());
        let place = self.hand.place.clone();
        self.spawn(move |order| {
            order(Order::ReadThrough(Box::new(Rescue::of(&place, view.as_ref(), &known, &journal)), told));
        });
    }

    /// Says what was found, and brings back what can be.
    pub(super) fn read_through(&mut self, found: Result<Rescue, Trouble>, told: &[Said]) {
        // What keeps a journal from being read at all was said at opening.
        let (Ok(rescue), Some(keeper)) = (found, &mut self.keeper) else { return };
        let settled = self.hand.place.settled();
        let is_new = |damage: &&Said| !settled.has(damage) && !told.contains(damage);
        let mut said: Vec<Said> = rescue.findings.iter().filter(is_new).cloned().collect();
        if rescue.lacks() {
            match keeper.write_back(&rescue) {
                Ok(true) => said.push(rescue.said()),
                Ok(false) => said.push(rescue.missing()),
                Err(trouble) => said.extend([rescue.missing(), trouble.said]),
            }
        }
        match keeper.show_unseen(&rescue) {
            Ok(0) => {}
            Ok(unseen) => {
                let anew = t(
                    "查询库里少了日志里的 {n} 条, 已从日志重建.",
                    "The view lacked {n} {n:record|records} of the journal; it was rebuilt from it.",
                );
                said.push(anew.with("n", unseen));
                self.publish();
                self.say(Message::Filled);
            }
            Err(trouble) => said.push(trouble.said),
        }
        if !said.is_empty() {
            if rescue.lost > 0 || rescue.lacks() && !rescue.proven {
                said.push(
                    t(
                        "以前的备份先留着; 退出以后运行 zoufang check.",
                        "Keep earlier backups; leave, and run “zoufang check”.",
                    )
                    .into(),
                );
            }
            self.say(Message::Damage(said));
        }
    }
}
