//! PRF037: the result says that money was paid, though nothing was spent.

use juesuan_model::{Evaluation, Severity, TextField};

use crate::performance::words_of;
use crate::words::short;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF037",
    title: "完成情况称资金已拨付，全年执行数却是零",
    english: "The result says that money was paid though nothing was spent",
    severity: Severity::Error,
    checks: "全年执行数为零的，完成情况不应写已经拨付、发放、奖励、补助了资金。",
    why: "钱没有付出去却写成付了，是对公众说了假话；或者执行数填错了。",
    bad: "项目支出绩效自评表\n项目名称\t奖励项目\n预算数\t600\t执行数\t0\t执行率\t0%\n年初设定目标\t实际完成情况\n对示范企业给予奖励\t完成对示范企业奖励资金的拨付\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t奖励企业数量\t≥10家\t0家\t90\t0",
    good: "项目支出绩效自评表\n项目名称\t奖励项目\n预算数\t600\t执行数\t0\t执行率\t0%\n年初设定目标\t实际完成情况\n对示范企业给予奖励\t已完成评审，因资金未到位，奖励资金尚未拨付\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t奖励企业数量\t≥10家\t0家\t90\t0",
    basis: "完成情况与全年执行数反映同一件事",
    false_alarms: "由上级直接支付、不在本部门执行数内的，应在完成情况中写明。",
    covers: &["T25", "T17", "E66"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (index, form) in context.accounts.evaluations.iter().enumerate() {
        let executed = context.value(form.executed);
        let Some(result) = form.result.as_ref().filter(|_| executed.is_some_and(|e| e.is_zero()))
        else {
            out.not_applicable();
            continue;
        };
        match paid(context, result) {
            Some(clause) => fail(context, index, form, result, &clause, out),
            None => out.pass(&[]),
        }
    }
}

/// The clause that says that money was paid, when nothing in the text takes it back.
fn paid(context: &Context<'_>, result: &TextField) -> Option<String> {
    let settings = &context.scheme.settings;
    let words = words_of(Some(result));
    let denies = ["未拨付", "未执行"].iter().any(|topic| settings.words(topic).occur_in(&words));
    if denies {
        return None;
    }
    let intends = |clause: &str| settings.words("只说打算的词").occur_in(clause);
    let has_paid = |clause: &str| {
        let verbs = settings.words("付款的动词");
        let done = settings.words("已经完成的词");
        verbs.occur_in(clause) && done.occur_in(clause)
    };
    let mut clauses = words.split([',', '。', ';']);
    clauses.find(|clause| has_paid(clause) && !intends(clause)).map(str::to_owned)
}

fn fail(
    context: &Context<'_>,
    index: usize,
    form: &Evaluation,
    result: &TextField,
    clause: &str,
    out: &mut Outcomes,
) {
    let message =
        format!("“{}”的完成情况写“{}”，全年执行数却是 0", form.name.text, short(clause, 40));
    let failure = Failure::new(format!("evaluation[{index}].result"), message)
        .values(short(clause, 40), "")
        .at(result);
    out.fail(form.executed.into_iter().fold(failure, |failure, id| failure.figure(context, id)));
}
