//! A department's folder: its list of units, and the packages they handed in.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use juesuan_compile::{Department, Node, Package, check_unit, gather, intake};
use juesuan_model::{Finding, Sheet};
use juesuan_read::{BOOK_ENDINGS, PackageError, SHEET_ENDINGS, decode, read_sheet, read_workbook};
use juesuan_scheme::Scheme;
use juesuan_scheme::package::{PackageForm, SheetLevel};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Deserialize;

use crate::compiled::has_errors;
use crate::examine::{caught, quiet_panics};
use crate::failure::Failure;

/// The file that lists the units.
pub(crate) const LIST: &str = "部门.toml";
/// The folder or workbook of the department's own package.
const OWN: &str = "部门";
/// The largest file of a package.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// The list of units as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(rename = "名称")]
    name: Arc<str>,
    #[serde(rename = "年度")]
    year: i32,
    #[serde(rename = "方案")]
    scheme: String,
    #[serde(rename = "单位", default)]
    units: Vec<ListedUnit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListedUnit {
    #[serde(rename = "代码")]
    code: Arc<str>,
    /// Where its package is: a folder, or a workbook with or without its ending.
    #[serde(rename = "文件夹", alias = "文件")]
    folder: String,
    #[serde(rename = "上级", default)]
    parent: Option<Arc<str>>,
}

/// A department's folder before its packages are read.
pub(crate) struct Folder {
    path: PathBuf,
    list: List,
}

/// What was read of a department's folder.
pub(crate) struct HandedIn {
    pub(crate) department: Department,
    /// The department's own package, then those of its units.
    pub(crate) packages: Vec<Package>,
    pub(crate) findings: Vec<Finding>,
}

impl Folder {
    /// Reads the list of units.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let list = path.join(LIST);
        let text = read_text(&list)?;
        let list = toml::from_str(&text).map_err(|error: toml::de::Error| Failure::List {
            path: list.clone(),
            why: error.message().to_owned(),
            line: error.span().map_or(0, |span| line_of(&text, span.start)),
        })?;
        Ok(Self { path: path.to_owned(), list })
    }

    /// The scheme that the department compiles by.
    pub(crate) fn scheme(&self) -> &str {
        &self.list.scheme
    }

    /// Reads all packages.
    pub(crate) fn read(&self, form: &PackageForm, scheme: &Scheme) -> Result<HandedIn, Failure> {
        let read = |folder: &str, level| {
            let sheets = handed_in(&self.path.join(folder))?;
            let (package, mut findings) = intake(form, scheme, level, folder, &sheets);
            // Figures do not fit each other where one of them was refused.
            if !has_errors(&findings) {
                findings.extend(check_unit(form, scheme, &package));
            }
            Ok::<_, Failure>((package, findings))
        };
        let own = read(OWN, SheetLevel::Department)?;
        let units = self.list.units.par_iter().map(|unit| read(&unit.folder, SheetLevel::Unit));
        let units: Vec<_> = units.collect::<Result<_, Failure>>()?;
        let (packages, findings): (Vec<_>, Vec<_>) = std::iter::once(own).chain(units).unzip();
        let findings = gather(findings.into_iter().flatten());
        let node = |unit: &ListedUnit| Node {
            code: unit.code.clone(),
            label: unit.folder.as_str().into(),
            parent: unit.parent.clone(),
        };
        let department = Department {
            name: self.list.name.clone(),
            year: self.list.year,
            units: self.list.units.iter().map(node).collect(),
        };
        Ok(HandedIn { department, packages, findings })
    }
}

/// The sheets of a package: of its folder, its workbook, or both when both are there, which is told
/// where they hold the same sheet.
pub(crate) fn handed_in(path: &Path) -> Result<Vec<Sheet>, Failure> {
    let mut all = Vec::new();
    let with_ending = BOOK_ENDINGS.map(|ending| {
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(ending);
        PathBuf::from(name)
    });
    let books = with_ending.iter().filter(|path| path.is_file());
    let mut is_there = false;
    for book_path in books.map(PathBuf::as_path).chain(path.is_file().then_some(path)) {
        is_there = true;
        all.extend(book(book_path)?);
    }
    if path.is_dir() || !is_there {
        all.extend(folder_sheets(path)?);
    }
    Ok(all)
}

/// The sheets of a workbook.
fn book(path: &Path) -> Result<Vec<Sheet>, Failure> {
    let refused = |source| Failure::Package { path: path.to_owned(), source };
    let about = fs::metadata(path).map_err(|source| Failure::read(path, source))?;
    if about.len() > MOST_BYTES {
        let part = format!("{} MB", about.len() >> 20);
        return Err(refused(PackageError::TooLarge { part }));
    }
    let bytes = fs::read(path).map_err(|source| Failure::read(path, source))?;
    quiet_panics();
    caught(path, || read_workbook(&path.display().to_string(), &bytes).map_err(refused))
}

/// The sheets of a folder, in the order of their names.
fn folder_sheets(folder: &Path) -> Result<Vec<Sheet>, Failure> {
    let entries = fs::read_dir(folder).map_err(|source| Failure::read(folder, source))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|source| Failure::read(folder, source))?.path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
        let ending = ending.to_ascii_lowercase();
        // Such files stand beside a workbook while it is open.
        let is_lock = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("~$"));
        if !is_lock && (SHEET_ENDINGS.contains(&&*ending) || BOOK_ENDINGS.contains(&&*ending)) {
            paths.push((path, ending));
        }
    }
    paths.sort();
    let mut all = Vec::new();
    for (path, ending) in &paths {
        match BOOK_ENDINGS.contains(&&**ending) {
            true => all.extend(book(path)?),
            false => all.push(sheet(path, ending)?),
        }
    }
    Ok(all)
}

fn sheet(path: &Path, ending: &str) -> Result<Sheet, Failure> {
    let text = read_text(path)?;
    let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or("");
    let file = path.display().to_string();
    read_sheet(name, ending, &file, &text)
        .map_err(|source| Failure::Package { path: path.to_owned(), source })
}

fn read_text(path: &Path) -> Result<String, Failure> {
    let read = |path: &Path| {
        let file = fs::File::open(path)?;
        // With room for the whole file it takes two calls of the system instead of a dozen.
        let length = file.metadata()?.len().min(MOST_BYTES).saturating_add(1);
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
        file.take(MOST_BYTES).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read(path).map_err(|source| Failure::read(path, source))?;
    let decoded =
        decode(bytes).map_err(|source| Failure::Document { path: path.to_owned(), source })?;
    Ok(decoded.text)
}

fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or_default().matches('\n').count() + 1
}
