"""The two validators, the classes and the grammars of the model agree, on every sample and on damaged samples."""

from __future__ import annotations

import copy
import json
import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from schema_samples import plain_sample

from weimin.adapters.installation import schema_files
from weimin.model.period import parse_period
from weimin.model.record import parse_ref
from weimin.records.kinds import KINDS
from weimin.records.schema import Schemas

SCHEMAS = Schemas(schema_files())
COMMON = SCHEMAS.document("common")
REGISTRY = jsonschema_rs.Registry([("json-schema:///common.schema.json", COMMON)])
SAMPLED = sorted(kind for kind, row in KINDS.items() if row.data is not None)
SAMPLES = {kind: SCHEMAS.accept(kind, plain_sample(kind)[0])[0] for kind in SAMPLED}
COMPILED = {k: jsonschema_rs.Draft202012Validator(SCHEMAS.document(k), registry=REGISTRY) for k in SAMPLED}

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.sampled_from(
        ["unpublished", "included", "pending", "", " ", "a\n", "３", "2026-02-30", "2026", "12:30", "0.30", "52"]
    ),
    st.sampled_from(
        ["m1", "s1", "d1", "990101", "meeting", "其他", "https://u@example.org/", "x" * 501, "样发[2026]1号"]
    ),
    st.lists(st.sampled_from(["a", 1, None, "教育"]), max_size=3),
    st.dictionaries(
        st.sampled_from(["id", "text", "about", "as", "kind", "to", "标题"]),
        st.sampled_from(["a", 1, None]),
        max_size=2,
    ),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict | list):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(item, (*path, step))


@st.composite
def broken(draw: st.DrawFn) -> tuple[str, Any]:
    """A sample with one to three things replaced, left out or added."""
    kind = draw(st.sampled_from(SAMPLED))
    value = copy.deepcopy(SAMPLES[kind])
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(places(value))))
        if not path:
            continue
        holder = value
        for step in path[:-1]:
            holder = holder[step]
        match draw(st.sampled_from(["replace", "drop", "add"])):
            case "replace":
                holder[path[-1]] = draw(JUNK)
            case "drop":
                del holder[path[-1]]
            case _ if isinstance(holder, dict):
                holder[draw(st.sampled_from(["id", "same_as", "total", "published_rate", "note", "sent", "x~/y"]))] = (
                    draw(JUNK)
                )
            case _:
                holder.append(draw(JUNK))
    return kind, value


@given(broken())
def test_compiled_and_explaining_validator_agree(case: tuple[str, Any]) -> None:
    kind, value = case
    assert COMPILED[kind].is_valid(value) == (next(SCHEMAS.errors(kind, value), None) is None)


@given(broken())
def test_accepted_values_load_and_others_are_reported(case: tuple[str, Any]) -> None:
    kind, value = case
    before = json.dumps(value)
    accepted, violations = SCHEMAS.accept(kind, value)
    assert json.dumps(value) == before, "what was handed in is left alone"
    if not violations:
        SCHEMAS.load(kind, accepted)
        return
    assert violations == SCHEMAS.accept(kind, value)[1]
    for violation in violations:
        assert re.fullmatch("S10[1-6]", violation.code)
        assert violation.message.endswith("。")
        assert "\n" not in violation.message + violation.hint
        assert violation.hint
        node = accepted
        for step in violation.pointer.split("/")[1:]:
            node = node[int(step) if isinstance(node, list) else step.replace("~1", "/").replace("~0", "~")]


@pytest.mark.parametrize("kind", SAMPLED)
def test_a_sample_without_any_one_field_is_reported_or_loads(kind: str) -> None:
    for path in places(SAMPLES[kind]):
        value = copy.deepcopy(SAMPLES[kind])
        if not path:
            continue
        holder = value
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]
        accepted, violations = SCHEMAS.accept(kind, value)
        if not violations:
            SCHEMAS.load(kind, accepted)


def defined(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({"$ref": f"common.schema.json#/$defs/{name}"}, registry=REGISTRY)


def test_date_is_what_the_model_reads() -> None:
    schema = defined("known_date")
    days = (date(1895, 1, 1) + timedelta(days=n) for n in range(0, 115_000))
    texts = {day.isoformat() for day in days}
    texts |= {
        f"{y}-{m:02d}-{d:02d}" for y in (1900, 2000, 2023, 2024, 2100, 2200) for m in range(14) for d in range(33)
    }
    texts |= {
        f"{y}{rest}"
        for y in (1899, 1900, 2026, 2200, 2201)
        for rest in ("", "-00", "-12", "-13", "-Q0", "-Q4", "-Q5", "-H1", "-H3", "-q1")
    }
    texts |= {
        "0000",
        "2026-1-5",
        "2026-01-01\n",
        "２０２６",
        " 2026",
        "by-2026-01-01",
        "XXXX",
        "2026-01-01-",
        "20260101",
    }
    for text in sorted(texts):
        try:
            read = parse_period(text) is not None
        except ValueError:
            read = False
        assert schema.is_valid(text) == read, text


_PARTS = [
    "990101",
    "990101001",
    "990101001001",
    "9901",
    "/",
    "#",
    "2026-001",
    "2026-01",
    "opinions",
    "projects",
    "topic",
    "2026-03-02-consultation",
]
_PARTS += ["m1", "3.3.4", "-", "_", " ", "\n", "市", "３", "", "."]


@given(st.lists(st.sampled_from(_PARTS), max_size=8).map("".join))
def test_reference_is_what_the_model_reads(text: str) -> None:
    try:
        read = parse_ref(text) is not None
    except ValueError:
        read = False
    assert defined("ref").is_valid(text) == (read and text != "unpublished")


def test_no_pattern_takes_long_over_a_long_text() -> None:
    patterns = {
        m for file in schema_files().values() for m in re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', file.decode())
    }
    assert len(patterns) > 20
    bait = [
        "1" * 20_000,
        "a" * 20_000 + "\n",
        "/" * 20_000 + "~",
        "https://" + "a." * 10_000 + " ",
        "一" * 20_000,
        "a b" * 7_000 + "\n",
        "2026-" * 4_000,
    ]
    for pattern in patterns:
        compiled = re.compile(json.loads(pattern), re.ASCII)
        for text in bait:
            start = time.process_time()
            compiled.search(text)
            assert time.process_time() - start < 0.2, pattern


def test_no_branches_that_hide_what_is_wrong() -> None:
    for path in Path(__file__).parents[2].glob("schemas/*.schema.json"):
        assert '"anyOf"' not in path.read_text(encoding="utf-8")
        assert '"oneOf"' not in path.read_text(encoding="utf-8")
