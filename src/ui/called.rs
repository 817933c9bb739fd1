//! Called: by which words a command is looked for: its own two names, and what else people call it.
//!
//! Every word is found in either language, whichever is on; a Chinese one by its sounds and their initials too.

use crate::hanzi::pinyin;
use crate::text::Text;

/// What else a command is called, by its Chinese name: words with blanks between them.
static ALIKE: [(&str, &str); 40] = [
    ("撤回", "撤销 取消 恢复 反悔 undo revert cancel"),
    ("退出", "关闭程序 关机 结束程序 quit exit close bye"),
    ("返回", "后退 上一页 previous"),
    ("保存", "存盘 save store"),
    ("帮助", "怎么用 说明 按键 快捷键 manual keys shortcuts"),
    ("菜单", "目录 列表 options"),
    ("命令", "搜索命令 palette search"),
    ("遮挡", "隐藏 保密显示 hide privacy"),
    ("换人", "换用户 登录 谁在说 speaker user login switch"),
    ("锁屏", "锁定 离开 screen lock"),
    ("为什么", "解释 怎么算的 explain reason"),
    ("回到走访", "继续走访 resume current"),
    ("铃声: 关", "关铃声 铃声关 静音 不响 声音 响铃 mute silent quiet sound ring"),
    ("铃声: 开", "开铃声 铃声开 响铃 声音 unmute sound ring"),
    ("电脑时间没错", "时钟 日期 时间对 clock time date"),
    ("住户", "查找 搜索 首页 户 find search home lookup"),
    ("问题", "诉求 工单 办理 problems tickets complaints"),
    ("夜话", "座谈 开会 院坝会 meeting evening"),
    ("合并", "交换 同步 汇总 u盘 sync merge import exchange"),
    ("导出", "备份 拷贝 拷出 复制 u盘 backup copy save stick usb"),
    ("全部合并", "同步 汇总 merge all"),
    ("导入名册", "名单 表格 花名册 excel csv xlsx list import"),
    ("导入过的名册", "名单 撤销导入 undo import history"),
    ("名册还给镇街", "交回 excel csv"),
    ("待核对", "疑问 错误 核实 check errors doubtful"),
    ("疑似重复户", "重复 重户 duplicates same"),
    ("不一致", "冲突 矛盾 conflicts"),
    ("新旧名册对照", "新旧对照 比较 对比 差异 compare difference"),
    ("试试这个终端", "测试 检测 键盘 test keyboard check"),
    ("本机", "设置 配置 我的电脑 姓名 组名 settings setup options device"),
    ("口令", "密码 加密 password encrypt"),
    ("活动密钥", "钥匙 签名 signature"),
    ("活动结束", "交接 清除 删除数据 移交 handover delete wipe finish"),
    ("新建", "添加 新增 加一户 add create household"),
    ("English", "语言 中文 英文 language chinese"),
    ("开始走访", "入户 家访 begin start visit"),
    ("自述中断", "停电 补时间 计时 没计时 pause power timer"),
    ("自述夜话中断", "停电 补时间 计时 没计时 pause power timer"),
    ("预约", "约时间 schedule plan"),
    ("改资料", "编辑 修改 电话 家庭成员 edit change phone"),
];

/// Gives every name of a command that is written in Chinese or English.
fn names(words: Text) -> impl Iterator<Item = &'static str> {
    let others = ALIKE.iter().filter(move |(name, _)| *name == words.zh);
    [words.zh, words.en].into_iter().chain(others.flat_map(|(_, others)| others.split(' ')))
}

/// Tells whether a command goes by a name: part of the Chinese one, its sounds from some character on, written out or by their
/// initials, or the beginning of an English word. An empty name fits all.
pub(super) fn by(words: Text, wanted: &str) -> bool {
    names(words).any(|name| goes_by(name, wanted))
}

/// Tells whether one of its own names begins with what is looked for: that is meant before one that has it further on.
pub(super) fn begins(words: Text, wanted: &str) -> bool {
    [words.zh, words.en].into_iter().any(|name| name.to_lowercase().starts_with(wanted) || sounds(name, wanted))
}

