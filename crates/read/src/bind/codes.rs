//! From names in text to functional codes: the codes of the document's own forms first, then the
//! catalogue.

use std::sync::Arc;

use juesuan_model::Bigrams;
use juesuan_scheme::Layout;
use rustc_hash::{FxHashMap, FxHashSet};

use super::binder::Binder;
use super::words::fold;

/// The least likeness of class, section and item together, each at most 1000, for a code to be
/// meant.
const ENOUGH: u32 = 1_700;
/// The least likeness of the item alone for a code that the document does not have.
const ENOUGH_OF_ITEM: u32 = 600;
/// How alike a name that a form leaves blank is taken to be.
const UNKNOWN: u32 = 450;

/// All codes with their names.
pub(super) struct Codes {
    /// Folded names by code: as the document's forms print them, else as the catalogue has them.
    names: FxHashMap<Arc<str>, Bigrams>,
    /// The items of the document.
    document: Items,
    /// The items of the catalogue that the document has not.
    catalogue: Items,
    /// Classes by folded name.
    classes: FxHashMap<String, Arc<str>>,
}

/// Codes of items.
#[derive(Default)]
struct Items {
    codes: Vec<Arc<str>>,
    /// The one item of each path of names, none when several have it.
    by_path: FxHashMap<String, Option<Arc<str>>>,
}

impl Codes {
    pub(super) fn new(binder: &Binder<'_>) -> Self {
        let names = names(binder);
        let classes = names
            .iter()
            .filter(|(code, _)| code.len() == 3)
            .map(|(code, name)| (name.as_str().to_owned(), code.clone()))
            .collect();
        let (mut document, mut catalogue) = (Items::default(), Items::default());
        let mut known: FxHashSet<Arc<str>> = FxHashSet::default();
        for found in &binder.accounts.forms {
            let is_tree = binder.scheme.form(&found.form).is_some_and(|f| f.layout == Layout::Tree);
            for (code, _) in found.rows.iter().filter(|(code, _)| is_tree && code.len() == 7) {
                let amount = binder.accounts.facts.find_cell(&found.form, code, "total");
                if amount.is_some() && known.insert(code.clone()) {
                    document.add(code, &names);
                }
            }
        }
        let functional = binder.scheme.functional.entries.iter();
        for entry in functional.filter(|e| e.code.len() == 7 && !known.contains(&e.code)) {
            catalogue.add(&entry.code, &names);
        }
        Self { names, document, catalogue, classes }
    }

    /// The code of a class, or of an item by section and item, with its class or without, as folded
    /// words. An item in `taken` is not guessed from names that resemble its own.
    pub(super) fn find(&self, words: &[&str], taken: &FxHashSet<Arc<str>>) -> Option<Arc<str>> {
        match words {
            [class] => self.classes.get(*class).cloned(),
            [section, item] => self.within(section, item),
            [class, section, item] => {
                let path = [*class, *section, *item];
                self.named(path).or_else(|| self.guess(&path.map(Bigrams::new), taken))
            }
            _ => None,
        }
    }

    /// The item whose names are most like these.
    fn guess(&self, words: &[Bigrams; 3], taken: &FxHashSet<Arc<str>>) -> Option<Arc<str>> {
        let like = |items: &Items, least| items.most_like(words, (least, taken), &self.names);
        like(&self.document, 0).or_else(|| like(&self.catalogue, ENOUGH_OF_ITEM))
    }

    /// The one item of the document that has these names, of whatever class.
    fn within(&self, section: &str, item: &str) -> Option<Arc<str>> {
        let is_named = |code: &&Arc<str>| {
            let [_, own_section, own_item] = path(code, &self.names);
            own_section.is_some_and(|n| n.as_str() == section)
                && own_item.is_some_and(|n| n.as_str() == item)
        };
        let mut named = self.document.codes.iter().filter(is_named);
        named.next().filter(|_| named.next().is_none()).cloned()
    }

    /// The item of exactly these names.
    pub(super) fn named(&self, path: [&str; 3]) -> Option<Arc<str>> {
        let key = path.join("\n");
        let of = |items: &Items| items.by_path.get(&key).cloned().flatten();
        of(&self.document).or_else(|| of(&self.catalogue))
    }
}

/// The names of class, section and item of a code.
fn path<'n>(code: &str, names: &'n FxHashMap<Arc<str>, Bigrams>) -> [Option<&'n Bigrams>; 3] {
    [3, 5, 7].map(|length| names.get(code.get(..length)?))
}

impl Items {
    fn add(&mut self, code: &Arc<str>, names: &FxHashMap<Arc<str>, Bigrams>) {
        if let [Some(class), Some(section), Some(item)] = path(code, names) {
            // 教育（类） is the class 教育支出.
            let short = class.as_str().strip_suffix("支出").filter(|short| !short.is_empty());
            for class in short.into_iter().chain([class.as_str()]) {
                let path = [class, section.as_str(), item.as_str()].join("\n");
                let only = self.by_path.entry(path).or_insert_with(|| Some(code.clone()));
                only.take_if(|other| *other != *code);
            }
        }
        self.codes.push(code.clone());
    }

    /// The item most like a path, when it is like enough and no other is as like.
    fn most_like(
        &self,
        words: &[Bigrams; 3],
        (least_of_item, taken): (u32, &FxHashSet<Arc<str>>),
        names: &FxHashMap<Arc<str>, Bigrams>,
    ) -> Option<Arc<str>> {
        let mut first: Option<(u32, &Arc<str>)> = None;
        let mut second = 0;
        for code in self.codes.iter().filter(|code| !taken.contains(*code)) {
            let ([class, section, item], [a, b, c]) = (path(code, names), words);
            let alike = [(class, a), (section, b), (item, c)]
                .map(|(name, word)| name.map(|name| name.similarity(word)));
            let [_, _, of_item] = alike;
            if of_item.unwrap_or(0) < least_of_item {
                continue;
            }
            let likeness: u32 = alike.map(|alike| alike.unwrap_or(UNKNOWN)).iter().sum();
            match first {
                Some((best, _)) if likeness <= best => second = second.max(likeness),
                _ => {
                    second = first.map_or(second, |(best, _)| best);
                    first = Some((likeness, code));
                }
            }
        }
        first
            .filter(|(likeness, _)| *likeness >= ENOUGH && *likeness > second)
            .map(|(_, code)| code.clone())
    }
}

/// Folded names by code: as the document's forms print them, else as the catalogue has them.
fn names(binder: &Binder<'_>) -> FxHashMap<Arc<str>, Bigrams> {
    let mut names: FxHashMap<Arc<str>, Bigrams> = FxHashMap::default();
    for entry in &binder.scheme.functional.entries {
        names.insert(entry.code.clone(), Bigrams::new(fold(&entry.name)));
    }
    for found in &binder.accounts.forms {
        let is_tree = binder.scheme.form(&found.form).is_some_and(|f| f.layout == Layout::Tree);
        for (code, name) in found.rows.iter().filter(|_| is_tree) {
            let folded = fold(&name.text);
            let known = names.get(code).is_some_and(|known| *known.as_str() == *folded);
            if !folded.is_empty() && !known {
                names.insert(code.clone(), Bigrams::new(folded));
            }
        }
    }
    names
}
