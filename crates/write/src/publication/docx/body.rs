//! The body: cover, contents, headings, paragraphs, forms, in their sections.

use juesuan_model::{Element, Publication, Run, runs_text};

use super::contents::{self, Entry};
use super::figures::Figures;
use super::grid::{line, text_lines};
use super::pages::{self, LINE, Numbering};
use super::plan::{self, Kind, Paper, Stretch};
use super::xml::Xml;
use super::{table, xml};

/// What a paragraph has besides its style.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Paragraph {
    pub(super) style: &'static str,
    /// Whether it stays on the page of what comes next.
    pub(super) keeps: bool,
    /// Whether it begins a page.
    pub(super) breaks: bool,
    /// Positions of tabs: in the middle, at the right.
    pub(super) tabs: Option<(u32, u32)>,
    /// The size of its characters in half points, and how many of them it is set in.
    pub(super) size: Option<(u32, u8)>,
    pub(super) align: Option<&'static str>,
    /// The space above it.
    pub(super) above: Option<u32>,
}

impl Paragraph {
    /// A paragraph of a style.
    pub(super) fn of(style: &'static str) -> Self {
        Self { style, ..Self::default() }
    }

    /// Writes its properties, in the order that the format demands.
    pub(super) fn properties(self, xml: &mut Xml) {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", self.style);
            if self.keeps {
                xml.empty("w:keepNext", &[]);
            }
            if self.breaks {
                xml.empty("w:pageBreakBefore", &[]);
            }
            if let Some((middle, right)) = self.tabs {
                xml.element("w:tabs", &[], |xml| {
                    let (middle, right) = (middle.to_string(), right.to_string());
                    xml.empty("w:tab", &[("w:val", "center"), ("w:pos", &middle)]);
                    xml.empty("w:tab", &[("w:val", "right"), ("w:pos", &right)]);
                });
            }
            let line = self.size.map(|(size, _)| line(size).to_string());
            let above = self.above.map(|above| above.to_string());
            let mut spacing = Vec::new();
            if let Some(above) = &above {
                spacing.push(("w:before", above.as_str()));
            }
            if let Some(line) = &line {
                spacing.extend([("w:line", line.as_str()), ("w:lineRule", "exact")]);
            }
            if !spacing.is_empty() {
                xml.empty("w:spacing", &spacing);
            }
            if let Some((size, indent @ 1..)) = self.size {
                let left = size.saturating_mul(10).saturating_mul(indent.into()).to_string();
                xml.empty("w:ind", &[("w:left", &left)]);
            }
            if let Some(align) = self.align {
                xml.value("w:jc", align);
            }
        });
    }

    /// Writes runs of words and figures.
    pub(super) fn runs<'a>(self, xml: &mut Xml, figures: &mut Figures<'a>, runs: &'a [Run]) {
        for run in runs {
            match run {
                Run::Words(text) => self.words(xml, text),
                Run::Stated(stated) => {
                    figures.state(stated);
                    self.words(xml, &stated.text);
                }
                Run::Figure(figure) => {
                    let tag = figures.tag(figure);
                    let id = figures.count().to_string();
                    xml.element("w:sdt", &[], |xml| {
                        xml.element("w:sdtPr", &[], |xml| {
                            xml.value("w:tag", &tag);
                            xml.value("w:id", &id);
                            xml.value("w:lock", "sdtLocked");
                            // LibreOffice 7 prints Chinese words of such controls four times.
                            if figure.text.is_ascii() {
                                xml.empty("w:text", &[]);
                            }
                        });
                        xml.element("w:sdtContent", &[], |xml| self.words(xml, &figure.text));
                    });
                }
            }
        }
    }

    /// Writes words.
    pub(super) fn words(self, xml: &mut Xml, text: &str) {
        xml.element("w:r", &[], |xml| {
            if let Some((size, _)) = self.size {
                let size = size.to_string();
                xml.element("w:rPr", &[], |xml| {
                    xml.value("w:sz", &size);
                    xml.value("w:szCs", &size);
                });
            }
            let mut is_first = true;
            for line in text.split('\n') {
                if !is_first {
                    xml.empty("w:br", &[]);
                }
                is_first = false;
                xml.leaf("w:t", &[("xml:space", "preserve")], &line.replace('\t', " "));
            }
        });
    }
}

/// A document in the making.
pub(super) struct Body<'a> {
    pub(super) xml: Xml,
    pub(super) figures: Figures<'a>,
    publication: &'a Publication,
    numbering: Numbering,
    /// Whether what comes next begins a page.
    breaks: bool,
    headings: usize,
}

