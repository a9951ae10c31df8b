//! TXT134: as many units as the text counts must be named behind the count.

use juesuan_model::{Passage, Severity};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::words::{Spoken, is_han, number_at, spans};
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "TXT134",
    title: "列举的单位与写明的个数不符",
    english: "The units named are not as many as the text says",
    severity: Severity::Warning,
    checks: "“内设机构6个，包括：办公室、……”“预算单位共5个，包括：”一类写明个数又逐一列出的，列出的应当一样多；带“等”字的、另有分项个数的不判断。",
    why: "机构增减后改了名单忘了个数，或改了个数忘了名单。",
    bad: "第一部分 概况\n\n一、机构设置\n\n内设机构5个，包括：办公室、财务科、人事科、监察科。",
    good: "第一部分 概况\n\n一、机构设置\n\n内设机构4个，包括：办公室、财务科、人事科、监察科。",
    basis: "文字前后一致",
    false_alarms: "名称里本身带顿号的单位会被当作两个。",
    covers: &["A05"],
    check,
};

/// What lists begin with.
const LEADS: [&str; 7] = ["具体包括", "分别包括", "包括", "分别是", "分别为", "具体是", "具体为"];
/// Between a count and its list stand at most so many characters: “二级预算单位，”.
const NEAR: usize = 14;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let passages = &context.accounts.passages;
    for (index, passage) in passages.iter().enumerate() {
        let text = passage.folded.as_str();
        for (count, list) in counted(context, text) {
            let listed = if list.is_empty() {
                passages.get(index + 1..).and_then(numbered)
            } else {
                names(list)
            };
            let Some((least, most)) = listed else {
                out.not_applicable();
                continue;
            };
            if count.value.to_usize().is_some_and(|count| (least..=most).contains(&count)) {
                out.pass(&[]);
                continue;
            }
            let message = format!("写明 {} 个，列出了 {least} 个", count.value);
            let failure = Failure::new(format!("passage[{}].count", passage.block), message)
                .values(count.value.to_string(), least.to_string());
            out.fail(failure.at(Spot::in_passage(passage, count.start, count.end)));
        }
    }
}

/// The counts of units in a text, each the only one of its sentence, with the list behind it.
fn counted<'t>(context: &Context<'_>, text: &'t str) -> Vec<(Spoken, &'t str)> {
    let counts = spans(text).filter(|(_, end)| counts_units(text, *end));
    let counts = counts.filter_map(|span| number_at(text, span));
    let counts: Vec<Spoken> = counts.filter(is_count).collect();
    let of_units = context.scheme.settings.words("逐一列举的单位");
    let sentence = |n: &Spoken| text.get(..n.start).and_then(|before| before.rfind(['。', ';']));
    let alone = |n: &Spoken| counts.iter().filter(|o| sentence(o) == sentence(n)).count() == 1;
    let list = |n: &Spoken| {
        let (between, list) = lead(text.get(n.end..)?)?;
        let clause = text.get(..n.start)?.rsplit(['。', ';', ',', ':']).next()?;
        let told =
            of_units.iter().any(|word| clause.contains(&**word) || between.contains(&**word));
        told.then_some((*n, list))
    };
    counts.iter().filter(|n| alone(n)).filter_map(list).collect()
}

fn counts_units(text: &str, end: usize) -> bool {
    text.get(end..).is_some_and(|after| after.starts_with(['个', '家']))
}

fn is_count(number: &Spoken) -> bool {
    number.value > Decimal::ONE && number.value.is_integer()
}

/// What stands between a count and its list, and the list up to the end of the sentence.
fn lead(after: &str) -> Option<(&str, &str)> {
    let end = after.char_indices().nth(NEAR).map_or(after.len(), |(at, _)| at);
    let near = after.get(..end)?;
    let first = LEADS.iter().filter_map(|word| near.find(word)).chain(near.find(':')).min()?;
    let (between, mut list) = after.split_at_checked(first)?;
    between.chars().all(|c| is_han(c) || c == ',').then_some(())?;
    list = LEADS.iter().find_map(|word| list.strip_prefix(word)).unwrap_or(list);
    list = list.strip_prefix(':').unwrap_or(list);
    Some((between, list.split(['。', ';']).next()?))
}

/// How many names a list has, at least and at most: 和 joins two, or is part of one.
fn names(list: &str) -> Option<(usize, usize)> {
    let bare = without_brackets(list);
    let decided = !bare.contains([',', ':', '等']) && !bare.contains(|c: char| c.is_ascii_digit());
    let parts: Vec<&str> = bare.split('、').collect();
    let last = parts.last()?;
    let joined = ['和', '及', '与'].iter().map(|word| last.matches(*word).count()).sum::<usize>();
    let whole = parts.iter().all(|part| part.chars().count() > 1);
    (decided && whole && parts.len() > 1).then_some((parts.len(), parts.len() + joined))
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let outside = |c: &char| match c {
        '(' => {
            depth += 1;
            false
        }
        ')' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    };
    text.chars().filter(outside).collect()
}

/// How many numbered lines follow.
fn numbered(passages: &[Passage]) -> Option<(usize, usize)> {
    let level = passages.first()?.level?;
    let follows = |(passage, number): &(&Passage, u32)| {
        passage.level == Some(level) && passage.number == *number
    };
    let count = passages.iter().zip(1..).take_while(follows).count();
    (count > 1).then_some((count, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_counted_without_what_stands_in_brackets() {
        assert_eq!(names("局机关(本级)、财务科(党办、工会)、执法队"), Some((3, 3)));
        assert_eq!(names("局机关、园林和环卫科、执法队和服务中心"), Some((3, 4)));
        assert_eq!(names("局机关、执法队等单位"), None);
        assert_eq!(names("局机关,下设办公室、财务科"), None);
    }

    #[test]
    fn what_leads_to_a_list_is_near_the_count() {
        assert_eq!(lead("个,包括:甲局、乙局。其他"), Some(("个,", "甲局、乙局")));
        assert_eq!(lead("家二级预算单位,具体包括:"), Some(("家二级预算单位,", "")));
        assert_eq!(lead("个,其中行政单位3个,包括甲局"), None);
        assert_eq!(lead("个"), None);
    }
}
