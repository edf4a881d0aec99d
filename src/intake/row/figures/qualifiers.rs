//! Columns beside those of a table of amounts that say whose they are, or of which part, level or kind: 填报单位, 级别, 数据性质, 批次.
//! A row with something below one is possible only.

use sheets::{Raw, RawCell, Row};

use crate::dictionary::{Dictionary, OrganisingUnit, Qualifies, Says, Table, normalise, with_hints};
use crate::intake::cell::shown;
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, leaf};
use crate::model::{IssueKind, column_letters};

/// The columns of a sheet that qualify its rows.
pub(super) struct Qualifiers<'d> {
    /// Each with what it says, and whether it is of amounts.
    columns: Vec<(u32, Qualifies, bool)>,
    /// The name of the sheet or the title that says its rows are of others, or of a place.
    named: Option<(String, Option<OrganisingUnit>)>,
    dictionary: &'d Dictionary,
    table: &'d Table,
}

impl<'d> Qualifiers<'d> {
    /// `None` for a table or a sheet without any. The name of the sheet is among the titles.
    pub(super) fn of(
        layout: &Layout,
        titles: &[String],
        table: &'d Table,
        dictionary: &'d Dictionary,
    ) -> Option<Qualifiers<'d>> {
        let words = table.qualified.as_ref()?;
        let columns = layout.unused.iter().filter_map(|unused| {
            let header = normalise(leaf(&unused.header));
            let is_told = dictionary.remarks.parts.is_header(&header);
            let is_amount = dictionary.cells.without_done(&header).is_some() || dictionary.cells.is_planned(&header);
            Some((unused.column, words.of_header(&header, unused.is_useless).filter(|_| !is_told)?, is_amount))
        });
        let remarks = layout.remark_columns().map(|(column, _)| (*column, Qualifies::Remark, false));
        let columns: Vec<(u32, Qualifies, bool)> = columns.chain(remarks).collect();
        let of_title = |title: &String| {
            let normal = with_hints(title);
            let mut parts = normal.split('(').skip(1).filter_map(|rest| rest.split(')').next());
            let said = parts.find_map(|part| match words.is_of_others(part) {
                true => Some(None),
                false => dictionary.remarks.organisers.unit(part).map(Some),
            });
            said.map(|place| (title.clone(), place))
        };
        let named = titles.iter().find_map(of_title);
        let says = !columns.is_empty() || named.is_some();
        says.then_some(Qualifiers { columns, named, dictionary, table })
    }

    /// Makes a row possible that is qualified.
    pub(super) fn settle(&self, row: Row<'_>, layout: &Layout, parsed: &mut ParsedRow, log: &mut IssueLog) {
        let own = self.table.roles.institution.and_then(|field| parsed.cell(field).text()).cloned();
        let value = layout.column(self.dictionary.schema.figures.value);
        let is_again = |cell: &RawCell<'_>| {
            let mut values = row.cells.iter().filter(|other| Some(other.column) == value);
            values.any(
                |other| matches!((&other.value, &cell.value), (Raw::Number(one), Raw::Number(again)) if one == again),
            )
        };
        let qualifies = |cell: &&RawCell<'_>| {
            let of = self.columns.iter().find(|(column, ..)| *column == cell.column);
            of.is_some_and(|(_, what, is_amount)| {
                self.qualifies(&cell.value, *what, own.as_deref()) && !(*is_amount && is_again(cell))
            })
        };
        if let Some(cell) = row.cells.iter().find(qualifies) {
            let header = layout.header(cell.column);
            let message = format!(
                "“{header}”里的话没有读取，这一行说的可能是别的单位、别的口径，或者只是一部分，按“可能算、也可能不算”处理；就是本单位这一年的实际数的，请删去“{header}”里的话，或者在 --columns 文件里把这一列写成“不读”"
            );
            parsed.notes.denied.get_or_insert(cell.column);
            log.report(parsed.at.cell(cell.column), IssueKind::DeniedRow, &shown(&cell.value), message);
        } else if let Some((name, place)) = &self.named {
            let organisers = &self.dictionary.remarks.organisers;
            let is_own = |place| own.as_deref().is_some_and(|own| organisers.is_own(place, own));
            if place.as_ref().is_some_and(is_own) {
                return;
            }
            let column = layout.first_column();
            let message = format!(
                "“{name}”这个名称说的可能是别的单位或者一部分（{}列起各行），按“可能算、也可能不算”处理；就是本单位全年的实际数的，请改工作表的名称或标题",
                column_letters(column)
            );
            parsed.notes.denied.get_or_insert(column);
            log.report(parsed.at.cell(column), IssueKind::DeniedRow, name, message);
        }
    }

    fn qualifies(&self, value: &Raw<'_>, what: Qualifies, own: Option<&str>) -> bool {
        let text = match value {
            Raw::Text(text) => text,
            Raw::Flag(_) | Raw::Number(_) | Raw::Date(_) | Raw::Error => return what != Qualifies::Remark,
            Raw::NoValue => return false,
        };
        let (remarks, offices) = (&self.dictionary.remarks, &self.dictionary.people.offices);
        if self.dictionary.cells.says(text) == Says::Nothing || remarks.parts.is_whole(text) {
            return false;
        }
        match what {
            Qualifies::Unit => offices.is_elsewhere(text, own),
            Qualifies::Remark => self.is_remarked(text, own),
            Qualifies::Part => !own.is_some_and(|own| self.is_own_level(text, own)),
        }
    }

    /// Whether a remark says that its row is of others, or of a part. 区级 is no other level beside an office of a district.
    fn is_remarked(&self, text: &str, own: Option<&str>) -> bool {
        let is_district = |name: &str| self.dictionary.remarks.organisers.is_of_district(name);
        let is_own = |word: &str| is_district(word) && own.is_some_and(is_district);
        self.table.qualified.as_ref().is_some_and(|words| words.in_remark(text).any(|word| !is_own(word)))
    }

    /// Whether a text is the level of an office that is called by its place: 市级 of 青山市教科院.
    fn is_own_level(&self, text: &str, own: &str) -> bool {
        let list = self.dictionary.list(self.dictionary.schema.levels);
        let Some(level) = list.one(text).map(|word| list.word(word)) else { return false };
        let organisers = &self.dictionary.remarks.organisers;
        match organisers.unit(level) {
            Some(unit) => organisers.is_own(&unit, own),
            // 县级 names a place of any office's own, and 镇街 none.
            None => [level, own].iter().all(|name| organisers.is_of_district(name)),
        }
    }
}
