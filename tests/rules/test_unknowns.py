"""Three ways to not know: whatever is left out, unpublished or none, every rule still has an answer."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from make import HEALTHY, apply_rules
from test_messages import WORST


def leaves(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in the data that could hold something else, the data itself left out."""
    if at:
        yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from leaves(inner, (*at, key))


def changed(records: dict[str, Any], at: tuple[Any, ...], to: Any) -> dict[str, Any]:
    records = copy.deepcopy(records)
    *way, last = at
    inside: Any = records
    for key in way:
        inside = inside[key]
    if to is None:
        del inside[last]
    else:
        inside[last] = to
    return records


@pytest.mark.parametrize("to", [None, "unpublished", []], ids=["absent", "unpublished", "none"])
@pytest.mark.parametrize("records", [HEALTHY, WORST], ids=["healthy", "worst"])
def test_every_rule_has_an_answer(records, to):
    tried = 0
    for at in leaves(records):
        if len(at) == 1:
            continue
        try:
            result = apply_rules(changed(records, at, to))
        except msgspec.ValidationError:
            continue  # the schema asks for it
        tried += 1
        assert all(r.message and r.hint for r in result.findings)
    assert tried > 10


@pytest.mark.parametrize("left_out", [*HEALTHY, *WORST])
def test_whole_records_may_be_missing(left_out):
    for records in (HEALTHY, WORST):
        apply_rules({stem: data for stem, data in records.items() if stem != left_out})
