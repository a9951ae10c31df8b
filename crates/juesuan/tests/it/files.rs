//! Where reports go: whole or not at all, and never over what they are about.

use std::io::Read;
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;

use crate::desk::{CLEAN, COULD_NOT_RUN, FAULTY, FOUND, Folder, REPAIRED, call, root, text_of};

#[test]
fn a_file_gets_what_would_have_been_printed() {
    let folder = Folder::new();
    for format in ["text", "json", "sarif", "html"] {
        let run = call(&["check", FAULTY, "--format", format, "-o", &folder.path(format)]);
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (FOUND, "", ""));
        assert_eq!(folder.read(format), call(&["check", FAULTY, "--format", format]).out);
    }
    assert_eq!(folder.files(), ["html", "json", "sarif", "text"]);
}

#[test]
fn a_workbook_is_a_workbook() {
    let folder = Folder::new();
    let path = folder.path("new/r.xlsx");
    assert_eq!(call(&["check", FAULTY, "--format", "xlsx", "-o", &path]).code, FOUND);
    assert!(std::fs::read(path).unwrap().starts_with(b"PK\x03\x04"));
}

#[test]
fn a_folder_gets_a_report_each_and_the_table_is_printed() {
    let folder = Folder::new();
    folder.file("in/a.md", text_of(FAULTY));
    folder.file("in/deep/b.txt", text_of(REPAIRED));
    let run = call(&["check", &folder.path("in"), "-o", &folder.path("out"), "--format", "html"]);
    assert_eq!(run.code, FOUND);
    assert!(run.out.contains("合计 2 份"), "{}", run.out);
    let written: Vec<String> =
        folder.files().into_iter().filter(|path| path.starts_with("out")).collect();
    assert_eq!(written, ["out/a.md.report.html", "out/deep/b.txt.report.html"]);
}

#[test]
fn reports_written_into_the_folder_are_not_checked_the_next_time() {
    let folder = Folder::new();
    folder.file("a.md", text_of(REPAIRED));
    for _ in 0..2 {
        let run = call(&["check", &folder.path(""), "-o", &folder.path("")]);
        assert_eq!(run.code, CLEAN, "{}", run.err);
    }
    assert_eq!(folder.files(), ["a.md", "a.md.report.txt"]);
}

#[test]
fn the_source_is_never_overwritten() {
    let folder = Folder::new();
    let path = folder.file("a.md", text_of(FAULTY));
    let run = call(&["check", &path, "-o", &path]);
    assert_eq!(run.code, COULD_NOT_RUN);
    assert!(run.err.contains("报告会把它覆盖掉"), "{}", run.err);
    assert_eq!(folder.read("a.md"), text_of(FAULTY));
}

#[cfg(unix)]
#[test]
fn a_link_to_the_source_is_the_source() {
    let folder = Folder::new();
    let path = folder.file("a.md", text_of(FAULTY));
    std::os::unix::fs::symlink(&path, folder.path("link.txt")).unwrap();
    let run = call(&["check", &path, "-o", &folder.path("link.txt")]);
    assert_eq!(run.code, COULD_NOT_RUN);
    assert_eq!(folder.read("a.md"), text_of(FAULTY));
}

#[test]
fn the_list_of_waivers_is_never_overwritten() {
    let folder = Folder::new();
    let list = folder.file("w.toml", "");
    let run = call(&["check", FAULTY, "--waive", &list, "-o", &list]);
    assert_eq!((run.code, folder.read("w.toml").as_str()), (COULD_NOT_RUN, ""));
}

#[test]
fn two_reports_of_one_name_are_refused() {
    let folder = Folder::new();
    let (a, b) = (folder.file("a/x.md", text_of(FAULTY)), folder.file("b/x.md", text_of(REPAIRED)));
    let run = call(&["check", &a, &b, "-o", &folder.path("out")]);
    assert_eq!(run.code, COULD_NOT_RUN);
    assert!(run.err.contains("报告会同名"), "{}", run.err);
    assert_eq!(folder.files(), ["a/x.md", "b/x.md"]);
    let run = call(&["check", &folder.path(""), "-o", &folder.path("out")]);
    assert_eq!(run.code, FOUND);
    assert_eq!(folder.files().len(), 4);
}

#[test]
fn html_of_several_documents_needs_a_folder() {
    let run = call(&["check", FAULTY, REPAIRED, "--format", "html"]);
    assert_eq!(run.code, COULD_NOT_RUN);
    assert!(run.err.contains("请用 -o 给出一个目录"), "{}", run.err);
}

#[test]
fn one_failing_file_does_not_keep_the_others_from_their_reports() {
    let folder = Folder::new();
    let run = call(&["check", "nowhere.md", FAULTY, "-o", &folder.path("out")]);
    assert_eq!(run.code, COULD_NOT_RUN);
    assert!(run.err.contains("读不了 nowhere.md：没有这个文件或目录"), "{}", run.err);
    assert!(run.out.contains("合计 1 份"), "{}", run.out);
    assert_eq!(folder.files(), ["out/faulty.md.report.txt"]);
}

