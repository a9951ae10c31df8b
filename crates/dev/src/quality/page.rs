//! The page of measured quality.

use std::collections::BTreeMap;

use juesuan_model::Severity;
use juesuan_scheme::Scheme;

use super::alter::Slip;
use super::firing::Firing;
use super::measure::{Figure, Measured};
use super::tally::{Share, Tally, strangers, with_strangers, zones};
use super::zone::Zone;
use crate::table::Table;

/// A measured document as the page tells of it.
pub struct Section<'a> {
    /// What was measured.
    pub measured: &'a Measured,
    /// The scheme, for the names of forms.
    pub scheme: &'a Scheme,
    /// Where the document is found.
    pub source: Source<'a>,
    /// The digest of its bytes.
    pub sha256: &'a str,
    /// Every how manyth figure was altered.
    pub every: usize,
}

/// Where a document is found.
pub enum Source<'a> {
    /// In the repository, so that it may be quoted.
    Example(&'a str),
    /// Elsewhere; it is told by its digest and never quoted.
    Outside,
}

const HEAD: &str = "<!-- 由 cargo dev quality --write 生成，请勿手改 -->

# 实测质量

把一份文件里印的每个数字逐一改错，每次只改一处，重新检查，看改错了能不能查出来。改法有四种：错一位、两位颠倒、小数点错一位、漏一位；改哪一位由数字的位置决定，不用随机数，所以两次测得的结果相同。

- **查出**：比改动之前多了一条说到这个数字的错误或疑点，或原有的问题换了内容。只多出一条提示的不算，另列一栏。
- **指到原处**：错误或疑点的第一处位置就是这个数字。
- **给出原值**：而且给出的应有值就是改动之前的数。
- **有第二出处**：改动之前，至少有一条规则拿这个数字与别处相等地比较过，或者已有问题说到它；与改动之后查没查出无关。其余的数字错了无从查起，检查报告里计入 `figures_unrelated`。
";

