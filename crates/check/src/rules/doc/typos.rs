//! DOC018: a known misspelling.

use juesuan_model::Severity;

use crate::hits::List;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "DOC018",
    title: "错别字",
    english: "A known misspelling",
    severity: Severity::Error,
    checks: "按词表查找公文中常见的错别字（同音、形近、多字、漏字）。",
    why: "错别字损害公开文件的严肃性，有的还改变意思。",
    bad: "第一部分 概况\n\n一、主要职责\n\n布署全市水务工作，助理乡村振兴。",
    good: "第一部分 概况\n\n一、主要职责\n\n部署全市水务工作，助力乡村振兴。",
    basis: "现代汉语规范词",
    false_alarms: "词表只收错了就没有别的意思的写法。",
    covers: &["P11", "E83", "T25", "A21"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let pairs = context.scheme.settings.pairs("错别字");
    for (index, text) in context.texts().iter().enumerate() {
        let mut clean = true;
        for (pair, at) in context.hits().of(index, List::Typos) {
            let Some((wrong, right)) = pairs.get(pair) else { continue };
            // The right word may contain the wrong one.
            if right.contains(&**wrong) && text.folded.contains(&**right) {
                continue;
            }
            clean = false;
            let message = format!("“{wrong}”应为“{right}”");
            let failure = Failure::new(text.subject("typo"), message).values(&**wrong, &**right);
            out.fail_once(failure.derived().at(text.spot_at(at, at + wrong.len())));
        }
        if clean {
            out.pass(&[]);
        }
    }
}
