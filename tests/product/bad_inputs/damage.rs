//! Rows 5 to 7: files that are broken, or made to take the machine down.

use std::io::Cursor;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::desk::{COPY_AGAIN, Desk, SECRET, error};
use super::files::{ODS, XLS};
use crate::packages::{by_hand, ods, overwritten, package, rows, texts, with_parts};

const TOO_LARGE: &str = "文件展开后异常庞大，可能是恶意文件，没有读取，请核实来源";
const FOREIGN: &str = "文件含有电子表格中不应有的外部定义（DOCTYPE 或 ENTITY），可能是恶意文件，没有读取，请核实来源";

fn damaged() -> String {
    format!("文件已损坏，{COPY_AGAIN}")
}

fn sheet() -> String {
    rows(&texts(&[&["日期", "姓名", "学时"], &["2023-03-06", SECRET, "90"], &["2023-03-07", SECRET, "80"]]))
}

fn xlsx() -> Vec<u8> {
    by_hand(&[("培训台账", &sheet())])
}

fn assert_damaged(name: &str, bytes: &[u8]) {
    let desk = Desk::with(name, bytes);
    assert_eq!(desk.refused(&[name]), error(name, &damaged()));
}

#[test]
fn row_5_a_truncated_file_is_never_read_in_part() {
    for (name, whole) in [("台账.xlsx", xlsx()), ("台账.xls", XLS.to_vec()), ("台账.ods", ODS.to_vec())] {
        for length in [600, whole.len() / 2, whole.len() - 800] {
            assert_damaged(name, &whole[..length]);
        }
    }
}

#[test]
fn row_5_a_tail_of_zeros_is_damage() {
    for (name, mut bytes) in [("台账.xlsx", xlsx()), ("台账.xls", XLS.to_vec()), ("台账.ods", ODS.to_vec())] {
        let half = bytes.len() / 2;
        bytes[half..].fill(0);
        assert_damaged(name, &bytes);
    }
}

#[test]
fn row_5_a_bad_check_sum_is_damage() {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for name in ["xl/worksheets/sheet1.xml", "docProps/app.xml"] {
        let mut whole =
            ZipArchive::new(Cursor::new(with_parts(&[("培训台账", &sheet())], &[("docProps/app.xml", b"<x/>")])));
        let mut again = ZipWriter::new(Cursor::new(Vec::new()));
        let whole = whole.as_mut().unwrap();
        for index in 0..whole.len() {
            let mut part = whole.by_index(index).unwrap();
            again.start_file(part.name().unwrap(), stored).unwrap();
            std::io::copy(&mut part, &mut again).unwrap();
        }
        let bytes = again.finish().unwrap().into_inner();
        let spoilt = if name.ends_with("app.xml") { (&b"<x/>"[..], &b"<y/>"[..]) } else { (&b"90"[..], &b"99"[..]) };
        assert_damaged("台账.xlsx", &overwritten(bytes, spoilt.0, spoilt.1));
    }
}

/// The sector table of an xls file, each entry made from its number.
fn with_sectors(of: impl Fn(u32) -> u32) -> Vec<u8> {
    let mut bytes = XLS.to_vec();
    let table = u32::from_le_bytes([bytes[76], bytes[77], bytes[78], bytes[79]]) as usize;
    for entry in 0..128 {
        let at = (table + 1) * 512 + entry as usize * 4;
        bytes[at..at + 4].copy_from_slice(&of(entry).to_le_bytes());
    }
    bytes
}

#[test]
fn row_5_chains_that_run_in_a_circle_and_wild_sector_numbers_are_damage() {
    assert_damaged("台账.xls", &with_sectors(|entry| entry ^ 1));
    assert_damaged("台账.xls", &with_sectors(|entry| entry));
    assert_damaged("台账.xls", &with_sectors(|_| 0x7FFF_FFFF));
    // The places of the directory, of the small sectors, and of the table itself.
    for at in [48, 60, 76] {
        let mut bytes = XLS.to_vec();
        bytes[at..at + 4].copy_from_slice(&0x00FF_FFFF_u32.to_le_bytes());
        assert_damaged("台账.xls", &bytes);
    }
}