/// The whole page.
#[must_use]
pub fn page(sections: &[Section<'_>], firings: &[Firing], faulty: &str) -> String {
    let mut page = HEAD.to_owned();
    for section in sections {
        page.push_str(&section.print());
    }
    page.push_str(&rules(firings, faulty));
    page
}

/// Whether a part of the document belongs to a group of parts.
type IsIn = fn(&Zone) -> bool;

impl Section<'_> {
    fn print(&self) -> String {
        let parts = [
            self.head(),
            self.protected(),
            self.by_zone(),
            self.by_slip(),
            self.missed(),
            self.unprotected(),
            self.alarms(),
        ];
        parts.concat()
    }

    fn head(&self) -> String {
        let measured = self.measured;
        let source = match self.source {
            Source::Example(path) => format!("文件 `{path}`，SHA-256 `{}`", self.sha256),
            Source::Outside => format!("SHA-256 `{}`", self.sha256),
        };
        let sampled = match self.every {
            0 | 1 => String::new(),
            every => format!("（每 {every} 个数字取一个）"),
        };
        let all = Tally::of(measured.figures.iter(), |_| true);
        format!(
            "\n## {}\n\n{source}，方案 {}。文中数字 {} 个，改动 {} 个{sampled}，共 {} 次，查出 {}。\n",
            measured.title,
            measured.scheme,
            measured.all,
            measured.figures.iter().filter(|figure| !figure.slips.is_empty()).count(),
            all.slips,
            all.share(all.caught),
        )
    }

    fn name(&self, zone: &Zone) -> String {
        match zone {
            Zone::Form(_, id) => format!("《{}》", self.scheme.name_of(id)),
            Zone::Narrative => "文字说明".to_owned(),
            Zone::Project => "项目综述".to_owned(),
            Zone::Evaluation => "项目自评表".to_owned(),
            Zone::Whole => "整体自评表".to_owned(),
            Zone::Other => "其他".to_owned(),
        }
    }

    fn in_zone<'a>(&'a self, zone: &'a Zone) -> impl Iterator<Item = &'a Figure> {
        self.measured.figures.iter().filter(move |figure| figure.zone == *zone)
    }

    fn by_zone(&self) -> String {
        let heads = ["区域", "数字", "改动", "查出", "只有提示", "指到原处", "给出原值"];
        let mut table = Table::new(&heads);
        let in_forms = self.measured.figures.iter();
        let in_forms = in_forms.filter(|figure| matches!(figure.zone, Zone::Form(..)));
        add(&mut table, "九张决算表", &Tally::of(in_forms, |_| true));
        for zone in zones(self.measured) {
            add(&mut table, &self.name(&zone), &Tally::of(self.in_zone(&zone), |_| true));
        }
        add(&mut table, "全文", &Tally::of(self.measured.figures.iter(), |_| true));
        format!("\n### 各区域\n\n{}", table.print())
    }

    fn by_slip(&self) -> String {
        let mut table = Table::new(&["改法", "改动", "查出", "指到原处", "给出原值"]);
        for slip in Slip::ALL {
            let tally = Tally::of(self.measured.figures.iter(), |other| other == slip);
            let Tally { slips, caught, shown, restored, .. } = tally;
            let shares = [caught, shown, restored].map(|part| tally.share(part).to_string());
            let [caught, shown, restored] = shares;
            table.row(&[slip.label().to_owned(), slips.to_string(), caught, shown, restored]);
        }
        format!("\n### 各种改法\n\n{}", table.print())
    }

    /// Figures that a second place states, against what the project aims at.
    fn protected(&self) -> String {
        let heads = ["区域", "数字", "有第二出处", "改动", "查出", "目标"];
        let mut table = Table::new(&heads);
        let is_text = |zone: &Zone| matches!(zone, Zone::Narrative | Zone::Project);
        let is_form = |zone: &Zone| matches!(zone, Zone::Evaluation | Zone::Whole);
        let groups: [(&str, &str, IsIn); 4] = [
            ("九张决算表", "≥99%", |zone| matches!(zone, Zone::Form(..))),
            ("文字说明和项目综述", "≥95%", is_text),
            ("项目和整体自评表", "≥97%", is_form),
            ("全文", "≥97%", |_| true),
        ];
        for (name, aim, is_in) in groups {
            let own = || self.measured.figures.iter().filter(|figure| is_in(&figure.zone));
            let tally = Tally::of(own().filter(|figure| figure.is_related), |_| true);
            let share = Share { part: tally.figures, whole: own().count() };
            table.row(&[
                name.to_owned(),
                share.whole.to_string(),
                format!("{}（{share}）", tally.figures),
                tally.slips.to_string(),
                tally.share(tally.caught).to_string(),
                aim.to_owned(),
            ]);
        }
        format!("\n### 有第二出处的数字\n\n{}", table.print())
    }

    /// What nothing protects, line by line: a reader finds it there, and nothing else is quoted.
    fn unprotected(&self) -> String {
        let free: Vec<&Figure> =
            self.measured.figures.iter().filter(|figure| !figure.is_related).collect();
        let mut text = format!(
            "\n### 没有第二出处的数字\n\n文中没有别处写着同一事实，也没有规则能约束它们，共 {} 个，按所在的行列出：\n",
            free.len()
        );
        for zone in zones(self.measured) {
            let own: Vec<&&Figure> = free.iter().filter(|figure| figure.zone == zone).collect();
            if own.is_empty() {
                continue;
            }
            let mut lines: BTreeMap<u32, Vec<String>> = BTreeMap::new();
            for figure in &own {
                let line = lines.entry(figure.place.line).or_default();
                line.push(format!("{}{}", figure.printed, figure.unit));
            }
            let lines = lines.iter().map(|(line, all)| format!("{line} 行 {}", all.join("、")));
            let lines: Vec<String> = lines.collect();
            text.push_str(&format!(
                "\n- {}（{} 个）：{}\n",
                self.name(&zone),
                own.len(),
                lines.join("；")
            ));
        }
        text
    }

    fn missed(&self) -> String {
        let mut table = Table::new(&["区域", "没有第二出处", "有第二出处，改动后仍说得通"]);
        for zone in zones(self.measured) {
            let cell = |is_related: bool| {
                let own = self.in_zone(&zone).filter(|figure| figure.is_related == is_related);
                let missed: Vec<usize> = own.map(|figure| missed(figure).len()).collect();
                let figures = missed.iter().filter(|count| **count > 0).count();
                let slips: usize = missed.iter().sum();
                (slips > 0).then(|| format!("{figures} 个数字，{slips} 次"))
            };
            let (free, related) = (cell(false), cell(true));
            if free.is_some() || related.is_some() {
                let cells = [Some(self.name(&zone)), free, related];
                table.row(&cells.map(|cell| cell.unwrap_or_else(|| "—".to_owned())));
            }
        }
        let mut text = format!("\n### 没有查出的改动\n\n{}", table.print());
        text.push_str(&self.by_column());
        if matches!(self.source, Source::Example(_)) {
            text.push_str(&self.missed_figures());
        }
        text
    }

    /// What the figures are whose alterations were missed although a second place states them.
    fn by_column(&self) -> String {
        let mut columns: BTreeMap<(Zone, String), (usize, usize)> = BTreeMap::new();
        for figure in self.measured.figures.iter().filter(|figure| figure.is_related) {
            let slips = missed(figure).len();
            let Some((form, column)) = figure.read_as.as_ref().filter(|_| slips > 0) else {
                continue;
            };
            let name = self.column(form, column);
            let count = columns.entry((figure.zone.clone(), name)).or_default();
            *count = (count.0 + 1, count.1 + slips);
        }
        let mut table = Table::new(&["区域", "栏目或句子", "数字", "没有查出的改动"]);
        for ((zone, name), (figures, slips)) in &columns {
            table.row(&[self.name(zone), name.clone(), figures.to_string(), slips.to_string()]);
        }
        if table.is_empty() {
            return String::new();
        }
        format!("\n有第二出处而没有查出的，是这些栏目：\n\n{}", table.print())
    }

    /// What readers call a column of a form or record, or a sentence.
    fn column(&self, form: &str, column: &str) -> String {
        let scheme = self.scheme;
        if let Some(sentence) = scheme.sentences.iter().find(|sentence| *sentence.id == *form) {
            return sentence.title.to_string();
        }
        let head = match scheme.form(form) {
            Some(known) => known.column(column).map(|column| &*column.head),
            None => scheme.column_name(form, column),
        };
        head.unwrap_or(column).to_owned()
    }

    fn missed_figures(&self) -> String {
        let mut table = Table::new(&["行", "区域", "原文", "没有查出的改动", "原因"]);
        for figure in &self.measured.figures {
            let missed = missed(figure);
            if missed.is_empty() {
                continue;
            }
            let why =
                if figure.is_related { "改动后仍说得通" } else { "没有第二出处" };
            let quote = figure.context.trim();
            table.row(&[
                figure.place.line.to_string(),
                self.name(&figure.zone),
                quote.to_owned(),
                missed.join("、"),
                why.to_owned(),
            ]);
        }
        format!("\n{}", table.print())
    }

    fn alarms(&self) -> String {
        let count = |severity: Severity| {
            self.measured.findings.iter().filter(|finding| finding.severity == severity).count()
        };
        let (errors, warnings, notes) =
            (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
        let all = Tally::of(self.measured.figures.iter(), |_| true);
        let (with, only) = with_strangers(self.measured);
        let with = Share { part: with, whole: all.slips };
        let mut text = format!(
            "\n### 误报\n\n改动之前：错误 {errors}，疑点 {warnings}，提示 {notes}。\n\n改动之后新出现、而没有说到所改数字的错误和疑点：{} 次改动有（{with}），其中 {only} 次只有这样的问题。\n",
            with.part
        );
        let is_example = matches!(self.source, Source::Example(_));
        let heads: &[&str] = if is_example {
            &["规则", "改动", "行", "例", "说的是"]
        } else {
            &["规则", "改动"]
        };
        let mut table = Table::new(heads);
        for (code, (times, example)) in strangers(self.measured) {
            let mut cells = vec![format!("[{code}](rules/{code}.md)"), times.to_string()];
            if is_example {
                let figure = example.figure;
                let what = format!(
                    "{}：{} 写成 {}",
                    example.slip.label(),
                    figure.printed,
                    example.altered
                );
                cells.extend([figure.place.line.to_string(), what, example.message.to_owned()]);
            }
            table.row(&cells);
        }
        if !table.is_empty() {
            text.push_str(&format!("\n{}", table.print()));
        }
        text
    }
}

/// The alterations of a figure that were not caught.
fn missed(figure: &Figure) -> Vec<String> {
    let slips = figure.slips.iter().filter(|(_, _, trial)| !trial.answer.is_caught());
    slips.map(|(slip, altered, _)| format!("{} {altered}", slip.label())).collect()
}

fn add(table: &mut Table, name: &str, tally: &Tally) {
    let shares = [tally.caught, tally.noted, tally.shown, tally.restored];
    let [caught, noted, shown, restored] = shares.map(|part| tally.share(part).to_string());
    let (figures, slips) = (tally.figures.to_string(), tally.slips.to_string());
    table.row(&[name.to_owned(), figures, slips, caught, noted, shown, restored]);
}

/// Begins the part of the page that is made anew with every change of rules.
pub const RULES: &str = "\n## 每条规则\n";

/// How often each rule fires.
#[must_use]
pub fn rules(firings: &[Firing], faulty: &str) -> String {
    let silent = firings.iter().filter(|firing| firing.on_bad == 0).count();
    let loud = firings.iter().filter(|firing| firing.on_good > 0).count();
    let on_faulty = firings.iter().filter(|firing| firing.on_faulty > 0).count();
    let mut families: BTreeMap<String, Table> = BTreeMap::new();
    for firing in firings {
        let family: String = firing.code.chars().take_while(char::is_ascii_alphabetic).collect();
        let table = families
            .entry(family)
            .or_insert_with(|| Table::new(&["规则", "名称", "错例", "正例", "植错文件"]));
        let link = format!("[{0}](rules/{0}.md)", firing.code);
        let counts = [firing.on_bad, firing.on_good, firing.on_faulty].map(|n| n.to_string());
        let [bad, good, faulty] = counts;
        table.row(&[link, firing.title.clone(), bad, good, faulty]);
    }
    let mut text = format!(
        "{RULES}\n每条规则带一个错例和改正后的正例。数字是在该例中报告的次数（含归并到别的问题之下的），植错文件是 `{faulty}`。共 {} 条规则：错例没有报告的 {silent} 条，正例误报的 {loud} 条，植错文件中报告过的 {on_faulty} 条。\n",
        firings.len()
    );
    for (family, table) in families {
        text.push_str(&format!("\n### {family}\n\n{}", table.print()));
    }
    text
}
