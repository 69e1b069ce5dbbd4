"""协商成果."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from weimin.model.kinds.shared import Count, Data, Part, number_of


class Dissent(Part, frozen=True, kw_only=True):
    id: str
    text: str


class Target(Part, frozen=True, kw_only=True):
    amount: int | float | str | None = None
    unit: str | None = None


class Measure(Part, frozen=True, kw_only=True):
    """落实事项. `with_`: the units that help."""

    id: str
    text: str
    unit: str | None = None
    with_: tuple[str, ...] | str | None = msgspec.field(name="with", default=None)
    target: Target | str | None = None
    due: str | None = None
    upkeep: str | None = None


class Funding(Part, frozen=True, kw_only=True):
    """经费来源. `yuan_to`: the upper end of a printed range; `yuan` is then the lower one, absent if none was printed."""

    from_: str | None = msgspec.field(name="from", default=None)
    yuan: Count | None = None
    yuan_to: Count | None = None
    kind: str | None = None
    state: str | None = None
    measure: str | None = None


class Money(msgspec.Struct, frozen=True):
    """A sum in 元: at least `yuan` and at most `most`, which are equal unless a line is a range.

    `exact` False: one of the lines is an approximation. `unknown`: number of lines without an amount.
    """

    yuan: int
    most: int
    exact: bool
    unknown: int


def funding_sum(lines: Iterable[Funding]) -> Money:
    """The sum of the lines with an amount; labour, land and goods without a price count as unknown."""
    least = most = unknown = 0
    exact = True
    for line in lines:
        low, high = number_of(line.yuan), number_of(line.yuan_to)
        if low is None and high is None:
            unknown += 1
            continue
        least += low or 0
        most += high if high is not None else low or 0
        exact = exact and all(end is None or isinstance(end, int) for end in (line.yuan, line.yuan_to))
    return Money(least, most, exact, unknown)


class Reported(Part, frozen=True, kw_only=True):
    date: str | None = None
    doc_no: str | None = None


class Upward(Part, frozen=True, kw_only=True):
    """上报事项. One that is not public (`publish` absent or false) has no text."""

    id: str
    kind: str | None = None
    to: str | None = None
    text: str | None = None
    reported: Reported | str | None = None
    publish: bool | None = None
    digest: str | None = None


class Submission(Part, frozen=True, kw_only=True):
    to: str | None = None
    date: str | None = None
    doc_no: str | None = None


class Channel(Part, frozen=True, kw_only=True):
    kind: str
    date: str | None = None
    title: str | None = None
    url: str | None = None


class Publication(Part, frozen=True, kw_only=True):
    decision: str
    by: str | None = None
    date: str | None = None
    reason: str | None = None
    digest: str | None = None
    channels: tuple[Channel, ...] | str | None = None


class Outcome(Data, frozen=True, kw_only=True):
    of: tuple[str, ...] = ()
    time: str | None = None
    until: str | None = None
    consensus: str | None = None
    measures: tuple[Measure, ...] | str | None = None
    funding: tuple[Funding, ...] | str | None = None
    dissent: tuple[Dissent, ...] | str | None = None
    upward: tuple[Upward, ...] | str | None = None
    submitted: tuple[Submission, ...] | str | None = None
    publication: Publication | str | None = None

    @property
    def withheld(self) -> bool:
        return isinstance(self.publication, Publication) and self.publication.decision == "withhold"
