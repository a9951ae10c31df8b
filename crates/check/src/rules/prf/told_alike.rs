//! PRF059: reasons or measures of different projects are the same.

use juesuan_model::{Severity, TextField};
use rustc_hash::FxHashMap;

use crate::performance::words_of;
use crate::words::short;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF059",
    title: "不同项目的原因或改进措施逐字相同",
    english: "Reasons or measures of different projects are the same",
    severity: Severity::Note,
    checks: "两个以上项目的未完成原因、改进措施，或综述里发现的问题、改进措施，有一句较长的话逐字相同的，请核对是否照抄。",
    why: "各个项目没有完成的原因不会一字不差；照抄的原因和措施对本项目没有用处。",
    bad: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分89分。全年预算数为10万元，执行数为7万元，完成预算的70%。发现的主要问题及原因：招标延期。下一步改进措施：提前两个月启动采购并按月通报支付进度。\n\n（2）乙项目自评综述：自评得分89分。全年预算数为20万元，执行数为14万元，完成预算的70%。发现的主要问题及原因：雨季停工。下一步改进措施：提前两个月启动采购并按月通报支付进度。",
    good: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分89分。全年预算数为10万元，执行数为7万元，完成预算的70%。发现的主要问题及原因：招标延期。下一步改进措施：提前两个月启动采购并按月通报支付进度。\n\n（2）乙项目自评综述：自评得分89分。全年预算数为20万元，执行数为14万元，完成预算的70%。发现的主要问题及原因：雨季停工。下一步改进措施：把土方工程排在汛期之前，按旬核对工程量。",
    basis: "《项目支出绩效评价管理办法》：未完成绩效目标或偏离较大的，应分析并说明原因，研究制定改进措施",
    false_alarms: "几个项目确因同一件事没有完成的，可以写同样的话。",
    covers: &["E18", "P06"],
    check,
};

/// Shorter clauses than this, in characters, are common words.
const SHORTEST: usize = 12;

/// Texts that have the same long clause: the project of each and its place.
struct Alike<'a> {
    words: String,
    texts: Vec<(usize, &'a TextField)>,
}

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let mut all: Vec<Alike<'_>> = Vec::new();
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    for (owner, field) in texts(context) {
        let words = words_of(Some(field));
        let Some(clause) = longest(&words) else {
            out.not_applicable();
            continue;
        };
        let at = *known.entry(clause.to_owned()).or_insert_with(|| {
            all.push(Alike { words: clause.to_owned(), texts: Vec::new() });
            all.len() - 1
        });
        let Some(alike) = all.get_mut(at) else { continue };
        // A form may give one reason in all its rows, and its summary the same.
        if alike.texts.iter().all(|(other, _)| *other != owner) {
            alike.texts.push((owner, field));
        }
    }
    for alike in all {
        let Some((_, first)) = alike.texts.first().filter(|_| alike.texts.len() > 1) else {
            out.pass(&[]);
            continue;
        };
        let words = short(&alike.words, 40);
        let message = format!("{} 个项目的原因或措施都写“{words}”", alike.texts.len());
        let failure = Failure::new("project[].told_alike", message).values(&*first.text, "");
        out.fail(alike.texts.iter().fold(failure, |failure, (_, field)| failure.at(*field)));
    }
}

/// Reasons and measures of forms, then problems and measures of summaries, each with its project.
fn texts<'a>(context: &'a Context<'_>) -> impl Iterator<Item = (usize, &'a TextField)> {
    let accounts = context.accounts;
    let none = &context.scheme.performance.summary;
    let forms = accounts.evaluations.iter().enumerate().flat_map(|(owner, form)| {
        let fields = form.indicators.iter().flat_map(|one| [&one.reason, &one.measure]);
        fields.flatten().map(move |field| (owner, field))
    });
    let count = accounts.evaluations.len();
    let summaries = accounts.summaries.iter().enumerate().flat_map(move |(index, summary)| {
        let owner = summary.evaluation.unwrap_or(count + index);
        [&summary.problems, &summary.measures].into_iter().flatten().map(move |f| (owner, f))
    });
    forms.chain(summaries).filter(|(_, field)| !none.says_none(&field.text))
}

/// The longest clause of a text that is long enough to be somebody's own.
fn longest(words: &str) -> Option<&str> {
    let clauses = words.split([',', '。', ';', ':']);
    let (length, clause) = clauses
        .map(|clause| (clause.chars().count(), clause))
        .rev()
        .max_by_key(|(length, _)| *length)?;
    (length >= SHORTEST).then_some(clause)
}
