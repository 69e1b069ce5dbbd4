"""The text of what follows a made outcome: response, followup, evaluation, correction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weimin.bench import stock
from weimin.bench.events import record

if TYPE_CHECKING:
    from weimin.bench.dossier_draft import Course

_DECISIONS = ("adopted", "adopted", "partly", "declined", "noted")
_FORMS = ("inspection", "return_visit", "supervision", "look_back")
_WAYS = ("会议投票", "入户问卷", "线上问卷", "现场无记名投票")
_STATES = ("on_track", "on_track", "ahead", "behind", "under_way")


def response(told: Course) -> str:
    """Answers all that is open; what is taken up names a measure, where one is left."""
    matter, draws = told.matter, told.draws
    free = [id_ for id_, _, _ in told.measures]
    lines = [f"by: {matter.office}", "answers:"]
    for id_ in told.open:
        text = stock.sentence(draws, stock.SAID, matter.thing, matter.place)
        lines += [f"  - to: {id_}"]
        if id_.startswith("s"):
            decision = draws.pick(_DECISIONS)
            lines.append(f"    decision: {decision}")
            if decision in ("adopted", "partly") and free:
                lines.append(f"    measure: {free.pop(0)}")
        lines.append(f"    text: {text}")
    told.open = []
    body = stock.paragraph(draws, stock.SAID, matter.thing, matter.place, 2) if draws.chance(30) else ""
    return record(lines, body).rstrip() + "\n"


def followup(told: Course, turn: int, *, done: bool) -> str:
    matter, draws = told.matter, told.draws
    lines = [f"form: {_FORMS[turn % 4] if not done else draws.pick(_FORMS)}", "by: 联络组", "measures:"]
    for id_, amount, due in told.measures:
        if done:
            day = min(due, told.day)
            lines += [f"  - id: {id_}", "    state: done", "    done:", f"      amount: {amount}"]
            lines += [f"      unit: {matter.unit}", f'      date: "{day}"']
            if draws.chance(40):
                lines.append(f"    note: {stock.sentence(draws, stock.SEEN, matter.thing, matter.place)}")
        else:
            state = draws.pick(_STATES)
            lines += [f"  - id: {id_}", f"    state: {state}"]
            if state == "behind":
                lines.append(f"    reason: {stock.sentence(draws, stock.SHORT, matter.thing, matter.place)}")
    body = "\n\n".join(
        stock.paragraph(draws, stock.SEEN, matter.thing, matter.place, draws.between(1, 4))
        for _ in range(draws.between(1, 3))
    )
    return record(lines, body)


def evaluation(told: Course, of: str, *, low: bool) -> str:
    """Ballots that add up. A low one says that it will be consulted on again."""
    draws = told.draws
    issued = draws.between(15, 90)
    returned = issued - draws.below(5)
    invalid = draws.below(2)
    valid = returned - invalid
    against = valid * draws.between(25, 45) // 100 if low else valid * draws.below(12) // 100
    basic = (valid - against) * draws.between(5, 40) // 100
    lines = ["of:", f"  - {of}", "body: 参加协商的群众代表和政协委员", f"way: {draws.pick(_WAYS)}", "ballots:"]
    lines += [f"  eligible: {issued + draws.below(9)}", f"  issued: {issued}", f"  returned: {returned}"]
    lines += [f"  invalid: {invalid}", f"  satisfied: {valid - against - basic}", f"  basically_satisfied: {basic}"]
    lines.append(f"  dissatisfied: {against}")
    if draws.chance(10):
        lines += ["aspects:", "  - name: 工程质量", f"    score: 9.{draws.below(10)}", "    out_of: 10"]
    if low:
        lines += ["reconsult:", "  decision: hold", f"  by: {told.matter.party}", f'  date: "{told.after(6)}"']
        lines.append("  reason: 有几处没有做到位，群众要求再商量一次")
    return "\n".join(lines) + "\n"


def correction(told: Course) -> str:
    """A name of the topic's approval, written out; nothing that is counted changes."""
    return "\n".join(
        (
            "of: topic",
            "changes:",
            "  - field: /approval/by",
            f"    from: {told.matter.party}",
            f"    to: {told.matter.party}委员会",
            "reason: 机构名称没有写全",
            f"approved_by: {told.matter.party}",
            "",
        )
    )
