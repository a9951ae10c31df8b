//! Markdown and plain text: headings, paragraphs, tables set with tabs, pipes or HTML.

use juesuan_model::{Block, Cell, Document, Heading, Place, Row, Table, Text};

use super::aligned;
use super::html_table;
use super::inline;
use super::lines::{Line, lines};
use super::pipe;

/// Splits text into blocks.
///
/// Lines of a paragraph are joined, unless every paragraph of the text is one line; a line that
/// begins like a numbered item after a finished or short line begins a new one. Lines with tabs
/// between words are rows of a table, as are lines in pipes, and HTML tables.
#[must_use]
pub fn parse(text: &str) -> Document {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = lines(text);
    let a_line_each = !is_wrapped(&lines);
    let mut reader = Reader { text, lines: &lines, at: 0, blocks: Vec::new(), a_line_each };
    while let Some(line) = reader.lines.get(reader.at) {
        reader.block(*line);
    }
    Document { blocks: reader.blocks, ..Document::default() }
}

struct Reader<'a> {
    text: &'a str,
    lines: &'a [Line<'a>],
    at: usize,
    blocks: Vec<Block>,
    /// Whether every line is a paragraph.
    a_line_each: bool,
}

impl<'a> Reader<'a> {
    fn block(&mut self, line: Line<'a>) {
        if line.is_blank() || is_rule(line.text) || is_page_number(line.text) {
            self.at += 1;
        } else if let Some((level, title)) = heading(&line) {
            self.at += 1;
            self.blocks.push(Block::Heading(Heading { level, text: title }));
        } else if let Some(start) = html_table::start(line.text) {
            self.html_table(line, start);
        } else if pipe::is_table(self.rest()) {
            let (table, taken) = pipe::read(self.rest());
            self.at += taken;
            self.blocks.push(Block::Table(table));
        } else if is_row(line.text) {
            self.tab_table();
        } else if let taken @ 1.. = aligned::length(self.rest()) {
            let lines = self.rest().get(..taken).unwrap_or_default();
            self.blocks.push(Block::Table(aligned::read(lines)));
            self.at += taken;
        } else {
            self.paragraph();
        }
    }

    fn rest(&self) -> &'a [Line<'a>] {
        self.lines.get(self.at..).unwrap_or_default()
    }

    fn html_table(&mut self, line: Line<'a>, start: usize) {
        let before = line.text.get(..start).unwrap_or("");
        if !before.trim().is_empty() {
            let text = inline::text(before, line.place(0));
            self.blocks.push(Block::Paragraph(text));
        }
        let (table, end) = html_table::read(self.text, line.start + start, &line, start);
        self.blocks.push(Block::Table(table));
        // Continue on the line after the one in which the table ends.
        let next = self.lines.partition_point(|l| l.start <= end);
        self.at = next.max(self.at + 1);
    }

    /// Rows of a table set with tabs. A line without tabs between two rows continues the last
    /// cell of the row above it.
    fn tab_table(&mut self) {
        let mut table = Table::default();
        while let Some(line) = self.rest().first().filter(|line| !line.is_blank()) {
            if line.text.contains('\t') {
                table.rows.push(tab_row(line));
            } else if self.rest().get(1).is_some_and(|next| is_row(next.text)) {
                continue_cell(&mut table, line);
            } else {
                break;
            }
            self.at += 1;
        }
        self.blocks.push(Block::Table(table));
    }

    fn paragraph(&mut self) {
        let mut text = Text::default();
        let mut above: Option<Line<'a>> = None;
        while let Some(line) = self.rest().first().filter(|line| !self.ends_paragraph(line)) {
            if above.is_some_and(|above| self.a_line_each || begins_anew(above.text, line.text)) {
                break;
            }
            if above.is_some() {
                text.push("\n", line.place(0));
            }
            let content = without_bullet(line.text);
            let indent = line.text.len() - content.len();
            inline::push(&mut text, content.trim_end(), line.place(indent));
            above = Some(*line);
            self.at += 1;
        }
        if above.is_none() {
            self.at += 1;
        }
        if !text.is_blank() {
            self.blocks.push(Block::Paragraph(text));
        }
    }

    fn ends_paragraph(&self, line: &Line<'_>) -> bool {
        line.is_blank()
            || line.text.starts_with('#') && heading(line).is_some()
            || is_row(line.text)
            || aligned::length(self.rest()) > 0
            || html_table::start(line.text).is_some()
            || line.text.trim_start().starts_with('|') && pipe::is_table(self.rest())
    }
}

