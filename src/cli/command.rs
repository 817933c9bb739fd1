//! The commands, one row each: help, completions and `docs/commands.md` come from this table.

use super::call::Call;
use super::{End, Out, commands};
use crate::app::lists::LISTS;
use crate::domain::choice::HOUSEHOLD_KINDS;
use crate::text::{Text, Trouble, t};

/// One command.
pub struct Command {
    /// Its word.
    pub word: &'static str,
    /// What it does.
    pub about: Text,
    /// What else is good to know.
    pub more: Option<Text>,
    /// What it takes.
    pub takes: &'static [Takes],
    /// Carries it out.
    pub run: fn(&Call<'_>, &mut Out) -> Result<End, Trouble>,
}

/// One option or argument.
pub struct Takes {
    /// Its name: without dashes for options, in capitals for arguments.
    pub name: &'static str,
    /// Its form.
    pub form: Form,
    /// What it is.
    pub about: Text,
}

/// The form of an option or argument.
#[derive(Clone, Copy)]
pub enum Form {
    /// `--name`.
    Flag,
    /// `--name VALUE`.
    Word(&'static str),
    /// `--name VALUE`, as often as one likes.
    Words(&'static str),
    /// `--name VALUE`, a path.
    Path(&'static str),
    /// `--name VALUE`, one of these.
    OneOf(&'static str, fn() -> Vec<&'static str>),
    /// `NAME`, one of these.
    Which(fn() -> Vec<&'static str>),
    /// `[NAME]`, a path.
    MayFile,
    /// `NAME`, a path.
    File,
    /// `NAME...`, paths.
    Files,
    /// `[NAME]`, a word.
    MayWord,
}

const fn takes(name: &'static str, form: Form, about: Text) -> Takes {
    Takes { name, form, about }
}

const JSON: Takes = takes("json", Form::Flag, t("每行一个 JSON 对象", "one JSON object a line"));
const DRY_RUN: Takes =
    takes("dry-run", Form::Flag, t("只看会怎样, 什么都不改", "show what would happen; change nothing"));
const OUT: Takes = takes("out", Form::Path("PATH"), t("写到哪个文件或文件夹", "the file or folder to write to"));

/// What every command takes.
pub static EVERYWHERE: &[Takes] = &[
    takes(
        "data",
        Form::Path("DIR"),
        t(
            "数据文件夹 (否则 ZOUFANG_DATA, 否则系统的用户数据文件夹)",
            "the data folder (else ZOUFANG_DATA, else the platform's)",
        ),
    ),
    takes(
        "lang",
        Form::OneOf("LANG", || vec!["zh", "en"]),
        t(
            "语言: zh 或 en (否则 ZOUFANG_LANG, 否则系统语言, 否则 zh)",
            "the language: zh or en (else ZOUFANG_LANG, else the locale, else zh)",
        ),
    ),
    takes(
        "campaign",
        Form::Path("FILE"),
        t("活动文件 (否则是程序自带的活动)", "the campaign file (else the campaign that ships with the program)"),
    ),
];

/// Every command, in the order of the help.
pub static COMMANDS: &[Command] = &[
    Command {
        word: "demo",
        about: t(
            "用示范数据打开界面: 村是真的, 人是编的",
            "open the screens on sample households: the villages are real, the people invented",
        ),
        more: Some(t(
            "不写 --data 时放在临时文件夹里, 退出就删掉; 写了就留在那里.",
            "Without --data it lies in a temporary folder that goes when you leave; with it, it stays there.",
        )),
        takes: &[],
        run: commands::demo::run,
    },
    Command {
        word: "import",
        about: t("导入名单", "bring in rosters"),
        more: Some(t(
            "表头, 列和内容自动辨认; 存疑的格子进 待核对. 同一份名单再导一次不会有变化.",
            "Header, columns and content are recognised; cells in doubt go to 待核对. The same list again changes nothing.",
        )),
        takes: &[
            takes("FILE", Form::Files, t("名单: xlsx, xls, csv 或文本", "rosters: xlsx, xls, csv or text")),
            takes(
                "kind",
                Form::OneOf("KIND", || vec!["roster", "stock", "holidays", "handbook"]),
                t(
                    "是什么 (默认看内容): roster 名单; stock holidays handbook 以后才有",
                    "what it is (else guessed): roster; stock, holidays and handbook come later",
                ),
            ),
            takes(
                "column",
                Form::Words("N=FIELD"),
                t(
                    "第几列是什么: 3=phone; 3=none 不用这一列; 会记住, 下次同样的表照用",
                    "what a column is: 3=phone; 3=none leaves it out; remembered for lists of the same shape",
                ),
            ),
            takes("header", Form::Word("ROW"), t("表头在第几行; 0 没有表头", "the row of the header; 0 for none")),
            takes(
                "household-kind",
                Form::OneOf("KIND", household_kinds),
                t("名单没写类别的户算哪一类", "the kind of the households of which the list says none"),
            ),
            takes(
                "encoding",
                Form::Word("NAME"),
                t("文本的编码, 如 gb18030", "the encoding of a text, such as gb18030"),
            ),
            takes(
                "sheet",
                Form::Word("NAME"),
                t(
                    "工作簿里的哪个表; all 或 全部: 每个是名单的表",
                    "which sheet of a workbook; all: every sheet that is a list",
                ),
            ),
            takes(
                "as-guessed",
                Form::Flag,
                t("不照以前指定过的, 重新辨认, 并忘掉它", "guess anew and forget what was said of such lists before"),
            ),
            DRY_RUN,
            JSON,
        ],
        run: commands::import::run,
    },
    Command {
        word: "unimport",
        about: t("撤销一次导入", "take an import back"),
        more: Some(t(
            "名册的户不再列出; 已有走访, 记录或改动的户留下. 再导入同一份名册就都回来.",
            "Its households are no longer listed; those with visits, lines or changes stay. The same list imported again brings all back.",
        )),
        takes: &[
            takes(
                "WORD",
                Form::MayWord,
                t("文件名里的字 (默认最后一次导入)", "a part of the file name (else the last import)"),
            ),
            JSON,
        ],
        run: commands::unimport::run,
    },
    Command {
        word: "batch",
        about: t("逐行执行 JSON 请求, 逐行回答", "carry out requests, one JSON object a line, one answer a line"),
        more: Some(t(
            "回答出现时这一行已经存盘. 拒绝的一行不影响后面的行. 带 key 的行重复发送只算一次.",
            "An answer means that its line is on disk. A refused line stops nothing after it. A line with a key counts once however often it is sent.",
        )),
        takes: &[takes(
            "FILE",
            Form::MayFile,
            t("请求文件; - 或不写是标准输入", "the requests; - or nothing is the standard input"),
        )],
        run: commands::batch::run,
    },
    Command {
        word: "list",
        about: t("列表", "lists"),
        more: Some(t(
            "只读日志, 界面开着或磁盘满了也能用. 表里不出现健康状况, 电话只露头尾, 保密的话不显示; --json 是全部内容.",
            "Only reads the journal, so it works beside the screens and on a full disk. Tables show no illness, phones masked and nothing confidential; --json gives everything.",
        )),
        takes: &[
            takes("WHAT", Form::Which(list_words), t("列什么", "what to list")),
            takes(
                "where",
                Form::Word("WORDS"),
                t(
                    "只要这些户的, 写法同查找框; issues 和 duties 同问题页的筛选: 现状, 领域, 定级, 临期, 超期, 不一致, 我的, 销号编号, 行里写着的",
                    "only these households; words as in the lookup box; issues and duties as on the page of issues: state, field, class, soon, overdue, disputed, mine, a close-out number, whatever its lines show",
                ),
            ),
            JSON,
        ],
        run: commands::list::run,
    },
    Command {
        word: "export",
        about: t("导出到U盘", "export to a stick"),
        more: Some(t(
            "不写 --out 时用上次的文件夹, 没有就用当前文件夹. 写完读回核对, 之后才说可以拔. --for 的电脑什么都不缺时不写文件, path 是空的, 也算成了. 只给一台的 (--for) 待导出 照旧: 别处还没有.",
            "Without --out it goes to the last folder, else to the current one. It is read back before the stick is called safe. Where the laptop of --for lacks nothing no file is written, path is null, and that is no failure. After an export with --for what waits for an export still waits: nobody else has it.",
        )),
        takes: &[
            OUT,
            takes("full", Form::Flag, t("全部内容 (不写 --for 就是这样)", "everything (as without --for)")),
            takes(
                "for",
                Form::Word("DEVICE"),
                t("只给某台电脑缺的: 编号, 小组或姓名", "only what one laptop lacks: its code, group or a name"),
            ),
            JSON,
        ],
        run: commands::export::run,
    },
    Command {
        word: "merge",
        about: t("合并导出包", "merge export files"),
        more: Some(t(
            "每个包要么全部合并, 要么不动; 次序和次数都不影响结果. 文件夹是指里面全部 .zfb.",
            "Each file comes in whole or not at all; order and repetition make no difference. A folder means all .zfb in it.",
        )),
        takes: &[
            takes("PATH", Form::Files, t("导出包, 或放着它们的文件夹", "export files, or folders of them")),
            takes(
                "trust",
                Form::Flag,
                t("签名可疑的也合并: 已经当面问清", "merge also where the signature is doubtful: somebody was asked"),
            ),
            DRY_RUN,
            JSON,
        ],
        run: commands::merge::run,
    },
    Command {
        word: "check",
        about: t(
            "把全部数据读一遍, 说出哪里不对, 会怎么处理",
            "read everything back; say what is wrong and what would be done",
        ),
        more: None,
        takes: &[takes("repair", Form::Flag, t("照说的处理", "do what would be done")), JSON],
        run: commands::check::run,
    },
    Command {
        word: "device",
        about: t("本机是谁: 编号, 小组, 走访干部", "who this laptop is: code, group, visitors"),
        more: Some(t("第一次用 --set 就新建数据文件夹.", "The first --set makes the data folder.")),
        takes: &[
            takes(
                "set",
                Form::Words("KEY=VALUE"),
                t(
                    "改一项: visitors=陈明,张锦秋 group=一组 code=一组1 phone=…",
                    "change visitors, group, code or phone: group=一组",
                ),
            ),
            takes(
                "clock",
                Form::Word("LAPTOP"),
                t(
                    "更正一台电脑的时间: 编号, 小组, 姓名或号",
                    "correct a laptop's clock: its code, group, person or number",
                ),
            ),
            takes(
                "shows",
                Form::Word("TIME"),
                t("它的钟显示几点: 2031-05-18 19:42", "what its clock shows: 2031-05-18 19:42"),
            ),
            takes(
                "was",
                Form::Word("TIME"),
                t("那时其实是几点 (默认现在)", "what the time was then (now, where it is not given)"),
            ),
            takes(
                "from",
                Form::Word("DAY"),
                t("从它的哪天起不对 (默认按差多少定)", "wrong from which of its days on (else by the error)"),
            ),
            takes(
                "right",
                Form::Flag,
                t("这台电脑的钟现在没错, 以前的不用更正", "its clock is right now, nothing needs correction"),
            ),
            takes(
                "forget",
                Form::Flag,
                t(
                    "撤去这台电脑的时间更正和没错的话, 本机的也撤",
                    "take all that was said of its clock back, of the own one too",
                ),
            ),
            JSON,
        ],
        run: commands::device::run,
    },
    Command {
        word: "passphrase",
        about: t(
            "给这里的数据加口令, 换口令, 或换恢复码",
            "put the data here under a passphrase, change it, or make a new recovery code",
        ),
        more: Some(t(
            "口令在终端里输入, 不显示; 脚本用 ZOUFANG_PASSPHRASE_FILE 和 ZOUFANG_NEW_PASSPHRASE_FILE 指出放口令的文件 (第一行). 换口令不重写数据.",
            "It is typed in the terminal and not shown; scripts name files with it in ZOUFANG_PASSPHRASE_FILE and ZOUFANG_NEW_PASSPHRASE_FILE (first line). Changing it rewrites no data.",
        )),
        takes: &[
            takes("new-code", Form::Flag, t("换一个恢复码, 旧的作废", "a new recovery code; the old one ends")),
            takes("show", Form::Flag, t("只说有没有口令", "only say whether there is one")),
            JSON,
        ],
        run: commands::passphrase::run,
    },
    Command {
        word: "key",
        about: t(
            "活动密钥: 有了它, U盘上的导出包是加密的",
            "the campaign's key, with which exports on a stick are sealed",
        ),
        more: Some(t(
            "办公室做一把, 亲手交给各组收下; 不写 FILE 就说用的是哪一把. 以前的密钥照样能打开以前的导出包.",
            "The office makes one and hands it over in person; without FILE it says which one is used. Earlier keys still open earlier exports.",
        )),
        takes: &[
            takes("FILE", Form::MayFile, t("收下的密钥文件", "the key file to take")),
            takes(
                "new",
                Form::Path("PATH"),
                t("做一把新的, 写到这个文件夹或文件", "make a new one and write it to this folder or file"),
            ),
            JSON,
        ],
        run: commands::key::run,
    },
    Command {
        word: "document",
        about: t("给别人用的文件: 现在有核对后的名册", "files for others: for now the cleaned roster"),
        more: Some(t(
            "不写 NAME 就列出有哪些. roster: 照镇街原来的列次序, 后面加一列核对情况; 从不覆盖已有的文件.",
            "Without NAME it lists them. roster: the township's own columns in their order and one of remarks behind; no file is ever overwritten.",
        )),
        takes: &[
            takes("NAME", Form::MayWord, t("哪一种: roster", "which one: roster")),
            takes(
                "roster",
                Form::Word("WORD"),
                t(
                    "哪份名册: 文件名里的字 (默认最后导入的)",
                    "which roster: a part of its file name (else the last one)",
                ),
            ),
            OUT,
            JSON,
        ],
        run: commands::document::run,
    },
    Command {
        word: "backup",
        about: t("备份全部记录, 读回核对", "back everything up, and read it back"),
        more: Some(t(
            "不写 --out 时备份到数据文件夹的 backup 里, 设了第二个文件夹 (device --set backup=...) 的再备一份; 程序退出时也自动备份.",
            "Without --out into “backup” in the data folder, and into the second folder where one is set (device --set backup=...); \
             the program does so itself when it ends.",
        )),
        takes: &[OUT, JSON],
        run: commands::backup::back_up,
    },
    Command {
        word: "restore",
        about: t("在新电脑上从备份恢复", "make a campaign on a new laptop from a backup"),
        more: None,
        takes: &[takes("FILE", Form::File, t("备份文件", "the backup")), JSON],
        run: commands::backup::restore,
    },
    Command {
        word: "handover",
        about: t(
            "活动结束: 办公室都有了, 清除这台电脑上的资料",
            "when all is over: the office has everything, remove it here",
        ),
        more: Some(t(
            "FILE 是办公室合并以后导出的包, 证明它什么都不缺. 不加 --yes 只说会清除什么, 什么还留着.",
            "FILE is what the office exported after merging; it proves that nothing is missing there. Without --yes it only says \
             what would go and what stays.",
        )),
        takes: &[
            takes("FILE", Form::File, t("办公室的导出包", "the office's export")),
            takes("yes", Form::Flag, t("真的清除", "really remove it")),
            JSON,
        ],
        run: commands::handover::run,
    },
    Command {
        word: "completions",
        about: t("命令行补全脚本", "completions for a shell"),
        more: None,
        takes: &[takes("SHELL", Form::Which(commands::completions::shells), t("哪种命令行", "which shell"))],
        run: commands::completions::run,
    },
    Command {
        word: "keys",
        about: t("界面的全部按键", "all keys of the screens"),
        more: None,
        takes: &[],
        run: commands::keys::run,
    },
];

fn household_kinds() -> Vec<&'static str> {
    HOUSEHOLD_KINDS.iter().map(|kind| kind.word).collect()
}

fn list_words() -> Vec<&'static str> {
    LISTS.iter().map(|list| list.word).collect()
}

impl Takes {
    /// Writes how it is used: `[--json]`, `FILE...`.
    pub fn usage(&self) -> String {
        let name = self.name;
        match self.form {
            Form::Flag => format!("[--{name}]"),
            Form::Word(value) | Form::Path(value) | Form::OneOf(value, _) => format!("[--{name} {value}]"),
            Form::Words(value) => format!("[--{name} {value}]..."),
            Form::Which(_) | Form::File => name.to_owned(),
            Form::MayFile | Form::MayWord => format!("[{name}]"),
            Form::Files => format!("{name}..."),
        }
    }
}

impl Command {
    /// Writes how it is used: `zoufang import FILE... [--kind KIND] [--dry-run] [--json]`.
    pub fn usage(&self) -> String {
        let parts = self.takes.iter().map(Takes::usage);
        ["zoufang".to_owned(), self.word.to_owned()].into_iter().chain(parts).collect::<Vec<_>>().join(" ")
    }
}
