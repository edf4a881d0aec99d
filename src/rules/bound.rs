//! 标准: what a measure must reach, as a pack writes it and in words.

use rust_decimal::Decimal;

use crate::dictionary::{At, Dictionary, FieldId, FieldKind, Form, Node, TableId};
use crate::model::{BoundOf, BoundValue, WordId, plain};
use crate::rules::path::{self, Scope, Via};
use crate::rules::phrases::yes_no;

/// What the amounts of a rule must reach.
pub type Bound = BoundOf<Threshold>;

/// A figure, or a figure for each word of one of the subject's fields.
#[derive(Clone, Debug, PartialEq)]
pub enum Threshold {
    Fixed(Decimal),
    By { field: FieldId, figures: Vec<(WordId, Decimal)> },
}

impl Threshold {
    /// Takes the figures of the words that it does not name from another threshold by the same field.
    fn over(self, base: Option<&Threshold>) -> Threshold {
        match (self, base) {
            (Threshold::By { field, figures: named }, Some(Threshold::By { field: same, figures }))
                if field == *same =>
            {
                let mut merged = figures.clone();
                merged.retain(|(word, _)| !named.iter().any(|(other, _)| other == word));
                merged.extend(named);
                merged
                    .sort_by_key(|(word, _)| figures.iter().position(|(other, _)| other == word).unwrap_or(usize::MAX));
                Threshold::By { field, figures: merged }
            }
            (own, _) => own,
        }
    }

    /// All figures that it can be.
    pub fn figures(&self) -> Vec<Decimal> {
        match self {
            Threshold::Fixed(figure) => vec![*figure],
            Threshold::By { figures, .. } => figures.iter().map(|(_, figure)| *figure).collect(),
        }
    }
}

impl Bound {
    /// The field of the subject that the figure goes by, if it goes by one.
    pub fn by(&self) -> Option<FieldId> {
        match self.threshold()? {
            Threshold::By { field, .. } => Some(*field),
            Threshold::Fixed(_) => None,
        }
    }

    /// The key that it is written with.
    fn key(&self) -> &'static str {
        match self {
            Bound::AtLeast { .. } => "at-least",
            Bound::AtMost { .. } => "at-most",
            Bound::Equals(_) | Bound::Is(_) => "equals",
            Bound::About { .. } => "about",
        }
    }

    fn tolerance(&self) -> Option<Decimal> {
        match self {
            Bound::AtLeast { tolerance, .. } | Bound::AtMost { tolerance, .. } => *tolerance,
            Bound::About { tolerance, .. } => Some(*tolerance),
            Bound::Equals(_) | Bound::Is(_) => None,
        }
    }

    fn aim(&self) -> Option<Decimal> {
        match self {
            Bound::AtLeast { aim, .. } => *aim,
            Bound::AtMost { .. } | Bound::Equals(_) | Bound::Is(_) | Bound::About { .. } => None,
        }
    }

    fn threshold(&self) -> Option<&Threshold> {
        match self {
            Bound::AtLeast { floor: threshold, .. }
            | Bound::AtMost { ceiling: threshold, .. }
            | Bound::Equals(threshold) => Some(threshold),
            Bound::Is(_) | Bound::About { .. } => None,
        }
    }

    /// The same figures with this tolerance and aim.
    fn with(&self, tolerance: Option<Decimal>, aim: Option<Decimal>) -> Bound {
        match self.clone() {
            Bound::AtLeast { floor, .. } => Bound::AtLeast { floor, tolerance, aim },
            Bound::AtMost { ceiling, .. } => Bound::AtMost { ceiling, tolerance },
            Bound::About { figure, .. } => Bound::About { figure, tolerance: tolerance.unwrap_or_default() },
            same @ (Bound::Equals(_) | Bound::Is(_)) => same,
        }
    }
}

/// The kinds of bound, and all keys that a bound is written with.
pub(crate) const KINDS: [&str; 4] = ["at-least", "at-most", "equals", "about"];
pub(crate) const KEYS: [&str; 6] = ["at-least", "at-most", "equals", "about", "tolerance", "aim"];

/// Reads the bound of a rule; nothing when it has none.
pub(crate) fn read(form: &Form<'_, '_>, scope: &Scope<'_>) -> Option<Bound> {
    read_over(form, scope, None)
}

