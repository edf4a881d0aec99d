//! 规则: one checkable requirement of a clause, how it is read from a pack, and how a clerk reads it in words.

use jiff::civil::Date;

use crate::dictionary::{Dictionary, FieldId, Form, MemberList, Table, TableId};
use crate::model::{Obligation, Per};
use crate::rules::{Bound, Condition, Kind, Measure, Phrases, Scope, Threshold, Written, bound, condition};

/// One checkable requirement.
#[derive(Debug)]
pub struct Rule {
    pub id: String,
    pub clause: String,
    /// The words of the document that it rests on.
    pub quote: String,
    pub title: String,
    pub obligation: Obligation,
    /// Who is judged: each row of this table.
    pub each: TableId,
    /// Whom it concerns. `None` if it concerns everybody.
    pub when: Option<Condition>,
    pub per: Per,
    /// The dates of [`Per::Fixed`].
    pub fixed: Option<(Date, Date)>,
    /// For how many weeks before and after a window what is done still counts for it.
    pub grace: Grace,
    /// Before this day a shortfall is 未到期.
    pub due: Option<Date>,
    /// Once that day is past, how things stood on it is judged.
    pub at_due: bool,
    pub check: Check,
    pub unit: String,
    /// 口径说明: how an ambiguous text is read.
    pub reading: Option<String>,
    /// Rules of different packs with the same word are shown side by side.
    pub compares: Option<String>,
}

/// The weeks before and after a window that count for it too: a report on a term is written after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grace {
    pub before: i32,
    pub after: i32,
}

/// What is checked of a subject.
#[derive(Debug)]
pub enum Check {
    /// An amount against a bound; where the text can be read in two ways, by a second measure too.
    Measured { measure: Box<Measure>, or_measure: Option<Box<Measure>>, bound: Bound },
    /// A condition on the subject's own row, and another one where the text can be read in two ways; where `relax` holds, a
    /// failure is 待核.
    Required { require: Condition, or_require: Option<Condition>, relax: Option<Condition> },
}

impl Rule {
    /// The day of its deadline, if that is what is judged on an as-of day.
    pub(crate) fn due_before(&self, as_of: Date) -> Option<Date> {
        self.due.filter(|due| self.at_due && *due < as_of)
    }

