//! What was found wrong in the journal while opening or reading it, in words: never silently.

use crate::text::{Said, Text, t};

use super::segment;

/// Says where a copy of the damaged bytes lies.
fn kept(copy: Option<&str>) -> Said {
    match copy {
        Some(copy) => t("原样另存为 {copy}.", "A copy is kept as {copy}.").with("copy", copy),
        None => Said::from(t("没有另存.", "No copy was made.")),
    }
}

fn about(text: Text, number: u32) -> Said {
    text.with("file", segment::name(number))
}

pub(crate) fn torn(number: u32, bytes: u64, copy: Option<&str>) -> Said {
    let text = t(
        "日志 {file} 末尾有 {bytes} 字节没有写完 (多半是断电), 已去掉, 前面的都在. {kept}",
        "The journal {file} ended in {bytes} unfinished bytes (most likely a power cut); they were taken off, all before them is there. {kept}",
    );
    about(text, number).with("bytes", bytes).with_words("kept", kept(copy))
}

pub(crate) fn damaged(number: u32, from: u64, to: u64, copy: Option<&str>) -> Said {
    let text = t(
        "日志 {file} 第 {from} 到 {to} 字节损坏, 这一段读不出来, 前后的记录都已保留. {kept}",
        "The journal {file} is damaged from byte {from} to {to}; that part cannot be read, all records before and after it are kept. {kept}",
    );
    about(text, number).with("from", from).with("to", to).with_words("kept", kept(copy))
}

pub(crate) fn header_damaged(number: u32) -> Said {
    about(
        t(
            "日志 {file} 的文件头损坏, 其中的记录仍可读.",
            "The header of the journal {file} is damaged; its records can still be read.",
        ),
        number,
    )
}

pub(crate) fn missing(number: u32) -> Said {
    about(t("日志缺 {file}, 其余照常使用.", "The journal lacks {file}; the rest is used as usual."), number)
}

pub(crate) fn unreadable(number: u32, error: &std::io::Error) -> Said {
    let text = t(
        "日志 {file} 有一部分读不出来: {error}. 其余照常使用.",
        "A part of the journal {file} cannot be read: {error}. The rest is used as usual.",
    );
    about(text, number).with("error", error)
}

pub(crate) fn short(number: u32, length: u64, expected: u64) -> Said {
    let text = t(
        "日志 {file} 只有 {length} 字节, 应有 {expected} 字节: 末尾的记录丢了, 前面的都在.",
        "The journal {file} has {length} of {expected} bytes: the records at its end are lost, all before them are there.",
    );
    about(text, number).with("length", length).with("expected", expected)
}

pub(crate) fn incomplete(number: u32) -> Said {
    let text = t(
        "日志 {file} (合并或导入的) 不完整: 末尾的记录丢了, 前面的都在. 请重新合并或导入一次.",
        "The journal {file} (merged or imported) is incomplete: the records at its end are lost, all before them are there. Merge or import it again.",
    );
    about(text, number)
}

pub(crate) fn begun(number: u32) -> Said {
    let text = t(
        "日志 {file} 里没有记录 (多半是新建时断电), 已重做.",
        "The journal {file} holds no record (most likely the power went while it was being made); it was made again.",
    );
    about(text, number)
}

pub(crate) fn emptied(number: u32) -> Said {
    let text = t(
        "日志 {file} 只剩文件头的一部分, 其中的记录丢了, 其余照常使用.",
        "Of the journal {file} only a part of its header is left; its records are lost, the rest is used as usual.",
    );
    about(text, number)
}

/// Says that drafts are there which a newer program wrote.
pub(crate) fn drafts_newer() -> Said {
    t(
        "草稿文件 drafts.log 是更新版本的程序写的, 没有动它; 这个版本暂时存不了草稿, 按 Enter 记下的照常. 请换用新版本.",
        "The drafts file drafts.log was written by a newer program and left alone; this one keeps no drafts meanwhile. What is put down with Enter is kept. Use the newer program.",
    )
    .into()
}

/// Says that the end of the drafts is torn, as a power cut leaves it. Whose draft it was cannot be told: under a passphrase
/// nothing can be read of a torn record.
pub(crate) fn drafts_torn(bytes: u64) -> Said {
    let text = t(
        "草稿文件 drafts.log 的最后 {bytes} 字节没有写完 (多半是断电): 正在打的字可能少最后一两秒, 之前存下的都在.",
        "The last {bytes} bytes of the drafts file drafts.log are unfinished (most likely a power cut): what was being typed may lack its last second or two, all saved before is there.",
    );
    text.with("bytes", bytes)
}

pub(crate) fn drafts_missing() -> Said {
    t(
        "草稿文件 drafts.log 不见了: 打了还没按 Enter 的字没有了, 记下的都在.",
        "The drafts file drafts.log is gone: what was typed and not yet put down with Enter is lost, all records are there.",
    )
    .into()
}

pub(crate) fn drafts_damaged(copy: Option<&str>) -> Said {
    let text = t(
        "草稿文件 drafts.log 有损坏, 读得出的草稿都已保留. {kept}",
        "The drafts file drafts.log is damaged; all drafts that could be read are kept. {kept}",
    );
    Said::from(text).with_words("kept", kept(copy))
}

/// Says that the drafts lack what was saved last, without a trace in the file itself.
pub(crate) fn drafts_earlier(copy: Option<&str>) -> Said {
    let text = t(
        "草稿文件 drafts.log 不是最后存下的样子: 打了还没按 Enter 的字可能是早一些的, 记下的都在. {kept}",
        "The drafts file drafts.log is not as it was last saved: what was typed and not yet put down with Enter may be as it was earlier, all records are there. {kept}",
    );
    Said::from(text).with_words("kept", kept(copy))
}
