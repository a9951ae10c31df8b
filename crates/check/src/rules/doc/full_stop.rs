//! DOC012: a paragraph does not end with a full stop.

use juesuan_model::{Level, Severity};
use memchr::memmem;

use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "DOC012",
    title: "段末缺少句号",
    english: "A paragraph does not end with a full stop",
    severity: Severity::Note,
    checks: "成段的文字应以句号等标点结束；括号应成对；括号内并列的名称之间应有顿号。",
    why: "缺少句号的段落往往没有写完。",
    bad: "第一部分 概况\n\n一、主要职责\n\n（一）贯彻执行水务方面的法律法规和方针政策，拟订全市水务发展规划并组织实施，负责水资源的统一管理和监督",
    good: "第一部分 概况\n\n一、主要职责\n\n（一）贯彻执行水务方面的法律法规和方针政策，拟订全市水务发展规划并组织实施，负责水资源的统一管理和监督。",
    basis: "《标点符号用法》",
    false_alarms: "",
    covers: &["A22", "P09", "E83"],
    check,
};

/// Shorter texts are headings.
const PROSE: usize = 30;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for passage in &context.accounts.passages {
        let text = passage.folded.as_str();
        // An explanation is a sentence, however short.
        let explains = passage.section.contains("名词解释") && text.contains(':');
        let is_prose =
            text.chars().count() > PROSE && (explains || text.contains(',') || text.contains('。'));
        if !is_prose || passage.level == Some(Level::Part) || ends_in_columns(passage) {
            out.not_applicable();
            continue;
        }
        let end = text.trim_end_matches(['"', '\'', ')']);
        if end.ends_with(['。', '!', '?', ';', ':', '…', '|'])
            || end.len() < text.len() && text.ends_with(')')
        {
            out.pass(&[]);
        } else {
            let start = text.char_indices().rev().nth(7).map_or(0, |(at, _)| at);
            let message = format!("段末“{}”没有句号", text.get(start..).unwrap_or(""));
            let failure = Failure::new(format!("passage[{}].end", passage.block), message);
            out.fail(failure.at(Spot::in_passage(passage, start, text.len())));
        }
        brackets(passage, text, out);
        names_in_brackets(passage, out);
    }
}

/// Whether the last line is set in columns: the head of a form that was taken for text.
fn ends_in_columns(passage: &juesuan_model::Passage) -> bool {
    let last = passage.text.as_str().trim_end().lines().next_back();
    last.is_some_and(|line| line.trim().contains("   "))
}

fn brackets(passage: &juesuan_model::Passage, text: &str, out: &mut Outcomes) {
    // The bracket behind a number, as in 1), closes nothing.
    let numbered = text.char_indices().take(5).find(|(_, c)| matches!(c, ')' | '.' | '、'));
    let number = numbered.map_or(0, |(at, mark)| at + mark.len_utf8());
    let body = text.get(number..).unwrap_or("");
    let (opened, closed) = (body.matches('(').count(), body.matches(')').count());
    if opened == closed {
        return out.pass(&[]);
    }
    let message = format!("括号不成对：左括号 {opened} 个，右括号 {closed} 个");
    let failure = Failure::new(format!("passage[{}].brackets", passage.block), message);
    let at = number + unpaired(body).unwrap_or(0);
    let end =
        text.get(at..).and_then(|t| t.char_indices().nth(8)).map_or(text.len(), |(n, _)| at + n);
    out.fail(failure.at(Spot::in_passage(passage, at, end)));
}

/// Where the first bracket stands that has no other.
fn unpaired(text: &str) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' => open.push(at),
            ')' if open.pop().is_none() => return Some(at),
            _ => {}
        }
    }
    open.first().copied()
}

/// （某某中心 某某站）: two names with a blank between them.
fn names_in_brackets(passage: &juesuan_model::Passage, out: &mut Outcomes) {
    let raw = passage.text.as_str();
    let holds = |blank: &str| memmem::find(raw.as_bytes(), blank.as_bytes()).is_some();
    if !holds(" ") && !holds("\u{3000}") {
        return;
    }
    let mut from = 0;
    while let Some(found) = raw.get(from..).and_then(|rest| rest.find(['（', '('])) {
        let start = from + found;
        let rest = raw.get(start..).unwrap_or("");
        let end = rest.find(['）', ')']).unwrap_or(0);
        let inner = rest.get(..end).unwrap_or("");
        let inner = inner.trim_start_matches(['（', '(']);
        let names: Vec<&str> =
            inner.split([' ', '\u{3000}']).filter(|name| !name.is_empty()).collect();
        let is_name = |name: &&str| {
            name.chars().count() >= 6 && name.ends_with(['局', '心', '站', '院', '所', '会', '处'])
        };
        if names.len() >= 2 && names.iter().all(is_name) {
            let message = format!("括号里的“{}”之间缺少顿号", names.join("”“"));
            let failure = Failure::new(format!("passage[{}].brackets", passage.block), message);
            let place = passage.text.place_of(start, start + end);
            out.fail(failure.at(Spot { place, block: passage.block, quote: inner.to_owned() }));
        }
        from = start + end.max(1);
        while !raw.is_char_boundary(from) {
            from += 1;
        }
    }
}
