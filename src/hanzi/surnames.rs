//! How surnames are read: characters that sound otherwise in a surname than elsewhere, and surnames of two characters.
//!
//! A row replaces all readings of the `pinyin` crate for that place in a name. The correct reading stands first; a
//! reading that people who do not know better type stands after it (单德贵 is found by `sdg` and by `ddg`). Common
//! surnames with one living reading are listed so that archaic ones (王 yu, 冯 ping) do not fill the index.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Surnames of one character, each with its readings, the correct one first.
const SINGLE: &[(char, &[&str])] = &[
    // Read otherwise than elsewhere, or in more than one way.
    ('单', &["shan", "dan"]),
    ('曾', &["zeng", "ceng"]),
    ('解', &["xie", "jie"]),
    ('仇', &["qiu", "chou"]),
    ('查', &["zha", "cha"]),
    ('翟', &["zhai", "di"]),
    ('区', &["ou", "qu"]),
    ('盖', &["ge", "gai"]),
    ('种', &["chong", "zhong"]),
    ('朴', &["piao", "pu"]),
    ('缪', &["miao", "mou"]),
    ('员', &["yun", "yuan"]),
    ('贠', &["yun", "yuan"]),
    ('隗', &["wei", "kui"]),
    ('郄', &["qie", "xi"]),
    ('郤', &["xi", "qie"]),
    ('乐', &["yue", "le"]),
    ('覃', &["qin", "tan"]),
    ('亓', &["qi"]),
    ('綦', &["qi"]),
    ('逯', &["lu"]),
    ('逄', &["pang"]),
    ('尉', &["wei", "yu"]),
    ('牟', &["mou", "mu"]),
    ('任', &["ren"]),
    ('华', &["hua"]),
    ('宁', &["ning"]),
    ('葛', &["ge"]),
    ('卜', &["bu", "bo"]),
    ('召', &["shao", "zhao"]),
    ('冼', &["xian"]),
    ('洗', &["xian", "xi"]),
    ('晟', &["cheng", "sheng"]),
    ('谌', &["chen", "shen"]),
    ('繁', &["po", "fan"]),
    ('佴', &["nai", "er"]),
    ('句', &["gou", "ju"]),
    ('勾', &["gou"]),
    ('黑', &["he", "hei"]),
    ('折', &["she", "zhe"]),
    ('幺', &["yao"]),
    ('么', &["yao", "me"]),
    ('秘', &["bi", "mi"]),
    ('祭', &["zhai", "ji"]),
    ('能', &["nai", "neng"]),
    ('都', &["du", "dou"]),
    ('撒', &["sa"]),
    ('车', &["che"]),
    ('呙', &["guo"]),
    ('过', &["guo"]),
    ('应', &["ying"]),
    ('令', &["ling"]),
    ('干', &["gan"]),
    ('占', &["zhan"]),
    ('那', &["na"]),
    ('万', &["wan"]),
    ('费', &["fei", "bi"]),
    ('盛', &["sheng", "cheng"]),
    ('宓', &["mi", "fu"]),
    ('訾', &["zi"]),
    ('相', &["xiang"]),
    ('郇', &["xun", "huan"]),
    ('郗', &["xi", "chi"]),
    ('阚', &["kan", "han"]),
    ('燕', &["yan"]),
    ('要', &["yao"]),
    ('柏', &["bai", "bo"]),
    ('薄', &["bo", "bao"]),
    ('贲', &["ben"]),
    ('适', &["kuo", "shi"]),
    ('瞿', &["qu"]),
    ('颉', &["xie", "jie"]),
    ('藏', &["zang", "cang"]),
    ('臧', &["zang"]),
    ('曲', &["qu"]),
    ('强', &["qiang"]),
    ('乜', &["nie", "mie"]),
    ('眭', &["sui"]),
    ('睢', &["sui"]),
    ('宿', &["su"]),
    ('朝', &["chao", "zhao"]),
    ('长', &["zhang", "chang"]),
    ('行', &["xing", "hang"]),
    ('重', &["chong", "zhong"]),
    ('哈', &["ha"]),
    ('冒', &["mao"]),
    ('暨', &["ji"]),
    ('隽', &["juan", "jun"]),
    ('昝', &["zan"]),
    ('莘', &["shen", "xin"]),
    ('郏', &["jia"]),
    ('谷', &["gu"]),
    ('於', &["yu"]),
    ('会', &["gui", "hui"]),
    ('见', &["jian"]),
    ('参', &["shen", "can"]),
    ('载', &["zai", "dai"]),
    ('褚', &["chu"]),
    ('仉', &["zhang"]),
    ('妫', &["gui"]),
    ('逢', &["pang", "feng"]),
    ('库', &["she", "ku"]),
    ('厍', &["she"]),
    ('缴', &["jiao"]),
    ('麴', &["qu"]),
    ('冉', &["ran"]),
    ('戚', &["qi"]),
    ('殷', &["yin"]),
    ('尹', &["yin"]),
    ('石', &["shi"]),
    // One living reading; the table of the crate has archaic ones besides.
    ('王', &["wang"]),
    ('吴', &["wu"]),
    ('朱', &["zhu"]),
    ('许', &["xu"]),
    ('冯', &["feng"]),
    ('邓', &["deng"]),
    ('彭', &["peng"]),
    ('董', &["dong"]),
    ('潘', &["pan"]),
    ('于', &["yu"]),
    ('蔡', &["cai"]),
    ('余', &["yu"]),
    ('杜', &["du"]),
    ('叶', &["ye"]),
    ('丁', &["ding"]),
    ('沈', &["shen"]),
    ('姚', &["yao"]),
    ('陆', &["lu"]),
    ('汪', &["wang"]),
    ('贾', &["jia"]),
    ('夏', &["xia"]),
    ('方', &["fang"]),
    ('白', &["bai"]),
    ('陶', &["tao"]),
    ('郝', &["hao"]),
    ('莫', &["mo"]),
    ('汤', &["tang"]),
    ('房', &["fang"]),
    ('齐', &["qi"]),
    ('鞠', &["ju"]),
    ('温', &["wen"]),
    ('施', &["shi"]),
    ('路', &["lu"]),
    ('庄', &["zhuang"]),
    ('霍', &["huo"]),
    ('倪', &["ni"]),
    ('焦', &["jiao"]),
    ('俞', &["yu"]),
    ('童', &["tong"]),
    ('柴', &["chai"]),
    ('祝', &["zhu"]),
    ('池', &["chi"]),
    ('司', &["si"]),
    ('冷', &["leng"]),
    ('涂', &["tu"]),
    ('舒', &["shu"]),
    ('阮', &["ruan"]),
    ('景', &["jing"]),
    ('芮', &["rui"]),
    ('祁', &["qi"]),
    ('邢', &["xing"]),
    ('蓝', &["lan"]),
    ('鹿', &["lu"]),
    ('栗', &["li"]),
    ('信', &["xin"]),
    ('沙', &["sha"]),
    ('巨', &["ju"]),
    ('籍', &["ji"]),
];

