"""A made-up register of eight platforms and nine dossiers, as a mapping of path to text. Nothing in it is real."""

from __future__ import annotations

import random

from builders.text import record as text_of

CITY, COUNTY = "990100", "990101"
TOWNS = ("990101001", "990101002")
VILLAGES = ("990101001001", "990101001002", "990101001003", "990101002001")
PLATFORMS = (CITY, COUNTY, *TOWNS, *VILLAGES)
TOLD = "样例：内容是编造的。"
THEMES = ("住房物业", "交通出行", "环境卫生", "公共安全", "水电气网")
THINGS = ("停车场", "路灯", "水渠", "车棚", "垃圾房", "健身角", "便民桥")
SITE = "content/site.yml"
Tree = dict[str, str | bytes]

AREAS = {CITY: "样例市", COUNTY: "样例县", TOWNS[0]: "样例东镇", TOWNS[1]: "样例西镇"}


def folder(code: str) -> str:
    """Where a platform's files are."""
    chain = [code[:6]] if len(code) == 6 else [code[:n] for n in (6, 9, 12) if n <= len(code)]
    return "content/network/" + "/".join([CITY, *(c for c in chain if c != CITY)]) + "/"


def at(dossier: str) -> str:
    code, _, number = dossier.partition("/")
    return f"{folder(code)}{number}/"


def record(front: str, body: str = TOLD) -> str:
    return text_of(front, body)


def topic(title: str, theme: str = THEMES[0], more: str = "", sources: str = "  - from: residents\n") -> str:
    approval = (
        "approval: {by: 样例镇党委, date: 2026-01-20}\nskipped:\n  - {step: progress, reason: 工期短, by: 样例镇党委}\n"
    )
    return record(f"title: {title}\ntheme: [{theme}]\nsources:\n{sources}{approval}{more}", f"{TOLD}说的是{title}。")


def consultation(more: str = "", people: int = 10, body: str = TOLD) -> str:
    front = "about: selection\nmethods:\n  - {kind: meeting, place: 村部, decided_by: consensus}\n"
    front += f"participants: {{members: 3, residents: {people}, departments: 2}}\n"
    return record(front + "suggestions:\n  - {id: s1, text: 靠路边留出转弯的地方}\n" + more, body)


def outcome(due: str = "2026-06-30", more: str = "", publication: str = "publish") -> str:
    front = "of: [2026-02-02-consultation]\n"
    if publication == "withhold":
        return record(
            front + "submitted:\n  - {to: 样例村党总支, date: 2026-02-12}\n"
            "publication: {decision: withhold, by: 样例镇党委, date: 2026-02-15, reason: 涉及征地谈判}\n",
            "",
        )
    front += f"consensus: full\nmeasures:\n  - {{id: m1, text: 按商定的办, unit: 样例镇建设办, due: {due}}}\n"
    front += "submitted:\n  - {to: 样例村党总支, date: 2026-02-12}\n" + more
    front += (
        "publication:\n  decision: publish\n  by: 样例村委会\n  date: 2026-02-15\n  channels:\n"
        "    - {kind: noticeboard, date: 2026-02-16}\n"
    )
    return record(front)


def response() -> str:
    return record("by: 样例镇建设办\nanswers:\n  - {to: s1, decision: adopted, text: 按此修改, measure: m1}\n")


def followup(state: str = "on_track", done: str = "") -> str:
    done = f", done: {{date: {done}}}" if done else ""
    return record(f"form: inspection\nmeasures:\n  - {{id: m1, state: {state}{done}}}\n")


def evaluation(satisfied: int = 20) -> str:
    return (
        "of: [2026-02-10-outcome]\nbody: 受益群众\nway: 现场填票\nballots: {issued: 30, returned: 30, "
        f"satisfied: {satisfied}, basically_satisfied: 6, dissatisfied: {24 - satisfied}}}\n"
    )


STAGES = (
    ("2026-02-02-consultation.md", consultation),
    ("2026-02-10-outcome.md", outcome),
    ("2026-02-25-response.md", response),
    ("2026-05-12-followup.md", followup),
    ("2026-07-12-evaluation.yml", evaluation),
)


def dossier(name: str, title: str, stage: int, theme: str = THEMES[0]) -> Tree:
    """A dossier as far as its `stage`: 0, a topic alone; 5, evaluated."""
    files: Tree = {f"{at(name)}topic.md": topic(title, theme)}
    return files | {at(name) + stem: make() for stem, make in STAGES[:stage]}


def rule(response_days: int = 90, *, issued: bool = True) -> str:
    """With a day of issue it binds from its commit on; without one it is this site's reference."""
    day = "issued: 2024-12-20\n" if issued else ""
    return record(
        f"title: 样例市为民协商工作规则\n{day}effective_from: 2025-01-01\napplies_to: [county, township, village]\n"
        f'parameters:\n  - {{name: response_days, value: {response_days}, clause: "#d1"}}\n',
        f"{TOLD}\n\n## 第一条 {{#d1}}\n\n{response_days} 日内答复。",
    )


def platform(code: str, area: str = "", more: str = "") -> str:
    return f"area: {area or AREAS.get(code, '样例村' + code[-1])}\n{more}"


def start(rnd: random.Random) -> Tree:
    tree: Tree = {SITE: "title: 样例为民协商一张网\ntimezone: Asia/Shanghai\nbase_url: https://example.org/\n"}
    for code in PLATFORMS:
        tree[f"{folder(code)}platform.yml"] = platform(code)
    tree[f"{folder(CITY)}rules/work.md"] = rule()
    tree[f"{folder(CITY)}projects/2026.yml"] = projects()
    tree["content/pages/about.md"] = record("title: 关于本站\n")
    for n, code in enumerate((*VILLAGES, *VILLAGES, TOWNS[0])):
        title = f"{THINGS[n % len(THINGS)]}怎么建"
        tree |= dossier(f"{code}/2026-{1 + n // len(VILLAGES):03}", title, rnd.randrange(6), rnd.choice(THEMES))
    return tree


def projects(items: int = 1) -> str:
    lines = "".join(f'  - {{item: "{n}", name: 新建样例工程 {n} 处, due: 2026-12-31}}\n' for n in range(1, items + 1))
    return f"title: 2026 年样例市实事项目清单\nadopted: {{by: 样例市人大, date: 2026-01-18}}\nitems:\n{lines}"
