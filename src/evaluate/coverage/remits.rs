//! What of a ledger a sheet is, as its names say: one person's own book, that of a group, or one for some kinds of rows. It
//! says nothing of the others.

use crate::dictionary::{Dense, Dictionary, FieldId, FieldKind, NamedPart, Table, WordList, normalise, spelt};
use crate::intake::{Entity, Layout, Record, Registry, SheetName, own_name};
use crate::model::WordId;

/// The remits of the sheets of a run. Sheets of one remit share it; the first is that of all rows.
#[derive(Clone, Debug, Default)]
pub(in crate::evaluate) struct Remits {
    remits: Vec<Remit>,
    /// By sheet.
    of_sheets: Vec<RemitId>,
}

/// The place of a remit; 0 is the one that holds any rows.
pub(super) type RemitId = u16;

/// Which rows a sheet is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Remit {
    /// A field, and the words of it that its rows have.
    pub kinds: Option<(FieldId, Vec<WordId>)>,
    /// The people whom its names call.
    pub owners: Vec<u32>,
    /// Fields of the roster, and the words of them that its people have: 小学组.
    pub group: Vec<(FieldId, Vec<WordId>)>,
    /// Whether it is the book of a team: then they are those who are on it, where the roster says another group of all.
    pub is_teams: bool,
    /// The portion of a year's rows, by the place of the whole and its own in that.
    pub portion: Option<(usize, usize)>,
    /// The first and the last calendar year that its names say.
    pub years: Option<(i16, i16)>,
}

impl Remits {
    pub(in crate::evaluate) fn of(registry: &Registry<'_>) -> Remits {
        let people: Vec<(u32, String)> = (0..)
            .zip(&registry.staff)
            .map(|(place, person)| (place, spelt(&person.name)))
            .filter(|(_, name)| name.chars().count() > 1)
            .collect();
        let institutions = institutions(registry);
        let mut found = Remits { remits: vec![Remit::default()], of_sheets: Vec::new() };
        for (layout, sheet) in registry.layouts.iter().zip(0..) {
            let of = |layout| {
                Remit::of(layout, &called(registry, layout, sheet), (&people, &institutions), registry.dictionary)
            };
            let remit = layout.as_ref().map(of);
            found.push(remit.unwrap_or_default());
        }
        found
    }

    fn push(&mut self, remit: Remit) {
        let known = self.remits.iter().position(|other| *other == remit);
        let place = known.unwrap_or(self.remits.len());
        // Beyond so many different ones a sheet is taken for one of any rows.
        let id = RemitId::try_from(place).unwrap_or(0);
        if known.is_none() && id > 0 {
            self.remits.push(remit);
        }
        self.of_sheets.push(id);
    }

    pub(super) fn of_sheet(&self, sheet: u32) -> RemitId {
        self.of_sheets.get(sheet as usize).copied().unwrap_or(0)
    }

    pub(super) fn get(&self, id: RemitId) -> &Remit {
        &self.remits[usize::from(id)]
    }
}

impl Remit {
    fn of(
        layout: &Layout,
        names: &[&str],
        (people, institutions): (&[(u32, String)], &[String]),
        dictionary: &Dictionary,
    ) -> Remit {
        let table = dictionary.table(layout.table);
        if table.dense.is_none() {
            return Remit::default();
        }
        let given = layout.given.map(|(field, word)| (field, vec![word]));
        let group = group(dictionary, names, institutions);
        Remit {
            kinds: given.or_else(|| kinds(table, names)),
            owners: match &layout.owner {
                Some(owner) => vec![owner.place],
                None => owners(people, &names.join(" ")),
            },
            is_teams: !group.is_empty() && names.iter().any(|name| dictionary.sheet_words.is_of_team(name)),
            group,
            portion: names.iter().find_map(|name| portion(table, name)),
            years: names.iter().find_map(|name| years(name)).filter(|_| table.dense == Some(Dense::Year)),
        }
    }

    /// Whether a row is none of those that the sheet is for: of other people, or of another group.
    pub(super) fn lacks(&self, record: &Record, registry: &Registry<'_>) -> [bool; 2] {
        let people = || record.people.iter().filter_map(|place| registry.staff.get(*place as usize));
        [
            !self.owners.is_empty() && !self.owners.iter().any(|owner| record.people.contains(owner)),
            !self.group.is_empty() && people().any(|person| self.is_of_group(person) == Some(false)),
        ]
    }

    /// The words of a row that are none of those that the sheet is for.
    pub(super) fn other_words<'r>(&self, record: &'r Record) -> &'r [WordId] {
        let Some((field, words)) = &self.kinds else { return &[] };
        let own = record.row.cell(*field).words().unwrap_or_default();
        if own.iter().any(|word| words.contains(word)) { &[] } else { own }
    }

    /// Whether somebody is of the group, as the roster says; `None` if it does not.
    pub(super) fn is_of_group(&self, person: &Entity) -> Option<bool> {
        let is_of = |(field, words): &(FieldId, Vec<WordId>)| {
            let own = person.cell(*field).words()?;
            Some(own.iter().any(|word| words.contains(word)))
        };
        self.group.iter().map(is_of).try_fold(true, |all, one| Some(all && one?))
    }
}

