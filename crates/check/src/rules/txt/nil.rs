//! TXT111: the text says there are no such funds, and the form has some; or the other way round.

use juesuan_model::{Severity, Statement};
use rust_decimal::Decimal;

use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "TXT111",
    title: "称没有某项收支而表中有，或表中没有而未作说明",
    english: "No such funds are said to exist and the form has some, or nothing is said of an empty form",
    severity: Severity::Error,
    checks: "写“无政府性基金（国有资本经营）预算财政拨款收支”的，相应的表必须没有金额；表中没有金额的，文字或表注应当说明没有这项收支。",
    why: "空表要说明，有数不能说没有。",
    bad: "第二部分 说明\n\n（一）政府性基金预算财政拨款支出情况\n\n本部门2024年度无政府性基金预算财政拨款收入和支出。\n\n政府性基金预算财政拨款收入支出决算表\n\n功能分类科目编码\t科目名称\t年初结转和结余\t本年收入\t小计\t基本支出\t项目支出\t年末结转和结余\n合计\t\t0.00\t5.00\t5.00\t0.00\t5.00\t0.00\n212\t城乡社区支出\t0.00\t5.00\t5.00\t0.00\t5.00\t0.00",
    good: "第二部分 说明\n\n（一）政府性基金预算财政拨款支出情况\n\n2024年度政府性基金预算财政拨款支出5.00万元。\n\n政府性基金预算财政拨款收入支出决算表\n\n功能分类科目编码\t科目名称\t年初结转和结余\t本年收入\t小计\t基本支出\t项目支出\t年末结转和结余\n合计\t\t0.00\t5.00\t5.00\t0.00\t5.00\t0.00\n212\t城乡社区支出\t0.00\t5.00\t5.00\t0.00\t5.00\t0.00",
    basis: "《地方预决算公开操作规程》：没有数据的表应当列出空表并说明",
    false_alarms: "",
    covers: &["R090", "E07", "E58"],
    check,
};

const KINDS: [(&str, &str, &str); 2] = [
    ("nil_funds", "funds", "政府性基金预算财政拨款"),
    ("nil_capital", "state_capital", "国有资本经营预算财政拨款"),
];

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (sentence, form, name) in KINDS {
        let said: Option<&Statement> = context.statements(sentence).next();
        let Some(found) = context.form(form) else {
            out.not_applicable();
            continue;
        };
        let figures: Vec<_> = context
            .accounts
            .facts
            .iter()
            .filter(|(_, fact)| *fact.subject.form == *form)
            .filter(|(_, fact)| fact.number().is_some_and(|n| n.value() != Decimal::ZERO))
            .map(|(id, _)| id)
            .collect();
        let noted = note_denies(context, form, !figures.is_empty(), out);
        match (said, figures.is_empty()) {
            // The note may be what the sentence was read from.
            (Some(said), false) if noted == Some(said.block) => {}
            (Some(said), false) => {
                let message = format!("文字说没有{name}收支，表中却有金额");
                let failure = Failure::new(format!("{sentence}[1].amount"), message);
                let spot =
                    Spot { place: said.place, block: said.block, quote: format!("无{name}") };
                let failure = failure.at(spot);
                out.fail(figures.iter().take(3).fold(failure, |f, id| f.figure(context, *id)));
            }
            (None, true) if !found.empty_note => {
                let message = format!(
                    "《{}》没有金额，文字和表注都没有说明没有这项收支",
                    context.scheme.name_of(form)
                );
                let failure = Failure::new(format!("{form}[total].total"), message);
                let failure = found.title.iter().fold(failure, |f, title| f.at(title));
                out.fail(failure.severity(Severity::Warning));
            }
            _ => out.pass(&[]),
        }
    }
}

/// A note below the form that denies what the form shows, without “如”; its block.
fn note_denies(
    context: &Context<'_>,
    form: &str,
    has_figures: bool,
    out: &mut Outcomes,
) -> Option<u32> {
    let found = context.form(form).filter(|_| has_figures)?;
    let mut denying = None;
    let last = found.blocks.last().copied().unwrap_or(0);
    for block in last + 1..last + 5 {
        let Some(text) = context.document.blocks.get(block as usize).and_then(|b| b.text()) else {
            break;
        };
        let folded = crate::words::fold(text.as_str());
        let denies =
            folded.contains('无') && context.scheme.settings.words("空表说明").occur_in(&folded);
        if denies && !folded.contains('如') && !folded.contains('若') {
            let message =
                format!("表注称没有这项收支，《{}》却有金额", context.scheme.name_of(form));
            let spot = Spot { place: text.start(), block, quote: text.as_str().to_owned() };
            out.fail(Failure::new(format!("{form}[total].note"), message).at(spot));
            denying = Some(block);
        }
    }
    denying
}
