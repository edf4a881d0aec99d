//! A column that is read: its field, its parser, and the texts that it has seen. Ledgers repeat their words, schools and
//! names, so that most texts are looked up once and neither parsed nor summed up again.

use foldhash::{HashMap, HashMapExt};
use sheets::Raw;

use super::reading::{CellReading, KeptAt, ReadCell};
use super::states::{is_state, time_in_brackets};
use crate::dictionary::{Dictionary, FieldId, FieldKind, Table, normalise};
use crate::intake::cell::{CellParser, DateContext, ParsedCell, as_one_date, message, shown};
use crate::intake::issues::IssueLog;
use crate::intake::row::apart::is_silent;
use crate::intake::row::ends::EndFields;
use crate::intake::row::kinds::SeenLessons;
use crate::intake::row::prints::Prints;
use crate::intake::sheet::Layout;
use crate::model::{Cell, CellRef, IssueKind, WordId};

/// How many different texts of a column are remembered.
const REMEMBERED: usize = 4096;

/// A column that is a field of its table.
pub(in crate::intake::row) struct ColumnReader<'d> {
    /// Its place in the sheet, from 0.
    place: u32,
    pub field: FieldId,
    kind: FieldKind,
    pub parser: CellParser<'d>,
    /// Whether a cell with a span of dates gives the end of its row.
    starts: bool,
    is_topic: bool,
    /// Whether it says what somebody or something is at one time.
    is_state: bool,
    /// Texts, as they are compared, each with the word that the office says it is.
    words: Vec<(String, WordId)>,
    /// Where it is that of the kinds of lessons that were seen.
    lessons: Option<SeenLessons<'d>>,
    /// By text, its place among the readings.
    seen: HashMap<Box<str>, usize>,
    /// Of the texts that were seen, in their order.
    readings: Vec<CellReading>,
    /// Of the last cell that is not among them.
    last: Option<CellReading>,
    dictionary: &'d Dictionary,
    /// The reading of the cell above, with the number of its record.
    above: Option<(KeptAt, u32)>,
    /// By text, whether it says that the cell holds what the one above holds; only those that do.
    dittos: Vec<Box<str>>,
}

impl<'d> ColumnReader<'d> {
    /// The columns of a sheet by their places; `None` for one that is not read.
    pub(super) fn of(layout: &Layout, dictionary: &'d Dictionary) -> Vec<Option<ColumnReader<'d>>> {
        let mut columns = Vec::new();
        for (field, place) in (0..).map(FieldId).zip(&layout.columns) {
            let Some(place) = *place else { continue };
            if columns.len() <= place as usize {
                columns.resize_with(place as usize + 1, || None);
            }
            let mut column = ColumnReader::new(place, field, layout, dictionary);
            column.parser.set_untyped(layout.untyped);
            columns[place as usize] = Some(column);
        }
        columns
    }

    pub(in crate::intake::row) fn new(
        place: u32,
        field: FieldId,
        layout: &Layout,
        dictionary: &'d Dictionary,
    ) -> ColumnReader<'d> {
        let table = layout.table;
        let of = dictionary.table(table);
        let words = layout.words.iter().filter(|(own, _, _)| *own == field);
        ColumnReader {
            place,
            field,
            kind: of.field(field).kind,
            parser: CellParser::new(of.field(field), of, dictionary),
            is_topic: of.roles.topic == Some(field),
            is_state: is_state(of, field),
            starts: EndFields::of(table, dictionary).is_some_and(|ends| ends.start == field),
            words: words.map(|(_, text, word)| (text.clone(), *word)).collect(),
            lessons: SeenLessons::of(field, layout, of, dictionary),
            seen: HashMap::new(),
            readings: Vec::new(),
            last: None,
            dictionary,
            above: None,
            dittos: Vec::new(),
        }
    }

