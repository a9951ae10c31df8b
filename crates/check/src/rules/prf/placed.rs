//! PRF054: an indicator is classed as another kind than what it tells.

use juesuan_model::Severity;

use crate::performance::{Item, project_items};
use crate::words::ends_with_any;
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF054",
    title: "指标的内容与所列的二级指标不符",
    english: "An indicator is classed as another kind than what it tells",
    severity: Severity::Note,
    checks: "数量指标不应是比率或投入的金额；质量指标不应是件数、次数，也不应只说资金到位、拨付；成本指标应当说成本。同一种情形全文只报告一次。",
    why: "放错了类别，这一类就等于没有指标：资金拨付到位说的是投入，项目做得好不好无人考核。",
    bad: "项目支出绩效自评表\n项目名称\t堤防养护\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t养护堤防长度\t≥80公里\t82公里\t45\t45\n产出指标\t质量指标\t养护资金拨付到位率\t≥95%\t100%\t45\t45",
    good: "项目支出绩效自评表\n项目名称\t堤防养护\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t养护堤防长度\t≥80公里\t82公里\t45\t45\n产出指标\t质量指标\t堤防养护验收合格率\t≥95%\t98%\t45\t45",
    basis: "《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》：数量、质量、时效、成本指标各自反映的内容",
    false_alarms: "本地指标库规定了类别的，以规定为准；件数本身就是质量要求的（如优质工程个数），可不理会。",
    covers: &["T23", "E72"],
    check,
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Payment,
    Rate,
    Amount,
    Count,
    Output,
    NoCost,
}

impl Kind {
    const ALL: [Self; 6] =
        [Self::Payment, Self::Rate, Self::Amount, Self::Count, Self::Output, Self::NoCost];

    const fn id(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Rate => "rate",
            Self::Amount => "amount",
            Self::Count => "count",
            Self::Output => "output",
            Self::NoCost => "cost",
        }
    }

    const fn why(self) -> &'static str {
        match self {
            Self::Payment => "只说资金到位、拨付，不反映所列的数量、质量或效益",
            Self::Rate => "是比率，却列为数量指标",
            Self::Amount => "是投入的金额，却列为数量指标",
            Self::Count => "是数量，却列为质量指标",
            Self::Output => "说的是做了多少，却列为效益指标",
            Self::NoCost => "说的不是成本，却列为成本指标",
        }
    }
}

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let mut found: Vec<(Kind, Item<'_>)> = Vec::new();
    for item in project_items(context) {
        match kind(context, &item) {
            Some(kind) => found.push((kind, item)),
            None => out.pass(&[]),
        }
    }
    for kind in Kind::ALL {
        let mut own = found.iter().filter(|(one, _)| *one == kind).map(|(_, item)| item);
        let Some(first) = own.next() else { continue };
        let more = own.clone().count();
        let message = match more {
            0 => format!("{}{}", first.name(), kind.why()),
            _ => format!("有 {} 项指标{}，如{}", more + 1, kind.why(), first.name()),
        };
        let failure = crate::Failure::new(format!("indicator[].{}", kind.id()), message);
        let failure = failure.values(&*first.indicator.name.text, "").at(&first.indicator.name);
        // Whoever does it once does it throughout: one finding with all places.
        out.fail(own.fold(failure, |failure, item| failure.at(&item.indicator.name)));
    }
}

fn kind(context: &Context<'_>, item: &Item<'_>) -> Option<Kind> {
    let settings = &context.scheme.settings;
    let (name, unit) = (&*item.indicator.name.text, item.unit());
    let subgroup = &*item.indicator.subgroup;
    let is_in = |kinds: &[&str]| kinds.iter().any(|kind| subgroup.contains(kind));
    let is_share = matches!(unit, "%" | "百分比");
    if is_in(&["数量", "质量", "效益"]) && is_share && is_payment(context, name) {
        return Some(Kind::Payment);
    }
    if is_in(&["数量"]) {
        let is_rate = is_share && ends_with_any(name, settings.words("不是数量的比率"));
        let is_amount = || matches!(unit, "元" | "万元" | "亿元");
        return match () {
            () if is_rate => Some(Kind::Rate),
            () if is_amount() && settings.words("资金额指标").occur_in(name) => {
                Some(Kind::Amount)
            }
            () => None,
        };
    }
    // How often something was done is told by another rule.
    let is_counted = || {
        let mut counts = context.scheme.performance.summary.counts.iter();
        counts.any(|count| **count == *unit) && !ends_with_any(name, settings.words("工作的次数"))
    };
    if is_in(&["效益"]) {
        let verbs = ["产出的动词", "给予的动词"].map(|topic| settings.words(topic));
        let is_done = || verbs.iter().any(|verbs| verbs.opening(name).is_some());
        return (is_counted() && is_done()).then_some(Kind::Output);
    }
    if is_in(&["质量"]) {
        let may_count = ["可算质量的数量", "越小越好", "反面的指标"]
            .iter()
            .any(|topic| settings.words(topic).occur_in(name));
        return (is_counted() && !may_count).then_some(Kind::Count);
    }
    // What society or nature pay are costs of another kind.
    let is_cost = is_in(&["成本"]) && !is_in(&["社会", "生态"]);
    let is_conduct = || ["规范性", "合规性", "及时性"].iter().any(|end| name.ends_with(end));
    let tells_none = || is_share && !settings.words("成本的词").occur_in(name);
    (is_cost && (is_conduct() || tells_none())).then_some(Kind::NoCost)
}

/// Whether it tells how much of the money arrived; when it arrived is another thing.
pub(super) fn is_payment(context: &Context<'_>, name: &str) -> bool {
    let settings = &context.scheme.settings;
    // Water and power are secured by rates as well.
    let is_secured = name.contains("保障率") && !settings.words("资金的词").occur_in(name);
    settings.words("资金到位指标").occur_in(name)
        && !name.contains("及时")
        && !settings.words("到位的不是钱").occur_in(name)
        && !is_secured
}
