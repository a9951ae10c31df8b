#!/usr/bin/env python3
"""Measures reading tables of PDF beside pdfplumber, PyMuPDF and camelot, on documents with known content.

    cargo build --release
    python3 bench/reading.py [--juesuan target/release/juesuan] [--runs 3] [--keep FOLDER]

The known content is the tables of examples/linxi-water-2024/clean.md and long made-up forms that go on over pages
(seeded, so that they are the same each time). LibreOffice and Chromium print each document with and without rules,
upright and landscape, once with all text at the left and once as official forms stand: heads in the middle, amounts at
the right, names of items set in. typst prints them as official forms with the heads on every page. Who is not
installed is left out and named. Told are, of the cells that hold text: how many are
read with the same text in some table, how many stand in their row and column, and how many tables are whole and right;
then the time of a process of its own. Peers give a table for each page; those of following pages with as many columns
are joined for them, and a repeated head is dropped. The peers live in a virtual environment that the script makes,
with the versions named below. The table that is printed stands in docs/benchmarks.md.
"""

import argparse
import collections
import html
import itertools
import json
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

PINNED = ["pdfplumber==0.11.7", "PyMuPDF==1.26.4", "camelot-py==1.0.9"]
TYPST = "typst==0.15.2"

PEERS = {
    "pdfplumber": "import pdfplumber\nwith pdfplumber.open(sys.argv[1]) as pdf:\n"
                  "    for page in pdf.pages: out.extend(page.extract_tables())",
    "PyMuPDF": "import pymupdf\nfor page in pymupdf.open(sys.argv[1]):\n"
               "    out.extend(table.extract() for table in page.find_tables().tables)",
    "camelot": "import camelot, logging\nlogging.disable(logging.CRITICAL)\n"
               "out.extend(t.df.values.tolist() for t in camelot.read_pdf(sys.argv[1], pages='all', flavor=sys.argv[2]))",
}
PEER = "import json, sys, warnings\nwarnings.filterwarnings('ignore')\nout = []\n{}\njson.dump(out, open(sys.argv[3], 'w'))"

NAMES = ["一般公共服务支出", "行政运行", "社会保障和就业支出", "机关事业单位基本养老保险缴费支出", "卫生健康支出", "农林水支出", "住房公积金",
         "其他城乡社区公共设施支出", "国有土地使用权出让收入安排的支出", "抚恤"]
CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pdf-header-footer"]


def bare(text) -> str:
    return re.sub(r"\s+", "", text or "")


def grid(block: dict) -> list:
    """A table of `juesuan read` as rows of texts; what a cell spans beyond its first place is blank."""
    width = max((c["column"] + c["column_span"] for c in block["cells"]), default=0)
    rows = [[""] * width for _ in range(1 + max((c["row"] for c in block["cells"]), default=-1))]
    for cell in block["cells"]:
        rows[cell["row"]][cell["column"]] = bare(cell["text"])
    return rows


def read(juesuan: str, path: pathlib.Path) -> list:
    said = subprocess.run([juesuan, "read", str(path), "--format", "json"], capture_output=True, check=True).stdout
    return [grid(block) for block in json.loads(said)["blocks"] if block["kind"] == "table"]


def long_forms(chance: random.Random) -> list:
    forms = []
    for columns in (3, 5, 6):
        rows = [["科目编码", "科目名称", *(f"第{c + 1}栏" for c in range(columns))]]
        for _ in range(chance.randrange(60, 140)):
            amounts = [f"{chance.randrange(1, 9_999_999) / 100:.2f}" if chance.random() < 0.8 else "" for _ in range(columns)]
            rows.append([str(chance.randrange(2010101, 2299999)), chance.choice(NAMES), *amounts])
        forms.append(rows)
    return forms


def side(text: str, is_head: bool) -> str:
    """Where text stands in its cell in official forms."""
    if is_head or text in ("合计", "总计", "栏次") or re.fullmatch(r"\d{1,2}", text):
        return "center"
    return "right" if re.fullmatch(r"-?[\d,]+\.\d+", text) else "left"