    /// Reads a cell of the column; `prints` are those of its sheet, and `record` counts its records. `known` is where its reading is
    /// kept, if it was looked up.
    pub(in crate::intake::row) fn read(
        &mut self,
        (raw, known): (&Raw<'_>, Option<KeptAt>),
        prints: &Prints,
        record: u32,
    ) -> ReadCell<'_> {
        let seen = match (known.or_else(|| self.look_up(raw, prints)), raw) {
            (Some(seen), _) => seen,
            (None, Raw::Text(_)) => return self.repeated(raw, prints, record),
            (None, Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue) => {
                self.last = Some(self.reading(raw, prints));
                KeptAt::Last
            }
        };
        self.above = Some((seen, record));
        ReadCell { reading: self.seen(seen), above: false }
    }

    /// Tells it of which time the rows are that follow; what it has seen says another day then.
    pub(in crate::intake::row) fn set_context(&mut self, context: &DateContext, prints: &Prints) {
        self.parser.set_context(context);
        let is_dated = self.kind == FieldKind::Date;
        let seen: Vec<_> = if is_dated { std::mem::take(&mut self.seen).into_iter().collect() } else { Vec::new() };
        for (text, place) in seen {
            self.readings[place] = self.reading(&Raw::Text(text.as_ref().into()), prints);
            self.seen.insert(text, place);
        }
    }

    /// Where the reading of a text is kept, until another one is read. `None` for what is no text, and for one that only says that
    /// the cell holds what the one above it holds.
    pub(super) fn look_up(&mut self, raw: &Raw<'_>, prints: &Prints) -> Option<KeptAt> {
        let Raw::Text(text) = raw else { return None };
        if let Some(place) = self.seen.get(text.as_ref()) {
            return Some(KeptAt::At(*place));
        }
        if self.dittos.iter().any(|ditto| **ditto == **text) {
            return None;
        }
        if self.dictionary.people.is_ditto(text) {
            self.dittos.push(text.as_ref().into());
            return None;
        }
        let reading = self.reading(raw, prints);
        Some(self.remember(text, reading))
    }

    fn remember(&mut self, text: &str, reading: CellReading) -> KeptAt {
        let place = self.readings.len();
        if place >= REMEMBERED {
            // Between two records a text of no record may take its place: what stands above is not known then.
            self.above = self.above.filter(|(kept, _)| *kept != KeptAt::Last);
            self.last = Some(reading);
            return KeptAt::Last;
        }
        self.seen.insert(text.into(), place);
        self.readings.push(reading);
        KeptAt::At(place)
    }

    pub(super) fn seen(&self, seen: KeptAt) -> &CellReading {
        const NONE: &CellReading = &CellReading::unreadable(0);
        match seen {
            KeptAt::At(place) => &self.readings[place],
            KeptAt::Last => self.last.as_ref().unwrap_or(NONE),
        }
    }

