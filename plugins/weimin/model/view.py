"""What the pages are made from: the facts of one dossier, of one platform, or of the whole network.

A view is the input of the page builders (site/pages/). It is not a view model: that is a value which a builder makes from
a view and gives to a template (site/view_models.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from weimin.model.dossier import Dossier, Inbound, PlatformRecords
from weimin.model.finding import Duty, Finding
from weimin.model.history import Revision, TrailFinding
from weimin.model.kinds import Site
from weimin.model.ledger import Ledger
from weimin.model.network import Network, PlatformRow
from weimin.model.parameter import Parameters
from weimin.model.record import Record
from weimin.model.summary import Summary
from weimin.model.trail_rows import TrailRows


class Build(msgspec.Struct, frozen=True, kw_only=True):
    """The identity of a build. `as_of` is the day on which duties are judged.

    `commit`: the commit that has exactly these records, empty without one; `dirty`: there are changes not committed.
    `history`: pages show when each record was changed. `pictures`: share images are drawn. `checked`: number of records,
    dossiers and platforms. `installed`: name → digest of the schemas, the theme and the examples.
    """

    as_of: date
    commit: str = ""
    dirty: bool = False
    history: bool = False
    pictures: bool = False
    version: str = ""
    base_url: str = ""
    checked: Mapping[str, int] = {}
    installed: Mapping[str, str] = {}


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the tested example of a rule, or the message of the check on it."""

    name: str
    text: str


class DossierView(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of a dossier. `duties`: all that the rules found, also those that are met. `inbound`: references to it.

    `revisions`: the commits that changed its folder, the oldest first; `trail`: the findings of the rules of family A on
    them. Both are empty where the complete history is not available.
    """

    dossier: Dossier
    summary: Summary
    findings: tuple[Finding, ...] = ()
    duties: tuple[Duty, ...] = ()
    inbound: tuple[Inbound, ...] = ()
    titles: Mapping[str, str] = {}  # dossier id → title, of every dossier named in it
    originals: tuple[Record, ...] = ()  # its records as their files have them, before any correction
    revisions: tuple[Revision, ...] = ()
    trail: tuple[TrailFinding, ...] = ()


class PlatformView(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of a platform. `dossiers`: its own. `joint`: dossiers of other platforms in which it took part.

    `inherited`: dossiers of closed platforms in which it owes something now; `inherited_findings`: the same of their own
    records.
    `below`: the platforms one level below. `reports`: the years with a report on it, the newest first.
    """

    row: PlatformRow
    records: PlatformRecords
    dossiers: tuple[Summary, ...] = ()
    joint: tuple[Summary, ...] = ()
    inherited: tuple[Summary, ...] = ()
    inherited_findings: tuple[Finding, ...] = ()
    below: tuple[BelowRow, ...] = ()
    reports: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    revisions: tuple[Revision, ...] = ()


class BelowRow(msgspec.Struct, frozen=True, kw_only=True):
    """A platform one level below, with figures that include the platforms below it. `has_records`: how many have records."""

    row: PlatformRow
    platforms: int
    has_records: int
    dossiers: int
    open_duties: int
    overdue: int


class RegisterView(msgspec.Struct, frozen=True, kw_only=True):
    """What pages of the whole network are made from: sums and the first rows of lists, and no record but prose and rule books.

    `rule_counts`: code → severity → number of findings.
    """

    site: Site
    build: Build
    network: Network
    parameters: Parameters
    ledger: Ledger
    rule_books: tuple[Record, ...] = ()
    pages: tuple[Record, ...] = ()
    news: tuple[Record, ...] = ()
    rule_counts: Mapping[str, Mapping[str, int]] = {}
    trail: TrailRows = TrailRows()
