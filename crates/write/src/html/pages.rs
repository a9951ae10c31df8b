//! The findings of a document with pages: each page as a picture with its places marked, the
//! findings beside it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use juesuan_model::{Evidence, Finding, Lang, Report, Severity};

use super::markup::Markup;
use super::{Context, finding};
use crate::labels;
use crate::order;
use crate::spots::{Numbered, Spot, Spots, Tone, home, spots};

/// Points to the inch: the unit of places on pages.
const POINTS: u64 = 72;

/// What a page looks like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PagePicture {
    /// The number of the page, from 1.
    pub page: u32,
    /// How many pixels it is wide.
    pub width: u32,
    /// How many pixels it is high.
    pub height: u32,
    /// How many pixels there are to the inch.
    pub dpi: u16,
    /// The picture as PNG.
    pub png: Vec<u8>,
}

/// The pages that are worth a picture: those with findings, then those that findings are held
/// against.
#[must_use]
pub fn pages_to_draw(report: &Report) -> Vec<u32> {
    let own: BTreeSet<u32> = report.findings.iter().filter_map(home).collect();
    let all = report.findings.iter().flat_map(|finding| &finding.evidence);
    let all: BTreeSet<u32> = all.filter_map(|evidence| evidence.page).collect();
    own.iter().chain(all.difference(&own)).copied().collect()
}

/// The id of a finding by its number.
pub(super) fn finding_id(number: usize) -> String {
    format!("f-{number}")
}

fn spot_id(index: usize) -> String {
    format!("s-{index}")
}

/// The findings by page.
pub(super) struct Pages<'a> {
    /// All findings in the order of the pages, those that are accepted at the end.
    findings: Vec<Numbered<'a>>,
    numbers: HashMap<*const Finding, usize>,
    spots: Vec<Spot<'a>>,
    /// Which spot is where.
    places: HashMap<(u32, [i32; 4]), usize>,
    pictures: BTreeMap<u32, &'a PagePicture>,
}

impl<'a> Pages<'a> {
    /// `None` without pictures: then the findings are listed as those of a text.
    pub(super) fn of(report: &'a Report, pictures: &'a [PagePicture]) -> Option<Self> {
        if pictures.is_empty() {
            return None;
        }
        let mut open: Vec<&Finding> =
            report.findings.iter().filter(|finding| finding.waived.is_none()).collect();
        open.sort_by_key(|finding| (home(finding), order::place(finding)));
        let findings: Vec<Numbered<'_>> =
            (1..).zip(open.into_iter().chain(order::waived(report))).collect();
        let numbers = findings.iter().map(|(number, finding)| (&raw const **finding, *number));
        let numbers = numbers.collect();
        let Spots { placed: spots, .. } = spots(findings.iter().copied(), usize::MAX);
        let places = spots.iter().enumerate().map(|(at, spot)| ((spot.page, spot.bbox), at));
        let places = places.collect();
        let pictures = pictures.iter().map(|picture| (picture.page, picture)).collect();
        Some(Self { findings, numbers, spots, places, pictures })
    }

    pub(super) fn number(&self, finding: &Finding) -> Option<usize> {
        self.numbers.get(&(&raw const *finding)).copied()
    }

    /// The id of the mark of an evidence, if its page is shown.
    pub(super) fn spot(&self, evidence: &Evidence) -> Option<String> {
        let (page, bbox) = (evidence.page?, evidence.bbox?);
        let index = self.places.get(&(page, bbox)).filter(|_| self.pictures.contains_key(&page));
        index.map(|index| spot_id(*index))
    }

    /// The number of the first finding of a severity.
    pub(super) fn first(&self, severity: Severity) -> Option<usize> {
        self.open().find(|(_, finding)| finding.severity == severity).map(|(number, _)| number)
    }

    fn open(&self) -> impl Iterator<Item = Numbered<'a>> {
        self.findings.iter().copied().filter(|(_, finding)| finding.waived.is_none())
    }

    /// The findings that stand on a page, or on none.
    fn on(&self, page: Option<u32>) -> Vec<Numbered<'a>> {
        self.open().filter(|(_, finding)| home(finding) == page).collect()
    }

    /// All pages that have something to show.
    fn numbers_of_pages(&self) -> BTreeSet<u32> {
        let with_findings = self.open().filter_map(|(_, finding)| home(finding));
        with_findings.chain(self.pictures.keys().copied()).collect()
    }
}

/// Writes what concerns the whole document, then page by page.
pub(super) fn write(
    m: &mut Markup,
    pages: &Pages<'_>,
    sections: &HashMap<&str, usize>,
    context: &Context<'_>,
) {
    let lang = context.lang;
    let all = pages.numbers_of_pages();
    let missing: Vec<u32> =
        all.iter().copied().filter(|page| !pages.pictures.contains_key(page)).collect();
    m.leaf("p", &[("class", "meaning")], &labels::pages_shown(all.len(), lang));
    if !missing.is_empty() {
        m.leaf("p", &[("class", "meaning")], &labels::not_drawn(&missing, lang));
    }
    let whole = pages.on(None);
    if !whole.is_empty() {
        m.element("section", &[("class", "group")], |m| {
            heading(m, labels::WHOLE.say(lang), whole.len());
            articles(m, &whole, sections, context);
        });
    }
    for page in all {
        let own = pages.on(Some(page));
        let id = format!("page-{page}");
        m.element("section", &[("class", "group sheet"), ("id", &id)], |m| {
            heading(m, &labels::numbered(page, "页", "page", lang), own.len());
            m.element("div", &[("class", "spread")], |m| {
                if let Some(picture) = pages.pictures.get(&page) {
                    figure(m, picture, pages, lang);
                }
                m.element("div", &[("class", "own")], |m| {
                    articles(m, &own, sections, context);
                    held_against(m, page, pages, lang);
                });
            });
        });
    }
}

