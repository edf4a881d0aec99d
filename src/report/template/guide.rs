//! 填写说明: what the template is for, what to fill in and how, and how to check it.

use rust_xlsxwriter::XlsxError;

use super::sheets::{Template, TemplateColumn, TemplateSheet};
use crate::dictionary::FieldKind;
use crate::intake::GUIDE;
use crate::pack::{Pack, Rule, Use};
use crate::report::findings::short_name;
use crate::report::sheet::{BookWriter, Look, Page, PageCell, Paper};

const WIDTHS: [f64; 4] = [20.0, 20.0, 28.0, 44.0];

const HOW: [&str; 9] = [
    "每张表的第1行是表头，鼠标停在表头上可以看到这一列填什么、怎么填、用于哪些条款。带*的列一定要填；其他的列空着时怎么算，也写在那里。",
    "第2行是示例行（以“例：”开头），核查时不计入，可以删除。从第3行开始填写，中间不必留空行。",
    "日期写到日，如 2023-09-01。还没有结束的（现在还在岗、还在联系、还在任教），结束的日期空着；写“至今”也认得。只知道年月的写 2023年9月，要先把单元格设为文本，有关的结论可能待核。",
    "一格里有几个人、几个学段、几个学科的，用顿号隔开：张三、李四；小学、初中。",
    "天数可以带小数：半天写 0.5。数字后面不写单位，不写“约”“余”“多”。",
    "有下拉列表的，从列表里选词。列表里没有合适的词，照实写，由人核对；不要为了能选而改成别的意思。",
    "同一个人、同一个单位、同一所学校，在各表中写法要一致。有同名的人时，各表都要写工号。",
    "表名和表头不要改。列的次序可以调换；自己加的列不会读取，核查时会列出来。下拉列表和格式备到第2002行，再往下也可以照样填写。",
    "用不到的表可以不填，与它有关的结论就只能待核。已有的台账如果表头相近，可以直接核查，不必抄进这份模板。",
];

pub(super) fn write(book: &mut BookWriter, template: &Template, sheets: &[TemplateSheet]) -> Result<(), XlsxError> {
    let mut page = Page::new(book, GUIDE.sheet, Paper::Portrait, WIDTHS)?;
    page.title(GUIDE.title)?;
    page.line("这份模板用来登记按下列文件核查所需的情况，只有这些文件用得到的表和列。", Look::Line)?;
    write_packs(&mut page, template)?;
    write_sheets(&mut page, sheets)?;
    section(&mut page, "怎么填")?;
    numbered(&mut page, &HOW)?;
    section(&mut page, "个人信息")?;
    numbered(&mut page, &privacy(sheets))?;
    section(&mut page, "怎么核查")?;
    numbered(&mut page, &commands(template))?;
    write_rules(&mut page, template.packs, sheets)?;
    page.finish()
}

fn section(page: &mut Page, title: &str) -> Result<(), XlsxError> {
    page.skip();
    page.line(title, Look::Heading)
}

fn numbered<T: AsRef<str>>(page: &mut Page, lines: &[T]) -> Result<(), XlsxError> {
    (1..).zip(lines).try_for_each(|(number, line)| page.line(&format!("{number}. {}", line.as_ref()), Look::Line))
}

fn write_packs(page: &mut Page, template: &Template) -> Result<(), XlsxError> {
    section(page, "核查所依据的文件")?;
    page.row(&[("规则包", 1), ("文件", 2), ("文号", 1)].map(head))?;
    for (pack, named) in template.packs.iter().zip(template.named) {
        let number = pack.number.as_deref().unwrap_or("（无）");
        page.row(&[
            PageCell::text(named.as_str()),
            PageCell::text(pack.title.as_str()).over(2),
            PageCell::text(number),
        ])?;
    }
    Ok(())
}

fn head((text, span): (&str, u16)) -> PageCell<'_> {
    PageCell::head(text).over(span)
}

