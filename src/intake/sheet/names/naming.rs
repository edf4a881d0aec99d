//! What the names of a sheet say it is: its own name, else its title, else the name of its file.

use crate::dictionary::{Dictionary, Table, TableId, bracketed, normalise, spelt};

/// How a sheet came to be called like a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CalledBy {
    No,
    /// By its file, which may hold other sheets too, or by a word that other sheets have as well: 研训员.
    File,
    Own,
}

/// Why a sheet may hold rows of a table that it is not called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Hint {
    No,
    /// By a word for its rows, where the columns are there that it cannot do without.
    Noun,
    /// By a word for what its rows tell of.
    Word,
}

/// What the first of its names says that says anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SaidNames {
    pub tables: Vec<TableId>,
    /// Whether only its file says so, or a word that says little.
    by_file: bool,
    /// Whether it says that it is something else: 获奖名单, 通讯录.
    foreign: bool,
    /// Whether it says so only by a word for events that may be of a table as its rows say: 考试.
    pub foreign_by_event: bool,
    /// Whether it says that it was a table once: 花名册（旧）.
    outdated: bool,
    /// Whether it says no more than that it is an old one: rows of a ledger hold all the same.
    old_version: bool,
    /// The tables that it says it is not: 教师名册 is no roster of officers.
    foreign_to: Vec<TableId>,
    /// Whether it tells of what is to come: 下校安排.
    pub planned: bool,
    /// The tables of which any of its names hints that it may hold rows.
    hints: Vec<(TableId, Hint)>,
}

impl SaidNames {
    /// `titles` stand above the header.
    pub(crate) fn of<'t>(
        dictionary: &Dictionary,
        sheet: &str,
        titles: impl IntoIterator<Item = &'t str>,
        file: &str,
    ) -> SaidNames {
        let is_short = |title: &&str| title.chars().count() <= LONGEST_TITLE;
        let titles: Vec<&str> = titles.into_iter().filter(is_short).collect();
        let mut said = said(dictionary, sheet);
        let mut planned = is_planned(dictionary, sheet);
        for title in &titles {
            if said.says_nothing() || said.by_file {
                let by_title = self::said(dictionary, title);
                said = if by_title.says_nothing() { said } else { by_title };
            }
            planned |= is_headed_as_plan(dictionary, title);
        }
        if said.says_nothing() {
            let by_file = self::said(dictionary, file);
            // What a sheet says of its rows itself, its file does not deny.
            let foreign = by_file.foreign && self::hints(dictionary, sheet).is_none();
            said = SaidNames { by_file: true, foreign, ..by_file };
            planned |= is_planned(dictionary, file);
        }
        let mut names = std::iter::once(sheet).chain(titles).chain([file]);
        let hints = if said.hints.is_empty() { names.find_map(|name| hints(dictionary, name)) } else { None };
        SaidNames { planned, hints: hints.unwrap_or_else(|| said.hints.clone()), ..said }
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

    /// Whether it is of another time, whatever its columns are. The name of a file only denies.
    pub(crate) fn is_outdated(&self) -> bool {
        self.outdated && !self.by_file
    }

    /// Whether a sheet of a table is none by it: what took place stays so, in whatever version it is written.
    pub(crate) fn is_outdated_for(&self, table: &Table) -> bool {
        self.is_outdated() && (table.held || !self.old_version)
    }

    /// Whether a name says that it is something else than this table; that of its file only denies.
    pub(crate) fn says_other(&self, table: TableId) -> bool {
        let is_another = !self.by_file && !self.tables.is_empty() && !self.tables.contains(&table);
        self.is_foreign_to(table) || is_another
    }

    /// Whether a name says that it is no such table, whatever else it may be.
    pub(crate) fn is_foreign_to(&self, table: TableId) -> bool {
        self.foreign || self.foreign_to.contains(&table)
    }

    /// Why it may hold rows of a table that nothing says it is.
    pub(crate) fn hint(&self, table: TableId) -> Hint {
        let own = self.hints.iter().filter(|(of, _)| *of == table).map(|(_, hint)| *hint);
        if self.says_other(table) { Hint::No } else { own.max().unwrap_or(Hint::No) }
    }
}

