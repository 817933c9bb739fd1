//! Lines of the lookup: what tells namesakes apart, in fewer columns the narrower the terminal. No illness, no full phone.

use crate::app::Face;
use crate::domain::hidden::for_other_eyes;
use crate::text::{Text, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::list::{Cell, Column, List, draw_line, fit};
use crate::ui::theme::Look;

/// What a column shows of a household.
#[derive(Debug, Clone, Copy)]
enum Part {
    Head,
    Who,
    WhoAndKind,
    Kind,
    Town,
    Village,
    Place,
    VillageAndPlace,
    Address,
    KnownAs,
    Standing,
}

/// The columns from a width on.
struct Shape {
    from: u16,
    columns: &'static [Column],
    parts: &'static [Part],
}

const fn column(head: Text, width: u16) -> Column {
    Column::new(head, width)
}

const HEAD: Text = t("户主", "head");
const WHO: Text = t("年龄", "who");
const PLACE: Text = t("住址", "place");
const STANDING: Text = t("走访", "visits");

/// The widest first: first the nickname or spouse goes, then the kind and the town, then group and door.
static SHAPES: [Shape; 4] = [
    Shape {
        from: 120,
        columns: &[
            column(HEAD, 16),
            column(WHO, 5),
            column(t("户类别", "kind"), 13),
            column(t("镇街", "town"), 10),
            column(t("村", "village"), 14),
            column(PLACE, 18),
            column(t("小名, 配偶", "known as"), 10),
            column(STANDING, 18).grows(1),
        ],
        parts: &[
            Part::Head,
            Part::Who,
            Part::Kind,
            Part::Town,
            Part::Village,
            Part::Place,
            Part::KnownAs,
            Part::Standing,
        ],
    },
    Shape {
        from: 78,
        columns: &[column(HEAD, 8), column(WHO, 15), column(PLACE, 28), column(STANDING, 18).grows(1)],
        parts: &[Part::Head, Part::WhoAndKind, Part::Address, Part::Standing],
    },
    Shape {
        from: 56,
        columns: &[column(HEAD, 8), column(WHO, 5), column(PLACE, 19), column(STANDING, 14).grows(1)],
        parts: &[Part::Head, Part::Who, Part::VillageAndPlace, Part::Standing],
    },
    Shape {
        from: 0,
        columns: &[column(HEAD, 8), column(WHO, 5), column(PLACE, 8), column(STANDING, 11).grows(1)],
        parts: &[Part::Head, Part::Who, Part::Village, Part::Standing],
    },
];

/// Draws the lines that fit.
pub(in crate::ui::screens) fn draw(canvas: &mut Canvas<'_>, faces: &[Face], list: &List) {
    let Some(shape) = SHAPES.iter().find(|shape| canvas.width() >= shape.from) else { return };
    let widths = fit(shape.columns, canvas.width());
    for (y, index) in (0..).zip(list.window(faces.len(), canvas.height())) {
        let Some(face) = faces.get(index) else { continue };
        let cells: Vec<Cell> = shape.parts.iter().map(|part| cell(canvas, face, *part)).collect();
        let widths = with_room_for_name(&widths, &cells);
        draw_line(canvas, y, shape.columns, &widths, &cells, list.is_selected(index, faces.len()));
    }
}

/// Lets a long name, as companies have, take what the column beside it does not need; the columns behind stay where they are.
fn with_room_for_name(widths: &[Option<u16>], cells: &[Cell]) -> Vec<Option<u16>> {
    let mut widths = widths.to_vec();
    if let ([Some(name), Some(beside), ..], [(head, _), (who, _), ..]) = (widths.as_mut_slice(), cells) {
        let more = columns(head).saturating_sub(*name).min(beside.saturating_sub(columns(who)));
        (*name, *beside) = (*name + more, *beside - more);
    }
    widths
}

fn cell(canvas: &Canvas<'_>, face: &Face, part: Part) -> Cell {
    let said = |said| canvas.say(said);
    let joined = |parts: &[&str]| {
        let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    };
    let text = match part {
        Part::Head => return (face.head.clone(), Look::Strong),
        Part::Who => said(&face.who),
        Part::WhoAndKind => joined(&[&said(&face.who), &said(&face.kind)]),
        Part::Kind => said(&face.kind),
        Part::Town => for_other_eyes(&face.town),
        Part::Village => for_other_eyes(&face.village),
        Part::Place => face.place.clone(),
        Part::VillageAndPlace => joined(&[&for_other_eyes(&face.village), &face.place]),
        Part::Address => joined(&[&for_other_eyes(&face.town), &for_other_eyes(&face.village), &face.place]),
        Part::KnownAs => return (face.known_as.clone(), Look::Dim),
        Part::Standing => said(&face.standing),
    };
    (text, Look::Plain)
}
