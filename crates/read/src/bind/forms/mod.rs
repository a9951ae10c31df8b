//! The statutory forms: which table is which form, and what its cells say.

mod across;
mod blocks;
mod coded;
mod find;
mod head;
mod rows;
mod sheet;
mod sides;
mod slips;
mod tree;

use juesuan_model::{Block, Columns, FormFound, Row, UnreadPart};
use juesuan_scheme::{Form, Layout};

use super::binder::Binder;
pub(super) use find::{Found, find};

use find::Part;
use sheet::Sheet;

/// The tables that are statutory forms, in order.
pub(super) fn blocks(found: &[Found<'_>]) -> Vec<u32> {
    let parts = found.iter().flat_map(|found| &found.parts);
    let mut blocks: Vec<u32> = parts.map(|part| part.block).collect();
    blocks.sort_unstable();
    blocks
}

/// Binds all statutory forms of the document.
pub(super) fn bind(binder: &mut Binder<'_>, found: &[Found<'_>]) {
    let slips = slips::find(binder, found);
    for (found, slips) in found.iter().zip(&slips) {
        let form = found.form;
        let document = binder.document;
        for part in &found.parts {
            binder.mark(part.block);
        }
        let head = head::read(binder, form, &found.parts);
        let index = binder.accounts.forms.len();
        binder.accounts.forms.push(head);
        let sheet = Sheet::of(document, &found.parts, form, &binder.scheme.structure);
        if let Some(found) = form_mut(binder, index) {
            found.is_blank = sheet.is_blank();
        }
        bind_sheet(binder, index, form, &sheet, slips);
        lost_title(binder, form, &found.parts);
    }
}

fn bind_sheet(
    binder: &mut Binder<'_>,
    index: usize,
    form: &Form,
    sheet: &Sheet<'_>,
    slips: &[slips::Slip],
) {
    match form.layout {
        Layout::Tree => tree::bind(binder, index, form, sheet, slips),
        Layout::Sides => sides::bind(binder, index, form, sheet),
        Layout::Blocks => blocks::bind(binder, index, form, sheet),
        Layout::Rows if across::is_across(form, sheet) => across::bind(binder, index, form, sheet),
        Layout::Rows => rows::bind(binder, index, form, sheet),
    }
}

/// The form that is being bound.
fn form_mut<'b>(binder: &'b mut Binder<'_>, index: usize) -> Option<&'b mut FormFound> {
    binder.accounts.forms.get_mut(index)
}

/// A form whose first page is lost was told by its rows; that is said.
fn lost_title(binder: &mut Binder<'_>, form: &Form, parts: &[Part]) {
    let Some(first) = parts.first().filter(|part| !part.is_titled) else { return };
    let Some(Block::Table(table)) = binder.document.blocks.get(first.block as usize) else {
        return;
    };
    let cell = table.rows.first().and_then(|row| row.cells.iter().find(|c| !c.text.is_blank()));
    let Some(cell) = cell else { return };
    let printed = super::binder::Printed::cell(cell, first.block, &form.title);
    let why = format!("这张表上方没有读到表名，按表内行名、栏名认作《{}》", form.title);
    binder.unread("RDG003", format!("{}[].title", form.id), &printed, &why);
}

/// Whether a row prints a number, other than the one that counts it.
fn has_number(row: &Row) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    // 12, or 表12 in a list of tables.
    let is_count = |text: &str| text.trim().trim_start_matches(['附', '表']).chars().all(is_digit);
    let mut cells = row.cells.iter().enumerate().map(|(index, cell)| (index, cell.text.as_str()));
    cells.any(|(index, text)| text.contains(is_digit) && !(index == 0 && is_count(text)))
}

/// Why tables are not checked of which it is not known what their columns are.
const UNRULED: &str =
    "没有框线，分不清栏，其中的数字未核验；请改用有框线的表格（文本用制表符、竖线或 HTML 表格）";

/// A form that comes apart for want of rules is many tables, told once; these are no further apart,
/// in blocks.
const NEAR: usize = 6;

/// Unread tables of one form.
struct Pieces {
    /// Which of the unread parts tells them.
    told: usize,
    last: usize,
    count: usize,
}

impl Pieces {
    /// Counts the table of a block to those before when they are near, in what is told of these;
    /// `None` when none are.
    fn going_on(self, index: usize, unread: &mut [UnreadPart]) -> Option<Self> {
        let own = Self { last: index, count: self.count + 1, ..self };
        let told = unread.get_mut(self.told).filter(|_| index - self.last <= NEAR)?;
        told.why = format!("这里起的 {} 张表（或一张表的 {0} 块）{UNRULED}", own.count);
        Some(own)
    }
}

/// Tables that are no known form: they are read, and of those with codes the sums are checked.
pub(super) fn unknown_tables(binder: &mut Binder<'_>) {
    let mut pieces: Option<Pieces> = None;
    for (index, block) in binder.document.blocks.iter().enumerate() {
        let Block::Table(table) = block else { continue };
        if binder.used.get(index) == Some(&true) || index < binder.outline.body {
            continue;
        }
        let is_performance = find::is_performance(table, &binder.scheme.performance);
        let is_bound = is_performance && table.columns == Columns::Known;
        let has_numbers = table.rows.iter().any(has_number);
        let first = table.rows.iter().flat_map(|r| &r.cells).find(|c| !c.text.is_blank());
        let Some(cell) = first.filter(|_| has_numbers && !is_bound) else { continue };
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        let is_coded = table.columns != Columns::Guessed
            && !is_performance
            && coded::bind(binder, table, number);
        let why = match table.columns {
            _ if is_coded => "没有认出这是哪张表，只按科目编码核对了各级合计".to_owned(),
            Columns::Known => "没有认出这是哪张表，其中的数字未核验".to_owned(),
            Columns::Aligned | Columns::Guessed => {
                let unread = &mut binder.accounts.unread;
                pieces = pieces.take().and_then(|near| near.going_on(index, unread));
                if pieces.is_some() {
                    continue;
                }
                pieces = Some(Pieces { told: unread.len(), last: index, count: 1 });
                format!("这张表{UNRULED}")
            }
        };
        let subject = match table.columns {
            Columns::Known => "table[].title",
            Columns::Aligned | Columns::Guessed => UnreadPart::NO_COLUMNS,
        };
        let printed = super::binder::Printed::cell(cell, number, &"".into());
        binder.unread("RDG002", subject.to_owned(), &printed, &why);
    }
}
