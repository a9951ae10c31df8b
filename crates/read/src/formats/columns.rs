//! Which columns of a table the cells of a row stand in when cells above reach down into it.

/// No cell covers more columns or rows than this; larger spans are faults or attacks.
pub(super) const MOST_SPAN: u16 = 200;

/// The columns of a table as its rows come.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The row that is being filled, from 1.
    row: u32,
    /// For each column: the first row in which it is free again.
    free_from: Vec<u32>,
    /// The first column of the row that may be free.
    next: usize,
}

impl Columns {
    /// Begins a row.
    pub(super) fn begin_row(&mut self) {
        self.row = self.row.saturating_add(1);
        self.next = 0;
    }

    /// Puts a cell into the first free columns of the row; gives the first of them.
    pub(super) fn place(&mut self, column_span: u16, row_span: u16) -> u32 {
        let mut column = self.next;
        while self.free_from.get(column).is_some_and(|row| *row > self.row) {
            column = column.saturating_add(1);
        }
        let end = column.saturating_add(usize::from(column_span));
        if self.free_from.len() < end {
            self.free_from.resize(end, 0);
        }
        if let Some(columns) = self.free_from.get_mut(column..end) {
            columns.fill(self.row.saturating_add(row_span.into()));
        }
        self.next = end;
        u32::try_from(column).unwrap_or(u32::MAX)
    }
}
