"""A made history of the made register: who filed what, when, and what an audit found in it."""

from __future__ import annotations

from collections.abc import Iterable

from made_records import COUNTY, FULL, SECRET, VILLAGE, WITHHELD

from weimin.dossiers.disclosure import change_hidden
from weimin.model.finding import Severity
from weimin.model.history import Revision, TrailFinding
from weimin.model.kinds import Exemption
from weimin.model.network import folder_of
from weimin.model.signature import Attestation, Signature, SignatureState
from weimin.model.trail_rows import CorrectionRow, ExemptionRow, HistoryRow, LateFilingRow, TrailRows
from weimin.model.view import DossierView

FIRST, SECOND, THIRD = "a" * 40, "b" * 40, "c" * 40
CLERK = "样例录入员"


def _path(dossier: str, name: str) -> str:
    code, _, number = dossier.partition("/")
    return f"{folder_of(code)}/{number}/{name}"


def _revision(unit: str, commit: str, at: str, *done: tuple[str, str], author: str = CLERK, **more: object) -> Revision:
    return Revision(
        unit=unit,
        commit=commit,
        at=at,
        author=author,
        descriptions=tuple(words for words, _ in done),
        paths=tuple(path for _, path in done),
        **more,  # type: ignore[arg-type]  # what a test says of the signature
    )


def _finding(code: str, dossier: str, name: str, message: str, at: str) -> TrailFinding:
    return TrailFinding(
        code=code,
        slug="",
        severity=Severity.NOTICE if code == "A105" else Severity.ERROR,
        path=_path(dossier, name),
        line=1,
        column=1,
        message=message,
        hint="",
        clause=None,
        dossier=dossier,
        commit=FIRST,
        author=CLERK,
        at=at,
    )


_SIGNED = Attestation(changes=(Signature(state=SignatureState.VALID, principal=f"{VILLAGE}/clerk@example.org"),))

REVISIONS = {
    FULL: (
        _revision(
            FULL,
            FIRST,
            "2026-05-02T10:00:00+08:00",
            ("新建协商活动“2026-03-02-consultation”", _path(FULL, "2026-03-02-consultation.md")),
            ("新建议题", _path(FULL, "topic.md")),
        ),
        _revision(
            FULL,
            THIRD,
            "2026-11-21T09:30:00+08:00",
            ("更正“2026-03-10-outcome”的完成期限（due）", _path(FULL, "2026-11-21-correction.yml")),
            author="clerk@example.org",
            attested=_SIGNED,
        ),
    ),
    WITHHELD: (
        _revision(
            WITHHELD,
            SECOND,
            "2026-04-12T10:00:00+08:00",
            (f"改动协商成果“2026-04-10-outcome”的{SECRET}", _path(WITHHELD, "2026-04-10-outcome.md")),
            (f"更正“2026-04-10-outcome”的{SECRET}", _path(WITHHELD, "2026-04-20-correction.yml")),
            ("补充议题的公示（notice）", _path(WITHHELD, "topic.md")),
        ),
    ),
    VILLAGE: (
        _revision(VILLAGE, FIRST, "2026-01-05T10:00:00+08:00", ("新建平台", f"{folder_of(VILLAGE)}/platform.yml")),
    ),
}

FOUND = {
    FULL: (_finding("A105", FULL, "2026-03-02-consultation.md", "第 61 天才入档：补录", "2026-05-02T10:00:00+08:00"),),
    WITHHELD: (
        _finding("A103", WITHHELD, "2026-04-10-outcome.md", f"改动了{SECRET}", "2026-04-12T10:00:00+08:00"),
        _finding("A103", WITHHELD, "topic.md", "改动了议题的标题", "2026-04-12T10:00:00+08:00"),
    ),
}


def trail(views: Iterable[DossierView]) -> TrailRows:
    """The rows of a register of these dossiers with the history above."""
    rows = tuple(
        CorrectionRow(
            platform=v.dossier.platform,
            dossier=v.dossier.id,
            title=v.dossier.title,
            kind=target.kind if target else "",
            path=target.path if target else "",
            applied=a,
            hidden=change_hidden(v.dossier, a),
        )
        for v in views
        for a in v.dossier.applied
        for target in (v.dossier.event(a.target),)
    )
    late = LateFilingRow(
        platform=VILLAGE,
        dossier=FULL,
        title="村口路灯",
        stem="2026-03-02-consultation",
        message="协商活动“2026-03-02-consultation”在 2026-03-02 之后第 61 天才入档（本站参考 30 天内，非文件规定）：补录",
        filed="2026-05-02",
        commit=FIRST,
    )
    return TrailRows(
        corrections=rows,
        corrected=len(rows),
        exemptions=tuple(
            ExemptionRow(
                platform=COUNTY,
                of=VILLAGE,
                title="",
                path=f"{folder_of(COUNTY)}/exemptions.yml",
                number=n,
                exemption=Exemption(
                    rule=rule, subject=VILLAGE, reason="两村合并", approved_by="样例县政协", until=until
                ),
            )
            for n, (rule, until) in enumerate((("W705", "2027-12-31"), ("W706", "2025-12-31")))
        ),
        history=HistoryRow(
            commit=THIRD,
            steps=4,
            since="2026-01-05",
            until="2026-11-21",
            digest="0" * 64,
            signatures_requested=False,
            states={"unsigned": 3, "valid": 1},
            finding_counts={"A103": 2, "A105": 1},
            late=(late,),
            filed_late=1,
        ),
    )
