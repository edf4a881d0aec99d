//! The walk through the content of an ods file, from table to row to cell. What is neither is passed over.

use std::collections::HashSet;
use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::cell::{Cell, CellTag};
use super::text::Paragraphs;
use crate::error::Fault;
use crate::row::MAX_ROWS;

/// The most elements within each other; real files have some 20.
const MOST_DEPTH: usize = 500;

/// What the walk meets.
pub(super) enum Step {
    Table {
        name: String,
        hidden: bool,
    },
    /// The table has a hidden row or column.
    Hides,
    /// A row, which stands there so many times.
    Row {
        repeated: u32,
    },
    Cell(Cell),
    EndOfRow,
    EndOfTable,
    /// The end of the content.
    End,
}

/// What the walk stands in.
#[derive(Clone, Copy)]
enum Place {
    Outside,
    Table,
    Row,
}

/// A start tag, as far as it is of use.
enum Tag {
    Style(Option<String>),
    TableStyle {
        hides: bool,
    },
    Table {
        name: Option<String>,
        style: Option<String>,
    },
    /// Rows, columns or a group of them.
    Stretch {
        hidden: bool,
    },
    Row {
        repeated: u32,
        hidden: bool,
    },
    Cell(CellTag),
    Other,
}

/// An element that begins or ends, or the end of all.
enum Mark {
    Start(Tag),
    End,
    EndOfContent,
}

/// A walk that goes forward only.
pub(super) struct Walk<R> {
    xml: Reader<R>,
    buffer: Vec<u8>,
    /// The number of elements that are open.
    depth: usize,
    place: Place,
    /// How many elements were open at the current table.
    table_depth: usize,
    /// The step that comes next, if it is known already.
    next: Option<Step>,
    style: Option<String>,
    /// The styles of hidden tables.
    hidden_styles: HashSet<String>,
}

impl<R: BufRead> Walk<R> {
    pub(super) fn new(content: R) -> Walk<R> {
        let mut xml = Reader::from_reader(content);
        xml.config_mut().expand_empty_elements = true;
        let (buffer, depth, table_depth) = (Vec::new(), 0, 0);
        let hidden_styles = HashSet::new();
        Walk { xml, buffer, depth, place: Place::Outside, table_depth, next: None, style: None, hidden_styles }
    }

    pub(super) fn step(&mut self) -> Result<Step, Fault> {
        loop {
            if let Some(step) = self.next.take() {
                return Ok(step);
            }
            let step = match self.mark()? {
                Mark::Start(tag) => self.enter(tag)?,
                Mark::End => self.leave(),
                Mark::EndOfContent if self.depth == 0 => Some(Step::End),
                Mark::EndOfContent => return Err(Fault::Damaged),
            };
            if let Some(step) = step {
                return Ok(step);
            }
        }
    }

    fn enter(&mut self, tag: Tag) -> Result<Option<Step>, Fault> {
        match (self.place, tag) {
            (Place::Outside, Tag::Style(name)) => self.style = name,
            (Place::Outside, Tag::TableStyle { hides: true }) => self.hidden_styles.extend(self.style.take()),
            (Place::Outside, Tag::Table { name: Some(name), style }) => {
                (self.place, self.table_depth) = (Place::Table, self.depth);
                let hidden = style.is_some_and(|style| self.hidden_styles.contains(&style));
                return Ok(Some(Step::Table { name, hidden }));
            }
            (Place::Outside, _) => {}
            (Place::Table, Tag::Row { repeated, hidden }) => {
                self.place = Place::Row;
                let row = Step::Row { repeated };
                if !hidden {
                    return Ok(Some(row));
                }
                self.next = Some(row);
                return Ok(Some(Step::Hides));
            }
            (Place::Table, Tag::Stretch { hidden }) => return Ok(hidden.then_some(Step::Hides)),
            (Place::Row, Tag::Cell(tag)) => {
                let text = self.text_of_cell()?;
                return Ok(Some(Step::Cell(tag.with_text(text))));
            }
            // What stands in the wrong place would be lost.
            (Place::Table, Tag::Table { .. } | Tag::Cell(_)) | (Place::Row, Tag::Table { .. } | Tag::Row { .. }) => {
                return Err(Fault::Damaged);
            }
            (Place::Table | Place::Row, _) => self.pass_over()?,
        }
        Ok(None)
    }

