//! Whose own book a sheet without a column for names is: its name, its title or its file calls one person of the roster.

use std::collections::BTreeSet;

use super::registry::Registry;
use super::whom::NameMatch;
use crate::dictionary::{Field, FieldKind, Table, spelt};
use crate::intake::issues::IssueLog;
use crate::intake::sheet::{Layout, SheetOwner};
use crate::model::{IssueKind, RowRef};

impl Registry<'_> {
    /// Finds the owners of the sheets.
    pub fn settle_owners(&mut self, log: &mut IssueLog) {
        for (place, sheet) in (0..self.layouts.len()).zip(0..) {
            let Some(layout) = self.layouts.get(place).and_then(Option::as_ref) else { continue };
            let table = self.dictionary.table(layout.table);
            let Some(field) = nameless(layout, table) else { continue };
            let Some(owner) = self.owner(sheet, layout, table, field) else { continue };
            let name = self.staff[owner as usize].name.clone();
            let roster = self.staff.iter().map(|one| &one.name).filter(|one| one.chars().count() > 1);
            let roster = roster.cloned().collect();
            let at = RowRef { sheet, row: layout.header_row }.cell(layout.first_column());
            let message = format!(
                "没有“{}”这一列，表名、标题、文件名或文件夹名只写了“{name}”一个人，各行都算这个人的，写着别人姓名的小标题以下的除外；不是的请补上“{}”",
                field.header, field.header
            );
            log.report(at, IssueKind::NamedBySheet, &name, message);
            if let Some(layout) = &mut self.layouts[place] {
                layout.owner = Some(Box::new(SheetOwner { place: owner, name, roster }));
            }
        }
    }

    fn owner(&self, sheet: u32, layout: &Layout, table: &Table, field: &Field) -> Option<u32> {
        let name = self.sheets.get(sheet)?;
        let mut found: BTreeSet<u32> = BTreeSet::new();
        for called in [name.sheet.as_str(), name.file()].into_iter().chain(layout.titles.iter().map(String::as_str)) {
            found.extend(self.called_in(called, table));
            found.extend(labelled(called, field).flat_map(|name| self.match_name(name, None).places()));
        }
        if found.is_empty() {
            let folders = self.sheets.folders(sheet).into_iter();
            found = folders
                .map(|folder| self.called_in(folder, table))
                .find(|called| !called.is_empty())
                .into_iter()
                .flatten()
                .collect();
        }
        let place = found.pop_first().filter(|_| found.is_empty())?;
        // Of namesakes it is not known which.
        matches!(self.match_name(&self.staff[place as usize].name, None), NameMatch::One(_)).then_some(place)
    }

    /// The people whom the name of a book calls as its owners: 张三, 张三2023年听课记录, 听课记录（张三）, 数学教研员张三.
    fn called_in(&self, text: &str, table: &Table) -> Vec<u32> {
        let (text, people) = (spelt(text), &self.dictionary.people);
        let is_mark = |c: char| c.is_ascii_digit() || c.is_ascii_punctuation() || "（）【】—－《》".contains(c);
        let kinds = [table.sheet.as_str()].into_iter().chain(table.also.iter().map(String::as_str));
        let kinds: Vec<&str> =
            kinds.chain(table.hints.words.iter().chain(&table.hints.nouns).map(String::as_str)).collect();
        let is_owner = |name: &str| {
            let Some((front, back)) = text.split_once(name) else { return false };
            let (front, rest) = (front.trim_end_matches(is_mark), back.trim_start_matches(is_mark));
            let begins = kinds.iter().any(|kind| rest.starts_with(kind)) || people.follows_owner(rest);
            let ends = front.len() < text.len() && kinds.iter().any(|kind| front.ends_with(kind)) && rest.is_empty();
            let is_apart = !back.starts_with([',', '&', '/', '+']);
            let is_bare = front.is_empty() || people.ends_in_post(front);
            is_apart && (is_bare && (rest.is_empty() || begins) || front.ends_with(['年', '月']) && begins || ends)
        };
        let names = (0..).zip(&self.staff).map(|(place, person)| (place, spelt(&person.name)));
        names.filter(|(_, name)| name.chars().count() > 1 && is_owner(name)).map(|(place, _)| place).collect()
    }
}

/// The field for the people of a ledger that has no column for it, nor for anything else that tells them.
fn nameless<'t>(layout: &Layout, table: &'t Table) -> Option<&'t Field> {
    let names = table.field_of_kind(FieldKind::People).filter(|_| !table.held)?;
    let mut telling = [Some(names), table.roles.staff_id, table.roles.id_number].into_iter().flatten();
    let is_told = telling.any(|field| layout.column(field).is_some() || layout.may_be.contains(&field));
    (!is_told).then(|| table.field(names))
}

/// The names behind the label of a field in a title: 姓名：张三 学科：语文.
fn labelled<'t>(title: &'t str, field: &'t Field) -> impl Iterator<Item = &'t str> {
    let parts = title.split(|c: char| c.is_whitespace() || ",，;；|".contains(c));
    parts.filter_map(|part| {
        let (label, name) = part.split_once([':', '：'])?;
        let is_label = field.header == label.trim() || field.also.iter().any(|also| also == label.trim());
        (is_label && !name.is_empty()).then_some(name.trim())
    })
}
