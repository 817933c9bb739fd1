//! Plain: a note that reads like an issue says that it is none. The strip can set `3 户也说过` back to a note; where that waits in the
//! line, or comes back to be changed, it stands there as `'3 户也说过`, as one writes a number as text in a spreadsheet.
//!
//! The sign means something only before what would be read otherwise: `'好'` stays text, quotes and all.

use super::split;

/// The sign in either width. The quotes that an input method makes of its key stay quotes.
const SIGNS: [char; 2] = ['\'', '＇'];

/// Gives the note behind the sign; none where there is no sign, or nothing that it would keep from being read.
pub fn behind_sign(line: &str) -> Option<&str> {
    line.trim().strip_prefix(SIGNS).map(str::trim).filter(|note| wants_sign(note))
}

/// Tells whether a note would be read as something else.
fn wants_sign(note: &str) -> bool {
    split(note).is_some() || behind_sign(note).is_some()
}

/// Writes the line that reads as this note again.
pub fn note_written(note: &str) -> String {
    let note = note.trim();
    if wants_sign(note) { format!("'{note}") } else { note.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::note_written;
    use crate::domain::entry::{Entry, parse};

    #[test]
    fn the_sign_stands_only_before_what_would_be_read_otherwise() {
        for (note, written) in [
            ("路灯不亮", "路灯不亮"),
            ("3组机井坏了", "3组机井坏了"),
            ("'好'", "'好'"),
            ("‘3 户’都说", "‘3 户’都说"),
            ("3 户也说过", "'3 户也说过"),
            ("6+", "'6+"),
            ("6+~ 路", "'6+~ 路"),
            ("'3 户", "''3 户"),
        ] {
            assert_eq!(note_written(note), written);
            assert_eq!(parse(written), Entry::Note(note.to_owned()), "{written}");
        }
        assert_eq!(parse(" ＇ ３　户 "), Entry::Note("３　户".to_owned()));
    }

    proptest! {
        #[test]
        fn a_note_is_written_as_it_is_read(note in "['＇]{0,2}[0-9]{0,2}[+!?*~]{0,3}[ 　]?['0-6一-龥 ]{0,6}") {
            let note = note.trim();
            prop_assume!(!note.is_empty());
            prop_assert_eq!(parse(&note_written(note)), Entry::Note(note.to_owned()));
        }
    }
}
