//! One alteration: the document is checked again, and what is new is held against what was found
//! before.

use juesuan_model::{Evidence, Finding, Place, Severity};
use rustc_hash::FxHashMap;

use super::alter::first_number;

/// How an alteration was answered, the best answer last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// Nothing new was found.
    Missed,
    /// Something new was found that does not speak of the altered figure.
    Elsewhere,
    /// A note speaks of it.
    Noted,
    /// An error or a doubt speaks of it among others, or a finding that was there says now other
    /// values.
    Found,
    /// An error or a doubt shows it as the place to look at.
    Shown,
    /// The same, with the value that stood there before as the one expected.
    Restored,
}

impl Answer {
    /// Whether it counts as caught: a note that many documents carry is easily passed over.
    #[must_use]
    pub fn is_caught(self) -> bool {
        self >= Self::Found
    }
}

/// A finding that an alteration of another figure brought about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// The code of the finding.
    pub code: String,
    /// What it says.
    pub message: String,
}

/// What came of an alteration.
#[derive(Clone, Debug)]
pub struct Trial {
    /// How it was answered.
    pub answer: Answer,
    /// New errors and doubts that do not speak of the altered figure.
    pub strangers: Vec<Stranger>,
}

/// The altered figure.
pub struct Altered<'a> {
    /// Where it stands.
    pub place: Place,
    /// What stood there.
    pub before: &'a str,
    /// The subjects of the facts that are read from it.
    pub subjects: &'a [String],
}

/// What was found before anything was altered.
pub struct Baseline {
    /// The details of each finding, by code and subject.
    findings: FxHashMap<(String, String), Vec<Detail>>,
    /// What follows from findings.
    consequences: FxHashMap<String, usize>,
}

/// What a finding says beside its code and subject.
#[derive(PartialEq, Eq)]
struct Detail {
    severity: Severity,
    stated: String,
    expected: String,
    consequences: Vec<String>,
}

impl Detail {
    fn of(finding: &Finding) -> Self {
        let mut consequences = finding.consequences.clone();
        consequences.sort_unstable();
        Self {
            severity: finding.severity,
            stated: finding.stated.clone(),
            expected: finding.expected.clone(),
            consequences,
        }
    }
}

/// `form[row]` of `form[row].column`.
fn row(subject: &str) -> &str {
    subject.rsplit_once("].").map_or(subject, |(row, _)| row)
}

fn key(finding: &Finding) -> (String, String) {
    (finding.code.clone(), finding.subject.clone())
}

impl Baseline {
    /// Keeps what was found.
    #[must_use]
    pub fn new(findings: &[Finding]) -> Self {
        let mut baseline =
            Self { findings: FxHashMap::default(), consequences: FxHashMap::default() };
        for finding in findings {
            baseline.findings.entry(key(finding)).or_default().push(Detail::of(finding));
            for consequence in &finding.consequences {
                *baseline.consequences.entry(consequence.clone()).or_default() += 1;
            }
        }
        baseline
    }

    /// Whether a finding was there before: with the same details, with others, or not at all.
    fn knows(&self, finding: &Finding) -> Known {
        match self.findings.get(&key(finding)) {
            Some(details) if details.contains(&Detail::of(finding)) => Known::Same,
            Some(_) => Known::Changed,
            None => {
                let consequence = format!("{} {}", finding.code, finding.subject);
                if self.consequences.contains_key(&consequence) {
                    Known::Changed
                } else {
                    Known::New
                }
            }
        }
    }

    /// What an alteration brought about.
    #[must_use]
    pub fn judge(&self, findings: &[Finding], altered: &Altered<'_>) -> Trial {
        let mut trial = Trial { answer: Answer::Missed, strangers: Vec::new() };
        for finding in findings {
            let answer = match self.knows(finding) {
                Known::Same => continue,
                _ if altered.is_spoken_of(finding) => altered.answer(finding),
                Known::Changed => Answer::Found,
                Known::New => {
                    if finding.severity < Severity::Note {
                        let (code, message) = (finding.code.clone(), finding.message.clone());
                        trial.strangers.push(Stranger { code, message });
                    }
                    Answer::Elsewhere
                }
            };
            trial.answer = trial.answer.max(answer);
        }
        trial
    }
}

enum Known {
    Same,
    Changed,
    New,
}

