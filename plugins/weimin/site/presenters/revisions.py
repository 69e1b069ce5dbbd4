"""修订记录: which commit changed what, when and by whom; 补录: which records were filed late."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from weimin.model.history import Revision, TrailFinding
from weimin.site.display_text import DisplayText
from weimin.site.forge import commit_url
from weimin.site.site_context import SiteContext
from weimin.site.view_models import RevisionView
from weimin.wording.dates import format_date, format_day
from weimin.wording.duties import format_for_public

LATE = "A105"
_STEM = re.compile(r"(?P<before>[^“”]*)“(?P<stem>[0-9XQHby-]+-(?P<kind>[a-z]+)(?:-\d+)?)”")
_DAY = re.compile(r"“(\d{4}-\d{2}(?:-\d{2})?)”", re.ASCII)
Words = Callable[[Revision], tuple[str, ...]]
"""A revision → its changes as text, as far as they are public."""


def revision_views(context: SiteContext, revisions: Iterable[Revision], words: Words) -> tuple[RevisionView, ...]:
    """The newest first."""
    return tuple(_view(context, r, words) for r in reversed(tuple(revisions)))


def _view(context: SiteContext, r: Revision, words: Words) -> RevisionView:
    return RevisionView(
        on=DisplayText(text=moment_words(r.at), stamp=r.at),
        who=who_words(r.author),
        what=tuple(plain(context, line) for line in words(r)),
        commit=commit_shown(context, r.commit),
        signature=r.attested.label,
        proves=r.attested.state.verified,
    )


def plain(context: SiteContext, words: str) -> str:
    """As the public reads it: 新建协商活动“2026-03-02-consultation” → 新建2026年3月2日协商活动; 公示（notice） → 公示."""

    def named(found: re.Match[str]) -> str:
        read = context.format_ref(found["stem"])
        title = context.kind_names.get(found["kind"], "")
        if read == found["stem"] or not title:
            return found[0]
        return found["before"].removesuffix(title) + read

    return format_for_public(_DAY.sub(lambda m: f"（{format_date(m[1])}）", _STEM.sub(named, words)))


def commit_shown(context: SiteContext, commit: str) -> DisplayText:
    """Ten digits, as everywhere; a link where the forge is known."""
    return DisplayText(text=commit[:10], href=commit_url(context.site, commit))


def moment_words(at: str) -> str:
    """2026-03-02T10:00:00+08:00 → 2026年3月2日 10:00."""
    when = datetime.fromisoformat(at)
    return f"{format_day(when.date())} {when:%H:%M}"


def who_words(author: str) -> str:
    """The author's name in the commit; of an e-mail address in its place, the part before the @."""
    return author.partition("@")[0].strip() or "没有署名"


def late_filing_days(trail: Iterable[TrailFinding]) -> Mapping[str, str]:
    """Path → day of arrival on the main branch, in ISO, of the records that were filed late."""
    return {f.path: f.at[:10] for f in trail if f.code == LATE}
