//! Whose laptop it is, where its settings are lost: the journal says so itself.
//!
//! Own segments hold what was recorded here and nothing else, and each writer introduces itself in its first action. What
//! only the settings knew (where exports and backups go, the key it signs with) begins anew, and is said.

use crate::domain::Body;
use crate::log::{Kind, Position, Reader};
use crate::text::{Said, Trouble, t};

use super::{Device, Place, device, keeper};

impl Place {
    /// Reads whose laptop it is. Settings that are damaged or gone are set aside, and put together again from the journal.
    ///
    /// # Errors
    /// `device-unreadable` where damaged settings cannot be set aside.
    pub(super) fn device_or_journal(
        &self,
        reader: &Reader,
        day: &str,
        findings: &mut Vec<Said>,
    ) -> Result<Device, Trouble> {
        let trouble = match self.device() {
            // No laptop has the number 0: an empty file reads as settings in which nothing was ever set.
            Ok(Some(device)) if device.laptop != 0 => return Ok(device),
            Ok(Some(_)) => Some(device::unreadable("laptop = 0")),
            Ok(None) => None,
            Err(trouble) => Some(trouble),
        };
        let aside = trouble.map(|trouble| self.set_aside(Device::FILE, day).ok_or(trouble)).transpose()?;
        let device = recovered(reader)?;
        let who = [device.group.as_str(), device.speaker()].join(" ");
        let said = match aside {
            Some(_) => t(
                "本机设置坏了, 另存为 {file}. 姓名和小组照日志里的补好了 ({who}): 请看一下; 第二个备份文件夹和签名要重新来.",
                "The settings were damaged and set aside as {file}. Name and group are taken from the journal ({who}): please look; the second backup folder and the signature begin anew.",
            ),
            None => t(
                "本机设置不见了. 姓名和小组照日志里的补好了 ({who}): 请看一下; 第二个备份文件夹和签名要重新来.",
                "The settings are gone. Name and group are taken from the journal ({who}): please look; the second backup folder and the signature begin anew.",
            ),
        };
        findings.push(said.with("file", aside.unwrap_or_default()).with("who", who.trim()));
        device.write(&self.disk, &self.home())?;
        Ok(device)
    }
}

/// Takes from the journal who recorded here last; a laptop that recorded nothing is a new one.
fn recovered(reader: &Reader) -> Result<Device, Trouble> {
    let mut device = Device::fresh();
    reader.read_from(Position::START, &mut |frame| {
        if frame.kind == Kind::Own {
            for kept in keeper::decode(frame.operations)? {
                if let Body::Writer(writer) = &kept.operation.body {
                    let (code, group, visitors) = (writer.code.clone(), writer.group.clone(), writer.visitors.clone());
                    device = Device { laptop: writer.laptop, code, group, visitors, ..Device::default() };
                }
            }
        }
        Ok(())
    })?;
    Ok(device)
}
