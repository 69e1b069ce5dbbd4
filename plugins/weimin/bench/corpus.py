"""A generated register of any size: invented places, with ten years and eleven months of dossiers of common kinds.

Nothing is random: two registers of one size are the same bytes, including the days on which files were filed.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate

from weimin.bench import text_platform
from weimin.bench.contents import DossierContents, make_contents
from weimin.bench.dossier_draft import FileVersion
from weimin.bench.dossier_files import dossier_files
from weimin.bench.made_network import CITY, MadePlatform, folder, made_network
from weimin.bench.pseudo_random import PseudoRandom
from weimin.model.place import Level, parent_code

FIRST, LAST = date(2016, 1, 4), date(2026, 11, 15)
SETUP_DAY = date(2015, 12, 1)
"""The day on which platforms and rules were filed."""
_PER_DOSSIER = 8.75
"""Records per dossier, with its share of opinions, plans and lists; counted for 240,000 records."""
_RAISED, _SETTLED, _RELATED, _OF_A_LIST = 35, 90, 6, 30
"""Per 100 dossiers: those from an opinion, those with another opinion, a related dossier, an item of a list of projects."""

Numbered = tuple[int, date, str]


def corpus(records: int) -> Iterator[FileVersion]:
    """All versions of about `records` files, platform by platform; only versions of one file are in the order of their days."""
    platforms = made_network(records)
    yield FileVersion(SETUP_DAY, "content/site.yml", "title: 测量用数据\ndemo: true\n")
    yield FileVersion(SETUP_DAY, "content/pages/about.md", "---\ntitle: 关于\n---\n\n测量用的数据，内容是编造的。\n")
    for number, platform in enumerate(platforms):
        yield FileVersion(
            SETUP_DAY, f"{folder(platform.code)}/platform.yml", text_platform.platform_text(platform, number)
        )
        yield from _of_upper(platform, platforms, number)
    expected = records - len(platforms) - sum(22 + 11 for s in platforms if s.level in (Level.CITY, Level.COUNTY))
    for number, (platform, dossiers) in enumerate(_opened(platforms, max(1, round(expected / _PER_DOSSIER)))):
        yield from _of_platform(platform, number, dossiers)


def _opened(platforms: Sequence[MadePlatform], count: int) -> Iterator[tuple[MadePlatform, list[Numbered]]]:
    """The dossiers of each platform that has any: (number in the corpus, first day, number in the register)."""
    edges = list(accumulate(platform.share for platform in platforms))
    days = (LAST - FIRST).days - 5
    begun: dict[int, list[tuple[date, int]]] = {}
    for number in range(count):
        rng = PseudoRandom(number, 19)
        at = bisect(edges, rng.below(edges[-1]))
        begun.setdefault(at, []).append((FIRST + timedelta(days=10 + rng.below(days - 10)), number))
    for at in sorted(begun):
        of_year: Counter[int] = Counter()
        dossiers = []
        for start, number in sorted(begun[at]):
            of_year[start.year] += 1
            dossiers.append((number, start, f"{start.year}-{of_year[start.year]:03d}"))
        yield platforms[at], dossiers


def _of_platform(platform: MadePlatform, place: int, dossiers: list[Numbered]) -> Iterator[FileVersion]:
    here = folder(platform.code)
    names: Counter[date] = Counter()
    subjects: dict[int, list[tuple[str, int, str]]] = {}
    for number, start, name in dossiers:
        rng = PseudoRandom(number, 23)
        contents = _contents(platform, start, name, rng)
        if rng.chance(_RAISED):
            day = start - timedelta(days=rng.between(3, 9))
            stem = _stem(names, day)
            comparison_table = text_platform.opinion_text(contents, rng)
            yield FileVersion(day, f"{here}/opinions/{stem}.yml", comparison_table)
            up = text_platform.opinion_with_topic_text(comparison_table, f"{platform.code}/{name}", start)
            yield FileVersion(start + timedelta(days=1), f"{here}/opinions/{stem}.yml", up)
            contents = _raised_by(contents, f"{platform.code}/opinions/{stem}")
        if rng.chance(_SETTLED):
            yield from _other_opinion(platform, start, names, rng)
        yield from _until_last(dossier_files(contents, f"{here}/{name}", number))
        subjects.setdefault(start.year, []).append((contents.title, (start.month + 2) // 3, f"{platform.code}/{name}"))
    for year, planned in subjects.items():
        if PseudoRandom(place, year, 31).chance(75):
            yield from _plan(platform, year, planned)


def _contents(platform: MadePlatform, start: date, name: str, rng: PseudoRandom) -> DossierContents:
    year, nth = name.split("-")
    earlier = f"{platform.code}/{year}-{int(nth) - 1:03d}" if nth != "001" and rng.chance(_RELATED) else ""
    item = ""
    if rng.chance(_OF_A_LIST):
        owner = CITY if rng.chance(30) else platform.code[:6]
        item = f"{owner}/projects/{year}#{rng.between(1, text_platform.PROJECTS)}"
    return make_contents(platform, start, rng, earlier=earlier, item=item)


def _raised_by(contents: DossierContents, opinion: str) -> DossierContents:
    return DossierContents(
        **{field: getattr(contents, field) for field in DossierContents.__struct_fields__} | {"opinion": opinion}
    )


def _other_opinion(
    platform: MadePlatform, start: date, names: Counter[date], rng: PseudoRandom
) -> Iterator[FileVersion]:
    """An opinion that did not become a topic; one in eight is still open."""
    day = min(start + timedelta(days=rng.between(1, 90)), LAST - timedelta(days=1))
    path = f"{folder(platform.code)}/opinions/{_stem(names, day)}.yml"
    comparison_table = text_platform.opinion_text(make_contents(platform, day, rng), rng)
    yield FileVersion(day + timedelta(days=1), path, comparison_table)
    seen_to = day + timedelta(days=rng.between(2, 20))
    if rng.below(8):
        yield from _until_last(
            [
                FileVersion(
                    seen_to + timedelta(days=45),
                    path,
                    text_platform.opinion_closed_text(comparison_table, seen_to, rng),
                )
            ]
        )


def _stem(names: Counter[date], day: date) -> str:
    names[day] += 1
    return day.isoformat() if names[day] == 1 else f"{day}-{names[day]}"


def _plan(platform: MadePlatform, year: int, planned: list[tuple[str, int, str]]) -> Iterator[FileVersion]:
    """A plan, filed in January; at the end of the year it names the dossiers of its subjects."""
    path = f"{folder(platform.code)}/plans/{year}.yml"
    subjects = [(title, quarter) for title, quarter, _ in planned[:40]]
    yield FileVersion(date(year, 1, 20), path, text_platform.plan_text(platform, year, subjects, {}))
    if year < LAST.year:
        became = {title: dossier for title, _, dossier in planned}
        yield FileVersion(date(year, 12, 28), path, text_platform.plan_text(platform, year, subjects, became))


def _of_upper(platform: MadePlatform, platforms: Sequence[MadePlatform], number: int) -> Iterator[FileVersion]:
    """The records of a city or county: rules, and each year a list of projects and two guidance records."""
    if platform.level not in (Level.CITY, Level.COUNTY):
        return
    here = folder(platform.code)
    yield FileVersion(SETUP_DAY, f"{here}/rules/working-rules.md", text_platform.working_rules_text(platform))
    below = [other.code for other in platforms if parent_code(other.code) == platform.code]
    for year in range(FIRST.year, LAST.year + 1):
        yield FileVersion(
            date(year, 7, 2), f"{here}/projects/{year}.yml", text_platform.projects_text(platform, year, number)
        )
        for month in (3, 9):
            day = date(year, month, 6)
            draft = PseudoRandom(number, year, month).some(below, 6)
            yield FileVersion(day, f"{here}/guidance/{day}.md", text_platform.guidance_text(draft, number * 100 + year))


def _until_last(files: Iterator[FileVersion] | list[FileVersion]) -> Iterator[FileVersion]:
    return (file for file in files if file.day <= LAST)
