//! Reasons: how the numbers that people must trust come about, in sentences (`screens.md`, rule 7).
//!
//! The numbers are computed below, in one place each; here they are only said.

use crate::app::Running;
use crate::domain::entry::{Entry, Strip, suggest, topic, wrong_in};
use crate::domain::timer::minutes_seconds;
use crate::domain::{Calendar, Deadline, Field, GRADES, Kind, Likeness, local};
use crate::text::{Said, t};
use crate::ui::desk::Desk;

/// Gives from how many minutes on a visit counts, as the campaign says.
pub fn minimum(desk: &Desk) -> i64 {
    desk.session.house().map_or(15, |house| house.minimum_minutes())
}

/// Explains the minutes of a timer.
pub fn timer(running: &Running, desk: &Desk) -> Said {
    t(
        "满 {minutes} 分钟才计入 (方案 二(二)3(1)). 已证 {proven}, 自述 {declared}, 中断 {gaps} 次. 只计程序看到的时间, 不看电脑的钟点; 暂停和睡眠不计.",
        "It counts from {minutes} {minutes:minute|minutes} on (plan 2(2)3(1)). Proven {proven}, declared {declared}, gaps: {gaps}. Only time \
         that the program saw counts, whatever the wall clock says; pauses and sleep do not.",
    )
    .with("minutes", minimum(desk))
    .with("proven", minutes_seconds(running.timer.proven_ms()))
    .with("declared", minutes_seconds(running.timer.declared_ms()))
    .with("gaps", running.timer.gaps().len())
}

/// Explains the minutes of the households of a talk.
pub fn talk(running: Option<&Running>, desk: &Desk) -> Said {
    let own = t(
        "每户只计自己在场的时间: 到场时起, 先走为止, 走开的不计. 满 {minutes} 分钟才算访过.",
        "Each household counts the time it was there: from when it came until it left. It is visited from {minutes} \
         {minutes:minute|minutes} on.",
    )
    .with("minutes", minimum(desk));
    match running {
        Some(running) => own.apart(timer(running, desk)),
        None => own.apart(covered(desk)),
    }
}

/// Explains the bar and the bell of a talk that runs, and what stands in [`talk`].
pub fn talk_under_way(running: Option<&Running>, desk: &Desk) -> Said {
    let bar = t(
        "上面的条是下一个满的那一户; 在场的都满了才写已满, 才响铃.",
        "The bar is that of the household that is full next; full, and the bell, is when all who are there are.",
    );
    let said = talk(running, desk);
    if running.is_some() { Said::from(bar).apart(said) } else { said }
}

/// Explains what the lists count as visited.
pub fn covered(desk: &Desk) -> Said {
    let talks = desk.session.house().is_some_and(|house| house.counting().talks);
    let talks = if talks { t("夜话算.", "Talks count.") } else { t("夜话另计, 不算.", "Talks do not count.") };
    t(
        "已访: 有一次完成的走访满 {minutes} 分钟; 电话只算长期在外, 写了原因的户. 不足的留着, 还是未访. {talks} 方案 二(二)3(1): 不落一户.",
        "Visited: one visit was carried out and counts {minutes} {minutes:minute|minutes}; a call only where the household is away for a \
         written reason. Shorter ones are kept, the household stays unvisited. {talks} Plan 2(2)3(1): none is left out.",
    )
    .with("minutes", minimum(desk))
    .with_words("talks", talks)
}

/// Explains what an export file is said to bring.
pub fn brings() -> Said {
    t(
        "新: 这台电脑还没有的记录, 一句, 一次归类, 一个勾各算一条. 已有: 早就有的, 再合并也不会重复. 不一致: 两边各写了同一项, 谁也不知道对方写了; 两个值都留着, 选定以前用写的时候钟上最晚的那个, 更正时间不改这个. 几个包是照从上到下全部合并 (Ctrl-A) 算的: 上面的包里有的, 下面的算已有; 不一致是全部合并以后还有的, 两个包之间的两边都算. 看的时候什么都不改.",
        "New: records that this laptop lacks; a line, its sorting, a tick count one each. Known: it has them, and merging again doubles none. Disputed: both wrote the same fact without knowing of the other; both values stay, and until one is chosen that of the latest clock when it was written is used, which correcting a clock does not change. Several files are counted as merged from the top (Ctrl-A): what one brings, those below it have as known; disagreements are those left once all are merged, and both files of one count it. Looking changes nothing.",
    )
    .into()
}