/// Reads a bound that may leave things as another bound of the same kind has them: its tolerance, its aim, and of a
/// figure for each word those that it does not name.
pub(crate) fn read_over(form: &Form<'_, '_>, scope: &Scope<'_>, base: Option<&Bound>) -> Option<Bound> {
    let names_a_kind = KINDS.iter().any(|key| form.has(key));
    let base = base.filter(|base| form.has(base.key()) || !names_a_kind);
    let tolerance = form.number("tolerance").or(base.and_then(Bound::tolerance));
    let aim = form.number("aim").or(base.and_then(Bound::aim));
    let threshold = |node| threshold(form, node, scope).map(|read| read.over(base.and_then(Bound::threshold)));
    let given: Vec<Bound> = [
        form.node("at-least").and_then(threshold).map(|floor| Bound::AtLeast { floor, tolerance, aim }),
        form.node("at-most").and_then(threshold).map(|ceiling| Bound::AtMost { ceiling, tolerance }),
        form.node("equals").and_then(|node| match node.value.as_bool() {
            Some(flag) => Some(Bound::Is(flag)),
            None => threshold(node).map(Bound::Equals),
        }),
        form.number("about").map(|figure| Bound::About { figure, tolerance: tolerance.unwrap_or_default() }),
    ]
    .into_iter()
    .flatten()
    .collect();
    let given = match base {
        Some(base) if given.is_empty() => vec![base.with(tolerance, aim)],
        Some(_) | None => given,
    };
    check(form, &given, tolerance, aim);
    given.into_iter().next()
}

fn check(form: &Form<'_, '_>, given: &[Bound], tolerance: Option<Decimal>, aim: Option<Decimal>) {
    if given.len() > 1 {
        form.defect("标准写了不止一个", "at-least、at-most、equals、about 只写一个");
    }
    match given.first() {
        Some(Bound::About { .. }) if tolerance.is_none() => {
            form.defect("about 缺少 tolerance", "“左右”要写明上下差多少，例如 tolerance = 2");
        }
        Some(Bound::Equals(_) | Bound::Is(_)) if tolerance.is_some() => {
            form.defect("equals 不带 tolerance", "请改写 about，或删去 tolerance");
        }
        Some(Bound::AtLeast { floor, .. }) => {
            if aim.is_some_and(|aim| floor.figures().iter().any(|floor| aim <= *floor)) {
                form.defect("aim 应高于 at-least", "aim 是下限之上的努力目标");
            }
        }
        Some(_) if aim.is_some() => form.defect("aim 只和 at-least 同用", "请删去 aim"),
        Some(_) | None => {}
    }
}

fn threshold(form: &Form<'_, '_>, node: Node<'_>, scope: &Scope<'_>) -> Option<Threshold> {
    if node.value.as_table().is_none() {
        return node.number(form.source(), "标准").map(Threshold::Fixed);
    }
    let table = node.form(form.source(), "标准")?;
    let by: At<String> = table.required_text("by");
    let path = path::read(&table, &by, scope)?;
    let field = path.field(scope.dictionary, scope.table);
    let Some(list) = scope.dictionary.words_of(field).filter(|_| path.via == Via::Own) else {
        table.source().defect(
            by.span,
            format!("不能按列 {} 定标准", by.value),
            "by 要写对象自己的、取值为词语的列，例如 level",
        );
        return None;
    };
    if let FieldKind::Words(_) = field.kind {
        let message = format!("列 {} 一格可以写几个词，定不出是哪个标准", by.value);
        table.source().defect(by.span, message, "by 要写每格只有一个词的列，例如 level");
        return None;
    }
    let mut figures = Vec::new();
    for (name, value) in table.entries().into_iter().filter(|(name, _)| name.value != "by") {
        match list.named(&name.value) {
            Some(words) => {
                let figure = value.number(table.source(), &name.value)?;
                figures.extend(words.into_iter().map(|word| (word, figure)));
            }
            None => {
                let names: Vec<&str> = list.names().collect();
                let help = format!("可以写：{}", names.join("、"));
                table.source().defect(name.span, format!("列 {} 没有“{}”这个词", field.id, name.value), help);
            }
        }
    }
    Some(Threshold::By { field: path.field, figures })
}

