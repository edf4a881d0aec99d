//! What each office is audited with: what the command line says for all, and what an office's own files say.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serialize;

use super::offices::OfficeFolder;
use super::run_folder::{OfficeFormat, RunFolder};
use crate::cli::commands::check::{Annotate, CheckArgs};
use crate::cli::settings::{self, Defects, PreparedAudit, SideFile};
use crate::cli::{Typed, UserError};
use crate::dictionary::{Columns, Dictionary};
use crate::model::{Calendar, sha256_hex};
use crate::report::RunOptions;

/// The files in an office's folder that take the place of `--calendar` and `--columns`.
const CALENDAR: &str = "calendar.toml";
const COLUMNS: &str = "columns.toml";

/// The settings of a run, turned to one office after the other.
pub struct OfficeSettings<'d> {
    pub request: PreparedAudit<'d>,
    pub folder: RunFolder,
    /// What holds for offices that say nothing themselves.
    institution: Option<String>,
    calendar: SideFile<Calendar>,
    columns: SideFile<Columns>,
}

impl<'d> OfficeSettings<'d> {
    /// Errors: anything that speaks against running the audits, the packs' defects last.
    pub fn new(
        args: CheckArgs,
        typed: &Typed,
        today: Date,
        dictionary: &'d Dictionary,
    ) -> Result<OfficeSettings<'d>, UserError> {
        if args.publish {
            let sentence = "--each-folder 不能和 --publish 一起用";
            return Err(UserError::new(sentence).advise("公示版请对每个单位的文件夹分别写：去掉 --each-folder 再运行"));
        }
        let form = OfficeFormat::of(&args)?;
        let by_area = args.inputs.len() > 1;
        // Offices are audited side by side, each by one thread.
        let packs = |named: &[PathBuf]| settings::load_required(named, typed, dictionary);
        let mut request = PreparedAudit::new(args.audit, Vec::new(), packs, 1, today, dictionary)?;
        request.settings.whole_copies = args.annotate == Annotate::All;
        let path =
            args.output.unwrap_or_else(|| PathBuf::from(format!("{}分单位核查", request.settings.period().label())));
        let (calendar, columns) = (request.settings.calendar.clone(), request.settings.columns.clone());
        let calendar = SideFile { content: calendar, stamp: request.calendar.clone() };
        let columns = SideFile { content: columns, stamp: request.columns.clone() };
        let institution = request.settings.institution.clone();
        let folder = RunFolder { path, form, by_area };
        Ok(OfficeSettings { request, folder, institution, calendar, columns })
    }

    /// Turns the settings to an office.
    pub fn turn_to(&mut self, office: &OfficeFolder) -> Result<(), UserError> {
        let load = |path: &Path| settings::load_calendar(path, Defects::InError);
        let calendar = own(&office.folder, CALENDAR, &self.calendar, load)?;
        let load = |path: &Path| settings::load_columns(path, Defects::InError, self.request.dictionary);
        let columns = own(&office.folder, COLUMNS, &self.columns, load)?;
        let request = &mut self.request;
        request.settings.inputs = vec![office.folder.clone()];
        request.settings.institution = self.institution.clone().or_else(|| Some(office.name.clone()));
        (request.settings.calendar, request.calendar) = (calendar.content, calendar.stamp);
        (request.settings.columns, request.columns) = (columns.content, columns.stamp);
        Ok(())
    }

    /// The digest of all that an office is audited with, apart from its workbooks.
    pub fn digest(&self) -> Result<String, UserError> {
        let digested = Digested {
            tool: concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")),
            form: self.folder.form.id(),
            folder: self.request.settings.inputs.first().map(|folder| folder.display().to_string()),
            options: settings::recorded(&self.request),
        };
        let text = serde_json::to_string(&digested);
        Ok(sha256_hex(text.map_err(|_| UserError::new("无法生成 JSON"))?.as_bytes()))
    }

    /// What the 总表 says that the run was asked for.
    pub fn options(&self) -> Vec<(String, String)> {
        let mut options = settings::options(&self.request);
        let own = [
            ("默认单位", self.institution.is_none(), "未指定，用单位文件夹的名称".to_string()),
            ("校历", true, format!("单位文件夹里有 {CALENDAR} 的用它；其他单位：{}", value(&options, "校历"))),
            ("表头对照", true, format!("单位文件夹里有 {COLUMNS} 的用它；其他单位：{}", value(&options, "表头对照"))),
        ];
        for (name, _, text) in own.into_iter().filter(|(_, differs, _)| *differs) {
            options.iter_mut().filter(|(own, _)| own == name).for_each(|(_, value)| value.clone_from(&text));
        }
        options
    }
}

fn value(options: &[(String, String)], name: &str) -> String {
    options.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// What was asked, in the form that its digest is taken of.
#[derive(Serialize)]
struct Digested {
    tool: &'static str,
    form: &'static str,
    /// The paths in the report begin with it.
    folder: Option<String>,
    options: RunOptions,
}

/// What an office's own file says, else what holds for all.
fn own<T: Clone>(
    folder: &Path,
    name: &str,
    common: &SideFile<T>,
    load: impl Fn(&Path) -> Result<SideFile<T>, UserError>,
) -> Result<SideFile<T>, UserError> {
    let path = folder.join(name);
    // A file that is there and cannot be read is no reason to audit by another calendar.
    if matches!(path.try_exists(), Ok(false)) { Ok(common.clone()) } else { load(&path) }
}
