"""The pictures that are attached to two records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from weimin.demo.history import Change
from weimin.demo.picture import street
from weimin.records.place import path_of

# scenario, file name, subject, day on which the record with the attachment was filed
_PICTURES = (
    ("lamps", "road-before.png", "before", date(2026, 3, 5), "协商活动"),
    ("lamps", "road-after.jpg", "after", date(2026, 5, 10), "跟踪监督"),
)


def attachments(ids: Mapping[str, str]) -> Iterator[Change]:
    """Each picture is in the commit of the record that shows it."""
    for key, name, state, filed, kind in _PICTURES:
        dossier = ids[key]
        yield Change(
            path=path_of("attachment", dossier=dossier, stem=name),
            data=street(state, name.rpartition(".")[2]),
            filed=filed,
            clerk=dossier.partition("/")[0],
            unit=dossier,
            subject=f"{kind}：附照片",
            pull=state == "after",
        )
