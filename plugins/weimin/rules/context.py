"""What a rule may ask for: the day, the parameters, the network, records elsewhere. Nothing else reaches it."""

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
    """`as_of`: the day on which duties are judged. `inbound`: references to this dossier or platform from elsewhere.

    `exemptions`: the exemptions records of the network. `carried`: duties that were open in dossiers merged or moved
    into this one (`Judged.carried` of those). `disabled`: codes switched off, for tests of the tests.
    """

    as_of: date
    parameters: Parameters
    network: Network
    lookup: Lookup
    inbound: tuple[Inbound, ...] = ()
    exemptions: tuple[Record, ...] = ()
    carried: tuple[Duty, ...] = ()
    disabled: frozenset[str] = frozenset()

    def parameter(self, name: str, platform: str, on: date | None) -> Parameter:
        """What is in force for a platform on the day of an event (`on` None: whatever is newest)."""
        return self.parameters.at(name, platform, on)


class PlatformContext(msgspec.Struct, frozen=True):
    """A platform, its own files, and the rows of its dossiers.

    `referring_summaries`: rows of dossiers elsewhere that refer to this platform's project lists.
    `rule_records`: rule records of the platform and of those above it.
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
        """platform.yml: where the absence of anything is shown."""
        return self.row.path
