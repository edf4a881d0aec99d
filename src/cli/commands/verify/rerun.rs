//! The audit of a report once more: its files are found, its options taken from the record, its findings compared.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::compare;
use super::files::{FileFinder, LocatedFile};
use super::verification::Verification;
use crate::audit::{self, Audit, AuditError, InputFile, Settings};
use crate::cli::UserError;
use crate::cli::output::ProgressLine;
use crate::cli::settings::{self, Defects, Encoding, PreparedAudit, SideFile};
use crate::dictionary::{Columns, Dictionary};
use crate::model::{Calendar, FileStamp, Period, sha256_hex};
use crate::pack::{Pack, built_in};
use crate::report::{self, PackSource, Proof, RunOptions};

/// An audit that can be run again.
pub(super) struct Rerun<'d> {
    request: PreparedAudit<'d>,
    files: Vec<InputFile>,
    /// Whether all that it is made from is as it was.
    unchanged: bool,
}

impl<'d> Rerun<'d> {
    /// Finds all that the run was made from and says what became of it. `None` if something is not there.
    pub(super) fn prepare(
        proof: &Proof,
        finder: &mut FileFinder,
        threads: usize,
        dictionary: &'d Dictionary,
        verification: &mut Verification,
    ) -> Option<Rerun<'d>> {
        let options = &proof.options;
        let before = verification.open();
        let inputs = recorded_inputs(proof);
        let pack_files = options.packs.iter().filter_map(|pack| Some((pack.path.clone()?, pack.sha256.clone())));
        let pack_files = pack_files.map(|(path, sha256)| FileStamp { path, sha256 });
        let side_files = options.calendar.iter().chain(&options.columns).cloned();
        let stamps: Vec<FileStamp> = inputs.iter().cloned().chain(pack_files).chain(side_files).collect();
        let found = finder.find(&stamps).into_iter();
        let mut search = FileSearch { found, dictionary, verification };
        let files = search.inputs(&inputs, finder);
        let packs = search.packs(proof);
        let load = |path: &Path| settings::load_calendar(path, Defects::Printed);
        let calendar = search.side_file("校历", options.calendar.as_ref(), load);
        let load = |path: &Path| settings::load_columns(path, Defects::Printed, dictionary);
        let columns = search.side_file("表头对照文件", options.columns.as_ref(), load);
        let unchanged = verification.open() == before;
        let request = request(options, packs?, (calendar?, columns?), threads, dictionary, verification)?;
        Some(Rerun { request, files: files?, unchanged })
    }

    /// Runs the audit and says what differs. Gives the digest of the report that comes of it, where it should be the same.
    pub(super) fn run(&self, proof: &Proof, line: &ProgressLine, verification: &mut Verification) -> Option<String> {
        let passed_over = proof.passed_over.clone();
        let request = &self.request;
        let audit = audit::again(&request.settings, request.dictionary, &self.files, passed_over, line);
        let refused = |error: AuditError| verification.unknown(format!("重新核查：没有做成：{error}"));
        let audit = audit.map_err(refused).ok()?;
        self.say_findings(proof, &audit, verification);
        if audit.assessment.tool != proof.tool {
            let sentence =
                format!("报告由 {} 写成，本程序是 {}，没有比较报告文件的字节", proof.tool, audit.assessment.tool);
            verification.note(sentence);
            return None;
        }
        if !self.unchanged {
            return None;
        }
        let options = settings::options(&self.request);
        let report = self.request.report(&audit, &options);
        let made = report::workbook(&report);
        let made = made.map_err(|error| verification.unknown(format!("重新生成：没有做成：{error}")));
        Some(sha256_hex(&made.ok()?.bytes))
    }

    fn say_findings(&self, proof: &Proof, audit: &Audit, verification: &mut Verification) {
        let now = report::json(&audit.assessment).ok().and_then(|text| serde_json::from_str(&text).ok());
        let Some(now) = now else {
            return verification.unknown("重新核查：结果不能写成 JSON，没有比较结论");
        };
        let title = |pack: &str, rule: &str| self.title(pack, rule);
        let differences = compare::differences(&proof.assessment, &now, &title);
        if differences.is_empty() {
            let (findings, issues) = (compare::count(&now, "findings"), compare::count(&now, "issues"));
            verification.same(format!("重新核查：{findings}项结论、{issues}处数据问题与记录全部相同"));
        }
        differences.into_iter().for_each(|line| verification.differs(line));
    }

    /// 规则包 jiangmen-2022 的 visit-days（深入学校开展教学指导天数）
    fn title(&self, pack: &str, rule: &str) -> String {
        let own = self.request.settings.packs.iter().find(|own| own.id == pack).and_then(|own| own.rule(rule));
        let title = own.map(|rule| format!("（{}）", rule.title)).unwrap_or_default();
        format!("规则包 {pack} 的 {rule}{title}")
    }
}

