//! What is said of people beside the rows of a roster: above or below them (说明：张三2023年3月起借调), or in a list of those who are
//! away, came or left.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::dictionary::{Corrects, Remark, RowsAre, TableId};
use crate::intake::issues::IssueLog;
use crate::intake::people::entities::Entity;
use crate::intake::people::naming;
use crate::intake::people::registry::Registry;
use crate::intake::row::{Subtotal, ToldAmount, contradict, names_second_term};
use crate::intake::sheet::times_since;
use crate::model::{CellRef, IssueKind, RowRef};

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

/// What lines beside the rows of ledgers say of people: that they are away, or that rows of theirs are corrected, each with its words.
#[derive(Debug, Default)]
pub struct BesideLedgers {
    pub away: BTreeMap<u32, (CellRef, Arc<str>)>,
    pub corrected: BTreeMap<u32, (CellRef, Arc<str>, Corrects)>,
    /// What sums between the rows say that they came to.
    pub told: BTreeMap<u32, Vec<(CellRef, ToldAmount)>>,
}

impl Registry<'_> {
    /// Takes what the sheets of ledgers say of people beside their rows.
    pub fn hear_ledgers<'a>(
        &self,
        asides: impl Iterator<Item = (TableId, &'a [(CellRef, String)])>,
        log: &mut IssueLog,
    ) -> BesideLedgers {
        let mut beside = BesideLedgers::default();
        let of_ledgers = asides.filter(|(table, _)| self.dictionary.table(*table).dense.is_some());
        for (at, text) in of_ledgers.flat_map(|(_, asides)| asides) {
            let words = &self.dictionary.sheet_words;
            let (corrects, is_leave) = (words.corrects(text), words.says_leave(text));
            if corrects.is_none() && !is_leave {
                continue;
            }
            let said = naming::key(text);
            for (place, person) in (0..).zip(&self.staff).filter(|(_, person)| is_named(&person.name, &said)) {
                let text: Arc<str> = text.chars().take(60).collect::<String>().into();
                let message = match corrects {
                    Some(corrects) => {
                        beside.corrected.entry(place).or_insert((*at, text.clone(), corrects));
                        format!(
                            "表外的说明提到“{}”，像是更正、核减前面的行，有关的结论按“待核”处理；请在行里直接改正，并删去这句话",
                            person.name
                        )
                    }
                    None => {
                        beside.away.entry(place).or_insert((*at, text.clone()));
                        format!(
                            "表外的说明提到“{}”，这个人可能可以豁免，不足的项目按“待核”处理；与这个人无关的请删去这句话",
                            person.name
                        )
                    }
                };
                let kind = if corrects.is_some() { IssueKind::DisagreeingCells } else { IssueKind::ExcusedPerson };
                log.report(*at, kind, &text, message);
            }
        }
        beside
    }

    /// Takes what the sums of ledgers, each with the number of its sheet, say that people came to.
    pub fn hear_subtotals<'a>(&self, subtotals: impl Iterator<Item = (u32, &'a Subtotal)>, beside: &mut BesideLedgers) {
        let is_long = |person: &&Entity| person.name.chars().nth(1).is_some();
        let keys = (0..).zip(&self.staff).filter(|(_, person)| is_long(person));
        let keys: Vec<(u32, String)> = keys.map(|(place, person)| (place, naming::key(&person.name))).collect();
        for (sheet, subtotal) in subtotals {
            let (said, amount) = (naming::key(&subtotal.said), Decimal::try_from(subtotal.amount));
            let Ok(amount) = amount else { continue };
            let mut named = keys.iter().filter(|(_, key)| said.contains(key.as_str()));
            let place = match (named.next(), named.next()) {
                (Some((place, _)), None) => Some(*place),
                (None, _) => self.owner_of(sheet),
                (Some(_), Some(_)) => None,
            };
            let Some(place) = place else { continue };
            let told = ToldAmount {
                table: subtotal.table,
                field: subtotal.field,
                amount,
                year: None,
                is_whole: false,
                term: names_second_term(&subtotal.said),
                column: subtotal.column,
                header: "小计、合计".into(),
            };
            let at = RowRef { sheet, row: subtotal.row }.cell(subtotal.column);
            beside.told.entry(place).or_default().push((at, told));
        }
    }

    /// The person whose book a sheet is: as its rows are read, or by its name.
    fn owner_of(&self, sheet: u32) -> Option<u32> {
        let owner = self.layouts.get(sheet as usize)?.as_ref()?.owner.as_ref().map(|owner| owner.place);
        let called = || match self.called(&self.sheets.get(sheet)?.sheet)? {
            [place] => Some(*place),
            _ => None,
        };
        owner.or_else(called)
    }
}

fn is_named(name: &str, said: &str) -> bool {
    name.chars().nth(1).is_some() && said.contains(&naming::key(name))
}
