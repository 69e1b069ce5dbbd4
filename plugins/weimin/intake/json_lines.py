"""JSON lines as `weimin export --format json` writes them: one mapping per line, with column names as keys."""

from __future__ import annotations

import msgspec

from weimin.intake.sheet import LARGEST_TEXT, Cell, Fault, Sheet, too_large


def read_json_lines(path: str, data: bytes) -> tuple[Sheet | None, list[Fault]]:
    """The table of one file, and the faults of the file itself."""
    if message := too_large(data, LARGEST_TEXT):
        return None, [Fault(path=path, message=message, hint="分成几个文件，分几次导入")]
    faults: list[Fault] = []
    read: list[tuple[int, dict[str, object]]] = []
    for line, text in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not text.strip():
            continue
        try:
            read.append((line, msgspec.json.decode(text, type=dict[str, object])))
        except (msgspec.DecodeError, msgspec.ValidationError, UnicodeError, RecursionError):
            hint = "每行写一个 {…}，照 weimin export --format json 导出的样子"
            faults.append(Fault(path=path, line=line, message="这一行不是一条完整的 JSON", hint=hint))
    names = tuple(dict.fromkeys(name for _, row in read for name in row))
    if not read:
        return None, faults or [Fault(path=path, message="文件是空的", hint="每行写一条记录")]
    header = tuple(Cell(name, 1, n) for n, name in enumerate(names, 1))
    rows = tuple(tuple(Cell(row.get(name), line, n) for n, name in enumerate(names, 1)) for line, row in read)
    return Sheet(path=path, header=header, rows=rows), faults
