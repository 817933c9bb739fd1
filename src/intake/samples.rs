//! Samples: what stands in each column, for whoever looks whether it was understood; of rows that are households, as a total or a
//! signature says nothing of a column.

use super::field::Field;
use super::letters::tight;
use super::lines::{self, Skip};
use super::phones::scientific;
use super::shape::Shape;
use super::sheet::{Row, Sheet};
use super::{ColumnGuess, Guess, identity};
use crate::domain::hidden::for_other_eyes;

/// How many different texts are shown of a column, and how much of each.
const SHOWN: usize = 3;
const LETTERS: usize = 40;

/// Gives the first different texts of each column, hidden from other eyes.
pub(crate) fn of(sheet: &Sheet, shape: &Shape, guess: &Guess) -> Vec<Vec<String>> {
    let (top, past) = shape.header.map_or((0, 0), |(first, last)| (first, last + 1));
    let above = sheet.rows().take_while(|row| row.number() < top);
    let titles: Vec<String> =
        above.flat_map(|row| row.cells().map(|(_, text)| tight(text).into_owned()).collect::<Vec<_>>()).collect();
    let is_named = shape.of_field(Field::Head).next().is_some();
    let is_people = |row: &Row<'_>| match lines::of(row, shape, &titles, guess) {
        // Without a column of names hardly any row is known to be of people.
        Some((why, _)) => !is_named && why != Skip::Total,
        None => true,
    };
    let mut samples: Vec<Vec<String>> = vec![Vec::new(); shape.columns.len()];
    for row in sheet.looked_at(past).filter(is_people) {
        for (known, column) in samples.iter_mut().zip(&shape.columns).filter(|(known, _)| known.len() < SHOWN) {
            let text = tight(row.at(column.index));
            if text.is_empty() {
                continue;
            }
            if !known.iter().any(|known| *known == text) {
                known.push(text.into_owned());
            }
        }
    }
    let hidden = |text: String, is_id: bool| {
        // 1.3853305555E10 is read as the phone it is before its middle is hidden.
        let text = scientific(&text).and_then(Result::ok).unwrap_or(text);
        let text: String = for_other_eyes(&text).chars().take(LETTERS).collect();
        if is_id { identity::hidden(&text) } else { text }
    };
    let of_column = |(column, samples): (&ColumnGuess, Vec<String>)| {
        samples.into_iter().map(|text| hidden(text, column.field == Some(Field::Id))).collect()
    };
    shape.columns.iter().zip(samples).map(of_column).collect()
}

#[cfg(test)]
mod tests {
    use crate::intake::{Guess, read};

    // 合计 and 2户 stood there as if a column held them.
    #[test]
    fn totals_and_signatures_are_no_samples_of_a_column() {
        let text = "东里东村名单\n序号,村,户主姓名,人口\n1,东里东村,张守富,4\n2,东里东村,李桂英,4\n合计,,2户,8\n填表人:王成友,,审核人:孙传宝,\n";
        let reading = read(text.as_bytes(), "名单.csv", &Guess::default()).unwrap();
        let samples: Vec<Vec<&str>> =
            reading.columns.iter().map(|column| column.samples.iter().map(String::as_str).collect()).collect();
        assert_eq!(samples, [vec!["1", "2"], vec!["东里东村"], vec!["张守富", "李桂英"], vec!["4"]]);
    }

    // 138****5555E10 stood there, with more of the phone than a list may show.
    #[test]
    fn a_phone_that_a_workbook_wrote_as_a_power_of_ten_is_read_before_it_is_hidden() {
        let text = "序号,户主姓名,电话\n1,张守富,1.3853305555E10\n2,李桂英,1.3905331111E+10\n3,王成友,13705332222\n";
        let reading = read(text.as_bytes(), "名单.csv", &Guess::default()).unwrap();
        assert_eq!(reading.columns[2].samples, ["138****5555", "139****1111", "137****2222"]);
    }

    #[test]
    fn without_a_column_of_names_there_is_still_something_to_choose_by() {
        let guess = Guess { nameless: true, ..Guess::default() };
        let text = "机井房东边,5\n大槐树下,6\n合计,11\n";
        let reading = read(text.as_bytes(), "名单.csv", &guess).unwrap();
        assert_eq!(reading.columns[1].samples.first().map(String::as_str), Some("5"), "{:?}", reading.columns);
        assert!(reading.columns.iter().all(|column| !column.samples.iter().any(|text| text == "合计")));
    }
}
