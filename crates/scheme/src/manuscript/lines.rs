//! Lines become nodes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::tables::{Marks, marks};
use super::{Frame, Line, Loop, Node, Numbering, TableCell, TableForm, inline, pictures};
use crate::error::SchemeError;
use crate::formula::Formula;
use crate::names::Names;

/// How deep `@每` and `@若` may nest.
const MAX_DEPTH: usize = 16;

/// Reads a manuscript.
pub(super) fn read(file: &str, source: &str, names: &Names<'_>) -> Result<Vec<Node>, SchemeError> {
    let mut reader = Reader {
        file,
        source,
        names,
        phrases: BTreeMap::new(),
        open: Vec::new(),
        nodes: Vec::new(),
    };
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        reader.line(at, line.trim_end())?;
        at += line.len();
    }
    match reader.open.last() {
        Some(block) => Err(reader.fault(block.at, "没有用“@完”结束")),
        None => Ok(reader.nodes),
    }
}

/// A block that was opened.
struct Block {
    at: usize,
    head: Head,
    /// What stood before it.
    before: Vec<Node>,
    /// What stands before `@否则`.
    body: Option<Vec<Node>>,
}

enum Head {
    Each(Loop),
    When(Formula),
    Picture(Frame),
    Table(TableForm),
}

struct Reader<'a> {
    file: &'a str,
    source: &'a str,
    names: &'a Names<'a>,
    /// Sentences that were named by `@短语`.
    phrases: BTreeMap<&'a str, &'a str>,
    open: Vec<Block>,
    nodes: Vec<Node>,
}

impl<'a> Reader<'a> {
    fn fault(&self, at: usize, why: impl Into<String>) -> SchemeError {
        SchemeError::at(self.file, self.source, at, why)
    }

    fn words(&self, at: usize, text: &str) -> Result<Line, SchemeError> {
        let expanded = self.expanded(at, text)?;
        let is_expanded = matches!(expanded, Cow::Owned(_));
        inline::read(&expanded, self.names).map_err(|fault| self.placed(at, is_expanded, fault))
    }

    /// A fault within a line. Where phrases were put in, only the line is known.
    fn placed(&self, at: usize, is_expanded: bool, (byte, why): (usize, String)) -> SchemeError {
        self.fault(if is_expanded { at } else { at + byte }, why)
    }

    /// The picture that is open.
    fn frame(&self) -> Option<&Frame> {
        self.open.iter().find_map(|block| match &block.head {
            Head::Picture(frame) => Some(frame),
            _ => None,
        })
    }

    /// A line of a picture that is no command.
    fn bar(&mut self, at: usize, line: &str, series: usize) -> Result<(), SchemeError> {
        let Some(text) = line.strip_prefix("- ") else { return Err(self.stray(at)) };
        let at = at + "- ".len();
        let expanded = self.expanded(at, text)?;
        let is_expanded = matches!(expanded, Cow::Owned(_));
        let bar = pictures::bar(&expanded, series, self.names);
        self.nodes.push(bar.map_err(|fault| self.placed(at, is_expanded, fault))?);
        Ok(())
    }

    fn stray(&self, at: usize) -> SchemeError {
        self.fault(at, "图里只能写 - 标签：公式、@每、@若、@否则、@完")
    }

