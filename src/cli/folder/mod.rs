//! `jiaoyan check --each-folder`: every sub-folder is an office. One report for each, one 总表 over all, and a journal by
//! which a run that was cut off is taken up.
//!
//! The parent finds the offices, keeps the journal and writes the 总表; children like that of a single audit do the rest.

mod args;
mod crew;
mod gauge;
mod journal;
mod kit;
mod office;
mod places;
mod resume;
mod target;

use std::ffi::OsString;
use std::path::PathBuf;

use jiff::civil::Date;

use super::args::CheckArgs;
use super::watch::Limits;
use super::{Refusal, Status, Typed, check, fault, output, settings, streams};
use crate::model::{Office, Outcome, Verdict};
use crate::report::{self, Total};
use crew::Crew;
use gauge::Gauge;
use journal::{Entries, Journal};
use kit::Kit;
use places::Places;
use target::{Before, Form, Target};

pub use args::FolderArgs;
pub use office::run as audit_offices;

/// The name of the workbook over all offices.
const TOTAL: &str = "总表.xlsx";

/// A run that can be begun.
struct Run {
    kit: Kit,
    places: Places,
    before: Before,
    limits: Limits,
    threads: usize,
    quiet: bool,
    day: Date,
    /// The whole command line.
    words: Vec<OsString>,
}

/// Audits all offices.
///
/// # Errors
/// What kept the run from being begun or brought to its end.
pub fn run(args: CheckArgs, typed: &Typed, limits: Limits) -> anyhow::Result<Status> {
    let mut run = Run::new(args, typed, limits)?;
    for remark in &run.kit.asked.remarks {
        streams::err(&format!("注意：{remark}\n"));
    }
    for note in &run.places.notes {
        streams::err(&format!("注意：{note}\n"));
    }
    let (options, digest) = (run.kit.options(), run.kit.digest()?);
    let before = run.begin()?;
    let entries = run.audit(before, &digest)?;
    let mut offices: Vec<Office> = entries.into_values().map(|entry| entry.office).collect();
    offices.append(&mut run.places.nameless);
    offices.sort_by(|one, other| (&one.area, &one.name).cmp(&(&other.area, &other.name)));
    run.show(&offices, &options)?;
    Ok(status(&offices))
}

impl Run {
    fn new(mut args: CheckArgs, typed: &Typed, limits: Limits) -> Result<Run, Refusal> {
        if !args.folder.offices.is_empty() || args.folder.day.is_some() || args.folder.digest.is_some() {
            return Err(Refusal::new(
                "--of-run-office、--of-run-day、--of-run-digest 是程序自己用的，请去掉它们再运行",
            ));
        }
        settings::refuse_missing(&args.inputs)?;
        let before = Before::of(&args)?;
        let words = match check::picked(&args)? {
            Some(id) => {
                args.audit.packs.push(PathBuf::from(&id));
                typed.completed(&["--pack", &id])
            }
            None => typed.completed(&[]),
        };
        let (threads, quiet, inputs) = (Limits::threads(&args.limits)?, args.quiet, args.inputs.clone());
        let day = jiff::Zoned::now().date();
        let kit = Kit::new(args, typed, day)?;
        let places = places::find(&inputs, &kit.target.real()?)?;
        kit.target.refuse_taken(before)?;
        Ok(Run { kit, places, before, limits, threads, quiet, day, words })
    }

    fn target(&self) -> &Target {
        &self.kit.target
    }

    /// Makes the folder ready; gives what holds of an earlier run.
    fn begin(&mut self) -> Result<Entries, Refusal> {
        let folder = self.target().folder.clone();
        let is_run = journal::is_in(&folder);
        let earlier = if is_run { journal::read(&folder)? } else { Entries::new() };
        let mut holding = Entries::new();
        if self.before == Before::Resume {
            holding = resume::holding(&mut self.kit, &self.places.offices, &earlier, self.threads);
            resume::make_room(self.target(), &earlier, &holding)?;
        } else {
            self.target().clear(earlier.values().map(|entry| &entry.office))?;
        }
        self.target().make(&self.places.offices)?;
        journal::write(&folder, holding.values())?;
        Ok(holding)
    }

    /// Audits what is left, and keeps the journal.
    fn audit(&self, mut entries: Entries, digest: &str) -> Result<Entries, Refusal> {
        let is_left = |place: &&places::Place| !entries.contains_key(&(place.area.clone(), place.name.clone()));
        let left: Vec<&places::Place> = self.places.offices.iter().filter(is_left).collect();
        if !entries.is_empty() {
            let (before, now) = (entries.len(), left.len());
            streams::err(&format!("注意：{before} 个单位沿用上次的结果，这次核查 {now} 个单位\n"));
        }
        let folder = &self.target().folder;
        let mut journal = Journal::open(folder)?;
        let mut gauge = Gauge::new(self.quiet, self.places.offices.len(), entries.len());
        let crew = Crew { limits: self.limits, words: &self.words, day: self.day, digest, threads: self.threads };
        crew.audit(left, &mut gauge, |entry| {
            journal.add(&entry)?;
            entries.insert(entry.key(), entry);
            Ok(())
        })?;
        drop((gauge, journal));
        // In the order of the offices, so that nothing shows in which order they were done.
        journal::write(folder, entries.values())?;
        Ok(entries)
    }

