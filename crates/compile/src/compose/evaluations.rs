//! The self-evaluation forms as tables.

use std::sync::Arc;

use juesuan_model::{Align, Element, Figure, PrintedCell, PrintedTable, Run, Scale, TableKind};
use juesuan_scheme::formula::{RowRef, Source};
use juesuan_scheme::manuscript::Style;
use rust_decimal::Decimal;

use super::{Composer, number};

/// How many columns the forms have.
const COLUMNS: u16 = 8;

impl Composer<'_> {
    fn said(&self, form: &str, row: &str, column: &str) -> Arc<str> {
        self.exact.ledger.words(form, row, column).cloned().unwrap_or_default()
    }

    fn value(&self, form: &str, row: &str, column: &str, style: Style) -> PrintedCell {
        let value = self.exact.value(form, row, column);
        let text = number::printed(value, style).into();
        let subject = format!("{form}[{row}].{column}").into();
        PrintedCell::figure(Figure { subject, text, exact: Some(value), terms: Vec::new() })
    }

    fn rate(&self, form: &str, row: &str, executed: &str, granted: &str) -> PrintedCell {
        let value = |column| self.exact.value(form, row, column);
        let share = value(executed).checked_div(value(granted));
        let Some(rate) = share.and_then(|s| s.checked_mul(Decimal::ONE_HUNDRED)) else {
            return PrintedCell::words("—", Align::Right);
        };
        let text = number::printed(rate, Style::Rate).into();
        let subject = format!("{form}[{row}].rate").into();
        PrintedCell::figure(Figure { subject, text, exact: Some(rate), terms: Vec::new() })
    }

    /// The form of a project.
    pub(super) fn project_form(&mut self, project: &str) {
        let said = |column: &str| words(self.said("evaluation", project, column));
        let points = self.exact.scheme.scoring("project").map(|s| s.execution_points);
        let mut rows = vec![
            vec![head("项目名称"), said("name").spanning(7, 1)],
            vec![
                head("主管部门"),
                words(self.publication.department.clone()).spanning(3, 1),
                head("实施单位"),
                said("unit").spanning(3, 1),
            ],
        ];
        rows.extend(self.funds(project, points.unwrap_or_default()));
        rows.extend([
            vec![
                head("年度总体目标").spanning(1, 2),
                head("预期目标").spanning(3, 1),
                head("实际完成情况").spanning(4, 1),
            ],
            vec![said("goal").spanning(3, 1), said("result").spanning(4, 1)],
        ]);
        rows.extend(self.indicators("indicator", project));
        let deduction = self.exact.ledger.get("evaluation", project, "deduction");
        if deduction.is_some() {
            rows.push(self.total_row("减分项", "evaluation", project, "deduction", ""));
        }
        rows.push(self.total_row("总分", "evaluation", project, "total", "100"));
        let title = "项目支出绩效自评表";
        self.evaluation("evaluation", title, rows);
    }

    /// The rows of the funds: the total and its sources.
    fn funds(&self, project: &str, points: Decimal) -> Vec<Vec<PrintedCell>> {
        let amount =
            |form: &str, row: &str, column: &str| self.value(form, row, column, Style::Amount);
        let of = |form: &'static str, row: &str| {
            ["initial_budget", "budget", "executed"].map(|column| amount(form, row, column))
        };
        let heads = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"].map(head);
        let sources = ["当年财政拨款", "上年结转资金", "其他资金"];
        let height = u16::try_from(sources.len()).unwrap_or(0).saturating_add(2);
        let label = format!("项目资金（{}）", Scale::TenThousand.label());
        let mut first = vec![head(label).spanning(1, height), head("")];
        first.extend(heads);
        let mut total = vec![head("年度资金总额")];
        total.extend(of("evaluation", project));
        total.push(centered(points.normalize().to_string()));
        total.push(self.rate("evaluation", project, "executed", "budget"));
        total.push(self.value("evaluation", project, "execution_score", Style::Points));
        let mut rows = vec![first, total];
        for (at, source) in sources.into_iter().enumerate() {
            let label = if at == 0 { format!("其中：{source}") } else { source.to_owned() };
            let mut row = vec![head(label)];
            row.extend(of("funding", &format!("{project}.{source}")));
            row.extend(["—", "—", "—"].map(centered));
            rows.push(row);
        }
        rows
    }

    /// The form of a unit as a whole.
    pub(super) fn whole_form(&mut self, unit: &str) {
        let unit_label = Scale::TenThousand.label();
        let said = |column: &str| words(self.said("whole", unit, column));
        let mut rows = vec![
            vec![head("部门（单位）名称"), words(unit).spanning(7, 1)],
            vec![
                head(format!("年初预算收入金额（{unit_label}）")),
                self.value("whole", unit, "income_budget", Style::Amount).spanning(3, 1),
                head(format!("年初预算支出金额（{unit_label}）")),
                self.value("whole", unit, "expenditure_budget", Style::Amount).spanning(3, 1),
            ],
        ];
        let tasks = self.exact.rows("task", &RowRef::Children, unit);
        let height = u16::try_from(tasks.len()).unwrap_or(0).saturating_add(1);
        let amounts = [format!("下达金额（{unit_label}）"), format!("执行金额（{unit_label}）")];
        let mut first =
            vec![head("年度主要任务").spanning(1, height), head("对应项目").spanning(2, 1)];
        first.extend(amounts.map(head));
        first.extend(["执行率", "分值", "得分"].map(head));
        rows.push(first);
        for task in &tasks {
            rows.push(vec![
                words(self.said("task", task, "name")).spanning(2, 1),
                self.value("task", task, "granted", Style::Amount),
                self.value("task", task, "executed", Style::Amount),
                self.rate("task", task, "executed", "granted"),
                self.value("task", task, "weight", Style::Count),
                self.value("task", task, "score", Style::Points),
            ]);
        }
        rows.extend([
            vec![
                head("年度目标").spanning(1, 2),
                head("年初总体目标").spanning(3, 1),
                head("全年完成情况").spanning(4, 1),
            ],
            vec![said("goal").spanning(3, 1), said("result").spanning(4, 1)],
        ]);
        rows.extend(self.indicators("whole_indicator", unit));
        rows.push(self.total_row("总分", "whole", unit, "total", "100"));
        self.evaluation("whole", "部门（单位）整体绩效自评表", rows);
    }

    fn total_row(
        &self,
        label: &str,
        form: &str,
        row: &str,
        column: &str,
        full: &str,
    ) -> Vec<PrintedCell> {
        vec![
            head(label).spanning(5, 1),
            centered(full),
            self.value(form, row, column, Style::Points),
            words(""),
        ]
    }

    /// The head of the indicators and a row for each.
    fn indicators(&self, record: &str, name: &str) -> Vec<Vec<PrintedCell>> {
        let heads = [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ];
        let mut rows = vec![heads.map(head).to_vec()];
        let indicators = self.exact.rows(record, &RowRef::Children, name);
        let classes: Vec<[Arc<str>; 2]> = indicators
            .iter()
            .map(|row| ["group", "subgroup"].map(|column| self.said(record, row, column)))
            .collect();
        for (at, row) in indicators.iter().enumerate() {
            let said = |column: &str| self.said(record, row, column);
            let unit = said("unit");
            let mut cells = classes_of(&classes, at);
            cells.extend([
                words(said("name")),
                self.stated(record, row, ("target_text", "target"), &said("operator"), &unit),
                self.stated(record, row, ("actual_text", "actual"), "", &unit),
                self.value(record, row, "weight", Style::Count),
                self.value(record, row, "score", Style::Points),
                words(reason(&said("reason"), &said("measure"))),
            ]);
            rows.push(cells);
        }
        rows
    }

    /// A target or what was reached, with its sign and unit.
    fn stated(
        &self,
        record: &str,
        row: &str,
        (told, column): (&str, &str),
        sign: &str,
        unit: &str,
    ) -> PrintedCell {
        let text = self.said(record, row, told);
        let subject = format!("{record}[{row}].{column}").into();
        let figure =
            Run::Figure(Figure { subject, exact: text.parse().ok(), text, terms: Vec::new() });
        let mut runs = vec![Run::Words(sign.into()), figure, Run::Words(unit.into())];
        runs.retain(|run| !run.text().is_empty());
        PrintedCell { runs, ..centered("") }
    }

    fn evaluation(&mut self, form: &str, title: &str, rows: Vec<Vec<PrintedCell>>) {
        let year = format!("（{}年度）", self.publication.year);
        let table = PrintedTable {
            kind: TableKind::Evaluation,
            form: form.into(),
            title: title.into(),
            number: "".into(),
            caption: vec![year.into()],
            // Reasons are long, all else is short.
            widths: vec![10, 11, 15, 11, 11, 9, 9, 24],
            head_rows: 0,
            rows,
            notes: Vec::new(),
        };
        debug_assert_eq!(table.widths.len(), usize::from(COLUMNS));
        self.push(Element::Table(table));
    }
}

