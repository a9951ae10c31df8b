//! Performance self-evaluation forms: of projects, and of whole departments or units.

mod align;
mod columns;
mod cut;
mod indicator;
mod labels;
mod project;
mod values;
mod whole;

pub(super) use columns::Column;

use juesuan_model::{Place, TextField};

use super::binder::Binder;

/// The name of a form until it is read: what is said of a form without one is said at its start.
fn nameless(place: Place, block: u32) -> TextField {
    TextField { text: "".into(), place, block }
}

/// Binds all performance forms.
pub(super) fn bind(binder: &mut Binder<'_>) {
    for form in cut::cut(binder) {
        for part in &form.parts {
            binder.mark(part.block);
        }
        if form.is_whole {
            whole::bind(binder, &form);
        } else {
            project::bind(binder, &form);
        }
    }
}
