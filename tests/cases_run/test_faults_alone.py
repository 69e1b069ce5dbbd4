"""A record that cannot be read yields its own findings and no others, whatever is wrong with it and whoever refers to it.

The register has a reference of every sort to every kind of record; each record is spoiled in turn.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from case_register import Tree, find, tree_of

from builders.register import FILE, LINK, PROGRAM
from weimin.model.finding import Finding, Severity

AS_OF = date(2027, 6, 1)
CITY = "content/network/990100"
COUNTY = f"{CITY}/990101"
VILLAGE = f"{COUNTY}/990101001/990101001001"
DOSSIER = f"{VILLAGE}/2026-001"
MORE: dict[str, str] = {
    # a matter of the village that the county took up, and its answer to the village's suggestion
    f"{DOSSIER}/2026-03-28-outcome.md": """---
of: [2026-03-02-consultation]
consensus: advice
measures: []
upward:
  - {id: u1, kind: overall, to: "990101", publish: true, text: 村路管护没有经费, reported: {date: 2026-03-30}}
submitted: [{to: 样例镇党委, date: 2026-03-30}]
publication: {decision: publish, by: 样例镇党委, date: 2026-03-30, channels: [{kind: noticeboard, date: 2026-03-31}]}
---
样例：内容是编造的。
""",
    f"{DOSSIER}/2026-04-20-consultation.md": """---
about: selection
methods: [{kind: meeting, place: 村部, decided_by: consensus}]
participants: {members: 2, residents: 6, departments: 1}
joint: ["990101001002"]
suggestions: [{id: s2, text: 装反光镜}]
---
样例：内容是编造的。
""",
    f"{DOSSIER}/2026-05-01-outcome.md": """---
of: [2026-04-20-consultation]
consensus: full
measures: []
submitted: [{to: 样例镇党委, date: 2026-05-02}]
publication: {decision: publish, by: 样例镇党委, date: 2026-05-02, channels: [{kind: noticeboard, date: 2026-05-03}]}
---
样例：内容是编造的。
""",
    f"{COUNTY}/2026-001/topic.md": """---
title: 村路谁来管护
theme: 交通出行
projects: [{list: 990100/projects/2026, item: "8"}]
sources: [{from: escalation, ref: "990101001001/2026-001/2026-03-28-outcome#u1"}]
approval: {by: 样例县委, date: 2026-04-10}
related: [990101001001/2026-001]
---
样例：内容是编造的。
""",
    f"{COUNTY}/2026-001/2026-04-22-response.md": """---
by: "990101"
answers: [{to: "990101001001/2026-001/2026-04-20-consultation#s2", decision: adopted, text: 列入县里的计划}]
---
样例：内容是编造的。
""",
    f"{COUNTY}/2026-001/2026-04-15-consultation.md": """---
about: selection
methods: [{kind: meeting, place: 县政协, decided_by: consensus}]
participants: {members: 5, departments: 2}
joint: ["990101001"]
suggestions: []
---
样例：内容是编造的。
""",
    f"{COUNTY}/rules/2020-days.md": """---
