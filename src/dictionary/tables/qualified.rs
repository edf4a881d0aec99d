//! What columns beside those of a table say of its rows, where each tells whose or what a row's amount is.

use crate::dictionary::form::Form;
use crate::dictionary::words::normalise;

/// The words of `qualified` of a table, in their normal form. Below a column that is not read whatever stands there may part its rows.
#[derive(Debug, Default)]
pub struct Qualified {
    /// Words of headers that say nothing of what an amount is: 数据来源.
    plain: Vec<String>,
    /// Parts of headers of the day on which a figure was reported: 填报日期.
    reported: Vec<String>,
    /// Words of headers that name a unit, which may be the row's own: 填报单位.
    units: Vec<String>,
    /// Words of headers that are useless elsewhere and part rows here: 片区.
    besides: Vec<String>,
    /// Words in brackets behind the name of a sheet, or in its titles, by which its amounts are of others: （区县）.
    names: Vec<String>,
    /// Words of a remark by which its row is of others, or of a part.
    remarked: Vec<String>,
}

/// What a column beside those of a table says of its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualifies {
    /// Whose they are.
    Unit,
    /// Which part, level or kind they are of.
    Part,
    /// Anything, in words of which some may say such a thing.
    Remark,
}

impl Qualified {
    pub(in crate::dictionary) fn read(form: &Form<'_, '_>) -> Option<Qualified> {
        let form = form.form("qualified")?;
        let normal = |key| -> Vec<String> { form.strings(key).iter().map(|text| normalise(text)).collect() };
        let (plain, units) = (normal("plain"), normal("units"));
        let read = Qualified {
            plain,
            reported: normal("reported"),
            units,
            besides: normal("besides"),
            names: normal("names"),
            remarked: normal("remarked"),
        };
        form.finish();
        Some(read)
    }

    /// What a column under this header, in its normal form, says. `None` if it says nothing of what an amount is.
    pub fn of_header(&self, normal: &str, is_useless: bool) -> Option<Qualifies> {
        let holds = |words: &[String]| words.iter().any(|word| normal.contains(word.as_str()));
        match () {
            () if holds(&self.plain) => None,
            () if holds(&self.units) => Some(Qualifies::Unit),
            () => (!is_useless || holds(&self.besides)).then_some(Qualifies::Part),
        }
    }

    /// Whether below a header, in its normal form, stands when a figure was reported.
    pub fn is_reported(&self, normal: &str) -> bool {
        self.reported.iter().any(|word| normal.contains(word.as_str()))
    }

    /// The words of a remark by which its row may be of others, or of a part: 含区县级20人.
    pub fn in_remark<'q>(&'q self, remark: &str) -> impl Iterator<Item = &'q str> {
        let normal = normalise(remark);
        self.remarked.iter().map(String::as_str).filter(move |word| normal.contains(word))
    }

    /// Whether what stands in brackets behind the name of a sheet or in a title says that its amounts are of others: （区县）.
    pub fn is_of_others(&self, bracketed: &str) -> bool {
        let normal = normalise(bracketed);
        self.names.iter().any(|word| normal.contains(word.as_str()))
    }
}
