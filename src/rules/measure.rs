//! 指标: the number computed for a subject and a window, as a pack writes it.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::condition::{self, Condition, Path, Scope, Via};
use super::link::Link;
use super::members::{self, Members};
use crate::dictionary::{At, FieldId, FieldKind, Form, TableId, nearest};
use crate::model::WordId;

/// Rows of a table, those that satisfy a condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    pub table: TableId,
    pub link: Link,
    pub filter: Condition,
}

/// The number computed for a subject and a window.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// Days in the field: the rows of one date count together.
    Days(Rows),
    Count(Rows),
    Sum {
        rows: Rows,
        field: FieldId,
    },
    /// Different values of some fields taken together.
    Distinct {
        rows: Rows,
        fields: Vec<Path>,
    },
    /// A number of the subject's own row.
    Field(FieldId),
    /// The value of an item in 年度数据.
    Figure {
        item: WordId,
    },
    /// Of the rows, the part in percent that also satisfies `of_which`.
    Share {
        rows: Rows,
        of_which: Condition,
    },
    /// One measure over another; in percent where `percent`.
    Ratio {
        over: Box<Measure>,
        under: Box<Measure>,
        percent: bool,
    },
    /// Members that no row covers.
    Missing {
        members: Members,
        rows: Rows,
        by: Vec<Path>,
    },
    /// Years since the last row of any of some tables, else since the start.
    Since {
        rows: Vec<Rows>,
        or_since: Option<Start>,
    },
    /// Years of unbroken service since the later of the start and the last rows that add up to `lasting` months.
    /// Rows that satisfy `or_where` instead of the filter are possible, not sure.
    Service {
        from: FieldId,
        rows: Rows,
        or_where: Option<Condition>,
        lasting: Decimal,
    },
    /// Years from one date field to another; a blank one is the as-of day.
    Span {
        from: FieldId,
        to: FieldId,
    },
}

/// Where time is counted from when no row says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    Field(FieldId),
    Day(Date),
}

impl Measure {
    /// The rows that the measure is taken of, both ends of a ratio included.
    pub fn rows(&self) -> Vec<&Rows> {
        match self {
            Measure::Days(rows)
            | Measure::Count(rows)
            | Measure::Sum { rows, .. }
            | Measure::Distinct { rows, .. }
            | Measure::Share { rows, .. }
            | Measure::Missing { rows, .. }
            | Measure::Service { rows, .. } => vec![rows],
            Measure::Since { rows, .. } => rows.iter().collect(),
            Measure::Ratio { over, under, .. } => over.rows().into_iter().chain(under.rows()).collect(),
            Measure::Field(_) | Measure::Figure { .. } | Measure::Span { .. } => Vec::new(),
        }
    }
}

const NAMES: [&str; 12] =
    ["days", "count", "sum", "distinct", "field", "figure", "share", "ratio", "missing", "since", "service", "span"];

/// Reads the one measure of a table `measure.NAME = …`.
pub(crate) fn read(form: Form<'_, '_>, scope: &Scope<'_>) -> Option<Measure> {
    let entries = form.entries();
    let [(name, node)] = entries.as_slice() else {
        form.defect("measure 要写一个指标，并且只写一个", format!("可以写：{}", NAMES.join("、")));
        return None;
    };
    if name.value == "field" {
        let written = node.text(form.source(), "field")?;
        return own_field(&form, &written, scope, &[FieldKind::Number, FieldKind::Figure], "数").map(Measure::Field);
    }
    if !NAMES.contains(&name.value.as_str()) {
        let help = format!("{}可以写：{}", nearest(&name.value, NAMES), NAMES.join("、"));
        form.source().defect(name.span.clone(), format!("不认识的指标 {}", name.value), help);
        return None;
    }
    let inner = node.form(form.source(), &name.value)?;
    let measure = measure(&name.value, &inner, scope);
    inner.finish();
    measure
}

