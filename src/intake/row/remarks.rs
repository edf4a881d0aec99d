//! The remarks of a sheet: what stands in columns beside those of its table, and whether it denies the row or excuses the person.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use sheets::{Raw, RawCell};

use super::notes::RowNotes;
use super::record::ParsedRow;
use crate::dictionary::{Dictionary, Field, FieldId, FieldKind, Remark, RowsAre, Table, TableId, normalise};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, Value, WordId};

/// A longer text of a column that is not recognised is no state of its row.
const LONGEST: usize = 8;

/// How many different texts of a column are remembered.
const REMEMBERED: usize = 4096;

/// The columns of a sheet that hold remarks.
pub(super) struct RemarkColumns<'d> {
    dictionary: &'d Dictionary,
    rows: RowsAre,
    columns: Vec<RemarkColumn>,
    /// Where the rows say what they are, and the words for what takes place in a school.
    on_site: Option<(FieldId, Vec<WordId>)>,
    /// The column of the school.
    place: Option<u32>,
}

struct RemarkColumn {
    place: u32,
    /// Whether it is known to hold remarks, and not only not recognised as anything else.
    is_known: bool,
    is_place: bool,
    /// Its header in its normal form.
    header: String,
    /// As it is shown.
    shown: String,
    seen: HashMap<Box<str>, Said>,
}

#[derive(Clone)]
enum Said {
    Nothing,
    Remote,
    Denial,
    Excuse(Arc<str>),
}

impl<'d> RemarkColumns<'d> {
    pub(super) fn new(layout: &Layout, table: TableId, dictionary: &'d Dictionary) -> RemarkColumns<'d> {
        let column = |(place, shown): (u32, &String), is_known| RemarkColumn {
            place,
            is_known,
            is_place: false,
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
        let on_site = on_site(of, dictionary);
        let place = on_site.as_ref().and_then(|_| layout.column(of.field_of_kind(FieldKind::School)?));
        let header = place.and_then(|place| layout.read.iter().find(|(column, _)| *column == place));
        let school = header.map(|(place, shown)| RemarkColumn { is_place: true, ..column((*place, shown), true) });
        let columns = known.chain(unknown.filter(|_| rows != RowsAre::Things)).chain(school).collect();
        RemarkColumns { dictionary, rows, columns, on_site, place }
    }

    /// Reads a cell of the column of the school, and of no other.
    pub(super) fn read_place(&mut self, cell: &RawCell<'_>, notes: &mut RowNotes) {
        if self.place == Some(cell.column) {
            self.read(cell.column, &cell.value, notes);
        }
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
            // A share of what was to be done.
            Raw::Number(share) if column.is_known && (0.0..1.0).contains(share) => "0%",
            Raw::Number(_) | Raw::Date(_) | Raw::Error | Raw::NoValue => return None,
        };
        if !column.is_known && text.chars().nth(LONGEST).is_some() {
            return None;
        }
        let said = match column.seen.get(text) {
            Some(said) => said.clone(),
            None => {
                let said = column.say(text, self.rows, self.dictionary);
                if column.seen.len() < REMEMBERED {
                    column.seen.insert(text.into(), said.clone());
                }
                said
            }
        };
        match said {
            Said::Nothing => None,
            Said::Remote => {
                notes.remote.get_or_insert(place);
                None
            }
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

impl RemarkColumns<'_> {
    /// A row of what takes place in a school may not count where a cell says that nobody went there.
    pub(super) fn settle(&self, parsed: &mut ParsedRow, log: &mut IssueLog) {
        let (Some(place), Some((kind, words))) = (parsed.notes.remote, self.on_site.as_ref()) else { return };
        let is_on_site = match parsed.cell(*kind) {
            Cell::Is(Value::Word(word)) => words.contains(word),
            Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => true,
        };
        if !is_on_site || parsed.notes.denied.is_some() {
            return;
        }
        parsed.notes.denied = Some(place);
        let header =
            self.columns.iter().find(|column| column.place == place).map_or("", |column| column.shown.as_str());
        let message = format!(
            "“{header}”写的是线上或者不是学校的地方，算不算到校不能确定，按“可能算、也可能不算”处理；到了学校的请写明学校，没有到校的请删去这一行"
        );
        log.report(parsed.at.cell(place), IssueKind::DeniedRow, "", message);
    }
}

impl RemarkColumn {
    fn say(&self, text: &str, rows: RowsAre, dictionary: &Dictionary) -> Said {
        let remarks = &dictionary.remarks;
        let is_school = |name: &str| dictionary.people.schools.is_school(name);
        if self.is_place {
            return if remarks.is_elsewhere(text, is_school) { Said::Remote } else { Said::Nothing };
        }
        // In a column that is not known for remarks it must say nothing else.
        let is_denial = || self.is_known || (rows == RowsAre::Events && remarks.is_denial(text));
        let is_absence = || self.is_known || remarks.is_absent(&self.header, text);
        match remarks.read_remark(&self.header, &clean(text), rows) {
            None if self.is_known && rows == RowsAre::Events && remarks.is_remote(text) => Said::Remote,
            Some(Remark::Denies) if is_denial() => Said::Denial,
            Some(Remark::Excuses(word)) if is_absence() => Said::Excuse(word.into()),
            Some(Remark::Denies | Remark::Excuses(_)) | None => Said::Nothing,
        }
    }
}

/// The field of a table that says what a row is, and those of its words for which one goes to a school.
fn on_site(table: &Table, dictionary: &Dictionary) -> Option<(FieldId, Vec<WordId>)> {
    let of = |(id, field): (FieldId, &Field)| {
        let list = dictionary.words_of(field).filter(|_| field.required)?;
        let words: Vec<WordId> = dictionary.remarks.on_site().iter().filter_map(|word| list.one(word)).collect();
        (!words.is_empty()).then_some((id, words))
    };
    (0..).map(FieldId).zip(&table.fields).find_map(of)
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
