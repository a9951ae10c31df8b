//! Slips that people make when they copy a figure. Which digit is hit follows from the figure's
//! place alone, so that two runs alter the same.

use juesuan_model::fold_char;

/// A kind of slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slip {
    /// One digit is another one.
    Digit,
    /// Two neighbouring digits are swapped.
    Swap,
    /// The point is one place off.
    Shift,
    /// One digit is missing.
    Drop,
}

impl Slip {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Digit, Self::Swap, Self::Shift, Self::Drop];

    /// What readers call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Digit => "错一位",
            Self::Swap => "两位颠倒",
            Self::Shift => "小数点错一位",
            Self::Drop => "漏一位",
        }
    }

    /// The figure with this slip; `None` when it cannot be made, as two digits of `0.00` cannot
    /// be swapped. The value always changes.
    #[must_use]
    pub fn applied(self, printed: &str, seed: usize) -> Option<String> {
        let figure = Figure::read(printed)?;
        let altered = match self {
            Self::Digit => figure.with_other_digit(seed),
            Self::Swap => figure.with_swapped(seed),
            Self::Shift => figure.shifted(seed),
            Self::Drop => figure.without_digit(seed),
        }?;
        (altered.value() != figure.value()).then(|| altered.print())
    }
}

/// The digits of a figure and how they are set.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Figure {
    digits: Vec<u8>,
    decimals: usize,
    has_separators: bool,
}

impl Figure {
    /// Reads digits with separators and a point, of either width.
    fn read(printed: &str) -> Option<Self> {
        let folded: String = printed.chars().map(fold_char).collect();
        let has_separators = folded.contains(',');
        let bare = folded.replace(',', "");
        let (whole, fraction) = bare.split_once('.').unwrap_or((&bare, ""));
        let digits: Option<Vec<u8>> = whole
            .chars()
            .chain(fraction.chars())
            .map(|c| c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()))
            .collect();
        let digits = digits.filter(|digits| !digits.is_empty())?;
        Some(Self { digits, decimals: fraction.len(), has_separators })
    }

    /// The digits without leading zeros, and the decimals without trailing ones.
    fn value(&self) -> (Vec<u8>, usize) {
        let mut digits = self.digits.clone();
        let mut decimals = self.decimals;
        while decimals > 0 && digits.last() == Some(&0) {
            digits.pop();
            decimals -= 1;
        }
        (digits.into_iter().skip_while(|digit| *digit == 0).collect(), decimals)
    }

    fn whole_length(&self) -> usize {
        self.digits.len().saturating_sub(self.decimals)
    }

    /// No leading zero but the one before the point.
    fn is_normal(&self) -> bool {
        self.whole_length() == 1 || self.digits.first() != Some(&0)
    }

    fn with_other_digit(&self, seed: usize) -> Option<Self> {
        let at = seed.checked_rem(self.digits.len())?;
        let step = u8::try_from(seed / self.digits.len() % 9).ok()? + 1;
        let mut altered = self.clone();
        let digit = altered.digits.get_mut(at)?;
        let old = *digit;
        *digit = (old + step) % 10;
        if !altered.is_normal() {
            // Digits of the first place go from 1 to 9.
            *altered.digits.get_mut(at)? = old % 9 + 1;
        }
        Some(altered)
    }

    fn with_swapped(&self, seed: usize) -> Option<Self> {
        let swaps: Vec<Self> = (1..self.digits.len())
            .map(|at| {
                let mut altered = self.clone();
                altered.digits.swap(at - 1, at);
                altered
            })
            .filter(|altered| altered.digits != self.digits && altered.is_normal())
            .collect();
        swaps.get(seed.checked_rem(swaps.len())?).cloned()
    }

    /// Ten times as much or a tenth, with as many decimals as before.
    fn shifted(&self, seed: usize) -> Option<Self> {
        let mut up = self.clone();
        up.digits.push(0);
        let mut down = self.clone();
        down.digits.pop();
        if down.whole_length() == 0 {
            down.digits.insert(0, 0);
        }
        let is_lost = down.digits.len() <= down.decimals || down.value().0.is_empty();
        Some(if seed.is_multiple_of(2) || is_lost { up.trimmed() } else { down })
    }

    /// Without the zeros that a shift leaves in front, as `0.52` becomes `5.20`.
    fn trimmed(mut self) -> Self {
        while !self.is_normal() && self.whole_length() > 1 {
            self.digits.remove(0);
        }
        self
    }

    fn without_digit(&self, seed: usize) -> Option<Self> {
        let dropped: Vec<Self> = (0..self.digits.len())
            .filter_map(|at| {
                let mut altered = self.clone();
                altered.digits.remove(at);
                if at >= self.whole_length() {
                    altered.decimals -= 1;
                }
                (altered.whole_length() > 0).then(|| altered.trimmed())
            })
            .filter(|altered| altered.value() != self.value())
            .collect();
        dropped.get(seed.checked_rem(dropped.len())?).cloned()
    }

    fn print(&self) -> String {
        let mut out = String::new();
        let whole = self.whole_length();
        for (at, digit) in self.digits.iter().enumerate() {
            if at == whole {
                out.push('.');
            } else if at > 0 && at < whole && self.has_separators && (whole - at).is_multiple_of(3)
            {
                out.push(',');
            }
            out.push(char::from(b'0' + digit));
        }
        out
    }
}

