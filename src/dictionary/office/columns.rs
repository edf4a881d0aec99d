//! The office's own headers and sheet names, as the file of `--columns` gives them.
//!
//! ```toml
//! [columns]                     # for all tables: our header = the standard header
//! "教研员大名" = "姓名"
//! "第一学历/学历" = "不读"
//!
//! ["活动台账"]                   # for one table
//! "下校时间" = "日期"
//!
//! [sheets]                      # which table a sheet is
//! "2023下校" = "活动台账"
//! "草稿" = "不读"
//! ```

use super::answers::Answers;
use crate::dictionary::form::{At, Form, Node, read_toml};
use crate::dictionary::source::{Source, nearest};
use crate::dictionary::words::{normalise, spelt};
use crate::dictionary::{Dictionary, FieldId, Table, TableId};
use crate::model::Diagnostic;

/// What the file says of a column or a sheet that is not to be read.
pub const NOT_READ: &str = "不读";

/// The office's own headers and sheet names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// By the standard header.
    headers: Vec<Entry<String>>,
    sheets: Vec<Entry<TableId>>,
    pub answers: Answers,
}

/// What the office wants done with a column or a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish<T> {
    Take(T),
    /// It is left out, and that is no oversight.
    Leave,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry<T> {
    /// As the file writes it.
    name: String,
    /// The table of a header; `None` if it is for all, or a sheet.
    table: Option<TableId>,
    wish: Wish<T>,
}

impl Columns {
    /// Reads a columns file, or gives all its defects in the order of their places.
    pub fn parse(file: &str, text: &str, dictionary: &Dictionary) -> Result<Columns, Vec<Diagnostic>> {
        read_toml(file, text, |form| Reader { source: form.source(), dictionary }.read(&form))
    }

    pub fn has_no_headers(&self) -> bool {
        self.headers.is_empty()
    }

    /// What the file wants of a column with this header, and the place of that in the file. An entry for the table goes
    /// before one for all, which is passed over if the table has no such field.
    pub fn header(&self, id: TableId, table: &Table, header: &str) -> Option<(usize, Wish<FieldId>)> {
        let (normal, whole) = (normalise(header), spelt(header));
        // If the file writes a hint in brackets, it tells two headers apart by it.
        let meant = |entry: &Entry<String>| match (spelt(&entry.name), normalise(&entry.name)) {
            (spelt, normalised) if spelt == normalised => normalised == normal,
            (spelt, _) => spelt == whole,
        };
        let wish = |(place, entry): (usize, &Entry<String>)| match &entry.wish {
            Wish::Take(standard) => Some((place, Wish::Take(table.field_called(standard)?))),
            Wish::Leave => Some((place, Wish::Leave)),
        };
        let find = |scope| {
            let entries = self.headers.iter().enumerate();
            entries.filter(|(_, entry)| entry.table == scope && meant(entry)).find_map(wish)
        };
        find(Some(id)).or_else(|| find(None))
    }

    /// What the file wants of a sheet of a workbook, whose name comes without its ending, and the place of that in the file. An
    /// entry for the sheet of that workbook goes before one for all of its name: `甲/旧账`.
    pub fn sheet(&self, file: &str, name: &str) -> Option<(usize, Wish<TableId>)> {
        let called = |wanted: &str| self.sheets.iter().position(|entry| normalise(&entry.name) == normalise(wanted));
        let place = called(&format!("{file}/{name}")).or_else(|| called(name))?;
        self.sheets.get(place).map(|entry| (place, entry.wish.clone()))
    }

    /// The headers and sheet names that no input has, given the places of those that some input has.
    pub fn unused(&self, used_headers: &[usize], used_sheets: &[usize]) -> Vec<String> {
        let headers = self.headers.iter().map(|entry| format!("表头“{}”", entry.name)).enumerate();
        let sheets = self.sheets.iter().map(|entry| format!("工作表“{}”", entry.name)).enumerate();
        let of_headers = headers.filter(|(place, _)| !used_headers.contains(place));
        let of_sheets = sheets.filter(|(place, _)| !used_sheets.contains(place));
        of_headers.chain(of_sheets).map(|(_, name)| name).collect()
    }
}

