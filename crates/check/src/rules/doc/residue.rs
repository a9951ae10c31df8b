//! DOC010: placeholders or residue of a template are left.

use std::ops::Range;

use juesuan_model::Severity;

use crate::hits::List;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "DOC010",
    title: "残留占位符或模板提示",
    english: "Placeholders or residue of a template are left",
    severity: Severity::Error,
    checks: "公开文本中不应留有“XX部门”“×万元”“（如有）”“100字以内”等占位符和填写提示，也不应有“年度培训人数。”这样没有填数的空槽；“增加（减少）5.00万元”应当选定一个词。",
    why: "模板没有填完就公开了。",
    bad: "第一部分 概况\n\n一、主要职责\n\nXX部门负责制订规划。",
    good: "第一部分 概况\n\n一、主要职责\n\n本部门负责制订规划。",
    basis: "公开文本应当完整",
    false_alarms: "",
    covers: &["A11", "E78", "E82"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let words = context.scheme.settings.words("占位符");
    let slots = context.scheme.settings.words("空槽");
    let choices = context.scheme.settings.words("两可的词");
    let hits = context.hits();
    for (index, text) in context.texts().iter().enumerate() {
        let found = hits.of(index, List::Placeholders);
        let found: Vec<(&str, Range<usize>)> = found
            .filter_map(|(word, at)| Some((&**words.get(word)?, at)))
            .map(|(word, at)| (word, at..at + word.len()))
            .collect();
        // Of words that overlap the longest is told.
        let is_part = |own: &Range<usize>| {
            found.iter().any(|(_, other)| {
                other.len() > own.len() && other.start < own.end && own.start < other.end
            })
        };
        let mut clean = true;
        for (word, _) in found.iter().filter(|(_, place)| !is_part(place)) {
            clean = false;
            let message = format!("残留“{word}”");
            out.fail(
                Failure::new(text.subject("placeholder"), message)
                    .values(*word, "")
                    .at(text.spot(word)),
            );
        }
        // A slot for a number, closed by a full stop.
        for slot in hits.of(index, List::Slots).filter_map(|(slot, _)| slots.get(slot)) {
            let empty = [format!("{slot}。"), format!("{slot},"), format!("{slot};")];
            let found = empty.iter().find(|empty| text.folded.contains(&***empty));
            if let Some(found) = found {
                clean = false;
                let message = format!("“{slot}”后面没有填数");
                out.fail(
                    Failure::new(text.subject("slot"), message)
                        .values(found.as_str(), "")
                        .at(text.spot(found)),
                );
            }
        }
        // Of two words of a template the right one was to be kept.
        for both in hits.of(index, List::Choices).filter_map(|(both, _)| choices.get(both)) {
            let is_filled = |at: &usize| {
                let rest = text.folded.get(at + both.len()..);
                both.ends_with('于')
                    || rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            };
            let places = text.folded.match_indices(&**both).map(|(at, _)| at);
            if let Some(at) = places.into_iter().find(is_filled) {
                clean = false;
                let message = format!("“{both}”没有从两个词里选定一个");
                let failure = Failure::new(text.subject("choice"), message).values(&**both, "");
                out.fail(failure.at(text.spot_at(at, at + both.len())));
            }
        }
        if clean {
            out.pass(&[]);
        }
    }
}
