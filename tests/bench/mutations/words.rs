//! Words: the entry line and what people type in fields, and the campaign file.

use zoufang::domain::entry::{self, Entry, Strip};
use zoufang::domain::{Campaign, Name, Phone, local, spoken};
use zoufang::hanzi::{clean, forms};

use super::{Parser, Read};

const LINES: [&str; 14] = [
    "6 想要个小广场",
    "4++* 两家为滴水吵架",
    "5! 校车只到村口",
    "６？　路灯不亮",
    "3组机井坏了",
    "12345打了没人管",
    "1#2# 机井坏了",
    "@zsf",
    "张 1385330 1234",
    "明天下午三点半",
    "5月28号晚上七点",
    "2021-05-18T19:42:00+08:00",
    "h0d3kabcd01234-12",
    "东里东村 3组 12号",
];

/// Gives the parsers.
pub fn parsers() -> Vec<Parser> {
    let campaign = include_bytes!("../../../src/domain/data/campaign-yiyuan-2021.toml").to_vec();
    let lines = LINES.iter().map(|line| line.as_bytes().to_vec()).collect();
    vec![
        Parser {
            name: "campaign",
            inputs: vec![campaign],
            mend: None,
            read: Box::new(|bytes, _| read_campaign(bytes)),
        },
        Parser { name: "entry", inputs: lines, mend: None, read: Box::new(|bytes, _| read_line(bytes)) },
    ]
}

fn read_campaign(bytes: &[u8]) -> Read {
    let Ok(text) = std::str::from_utf8(bytes) else { return Read::Refused };
    let Ok((campaign, _)) = Campaign::read(text) else { return Read::Refused };
    let _ = (campaign.people(), campaign.quota(), campaign.visit.minimum_ms());
    Read::Taken
}

/// Reads what somebody typed in every way in which a field does.
fn read_line(bytes: &[u8]) -> Read {
    let text = String::from_utf8_lossy(bytes);
    for clean in [clean::line(&text), clean::name(&text), clean::lines(&text)] {
        if let Some(sign) = clean.chars().find(|sign| sign.is_control() && *sign != '\n') {
            return Read::Wrong(format!("{sign:?} comes through"));
        }
    }
    let line = clean::line(&text);
    let said = entry::parse(&line);
    if let Entry::Issue(issue) = &said
        && entry::parse(&issue.written()) != said
    {
        return Read::Wrong(format!("{line:?} is written back as {:?}", issue.written()));
    }
    let _ = (entry::speakers(&line), entry::suggest(&line), entry::words_in(&line), entry::split(&line));
    let mut strip = Strip::open(&line);
    for press in line.chars().filter(|key| Strip::takes(*key)).map(entry::Press::Key).take(20) {
        strip = strip.press(press);
    }
    let _ = (strip.entry(), strip.text().len());
    for side in [spoken::Side::Ahead, spoken::Side::Behind] {
        let _ = spoken::read(&line, 1_621_338_120_000, side);
    }
    let _ = (Phone::parse(&line), line.parse::<Name>(), local::read_day(&line));
    let _ = (forms::number(&line), forms::group(&line), forms::door(&line), Phone::masked(&line), Phone::spaced(&line));
    Read::Taken
}
