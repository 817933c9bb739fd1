//! Entry row: where the line that is typed in stands on the page of a visit or a talk. On a tall terminal it follows what was put
//! down, where eyes are, and what opens for a moment opens below it; on a low one it stays at the bottom.

/// Rows below the header from which on a terminal is tall.
const TALL: u16 = 24;

/// Tells whether a page with so many rows for all that it shows is tall.
pub const fn is_tall(height: u16) -> bool {
    height >= TALL
}

/// The fewest rows in which a list opens below the line.
const FEWEST: u16 = 6;

/// Gives where a list opens below the line in row `row` with its foot of so many rows, in a part of `height` rows, and how many
/// rows it has; none where it opens above, over what was put down.
pub const fn opened(tall: bool, height: u16, row: u16, foot: u16) -> Option<(u16, u16)> {
    let below = row.saturating_add(foot).saturating_add(1);
    let rows = height.saturating_sub(below);
    if tall && rows >= FEWEST { Some((below, rows)) } else { None }
}

/// Gives the row of the line: behind what ends in row `end` and a blank one, at most in row `last`.
pub fn of(tall: bool, end: u16, last: u16) -> u16 {
    if tall { end.saturating_add(1).min(last) } else { last }
}

#[cfg(test)]
mod tests {
    use super::{FEWEST, is_tall, of, opened};

    // Behind forty lines the list opened in no row at all, and Enter chose from it unseen.
    #[test]
    fn whatever_was_put_down_a_list_opens_where_it_is_seen() {
        for height in 8..70 {
            for end in 0..80 {
                let (foot, last) = (2, height - 2);
                let row = of(is_tall(height), end, last);
                assert!(row <= last, "the line is on the page");
                if let Some((below, rows)) = opened(is_tall(height), height, row, foot) {
                    assert!(below > row + foot && rows >= FEWEST && below + rows == height, "{height} {end}");
                }
            }
        }
        assert_eq!(opened(true, 57, of(true, 50, 55), 2), None);
        assert_eq!(opened(true, 57, of(true, 10, 55), 2), Some((14, 43)));
    }
}
