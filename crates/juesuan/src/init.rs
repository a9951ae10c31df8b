//! `juesuan init`

use std::io::Write as _;
use std::path::Path;

use juesuan_compile::{carry_over, intake};
use juesuan_model::{FIELDS_HEAD, Input, Lang, Sheet, SheetRow, UNCONFIRMED_MARK};
use juesuan_scheme::Scheme;
use juesuan_scheme::package::{PackageForm, SheetLevel};
use juesuan_write::package;

use crate::cli::InitArgs;
use crate::compiled::has_errors;
use crate::department::handed_in;
use crate::failure::Failure;
use crate::faults::listed;
use crate::output::write_file;
use crate::schemes::Schemes;
use crate::{CLEAN, FOUND, terminal};

/// Writes an empty package, with what can be said beforehand.
pub(crate) fn run(args: &InitArgs) -> Result<u8, Failure> {
    let output = &args.output;
    if !output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
        let why =
            ("不是工作簿的文件名；请以 .xlsx 结尾", "is no name of a workbook; end it with .xlsx");
        return Err(not_written(output, why));
    }
    // What somebody has filled in already must not be lost.
    if output.exists() {
        let why = (
            "已经有了，没有覆盖；请用 -o 另给一个文件名",
            "exists and was left alone; choose another name",
        );
        return Err(not_written(output, why));
    }
    let schemes = Schemes::open(args.schemes.as_deref())?;
    let mut scheme = (*schemes.load(&args.scheme)?).clone();
    let form = PackageForm::load(&schemes.files(), &mut scheme)?;
    let level = if args.is_department { SheetLevel::Department } else { SheetLevel::Unit };
    let (mut filled, code) = match &args.from {
        Some(from) => carried(from, &form, &scheme, level, args.lang)?,
        None => (Vec::new(), CLEAN),
    };
    if let Some(name) = &args.unit {
        set_name(&form, name, &mut filled);
    }
    let bytes = package::workbook(&form, &scheme, level, &filled)?;
    write_file(output, |file| Ok(file.write_all(&bytes)?))?;
    terminal::print(&summary(args, &form, level, &filled))?;
    Ok(code)
}

/// What the package of the year before gives. What is wrong with it is told.
fn carried(
    from: &Path,
    form: &PackageForm,
    scheme: &Scheme,
    level: SheetLevel,
    lang: Lang,
) -> Result<(Vec<Sheet>, u8), Failure> {
    let sheets = handed_in(from)?;
    let label = from.file_stem().map(|name| name.to_string_lossy()).unwrap_or_default();
    let (package, findings) = intake(form, scheme, level, &label, &sheets);
    terminal::print(&listed(&findings, false, lang))?;
    let code = if has_errors(&findings) {
        terminal::print(lang.pick(
            "上年的数据包有以上错误，带出的内容请逐项核对\n",
            "Last year's package has these errors; look at everything that was carried over\n",
        ))?;
        FOUND
    } else {
        CLEAN
    };
    Ok((carry_over(form, scheme, level, &package), code))
}

/// Writes the name of the unit where it belongs, over what was carried over.
fn set_name(form: &PackageForm, name: &str, filled: &mut Vec<Sheet>) {
    let sheet = form.sheets.iter().find(|sheet| &*sheet.id == "unit");
    let column = sheet.and_then(|sheet| sheet.columns.iter().find(|column| &*column.id == "name"));
    let Some((sheet, column)) = sheet.zip(column) else { return };
    let row =
        |number, cells: [&str; 2]| SheetRow { number, cells: cells.map(Input::typed).to_vec() };
    let new = row(2, [&column.name, name]);
    let Some(known) = filled.iter_mut().find(|known| known.name == sheet.name) else {
        let rows = vec![row(1, FIELDS_HEAD), new];
        filled.push(Sheet { name: sheet.name.clone(), rows, ..Sheet::default() });
        return;
    };
    known.rows.retain(|row| row.cells.first().map(Input::shown).as_deref() != Some(&*column.name));
    known.rows.push(new);
}

fn summary(args: &InitArgs, form: &PackageForm, level: SheetLevel, filled: &[Sheet]) -> String {
    let sheets = form.sheets.iter().filter(|sheet| sheet.level == level).count();
    let path = args.output.display();
    let mut said = match args.lang {
        Lang::Zh => format!("写出空数据包 {path}：{sheets} 张表"),
        Lang::En => format!("An empty package was written to {path}: {sheets} sheets"),
    };
    if args.from.is_some() {
        let cells = || filled.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
        let open = cells()
            .filter(|cell| matches!(cell, Input::Text(t) if t.starts_with(UNCONFIRMED_MARK)))
            .count();
        let rows: usize = filled.iter().map(|sheet| sheet.rows.len().saturating_sub(1)).sum();
        said.push_str(&match args.lang {
            Lang::Zh => format!("，由上年带出 {rows} 行，其中待确认 {open} 处"),
            Lang::En => format!(", {rows} rows carried over, {open} cells to be confirmed"),
        });
    }
    said.push('\n');
    said
}

fn not_written(path: &Path, (zh, en): (&str, &str)) -> Failure {
    Failure::NotWritten { path: path.to_owned(), why: (zh.to_owned(), en.to_owned()) }
}
