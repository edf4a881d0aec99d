//! 台账模板: a workbook to fill in, with the sheets and columns that some packs need and no others. Each column says
//! what it wants, in which form, and for which clauses; an example row shows it.

mod fields;
mod forms;
mod guide;
mod note;
mod options;
mod table;
mod validation;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::formats::{self, Formats};
use super::{Book, ReportError};
use crate::dictionary::{Dictionary, Field, FieldId, FieldKind, Table};
use crate::pack::{Pack, TableNeeds, Use, figure_items, records};
use options::Options;

/// The height of a row to fill in, in pixels: with room for the fonts that stand in for 宋体.
const ROW_PIXELS: u32 = 24;

/// What a template is made for.
pub struct Template<'a> {
    pub packs: &'a [Pack],
    /// How the command line names each of them, to show the command that checks the filled-in template.
    pub named: &'a [String],
}

/// A sheet of the template.
struct Sheet<'a> {
    table: &'a Table,
    columns: Vec<Column<'a>>,
    /// The rules that need the sheet.
    uses: Vec<Use<'a>>,
}

/// A column of a sheet.
struct Column<'a> {
    table: &'a Table,
    field: &'a Field,
    /// The words that may stand in it, where they are on a list.
    words: Option<Vec<&'a str>>,
    /// Whether the sheet has a column that names people of the roster.
    names_people: bool,
    /// The rules that need the column.
    uses: Vec<Use<'a>>,
}

impl Column<'_> {
    /// The header, with a star where the sheet is not understood without it.
    fn title(&self) -> String {
        let star = if self.field.required { "*" } else { "" };
        format!("{}{star}", self.field.header)
    }
}

/// The template as the bytes of a workbook, the same for the same packs.
///
/// # Errors
/// The workbook cannot be made.
pub fn template(template: &Template) -> Result<Vec<u8>, ReportError> {
    write(template, &sheets(template.packs)).map_err(ReportError::Template)
}

fn sheets(packs: &[Pack]) -> Vec<Sheet<'_>> {
    let dictionary = Dictionary::built_in();
    records(packs, dictionary).into_iter().map(|needs| sheet(needs, packs, dictionary)).collect()
}

fn sheet<'a>(needs: TableNeeds<'a>, packs: &[Pack], dictionary: &'a Dictionary) -> Sheet<'a> {
    let table = dictionary.table(needs.table);
    let people = table.field_of_kind(FieldKind::People);
    let names_people = needs.columns.iter().any(|(id, _)| Some(*id) == people);
    let column = |(id, uses): (FieldId, Vec<Use<'a>>)| {
        let field = table.field(id);
        Column { table, field, words: words(table, field, packs, dictionary), names_people, uses }
    };
    Sheet { table, columns: needs.columns.into_iter().map(column).collect(), uses: needs.uses }
}

/// The words of a column's list; of the items of 年度数据, those that the packs ask for.
fn words<'a>(table: &Table, field: &Field, packs: &[Pack], dictionary: &'a Dictionary) -> Option<Vec<&'a str>> {
    let list = dictionary.words_of(field)?;
    let asked = if table.id == "figures" && field.id == "item" { figure_items(packs) } else { Vec::new() };
    Some(match asked.is_empty() {
        true => list.words.iter().map(String::as_str).collect(),
        false => asked.into_iter().map(|word| list.word(word)).collect(),
    })
}

fn write(template: &Template, sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book =
        Book { workbook: Workbook::new(), formats: Formats::new(), header: String::new(), listing: Default::default() };
    book.workbook.set_default_format(&formats::body(), ROW_PIXELS, formats::COLUMN_PIXELS)?;
    book.workbook.set_properties(&properties()?);
    guide::write(&mut book, template, sheets)?;
    let mut options = Options::default();
    for sheet in sheets {
        table::write(&mut book, sheet, &mut options)?;
    }
    options.write(&mut book)?;
    book.workbook.save_to_buffer()
}

/// A fixed day stands for the day of writing, so that the bytes do not depend on the clock; nobody is named.
fn properties() -> Result<DocProperties, XlsxError> {
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_title("教研员台账模板").set_author("").set_creation_datetime(&created))
}
