//! PRF035: an indicator has no word in common with its project.

use std::borrow::Cow;

use juesuan_model::Severity;

use crate::matching::own_words;
use crate::performance::{Item, items_of, words_of};

use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF035",
    title: "指标与项目的名称、目标、完成情况没有共同的词",
    english: "An indicator shares no word with its project",
    severity: Severity::Note,
    checks: "指标名称去掉“数量、完成率、及时率”等通用词后，至少应有一个词出现在项目名称、目标、完成情况或综述里。",
    why: "从指标库随手选的指标考核不到这个项目。",
    bad: "项目支出绩效自评表\n项目名称\t房屋维修费\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n维修办公用房屋面，消除漏雨隐患\t屋面维修完工，漏雨隐患消除\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t质量指标\t印刷品发放率\t≥100%\t100%\t90\t90",
    good: "项目支出绩效自评表\n项目名称\t房屋维修费\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n维修办公用房屋面，消除漏雨隐患\t屋面维修完工，漏雨隐患消除\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t质量指标\t维修合格率\t≥100%\t100%\t90\t90",
    basis: "《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》：指标应与绩效目标密切相关",
    false_alarms: "换了说法而意思相同的指标，可不理会。",
    covers: &["T23"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (index, form) in context.accounts.evaluations.iter().enumerate() {
        let goal = words_of(form.goal.as_ref());
        if form.first_page_lost || goal.is_empty() {
            out.not_applicable();
            continue;
        }
        let summaries = context.accounts.summaries.iter();
        let own = summaries.filter(|summary| summary.evaluation == Some(index));
        let passages = own.filter_map(|summary| context.accounts.passages.get(summary.passage));
        let known: Vec<Cow<'_, str>> =
            [words_of(Some(&form.name)), goal, words_of(form.result.as_ref())]
                .into_iter()
                .chain(passages.map(|passage| Cow::Borrowed(passage.folded.as_str())))
                .collect();
        for item in items_of(context, index) {
            one(context, &item, &known, out);
        }
    }
}

fn one(context: &Context<'_>, item: &Item<'_>, known: &[Cow<'_, str>], out: &mut Outcomes) {
    let name = words_of(Some(&item.indicator.name));
    let own = own_words(context, &name);
    if own.is_empty() {
        return out.not_applicable();
    }
    if own.iter().any(|pair| known.iter().any(|text| text.contains(pair))) {
        return out.pass(&[]);
    }
    let message = format!("{}与项目名称、目标、完成情况没有共同的词，请核对是否相关", item.name());
    out.fail(item.failure("name", message).values(&*item.indicator.name.text, ""));
}
