"""The colours of the style sheet in each of its four sets, and how well they stand out from each other (WCAG 2.2)."""

from __future__ import annotations

import re
from pathlib import Path

CSS = Path(__file__).resolve().parents[2] / "theme" / "static" / "css" / "weimin.css"
SETS = ("light", "dark", "care", "care dark")
TOKEN = re.compile(r"^ *--(?P<name>[\w-]+): var\(--light, (?P<light>.+)\) var\(--dark, (?P<dark>.+)\);$", re.M)
PAIR = re.compile(r"var\(--plain, (#\w+)\) var\(--care, (#\w+)\)")
ALIAS = re.compile(r"^ *--([\w-]+): var\(--([\w-]+)\);$", re.M)
OVER = re.compile(r"--([\w-]+-ground): var\(--paper\)")

TEXT = ("ink", "soft", "link", "seen", "done", "now", "owed", "skip")
STATES = ("done", "now", "owed", "skip")
ENOUGH = {"light": 4.5, "dark": 4.5, "care": 7.0, "care dark": 7.0}


def colours() -> dict[str, dict[str, str]]:
    """set → token → #rrggbb."""
    css = CSS.read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = {name: {} for name in SETS}
    for token in TOKEN.finditer(css):
        for plain, care, value in (("light", "care", token["light"]), ("dark", "care dark", token["dark"])):
            pair = PAIR.fullmatch(value)
            found[plain][token["name"]] = pair[1] if pair else value
            found[care][token["name"]] = pair[2] if pair else value
    for name, other in ALIAS.findall(css):
        for colour in found.values():
            colour[name] = colour[other]
    for name in OVER.findall(css):
        for care in ("care", "care dark"):
            found[care][name] = found[care]["paper"]
    return found


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(c * 2 for c in digits)
    red, green, blue = (_linear(int(digits[n : n + 2], 16) / 255) for n in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pairs() -> list[tuple[str, str, str]]:
    """(what stands, on what, why)."""
    found = [(name, ground, "text") for name in TEXT for ground in ("paper", "ground")]
    found += [(state, f"{state}-ground", "text") for state in STATES]
    found += [("ink", f"{state}-ground", "text") for state in STATES]
    found += [("soft", f"{state}-ground", "text") for state in STATES]
    found += [("link", f"{state}-ground", "text") for state in STATES]
    found += [("paper", "now", "text")]
    found += [("edge", "paper", "edge"), ("now", "paper", "edge"), ("now", "ground", "edge")]
    return found


def row(name: str, ground: str) -> str:
    """A line of the table in docs/design.md."""
    figures = " | ".join(f"{contrast(colours()[s][name], colours()[s][ground]):.1f}" for s in SETS)
    return f"| `{name}` on `{ground}` | {figures} |"
