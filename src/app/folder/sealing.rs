//! Sealing a data folder: what is under a passphrase lies in a folder of its own, and the key ring beside it says so.
//!
//! With a key ring, everything is in `sealed`; without one, in the data folder itself. So a folder is sealed at one
//! moment, the renaming of the key ring into place: before it the clear files count, after it the sealed ones, and what
//! does not count is removed. A ring that is lost is lost with all it sealed, so there is a copy of it, in every backup
//! too.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::place::{self, SEALED_FOLDER};
use super::secret::no_chance;
use crate::app::{Device, Place, exchange::campaign_key, no_campaign};
use crate::clock::Clock;
use crate::log::{DRAFTS_FILE, Drafts, FolderLock, Journal, SealedDisk, replace, rewriting};
use crate::seal::{Keyring, RecoveryCode, Seal, WrongCode};
use crate::text::{Said, Trouble, t};

const RING: &str = "keys.zfk";
const RING_COPY: &str = "keys-copy.zfk";
/// No key ring is longer.
const RING_MOST: u64 = 1 << 16;
/// What a clear data folder holds.
const FOLDERS: [&str; 4] = ["journal", "view", "backup", "quarantine"];
const DEVICES: [&str; 2] = [Device::FILE, Device::COPY];
const HABITS: [&str; 3] = ["shapes.toml", "peers.toml", campaign_key::FILE];
/// Where damaged files were set aside in the clear, and what is in their names.
const ASIDE: [(&str, &str); 3] = [("", ".damaged-"), ("quarantine", ""), ("journal", ".zfj.")];
/// A passphrase of fewer signs is guessed too soon.
const SHORTEST: usize = 6;

/// What sealing what was there came to.
#[derive(Clone)]
pub struct SealedUp {
    /// The place, with the key in hand.
    pub place: Place,
    /// To be written down.
    pub code: RecoveryCode,
    /// What could not be read of the old journal, and clear files that could not be removed.
    pub findings: Vec<Said>,
}

impl Place {
    /// Tells whether a passphrase is needed first.
    pub fn is_locked(&self) -> bool {
        self.is_sealed() && self.disk.seal().id().is_none()
    }

    /// Tells whether what lies here is sealed.
    pub fn is_sealed(&self) -> bool {
        self.has_ring() && self.holds_sealed()
    }

    /// Tells whether a sealed journal lies here, whatever became of its key ring.
    pub(in crate::app) fn holds_sealed(&self) -> bool {
        self.holds(&self.folder.join(SEALED_FOLDER))
    }

    fn has_ring(&self) -> bool {
        [RING, RING_COPY].iter().any(|name| self.disk.length(&self.folder.join(name)).is_ok())
    }

    /// Makes sure that what lies here can be read with what is in hand.
    ///
    /// # Errors
    /// `locked` where a passphrase is needed; `keys-lost` where the key ring is gone.
    pub(in crate::app) fn guard(&self) -> Result<(), Trouble> {
        if self.is_locked() {
            return Err(locked());
        }
        let clear = self.holds(&self.folder);
        if self.holds_sealed() && !clear && !self.has_ring() { Err(keys_lost(&self.folder)) } else { Ok(()) }
    }

    /// Reads the key ring, or its copy where the ring is damaged or gone; none where nothing is sealed.
    ///
    /// # Errors
    /// `keys-damaged` where neither can be read; `newer-format`.
    pub fn ring(&self) -> Result<Option<Keyring>, Trouble> {
        let mut wrong = None;
        for name in [RING, RING_COPY] {
            let path = self.folder.join(name);
            let Ok(bytes) = self.ring_bytes(&path) else { continue };
            match Keyring::decode(&bytes) {
                Ok(ring) => return Ok(Some(ring)),
                Err(damage) => wrong = Some(if damage.newer { newer() } else { keys_damaged(&path) }),
            }
        }
        wrong.map_or(Ok(None), Err)
    }

    /// Gives the place with the key in hand, by a passphrase or the recovery code. Takes as long as its
    /// cost says. A place that is not sealed stays as it is.
    ///
    /// # Errors
    /// `wrong-passphrase`; what is wrong with the key ring.
    pub fn unlock(&self, typed: &str) -> Result<Self, Trouble> {
        let Some(ring) = self.ring()? else { return Ok(self.clone()) };
        let seal = Self::open_ring(&ring, typed)?;
        let place = self.with(seal);
        // A copy that is missing or old; where it cannot be written the ring is there all the same.
        let bytes = ring.encode();
        for path in [RING_COPY, RING].map(|name| self.folder.join(name)) {
            if self.ring_bytes(&path).ok().as_ref() != Some(&bytes) {
                let _ = replace(&self.disk, &path, &bytes);
            }
        }
        Ok(place)
    }

