//! `jiaoyan inspect --format json`: the whole document.

use std::fs;

use crate::office::{csv, table};
use assert_cmd::cargo::cargo_bin_cmd;

#[test]
fn the_json_names_every_sheet_column_and_issue_and_the_file_that_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let training = table(&[&["日期", "姓名", "学时", "级別"], &["2023-03-06", "13812341234", "约60", "县级"]]);
    fs::write(folder.path().join("培训台账.csv"), csv(&training)).unwrap();
    fs::write(folder.path().join("空.xlsx"), "").unwrap();
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder.path()).args(["inspect", ".", "--format", "json"]);
    let output = command.assert().code(2).stderr("").get_output().clone();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let digest = jiaoyan::model::sha256_hex(csv(&training).as_bytes());
    insta::assert_snapshot!(stdout.replace(&digest, "DIGEST").replace(env!("CARGO_PKG_VERSION"), "VERSION"), @r##"
    {
      "schema": "jiaoyan.inspection/1",
      "tool": "jiaoyan VERSION",
      "files": [
        {
          "path": "./培训台账.csv",
          "format": "csv",
          "sha256": "DIGEST",
          "notes": [],
          "sheets": [
            {
              "name": "培训台账",
              "hidden": false,
              "state": "table",
              "table": "training",
              "header-rows": [
                1,
                1
              ],
              "columns": [
                {
                  "column": "A",
                  "header": "日期",
                  "state": "read",
                  "field": "date",
                  "near": []
                },
                {
                  "column": "B",
                  "header": "姓名",
                  "state": "read",
                  "field": "name",
                  "near": []
                },
                {
                  "column": "C",
                  "header": "学时",
                  "state": "read",
                  "field": "hours",
                  "near": []
                },
                {
                  "column": "D",
                  "header": "级別",
                  "state": "unused",
                  "field": null,
                  "near": [
                    "级别"
                  ]
                }
              ],
              "absent": [
                "end-date",
                "staff-id",
                "institution",
                "topic",
                "kind",
                "level"
              ],
              "rows": 1,
              "used": 0,
              "partly": 1,
              "unused": 0,
              "issue-counts": {
                "approximate-number": 1,
                "unused-column": 1
              },
              "issues": [
                {
                  "cell": "培训台账.csv!培训台账!D1",
                  "kind": "unused-column",
                  "text": "级別",
                  "message": "没有认出这些列，不取作数据，看得懂的字、数会与这一行对照：级別。“级別”是不是“级别”？如果其中有该用的列，请把表头改成标准名称，或写进 --columns 文件；确实用不到的写成“不读”"
                },
                {
                  "cell": "培训台账.csv!培训台账!C2",
                  "kind": "approximate-number",
                  "text": "约60",
                  "message": "“学时”不是确切的数，多少不能确定；请写准确的数字"
                }
              ]
            }
          ]
        },
        {
          "path": "./空.xlsx",
          "error": "《./空.xlsx》：文件是空的（0 字节），请重新拷贝一份再检查",
          "notes": [],
          "sheets": []
        }
      ],
      "notes": [
        "没有给出教研员花名册，姓名和工号没有核对；请把花名册一起给出再看"
      ]
    }
    "##);
}
