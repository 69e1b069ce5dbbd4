"""One folder at a time: read, compiled, judged, summarised. What leaves is small."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from weimin.dossiers.fold import with_findings
from weimin.dossiers.summary import summarise
from weimin.engine.inventory import Unit
from weimin.engine.locations import Locator
from weimin.engine.register import Folder, Register, speaks
from weimin.history.signing.signers import list_problems
from weimin.model.dossier import Dossier, Inbound
from weimin.model.finding import Duty, Finding, Problem, Raised
from weimin.model.network import Network
from weimin.model.parameter import Parameters
from weimin.model.record import Record, parse_ref
from weimin.model.summary import AnswerRow, DutyRow, Summary
from weimin.prose.limits import problems as limit_problems
from weimin.prose.markup import attachments
from weimin.prose.markup import problems as markup_problems
from weimin.prose.render import plain_text
from weimin.rules.arithmetic import grade
from weimin.rules.context import Context, PlatformContext
from weimin.rules.links import links_of_dossier, links_of_news, links_of_platform
from weimin.rules.privacy import scan_document, scan_picture, scan_text, scan_values
from weimin.rules.run import Judged, judge_dossier, judge_platform, stamp
from weimin.totals.durations import ANSWERS
from weimin.totals.months import planned_of


class DossierResult(msgspec.Struct, frozen=True, kw_only=True):
    """What leaves the folder of a dossier."""

    id: str
    platform: str
    findings: tuple[Finding, ...]
    summary: Summary
    records: int
    speaks: bool
    days: dict[str, date | None]  # stem → first possible day
    carried: tuple[Duty, ...] = ()  # what goes on in the dossier that this one was merged or moved into
    reads: tuple[str, ...] = ()  # what was looked at besides its own files


class PlatformResult(msgspec.Struct, frozen=True, kw_only=True):
    """What leaves a platform's own folder."""

    id: str
    findings: tuple[Finding, ...]
    records: int
    planned: dict[str, int] = {}  # month (`2026-05`, `2026-?` where none is known) → items of its plans
    next_day: date | None = None
    reads: tuple[str, ...] = ()


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier with all that was said of it: what its pages are made from."""

    dossier: Dossier
    findings: tuple[Finding, ...]
    duties: tuple[Duty, ...]
    summary: Summary
    carried: tuple[Duty, ...] = ()


class Judge(msgspec.Struct, frozen=True, kw_only=True):
    """What every folder is judged with. `exemptions`, `books`: those records of all platforms."""

    register: Register
    network: Network
    parameters: Parameters
    as_of: date
    exemptions: tuple[Record, ...] = ()
    books: tuple[Record, ...] = ()
    disabled: frozenset[str] = frozenset()

    def dossier(self, unit: Unit, inbound: tuple[Inbound, ...] = (), carried: tuple[Duty, ...] = ()) -> DossierResult:
        folder = self.register.read(unit)
        verdict = self.verdict(folder, inbound, carried)
        return DossierResult(
            id=unit.id,
            platform=verdict.dossier.platform,
            findings=verdict.findings,
            summary=verdict.summary,
            records=len(unit.places) - len(folder.attachments),
            speaks=speaks(folder.records),
            days={e.stem: e.on.sort_day if e.on else None for e in verdict.dossier.events},
            carried=verdict.carried,
            reads=(*self.register.reads.taken(), f"exempt:{unit.id}"),
        )

    def verdict(self, folder: Folder, inbound: tuple[Inbound, ...], carried: tuple[Duty, ...]) -> Verdict:
        """A dossier whose files cannot all be read is held to files, fields and privacy only: the rest would be noise."""
        dossier = self.register.dossier(folder)
        problems = [*folder.problems, *_texts(folder)]
        judged = Judged()
        if folder.whole:
            problems += dossier.problems
            problems += links_of_dossier(dossier, self.network, self.register)
            judged = judge_dossier(dossier, self._context(inbound, carried))
        findings = self._findings(folder, problems, judged.raised)
        owed = tuple(_duty_row(f) for f in findings if f.owed_by and not f.exempt)
        summary = summarise(
            dossier,
            steps=with_findings(
                dossier.steps, frozenset(d.code for d in owed), any(f.code == "W207" for f in findings)
            ),
            duties=owed,
            closed=judged.closed,
            next_day=judged.next_day,
            grade=lambda event, data: grade(dossier, event, data, self.parameters),
            answered=judged.answered,
            excerpt=plain_text,
            answers=tuple(_answer_row(d) for d in judged.duties if d.code in ANSWERS),
            as_of=self.as_of,
        )
        return Verdict(
            dossier=dossier, findings=findings, duties=judged.duties, summary=summary, carried=judged.carried
        )

    def platform(
        self, unit: Unit, summaries: tuple[Summary, ...], others: tuple[Summary, ...], inbound: tuple[Inbound, ...]
    ) -> PlatformResult:
        """`others`: dossiers of other platforms that refer to this one's project lists."""
        folder = self.register.read(unit)
        own = self.register.platform_records(folder)
        problems = [*folder.problems, *_texts(folder)]
        judged = Judged()
        row = self.network.get(unit.id)
        if folder.whole and row is not None:
            problems += own.problems
            problems += links_of_platform(own, self.network, self.register)
            above = {row.code for row in self.network.chain(unit.id)}
            books = tuple(b for b in self.books if b.place.platform in above)
            judged = judge_platform(PlatformContext(self._context(inbound), row, own, summaries, others, books))
        chain = (f"books:{row.code}" for row in self.network.chain(unit.id))
        return PlatformResult(
            id=unit.id,
            findings=self._findings(folder, problems, judged.raised),
            records=len(unit.places),
            planned=planned_of(own),
            next_day=judged.next_day,
            reads=(*self.register.reads.taken(), *chain, f"exempt:{unit.id}"),
        )

    def prose_records(self, unit: Unit) -> PlatformResult:
        """site.yml, pages and news; and the list of signers, which is no record."""
        folder = self.register.read(unit)
        problems = [*folder.problems, *_texts(folder)]
        problems += links_of_news(folder.records, self.network, self.register)
        lists = [p.path for p in unit.places if p.kind == "signers"]
        for path in lists:
            problems += list_problems(path, folder.files[path].decode("utf-8", "replace"))
        return PlatformResult(
            id=unit.id,
            findings=self._findings(folder, problems, ()),
            records=len(unit.places) - len(lists),
            reads=self.register.reads.taken(),
        )

    def finding(self, problem: Problem) -> Finding:
        """A problem outside any folder, stamped."""
        return Locator(self.register).finding(stamp(problem))

    def _context(self, inbound: tuple[Inbound, ...], carried: tuple[Duty, ...] = ()) -> Context:
        return Context(
            as_of=self.as_of,
            parameters=self.parameters,
            network=self.network,
            lookup=self.register,
            inbound=inbound,
            exemptions=self.exemptions,
            carried=carried,
            disabled=self.disabled,
        )

    def _findings(self, folder: Folder, problems: Iterable[Problem], raised: Iterable[Raised]) -> tuple[Finding, ...]:
        finder = Locator(self.register, folder)
        kept = (p for p in problems if p.code not in self.disabled)
        return tuple(finder.finding(r) for r in (*(stamp(p) for p in kept), *raised))


