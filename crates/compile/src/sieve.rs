//! Which postings of a sheet a row is meant by. Rows of a sheet show few different words in the columns that
//! decide it, so what each word admits is worked out once.

use std::sync::Arc;

use juesuan_scheme::package::{Filter, Posting, SheetForm};
use rustc_hash::FxHashMap;

use crate::rows::Entry;

/// A bit for each posting of a sheet.
type Bits = u128;

/// What decides which postings the rows of a sheet of a unit are meant by.
pub(crate) struct Sieve<'f> {
    postings: &'f [Posting],
    /// The postings that the kind of the unit admits.
    of_kind: Bits,
    /// For each column that decides, the postings that its words admit.
    columns: Vec<(usize, FxHashMap<Arc<str>, Bits>)>,
}

impl<'f> Sieve<'f> {
    pub(crate) fn new(sheet: &'f SheetForm, kind: &str) -> Self {
        let postings = &*sheet.postings;
        let filters =
            postings.iter().flat_map(|posting| posting.when.iter().chain(&posting.unless));
        let mut columns: Vec<usize> = filters.filter_map(|filter| filter.column).collect();
        columns.sort_unstable();
        columns.dedup();
        Self {
            postings,
            of_kind: admitted(postings, None, kind),
            columns: columns.into_iter().map(|column| (column, FxHashMap::default())).collect(),
        }
    }

    /// The postings that mean a row.
    pub(crate) fn wanted(
        &mut self,
        entry: Entry<'_>,
    ) -> impl Iterator<Item = &'f Posting> + use<'f> {
        let mut bits = self.of_kind;
        for (column, known) in &mut self.columns {
            let words = entry.words(*column);
            bits &= known.get(words).copied().unwrap_or_else(|| {
                let admitted = admitted(self.postings, Some(*column), words);
                known.insert(words.into(), admitted);
                admitted
            });
        }
        let postings = self.postings.iter().enumerate();
        postings.filter(move |(at, _)| bits & bit(*at) != 0).map(|(_, posting)| posting)
    }
}

/// The postings whose filters of a column admit these words.
fn admitted(postings: &[Posting], column: Option<usize>, words: &str) -> Bits {
    let admits = |filter: &Filter| filter.column != column || filter.admits(words);
    let refuses = |filter: &Filter| filter.column == column && filter.admits(words);
    let is_open =
        |posting: &Posting| posting.when.iter().all(admits) && !posting.unless.iter().any(refuses);
    let open = postings.iter().enumerate().filter(|(_, posting)| is_open(posting));
    open.fold(0, |bits, (at, _)| bits | bit(at))
}

fn bit(at: usize) -> Bits {
    u32::try_from(at).ok().and_then(|at| Bits::from(1_u8).checked_shl(at)).unwrap_or(0)
}
