//! What the narrative says of each functional item, gathered from its sentences.

use std::sync::Arc;

use juesuan_model::{Fact, FactId, Statement};
use rustc_hash::FxHashSet;

use crate::{Context, Spot};

/// The paragraph on an item.
#[derive(Clone, Debug)]
pub(crate) struct ItemText<'a> {
    /// The code, `?` when it could not be found.
    pub(crate) code: Arc<str>,
    /// The sentence with class, section, item and amount.
    pub(crate) statement: &'a Statement,
    pub(crate) amount: Option<FactId>,
    pub(crate) completion: Option<FactId>,
    pub(crate) use_of: Option<FactId>,
    pub(crate) reason: Option<FactId>,
    pub(crate) has_no_budget: bool,
}

impl ItemText<'_> {
    /// The words of a slot of the sentence.
    pub(crate) fn word<'c>(&self, context: &Context<'c>, slot: &str) -> &'c str {
        context.slot_of(self.statement, slot).map_or("", |(_, fact)| &fact.printed)
    }

    /// Whether the class is told above the item, not with it.
    pub(crate) fn is_short(&self) -> bool {
        &*self.statement.sentence == "item_short"
    }

    /// 类、款、项 as the text names them.
    pub(crate) fn name(&self, context: &Context<'_>) -> String {
        format!("{}（项）", self.word(context, "item"))
    }
}

/// All items of the narrative in the order they stand.
pub(crate) fn items<'a>(context: &Context<'a>) -> Vec<ItemText<'a>> {
    let near = |sentence: &str, slot: &str, item: &Statement| {
        // The same row can be spoken of twice; the sentence in the same block is meant.
        let mut found =
            context.statements(sentence).filter(|s| s.row == item.row && same_place(s, item));
        found.find_map(|statement| statement.slot(slot))
    };
    let whole: FxHashSet<(u32, &str)> =
        context.statements("item").map(|item| (item.block, &*item.row)).collect();
    // The class may be told above the items.
    let short = context.statements("item_short");
    let short = short.filter(|item| !whole.contains(&(item.block, &*item.row)));
    context
        .statements("item")
        .chain(short)
        .map(|statement| ItemText {
            code: statement.row.clone(),
            amount: statement.slot("amount"),
            completion: near("item_completion", "completion", statement)
                .or_else(|| statement.slot("completion")),
            use_of: near("item_use", "use", statement),
            reason: near("item_reason", "reason", statement)
                .or_else(|| near("item_short_reason", "reason", statement)),
            has_no_budget: context
                .statements("item_no_budget")
                .any(|s| s.row == statement.row && same_place(s, statement)),
            statement,
        })
        .collect()
}

fn same_place(a: &Statement, b: &Statement) -> bool {
    a.block == b.block && a.place.line == b.place.line && a.place.column == b.place.column
}

/// A fact as a place to show.
pub(crate) fn spot(fact: &Fact) -> Spot {
    Spot { place: fact.place, block: fact.block, quote: fact.printed.to_string() }
}
