//! TXT110: the items of basic expenditure named in the text differ from those with amounts.

use juesuan_model::{FactId, Severity, changes};
use rust_decimal::Decimal;

use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "TXT110",
    title: "基本支出的费用清单与基本支出表不符",
    english: "The items of basic expenditure named in the text differ from the form",
    severity: Severity::Warning,
    checks: "人员经费、公用经费“主要包括”所列的费用，在基本支出表中应有金额；表中有金额、且大于已列最小一项的费用应当列出；名称应与表中一致。",
    why: "清单是手工写的，去年的费用常常留在今年的清单里。",
    bad: "第二部分 说明\n\n四、一般公共预算财政拨款基本支出\n\n2024年度一般公共预算财政拨款基本支出30.00万元，其中：人员经费20.00万元，主要包括基本工资、奖励金等；公用经费10.00万元，主要包括办公费等。\n\n一般公共预算财政拨款基本支出决算表\n\n科目编码\t科目名称\t决算数\n301\t工资福利支出\t20.00\n30101\t基本工资\t20.00\n303\t对个人和家庭的补助\t0.00\n30309\t奖励金\t0.00\n302\t商品和服务支出\t10.00\n30201\t办公费\t10.00\n人员经费合计\t\t20.00\n公用经费合计\t\t10.00",
    good: "第二部分 说明\n\n四、一般公共预算财政拨款基本支出\n\n2024年度一般公共预算财政拨款基本支出30.00万元，其中：人员经费20.00万元，主要包括基本工资等；公用经费10.00万元，主要包括办公费等。\n\n一般公共预算财政拨款基本支出决算表\n\n科目编码\t科目名称\t决算数\n301\t工资福利支出\t20.00\n30101\t基本工资\t20.00\n303\t对个人和家庭的补助\t0.00\n30309\t奖励金\t0.00\n302\t商品和服务支出\t10.00\n30201\t办公费\t10.00\n人员经费合计\t\t20.00\n公用经费合计\t\t10.00",
    basis: "文字说明与基本支出表一致",
    false_alarms: "“主要包括”可以不列小额费用。",
    covers: &["A16", "R091", "E59", "E47"],
    check,
};

const FORM: &str = "basic_expenditure";

struct Entry {
    name: String,
    amount: Decimal,
    id: FactId,
}

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let lists = [
        ("staff_items", &["301", "303"][..]),
        ("public_items", &["302", "307", "310", "312", "399"][..]),
    ];
    for statement in context.statements("basic") {
        for (slot, classes) in lists {
            let Some((id, fact)) = context.slot_of(statement, slot) else {
                out.not_applicable();
                continue;
            };
            let entries = entries(context, classes);
            if entries.is_empty() {
                out.not_checked(format!("basic[1].{slot}"), "没有读到基本支出表的款级科目");
                continue;
            }
            let words = fold(&fact.printed);
            let words =
                words.trim_end_matches('等').trim_end_matches("支出").trim_end_matches("的");
            let named: Vec<&str> =
                words.split('、').flat_map(|name| parts(name, &entries)).collect();
            let list = List { context, slot, id };
            let named = list.named(&named, &entries, out);
            list.left_out(&named, &entries, out);
        }
    }
}

/// The sections of some classes with their amounts.
fn entries(context: &Context<'_>, classes: &[&str]) -> Vec<Entry> {
    context
        .rows_of(FORM)
        .iter()
        .filter(|row| row.len() == 5 && classes.iter().any(|class| row.starts_with(class)))
        .filter_map(|row| {
            let (id, _) = context.fact(FORM, row, "amount")?;
            let name = fold(context.row_name(FORM, row)?).into_owned();
            Some(Entry { name, amount: context.value(Some(id)).unwrap_or_default(), id })
        })
        .collect()
}

/// The names in a piece of the list: its last two are often joined by 和.
fn parts<'w>(words: &'w str, entries: &[Entry]) -> Vec<&'w str> {
    let is_named = |name: &str| entries.iter().any(|entry| entry.name == name);
    let joined = ["以及", "和", "及"].iter().find_map(|word| {
        let (first, second) = words.split_once(word)?;
        (is_named(first) && is_named(second)).then(|| vec![first, second])
    });
    joined.unwrap_or_else(|| vec![words])
}

