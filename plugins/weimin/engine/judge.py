"""Judging of one unit: its files are read, compiled, checked by the rules and summarised; the result is small."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from weimin.dossiers.fold import steps_with_findings
from weimin.dossiers.summary import summarise
from weimin.engine.inventory import Unit
from weimin.engine.locations import Locator
from weimin.engine.preexisting import PreexistingRecords
from weimin.engine.register import Folder, Register, has_own_records
from weimin.engine.text_problems import text_problems
from weimin.engine.unread import UNREAD, unread_refs
from weimin.history.signing.signers import signer_list_problems
from weimin.model.basis import Basis
from weimin.model.dossier import Dossier, Inbound
from weimin.model.finding import Duty, Finding, Problem, UnlocatedFinding
from weimin.model.network import Network
from weimin.model.parameter import Parameters
from weimin.model.record import Record, parse_ref
from weimin.model.summary import AnswerDutyRow, DutyRow, Summary
from weimin.prose.render import plain_text
from weimin.rules.context import PlatformContext, RuleContext
from weimin.rules.dates import check_record_dates
from weimin.rules.findings import to_finding
from weimin.rules.links import links_of_dossier, links_of_news, links_of_platform
from weimin.rules.rating import rating_of
from weimin.rules.run import RuleResult, apply_dossier_rules, apply_platform_rules
from weimin.totals.durations import ANSWERS
from weimin.totals.months import planned_of


class DossierResult(msgspec.Struct, frozen=True, kw_only=True):
    """The stored result of a dossier.

    `records`: the number of its records. `has_records`: one of them is the platform's own. `days`: stem → first possible day
    of the event. `carried`: duties that continue in the dossier that this one was merged or moved into. `dependencies`: the
    keys of what was read besides its own files.
    """

    id: str
    platform: str
    findings: tuple[Finding, ...]
    summary: Summary
    records: int
    has_records: bool
    days: dict[str, date | None]
    carried: tuple[Duty, ...] = ()
    dependencies: tuple[str, ...] = ()


class PlatformResult(msgspec.Struct, frozen=True, kw_only=True):
    """The stored result of a platform's own files, or of the site's.

    `planned`: month (`2026-05`, `2026-?` if none is known) → number of items in the platform's plans. `next_day`: the first
    day on which the result changes with the clock alone.
    """

    id: str
    findings: tuple[Finding, ...]
    records: int
    planned: dict[str, int] = {}
    next_day: date | None = None
    dependencies: tuple[str, ...] = ()


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier with its findings, duties and summary: what its pages are rendered from."""

    dossier: Dossier
    findings: tuple[Finding, ...]
    duties: tuple[Duty, ...]
    summary: Summary
    carried: tuple[Duty, ...] = ()


