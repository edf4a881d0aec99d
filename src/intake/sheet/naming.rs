//! What the names of a sheet say it is: its own name, else its title, else the name of its file.

use crate::dictionary::{Dictionary, Table, TableId, normalise};

/// How a sheet came to be called like a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CalledBy {
    No,
    /// By its file, which may hold other sheets too.
    File,
    Own,
}

/// What the first of its names says that says anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SaidNames {
    pub tables: Vec<TableId>,
    /// Whether only its file says so.
    by_file: bool,
    /// Whether it says that it is something else: 获奖名单, 通讯录.
    foreign: bool,
    /// The tables that it says it is not: 教师名册 is no roster of officers.
    foreign_to: Vec<TableId>,
}

impl SaidNames {
    /// `titles` stand above the header.
    pub(crate) fn of<'t>(
        dictionary: &Dictionary,
        sheet: &str,
        titles: impl IntoIterator<Item = &'t str>,
        file: &str,
    ) -> SaidNames {
        let mut said = said(dictionary, sheet);
        for title in titles.into_iter().filter(|title| title.chars().count() <= LONGEST_TITLE) {
            if said.says_nothing() {
                said = self::said(dictionary, title);
            }
        }
        if said.says_nothing() {
            said = SaidNames { by_file: true, ..self::said(dictionary, file) };
        }
        said
    }

    /// The name of its file, if no nearer one says anything and it does not say that it is something else.
    pub(crate) fn file<'f>(&self, file: &'f str) -> Option<&'f str> {
        (self.by_file && !self.foreign).then_some(file)
    }

    fn says_nothing(&self) -> bool {
        self.tables.is_empty() && !self.foreign && self.foreign_to.is_empty()
    }

    pub(crate) fn called(&self, table: TableId) -> CalledBy {
        match (self.tables.contains(&table), self.by_file) {
            (false, _) => CalledBy::No,
            (true, true) => CalledBy::File,
            (true, false) => CalledBy::Own,
        }
    }

    /// Whether a name says that it is something else than this table; that of its file only denies.
    pub(crate) fn says_other(&self, table: TableId) -> bool {
        let is_another = !self.by_file && !self.tables.is_empty() && !self.tables.contains(&table);
        self.foreign || self.foreign_to.contains(&table) || is_another
    }
}

/// Longer texts above a header are instructions.
const LONGEST_TITLE: usize = 40;

/// What a name says. The longest names that stand in it count; a word of something else beside them says that it is none.
fn said(dictionary: &Dictionary, name: &str) -> SaidNames {
    let name = normalise(name);
    let longest = |table: &Table| {
        let own = std::iter::once(&table.sheet).chain(&table.also).map(|own| normalise(own));
        own.filter(|own| name.contains(own.as_str())).max_by_key(|own| own.chars().count())
    };
    let tables = (0..).map(TableId).zip(&dictionary.tables);
    let found: Vec<(TableId, String)> = tables.filter_map(|(id, table)| Some((id, longest(table)?))).collect();
    let rest = found.iter().fold(name.clone(), |rest, (_, own)| rest.replace(own.as_str(), " "));
    let rest = dictionary.harmless.iter().fold(rest, |rest, word| rest.replace(normalise(word).as_str(), " "));
    let stands = |words: &[String]| words.iter().any(|word| rest.contains(normalise(word).as_str()));
    let foreign = stands(&dictionary.foreign);
    let tables = (0..).map(TableId).zip(&dictionary.tables);
    let foreign_to: Vec<TableId> = tables.filter(|(_, table)| stands(&table.foreign)).map(|(id, _)| id).collect();
    let most = found.iter().map(|(_, own)| own.chars().count()).max();
    let is_meant =
        |(id, own): &(TableId, String)| !foreign && !foreign_to.contains(id) && Some(own.chars().count()) == most;
    let tables = found.into_iter().filter(is_meant).map(|(id, _)| id).collect();
    SaidNames { tables, by_file: false, foreign, foreign_to }
}