/// Explains what is said to have been changed in parallel.
pub fn parallel() -> Said {
    t(
        "每个导出包都写着那台电脑当时知道什么. 合并时两边各有对方没见过的改动, 又在同一户 (或同一件问题) 的不同项上, 就列在这里. 同一项的在 不一致 里; 新录的户, 名册, 走访不算; 后来又改了的不列. 拿回来的包里别人的改动, 和自己后写的比. 每台电脑只记最近 14 次合并.",
        "Each export says what its laptop knew then. Where a merge brings changes of one household (or issue) beside others \
         of different facts that its laptop had not seen, they stand here. Those of one fact are disagreements; new \
         households, rosters and visits do not count, nor what was changed again since. What a file brings \
         back is held against what was written here later. Of each laptop the last 14 merges are remembered.",
    )
    .into()
}

/// Explains which households an export file is said to change.
pub fn touched() -> Said {
    t(
        "不一致: 两边各写了同一项, 谁也不知道对方写了; 一户可以有几处. 有改动: 这里有的户, 资料, 走访或问题有新的. 新户: 这里还没有的户. 一户只算一次, 算最前面的那一种. 看的时候什么都不改.",
        "Disputed: both wrote the same fact without knowing of the other; a household may have several. Changed: known \
         here, with new facts, visits or issues. New: not known here yet. Each household counts once, as the first of these. \
         Looking changes nothing.",
    )
    .into()
}

/// Explains what a roster is said to bring.
pub fn listed() -> Said {
    t(
        "一行算一户; 一人一行的表, 一家算一户. 新: 还没有的户. 原有: 写的和早先一样的, 或户主同名同音, 别的也对得上, 又没有第二户像的; 拿不准的另算一户, 在 疑似重复户 里问. 有变化: 其中名册写的和现在用的不一样. 没再列: 本村早先名册里有, 这份没列; 谁也不会被删掉. 待核对: 一格看不准, 照原样留着等人看.",
        "A row is a household; in a list with one person a row a family is one. New: not here yet. Known: written as before, or the head's name is the same or sounds so, something else says so too and no other is like it; what is less sure is a household of its own, and asked about. Changed: of those, where the list says otherwise than is in use. No longer listed: in an earlier list of the village and not in this one; nobody is removed. In doubt: a cell kept as it was written until somebody looks.",
    )
    .into()
}

/// Explains which files are offered for an import.
pub fn files_offered() -> Said {
    t(
        "列出的文件: U盘, 上次用的文件夹, 桌面, 下载和文档里的 .xlsx .xls .csv .tsv, 新的在前, 最多 200 个; 文件夹里面的文件夹不看. 别处的请输入路径. 一份有多少户, 多少新的, 按 Enter 看过才数, 数了也什么都不改.",
        "Files: .xlsx, .xls, .csv and .tsv on sticks, in the folder used last, on the desktop, in downloads and documents, the newest first, 200 at most; folders within those are not looked into. For others type the path. How many households one has is counted once Enter looks at it, which changes nothing.",
    )
    .into()
}

/// Explains how many cells are said to be in doubt.
pub fn in_doubt() -> Said {
    t(
        "处: 名册里一格看不准算一处, 一户可以有几处, 现数的. 一户在几份名册里, 只算最新的那份. 不算: 那一项后来有人写过, 按 1 2 3 定过, 问是不是同一户的已经说是一户, 名册撤销以后没有人写过的户. 筛选以后只数对上的.",
        "In doubt: cells of rosters that could not be taken as they stand, counted now; a household may have several. Of several rosters the newest counts. Not counted: facts that somebody wrote since, those settled with 1, 2 or 3, rows that were said to be one household, and those of a roster taken back that nobody wrote on. Narrowed, only those that match are counted.",
    )
    .into()
}