/// The inputs that the assessment names.
fn recorded_inputs(proof: &Proof) -> Vec<FileStamp> {
    let text = |input: &Value, key: &str| input[key].as_str().unwrap_or_default().to_string();
    let inputs = proof.assessment["inputs"].as_array().into_iter().flatten();
    inputs.map(|input| FileStamp { path: text(input, "path").into(), sha256: text(input, "sha256") }).collect()
}

/// Goes through the files of a run: its inputs, the packs that are no built-in ones, the calendar, the headers.
struct FileSearch<'p> {
    /// What became of each, in that order.
    found: std::vec::IntoIter<LocatedFile>,
    dictionary: &'p Dictionary,
    verification: &'p mut Verification,
}

impl FileSearch<'_> {
    /// Says where the next file is not as it was. `None` if it is not there.
    fn next(&mut self, what: &str, recorded: &str) -> Option<PathBuf> {
        match self.found.next().unwrap_or(LocatedFile::Missing) {
            LocatedFile::Same(path) => Some(path),
            LocatedFile::Changed(path) => {
                let now = path.display().to_string();
                let place = if now == recorded { String::new() } else { format!("，现在的文件是《{now}》") };
                self.verification.differs(format!("{what}：《{recorded}》被改动{place}"));
                Some(path)
            }
            LocatedFile::Missing => {
                let sentence = format!("{what}：找不到《{recorded}》；请把它现在的位置写在报告文件后面");
                self.verification.unknown(sentence);
                None
            }
        }
    }

    /// The inputs by the names that the run knew them by. `None` if one is not there.
    fn inputs(&mut self, inputs: &[FileStamp], finder: &FileFinder) -> Option<Vec<InputFile>> {
        let before = self.verification.open();
        let file = |input: &FileStamp| {
            Some(InputFile { path: self.next("台账", &input.path)?, name: input.path.to_string() })
        };
        let files: Vec<Option<InputFile>> = inputs.iter().map(file).collect();
        for path in finder.unused() {
            self.verification.differs(format!("台账：《{}》不是这份报告所用的文件", path.display()));
        }
        if self.verification.open() == before {
            self.verification.same(format!("台账：{}个文件都没有改动", inputs.len()));
        }
        files.into_iter().collect()
    }

    /// The packs. `None` if one cannot be had.
    fn packs(&mut self, proof: &Proof) -> Option<Vec<Pack>> {
        let sources = &proof.options.packs;
        let before = self.verification.open();
        let stamps = proof.assessment["packs"].as_array().into_iter().flatten();
        let stamps = stamps.filter_map(|pack| Some((pack["id"].as_str()?, pack["sha256"].as_str()?)));
        if !stamps.eq(sources.iter().map(|pack| (pack.id.as_str(), pack.sha256.as_str()))) {
            self.verification.differs("核对文件：核查结果里记录的规则包与选项里记录的不同");
        }
        let packs: Vec<Option<Pack>> = sources.iter().map(|source| self.pack(source)).collect();
        if self.verification.open() == before {
            self.verification.same(format!("规则包：{}个都没有改动", sources.len()));
        }
        packs.into_iter().collect()
    }

    fn pack(&mut self, source: &PackSource) -> Option<Pack> {
        let Some(recorded) = &source.path else { return self.pack_built_in(source) };
        let path = self.next("规则包", recorded)?;
        let loaded = settings::load_packs(&[path], self.dictionary);
        let loaded = loaded.map_err(|error| self.verification.unknown(format!("规则包：《{recorded}》：{error}")));
        let pack = loaded.ok()?.pop()?;
        if let Some(base) = &source.base
            && !pack.base.as_ref().is_some_and(|own| own.id == base.id && own.sha256 == base.sha256)
        {
            let sentence = format!("规则包：{} 的基础，内置规则包 {}，与写报告时的不同", source.id, base.id);
            self.verification.differs(sentence);
        }
        Some(pack)
    }

    fn pack_built_in(&mut self, source: &PackSource) -> Option<Pack> {
        let pack = built_in(&source.id, self.dictionary);
        match &pack {
            Some(pack) if pack.sha256 == source.sha256 => {}
            Some(_) => self.verification.differs(format!("规则包：本程序内置的 {} 与写报告时的不同", source.id)),
            None => self.verification.unknown(format!("规则包：本程序没有内置的 {}", source.id)),
        }
        pack
    }

    /// A side file as the run had it, which may be none. `None` if the one that it had cannot be had now.
    fn side_file<T: Default>(
        &mut self,
        what: &str,
        stamp: Option<&FileStamp>,
        load: impl Fn(&Path) -> Result<SideFile<T>, UserError>,
    ) -> Option<SideFile<T>> {
        let Some(stamp) = stamp else { return Some(SideFile::default()) };
        let before = self.verification.open();
        let path = self.next(what, &stamp.path)?;
        let loaded = load(&path);
        let loaded = loaded.map_err(|error| self.verification.unknown(format!("{what}：《{}》：{error}", stamp.path)));
        let loaded = loaded.ok()?;
        if self.verification.open() == before {
            self.verification.same(format!("{what}：没有改动"));
        }
        Some(loaded)
    }
}

