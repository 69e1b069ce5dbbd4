"""Family L: every reference leads to a platform, record or line that exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from weimin.model.dossier import Dossier, PlatformRecords
from weimin.model.finding import Problem
from weimin.model.kinds import Exemptions, News, RuleBook, RuleParameter, known, listed
from weimin.model.kinds.platform_records import Indicator
from weimin.model.network import Lookup, Network, PlatformRow
from weimin.model.place import Level, parent_code
from weimin.model.record import Record, Ref, parse_ref

_CODE = re.compile(r"\d{6}(?:\d{3}(?:\d{3})?)?", re.ASCII)
_LINE_OF = {
    "measure": "落实事项",
    "answers": "意见建议、不同意见或上报事项",
    "evaluates": "成果或落实事项",
    "about": "记录",
}


def links_of_dossier(dossier: Dossier, network: Network, lookup: Lookup) -> Iterator[Problem]:
    """L101 and L105 for every reference of a dossier."""
    stems = {e.stem: e for e in dossier.events}
    for stem, pointer, role, text in dossier.refs:
        event = stems[stem]
        if role in ("measure", "answers") and text in dossier.lines:
            continue
        yield from _check(event.path, pointer, role, text, dossier.id, dossier, network, lookup)


def links_of_platform(own: PlatformRecords, network: Network, lookup: Lookup) -> Iterator[Problem]:
    """L101 and L105 for a platform's own records."""
    paths = {r.place.ref: r.place.path for r in own.records}
    for ref, pointer, role, text in own.refs:
        if role == "corrects" and "/" not in text:
            text = f"{own.code}/opinions/{text}"  # the corrected opinion lies in the same folder
        yield from _check(paths[ref], pointer, role, text, None, None, network, lookup)
    for record in own.of_kind("exemptions"):
        if isinstance(record.data, Exemptions):
            yield from _subjects(record, lookup)
    for record in own.of_kind("rule"):
        if isinstance(record.data, RuleBook):
            yield from _clauses(record, record.data, network, lookup)


def links_of_news(records: Iterable[Record], network: Network, lookup: Lookup) -> Iterator[Problem]:
    """L101 for the references of news items."""
    for record in records:
        if isinstance(record.data, News):
            if record.data.platform is not None and network.get(record.data.platform) is None:
                yield _broken(record.place.path, "/platform", record.data.platform, None, "核对平台代码")
            for i, text in enumerate(record.data.about or ()):
                yield from _check(record.place.path, f"/about/{i}", "about", text, None, None, network, lookup)


def _clauses(record: Record, book: RuleBook, network: Network, lookup: Lookup) -> Iterator[Problem]:
    """L101 for clauses that do not exist: `#anchor` in the same record, or `SLUG#anchor` of a platform above."""
    citing: dict[str, Sequence[RuleParameter | Indicator]] = {
        "parameters": listed(book.parameters),
        "indicators": listed(book.indicators),
    }
    for key, lines in citing.items():
        for i, line in enumerate(lines):
            if line.clause is None or not known(line.clause):
                continue
            slug, _, anchor = line.clause.rpartition("#")
            bodies = list(_bodies(record, slug, network, lookup))
            if None not in bodies and not any(body and f"{{#{anchor}}}" in body for body in bodies):
                hint = "写成 #锚点（同一份规则里）或者 规则文件名#锚点；锚点在条文标题的末尾"
                yield _broken(record.place.path, f"/{key}/{i}/clause", line.clause, None, hint)


def _bodies(record: Record, slug: str, network: Network, lookup: Lookup) -> Iterator[str | None]:
    """The texts in which the clause may stand; None for one that exists but cannot be read."""
    if slug in ("", record.place.stem):
        yield record.body
        return
    for row in network.chain(record.place.platform or ""):
        ref = f"{row.code}/rules/{slug}"
        if lookup.exists(ref):
            rule = lookup.record(ref)
            yield rule.body if rule is not None else None


def _subjects(record: Record, lookup: Lookup) -> Iterator[Problem]:
    assert isinstance(record.data, Exemptions)
    for i, item in enumerate(record.data.items):
        path = item.subject.partition("#")[0]
        if not lookup.exists(path):
            yield _broken(
                record.place.path, f"/{i}/subject", path, None, "写成仓库里的路径，例如 content/network/…/topic.md"
            )


