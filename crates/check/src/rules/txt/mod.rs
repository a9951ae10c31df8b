//! Rules of the narrative.

mod basic_list;
mod breakdown;
mod budget_sum;
mod budget_word;
mod carried;
mod change_pairs;
pub(super) mod changes;
mod copied;
mod counts;
pub(super) mod implied;
mod item_sums;
pub(super) mod items;
mod items_missing;
mod listed;
mod main_use;
mod nil;
mod no_unit;
mod odd_rate;
mod prescribed;
mod procurement;
mod procurement_split;
mod reason_missing;
mod reason_object;
mod reasons;
mod staffing;
mod twice;
mod vehicles;
mod zero_budget;

use crate::Rule;

/// The rules ordered by code.
pub(super) static ALL: [&Rule; 27] = [
    &items_missing::RULE,
    &item_sums::RULE,
    &implied::RULE,
    &odd_rate::RULE,
    &reasons::RULE,
    &reason_missing::RULE,
    &copied::RULE,
    &basic_list::RULE,
    &nil::RULE,
    &main_use::RULE,
    &carried::RULE,
    &reason_object::RULE,
    &changes::RULE,
    &vehicles::RULE,
    &procurement::RULE,
    &zero_budget::RULE,
    &counts::RULE,
    &prescribed::RULE,
    &procurement_split::RULE,
    &twice::RULE,
    &budget_word::RULE,
    &change_pairs::RULE,
    &no_unit::RULE,
    &budget_sum::RULE,
    &breakdown::RULE,
    &listed::RULE,
    &staffing::RULE,
];