/// The main part of the file, and the figures in it.
pub(super) fn document(publication: &Publication) -> (Vec<u8>, Figures<'_>) {
    let stretches = plan::stretches(publication);
    let mut body = Body {
        xml: Xml::new(),
        figures: Figures::default(),
        publication,
        numbering: pages::number(&stretches),
        breaks: false,
        headings: 0,
    };
    body.xml.open("w:document", &NAMESPACES);
    body.xml.open("w:body", &[]);
    body.cover(!stretches.is_empty());
    body.sections(&stretches);
    body.xml.close("w:body");
    body.xml.close("w:document");
    (body.xml.finish(), body.figures)
}

const NAMESPACES: [(&str, &str); 2] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
];

impl<'a> Body<'a> {
    /// A paragraph of words.
    pub(super) fn line(&mut self, paragraph: Paragraph, text: &str) {
        let paragraph = self.opening(paragraph);
        self.xml.element("w:p", &[], |xml| {
            paragraph.properties(xml);
            paragraph.words(xml, text);
        });
    }

    /// A paragraph of words parted by tabs.
    pub(super) fn tabbed(&mut self, paragraph: Paragraph, parts: &[&str]) {
        let paragraph = self.opening(paragraph);
        self.xml.element("w:p", &[], |xml| {
            paragraph.properties(xml);
            for (at, part) in parts.iter().enumerate() {
                if at > 0 {
                    xml.element("w:r", &[], |xml| xml.empty("w:tab", &[]));
                }
                paragraph.words(xml, part);
            }
        });
    }

    /// A paragraph of words and figures.
    fn paragraph(&mut self, paragraph: Paragraph, runs: &'a [Run]) {
        let paragraph = self.opening(paragraph);
        let Self { xml, figures, .. } = self;
        xml.element("w:p", &[], |xml| {
            paragraph.properties(xml);
            paragraph.runs(xml, figures, runs);
        });
    }

    /// The paragraph, which begins a page if one is due.
    fn opening(&mut self, paragraph: Paragraph) -> Paragraph {
        Paragraph { breaks: std::mem::take(&mut self.breaks), ..paragraph }
    }

    /// A page begins here even if no paragraph comes before the table.
    pub(super) fn settle(&mut self) {
        if self.breaks {
            self.line(Paragraph::of("Seam"), "");
        }
    }

    fn cover(&mut self, is_followed: bool) {
        let publication = self.publication;
        let (title, department) = (&*publication.title, &*publication.department);
        // Whose accounts they are stands on a line of its own.
        let title = match title.strip_prefix(department) {
            Some(rest) if !rest.is_empty() && !department.is_empty() => {
                format!("{department}\n{rest}")
            }
            _ => title.to_owned(),
        };
        self.line(Paragraph::of("Title"), &title);
        for line in &publication.subtitles {
            self.line(Paragraph::of("Subtitle"), line);
        }
        let above = Some(space_above_department(&title, publication.subtitles.len()));
        self.line(Paragraph { above, ..Paragraph::of("CoverDepartment") }, department);
        let section = Section { paper: Paper::Upright, has_numbers: false, start: None };
        let start = Some(self.numbering.cover);
        self.end(Section { start, ..section }, is_followed);
    }

