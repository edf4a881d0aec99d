//! Makes the dictionary from its TOML file, with every defect at its line.

use std::sync::Arc;

use super::cell_words::CellWords;
use super::form::{Form, read_toml};
use super::lookup::Dictionary;
use super::people_words::PeopleWords;
use super::remarks::Remarks;
use super::schema::Schema;
use super::table::{Dense, Roles, Table, words_of};
use super::tables::{
    FieldId, Hints, Qualified, SheetWords, anything, besides, field, given, papers, part, partners, signs, topic,
};
use super::words::{Meaning, MemberList, WordList, normalise, with_hints, word_id};
use crate::model::{Diagnostic, WordId};

impl Dictionary {
    /// Reads a dictionary, or gives all its defects in the order of their places.
    pub fn parse(file: &str, text: &str) -> Result<Dictionary, Vec<Diagnostic>> {
        let (tables, lists, members, other_headers, (sheet_words, in_part), (cells, remarks, people)) =
            read_toml(file, text, |form| {
                let in_part = form.strings("in-part").iter().map(|word| normalise(word)).collect();
                let names = (SheetWords::read(&form), in_part);
                let other_headers = form.strings("other-headers");
                let beside = (CellWords::read(&form), Remarks::read(&form), PeopleWords::read(&form));
                let lists: Vec<WordList> = form.forms("list").into_iter().map(list).collect();
                let mut tables = Vec::new();
                for table_form in form.forms("table") {
                    let table = table(table_form, &tables, &lists);
                    tables.push(table);
                }
                let members = form.forms("members").into_iter().map(members).collect();
                form.finish();
                (tables, lists, members, other_headers, names, beside)
            })?;
        let lacking = |what: String| {
            let (message, help) = (format!("没有{what}"), "程序要用到它，请补上".to_string());
            vec![Diagnostic::new(file, text, 0..0, message, help)]
        };
        let schema = Schema::resolve(&tables, &lists).map_err(lacking)?;
        Ok(Dictionary { tables, lists, members, other_headers, cells, remarks, people, sheet_words, in_part, schema })
    }
}

fn list(form: Form<'_, '_>) -> WordList {
    let mut list = WordList {
        id: form.required_text("id").value,
        ordered: form.flag("ordered").unwrap_or(false),
        ..WordList::default()
    };
    for (place, row) in form.rows("words").into_iter().enumerate() {
        let Some(word) = word_id(place) else { break };
        list.words.extend(row.first().cloned());
        row.iter().for_each(|written| write(&form, &mut list, written, Meaning::One(word)));
    }
    for (name, words) in named_rows(&form, "spans", &list) {
        write(&form, &mut list, &name, Meaning::All(words));
    }
    for (name, words) in named_rows(&form, "either", &list) {
        write(&form, &mut list, &name, Meaning::Either(words));
    }
    list.groups = named_rows(&form, "groups", &list);
    list.alike = named_rows(&form, "alike", &list);
    list.taught_as_one = named_rows(&form, "taught-as-one", &list);
    list.beside = form.strings("beside").iter().map(|text| normalise(text)).collect();
    for row in form.rows("refused") {
        let Some((advice, texts)) = row.split_first() else { continue };
        texts.iter().for_each(|text| refuse(&form, &mut list, text, advice));
    }
    list.at_most = parts(&form, &list);
    list.money = spelt_words(&form, "money", &list);
    list.yes_no = spelt_words(&form, "yes-no", &list);
    list.or_yes_no = spelt_words(&form, "or-yes-no", &list);
    form.finish();
    list
}

fn refuse(form: &Form<'_, '_>, list: &mut WordList, text: &str, advice: &str) {
    if list.written.contains_key(&with_hints(text)) {
        form.defect(format!("“{text}”在 {} 中是词，又在 refused 中", list.id), "只能写在一处");
    }
    list.refused.insert(with_hints(text), Arc::from(advice));
}

fn write(form: &Form<'_, '_>, list: &mut WordList, written: &str, meaning: Meaning) {
    // A text with brackets stands for itself only: what they say may matter.
    if list.written.insert(with_hints(written), meaning.clone()).is_some_and(|before| before != meaning) {
        form.defect(format!("“{written}”在 {} 中有两个意思", list.id), "同一写法只能归入一个词");
    }
}

/// Rows of a name and the words that it stands for.
fn named_rows(form: &Form<'_, '_>, key: &'static str, list: &WordList) -> Vec<(String, Vec<WordId>)> {
    let mut named = Vec::new();
    for row in form.rows(key) {
        let Some((name, words)) = row.split_first() else { continue };
        let mut ids = Vec::new();
        for word in words {
            match list.spelt(word) {
                Some(id) => ids.push(id),
                None => form.defect(format!("{key} 中的“{word}”不在 {} 的词表里", list.id), "先在 words 中写上它"),
            }
        }
        ids.sort();
        named.push((name.clone(), ids));
    }
    named
}

fn spelt_words(form: &Form<'_, '_>, key: &'static str, list: &WordList) -> Vec<WordId> {
    let found = form.texts(key).into_iter().filter_map(|word| {
        let id = list.spelt(&word.value);
        if id.is_none() {
            let message = format!("{key} 中的“{}”不在 {} 的词表里", word.value, list.id);
            form.source().defect(word.span, message, "先在 words 中写上它");
        }
        id
    });
    found.collect()
}

