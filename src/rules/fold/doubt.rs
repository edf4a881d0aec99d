//! Why a row is possible and not sure.

use crate::dictionary::{Dictionary, FieldId, TableId};
use crate::rules::path::Via;

/// Why a row is possible and not sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Doubt {
    /// It is not sure whom the row names.
    Name,
    /// A field that the rule asks about is blank or unreadable.
    Field(FieldId),
    /// What this field says satisfies the rule by one reading of the document only.
    Reading(FieldId),
    /// The sheet has no such column.
    Column(FieldId),
    /// A field of what the row names, in another table.
    Beyond(Via, FieldId),
    /// What the row names cannot be found in that table.
    Unlisted(Via),
    Date,
    /// A date is written without its day.
    Day(FieldId),
    /// The year in this field is not the one that is asked for, and may be meant for it.
    OtherYear(FieldId),
    /// It ended in the holidays in which the as-of day lies.
    Ended,
    /// What lasted until June, or from one spring to the next winter, may have lasted a school year.
    TwoTerms,
    /// The terms of a school year were spent in different schools, as far as is known.
    TwoSchools,
    Quantity(FieldId),
    /// The row is one of what is counted, or as many as this field says.
    Number(FieldId),
    /// It lies outside of the person's time in post.
    OutOfPost,
    /// A remark in this column says that the row may not count.
    Denied(u32),
    /// An earlier row is the same, and this one may be its copy.
    Repeated,
    /// It may be what a row of another sheet tells of.
    Again,
    /// An earlier row of others may tell of the same event.
    SameEvent,
    /// It does not say of whom it is, so there may be nobody.
    Nameless,
    /// It may be a second row of somebody of the same name.
    PerhapsTwice,
    /// It stands in a list that is named for another year.
    OldList,
    /// It stands in a sheet of another office, or of which there is a later version.
    OtherBook,
    /// What the row names stands in such a list.
    ListedThen(Via),
    /// This column says that it may cover something besides.
    Besides(u32),
    /// It names a stranger whose name is nearly that of somebody.
    Misspelt,
}

/// What is in doubt about rows that several columns speak against.
const DENIED: &str = "备注、学年、聘期、主持人一类的栏里写着可能不算的话，或者该填的没有填、划了删除线";

impl Doubt {
    /// What is in doubt about a row that a column under this header speaks against.
    pub(crate) fn denied_under(header: &str) -> String {
        format!("“{header}”一栏写着可能不算的话，或者空着、划了删除线")
    }

    /// What is in doubt about one row of a table.
    pub(crate) fn words(self, id: TableId, dictionary: &Dictionary) -> String {
        let table = dictionary.table(id);
        let header = |field| &table.field(field).header;
        match self {
            Doubt::Name => "不能确定是不是这个对象的".to_string(),
            Doubt::Field(field) => format!("“{}”没有填或不能确定", table.field(field).header),
            Doubt::Reading(field) => format!("按“{}”由人判断算不算", table.field(field).header),
            Doubt::Column(field) => format!("没有“{}”这一列", table.field(field).header),
            Doubt::Beyond(via, field) => {
                let beyond = dictionary.table(via.table(dictionary, id));
                format!("在“{}”里的“{}”没有填或不能确定", beyond.sheet, beyond.field(field).header)
            }
            Doubt::Unlisted(via) => {
                format!("写的名称和“{}”对不上", dictionary.table(via.table(dictionary, id)).sheet)
            }
            Doubt::Date => "日期不能确定是否在周期内".to_string(),
            Doubt::Day(field) => format!("“{}”没有写明是哪一天", table.field(field).header),
            Doubt::OtherYear(field) => {
                format!("“{}”写的不是要核查的那一年，是不是这一年的数不能确定", table.field(field).header)
            }
            Doubt::Ended => "放假时结束，核查日还在假期里，算不算仍在联系不能确定".to_string(),
            Doubt::TwoTerms => "任教到六月为止，或者是从春季到冬季的两个学期，算不算满一个学年不能确定".to_string(),
            Doubt::TwoSchools => "两个学期不在同一所学校或学校没有写明，合起来算不算一个学年不能确定".to_string(),
            Doubt::Quantity(field) => format!("“{}”的数不能确定", table.field(field).header),
            Doubt::Number(field) => format!("填了“{}”，是一次还是这么多次不能确定", header(field)),
            Doubt::Denied(_) => DENIED.to_string(),
            Doubt::OtherBook => "所在的表像是另一个单位的，或者另有修订过的一张，算不算不能确定".to_string(),
            Doubt::OutOfPost => "可能不在本人任教研员的起止日期以内，不能确定算不算".to_string(),
            Doubt::Nameless => "没有姓名或名称，不能确定有没有这一个".to_string(),
            Doubt::PerhapsTwice => "与另一行同名，不能确定是一个还是两个".to_string(),
            Doubt::OldList => "登在名称写着别的年份的表里，或者只是拟定、推荐的表里".to_string(),
            Doubt::ListedThen(via) => {
                format!(
                    "所说的登在名称写着别的年份、或者只是拟定的“{}”里",
                    dictionary.table(via.table(dictionary, id)).sheet
                )
            }
            Doubt::Besides(_) => "的备注、别的栏里写着可能还兼别的学科，兼不兼不能确定".to_string(),
            Doubt::Misspelt => "的姓名不在花名册，与花名册中的人只差一个字，可能是写错的".to_string(),
            Doubt::Again => "与另一张表的一行可能是同一次，登记了两遍".to_string(),
            Doubt::SameEvent => "除了人以外与前面的一行都相同，可能是同一件事".to_string(),
            Doubt::Repeated => "与前面的一行完全相同，可能是重复登记".to_string(),
        }
    }
}
