//! Sets lines: indents, wraps, aligns labels.

use std::borrow::Cow;

use juesuan_model::Lang;

use super::TextOptions;
use super::style::{Ink, Paint};
use crate::clean::one_line;
use crate::width::{Metric, spaces};

/// The longest line of prose that the eye still follows back.
const LONGEST_PROSE: usize = 100;
const NARROWEST: usize = 40;

/// Text in the making.
#[derive(Debug)]
pub(crate) struct Page {
    out: String,
    paint: Paint,
    /// The language.
    pub(crate) lang: Lang,
    /// The full width in cells.
    pub(crate) width: usize,
    /// How wide characters are.
    pub(crate) metric: Metric,
}

impl Page {
    /// An empty page.
    pub(crate) fn new(options: TextOptions) -> Self {
        Self {
            out: String::new(),
            paint: Paint { color: options.color },
            lang: options.lang,
            width: options.width.max(NARROWEST),
            metric: Metric { wide_ambiguous: options.wide_ambiguous },
        }
    }

    /// The text in an ink.
    pub(crate) fn ink<'t>(&self, ink: Ink, text: &'t str) -> Cow<'t, str> {
        self.paint.with(ink, text)
    }

    /// Adds a line that fits as it is.
    pub(crate) fn line(&mut self, line: &str) {
        self.line_of(&[line]);
    }

    /// Adds a line that fits, made of parts.
    pub(crate) fn line_of(&mut self, parts: &[&str]) {
        let start = self.out.len();
        parts.iter().for_each(|part| self.out.push_str(part));
        let inked = self.out.get(start..).map_or(0, |line| line.trim_end().len());
        self.out.truncate(start.saturating_add(inked));
        self.out.push('\n');
    }

    /// Adds an empty line, unless there is one.
    pub(crate) fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Adds a line across the page.
    pub(crate) fn rule(&mut self) {
        let rule = self.metric.filled("─", self.prose());
        let rule = self.ink(Ink::Faint, &rule);
        self.line(&rule);
    }

    /// Adds prose from a document or rule, wrapped and indented.
    pub(crate) fn prose_at(&mut self, indent: usize, ink: Option<Ink>, text: &str) {
        for line in self.metric.wrap(&one_line(text), self.prose().saturating_sub(indent)) {
            let line = ink.map_or(Cow::Borrowed(line), |ink| self.ink(ink, line));
            self.line_of(&[&spaces(indent), &line]);
        }
    }

    /// Adds a labelled text; its further lines hang below its first. Nothing when it is empty.
    pub(crate) fn field(&mut self, indent: usize, label: &str, text: &str) {
        let text = one_line(text);
        if text.trim().is_empty() {
            return;
        }
        let hang = indent.saturating_add(self.label_width()).saturating_add(2);
        let label = self.metric.left(label, self.label_width());
        let mut head = self.ink(Ink::Faint, &label);
        for line in self.metric.wrap(&text, self.prose().saturating_sub(hang)) {
            self.line_of(&[&spaces(indent), &head, "  ", line]);
            head = spaces(self.label_width());
        }
    }

    /// How wide prose is set.
    pub(crate) fn prose(&self) -> usize {
        self.width.min(LONGEST_PROSE)
    }

    /// How wide the column of labels is.
    pub(crate) fn label_width(&self) -> usize {
        self.metric.cells(self.lang.pick("写的是", "Difference"))
    }

    /// The text.
    pub(crate) fn finish(self) -> String {
        self.out
    }
}