/// Pairs of words of which the first is a part of the second.
fn parts(form: &Form<'_, '_>, list: &WordList) -> Vec<(WordId, WordId)> {
    let mut parts = Vec::new();
    for row in form.rows("at-most") {
        match row.iter().map(|word| list.spelt(word)).collect::<Option<Vec<_>>>().as_deref() {
            Some([part, whole]) => parts.push((*part, *whole)),
            Some(_) | None => form.defect("at-most 写法不对".to_string(), "每行写 words 中的两个词：部分、总数"),
        }
    }
    parts
}

/// Reads a list of members, of the dictionary or of a pack.
pub fn members(form: Form<'_, '_>) -> MemberList {
    let mut list = MemberList {
        id: form.required_text("id").value,
        name: form.required_text("name").value,
        fields: form.strings("fields"),
        members: Vec::new(),
        also: Vec::new(),
        together: form.rows("together"),
    };
    for row in form.rows("words") {
        let Some((name, also)) = row.split_first() else { continue };
        list.members.push(vec![name.clone()]);
        list.also.push(also.to_vec());
    }
    for row in form.rows("pairs") {
        let Some((first, seconds)) = row.split_first() else { continue };
        list.members.extend(seconds.iter().map(|second| vec![first.clone(), second.clone()]));
        list.also.resize(list.members.len(), Vec::new());
    }
    form.finish();
    list
}

fn table(form: Form<'_, '_>, tables: &[Table], lists: &[WordList]) -> Table {
    let mut table = Table {
        id: form.required_text("id").value,
        sheet: form.required_text("sheet").value,
        also: form.strings("also"),
        foreign: form.strings("foreign"),
        neutral: Vec::new(),
        hints: Hints::read(&form),
        signs: form.form("signs").map(signs),
        row: form.text("row").map_or_else(|| "一条记录一行".to_string(), |row| row.value),
        held: form.flag("held").unwrap_or(false),
        at_one_time: form.flag("at-one-time").unwrap_or(false),
        in_schools: form.flag("in-schools").unwrap_or(false),
        dense: dense(&form),
        speakers: form.strings("speakers").iter().map(|word| with_hints(word)).collect(),
        fields: Vec::new(),
        roles: Roles::default(),
        given: None,
        anything: None,
        topics: Vec::new(),
        partners: None,
        besides: None,
        parts: Vec::new(),
        portions: portions(&form),
        divided: Vec::new(),
        papers: None,
        qualified: Qualified::read(&form),
        companions: form.strings("companions").iter().map(|header| normalise(header)).collect(),
    };
    refuse_twice(&form, &table, tables);
    for own in form.forms("fields") {
        table.fields.push(field(own, &table, lists));
    }
    table.roles = Roles::of(&table);
    table.given = form.form("given").and_then(|form| given(form, &table, lists));
    table.topics = form.forms("topics").into_iter().filter_map(|form| topic(form, &table, lists)).collect();
    table.anything = form.form("anything").and_then(|form| anything(form, &table, lists));
    table.partners = form.form("partners").and_then(|form| partners(form, &table, lists));
    table.besides = form.form("besides").and_then(|form| besides(form, &table));
    table.parts = form.forms("parts").into_iter().filter_map(|form| part(form, &table, lists)).collect();
    table.papers = form.form("papers").and_then(|form| papers(form, &table, lists));
    (table.divided, table.neutral) = (divided(&form, &table, lists), neutral(&form, &table));
    form.finish();
    table
}

fn refuse_twice(form: &Form<'_, '_>, table: &Table, tables: &[Table]) {
    if tables.iter().any(|other| other.id == table.id) {
        form.defect(format!("表 {} 写了两次", table.id), "每个表只能有一个 id");
    }
}

/// The portions of each whole, each in its words: 上半年|1-6月.
fn portions(form: &Form<'_, '_>) -> Vec<Vec<Vec<String>>> {
    let spelt = |whole: Vec<String>| whole.iter().map(|words| words.split('|').map(normalise).collect()).collect();
    form.rows("portions").into_iter().map(spelt).collect()
}

/// The words of `neutral` and the table's own names, the longest first.
fn neutral(form: &Form<'_, '_>, table: &Table) -> Vec<String> {
    let words = form.strings("neutral");
    let own = std::iter::once(&table.sheet).chain(&table.also).filter(|_| !words.is_empty());
    let mut all: Vec<String> = words.iter().chain(own).map(|word| with_hints(word)).collect();
    all.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    all
}

fn divided(form: &Form<'_, '_>, table: &Table, lists: &[WordList]) -> Vec<FieldId> {
    let of = |name: String| {
        let found = table.field_named(&name).filter(|field| words_of(lists, table.field(*field)).is_some());
        if found.is_none() {
            form.defect(format!("divided 中的 {name} 不是本表有词表的一列"), "写一列的 id，例如 stage");
        }
        found
    };
    form.strings("divided").into_iter().filter_map(of).collect()
}

fn dense(form: &Form<'_, '_>) -> Option<Dense> {
    let written = form.text("dense")?;
    match written.value.as_str() {
        "month" => Some(Dense::Month),
        "year" => Some(Dense::Year),
        _ => {
            form.source().defect(written.span, format!("不认识的 dense {}", written.value), "可以写：month、year");
            None
        }
    }
}
