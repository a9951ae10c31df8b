//! DOC027: a part or section that the place prescribes is missing, or stands elsewhere.

use juesuan_model::{HeadingEntry, Level, Severity};
use juesuan_scheme::prescribed::Heading;

use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "DOC027",
    title: "部分或章节与本地样式不同",
    english: "Parts or sections differ from those the place prescribes",
    severity: Severity::Warning,
    checks: "地方方案规定了部分、章节的次序和标题的，正文应有同样的标题，序号相同；标题里的部门名称和年度不计。",
    why: "同一地方的部门按同样的章节公开，缺了一节往往就是缺了一项应公开的内容。",
    bad: "",
    good: "",
    basis: "《地方预决算公开操作规程》：公开内容的格式应当规范；地方方案所列的本地样式",
    false_alarms: "本地样式由已公开的文本推定、没有公布文本的，只作提示。没有规定章节的地方不检查。",
    covers: &["R123", "E08", "E11"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let Some(disclosure) = &context.scheme.prescribed.disclosure else {
        return out.not_applicable();
    };
    let headings = &context.accounts.headings;
    if headings.iter().all(|heading| heading.level != Level::Part) {
        return out.not_checked("headings[].title", "没有读到各部分的标题");
    }
    // The prescribed headings above, each with where it was found.
    let mut above: Vec<(Level, Option<usize>)> = Vec::new();
    for (heading, number) in disclosure.numbered() {
        above.retain(|(level, _)| *level < heading.level);
        let found = match above.last() {
            Some((_, None)) => None,
            Some((_, Some(parent))) => seek(headings, Some(*parent), heading, number),
            None => seek(headings, None, heading, number),
        };
        let is_below_missing = matches!(above.last(), Some((_, None)));
        above.push((heading.level, found.map(|(index, _)| index)));
        if is_below_missing {
            out.not_applicable();
            continue;
        }
        let found = found.and_then(|(index, same)| Some((headings.get(index)?, same)));
        report(context, heading, number, found, out);
    }
}

/// The heading of the body that a prescribed one means, and whether its title is the same: by its
/// title, else by its number.
fn seek(
    headings: &[HeadingEntry],
    parent: Option<usize>,
    heading: &Heading,
    number: usize,
) -> Option<(usize, bool)> {
    let first = parent.map_or(0, |parent| parent + 1);
    let level = parent.and_then(|parent| headings.get(parent)).map(|parent| parent.level);
    let inside = headings.iter().enumerate().skip(first);
    let inside = inside.take_while(|(_, other)| level.is_none_or(|level| other.level > level));
    let siblings: Vec<(usize, &HeadingEntry)> =
        inside.filter(|(_, other)| other.level == heading.level).collect();
    let names: Vec<_> = heading.names().map(fold).collect();
    let is_titled = |title: &str| names.iter().any(|name| title.contains(&**name));
    let titled = siblings.iter().find(|(_, other)| is_titled(&fold(&other.title.text)));
    let numbered = || siblings.iter().find(|(_, other)| is_number(other, number));
    titled.map(|(at, _)| (*at, true)).or_else(|| numbered().map(|(at, _)| (*at, false)))
}

fn is_number(heading: &HeadingEntry, number: usize) -> bool {
    usize::try_from(heading.number) == Ok(number)
}

fn report(
    context: &Context<'_>,
    heading: &Heading,
    number: usize,
    found: Option<(&HeadingEntry, bool)>,
    out: &mut Outcomes,
) {
    let expected = heading.numbered(number);
    let subject = format!("headings[{}].title", heading.name());
    let failure = match found {
        Some((other, true)) if is_number(other, number) => return out.pass(&[]),
        Some((other, true)) => {
            let message = format!(
                "“{}”在同级标题中是第 {} 个，本地样式是“{expected}”",
                other.title.text, other.number
            );
            Failure::new(subject, message).at(&other.title)
        }
        Some((other, false)) => {
            let message = format!("标题写作“{}”，本地样式是“{expected}”", other.title.text);
            let failure = Failure::new(subject, message);
            failure.values(&*other.title.text, expected).at(&other.title)
        }
        None => {
            let message = format!("没有找到“{expected}”");
            Failure::new(subject, message).values("", expected)
        }
    };
    let is_confirmed = context.scheme.is_confirmed();
    out.fail(if is_confirmed { failure } else { failure.severity(Severity::Note) });
}