struct Reader<'s, 'd> {
    source: &'s Source<'s>,
    dictionary: &'d Dictionary,
}

impl Reader<'_, '_> {
    fn read(&self, form: &Form<'_, '_>) -> Columns {
        let mut columns = Columns::default();
        for (name, node) in form.entries() {
            match (name.value.as_str(), self.table_called(&name.value)) {
                ("columns", _) => self.read_headers(node, &name, None, &mut columns),
                ("sheets", _) => self.read_sheets(node, &name, &mut columns),
                ("words", _) => {
                    let form = node.form(self.source, &name.value);
                    form.iter().for_each(|form| columns.answers.read_words(form, self.dictionary));
                }
                ("covers", _) => {
                    let form = node.form(self.source, &name.value);
                    form.iter().for_each(|form| columns.answers.read_covers(form, self.dictionary));
                }
                (_, Some(table)) => self.read_headers(node, &name, Some(table), &mut columns),
                (_, None) => self.unknown_part(&name, node),
            }
        }
        if form.entries().is_empty() {
            form.defect("文件里没有写任何表头或工作表", "例如在 [columns] 下面写 \"教研员大名\" = \"姓名\"");
        }
        columns
    }

    fn unknown_part(&self, name: &At<String>, node: Node<'_>) {
        let help = if node.value.as_table().is_some() {
            let sheets = self.dictionary.tables.iter().map(|table| table.sheet.as_str());
            let near = nearest(&name.value, sheets.chain(["columns", "sheets", "words", "covers"]));
            format!(
                "{near}这里可以写：[columns]、[sheets]、[words.\"类型\"]、[covers]，或加英文双引号的表名，如 [\"活动台账\"]"
            )
        } else {
            "表头写在 [columns] 或 [\"表名\"] 下面，工作表写在 [sheets] 下面".to_string()
        };
        self.source.defect(name.span.clone(), format!("不认识的部分 {}", name.value), help);
    }

    fn read_headers(&self, node: Node<'_>, name: &At<String>, table: Option<TableId>, columns: &mut Columns) {
        let Some(form) = node.form(self.source, &name.value) else { return };
        for (header, value) in form.entries() {
            let Some(wanted) = value.text(self.source, &header.value) else { continue };
            let same = |other: &Entry<String>| other.table == table && spelt(&other.name) == spelt(&header.value);
            self.refuse_odd_name(&header, columns.headers.iter().any(same));
            let wish = self.header_wish(&header, &wanted, table);
            columns.headers.push(Entry { name: header.value, table, wish });
        }
    }

    fn header_wish(&self, header: &At<String>, wanted: &At<String>, table: Option<TableId>) -> Wish<String> {
        if wanted.value == NOT_READ {
            return Wish::Leave;
        }
        let tables: Vec<&Table> = match table {
            Some(id) => vec![self.dictionary.table(id)],
            None => self.dictionary.tables.iter().collect(),
        };
        if !tables.iter().any(|table| table.field_called(&wanted.value).is_some()) {
            let whose = table.map_or("各表都".to_string(), |id| format!("“{}”", self.dictionary.table(id).sheet));
            let help = unknown_header_help(&header.value, &wanted.value, &tables);
            self.source.defect(wanted.span.clone(), format!("{whose}没有标准表头“{}”", wanted.value), help);
        }
        Wish::Take(wanted.value.clone())
    }

