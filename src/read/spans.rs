//! The merged areas of ods sheets, which calamine does not tell: found by a plain scan for the tags of tables.

use super::merge::Area;
use super::parts::{attribute, local_name, tags};
use super::row::{MAX_COLUMNS, MAX_ROWS};

/// The merged areas of each table, in the order of the file. Takes the text of `content.xml`.
pub(super) fn areas_of_tables(content: &str) -> Vec<Vec<Area>> {
    let mut tables: Vec<Vec<Area>> = Vec::new();
    let (mut row, mut column, mut repeat) = (0, 0, 0);
    for tag in tags(content) {
        match local_name(tag) {
            "table" if tag.starts_with("table:") && attribute(tag, "name").is_some() => {
                tables.push(Vec::new());
                (row, repeat) = (0, 0);
            }
            "table-row" => {
                row = MAX_ROWS.min(row + repeat);
                column = 0;
                repeat = count(tag, "number-rows-repeated");
            }
            "table-cell" | "covered-table-cell" => {
                if let Some(areas) = tables.last_mut() {
                    areas.extend(area_at(tag, row, column));
                }
                column = MAX_COLUMNS.min(column + count(tag, "number-columns-repeated"));
            }
            _ => {}
        }
    }
    tables
}

fn area_at(tag: &str, row: u32, column: u32) -> Option<Area> {
    let last_row = row + count(tag, "number-rows-spanned") - 1;
    let last_column = column + count(tag, "number-columns-spanned") - 1;
    Area::new((row, column), (last_row, last_column))
}

/// A number of rows or columns: 1 unless told, at most a whole sheet.
fn count(tag: &str, name: &str) -> u32 {
    let told = attribute(tag, name).and_then(|number| number.parse().ok());
    told.unwrap_or(1).clamp(1, MAX_ROWS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_become_areas_at_their_addresses() {
        let content = r#"<table:table table:name="a"><table:table-row table:number-rows-repeated="2"><table:table-cell/>
            </table:table-row><table:table-row><table:table-cell table:number-columns-repeated="3"/><table:table-cell
            table:number-rows-spanned="2" table:number-columns-spanned="4"><text:p>x</text:p></table:table-cell>
            </table:table-row></table:table><table:table table:name="b"/>"#;
        let area = Area { first_row: 2, first_column: 3, last_row: 3, last_column: 6 };
        assert_eq!(areas_of_tables(content), [vec![area], vec![]]);
    }
}
