//! Damaged, hostile and foreign files: each gets its own code, and none a panic.

use proptest::prelude::*;

use super::*;

fn ledger() -> Vec<u8> {
    let mut writer = rust_xlsxwriter::Workbook::new();
    let sheet = writer.add_worksheet();
    for row in 0..200 {
        sheet.write(row, 0, format!("教师{row}")).expect("text");
    }
    writer.save_to_buffer().expect("a workbook")
}

fn sheet_of(data: &str) -> Vec<u8> {
    by_hand(&[("台账", &format!("<sheetData>{data}</sheetData>"))])
}

fn in_ledger(cell: &str) -> (String, String) {
    ("台账".to_owned(), cell.to_owned())
}

#[test]
fn a_truncated_workbook_is_damaged() {
    let whole = ledger();
    for length in [5, 100, whole.len() / 2, whole.len() - 30] {
        assert_eq!(read("a.xlsx", &whole[..length]), Err(Fault::Damaged));
    }
}

#[test]
fn a_bad_check_sum_is_damaged() {
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    package.start_file("xl/workbook.xml", stored).expect("a part");
    package.write_all(b"<workbook>needle</workbook>").expect("its bytes");
    let mut bytes = package.finish().expect("a package").into_inner();
    let at = memchr::memmem::find(&bytes, b"needle").expect("the needle");
    bytes[at] ^= 1;
    assert_eq!(read("a.xlsx", &bytes), Err(Fault::Damaged));
}

#[test]
fn a_bomb_is_refused() {
    let zeros = vec![b' '; 80 << 20];
    let bomb = package(&[("xl/workbook.xml", b"<workbook/>"), ("xl/media/a.bin", &zeros)]);
    assert_eq!(read("a.xlsx", &bomb), Err(Fault::TooLarge));
}

#[test]
fn a_document_type_is_refused_even_across_the_border_of_a_window() {
    let filler = " ".repeat((128 << 10) - 5);
    for text in ["<!DOCTYPE x>".to_owned(), format!("{filler}<!ENTITY x>")] {
        let bytes = package(&[("xl/workbook.xml", text.as_bytes())]);
        assert_eq!(read("a.xlsx", &bytes), Err(Fault::ForeignDefinitions));
    }
}