def _check(
    path: str,
    pointer: str,
    role: str,
    text: str,
    here: str | None,
    dossier: Dossier | None,
    network: Network,
    lookup: Lookup,
) -> Iterator[Problem]:
    if role in ("joint", "guided") or (role == "into" and _CODE.fullmatch(text)):
        if network.get(text) is None:
            yield _broken(path, pointer, text, here, "核对平台代码；平台还没有建档的，先用 weimin new platform 建档")
        return
    try:
        ref = parse_ref(text)
    except ValueError:
        yield _broken(path, pointer, text, here, "引用写成“代码/年份-编号/文件名#条目”，同一卷宗内写“文件名#条目”")
        return
    if ref.platform is None:
        yield from _inside(path, pointer, role, ref, dossier, here, lookup)
    elif not lookup.exists(ref.record):
        yield _broken(path, pointer, ref.record, here, "核对引用；被引用的记录要先入库")
    elif ref.line and not _has_line(ref, lookup):
        yield _unknown(path, pointer, ref.line, ref.record, here)


def _inside(
    path: str, pointer: str, role: str, ref: Ref, dossier: Dossier | None, here: str | None, lookup: Lookup
) -> Iterator[Problem]:
    if dossier is None:
        yield _broken(path, pointer, ref.text, here, "写全引用：代码/年份-编号/文件名#条目")
    elif role in ("measure", "answers") and ref.line is None and re.fullmatch(r"[smdu]\d+", ref.text, re.ASCII):
        yield _unknown(path, pointer, ref.text, f"{_LINE_OF[role]}", here)
    elif (event := dossier.event(ref.stem or "")) is None:
        yield _broken(path, pointer, ref.text, here, _nearest(ref.stem or "", dossier))
    elif ref.line and (ref.line not in dossier.lines or dossier.lines[ref.line].stem != event.stem):
        yield _unknown(path, pointer, ref.line, event.stem, here)


def _has_line(ref: Ref, lookup: Lookup) -> bool:
    """Whether an existing record has a line. One that cannot be read has its own finding, and is not said to lack any."""
    record = lookup.record(ref.record)
    if record is None:
        return True
    for key, idname in (
        ("items", "item"),
        ("suggestions", "id"),
        ("measures", "id"),
        ("dissent", "id"),
        ("upward", "id"),
    ):
        lines = record.raw.get(key) if isinstance(record.raw, dict) else None
        if isinstance(lines, list) and any(
            str(line.get(idname)) == ref.line for line in lines if isinstance(line, dict)
        ):
            return True
    return f"{{#{ref.line}}}" in record.body


def _nearest(stem: str, dossier: Dossier) -> str:
    near = get_close_matches(stem, [e.stem for e in dossier.events], n=1)
    return f"是不是“{near[0]}”？" if near else "卷宗里有：" + "、".join(e.stem for e in dossier.events[:6])


def _broken(path: str, pointer: str, text: str, dossier: str | None, hint: str) -> Problem:
    return Problem(
        code="L101", path=path, pointer=pointer, dossier=dossier, message=f"引用的“{text[:40]}”找不到", hint=hint
    )


def _unknown(path: str, pointer: str, line: str, where: str, dossier: str | None) -> Problem:
    return Problem(
        code="L105",
        path=path,
        pointer=pointer,
        dossier=dossier,
        message=f"“{where}”里没有编号为“{line[:40]}”的条目",
        hint="核对编号；确有这一条的，先在原记录里补上",
    )


def parent_missing(row: PlatformRow, network: Network) -> Iterator[Problem]:
    """L103: the platform one level above has no platform.yml."""
    up = parent_code(row.code)
    if row.level is not Level.CITY and up is not None and network.get(up) is None:
        yield Problem(
            code="L103",
            path=row.path,
            message=f"平台“{row.code}”的上一级“{up}”还没有建档",
            hint=f"先建上一级平台：weimin new platform --platform {up}",
        )


def numbers_in_sequence(code: str, dossiers: dict[str, str]) -> Iterator[Problem]:
    """L106: the numbers of a platform's dossiers run without a gap from 001 in each year.

    `dossiers`: id → path of its first file.
    """
    expected: dict[str, int] = {}
    for dossier in sorted(dossiers, key=lambda d: (d.split("/")[1][:4], int(d.split("-")[1]))):
        year, number = dossier.split("/")[1].split("-")
        next_number = expected.get(year, 1)
        if int(number) != next_number:
            yield Problem(
                code="L106",
                path=dossiers[dossier],
                dossier=dossier,
                message=f"卷宗编号跳到了 {year}-{number}，{year} 年的下一个应是 {year}-{next_number:03d}",
                hint=f"没有用过的号补上；确实作废的，在议题里写 ended。新卷宗用 {year}-{next_number:03d}",
            )
        expected[year] = int(number) + 1
