//! DOC032: two words of a name are told the other way round.

use std::collections::BTreeMap;

use juesuan_model::Severity;
use memchr::memmem::Finder;

use crate::words::{fold, is_han};
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "DOC032",
    title: "名称里的两个词前后颠倒",
    english: "Two words of a name are told the other way round",
    severity: Severity::Warning,
    checks: "项目名称里相连的两个词第一字相同的（创业创新示范），文中不应颠倒着写（创新创业示范）。",
    why: "两种次序都通顺，凭记忆写就会写成另一个名称，而名称是核对资金的依据。",
    bad: "第二部分 绩效自评情况\n\n（1）创业创新示范基地奖励项目自评综述：自评得分90分。全年预算数为10万元，执行数为10万元，完成预算的100%。奖励了创新创业示范基地4家。\n\n项目支出绩效自评表\n项目名称\t创业创新示范基地奖励\n预算数\t10\t执行数\t10\t执行率\t100%",
    good: "第二部分 绩效自评情况\n\n（1）创业创新示范基地奖励项目自评综述：自评得分90分。全年预算数为10万元，执行数为10万元，完成预算的100%。奖励了创业创新示范基地4家，激发创新创业活力。\n\n项目支出绩效自评表\n项目名称\t创业创新示范基地奖励\n预算数\t10\t执行数\t10\t执行率\t100%",
    basis: "同一内容写法一致",
    false_alarms: "确有两种名称的，可不理会。",
    covers: &["A21", "E46"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    // The other order, with the words behind it, and the right one.
    let mut swapped: BTreeMap<String, String> = BTreeMap::new();
    for form in &context.accounts.evaluations {
        swapped.extend(turned(&fold(&form.name.text)));
    }
    // A name that other projects have in the other order is a name.
    let names: Vec<&String> = swapped.values().collect();
    if swapped.is_empty() {
        return out.not_applicable();
    }
    for (other, right) in swapped.iter().filter(|(other, _)| !names.contains(other)) {
        let finder = Finder::new(other);
        let mut places = Vec::new();
        for text in context.texts() {
            places.extend(finder.find_iter(text.folded.as_bytes()).map(|at| (text, at)));
        }
        let Some((first, _)) = places.first() else {
            out.pass(&[]);
            continue;
        };
        let message = format!("写作“{other}”，项目名称里是“{right}”");
        let failure = Failure::new(first.subject("swapped"), message).values(other, right);
        let spots = places.iter().map(|(text, at)| text.spot_at(*at, at + other.len()));
        out.fail(spots.fold(failure, Failure::at));
    }
}

/// For each two words of two characters that begin alike, with two more behind them: the other
/// order and the name's own.
fn turned(name: &str) -> Vec<(String, String)> {
    let characters: Vec<char> = name.chars().collect();
    let mut found = Vec::new();
    for window in characters.windows(6).filter(|window| window.iter().all(|c| is_han(*c))) {
        let [a, b, c, d, e, f] = window else { continue };
        // 工业企业 and 企业工业 end alike by chance; 创业创新 and 创新创业 are one pair of words.
        if a == c && b != d {
            found.push(([c, d, a, b, e, f].into_iter().collect(), window.iter().collect()));
        }
    }
    found
}
