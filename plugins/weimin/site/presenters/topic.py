"""议题."""

from __future__ import annotations

from weimin.model.kinds import Topic, TopicSource, listed
from weimin.model.kinds.topic import Announcement, Approval, Notice, PartyDecision, ProjectRef
from weimin.site.display_text import UNRECORDED, DisplayText
from weimin.site.presenters.presenter import Presenter, rows
from weimin.site.view_models import Row
from weimin.wording.counts import format_count
from weimin.wording.dates import format_date, format_span


def topic_rows(present: Presenter, topic: Topic) -> tuple[Row, ...]:
    return (
        present.several("theme", topic.themes or None, lambda f, v, _: present.choice(f, v, "/theme")),
        _sources(present, topic),
        *rows(
            _projects(present, topic),
            present.row("livelihood_reason", present.text("livelihood_reason", topic.livelihood_reason)),
            present.several("places", topic.places, present.who),
            _approval(present, topic.approval),
            _notice(present, topic.notice),
            _decision(present, topic.decision),
            _announced(present, topic),
            _related(present, topic),
            _ended(present, topic),
        ),
        *(_skipped(present, topic)),
    )


def _sources(present: Presenter, topic: Topic) -> Row:
    found = listed(topic.sources)
    if not found:
        return present.row("sources", present.text("sources", topic.sources))
    return present.row("sources", *(_source(present, s, f"/sources/{n}") for n, s in enumerate(found)))


def _source(present: Presenter, source: TopicSource, pointer: str) -> DisplayText:
    if source.opinion is not None:
        return present.ref(
            "sources.opinion", source.opinion, present.title("sources.opinion"), pointer=f"{pointer}/opinion"
        )
    chosen = present.choice("sources.from", source.from_, f"{pointer}/from")
    words = chosen.text + (f"：{source.note}" if source.note and source.note != "unpublished" else "")
    href = present.context.urls.ref(source.ref) if source.ref else ""
    return DisplayText(text=words, state=chosen.state, claim=chosen.claim, was=chosen.was, href=href)


def _projects(present: Presenter, topic: Topic) -> Row:
    refs = listed(topic.projects)
    if not refs:
        return present.row("projects", present.text("projects", topic.projects))
    return present.row("projects", *(_project(present, p, f"/projects/{n}") for n, p in enumerate(refs)))


def _project(present: Presenter, project: ProjectRef, pointer: str) -> DisplayText:
    code, _, year = project.list.partition("/projects/")
    name = f"{present.context.area(code)}{year.removesuffix('-draft')}年为民办实事项目"
    item = project.item if project.item and project.item != "unpublished" else ""
    target = f"{project.list}#{item}" if item else project.list
    return present.ref("projects.list", target, f"{name}第{item}项" if item else name, pointer=f"{pointer}/list")


def _joined(present: Presenter, pointer: str, value: object, *words: str) -> DisplayText:
    """A mapping in one line of its known parts."""
    if value is None or isinstance(value, str):
        return present.value(pointer, value)
    text = "，".join(w for w in words if w)
    return present.value(pointer, value, lambda _: text) if text else UNRECORDED


def _known(value: str | None) -> str:
    return "" if value is None else "未公布" if value == "unpublished" else value


def _day(value: str | None) -> str:
    return format_date(value) if value and value not in ("unpublished", "pending") else ""


def _approval(present: Presenter, a: Approval | str | None) -> Row:
    parts = (_known(a.by), _day(a.date)) if isinstance(a, Approval) else ()
    return present.row("approval", _joined(present, "/approval", a, *parts))


def _notice(present: Presenter, n: Notice | str | None) -> Row:
    if not isinstance(n, Notice):
        return present.row("notice", present.text("notice", n))
    span = format_span(n.from_, until=n.to) if n.from_ and n.from_ != "unpublished" else _day(n.to)
    days = f"公示{format_count(n.days, '天')}" if n.days is not None and n.days != "unpublished" else ""
    return present.row("notice", _joined(present, "/notice", n, _known(n.where), span, days))


def _decision(present: Presenter, d: PartyDecision | str | None) -> Row:
    if not isinstance(d, PartyDecision):
        return present.row("decision", present.text("decision", d))
    when = "待定" if d.date == "pending" else _day(d.date)
    return present.row("decision", _joined(present, "/decision", d, _known(d.by), when))


def _announced(present: Presenter, topic: Topic) -> Row:
    found = listed(topic.announces)
    if not found:
        return present.row("announces", present.text("announces", topic.announces))
    return present.row("announces", *(_announcement(present, a, f"/announces/{n}") for n, a in enumerate(found)))


def _announcement(present: Presenter, a: Announcement, pointer: str) -> DisplayText:
    when = format_span(a.when, until=a.until) if a.when and a.when != "unpublished" else ""
    return _joined(present, pointer, a, when, _known(a.about), _known(a.where), _known(a.how))


def _related(present: Presenter, topic: Topic) -> Row:
    def one(field: str, value: str, pointer: str) -> DisplayText:
        return present.ref(field, value, pointer=pointer)

    return present.several("related", topic.related, one)


def _ended(present: Presenter, topic: Topic) -> Row:
    e = topic.ended
    if e is None:
        return present.row("ended", UNRECORDED)
    how = present.choice("ended.how", e.how).text
    shown = _joined(present, "/ended", e, how, _day(e.date), _known(e.by), _known(e.reason))
    return present.row("ended", shown, *((present.ref("ended.into", e.into),) if e.into else ()))


def _skipped(present: Presenter, topic: Topic) -> tuple[Row, ...]:
    if not topic.skipped:
        return ()
    return (
        present.row(
            "skipped",
            *(
                _joined(
                    present,
                    f"/skipped/{n}",
                    s,
                    present.choice("skipped.step", s.step).text,
                    _known(s.reason),
                    _known(s.by),
                )
                for n, s in enumerate(topic.skipped)
            ),
        ),
    )
