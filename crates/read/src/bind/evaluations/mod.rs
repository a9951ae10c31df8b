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

use super::binder::Binder;

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
