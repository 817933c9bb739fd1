//! Villages of the county, for rosters of 5,000 invented households.

/// Ten of them.
pub const VILLAGES: [&str; 10] = [
    "东里东村",
    "东里西村",
    "韩旺村",
    "福禄坪村",
    "唐山村",
    "河西村",
    "龙王官庄村",
    "石楼村",
    "青龙官庄村",
    "下柳沟村",
];
