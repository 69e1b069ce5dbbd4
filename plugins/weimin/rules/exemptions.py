"""Exemptions: published, approved, with an end, and reported as stale when nothing needs them (docs/reference/rules.md, "Exemptions")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

import msgspec

from weimin.model.finding import Problem, UnlocatedFinding
from weimin.model.kinds import Exemption, Exemptions
from weimin.model.record import Record
from weimin.rules.wording import period, quote


class GrantedExemption(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an exemptions record. `home`: the folder of its platform; it has effect only below that folder."""

    path: str
    pointer: str
    home: str
    item: Exemption

    @property
    def subject(self) -> tuple[str, str]:
        """(path, JSON pointer); an empty pointer stands for the whole file."""
        path, _, pointer = self.item.subject.partition("#")
        return path, pointer

    @property
    def until(self) -> date:
        return period(self.item.until).last or date.min

    def why_ineffective(self, as_of: date) -> str:
        """Why the exemption has no effect, in Chinese; empty if it has effect."""
        if not self.item.rule.startswith("W"):
            return f"只有流程类（W）的规则可以豁免，{quote(self.item.rule)}不可以"
        if not self.subject[0].startswith(self.home):
            return "豁免只管本平台和它的下级的记录"
        if self.until < as_of:
            return f"豁免的期限 {self.item.until} 已过"
        return ""

    def covers(self, code: str, places: Iterable[tuple[str, str]]) -> bool:
        """Whether it exempts a finding of `code` with one of these places."""
        path, pointer = self.subject
        return code == self.item.rule and any(
            at == path and (not pointer or where == pointer or where.startswith(f"{pointer}/")) for at, where in places
        )


def exemptions_for(records: Iterable[Record], paths: Iterable[str]) -> tuple[GrantedExemption, ...]:
    """The lines of exemptions records whose subject is one of these files."""
    subjects = frozenset(paths)
    return tuple(
        GrantedExemption(
            path=record.place.path,
            pointer=f"/{i}",
            home=record.place.path.rpartition("/")[0] + "/",
            item=item,
        )
        for record in records
        if isinstance(record.data, Exemptions)
        for i, item in enumerate(record.data.items)
        if item.subject.partition("#")[0] in subjects
    )


Places = Callable[[UnlocatedFinding], tuple[tuple[str, str], ...]]
"""Returns the places (path, pointer) at which an exemption can cover a finding."""


def apply_exemptions(
    raised: Iterable[UnlocatedFinding], lines: tuple[GrantedExemption, ...], as_of: date, places: Places
) -> tuple[list[UnlocatedFinding], frozenset[int]]:
    """The findings, those that are exempted marked so, and which lines were needed."""
    out: list[UnlocatedFinding] = []
    used: set[int] = set()
    for r in raised:
        hits = (
            {n for n, line in enumerate(lines) if line.covers(r.code, places(r)) and not line.why_ineffective(as_of)}
            if r.code.startswith("W")
            else set()
        )
        used |= hits
        out.append(msgspec.structs.replace(r, exempt=True) if hits else r)
    return out, frozenset(used)


def exemption_stale(lines: tuple[GrantedExemption, ...], used: frozenset[int], as_of: date) -> Iterator[Problem]:
    """L108: an exemption that has no effect, or that covers no finding. `used`: indices of lines that cover one."""
    for n, line in enumerate(lines):
        if n in used:
            continue
        why_ineffective = (
            line.why_ineffective(as_of) or f"所豁免的 {line.item.rule} 在那里已经没有发现问题，豁免不再需要"
        )
        yield Problem(
            code="L108",
            path=line.path,
            pointer=line.pointer,
            message=f"对{quote(line.item.subject)}的豁免：{why_ineffective}",
            hint="删去这一条；仍然需要的，重新批准并改 until",
        )
