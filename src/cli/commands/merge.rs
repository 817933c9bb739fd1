//! `zoufang merge`: bundles come in one after another; a damaged one is refused and stops none of the others.

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::import::refuse;
use crate::app::{
    Beside, ClockDoubt, Dated, Device, Digests, Doubted, House, How, InTurn, Keeper, Known, Missing, NAMED, Parcel,
    Peer, Place, Plan, Progress, Touched, Touches, Trust, WrongClock, bundle_files, foresee_alone, may_be_roster,
    no_campaign, parted_from_own, whose_laptop,
};
use crate::cli::call::Call;
use crate::cli::{End, Out, Setting, Status, opening};
use crate::domain::{Sort, local};
use crate::text::{Said, Trouble, t};

/// Households that a look names at least, where there are so many.
const SHOWN: usize = 10;

/// Merges files and folders of files.
pub fn run(call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    let (json, dry, trusting) = (call.flag("json"), call.flag("dry-run"), call.flag("trust"));
    let mut way = if dry { Way::beside(call.setting)? } else { Way::Keep(Box::new(opening::open(call.setting, out)?)) };
    let place = call.setting.place()?;
    let (mut done, mut refused, mut dated) = (0, 0, Vec::new());
    for path in call.paths("PATH") {
        let files = bundle_files(&path);
        if files.is_empty() {
            refused += 1;
            refuse(&path, &no_bundles(&path), json, out);
        }
        for file in files {
            match way.take(&file, &place, trusting, call.setting.clock.now().wall_ms) {
                Ok(report) => {
                    done += 1;
                    let (who, exported_ms) = (report.plan.from.clone(), report.plan.exported_ms);
                    dated.push(Dated { who, exported_ms, is_known: !dry || report.plan.fresh.count() == 0 });
                    if json { out.json(&report.json(dry)) } else { report.show(dry, out) }
                }
                Err(trouble) => {
                    refused += 1;
                    refuse(&file, &in_file(&file, trouble), json, out);
                }
            }
        }
    }
    // One file is no measure for the clock here, all of them are: so it is said behind the last.
    if !json {
        let (device, now_ms) = (place.device()?.unwrap_or_default(), call.setting.clock.now().wall_ms);
        let doubted = way.house().doubted(&device, now_ms, &dated);
        for note in clock_notes(&doubted, &dated, &device, now_ms) {
            out.say(note);
        }
    }
    if let Way::Keep(keeper) = &mut way {
        keeper.close()?;
    } else if !json {
        out.say(t("只是看看, 什么都没有改.", "Only looked at; nothing was changed."));
    }
    Ok(Status::of(done, refused).into())
}

/// What is done with a bundle.
enum Way {
    /// It is merged in memory only, beside a running program.
    Look { house: Box<House>, turn: Box<InTurn> },
    /// It is merged.
    Keep(Box<Keeper>),
}

impl Way {
    fn beside(setting: &Setting) -> Result<Self, Trouble> {
        let place = setting.place()?;
        if !place.exists() {
            return Err(no_campaign(&place.folder));
        }
        let Beside { house, journal, .. } = place.beside()?;
        house.fill("", setting.clock.now().wall_ms)?;
        let (ours, names) = (place.ours()?, house.view().known());
        let turn = InTurn::of(Known { ours, names, journal, digests: Digests::default() });
        Ok(Self::Look { house: Box::new(house), turn: Box::new(turn) })
    }

    fn house(&self) -> &House {
        match self {
            Self::Look { house, .. } => house,
            Self::Keep(keeper) => keeper.house(),
        }
    }

