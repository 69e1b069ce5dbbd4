"""What every page of a build shares: the view of the whole network, the context of a page, the tables of open data."""

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


class Frame:
    """`digest` is over what stands on every page: another one, and all pages are made again."""

    def __init__(
        self,
        held: ComputedRegister,
        ledger: StoredLedger,
        past: HistoryReplay | None,
        build: Build,
        base_url: str,
        *,
        released: bool,
    ) -> None:
        self._held, self._ledger, self._past, self._released = held, ledger, past, released
        self.tables = shown_tables()
        site_unit = held.register.units.get("site")
        prose = held.register.read(site_unit).records if site_unit else ()
        self.view = RegisterView(
            site=held.register.site,
            build=build,
            network=held.judge.network,
            parameters=held.judge.parameters,
            ledger=ledger,
            rule_books=held.books,
            pages=tuple(r for r in prose if r.place.kind == "page"),
            news=tuple(r for r in prose if r.place.kind == "news"),
            rule_counts=_counts(held, past),
        )
        shared: dict[str, Any] = {
            "prose": [(r.place.stem, _title(r)) for r in self.view.pages],
            "absent": [] if self.view.news else ["newslist"],
            "feeds": feeds_with_entries(self.view),
        }
        self.shared = shared
        self.context = site_context_of(held.judge, build, shared)
        self.digest = hashlib.sha256(
            repr((shared, base_url, past is not None, build.dirty, build.pictures)).encode()
        ).hexdigest()
        held.register.reads.taken()

    def view_for(self, job: Job) -> RegisterView:
        """The view of a job. The rows of the trail are many: only a job that declares that it reads them gets them."""
        if "past" not in job.reads:
            return self.view
        rows = trail_rows(self._held, self._ledger, self._past, self._released)
        return msgspec.structs.replace(self.view, trail=rows)

    def data_pages(self, files: Sequence[DataFile]) -> Iterator[Page]:
        return data_pages(self.view, self.context, self.tables.by_name, files, published_schemas())


def site_context_of(judge: Judge, build: Build, shared: Mapping[str, Any]) -> SiteContext:
    """What every page is made with. `shared`: what of it the ledger knows."""
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


def shown_tables() -> Tables:
    """The tables of open data, as the schemas have them."""
    return tables_of(*_schemas())


def _schemas() -> tuple[dict[str, Any], Any]:
    """The schemas of the kinds, and what they share."""
    schemas = {n.removesuffix(".schema.json"): json.loads(text) for n, text in schema_files().items()}
    return schemas, schemas.pop("common")


class Examples(Mapping[str, tuple[Example, ...]]):
    """The tested bad and good case of every rule, and the words of the check on the bad one; read when first asked."""

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
        if which == "bad" and (said := example_message(code, slug)):
            yield Example(name="核对时这样说", text=said)


def build_of(
    held: ComputedRegister, commit: str, *, dirty: bool, history: bool, base_url: str, pictures: bool
) -> Build:
    """What this build is of."""
    return Build(
        as_of=held.as_of,
        commit=commit,
        dirty=dirty,
        history=history,
        pictures=pictures,
        version=__version__,
        base_url=base_url,
        checked={
            "records": held.amount("records"),
            "dossiers": held.amount("dossiers"),
            "platforms": len(held.judge.network),
        },
        installed=_installed(held),
    )


def _installed(held: ComputedRegister) -> Mapping[str, str]:
    """Read once for a store: it is thrown away where any of it changes."""
    kept = held.state.data("installed")
    if not kept:
        kept = msgspec.msgpack.encode(installed_now())
        held.state.set_data("installed", kept)
    return msgspec.msgpack.decode(kept, type=dict[str, str])


def installed_now() -> dict[str, str]:
    """Digests of the schemas, the theme and the examples that a build would use now."""
    return installed(Examples())


def _counts(held: ComputedRegister, past: HistoryReplay | None) -> Mapping[str, Mapping[str, int]]:
    counts = {code: dict(of) for code, of in held.counts.items()}
    for name, n in past.counts.items() if past else ():
        code, severity = name.split("|")
        of = counts.setdefault(code, {})
        of[severity] = of.get(severity, 0) + n
    return {code: counts[code] for code in sorted(counts)}


def _title(record: Record) -> str:
    title: Any = getattr(record.data, "title", record.place.stem)
    return str(title)
