//! Opening the campaign for a command that writes, and leaving it in order.

use super::{Out, Setting};
use crate::app::{Keeper, Opened, no_campaign};
use crate::text::Trouble;

/// Opens the campaign, tells what was found wrong, and fills the lookup. A visit that was running when the last
/// program ended is taken up: the time since is a gap, nothing of it is lost.
pub fn open(setting: &Setting, out: &Out) -> Result<Keeper, Trouble> {
    let place = setting.place();
    if !place.exists() {
        return Err(no_campaign(&setting.folder));
    }
    let Opened { mut keeper, interrupted, findings } = place.open(setting.clock.clone())?;
    for finding in findings {
        out.tell(finding);
    }
    keeper.fill()?;
    if let Some(running) = interrupted {
        keeper.take_up(running)?;
    }
    Ok(keeper)
}
