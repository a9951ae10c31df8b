//! PRF136: the key evaluation tells a problem of a project whose summary has none.

use juesuan_model::{ProjectSummary, Severity};

use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "PRF136",
    title: "重点评价列出了项目的问题，项目综述却写“无”",
    english: "The key evaluation finds a problem where the summary has none",
    severity: Severity::Error,
    checks: "部门重点评价点名指出项目有问题的，这个项目的自评综述不能写没有发现问题。",
    why: "同一个部门对同一个项目说了两种话。",
    bad: "第二部分 绩效自评情况\n\n（1）示范奖励项目自评综述：自评得分95分。全年预算数为10万元，执行数为10万元，完成预算的100%。发现的主要问题及原因：无。下一步改进措施：无。\n\n对示范奖励等1个项目开展了部门重点评价，涉及资金10万元。综合评价平均分为95分，评级情况为优1个。通过部门绩效评价发现主要存在以下问题：个别项目指标未完全达标，如示范奖励项目部分数量指标完成率不足。",
    good: "第二部分 绩效自评情况\n\n（1）示范奖励项目自评综述：自评得分95分。全年预算数为10万元，执行数为10万元，完成预算的100%。发现的主要问题及原因：申报企业少，数量指标没有完成。下一步改进措施：扩大宣传。\n\n对示范奖励等1个项目开展了部门重点评价，涉及资金10万元。综合评价平均分为95分，评级情况为优1个。通过部门绩效评价发现主要存在以下问题：个别项目指标未完全达标，如示范奖励项目部分数量指标完成率不足。",
    basis: "重点评价与自评是对同一项目的评价",
    false_alarms: "",
    covers: &["P07", "X07"],
    check,
};

/// Shorter names occur by chance, in characters.
const SHORTEST_NAME: usize = 4;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let accounts = context.accounts;
    let key = accounts.key_evaluation.as_ref();
    let Some(statement) = key.and_then(|key| accounts.statements.get(key.statement)) else {
        return out.not_applicable();
    };
    let Some(passage) = context.passage(statement.block) else { return out.not_applicable() };
    let text = passage.folded.as_str();
    // Problems stand behind the word; before it the projects are only listed.
    let from = text.find("问题").unwrap_or(text.len());
    let told = text.get(from..).unwrap_or("");
    for (index, summary) in accounts.summaries.iter().enumerate() {
        let name = fold(&summary.name.text);
        let name = name.trim_end_matches("项目");
        if name.chars().count() < SHORTEST_NAME || !told.contains(name) {
            out.not_applicable();
            continue;
        }
        let clause_at = |at: usize| told.get(at..).unwrap_or("").split(['。', ';']).next();
        let mut clauses = told.match_indices(name).filter_map(|(at, _)| Some((at, clause_at(at)?)));
        let problem = clauses.find(|(_, clause)| has_problem(context, clause));
        let Some((at, clause)) = problem.filter(|_| says_none(context, summary)) else {
            out.pass(&[]);
            continue;
        };
        let message = format!(
            "重点评价指出“{clause}”，第 {} 项“{}”的综述却没有写问题",
            summary.number, summary.name.text
        );
        let failure = Failure::new(format!("project[{index}].problems"), message);
        let spot = Spot::in_passage(passage, from + at, from + at + clause.len());
        let failure = failure.at(spot);
        out.fail(match &summary.problems {
            Some(problems) => failure.at(problems),
            None => failure.at(&summary.name),
        });
    }
}

fn has_problem(context: &Context<'_>, clause: &str) -> bool {
    context.scheme.settings.words("问题的词").occur_in(clause)
}

/// Whether the summary says that there is no problem.
fn says_none(context: &Context<'_>, summary: &ProjectSummary) -> bool {
    let words = &context.scheme.performance.summary;
    summary.problems.as_ref().is_some_and(|problems| words.says_none(&problems.text))
}
