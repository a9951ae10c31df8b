//! PRF120: a statement of a summary contradicts its form.

use juesuan_model::{Evaluation, Indicator, Passage, ProjectSummary, Severity};
use juesuan_scheme::Words;
use rust_decimal::Decimal;

use crate::matching::coverage;
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "PRF120",
    title: "综述的陈述与自评表矛盾",
    english: "A statement of a summary contradicts its form",
    severity: Severity::Error,
    checks: "综述称指标全部完成而表中有未完成的，称项目未执行、未完成而表中全部完成的，称资金已拨付而执行数为零的，列举表中没有的指标类别的，均为矛盾。",
    why: "综述是给人看的结论，不能与自评表说两种话。",
    bad: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分40分。全年预算数为110万元，执行数为0万元，完成预算的0%。对企业进行绩效评价，均完成设定指标。\n\n项目支出绩效自评表\n项目名称\t甲项目\n预算数\t110\t执行数\t0\t执行率\t0%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t奖励企业数量\t≥4家\t0家\t50\t0",
    good: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分40分。全年预算数为110万元，执行数为0万元，完成预算的0%。因资金未拨付，奖励企业数量没有完成。\n\n项目支出绩效自评表\n项目名称\t甲项目\n预算数\t110\t执行数\t0\t执行率\t0%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t奖励企业数量\t≥4家\t0家\t50\t0",
    basis: "综述与自评表反映同一次自评",
    false_alarms: "“拟拨付”“拟奖励”不算已经拨付。",
    covers: &["X07", "E66"],
    check,
};

/// How much of an indicator's name must occur for it to be named, in thousandths.
const NAMED: u32 = 600;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (index, summary) in context.accounts.summaries.iter().enumerate() {
        let form = context.form_of(summary);
        let passage = context.accounts.passages.get(summary.passage);
        let (Some(form), Some(passage)) = (form, passage) else {
            out.not_applicable();
            continue;
        };
        let about = About { context, index, summary, form, passage };
        let faults =
            [about.all_done(), about.not_done(), about.paid(), about.hollow(), about.excepted()];
        let mut faults: Vec<Failure> = faults.into_iter().flatten().collect();
        faults.extend(about.kinds());
        if faults.is_empty() {
            out.pass(&[]);
        }
        faults.into_iter().for_each(|failure| out.fail(failure));
    }
}

struct About<'a> {
    context: &'a Context<'a>,
    index: usize,
    summary: &'a ProjectSummary,
    form: &'a Evaluation,
    passage: &'a Passage,
}

