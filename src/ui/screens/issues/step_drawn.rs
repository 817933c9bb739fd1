//! How the form of a step looks: its lines, and below them what is known of the one that has the cursor.

use super::TakeStep;
use super::drawn::{class, field, head, state};
use super::understood::{day, is_day};
use crate::app::Entry;
use crate::domain::{choice, local};
use crate::hanzi::clean;
use crate::text::{Said, t};
use crate::ui::canvas::Canvas;
use crate::ui::theme::Look;

impl TakeStep {
    pub(super) fn drawn(&self, canvas: &mut Canvas<'_>) {
        let gap = u16::from(canvas.height() >= 14);
        let said = Said::from(t("{head}  {field}: {step}", "{head}  {field}: {step}"))
            .with("head", head(canvas.desk, &self.entry, canvas.covered))
            .with_words("field", field(&self.entry))
            .with_words("step", self.it.name());
        canvas.write_cut(1, gap, canvas.width().saturating_sub(2), &canvas.say(&said), Look::Strong);
        let y = 2 * gap + 1;
        let beside = self.beside(canvas);
        let below = u16::try_from(beside.len()).unwrap_or(1).min(4);
        let rows = canvas.height().saturating_sub(y + below);
        let y = y + self.form.draw(&mut canvas.part(0, y, canvas.width(), rows), 0);
        let y = (y + gap).min(canvas.height().saturating_sub(below));
        for (y, (line, look)) in (y..canvas.height()).zip(&beside) {
            canvas.write_cut(3, y, canvas.width().saturating_sub(4), line, *look);
        }
    }

    /// Says what is known of the line that has the cursor.
    fn beside(&self, canvas: &Canvas<'_>) -> Vec<(String, Look)> {
        let now_ms = canvas.desk.now.wall_ms;
        let (key, text) = (self.form.key(), self.form.text(self.form.key()));
        if is_day(key) && !text.is_empty() {
            let said = day(key, text, now_ms).map(|day| local::said_day_beside(day, local::day(now_ms)));
            return match said {
                Some(said) => vec![(canvas.say(&said), Look::Accent)],
                None => {
                    vec![(canvas.words(t("还看不懂是哪天.", "Not understood as a day yet.")).to_owned(), Look::Dim)]
                }
            };
        }
        if key == "with" {
            return self.others(canvas);
        }
        if key == "visit" {
            return self.visit_words(canvas).map(|said| (said, Look::Dim)).into_iter().collect();
        }
        let given = self.given.as_ref().filter(|_| matches!(key, "unit" | "person"));
        let words = t(
            "上次{field}交给: {unit} {person}  Ctrl-Y 照填",
            "{field} went to {unit} {person} last; Ctrl-Y fills it in",
        );
        let said = given.map(|(unit, person)| {
            words.with("unit", unit).with("person", person).with_words("field", field(&self.entry))
        });
        said.map(|said| (canvas.say(&said), Look::Dim)).into_iter().collect()
    }

    /// Says which visit is the last one: 5月18日 周二 19:30 入户 陈明.
    fn visit_words(&self, canvas: &Canvas<'_>) -> Option<String> {
        let visit = self.visit.as_ref()?;
        let kind = choice::name_of(choice::VISIT_KINDS, &visit.kind).map_or("", |name| canvas.words(name));
        let running = if visit.ended.is_none() { canvas.words(t("正在走访", "running")) } else { "" };
        let day = canvas.say(&local::said_day_beside(local::day(visit.started), local::day(canvas.desk.now.wall_ms)));
        let (at, who) = (local::clock(visit.started), clean::line(&visit.visitors.join("、")));
        let all = [day.as_str(), &at, kind, &who, running];
        Some(all.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
    }

    /// Lists what may be meant, the one that is meant first.
    fn others(&self, canvas: &Canvas<'_>) -> Vec<(String, Look)> {
        let (found, meant) = &self.meant;
        let line = |(number, entry): (usize, &Entry)| {
            let is_meant = Some(entry.case.issue.name) == *meant;
            let day = local::short_day_beside(entry.case.issue.at, canvas.desk.now.wall_ms);
            let words = [field(entry), class(entry)].map(|words| canvas.words(words)).join(" ");
            let head = head(canvas.desk, entry, true);
            let said = format!("#{number} {day} {head} {words} {}", canvas.say(&state(entry)));
            (said, if is_meant { Look::Accent } else { Look::Dim })
        };
        let mut lines: Vec<(String, Look)> = (1..).zip(found).map(line).collect();
        lines.sort_by_key(|(_, look)| *look != Look::Accent);
        if lines.is_empty() && !self.form.text("with").is_empty() {
            lines.push((canvas.words(t("没有这样的一件.", "There is no such issue.")).to_owned(), Look::Dim));
        }
        lines
    }
}
