//! What a run was asked for, in words for the report and in a record for its proof.

use std::path::PathBuf;

use sheets::TextEncoding;

use super::request::PreparedAudit;
use crate::model::PackStamp;
use crate::pack::{Pack, built_in_ids};
use crate::report::{PackSource, RunOptions};

/// What the run was asked for and what it took where nothing was said, for the report. Where the report is written
/// is left out: the same audit gives the same report anywhere.
pub(crate) fn options(request: &PreparedAudit<'_>) -> Vec<(String, String)> {
    let settings = &request.settings;
    let taken =
        |value: String, was_given: bool| if was_given { value } else { format!("{value}（未指定，按默认）") };
    let given = |value: &Option<String>| value.clone().unwrap_or_else(|| "未指定".to_string());
    let period = taken(settings.period().label(), settings.period.is_some());
    let as_of = taken(settings.as_of().to_string(), settings.as_of.is_some());
    let calendar = match &request.calendar {
        Some(file) => format!("SHA-256 {}", file.sha256),
        None => "未提供，学期按默认日期（9月1日至1月31日、2月1日至8月31日），不考虑节假日".to_string(),
    };
    let columns = match &request.columns {
        Some(file) => format!("SHA-256 {}", file.sha256),
        None => "未提供，只认标准表头和常见的写法".to_string(),
    };
    let copies = match settings.whole_copies {
        true => "保留全部行",
        false => "未指定，行数较多的表只保留表头、有问题的行和依据的前几行",
    };
    let named = [
        ("核查年度", period),
        ("核查日", as_of),
        ("默认层级", given(&settings.level)),
        ("默认单位", given(&settings.institution)),
        ("校历", calendar),
        ("csv 文字编码", settings.encoding.map_or("未指定，自动识别", TextEncoding::name).to_string()),
        ("表头对照", columns),
        ("原表副本", copies.to_string()),
    ];
    named.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
}

/// The same in the form that `verify` runs the audit again with.
pub(crate) fn recorded(request: &PreparedAudit<'_>) -> RunOptions {
    let settings = &request.settings;
    let source = |(pack, name): (&Pack, &PathBuf)| PackSource {
        id: pack.id.clone(),
        sha256: pack.sha256.clone(),
        path: Some(name.display().to_string()).filter(|name| !built_in_ids().any(|id| id == name)).map(Into::into),
        base: pack.base.as_ref().map(|base| PackStamp { id: base.id.clone(), sha256: base.sha256.clone() }),
    };
    RunOptions {
        period: settings.period().id(),
        period_given: settings.period.is_some(),
        as_of: settings.as_of(),
        as_of_given: settings.as_of.is_some(),
        level: settings.level.clone(),
        institution: settings.institution.as_deref().map(Into::into),
        calendar: request.calendar.clone(),
        columns: request.columns.clone(),
        encoding: settings.encoding.map(|encoding| encoding.name().to_string()),
        whole_copies: settings.whole_copies,
        packs: settings.packs.iter().zip(&request.pack_names).map(source).collect(),
    }
}