class Judge(msgspec.Struct, frozen=True, kw_only=True):
    """Judges units in one network context. `exemptions`, `books`: the exemption and rule records of all platforms.

    `present`: as in RuleContext. `preexisting`: which records existed before a rule.
    """

    register: Register
    network: Network
    parameters: Parameters
    as_of: date
    present: date
    preexisting: PreexistingRecords
    exemptions: tuple[Record, ...] = ()
    books: tuple[Record, ...] = ()
    disabled: frozenset[str] = frozenset()

    def dossier(self, unit: Unit, inbound: tuple[Inbound, ...] = (), carried: tuple[Duty, ...] = ()) -> DossierResult:
        """`inbound`: references of other units. `carried`: duties of dossiers that were merged or moved into this one."""
        folder = self.register.read(unit)
        verdict = self.verdict(folder, inbound, carried)
        return DossierResult(
            id=unit.id,
            platform=verdict.dossier.platform,
            findings=verdict.findings,
            summary=verdict.summary,
            records=len(unit.places) - len(folder.attachments),
            has_records=has_own_records(folder.records),
            days={e.stem: e.on.sort_day if e.on else None for e in verdict.dossier.events},
            carried=verdict.carried,
            dependencies=(*self.register.dependencies.collect(), f"exempt:{unit.id}"),
        )

    def verdict(self, folder: Folder, inbound: tuple[Inbound, ...], carried: tuple[Duty, ...]) -> Verdict:
        """As `dossier`, of a folder that is read. If a file cannot be read, only rules about files, fields and privacy apply:
        findings about the course of events would follow from the missing record. The same holds of family W if the record
        that cannot be read lies elsewhere, and refers to this dossier or decides how it is judged (docs/adr/0004).
        """
        dossier = self.register.dossier(folder)
        problems = [*folder.problems, *text_problems(folder)]
        judged = RuleResult()
        if folder.complete:
            problems += dossier.problems
            problems += links_of_dossier(dossier, self.network, self.register)
            if self._can_judge(dossier.platform) and not any(i.role == UNREAD for i in inbound):
                judged = apply_dossier_rules(dossier, self._context(inbound, carried))
                if judged.ahead:
                    self.preexisting.record_head()
        else:
            dossier = msgspec.structs.replace(dossier, refs=(*dossier.refs, *unread_refs(folder)))
        findings = self._findings(folder, problems, judged.findings)
        owed = tuple(_duty_row(f) for f in findings if f.owed_by and not f.exempt)
        summary = summarise(
            dossier,
            steps=steps_with_findings(
                dossier.steps,
                frozenset(d.code for d in owed if d.basis is not Basis.DEFAULT),  # a reminder marks no step
                any(f.code == "W207" for f in findings),
            ),
            duties=owed,
            closed=judged.closed,
            next_day=judged.next_day,
            rate=lambda event, data: rating_of(dossier, event, data, self.parameters),
            answered=judged.answered,
            excerpt=plain_text,
            answers=tuple(_answer_row(d) for d in judged.duties if d.code in ANSWERS),
            as_of=self.as_of,
        )
        heir = self.network.responsible(dossier.platform)
        if not folder.complete or heir != dossier.platform:
            heir = heir if heir != dossier.platform else ""
            summary = msgspec.structs.replace(summary, complete=folder.complete, heir=heir)
        return Verdict(
            dossier=dossier, findings=findings, duties=judged.duties, summary=summary, carried=judged.carried
        )

    def platform(
        self, unit: Unit, summaries: tuple[Summary, ...], others: tuple[Summary, ...], inbound: tuple[Inbound, ...]
    ) -> PlatformResult:
        """`summaries`: the platform's dossiers. `others`: dossiers of other platforms that name this one's project lists."""
        folder = self.register.read(unit)
        records = self.register.platform_records(folder)
        problems = [*folder.problems, *text_problems(folder)]
        judged = RuleResult()
        row = self.network.get(unit.id)
        if folder.complete and row is not None:
            problems += records.problems
            problems += links_of_platform(records, self.network, self.register)
            complete = all(s.complete for s in (*summaries, *others)) and not any(i.role == UNREAD for i in inbound)
            if complete and self._can_judge(unit.id):
                above = {row.code for row in self.network.chain(unit.id)}
                books = tuple(b for b in self.books if b.place.platform in above)
                judged = apply_platform_rules(
                    PlatformContext(self._context(inbound), row, records, summaries, others, books)
                )
                if judged.ahead:
                    self.preexisting.record_head()
        chain = (f"books:{row.code}" for row in self.network.chain(unit.id))
        return PlatformResult(
            id=unit.id,
            findings=self._findings(folder, problems, judged.findings),
            records=len(unit.places),
            planned=planned_of(records),
            next_day=judged.next_day,
            dependencies=(*self.register.dependencies.collect(), *chain, f"exempt:{unit.id}"),
        )

    def prose_records(self, unit: Unit) -> PlatformResult:
        """The unit `site`: site.yml, pages and news; and the list of signers, which is no record."""
        folder = self.register.read(unit)
        problems = [*folder.problems, *text_problems(folder)]
        problems += links_of_news(folder.records, self.network, self.register)
        dates = check_record_dates(folder.records, self.as_of, self.present)
        problems += dates.problems
        if dates.ahead:
            self.preexisting.record_head()
        lists = [p.path for p in unit.places if p.kind == "signers"]
        for path in lists:
            if path in folder.files:
                problems += signer_list_problems(path, folder.files[path].decode("utf-8", "replace"))
        return PlatformResult(
            id=unit.id,
            findings=self._findings(folder, problems, ()),
            records=len(unit.places) - len(lists),
            dependencies=self.register.dependencies.collect(),
        )

    def finding(self, problem: Problem) -> Finding:
        """A problem that belongs to no unit as a finding, with severity and location."""
        return Locator(self.register).finding(to_finding(problem))

    def _can_judge(self, platform: str) -> bool:
        """Whether the rules and exemptions of a platform, and of those above it, can be read."""
        return not any(row.unread for row in self.network.chain(platform))

    def _context(self, inbound: tuple[Inbound, ...], carried: tuple[Duty, ...] = ()) -> RuleContext:
        return RuleContext(
            as_of=self.as_of,
            present=self.present,
            parameters=self.parameters,
            network=self.network,
            lookup=self.register,
            inbound=inbound,
            exemptions=self.exemptions,
            carried=carried,
            disabled=self.disabled,
        )

    def _findings(
        self, folder: Folder, problems: Iterable[Problem], raised: Iterable[UnlocatedFinding]
    ) -> tuple[Finding, ...]:
        locator = Locator(self.register, folder)
        enabled = (p for p in problems if p.code not in self.disabled)
        return tuple(
            locator.finding(self.preexisting.downgrade(r)) for r in (*(to_finding(p) for p in enabled), *raised)
        )


def inbound_of(results: Iterable[DossierResult]) -> Mapping[str, tuple[Inbound, ...]]:
    """References of dossiers to other units, by the unit referred to: a dossier or a platform."""
    found: dict[str, list[Inbound]] = defaultdict(list)
    for r in results:
        for stem, _pointer, role, text in r.summary.refs:
            try:
                ref = parse_ref(text)
            except ValueError:
                continue  # reported as L101
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


def _answer_row(d: Duty) -> AnswerDutyRow:
    return AnswerDutyRow(code=d.code, since=d.since, due=d.due, met=d.met, met_on=d.met_on)


def _duty_row(f: Finding) -> DutyRow:
    return DutyRow(
        code=f.code,
        message=f.message,
        owed_by=f.owed_by or "",
        due=f.due,
        overdue_days=f.overdue_days,
        path=f.path,
        suggested_due=f.suggested_due,
        basis=f.basis,
    )


__all__ = ["DossierResult", "Judge", "PlatformResult", "Verdict", "inbound_of"]
