//! What stands in the 总表 of some small runs, cell by cell.

use jiff::civil::date;

use super::*;
use crate::dictionary::Dictionary;
use crate::model::{Counts, Outcome, RuleCounts, Summary};
use crate::pack::{built_in, built_in_ids};
use crate::report::fixture::{packs, rows};

const AS_OF: Date = date(2023, 12, 31);

/// An office of these areas and packs, its rules counted by their places.
fn office(packs: &[Pack], area: &str, name: &str, counts: impl Fn(usize) -> Counts) -> Office {
    let rules = packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule)));
    let (mut gaps, mut notes) = (0, 0);
    let rules = (0..).zip(rules).map(|(at, (pack, rule))| {
        let counts = counts(at);
        let unmet = if rule.obligation.binds() { &mut gaps } else { &mut notes };
        *unmet += counts.unmet;
        RuleCounts { pack: pack.id.clone(), rule: rule.id.clone(), counts }
    });
    let rules = rules.collect();
    let summary =
        Summary { people: 60, rows: 6_000, partly: 3, unused: 2, issues: 7, gaps, notes, rules, ..Summary::default() };
    Office { area: area.to_string(), name: name.to_string(), outcome: Outcome::Audited(summary) }
}

fn missed(area: &str, name: &str, why: &str) -> Office {
    let outcome = Outcome::NotAudited(why.to_string());
    Office { area: area.to_string(), name: name.to_string(), outcome }
}

fn run<'t>(offices: &'t [Office], packs: &'t [Pack]) -> Total<'t> {
    Total { offices, packs, period: "2023", as_of: AS_OF, options: &[], notes: &[] }
}

/// Offices by a run of numbers that is the same each time.
fn many(packs: &[Pack], count: usize, areas: usize) -> Vec<Office> {
    let mut seed = 7_u64;
    let mut next = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let names = (0..count)
        .map(|number| (format!("第{:02}市", number * areas / count + 1), format!("第{number}区教师发展中心")));
    let offices = names.map(|(area, name)| {
        if next(40) == 0 {
            return missed(
                &area,
                &name,
                "读不了《台账.xlsx》：文件已损坏或不是表格文件；请用表格程序打开后另存为 xlsx",
            );
        }
        let skill = next(100);
        let all: Vec<Counts> = packs
            .iter()
            .flat_map(|pack| &pack.rules)
            .map(|_| {
                let due = if next(3) == 0 { 1 } else { 20 + next(40) };
                let review = if next(4) == 0 { next(due) / 3 } else { 0 };
                let met = ((due - review) * (skill + next(60)).min(100)) / 100;
                let counts = Counts { met, unmet: due - review - met, review, ..Counts::default() };
                if next(15) == 0 { Counts { not_applicable: due, ..Counts::default() } } else { counts }
            })
            .collect();
        office(packs, &area, &name, |at| all[at])
    });
    offices.collect()
}

fn all_packs() -> Vec<Pack> {
    built_in_ids().into_iter().map(|id| built_in(id, Dictionary::built_in()).unwrap()).collect()
}

#[test]
fn look() {
    let one = packs();
    let all = all_packs();
    let some: Vec<Pack> = all_packs().into_iter().filter(|pack| pack.id == "urumqi-2024").collect();
    for (name, packs, count, areas) in
        [("t12", &one, 12, 3), ("t150", &some, 150, 14), ("t150all", &all, 150, 14), ("t2900", &some, 2900, 31)]
    {
        let offices = many(packs, count, areas);
        let started = std::time::Instant::now();
        let total = run(&offices, packs);
        let bytes = super::total(&total).unwrap();
        eprintln!("{name}: {:?} {} bytes", started.elapsed(), bytes.len());
        std::fs::write(format!("/tmp/look/{name}.xlsx"), bytes).unwrap();
        eprintln!("{}", total_text(&total, Some(120)));
        let _ = rows;
    }
}
