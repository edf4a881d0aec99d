//! A report is written whole or not at all.

use super::*;

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn named(path: &Path, replace: bool) -> Destination {
    Destination::Named { path: path.to_path_buf(), replace }
}

fn report(bytes: &[u8]) -> FinishedWorkbook<'_> {
    FinishedWorkbook { kind: WorkbookKind::Report, bytes, proof: None }
}

#[test]
fn an_older_report_is_replaced_only_when_that_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("报告.xlsx");
    fs::write(&path, "old").unwrap();
    let error = write(&named(&path, false), "2023年核查报告", &report(b"new")).unwrap_err().to_string();
    let expected = format!(
        "报告《{}》没有写成：已经存在\n  原有的文件没有改动；请处理后再运行，或用 -o 换一个文件名",
        path.display()
    );
    assert_eq!(error, expected);
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(write(&named(&path, true), "2023年核查报告", &report(b"new")), Ok(Some(path.clone())));
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(names(folder.path()), ["报告.xlsx"]);
}

#[test]
fn a_report_without_a_name_takes_the_next_free_one() {
    let folder = tempfile::tempdir().unwrap();
    for expected in ["2023年核查报告.xlsx", "2023年核查报告(2).xlsx", "2023年核查报告(3).xlsx"] {
        let path = write_free(folder.path(), "2023年核查报告", &report(expected.as_bytes())).unwrap();
        assert_eq!(path, folder.path().join(expected));
        assert_eq!(fs::read(&path).unwrap(), expected.as_bytes());
    }
    assert_eq!(names(folder.path()).len(), 3);
}

#[test]
fn a_write_that_fails_leaves_what_was_there_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("报告.xlsx");
    fs::create_dir(&taken).unwrap();
    fs::write(taken.join("old"), "old").unwrap();
    assert!(write(&named(&taken, true), "2023年核查报告", &report(b"new")).is_err());
    assert_eq!(names(folder.path()), ["报告.xlsx"]);
    assert_eq!(names(&taken), ["old"]);
    let missing = folder.path().join("没有").join("报告.xlsx");
    let error = write(&named(&missing, true), "2023年核查报告", &report(b"new")).unwrap_err().to_string();
    assert!(error.contains("》没有写成：没有这个文件或文件夹\n"), "{error}");
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_a_report() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("报告.xlsx");
    write(&named(&path, false), "2023年核查报告", &report(b"new")).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn only_old_temporary_files_of_ours_are_swept() {
    let folder = tempfile::tempdir().unwrap();
    let old = SystemTime::now() - LEFT_OVER - Duration::from_secs(60);
    for name in [".~jiaoyan-AbC123.tmp", ".~jiaoyan-new123.tmp", ".~jiaoyan-notes.tmp", ".~台账.xlsx"] {
        let file = File::create(folder.path().join(name)).unwrap();
        if name != ".~jiaoyan-new123.tmp" {
            file.set_modified(old).unwrap();
        }
    }
    fs::create_dir(folder.path().join(".~jiaoyan-folder.tmp")).unwrap();
    sweep(folder.path(), LEFT_OVER);
    let kept = [".~jiaoyan-folder.tmp", ".~jiaoyan-new123.tmp", ".~jiaoyan-notes.tmp", ".~台账.xlsx"];
    assert_eq!(names(folder.path()), kept);
}
