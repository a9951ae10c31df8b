//! Where the words of some long lists stand in the texts: one pass finds those of all lists.

use juesuan_model::Lexicon;
use juesuan_scheme::Settings;

use crate::texts::Words;

/// A list whose words are looked for in all texts.
#[derive(Clone, Copy)]
pub(crate) enum List {
    Typos,
    Placeholders,
    Slots,
    Choices,
    Doubled,
}

impl List {
    const ALL: [Self; 5] =
        [Self::Typos, Self::Placeholders, Self::Slots, Self::Choices, Self::Doubled];

    fn words(self, settings: &Settings) -> Vec<&str> {
        let topic = match self {
            Self::Typos => {
                return settings.pairs("错别字").iter().map(|(wrong, _)| &**wrong).collect();
            }
            Self::Placeholders => "占位符",
            Self::Slots => "空槽",
            Self::Choices => "两可的词",
            Self::Doubled => "叠字",
        };
        settings.words(topic).iter().map(|word| &**word).collect()
    }
}

/// A word in a text, by its list and position there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    text: usize,
    list: usize,
    word: usize,
    at: usize,
}

/// All words of the lists where they stand first in each text.
pub(crate) struct Hits(Vec<Hit>);

impl Hits {
    pub(crate) fn new(settings: &Settings, texts: &[Words<'_>]) -> Self {
        let lists = List::ALL.map(|list| (list as usize, list.words(settings)));
        let known = lists.iter().flat_map(|(list, words)| (0..words.len()).map(|at| (*list, at)));
        let known: Vec<(usize, usize)> = known.collect();
        let lexicon = Lexicon::new(lists.iter().flat_map(|(_, words)| words.iter().copied()));
        let mut hits = Vec::new();
        for (text, words) in texts.iter().enumerate() {
            lexicon.visit(&words.folded, |at, word| {
                let own = known.get(word);
                hits.extend(own.map(|(list, word)| Hit { text, list: *list, word: *word, at }));
            });
        }
        hits.sort_unstable();
        hits.dedup_by_key(|hit| (hit.text, hit.list, hit.word));
        Self(hits)
    }

    /// The words of a list that stand in a text, by their positions in the list, each with the
    /// byte where it stands first.
    pub(crate) fn of(&self, text: usize, list: List) -> impl Iterator<Item = (usize, usize)> {
        let key = (text, list as usize);
        let from = self.0.partition_point(|hit| (hit.text, hit.list) < key);
        let found = self.0.get(from..).unwrap_or_default().iter();
        found.take_while(move |hit| (hit.text, hit.list) == key).map(|hit| (hit.word, hit.at))
    }
}
