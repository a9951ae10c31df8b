//! PRF031: goal or result say nothing.

use juesuan_model::{Evaluation, Severity, TextField};

use crate::performance::words_of;
use crate::words::{Spoken, is_han, numbers, short};

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF031",
    title: "目标或完成情况没有实质内容",
    english: "A goal or a result says nothing",
    severity: Severity::Warning,
    checks: "完成情况不能只写“已完成”一类的话；年初目标不能只重复项目名称；指标有数而目标或完成情况没有一个数的，列为提示。",
    why: "没有写做了什么、做到什么程度，读者无从判断指标完成值的真假。",
    bad: "项目支出绩效自评表\n项目名称\t堤防养护项目\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n养护堤防80公里，检修闸泵40台次\t已完成。\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t养护堤防长度\t≥80公里\t80公里\t90\t90",
    good: "项目支出绩效自评表\n项目名称\t堤防养护项目\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n养护堤防80公里，检修闸泵40台次\t养护堤防80公里，检修闸泵42台次，汛期未发生险情\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t养护堤防长度\t≥80公里\t80公里\t90\t90",
    basis: "《项目支出绩效评价管理办法》：绩效自评应当如实填写完成情况",
    false_alarms: "",
    covers: &["T25", "T29", "W10"],
    check,
};

/// Texts shorter than this, in characters, can hardly tell what was done.
const SHORTEST: usize = 5;
/// So many characters around a phrase that says nothing do not make it say more.
const VAGUE: usize = 16;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (index, form) in context.accounts.evaluations.iter().enumerate() {
        let name = &*form.name.text;
        result(context, &format!("evaluation[{index}].result"), name, form.result.as_ref(), out);
        goal(&format!("evaluation[{index}].goal"), name, form.goal.as_ref(), out);
    }
    TEXTS.into_iter().for_each(|text| unmeasured(context, text, out));
    for (index, form) in context.accounts.whole_evaluations.iter().enumerate() {
        let name = &*form.name.text;
        result(context, &format!("whole[{index}].result"), name, form.result.as_ref(), out);
    }
}

fn result(
    context: &Context<'_>,
    subject: &str,
    name: &str,
    field: Option<&TextField>,
    out: &mut Outcomes,
) {
    let Some(field) = field else { return out.not_applicable() };
    let words = words_of(Some(field));
    let bare: String = words.chars().filter(|c| is_han(*c) || c.is_alphanumeric()).collect();
    let says_nothing = context.scheme.settings.words("空话完成情况");
    let only = says_nothing.iter().any(|phrase| bare == **phrase);
    let length = bare.chars().count();
    let has_figure = words.contains(|c: char| c.is_ascii_digit());
    let mut phrases = says_nothing.iter().filter(|phrase| phrase.chars().count() > SHORTEST);
    let is_vague = length <= VAGUE && !has_figure && phrases.any(|p| bare.contains(&**p));
    if let Some(why) = unfinished(context, name, &words) {
        let message = format!("“{name}”的完成情况写“{}”，{why}", short(&field.text, 40));
        return out.fail(Failure::new(subject, message).values(&*field.text, "").at(field));
    }
    if !only && !is_vague && length >= SHORTEST {
        return out.pass(&[]);
    }
    let message = format!("“{name}”的完成情况只写了“{}”，没有写做了什么", field.text);
    out.fail(Failure::new(subject, message).values(&*field.text, "").at(field));
}

/// What keeps a short result from telling of this year as a whole.
fn unfinished(context: &Context<'_>, name: &str, words: &str) -> Option<&'static str> {
    let settings = &context.scheme.settings;
    let mut clauses = words.split([',', '。', ';']).filter(|clause| !clause.is_empty());
    if clauses.clone().next().is_some() && clauses.all(|c| settings.words("只说以后").occur_in(c))
    {
        return Some("只说以后怎么办，没有写本年完成了什么");
    }
    let is_part = |part: &&str| words.contains(*part) && !name.contains(*part);
    let first = ["一季度", "1季度", "上半年"].iter().any(is_part);
    let whole = ["全年", "年度", "二季度", "三季度", "四季度", "下半年", "1-4季度"];
    (first && !whole.iter().any(|part| words.contains(part)))
        .then_some("只有一段时间的数，没有写全年的")
}

/// A goal that repeats the name of its project.
fn goal(subject: &str, name: &str, field: Option<&TextField>, out: &mut Outcomes) {
    let Some(field) = field else { return out.not_applicable() };
    let letters = |text: &str, most: usize| -> String {
        let folded = crate::words::fold(text);
        folded.chars().filter(|c| is_han(*c) || c.is_alphabetic()).take(most).collect()
    };
    let name_words = letters(name, usize::MAX);
    // What is longer than the name does not repeat it, however it goes on.
    let goal = letters(&field.text, (name_words.chars().count() + 1).max(SHORTEST));
    let repeats = !goal.is_empty() && (name_words.contains(&goal) || goal == name_words);
    let is_long = goal.chars().count() >= SHORTEST;
    if !repeats && is_long {
        return out.pass(&[]);
    }
    let message = format!("“{name}”的年初目标只写了“{}”，没有写要做到什么", field.text);
    out.fail(Failure::new(subject, message).values(&*field.text, "").at(field));
}

/// A text of a form that should have numbers: its column, what it is called, and where it stands.
type Text = (&'static str, &'static str, fn(&Evaluation) -> Option<&TextField>);

const TEXTS: [Text; 2] = [
    ("measured", "年初目标", |form| form.goal.as_ref()),
    ("counted", "完成情况", |form| form.result.as_ref()),
];

/// Goals or results without any number although indicators have some: a habit, told once.
fn unmeasured(context: &Context<'_>, (column, what, of): Text, out: &mut Outcomes) {
    let forms = &context.accounts.evaluations;
    let undone = context.scheme.settings.words("未执行");
    let bare: Vec<(usize, &TextField)> = forms
        .iter()
        .enumerate()
        .filter_map(|(at, form)| Some((at, without_number(form, of)?)))
        // What was not carried out has no numbers to tell.
        .filter(|(_, text)| column == "measured" || !undone.occur_in(&words_of(Some(text))))
        .collect();
    let Some((first, _)) = bare.first() else { return out.not_applicable() };
    let name = forms.get(*first).map_or("", |form| &form.name.text);
    let message = match bare.len() {
        1 => format!("“{name}”的{what}没有一个可以衡量的数，指标却有"),
        count => format!("有 {count} 张自评表的{what}没有一个可以衡量的数，指标却有，如“{name}”"),
    };
    let failure = Failure::new(format!("evaluation[{first}].{column}"), message);
    let failure = failure.severity(Severity::Note);
    out.fail(bare.iter().fold(failure, |failure, (_, text)| failure.at(*text)));
}

/// The text of a form whose indicators have numbers, when it has none itself but years.
fn without_number(
    form: &Evaluation,
    of: fn(&Evaluation) -> Option<&TextField>,
) -> Option<&TextField> {
    let text = of(form).filter(|_| form.indicators.iter().any(|i| i.target.is_some()))?;
    let words = words_of(Some(text));
    let is_year = |number: &Spoken| {
        let rest = words.get(number.end..).unwrap_or("");
        number.end - number.start == 4 && rest.starts_with('年')
    };
    let has_number = numbers(&words).iter().any(|number| !is_year(number));
    let is_long = words.chars().count() >= SHORTEST;
    (is_long && !has_number && !words.contains(IN_WORDS)).then_some(text)
}

/// Numbers written as words.
const IN_WORDS: [char; 12] =
    ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '两'];