/// Whether a title calls what it stands over as a table is called.
pub(crate) fn is_called(dictionary: &Dictionary, title: &str, table: TableId) -> bool {
    SaidNames::of(dictionary, title, [], "").called(table) == CalledBy::Own
}

/// What is to come, or who has which school.
const ASSIGNMENT: &str = "安排";

/// Longer texts above a header are instructions.
pub(crate) const LONGEST_TITLE: usize = 40;

/// What stands beside a name that says nothing by itself: years, numbers, and that it is a sheet.
const BESIDE: [&str; 14] =
    ["学年", "年度", "年", "学期", "一览表", "信息表", "情况表", "一览", "信息", "情况", "名单", "汇总", "总表", "表"];

/// What a sheet is called: as its file, where its own name is that of any new sheet.
pub(crate) fn own_name<'n>(file: &'n str, sheet: &'n str) -> &'n str {
    let is_new = sheet.to_ascii_lowercase().starts_with("sheet") || sheet.starts_with("工作表");
    if is_new { file } else { sheet }
}

/// What a name says. The longest names that stand in it count; a word of something else beside them says that it is none.
fn said(dictionary: &Dictionary, name: &str) -> SaidNames {
    let (name, brackets) = (normalise(name), bracketed(name));
    let longest = |table: &Table| {
        let own = std::iter::once(&table.sheet).chain(&table.also).map(|own| normalise(own));
        own.filter(|own| name.contains(own.as_str())).max_by_key(|own| own.chars().count())
    };
    let tables = (0..).map(TableId).zip(&dictionary.tables);
    let found: Vec<(TableId, String)> = tables.filter_map(|(id, table)| Some((id, longest(table)?))).collect();
    let rest = found.iter().fold(without_hints(dictionary, &name), |rest, (_, own)| rest.replace(own.as_str(), " "));
    let words = &dictionary.sheet_words;
    let rest = words.harmless.iter().fold(rest, |rest, word| rest.replace(word.as_str(), " "));
    let stands = |words: &[String]| words.iter().any(|word| rest.contains(normalise(word).as_str()));
    let is_old = |text: &String| words.outdated.iter().any(|word| text.contains(word.as_str()));
    let outdated = stands(&words.outdated) || brackets.iter().any(is_old);
    let says_other = |word: &&String| {
        !words.old_versions.contains(word)
            && (rest.contains(word.as_str()) || brackets.iter().any(|text| text.contains(word.as_str())))
    };
    let old_version = outdated && !words.outdated.iter().any(|word| says_other(&word));
    let foreign = outdated || stands(&words.foreign);
    let is_other = |word: &&String| !words.events.contains(word) && rest.contains(word.as_str());
    let foreign_by_event = foreign && !outdated && !words.foreign.iter().any(|word| is_other(&word));
    let tables = (0..).map(TableId).zip(&dictionary.tables);
    // 兼职教师 is a hint of the roster, and no 教师 of others.
    let harmless =
        |text: &String| words.harmless.iter().fold(text.clone(), |text, word| text.replace(word.as_str(), " "));
    let brackets: Vec<String> = brackets.iter().map(harmless).collect();
    // 花名册（借用） is a list of those alone, and 花名册（含借用人员） is not.
    let is_foreign = |table: &Table| {
        let stands = |word: &String| rest.contains(normalise(word).as_str());
        table.foreign.iter().any(|word| stands(word) || brackets.iter().any(|text| text.starts_with(word.as_str())))
    };
    let foreign_to: Vec<TableId> = tables.filter(|(_, table)| is_foreign(table)).map(|(id, _)| id).collect();
    let most = found.iter().map(|(_, own)| own.chars().count()).max();
    let is_meant =
        |(id, own): &(TableId, String)| !foreign && !foreign_to.contains(id) && Some(own.chars().count()) == most;
    let tables: Vec<TableId> = found.into_iter().filter(is_meant).map(|(id, _)| id).collect();
    let said =
        SaidNames { tables, foreign, foreign_by_event, outdated, old_version, foreign_to, ..SaidNames::default() };
    if said.says_nothing() { alone(dictionary, &name) } else { said }
}