    fn read_sheets(&self, node: Node<'_>, name: &At<String>, columns: &mut Columns) {
        let Some(form) = node.form(self.source, &name.value) else { return };
        for (sheet, value) in form.entries() {
            let Some(wanted) = value.text(self.source, &sheet.value) else { continue };
            let is_known = |other: &Entry<TableId>| normalise(&other.name) == normalise(&sheet.value);
            self.refuse_odd_name(&sheet, columns.sheets.iter().any(is_known));
            let wish = match (wanted.value.as_str(), self.table_called(&wanted.value)) {
                (NOT_READ, _) => Wish::Leave,
                (_, Some(table)) => Wish::Take(table),
                (_, None) => {
                    let tables: Vec<&str> = self.dictionary.tables.iter().map(|table| table.sheet.as_str()).collect();
                    let near = nearest(&wanted.value, tables.iter().copied());
                    let help = format!("{near}可以写：{}，或 {NOT_READ}", tables.join("、"));
                    self.source.defect(wanted.span.clone(), format!("没有“{}”这种表", wanted.value), help);
                    continue;
                }
            };
            columns.sheets.push(Entry { name: sheet.value, table: None, wish });
        }
    }

    fn refuse_odd_name(&self, name: &At<String>, is_twice: bool) {
        if spelt(&name.value).is_empty() {
            self.source.defect(name.span.clone(), "等号左边的名称是空的", "请写本单位的表头或工作表名");
        } else if is_twice {
            let message = format!("“{}”写了两次", name.value);
            self.source.defect(name.span.clone(), message, "空格、星号、全角半角不算不同；请只保留一行");
        }
    }

    fn table_called(&self, name: &str) -> Option<TableId> {
        self.dictionary.tables.iter().position(|table| table.sheet == name).map(TableId::from)
    }
}

