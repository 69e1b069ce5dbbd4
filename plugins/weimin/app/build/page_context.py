"""What all pages of a build share: the view of the network, the context around a page, the tables of open data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec

from weimin import __version__
from weimin.adapters.installation import example_files, example_message, published_schemas, schema_files
from weimin.app.build.trail_rows import trail_rows
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.history.stored_replay import HistoryReplay
from weimin.engine.judge import Judge
from weimin.engine.provenance import installed
from weimin.engine.stored_ledger import StoredLedger
from weimin.model.codes import CODES
from weimin.model.page import Page
from weimin.model.record import Record
from weimin.model.view import Build, Example, RegisterView
from weimin.opendata.package import DataFile
from weimin.opendata.tables import Tables, tables_of
from weimin.prose.clauses import clauses
from weimin.prose.render import render as render_prose
from weimin.site.feeds import FEEDS, feeds_with_entries
from weimin.site.page_types import TYPES, Job
from weimin.site.pages.opendata import data_pages
from weimin.site.site_context import SiteContext
from weimin.site.urls import Urls
from weimin.wording.labels import labels_of


class PageContext:
    """What all pages of a build share.

    `view`: the network as pages see it. `site_context`: what every template receives. `shared`: the parts of it that workers
    cannot compute. `tables`: the tables of open data. `digest`: of everything that is shown on every page; if it differs
    from the last build's, every page is rendered.
    """

    def __init__(
        self,
        computed: ComputedRegister,
        ledger: StoredLedger,
        replay: HistoryReplay | None,
        build: Build,
        base_url: str,
        *,
        released: bool,
    ) -> None:
        self._computed, self._ledger, self._replay, self._released = computed, ledger, replay, released
        self.tables = open_data_tables()
        site_unit = computed.register.units.get("site")
        prose = computed.register.read(site_unit).records if site_unit else ()
        self.view = RegisterView(
            site=computed.register.site,
            build=build,
            network=computed.judge.network,
            parameters=computed.judge.parameters,
            ledger=ledger,
            rule_books=computed.rule_books,
            pages=tuple(r for r in prose if r.place.kind == "page"),
            news=tuple(r for r in prose if r.place.kind == "news"),
            rule_counts=_rule_counts(computed, replay),
        )
        shared: dict[str, Any] = {
            "prose": [(r.place.stem, _title(r)) for r in self.view.pages],
            "absent": [] if self.view.news else ["newslist"],
            "feeds": feeds_with_entries(self.view),
        }
        self.shared = shared
        self.site_context = site_context_of(computed.judge, build, shared)
        self.digest = hashlib.sha256(
            repr((shared, base_url, replay is not None, build.dirty, build.pictures)).encode()
        ).hexdigest()
        computed.register.dependencies.collect()

    def view_for(self, job: Job) -> RegisterView:
        """The view for a job. The rows of the trail are many: only a job that declares that it reads them gets them."""
        if "past" not in job.reads:
            return self.view
        rows = trail_rows(self._computed, self._ledger, self._replay, self._released)
        return msgspec.structs.replace(self.view, trail=rows)

    def data_pages(self, files: Sequence[DataFile]) -> Iterator[Page]:
        """The pages about open data. `files`: all files of open data."""
        return data_pages(self.view, self.site_context, self.tables.by_name, files, published_schemas())


def site_context_of(judge: Judge, build: Build, shared: Mapping[str, Any]) -> SiteContext:
    """What every template receives. `shared`: the part that is looked up in the store."""
    site = judge.register.site
    return SiteContext(
        site=site,
        build=build,
        network=judge.network,
        parameters=judge.parameters,
        labels=labels_of(*_schemas()),
        render=partial(render_prose, root=Urls(site.base_url or build.base_url).root),
        clauses=clauses,
        examples=Examples(),
        page_types=TYPES,
        prose=shared["prose"],
        absent=shared["absent"],
        feeds=[FEEDS[name] for name in shared["feeds"]],
    )


def open_data_tables() -> Tables:
    """The tables of open data, made from the schemas."""
    return tables_of(*_schemas())


def _schemas() -> tuple[dict[str, Any], Any]:
    """(schemas by kind of record, the schema of what they have in common)."""
    schemas = {n.removesuffix(".schema.json"): json.loads(text) for n, text in schema_files().items()}
    return schemas, schemas.pop("common")


class Examples(Mapping[str, tuple[Example, ...]]):
    """The bad and the good example of every rule, from the rules' tests, and what the check prints for the bad one.

    They are read on demand.
    """

    def __getitem__(self, code: str) -> tuple[Example, ...]:
        return tuple(_examples(code, CODES[code].slug))

    def __iter__(self) -> Iterator[str]:
        return iter(CODES)

    def __len__(self) -> int:
        return len(CODES)


def _examples(code: str, slug: str) -> Iterator[Example]:
    for which, title in (("bad", "不合要求的例子"), ("good", "合要求的例子")):
        for path, text in example_files(code, slug, which):
            yield Example(name=f"{title}：{path}", text=text)
        if which == "bad" and (message := example_message(code, slug)):
            yield Example(name="核对时这样说", text=message)


def build_of(
    computed: ComputedRegister, commit: str, *, dirty: bool, history: bool, base_url: str, share_images: bool
) -> Build:
    """The provenance of this build, as pages and build.json show it."""
    return Build(
        as_of=computed.as_of,
        commit=commit,
        dirty=dirty,
        history=history,
        pictures=share_images,
        version=__version__,
        base_url=base_url,
        checked={
            "records": computed.total("records"),
            "dossiers": computed.total("dossiers"),
            "platforms": len(computed.judge.network),
        },
        installed=_installed(computed),
    )


def _installed(computed: ComputedRegister) -> Mapping[str, str]:
    """`installed_now`, stored: if any of it changes, the store is thrown away (engine/tables.version)."""
    stored = computed.state.meta.data("installed")
    if not stored:
        stored = msgspec.msgpack.encode(installed_now())
        computed.state.meta.set_data("installed", stored)
    return msgspec.msgpack.decode(stored, type=dict[str, str])


def installed_now() -> dict[str, str]:
    """Digests of the schemas, the theme and the examples that a build would use now."""
    return installed(Examples())


def _rule_counts(computed: ComputedRegister, replay: HistoryReplay | None) -> Mapping[str, Mapping[str, int]]:
    """The number of findings: code → severity or `exempt` → number, those of the history included."""
    counts = {code: dict(of) for code, of in computed.counts.items()}
    for name, n in replay.counts.items() if replay else ():
        code, severity = name.split("|")
        of = counts.setdefault(code, {})
        of[severity] = of.get(severity, 0) + n
    return {code: counts[code] for code in sorted(counts)}


def _title(record: Record) -> str:
    title: Any = getattr(record.data, "title", record.place.stem)
    return str(title)