    /// Takes one bundle in and reports on it.
    fn take(&mut self, file: &Path, place: &Place, trusting: bool, now_ms: i64) -> Result<Report, Trouble> {
        let mut parcel = match self {
            Self::Look { turn, .. } => turn.open(file, &Progress::default())?,
            Self::Keep(keeper) => keeper.open_parcel(file)?,
        };
        if trusting {
            parcel = parcel.accepted();
        }
        // What a person has to accept first does not come before the others.
        if let (Self::Look { turn, .. }, false) = (&self, parcel.is_doubtful()) {
            turn.plan(&mut parcel);
        }
        let (plan, trust, outdated) = (parcel.plan.clone(), parcel.trust, parcel.outdated);
        let mut peers = match self {
            Self::Look { turn, .. } => turn.peers().clone(),
            Self::Keep(_) => place.peers(),
        };
        parcel.note_sender(&mut peers, |_| true);
        let (arisen, touched) = self.brought(parcel)?;
        let missing = self.house().of_whom(&plan.missing, &peers);
        let right = self.house().shelf(|shelf, _| shelf.clocks().right(plan.from.laptop, plan.exported_ms));
        let laptop = plan.from.laptop;
        let outdated = outdated.map(|newer| self.house().shelf(|shelf, _| shelf.clocks().right(laptop, newer)));
        let own = place.device()?.is_some_and(|device| device.laptop == laptop);
        let parted =
            if own { parted_from_own(&plan.from, plan.fresh.count()) } else { peers.of(laptop).and_then(Peer::parted) };
        let file = file.to_owned();
        Ok(Report { file, plan, touched, arisen, missing, right, now_ms, trust, outdated, parted })
    }

    /// Takes a parcel in. Gives in how many disagreements it has a say then, and which households changed.
    fn brought(&mut self, mut parcel: Parcel) -> Result<(usize, Touches), Trouble> {
        let (fresh, entities, exported_ms) = (parcel.plan.fresh.clone(), parcel.touches()?, parcel.plan.exported_ms);
        // Nobody reads the names of what is done already.
        let named = match self {
            Self::Look { house, turn } if parcel.is_doubtful() => {
                let alone = foresee_alone(&mut parcel, turn.known(), house, &Progress::default())?.unwrap_or_default();
                return Ok((alone.disputes, alone.households));
            }
            Self::Look { house, turn } => {
                let view = house.view();
                parcel.each_fresh(|fresh| {
                    let applied = view.apply(&fresh, view.mark())?;
                    house.take(&applied.changed, "", exported_ms)
                })?;
                turn.take(&parcel);
                NAMED
            }
            Self::Keep(keeper) => {
                keeper.merge(parcel)?;
                keeper.finish()?;
                0
            }
        };
        let arisen = self.house().disputed_by(&[&fresh])?.into_iter().sum();
        Ok((arisen, self.house().touched(&fresh, &entities, named)?))
    }
}

/// What one bundle brought, or would bring.
struct Report {
    file: PathBuf,
    plan: Plan,
    /// The households that changed, or would.
    touched: Touches,
    arisen: usize,
    missing: Vec<Missing>,
    /// When it was exported, as that laptop's clock was corrected.
    right: i64,
    /// When it is looked at.
    now_ms: i64,
    /// What is known of who wrote it.
    trust: Trust,
    /// When a newer export of that laptop was made that was merged, as its clock was corrected.
    outdated: Option<i64>,
    /// Says that the laptop it comes from seems to be two.
    parted: Option<Said>,
}

impl Report {
    fn json(&self, dry: bool) -> Json {
        let Self { file, plan, touched, arisen, .. } = self;
        let mut report = json!({
            "ok": true,
            "file": file.display().to_string(),
            "group": plan.from.group,
            "code": plan.from.code,
            "visitors": plan.from.visitors,
            "laptop": format!("{:016x}", plan.from.laptop),
            "exported": local::rfc3339(plan.exported_ms),
            "new": plan.fresh.count(),
            "known": plan.repeated,
            "quarantined": plan.quarantined.count(),
            "missing": plan.missing.count(),
            "missing_at_sender": plan.missing_at_sender.count(),
            "households": touched.count(),
            "conflicts": arisen,
            "signature": self.trust.word(),
            "fingerprint": self.trust.key().map(|key| key.fingerprint()),
            "outdated": self.outdated.is_some(),
            "dry_run": dry,
        });
        if let (true, Some(report)) = (dry, report.as_object_mut()) {
            report.insert("which".to_owned(), touched.first.iter().map(which).collect());
        }
        report
    }

