//! What is said of people beside the rows of a roster: above or below them (说明：张三2023年3月起借调), or in a list of those who are
//! away, came or left.

use std::collections::BTreeSet;

use super::naming;
use super::registry::Registry;
use crate::dictionary::{Field, Remark, RowsAre, TableId};
use crate::intake::issues::IssueLog;
use crate::intake::row::{contradict, speaks_of, widen};
use crate::intake::sheet::times_since;
use crate::model::{CellRef, IssueKind};

/// What may stand between or behind the names of a cell.
const BETWEEN_NAMES: [char; 11] = ['、', '，', ',', '；', ';', ' ', '(', '（', '：', ':', '\n'];

impl Registry<'_> {
    /// Takes what the sheets of a table say beside their rows.
    pub fn hear(&mut self, table: TableId, asides: &[(CellRef, String)], log: &mut IssueLog) {
        if table != self.dictionary.schema.staff.table {
            return;
        }
        for (at, text) in asides {
            let Some(remark) = self.dictionary.remarks.read_remark("", text, RowsAre::People) else { continue };
            let said = naming::key(text);
            for person in self.staff.iter_mut().filter(|person| is_named(&person.name, &said)) {
                contradict(&mut person.cells, text, self.dictionary);
                let (kind, what) = match &remark {
                    Remark::Denies => {
                        person.denied.get_or_insert(*at);
                        (IssueKind::DeniedRow, "是不是该核查的对象不能确定，按“可能”处理")
                    }
                    Remark::Excuses(word) | Remark::Arrives(word) => {
                        person.away.get_or_insert((*at, (*word).into()));
                        if !matches!(remark, Remark::Arrives(_)) {
                            person
                                .away_in
                                .extend(times_since(text, self.dictionary.remarks.parts.is_short_leave(text)));
                        }
                        (IssueKind::ExcusedPerson, "可能可以豁免，不足的项目按“待核”处理")
                    }
                };
                let message = format!("表外的说明提到“{}”，这个人{what}；与这个人无关的请删去这句话", person.name);
                log.report(*at, kind, &text.chars().take(60).collect::<String>(), message);
            }
        }
    }

    /// Takes it that a sheet which lists who is away, came or left, and is not read to its end, may name anybody.
    pub fn hear_unknown_absences(&mut self, at: CellRef, list: &str, log: &mut IssueLog) {
        for person in &mut self.staff {
            person.away.get_or_insert((at, list.into()));
        }
        let message =
            format!("“{list}”太长或者读不完，后面写着谁不知道，花名册上的人不足的项目都按“待核”处理；请只留本单位的人");
        log.report(at, IssueKind::ExcusedPerson, list, message);
    }

    /// Takes the rows of a sheet that lists who is away, came or left, each as all that it says.
    pub fn hear_absences(&mut self, (list, rows): (&str, &[(CellRef, String)]), log: &mut IssueLog) {
        // Who came was not away from that day on.
        let is_of_arrivals =
            matches!(self.dictionary.remarks.read_remark("", list, RowsAre::People), Some(Remark::Arrives(_)));
        for (at, text) in rows {
            let said = naming::key(text);
            for person in self.staff.iter_mut().filter(|person| is_named(&person.name, &said)) {
                contradict(&mut person.cells, &format!("{list}：{text}"), self.dictionary);
                person.away.get_or_insert((*at, list.into()));
                if !is_of_arrivals {
                    let is_short = |text: &str| self.dictionary.remarks.parts.is_short_leave(text);
                    person.away_in.extend(times_since(text, is_short(text) || is_short(list)));
                }
                let message = format!(
                    "没有读取的“{list}”里有“{}”，可能可以豁免，不足的项目按“待核”处理；与核查的时间无关的请删去这一行",
                    person.name
                );
                log.report(*at, IssueKind::ExcusedPerson, &person.name, message);
            }
        }
    }
}

/// A row of a sheet that is not read.
pub struct UnreadRow {
    at: CellRef,
    /// Whom it names.
    people: BTreeSet<u32>,
    /// Its texts, each with the header above it.
    cells: Vec<(String, String)>,
}

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
}

fn is_named(name: &str, said: &str) -> bool {
    name.chars().nth(1).is_some() && said.contains(&naming::key(name))
}
