"""The words of the pictures of one dossier: its own, and those of its consultations, outcomes and evaluations."""

from __future__ import annotations

from collections.abc import Iterator

from weimin.dossiers.disclosure import is_withheld
from weimin.model.codes import STEPS
from weimin.model.dossier import Dossier, Event
from weimin.model.kinds import Approx, Consultation, Evaluation, Outcome, Participants, known, listed
from weimin.model.network import folder_of
from weimin.model.states import COMPILED, ENDED, OPEN
from weimin.model.summary import OutcomeRow, Summary
from weimin.model.view import DossierView
from weimin.share_images.content import ImageContent, ImageStep
from weimin.site.media.addresses import page_address, picture_address
from weimin.site.media.embed_card import is_withdrawn
from weimin.site.presenters.absent import absent
from weimin.site.presenters.evaluation import evaluation_view
from weimin.site.presenters.questions import CONSULTING
from weimin.site.presenters.tracker import tracker
from weimin.site.site_context import SiteContext
from weimin.wording.counts import format_count
from weimin.wording.dates import format_date, format_span

WITHHELD = "决定不公布"
BETWEEN = " · "
SITE = "content/site.yml"
_NAMES = {"consultation": "协商", "outcome": "协商成果", "evaluation": "民主评议"}
_FEW = 3  # ways of consulting that are named


def cards_of(view: DossierView, context: SiteContext) -> Iterator[tuple[str, ImageContent]]:
    """(path below the output folder, image), the dossier's own first. Sees nothing but this folder and the context."""
    dossier = view.dossier
    steps = tuple(ImageStep(STEPS[s.number], s.state, s.label) for s in tracker(dossier, view.summary))
    path, image = _dossier_image(view, context, steps)
    yield path, image
    for event in dossier.events:
        if event.kind in _NAMES:
            yield _event_image(view, context, event, steps)


def _dossier_image(view: DossierView, context: SiteContext, steps: tuple[ImageStep, ...]) -> tuple[str, ImageContent]:
    dossier, summary = view.dossier, view.summary
    words, tone, path = _story(view, context)
    on = f"最近一件事：{format_date(summary.last_on)}" if summary.last_on else "日期未记录"
    state = summary.state
    marks = [
        "" if state.value in (OPEN, COMPILED) else state.label,
        "据公开报道整理" if dossier.compiled else "",
        "有更正" if summary.corrections else "",
    ]
    return _image_of(view, context, "", ("卷宗", words, tone, on), marks, steps, path)


def _event_image(
    view: DossierView, context: SiteContext, event: Event, steps: tuple[ImageStep, ...]
) -> tuple[str, ImageContent]:
    data = event.data
    words, tone = WITHHELD, "skipped"
    if is_withdrawn(view.dossier):
        words = _ended(view.summary)
    elif isinstance(data, Evaluation):
        words, tone = satisfaction(view, context, event, data)
    elif isinstance(data, Outcome) and not is_withheld(event):
        words, tone = BETWEEN.join(_agreed(context, data)), _agreed_tone(data)
    elif isinstance(data, Consultation):
        words, tone = _held(view, context, event, data), "now"
    on = "日期未记录"
    if event.on is not None:
        public = None if is_withheld(event) else data
        on = format_span(event.on.text, getattr(public, "time", None), getattr(public, "until", None))
    state = view.summary.state
    marks = [
        state.label if state in ENDED else "",
        "据公开报道整理" if event.compiled else "",
        "已更正" if event.changes else "",
    ]
    return _image_of(view, context, event.stem, (_NAMES[event.kind], words, tone, on), marks, steps, event.path)


def _image_of(
    view: DossierView,
    context: SiteContext,
    stem: str,
    labels: tuple[str, str, str, str],
    marks: list[str],
    steps: tuple[ImageStep, ...],
    path: str,
) -> tuple[str, ImageContent]:
    dossier = view.dossier
    kind, words, tone, on = labels
    address = page_address(dossier.id, stem)
    image = ImageContent(
        kind=kind,
        place=_plain(context.platform_name(dossier.platform)),
        title=_plain(dossier.title),
        outcome=_plain(words),
        tone=tone,
        day=on,
        site=_plain(context.site.title),
        address=context.urls.absolute(address) if context.urls.base else address,
        scan=bool(context.urls.base),
        steps=steps,
        marks=tuple(m for m in marks if m),
        demo=bool(context.site.demo),
        sources={
            "place": f"{folder_of(dossier.platform)}/platform.yml",
            "title": dossier.topic.path if dossier.topic else path,
            "outcome": path,
            "site": SITE,
            "address": SITE,
        },
    )
    return picture_address(dossier.id, stem).removeprefix("/"), image


