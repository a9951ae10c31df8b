//! A publication as one page: no resource from outside and no script, to be read on a desk, on a
//! telephone, aloud and on paper.
//!
//! Every figure is a `data` element with its exact value and what it states, so that programs read
//! the page as well as people do.

mod picture;
mod scale;
mod sections;
mod steps;
mod table;

use juesuan_model::{Element, Figure, Publication, Run};

use crate::html::markup::Markup;
use sections::{Section, sections};

const STYLE: &str = include_str!("style.css");
/// Allows the style sheet of the page and nothing else.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
const DRAFT: &str = "草稿，不得公开";

/// The whole publication.
#[must_use]
pub fn publication(publication: &Publication) -> String {
    let sections = sections(&publication.elements);
    let mut m = Markup::default();
    m.raw("<!doctype html>\n");
    m.element("html", &[("lang", "zh-CN")], |m| {
        head(m, publication);
        m.element("body", &[], |m| body(m, publication, &sections));
    });
    m.finish()
}

fn head(m: &mut Markup, publication: &Publication) {
    m.element("head", &[], |m| {
        m.raw("<meta charset=\"utf-8\">\n");
        m.open("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]);
        m.raw(concat!(
            "\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
            "<meta name=\"color-scheme\" content=\"light\">\n",
            "<meta name=\"referrer\" content=\"no-referrer\">\n",
        ));
        let draft = if publication.is_draft { "（草稿）" } else { "" };
        m.leaf("title", &[], &format!("{}{draft}", publication.title));
        m.element("style", &[], |m| m.raw(STYLE));
    });
}

fn body(m: &mut Markup, publication: &Publication, sections: &[Section<'_>]) {
    m.leaf("a", &[("class", "skip"), ("href", "#to-main")], "跳到正文");
    if publication.is_draft {
        m.leaf("p", &[("class", "draft"), ("role", "note")], DRAFT);
        m.leaf("div", &[("class", "watermark"), ("aria-hidden", "true")], "草稿");
    }
    cover(m, publication);
    m.element("div", &[("class", "columns")], |m| {
        contents(m, publication, sections);
        m.element("main", &[("id", "to-main"), ("tabindex", "-1")], |m| {
            picture::section(m, &publication.pictures);
            let mut counted = table::Counter::default();
            let scores = steps::Scores::of(publication);
            for section in sections {
                write_section(m, section, &scores, &mut counted);
            }
        });
    });
    m.element("footer", &[], |m| {
        let (department, year) = (&publication.department, publication.year);
        m.leaf("p", &[], &format!("{department}　{year}年度部门决算"));
        m.leaf("p", &[], "本页可以离线阅读和打印；每个数字都带有未经舍入的值，可供程序读取。");
    });
}

fn cover(m: &mut Markup, publication: &Publication) {
    m.element("header", &[("class", "cover")], |m| {
        m.element("div", &[("class", "inner")], |m| {
            m.leaf("h1", &[], &publication.title);
            for line in &publication.subtitles {
                m.leaf("p", &[("class", "subtitle")], line);
            }
            m.element("dl", &[], |m| {
                let year = publication.year.to_string();
                for (term, said) in [("公开部门", &*publication.department), ("决算年度", &year)]
                {
                    m.element("div", &[], |m| {
                        m.leaf("dt", &[], term);
                        m.leaf("dd", &[], said);
                    });
                }
            });
        });
    });
}

/// Links to the headings of the two highest levels.
fn contents(m: &mut Markup, publication: &Publication, sections: &[Section<'_>]) {
    m.element("nav", &[("aria-labelledby", "to-contents")], |m| {
        m.element("details", &[], |m| {
            m.element("summary", &[], |m| m.leaf("h2", &[("id", "to-contents")], "目录"));
            m.element("ol", &[], |m| links(m, publication, sections));
        });
    });
}

fn links(m: &mut Markup, publication: &Publication, sections: &[Section<'_>]) {
    if !publication.pictures.is_empty() {
        link(m, "part", picture::ANCHOR, picture::TITLE);
    }
    for heading in sections.iter().flat_map(|section| &section.headings) {
        match heading.level {
            1 => link(m, "part", &heading.id, &heading.text),
            2 => link(m, "chapter", &heading.id, &heading.text),
            _ => {}
        }
    }
}

fn link(m: &mut Markup, class: &'static str, id: &str, text: &str) {
    m.element("li", &[("class", class)], |m| {
        m.leaf("a", &[("href", &format!("#{id}"))], text);
    });
}

fn write_section(
    m: &mut Markup,
    section: &Section<'_>,
    scores: &steps::Scores<'_>,
    counted: &mut table::Counter,
) {
    let class = section.class();
    let write = |m: &mut Markup, counted: &mut table::Counter| {
        for heading in &section.headings {
            m.leaf(heading.tag, &[("id", &heading.id)], &heading.text);
        }
        for element in section.body {
            match element {
                Element::Paragraph(line) => m.element("p", &[], |m| runs(m, line)),
                Element::Table(printed) => table::write(m, printed, counted),
                Element::Heading { .. } | Element::Contents => {}
            }
            steps::write(m, scores, element);
        }
    };
    if class.is_empty() {
        write(m, counted);
    } else {
        m.element("section", &[("class", class)], |m| write(m, counted));
    }
}

/// Words and figures of a line.
fn runs(m: &mut Markup, runs: &[Run]) {
    for run in runs {
        match run {
            Run::Words(words) => m.words(words),
            Run::Stated(stated) => m.words(&stated.text),
            Run::Figure(of) => figure(m, of),
        }
    }
}

fn figure(m: &mut Markup, figure: &Figure) {
    let subject = ("data-subject", &*figure.subject);
    match figure.exact.map(|exact| exact.normalize().to_string()) {
        Some(exact) => {
            m.element("data", &[("value", &*exact), subject], |m| m.words(&figure.text));
        }
        // A word that follows from figures (增加) has no value, and `data` must not be without.
        None => m.element("span", &[subject], |m| m.words(&figure.text)),
    }
}

#[cfg(test)]
mod tests;
