//! Tables and their fields.

use rust_decimal::Decimal;

use super::ListId;
use super::row_words::{AnyActivity, Given, HeldBesides, NamedPart, Papers, Partners, ToldKind};
use super::tables::{FieldId, Hints, Qualified, SignWords};
use super::words::WordList;
use crate::model::WordId;

/// A kind of sheet.
#[derive(Debug)]
pub struct Table {
    pub id: String,
    pub sheet: String,
    pub also: Vec<String>,
    /// Words in the name of a sheet that say that it is not this table.
    pub foreign: Vec<String>,
    /// What may stand beside its name without saying that a sheet has only some of its rows, the longest first, with its own names;
    /// none if names of its sheets are not asked so.
    pub neutral: Vec<String>,
    pub hints: Hints,
    /// By which a sheet may hold rows of it, whatever it is called.
    pub signs: Option<SignWords>,
    /// What a row stands for, as the template says it: 一个人一行.
    pub row: String,
    /// Whether its rows say how things stand at one time, so that last year's change nothing beside this year's.
    pub at_one_time: bool,
    /// Whether its rows are kept in memory, so that other rows can look them up.
    pub held: bool,
    /// Whether its rows are of work in schools: one elsewhere may not count.
    pub in_schools: bool,
    /// How often its rows come while an office keeps it; `None` if no time must have any.
    pub dense: Option<Dense>,
    /// Words for those who spoke where who is on the row should have learnt: of them a row may not count.
    pub speakers: Vec<String>,
    pub papers: Option<Papers>,
    pub fields: Vec<Field>,
    pub roles: Roles,
    pub given: Option<Given>,
    pub anything: Option<AnyActivity>,
    /// What its topics may say of what their rows are.
    pub topics: Vec<ToldKind>,
    pub partners: Option<Partners>,
    /// Where its rows may say what they hold besides.
    pub besides: Option<HeldBesides>,
    pub parts: Vec<NamedPart>,
    /// Headers of those who were there beside those who are on the row, in normal form.
    pub companions: Vec<String>,
    /// Words in the name of a sheet for a portion of a year's rows: those that are the whole together, each with other words.
    pub portions: Vec<Vec<Vec<String>>>,
    /// What columns beside its own say of its rows, where each may tell whose or what an amount is.
    pub qualified: Option<Qualified>,
    /// The fields by whose words offices part its rows into several lists: 小学教研员花名册.
    pub divided: Vec<FieldId>,
}

/// How often a ledger that is kept has rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dense {
    /// In each month of teaching.
    Month,
    Year,
}

impl Table {
    pub fn field(&self, id: FieldId) -> &Field {
        &self.fields[id.index()]
    }

    /// A field by its id: `start-date`.
    pub fn field_named(&self, id: &str) -> Option<FieldId> {
        self.find(|field| field.id == id)
    }

    /// A field by its standard header: 开始日期.
    pub fn field_called(&self, header: &str) -> Option<FieldId> {
        self.find(|field| field.header == header)
    }

    /// The field that says whom or what a row of kept things is about, where each must say so.
    pub fn subject_name(&self) -> Option<FieldId> {
        let name = self.roles.name.filter(|_| self.held)?;
        let field = self.field(name);
        (field.required && matches!(field.kind, FieldKind::Person | FieldKind::Text)).then_some(name)
    }

    /// The first field of a kind: the one that names the school, say.
    pub fn field_of_kind(&self, kind: FieldKind) -> Option<FieldId> {
        self.find(|field| field.kind == kind)
    }

    fn find(&self, is_meant: impl Fn(&Field) -> bool) -> Option<FieldId> {
        self.fields.iter().position(is_meant).and_then(|at| u8::try_from(at).ok()).map(FieldId)
    }
}

/// The fields that have a part of their own in reading and judging, whatever the table; `None` if it has no such column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    pub staff_id: Option<FieldId>,
    pub name: Option<FieldId>,
    pub institution: Option<FieldId>,
    /// When an event was.
    pub date: Option<FieldId>,
    /// When what lasts began.
    pub start: Option<FieldId>,
    /// When an event or what lasts ended.
    pub end: Option<FieldId>,
    pub birth_date: Option<FieldId>,
    pub days: Option<FieldId>,
    pub lessons: Option<FieldId>,
    /// How many things a row stands for.
    pub quantity: Option<FieldId>,
    pub sex: Option<FieldId>,
    pub id_number: Option<FieldId>,
    pub stage: Option<FieldId>,
    /// What an event was about.
    pub topic: Option<FieldId>,
}

impl Roles {
    pub(super) fn of(table: &Table) -> Roles {
        let field = |id| table.field_named(id);
        Roles {
            staff_id: field("staff-id"),
            name: field("name"),
            institution: field("institution"),
            date: field("date"),
            start: field("start-date"),
            end: field("end-date"),
            birth_date: field("birth-date"),
            days: field("days"),
            lessons: field("lessons"),
            quantity: field("quantity"),
            sex: field("sex"),
            id_number: field("id-number"),
            stage: field("stage"),
            topic: field("topic"),
        }
    }

