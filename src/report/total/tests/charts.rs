//! The charts of the 总表.

use super::*;
use crate::report::tests::fixture::parts;

#[test]
fn the_charts_draw_the_rates_that_stand_in_the_tables_above_them() {
    let packs = packs();
    let written = written(&five(&packs), &packs);
    let parts = parts(&written);
    let charts: Vec<&str> =
        parts.iter().filter(|(name, _)| name.starts_with("xl/charts/chart")).map(|(_, text)| text.as_str()).collect();
    let [verdicts, rules, offices] = charts[..] else { panic!("{} charts", charts.len()) };
    let front = said(&written, "概况");
    let row = |begin: &str| front.iter().position(|line| line.starts_with(begin)).unwrap() + 1;
    let drawn = |column: &str, first: usize, last: usize| match first == last {
        true => format!("<c:f>概况!${column}${first}</c:f>"),
        false => format!("<c:f>概况!${column}${first}:${column}${last}</c:f>"),
    };
    let (bodies, results) = (row("机构设置"), row("工作实效"));
    let (visits, first, last) = (row("二(四)14|深入"), row("1|江门市 蓬江区"), row("3|茂名市 茂南区"));
    for (chart, said) in [
        (verdicts, drawn("A", bodies, results)),
        (verdicts, drawn("E", bodies, results)),
        (rules, "达标率最低的要求".to_string()),
        (rules, drawn("B", visits, visits)),
        (rules, drawn("K", visits, visits)),
        (offices, "达标率从高到低的单位".to_string()),
        (offices, drawn("B", first, last)),
        (offices, drawn("K", first, last)),
    ] {
        assert!(chart.contains(&said), "{said} is not in {chart}");
    }
    let (_, styles) = parts.iter().find(|(name, _)| name == "xl/styles.xml").unwrap();
    assert!(styles.contains("formatCode=\"0.0%&quot;？&quot;\""), "{styles}");
}
