"""A small invented register in Git: four platforms and one dossier, written file by file. Nothing in it is real."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from builders.repository import Repository

CITY, COUNTY, TOWN, VILLAGE = "990100", "990101", "990101001", "990101001001"
TOP = "content/network/990100/990101/990101001"
AT = f"{TOP}/{VILLAGE}"
ONE, TWO = f"{AT}/2026-001", f"{AT}/2026-002"

PLATFORMS = {
    "content/site.yml": "title: 样例为民协商一张网\ntimezone: Asia/Shanghai\n",
    f"content/network/{CITY}/platform.yml": "area: 样例市\n",
    f"content/network/{CITY}/{COUNTY}/platform.yml": "area: 样例县\n",
    f"{TOP}/platform.yml": "area: 样例镇\n",
    f"{AT}/platform.yml": "area: 样例村\n",
}

_TOLD = "---\n样例：内容是编造的。\n"
TOPIC = (
    "---\ntitle: 村口停车场怎么建\ntheme: [交通出行]\nsources:\n  - from: residents\n"
    "approval:\n  by: 样例镇党委\n  date: 2026-02-20\n" + _TOLD
)
UNAPPROVED = TOPIC.replace("approval:\n  by: 样例镇党委\n  date: 2026-02-20\n", "")


def consultation(line: str = "s1", about: str = "selection", again: str = "") -> str:
    again = f"again:\n  because: {again}\n" if again else ""
    return (
        f"---\nabout: {about}\nmethods:\n  - kind: meeting\n    place: 村部\n    decided_by: consensus\n"
        f"participants:\n  members: 3\n  residents: 10\n  departments: 2\n{again}"
        f"suggestions:\n  - id: {line}\n    text: 靠路边留出转弯的地方\n" + _TOLD
    )


def outcome(of: str, measure: str = "m1", due: str = "2026-06-30", submitted: str = "", published: str = "") -> str:
    report = f"submitted:\n  - to: 样例村党总支\n    date: {submitted}\n" if submitted else ""
    notice = (
        "publication:\n  decision: publish\n  by: 样例村委会\n"
        f"  date: {published}\n  channels:\n    - kind: noticeboard\n      date: {published}\n"
        if published
        else ""
    )
    measures = (
        f"measures:\n  - id: {measure}\n    text: 建停车位\n    unit: 样例镇建设办\n    due: {due}\n"
        if measure
        else "measures: []\n"
    )
    return f"---\nof: [{of}]\nconsensus: full\n{measures}{report}{notice}{_TOLD}"


def response(line: str = "s1") -> str:
    return f"---\nby: 样例镇建设办\nanswers:\n  - to: {line}\n    decision: adopted\n    text: 按此修改\n{_TOLD}"


def followup(measure: str = "m1", state: str = "done", done: str = "2026-06-10") -> str:
    finished = f"    done:\n      date: {done}\n" if state == "done" else ""
    return f"---\nform: inspection\nmeasures:\n  - id: {measure}\n    state: {state}\n{finished}{_TOLD}"


def evaluation(of: str, satisfied: int = 20, reconsult: str = "") -> str:
    decided = (
        f"reconsult:\n  decision: hold\n  by: 样例村委会\n  date: {reconsult}\n  reason: 满意率低\n"
        if reconsult
        else ""
    )
    return (
        f"of: [{of}]\nbody: 受益群众\nway: 现场填票\nballots:\n  issued: 30\n  returned: 30\n  satisfied: {satisfied}\n"
        f"  basically_satisfied: 6\n  dissatisfied: {24 - satisfied}\n{decided}"
    )


START = {
    **PLATFORMS,
    f"{ONE}/topic.md": TOPIC,
    f"{ONE}/2026-03-02-consultation.md": consultation(),
}


class Ran(NamedTuple):
    """`code`: exit code; `json`: the report, where there is one."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def found(self) -> list[str]:
        """`CODE severity FILE` of each finding."""
        return [f"{f['code']} {f['severity']} {Path(f['path']).name}" for f in self.json["findings"]]

    @property
    def errors(self) -> list[str]:
        return sorted({f["code"] for f in self.json["findings"] if f["severity"] == "error"})


Check = Callable[..., Ran]


def repo_at(repository: Repository, branch: str = "work") -> Repository:
    """Switch to a new branch of the repository; the present state is `main`."""
    repository.git("checkout", "--quiet", "-b", branch)
    return repository
