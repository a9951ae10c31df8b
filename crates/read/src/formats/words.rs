//! Characters as they are seen: white space collapsed, lines of the source joined.

/// Words in the making.
#[derive(Debug, Default)]
pub(super) struct Words {
    text: String,
    gap: Gap,
}

/// What stands between the last character and the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    /// Between elements or lines: nothing to be seen between two Chinese characters.
    Soft,
    /// A blank that is seen.
    Blank,
}

impl Words {
    /// Adds what a text node holds.
    pub(super) fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' | '\r' => self.widen(Gap::Soft),
                ' ' | '\t' | '\x0c' => self.widen(Gap::Blank),
                '\u{200b}' | '\u{feff}' | '\u{ad}' => {}
                // Programs leave marks of their own, which nobody sees.
                c if c.is_control() => {}
                c => self.add(if c == '\u{a0}' { ' ' } else { c }),
            }
        }
    }

    /// Parts what came from what follows.
    pub(super) fn part(&mut self) {
        self.widen(Gap::Soft);
    }

    fn widen(&mut self, gap: Gap) {
        // Blanks that indent the next line of the source belong to its line end.
        if self.gap == Gap::None {
            self.gap = gap;
        } else if gap == Gap::Soft {
            self.gap = Gap::Soft;
        }
    }

    fn add(&mut self, c: char) {
        let last = self.text.chars().next_back();
        let is_seen = match self.gap {
            Gap::None => false,
            Gap::Blank => true,
            Gap::Soft => !(is_wide(c) && last.is_some_and(is_wide)),
        };
        if is_seen && last.is_some_and(|last| !last.is_whitespace()) && !c.is_whitespace() {
            self.text.push(' ');
        }
        self.gap = Gap::None;
        self.text.push(c);
    }

    /// The words, unless there are none; the line is empty then.
    pub(super) fn take(&mut self) -> Option<String> {
        self.gap = Gap::None;
        let text = std::mem::take(&mut self.text);
        let words = text.trim();
        (!words.is_empty()).then(|| words.to_owned())
    }
}

/// Chinese characters and their punctuation, which stand without blanks.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}' | '“' | '”' | '‘' | '’' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(parts: &[&str]) -> String {
        let mut line = Words::default();
        for part in parts {
            line.push(part);
            line.part();
        }
        line.take().unwrap_or_default()
    }

    #[test]
    fn lines_of_the_source_leave_no_blank_between_characters() {
        assert_eq!(shown(&["  2024年\n   度部门  决算"]), "2024年度部门 决算");
        assert_eq!(shown(&["total\n  amount"]), "total amount");
        assert_eq!(shown(&["项目", "支出"]), "项目支出");
        assert_eq!(shown(&["1.00", "2.00"]), "1.00 2.00");
        assert_eq!(shown(&["部门：某局\u{a0}\u{a0}单位：万元"]), "部门：某局  单位：万元");
        assert_eq!(shown(&["概况\t\n1", "\u{4}0.00\u{5}"]), "概况 1 0.00");
        assert_eq!(shown(&[" \u{a0}\u{200b} "]), "");
    }
}