/// Tells whether one name has what is looked for, or its sounds do.
pub(super) fn goes_by(name: &str, wanted: &str) -> bool {
    let name = name.to_lowercase();
    let mut before = None;
    name.char_indices().any(|(at, ch)| {
        let is_start = before.replace(ch).is_none_or(|before: char| !before.is_alphanumeric());
        let is_han = !ch.is_ascii();
        name.get(at..).is_some_and(|rest| (is_start || is_han) && rest.starts_with(wanted) || sounds(rest, wanted))
    })
}

/// Tells whether letters spell the first characters of a name, each by its initial or a longer part of its sound.
fn sounds(name: &str, letters: &str) -> bool {
    if letters.is_empty() {
        return true;
    }
    let mut chars = name.chars();
    let Some(first) = chars.next() else { return false };
    pinyin::of_char(first).as_slice().iter().any(|sound| {
        let heads = (1..=sound.len()).filter_map(|end| sound.get(..end));
        heads.into_iter().filter_map(|head| letters.strip_prefix(head)).any(|rest| sounds(chars.as_str(), rest))
    })
}

#[cfg(test)]
mod tests {
    use super::{ALIKE, by};
    use crate::hanzi::pinyin;
    use crate::text::{Text, t};
    use crate::ui::global::{EVERYWHERE, PLACES};
    use crate::ui::screens;

    #[test]
    fn a_command_is_found_by_name_initials_sound_and_english() {
        let words = t("重新统计", "Count again");
        for wanted in ["", "统计", "重", "cxtj", "tj", "chongxin", "cxtongj", "count", "ag"] {
            assert!(by(words, wanted), "{wanted}");
        }
        assert!(by(t("English", "中文"), "english"), "a name in letters too, however they are written");
        for wanted in ["zz", "xc", "gain", "统统", "cxtjx"] {
            assert!(!by(words, wanted), "{wanted}");
        }
    }

    /// The initials of the characters that a name begins with.
    fn initials(name: &str) -> String {
        let han = name.chars().take_while(|ch| !ch.is_ascii() && ch.is_alphabetic());
        han.filter_map(|ch| pinyin::of_char(ch).as_slice().first()?.chars().next()).collect()
    }

    #[test]
    fn every_command_of_every_place_is_found_by_its_name_its_initials_and_its_english_words() {
        let pages = screens::places().into_iter().flat_map(|(_, _, lines)| lines);
        let mut seen = 0;
        for words in pages.chain(PLACES.lines()).chain(EVERYWHERE.lines()).map(|line| line.words) {
            let first = words.en.split([' ', ',', ':']).next().unwrap_or_default().to_lowercase();
            for wanted in [words.zh.to_lowercase(), initials(words.zh), first] {
                assert!(by(words, &wanted), "{}: {wanted}", words.zh);
            }
            seen += usize::from(!initials(words.zh).is_empty());
        }
        assert!(seen >= 300, "{seen}");
    }

    // undo, quit, exit and 撤销 found nothing.
    #[test]
    fn what_people_call_it_finds_it_too_by_sound_as_well() {
        let undo: Text = t("撤回", "Take back");
        assert!(["undo", "撤销", "cx", "chexiao", "ch", "take"].iter().all(|wanted| by(undo, wanted)));
        let quit = t("退出", "Leave");
        assert!(["quit", "exit", "guanbi", "leave", "tc"].iter().all(|wanted| by(quit, wanted)));
        assert!(!by(quit, "undo"));
    }

    #[test]
    fn every_other_name_belongs_to_a_command_that_is_there() {
        let pages = screens::places().into_iter().flat_map(|(_, _, lines)| lines);
        let all: Vec<&str> = pages.chain(PLACES.lines()).chain(EVERYWHERE.lines()).map(|line| line.words.zh).collect();
        for (name, others) in ALIKE {
            assert!(all.contains(&name), "{name}");
            assert!(others.split(' ').all(|other| !other.is_empty() && other == other.to_lowercase()), "{others}");
        }
    }
}
