//! Tables in Markdown.

/// A table that grows row by row.
pub struct Table {
    lines: Vec<String>,
}

impl Table {
    /// A table with these heads.
    #[must_use]
    pub fn new(heads: &[&str]) -> Self {
        let mut table = Self { lines: Vec::new() };
        table.row(heads);
        table.lines.push("|---".repeat(heads.len()) + "|");
        table
    }

    /// Adds a row. What would end a cell or begin markup is made harmless.
    pub fn row(&mut self, cells: &[impl AsRef<str>]) {
        let cells: Vec<String> = cells.iter().map(|cell| harmless(cell.as_ref())).collect();
        self.lines.push(format!("| {} |", cells.join(" | ")));
    }

    /// Whether there is nothing but heads.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.len() < 3
    }

    /// The table as lines.
    #[must_use]
    pub fn print(&self) -> String {
        self.lines.join("\n") + "\n"
    }
}

fn harmless(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    one_line.replace('|', "\\|").replace('<', "\\<").replace('*', "\\*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_cannot_break_the_table() {
        let mut table = Table::new(&["甲", "乙"]);
        assert!(table.is_empty());
        table.row(&["a|b", "<b>\nc"]);
        assert_eq!(table.print(), "| 甲 | 乙 |\n|---|---|\n| a\\|b | \\<b> c |\n");
    }
}
