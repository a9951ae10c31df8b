//! PRF114: two summaries are copies of each other.

use std::cell::OnceCell;

use juesuan_model::{Bigrams, Severity};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::matching::pairs;
use crate::words::{numbers, short};
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "PRF114",
    title: "两个项目的综述雷同",
    english: "Two summaries are copies of each other",
    severity: Severity::Warning,
    checks: "不同项目综述的完成情况部分相似度达到八成、其中的数字也大都相同的，视为照抄。",
    why: "两个项目不可能恰好完成同样的户数、同样的次数。",
    bad: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分100分。项目绩效目标完成情况：一是开展巡检4次，二是保障考试46次，三是征收频占费60.61万元，取得了良好的效果。\n\n（2）乙项目自评综述：自评得分100分。项目绩效目标完成情况：一是开展巡检4次，二是保障考试46次，三是征收频占费60.61万元，取得了良好的效果。",
    good: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分100分。项目绩效目标完成情况：一是开展巡检4次，二是保障考试46次，三是征收频占费60.61万元，取得了良好的效果。\n\n（2）乙项目自评综述：自评得分100分。项目绩效目标完成情况：购置监测设备2套并通过验收，监测覆盖面扩大到全部县区。",
    basis: "综述应反映本项目的完成情况",
    false_alarms: "同一资金分市、区两级下达的项目，内容可能相近，但数字应不同。",
    covers: &["P06", "E18"],
    check,
};

/// Texts shorter than this are alike by chance.
const SHORTEST: usize = 40;

struct Body<'a> {
    index: usize,
    text: &'a str,
    numbers: Vec<Decimal>,
    sketch: Vec<u64>,
    /// Made for those that share much with another.
    bigrams: OnceCell<Bigrams>,
}

impl Body<'_> {
    fn bigrams(&self) -> &Bigrams {
        self.bigrams.get_or_init(|| Bigrams::new(self.text))
    }
}

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let bodies: Vec<Body<'_>> = context
        .accounts
        .summaries
        .iter()
        .enumerate()
        .filter_map(|(index, summary)| body(context, index, summary.passage))
        .collect();
    // The bodies that have a hash, so that a body is held only against those that share some.
    let mut having: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (position, body) in bodies.iter().enumerate() {
        let mut shared = vec![0; position];
        for hash in &body.sketch {
            let same = having.entry(*hash).or_default();
            for other in same.iter() {
                if let Some(count) = shared.get_mut(*other) {
                    *count += 1;
                }
            }
            same.push(position);
        }
        let mut earlier = bodies.iter().zip(shared);
        match earlier.find(|(other, shared)| is_copy(body, other, *shared)) {
            Some((twin, _)) => report(context, body, twin, out),
            None => out.pass(&[]),
        }
    }
}

/// The part of a summary that tells what was done: behind score and amounts.
fn body<'a>(context: &Context<'a>, index: usize, passage: usize) -> Option<Body<'a>> {
    let folded = context.accounts.passages.get(passage)?.folded.as_str();
    let start = ["完成情况:", "完成预算的", "执行率", "执行数"]
        .iter()
        .find_map(|word| folded.find(word).map(|at| at + word.len()))?;
    let text = folded
        .get(start..)?
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '%');
    if text.chars().count() < SHORTEST {
        return None;
    }
    let numbers = numbers(text).into_iter().map(|number| number.value).collect();
    Some(Body { index, text, numbers, sketch: sketch(text), bigrams: OnceCell::new() })
}

/// How many hashes stand for a text.
const SKETCH: usize = 32;

/// The smallest hashes of pairs of characters: texts alike share most of them.
fn sketch(text: &str) -> Vec<u64> {
    let mut least: Vec<u64> = Vec::with_capacity(SKETCH + 1);
    for pair in pairs(text) {
        let hash = pair.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let is_large = least.get(SKETCH - 1).is_some_and(|most| hash > *most);
        if let Some(at) = (!is_large).then(|| least.binary_search(&hash).err()).flatten() {
            least.insert(at, hash);
            least.truncate(SKETCH);
        }
    }
    least
}

/// Whether two bodies that share so many hashes are copies.
fn is_copy(a: &Body<'_>, b: &Body<'_>, shared: usize) -> bool {
    if shared * 2 < a.sketch.len().min(b.sketch.len()) {
        return false;
    }
    let alike = a.bigrams().similarity(b.bigrams());
    let same = a.numbers.iter().filter(|number| b.numbers.contains(number)).count();
    let most = a.numbers.len().max(b.numbers.len());
    alike >= 800 && (same * 10 >= most * 8 || alike >= 930)
}

fn report(context: &Context<'_>, body: &Body<'_>, twin: &Body<'_>, out: &mut Outcomes) {
    let summaries = &context.accounts.summaries;
    let (Some(own), Some(other)) = (summaries.get(body.index), summaries.get(twin.index)) else {
        return;
    };
    let message = format!(
        "第 {} 项“{}”的综述与第 {} 项“{}”雷同，数字也相同",
        own.number,
        short(&own.name.text, 20),
        other.number,
        short(&other.name.text, 20)
    );
    let mut failure = Failure::new(format!("project[{}].text", body.index), message);
    for summary in [own, other] {
        failure = failure.at(Spot::from(&summary.name));
    }
    out.fail(failure);
}
