//! Export: everything this laptop knows as one file for the stick, read back before it is called safe.

use std::collections::BTreeMap;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::{Name, Writer};
use crate::exchange::{Bundle, Header, Introductions, Keys, Lock, Manifest, addressed, file_name, free_name, write};
use crate::log::{Disk, Position, Ranges, Reader, bytes};
use crate::seal::Signer;
use crate::text::{Said, Text, Trouble, t};

use super::sticks;
use crate::app::folder::landing::{self, Landing};
use crate::app::session::jobs::is_export;
use crate::app::{Progress, whose_laptop};

/// Percent of an export when its operations are collected, and when they are written; the rest is reading back.
const COLLECTED: u64 = 20;
const WRITTEN: u64 = 80;
/// No export takes so long.
const LONG_AGO_MS: u64 = 2 * 3_600_000;

/// What is to be exported.
pub struct Export {
    /// The disk that it goes to.
    pub onto: Arc<dyn Disk>,
    /// The campaign's id.
    pub campaign: String,
    /// This laptop and its people.
    pub from: Writer,
    /// The laptop it is for, where it is not for everybody.
    pub to: Option<Writer>,
    /// Wall clock, milliseconds since 1970 UTC.
    pub now_ms: i64,
    /// All that this laptop knows.
    pub knows: Ranges,
    /// Which laptops the writers are that this one knows of.
    pub introductions: Introductions,
    /// What the reader of the file is known to have already; empty for a full export.
    pub had: Ranges,
    /// What it is locked with.
    pub lock: Lock,
    /// Who signs it.
    pub signer: Option<Signer>,
    /// The campaign's own folder, where it is not to lie; none for a backup.
    pub keep_out_of: Option<PathBuf>,
}

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub path: PathBuf,
    /// The laptop it is for, where it is not for everybody.
    pub to: Option<Writer>,
    /// Operations in it.
    pub operations: u64,
    /// Operations that are known and should be in it, and cannot be read in the journal.
    pub missing: u64,
    /// Its length in bytes.
    pub length: u64,
    /// The hash at its end.
    pub hash: [u8; 32],
    /// The number of the key that signed it, for a laptop that meets this one for the first time; none where none did.
    pub number: Option<String>,
    /// It lies on a stick.
    pub on_stick: bool,
    /// The second copy, or what became of it; none where there was no other folder for one.
    pub copy: Option<Result<PathBuf, Trouble>>,
    /// Why this laptop did not keep the note of it; none where it did. The file is as good either way.
    pub unnoted: Option<Trouble>,
}

impl Exported {
    /// Says whether it can be carried away: on a stick, or still in a folder of this laptop.
    pub fn can_go(&self) -> Text {
        let copied = self.copy.as_ref().and_then(|copy| copy.as_ref().ok());
        if self.on_stick || copied.is_some_and(|copy| sticks::hold(copy)) {
            t("可以拔U盘", "the stick can be taken out")
        } else {
            t("还没有在U盘上", "it is not on a stick yet")
        }
    }

    /// Says that it is for one laptop alone, so that what waits for an export still waits.
    pub fn for_one(&self) -> Said {
        let said = |to: &Writer| {
            t(
                " 只给 {who}, 别处还要导出全部: 待导出 照旧.",
                " It is for {who} alone: what waits for an export still waits, until everything is exported.",
            )
            .with("who", whose_laptop(to))
        };
        self.to.as_ref().map_or(t("", "").into(), said)
    }

    /// Says that only the note of it was not kept, and what follows: nothing for the file, and it is gone over again next time.
    pub fn not_noted(&self) -> Said {
        let Some(why) = &self.unnoted else { return t("", "").into() };
        let words = if self.to.is_some() {
            t(
                " 文件完整, 照常送去; 只是本机没记住导出到哪里: {why}",
                " The file is whole: take it as it is. Only where it went was not noted here: {why}",
            )
        } else {
            t(
                " 文件完整, 照常送去; 只是本机没记下这一次, 待导出 照旧算, 下次再带一遍也不碍事: {why}",
                " The file is whole: take it as it is. Only the note of it was not kept here: all of it still counts as waiting and goes along once more, which does no harm: {why}",
            )
        };
        Said::from(words).with_words("why", why.said.clone())
    }

    /// Says with which number another laptop asks for this one when they meet for the first time.
    pub fn signed(&self) -> Said {
        let said =
            |number: &String| t(" 本机签名号 {number}.", " This laptop's number: {number}.").with("number", number);
        self.number.as_ref().map_or(t("", "").into(), said)
    }

    /// Says what it lacks; none where everything that should be in it is.
    pub fn lacks(&self) -> Option<Trouble> {
        let said = t(
            "{file} 里少 {n} 条: 日志有损坏, 这些读不出来. 其余 {all} 条都在里面, 读回核对过.",
            "{file} lacks {n} {n:record|records}: the journal is damaged and {n:it|they} cannot be read. The other {all} are in it and were read back.",
        );
        let said = said.with("file", self.path.display()).with("n", self.missing).with("all", self.operations);
        let hint = t(
            "以前的备份和导出包先留着. 退出以后运行 zoufang check --repair, 补得回的都补回来, 再做一次.",
            "Keep earlier backups and exports. Leave, run “zoufang check --repair”, which brings back what it can, and do this again.",
        );
        (self.missing > 0).then(|| Trouble::new("journal-damaged", said).hint(hint))
    }

