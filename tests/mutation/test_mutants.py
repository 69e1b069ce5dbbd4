"""Which mutants there are, and that a sample is the same everywhere and changes little with the code."""

from __future__ import annotations

import ast

import pytest

from mutation.mutants import all_mutants, mutants_of, sample

SOURCE = '''"""A module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

Kind = dict[str, int]


class Owed(Protocol):
    due: int = 1


class Row(Base, frozen=True):
    """A row."""

    days: int = 7

    @property
    def late(self) -> bool:
        return self.days > 30


@rule("W602", strict=True)
def in_time(day: date, due: date | None = None) -> str:
    """On or before the last day."""
    if due is not None and day <= due:
        return "按期"
    return "late"
'''


def changes(source: str = SOURCE) -> list[str]:
    return [m.change for m in mutants_of("weimin/room/module.py", source)]


@pytest.mark.parametrize(
    "change",
    [
        "<= due → < due",
        "> 30 → >= 30",
        "is not → is",
        "due is not None and day <= due → due is not None or day <= due",
        "30 → 31",
        "7 → 8",
    ],
)
def test_what_is_mutated(change: str) -> None:
    assert any(change in found for found in changes())


@pytest.mark.parametrize(
    "text", ["按期", "W602", "frozen", "On or before", "A row", "int]", "TYPE_CHECKING", "date | None"]
)
def test_what_declares_or_is_a_text_for_users_is_not(text: str) -> None:
    assert [found for found in changes() if text in found] == []


def test_a_protocol_is_not_mutated() -> None:
    assert [m for m in mutants_of("m", SOURCE) if "Owed" in m.scope] == []


def test_a_mutant_has_its_place_and_is_one_change() -> None:
    (mutant,) = [m for m in mutants_of("weimin/room/module.py", SOURCE) if m.change == "<= due → < due"]
    assert (mutant.scope, mutant.text, mutant.nth) == ("in_time", "if due is not None and day <= due:", 0)
    assert SOURCE.splitlines()[mutant.line - 1].strip() == mutant.text
    assert mutant.lines == (mutant.line, mutant.line)
    old, new = SOURCE.splitlines(), mutant.applied(SOURCE).splitlines()
    assert [(a, b) for a, b in zip(old, new, strict=True) if a != b] == [
        ("    if due is not None and day <= due:", "    if due is not None and day < due:")
    ]


def test_a_sample_has_programs_that_compile_and_differ() -> None:
    sources = {"a.py": SOURCE, "b.py": SOURCE.replace("30", "31")}
    every = all_mutants(sources)
    drawn = sample(every, sources, 1, 1000)
    assert len(drawn) <= len(every)
    programs = [ast.dump(ast.parse(m.applied(sources[m.module]))) for m in drawn]
    assert len({(m.module, p) for m, p in zip(drawn, programs, strict=True)}) == len(drawn)
    assert not {ast.dump(ast.parse(source)) for source in sources.values()} & set(programs) - {
        ast.dump(ast.parse(SOURCE.replace("30", "31")))
    }


def test_a_seed_draws_the_same_sample_and_another_seed_another() -> None:
    sources = {"a.py": SOURCE}
    every = all_mutants(sources)
    first, again, other = (sample(every, sources, seed, 8) for seed in (1, 1, 2))
    assert first == again != other
    assert len(first) == 8
    assert first == sorted(first, key=lambda m: (m.module, m.start, m.after))


def test_a_change_of_one_function_leaves_the_rest_of_the_sample() -> None:
    later = SOURCE + "\n\ndef more(n: int) -> int:\n    return n + 1\n"
    before, after = ({m.change for m in sample(all_mutants({"a.py": s}), {"a.py": s}, 5, 12)} for s in (SOURCE, later))
    assert len(before - after) <= 4
