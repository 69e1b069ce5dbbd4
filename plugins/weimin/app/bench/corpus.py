"""A made register of any size: places that do not exist, matters of the usual kind, every step filed.

Nothing is drawn by chance: the number of a dossier decides what is in it, so two corpora of one size are the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

CITY = "990000"
_THEMES = ("交通出行", "环境卫生", "住房物业", "水电气网", "养老助残", "教育", "公共安全", "乡村建设")
_THINGS = ("路灯", "停车位", "排水管", "电动车棚", "健身场地", "候车亭", "护栏", "垃圾中转站", "雨污分流井", "农桥")
_PLACES = ("东组", "西组", "南巷", "北街", "老街", "新区", "学校门前", "集市两侧", "河堤沿线", "安置小区")
PER_DOSSIER = 8
EVENTS_FROM = date(2016, 1, 5)
YEARS = 10

File = tuple[str, str]


def corpus(records: int) -> Iterator[File]:
    """(path, text) of about so many records, a platform for every two dossiers of a village."""
    yield "content/site.yml", "title: 测量用数据\ndemo: true\n"
    dossiers = max(1, round(records / (PER_DOSSIER + 0.6)))
    villages = max(1, dossiers // 2)
    yield from _platforms(villages)
    for n in range(dossiers):
        yield from _dossier(n, village(n % villages), n // villages)


def village(n: int) -> str:
    """The code of the n-th village: 20 to a township, 40 townships to a county."""
    town = n // 20
    return f"9900{town // 40 % 89 + 1:02d}{town % 40 + town // 3560 * 40 + 1:03d}{n % 20 + 1:03d}"


def folder(code: str) -> str:
    chain = [CITY] if code == CITY else [CITY, *(code[:n] for n in (6, 9, 12) if n <= len(code))]
    return "content/network/" + "/".join(chain)


def _platforms(villages: int) -> Iterator[File]:
    codes = {CITY: "测量市"}
    for n in range(villages):
        code = village(n)
        codes.setdefault(code[:6], f"测量{code[4:6]}县")
        codes.setdefault(code[:9], f"第{code[6:9]}镇")
        codes[code] = f"第{code[9:12]}村"
    for code in sorted(codes):
        yield f"{folder(code)}/platform.yml", f"area: {codes[code]}\n"


def _dossier(n: int, code: str, nth: int) -> Iterator[File]:
    start = EVENTS_FROM + timedelta(days=365 * (nth % YEARS) + (n * 37) % 150)
    here = f"{folder(code)}/{start.year}-{nth // YEARS + 1:03d}"
    thing, place = _THINGS[n % 10], _PLACES[n // 10 % 10]
    people = 8 + n % 40
    satisfied = people * 3 // 4

    def day(days: int) -> str:
        return (start + timedelta(days=days)).isoformat()

    yield f"{here}/topic.md", _topic(n, thing, place, day(0))
    yield f"{here}/{day(7)}-consultation.md", _consultation(n, thing, place, people)
    yield f"{here}/{day(12)}-outcome.md", _outcome(n, thing, place, day, "consultation")
    yield f"{here}/{day(30)}-response.md", _response(n, thing)
    yield f"{here}/{day(50)}-consultation.md", _progress(thing, people)
    yield f"{here}/{day(80)}-followup.md", _followup(day(78), thing)
    yield f"{here}/{day(100)}-evaluation.yml", _evaluation(people, satisfied, day(12))
    yield f"{here}/{day(101)}-correction.yml", _correction(day(30))


def _topic(n: int, thing: str, place: str, approved: str) -> str:
    return f"""---
title: {place}{thing}建设与管护（测量 {n}）
theme: {_THEMES[n % 8]}
sources:
  - from: residents
    note: 群众在联系点当面反映
approval:
  by: 同级党组织
  date: '{approved}'
skipped:
  - step: progress
    reason: 工期短，一次商定后直接跟踪
    by: 联系点召集人
