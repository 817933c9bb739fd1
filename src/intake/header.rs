//! One header read: which field it names, and how surely.

use super::field::{FIELDS, Field};
use super::letters::tight;

/// How surely a header names a field; greater is surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sure {
    /// A part of the header is one of the field's words.
    Part,
    /// The whole header is one of the field's names; the place of the name in its list, the first being surest.
    Whole(std::cmp::Reverse<usize>),
}

/// Reads one header: which field, and how surely.
pub(crate) fn of_header(header: &str) -> Option<(Field, Sure)> {
    let words = header_words(header);
    let whole = words.iter().find_map(|word| {
        let named = FIELDS.iter().filter_map(|row| Some((row.field, row.names.iter().position(|name| name == word)?)));
        named.min_by_key(|(_, at)| *at)
    });
    if let Some((field, at)) = whole {
        return Some((field, Sure::Whole(std::cmp::Reverse(at))));
    }
    let first = words.first()?;
    // A long text is a sentence, not a header; the phone of the visitor is not the household's.
    if first.chars().count() > 14 {
        return None;
    }
    let by_part = FIELDS.iter().find(|row| row.parts.iter().any(|part| first.contains(part)))?.field;
    let of_another = ["电话", "手机", "方式", "单位", "职务"].iter().any(|word| first.contains(word));
    if matches!(by_part, Field::Paired | Field::Spouse) && of_another {
        return None;
    }
    Some((by_part, Sure::Part))
}

/// Gives the forms of a header to look up: without marks, and without what stands in brackets.
fn header_words(header: &str) -> Vec<String> {
    let plain = tight(header);
    let is_mark = |c: char| matches!(c, '(' | ')' | '[' | ']' | '*' | ':' | '.' | ',' | '"' | '【' | '】' | '/' | '-');
    let all: String = plain.chars().filter(|c| !is_mark(*c)).collect();
    let mut outside = String::new();
    let mut depth = 0_u32;
    for c in plain.chars() {
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 && !is_mark(c) => outside.push(c),
            _ => {}
        }
    }
    let mut words = vec![all];
    if !outside.is_empty() && !words.contains(&outside) {
        words.push(outside);
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::{FIELDS, Field, Sure, of_header};

    #[test]
    fn no_header_means_two_things() {
        for (at, row) in FIELDS.iter().enumerate() {
            assert_eq!(FIELDS.iter().filter(|other| other.field == row.field).count(), 1, "one row a field");
            assert!((row.field as usize) < FIELDS.len(), "and no field without one");
            for name in row.names {
                assert_eq!(of_header(name).map(|(field, _)| field), Some(row.field), "{name}");
                let twice = FIELDS.iter().skip(at + 1).find(|other| other.names.contains(name));
                assert!(twice.is_none(), "{name}");
            }
        }
    }

    #[test]
    fn headers_are_read_as_clerks_write_them() {
        for (header, field) in [
            ("镇(街道)", Field::Town),
            ("村（居）", Field::Village),
            ("联 系 电 话", Field::Phone),
            ("姓名（户主）", Field::Head),
            ("家庭人口（人）", Field::Size),
            ("户主联系电话(手机)", Field::Phone),
            ("家庭\n住址", Field::Address),
            ("*户主姓名", Field::Head),
        ] {
            assert_eq!(of_header(header).map(|(field, _)| field), Some(field), "{header}");
        }
        for header in ["帮扶干部电话", "配偶手机", "贷款金额", "", "填表单位（盖章）："] {
            assert_eq!(of_header(header), None, "{header}");
        }
        assert!(
            matches!(of_header("姓名"), Some((_, Sure::Whole(_)))) && Sure::Part < Sure::Whole(std::cmp::Reverse(9))
        );
    }
}
