//! PRF034: two projects claim the same results.

use std::borrow::Cow;

use juesuan_model::{Evaluation, Severity};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::performance::{Item, items_of, words_of};
use crate::words::short;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF034",
    title: "两个项目的完成情况或多项指标值完全相同",
    english: "Two projects claim the same results",
    severity: Severity::Warning,
    checks: "不同项目自评表的完成情况文字不应逐字相同；名称、目标值、完成值都相同的数量指标不应有两项以上。",
    why: "同一成果在两个项目里重复申报，或者是从别的表复制后没有改。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n奖励企业\t组织评审两批，奖励企业97家，资金全部拨付到位\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t奖励企业数量\t≥90家\t97家\t90\t90\n\n项目支出绩效自评表\n项目名称\t乙项目\n预算数\t20\t执行数\t20\t执行率\t100%\n年初设定目标\t实际完成情况\n补助企业\t组织评审两批，奖励企业97家，资金全部拨付到位\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t补助企业数量\t≥5家\t6家\t90\t90",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n奖励企业\t组织评审两批，奖励企业97家，资金全部拨付到位\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t奖励企业数量\t≥90家\t97家\t90\t90\n\n项目支出绩效自评表\n项目名称\t乙项目\n预算数\t20\t执行数\t20\t执行率\t100%\n年初设定目标\t实际完成情况\n补助企业\t核定补助标准，补助企业6家，验收全部合格\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t补助企业数量\t≥5家\t6家\t90\t90",
    basis: "《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》：绩效指标应当与本项目的目标和内容对应",
    false_alarms: "同一任务的资金分几个项目下达的，应在完成情况中写明各自的份额。",
    covers: &["T28", "P06"],
    check,
};

/// Results shorter than this, in characters, are alike by chance.
const SHORTEST: usize = 12;
/// So many quantities that two forms share are no chance.
const MOST_SHARED: usize = 2;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    texts(context, out);
    quantities(context, out);
}

fn texts(context: &Context<'_>, out: &mut Outcomes) {
    let mut seen: FxHashMap<Cow<'_, str>, &Evaluation> = FxHashMap::default();
    for (index, form) in context.accounts.evaluations.iter().enumerate() {
        let words = words_of(form.result.as_ref());
        let Some(result) = form.result.as_ref().filter(|_| words.chars().count() >= SHORTEST)
        else {
            out.not_applicable();
            continue;
        };
        match seen.get(&words) {
            Some(other) => {
                let message = format!(
                    "“{}”与“{}”的完成情况逐字相同：“{}”",
                    form.name.text,
                    other.name.text,
                    short(&result.text, 40)
                );
                let failure =
                    Failure::new(format!("evaluation[{index}].result"), message).at(result);
                out.fail(other.result.iter().fold(failure, |failure, field| failure.at(field)));
            }
            None => {
                seen.insert(words, form);
                out.pass(&[]);
            }
        }
    }
}

/// Quantities by name, target and actual value, with the forms that have them.
fn quantities(context: &Context<'_>, out: &mut Outcomes) {
    let mut seen: FxHashMap<(Cow<'_, str>, Decimal, Decimal), Vec<Item<'_>>> = FxHashMap::default();
    let mut shared: FxHashMap<(usize, usize), Vec<(Item<'_>, Item<'_>)>> = FxHashMap::default();
    for index in 0..context.accounts.evaluations.len() {
        for item in items_of(context, index).into_iter().filter(is_telling) {
            let (Some(target), Some(actual)) = (item.target(), item.actual()) else { continue };
            let key = (words_of(Some(&item.indicator.name)), target.value(), actual.value());
            let earlier = seen.entry(key).or_default();
            for other in earlier.iter().filter(|other| other.owner_index() != index) {
                shared.entry((other.owner_index(), index)).or_default().push((*other, item));
            }
            earlier.push(item);
        }
    }
    let mut shared: Vec<_> = shared.into_iter().collect();
    shared.sort_by_key(|(pair, _)| *pair);
    for ((_, index), pairs) in shared {
        let [(other, item), ..] = pairs.as_slice() else { continue };
        if pairs.len() < MOST_SHARED {
            out.pass(&[]);
            continue;
        }
        let names: Vec<&str> = pairs.iter().map(|(_, item)| &*item.indicator.name.text).collect();
        let message = format!(
            "“{}”与“{}”有 {} 项指标的目标值和完成值完全相同：{}",
            item.owner,
            other.owner,
            pairs.len(),
            names.join("、")
        );
        let failure = Failure::new(format!("evaluation[{index}].indicators"), message);
        let figures = pairs.iter().flat_map(|(a, b)| [b.indicator.actual, a.indicator.actual]);
        out.fail(figures.flatten().fold(failure, |failure, id| failure.figure(context, id)));
    }
}

/// Percentages, nothing and a single one are the same everywhere; other quantities tell.
fn is_telling(item: &Item<'_>) -> bool {
    let unit = item.unit();
    let is_share = matches!(unit, "%" | "‰" | "百分比");
    !is_share && item.actual().is_some_and(|actual| actual.value() >= Decimal::TEN)
}
