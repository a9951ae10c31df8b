//! What was read as a page that shows on pointing where each part stands.

use juesuan_model::{Block, Lang, Location, Table, Text};

use super::Source;
use crate::html::markup::Markup;
use crate::labels;

const STYLE: &str = "body{max-width:72rem;margin:2rem auto;padding:0 1rem;font:1rem/1.7 sans-serif}\
table{border-collapse:collapse;margin:1rem 0}td{border:1px solid #999;padding:.2rem .5rem}\
.caveat{border-left:4px solid #a3170f;padding:.2rem .8rem;background:#fbeeee}";
/// Allows the style sheet of the page and nothing else.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// All blocks as one page.
#[must_use]
pub fn html(source: Source<'_>, lang: Lang) -> String {
    let mut m = Markup::default();
    m.raw("<!doctype html>\n");
    m.element("html", &[("lang", "zh-CN")], |m| {
        m.element("head", &[], |m| {
            m.raw("<meta charset=\"utf-8\">\n");
            m.open("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]);
            m.leaf("title", &[], source.path);
            m.element("style", &[], |m| m.raw(STYLE));
        });
        m.element("body", &[], |m| {
            for caveat in &source.document.caveats {
                m.leaf("p", &[("class", "caveat"), ("role", "note")], &caveat.message);
            }
            for block in &source.document.blocks {
                write(m, source, block, lang);
            }
        });
    });
    m.finish()
}

fn write(m: &mut Markup, source: Source<'_>, block: &Block, lang: Lang) {
    match block {
        Block::Heading(heading) => {
            let tag = match heading.level {
                0 | 1 => "h1",
                2 => "h2",
                3 => "h3",
                4 => "h4",
                5 => "h5",
                _ => "h6",
            };
            leaf(m, tag, &place(source, &heading.text, lang), heading.text.as_str());
        }
        Block::Paragraph(text) => {
            leaf(m, "p", &place(source, text, lang), text.as_str());
        }
        Block::Table(table) => write_table(m, source, table, lang),
    }
}

fn leaf(m: &mut Markup, tag: &'static str, place: &str, text: &str) {
    let title = [("title", place)];
    m.leaf(tag, if place.is_empty() { &[] } else { &title }, text);
}

fn write_table(m: &mut Markup, source: Source<'_>, table: &Table, lang: Lang) {
    m.element("table", &[], |m| {
        for row in &table.rows {
            m.element("tr", &[], |m| {
                for cell in &row.cells {
                    let (columns, rows) = (cell.column_span.to_string(), cell.row_span.to_string());
                    let place = place(source, &cell.text, lang);
                    let all = [("colspan", &*columns), ("rowspan", &*rows), ("title", &*place)];
                    let is_plain = |value: &str| value.is_empty() || value == "1";
                    let all: Vec<_> = all.into_iter().filter(|(_, v)| !is_plain(v)).collect();
                    m.leaf("td", &all, cell.text.as_str());
                }
            });
        }
    });
}

/// Where a text stands, in words.
fn place(source: Source<'_>, text: &Text, lang: Lang) -> String {
    match source.locate(text) {
        Some(Location::Page { page, .. }) => labels::numbered(page, "页", "page", lang),
        Some(Location::Cell { sheet, cell }) => format!("{sheet}!{cell}"),
        None => source
            .line(text)
            .map_or_else(String::new, |place| labels::line(place.line, place.column, lang)),
    }
}