/// The settings of the run. Where it took a year or a day by default, so does this one: `today` is set to a day on which
/// the default was the same.
fn request<'d>(
    options: &RunOptions,
    packs: Vec<Pack>,
    (calendar, columns): (SideFile<Calendar>, SideFile<Columns>),
    threads: usize,
    dictionary: &'d Dictionary,
    verification: &mut Verification,
) -> Option<PreparedAudit<'d>> {
    let encodings = [Encoding::Utf8, Encoding::Gbk, Encoding::Gb18030, Encoding::Utf16].map(Encoding::of_text);
    let named = |name: &String| encodings.into_iter().find(|encoding| encoding.name() == name);
    let encoding = options.encoding.as_ref().map(named);
    let period = Period::parse(&options.period).ok();
    let (Some(period), false) = (period, encoding == Some(None)) else {
        verification.unknown("重新核查：没有做成：核对文件里的核查年度或文字编码无法识别");
        return None;
    };
    let today = if options.period_given { options.as_of } else { period.end().tomorrow().unwrap_or(period.end()) };
    let mut settings = Settings {
        inputs: Vec::new(),
        packs,
        period: options.period_given.then_some(period),
        as_of: options.as_of_given.then_some(options.as_of),
        level: options.level.clone(),
        institution: options.institution.as_ref().map(ToString::to_string),
        columns: columns.content,
        calendar: calendar.content,
        whole_copies: options.whole_copies,
        confirmed: Default::default(),
        encoding: encoding.flatten(),
        threads,
        today,
    };
    if settings.period() != period {
        settings.period = Some(period);
    }
    if settings.as_of() != options.as_of {
        settings.as_of = Some(options.as_of);
    }
    let (calendar, columns) = (calendar.stamp, columns.stamp);
    Some(PreparedAudit { settings, dictionary, pack_names: Vec::new(), calendar, columns, remarks: Vec::new() })
}
