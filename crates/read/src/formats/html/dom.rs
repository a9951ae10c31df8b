//! The tree of a page, made by the same rules as browsers make it, within limits.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{
    ElementFlags, NodeOrText, QuirksMode, Tracer, TreeBuilder, TreeBuilderOpts, TreeSink,
};
use html5ever::{Attribute, QualName};

/// How deep elements may stand in each other, as in browsers; what is deeper loses its tags.
const MOST_DEPTH: u16 = 500;
/// How many nodes a page may have.
const MOST_NODES: usize = 2_000_000;
/// Names of attributes of one tag are compared with each other: how much of that may be.
const MOST_COMPARED: u64 = 2_000_000_000;

/// A node of the tree, by its number.
pub(super) type Id = u32;

/// The document itself.
pub(super) const ROOT: Id = 0;

#[derive(Debug)]
enum Kind {
    Element(QualName, Vec<Attribute>),
    Text(StrTendril),
    Other,
}

#[derive(Debug)]
struct Node {
    kind: Kind,
    parent: Option<Id>,
    previous: Option<Id>,
    next: Option<Id>,
    first: Option<Id>,
    last: Option<Id>,
    depth: u16,
}

/// The tree of a page.
#[derive(Debug)]
pub(super) struct Dom {
    nodes: Vec<Node>,
    /// Whether tags were left out that stood too deep.
    pub(super) is_cut: bool,
}

/// The page is larger than any that people made.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

impl Dom {
    /// Parses a page.
    pub(super) fn parse(text: &str) -> Result<Self, TooLarge> {
        if compared(text) > MOST_COMPARED {
            return Err(TooLarge);
        }
        let opts = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        let builder = TreeBuilder::new(Sink::new(), opts);
        let (dropped, is_full, is_cut) = Default::default();
        let limiter = Limiter { builder, dropped, is_full, is_cut };
        let tokenizer = Tokenizer::new(limiter, TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from_slice(text));
        // Scripts and names of encodings pause it; neither matters any more.
        while !matches!(tokenizer.feed(&input), html5ever::TokenizerResult::Done) {}
        tokenizer.end();
        let is_cut = tokenizer.sink.is_cut.get();
        let nodes = tokenizer.sink.builder.sink.nodes.into_inner();
        if nodes.len() > MOST_NODES { Err(TooLarge) } else { Ok(Self { nodes, is_cut }) }
    }

    fn node(&self, id: Id) -> Option<&Node> {
        self.nodes.get(usize::try_from(id).ok()?)
    }

    /// The name of an element; other nodes have none.
    pub(super) fn name(&self, id: Id) -> &str {
        match self.node(id).map(|node| &node.kind) {
            Some(Kind::Element(name, _)) => &name.local,
            _ => "",
        }
    }

    /// The characters of a text.
    pub(super) fn text(&self, id: Id) -> Option<&str> {
        match self.node(id).map(|node| &node.kind) {
            Some(Kind::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// An attribute of an element.
    pub(super) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        let Kind::Element(_, attributes) = &self.node(id)?.kind else { return None };
        attributes.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
    }

    /// The nodes in a node.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let first = self.node(id).and_then(|node| node.first);
        std::iter::successors(first, |id| self.node(*id).and_then(|node| node.next))
    }

    /// All nodes below a node in their order.
    pub(super) fn below(&self, id: Id) -> impl Iterator<Item = Id> {
        let mut next = self.node(id).and_then(|node| node.first);
        std::iter::from_fn(move || {
            let here = next?;
            next = self.node(here).and_then(|node| node.first).or_else(|| self.behind(here, id));
            Some(here)
        })
    }

    /// The node that follows behind a node and all in it, within `within`.
    fn behind(&self, id: Id, within: Id) -> Option<Id> {
        let mut at = id;
        while at != within {
            let node = self.node(at)?;
            if node.next.is_some() {
                return node.next;
            }
            at = node.parent?;
        }
        None
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The node that a node stands in.
    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.node(id)?.parent
    }
}

/// How many comparisons the names of attributes can take. Every blank in a tag may part two.
fn compared(text: &str) -> u64 {
    let (mut sum, mut blanks, mut is_tag, mut last) = (0_u64, 0_u64, false, b' ');
    for byte in text.bytes() {
        match byte {
            b'<' | b'>' => {
                sum = sum.saturating_add(blanks.saturating_mul(blanks));
                (blanks, is_tag) = (0, false);
            }
            _ if last == b'<' => is_tag = byte.is_ascii_alphabetic() || byte == b'/',
            b' ' | b'\n' | b'\t' | b'\r' | b'\x0c' | b'/' | b'"' | b'\'' if is_tag => {
                blanks = blanks.saturating_add(1);
            }
            _ => {}
        }
        last = byte;
    }
    sum.saturating_add(blanks.saturating_mul(blanks))
}

/// Keeps tags from the builder that would make the tree too deep or too large.
struct Limiter {
    builder: TreeBuilder<Id, Sink>,
    /// The tags left out whose ends are to be left out too.
    dropped: Cell<u32>,
    /// Whether nothing was closed since the tree was too deep.
    is_full: Cell<bool>,
    is_cut: Cell<bool>,
}

/// Counts what the builder holds open.
#[derive(Default)]
struct Counter(Cell<u16>);

impl Tracer for Counter {
    type Handle = Id;

