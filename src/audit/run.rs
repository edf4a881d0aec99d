//! Runs an audit over files.

use std::path::PathBuf;

use super::request::{AuditScope, TraceFilter};
use super::{Audit, AuditError, InputFile, Progress, Settings, assess, reading};
use crate::dictionary::Dictionary;
use crate::intake::files;
use crate::model::Masked;

/// Runs an audit.
///
/// # Errors
/// When an input cannot be read wholly, or a setting has no meaning; nothing is judged then.
pub fn run(settings: &Settings, dictionary: &Dictionary, progress: &dyn Progress) -> Result<Audit, AuditError> {
    let (files, passed_over) = find(settings)?;
    run_over(settings, dictionary, TraceFilter::Nobody, (&files, passed_over), progress)
}

/// Runs an audit that traces the rows of the subjects of a name or 工号; without one, of the only subject.
///
/// # Errors
/// As [`run`], and when nobody is called so or nobody is named of several.
pub fn explain(
    settings: &Settings,
    dictionary: &Dictionary,
    subject: Option<&str>,
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    let (files, passed_over) = find(settings)?;
    run_over(settings, dictionary, TraceFilter::Subject(subject), (&files, passed_over), progress)
}

/// Repeats an earlier run over its files, in the order that it had them, with its notes on those that it passed over.
///
/// # Errors
/// As [`run`].
pub fn again(
    settings: &Settings,
    dictionary: &Dictionary,
    files: &[InputFile],
    passed_over: Vec<Masked>,
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    run_over(settings, dictionary, TraceFilter::Nobody, (files, passed_over), progress)
}

/// The files of the inputs, and notes on those that are passed over. The same files give the same report in whatever order
/// they are named.
///
/// # Errors
/// When an input is not there, or holds no file to read.
pub(super) fn find(settings: &Settings) -> Result<(Vec<InputFile>, Vec<Masked>), AuditError> {
    let (mut paths, mut passed_over) = files::find(&settings.inputs)?;
    paths.sort();
    passed_over.sort();
    let file = |path: PathBuf| InputFile { name: path.display().to_string(), path };
    Ok((paths.into_iter().map(file).collect(), passed_over.into_iter().map(Into::into).collect()))
}

fn run_over(
    settings: &Settings,
    dictionary: &Dictionary,
    trace: TraceFilter<'_>,
    (files, passed_over): (&[InputFile], Vec<Masked>),
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    let scope = AuditScope::new(settings, dictionary, trace)?;
    let assumed = || format!("没有指定核查年度，按最近结束的{}核查", scope.when.period.label());
    let assumed = settings.period.is_none().then(assumed);
    let mut notes: Vec<Masked> = assumed.map(Into::into).into_iter().chain(passed_over.iter().cloned()).collect();
    let books = reading::open(files, settings.encoding, settings.threads, progress)?;
    let mut audit = assess::assess(&books, &scope, progress)?;
    notes.append(&mut audit.notes);
    Ok(Audit { notes, passed_over, ..audit })
}
