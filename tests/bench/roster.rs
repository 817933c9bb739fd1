//! An invented roster for several benches.

use std::fmt::Write as _;

const SURNAMES: &str =
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎";
const GIVEN: &str = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国志红梅春生玉龙海燕文斌守富传宝德贵";
const VILLAGES: [(&str, &str); 6] = [
    ("东里镇", "东里东村"),
    ("东里镇", "东里西村"),
    ("鲁村镇", "鲁村一村"),
    ("悦庄镇", "悦庄村"),
    ("西里镇", "西里村"),
    ("中庄镇", "中庄村"),
];

/// Writes a roster of invented households.
pub fn roster(count: usize) -> String {
    let (surnames, given): (Vec<char>, Vec<char>) = (SURNAMES.chars().collect(), GIVEN.chars().collect());
    let mut out = String::from("序号,镇(街道),村(居),组,户主姓名,性别,联系电话,家庭人口,户类别,住址\n");
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut pick = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % end
    };
    for row in 0..count {
        let (town, village) = VILLAGES[row * VILLAGES.len() / count];
        let name: String =
            [surnames[pick(surnames.len())], given[pick(given.len())], given[pick(given.len())]].iter().collect();
        let (group, door, phone) = (1 + pick(12), 1 + pick(260), pick(100_000_000));
        let _ = writeln!(
            out,
            "{},{town},{village},{group},{name},{},139{phone:08},{},脱贫户,{town}{village}{group}组{door}号",
            row + 1,
            if pick(2) == 0 { "男" } else { "女" },
            1 + pick(6),
        );
    }
    out
}