#[test]
fn without_a_report_nothing_is_written() {
    let folder = Folder::new();
    let run = call(&["check", "nowhere.md", "-o", &folder.path("r.txt")]);
    assert_eq!((run.code, run.out.as_str()), (COULD_NOT_RUN, ""));
    let run = call(&["check", "nowhere.md", "elsewhere.md"]);
    assert_eq!((run.code, run.out.as_str()), (COULD_NOT_RUN, ""), "a table of nothing");
    assert!(folder.files().is_empty(), "{:?}", folder.files());
}

#[test]
fn what_stands_in_the_way_is_said() {
    let folder = Folder::new();
    folder.file("file", "");
    let run = call(&["check", FAULTY, "-o", &folder.path("file/r.txt")]);
    assert_eq!(run.code, COULD_NOT_RUN);
    assert!(run.err.contains("路径中有一段已是文件"), "{}", run.err);
    let run = call(&["check", FAULTY, "--lang", "en", "-o", &folder.path("file/r.txt")]);
    assert!(run.err.contains("a part of the path is a file"), "{}", run.err);
}

#[test]
fn disclosures_of_a_folder_that_cannot_be_read_are_counted() {
    let folder = Folder::new();
    for name in ["a.wps", "b.WPS", "c.ofd", ".hidden", "d.log", "e.md.report.xlsx"] {
        folder.file(name, "");
    }
    let run = call(&["check", &folder.path("")]);
    assert_eq!(run.code, COULD_NOT_RUN);
    assert!(run.err.contains("另有 3 个文件没有检查（ofd 1、wps 2）"), "{}", run.err);
    folder.file("f.md", text_of(REPAIRED));
    let run = call(&["check", &folder.path(""), "--lang", "en"]);
    assert_eq!(run.code, CLEAN);
    assert!(run.err.contains("3 more files of the folder were not checked"), "{}", run.err);
}

/// Starts the command with a standard output that nobody reads.
fn without_reader(args: &[&str]) -> (Option<i32>, String) {
    let mut child = Command::new(cargo_bin!("juesuan"))
        .args(args)
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code(), said)
}

#[test]
fn a_reader_that_goes_away_is_no_accident() {
    let commands: [&[&str]; 4] = [
        &["check", FAULTY],
        &["check", FAULTY, REPAIRED, "--format", "json"],
        &["rule", "--all"],
        &["scheme", "show", "cn"],
    ];
    for args in commands {
        let (code, said) = without_reader(args);
        assert_eq!((code, said.as_str()), (Some(COULD_NOT_RUN), ""), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
mod full_disk {
    use std::fs::{File, FileType, OpenOptions};
    use std::os::unix::fs::FileTypeExt;

    use super::*;

    fn kind(path: &str) -> FileType {
        std::fs::metadata(path).unwrap().file_type()
    }

    #[test]
    fn standard_output_on_a_full_disk() {
        for args in [&["check", FAULTY][..], &["rule", "--all"], &["--help"]] {
            let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
            let mut command = Command::new(cargo_bin!("juesuan"));
            let output = command.args(args).current_dir(root()).stdout(full).output().unwrap();
            assert_eq!(output.status.code(), Some(COULD_NOT_RUN), "{args:?}");
        }
    }

    #[test]
    fn a_device_is_written_to_and_stays_one() {
        // Through a link, so that a fault would hit the link and not the machine.
        let folder = Folder::new();
        let (full, null) = (folder.path("full"), folder.path("null"));
        std::os::unix::fs::symlink("/dev/full", &full).unwrap();
        std::os::unix::fs::symlink("/dev/null", &null).unwrap();
        let run = call(&["check", FAULTY, "-o", &full]);
        assert_eq!(run.code, COULD_NOT_RUN);
        assert!(run.err.contains("磁盘已满"), "{}", run.err);
        assert_eq!(call(&["check", FAULTY, "-o", &null]).code, FOUND);
        assert!(kind(&full).is_char_device() && kind(&null).is_char_device());
    }

    #[test]
    fn a_report_that_is_cut_short_leaves_the_old_one() {
        let folder = Folder::new();
        let path = folder.file("r.txt", "old");
        // A limit on the size of files stands for a full disk: it needs no rights to set.
        let script = r#"trap '' XFSZ; ulimit -f 8; exec "$0" check "$1" -o "$2""#;
        let binary = cargo_bin!("juesuan");
        let mut command = Command::new("bash");
        command.args(["-c", script]).arg(binary).args([FAULTY, &path]).current_dir(root());
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(COULD_NOT_RUN), "{said}");
        assert!(said.contains("没有写出到"), "{said}");
        assert_eq!((folder.read("r.txt").as_str(), folder.files().len()), ("old", 1));
    }

    #[test]
    fn a_folder_without_permission_is_said() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new();
        let path = folder.file("closed/a.md", text_of(FAULTY));
        let closed = folder.path("closed");
        std::fs::set_permissions(&closed, PermissionsExt::from_mode(0o000)).unwrap();
        if File::open(&path).is_ok() {
            eprintln!("skipped: this user may read everything");
            return;
        }
        let run = call(&["check", &closed, FAULTY]);
        std::fs::set_permissions(&closed, PermissionsExt::from_mode(0o700)).unwrap();
        assert_eq!(run.code, COULD_NOT_RUN);
        assert!(run.err.contains("没有权限"), "{}", run.err);
    }
}
