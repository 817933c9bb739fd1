//! Long jobs: files are read and verified on a thread of their own; only what is whole goes to the writer.

use std::path::{Path, PathBuf};

use crate::domain::Doubt;
use crate::intake::{self, Guess, Reading, Watch};
use crate::log::{Ranges, Reader};
use crate::text::{Trouble, t};

use crate::app::exchange::foreseen::{self, Foresight};
use crate::app::{
    Correction, Corrections, Digests, Foreseen, House, Imported, InTurn, Missing, Ours, Parcel, Place, Plan, Progress,
    Roster, Trust,
};

/// Percent of a look when every file is verified; the rest is looking what becomes of households.
const VERIFIED: u64 = 70;

/// A roster file as it was understood, and what importing it would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The file.
    pub file: PathBuf,
    /// How it was understood.
    pub reading: Reading,
    /// What a person said about it, now or when a list of this shape came before.
    pub correction: Correction,
    /// What importing it would do.
    pub would: Imported,
    /// The cells of this list that 待核对 would have.
    pub doubts: Vec<Doubt>,
}

/// An export file that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The file.
    pub file: PathBuf,
    /// What it would bring, or why it cannot be used.
    pub state: Result<Brings, Trouble>,
}

/// What an export file would bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brings {
    /// The laptop it comes from.
    pub laptop: u64,
    /// It comes from this laptop.
    pub own: bool,
    /// The group it comes from.
    pub group: String,
    /// The people it comes from.
    pub people: Vec<String>,
    /// When it was exported by that laptop's clock, milliseconds since 1970 UTC.
    pub exported_ms: i64,
    /// What it brings where it comes alone.
    pub alone: Share,
    /// What it brings once those before it are merged, where it is merged with them.
    pub in_turn: Share,
    /// What will still be missing afterwards.
    pub missing: Vec<Missing>,
    /// Which disagreements it would bring in its turn and which households change; none where it is too long to be looked through,
    /// or a person stopped the look.
    pub foreseen: Option<Foreseen>,
    /// What is known of who wrote it.
    pub trust: Trust,
    /// When a newer export of that laptop was made that was merged, where nothing in this one is new.
    pub outdated: Option<i64>,
}

/// What of a file is new, known, or set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Operations that are new.
    pub fresh: u64,
    /// Operations that are known.
    pub repeated: u64,
    /// Operations set aside because their name is known with other bytes.
    pub quarantined: u64,
}

impl Share {
    fn of(plan: &Plan) -> Self {
        Self { fresh: plan.fresh.count(), repeated: plan.repeated, quarantined: plan.quarantined.count() }
    }

    /// Tells whether it brings nothing.
    pub const fn is_empty(self) -> bool {
        self.fresh + self.quarantined == 0
    }
}

impl Brings {
    /// Tells whether it is merged with all the others.
    pub fn is_wanted(&self) -> bool {
        !self.alone.is_empty() && !self.trust.is_doubtful()
    }
}

/// A roster file as it was read.
#[derive(Debug, Clone)]
pub struct Understood {
    /// How it was understood.
    pub reading: Reading,
    /// The shape of the list as it was guessed, under which a correction is remembered.
    pub shape: String,
    /// What a person said about it, now or when a list of this shape came before.
    pub correction: Correction,
    /// Its operations.
    pub roster: Roster,
}

/// What a person says of a list now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Told {
    /// Nothing: what was said of lists of its shape counts.
    #[default]
    Nothing,
    /// Everything there is to say; what was said before is forgotten.
    All(Correction),
    /// Something more, or instead, than what was said of lists of its shape.
    More(Correction),
}

impl Told {
    /// Says the same of another sheet of the file.
    #[must_use]
    pub fn of_sheet(self, sheet: String) -> Self {
        let said = match self {
            Self::Nothing => Correction::default(),
            Self::All(said) | Self::More(said) => said,
        };
        Self::All(Correction { sheet: Some(sheet), ..said })
    }
}

fn watched(said: &Correction, watch: &Watch) -> Guess {
    Guess { watch: watch.clone(), ..said.guess() }
}

/// Reads a roster file and makes its operations, as a person says and said of lists of the same shape.
pub fn read_roster(file: &Path, said: &Told, place: &Place, watch: &Watch) -> Result<Understood, Trouble> {
    // Always guessed first, however it is corrected: so the shape is the same whatever was said.
    let guessed = intake::read_file(file, &watched(&Correction::default(), watch));
    let shape = guessed.as_ref().map(Reading::shape).unwrap_or_default();
    let remembered = || Corrections::read(place.disk.as_ref(), &place.home()).of(&shape).cloned().unwrap_or_default();
    let correction = match said {
        Told::Nothing => remembered(),
        Told::All(said) => said.clone(),
        Told::More(said) => remembered().and(said),
    };
    if let (Told::All(said) | Told::More(said), Ok(guessed)) = (said, &guessed) {
        said.fits(guessed)?;
    }
    let reading = if correction.is_empty() { guessed? } else { intake::read_file(file, &watched(&correction, watch))? };
    let roster = Roster::of(&reading)?;
    Ok(Understood { reading, shape, correction, roster })
}