    fn sections(&mut self, stretches: &[Stretch<'a>]) {
        let mut is_numbered = false;
        for (at, stretch) in stretches.iter().enumerate() {
            for element in stretch.elements {
                self.element(element, stretch);
            }
            let next = stretches.get(at.saturating_add(1));
            let goes_on =
                |next: &Stretch<'_>| (next.kind, next.paper) == (stretch.kind, stretch.paper);
            if next.is_some_and(goes_on) {
                self.breaks = true;
                continue;
            }
            let start = match stretch.kind {
                Kind::Contents => Some(self.numbering.contents),
                Kind::Body => (!is_numbered).then_some(1),
            };
            is_numbered |= stretch.kind == Kind::Body;
            let has_numbers = stretch.kind == Kind::Body;
            self.end(Section { paper: stretch.paper, has_numbers, start }, next.is_some());
        }
    }

    fn element(&mut self, element: &'a Element, stretch: &Stretch<'a>) {
        match element {
            Element::Heading { level, runs } => self.heading(*level, runs, element, stretch),
            Element::Paragraph(runs) => {
                let keeps = pages::leads_on(runs);
                self.paragraph(Paragraph { keeps, ..Paragraph::of("BodyText") }, runs);
            }
            Element::Contents => self.contents(),
            Element::Table(printed) => {
                let before = table::before(stretch.elements, printed);
                let has_title = table::title_of(stretch.elements).is_some();
                table::write(self, printed, stretch.paper, before, has_title);
            }
        }
    }

    fn heading(&mut self, level: u8, runs: &'a [Run], element: &'a Element, stretch: &Stretch<'a>) {
        let is_title =
            table::title_of(stretch.elements).is_some_and(|of| std::ptr::eq(of, element));
        let style = match level {
            _ if is_title => "FormTitle",
            0 | 1 => "Heading1",
            2 => "Heading2",
            3 => "Heading3",
            _ => "Heading4",
        };
        let paragraph = self.opening(Paragraph::of(style));
        let number = contents::is_listed(level).then(|| {
            self.headings = self.headings.saturating_add(1);
            self.headings
        });
        let Self { xml, figures, .. } = self;
        xml.element("w:p", &[], |xml| {
            paragraph.properties(xml);
            contents::marked(xml, number, |xml| paragraph.runs(xml, figures, runs));
        });
    }

    fn contents(&mut self) {
        let headings = self.publication.elements.iter().filter_map(|element| match element {
            Element::Heading { level, runs } if contents::is_listed(*level) => {
                Some((*level, runs_text(runs)))
            }
            _ => None,
        });
        let pages = &self.numbering.headings;
        let entry = |(at, (level, text)): (usize, (u8, String))| Entry {
            level,
            text: xml::allowed(&text.replace('\n', " ")),
            number: at.saturating_add(1),
            page: pages.get(at).copied().unwrap_or(1),
        };
        let entries: Vec<Entry> = headings.enumerate().map(entry).collect();
        let paragraph = self.opening(Paragraph::of("TOCHeading"));
        contents::write(&mut self.xml, paragraph, &entries);
    }

    /// Ends a section. Its properties stand in its last paragraph, those of the last behind it.
    fn end(&mut self, section: Section, is_followed: bool) {
        let is_draft = self.publication.is_draft;
        if !is_followed {
            self.line(Paragraph::of("Seam"), "");
            section.write(&mut self.xml, is_draft);
            return;
        }
        self.xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                xml.value("w:pStyle", "Seam");
                section.write(xml, is_draft);
            });
        });
        self.breaks = false;
    }
}

/// What is left between the lines of the cover and its last, from the heights that the styles have.
fn space_above_department(title: &str, subtitles: usize) -> u32 {
    const AROUND_TITLE: u32 = 3800;
    const BELOW: u32 = 900;
    // Half squares of 22 points.
    let title = text_lines(title, Paper::Upright.width() / 220, "").saturating_mul(900);
    let subtitles = u32::try_from(subtitles).unwrap_or(u32::MAX).saturating_mul(LINE);
    let used =
        [AROUND_TITLE, title, subtitles, LINE, BELOW].into_iter().fold(0, u32::saturating_add);
    Paper::Upright.height().saturating_sub(used)
}

/// Pages of one kind.
#[derive(Clone, Copy, Debug)]
struct Section {
    paper: Paper,
    has_numbers: bool,
    /// The number of its first page, unless it goes on from the section before.
    start: Option<u32>,
}

impl Section {
    fn write(self, xml: &mut Xml, is_draft: bool) {
        xml.element("w:sectPr", &[], |xml| {
            if is_draft {
                for of in ["default", "even"] {
                    xml.empty("w:headerReference", &[("w:type", of), ("r:id", "rIdDraft")]);
                }
            }
            if self.has_numbers {
                for (of, id) in [("default", "rIdOdd"), ("even", "rIdEven")] {
                    xml.empty("w:footerReference", &[("w:type", of), ("r:id", id)]);
                }
            }
            match self.paper {
                Paper::Upright => {
                    xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")]);
                    margins(xml, ["2098", "1474", "1984", "1588", "1247", "1270"]);
                }
                Paper::Turned => {
                    let turned = ("w:orient", "landscape");
                    xml.empty("w:pgSz", &[("w:w", "16838"), ("w:h", "11906"), turned]);
                    margins(xml, ["1588", "2098", "1474", "1984", "851", "760"]);
                }
            }
            if let Some(start) = self.start {
                xml.empty("w:pgNumType", &[("w:start", &start.to_string())]);
            }
            // 22 lines: 225 mm by 22. That 28 characters stand on a line is in the style of the body:
            // a grid narrower than its characters is drawn as if it were twice as wide by some.
            if self.has_numbers {
                xml.empty("w:docGrid", &[("w:type", "lines"), ("w:linePitch", "578")]);
            }
        });
    }
}

fn margins(xml: &mut Xml, [top, right, bottom, left, header, footer]: [&str; 6]) {
    xml.empty(
        "w:pgMar",
        &[
            ("w:top", top),
            ("w:right", right),
            ("w:bottom", bottom),
            ("w:left", left),
            ("w:header", header),
            ("w:footer", footer),
            ("w:gutter", "0"),
        ],
    );
}
