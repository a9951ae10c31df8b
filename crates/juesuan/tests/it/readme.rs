//! Every command of the pages for users does what it says, in a folder like the repository.

use std::fs;

use crate::desk::{CLEAN, FOUND, Folder, juesuan, run, text_of};

/// The pages, whose commands are run one after another.
const PAGES: [&str; 3] = ["README.md", "docs/reports.md", "docs/formulas.md"];
/// What the commands speak of.
const FOLDERS: [&str; 2] = ["examples", "schemes"];

/// The lines of all blocks of a page in a language, block by block.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let rests = page.split(&fence).skip(1);
    rests.filter_map(|rest| rest.split_once("```").map(|(block, _)| block.to_owned())).collect()
}

#[test]
fn commands_of_pages_run() {
    let folder = Folder::new();
    for name in FOLDERS {
        folder.copy(name, name);
    }
    let accepted = blocks(&text_of("docs/reports.md"), "toml").remove(0);
    folder.file("accepted.toml", accepted);
    let mut count = 0;
    for page in PAGES {
        let blocks = blocks(&text_of(page), "sh");
        let commands = blocks.iter().flat_map(|block| block.lines());
        for command in commands.filter_map(|line| line.strip_prefix("juesuan ")) {
            let words = command.split_whitespace();
            let args: Vec<&str> = words.map(|word| word.trim_matches('\'')).collect();
            let run = run(juesuan(&args).current_dir(folder.path("")));
            let is_done = [CLEAN, FOUND].contains(&run.code) && run.err.is_empty();
            assert!(is_done, "{page}: juesuan {command}: {} {}", run.code, run.err);
            count += 1;
        }
    }
    assert!(count > 15, "only {count} commands were read");
    for written in ["report.html", "report.xlsx", "report.json", "reports/faulty.md.report.html"] {
        assert!(fs::metadata(folder.path(written)).is_ok_and(|about| about.len() > 0), "{written}");
    }
}
