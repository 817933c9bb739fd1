//! The face of a household in a list: what tells namesakes apart, and how it stands. No illness, no full phone: one that somebody
//! wrote behind a name or a door loses its middle here, where it is shown, and stays as it is where it is read.

use crate::domain::hidden::{self, Piece, for_lists, for_other_eyes};
use crate::domain::{Body, Household, Name, Record, Word, choice, local};
use crate::hanzi::{clean, forms};
use crate::lookup::{Asked, Member, Row, Tie};
use crate::text::{Lang, Said, Text, t};

use crate::app::Standing;
use crate::app::house::awaited::Awaited;

/// One line of a list of households.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Which household.
    pub name: Name,
    /// 户主.
    pub head: String,
    /// Sex and age: `男67`.
    pub who: Said,
    /// 户类别.
    pub kind: Said,
    /// Township, as it is written: places are compared by it.
    pub town: String,
    /// Village, as it is written.
    pub village: String,
    /// Group and door: `3组 12号`.
    pub place: String,
    /// 小名 or spouse, without a phone that somebody wrote into it.
    pub known_as: String,
    /// How it stands: 未访, 已访 5-12 21分, 约今晚 19:30.
    pub standing: Said,
    /// When somebody is to come, milliseconds since 1970 UTC; none where nobody is.
    pub due: Option<i64>,
    /// On whose laptop somebody is to come; empty where it is this one.
    pub whose: String,
    /// Who of the household was meant by what was typed, where it is not the head.
    pub meant: Option<Meant>,
    /// Another one of the list reads like it: it may have been entered twice.
    pub twice: bool,
}

/// Somebody of a household who is not its head: 家人 刘桂芝.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// Who that is to the household.
    pub who: Text,
    /// Their name, as lists say it.
    pub name: String,
    /// Their own record, where they are a member of the family: two of them may be called alike.
    pub person: Option<Name>,
}

/// Somebody by whom a household is found.
enum Person<'a> {
    /// Another name, and in which words the list says what that is.
    Also(Text, &'a Word),
    /// A member of the family, and in which words.
    Member(Text, Name, Member),
}

impl Person<'_> {
    fn tie(&self) -> Tie<'_> {
        match self {
            Self::Also(_, name) => Tie::Also(name),
            Self::Member(_, _, member) => Tie::Member(member),
        }
    }

    fn meant(&self) -> Meant {
        let (who, name, person) = match self {
            Self::Also(who, name) => (*who, name.as_str(), None),
            Self::Member(who, own, member) => (*who, member.name.as_str(), Some(*own)),
        };
        Meant { who, name: for_lists(name), person }
    }
}

impl Face {
    /// Draws the face of a household.
    pub fn of(name: Name, household: &Household, standing: &Standing, now_ms: i64) -> Self {
        Self {
            name,
            head: head(household),
            who: who(household, now_ms),
            kind: choice::name_of(choice::HOUSEHOLD_KINDS, &household.kind).unwrap_or(t("", "")).into(),
            town: household.town.to_string(),
            village: household.village.to_string(),
            place: place(household),
            known_as: for_lists(&first_said(&[&household.nickname, &household.spouse])),
            standing: standing_words(household, standing, now_ms),
            due: due(household, standing, now_ms),
            whose: standing.told(now_ms).map(|one| one.whose.clone()).unwrap_or_default(),
            meant: None,
            twice: false,
        }
    }

    /// Says who was meant by what was typed, where the line does not show it; `members` are asked for only then.
    #[must_use]
    pub fn meant(
        self,
        asked: &Asked,
        own: &Row,
        household: &Household,
        members: impl FnOnce() -> Vec<(Name, Member)>,
    ) -> Self {
        let people = || {
            let spouse = match household.sex.as_str() {
                "male" => t("配偶", "wife"),
                "female" => t("配偶", "husband"),
                _ => t("配偶", "spouse"),
            };
            let also = [(t("小名", "called"), &household.nickname), (spouse, &household.spouse)];
            let also = also.map(|(who, name)| Person::Also(who, name));
            let member = |(own, member): (Name, Member)| {
                Person::Member(if member.name == household.spouse { spouse } else { t("家人", "kin") }, own, member)
            };
            also.into_iter().chain(members().into_iter().map(member)).collect()
        };
        let meant = asked.by(own, people, Person::tie);
        Self { meant: meant.as_ref().map(Person::meant), ..self }
    }
}

fn first_said(words: &[&str]) -> String {
    words.iter().find(|word| !word.is_empty()).map_or_else(String::new, |word| (*word).to_owned())
}

