//! Units of what indicators count and measure.

use rust_decimal::Decimal;

/// Units that count the same things.
pub(crate) fn same_unit(a: &str, b: &str) -> bool {
    fn kind(unit: &str) -> Option<u8> {
        match unit {
            "家" | "户" | "户次" | "家次" | "个" | "项" => Some(0),
            "人" | "名" | "人次" | "位" => Some(1),
            "次" | "场" | "批次" | "期" | "场次" => Some(2),
            "份" | "本" | "册" | "件" => Some(3),
            _ => None,
        }
    }
    fn bare(unit: &str) -> &str {
        unit.split('(').next().unwrap_or("")
    }
    if a == b {
        return true;
    }
    // 元/公里 counts no kilometres.
    let is_ratio = |unit: &str| unit.contains("元/");
    if is_ratio(a) || is_ratio(b) {
        return false;
    }
    let alike = |a: &str, b: &str| a == b || kind(a).is_some_and(|own| kind(b) == Some(own));
    // “个、次” leaves open which is meant.
    let any = || a.split(['、', '/']).any(|a| b.split(['、', '/']).any(|b| alike(a, b)));
    bare(a) == bare(b) || any()
}

/// How many of the unit `to` make one of the unit `from`; `None` when they measure other things, or
/// it depends (a month of days).
pub(crate) fn factor(from: &str, to: &str) -> Option<Decimal> {
    if from.is_empty() || to.is_empty() || same_unit(from, to) {
        return Some(Decimal::ONE);
    }
    let ((many, a), (more, b)) = (multiple(from), multiple(to));
    if same_unit(a, b) {
        return Decimal::from(many).checked_div(Decimal::from(more));
    }
    if let (Some((own, a)), Some((other, b))) = (measure(from), measure(to)) {
        return (own == other).then(|| Decimal::from(a).checked_div(Decimal::from(b)))?;
    }
    // 家 and 家企业.
    (from.starts_with(to) || to.starts_with(from)).then_some(Decimal::ONE)
}

/// 万 and 亿 before a unit.
fn multiple(unit: &str) -> (u32, &str) {
    let of = |sign: char, value: u32| unit.strip_prefix(sign).map(|rest| (value, rest));
    of('万', 10_000).or_else(|| of('亿', 100_000_000)).unwrap_or((1, unit))
}

/// What a unit measures, and how many of the smallest unit of that it is.
fn measure(unit: &str) -> Option<(char, u32)> {
    Some(match unit {
        "秒" => ('时', 1),
        "分" | "分钟" => ('时', 60),
        "小时" | "个小时" => ('时', 3_600),
        "天" | "日" => ('时', 86_400),
        "米" => ('长', 1),
        "千米" | "公里" => ('长', 1_000),
        "千克" | "公斤" => ('重', 1),
        "吨" => ('重', 1_000),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_brought_together_where_that_is_sure() {
        let is = |from, to, expected: &str| {
            assert_eq!(factor(from, to), Some(expected.parse().unwrap()), "{from} in {to}");
        };
        is("亩", "万亩", "0.0001");
        is("万人次", "人", "10000");
        is("秒", "分钟", &(Decimal::ONE / Decimal::from(60)).to_string());
        is("小时", "天", &(Decimal::ONE / Decimal::from(24)).to_string());
        is("公里", "米", "1000");
        is("家企业", "家", "1");
        is("", "家", "1");
        assert_eq!(factor("天", "个月"), None);
        assert_eq!(factor("天", "工作日"), None);
        assert_eq!(factor("米", "小时"), None);
    }
}
