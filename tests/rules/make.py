"""Dossiers and platforms built from plain values for tests: a healthy one, and variations of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from builders.value import record as make_record
from builders.value import revive
from weimin.dossiers.compile import compile_dossier, compile_platform_records
from weimin.model.dossier import Dossier, Inbound, PlatformRecords
from weimin.model.network import Network, PlatformRow, folder_of
from weimin.model.parameter import DEFAULTS, Parameters, ParameterSetting
from weimin.model.record import Record
from weimin.model.summary import ConsultationRow, Summary
from weimin.records.kinds import KINDS
from weimin.rules.context import PlatformContext, RuleContext
from weimin.rules.run import RuleResult, apply_dossier_rules, apply_platform_rules

CITY, COUNTY, TOWN, VILLAGE = "321300", "321302", "321302001", "321302001004"
ID = f"{VILLAGE}/2026-001"
LATE = date(2026, 12, 31)
REPORT = [{"publisher": "人民政协网", "date": "2026-08-01"}]

TOPIC = {
    "title": "村口停车场怎么建",
    "theme": ["交通出行"],
    "sources": [{"from": "residents"}],
    "approval": {"by": "镇党委", "date": "2026-02-20"},
}
MEETING = {"kind": "meeting", "place": "村部", "decided_by": "consensus"}
CONSULTATION = {
    "about": "selection",
    "methods": [MEETING],
    "participants": {"members": 3, "residents": 10, "departments": 2},
    "suggestions": [{"id": "s1", "text": "靠路边留出转弯的地方"}],
}
MEASURE = {
    "id": "m1",
    "text": "建 30 个车位",
    "unit": "镇建设办",
    "due": "2026-05-31",
    "target": {"amount": 30, "unit": "个"},
}
OUTCOME = {
    "of": ["2026-03-02-consultation"],
    "consensus": "full",
    "measures": [MEASURE],
    "submitted": [{"to": "同级党组织", "date": "2026-03-12"}],
    "publication": {"decision": "publish", "by": "村委会", "date": "2026-03-15", "channels": [{"kind": "noticeboard"}]},
}


def outcome_on(day: str, of: str, **more: Any) -> dict[str, Any]:
    """The outcome of another consultation, reported and published on its day."""
    published = OUTCOME["publication"] | {"date": day}
    return OUTCOME | {"of": [of], "submitted": [{"to": "同级党组织", "date": day}], "publication": published} | more


RESPONSE = {"by": "镇建设办", "answers": [{"to": "s1", "decision": "adopted", "text": "按此修改"}]}
FOLLOWUP = {
    "form": "inspection",
    "measures": [{"id": "m1", "state": "done", "done": {"amount": 30, "unit": "个", "date": "2026-05-20"}}],
}
BALLOTS = {"issued": 30, "returned": 30, "satisfied": 20, "basically_satisfied": 6, "dissatisfied": 4}
EVALUATION = {"of": ["2026-03-10-outcome"], "body": "受益群众", "way": "现场填票", "ballots": BALLOTS}

HEALTHY: dict[str, dict[str, Any]] = {
    "topic": TOPIC,
    "2026-03-02-consultation": CONSULTATION,
    "2026-03-10-outcome": OUTCOME,
    "2026-03-25-response": RESPONSE,
    "2026-06-01-followup": FOLLOWUP,
    "2026-07-01-evaluation": EVALUATION,
}
"""A village's dossier from the topic to a good evaluation: no findings, no open duties."""


