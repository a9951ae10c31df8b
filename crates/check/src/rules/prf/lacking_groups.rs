//! PRF056: a form has no indicators of benefit or of satisfaction, which other forms have.

use juesuan_model::{Evaluation, Indicator, Severity};

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF056",
    title: "自评表没有效益指标或满意度指标",
    english: "A form has no indicators of benefit or of satisfaction",
    severity: Severity::Note,
    checks: "别的自评表设有效益指标、满意度指标的，每张自评表都应当有；没有的全文只报告一次。",
    why: "只有产出没有效益，看不出钱花得值不值；没有满意度，受益的人没有说话的地方。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t培训人次\t≥300人次\t312人次\t50\t50\n效益指标\t社会效益指标\t就业人数\t≥20人\t23人\t30\t30\n满意度指标\t服务对象满意度\t学员满意度\t≥90%\t94%\t10\t10\n总分\t90\n\n项目支出绩效自评表\n项目名称\t乙项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t检修闸泵\t≥40台次\t42台次\t50\t50\n效益指标\t社会效益指标\t保护人口\t≥3万人\t3.2万人\t40\t40\n总分\t90",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t培训人次\t≥300人次\t312人次\t50\t50\n效益指标\t社会效益指标\t就业人数\t≥20人\t23人\t30\t30\n满意度指标\t服务对象满意度\t学员满意度\t≥90%\t94%\t10\t10\n总分\t90\n\n项目支出绩效自评表\n项目名称\t乙项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t检修闸泵\t≥40台次\t42台次\t50\t50\n效益指标\t社会效益指标\t保护人口\t≥3万人\t3.2万人\t30\t30\n满意度指标\t服务对象满意度\t居民满意度\t≥90%\t92%\t10\t10\n总分\t90",
    basis: "《项目支出绩效评价管理办法》：自评指标包括产出、效益、满意度",
    false_alarms: "没有服务对象的项目（如偿还欠款）可以不设满意度，分值应调整到其他指标。",
    covers: &["T08", "T23"],
    check,
};

/// A group: what it is called, and the words by which its indicators are known.
type Group = (&'static str, &'static [&'static str]);

const GROUPS: [Group; 2] = [("效益", &["效益", "效果", "可持续"]), ("满意度", &["满意"])];

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let whole = |form: &&Evaluation| {
        !form.indicators.is_empty() && !form.first_page_lost && !form.last_row_lost
    };
    let forms: Vec<&Evaluation> = context.accounts.evaluations.iter().filter(whole).collect();
    for group in GROUPS {
        one(&forms, group, out);
    }
}

fn one(forms: &[&Evaluation], (name, words): Group, out: &mut Outcomes) {
    let says = |text: &str| words.iter().any(|word| text.contains(word));
    let is_of = |one: &Indicator| says(&one.subgroup) || says(&one.group);
    // Where groups are not printed, names tell.
    let is_named = |one: &Indicator| says(&one.name.text);
    let has = |form: &Evaluation| {
        form.indicators.iter().rev().any(is_of) || form.indicators.iter().any(is_named)
    };
    let lacks = |form: &&&Evaluation| !has(form);
    let lacking: Vec<&&Evaluation> = forms.iter().filter(lacks).collect();
    let Some((first, others)) = lacking.split_first() else { return out.pass(&[]) };
    // Where no form has it, the place asks for none.
    if lacking.len() == forms.len() {
        return out.not_applicable();
    }
    let owner = &first.name.text;
    let message = match others.len() {
        0 => format!("“{owner}”的自评表没有{name}指标，别的自评表有"),
        more => format!("有 {} 张自评表没有{name}指标，如“{owner}”", more + 1),
    };
    let subject = if name == "满意度" { "satisfaction" } else { "benefit" };
    let failure = Failure::new(format!("evaluation[].{subject}"), message).at(&first.name);
    out.fail(others.iter().fold(failure, |failure, form| failure.at(&form.name)));
}
