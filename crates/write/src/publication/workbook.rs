//! A publication as a workbook: a sheet a form, what follows from other cells as living formulas
//! with their values, and one sheet with the self-evaluations.

use std::collections::BTreeMap;

use juesuan_model::{
    Align, Element, Figure, PrintedCell, PrintedTable, Publication, Run, TableKind, column_letters,
};
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet,
};

use crate::WriteError;

/// The workbook's bytes.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn publication(publication: &Publication) -> Result<Vec<u8>, WriteError> {
    let mut book = Workbook::new();
    // No date, so that the same publication gives the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title(&*publication.title);
    book.set_properties(&properties.set_creation_datetime(&created));
    let tables = |kind: TableKind| {
        publication.elements.iter().filter_map(move |element| match element {
            Element::Table(table) if table.kind == kind => Some(table),
            _ => None,
        })
    };
    let forms: Vec<&PrintedTable> = tables(TableKind::Form).collect();
    let cells = places(&forms);
    for form in &forms {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&form.title))?;
        let mut writer = Writer { sheet, row: 0, cells: &cells };
        writer.page(publication, form)?;
        writer.table(form)?;
    }
    let evaluations: Vec<&PrintedTable> = tables(TableKind::Evaluation).collect();
    if let Some(first) = evaluations.first() {
        let sheet = book.add_worksheet();
        sheet.set_name("绩效自评")?;
        let none = BTreeMap::new();
        let mut writer = Writer { sheet, row: 0, cells: &none };
        writer.page(publication, first)?;
        for table in &evaluations {
            writer.table(table)?;
            writer.row = writer.row.saturating_add(1);
        }
    }
    Ok(book.save_to_buffer()?)
}

/// Names of sheets have at most 31 characters.
fn sheet_name(title: &str) -> String {
    title.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect()
}

/// Where a figure stands, and what it is worth.
struct Place {
    sheet: String,
    row: u32,
    column: u16,
    exact: Option<Decimal>,
}

impl Place {
    /// Its name within its sheet.
    fn cell(&self) -> String {
        let letters = column_letters(usize::from(self.column));
        format!("{letters}{}", self.row.saturating_add(1))
    }

    /// As formulas of a sheet call it.
    fn reference(&self, own_sheet: &str) -> String {
        let cell = self.cell();
        if self.sheet == own_sheet { cell } else { format!("'{}'!{cell}", self.sheet) }
    }
}

/// Where the first cell of each figure of the forms will stand.
fn places(forms: &[&PrintedTable]) -> BTreeMap<String, Place> {
    let mut places = BTreeMap::new();
    for form in forms {
        let top = top_rows(form);
        for (at, row) in form.rows.iter().enumerate() {
            for (column, cell) in positions(form, at, row) {
                let [Run::Figure(figure)] = &cell.runs[..] else { continue };
                let row = top.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
                let sheet = sheet_name(&form.title);
                let place = Place { sheet, row, column, exact: figure.exact };
                places.entry(figure.subject.to_string()).or_insert(place);
            }
        }
    }
    places
}

/// The rows above a table: title, number, caption.
fn top_rows(table: &PrintedTable) -> u32 {
    let number = u32::from(!table.number.is_empty());
    let caption = u32::from(!table.caption.is_empty());
    1_u32.saturating_add(number).saturating_add(caption)
}

/// The cells of a row with the columns they begin in: those that spans from above cover are
/// passed over.
fn positions<'a>(
    table: &'a PrintedTable,
    at: usize,
    row: &'a [PrintedCell],
) -> Vec<(u16, &'a PrintedCell)> {
    let covered = covered(table, at);
    let mut column = 0_u16;
    let mut found = Vec::new();
    for cell in row {
        while covered.contains(&column) {
            column = column.saturating_add(1);
        }
        found.push((column, cell));
        column = column.saturating_add(cell.column_span);
    }
    found
}

/// The columns of a row that cells of rows above reach into.
fn covered(table: &PrintedTable, at: usize) -> Vec<u16> {
    let mut columns = Vec::new();
    let spans_rows = |row: &&Vec<PrintedCell>| row.iter().any(|cell| cell.row_span > 1);
    for (above, row) in table.rows.iter().enumerate().take(at).filter(|(_, row)| spans_rows(row)) {
        for (column, cell) in positions(table, above, row) {
            if above.saturating_add(usize::from(cell.row_span)) > at {
                columns.extend(column..column.saturating_add(cell.column_span));
            }
        }
    }
    columns
}

/// Writes tables below each other.
struct Writer<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    cells: &'a BTreeMap<String, Place>,
}