    /// Writes the 总表, and prints what it says.
    fn show(&self, offices: &[Office], options: &[(String, String)]) -> Result<(), Refusal> {
        let settings = &self.kit.asked.settings;
        let period = settings.period();
        let assumed = settings.period.is_none();
        let assumed = assumed.then(|| format!("没有指定核查年度，按最近结束的{}核查", period.label()));
        let notes: Vec<String> = assumed.into_iter().chain(self.places.notes.iter().cloned()).collect();
        let total = Total {
            offices,
            packs: &settings.packs,
            period: &period.id(),
            as_of: settings.as_of(),
            options,
            notes: &notes,
        };
        let bytes = report::total(&total).map_err(|error| Refusal::new(error.to_string()))?;
        let path = self.target().folder.join(TOTAL);
        output::put(&path, &bytes)
            .map_err(|error| Refusal::new(format!("《{}》没有写成：{}", path.display(), fault::reason(&error))))?;
        let page = format!("{}{}", report::total_text(&total, streams::width()), self.told());
        if let Err(refusal) = streams::out(&page) {
            streams::err(&format!("注意：{refusal}\n"));
        }
        streams::err(&not_audited(offices));
        Ok(())
    }

    /// Where everything is.
    fn told(&self) -> String {
        let folder = &self.target().folder;
        let each = match self.target().form {
            Form::Report => "各单位的报告和核对文件",
            Form::Csv | Form::Jsonl => "各单位的各项结论",
        };
        format!("总表已写入 {}，{each}已写入文件夹 {}\n", folder.join(TOTAL).display(), folder.display())
    }
}

/// The offices that were not audited, each with the reason.
fn not_audited(offices: &[Office]) -> String {
    let reasons = offices.iter().filter_map(|office| match &office.outcome {
        Outcome::Audited(_) => None,
        Outcome::NotAudited(reason) => Some(format!("  {} {}：{reason}\n", office.area, office.name)),
    });
    let lines: Vec<String> = reasons.collect();
    match lines.len() {
        0 => String::new(),
        count => format!(
            "错误：有 {count} 个单位没有核查成：\n{}  处理后加上 --resume 再运行，只核查没有核查成的和有改动的单位\n",
            lines.concat()
        ),
    }
}

fn status(offices: &[Office]) -> Status {
    let audited = |wanted: fn(&crate::model::Summary) -> bool| {
        offices.iter().any(|office| matches!(&office.outcome, Outcome::Audited(summary) if wanted(summary)))
    };
    if offices.iter().any(|office| matches!(office.outcome, Outcome::NotAudited(_))) {
        Status::NotRun
    } else if audited(|summary| summary.gaps > 0) {
        Status::Gap
    } else if audited(|summary| summary.counts().of(Verdict::Review) > 0) {
        Status::Review
    } else {
        Status::Fine
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Counts, RuleCounts, Summary};

    fn audited(gaps: u64, review: u64) -> Office {
        let counts = Counts { met: 3, unmet: gaps, review, ..Counts::default() };
        let rules = vec![RuleCounts { pack: "a".to_string(), rule: "b".to_string(), counts }];
        let outcome = Outcome::Audited(Summary { gaps, rules, ..Summary::default() });
        Office { area: "某市".to_string(), name: "甲区".to_string(), outcome }
    }

    #[test]
    fn the_exit_status_is_that_of_the_worst_office() {
        let missed = Office { outcome: Outcome::NotAudited("读不了".to_string()), ..audited(0, 0) };
        let of = |offices: &[&Office]| status(&offices.iter().copied().cloned().collect::<Vec<_>>());
        let (fine, review, gap) = (audited(0, 0), audited(0, 2), audited(1, 0));
        assert_eq!(of(&[&fine, &fine]), Status::Fine);
        assert_eq!(of(&[&fine, &review]), Status::Review);
        assert_eq!(of(&[&review, &gap]), Status::Gap);
        assert_eq!(of(&[&gap, &missed, &fine]), Status::NotRun);
        let expected = "错误：有 1 个单位没有核查成：\n  某市 甲区：读不了\n  \
            处理后加上 --resume 再运行，只核查没有核查成的和有改动的单位\n";
        assert_eq!((not_audited(&[gap, missed]).as_str(), not_audited(&[fine]).as_str()), (expected, ""));
    }
}
