//! Characters become tokens, each with its byte offset for messages.

use rust_decimal::Decimal;

use crate::error::FormulaError;

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// Digits with an optional fraction. Codes such as `2150501` are numbers too.
    Number(&'a str),
    /// A name of letters, digits, `_` and Chinese characters.
    Name(&'a str),
    /// An operator or bracket.
    Sign(&'static str),
}

impl Token<'_> {
    /// As messages print it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Number(text) | Self::Name(text) => (*text).to_owned(),
            Self::Sign(text) => (*text).to_owned(),
        }
    }
}

/// What may be written, and what it means. Longer signs stand before their prefixes.
const SIGNS: [(&str, &str); 30] = [
    ("<=", "<="),
    (">=", ">="),
    ("!=", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("=", "="),
    ("＝", "="),
    ("<", "<"),
    (">", ">"),
    ("+", "+"),
    ("＋", "+"),
    ("-", "-"),
    ("－", "-"),
    ("−", "-"),
    ("*", "*"),
    ("×", "*"),
    ("/", "/"),
    ("÷", "/"),
    ("(", "("),
    ("（", "("),
    (")", ")"),
    ("）", ")"),
    ("[", "["),
    ("]", "]"),
    (".", "."),
    (",", ","),
    ("，", ","),
    ("@", "@"),
    ("%", "%"),
];

/// Splits `text`; offsets are bytes.
pub(super) fn lex(text: &str) -> Result<Vec<(usize, Token<'_>)>, FormulaError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        if first.is_whitespace() {
            at += first.len_utf8();
        } else if first.is_ascii_digit() {
            let length = number_length(rest);
            tokens.push((at, Token::Number(rest.get(..length).unwrap_or(rest))));
            at += length;
        } else if let Some((written, sign)) = SIGNS.iter().find(|(s, _)| rest.starts_with(s)) {
            tokens.push((at, Token::Sign(sign)));
            at += written.len();
            if *sign == "[" {
                at += row_name(text, at, &mut tokens);
            }
        } else if is_name(first) {
            let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            tokens.push((at, Token::Name(rest.get(..length).unwrap_or(rest))));
            at += length;
        } else {
            return Err(FormulaError::new(at, format!("不认识的符号“{first}”")));
        }
    }
    Ok(tokens)
}

/// The name of a row between brackets may hold any characters, as row labels of forms do.
fn row_name<'a>(text: &'a str, at: usize, tokens: &mut Vec<(usize, Token<'a>)>) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let Some(length) = rest.find(']') else { return 0 };
    let name = rest.get(..length).unwrap_or("").trim();
    if name.is_empty() || name.contains('[') {
        return 0;
    }
    let is_code = name.bytes().all(|b| b.is_ascii_digit());
    tokens.push((at, if is_code { Token::Number(name) } else { Token::Name(name) }));
    length
}

/// Reads a number token.
pub(super) fn number(text: &str, at: usize) -> Result<Decimal, FormulaError> {
    text.parse().map_err(|_| FormulaError::new(at, format!("数字“{text}”过长")))
}

fn is_name(c: char) -> bool {
    c == '_' || c == '“' || c == '”' || c == '、' || c.is_alphanumeric()
}

fn number_length(rest: &str) -> usize {
    let digits = |s: &str| s.find(|c: char| !c.is_ascii_digit()).unwrap_or(s.len());
    let whole = digits(rest);
    let fraction = rest.get(whole..).and_then(|r| r.strip_prefix('.')).map_or(0, digits);
    if fraction > 0 { whole + 1 + fraction } else { whole }
}
