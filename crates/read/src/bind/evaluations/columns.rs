//! The head of the indicator table: which columns it has, in which order and where.

use std::sync::Arc;

use juesuan_scheme::performance::PerformanceForms;

use super::cut::FormRow;

/// A column of the indicator table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::bind) struct Column {
    pub(super) role: Role,
    /// Where its head stands in the grid.
    pub(super) at: u32,
    /// The words of the head.
    pub(super) head: Arc<str>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bind) enum Role {
    Level1,
    Level2,
    Level3,
    Operator,
    Target,
    Unit,
    Actual,
    Completion,
    Weight,
    Score,
    Flag,
    Reason,
    Measure,
}

/// What the head of a column says: what stands under it, or under which group its columns stand.
#[derive(Clone, Copy)]
pub(super) enum Head {
    One(Role),
    TargetGroup,
    ReasonGroup,
}

/// What a folded text says as the head of a column.
pub(super) fn head(words: &PerformanceForms, folded: &str) -> Option<Head> {
    Some(match words.column_role(folded)? {
        "level1" => Head::One(Role::Level1),
        "level2" => Head::One(Role::Level2),
        "level3" => Head::One(Role::Level3),
        "operator" => Head::One(Role::Operator),
        "target" => Head::One(Role::Target),
        "unit" => Head::One(Role::Unit),
        "actual" => Head::One(Role::Actual),
        "completion" => Head::One(Role::Completion),
        "weight" => Head::One(Role::Weight),
        "score" => Head::One(Role::Score),
        "flag" => Head::One(Role::Flag),
        "reason" => Head::One(Role::Reason),
        "measure" => Head::One(Role::Measure),
        "target_group" => Head::TargetGroup,
        "reason_group" => Head::ReasonGroup,
        _ => return None,
    })
}

/// Whether a row is the head of the indicator table.
pub(super) fn is_head(row: &FormRow<'_>) -> bool {
    let (mut is_named, mut has_points) = (false, false);
    for cell in &row.cells {
        match cell.head {
            Some(Head::One(Role::Level3)) => is_named = true,
            Some(Head::One(Role::Score | Role::Weight)) => has_points = true,
            _ => {}
        }
    }
    is_named && has_points
}

/// Whether a row is the second row of the head: the columns of its groups.
pub(super) fn is_second_head(row: &FormRow<'_>) -> bool {
    let known = row.cells.iter().filter(|cell| cell.head.is_some()).count();
    known >= 2 && known * 2 > row.cells.len()
}

/// The columns of a head of one or two rows. The second row may be shifted: its columns are
/// counted from where their group stands in the first.
pub(super) fn columns(first: &FormRow<'_>, second: Option<&FormRow<'_>>) -> Vec<Column> {
    let mut columns = Vec::new();
    for cell in &first.cells {
        let at = cell.cell.column;
        match cell.head {
            Some(Head::One(role)) => {
                columns.push(Column { role, at, head: (&*cell.folded).into() })
            }
            Some(Head::TargetGroup) => {
                let inside = [Role::Operator, Role::Target, Role::Unit];
                group(second, &inside, at, &mut columns);
                if columns.iter().all(|column| column.role != Role::Target) {
                    columns.push(Column { role: Role::Target, at, head: (&*cell.folded).into() });
                }
            }
            Some(Head::ReasonGroup) => {
                group(second, &[Role::Flag, Role::Reason], at, &mut columns);
                if columns.iter().all(|column| column.role != Role::Reason) {
                    let span =
                        u32::try_from(columns.iter().filter(|c| c.role == Role::Flag).count());
                    let at = at.saturating_add(span.unwrap_or(0));
                    columns.push(Column { role: Role::Reason, at, head: (&*cell.folded).into() });
                }
            }
            None => {}
        }
    }
    columns
}

fn group(second: Option<&FormRow<'_>>, inside: &[Role], at: u32, columns: &mut Vec<Column>) {
    let cells = second.map_or(&[][..], |row| &row.cells);
    let mut offset = 0;
    for cell in cells {
        let Some(Head::One(role)) = cell.head else { continue };
        if inside.contains(&role) {
            columns.push(Column { role, at: at + offset, head: (&*cell.folded).into() });
            offset += 1;
        }
    }
}
