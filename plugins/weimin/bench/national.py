"""A network of any size, from a list of divisions or generated with the structure of the whole country."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from weimin.adapters.git import run
from weimin.app.entry.network import platform_text, read_table
from weimin.bench.corpus import SETUP_DAY
from weimin.bench.dossier_draft import FileVersion
from weimin.bench.made_network import folder, made_name
from weimin.bench.process import ProcessUsage
from weimin.bench.repository import Import
from weimin.bench.tasks import TASKS, Workspace, run_tasks
from weimin.records.divisions import Division, read_divisions

PLATFORMS = 664_000
_CITIES, _COUNTIES, _TOWNS = 342, 2_977, 41_636
"""Cities, counties and towns among 664,000 platforms; the rest are villages."""
_PROVINCES = (
    *range(11, 16),
    *range(21, 24),
    *range(31, 38),
    *range(41, 47),
    *range(50, 55),
    *range(61, 66),
)
"""The 31 province codes of GB/T 2260 that a network may use."""


def divisions(given: str) -> tuple[Division, ...]:
    """The divisions of a file, or generated ones if `given` is a number. Raises OSError, InvalidDivisions."""
    if given.isdecimal():
        return tuple(made(int(given)))
    return read_divisions(read_table(Path(given)))


def made(platforms: int) -> Iterator[Division]:
    """About `platforms` divisions with the structure of the country: every level is distributed evenly over the one above."""
    cities = _deal([str(code) for code in _PROVINCES], max(1, round(platforms * _CITIES / PLATFORMS)), 2)
    counties = _deal(cities, max(1, round(platforms * _COUNTIES / PLATFORMS)), 2)
    towns = _deal(counties, max(1, round(platforms * _TOWNS / PLATFORMS)), 3)
    villages = _deal(towns, max(1, platforms - len(cities) - len(counties) - len(towns)), 3)
    for number, city in enumerate(cities):
        yield Division(code=f"{city}00", name=f"{made_name(number, 1)}市", line=0)
    for codes, kind in ((counties, "县"), (towns, "镇"), (villages, "村")):
        for number, code in enumerate(codes):
            yield Division(code=code, name=f"{made_name(number, 1)}{kind}", line=0)


def _deal(above: list[str], count: int, digits: int) -> list[str]:
    """`count` codes distributed evenly below those above: the first of each, then the second. Raises ValueError if too many."""
    most = len(above) * (10**digits - 1)
    if count > most:
        raise ValueError(f"{count} > {most}")
    return [f"{above[n % len(above)]}{n // len(above) + 1:0{digits}d}" for n in range(count)]


def bench_network(
    given: str, where: Path, log: Callable[[str], None], *, limit: float
) -> tuple[int, list[tuple[str, ProcessUsage]]]:
    """The number of platforms, and (task, usage) of check and build of the network alone, from nothing."""
    places = divisions(given)
    log(f"正在生成 {len(places)} 个平台的测量用仓库……")
    root = where / "network"
    with Import(root) as stream:
        stream.commit(b"refs/heads/main", stream.store(_files(places)), SETUP_TIME)
    run(root, "reset", "--quiet", "--hard", "main")
    workspace = Workspace(root=root, output=where / "network-site" / "current", limit=limit)
    return len(places), list(run_tasks(workspace, log, ("check-cold", "build-cold")))


SETUP_TIME = 1_448_928_000


def _files(places: Iterable[Division]) -> Iterator[FileVersion]:
    yield FileVersion(SETUP_DAY, "content/site.yml", "title: 测量用数据\ndemo: true\n")
    for place in places:
        yield FileVersion(SETUP_DAY, f"{folder(place.code)}/platform.yml", platform_text(place, None))


NAMES = {key: TASKS[key][0] for key in ("check-cold", "build-cold")}
