//! DOC014: a code has no name, another name than the catalogue, or two names.

use std::sync::Arc;

use juesuan_model::{FormFound, Severity, TextField, changes};
use juesuan_scheme::Layout;
use rustc_hash::FxHashMap;

use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "DOC014",
    title: "科目没有名称，或名称与目录、与其他表不一致",
    english: "A code has no name, or a name that differs from catalogue or other forms",
    severity: Severity::Error,
    checks: "有金额的科目必须有名称；名称与当年《政府收支分类科目》一致，不用已停用的旧名；同一科目在各表中的名称相同。",
    why: "编码没有名称，公众看不懂；旧名和错名说明没有按当年科目编制。",
    bad: "政府性基金预算财政拨款收入支出决算表\n\n功能分类科目编码\t科目名称\t年初结转和结余\t本年收入\t小计\t基本支出\t项目支出\t年末结转和结余\n合计\t\t0.00\t10.00\t10.00\t0.00\t10.00\t0.00\n212\t城乡社区支出\t0.00\t10.00\t10.00\t0.00\t10.00\t0.00\n21208\t\t0.00\t10.00\t10.00\t0.00\t10.00\t0.00",
    good: "政府性基金预算财政拨款收入支出决算表\n\n功能分类科目编码\t科目名称\t年初结转和结余\t本年收入\t小计\t基本支出\t项目支出\t年末结转和结余\n合计\t\t0.00\t10.00\t10.00\t0.00\t10.00\t0.00\n212\t城乡社区支出\t0.00\t10.00\t10.00\t0.00\t10.00\t0.00\n21208\t国有土地使用权出让收入安排的支出\t0.00\t10.00\t10.00\t0.00\t10.00\t0.00",
    basis: "《政府收支分类科目》",
    false_alarms: "目录没有收录的编码不核对名称；只截去末尾几个字的（多为单元格宽度不够）列为提示。",
    covers: &["A12", "A13", "R042", "R066", "R067", "E40", "E41", "E42", "E37", "E44"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let usual = usual_names(context);
    for found in &context.accounts.forms {
        let layout = context.scheme.form(&found.form).map(|form| form.layout);
        let catalogue = match layout {
            Some(Layout::Tree) => &context.scheme.functional,
            Some(Layout::Blocks) => &context.scheme.economic,
            Some(Layout::Sides) => {
                classes(context, found, out);
                continue;
            }
            _ => continue,
        };
        let codes = found.rows.iter().filter(|(code, _)| code.bytes().all(|b| b.is_ascii_digit()));
        for (code, name) in codes {
            let about = About { context, form: &found.form, code, name };
            if name.text.is_empty() {
                about.blank(&usual, out);
                continue;
            }
            match catalogue.get(code) {
                Some(entry) => about.against(&entry.name, &entry.former, out),
                None => about.against_others(&usual, out),
            }
        }
    }
}

/// Classes printed as labels with a number before, under a name that has been given up.
fn classes(context: &Context<'_>, found: &FormFound, out: &mut Outcomes) {
    for (code, label) in &found.rows {
        let Some(entry) = context.scheme.functional.get(code) else { continue };
        let printed = fold(&label.text);
        let old = entry.former.iter().find(|old| printed.ends_with(&*fold(old)));
        match old.filter(|_| !printed.ends_with(&*fold(&entry.name))) {
            Some(old) => {
                let name = TextField { text: old.clone(), ..label.clone() };
                let about = About { context, form: &found.form, code, name: &name };
                about.against(&entry.name, &entry.former, out);
            }
            None => out.pass(&[]),
        }
    }
}

struct About<'a> {
    context: &'a Context<'a>,
    form: &'a Arc<str>,
    code: &'a Arc<str>,
    name: &'a TextField,
}

impl About<'_> {
    fn failure(&self, message: String) -> Failure {
        Failure::new(format!("{}[{}].name", self.form, self.code), message).at(self.name)
    }

    fn blank(&self, usual: &FxHashMap<Arc<str>, String>, out: &mut Outcomes) {
        let title = self.context.scheme.name_of(self.form);
        let known = self.context.scheme.functional.name(self.code).map(str::to_owned);
        let known = known.or_else(|| usual.get(self.code).cloned()).or_else(|| self.spoken());
        let mut cells = self.context.facts_of(self.form);
        let cell =
            cells.find(|(_, fact)| fact.subject.row == *self.code && fact.number().is_some());
        let message = format!("《{title}》科目 {} 没有名称", self.code);
        let failure = self.failure(message).values("", known.unwrap_or_default());
        out.fail(match cell {
            Some((id, _)) => failure.figure(self.context, id),
            None => failure,
        });
    }

    /// The name that the narrative gives to a code it speaks of.
    fn spoken(&self) -> Option<String> {
        let slot = match self.code.len() {
            3 => "class",
            5 => "section",
            _ => "item",
        };
        let statement =
            self.context.statements("item").find(|s| s.row.starts_with(&**self.code))?;
        Some(self.context.slot_of(statement, slot)?.1.printed.to_string())
    }

    fn against(&self, official: &str, former: &[Arc<str>], out: &mut Outcomes) {
        let (printed, right) = (fold(&self.name.text), fold(official));
        if printed == right {
            return out.pass(&[]);
        }
        let is_former = former.iter().any(|old| fold(old) == printed);
        let is_cut = right.starts_with(&*printed) || printed.starts_with(&*right);
        let slip = changes(&printed, &right, 2).is_some();
        let (severity, what) = if is_former {
            (Severity::Error, "是已经停用的旧名")
        } else if is_cut {
            (Severity::Note, "与目录的名称不全相同")
        } else if slip {
            (Severity::Error, "与目录的名称不同，疑为错字")
        } else {
            (Severity::Warning, "与目录的名称不同")
        };
        let message = format!("科目 {} 写作“{}”，{what}：“{official}”", self.code, self.name.text);
        out.fail_once(self.failure(message).severity(severity).values(&*self.name.text, official));
    }

    fn against_others(&self, usual: &FxHashMap<Arc<str>, String>, out: &mut Outcomes) {
        let printed = fold(&self.name.text);
        match usual.get(self.code).filter(|name| **name != printed) {
            Some(name) => {
                let message = format!(
                    "科目 {} 在这里写作“{}”，别的表写作“{name}”",
                    self.code, self.name.text
                );
                out.fail_once(self.failure(message).values(&*self.name.text, name.as_str()));
            }
            None => out.not_applicable(),
        }
    }
}

/// The name that most forms print for a code.
fn usual_names(context: &Context<'_>) -> FxHashMap<Arc<str>, String> {
    let mut counts: FxHashMap<Arc<str>, Vec<(String, usize)>> = FxHashMap::default();
    for found in &context.accounts.forms {
        let is_tree =
            context.scheme.form(&found.form).is_some_and(|form| form.layout == Layout::Tree);
        for (code, name) in found.rows.iter().filter(|(_, name)| is_tree && !name.text.is_empty()) {
            let names = counts.entry(code.clone()).or_default();
            let folded = fold(&name.text).into_owned();
            match names.iter_mut().find(|(known, _)| *known == folded) {
                Some((_, count)) => *count += 1,
                None => names.push((folded, 1)),
            }
        }
    }
    let best = |names: Vec<(String, usize)>| names.into_iter().max_by_key(|(_, count)| *count);
    counts.into_iter().filter_map(|(code, names)| Some((code, best(names)?.0))).collect()
}