    /// Says where the second copy is, or why there is none.
    pub fn second(&self) -> Said {
        match &self.copy {
            None => t("", "").into(),
            Some(Ok(path)) => t(" 另存一份: {file}", " A second copy: {file}").with("file", path.display()),
            Some(Err(trouble)) => Said::from(t(" 第二份没有写成: {why}", " No second copy: {why}"))
                .with_words("why", trouble.said.clone()),
        }
    }
}

impl Export {
    /// Writes the bundle to a folder, under a name people understand, or to a file named by them.
    pub fn write(&self, journal: &Reader, out: &Path) -> Result<Exported, Trouble> {
        self.write_watched(journal, out, &Progress::default())
    }

    /// As [`Export::write`]; it tells how far it is, and can be stopped: then nothing of it stays.
    pub fn write_watched(&self, journal: &Reader, out: &Path, progress: &Progress) -> Result<Exported, Trouble> {
        self.fits(out)?;
        progress.part(0, COLLECTED, self.knows.without(&self.had).count());
        let operations = self.collect(journal, progress)?;
        let lacking = self.lacking(&operations);
        // What cannot be given is not claimed either: whoever reads the file would take it to be safe here.
        let knows = self.knows.without(&lacking);
        let path = self.target(out);
        self.tidy(&self.landing(&path, progress).folder());
        // Gone through twice: for the header, and for the blocks.
        progress.part(COLLECTED, WRITTEN, 2 * operations.len() as u64);
        let all = || operations.values().map(|raw| progress.go(1).map(|()| raw.as_slice()));
        let landed = self.landing(&path, progress).land(|out| {
            let written = write(&self.manifest(knows), all, out)?;
            Ok((written.length, written.hash))
        });
        let (length, hash) = progress.or_stopped(landed)?;
        let number = self.signer.as_ref().map(|signer| signer.public().fingerprint());
        let (operations, missing) = (operations.len() as u64, lacking.count());
        let on_stick = sticks::hold(&path);
        let to = self.to.clone();
        Ok(Exported { path, to, operations, missing, length, hash, number, on_stick, copy: None, unnoted: None })
    }

    /// Writes the bundle, and a second copy of it into another folder where there is one. Where the stick takes nothing the other
    /// folder has it at least, and whoever is told why is told so too.
    pub fn write_twice(
        &self,
        journal: &Reader,
        out: &Path,
        second: Option<&Path>,
        progress: &Progress,
    ) -> Result<Exported, Trouble> {
        let written = self.write_watched(journal, out, progress);
        match (written, second) {
            (Ok(mut exported), Some(second)) => {
                self.copy(&mut exported, second);
                Ok(exported)
            }
            (Err(trouble), Some(second)) if landing::is_of_the_disk(&trouble) => {
                // Who tries again and again is not to find as many copies there.
                let there =
                    self.waiting(second, progress).or_else(|| self.write_watched(journal, second, progress).ok());
                let there = there.filter(|there| there.missing == 0);
                Err(there.map_or(trouble.clone(), |there| Trouble {
                    said: at_least(trouble.said.clone(), &there),
                    ..trouble
                }))
            }
            (written, _) => written,
        }
    }

    /// Finds in a folder an export of this laptop that holds just what this one would: it was written there when the stick did not
    /// take it either. It is read whole before it counts.
    fn waiting(&self, folder: &Path, progress: &Progress) -> Option<Exported> {
        let files = self.onto.list(folder).ok()?.into_iter().map(|name| folder.join(name));
        files.filter(|path| is_export(path)).find_map(|path| {
            let header = Header::read(&mut self.onto.read(&path).ok()?, &self.keys()).ok()?;
            let is_the_same = header.from == self.from
                && header.campaign == self.campaign
                && header.knows == self.knows
                && header.contains == self.knows.without(&self.had);
            let mut file = BufReader::new(self.onto.read_back(&path).ok().filter(|_| is_the_same)?);
            let bundle = Bundle::read_with(&mut progress.reading(&mut file), &self.keys()).ok()?;
            let signer = self.signer.as_ref().map(Signer::public);
            let is_alike = bundle.locked_with() == self.lock.number() && bundle.signed_by() == signer;
            is_alike.then(|| Exported {
                on_stick: sticks::hold(&path),
                path,
                to: self.to.clone(),
                operations: header.operations,
                missing: 0,
                length: bundle.length(),
                hash: bundle.hash(),
                number: signer.map(|signer| signer.fingerprint()),
                copy: None,
                unnoted: None,
            })
        })
    }

