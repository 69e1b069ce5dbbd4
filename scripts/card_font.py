"""Rebuilds the fonts of share images: subsets of a full font with every character that this repository uses.

    .venv/bin/python scripts/card_font.py [REGULAR BOLD]

Needs Debian's package fonts-noto-cjk, or the two files of another build of Noto Sans CJK SC (.otf, .ttf or .ttc).
`theme/fonts/characters.txt` is read and written: its characters stay, and those that the repository uses are added.
The same characters and the same full font give the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

from environment import ROOT, say, speak_utf8, stop

FOLDER = ROOT / "theme" / "fonts"
LIST = FOLDER / "characters.txt"
FULL = "Noto Sans CJK SC"
SYSTEM = "/usr/share/fonts/opentype/noto/NotoSansCJK-{}.ttc"
FAMILY = "Weimin Card"  # the licence and the trade mark of the full font require another name
READ = ("content", "divisions", "schemas", "plugins", "theme/templates")
TEXT = {".md", ".yml", ".csv", ".json", ".py", ".html"}
ALWAYS = (range(0x20, 0x7F), range(0xA0, 0x100), range(0x2010, 0x2028), range(0x3000, 0x3020), range(0xFF01, 0xFF5F))
ROW = 48  # characters per line of the list
KEPT_NAMES = {0, 5, 7, 8, 9, 11, 12, 13, 14}  # copyright, version, makers, licence


def main(arguments: list[str]) -> None:
    speak_utf8()
    if len(arguments) not in (0, 2):
        say("用法：scripts/card_font.py [常规字重的字体文件 粗体的字体文件]")
        sys.exit(2)
    files = [Path(a) for a in arguments] or [Path(SYSTEM.format(weight)) for weight in ("Regular", "Bold")]
    if absent := [str(f) for f in files if not f.is_file()]:
        stop(f"没有找到完整的字体 {'、'.join(absent)}。改法：安装系统软件包 fonts-noto-cjk，或者写出两个字体文件的位置")
    required = set(LIST.read_text(encoding="utf-8")) | {chr(c) for part in ALWAYS for c in part} | set(used())
    available: set[str] = set()
    for weight, file in zip(("regular", "bold"), files, strict=True):
        font = opened(file)
        available = {c for c in required if ord(c) in font.getBestCmap()}
        subset_font(font, available, weight.capitalize()).save(FOLDER / f"weimin-card-{weight}.otf", reorderTables=True)
    LIST.write_text(rows(available), encoding="utf-8", newline="\n")
    say(f"卡片字体有 {len(available)} 个字")
    if lacking := {c: file for c, file in used("content").items() if c.isprintable() and c not in available}:
        for c, file in lacking.items():
            say(f"完整的字体里也没有“{c}”（U+{ord(c):04X}），见 {file}")
        sys.exit(1)


def used(*folders: str) -> dict[str, str]:
    """Each character in files below the folders, with one file that contains it."""
    file_of_character: dict[str, str] = {}
    for file in texts(folders or READ):
        name = file.relative_to(ROOT).as_posix()
        for character in set(file.read_text(encoding="utf-8", errors="ignore")):
            file_of_character.setdefault(character, name)
    return file_of_character


def texts(folders: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        yield from (f for f in sorted((ROOT / folder).rglob("*")) if f.suffix in TEXT and f.is_file())


def opened(file: Path) -> TTFont:
    """The simplified Chinese font of a file; of a collection, the font with that name."""
    if file.suffix != ".ttc":
        return TTFont(file, recalcTimestamp=False)
    named = {font["name"].getDebugName(1): n for n, font in enumerate(TTCollection(file, lazy=True))}
    return TTFont(file, fontNumber=named[FULL], recalcTimestamp=False)


def subset_font(font: TTFont, characters: set[str], weight: str) -> TTFont:
    """Reduce the font to outlines and widths of the characters: all that images of horizontal text need."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = ["*"]
    options.bidi_closure = False
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "GSUB", "GPOS", "GDEF", "BASE"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(c) for c in characters])
    cutter.subset(font)
    rename(font, weight)
    return font


def rename(font: TTFont, weight: str) -> None:
    """Give the subset its own names; only copyright, version, makers and licence stay."""
    plain = f"{FAMILY.replace(' ', '')}-{weight}"
    table = font["name"]
    table.names = [n for n in table.names if n.nameID in KEPT_NAMES]
    words = {1: FAMILY, 2: weight, 3: plain, 4: f"{FAMILY} {weight}", 6: plain, 10: f"A subset of {FULL}"}
    for number, text in words.items():
        table.setName(text, number, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [plain]
    cff[0].FullName, cff[0].FamilyName = f"{FAMILY} {weight}", FAMILY


def rows(characters: set[str]) -> str:
    """The characters in the order of code points, in lines; blanks are left out, because every font has them."""
    visible = sorted(c for c in characters if not c.isspace())
    return "".join("".join(visible[n : n + ROW]) + "\n" for n in range(0, len(visible), ROW))


if __name__ == "__main__":
    main(sys.argv[1:])
