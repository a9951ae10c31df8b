//! Checking: accounts in, findings and coverage out.
//!
//! Relations and sentences of the scheme are evaluated backwards, coded rules add what text
//! cannot say, and failures are grouped so that one cause is one finding. This crate knows no
//! file format and touches neither disk nor clock.

mod causes;
mod clauses;
mod context;
mod doubts;
mod english;
mod held;
mod hints;
mod hits;
mod matching;
mod outcomes;
mod performance;
mod registry;
mod relations;
mod report;
mod rule;
mod rules;
mod tails;
mod tasks;
mod texts;
mod units;
mod waive;
mod ways;
mod words;

pub use context::Context;
pub use english::into_english;
pub use outcomes::{Failure, Outcomes, Spot};
pub use registry::{coded, infos};
pub use report::{Checked, check, check_on};
pub use rule::Rule;
pub use waive::apply_waivers;
