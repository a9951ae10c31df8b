//! What `reconcile` says.

use std::fmt::Write as _;

use juesuan_compile::{Change, ChangeKind, Reconciled};
use juesuan_model::{Document, Lang};
use juesuan_scheme::Scheme;

use super::KINDS;
use super::origin::{Spot, address};
use super::take::ending;
use crate::explain::name_of;

pub(crate) struct Teller<'a> {
    pub(crate) scheme: &'a Scheme,
    pub(crate) lang: Lang,
    /// Whether words were to be taken over.
    pub(crate) takes: bool,
    /// For each change the cells of packages that it concerns.
    pub(crate) origins: &'a [Vec<Spot>],
}

/// Words that are shown around a change.
const AROUND: usize = 12;
/// Longer blocks are shown by their beginning.
const LONGEST: usize = 80;

impl Teller<'_> {
    fn say<'s>(&self, zh: &'s str, en: &'s str) -> &'s str {
        self.lang.pick(zh, en)
    }

    /// What must be known before the changes are believed.
    pub(crate) fn head(&self, document: &Document, has_no_list: bool) -> String {
        let mut out = String::new();
        for caveat in &document.caveats {
            let _ = writeln!(out, "{}{}", self.say("注意：", "note: "), caveat.message);
        }
        if has_no_list {
            out.push_str(self.say(
                "注意：文件里没有写出时的清单（不是由本程序写出，或另存时丢了），只按现在的数据比较：数据包后来的改动也会算作文件的改动\n",
                "note: the document does not list what was printed, so later changes of packages count as changes of the document\n",
            ));
        }
        out
    }

    /// All changes, kind by kind.
    pub(crate) fn changes(&self, reconciled: &Reconciled, taken: &[usize]) -> String {
        let mut out = String::new();
        for kind in KINDS {
            let all = reconciled.changes.iter().enumerate();
            let of_kind: Vec<_> = all.filter(|(_, change)| change.kind == kind).collect();
            if of_kind.is_empty() {
                continue;
            }
            let (label, rule) = self.label(kind);
            let _ = writeln!(out, "{label} {}{rule}", of_kind.len());
            let mut section = None;
            for (at, change) in of_kind {
                if section != Some(&change.section) {
                    let _ = writeln!(out, "  ▍{}", change.section);
                    section = Some(&change.section);
                }
                self.change(&mut out, change, at, taken.contains(&at));
            }
            out.push('\n');
        }
        out
    }

    fn label(&self, kind: ChangeKind) -> (&str, &str) {
        match kind {
            ChangeKind::Figure => (
                self.say("数字被改", "figures changed"),
                self.say("：不认，数字只在数据包里改", ": refused; change them in the packages"),
            ),
            ChangeKind::Mixed => (
                self.say("数字和文字一起被改", "figures and words changed together"),
                self.say("：分不清哪些是数字，不认", ": refused, since they cannot be told apart"),
            ),
            ChangeKind::Stated => (
                self.say("数据包的文字被改", "words of packages changed"),
                self.say("：--take 写回数据包", ": --take writes them back"),
            ),
            ChangeKind::Conflict => (
                self.say("文字在文件和数据包里都改了", "words changed here and in the package"),
                self.say("：请自己定，改在数据包里", ": decide, and change the package"),
            ),
            ChangeKind::Words => (
                self.say("文稿的文字被改", "words of the manuscript changed"),
                self.say("：不写回，要改就改方案的文稿", ": not taken over; change the manuscript"),
            ),
            ChangeKind::Moved => (self.say("移动", "moved"), ""),
            ChangeKind::Deleted => (self.say("删去", "deleted"), ""),
            ChangeKind::Added => (self.say("添加", "added"), ""),
            ChangeKind::Outdated => (
                self.say("写出以后数据包改了", "packages changed since"),
                self.say("：文件没有动过，请重新写出", ": untouched here; publish again"),
            ),
        }
    }

    fn change(&self, out: &mut String, change: &Change, at: usize, is_taken: bool) {
        let Change { printed, found, today, .. } = change;
        match change.kind {
            ChangeKind::Moved | ChangeKind::Deleted => {
                let _ = writeln!(out, "    {}", short(printed));
                return;
            }
            ChangeKind::Added => {
                let _ = writeln!(out, "    {}", short(found));
                return;
            }
            _ => {}
        }
        if !change.subject.is_empty() {
            let _ = writeln!(out, "    {}", self.name(&change.subject));
        }
        if change.kind == ChangeKind::Figure {
            let (was, is) = (self.say("印作", "printed"), self.say("文件里是", "here"));
            let now = self.say("现在应为", "today");
            let _ =
                writeln!(out, "      {was} {printed}　{is} {}　{now} {today}", self.or_none(found));
            return;
        }
        let (before, after) = match change.kind {
            ChangeKind::Outdated => (found, today),
            _ => (today, found),
        };
        let (before, after) = around(before, after);
        let _ = writeln!(out, "      - {}", self.or_none(&before));
        let _ = writeln!(out, "      + {}", self.or_none(&after));
        self.places(out, change, at, is_taken);
    }

    /// Where the words stand in the packages, and what became of them.
    fn places(&self, out: &mut String, change: &Change, at: usize, is_taken: bool) {
        for spot in self.origins.get(at).into_iter().flatten() {
            let what = match (is_taken, ending(&spot.file)) {
                (true, _) => self.say("已写回 ", "taken over into "),
                (false, Some(_)) if self.takes && change.kind == ChangeKind::Stated => self.say(
                    "没有写回（删空了、几处改得不一样，或文件不是 UTF-8），请自己改 ",
                    "not taken over (deleted, changed in two ways, or no UTF-8): ",
                ),
                (false, Some(_)) => "",
                (false, None) => self.say("工作簿不能就地改，请自己填到 ", "enter it yourself: "),
            };
            let _ = writeln!(out, "      {what}{}", spot.shown());
        }
    }

    fn or_none<'s>(&'s self, text: &'s str) -> &'s str {
        if text.is_empty() { self.say("（空）", "(nothing)") } else { text }
    }

    /// The cell, or the cells, that a subject names.
    fn name(&self, subject: &str) -> String {
        let cells: Option<Vec<String>> = subject
            .split(' ')
            .map(|cell| address(cell).map(|cell| name_of(self.scheme, &cell)))
            .collect();
        cells.map_or_else(|| subject.to_owned(), |names| names.join(self.say("、", ", ")))
    }

    pub(crate) fn summary(&self, reconciled: &Reconciled, taken: &[usize]) -> String {
        let count = |kind| reconciled.changes.iter().filter(|change| change.kind == kind).count();
        let figures = reconciled.figures;
        let mut out = match self.lang {
            Lang::Zh => format!("小结  数字 {figures} 个没有动"),
            Lang::En => format!("summary: {figures} figures as they were"),
        };
        let comma = self.say("，", ", ");
        for kind in KINDS {
            let of_kind = count(kind);
            if of_kind > 0 {
                let _ = write!(out, "{comma}{} {of_kind}", self.label(kind).0);
            }
        }
        if !taken.is_empty() {
            let _ = write!(out, "{comma}{} {}", self.say("已写回", "taken over"), taken.len());
        }
        if reconciled.changes.is_empty() {
            out.push_str(self.say("，没有改动", ", no changes"));
        }
        out.push('\n');
        out
    }
}