def _texts(folder: Folder) -> Iterator[Problem]:
    """Prose (F112, F106) and privacy (P), over every file of the folder whether it could be read or not."""
    for record in folder.records:
        if record.body:
            where = (record.place.path, record.body, record.body_line)
            yield from limit_problems(*where)
            yield from markup_problems(*where)
            yield from _pictures(record, folder)
    for path, data in folder.files.items():
        if path in folder.attachments:
            yield from scan_picture(path, data) if not path.endswith(".pdf") else scan_document(path, data)
            continue
        text = data.decode("utf-8", "replace")
        yield from scan_text(path, text)
        yield from scan_values(path, text)


def _pictures(record: Record, folder: Folder) -> Iterator[Problem]:
    """L101 for a picture that is not among the attachments of the dossier."""
    here = record.place.path.rpartition("/")[0]
    for name in attachments(record.body):
        if f"{here}/attachments/{name}" not in folder.attachments:
            before = record.body.partition(f"attachments/{name}")[0]
            yield Problem(
                code="L101",
                path=record.place.path,
                line=record.body_line + before.count("\n"),
                column=len(before) - before.rfind("\n"),
                message=f"正文里的图片“attachments/{name[:40]}”找不到",
                hint=f"把图片放到 {here}/attachments/，文件名与正文里写的一样",
                dossier=record.place.dossier,
            )


def inbound_of(results: Iterable[DossierResult]) -> Mapping[str, tuple[Inbound, ...]]:
    """References between folders, by the dossier or platform they lead to."""
    found: dict[str, list[Inbound]] = defaultdict(list)
    for r in results:
        for stem, _pointer, role, text in r.summary.refs:
            try:
                ref = parse_ref(text)
            except ValueError:
                continue  # L101 has said so
            target = ref.dossier or ref.platform
            if target is not None and target != r.id:
                found[target].append(
                    Inbound(
                        source=f"{r.id}/{stem}",
                        role=role,
                        target=text,
                        line=ref.line,
                        on=r.days.get(stem),
                        compiled=r.summary.compiled,
                    )
                )
    return {target: tuple(sorted(refs, key=lambda i: (i.source, i.target))) for target, refs in found.items()}


def _answer_row(d: Duty) -> AnswerRow:
    return AnswerRow(code=d.code, since=d.since, due=d.due, met=d.met, met_on=d.met_on)


def _duty_row(f: Finding) -> DutyRow:
    return DutyRow(
        code=f.code,
        message=f.message,
        owed_by=f.owed_by or "",
        due=f.due,
        overdue_days=f.overdue_days,
        path=f.path,
    )


__all__ = ["DossierResult", "Judge", "PlatformResult", "Verdict", "inbound_of"]