/// What a name says that is nothing but a word which others hold too: 研训员, 2023年专职教研员名单.
fn alone(dictionary: &Dictionary, name: &str) -> SaidNames {
    let bare: String = name.chars().filter(|c| !c.is_ascii_digit() && !"-_.、~至".contains(*c)).collect();
    let bare = BESIDE.iter().fold(bare, |bare, word| bare.replace(word, ""));
    let is_said = |(_, table): &(TableId, &Table)| table.hints.alone.contains(&bare);
    let tables: Vec<TableId> = (0..).map(TableId).zip(&dictionary.tables).filter(is_said).map(|(id, _)| id).collect();
    let hints = tables.iter().map(|table| (*table, Hint::Noun)).collect();
    SaidNames { tables, hints, by_file: true, ..SaidNames::default() }
}

/// Whether a name tells of what is to come, in its brackets too: 下校安排, 下校（计划）. The names of offices do not.
fn is_planned(dictionary: &Dictionary, name: &str) -> bool {
    let words = &dictionary.sheet_words;
    let name = words.harmless.iter().fold(spelt(name), |name, word| name.replace(word.as_str(), " "));
    let name = without_assignment(dictionary, name);
    words.planned.iter().any(|word| name.contains(word.as_str()))
}

/// A name without the word for who has which school, which is nothing to come: 联系学校安排表.
fn without_assignment(dictionary: &Dictionary, name: String) -> String {
    if dictionary.sheet_words.assigns(&name) { name.replace(ASSIGNMENT, "") } else { name }
}

/// Whether a title is the head of a plan: a ledger may be kept by a plan that its title names.
pub(crate) fn is_headed_as_plan(dictionary: &Dictionary, title: &str) -> bool {
    let title = without_assignment(dictionary, spelt(title));
    let bare = title.trim_end_matches([')', ']', '】', '〕']);
    let bare =
        ["一览表", "汇总表", "统计表", "登记表", "表"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
    let words = &dictionary.sheet_words;
    words.planned.iter().any(|word| bare.ends_with(word.as_str()))
        || words.planned_titles.iter().any(|word| title.contains(word.as_str()))
}

/// A name without the words that hint at rows: 突出贡献奖 is no 奖 of others.
fn without_hints(dictionary: &Dictionary, name: &str) -> String {
    let hints = dictionary.tables.iter().flat_map(|table| &table.hints.words);
    hints.fold(
        name.to_string(),
        |rest, word| if rest.contains(word.as_str()) { rest.replace(word.as_str(), " ") } else { rest },
    )
}

/// The tables of which a sheet of this name may hold rows. `None` if it hints at none.
fn hints(dictionary: &Dictionary, name: &str) -> Option<Vec<(TableId, Hint)>> {
    let words = &dictionary.sheet_words;
    let whole = normalise(name);
    let name = words.harmless.iter().fold(whole.clone(), |name, word| name.replace(word.as_str(), " "));
    let rest = without_hints(dictionary, &name);
    let stands = |words: &[String]| words.iter().any(|word| name.contains(word.as_str()));
    if words.foreign.iter().any(|word| rest.contains(word.as_str())) || stands(&words.about) {
        return None;
    }
    let hint = |table: &Table| match () {
        // 兼职教研员 holds the name of no office.
        () if table.hints.words.iter().any(|word| whole.contains(word.as_str())) => Hint::Word,
        () if stands(&table.hints.nouns) => Hint::Noun,
        () => Hint::No,
    };
    let tables = (0..).map(TableId).zip(&dictionary.tables).map(|(id, table)| (id, hint(table)));
    let hinted: Vec<(TableId, Hint)> = tables.filter(|(_, hint)| *hint > Hint::No).collect();
    (!hinted.is_empty()).then_some(hinted)
}
