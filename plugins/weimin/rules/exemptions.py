"""Exemptions: public, approved, with an end, and only as long as they are needed (docs/reference/rules.md, "Exemptions")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

import msgspec

from weimin.model.finding import Problem, Raised
from weimin.model.kinds import Exemption, Exemptions
from weimin.model.record import Record
from weimin.rules.wording import period, quote


class Granted(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an exemptions record. `home`: the folder of its platform, below which alone it has any effect."""

    path: str
    pointer: str
    home: str
    item: Exemption

    @property
    def subject(self) -> tuple[str, str]:
        """(path, JSON pointer); an empty pointer is the whole file."""
        path, _, pointer = self.item.subject.partition("#")
        return path, pointer

    @property
    def until(self) -> date:
        return period(self.item.until).last or date.min

    def fault(self, as_of: date) -> str:
        """Why it has no effect, in Chinese; empty where it has."""
        if not self.item.rule.startswith("W"):
            return f"只有流程类（W）的规则可以豁免，{quote(self.item.rule)}不可以"
        if not self.subject[0].startswith(self.home):
            return "豁免只管本平台和它的下级的记录"
        if self.until < as_of:
            return f"豁免的期限 {self.item.until} 已过"
        return ""

    def covers(self, code: str, places: Iterable[tuple[str, str]]) -> bool:
        path, pointer = self.subject
        return code == self.item.rule and any(
            at == path and (not pointer or where == pointer or where.startswith(f"{pointer}/")) for at, where in places
        )


def granted(records: Iterable[Record], paths: Iterable[str]) -> tuple[Granted, ...]:
    """The lines of exemptions records whose subject is one of these files."""
    here = frozenset(paths)
    return tuple(
        Granted(
            path=record.place.path,
            pointer=f"/{i}",
            home=record.place.path.rpartition("/")[0] + "/",
            item=item,
        )
        for record in records
        if isinstance(record.data, Exemptions)
        for i, item in enumerate(record.data.items)
        if item.subject.partition("#")[0] in here
    )


Places = Callable[[Raised], tuple[tuple[str, str], ...]]
"""All places, as (path, pointer), under which a finding can be exempted."""


def exempt(
    raised: Iterable[Raised], lines: tuple[Granted, ...], as_of: date, places: Places
) -> tuple[list[Raised], frozenset[int]]:
    """The findings, those that are exempted marked so, and which lines were needed."""
    out: list[Raised] = []
    used: set[int] = set()
    for r in raised:
        hits = (
            {n for n, line in enumerate(lines) if line.covers(r.code, places(r)) and not line.fault(as_of)}
            if r.code.startswith("W")
            else set()
        )
        used |= hits
        out.append(msgspec.structs.replace(r, exempt=True) if hits else r)
    return out, frozenset(used)


def exemption_stale(lines: tuple[Granted, ...], used: frozenset[int], as_of: date) -> Iterator[Problem]:
    """L108: one that has no effect, or that nothing needs any more."""
    for n, line in enumerate(lines):
        if n in used:
            continue
        fault = line.fault(as_of) or f"所豁免的 {line.item.rule} 在那里已经没有发现问题，豁免不再需要"
        yield Problem(
            code="L108",
            path=line.path,
            pointer=line.pointer,
            message=f"对{quote(line.item.subject)}的豁免：{fault}",
            hint="删去这一条；仍然需要的，重新批准并改 until",
        )