#[test]
fn row_5_an_ods_file_without_an_end_is_damage() {
    let cell = format!(r#"<table:table-cell office:value-type="string"><text:p>{SECRET}</text:p></table:table-cell>"#);
    let open = format!(r#"<table:table table:name="台账"><table:table-row>{cell}</table:table-row>"#);
    assert_damaged("台账.ods", &ods(&open));
}

#[test]
fn row_6_a_bomb_is_refused_before_it_is_parsed() {
    let blanks = vec![b' '; 80 << 20];
    let string = [b"<sst uniqueCount=\"1\"><si><t>", &blanks[..], b"</t></si></sst>"].concat();
    let inside = format!("<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>{}", " ".repeat(80 << 20));
    let bombs = [
        with_parts(&[("台账", &sheet())], &[("xl/media/a.bin", &blanks)]),
        with_parts(&[("台账", &sheet())], &[("xl/sharedStrings.xml", &string)]),
        by_hand(&[("台账", &inside)]),
    ];
    for bytes in bombs {
        let desk = Desk::with("台账.xlsx", bytes);
        assert_eq!(desk.refused(&["台账.xlsx"]), error("台账.xlsx", TOO_LARGE));
    }
    let desk = Desk::with("台账.ods", ods(&" ".repeat(80 << 20)));
    assert_eq!(desk.refused(&["台账.ods"]), error("台账.ods", TOO_LARGE));
}

/// Each part may have this size, all of them together may not.
#[test]
fn row_6_many_parts_of_four_gibibytes_in_all_are_refused() {
    let blanks = vec![b' '; 60 << 20];
    let one = package(&[("a.bin", &blanks)]);
    let mut bytes = ZipWriter::new_append(Cursor::new(xlsx())).unwrap();
    let mut one = ZipArchive::new(Cursor::new(one)).unwrap();
    for number in 0..70 {
        let part = one.by_index_raw(0).unwrap();
        bytes.raw_copy_file_rename(part, format!("xl/media/{number}.bin")).unwrap();
    }
    let desk = Desk::with("台账.xlsx", bytes.finish().unwrap().into_inner());
    assert_eq!(desk.refused(&["台账.xlsx"]), error("台账.xlsx", TOO_LARGE));
}

#[test]
fn row_6_sizes_that_cannot_be_true_cost_nothing() {
    let promised = with_parts(
        &[("台账", &sheet())],
        &[("xl/sharedStrings.xml", b"<sst count=\"4000000000\" uniqueCount=\"4000000000\"><si/></sst>")],
    );
    assert_damaged("台账.xlsx", &promised);
    // The area that a sheet says it fills is no reason to refuse it, nor to reserve room.
    let wide = format!("<dimension ref=\"A1:XFD1048576\"/>{}", sheet());
    let desk = Desk::with("台账.xlsx", by_hand(&[("培训台账", &wide)]));
    assert_eq!(desk.json(&["台账.xlsx"])["inputs"][0]["sheets"][0]["rows"], 2);
}

#[test]
fn row_7_definitions_and_entities_are_refused() {
    let entity = format!("<!ENTITY a SYSTEM \"file:///etc/passwd\"><sheetData/>{SECRET}");
    let bytes = by_hand(&[("台账", &entity)]);
    let desk = Desk::with("台账.xlsx", bytes);
    assert_eq!(desk.refused(&["台账.xlsx"]), error("台账.xlsx", FOREIGN));
    let strings = b"<!DOCTYPE sst [<!ENTITY a \"aaaaaaaaaa\">]><sst uniqueCount=\"1\"><si><t>&a;</t></si></sst>";
    let desk = Desk::with("台账.xlsx", with_parts(&[("台账", &sheet())], &[("xl/sharedStrings.xml", strings)]));
    assert_eq!(desk.refused(&["台账.xlsx"]), error("台账.xlsx", FOREIGN));
    let desk = Desk::with("台账.ods", ods("<!DOCTYPE x SYSTEM \"http://example.org/x.dtd\">"));
    assert_eq!(desk.refused(&["台账.ods"]), error("台账.ods", FOREIGN));
}
