//! Rules of performance self-evaluation.

mod all_satisfied;
mod amounts;
mod at_target;
mod average;
mod blank;
mod bound;
mod cap;
mod claims;
mod completion;
mod completion_rate;
mod copied;
mod cost;
mod cost_target;
mod degree;
mod empty_target;
mod empty_text;
mod exceeded;
mod far_exceeded;
mod fit;
mod full_without_money;
mod funds;
mod goals;
mod hollow_measure;
mod key_names;
mod key_problems;
mod key_projects;
mod lacking_groups;
mod level;
mod low_execution;
mod macro_metric;
mod measure_is_reason;
mod money;
mod no_target;
mod operator;
mod over_hundred;
mod paid_claims;
mod placed;
mod problems;
mod projects;
mod quantities;
mod rate_format;
mod reason_missing;
mod reason_on_full;
mod recomputed;
mod repeated_result;
mod said_missed;
mod satisfaction;
mod score;
mod statements;
mod strict;
mod summary_lacks;
mod summary_name;
mod summary_rate;
mod told_alike;
mod told_twice;
mod twins;
mod unknown_indicator;
mod unmeasured_goal;
mod unrelated;
mod unspent_result;
mod vague_target;
mod weak_reason;
mod weights;
mod whole_coverage;
mod whole_form;
mod whole_goals;
mod whole_rates;
mod whole_scope;

use crate::Rule;

/// The rules ordered by code.
pub(super) static ALL: [&Rule; 68] = [
    &completion::RULE,
    &score::RULE,
    &weights::RULE,
    &cap::RULE,
    &reason_missing::RULE,
    &reason_on_full::RULE,
    &measure_is_reason::RULE,
    &level::RULE,
    &cost::RULE,
    &money::RULE,
    &full_without_money::RULE,
    &operator::RULE,
    &strict::RULE,
    &fit::RULE,
    &cost_target::RULE,
    &goals::RULE,
    &macro_metric::RULE,
    &blank::RULE,
    &rate_format::RULE,
    &funds::RULE,
    &empty_text::RULE,
    &low_execution::RULE,
    &weak_reason::RULE,
    &repeated_result::RULE,
    &unrelated::RULE,
    &unmeasured_goal::RULE,
    &unspent_result::RULE,
    &quantities::RULE,
    &completion_rate::RULE,
    &over_hundred::RULE,
    &exceeded::RULE,
    &no_target::RULE,
    &recomputed::RULE,
    &at_target::RULE,
    &empty_target::RULE,
    &far_exceeded::RULE,
    &said_missed::RULE,
    &told_twice::RULE,
    &placed::RULE,
    &all_satisfied::RULE,
    &lacking_groups::RULE,
    &twins::RULE,
    &vague_target::RULE,
    &told_alike::RULE,
    &hollow_measure::RULE,
    &summary_rate::RULE,
    &summary_lacks::RULE,
    &summary_name::RULE,
    &copied::RULE,
    &problems::RULE,
    &bound::RULE,
    &satisfaction::RULE,
    &claims::RULE,
    &unknown_indicator::RULE,
    &statements::RULE,
    &paid_claims::RULE,
    &degree::RULE,
    &projects::RULE,
    &amounts::RULE,
    &whole_scope::RULE,
    &key_projects::RULE,
    &average::RULE,
    &key_problems::RULE,
    &key_names::RULE,
    &whole_rates::RULE,
    &whole_goals::RULE,
    &whole_coverage::RULE,
    &whole_form::RULE,
];
