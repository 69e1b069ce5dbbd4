"""A record as the text of its file. JSON is YAML: what a test says as a value need not be written by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping

Head = str | Mapping[str, object]


def yaml_of(head: Head) -> str:
    """A line for each field; text is taken as it is."""
    if isinstance(head, str):
        return head
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items())


def record(head: Head, body: str = "") -> str:
    """A file in Markdown, front matter and prose; in YAML where there is no prose."""
    return f"---\n{yaml_of(head)}---\n{body}\n" if body else yaml_of(head)
