//! 本机: its name, its group, who speaks.

use std::collections::BTreeMap;

use crate::app::requests::request::{Answer, Row, may};
use crate::app::{Args, Desk, Device, Terminal};
use crate::domain::CloseNumber;
use crate::domain::own_phones::{self, WrongPhones};
use crate::text::{Trouble, t};

use super::clock_here;

pub const ROWS: &[Row] = &[
    Row {
        word: "device.set",
        about: t("改本机的姓名, 小组, 编号", "change this laptop's visitors, group and code"),
        takes: &[
            may("visitors", "走访干部, 说话的人在前", "the visitors, who speaks first"),
            may("group", "小组", "the group"),
            may("code", "本机编号", "the laptop's code"),
            may(
                "phone",
                "自己的电话 (印在联系卡上), 只写号码是第一个人的; 几个人: 陈明 138…、张锦秋 139…",
                "one's own phone (for the contact card); a number alone is the first visitor's, of several each with the name",
            ),
            may(
                "lock",
                "有口令时几分钟没按键就锁屏, 0 不锁 (默认 10)",
                "under a passphrase: lock after so many minutes without a key; 0 never (else 10)",
            ),
            may("backup", "备份的第二个文件夹, 空着不要", "a second folder for backups; empty for none"),
        ],
        run: set,
    },
    Row {
        word: "device.terminal",
        about: t("这台电脑的终端和键盘做不到什么", "what this laptop's terminal and keyboard cannot do"),
        takes: &[
            may("no_f_keys", "F 键没反应", "F-keys do nothing"),
            may("no_f1", "F1 没反应 (不写就照 no_f_keys)", "F1 does nothing (else as no_f_keys)"),
            may("no_f10", "F10 没反应 (不写就照 no_f_keys)", "F10 does nothing (else as no_f_keys)"),
            may("no_colours", "颜色看不清", "colours cannot be read"),
            may("no_bell", "听不见铃声", "nobody hears the bell"),
            may("wide", "引号等占两列", "quotation marks and the like take two columns"),
            may("no_method", "打不出汉字", "no input method gives Chinese"),
        ],
        run: terminal,
    },
    Row {
        word: "device.bell",
        about: t("走访, 夜话满了时间响不响铃", "whether the bell rings when a visit or a talk has its minutes"),
        takes: &[may("off", "不响", "it does not ring")],
        run: bell,
    },
    Row {
        word: "device.clock_right",
        about: t("电脑时间没错, 是以前的时间错了", "this laptop's clock is right now; it was wrong before"),
        takes: &[may(
            "others",
            "别的电脑走到几点 (照还没合并的导出包看)",
            "how far others have come (by files that are not merged)",
        )],
        run: clock_right,
    },
    Row {
        word: "device.copy_seen",
        about: t("看过了: 这台电脑像是有两台", "seen: this laptop seems to be two"),
        takes: &[],
        run: copy_seen,
    },
];

#[expect(clippy::unnecessary_wraps, reason = "as every row of the table")]
fn terminal(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let said = |key| args.text(key).map(|_| args.yes(key));
    desk.device.terminal = Terminal {
        no_f_keys: args.yes("no_f_keys"),
        no_f1: said("no_f1"),
        no_f10: said("no_f10"),
        no_colours: args.yes("no_colours"),
        no_bell: args.yes("no_bell"),
        wide: args.yes("wide"),
        no_method: args.yes("no_method"),
    };
    Ok(Answer::default())
}

#[expect(clippy::unnecessary_wraps, reason = "as every row of the table")]
fn bell(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    desk.device.silent = args.yes("off");
    Ok(Answer::default())
}

fn clock_right(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let others = args.at("others")?;
    Ok(Answer::default().with("noted", clock_here::note_right(desk, others)?))
}

#[expect(clippy::unnecessary_wraps, reason = "as every row of the table")]
fn copy_seen(desk: &mut Desk<'_>, _: &Args) -> Result<Answer, Trouble> {
    desk.device.copied = false;
    Ok(Answer::default())
}

/// Reads the own phones of the people of the laptop.
fn read_phones(said: &str, device: &Device) -> Result<BTreeMap<String, String>, Trouble> {
    let wrong = match own_phones::read(said, &device.visitors, &device.phones) {
        Ok(phones) => return Ok(phones),
        Err(wrong) => wrong,
    };
    if let WrongPhones::Phone(said) = &wrong {
        super::facts::phone(said)?;
    }
    Err(Trouble::new("bad-value", wrong.said()).about("phone"))
}

fn set(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    if let Some(visitors) = args.words("visitors").filter(|words| !words.is_empty()) {
        desk.device.phones.retain(|person, _| visitors.contains(person));
        desk.device.visitors = visitors;
    }
    if let Some(group) = args.text("group") {
        desk.device.group = group;
    }
    if let Some(code) = args.text("code") {
        if !CloseNumber::is_whole(&code) {
            let said =
                t("本机编号 “{code}” 太长, 最多 6 个字.", "the code “{code}” is too long: six characters at most.");
            return Err(Trouble::new("bad-value", said.with("code", &code)).about("code").hint(t(
                "销号编号里只用得下 6 个字, 长了会和别的电脑重.",
                "A close-out number holds no more, and two longer ones may look alike.",
            )));
        }
        desk.device.code = code;
    }
    if let Some(phone) = args.text("phone") {
        desk.device.phones = read_phones(&phone, desk.device)?;
    }
    if let Some(minutes) = args.text("lock") {
        let wrong = t("“{said}” 不是分钟数 (0 到 240).", "“{said}” is no number of minutes (0 to 240).");
        let number = crate::hanzi::forms::half_width(&minutes).trim().parse().ok().filter(|number| *number <= 240);
        desk.device.lock_after = Some(number.ok_or_else(|| Trouble::new("bad-value", wrong.with("said", &minutes)))?);
    }
    if let Some(backup) = args.text("backup") {
        let folder = std::path::PathBuf::from(&backup);
        if !backup.is_empty() && !folder.is_dir() {
            return Err(Trouble::new(
                "folder-missing",
                t("没有 {dir} 这个文件夹.", "There is no folder {dir}.").with("dir", &backup),
            )
            .hint(t("先建好文件夹, 或插上U盘.", "Make the folder first, or put the stick in.")));
        }
        let whole = std::path::absolute(&folder).unwrap_or(folder);
        let second = Some(whole).filter(|_| !backup.is_empty());
        if second != desk.device.backup {
            desk.device.second_holds = 0;
        }
        desk.device.backup = second;
    }
    Ok(Answer::default())
}
