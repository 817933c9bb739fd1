//! A new household, met on the way and on no roster.
//!
//! Keystrokes: what was typed in the lookup is the head already, the cursor waits in the village; Enter from line to
//! line, F8 or Enter on the last one records and opens the card. The whole form is one draft: after a crash the
//! program opens it again, cursor included. In a talk it comes there as soon as it is recorded, and the talk goes on. Where it was left half written Ctrl-N empties it for the one looked for now.

use crate::app::{Message, Request};
use crate::domain::{Name, Phone, Talk, choice};
use crate::hanzi::{clean, forms};
use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::form::{self, Form, Input, KeptForm, Refusal, Step};
use crate::ui::keys::{Key, Table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::Card;
use crate::ui::screens::card::Doubtful;
use crate::ui::screens::unlisted::Unlisted;
use crate::ui::theme::Look;

/// Asks what a new household is.
#[derive(Debug, PartialEq, Eq)]
pub struct NewHousehold {
    /// The name that was looked for and not found: a form that is emptied begins with it again.
    name: String,
    form: KeptForm,
    unlisted: Unlisted,
    doubtful: Doubtful,
    /// The talk that it comes to once it is recorded.
    talk: Option<Name>,
}

/// Where the draft of the form lies.
pub(super) const PLACE: &str = "lookup/new";

static SHAPE: &[Input] = &[
    form::text("head", t("户主", "head"), t("姓名, 或店名", "name, or name of the business")),
    form::text("village", t("村(居)", "village"), t("", "")),
    form::text("town", t("镇(街道)", "township"), t("不写就按村名认", "left empty: by the village")),
    form::text("group", t("组", "group"), t("如 3", "such as 3")),
    form::text("door", t("门牌", "door"), t("", "")),
    form::text("phone", t("电话", "phone"), t("", "")),
    form::pick("kind", t("户类别", "kind"), choice::HOUSEHOLD_KINDS),
    form::pick("sex", t("性别", "sex"), choice::SEXES),
    form::text("remark", t("备注", "remark"), t("", "")),
];

static WRITING: Table<Step> = form::writing(t("新建住户", "New household"));
static PICKING: Table<Step> = form::picking(t("新建住户: 选", "New household: pick"));

impl NewHousehold {
    /// Opens the form with a head; with the cursor there where none is given.
    pub fn named(typed: &str) -> Self {
        // Letters and digits are how one searched, not how anybody is called.
        let is_name = !typed.is_ascii() && !typed.contains(char::is_whitespace);
        let name = if is_name { typed.trim().to_owned() } else { String::new() };
        let (unlisted, doubtful) = (Unlisted::default(), Doubtful::default());
        let mut page = Self { name, form: KeptForm::at(PLACE, Form::new(SHAPE)), unlisted, doubtful, talk: None };
        page.begin();
        page
    }

    /// Fills in where the talk is that goes on: whoever turns up there mostly lives there.
    pub(super) fn at_talk(mut self, desk: &Desk) -> Self {
        let talk = desk.session.running().filter(crate::app::Running::is_talk);
        let house = desk.session.house();
        let gathering =
            talk.zip(house).and_then(|(talk, house)| house.gathering(talk.visit, desk.now.wall_ms).ok().flatten());
        if let Some(gathering) = gathering {
            self.is_near(&gathering.talk);
        }
        self
    }

    /// Lets it come to a talk once it is recorded.
    pub(in crate::ui::screens) fn coming_to(mut self, talk: &Talk) -> Self {
        self.is_near(talk);
        self.talk = Some(talk.name);
        self
    }

    fn is_near(&mut self, talk: &Talk) {
        *self.form = self.form.clone().proposed("village", &talk.village);
    }

    /// Puts the name that was looked for into a form in which nothing is written.
    fn begin(&mut self) {
        if !self.name.is_empty() {
            *self.form = self.form.clone().typed("head", &self.name).at("village");
        }
    }

    /// Makes the request, or says what keeps the form from being recorded.
    fn request(&mut self, desk: &Desk) -> Result<Request, Refusal> {
        if self.form.text("head").is_empty() {
            return Err(("head", t("请先写户主姓名.", "The name of the head first, please.").into()));
        }
        if let Some(question) = self.unlisted.ask(self.form.text("town"), self.form.text("village"), desk) {
            return Err(("village", question));
        }
        let phone = self.form.text("phone");
        if Phone::parse(phone).is_ok()
            && let Some(question) = self.doubtful.ask("phone", phone, Key::F(8), desk)
        {
            return Err(("phone", question));
        }
        let mut request = Request::new("household.add");
        for (key, text) in self.form.texts().filter(|(_, text)| !text.is_empty()) {
            let text = match key {
                "door" => forms::half_width(text).into_owned(),
                _ => text.to_owned(),
            };
            request = request.with(key, text);
        }
        if self.form.text("town").is_empty()
            && let Some(town) = crate::domain::places::Places::yiyuan().town_of(self.form.text("village"))
        {
            request = request.with("town", town);
        }
        Ok(request)
    }
}

impl Screen for NewHousehold {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let top = u16::from(canvas.height() >= 14);
        canvas.write(
            1,
            top,
            canvas.words(t("新建一户 (名册上没有的)", "A household that is on no roster")),
            Look::Strong,
        );
        let rows = canvas.height().saturating_sub(top * 2 + 1);
        let mut part = canvas.part(0, top * 2 + 1, canvas.width(), rows);
        self.form.draw(&mut part, 0);
    }

    fn form(&mut self) -> Option<&mut KeptForm> {
        Some(&mut self.form)
    }

    fn put_aside(&mut self) -> bool {
        self.name.clear();
        self.form.put_aside()
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        match desk.session.draft(PLACE) {
            Some(_) => Go::say(t(
                "接着上次没写完的这一户. 要另写一户: Ctrl-N 清空.",
                "This household was left half written. Ctrl-N empties the form for another.",
            )),
            None => Go::Stay,
        }
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        let Some(Ok(answer)) = self.form.heard(message, desk) else { return Go::Stay };
        match (answer.name(), self.talk) {
            (None, _) => Go::Back,
            (Some(household), None) => Go::swap(Card::of(household)),
            (Some(household), Some(talk)) => {
                let come = Request::new("talk.come").with_name("talk", talk);
                desk.ask(come.with("households", vec![household.to_string()]));
                let said = t("新建了 {head}, 已到场.", "{head} is made, and here.");
                desk.notice = Some(said.with("head", clean::line(self.form.text("head"))));
                Go::Back
            }
        }
    }

    fn busy(&self) -> bool {
        self.form.is_asked()
    }
}

impl Keyed for NewHousehold {
    type Action = Step;
    const TABLES: &'static [&'static Table<Step>] = &[&WRITING, &PICKING];

    fn table(&self) -> &'static Table<Step> {
        if self.form.is_picking() { &PICKING } else { &WRITING }
    }

    fn lacks(&self) -> usize {
        self.form.lacks()
    }

    fn act(&mut self, step: Step, desk: &mut Desk) -> Go {
        if self.form.step(step, desk) {
            let request = self.request(desk);
            return self.form.record(request, desk).map_or(Go::Stay, Go::Say);
        }
        if step == Step::Afresh && self.form.is_as_given() && !self.form.is_asked() {
            self.begin();
            self.form.keep(desk);
        }
        Go::Stay
    }
}
