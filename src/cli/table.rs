//! Tables for people: columns aligned by the width of 汉字, two blanks between them.

use crate::hanzi::width;

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Words begin on one line.
    Left,
    /// Numbers end on one line.
    Right,
}

/// Lays rows out; the first row is the head. The last column is not filled up.
pub fn lines(sides: &[Side], rows: &[Vec<String>]) -> Vec<String> {
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| width::columns(cell)).max();
    let widths: Vec<usize> = (0..sides.len()).map(|column| widest(column).unwrap_or(0)).collect();
    rows.iter()
        .map(|row| {
            let cells = row.iter().zip(sides).zip(&widths).map(|((cell, side), wide)| match side {
                Side::Left => width::pad(cell, *wide),
                Side::Right => width::pad_left(cell, *wide),
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Side, lines};

    #[test]
    fn columns_stand_below_each_other_whatever_they_are_written_in() {
        let rows = [["户主", "分"], ["张守富", "21"], ["Zhang", "5"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(lines(&[Side::Left, Side::Right], &rows), ["户主    分", "张守富  21", "Zhang    5"]);
    }
}
