//! Pictures: bars beside each other, drawn to the width there is, with their values at their ends.

use std::fmt::Write as _;

use juesuan_model::{Figure, Picture, Series};
use rust_decimal::Decimal;

use super::scale::{Scale, percent};
use super::table;
use crate::html::markup::Markup;

pub(super) const TITLE: &str = "图说";
pub(super) const ANCHOR: &str = "to-pictures";

/// How many bars can be told apart; further series begin anew.
const KINDS: [&str; 4] = ["k1", "k2", "k3", "k4"];

/// What is hatched differs from what is full without colours as well.
const HATCHES: &str = concat!(
    "<svg class=\"unseen\" aria-hidden=\"true\">",
    "<pattern id=\"to-hatch-3\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" ",
    "patternTransform=\"rotate(45)\"><rect class=\"ground\" width=\"6\" height=\"6\"/>",
    "<rect class=\"stroke\" width=\"2.5\" height=\"6\"/></pattern>",
    "<pattern id=\"to-hatch-4\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">",
    "<rect class=\"ground\" width=\"5\" height=\"5\"/>",
    "<circle class=\"stroke\" cx=\"2.5\" cy=\"2.5\" r=\"1.4\"/></pattern></svg>\n",
);

// Heights in tenths of the size of the characters, so that bars grow with them.
const LABEL: usize = 15;
const BAR: usize = 14;
const BETWEEN_BARS: usize = 3;
const BETWEEN_LABELS: usize = 8;

/// The section of the pictures, at the top of the page.
pub(super) fn section(m: &mut Markup, pictures: &[Picture]) {
    if pictures.is_empty() {
        return;
    }
    m.element("section", &[("class", "pictures")], |m| {
        m.leaf("h2", &[("id", ANCHOR)], TITLE);
        m.raw(HATCHES);
        m.element("div", &[("class", "cards")], |m| {
            for (at, picture) in pictures.iter().enumerate() {
                card(m, picture, at.saturating_add(1));
            }
        });
    });
}

fn card(m: &mut Markup, picture: &Picture, number: usize) {
    m.element("figure", &[], |m| {
        m.element("figcaption", &[], |m| {
            m.leaf("h3", &[], &picture.title);
            m.leaf("span", &[("class", "unit")], &format!("单位：{}", picture.unit));
        });
        if picture.series.len() > 1 {
            legend(m, &picture.series);
        }
        drawing(m, picture, number);
        m.element("details", &[], |m| {
            m.element("summary", &[], |m| {
                m.text("数据表");
                m.leaf("span", &[("class", "unseen")], &format!("：{}", picture.title));
            });
            table::of_picture(m, picture);
        });
    });
}

/// Which colour stands for which series; the table names them too.
fn legend(m: &mut Markup, series: &[Series]) {
    m.element("ul", &[("class", "legend"), ("aria-hidden", "true")], |m| {
        for (series, kind) in series.iter().zip(KINDS.into_iter().cycle()) {
            m.element("li", &[], |m| {
                m.element("svg", &[("width", "1em"), ("height", "1em")], |m| {
                    m.open("rect", &[("class", kind), ("width", "100%"), ("height", "100%")]);
                    m.raw("</rect>");
                });
                m.text(&series.name);
            });
        }
    });
}

fn drawing(m: &mut Markup, picture: &Picture, number: usize) {
    let figures = picture.series.iter().flat_map(|series| &series.figures);
    let longest = figures.clone().map(|figure| figure.text.chars().count()).max().unwrap_or(0);
    let scale = Scale::new(figures.map(value), longest);
    let (title, about) = (format!("to-picture-{number}"), format!("to-picture-{number}-is"));
    let names = format!("{title} {about}");
    let height = ems(height(picture));
    let shape = [
        ("class", "bars"),
        ("role", "img"),
        ("aria-labelledby", &*names),
        ("width", "100%"),
        ("height", &*height),
    ];
    m.element("svg", &shape, |m| {
        m.leaf("title", &[("id", &title)], &picture.title);
        m.leaf("desc", &[("id", &about)], &told(picture));
        let mut top = 0;
        for (at, label) in picture.labels.iter().enumerate() {
            let y = ems(top + LABEL.saturating_sub(4));
            m.leaf("text", &[("class", "label"), ("x", "0"), ("y", &y)], label);
            top += LABEL;
            for (series, kind) in picture.series.iter().zip(KINDS.into_iter().cycle()) {
                if let Some(figure) = series.figures.get(at) {
                    bar(m, scale, figure, kind, top);
                }
                top += BAR + BETWEEN_BARS;
            }
            top += BETWEEN_LABELS;
        }
    });
}

/// A bar, the line of zero where it begins, its value at its end.
fn bar(m: &mut Markup, scale: Scale, figure: &Figure, kind: &'static str, top: usize) {
    let bar = scale.bar(value(figure));
    let (y, height) = (ems(top), ems(BAR));
    let (start, length) = (percent(bar.start), percent(bar.length));
    if bar.length > 0 {
        let about =
            [("class", kind), ("x", &*start), ("y", &y), ("width", &length), ("height", &height)];
        m.element("rect", &about, |_| {});
    }
    let (zero, bottom) = (percent(scale.zero()), ems(top + BAR));
    let axis = [("class", "axis"), ("x1", &*zero), ("x2", &zero), ("y1", &y), ("y2", &bottom)];
    m.element("line", &axis, |_| {});
    let (end, dx, anchor) = if bar.is_negative {
        (bar.start, "-0.4em", "end")
    } else {
        (bar.start.saturating_add(bar.length), "0.4em", "start")
    };
    let (end, middle) = (percent(end), ems(top + BAR.saturating_sub(3)));
    let about = [
        ("class", "value"),
        ("x", &*end),
        ("y", &middle),
        ("dx", dx),
        ("text-anchor", anchor),
        ("data-subject", &figure.subject),
    ];
    m.leaf("text", &about, &figure.text);
}

fn height(picture: &Picture) -> usize {
    let bars = picture.series.len().saturating_mul(BAR + BETWEEN_BARS);
    let all = picture.labels.len().saturating_mul(bars + LABEL + BETWEEN_LABELS);
    all.saturating_sub(BETWEEN_LABELS)
}

fn value(figure: &Figure) -> Decimal {
    figure.exact.unwrap_or_default()
}

/// Tenths as a length.
fn ems(tenths: usize) -> String {
    format!("{}.{}em", tenths / 10, tenths % 10)
}

/// What a picture shows, for those who do not see it.
fn told(picture: &Picture) -> String {
    let mut told = format!("条形图，单位：{}。", picture.unit);
    for (at, label) in picture.labels.iter().enumerate() {
        let of = picture.series.iter().filter_map(|series| {
            let figure = series.figures.get(at)?;
            let is_only = picture.series.len() == 1;
            Some(if is_only {
                figure.text.to_string()
            } else {
                format!("{} {}", series.name, figure.text)
            })
        });
        let _ = write!(told, "{label}：{}。", of.collect::<Vec<_>>().join("，"));
    }
    told
}