/// Whether a sheet that is not read may hold rows with one of the words that are asked for, as far as its names say of which it
/// holds rows. `None` among them is any row.
pub(in crate::evaluate) fn may_hold(table: &Table, name: &SheetName, asked: &[Option<(FieldId, WordId)>]) -> bool {
    let called = normalise(own_name(name.file(), &name.sheet));
    let parts: Vec<&NamedPart> =
        table.parts.iter().filter(|part| part.names.iter().any(|of| called.contains(of.as_str()))).collect();
    let lacks =
        |part: &&NamedPart, word: WordId| part.never.contains(&word) || (part.apart && !part.words.contains(&word));
    let may = |(of, word): (FieldId, WordId)| parts.iter().any(|part| of != part.field || !lacks(part, word));
    parts.is_empty() || asked.iter().any(|one| one.is_none_or(may))
}

/// The words that the first name which says any says the rows of a sheet have.
fn kinds(table: &Table, names: &[&str]) -> Option<(FieldId, Vec<WordId>)> {
    let said = |name: &&str| {
        let name = normalise(name);
        let is_in = |part: &&NamedPart| part.names.iter().any(|of| name.contains(of.as_str()));
        let parts: Vec<&NamedPart> = table.parts.iter().filter(is_in).collect();
        (!parts.is_empty()).then_some(parts)
    };
    let parts = names.iter().find_map(said)?;
    if parts.iter().any(|part| part.words.is_empty()) {
        return None;
    }
    let mut words: Vec<WordId> = parts.iter().flat_map(|part| &part.words).copied().collect();
    words.sort_unstable();
    words.dedup();
    Some((parts.first()?.field, words))
}

fn portion(table: &Table, name: &str) -> Option<(usize, usize)> {
    let name = normalise(name);
    let is_said = |words: &Vec<String>| words.iter().any(|word| name.contains(word.as_str()));
    let mut wholes = table.portions.iter().enumerate();
    // Of a name that says several it is not told which one the sheet is.
    wholes.find_map(|(at, whole)| match whole.iter().filter(|words| is_said(words)).count() {
        1 => Some((at, whole.iter().position(is_said)?)),
        _ => None,
    })
}

/// The calendar years of a name: 2023年, 2023-2024学年, 2023学年.
fn years(name: &str) -> Option<(i16, i16)> {
    let parts = name.split(|c: char| !c.is_ascii_digit());
    let years = parts.filter(|part| part.len() == 4 && part.starts_with("20")).filter_map(|part| part.parse().ok());
    let found: Vec<i16> = years.collect();
    let (first, last) = (*found.iter().min()?, *found.iter().max()?);
    Some((first, if name.contains("学年") { last.max(first + 1) } else { last }))
}

/// What a sheet is called: by itself, its titles, its file, and the folders that this is in.
fn called<'r>(registry: &'r Registry<'_>, layout: &'r Layout, sheet: u32) -> Vec<&'r str> {
    let Some(name) = registry.sheets.get(sheet) else { return Vec::new() };
    let titles = layout.titles.iter().map(String::as_str);
    std::iter::once(&*name.sheet).chain(titles).chain([name.file()]).chain(registry.sheets.folders(sheet)).collect()
}

/// The people whom the names call; a name within a longer one calls nobody.
fn owners(people: &[(u32, String)], called: &str) -> Vec<u32> {
    let called = spelt(called);
    let found: Vec<_> = people.iter().filter(|(_, name)| called.contains(name.as_str())).collect();
    let is_within = |own: &str| found.iter().any(|(_, name)| name.len() > own.len() && name.contains(own));
    found.iter().filter(|(_, name)| !is_within(name)).map(|(place, _)| *place).collect()
}

/// The fields of the roster of which the first name that says any says words.
fn group(dictionary: &Dictionary, names: &[&str], institutions: &[String]) -> Vec<(FieldId, Vec<WordId>)> {
    let staff = dictionary.table(dictionary.schema.staff.table);
    let lists: Vec<(FieldId, &WordList)> = (0..)
        .map(FieldId)
        .zip(&staff.fields)
        .filter(|(_, field)| matches!(field.kind, FieldKind::Words(_)))
        .filter_map(|(id, field)| Some((id, dictionary.words_of(field)?)))
        .collect();
    let said = |name: &&str| {
        let name = without_offices(name, dictionary, institutions);
        let found = lists.iter().map(|(field, list)| (*field, list.said_in(&name)));
        let found: Vec<_> = found.filter(|(_, words)| !words.is_empty()).collect();
        (!found.is_empty()).then_some(found)
    };
    names.iter().find_map(said).unwrap_or_default()
}

pub(super) fn institutions(registry: &Registry<'_>) -> Vec<String> {
    registry.institutions.iter().map(|named| normalise(&named.name)).collect()
}

/// The name of a book without those of offices, which hold words of its rows, too: 教育体育局.
pub(super) fn without_offices(name: &str, dictionary: &Dictionary, institutions: &[String]) -> String {
    let harmless = dictionary.sheet_words.harmless.iter().chain(institutions);
    harmless.fold(normalise(name), |name, office| name.replace(office.as_str(), " "))
}
