//! What sheets are called.

use crate::intake::Registry;

/// What a sheet is called: by itself, its titles, and its file where that has no other table.
pub(super) fn names(registry: &Registry<'_>, sheet: u32) -> Vec<String> {
    let Some(name) = registry.sheets.get(sheet) else { return Vec::new() };
    let of_file = (0..).zip(&registry.layouts).filter(|(at, layout)| {
        layout.is_some() && registry.sheets.get(*at).is_some_and(|other| other.path == name.path)
    });
    let layout = registry.layouts.get(sheet as usize).and_then(Option::as_ref);
    let titles = layout.into_iter().flat_map(|layout| layout.titles.iter().cloned());
    let file = (of_file.count() == 1).then(|| name.file().to_string());
    std::iter::once(name.sheet.clone()).chain(titles).chain(file).collect()
}