fn measure(name: &str, form: &Form<'_, '_>, scope: &Scope<'_>) -> Option<Measure> {
    match name {
        "days" => rows(form, scope).map(|(rows, _)| Measure::Days(rows)),
        "count" => rows(form, scope).map(|(rows, _)| Measure::Count(rows)),
        "sum" => sum(form, scope),
        "distinct" => distinct(form, scope),
        "figure" => figure(form, scope),
        "share" => share(form, scope),
        "ratio" => ratio(form, scope),
        "missing" => members::read(form, scope),
        "since" => since(form, scope),
        "service" => service(form, scope),
        _ => span(form, scope),
    }
}

/// The rows of `of` and `where`, and the scope that other conditions on them stand in.
pub(crate) fn rows<'d>(form: &Form<'_, '_>, scope: &Scope<'d>) -> Option<(Rows, Scope<'d>)> {
    let of = form.required_text("of");
    let filter_form = form.form("where");
    let (mut rows, inner) = table_rows(form, of, scope)?;
    if let Some(filter) = filter_form {
        rows.filter = condition::read(filter, &inner);
    }
    Some((rows, inner))
}

/// All rows of a table that belong to the subject.
fn table_rows<'d>(form: &Form<'_, '_>, of: At<String>, scope: &Scope<'d>) -> Option<(Rows, Scope<'d>)> {
    let dictionary = scope.dictionary;
    let Some(table) = dictionary.table_named(&of.value) else {
        let names: Vec<&str> = dictionary.tables.iter().map(|table| table.id.as_str()).collect();
        let help = format!("{}可以写：{}", nearest(&of.value, names.iter().copied()), names.join("、"));
        form.source().defect(of.span, format!("没有表 {}", of.value), help);
        return None;
    };
    let Some(link) = Link::between(dictionary, scope.table, table) else {
        let help = "这张表的行不写明属于哪个对象；请换一张表，或换 each";
        let each = &dictionary.table(scope.table).id;
        form.source().defect(of.span, format!("表 {} 的行不属于 {each}", of.value), help);
        return None;
    };
    let inner = Scope { table, ..*scope };
    Some((Rows { table, link, filter: Condition::All(Vec::new()) }, inner))
}

fn own_field(
    form: &Form<'_, '_>,
    written: &At<String>,
    scope: &Scope<'_>,
    kinds: &[FieldKind],
    wanted: &str,
) -> Option<FieldId> {
    let path = condition::path(form, written, scope)?;
    let field = condition::field_of(path, scope)?;
    if path.via != Via::Own || !kinds.contains(&field.kind) {
        let message = format!("列 {} 不是本表的{wanted}列", written.value);
        form.source().defect(written.span.clone(), message, format!("请写取值为{wanted}的列"));
        return None;
    }
    Some(path.field)
}

fn sum(form: &Form<'_, '_>, scope: &Scope<'_>) -> Option<Measure> {
    let field = form.required_text("field");
    let (rows, inner) = rows(form, scope)?;
    let field = own_field(form, &field, &inner, &[FieldKind::Number, FieldKind::Figure], "数")?;
    Some(Measure::Sum { rows, field })
}

pub(crate) fn paths(form: &Form<'_, '_>, key: &'static str, scope: &Scope<'_>) -> Vec<Path> {
    form.texts(key).iter().filter_map(|written| condition::path(form, written, scope)).collect()
}

fn distinct(form: &Form<'_, '_>, scope: &Scope<'_>) -> Option<Measure> {
    form.node("fields");
    let (rows, inner) = rows(form, scope)?;
    let fields = paths(form, "fields", &inner);
    if fields.is_empty() {
        form.missing("fields");
        return None;
    }
    Some(Measure::Distinct { rows, fields })
}

