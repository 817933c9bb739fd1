//! About: what each page is for, what one does next there, and what is kept: the help begins with it.
//!
//! A page stands here once, by its Chinese name up to a colon, and its parts have the same words, but for a part that is for
//! something of its own. What to do at one part of it is the advice of that part's table (`keys.rs`).

use crate::text::{Text, t};

/// What is said of the pages, and of what lies over them.
static PAGES: [(&str, Text); 54] = [
    (
        "开始",
        t(
            "这里打开存在这台电脑上的活动. 打不开就写着为什么; 照着弄好, 再打开一次. 记过的都在.",
            "The campaign on this laptop is opened here. What keeps it shut is said; mend that and start again. What was recorded is all there.",
        ),
    ),
    (
        "输入口令",
        t(
            "这台电脑上的记录有口令. 打口令按 Enter; 忘了就打抄下的恢复码. 试错了什么都不丢.",
            "The records here are under a passphrase. Type it and press Enter, or the recovery code that was written down. Trying costs nothing.",
        ),
    ),
    (
        "第一次使用",
        t(
            "写上谁用这台电脑, 再选怎么开始: 导入名册, 先练习, 或空的. 按 F8 开始; 写错了以后在 本机 里改.",
            "Who uses this laptop, and how to begin: with a roster, with practice data, or empty. F8 begins; This laptop changes it later.",
        ),
    ),
    (
        "本机",
        t(
            "这台电脑是谁的: 姓名, 组, 本机编号, 电话, 走访和文书上写的就是这些. F8 记下; 以前的记录还是当时写的人.",
            "Whose laptop this is: names, group, code, phone, as visits and papers say. F8 records it; what was written before keeps its author.",
        ),
    ),
    (
        "口令",
        t(
            "给这台电脑上的记录加一道口令, 每次打开要打. 打两遍, 再抄下恢复码收好: 两样都丢了谁也打不开. 记过的都在, 不用重来.",
            "Puts a passphrase on the records here, asked for at each start. Type it twice and write the recovery code down: with both lost nobody can open them. All records stay.",
        ),
    ),
    (
        "换口令",
        t(
            "换这台电脑的口令: 先打旧的, 再打两遍新的. 记录不动; 到最后一步以前旧口令一直管用.",
            "Changes the passphrase: the old one first, then the new one twice. Records stay as they are, and the old one holds until the last step.",
        ),
    ),
    (
        "正在加口令",
        t(
            "正在把记过的都换成要口令才读得了的. 等它做完就行; 停下就和没加过一样.",
            "What was recorded is being put under the passphrase. It is only waited for; stopped, all is as before.",
        ),
    ),
    (
        "正在算钥匙",
        t(
            "正在从口令算出钥匙, 一两秒. 等它算完; 打过的, 记过的都不动.",
            "The key is made from the passphrase, a second or two. It is only waited for; nothing that was recorded changes.",
        ),
    ),
    (
        "恢复码",
        t(
            "忘了口令, 只有这个恢复码打得开. 现在抄在纸上, 和电脑分开放; 抄好按 Enter. 它不再显示第二次.",
            "Where the passphrase is forgotten, this code alone opens the records. Write it on paper now, kept apart from the laptop, then Enter. It is not shown again.",
        ),
    ),
    (
        "住户",
        t(
            "所有的户都从这里找, 几样中间空一格可以一起打. 新户按 Ctrl-N, 按村组看按 Ctrl-G. 打的只用来找, 什么都不改.",
            "Every household is found from here; several words with blanks narrow. Ctrl-N adds a new one, Ctrl-G shows villages and groups. What is typed here only looks.",
        ),
    ),
    (
        "新建住户",
        t(
            "路上遇到, 名册里没有的户记在这里, 村名, 电话像写错的先问一次; 录重了的以后在 疑似重复户 里并. 填到一半离开, 打的都留着.",
            "A household met on the way that no roster has; a village or a phone that looks wrong is asked about once, and twice the same is joined later. Half filled in, it waits for you.",
        ),
    ),
    (
        "按村组看",
        t(
            "按镇村组看有多少户, 访过多少, 还差哪些. Enter 进去, Esc 退出来, 一直进到户. 只看不改.",
            "How many households each village and group has, visited and open. Enter goes in, down to the household, Esc comes out. Nothing is changed here.",
        ),
    ),
    (
        "户卡",
        t(
            "一户的全部: 家里的人, 电话, 问题, 说过的话. 从这里开始走访, 打电话, 预约, 补录, 改资料. 改过的都留着来历.",
            "All that is known of a household. Visits, calls, appointments, later entries and changes begin here. Of every change it is kept who wrote it.",
        ),
    ),
    (
        "改资料",
        t(
            "一行一项: 选中按 Enter 改, 记下就算数, 别处跟着变. 以前写的不会没, Tab 看谁改过, Ctrl-Z 撤回.",
            "A line for each fact: Enter changes it, and it holds everywhere. What stood there is kept: Tab shows who wrote it, Ctrl-Z takes back.",
        ),
    ),
    (
        "改一项",
        t(
            "正在改这一户的一项: 改好按 Enter 记下, Esc 不改. 打到一半离开, 字还在.",
            "One fact of this household is being changed: Enter records it, Esc leaves it. Half typed, it waits for you.",
        ),
    ),
    (
        "选一项",
        t(
            "正在改这一户的一项: 按数字选, 选了就记下, 或打那一项的字再按 Enter; 0 清空, Esc 不改. 选错了按 Ctrl-Z.",
            "One fact of this household is being changed: a digit picks and records, or type its word and Enter; 0 empties, Esc leaves it. Ctrl-Z takes back.",
        ),
    ),
    (
        "家庭成员",
        t(
            "家里的一个人: 姓名, 关系, 身体, 在不在家. 知道几样填几样, F8 记下. 病情只在户卡上看得到.",
            "One of the family: name, relation, health, at home or away. Fill in what is known, F8 records it. Illness shows on the card alone.",
        ),
    ),
    (
        "预约",
        t(
            "约好哪天来, 怎么谈. F8 记下, 到那天这一户排在住户最前面. 改期再来一次就行, 原来的留着.",
            "When to come, and how. F8 records it, and on that day the household stands first. To change it, do it again; the earlier one is kept.",
        ),
    ),
    (
        "补录",
        t(
            "纸上记的走访补进来: 先填哪天, 多少分钟, 再一句一句打说过的话. 时间是自己说的, 会注明 补录.",
            "A visit that was written on paper: its day and minutes, then line by line what was said. The minutes are declared, and it says so.",
        ),
    ),
    (
        "往来记录",
        t(
            "这一户从头到尾: 哪次走访, 说了什么, 谁改过什么. 说过的话按 1 改, 2 移到别户; 改以前的样子都留着.",
            "All that happened with this household: visits, what was said, who changed what. 1 changes a line, 2 gives it to another household; how it was is kept.",
        ),
    ),
    (
        "记录来历",
        t(
            "每一条是谁, 哪天, 在哪台电脑上写的, 最早的在最下面. 只看不改, 写过的一条不少.",
            "Who wrote each record, when, on which laptop. It is only looked at; nothing that was ever written is missing.",
        ),
    ),
    (
        "同一户",
        t(
            "两户其实是一家: 找到另一户, 按 Enter 合成一户. 两边记的都在, 以后还能再分开.",
            "Two households that are one family: find the other, Enter joins them. Both keep all records, and they can be parted again.",
        ),
    ),
    (
        "移到别户",
        t(
            "记错户的一句话: 找到说这话的户, 按 Enter 移过去. 字不变, 谁记的也不变; Ctrl-Z 撤回.",
            "A line that stands with the wrong household: find the right one, Enter moves it. Its words and author stay; Ctrl-Z takes back.",
        ),
    ),
    (
        "走访",
        t(
            "走访正在计时, 在这里边谈边记. 讲过什么按 Up 上去勾. 打的字随时存着, 退出, 断电, 锁屏都不结束这次走访.",
            "The visit is timed, and what is said is put down here. Up leads to what was explained. Leaving, a flat battery or a lock do not end it.",
        ),
    ),
    (
        "结束页",
        t(
            "结束以前核一遍: 时间够不够, 讲了什么, 哪些备注是问题, 群众满意不满意. 没答的可以空着; 记下的话都留着.",
            "A look before the end: minutes, what was explained, which notes are problems, how satisfied. What is open may stay open; every line is kept.",
        ),
    ),
    (
        "没结束的走访",
        t(
            "上次关上以前走访没有结束. 定一下: 接着来, 结束, 还是作废. 以后再说也行; 记下的话都在.",
            "A visit was not ended before the program closed. Go on, end it or discard it, now or later; every line that was put down is there.",
        ),
    ),
    (
        "开始夜话",
        t(
            "一场夜话: 写上村和地方, 开始计时; 开过了的写上时间就是补录. 写到一半离开, 打的都留着.",
            "An evening talk: village and place, then the timer; with a time that is past it is entered later. Half filled in, it waits for you.",
        ),
    ),
    (
        "夜话",
        t(
            "夜话正在计时, 谁来了, 谁说了什么都记在这里. 每户只算自己在场的时间, 在场的都满了才响铃. 退出, 断电都不结束这一场.",
            "The talk is timed; who came and who said what is put down here. Each household counts its own minutes; the bell waits for all who are here. Leaving or a flat battery do not end it.",
        ),
    ),
    (
        "夜话结束",
        t(
            "散场以前看一遍到场的户: 各待了多少分钟, 说了几句. 散场以后每户有自己的一次走访, 说过的话都在各户的往来记录里.",
            "A look over the households before the talk ends: minutes and lines of each. Then each has its own visit, and what it said stands in its history.",
        ),
    ),
    (
        "问题",
        t(
            "各户提的问题和建议都在这里, 最急的在最前. Tab 换着看我的, 超期, 待反馈. 这里只看和找, 打开一件才办.",
            "All problems and suggestions, the most urgent first. Tab changes between mine, overdue and to be told. They are dealt with once opened.",
        ),
    ),
    (
        "一件问题",
        t(
            "一件问题从登记到销号: 上面是走过的步, 下面是现在能走的. 每一步记着谁, 哪天, 为什么; 走过的不会改没.",
            "One issue from its recording to its close-out: the steps so far, and those that can be taken now. Who took each, when and why is kept for good.",
        ),
    ),
    (
        "走一步",
        t(
            "给这件问题走一步: 填好按 F8 记下, Esc 不走. 不合规矩的会说为什么, 填的都留着.",
            "A step of this issue: F8 records it, Esc leaves it. What is not legal now is said why, and what was filled in stays.",
        ),
    ),
    (
        "合并",
        t(
            "各组的电脑用U盘在这里碰头: 看每个导出包带来什么, Enter 合并, 4 导出这台电脑上的给别人. 看的时候什么都不改; 一个包要么全进来要么不动, 合并几遍都不会重复.",
            "Laptops meet here by way of a stick: see what each export brings, Enter merges it, 4 exports what is here. Looking changes nothing; a file comes in whole or not at all, and twice doubles nothing.",
        ),
    ),
    (
        "合并的文件夹",
        t(
            "导出包放在哪里: 打路径, 或按 Tab 换找到的U盘, Enter 去看. Esc 不换; 文件夹里的什么都不动.",
            "Where the exports lie: type a path or take a stick with Tab, Enter looks there. Esc keeps the folder; nothing in it is touched.",
        ),
    ),
    (
        "涉及的户",
        t(
            "合并选中的包会动到哪些户: 不一致的在前, 再是有改动的, 新户. Enter 看现在的户卡; 这里什么都不改.",
            "Which households the selected file would change: disputed, changed, new. Enter shows the card as it is now; nothing is changed here.",
        ),
    ),
    (
        "更正时间",
        t(
            "哪台电脑的钟不对, 就在这里说它显示几点, 其实是几点: 那一段记的都照更正的算. 写的原样留着, Ctrl-Z 撤回.",
            "Where a laptop's clock was wrong, what it said and what was right: all it wrote then counts as corrected. What was written stays, Ctrl-Z takes back.",
        ),
    ),
    (
        "活动密钥",
        t(
            "办公室做一把钥匙交给各组: 有了它, U盘丢了, 捡到的人也读不了导出包. 各组在 F7 按 8 收下. 换新的, 旧包照样能合并.",
            "The office makes a key and hands it to the groups: with it exports are sealed, and whoever finds a stick reads nothing. Groups take it with 8 on F7. Exports of before can still be merged.",
        ),
    ),
    (
        "活动结束",
        t(
            "活动完了, 把群众的资料从这台电脑上清除. 先导出给办公室合并, 再拿办公室合并后的导出包来证明一条不少, 按 Enter 看会清除什么. 打出 清除 二字以前什么都不动.",
            "At the end people's data leave this laptop. Export to the office, bring what it exports after merging, and Enter shows what would go. Nothing goes before the word is typed.",
        ),
    ),
    (
        "导入名册",
        t(
            "把表格里的户读进来: 选文件, 看每列当作什么, 认错的按 1 改, 再按 Enter 导入. 导入以前什么都不改; 导入以后可以整份撤销, 写过的户留着.",
            "Brings households in from a table: choose the file, see what each column is taken for, 1 puts one right, Enter imports. Before that nothing changes; later all of it can be taken back.",
        ),
    ),
    (
        "导入过的名册",
        t(
            "哪天, 谁, 导入过哪些名册, 别的电脑上导入的也在. 导错了按 2 整份撤销, 1 再恢复. 有人走访过, 改过的户撤销了也留着.",
            "Which rosters were brought in, when and by whom, on other laptops too. 2 takes a whole one back, 1 has it again. Households that people wrote on stay.",
        ),
    ),
    (
        "试试终端",
        t(
            "试试这台电脑的 F 键, 输入法, 颜色, 响铃, 一分钟. 试出来不行的, 程序给您换别的办法. 随时可以不试, 记录不动.",
            "Tries the F-keys, input method, colours and bell here, a minute. For what does not work other ways are shown. It can be left at any time, and records are not touched.",
        ),
    ),
    (
        "待核对",
        t(
            "名册里看不准的格子, 一行一格, 写着原样和为什么. 一格一个数字: 照建议, 改正, 照现在的, 或和哪一户是同一户. 没处理的照表里写的留着, 什么也不用等它.",
            "Cells of rosters that could not be taken as they stand, each with its text and the reason. One digit each: take, correct, keep, or the same as another household. The others stay as written and hold nothing up.",
        ),
    ),
    (
        "不一致",
        t(
            "两个人各写了同一项, 谁也没见过对方写的. 问清楚, 再按数字选一个, 或 Enter 另写. 没选以前两个都留着, 先用写得晚的那个; 选错了按 Ctrl-Z.",
            "People wrote the same fact without having seen each other's word. Ask, then a digit chooses one, or Enter writes another. Until then both stay and the later one is used; Ctrl-Z takes back.",
        ),
    ),
    (
        "同户不同项",
        t(
            "同一户的不同项, 几个人各改各的, 互相没见过. 都已经用上了, 不用选; 打开看看合在一起对不对. 这里什么都不改.",
            "Different facts of one household, changed by several people who had not seen each other's. All hold and nothing is chosen; open it and see whether they fit. Nothing is changed here.",
        ),
    ),
    (
        "新旧名册对照",
        t(
            "新名册和您们写的不一样的, 还有新名册没再列的户. 一行一个数字: 用名册的还是现在的; 还在, 迁出还是去世. 没处理的照现在用的, 谁也不会被删掉.",
            "Where the newest roster says otherwise than you wrote, and whom it no longer lists. One digit each: the list's word or ours; here, moved or died. The rest stays as it is, and nobody is removed.",
        ),
    ),
    (
        "疑似重复户",
        t(
            "像是录了两遍的一家, 两边摆在一起, 写着哪里像哪里不像. 是一家按 1, 不是按 2, 说不准的按 Down 放着. 合了两边记的都在, 按 Tab 还能分开.",
            "What may be one family entered twice, side by side with the reasons. 1 if it is one, 2 if not, Down leaves it. Joined ones keep all records, and can be parted behind Tab.",
        ),
    ),
    (
        "合过的户",
        t(
            "说过是同一户的都在这里. 合错了按 2 分开, 各自记的都在. Tab 回到疑似的.",
            "Those that were said to be one family. 2 parts them again, each with its own records. Tab goes back to the proposed ones.",
        ),
    ),
    (
        "命令",
        t(
            "打一个名字就能找到命令, 拼音首字母, 英文都行. 灰的是别的页上的: 选了带您过去, 不会替您做.",
            "A command by its name, its initials or in English. Those with a place beside them are of other pages: choosing leads there and does nothing yet.",
        ),
    ),
    (
        "为什么",
        t(
            "说清这一页上的数是怎么来的, 待导出也在里面. 看完按 Esc, 原来打的字都在.",
            "How the numbers of the page come about, and what waits for an export. Esc closes it; what was typed is there.",
        ),
    ),
    (
        "换人",
        t(
            "换一个人接着记: 按数字, 或打新的名字按 Enter. 以后的话记在新换的人名下; 上一个人没打完的留着, 换回来还在.",
            "Another person goes on: a digit, or a new name and Enter. Lines are theirs from then on; what the other was typing waits for them.",
        ),
    ),
    (
        "粘贴了几行",
        t(
            "粘贴的有好几行. 本来就是一句, 按 Enter 连成一行; 各是各的, 按 2 每行记一条. 字已经在输入行里, 不会丢.",
            "Several lines were pasted. Enter makes them one, 2 puts each down by itself. They stand in the line already and are not lost.",
        ),
    ),
    (
        "留着的几行",
        t(
            "粘贴的几行留着, 一行放不下的, 或前面一行要先看的. Enter 每行记一条; Esc 先留着, 程序关了也在, 空行里按 Enter 再问.",
            "Pasted lines that wait: they have no room as one, or one before them has to be looked at. Enter puts each down; Esc leaves them, also over the end of the program, and Enter in the empty line asks again.",
        ),
    ),
    (
        "退出以前",
        t(
            "退出以前该知道的: 没存上的, 没结束的走访, 没导出的. 存好的, 打好的都在, 没结束的下次接着; 没导出的可能只在这台电脑上, 4 去导出. Esc 不退出.",
            "What to know before leaving: what is not saved, what runs on, what is in no export. What is saved and typed stays, and what runs goes on next time; 4 goes to the export, Esc stays.",
        ),
    ),
    (
        "锁屏",
        t(
            "屏幕遮住了, 按 Enter 回来; 有口令的先打口令, 忘了就打恢复码. 计时照走, 什么都不丢.",
            "The screen is covered. Enter comes back, behind the passphrase or the recovery code where there is one. The timer runs on, nothing is lost.",
        ),
    ),
];

