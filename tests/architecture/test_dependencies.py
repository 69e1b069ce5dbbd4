"""The package asks for what it imports, and for nothing else: a package in the lock is a package that staff install."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from typing import Any

import pytest
from house import NAME, ROOT, imports, modules

# never imported by name, yet needed
UNSEEN = {"tzdata": "the time zones that Windows does not have; zoneinfo finds it by itself"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


# an extra that an operator asks for, and the one module that may import it
EXTRA = {"cluster": ("distributed", "weimin/adapters/cluster.py")}


def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def asked_for() -> set[str]:
    return {normal(re.split(r"[\[<>=!~; ]", wanted)[0]) for wanted in project()["dependencies"]}


def imported() -> dict[str, str]:
    """Distribution → a place that imports it, for everything that is neither ours nor Python's."""
    by_module = packages_distributions()
    used = {}
    for module in modules():
        for _, name in imports(module):
            top = name.split(".")[0]
            if top != NAME and top not in sys.stdlib_module_names:
                for distribution in by_module.get(top, [top]):  # several may share a name (arro3)
                    used[normal(distribution)] = module.place
    return used


def test_what_is_imported_is_asked_for():
    used = imported()
    assert len(used) > 5
    extra = {name for name, _ in EXTRA.values()}
    assert {name: place for name, place in used.items() if name not in asked_for() | extra} == {}


@pytest.mark.parametrize("extra", EXTRA)
def test_an_extra_is_imported_in_one_place(extra):
    """Whoever did not ask for it must not miss it."""
    name, place = EXTRA[extra]
    assert project()["optional-dependencies"][extra] == [name]
    assert name in project()["optional-dependencies"]["dev"]  # so that it is tested
    assert {m.place for m in modules() for _, top in imports(m) if top.split(".")[0] in (name, "dask")} == {place}


def test_what_is_asked_for_is_imported():
    assert asked_for() - set(imported()) == set(UNSEEN)