decision: {{date: pending}}
---

{place}的{thing}使用多年，晚间出行和日常管护都有不便，群众多次反映。联系点走访后列为议题，向两侧住户和有关单位征求了意见。

目前要商定的有三件事：装在哪里、钱从哪里来、建成以后谁来管。
"""


def _consultation(n: int, thing: str, place: str, people: int) -> str:
    suggestions = "".join(
        f"  - {{id: s{i}, from: residents, text: {thing}第 {i} 处的位置往{place}一侧移两米}}\n"
        for i in range(1, 2 + n % 3)
    )
    return f"""---
about: selection
convened_by: platform
methods:
  - kind: meeting
    place: 村议事室
    decided_by: show_of_hands
    votes: {{for: {people - 2}, against: 1, abstained: 1}}
participants:
  members: 2
  sages: 3
  residents: {people}
  party_government: 2
  departments: 1
suggestions:
{suggestions}---

会议由召集人主持，先通报了走访和征求意见的情况，再逐项讨论。大家对位置和数量意见比较一致，对管护费用分担有不同看法，经过两轮讨论后形成一致意见。

多数代表提出，{place}白天车多，施工要避开早晚高峰；{thing}建成后由村里统一管护，费用每年公布一次。
"""


def _outcome(n: int, thing: str, place: str, day: Callable[[int], str], kind: str) -> str:
    return f"""---
of: [{day(7)}-{kind}]
consensus: full
measures:
  - id: m1
    text: 在{place}新装{thing} {4 + n % 9} 处
    unit: 镇村镇建设办公室
    target: {{amount: {4 + n % 9}, unit: 处}}
    due: '{day(90)}'
    upkeep: 村委会
funding:
  - {{from: 村集体, yuan: {(n % 50 + 1) * 1000}, kind: money, state: granted, measure: m1}}
dissent: []
submitted:
  - {{to: 镇党委、镇政府, date: '{day(14)}'}}
publication:
  decision: publish
  by: 联系点召集人
  date: '{day(15)}'
  channels:
    - {{kind: noticeboard, date: '{day(15)}'}}
---

一致同意新装{thing}，费用由村集体承担，建成后由村委会管护，每年公布一次管护费用。
"""


def _response(n: int, thing: str) -> str:
    answers = (
        "  - {to: s1, decision: adopted, text: 位置已按意见调整。, measure: m1}",
        f"  - {{to: s2, decision: partly, text: {thing}的位置受管线限制，移一米。}}",
        "  - {to: s3, decision: declined, text: 这一处地下有管线，不能移动。}",
    )
    given = "\n".join(answers[: 1 + n % 3])
    return f"""---
by: 镇村镇建设办公室
answers:
{given}
---
"""


def _progress(thing: str, people: int) -> str:
    return f"""---
about: progress
convened_by: platform
methods:
  - kind: inspection
    places: [施工现场]
    found: {thing}基础已经做好
participants: {{members: 2, residents: {people // 2}, departments: 1}}
suggestions: []
---

代表到现场看了进度，施工单位介绍了下一步安排。
"""


def _followup(done: str, thing: str) -> str:
    return f"""---
form: return_visit
by: 联系点
measures:
  - id: m1
    state: done
    done: {{date: '{done}'}}
    note: {thing}已通电使用
---

回访时{thing}都已投入使用。
"""


def _evaluation(people: int, satisfied: int, outcome: str) -> str:
    return f"""of: [{outcome}-outcome]
body: 参加协商的群众代表
way: 现场无记名投票
ballots:
  issued: {people}
  returned: {people}
  satisfied: {satisfied}
  basically_satisfied: {people - satisfied}
  dissatisfied: 0
"""


def _correction(response: str) -> str:
    return f"""of: {response}-response
changes:
  - {{field: /by, from: 镇村镇建设办公室, to: 镇建设管理办公室}}
reason: 机构名称写错
approved_by: 联系点召集人
"""
