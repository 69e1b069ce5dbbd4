"""Clause markers: a heading of a rule document ends with ` {#3.3.4}`."""

from __future__ import annotations

import re

# a heading begins at the start of its line, so that code and quotations do not count
HEADING = re.compile(r"^#{1,6}(.*)$", re.MULTILINE)
MARKER = re.compile(r"(?:^|(?<=[ \t]))\{#([0-9a-z.-]+)\}[ \t]*$", re.ASCII)


def split_marker(heading: str) -> tuple[str, str]:
    """(title, anchor) of the text of a heading; the anchor is empty if there is none."""
    found = MARKER.search(heading)
    return (heading[: found.start()].strip(), found[1]) if found else (heading.strip(), "")
