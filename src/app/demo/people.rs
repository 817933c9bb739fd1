//! The roster of the sample: five real villages, invented people.

use std::fmt::Write;

/// Villages with their township and how many households of them are on the list.
const VILLAGES: [(&str, &str, usize); 5] = [
    ("东里镇", "东里东村", 140),
    ("东里镇", "东里西村", 110),
    ("南麻街道", "东高庄村", 100),
    ("燕崖镇", "碾砣村", 80),
    ("鲁村镇", "鲁村一村", 70),
];
const SURNAMES: [&str; 32] = [
    "张", "王", "李", "刘", "孙", "赵", "陈", "杨", "高", "任", "唐", "江", "白", "沈", "朱", "宋", "齐", "崔", "耿",
    "翟", "房", "娄", "左", "亓", "公", "綦", "单", "仇", "解", "曾", "查", "欧阳",
];
const MEN: [&str; 24] = [
    "守富", "成友", "传宝", "宗海", "敬民", "先德", "守义", "照礼", "光远", "立业", "永顺", "长林", "庆山", "德水",
    "福田", "建国", "卫东", "志刚", "学文", "明", "强", "磊", "洪亮", "玉堂",
];
const WOMEN: [&str; 20] = [
    "桂英", "玉珍", "世芳", "淑芬", "淑兰", "秀云", "春花", "秀英", "爱华", "月梅", "凤霞", "翠兰", "玉兰", "红梅",
    "丽", "敏", "静", "晓燕", "巧云", "文秀",
];
const TRADES: [&str; 8] = ["超市", "饭店", "农资店", "理发店", "五金店", "快递代收", "果品收购", "豆腐坊"];
const FIRMS: [&str; 4] = ["果品专业合作社", "食品有限公司", "机械配件厂", "农业科技有限公司"];
const VISITORS: [&str; 2] = ["张锦秋", "张文彬"];

/// Numbers that look like chance and are always the same.
struct Dice(u64);

impl Dice {
    /// Throws a number below `sides`.
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        let at = self.throw(words.len());
        words.get(at).copied().unwrap_or_default()
    }
}

/// Writes the roster as a table of text. `speaker` is paired with a third of the households.
pub fn roster(speaker: &str) -> String {
    let mut dice = Dice(2021);
    let mut out = String::from(
        "序号,镇(街道),村(居),组,户主姓名,性别,出生年月,联系电话,家庭人口,户类别,住址,配偶,是否长期在外,结对干部,备注\n",
    );
    let mut number = 0;
    for (town, village, households) in VILLAGES {
        for _ in 0..households {
            number += 1;
            row(&mut out, &mut dice, speaker, number, (town, village));
        }
    }
    out
}

fn row(out: &mut String, dice: &mut Dice, speaker: &str, number: usize, (town, village): (&str, &str)) {
    let is_man = dice.throw(10) < 8;
    let (surname, given) = (dice.pick(&SURNAMES), dice.pick(if is_man { &MEN } else { &WOMEN }));
    let mut head = format!("{surname}{given}");
    let spouse = format!("{}{}", dice.pick(&SURNAMES), dice.pick(if is_man { &WOMEN } else { &MEN }));
    let (kind, mut remark) = match dice.throw(100) {
        0..62 => ("脱贫户", ""),
        62..82 => ("社区居民", ""),
        82..92 => ("个体工商户", dice.pick(&TRADES)),
        92..98 => ("文体服务对象", ""),
        _ => {
            head = format!("{village}{}", dice.pick(&FIRMS));
            ("企业", "")
        }
    };
    let away = dice.throw(20) == 0;
    if dice.throw(25) == 0 {
        remark = "耳背, 说话大声些";
    }
    // Nobody has these numbers: the part behind 199 only counts. Some lost a digit, as they do in real lists.
    let phone = format!("199{:08}", 36_000_000 + number * 37);
    let phone = if number.is_multiple_of(83) { phone.chars().take(10).collect() } else { phone };
    let paired = if dice.throw(3) == 0 { speaker } else { dice.pick(&VISITORS) };
    let (group, door) = (1 + dice.throw(9), 1 + dice.throw(160));
    let sex = if is_man { "男" } else { "女" };
    let (year, month, size) = (1938 + dice.throw(56), 1 + dice.throw(12), 1 + dice.throw(6));
    let is_firm = kind == "企业";
    let personal = |text: String| if is_firm { String::new() } else { text };
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "{number},{town},{village},{group},{head},{},{},{phone},{},{kind},{group}组{door}号,{},{},{paired},\"{remark}\"",
        personal(sex.to_owned()),
        personal(format!("{year}-{month:02}")),
        personal(size.to_string()),
        personal(spouse),
        if away && !is_firm { "是" } else { "否" },
    );
}
