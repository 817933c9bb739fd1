//! Opening the campaign for a command that writes, and leaving it in order.

use super::{Out, Setting};
use crate::app::{Beside, Device, House, Keeper, Opened, Place, Reader, no_campaign};
use crate::text::Trouble;

/// Opens the campaign, tells what was found wrong, and fills the lookup. A visit that was running when the last
/// program ended is kept as it was, until somebody decides what becomes of it.
pub fn open(setting: &Setting, out: &Out) -> Result<Keeper, Trouble> {
    let place = setting.place()?;
    if !place.exists() {
        return Err(no_campaign(&setting.folder));
    }
    let Opened { mut keeper, findings, .. } = place.open(setting.clock.clone())?;
    for finding in findings {
        out.tell(finding);
    }
    if let Some(said) = keeper.fill()? {
        out.tell(said);
    }
    Ok(keeper)
}

/// Reads the campaign beside whoever has it open, tells what was found wrong, and fills the lookup.
pub fn beside(setting: &Setting, out: &Out) -> Result<(Place, House, Reader, Device), Trouble> {
    let place = setting.place()?;
    let Beside { house, journal, findings } = place.beside()?;
    for finding in findings {
        out.tell(finding);
    }
    let device = place.device()?.unwrap_or_default();
    house.fill(device.speaker(), setting.clock.now().wall_ms)?;
    Ok((place, house, journal, device))
}