    pub fn beginning(&self) -> Option<FieldId> {
        self.date.or(self.start)
    }
}

/// What texts are compared with (`except`, `yes`, `no`, `unsure`, `denied_by`, `perhaps`) is in its normal form.
#[derive(Debug)]
pub struct Field {
    pub id: String,
    pub header: String,
    pub also: Vec<String>,
    /// Groups of a header in several rows under which its name means something else: 第一学历.
    pub except: Vec<String>,
    pub kind: FieldKind,
    /// A sheet without this column is not that table.
    pub required: bool,
    /// Characters that may stand behind a number as its unit.
    pub unit: String,
    pub blank: Blank,
    /// What makes a sheet with the column this table and no other.
    pub tells: Tells,
    /// What is taken for so where the sheet has no such column, in words (口径说明; empty if it goes without saying): the cells
    /// are blank then. `None` leaves them unknown.
    pub absent: Option<String>,
    /// More than this is unlikely.
    pub at_most: Option<AtMost>,
    /// Words that mean yes and no, beside the usual ones.
    pub yes: Vec<String>,
    pub no: Vec<String>,
    /// Words that leave it open whether it is yes or no.
    pub unsure: Vec<String>,
    /// Words of any other cell of the row that deny a yes: 在编不在岗.
    pub denied_by: Vec<String>,
    /// Words of a remark beside it that deny a yes: 借调县教育局.
    pub remarked: Vec<String>,
    /// The only word that they deny, where it is one: 实为兼职 speaks against 专职.
    pub remarked_of: Option<String>,
    /// Parts of headers of which a column has none that is this one by what stands in it.
    pub no_cells: Vec<String>,
    /// Of words: words beside the roster by which somebody may have come to more than it says.
    pub attained: Vec<String>,
    /// How a roster speaks of what somebody came to in it: 2023年培训学时, 听课90节. The units, and one of these words besides.
    pub told_units: Vec<String>,
    pub told_about: Vec<String>,
    /// Of a date: parts of headers of columns that say how many years it was.
    pub counted: Vec<String>,
    /// Words of a remark that says another year for it: 从教以2018年为准.
    pub told_years: Vec<String>,
    /// Of a level: words of a topic or a remark by which it is the lowest one: 只对本校.
    pub lowered: Vec<String>,
    /// Of a word: parts of headers of columns that say since when it is so: 职称取得时间.
    pub since: Vec<String>,
    /// Whether a no may excuse the person of its row.
    pub excuses: bool,
    /// Whether no two of its texts are to be alike.
    pub unlike: bool,
    /// Of a text: words, each followed by others that may mean it: 局属, 市教育局直属.
    pub near: Vec<Vec<String>>,
    /// Headers of columns that may be this one and may be another: they are asked about, and not read.
    pub perhaps: Vec<String>,
    /// Headers behind whose column a header that is among `perhaps` is not it: 任职时间 behind 职务.
    pub another_behind: Vec<String>,
    /// Headers of amounts that are not read and may be added to it: 评课节数.
    pub additions: Vec<String>,
    /// Headers of another field that it may have too, beside a column of that field.
    pub beside: Vec<String>,
    /// What is filled in, as the template says it.
    pub hint: String,
    /// What the example row of the template holds; blank for an end that has not come.
    pub example: String,
}

/// Whether a column tells its table from all other sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tells {
    Nothing,
    Column,
    /// Under one of these headers, in their normal form.
    Headers(Vec<String>),
    /// If most of its cells are words of its list.
    Words,
}

/// How the cells of a column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    Texts,
    /// 工号: compared letter by letter, after normalising.
    Code,
    Person,
    /// The names of one or more people: 张三、李四.
    People,
    Number,
    Date,
    Year,
    Flag,
    Word(ListId),
    Words(ListId),
    School,
    Institution,
    /// A number, or yes and no as 1 and 0.
    Figure,
    /// 身份证号: never shown in full.
    Identity,
}

/// What an amount is compared with to find an unlikely one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtMost {
    Number(Decimal),
    /// Another field of the same row, of which this one is a part.
    Field(FieldId),
}

impl Field {
    /// Whether a text in its normal form, which is no header of its table, tells what somebody came to in this field: 2023年培训学时.
    pub fn is_told(&self, normal: &str) -> bool {
        let says = |words: &[String]| words.iter().any(|word| normal.contains(word.as_str()));
        says(&self.told_units) && (self.told_about.is_empty() || says(&self.told_about))
    }
}

/// What an empty cell counts as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blank {
    Unknown,
    Number(Decimal),
    /// `then` if the row's `field` holds `word`, else `otherwise`.
    ByWord {
        field: FieldId,
        word: WordId,
        then: Decimal,
        otherwise: Decimal,
    },
    /// An end that has not come: still there.
    Open,
}

/// The words of a field's list; `None` if its cells hold no words.
pub(super) fn words_of<'l>(lists: &'l [WordList], field: &Field) -> Option<&'l WordList> {
    let (FieldKind::Word(list) | FieldKind::Words(list)) = field.kind else { return None };
    lists.get(usize::from(list.0))
}
