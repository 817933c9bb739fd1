//! Facts given by name in a request, read through the table of facts.

use crate::app::{Args, Desk};
use crate::domain::{Name, NotAPhone, Phone, Sort, Value, Word, facts};
use crate::hanzi::forms;
use crate::text::{Trouble, t};

/// Reads every value of a request that is not one of `others` as a fact of a sort; an unknown key is a trouble.
pub fn read(args: &Args, sort: Sort, others: &[&str]) -> Result<Vec<(Word, Value)>, Trouble> {
    let mut read = Vec::new();
    for key in args.0.keys().filter(|key| !others.contains(&key.as_str())) {
        if let Some(words) = args.words(key).filter(|_| args.0.get(key).is_some_and(serde_json::Value::is_array)) {
            read.push((key.as_str().into(), Value::words(words)));
            continue;
        }
        let said = args.text(key).unwrap_or_default();
        if sort == Sort::Household && key == "phone" {
            read.push((format!("phone/{}", phone(&said)?).into(), Value::Yes(true)));
            continue;
        }
        let fact = facts::find(sort, key).ok_or_else(|| {
            Trouble::new("unknown-fact", t("没有 “{key}” 这一项.", "there is no fact “{key}”.").with("key", key))
                .hint(t("docs/commands.md 列出了全部.", "docs/commands.md lists them all."))
        })?;
        let value = match key.strip_prefix("phone/") {
            Some(_) if said.is_empty() => Value::Yes(false),
            _ => fact.parse(&as_the_form_reads(sort, key, said))?,
        };
        read.push((key.as_str().into(), value));
    }
    Ok(read)
}

/// Gives what was said of a fact as the form of its record reads it.
pub fn as_the_form_reads(sort: Sort, key: &str, said: String) -> String {
    if sort == Sort::Household && key == "group" { group(&said) } else { said }
}

/// Reads a group as the form of a household does: its number, however it is written, else its words.
pub fn group(said: &str) -> String {
    forms::group(said).map_or_else(|| forms::half_width(said).into_owned(), |number| number.to_string())
}

/// Reads a phone number or says what is wrong with it.
pub fn phone(said: &str) -> Result<String, Trouble> {
    Phone::parse(said).map(|phone| phone.to_string()).map_err(|why| {
        let said = match why {
            NotAPhone::Digits(count) => t("电话 “{said}” 有 {count} 位.", "the phone “{said}” has {count} digits.")
                .with("said", said)
                .with("count", count),
            NotAPhone::Empty | NotAPhone::Letters => {
                t("“{said}” 不是电话.", "“{said}” is not a phone.").with("said", said)
            }
        };
        Trouble::new("bad-phone", said)
            .about("phone")
            .hint(t("手机 11 位, 座机带区号.", "A mobile has 11 digits; give land lines with their area code."))
    })
}

/// Makes sure that an entity is there and of a sort.
pub fn need(desk: &Desk<'_>, name: Name, sort: Sort) -> Result<(), Trouble> {
    let record = desk.action.record(name)?;
    if record.as_ref().and_then(|record| record.sort()) == Some(sort) {
        return Ok(());
    }
    Err(Trouble::new(
        "not-found",
        t("找不到 {name}.", "{name} is not known.").with("name", name.with_letter(sort.letter())),
    )
    .hint(t("它可能在还没合并的导出包里.", "It may be in an export that has not been merged.")))
}

#[cfg(test)]
mod tests {
    use crate::app::Request;
    use crate::app::exchange::some_laptops::Laptop;

    // From the command line “3组”, “三组” and “３” were three groups beside the 3 of the form.
    #[test]
    fn a_group_is_its_number_however_it_was_written() {
        let mut one = Laptop::new(1, "一组", "陈明");
        let said =
            [("3组", "3"), ("三组", "3"), ("３", "3"), ("第3组", "3"), ("Ａ区", "A区"), ("北区", "北区"), ("", "")];
        for (written, kept) in said {
            let add = Request::new("household.add").with("head", "张守富").with("village", "东里东村");
            let added = one.ask(add.with("group", written));
            let changed = one.add("李桂英", "6");
            one.set(changed, "group", written);
            for household in [added, changed] {
                let group =
                    one.keeper.house().shelf(|shelf, view| shelf.household(household, view)).unwrap().unwrap().group;
                assert_eq!(group, kept, "{written}");
            }
        }
    }
}