    /// Puts a second copy of what was exported into another folder, read back as the first was. Where that does not work
    /// the first stays as safe as it is.
    fn copy(&self, exported: &mut Exported, folder: &Path) {
        if !self.onto.is_dir(folder) || exported.path.parent() == Some(folder) {
            return;
        }
        let path = self.target(folder);
        let copied = self.landing(&path, &Progress::default()).land(|out| {
            let first = &exported.path;
            let copied = self.onto.read(first).and_then(|mut file| io::copy(&mut file, out));
            Ok((copied.map_err(|error| landing::failed(first, &error))?, exported.hash))
        });
        exported.copy = Some(copied.map(|_| path));
    }

    /// Gives the key that reads it back.
    pub(in crate::app) fn keys(&self) -> Keys {
        match &self.lock {
            Lock::Clear => Keys::default(),
            Lock::Shared(seal) | Lock::Own { seal, .. } => Keys::of([seal.clone()]),
        }
    }

    /// Keeps it out of the campaign's own folder: who looks for it on the stick would not find it.
    fn fits(&self, out: &Path) -> Result<(), Trouble> {
        let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder = if self.onto.is_dir(out) { out } else { out.parent().unwrap_or(out) };
        match &self.keep_out_of {
            Some(own) if whole(folder).starts_with(whole(own)) => {
                let said = t(
                    "{dir} 是本机的数据文件夹, 没有导出.",
                    "{dir} holds this laptop's own data; nothing was exported.",
                );
                Err(Trouble::new("export-in-data", said.with("dir", folder.display()))
                    .hint(t("插上U盘, 或换一个文件夹.", "Put in a stick, or choose another folder.")))
            }
            _ => Ok(()),
        }
    }

    fn target(&self, out: &Path) -> PathBuf {
        if !self.onto.is_dir(out) {
            return out.to_owned();
        }
        // A locked file does not give away in its name who wrote it.
        let person = self.from.visitors.first().filter(|_| matches!(self.lock, Lock::Clear)).map_or("", String::as_str);
        let mut wished = file_name(&self.from.group, person, self.now_ms);
        if let Some(to) = &self.to {
            let whom = [&to.code, &to.group].into_iter().find(|word| !word.is_empty());
            wished = addressed(&wished, whom.map_or("", String::as_str));
        }
        out.join(free_name(&wished, |name| self.onto.length(&out.join(name)).is_ok()))
    }

    /// Gives the operations to be written, in the order of their names.
    fn collect(&self, journal: &Reader, progress: &Progress) -> Result<BTreeMap<Name, Vec<u8>>, Trouble> {
        let mut operations = BTreeMap::new();
        journal.read_from(Position::START, &mut |frame| {
            let mut rest = frame.operations;
            while let Ok((first, tail)) = bytes::split(rest) {
                if let Ok(name) = bytes::name_of(first)
                    && self.knows.contains(name)
                    && !self.had.contains(name)
                {
                    operations.entry(name).or_insert_with(|| first.to_vec());
                    progress.go(1)?;
                }
                rest = tail;
            }
            Ok(())
        })?;
        Ok(operations)
    }

    /// Finds what is known, was not had by the reader before, and was not found in the journal.
    fn lacking(&self, operations: &BTreeMap<Name, Vec<u8>>) -> Ranges {
        let mut found = Ranges::default();
        for name in operations.keys() {
            found.insert(*name);
        }
        self.knows.without(&self.had).without(&found)
    }

    /// Takes away what an export of this laptop left hidden in a folder when it was killed: long ago, as another one may be
    /// under way.
    fn tidy(&self, folder: &Path) {
        let left = self.onto.list(folder).unwrap_or_default().into_iter().filter(|name| landing::is_part(name));
        for path in left.map(|name| folder.join(name)) {
            let header = self.onto.read(&path).ok().and_then(|mut file| Header::read(&mut file, &self.keys()).ok());
            let is_ours = |header: Header| {
                header.from.laptop == self.from.laptop && header.exported_ms.abs_diff(self.now_ms) > LONG_AGO_MS
            };
            if header.is_some_and(is_ours) {
                let _ = self.onto.remove(&path);
            }
        }
    }

    fn landing<'a>(&'a self, path: &'a Path, progress: &'a Progress) -> Landing<'a> {
        Landing { disk: self.onto.as_ref(), path, keys: self.keys(), progress, written: WRITTEN }
    }

    fn manifest(&self, knows: Ranges) -> Manifest {
        Manifest {
            campaign: self.campaign.clone(),
            from: self.from.clone(),
            exported_ms: self.now_ms,
            knows,
            introductions: self.introductions.clone(),
            lock: self.lock.clone(),
            signer: self.signer.clone(),
        }
    }
}

/// Says that what the stick did not take is in another folder.
fn at_least(why: Said, there: &Exported) -> Said {
    let said = t("{why} 另一份写好了, 读回核对过: {file}.", "{why} Another copy was written and read back: {file}.");
    said.with("file", there.path.display()).with_words("why", why)
}
