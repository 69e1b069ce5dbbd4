"""Incremental equals clean: scripts of random edits, killed now and then; each build is held to one from nothing.

6 scripts in every run; 2,000 with `--long`, shared among the processes of the run. A script that fails names its seed:
`Script(seed, folder, around).run()` plays it again. docs/incremental.md has the table of the long run.
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from scripted_edits import EDITS
from scripted_runs import AROUND, Around, Script

from shares import Share

SHARES = 3
SCRIPTS, LONG_SCRIPTS = 6, 2000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork, by which builds are killed"),
]


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Around]:
    with pytest.MonkeyPatch.context() as patch:
        found = Around(patch, tmp_path_factory.mktemp("installed"))
        yield found
        found.set(0, 0)


@pytest.mark.parametrize("part", range(SHARES))
def test_an_incremental_build_equals_a_clean_one(
    part: int, around: Around, tmp_path: Path, long: bool, share: Share
) -> None:
    counts: Counter[str] = Counter()
    seeds = range(part, share(SCRIPTS, LONG_SCRIPTS, "scripts"), SHARES)
    for seed in seeds:
        folder = tmp_path / str(seed)
        counts += Script(seed, folder, around, 0.5 if long else 0.25).run()
        shutil.rmtree(folder, ignore_errors=True)
    assert counts["scripts"] == len(seeds)
    assert counts["builds"] > 2 * counts["scripts"]
    assert counts["refused"] < counts["builds"] / 3, "most builds have to come to pages"
    print(dict(counts))


def test_every_kind_of_edit_is_drawn() -> None:
    """A kind that no script contains is not tested."""
    import random

    from scripted_edits import drawn

    seen = {name for seed in range(18) for name in drawn(random.Random(seed), 40)}
    assert seen == set(EDITS)
    assert all(callable(getattr(Script, name)) for name in AROUND)
