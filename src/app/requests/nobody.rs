//! Nobody met: the outcomes of a visit that spoke with nobody, and those after which nobody is gone to any more.

use crate::app::Args;
use crate::domain::choice;
use crate::text::{Trouble, t};

/// The outcomes after which a household is no longer asked for.
pub(super) const GONE: [&str; 2] = ["moved", "deceased"];

/// Tells whether nobody was met; how satisfied they were is refused then.
pub(super) fn answers_none(args: &Args) -> Result<bool, Trouble> {
    let is_with_nobody = args.text("outcome").is_some_and(|outcome| choice::NOBODY.contains(&outcome.as_str()));
    if is_with_nobody && args.text("satisfaction").is_some_and(|said| !said.is_empty()) {
        let said = t("没有谈到人, 没有满意度.", "nobody was spoken with, so nobody said how satisfied they are.");
        let hint = t("满意度 空着.", "Leave satisfaction empty.");
        return Err(Trouble::new("bad-value", said).about("satisfaction").hint(hint));
    }
    Ok(is_with_nobody)
}
