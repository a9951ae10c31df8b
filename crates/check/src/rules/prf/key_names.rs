//! PRF137: the key evaluation calls a project otherwise than its form does.

use juesuan_model::Severity;

use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF137",
    title: "重点评价所列项目名称与自评表不符",
    english: "The key evaluation names a project otherwise than its form",
    severity: Severity::Warning,
    checks: "重点评价所列的项目名称应与自评表相同；可以省略几个字，但不应改字、调换词序。",
    why: "名称改了，读者就无法确定评价的是哪一个项目。",
    bad: "第二部分 绩效情况\n\n一、重点评价\n\n我部门组织对互联网和软件服务业政策等1个项目开展了部门重点评价，涉及资金10.00万元。综合评价平均分为90.0分，评级情况为优1个。\n\n项目支出绩效自评表\n项目名称\t互联网、软件和服务业政策\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t企业数量\t≥1家\t1家\t50\t50",
    good: "第二部分 绩效情况\n\n一、重点评价\n\n我部门组织对软件和服务业政策等1个项目开展了部门重点评价，涉及资金10.00万元。综合评价平均分为90.0分，评级情况为优1个。\n\n项目支出绩效自评表\n项目名称\t互联网、软件和服务业政策\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t企业数量\t≥1家\t1家\t50\t50",
    basis: "同一项目在各处的名称应一致",
    false_alarms: "",
    covers: &["X06", "A21"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let projects = context.accounts.key_evaluation.iter().flat_map(|key| &key.projects);
    for (name, form) in projects {
        let form = form.and_then(|index| context.accounts.evaluations.get(index));
        let Some(form) = form.filter(|form| !form.name.text.is_empty()) else {
            out.not_applicable();
            continue;
        };
        if is_part(&letters(&name.text), &letters(&form.name.text)) {
            out.pass(&[]);
            continue;
        }
        let message =
            format!("重点评价写的项目“{}”，自评表的名称是“{}”", name.text, form.name.text);
        let failure = Failure::new("key_evaluation[1].names", message);
        out.fail(failure.values(&*name.text, &*form.name.text).at(name).at(&form.name));
    }
}

/// The words of a name without a year before them.
fn letters(name: &str) -> Vec<char> {
    let folded = fold(name);
    let bare = folded.trim_start_matches(|c: char| c.is_ascii_digit());
    let bare = if bare.len() < folded.len() {
        bare.trim_start_matches('年').trim_start_matches('度')
    } else {
        bare
    };
    bare.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether all characters of `short` stand in `long` in the same order.
fn is_part(short: &[char], long: &[char]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|c| rest.any(|other| other == c))
}
