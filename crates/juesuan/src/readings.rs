//! Two readings of a line are held against each other.

use crate::tsv::Seen;

/// How sure a figure is at most that was not read twice alike, in hundredths.
const DOUBTFUL: u8 = 40;

/// Whether a line has Chinese characters.
pub(crate) fn is_chinese(line: &[Seen]) -> bool {
    line.iter().any(|word| word.text.contains(is_ideograph))
}

fn is_ideograph(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

/// A line of words: its figures are as sure as both readings say, if they say the same.
pub(crate) fn sentence(mut first: Vec<Seen>, second: &[Seen]) -> Vec<Seen> {
    printed(&mut first);
    let mut second = second.to_vec();
    printed(&mut second);
    let others =
        second.iter().flat_map(|word| figures(&word.text).map(|text| (text, word.confidence)));
    let others: Vec<(String, u8)> = others.collect();
    let mut rest = others.as_slice();
    for word in &mut first {
        for figure in figures(&word.text.clone()) {
            // Figures keep their order; one that only one reading has is passed over.
            match rest.iter().position(|(other, _)| *other == figure) {
                Some(at) => {
                    let confidence = rest.get(at).map_or(0, |(_, confidence)| *confidence);
                    word.confidence = word.confidence.max(confidence);
                    rest = rest.get(at + 1..).unwrap_or_default();
                }
                None => word.confidence = word.confidence.min(DOUBTFUL),
            }
        }
    }
    first
}

/// Puts the punctuation of Chinese for that of English, which looks alike, and takes away what the
/// sign of percent is seen as besides.
fn printed(line: &mut [Seen]) {
    let all: Vec<char> = line.iter().flat_map(|word| word.text.chars()).collect();
    let is_chinese = |c: Option<&char>| c.is_some_and(|c| !c.is_ascii());
    let mut at = 0_usize;
    for word in line {
        let mut text = String::with_capacity(word.text.len());
        for c in word.text.chars() {
            let before = at.checked_sub(1).and_then(|before| all.get(before));
            let is_beside = is_chinese(before) || is_chinese(all.get(at + 1));
            at += 1;
            match c {
                '6' if before == Some(&'%') => {}
                _ if is_beside => text.push(full_width(c)),
                _ => text.push(c),
            }
        }
        word.text = text;
    }
}

const fn full_width(c: char) -> char {
    match c {
        '(' | '〈' => '（',
        ')' | '〉' => '）',
        ':' => '：',
        ';' => '；',
        ',' => '，',
        c => c,
    }
}

/// The figures of a word: digits with points and commas between them.
fn figures(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '%')));
    let parts = parts.map(|part| part.trim_matches(['.', ','])).map(str::to_owned);
    parts.filter(|part| part.contains(|c: char| c.is_ascii_digit())).collect::<Vec<_>>().into_iter()
}

/// A line without words, as a figure: what the second reading says, which knows digits only.
pub(crate) fn figure(first: Vec<Seen>, second: Vec<Seen>) -> Vec<Seen> {
    let plain = |line: &[Seen]| -> String { line.iter().map(|word| &*word.text).collect() };
    let sure = |line: &[Seen]| line.iter().map(|word| word.confidence).min().unwrap_or(0);
    let (one, other) = (usual(&plain(&first)), usual(&plain(&second)));
    let (one_sure, other_sure) = (sure(&first), sure(&second));
    let has_digits = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let (text, confidence) = if one == other {
        (one, one_sure.max(other_sure))
    } else if has_digits(&other) && (is_well_formed(&other) || !is_well_formed(&one)) {
        (other, DOUBTFUL)
    } else if has_digits(&one) {
        (one, DOUBTFUL)
    } else {
        // No figure.
        return first;
    };
    let words = || first.iter().chain(&second);
    let around = words().map(|word| (word.bounds, word.line)).reduce(|(a, line), (b, _)| {
        ([a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])], line)
    });
    let seen = around.map(|(bounds, line)| Seen { text, bounds, line, confidence });
    seen.into_iter().filter(|seen| !seen.text.is_empty()).collect()
}

/// A figure in the characters that are usual for it, instead of those that look like them.
fn usual(text: &str) -> String {
    let usual = text.chars().filter(|c| !c.is_whitespace()).map(|c| match c {
        '，' => ',',
        '．' | '。' | '·' => '.',
        '—' | '–' | '－' => '-',
        'O' | 'o' => '0',
        ']' | '[' | '|' | 'l' | 'I' | 'i' | '!' => '1',
        c => c,
    });
    usual.collect()
}

/// Whether a text is written as figures are: digits with at most one point, and commas before
/// threes.
fn is_well_formed(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let text = text.strip_suffix('%').unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    groups.next().is_some_and(is_digits)
        && groups.all(|group| group.len() == 3 && is_digits(group))
        && is_digits(fraction)
}

/// The words of a line with boxes that follow each other. Tesseract knows well where a word begins,
/// and hardly where it ends; Chinese is set without blanks.
pub(crate) fn in_order(mut line: Vec<Seen>) -> Vec<Seen> {
    let mut next: Option<(u32, [u32; 2], bool)> = None;
    for word in line.iter_mut().rev() {
        let is_wide = word.text.contains(|c: char| !c.is_ascii());
        let height = word.line[1].saturating_sub(word.line[0]);
        if let Some((start, line, next_is_wide)) = next
            && line == word.line
        {
            word.bounds[0] = word.bounds[0].min(start.saturating_sub(1));
            let gap = start.saturating_sub(word.bounds[2]);
            if gap == 0 || (is_wide || next_is_wide) && gap < height {
                word.bounds[2] = start;
            }
        }
        next = Some((word.bounds[0], word.line, is_wide));
    }
    line
}
