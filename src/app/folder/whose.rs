//! Whose laptop it is, where its settings are lost: the journal says so itself.
//!
//! Own segments hold what was recorded here, and what a merge brought in frames that say so; each writer introduces itself in its
//! first action. What only the settings knew (where exports and backups go, the key it signs with) is taken from their copy; where that is lost too
//! it begins anew, and is said. That households are invented stands in the journal, so that practice never passes for a campaign.

use crate::domain::{Body, Name, Operation};
use crate::log::{Kind, Position, Reader};
use crate::text::{Said, Trouble, t};

use super::device;
use super::frames::decode;
use crate::app::{Device, Place};

/// The register of the campaign that says that its households are invented ones.
pub(in crate::app) const PRACTICE: &str = "practice";

impl Place {
    /// Reads whose laptop it is. Settings that are damaged or gone are set aside, and put together again from the journal.
    ///
    /// # Errors
    /// `device-unreadable` where damaged settings cannot be set aside.
    pub(in crate::app) fn device_or_journal(
        &self,
        reader: &Reader,
        day: &str,
        findings: &mut Vec<Said>,
    ) -> Result<Device, Trouble> {
        let trouble = match self.device() {
            // No laptop has the number 0: settings without one are not the program's.
            Ok(Some(device)) if device.laptop != 0 => {
                self.see_to_the_copy(&device);
                return Ok(device);
            }
            Ok(Some(_)) => Some(device::unreadable(t("没有本机的号", "it lacks the laptop's number").into())),
            Ok(None) => None,
            Err(trouble) => Some(trouble),
        };
        let aside = trouble.map(|trouble| self.set_aside(Device::FILE, day).ok_or(trouble)).transpose()?;
        let what = match &aside {
            Some(_) => t("本机设置坏了, 另存为 {file}.", "The settings were damaged and set aside as {file}."),
            None => t("本机设置不见了.", "The settings are gone."),
        };
        let what = what.with("file", aside.unwrap_or_default());
        let copy = Device::read_copy(self.disk.as_ref(), &self.home());
        let (device, said) = if let Some(device) = copy {
            let said = t(
                "{what} 用上了副本 ({who}): 请看一下, 最后一次改的也许不在里面.",
                "{what} The copy is used ({who}): please look, it may lack the last change.",
            );
            (device, Said::from(said))
        } else {
            let device = recovered(reader)?.with_signer();
            let number = device.signer().map(|signer| signer.public().fingerprint()).unwrap_or_default();
            let said = t(
                "{what} 姓名和小组照日志里的补好了 ({who}): 请看一下; 第二个备份文件夹要重新填. 签名换了新的 (签名号 {number}): 别的电脑下次合并本机的导出包会先问, 把签名号念给他们, 他们按 9 认可就行.",
                "{what} Name and group are taken from the journal ({who}): please look; enter the second backup folder again. This laptop signs with a new key (number {number}): others will ask before they merge its next export; read the number to them, and they accept it with 9.",
            );
            (device, said.with("number", number))
        };
        let who = [device.group.as_str(), device.speaker()].join(" ");
        findings.push(said.with_words("what", what).with("who", who.trim()));
        device.write(&self.disk, &self.home())?;
        Ok(device)
    }

    /// Makes the copy of the settings where there is none, or none that makes sense. Where that cannot be the next change does.
    fn see_to_the_copy(&self, device: &Device) {
        if Device::read_copy(self.disk.as_ref(), &self.home()).is_none_or(|copy| copy.laptop != device.laptop) {
            let _ = device.write(&self.disk, &self.home());
        }
    }
}

/// Takes from the journal who recorded here last; a laptop that recorded nothing is a new one.
fn recovered(reader: &Reader) -> Result<Device, Trouble> {
    let mut device = Device::fresh();
    let mut practice = false;
    reader.read_from(Position::START, &mut |frame| {
        if frame.kind == Kind::Own {
            for kept in decode(frame.operations)? {
                if let Body::Writer(writer) = &kept.operation.body {
                    let (code, group, visitors) = (writer.code.clone(), writer.group.clone(), writer.visitors.clone());
                    device = Device { laptop: writer.laptop, code, group, visitors, ..Device::default() };
                }
                practice |= is_practice(&kept.operation);
            }
        }
        Ok(())
    })?;
    Ok(Device { practice, ..device })
}

/// Tells whether an operation says that the households are invented ones.
fn is_practice(operation: &Operation) -> bool {
    let is_mark = operation.entity == Name::CAMPAIGN && operation.key == *PRACTICE;
    is_mark && matches!(&operation.body, Body::Value(value) if value.is_yes())
}