/// `### （一）…`
fn heading(line: &Line<'_>) -> Option<(u8, Text)> {
    let marks = line.text.bytes().take_while(|b| *b == b'#').count();
    let title = line.text.get(marks..)?;
    if !(1..=6).contains(&marks) || !title.starts_with([' ', '\t', '\u{3000}']) {
        return None;
    }
    let indent = marks + title.len() - title.trim_start().len();
    let title = title.trim().trim_end_matches('#').trim_end();
    let level = u8::try_from(marks).unwrap_or(6);
    Some((level, inline::text(title, line.place(indent))))
}

/// `---`
fn is_rule(line: &str) -> bool {
    let line = line.trim().as_bytes();
    line.len() >= 3
        && line.first().is_some_and(|mark| b"-*_=".contains(mark) && line.iter().all(|b| b == mark))
}

/// A row of a table set with tabs: a tab that is no mere indent.
fn is_row(line: &str) -> bool {
    let Some(last) = line.rfind('\t') else { return false };
    let words = line.trim();
    !words.is_empty()
        && (words.contains('\t') || line.get(last..).is_some_and(|l| l.trim().is_empty()))
}

fn tab_row(line: &Line<'_>) -> Row {
    let is_tab = |byte: &u8| *byte == b'\t';
    let bytes = line.text.as_bytes();
    let mut row = Row { cells: Vec::with_capacity(bytes.iter().filter(|b| is_tab(b)).count() + 1) };
    let has_marks = inline::has_marks(line.text);
    // Tabs are so near to each other that a plain look at each byte is quicker than a search.
    let tabs = bytes.iter().enumerate().filter(|(_, byte)| is_tab(byte)).map(|(at, _)| at);
    let (mut start, mut column) = (0, 1_u32);
    for (grid, end) in (0..).zip(tabs.chain([line.text.len()])) {
        let piece = line.text.get(start..end).unwrap_or("");
        start = end + 1;
        let place = Place::new(line.number, column);
        let text = match piece {
            "" => Text::new("", place),
            piece if has_marks => trimmed(piece, place),
            piece => plain(piece, place),
        };
        row.cells.push(Cell::new(text, grid));
        let width = u32::try_from(piece.chars().count()).unwrap_or(u32::MAX);
        column = column.saturating_add(width).saturating_add(1);
    }
    row
}

/// A cell's text without blanks around it.
pub(super) fn trimmed(piece: &str, place: Place) -> Text {
    inline::text(piece.trim(), behind_blanks(piece, place))
}

/// The same where nothing can be a mark.
fn plain(piece: &str, place: Place) -> Text {
    Text::new(piece.trim(), behind_blanks(piece, place))
}

/// The place of the first character of a piece that is no blank.
fn behind_blanks(piece: &str, place: Place) -> Place {
    let indent = piece.chars().take_while(|c| c.is_whitespace()).count();
    let indent = u32::try_from(indent).unwrap_or(u32::MAX);
    Place::new(place.line, place.column.saturating_add(indent))
}

fn continue_cell(table: &mut Table, line: &Line<'_>) {
    let last = table.rows.last_mut().and_then(|row| row.cells.last_mut());
    if let Some(cell) = last {
        inline::push(&mut cell.text, line.text.trim(), line.place(0));
    }
}

/// A line without indent and without the bullet of a list.
fn without_bullet(line: &str) -> &str {
    let line = line.trim_start();
    let bullet = ["- ", "* ", "+ ", "• "].iter().find_map(|bullet| line.strip_prefix(bullet));
    bullet.map_or(line, str::trim_start)
}

/// The number of a page by itself: `- 3 -`, `— 3 —`.
fn is_page_number(line: &str) -> bool {
    let line = line.trim();
    let dashes = ['-', '—', '–'];
    if !line.starts_with(dashes) && !line.ends_with(dashes) {
        return false;
    }
    let inner = line.trim_matches(['-', '—', '–', ' ']);
    inner.len() + 2 <= line.len() && !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit())
}

/// Whether `line` begins a paragraph of its own although no blank line stands before it: a
/// numbered item or a label after a line that is finished or short.
pub(super) fn begins_anew(above: &str, line: &str) -> bool {
    if without_bullet(line).len() < line.trim_start().len() {
        return true;
    }
    let above = above.trim();
    let is_short = above.chars().count() < 40 && !above.ends_with(['，', '、', ',', '（', '(']);
    let is_finished = above.ends_with(['。', '；', '：', '！', '？', '.', ';', ':']);
    (is_short || is_finished) && is_numbered(line.trim_start())
}

/// A line of so many characters was not broken for any page.
const UNBROKEN: usize = 80;