fn write_sheets(page: &mut Page, sheets: &[TemplateSheet]) -> Result<(), XlsxError> {
    section(page, "要填的表")?;
    page.head(["工作表", "一行写什么", "列（带*的必填）", "用到它的条款"])?;
    for sheet in sheets {
        let columns: Vec<String> = sheet.columns.iter().map(TemplateColumn::title).collect();
        page.row(&[
            PageCell::text(sheet.table.sheet.as_str()),
            PageCell::text(sheet.table.row.as_str()),
            PageCell::text(columns.join("、")),
            PageCell::text(clauses(&sheet.uses)),
        ])?;
    }
    Ok(())
}

/// The clauses of each document that need a sheet, one document a line.
fn clauses(uses: &[Use]) -> String {
    let mut documents: Vec<(String, Vec<&str>)> = Vec::new();
    for own in uses {
        let (name, clause) = (short_name(own.pack), own.rule.clause.as_str());
        match documents.iter_mut().find(|(document, _)| *document == name) {
            Some((_, clauses)) if clauses.contains(&clause) => {}
            Some((_, clauses)) => clauses.push(clause),
            None => documents.push((name, vec![clause])),
        }
    }
    let line = |(name, clauses): &(String, Vec<&str>)| format!("{name}：{}", clauses.join("、"));
    documents.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Identity numbers are asked for only where a rule looks at them, and then it is said which.
fn privacy(sheets: &[TemplateSheet]) -> Vec<String> {
    let columns = sheets.iter().flat_map(|sheet| &sheet.columns);
    let asked: Vec<String> = columns
        .filter(|column| column.field.kind == FieldKind::Identity)
        .flat_map(|column| column.uses.iter().map(super::forms::cited))
        .collect();
    let identity = if asked.is_empty() {
        "核查用不到身份证号，所以没有这一列。也不要添加手机号码、家庭住址、银行账号等与核查无关的列。".to_string()
    } else {
        format!("身份证号只用于：{}。不要添加手机号码、家庭住址、银行账号等与核查无关的列。", asked.join("；"))
    };
    let kept = "填好的台账含有个人信息，只交给负责核查的人，不要放到公开的群组或网盘；程序不联网，不改动台账。";
    vec![identity, kept.to_string()]
}

/// The commands for the filled-in template, as it is called when no other name is given.
fn commands(template: &Template) -> [String; 2] {
    let packs: String = template.named.iter().map(|named| format!(" --pack {}", quoted(named))).collect();
    [
        "填好后先看读得对不对（台账模板.xlsx 换成填好的文件名）：jiaoyan inspect 台账模板.xlsx".to_string(),
        format!("再核查，写出报告：jiaoyan check 台账模板.xlsx{packs}"),
    ]
}

/// A name with a space is one word of a command only in quotes.
fn quoted(name: &str) -> String {
    if name.contains(char::is_whitespace) { format!("\"{name}\"") } else { name.to_string() }
}

fn write_rules(page: &mut Page, packs: &[Pack], sheets: &[TemplateSheet]) -> Result<(), XlsxError> {
    section(page, "各项要求用到的表和列")?;
    page.row(&[("条款", 1), ("要求", 2), ("用到的表和列", 1)].map(head))?;
    for pack in packs {
        page.row(&[PageCell::new(pack.cited(), Look::Total).over(4)])?;
        for rule in &pack.rules {
            page.row(&[
                PageCell::text(rule.clause.as_str()),
                PageCell::text(rule.title.as_str()).over(2),
                PageCell::text(needed(rule, sheets)),
            ])?;
        }
    }
    Ok(())
}

/// 教研员花名册（工号、姓名）；培训台账（日期、学时）
fn needed(rule: &Rule, sheets: &[TemplateSheet]) -> String {
    let is_own = |uses: &[Use]| uses.iter().any(|own| std::ptr::eq(own.rule, rule));
    let columns = |sheet: &TemplateSheet| {
        let own = sheet.columns.iter().filter(|column| is_own(&column.uses));
        own.map(|column| column.field.header.as_str()).collect::<Vec<_>>().join("、")
    };
    let own = sheets.iter().filter(|sheet| is_own(&sheet.uses));
    own.map(|sheet| format!("{}（{}）", sheet.table.sheet, columns(sheet))).collect::<Vec<_>>().join("；")
}
