"""The floor of browsers and the features of the theme, as theme/browsers.toml has them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "theme" / "static"
STYLES = sorted((STATIC / "css").glob("*.css"))
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
TEMPLATES = sorted((ROOT / "theme" / "templates").rglob("*.html"))
BROWSERS = tomllib.loads((ROOT / "theme" / "browsers.toml").read_text(encoding="utf-8"))
CLASSIC = {"early.js", "embed.js", "embed-card.js"}
"""Scripts that are no modules; the head of each says why."""

Versions = tuple[str, str, str]
FLOOR: Versions = (BROWSERS["floor"]["chromium"], BROWSERS["floor"]["safari"], BROWSERS["floor"]["firefox"])


class Feature(NamedTuple):
    """`css`: names; `script`, `html`: expressions; `without`: what a reader gets from a browser that lacks it."""

    name: str
    versions: Versions
    css: tuple[str, ...] = ()
    script: tuple[str, ...] = ()
    html: tuple[str, ...] = ()
    without: str = ""


def _feature(row: dict[str, object]) -> Feature:
    return Feature(**{k: tuple(v) if isinstance(v, list) else v for k, v in row.items()})  # type: ignore[arg-type]


FEATURES = tuple(_feature(row) for row in BROWSERS["feature"])
NEWER: dict[str, Versions] = {pattern: tuple(v) for pattern, v in BROWSERS["newer"].items()}
OLD = {name for names in BROWSERS["old"].values() for name in names}


def number(version: str) -> tuple[float, ...]:
    """15.10 is above 15.4; "-" is above all."""
    return (float("inf"),) if version == "-" else tuple(int(part) for part in version.split("."))


def is_above(versions: Versions, floor: Versions = FLOOR) -> bool:
    """Whether some browser of the floor lacks what came with these versions."""
    return any(number(came) > number(least) for came, least in zip(versions, floor, strict=True))


def row(feature: Feature) -> str:
    """The line of the table in docs/browsers.md."""
    return f"| {feature.name} | {' | '.join(feature.versions)} | {feature.without} |"


def code_of(script: str) -> str:
    """A script without its comments; what stands in texts stays, but a text has no `//` in this theme."""
    return re.sub(r"/\*.*?\*/|(?<![:\"'\\])//[^\n]*", "", script, flags=re.S)


def newer_in(script: str, newer: dict[str, Versions] = NEWER, floor: Versions = FLOOR) -> list[str]:
    """Lines that use what a browser of the floor lacks."""
    above = [re.compile(pattern) for pattern, versions in newer.items() if is_above(versions, floor)]
    return [line.strip() for line in code_of(script).splitlines() if any(p.search(line) for p in above)]


def matching(patterns: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Those of the patterns that are found in one of the texts."""
    held = list(texts)
    return [pattern for pattern in patterns if any(re.search(pattern, text, re.M) for text in held)]
