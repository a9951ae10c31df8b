//! TAB103: the tree of codes is incomplete.

use juesuan_model::{FormFound, Severity, TextField};
use juesuan_scheme::Layout;
use rustc_hash::FxHashSet;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TAB103",
    title: "科目缺少上级或没有细化到项",
    english: "A code lacks its parent or is not broken down to items",
    severity: Severity::Error,
    checks: "每个项级科目都有它的款和类，每个有金额的类、款都细化到项；科目编码不应重复，同一科目在各表的编码相同；财政拨款各表的科目都应在支出决算表中。",
    why: "功能分类应公开到项；缺了上级，合计就无从核对。",
    bad: "支出决算表\n\n功能分类科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n合计\t\t10.00\t10.00\t0.00\n205\t教育支出\t10.00\t10.00\t0.00\n2050202\t小学教育\t10.00\t10.00\t0.00",
    good: "支出决算表\n\n功能分类科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n合计\t\t10.00\t10.00\t0.00\n205\t教育支出\t10.00\t10.00\t0.00\n20502\t普通教育\t10.00\t10.00\t0.00\n2050202\t小学教育\t10.00\t10.00\t0.00",
    basis: "《预算法》第四十六条：功能分类编列到项",
    false_alarms: "涉密的项可以不公开。",
    covers: &["R013", "R018", "R066", "E13", "E14", "A03"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let spent: FxHashSet<&str> = context.rows_of("expenditure").iter().map(|row| &**row).collect();
    for found in &context.accounts.forms {
        let is_tree =
            context.scheme.form(&found.form).is_some_and(|form| form.layout == Layout::Tree);
        if !is_tree {
            continue;
        }
        tree(context, found, out);
        slips(context, found, out);
        let is_part = matches!(&*found.form, "general_expenditure" | "funds" | "state_capital");
        if !is_part || spent.is_empty() {
            continue;
        }
        for (code, name) in codes(found) {
            let has_amount =
                context.amount(&found.form, code, "total").is_some_and(|a| !a.is_zero());
            if spent.contains(code) || !has_amount {
                out.pass(&[]);
                continue;
            }
            let message = format!(
                "{code} {}在《{}》中有金额，支出决算表没有这个科目",
                name.text,
                context.scheme.name_of(&found.form)
            );
            out.fail(Failure::new(format!("{}[{code}].total", found.form), message).at(name));
        }
    }
}

fn codes(found: &FormFound) -> impl Iterator<Item = (&str, &TextField)> {
    let is_code = |code: &str| code.bytes().all(|b| b.is_ascii_digit());
    found.rows.iter().filter(move |(code, _)| is_code(code)).map(|(code, name)| (&**code, name))
}

fn tree(context: &Context<'_>, found: &FormFound, out: &mut Outcomes) {
    let known: FxHashSet<&str> = codes(found).map(|(code, _)| code).collect();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let title = context.scheme.name_of(&found.form);
    for (code, name) in codes(found) {
        let parent = code
            .len()
            .checked_sub(2)
            .and_then(|length| code.get(..length))
            .filter(|p| p.len() >= 3);
        let is_leaf =
            !known.iter().any(|other| other.len() > code.len() && other.starts_with(code));
        let column = context.scheme.form(&found.form).and_then(|form| form.column("total"));
        let has_amount = column.is_some_and(|column| {
            context.amount(&found.form, code, &column.id).is_some_and(|amount| !amount.is_zero())
        });
        let fault = if !seen.insert(code) {
            Some("出现了两次".to_owned())
        } else if let Some(parent) = parent.filter(|parent| !known.contains(parent)) {
            Some(format!("的上级 {parent} 不在表中"))
        } else if is_leaf && code.len() < 7 && has_amount {
            Some("有金额，没有细化到项".to_owned())
        } else {
            None
        };
        match fault {
            Some(fault) => {
                let message = format!("《{title}》科目 {code} {}{fault}", name.text);
                out.fail(Failure::new(format!("{}[{code}].code", found.form), message).at(name));
            }
            None => out.pass(&[]),
        }
    }
}

/// Codes under which no other form has the name; the amounts are held against the right ones.
fn slips(context: &Context<'_>, found: &FormFound, out: &mut Outcomes) {
    let title = context.scheme.name_of(&found.form);
    for (meant, printed) in &found.slips {
        let message =
            format!("《{title}》科目编码写作 {}，同名的科目在其他各表都是 {meant}", printed.text);
        let failure = Failure::new(format!("{}[{meant}].code", found.form), message);
        out.fail(failure.values(&*printed.text, &**meant).at(printed));
    }
}
