"""Withheld means withheld: words planted where nothing may be public come out nowhere, not one byte of them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import msgspec
import pytest
from canary_register import NUMBERS, PUBLIC_ATTACHMENT, RARE, made
from PIL import ImageDraw

import demo_site
from weimin.adapters.installation import schema_files
from weimin.app.build.export import export
from weimin.engine.compute import compute
from weimin.engine.opening import open_register
from weimin.engine.options import Options
from weimin.model.codes import CODES

AS_OF = date(2026, 11, 22)
OFF = Options(as_of=AS_OF, disabled=frozenset(CODES))
ON = Options(as_of=AS_OF)
WORD = re.compile(rb"canary\d+q", re.I)

pytestmark = pytest.mark.slow


def built(root: Path, options: Options) -> dict[str, bytes]:
    """The site, also of records that a build would refuse, with the history on its pages, and what was drawn in pictures."""
    drawn: list[str] = []
    text = ImageDraw.ImageDraw.text

    def spy(canvas: ImageDraw.ImageDraw, at: Any, words: Any, *rest: Any, **options: Any) -> None:
        drawn.append(str(words))
        text(canvas, at, words, *rest, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ImageDraw.ImageDraw, "text", spy)
        site = demo_site.built(compute(open_register(root, root), options, demo_site.no_tick), "https://example.org")
    assert bool(drawn) is any(path.startswith("cards/") for path in site)
    return {**site, "(drawn)": "".join(drawn).encode()}


def chunks(content: bytes) -> Iterator[bytes]:
    """The texts in a PNG picture, the compressed ones too."""
    at = 8
    while at < len(content):
        length, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        data = content[at + 8 : at + 8 + length]
        yield data if kind in (b"tEXt", b"eXIf") else b""
        if kind in (b"zTXt", b"iTXt"):
            key, _, rest = data.partition(b"\0")
            yield key + b" " + (zlib.decompress(rest[1:]) if kind == b"zTXt" else rest)
        at += length + 12


def readings(path: str, content: bytes) -> Iterator[bytes]:
    """The ways in which a reader may take a file: as it is, with escapes undone, the texts of a picture, its name."""
    yield path.encode()
    if content.startswith(b"\x89PNG"):
        yield from chunks(content)
        return
    yield content
    yield unquote_to_bytes(content)
    yield re.sub(rb"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)).encode("utf-8", "replace"), content)


def found(site: Mapping[str, bytes], words: Mapping[str, str]) -> dict[str, set[str]]:
    """What came out: where a word had been put → the files that have it."""
    came: dict[str, set[str]] = {}
    for path, content in site.items():
        for reading in readings(path, content):
            for word in WORD.findall(reading):
                came.setdefault(words[word.decode().lower()], set()).add(path)
            for text in (RARE, *NUMBERS):
                if text.encode() in reading:
                    came.setdefault(text, set()).add(path)
    return came


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    root = tmp_path_factory.mktemp("kept") / "repo"
    _repository, words = made(root, withhold=True, stray=True)
    return root, words


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    root = tmp_path_factory.mktemp("told") / "repo"
    _repository, words = made(root, withhold=False)
    return root, words


def test_the_words_stand_in_every_field_that_an_outcome_has() -> None:
    """A field that is added to the schema has to be added here."""
    from canary_register import Words, outcome

    schema = msgspec.json.decode(schema_files()["outcome.schema.json"])
    assert keys(outcome(Words(), True)) | {"reason"} >= fields(schema) - {"about", "as"}


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return {*value, *(key for part in value.values() for key in keys(part))}
    return {key for part in value for key in keys(part)} if isinstance(value, list) else set()


def fields(schema: object) -> set[str]:
    if isinstance(schema, dict):
        own = schema.get("properties")
        named = set(own) if isinstance(own, dict) else set()
        return named | {key for part in schema.values() for key in fields(part)}
    return {key for part in schema for key in fields(part)} if isinstance(schema, list) else set()


def test_what_is_public_is_found(told: tuple[Path, dict[str, str]]) -> None:
    """The same register with nothing kept back: the search finds what was put into every field."""
    root, words = told
    came = found(built(root, ON), words)
    never = ("comment", "message", "mail", "misfit/from", "misfit/to")
    assert sorted(place for place in words.values() if not place.startswith(never) and place not in came) == []
    assert {RARE, "98765.4321", "2031年7月19日"} <= set(came)
    assert not {place for place in came if place.startswith(never)}


@pytest.mark.parametrize("options", [OFF, ON], ids=["checks off", "checks on"])
def test_nothing_that_is_withheld_comes_out(kept: tuple[Path, dict[str, str]], options: Options) -> None:
    root, words = kept
    site = built(root, options)
    assert f"990101001001/2026-001/{PUBLIC_ATTACHMENT}" in site
    assert b"\xe4\xb8\x8d\xe5\x85\xac\xe5\xb8\x83" in site["990101001001/2026-001/2026-03-10-outcome.html"]
    came = found(site, words)
    assert not came, "\n".join(f"{place}: {', '.join(sorted(paths)[:6])}" for place, paths in sorted(came.items()))


@pytest.mark.parametrize("form", ["csv", "json", "sqlite"])
def test_nothing_that_is_withheld_is_exported(tmp_path: Path, form: str) -> None:
    """Files that are no records are refused without any rule; here there are none."""
    root = tmp_path / "repo"
    _repository, words = made(root, withhold=True)
    export(open_register(root, root), OFF, tmp_path / "data", form, demo_site.no_tick)
    files = {p.name: p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file()}
    assert sum(map(len, files.values())) > 1000
    assert found(files, words) == {}