    fn show(&self, dry: bool, out: &mut Out) {
        let Self { file, plan, touched, arisen, .. } = self;
        let who = [plan.from.group.as_str(), plan.from.visitors.first().map_or("", String::as_str)];
        let who = who.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let at = format!("{} {}", local::short_day_beside(self.right, self.now_ms), local::clock(self.right));
        let text = match (plan.is_empty(), dry) {
            (true, _) => t(
                "{file}: {who} {at} 导出, 已有 {known}, 没有新内容.",
                "{file}: exported by {who} {at}; {known} known, nothing new.",
            ),
            (false, false) => t(
                "{file}: {who} {at} 导出, 新 {new} 条, 已有 {known}, 涉及 {households} 户, 不一致 {arisen}. 已合并.",
                "{file}: exported by {who} {at}; {new} new, {known} known; households {households}, disagreements {arisen}. Merged.",
            ),
            (false, true) => t(
                "{file}: {who} {at} 导出, 新 {new} 条, 已有 {known}, 涉及 {households} 户, 会有不一致 {arisen}. 可合并.",
                "{file}: exported by {who} {at}; {new} new, {known} known; households {households}, disagreements to come {arisen}. Can be merged.",
            ),
        };
        let said = text
            .with("file", file.display())
            .with("who", who)
            .with("at", at)
            .with("new", plan.fresh.count())
            .with("known", plan.repeated)
            .with("households", touched.count())
            .with("arisen", arisen);
        out.say(said);
        if dry {
            self.name_households(out);
        }
        for note in self.notes(dry) {
            out.say(note);
        }
    }

    /// Names the households that would change: those in disagreement all, of the others the first.
    fn name_households(&self, out: &mut Out) {
        let lines = self.touched.first.iter().enumerate();
        let named = lines.filter(|(at, one)| *at < SHOWN || matches!(one.how, How::Disputed(_)));
        let mut count = 0;
        for (_, one) in named {
            count += 1;
            let said = t("  {head}  {place}  {how}", "  {head}  {place}  {how}").with_words("head", one.whose.clone());
            out.say(said.with("place", &one.place).with_words("how", one.how.said()));
        }
        let rest = self.touched.count().saturating_sub(count);
        if rest > 0 {
            let words =
                t("  另有 {n} 户. --json 列出更多.", "  {n} {n:household|households} more; --json lists more of them.");
            out.say(words.with("n", rest));
        }
    }

    /// Says what needs a look: records set aside, records still missing, disagreements.
    fn notes(&self, dry: bool) -> Vec<Said> {
        let Plan { quarantined, .. } = &self.plan;
        let mut notes = Vec::new();
        if quarantined.count() > 0 {
            let text = if dry {
                t(
                    "  有 {n} 条编号相同而内容不同: 合并时不采用, 原样放进 quarantine 文件夹.",
                    "  {n} {n:record|records} {n:has|have} a known number and other content: a merge does not take {n:it|them} and puts {n:it|them} into the folder quarantine.",
                )
            } else {
                t(
                    "  有 {n} 条编号相同而内容不同, 没有采用, 原样放在 quarantine 文件夹里.",
                    "  {n} {n:record|records} {n:has|have} a known number and other content; {n:it was|they were} not taken and {n:lies|lie} in the folder quarantine.",
                )
            };
            notes.push(text.with("n", quarantined.count()));
        }
        notes.extend(self.outdated.map(|newer| {
            let words = t(
                "  旧的一次导出: {day} {time} 导出的已经合并过, 这里没有新的.",
                "  An older export: the one of {day} {time} was merged already, and nothing here is new.",
            );
            words.with("day", local::short_day_beside(newer, self.now_ms)).with("time", local::clock(newer))
        }));
        notes.extend(
            self.trust.said().map(|said| Said::from(t("  {what}.", "  It is {what}.")).with_words("what", said)),
        );
        notes.extend(self.parted.clone().map(|said| Said::from(t("  {what}.", "  {what}.")).with_words("what", said)));
        for one in &self.missing {
            notes.push(
                Said::from(t("  {what}. 其余照常使用.", "  {what}. The rest is used as usual."))
                    .with_words("what", one.said()),
            );
        }
        // Before the merge there is nothing to see yet.
        if self.arisen > 0 && !dry {
            notes.push(
                t("  用 zoufang list conflicts 看不一致.", "  “zoufang list conflicts” shows the disagreements.")
                    .into(),
            );
        }
        notes
    }
}

