//! TAB108: line or column numbers of a form do not count on.

use juesuan_model::{Block, Cell, Severity, Table};

use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "TAB108",
    title: "行次或栏次不连续",
    english: "Line or column numbers do not count on",
    severity: Severity::Warning,
    checks: "行次从上到下、栏次从左到右连续。",
    why: "行次断了，说明有行丢失或串行。",
    bad: "收入支出决算总表\n\n项目\t行次\t金额\t项目\t行次\t金额\n一、一般公共预算财政拨款收入\t1\t10.00\t一、一般公共服务支出\t32\t10.00\n二、政府性基金预算财政拨款收入\t2\t\t二、外交支出\t38\t\n三、国有资本经营预算财政拨款收入\t3\t\t三、国防支出\t34\t\n总计\t31\t10.00\t总计\t62\t10.00",
    good: "收入支出决算总表\n\n项目\t行次\t金额\t项目\t行次\t金额\n一、一般公共预算财政拨款收入\t1\t10.00\t一、一般公共服务支出\t32\t10.00\n二、政府性基金预算财政拨款收入\t2\t\t二、外交支出\t33\t\n三、国有资本经营预算财政拨款收入\t3\t\t三、国防支出\t34\t",
    basis: "公开表的格式",
    false_alarms: "只公开有数行的地方，行次可以跳号：整列多处跳号时不报告。",
    covers: &["A30", "E25"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for found in &context.accounts.forms {
        for block in &found.blocks {
            let Some(Block::Table(table)) = context.document.blocks.get(*block as usize) else {
                continue;
            };
            lines(context, &found.form, *block, table, out);
            columns(context, &found.form, *block, table, out);
        }
    }
}

fn is_number(text: &str) -> Option<u32> {
    (text.len() <= 3).then(|| text.parse().ok()).flatten()
}

/// The numbers under each head 行次.
fn lines(context: &Context<'_>, form: &str, block: u32, table: &Table, out: &mut Outcomes) {
    let heads = &context.scheme.structure.line_heads;
    let head = |cell: &&Cell| {
        let folded = fold(cell.text.as_str());
        heads.iter().any(|head| *folded == **head)
    };
    let columns: Vec<u32> = table
        .rows
        .iter()
        .take(6)
        .flat_map(|row| row.cells.iter().filter(head))
        .map(|cell| cell.column)
        .collect();
    for column in columns {
        let cells =
            table.rows.iter().filter_map(|row| row.cells.iter().find(|c| c.column == column));
        let numbered: Vec<(u32, &Cell)> =
            cells.filter_map(|cell| Some((is_number(&fold(cell.text.as_str()))?, cell))).collect();
        sequence(form, block, "行次", &numbered, out);
    }
}

/// The numbers of the row 栏次.
fn columns(context: &Context<'_>, form: &str, block: u32, table: &Table, out: &mut Outcomes) {
    let labels = &context.scheme.structure.column_row_labels;
    let is_row = |row: &&juesuan_model::Row| {
        row.cells.iter().any(|cell| {
            let folded = fold(cell.text.as_str());
            labels.iter().any(|label| *folded == *fold(label))
        })
    };
    if let Some(row) = table.rows.iter().take(8).find(is_row) {
        let numbered: Vec<(u32, &Cell)> = row
            .cells
            .iter()
            .filter_map(|cell| Some((is_number(&fold(cell.text.as_str()))?, cell)))
            .collect();
        sequence(form, block, "栏次", &numbered, out);
    }
}

fn sequence(form: &str, block: u32, what: &str, numbered: &[(u32, &Cell)], out: &mut Outcomes) {
    let pairs = numbered.iter().zip(numbered.iter().skip(1));
    let broken: Vec<usize> =
        pairs.enumerate().filter(|(_, (a, b))| a.0 + 1 != b.0).map(|(index, _)| index).collect();
    // A wrong number breaks the step to it and the step from it; totals may be numbered apart.
    let odd = broken.iter().find_map(|index| {
        let (before, odd, after) =
            (numbered.get(*index)?, numbered.get(index + 1)?, numbered.get(index + 2)?);
        (before.0 + 2 == after.0).then_some((before.0 + 1, odd))
    });
    let Some((expected, (stated, cell))) = odd.filter(|_| broken.len() <= 4) else {
        return out.pass(&[]);
    };
    let message = format!("{what}“{stated}”应为 {expected}");
    let spot = Spot {
        place: cell.text.place_of(0, cell.text.as_str().len()),
        block,
        quote: cell.text.as_str().to_owned(),
    };
    let failure = Failure::new(format!("{form}[].line"), message);
    out.fail(failure.values(stated.to_string(), expected.to_string()).at(spot));
}
