//! Why a file could not be read or written, in words: the system's own are English, and meant for programmers.

use std::io::{self, ErrorKind};

use super::{Said, Text, t};

const WORDS: &[(ErrorKind, Text)] = &[
    (ErrorKind::NotFound, t("找不到", "not found")),
    (ErrorKind::PermissionDenied, t("没有权限", "not permitted")),
    (ErrorKind::ReadOnlyFilesystem, t("那里不能写入", "that place cannot be written")),
    (ErrorKind::StorageFull, t("磁盘已满", "the disk is full")),
    (ErrorKind::QuotaExceeded, t("磁盘已满", "the disk is full")),
    (ErrorKind::FileTooLarge, t("磁盘已满", "the disk is full")),
    (ErrorKind::IsADirectory, t("这是文件夹", "it is a folder")),
    (ErrorKind::NotADirectory, t("路径里有一段不是文件夹", "a part of the path is no folder")),
    (ErrorKind::InvalidFilename, t("文件名不对", "the file name is not allowed")),
    (ErrorKind::ResourceBusy, t("正被别的程序占用", "another program holds it")),
    (ErrorKind::ExecutableFileBusy, t("正被别的程序占用", "another program holds it")),
    (ErrorKind::WouldBlock, t("正被别的程序占用", "another program holds it")),
    (ErrorKind::UnexpectedEof, t("文件不完整", "the file ends too soon")),
    (ErrorKind::InvalidData, t("内容不是 UTF-8 文字", "it is not UTF-8 text")),
    (ErrorKind::TimedOut, t("等了太久没有回应", "it did not answer in time")),
    (ErrorKind::StaleNetworkFileHandle, GONE),
];

const GONE: Text = t("已经拔出或断开", "it was unplugged or disconnected");
const FAILED: Text = t("磁盘或U盘读写出错", "the disk or stick failed");

/// What has no kind of its own: EIO, which a failing disk and a pulled stick give.
#[cfg(unix)]
const NUMBERS: &[(i32, Text)] = &[(5, FAILED)];

/// What has no kind of its own: a bad sector, a failing device, a drive that is no longer there, and what another program,
/// as a rule the spreadsheet, keeps to itself.
#[cfg(windows)]
const NUMBERS: &[(i32, Text)] = &[
    (23, FAILED),
    (1117, FAILED),
    (21, GONE),
    (433, GONE),
    (1167, GONE),
    (32, t("别的程序正开着它, 先在那里关掉", "another program has it open; close it there first")),
    (33, t("别的程序正开着它, 先在那里关掉", "another program has it open; close it there first")),
];

#[cfg(not(any(unix, windows)))]
const NUMBERS: &[(i32, Text)] = &[];

/// Gives an error of the system in words; one that has none by its number.
pub fn cause(error: &io::Error) -> Said {
    if let Some((_, words)) = WORDS.iter().find(|(kind, _)| *kind == error.kind()) {
        return (*words).into();
    }
    match error.raw_os_error() {
        Some(number) => match NUMBERS.iter().find(|(known, _)| *known == number) {
            Some((_, words)) => (*words).into(),
            None => t("系统错误 {number}", "system error {number}").with("number", number),
        },
        None => t("{error}", "{error}").with("error", error),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Error;

    use super::super::Lang;
    use super::cause;

    fn said(number: i32) -> [String; 2] {
        [Lang::Zh, Lang::En].map(|lang| cause(&Error::from_raw_os_error(number)).say(lang))
    }

    #[test]
    #[cfg(windows)]
    fn errors_of_windows_are_said_in_words_too() {
        assert_eq!(said(2), ["找不到", "not found"]);
        assert_eq!(said(112), ["磁盘已满", "the disk is full"]);
        assert_eq!(said(1167), ["已经拔出或断开", "it was unplugged or disconnected"]);
        assert_eq!(said(32)[0], "别的程序正开着它, 先在那里关掉");
        assert_eq!(said(19)[1], "that place cannot be written");
    }

    #[test]
    #[cfg(unix)]
    fn errors_of_the_system_are_said_in_the_language_of_the_person() {
        assert_eq!(said(2), ["找不到", "not found"]);
        assert_eq!(said(5), ["磁盘或U盘读写出错", "the disk or stick failed"]);
        assert_eq!(said(28), ["磁盘已满", "the disk is full"]);
        assert_eq!(said(40), ["系统错误 40", "system error 40"], "too many links: nobody's word");
        assert_eq!(cause(&Error::other("第 3 帧不对")).say(Lang::Zh), "第 3 帧不对");
    }
}
