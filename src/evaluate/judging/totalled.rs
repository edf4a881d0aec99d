//! People of whom a sheet says that they came to something else than their rows add up to: 年度合计, 2023年培训学时 in the roster.

use rust_decimal::Decimal;

use super::judged::Judged;
use crate::dictionary::{Corrects, FieldId, TableId};
use crate::evaluate::coverage::OtherTotal;
use crate::evaluate::instance::Instance;
use crate::intake::{CountedEvents, Record, ToldAmount, names_second_term};
use crate::model::{CellRef, Verdict, Window, WordId, plain};
use crate::pack::Check;
use crate::rules::fold::{Adds, Cause, Kind, Uncertain, Viewpoint};

/// Leaves a verdict open that rests on rows which a total speaks against.
pub(super) fn totalled(instance: &Instance<'_>, judged: Judged) -> Judged {
    let each = instance.rule.rule.each;
    let against = match () {
        () if each == instance.facts.staff => total_of_rows(instance, &judged).or_else(|| told(instance, &judged)),
        () if each == instance.facts.institutions => counted(instance, &judged),
        () => None,
    };
    let Some((table, at, words)) = against else { return judged };
    let reason = format!("{}；{words}，不能判断", judged.reason);
    judged.open(reason, vec![Cause::new(Uncertain::Total(table), words).at([at])])
}

/// Leaves a verdict open that rests on rows which something else corrects: a sheet 更正, a line below the ledger.
pub(super) fn corrected(instance: &Instance<'_>, judged: Judged) -> Judged {
    let facts = instance.facts;
    if instance.rule.rule.each != facts.staff {
        return judged;
    }
    let place = u32::try_from(instance.subject).ok();
    let own = facts.registry.staff.get(instance.subject).and_then(|person| person.corrected.as_ref());
    let Some((at, said, corrects)) = own.or_else(|| facts.beside.corrected.get(&place?)) else { return judged };
    let may_turn = match judged.verdict {
        Verdict::Met => true,
        Verdict::Unmet => *corrects == Corrects::Either,
        Verdict::Review | Verdict::Pending | Verdict::Waived | Verdict::NotApplicable => false,
    };
    let mut tables = instance.rule.rule.measures().flat_map(|measure| measure.folds()).map(|folds| folds.rows.table);
    let ledger = tables.find(|table| facts.dictionary().table(*table).dense.is_some());
    let Some(table) = ledger.filter(|_| may_turn) else { return judged };
    let reason = format!("{}；“{said}”像是更正、核减有关的行，不能判断", judged.reason);
    let words = format!("有关的行，“{said}”像是更正、核减它们的");
    judged.open(reason, vec![Cause::new(Uncertain::Total(table), words).at([*at])])
}

type Against = (TableId, CellRef, String);

/// What the sheet of the rows itself says.
fn total_of_rows(instance: &Instance<'_>, judged: &Judged) -> Option<Against> {
    let is_asked = |total: &&OtherTotal| {
        // More than enough is enough.
        let may_turn = judged.verdict == Verdict::Unmet || judged.verdict == Verdict::Met && !total.is_more;
        let is_within = is_within(instance, total.year);
        total.person as usize == instance.subject && adds(instance, (total.table, total.field)) && is_within && may_turn
    };
    let total = instance.facts.totals.iter().find(is_asked)?;
    Some((total.table, total.at, total.words.clone()))
}

/// What the roster says, or a sum between the rows of a ledger.
fn told(instance: &Instance<'_>, judged: &Judged) -> Option<Against> {
    let person = instance.facts.registry.staff.get(instance.subject)?;
    let is_against = |(_, told): &&(CellRef, ToldAmount)| match judged.verdict {
        Verdict::Unmet => most(instance, told.term).is_some_and(|most| told.amount > most),
        // A part of the year may be all that the amount is of.
        Verdict::Met => {
            let (low, window) = (judged.measured.amount.map(|amount| amount.low), instance.window());
            let is_year = window.start.saturating_add(jiff::ToSpan::months(11)) <= window.end;
            told.is_whole && is_year && low.is_some_and(|low| told.amount < low)
        }
        Verdict::Review | Verdict::Pending | Verdict::Waived | Verdict::NotApplicable => false,
    };
    let is_of = |(_, told): &&(CellRef, ToldAmount)| {
        adds(instance, (told.table, told.field))
            && told.year.is_none_or(|year| is_within(instance, year))
            && is_of_term(instance.window(), told.term)
    };
    let place = u32::try_from(instance.subject).ok()?;
    let in_ledgers = instance.facts.beside.told.get(&place).into_iter().flatten();
    let (at, told) = person.told.iter().chain(in_ledgers).filter(is_of).find(is_against)?;
    let words = format!("合计，“{}”写着{}，和各行对不上", told.header, plain(told.amount));
    Some((told.table, *at, words))
}

/// What an item of 年度数据 that is not known may say of an office that lacks rows of a ledger.
fn counted(instance: &Instance<'_>, judged: &Judged) -> Option<Against> {
    let facts = instance.facts;
    let place = u32::try_from(instance.subject).ok().filter(|_| judged.verdict == Verdict::Unmet)?;
    let is_of = |record: &&Record| record.institutions.contains(&place) || record.institutions.is_empty();
    let is_asked = |told: &CountedEvents| {
        let mut folds = instance.rule.rule.measures().flat_map(|measure| measure.folds());
        let counts = folds.any(|folds| {
            let asked = folds.rows.filter.words_asked();
            let is_said = |(field, words): (FieldId, &[WordId])| {
                field == told.field && words.iter().any(|word| told.words.contains(word))
            };
            folds.rows.table == told.table && asked.is_some_and(is_said)
        });
        counts && most(instance, None).is_some_and(|most| told.count > most)
    };
    facts.held(facts.dictionary().schema.figures.table).iter().filter(is_of).find_map(|record| {
        let told = record.row.notes.beside.as_deref()?.events.iter().find(|told| is_asked(told))?;
        let words = format!("有关的行，“年度数据”里有“{}”{}", told.item, plain(told.count));
        Some((told.table, record.row.at.cell(told.column), words))
    })
}

/// The most that the rows come to in all windows together that an amount may be of: one of the year may be of another term.
fn most(instance: &Instance<'_>, term: Option<bool>) -> Option<Decimal> {
    let Check::Measured { measure, .. } = &instance.rule.rule.check else { return None };
    let windows = (0..).zip(&instance.rule.windows).filter(|(_, window)| is_of_term(window, term));
    windows
        .map(|(window, _)| {
            let of_window = Instance { window, ..*instance };
            of_window.measured(measure, &mut instance.rule.first_rows.clone()).amount?.high
        })
        .sum()
}

/// Whether a window is none of another term than one that is named.
fn is_of_term(window: &Window, term: Option<bool>) -> bool {
    term.is_none() || names_second_term(&window.label).is_none_or(|second| term == Some(second))
}

fn adds(instance: &Instance<'_>, (table, field): (TableId, FieldId)) -> bool {
    let mut folds = instance.rule.rule.measures().flat_map(|measure| measure.folds());
    folds.any(|folds| folds.rows.table == table && folds.adds == Adds::Field(field))
}

fn is_within(instance: &Instance<'_>, year: i16) -> bool {
    let window = instance.window();
    (window.start.year()..=window.end.year()).contains(&year)
}
