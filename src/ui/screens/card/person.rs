//! A member of the family: add one, or change what is known of one.
//!
//! Keystrokes: name, Enter, relation, Enter, digits for sex and health, Enter on the last line or F8 records. Ctrl-F shows who
//! wrote the line before, when, on which laptop, and what stood there.

use super::doubtful::Doubtful;
use super::{Audit, UNCHANGED, sheet};
use crate::app::{Message, Request};
use crate::domain::choice::{self, Choice};
use crate::domain::{Name, Phone};
use crate::hanzi::forms;
use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::form::{self, Form, Input, KeptForm, Refusal, Step};
use crate::ui::keys::{Key, Table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// Asks what is known of a member.
#[derive(Debug, PartialEq, Eq)]
pub struct Person {
    household: Name,
    member: Option<Name>,
    before: Form,
    form: KeptForm,
    doubtful: Doubtful,
}

/// Yes and no, as facts are written.
pub(in crate::ui::screens) static YES_NO: &[Choice] =
    &[Choice { word: "yes", name: t("是", "yes") }, Choice { word: "no", name: t("否", "no") }];

static SHAPE: &[Input] = &[
    form::text("name", t("姓名", "name"), t("", "")),
    form::text("relation", t("与户主关系", "relation"), t("如 老伴, 儿子", "such as wife, son")),
    form::pick("sex", t("性别", "sex"), choice::SEXES),
    form::text("birth_year", t("出生年", "birth year"), t("如 1956", "such as 1956")),
    form::pick("health", t("身体状况", "health"), choice::HEALTH).secret(),
    form::text("phone", t("电话", "phone"), t("", "")).secret(),
    form::pick("away", t("在外", "away"), YES_NO),
    form::text("remark", t("备注", "remark"), t("", "")).secret(),
];

static WRITING: Table<Step> = form::writing_anew(t("家庭成员", "Member"));
static PICKING: Table<Step> = form::picking_anew(t("家庭成员: 选", "Member: pick"));

impl Person {
    /// Opens the form for another member.
    pub(super) fn another(household: Name) -> Self {
        Self::with(household, None, Form::new(SHAPE))
    }

    /// Opens the form with what is known of a member.
    pub(super) fn of(household: Name, person: &sheet::Person) -> Self {
        let form = Form::new(SHAPE)
            .with("name", &person.name)
            .with("relation", &person.relation)
            .with("sex", &person.sex)
            .with("birth_year", &person.birth_year)
            .with("health", &person.health)
            .with("phone", &person.phone)
            .with("away", person.away.map_or("", |away| if away { "yes" } else { "no" }))
            .with("remark", &person.remark);
        Self::with(household, person.id, form)
    }

    fn with(household: Name, member: Option<Name>, before: Form) -> Self {
        let form = KeptForm::at(Self::place(household, member), before.clone());
        Self { household, member, before, form, doubtful: Doubtful::default() }
    }

    /// Gives the place of the form's draft, of a member or of another one.
    pub(super) fn place(household: Name, member: Option<Name>) -> String {
        let called = member.map_or_else(|| "new".to_owned(), |member| member.to_string());
        format!("card/{household}/member/{called}")
    }

    /// Gives whom a draft of the form is about, by name or relation; everything else in it is for nobody else's eyes.
    pub(super) fn named_in(draft: &str) -> String {
        let mut form = Form::new(SHAPE);
        form.put_back(draft, 0);
        let said = ["name", "relation"].map(|key| form.text(key).to_owned());
        said.into_iter().find(|said| !said.is_empty()).unwrap_or_default()
    }

    /// Opens who wrote the line before.
    fn past(&self) -> Go {
        match self.member {
            Some(member) => Go::open(Audit::of_member(self.household, member, self.form.key(), self.form.name())),
            None => Go::say(t("这一位还没有记下, 没有来历.", "This one is not recorded yet and has no history.")),
        }
    }

    fn is_called(&self) -> bool {
        !self.form.text("name").is_empty() || !self.form.text("relation").is_empty()
    }

    /// Gives the lines that say something else than before, as they are to be written.
    fn changed(&self) -> Vec<(&'static str, String)> {
        let texts = self.form.texts().map(|(key, text)| (key, written(key, text)));
        texts.filter(|(key, text)| written(key, self.before.text(key)) != *text).collect()
    }

    fn record(&mut self, desk: &mut Desk) -> Go {
        let changed = self.changed();
        if self.member.is_some() && changed.is_empty() && self.is_called() {
            desk.let_go(self.form.place());
            desk.notice = Some(UNCHANGED.into());
            return Go::Back;
        }
        let request = self.request(changed, desk);
        self.form.record(request, desk).map_or(Go::Stay, Go::Say)
    }

    /// Gives what is to be recorded.
    fn request(&mut self, changed: Vec<(&'static str, String)>, desk: &Desk) -> Result<Request, Refusal> {
        if !self.is_called() {
            let said = t("请写姓名, 或与户主的关系.", "The name, please, or the relation to the head.");
            return Err(("name", said.into()));
        }
        for (key, text) in &changed {
            if let Some(question) = self.doubtful.ask(key, text, Key::F(8), desk) {
                return Err((key, question));
            }
        }
        let mut request = match self.member {
            Some(member) => Request::new("member.set").with_name("member", member),
            None => Request::new("member.add").with_name("household", self.household),
        };
        // Called by the relation where nobody knows the name.
        if self.member.is_none() && self.form.text("name").is_empty() {
            request = request.with("name", self.form.text("relation"));
        }
        Ok(changed.into_iter().fold(request, |request, (key, text)| request.with(key, text)))
    }
}

/// Gives a text as it is to be written: numbers in half width, a phone as it is dialled.
fn written(key: &str, text: &str) -> String {
    match key {
        "birth_year" => forms::half_width(text).into_owned(),
        "phone" => Phone::parse(text).map_or_else(|_| forms::half_width(text).into_owned(), |phone| phone.to_string()),
        _ => text.to_owned(),
    }
}

impl Screen for Person {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let title = if self.member.is_some() {
            t("改家庭成员", "Change a member")
        } else {
            t("添家庭成员", "Add a member")
        };
        let gap = u16::from(canvas.height() >= 14);
        canvas.write(1, gap, canvas.words(title), Look::Strong);
        let rows = canvas.height().saturating_sub(2 * gap + 1);
        self.form.draw(&mut canvas.part(0, 2 * gap + 1, canvas.width(), rows), 0);
    }

    fn form(&mut self) -> Option<&mut KeptForm> {
        Some(&mut self.form)
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match self.form.heard(message, desk) {
            Some(Ok(_)) => Go::Back,
            _ => Go::Stay,
        }
    }

    fn busy(&self) -> bool {
        self.form.is_asked()
    }
}

impl Keyed for Person {
    type Action = Step;
    const TABLES: &'static [&'static Table<Step>] = &[&WRITING, &PICKING];

    fn table(&self) -> &'static Table<Step> {
        if self.form.is_picking() { &PICKING } else { &WRITING }
    }

    fn lacks(&self) -> usize {
        self.form.lacks()
    }

    fn act(&mut self, step: Step, desk: &mut Desk) -> Go {
        match step {
            Step::Past if !self.form.is_asked() => self.past(),
            step if self.form.step(step, desk) => self.record(desk),
            _ => Go::Stay,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Name, Person, sheet};

    // 否 was forgotten: the form asked again, and an answer that nobody gave was the same as this one.
    #[test]
    fn asked_and_at_home_is_not_the_same_as_not_asked() {
        for (away, said) in [(Some(true), "yes"), (Some(false), "no"), (None, "")] {
            let person = sheet::Person { away, ..sheet::Person::default() };
            assert_eq!(Person::of(Name::new(7, 1), &person).form.text("away"), said);
        }
    }
}
