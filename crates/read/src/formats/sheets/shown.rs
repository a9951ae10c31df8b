//! Numbers as the number formats of a spreadsheet show them.

use rust_decimal::{Decimal, RoundingStrategy};

/// The digits that a number without format shows at most, with its point.
const GENERAL_WIDTH: usize = 11;
/// The decimals that a format has at most.
const MOST_DECIMALS: usize = 20;

/// A number format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberFormat {
    sections: Vec<Section>,
}

/// What a format says of the numbers for which its condition holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Section {
    parts: Vec<Part>,
    condition: Option<(Comparison, Decimal)>,
    percents: u32,
    /// By how many thousands the number is divided.
    thousands: u32,
    is_grouped: bool,
    /// As it is: without format, or with one that no disclosure needs, as fractions.
    is_general: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    /// A place for a digit of the whole number: `0`, `#` or `?`.
    Whole(char),
    Point,
    /// A place for a decimal.
    Decimal(char),
    /// The text, where the cell holds one.
    Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Less,
    AtMost,
    Equal,
    Unequal,
    AtLeast,
    More,
}

impl NumberFormat {
    /// Reads the code of a format: `#,##0.00;[Red]-#,##0.00;"-"`.
    pub(super) fn parse(code: &str) -> Self {
        Self { sections: sections(code).iter().map(|code| Section::parse(code)).collect() }
    }

    /// What a number looks like.
    pub(super) fn show(&self, number: Decimal) -> String {
        let Some((section, is_own)) = self.section(number) else { return general(number) };
        // The empty code is that of cells without format; an empty section shows nothing.
        if section.is_general || self.sections.len() == 1 && section.parts.is_empty() {
            return general(number);
        }
        let shown = section.show(number.abs());
        // A section for negative numbers brings its own sign or brackets.
        let has_sign =
            number.is_sign_negative() && !is_own && shown.contains(|c| ('1'..='9').contains(&c));
        format!("{}{}", if has_sign { "-" } else { "" }, shown.trim())
    }

    /// The section for a number, and whether it is for negative ones alone.
    fn section(&self, number: Decimal) -> Option<(&Section, bool)> {
        let numeric = self.sections.get(..self.sections.len().min(3)).unwrap_or_default();
        if numeric.iter().any(|section| section.condition.is_some()) {
            let holds = |section: &&Section| {
                section.condition.is_none_or(|(comparison, limit)| comparison.holds(number, limit))
            };
            let section = numeric.iter().find(holds).or(numeric.last())?;
            let is_own = section.condition.is_some_and(|(comparison, limit)| {
                limit <= Decimal::ZERO
                    && matches!(comparison, Comparison::Less | Comparison::AtMost)
            });
            return Some((section, is_own));
        }
        match numeric {
            [_, negative, ..] if number < Decimal::ZERO => Some((negative, true)),
            [_, _, zero] if number.is_zero() => Some((zero, true)),
            [first, ..] => Some((first, false)),
            [] => None,
        }
    }
}

impl Comparison {
    fn holds(self, number: Decimal, limit: Decimal) -> bool {
        match self {
            Self::Less => number < limit,
            Self::AtMost => number <= limit,
            Self::Equal => number == limit,
            Self::Unequal => number != limit,
            Self::AtLeast => number >= limit,
            Self::More => number > limit,
        }
    }
}

/// The sections of a code. Semicolons in quotes part none.
fn sections(code: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let (mut is_quoted, mut is_escaped) = (false, false);
    for c in code.chars() {
        if c == ';' && !is_quoted && !is_escaped {
            sections.push(String::new());
            continue;
        }
        is_quoted ^= c == '"' && !is_escaped;
        is_escaped = !is_escaped && !is_quoted && matches!(c, '\\' | '!' | '_' | '*');
        if let Some(last) = sections.last_mut() {
            last.push(c);
        }
    }
    sections
}

impl Section {
    fn parse(code: &str) -> Self {
        let mut section = Self::default();
        let lower = code.to_ascii_lowercase();
        if lower.contains("general") || code.contains("通用格式") {
            return Self { is_general: true, ..section };
        }
        let (mut commas, mut has_point) = (0, false);
        let mut rest = code.chars();
        while let Some(c) = rest.next() {
            match c {
                '"' => section.words(&rest.by_ref().take_while(|c| *c != '"').collect::<String>()),
                '\\' | '!' => section.words(&rest.next().map(String::from).unwrap_or_default()),
                // As wide as a character, or filled with it.
                '_' | '*' => drop(rest.next()),
                '[' => {
                    section.bracket(&rest.by_ref().take_while(|c| *c != ']').collect::<String>())
                }
                '0' | '#' | '?' => {
                    // Commas between places part thousands, behind the last they divide by them.
                    section.is_grouped |= std::mem::take(&mut commas) > 0;
                    section.parts.push(if has_point { Part::Decimal(c) } else { Part::Whole(c) });
                }
                ',' => commas += 1,
                '.' if !has_point => {
                    has_point = true;
                    section.thousands =
                        section.thousands.saturating_add(std::mem::take(&mut commas));
                    section.parts.push(Part::Point);
                }
                '%' => {
                    section.percents = section.percents.saturating_add(1);
                    section.words("%");
                }
                '@' => section.parts.push(Part::Text),
                '/' | 'E' | 'e' if section.has_places() => section.is_general = true,
                c => section.words(&c.to_string()),
            }
        }
        section.thousands = section.thousands.saturating_add(commas);
        section
    }

