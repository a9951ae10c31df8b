//! Tokens become formulas: precedence climbing over a closed grammar.

use std::sync::Arc;

use super::lexer::{Token, lex, number};
use super::{CellRef, ColumnRef, Comparator, Expression, Formula, Function, Operation, RowRef};
use crate::error::FormulaError;

/// How deep brackets may nest; schemes can come from outside.
const MAX_DEPTH: u32 = 64;

/// Parses a formula.
///
/// # Errors
/// Says what is wrong and at which byte of `text`.
pub fn parse(text: &str) -> Result<Formula, FormulaError> {
    let mut parser = Parser { tokens: lex(text)?, position: 0, end: text.len(), depth: 0 };
    let formula = parser.disjunction()?;
    parser.finish()?;
    Ok(formula)
}

/// Parses an expression by itself.
///
/// # Errors
/// Says what is wrong and at which byte of `text`.
pub fn parse_expression(text: &str) -> Result<Expression, FormulaError> {
    let mut parser = Parser { tokens: lex(text)?, position: 0, end: text.len(), depth: 0 };
    let expression = parser.sum()?;
    parser.finish()?;
    Ok(expression)
}

struct Parser<'a> {
    tokens: Vec<(usize, Token<'a>)>,
    position: usize,
    end: usize,
    depth: u32,
}

impl<'a> Parser<'a> {
    fn disjunction(&mut self) -> Result<Formula, FormulaError> {
        let mut left = self.conjunction()?;
        while self.word(&["或", "or"]) {
            left = Formula::Or(Box::new(left), Box::new(self.conjunction()?));
        }
        Ok(left)
    }

    fn conjunction(&mut self) -> Result<Formula, FormulaError> {
        let mut left = self.comparison()?;
        while self.word(&["且", "and"]) {
            left = Formula::And(Box::new(left), Box::new(self.comparison()?));
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Result<Formula, FormulaError> {
        if self.word(&["非", "not"]) {
            return Ok(Formula::Not(Box::new(self.nested(Self::comparison)?)));
        }
        let left = self.sum()?;
        if matches!(left, Expression::Call(Function::Exists, _)) {
            let none = Expression::Number(rust_decimal::Decimal::ZERO);
            return Ok(Formula::Compare(left, Comparator::NotEqual, none));
        }
        let comparator = match self.next() {
            Some(Token::Sign("=")) => Comparator::Equal,
            Some(Token::Sign("!=")) => Comparator::NotEqual,
            Some(Token::Sign("<=")) => Comparator::AtMost,
            Some(Token::Sign(">=")) => Comparator::AtLeast,
            Some(Token::Sign("<")) => Comparator::Less,
            Some(Token::Sign(">")) => Comparator::More,
            other => return Err(self.unexpected(other, "比较符号（= ≠ ≤ ≥ < >）")),
        };
        Ok(Formula::Compare(left, comparator, self.sum()?))
    }

    fn sum(&mut self) -> Result<Expression, FormulaError> {
        let mut left = self.product()?;
        loop {
            let operation = match self.peek() {
                Some(Token::Sign("+")) => Operation::Add,
                Some(Token::Sign("-")) => Operation::Subtract,
                _ => return Ok(left),
            };
            self.position += 1;
            left = Expression::Binary(operation, Box::new(left), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Result<Expression, FormulaError> {
        let mut left = self.unary()?;
        loop {
            let operation = match self.peek() {
                Some(Token::Sign("*")) => Operation::Multiply,
                Some(Token::Sign("/")) => Operation::Divide,
                _ => return Ok(left),
            };
            self.position += 1;
            left = Expression::Binary(operation, Box::new(left), Box::new(self.unary()?));
        }
    }

    fn unary(&mut self) -> Result<Expression, FormulaError> {
        if self.sign("-") {
            return Ok(Expression::Negate(Box::new(self.nested(Self::unary)?)));
        }
        self.primary()
    }

    fn primary(&mut self) -> Result<Expression, FormulaError> {
        let at = self.offset();
        match self.next() {
            Some(Token::Number(text)) => {
                let value = number(text, at)?;
                let hundredth = if self.sign("%") { 2 } else { 0 };
                let mut value = value;
                value
                    .set_scale(value.scale() + hundredth)
                    .map_err(|_| FormulaError::new(at, "数字过长"))?;
                Ok(Expression::Number(value))
            }
            Some(Token::Sign("(")) => {
                let inner = self.nested(Self::sum)?;
                self.expect(")")?;
                Ok(inner)
            }
            Some(Token::Sign("@")) => Ok(Expression::Slot(self.name("变量名")?.into())),
            Some(Token::Name(name)) if matches!(self.peek(), Some(Token::Sign("("))) => {
                let function = Function::named(name)
                    .ok_or_else(|| FormulaError::new(at, format!("没有“{name}”这个函数")))?;
                self.position += 1;
                self.arguments(function)
            }
            Some(Token::Name(name)) => self.cell(name),
            other => Err(self.unexpected(other, "数字、单元格或函数")),
        }
    }

    fn arguments(&mut self, function: Function) -> Result<Expression, FormulaError> {
        let at = self.offset();
        let mut arguments = vec![self.nested(Self::sum)?];
        while self.sign(",") {
            arguments.push(self.nested(Self::sum)?);
        }
        self.expect(")")?;
        let wanted = match function {
            Function::Min | Function::Max | Function::Round | Function::Percent => 2,
            _ => 1,
        };
        if arguments.len() != wanted {
            return Err(FormulaError::new(at, format!("这个函数需要 {wanted} 个参数")));
        }
        Ok(Expression::Call(function, arguments))
    }

    /// `form[row].column`, or `form.column` for a record of one row named `all`.
    fn cell(&mut self, form: &str) -> Result<Expression, FormulaError> {
        let row = if self.sign("[") {
            let row = match self.next() {
                Some(Token::Number(code)) => RowRef::Id(code.into()),
                Some(Token::Name(name)) => match name {
                    "each" | "每行" => RowRef::Each,
                    "children" | "下级" => RowRef::Children,
                    "classes" | "各类" => RowRef::Classes,
                    "items" | "各项" => RowRef::Items,
                    "all" | "全部" => RowRef::All,
                    id => RowRef::Id(id.into()),
                },
                other => return Err(self.unexpected(other, "行名、行代码或“每行”")),
            };
            self.expect("]")?;
            row
        } else {
            RowRef::Id(Arc::from(super::ONLY_ROW))
        };
        self.expect(".")?;
        let column = match self.name("列名")? {
            "each" | "每列" => ColumnRef::Each,
            id => ColumnRef::Id(id.into()),
        };
        Ok(Expression::Cell(CellRef { form: form.into(), row, column }))
    }

    fn nested<T>(
        &mut self,
        parse: fn(&mut Self) -> Result<T, FormulaError>,
    ) -> Result<T, FormulaError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(FormulaError::new(self.offset(), "括号嵌套过深"));
        }
        let result = parse(self);
        self.depth -= 1;
        result
    }

    fn peek(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.position).map(|(_, token)| token)
    }

    fn next(&mut self) -> Option<Token<'a>> {
        let token = self.peek().cloned();
        self.position += usize::from(token.is_some());
        token
    }

    fn offset(&self) -> usize {
        self.tokens.get(self.position).map_or(self.end, |(at, _)| *at)
    }

    fn sign(&mut self, wanted: &'static str) -> bool {
        let found = self.peek() == Some(&Token::Sign(wanted));
        self.position += usize::from(found);
        found
    }

    fn word(&mut self, wanted: &[&str]) -> bool {
        let found = matches!(self.peek(), Some(Token::Name(name)) if wanted.contains(name));
        self.position += usize::from(found);
        found
    }

    fn name(&mut self, what: &str) -> Result<&'a str, FormulaError> {
        match self.next() {
            Some(Token::Name(name)) => Ok(name),
            other => Err(self.unexpected(other, what)),
        }
    }