def _plain(text: str) -> str:
    """Blanks of any kind are blanks."""
    return " ".join(text.split())


def _ended(summary: Summary) -> str:
    """议题已撤回; empty for a matter that went on."""
    return f"议题{summary.state.label}" if summary.state in ENDED else ""


def _story(view: DossierView, context: SiteContext) -> tuple[str, str, str]:
    """The result of the dossier, its tone and the file it comes from: what was agreed, and the satisfaction."""
    dossier, summary = view.dossier, view.summary
    words, tone, path = _last_outcome(context, dossier, summary)
    if not dossier.evaluations or is_withdrawn(dossier):
        return words, tone, path
    event, data = dossier.evaluations[-1]
    rating, tone = satisfaction(view, context, event, data)
    first = words.partition(BETWEEN)[0] if dossier.outcomes else ""
    return BETWEEN.join(w for w in (first, rating) if w), tone, event.path


def _last_outcome(context: SiteContext, dossier: Dossier, summary: Summary) -> tuple[str, str, str]:
    path = dossier.topic.path if dossier.topic else ""
    ended = _ended(summary)
    if ended and (is_withdrawn(dossier) or not dossier.outcomes):
        return ended, "skipped", path
    if not dossier.outcomes:
        act, step = ("形成成果", 0) if dossier.consultations else ("协商", CONSULTING)
        return absent(dossier, summary, act, step).text, "soft", path
    event, data = dossier.outcomes[-1]
    if is_withheld(event):
        return WITHHELD, "skipped", event.path
    return BETWEEN.join((*_agreed(context, data)[:1], *_measures(summary))), _agreed_tone(data), event.path


def _agreed(context: SiteContext, data: Outcome) -> tuple[str, ...]:
    label = context.label("outcome", "consensus", data.consensus) if data.consensus else "未记录"
    count = len(listed(data.measures))
    if count:
        return f"一致程度：{label}", f"落实事项{count}项"
    return (f"一致程度：{label}", *(["没有需要落实的事项"] if data.measures == () else []))


def _agreed_tone(data: Outcome) -> str:
    return "done" if data.consensus == "full" else "ink"


def _measures(summary: Summary) -> tuple[str, ...]:
    """How many there are and are done; those of a withheld outcome are not public."""
    hidden = {o.stem for o in summary.outcomes if _hides(o)}
    states = [m.state for m in summary.measures if m.stem not in hidden]
    if not states:
        return ()
    done = states.count("done")
    return (f"落实事项{len(states)}项，" + ("全部完成" if done == len(states) else f"完成{done}项"),)


def _hides(row: OutcomeRow) -> bool:
    return row.publication == "withhold"


def satisfaction(view: DossierView, context: SiteContext, event: Event, data: Evaluation) -> tuple[str, str]:
    """满意率 with its counts in the words of the page, and its tone."""
    row = next((r for r in view.summary.evaluations if r.stem == event.stem), None)
    told = evaluation_view(context, view.dossier, event, data, row)
    if told.rate.state:
        return told.rate.text, "ink"
    counts = "、".join(f"{part.label}{part.count}票" for part in told.bar)
    number, _, warning = told.rate.text.rstrip("）").partition("（")
    words = "；".join(w for w in (counts, warning) if w)
    known = row is not None and row.rate is not None and row.reference_line is None
    return f"{told.rate_name}{number}" + (
        f"（{words}）" if words else ""
    ), "owed" if told.low else "done" if known else "ink"


def _held(view: DossierView, context: SiteContext, event: Event, data: Consultation) -> str:
    """What it was about, how it was held, and how many took part."""
    row = next((r for r in view.summary.consultations if r.stem == event.stem), None)
    if row is None or data.same_as is not None:
        return "与另一份记录是同一次协商"
    methods = [context.label("consultation", "methods.kind", m) for m in row.methods if m != "unpublished"]
    parts = (
        context.label("consultation", "about", row.about) if row.about and row.about != "unpublished" else "",
        "、".join(methods[:_FEW]) + ("等" if len(methods) > _FEW else ""),
        _people(data.participants, row.people),
    )
    return BETWEEN.join(p for p in parts if p) or "协商内容未记录"


def _people(given: Participants | str | None, total: int | None) -> str:
    """The number of participants, as recorded; no sum of inexact numbers."""
    if not isinstance(given, Participants) or not total:
        return ""
    if known(given.total):
        return f"{format_count(given.total or 0, '人')}参加"
    exact = not any(isinstance(getattr(given, name), Approx) for name in given.__struct_fields__)
    return f"{total}人参加" if exact else ""
