"""Which fields of a record are references, and the role of each: the only list of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weimin.model.record import Record

# kind → (role, path of keys; `*` is every line of a list). Codes of platforms are references too.
_FIELDS: dict[str, tuple[tuple[str, str], ...]] = {
    "platform": (("into", "closed/into"),),
    "opinion": (("triage", "triage/to"),),
    "plan": (("planned", "items/*/dossier"),),
    "guidance": (("guided", "to/*"),),
    "rule": (("supersedes", "supersedes"),),
    "topic": (
        ("project", "projects/*"),
        ("opinion", "sources/*/opinion"),
        ("escalation", "sources/*/ref"),
        ("related", "related/*"),
        ("into", "ended/into"),
    ),
    "consultation": (
        ("same_as", "same_as"),
        ("joint", "joint/*"),
        ("also", "also/*"),
        ("again", "again/of"),
        ("about", "suggestions/*/about"),
    ),
    "outcome": (("consultation", "of/*"), ("measure", "funding/*/measure")),
    "response": (("answers", "answers/*/to"), ("measure", "answers/*/measure")),
    "followup": (("measure", "measures/*/id"),),
    "evaluation": (("evaluates", "of/*"),),
    "correction": (("corrects", "of"),),
    "news": (("about", "about/*"), ("platform", "platform")),
}


def outgoing(record: Record) -> Iterator[tuple[str, str, str]]:
    """(JSON pointer, role, reference as written) of every reference in a record; `unpublished` is not one."""
    for role, where in _FIELDS.get(record.place.kind, ()):
        for pointer, value in _walk(record.raw, where.split("/"), ""):
            if role == "project" and isinstance(value, dict):
                if isinstance(value.get("list"), str):
                    item = value.get("item")
                    yield (
                        pointer,
                        role,
                        f"{value['list']}#{item}" if item not in (None, "unpublished") else value["list"],
                    )
            elif isinstance(value, str) and value != "unpublished":
                yield pointer, role, value


def _walk(value: Any, keys: list[str], pointer: str) -> Iterator[tuple[str, Any]]:
    if not keys:
        yield pointer, value
    elif keys[0] == "*":
        if isinstance(value, list):
            for i, line in enumerate(value):
                yield from _walk(line, keys[1:], f"{pointer}/{i}")
    elif isinstance(value, dict) and keys[0] in value:
        yield from _walk(value[keys[0]], keys[1:], f"{pointer}/{keys[0]}")
