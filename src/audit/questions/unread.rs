//! Questions about a sheet that is not read.

use super::known::Known;
use super::lines;
use super::topic::{Open, Wording};
use crate::intake::{LeavesOpen, Nearly, OtherYear, Recognised, SheetName};

pub(super) fn of_sheet(known: &Known<'_>, number: u32, open: &Open) -> Wording {
    let Known { sheets, registry, scope, .. } = known;
    let sheet = sheets.0.get(number as usize);
    let recognised = sheet.and_then(|sheet| sheet.recognised.as_ref().ok());
    let tables: Vec<&str> = open.tables.iter().map(|id| scope.dictionary.table(*id).sheet.as_str()).collect();
    let called = registry.sheets.called(number).unwrap_or_default();
    let rows = sheet.map_or(0, |sheet| sheet.unread_rows);
    let name = registry.sheets.get(number).map(|name| {
        let is_unique = sheets.0.iter().filter(|other| other.name == name.sheet).count() < 2;
        (name, is_unique)
    });
    if let Some(Recognised::OtherYear(other @ OtherYear { leaves: LeavesOpen::Beginnings, .. })) = recognised {
        return of_year_before(known, (&called, rows), other, name);
    }
    let ask = format!("{called}（{rows}行）没有读取，是不是“{}”？", tables.join("”或“"));
    let answer = recognised.and_then(|recognised| recognised.why_unread(scope.dictionary));
    let line = name.zip(tables.first()).filter(|((name, _), table)| name.sheet != **table);
    let own = line.map(|((name, is_unique), table)| lines::sheet(name, is_unique, table, scope.dictionary));
    let mut lines: Vec<String> = own.into_iter().collect();
    if let Some(Recognised::Nearly(nearly)) = recognised {
        // What lacks a column besides is not settled by them.
        lines = lacking(known, nearly).map(|near| [lines, near].concat()).unwrap_or_default();
    }
    (ask, answer.unwrap_or_default(), lines)
}

/// Of a sheet of a year before, which may say since when what the one of this year says has lasted.
fn of_year_before(
    known: &Known<'_>,
    (called, rows): (&str, u32),
    other: &OtherYear,
    name: Option<(&SheetName, bool)>,
) -> Wording {
    let of = known.scope.dictionary.table(other.table);
    let beginning = of.roles.beginning().map_or("", |field| of.field(field).header.as_str());
    let (ask, answer) = match other.until {
        Some(until) => (
            format!("{called}（{rows}行）是管到{until}的“{}”，没有读取；那一段是什么情况？", of.sheet),
            format!(
                "把那时的也写进{}，各行写上“{beginning}”和结束的日期；写好了，或者那一段没有不同的，写明这张表不读",
                other.current
            ),
        ),
        None => (
            format!("{called}（{rows}行）是以前的“{}”，没有读取；里面有没有一直接着到现在的？", of.sheet),
            format!(
                "把{}里从那时起一直接着的，“{beginning}”写成最早的那一天；写好了，或者没有接着的，写明这张表不读",
                other.current
            ),
        ),
    };
    (ask, answer, name.map(|(name, is_unique)| lines::not_read(name, is_unique)).into_iter().collect())
}

/// A line for each column that a sheet lacks; `None` where it is not known of one which it is.
fn lacking(known: &Known<'_>, nearly: &Nearly) -> Option<Vec<String>> {
    let dictionary = known.scope.dictionary;
    let of = dictionary.table(nearly.table);
    let lines = nearly.missing.iter().map(|(field, near)| {
        let header = near.first().filter(|_| near.len() == 1)?;
        let own = &of.field(*field).header;
        Some(lines::column(&of.sheet, header, own, lines::is_likely(header, own, dictionary)))
    });
    lines.collect()
}
