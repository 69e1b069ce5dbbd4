"""View models: the values that templates get, as text, with the claim of the record that each comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from weimin.site.display_text import DisplayText
from weimin.wording.counts import REPORTED

if TYPE_CHECKING:  # the cells of its table are facts as they are shown
    from weimin.site.charts.drawing import Chart


class Html(Protocol):
    """Prose that was rendered and sanitised: the only text that a template does not escape."""

    def __html__(self) -> str: ...


class Render(Protocol):
    """Prose → safe HTML; `heading_level` is the level that its highest heading gets, `styles` the style of each tag."""

    def __call__(self, body: str, *, heading_level: int = 2, styles: Mapping[str, str] | None = None) -> Html: ...


class Clause(Protocol):
    """A clause of a rule document: its anchor (`3.3.4`), its heading and its words."""

    @property
    def anchor(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def html(self) -> Html: ...


class Row(msgspec.Struct, frozen=True):
    """A name and its values in a description list, the values one below the other."""

    label: str
    values: tuple[DisplayText, ...]


class Crumb(msgspec.Struct, frozen=True):
    text: str
    href: str = ""


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A page of contents (内容页): `on` and `changed`, when it came to the site and was last changed, None without history;
    `source`, who publishes it; `share_image`, the address of its share image without the root.
    """

    on: DisplayText | None = None
    changed: DisplayText | None = None
    source: str = ""
    share_image: str = ""

    @property
    def published(self) -> str:
        """ISO time or day; empty where it is not known."""
        return self.on.stamp if self.on else ""

    @property
    def updated(self) -> str:
        return self.changed.stamp if self.changed else ""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The head of one page. `address` is without the root; `section` marks the entry of the navigation.

    `about` is the thing that the page is about, as a node of schema.org.
    """

    title: str
    address: str
    description: str = ""
    crumbs: tuple[Crumb, ...] = ()
    section: str = ""
    kind: str = ""
    keywords: tuple[str, ...] = ()
    article: Article | None = None
    about: Mapping[str, Any] | None = None


class SourceView(msgspec.Struct, frozen=True, kw_only=True):
    """A public report that a record was put together from."""

    publisher: str
    title: str = ""
    on: str = ""
    href: str = ""
    partial: bool = False
    claim: str = ""


class ChangeView(msgspec.Struct, frozen=True, kw_only=True):
    """A correction, change by change. `hidden`: the corrected text is not public, and so is its old form."""

    on: DisplayText
    what: str
    old: str
    new: str
    reason: str
    approved_by: str
    anchor: str
    claim: str = ""
    hidden: bool = False


class AnswerView(msgspec.Struct, frozen=True, kw_only=True):
    decision: str
    state: str  # the choice itself, for its colour
    text: DisplayText
    by: str
    on: DisplayText
    href: str
    measure: str = ""
    claim: str = ""  # of the decision


class LineView(msgspec.Struct, frozen=True, kw_only=True):
    """A suggestion, a dissent or a matter reported up, with its answers."""

    id: str
    text: DisplayText
    note: str = ""
    reported: DisplayText | None = None
    answers: tuple[AnswerView, ...] = ()
    stem: str = ""
    href: str = ""


class StateView(msgspec.Struct, frozen=True, kw_only=True):
    """Where a measure stood on the day of a followup."""

    id: str
    measure: str
    state: str
    label: str
    claim: str
    on: DisplayText
    at: str  # the claim of the line
    done: str = ""
    reason: str = ""
    note: str = ""
    href: str = ""

    @property
    def plain(self) -> bool:
        """It has a state and a day, and no other text."""
        return not (self.done or self.reason or self.note)


class MeasureView(msgspec.Struct, frozen=True, kw_only=True):
    """`at` is the claim of the measure; the claim of a field is `at` with `/field` behind it."""

    id: str
    text: DisplayText
    unit: DisplayText
    helpers: str
    target: str
    due: DisplayText
    upkeep: str
    stem: str
    states: tuple[StateView, ...] = ()
    overdue: bool = False
    at: str = ""

    @property
    def last(self) -> StateView | None:
        return self.states[-1] if self.states else None

    @property
    def earlier(self) -> tuple[tuple[StateView, StateView, int], ...]:
        """The states before the last one, (first, last, how many) of each run of equal states without text.

        Each single state is shown with the record of its followup.
        """
        found: list[tuple[StateView, StateView, int]] = []
        for state in self.states[:-1]:
            if found and state.plain and found[-1][1].plain and state.state == found[-1][1].state:
                first, _, count = found[-1]
                found[-1] = (first, state, count + 1)
            else:
                found.append((state, state, 1))
        return tuple(found)


class BarPart(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the bar of an embed card, which is 360 units wide."""

    name: str
    label: str
    count: int
    x: str
    width: str


class EvaluationView(msgspec.Struct, frozen=True, kw_only=True):
    """An evaluation with its raw counts. `sum` is how the rate follows; `rate` says why where it cannot be recomputed.

    `reference`: that the rate lies below this site's own line, where no rule sets one.
    `bar` and `legend`: the part of `tally` for which an embed card has room.
    """

    stem: str
    on: DisplayText
    href: str
    of: tuple[DisplayText, ...]
    rows: tuple[Row, ...]
    counts: tuple[Row, ...]
    tally: Chart | None
    bar: tuple[BarPart, ...]
    legend: tuple[tuple[str, str, DisplayText], ...]
    rate: DisplayText
    sum: str
    other: str
    low: bool
    reference: str
    reported: bool
    decision: tuple[Row, ...]
    aspects: tuple[tuple[str, str], ...]
    path: str = ""

    @property
    def rate_name(self) -> str:
        """A rate that was published without ballots is told as what it is."""
        return REPORTED if self.reported else "满意率"


class RevisionView(msgspec.Struct, frozen=True, kw_only=True):
    """What one commit did to the folder of a page. `proves`: its signature shows who made it."""

    on: DisplayText
    who: str
    what: tuple[str, ...]
    commit: DisplayText
    signature: str
    proves: bool


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the story. `filed`: the day on which it arrived, where that was late (补录)."""

    stem: str
    kind: str
    name: str
    when: DisplayText
    path: str
    href: str = ""
    round: int = 1
    new_round: bool = False
    note: str = ""
    withheld: bool = False
    filed: DisplayText | None = None
    rows: tuple[Row, ...] = ()
    body: Html | None = None
    sources: tuple[SourceView, ...] = ()
    changes: tuple[ChangeView, ...] = ()
