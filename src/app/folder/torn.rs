//! Tells whether the torn end of a journal is damage: a frame that a merge brought, and that was acknowledged.
//!
//! A view runs ahead of actions that a power cut may take, so that it knows of one proves nothing. What a merge brings reaches
//! the view only after its own sync: whatever the end of the journal looks like, it was there.

use crate::domain::{Body, Name};
use crate::log::{Holds, Ranges, Torn};
use crate::view::View;

use crate::app::Place;

/// Tells whether the torn end was acknowledged: `lacking` is what the view knows and the journal does not hold.
pub(in crate::app) fn was_acknowledged(place: &Place, view: &dyn View, torn: &Torn, lacking: &Ranges) -> bool {
    let reached = view.reach() >= torn.end;
    match torn.holds {
        Holds::Action => false,
        Holds::Merge(Some(first)) => lacking.contains(first),
        Holds::Merge(None) => reached,
        // Nobody sees what it holds; but nothing of others is shown here before it is on the disk.
        Holds::Sealed => reached && lacking.count() > 0 && is_of_others(place, view, lacking),
    }
}

/// Tells whether nothing of what is lacking was recorded on this laptop.
fn is_of_others(place: &Place, view: &dyn View, lacking: &Ranges) -> bool {
    let Ok(Some(device)) = place.device() else { return false };
    let laptop = |writer: u64| {
        let record = view.record(Name::new(writer, 1)).ok().flatten()?;
        record.kept().find_map(|kept| match &kept.operation.body {
            Body::Writer(writer) => Some(writer.laptop),
            _ => None,
        })
    };
    let is_roster = |writer: u64| matches!(view.record(Name::new(writer, 0)), Ok(Some(_)));
    lacking.iter().all(|(writer, ..)| match laptop(writer) {
        Some(laptop) => laptop != device.laptop,
        None => is_roster(writer),
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use crate::app::{Device, Keeper, Opened, Place, Request};
    use crate::clock::Clock;
    use crate::log::Disk;
    use crate::log::disk_faulty::FaultyDisk;
    use crate::seal::{Cost, Keyring, Seal};

    fn laptop(folder: &Path, laptop: u64, disk: &FaultyDisk, ring: Option<&Keyring>) -> Place {
        let place = Place { disk: Arc::new(disk.clone()), ..Place::new(folder.to_owned()) };
        let device = Device { laptop, visitors: vec!["陈明".into()], ..Device::default() };
        place.create(&device, &Clock::machine()).unwrap();
        if let Some(ring) = ring {
            disk.put(&place.folder.join("keys.zfk"), ring.encode());
        }
        place
    }

    fn open(place: &Place) -> (Keeper, String) {
        let Opened { mut keeper, findings, .. } = place.open(Clock::machine()).unwrap();
        keeper.fill().unwrap();
        (keeper, format!("{findings:?}"))
    }

    fn add(keeper: &mut Keeper, head: &str) {
        keeper.run(&Request::new("household.add").with("head", head)).unwrap();
    }

    /// In the clear, and sealed.
    fn both() -> [(Seal, Option<Keyring>); 2] {
        let cheap = Cost { memory: 16, passes: 1, lanes: 1 };
        let (ring, seal, _) = Keyring::new("x", cheap).unwrap();
        [(Seal::CLEAR, None), (seal, Some(ring))]
    }

    /// Damages the last 4 KiB of the journal's last file: zeros, or cut off.
    fn damage(disk: &FaultyDisk, place: &Place, zeros: bool) {
        let mut names = disk.list(&place.journal_folder()).unwrap();
        names.sort();
        let file = place.journal_folder().join(names.pop().unwrap());
        let mut bytes = disk.bytes(&file).unwrap();
        let (all, kept) = (bytes.len(), bytes.len() - 4_096);
        bytes.truncate(kept);
        bytes.resize(if zeros { all } else { kept }, 0);
        disk.put(&file, bytes);
    }

    // The frame of a small merge whose end was damaged was taken for an action that a power cut interrupted, and the view, which
    // still had all of it, thrown away.
    #[test]
    fn a_merge_whose_end_is_damaged_comes_back_from_the_view() {
        let cases = [(300, true), (300, false), (3_000, true), (3_000, false)];
        for ((households, zeros), (seal, ring)) in cases.into_iter().flat_map(|case| both().map(|both| (case, both))) {
            let home = tempfile::tempdir().unwrap();
            let disk = FaultyDisk::sealed(seal.clone());
            let place = laptop(&home.path().join("office"), 1, &disk, ring.as_ref());
            let (mut other, _) = open(&laptop(&home.path().join("group"), 2, &FaultyDisk::default(), None));
            for number in 0..households {
                add(&mut other, &format!("张守富{number}"));
            }
            other.sync().unwrap();
            let file = other.export(home.path(), None).unwrap().path;
            let (mut keeper, _) = open(&place);
            add(&mut keeper, "李桂英");
            keeper.sync().unwrap();
            keeper.merge(keeper.open_parcel(&file).unwrap()).unwrap();
            keeper.finish().unwrap();
            keeper.close().unwrap();
            drop(keeper);
            damage(&disk, &place, zeros);
            let (keeper, said) = open(&place);
            let case = format!("{households} {:?} zeros {zeros}: {said}", seal.id());
            assert_eq!(keeper.house().count(), households + 1, "{case}");
            assert!(said.contains("补回"), "{case}");
            drop(keeper);
            std::fs::remove_dir_all(place.home().join("view")).unwrap();
            assert_eq!(open(&place).0.house().count(), households + 1, "the journal has it: {case}");
        }
    }

    // An action that a power cut took from the journal was acknowledged to nobody, whatever the view knows of it.
    #[test]
    fn an_action_whose_end_is_torn_does_not_come_back_from_a_view_that_ran_ahead() {
        for (seal, ring) in both() {
            let home = tempfile::tempdir().unwrap();
            let disk = FaultyDisk::sealed(seal);
            let place = laptop(&home.path().join("office"), 1, &disk, ring.as_ref());
            let (mut keeper, _) = open(&place);
            add(&mut keeper, "李桂英");
            keeper.sync().unwrap();
            add(&mut keeper, &"从没存下的".repeat(400));
            keeper.close().unwrap();
            drop(keeper);
            damage(&disk, &place, false);
            let (keeper, said) = open(&place);
            assert_eq!(keeper.house().count(), 1, "{said}");
            assert!(!said.contains("补回"), "{said}");
        }
    }
}
