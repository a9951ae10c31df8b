//! What workbooks hold besides values is told with its place.

use juesuan_model::{Finding, Remark, RemarkKind, Severity, Sheet};

use super::Desk;
use crate::fault::{Code, Spot, fault};

impl Desk<'_> {
    /// Everything that is remarkable of a sheet whose rows are taken.
    pub(super) fn remarks(&mut self, sheet: &Sheet) {
        for remark in &sheet.remarks {
            self.remark(sheet, remark);
        }
    }

    /// What concerns the workbook, of a sheet whose rows are not taken.
    pub(super) fn remarks_of_book(&mut self, sheet: &Sheet) {
        for remark in sheet.remarks.iter().filter(|remark| remark.kind == RemarkKind::Macros) {
            self.remark(sheet, remark);
        }
    }

    fn remark(&mut self, sheet: &Sheet, remark: &Remark) {
        let name = &sheet.name;
        let (severity, message, hint) = match &remark.kind {
            RemarkKind::Formulas(count) => (
                Severity::Warning,
                format!("“{name}”表的这一栏有 {count} 个公式，按保存时算出的数采用"),
                "核对算出的数；最好选中后粘贴为数值",
            ),
            RemarkKind::Merged(range) => (
                Severity::Error,
                format!("“{name}”表的 {range} 合并了单元格，只有第一格有内容"),
                "取消合并，每格各填各的内容",
            ),
            RemarkKind::HiddenRows(rows) => (
                Severity::Note,
                format!("“{name}”表的第 {rows} 行是隐藏的，其中的数据照样采用"),
                "核对隐藏的行；不要的行请删去",
            ),
            RemarkKind::HiddenSheet => (
                Severity::Note,
                format!("“{name}”表是隐藏的，其中的数据照样采用"),
                "核对这张表；不要的数据请清除",
            ),
            RemarkKind::Macros => (
                Severity::Note,
                "工作簿里有宏，没有运行，也没有采用它".to_owned(),
                "另存为不带宏的 xlsx 再交",
            ),
        };
        let (row, column) = (remark.row, remark.column);
        let spot = Spot { file: &sheet.file, sheet: name, row, column, shown: "" };
        let finding = fault(Code::Workbook, spot, message, hint);
        self.findings.push(Finding { severity, ..finding });
    }
}
