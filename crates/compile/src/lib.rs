//! The other direction: packages of units become the exact accounts of a department
//! ([`consolidate`]), and accounts become a publication in which no figure was typed by hand.
//!
//! The same relations that check a published disclosure are evaluated forwards here
//! ([`accounts::Exact`]); no file format and no rule is known.

pub mod accounts;
mod carry;
mod changes;
mod compose;
mod consolidate;
mod explain;
mod fault;
mod gather;
mod intake;
mod ledger;
mod reconcile;
mod rows;
mod score;
mod sieve;
mod terms;

pub use carry::carry_over;
pub use changes::UnitChange;
pub use compose::compose;
pub use consolidate::{Consolidated, Department, Elimination, Node, check_unit, consolidate};
pub use explain::{Address, Because, Explanation, explain};
pub use fault::Code;
pub use gather::{MOST_PLACES, gather, places};
pub use intake::{Package, Rows, intake};
pub use ledger::{Ledger, Origin, Posted};
pub use reconcile::{Change, ChangeKind, Reconciled, reconcile};
pub use rows::{Datum, Entries, Entry};
pub use score::{Scored, Step, enter, score};
pub use terms::enter_terms;
