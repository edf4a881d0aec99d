//! What a cell accepts, and 填写选项: the words of lists that are too long for a cell. What a clerk may have good reason to keep (a
//! month without its day, a title that is on no list) is only warned of: being refused, it would be filled in wrong.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, XlsxError,
};

use super::sheets::TemplateColumn;
use crate::dictionary::FieldKind;
use crate::intake::OPTIONS;
use crate::model::column_letters;
use crate::report::sheet::{BookWriter, Look, Page, PageCell, Paper};

/// Rows above the words, from 1: the title and the names of the lists.
const ABOVE: usize = 2;
const WIDTH: f64 = 34.0;
/// Characters that a list in a cell's own rule may have, its commas included.
const LIST: usize = 255;

/// The lists that the page holds, each with its name.
#[derive(Default)]
pub(super) struct Options {
    lists: Vec<(String, Vec<String>)>,
}

impl Options {
    /// Takes up a list, unless it is there already; gives the formula that refers to its words.
    pub(super) fn refer(&mut self, name: &str, words: &[&str]) -> String {
        let place = self.lists.iter().position(|(_, own)| own == words).unwrap_or_else(|| {
            self.lists.push((name.to_string(), words.iter().map(ToString::to_string).collect()));
            self.lists.len() - 1
        });
        let column = column_letters(u32::try_from(place).unwrap_or(u32::MAX));
        let (first, last) = (ABOVE + 1, ABOVE + words.len());
        format!("='{}'!${column}${first}:${column}${last}", OPTIONS.sheet)
    }

    /// The page, where any list needs it.
    pub(super) fn write(&self, book: &mut BookWriter) -> Result<(), XlsxError> {
        if self.lists.is_empty() {
            return Ok(());
        }
        let mut page = Page::new(book, OPTIONS.sheet, Paper::Portrait, vec![WIDTH; self.lists.len()])?;
        page.line(OPTIONS.title, Look::Heading)?;
        page.list_head(self.lists.iter().map(|(name, _)| name.as_str()), 0)?;
        let longest = self.lists.iter().map(|(_, words)| words.len()).max().unwrap_or_default();
        for at in 0..longest {
            let word = |(_, words): &'_ (String, Vec<String>)| words.get(at).cloned().unwrap_or_default();
            let cells: Vec<PageCell> = self.lists.iter().map(|list| PageCell::text(word(list))).collect();
            page.row(&cells)?;
        }
        page.finish()
    }
}

pub(super) fn validation(column: &TemplateColumn, options: &mut Options) -> Result<DataValidation, XlsxError> {
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

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::super::sheets::TemplateSheet;
    use super::super::workbook;
    use super::*;
    use crate::dictionary::{Columns, Dictionary};
    use crate::intake::{KnownHeaders, Probe, Recognised};
    use crate::report::tests::fixture::{page_rows, parts, rows};
    use sheets::rows_of_text;

    /// A template of the roster's 荣誉 and 学历, with these words for both.
    fn written(words: &[String]) -> Vec<u8> {
        let mut book = BookWriter::default();
        let table = Dictionary::built_in().tables.iter().find(|table| table.id == "staff").unwrap();
        let column = |id: &str| TemplateColumn {
            table,
            field: table.field(table.field_named(id).unwrap()),
            dictionary: Dictionary::built_in(),
            words: Some(words.iter().map(String::as_str).collect()),
            names_people: false,
            uses: Vec::new(),
        };
        let sheet = TemplateSheet { table, columns: vec![column("honours"), column("education")], uses: Vec::new() };
        let mut options = Options::default();
        workbook::write_sheet(&mut book, &sheet, &mut options).unwrap();
        options.write(&mut book).unwrap();
        book.workbook.save_to_buffer().unwrap()
    }

    fn sheet_xml(bytes: &[u8], name: &str) -> Option<String> {
        let name = format!("xl/worksheets/{name}.xml");
        parts(bytes).into_iter().find(|(part, _)| *part == name).map(|(_, xml)| xml)
    }

    #[test]
    fn a_list_that_is_too_long_for_a_cell_stands_on_a_page_once_and_is_referred_to() {
        let words: Vec<String> = (1..=40).map(|number| format!("第{number}批县级学科带头人")).collect();
        let bytes = written(&words);
        let own = sheet_xml(&bytes, "sheet1").unwrap();
        let reference = "<formula1>'填写选项'!$A$3:$A$42</formula1>";
        assert_eq!(own.matches(reference).count(), 2, "{own}");
        let page = rows(&bytes, "填写选项");
        let expected = ["下拉列表的选项（请勿改动）", "荣誉"].map(String::from);
        assert_eq!(page.concat(), expected.into_iter().chain(words).collect::<Vec<_>>());
        let mut probe = Probe::default();
        rows_of_text(&page, &mut |row| {
            if probe.take(row) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        let columns = Columns::default();
        let headers = KnownHeaders::new(Dictionary::built_in(), &columns);
        assert_eq!(probe.recognise(("", "填写选项"), &headers), Ok(Recognised::OwnPage));
    }

    #[test]
    fn a_list_that_fits_a_cell_needs_no_page_and_one_with_a_comma_does() {
        let most: Vec<String> = vec!["甲".repeat(127), "乙".repeat(127)];
        let bytes = written(&most);
        assert_eq!(sheet_xml(&bytes, "sheet2"), None);
        assert!(sheet_xml(&bytes, "sheet1").unwrap().contains(&format!("\"{}\"", most.join(","))));
        for words in [vec!["甲".repeat(128), "乙".repeat(127)], vec!["甲,乙".to_string()]] {
            assert_eq!(rows(&written(&words), "填写选项").len(), 2 + words.len());
        }
        let none = page_rows("空", |book| {
            Options::default().write(book).unwrap();
            book.workbook.add_worksheet().set_name("空").unwrap();
        });
        assert_eq!(none, Vec::<Vec<String>>::new());
    }
}
