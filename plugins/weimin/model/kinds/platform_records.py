"""The kinds of a platform's own records: what applies to the platform now (docs/reference/records.md, "Kinds")."""

from __future__ import annotations

import msgspec

from weimin.model.kinds.correction import Corrected
from weimin.model.kinds.shared import Count, Data, Part


class Post(Part, frozen=True, kw_only=True):
    role: str
    held_by: str | None = None


class LeadingGroup(Part, frozen=True, kw_only=True):
    office_at: str | None = None
    posts: tuple[Post, ...] | str | None = None


class Members(Part, frozen=True, kw_only=True):
    count: Count | None = None
    sectors: tuple[str, ...] | str | None = None
    schedule: str | None = None


class ContactChannel(Part, frozen=True, kw_only=True):
    kind: str
    where: str | None = None
    url: str | None = None


class Closed(Part, frozen=True, kw_only=True):
    date: str
    reason: str
    into: str | None = None


class Lookup(Part, frozen=True, kw_only=True):
    """The list of divisions in which the place was found."""

    list: str
    date: str | None = None
    code: str | None = None
    name: str | None = None


class Platform(Data, frozen=True, kw_only=True):
    """平台."""

    area: str | None = None
    name: str | None = None
    brand: str | None = None
    former_names: tuple[str, ...] | str | None = None
    hosts: tuple[str, ...] | str | None = None
    established: str | None = None
    closed: Closed | None = None
    posts: tuple[Post, ...] | str | None = None
    leading_group: LeadingGroup | str | None = None
    members: Members | str | None = None
    channels: tuple[ContactChannel, ...] | str | None = None
    place_found: Lookup | str | None = None
    corrected: tuple[Corrected, ...] | None = None


class Triage(Part, frozen=True, kw_only=True):
    decision: str
    date: str | None = None
    to: str | None = None
    unit: str | None = None
    reason: str | None = None


class Opinion(Data, frozen=True, kw_only=True):
    """社情民意."""

    channel: str | None = None
    from_: str | None = msgspec.field(name="from", default=None)
    voices: Count | None = None
    theme: str | None = None
    summary: str | None = None
    triage: Triage | str | None = None
    answered: str | None = None


class Adopted(Part, frozen=True, kw_only=True):
    by: str | None = None
    date: str | None = None


class Progress(Part, frozen=True, kw_only=True):
    as_of: str
    state: str
    note: str | None = None


class ProjectItem(Part, frozen=True, kw_only=True):
    item: str
    name: str
    lead: str | None = None
    plan: str | None = None
    due: str | None = None
    progress: tuple[Progress, ...] | str | None = None


class Projects(Data, frozen=True, kw_only=True):
    """为民办实事项目清单."""

    title: str
    adopted: Adopted | str | None = None
    partial: bool | None = None
    items: tuple[ProjectItem, ...] | str
    corrected: tuple[Corrected, ...] | None = None


class PlanItem(Part, frozen=True, kw_only=True):
    subject: str
    when: str | None = None
    methods: tuple[str, ...] | str | None = None
    dossier: str | None = None
    dropped: str | None = None


class Plan(Data, frozen=True, kw_only=True):
    """年度协商计划."""

    approved: Adopted | str | None = None
    items: tuple[PlanItem, ...] | str
    corrected: tuple[Corrected, ...] | None = None


class Guidance(Data, frozen=True, kw_only=True):
    """指导."""

    to: tuple[str, ...]
    form: str


class RuleParameter(Part, frozen=True, kw_only=True):
    name: str
    value: int | float | str | dict[str, int]
    clause: str | None = None


class Indicator(Part, frozen=True, kw_only=True):
    name: str
    formula: str | None = None
    weight: int | float | str | None = None
    bounds: str | None = None
    clause: str | None = None


class RuleBook(Data, frozen=True, kw_only=True):
    """规则: a published rule with its clauses, or `house`, this site's own."""

    title: str
    doc_no: str | None = None
    issued: str | None = None
    effective_from: str | None = None
    effective_to: str | None = None
    applies_to: tuple[str, ...] | str | None = None
    parameters: tuple[RuleParameter, ...] | str | None = None
    indicators: tuple[Indicator, ...] | str | None = None
    supersedes: str | None = None


class Exemption(Part, frozen=True, kw_only=True):
    rule: str
    subject: str
    reason: str
    approved_by: str
    until: str


class Exemptions(Data, frozen=True, kw_only=True):
    """豁免: the file is a list; here it has a name."""

    items: tuple[Exemption, ...] = ()
