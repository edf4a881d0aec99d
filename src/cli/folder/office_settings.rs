//! What each office is audited with: what the command line says for all, and what an office's own files say.

use std::path::PathBuf;

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
pub(super) struct OfficeSettings<'d> {
    pub request: PreparedAudit<'d>,
    pub folder: RunFolder,
    /// What holds for offices that say nothing themselves.
    institution: Option<String>,
    calendar: SideFile<Calendar>,
    columns: SideFile<Columns>,
}

impl<'d> OfficeSettings<'d> {
    /// Errors: anything that speaks against running the audits, the packs' defects last.
    pub(super) fn new(
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
        let settings = &mut request.settings;
        settings.whole_copies = args.annotate == Annotate::All;
        let institution = settings.institution.clone();
        let calendar = SideFile { content: settings.calendar.clone(), stamp: request.calendar.clone() };
        let columns = SideFile { content: settings.columns.clone(), stamp: request.columns.clone() };
        let path = args.output.unwrap_or_else(|| format!("{}分单位核查", settings.period().label()).into());
        Ok(OfficeSettings { request, folder: RunFolder { path, form, by_area }, institution, calendar, columns })
    }

    pub(super) fn turn_to(&mut self, office: &OfficeFolder) -> Result<(), UserError> {
        // A file that is there and cannot be read is no reason to audit by what holds for all.
        let own = |name: &str| Some(office.folder.join(name)).filter(|path| !matches!(path.try_exists(), Ok(false)));
        let calendar = own(CALENDAR).map(|path| settings::load_calendar(&path, Defects::InError)).transpose()?;
        let calendar = calendar.unwrap_or_else(|| self.calendar.clone());
        let load = |path: PathBuf| settings::load_columns(&path, Defects::InError, self.request.dictionary);
        let columns = own(COLUMNS).map(load).transpose()?.unwrap_or_else(|| self.columns.clone());
        let request = &mut self.request;
        request.settings.inputs = vec![office.folder.clone()];
        request.settings.institution = self.institution.clone().or_else(|| Some(office.name.clone()));
        (request.settings.calendar, request.calendar) = (calendar.content, calendar.stamp);
        (request.settings.columns, request.columns) = (columns.content, columns.stamp);
        Ok(())
    }

    /// The digest of all that an office is audited with, apart from its workbooks.
    pub(super) fn digest(&self) -> Result<String, UserError> {
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
    pub(super) fn options(&self) -> Vec<(String, String)> {
        let mut options = settings::options(&self.request);
        for (name, value) in &mut options {
            match name.as_str() {
                "默认单位" if self.institution.is_none() => {
                    *value = "未指定，用单位文件夹的名称".to_string();
                }
                "校历" => *value = format!("单位文件夹里有 {CALENDAR} 的用它；其他单位：{value}"),
                "表头对照" => *value = format!("单位文件夹里有 {COLUMNS} 的用它；其他单位：{value}"),
                _ => {}
            }
        }
        options
    }
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
