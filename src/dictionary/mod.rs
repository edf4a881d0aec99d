//! The tables, fields, word lists and scales that records are read by, as `rules/dictionary.toml` gives them.

mod cell_words;
mod form;
mod load;
mod lookup;
mod office;
mod people_words;
mod places;
mod remarks;
mod row_words;
mod schema;
mod source;
mod table;
mod tables;
mod words;

pub use cell_words::{CellWords, Says, parts_of_unit};
pub use form::{At, Form, Node, read_toml};
pub use load::members;
pub use lookup::Dictionary;
pub use office::{Answers, Columns, NOT_READ, Wish, calendar};
pub use people_words::{Called, PeopleWords};
pub use places::{OfficeWords, SchoolForm, SchoolWords};
pub use remarks::{
    Attendance, AttendanceWords, HeldBy, LengthWords, LessBy, LessWords, OrganiserColumn, OrganisingUnit, PartInLesson,
    PartWords, Remark, Remarks, RowsAre,
};
pub use row_words::{AnyActivity, Given, HeldBesides, NamedPart, Papers, Partners, SeenWords, ToldKind};
pub use schema::{FigureFields, InstitutionFields, Schema, SchoolFields, StaffFields};
pub use source::{Source, nearest, quoted};
pub use table::{AtMost, Blank, Dense, Field, FieldKind, Roles, Table, Tells};
pub use tables::{
    Corrects, FieldId, GapWords, Hints, NamesSum, NumberWords, OfficerWords, Qualifies, SeveralNumbers, SheetWords,
    SignWords, SumWords, TableId, letters, may_be_one,
};
pub use words::{
    ListId, MemberList, WordList, bracketed, changes_nothing, is_format, money_worth, normalise, plain_word, spelt,
    with_hints, without_code,
};

#[cfg(test)]
mod tests;
