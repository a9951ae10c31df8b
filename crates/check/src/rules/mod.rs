//! Coded rules, one file each, ordered by code.

use crate::Rule;

/// All coded rules.
pub(crate) static ALL: &[&Rule] = &[];
