//! The remarks of a sheet: what stands in columns beside those of its table, and whether it denies the row or excuses the person.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use sheets::Raw;

use super::notes::RowNotes;
use crate::dictionary::{Dictionary, Remark, RowsAre, TableId, normalise};
use crate::intake::cell::clean;
use crate::intake::sheet::Layout;
use crate::model::IssueKind;

/// A longer text of a column that is not recognised is no state of its row.
const LONGEST: usize = 8;

/// How many different texts of a column are remembered.
const REMEMBERED: usize = 4096;

/// The columns of a sheet that hold remarks.
pub(super) struct RemarkColumns<'d> {
    dictionary: &'d Dictionary,
    rows: RowsAre,
    columns: Vec<RemarkColumn>,
}

struct RemarkColumn {
    place: u32,
    /// Whether it is known to hold remarks, and not only not recognised as anything else.
    is_known: bool,
    /// Its header in its normal form.
    header: String,
    /// As it is shown.
    shown: String,
    seen: HashMap<Box<str>, Said>,
}

#[derive(Clone)]
enum Said {
    Nothing,
    Denial,
    Excuse(Arc<str>),
}

impl<'d> RemarkColumns<'d> {
    pub(super) fn new(layout: &Layout, table: TableId, dictionary: &'d Dictionary) -> RemarkColumns<'d> {
        let column = |(place, shown): (u32, &String), is_known| RemarkColumn {
            place,
            is_known,
            header: normalise(shown.rsplit('/').next().unwrap_or_default()),
            shown: shown.clone(),
            seen: HashMap::new(),
        };
        let of = dictionary.table(table);
        let is_named = of.roles.name.is_some_and(|name| of.field(name).required);
        let rows = match is_named {
            _ if table == dictionary.schema.staff.table => RowsAre::People,
            true => RowsAre::Things,
            false => RowsAre::Events,
        };
        let known = layout.remarks.iter().map(|(place, shown)| column((*place, shown), true));
        let unknown = layout.unused.iter().filter(|unused| !unused.is_useless);
        let unknown = unknown.map(|unused| column((unused.column, &unused.header), false));
        let columns = known.chain(unknown.filter(|_| rows == RowsAre::Events)).collect();
        RemarkColumns { dictionary, rows, columns }
    }

    /// Reads a cell of one of the columns into the notes of its row. Says what is to be told of it.
    pub(super) fn read(&mut self, place: u32, raw: &Raw<'_>, notes: &mut RowNotes) -> Option<(IssueKind, String)> {
        let column = self.columns.iter_mut().find(|column| column.place == place)?;
        let text = match raw {
            Raw::Text(text) => text.as_ref(),
            Raw::Flag(flag) => {
                if *flag {
                    "是"
                } else {
                    "否"
                }
            }
            Raw::Number(_) | Raw::Date(_) | Raw::Error | Raw::NoValue => return None,
        };
        if !column.is_known && text.chars().nth(LONGEST).is_some() {
            return None;
        }
        let said = match column.seen.get(text) {
            Some(said) => said.clone(),
            None => {
                let remarks = &self.dictionary.remarks;
                let said = match remarks.read_remark(&column.header, &clean(text), self.rows) {
                    Some(_) if !column.is_known && !remarks.is_denial(text) => Said::Nothing,
                    None => Said::Nothing,
                    Some(Remark::Denies) => Said::Denial,
                    Some(Remark::Excuses(word)) => Said::Excuse(word.into()),
                };
                if column.seen.len() < REMEMBERED {
                    column.seen.insert(text.into(), said.clone());
                }
                said
            }
        };
        match said {
            Said::Nothing => None,
            Said::Denial => {
                notes.denied.get_or_insert(place);
                Some((IssueKind::DeniedRow, denial(&column.shown, self.rows)))
            }
            Said::Excuse(word) => {
                notes.away.get_or_insert((place, word));
                Some((IssueKind::ExcusedPerson, excuse(&column.shown)))
            }
        }
    }
}

pub(super) fn denial(header: &str, rows: RowsAre) -> String {
    let what = match rows {
        RowsAre::People => "这个人是不是该核查的对象",
        RowsAre::Things | RowsAre::Events => "这一行算不算数",
    };
    format!("“{header}”里的话使{what}不能确定，按“可能算、也可能不算”处理；不算的请删去这一行，算的请改写“{header}”")
}

fn excuse(header: &str) -> String {
    format!("“{header}”写着可能不在岗的事由，这个人不足的项目按“待核”处理；请认定是否豁免，不豁免的请改写“{header}”")
}
