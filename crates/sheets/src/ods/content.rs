//! The walk through the content of an ods file, from table to row to cell. What is neither is passed over.

use std::collections::HashSet;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::attributes::{attribute, count, hidden};
use super::cell::{OdsCell, OdsCellTag};
use super::text::Paragraphs;
use crate::error::Fault;

/// The most elements within each other; real files have some 20.
const MOST_DEPTH: usize = 500;

/// What the walk meets.
pub(crate) enum ContentStep {
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
    Cell(OdsCell),
    EndOfRow,
    EndOfTable,
    /// The end of the content.
    End,
}

/// What the walk stands in.
#[derive(Clone, Copy)]
enum Enclosing {
    Outside,
    Table,
    Row,
}

/// A start tag, as far as it is of use.
enum ContentTag {
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
    Cell(OdsCellTag),
    Other,
}

/// An element that begins or ends, or the end of all.
enum TagEvent {
    Start(ContentTag),
    End,
    EndOfContent,
}

/// A walk that goes forward only.
pub(crate) struct ContentWalk<R> {
    xml: Reader<R>,
    buffer: Vec<u8>,
    /// The number of elements that are open.
    depth: usize,
    place: Enclosing,
    /// How many elements were open at the current table.
    table_depth: usize,
    /// The step that comes next, if it is known already.
    next: Option<ContentStep>,
    style: Option<String>,
    /// The styles of hidden tables.
    hidden_styles: HashSet<String>,
}

impl<R: BufRead> ContentWalk<R> {
    pub(crate) fn new(content: R) -> ContentWalk<R> {
        let mut xml = Reader::from_reader(content);
        xml.config_mut().expand_empty_elements = true;
        let (buffer, depth, table_depth) = (Vec::new(), 0, 0);
        let hidden_styles = HashSet::new();
        ContentWalk {
            xml,
            buffer,
            depth,
            place: Enclosing::Outside,
            table_depth,
            next: None,
            style: None,
            hidden_styles,
        }
    }

    pub(crate) fn step(&mut self) -> Result<ContentStep, Fault> {
        loop {
            if let Some(step) = self.next.take() {
                return Ok(step);
            }
            let step = match self.mark()? {
                TagEvent::Start(tag) => self.enter(tag)?,
                TagEvent::End => self.leave(),
                TagEvent::EndOfContent if self.depth == 0 => Some(ContentStep::End),
                TagEvent::EndOfContent => return Err(Fault::Damaged),
            };
            if let Some(step) = step {
                return Ok(step);
            }
        }
    }

    fn enter(&mut self, tag: ContentTag) -> Result<Option<ContentStep>, Fault> {
        use ContentTag::{Cell, Other, Row, Stretch, Style, Table, TableStyle};
        match (self.place, tag) {
            (Enclosing::Outside, Style(name)) => self.style = name,
            (Enclosing::Outside, TableStyle { hides: true }) => self.hidden_styles.extend(self.style.take()),
            (Enclosing::Outside, Table { name: Some(name), style }) => {
                (self.place, self.table_depth) = (Enclosing::Table, self.depth);
                let hidden = style.is_some_and(|style| self.hidden_styles.contains(&style));
                return Ok(Some(ContentStep::Table { name, hidden }));
            }
            (
                Enclosing::Outside,
                TableStyle { hides: false } | Table { name: None, .. } | Stretch { .. } | Row { .. } | Cell(_) | Other,
            ) => {}
            (Enclosing::Table, Row { repeated, hidden }) => {
                self.place = Enclosing::Row;
                let row = ContentStep::Row { repeated };
                if !hidden {
                    return Ok(Some(row));
                }
                self.next = Some(row);
                return Ok(Some(ContentStep::Hides));
            }
            (Enclosing::Table, Stretch { hidden }) => return Ok(hidden.then_some(ContentStep::Hides)),
            (Enclosing::Row, Cell(tag)) => {
                let text = self.text_of_cell()?;
                return Ok(Some(ContentStep::Cell(tag.with_text(text))));
            }
            // What stands in the wrong place would be lost.
            (Enclosing::Table, Table { .. } | Cell(_)) | (Enclosing::Row, Table { .. } | Row { .. }) => {
                return Err(Fault::Damaged);
            }
            (Enclosing::Table | Enclosing::Row, Style(_) | TableStyle { .. } | Other)
            | (Enclosing::Row, Stretch { .. }) => self.pass_over()?,
        }
        Ok(None)
    }

    /// An element has ended. Of a table's own elements only rows and groups of rows are entered.
    fn leave(&mut self) -> Option<ContentStep> {
        match self.place {
            Enclosing::Outside => None,
            Enclosing::Row => {
                self.place = Enclosing::Table;
                Some(ContentStep::EndOfRow)
            }
            Enclosing::Table if self.depth < self.table_depth => {
                self.place = Enclosing::Outside;
                Some(ContentStep::EndOfTable)
            }
            Enclosing::Table => None,
        }
    }

    /// Goes to the end of the element that was entered last. Shapes and notes may hold what looks like cells.
    fn pass_over(&mut self) -> Result<(), Fault> {
        let around = self.depth - 1;
        while self.depth > around {
            if matches!(self.mark()?, TagEvent::EndOfContent) {
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
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
            self.buffer.clear();
        }
        Ok(text.into_text())
    }

    /// The next beginning or end of an element.
    fn mark(&mut self) -> Result<TagEvent, Fault> {
        loop {
            self.buffer.clear();
            let event = self.xml.read_event_into(&mut self.buffer).map_err(|_| Fault::Damaged)?;
            match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > MOST_DEPTH {
                        return Err(Fault::Damaged);
                    }
                    return Ok(TagEvent::Start(tag_of(&tag)?));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(TagEvent::End);
                }
                Event::Eof => return Ok(TagEvent::EndOfContent),
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {}
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }
}

fn tag_of(tag: &BytesStart<'_>) -> Result<ContentTag, Fault> {
    let value = |name| attribute(tag, name);
    Ok(match tag.name().0 {
        "style:style" => ContentTag::Style(value("style:name")?),
        "style:table-properties" => {
            let display = value("table:display")?;
            ContentTag::TableStyle { hides: display.is_some_and(|display| display == "false") }
        }
        "table:table" => ContentTag::Table { name: value("table:name")?, style: value("table:style-name")? },
        "table:table-row" => {
            let hidden = hidden(tag)?;
            ContentTag::Row { repeated: count(tag, "table:number-rows-repeated")?, hidden }
        }
        "table:table-column" => ContentTag::Stretch { hidden: hidden(tag)? },
        "table:table-row-group" | "table:table-column-group" => {
            let display = value("table:display")?;
            ContentTag::Stretch { hidden: display.is_some_and(|display| display == "false") }
        }
        "table:table-rows" | "table:table-header-rows" | "table:table-columns" | "table:table-header-columns" => {
            ContentTag::Stretch { hidden: false }
        }
        "table:table-cell" | "table:covered-table-cell" => ContentTag::Cell(OdsCellTag::new(tag)?),
        _ => ContentTag::Other,
    })
}
