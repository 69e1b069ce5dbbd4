"""The fields and prose of each kind of record, unless the scenario overrides them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from weimin.demo import minutes
from weimin.demo.dossier_draft import DossierDraft
from weimin.demo.names import cppcc, government, hall, party
from weimin.demo.scenario import PlannedMeasure, ScenarioEvent
from weimin.model.place import Level, level_of

Raw = dict[str, Any]

_DECIDED = ("show_of_hands", "consensus", "ballot", "signature")
_HOW = ("公开栏张贴、居民群通知", "广播和公开栏", "网格员上门告知", "公开栏和微信公众号")
_CHANNELS = ("noticeboard", "website", "wechat")


def consultation(draft: DossierDraft, event: ScenarioEvent, on: date) -> tuple[Raw, str]:
    first = "consultation" not in draft.stems
    texts = event.detail if event.detail is not None else draft.contents.suggestions if first else ()
    suggestions = _suggestions(draft, texts) if "suggestions" not in event.fields else []
    dissent = _dissent(draft) if first and "dissent" not in event.fields else []
    people = participants(draft)
    draft.consultation_count += 1
    raw: Raw = {
        "about": "selection",
        "methods": [_meeting(draft, people)],
        "announced": {"date": (on - timedelta(days=6)).isoformat(), "how": _HOW[draft.variant % 4]},
        "convenor": _convenor(draft.code),
        "participants": people,
        "suggestions": suggestions,
    }
    if first and draft.variant % 3 == 1:
        raw["methods"].insert(
            0, {"kind": "survey", "places": [draft.fill("{me}")], "collected": 20 + draft.variant % 60}
        )
    if dissent:
        raw["dissent"] = dissent
    described = raw | dict(event.fields)
    draft.about = described["about"] or ""
    return raw, minutes.of_consultation(draft, described)


def participants(draft: DossierDraft) -> dict[str, Any]:
    """Counts by category; they grow with the level."""
    n = draft.variant + 5 * draft.consultation_count
    wide = {Level.VILLAGE: 0, Level.TOWNSHIP: 2, Level.COUNTY: 6, Level.CITY: 12}[level_of(draft.code)]
    return {
        "members": 2 + n % 4 + wide,
        "sages": 1 + n % 3,
        "residents": 7 + n % 13 + wide,
        "party_government": 1 + n % 2 + wide // 4,
        "departments": 1 + n % 3 + wide // 3,
    }


def _meeting(draft: DossierDraft, people: Mapping[str, int]) -> Raw:
    decided = _DECIDED[draft.variant % 4]
    meeting: Raw = {"kind": "meeting", "place": hall(draft.code), "decided_by": decided}
    everyone, against = sum(people.values()), len(draft.contents.dissent)
    if decided in ("show_of_hands", "ballot"):
        meeting["votes"] = {"for": everyone - 2 * against - 1, "against": 2 * against, "abstained": 1}
    if decided == "signature":
        meeting["signed"] = everyone - against
    return meeting


def _suggestions(draft: DossierDraft, texts: Iterable[str]) -> list[Raw]:
    lines = []
    for line in texts:
        who, _, text = line.partition("：")
        lines.append({"id": draft.line_id("s"), "from": who, "text": draft.fill(text)})
        draft.open_lines[lines[-1]["id"]] = text
    return lines


def _dissent(draft: DossierDraft) -> list[Raw]:
    lines = [{"id": draft.line_id("d"), "text": draft.fill(text)} for text in draft.contents.dissent]
    draft.open_lines |= {d["id"]: d["text"] for d in lines}
    return lines


def _convenor(code: str) -> str:
    return cppcc(code) + ("组长" if level_of(code) in (Level.VILLAGE, Level.TOWNSHIP) else "副主席")


def outcome(draft: DossierDraft, event: ScenarioEvent, on: date) -> tuple[Raw, str]:
    planned_measures = event.detail if event.detail is not None else () if draft.measures else draft.contents.measures
    measures = [_measure(draft, planned, on) for planned in planned_measures] if "measures" not in event.fields else []
    draft.agreed_measures = [m["id"] for m in measures] or draft.agreed_measures
    day = timedelta(days=1)
    raw: Raw = {
        "of": [draft.stems["consultation"]],
        "consensus": "partial" if draft.contents.dissent else "full",
        "measures": measures,
        "submitted": [{"to": party(draft.code), "date": (on + 2 * day).isoformat()}],
        "publication": {
            "decision": "publish",
            "by": party(draft.code),
            "date": (on + 4 * day).isoformat(),
            "channels": [{"kind": _CHANNELS[draft.variant % 3], "date": (on + 5 * day).isoformat()}],
        },
    }
    if draft.contents.yuan and measures and event.detail is None:
        raw["funding"] = _funding(draft, measures)
    return raw, minutes.of_outcome(draft, raw | dict(event.fields))


def _measure(draft: DossierDraft, planned: PlannedMeasure, on: date) -> Raw:
    due = on + timedelta(days=planned.days) if planned.days else None
    measure: Raw = {"id": draft.line_id("m"), "text": draft.fill(planned.text), "unit": draft.fill(planned.unit)}
    if planned.amount:
        measure["target"] = {"amount": planned.amount, "unit": planned.per}
    if due:
        measure["due"] = due.isoformat()
    if planned.upkeep:
        measure["upkeep"] = draft.fill(planned.upkeep)
    draft.measures[measure["id"]] = (planned, due)
    return measure


def _funding(draft: DossierDraft, measures: list[Raw]) -> list[Raw]:
    yuan, above = draft.contents.yuan, level_of(draft.code) is Level.VILLAGE
    lines: list[Raw] = [
        {
            "from": draft.fill("{tgov}" if above else "{gov}"),
            "yuan": yuan * 3 // 4 if above else yuan,
            "kind": "money",
            "state": "granted",
            "measure": measures[0]["id"],
        }
    ]
    if above:
        lines.append({"from": "集体经济", "yuan": yuan - yuan * 3 // 4, "kind": "money", "state": "granted"})
    return lines


def response(draft: DossierDraft, event: ScenarioEvent, on: date) -> tuple[Raw, str]:
    described: Mapping[str, tuple[str, str]] | None = event.detail
    ids = tuple(described) if described is not None else tuple(draft.open_lines)
    answers = []
    free = list(draft.agreed_measures)
    for n, line in enumerate(ids):
        answer: Raw = {"to": line}
        if described is not None:
            decision, answer["text"] = described[line][0], draft.fill(described[line][1])
        elif line.startswith("d"):
            decision, answer["text"] = "", minutes.explanation(draft)
        else:
            decision = _decision(draft, n)
            answer["text"] = minutes.answer(draft, decision, n)
        if decision:
            answer["decision"] = decision
        if decision in ("adopted", "partly") and free:
            answer["measure"] = free.pop(0)
        answers.append(answer)
        draft.open_lines.pop(line, None)
    return {"by": government(draft.code), "answers": answers}, ""


def followup(draft: DossierDraft, event: ScenarioEvent, on: date) -> tuple[Raw, str]:
    states: Mapping[str, str] = (
        event.detail if isinstance(event.detail, Mapping) else dict.fromkeys(draft.agreed_measures, event.detail)
    )
    raw: Raw = {
        "form": "inspection",
        "by": cppcc(draft.code),
        "measures": [_state(draft, id_, text, on) for id_, text in states.items()],
    }
    return raw, minutes.of_followup(draft, raw)


def _state(draft: DossierDraft, id_: str, text: str, on: date) -> Raw:
    state, _, detail = text.partition(":")
    line: Raw = {"id": id_, "state": state}
    planned, due = draft.measures[id_]
    if state == "done":
        in_time = due is not None and due < on and draft.variant % 6 != 0
        day = due - timedelta(days=2) if due and in_time else on
        line["done"] = {"date": day.isoformat()}
        if planned.amount:
            line["done"] |= {"amount": int(detail) if detail else planned.amount, "unit": planned.per}
    elif state in ("behind", "stopped") and detail:
        line["reason"] = draft.fill(detail)
    elif detail:
        line["note"] = draft.fill(detail)
    return line


def _decision(draft: DossierDraft, n: int) -> str:
    """A suggestion that became a measure is adopted; of the others some are noted and some declined."""
    if n < len(draft.agreed_measures):
        return "partly" if n and draft.variant % 3 == 0 else "adopted"
    return ("partly", "noted", "declined")[(draft.variant + n) % 3]


_BALLOTS = ("issued", "returned", "invalid", "satisfied", "basically_satisfied", "dissatisfied", "unsure", "abstained")


def evaluation(draft: DossierDraft, event: ScenarioEvent, on: date) -> tuple[Raw, str]:
    counts = dict(zip(_BALLOTS, event.detail, strict=False))
    raw: Raw = {
        "of": [draft.stems["agreed"]],
        "body": draft.fill("{me}居民代表") if draft.variant % 2 else draft.fill("{me}群众代表、政协委员"),
        "way": ("会议投票", "入户问卷", "线上问卷")[draft.variant % 3],
        "ballots": counts or "unpublished",
    }
    if counts:
        raw["ballots"] = {"eligible": counts["issued"] + draft.variant % 5, "present": counts["issued"], **counts}
    return raw, ""


def correction(draft: DossierDraft, event: ScenarioEvent, on: date) -> tuple[Raw, str]:
    of, reason, changes = event.detail
    stem = draft.fill(of)
    described = [
        {
            "field": field,
            "from": draft.bodies[stem] if before is ... else draft.fill(before),
            "to": draft.fill(after),
        }
        for field, before, after in changes
    ]
    return {"of": stem, "changes": described, "reason": reason, "approved_by": cppcc(draft.code)}, ""


EVENTS: Mapping[str, Callable[[DossierDraft, ScenarioEvent, date], tuple[Raw, str]]] = {
    "consultation": consultation,
    "outcome": outcome,
    "response": response,
    "followup": followup,
    "evaluation": evaluation,
    "correction": correction,
}