/// The first run of digits with separators and a point in `text`, as bytes.
#[must_use]
pub fn first_number(text: &str) -> Option<(usize, usize)> {
    let is_digit = |c: char| fold_char(c).is_ascii_digit();
    let start = text.find(is_digit)?;
    let rest = text.get(start..)?;
    let length = rest
        .find(|c: char| !is_digit(c) && !matches!(fold_char(c), '.' | ','))
        .unwrap_or(rest.len());
    let run = rest.get(..length)?.trim_end_matches(|c: char| !is_digit(c));
    Some((start, start + run.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(printed: &str, seed: usize) -> Vec<String> {
        Slip::ALL.iter().map(|slip| slip.applied(printed, seed).unwrap_or_default()).collect()
    }

    #[test]
    fn each_slip_is_one_that_people_make() {
        assert_eq!(all("1,234.50", 0), ["2,234.50", "2,134.50", "12,345.00", "234.50"]);
        assert_eq!(all("1,234.50", 1), ["1,334.50", "1,324.50", "123.45", "134.50"]);
        assert_eq!(all("0.52", 0), ["1.52", "5.02", "5.20", "0.2"]);
        assert_eq!(all("12", 1), ["13", "21", "1", "1"]);
        assert_eq!(all("８", 0), ["9", "", "80", ""]);
    }

    #[test]
    fn nothing_leaves_only_a_wrong_digit() {
        assert_eq!(all("0.00", 1), ["0.10", "", "", ""]);
        assert_eq!(all("0", 0), ["1", "", "", ""]);
    }

    #[test]
    fn every_slip_changes_the_value_and_prints_a_number() {
        for printed in
            ["100", "100.00%".trim_end_matches('%'), "10.05", "1,000,000.01", "9", "0.05"]
        {
            for seed in 0..60 {
                for slip in Slip::ALL {
                    let Some(altered) = slip.applied(printed, seed) else { continue };
                    assert_ne!(altered, printed, "{slip:?} {seed}");
                    assert_eq!(first_number(&altered), Some((0, altered.len())), "{altered}");
                    let normal = Figure::read(&altered).unwrap();
                    assert!(normal.is_normal(), "{printed} {slip:?} {seed}: {altered}");
                }
            }
        }
    }

    #[test]
    fn a_number_is_found_behind_its_sign() {
        let found = |text: &'static str| first_number(text).map(|(start, end)| &text[start..end]);
        assert_eq!(found("≥95.5%"), Some("95.5"));
        assert_eq!(found("１２，３４５．６７万元"), Some("１２，３４５．６７"));
        assert_eq!(found("共3,"), Some("3"));
        assert_eq!(found("无"), None);
    }
}