    /// An element has ended. Of a table's own elements only rows and groups of rows are entered.
    fn leave(&mut self) -> Option<Step> {
        match self.place {
            Place::Outside => None,
            Place::Row => {
                self.place = Place::Table;
                Some(Step::EndOfRow)
            }
            Place::Table if self.depth < self.table_depth => {
                self.place = Place::Outside;
                Some(Step::EndOfTable)
            }
            Place::Table => None,
        }
    }

    /// Goes to the end of the element that was entered last. Shapes and notes may hold what looks like cells.
    fn pass_over(&mut self) -> Result<(), Fault> {
        let around = self.depth - 1;
        while self.depth > around {
            if matches!(self.mark()?, Mark::EndOfContent) {
                return Err(Fault::Damaged);
            }
        }
        Ok(())
    }

    /// The text of the cell that was entered last, up to the cell's end.
    fn text_of_cell(&mut self) -> Result<Option<String>, Fault> {
        let around = self.depth - 1;
        let mut text = Paragraphs::default();
        while self.depth > around {
            let event = self.xml.read_event_into(&mut self.buffer).map_err(|_| Fault::Damaged)?;
            match &event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if tag.name().0 == "table:table" || self.depth > MOST_DEPTH {
                        return Err(Fault::Damaged);
                    }
                    text.start(tag)?;
                }
                Event::End(_) => {
                    self.depth -= 1;
                    text.end();
                }
                Event::Text(piece) => text.push(&piece.xml10_content())?,
                Event::CData(piece) => text.push(&piece.xml10_content())?,
                Event::GeneralRef(entity) => text.push_entity(entity)?,
                Event::Eof => return Err(Fault::Damaged),
                _ => {}
            }
            self.buffer.clear();
        }
        Ok(text.into_text())
    }

    /// The next beginning or end of an element.
    fn mark(&mut self) -> Result<Mark, Fault> {
        loop {
            self.buffer.clear();
            let event = self.xml.read_event_into(&mut self.buffer).map_err(|_| Fault::Damaged)?;
            match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > MOST_DEPTH {
                        return Err(Fault::Damaged);
                    }
                    return Ok(Mark::Start(tag_of(&tag)?));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Mark::End);
                }
                Event::Eof => return Ok(Mark::EndOfContent),
                _ => {}
            }
        }
    }
}

fn tag_of(tag: &BytesStart<'_>) -> Result<Tag, Fault> {
    let value = |name| attribute(tag, name);
    Ok(match tag.name().0 {
        "style:style" => Tag::Style(value("style:name")?),
        "style:table-properties" => {
            let display = value("table:display")?;
            Tag::TableStyle { hides: display.is_some_and(|display| display == "false") }
        }
        "table:table" => Tag::Table { name: value("table:name")?, style: value("table:style-name")? },
        "table:table-row" => {
            let hidden = hidden(tag)?;
            Tag::Row { repeated: count(tag, "table:number-rows-repeated")?, hidden }
        }
        "table:table-column" => Tag::Stretch { hidden: hidden(tag)? },
        "table:table-row-group" | "table:table-column-group" => {
            let display = value("table:display")?;
            Tag::Stretch { hidden: display.is_some_and(|display| display == "false") }
        }
        "table:table-rows" | "table:table-header-rows" | "table:table-columns" | "table:table-header-columns" => {
            Tag::Stretch { hidden: false }
        }
        "table:table-cell" | "table:covered-table-cell" => Tag::Cell(CellTag::new(tag)?),
        _ => Tag::Other,
    })
}

fn hidden(tag: &BytesStart<'_>) -> Result<bool, Fault> {
    let visibility = attribute(tag, "table:visibility")?;
    Ok(visibility.is_some_and(|visibility| visibility != "visible"))
}

/// The value of an attribute, by its full name.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Fault> {
    let Some(attribute) = tag.try_get_attribute(name).map_err(|_| Fault::Damaged)? else { return Ok(None) };
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Fault::Damaged)?;
    Ok(Some(value.into_owned()))
}

/// A number of rows or columns: 1 unless told, at most a whole sheet.
pub(super) fn count(tag: &BytesStart<'_>, name: &str) -> Result<u32, Fault> {
    let told = attribute(tag, name)?;
    Ok(told.and_then(|number| number.parse().ok()).unwrap_or(1).clamp(1, MAX_ROWS))
}
