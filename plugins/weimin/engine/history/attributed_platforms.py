"""The platforms to which a record attributes its words: a response in `by`, a correction of a response in that response.

A folder of a village holds responses of its town and county. The signature of the village alone must not suffice for them.
"""

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
    """Codes of the platforms to which a file attributes its words, in any of its versions.

    Empty where a department answers rather than a platform, and for other kinds. `tree`: the prefix that makes a path of the
    records a name in Git (`COMMIT:` and the folder of the records).
    """
    if "-response" not in path and "-correction" not in path:
        return frozenset()
    records = [record for blob in blobs if (record := read_record(path, blob, contents, reader))]
    names = {s for record in records for s in _names(record, tree, contents, reader)}
    return frozenset(s for s in names if s.isascii() and s.isdigit() and len(s) in _CODES)


def read_record(path: str, name: str, contents: Contents, reader: Reader) -> Record | None:
    """The record that Git has under a name; None where there is none, or none that can be read (families F, S and L report that)."""
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