    fn has_places(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Whole(_) | Part::Decimal(_)))
    }

    fn words(&mut self, words: &str) {
        match self.parts.last_mut() {
            Some(Part::Words(before)) => before.push_str(words),
            _ => self.parts.push(Part::Words(words.to_owned())),
        }
    }

    /// A colour, a condition (`[<100]`) or a currency (`[$¥-804]`).
    fn bracket(&mut self, inner: &str) {
        if let Some(currency) = inner.strip_prefix('$') {
            let currency = currency.split('-').next().unwrap_or_default().to_owned();
            return self.words(&currency);
        }
        let all = [
            ("<=", Comparison::AtMost),
            ("<>", Comparison::Unequal),
            (">=", Comparison::AtLeast),
            ("<", Comparison::Less),
            (">", Comparison::More),
            ("=", Comparison::Equal),
        ];
        let told = all.into_iter().find_map(|(sign, comparison)| {
            Some((comparison, inner.strip_prefix(sign)?.trim().parse().ok()?))
        });
        self.condition = told.or(self.condition);
    }

    /// What a number that is not negative looks like.
    fn show(&self, number: Decimal) -> String {
        let decimals = self.parts.iter().filter(|part| matches!(part, Part::Decimal(_))).count();
        let decimals = decimals.min(MOST_DECIMALS);
        let Some((whole, fraction)) = self.digits(number, decimals) else { return general(number) };
        let places = self.parts.iter().filter(|part| matches!(part, Part::Whole(_))).count();
        let (mut out, mut left, mut at) = (String::new(), places, 0);
        for part in &self.parts {
            match part {
                Part::Words(words) => out.push_str(words),
                Part::Point => {
                    if places == 0 {
                        out.push_str(&whole);
                    }
                    out.push('.');
                }
                Part::Whole(place) => {
                    self.whole(&whole, *place, left, left == places, &mut out);
                    left = left.saturating_sub(1);
                }
                Part::Decimal(place) => {
                    let rest = fraction.get(at..).unwrap_or_default();
                    if *place == '0' || rest.contains(|c| c != '0') {
                        out.push_str(rest.get(..1).unwrap_or_default());
                    }
                    at = at.saturating_add(1);
                }
                Part::Text => out.push_str(&general(number)),
            }
        }
        out
    }

    /// The digits before and behind the point, rounded as they are shown.
    fn digits(&self, number: Decimal, decimals: usize) -> Option<(String, String)> {
        let mut number = number;
        for _ in 0..self.percents.min(4) {
            number = number.checked_mul(Decimal::ONE_HUNDRED)?;
        }
        for _ in 0..self.thousands.min(6) {
            number = number.checked_div(Decimal::ONE_THOUSAND)?;
        }
        let scale = u32::try_from(decimals).ok()?;
        let number = number.round_dp_with_strategy(scale, RoundingStrategy::MidpointAwayFromZero);
        let text = format!("{number:.decimals$}");
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        Some((whole.trim_start_matches('0').to_owned(), fraction.to_owned()))
    }

    /// The digits for a place that is the `left`th from the right; the first place takes all that
    /// stand before it.
    fn whole(&self, digits: &str, place: char, left: usize, is_first: bool, out: &mut String) {
        let end = digits.len().saturating_sub(left.saturating_sub(1));
        let start = if is_first { 0 } else { end.saturating_sub(1) };
        let own =
            if digits.len() >= left { digits.get(start..end).unwrap_or_default() } else { "" };
        let own = if own.is_empty() && place == '0' { "0" } else { own };
        for (at, digit) in own.chars().enumerate() {
            out.push(digit);
            let behind = own.len().saturating_sub(at).saturating_add(left).saturating_sub(2);
            if self.is_grouped && behind > 0 && behind.is_multiple_of(3) {
                out.push(',');
            }
        }
    }
}

/// A number without format: as many decimals as there is room for.
fn general(number: Decimal) -> String {
    let number = number.normalize();
    let whole = number.trunc().abs().to_string().len();
    let room = GENERAL_WIDTH.saturating_sub(whole).saturating_sub(1);
    let room = u32::try_from(room).unwrap_or(0);
    let rounded = number.round_dp_with_strategy(room, RoundingStrategy::MidpointAwayFromZero);
    // What would vanish altogether is shown with its digits.
    if rounded.is_zero() { number.to_string() } else { rounded.normalize().to_string() }
}

