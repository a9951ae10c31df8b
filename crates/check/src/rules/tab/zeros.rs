//! TAB107: nothing is printed now as a blank, now as a zero.

use juesuan_model::{FactId, Severity, Value};
use rustc_hash::FxHashSet;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TAB107",
    title: "零值的写法不统一",
    english: "Nothing is printed now as a blank, now as a zero",
    severity: Severity::Note,
    checks: "同一张表里没有金额的格子，应当一律空白或一律写 0.00；整套表也应统一。",
    why: "空白和零混用，读者分不清是没有还是漏填。",
    bad: "财政拨款“三公”经费支出决算表\n\n项目\t预算数\t决算数\n合计\t10.00\t10.00\n因公出国（境）费\t\t0\n公务接待费\t0.00\t\n公务用车购置及运行费\t10.00\t10.00",
    good: "财政拨款“三公”经费支出决算表\n\n项目\t预算数\t决算数\n合计\t10.00\t10.00\n因公出国（境）费\t0.00\t0.00\n公务接待费\t0.00\t0.00\n公务用车购置及运行费\t10.00\t10.00",
    basis: "同一含义用同一种写法",
    false_alarms: "",
    covers: &["R047", "E30", "A30"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let mut styles: Vec<(&str, bool)> = Vec::new();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for found in context.accounts.forms.iter().filter(|found| seen.insert(&found.form)) {
        let facts = context.facts_of(&found.form);
        let (mut blanks, mut zeros): (Vec<FactId>, Vec<(FactId, &str)>) = (Vec::new(), Vec::new());
        for (id, fact) in facts {
            match &fact.value {
                Value::Blank => blanks.push(id),
                Value::Number(number) if number.value().is_zero() => {
                    zeros.push((id, &fact.printed))
                }
                _ => {}
            }
        }
        let mut printed: Vec<&str> = zeros.iter().map(|(_, text)| *text).collect();
        printed.sort_unstable();
        printed.dedup();
        let title = context.scheme.name_of(&found.form);
        if (blanks.is_empty() || zeros.is_empty()) && printed.len() < 2 {
            // A form without a cell of nothing follows no convention.
            if !blanks.is_empty() || !zeros.is_empty() {
                styles.push((title, !zeros.is_empty()));
            }
            out.pass(&[]);
            continue;
        }
        let mut ways: Vec<String> = printed.iter().map(|text| format!("“{text}”")).collect();
        if !blanks.is_empty() {
            ways.push("空白".to_owned());
        }
        let message = format!("《{title}》中没有金额的格子有的写{}", ways.join("，有的写"));
        let failure = Failure::new(format!("{}[].zero", found.form), message);
        let shown = zeros.iter().map(|(id, _)| *id).take(1).chain(blanks.iter().copied().take(1));
        out.fail(shown.fold(failure, |failure, id| failure.figure(context, id)));
    }
    whole_set(context, &styles, out);
}

/// One convention for the whole set of forms.
fn whole_set(context: &Context<'_>, styles: &[(&str, bool)], out: &mut Outcomes) {
    let with_zeros: Vec<&str> =
        styles.iter().filter(|(_, zeros)| *zeros).map(|(title, _)| *title).collect();
    if with_zeros.is_empty() || with_zeros.len() == styles.len() {
        return out.pass(&[]);
    }
    let message = format!("《{}》的零值写 0，其余各表空白，整套表不统一", with_zeros.join("》《"));
    let failure = Failure::new("forms[].zero", message);
    let first = context
        .accounts
        .forms
        .iter()
        .find(|f| with_zeros.contains(&context.scheme.name_of(&f.form)));
    out.fail(
        first.and_then(|f| f.title.as_ref()).into_iter().fold(failure, |f, title| f.at(title)),
    );
}
