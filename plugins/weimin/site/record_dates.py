"""When a record came to the main branch and when it was last changed, by the revisions of its folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from weimin.model.history import Revision
from weimin.model.kinds import Source
from weimin.site.display_text import DisplayText
from weimin.site.presenters.revisions import moment_words
from weimin.site.view_models import Article


class RecordDates(msgspec.Struct, frozen=True):
    """The first and the last revision that touched a record."""

    first: Revision
    last: Revision


def record_dates_of(revisions: Iterable[Revision]) -> Mapping[str, RecordDates]:
    """Path → its revisions; `revisions` are the oldest first. Empty where no history is at hand."""
    found: dict[str, RecordDates] = {}
    for revision in revisions:
        for path in revision.paths:
            known = found.get(path)
            found[path] = RecordDates(known.first if known else revision, revision)
    return found


def article(filed: RecordDates | None, source: str, share_image: str = "") -> Article:
    """`source`: who publishes the record."""
    if filed is None:
        return Article(source=source, share_image=share_image)
    changed = filed.last if filed.last.commit != filed.first.commit else None
    return Article(
        on=_moment(filed.first), changed=_moment(changed) if changed else None, source=source, share_image=share_image
    )


def _moment(revision: Revision) -> DisplayText:
    return DisplayText(text=moment_words(revision.at), stamp=revision.at)


def folder_article(revisions: tuple[Revision, ...], source: str, share_image: str = "") -> Article:
    """The same for a folder: from its first and its last revision."""
    return article(RecordDates(revisions[0], revisions[-1]) if revisions else None, source, share_image)


def source_words(own: str, compiled_from: Iterable[Source] | None) -> str:
    """The platform itself, or the publishers of the reports that the record was put together from."""
    publishers = dict.fromkeys(s.publisher for s in compiled_from or ())
    return "、".join(publishers) if publishers else own
