//! What a finding says, in the words that clerks and inspectors use.

use rust_decimal::{Decimal, RoundingStrategy};

use super::index::{Index, RuledFinding};
use crate::model::{Amount, BoundEnds, BoundValue, Finding, Per, Subject, Verdict, Window, plain};
use crate::pack::{Check, Pack, Rule};

/// 结论; a published figure is borne out or not.
pub(crate) fn verdict(verdict: Verdict, claims: bool) -> &'static str {
    match verdict {
        Verdict::Met if claims => "相符",
        Verdict::Unmet if claims => "不符",
        Verdict::Met | Verdict::Unmet | Verdict::Review => verdict.label(),
        Verdict::Pending | Verdict::Waived | Verdict::NotApplicable => verdict.label(),
    }
}

/// 结论 on its own, without a column for the 强度 beside it: 未达标（力争）.
pub(crate) fn conclusion(finding: &Finding, claims: bool) -> String {
    let word = verdict(finding.verdict, claims);
    if finding.is_note() { format!("{word}（{}）", finding.obligation.label()) } else { word.to_string() }
}

/// 张三（T001）; of two who are called the same, 张三（教研员花名册第5行）.
pub(crate) fn subject(subject: &Subject) -> String {
    match subject.id.as_ref().or(subject.place.as_ref()) {
        Some(told) => format!("{}（{told}）", subject.name),
        None => subject.name.to_string(),
    }
}

/// 对象 beside its 单位.
pub(crate) fn subject_beside(subject: &Subject) -> String {
    if subject.name == subject.institution { "本单位".to_string() } else { self::subject(subject) }
}

/// 周期: what it is called, and its dates where the name does not say them.
pub(crate) fn window(window: &Window) -> String {
    let day = |date: jiff::civil::Date| (date.month(), date.day());
    match window.per {
        Per::Year if day(window.start) == (1, 1) && day(window.end) == (12, 31) => window.label.clone(),
        Per::Year | Per::FiscalYear | Per::Term | Per::Month | Per::Week => {
            format!("{}\n（{}至{}）", window.label, window.start, window.end)
        }
        Per::AsOf => format!("截至\n{}", window.end),
        Per::Fixed => format!("{}\n至{}", window.start, window.end),
    }
}

/// The amount with its unit. Empty for a requirement without a measure.
pub(crate) fn amount(finding: &Finding) -> String {
    match finding.actual {
        Some(Some(amount)) => format!("{}{}", short(amount).text(), finding.unit),
        Some(None) => "无法计算".to_string(),
        None => String::new(),
    }
}

/// 实际: the reason, and what was found missing where it does not name it.
pub(crate) fn actual(finding: &Finding) -> String {
    let named = finding.details.iter().all(|detail| finding.reason.contains(detail.as_str()));
    let details = if named { String::new() } else { format!("具体为：{}", finding.details.join("、")) };
    // The reason gives the amount and the names in a sentence; without one the amount stands alone.
    let said = if finding.reason.is_empty() { amount(finding) } else { finding.reason.to_string() };
    let parts: Vec<String> = [said, details].into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { finding.verdict.label().to_string() } else { parts.join("\n") }
}

/// An amount as it is shown, without the endless digits of 1/19.
fn short(amount: Amount) -> Amount {
    Amount { low: shortened(amount.low), high: amount.high.map(shortened) }
}

/// To two places, towards zero, as the reasons say it; a smaller value keeps its first two digits.
fn shortened(value: Decimal) -> Decimal {
    match value.round_dp_with_strategy(2, RoundingStrategy::ToZero) {
        rounded if rounded.is_zero() => value.round_sf(2).unwrap_or(value),
        rounded => rounded,
    }
}

/// 差额: how far the amount falls short of its bound, or goes beyond it.
pub(crate) fn gap(finding: &Finding) -> String {
    let is_short = matches!(finding.bound, Some(BoundValue::AtLeast { .. }));
    // The difference of the figures beside it: what is there is cut, so that what is missing is not.
    let shown = |gap: Decimal| match gap.round_dp_with_strategy(2, RoundingStrategy::AwayFromZero) {
        raised if is_short => raised,
        _ => shortened(gap),
    };
    finding.gap.map(|gap| format!("{}{}", plain(shown(gap)), finding.unit)).unwrap_or_default()
}

/// 应达标准 for this subject: its own figure where the rule has several.
pub(crate) fn standard(entry: &RuledFinding) -> String {
    let finding = entry.finding;
    let Some(bound) = finding.bound else {
        return entry.rule.map_or_else(|| entry.title().to_string(), |rule| rule.standard(entry.dictionary));
    };
    if let Some(rule) = entry.rule.filter(|rule| rule.covers_all()) {
        return rule.standard(entry.dictionary);
    }
    let text = crate::rules::standard(&bound, &finding.unit);
    match entry.rule.and_then(|rule| rule.due) {
        Some(due) => format!("{text}（{due}前）"),
        None => text,
    }
}

