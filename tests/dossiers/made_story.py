"""Small dossiers made from text, read and compiled as the register does it."""

from __future__ import annotations

from builders.value import accepted, schemas
from weimin.dossiers.compile import compile_dossier
from weimin.model.dossier import Dossier
from weimin.model.place import Place
from weimin.model.record import Record
from weimin.records.parse import Reader
from weimin.records.place import place_of

FOLDER = "content/network/990000/990001/990001001/990001001001/2026-001"
READER = Reader(schemas())
FILES = {
    "topic.md": "---\ntitle: 路灯\ntheme: 交通出行\nsources: [{from: residents}]\n---\n\n原来的背景。\n",
    "2026-03-02-consultation.md": "---\nabout: selection\nmethods: [{kind: meeting, place: 议事室}]\n---\n\n纪要。\n",
    "2026-03-10-outcome.md": "---\nof: [2026-03-02-consultation]\nconsensus: full\nmeasures:\n"
    "  - {id: m1, text: 装灯, unit: 镇建设办, due: '2026-06-30'}\n---\n\n结果。\n",
    "2026-06-20-evaluation.yml": "of: [2026-03-10-outcome]\nbody: 村民代表\nway: 投票\nballots: unpublished\n",
}


def story(files: dict[str, str]) -> Dossier:
    """The dossier of these files. Every one of them must be readable."""
    records: list[Record] = []
    for name, text in files.items():
        place = place_of(f"{FOLDER}/{name}")
        assert isinstance(place, Place), place
        record, problems = READER.parse(place, text.encode())
        assert record is not None, problems
        records.append(record)
    return compile_dossier("990001001001/2026-001", records, (), accepted)
