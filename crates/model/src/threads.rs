//! How the work on a document is shared.

/// How many threads work on a document. What comes out does not depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Threads {
    /// One: best when many documents are worked on at once.
    #[default]
    One,
    /// Two: a single document is done sooner.
    Two,
}