impl About<'_> {
    fn words(&self, topic: &str) -> &Words {
        self.context.scheme.settings.words(topic)
    }

    /// The first of a topic's words in the text, and where it stands.
    fn first(&self, topic: &str) -> Option<(usize, &str)> {
        let text = self.passage.folded.as_str();
        // 0家企业 is no part of 30家企业.
        let is_whole =
            |at: usize| !text.get(..at).unwrap_or("").ends_with(|c: char| c.is_ascii_digit());
        self.words(topic).places(text).filter(|(at, _)| is_whole(*at)).min()
    }

    fn failure(&self, column: &str, at: usize, word: &str, message: String) -> Failure {
        Failure::new(format!("project[{}].{column}", self.index), message)
            .at(Spot::in_passage(self.passage, at, at + word.len()))
            .at(&self.form.name)
    }

    /// The indicators that were not reached: as printed, or as target and actual value say.
    fn unmet(&self) -> Vec<&Indicator> {
        self.form.indicators.iter().filter(|indicator| self.is_missed(indicator)).collect()
    }

    fn is_missed(&self, indicator: &Indicator) -> bool {
        let value = |id| self.context.value(id);
        let computed = || {
            let (target, actual) = (value(indicator.target)?, value(indicator.actual)?);
            let scoring = self.context.scheme.scoring("project")?;
            scoring.completion(indicator.operator?, target, actual)
        };
        let completions = [value(indicator.completion), computed()];
        let mut known = completions.into_iter().flatten().peekable();
        if known.peek().is_none() {
            return value(indicator.score) < value(indicator.weight);
        }
        known.any(|completion| completion < Decimal::ONE_HUNDRED)
    }

    fn all_done(&self) -> Option<Failure> {
        let (at, word) = self.first("全部完成")?;
        let before = self.passage.folded.as_str().get(..at).unwrap_or("");
        let sentence = before.rsplit('。').next().unwrap_or("");
        let mut unmet = self.unmet();
        // “All others” leaves out those that the sentence has named.
        if word.starts_with("其他") {
            unmet.retain(|indicator| coverage(&indicator.name.text, sentence) < NAMED);
        }
        if unmet.is_empty() {
            return None;
        }
        let names: Vec<&str> = unmet.iter().map(|indicator| &*indicator.name.text).collect();
        let message = format!(
            "“{}”的综述写“{word}”，自评表却有 {} 项指标没有完成：{}",
            self.summary.name.text,
            unmet.len(),
            names.join("、")
        );
        let failure = self.failure("done", at, word, message);
        let told = |i: &&Indicator| [i.completion.or(i.score), i.actual, i.target];
        let facts = unmet.iter().flat_map(told).flatten();
        let facts = facts.filter_map(|id| self.context.accounts.facts.get(id));
        Some(facts.fold(failure, |failure, fact| failure.at(fact)))
    }

    fn not_done(&self) -> Option<Failure> {
        let (at, word) = self.first("没有完成")?;
        let has_any = !self.form.indicators.is_empty() && !self.form.first_page_lost;
        if !has_any || !self.unmet().is_empty() {
            return None;
        }
        let message = format!(
            "“{}”的综述写“{word}”，自评表的 {} 项指标却全部完成",
            self.summary.name.text,
            self.form.indicators.len()
        );
        Some(self.failure("undone", at, word, message))
    }

    fn paid(&self) -> Option<Failure> {
        let executed = self.context.value(self.form.executed)?;
        let (at, word) = self.first("已拨付")?;
        let text = self.passage.folded.as_str();
        let before = text.get(..at)?.chars().rev().take(6).collect::<String>();
        let denied =
            self.words("未拨付").occur_in(text) || before.contains(['拟', '未', '无', '不', '没']);
        if !executed.is_zero() || denied {
            return None;
        }
        let message =
            format!("“{}”的综述写“{word}”，自评表的全年执行数却是 0", self.summary.name.text);
        let failure = self.failure("paid", at, word, message);
        Some(self.form.executed.into_iter().fold(failure, |f, id| f.figure(self.context, id)))
    }

    /// Effects of what was not done: nobody applied or nothing was paid, and yet all are content.
    fn hollow(&self) -> Option<Failure> {
        let executed = self.context.value(self.form.executed)?;
        let text = self.passage.folded.as_str();
        let nobody = self.first("没有对象");
        let (at, word) = self.first("凭空的效果")?;
        if !executed.is_zero() || text.get(at..)?.starts_with('拟') {
            return None;
        }
        let name = &self.summary.name.text;
        let (severity, message) = match nobody {
            Some((_, none)) => {
                (Severity::Error, format!("“{name}”的综述写“{none}”，又写“{word}”，自相矛盾"))
            }
            None => (
                Severity::Warning,
                format!("“{name}”的综述写“{word}”，自评表的全年执行数却是 0，效果从何而来"),
            ),
        };
        let failure = self.failure("effect", at, word, message).severity(severity);
        Some(self.form.executed.into_iter().fold(failure, |f, id| f.figure(self.context, id)))
    }

    /// Indicators that the text excepts as zero although the form has them reached.
    fn excepted(&self) -> Option<Failure> {
        let text = self.passage.folded.as_str();
        let at = text.find('除')?;
        let clause = text.get(at..)?.split([',', '。', ';']).next()?;
        if !["为0外", "为0%外", "未完成外", "没有完成外"].iter().any(|end| clause.ends_with(end))
        {
            return None;
        }
        let reached = |indicator: &&Indicator| {
            coverage(&indicator.name.text, clause) >= NAMED && !self.is_missed(indicator)
        };
        let wrong: Vec<&Indicator> = self.form.indicators.iter().filter(reached).collect();
        let names: Vec<&str> = wrong.iter().map(|indicator| &*indicator.name.text).collect();
        let message = format!(
            "“{}”的综述写“{clause}”，自评表的{}却已完成",
            self.summary.name.text,
            names.join("、")
        );
        let failure = self.failure("excepted", at, clause, message);
        let facts = wrong.iter().filter_map(|i| i.completion.or(i.actual));
        (!wrong.is_empty())
            .then(|| facts.fold(failure, |failure, id| failure.figure(self.context, id)))
    }

    /// Kinds of indicators that the text lists and the form has not.
    fn kinds(&self) -> Vec<Failure> {
        if self.form.first_page_lost {
            return Vec::new();
        }
        let text = self.passage.folded.as_str();
        let lacks = |kind: &&std::sync::Arc<str>| {
            let has = |i: &juesuan_model::Indicator| {
                i.subgroup.contains(&***kind) || i.group.contains(&***kind)
            };
            !self.form.indicators.iter().any(has)
        };
        self.words("指标类别")
            .iter()
            .filter(lacks)
            .filter_map(|kind| {
                let at = text.find(&**kind)?;
                let message =
                    format!("“{}”的综述提到{kind}，自评表没有这类指标", self.summary.name.text);
                Some(self.failure("kind", at, kind, message).severity(Severity::Warning))
            })
            .collect()
    }
}