/// Gives the name of the head as lists say it.
pub fn head(household: &Household) -> String {
    for_lists(&household.head)
}

/// Names a record of a household of whom no head is said: 没有户主 第3行, by its number in the roster.
pub fn no_head(record: Option<&Record>) -> Said {
    match record.and_then(Record::born).map(|born| &born.operation.body) {
        Some(Body::RosterRow(row)) => t("没有户主 第{row}行", "no head, row {row}").with("row", row.row),
        _ => t("没有户主", "no head").into(),
    }
}

/// Gives sex and age of the head: `男67`, `f58`.
pub fn who(household: &Household, now_ms: i64) -> Said {
    let year = i64::from(chrono::Datelike::year(&local::day(now_ms)));
    let age = household.age(year).map_or_else(String::new, |age| age.to_string());
    let sex = choice::name_of(choice::SEXES, &household.sex).unwrap_or(t("", ""));
    t("{sex}{age}", "{sex}{age}").with("age", age).with_words("sex", sex)
}

/// Gives group and door as lists say them: `3组 12号`.
pub fn place(household: &Household) -> String {
    for_other_eyes(&group_and_door(household))
}

/// Gives group and door as they are written.
pub fn group_and_door(household: &Household) -> String {
    let group = match household.group.as_str() {
        "" => String::new(),
        number if number.chars().all(|c| c.is_ascii_digit()) => format!("{number}组"),
        other => other.to_owned(),
    };
    [group.as_str(), household.door.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Says where a household is: town, village, group and door, cleaned.
pub fn whereabouts(household: &Household) -> String {
    let parts = [for_other_eyes(&household.town), for_other_eyes(&household.village), place(household)];
    let parts: Vec<String> = parts.iter().map(|part| clean::line(part)).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// Says how a household stands.
pub fn standing_words(household: &Household, standing: &Standing, now_ms: i64) -> Said {
    match household.standing.as_str() {
        "moved" => return t("迁出", "moved out").into(),
        "deceased" => return t("去世", "deceased").into(),
        _ => {}
    }
    if let Some(visit) = &standing.visited {
        let minutes = visit.counted_ms / 60_000;
        let day = local::short_day(visit.at);
        let text = match (visit.by_phone, visit.covers) {
            (true, true) => t("已电话 {day}", "by phone {day}"),
            (true, false) => t("电话不计 {day}", "call {day}"),
            (false, true) => t("已访 {day} {m}分", "visited {day} {m}m"),
            (false, false) => t("不足 {day} {m}分", "short {day} {m}m"),
        };
        // Made before the visit and kept since, it is no next one.
        let is_next = |one: &&Awaited| !visit.covers || one.is_ahead(now_ms);
        let Some(next) = standing.told(now_ms).filter(is_next) else {
            return text.with("day", day).with("m", minutes);
        };
        let is_latest = standing.open.is_none() && standing.tried.as_ref().is_none_or(|(_, tried)| *tried < visit.at);
        // That it is covered is said whatever came of going there again.
        if is_latest || visit.covers {
            // Why somebody goes there again, and when: the day of the visit is on the card.
            let text = if visit.covers {
                t("已访 {due}", "{due}  visited")
            } else if visit.by_phone {
                t("电话不计 {due}", "{due}  call")
            } else {
                t("不足{m}分 {due}", "{due}  short {m}m")
            };
            return text.with("m", minutes).with_words("due", due_words(next.at, &next.whose, now_ms));
        }
    }
    let told = standing.told(now_ms);
    let open = match (standing.open, &standing.tried) {
        (Some((at, is_there)), _) if local::days_between(at, now_ms) == 0 => {
            if is_there { t("在谈", "in a visit") } else { t("先走了", "left early") }.into()
        }
        (Some((at, _)), _) => t("没结束 {day}", "not ended {day}").with("day", local::short_day(at)),
        (None, Some((outcome, at))) => tried_words(outcome, told.is_some())
            .with("day", local::short_day(*at))
            .with_words("how", choice::name_of(choice::OUTCOMES, outcome).unwrap_or(t("未访", "unvisited"))),
        (None, None) => t("未访", "unvisited").into(),
    };
    match told {
        Some(next) => {
            // In English an appointment says by itself that the visit is still to come, and its hour fits a list of 80 columns.
            let nothing_yet = standing.open.is_none() && standing.tried.is_none();
            let said = if nothing_yet { t("{open}  {due}", "{due}") } else { t("{open}  {due}", "{open}  {due}") };
            Said::from(said).with_words("open", open).with_words("due", due_words(next.at, &next.whose, now_ms))
        }
        None => open,
    }
}

/// Says what came of the last attempt; 另约 with a day behind it reads like the day that was agreed on.
fn tried_words(outcome: &str, is_awaited: bool) -> Text {
    match (outcome, is_awaited) {
        ("later", true) => t("{how}", "{how}"),
        ("later", false) => t("{how} ({day} 说)", "{day}: {how}"),
        _ => t("{how} {day}", "{how} {day}"),
    }
}

/// Says when somebody is to come, and whose appointment it is where another laptop made it: 二组约今天 19:30.
pub fn due_words(at: i64, whose: &str, now_ms: i64) -> Said {
    let said =
        if whose.is_empty() { t("约{when}", "due {when}") } else { t("{whose}约{when}", "{whose}: due {when}") };
    Said::from(said).with("whose", whose).with_words("when", when(at, now_ms))
}

/// Gives the appointment that the standing tells of.
fn due(household: &Household, standing: &Standing, now_ms: i64) -> Option<i64> {
    let is_visited = standing.visited.as_ref().is_some_and(|visit| visit.covers);
    standing.told(now_ms).filter(|_| !household.is_gone() && !is_visited).map(|one| one.at)
}

/// Says when an appointment is, as near as people say it: 今天 19:30, 明天 8:00, 5-20 19:30.
pub fn when(at: i64, now_ms: i64) -> Said {
    let clock = local::clock(at);
    match local::days_between(now_ms, at) {
        0 => t("今天 {clock}", "{clock}").with("clock", clock),
        1 => t("明天 {clock}", "tomorrow {clock}").with("clock", clock),
        _ => t("{day} {clock}", "{day} {clock}").with("day", local::short_day(at)).with("clock", clock),
    }
}

/// Gives the phones by which a household is found: its own, and those that somebody wrote behind a name.
fn phones(household: &Household) -> Vec<Word> {
    let names = [&household.head, &household.nickname, &household.spouse];
    household.phones.iter().cloned().chain(names.into_iter().flat_map(|name| behind(name))).collect()
}

/// Gives the phones that somebody wrote behind a name.
fn behind(name: &str) -> Vec<Word> {
    if !hidden::tells(name) {
        return Vec::new();
    }
    let phone = |piece| match piece {
        Piece::Phone(said) => Some(digits(&said)),
        Piece::Words(_) | Piece::Identity(_) => None,
    };
    hidden::pieces(name).into_iter().filter_map(phone).collect()
}

fn digits(phone: &str) -> Word {
    phone.chars().map(forms::half).filter(char::is_ascii_digit).collect::<String>().into()
}

/// Gives what the lookup knows of a member of the family; none of one without a name.
pub fn member(record: &Record) -> Option<Member> {
    let name = record.text("name").filter(|name| !name.is_empty())?;
    let own = record.text("phone").map(digits).filter(|digits| !digits.is_empty());
    Some(Member { name: name.into(), phones: own.into_iter().chain(behind(name)).collect() })
}

/// Gives what the lookup knows of a household and the members of its family.
pub fn row(household: &Household, members: Vec<Member>, standing: &Standing, speaker: &str, now_ms: i64) -> Row {
    let also: Vec<Word> =
        [&household.nickname, &household.spouse].into_iter().filter(|n| !n.is_empty()).cloned().collect();
    let own = row_of_head(household, standing, speaker, now_ms);
    // Whoever is found as the head already needs no second key, and a phone of the household none either.
    let others = members.into_iter().filter_map(|mut member| {
        member.phones.retain(|phone| !own.phones.contains(phone));
        if member.name == household.head || also.contains(&member.name) {
            member.name = Word::default();
        }
        (!member.name.is_empty() || !member.phones.is_empty()).then_some(member)
    });
    Row { members: others.collect(), also, ..own }
}

/// Gives what the lookup knows of a household but for the names of everybody else than its head.
pub fn row_of_head(household: &Household, standing: &Standing, speaker: &str, now_ms: i64) -> Row {
    let standing_said = standing_words(household, standing, now_ms);
    let kind = choice::name_of(choice::HOUSEHOLD_KINDS, &household.kind).unwrap_or(t("", ""));
    let group = forms::group(&household.group).and_then(|group| u16::try_from(group).ok());
    let visited = standing.is_covered();
    let mut words: Vec<Word> = vec![standing_said.say(Lang::Zh).into(), standing_said.say(Lang::En).into()];
    words.extend([kind.zh.into(), kind.en.into()]);
    // Whatever the list says of an attempt, the household is one to be visited.
    if !visited && household.standing == "here" {
        words.extend(["未访".into(), "unvisited".into()]);
    }
    if !household.doubts.is_empty() {
        words.extend(["待核对".into(), "in doubt".into()]);
    }
    if household.away {
        words.push("长期在外".into());
    }
    Row {
        head: household.head.clone(),
        also: Vec::new(),
        members: Vec::new(),
        phones: phones(household),
        town: household.town.clone(),
        village: household.village.clone(),
        quarter: if group.is_some() { Word::default() } else { household.group.clone() },
        group,
        door: household.door.clone(),
        words,
        mine: !speaker.is_empty() && household.paired == speaker,
        today: standing.today(now_ms).is_some(),
        visited,
    }
}

#[cfg(test)]
mod tests {
    use super::Face;
    use crate::app::Standing;
    use crate::app::house::awaited::Awaited;
    use crate::app::house::standing::Visited;
    use crate::domain::{Household, Name};
    use crate::text::Lang;

    fn awaits(at: i64) -> Vec<Awaited> {
        vec![Awaited { at, name: Name::new(7, 2), elsewhere: false, whose: String::new(), answered: None }]
    }

    // The nickname stands in lists of any width, and some write a phone behind it.
    #[test]
    fn what_a_household_is_called_is_the_nickname_or_the_spouse_and_no_phone() {
        let known_as = |nickname: &str, spouse: &str| {
            let household = Household { nickname: nickname.into(), spouse: spouse.into(), ..Household::default() };
            Face::of(Name::new(7, 1), &household, &Standing::default(), 0).known_as
        };
        assert_eq!((known_as("老三", "刘桂芝"), known_as("", "刘桂芝")), ("老三".to_owned(), "刘桂芝".to_owned()));
        for (nickname, spouse) in [("老三13853301234", ""), ("", "刘桂芝 138 5330 1234")] {
            let said = known_as(nickname, spouse);
            assert!(said.starts_with(['老', '刘']) && said.contains('*') && !said.contains("5330"), "{said}");
        }
    }

    // `unvisited  due tomor~` stood in the lookup at 80 columns: the hour was what somebody had to know.
    #[test]
    fn the_hour_of_an_appointment_is_in_sight_in_either_language() {
        const COLUMNS: usize = 21;
        const DAY: i64 = 86_400_000;
        for days in [0, 1, 40, 300] {
            let standing = Standing { awaited: awaits(days * DAY + 11 * DAY / 24), ..Standing::default() };
            let face = Face::of(Name::new(7, 1), &Household::default(), &standing, 0);
            for lang in [Lang::Zh, Lang::En] {
                let said = face.standing.say(lang);
                assert!(said.ends_with(":00") && crate::hanzi::width::columns(&said) <= COLUMNS, "{said}");
            }
        }
    }

    // 另约 5-18 was the day on which they had said so, and read like that of an appointment.
    #[test]
    fn the_day_on_which_another_time_was_asked_for_is_not_that_of_an_appointment() {
        const DAY: i64 = 86_400_000;
        const COLUMNS: usize = 21;
        let later = Standing { tried: Some(("later".to_owned(), DAY)), ..Standing::default() };
        let said = |standing: &Standing| {
            [Lang::Zh, Lang::En].map(|lang| super::standing_words(&Household::default(), standing, DAY).say(lang))
        };
        assert_eq!(said(&later), ["另约 (1-2 说)", "1-2: another time"]);
        assert!(said(&later).iter().all(|said| crate::hanzi::width::columns(said) <= COLUMNS));
        let awaited = Standing { awaited: awaits(2 * DAY), ..later };
        assert_eq!(said(&awaited)[0], "另约  约明天 08:00");
        let absent = Standing { tried: Some(("absent".to_owned(), DAY)), ..Standing::default() };
        assert_eq!(said(&absent)[0], "外出 1-2");
    }

    // An appointment hid that somebody had been there for four minutes.
    #[test]
    fn an_appointment_does_not_hide_that_a_visit_was_too_short() {
        const DAY: i64 = 86_400_000;
        let short = Visited { at: DAY, counted_ms: 240_000, by_phone: false, covers: false };
        let standing = Standing { visited: Some(short), awaited: awaits(3 * DAY + DAY / 2), ..Standing::default() };
        let said =
            |standing: &Standing, lang| super::standing_words(&Household::default(), standing, 2 * DAY).say(lang);
        assert_eq!(said(&standing, Lang::Zh), "不足4分 约明天 20:00");
        assert_eq!(said(&standing, Lang::En), "due tomorrow 20:00  short 4m");
        let tried = Standing { tried: Some(("absent".to_owned(), 2 * DAY)), ..standing };
        assert!(said(&tried, Lang::Zh).starts_with("外出"), "what came after it: {}", said(&tried, Lang::Zh));
    }
}
