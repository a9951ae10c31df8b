#!/usr/bin/env python3
"""Makes the fonts that the program carries: from free fonts, only the characters that disclosures use.

    apt-get download fonts-noto-cjk fonts-noto-cjk-extra fonts-lxgw-wenkai unicode-data
    pip install fonttools==4.68.0
    python3 crates/print/fonts/subset.py FOLDER_OF_THE_PACKAGES

Sources are Debian's packages, held to by the SHA-256 of each file:

    fonts-noto-cjk 1:20220127+repack1-1     Noto Sans CJK SC, Noto Serif CJK SC    OFL-NotoCJK.txt
    fonts-noto-cjk-extra, same version      Noto Sans CJK SC Medium                OFL-NotoCJK.txt
    fonts-lxgw-wenkai 1.250+repack-1        LXGW WenKai                            OFL-LXGWWenKai.txt
    unicode-data 15.0.0-1                   Unihan: which characters the 通用规范汉字表 has

The names are changed, as their licence asks of what is altered (Reserved Font Names “LXGW”, “霞鹜”).
The same sources give the same bytes.
"""

import bz2
import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
SCHEMES = HERE.parents[2] / "schemes"
OPENTYPE = "usr/share/fonts/opentype/noto"
TRUETYPE = "usr/share/fonts/truetype/lxgw-wenkai"
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"

# File, family, style, source, face in the source, SHA-256 of the source, whether all characters.
FONTS = [
    ("serif-regular.otf", "Juesuan Serif", "Regular", f"{OPENTYPE}/NotoSerifCJK-Regular.ttc", 2, "a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481", True),
    ("serif-bold.otf", "Juesuan Serif", "Bold", f"{OPENTYPE}/NotoSerifCJK-Bold.ttc", 2, "a5d4b046c127da3d7c72f98b46c41489cd29bf52abfdf18aba920903e920d4ac", False),
    ("sans-medium.otf", "Juesuan Sans", "Medium", f"{OPENTYPE}/NotoSansCJK-Medium.ttc", 2, "197d5e1e019faca33a4d55931c7d68b8056f3b97cb862049f5cb8de9efdfb8ce", False),
    ("kai-regular.ttf", "Juesuan Kai", "Regular", f"{TRUETYPE}/LXGWWenKai-Regular.ttf", 0, "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8", False),
]


def gb2312():
    """What the national standard has: symbols, letters, 6,763 characters."""
    found = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(bytes([high, low]).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def standard_characters(root):
    """The 8,105 of the 通用规范汉字表: names of people and places."""
    found = set()
    for line in bz2.open(root / UNIHAN, "rt", encoding="utf-8"):
        parts = line.rstrip("\n").split("\t")
        if len(parts) == 3 and parts[1] == "kTGH":
            found.add(chr(int(parts[0][2:], 16)))
    return found


def of_schemes():
    texts = (path.read_text(encoding="utf-8") for path in sorted(SCHEMES.rglob("*")) if path.is_file())
    return {c for text in texts for c in text}


def usual():
    latin = {chr(c) for c in [*range(0x20, 0x7F), *range(0xA0, 0x100)]}
    symbols = set("≥≤≠≈±×÷√％‰℃㎡㎥㎏㎞№〇“”‘’《》〈〉〔〕【】「」『』—–‐…·•、。〓○●△▲□■◆☆★→←↑↓✓✔☑☐　")
    circled = {chr(c) for c in range(0x2460, 0x2474)}
    roman = {chr(c) for c in [*range(0x2160, 0x216C), *range(0x2170, 0x217A)]}
    wide = {chr(c) for c in range(0xFF01, 0xFF5F)} | {"￥", "¥"}
    return latin | symbols | circled | roman | wide


def options():
    chosen = subset.Options()
    chosen.hinting = False
    chosen.layout_features = []
    chosen.glyph_names = False
    chosen.notdef_outline = True
    chosen.recalc_timestamp = False
    chosen.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx", "gasp", "DSIG"]
    chosen.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    chosen.name_languages = [0x409]
    return chosen


def renamed(font, family, style):
    postscript = f"{family.replace(' ', '')}-{style}"
    names = {1: family, 2: style, 3: postscript, 4: f"{family} {style}", 6: postscript}
    if style not in ("Regular", "Bold"):
        names |= {1: f"{family} {style}", 2: "Regular", 16: family, 17: style}
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [postscript]
        top = cff.topDictIndex[0]
        top.FamilyName, top.FullName = family, f"{family} {style}"


def main():
    packages = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for package in sorted(packages.glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", str(package), str(root)], check=True)
        characters = gb2312() | of_schemes() | usual()
        rare = standard_characters(root)
        for name, family, style, source, face, checksum, is_full in FONTS:
            path = root / source
            actual = hashlib.sha256(path.read_bytes()).hexdigest()
            if actual != checksum:
                sys.exit(f"{source} is not the file that this was made for: {actual}")
            font = TTFont(path, fontNumber=face, recalcTimestamp=False)
            wanted = characters | rare if is_full else characters
            subsetter = subset.Subsetter(options())
            subsetter.populate(text="".join(sorted(wanted)))
            subsetter.subset(font)
            renamed(font, family, style)
            font.save(HERE / name)
            print(f"{name}: {len(font.getBestCmap())} characters, {(HERE / name).stat().st_size} bytes")


if __name__ == "__main__":
    main()
