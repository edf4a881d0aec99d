//! What the rows of a list hold besides, as other columns and remarks say: 兼任学科 小学劳动, 备注 兼小学英语.

use std::sync::Arc;

use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, HeldBesides, Table};
use crate::intake::row::notes::BesidesNote;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, leaf};
use crate::model::{Cell, Value};

/// The columns of a sheet that may say what its rows hold besides.
pub(super) struct Besides<'d> {
    held: &'d HeldBesides,
    /// Each with whether it says so plainly.
    columns: Vec<(u32, bool)>,
    table: &'d Table,
    dictionary: &'d Dictionary,
}

impl<'d> Besides<'d> {
    pub(super) fn of(layout: &Layout, table: &'d Table, dictionary: &'d Dictionary) -> Option<Besides<'d>> {
        let held = table.besides.as_ref()?;
        let unused = layout.unused.iter().map(|unused| (unused.column, unused.header.as_str()));
        let all = unused.chain(layout.remarks.iter().map(|(column, header)| (*column, header.as_str())));
        let own = |column: u32| layout.columns.contains(&Some(column));
        let columns: Vec<(u32, bool)> = all
            .filter(|(column, _)| !own(*column))
            .filter_map(|(column, header)| Some((column, held.is_plain(leaf(header))?)))
            .collect();
        (!columns.is_empty()).then_some(Besides { held, columns, table, dictionary })
    }

    /// Takes what the cells of a row say.
    pub(super) fn settle(&self, row: Row<'_>, parsed: &mut ParsedRow) {
        for cell in row.cells {
            let column = self.columns.iter().find(|(column, _)| *column == cell.column);
            if let (Some(column), Raw::Text(text)) = (column, &cell.value)
                && let Some(note) = self.note(parsed, *column, text)
            {
                parsed.notes.beside.get_or_insert_default().besides.push(note);
            }
        }
    }

    fn note(&self, parsed: &ParsedRow, (column, is_plain): (u32, bool), text: &str) -> Option<BesidesNote> {
        let words = |field| self.dictionary.words_of(self.table.field(field)).map(|list| list.said_in(text));
        let subjects = words(self.held.subject).filter(|words| !words.is_empty())?;
        let own = parsed.cell(self.held.subject).words().unwrap_or_default();
        let is_new = subjects.iter().any(|word| !own.contains(word));
        let stages = words(self.held.stage).unwrap_or_default();
        if self.held.says_otherwise(text) || (!is_new && stages.is_empty()) {
            return None;
        }
        let mut cells = parsed.cells.clone();
        cells[self.held.subject.index()] = Cell::Is(Value::Words(subjects.into()));
        match (is_plain, stages.is_empty()) {
            (true, true) => {}
            (true, false) => cells[self.held.stage.index()] = Cell::Is(Value::Words(stages.into())),
            // What is only perhaps so is of a stage that is not known.
            (false, _) => cells[self.held.stage.index()] = Cell::Unreadable,
        }
        Some(BesidesNote { column, is_plain, cells: Arc::from(cells) })
    }
}
