//! DOC028: the name of a kind of indicator is miswritten, or a list of them breaks off.

use juesuan_model::Severity;

use crate::words::is_han;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "DOC028",
    title: "指标类别名称写错或并列不全",
    english: "The name of a kind of indicator is miswritten, or a list of kinds breaks off",
    severity: Severity::Warning,
    checks: "“数量指标”“质量指标”等类别名称中间不应多出字；“社会效益指标及”“质量指标和”之后应当还有一个指标。",
    why: "套用模板逐项改写时，常常多敲一个字或删掉并列的后一项而留下连词。",
    bad: "第二部分 绩效情况\n\n一、项目自评\n\n1.甲项目：质量度指标完成率100%，社会效益指标及显著提升。",
    good: "第二部分 绩效情况\n\n一、项目自评\n\n1.甲项目：质量指标完成率100%，社会效益指标及可持续影响指标显著提升。",
    basis: "《项目支出绩效评价管理办法》：指标分产出、效益、满意度三类",
    false_alarms: "",
    covers: &["P11", "A21"],
    check,
};

/// What may stand between the two parts of a name: 数量类指标, 质量及时效指标.
const BETWEEN: &str = "类性等和及与或的、项各";
const KIND: &str = "指标";

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let kinds = context.scheme.settings.words("指标类别");
    for text in context.texts() {
        let folded = &*text.folded;
        if !folded.contains(KIND) {
            continue;
        }
        let faults = kinds.iter().flat_map(|kind| miswritten(folded, kind));
        let faults: Vec<_> = faults.chain(broken_off(folded, kinds)).collect();
        if faults.is_empty() {
            out.pass(&[]);
        }
        for (start, end, why) in faults {
            let quote = folded.get(start..end).unwrap_or("");
            let message = format!("“{quote}”{why}");
            let failure = Failure::new(text.subject("kind"), message).values(quote, "");
            out.fail(failure.at(text.spot_at(start, end)));
        }
    }
}

type Fault = (usize, usize, String);

/// 质量度指标 for 质量指标.
fn miswritten(text: &str, kind: &str) -> Vec<Fault> {
    let Some(stem) = kind.strip_suffix(KIND) else { return Vec::new() };
    let stands = text.match_indices(stem);
    let odd = stands.filter_map(|(start, _)| {
        let mut rest = text.get(start + stem.len()..)?.chars();
        let between = rest.next().filter(|c| is_han(*c) && !BETWEEN.contains(*c))?;
        let end = start + stem.len() + between.len_utf8() + KIND.len();
        rest.as_str().starts_with(KIND).then(|| (start, end, format!("应为“{kind}”")))
    });
    odd.collect()
}

/// 社会效益指标及显著提升: a conjunction with nothing behind it.
fn broken_off(text: &str, kinds: &[std::sync::Arc<str>]) -> Vec<Fault> {
    let marks = [',', '。', ';', ':', '、', '(', ')'];
    let stands = kinds.iter().flat_map(|kind| text.match_indices(&**kind));
    let odd = stands.filter_map(|(start, kind)| {
        let after = text.get(start + kind.len()..)?;
        let rest = after.strip_prefix('及')?;
        let clause = rest.split(marks).next().unwrap_or("");
        let goes_on = ["指标", "目标", "效益", "影响", "满意", "其", "时"];
        if clause.is_empty() || goes_on.iter().any(|word| clause.contains(word)) {
            return None;
        }
        let shown = clause.chars().take(4).map(char::len_utf8).sum::<usize>();
        let end = start + kind.len() + '及'.len_utf8() + shown;
        Some((start, end, "的“及”之后没有另一个指标".to_owned()))
    });
    odd.collect()
}
