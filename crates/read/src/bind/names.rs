//! Names of projects: which of the summaries and forms mean the same one.

use std::cmp::Reverse;
use std::collections::VecDeque;

use juesuan_model::{Bigrams, SimilarTexts, fold};
use juesuan_scheme::performance::SummaryWords;
use rustc_hash::FxHashMap;

/// Names less alike than this are of different projects.
const ALIKE: u32 = 400;

/// A name for comparing.
pub(super) struct Name {
    /// Folded, without quotation marks.
    whole: Bigrams,
    /// The same without general words, unless it has no others.
    bare: Option<Bigrams>,
}

impl Name {
    pub(super) fn new(words: &SummaryWords, name: &str) -> Self {
        let mut whole = fold(name).into_owned();
        whole.retain(|c| !"\"'-()《》<>·、,".contains(c));
        let mut bare = whole.clone();
        for noise in &words.name_noise {
            if bare.contains(&**noise) {
                bare = bare.replace(&**noise, "");
            }
        }
        let bare = (!bare.is_empty()).then(|| Bigrams::new(bare));
        Self { whole: Bigrams::new(whole), bare }
    }

    /// The mean of the likeness with and without general words.
    fn likeness(&self, other: &Self) -> u32 {
        let bare = self.bare.as_ref().zip(other.bare.as_ref());
        mean(self.whole.similarity(&other.whole), bare.map_or(0, |(a, b)| a.similarity(b)))
    }

    /// The most alike of `others`, when it is alike enough.
    pub(super) fn best(&self, others: &[Self]) -> Option<usize> {
        let alike = others.iter().enumerate().map(|(index, other)| (self.likeness(other), index));
        let best = alike.max_by_key(|(alike, index)| (*alike, Reverse(*index)));
        best.filter(|(alike, _)| *alike >= ALIKE).map(|(_, index)| index)
    }

    /// What names that are wholly alike have in common.
    fn pairs(&self) -> Option<(&[u64], &[u64])> {
        Some((self.whole.pairs(), self.bare.as_ref()?.pairs()))
    }
}

const fn mean(whole: u32, bare: u32) -> u32 {
    (whole + bare) / 2
}

/// For each name the form that has it too: the most alike first, every form once.
pub(super) fn pair(names: &[Name], forms: &[Name]) -> Vec<Option<usize>> {
    let mut pairing = Pairing { chosen: vec![None; names.len()], free: vec![true; forms.len()] };
    pairing.same(names, forms);
    pairing.alike(names, forms);
    pairing.last(forms);
    pairing.chosen
}

struct Pairing {
    /// For each name its form.
    chosen: Vec<Option<usize>>,
    /// For each form whether no name has it.
    free: Vec<bool>,
}

impl Pairing {
    fn choose(&mut self, name: usize, form: usize) {
        let (Some(chosen), Some(free)) = (self.chosen.get_mut(name), self.free.get_mut(form))
        else {
            return;
        };
        if chosen.is_none() && *free {
            *chosen = Some(form);
            *free = false;
        }
    }

    /// Pairs names that are wholly alike, in the order they stand.
    fn same(&mut self, names: &[Name], forms: &[Name]) {
        let mut known: FxHashMap<(&[u64], &[u64]), VecDeque<usize>> = FxHashMap::default();
        for (index, form) in forms.iter().enumerate() {
            if let Some(pairs) = form.pairs() {
                known.entry(pairs).or_default().push_back(index);
            }
        }
        for (index, name) in names.iter().enumerate() {
            let known = name.pairs().and_then(|pairs| known.get_mut(&pairs));
            if let Some(form) = known.and_then(VecDeque::pop_front) {
                self.choose(index, form);
            }
        }
    }

    /// Pairs the only name left with the only form left, when that form's name was lost.
    fn last(&mut self, forms: &[Name]) {
        let mut names = (0..self.chosen.len()).filter(|n| self.chosen.get(*n) == Some(&None));
        let mut free = (0..self.free.len()).filter(|form| self.free.get(*form) == Some(&true));
        let only = (names.next(), names.next(), free.next(), free.next());
        let (Some(name), None, Some(form), None) = only else { return };
        if forms.get(form).is_some_and(|form| form.whole.as_str().is_empty()) {
            self.choose(name, form);
        }
    }

    /// Pairs those of the rest that are alike enough.
    fn alike(&mut self, names: &[Name], forms: &[Name]) {
        let free = self.free.iter().enumerate().filter(|(_, free)| **free);
        let free: Vec<(usize, &Name)> =
            free.filter_map(|(index, _)| Some((index, forms.get(index)?))).collect();
        let index = NameIndex::new(free.iter().map(|(_, form)| *form));
        let mut all: Vec<(Reverse<u32>, usize, usize)> = Vec::new();
        let open =
            self.chosen.iter().zip(names).enumerate().filter(|(_, (form, _))| form.is_none());
        for (name, (_, key)) in open {
            for (found, alike) in index.alike(key) {
                if let Some((form, _)) = free.get(found).filter(|_| alike >= ALIKE) {
                    all.push((Reverse(alike), name, *form));
                }
            }
        }
        all.sort_unstable();
        for (_, name, form) in all {
            self.choose(name, form);
        }
    }
}

/// Many names, to find those alike to one.
struct NameIndex {
    whole: SimilarTexts,
    bare: SimilarTexts,
    /// For each text of `bare` the name it belongs to.
    owners: Vec<usize>,
    count: usize,
}

impl NameIndex {
    fn new<'n>(names: impl Iterator<Item = &'n Name> + Clone) -> Self {
        let bare =
            names.clone().enumerate().filter_map(|(at, name)| Some((at, name.bare.as_ref()?)));
        let (owners, bare): (Vec<usize>, Vec<&Bigrams>) = bare.unzip();
        Self {
            count: names.clone().count(),
            whole: SimilarTexts::new(names.map(|name| &name.whole)),
            bare: SimilarTexts::new(bare),
            owners,
        }
    }

    /// The likeness of each name to `name`, by index.
    fn alike(&self, name: &Name) -> Vec<(usize, u32)> {
        let mut likeness = vec![(0, 0); self.count];
        for (index, alike) in self.whole.alike(&name.whole) {
            if let Some(slot) = likeness.get_mut(index) {
                slot.0 = alike;
            }
        }
        let bare = name.bare.as_ref().map(|bare| self.bare.alike(bare)).unwrap_or_default();
        for (index, alike) in bare {
            let owner = self.owners.get(index).and_then(|owner| likeness.get_mut(*owner));
            if let Some(slot) = owner {
                slot.1 = alike;
            }
        }
        likeness.into_iter().map(|(whole, bare)| mean(whole, bare)).enumerate().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &[&str]) -> Vec<Name> {
        let words = SummaryWords {
            name_noise: ["经费", "项目"].map(Into::into).to_vec(),
            ..SummaryWords::default()
        };
        all.iter().map(|name| Name::new(&words, name)).collect()
    }

    #[test]
    fn the_same_names_come_first_and_every_form_once() {
        let summaries = names(&["工业节能", "工业节能宣传培训经费", "法律顾问", "工业节能"]);
        let forms = names(&["工业节能宣传培训", "工业节能项目", "工业节能", "房屋维修"]);
        assert_eq!(pair(&summaries, &forms), [Some(2), Some(0), None, Some(1)]);
    }

    #[test]
    fn names_of_general_words_only_are_told_by_them() {
        assert_eq!(pair(&names(&["项目经费"]), &names(&["项目经费"])), [Some(0)]);
        assert_eq!(pair(&names(&[""]), &names(&["项目"])), [None]);
    }
}
