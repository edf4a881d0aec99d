//! The page that a run over many offices prints: the ends that matter. The 总表 has all of it.

use super::front;
use super::names::{OfficeColumns, area_name};
use super::ranking::{RankedRule, Ranking, Total};
use crate::model::Counts;
use crate::report::findings::words;
use crate::report::screen::{counted, finish};
use crate::report::sheet::width;

const ROWS: usize = 10;
const MISSED: usize = 20;
/// Half characters of a name, the least of them, and those of the columns beside it.
const NAME: usize = 44;
const LEAST: usize = 12;
const BESIDE: usize = 60;

/// The run in a page of text without colours; lines are cut to `width` columns where it is given.
pub fn total_text(total: &Total, width: Option<u16>) -> String {
    let ranking = Ranking::new(total);
    let mut lines = vec![format!("核查年度 {}，截至 {}", total.period(), total.as_of), front::headline(&ranking)];
    let room = width.map_or(NAME, |columns| usize::from(columns).saturating_sub(BESIDE).clamp(LEAST, NAME));
    lines.extend(if ranking.areas.len() > 1 { areas(&ranking, room) } else { offices(&ranking, room) });
    lines.extend(rules(&ranking, room));
    lines.extend(missed(&ranking));
    let text: Vec<String> = lines.iter().map(|line| finish(line, width)).collect();
    text.join("\n") + "\n"
}

/// A row of a table: its rank or clause, its name and its counts.
type RankedRow = (String, String, Counts);

fn areas(ranking: &Ranking, room: usize) -> Vec<String> {
    let ranked = ranking.areas.iter().rev().filter_map(|area| {
        let missed =
            if area.missed > 0 { format!("（{}个单位未能核查）", area.missed) } else { String::new() };
        let name = format!("{}{missed}", area_name(area.name));
        Some((area.rank?.to_string(), width::cut(&name, room), area.binding))
    });
    block(ranking, "地区", ["名次", "地区"], ranked.collect())
}

fn offices(ranking: &Ranking, room: usize) -> Vec<String> {
    let names = OfficeColumns::of(ranking);
    let ranked = ranking.ranked().into_iter().rev().filter_map(|office| {
        Some((office.rank?.to_string(), width::cut(&names.text(office.office), room), office.binding))
    });
    block(ranking, "单位", ["名次", "单位"], ranked.collect())
}

fn rules(ranking: &Ranking, room: usize) -> Vec<String> {
    let unmet = |rule: &&RankedRule| rule.rule.obligation.binds() && rule.counts.unmet > 0;
    let least = ranking.least_met().into_iter().filter(unmet);
    let rows = least.map(|rule| (rule.rule.clause.clone(), width::cut(&rule.rule.title, room), rule.counts));
    block(ranking, "要求", ["条款", "核查内容"], rows.collect())
}

/// A table of the first of some rows, and how many there are besides; nothing where there are none.
fn block(ranking: &Ranking, of: &str, first: [&str; 2], rows: Vec<RankedRow>) -> Vec<String> {
    if rows.is_empty() {
        return Vec::new();
    }
    let [met, unmet, rate] = words(ranking.total.packs);
    let heads = first.into_iter().chain(["应检", met, unmet, "待核", rate, "待核占比"]);
    let cells = |(first, name, counts): &RankedRow| {
        let figures = [counts.due(), counts.met, counts.unmet, counts.review].map(|count| count.to_string());
        let names = [first.clone(), name.clone()].into_iter();
        names.chain(figures).chain([counts.rate(), counts.review_share()]).collect()
    };
    let mut lines = vec![String::new(), format!("{rate}最低的{of}（“应”“原则上”的要求）：")];
    lines.extend(counted(heads, rows.iter().take(ROWS).map(cells)));
    if rows.len() > ROWS {
        lines.push(format!("其余 {} 个{of}见总表", rows.len() - ROWS));
    }
    lines
}

fn missed(ranking: &Ranking) -> Vec<String> {
    let count = ranking.missed.len();
    if count == 0 {
        return Vec::new();
    }
    let names = OfficeColumns::of(ranking);
    let mut lines = vec![String::new(), format!("未能核查的单位 {count} 个：")];
    let named = ranking.missed.iter().take(MISSED);
    lines.extend((1..).zip(named).map(|(number, (office, why))| {
        let number = width::pad(&format!("{number}."), 3);
        format!("  {number} {}：{}", names.text(office), why)
    }));
    if count > MISSED {
        lines.push(format!("  其余 {} 个见总表“未能核查的单位”", count - MISSED));
    }
    lines
}
