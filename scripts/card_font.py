"""Remake the fonts of the share pictures: a subset of a full font that has every character of this repository.

    .venv/bin/python scripts/card_font.py [REGULAR BOLD]

Needs Debian's package fonts-noto-cjk, or the two files of another build of Noto Sans CJK SC (.otf, .ttf or .ttc).
`theme/fonts/characters.txt` is read and written: what is in it stays, what the repository uses besides comes in.
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
FAMILY = "Weimin Card"  # not the name of the full font: its licence and its makers' trade mark ask for another one
READ = ("content", "divisions", "schemas", "plugins", "theme/templates")
TEXT = {".md", ".yml", ".csv", ".json", ".py", ".html"}
ALWAYS = (range(0x20, 0x7F), range(0xA0, 0x100), range(0x2010, 0x2028), range(0x3000, 0x3020), range(0xFF01, 0xFF5F))
ROW = 48  # characters of a line of the list
KEPT_NAMES = {0, 5, 7, 8, 9, 11, 12, 13, 14}  # copyright, version, makers, licence


def main(arguments: list[str]) -> None:
    speak_utf8()
    if len(arguments) not in (0, 2):
        say("用法：scripts/card_font.py [常规字重的字体文件 粗体的字体文件]")
        sys.exit(2)
    files = [Path(a) for a in arguments] or [Path(SYSTEM.format(weight)) for weight in ("Regular", "Bold")]
    if absent := [str(f) for f in files if not f.is_file()]:
        stop(f"没有找到完整的字体 {'、'.join(absent)}。改法：安装系统软件包 fonts-noto-cjk，或者写出两个字体文件的位置")
    wanted = set(LIST.read_text(encoding="utf-8")) | {chr(c) for part in ALWAYS for c in part} | set(used())
    had: set[str] = set()
    for weight, file in zip(("regular", "bold"), files, strict=True):
        font = opened(file)
        had = {c for c in wanted if ord(c) in font.getBestCmap()}
        small(font, had, weight.capitalize()).save(FOLDER / f"weimin-card-{weight}.otf", reorderTables=True)
    LIST.write_text(rows(had), encoding="utf-8", newline="\n")
    say(f"卡片字体有 {len(had)} 个字")
    if lacking := {c: file for c, file in used("content").items() if c.isprintable() and c not in had}:
        for c, file in lacking.items():
            say(f"完整的字体里也没有“{c}”（U+{ord(c):04X}），见 {file}")
        sys.exit(1)


def used(*folders: str) -> dict[str, str]:
    """Each character that is written below the folders, and a file in which it stands."""
    found: dict[str, str] = {}
    for file in texts(folders or READ):
        name = file.relative_to(ROOT).as_posix()
        for character in set(file.read_text(encoding="utf-8", errors="ignore")):
            found.setdefault(character, name)
    return found


def texts(folders: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        yield from (f for f in sorted((ROOT / folder).rglob("*")) if f.suffix in TEXT and f.is_file())


def opened(file: Path) -> TTFont:
    """The simplified Chinese font of a file; of a collection, the one of that name."""
    if file.suffix != ".ttc":
        return TTFont(file, recalcTimestamp=False)
    named = {font["name"].getDebugName(1): n for n, font in enumerate(TTCollection(file, lazy=True))}
    return TTFont(file, fontNumber=named[FULL], recalcTimestamp=False)


def small(font: TTFont, characters: set[str], weight: str) -> TTFont:
    """Outlines and widths of the characters, and nothing that a picture of horizontal text does not need."""
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
    renamed(font, weight)
    return font


def renamed(font: TTFont, weight: str) -> None:
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
    """Characters in order of their numbers; a blank is left out, it is in every font."""
    found = sorted(c for c in characters if not c.isspace())
    return "".join("".join(found[n : n + ROW]) + "\n" for n in range(0, len(found), ROW))


if __name__ == "__main__":
    main(sys.argv[1:])