title: 样例县办理期限
doc_no: 样县协发〔2020〕4号
issued: 2020-03-02
effective_from: 2020-04-01
applies_to: [county, township, village]
parameters: [{name: outcome_days, value: 700, clause: "#d"}, {name: report_days, value: 900, clause: 2020-working-rules#x}]
---
# 天数 {#d}

样例：内容是编造的。
""",
    f"{COUNTY}/rules/2020-working-rules.md": """---
title: 样例县镇村两级为民协商工作规则
doc_no: 样县协发〔2020〕3号
issued: 2020-03-02
effective_from: 2020-04-01
applies_to: [township, village]
---
# 期限 {#x}

样例：内容是编造的。
""",
    f"{VILLAGE}/exemptions.yml": f"""- rule: W603
  subject: {DOSSIER}/2026-03-10-outcome.md
  reason: 期限由上级定
  approved_by: 样例镇党委
  until: 2030-12-31
""",
    f"{COUNTY}/990101001/990101001002/platform.yml": "area: 样例二村\n",
    "content/news/2026-training.md": """---
title: 办了一期培训
date: 2026-03-05
platform: "990101"
about: [990100/guidance/2026-03-05, 990101001001/2026-001]
---
样例：内容是编造的。
""",
}
MORE[f"{DOSSIER}/2026-03-10-outcome.md"] = """---
of: [2026-03-02-consultation]
consensus: partial
measures:
  - {id: m1, text: 修通村口到学校八百米水泥路, target: {amount: 800, unit: 米}, due: 2026-08-31}
dissent: [{id: d1, text: 担心施工占用门前菜地}]
submitted: [{to: 样例镇党委, date: 2026-03-12}]
publication: {decision: publish, by: 样例镇党委, date: 2026-03-15, channels: [{kind: noticeboard, date: 2026-03-16}]}
---
样例：内容是编造的。
"""


def _first_key(data: bytes) -> int:
    """Where the fields begin; of a list, at its first item."""
    at = 4 if data.startswith(b"---\n") else 0
    while data[at : at + 1] == b"#":
        at = data.index(b"\n", at) + 1
    return at + 2 if data[at : at + 2] == b"- " else at


def _put(data: bytes, text: bytes) -> bytes:
    at = _first_key(data)
    return data[:at] + text + data[at:]


def _doubled(data: bytes) -> bytes:
    at = _first_key(data)
    key = data[at : data.index(b":", at)]
    return _put(data, key + b": 1\n" + (b"  " if data[at - 2 : at] == b"- " else b""))


def _unknown(data: bytes) -> bytes:
    at = _first_key(data)
    return _put(data, b"nosuch: 1\n" + (b"  " if data[at - 2 : at] == b"- " else b""))


Spoilt = tuple[bytes, str]
FAULTS: dict[str, Callable[[bytes], Spoilt]] = {
    "CRLF": lambda d: (d.replace(b"\n", b"\r\n"), FILE),
    "BOM": lambda d: (b"\xef\xbb\xbf" + d, FILE),
    "double key": lambda d: (_doubled(d), FILE),
    "unknown field": lambda d: (_unknown(d), FILE),
    "YAML syntax": lambda d: (_put(d, b"x: [\n"), FILE),
    "bytes of GBK": lambda d: (_put(d, "# 样例\n".encode("gbk")), FILE),
    "conflict": lambda d: (_put(d, b"<<<<<<< HEAD\n"), FILE),
    "run bit": lambda d: (d, PROGRAM),
    "link": lambda d: (b"elsewhere.md", LINK),
}


def register() -> Tree:
    files, modes = tree_of()
    return {**files, **{path: text.encode() for path, text in MORE.items()}}, modes


def key(f: Finding) -> tuple[str, str, int, int]:
    return f.code, f.path, f.line, f.column


BEFORE = {key(f) for f in find(register(), AS_OF)}
PATHS = sorted(register()[0])


def spoilt(path: str, fault: str) -> list[Finding]:
    files, modes = register()
    files[path], mode = FAULTS[fault](files[path])
    return find((files, modes if mode == FILE else {**modes, path: mode}), AS_OF)


def test_the_register_is_sound():
    assert [f for f in find(register(), AS_OF) if f.severity is Severity.ERROR] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_platform_that_cannot_be_read(fault):
    found = spoilt(f"{COUNTY}/platform.yml", fault)
    assert {f.path for f in found if f.severity is Severity.ERROR} == {f"{COUNTY}/platform.yml"}
    assert {f.path for f in found if key(f) not in BEFORE} == {f"{COUNTY}/platform.yml"}


@pytest.mark.parametrize("path", PATHS)
def test_a_record_that_cannot_be_read_is_all_that_is_found(path):
    for fault in ("CRLF", "unknown field", "link"):
        new = [f for f in spoilt(path, fault) if key(f) not in BEFORE]
        if fault == "link":  # it is not followed, so what the record says of others is not known; but it is there
            new = [f for f in new if f.code[0] in "FSL"]
        assert {f.path for f in new} == {path}, (fault, new)
        assert any(f.severity is Severity.ERROR for f in new), fault


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault != "link"])
def test_every_fault_of_a_record_others_refer_to(fault):
    for path in (f"{CITY}/projects/2026.yml", f"{COUNTY}/rules/2020-days.md", f"{VILLAGE}/exemptions.yml"):
        new = [f for f in spoilt(path, fault) if key(f) not in BEFORE]
        assert {f.path for f in new} == {path}, new
