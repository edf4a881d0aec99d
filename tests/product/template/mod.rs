//! `jiaoyan template`: a workbook with what some packs need and no more, which is read without an issue once filled in.

mod cases;
mod clean;
mod files;
mod reading;
mod shape;

use std::path::{Path, PathBuf};

use assert_cmd::cargo::cargo_bin_cmd;
use calamine::{Data, Reader, Xlsx};
use jiaoyan::dictionary::Dictionary;
use jiaoyan::pack::built_in_ids;
use serde_json::Value;

const GUIDE: &str = "填写说明";
const MARK: &str = "例：";

/// Writes a template of some packs into a folder; gives its path.
fn template(folder: &Path, packs: &[&str]) -> PathBuf {
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder).arg("template").args(packs.iter().flat_map(|pack| ["--pack", pack]));
    let expected = "模板已写入 模板.xlsx\n怎么填、填好后怎么核查，见其中的“填写说明”\n";
    command.args(["-o", "模板.xlsx", "--force"]).assert().code(0).stderr("").stdout(expected);
    folder.join("模板.xlsx")
}

/// The sheets of a workbook by name, from A1, each cell as calamine gives it.
fn sheets(path: &Path) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let names = book.sheet_names();
    let rows = |name: &String| {
        let range = book.worksheet_range(name).unwrap();
        assert_eq!(range.start(), Some((0, 0)), "{name}");
        range.rows().map(<[Data]>::to_vec).collect()
    };
    let all: Vec<Vec<Vec<Data>>> = names.iter().map(rows).collect();
    names.into_iter().zip(all).collect()
}

/// Its sheets but for the page of instructions, which comes first.
fn tables(path: &Path) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut all = sheets(path);
    assert_eq!(all.remove(0).0, GUIDE);
    all
}

fn all_packs() -> Vec<&'static str> {
    built_in_ids().collect()
}

/// What a check of a file says, as JSON.
fn check(folder: &Path, file: &str, packs: &[&str]) -> Value {
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder).args(["check", file, "--period", "2023", "--format", "json"]);
    let output = command.args(packs.iter().flat_map(|pack| ["--pack", pack])).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Each issue as its sheet, cell, kind and text.
fn issues(assessment: &Value) -> Vec<String> {
    let text = |issue: &Value, key: &str| issue[key].as_str().unwrap().to_string();
    let one = |issue: &Value| {
        let cell = text(issue, "cell");
        let (_, place) = cell.split_once('!').unwrap();
        format!("{place} {} {}", text(issue, "kind"), text(issue, "text"))
    };
    assessment["issues"].as_array().unwrap().iter().map(one).collect()
}

/// Each sheet of the only input: its table, and how many of its rows are used, partly used and not used.
fn counts(assessment: &Value) -> Vec<(String, bool, [u64; 3])> {
    let sheets = assessment["inputs"][0]["sheets"].as_array().unwrap();
    let number = |sheet: &Value, key: &str| sheet[key].as_u64().unwrap();
    let one = |sheet: &Value| {
        let numbers = ["used", "partly", "unused"].map(|key| number(sheet, key));
        (sheet["name"].as_str().unwrap().to_string(), sheet["table"].is_string(), numbers)
    };
    sheets.iter().map(one).collect()
}

/// The only issue that the example row of each table is.
fn example_rows(tables: &[(String, Vec<Vec<Data>>)]) -> Vec<String> {
    let one = |(name, rows): &(String, Vec<Vec<Data>>)| format!("{name}!A2 unused-row {}", rows[1][0]);
    tables.iter().map(one).collect()
}

/// A pack with a rule for each column of the dictionary.
fn pack_of_everything() -> String {
    let mut text = String::from(
        "[pack]\nid = \"all\"\ntitle = \"全部列\"\nissuer = \"某局\"\nin-force = 2023-01-01\naudit-year = \"calendar\"\n\
         [[clause]]\nid = \"一\"\nheading = \"队伍建设\"\nstatus = \"rules\"\n",
    );
    for table in &Dictionary::built_in().tables {
        for field in &table.fields {
            let test = format!("{{ {} = {{ present = true }} }}", field.id);
            let asked = match table.held {
                true => format!("each = \"{}\"\nrequire = {test}\n", table.id),
                false => format!(
                    "each = \"staff\"\nmeasure.count = {{ of = \"{}\", where = {test} }}\nat-least = 1\nunit = \"条\"\n",
                    table.id
                ),
            };
            text.push_str(&format!(
                "[[rule]]\nid = \"{0}-{1}\"\nclause = \"一\"\nquote = \"填写\"\ntitle = \"{0}-{1}\"\nobligation = \"应\"\n\
                 per = \"as-of\"\n{asked}",
                table.id, field.id
            ));
        }
    }
    text
}

/// The text of the first cell of each row of the page of instructions.
fn guide(path: &Path) -> Vec<String> {
    let (name, rows) = sheets(path).remove(0);
    assert_eq!(name, GUIDE);
    rows.iter().map(|row| row[0].to_string()).filter(|text| !text.is_empty()).collect()
}