/// Explains where the newest rosters are said to differ.
pub fn compared() -> Said {
    t(
        "处: 一项不同算一处, 一户不再列算一处, 现比的. 不同: 一户在几份名册里, 最新的一份是在人写过以后导入的, 写的又不一样; 名册空着的不算, 按 2 留过的不再问. 不再列入: 本村早先名册里有, 最新的没有; 那份名册在本村找到的旧户不到没找到的多, 就当它只是一部分, 一户也不算. 记了迁出, 去世的不算; 按 3 说还在的, 到下一份名册以前不问.",
        "Differing facts and households no longer listed count one each, compared now. Differing: the newest of a household's rosters came after somebody wrote the fact and says otherwise; empty cells say nothing, and what was kept with 2 is not asked again. No longer listed: in an earlier roster of the village and not in the newest; a roster that found fewer of the village's households again than it misses is a part, and nobody counts as missing. Moved and died are not counted, and 3 holds until the next roster.",
    )
    .into()
}

/// Explains what has to be at hand before a laptop loses what was recorded.
pub fn handing_over() -> Said {
    t(
        "办公室的导出包写明它知道哪些记录. 按 Enter 逐条对这台电脑的全部记录: 自己记的, 合并来的, 名册的每一行. 一条不少才到清除那一步, 少了就说还差多少; 所以要在办公室合并以后导出的. 对一遍什么都不改. 找到的别的包按 Tab 换着看, 新的在前.",
        "The office's export says which records it knows. Enter holds every record of this laptop against it: its own, merged ones, each row of a roster. Only where none is missing it goes on to the removing, else it says how many are; so the export has to be one made after merging. Looking changes nothing. Tab turns to other exports found, the newest first.",
    )
    .into()
}

/// Explains how many disagreements there are.
pub fn disputed() -> Said {
    t(
        "处: 一项 (或一件问题的一步) 有几个人各写了, 谁也没见过别人写的, 算一处, 现数的; 一户可以有几处, 和 F7 合并以后数的是同样的. 选了一个, 或后来见过的人又写了, 就不算了; 撤回以后又算. 没选以前用写的时候钟上最晚的那个, 更正时间不改这个.",
        "Disputed: a fact, or a step of an issue, that people wrote without having seen each other's word counts one, counted now as F7 counts after a merge; a household may have several. Once one is chosen, or somebody who saw them writes anew, it is none, and taken back it is one again. Until then that of the latest clock when it was written is used, which correcting a clock does not change.",
    )
    .into()
}

/// Explains how many households an import is said to have now.
pub fn households_of_an_import() -> Said {
    t(
        "户数: 现在的住户里照这份名册的行列出的, 一行一户, 一人一行的一家一户, 现数的. 不算: 没写户主的行, 并到更早名册里同一户的, 撤销以后没有人写过的. 所以比名册的行数少, 撤销以后剩下的是已有走访或改动的.",
        "Now: the households listed by rows of this roster, counted now; in a list with one person a row a family is one. Not counted: rows without a head, those found to be a household of an earlier roster, and after taking back those that nobody has written on. So there are fewer than rows, and what is left after taking back are those visited or changed.",
    )
    .into()
}

/// Explains how many records the office is said to have.
pub fn handed_over() -> Said {
    t(
        "条数: 这台电脑知道的每一条记录, 自己记的和合并来的都算: 写一句, 归个类, 打个勾, 改一项, 名册的每一行, 每次开机各一条; 撤回的也在. 办公室的导出包写明它知道哪些, 逐条对过, 少一条就不到这一步. 和 F7 上的新几条, 已有几条是同样的条.",
        "Records: each one that this laptop knows, its own and those merged: a line, its sorting, a tick, a changed fact, each row of a roster and each start count one, also what was taken back. The office's export says which it knows; every one was held against that, and with one missing it does not come so far. They are the records that F7 counts as new and known.",
    )
    .into()
}

/// Explains how much alike two households are: what each sign counts, and from how many points on they are called so.
pub fn alike(likeness: &Likeness) -> Said {
    let sum = likeness.signs.iter().map(|sign| {
        let points = sign.points();
        let counts = Said::from(t("{sign} {points}", "{sign} {points}")).with_words("sign", sign.words());
        counts.with("points", format!("{points:+}"))
    });
    let grades = GRADES.iter().rev().map(|(from, _, grade)| {
        Said::from(t("{from} 分起 {grade}", "{grade} from {from}")).with("from", from).with_words("grade", *grade)
    });
    let words = t(
        "{points} 分: {sum}. {grades}; 不到的不问. 分数只定先问哪一对, 是不是同一户由人定.",
        "{points} {points:point|points}: {sum}. {grades}; what has fewer is not asked about. Points only decide which pair comes first; \
         whether it is one family a person says.",
    );
    Said::from(words)
        .with("points", likeness.points())
        .with_words("sum", one_after_another(sum))
        .with_words("grades", one_after_another(grades))
}

