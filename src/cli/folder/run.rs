//! The parent of a run over many offices, from its beginning to the 总表.

use std::ffi::OsString;

use jiff::civil::Date;
use watched::Limits;

use super::journal::{self, Journal, JournalEntries};
use super::office_settings::OfficeSettings;
use super::offices::{self, OfficeFolder, Offices};
use super::resume;
use super::run_folder::{OfficeFormat, RunFolder, RunMode};
use super::worker_pool::FolderProgress;
use super::worker_pool::WorkerPool;
use crate::cli::commands::check::{self, CheckArgs};
use crate::cli::{Status, Typed, UserError, output, settings};
use crate::dictionary::Dictionary;
use crate::model::{Office, Outcome, Summary, Verdict};
use crate::report::{self, Total};

/// A run that can be begun.
struct FolderRun<'d> {
    settings: OfficeSettings<'d>,
    offices: Offices,
    mode: RunMode,
    limits: Limits,
    threads: usize,
    quiet: bool,
    day: Date,
    words: Vec<OsString>,
}

pub fn run(args: CheckArgs, typed: &Typed, limits: Limits, dictionary: &Dictionary) -> anyhow::Result<Status> {
    let mut run = FolderRun::new(args, typed, limits, dictionary)?;
    run.settings.request.remarks.iter().chain(&run.offices.notes).for_each(output::remark);
    let (options, digest) = (run.settings.options(), run.settings.digest()?);
    let before = run.begin()?;
    let entries = run.audit(before, &digest)?;
    let mut offices: Vec<Office> = entries.into_values().map(|entry| entry.office).collect();
    offices.append(&mut run.offices.nameless);
    offices.sort_by(|one, other| (&one.area, &one.name).cmp(&(&other.area, &other.name)));
    run.show(&offices, &options)?;
    Ok(status(&offices))
}

impl<'d> FolderRun<'d> {
    fn new(
        mut args: CheckArgs,
        typed: &Typed,
        limits: Limits,
        dictionary: &'d Dictionary,
    ) -> Result<FolderRun<'d>, UserError> {
        settings::refuse_missing(&args.inputs)?;
        let mode = RunMode::of(&args)?;
        let words = check::complete(&mut args, typed, dictionary)?;
        let (threads, quiet, inputs) = (args.limits.threads()?, args.limits.quiet, args.inputs.clone());
        let day = jiff::Zoned::now().date();
        let settings = OfficeSettings::new(args, typed, day, dictionary)?;
        let offices = offices::find(&inputs, &settings.folder.real()?)?;
        settings.folder.refuse_taken(mode)?;
        Ok(FolderRun { settings, offices, mode, limits, threads, quiet, day, words })
    }

    fn folder(&self) -> &RunFolder {
        &self.settings.folder
    }

    /// Makes the folder ready; gives what holds of an earlier run.
    fn begin(&mut self) -> Result<JournalEntries, UserError> {
        let folder = self.folder().path.clone();
        let is_run = journal::is_in(&folder);
        let earlier = if is_run { journal::read(&folder)? } else { JournalEntries::new() };
        let mut holding = JournalEntries::new();
        if self.mode == RunMode::Resume {
            holding = resume::holding(&mut self.settings, &self.offices.folders, &earlier, self.threads);
            resume::make_room(self.folder(), &earlier, &holding)?;
            output::err(&taken_up(earlier.len(), holding.len(), self.offices.folders.len()));
        } else {
            self.folder().clear(earlier.values().map(|entry| &entry.office))?;
        }
        self.folder().make(&self.offices.folders)?;
        journal::write(&folder, holding.values())?;
        Ok(holding)
    }

    /// Audits what is left, and keeps the journal.
    fn audit(&self, mut entries: JournalEntries, digest: &str) -> Result<JournalEntries, UserError> {
        let is_left = |office: &&OfficeFolder| !entries.contains_key(&office.key());
        let left: Vec<&OfficeFolder> = self.offices.folders.iter().filter(is_left).collect();
        let folder = &self.folder().path;
        let mut journal = Journal::open(folder)?;
        let mut progress = FolderProgress::new(self.quiet, self.offices.folders.len(), entries.len());
        let pool = WorkerPool { limits: self.limits, words: &self.words, day: self.day, digest, threads: self.threads };
        pool.audit(left, &mut progress, |entry| {
            journal.add(&entry)?;
            entries.insert(entry.key(), entry);
            Ok(())
        })?;
        drop((progress, journal));
        // In the order of the offices, so that nothing shows in which order they were done.
        journal::write(folder, entries.values())?;
        Ok(entries)
    }

    /// Writes the 总表, and prints what it says.
    fn show(&self, offices: &[Office], options: &[(String, String)]) -> Result<(), UserError> {
        let settings = &self.settings.request.settings;
        let period = settings.period();
        let assumed = settings.period.is_none();
        let assumed = assumed.then(|| format!("没有指定核查年度，按最近结束的{}核查", period.label()));
        let notes: Vec<String> = assumed.into_iter().chain(self.offices.notes.iter().cloned()).collect();
        let total = Total {
            offices,
            packs: &settings.packs,
            period: &period.id(),
            as_of: settings.as_of(),
            options,
            notes: &notes,
        };
        let bytes = report::total(&total).map_err(|error| UserError::new(error.to_string()))?;
        let path = self.folder().total();
        output::put(&path, &bytes)?;
        let page = format!("{}{}", report::total_text(&total, output::width()), self.written());
        output::show(&page);
        output::err(&not_audited(offices));
        Ok(())
    }

    fn written(&self) -> String {
        let folder = &self.folder().path;
        let each = match self.folder().form {
            OfficeFormat::Report => "各单位的报告和核对文件",
            OfficeFormat::Csv | OfficeFormat::Jsonl => "各单位的各项结论",
        };
        format!("总表已写入 {}，{each}已写入文件夹 {}\n", self.folder().total().display(), folder.display())
    }
}

/// How many of some offices need no audit because an earlier run has done with them.
fn taken_up(earlier: usize, holding: usize, all: usize) -> String {
    match (earlier, holding) {
        (0, _) => "注意：没有上次的结果可以沿用，从头核查\n".to_string(),
        (_, 0) => "注意：上次的结果都不能沿用（选项、规则包或台账不同），重新核查全部单位\n".to_string(),
        _ => format!("注意：{holding} 个单位沿用上次的结果，这次核查 {} 个单位\n", all - holding.min(all)),
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
    let audited = |wanted: fn(&Summary) -> bool| {
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
    use crate::model::{Counts, RuleCounts};

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
