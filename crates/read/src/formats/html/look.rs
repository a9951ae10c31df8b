//! How the elements of a page are shown: by their names, and by those of its styles that are simple
//! enough to be certain.

use rustc_hash::{FxHashMap, FxHashSet};

use super::dom::{Dom, Id, ROOT};

/// How much of style sheets is looked at.
const MOST_STYLES: usize = 1 << 20;

/// How a node is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// A text, or an element within a line.
    Inline,
    /// A line of its own.
    Block,
    Break,
    Heading(u8),
    Table,
    RowGroup,
    Row,
    Cell,
    Caption,
    /// A picture.
    Picture,
    /// No part of what the page says.
    Aside,
    /// Not shown, though it says something.
    Hidden,
}

/// What styles say of the elements of a name, class or id.
#[derive(Debug, Default)]
struct Styles {
    looks: FxHashMap<String, Look>,
    /// Classes that some rule shows again.
    shown: FxHashSet<String>,
}

/// The looks of all nodes.
pub(super) fn looks(dom: &Dom) -> Vec<Look> {
    let styles = Styles::of(dom);
    let mut looks: Vec<Look> = ids(dom).map(|id| styles.look(dom, id)).collect();
    let mut set = |id: Id, look: Look| {
        let place = usize::try_from(id).ok().and_then(|at| looks.get_mut(at));
        // What is hidden stays so.
        if let Some(place) = place.filter(|place| **place != Look::Hidden) {
            *place = look;
        }
    };
    // A figure with a drawing shows again, often with its numbers, what the page tells.
    let drawings = holding(dom, |id| matches!(dom.name(id), "svg" | "canvas"));
    // Links within the page are its contents.
    let leads_away = |target: &str| !target.trim_start().starts_with('#');
    let links = holding(dom, |id| dom.attribute(id, "href").is_some());
    let others = holding(dom, |id| dom.attribute(id, "href").is_some_and(leads_away));
    for (id, ((draws, has_links), leads)) in ids(dom).zip(drawings.iter().zip(links).zip(others)) {
        match dom.name(id) {
            "figure" if *draws => set(id, Look::Aside),
            "nav" if has_links && !leads => set(id, Look::Block),
            _ => {}
        }
    }
    looks
}

fn ids(dom: &Dom) -> impl Iterator<Item = Id> {
    0..Id::try_from(dom.len()).unwrap_or(0)
}

/// Which nodes have some of these in them.
fn holding(dom: &Dom, is_one: impl Fn(Id) -> bool) -> Vec<bool> {
    let mut holding = vec![false; dom.len()];
    for id in ids(dom).filter(|id| is_one(*id)) {
        let mut above = dom.parent(id);
        // Each node is marked once, so that none is climbed over again.
        while let Some(place) =
            above.and_then(|id| holding.get_mut(usize::try_from(id).ok()?)).filter(|place| !**place)
        {
            *place = true;
            above = above.and_then(|id| dom.parent(id));
        }
    }
    holding
}

impl Styles {
    fn of(dom: &Dom) -> Self {
        let mut styles = Self::default();
        let mut room = MOST_STYLES;
        for id in dom.below(ROOT).filter(|id| dom.name(*id) == "style") {
            for text in dom.children(id).filter_map(|child| dom.text(child)) {
                if let Some(left) = room.checked_sub(text.len()) {
                    room = left;
                    styles.sheet(text);
                }
            }
        }
        styles
    }

    fn sheet(&mut self, text: &str) {
        let text = without_comments(text);
        let mut rest = text.as_str();
        while let Some((selectors, behind)) = rest.split_once('{') {
            if selectors.trim_start().starts_with('@') {
                rest = behind_block(behind);
                continue;
            }
            let (declarations, behind) = behind.split_once('}').unwrap_or((behind, ""));
            if let Some(look) = declared(declarations) {
                selectors.split(',').for_each(|selector| self.rule(selector.trim(), look));
            }
            rest = behind;
        }
    }

    fn rule(&mut self, selector: &str, look: Look) {
        let is_word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        let words = selector.trim_start_matches(is_word);
        let words = words.strip_prefix(['.', '#']).unwrap_or(words);
        if words.chars().all(is_word) {
            self.looks.insert(selector.to_owned(), look);
        }
        if look != Look::Hidden {
            let classes = selector.split('.').skip(1);
            let classes = classes.map(|class| class.split(|c| !is_word(c)).next().unwrap_or(""));
            self.shown.extend(classes.map(ToOwned::to_owned));
        }
    }

    fn look(&self, dom: &Dom, id: Id) -> Look {
        let name = dom.name(id);
        let own = of_name(name);
        if name.is_empty() || own == Look::Aside {
            return own;
        }
        let told = dom.attribute(id, "style").and_then(declared).or_else(|| {
            let hidden = dom.attribute(id, "hidden").map(|_| Look::Hidden);
            hidden.or_else(|| self.of_classes(dom, id, name))
        });
        match (own, told) {
            (_, Some(Look::Hidden)) => Look::Hidden,
            // What makes a table stays one, whatever it looks like on small screens.
            (Look::Inline | Look::Block, Some(told)) => told,
            _ => own,
        }
    }

