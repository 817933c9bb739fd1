//! What is said of a list before it is brought in: its cells in doubt are those that 待核对 has of it afterwards, one by one.

use std::sync::Arc;

use zoufang::app::{Device, Keeper, Place, Request, Roster};
use zoufang::clock::Clock;
use zoufang::domain::Doubt;
use zoufang::intake::{self, Guess};

fn keeper(folder: &tempfile::TempDir) -> Keeper {
    let place = Place::new(folder.path().join("data"));
    place.create(&Device::default(), &Clock::machine()).unwrap();
    let keeper = place.open(Clock::machine()).unwrap().keeper;
    Arc::clone(keeper.house()).fill("", 0).unwrap();
    keeper
}

fn in_order(doubts: impl IntoIterator<Item = Doubt>) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = doubts.into_iter().collect();
    doubts.sort_by(|a, b| (&a.key, &a.raw, &a.why).cmp(&(&b.key, &b.raw, &b.why)));
    doubts
}

/// Brings a list in and gives how many cells of it are in doubt; as many were said before.
fn bring(keeper: &mut Keeper, bytes: &[u8], file: &str) -> usize {
    let roster = Roster::of(&intake::read(bytes, file, &Guess::default()).unwrap()).unwrap();
    let would = keeper.preview(&roster).unwrap();
    let imported = keeper.import(&roster, file).unwrap();
    while keeper.work().unwrap() {}
    let listed = keeper.house().doubts().unwrap().into_iter().filter(|cell| cell.listed.writer == roster.writer);
    let listed = in_order(listed.map(|cell| cell.doubt));
    assert_eq!(in_order(would.doubts), listed, "{file}");
    assert_eq!([would.bring.doubts, imported.doubts], [listed.len(); 2], "{file}");
    listed.len()
}

/// Writes a list with cells in doubt of every sort that needs no other list, every tenth row twice.
fn dirty(size: usize, rows: impl Iterator<Item = usize>) -> String {
    let row = |n: usize| {
        let name = char::from_u32(0x5BCC + u32::try_from(n).unwrap()).unwrap();
        let phone = if n.is_multiple_of(5) { format!("138533{n:04}") } else { format!("1385330{n:04}") };
        let village = if n.is_multiple_of(9) { "动里东村" } else { "东里东村" };
        let remark = ["已搬迁", "长期在外务工", "", "听力不好", "五保, 住县城儿子家", ""][n % 6];
        let row = format!("东里镇,{village},张守{name},{phone},{size},{n}号,{remark}\n");
        if n.is_multiple_of(10) { row.repeat(2) } else { row }
    };
    format!("镇,村,户主姓名,联系电话,家庭人口,门牌,备注\n{}", rows.map(row).collect::<String>())
}

// What a remark proposes was in the list and not in what was said before: about half of a usual roster.
#[test]
fn as_many_cells_are_said_to_be_in_doubt_as_are_listed_later() {
    let folder = tempfile::tempdir().unwrap();
    let mut keeper = keeper(&folder);
    let sample = std::fs::read("tests/data/rosters/r500_gbk.csv").unwrap();
    assert!(bring(&mut keeper, &sample, "名单.csv") > 20);
    let may = bring(&mut keeper, dirty(3, 0..120).as_bytes(), "五月.csv");
    assert!(may > 100, "{may}");

    // A later list: some of it was decided meanwhile, and what stands twice in it was said to be one.
    let house = Arc::clone(keeper.house());
    let cells = house.doubts().unwrap();
    let mut decide = |request: Request| drop(keeper.run(&request).unwrap());
    for (at, cell) in cells.iter().filter(|cell| cell.file == "五月.csv").enumerate() {
        let about = |word: &str| Request::new(word).with_name("household", cell.household);
        match cell.doubt.why.split_once(' ') {
            Some(("remark-means", _)) if at.is_multiple_of(8) => {
                decide(about("household.settle").with("fact", cell.doubt.key.as_str()));
            }
            Some(("same-row", row)) if at.is_multiple_of(2) => {
                let other = house.row_of(cell.listed, row.parse().unwrap()).unwrap();
                decide(about("household.same").with_name("other", other));
            }
            _ => {}
        }
    }
    keeper.sync().unwrap();
    let june = bring(&mut keeper, dirty(4, (0..125).filter(|n: &usize| !n.is_multiple_of(7))).as_bytes(), "六月.csv");
    assert!(june > 50 && june < may, "{june} of {may}");
}