/// Says that the clock here is to be looked at first, else what is wrong with those of the laptops that files came from.
fn clock_notes(doubted: &Doubted, files: &[Dated], own: &Device, now_ms: i64) -> Vec<Said> {
    let number = |laptop: u64| format!("{laptop:016x}");
    let wrong = match doubted {
        Doubted::Own(_) => {
            let words = t(
                "{doubt}: 先核对它, 再看别台的; 没错就用 zoufang device --clock {laptop} --right.",
                "Mind that {doubt}: check it before any other; if it is right, “zoufang device --clock {laptop} --right” says so.",
            );
            return vec![words.with("laptop", number(own.laptop)).with_words("doubt", ClockDoubt::said(now_ms))];
        }
        Doubted::Clocks(wrong) => wrong,
    };
    let here = wrong.iter().filter(|wrong| files.iter().any(|file| file.who.laptop == wrong.laptop));
    let said = |wrong: &WrongClock| {
        let words = t(
            "{who}: {doubt}, 请核对两边的时间; 更正用 zoufang device --clock {laptop} --shows 它的钟现在的时间; 现在没错, 以前的也不用更正, 用 --right.",
            "{who}: {doubt}; check both clocks. “zoufang device --clock {laptop} --shows TIME” corrects it; --right instead says that it is right now and nothing needs correction.",
        );
        let said = words.with("who", whose_laptop(&wrong.who)).with("laptop", number(wrong.laptop));
        said.with_words("doubt", wrong.doubt.clone())
    };
    here.map(said).collect()
}

/// Gives one household to scripts.
fn which(one: &Touched) -> Json {
    let disputed = if let How::Disputed(count) = one.how { count } else { 0 };
    json!({
        "household": one.name.with_letter(Sort::Household.letter()),
        "head": one.head,
        "place": one.place,
        "change": one.how.word(),
        "conflicts": disputed,
    })
}

fn no_bundles(folder: &Path) -> Trouble {
    let said = t("{dir} 里没有导出包 (.zfb).", "There is no export file (.zfb) in {dir}.");
    Trouble::new("no-bundles", said.with("dir", folder.display()))
        .hint(t("检查是不是这个文件夹, U盘是否插好.", "Check the folder, and that the stick is in."))
}

/// Says which file a trouble is about, where it does not say so itself.
fn in_file(file: &Path, trouble: Trouble) -> Trouble {
    if !trouble.kind.starts_with("bundle-") {
        return trouble;
    }
    let said = Said::from(t("{file}: {what}", "{file}: {what}")).with("file", file.display());
    let is_roster = trouble.kind == "bundle-not" && may_be_roster(file);
    let trouble = if is_roster {
        trouble.hint(t("像是名册: 用 zoufang import.", "It seems to be a roster: use “zoufang import”."))
    } else {
        trouble
    };
    Trouble { said: said.with_words("what", trouble.said), ..trouble }
}