def page(tables: list, is_official: bool, is_ruled: bool, is_landscape: bool) -> str:
    """Tables as a page: with all text at the left, or as official forms stand, where items of a class are set in."""
    size = "29.7cm 21cm" if is_landscape else "21cm 29.7cm"
    border = "border:0.6pt solid black" if is_ruled else "border:none"
    style = f"@page{{size:{size};margin:2cm}}body{{font:10pt serif}}table{{border-collapse:collapse;width:100%}}" \
            f"td{{{border};padding:2pt 4pt;vertical-align:middle}}tr{{break-inside:avoid}}"

    def cell(text: str, row: list, is_head: bool) -> str:
        if not is_official:
            return f"<td>{html.escape(text)}</td>"
        is_set_in = not is_head and text == row[1] and row[0].isdigit() and len(row[0]) > 4
        return f'<td align="{side(text, is_head)}">{"&#12288;" * is_set_in}{html.escape(text)}</td>'

    rows = lambda table: "".join("<tr>" + "".join(cell(c, r, n == 0) for c in r) + "</tr>" for n, r in enumerate(table))
    attributes = f'border="{int(is_ruled)}" cellspacing="0" cellpadding="3"'
    parts = (f"<h3>表{n}</h3><p>金额单位：万元</p><table {attributes}>{rows(t)}</table>" for n, t in enumerate(tables, 1))
    return f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><style>{style}</style></head><body>{"".join(parts)}</body></html>'


def set_page(tables: list, is_ruled: bool, is_landscape: bool) -> str:
    """The same page in the language of typst."""
    def cell(text: str) -> str:
        return f"[#align({side(text, False)})[#{json.dumps(text, ensure_ascii=False)}]]"

    parts = [f'#set page(paper: "a4", flipped: {str(is_landscape).lower()}, margin: 2cm)\n'
             '#set text(font: "Juesuan Serif", size: 10pt, lang: "zh")\n'
             f'#set table(stroke: {"0.5pt" if is_ruled else "none"}, inset: 3pt)\n']
    for number, table in enumerate(tables, 1):
        head = "".join(f"[#align(center)[#{json.dumps(text, ensure_ascii=False)}]]," for text in table[0])
        rows = "\n".join(",".join(map(cell, row)) + "," for row in table[1:])
        # Numbers keep in one line, words take the room that is left, and heads keep to their columns.
        is_words = lambda at: any(re.search(r"[^\d.,-]", row[at]) for row in table[2:])
        width = lambda at: f"{1.2 + 0.55 * max(len(row[at]) for row in table[1:]):.2f}em"
        widths = ",".join("1fr" if is_words(at) else width(at) for at in range(len(table[0])))
        parts.append(f"=== 表{number}\n金额单位：万元\n\n#table(columns: ({widths}), table.header({head}),\n{rows})\n")
    return "".join(parts)