fn find<'e>(name: &str, entries: &'e [Entry]) -> Option<&'e Entry> {
    let bare = |text: &str| {
        text.trim_end_matches('费').trim_end_matches("费用").replace("(护)", "").replace("(境)", "")
    };
    entries
        .iter()
        .find(|entry| entry.name == name)
        .or_else(|| entries.iter().find(|entry| bare(&entry.name) == bare(name)))
        .or_else(|| {
            entries
                .iter()
                .find(|entry| entry.name.starts_with(name) || name.starts_with(&entry.name))
        })
        .or_else(|| {
            // One slip in a short name; in three characters two of them make another name.
            let slips = (name.chars().count() / 3).min(2);
            entries.iter().find(|e| slips > 0 && changes(&e.name, name, slips).is_some())
        })
        .or_else(|| {
            let mut shortened = entries.iter().filter(|entry| is_short_for(name, &entry.name));
            shortened.next().filter(|_| shortened.next().is_none())
        })
}

/// Whether a name leaves characters of another out: 物业费 for 物业管理费, 公积金 for 住房公积金.
fn is_short_for(short: &str, name: &str) -> bool {
    let mut rest = name.chars();
    let keeps_order = short.chars().all(|c| rest.any(|other| other == c));
    let same_ending = short.chars().next_back() == name.chars().next_back();
    keeps_order && same_ending && short.chars().nth(2).is_some()
}

/// Where a name stands in the list; the list when it stands nowhere.
fn spot(context: &Context<'_>, list: FactId, name: &str) -> Option<Spot> {
    let list = context.accounts.facts.get(list)?;
    let within = || {
        let passage = context.passage(list.block)?;
        let text = passage.folded.as_str();
        let start = text.find(&*fold(&list.printed))?;
        let at = start + text.get(start..)?.find(name)?;
        Some(Spot::in_passage(passage, at, at + name.len()))
    };
    let known = if name.is_empty() { None } else { within() };
    Some(known.unwrap_or_else(|| list.into()))
}

/// A list of the text.
#[derive(Clone, Copy)]
struct List<'c> {
    context: &'c Context<'c>,
    slot: &'static str,
    id: FactId,
}

impl List<'_> {
    /// A failure at a name of the list; at the list when the name is empty.
    fn failure(self, message: String, name: &str, severity: Severity) -> Failure {
        let failure = Failure::new(format!("basic[1].{}", self.slot), message).severity(severity);
        spot(self.context, self.id, name).into_iter().fold(failure, Failure::at)
    }

    /// Holds each name against the form and gives the entries that are named.
    fn named<'e>(self, names: &[&str], entries: &'e [Entry], out: &mut Outcomes) -> Vec<&'e Entry> {
        let mut found = Vec::new();
        for name in names {
            let entry = find(name, entries);
            found.extend(entry);
            let (message, severity) = match entry {
                None if name.chars().count() < 2 => continue,
                None => (format!("文字列有“{name}”，基本支出表没有这个科目"), Severity::Warning),
                Some(entry) if entry.amount.is_zero() => {
                    (format!("文字列有“{name}”，基本支出表中没有金额"), Severity::Error)
                }
                Some(entry) if entry.name != *name => {
                    let own = &entry.name;
                    (format!("文字写作“{name}”，基本支出表的科目是“{own}”"), Severity::Note)
                }
                Some(_) => {
                    out.pass(&[]);
                    continue;
                }
            };
            let failure = self.failure(message, name, severity);
            out.fail(entry.iter().fold(failure, |f, entry| f.figure(self.context, entry.id)));
        }
        found
    }

    /// Entries above the least one named that the list leaves out.
    fn left_out(self, named: &[&Entry], entries: &[Entry], out: &mut Outcomes) {
        let amounts = named.iter().map(|entry| entry.amount).filter(|amount| !amount.is_zero());
        let Some(least) = amounts.min() else { return };
        let is_missing =
            |entry: &&Entry| entry.amount > least && named.iter().all(|other| other.id != entry.id);
        let missing: Vec<&Entry> = entries.iter().filter(is_missing).collect();
        if missing.is_empty() {
            return;
        }
        let printed = |entry: &&Entry| {
            format!("“{}”{} 万元", entry.name, self.context.printed(Some(entry.id)))
        };
        let told: Vec<String> = missing.iter().map(printed).collect();
        let told = told.join("、");
        let message = format!("基本支出表有{told}，大于文字已列的最小一项，文字没有列出");
        let failure = self.failure(message, "", Severity::Warning);
        out.fail(missing.iter().fold(failure, |f, entry| f.figure(self.context, entry.id)));
    }
}
