"""议题."""

from __future__ import annotations

from weimin.model.kinds import Topic, TopicSource, listed
from weimin.model.kinds.topic import Announcement, Approval, Notice, PartyDecision, ProjectRef
from weimin.site.display_text import UNRECORDED, DisplayText
from weimin.site.presenters.presenter import Teller, rows
from weimin.site.view_models import Row
from weimin.wording.counts import format_count
from weimin.wording.dates import format_date, format_span


def topic_rows(t: Teller, topic: Topic) -> tuple[Row, ...]:
    return (
        t.several("theme", topic.themes or None, lambda f, v, _: t.choice(f, v, "/theme")),
        _sources(t, topic),
        *rows(
            _projects(t, topic),
            t.row("livelihood_reason", t.text("livelihood_reason", topic.livelihood_reason)),
            t.several("places", topic.places, t.who),
            _approval(t, topic.approval),
            _notice(t, topic.notice),
            _decision(t, topic.decision),
            _announced(t, topic),
            _related(t, topic),
            _ended(t, topic),
        ),
        *(_skipped(t, topic)),
    )


def _sources(t: Teller, topic: Topic) -> Row:
    found = listed(topic.sources)
    if not found:
        return t.row("sources", t.text("sources", topic.sources))
    return t.row("sources", *(_source(t, s, f"/sources/{n}") for n, s in enumerate(found)))


def _source(t: Teller, source: TopicSource, pointer: str) -> DisplayText:
    if source.opinion is not None:
        return t.ref("sources.opinion", source.opinion, t.title("sources.opinion"), pointer=f"{pointer}/opinion")
    said = t.choice("sources.from", source.from_, f"{pointer}/from")
    words = said.text + (f"：{source.note}" if source.note and source.note != "unpublished" else "")
    href = t.shell.urls.ref(source.ref) if source.ref else ""
    return DisplayText(text=words, state=said.state, claim=said.claim, was=said.was, href=href)


def _projects(t: Teller, topic: Topic) -> Row:
    refs = listed(topic.projects)
    if not refs:
        return t.row("projects", t.text("projects", topic.projects))
    return t.row("projects", *(_project(t, p, f"/projects/{n}") for n, p in enumerate(refs)))


def _project(t: Teller, project: ProjectRef, pointer: str) -> DisplayText:
    code, _, year = project.list.partition("/projects/")
    name = f"{t.shell.area(code)}{year.removesuffix('-draft')}年为民办实事项目"
    item = project.item if project.item and project.item != "unpublished" else ""
    target = f"{project.list}#{item}" if item else project.list
    return t.ref("projects.list", target, f"{name}第{item}项" if item else name, pointer=f"{pointer}/list")


def _joined(t: Teller, pointer: str, value: object, *words: str) -> DisplayText:
    """A mapping in one line of its known parts."""
    if value is None or isinstance(value, str):
        return t.show(pointer, value)
    text = "，".join(w for w in words if w)
    return t.show(pointer, value, lambda _: text) if text else UNRECORDED


def _known(value: str | None) -> str:
    return "" if value is None else "未公布" if value == "unpublished" else value


def _day(value: str | None) -> str:
    return format_date(value) if value and value not in ("unpublished", "pending") else ""


def _approval(t: Teller, a: Approval | str | None) -> Row:
    parts = (_known(a.by), _day(a.date)) if isinstance(a, Approval) else ()
    return t.row("approval", _joined(t, "/approval", a, *parts))


def _notice(t: Teller, n: Notice | str | None) -> Row:
    if not isinstance(n, Notice):
        return t.row("notice", t.text("notice", n))
    span = format_span(n.from_, until=n.to) if n.from_ and n.from_ != "unpublished" else _day(n.to)
    days = f"公示{format_count(n.days, '天')}" if n.days is not None and n.days != "unpublished" else ""
    return t.row("notice", _joined(t, "/notice", n, _known(n.where), span, days))


def _decision(t: Teller, d: PartyDecision | str | None) -> Row:
    if not isinstance(d, PartyDecision):
        return t.row("decision", t.text("decision", d))
    when = "待定" if d.date == "pending" else _day(d.date)
    return t.row("decision", _joined(t, "/decision", d, _known(d.by), when))


def _announced(t: Teller, topic: Topic) -> Row:
    found = listed(topic.announces)
    if not found:
        return t.row("announces", t.text("announces", topic.announces))
    return t.row("announces", *(_announcement(t, a, f"/announces/{n}") for n, a in enumerate(found)))


def _announcement(t: Teller, a: Announcement, pointer: str) -> DisplayText:
    when = format_span(a.when, until=a.until) if a.when and a.when != "unpublished" else ""
    return _joined(t, pointer, a, when, _known(a.about), _known(a.where), _known(a.how))


def _related(t: Teller, topic: Topic) -> Row:
    def one(field: str, value: str, pointer: str) -> DisplayText:
        return t.ref(field, value, pointer=pointer)

    return t.several("related", topic.related, one)


def _ended(t: Teller, topic: Topic) -> Row:
    e = topic.ended
    if e is None:
        return t.row("ended", UNRECORDED)
    how = t.choice("ended.how", e.how).text
    shown = _joined(t, "/ended", e, how, _day(e.date), _known(e.by), _known(e.reason))
    return t.row("ended", shown, *((t.ref("ended.into", e.into),) if e.into else ()))


def _skipped(t: Teller, topic: Topic) -> tuple[Row, ...]:
    if not topic.skipped:
        return ()
    return (
        t.row(
            "skipped",
            *(
                _joined(t, f"/skipped/{n}", s, t.choice("skipped.step", s.step).text, _known(s.reason), _known(s.by))
                for n, s in enumerate(topic.skipped)
            ),
        ),
    )
