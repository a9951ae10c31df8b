//! DOC003: the contents page differs from headings or titles of forms.

use juesuan_model::{Bigrams, Block, ContentsEntry, FormFound, HeadingEntry, Level, Severity};

use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "DOC003",
    title: "目录与正文标题或表名不一致",
    english: "The contents page differs from headings or titles of forms",
    severity: Severity::Error,
    checks: "目录里的每个部分、每一节，正文都有同样序号、同样文字的标题；目录所列的表，与表上的表名一致，顺序相同。",
    why: "目录照抄范本，正文另行修改，是最常见的不一致。",
    bad: "目录\n\n第一部分 概况\n\n一、主要职责\n\n二、机构设置情况\n\n第一部分 概况\n\n一、主要职责\n\n制订规划。\n\n二、决算单位构成\n\n共1个单位。",
    good: "目录\n\n第一部分 概况\n\n一、主要职责\n\n二、决算单位构成\n\n第一部分 概况\n\n一、主要职责\n\n制订规划。\n\n二、决算单位构成\n\n共1个单位。",
    basis: "公开文本前后一致",
    false_alarms: "",
    covers: &["A18", "R071", "R123", "E11"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let accounts = context.accounts;
    if accounts.contents.is_empty() {
        return out.not_checked("contents[].title", "没有读到目录");
    }
    let mut part = 0;
    let mut forms = accounts.forms.iter();
    for (index, entry) in accounts.contents.iter().enumerate() {
        if entry.level == Level::Part {
            part = entry.number;
        }
        let subject = format!("contents[{}].title", index + 1);
        if let Some(form) = titled_form(context, entry) {
            let found = context.form(form);
            let Some(found) = found else { continue };
            let is_next = forms.clone().next().is_some_and(|next| next.form == found.form);
            if is_next {
                forms.next();
            }
            table(entry, found, subject, out);
        } else if entry.level <= Level::Subsection {
            heading(context, part, entry, subject, out);
        }
    }
}

/// The form that an entry of the contents names.
fn titled_form<'a>(context: &Context<'a>, entry: &ContentsEntry) -> Option<&'a str> {
    let title = fold(&entry.title.text);
    let known = context.scheme.forms.iter().find(|form| {
        std::iter::once(&form.title).chain(&form.aliases).any(|name| *fold(name) == *title)
    });
    known.map(|form| &*form.id)
}

fn table(entry: &ContentsEntry, found: &FormFound, subject: String, out: &mut Outcomes) {
    let Some(title) = &found.title else {
        return out.not_checked(subject, "这张表的表名没有读到");
    };
    if fold(&title.text) == fold(&entry.title.text) {
        return out.pass(&[]);
    }
    let message = format!("目录写作“{}”，表上的表名是“{}”", entry.title.text, title.text);
    let failure = Failure::new(subject, message).values(&*entry.title.text, &*title.text);
    out.fail(failure.at(&entry.title).at(title));
}

fn heading(
    context: &Context<'_>,
    part: u32,
    entry: &ContentsEntry,
    subject: String,
    out: &mut Outcomes,
) {
    let in_part = headings_of(context, part);
    let same_number = in_part.iter().find(|h| h.level == entry.level && h.number == entry.number);
    let title = fold(&entry.title.text);
    match same_number {
        Some(heading) if same_title(&fold(&heading.title.text), &title) => out.pass(&[]),
        Some(heading) if same_title(&fold(&over_lines(context, heading)), &title) => {
            out.pass(&[]);
        }
        Some(heading) => {
            let message =
                format!("目录写作“{}”，正文标题是“{}”", entry.title.text, heading.title.text);
            let failure =
                Failure::new(subject, message).values(&*entry.title.text, &*heading.title.text);
            out.fail(failure.at(&entry.title).at(&heading.title));
        }
        None => {
            let other = unnumbered(context, &title);
            let message = match &other {
                Some(line) => format!(
                    "目录有“{}”，正文没有这个标题，与它相近的是“{}”",
                    entry.title.text, line.quote
                ),
                None => format!("目录有“{}”，正文没有这个标题", entry.title.text),
            };
            let failure = Failure::new(subject, message).values(&*entry.title.text, "");
            out.fail(other.into_iter().fold(failure.at(&entry.title), Failure::at));
        }
    }
}

/// A long heading goes on in the line below it.
fn over_lines(context: &Context<'_>, heading: &HeadingEntry) -> String {
    let below = context.document.blocks.get(heading.block as usize + 1).and_then(Block::text);
    format!("{}{}", heading.title.text, below.map_or("", |text| text.as_str()))
}

/// The line of the body that resembles a title and has no number.
fn unnumbered(context: &Context<'_>, title: &str) -> Option<Spot> {
    const ALIKE: u32 = 800;
    let listed = context.accounts.contents.iter().map(|entry| entry.title.block).max();
    let first = listed.map_or(0, |block| block as usize + 1);
    let lines = context.document.blocks.iter().enumerate().skip(first);
    let lines = lines.filter_map(|(block, line)| Some((u32::try_from(block).ok()?, line.text()?)));
    let is_numbered =
        |block| context.accounts.headings.iter().any(|heading| heading.block == block);
    let lines = lines.filter(|(block, _)| !is_numbered(*block));
    let short = lines.filter(|(_, text)| text.as_str().len() < 2 * title.len() + 20);
    let title = Bigrams::new(title);
    let alike = short
        .map(|(block, text)| (Bigrams::new(fold(text.as_str())).similarity(&title), block, text))
        .filter(|(alike, ..)| *alike >= ALIKE)
        .max_by_key(|(alike, ..)| *alike);
    alike.map(|(_, block, text)| {
        let quote: String = text.as_str().split_whitespace().collect();
        Spot { place: text.start(), block, quote }
    })
}

/// A heading may go on as a sentence: 三、“三公”经费支出情况。……
fn same_title(heading: &str, entry: &str) -> bool {
    let bare = heading.trim_end_matches(['。', ':', ',']);
    bare == entry.trim_end_matches(['。', ':', ','])
}

/// The headings from one part to the next; all of them where there are no parts.
fn headings_of<'a>(context: &Context<'a>, part: u32) -> Vec<&'a HeadingEntry> {
    let mut current = 0;
    let mut inside = Vec::new();
    for heading in &context.accounts.headings {
        if heading.level == Level::Part {
            current = heading.number;
        }
        if part == 0 || current == part {
            inside.push(heading);
        }
    }
    inside
}