/// What is said of a part in the place of its page, by what stands behind the colon.
static PARTS: [(&str, Text); 1] = [(
    "也说过类似的",
    t(
        "别的户说过类似的: 选一句, Enter 就把正在写的这一句记作同一件事, 没归类的照那件归类, 各户各自答复. 不是一件事按 Esc, 什么都不并.",
        "Others said something alike: choose one, and Enter puts your line down as the same thing, classed as that one unless you did; each household is answered. Esc if it is not: nothing is joined.",
    ),
)];

/// The pages where names or what people say are typed.
static TYPED: [&str; 16] = [
    "第一次使用",
    "本机",
    "住户",
    "新建住户",
    "改资料",
    "改一项",
    "家庭成员",
    "往来记录",
    "走访",
    "结束页",
    "开始夜话",
    "夜话",
    "走一步",
    "待核对",
    "不一致",
    "换人",
];

/// How a character is typed that no input method has.
const RARE: Text = t("生僻字: 打编码和空格, 如 U+20BB7.", "A rare character: its code and a blank, such as U+20BB7.");

/// Says how rare characters are typed where names or words are.
pub(super) fn rare(place: Text) -> Option<Text> {
    TYPED.contains(&page(place.zh)).then_some(RARE)
}

/// Gives the name of a page without the part of it.
pub(super) fn page(place: &str) -> &str {
    place.split([':', ',']).next().unwrap_or(place)
}

