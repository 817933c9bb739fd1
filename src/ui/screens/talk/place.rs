//! Place: where a talk is, put right while it goes on: who chose the wrong village at the beginning has households and lines by then.
//!
//! Keystrokes: Esc, the row of the menu, another village over the one that stands there, F8. Who came stays, with its time; what the
//! village as a whole said is the other village's then, for it is asked of the talk where it was.

use super::{Talk, village};
use crate::app::{Gathering, Message, Request};
use crate::domain::Name;
use crate::text::{Said, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::form::{self, Form, Input, KeptForm, Refusal, Step};
use crate::ui::keys::Table;
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// Asks where a talk is that goes on.
#[derive(Debug, PartialEq, Eq)]
pub struct TalkPlace {
    talk: Name,
    form: KeptForm,
    unknown: village::Unknown,
    /// How many households came, and how many lines the village as a whole said.
    came: usize,
    said: usize,
}

static SHAPE: &[Input] = &[
    form::text(
        "village",
        t("村(居)", "village"),
        t("如 东里东村; 首字母 dldc 也行", "such as 东里东村; or its letters, dldc"),
    ),
    form::text("place", t("地点", "place"), t("如 文化广场, 可空着", "such as the square; may stay empty")),
];

static WRITING: Table<Step> = form::writing(t("夜话: 村和地点", "Talk: where"));

impl TalkPlace {
    /// Opens the form with where it is; another village is typed over the one that stands there.
    pub(super) fn of(gathering: &Gathering) -> Self {
        let talk = &gathering.talk;
        let form = Form::new(SHAPE).at("village").with("place", &talk.place).proposed("village", &talk.village);
        Self {
            talk: talk.name,
            form: KeptForm::at(format!("talk/{}/where", talk.name), form),
            unknown: village::Unknown::default(),
            came: gathering.present.len(),
            said: gathering.said.iter().filter(|utterance| utterance.speakers.is_empty()).count(),
        }
    }

    fn request(&mut self, desk: &mut Desk) -> Result<Request, Refusal> {
        if let Some(said) = self.unknown.refuses(&mut self.form, desk) {
            return Err(("village", said));
        }
        let request = Request::new("talk.set").with_name("talk", self.talk);
        Ok(self.form.texts().fold(request, |request, (key, text)| request.with(key, text)))
    }

    /// Says where it is now, and what that means for what is there already.
    fn changed(&self) -> Said {
        let place = [self.form.text("village"), self.form.text("place")].join(" ");
        let words = match (self.came, self.said) {
            (0, 0) => t("改好了: {place}.", "It is in {place} now."),
            (_, 0) => t("改好了: {place}. 到场的 {n} 户都留着.", "It is in {place} now. Who came stays ({n})."),
            _ => t(
                "改好了: {place}. 到场的 {n} 户都留着, 全村的 {said} 句算这个村的.",
                "It is in {place} now. Who came stays ({n}); what the village said ({said}) is this one's.",
            ),
        };
        words.with("place", place.trim()).with("n", self.came).with("said", self.said)
    }
}

impl Talk {
    /// Opens the form of where it is.
    pub(super) fn put_right_where(&self) -> Go {
        self.gathering.as_ref().map_or(Go::Stay, |gathering| Go::open(TalkPlace::of(gathering)))
    }
}

impl Screen for TalkPlace {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let gap = u16::from(canvas.height() >= 14);
        canvas.write(1, gap, canvas.words(t("改夜话的村和地点", "Where the talk is")), Look::Strong);
        let rows = canvas.height().saturating_sub(2 * gap + 3);
        self.form.draw(&mut canvas.part(0, 2 * gap + 1, canvas.width(), rows), 0);
        if self.form.key() == "village" && village::draw(self.form.text("village"), canvas) {
            return;
        }
        let words = t(
            "到场的户都留着, 时间照算. 全村说的 (0#), 记下的和以后的都算改后的村; 加户先找改后的村.",
            "Who came stays, with its time. What the village said (0#) is the other village's then; who comes is looked for there first.",
        );
        let y = canvas.height().saturating_sub(2);
        canvas.write_told(1, y, 2, canvas.words(words), Look::Dim);
    }

    fn form(&mut self) -> Option<&mut KeptForm> {
        Some(&mut self.form)
    }

    /// A digit behind a beginning of a name picks one of the villages that are shown.
    fn typed(&mut self, desk: &mut Desk) -> Go {
        village::typed(&mut self.form, desk);
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match self.form.heard(message, desk) {
            Some(Ok(_)) => {
                desk.notice = Some(self.changed());
                Go::Back
            }
            Some(Err(trouble)) => super::said(trouble),
            None => Go::Stay,
        }
    }

    fn busy(&self) -> bool {
        self.form.is_asked()
    }
}

impl Keyed for TalkPlace {
    type Action = Step;
    const TABLES: &'static [&'static Table<Step>] = &[&WRITING];

    fn table(&self) -> &'static Table<Step> {
        &WRITING
    }

    fn lacks(&self) -> usize {
        self.form.lacks()
    }

    fn act(&mut self, step: Step, desk: &mut Desk) -> Go {
        if let Some(go) = village::entered(&mut self.form, step, desk) {
            return go;
        }
        if !self.form.step(step, desk) {
            return Go::Stay;
        }
        // Nothing was to be put right.
        if self.form.is_as_given() {
            desk.let_go(self.form.place());
            return Go::Back;
        }
        let request = self.request(desk);
        self.form.record(request, desk).map_or(Go::Stay, Go::Say)
    }
}
