"""议题."""

from __future__ import annotations

import msgspec

from weimin.model.kinds.shared import Count, Data, Part


class ProjectRef(Part, frozen=True, kw_only=True):
    list: str
    item: str | None = None


class Announcement(Part, frozen=True, kw_only=True):
    """协商预告."""

    about: str | None = None
    when: str | None = None
    until: str | None = None
    where: str | None = None
    how: str | None = None
    methods: tuple[str, ...] | str | None = None


class TopicSource(Part, frozen=True, kw_only=True):
    """议题来源: an opinion, or who raised it; `ref`: reference of the matter that was reported up."""

    opinion: str | None = None
    from_: str | None = msgspec.field(name="from", default=None)
    note: str | None = None
    ref: str | None = None


class Approval(Part, frozen=True, kw_only=True):
    by: str | None = None
    date: str | None = None


class Notice(Part, frozen=True, kw_only=True):
    where: str | None = None
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    days: Count | None = None


class PartyDecision(Part, frozen=True, kw_only=True):
    by: str | None = None
    date: str | None = None  # a date, or "pending"


class Skipped(Part, frozen=True, kw_only=True):
    step: str
    reason: str
    by: str | None = None


class Ended(Part, frozen=True, kw_only=True):
    how: str
    date: str
    by: str | None = None
    reason: str | None = None
    into: str | None = None


class Topic(Data, frozen=True, kw_only=True):
    title: str
    theme: tuple[str, ...] | str | None = None  # a single one may stand without a list
    projects: tuple[ProjectRef, ...] | str | None = None
    livelihood_reason: str | None = None
    places: tuple[str, ...] | str | None = None
    announces: tuple[Announcement, ...] | str | None = None
    sources: tuple[TopicSource, ...] | str | None = None
    approval: Approval | str | None = None
    notice: Notice | str | None = None
    decision: PartyDecision | str | None = None
    skipped: tuple[Skipped, ...] | None = None
    related: tuple[str, ...] | str | None = None
    ended: Ended | None = None

    @property
    def themes(self) -> tuple[str, ...]:
        """One to three themes, the main one first; none if unknown."""
        if isinstance(self.theme, str):
            return () if self.theme == "unpublished" else (self.theme,)
        return self.theme or ()
