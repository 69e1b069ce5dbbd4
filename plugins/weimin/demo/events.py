"""What the record of each kind says unless the scenario says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from weimin.demo import minutes
from weimin.demo.course import Course
from weimin.demo.names import cppcc, government, hall, party
from weimin.demo.scenario import Act, Do
from weimin.model.place import Level, level_of

Raw = dict[str, Any]

_DECIDED = ("show_of_hands", "consensus", "ballot", "signature")
_HOW = ("公开栏张贴、居民群通知", "广播和公开栏", "网格员上门告知", "公开栏和微信公众号")
_CHANNELS = ("noticeboard", "website", "wechat")


def consultation(course: Course, act: Act, on: date) -> tuple[Raw, str]:
    first = "consultation" not in course.stems
    asked = act.says if act.says is not None else course.matter.asked if first else ()
    suggestions = _suggestions(course, asked) if "suggestions" not in act.fields else []
    dissent = _dissent(course) if first and "dissent" not in act.fields else []
    people = participants(course)
    course.held += 1
    raw: Raw = {
        "about": "selection",
        "methods": [_meeting(course, people)],
        "announced": {"date": (on - timedelta(days=6)).isoformat(), "how": _HOW[course.turn % 4]},
        "convenor": _convenor(course.code),
        "participants": people,
        "suggestions": suggestions,
    }
    if first and course.turn % 3 == 1:
        raw["methods"].insert(
            0, {"kind": "survey", "places": [course.filled("{me}")], "collected": 20 + course.turn % 60}
        )
    if dissent:
        raw["dissent"] = dissent
    told = raw | dict(act.fields)
    course.about = told["about"] or ""
    return raw, minutes.of_consultation(course, told)


def participants(course: Course) -> dict[str, Any]:
    """Counts by category; more of them on higher levels."""
    n = course.turn + 5 * course.held
    wide = {Level.VILLAGE: 0, Level.TOWNSHIP: 2, Level.COUNTY: 6, Level.CITY: 12}[level_of(course.code)]
    return {
        "members": 2 + n % 4 + wide,
        "sages": 1 + n % 3,
        "residents": 7 + n % 13 + wide,
        "party_government": 1 + n % 2 + wide // 4,
        "departments": 1 + n % 3 + wide // 3,
    }


def _meeting(course: Course, people: Mapping[str, int]) -> Raw:
    decided = _DECIDED[course.turn % 4]
    meeting: Raw = {"kind": "meeting", "place": hall(course.code), "decided_by": decided}
    everyone, against = sum(people.values()), len(course.matter.against)
    if decided in ("show_of_hands", "ballot"):
        meeting["votes"] = {"for": everyone - 2 * against - 1, "against": 2 * against, "abstained": 1}
    if decided == "signature":
        meeting["signed"] = everyone - against
    return meeting


def _suggestions(course: Course, asked: Iterable[str]) -> list[Raw]:
    made = []
    for line in asked:
        who, _, text = line.partition("：")
        made.append({"id": course.line_id("s"), "from": who, "text": course.filled(text)})
        course.open_lines[made[-1]["id"]] = text
    return made


def _dissent(course: Course) -> list[Raw]:
    made = [{"id": course.line_id("d"), "text": course.filled(text)} for text in course.matter.against]
    course.open_lines |= {d["id"]: d["text"] for d in made}
    return made


def _convenor(code: str) -> str:
    return cppcc(code) + ("组长" if level_of(code) in (Level.VILLAGE, Level.TOWNSHIP) else "副主席")


def outcome(course: Course, act: Act, on: date) -> tuple[Raw, str]:
    does = act.says if act.says is not None else () if course.measures else course.matter.does
    measures = [_measure(course, do, on) for do in does] if "measures" not in act.fields else []
    course.agreed = [m["id"] for m in measures] or course.agreed
    day = timedelta(days=1)
    raw: Raw = {
        "of": [course.stems["consultation"]],
        "consensus": "partial" if course.matter.against else "full",
        "measures": measures,
        "submitted": [{"to": party(course.code), "date": (on + 2 * day).isoformat()}],
        "publication": {
            "decision": "publish",
            "by": party(course.code),
            "date": (on + 4 * day).isoformat(),
            "channels": [{"kind": _CHANNELS[course.turn % 3], "date": (on + 5 * day).isoformat()}],
        },
    }
    if course.matter.yuan and measures and act.says is None:
        raw["funding"] = _funding(course, measures)
    return raw, minutes.of_outcome(course, raw | dict(act.fields))


def _measure(course: Course, do: Do, on: date) -> Raw:
    due = on + timedelta(days=do.days) if do.days else None
    made: Raw = {"id": course.line_id("m"), "text": course.filled(do.text), "unit": course.filled(do.unit)}
    if do.amount:
        made["target"] = {"amount": do.amount, "unit": do.per}
    if due:
        made["due"] = due.isoformat()
    if do.upkeep:
        made["upkeep"] = course.filled(do.upkeep)
    course.measures[made["id"]] = (do, due)
    return made


def _funding(course: Course, measures: list[Raw]) -> list[Raw]:
    yuan, above = course.matter.yuan, level_of(course.code) is Level.VILLAGE
    lines: list[Raw] = [
        {
            "from": course.filled("{tgov}" if above else "{gov}"),
            "yuan": yuan * 3 // 4 if above else yuan,
            "kind": "money",
            "state": "granted",
            "measure": measures[0]["id"],
        }
    ]
    if above:
        lines.append({"from": "集体经济", "yuan": yuan - yuan * 3 // 4, "kind": "money", "state": "granted"})
    return lines


def response(course: Course, act: Act, on: date) -> tuple[Raw, str]:
    told: Mapping[str, tuple[str, str]] | None = act.says
    ids = tuple(told) if told is not None else tuple(course.open_lines)
    answers = []
    free = list(course.agreed)
    for n, line in enumerate(ids):
        answer: Raw = {"to": line}
        if told is not None:
            decision, answer["text"] = told[line][0], course.filled(told[line][1])
        elif line.startswith("d"):
            decision, answer["text"] = "", minutes.explanation(course)
        else:
            decision = _decision(course, n)
            answer["text"] = minutes.answer(course, decision, n)
        if decision:
            answer["decision"] = decision
        if decision in ("adopted", "partly") and free:
            answer["measure"] = free.pop(0)
        answers.append(answer)
        course.open_lines.pop(line, None)
    return {"by": government(course.code), "answers": answers}, ""


def followup(course: Course, act: Act, on: date) -> tuple[Raw, str]:
    states: Mapping[str, str] = act.says if isinstance(act.says, Mapping) else dict.fromkeys(course.agreed, act.says)
    raw: Raw = {
        "form": "inspection",
        "by": cppcc(course.code),
        "measures": [_state(course, id_, said, on) for id_, said in states.items()],
    }
    return raw, minutes.of_followup(course, raw)


def _state(course: Course, id_: str, said: str, on: date) -> Raw:
    state, _, detail = said.partition(":")
    line: Raw = {"id": id_, "state": state}
    do, due = course.measures[id_]
    if state == "done":
        in_time = due is not None and due < on and course.turn % 6 != 0
        day = due - timedelta(days=2) if due and in_time else on
        line["done"] = {"date": day.isoformat()}
        if do.amount:
            line["done"] |= {"amount": int(detail) if detail else do.amount, "unit": do.per}
    elif state in ("behind", "stopped") and detail:
        line["reason"] = course.filled(detail)
    elif detail:
        line["note"] = course.filled(detail)
    return line


def _decision(course: Course, n: int) -> str:
    """What became a measure was taken up; of the rest some is put off and some declined."""
    if n < len(course.agreed):
        return "partly" if n and course.turn % 3 == 0 else "adopted"
    return ("partly", "noted", "declined")[(course.turn + n) % 3]


_BALLOTS = ("issued", "returned", "invalid", "satisfied", "basically_satisfied", "dissatisfied", "unsure", "abstained")


def evaluation(course: Course, act: Act, on: date) -> tuple[Raw, str]:
    counts = dict(zip(_BALLOTS, act.says, strict=False))
    raw: Raw = {
        "of": [course.stems["agreed"]],
        "body": course.filled("{me}居民代表") if course.turn % 2 else course.filled("{me}群众代表、政协委员"),
        "way": ("会议投票", "入户问卷", "线上问卷")[course.turn % 3],
        "ballots": counts or "unpublished",
    }
    if counts:
        raw["ballots"] = {"eligible": counts["issued"] + course.turn % 5, "present": counts["issued"], **counts}
    return raw, ""


def correction(course: Course, act: Act, on: date) -> tuple[Raw, str]:
    of, reason, changes = act.says
    stem = course.filled(of)
    told = [
        {
            "field": field,
            "from": course.bodies[stem] if before is ... else course.filled(before),
            "to": course.filled(after),
        }
        for field, before, after in changes
    ]
    return {"of": stem, "changes": told, "reason": reason, "approved_by": cppcc(course.code)}, ""


EVENTS: Mapping[str, Callable[[Course, Act, date], tuple[Raw, str]]] = {
    "consultation": consultation,
    "outcome": outcome,
    "response": response,
    "followup": followup,
    "evaluation": evaluation,
    "correction": correction,
}
