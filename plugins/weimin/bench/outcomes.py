"""The text of a made outcome: measures, money, dissent, who was told, and whether it is public."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from weimin.bench import stock
from weimin.bench.events import COMPILED, record

if TYPE_CHECKING:
    from weimin.bench.dossier_draft import Course

_UPKEEP = ("由村里统一管护", "建成后移交物业", "每年公布一次费用", "网格员每周看一次")
_FROM = ("村集体", "镇财政", "受益户自筹", "乡贤捐助", "县级专项资金")
_CHANNELS = ("noticeboard", "website", "wechat", "newspaper")
_UPWARD = ("overall", "emerging", "constructive")


def outcome(told: Course, of: str, *, many: bool = False, compiled: bool = False) -> tuple[str, str]:
    """Without the decision to publish, as a platform may file it at first; and whole."""
    matter, draws = told.matter, told.draws
    lines = ["of:", f"  - {of}", f"consensus: {draws.pick(('full', 'full', 'full', 'partial', 'phased'))}"]
    if compiled:
        lines.append(COMPILED.format(day=told.after(10), title=matter.title).rstrip())
    lines += _measures(told, draws.between(4, 8) if many else draws.between(1, 3) + draws.below(2) * draws.below(4))
    lines += _funding(told)
    if not compiled and draws.chance(7):
        lines += _upward(told)
    lines += ["submitted:", f"  - to: {matter.party}", f'    date: "{told.after(draws.between(1, 4))}"']
    rest = ["publication:", "  decision: publish", f"  by: {matter.party}", f'  date: "{told.after(4)}"', "  channels:"]
    for kind in draws.some(_CHANNELS, draws.between(1, 3)):
        rest += [f"    - kind: {kind}", f'      date: "{told.after(5)}"']
    body = "\n\n".join(
        stock.paragraph(draws, stock.AGREED, matter.thing, matter.place, draws.between(1, 4))
        for _ in range(draws.between(1, 3))
    )
    return record(lines, body), record([*lines, *rest], body)


def nothing_new(told: Course, of: str) -> str:
    """What came of a consultation about progress: the measures stand as they are."""
    by, day = told.matter.party, told.after(1)
    lines = ["of:", f"  - {of}", "consensus: full", "measures: []", "submitted:", f"  - to: {by}", f'    date: "{day}"']
    lines += ["publication:", "  decision: publish", f"  by: {by}", f'  date: "{day}"', "  channels:"]
    lines += ["    - kind: noticeboard", f'      date: "{told.after(2)}"']
    return record(lines, stock.paragraph(told.draws, stock.SEEN, told.matter.thing, told.matter.place, 2))


def withheld(told: Course, of: str) -> str:
    """That it is not public, who decided this and why; no word of what was agreed."""
    by, day = told.matter.party, told.after(2)
    lines = ["of:", f"  - {of}", "submitted:", f"  - to: {by}", f'    date: "{day}"', "publication:"]
    lines += ["  decision: withhold", f"  by: {by}", f'  date: "{day}"', "  reason: 涉及尚在办理的个别事项"]
    return record(lines, "").rstrip() + "\n"


def _measures(told: Course, count: int) -> list[str]:
    matter, draws = told.matter, told.draws
    told.measures = []
    lines = ["measures:"]
    for id_ in told.ids("m", count):
        amount, due = draws.between(2, 60), told.after(draws.between(40, 80))
        told.measures.append((id_, amount, due))
        text = stock.sentence(draws, stock.SHORT, matter.thing, matter.place)
        lines += [f"  - id: {id_}", f"    text: {text}", f"    unit: {matter.office}"]
        if draws.chance(30):
            lines += ["    with:", "      - 供电所", "      - 农业服务中心"]
        lines += ["    target:", f"      amount: {amount}", f"      unit: {matter.unit}", f'    due: "{due}"']
        if draws.chance(60):
            lines.append(f"    upkeep: {draws.pick(_UPKEEP)}")
    return lines


def _funding(told: Course) -> list[str]:
    draws = told.draws
    if draws.chance(25):
        return ["funding: []"]
    lines = ["funding:"]
    for source in draws.some(_FROM, draws.between(1, 4)):
        yuan = draws.between(1, 400) * 500
        lines += [f"  - from: {source}", f"    yuan: {yuan}", "    kind: money"]
        lines += [f"    state: {'sought' if draws.chance(15) else 'granted'}"]
        if draws.chance(60):
            lines.append(f"    measure: {draws.pick(told.measures)[0]}")
    return lines


def _upward(told: Course) -> list[str]:
    matter, draws = told.matter, told.draws
    (id_,) = told.ids("u", 1)
    text = stock.sentence(draws, stock.SHORT, matter.thing, matter.place)
    lines = ["upward:", f"  - id: {id_}", f"    kind: {draws.pick(_UPWARD)}"]
    to = f'"{matter.above}"' if matter.above.isdigit() else matter.above
    reported = (told.day + timedelta(days=5)).isoformat()
    lines += [f"    to: {to}", f"    text: {text}", "    reported:", f'      date: "{reported}"', "    publish: true"]
    return lines