    /// The reading of the cell of the record above. Without one it is not known what is meant.
    fn repeated(&mut self, raw: &Raw<'_>, prints: &Prints, record: u32) -> ReadCell<'_> {
        match self.above.filter(|(_, above)| above.wrapping_add(1) == record) {
            Some((seen, _)) => {
                self.above = Some((seen, record));
                ReadCell { reading: self.seen(seen), above: true }
            }
            None => {
                let print = prints.of(self.place, raw, None);
                self.last = Some(CellReading::unreadable(print));
                self.above = Some((KeptAt::Last, record));
                ReadCell { reading: self.seen(KeptAt::Last), above: false }
            }
        }
    }

    /// Says what is wrong with a cell, or that it is read as the one above it.
    pub(in crate::intake::row) fn report(
        &self,
        raw: &Raw<'_>,
        (at, table): (CellRef, &Table),
        (issue, above): (Option<IssueKind>, bool),
        log: &mut IssueLog,
    ) {
        let header = &table.field(self.field).header;
        if above {
            let message = || format!("“{header}”写的是“同上”，按上一行的内容计；如果不是，请照实填写");
            log.report_with(at, IssueKind::CellAbove, &shown(raw), message);
        } else if let Some(kind) = issue {
            let message = match self.parser.refusal(raw) {
                Some(advice) => format!("“{header}”按“不能确定”处理：{advice}"),
                None => message(kind, header, raw),
            };
            log.report(at, kind, &shown(raw), message);
        }
    }

    /// A text that the office itself says which word it is.
    fn answered(&self, raw: &Raw<'_>) -> Option<ParsedCell> {
        let Raw::Text(text) = raw else { return None };
        let (_, word) = self.words.iter().find(|(own, _)| *own == normalise(text))?;
        Some(self.parser.of_word(*word))
    }

    fn parse(&self, raw: &Raw<'_>) -> ParsedCell {
        let parsed = self.parser.parse(raw);
        match (&self.lessons, raw) {
            (Some(lessons), Raw::Text(text)) => lessons.read(text, parsed),
            (_, _) => parsed,
        }
    }

    fn reading(&self, raw: &Raw<'_>, prints: &Prints) -> CellReading {
        let parsed = self.answered(raw).unwrap_or_else(|| self.parse(raw));
        let is_misplaced_span = parsed.end.is_some() && !self.starts && !parsed.cell.is_blank();
        let parsed = if is_misplaced_span { as_one_date(parsed) } else { parsed };
        let print = prints.of(self.place, raw, Some(&parsed.cell));
        let text = if let Raw::Text(text) = raw { Some(text.as_ref()) } else { None };
        let calls_off = self.is_topic && text.is_some_and(|text| self.dictionary.remarks.calls_off(text));
        let sums = &self.dictionary.cells.sums;
        let is_silent = text.is_none_or(|text| is_silent(text, Some(self.kind), sums));
        let dated = text.filter(|_| self.is_state && matches!(parsed.cell, Cell::Is(_))).and_then(time_in_brackets);
        CellReading { parsed, print, calls_off, is_silent, dated }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::TableId;

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
            ..Layout::default()
        };
        (ColumnReader::new(0, field, &layout, dictionary), Prints::new(&layout, table))
    }

    #[test]
    fn a_text_is_read_the_same_the_second_time_and_beyond_those_that_are_remembered() {
        let (mut column, prints) = column("topic");
        let mut read =
            |number: usize| column.read((&Raw::Text(format!("主题{number}").into()), None), &prints, 1).reading.clone();
        let first: Vec<CellReading> = (0..=REMEMBERED).map(&mut read).collect();
        let again: Vec<CellReading> = (0..=REMEMBERED).map(&mut read).collect();
        assert_eq!(first, again);
        for (number, reading) in first.iter().enumerate() {
            assert_eq!(reading.parsed.cell.text().map(|text| &**text), Some(format!("主题{number}").as_str()));
        }
        assert_eq!(column.readings.len(), REMEMBERED);
    }

    #[test]
    fn a_text_that_was_only_looked_up_is_not_what_stands_above() {
        let (mut column, prints) = column("topic");
        for number in 0..REMEMBERED {
            column.look_up(&Raw::Text(number.to_string().into()), &prints);
        }
        let mut read = |text: &str, record| {
            let read = column.read((&Raw::Text(text.to_string().into()), None), &prints, record);
            (read.reading.parsed.cell.text().cloned(), read.above)
        };
        assert_eq!(read("作业设计", 1), (Some("作业设计".into()), false));
        assert_eq!(read("同上", 2), (Some("作业设计".into()), true));
        column.look_up(&Raw::Text("本月合计".into()), &prints);
        let read = column.read((&Raw::Text("同上".into()), None), &prints, 3);
        assert_eq!((read.reading.parsed.cell.text(), read.above), (None, false));
    }

    #[test]
    fn only_the_column_of_the_start_keeps_the_end_of_a_span() {
        let read = |name: &str| {
            let (mut column, prints) = column(name);
            let ParsedCell { cell, issue, end, .. } =
                column.read((&Raw::Text("2023.9.4-2023.9.8".into()), None), &prints, 1).reading.parsed.clone();
            (cell.date().map(|span| span.text()), end.is_some(), issue)
        };
        assert_eq!(read("date"), (Some("2023-09-04".to_owned()), true, None));
        let all = Some("2023-09-04至2023-09-08".to_owned());
        assert_eq!(read("end-date"), (all, false, Some(IssueKind::DateRange)));
    }
}