fn figure(form: &Form<'_, '_>, scope: &Scope<'_>) -> Option<Measure> {
    let dictionary = scope.dictionary;
    let item = form.required_text("item");
    let table = dictionary.table_named("figures")?;
    let field = dictionary.table(table).field_named("item")?;
    let list = dictionary.words_of(dictionary.table(table).field(field))?;
    let found = list.named(&item.value);
    if found.is_none() {
        let names: Vec<&str> = list.names().collect();
        let help = format!("{}可以写：{}", nearest(&item.value, list.names()), names.join("、"));
        form.source().defect(item.span, format!("年度数据没有项目“{}”", item.value), help);
    }
    Some(Measure::Figure { item: *found?.first()? })
}

fn share(form: &Form<'_, '_>, scope: &Scope<'_>) -> Option<Measure> {
    let of_which = form.form("of-which");
    let (rows, inner) = rows(form, scope)?;
    match of_which {
        Some(of_which) => Some(Measure::Share { rows, of_which: condition::read(of_which, &inner) }),
        None => {
            form.missing("of-which");
            None
        }
    }
}

fn ratio(form: &Form<'_, '_>, scope: &Scope<'_>) -> Option<Measure> {
    let percent = form.flag("percent").unwrap_or(false);
    let side = |key| match form.form(key) {
        Some(inner) => read(inner, scope).map(Box::new),
        None => {
            form.missing(key);
            None
        }
    };
    let (over, under) = (side("over"), side("under"));
    Some(Measure::Ratio { over: over?, under: under?, percent })
}

fn since(form: &Form<'_, '_>, scope: &Scope<'_>) -> Option<Measure> {
    let or_since = form.node("or-since").and_then(|node| match node.as_date() {
        Some(day) => Some(Start::Day(day)),
        None => {
            let written = node.text(form.source(), "or-since")?;
            own_field(form, &written, scope, &[FieldKind::Date], "日期").map(Start::Field)
        }
    });
    Some(Measure::Since { rows: rows_of_several(form, scope)?, or_since })
}

/// The rows of one table, or of several: `of = ["activities", "training"]`, with `where` by table.
fn rows_of_several(form: &Form<'_, '_>, scope: &Scope<'_>) -> Option<Vec<Rows>> {
    if form.node("of").is_some_and(|of| of.value.as_str().is_some()) || !form.has("of") {
        return rows(form, scope).map(|(rows, _)| vec![rows]);
    }
    let filters = form.form("where");
    let mut all = Vec::new();
    for of in form.texts("of") {
        let (mut rows, inner) = table_rows(form, of, scope)?;
        let named = inner.dictionary.table(rows.table).id.clone();
        let filter = filters.as_ref().and_then(|filters| {
            filters.entries().into_iter().find(|(name, _)| name.value == named)?.1.form(form.source(), "where")
        });
        if let Some(filter) = filter {
            rows.filter = condition::read(filter, &inner);
        }
        all.push(rows);
    }
    if let Some(filters) = filters {
        let is_known = |name: &str| all.iter().any(|rows| scope.dictionary.table(rows.table).id == name);
        for (name, _) in filters.entries().into_iter().filter(|(name, _)| !is_known(&name.value)) {
            form.source().defect(name.span, format!("where 中的 {} 不是 of 里的表", name.value), "写 of 里的表名");
        }
    }
    Some(all)
}

fn service(form: &Form<'_, '_>, scope: &Scope<'_>) -> Option<Measure> {
    let from = form.required_text("from");
    let or_where = form.form("or-where");
    let lasting = form.number("lasting-months");
    if lasting.is_none() {
        form.missing("lasting-months");
    }
    let from = own_field(form, &from, scope, &[FieldKind::Date], "日期")?;
    let (rows, inner) = rows(form, scope)?;
    let or_where = or_where.map(|filter| condition::read(filter, &inner));
    Some(Measure::Service { from, rows, or_where, lasting: lasting? })
}

fn span(form: &Form<'_, '_>, scope: &Scope<'_>) -> Option<Measure> {
    let (from, to) = (form.required_text("from"), form.required_text("to"));
    let from = own_field(form, &from, scope, &[FieldKind::Date], "日期");
    let to = own_field(form, &to, scope, &[FieldKind::Date], "日期");
    Some(Measure::Span { from: from?, to: to? })
}
