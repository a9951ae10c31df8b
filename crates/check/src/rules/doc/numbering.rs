//! DOC009: the numbering of headings or items skips or repeats.

use juesuan_model::{Level, Passage, Severity};

use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "DOC009",
    title: "编号不连续",
    english: "The numbering skips or repeats",
    severity: Severity::Warning,
    checks: "部分、节、条目的编号在各自的上级之下连续，不跳号、不重号；目录同样；名词解释的条目连续。",
    why: "跳号说明有内容删漏，重号说明有内容重复。",
    bad: "第一部分 概况\n\n一、主要职责\n\n制订规划。\n\n三、单位构成\n\n共1个单位。\n\n四、人员情况\n\n共10人。",
    good: "第一部分 概况\n\n一、主要职责\n\n制订规划。\n\n二、单位构成\n\n共1个单位。",
    basis: "《党政机关公文格式》：结构层次序数",
    false_alarms: "条目写在一段之内的不检查。",
    covers: &["A23", "R123"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    if is_scattered(context) || context.has_unread_tables() {
        out.not_checked("passage[].number", "有表格没有读成，表中的行可能散在文字里");
        return contents(context, out);
    }
    let mut stack: Vec<(Level, u32)> = Vec::new();
    for passage in &context.accounts.passages {
        let Some(level) = passage.level else { continue };
        let last = stack.iter().rev().find(|(known, _)| *known == level).map(|(_, number)| *number);
        stack.retain(|(known, _)| *known < level);
        let number = passage.number;
        let expected = last.map_or(1, |last| last + 1);
        if number != expected && number != 1 && !is_lost(context, level, expected, number) {
            fail(passage, number, expected, out);
        } else {
            out.pass(&[]);
        }
        stack.push((level, number));
    }
    contents(context, out);
}

/// Whether titles of forms stand in the text and no form was read: the cells of tables are lines.
fn is_scattered(context: &Context<'_>) -> bool {
    let is_title = |text: &str| {
        context.scheme.forms.iter().any(|form| text.lines().any(|line| fold(line) == *form.title))
    };
    context.accounts.forms.is_empty()
        && context.accounts.passages.iter().any(|passage| is_title(passage.text.as_str()))
}

/// Whether the contents page has the parts in between: that their titles are missing is told by
/// the rule on the contents.
fn is_lost(context: &Context<'_>, level: Level, expected: u32, number: u32) -> bool {
    let has =
        |part| context.accounts.contents.iter().any(|e| e.level == Level::Part && e.number == part);
    level == Level::Part && expected < number && (expected..=number).all(has)
}

fn fail(passage: &Passage, number: u32, expected: u32, out: &mut Outcomes) {
    let spot = Spot::in_passage(
        passage,
        0,
        passage.folded.as_str().char_indices().nth(8).map_or(0, |(at, _)| at),
    );
    let message = format!("编号 {number} 处应为 {expected}");
    let failure = Failure::new(format!("passage[{}].number", passage.section), message);
    out.fail(failure.values(number.to_string(), expected.to_string()).at(spot));
}

fn contents(context: &Context<'_>, out: &mut Outcomes) {
    let mut stack: Vec<(Level, u32)> = Vec::new();
    for (index, entry) in context.accounts.contents.iter().enumerate() {
        let last = stack.iter().rev().find(|(level, _)| *level == entry.level).map(|(_, n)| *n);
        stack.retain(|(level, _)| *level < entry.level);
        let expected = last.map_or(1, |last| last + 1);
        if entry.number == expected || entry.number == 1 {
            out.pass(&[]);
        } else {
            let message = format!("目录编号 {} 处应为 {expected}", entry.number);
            let failure = Failure::new(format!("contents[{}].number", index + 1), message);
            out.fail(
                failure.values(entry.number.to_string(), expected.to_string()).at(&entry.title),
            );
        }
        stack.push((entry.level, entry.number));
    }
}
