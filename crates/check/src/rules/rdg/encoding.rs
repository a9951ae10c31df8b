//! RDG007: characters were lost before the document came here.

use juesuan_model::{Block, Heading, Severity, Text};

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
    let mut lost = Lost::default();
    for (block, content) in (0_u32..).zip(&context.document.blocks) {
        match content {
            Block::Heading(Heading { text, .. }) | Block::Paragraph(text) => lost.look(block, text),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                cells.for_each(|cell| lost.look(block, &cell.text));
            }
        }
    }
    let Lost { first: Some((block, text, at)), count } = lost else { return out.pass(&[]) };
    let place = text.place_of(at, at + LOST.len_utf8());
    let spot = Spot { place, block, quote: LOST.to_string() };
    let message = format!("有 {count} 个字符读不出，这是第一处；请用原文件重新转换");
    out.fail(Failure::new("document.encoding", message).at(spot));
}

/// How many characters were lost, and the text in which the first stands.
#[derive(Default)]
struct Lost<'a> {
    first: Option<(u32, &'a Text, usize)>,
    count: usize,
}

impl<'a> Lost<'a> {
    fn look(&mut self, block: u32, text: &'a Text) {
        let words = text.as_str();
        // Most cells are short: a plain look at their bytes beats a search.
        if words.bytes().any(|byte| byte == FIRST_BYTE) {
            self.first = self.first.or_else(|| Some((block, text, words.find(LOST)?)));
            self.count += words.matches(LOST).count();
        }
    }
}
