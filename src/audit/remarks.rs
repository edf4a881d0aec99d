//! What is to be said of the audit year before anything is read: how it was chosen, what no document speaks of, which terms
//! the calendar lacks.

use super::Settings;
use super::settings::AuditScope;
use crate::model::{Per, Term};
use crate::pack::Pack;

/// Each a sentence for a clerk.
pub(super) fn of_the_year(settings: &Settings, scope: &AuditScope<'_>) -> Vec<String> {
    let period = scope.when.period;
    let assumed = settings.period.is_none().then(|| match settings.as_of {
        Some(day) => format!("没有指定核查年度，按核查日{day}所在的{}核查", period.label()),
        None if period != settings.period() => {
            let (latest, held) = (settings.period().label(), period.label());
            format!("没有指定核查年度，台账里最近结束的{latest}没有记录或只有零星几行，按台账所记的最近一年{held}核查")
        }
        None => format!("没有指定核查年度，按最近结束的{}核查", period.label()),
    });
    let early = (settings.today < period.start())
        .then(|| format!("核查年度{}还没有开始，今天是{}，还没有发生的事不能算", period.label(), settings.today));
    let other_year = scope.packs.iter().filter_map(|pack| pack.of_another_year(period));
    let other_kind = scope.packs.iter().filter_map(|pack| pack.by_another_year(period));
    let silent = scope.packs.iter().filter_map(|pack| silent(pack, scope));
    let lacking = lacking_terms(scope);
    assumed.into_iter().chain(early).chain(other_kind).chain(other_year).chain(silent).chain(lacking).collect()
}

/// That a document was not in force in some windows.
fn silent(pack: &Pack, scope: &AuditScope<'_>) -> Option<String> {
    let day = pack.in_force?;
    let windows = |per: Per| scope.when.period.windows(per, scope.when.as_of, &scope.when.calendar);
    let mut asked = pack.rules.iter().map(|rule| rule.per).collect::<Vec<_>>();
    asked.sort();
    asked.dedup();
    let is_silent = asked.into_iter().flat_map(windows).any(|window| pack.silent_on(&window).is_some());
    is_silent.then(|| format!("{}自{day}起施行，在此之前已经结束的周期不核查，列为不适用", pack.cited()))
}

/// That the calendar does not give all terms of the audit year, if a rule goes by them.
fn lacking_terms(scope: &AuditScope<'_>) -> Option<String> {
    let is_by_term = |per: Per| match per {
        Per::Term | Per::Month | Per::Week => true,
        Per::Year | Per::FiscalYear | Per::AsOf | Per::Fixed => false,
    };
    let mut rules = scope.packs.iter().flat_map(|pack| &pack.rules);
    let lacking = scope.when.calendar.lacking(scope.when.period);
    if lacking.is_empty() || !rules.any(|rule| is_by_term(rule.per)) {
        return None;
    }
    let term = |term: &Term| format!("{}（按{}至{}核查）", term.name, term.start, term.end);
    let terms: Vec<String> = lacking.iter().map(term).collect();
    Some(format!("校历里没有{}；起止日期不同的，请在校历中补上", terms.join("、")))
}
