//! PRF057: two indicators of a form measure the same.

use juesuan_model::Severity;

use super::placed::is_payment;
use crate::performance::{Item, items_of};
use crate::units::same_unit;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF057",
    title: "同一张自评表的两项指标重复",
    english: "Two indicators of a form measure the same",
    severity: Severity::Note,
    checks: "同一张表里，两项指标都只说资金拨付的，一项是另一项的“完成率”的，或者只换了一个拨款的动词而目标值相同的，是重复考核。",
    why: "一件事算两次分，别的事就没有人考核；没有完成时也会重复扣分。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t补贴农户数量\t≥300户\t312户\t45\t45\n产出指标\t质量指标\t补贴农户数量完成率\t≥100%\t104%\t45\t45",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t补贴农户数量\t≥300户\t312户\t45\t45\n产出指标\t质量指标\t补贴对象审核准确率\t≥98%\t100%\t45\t45",
    basis: "《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》：指标不应重复",
    false_alarms: "分别考核两批资金、两类对象的，名称应写明是哪一批、哪一类。",
    covers: &["T23"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for index in 0..context.accounts.evaluations.len() {
        let items = items_of(context, index);
        if items.len() < 2 {
            out.not_applicable();
            continue;
        }
        let pairs = pairs(context, &items);
        let Some((one, other, why)) = pairs.first() else {
            out.pass(&[]);
            continue;
        };
        let (name, twin) = (&*one.indicator.name.text, &*other.indicator.name.text);
        let owner = one.owner;
        let message = format!("“{owner}”的指标“{name}”与“{twin}”{why}，重复考核");
        let failure = Failure::new(format!("evaluation[{index}].twins"), message);
        let failure = failure.values(name, "");
        let places = pairs.iter().flat_map(|(one, other, _)| [*one, *other]);
        let mut told: Vec<&Item<'_>> = Vec::new();
        for item in places {
            if !told.iter().any(|other| std::ptr::eq(*other, item)) {
                told.push(item);
            }
        }
        out.fail(told.iter().fold(failure, |failure, item| failure.at(&item.indicator.name)));
    }
}

/// Two indicators, and in what they are the same.
type Pair<'i, 'a> = (&'i Item<'a>, &'i Item<'a>, &'static str);

/// The pairs of a form; each indicator is held against the first that it repeats.
fn pairs<'i, 'a>(context: &Context<'_>, items: &'i [Item<'a>]) -> Vec<Pair<'i, 'a>> {
    let told: Vec<(&Item<'a>, Told)> =
        items.iter().map(|item| (item, Told::of(context, item))).collect();
    let mut pairs = Vec::new();
    for (at, (item, own)) in told.iter().enumerate() {
        let earlier = told.iter().take(at);
        let first = earlier
            .filter_map(|(other, told)| Some((*other, *item, same((other, told), (item, own))?)))
            .next();
        pairs.extend(first);
    }
    pairs
}

/// What an indicator tells, for holding it against others.
struct Told {
    /// Its name without verbs of paying and words of counting.
    bare: Option<String>,
    is_payment: bool,
}

impl Told {
    fn of(context: &Context<'_>, item: &Item<'_>) -> Self {
        let name = &*item.indicator.name.text;
        let is_payment = item.unit() == "%" && is_payment(context, name);
        let verbs = context.scheme.settings.words("给予的动词");
        let verb = verbs.opening(name);
        let rest = verb.and_then(|verb| name.strip_prefix(&**verb));
        let rest = rest.map(|rest| rest.trim_start_matches('的'));
        let counted = ["数量", "户数", "家数", "个数", "数"];
        let bare = rest.and_then(|rest| counted.iter().find_map(|end| rest.strip_suffix(end)));
        Self { bare: bare.filter(|bare| !bare.is_empty()).map(str::to_owned), is_payment }
    }
}

fn same((one, told): (&Item<'_>, &Told), (other, own): (&Item<'_>, &Told)) -> Option<&'static str> {
    if told.is_payment && own.is_payment {
        return Some("都只说资金拨付");
    }
    let (first, second) = (&*one.indicator.name.text, &*other.indicator.name.text);
    let is_rate_of = |rate: &str, name: &str| {
        rate.strip_prefix(name).is_some_and(|rest| matches!(rest, "完成率" | "达成率" | "完成比例"))
    };
    if is_rate_of(second, first) || is_rate_of(first, second) {
        return Some("说的是同一件事");
    }
    let is_alike = told.bare.is_some() && told.bare == own.bare && first != second;
    let target = |item: &Item<'_>| item.target().map(|target| target.value());
    let is_equal = target(one).is_some() && target(one) == target(other);
    (is_alike && is_equal && same_unit(one.unit(), other.unit())).then_some("说的是同一个数")
}
