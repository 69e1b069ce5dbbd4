"""A dossier of few words, compiled as the register does it, for what the verifier counts."""

from __future__ import annotations

from typing import Any

from weimin.adapters.installation import schema_files
from weimin.dossiers.compile import compile_dossier
from weimin.dossiers.summary import summarise
from weimin.model.dossier import Dossier
from weimin.model.kinds import Data
from weimin.model.place import Place
from weimin.model.rating import Rating
from weimin.model.record import Record
from weimin.model.summary import Summary
from weimin.records.parse import Reader
from weimin.records.place import place_of
from weimin.records.schema import Schemas

VILLAGE = "990001001001"
FOLDER = f"content/network/990000/990001/990001001/{VILLAGE}/2026-001"
SCHEMAS = Schemas(schema_files())
READER = Reader(SCHEMAS)
MEETING = "methods: [{kind: meeting, place: 议事室}]"


def consultation(more: str = "", about: str = "selection") -> str:
    return f"---\nabout: {about}\n{MEETING}\n{more}---\n"


def outcome(of: str, due: str = "2026-06-30", more: str = "", line: str = "m1") -> str:
    return f"---\nof: [{of}]\nmeasures: [{{id: {line}, text: 装灯, unit: 镇, due: '{due}'}}]\n{more}---\n"


def followup(state: str = "done", done: str = "", line: str = "m1") -> str:
    when = f", done: {{date: '{done}'}}" if done else ""
    return f"---\nform: return_visit\nmeasures: [{{id: {line}, state: {state}{when}}}]\n---\n"


def evaluation(ballots: str) -> str:
    return f"of: [2026-03-10-outcome]\nbody: 代表\nway: 投票\nballots: {ballots}\n"


START = {
    "topic.md": "---\ntitle: 路灯\ntheme: 交通出行\nsources: [{from: residents}]\n---\n",
    "2026-03-02-consultation.md": consultation("suggestions: [{id: s1, text: 往东移}]\n"),
    "2026-03-10-outcome.md": outcome("2026-03-02-consultation"),
}


def _revive(kind: str, raw: Any) -> tuple[Data | None, str]:
    value, violations = SCHEMAS.accept(kind, raw)
    return (None, violations[0].message) if violations else (SCHEMAS.load(kind, value), "")


def made(files: dict[str, str]) -> Dossier:
    records: list[Record] = []
    for name, text in files.items():
        place = place_of(f"{FOLDER}/{name}")
        assert isinstance(place, Place), place
        record, problems = READER.parse(place, text.encode())
        assert record is not None, problems
        records.append(record)
    return compile_dossier(f"{VILLAGE}/2026-001", records, (), _revive)


def summarised(dossier: Dossier) -> Summary:
    """The row that pages and totals see of a dossier, without what rules find."""
    return summarise(
        dossier,
        steps=dossier.steps,
        duties=(),
        closed=False,
        next_day=None,
        rate=lambda event, data: Rating(),
        answered={},
        excerpt=lambda body, length: body[:length],
    )