    pub fn measures(&self) -> impl Iterator<Item = &Measure> {
        let (first, second) = match &self.check {
            Check::Measured { measure, or_measure, .. } => (Some(&**measure), or_measure.as_deref()),
            Check::Required { .. } => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// Whether whom it concerns, or what is asked of them, goes by a field of the subject's own row.
    pub(crate) fn goes_by(&self, field: FieldId) -> bool {
        let names = |condition: &Option<Condition>| condition.as_ref().is_some_and(|one| one.names(field));
        let is_checked = match &self.check {
            Check::Measured { bound, .. } => bound.by() == Some(field),
            Check::Required { require, or_require, relax } => require.names(field) || names(or_require) || names(relax),
        };
        is_checked || names(&self.when)
    }
}

/// Reads a rule. `None` if its subject is unknown; the rest of it is still checked.
pub(super) fn read(form: Form<'_, '_>, dictionary: &Dictionary, members: &[MemberList]) -> Option<Rule> {
    let scope = each(&form, dictionary).map(|table| Scope { dictionary, table, members });
    let text = |key| form.required_text(key).value;
    let (id, clause, quote, title) = (text("id"), text("clause"), text("quote"), text("title"));
    let obligation = obligation(&form);
    let when = scope.and_then(|scope| form.form("when").map(|when| condition::read(when, &scope)));
    let per = per(&form);
    let fixed = form.date("from").zip(form.date("to"));
    let weeks = |key| form.number(key).and_then(|weeks| i32::try_from(weeks).ok()).unwrap_or_default();
    let grace = Grace { before: weeks("weeks-before"), after: weeks("weeks-after") };
    let (due, at_due) = (form.date("due"), form.flag("at-due").unwrap_or(false));
    let check = scope.map(|scope| check(&form, &scope));
    let text = |key| form.text(key).map(|text| text.value);
    let (unit, reading, compares) = (text("unit").unwrap_or_default(), text("reading"), text("compares"));
    let Some((Scope { table: each, .. }, check)) = scope.zip(check) else {
        pass_over(&form);
        form.finish();
        return None;
    };
    let (is_timed, per) = (per.is_some(), per.unwrap_or(Per::AsOf));
    let rule = Rule {
        id,
        clause,
        quote,
        title,
        obligation,
        each,
        when,
        per,
        fixed,
        grace,
        due,
        at_due,
        check,
        unit,
        reading,
        compares,
    };
    if is_timed {
        check_dates(&form, &rule);
        check_per(&form, &rule);
    }
    form.finish();
    Some(rule)
}

/// Passes over the keys that only mean something for a known subject.
fn pass_over(form: &Form<'_, '_>) {
    ["when", "require", "or-require", "relax", "measure", "or-measure"].into_iter().chain(bound::KEYS).for_each(
        |key| {
            form.node(key);
        },
    );
    check_kind(form);
}

fn each(form: &Form<'_, '_>, dictionary: &Dictionary) -> Option<TableId> {
    let find = |written: &str| dictionary.table_named(written).filter(|id| dictionary.table(*id).held);
    form.required_word("each", find, |written| {
        let held: Vec<&Table> = dictionary.tables.iter().filter(|table| table.held).collect();
        let names: Vec<&str> = held.iter().map(|table| table.id.as_str()).collect();
        let near = crate::dictionary::nearest(written, names.iter().copied());
        (format!("不认识的对象 {written}"), format!("{near}可以写：{}", names.join("、")))
    })
}

pub(super) fn obligation(form: &Form<'_, '_>) -> Obligation {
    let unknown = |written: &str| format!("不认识的强度“{written}”");
    one_of(form, "obligation", &Obligation::ALL, Obligation::label, unknown).unwrap_or(Obligation::Shall)
}

fn per(form: &Form<'_, '_>) -> Option<Per> {
    one_of(form, "per", &Per::ALL, Per::id, |written| format!("不认识的周期“{written}”"))
}

/// What the word of a required key stands for. `unknown` words the defect if it is none of `all`.
pub(super) fn one_of<T: Copy>(
    form: &Form<'_, '_>,
    key: &'static str,
    all: &[T],
    word: fn(T) -> &'static str,
    unknown: impl FnOnce(&str) -> String,
) -> Option<T> {
    let find = |written: &str| all.iter().copied().find(|one| word(*one) == written);
    form.required_word(key, find, |written| {
        let words: Vec<&str> = all.iter().map(|one| word(*one)).collect();
        (unknown(written), format!("可以写：{}", words.join("、")))
    })
}

/// Fixed dates go with `per = "fixed"` and nothing else, the first before the last.
fn check_dates(form: &Form<'_, '_>, rule: &Rule) {
    match (rule.per, rule.fixed) {
        (Per::Fixed, None) => {
            form.defect("缺少 from 或 to", "per = \"fixed\" 的规则要写 from = 起始日期 和 to = 截止日期")
        }
        (Per::Fixed, Some((from, to))) => {
            if to < from {
                form.defect("to 早于 from", "请调换起始日期和截止日期");
            }
        }
        (Per::Year | Per::FiscalYear | Per::Term | Per::Month | Per::Week | Per::AsOf, _) => {
            if form.has("from") || form.has("to") {
                form.defect("from 和 to 只用于 per = \"fixed\"", "请删去，或改写 per");
            }
        }
    }
}

/// Time since something runs until a day, so it can only be asked as of a day.
fn check_per(form: &Form<'_, '_>, rule: &Rule) {
    if rule.per != Per::AsOf && rule.measures().any(|measure| measure.character().as_of_only) {
        form.defect("since 和 service 只用于 per = \"as-of\"", "请改写 per");
    }
    if rule.at_due && (rule.per != Per::AsOf || rule.due.is_none()) {
        form.defect("at-due 只用于 per = \"as-of\" 并且写了 due 的规则", "请删去，或写明 due");
    }
}

fn check_kind(form: &Form<'_, '_>) {
    if form.has("require") == form.has("measure") {
        form.defect("一条规则要么写 measure，要么写 require", "请写其中一个，并且只写一个");
    }
}

fn check(form: &Form<'_, '_>, scope: &Scope<'_>) -> Check {
    let required = form.form("require").map(|require| condition::read(require, scope));
    let or_require = form.form("or-require").map(|require| condition::read(require, scope));
    let relax = form.form("relax").map(|relax| condition::read(relax, scope));
    let measured = Written::of(form, "measure").and_then(|measure| Measure::read(&measure, scope));
    let or_measure = Written::of(form, "or-measure").and_then(|measure| Measure::read(&measure, scope));
    let bound = bound::read(form, scope);
    check_kind(form);
    if (relax.is_some() || or_require.is_some()) && !form.has("require") {
        form.defect("relax 和 or-require 只用于 require", "请删去");
    }
    match (required, measured, bound) {
        (Some(require), _, bound) => {
            if bound.is_some() {
                form.defect("require 的规则没有标准数", "请删去 at-least、at-most、equals 或 about");
            }
            Check::Required { require, or_require, relax }
        }
        (None, measured, bound) => {
            let written = bound::KINDS.iter().any(|key| form.has(key));
            if bound.is_none() && form.has("measure") && !written {
                form.defect("缺少标准", "请写 at-least、at-most、equals 或 about 中的一个");
            }
            let measure = measured.unwrap_or(Measure::UNREAD);
            let bound = bound.unwrap_or(Bound::Is(true));
            Check::Measured { measure: Box::new(measure), or_measure: or_measure.map(Box::new), bound }
        }
    }
}

impl Rule {
    /// What must be so: the standard of an amount, or the condition that is required.
    pub fn asked(&self, dictionary: &Dictionary) -> String {
        match &self.check {
            Check::Measured { .. } => self.standard(dictionary),
            Check::Required { require, or_require, .. } => {
                let words = |condition: &Condition| condition.words(dictionary, self.each);
                match or_require {
                    Some(other) => format!("{}；也可读作：{}", words(require), words(other)),
                    None => words(require),
                }
            }
        }
    }

    /// What is computed for a subject, one phrase a measure; nothing for a requirement without one.
    pub fn measured(&self, dictionary: &Dictionary) -> Vec<String> {
        self.measures().map(|measure| measure.words(Phrases { dictionary, table: self.each })).collect()
    }

    /// 应达标准, in words: `市级不少于60天，县级不少于80天`.
    pub fn standard(&self, dictionary: &Dictionary) -> String {
        let Check::Measured { bound, .. } = &self.check else {
            return self.title.clone();
        };
        if self.covers_all() {
            return "没有缺项".to_string();
        }
        match self.due {
            Some(due) => format!("{}（{due}前）", bound.words(self.each, &self.unit, dictionary)),
            None => bound.words(self.each, &self.unit, dictionary),
        }
    }

    /// Whether the rule asks that nothing be missing: “应为0个” would be a riddle.
    pub fn covers_all(&self) -> bool {
        match &self.check {
            Check::Measured { measure, bound: Bound::Equals(Threshold::Fixed(figure)), .. } => {
                measure.character().lists && figure.is_zero() && self.due.is_none()
            }
            Check::Measured { .. } | Check::Required { .. } => false,
        }
    }

    /// The bound alone, without the day by which it is due; nothing for a requirement without one.
    pub(super) fn bound_words(&self, dictionary: &Dictionary) -> String {
        match &self.check {
            Check::Measured { bound, .. } => bound.words(self.each, &self.unit, dictionary),
            Check::Required { .. } => String::new(),
        }
    }
}
