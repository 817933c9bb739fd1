//! What a column can be about, and the many names clerks give it: one table.

use crate::text::{Text, t};

/// Names what a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// 序号: running number, not used.
    Number,
    /// 镇(街道).
    Town,
    /// 村(居), also with the town before it.
    Village,
    /// 组.
    Group,
    /// 户号: rows with the same number are one household.
    Household,
    /// 户主姓名.
    Head,
    /// 家庭成员姓名: the person of the row, where another column has the head.
    Member,
    /// 与户主关系.
    Relation,
    /// 性别.
    Sex,
    /// 身份证号: only for year of birth, sex, and telling people apart.
    Id,
    /// 出生年月.
    Birth,
    /// 年龄.
    Age,
    /// 身体状况: of the person of the row.
    Health,
    /// 联系电话; a row may have several such columns.
    Phone,
    /// 家庭人口.
    Size,
    /// 户类别.
    Kind,
    /// 住址.
    Address,
    /// 小区, 楼号, 单元, 房号: the door in several columns.
    Building,
    /// 小名.
    Nickname,
    /// 配偶.
    Spouse,
    /// 结对干部.
    Paired,
    /// 微信.
    Wechat,
    /// 是否长期在外.
    Away,
    /// 外出原因.
    AwayReason,
    /// 状态: moved, deceased.
    Status,
    /// 备注; a row may have several such columns.
    Remark,
}

/// One row of the table: everything that is known about a field before a list is read.
#[derive(Debug)]
pub struct FieldRow {
    /// The field.
    pub field: Field,
    /// A fixed word for scripts and options.
    pub word: &'static str,
    /// What people call it.
    pub label: Text,
    /// Whole headers that mean it, surest first.
    pub(crate) names: &'static [&'static str],
    /// Parts of a header that suggest it.
    pub(crate) parts: &'static [&'static str],
    /// Whether several columns may have it.
    many: bool,
    /// Whether a merged cell stands for all its rows.
    pub spans: bool,
}

const fn row(
    field: Field,
    word: &'static str,
    label: Text,
    names: &'static [&'static str],
    parts: &'static [&'static str],
) -> FieldRow {
    FieldRow { field, word, label, names, parts, many: false, spans: false }
}

const fn many(mut row: FieldRow) -> FieldRow {
    row.many = true;
    row
}

const fn spans(mut row: FieldRow) -> FieldRow {
    row.spans = true;
    row
}

