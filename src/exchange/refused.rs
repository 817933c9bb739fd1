//! Why a bundle is refused, in sentences: what is wrong, where, and what to do.

use std::io;

use crate::text::{self, Said, Text, Trouble, t};

/// Says where in the file something was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The header.
    Header,
    /// A block, counted from 1, of so many.
    Block(u32, u32),
    /// The signature and the hash at the end.
    End,
}

impl Place {
    fn words(self) -> Said {
        match self {
            Self::Header => t("文件头", "the header").into(),
            Self::Block(number, of) => {
                t("第 {n} 块 (共 {of} 块)", "block {n} of {of}").with("n", number).with("of", of)
            }
            Self::End => t("文件尾", "the end").into(),
        }
    }
}

const COPY_AGAIN: Text = t("没有合并任何内容, 请重新拷贝.", "Nothing was merged. Please copy the file again.");

/// The file does not begin as a bundle does.
pub fn not_a_bundle() -> Trouble {
    Trouble::new("bundle-not", t("不是导出包.", "This is not an export file.")).hint(t(
        "没有动它. 是导出的文件就是拷坏了, 请重新拷贝.",
        "It was left alone. If it was exported it was copied badly: copy it again.",
    ))
}

/// The file ends too early.
pub fn cut_off(place: Place) -> Trouble {
    damaged(t("文件不完整: 到{place}就断了.", "The file is not whole: it breaks off in {place}."), place)
}

/// A check sum does not match.
pub fn mismatch(place: Place) -> Trouble {
    let said = match place {
        Place::Block(number, _) => {
            t("文件不完整: 第 {n} 块校验不符.", "The file is not whole: block {n} does not match its check sum.")
                .with("n", number)
        }
        _ => Said::from(t(
            "文件不完整: {place}校验不符.",
            "The file is not whole: {place} does not match its check sum.",
        ))
        .with_words("place", place.words()),
    };
    Trouble::new("bundle-damaged", said).hint(COPY_AGAIN)
}

/// Check sums match but the content contradicts itself: written wrongly, or altered by someone.
pub fn contradicts(place: Place) -> Trouble {
    damaged(t("文件内容有误: {place}与目录不符.", "The file is wrong: {place} is not what the header says."), place)
}

/// Bytes follow the end.
pub fn longer(extra: u64) -> Trouble {
    let said = t("文件内容有误: 末尾多出 {n} 个字节.", "The file is wrong: {n} bytes follow its end.").with("n", extra);
    Trouble::new("bundle-damaged", said).hint(COPY_AGAIN)
}

/// The file, or what it says it holds, is larger than any bundle.
pub fn too_large(what: Text) -> Trouble {
    let said = t("文件太大, 不会是导出包 ({what}).", "The file is too large for an export bundle ({what}).");
    Trouble::new("bundle-too-large", Said::from(said).with_words("what", what))
}

/// The format is newer than this program.
pub fn newer(format: u16, ours: u16) -> Trouble {
    let said = t(
        "版本太新: 导出包是格式 {theirs}, 这台电脑的程序 {program} 只认到格式 {ours}.",
        "Too new: the bundle has format {theirs}, this program {program} reads up to format {ours}.",
    );
    Trouble::new("bundle-newer", said.with("theirs", format).with("ours", ours).with("program", PROGRAM)).hint(UPDATE)
}

/// A block is packed in a way this program does not know.
pub fn newer_packing(codec: u8) -> Trouble {
    let said = t(
        "版本太新: 导出包的压缩方式 {codec}, 这台电脑的程序 {program} 不认识.",
        "Too new: the bundle is compressed in form {codec}, which this program {program} does not know.",
    );
    Trouble::new("bundle-newer", said.with("codec", codec).with("program", PROGRAM)).hint(UPDATE)
}

/// The content is sealed in a way this program cannot open.
pub fn sealed(suite: u8, key_id: u32) -> Trouble {
    let said = t(
        "导出包已加密 (方式 {suite}, 密钥 {key}), 这台电脑的程序 {program} 打不开.",
        "The bundle is sealed (suite {suite}, key {key}); this program {program} cannot open it.",
    );
    Trouble::new("bundle-sealed", said.with("suite", suite).with("key", key_id).with("program", PROGRAM)).hint(UPDATE)
}

/// The bundle is locked with the key of a campaign that is not at hand.
pub fn no_key(campaign: &str) -> Trouble {
    let said = t(
        "“{campaign}” 的加密导出包, 这台电脑没有它的密钥.",
        "A sealed bundle of “{campaign}”; this laptop does not have its key.",
    );
    let hint = t(
        "向办公室要活动密钥: U盘插上后按 F7 再按 8, 或 zoufang key 文件.",
        "Ask the office for the campaign key: F7 and 8 with its stick in, or `zoufang key FILE`.",
    );
    Trouble::new("bundle-sealed", said.with("campaign", crate::hanzi::clean::line(campaign))).hint(hint)
}

