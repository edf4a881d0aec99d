//! Tables of text as they are printed: a line below the head, names at the left, numbers at the right.

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, presets};

/// The lines of a table of which the first two columns are names and the others numbers.
pub(crate) fn counted(
    heads: impl IntoIterator<Item = impl Into<String>>,
    rows: impl IntoIterator<Item = Vec<String>>,
) -> Vec<String> {
    let mut table = Table::new();
    table.load_style(presets::ASCII_HORIZONTAL_ONLY.row_separator(LineStyle::none()));
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(heads.into_iter().map(Into::into).collect::<Vec<String>>());
    table.add_rows(rows);
    for column in table.column_iter_mut().skip(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.lines().collect()
}
