//! The numbering of official documents: 第一部分, 一、, （一）, 1., （1）.

use juesuan_model::{Level, fold_char};

/// The number that opens a heading or an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// How deep it stands.
    pub(super) level: Level,
    /// Its number.
    pub(super) number: u32,
    /// Its length in bytes of the text it was read from.
    pub(super) length: usize,
}

/// The marker at the start of `text`, white space aside.
pub(super) fn marker(text: &str) -> Option<Marker> {
    let mut characters = Characters::new(text);
    let opened = match characters.peek()? {
        '第' => return part(characters),
        '(' => {
            characters.next();
            true
        }
        _ => false,
    };
    let (number, chinese) = number(&mut characters)?;
    let closing = characters.next()?;
    let level = match (opened, chinese, closing) {
        (true, true, ')') => Level::Subsection,
        (true, false, ')') => Level::Subitem,
        (false, true, '、') => Level::Section,
        (false, false, '.' | '、') => Level::Item,
        (false, false, ')') => Level::Subitem,
        _ => return None,
    };
    let length = characters.at;
    // 65669.54 is an amount and 1.2.3 no marker either.
    let next = characters.peek();
    if closing == '.' && next.is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    Some(Marker { level, number, length })
}

fn part(mut characters: Characters<'_>) -> Option<Marker> {
    characters.next();
    let (number, _) = number(&mut characters)?;
    let rest: Option<[char; 2]> = characters.next().and_then(|a| Some([a, characters.next()?]));
    (rest == Some(['部', '分'])).then_some(Marker {
        level: Level::Part,
        number,
        length: characters.at,
    })
}

/// A number in digits or Chinese numerals up to 99, and whether it was Chinese.
fn number(characters: &mut Characters<'_>) -> Option<(u32, bool)> {
    let mut digits = 0_u32;
    let mut count = 0;
    while let Some(digit) = characters.peek().and_then(|c| c.to_digit(10)) {
        digits = digits.checked_mul(10)?.checked_add(digit)?;
        count += 1;
        characters.next();
    }
    if count > 0 {
        return (count <= 3).then_some((digits, false));
    }
    let mut total = 0;
    let mut last = None;
    while let Some(c) = characters.peek() {
        if let Some(value) = numeral(c) {
            if last.is_some() {
                return None;
            }
            last = Some(value);
        } else if c == '十' && total == 0 {
            total = last.take().unwrap_or(1) * 10;
        } else {
            break;
        }
        characters.next();
    }
    let value = total + last.unwrap_or(0);
    (value > 0).then_some((value, true))
}

const fn numeral(c: char) -> Option<u32> {
    Some(match c {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Folded characters without white space, with the byte behind the last one taken.
struct Characters<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Characters<'a> {
    const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn ahead(&self) -> Option<(char, usize)> {
        let words = self.text.get(self.at..)?.trim_start();
        let c = words.chars().next()?;
        Some((fold_char(c), self.text.len() - words.len() + c.len_utf8()))
    }

    fn peek(&self) -> Option<char> {
        self.ahead().map(|(c, _)| c)
    }

    fn next(&mut self) -> Option<char> {
        let (c, end) = self.ahead()?;
        self.at = end;
        Some(c)
    }
}

/// The title behind a marker, without the page number of a contents page.
pub(super) fn without_page_number(title: &str) -> &str {
    let bare = title.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    let leaders = bare.trim_end_matches(|c: char| {
        matches!(c, '.' | '…' | '·' | '-' | '—' | '\t' | ' ' | '．' | '。')
    });
    let number = title.get(bare.len()..).unwrap_or("");
    // Formats without tabs leave a blank before the number; one of four digits is a year.
    let is_page = number.starts_with(char::is_whitespace) && number.trim().len() <= 3;
    let has_number = !number.trim().is_empty() && (is_page || title.contains('\t'));
    if leaders.len() < bare.len() || has_number { leaders } else { title }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_five_levels_are_told_apart() {
        let read = |text| marker(text).map(|m| (m.level, m.number));
        assert_eq!(read("第四部分 决算表"), Some((Level::Part, 4)));
        assert_eq!(read("十二、其他"), Some((Level::Section, 12)));
        assert_eq!(read("（ 一 ）收入"), Some((Level::Subsection, 1)));
        assert_eq!(read("3．公务用车"), Some((Level::Item, 3)));
        assert_eq!(read("(76) 培训"), Some((Level::Subitem, 76)));
        assert_eq!(read("二十一、国有资本"), Some((Level::Section, 21)));
    }

    #[test]
    fn amounts_and_words_are_no_markers() {
        for text in [
            "65669.54 万元",
            "1.2 小时",
            "2024年",
            "（类）",
            "5G 项目",
            "一是",
            "第一季度",
            "1234.",
            "",
        ] {
            assert_eq!(marker(text), None, "{text}");
        }
    }

    #[test]
    fn the_title_follows_the_marker() {
        let text = "（一） 收入";
        let found = marker(text).unwrap();
        assert_eq!(&text[found.length..], " 收入");
    }

    #[test]
    fn page_numbers_go_and_years_stay() {
        assert_eq!(without_page_number("主要职责……………3"), "主要职责");
        assert_eq!(without_page_number("名词解释\t12"), "名词解释");
        assert_eq!(without_page_number("主要职责 3"), "主要职责");
        assert_eq!(without_page_number("专项资金 2024"), "专项资金 2024");
    }

    proptest! {
        #[test]
        fn any_text_is_looked_at(text in "[第部分一十二（）().、0-9甲 ]{0,12}") {
            if let Some(found) = marker(&text) {
                prop_assert!(text.is_char_boundary(found.length));
            }
        }
    }
}
