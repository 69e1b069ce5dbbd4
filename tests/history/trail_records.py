"""A small register for tests of the trail: one village, one dossier, every record filed in time."""

from __future__ import annotations

from datetime import UTC, date, datetime

from weimin.app.audit.audit import audit
from weimin.engine.options import Options
from weimin.model.history import AuditResult

CITY = "content/network/321300"
VILLAGE = f"{CITY}/321302/321302001/321302001004"
OTHER = f"{CITY}/321302/321302002/321302002006"
D = f"{VILLAGE}/2026-001"
START = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)
AS_OF = date(2026, 11, 22)

CONSULTATION = f"{D}/2026-03-02-consultation.md"
OUTCOME = f"{D}/2026-03-10-outcome.md"
EVALUATION = f"{D}/2026-03-18-evaluation.yml"
CORRECTION = f"{D}/2026-03-19-correction.yml"
OPINION = f"{VILLAGE}/opinions/2026-03-01.yml"
HOUSE = f"{CITY}/rules/house.md"
PICTURE = f"{D}/attachments/site-before.jpg"


def topic(title="东组路灯建设", theme="交通出行", extra="", body="群众多次反映晚上出行不便。"):
    return f"---\ntitle: {title}\ntheme: {theme}\nsources:\n  - from: residents\n{extra}---\n\n{body}\n"


def consultation(residents=12, extra="", body="会上逐项讨论，形成一致意见。"):
    return (
        "---\nabout: selection\nconvened_by: platform\nmethods:\n  - kind: meeting\n    place: 村议事室\n"
        f"participants:\n  members: 2\n  residents: {residents}\n  departments: 1\n"
        f"suggestions:\n  - {{id: s1, from: residents, text: 路灯往东移两米}}\n{extra}---\n\n{body}\n"
    )


def outcome(due="'2026-06-30'", unit="镇村镇建设办公室", extra="", measure="在东组新装路灯 8 处", body="一致同意。"):
    return (
        "---\nof: [2026-03-02-consultation]\nconsensus: full\nmeasures:\n"
        f"  - {{id: m1, text: {measure}, unit: {unit}, due: {due}}}\n{extra}---\n\n{body}\n"
    )


def evaluation(satisfied=7, extra="", ballots=True):
    counts = (
        f"ballots:\n  issued: 10\n  returned: 10\n  satisfied: {satisfied}\n  basically_satisfied: 2\n  dissatisfied: 1\n"
        if ballots
        else "ballots: unpublished\n"
    )
    return f"of: [2026-03-10-outcome]\nbody: 参加协商的群众代表\nway: 现场投票\n{counts}{extra}"


def correction(
    of="2026-03-10-outcome", field="/measures/0/unit", old="镇村镇建设办公室", new="镇建设管理办公室", extra=""
):
    return (
        f"of: {of}\nchanges:\n  - {{field: {field}, from: {old}, to: {new}}}\n{extra}"
        "reason: 名称写错\napproved_by: 联系点召集人\n"
    )


def opinion(summary="东组晚上看不见路", extra=""):
    return f"channel: visit\nfrom: resident\ntheme: 交通出行\nsummary: {summary}\n{extra}"


def house(value=30, since="'2026-01-01'", name="report_days", extra=""):
    return (
        f"---\ntitle: 本站规则\neffective_from: {since}\napplies_to: [city, county, township, village]\nparameters:\n"
        f"  - {{name: {name}, value: {value}, clause: '#days'}}\n{extra}---\n\n## 天数 {{#days}}\n\n说明。\n"
    )


BASE = {
    "content/site.yml": "title: 测试站点\n",
    f"{CITY}/platform.yml": "area: 宿迁市\n",
    f"{VILLAGE}/platform.yml": "area: 某村\n",
    f"{D}/topic.md": topic(),
    CONSULTATION: consultation(),
    OUTCOME: outcome(),
    OPINION: opinion(),
}
"""What stands: filed on 2026-03-20, and a dossier of the platform's own."""


def begun(repo, files=BASE, name="repo"):
    """A repository whose first commit is `files`, made on `START`."""
    made = repo(name=name)
    made.now = START
    made.commit(files, "开始")
    return made


def audit_of(made, since="", as_of=AS_OF, **options) -> AuditResult:
    return audit(made.root, Options(as_of=as_of, **options), since)


def told(audited: AuditResult) -> list[str]:
    """`CODE NAME` of every finding, in the order of commits; the name is that of the file, or its path outside content/."""
    return [f"{f.code} {f.path.rpartition('/')[2]}" for f in audited.findings]
