//! PRF027: one figure of the whole region has different values in different forms.

use std::sync::Arc;

use juesuan_model::{FactId, Severity};
use juesuan_scheme::Words;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::performance::{all_items, project_items};
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF027",
    title: "同一宏观指标在各表中的值不同",
    english: "One figure of the whole region has different values",
    severity: Severity::Warning,
    checks: "全市、全县的宏观指标（如规上工业增加值增速）在各自评表和各综述中的实际值应当唯一；全部指标中实际值等于目标值的占比过高的，予以提示。",
    why: "同一年的同一个数不可能有几个值；照目标填写实际值是最常见的造假方式。",
    bad: "项目支出绩效自评表\n项目名称\t甲\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n效益指标\t规上工业增加值同比增长\t≥2%\t2%\t30\t30\n\n项目支出绩效自评表\n项目名称\t乙\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n效益指标\t规上工业增加值增速\t≥1%\t4.5%\t30\t30",
    good: "项目支出绩效自评表\n项目名称\t甲\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n效益指标\t规上工业增加值同比增长\t≥2%\t4.5%\t30\t30\n\n项目支出绩效自评表\n项目名称\t乙\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n效益指标\t规上工业增加值增速\t≥1%\t4.5%\t30\t30",
    basis: "同一指标同一年度只有一个实际值",
    false_alarms: "季度数与全年数、不同年度的数应分别注明。",
    covers: &["T28"],
    check,
};

/// Of so many indicators, such a share with actual equal to target is remarkable.
const MANY: usize = 20;
const SHARE: usize = 80;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let words = context.scheme.settings.words("宏观指标");
    let stated = stated(context, words);
    for word in words {
        metric(context, word, stated.get(word).map_or(&[], Vec::as_slice), out);
    }
    by_the_target(context, out);
}

/// A figure with its value.
type Stated = (Decimal, FactId);

/// The figures of each metric that has some, in indicators and in claims.
fn stated<'c>(context: &'c Context<'_>, words: &'c Words) -> FxHashMap<&'c Arc<str>, Vec<Stated>> {
    let indicators =
        all_items(context).map(|item| (&item.indicator.name.text, item.indicator.actual));
    let claims = context.accounts.summaries.iter().flat_map(|summary| &summary.claims);
    let claims = claims.filter(|claim| &*claim.unit == "%");
    let claims = claims.map(|claim| (&claim.context, Some(claim.value)));
    let mut values: FxHashMap<&Arc<str>, Vec<Stated>> = FxHashMap::default();
    for (name, id) in indicators.chain(claims) {
        let Some((value, id)) = context.value(id).zip(id) else { continue };
        for word in words.found_in(name) {
            values.entry(word).or_default().push((value, id));
        }
    }
    values
}

fn metric(context: &Context<'_>, word: &Arc<str>, values: &[Stated], out: &mut Outcomes) {
    let mut distinct: Vec<Decimal> = values.iter().map(|(value, _)| *value).collect();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 2 {
        let facts: Vec<FactId> = values.iter().map(|(_, id)| *id).collect();
        return if facts.len() < 2 { out.not_applicable() } else { out.pass(&facts) };
    }
    let shown: Vec<String> = distinct.iter().map(|value| value.normalize().to_string()).collect();
    let message = format!("“{word}”在各表和综述中有 {} 个值：{}", shown.len(), shown.join("、"));
    let failure =
        Failure::new(format!("indicator[{word}].actual"), message).values(shown.join("、"), "");
    out.fail(values.iter().fold(failure, |failure, (_, id)| failure.figure(context, *id)));
}

/// Actual equal to target nearly everywhere.
fn by_the_target(context: &Context<'_>, out: &mut Outcomes) {
    let pairs: Vec<_> = project_items(context).filter_map(|item| item.quantities()).collect();
    let same = pairs.iter().filter(|(_, target, actual)| target == actual).count();
    if pairs.len() < MANY || same * 100 < pairs.len() * SHARE {
        return out.not_applicable();
    }
    let message = format!(
        "{} 个定量指标中有 {same} 个的完成值恰等于目标值，请核对是否照目标填写",
        pairs.len()
    );
    out.fail(Failure::new("indicator[].actual", message).severity(Severity::Note));
}
