//! 销号编号 as people write or hear them: held against their check character, and found among those of all laptops.

use crate::domain::flow::Taken;
use crate::domain::{CloseNumber, NUMBER, Name, NotANumber, Numbers, StepWord};
use crate::text::{Said, Text, Trouble, t};

/// Says what a step came to: of a close-out its number as it is shown everywhere.
pub(in crate::app) fn said(step: &Taken, numbers: &Numbers) -> Option<(String, Said)> {
    let closed = Some(step).filter(|step| step.step == StepWord::Close);
    match closed.and_then(|close| numbers.of(close.name, close.fact(NUMBER))) {
        Some(number) => Some((number.clone(), t("{it}", "{it}").with("it", number))),
        None => step.said().map(|(stored, said)| (stored.to_owned(), said)),
    }
}

/// Finds the issues of a close-out number: several where a copied disk gave it twice, as either may stand on paper; none where
/// the text has another form.
///
/// # Errors
/// `bad-number` where the check character is wrong, or nobody has the number.
pub(in crate::app) fn find(numbers: &Numbers, said: &str) -> Result<Option<Vec<Name>>, Trouble> {
    let bad = |words: Text| Trouble::new("bad-number", words.with("said", said));
    let (number, suffix) = match CloseNumber::parse(said) {
        Ok(read) => read,
        Err(NotANumber::Form) => return Ok(run_together(numbers, said)),
        Err(NotANumber::Check) => {
            let wrong = t("销号编号 {said} 抄错了.", "the close-out number {said} is miswritten.");
            return Err(bad(wrong).hint(t(
                "最后一个字符对不上: 请再念一遍.",
                "Its last character does not fit: have it read out again.",
            )));
        }
    };
    let found = numbers.find(&number, &suffix);
    if found.is_empty() {
        return Err(bad(t("没有 {said} 这个销号编号.", "there is no close-out number {said}."))
            .hint(t("它可能在还没合并的导出包里.", "It may be in an export that has not been merged.")));
    }
    Ok(Some(found))
}

/// Finds the issues of a close-out number that was written without its dashes; none where nobody has such a one: then it is any
/// other word.
pub(in crate::app) fn run_together(numbers: &Numbers, said: &str) -> Option<Vec<Name>> {
    let all = CloseNumber::run_together(said);
    let found: Vec<Name> = all.iter().flat_map(|number| numbers.find(number, "")).collect();
    Some(found).filter(|found| !found.is_empty())
}

/// Finds the one issue of a close-out number.
///
/// # Errors
/// `bad-number` also where it was given twice.
pub(in crate::app) fn find_one(numbers: &Numbers, said: &str) -> Result<Option<Name>, Trouble> {
    match find(numbers, said)?.as_deref() {
        None => Ok(None),
        Some([issue]) => Ok(Some(*issue)),
        Some(all) => {
            let several = t("{said} 有 {n} 件, 说不准是哪一件.", "there are {n} issues {said}.");
            let several = several.with("said", said).with("n", all.len());
            Err(Trouble::new("bad-number", several).hint(t(
                "写上后缀; 没有后缀的那一件写 id (zoufang list issues --where 编号).",
                "Write its suffix; of the one without, the id (zoufang list issues --where NUMBER).",
            )))
        }
    }
}
