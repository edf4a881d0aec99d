//! The audit of a report once more: its files are found, its options taken from the record, its findings compared.

use std::path::{Path, PathBuf};

use super::compare;
use super::files::{FileFinder, LocatedFile};
use super::verification::Verification;
use crate::audit::{self, Audit, InputFile, Settings};
use crate::cli::UserError;
use crate::cli::output::ProgressLine;
use crate::cli::settings::{self, AuditRequest, Defects, Encoding, SideFile};
use crate::dictionary::{Columns, Dictionary};
use crate::model::{Calendar, FileStamp, Period, sha256_hex};
use crate::pack::{Pack, built_in};
use crate::report::{self, PackSource, Proof, Report, RunOptions};

/// An audit that can be run again.
pub struct Rerun {
    request: AuditRequest,
    files: Vec<InputFile>,
    /// Whether all that it is made from is as it was.
    unchanged: bool,
}

impl Rerun {
    /// Finds all that the run was made from and says what became of it. `None` if something is not there.
    pub fn prepare(
        proof: &Proof,
        inputs: &[FileStamp],
        finder: &mut FileFinder,
        threads: usize,
        dictionary: &Dictionary,
        verification: &mut Verification,
    ) -> Option<Rerun> {
        let options = &proof.options;
        let before = verification.open();
        let pack_files = options.packs.iter().filter_map(|pack| Some((pack.path.clone()?, pack.sha256.clone())));
        let pack_files = pack_files.map(|(path, sha256)| FileStamp { path, sha256 });
        let side_files = options.calendar.iter().chain(&options.columns).cloned();
        let stamps: Vec<FileStamp> = inputs.iter().cloned().chain(pack_files).chain(side_files).collect();
        let mut found = finder.find(&stamps).into_iter();
        let here: Vec<LocatedFile> = found.by_ref().take(inputs.len()).collect();
        let files = known_inputs(inputs, &here, finder, verification);
        let packs = packs(proof, &mut found, dictionary, verification);
        let load = |path: &Path| settings::load_calendar(path, Defects::Printed);
        let calendar = side_file("校历", options.calendar.as_ref(), &mut found, verification, load);
        let load = |path: &Path| settings::load_columns(path, Defects::Printed, dictionary);
        let columns = side_file("表头对照文件", options.columns.as_ref(), &mut found, verification, load);
        let unchanged = verification.open() == before;
        let request = request(options, packs?, calendar?, columns?, threads, verification)?;
        Some(Rerun { request, files: files?, unchanged })
    }

    /// Runs the audit and says what differs. Gives the digest of the report that comes of it, where it should be the same.
    pub fn run(
        &self,
        proof: &Proof,
        dictionary: &Dictionary,
        line: &ProgressLine,
        verification: &mut Verification,
    ) -> Option<String> {
        let passed_over = proof.passed_over.clone();
        let audit = match audit::again(&self.request.settings, dictionary, &self.files, passed_over, line) {
            Ok(audit) => audit,
            Err(error) => {
                verification.unknown(format!("重新核查：没有做成：{error}"));
                return None;
            }
        };
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
        let report = Report {
            audit: &audit,
            packs: &self.request.settings.packs,
            dictionary: Dictionary::built_in(),
            options: &options,
        };
        match report::workbook(&report) {
            Ok(made) => Some(sha256_hex(&made.bytes)),
            Err(error) => {
                verification.unknown(format!("重新生成：没有做成：{error}"));
                None
            }
        }
    }

