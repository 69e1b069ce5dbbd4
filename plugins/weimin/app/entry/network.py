"""`weimin new network`: creates the folders of platforms from a table of divisions."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import msgspec
import yaml

from weimin.model.place import level_of
from weimin.records.divisions import Division, InvalidDivisions, LineFault, decode_table, read_divisions
from weimin.records.place import path_of

SOURCE_FIELDS = ("publisher", "date", "title", "url")

_PLAIN = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff（）《》〔〕]*")


class NetworkSummary(msgspec.Struct, frozen=True, kw_only=True):
    """How many platforms were written, and how many existed and were left unchanged, by level."""

    written: Mapping[str, int]
    existing: Mapping[str, int]

    def __str__(self) -> str:
        text = f"新建 {sum(self.written.values())} 个平台" + _by_level(self.written)
        return text + f"，已有的 {sum(self.existing.values())} 个没有改动"


def new_network(table: Path, root: Path) -> NetworkSummary:
    """Create the platforms of a table, with the source in the file beside it (`NAME.source.yml`), if there is one.

    Raises OSError, and InvalidDivisions with every fault of the table, or for an invalid source.
    """
    return write_network(read_table(table), root, read_source(table.with_suffix(".source.yml")))


def read_table(path: Path) -> str:
    """The text of a table of divisions. Raises OSError, and InvalidDivisions where it is no text."""
    return decode_table(path.read_bytes())


def read_source(path: Path) -> Mapping[str, str] | None:
    """The source of a table; None where there is no such file. Raises DivisionsAtFault."""
    if not path.exists():
        return None
    try:
        # BaseLoader creates only text, lists and mappings
        source = yaml.load(decode_table(path.read_bytes()), yaml.BaseLoader)
    except yaml.YAMLError:
        source = None
    complete = isinstance(source, dict) and source.get("publisher") and set(source) <= set(SOURCE_FIELDS)
    if complete and all(isinstance(value, str) for value in source.values()):
        return dict(source)
    hint = "写成 publisher、date、title、url 四行以内，publisher（发布单位）不能少"
    raise InvalidDivisions([LineFault(line=1, message=f"{path.name} 不是名录的出处", hint=hint)])


def write_network(csv_text: str, root: Path, source: Mapping[str, str] | None = None) -> NetworkSummary:
    """Write a `platform.yml` for every division of the table that has none under `root`/content/network/.

    `source` (publisher, date, title, url): where the table comes from. It is written into each file as `compiled_from`, so
    that a platform without records of its own counts as 尚未填报. None: the files have only the area.
    All or nothing: raises InvalidDivisions before the first file, and removes what it wrote on an OSError.
    """
    divisions = {place.code: place for place in _read_divisions(csv_text, root)}
    new = [code for code in divisions if not _file(root, code).exists()]
    _write_all({_file(root, code): platform_text(divisions[code], source) for code in new})
    return NetworkSummary(written=_levels(new), existing=_levels(set(divisions) - set(new)))


def platform_text(place: Division, source: Mapping[str, str] | None) -> str:
    """The first `platform.yml` of a platform. Raises ValueError for a source without publisher or with other fields."""
    text = f"area: {_scalar(place.name)}\n"
    if not source:
        return text
    if not source.get("publisher") or set(source) - set(SOURCE_FIELDS):
        raise ValueError(f"a source has a publisher and of {SOURCE_FIELDS} nothing else: {dict(source)}")
    lines = [f"{field}: {_scalar(source[field])}" for field in SOURCE_FIELDS if source.get(field)]
    return text + "compiled_from:\n  - " + "\n    ".join(lines) + "\n"


def _read_divisions(csv_text: str, root: Path) -> tuple[Division, ...]:
    return read_divisions(csv_text, lambda code: _file(root, code).exists())


def _file(root: Path, code: str) -> Path:
    return root / path_of("platform", platform=code)


def _write_all(files: Mapping[Path, str]) -> None:
    written: list[Path] = []
    created_folders: list[Path] = []
    try:
        for path, text in files.items():
            missing = [p for p in (path.parent, *path.parent.parents) if not p.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            created_folders += reversed(missing)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                written.append(path)
                file.write(text)
    except OSError:
        for path in written:
            path.unlink(missing_ok=True)
        for folder in reversed(created_folders):
            folder.rmdir()
        raise


def _scalar(text: str) -> str:
    """A plain scalar where every reader takes it for text, else in double quotes, which JSON and YAML share."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _levels(codes: list[str] | set[str]) -> Mapping[str, int]:
    counts = Counter(level_of(code).value for code in codes)
    return {level: counts[level] for level in ("city", "county", "township", "village") if counts[level]}


def _by_level(counts: Mapping[str, int]) -> str:
    names = {"city": "市", "county": "县区", "township": "乡镇街道", "village": "村居"}
    return f"（{'，'.join(f'{names[level]} {count}' for level, count in counts.items())}）" if counts else ""
