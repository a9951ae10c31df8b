//! Slots and conditions within a line.

use super::{Line, Loop, Name, Piece, Style};
use crate::formula::{CellRef, Expression, Formula, parse, parse_expression};
use crate::names::Names;

/// How deep conditions may nest.
const MAX_DEPTH: u32 = 16;

/// Reads a line. On failure says at which byte.
pub(super) fn read(text: &str, names: &Names<'_>) -> Result<Line, (usize, String)> {
    let mut reader = Reader { text, at: 0, depth: 0, names };
    let line = reader.line(&[])?;
    Ok(line)
}

/// Reads a condition by itself.
pub(super) fn condition(text: &str, names: &Names<'_>) -> Result<Formula, (usize, String)> {
    let mut formula = parse(text).map_err(|error| (error.at, error.message))?;
    names.resolve(&mut formula).map_err(|why| (0, why))?;
    Ok(formula)
}

/// Reads an expression by itself.
pub(super) fn expression(text: &str, names: &Names<'_>) -> Result<Expression, (usize, String)> {
    let mut expression = parse_expression(text).map_err(|error| (error.at, error.message))?;
    names.resolve_expression(&mut expression).map_err(|why| (0, why))?;
    Ok(expression)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
    names: &'a Names<'a>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn fault<T>(&self, why: impl Into<String>) -> Result<T, (usize, String)> {
        Err((self.at, why.into()))
    }

    /// Up to one of `ends`, which is not taken; to the end of the text when there are none.
    fn line(&mut self, ends: &[char]) -> Result<Line, (usize, String)> {
        let mut line = Line::new();
        loop {
            let rest = self.rest();
            let stops = |c: char| matches!(c, '{' | '【' | '}' | '】') || ends.contains(&c);
            let length = rest.find(stops).unwrap_or(rest.len());
            let (words, behind) = rest.split_at(length);
            if !words.is_empty() {
                line.push(Piece::Words(words.into()));
            }
            self.at += length;
            match behind.chars().next() {
                None if ends.is_empty() => return Ok(line),
                None => return self.fault("“【”没有用“】”关上"),
                Some('{') => line.push(self.slot()?),
                Some('【') => line.push(self.bracket()?),
                Some(c) if ends.contains(&c) => return Ok(line),
                Some(c) => return self.fault(format!("多出一个“{c}”")),
            }
        }
    }

    /// Takes what stands up to `end`, and `end`.
    fn upto(&mut self, end: char, opened: &str) -> Result<&'a str, (usize, String)> {
        let rest = self.rest();
        let Some(length) = rest.find(end) else {
            return self.fault(format!("“{opened}”没有用“{end}”关上"));
        };
        self.at += length + end.len_utf8();
        Ok(rest.get(..length).unwrap_or_default())
    }

    fn slot(&mut self) -> Result<Piece, (usize, String)> {
        self.at += 1;
        let start = self.at;
        let inner = self.upto('}', "{")?;
        if let Some((_, name)) =
            Name::NAMES.into_iter().map(|(n, word)| (word, n)).find(|(w, _)| *w == inner)
        {
            return Ok(Piece::Name(name));
        }
        if let Some(cell) = inner.strip_prefix("文:").or_else(|| inner.strip_prefix("文：")) {
            return self.cell(cell).map(Piece::Text).map_err(|why| (start, why));
        }
        if let Some(cell) = inner.strip_prefix("有:").or_else(|| inner.strip_prefix("有：")) {
            return self.cell(cell).map(Piece::Optional).map_err(|why| (start, why));
        }
        let (formula, style) = match inner.rsplit_once([':', '：']) {
            Some((formula, style)) => (formula, self.style(style)?),
            None => (inner, Style::Amount),
        };
        let expression =
            expression(formula, self.names).map_err(|(byte, why)| (start + byte, why))?;
        Ok(Piece::Figure { expression, style })
    }

    fn style(&self, word: &str) -> Result<Style, (usize, String)> {
        let found = Style::NAMES.into_iter().find(|(_, name)| *name == word.trim());
        let names: Vec<&str> = Style::NAMES.iter().map(|(_, name)| *name).collect();
        match found {
            Some((style, _)) => Ok(style),
            None => self.fault(format!("“{word}”应为{}之一", names.join("、"))),
        }
    }

    fn cell(&self, text: &str) -> Result<CellRef, String> {
        let mut expression = parse_expression(text).map_err(|error| error.message)?;
        self.names.resolve_expression(&mut expression)?;
        match expression {
            Expression::Cell(cell) => Ok(cell),
            _ => Err("“文:”后面应是一个单元格，写作 表[行].栏".to_owned()),
        }
    }

    fn bracket(&mut self) -> Result<Piece, (usize, String)> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.fault("“【”套得太多");
        }
        let start = self.at;
        self.at += '【'.len_utf8();
        let word = self.rest().chars().next();
        self.at += word.map_or(0, char::len_utf8);
        let at = self.at;
        let piece = match word {
            Some('若') => {
                let formula = self.upto('：', "【若")?;
                let condition =
                    condition(formula, self.names).map_err(|(byte, why)| (at + byte, why))?;
                let then = self.line(&['｜', '】'])?;
                let otherwise = if self.rest().starts_with('｜') {
                    self.at += '｜'.len_utf8();
                    self.line(&['】'])?
                } else {
                    Line::new()
                };
                Piece::When { condition, then, otherwise }
            }
            Some('每') => {
                let head = self.upto('：', "【每")?;
                let (rows, between) = head.split_once(" 隔").unwrap_or((head, "、"));
                let rows = Loop::read(rows, self.names).map_err(|(byte, why)| (at + byte, why))?;
                Piece::Each { rows, between: between.into(), body: self.line(&['】'])? }
            }
            _ => {
                self.at = start;
                return self.fault("“【”后面应写 若 条件：文字，或 每 表 行：文字");
            }
        };
        self.at += '】'.len_utf8();
        self.depth -= 1;
        Ok(piece)
    }
}
