//! DOC003: the contents page differs from headings or titles of forms.

use std::cell::LazyCell;

use juesuan_model::{
    Bigrams, ContentsEntry, FormFound, HeadingEntry, Level, Severity, SimilarTexts, Text,
};
use rustc_hash::FxHashSet;

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
    false_alarms: "本地样式的目录与正文本来写法不同的（如多一个“的情况”），不作为不一致。",
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
    let unnumbered = LazyCell::new(|| Unnumbered::of(context));
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
            table(context, entry, found, subject, out);
        } else if entry.level <= Level::Subsection {
            heading(context, (part, entry), &unnumbered, subject, out);
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

fn table(
    context: &Context<'_>,
    entry: &ContentsEntry,
    found: &FormFound,
    subject: String,
    out: &mut Outcomes,
) {
    let Some(title) = &found.title else {
        return out.not_checked(subject, "这张表的表名没有读到");
    };
    if fold(&title.text) == fold(&entry.title.text) {
        return out.pass(&[]);
    }
    // A further table beside the form.
    if context.scheme.structure.other_tables.contains(&entry.title.text) {
        return out.not_applicable();
    }
    let message = format!("目录写作“{}”，表上的表名是“{}”", entry.title.text, title.text);
    let failure = Failure::new(subject, message).values(&*entry.title.text, &*title.text);
    out.fail(failure.at(&entry.title).at(title));
}

fn heading<'a>(
    context: &Context<'a>,
    (part, entry): (u32, &ContentsEntry),
    unnumbered: &LazyCell<Unnumbered<'a>, impl FnOnce() -> Unnumbered<'a>>,
    subject: String,
    out: &mut Outcomes,
) {
    let in_part = headings_of(context, part);
    let same_number = in_part.iter().find(|h| h.level == entry.level && h.number == entry.number);
    let title = fold(&entry.title.text);
    match same_number {
        Some(heading) if same_title(&fold(&heading.title.text), &title) => out.pass(&[]),
        Some(heading) if prescribed(context, entry, &title, heading) => out.pass(&[]),
        Some(heading) => {
            let message =
                format!("目录写作“{}”，正文标题是“{}”", entry.title.text, heading.title.text);
            let failure =
                Failure::new(subject, message).values(&*entry.title.text, &*heading.title.text);
            out.fail(failure.at(&entry.title).at(&heading.title));
        }
        // A title without a number, as tables have.
        None if unnumbered.has(&title) => out.pass(&[]),
        None => {
            let other = unnumbered.like(&title);
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

/// Whether the place itself writes the heading in one way here and in the other there.
fn prescribed(
    context: &Context<'_>,
    entry: &ContentsEntry,
    title: &str,
    heading: &HeadingEntry,
) -> bool {
    let headings = context.scheme.prescribed.disclosure.iter().flat_map(|d| &d.headings);
    let printed = fold(&heading.title.text);
    // What stands around it, the department's name, is the same.
    headings.filter(|known| known.level == entry.level).any(|known| {
        let listed = known.contents.as_ref().and_then(|name| title.split_once(&*fold(name)));
        listed.is_some_and(|around| printed.split_once(&*fold(known.name())) == Some(around))
    })
}

/// The lines of the body that have no number and could be titles.
struct Unnumbered<'a> {
    lines: Vec<(u32, &'a Text)>,
    similar: SimilarTexts,
}

impl<'a> Unnumbered<'a> {
    fn of(context: &Context<'a>) -> Self {
        const LONGEST: usize = 240;
        let accounts = context.accounts;
        let numbered: FxHashSet<u32> = accounts.headings.iter().map(|h| h.block).collect();
        let listed = accounts.contents.iter().map(|entry| entry.title.block).max();
        let blocks = (0..).zip(&context.document.blocks);
        let lines = blocks
            .filter(|(block, _)| Some(*block) > listed && !numbered.contains(block))
            .filter_map(|(block, line)| Some((block, line.text()?)))
            .filter(|(_, text)| text.as_str().len() <= LONGEST);
        let lines: Vec<(u32, &Text)> = lines.collect();
        let texts: Vec<Bigrams> =
            lines.iter().map(|(_, text)| Bigrams::new(fold(text.as_str()))).collect();
        Self { lines, similar: SimilarTexts::new(&texts) }
    }

    /// Whether one of them is a title.
    fn has(&self, title: &str) -> bool {
        self.lines.iter().any(|(_, text)| same_title(&fold(text.as_str()), title))
    }

    /// The one that resembles a title most.
    fn like(&self, title: &str) -> Option<Spot> {
        const ALIKE: u32 = 800;
        let alike = self.similar.alike(&Bigrams::new(title)).into_iter();
        let (index, _) = alike.filter(|(_, a)| *a >= ALIKE).max_by_key(|(_, alike)| *alike)?;
        let (block, text) = *self.lines.get(index)?;
        let quote: String = text.as_str().split_whitespace().collect();
        Some(Spot { place: text.start(), block, quote })
    }
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