/// Says what a place is for; none for what needs no words, as the help itself.
pub(super) fn about(place: Text) -> Option<Text> {
    let name = page(place.zh);
    let part = PARTS.iter().find(|(part, _)| place.zh.split_once(": ").is_some_and(|(_, own)| own == *part));
    part.or_else(|| PAGES.iter().find(|(page, _)| *page == name)).map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::{PAGES, PARTS, TYPED, about, page, rare};
    use crate::text::{Lang, t};
    use crate::ui::canvas::wrap;
    use crate::ui::{overlay, screens};

    /// What is said there needs no other words; the last two are screens of the tests.
    const NONE: [&str; 5] = ["帮助", "菜单", "名册", "演示", "归类条"];

    // F1 on 合并, 待核对, 不一致 and more was a list of keys.
    #[test]
    fn every_page_says_what_it_is_for_in_words_of_its_own() {
        let places = || screens::places().into_iter().chain(overlay::places()).map(|(place, ..)| place);
        for place in places() {
            assert!(about(place).is_some() != NONE.contains(&page(place.zh)), "{}", place.zh);
        }
        for (at, (name, words)) in PAGES.iter().chain(&PARTS).enumerate() {
            let is_part = PARTS.iter().any(|(part, _)| part == name);
            let is_there = |zh: &str| if is_part { zh.ends_with(&format!(": {name}")) } else { page(zh) == *name };
            assert!(places().any(|place| is_there(place.zh)), "{name} is no page");
            for lang in [Lang::Zh, Lang::En] {
                let said = words.get(lang);
                assert!(PAGES.iter().chain(&PARTS).skip(at + 1).all(|(_, other)| other.get(lang) != said), "{said}");
                assert!(said.ends_with('.') && wrap(said, 77).len() <= 3, "{said}");
            }
        }
    }

    // F1 on what others said explained the visit, and not what Enter makes of the line.
    #[test]
    fn what_others_said_says_that_it_joins_on_a_visit_and_a_talk() {
        for place in [t("走访: 也说过类似的", "Visit: said too"), t("夜话: 也说过类似的", "Talk: said too")]
        {
            let said = about(place).unwrap();
            assert!(said.zh.contains("同一件事") && said.en.contains("the same thing"), "{said:?}");
        }
        assert_eq!(about(t("走访: 归类", "Visit: sorting")), about(t("走访", "Visit")));
    }

    // It stood in README alone.
    #[test]
    fn where_names_or_words_are_typed_it_is_said_how_a_rare_character_is() {
        let places = || screens::places().into_iter().chain(overlay::places()).map(|(place, ..)| place);
        for name in TYPED {
            let place = places().find(|place| page(place.zh) == name);
            let said = place.and_then(rare).unwrap_or_else(|| panic!("{name} is no page"));
            assert!([Lang::Zh, Lang::En].iter().all(|lang| said.get(*lang).contains("U+20BB7")), "{said:?}");
        }
        assert_eq!(rare(t("按村组看", "Villages")), None);
    }
}