/// Surnames of two characters, each with the readings of both.
const DOUBLE: &[(&str, [&str; 2])] = &[
    ("尉迟", ["yu", "chi"]),
    ("万俟", ["mo", "qi"]),
    ("令狐", ["ling", "hu"]),
    ("欧阳", ["ou", "yang"]),
    ("上官", ["shang", "guan"]),
    ("诸葛", ["zhu", "ge"]),
    ("司马", ["si", "ma"]),
    ("司徒", ["si", "tu"]),
    ("司空", ["si", "kong"]),
    ("司寇", ["si", "kou"]),
    ("夏侯", ["xia", "hou"]),
    ("东方", ["dong", "fang"]),
    ("东郭", ["dong", "guo"]),
    ("东门", ["dong", "men"]),
    ("西门", ["xi", "men"]),
    ("南宫", ["nan", "gong"]),
    ("南门", ["nan", "men"]),
    ("皇甫", ["huang", "fu"]),
    ("赫连", ["he", "lian"]),
    ("宇文", ["yu", "wen"]),
    ("慕容", ["mu", "rong"]),
    ("公孙", ["gong", "sun"]),
    ("公羊", ["gong", "yang"]),
    ("公冶", ["gong", "ye"]),
    ("公西", ["gong", "xi"]),
    ("轩辕", ["xuan", "yuan"]),
    ("钟离", ["zhong", "li"]),
    ("淳于", ["chun", "yu"]),
    ("单于", ["chan", "yu"]),
    ("太叔", ["tai", "shu"]),
    ("申屠", ["shen", "tu"]),
    ("仲孙", ["zhong", "sun"]),
    ("长孙", ["zhang", "sun"]),
    ("鲜于", ["xian", "yu"]),
    ("闾丘", ["lv", "qiu"]),
    ("亓官", ["qi", "guan"]),
    ("颛孙", ["zhuan", "sun"]),
    ("端木", ["duan", "mu"]),
    ("巫马", ["wu", "ma"]),
    ("漆雕", ["qi", "diao"]),
    ("乐正", ["yue", "zheng"]),
    ("澹台", ["tan", "tai"]),
    ("濮阳", ["pu", "yang"]),
    ("呼延", ["hu", "yan"]),
    ("拓跋", ["tuo", "ba"]),
    ("谷梁", ["gu", "liang"]),
    ("梁丘", ["liang", "qiu"]),
    ("左丘", ["zuo", "qiu"]),
    ("百里", ["bai", "li"]),
    ("羊舌", ["yang", "she"]),
    ("独孤", ["du", "gu"]),
    ("第五", ["di", "wu"]),
    ("哥舒", ["ge", "shu"]),
    ("完颜", ["wan", "yan"]),
    ("纳兰", ["na", "lan"]),
];

