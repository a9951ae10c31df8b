//! DOC013: the glossary lacks an item or term, or explains one that is not used.

use juesuan_model::{Bigrams, Severity, changes};
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "DOC013",
    title: "名词解释缺条目、有多余条目或编号不连续",
    english: "The glossary lacks an entry or has a superfluous one",
    severity: Severity::Error,
    checks: "决算表中有金额的每个项级科目、表中使用的收支术语都应有名词解释；解释的科目都应在表中；条目编号连续。",
    why: "名词解释是给公众看的，缺了哪条，哪笔钱就看不懂。",
    bad: "第三部分 名词解释\n\n1.财政拨款收入：指从同级财政部门取得的资金。\n\n2.教育支出（类）普通教育（款）小学教育（项）：反映小学教育支出。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n205\t教育支出\t15.00\t15.00\t0.00\n20502\t普通教育\t15.00\t15.00\t0.00\n2050202\t小学教育\t10.00\t10.00\t0.00\n2050203\t初中教育\t5.00\t5.00\t0.00",
    good: "第三部分 名词解释\n\n1.教育支出（类）普通教育（款）小学教育（项）：反映小学教育支出。\n\n2.教育支出（类）普通教育（款）初中教育（项）：反映初中教育支出。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n205\t教育支出\t15.00\t15.00\t0.00\n20502\t普通教育\t15.00\t15.00\t0.00\n2050202\t小学教育\t10.00\t10.00\t0.00\n2050203\t初中教育\t5.00\t5.00\t0.00",
    basis: "《地方预决算公开操作规程》：对专业性较强的名词进行解释",
    false_alarms: "只解释术语、不解释科目的地方，科目不作要求。",
    covers: &["A19", "R127", "E10"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let entries = &context.accounts.glossary;
    if entries.is_empty() {
        return out.not_checked("glossary[].term", "没有读到名词解释");
    }
    let terms: Vec<Bigrams> =
        entries.iter().map(|entry| Bigrams::new(fold(&entry.term.text))).collect();
    let explains_items = terms.iter().any(|term| term.as_str().contains("(项)"));
    if explains_items {
        let used: Vec<(&str, Bigrams)> = used_items(context)
            .into_iter()
            .filter_map(|code| Some((code, Bigrams::new(path(context, code)?))))
            .collect();
        items(context, &terms, &used, out);
        superfluous(context, &terms, &used, out);
    }
    words(context, &terms, out);
    numbers(context, out);
}

/// 类、款、项 as the glossary writes them.
fn path(context: &Context<'_>, code: &str) -> Option<String> {
    let part = |length: usize| {
        let code = code.get(..length)?;
        ["general_expenditure", "funds", "state_capital", "expenditure"]
            .iter()
            .filter_map(|form| context.row_name(form, code))
            .find(|name| !name.is_empty())
            .or_else(|| context.scheme.functional.name(code))
            .map(fold)
    };
    Some(format!(
        "{}(类){}(款){}(项)",
        part(3)?,
        part(5).unwrap_or_default(),
        part(7).unwrap_or_default()
    ))
}

fn used_items<'a>(context: &Context<'a>) -> Vec<&'a str> {
    let mut codes: Vec<&str> = Vec::new();
    for form in ["general_expenditure", "funds", "state_capital"] {
        let Some(found) = context.form(form) else { continue };
        for (code, _) in found.rows.iter().filter(|(code, _)| code.len() == 7) {
            let spent = context.amount(form, code, "total").is_some_and(|a| a > Decimal::ZERO);
            if spent && !codes.contains(&&**code) {
                codes.push(code);
            }
        }
    }
    codes
}

fn items(context: &Context<'_>, terms: &[Bigrams], used: &[(&str, Bigrams)], out: &mut Outcomes) {
    let known: FxHashSet<&str> = terms.iter().map(Bigrams::as_str).collect();
    // The entry of one item is no entry of its neighbour, however alike.
    let is_anothers = |term: &Bigrams| used.iter().any(|(_, path)| path == term);
    for (code, path) in used {
        let is_explained = || terms.iter().any(|term| explains(term, path) && !is_anothers(term));
        if known.contains(path.as_str()) || is_explained() {
            out.pass(&[]);
            continue;
        }
        let path = path.as_str();
        // A name that forms leave blank cannot be looked for.
        if path.contains("(类)(款)") || path.contains(")(款)(项)") || path.ends_with("(款)(项)")
        {
            out.not_checked(format!("glossary[{code}].term"), "表中没有科目名称");
            continue;
        }
        let message = format!("{code} {path}有金额，名词解释没有这一条");
        let failure = Failure::new(format!("glossary[{code}].term"), message);
        let row = context
            .fact("general_expenditure", code, "total")
            .or_else(|| context.fact("funds", code, "total"));
        out.fail(row.into_iter().fold(failure, |f, (id, _)| f.figure(context, id)));
    }
}

