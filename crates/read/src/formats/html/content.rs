//! Which part of a page is its content: what stands around it are menus, marks of the site and
//! lists of other pages, full of links and without sentences.

use super::Page;
use super::dom::{Id, ROOT};
use super::look::Look;
use super::table::Shape;

/// What hangs below a node, as far as it is shown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Weight {
    /// Characters that are no blanks.
    pub(super) characters: u32,
    /// Those of them in links to other pages.
    in_links: u32,
    links: u32,
    /// Marks that end a sentence.
    sentences: u32,
    /// Cells of tables with digits.
    figures: u32,
}

impl Weight {
    fn add(&mut self, other: Self) {
        self.characters = self.characters.saturating_add(other.characters);
        self.in_links = self.in_links.saturating_add(other.in_links);
        self.links = self.links.saturating_add(other.links);
        self.sentences = self.sentences.saturating_add(other.sentences);
        self.figures = self.figures.saturating_add(other.figures);
    }

    /// The characters that are no links.
    pub(super) const fn own(self) -> u32 {
        self.characters.saturating_sub(self.in_links)
    }

    /// Whether it is a list of links.
    pub(super) const fn is_menu(self) -> bool {
        self.figures == 0
            && self.links > 2
            && self.in_links.saturating_mul(2) > self.characters
            && self.sentences.saturating_mul(3) < self.links
    }

    /// Whether it is no content when it stands beside some: mostly links, or a few words with a
    /// link. Rather too much is kept than too little.
    pub(super) const fn is_around(self) -> bool {
        let is_short = self.sentences == 0 && self.characters < LONGEST_AROUND;
        let is_links = self.in_links.saturating_mul(2) > self.characters;
        self.figures == 0 && self.links > 0 && (is_short || is_links)
    }
}

/// The characters that a mark of the site has at most.
const LONGEST_AROUND: u32 = 300;
/// The characters of the shortest title that is recognised by the name of the page.
const SHORTEST_TITLE: usize = 6;

/// Weighs every node of a page. Of what is not shown nothing counts.
pub(super) fn weights(page: &Page) -> Vec<Weight> {
    let mut weights = vec![Weight::default(); page.dom.len()];
    let mut states = vec![State::default(); page.dom.len()];
    let order: Vec<Id> = page.dom.below(ROOT).collect();
    for id in &order {
        let above = page.dom.parent(*id).map_or_else(State::default, |at| of(&states, at));
        let state = above.within(page, *id);
        if let (false, Some(text)) = (state.is_gone, page.dom.text(*id)) {
            set(&mut weights, *id, weigh(text, state));
        } else if state.is_link && !above.is_link && !state.is_gone {
            set(&mut weights, *id, Weight { links: 1, ..Weight::default() });
        }
        set(&mut states, *id, state);
    }
    for id in order.iter().rev() {
        let weight = of(&weights, *id);
        if let Some(parent) = page.dom.parent(*id).and_then(|at| usize::try_from(at).ok())
            && let Some(parent) = weights.get_mut(parent)
        {
            parent.add(weight);
        }
    }
    weights
}

fn of<T: Copy + Default>(all: &[T], id: Id) -> T {
    usize::try_from(id).ok().and_then(|id| all.get(id)).copied().unwrap_or_default()
}

fn set<T>(all: &mut [T], id: Id, value: T) {
    if let Some(place) = usize::try_from(id).ok().and_then(|id| all.get_mut(id)) {
        *place = value;
    }
}

/// What a node inherits from those it stands in.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    is_gone: bool,
    is_link: bool,
    is_cell: bool,
}

impl State {
    fn within(self, page: &Page, id: Id) -> Self {
        let look = page.look(id);
        let leads_away = |target: &str| !target.trim_start().starts_with('#');
        Self {
            is_gone: self.is_gone || matches!(look, Look::Aside | Look::Hidden),
            is_link: self.is_link || page.dom.attribute(id, "href").is_some_and(leads_away),
            is_cell: look == Look::Cell || self.is_cell && look != Look::Table,
        }
    }
}

fn weigh(text: &str, state: State) -> Weight {
    let count =
        |is: fn(&char) -> bool| u32::try_from(text.chars().filter(is).count()).unwrap_or(u32::MAX);
    let characters = count(|c| !c.is_whitespace());
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    Weight {
        characters,
        in_links: if state.is_link { characters } else { 0 },
        links: 0,
        sentences: count(|c| matches!(c, '。' | '；' | '！')),
        figures: u32::from(state.is_cell && !state.is_link && has_digit),
    }
}

/// The way down to the content: the parts of the page that hold most of what is no link.
pub(super) fn way(page: &Page) -> Vec<Id> {
    std::iter::successors(Some(ROOT), |id| heaviest(page, *id)).collect()
}

/// The part of a node that holds three quarters of the page.
fn heaviest(page: &Page, id: Id) -> Option<Id> {
    let own = |id: Id| page.weight(id).own();
    let child = page.dom.children(id).max_by_key(|child| own(*child))?;
    let is_part = match page.look(child) {
        Look::Table => Shape::of_table(page, child).is_layout(page),
        // Those of a table that is none.
        Look::RowGroup | Look::Row | Look::Cell => true,
        look => matches!(look, Look::Block | Look::Inline),
    };
    let holds_most = own(child).saturating_mul(4) > own(ROOT).saturating_mul(3);
    (is_part && holds_most && page.dom.text(child).is_none()).then_some(child)
}

/// The headings in a part of the page that is no content, and what repeats the page's name.
pub(super) fn headings(page: &Page, id: Id) -> Vec<Id> {
    let mut found: Vec<Id> = Vec::new();
    let parts = std::iter::once(id).chain(page.dom.below(id));
    for part in parts {
        let is_heading = matches!(page.look(part), Look::Heading(_));
        if page.weight(part).characters == 0 || page.weight(part).in_links > 0 {
            continue;
        }
        let is_within = found.last().is_some_and(|last| page.is_within(part, *last));
        if !is_within && (is_heading || repeats_name(page, part)) {
            found.push(part);
        }
    }
    found
}

fn repeats_name(page: &Page, id: Id) -> bool {
    if page.look(id) != Look::Block || page.weight(id).characters > LONGEST_AROUND {
        return false;
    }
    let text: String = page.words(id).chars().filter(|c| !c.is_whitespace()).collect();
    text.chars().count() >= SHORTEST_TITLE && page.name.contains(&text)
}
