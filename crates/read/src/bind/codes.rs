//! From names in text to functional codes: the codes of the document's own forms first, then the
//! catalogue.

use std::sync::Arc;

use juesuan_model::{Subject, similarity};
use juesuan_scheme::Layout;
use rustc_hash::FxHashMap;

use super::binder::Binder;
use super::words::fold;

/// The least likeness of class, section and item together, each at most 1000, for a code to be
/// meant.
const ENOUGH: u32 = 1_700;
/// How alike a name that a form leaves blank is taken to be.
const UNKNOWN: u32 = 450;

/// All codes with their names.
pub(super) struct Codes {
    /// Items of the document: code, and folded names of class, section and item.
    document: Vec<(Arc<str>, [String; 3])>,
    /// Items of the catalogue that the document has not.
    catalogue: Vec<(Arc<str>, [String; 3])>,
    /// Classes by folded name.
    classes: FxHashMap<String, Arc<str>>,
}

impl Codes {
    pub(super) fn new(binder: &Binder<'_>) -> Self {
        let names = names(binder);
        let path = |code: &str| {
            [3, 5, 7].map(|length| {
                code.get(..length).and_then(|code| names.get(code)).cloned().unwrap_or_default()
            })
        };
        let mut document: Vec<(Arc<str>, [String; 3])> = Vec::new();
        let mut known: rustc_hash::FxHashSet<Arc<str>> = rustc_hash::FxHashSet::default();
        for found in &binder.accounts.forms {
            let is_tree = binder.scheme.form(&found.form).is_some_and(|f| f.layout == Layout::Tree);
            for (code, _) in found.rows.iter().filter(|(code, _)| is_tree && code.len() == 7) {
                let has_amount = binder.accounts.facts.find(&Subject {
                    form: found.form.clone(),
                    row: code.clone(),
                    column: "total".into(),
                });
                if has_amount.is_some() && known.insert(code.clone()) {
                    document.push((code.clone(), path(code)));
                }
            }
        }
        let functional = &binder.scheme.functional;
        let rest =
            functional.entries.iter().filter(|e| e.code.len() == 7 && !known.contains(&e.code));
        let catalogue = rest.map(|entry| (entry.code.clone(), path(&entry.code))).collect();
        let classes = names
            .iter()
            .filter(|(code, _)| code.len() == 3)
            .map(|(code, name)| (name.clone(), code.clone()))
            .collect();
        Self { document, catalogue, classes }
    }

    /// The code of a class, or of an item by class, section and item, as folded words.
    pub(super) fn find(&self, words: &[&str]) -> Option<Arc<str>> {
        match words {
            [class] => self.classes.get(*class).cloned(),
            [class, section, item] => {
                let path = [*class, *section, *item];
                best(&self.document, path).or_else(|| best(&self.catalogue, path))
            }
            _ => None,
        }
    }
}

/// The entry most like a path, when it is like enough and no other is as like.
fn best(entries: &[(Arc<str>, [String; 3])], path: [&str; 3]) -> Option<Arc<str>> {
    let mut first: Option<(u32, &Arc<str>)> = None;
    let mut second = 0;
    for (code, names) in entries {
        let likeness: u32 = names
            .iter()
            .zip(path)
            .map(|(name, word)| if name.is_empty() { UNKNOWN } else { similarity(name, word) })
            .sum();
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

/// Folded names by code: as the document's forms print them, else as the catalogue has them.
fn names(binder: &Binder<'_>) -> FxHashMap<Arc<str>, String> {
    let mut names: FxHashMap<Arc<str>, String> = FxHashMap::default();
    for entry in &binder.scheme.functional.entries {
        names.insert(entry.code.clone(), fold(&entry.name).into_owned());
    }
    for found in &binder.accounts.forms {
        let is_tree = binder.scheme.form(&found.form).is_some_and(|f| f.layout == Layout::Tree);
        for (code, name) in found.rows.iter().filter(|_| is_tree) {
            if !name.text.is_empty() {
                names.insert(code.clone(), fold(&name.text).into_owned());
            }
        }
    }
    names
}
