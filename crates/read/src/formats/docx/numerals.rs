//! Numbers as automatic numbering prints them.

/// A number in a format; nothing when it prints no number.
pub(super) fn numeral(format: &str, number: u32) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting" => counted(number, DIGITS, ["", "十", "百", "千"]),
        "chineseLegalSimplified" => counted(number, LEGAL, ["", "拾", "佰", "仟"]),
        "ideographLegalTraditional" | "japaneseLegal" => {
            counted(number, LEGAL, ["", "拾", "佰", "仟"])
        }
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            decimal(number, DIGITS)
        }
        "decimalFullWidth" | "decimalFullWidth2" => decimal(number, FULL_WIDTH),
        "ideographTraditional" => one_of(TRADITIONAL, number),
        "ideographZodiac" => one_of(ZODIAC, number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(number),
        "ideographEnclosedCircle" => enclosed(number, '㊀', 10),
        "decimalEnclosedParen" => enclosed(number, '⑴', 20),
        "decimalEnclosedFullstop" => enclosed(number, '⒈', 20),
        "decimalZero" => format!("{number:02}"),
        "upperLetter" => letters(number, b'A'),
        "lowerLetter" => letters(number, b'a'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        _ => number.to_string(),
    }
}

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const LEGAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const FULL_WIDTH: [char; 10] = ['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'];
const TRADITIONAL: &str = "甲乙丙丁戊己庚辛壬癸";
const ZODIAC: &str = "子丑寅卯辰巳午未申酉戌亥";

/// The digits of a number, the lowest first.
fn digits(number: u32) -> Vec<usize> {
    let (mut rest, mut digits) = (number, Vec::new());
    while rest > 0 || digits.is_empty() {
        digits.push(usize::try_from(rest.rem_euclid(10)).unwrap_or(0));
        rest = rest.div_euclid(10);
    }
    digits
}

fn decimal(number: u32, names: [char; 10]) -> String {
    digits(number).iter().rev().filter_map(|digit| names.get(*digit)).collect()
}

/// 十二, 二十, 一百零三. From ten thousand on, nobody counts paragraphs.
fn counted(number: u32, names: [char; 10], places: [&str; 4]) -> String {
    let digits = digits(number);
    if digits.len() > places.len() {
        return number.to_string();
    }
    let (mut out, mut is_gap) = (String::new(), false);
    for (place, digit) in digits.iter().enumerate().rev() {
        if *digit == 0 {
            is_gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut is_gap) {
            out.push('零');
        }
        // 十二, not 一十二, but 壹拾贰 in full.
        let is_ten = *digit == 1 && place == 1 && out.is_empty() && names == DIGITS;
        out.extend(names.get(*digit).filter(|_| !is_ten));
        out.push_str(places.get(place).copied().unwrap_or(""));
    }
    if out.is_empty() { decimal(number, names) } else { out }
}

fn one_of(names: &str, number: u32) -> String {
    let at = number.checked_sub(1).and_then(|at| usize::try_from(at).ok());
    let found = at.and_then(|at| names.chars().nth(at));
    found.map_or_else(|| number.to_string(), String::from)
}

/// ①, and behind 20 ㉑ and ㊱.
fn circled(number: u32) -> String {
    match number {
        21..=35 => enclosed(number.saturating_sub(20), '㉑', 15),
        36..=50 => enclosed(number.saturating_sub(35), '㊱', 15),
        _ => enclosed(number, '①', 20),
    }
}

/// The characters from `first` on stand for 1 to `most`.
fn enclosed(number: u32, first: char, most: u32) -> String {
    let code = u32::from(first).checked_add(number).and_then(|code| code.checked_sub(1));
    let found = code.filter(|_| (1..=most).contains(&number)).and_then(char::from_u32);
    found.map_or_else(|| number.to_string(), String::from)
}

/// a to z, then aa, bb, cc.
fn letters(number: u32, first: u8) -> String {
    let Some(at) = number.checked_sub(1) else { return String::new() };
    let letter = u8::try_from(at.rem_euclid(26)).unwrap_or(0).saturating_add(first);
    let times = usize::try_from(at.div_euclid(26)).unwrap_or(0).min(20);
    char::from(letter).to_string().repeat(times.saturating_add(1))
}

fn roman(number: u32) -> String {
    const VALUES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number > 3999 {
        return number.to_string();
    }
    let (mut rest, mut out) = (number, String::new());
    for (value, letters) in VALUES {
        while rest >= value {
            out.push_str(letters);
            rest = rest.saturating_sub(value);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_word_prints_them() {
        let chinese: Vec<String> =
            [1, 10, 12, 20, 45, 100, 103, 110, 1001].map(|n| numeral("chineseCounting", n)).into();
        assert_eq!(
            chinese,
            ["一", "十", "十二", "二十", "四十五", "一百", "一百零三", "一百一十", "一千零一"]
        );
        assert_eq!(numeral("chineseLegalSimplified", 12), "壹拾贰");
        assert_eq!(numeral("ideographTraditional", 3), "丙");
        assert_eq!(numeral("decimalEnclosedCircle", 21), "㉑");
        assert_eq!(numeral("decimalEnclosedParen", 2), "⑵");
        assert_eq!(numeral("lowerLetter", 28), "bb");
        assert_eq!(numeral("upperRoman", 14), "XIV");
        assert_eq!(numeral("decimalFullWidth", 10), "１０");
        assert_eq!(numeral("bullet", 1), "");
        assert_eq!(numeral("decimalEnclosedCircle", u32::MAX), u32::MAX.to_string());
    }
}
