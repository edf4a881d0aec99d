//! A column that is read: its field, its parser, and the texts that it has seen. Ledgers repeat their words, schools and
//! names, so that most texts are looked up once and neither parsed nor summed up again.

use foldhash::{HashMap, HashMapExt};
use sheets::Raw;

use super::ends::EndFields;
use super::prints::Prints;
use crate::dictionary::{Dictionary, FieldId, TableId};
use crate::intake::cell::{CellParser, ParsedCell, as_one_date};

/// How many different texts of a column are remembered.
const REMEMBERED: usize = 4096;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct CellReading {
    pub parsed: ParsedCell,
    /// What the cell adds to the print of its row.
    pub print: u64,
}

/// A column that is a field of its table.
pub(super) struct ColumnReader<'d> {
    /// Its place in the sheet, from 0.
    place: u32,
    pub field: FieldId,
    pub parser: CellParser<'d>,
    /// Whether a cell with a span of dates gives the end of its row.
    starts: bool,
    /// By text, its place among the readings.
    seen: HashMap<Box<str>, usize>,
    /// Of the texts that were seen, in their order.
    readings: Vec<CellReading>,
    /// Of the last cell that is not among them.
    last: Option<CellReading>,
}

impl<'d> ColumnReader<'d> {
    pub(super) fn new(place: u32, field: FieldId, table: TableId, dictionary: &'d Dictionary) -> ColumnReader<'d> {
        let of = dictionary.table(table);
        ColumnReader {
            place,
            field,
            parser: CellParser::new(of.field(field), of, dictionary),
            starts: EndFields::of(table, dictionary).is_some_and(|ends| ends.start == field),
            seen: HashMap::new(),
            readings: Vec::new(),
            last: None,
        }
    }

    /// Reads a cell of the column; `prints` are those of its sheet.
    pub(super) fn read(&mut self, raw: &Raw<'_>, prints: &Prints) -> &CellReading {
        let Raw::Text(text) = raw else { return self.last.insert(self.reading(raw, prints)) };
        let known = self.seen.get(text.as_ref()).copied();
        let reading = match known {
            Some(place) => return &self.readings[place],
            None => self.reading(raw, prints),
        };
        if self.readings.len() >= REMEMBERED {
            return self.last.insert(reading);
        }
        let place = self.readings.len();
        self.seen.insert(text.as_ref().into(), place);
        self.readings.push(reading);
        &self.readings[place]
    }

    fn reading(&self, raw: &Raw<'_>, prints: &Prints) -> CellReading {
        let parsed = self.parser.parse(raw);
        let is_misplaced_span = parsed.end.is_some() && !self.starts && !parsed.cell.is_blank();
        let parsed = if is_misplaced_span { as_one_date(parsed) } else { parsed };
        let print = prints.of(self.place, raw, Some(&parsed.cell));
        CellReading { parsed, print }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::TableId;
    use crate::intake::sheet::Layout;
    use crate::model::IssueKind;

    /// A field of the activities in column A of its sheet.
    fn column(name: &str) -> (ColumnReader<'static>, Prints) {
        let dictionary = Dictionary::built_in();
        let id: TableId = dictionary.table_named("activities").expect("a table");
        let table = dictionary.table(id);
        let field = table.field_named(name).expect("a field");
        let layout = Layout {
            table: id,
            header_top: 1,
            header_row: 1,
            columns: (0..table.fields.len()).map(|place| (place == field.index()).then_some(0)).collect(),
            unused: Vec::new(),
            may_be: Vec::new(),
            unwanted: Vec::new(),
            read: Vec::new(),
            wishes: Vec::new(),
            headers: std::collections::HashMap::new(),
        };
        (ColumnReader::new(0, field, layout.table, dictionary), Prints::new(&layout))
    }

    #[test]
    fn a_text_is_read_the_same_the_second_time_and_beyond_those_that_are_remembered() {
        let (mut column, prints) = column("topic");
        let mut read = |number: usize| column.read(&Raw::Text(format!("主题{number}").into()), &prints).clone();
        let first: Vec<CellReading> = (0..=REMEMBERED).map(&mut read).collect();
        let again: Vec<CellReading> = (0..=REMEMBERED).map(&mut read).collect();
        assert_eq!(first, again);
        for (number, reading) in first.iter().enumerate() {
            assert_eq!(reading.parsed.cell.text().map(|text| &**text), Some(format!("主题{number}").as_str()));
        }
        assert_eq!(column.readings.len(), REMEMBERED);
    }

    #[test]
    fn only_the_column_of_the_start_keeps_the_end_of_a_span() {
        let read = |name: &str| {
            let (mut column, prints) = column(name);
            let ParsedCell { cell, issue, end, .. } =
                column.read(&Raw::Text("2023.9.4-2023.9.8".into()), &prints).parsed.clone();
            (cell.date().map(|span| span.text()), end.is_some(), issue)
        };
        assert_eq!(read("date"), (Some("2023-09-04".to_owned()), true, None));
        let all = Some("2023-09-04至2023-09-08".to_owned());
        assert_eq!(read("end-date"), (all, false, Some(IssueKind::DateRange)));
    }
}