def story(
    *, until: str = "evaluation", without: Iterable[str] = (), **changes: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """The healthy dossier up to a kind, without some kinds, with fields changed (None: absent) by kind."""
    names = [n for n in HEALTHY if n.rpartition("-")[2] not in without]
    names = names[: [n.rpartition("-")[2] for n in names].index(until) + 1]
    records = {}
    for name in names:
        merged = HEALTHY[name] | changes.get(name.rpartition("-")[2], {})
        records[name] = {key: value for key, value in merged.items() if value is not None}
    return records


def compiled(records: Mapping[str, dict[str, Any]], *stems: str) -> dict[str, dict[str, Any]]:
    """The records as compiled from public reports: all of them, or those with the given stems."""
    return {s: d | {"compiled_from": REPORT} if s in stems or not stems else dict(d) for s, d in records.items()}


def ending(kind: str) -> str:
    return KINDS[kind].ending


def path_in(dossier: str, stem: str) -> str:
    kind = next(part for part in (*stem.split("-")[::-1], stem) if part in KINDS)
    return f"{folder_of(dossier.split('/')[0])}/{dossier.split('/')[1]}/{stem}{ending(kind)}"


def make_dossier(
    records: Mapping[str, dict[str, Any]], dossier_id: str = ID, bodies: Mapping[str, str] | None = None
) -> Dossier:
    """A dossier of records by their stems, compiled as the program compiles it."""
    parsed = [make_record(path_in(dossier_id, s), raw, (bodies or {}).get(s, "")) for s, raw in records.items()]
    return compile_dossier(dossier_id, parsed, (), revive)


def make_platform_records(code: str, files: Mapping[str, Any]) -> PlatformRecords:
    """A platform's own files by their names below its folder: `plans/2026.yml`."""
    records = [make_record(f"{folder_of(code)}/{name}", raw) for name, raw in files.items()]
    return compile_platform_records(code, records, revive)


class RecordLookup:
    """A lookup of records of other folders, by reference."""

    def __init__(self, records: Iterable[Record] = (), ids: Iterable[str] = ()) -> None:
        self.records = {r.place.ref: r for r in records}
        self.ids = set(ids)

    def record(self, ref: str) -> Record | None:
        return self.records.get(ref)

    def exists(self, ref: str) -> bool:
        return ref in self.records or ref in self.ids


def make_network(*rows: PlatformRow) -> Network:
    codes = {r.code for r in rows}
    rest = [
        PlatformRow(code=c, area=c, name=c, has_records=True) for c in (CITY, COUNTY, TOWN, VILLAGE) if c not in codes
    ]
    return Network([*rows, *rest])


def make_context(
    as_of: date = LATE,
    *,
    settings: Iterable[ParameterSetting] = (),
    issued: bool = True,
    lookup: RecordLookup | None = None,
    inbound: tuple[Inbound, ...] = (),
    **more: Any,
) -> RuleContext:
    """`issued`: an issued rule of the city sets every number to the program's default, so that days are due days."""
    return RuleContext(
        as_of=as_of,
        parameters=Parameters([*(ISSUED if issued else ()), *settings]),
        network=make_network(),
        lookup=lookup or RecordLookup(),
        inbound=inbound,
        **more,
    )


ISSUED = tuple(
    ParameterSetting(name=name, value=value, platform=CITY, source=f"{CITY}/rules/2020-measures#1")
    for name, value in DEFAULTS.items()
)
"""A rule that sets every number as the program does; one of `setting` comes after it."""


def setting(name: str, value: int | float | str, platform: str = CITY, **more: Any) -> ParameterSetting:
    return ParameterSetting(
        name=name, value=value, platform=platform, source=f"{platform}/rules/2021-measures#1", **more
    )


def apply_rules(records: Mapping[str, dict[str, Any]], as_of: date = LATE, **more: Any) -> RuleResult:
    return apply_dossier_rules(make_dossier(records), make_context(as_of, **more))


def short_findings(result: RuleResult) -> list[str]:
    """The findings as short texts: `W602 duty 2026-03-10-outcome`, sorted."""
    return sorted(
        f"{r.code} {'exempt' if r.exempt else r.severity.value} {r.path.rpartition('/')[2].partition('.')[0]}"
        for r in result.findings
    )


def findings_of(records: Mapping[str, dict[str, Any]], as_of: date = LATE, **more: Any) -> list[str]:
    return short_findings(apply_rules(records, as_of, **more))


def make_platform(
    code: str = VILLAGE,
    files: Mapping[str, Any] | None = None,
    *,
    as_of: date = LATE,
    row: Mapping[str, Any] | None = None,
    summaries: tuple[Summary, ...] = (),
    referring_summaries: tuple[Summary, ...] = (),
    rule_records: tuple[Record, ...] = (),
    **more: Any,
) -> PlatformContext:
    facts = {"code": code, "area": "某地", "name": "某地为民协商平台", "has_records": True} | dict(row or {})
    own = {"platform.yml": {"area": "某地"}} | dict(files or {})
    return PlatformContext(
        make_context(as_of, **more),
        PlatformRow(**facts),
        make_platform_records(code, own),
        summaries,
        referring_summaries,
        rule_records,
    )


def owed_by_platform(platform: PlatformContext, *codes: str) -> list[str]:
    """The findings of some codes as short texts: `W705 duty platform 2026-03-31`, sorted by code, then day."""
    return sorted(
        f"{r.code} {'exempt' if r.exempt else r.severity.value} {r.path.rpartition('/')[2].partition('.')[0]}"
        + (f" {r.due}" if r.due else "")
        for r in apply_platform_rules(platform).findings
        if r.code in codes
    )


def make_summary(number: str = "2026-001", *held: str, code: str = VILLAGE, **more: Any) -> Summary:
    """A dossier's row with consultations on days."""
    rows = tuple(
        ConsultationRow(
            stem=f"{day}-consultation", on=day, day=date.fromisoformat(day), year=int(day[:4]), about="selection"
        )
        for day in held
    )
    facts: dict[str, Any] = {
        "id": f"{code}/{number}",
        "platform": code,
        "title": "停车场",
        "themes": ("交通出行",),
        "compiled": False,
        "day": rows[0].day if rows else None,
        "last": rows[-1].day if rows else None,
        "last_on": rows[-1].on if rows else "",
        "step": 2,
        "steps": (),
        "rounds": 1,
        "closed": False,
        "ended": None,
        "consultations": rows,
    }
    return Summary(**facts | more)