impl Understood {
    /// Makes sure that it can be brought in.
    ///
    /// # Errors
    /// `roster-no-names` where nobody knows yet which column holds the names.
    pub fn ready(&self, file: &str) -> Result<(), Trouble> {
        if self.reading.has_names() { Ok(()) } else { Err(intake::no_names(file)) }
    }
}

/// Looks at the export files in a folder, or at one file, in order of name: each as it comes after those before it, and one that a
/// person has to accept first as it comes alone. Once stopped it gives those looked at so far.
pub fn look(place: &Path, laptop: u64, known: Known, house: &House, progress: &Progress) -> Vec<Offer> {
    if !place.exists() && !is_export(place) {
        return vec![Offer { file: place.to_owned(), state: Err(absent(place)) }];
    }
    let files = files(place);
    let length = |file: &PathBuf| std::fs::metadata(file).map_or(0, |data| data.len());
    progress.part(0, VERIFIED, files.iter().map(length).sum());
    let (view, names) = (house.view(), known.names.clone());
    let (mut turn, mut foresight) = (InTurn::of(known), Foresight::of(house, view.as_ref(), &names));
    let mut offers = Vec::with_capacity(files.len());
    let mut missing = Vec::new();
    for file in files {
        let looked = looked_at(&file, laptop, &turn, progress);
        let state = looked.and_then(|(mut brings, mut parcel)| {
            if brings.is_wanted() {
                foresight.add(&mut parcel, progress)?;
            } else {
                brings.foreseen = foreseen::foresee_alone(&mut parcel, &names, house, progress)?;
            }
            if !parcel.is_doubtful() {
                turn.take(&parcel);
            }
            missing.push(parcel.plan.missing);
            Ok(brings)
        });
        if state.as_ref().is_err_and(|trouble| trouble.kind == "stopped") {
            break;
        }
        offers.push(Offer { file, state });
    }
    progress.part(VERIFIED, 100, foresight.steps());
    let mut foreseen = foresight.foresee(progress).unwrap_or_default().into_iter();
    let usable = offers.iter_mut().filter_map(|offer| offer.state.as_mut().ok());
    for (brings, missing) in usable.zip(missing) {
        // What another of them brings is not asked for.
        brings.missing = house.of_whom(&missing.without(turn.names()), turn.peers());
        if brings.is_wanted() {
            brings.foreseen = foreseen.next().flatten();
        }
    }
    offers
}

/// Verifies one file and plans it in its turn.
fn looked_at(file: &Path, laptop: u64, turn: &InTurn, progress: &Progress) -> Result<(Brings, Parcel), Trouble> {
    let mut parcel = turn.open(file, progress).map_err(|trouble| as_a_roster(file, trouble))?;
    let alone = Share::of(&parcel.plan);
    if !parcel.is_doubtful() {
        turn.plan(&mut parcel);
    }
    let brings = Brings {
        laptop: parcel.plan.from.laptop,
        own: parcel.plan.from.laptop == laptop,
        group: parcel.plan.from.group.clone(),
        people: parcel.plan.from.visitors.clone(),
        exported_ms: parcel.plan.exported_ms,
        alone,
        in_turn: Share::of(&parcel.plan),
        missing: Vec::new(),
        foreseen: None,
        trust: parcel.trust,
        outdated: parcel.outdated,
    };
    Ok((brings, parcel))
}

/// What a laptop knows, for looking at export files beside the writer.
pub struct Known {
    /// Which bundles are ours.
    pub ours: Ours,
    /// What is known.
    pub names: Ranges,
    /// The journal.
    pub journal: Reader,
    /// The digests of what it holds.
    pub digests: Digests,
}

impl Known {
    /// Verifies a file against it.
    pub fn open(&self, file: &Path, progress: &Progress) -> Result<Parcel, Trouble> {
        Parcel::open_watched(file, &self.ours, &self.names, &self.journal, &self.digests, progress)
    }
}

/// Says what to do with a roster that somebody wants to merge.
fn as_a_roster(file: &Path, trouble: Trouble) -> Trouble {
    if trouble.kind == "bundle-not" && crate::app::exchange::sticks::may_be_roster(file) {
        return trouble.hint(t("像是名册: 按 5 导入.", "It seems to be a roster: 5 imports it."));
    }
    trouble
}

/// Tells whether a path is called as export files are.
pub(in crate::app) fn is_export(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zfb"))
}

fn absent(folder: &Path) -> Trouble {
    Trouble::new(
        "folder-missing",
        t("没有 {dir} 这个文件夹.", "There is no folder {dir}.").with("dir", folder.display()),
    )
    .hint(t("看看有没有打错, U盘插好没有.", "Look whether it is written right, and whether the stick is in."))
}

/// Gives the export files of a folder in order of name; a file is itself.
pub fn files(place: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(place) else { return vec![place.to_owned()] };
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| is_export(path))
        .filter(|path| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')))
        .collect();
    found.sort();
    found
}
