"""参加人员: who took part in a consultation, a followup or an evaluation, by category."""

from __future__ import annotations

from weimin.model.kinds.shared import Count, Part

NOT_PEOPLE = frozenset({"households", "total"})
"""Fields that are no number of people of one category: households that were present, and the printed total."""


class Participants(Part, frozen=True, kw_only=True):
    """Numbers of people by category. `households`: of 户, not of people. `total`: the printed number of people."""

    members: Count | None = None
    member_units: Count | None = None
    sages: Count | None = None
    residents: Count | None = None
    households: Count | None = None
    party_government: Count | None = None
    departments: Count | None = None
    organisations: Count | None = None
    businesses: Count | None = None
    experts: Count | None = None
    others: Count | None = None
    total: Count | None = None

    @property
    def counts(self) -> tuple[Count | None, ...]:
        """The numbers of people of all categories, without households and the total."""
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name not in NOT_PEOPLE)