/// Gives the readings of a character as a surname, the correct one first; none when the table does not list it.
pub(super) fn single(ch: char) -> Option<&'static [&'static str]> {
    static BY_CHAR: LazyLock<HashMap<char, &[&str]>> = LazyLock::new(|| SINGLE.iter().copied().collect());
    BY_CHAR.get(&ch).copied()
}

/// Gives the readings of a surname of two characters.
pub(super) fn double(first: char, second: char) -> Option<&'static [&'static str; 2]> {
    static BY_CHARS: LazyLock<HashMap<(char, char), &[&str; 2]>> = LazyLock::new(|| {
        let pair = |surname: &str| {
            let mut chars = surname.chars();
            chars.next().zip(chars.next())
        };
        DOUBLE.iter().filter_map(|(surname, readings)| Some((pair(surname)?, readings))).collect()
    });
    BY_CHARS.get(&(first, second)).copied()
}

#[cfg(test)]
mod tests {
    use super::{DOUBLE, SINGLE};
    use std::collections::BTreeSet;

    #[test]
    fn no_surname_stands_twice_and_every_reading_is_plain_letters() {
        let single: BTreeSet<_> = SINGLE.iter().map(|row| row.0).collect();
        assert_eq!(single.len(), SINGLE.len());
        let double: BTreeSet<_> = DOUBLE.iter().map(|row| row.0).collect();
        assert_eq!(double.len(), DOUBLE.len());
        let readings = SINGLE.iter().flat_map(|row| row.1).chain(DOUBLE.iter().flat_map(|row| &row.1));
        for reading in readings {
            assert!(!reading.is_empty() && reading.bytes().all(|b| b.is_ascii_lowercase()), "{reading}");
        }
        assert!(SINGLE.iter().all(|row| !row.1.is_empty()));
        assert!(DOUBLE.iter().all(|row| row.0.chars().count() == 2));
    }
}
