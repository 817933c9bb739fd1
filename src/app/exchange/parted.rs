//! A laptop that seems to be two: its data folder was copied, and both go on under one number.
//!
//! What a laptop knows only grows. Its exports say all that it knows, so of two of them one holds the other, in whatever order
//! they come and whatever its clock says. Where neither does, two folders were written under its number: a copy, or a folder
//! that was put back as it had been before; or one whose journal lost records that an export then left out. A laptop restored from a
//! backup has a number of its own and is no such thing.

use super::peers::Peer;
use crate::app::whose_laptop;
use crate::domain::Writer;
use crate::text::{Said, t};

/// Says that this laptop seems to be two, where an export under its own number brings what it does not know; none where it
/// knows all of it.
pub fn parted_from_own(own: &Writer, fresh: u64) -> Option<Said> {
    let words = t(
        "本机 ({who}) 像是有两台 (拷贝或坏过): 只留一台, 另一台导出后换新文件夹",
        "this laptop ({who}) seems two: keep one, start the other anew",
    );
    (fresh > 0).then(|| words.with("who", whose_laptop(own)))
}

impl Peer {
    /// Says that it seems to be two laptops, and what to do; none where it is one.
    pub fn parted(&self) -> Option<Said> {
        let words = t(
            "{who} 像是有两台 (拷贝过或日志坏过): 只留一台, 另一台导出后换新文件夹",
            "{who} seems two (a copy, or damage): keep one, start the other anew",
        );
        self.is_parted.then(|| words.with("who", whose_laptop(&self.who)))
    }
}
