//! DOC006: the note below a form speaks of something else than its title.

use juesuan_model::{FormFound, Severity};

use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "DOC006",
    title: "表名与表注、栏目不一致",
    english: "The note or columns of a form disagree with its title",
    severity: Severity::Error,
    checks: "表下“本表反映……”所说的预算类别和内容应与表名一致；表名写“收入支出”的，表中应有收入和结转栏。",
    why: "表名和表注不一致，说明其中一个是从别的表抄来的。",
    bad: "国有资本经营预算财政拨款收入支出决算表\n\n功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出\n合计\t\t0.00\t0.00\t0.00\n\n注：本表反映国有资本经营预算财政拨款的支出。",
    good: "国有资本经营预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出\n合计\t\t0.00\t0.00\t0.00\n\n注：本表反映国有资本经营预算财政拨款的支出。",
    basis: "公开表的格式",
    false_alarms: "",
    covers: &["A18", "E12"],
    check,
};

const BUDGETS: [&str; 4] = ["一般公共预算", "政府性基金", "国有资本经营", "三公"];

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for found in &context.accounts.forms {
        let (Some(title), Some(note)) = (&found.title, &found.note) else {
            out.not_applicable();
            continue;
        };
        let (named, said) = (fold(&title.text), fold(&note.text));
        let first = said.split('。').next().unwrap_or(&said);
        let own = BUDGETS.iter().find(|budget| named.contains(**budget));
        let foreign =
            BUDGETS.iter().find(|budget| first.contains(**budget) && !named.contains(**budget));
        let only = named.matches("财政拨款收入支出决算总表").count() == 0;
        if let (Some(own), Some(foreign)) = (own, foreign.filter(|_| only))
            && !first.contains(own)
        {
            let message = format!("表名是“{}”，表注说的却是{foreign}", title.text);
            out.fail(Failure::new(format!("{}[].note", found.form), message).at(note).at(title));
            continue;
        }
        income(context, found, &named, first, out);
    }
}

/// A title that promises income although neither note nor columns have any.
fn income(context: &Context<'_>, found: &FormFound, title: &str, note: &str, out: &mut Outcomes) {
    let (Some(printed), Some(said)) = (&found.title, &found.note) else { return };
    let has_column =
        context.facts_of(&found.form).any(|(_, fact)| &*fact.subject.column == "income");
    let is_tree = matches!(&*found.form, "funds" | "state_capital");
    if !is_tree || !title.contains("收入支出") || has_column || note.contains("收入") {
        return out.pass(&[]);
    }
    let message = format!("表名写“{}”，表中没有收入栏，表注也只说支出", printed.text);
    let expected = printed.text.replace("收入支出", "支出");
    let failure = Failure::new(format!("{}[].title", found.form), message);
    out.fail(failure.values(&*printed.text, expected).at(printed).at(said));
}
