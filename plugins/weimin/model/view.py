"""What the pages are made from: one folder's facts at a time, and the rows of all."""

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
    """What this build is of. `as_of` is the day on which duties are judged.

    `commit` is empty where no commit holds just these records; `dirty`: because there are changes not committed.
    `installed`: digests of what pages are made with besides the program. `history`: pages show what was done when. `pictures`: share
    pictures are drawn.
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
    """A file of a rule's tested case, or what the check says of it."""

    name: str
    text: str


class DossierView(msgspec.Struct, frozen=True, kw_only=True):
    """`duties`: all that the rules saw, met ones too. `revisions`: what was done to its folder, the oldest first.

    `trail`: what family A found in that. Both are empty where no whole history is at hand.
    """

    dossier: Dossier
    summary: Summary
    findings: tuple[Finding, ...] = ()
    duties: tuple[Duty, ...] = ()
    inbound: tuple[Inbound, ...] = ()
    titles: Mapping[str, str] = {}  # dossier id → title, of every dossier named in it
    originals: tuple[Record, ...] = ()  # its records as they stand in their files, before any correction
    revisions: tuple[Revision, ...] = ()
    trail: tuple[TrailFinding, ...] = ()


class PlatformView(msgspec.Struct, frozen=True, kw_only=True):
    """`dossiers`: its own. `joint`: dossiers of others in which it took part. `below`: counts per platform below it.

    `reports`: the years of which there is an account of it and of those below it, the newest first.
    """

    row: PlatformRow
    records: PlatformRecords
    dossiers: tuple[Summary, ...] = ()
    joint: tuple[Summary, ...] = ()
    below: tuple[BelowRow, ...] = ()
    reports: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    revisions: tuple[Revision, ...] = ()


class BelowRow(msgspec.Struct, frozen=True, kw_only=True):
    """A platform of the level below with the figures of it and of all below it."""

    row: PlatformRow
    platforms: int
    has_records: int
    dossiers: int
    open_duties: int
    overdue: int


class RegisterView(msgspec.Struct, frozen=True, kw_only=True):
    """What network-wide pages see: sums and first lines, never records. `rule_counts`: code → severity → number of findings."""

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
