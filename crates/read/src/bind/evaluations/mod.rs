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
pub(super) use cut::{Form, Tables, forms};

use juesuan_model::{Place, TextField};

use super::binder::Binder;

/// The name of a form until it is read: what is said of a form without one is said at its start.
fn nameless(place: Place, block: u32) -> TextField {
    TextField { text: "".into(), place, block }
}

/// Binds a performance form.
pub(super) fn bind(binder: &mut Binder<'_>, form: &Form<'_>) {
    for block in &form.blocks {
        binder.mark(*block);
    }
    if form.is_whole {
        whole::bind(binder, form);
    } else {
        project::bind(binder, form);
    }
}
