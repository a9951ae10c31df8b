//! Builds HTML so that text of documents cannot become markup.
//!
//! Markup is `&'static str`: it was written by us, in this crate. Everything else is text and is
//! escaped. The compiler keeps the two apart.

use crate::clean::{lines, one_line, visible};

/// Names and values of attributes. Names are ours, values may be anybody's.
pub(crate) type Attributes<'a> = &'a [(&'static str, &'a str)];

/// HTML in the making.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    out: String,
}

impl Markup {
    /// Adds markup of our own.
    pub(crate) fn raw(&mut self, markup: &'static str) {
        self.out.push_str(markup);
    }

    /// Adds text on one line.
    pub(crate) fn text(&mut self, text: &str) {
        escape(&mut self.out, &one_line(text));
    }

    /// Adds part of a line, whose spaces at both ends matter.
    pub(crate) fn words(&mut self, words: &str) {
        escape(&mut self.out, &visible(words));
    }

    /// Adds text that has its own line breaks, white space included.
    pub(crate) fn preformatted(&mut self, text: &str) {
        escape(&mut self.out, &lines(text));
    }

    /// Adds an element with what `content` puts into it.
    pub(crate) fn element(
        &mut self,
        tag: &'static str,
        attributes: Attributes<'_>,
        content: impl FnOnce(&mut Self),
    ) {
        self.open(tag, attributes);
        content(self);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
        if is_block(tag) {
            self.out.push('\n');
        }
    }

    /// Adds an element that holds only text.
    pub(crate) fn leaf(&mut self, tag: &'static str, attributes: Attributes<'_>, text: &str) {
        self.element(tag, attributes, |m| m.text(text));
    }

    /// Adds a tag that has no end, or whose end is added as markup.
    pub(crate) fn open(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(&mut self.out, &one_line(value));
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// The HTML.
    pub(crate) fn finish(self) -> String {
        self.out
    }
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}

/// A line break after blocks keeps the file readable and its diffs small.
fn is_block(tag: &str) -> bool {
    !matches!(
        tag,
        "span" | "b" | "a" | "code" | "mark" | "td" | "th" | "dt" | "option" | "label" | "data"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        let mut m = Markup::default();
        m.leaf("span", &[("title", "\" onmouseover=alert(1) '")], "<script>&\u{0}</script>");
        assert_eq!(
            m.finish(),
            "<span title=\"&quot; onmouseover=alert(1) &#39;\">\
             &lt;script&gt;&amp;␀&lt;/script&gt;</span>"
        );
    }
}
