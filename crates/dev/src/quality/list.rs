//! Every alteration and what came of it, one a line, for those who work on rules.

use super::measure::Measured;

/// Line, column, zone, whether a rule speaks of the figure, the slip, the answer, before, after,
/// context and what was said elsewhere, separated by tabs.
#[must_use]
pub fn list(measured: &Measured) -> String {
    let mut out = String::new();
    for figure in &measured.figures {
        for (slip, altered, trial) in &figure.slips {
            let strangers: Vec<String> = trial
                .strangers
                .iter()
                .map(|stranger| format!("{} {}", stranger.code, stranger.message))
                .collect();
            let cells = [
                figure.place.line.to_string(),
                figure.place.column.to_string(),
                format!("{:?}", figure.zone),
                if figure.is_related { "related" } else { "free" }.to_owned(),
                format!("{slip:?}"),
                format!("{:?}", trial.answer),
                figure.printed.clone(),
                altered.clone(),
                figure.context.replace('\t', " "),
                strangers.join(" ## ").replace(['\t', '\n'], " "),
            ];
            out.push_str(&cells.join("\t"));
            out.push('\n');
        }
    }
    out
}
