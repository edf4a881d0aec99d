//! Tables of text as they are printed.

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, presets};

use crate::dictionary::Dictionary;
use crate::pack::Pack;
use crate::report::findings::{requirements, short_name, terms};

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

/// The comparable requirements of some packs as a table of text.
pub fn compare_packs(packs: &[Pack], dictionary: &Dictionary) -> String {
    let requirements = requirements(packs);
    if requirements.is_empty() {
        return "这几个规则包没有可以对照的要求（规则没有写 compares）\n".to_string();
    }
    let mut table = Table::new();
    table.load_style(presets::ASCII_FULL);
    table.set_content_arrangement(ContentArrangement::Disabled);
    let name = |pack: &Pack| format!("{}\n{}", pack.id, short_name(pack));
    table.set_header(std::iter::once("要求".to_string()).chain(packs.iter().map(name)));
    for requirement in &requirements {
        let cells = requirement.rules.iter().map(|rules| terms(rules, dictionary));
        table.add_row(std::iter::once(requirement.word.to_string()).chain(cells));
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_string()).collect();
    lines.join("\n") + "\n"
}