    fn expect(&mut self, sign: &'static str) -> Result<(), FormulaError> {
        let at = self.offset();
        if self.sign(sign) {
            return Ok(());
        }
        let found = self.peek().map_or_else(|| "公式结尾".to_owned(), Token::shown);
        Err(FormulaError::new(at, format!("这里应为“{sign}”，却是“{found}”")))
    }

    fn unexpected(&self, found: Option<Token<'a>>, wanted: &str) -> FormulaError {
        let back = usize::from(found.is_some());
        let index = self.position.saturating_sub(back);
        let at = self.tokens.get(index).map_or(self.end, |(at, _)| *at);
        let found = found.map_or_else(|| "公式结尾".to_owned(), |token| token.shown());
        FormulaError::new(at, format!("这里应为{wanted}，却是“{found}”"))
    }

    fn finish(&mut self) -> Result<(), FormulaError> {
        match self.next() {
            None => Ok(()),
            found => Err(self.unexpected(found, "公式结尾")),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn chinese_and_english_mean_the_same() {
        let chinese = parse("支出决算表[每行].合计 = 求和（支出决算表[下级].合计）").unwrap();
        let english = parse("支出决算表[each].合计 = sum(支出决算表[children].合计)").unwrap();
        assert_eq!(chinese, english);
    }

    #[test]
    fn precedence_is_that_of_school() {
        let formula = parse("1 + 2 * 3 = 7 且 非 8 - 1 = 6").unwrap();
        assert_eq!(formula, parse("(1 + (2 * 3)) = 7 and not (8 - 1) = 6").unwrap());
        assert_ne!(parse("8 - 3 - 2 = 3").unwrap(), parse("8 - (3 - 2) = 3").unwrap());
    }

    #[test]
    fn faults_say_what_is_wanted_and_where() {
        for (text, at, message) in [
            ("a[b].c", 6, "这里应为比较符号（= ≠ ≤ ≥ < >），却是“公式结尾”"),
            ("a[b.c = 1", 3, "这里应为“]”，却是“.”"),
            ("a[b].c = 猜(1)", 9, "没有“猜”这个函数"),
            ("1 = round(2)", 10, "这个函数需要 2 个参数"),
            ("1 = $", 4, "不认识的符号“$”"),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!((error.at, error.message.as_str()), (at, message), "{text}");
        }
    }

    #[test]
    fn a_percentage_is_a_hundredth() {
        assert_eq!(parse("30% = 0.30").unwrap(), parse("0.30 = 0.30").unwrap());
    }

    proptest! {
        #[test]
        fn any_text_is_parsed_or_refused(text in "\\PC{0,80}") {
            let _ = parse(&text);
        }

        #[test]
        fn deep_nesting_is_refused_not_crashed(depth in 0_usize..5000) {
            let text = "(".repeat(depth) + "1";
            let _ = parse(&text);
        }
    }
}
