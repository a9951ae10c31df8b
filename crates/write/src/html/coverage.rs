//! How much was checked, as a picture and as a table that says the same.

use juesuan_model::{Coverage, Lang};

use super::markup::Markup;
use crate::labels::{self, Words};

/// A part of a whole: its class in the style sheet, its name, how much it is.
type Part = (&'static str, Words, usize);

/// What is hatched differs from what is full without colours as well.
const HATCH: &str = concat!(
    "<svg class=\"unseen\" aria-hidden=\"true\"><pattern id=\"hatch\" width=\"6\" height=\"6\" ",
    "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">",
    "<rect class=\"ground\" width=\"6\" height=\"6\"/>",
    "<rect class=\"stroke\" width=\"2\" height=\"6\"/></pattern></svg>\n",
);

/// The least share of a bar, in thousandths, that is still seen.
const THINNEST: usize = 10;

/// Writes the section.
pub(super) fn write(m: &mut Markup, coverage: &Coverage, lang: Lang) {
    let outcomes = [
        ("passed", labels::PASSED, coverage.passed),
        ("tail", labels::TAIL, coverage.rounding_tail),
        ("failed", labels::FAILED, coverage.failed),
        ("unchecked", labels::NOT_CHECKED, coverage.not_checked),
        ("inapplicable", labels::NOT_APPLICABLE, coverage.not_applicable),
    ];
    let related = coverage.figures.saturating_sub(coverage.figures_unrelated);
    let figures = [
        ("passed", labels::RELATED, related),
        ("unchecked", labels::FIGURES_UNRELATED, coverage.figures_unrelated),
    ];
    m.element("section", &[("id", "coverage"), ("aria-labelledby", "coverage-title")], |m| {
        m.leaf("h2", &[("id", "coverage-title")], labels::COVERAGE.say(lang));
        if coverage.not_checked > 0 {
            let warning = labels::not_checked_warning(coverage.not_checked, lang);
            m.leaf("p", &[("class", "warning")], &warning);
        }
        m.raw(HATCH);
        m.element("div", &[("class", "panels")], |m| {
            let checks = labels::items(total(&outcomes), lang);
            panel(m, &labels::CHECKS, &checks, &outcomes, lang);
            let sentence = labels::figures(coverage, lang);
            panel(m, &labels::FIGURES, &sentence, &figures, lang);
        });
    });
}

fn panel(m: &mut Markup, name: &Words, sentence: &str, parts: &[Part], lang: Lang) {
    let name = name.say(lang);
    m.element("div", &[("class", "panel")], |m| {
        m.leaf("h3", &[], name);
        m.leaf("p", &[], sentence);
        bar(m, name, parts, lang);
        m.element("table", &[("class", "legend")], |m| {
            m.leaf("caption", &[("class", "unseen")], name);
            m.element("thead", &[], |m| {
                m.element("tr", &[], |m| {
                    for words in [labels::OUTCOME, labels::COUNT, labels::SHARE] {
                        m.leaf("th", &[("scope", "col")], words.say(lang));
                    }
                });
            });
            m.element("tbody", &[], |m| {
                for part in parts {
                    row(m, *part, total(parts), lang);
                }
            });
        });
    });
}

fn row(m: &mut Markup, (class, words, n): Part, whole: usize, lang: Lang) {
    m.element("tr", &[], |m| {
        m.element("th", &[("scope", "row")], |m| {
            m.raw("<svg class=\"swatch\" aria-hidden=\"true\" width=\"12\" height=\"12\">");
            m.open("rect", &[("class", class), ("width", "12"), ("height", "12"), ("rx", "2")]);
            m.raw("</rect></svg>");
            m.text(words.say(lang));
        });
        m.leaf("td", &[], &labels::count(n));
        m.leaf("td", &[], &labels::share(n, whole));
    });
}

/// The bar. Its text says what it shows, for those who do not see it.
fn bar(m: &mut Markup, name: &str, parts: &[Part], lang: Lang) {
    let whole = total(parts);
    let told = parts
        .iter()
        .map(|(_, words, n)| format!("{} {}", words.say(lang), labels::share(*n, whole)));
    let told = format!(
        "{name}{}{}",
        lang.pick("：", ": "),
        told.collect::<Vec<_>>().join(lang.pick("，", ", ")),
    );
    let about = [("class", "bar"), ("role", "img"), ("aria-label", &*told), ("height", "22")];
    m.element("svg", &about, |m| {
        m.raw("<rect class=\"empty\" width=\"100%\" height=\"22\"/>");
        let mut start = 0_usize;
        for ((class, words, n), width) in parts.iter().zip(widths(parts)) {
            let (x, wide) = (percent(start), percent(width));
            let place = [("class", *class), ("x", &*x), ("width", &*wide), ("height", "22")];
            if width > 0 {
                m.element("rect", &place, |m| {
                    m.leaf("title", &[], &format!("{} {}", words.say(lang), labels::count(*n)));
                });
            }
            start = start.saturating_add(width);
        }
    });
}

fn total(parts: &[Part]) -> usize {
    parts.iter().fold(0, |sum, (_, _, n)| sum.saturating_add(*n))
}

/// The widths of all parts in thousandths, together 1,000. What is not nothing is seen; the
/// widest part gives what that takes.
fn widths(parts: &[Part]) -> Vec<usize> {
    let whole = total(parts);
    let share = |n: usize| n.saturating_mul(1000).checked_div(whole).unwrap_or(0);
    let mut widths: Vec<usize> =
        parts.iter().map(|(_, _, n)| if *n > 0 { share(*n).max(THINNEST) } else { 0 }).collect();
    let others: usize = widths.iter().sum();
    if let Some(widest) = widths.iter_mut().max() {
        let others = others.saturating_sub(*widest);
        *widest = if whole > 0 { 1000_usize.saturating_sub(others) } else { 0 };
    }
    widths
}

fn percent(thousandths: usize) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(counts: &[usize]) -> Vec<usize> {
        let parts: Vec<Part> = counts.iter().map(|n| ("passed", labels::PASSED, *n)).collect();
        widths(&parts)
    }

    #[test]
    fn a_bar_is_full_and_hides_nothing() {
        assert_eq!(parts(&[1104, 3, 0, 253]), [804, 10, 0, 186]);
        assert_eq!(parts(&[1_000_000, 1, 1]), [980, 10, 10]);
        assert_eq!(parts(&[0, 0]), [0, 0]);
    }
}
