//! Sheets all rows of which have one word, whatever their own column of the field says: a ledger of lessons observed.

use super::header::HeaderBlock;
use crate::dictionary::{FieldId, Table, normalise};
use crate::model::WordId;

/// The word that all rows of a sheet have: by its name or a title of it, or by its columns.
pub(super) fn given(
    table: &Table,
    sheet: &str,
    titles: &[(u32, String)],
    block: &HeaderBlock,
) -> Option<(FieldId, WordId)> {
    let given = table.given.as_ref()?;
    let above = titles.iter().filter(|(row, _)| *row < block.top).map(|(_, title)| title.as_str());
    let by_name = std::iter::once(sheet)
        .chain(above)
        .map(normalise)
        .any(|name| given.sheets.iter().any(|of| name.contains(of.as_str())));
    let has = |headers: &Vec<String>| {
        block.cells.iter().any(|cell| {
            let normal = cell.leaf().normal.as_str();
            let bare = normal.strip_suffix("姓名").unwrap_or(normal);
            headers.iter().any(|header| header == normal || header == bare)
        })
    };
    let by_columns = !given.columns.is_empty() && given.columns.iter().all(has);
    (by_name || by_columns).then_some((given.field, given.word))
}
