//! `@图`: pictures of figures, written as their labels with a formula for each series.

use std::sync::Arc;

use super::{Frame, Node, Style, inline};
use crate::names::Names;

/// What is wrong, and at which byte.
type Fault = (usize, String);

/// Units that a picture may have, with how its figures are printed and how the unit is.
const UNITS: [(&str, Style, &str); 4] = [
    ("万元", Style::Amount, "万元"),
    ("个", Style::Count, "个"),
    ("分", Style::Points, "分"),
    ("率", Style::Rate, "%"),
];

const SHAPE: &str = "应写作 @图 标题｜单位｜系列；系列，只画最大的几个再加 ｜最大 5";

/// Reads `标题｜单位｜系列；系列｜最大 5`.
pub(super) fn frame(text: &str, names: &Names<'_>) -> Result<Frame, Fault> {
    let place = |part: &str| offset(text, part);
    let parts: Vec<&str> = text.split('｜').map(str::trim).collect();
    let (title, unit, series, most) = match *parts.as_slice() {
        [title, unit, series] => (title, unit, series, None),
        [title, unit, series, most] => (title, unit, series, Some(most)),
        _ => return Err((0, SHAPE.to_owned())),
    };
    let known = UNITS.into_iter().find(|(name, ..)| *name == unit);
    let (_, style, printed) = known.ok_or_else(|| {
        let names = UNITS.map(|(name, ..)| name).join("、");
        (place(unit), format!("图的单位“{unit}”应为{names}之一"))
    })?;
    let series: Vec<Arc<str>> = series.split('；').map(|name| name.trim().into()).collect();
    if title.is_empty() || series.iter().any(|name| name.is_empty()) {
        return Err((0, SHAPE.to_owned()));
    }
    let count = |most: &str| {
        let number = most.strip_prefix("最大").and_then(|n| n.trim().parse::<usize>().ok());
        let number = number.filter(|number| *number > 0);
        number.ok_or_else(|| (place(most), "应写作 最大 5，数字从 1 起".to_owned()))
    };
    Ok(Frame {
        title: inline::read(title, names)?,
        unit: printed.into(),
        style,
        series,
        most: most.map(count).transpose()?,
    })
}

/// Reads `标签：公式；公式`, a formula for each series.
pub(super) fn bar(text: &str, series: usize, names: &Names<'_>) -> Result<Node, Fault> {
    let shape = || (0, "应写作 - 标签：公式，几个系列就写几个公式，用“；”分开".to_owned());
    let (label, formulas) = behind_label(text).ok_or_else(shape)?;
    let label = inline::read(label, names)?;
    let read = |formula: &str| {
        let at = offset(text, formula);
        inline::expression(formula, names).map_err(|(byte, why)| (at.saturating_add(byte), why))
    };
    let figures: Vec<_> = formulas.split('；').map(read).collect::<Result<_, Fault>>()?;
    if figures.len() != series {
        let why = format!("图有 {series} 个系列，这里写了 {} 个公式", figures.len());
        return Err((offset(text, formulas), why));
    }
    Ok(Node::Bar { label, figures })
}

/// Parts the label from the formulas; a colon in a slot or bracket of the label is its own.
fn behind_label(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' | '【' => depth = depth.saturating_add(1),
            '}' | '】' => depth = depth.saturating_sub(1),
            '：' if depth == 0 => {
                let (label, rest) = text.split_at(at);
                return Some((label, rest.trim_start_matches('：')));
            }
            _ => {}
        }
    }
    None
}

/// Where a part of a text begins.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr().addr()).saturating_sub(text.as_ptr().addr()).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::super::{Line, Manuscript, Piece};
    use super::*;
    use crate::scheme::Record;

    fn manuscript(text: &str) -> Result<Manuscript, String> {
        let record = Record {
            id: "last".into(),
            name: "上年".into(),
            columns: vec![("income".into(), "收入".into()), ("spent".into(), "支出".into())],
        };
        let names = Names { forms: &[], records: &[record], spoken: &[] };
        let nodes = super::super::lines::read("cn/manuscript.md", text, &names);
        nodes
            .map(|nodes| Manuscript { nodes, layouts: Vec::new() })
            .map_err(|e| format!("{}:{} {}", e.line, e.column, e.message))
    }

    fn words(text: &str) -> Line {
        vec![Piece::Words(text.into())]
    }

    #[test]
    fn a_picture_has_labels_with_a_formula_for_each_series() {
        let text = "@图 收支｜万元｜收入；支出｜最大 2\n- 甲：上年.收入；上年.支出\n\
                    @每 上年 每行 当 上年.收入 > 0\n- {名称}：上年.收入；0\n@完\n@完\n";
        let read = manuscript(text).unwrap();
        let [Node::Picture { frame, body }] = &*read.nodes else { panic!("{read:?}") };
        assert_eq!((&frame.title, &*frame.unit), (&words("收支"), "万元"));
        assert_eq!((frame.series.len(), frame.most), (2, Some(2)));
        let [Node::Bar { label, figures }, Node::Each { body, .. }] = &**body else {
            panic!("{body:?}")
        };
        assert_eq!((label, figures.len()), (&words("甲"), 2));
        assert!(matches!(&**body, [Node::Bar { .. }]));
    }

    #[test]
    fn what_is_wrong_with_a_picture_is_said_with_its_place() {
        let fault = |text: &str| manuscript(text).unwrap_err();
        let two = "@图 收支｜万元｜收入；支出\n";
        assert_eq!(fault("@图 收支｜万元\n@完"), format!("1:4 {SHAPE}"));
        assert_eq!(fault("@图 收支｜亩｜收入\n@完"), "1:7 图的单位“亩”应为万元、个、分、率之一");
        assert_eq!(fault("@图 收支｜个｜收入｜最多 5\n@完"), "1:12 应写作 最大 5，数字从 1 起");
        assert_eq!(fault("@图 收支｜个｜收入｜最大 0\n@完"), "1:12 应写作 最大 5，数字从 1 起");
        assert_eq!(
            fault(&format!("{two}- 甲：上年.收入\n@完")),
            "2:5 图有 2 个系列，这里写了 1 个公式"
        );
        let unknown = fault(&format!("{two}- 甲：上年.收入；上年.结余\n@完"));
        assert!(unknown.starts_with("2:11 ") && unknown.contains("结余"), "{unknown}");
        assert!(fault(&format!("{two}- 甲\n@完")).starts_with("2:3 应写作"));
        for stray in ["文字", "# 标题", "@目录", "@图 甲｜个｜乙", "-- 甲：1；1"] {
            let said = fault(&format!("{two}{stray}\n@完"));
            assert!(said.starts_with("2:1 图里只能写"), "{said}");
        }
        assert_eq!(fault(two), "1:1 没有用“@完”结束");
    }
}
