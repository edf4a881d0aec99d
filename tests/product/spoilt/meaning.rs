//! Where nothing says something: columns of which the design or the dictionary says what a blank, or their absence, means.

use jiaoyan::dictionary::{Field, Table};

use super::places::Column;

/// Table and field of which a blank cell says something.
const BLANKS: [(&str, &str); 17] = [
    // What has not ended goes on (blank = "open").
    ("staff", "end-date"),
    ("postings", "end-date"),
    ("contacts", "end-date"),
    // A contact without a beginning has always been: the template says so of the cell, and `absent` of the column.
    ("contacts", "start-date"),
    // An event without an end is of one day.
    ("activities", "end-date"),
    ("training", "end-date"),
    // A blank is one day; one lesson of an observed lesson and none of others; one thing.
    ("activities", "days"),
    ("activities", "lessons"),
    ("activities", "quantity"),
    // urumqi-2024 reads a visit without 学段 as one of all stages of its school, and says so (口径说明).
    ("activities", "stage"),
    // A certificate without a number has none, and one without the day of its registration is not registered: the rule asks
    // whether they are there (`present`).
    ("certificates", "number"),
    ("certificates", "registered"),
    // So do the rules on visits and projects of yueqing-2020: where nothing is written there was no aim, no word back, no project.
    ("activities", "goal"),
    ("activities", "feedback"),
    ("schools", "brand-project"),
    // yueqing-2020 takes those for 学科研训员 beside whom the roster has a 学科, and says so (口径说明).
    ("staff", "subject"),
    // Who is on the roster is an officer unless their post says otherwise.
    ("staff", "duty"),
];

/// Whether a cell that is made blank states something by that.
pub fn a_blank_says_something(table: Option<&Table>, column: Column<'_>) -> bool {
    match (table, column) {
        (Some(table), Column::Field(field)) => BLANKS.iter().any(|(of, blank)| *of == table.id && *blank == field.id),
        // A row with nothing beside it is not denied any more.
        (_, Column::Remark) => true,
        (_, Column::Other) | (None, Column::Field(_)) => false,
    }
}

/// Whether a column that is not there at all states something by that (`absent`).
pub fn its_absence_says_something(column: Column<'_>) -> bool {
    match column {
        Column::Field(field) => field.absent.is_some(),
        Column::Remark => true,
        Column::Other => false,
    }
}

/// Whether a subject is called by what stands in a field, or its institution is: without it, it is another one.
pub fn names_the_subject(table: &Table, field: &Field) -> bool {
    let is_name = table.subject_name().is_some_and(|name| table.field(name).id == field.id);
    let own: &[&str] = match table.id.as_str() {
        "staff" => &["staff-id", "name", "institution"],
        "certificates" => &["number", "name", "holder"],
        "contacts" => &["staff-id", "name", "school"],
        _ => &["name"],
    };
    is_name || own.contains(&field.id.as_str())
}
