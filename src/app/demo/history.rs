//! The past days and the next ones of the sample: visits with what was said, attempts, appointments.

use super::Sample;
use crate::app::Request;
use crate::domain::{Name, local};
use crate::text::Trouble;

/// What people said: the field, the class, and whether it is a suggestion. A line without a field stays a note.
const SAID: [(&str, &str, &str); 24] = [
    ("村里没有地方跳舞, 想要个小广场", "culture", "general"),
    ("3组机井坏了浇不上地, 涉及20多户", "agriculture", "larger"),
    ("村文化大院晚上不开门, 白天大家都下地, 等于没有", "culture", "general"),
    ("卫生室药不全, 买降压药要去镇上", "health", "general"),
    ("端午想办个戏台", "culture", "suggestion"),
    ("村小学校车只到村口, 孩子要走二里地", "education", "larger"),
    ("路口垃圾桶满了好几天没人清", "environment", "general"),
    ("孩子在青岛上班, 中秋回来", "", ""),
    ("河道旁边养猪场味道大", "environment", "major"),
    ("晚上路灯不亮, 老人出门怕摔", "governance", "general"),
    ("今年桃子价钱不错", "", ""),
    ("慢性病报销的手续想问清楚", "health", "on_site"),
    ("希望送戏下乡多来几场", "culture", "suggestion"),
    ("广场舞音响太响, 吵得睡不着", "governance", "general"),
    ("农家书屋的书旧了, 想要些果树管理的", "culture", "suggestion"),
    ("村西头桥栏杆松了", "governance", "larger"),
    ("自来水隔天才来一回", "agriculture", "major"),
    ("腰疼, 地里的活干不动了", "", ""),
    ("想学用手机挂号", "health", "on_site"),
    ("幼儿园离得远, 接送不方便", "education", "long_term"),
    ("果树保险怎么赔不明白", "agriculture", "on_site"),
    ("健身器材坏了两个", "culture", "general"),
    ("邻里为了滴水争了几回", "governance", "general"),
    ("想要个篮球架", "culture", "suggestion"),
];
/// Days ago, and hour, of each round of visits; in each a handful of households are visited one after another.
const ROUNDS: [(i64, i64); 8] = [(-9, 18), (-8, 19), (-7, 18), (-6, 9), (-5, 19), (-3, 18), (-2, 19), (-1, 18)];
const VISITS_A_ROUND: usize = 4;

/// Tells the whole story. `rows` are the households in order of the roster.
pub fn tell(sample: &mut Sample<'_>, rows: &[Name]) -> Result<(), Trouble> {
    // Every thirteenth row: so all villages have some.
    let mut next = rows.iter().copied().step_by(13);
    let mut said = SAID.iter().cycle();
    for (round, (days, hour)) in ROUNDS.into_iter().enumerate() {
        for turn in 0..VISITS_A_ROUND {
            let Some(household) = next.next() else { return Ok(()) };
            let start = sample.at(days, hour, i64::try_from(turn).unwrap_or(0) * 32);
            match (round * VISITS_A_ROUND + turn) % 9 {
                4 => attempt(sample, household, start, "absent")?,
                7 => attempt(sample, household, start, if round % 2 == 0 { "later" } else { "refused" })?,
                8 => visit(sample, household, start, 7, &[])?,
                other => {
                    let lines: Vec<_> = said.by_ref().take(1 + other % 2).collect();
                    let minutes = 16 + i64::try_from(other).unwrap_or(0) * 2;
                    visit(sample, household, start, minutes, &lines)?;
                }
            }
        }
    }
    // The last word stands an hour back, so nothing of the sample lies in the future but what is planned.
    sample.stand_at(-super::HOUR);
    for (days, hour, confirmed) in [(0, 19, true), (0, 20, false), (1, 8, true), (1, 19, false), (3, 18, false)] {
        let Some(household) = next.next() else { return Ok(()) };
        let at = sample.now.wall_ms + sample.at(days, hour, 30);
        let request = Request::new("appointment.add")
            .with_name("household", household)
            .with("at", local::rfc3339(at))
            .with("kind", "home")
            .with("confirmed", confirmed);
        sample.ask(request)?;
    }
    Ok(())
}

/// A visit with what was said in it, timed like a real one.
fn visit(
    sample: &mut Sample<'_>,
    household: Name,
    start: i64,
    minutes: i64,
    lines: &[&(&str, &str, &str)],
) -> Result<(), Trouble> {
    sample.stand_at(start);
    sample.ask(Request::new("visit.start").with_name("household", household))?;
    for ((text, field, class), minute) in lines.iter().zip([5, 11]) {
        sample.count_to(start + minute * 60_000);
        sample.ask(match *class {
            "" => Request::new("visit.note").with("text", *text),
            "suggestion" => {
                Request::new("issue.record").with("text", *text).with("field", *field).with("kind", "suggestion")
            }
            "on_site" => Request::new("issue.record")
                .with("text", *text)
                .with("field", *field)
                .with("class", *class)
                .with("done", "当面讲清楚了"),
            class => Request::new("issue.record").with("text", *text).with("field", *field).with("class", class),
        })?;
    }
    sample.count_to(start + minutes * 60_000);
    let told = Request::new("visit.set").with("told/2", true).with("told/4", true).with("gave/card", true);
    let finish = Request::new("visit.finish");
    if minutes < sample.keeper.house.minimum_minutes() {
        sample.ask(finish.with("short_why", "家里来了客人"))?;
        return Ok(());
    }
    sample.ask(with_running(sample, told))?;
    if lines.len() > 1 {
        let member = Request::new("member.add").with_name("household", household);
        sample.ask(member.clone().with("name", "淑云").with("relation", "配偶").with("health", "chronic"))?;
        sample.ask(member.with("name", "小军").with("relation", "儿子").with("away", true))?;
    }
    sample.ask(finish.with("satisfaction", if lines.len() > 1 { "mostly" } else { "satisfied" }))?;
    Ok(())
}

/// Names the running visit, which `visit.set` takes by its id.
fn with_running(sample: &Sample<'_>, request: Request) -> Request {
    match sample.keeper.running() {
        Some(running) => {
            let visit = running.visit;
            request.with_name("visit", visit)
        }
        None => request,
    }
}

/// A visit that did not come about.
fn attempt(sample: &mut Sample<'_>, household: Name, start: i64, outcome: &str) -> Result<(), Trouble> {
    sample.stand_at(start);
    sample.ask(Request::new("visit.start").with_name("household", household))?;
    sample.count_to(start + 60_000);
    sample.ask(Request::new("visit.finish").with("outcome", outcome))?;
    Ok(())
}