/// A moment as a format shows it; in the order of the standard when the format tells no date.
pub(super) fn moment(code: &str, [year, month, day, hour, minute, second]: [u16; 6]) -> String {
    let has_date = code.contains(['y', 'Y', 'd', 'D']) && code != "mm-dd-yy";
    if !has_date {
        let separator = if code == "mm-dd-yy" { '/' } else { '-' };
        return format!("{year:04}{separator}{month:02}{separator}{day:02}");
    }
    let code: Vec<char> = sections(code).into_iter().next().unwrap_or_default().chars().collect();
    let (mut out, mut rest, mut is_time) = (String::new(), code.as_slice(), false);
    while let [first, behind @ ..] = rest {
        let letter = first.to_ascii_lowercase();
        let run = rest.iter().take_while(|c| c.to_ascii_lowercase() == letter).count();
        let mut taken = run;
        let number = match letter {
            'y' if run < 3 => Some(year % 100),
            'y' => Some(year),
            'm' if is_time => Some(minute),
            'm' => Some(month),
            'd' => Some(day),
            'h' => Some(hour),
            's' => Some(second),
            _ => None,
        };
        match (number, letter) {
            (Some(number), _) => {
                let width = if run == 1 { 1 } else { 2 };
                out.push_str(&format!("{number:0width$}"));
                is_time = letter == 'h' || letter == 's';
            }
            (None, '"') => {
                let words: String = behind.iter().take_while(|c| **c != '"').collect();
                taken = words.chars().count().saturating_add(2);
                out.push_str(&words);
            }
            (None, '[') => {
                taken = behind.iter().take_while(|c| **c != ']').count().saturating_add(2);
            }
            (None, '\\' | '!') => {
                out.extend(behind.first());
                taken = 2;
            }
            (None, '_' | '*') => taken = 2,
            (None, _) => {
                out.extend(rest.iter().take(run).filter(|c| **c != '@'));
            }
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(code: &str, number: &str) -> String {
        NumberFormat::parse(code).show(number.parse().unwrap())
    }

    #[test]
    fn numbers_read_as_they_are_shown() {
        for (code, number, expected) in [
            ("General", "1279.69", "1279.69"),
            ("G/通用格式", "0.1", "0.1"),
            ("General", "12345.678901234", "12345.6789"),
            ("General", "123456789012", "123456789012"),
            ("0", "1279.5", "1280"),
            ("0.00", "1279.685", "1279.69"),
            ("0.00", "-0.001", "0.00"),
            ("0.00", "-12.3", "-12.30"),
            ("#,##0.00", "1234567.5", "1,234,567.50"),
            ("#,##0.00", "0", "0.00"),
            ("#,##0", "999999.5", "1,000,000"),
            ("0,000.00", "5", "0,005.00"),
            ("#,###.##", "0.5", ".5"),
            ("#,##0.0#", "2.5", "2.5"),
            ("0.00%", "0.9167", "91.67%"),
            ("0%", "1", "100%"),
            ("#,##0.00_);[Red](#,##0.00)", "-1234.5", "(1,234.50)"),
            ("0.00_ ;[Red]\\-0.00\\ ", "-3", "-3.00"),
            ("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "0", "-"),
            ("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "-1234.5", "-1,234.50"),
            ("0.00;-0.00;;@", "0", ""),
            ("#,##0.00,", "1234567", "1,234.57"),
            ("0!.0,", "123456", "12.3"),
            ("0\".\"0000\"万元\"", "123456", "12.3456万元"),
            ("[$¥-804]#,##0.00", "5", "¥5.00"),
            ("[=0]\"—\";0.00", "0", "—"),
            ("[=0]\"—\";0.00", "-1.5", "-1.50"),
            ("@", "12.50", "12.5"),
            ("# ?/?", "0.5", "0.5"),
            ("0.00E+00", "12", "12"),
            ("0000", "7", "0007"),
            ("000-0000", "1234567", "123-4567"),
        ] {
            assert_eq!(shown(code, number), expected, "{code} {number}");
        }
    }

    #[test]
    fn moments_read_as_they_are_shown() {
        let at = [2024, 3, 5, 9, 7, 0];
        for (code, expected) in [
            ("yyyy\"年\"m\"月\"d\"日\"", "2024年3月5日"),
            ("yyyy\\-mm\\-dd", "2024-03-05"),
            ("yy/m/d;@", "24/3/5"),
            ("[$-804]yyyy-mm-dd hh:mm", "2024-03-05 09:07"),
            ("mm-dd-yy", "2024/03/05"),
            ("General", "2024-03-05"),
        ] {
            assert_eq!(moment(code, at), expected, "{code}");
        }
    }

    proptest! {
        #[test]
        fn any_format_shows_any_number(
            code in "[0#?,.%;@\"\\\\_*!\\[\\]$<>=/E年ymdh -]{0,24}", whole in any::<i64>(), scale in 0_u32..20,
        ) {
            let _ = NumberFormat::parse(&code).show(Decimal::new(whole, scale));
            let _ = moment(&code, [2024, 12, 31, 23, 59, 59]);
        }
    }
}
