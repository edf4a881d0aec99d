use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;

/// What a cell of a column is read as: `Is(..)`, `Blank`, `Unreadable`, with the kind of issue.
fn read(table: &str, header: &str, raw: &Raw<'_>) -> String {
    let dictionary = Dictionary::built_in();
    let table = dictionary.table(dictionary.table_named(table).unwrap());
    let field = table.fields.iter().find(|field| field.header == header).unwrap();
    let parsed = CellParser::new(field, table, dictionary).parse(raw);
    let words = |words: &[WordId]| {
        let list = dictionary.words_of(field).unwrap();
        words.iter().map(|word| list.word(*word)).collect::<Vec<_>>().join("+")
    };
    let cell = match &parsed.cell {
        Cell::Blank | Cell::Absent => "blank".to_string(),
        Cell::Unreadable => "?".to_string(),
        Cell::Is(Value::Word(word)) => words(&[*word]),
        Cell::Is(Value::Words(all)) => words(all),
        Cell::Is(Value::SomeWords(some)) => format!("{}+?", words(some)),
        Cell::Is(Value::Number(number)) => number.to_string(),
        Cell::Is(Value::Between { low, high }) => format!("{low}..{}", high.map_or(String::new(), |h| h.to_string())),
        Cell::Is(Value::Flag(flag)) => flag.to_string(),
        Cell::Is(Value::Date(span)) => span.text(),
        Cell::Is(Value::Text(text)) => text.to_string(),
        Cell::Is(Value::Texts(texts)) => texts.join("|"),
        Cell::Is(Value::Year { first, last }) => format!("{first}..{last}"),
    };
    match parsed.issue {
        None => cell,
        Some(issue) => format!("{cell} {issue:?}"),
    }
}

fn all_read(table: &str, header: &str, forms: &[(&str, &str)]) {
    for (text, expected) in forms {
        assert_eq!(read(table, header, &Raw::Text((*text).into())), *expected, "{header} {text}");
    }
}

#[test]
fn titles_are_read_old_and_new_and_what_may_be_two_is_unknown() {
    let unknown = "? UnknownWord";
    all_read(
        "staff",
        "职称",
        &[
            ("正高级教师", "正高级教师"),
            ("中小学高级教师", "高级教师"),
            ("中学高级", "高级教师"),
            ("小学高级教师", "一级教师"),
            ("小高", "一级教师"),
            ("副高", "高级教师"),
            ("中级", "一级教师"),
            ("助理级", "二级教师"),
            ("中学正高级教师", "正高级教师"),
            ("高级教师(副高)", "高级教师"),
            ("高级教师（2018年12月评）", "高级教师"),
            ("3-一级教师", "一级教师"),
            ("未定级", "未评"),
            ("幼儿园高级教师", "一级教师+高级教师 UnknownWord"),
            ("初级", "三级教师+二级教师 UnknownWord"),
            ("高级职称", "高级教师+正高级教师 UnknownWord"),
            ("高级教师(待聘)", unknown),
            ("高级教师(公示中)", unknown),
            ("特级教师", unknown),
            ("小学特级教师", unknown),
            ("专技七级", unknown),
        ],
    );
}

#[test]
fn a_degree_or_a_course_that_is_not_finished_is_no_schooling() {
    let unknown = "? UnknownWord";
    all_read(
        "staff",
        "学历",
        &[
            ("大学", "本科"),
            ("大学本科(师范)", "本科"),
            ("本科(硕士学位)", "本科"),
            ("本科（学士）", "本科"),
            ("本科/硕士", unknown),
            ("研究生(硕士)", "研究生"),
            ("硕士研究生", "研究生"),
            ("研究生(无学位)", "研究生"),
            ("函授本科", "本科"),
            ("专科", "大专"),
            ("中师", "中专"),
            ("硕士", unknown),
            ("教育硕士", unknown),
            ("在读研究生", unknown),
            ("研究生(在读)", unknown),
            ("硕士研究生（在读）", unknown),
            ("在职研究生", unknown),
            ("研究生(在职)", unknown),
            ("省委党校研究生", unknown),
            ("研究生班", unknown),
            ("本科(在读)", unknown),
            ("本科(肄业)", unknown),
        ],
    );
}