    fn ring_bytes(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.disk.read(path)?.take(RING_MOST).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn with(&self, seal: Seal) -> Self {
        Self { disk: Arc::new(SealedDisk::new(Arc::clone(&self.disk), seal)), ..self.clone() }
    }

    /// Opens a key ring that came with a backup.
    ///
    /// # Errors
    /// `wrong-passphrase`.
    pub fn open_ring(ring: &Keyring, typed: &str) -> Result<Seal, Trouble> {
        ring.open(&as_typed(typed)).map_err(|_| wrong_passphrase(typed))
    }

    /// Tells whether a passphrase or recovery code is the right one, as for a screen that was locked.
    ///
    /// # Errors
    /// As [`Place::unlock`].
    pub fn verify(&self, typed: &str) -> Result<(), Trouble> {
        match self.ring()? {
            Some(ring) => Self::open_ring(&ring, typed).map(|_| ()),
            None => Ok(()),
        }
    }

    /// Makes a new campaign that is sealed from its first byte.
    ///
    /// # Errors
    /// `weak-passphrase`; as [`Place::create`].
    pub fn create_sealed(
        &self,
        device: &Device,
        clock: &Clock,
        passphrase: &str,
    ) -> Result<(Self, RecoveryCode), Trouble> {
        let (ring, seal, code) = self.new_ring(passphrase)?;
        self.create_with(&ring, seal, device, clock).map(|place| (place, code))
    }

    /// Makes a new campaign under a key ring that is known already, as that of a backup.
    ///
    /// # Errors
    /// As [`Place::create`].
    pub fn create_with(&self, ring: &Keyring, seal: Seal, device: &Device, clock: &Clock) -> Result<Self, Trouble> {
        let _held = self.begin()?;
        self.write_ring(ring)?;
        let place = self.with(seal);
        place.create_held(device, clock)?;
        // Whose laptop it is was a draft before it was sealed.
        let _ = self.disk.remove(&self.folder.join(DRAFTS_FILE));
        Ok(place)
    }

    /// Seals what lies here in the clear: everything is written once more, read back, and only then counts; the clear
    /// files are removed. `go_on` hears how far it is, 0 to 1,000, and stops it by false.
    ///
    /// # Errors
    /// `already-sealed`; `already-open` where another window has it open; `weak-passphrase`; `stopped`; the disk's
    /// failure. The clear files then count as before.
    pub fn seal_up(
        &self,
        passphrase: &str,
        clock: &Clock,
        go_on: &mut dyn FnMut(u64) -> bool,
    ) -> Result<SealedUp, Trouble> {
        if !self.exists() {
            return Err(no_campaign(&self.folder));
        }
        if self.is_sealed() {
            return Err(Trouble::new("already-sealed", t("这里已经有口令.", "There is a passphrase already.")));
        }
        let lock = FolderLock::take(self.disk.as_ref(), &self.folder)?;
        let (ring, seal, code) = self.new_ring(passphrase)?;
        let place = self.with(seal);
        self.clear_away(&place.home());
        let made = self.write_once_more(&place, clock, go_on);
        let findings = made.and_then(|findings| self.write_ring(&ring).map(|()| findings));
        let mut findings = findings.inspect_err(|_| self.stay_clear(&place))?;
        findings.extend(self.remove_clear());
        findings.extend(place.device().ok().flatten().and_then(|device| device.backup).map(|second| {
            let said = t(
                "{dir} 里以前的备份 (备份-….zfb) 没有口令: 新备份做好以后请把旧的删掉.",
                "Backups made before in {dir} (备份-….zfb) are in the clear: delete them once a new one is made.",
            );
            said.with("dir", second.display())
        }));
        drop(lock);
        Ok(SealedUp { place, code, findings })
    }

    /// Takes back what sealing made before it failed. The ring goes first: without it the clear files count.
    fn stay_clear(&self, made: &Self) {
        let _ = self.disk.remove(&self.folder.join(RING)).and_then(|()| self.disk.sync_dir(&self.folder));
        self.clear_away(&made.home());
        let _ = self.disk.sync_dir(&self.folder);
    }

    fn write_once_more(
        &self,
        to: &Self,
        clock: &Clock,
        go_on: &mut dyn FnMut(u64) -> bool,
    ) -> Result<Vec<Said>, Trouble> {
        let home = to.home();
        let unreachable = |error| place::unreachable_folder(&home, &error);
        self.disk.create_dir(&home).map_err(unreachable)?;
        // Opened for writing first: a torn end is mended once, and not carried over.
        let day = place::today(clock);
        let (journal, opening) = Journal::open(Arc::clone(&self.disk), &self.journal_folder(), &day)?;
        let mut findings = opening.findings;
        // Damaged drafts are said and set aside first: only what can be read of them goes over.
        findings.extend(Drafts::open(Arc::clone(&self.disk), &self.folder, Some(&day), &opening.consumed).1);
        let reader = journal.reader();
        let all = (2 * reader.length()).max(1);
        let mut read = 0;
        let mut watch = |bytes: u64| {
            read += bytes;
            go_on((1_000 * read / all).min(1_000))
        };
        let written = rewriting::rewrite(&reader, &to.disk, &to.journal_folder(), &mut watch)?;
        if let Some(device) = self.device()? {
            // No backup holds what is sealed now.
            let device = Device { backed_up_at: 0, ..device.without_backups() };
            device.write(&to.disk, &home)?;
        }
        for name in HABITS {
            let old = self.folder.join(name);
            if self.disk.length(&old).is_ok() {
                rewriting::copy_file(self.disk.as_ref(), &old, &to.disk, &home.join(name))?;
            }
        }
        let drafts = (self.folder.join(DRAFTS_FILE), home.join(DRAFTS_FILE));
        rewriting::copy_drafts(self.disk.as_ref(), &drafts.0, to.disk.as_ref(), &drafts.1)?;
        for (folder, part) in ASIDE {
            let (old, new) = (self.folder.join(folder), home.join(folder));
            let names = self.disk.list(&old).unwrap_or_default();
            for name in names.iter().filter(|name| name.contains(part)) {
                to.disk.create_dir(&new).map_err(unreachable)?;
                rewriting::copy_file(self.disk.as_ref(), &old.join(name), &to.disk, &new.join(name))?;
            }
        }
        self.disk.sync_dir(&home).map_err(unreachable)?;
        let (back, _) = Journal::read_only(Arc::clone(&to.disk), &to.journal_folder())?;
        let back = rewriting::read_through(&back, &mut watch)?;
        if (back.frames, back.digest) != (written.frames, written.digest) {
            return Err(Trouble::new(
                "disk-failed",
                t(
                    "读回来的和写下去的不一样, 没有加口令, 原来的都在.",
                    "What was read back is not what was written; nothing was sealed, all is as before.",
                ),
            )
            .hint(t("磁盘可能有问题: 先备份.", "The disk may be failing: make a backup first.")));
        }
        findings.extend(written.findings);
        Ok(findings)
    }

    /// Removes a file or folder with all in it; true when nothing is left of it.
    fn clear_away(&self, path: &Path) -> bool {
        let removed = self.disk.remove_all(path);
        removed.is_ok() || (!self.disk.is_dir(path) && self.disk.length(path).is_err())
    }

    /// Removes clear files that count no longer; tells which could not be removed.
    fn remove_clear(&self) -> Vec<Said> {
        let names = self.disk.list(&self.folder).unwrap_or_default().into_iter();
        let is_clear = |name: &String| {
            FOLDERS.contains(&name.as_str())
                || HABITS.iter().chain(&DEVICES).chain(&[DRAFTS_FILE]).any(|own| name.starts_with(own))
                || name.starts_with("view.old-")
        };
        let clear = names.filter(is_clear).map(|name| self.folder.join(name));
        let left: Vec<PathBuf> = clear.filter(|path| !self.clear_away(path)).collect();
        // No power cut shall bring them back, nor those that a program removed which was killed then.
        let _ = self.disk.sync_dir(&self.folder);
        left.into_iter()
            .map(|path| {
                let said = t(
                    "{file} 删不掉, 里面还是没有加口令的旧数据: 请手工删除.",
                    "{file} cannot be removed and still holds the old data in the clear: remove it by hand.",
                );
                said.with("file", path.display())
            })
            .collect()
    }

    /// Removes what sealing left in the clear when it was interrupted at its very end; nothing where nothing is sealed.
    pub(in crate::app) fn tidy(&self) -> Vec<Said> {
        if self.disk.seal().id().is_some() && self.holds_sealed() { self.remove_clear() } else { Vec::new() }
    }

    /// Wraps the key by another passphrase. Nothing sealed is written again.
    ///
    /// # Errors
    /// `wrong-passphrase`, `weak-passphrase`; the disk's failure, the old passphrase then stays.
    pub fn change_passphrase(&self, old: &str, new: &str) -> Result<(), Trouble> {
        let ring = self.ring()?.ok_or_else(not_sealed)?;
        let seal = Self::open_ring(&ring, old)?;
        let ring = ring.with_passphrase(&seal, &fit(new)?, self.cost).map_err(|_| no_chance())?;
        self.write_ring(&ring)
    }

    /// Wraps the key by a new recovery code; the old one opens nothing any more.
    ///
    /// # Errors
    /// `wrong-passphrase`; the disk's failure.
    pub fn change_code(&self, typed: &str) -> Result<RecoveryCode, Trouble> {
        let ring = self.ring()?.ok_or_else(not_sealed)?;
        let seal = Self::open_ring(&ring, typed)?;
        let (ring, code) = ring.with_new_code(&seal).map_err(|_| no_chance())?;
        self.write_ring(&ring).map(|()| code)
    }

    fn new_ring(&self, passphrase: &str) -> Result<(Keyring, Seal, RecoveryCode), Trouble> {
        Keyring::new(&fit(passphrase)?, self.cost).map_err(|_| no_chance())
    }

    /// Writes the ring, which counts from then on, and its copy. A ring with another key is kept under its number: what it sealed may come back.
    fn write_ring(&self, ring: &Keyring) -> Result<(), Trouble> {
        let path = self.folder.join(RING);
        if let Ok(Some(old)) = self.ring()
            && old.id() != ring.id()
        {
            replace(&self.disk, &self.folder.join(format!("keys-{:08x}.zfk", old.id())), &old.encode())?;
        }
        replace(&self.disk, &path, &ring.encode())?;
        // Where it cannot be written now, the next unlocking writes it.
        let _ = replace(&self.disk, &self.folder.join(RING_COPY), &ring.encode());
        Ok(())
    }
}

/// Makes sure that a passphrase is one.
///
/// # Errors
/// `weak-passphrase`.
pub fn fit(passphrase: &str) -> Result<String, Trouble> {
    let passphrase = as_typed(passphrase);
    if passphrase.chars().count() >= SHORTEST {
        return Ok(passphrase);
    }
    let said = t("口令太短: 至少 {n} 个字.", "The passphrase is too short: at least {n} {n:character|characters}.");
    Err(Trouble::new("weak-passphrase", said.with("n", SHORTEST)).hint(t(
        "三四个不相干的词最好记也最难猜, 如 水井 核桃 三轮车.",
        "Three or four words that have nothing to do with each other are easy to keep and hard to guess.",
    )))
}

/// Full-width signs count as their half-width ones, and blanks around as nothing: an input method may be on or off.
fn as_typed(typed: &str) -> String {
    crate::hanzi::forms::half_width(typed.trim()).trim().to_owned()
}

/// Says that a passphrase is needed.
pub fn locked() -> Trouble {
    Trouble::new("locked", t("这里的数据有口令.", "The data here is under a passphrase."))
        .hint(t("请先输入口令.", "Enter the passphrase first."))
}

fn wrong_passphrase(typed: &str) -> Trouble {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    // Whoever types that many digits is writing off the recovery code.
    let code = (digits > 20).then(|| RecoveryCode::read(&as_typed(typed)).err()).flatten();
    let said = match code {
        Some(WrongCode::Digits(n)) => {
            t("恢复码有 48 位数字, 这里是 {n} 位.", "A recovery code has 48 digits; these are {n}.").with("n", n)
        }
        Some(WrongCode::Group(n)) => {
            t("恢复码的第 {n} 组抄错了或打错了.", "Group {n} of the recovery code is wrong.").with("n", n)
        }
        None => t("口令不对.", "That is not the passphrase.").into(),
    };
    Trouble::new("wrong-passphrase", said).hint(t(
        "看看大小写和输入法; 忘了口令就输入恢复码 (48 位数字), 它抄在办公室.",
        "Mind capitals and the input method. If it is forgotten, enter the recovery code (48 digits) that the office keeps.",
    ))
}

fn not_sealed() -> Trouble {
    Trouble::new("not-sealed", t("这里的数据没有口令.", "The data here is under no passphrase."))
}

fn newer() -> Trouble {
    Trouble::new("newer-format", t("口令文件是更新版本的程序写的.", "The key file was written by a newer program."))
        .hint(t("请换用新版本程序.", "Use the newer program."))
}

pub(in crate::app) fn keys_damaged(path: &Path) -> Trouble {
    let said = t("口令文件 {file} 坏了, 它的副本也不能用.", "The key file {file} and its copy are damaged.");
    Trouble::new("keys-damaged", said.with("file", path.display())).hint(t(
        "从备份恢复到一个新文件夹: 每份备份里都有口令文件.",
        "Restore a backup into a new folder: each backup holds the key file.",
    ))
}

pub(in crate::app) fn keys_lost(folder: &Path) -> Trouble {
    let said = t(
        "{dir} 里的数据加了口令, 口令文件 keys.zfk 却不见了.",
        "The data in {dir} is sealed, and its key file keys.zfk is gone.",
    );
    Trouble::new("keys-lost", said.with("dir", folder.display())).hint(t(
        "把 keys.zfk 或 keys-copy.zfk 放回去; 找不到就从备份恢复到一个新文件夹.",
        "Put keys.zfk or keys-copy.zfk back; if they are lost, restore a backup into a new folder.",
    ))
}
