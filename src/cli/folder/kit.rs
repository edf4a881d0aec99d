//! What each office is audited with: what the command line says for all, and what an office's own files say.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serialize;

use super::places::Place;
use super::target::{Form, Target};
use crate::cli::args::{Annotate, CheckArgs};
use crate::cli::settings::{self, Asked};
use crate::cli::{Refusal, Typed, pack_source};
use crate::dictionary::Columns;
use crate::model::{Calendar, sha256_hex};
use crate::report::RunOptions;

/// The files in an office's folder that take the place of `--calendar` and `--columns`.
const CALENDAR: &str = "calendar.toml";
const COLUMNS: &str = "columns.toml";

/// The settings of a run, turned to one office after the other.
pub struct Kit {
    pub asked: Asked,
    pub target: Target,
    /// What holds for offices that say nothing themselves.
    institution: Option<String>,
    calendar: Side<Calendar>,
    columns: Side<Columns>,
}

/// What a file beside the packs says, with its digest and its path where there is one.
#[derive(Clone, Default)]
struct Side<T> {
    content: T,
    digest: Option<String>,
    path: Option<PathBuf>,
}

impl Kit {
    /// # Errors
    /// Anything that speaks against running the audits, the packs' defects last.
    pub fn new(args: CheckArgs, typed: &Typed, today: Date) -> Result<Kit, Refusal> {
        if args.publish {
            let sentence = "--each-folder 不能和 --publish 一起用";
            return Err(Refusal::new(sentence).advise("公示版请对每个单位的文件夹分别写：去掉 --each-folder 再运行"));
        }
        let form = Form::of(&args)?;
        let by_area = args.inputs.len() > 1;
        // Offices are audited side by side, each by one thread.
        let mut asked = Asked::new(args.audit, Vec::new(), &settings::packs_of(typed), 1, today)?;
        asked.settings.whole_copies = args.annotate == Annotate::All;
        let folder =
            args.output.unwrap_or_else(|| PathBuf::from(format!("{}分单位核查", asked.settings.period().label())));
        let calendar = Side {
            content: asked.settings.calendar.clone(),
            digest: asked.calendar_digest.clone(),
            path: asked.named.calendar.clone(),
        };
        let columns = Side {
            content: asked.settings.columns.clone(),
            digest: asked.columns_digest.clone(),
            path: asked.named.columns.clone(),
        };
        let institution = asked.settings.institution.clone();
        Ok(Kit { asked, target: Target { folder, form, by_area }, institution, calendar, columns })
    }

    /// Turns the settings to an office.
    ///
    /// # Errors
    /// Its calendar or its headers cannot be used.
    pub fn turn_to(&mut self, place: &Place) -> Result<(), Refusal> {
        let calendar = own(&place.folder, CALENDAR, &self.calendar, pack_source::calendar_of_office)?;
        let columns = own(&place.folder, COLUMNS, &self.columns, pack_source::columns_of_office)?;
        let asked = &mut self.asked;
        asked.settings.inputs = vec![place.folder.clone()];
        asked.settings.institution = self.institution.clone().or_else(|| Some(place.name.clone()));
        (asked.settings.calendar, asked.calendar_digest, asked.named.calendar) =
            (calendar.content, calendar.digest, calendar.path);
        (asked.settings.columns, asked.columns_digest, asked.named.columns) =
            (columns.content, columns.digest, columns.path);
        Ok(())
    }

    /// The digest of all that an office is audited with, apart from its workbooks.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    pub fn digest(&self) -> Result<String, Refusal> {
        let question = Question {
            tool: concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")),
            form: self.target.form.id(),
            folder: self.asked.settings.inputs.first().map(|folder| folder.display().to_string()),
            options: settings::recorded(&self.asked),
        };
        let text = serde_json::to_string(&question);
        Ok(sha256_hex(text.map_err(|_| Refusal::new("无法生成 JSON"))?.as_bytes()))
    }

    /// What the 总表 says that the run was asked for.
    pub fn options(&self) -> Vec<(String, String)> {
        let mut options = settings::options(&self.asked);
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
struct Question {
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
    common: &Side<T>,
    load: impl Fn(&Path) -> Result<(T, String), Refusal>,
) -> Result<Side<T>, Refusal> {
    let path = folder.join(name);
    // A file that is there and cannot be read is no reason to audit by another calendar.
    if matches!(path.try_exists(), Ok(false)) {
        return Ok(common.clone());
    }
    let (content, digest) = load(&path)?;
    Ok(Side { content, digest: Some(digest), path: Some(path) })
}
