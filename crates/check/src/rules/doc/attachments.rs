//! DOC019: an attachment that the text names is not there.

use juesuan_model::Severity;

use crate::context::MAY_BE_UNREAD;
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "DOC019",
    title: "“见附件”的附件不存在",
    english: "An attachment that the text names is not there",
    severity: Severity::Error,
    checks: "正文写“《项目绩效自评表》见附件”的，文件里应有自评表；写整体自评表见附件的，应有整体自评表。",
    why: "说了见附件而没有附，等于没有公开。",
    bad: "第二部分 绩效情况\n\n本部门对项目开展了自评。《项目支出绩效自评表》见附件。",
    good: "第二部分 绩效情况\n\n本部门对项目开展了自评。《项目支出绩效自评表》见附件。\n\n项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90",
    basis: "《地方预决算公开操作规程》与绩效公开要求",
    false_alarms: "附件另成文件公开的，应一并核对。",
    covers: &["R128", "E09"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let accounts = context.accounts;
    for passage in &accounts.passages {
        let text = passage.folded.as_str();
        let Some(at) = text.find("见附件") else {
            out.not_applicable();
            continue;
        };
        let before = text.get(..at).unwrap_or("");
        let title = before.rfind('《').and_then(|start| before.get(start..)).unwrap_or(before);
        let is_whole = title.contains("整体");
        let (wanted, found) = match title {
            _ if !title.contains("自评") => continue,
            _ if is_whole => ("整体绩效自评表", !accounts.whole_evaluations.is_empty()),
            _ => ("项目绩效自评表", !accounts.evaluations.is_empty()),
        };
        if found {
            out.pass(&[]);
            continue;
        }
        let subject = format!("passage[{}].attachment", passage.block);
        if context.has_unread_tables() {
            out.not_checked(subject, MAY_BE_UNREAD);
            continue;
        }
        let message = format!("正文写{wanted}见附件，文件里没有读到");
        let failure = Failure::new(subject, message);
        out.fail(failure.at(Spot::in_passage(passage, at, at + "见附件".len())));
    }
}
