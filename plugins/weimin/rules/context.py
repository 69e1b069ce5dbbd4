"""What a rule can read besides its dossier or platform: the day, the parameters, the network, records elsewhere.

A rule gets nothing else, so a finding depends on the records and on this context alone.
"""

from __future__ import annotations

from datetime import date

import msgspec

from weimin.model.dossier import Inbound, PlatformRecords
from weimin.model.finding import Duty
from weimin.model.network import Lookup, Network, PlatformRow
from weimin.model.parameter import Parameter, Parameters
from weimin.model.record import Record
from weimin.model.summary import Summary


class RuleContext(msgspec.Struct, frozen=True, kw_only=True):
    """The context of one dossier or platform. `as_of`: the day on which duties are judged.

    `inbound`: references to this dossier or platform from elsewhere. `exemptions`: the exemptions records of the network.
    `carried`: duties that were open in dossiers merged or moved into this one (their `RuleResult.carried`).
    `disabled`: codes switched off, for the tests that every rule is tested. `present`: the last day that has come, on which
    the records stand as they are: `as_of`, or the day of their commit where the check looks back; None: it is not known, and
    no date is judged to lie ahead (W122).
    """

    as_of: date
    present: date | None = None
    parameters: Parameters
    network: Network
    lookup: Lookup
    inbound: tuple[Inbound, ...] = ()
    exemptions: tuple[Record, ...] = ()
    carried: tuple[Duty, ...] = ()
    disabled: frozenset[str] = frozenset()

    def parameter(self, name: str, platform: str, on: date | None) -> Parameter:
        """The parameter in force for a platform on the day of an event; the newest if `on` is None."""
        return self.parameters.at(name, platform, on)


class PlatformContext(msgspec.Struct, frozen=True):
    """A platform, its own records, and the summaries of its dossiers.

    `referring_summaries`: summaries of other platforms' dossiers that refer to this platform's project lists.
    `rule_records`: the rule records of the platform and of the platforms above it.
    """

    context: RuleContext
    row: PlatformRow
    records: PlatformRecords
    summaries: tuple[Summary, ...] = ()
    referring_summaries: tuple[Summary, ...] = ()
    rule_records: tuple[Record, ...] = ()

    @property
    def code(self) -> str:
        return self.row.code

    @property
    def path(self) -> str:
        """The path of platform.yml: where findings about a missing record are placed."""
        return self.row.path
