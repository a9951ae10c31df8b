//! Templates as written become pieces to match.

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use juesuan_model::fold_char;

use super::Vocabulary;

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum Piece {
    /// Characters as they stand, folded.
    Literal(Box<str>),
    /// One of several continuations.
    Choice(Vec<Vec<Piece>>),
    /// A slot.
    Slot(Arc<str>, SlotKind),
    /// `…`: any words up to what follows, before a full stop or semicolon.
    Gap,
    /// `……`: any words up to what follows, over sentences of the same passage.
    Leap,
}

/// What a slot holds.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum SlotKind {
    /// 金额: a number and its unit 元, 万元 or 亿元.
    Amount,
    /// 比率: a number and a percent sign.
    Percent,
    /// 数: a count.
    Count,
    /// 文: words up to what follows; they stay within the sentence and hold no 。
    Text,
    /// A word of this list of the vocabulary.
    Word(usize),
    /// 行·表名: the label of a row of this form of the vocabulary.
    Row(usize),
}

/// A sentence with slots.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Template {
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// The longest words that every match holds, folded; empty when there are none.
    pub needed: Box<str>,
    /// The text as written.
    pub source: Arc<str>,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub(crate) fn parse(source: &str, words: &Vocabulary) -> Result<Self, String> {
        let characters: Vec<char> = source.chars().filter(|c| !c.is_whitespace()).collect();
        let mut reader = Reader { characters: &characters, position: 0, words };
        let pieces = reader.sequence(false)?;
        if reader.position < characters.len() {
            return Err(format!("模板中多出“{}”", reader.rest()));
        }
        if !matches!(pieces.first(), Some(Piece::Literal(_) | Piece::Choice(_))) {
            return Err("模板必须以固定文字开头".to_owned());
        }
        let needed = needed(&pieces);
        Ok(Self { pieces, needed, source: source.into() })
    }

    /// Whether a slot of this name occurs.
    #[must_use]
    pub fn has_slot(&self, name: &str) -> bool {
        self.kind_of(name).is_some()
    }

    /// The names of its slots.
    pub fn slots(&self) -> Vec<&Arc<str>> {
        let mut names = Vec::new();
        slots(&self.pieces, &mut names);
        names
    }

    /// What the slot of this name holds.
    #[must_use]
    pub fn kind_of(&self, name: &str) -> Option<&SlotKind> {
        kind_of(&self.pieces, name)
    }
}

fn needed(pieces: &[Piece]) -> Box<str> {
    let literals = pieces.iter().filter_map(|piece| match piece {
        Piece::Literal(words) => Some(words),
        _ => None,
    });
    literals.max_by_key(|words| words.len()).cloned().unwrap_or_default()
}

fn slots<'a>(pieces: &'a [Piece], names: &mut Vec<&'a Arc<str>>) {
    for piece in pieces {
        match piece {
            Piece::Slot(name, _) => names.push(name),
            Piece::Choice(branches) => branches.iter().for_each(|branch| slots(branch, names)),
            Piece::Literal(_) | Piece::Gap | Piece::Leap => {}
        }
    }
}

fn kind_of<'a>(pieces: &'a [Piece], name: &str) -> Option<&'a SlotKind> {
    pieces.iter().find_map(|piece| match piece {
        Piece::Slot(slot, kind) => (**slot == *name).then_some(kind),
        Piece::Choice(branches) => branches.iter().find_map(|branch| kind_of(branch, name)),
        Piece::Literal(_) | Piece::Gap | Piece::Leap => None,
    })
}

struct Reader<'a> {
    characters: &'a [char],
    position: usize,
    words: &'a Vocabulary,
}

impl Reader<'_> {
    fn sequence(&mut self, nested: bool) -> Result<Vec<Piece>, String> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        while let Some(&c) = self.characters.get(self.position) {
            if nested && matches!(c, '|' | ']') {
                break;
            }
            self.position += 1;
            let piece = match c {
                '{' => self.slot()?,
                '[' => self.choice()?,
                '…' if self.characters.get(self.position) == Some(&'…') => {
                    self.position += 1;
                    Piece::Leap
                }
                '…' => Piece::Gap,
                _ => {
                    literal.push(fold_char(c));
                    continue;
                }
            };
            flush(&mut literal, &mut pieces);
            pieces.push(piece);
        }
        flush(&mut literal, &mut pieces);
        Ok(pieces)
    }

    fn choice(&mut self) -> Result<Piece, String> {
        let mut branches = Vec::new();
        loop {
            branches.push(self.sequence(true)?);
            let closing = self.characters.get(self.position).copied();
            self.position += 1;
            match closing {
                Some('|') => {}
                Some(']') => return Ok(Piece::Choice(branches)),
                _ => return Err("“[”没有配对的“]”".to_owned()),
            }
        }
    }

    fn slot(&mut self) -> Result<Piece, String> {
        let rest = self.characters.get(self.position..).unwrap_or_default();
        let end = rest.iter().position(|c| *c == '}').ok_or("“{”没有配对的“}”")?;
        let inner: String = rest.iter().take(end).collect();
        self.position += end + 1;
        let (name, kind) =
            inner.split_once(':').ok_or_else(|| format!("槽“{inner}”应写作 {{名:种类}}"))?;
        let kind = match kind {
            "金额" => SlotKind::Amount,
            "比率" => SlotKind::Percent,
            "数" => SlotKind::Count,
            "文" => SlotKind::Text,
            kind => match kind.strip_prefix("行·") {
                Some(form) => SlotKind::Row(
                    self.words.form(form).ok_or_else(|| format!("没有“{form}”这张表"))?,
                ),
                None => SlotKind::Word(
                    self.words.list(kind).ok_or_else(|| format!("没有“{kind}”这个槽种类"))?,
                ),
            },
        };
        Ok(Piece::Slot(name.into(), kind))
    }

    fn rest(&self) -> String {
        self.characters.get(self.position..).unwrap_or_default().iter().collect()
    }
}

fn flush(literal: &mut String, pieces: &mut Vec<Piece>) {
    if !literal.is_empty() {
        pieces.push(Piece::Literal(std::mem::take(literal).into()));
    }
}