    fn of_classes(&self, dom: &Dom, id: Id, name: &str) -> Option<Look> {
        if self.looks.is_empty() {
            return None;
        }
        let of = |key: &str| self.looks.get(key).copied();
        let by_id = dom.attribute(id, "id").and_then(|id| of(&format!("#{id}")));
        let classes = dom.attribute(id, "class").unwrap_or_default().split_whitespace();
        let mut by_class = classes.filter_map(|class| {
            let look = of(&format!("{name}.{class}")).or_else(|| of(&format!(".{class}")))?;
            (look != Look::Hidden || !self.shown.contains(class)).then_some(look)
        });
        by_id.or_else(|| by_class.next()).or_else(|| of(name))
    }
}

fn without_comments(text: &str) -> String {
    let mut pieces = text.split("/*");
    let mut kept = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        kept.push_str(piece.split_once("*/").map_or("", |(_, behind)| behind));
    }
    kept
}

/// What stands behind a block that is open already.
fn behind_block(text: &str) -> &str {
    let mut depth = 1_u32;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth = depth.saturating_add(1),
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return text.get(at..).unwrap_or_default().trim_start_matches('}');
        }
    }
    ""
}

/// What declarations say of how something is shown.
fn declared(declarations: &str) -> Option<Look> {
    let mut look = None;
    for declaration in declarations.split(';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let value = value.trim().to_ascii_lowercase();
        let value = value.trim_end_matches("!important").trim_end();
        match (property.trim().to_ascii_lowercase().as_str(), value) {
            ("display", value) => look = displayed(value),
            ("visibility", "hidden" | "collapse") => return Some(Look::Hidden),
            _ => {}
        }
    }
    look
}

fn displayed(value: &str) -> Option<Look> {
    Some(match value {
        "none" => Look::Hidden,
        "table" | "inline-table" => Look::Table,
        "table-row-group" | "table-header-group" | "table-footer-group" => Look::RowGroup,
        "table-row" => Look::Row,
        "table-cell" => Look::Cell,
        "table-caption" => Look::Caption,
        "block" | "flex" | "grid" | "list-item" | "flow-root" => Look::Block,
        _ => return None,
    })
}

fn of_name(name: &str) -> Look {
    match name {
        "address" | "article" | "blockquote" | "body" | "center" | "dd" | "details" | "dialog"
        | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "form"
        | "header" | "hgroup" | "hr" | "html" | "legend" | "li" | "main" | "ol" | "p" | "pre"
        | "search" | "section" | "summary" | "ul" => Look::Block,
        "br" => Look::Break,
        "h1" => Look::Heading(1),
        "h2" => Look::Heading(2),
        "h3" => Look::Heading(3),
        "h4" => Look::Heading(4),
        "h5" => Look::Heading(5),
        "h6" => Look::Heading(6),
        "table" => Look::Table,
        "thead" | "tbody" | "tfoot" => Look::RowGroup,
        "tr" => Look::Row,
        "td" | "th" => Look::Cell,
        "caption" => Look::Caption,
        "img" => Look::Picture,
        "aside" | "audio" | "button" | "canvas" | "datalist" | "embed" | "footer" | "frame"
        | "frameset" | "head" | "iframe" | "input" | "map" | "math" | "menu" | "nav"
        | "noframes" | "noscript" | "object" | "option" | "rp" | "rt" | "script" | "select"
        | "style" | "svg" | "template" | "textarea" | "title" | "video" => Look::Aside,
        _ => Look::Inline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(page: &str) -> Look {
        let dom = Dom::parse(page).unwrap();
        let id = dom.below(ROOT).find(|id| dom.attribute(*id, "x").is_some()).unwrap();
        looks(&dom)[usize::try_from(id).unwrap()]
    }

    #[test]
    fn styles_that_are_certain_count() {
        assert_eq!(look("<p x style='color:red; DISPLAY : none !important'>"), Look::Hidden);
        assert_eq!(look("<p x hidden>"), Look::Hidden);
        assert_eq!(
            look("<style>/* {} */ .a, .t {display:table}</style><div x class='b t'>"),
            Look::Table
        );
        assert_eq!(look("<style>div.r{display:table-row}</style><div x class=r>"), Look::Row);
        assert_eq!(
            look("<style>@media print{p{display:none} q{}} #k{display:none}</style><p x>"),
            Look::Block
        );
        assert_eq!(
            look("<style>@media print{p{}} #k{display:none}</style><p x id=k>"),
            Look::Hidden
        );
    }

    #[test]
    fn what_another_rule_shows_again_is_not_hidden() {
        let tabs = "<style>.tab{display:none}.tab.on{display:block}</style><div x class='tab on'>";
        assert_eq!(look(tabs), Look::Block);
    }

    #[test]
    fn cells_stay_cells() {
        assert_eq!(look("<table><tr><td x style='display:block'>"), Look::Cell);
        assert_eq!(look("<table><tr x style='display:none'><td>"), Look::Hidden);
    }
}
