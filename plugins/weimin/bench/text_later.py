"""The text of generated records after an outcome: response, followup, evaluation, correction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weimin.bench import text_sentences
from weimin.bench.text_consultation import record

if TYPE_CHECKING:
    from weimin.bench.dossier_draft import DossierDraft

_DECISIONS = ("adopted", "adopted", "partly", "declined", "noted")
_FORMS = ("inspection", "return_visit", "supervision", "look_back")
_WAYS = ("会议投票", "入户问卷", "线上问卷", "现场无记名投票")
_STATES = ("on_track", "on_track", "ahead", "behind", "under_way")


def response_text(draft: DossierDraft) -> str:
    """A response to everything that is open; an adopted suggestion refers to a measure if one is free."""
    contents, rng = draft.contents, draft.rng
    free = [id_ for id_, _, _ in draft.measures]
    lines = [f"by: {contents.office}", "answers:"]
    for id_ in draft.open:
        text = text_sentences.sentence(rng, text_sentences.SAID, contents.thing, contents.place)
        lines += [f"  - to: {id_}"]
        if id_.startswith("s"):
            decision = rng.pick(_DECISIONS)
            lines.append(f"    decision: {decision}")
            if decision in ("adopted", "partly") and free:
                lines.append(f"    measure: {free.pop(0)}")
        lines.append(f"    text: {text}")
    draft.open = []
    body = (
        text_sentences.paragraph(rng, text_sentences.SAID, contents.thing, contents.place, 2) if rng.chance(30) else ""
    )
    return record(lines, body).rstrip() + "\n"


def followup_text(draft: DossierDraft, turn: int, *, done: bool) -> str:
    contents, rng = draft.contents, draft.rng
    lines = [f"form: {_FORMS[turn % 4] if not done else rng.pick(_FORMS)}", "by: 联络组", "measures:"]
    for id_, amount, due in draft.measures:
        if done:
            day = min(due, draft.day)
            lines += [f"  - id: {id_}", "    state: done", "    done:", f"      amount: {amount}"]
            lines += [f"      unit: {contents.unit}", f'      date: "{day}"']
            if rng.chance(40):
                lines.append(
                    f"    note: {text_sentences.sentence(rng, text_sentences.SEEN, contents.thing, contents.place)}"
                )
        else:
            state = rng.pick(_STATES)
            lines += [f"  - id: {id_}", f"    state: {state}"]
            if state == "behind":
                lines.append(
                    f"    reason: {text_sentences.sentence(rng, text_sentences.SHORT, contents.thing, contents.place)}"
                )
    body = "\n\n".join(
        text_sentences.paragraph(rng, text_sentences.SEEN, contents.thing, contents.place, rng.between(1, 4))
        for _ in range(rng.between(1, 3))
    )
    return record(lines, body)


def evaluation_text(draft: DossierDraft, of: str, *, low: bool) -> str:
    """An evaluation with consistent ballots; with `low` satisfaction another consultation is announced."""
    rng = draft.rng
    issued = rng.between(15, 90)
    returned = issued - rng.below(5)
    invalid = rng.below(2)
    valid = returned - invalid
    against = valid * rng.between(25, 45) // 100 if low else valid * rng.below(12) // 100
    basic = (valid - against) * rng.between(5, 40) // 100
    lines = ["of:", f"  - {of}", "body: 参加协商的群众代表和政协委员", f"way: {rng.pick(_WAYS)}", "ballots:"]
    lines += [f"  eligible: {issued + rng.below(9)}", f"  issued: {issued}", f"  returned: {returned}"]
    lines += [f"  invalid: {invalid}", f"  satisfied: {valid - against - basic}", f"  basically_satisfied: {basic}"]
    lines.append(f"  dissatisfied: {against}")
    if rng.chance(10):
        lines += ["aspects:", "  - name: 工程质量", f"    score: 9.{rng.below(10)}", "    out_of: 10"]
    if low:
        lines += ["reconsult:", "  decision: hold", f"  by: {draft.contents.party}", f'  date: "{draft.after(6)}"']
        lines.append("  reason: 有几处没有做到位，群众要求再商量一次")
    return "\n".join(lines) + "\n"


def correction_text(draft: DossierDraft) -> str:
    """A correction that completes the name in the approval of the topic; no figure changes."""
    return "\n".join(
        (
            "of: topic",
            "changes:",
            "  - field: /approval/by",
            f"    from: {draft.contents.party}",
            f"    to: {draft.contents.party}委员会",
            "reason: 机构名称没有写全",
            f"approved_by: {draft.contents.party}",
            "",
        )
    )