    /// The line with the sentences that it calls by name: `{{名称；甲；乙}}`.
    fn expanded<'b>(&self, at: usize, text: &'b str) -> Result<Cow<'b, str>, SchemeError> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once("{{") {
            let here = at + text.len() - behind.len();
            let (call, after) =
                behind.split_once("}}").ok_or_else(|| self.fault(here, "“{{”没有用“}}”关上"))?;
            let mut parts = call.split('；');
            let name = parts.next().unwrap_or_default();
            let phrase = self.phrases.get(name);
            let phrase = phrase.ok_or_else(|| self.fault(here, format!("没有短语“{name}”")))?;
            let mut filled = (*phrase).to_owned();
            for (number, part) in parts.enumerate() {
                filled = filled.replace(&format!("${}", number + 1), part);
            }
            if filled.contains('$') {
                return Err(self.fault(here, format!("短语“{name}”还缺“；”后面的内容")));
            }
            out.push_str(before);
            out.push_str(&filled);
            rest = after;
        }
        if out.is_empty() && rest.len() == text.len() {
            return Ok(Cow::Borrowed(text));
        }
        out.push_str(rest);
        Ok(Cow::Owned(out))
    }

    fn condition(&self, at: usize, text: &str) -> Result<Formula, SchemeError> {
        inline::condition(text, self.names).map_err(|(byte, why)| self.fault(at + byte, why))
    }

    fn line(&mut self, at: usize, line: &'a str) -> Result<(), SchemeError> {
        if line.trim().is_empty() || line.starts_with("//") {
            return Ok(());
        }
        if let Some(command) = line.strip_prefix('@') {
            return self.command(at, command);
        }
        if let Some(series) = self.frame().map(|frame| frame.series.len()) {
            return self.bar(at, line, series);
        }
        if let Some(cells) = line.strip_prefix('|') {
            return self.row(at, cells);
        }
        if self.layout().is_some() {
            return Err(self.fault(at, "自评表里每行以“|”开头，一格一格写"));
        }
        if line.starts_with('#') {
            return self.heading(at, line);
        }
        let marks = [
            ("-- ", Numbering::Subitem),
            ("- ", Numbering::Item),
            ("+ ", Numbering::Subsection),
            ("", Numbering::None),
        ];
        let found =
            marks.into_iter().find_map(|(mark, n)| Some((mark, n, line.strip_prefix(mark)?)));
        if let Some((mark, numbering, words)) = found {
            let line = self.words(at + mark.len(), words)?;
            self.nodes.push(Node::Paragraph { numbering, line });
        }
        Ok(())
    }

    /// `## 标题`, or `##! 标题` without a number.
    fn heading(&mut self, at: usize, line: &str) -> Result<(), SchemeError> {
        let behind = line.trim_start_matches('#');
        let level = line.len() - behind.len();
        let (is_numbered, words) = match behind.strip_prefix('!') {
            Some(words) => (false, words),
            None => (true, behind),
        };
        if level > 4 || !words.starts_with(' ') {
            return Err(self.fault(at, "标题写作 # 到 #### 加一个空格；不编号的在 # 后加“!”"));
        }
        let words = words.trim_start();
        let line = self.words(at + line.len() - words.len(), words)?;
        let level = u8::try_from(level).unwrap_or(u8::MAX);
        self.nodes.push(Node::Heading { level, is_numbered, line });
        Ok(())
    }

    /// The form that is being laid out.
    fn layout(&mut self) -> Option<&mut TableForm> {
        self.open.iter_mut().find_map(|block| match &mut block.head {
            Head::Table(layout) => Some(layout),
            _ => None,
        })
    }

    /// `| 甲 | >2 乙`: a row of a form.
    fn row(&mut self, at: usize, cells: &str) -> Result<(), SchemeError> {
        if self.layout().is_none() {
            return Err(self.fault(at, "只有“@自评表”里能写以“|”开头的行"));
        }
        let inner = cells.strip_suffix('|').unwrap_or(cells);
        let cell = |text: &str| {
            let (marks, words) = marks(text).map_err(|why| self.fault(at, why))?;
            let Marks { is_head, columns, rows } = marks;
            Ok(TableCell { line: self.words(at, words.trim_end())?, is_head, columns, rows })
        };
        let cells = inner.split('|').map(cell).collect::<Result<_, SchemeError>>()?;
        self.nodes.push(Node::Row(cells));
        Ok(())
    }

    /// `@自评表 项目自评表 标题`
    fn open_layout(&mut self, at: usize, rest: &str) -> Result<(), SchemeError> {
        let shape = || self.fault(at, "应写作 @自评表 项目自评表 标题");
        let (record, title) = rest.split_once(' ').ok_or_else(shape)?;
        let id = self.names.form(record).map_err(|why| self.fault(at, why))?;
        let title = self.words(at, title.trim())?;
        let (captions, widths, body) = (Vec::new(), Vec::new(), Vec::new());
        self.open(at, Head::Table(TableForm { id, title, captions, widths, body }))
    }

    /// `@表注` and `@栏宽`: what stands below the title, and how wide the columns are.
    fn of_layout(&mut self, at: usize, word: &str, rest: &str) -> Result<(), SchemeError> {
        let line = if word == "表注" { self.words(at, rest)? } else { Line::new() };
        let widths = rest.split_whitespace().map(str::parse).collect::<Result<Vec<u16>, _>>();
        let why = match (self.layout(), widths) {
            (None, _) => "只能写在“@自评表”里",
            (Some(layout), _) if word == "表注" => {
                layout.captions.push(line);
                return Ok(());
            }
            (Some(layout), Ok(widths)) => {
                layout.widths = widths;
                return Ok(());
            }
            (Some(_), Err(_)) => "应写各栏的宽，中间用空格隔开",
        };
        Err(self.fault(at, why))
    }

    fn command(&mut self, at: usize, command: &'a str) -> Result<(), SchemeError> {
        let (word, rest) = command.split_once(' ').unwrap_or((command, ""));
        let rest_at = at + 1 + word.len() + 1;
        let rest = rest.trim();
        if self.frame().is_some() && !matches!(word, "每" | "若" | "否则" | "完") {
            return Err(self.stray(at));
        }
        match word {
            "标题" => {
                let line = self.words(rest_at, rest)?;
                self.nodes.push(Node::Title(line));
            }
            "副标题" => {
                let line = self.words(rest_at, rest)?;
                self.nodes.push(Node::Subtitle(line));
            }
            "短语" => {
                let shape = || self.fault(rest_at, "应写作 @短语 名称 文字");
                let (name, words) = rest.split_once(' ').ok_or_else(shape)?;
                self.phrases.insert(name, words);
            }
            "目录" => self.nodes.push(Node::Contents),
            "自评表" => self.open_layout(rest_at, rest)?,
            "表注" | "栏宽" => self.of_layout(rest_at, word, rest)?,
            "项目自评表" => self.nodes.push(Node::ProjectForm),
            "整体自评表" => self.nodes.push(Node::WholeForm),
            "表" if rest == "全部" => self.nodes.push(Node::Form(None)),
            "表" => {
                let form = self.names.form(rest).map_err(|why| self.fault(rest_at, why))?;
                self.nodes.push(Node::Form(Some(form)));
            }
            "每" => {
                let rows = Loop::read(rest, self.names);
                let rows = rows.map_err(|(byte, why)| self.fault(rest_at + byte, why))?;
                self.open(at, Head::Each(rows))?;
            }
            "若" => {
                let condition = self.condition(rest_at, rest)?;
                self.open(at, Head::When(condition))?;
            }
            "图" => {
                let frame = pictures::frame(rest, self.names);
                let frame = frame.map_err(|(byte, why)| self.fault(rest_at + byte, why))?;
                self.open(at, Head::Picture(frame))?;
            }
            "否则" => self.otherwise(at)?,
            "完" => self.close(at)?,
            _ => return Err(self.fault(at, format!("不认识“@{word}”"))),
        }
        Ok(())
    }

    fn open(&mut self, at: usize, head: Head) -> Result<(), SchemeError> {
        if self.open.len() >= MAX_DEPTH {
            return Err(self.fault(at, "“@每”“@若”“@图”套得太多"));
        }
        let before = std::mem::take(&mut self.nodes);
        self.open.push(Block { at, head, before, body: None });
        Ok(())
    }

    fn otherwise(&mut self, at: usize) -> Result<(), SchemeError> {
        let body = std::mem::take(&mut self.nodes);
        match self.open.last_mut() {
            Some(Block { head: Head::When(_), body: place @ None, .. }) => {
                *place = Some(body);
                Ok(())
            }
            _ => Err(self.fault(at, "“@否则”前面没有“@若”")),
        }
    }

    fn close(&mut self, at: usize) -> Result<(), SchemeError> {
        let Some(block) = self.open.pop() else {
            return Err(self.fault(at, "“@完”前面没有“@每”“@若”“@图”或“@自评表”"));
        };
        let last = std::mem::replace(&mut self.nodes, block.before);
        let node = match block.head {
            Head::Each(rows) => Node::Each { rows, body: last },
            Head::Picture(frame) => Node::Picture { frame, body: last },
            Head::Table(layout) => Node::Table(TableForm { body: last, ..layout }),
            Head::When(condition) => match block.body {
                Some(body) => Node::When { condition, body, otherwise: last },
                None => Node::When { condition, body: last, otherwise: Vec::new() },
            },
        };
        self.nodes.push(node);
        Ok(())
    }
}
