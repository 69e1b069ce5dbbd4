"""From the bytes of a file to a record, with all findings of families F and S of that file, each with its line.

The steps, in order; each one stops only where the next has nothing to work on:

1. `text.read_text` decodes the bytes: encoding, line ends, size, invisible characters (F101, F102, F106, F110, F115, F116).
2. `front_matter.split` separates the fields from the prose of an `.md` record (F111); a `.yml` record is fields only.
3. `yaml.read` makes the value of the fields (F103 to F106, F110). With F105 or F106 the value is not what the author
   meant, so the later steps are left out: they would report faults that are not in the file.
4. `_lookalikes` searches titles and names for letters that resemble others (F115).
5. `schema.Schemas.accept` converts plain numbers and checks the value against the schema of its kind (S101 to S106);
   the parameters of a rule are checked by name as well.
6. Each violation has a JSON pointer; `Locator` turns it into line and column.
7. `Schemas.load` makes the class of the kind. A record exists only if no step found a problem.

Invariants:

- Bytes → problems is a pure function: no file is read here and nothing is kept between two files.
- A record or at least one problem is returned; attachments and `signers` are not YAML and never give a record.
- All problems of a file are reported together, so that an author corrects them in one go.

`locate`, `position_finder` and `line_finder` answer the reverse question: where in the file is the value of a pointer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from weimin.model.finding import Problem
from weimin.model.place import Place
from weimin.model.quote import quoted
from weimin.model.record import Record
from weimin.records import front_matter
from weimin.records.attachments.problems import attachment_problems
from weimin.records.front_matter import Parts
from weimin.records.kinds import KINDS, Kind
from weimin.records.parameters import invalid_parameters
from weimin.records.schema import Schemas
from weimin.records.text import describe_character, lookalike, read_text, usual_form
from weimin.records.violation import Violation
from weimin.records.yaml.lines import lines_of, nearest_line, positions_of
from weimin.records.yaml.read import Locator, read

LARGEST_FIELDS = 64 * 1024
_TITLES = frozenset({"title", "name", "area", "brand"})
# the value is not what the author meant: checking its schema would only add noise
_VALUE_LOST = frozenset({"F105", "F106"})


class Reader:
    """Parses records with the given schemas; keeps nothing between two files."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas

    def parse(self, place: Place, data: bytes, blob: str = "") -> tuple[Record | None, tuple[Problem, ...]]:
        """The record (None if a problem prevents one) and all problems of the file.

        `signers` and attachments are not YAML and never give a record. `blob` is the Git id of the file, if it is known.
        """
        row = KINDS[place.kind]
        if row.kind == "attachment":
            return None, attachment_problems(place.path, data)
        text, problems = read_text(place.path, data)
        if text is None or not row.schema or any(p.code == "F116" for p in problems):
            return None, tuple(problems)
        parts = _parts(text, place, row)
        if isinstance(parts, Problem):
            return None, (*problems, parts)
        if row.prose and len(parts.fields) * 4 > LARGEST_FIELDS and len(parts.fields.encode()) > LARGEST_FIELDS:
            return None, (*problems, _too_large(place.path, parts))
        value, found = read(parts.fields, place.path, parts.first_line, listed=row.listed)
        problems += found
        if value is None or any(p.code in _VALUE_LOST for p in found):
            return None, tuple(problems)
        if not text.isascii():
            problems += _lookalikes(value, place, parts)
        value, violations = self._schemas.accept(row.schema, value)
        if not violations and row.kind == "rule":
            violations = tuple(invalid_parameters(value))
        if violations:
            problems += _located(violations, place, parts)
        if problems:
            return None, tuple(problems)
        loaded = self._schemas.load(row.schema, value)
        record = Record(place=place, data=loaded, raw=value, body=parts.body, body_line=parts.body_line, blob=blob)
        return record, ()

    def locate(self, place: Place, data: bytes, pointer: str) -> tuple[int, int]:
        """1-based line and column of a JSON pointer into the record: `/body` is the prose, the empty pointer the first line."""
        return locate(place, data, pointer)


