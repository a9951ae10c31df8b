//! How long bars are, in thousandths of the width of a picture.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// What is kept free beside the bars for each character of their values, and beside these. On a
/// telephone that is just enough.
const CHARACTER: u32 = 29;
const MARGIN: u32 = 50;
/// What values may take of the width at most.
const MOST: u32 = 420;
/// The shortest bar that is still seen.
const SHORTEST: u32 = 5;
const WIDTH: u32 = 1000;

/// The scale of a picture: from its lowest to its highest value, zero always among them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// Where zero stands.
    zero: u32,
    /// How far bars may go to the left and to the right.
    reach: [u32; 2],
    /// The values that reach so far.
    lowest: Decimal,
    highest: Decimal,
}

/// Where a bar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bar {
    /// Its left end.
    pub(super) start: u32,
    /// Its length; none for zero.
    pub(super) length: u32,
    /// Whether its value stands at its left.
    pub(super) is_negative: bool,
}

impl Scale {
    /// The scale for some values, of which the longest has so many characters.
    pub(super) fn new(values: impl Iterator<Item = Decimal> + Clone, longest: usize) -> Self {
        let characters = u32::try_from(longest).unwrap_or(MOST);
        let room = characters.saturating_mul(CHARACTER).saturating_add(MARGIN).min(MOST);
        let lowest = values.clone().fold(Decimal::ZERO, Decimal::min);
        let highest = values.fold(Decimal::ZERO, Decimal::max);
        if lowest.is_zero() {
            return Self { zero: 0, reach: [0, WIDTH.saturating_sub(room)], lowest, highest };
        }
        let span = WIDTH.saturating_sub(room).saturating_sub(room);
        // A tenth of each, for the sum of both may be beyond what can be counted.
        let [below, above] = [lowest.abs(), highest].map(|end| end / Decimal::TEN);
        let left = share(below, below + above, span);
        let right = span.saturating_sub(left);
        Self { zero: room.saturating_add(left), reach: [left, right], lowest, highest }
    }

    /// Where zero stands.
    pub(super) const fn zero(&self) -> u32 {
        self.zero
    }

    /// The bar of a value.
    pub(super) fn bar(&self, value: Decimal) -> Bar {
        let [left, right] = self.reach;
        if value.is_zero() {
            return Bar { start: self.zero, length: 0, is_negative: false };
        }
        if value > Decimal::ZERO {
            let length = share(value, self.highest, right).max(SHORTEST);
            return Bar { start: self.zero, length, is_negative: false };
        }
        let length = share(value.abs(), self.lowest.abs(), left).max(SHORTEST);
        Bar { start: self.zero.saturating_sub(length), length, is_negative: true }
    }
}

/// How much of `whole` the part of `of` is.
fn share(part: Decimal, of: Decimal, whole: u32) -> u32 {
    let share = part.checked_div(of).and_then(|share| share.checked_mul(whole.into()));
    share.and_then(|share| share.round().to_u32()).unwrap_or(0).min(whole)
}

/// Thousandths as a percentage.
pub(super) fn percent(thousandths: u32) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(values: &[&str]) -> Vec<(u32, u32)> {
        let values: Vec<Decimal> = values.iter().map(|value| value.parse().unwrap()).collect();
        let scale = Scale::new(values.iter().copied(), 6);
        values.iter().map(|value| scale.bar(*value)).map(|bar| (bar.start, bar.length)).collect()
    }

    #[test]
    fn bars_are_as_long_as_their_values() {
        assert_eq!(bars(&["100", "50", "0"]), [(0, 776), (0, 388), (0, 0)]);
    }

    #[test]
    fn beside_a_giant_a_dwarf_is_still_seen() {
        assert_eq!(bars(&["9999999999", "0.01"]), [(0, 776), (0, 5)]);
        assert_eq!(
            bars(&["79228162514264337593543950335", "-79228162514264337593543950335"]),
            [(500, 276), (224, 276)]
        );
    }

    #[test]
    fn what_is_less_than_nothing_goes_to_the_left_and_leaves_room_for_its_value() {
        assert_eq!(bars(&["300", "-100", "0"]), [(362, 414), (224, 138), (362, 0)]);
        assert_eq!(bars(&["-5"]), [(224, 552)]);
    }

    #[test]
    fn nothing_at_all_has_no_bars() {
        assert_eq!(bars(&["0", "0.00"]), [(0, 0), (0, 0)]);
        assert_eq!(bars(&[]), []);
    }
}