/// 应达标准 of a finding; without a figure the condition itself is the standard.
pub(crate) fn asked(entry: &RuledFinding) -> String {
    match entry.rule {
        Some(rule) if matches!(rule.check, Check::Required { .. }) => rule.asked(entry.dictionary),
        Some(_) | None => standard(entry),
    }
}

/// The sign of a verdict, which tells it where colours cannot: √ × ？.
pub(crate) fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "√",
        Verdict::Unmet => "×",
        Verdict::Review => "？",
        Verdict::Pending | Verdict::Waived | Verdict::NotApplicable => "",
    }
}

/// 52/60, 6.2/≤5, 缺2个: the amount against its bound, for a narrow cell.
pub(crate) fn against(finding: &Finding, rule: &Rule) -> String {
    let Some(Some(amount)) = finding.actual else {
        return String::new();
    };
    let amount = short(amount);
    let amount = match amount.high {
        Some(_) => amount.text(),
        None => format!("≥{}", plain(amount.low)),
    };
    if rule.covers_all() {
        return format!("缺{amount}{}", finding.unit);
    }
    let ends = |ends: BoundEnds| ends.text();
    match finding.bound {
        Some(BoundValue::AtLeast { floor, .. }) => format!("{amount}/{}", ends(floor)),
        Some(BoundValue::AtMost { ceiling, .. }) => format!("{amount}/≤{}", ends(ceiling)),
        Some(BoundValue::Equals(figure)) => format!("{amount}/{}", ends(figure)),
        Some(BoundValue::About { figure, .. }) => format!("{amount}/≈{}", plain(figure)),
        Some(BoundValue::Is(_)) | None => String::new(),
    }
}

/// One sentence: how many gaps, how many things to check, how many defects in the data.
pub(crate) fn headline(index: &Index) -> String {
    let assessment = index.assessment();
    let (gaps, notes, reviews) = (index.gaps().len(), index.notes().len(), index.reviews().len());
    let decided = |entry: &RuledFinding| matches!(entry.finding.verdict, Verdict::Met | Verdict::Unmet);
    let gaps = match gaps {
        // No gap where nothing was decided must not read like a clean bill.
        0 if !index.entries.iter().any(decided) => "本次核查没有一项作出达标或未达标的判定".to_string(),
        0 => "本次核查没有发现未达标的问题".to_string(),
        gaps => format!("本次核查发现问题{gaps}项"),
    };
    let reviews = match reviews {
        0 => "没有待核事项".to_string(),
        reviews => format!("另有{reviews}项因数据不足或有疑义未作判定（待核）"),
    };
    let notes = if notes > 0 { format!("，提示{notes}项") } else { String::new() };
    let issues = assessment.issues.len();
    let manual = assessment.manual.len();
    format!("{gaps}{notes}；{reviews}；数据问题{issues}处；需人工核查的条款{manual}条。")
}

/// The words for met, unmet and their rate: a published figure is borne out or not.
pub(crate) fn words(packs: &[Pack]) -> [&'static str; 3] {
    match (packs.iter().any(|pack| pack.claims), packs.iter().all(|pack| pack.claims)) {
        (true, true) => ["相符", "不符", "相符率"],
        (true, false) => ["达标（相符）", "未达标（不符）", "达标率（相符率）"],
        (false, _) => ["达标", "未达标", "达标率"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_actual_state_is_the_reason_with_the_names_that_it_leaves_out() {
        let mut finding = crate::report::tests::fixture::finding("subject-coverage", "江门市教研院", Verdict::Unmet);
        finding.actual = Some(Some(Amount::exactly(Decimal::TWO)));
        finding.unit = "个".to_string();
        finding.reason = "缺2个学科".into();
        finding.details = vec!["小学科学".into(), "高中地理".into()];
        assert_eq!(actual(&finding), "缺2个学科\n具体为：小学科学、高中地理");
    }

    #[test]
    fn figures_without_end_are_cut_and_never_look_like_a_number_that_must_be_masked() {
        let third = Decimal::from(1800) / Decimal::from(19);
        let mut finding = crate::report::tests::fixture::amount("visit-days", ("T001", "张三"), 52, 60);
        finding.actual = Some(Some(Amount { low: third, high: Some(Decimal::ONE_HUNDRED) }));
        finding.gap = Some(Decimal::ONE_HUNDRED - third);
        finding.unit = "%".to_string();
        let packs = crate::report::tests::fixture::packs();
        let rule = packs[0].rule("visit-days").unwrap();
        assert_eq!(amount(&finding), "94.73至100%");
        assert_eq!(gap(&finding), "5.27%");
        assert_eq!(against(&finding, rule), "94.73至100/60");
        let small = Decimal::new(123_456, 8);
        assert_eq!((shortened(small), shortened(Decimal::ZERO)), (Decimal::new(12, 4), Decimal::ZERO));
    }

    #[test]
    fn a_claim_is_borne_out_or_not() {
        assert_eq!((verdict(Verdict::Met, true), verdict(Verdict::Unmet, true)), ("相符", "不符"));
        assert_eq!((verdict(Verdict::Met, false), verdict(Verdict::Review, true)), ("达标", "待核"));
    }
}
