"""What a template may not do, so that a title with markup in it stays text wherever it is shown."""

from __future__ import annotations

import re
from pathlib import Path

JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
SAFE = re.compile(r"\|\s*safe\b")
AUTOESCAPE = re.compile(r"\{%-?\s*autoescape\s+(?!true\b)")
RAW = re.compile(r"<!--.*?-->|(?<=<script)(?P<attributes>[^>]*)>.*?</script|<style[^>]*>.*?</style", re.S | re.I)
# a start tag whose attributes are bare names or have values in quotes
TAG = re.compile(r"<[A-Za-z][\w:-]*(?:\s+|\s*[\w:@.-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'))?(?=[\s/>]))*\s*/?>")
START = re.compile(r"<(?=[A-Za-z])")


def blank(match: re.Match[str]) -> str:
    """Jinja becomes letters or space of the same number of lines: a value a word, a statement or a comment nothing."""
    lines = "\n" * match[0].count("\n")
    return ("x" + lines) if match[0].startswith("{{") else (" " + lines)


def without_raw(match: re.Match[str]) -> str:
    """Comments, scripts and styles keep their lines and their start tag's attributes, and lose their text."""
    kept = f"{match['attributes']}></script" if match["attributes"] is not None else ""
    return kept + "\n" * match[0].count("\n")


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def faults(source: str) -> list[str]:
    """One sentence for each fault, with its line."""
    found = [(line_of(source, hit.start()), "|safe: only the one place may say so") for hit in SAFE.finditer(source)]
    found += [(line_of(source, hit.start()), "autoescape is switched off") for hit in AUTOESCAPE.finditer(source)]
    html = RAW.sub(without_raw, JINJA.sub(blank, source))
    for start in START.finditer(html):
        if not TAG.match(html, start.start()):
            tag = html[start.start() : start.start() + 60].split("\n")[0]
            found.append((line_of(html, start.start()), f"an attribute without quotes: {tag}"))
    return [f"{line}: {sentence}" for line, sentence in sorted(found)]


def template_faults(folder: Path) -> dict[str, list[str]]:
    """Faults of every template under `folder`, by path; no template at all is a mistake of the caller."""
    templates = sorted(path for path in folder.rglob("*") if path.is_file())
    if not templates:
        raise ValueError(f"no template under {folder}")
    checked = {path.relative_to(folder).as_posix(): faults(path.read_text(encoding="utf-8")) for path in templates}
    return {name: found for name, found in checked.items() if found}
