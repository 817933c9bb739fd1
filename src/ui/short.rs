//! Short: the program's English words in fewer letters, for a column of a list of the program's words that would cut them. Chinese words fit as they are.

use super::canvas::columns;

/// Words as they are said, and in fewer letters; longer sentences before the words in them.
static SHORT: [(&str, &str); 36] = [
    ("supported", "paired"),
    ("community", "resident"),
    ("self-employed", "trader"),
    ("enterprise", "company"),
    ("service user", "service"),
    ("to be closed out", "to close"),
    ("to be screened", "to screen"),
    ("to be explained", "to explain"),
    ("to be planned", "to plan"),
    ("being worked on", "at work"),
    ("being done again", "at it again"),
    ("joined to another", "joined"),
    ("solved on the spot", "on site"),
    ("solve on the spot", "on site"),
    ("stock issue", "stock"),
    (" days left", "d left"),
    (" day left", "d left"),
    (" days over", "d over"),
    (" day over", "d over"),
    ("culture and sports", "culture"),
    ("head of household", "head"),
    ("identity numbers agree", "identity"),
    ("identity number", "identity"),
    ("household number", "number"),
    ("date of birth", "born"),
    ("paired visitor", "paired"),
    ("reason of absence", "why away"),
    ("relation to the head", "relation"),
    ("no such village in the county", "unknown village"),
    ("a number in the cell of the name: taken out of it, and put among the phones where it is one", "number in name"),
    ("the remark says so; proposed, not taken", "remark: proposed"),
    ("the remark says ", "remark: "),
    ("; is it so?", "?"),
    ("same phone", "phone"),
    ("same name", "name"),
    ("same door", "door"),
];

/// Gives a text of a list in as few shorter words as it takes to fit; what does not fit even so is cut where it is drawn.
pub fn fitting(text: &str, room: u16) -> String {
    let mut text = text.to_owned();
    for (long, short) in SHORT {
        if columns(&text) <= room {
            break;
        }
        if text.contains(long) {
            text = text.replace(long, short);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{SHORT, fitting};

    #[test]
    fn words_grow_shorter_only_as_far_as_they_have_to() {
        assert_eq!(fitting("m51 self-employed", 17), "m51 self-employed");
        assert_eq!(fitting("m51 self-employed", 16), "m51 trader");
        assert_eq!(fitting("solve on the spot 3 days left", 19), "on site 3 days left");
        assert_eq!(fitting("solve on the spot 3 days left", 16), "on site 3d left");
        assert_eq!(fitting("王成友 在外打工", 6), "王成友 在外打工", "cut where it is drawn");
        assert!(SHORT.iter().all(|(long, short)| short.len() < long.len()));
    }
}
