//! The kinds of troubles: fixed words for scripts, with what they mean. A test holds the table against the sources.

use crate::text::{Text, t};

/// Every kind, by what it is about, and when it comes.
pub static KINDS: &[(&str, Text)] = &[
    ("usage", t("命令写错了", "wrong usage")),
    ("not-yet", t("这个功能还没有", "not there yet")),
    // Requests.
    ("bad-json", t("这一行不是 JSON 对象", "the line is no JSON object")),
    ("unknown-request", t("没有这个 do 词", "no such “do” word")),
    ("unknown-fact", t("没有这一项", "no such fact")),
    ("missing", t("缺少必须写的值", "a value that must be there is missing")),
    ("bad-value", t("值看不懂或不允许", "a value is not understood or not allowed")),
    ("bad-phone", t("电话位数不对", "the phone has a wrong number of digits")),
    ("not-found", t("找不到这个编号", "the id is not known")),
    ("taken-back", t("那一句, 或那次走访, 已经撤去", "the line or the visit was taken back")),
    ("too-long", t("一条太长", "too long")),
    ("too-large", t("一次记录太大", "one action is too large")),
    ("visit-running", t("还有一次走访没结束", "a visit is still running")),
    ("backup-failed", t("备份写不了", "the backup cannot be written")),
    ("clock-right", t("这台电脑的时间没有错", "that clock is not wrong")),
    ("corrects-nothing", t("这样更正时间, 一条记录也碰不到", "that correction of a clock would touch no record")),
    ("clock-ahead", t("那台电脑的钟还没调对", "that laptop's clock is not right yet")),
    ("clock-far", t("那台电脑的时间差得太多, 要更正", "that clock is off by too much to be passed over")),
    ("own-clock", t("这台电脑自己的时间先要对", "the clock of this laptop itself has to be right first")),
    ("no-correction", t("没有更正过那台电脑的时间", "that clock was never corrected")),
    ("peer-unknown", t("不认识那台电脑, 或不知道它缺什么", "that laptop, or what it lacks, is not known")),
    ("nothing-lacking", t("那台电脑什么都不缺", "that laptop lacks nothing")),
    ("not-handed-over", t("办公室还没有全部记录", "the office does not have everything yet")),
    ("no-campaign-key", t("还没有活动密钥", "there is no campaign key yet")),
    ("campaign-key-lost", t("有过活动密钥, 现在找不到了", "the campaign key is gone")),
    ("busy", t("别的活还没做完", "something else is still under way")),
    ("drafts-left", t("还有打了没记下的字", "something is typed and not recorded")),
    ("campaign-there", t("已经有活动数据", "a campaign is there already")),
    ("no-talk", t("没有正在进行的夜话", "no talk is running")),
    ("talk-ended", t("这一场夜话已经散场", "this talk has ended")),
    ("not-there", t("这一户没有到场", "this household is not at the talk")),
    ("has-lines", t("这一户说过话, 没有去掉", "this household said something and was not taken out")),
    ("part-of-talk", t("这一户在夜话里", "this household is part of a talk")),
    ("not-here", t("夜话在另一台电脑上", "the talk runs on another laptop")),
    ("no-visit", t("没有正在进行的走访", "no visit is running")),
    ("visit-ended", t("这次走访已经结束", "the visit has ended already")),
    ("short-visit", t("不足规定分钟而没有写原因", "shorter than the minimum, without a reason")),
    ("no-gap", t("计时没有中断", "the timer has no gap")),
    ("key-taken", t("这个编号写过别的请求", "something else was asked under this key")),
    ("export-in-data", t("导出到了本机的数据文件夹", "an export into this laptop's own data folder")),
    ("no-conflict", t("这一项没有不一致", "there is no disagreement")),
    ("not-now", t("流程里现在不能走这一步", "that step is not possible now")),
    ("only-once", t("只能一次", "only once")),
    ("too-late", t("已经过了可以做的日子", "the day for it is over")),
    ("too-soon", t("还不到时候", "too soon")),
    ("not-yours", t("由别人反馈", "somebody else is to tell the household")),
    ("own-request", t("不能批自己申请的", "nobody decides on what they asked for themselves")),
    ("bad-number", t("销号编号抄错了, 或没有", "the close-out number is miswritten, or there is none")),
    ("nothing-to-undo", t("没有可以撤销的", "nothing to take back")),
    ("still-running", t("最后记下的还没结束, 没有撤", "what was recorded last has not ended and was not taken back")),
    ("built-on", t("后来又有改动, 不能整步撤销", "something was built on it since")),
    ("entry-no-text", t("记录行只有标记没有内容", "the entry line has marks and no text")),
    ("entry-no-field", t("记录行有标记没有领域", "the entry line has marks and no field")),
    ("entry-marks-clash", t("记录行的标记互相矛盾", "the marks of the entry line contradict each other")),
    // The data folder.
    ("folder-gone", t("数据文件夹被移走或删掉了", "the data folder was moved or deleted")),
    ("no-campaign", t("文件夹里还没有活动数据", "there is no campaign in the folder")),
    ("no-data-folder", t("不知道数据放在哪里", "no folder for data is known")),
    ("already-open", t("已在另一个窗口中打开", "open in another window")),
    ("folder-unreachable", t("数据文件夹不能用", "the data folder cannot be used")),
    ("device-unreadable", t("device.toml 读不出", "device.toml cannot be read")),
    ("locked", t("要先输入口令", "a passphrase is needed first")),
    ("wrong-passphrase", t("口令或恢复码不对", "not the passphrase or recovery code")),
    ("weak-passphrase", t("口令太短", "the passphrase is too short")),
    ("not-the-same", t("两次输入的口令不一样", "the two passphrases typed are not the same")),
    ("already-sealed", t("已经有口令", "there is a passphrase already")),
    ("not-sealed", t("没有口令", "there is no passphrase")),
    ("keys-lost", t("口令文件不见了", "the key file is gone")),
    ("keys-damaged", t("口令文件和副本都坏了", "the key file and its copy are damaged")),
    ("no-memory", t("内存或随机数不够, 做不了口令", "no memory or no random numbers to make a key")),
    ("disk-full", t("磁盘已满", "the disk is full")),
    ("disk-refused", t("没有写权限", "not permitted")),
    ("disk-failed", t("磁盘读写出错", "the disk failed")),
    ("file-missing", t("找不到文件", "a file is not there")),
    ("no-journal", t("没有日志", "there is no journal")),
    ("journal-exists", t("已经有日志", "there is a journal already")),
    ("journal-damaged", t("日志里有读不懂的记录", "the journal holds what cannot be read")),
    ("position-unknown", t("日志里没有这个位置", "the journal has no such place")),
    ("newer-format", t("更新版本的程序写的", "written by a newer program")),
    ("view-damaged", t("查询库损坏", "the view is damaged")),
    ("view-failed", t("查询库读写失败", "the view cannot be read or written")),
    // Files in.
    ("file-unreadable", t("打不开文件", "the file cannot be opened")),
    ("file-too-large", t("文件太大", "the file is too large")),
    ("file-damaged", t("文件损坏", "the file is damaged")),
    ("file-locked", t("文件有密码", "the file has a password")),
    ("file-kind", t("不是名单文件", "not a file of that kind")),
    ("roster-no-names", t("没有姓名这一列", "no column of names")),
    ("no-roster", t("没有这份名册", "no such roster was imported")),
    ("document-too-long", t("太长, 写不成 .xlsx", "too long for .xlsx")),
    ("roster-too-long", t("名单太长", "the list is too long")),
    ("stopped", t("做到一半停下了, 什么都没有改", "stopped before the end; nothing was changed")),
    ("sheet-unknown", t("没有这个表", "no such sheet")),
    ("campaign-unreadable", t("活动文件读不懂", "the campaign file cannot be read")),
    ("nothing-previewed", t("还没有看过要导入的名册", "no roster was looked at yet")),
    ("campaign-wrong", t("活动文件有错", "the campaign file is wrong")),
    ("holidays-unreadable", t("放假通知看不懂", "the holidays are not understood")),
    // Export and merge.
    ("file-exists", t("文件已经有了, 没有覆盖", "the file is there already; not overwritten")),
    ("folder-missing", t("没有这个文件夹", "no such folder")),
    ("export-failed", t("导出写不了", "the export cannot be written")),
    ("read-back", t("读回来不一样", "it reads back differently")),
    ("no-bundles", t("文件夹里没有导出包", "no export file in the folder")),
    ("bundle-not", t("不是导出包", "not an export file")),
    ("bundle-damaged", t("导出包不完整或有误", "the export file is not whole, or wrong")),
    ("bundle-newer", t("导出包版本太新", "the export file is too new")),
    ("bundle-sealed", t("导出包已加密", "the export file is sealed")),
    ("bundle-doubtful", t("说不准是谁写的, 要人认可", "a person has to say that it is theirs")),
    ("key-unreadable", t("不是活动密钥", "not a campaign key")),
    ("bundle-tampered", t("有人改过导出包", "somebody altered the export file")),
    ("bundle-other-campaign", t("另一个活动的导出包", "an export of another campaign")),
    ("bundle-too-large", t("导出包太大", "the export file is too large")),
    ("bundle-unreadable", t("读导出包时出错", "reading the export file failed")),
    ("bundle-not-written", t("写导出包时出错", "writing the export file failed")),
    ("bundle-unfit", t("日志里的记录不适合导出", "a record of the journal cannot be exported")),
    // Terminal.
    ("results-not-written", t("结果没能全部写出", "the results could not all be written")),
    ("no-terminal", t("这里不是终端", "this is no terminal")),
    ("terminal", t("终端出错", "the terminal failed")),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::KINDS;

    fn sources(folder: &Path, all: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, all);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("cli/kinds.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                all.push(text.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned());
            }
        }
    }

    #[test]
    fn every_kind_of_the_sources_is_explained_and_no_other() {
        let mut all = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
        let known: BTreeSet<&str> = KINDS.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(known.len(), KINDS.len(), "none stands twice");
        for source in &all {
            for after in source.split("Trouble::new(").skip(1) {
                let kind = after.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
                assert!(kind.is_none_or(|kind| known.contains(kind)), "{kind:?} is missing in src/cli/kinds.rs");
            }
        }
        for kind in known {
            let quoted = format!("\"{kind}\"");
            assert!(all.iter().any(|source| source.contains(&quoted)), "{kind} is in the table and nowhere else");
        }
    }
}
