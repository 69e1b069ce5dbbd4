"""The shape of the whole package: no circle of imports, short chains, no room that outgrows the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest
from house import NAME, imports, modules

LARGEST_SHARE = 0.2
"""No room holds more of the lines of the package."""
LONGEST_CHAIN = {"app": 6}
"""Room → the most modules of it that may import one another in a row."""


def graph() -> dict[str, set[str]]:
    """Module → the modules of the package that it imports."""
    names = {".".join(module.dotted) for module in modules()}
    found: dict[str, set[str]] = {}
    for module in modules():
        own = ".".join(module.dotted)
        targets = {name if name in names else name.rpartition(".")[0] for _, name in imports(module)}
        found[own] = (targets & names) - {own, NAME}
    return found


def longest_chain(edges: Mapping[str, set[str]], prefix: str = "") -> list[str]:
    """The longest row of modules that import one another. Raises ValueError for a circle, naming its modules."""
    known: dict[str, list[str]] = {}

    def walk(module: str, path: tuple[str, ...]) -> list[str]:
        if module in path:
            raise ValueError(" > ".join([*path[path.index(module) :], module]))
        if module not in known:
            below = [walk(m, (*path, module)) for m in sorted(edges[module]) if m.startswith(prefix)]
            known[module] = [module, *max(below, key=len, default=[])]
        return known[module]

    return max((walk(m, ()) for m in sorted(edges) if m.startswith(prefix)), key=len, default=[])


def test_no_circle_of_imports():
    assert len(longest_chain(graph())) > 10


def test_a_circle_is_found():
    with pytest.raises(ValueError, match="a > b > a"):
        longest_chain({"a": {"b"}, "b": {"a"}})


@pytest.mark.parametrize("room", LONGEST_CHAIN)
def test_chains_of_imports_are_short(room):
    chain = longest_chain(graph(), f"{NAME}.{room}.")
    assert 1 < len(chain) <= LONGEST_CHAIN[room], " > ".join(chain)


def test_no_room_outgrows_the_others():
    lines = Counter[str]()
    for module in modules():
        lines[module.room] += len(module.path.read_text(encoding="utf-8").splitlines())
    room, most = lines.most_common(1)[0]
    assert most < LARGEST_SHARE * lines.total(), f"{room}: {most} of {lines.total()} lines"