/// Explains how many households of a roster are said to be known from another version of it.
pub fn another_version() -> Said {
    t(
        "对得上: 这份名册里单独成户的, 和早先的一户写的一样, 或户主同名同音, 别的也对得上, 又没有第二户像的; 有人说过不是一户的不算. 对不上: 其余单独成户的. 对得上的满 3 户才当作另一版来问; 它们不再一对一对地问.",
        "Known: households of this roster that stand alone and are written as an earlier one is, or whose head has the same name or sounds so where something else says so too and no other is like it; those that were said to be two are not. The rest stand alone as well and are not found again. From 3 known ones on it is asked about as a version, and those are not asked about pair by pair.",
    )
    .into()
}

/// Explains how many pairs are said to have been joined.
pub fn joined() -> Said {
    t(
        "对: 有人说过是同一户的两户算一对, 在哪台电脑上说的都算, 新的在前; 分开了的不算. 三户是一家就是两对. 两边写的是各自的记录, 谁记的还是谁的.",
        "Joined: two households that somebody said to be one count one, on whichever laptop, the latest first; those parted since do not. A family that stood three times counts two. Each side shows its own records.",
    )
    .into()
}

/// Says one after another.
fn one_after_another(all: impl Iterator<Item = Said>) -> Said {
    let joined = all
        .reduce(|all, one| Said::from(t("{all}, {one}", "{all}, {one}")).with_words("all", all).with_words("one", one));
    joined.unwrap_or_else(|| t("", "").into())
}

/// Says which words of a sentence led to the field that is proposed, and which say that something is wrong.
fn proposed(text: &str, (field, words): &(Field, Vec<&'static str>)) -> Said {
    let wrong = wrong_in(text);
    let said: Said = if wrong.is_empty() {
        t(
            "归类 {digit}{field}? 是因为句子里有 {words}. 只是建议, 数字另选.",
            "{digit} {field}? because of {words}. A proposal only: a digit picks another.",
        )
        .into()
    } else {
        t(
            "归类 {digit}{field}? 是因为句子里有 {words}, 又说 {wrong}. 只是建议, 数字另选.",
            "{digit} {field}? because of {words}, said with {wrong}. A proposal only: a digit picks another.",
        )
        .with("wrong", wrong.join(" "))
    };
    said.with("digit", field.digit()).with_words("field", field.name()).with("words", words.join(" "))
}

/// Explains what is in the strip: why its field was proposed, and the days.
pub fn strip(strip: &Strip, desk: &Desk) -> Option<Said> {
    let text = strip.text();
    topic(text).map(|found| proposed(text, &found)).into_iter().chain(due(&strip.entry(), desk)).reduce(Said::apart)
}

/// Explains what is in the line: the days of an issue, the field proposed for a note.
pub fn entry(entry: &Entry, desk: &Desk) -> Option<Said> {
    if let Entry::Note(text) = entry { suggest(text).map(|found| proposed(text, &found)) } else { due(entry, desk) }
}

/// Explains the days of what an entry would become today; none where it has no deadline.
fn due(entry: &Entry, desk: &Desk) -> Option<Said> {
    let Entry::Issue(issue) = entry else { return None };
    if issue.kind == Kind::Suggestion {
        let said = t(
            "意见建议不设时限; 采纳, 参考或不采纳都答复本人.",
            "A suggestion has no deadline; its author is answered whatever becomes of it.",
        );
        return Some(said.into());
    }
    let rules = desk.session.house().map(|house| house.campaign().deadline).unwrap_or_default();
    let calendar = Calendar::built_in();
    let dues = rules.of_issue(issue.kind, issue.class, local::day(desk.now.wall_ms), calendar);
    dues.iter().map(|due: Deadline| due.why(calendar)).reduce(Said::apart)
}
