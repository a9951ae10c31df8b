//! Pictures of the figures, for media in which people would rather look than read.

use std::cmp::Reverse;
use std::sync::Arc;

use juesuan_model::{Figure, Picture, Series};
use juesuan_scheme::manuscript::{Frame, Node};

use super::Composer;

/// A label, the row it stands for, and a figure for each series.
struct Bar {
    label: Arc<str>,
    row: Arc<str>,
    figures: Vec<Figure>,
}

impl Composer<'_> {
    /// Adds a picture, unless it has nothing to show.
    pub(super) fn picture(&mut self, frame: &Frame, body: &[Node], row: &str) {
        let mut bars = Vec::new();
        self.bars(frame, body, row, &mut bars);
        if let Some(most) = frame.most {
            bars.sort_by_key(|bar| Reverse(bar.figures.first().and_then(|f| f.exact)));
            bars.truncate(most);
        }
        if !bars.iter().any(shows) {
            return;
        }
        self.tell_apart(&mut bars);
        let title = self.words(&frame.title, row);
        self.publication.pictures.push(Picture {
            title,
            unit: frame.unit.clone(),
            series: by_series(&frame.series, &bars),
            labels: bars.into_iter().map(|bar| bar.label).collect(),
        });
    }

    /// Items of several classes have the same name (行政运行): what they stand under is added, and
    /// where that is the same too, their own codes.
    fn tell_apart(&mut self, bars: &mut [Bar]) {
        let again = repeated(bars);
        for (bar, _) in bars.iter_mut().zip(again).filter(|(_, is_again)| *is_again) {
            let above = bar.row.get(..5).filter(|_| bar.row.len() == 7);
            if let Some(above) = above.map(|code| self.row_name(code)).filter(|n| !n.is_empty()) {
                bar.label = format!("{}（{above}）", bar.label).into();
            }
        }
        let again = repeated(bars);
        for (bar, _) in bars.iter_mut().zip(again).filter(|(_, is_again)| *is_again) {
            if bar.row != bar.label {
                bar.label = format!("{}（{}）", bar.label, bar.row).into();
            }
        }
    }

    fn bars(&mut self, frame: &Frame, nodes: &[Node], row: &str, bars: &mut Vec<Bar>) {
        for node in nodes {
            match node {
                Node::Bar { label, figures } => {
                    let label = self.words(label, row);
                    let figures = figures.iter().map(|of| self.figure(of, frame.style, row));
                    bars.push(Bar { label, row: row.into(), figures: figures.collect() });
                }
                Node::Each { rows, body } => {
                    for row in self.rows(rows, row) {
                        self.bars(frame, body, &row, bars);
                    }
                }
                Node::When { condition, body, otherwise } => {
                    let holds = self.holds(condition, row);
                    self.bars(frame, if holds { body } else { otherwise }, row, bars);
                }
                // Nothing else can stand in a picture.
                _ => {}
            }
        }
    }
}

/// The labels that stand more than once.
fn repeated(bars: &[Bar]) -> Vec<bool> {
    let is_again = |bar: &Bar| bars.iter().filter(|other| other.label == bar.label).count() > 1;
    bars.iter().map(is_again).collect()
}

/// Whether one of the figures is something.
fn shows(bar: &Bar) -> bool {
    bar.figures.iter().any(|figure| figure.exact.is_some_and(|exact| !exact.is_zero()))
}

fn by_series(names: &[Arc<str>], bars: &[Bar]) -> Vec<Series> {
    let of = |at: usize| bars.iter().filter_map(move |bar| bar.figures.get(at).cloned());
    let named = names.iter().enumerate();
    named.map(|(at, name)| Series { name: name.clone(), figures: of(at).collect() }).collect()
}

#[cfg(test)]
mod tests {
    use juesuan_model::Publication;
    use juesuan_scheme::formula::{CellRef, ColumnRef, Expression, RowRef};
    use juesuan_scheme::manuscript::{Loop, Name, Piece, Rows, Style};

    use super::*;
    use crate::accounts::Exact;
    use crate::ledger::Ledger;

    /// The pictures of rows of which each has two figures.
    fn drawn(rows: &[(&str, i64, i64)], most: Option<usize>) -> Vec<Picture> {
        let scheme = juesuan_builtin::scheme("cn").unwrap();
        let mut ledger = Ledger::default();
        for (row, one, other) in rows {
            ledger.add(("things", row, "one"), (*one).into(), None);
            ledger.add(("things", row, "other"), (*other).into(), None);
        }
        let cell = |column: &str| {
            let (form, column) = ("things".into(), ColumnRef::Id(column.into()));
            Expression::Cell(CellRef { form, row: RowRef::Each, column })
        };
        let bar = Node::Bar {
            label: vec![Piece::Name(Name::Row)],
            figures: vec![cell("one"), cell("other")],
        };
        let rows = Loop { form: "things".into(), rows: Rows::Set(RowRef::All), when: None };
        let frame = Frame {
            title: vec![Piece::Words("图".into())],
            unit: "万元".into(),
            style: Style::Amount,
            series: vec!["甲".into(), "乙".into()],
            most,
        };
        let exact = Exact::new(&scheme, &ledger);
        let mut composer = Composer::new(&exact, &[], Publication::default());
        composer.picture(&frame, &[Node::Each { rows, body: vec![bar] }], "");
        composer.publication.pictures
    }

    #[test]
    fn a_picture_has_a_figure_of_each_series_for_each_label() {
        let pictures = drawn(&[("山", 10000, -5000), ("水", 0, 70)], None);
        let [picture] = &*pictures else { panic!("{pictures:?}") };
        assert_eq!(picture.labels, ["山".into(), "水".into()]);
        let texts = |series: &Series| series.figures.iter().map(|f| f.text.to_string()).collect();
        let texts: Vec<Vec<String>> = picture.series.iter().map(texts).collect();
        assert_eq!(texts, [["1.00", "0.00"], ["-0.50", "0.01"]]);
        assert_eq!(&*picture.series[1].figures[0].subject, "things[山].other");
    }

    #[test]
    fn the_biggest_come_first_where_not_all_are_shown() {
        let rows = [("一", 1, 0), ("九", 9, 0), ("五", 5, 0), ("又五", 5, 0)];
        let pictures = drawn(&rows, Some(3));
        assert_eq!(pictures[0].labels, ["九".into(), "五".into(), "又五".into()]);
    }

    #[test]
    fn items_of_one_name_are_told_apart() {
        let rows = [("2120101", 3, 0), ("2150501", 2, 0), ("2130306", 1, 0)];
        let pictures = drawn(&rows, None);
        let labels: Vec<&str> = pictures[0].labels.iter().map(|label| &**label).collect();
        assert_eq!(
            labels,
            [
                "行政运行（城乡社区管理事务）",
                "行政运行（工业和信息产业监管）",
                "水利工程运行与维护"
            ]
        );
        let of_no_catalogue = drawn(&[("行政运行", 3, 0), ("2150501", 2, 0)], None);
        assert_eq!(of_no_catalogue[0].labels[0], "行政运行".into());
        assert_eq!(of_no_catalogue[0].labels[1], "行政运行（工业和信息产业监管）".into());
    }

    #[test]
    fn a_picture_of_nothing_is_left_out() {
        assert!(drawn(&[("山", 0, 0), ("水", 0, 0)], None).is_empty());
        assert!(drawn(&[], None).is_empty());
    }
}