impl Altered<'_> {
    fn is_at(&self, evidence: &Evidence) -> bool {
        let end = evidence.column.saturating_add(evidence.width.max(1));
        evidence.line == self.place.line && (evidence.column..end).contains(&self.place.column)
    }

    /// Whether a finding shows the figure, or is about the row it stands in.
    fn is_spoken_of(&self, finding: &Finding) -> bool {
        let own: Vec<&str> = self.subjects.iter().map(|subject| row(subject)).collect();
        let speaks = |text: &str| own.contains(&row(text.rsplit(' ').next().unwrap_or(text)));
        finding.evidence.iter().any(|evidence| self.is_at(evidence))
            || speaks(&finding.subject)
            || finding.cause.as_deref().is_some_and(speaks)
            || finding.consequences.iter().any(|consequence| speaks(consequence))
    }

    fn answer(&self, finding: &Finding) -> Answer {
        let is_first = finding.evidence.first().is_some_and(|first| self.is_at(first));
        match finding.severity {
            Severity::Note => Answer::Noted,
            _ if !is_first => Answer::Found,
            _ if self.is_restored(&finding.expected) => Answer::Restored,
            _ => Answer::Shown,
        }
    }

    /// Whether the expected value is the one that stood there.
    fn is_restored(&self, expected: &str) -> bool {
        let bare = |text: &str| {
            let digits = first_number(text).and_then(|(start, end)| text.get(start..end));
            let plain: String = digits?.chars().filter(|c| *c != ',').collect();
            let trimmed = match plain.split_once('.') {
                Some(_) => plain.trim_end_matches('0').trim_end_matches('.'),
                None => &plain,
            };
            Some(trimmed.to_owned())
        };
        let expected = bare(expected);
        expected.is_some() && expected == bare(self.before)
    }
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use super::*;

    fn finding(code: &str, subject: &str, column: u32, expected: &str) -> Finding {
        let evidence = Evidence { line: 7, column, width: 5, ..Evidence::default() };
        Finding {
            code: code.to_owned(),
            severity: Severity::Error,
            title: String::new(),
            message: "不符".to_owned(),
            subject: subject.to_owned(),
            stated: String::new(),
            expected: expected.to_owned(),
            difference: String::new(),
            evidence: vec![evidence],
            basis: String::new(),
            hint: String::new(),
            cause: None,
            consequences: Vec::new(),
            waived: None,
        }
    }

    fn judge(before: &[Finding], after: &[Finding]) -> Trial {
        let subjects = ["income[205].total".to_owned()];
        let place = Place::new(7, 12).wide(6);
        let altered = Altered { place, before: "1,234.50", subjects: &subjects };
        Baseline::new(before).judge(after, &altered)
    }

    #[test]
    fn the_best_answer_counts() {
        let there = finding("TAB008", "income[total].total", 10, "1,234.50");
        assert_eq!(judge(&[], &[]).answer, Answer::Missed);
        assert_eq!(judge(&[], from_ref(&there)).answer, Answer::Restored);
        assert_eq!(judge(from_ref(&there), from_ref(&there)).answer, Answer::Missed);
        let other = finding("TAB008", "income[total].total", 10, "9.00");
        assert_eq!(judge(&[], from_ref(&other)).answer, Answer::Shown);
        let note = Finding { severity: Severity::Note, ..other };
        assert_eq!(judge(&[], &[note]).answer, Answer::Noted);
    }

    #[test]
    fn a_finding_about_the_same_row_speaks_of_the_figure() {
        let row = finding("TAB007", "income[205].fiscal", 40, "");
        let trial = judge(&[], &[row]);
        assert_eq!((trial.answer, trial.strangers.len()), (Answer::Found, 0));
    }

    #[test]
    fn what_speaks_of_something_else_is_a_stranger() {
        let elsewhere = finding("DOC009", "passage[一].number", 40, "");
        let trial = judge(&[], from_ref(&elsewhere));
        assert_eq!((trial.answer, trial.strangers.len()), (Answer::Elsewhere, 1));
        let changed = Finding { expected: "3".to_owned(), ..elsewhere.clone() };
        let trial = judge(&[elsewhere], &[changed]);
        assert_eq!((trial.answer, trial.strangers.len()), (Answer::Found, 0));
    }
}
