"""The impact of a change: the progress of each dossier, who reviews it, and which pages change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from weimin.app.check.change import ChangeCheck, units_of
from weimin.model.change import DossierChange, DossierProgress, Impact
from weimin.model.place import Place, parent_code
from weimin.model.summary import Summary
from weimin.records.place import place_of
from weimin.site.urls import Urls

_LISTS = {"consultation": "/consulting/", "outcome": "/results/", "evaluation": "/evaluations/"}
"""Pages of the complete network that list a kind of record, besides the page of its dossier."""


def impact(change_check: ChangeCheck) -> Impact:
    """The impact of a change; empty where no record changed."""
    paths = sorted(change_check.change.paths)
    units = units_of(paths)
    platforms = sorted({unit.partition("/")[0] for unit in units} - {"site"})
    return Impact(
        dossier_changes=tuple(_moves(change_check, sorted(u for u in units if "/" in u))),
        platforms=tuple(sorted(u for u in units if u.isdigit())),
        reviewers=tuple(sorted({parent_code(code) or "" for code in platforms})),
        pages=tuple(_pages(paths)),
    )


def _moves(change_check: ChangeCheck, dossiers: Iterable[str]) -> Iterator[DossierChange]:
    for dossier in dossiers:
        old = change_check.summaries_before.get(dossier)
        new = change_check.computed.summary(dossier) if change_check.computed else None
        current = new or old
        if current is None:
            continue
        yield DossierChange(
            dossier=dossier,
            title=current.title,
            before=_standpoint(old) if old else None,
            after=_standpoint(new) if new else None,
            open_duties=new.duties if new else (),
        )


def _standpoint(s: Summary) -> DossierProgress:
    return DossierProgress(step=s.step, round=s.rounds, closed=s.closed, ended=s.ended)


def _pages(paths: Iterable[str]) -> Iterator[str]:
    """Each address once, the page of a dossier or platform before those of its records."""
    urls, yielded = Urls(), set[str]()
    for path in paths:
        place = place_of(path)
        for address in _addresses(place, urls) if isinstance(place, Place) else ():
            if address not in yielded:
                yielded.add(address)
                yield address


def _addresses(place: Place, urls: Urls) -> Iterator[str]:
    if place.dossier:
        yield urls.dossier(place.dossier)
        if place.kind in _LISTS:
            yield urls.event(place.dossier, place.stem)
            yield _LISTS[place.kind]
    elif place.platform:
        yield urls.platform(place.platform)
        if place.folder and place.folder != "opinions":
            yield urls.platform_record(place.platform, place.folder, place.stem)
    elif place.folder == "news":
        yield urls.to(f"/news/{place.stem}.html")
    elif place.folder == "pages":
        yield urls.to(f"/{place.stem}/")
    else:
        yield urls.to("/")
