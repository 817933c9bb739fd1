//! Several names in one text: parted by 、 and its like, or by blanks where the names are Chinese.

use super::{clean, is_han};

/// Splits a text into names. A blank parts Chinese names but belongs to a name such as `Chen Ming`; where there is a
/// 、 or a comma, only that parts.
pub fn split(text: &str) -> Vec<String> {
    let parts = |c: char| matches!(c, '、' | ',' | '，' | ';' | '；' | '/');
    let pieces: Vec<&str> = if text.contains(parts) {
        text.split(parts).collect()
    } else if text.chars().any(is_han) {
        text.split_whitespace().collect()
    } else {
        vec![text]
    };
    pieces.into_iter().map(clean::line).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn names_are_parted_as_people_write_them() {
        for said in ["陈明、张锦秋", "陈明,张锦秋", "陈明 张锦秋", " 陈明，  张锦秋 "] {
            assert_eq!(split(said), ["陈明", "张锦秋"], "{said}");
        }
        assert_eq!(split("Chen Ming"), ["Chen Ming"]);
        assert_eq!(split("Chen Ming, Zhang Jinqiu"), ["Chen Ming", "Zhang Jinqiu"]);
        assert!(split(" 、 ").is_empty());
    }
}
