//! In which sections sentences can stand: one look at the words of a section instead of a search
//! for each word of each sentence.

use std::sync::Arc;

use juesuan_model::Lexicon;
use rustc_hash::FxHashMap;

use super::Sentence;

/// The scopes of sentences.
#[derive(Clone, Debug)]
pub struct Scopes {
    /// The words of all scopes, each once.
    words: Lexicon,
    /// For each of them whether it is empty: nothing occurs everywhere.
    is_empty: Vec<bool>,
    /// For each sentence its own words.
    sentences: Vec<Scope>,
}

/// The scope of a sentence: its words by their position.
#[derive(Clone, Debug)]
enum Scope {
    /// It is only looked for where it can stand.
    Anywhere,
    Words {
        within: Vec<usize>,
        outside: Vec<usize>,
    },
}

impl Scopes {
    /// The scopes of sentences. Who looks for sentences of summaries knows that a passage is one.
    #[must_use]
    pub fn new<'s>(sentences: &'s [Sentence]) -> Self {
        let mut known: FxHashMap<&'s str, usize> = FxHashMap::default();
        let mut words: Vec<&'s str> = Vec::new();
        let mut position = |word: &'s str| {
            *known.entry(word).or_insert_with(|| {
                words.push(word);
                words.len() - 1
            })
        };
        let mut positions =
            |words: &'s [Arc<str>]| words.iter().map(|word| position(word)).collect::<Vec<_>>();
        let scope = |sentence: &'s Sentence| {
            if sentence.in_summaries() {
                return Scope::Anywhere;
            }
            let within = positions(&sentence.scope);
            Scope::Words { within, outside: positions(&sentence.outside) }
        };
        let sentences = sentences.iter().map(scope).collect();
        let is_empty = words.iter().map(|word| word.is_empty()).collect();
        Self { words: Lexicon::new(words), is_empty, sentences }
    }

    /// For each sentence whether it can stand in a section.
    #[must_use]
    pub fn of_section(&self, section: &str) -> Vec<bool> {
        let mut occurs = self.is_empty.clone();
        self.words.visit(section, |_, word| {
            if let Some(occurs) = occurs.get_mut(word) {
                *occurs = true;
            }
        });
        let any = |words: &[usize]| words.iter().any(|word| occurs.get(*word) == Some(&true));
        let can_stand = |scope: &Scope| match scope {
            Scope::Anywhere => true,
            Scope::Words { within, outside } => (within.is_empty() || any(within)) && !any(outside),
        };
        self.sentences.iter().map(can_stand).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_say_what_each_sentence_says() {
        let scheme = crate::load(&crate::embedded(), crate::BASE).unwrap();
        let scopes = Scopes::new(&scheme.sentences);
        for section in ["", "第二部分 部门决算情况说明 / 一、收入支出决算总体情况说明", "名词解释"]
        {
            for (sentence, stands) in scheme.sentences.iter().zip(scopes.of_section(section)) {
                let expected = sentence.in_summaries() || sentence.is_in_scope(section);
                assert_eq!(stands, expected, "{} {section}", sentence.id);
            }
        }
    }
}
