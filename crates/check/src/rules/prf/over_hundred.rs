//! PRF045: a share of something is more than the whole.

use juesuan_model::{Claim, FactId, Severity};
use rust_decimal::Decimal;

use crate::performance::all_items;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF045",
    title: "到位率、合格率、满意度一类的比率超过 100%",
    english: "A share of something is more than the whole",
    severity: Severity::Warning,
    checks: "以“率”“度”“性”“比例”命名、单位为百分数的指标，目标值、完成值不应超过 100%；综述里的同类比率也不应超过。增长率、变动率等可以超过 100% 的除外。",
    why: "合格的不会比全部还多；超过 100% 多半是多打了一个零或打错了一位。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t质量指标\t验收合格率\t≥95%\t980%\t10\t10",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t质量指标\t验收合格率\t≥95%\t98%\t10\t10",
    basis: "比率的含义：部分不大于全部",
    false_alarms: "以上年为基数的比率没有在名称里写明的，请核对口径。",
    covers: &["T23"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for item in all_items(context) {
        let name = &*item.indicator.name.text;
        let is_satisfaction = item.indicator.group.contains("满意");
        if item.unit() != "%" || !(is_satisfaction || is_share(context, name)) {
            out.not_applicable();
            continue;
        }
        for (column, id) in [("target", item.indicator.target), ("actual", item.indicator.actual)] {
            let Some(id) = id else { continue };
            if !is_over(context, id) {
                out.pass(&[]);
                continue;
            }
            let printed = context.printed(Some(id));
            let what = if column == "target" { "目标值" } else { "完成值" };
            let message = format!("{}的{what} {printed}% 超过了 100%", item.name());
            out.fail(item.failure(column, message).values(printed, "≤100"));
        }
    }
    for summary in &context.accounts.summaries {
        for claim in &summary.claims {
            one(context, &summary.name.text, claim, out);
        }
    }
}

fn one(context: &Context<'_>, owner: &str, claim: &Claim, out: &mut Outcomes) {
    let name = claim.context.trim_end_matches(['为', '达', '到', '是', '约', '均', '指', '标']);
    if &*claim.unit != "%" || !is_share(context, name) {
        return out.not_applicable();
    }
    if !is_over(context, claim.value) {
        return out.pass(&[]);
    }
    let printed = context.printed(Some(claim.value));
    let message = format!("“{owner}”的综述写“{}{printed}%”，超过了 100%", claim.context);
    let subject = context.accounts.facts.get(claim.value).map(|fact| fact.subject.to_string());
    let failure = Failure::new(subject.unwrap_or_default(), message).values(printed, "≤100%");
    out.fail(failure.figure(context, claim.value));
}

/// Whether a name is that of a share of a whole.
fn is_share(context: &Context<'_>, name: &str) -> bool {
    let settings = &context.scheme.settings;
    let may_exceed = settings.words("可以超过百分之百的比率").occur_in(name);
    let is_rate = name.ends_with(['率', '度', '性']) || name.ends_with("比例");
    (is_rate || name.ends_with("满意")) && !may_exceed
}

fn is_over(context: &Context<'_>, id: FactId) -> bool {
    context.value(Some(id)).is_some_and(|value| value > Decimal::ONE_HUNDRED)
}