/// The cells of group and subgroup of an indicator: one over all rows that share them.
fn classes_of(classes: &[[Arc<str>; 2]], at: usize) -> Vec<PrintedCell> {
    let rest = classes.get(at..).unwrap_or_default();
    let before = at.checked_sub(1).and_then(|at| classes.get(at));
    let Some([group, subgroup]) = rest.first() else { return Vec::new() };
    let mut cells = Vec::new();
    if before.is_none_or(|[other, _]| other != group) {
        let rows = rest.iter().take_while(|[other, _]| other == group).count();
        cells.push(words(group.clone()).spanning(1, u16::try_from(rows).unwrap_or(u16::MAX)));
    }
    if before.is_none_or(|other| other != &[group.clone(), subgroup.clone()]) {
        let same = |other: &&[Arc<str>; 2]| **other == [group.clone(), subgroup.clone()];
        let rows = rest.iter().take_while(same).count();
        cells.push(words(subgroup.clone()).spanning(1, u16::try_from(rows).unwrap_or(u16::MAX)));
    }
    cells
}

fn head(label: impl Into<Arc<str>>) -> PrintedCell {
    PrintedCell::head(label)
}

fn words(text: impl Into<Arc<str>>) -> PrintedCell {
    PrintedCell::words(text, Align::Left)
}

fn centered(text: impl Into<Arc<str>>) -> PrintedCell {
    PrintedCell::words(text, Align::Center)
}

fn reason(reason: &str, measure: &str) -> String {
    let mut words = String::new();
    if !reason.is_empty() {
        words.push_str(&format!("原因：{reason}。"));
    }
    if !measure.is_empty() {
        words.push_str(&format!("改进措施：{measure}。"));
    }
    words
}
