//! PRF026: the texts of goal and result contradict the indicators or each other.

use juesuan_model::{Evaluation, Severity, TextField, similarity};
use rust_decimal::Decimal;

use crate::matching::coverage;
use crate::words::{Spoken, Told, fold, short};
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF026",
    title: "完成情况照抄目标，或目标与完成情况、表头不是同一年、同一笔预算",
    english: "The result copies the goal, or the goal is of another year or budget",
    severity: Severity::Warning,
    checks: "完成情况不得照抄或摘抄目标；目标不应还写着以前年度的时限、活动；目标写的预算应与表头相同。",
    why: "照抄目标等于没有写完成情况；沿用去年的目标，今年就没有目标。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n支持公共服务示范平台4个\t支持公共服务示范平台4个\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t支持示范平台数量\t≥4个\t4个\t50\t50",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n支持公共服务示范平台4个\t全年评审认定示范平台4个，资金已全部拨付\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t支持示范平台数量\t≥4个\t4个\t50\t50",
    basis: "《项目支出绩效评价管理办法》：绩效自评应当如实填写完成情况",
    false_alarms: "",
    covers: &["T25", "X07"],
    check,
};

/// Results shorter than this say too little to be copied.
const SHORTEST_COPY: usize = 8;
/// A part of the goal as long as this is no result of its own.
const LONG_COPY: usize = 16;
/// Texts as like as this, in thousandths, are copies.
const MUCH_ALIKE: u32 = 840;

/// So many characters behind a year are the name of something yearly.
const YEARLY_NAME: usize = 4;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (index, form) in context.accounts.evaluations.iter().enumerate() {
        let goal = form.goal.as_ref().map(Told::new);
        let result = form.result.as_ref().map(|field| (field, fold(&field.text)));
        let about = About { context, index, form, goal: goal.as_ref() };
        let result = result.as_ref().map(|(field, words)| (*field, &**words));
        copied(&about, result, out);
        stale(&about, out);
        other_year(&about, result, out);
        budget(&about, out);
    }
}

/// A form with what its goal tells.
struct About<'a> {
    context: &'a Context<'a>,
    index: usize,
    form: &'a Evaluation,
    goal: Option<&'a Told<'a>>,
}

impl About<'_> {
    fn failure(&self, column: &str, message: String) -> Failure {
        Failure::new(format!("evaluation[{}].{column}", self.index), message)
    }
}

/// A result without numbers that has so much of its wording, in thousandths, from the goal tells
/// nothing of its own.
const TAKEN: u32 = 920;

fn copied(about: &About<'_>, result: Option<(&TextField, &str)>, out: &mut Outcomes) {
    let (Some(goal), Some((result, result_words))) = (about.goal, result) else {
        return out.not_applicable();
    };
    let goal_words = &*goal.words;
    let alike = similarity(goal_words, result_words);
    let length = result_words.chars().count();
    let is_part = length >= LONG_COPY && goal_words.contains(result_words.trim_end_matches('。'));
    let is_taken = || {
        let tells = result_words.contains(|c: char| c.is_ascii_digit());
        length >= LONG_COPY && !tells && coverage(result_words, goal_words) >= TAKEN
    };
    let is_part = is_part || is_taken();
    if length < SHORTEST_COPY || (alike < MUCH_ALIKE && !is_part) {
        return out.pass(&[]);
    }
    let word = match alike {
        1_000 => "逐字照抄",
        _ if is_part => "摘抄",
        _ => "几乎照抄",
    };
    let (name, told) = (&about.form.name.text, short(&result.text, 40));
    let message = format!("“{name}”的完成情况{word}年初目标：“{told}”");
    out.fail(about.failure("result", message).at(result).at(goal.field));
}

/// A goal that was due before the year began.
fn stale(about: &About<'_>, out: &mut Outcomes) {
    let (Some(goal), Some(year)) = (about.goal, about.context.accounts.identity.year) else {
        return out.not_applicable();
    };
    let due = goal.numbers.iter().find(|number| {
        let rest = goal.behind(number);
        let is_year = number.value >= Decimal::from(2000) && number.value < Decimal::from(year);
        is_year && rest.starts_with('年') && rest.chars().take(6).any(|c| c == '底' || c == '前')
    });
    match due {
        Some(number) => {
            let message = format!("“{}”的目标时限还是 {} 年", about.form.name.text, number.value);
            out.fail(about.failure("goal", message).at(goal.field));
        }
        None => out.pass(&[]),
    }
}

/// A name with an earlier year in the goal that the result has with its own year.
fn other_year(about: &About<'_>, result: Option<(&TextField, &str)>, out: &mut Outcomes) {
    let (Some(goal), Some((_, result_words)), Some(year)) =
        (about.goal, result, about.context.accounts.identity.year)
    else {
        return out.not_applicable();
    };
    let name_at = |text: &str, end: usize| -> String {
        let rest = text.get(end..).unwrap_or("").trim_start_matches('年');
        rest.chars().take_while(|c| c.is_alphanumeric()).take(YEARLY_NAME).collect()
    };
    let is_year = |n: &&Spoken| n.value >= Decimal::from(2000) && n.value <= Decimal::from(2099);
    for number in goal.numbers.iter().filter(is_year) {
        let name = name_at(&goal.words, number.end);
        let now = format!("{year}{name}");
        let is_other = number.value != Decimal::from(year);
        if !is_other || name.chars().count() < YEARLY_NAME || !result_words.contains(&now) {
            continue;
        }
        let message = format!(
            "“{}”的目标写“{}{name}…”，完成情况写的是“{now}…”",
            about.form.name.text, number.value
        );
        let failure = about.failure("goal", message).at(goal.field);
        return out.fail(failure.values(number.value.to_string(), year.to_string()));
    }
    out.pass(&[]);
}

/// The budget that the goal names against the head of the form.
fn budget(about: &About<'_>, out: &mut Outcomes) {
    let (context, form) = (about.context, about.form);
    let (Some(goal), Some(id)) = (about.goal, form.budget) else { return out.not_applicable() };
    let Some(head) = context.number(Some(id)) else { return out.not_applicable() };
    let named = goal.numbers.iter().find(|number| {
        let before = goal.words.get(..number.start).unwrap_or("");
        let clause = before.rsplit([',', '。', ';']).next().unwrap_or("");
        clause.ends_with("预算")
            && goal.words.get(number.end..).is_some_and(|r| r.starts_with("万元"))
    });
    let Some(number) = named else { return out.not_applicable() };
    let stated = number.value.checked_mul(Decimal::from(10_000)).unwrap_or_default();
    let bounds = head.bounds();
    if stated >= bounds.low && stated <= bounds.high {
        return out.pass(&[]);
    }
    let message = format!(
        "“{}”的目标写预算 {} 万元，表头的预算数是 {}",
        form.name.text,
        number.value,
        head.with_unit()
    );
    let failure = about.failure("goal", message);
    let failure = failure.values(number.value.to_string(), head.display()).at(goal.field);
    out.fail(failure.figure(context, id));
}
