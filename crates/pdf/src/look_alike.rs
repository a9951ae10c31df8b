//! Radicals that a file names where it shows characters. Several programs that write PDF take the
//! first character of a font that has the glyph, and in fonts with Chinese that is a radical.

/// The characters that look like the radicals from `U+2F00`, in their order.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Radicals of the supplement with the character that looks like each.
const SUPPLEMENT: [(char, char); 39] = [
    ('⺊', '卜'),
    ('⺎', '兀'),
    ('⺏', '尣'),
    ('⺐', '尢'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺛', '旡'),
    ('⺝', '月'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺩', '王'),
    ('⺬', '示'),
    ('⺯', '糹'),
    ('⺲', '罒'),
    ('⺼', '月'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
];

/// The character that is meant by a radical; any other character as it is.
pub(crate) fn character(c: char) -> char {
    let code = u32::from(c);
    match code {
        0x2E80..=0x2EFF => {
            SUPPLEMENT.iter().find(|(radical, _)| *radical == c).map_or(c, |(_, same)| *same)
        }
        0x2F00..=0x2FD5 => {
            let index = usize::try_from(code - 0x2F00).unwrap_or(usize::MAX);
            KANGXI.chars().nth(index).unwrap_or(c)
        }
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_the_characters_they_look_like() {
        assert_eq!(KANGXI.chars().count(), 214);
        let said: String = "⼀般公共预算⽔利⼯程⻓效⾦额⿕".chars().map(character).collect();
        assert_eq!(said, "一般公共预算水利工程长效金额龠");
        assert_eq!(character('水'), '水');
    }
}
