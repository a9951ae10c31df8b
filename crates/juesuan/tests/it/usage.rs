//! Help and mistakes on the command line, in both languages.

use crate::desk::{CLEAN, COULD_NOT_RUN, FAULTY, call};

/// Each mistake with what must be said of it in Chinese and in English.
const MISTAKES: [(&[&str], &str, &str); 18] = [
    (&[], "没有说要做什么", "requires a subcommand"),
    (&["chek"], "是不是 check", "unrecognized subcommand 'chek'"),
    (&["check", "--formt", "json", "x"], "是不是 --format", "'--format'"),
    (&["check", "--format", "yaml", "x"], "text、json、sarif、html、xlsx", "text, json, sarif"),
    (&["check", "x", "--select"], "--select <编码> 后面缺少内容", "a value is required"),
    (&["check", "-o", "r.txt"], "缺少 <文件>", "required arguments"),
    (&["check", "x", "--scheme", "cn", "--scheme", "cn"], "--scheme <方案> 只能写一次", "multiple"),
    (&["check", FAULTY, "--select", "TAB,ZZZ"], "--select 的 ZZZ", "--select ZZZ names no rule"),
    (&["check", FAULTY, "--scheme", "zz"], "没有方案 zz；可用的有", "no scheme zz; there are"),
    (&["check", FAULTY, "--schemes", "nowhere"], "读不了 nowhere", "cannot read nowhere"),
    (&["check", FAULTY, "--waive", "nowhere"], "读不了 nowhere", "cannot read nowhere"),
    (&["check", FAULTY, "--annotate", "a.pdf"], "请先另存为 PDF", "--annotate is for PDF"),
    (&["check", FAULTY, FAULTY, "--annotate", "a.pdf"], "一次只批注一份", "one PDF at a time"),
    (&["rule", "TAB999"], "没有规则 TAB999", "no rule TAB999"),
    (&["rule", "tab00"], "相近的有 TAB001", "near: TAB001"),
    (&["rule", "TAB001", "--all"], "不能和 --all 一起用", "cannot be used with '--all'"),
    (&["scheme", "show"], "缺少 <方案>", "required arguments"),
    (&["scheme", "prove", "zz"], "没有方案 zz", "no scheme zz"),
];

#[test]
fn mistakes_are_said_in_the_users_language() {
    for (args, zh, en) in MISTAKES {
        for (lang, said) in [("zh", zh), ("en", en)] {
            let run = call(&[&["--lang", lang], args].concat());
            assert_eq!(run.code, COULD_NOT_RUN, "{args:?}");
            assert!(run.err.contains(said), "{args:?} [{lang}]: {}", run.err);
            assert_eq!(run.out, "", "{args:?}");
            if lang == "en" {
                let han = run.err.chars().find(|c| ('\u{4e00}'..'\u{a000}').contains(c));
                assert_eq!(han, None, "{args:?}: {}", run.err);
            }
        }
    }
}

#[test]
fn a_mistake_in_the_language_itself_is_said_too() {
    let run = call(&["check", FAULTY, "--lang", "fr"]);
    assert_eq!(run.code, COULD_NOT_RUN);
    assert!(run.err.contains("“fr”") && run.err.contains("zh、en"), "{}", run.err);
}

#[test]
fn help_names_every_command_and_the_exit_codes() {
    let run = call(&["--help"]);
    assert_eq!((run.code, run.err.as_str()), (CLEAN, ""));
    for word in ["check", "rule", "scheme", "--lang", "退出码：0 没有错误；1 有错误"] {
        assert!(run.out.contains(word), "{word}: {}", run.out);
    }
    let run = call(&["--lang", "en", "--help"]);
    assert!(run.out.contains("Exit codes: 0 no error found; 1 errors found"), "{}", run.out);
}

#[test]
fn help_of_check_names_every_option() {
    let options = [
        "--scheme",
        "--schemes",
        "--format",
        "--output",
        "--select",
        "--waive",
        "--annotate",
        "--color",
    ];
    for lang in ["zh", "en"] {
        let run = call(&["check", "--help", "--lang", lang]);
        assert_eq!(run.code, CLEAN);
        for option in options {
            assert!(run.out.contains(option), "{option}: {}", run.out);
        }
    }
}

#[test]
fn a_command_without_arguments_shows_its_help_and_fails() {
    for args in [&["check"][..], &["rule"], &["scheme"]] {
        let run = call(args);
        assert_eq!((run.code, run.out.as_str()), (COULD_NOT_RUN, ""), "{args:?}");
        assert!(run.err.contains("用法"), "{}", run.err);
    }
}
