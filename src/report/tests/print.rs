//! How the pages are set up for printing, as the parts of the workbook say it.

use super::*;

/// The XML of each report page in order, the copies of the inputs left out.
fn pages() -> Vec<(String, String)> {
    let written = written();
    let names: Vec<String> =
        Xlsx::new(std::io::Cursor::new(&written)).map(|w: Xlsx<_>| w.sheet_names().to_vec()).unwrap();
    let parts = fixture::parts(&written);
    let part = |number: usize| {
        let wanted = format!("xl/worksheets/sheet{number}.xml");
        parts.iter().find(|(name, _)| *name == wanted).map(|(_, text)| text.clone()).unwrap()
    };
    let pages = names.into_iter().enumerate().map(|(at, name)| (name, part(at + 1)));
    pages.filter(|(name, _)| !name.starts_with("原表")).collect()
}

/// What stands between two marks, the first time.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(from)?;
    rest.split_once(to).map(|(inner, _)| inner)
}

#[test]
fn every_page_is_a4_one_page_wide_with_page_numbers() {
    let pages = pages();
    assert_eq!(pages.len(), 14);
    for (name, xml) in pages {
        let setup = between(&xml, "<pageSetup ", "/>").unwrap();
        let cover = name == "封面";
        let tall = if cover { "" } else { " fitToHeight=\"0\"" };
        let lies = if cover { "portrait" } else { "landscape" };
        assert!(setup.starts_with(&format!("paperSize=\"9\"{tall} orientation=\"{lies}\"")), "{name}: {setup}");
        assert!(xml.contains("<pageSetUpPr fitToPage=\"1\"/>"), "{name}");
        let footer = between(&xml, "<oddFooter>", "</oddFooter>").unwrap();
        assert_eq!(footer, "&amp;C&amp;\"宋体\"&amp;10第 &amp;P 页 共 &amp;N 页", "{name}");
        let header = between(&xml, "<oddHeader>", "</oddHeader>");
        let table =
            "&amp;L&amp;\"宋体\"&amp;9教研工作核查报告（2023年，数据截至2023-12-31）&amp;R&amp;\"宋体\"&amp;9&amp;A";
        assert_eq!(header, (!cover).then_some(table), "{name}");
    }
}

#[test]
fn the_cover_has_the_margins_of_an_official_document() {
    let (_, cover) = pages().swap_remove(0);
    let margins = between(&cover, "<pageMargins ", "/>").unwrap();
    let inches = |side: &str| between(margins, &format!("{side}=\""), "\"").unwrap().parse::<f64>().unwrap();
    let millimetres = ["top", "bottom", "left", "right"].map(|side| (inches(side) * 254.0).round() / 10.0);
    assert_eq!(millimetres, [37.0, 35.0, 28.0, 26.0]);
}

#[test]
fn each_list_repeats_its_head_and_each_page_says_what_of_it_is_printed() {
    let parts = fixture::parts(&written());
    let (_, book) = parts.iter().find(|(name, _)| name == "xl/workbook.xml").unwrap();
    let defined = |name: &str, sheet: usize| {
        between(book, &format!("<definedName name=\"_xlnm.{name}\" localSheetId=\"{sheet}\">"), "</definedName>")
    };
    let names: Vec<String> =
        Xlsx::new(std::io::Cursor::new(&written())).map(|w: Xlsx<_>| w.sheet_names().to_vec()).unwrap();
    for (at, name) in names.iter().enumerate().filter(|(_, name)| !name.starts_with("原表")) {
        let quoted = if name.contains('（') { format!("'{name}'") } else { name.clone() };
        let area = defined("Print_Area", at).unwrap();
        assert!(area.starts_with(&format!("{quoted}!$A$1:$")), "{name}: {area}");
        let head = match name.as_str() {
            "封面" | "汇总" | "运行记录" => None,
            "人员达标矩阵" | "机构指标" | "机构指标（2）" => Some(4),
            _ => Some(3),
        };
        let expected = head.map(|row| format!("{quoted}!${row}:${row}"));
        assert_eq!(defined("Print_Titles", at), expected.as_deref(), "{name}");
    }
    // 13 columns and all that is signed.
    assert_eq!(defined("Print_Area", 3), Some("问题清单!$A$1:$M$8"));
}

#[test]
fn no_row_is_higher_than_a_sheet_allows_and_none_is_higher_than_a_page() {
    let (mut audit, packs) = (fixture::audit(), fixture::packs());
    audit.assessment.findings[1].reason = "长".repeat(3_000).into();
    let written = workbook(&Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &[] })
        .unwrap()
        .bytes;
    let parts = fixture::parts(&written);
    let mut seen = 0;
    for (name, xml) in parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")) {
        for row in xml.split(" ht=\"").skip(1) {
            let height: f64 = row.split('"').next().unwrap().parse().unwrap();
            assert!(height > 0.0 && height < 409.0, "{name}: {height}");
            seen += 1;
        }
    }
    assert!(seen > 200, "{seen}");
}

#[test]
fn the_charts_are_told_apart_without_colours_and_draw_the_counts_of_the_table_above() {
    let parts = fixture::parts(&written());
    let charts: Vec<&str> =
        parts.iter().filter(|(name, _)| name.starts_with("xl/charts/chart")).map(|(_, text)| text.as_str()).collect();
    let [verdicts, shortfalls] = charts[..] else { panic!("{} charts", charts.len()) };
    for said in [
        "各督导内容的结论构成（条上数字为项数）",
        "占应检的比例",
        "<c:grouping val=\"percentStacked\"/>",
        "<c:f>汇总!$A$6:$A$10</c:f>",
        "<c:f>汇总!$E$6:$E$10</c:f>",
        "<c:f>汇总!$F$6:$F$10</c:f>",
        "<c:f>汇总!$G$6:$G$10</c:f>",
        "<a:pattFill prst=\"wdUpDiag\">",
    ] {
        assert!(verdicts.contains(said), "{said}");
    }
    // 未到期 and 豁免 do not occur, and 不适用 was not due.
    assert_eq!(verdicts.matches("<c:ser>").count(), 3);
    let summary = rows(&written(), "汇总");
    let first = summary.iter().position(|row| row[0] == "2023-002").unwrap() + 1;
    let drawn = |column: &str| format!("<c:f>汇总!${column}${first}:${column}${}</c:f>", first + 1);
    for said in ["差额最大的问题（差额占标准的比例）", "差额÷标准", &drawn("B"), &drawn("L")] {
        assert!(shortfalls.contains(said), "{said}");
    }
    for (chart, series) in [(verdicts, 3), (shortfalls, 1)] {
        assert!(chart.matches("<c:showVal val=\"1\"/>").count() >= series);
        assert!(chart.contains("宋体") && chart.contains("黑体"));
    }
}
