//! What a cell accepts, and what is said when something else is typed. What a clerk may have good reason to keep (a
//! month without its day, a title that is on no list) is only warned of: being refused, it would be filled in wrong.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, XlsxError,
};

use super::options::Options;
use super::sheets::TemplateColumn;
use crate::dictionary::FieldKind;

/// Characters that a list in a cell's own rule may have, its commas included.
const LIST: usize = 255;

/// The rule of a column's cells.
pub(super) fn of(column: &TemplateColumn, options: &mut Options) -> Result<DataValidation, XlsxError> {
    let accepts = accepts(column, options)?;
    let said = [Some(column.field.hint.as_str()), column.form()];
    let said: Vec<&str> = said.into_iter().flatten().collect();
    accepts.set_input_title(column.title())?.set_input_message(said.join("\n"))
}

fn accepts(column: &TemplateColumn, options: &mut Options) -> Result<DataValidation, XlsxError> {
    let rule = DataValidation::new();
    match (column.field.kind, column.words.as_deref()) {
        (FieldKind::Word(_), Some(words)) => {
            let message = "这个词不在下拉列表里，核查时可能认不出。\n选“否”改成列表里的词；确实没有合适的，选“是”保留，由人核对。";
            refusing(list(rule, column, words, options)?, DataValidationErrorStyle::Warning, "不在列表里", message)
        }
        // Several words in a cell are none of the list: whatever is typed is taken.
        (FieldKind::Words(_), Some(words)) => Ok(list(rule, column, words, options)?.show_error_message(false)),
        (FieldKind::Flag, _) => {
            let rule = rule.allow_list_strings(&["是", "否"])?;
            refusing(rule, DataValidationErrorStyle::Stop, "请写是或否", "这一列只写“是”或“否”。")
        }
        (FieldKind::Date, _) => {
            let message =
                "这不是1950年到2100年之间的日期，请写成 2023-09-01 的样子。\n确实只知道年月的，选“是”保留，由人核对。";
            let (first, last) = (ExcelDateTime::from_ymd(1950, 1, 1)?, ExcelDateTime::from_ymd(2100, 1, 1)?);
            let rule = rule.allow_date(DataValidationRule::Between(first, last));
            refusing(rule, DataValidationErrorStyle::Warning, "日期的写法不对", message)
        }
        (FieldKind::Number, _) => {
            let rule = rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0));
            let message = "这一列只写不小于0的数字，不写单位。";
            refusing(rule, DataValidationErrorStyle::Stop, "请写数字", message)
        }
        // A figure is a number, or yes and no.
        (FieldKind::Word(_) | FieldKind::Words(_), None)
        | (FieldKind::Text | FieldKind::Texts | FieldKind::Code | FieldKind::Identity | FieldKind::Year, _)
        | (FieldKind::Person | FieldKind::People | FieldKind::School | FieldKind::Institution | FieldKind::Figure, _) => {
            Ok(rule.allow_any_value())
        }
    }
}

fn refusing(
    rule: DataValidation,
    style: DataValidationErrorStyle,
    title: &str,
    message: &str,
) -> Result<DataValidation, XlsxError> {
    rule.set_error_style(style).set_error_title(title)?.set_error_message(message)
}

/// The words as the cell's own list where they fit, else by a reference to the page of options.
fn list(
    rule: DataValidation,
    column: &TemplateColumn,
    words: &[&str],
    options: &mut Options,
) -> Result<DataValidation, XlsxError> {
    let length = words.iter().map(|word| word.encode_utf16().count() + 1).sum::<usize>().saturating_sub(1);
    let has_marks = words.iter().any(|word| word.contains([',', '"']));
    if length <= LIST && !has_marks {
        return rule.allow_list_strings(words);
    }
    Ok(rule.allow_list_formula(Formula::new(options.refer(&column.field.header, words))))
}
