//! DOC030: the department writes its own name in another way.

use juesuan_model::{Severity, changes};
use memchr::memmem::Finder;

use super::variants::slip;
use crate::words::{fold, is_han};
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "DOC030",
    title: "本部门名称写法不一",
    english: "The department writes its own name in another way",
    severity: Severity::Error,
    checks: "正文中的本部门全称与封面一致：地名相同、末尾相同，只错、漏、多一个字的，是写错了自己的名称。",
    why: "名称写错，读者不知道说的是不是同一个单位。",
    bad: "青禾省临溪市规划和自然资源局2024年度部门决算\n\n第一部分 概况\n\n一、主要职责\n\n青禾省临溪市规划与自然资源局负责制订规划。",
    good: "青禾省临溪市规划和自然资源局2024年度部门决算\n\n第一部分 概况\n\n一、主要职责\n\n青禾省临溪市规划和自然资源局负责制订规划。",
    basis: "同一单位使用同一名称",
    false_alarms: "简称不检查；地名不同的、只差数字方位一类有意义的字的（第一、第二），是别的单位，不报告。",
    covers: &["A21", "E81"],
    check,
};

/// Shorter names are alike by chance.
const SHORTEST: usize = 8;
/// How many characters at the end a name written otherwise shares with the right one.
const SAME_END: usize = 2;
/// What ends the name of a place: behind another place stands another department.
const PLACES: [char; 8] = ['省', '市', '区', '县', '州', '盟', '旗', '镇'];

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let name = context.accounts.identity.department.as_ref().map(|field| fold(&field.text));
    let Some(name) = name.filter(|n| n.chars().count() >= SHORTEST && n.chars().all(is_han)) else {
        return out.not_applicable();
    };
    let mut told = false;
    let Some(place) = place_of(&name).map(Finder::new) else { return out.pass(&[]) };
    for text in context.texts() {
        for (at, other) in alike(&text.folded, &place, &name) {
            if !slip(context, other, &name) {
                continue;
            }
            told = true;
            let message = format!("本部门的名称写作“{other}”，封面是“{name}”");
            let failure = Failure::new(text.subject("own_name"), message);
            let spot = text.spot_at(at, at + other.len());
            // Every way of writing it is told once, with all its places.
            out.fail_once(failure.values(other, &*name).at(spot));
        }
    }
    if !told {
        out.pass(&[]);
    }
}

/// The place with which a name begins.
fn place_of(name: &str) -> Option<&str> {
    let (at, mark) = name.char_indices().rfind(|(_, c)| PLACES.contains(c))?;
    name.get(..at + mark.len_utf8())
}

/// Where a text has the name with one character wrong, missing or too many.
fn alike<'t>(text: &'t str, place: &Finder<'_>, name: &str) -> Vec<(usize, &'t str)> {
    let tail = name.char_indices().rev().nth(SAME_END - 1).and_then(|(at, _)| name.get(at..));
    let Some(tail) = tail else { return Vec::new() };
    let length = name.chars().count();
    place
        .find_iter(text.as_bytes())
        .filter_map(|at| {
            let rest = text.get(at..)?;
            if rest.starts_with(name) {
                return None;
            }
            // The tail can come early; one of the three lengths has it where it belongs.
            let of_length = |count: usize| {
                let end = rest.char_indices().nth(count).map_or(rest.len(), |(end, _)| end);
                rest.get(..end).filter(|other| other.ends_with(tail))
            };
            let same = [length, length - 1, length + 1].into_iter().find_map(of_length)?;
            (changes(same, name, 1).is_some() && same.chars().all(is_han)).then_some((at, same))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_makes_another_name() {
        let name = "临溪市规划和自然资源局";
        let place = Finder::new(place_of(name).unwrap());
        let found =
            |text: &'static str| alike(text, &place, name).into_iter().map(|(_, n)| n).collect();
        let one = |text| -> Vec<&str> { found(text) };
        assert_eq!(one("由临溪市规划与自然资源局负责"), ["临溪市规划与自然资源局"]);
        assert_eq!(one("由临溪市规划自然资源局负责"), ["临溪市规划自然资源局"]);
        assert!(one("由临溪市规划和自然资源局负责").is_empty());
        assert!(one("由临江市规划和自然资源局负责").is_empty());
        assert!(one("由临溪市资源局和临溪市自然资源局执法队负责").is_empty());
    }
}