/// Whether a term means a path; slips of a character are another rule's.
fn explains(term: &Bigrams, path: &Bigrams) -> bool {
    let is_slip = || changes(item_of(term.as_str()), item_of(path.as_str()), 1).is_some();
    term == path || term.similarity(path) >= 800 && is_slip()
}

/// 项 of 类(类)款(款)项(项).
fn item_of(path: &str) -> &str {
    let path = path.split("(项)").next().unwrap_or(path);
    path.rsplit(')').next().unwrap_or(path)
}

/// Entries of items that no form has.
fn superfluous(
    context: &Context<'_>,
    terms: &[Bigrams],
    used: &[(&str, Bigrams)],
    out: &mut Outcomes,
) {
    let paths: FxHashSet<&str> = used.iter().map(|(_, path)| path.as_str()).collect();
    let spoken: FxHashSet<String> = context
        .statements("item")
        .map(|s| {
            ["class", "section", "item"]
                .map(|slot| context.slot_of(s, slot).map_or("", |(_, f)| &f.printed))
        })
        .map(|[class, section, item]| {
            fold(&format!("{class}（类）{section}（款）{item}（项）")).into_owned()
        })
        .collect();
    // What is paid from other money than the treasury's stands in these forms only.
    let elsewhere: FxHashSet<String> = ["expenditure", "income"]
        .iter()
        .flat_map(|form| context.rows_of(form))
        .filter(|code| code.len() == 7)
        .filter_map(|code| path(context, code))
        .collect();
    let entries = context.accounts.glossary.iter().zip(terms);
    for (entry, term) in entries
        .filter(|(entry, _)| entry.term.text.contains("项）") || entry.term.text.contains("项)"))
    {
        let is_known = paths.contains(term.as_str())
            || used.iter().any(|(_, path)| explains(term, path))
            || spoken.contains(term.as_str())
            || elsewhere.contains(term.as_str());
        if is_known || used.is_empty() {
            out.pass(&[]);
            continue;
        }
        let message = format!("名词解释有“{}”，决算表中没有这个科目的金额", entry.term.text);
        out.fail(
            Failure::new("glossary[].term", message).severity(Severity::Warning).at(&entry.term),
        );
    }
}

/// Terms of the forms that have an amount and need an entry.
fn words(context: &Context<'_>, terms: &[Bigrams], out: &mut Outcomes) {
    for (word, cell) in context.scheme.settings.pairs("应解释的术语") {
        let used = cell.split_once('[').and_then(|(form, rest)| {
            let (row, column) = rest.split_once("].")?;
            context.amount(form, row, column)
        });
        let is_used = used.is_some_and(|amount| amount > Decimal::ZERO);
        let outside =
            || context.accounts.passages.iter().filter(|p| !p.section.contains("名词解释"));
        let stands = outside().any(|p| p.folded.as_str().contains(&**word));
        if !is_used && !stands {
            out.not_applicable();
            continue;
        }
        let folded = fold(word);
        // 上年结转和结余 explains no 年末结转和结余.
        let is_other = |term: &str| term.contains("上年") || term.contains("年初");
        let has = terms.iter().map(Bigrams::as_str).any(|term| {
            term.contains(&*folded)
                || folded.contains(term) && term.chars().count() > 3 && !is_other(term)
        });
        if has {
            out.pass(&[]);
            continue;
        }
        let severity = if is_used {
            Severity::Error
        } else if outside().any(|p| is_told(p.folded.as_str(), word)) {
            Severity::Warning
        } else {
            Severity::Note
        };
        let message = format!("使用了“{word}”，名词解释没有这一条");
        let failure = Failure::new(format!("glossary[{word}].term"), message).severity(severity);
        let place = context.accounts.passages.iter().find(|p| p.folded.as_str().contains(&*folded));
        let failure = place.into_iter().fold(failure, |f, p| f.at(Spot::of_words(p, &folded)));
        // The glossary itself, where the entry is lacking.
        let first = context.accounts.glossary.first();
        out.fail(first.into_iter().fold(failure, |f, entry| f.at(&entry.term)));
    }
}

/// Whether a text speaks of a term otherwise than to say that it was nothing: 经营收入0万元.
fn is_told(text: &str, term: &str) -> bool {
    text.match_indices(term).any(|(at, _)| {
        let behind = text.get(at + term.len()..).unwrap_or("").trim_start_matches('为');
        let rest = behind.trim_start_matches(['0', '.']);
        rest.len() == behind.len() || !rest.starts_with(['万', '元'])
    })
}

fn numbers(context: &Context<'_>, out: &mut Outcomes) {
    let numbered: Vec<_> =
        context.accounts.glossary.iter().filter_map(|e| Some((e.number?, e))).collect();
    for (before, (number, entry)) in numbered.iter().zip(numbered.iter().skip(1)) {
        if before.0 + 1 == *number || *number == 1 {
            out.pass(&[]);
            continue;
        }
        let message = format!("名词解释编号 {number} 处应为 {}", before.0 + 1);
        out.fail(
            Failure::new("glossary[].number", message).severity(Severity::Warning).at(&entry.term),
        );
    }
}
