"""The records of a repository as plain tables, read with PyYAML alone.

Nothing here imports the program. What a field means is taken from docs/reference/records.md: the path gives platform,
dossier, kind and day; a date is a stretch of days; a correction replaces a value or a day. Every value is a text, as it
stands in the file.
"""

from __future__ import annotations

import calendar
import copy
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

KINDS = ("topic", "consultation", "outcome", "response", "followup", "evaluation", "correction")
_PARTS = {"Q": 3, "H": 6}
_DOSSIER = re.compile(r"[0-9]{4}-[0-9]{3,4}")
_EVENT = re.compile(rf"(?:(?P<on>.+?)-)?(?P<kind>{'|'.join(KINDS)})(?:-(?P<n>[0-9]+))?")
_SKIPPABLE = {"selection": 2, "progress": 3, "supervision": 4, "evaluation": 5}
_NULL = ("null", "~", "")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Days = tuple[date | None, date | None]
Tables = dict[str, list[tuple[Any, ...]]]


def days(text: str | None) -> Days:
    """First and last day of a date as it is written; None where nobody can tell."""
    if not text or text == "unpublished" or text.startswith("XXXX"):
        return None, None
    if text.startswith("by-"):
        return None, days(text[3:])[1]
    year, *rest = text.split("-")
    if len(rest) == 2:
        day = date.fromisoformat(text)
        return day, day
    first, last = 1, 12
    if rest:
        size = _PARTS.get(rest[0][0])
        last = int(rest[0][1]) * size if size else int(rest[0])
        first = last - size + 1 if size else last
    y = int(year)
    return date(y, first, 1), date(y, last, calendar.monthrange(y, last)[1])