    fn trace_handle(&self, _: &Id) {
        self.0.set(self.0.get().saturating_add(1));
    }
}

impl Limiter {
    /// Whether another element would stand too deep.
    fn is_full(&self) -> bool {
        let depth = &self.builder.sink.depth;
        if !self.is_full.get() && depth.get() >= MOST_DEPTH {
            // What was closed is not always told, so it is counted.
            let counter = Counter::default();
            self.builder.trace_handles(&counter);
            depth.set(counter.0.get());
            self.is_full.set(depth.get() >= MOST_DEPTH);
        }
        self.is_full.get()
    }

    fn drops(&self, tag: &Tag) -> bool {
        let dropped = self.dropped.get();
        match tag.kind {
            TagKind::EndTag if dropped > 0 => self.dropped.set(dropped.saturating_sub(1)),
            TagKind::EndTag => {
                self.is_full.set(false);
                return false;
            }
            TagKind::StartTag if !self.is_full() => return false,
            TagKind::StartTag => {
                self.is_cut.set(true);
                if !is_void(&tag.name) && !tag.self_closing {
                    self.dropped.set(dropped.saturating_add(1));
                }
            }
        }
        true
    }
}

impl TokenSink for Limiter {
    type Handle = Id;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Id> {
        if self.builder.sink.nodes.borrow().len() > MOST_NODES && token != Token::EOFToken {
            return TokenSinkResult::Continue;
        }
        match &token {
            Token::TagToken(tag) if self.drops(tag) => TokenSinkResult::Continue,
            _ => self.builder.process_token(token, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Whether an element has no end tag.
fn is_void(name: &str) -> bool {
    let all = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"];
    all.contains(&name)
}

/// Takes what the builder makes.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    /// How deep the element stands that came last.
    depth: Cell<u16>,
    /// What nodes are called that are no elements.
    nameless: RefCell<QualName>,
}

impl Sink {
    fn new() -> Self {
        let nameless = QualName::new(None, "".into(), "".into());
        let (nodes, depth) = (RefCell::new(Vec::new()), Cell::new(0));
        let sink = Self { nodes, depth, nameless: RefCell::new(nameless) };
        sink.add(Kind::Other);
        sink
    }

    fn add(&self, kind: Kind) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        let id = Id::try_from(nodes.len()).unwrap_or(Id::MAX);
        let (parent, previous, next) = (None, None, None);
        nodes.push(Node { kind, parent, previous, next, first: None, last: None, depth: 0 });
        id
    }

    fn with<T>(&self, id: Id, change: impl FnOnce(&mut Node) -> T) -> Option<T> {
        self.nodes.borrow_mut().get_mut(usize::try_from(id).ok()?).map(change)
    }

    /// Adds to the text at a place when there is one, else makes one.
    fn text(&self, before: Option<Id>, text: StrTendril) -> Option<Id> {
        let joined = before.and_then(|before| {
            self.with(before, |node| match &mut node.kind {
                Kind::Text(known) => {
                    known.push_tendril(&text);
                    true
                }
                _ => false,
            })
        });
        if joined == Some(true) { None } else { Some(self.add(Kind::Text(text))) }
    }

    fn detach(&self, id: Id) {
        let Some((parent, previous, next)) =
            self.with(id, |node| (node.parent.take(), node.previous.take(), node.next.take()))
        else {
            return;
        };
        match previous {
            Some(previous) => self.with(previous, |node| node.next = next),
            None => parent.and_then(|parent| self.with(parent, |node| node.first = next)),
        };
        match next {
            Some(next) => self.with(next, |node| node.previous = previous),
            None => parent.and_then(|parent| self.with(parent, |node| node.last = previous)),
        };
    }

    /// Puts a node into a parent before one of its children, or as the last.
    fn insert(&self, parent: Id, child: Id, before: Option<Id>) {
        self.detach(child);
        let previous = match before {
            Some(before) => self.with(before, |node| node.previous.replace(child)).flatten(),
            None => self.with(parent, |node| node.last.replace(child)).flatten(),
        };
        match previous {
            Some(previous) => self.with(previous, |node| node.next = Some(child)),
            None => self.with(parent, |node| node.first = Some(child)),
        };
        let depth = self.with(parent, |node| node.depth).unwrap_or(0).saturating_add(1);
        let is_element = self.with(child, |node| {
            (node.parent, node.previous, node.next) = (Some(parent), previous, before);
            node.depth = depth;
            matches!(node.kind, Kind::Element(..))
        });
        if is_element == Some(true) {
            self.depth.set(depth);
        }
    }
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = ();
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Ref<'a, QualName> {
        let name = Ref::filter_map(self.nodes.borrow(), |nodes| {
            match nodes.get(usize::try_from(*target).ok()?).map(|node| &node.kind) {
                Some(Kind::Element(name, _)) => Some(name),
                _ => None,
            }
        });
        name.unwrap_or_else(|_| self.nameless.borrow())
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        self.add(Kind::Element(name, attributes))
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.add(Kind::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.add(Kind::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        let last = self.with(*parent, |node| node.last).flatten();
        let child = match child {
            NodeOrText::AppendNode(node) => Some(node),
            NodeOrText::AppendText(text) => self.text(last, text),
        };
        if let Some(child) = child {
            self.insert(*parent, child, None);
        }
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        match self.with(*element, |node| node.parent).flatten() {
            Some(_) => self.append_before_sibling(element, child),
            None => self.append(previous, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, one: &Id, other: &Id) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        let (parent, before) =
            self.with(*sibling, |node| (node.parent, node.previous)).unwrap_or_default();
        let child = match child {
            NodeOrText::AppendNode(node) => Some(node),
            NodeOrText::AppendText(text) => self.text(before, text),
        };
        if let Some((parent, child)) = parent.zip(child) {
            self.insert(parent, child, Some(*sibling));
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, more: Vec<Attribute>) {
        self.with(*target, |node| {
            if let Kind::Element(_, known) = &mut node.kind {
                for attribute in more {
                    if known.iter().all(|one| one.name != attribute.name) {
                        known.push(attribute);
                    }
                }
            }
        });
    }

    fn remove_from_parent(&self, target: &Id) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &Id, parent: &Id) {
        while let Some(child) = self.with(*node, |node| node.first).flatten() {
            self.insert(*parent, child, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The elements and texts of a page as one line.
    fn shown(dom: &Dom, id: Id) -> String {
        if let Some(text) = dom.text(id) {
            return text.trim().to_owned();
        }
        let inner: String = dom.children(id).map(|child| shown(dom, child)).collect();
        match dom.name(id) {
            "" | "html" | "head" | "body" => inner,
            name => format!("{name}({inner})"),
        }
    }

    #[test]
    fn what_is_open_is_closed_as_browsers_do() {
        let page = |text: &str| shown(&Dom::parse(text).unwrap(), ROOT);
        assert_eq!(
            page("<p>甲<p>乙<table><tr><td>1<td>2"),
            "p(甲)p(乙table(tbody(tr(td(1)td(2)))))"
        );
        assert_eq!(page("<!doctype html><table>甲<tr><td>1</table>"), "甲table(tbody(tr(td(1))))");
        assert_eq!(page("<b>一<p>二</b>三"), "b(一)p(b(二)三)");
    }

    #[test]
    fn a_walk_visits_every_node_in_order() {
        let dom = Dom::parse("<div>甲<p>乙<b>丙</b></p>丁</div><p>戊").unwrap();
        let texts: Vec<&str> = dom.below(ROOT).filter_map(|id| dom.text(id)).collect();
        assert_eq!(texts, ["甲", "乙", "丙", "丁", "戊"]);
        let div = dom.below(ROOT).find(|id| dom.name(*id) == "div").unwrap();
        assert_eq!(dom.below(div).filter_map(|id| dom.text(id)).count(), 4);
    }

    #[test]
    fn depth_is_limited_and_what_follows_is_whole() {
        let deep = format!("{}深{}<p>后</p>", "<div>".repeat(10_000), "</div>".repeat(10_000));
        let dom = Dom::parse(&deep).unwrap();
        assert!(dom.is_cut);
        let last = dom.below(ROOT).last().unwrap();
        assert_eq!((dom.text(last), dom.name(dom.parent(last).unwrap())), (Some("后"), "p"));
    }

    #[test]
    fn what_would_take_for_ever_is_refused() {
        let attributes: String = (0..60_000).map(|n| format!(" a{n}")).collect();
        assert_eq!(Dom::parse(&format!("<p{attributes}>")).err(), Some(TooLarge));
        assert!(Dom::parse(&format!("<p>{}", "长 ".repeat(60_000))).is_ok());
        assert_eq!(Dom::parse(&"<br>".repeat(MOST_NODES + 1)).err(), Some(TooLarge));
        let formats: String = (0..20_000).map(|n| format!("<p><b a={n}>x</p>")).collect();
        let began = std::time::Instant::now();
        let _ = Dom::parse(&formats);
        assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
    }
}
