"""The text of generated outcomes: measures, funding, submission, publication."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from weimin.bench import text_sentences
from weimin.bench.text_consultation import COMPILED, record

if TYPE_CHECKING:
    from weimin.bench.dossier_draft import DossierDraft

_UPKEEP = ("由村里统一管护", "建成后移交物业", "每年公布一次费用", "网格员每周看一次")
_FROM = ("村集体", "镇财政", "受益户自筹", "乡贤捐助", "县级专项资金")
_CHANNELS = ("noticeboard", "website", "wechat", "newspaper")
_UPWARD = ("overall", "emerging", "constructive")


def outcome_text(draft: DossierDraft, of: str, *, many: bool = False, compiled: bool = False) -> tuple[str, str]:
    """(without the decision to publish, as a platform may file it first; complete)."""
    contents, rng = draft.contents, draft.rng
    lines = ["of:", f"  - {of}", f"consensus: {rng.pick(('full', 'full', 'full', 'partial', 'phased'))}"]
    if compiled:
        lines.append(COMPILED.format(day=draft.after(10), title=contents.title).rstrip())
    lines += _measures(draft, rng.between(4, 8) if many else rng.between(1, 3) + rng.below(2) * rng.below(4))
    lines += _funding(draft)
    if not compiled and rng.chance(7):
        lines += _upward(draft)
    lines += ["submitted:", f"  - to: {contents.party}", f'    date: "{draft.after(rng.between(1, 4))}"']
    rest = [
        "publication:",
        "  decision: publish",
        f"  by: {contents.party}",
        f'  date: "{draft.after(4)}"',
        "  channels:",
    ]
    for kind in rng.some(_CHANNELS, rng.between(1, 3)):
        rest += [f"    - kind: {kind}", f'      date: "{draft.after(5)}"']
    body = "\n\n".join(
        text_sentences.paragraph(rng, text_sentences.AGREED, contents.thing, contents.place, rng.between(1, 4))
        for _ in range(rng.between(1, 3))
    )
    return record(lines, body), record([*lines, *rest], body)


def progress_outcome_text(draft: DossierDraft, of: str) -> str:
    """The outcome of a consultation about progress, without new measures."""
    by, day = draft.contents.party, draft.after(1)
    lines = ["of:", f"  - {of}", "consensus: full", "measures: []", "submitted:", f"  - to: {by}", f'    date: "{day}"']
    lines += ["publication:", "  decision: publish", f"  by: {by}", f'  date: "{day}"', "  channels:"]
    lines += ["    - kind: noticeboard", f'      date: "{draft.after(2)}"']
    return record(
        lines, text_sentences.paragraph(draft.rng, text_sentences.SEEN, draft.contents.thing, draft.contents.place, 2)
    )


def withheld_outcome_text(draft: DossierDraft, of: str) -> str:
    """An outcome that is withheld: who decided it and why, without its content."""
    by, day = draft.contents.party, draft.after(2)
    lines = ["of:", f"  - {of}", "submitted:", f"  - to: {by}", f'    date: "{day}"', "publication:"]
    lines += ["  decision: withhold", f"  by: {by}", f'  date: "{day}"', "  reason: 涉及尚在办理的个别事项"]
    return record(lines, "").rstrip() + "\n"


def _measures(draft: DossierDraft, count: int) -> list[str]:
    contents, rng = draft.contents, draft.rng
    draft.measures = []
    lines = ["measures:"]
    for id_ in draft.ids("m", count):
        amount, due = rng.between(2, 60), draft.after(rng.between(40, 80))
        draft.measures.append((id_, amount, due))
        text = text_sentences.sentence(rng, text_sentences.SHORT, contents.thing, contents.place)
        lines += [f"  - id: {id_}", f"    text: {text}", f"    unit: {contents.office}"]
        if rng.chance(30):
            lines += ["    with:", "      - 供电所", "      - 农业服务中心"]
        lines += ["    target:", f"      amount: {amount}", f"      unit: {contents.unit}", f'    due: "{due}"']
        if rng.chance(60):
            lines.append(f"    upkeep: {rng.pick(_UPKEEP)}")
    return lines


def _funding(draft: DossierDraft) -> list[str]:
    rng = draft.rng
    if rng.chance(25):
        return ["funding: []"]
    lines = ["funding:"]
    for source in rng.some(_FROM, rng.between(1, 4)):
        yuan = rng.between(1, 400) * 500
        lines += [f"  - from: {source}", f"    yuan: {yuan}", "    kind: money"]
        lines += [f"    state: {'sought' if rng.chance(15) else 'granted'}"]
        if rng.chance(60):
            lines.append(f"    measure: {rng.pick(draft.measures)[0]}")
    return lines


def _upward(draft: DossierDraft) -> list[str]:
    contents, rng = draft.contents, draft.rng
    (id_,) = draft.ids("u", 1)
    text = text_sentences.sentence(rng, text_sentences.SHORT, contents.thing, contents.place)
    lines = ["upward:", f"  - id: {id_}", f"    kind: {rng.pick(_UPWARD)}"]
    to = f'"{contents.above}"' if contents.above.isdigit() else contents.above
    reported = (draft.day + timedelta(days=5)).isoformat()
    lines += [f"    to: {to}", f"    text: {text}", "    reported:", f'      date: "{reported}"', "    publish: true"]
    return lines