def of_file(path: Path) -> dict[str, Any]:
    """The fields of a record: all of a .yml, the head of a .md."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        text = re.split(r"^---[ \t]*$\n?", text, maxsplit=2, flags=re.MULTILINE)[1]
    data = yaml.load(text, Loader=_LOADER)  # a loader that makes texts, lists and mappings
    return data if isinstance(data, dict) else {"items": data or []}


class Event:
    """A record of a dossier, corrected."""

    def __init__(self, stem: str, kind: str, on: str, number: int, data: dict[str, Any]) -> None:
        self.stem, self.kind, self.on, self.number, self.data = stem, kind, on, number, data

    @property
    def order(self) -> tuple[bool, date, int, int, str]:
        first, last = days(self.on)
        return self.kind != "topic", first or last or date.min, KINDS.index(self.kind), self.number, self.stem

    @property
    def end(self) -> date | None:
        """The last day of the record: of `until`, or else of its own date."""
        until = self.data.get("until")
        return days(until if isinstance(until, str) and until != "unpublished" else self.on)[1] if self.on else None


def read(root: Path) -> Tables:
    """All tables of the records below `root/content/network`."""
    tables: Tables = defaultdict(list)
    network = root / "content" / "network"
    for folder, names in _folders(network):
        code = folder.parent.name if _DOSSIER.fullmatch(folder.name) else folder.name
        if _DOSSIER.fullmatch(folder.name):
            _dossier(f"{code}/{folder.name}", code, [folder / name for name in names], tables)
        elif folder.name.isdigit() and "platform.yml" in names:
            data = of_file(folder / "platform.yml")
            closed = data.get("closed")
            closed_on = days(closed.get("date"))[0] if isinstance(closed, dict) else None
            closes = "closed" in data and closed_on is None
            tables["platform"].append((code, _level(code), days(data.get("established"))[1], closed_on, closes))
            if not data.keys() <= {"area", "place_found", "compiled_from"}:
                _own(code, data, tables)
        elif folder.name in ("plans", "rules", "opinions", "projects", "guidance"):
            _standing(folder, names, tables)
    return tables


def _folders(network: Path) -> Iterator[tuple[Path, list[str]]]:
    for folder, _, names in sorted(os.walk(network)):
        if not folder.endswith("attachments"):
            yield Path(folder), sorted(n for n in names if n.endswith((".md", ".yml")))


def _level(code: str) -> str:
    return "市级" if code.endswith("00") and len(code) == 6 else {6: "县区级", 9: "乡镇级", 12: "村居级"}[len(code)]


def _standing(folder: Path, names: list[str], tables: Tables) -> None:
    code, kind = folder.parent.name, folder.name
    for name in names:
        data = of_file(folder / name)
        stem = name.partition(".")[0]
        if kind != "rules":
            _own(code, data, tables)
        if kind == "plans" and stem.isdigit():
            for item in _list(data.get("items")):
                tables["plan_item"].append((code, int(stem), item.get("when"), "dropped" in item))
        elif kind == "rules":
            _settings(code, stem == "house", data, tables)
        elif kind == "opinions" and "-correction" not in stem:
            triage = data.get("triage")
            tables["opinion"].append((code, triage.get("decision", "none") if isinstance(triage, dict) else "none"))


def _own(code: str, data: dict[str, Any], tables: Tables) -> None:
    """A record of the platform itself: nobody compiled it from reports."""
    if "compiled_from" not in data:
        tables["own"].append((code,))


def _settings(code: str, house: bool, data: dict[str, Any], tables: Tables) -> None:
    since, until = days(data.get("effective_from"))[0], days(data.get("effective_to"))[1]
    levels = _list(data.get("applies_to"))
    for p in _list(data.get("parameters")):
        if p.get("name") == "satisfaction_formula":
            tables["formula"].append((code, house, since, until, levels, p["value"]))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dossier(id: str, code: str, paths: list[Path], tables: Tables) -> None:
    events = {}
    for path in paths:
        m = _EVENT.fullmatch(path.name.partition(".")[0])
        if m is not None:
            data = of_file(path)
            _own(code, data, tables)
            events[m[0]] = Event(m[0], m["kind"], m["on"] or "", int(m["n"] or 1), data)
    applied = _corrected(events)
    ordered = sorted(events.values(), key=lambda e: e.order)
    dated = [e for e in ordered if e.kind not in ("topic", "correction") and days(e.on)[1]]
    approved = events["topic"].data.get("approval") if "topic" in events else None
    approved_on = days(approved.get("date")) if isinstance(approved, dict) else (None, None)
    first = days(dated[0].on) if dated else approved_on
    day = first[0] or first[1]
    rounds = [e for e in ordered if e.kind == "consultation"]
    again = sum("again" in e.data for e in rounds[1:])
    for skip in _list(events["topic"].data.get("skipped")) if "topic" in events else ():
        tables["skipped"].append((id, _SKIPPABLE.get(skip.get("step"), 0)))
    tables["dossier"].append((id, code, day.year if day else int(id.partition("/")[2][:4]), 1 + again, applied))
    used: set[str] = set()
    for n, event in enumerate(ordered):
        _event(id, code, n, event, used, tables)


def _corrected(events: dict[str, Event]) -> int:
    """Apply the corrections in their order; how many."""
    corrections = sorted(
        (e for e in events.values() if e.kind == "correction"), key=lambda e: e.order[1:2] + e.order[3:]
    )
    for c in corrections:
        target = events[c.data["of"].rpartition("/")[2].partition("#")[0]]
        changed = copy.deepcopy(target.data)
        for change in c.data["changes"]:
            field, value = change["field"], change.get("to", "")
            if field == "/date":
                target.on = value
            elif field != "/body" or target.kind == "evaluation":
                _set(changed, field.split("/")[1:], value)
        target.data = changed
    return len(corrections)


def _set(data: Any, keys: list[str], value: Any) -> None:
    for key in keys[:-1]:
        data = data[int(key)] if isinstance(data, list) else data[key]
    gone = isinstance(value, str) and value in _NULL
    if isinstance(data, list):
        data[int(keys[-1]) : int(keys[-1]) + 1] = [] if gone else [value]
    elif gone:
        data.pop(keys[-1], None)
    else:
        data[keys[-1]] = value


def _event(id: str, code: str, n: int, e: Event, used: set[str], tables: Tables) -> None:
    first, last = days(e.on)
    tables["event"].append((id, code, n, e.stem, e.kind, _step(e), e.on, first, last))
    data = e.data
    if e.kind == "consultation":
        tables["consultation"].append((id, e.stem, _times(data.get("times")), "same_as" in data))
        _lines("suggestion", id, e.stem, data.get("suggestions"), used, tables)
    elif e.kind == "outcome":
        told = data.get("publication")
        told = told if isinstance(told, dict) else {}
        tables["outcome"].append((id, e.stem, told.get("decision", ""), told.get("date", "")))
        _lines("measure", id, e.stem, data.get("measures"), used, tables)
    elif e.kind == "followup":
        for i, m in enumerate(_list(data.get("measures"))):
            done = m.get("done")
            stated = days(done.get("date"))[1] if isinstance(done, dict) else None
            tables["state"].append((id, m["id"], n * 1000 + i, m["state"], stated, e.end))
    elif e.kind == "evaluation":
        b = data.get("ballots")
        if isinstance(b, dict) and (
            data.get("of") or "units" not in data
        ):  # else they are about units, not about the matter
            counts = (int(b["returned"]) - int(b.get("invalid", 0)), int(b["satisfied"]), int(b["basically_satisfied"]))
            tables["ballots"].append((id, code, e.stem, last, *counts))


def _step(e: Event) -> int:
    if e.kind == "consultation":
        return 3 if e.data.get("about") in ("progress", "completion") else 2
    return {"topic": 1, "followup": 4, "evaluation": 5}.get(e.kind, 0)


def _times(value: Any) -> int:
    text = value.get("about", "1") if isinstance(value, dict) else value
    return int(text) if isinstance(text, str) and text.isdigit() and text != "0" else 1


def _lines(kind: str, id: str, stem: str, lines: Any, used: set[str], tables: Tables) -> None:
    for line in _list(lines):
        if line["id"] not in used:
            used.add(line["id"])
            due = days(line.get("due"))[1]
            tables["line"].append((kind, id, stem, line["id"], line.get("due") not in (None, "unpublished"), due))