/// Whether paragraphs go over several lines, as pages break them. Word processors save each
/// paragraph as one line: then nearly every line that is followed by another ends a sentence or is
/// short as titles are, and some are longer than any page is wide.
fn is_wrapped(lines: &[Line<'_>]) -> bool {
    let is_text = |line: &Line<'_>| {
        !line.is_blank()
            && !line.text.contains('\t')
            && !line.text.trim_start().starts_with(['|', '<', '#'])
    };
    let pairs = lines.iter().zip(lines.iter().skip(1)).filter(|(a, b)| is_text(a) && is_text(b));
    let (mut all, mut open) = (0_usize, 0_usize);
    for (above, _) in pairs {
        all += 1;
        open += usize::from(!is_finished(above.text.trim()));
    }
    let is_long = |line: &Line<'_>| is_text(line) && line.text.chars().nth(UNBROKEN).is_some();
    open * 10 > all || !lines.iter().any(is_long)
}

/// Whether a line ends as paragraphs do, or is a title.
fn is_finished(line: &str) -> bool {
    let ends = line.ends_with(['。', '；', '：', '！', '？', '.', ';', ':', '）', ')', '”']);
    let is_title = line.chars().nth(30).is_none() && !line.contains(['。', '，', '；', ',']);
    ends || is_title
}

/// Whether a line begins with 第一部分, 一、, （一）, 1. or （1）.
fn is_numbered(line: &str) -> bool {
    let inner = line.trim_start_matches(['（', '(', '第', '*', '#', ' ']);
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let after = inner.trim_start_matches(numeral);
    if after.len() == inner.len() {
        return false;
    }
    let opened = inner.len() < line.len();
    let mut next = after.chars();
    match next.next() {
        Some('）' | ')' | '、' | '．') => true,
        Some('.') => !next.next().is_some_and(|c| c.is_ascii_digit()),
        Some('部') => opened,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A document as text, one line a block, cells in brackets.
    fn shown(source: &str) -> String {
        let mut out = String::new();
        for block in parse(source).blocks {
            let place = block.start();
            match block {
                Block::Heading(h) => out += &format!("H{} {}", h.level, h.text.as_str()),
                Block::Paragraph(p) => out += &format!("P {}", p.as_str().replace('\n', "⏎")),
                Block::Table(t) => {
                    for row in &t.rows {
                        out += "T";
                        for cell in &row.cells {
                            out += &format!("[{}]", cell.text.as_str());
                        }
                    }
                }
            }
            out += &format!(" @{}:{}\n", place.line, place.column);
        }
        out
    }

    #[test]
    fn blocks_keep_their_places() {
        let source = "# 目 录\n\n  部门决算  \n说明\n\n甲\t1\n\t2\n\n第二部分";
        assert_eq!(
            shown(source),
            "H1 目 录 @1:3\nP 部门决算⏎说明 @3:3\nT[甲][1]T[][2] @6:1\nP 第二部分 @9:1\n"
        );
    }

    #[test]
    fn numbered_lines_begin_anew_and_broken_ones_do_not() {
        let source =
            "一、主要职责\n二、机构设置\n（一）收入总计 65\n669.54 万元，包括：\n1.财政拨款";
        assert_eq!(
            shown(source),
            "P 一、主要职责 @1:1\nP 二、机构设置 @2:1\nP （一）收入总计 65⏎669.54 万元，包括： @3:1\nP 1.财政拨款 @5:1\n"
        );
    }

    #[test]
    fn bullets_and_page_numbers_go() {
        assert_eq!(
            shown("- 一、职责\n  - 二、机构\n\n- 3 -\n\n文"),
            "P 一、职责 @1:3\nP 二、机构 @2:5\nP 文 @6:1\n"
        );
    }

    #[test]
    fn a_line_between_rows_belongs_to_the_cell_above() {
        assert_eq!(shown("甲\t抚恤金\n和补助\n乙\t2"), "T[甲][抚恤金和补助]T[乙][2] @1:1\n");
    }

    #[test]
    fn lines_set_with_blanks_are_a_table_when_they_count() {
        let source = "部门：某局    单位：万元\n\n  项目      决算数\n一、教育    10.00\n\n                    二、科技\n  支出    20.00\n合计   30.00\n\n文。";
        assert_eq!(
            shown(source),
            "T[部门：某局][单位：万元]T[项目][决算数]T[一、教育][10.00]T[二、科技]T[支出][20.00]T[合计][30.00] @1:1\nP 文。 @10:1\n"
        );
        assert_eq!(shown("甲    乙\n丙    丁"), "P 甲    乙⏎丙    丁 @1:1\n");
    }

    #[test]
    fn html_tables_stand_between_paragraphs() {
        let source = "收入决算表<table><tr><td colspan=2>项目</td></tr>\n<tr><td>甲</td><td>1</td></tr></table>\n注";
        assert_eq!(shown(source), "P 收入决算表 @1:1\nT[项目]T[甲][1] @1:31\nP 注 @3:1\n");
    }

    proptest! {
        #[test]
        fn any_text_is_read(source in "[#|\\t\\n <>/a-z甲一（）.、0-9-]{0,120}") {
            let _ = parse(&source);
        }
    }
}