/// The bundle is under the passphrase of the laptop that wrote it.
pub fn under_passphrase() -> Trouble {
    let said =
        t("这份备份在写它的那台电脑的口令下面.", "This backup is under the passphrase of the laptop that wrote it.");
    let hint = t(
        "用 zoufang restore 恢复, 它会问口令; 忘了口令就输入恢复码.",
        "`zoufang restore` asks for the passphrase; the recovery code opens it too.",
    );
    Trouble::new("bundle-sealed", said).hint(hint)
}

/// Check sums match, but the seal does not: somebody without the key altered it.
pub fn tampered(place: Place) -> Trouble {
    let said =
        t("有人改过这个文件: {place}的封印不符.", "Somebody altered this file: the seal of {place} does not fit.");
    let hint = t("没有合并任何内容. 请当面问清, 重新导出.", "Nothing was merged. Ask in person, and export again.");
    Trouble::new("bundle-tampered", Said::from(said).with_words("place", place.words())).hint(hint)
}

/// The bundle belongs to another campaign.
pub fn other_campaign(theirs: &str, ours: &str) -> Trouble {
    let said = t(
        "另一个活动的导出包: 它属于 “{theirs}”, 这里是 “{ours}”.",
        "A bundle of another campaign: it belongs to “{theirs}”, this is “{ours}”.",
    );
    Trouble::new("bundle-other-campaign", said.with("theirs", theirs).with("ours", ours))
}

/// Reading failed: the stick was pulled out, or is damaged.
pub fn unreadable(place: Place, cause: &io::Error) -> Trouble {
    if cause.kind() == io::ErrorKind::UnexpectedEof {
        return cut_off(place);
    }
    let said = Said::from(t("读到{place}时出错 ({cause}).", "Reading failed in {place} ({cause})."))
        .with_words("place", place.words())
        .with_words("cause", text::cause(cause));
    let hint = t(
        "没有合并任何内容. 检查 U 盘是否插好, 再试一次.",
        "Nothing was merged. See whether the stick is still plugged in, then try again.",
    );
    Trouble::new("bundle-unreadable", said).hint(hint)
}

/// The place in a sentence that says what was not done: a backup that is written in the same way says its own there.
pub const UNDONE: &str = "undone";
/// What stands there of an export.
pub const NOT_EXPORTED: Text = t("没有导出", "Not exported");

/// Writing failed.
pub fn not_written(cause: &io::Error) -> Trouble {
    let (said, hint) = match cause.kind() {
        io::ErrorKind::StorageFull => (
            t("{undone}: 空间不够.", "{undone}: there is no room left."),
            t("删去一些文件或换一个 U 盘, 再导出一次.", "Delete some files or take another stick, then export again."),
        ),
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => (
            t("{undone}: 这里不能写入.", "{undone}: this place cannot be written."),
            t(
                "把 U 盘的写保护开关拨到可写, 或换一个, 再导出一次.",
                "Switch the stick's write protection off, or take another one, then export again.",
            ),
        ),
        _ => (
            t("{undone}: 写入时出错 ({cause}).", "{undone}: writing failed ({cause})."),
            t("检查 U 盘是否插好, 再导出一次.", "See whether the stick is still plugged in, then export again."),
        ),
    };
    let said = said.with_words(UNDONE, NOT_EXPORTED).with_words("cause", text::cause(cause));
    Trouble::new("bundle-not-written", said).hint(hint)
}

/// There is more to export than one bundle may hold.
pub fn too_much() -> Trouble {
    let said = t("{undone}: 内容超过一个导出包的上限.", "{undone}: there is more than one bundle can hold.");
    let hint = t("只导出对方缺的部分 (--for).", "Export only what the other laptop lacks (--for).");
    Trouble::new("bundle-too-large", said.with_words(UNDONE, NOT_EXPORTED)).hint(hint)
}

/// The operations were not the same when they were read the second time.
pub fn changed() -> Trouble {
    let said = t("{undone}: 两次读到的记录不一样.", "{undone}: the records read differently the second time.");
    let hint = t("运行 zoufang check 检查日志.", "Run `zoufang check` to examine the journal.");
    Trouble::new("bundle-unfit", said.with_words(UNDONE, NOT_EXPORTED)).hint(hint)
}

/// An operation to be written is damaged, or comes before the one before it.
pub fn unfit(name: impl ToString) -> Trouble {
    let said = t("{undone}: 记录 {name} 读不对.", "{undone}: record {name} does not read as it should.");
    let hint = t("运行 zoufang check 检查日志.", "Run `zoufang check` to examine the journal.");
    Trouble::new("bundle-unfit", said.with_words(UNDONE, NOT_EXPORTED).with("name", name)).hint(hint)
}

const PROGRAM: &str = env!("CARGO_PKG_VERSION");
const UPDATE: Text = t("请先升级程序, 再合并.", "Update the program first, then merge.");

fn damaged(text: Text, place: Place) -> Trouble {
    Trouble::new("bundle-damaged", Said::from(text).with_words("place", place.words())).hint(COPY_AGAIN)
}