/// The table. Parts are tried from the top, so narrower meanings stand before wider ones.
pub static FIELDS: [FieldRow; 26] = [
    row(Field::Number, "number", t("序号", "number"), &["序号", "编号", "号", "No", "no", "NO", "序列"], &["序号"]),
    spans(row(
        Field::Paired,
        "paired",
        t("结对干部", "paired visitor"),
        &[
            "结对干部",
            "帮扶干部",
            "帮扶责任人",
            "包户干部",
            "结对帮扶干部",
            "结对人",
            "帮扶人",
            "走访干部",
            "包联干部",
            "联系干部",
            "走访人",
            "结对责任人",
            "包保干部",
            "责任人",
        ],
        &["结对干部", "帮扶干部", "帮扶责任人", "包户", "包联", "走访干部"],
    )),
    row(
        Field::Relation,
        "relation",
        t("与户主关系", "relation to the head"),
        &["与户主关系", "家庭关系", "关系", "户主关系"],
        &["与户主"],
    ),
    row(
        Field::Spouse,
        "spouse",
        t("配偶", "spouse"),
        &["配偶", "配偶姓名", "爱人", "爱人姓名", "老伴", "妻子", "丈夫", "妻子姓名"],
        &["配偶", "爱人"],
    ),
    row(
        Field::Nickname,
        "nickname",
        t("小名", "nickname"),
        &["小名", "乳名", "别名", "曾用名", "绰号", "俗名"],
        &["小名", "别名"],
    ),
    row(
        Field::Id,
        "id",
        t("身份证号", "identity number"),
        &[
            "身份证号",
            "身份证号码",
            "身份证",
            "公民身份号码",
            "公民身份证号码",
            "证件号码",
            "证件号",
            "居民身份证号",
            "户主身份证号",
            "统一社会信用代码",
        ],
        &["身份证", "身份号码", "证件号"],
    ),
    many(row(
        Field::Phone,
        "phone",
        t("联系电话", "phone"),
        &[
            "联系电话",
            "电话",
            "手机",
            "手机号",
            "手机号码",
            "联系方式",
            "电话号码",
            "联系手机",
            "移动电话",
            "本人电话",
            "户主电话",
            "固定电话",
            "座机",
            "固话",
            "宅电",
            "家庭电话",
            "联系号码",
            "联系电话1",
            "联系电话2",
            "电话1",
            "电话2",
            "手机1",
            "手机2",
            "备用电话",
            "其他电话",
            "子女电话",
        ],
        &["电话", "手机", "联系方式", "座机"],
    )),
    row(
        Field::Health,
        "health",
        t("身体状况", "health"),
        &["身体状况", "健康状况", "健康情况", "身体情况", "健康", "身体健康状况"],
        &["身体状况", "健康状况"],
    ),
    spans(row(
        Field::Household,
        "household_number",
        t("户号", "household number"),
        &["户号", "户编号", "家庭编号", "家庭户号", "户籍号", "户口簿号"],
        &["户编号", "家庭编号"],
    )),
    row(
        Field::Member,
        "member",
        t("成员姓名", "member"),
        &["成员姓名", "家庭成员姓名", "家庭成员", "人员姓名", "家庭成员名字", "成员"],
        &["成员姓名"],
    ),
    row(Field::Wechat, "wechat", t("微信", "WeChat"), &["微信", "微信号", "微信名", "微信号码"], &["微信"]),
    row(
        Field::Head,
        "head",
        t("户主姓名", "head of household"),
        &[
            "户主姓名",
            "户主",
            "户主名",
            "户主名字",
            "企业名称",
            "商户名称",
            "店铺名称",
            "个体户名称",
            "经营户",
            "受访人",
            "受访群众",
            "受访户",
            "受访群众姓名",
            "受访对象",
            "走访对象",
            "走访对象姓名",
            "被走访人",
            "被走访人姓名",
            "帮扶对象",
            "帮扶对象姓名",
            "结对户",
            "贫困户姓名",
            "群众姓名",
            "居民姓名",
            "服务对象",
            "服务对象姓名",
            "姓名",
            "名字",
            "姓名/名称",
            "户名",
            "店名",
            "单位名称",
            "名称",
            "经营者",
            "经营者姓名",
            "法人",
            "法定代表人",
            "负责人",
            "联系人",
        ],
        &["户主姓名", "对象姓名", "姓名", "企业名称", "店名"],
    ),
    row(Field::Sex, "sex", t("性别", "sex"), &["性别", "男/女", "男女"], &["性别"]),
    row(
        Field::Birth,
        "birth",
        t("出生年月", "date of birth"),
        &["出生年月", "出生日期", "出生年份", "生日", "出生年月日", "出生"],
        &["出生"],
    ),
    row(Field::Age, "age", t("年龄", "age"), &["年龄", "岁数", "周岁", "年龄岁"], &["年龄"]),
    spans(row(
        Field::Kind,
        "kind",
        t("户类别", "kind"),
        &[
            "户类别",
            "类别",
            "户类型",
            "类型",
            "对象类别",
            "人员类别",
            "群众类别",
            "受访户类别",
            "走访对象类别",
            "农户类型",
            "户属性",
            "属性",
            "对象类型",
            "性质",
            "身份",
            "走访类别",
            "受访群众类别",
            "身份类别",
            "人员类型",
        ],
        &["户类别", "户类型", "类别", "户属性"],
    )),
    row(
        Field::Size,
        "size",
        t("家庭人口", "people"),
        &[
            "家庭人口",
            "人口",
            "人口数",
            "家庭人口数",
            "人数",
            "家庭人数",
            "常住人口",
            "家庭成员数",
            "户籍人口",
            "在册人口",
            "家庭成员人数",
            "几口人",
            "人口人",
        ],
        &["人口", "人数"],
    ),
    row(
        Field::AwayReason,
        "away_reason",
        t("外出原因", "reason of absence"),
        &["外出原因", "在外原因", "不在家原因", "未入户原因", "外出情况"],
        &["外出原因", "在外原因"],
    ),
    row(
        Field::Away,
        "away",
        t("长期在外", "away"),
        &[
            "长期在外",
            "是否长期在外",
            "是否在外",
            "在外",
            "是否外出",
            "是否外出务工",
            "是否在家",
            "在家情况",
            "是否常年外出",
            "是否长期外出",
            "常年外出",
            "是否常年在外",
        ],
        &["长期在外", "是否在家"],
    ),
    row(
        Field::Status,
        "standing",
        t("状态", "status"),
        &["状态", "户状态", "现状", "人员状态", "是否搬迁", "户籍状态"],
        &["户状态"],
    ),
    row(
        Field::Address,
        "address",
        t("住址", "address"),
        &[
            "住址",
            "家庭住址",
            "地址",
            "家庭地址",
            "详细地址",
            "详细住址",
            "现住址",
            "居住地址",
            "居住地",
            "门牌号",
            "门牌",
            "户籍地址",
            "户籍地",
            "经营地址",
            "经营场所",
            "企业地址",
            "联系地址",
            "通讯地址",
            "所在地",
            "住所",
        ],
        &["住址", "地址", "门牌"],
    ),
    many(row(
        Field::Building,
        "building",
        t("楼号房号", "building"),
        &[
            "小区",
            "小区名称",
            "所在小区",
            "楼号",
            "楼栋",
            "楼栋号",
            "楼",
            "幢号",
            "栋号",
            "单元",
            "单元号",
            "房号",
            "房间号",
            "室号",
            "室",
            "户室号",
        ],
        &["小区", "楼栋"],
    )),
    spans(row(
        Field::Group,
        "group",
        t("组", "group"),
        &["组", "组别", "村民小组", "小组", "所在组", "组号", "村组", "居民小组", "几组", "生产队", "所属组"],
        &["小组", "组别"],
    )),
    spans(row(
        Field::Village,
        "village",
        t("村(居)", "village"),
        &[
            "村居",
            "村",
            "居",
            "村名",
            "行政村",
            "所在村",
            "所在村居",
            "村庄",
            "村居名称",
            "村社区",
            "社区",
            "村委会",
            "居委会",
            "所属村",
            "所属村居",
            "村名称",
            "村别",
            "所在社区",
            "所在行政村",
            "自然村",
            "村委",
            "单位村居",
            "所在村社区",
            "乡镇村居",
            "镇村",
        ],
        &["村居", "行政村", "村名", "所在村"],
    )),
    spans(row(
        Field::Town,
        "town",
        t("镇(街道)", "town"),
        &[
            "镇街道",
            "镇",
            "街道",
            "乡镇",
            "镇街",
            "镇办",
            "乡镇街道",
            "乡镇名称",
            "所在镇",
            "所在乡镇",
            "所在镇街",
            "所属乡镇",
            "所属镇街",
            "镇街名称",
            "镇名",
            "乡",
            "镇乡街道",
            "所在镇街道",
            "乡镇办",
            "街镇",
        ],
        &["乡镇", "镇街", "街道"],
    )),
    many(row(
        Field::Remark,
        "remark",
        t("备注", "remark"),
        &["备注", "说明", "备注说明", "情况说明", "其他", "其他情况", "基本情况", "备考", "家庭情况", "注"],
        &["备注", "说明"],
    )),
];

impl Field {
    /// Gives everything the table says about the field.
    pub fn row(self) -> &'static FieldRow {
        // Every field has its row: a test walks the enum by its words.
        FIELDS.iter().find(|row| row.field == self).unwrap_or(&FIELDS[0])
    }

    /// Gives the key of the fact that it ends up in (`domain::facts`), or its word where it ends up in none.
    pub fn fact(self) -> &'static str {
        match self {
            Self::Id => "idmask",
            Self::Birth | Self::Age => "birth_year",
            Self::Address | Self::Building => "door",
            Self::Phone => "phone/",
            other => other.row().word,
        }
    }

    /// Gives the field of a fixed word.
    pub fn from_word(word: &str) -> Option<Self> {
        FIELDS.iter().find(|row| row.word == word).map(|row| row.field)
    }

    /// Tells whether several columns may have it.
    pub fn may_repeat(self) -> bool {
        self.row().many
    }
}
