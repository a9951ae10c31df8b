//! RDG007: characters were lost before the document came here.

use juesuan_model::{Block, Severity, Text};
use memchr::memchr;

use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "RDG007",
    title: "文件编码损坏，有字符丢失",
    english: "The encoding is damaged and characters are lost",
    severity: Severity::Warning,
    checks: "文中没有替代丢失字符的符号（�）。",
    why: "丢失的字符可能是数字或科目名称，那里的内容没有核验。",
    bad: "临溪市水务局2024年度部门决算\n\n第一部分 概况\n\n一、主要职责\n\n负责全市水�源管理。",
    good: "临溪市水务局2024年度部门决算\n\n第一部分 概况\n\n一、主要职责\n\n负责全市水资源管理。",
    basis: "读取结果",
    false_alarms: "",
    covers: &[],
    check,
};

const LOST: char = '\u{fffd}';
/// The first byte of it, which few cells have.
const FIRST_BYTE: u8 = 0xEF;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let mut first = None;
    let mut count = 0;
    for (block, text) in texts(context) {
        if memchr(FIRST_BYTE, text.as_str().as_bytes()).is_some() {
            first = first.or_else(|| Some((block, text, text.as_str().find(LOST)?)));
            count += text.as_str().matches(LOST).count();
        }
    }
    let Some((block, text, at)) = first else { return out.pass(&[]) };
    let place = text.place_of(at, at + LOST.len_utf8());
    let spot = Spot { place, block, quote: LOST.to_string() };
    let message = format!("有 {count} 个字符读不出，这是第一处；请用原文件重新转换");
    out.fail(Failure::new("document.encoding", message).at(spot));
}

/// All texts of the document with their block.
fn texts<'a>(context: &Context<'a>) -> impl Iterator<Item = (u32, &'a Text)> {
    (0_u32..).zip(&context.document.blocks).flat_map(|(number, block)| {
        let cells = match block {
            Block::Table(table) => table.rows.as_slice(),
            Block::Heading(_) | Block::Paragraph(_) => &[],
        };
        let cells = cells.iter().flat_map(|row| &row.cells).map(|cell| &cell.text);
        block.text().into_iter().chain(cells).map(move |text| (number, text))
    })
}
