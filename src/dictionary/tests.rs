use super::lookup::SOURCE;
use super::*;

#[test]
fn the_built_in_dictionary_has_no_defect() {
    let defects = Dictionary::parse("dictionary.toml", SOURCE).err().unwrap_or_default();
    assert_eq!(defects, []);
}

#[test]
fn no_header_of_a_table_stands_for_two_fields() {
    for table in &Dictionary::built_in().tables {
        let mut seen = std::collections::HashMap::new();
        for field in &table.fields {
            for header in std::iter::once(&field.header).chain(&field.also) {
                let before = seen.insert(normalise(header), &field.id);
                assert!(
                    before.is_none_or(|id| *id == field.id),
                    "{}: {header} is {before:?} and {}",
                    table.id,
                    field.id
                );
            }
        }
    }
}

#[test]
fn every_member_of_a_list_is_a_word_of_its_field() {
    let dictionary = Dictionary::built_in();
    for list in &dictionary.members {
        for member in &list.members {
            assert_eq!(member.len(), list.fields.len(), "{member:?}");
            for (field, name) in list.fields.iter().zip(member) {
                let words = dictionary.lists.iter().find(|words| words.id == *field).unwrap();
                assert!(words.named(name).is_some(), "{name} is no {field}");
            }
        }
    }
}

#[test]
fn words_are_found_however_they_are_written() {
    let dictionary = Dictionary::built_in();
    let list = |id: &str| dictionary.lists.iter().find(|list| list.id == id).unwrap();
    let word = |id: &str, text: &str| list(id).one(text).map(|word| list(id).word(word).to_string());
    assert_eq!(word("title", "小学高级教师").as_deref(), Some("一级教师"));
    assert_eq!(word("title", "中学高级教师 (副高)").as_deref(), Some("高级教师"));
    assert_eq!(word("title", "特级教师"), None);
    assert_eq!(word("employment", "1-专职").as_deref(), Some("专职"));
    assert_eq!(word("kind", "听 课").as_deref(), Some("听评课"));
    assert_eq!(word("kind", "视导"), None);
    assert_eq!(list("kind").either("视导").unwrap().len(), 2);
    assert_eq!(list("stage").all("义务教育").unwrap().len(), 2);
    // A degree without the schooling is no 研究生学历.
    assert_eq!(word("education", "本科学历、硕士学位").as_deref(), Some("本科"));
    assert_eq!(word("education", "硕士"), None);
}

#[test]
fn unknown_keys_fields_and_words_are_named_with_their_line() {
    let text = "[[list]]\nid = \"a\"\nword = []\nwords = [[\"甲\"]]\n\n[[table]]\nid = \"t\"\nsheet = \"表\"\nfields = [\n  { id = \"f\", header = \"列\", kind = \"wrd\" },\n]\n";
    let defects = Dictionary::parse("x.toml", text).unwrap_err();
    let found: Vec<_> = defects.iter().map(|d| (d.line, d.column, d.message.as_str(), d.help.as_str())).collect();
    assert_eq!(
        found,
        [
            (
                3,
                1,
                "不认识的名称 word",
                "是不是想写 words？这里可以写：id、ordered、words、spans、either、groups、alike、taught-as-one、beside、refused、at-most、money、yes-no、or-yes-no"
            ),
            (
                10,
                36,
                "没有 wrd 这种列",
                "可以写：text、texts、code、person、people、number、date、year、flag、word、words、school、institution、figure、identity"
            ),
        ]
    );
}

#[test]
fn a_dictionary_without_what_the_program_looks_up_is_defective() {
    let without = |lines: &str| {
        let text = SOURCE.replace(lines, "");
        assert_ne!(text, SOURCE);
        Dictionary::parse("x.toml", &text).unwrap_err().into_iter().map(|d| (d.line, d.message)).collect::<Vec<_>>()
    };
    let short_name = SOURCE.lines().find(|line| line.contains("\"short-name\"")).unwrap();
    assert_eq!(without(short_name), [(1, "没有表 schools 的列 short-name".to_string())]);
}

#[test]
fn the_schema_says_where_things_stand() {
    let dictionary = Dictionary::built_in();
    let schema = dictionary.schema;
    assert_eq!(Some(schema.staff.table), dictionary.table_named("staff"));
    assert_eq!(dictionary.table(schema.staff.table).field(schema.staff.id_number).header, "身份证号");
    assert_eq!(dictionary.table(schema.figures.table).sheet, "年度数据");
    assert!(dictionary.list(schema.figures.items).one("先进教研组").is_some());
    assert_eq!(dictionary.list(schema.levels).words, ["镇街", "县级", "市级"]);
    let activities = dictionary.table(dictionary.table_named("activities").unwrap());
    let header = |field: Option<FieldId>| field.map(|field| activities.field(field).header.as_str());
    let roles = activities.roles;
    assert_eq!(header(roles.beginning()), Some("日期"));
    assert_eq!(
        [header(roles.end), header(roles.days), header(roles.birth_date)],
        [Some("结束日期"), Some("天数"), None]
    );
}

#[test]
fn every_table_and_field_has_what_the_template_says_of_it() {
    for table in &Dictionary::built_in().tables {
        assert!(table.row.contains("一行"), "{}", table.id);
        for (id, field) in (0..).map(FieldId).zip(&table.fields) {
            let place = format!("{} {}", table.id, field.id);
            assert_ne!(field.hint, field.header, "{place} has no hint");
            let is_partner = table.partners.as_ref().is_some_and(|partners| partners.field == id);
            let needs_none = field.blank == Blank::Open || matches!(field.kind, FieldKind::Word(_)) || is_partner;
            assert!(!field.example.is_empty() || needs_none, "{place} has no example");
        }
    }
}
