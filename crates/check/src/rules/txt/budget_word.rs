//! TXT128: the text speaks of another budget than the form of the three public items shows.

use juesuan_model::Severity;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT128",
    title: "“三公”经费文字说的预算与表注的预算不是同一个",
    english: "The text speaks of another budget than the three-public form",
    severity: Severity::Warning,
    checks: "“三公”经费表注明“预算数为全年预算数”的，文字不应写“完成年初预算的”；表注明是年初预算数的，文字不应写“完成全年预算的”“完成调整预算的”。",
    why: "分母不同，完成率就不能由表中的数算出来。",
    bad: "第二部分 说明\n\n三、“三公”经费支出情况\n\n2024年度“三公”经费支出10.00万元，完成年初预算的50.00%。\n\n第四部分 附表\n\n注：预算数为全年预算数，反映按规定程序调整后的预算数。",
    good: "第二部分 说明\n\n三、“三公”经费支出情况\n\n2024年度“三公”经费支出10.00万元，完成全年预算的50.00%。\n\n第四部分 附表\n\n注：预算数为全年预算数，反映按规定程序调整后的预算数。",
    basis: "“三公”经费支出决算表的表注",
    false_alarms: "",
    covers: &["R084", "E53"],
    check,
};

const INITIAL: [&str; 2] = ["年初预算", "初始预算"];
const ADJUSTED: [&str; 3] = ["全年预算", "调整预算", "调整后的预算"];

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let passages = &context.accounts.passages;
    let mut notes = context.texts().iter().filter_map(|text| {
        let rest = text.folded.split_once("预算数为")?.1;
        let starts = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
        match (starts(&ADJUSTED), starts(&INITIAL)) {
            (true, _) => Some((text, "全年预算数", INITIAL.as_slice())),
            (_, true) => Some((text, "年初预算数", ADJUSTED.as_slice())),
            _ => None,
        }
    });
    let Some((note, shown, others)) = notes.next() else { return out.not_applicable() };
    for passage in passages.iter().filter(|passage| passage.section.contains("三公")) {
        let text = passage.folded.as_str();
        let stands = others.iter().find_map(|word| {
            let start = text.find(&format!("完成{word}"))?;
            Some((start, start + "完成".len() + word.len()))
        });
        let Some((start, end)) = stands else {
            out.pass(&[]);
            continue;
        };
        let quote = text.get(start..end).unwrap_or("");
        let message = format!("文字写“{quote}”，“三公”经费表的预算数是{shown}");
        let failure = Failure::new(format!("passage[{}].budget", passage.block), message);
        let failure = failure.values(quote, format!("完成{shown}"));
        let at = note.folded.find("预算数为").unwrap_or(0);
        let failure = failure.at(crate::Spot::in_passage(passage, start, end));
        out.fail(failure.at(note.spot_at(at, at + "预算数为".len() + shown.len())));
    }
}
