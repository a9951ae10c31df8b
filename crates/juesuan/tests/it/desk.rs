//! A desk to work at: the command, the example, and folders that go away.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::Value;
use tempfile::TempDir;

/// The exit codes that users rely on.
pub(crate) const CLEAN: i32 = 0;
pub(crate) const FOUND: i32 = 1;
pub(crate) const COULD_NOT_RUN: i32 = 2;

/// The example with planted faults, below the root of the repository.
pub(crate) const FAULTY: &str = "examples/linxi-water-2024/faulty.md";
/// The faulty example as a word processor saves it, and as it prints it.
pub(crate) const TYPED: &str = "examples/linxi-water-2024/faulty.docx";
pub(crate) const PRINTED: &str = "examples/linxi-water-2024/faulty.pdf";
/// The same without them.
pub(crate) const REPAIRED: &str = "examples/linxi-water-2024/clean.md";

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The command, in the root of the repository. Nothing that it is asked here takes a minute.
pub(crate) fn juesuan(args: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("juesuan");
    command.current_dir(root()).args(args).timeout(Duration::from_secs(60));
    command.env_remove("NO_COLOR");
    command
}

/// What a run left behind.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let run = Run {
        code: output.status.code().expect("no exit code: killed by a signal or by the clock"),
        out: text(output.stdout),
        err: text(output.stderr),
    };
    assert!(!run.err.contains("panicked"), "{}", run.err);
    run
}

/// Runs the command with arguments.
pub(crate) fn call(args: &[&str]) -> Run {
    run(&mut juesuan(args))
}

/// The report of a run as JSON.
pub(crate) fn report(args: &[&str]) -> (i32, Value) {
    let run = call(&[&["check", "--format", "json"], args].concat());
    let json = serde_json::from_str(&run.out);
    (run.code, json.unwrap_or_else(|error| panic!("{error}: {}\n{}", run.out, run.err)))
}

/// The text of a file of the repository.
pub(crate) fn text_of(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// A folder that goes away, with files in it.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// The path of a file, whether it exists or not.
    pub(crate) fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    /// Writes a file, with the folders above it, and gives its path.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        self.path(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    /// Copies a folder of the repository.
    pub(crate) fn copy(&self, from: &str, to: &str) {
        for entry in fs::read_dir(root().join(from)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let (from, to) = (format!("{from}/{name}"), format!("{to}/{name}"));
            if path.is_dir() {
                self.copy(&from, &to);
            } else {
                self.file(&to, fs::read(path).unwrap());
            }
        }
    }

    /// All files in it, by their paths below it.
    pub(crate) fn files(&self) -> Vec<String> {
        fn walk(folder: &Path, top: &Path, all: &mut Vec<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, top, all);
                } else {
                    all.push(path.strip_prefix(top).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        let mut all = Vec::new();
        walk(self.0.path(), self.0.path(), &mut all);
        all.sort();
        all
    }
}
