//! Row 16: csv files in the encodings and shapes that other programs write.

use encoding_rs::GB18030;

use super::desk::{Desk, SAVE_AS, SECRET, error, verdict};

const LEDGER: &str = "日期,工号,姓名,培训名称,学时\r\n2023-03-06,Z1,林青,研修,60\r\n2023-07-10,Z1,林青,研修,30\r\n";

/// The office whose 培训台账 is a csv file of these bytes.
fn office(bytes: impl AsRef<[u8]>) -> Desk {
    let desk = Desk::office(|office| *office = office.clone().without("培训台账"));
    desk.put("台账/培训台账.csv", bytes);
    desk
}

fn assert_read(bytes: &[u8], remark: Option<&str>) {
    let desk = office(bytes);
    let assessment = desk.json(&["台账"]);
    assert_eq!(verdict(&assessment, "training-hours", "林青"), "met 90");
    assert_eq!(assessment["issues"].as_array().unwrap().len(), 0);
    let remarks = desk.remarks(&["台账"]);
    let told: Vec<&str> = remarks.iter().map(String::as_str).filter(|line| line.starts_with("文件按")).collect();
    assert_eq!(told, remark.into_iter().collect::<Vec<_>>());
}

fn utf_16(mark: &[u8], bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
    mark.iter().copied().chain(LEDGER.encode_utf16().flat_map(bytes_of)).collect()
}

#[test]
fn row_16_every_encoding_is_read_and_told_where_it_is_not_utf_8() {
    let (gbk, _, _) = GB18030.encode(LEDGER);
    assert_read(LEDGER.as_bytes(), None);
    assert_read(&[b"\xEF\xBB\xBF", LEDGER.as_bytes()].concat(), None);
    assert_read(&gbk, Some("文件按 GB18030（GBK）编码读取"));
    // A character that only GB18030 has, in four bytes.
    let rare = LEDGER.replacen("研修", "𠮷镕研修", 1);
    assert_read(&GB18030.encode(&rare).0, Some("文件按 GB18030（GBK）编码读取"));
    assert_read(&utf_16(b"\xFF\xFE", u16::to_le_bytes), Some("文件按 UTF-16 编码读取"));
    assert_read(&utf_16(b"\xFE\xFF", u16::to_be_bytes), Some("文件按 UTF-16 编码读取"));
}

#[test]
fn row_16_every_delimiter_is_read() {
    assert_read(LEDGER.replace(',', ";").as_bytes(), None);
    assert_read(LEDGER.replace(',', "\t").as_bytes(), None);
    assert_read(format!("sep=;\r\n{}", LEDGER.replace(',', ";")).as_bytes(), None);
    assert_read(format!("\"sep=|\"\r\n{}", LEDGER.replace(',', "|")).as_bytes(), None);
    assert_read(LEDGER.replace("\r\n", "\n").as_bytes(), None);
    assert_read(LEDGER.replace("\r\n", "\r").as_bytes(), None);
}

#[test]
fn row_16_rows_may_be_shorter_or_longer_than_the_header() {
    let ragged = LEDGER.replace("研修,60", "研修,60,,").replace("研修,30", "\"研,\r\n修\",30");
    assert_read(ragged.as_bytes(), None);
    let desk = office(format!("{LEDGER}2023-08-01,Z1,林青\r\n2023-08-02,Z2,何田,研修,90,多出的\r\n"));
    let expected = ["F1 unused-column", "E4 blank-required"].map(|rest| format!("培训台账.csv!培训台账!{rest}"));
    assert_eq!(desk.issues(&["台账"]), expected);
    assert_eq!(verdict(&desk.json(&["台账"]), "training-hours", "何田"), "met 90");
}

fn refused(bytes: &[u8]) -> String {
    let desk = Desk::with("培训台账.csv", bytes);
    desk.refused(&["培训台账.csv"])
}

#[test]
fn row_16_what_cannot_be_decoded_or_split_is_named_by_its_line() {
    let sentence = |line: u32, what: &str| error("培训台账.csv", &format!("第 {line} 行{what}"));
    let hint = "知道是哪种编码的，也可以加上 --encoding 写明，如 --encoding gb18030";
    let undecodable = format!("有无法识别的文字编码，{SAVE_AS}；{hint}");
    let spoilt = [LEDGER.as_bytes(), SECRET.as_bytes(), b"\xFF\xFF\r\n"].concat();
    assert_eq!(refused(&spoilt), sentence(4, &undecodable));
    let mut half = utf_16(b"\xFF\xFE", u16::to_le_bytes);
    half.extend(b"\x00\xD8");
    assert_eq!(refused(&half), sentence(4, &undecodable));
    let zero = format!("{LEDGER}{SECRET}\0\r\n");
    assert_eq!(
        refused(zero.as_bytes()),
        sentence(4, &format!("含有空字符（NUL），{SAVE_AS}；如果文件是 UTF-16 编码，请加上 --encoding utf-16"))
    );
    let open = LEDGER.replacen(",研修", &format!(",\"{SECRET}"), 1);
    let expected = "的引号没有配对（只有开头的英文双引号，没有结尾的），请改正后再检查";
    assert_eq!(refused(open.as_bytes()), sentence(2, expected));
}
