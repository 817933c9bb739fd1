//! 预约: visits are announced beforehand (plan 二(二)3(1): 实行预约走访).

use crate::app::requests::request::{Answer, Row, may, must};
use crate::app::{Args, Desk};
use crate::domain::{Birth, Sort};
use crate::text::{Trouble, t};

use super::{facts, household};

pub const ROWS: &[Row] = &[
    Row {
        word: "appointment.add",
        about: t("约走访时间", "make an appointment"),
        takes: &[
            must("household", "哪一户", "which household"),
            must("at", "时间 (RFC 3339)", "when (RFC 3339)"),
            may("kind", "走访方式", "the way of visiting"),
            may("confirmed", "已电话确认", "confirmed by phone"),
        ],
        run: add,
    },
    Row {
        word: "appointment.set",
        about: t("改预约, 记结果", "change an appointment, or note its outcome"),
        takes: &[must("appointment", "哪一次; 其余为要改的项", "which one; the rest are facts")],
        run: set,
    },
    Row {
        word: "appointment.retract",
        about: t("撤去记错的预约", "take back an appointment entered by mistake"),
        takes: &[must("appointment", "哪一次", "which one"), may("why", "原因", "why")],
        run: retract,
    },
];

fn add(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let household = household::need(desk, args)?;
    args.need_text("at")?;
    let given = facts::read(args, Sort::Appointment, &["household"])?;
    let birth = Birth { links: vec![("household".into(), household)], facts: given };
    let name = desk.action.create(Sort::Appointment, birth)?;
    Ok(Answer::of(Sort::Appointment, name))
}

fn set(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let appointment = args.need_name("appointment")?;
    facts::need(desk, appointment, Sort::Appointment)?;
    for (key, value) in facts::read(args, Sort::Appointment, &["appointment"])? {
        desk.action.set(appointment, &key, value)?;
    }
    Ok(Answer::of(Sort::Appointment, appointment))
}

fn retract(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let appointment = args.need_name("appointment")?;
    facts::need(desk, appointment, Sort::Appointment)?;
    desk.action.retract(appointment, &args.text("why").unwrap_or_default())?;
    Ok(Answer::of(Sort::Appointment, appointment))
}