impl Writer<'_> {
    /// Paper, margins, repeated heads, and what stands in the foot of each page.
    fn page(&mut self, publication: &Publication, table: &PrintedTable) -> Result<(), WriteError> {
        let sheet = &mut *self.sheet;
        sheet
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.6, 0.6, 0.7, 0.7, 0.3, 0.3);
        if table.widths.len() > 5 {
            sheet.set_landscape();
        }
        sheet.set_footer("&C第 &P 页，共 &N 页");
        if publication.is_draft {
            sheet.set_header("&C草稿，不得公开");
        }
        if table.head_rows > 0 {
            let top = top_rows(table);
            let heads = u32::try_from(table.head_rows).unwrap_or(1);
            let last = top.saturating_add(heads).saturating_sub(1);
            sheet.set_repeat_rows(top, last)?;
            sheet.set_freeze_panes(last.saturating_add(1), 0)?;
        }
        for (at, width) in table.widths.iter().enumerate() {
            let column = u16::try_from(at).unwrap_or(u16::MAX);
            sheet.set_column_width(column, f64::from(width.saturating_add(4)))?;
        }
        Ok(())
    }

    fn table(&mut self, table: &PrintedTable) -> Result<(), WriteError> {
        let last = u16::try_from(table.widths.len()).unwrap_or(1).saturating_sub(1);
        let title = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center);
        self.line(&table.title, last, &title)?;
        if !table.number.is_empty() {
            self.line(&table.number, last, &Format::new().set_align(FormatAlign::Right))?;
        }
        if !table.caption.is_empty() {
            self.line(&table.caption.join("　　"), last, &Format::new())?;
        }
        for (at, row) in table.rows.iter().enumerate() {
            for (column, cell) in positions(table, at, row) {
                self.cell(table, column, cell)?;
            }
            self.row = self.row.saturating_add(1);
        }
        for note in &table.notes {
            self.line(note, last, &Format::new().set_text_wrap())?;
        }
        Ok(())
    }

    fn line(&mut self, text: &str, last: u16, format: &Format) -> Result<(), WriteError> {
        if last > 0 {
            self.sheet.merge_range(self.row, 0, self.row, last, text, format)?;
        } else {
            self.sheet.write_string_with_format(self.row, 0, text, format)?;
        }
        self.row = self.row.saturating_add(1);
        Ok(())
    }

    fn cell(
        &mut self,
        table: &PrintedTable,
        column: u16,
        cell: &PrintedCell,
    ) -> Result<(), WriteError> {
        let format = format(cell);
        let (rows, columns) = (u32::from(cell.row_span), cell.column_span);
        if rows > 1 || columns > 1 {
            let (last_row, last_column) = (
                self.row.saturating_add(rows).saturating_sub(1),
                column.saturating_add(columns).saturating_sub(1),
            );
            self.sheet.merge_range(self.row, column, last_row, last_column, "", &format)?;
        }
        match &cell.runs[..] {
            [Run::Figure(figure)] => self.figure(table, column, figure, &format)?,
            _ => {
                self.sheet.write_string_with_format(self.row, column, cell.text(), &format)?;
            }
        }
        Ok(())
    }

    /// A figure: a formula over the cells it is the sum of, or its exact value, shown as it is
    /// printed.
    fn figure(
        &mut self,
        table: &PrintedTable,
        column: u16,
        figure: &Figure,
        format: &Format,
    ) -> Result<(), WriteError> {
        let is_money = table.kind == TableKind::Form;
        let value = figure.exact.map(|exact| if is_money { in_unit(exact) } else { exact });
        let Some(value) = value.filter(|_| is_money) else {
            self.sheet.write_string_with_format(self.row, column, &*figure.text, format)?;
            return Ok(());
        };
        let format = format.clone().set_num_format("#,##0.00");
        match self.formula(&sheet_name(&table.title), figure) {
            Some(formula) => {
                let formula = Formula::new(formula).set_result(value.normalize().to_string());
                self.sheet.write_formula_with_format(self.row, column, formula, &format)?;
            }
            None => {
                // The nearest binary fraction to the decimal, as every program reads it.
                let number: f64 = value.to_string().parse().unwrap_or_default();
                self.sheet.write_number_with_format(self.row, column, number, &format)?;
            }
        }
        Ok(())
    }

    /// The sum of the cells that a figure follows from, when all that count stand in the workbook.
    fn formula(&self, sheet: &str, figure: &Figure) -> Option<String> {
        let mut sum = Decimal::ZERO;
        let mut ranges: Vec<Range<'_>> = Vec::new();
        for (subject, is_minus) in &figure.terms {
            let Some(place) = self.cells.get(&**subject) else { continue };
            let exact = place.exact?;
            let signed = if *is_minus { -exact } else { exact };
            sum = sum.checked_add(signed)?;
            match ranges.last_mut().filter(|range| range.goes_on(place, *is_minus)) {
                Some(range) => range.last = place,
                None => ranges.push(Range { first: place, last: place, is_minus: *is_minus }),
            }
        }
        let parts = ranges.iter().enumerate().map(|(at, range)| range.shown(sheet, at == 0));
        let formula: String = parts.collect();
        // What is not printed anywhere must not be missing from the sum.
        (!formula.is_empty() && Some(sum) == figure.exact).then(|| format!("={formula}"))
    }
}