def printed(renderer: str, source: pathlib.Path, folder: pathlib.Path, python: str) -> pathlib.Path:
    target = folder / f"{source.stem}-{renderer}.pdf"
    if renderer == "typst":
        program = "import sys, typst\ntypst.compile(sys.argv[1], output=sys.argv[2], font_paths=sys.argv[3:])"
        command = [python, "-c", program, str(source), str(target), "crates/print/fonts"]
    elif renderer == "LibreOffice":
        command = ["soffice", "--headless", "--convert-to", "pdf", "--infilter=HTML (StarWriter)", "--outdir", str(folder), str(source)]
    else:
        command = [*CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    made = folder / f"{source.stem}.pdf"
    return made.rename(target) if made.exists() else target


def joined(tables: list) -> list:
    """Tables of following pages with as many columns as one, the repeated head dropped."""
    out = []
    for table in tables:
        rows = [[bare(cell) for cell in row] for row in table]
        if out and rows and len(out[-1][0]) == len(rows[0]) and rows[0][0][:1].isdigit() | (rows[0] == out[-1][0]):
            out[-1].extend(rows[1:] if rows[0] == out[-1][0] else rows)
        elif rows:
            out.append(rows)
    return out


def score(known: list, found: list) -> collections.Counter:
    """Each known table is held against the found one that shares most of its texts, and has the fewest others."""
    texts = [collections.Counter(c for row in t for c in row if c) for t in found]
    tally, all_found = collections.Counter(), sum(texts, collections.Counter())
    for table in known:
        own = collections.Counter(c for row in table for c in row if c)
        likeness = lambda at: (sum((texts[at] & own).values()), -sum(texts[at].values()))
        best = max(range(len(found)), key=likeness, default=None)
        rows = found[best] if best is not None else []
        tally["cells"] += sum(own.values())
        tally["texts"] += sum((own & all_found).values())
        # Rows that a reader adds above do not move all that stand below.
        shift = max((-1, 0, 1), key=lambda s: sum(a == b for a, b in zip(table, rows[s:] if s >= 0 else [[]] + rows)))
        rows = rows[shift:] if shift >= 0 else [[]] + rows
        placed = sum(1 for a, b in zip(table, rows) for x, y in zip(a, b) if x and x == y)
        tally["placed"] += placed
        tally["tables"] += 1
        tally["whole"] += placed == sum(own.values()) and sum(map(len, map(list, rows))) > 0 and len(rows) == len(table)
    return tally


def timed(command: list, runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def environment(folder: pathlib.Path) -> tuple:
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    python = str(folder / "venv/bin/python")

    def is_there(pin: str) -> bool:
        made = subprocess.run([python, "-m", "pip", "install", "--quiet", pin], capture_output=True)
        if made.returncode:
            print(f"{pin} could not be installed and is left out", file=sys.stderr)
        return made.returncode == 0

    return python, [name for name, pin in zip(PEERS, PINNED) if is_there(pin)], is_there(TYPST)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--juesuan", default="target/release/juesuan")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=pathlib.Path, help="where the documents stay")
    args = parser.parse_args()
    juesuan = str(pathlib.Path(args.juesuan).resolve())
    folder = args.keep or pathlib.Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    python, peers, has_typst = environment(folder)
    example = read(juesuan, pathlib.Path("examples/linxi-water-2024/clean.md"))
    documents = {"forms": example[:9], "long": long_forms(random.Random(2024))}
    renderers = [name for name, program in [("LibreOffice", "soffice"), ("Chromium", "chromium")] if shutil.which(program)]
    totals = collections.defaultdict(collections.Counter)
    seconds = collections.defaultdict(float)
    count = 0
    for (name, known), is_ruled, is_landscape in itertools.product(documents.items(), (True, False), (False, True)):
        kind, way = "ruled" if is_ruled else "borderless", "landscape" if is_landscape else "portrait"
        sources = []
        for style in ("plain", "official"):
            source = folder / f"{name}-{kind}-{way}-{style}.html"
            source.write_text(page(known, style == "official", is_ruled, is_landscape), encoding="utf-8")
            sources += [(renderer, source) for renderer in renderers]
        if has_typst:
            source = folder / f"{name}-{kind}-{way}.typ"
            source.write_text(set_page(known, is_ruled, is_landscape), encoding="utf-8")
            sources.append(("typst", source))
        for renderer, source in sources:
            pdf = printed(renderer, source, folder, python)
            count += 1
            totals["juesuan", kind] += score(known, read(juesuan, pdf))
            seconds["juesuan"] += timed([juesuan, "read", str(pdf), "--format", "json"], args.runs)
            for peer in peers:
                flavor, out = "lattice" if is_ruled else "stream", folder / "out.json"
                command = [python, "-c", PEER.format(PEERS[peer]), str(pdf), flavor, str(out)]
                out.write_text("[]")
                try:
                    seconds[peer] += timed(command, 1)
                except subprocess.CalledProcessError:
                    print(f"{peer} failed on {pdf.name}", file=sys.stderr)
                totals[peer, kind] += score(known, joined(json.loads(out.read_text())))
    print(f"{count} documents")
    print("| reader | tables | cell texts | in their place | whole tables | seconds for all |\n|---|---|---|---|---|---|")
    for (reader, kind), tally in sorted(totals.items(), key=lambda item: (item[0][1] != "ruled", item[0][0] != "juesuan")):
        share = lambda part, whole: f"{100 * tally[part] / max(tally[whole], 1):.1f} %"
        print(f"| {reader} | {kind} | {share('texts', 'cells')} | {share('placed', 'cells')} | "
              f"{tally['whole']} of {tally['tables']} | {seconds[reader]:.2f} |")


if __name__ == "__main__":
    main()
