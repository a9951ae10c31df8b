#!/usr/bin/env python3
"""Measures writing a disclosure beside python-docx, XlsxWriter, openpyxl and LibreOffice, in turns.

    cargo build --release
    python3 bench/writing.py [--juesuan target/release/juesuan] [--of examples/shenyang-gxj-2024] [--runs 9]

The peers get what `juesuan publish --format data` wrote: the paragraphs that hold figures and the cells of the nine
forms, as texts and numbers that are ready. They only write. `juesuan publish` does everything each time: it reads
the packages, consolidates, scores, composes, reads its own text back, checks it, and writes one format. Each run is
a process of its own, from start to exit. The peers live in a virtual environment that the script makes in a
temporary folder, with the versions named below. LibreOffice takes part where it is installed: it turns the Word
document into PDF. The table that is printed stands in docs/benchmarks.md.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

PINNED = ["python-docx==1.2.0", "XlsxWriter==3.3.1", "openpyxl==3.1.5"]

# What the peers share: the forms as rows of cells, from the facts.
LOAD = """
import json, sys
data = json.load(open(sys.argv[1], encoding="utf-8"))
forms = {}
for fact in data["facts"]:
    forms.setdefault(fact["form"], {}).setdefault((fact["row"], fact["name"]), {})[fact["column"]] = fact
paragraphs = list(dict.fromkeys(figure["paragraph"] for figure in data["text"]))
def table(rows):
    columns = list(dict.fromkeys(column for cells in rows.values() for column in cells))
    yield ["编码", "名称", *columns]
    for (row, name), cells in rows.items():
        yield [row, name, *(cells.get(column) for column in columns)]
"""

DOCX = LOAD + """
from docx import Document
document = Document()
document.add_heading(data["title"], 0)
for paragraph in paragraphs:
    document.add_paragraph(paragraph)
for form, rows in forms.items():
    document.add_heading(form, 1)
    cells = list(table(rows))
    grid = document.add_table(rows=len(cells), cols=len(cells[0]))
    for line, printed in zip(grid.rows, cells):
        for cell, value in zip(line.cells, printed):
            cell.text = "" if value is None else value if isinstance(value, str) else value["printed"]
document.save(sys.argv[2])
"""

XLSXWRITER = LOAD + """
import xlsxwriter
book = xlsxwriter.Workbook(sys.argv[2])
money = book.add_format({"num_format": "#,##0.00"})
for form, rows in forms.items():
    sheet = book.add_worksheet(form[:31])
    for at, printed in enumerate(table(rows)):
        for column, value in enumerate(printed):
            if isinstance(value, str):
                sheet.write_string(at, column, value)
            elif value is not None:
                sheet.write_number(at, column, float(value["amount"]) / 10000, money)
sheet = book.add_worksheet("text")
for at, paragraph in enumerate(paragraphs):
    sheet.write_string(at, 0, paragraph)
book.close()
"""

OPENPYXL = LOAD + """
from openpyxl import Workbook
book = Workbook()
book.remove(book.active)
for form, rows in forms.items():
    sheet = book.create_sheet(form[:31])
    for printed in table(rows):
        sheet.append([v if v is None or isinstance(v, str) else float(v["amount"]) / 10000 for v in printed])
sheet = book.create_sheet("text")
for paragraph in paragraphs:
    sheet.append([paragraph])
book.save(sys.argv[2])
"""


class Run:
    """A command that is run again and again, with what each run took."""

    def __init__(self, kind: str, name: str, command: list, made: pathlib.Path):
        self.kind, self.name, self.command, self.made = kind, name, [str(part) for part in command], made
        self.wall, self.cpu, self.memory = [], [], []

    def once(self) -> None:
        if self.made.is_dir():
            shutil.rmtree(self.made)
        start = time.monotonic()
        process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) != 0 or not self.made.exists():
            sys.exit(f"{self.name} failed: {' '.join(self.command)}")
        self.wall.append(time.monotonic() - start)
        self.cpu.append(usage.ru_utime + usage.ru_stime)
        self.memory.append(usage.ru_maxrss / 1024)

    def line(self) -> str:
        made = [self.made] if self.made.is_file() else [p for p in self.made.rglob("*") if p.is_file()]
        size = sum(path.stat().st_size for path in made) / 1024
        wall, cpu, memory = (statistics.median(of) for of in (self.wall, self.cpu, self.memory))
        return f"| {self.kind} | {self.name} | {wall * 1000:,.0f} ms | {cpu * 1000:,.0f} ms | {memory:,.0f} MiB | {size:,.0f} KB |"


def peers(work: pathlib.Path, python: pathlib.Path, data: pathlib.Path) -> list:
    runs = []
    for kind, name, script in [("docx", PINNED[0], DOCX), ("xlsx", PINNED[1], XLSXWRITER), ("xlsx", PINNED[2], OPENPYXL)]:
        stem = name.split("==")[0]
        path, made = work / f"write_with_{stem}.py", work / f"{stem}.{kind}"
        path.write_text(script, encoding="utf-8")
        runs.append(Run(kind, name.replace("==", " "), [python, path, data, made], made))
    return runs


def ours(juesuan: pathlib.Path, of: pathlib.Path, work: pathlib.Path, formats: list) -> list:
    def run(kind: str) -> Run:
        made = work / f"juesuan-{kind}"
        return Run(kind, "juesuan publish, all steps", [juesuan, "publish", of, "-o", made, "--format", kind], made)
    return [run(kind) for kind in formats]


def office(work: pathlib.Path, docx: pathlib.Path) -> list:
    program = shutil.which("soffice")
    if program is None:
        return []
    made = work / "office" / f"{docx.stem}.pdf"
    profile = f"-env:UserInstallation=file://{work}/profile"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", made.parent, docx]
    return [Run("pdf", "LibreOffice, from our docx", command, made)]


def knows(juesuan: pathlib.Path, kind: str) -> bool:
    """Whether this build of the program publishes a format."""
    said = subprocess.run([juesuan, "publish", "--help"], capture_output=True, text=True).stdout
    return kind in said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--juesuan", type=pathlib.Path, default="target/release/juesuan")
    parser.add_argument("--of", type=pathlib.Path, default="examples/shenyang-gxj-2024")
    parser.add_argument("--runs", type=int, default=9)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        subprocess.run([sys.executable, "-m", "venv", work / "venv"], check=True)
        python = work / "venv" / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "-q", *PINNED], check=True)
        out = work / "published"
        publish = [args.juesuan, "publish", args.of, "-o", out, "--format", "data,docx"]
        subprocess.run(publish, check=True, stdout=subprocess.DEVNULL)
        data, docx = out / "data" / "data.json", next(out.glob("*.docx"))
        formats = ["docx", "xlsx", "html", "data"] + (["pdf"] if knows(args.juesuan, "pdf") else [])
        runs = peers(work, python, data) + office(work, docx) + ours(args.juesuan, args.of, work, formats)
        for run in runs:
            run.once()  # fills caches of the system, is not counted
            run.wall, run.cpu, run.memory = [], [], []
        for _ in range(args.runs):
            for run in runs:
                run.once()
        facts = json.loads(data.read_text(encoding="utf-8"))
        print(f"{len(facts['facts'])} cells, {len(facts['text'])} figures in the text; {args.runs} runs each, in turns, medians\n")
        print("| format | program | wall | cpu | peak memory | size |\n|---|---|---|---|---|---|")
        order = {kind: at for at, kind in enumerate(["docx", "xlsx", "pdf", "html", "data"])}
        for run in sorted(runs, key=lambda run: order[run.kind]):
            print(run.line())


if __name__ == "__main__":
    main()