/// Cells below each other that are added, or taken away.
struct Range<'a> {
    first: &'a Place,
    last: &'a Place,
    is_minus: bool,
}

impl Range<'_> {
    fn goes_on(&self, next: &Place, is_minus: bool) -> bool {
        self.is_minus == is_minus
            && self.last.sheet == next.sheet
            && self.last.column == next.column
            && self.last.row.saturating_add(1) == next.row
    }

    fn shown(&self, sheet: &str, is_first: bool) -> String {
        let sign = match (self.is_minus, is_first) {
            (true, _) => "-",
            (false, true) => "",
            (false, false) => "+",
        };
        let first = self.first.reference(sheet);
        if self.first.row == self.last.row {
            return format!("{sign}{first}");
        }
        format!("{sign}SUM({first}:{})", self.last.cell())
    }
}

/// An amount of 元 in 万元.
fn in_unit(yuan: Decimal) -> Decimal {
    yuan.checked_div(Decimal::from(10_000)).unwrap_or(yuan)
}

fn format(cell: &PrintedCell) -> Format {
    let align = match cell.align {
        Align::Left => FormatAlign::Left,
        Align::Center => FormatAlign::Center,
        Align::Right => FormatAlign::Right,
    };
    let format = Format::new()
        .set_border(FormatBorder::Thin)
        .set_align(align)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    let format = if cell.indent > 0 { format.set_indent(cell.indent) } else { format };
    if cell.is_head { format.set_bold() } else { format }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

    use super::*;

    fn amount(subject: &str, yuan: i64, terms: &[(&str, bool)]) -> PrintedCell {
        let exact = Decimal::new(yuan, 0);
        let terms = terms.iter().map(|(term, minus)| ((*term).into(), *minus)).collect();
        let text = format!("{:.2}", in_unit(exact)).into();
        PrintedCell::figure(Figure { subject: subject.into(), text, exact: Some(exact), terms })
    }

    fn form(rows: Vec<Vec<PrintedCell>>) -> Publication {
        let label = |text: &str| PrintedCell::words(text, Align::Left);
        let mut all = vec![vec![PrintedCell::head("项目"), PrintedCell::head("金额")]];
        all.extend(rows.into_iter().map(|row| [vec![label("=甲")], row].concat()));
        let table = PrintedTable {
            kind: TableKind::Form,
            form: "form".into(),
            title: "支出决算表".into(),
            number: "公开01表".into(),
            caption: vec!["部门：某局".into()],
            widths: vec![20, 10],
            head_rows: 1,
            rows: all,
            notes: vec!["注：略。".into()],
        };
        let title = "某局决算".into();
        Publication { title, elements: vec![Element::Table(table)], ..Publication::default() }
    }

    fn read(publication_: &Publication) -> (Vec<String>, Vec<Data>) {
        let bytes = publication(publication_).unwrap();
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let formulas = book.worksheet_formula("支出决算表").unwrap();
        let formulas = formulas.used_cells().map(|(.., f)| f.clone()).filter(|f| !f.is_empty());
        let formulas = formulas.collect();
        let values = book.worksheet_range("支出决算表").unwrap();
        (formulas, values.used_cells().map(|(.., value)| value.clone()).collect())
    }

    #[test]
    fn sums_are_living_formulas_with_their_values() {
        let (formulas, values) = read(&form(vec![
            vec![amount(
                "f[total].x",
                60_000,
                &[("f[a].x", false), ("f[b].x", false), ("f[c].x", true)],
            )],
            vec![amount("f[a].x", 40_000, &[])],
            vec![amount("f[b].x", 30_000, &[])],
            vec![amount("f[c].x", 10_000, &[])],
        ]));
        assert_eq!(formulas, ["SUM(B6:B7)-B8"]);
        assert!(values.contains(&Data::Float(6.0)), "{values:?}");
        assert!(values.contains(&Data::String("=甲".into())), "words are no formulas");
    }

    #[test]
    fn what_is_not_printed_is_not_left_out_of_a_sum() {
        let terms = [("f[a].x", false), ("f[elsewhere].x", false)];
        let (formulas, values) = read(&form(vec![
            vec![amount("f[total].x", 60_000, &terms)],
            vec![amount("f[a].x", 40_000, &[])],
        ]));
        assert_eq!(formulas, Vec::<String>::new());
        assert!(values.contains(&Data::Float(6.0)));
    }

    #[test]
    fn the_same_publication_gives_the_same_bytes() {
        let one = form(vec![vec![amount("f[a].x", 40_001, &[])]]);
        assert_eq!(publication(&one).unwrap(), publication(&one).unwrap());
    }
}