def locate(place: Place, data: bytes, pointer: str) -> tuple[int, int]:
    """1-based line and column of a JSON pointer into a record's file; (1, 1) if the file cannot be read."""
    parts = _readable(place, data) if pointer else None
    if parts is None:
        return 1, 1
    if KINDS[place.kind].prose and pointer == "/body":
        return parts.body_line or 1, 1
    return Locator(parts.fields, parts.first_line)(pointer)


def position_finder(place: Place, data: bytes) -> Callable[[str], tuple[int, int]]:
    """`locate` for many pointers into one file: the file is read once."""
    parts = _readable(place, data)
    if parts is None:
        return lambda pointer: (1, 1)
    positions = positions_of(parts.fields, parts.first_line)
    fallback: list[Locator] = []

    def find(pointer: str) -> tuple[int, int]:
        if not pointer:
            return 1, 1
        if KINDS[place.kind].prose and pointer == "/body":
            return parts.body_line or 1, 1
        if positions is not None and (found := positions.get(pointer)) is not None:
            return found
        if not fallback:
            fallback.append(Locator(parts.fields, parts.first_line))
        return fallback[0](pointer)

    return find


def line_finder(place: Place, data: bytes) -> Callable[[str], int]:
    """A function from JSON pointer to the 1-based line of the field it names; the file is read once."""
    parts = _readable(place, data)
    if parts is None:
        return lambda pointer: 1
    body = parts.body_line if KINDS[place.kind].prose else 0
    lines = lines_of(parts.fields, parts.first_line)
    fallback = Locator(parts.fields, parts.first_line) if lines is None else None

    def line(pointer: str) -> int:
        if pointer == "/body" and body:
            return body
        return fallback(pointer, key=True)[0] if fallback else nearest_line(lines or {}, pointer, parts.first_line)

    return line


def _readable(place: Place, data: bytes) -> Parts | None:
    text, _ = read_text(place.path, data)
    row = KINDS[place.kind]
    parts = _parts(text, place, row) if text is not None and row.schema else None
    return parts if isinstance(parts, Parts) else None


def _located(violations: Iterable[Violation], place: Place, parts: Parts) -> Iterator[Problem]:
    locate_pointer = Locator(parts.fields, parts.first_line)
    for v in violations:
        line, column = locate_pointer(v.pointer, key=v.code == "S104") if v.pointer else (1, 1)
        yield Problem(
            code=v.code, path=place.path, message=v.message, hint=v.hint, pointer=v.pointer, line=line, column=column
        )


def _parts(text: str, place: Place, row: Kind) -> Parts | Problem:
    return front_matter.split(text, place.path) if row.prose else Parts(text, 1, "", 0)


def _too_large(path: str, parts: Parts) -> Problem:
    size = len(parts.fields.encode()) // 1024
    message = f"字段部分有 {size} KB，超过 {LARGEST_FIELDS // 1024} KB"
    return Problem(code="F106", path=path, line=1, column=1, message=message, hint="长的文字写在正文里或作为附件")


def _lookalikes(value: Any, place: Place, parts: Parts) -> Iterator[Problem]:
    """F115 in titles and names: letters that look like other letters."""
    if lookalike(parts.fields) is None and "\\" not in parts.fields:
        return
    locate_pointer = Locator(parts.fields, parts.first_line)
    for pointer, text in _names(value, ""):
        char = lookalike(text)
        if char is None:
            continue
        line, column = locate_pointer(pointer)
        right = usual_form(char)
        hint = f"改成 {quoted(right)}" if right != char else "换成看着一样的汉字或英文字母，重新输入"
        message = (
            f"{quoted(text)}里的 {quoted(char)}（{describe_character(char).partition('（')[0]}）只是看着像平常的字"
        )
        yield Problem(
            code="F115", path=place.path, message=message, hint=hint, pointer=pointer, line=line, column=column
        )


def _names(value: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key in _TITLES and isinstance(item, str):
                yield f"{at}/{key}", item
            elif isinstance(item, dict | list):
                yield from _names(item, f"{at}/{key.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from _names(item, f"{at}/{n}")
