//! Short: the program's words in fewer columns, for a column of a list of the program's words that would cut them.
//!
//! The kinds of household, the fields and the classes are one word each everywhere, so none of them stands here.

use super::canvas::{around_written, columns};
use crate::text::Lang;

/// A word as it is said, and in fewer columns.
type Shorter = (&'static str, &'static str);

/// Longer sentences before the words in them.
static EN: [Shorter; 68] = [
    ("to be closed out", "to close"),
    ("to be screened", "to screen"),
    ("to be explained", "to explain"),
    ("to be planned", "to plan"),
    ("being worked on", "at work"),
    ("being done again", "redo"),
    ("found to last", "stable"),
    ("joined to another", "joined"),
    ("solved on the spot", "on site"),
    ("solve on the spot", "on site"),
    ("long-term plan", "plan"),
    ("stock issue", "stock"),
    ("milestone", "goal"),
    (" days left", "d left"),
    (" day left", "d left"),
    (" days over", "d over"),
    (" day over", "d over"),
    ("done late", "late"),
    ("due today", "today"),
    ("another time", "later"),
    ("head of household", "head"),
    ("identity numbers agree", "identity"),
    ("household number", "number"),
    ("date of birth", "born"),
    ("paired visitor", "paired"),
    ("reason of absence", "why away"),
    ("relation to the head", "relation"),
    ("no such village in the county; ", "is it "),
    ("no such village in the county", "unknown village"),
    ("no such town in the county; ", "is it "),
    ("no such town in the county", "unknown town"),
    ("this village is in ", "lies in "),
    ("a number in the cell of the name: taken out of it, and put among the phones where it is one", "number in name"),
    ("a character was lost in another program; please fill it in", "character lost"),
    ("several names; only the first was used", "several names"),
    ("looks like a member of the household in row ", "member of row "),
    ("no row of this household says who its head is; the first person counts", "no head said"),
    ("this row was not understood", "not understood"),
    ("no mobile number begins so", "odd beginning"),
    ("scientific notation lost the last digits of the phone", "digits lost"),
    ("scientific notation lost the last digits of the identity number", "digits lost"),
    ("words beside the phone", "words beside it"),
    ("area code added to the land line", "area code added"),
    ("the identity number has a wrong length or character", "wrong length"),
    ("the check character of the identity number is wrong", "wrong check digit"),
    ("identity number", "identity"),
    (" kind of household", " kind"),
    ("the sex was not understood", "not understood"),
    ("completed to ", "now "),
    ("taken from the row above", "from row above"),
    ("the address says ", "address: "),
    ("the group is not a number; kept as written", "not a number"),
    ("the number of people is not a sensible number", "odd number"),
    ("the birth date or age was not understood", "not understood"),
    ("neither yes nor no", "not yes or no"),
    ("the remark says so; proposed, not taken", "remark: proposed"),
    ("the remark says ", "remark: "),
    ("; is it so?", "?"),
    ("same family", "family"),
    (" of a roster", ""),
    ("other village", "elsewhere"),
    ("too short, still unvisited", "too short"),
    ("left early", "left"),
    ("declared in part", "declared"),
    ("it has ", ""),
    ("the same as row ", "as row "),
    ("remark: ", ""),
    ("is it ", ""),
];

/// Chinese words are short as they are; sentences are not.
static ZH: [Shorter; 35] = [
    ("当场解决", "当场"),
    ("长期方案", "方案"),
    ("逾期完成", "逾期"),
    ("本县没有这个村, 是不是 ", "是不是 "),
    ("本县没有这个镇街, 是不是 ", "是不是 "),
    ("本县没有这个", "没有这个"),
    ("姓名格里有号码, 已从姓名分出; 是电话的放到了电话里", "姓名格里有号码"),
    ("姓名里有字在别的软件里丢了, 请补上", "姓名里丢了字"),
    ("像是几个人的名字, 只用了第一个", "像是几个人"),
    ("像是第 ", "第 "),
    ("行那一户的家庭成员", "行的家人"),
    ("这一户没有写明户主, 先用第一位", "没有写明户主"),
    ("行完全一样", "行一样"),
    ("没有这样开头的手机号", "开头不对"),
    ("电话成了科学计数, 后几位已丢失", "后几位已丢失"),
    ("身份证号成了科学计数, 后几位已丢失", "后几位已丢失"),
    ("身份证号位数或字符不对", "位数或字符不对"),
    ("身份证号校验位不对", "校验位不对"),
    ("组不是数字, 照原样保留", "组不是数字"),
    ("人口不是一个合理的数", "人口不合理"),
    ("出生年月或年龄看不懂", "看不懂"),
    ("备注里的话, 建议记下来", "备注里的话"),
    (", 要这样记吗?", "?"),
    ("住址里写的是 ", "住址: "),
    ("名册第 ", "第 "),
    ("电话相同", "电话"),
    ("姓名相同", "姓名"),
    ("门牌相同", "门牌"),
    ("先走了", "走"),
    ("含自述", "自述"),
    ("不足, 还算未访", "不足"),
    ("电话有 ", ""),
    ("是不是 ", ""),
    ("和第 ", "同 "),
    ("行一样", "行"),
];

/// Gives a text of a list in as few shorter words as it takes to fit; what people wrote in it stays. What does not fit even so is cut
/// where it is drawn.
pub fn fitting(text: &str, room: u16, lang: Lang) -> String {
    let words: &[Shorter] = match lang {
        Lang::En => &EN,
        Lang::Zh => &ZH,
    };
    let mut text = text.to_owned();
    for (long, short) in words {
        if columns(&text) <= room {
            break;
        }
        if text.contains(long) {
            text = around_written(&text, |words| words.replace(long, short));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{EN, ZH, fitting};
    use crate::text::Lang;
    use crate::ui::canvas::written;

    #[test]
    fn what_people_wrote_never_grows_shorter() {
        let cell = format!("住址里写的是 {}", written("先走了的 电话有 人家"));
        assert_eq!(fitting(&cell, 8, Lang::Zh), format!("住址: {}", written("先走了的 电话有 人家")));
    }

    #[test]
    fn words_grow_shorter_only_as_far_as_they_have_to() {
        assert_eq!(fitting("solve on the spot 3 days left", 29, Lang::En), "solve on the spot 3 days left");
        assert_eq!(fitting("solve on the spot 3 days left", 19, Lang::En), "on site 3 days left");
        assert_eq!(fitting("solve on the spot 3 days left", 16, Lang::En), "on site 3d left");
        assert_eq!(fitting("王成友 在外打工", 6, Lang::En), "王成友 在外打工", "cut where it is drawn");
        assert_eq!(fitting("长期方案 还有 10 天", 18, Lang::Zh), "方案 还有 10 天");
        assert!(EN.iter().chain(&ZH).all(|(long, short)| short.len() < long.len()));
    }

    // `supported` was `paired` at 80 columns, and so was the visitor.
    #[test]
    fn a_kind_of_household_is_one_word_everywhere() {
        for kind in crate::domain::choice::HOUSEHOLD_KINDS {
            for lang in [Lang::Zh, Lang::En] {
                assert_eq!(fitting(kind.name.get(lang), 1, lang), kind.name.get(lang));
            }
        }
    }
}
