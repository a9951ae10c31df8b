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
    let all: usize = first.iter().map(|word| figures(&word.text).count()).sum();
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
    // A figure that only the other reading has was lost in this one, somewhere.
    if !second.is_empty() && others.len() > all {
        for word in &mut first {
            word.confidence = word.confidence.min(DOUBTFUL);
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

/// Whether two readings of a line without words give different figures.
pub(crate) fn differ(one: &[Seen], other: &[Seen]) -> bool {
    plain(one) != plain(other)
}

/// The text of a line as a figure would be written.
fn plain(line: &[Seen]) -> String {
    usual(&line.iter().map(|word| &*word.text).collect::<String>())
}

/// A line without words, as a figure, by readings of which the first may know letters. What two of
/// them say alike is sure.
pub(crate) fn figure(first: Vec<Seen>, second: Vec<Seen>, third: Vec<Seen>) -> Vec<Seen> {
    let sure = |line: &[Seen]| line.iter().map(|word| word.confidence).min().unwrap_or(0);
    let told = [&first, &second, &third].map(|line| (plain(line), sure(line)));
    let has_digits = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let [one, other, last] = &told;
    let alike = [(one, other), (one, last), (other, last)].into_iter().find(|(a, b)| a.0 == b.0);
    let alike = alike.filter(|(told, _)| has_digits(&told.0) && is_well_formed(&told.0));
    let well_formed = || [other, one, last].into_iter().find(|told| is_well_formed(&told.0));
    let (text, confidence) = match alike {
        Some((a, b)) => (&a.0, a.1.max(b.1)),
        None => match well_formed().or([other, one].into_iter().find(|told| has_digits(&told.0))) {
            Some((text, _)) => (text, DOUBTFUL),
            // No figure.
            None => return first,
        },
    };
    let words = || first.iter().chain(&second).chain(&third);
    let around = words().map(|word| (word.bounds, word.line)).reduce(|(a, line), (b, _)| {
        ([a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])], line)
    });
    let seen = around.map(|(bounds, line)| Seen { text: text.clone(), bounds, line, confidence });
    seen.into_iter().collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str, left: u32, right: u32, confidence: u8) -> Seen {
        Seen { text: text.to_owned(), bounds: [left, 0, right, 40], line: [0, 40], confidence }
    }

    fn line(words: &[(&str, u8)]) -> Vec<Seen> {
        (0..)
            .zip(words)
            .map(|(at, (text, sure))| seen(text, 50 * at, 50 * at + 40, *sure))
            .collect()
    }

    fn told(line: &[Seen]) -> Vec<(&str, u8)> {
        line.iter().map(|word| (&*word.text, word.confidence)).collect()
    }

    #[test]
    fn a_figure_is_sure_when_it_was_read_twice_alike() {
        let read = |one: &str, other: &str| {
            let seen = figure(line(&[(one, 70)]), line(&[(other, 96)]), Vec::new());
            seen.into_iter().map(|seen| (seen.text, seen.confidence)).collect::<Vec<_>>()
        };
        let expected = |text: &str, sure| vec![(text.to_owned(), sure)];
        assert_eq!(read("2821.69", "2821.69"), expected("2821.69", 96));
        assert_eq!(read("3]", "31"), expected("31", 96), "looks alike");
        assert_eq!(read("1，234.50", "1,234.50"), expected("1,234.50", 96));
        assert_eq!(read("2821.69", "2827.69"), expected("2827.69", DOUBTFUL));
        assert_eq!(read("2821.69", "28.21.69"), expected("2821.69", DOUBTFUL), "ill-formed");
        assert_eq!(read("12.50", ""), expected("12.50", DOUBTFUL));
        assert_eq!(read("A", "7"), expected("7", DOUBTFUL));
        assert_eq!(read("（", ""), expected("（", 70), "no figure");
        let third = |one: &str, other: &str, last: &str| {
            let last = line(&[(last, 90)]);
            let seen = figure(line(&[(one, 70)]), line(&[(other, 96)]), last);
            seen.into_iter().map(|seen| (seen.text, seen.confidence)).collect::<Vec<_>>()
        };
        assert_eq!(third("2821.69", "2827.69", "2821.69"), expected("2821.69", 90));
        assert_eq!(third("2821.6g", "2821.69", "2821.69"), expected("2821.69", 96));
        assert_eq!(third("2821.69", "2827.69", "2871.69"), expected("2827.69", DOUBTFUL));
        assert_eq!(figure(Vec::new(), Vec::new(), Vec::new()), []);
    }

    #[test]
    fn figures_of_a_sentence_are_held_against_the_other_reading() {
        let first =
            line(&[("收入", 90), ("12.50", 70), ("万元", 90), ("占", 90), ("3.339%6。", 88)]);
        let second =
            line(&[("收入", 90), ("12.50", 85), ("万元", 90), ("占", 90), ("3.33%。", 88)]);
        let expected =
            [("收入", 90), ("12.50", 85), ("万元", 90), ("占", 90), ("3.339%。", DOUBTFUL)];
        assert_eq!(told(&sentence(first.clone(), &second)), expected);
        let alone = sentence(first, &[]);
        assert_eq!(told(&alone)[1], ("12.50", DOUBTFUL), "read once is not sure");
        let lost = sentence(line(&[("第", 90), ("号", 83)]), &line(&[("第", 90), ("5号", 90)]));
        assert_eq!(told(&lost), [("第", DOUBTFUL), ("号", DOUBTFUL)], "one reading lost a figure");
    }

    #[test]
    fn punctuation_beside_chinese_is_chinese() {
        let read = sentence(line(&[("(2024年度)", 90), ("1,234.5", 90), ("部门:", 90)]), &[]);
        let text: String = read.into_iter().map(|word| word.text).collect();
        assert_eq!(text, "(2024年度）1,234.5部门：");
    }

    #[test]
    fn boxes_of_words_follow_each_other() {
        // The box of the figure covers the words behind it, as tesseract tells it.
        let words =
            vec![seen("3286.14", 452, 811, 91), seen("万", 678, 700, 91), seen("元", 720, 760, 93)];
        let ordered: Vec<(u32, u32)> =
            in_order(words).iter().map(|word| (word.bounds[0], word.bounds[2])).collect();
        assert_eq!(ordered, [(452, 678), (678, 720), (720, 760)]);
        let apart = in_order(vec![seen("12.50", 0, 90, 90), seen("8.00", 110, 180, 90)]);
        assert_eq!(apart[0].bounds[2], 90, "figures beside each other stay apart");
    }
}