/// What to write instead of a standard header that is none.
fn unknown_header_help(header: &str, wanted: &str, tables: &[&Table]) -> String {
    let fields = || tables.iter().flat_map(|table| &table.fields);
    let is_other_name = |name: &str| normalise(name) == normalise(wanted);
    if let Some(field) = fields().find(|field| field.also.iter().any(|also| is_other_name(also))) {
        return format!("它是“{}”的另一种写法，请写 {}", field.header, field.header);
    }
    if fields().any(|field| field.header == header) {
        return "左边写本单位的表头，右边写标准表头；是不是左右写反了？".to_string();
    }
    let near = nearest(wanted, fields().map(|field| field.header.as_str()));
    match tables {
        [only] => {
            let headers: Vec<&str> = only.fields.iter().map(|field| field.header.as_str()).collect();
            format!("{near}可以写：{}，或 {NOT_READ}", headers.join("、"))
        }
        _ => format!("{near}标准表头见说明文档；不用的列写 {NOT_READ}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Columns, Vec<(usize, usize, String, String)>> {
        let defects = |defect: Diagnostic| (defect.line, defect.column, defect.message, defect.help);
        Columns::parse("表头.toml", text, Dictionary::built_in())
            .map_err(|found| found.into_iter().map(defects).collect())
    }

    fn wish(columns: &Columns, table: &str, header: &str) -> String {
        let dictionary = Dictionary::built_in();
        let id = dictionary.table_named(table).unwrap();
        match columns.header(id, dictionary.table(id), header) {
            Some((place, Wish::Take(field))) => format!("{place} {}", dictionary.table(id).field(field).id),
            Some((place, Wish::Leave)) => format!("{place} 不读"),
            None => "-".to_string(),
        }
    }

    #[test]
    fn an_entry_for_a_table_goes_before_one_for_all_and_a_hint_tells_headers_apart() {
        let text = "[columns]\n\"教研员大名\" = \"姓名\"\n\"备用\" = \"不读\"\n\"学时(线上)\" = \"不读\"\n\
                    [\"活动台账\"]\n\"备用\" = \"主题\"\n[sheets]\n\"2023下校\" = \"活动台账\"\n\"草稿\" = \"不读\"\n";
        let columns = parse(text).unwrap();
        assert_eq!(wish(&columns, "staff", "*教研员 大名（全称）"), "0 name");
        assert_eq!(wish(&columns, "institutions", "教研员大名"), "-");
        assert_eq!(wish(&columns, "activities", "备用"), "3 topic");
        assert_eq!(wish(&columns, "training", "备用"), "1 不读");
        assert_eq!(wish(&columns, "training", "学时（线上）"), "2 不读");
        assert_eq!(wish(&columns, "training", "学时（线下）"), "-");
        let activities = Dictionary::built_in().table_named("activities").unwrap();
        assert_eq!(columns.sheet("台账", "2023 下校"), Some((0, Wish::Take(activities))));
        assert_eq!(columns.sheet("台账", "草稿"), Some((1, Wish::Leave)));
        assert_eq!(columns.sheet("台账", "下校"), None);
        let one = parse("[sheets]\n\"旧账\" = \"不读\"\n\"甲/旧账\" = \"活动台账\"\n").unwrap();
        assert_eq!(one.sheet("甲", "旧账"), Some((1, Wish::Take(activities))));
        assert_eq!(one.sheet("乙", "旧账"), Some((0, Wish::Leave)));
        assert_eq!(columns.unused(&[0, 1, 3], &[1]), ["表头“学时(线上)”", "工作表“2023下校”"]);
    }

    #[test]
    fn all_defects_are_named_with_their_places_and_what_to_write() {
        let text = "\"下校\" = \"姓名\"\n[columns]\n\"姓名\" = \"教研员大名\"\n\"大名\" = \"真实姓名\"\n\"名\" = \"姓明\"\n\
                    \"大 名\" = \"姓名\"\n\" \" = \"姓名\"\n\"数\" = 3\n[\"活动台帐\"]\n\"a\" = \"日期\"\n\
                    [\"联系学校\"]\n\"校\" = \"学区\"\n[sheets]\n\"一\" = \"活动台帐\"\n";
        let found = parse(text).unwrap_err();
        let shown: Vec<String> = found.iter().map(|(l, c, m, h)| format!("{l}:{c} {m} | {h}")).collect();
        insta::assert_snapshot!(shown.join("\n"), @r#"
        1:1 不认识的部分 下校 | 表头写在 [columns] 或 ["表名"] 下面，工作表写在 [sheets] 下面
        3:8 各表都没有标准表头“教研员大名” | 左边写本单位的表头，右边写标准表头；是不是左右写反了？
        4:8 各表都没有标准表头“真实姓名” | 它是“姓名”的另一种写法，请写 姓名
        5:7 各表都没有标准表头“姓明” | 是不是想写 姓名？标准表头见说明文档；不用的列写 不读
        6:1 “大 名”写了两次 | 空格、星号、全角半角不算不同；请只保留一行
        7:1 等号左边的名称是空的 | 请写本单位的表头或工作表名
        8:7 数 的值类型不对 | 这里应写文字，例如 "专职"
        9:2 不认识的部分 活动台帐 | 是不是想写 活动台账？这里可以写：[columns]、[sheets]、[words."类型"]、[covers]，或加英文双引号的表名，如 ["活动台账"]
        12:7 “联系学校”没有标准表头“学区” | 是不是想写 学校？可以写：工号、姓名、单位、学校、角色、协同人员、开始日期、结束日期、身份证号，或 不读
        14:7 没有“活动台帐”这种表 | 是不是想写 活动台账？可以写：教研员花名册、活动台账、培训台账、到校任教经历、学校名单、联系学校、基地学校教师、机构情况、年度数据、证书登记、专家库，或 不读
        "#);
    }

    #[test]
    fn an_empty_file_and_names_without_quotes_are_defects() {
        assert_eq!(parse("").unwrap_err()[0].2, "文件里没有写任何表头或工作表");
        let found = parse("[columns]\n教研员大名 = \"姓名\"\n\"b\" ＝ “姓名”\n").unwrap_err();
        let shown: Vec<String> = found.iter().map(|(l, c, m, _)| format!("{l}:{c} {m}")).collect();
        let expected = ["2:1 这一行的写法有误：中文名称要加英文双引号", "3:5 这一行的写法有误，其中有全角符号“＝”"];
        assert_eq!(shown, expected);
    }
}