impl Bound {
    /// For all subjects of a table: `市级不少于60天，县级不少于80天`.
    pub(crate) fn words(&self, each: TableId, unit: &str, dictionary: &Dictionary) -> String {
        let threshold = |word: &str, threshold: &Threshold| match threshold {
            Threshold::Fixed(figure) => format!("{word}{}{unit}", plain(*figure)),
            Threshold::By { field, figures } => {
                let Some(list) = dictionary.words_of(dictionary.table(each).field(*field)) else {
                    return String::new();
                };
                let part = |(id, figure): &(_, Decimal)| format!("{}{word}{}{unit}", list.word(*id), plain(*figure));
                figures.iter().map(part).collect::<Vec<_>>().join("，")
            }
        };
        let about = |tolerance: Option<Decimal>| match tolerance {
            Some(tolerance) => format!("左右（相差{}以内由人判断）", plain(tolerance)),
            None => String::new(),
        };
        match self {
            Bound::AtLeast { floor, tolerance, aim } => {
                format!("{}{}{}", threshold("不少于", floor), about(*tolerance), aimed(*aim, unit))
            }
            Bound::AtMost { ceiling, tolerance } => format!("{}{}", threshold("不超过", ceiling), about(*tolerance)),
            Bound::Equals(figure) => threshold("应为", figure),
            Bound::Is(flag) => so(*flag),
            Bound::About { figure, tolerance } => round_about(*figure, *tolerance, unit),
        }
    }
}

/// For a subject, with all that belongs to it: `不少于60或80天，力求100天`.
pub fn standard(bound: &BoundValue, unit: &str) -> String {
    match bound {
        BoundValue::AtLeast { aim, .. } => format!("{}{}", limit(bound, unit), aimed(*aim, unit)),
        BoundValue::About { figure, tolerance } => round_about(*figure, *tolerance, unit),
        BoundValue::AtMost { .. } | BoundValue::Equals(_) | BoundValue::Is(_) => limit(bound, unit),
    }
}

/// As it opens a sentence: `应不少于60天`.
pub(crate) fn asked(bound: &BoundValue, unit: &str) -> String {
    match bound {
        BoundValue::AtLeast { .. } | BoundValue::AtMost { .. } => format!("应{}", limit(bound, unit)),
        BoundValue::Equals(_) | BoundValue::Is(_) | BoundValue::About { .. } => limit(bound, unit),
    }
}

fn limit(bound: &BoundValue, unit: &str) -> String {
    let about = |tolerance: &Option<Decimal>| if tolerance.is_some() { "左右" } else { "" };
    match bound {
        BoundValue::AtLeast { floor, tolerance, .. } => format!("不少于{}{unit}{}", floor.text(), about(tolerance)),
        BoundValue::AtMost { ceiling, tolerance } => format!("不超过{}{unit}{}", ceiling.text(), about(tolerance)),
        BoundValue::Equals(ends) => format!("应为{}{unit}", ends.text()),
        BoundValue::Is(flag) => so(*flag),
        BoundValue::About { figure, .. } => format!("应为{}{unit}左右", plain(*figure)),
    }
}

fn aimed(aim: Option<Decimal>, unit: &str) -> String {
    aim.map(|aim| format!("，力求{}{unit}", plain(aim))).unwrap_or_default()
}

fn so(flag: bool) -> String {
    format!("应为“{}”", yes_no(flag))
}

fn round_about(figure: Decimal, tolerance: Decimal, unit: &str) -> String {
    format!("{}{unit}左右（上下{}）", plain(figure), plain(tolerance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BoundEnds;

    #[test]
    fn a_bound_is_said_with_its_unit_and_with_both_ends_when_it_is_not_known() {
        let ends = BoundEnds { low: Decimal::from(60), high: Decimal::from(80) };
        let floor = BoundValue::AtLeast { floor: ends, tolerance: None, aim: Some(Decimal::from(100)) };
        assert_eq!(standard(&floor, "天"), "不少于60或80天，力求100天");
        let ceiling =
            BoundValue::AtMost { ceiling: BoundEnds::exactly(Decimal::from(5)), tolerance: Some(Decimal::ONE) };
        assert_eq!(standard(&ceiling, "年"), "不超过5年左右");
        assert_eq!(standard(&BoundValue::Is(true), ""), "应为“是”");
    }
}
