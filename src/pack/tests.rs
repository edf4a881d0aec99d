use super::*;
use crate::dictionary::Dictionary;

#[test]
fn every_built_in_pack_loads_without_a_defect() {
    for id in built_in_ids() {
        let pack = built_in(id, Dictionary::built_in()).unwrap();
        assert_eq!(pack.id, id);
    }
}

#[test]
fn every_rule_of_every_built_in_pack_needs_the_table_of_its_subject_first() {
    let dictionary = Dictionary::built_in();
    for rule in built_in_ids().flat_map(|id| built_in(id, dictionary).unwrap().rules) {
        let needs = rule.needs(dictionary);
        assert_eq!(needs.first().map(|(table, _)| *table), Some(rule.each), "{}", rule.id);
        assert!(needs.iter().all(|(_, fields)| !fields.is_empty()), "{}", rule.id);
        let read = rule.measures().flat_map(crate::rules::Measure::rows).map(|rows| rows.table);
        read.for_each(|table| assert!(needs.iter().any(|(id, _)| *id == table), "{}", rule.id));
    }
}

/// What a rule needs, as `staff: name, level; activities: date, …`.
fn needs(pack: &Pack, rule: &str) -> String {
    let dictionary = Dictionary::built_in();
    let table = |(id, fields): &(_, Vec<_>)| {
        let table = dictionary.table(*id);
        let fields: Vec<&str> = fields.iter().map(|field| table.field(*field).id.as_str()).collect();
        format!("{}: {}", table.id, fields.join(", "))
    };
    pack.rule(rule).unwrap().needs(dictionary).iter().map(table).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_rule_needs_the_columns_of_its_bound_its_conditions_and_what_they_lead_to() {
    let pack = built_in("jiangmen-2022", Dictionary::built_in()).unwrap();
    let expected = "staff: name, level, employment; activities: date, name, kind, days";
    assert_eq!(needs(&pack, "visit-days"), expected);
    let expected = "institutions: name; schools: name, area, weak; contacts: institution, school, start-date";
    assert_eq!(needs(&pack, "contact-schools"), expected);
    let expected = "staff: name, employment, title, education, teaching-since, start-date";
    assert_eq!(needs(&pack, "entry"), expected);
}

const HEAD: &str = "[pack]\nid = \"mou-xian\"\ntitle = \"某县实施办法\"\nextends = \"jiangmen-2022\"\n";

fn over(rest: &str) -> Result<Pack, Vec<crate::model::Diagnostic>> {
    parse("规则.toml", &format!("{HEAD}{rest}"), "own", Dictionary::built_in())
}

/// The defects as `line:column message`.
fn defects(rest: &str) -> Vec<String> {
    over(rest).unwrap_err().iter().map(|d| format!("{}:{} {}", d.line, d.column, d.message)).collect()
}

#[test]
fn a_pack_over_a_built_in_one_has_all_that_it_does_not_change() {
    let (base, pack) = (built_in("jiangmen-2022", Dictionary::built_in()).unwrap(), over("").unwrap());
    assert_eq!((pack.id.as_str(), pack.title.as_str(), pack.sha256.as_str()), ("mou-xian", "某县实施办法", "own"));
    assert_eq!((&pack.number, &pack.issuer, pack.issued), (&base.number, &base.issuer, base.issued));
    assert_eq!(pack.source_sha256, base.source_sha256);
    assert_eq!(format!("{:?}{:?}", pack.clauses, pack.rules), format!("{:?}{:?}", base.clauses, base.rules));
    let of_base = pack.base.unwrap();
    assert_eq!((of_base.id, of_base.sha256), (base.id, base.sha256));
    assert_eq!(of_base.kept.len(), base.rules.len());
    assert_eq!(pack.differences, Vec::<String>::new());
}

#[test]
fn a_rule_of_the_base_is_changed_only_in_what_is_named() {
    let pack = over(
        "[[rule]]\nid = \"visit-days\"\nat-least = { by = \"level\", \"市级\" = 50 }\n\
         [[rule]]\nid = \"training-hours\"\naim = 120\nobligation = \"力争\"\nreading = \"按学时证明\"\n\
         [[rule]]\nid = \"total-posts\"\ndue = 2025-12-31\nat-least = 50\n",
    )
    .unwrap();
    assert_eq!(
        pack.differences,
        [
            "规则 visit-days 深入学校开展教学指导天数：市级不少于60天 改为 市级不少于50天",
            "规则 training-hours 年度培训学时：不少于90学时 改为 不少于90学时，力求120学时",
            "规则 training-hours 年度培训学时：强度 应 改为 力争",
            "规则 training-hours 年度培训学时：口径说明“无” 改为 “按学时证明”",
            "规则 total-posts 总编制数：期限 2024-12-31 改为 2025-12-31",
        ]
    );
    let standard = |id: &str| pack.rule(id).unwrap().standard(Dictionary::built_in());
    assert_eq!(standard("visit-days"), "市级不少于50天，县级不少于80天，镇街不少于80天");
    assert_eq!(standard("total-posts"), "不少于50个（2025-12-31前）");
    let kept = &pack.base.as_ref().unwrap().kept;
    assert!(kept.len() == pack.rules.len() - 3 && !kept.contains(&"visit-days".to_string()), "{kept:?}");
}

#[test]
fn a_rule_that_is_off_is_gone_and_a_clause_without_rules_is_answered_by_a_person() {
    let pack =
        over("[[rule]]\nid = \"entry\"\noff = \"没有新任教研员\"\n[[rule]]\nid = \"on-post\"\noff = \"另行核查\"\n")
            .unwrap();
    assert!(pack.rule("entry").is_none() && pack.rule("on-post").is_none());
    assert_eq!(
        pack.differences,
        ["规则 entry 专职教研员准入条件 停用：没有新任教研员", "规则 on-post 在编教研员在岗 停用：另行核查"]
    );
    let clause = |id: &str| pack.clause(id).map(|clause| (clause.status, clause.ask.clone())).unwrap();
    let ask = "“专职教研员准入条件”已停用自动核查（没有新任教研员），由人核查".to_string();
    assert_eq!(clause("二(二)4"), (ClauseStatus::Manual, Some(ask)));
    let base = built_in("jiangmen-2022", Dictionary::built_in()).unwrap();
    let before = base.clause("二(二)3").map(|clause| (clause.status, clause.ask.clone())).unwrap();
    assert_eq!(clause("二(二)3"), before);
}

#[test]
fn clauses_and_rules_are_added_and_clauses_replaced() {
    let pack = over(
        "[[clause]]\nid = \"补1\"\nheading = \"教研职责落实\"\nstatus = \"rules\"\n\
         [[clause]]\nid = \"二(一)1\"\nheading = \"教研机构设置\"\nstatus = \"out-of-scope\"\n\
         [[rule]]\nid = \"plans\"\nclause = \"补1\"\nquote = \"每学期报送工作方案\"\ntitle = \"报送工作方案\"\n\
         obligation = \"应\"\neach = \"staff\"\nper = \"term\"\nat-least = 1\nunit = \"份\"\n\
         measure.count = { of = \"activities\", where = { kind = \"工作方案\" } }\n",
    )
    .unwrap();
    assert_eq!(
        pack.differences,
        ["条款 补1 新增：由规则核查", "条款 二(一)1 改写：不在核查范围", "规则 plans 报送工作方案 新增"]
    );
    assert_eq!(pack.clauses.first().map(|clause| clause.status), Some(ClauseStatus::OutOfScope));
    assert_eq!(pack.clauses.last().map(|clause| clause.id.as_str()), Some("补1"));
    assert_eq!(pack.rules.last().map(|rule| rule.id.as_str()), Some("plans"));
}

#[test]
fn all_that_cannot_be_changed_is_said_at_its_place() {
    let found = defects(
        "[[rule]]\nid = \"visit-days\"\nunit = \"日\"\nat-least = \"多\"\n\
         [[rule]]\nid = \"entry\"\nat-least = 3\n\
         [[rule]]\nid = \"award\"\noff = \"\"\nat-most = 3\n\
         [[rule]]\nid = \"vist-days\"\nat-least = 3\n\
         [[rule]]\nid = \"visit-days\"\noff = \"重复\"\n",
    );
    assert_eq!(
        found,
        [
            "7:1 规则 visit-days 来自所依据的规则包，这里不能写 unit",
            "8:12 标准 的值类型不对",
            "9:1 规则 entry 没有标准数",
            "14:7 off 没有写理由",
            "15:1 停用的规则不能再写 at-most",
            "16:1 缺少 each",
            "16:1 缺少 clause",
            "16:1 缺少 quote",
            "16:1 缺少 title",
            "16:1 缺少 obligation",
            "16:1 缺少 per",
            "16:1 一条规则要么写 measure，要么写 require",
            "20:6 规则 visit-days 写了两次",
        ]
    );
}

#[test]
fn only_a_built_in_pack_with_another_id_can_be_extended() {
    let of = |head: &str| {
        let found = parse("规则.toml", head, "", Dictionary::built_in()).unwrap_err();
        found.iter().map(|d| format!("{}:{} {} / {}", d.line, d.column, d.message, d.help)).collect::<Vec<_>>()
    };
    let unknown = HEAD.replace("jiangmen-2022", "jiangmen2022") + "[[rule]]\nid = \"entry\"\noff = \"\"\n";
    let found = of(&unknown);
    assert!(found[0].starts_with("4:11 没有可以依据的规则包 jiangmen2022 / 是不是想写 jiangmen-2022？"), "{found:?}");
    assert!(found.iter().all(|defect| !defect.contains("缺少")), "{found:?}");
    let same = of(&HEAD.replace("mou-xian", "jiangmen-2022"));
    assert_eq!(same, ["2:6 id 不能与所依据的规则包相同 / 请换一个 id，免得两者混淆"]);
}

/// The defects of a whole pack with one rule, as `message / help`.
fn defects_of_rule(rule: &str) -> Vec<String> {
    let head = "[pack]\nid = \"mou-xian\"\ntitle = \"某县办法\"\nissuer = \"某县\"\naudit-year = \"school\"\n\
        [[clause]]\nid = \"一\"\nheading = \"职责\"\nstatus = \"rules\"\n\
        [[rule]]\nid = \"r\"\nclause = \"一\"\nquote = \"到校\"\ntitle = \"到校\"\nobligation = \"应\"\nper = \"as-of\"\n";
    let found = parse("规则.toml", &format!("{head}{rule}"), "", Dictionary::built_in());
    found.err().unwrap_or_default().into_iter().map(|d| format!("{} / {}", d.message, d.help)).collect()
}

#[test]
fn a_rule_that_can_never_decide_is_refused() {
    let by_several = "each = \"staff\"\nmeasure.days = { of = \"activities\" }\n\
        at-least = { by = \"stage\", \"小学\" = 60, \"初中\" = 80 }\n";
    let found = "列 stage 一格可以写几个词，定不出是哪个标准 / by 要写每格只有一个词的列，例如 level";
    assert_eq!(defects_of_rule(by_several), [found]);
    let share = |part: &str| {
        format!("each = \"institutions\"\nat-least = 80\nmeasure.share = {{ of = \"schools\", of-which = {part} }}\n")
    };
    let found = "of-which 里的 has 判断不出结果 / has 只能问被核查的对象：请写进 when 或 require，或换成这张表自己的列";
    assert_eq!(defects_of_rule(&share("{ has = { of = \"contacts\" } }")), [found]);
    assert_eq!(defects_of_rule(&share("{ any = [{ weak = true }, { has = { of = \"contacts\" } }] }")), [found]);
    assert_eq!(defects_of_rule(&share("{ weak = true }")), Vec::<String>::new());
    let missing = |part: &str| {
        format!(
            "each = \"institutions\"\nequals = 0\nmeasure.missing = {{ column = \"schools.county\", column-where = {part}, \
             of = \"activities\", by = [\"school.county\"] }}\n"
        )
    };
    let found = "column-where 里不能用 person.，判断不出结果 / \
        要核对的是一列的取值，与由谁去做无关：请只用这张表自己的列，或 school.、institution. 的列";
    assert_eq!(defects_of_rule(&missing("{ stage = { same-as = \"person.stage\" } }")), [found]);
    assert_eq!(defects_of_rule(&missing("{ \"person.employment\" = \"专职\" }")), [found]);
    assert_eq!(defects_of_rule(&missing("{ stage = \"高中\" }")), Vec::<String>::new());
}

#[test]
fn a_plan_of_one_year_warns_when_another_one_is_audited() {
    let text = |only: &str| {
        format!(
            "[pack]\nid = \"a\"\ntitle = \"要点\"\nissuer = \"局\"\naudit-year = \"school\"\nonly = \"{only}\"\n\
             [[clause]]\nid = \"一\"\nheading = \"职责\"\nstatus = \"manual\"\nask = \"做了没有\"\n"
        )
    };
    // A pack of manual checks only is one.
    let pack = parse("a.toml", &text("2020"), "", Dictionary::built_in()).unwrap();
    let warned = |period| pack.of_another_year(period);
    use crate::model::Period;
    assert_eq!(warned(Period::School(2019)).or(warned(Period::School(2020))).or(warned(Period::Calendar(2020))), None);
    let warning = "《要点》是2020年的工作安排，这次核查的是2023-2024学年：它对这一年是否仍然有效，请先确认";
    assert_eq!(warned(Period::School(2023)).as_deref(), Some(warning));
    assert_eq!(pack.by_another_year(Period::School(2020)), None);
    let warning = "《要点》按学年核查，这次核查的是2020年，每年的要求按这一年计";
    assert_eq!(pack.by_another_year(Period::Calendar(2020)).as_deref(), Some(warning));
    let found = parse("a.toml", &text("二〇二〇"), "", Dictionary::built_in()).unwrap_err();
    assert!(found[0].message.contains("不是核查年度"), "{found:?}");
    let none = "[pack]\nid = \"a\"\ntitle = \"要点\"\nissuer = \"局\"\naudit-year = \"school\"\n";
    let found = parse("a.toml", none, "", Dictionary::built_in()).unwrap_err();
    assert_eq!(found[0].message, "规则包没有规则，也没有人工核查的条款");
}
