"""In whose name a record speaks: a response has it in `by`, a correction of a response corrects somebody's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from weimin.adapters.git import GitError
from weimin.adapters.history import Contents
from weimin.model.kinds import Correction, Response
from weimin.model.place import Place
from weimin.model.record import Record, parse_ref
from weimin.records.parse import Reader
from weimin.records.place import path_of, place_of

_CODES = (6, 9, 12)


def attributed_platforms(
    path: str, blobs: Iterable[str], tree: str, contents: Contents, reader: Reader
) -> frozenset[str]:
    """Codes of the platforms in whose names a file speaks, in any of its versions; empty for a unit, and for other kinds.

    `tree`: what stands before a path of the records to name it in Git (`COMMIT:` and the records' folder).
    """
    if "-response" not in path and "-correction" not in path:
        return frozenset()
    records = [found for blob in blobs if (found := read_record(path, blob, contents, reader))]
    said = {s for record in records for s in _names(record, tree, contents, reader)}
    return frozenset(s for s in said if s.isascii() and s.isdigit() and len(s) in _CODES)


def read_record(path: str, name: str, contents: Contents, reader: Reader) -> Record | None:
    """The record that Git has under a name, None where there is none that can be read: families F, S and L say so."""
    place = place_of(path)
    if not isinstance(place, Place):
        return None
    try:
        return reader.parse(place, contents(name))[0]
    except GitError:
        return None


def _names(record: Record, tree: str, contents: Contents, reader: Reader) -> Iterator[str]:
    if isinstance(record.data, Response):
        yield record.data.by or ""
    if not isinstance(record.data, Correction):
        return
    yield from (str(change.to) for change in record.data.changes if change.field == "/by")
    ref = parse_ref(record.data.of)
    dossier = ref.dossier or record.place.dossier
    if not (dossier and ref.stem and "-response" in ref.stem):
        return
    try:
        path = path_of("response", dossier=dossier, stem=ref.stem)
    except ValueError:
        return  # L101: there is no such record
    corrected = read_record(path, tree + path, contents, reader)
    if corrected and isinstance(corrected.data, Response):
        yield corrected.data.by or ""
