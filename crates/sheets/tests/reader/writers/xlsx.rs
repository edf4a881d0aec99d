//! xlsx by rust_xlsxwriter.

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use super::{Book, Value};

/// The bytes of the workbook. The 1904 system and typed-in errors are beyond this writer.
pub fn write(book: &Book) -> Vec<u8> {
    assert!(!book.is_1904);
    let mut workbook = Workbook::new();
    for sheet in &book.sheets {
        let worksheet = workbook.add_worksheet().set_name(&sheet.name).unwrap();
        worksheet.set_hidden(sheet.hidden);
        for area in &sheet.merges {
            let [first_column, last_column] = [area[1], area[3]].map(|column| u16::try_from(column).unwrap());
            worksheet.merge_range(area[0], first_column, area[2], last_column, "", &Format::new()).unwrap();
        }
        for &row in &sheet.hidden_rows {
            worksheet.set_row_hidden(row).unwrap();
        }
        for (row, column, value) in &sheet.cells {
            write_cell(worksheet, *row, *column, value);
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, value: &Value) {
    let date = Format::new().set_num_format("yyyy-mm-dd");
    match value {
        Value::Text(text) => sheet.write_string(row, column, text),
        Value::Number(number) => sheet.write_number(row, column, *number),
        Value::Date(serial) => sheet.write_number_with_format(row, column, f64::from(*serial), &date),
        Value::Flag(flag) => sheet.write_boolean(row, column, *flag),
        Value::Formula(result) => {
            sheet.write_formula(row, column, Formula::new(format!("={result}")).set_result(result.to_string()))
        }
        Value::Error | Value::Failed => sheet.write_formula(row, column, Formula::new("=NA()").set_result("#N/A")),
    }
    .unwrap();
}
