"""What a file that cannot be read says of other units: only the references that its text seems to have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from weimin.engine.register import Folder

UNREAD = "unread"
"""The role of a reference in a file that cannot be read. What else that file says of the unit, an answer or a
consultation about its project, is not known, so nobody may say that it is missing."""
_REFERENCE = re.compile(
    r"(?<![0-9])((?:[0-9]{6}|[0-9]{9}|[0-9]{12})/(?:[0-9]{4}-[0-9]{3,}|projects/[A-Za-z0-9-]+))", re.ASCII
)


def unread_refs(folder: Folder) -> Iterator[tuple[str, str, str, str]]:
    """(stem, JSON pointer, role, reference) of each dossier and list of projects that an unreadable file names."""
    for place in folder.unread:
        text = folder.files.get(place.path, b"").decode("utf-8", "replace")
        for reference in sorted(set(_REFERENCE.findall(text)) - {folder.unit.id}):
            yield place.stem, "", UNREAD, reference