#[test]
fn a_sheet_whose_data_begins_twice_is_damaged_even_across_the_border_of_a_window() {
    let row = |number: u32| format!(r#"<row r="{number}"><c r="A{number}"><v>{number}</v></c></row>"#);
    let first = row(1);
    for second in ["<sheetData>", "<sheetData\n>", "<x:sheetData>", "<sheetData/>"] {
        let twice = format!("<sheetData>{first}</sheetData>{second}{}</sheetData>", row(2));
        assert_eq!(read("a.xlsx", &by_hand(&[("台账", &twice)])), Err(Fault::Damaged), "{second}");
    }
    // `<worksheet>` stands before; the window ends at every place of the second beginning, or of the only one.
    let most = (128 << 10) - "<worksheet>".len();
    for cut in 0..=13 {
        let filler = " ".repeat(most - "<sheetData></sheetData>".len() - first.len() - cut);
        let twice = format!("<sheetData>{first}</sheetData>{filler}<sheetData>{}</sheetData>", row(2));
        assert_eq!(read("a.xlsx", &by_hand(&[("台账", &twice)])), Err(Fault::Damaged), "{cut}");
        let once = format!("{}<sheetData>{first}</sheetData>", " ".repeat(most - cut));
        let expected = Ok(vec!["A1 number 1".to_owned()]);
        assert_eq!(read("a.xlsx", &by_hand(&[("台账", &once)])), expected, "{cut}");
    }
}

#[test]
fn a_promise_of_more_strings_than_there_is_room_for_is_damaged() {
    let strings = br#"<sst uniqueCount="4000000000"><si/></sst>"#;
    let bytes = package(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", strings)]);
    assert_eq!(read("a.xlsx", &bytes), Err(Fault::Damaged));
}

#[test]
fn cells_out_of_order_are_named() {
    let twice = sheet_of(r#"<row r="3"><c r="B3"><v>1</v></c><c r="B3"><v>2</v></c></row>"#);
    let (sheet, cell) = in_ledger("B3");
    assert_eq!(read("a.xlsx", &twice), Err(Fault::CellOrder { sheet, cell }));
    let back = sheet_of(r#"<row r="3"><c r="B3"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>"#);
    let (sheet, cell) = in_ledger("A1");
    assert_eq!(read("a.xlsx", &back), Err(Fault::CellOrder { sheet, cell }));
    let beyond = sheet_of(r#"<row r="1"><c r="XFE1"><v>1</v></c></row>"#);
    let (sheet, cell) = in_ledger("XFE1");
    assert_eq!(read("a.xlsx", &beyond), Err(Fault::CellBeyond { sheet, cell }));
}

#[test]
fn an_address_that_overflows_and_a_text_that_is_not_there_are_damage_in_the_sheet() {
    let overflow = sheet_of(r#"<row r="1"><c r="A4294967297"><v>1</v></c></row>"#);
    let sheet = || "台账".to_owned();
    let after = None;
    assert_eq!(read("a.xlsx", &overflow), Err(Fault::DamagedSheet { sheet: sheet(), after }));
    let lost = sheet_of(r#"<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="s"><v>9</v></c></row>"#);
    let after = Some("A1".to_owned());
    assert_eq!(read("a.xlsx", &lost), Err(Fault::DamagedSheet { sheet: sheet(), after }));
}

#[test]
fn two_sheets_of_one_name_and_a_missing_sheet_are_named() {
    let sheet = || "台账".to_owned();
    let twice = by_hand(&[("台账", "<sheetData/>"), ("台账", "<sheetData/>")]);
    assert_eq!(read("a.xlsx", &twice), Err(Fault::SheetTwice { sheet: sheet() }));
    let whole = by_hand(&[("台账", "<sheetData/>")]);
    let renamed = String::from_utf8_lossy(b"xl/worksheets/sheet1.xml").into_owned();
    let mut bytes = whole;
    while let Some(at) = memchr::memmem::find(&bytes, renamed.as_bytes()) {
        bytes[at + 4] = b'V';
    }
    assert_eq!(read("a.xlsx", &bytes), Err(Fault::SheetMissing { sheet: sheet() }));
}

#[test]
fn a_sheet_without_a_relationship_is_named() {
    let root = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let workbook = r#"<workbook><sheets><sheet name="听课&amp;评课" sheetId="1" r:id="rId9"/></sheets></workbook>"#;
    let named = Err(Fault::SheetMissing { sheet: "听课&评课".to_owned() });
    let mut parts: Vec<(&str, &[u8])> =
        vec![("_rels/.rels", root.as_bytes()), ("xl/workbook.xml", workbook.as_bytes())];
    assert_eq!(read("a.xlsx", &package(&parts)), named);
    parts.push(("xl/_rels/workbook.xml.rels", b"<Relationships/>"));
    assert_eq!(read("a.xlsx", &package(&parts)), named);
}

#[test]
fn a_document_type_in_wide_characters_is_refused_too() {
    for bytes_of in [u16::to_le_bytes, u16::to_be_bytes] {
        let text = "\u{feff}<?xml version='1.0'?><!DOCTYPE x><workbook/>".encode_utf16();
        let bytes: Vec<u8> = text.flat_map(bytes_of).collect();
        assert_eq!(read("a.xlsx", &package(&[("xl/workbook.xml", &bytes)])), Err(Fault::ForeignDefinitions));
    }
}

#[test]
fn a_merge_of_the_whole_sheet_is_harmless() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>2</v></c></row>"#;
    let merge = r#"<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>"#;
    let bytes = by_hand(&[("台账", &format!("<sheetData>{rows}</sheetData>{merge}"))]);
    assert_eq!(read("a.xlsx", &bytes).map(|cells| cells.len()), Ok(512));
}

#[test]
fn foreign_files_are_called_by_their_true_kind() {
    let cases: [(&str, &[u8], ForeignKind); 9] = [
        ("a.xls", b"\r\n<HTML><table>", ForeignKind::Html),
        ("a.xls", b"\xFF\xFE<\0h\0t\0m\0l\0", ForeignKind::Html),
        ("a.xls", b"MIME-Version: 1.0\r\n", ForeignKind::WebArchive),
        (
            "a.xls",
            b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
            ForeignKind::Xml2003,
        ),
        ("a.xls", b"a\tb\n", ForeignKind::Text),
        ("a.xlsx", b"%PDF-1.4", ForeignKind::Pdf),
        ("a.csv", b"\x89PNG\r\n", ForeignKind::Png),
        ("a.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00", ForeignKind::OldExcel),
        ("a.xlsx", b"\x01\x02\x03", ForeignKind::Unknown),
    ];
    for (name, bytes, kind) in cases {
        assert_eq!(read(name, bytes), Err(Fault::NotAWorkbook { kind }));
    }
    assert_eq!(read("a.xlsx", &package(&[("word/document.xml", b"<x/>")])), Err(Fault::NotASpreadsheet));
    assert_eq!(read("a.xlsx", b""), Err(Fault::Empty));
}

#[test]
fn a_missing_file_and_a_folder_have_their_own_codes() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("花名册（定稿）.xlsx");
    assert_eq!(open(folder.path()).err(), Some(Fault::Folder));
    let error = Workbook::open(&missing).err().map(|error| error.to_string());
    let expected = format!("{}: there is no such file or folder", missing.display());
    assert_eq!(error, Some(expected));
}

#[test]
fn a_workbook_with_a_password_says_so() {
    let mut bytes = include_bytes!("../../../../tests/data/ledger.xls").to_vec();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let at = memchr::memmem::find(&bytes, &wide("Workbook")).expect("the stream's name");
    let name = wide("EncryptedPackage");
    bytes[at..at + name.len()].copy_from_slice(&name);
    assert_eq!(read("a.xlsx", &bytes), Err(Fault::Password));
}

#[cfg(unix)]
#[test]
fn a_device_is_no_spreadsheet() {
    assert_eq!(open(Path::new("/dev/zero")).err(), Some(Fault::NotASpreadsheet));
}

/// Reads all sheets, whatever comes of it.
fn read_all(name: &str, bytes: &[u8]) {
    let (_folder, path) = file(name, bytes);
    if let Ok(workbook) = Workbook::open(&path) {
        for sheet in 0..workbook.sheets().len() {
            let _ = workbook.rows_in_two(sheet, Parsing::Ahead, |_| (), |_, ()| ());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn arbitrary_bytes_never_panic(
        magic in prop::sample::select(vec![&b""[..], b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\xFF\xFE", b"sep=;\n\""]),
        body in prop::collection::vec(any::<u8>(), 0..3000),
    ) {
        read_all("a.csv", &[magic, &body].concat());
    }

    #[test]
    fn a_spoilt_byte_never_panics(at in any::<prop::sample::Index>(), value: u8, fixture in 0..3_usize) {
        let mut bytes = match fixture {
            0 => ledger(),
            1 => include_bytes!("../../../../tests/data/ledger.xls").to_vec(),
            _ => include_bytes!("../../../../tests/data/ledger.ods").to_vec(),
        };
        let at = at.index(bytes.len());
        bytes[at] = value;
        read_all("a.xlsx", &bytes);
    }
}