fn heading(m: &mut Markup, name: &str, count: usize) {
    m.element("h3", &[], |m| {
        m.text(name);
        if count > 0 {
            m.raw(" ");
            m.leaf("span", &[("class", "n")], &labels::count(count));
        }
    });
}

fn articles(
    m: &mut Markup,
    findings: &[Numbered<'_>],
    sections: &HashMap<&str, usize>,
    context: &Context<'_>,
) {
    for (_, finding) in findings {
        let section = sections.get(order::section(finding)).copied().unwrap_or_default();
        finding::article(m, finding, Some(&section.to_string()), context);
    }
}

/// What else the page is held against, as links to those findings.
fn held_against(m: &mut Markup, page: u32, pages: &Pages<'_>, lang: Lang) {
    let here = pages.spots.iter().filter(|spot| spot.page == page);
    let beside: BTreeMap<usize, &Finding> = here.flat_map(|spot| spot.beside.clone()).collect();
    let elsewhere: Vec<_> = beside.iter().filter(|(_, f)| home(f) != Some(page)).collect();
    if elsewhere.is_empty() {
        return;
    }
    m.element("div", &[("class", "held")], |m| {
        m.leaf("p", &[], labels::HELD_HERE.say(lang));
        m.element("ul", &[], |m| {
            for (number, finding) in elsewhere {
                m.element("li", &[], |m| {
                    let target = format!("#{}", finding_id(*number));
                    m.leaf("a", &[("href", &target)], &format!("{number} {}", finding.code));
                    m.raw(" ");
                    m.leaf("span", &[], &finding.title);
                });
            }
        });
    });
}

/// The picture of a page with its marks, which lead to the findings.
fn figure(m: &mut Markup, picture: &PagePicture, pages: &Pages<'_>, lang: Lang) {
    let here = || pages.spots.iter().enumerate().filter(|(_, spot)| spot.page == picture.page);
    m.element("figure", &[("class", "page")], |m| {
        let source = format!("data:image/png;base64,{}", STANDARD.encode(&picture.png));
        let alt = labels::picture(picture.page, here().count(), lang);
        let (width, height) = (picture.width.to_string(), picture.height.to_string());
        m.open("img", &[("src", &source), ("alt", &alt), ("width", &width), ("height", &height)]);
        m.raw("\n");
        for (index, spot) in here() {
            mark(m, picture, index, spot, lang);
        }
    });
}

fn mark(m: &mut Markup, picture: &PagePicture, index: usize, spot: &Spot<'_>, lang: Lang) {
    let all = || spot.own.iter().chain(&spot.beside);
    let Some((first, _)) = all().next() else { return };
    let shown = if spot.own.is_empty() { &spot.beside } else { &spot.own };
    let numbers: Vec<String> = shown.iter().map(|(number, _)| number.to_string()).collect();
    let about = all().map(|(number, f)| format!("{number} {} {}", f.code, f.title));
    let about = about.collect::<Vec<_>>().join(lang.pick("；", "; "));
    let about = if spot.own.is_empty() {
        format!("{}{}{about}", labels::HELD_AGAINST.say(lang), lang.pick("：", ": "))
    } else {
        about
    };
    let ids: Vec<String> = all().map(|(number, _)| finding_id(*number)).collect();
    m.element(
        "a",
        &[
            ("class", &format!("spot {}", class(spot.tone()))),
            ("id", &spot_id(index)),
            ("href", &format!("#{}", finding_id(*first))),
            ("data-for", &ids.join(" ")),
            ("title", &about),
            ("aria-label", &about),
            ("style", &place(picture, spot.bbox)),
        ],
        |m| m.leaf("b", &[], &numbers.join("·")),
    );
    m.raw("\n");
}

const fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Open(severity) => severity.id(),
        Tone::Waived => "waived",
        Tone::Beside => "beside",
    }
}

/// Where a box stands on a picture, in percent of it.
fn place(picture: &PagePicture, [left, top, right, bottom]: [i32; 4]) -> String {
    let share = |points: i32, pixels: u32| {
        let points = u64::try_from(points).unwrap_or(0);
        let whole = u64::from(pixels).saturating_mul(POINTS);
        let part = points.saturating_mul(u64::from(picture.dpi)).saturating_mul(10_000);
        part.checked_div(whole).unwrap_or(0).min(10_000)
    };
    let percent = |share: u64| format!("{}.{:02}%", share / 100, share % 100);
    let (x0, x1) = (share(left, picture.width), share(right, picture.width));
    let (y0, y1) = (share(top, picture.height), share(bottom, picture.height));
    format!(
        "left:{};top:{};width:{};height:{}",
        percent(x0),
        percent(y0),
        percent(x1.saturating_sub(x0)),
        percent(y1.saturating_sub(y0)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_parts_of_the_picture() {
        let picture = PagePicture { page: 1, width: 1000, height: 2000, dpi: 144, png: Vec::new() };
        let at = |bbox| place(&picture, bbox);
        assert_eq!(at([50, 100, 75, 110]), "left:10.00%;top:10.00%;width:5.00%;height:1.00%");
        assert_eq!(at([-9, 0, 9_999, 1]), "left:0.00%;top:0.00%;width:100.00%;height:0.10%");
    }
}
