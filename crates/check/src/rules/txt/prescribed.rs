//! TXT125: a sentence that the place prescribes is not there.

use juesuan_model::Severity;
use juesuan_scheme::sentence::Sentence;
use rustc_hash::FxHashSet;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT125",
    title: "本地样式规定的句子没有写",
    english: "A sentence that the place prescribes is not there",
    severity: Severity::Warning,
    checks: "地方方案规定应写的句子（总额、同比、占比、完成率、批次人次、绩效范围等），文字说明里所在的章节里都应有；写法不拘，读得懂即可。",
    why: "样式里的每一句都对应一项应公开的数字，少写一句就少公开一项。",
    bad: "",
    good: "",
    basis: "《地方预决算公开操作规程》：对收支增减变化、机关运行经费、政府采购等作出说明；地方方案所列的本地样式",
    false_alarms: "本地样式由已公开的文本推定、没有公布文本的，只作提示。换了程序读不懂的写法的，请人工核对。",
    covers: &["A29", "E08", "E16"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let Some(disclosure) = &context.scheme.prescribed.disclosure else {
        return out.not_applicable();
    };
    let sections = sections(context);
    for any in &disclosure.sentences {
        if any.ids.iter().any(|id| context.statements(id).next().is_some()) {
            out.pass(&[]);
            continue;
        }
        // A section that is missing as a whole is told by other rules.
        let can_stand = |sentence: &&Sentence| {
            any.ids.contains(&sentence.id) && sections.iter().any(|s| sentence.is_in_scope(s))
        };
        if !context.scheme.sentences.iter().any(|sentence| can_stand(&sentence)) {
            out.not_applicable();
            continue;
        }
        let names: Vec<&str> = any.ids.iter().map(|id| context.scheme.name_of(id)).collect();
        let message = format!("没有找到“{}”的说明，本地样式有这一句", names.join("”或“"));
        let first = any.ids.first().map_or("", |id| id);
        let failure = Failure::new(format!("{first}[].sentence"), message);
        let is_confirmed = context.scheme.is_confirmed();
        out.fail(if is_confirmed { failure } else { failure.severity(Severity::Note) });
    }
}

/// The sections of the narrative, the glossary aside.
fn sections<'a>(context: &Context<'a>) -> FxHashSet<&'a str> {
    let glossary = &context.scheme.structure.glossary;
    let sections = context.accounts.passages.iter().map(|passage| &*passage.section);
    sections.filter(|section| !glossary.iter().any(|word| section.contains(&**word))).collect()
}
