//! What sheets that are not read say of people of the roster: what they have come to, that rows of theirs are corrected, that they
//! may be away.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::dictionary::{Dictionary, Field};
use crate::intake::issues::IssueLog;
use crate::intake::people::registry::Registry;
use crate::intake::row::{speaks_of, widen};
use crate::model::{CellRef, IssueKind};

/// What may stand between or behind the names of a cell.
const BETWEEN_NAMES: [char; 11] = ['、', '，', ',', '；', ';', ' ', '(', '（', '：', ':', '\n'];

/// A row of a sheet that is not read.
pub struct UnreadRow {
    at: CellRef,
    /// Whom it names.
    people: BTreeSet<u32>,
    /// Its texts and numbers, each with the header above it.
    cells: Vec<(String, String)>,
}

/// A longer text tells of more than a leave.
const LONGEST: usize = 16;

impl Registry<'_> {
    /// A row of a sheet that is not read, with its texts and the headers above them, if it names somebody of the roster.
    pub fn unread_row(&self, at: CellRef, cells: Vec<(String, String)>) -> Option<UnreadRow> {
        let names = cells.iter().flat_map(|(_, text)| text.split(BETWEEN_NAMES)).map(str::trim);
        let people: BTreeSet<u32> = names.filter_map(|name| self.called(name)).flatten().copied().collect();
        (!people.is_empty()).then_some(UnreadRow { at, people, cells })
    }

    /// Takes it that a sheet which is not read may say what those whom its rows name have come to: 荣誉名单. `called` are its name
    /// and its titles.
    pub fn hear_attained(&mut self, (list, called): (&str, &str), rows: &[UnreadRow], log: &mut IssueLog) {
        let dictionary = self.dictionary;
        let fields = &dictionary.table(dictionary.schema.staff.table).fields;
        let of_list: Vec<_> = fields.iter().enumerate().filter(|(_, field)| !field.attained.is_empty()).collect();
        for (row, (index, field)) in rows.iter().flat_map(|row| of_list.iter().map(move |field| (row, *field))) {
            let Some(text) = row.said_of(field, called) else { continue };
            for place in &row.people {
                let Some(person) = self.staff.get_mut(*place as usize) else { continue };
                let own = person.cells.get_mut(index).into_iter();
                let then = person.tenures.iter_mut().filter_map(|tenure| tenure.cells.get_mut(index));
                let widened = own.chain(then).filter_map(|cell| widen(cell, &text, field, dictionary).then_some(()));
                if widened.count() == 0 {
                    continue;
                }
                let message = format!(
                    "没有读取的“{list}”里有“{0}”，花名册的“{1}”可能没有写全，够不够不能确定；请核对后写进花名册的“{1}”，无关的请删去这一行",
                    person.name, field.header
                );
                log.report(row.at, IssueKind::DisagreeingRosterRows, &person.name, message);
            }
        }
    }

    /// Takes it that a sheet may correct rows of those whom its rows name: 更正. `called` are its name and its titles.
    pub fn hear_corrections(&mut self, (list, called): (&str, &str), rows: &[UnreadRow], log: &mut IssueLog) {
        let Some(corrects) = self.dictionary.sheet_words.corrects(called) else { return };
        for (row, place) in rows.iter().flat_map(|row| row.people.iter().map(move |place| (row, *place))) {
            let Some(person) = self.staff.get_mut(place as usize).filter(|person| person.corrected.is_none()) else {
                continue;
            };
            person.corrected = Some((row.at, list.into(), corrects));
            let message = format!(
                "“{list}”里有“{}”，像是更正、核减别处的行，有关的结论按“待核”处理；请在台账里直接改正，并把这张表移走",
                person.name
            );
            log.report(row.at, IssueKind::DisagreeingCells, &person.name, message);
        }
    }

    /// Takes it that somebody may be excused who stands in a sheet that is not read beside a word for a leave: 事由 病假.
    pub fn hear_leaves(&mut self, list: &str, rows: &[UnreadRow], log: &mut IssueLog) {
        for (row, said) in rows.iter().filter_map(|row| Some((row, row.leave(self.dictionary)?))) {
            for place in &row.people {
                let Some(person) = self.staff.get_mut(*place as usize).filter(|person| person.away.is_none()) else {
                    continue;
                };
                person.away = Some((row.at, list.into()));
                let message = format!(
                    "没有读取的“{list}”里有“{}”，写着“{said}”，可能可以豁免，不足的项目按“待核”处理；与核查的时间无关的请删去这一行",
                    person.name
                );
                log.report(row.at, IssueKind::ExcusedPerson, &person.name, message);
            }
        }
    }
}

impl UnreadRow {
    /// What it says of a field: a cell that speaks of it, by itself or by its header; or that it stands in such a list.
    fn said_of(&self, field: &Field, called: &str) -> Option<String> {
        let speaks = |(header, text): &&(String, String)| speaks_of(field, text) || speaks_of(field, header);
        let said: Vec<&str> = self.cells.iter().filter(speaks).map(|(_, text)| text.as_str()).collect();
        match said.is_empty() {
            true => speaks_of(field, called).then(|| {
                let texts: Vec<&str> = self.cells.iter().map(|(_, text)| text.as_str()).collect();
                format!("{called} {}", texts.join(" "))
            }),
            false => Some(said.join(" ")),
        }
    }

    /// What it says of a leave: a text, or a number of days below such a header. `None` if it says none, or that it was short.
    fn leave(&self, dictionary: &Dictionary) -> Option<&str> {
        let words = &dictionary.sheet_words;
        let days = |text: &str| text.parse::<Decimal>().ok();
        let of_days = self.cells.iter().filter(|(header, _)| header.contains('天'));
        if of_days.filter_map(|(_, text)| days(text)).any(|days| !words.is_leave(days)) {
            return None;
        }
        let says = |(header, text): &&(String, String)| match days(text) {
            Some(days) => words.says_leave(header) && words.is_leave(days),
            None => words.says_leave(text) && text.chars().nth(LONGEST).is_none(),
        };
        self.cells.iter().find(says).map(|(header, text)| if days(text).is_some() { header } else { text }.as_str())
    }
}
