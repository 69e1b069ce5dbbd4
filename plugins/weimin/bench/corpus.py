"""A made register of any size: places that do not exist, ten years and eleven months of matters of the usual kinds.

Nothing is drawn by chance: two corpora of one size are the same bytes. What was filed when is part of it.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate

from weimin.bench import standing
from weimin.bench.course import course
from weimin.bench.dossier_draft import RecordDates
from weimin.bench.draws import Draws
from weimin.bench.matter import Matter, matter
from weimin.bench.shape import CITY, Spot, folder, network
from weimin.model.place import Level, parent_code

FIRST, LAST = date(2016, 1, 4), date(2026, 11, 15)
STANDS = date(2015, 12, 1)
"""The day of the platforms themselves and of the rules."""
_PER_DOSSIER = 8.75
"""Records for each dossier, its part of the opinions, plans and lists included; measured on 240,000."""
_RAISED, _SETTLED, _RELATED, _OF_A_LIST = 35, 90, 6, 30
"""Of 100 dossiers: from an opinion, beside an opinion of another matter, naming an earlier one, of a list of projects."""

Numbered = tuple[int, date, str]


def corpus(records: int) -> Iterator[RecordDates]:
    """All versions of about so many files, platform by platform; in the order of their days only within a file."""
    spots = network(records)
    yield RecordDates(STANDS, "content/site.yml", "title: 测量用数据\ndemo: true\n")
    yield RecordDates(STANDS, "content/pages/about.md", "---\ntitle: 关于\n---\n\n测量用的数据，内容是编造的。\n")
    for number, spot in enumerate(spots):
        yield RecordDates(STANDS, f"{folder(spot.code)}/platform.yml", standing.platform(spot, number))
        yield from _of_upper(spot, spots, number)
    wanted = records - len(spots) - sum(22 + 11 for s in spots if s.level in (Level.CITY, Level.COUNTY))
    for number, (spot, dossiers) in enumerate(_opened(spots, max(1, round(wanted / _PER_DOSSIER)))):
        yield from _of_platform(spot, number, dossiers)


def _opened(spots: Sequence[Spot], count: int) -> Iterator[tuple[Spot, list[Numbered]]]:
    """The dossiers of each platform that has any, (number in the corpus, day it began, number in the register)."""
    edges = list(accumulate(spot.share for spot in spots))
    days = (LAST - FIRST).days - 5
    begun: dict[int, list[tuple[date, int]]] = {}
    for number in range(count):
        draws = Draws(number, 19)
        at = bisect(edges, draws.below(edges[-1]))
        begun.setdefault(at, []).append((FIRST + timedelta(days=10 + draws.below(days - 10)), number))
    for at in sorted(begun):
        of_year: Counter[int] = Counter()
        dossiers = []
        for start, number in sorted(begun[at]):
            of_year[start.year] += 1
            dossiers.append((number, start, f"{start.year}-{of_year[start.year]:03d}"))
        yield spots[at], dossiers


def _of_platform(spot: Spot, place: int, dossiers: list[Numbered]) -> Iterator[RecordDates]:
    here = folder(spot.code)
    names: Counter[date] = Counter()
    subjects: dict[int, list[tuple[str, int, str]]] = {}
    for number, start, name in dossiers:
        draws = Draws(number, 23)
        about = _matter(spot, start, name, draws)
        if draws.chance(_RAISED):
            day = start - timedelta(days=draws.between(3, 9))
            stem = _stem(names, day)
            written = standing.raised(about, draws)
            yield RecordDates(day, f"{here}/opinions/{stem}.yml", written)
            up = standing.taken_up(written, f"{spot.code}/{name}", start)
            yield RecordDates(start + timedelta(days=1), f"{here}/opinions/{stem}.yml", up)
            about = _raised_by(about, f"{spot.code}/opinions/{stem}")
        if draws.chance(_SETTLED):
            yield from _other_opinion(spot, start, names, draws)
        yield from _until_last(course(about, f"{here}/{name}", number))
        subjects.setdefault(start.year, []).append((about.title, (start.month + 2) // 3, f"{spot.code}/{name}"))
    for year, planned in subjects.items():
        if Draws(place, year, 31).chance(75):
            yield from _plan(spot, year, planned)


def _matter(spot: Spot, start: date, name: str, draws: Draws) -> Matter:
    year, nth = name.split("-")
    earlier = f"{spot.code}/{year}-{int(nth) - 1:03d}" if nth != "001" and draws.chance(_RELATED) else ""
    item = ""
    if draws.chance(_OF_A_LIST):
        owner = CITY if draws.chance(30) else spot.code[:6]
        item = f"{owner}/projects/{year}#{draws.between(1, standing.PROJECTS)}"
    return matter(spot, start, draws, earlier=earlier, item=item)


def _raised_by(about: Matter, opinion: str) -> Matter:
    return Matter(**{field: getattr(about, field) for field in Matter.__struct_fields__} | {"opinion": opinion})


def _other_opinion(spot: Spot, start: date, names: Counter[date], draws: Draws) -> Iterator[RecordDates]:
    """One that did not become a topic; one of eight is still open."""
    day = min(start + timedelta(days=draws.between(1, 90)), LAST - timedelta(days=1))
    path = f"{folder(spot.code)}/opinions/{_stem(names, day)}.yml"
    written = standing.raised(matter(spot, day, draws), draws)
    yield RecordDates(day + timedelta(days=1), path, written)
    seen_to = day + timedelta(days=draws.between(2, 20))
    if draws.below(8):
        yield from _until_last(
            [RecordDates(seen_to + timedelta(days=45), path, standing.settled(written, seen_to, draws))]
        )


def _stem(names: Counter[date], day: date) -> str:
    names[day] += 1
    return day.isoformat() if names[day] == 1 else f"{day}-{names[day]}"


def _plan(spot: Spot, year: int, planned: list[tuple[str, int, str]]) -> Iterator[RecordDates]:
    """Made in January; at the end of the year it says which dossiers its subjects became."""
    path = f"{folder(spot.code)}/plans/{year}.yml"
    subjects = [(title, quarter) for title, quarter, _ in planned[:40]]
    yield RecordDates(date(year, 1, 20), path, standing.plan(spot, year, subjects, {}))
    if year < LAST.year:
        became = {title: dossier for title, _, dossier in planned}
        yield RecordDates(date(year, 12, 28), path, standing.plan(spot, year, subjects, became))


def _of_upper(spot: Spot, spots: Sequence[Spot], number: int) -> Iterator[RecordDates]:
    """A city and its counties have rules, a list of projects and two pieces of guidance each year."""
    if spot.level not in (Level.CITY, Level.COUNTY):
        return
    here = folder(spot.code)
    yield RecordDates(STANDS, f"{here}/rules/working-rules.md", standing.working_rules(spot))
    below = [other.code for other in spots if parent_code(other.code) == spot.code]
    for year in range(FIRST.year, LAST.year + 1):
        yield RecordDates(date(year, 7, 2), f"{here}/projects/{year}.yml", standing.projects(spot, year, number))
        for month in (3, 9):
            day = date(year, month, 6)
            told = Draws(number, year, month).some(below, 6)
            yield RecordDates(day, f"{here}/guidance/{day}.md", standing.guidance(told, number * 100 + year))


def _until_last(files: Iterator[RecordDates] | list[RecordDates]) -> Iterator[RecordDates]:
    return (file for file in files if file.day <= LAST)