    fn say_findings(&self, proof: &Proof, audit: &Audit, verification: &mut Verification) {
        let text = report::json(&audit.assessment).unwrap_or_default();
        let now = serde_json::from_str(&text).unwrap_or_default();
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

/// The inputs by the names that the run knew them by. `None` if one is not there.
fn known_inputs(
    inputs: &[FileStamp],
    found: &[LocatedFile],
    finder: &FileFinder,
    verification: &mut Verification,
) -> Option<Vec<InputFile>> {
    let before = verification.open();
    let mut files = Vec::new();
    for (input, found) in inputs.iter().zip(found) {
        if let Some(path) = say_of_file("台账", &input.path, found, verification) {
            files.push(InputFile { path, name: input.path.clone() });
        }
    }
    for path in finder.unused() {
        verification.differs(format!("台账：《{}》不是这份报告所用的文件", path.display()));
    }
    if verification.open() == before {
        verification.same(format!("台账：{}个文件都没有改动", inputs.len()));
    }
    (files.len() == inputs.len()).then_some(files)
}

/// Says where a file is not as it was; gives its place where there is one.
fn say_of_file(what: &str, recorded: &str, found: &LocatedFile, verification: &mut Verification) -> Option<PathBuf> {
    match found {
        LocatedFile::Same(path) => Some(path.clone()),
        LocatedFile::Changed(path) => {
            let now = path.display().to_string();
            let place = if now == recorded { String::new() } else { format!("，现在的文件是《{now}》") };
            verification.differs(format!("{what}：《{recorded}》被改动{place}"));
            Some(path.clone())
        }
        LocatedFile::Missing => {
            verification.unknown(format!("{what}：找不到《{recorded}》；请把它现在的位置写在报告文件后面"));
            None
        }
    }
}

/// The packs. `None` if one cannot be had. `found` goes on with the files behind those that are no built-in ones.
fn packs(
    proof: &Proof,
    found: &mut impl Iterator<Item = LocatedFile>,
    dictionary: &Dictionary,
    verification: &mut Verification,
) -> Option<Vec<Pack>> {
    let sources = &proof.options.packs;
    let before = verification.open();
    let stamps = proof.assessment.get("packs").and_then(|packs| packs.as_array()).into_iter().flatten();
    let stamped: Vec<_> =
        stamps.filter_map(|pack| Some((pack.get("id")?.as_str()?, pack.get("sha256")?.as_str()?))).collect();
    if !stamped.into_iter().eq(sources.iter().map(|pack| (pack.id.as_str(), pack.sha256.as_str()))) {
        verification.differs("核对文件：核查结果里记录的规则包与选项里记录的不同");
    }
    let packs: Vec<Option<Pack>> = sources
        .iter()
        .map(|source| match &source.path {
            Some(path) => {
                pack_of_file(source, path, &found.next().unwrap_or(LocatedFile::Missing), dictionary, verification)
            }
            None => pack_built_in(source, dictionary, verification),
        })
        .collect();
    if verification.open() == before {
        verification.same(format!("规则包：{}个都没有改动", sources.len()));
    }
    packs.into_iter().collect()
}

fn pack_built_in(source: &PackSource, dictionary: &Dictionary, verification: &mut Verification) -> Option<Pack> {
    let pack = built_in(&source.id, dictionary);
    match &pack {
        Some(pack) if pack.sha256 == source.sha256 => {}
        Some(_) => verification.differs(format!("规则包：本程序内置的 {} 与写报告时的不同", source.id)),
        None => verification.unknown(format!("规则包：本程序没有内置的 {}", source.id)),
    }
    pack
}

fn pack_of_file(
    source: &PackSource,
    recorded: &str,
    found: &LocatedFile,
    dictionary: &Dictionary,
    verification: &mut Verification,
) -> Option<Pack> {
    let path = say_of_file("规则包", recorded, found, verification)?;
    let loaded = settings::load_packs(&[path], dictionary);
    let pack = loaded.map_err(|error| verification.unknown(format!("规则包：《{recorded}》：{error}"))).ok()?.pop()?;
    if let Some(base) = &source.base
        && !pack.base.as_ref().is_some_and(|own| own.id == base.id && own.sha256 == base.sha256)
    {
        verification.differs(format!("规则包：{} 的基础，内置规则包 {}，与写报告时的不同", source.id, base.id));
    }
    Some(pack)
}

/// A side file as the run had it, which may be none. `None` if the one that it had cannot be had now.
fn side_file<T: Default>(
    what: &str,
    stamp: Option<&FileStamp>,
    found: &mut impl Iterator<Item = LocatedFile>,
    verification: &mut Verification,
    load: impl Fn(&Path) -> Result<SideFile<T>, UserError>,
) -> Option<SideFile<T>> {
    let Some(stamp) = stamp else { return Some(SideFile::default()) };
    let found = found.next().unwrap_or(LocatedFile::Missing);
    let path = say_of_file(what, &stamp.path, &found, verification)?;
    let loaded =
        load(&path).map_err(|error| verification.unknown(format!("{what}：《{}》：{error}", stamp.path))).ok()?;
    if matches!(found, LocatedFile::Same(_)) {
        verification.same(format!("{what}：没有改动"));
    }
    Some(loaded)
}

/// The settings of the run. Where it took a year or a day by default, so does this one: `today` is set to a day on which
/// the default was the same.
fn request(
    options: &RunOptions,
    packs: Vec<Pack>,
    calendar: SideFile<Calendar>,
    columns: SideFile<Columns>,
    threads: usize,
    verification: &mut Verification,
) -> Option<AuditRequest> {
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
        institution: options.institution.clone(),
        columns: columns.content,
        calendar: calendar.content,
        whole_copies: options.whole_copies,
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
    Some(AuditRequest { settings, pack_names: Vec::new(), calendar, columns, remarks: Vec::new() })
}