fn short(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().nth(LONGEST).is_none() {
        return line;
    }
    line.chars().take(LONGEST).chain(['…']).collect()
}

/// Two texts without most of what they have in common at their ends.
fn around(before: &str, after: &str) -> (String, String) {
    let (old, new): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let shared = old.len().min(new.len());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let ends = old.iter().rev().zip(new.iter().rev()).take(shared - start);
    let end = ends.take_while(|(a, b)| a == b).count();
    let (from, tail) = (start.saturating_sub(AROUND), end.saturating_sub(AROUND));
    let cut = |all: &[char]| -> String {
        let kept = all.get(from..all.len().saturating_sub(tail)).unwrap_or_default();
        let (left, right) = (if from > 0 { "…" } else { "" }, if tail > 0 { "…" } else { "" });
        let kept: String = kept.iter().map(|c| if c.is_control() { ' ' } else { *c }).collect();
        format!("{left}{kept}{right}")
    };
    (cut(&old), cut(&new))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_neighbourhood_of_a_change_is_shown() {
        let long = "一二三四五六七八九十".repeat(3);
        let (before, after) = around(&format!("{long}旧{long}"), &format!("{long}新{long}"));
        assert_eq!(before, "…九十一二三四五六七八九十旧一二三四五六七八九十一二…");
        assert_eq!(after, before.replace('旧', "新"));
        assert_eq!(around("甲", ""), ("甲".to_owned(), String::new()));
    }
}