#[test]
fn stages_and_subjects_are_read_by_their_short_forms() {
    all_read(
        "staff",
        "学段",
        &[
            ("幼儿园", "学前"),
            ("1-小学、2-初中", "小学+初中"),
            ("义务教育", "小学+初中"),
            ("小初高", "小学+初中+高中"),
            ("职中", "中职"),
            ("小学、待定", "小学+? UnknownWord"),
        ],
    );
    all_read(
        "staff",
        "学科",
        &[
            ("英语", "外语"),
            ("小语、小数", "语文+数学"),
            ("初中物理", "物理"),
            ("高信", "? UnknownWord"),
            ("理化生", "物理+化学+生物学"),
            ("音体美", "体育与健康+音乐+美术"),
            ("综合", "? UnknownWord"),
            ("社会", "? UnknownWord"),
            ("语文(兼数学)", "? UnknownWord"),
        ],
    );
}

#[test]
fn codes_before_words_are_left_out() {
    all_read(
        "staff",
        "在岗",
        &[
            ("100-在本单位任职", "true"),
            ("205-暂未在本单位任职-交流轮岗", "? UnknownWord"),
            ("203-长病假", "false"),
            ("1-是", "true"),
            ("在编不在岗", "false"),
            ("在岗(借调)", "? UnknownWord"),
            ("是(2023年9月起)", "true"),
            ("9-不详", "? UnknownWord"),
        ],
    );
    all_read("staff", "在编", &[("在编不在岗", "true"), ("差额", "true"), ("劳务派遣", "false")]);
    all_read(
        "training",
        "级别",
        &[
            ("10-国家级", "国家级"),
            ("30-地市级", "市级"),
            ("40-县级", "县级"),
            ("县（市、区）级", "县级"),
            ("区(县)级", "县级"),
            ("99-其他", "? UnknownWord"),
        ],
    );
    // A code is never taken from a date, a number or a name.
    all_read("activities", "日期", &[("2023-09-01", "2023-09-01")]);
    all_read("activities", "天数", &[("1-2", "? UnreadableNumber")]);
    all_read("figures", "数值", &[("2-1", "? UnreadableNumber"), ("是", "true"), ("30万元", "300000")]);
    all_read("schools", "学校", &[("1-2中学", "1-2中学")]);
}

#[test]
fn a_word_that_may_be_several_kinds_is_all_of_these() {
    all_read(
        "activities",
        "类型",
        &[
            ("听课", "听评课"),
            ("推门课", "听评课"),
            ("专项视导", "下校指导+集体视导 UnknownWord"),
            ("到校听课", "下校指导+听评课 UnknownWord"),
            ("公开课(取消)", "? UnknownWord"),
        ],
    );
}

#[test]
fn numbers_keep_what_is_sure() {
    all_read(
        "activities",
        "节数",
        &[
            ("3-4节", "2"),
            ("３节", "3"),
            ("40课时", "40"),
            ("3-4", "2..4 AmbiguousNumber"),
            ("各1节", "1.. AmbiguousNumber"),
            ("40+", "40.. ApproximateNumber"),
            ("约40", "? ApproximateNumber"),
            ("√", "? UnreadableNumber"),
            ("/", "blank"),
            ("—", "blank"),
            ("无", "0"),
        ],
    );
    all_read("activities", "天数", &[("一天半", "1.5"), ("半天", "0.5"), ("２天", "2")]);
    assert_eq!(read("training", "学时", &Raw::Number(0.9)), "0.9");
    assert_eq!(read("training", "学时", &Raw::Number(-1.0)), "? UnreadableNumber");
    // 1-2 that became 2 January.
    assert_eq!(read("activities", "节数", &Raw::Date(45_293.0)), "? NumberAsDate");
}

