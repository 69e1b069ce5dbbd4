"""Which schema an address of data answers to, and what a document says against it."""

from __future__ import annotations

import re
from functools import cache

import jsonschema_rs
import msgspec

from weimin.adapters.installation import published_schemas

BY_ADDRESS = (
    (r"index\.json", "home"),
    (r"build\.json", "build"),
    (r"(?:.+/)?manifest\.json", "manifest"),
    (r"\d{6,12}/index\.json", "platform"),
    (r"\d{6,12}/\d{4}-\d{3,}/index\.json", "dossier"),
    (r"(?:results|evaluations|consulting|duties|reported-up)/(?:.+/)?index\.json", "list"),
    (r"reports/index\.json", "reports"),
    (r"reports/\d{4}/(?:\d+/)?index\.json", "report"),
    (r"bulletin/index\.json", "bulletins"),
    (r"bulletin/\d{4}-\d{2}/index\.json", "bulletin"),
    (r"network/index\.json", "network"),
    (r"figures/index\.json", "figures"),
    (r"rules/index\.json", "rules"),
    (r"trail/index\.json", "trail"),
    (r"corrections/index\.json", "corrections"),
    (r"rules/[A-Z]\d+/index\.json", "rule"),
    (r"news/index\.json", "news"),
    (r"news/[^/]+\.json|[a-z-]+/index\.json", "prose"),
)


def schema_name(path: str) -> str | None:
    """The name of the schema of a file of the site; None for a file that is no such document."""
    found = next((name for pattern, name in BY_ADDRESS if re.fullmatch(pattern, path)), None)
    if found is None and re.fullmatch(r"(?:.+/)?index\.json", path):
        raise AssertionError(f"{path} has no schema")
    return found


@cache
def validator(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(msgspec.json.decode(published_schemas()[f"v1/{name}.schema.json"]))


def faults(files: dict[str, bytes]) -> tuple[list[str], set[str]]:
    """What stands against the documents among the files, and the names of the schemas that were asked."""
    found: list[str] = []
    asked: set[str] = set()
    for path, content in files.items():
        name = schema_name(path)
        if name is not None:
            asked.add(name)
            errors = validator(name).iter_errors(msgspec.json.decode(content))
            found += [f"{path} {list(e.instance_path)}: {e.message}" for e in errors]
    return found, asked