#[test]
fn dates_say_what_they_can() {
    all_read("activities", "结束日期", &[("至今", "? UnreadableDate"), ("无", "blank"), ("/", "blank")]);
    all_read("postings", "结束日期", &[("至今", "blank"), ("在任", "blank"), ("2024.7", "2024年7月")]);
    all_read("postings", "开始日期", &[("至今", "? UnreadableDate"), ("2020.9、2021.3", "? SeveralDates")]);
    all_read("staff", "出生日期", &[("1980年", "1980-01-01至1980-12-31 CoarseDate"), ("9月4日", "? DateWithoutYear")]);
    assert_eq!(read("activities", "日期", &Raw::Date(45_170.3)), "2023-09-01");
    assert_eq!(read("activities", "日期", &Raw::Date(4.0)), "? UnreadableDate");
    assert_eq!(read("activities", "日期", &Raw::Number(2023.1)), "2023-01-01至2023-10-31 AmbiguousDate");
}

#[test]
fn the_year_of_a_sheet_is_for_what_happened_and_for_nobody_s_birth() {
    let dictionary = Dictionary::built_in();
    let context = DateContext::new(["2023年"], []);
    let cell = |table: &str, id: &str| {
        let table = dictionary.table(dictionary.table_named(table).unwrap());
        let field = table.field(table.field_named(id).unwrap());
        let mut parser = CellParser::new(field, table, dictionary);
        parser.set_context(&context);
        parser.parse(&Raw::Text("9月4日".into())).cell.date().map(|span| span.text())
    };
    assert_eq!(cell("activities", "date").as_deref(), Some("2023-09-04"));
    assert_eq!(cell("activities", "end-date").as_deref(), Some("2023-09-04"));
    assert_eq!(cell("training", "date").as_deref(), Some("2023-09-04"));
    for (table, id) in [("staff", "birth-date"), ("postings", "start-date"), ("certificates", "issued")] {
        assert_eq!(cell(table, id), None, "{table} {id}");
    }
}

#[test]
fn a_refused_word_says_what_to_do() {
    let dictionary = Dictionary::built_in();
    let table = dictionary.table(dictionary.table_named("staff").unwrap());
    let refusal = |header: &str, text: &str| {
        let field = table.fields.iter().find(|field| field.header == header).unwrap();
        CellParser::new(field, table, dictionary).refusal(&Raw::Text(text.into())).map(|advice| advice.to_string())
    };
    let honour = "特级教师是荣誉，不是职称，请在这里填写评定的职称，把“特级教师”写到“荣誉”一列";
    assert_eq!(refusal("职称", "小学特级教师").as_deref(), Some(honour));
    assert_eq!(refusal("职称", "5-特级教师").as_deref(), Some(honour));
    assert!(refusal("学历", "研究生（在读）").unwrap().starts_with("在读和在职就读的不算"));
    assert!(refusal("学历", "教育硕士").unwrap().starts_with("这是学位"));
    assert_eq!(refusal("学历", "研究生"), None);
    assert_eq!(refusal("荣誉", "特级教师"), None);
}

#[test]
fn the_common_cells_are_what_they_were() {
    assert_eq!(read("training", "学时", &Raw::Number(90.0)), Decimal::from(90).to_string());
    assert_eq!(read("training", "学时", &Raw::Text("90学时".into())), "90");
    assert_eq!(read("activities", "姓名", &Raw::Text("张三、李四".into())), "张三|李四");
    assert_eq!(read("figures", "年度", &Raw::Text("2023-2024学年".into())), "2023-09-01..2024-08-31");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_cell_of_any_column_panics_and_what_is_not_read_has_an_issue(
        text in any::<String>(), likely in "[0-9年月日节天约各至今无是否、,.(）（: -]{0,16}", number in any::<f64>()
    ) {
        let dictionary = Dictionary::built_in();
        for table in &dictionary.tables {
            for field in &table.fields {
                let mut parser = CellParser::new(field, table, dictionary);
                parser.set_context(&DateContext::new([likely.as_str()], [text.as_str()]));
                let raws = [
                    Raw::Text(text.as_str().into()),
                    Raw::Text(likely.as_str().into()),
                    Raw::Number(if number.is_finite() { number } else { 0.0 }),
                    Raw::Date(if number.is_finite() { number } else { 0.0 }),
                    Raw::Flag(true),
                ];
                for raw in raws {
                    let parsed = parser.parse(&raw);
                    prop_assert!(parsed.cell != Cell::Unreadable || parsed.issue.is_some(), "{raw:?} in {}", field.header);
                    parser.refusal(&raw);
                }
            }
        }
    }
}
