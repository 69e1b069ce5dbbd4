"""Assigns paths to new records, as `weimin new` does, with the next number that this import leaves free."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import count

from weimin.app.entry.importing.draft import Draft
from weimin.app.entry.record_target import TargetRequest, candidate_paths, period_of, resolve_target
from weimin.app.entry.refused import EntryRefused
from weimin.engine.register import Register
from weimin.intake.headings import TableRow
from weimin.intake.sheet import Fault, quoted_cell
from weimin.model.place import Place
from weimin.records.kinds import DOSSIER, KINDS, PLATFORM
from weimin.records.place import path_of, place_of, stem_of

_OPTION = re.compile(r"（--[a-z]+）")
_COLUMN_OF_OPTION = {"on": "on", "platform": "code", "dossier": "dossier", "slug": "slug"}
"""Option of `weimin new` → the column with the same meaning."""
_YES = ("true", "是", "草案", "征求意见稿", "1")


class PathAllocator:
    """Assigns paths; `taken`: those of this import, with their drafts."""

    def __init__(self, register: Register, today: date) -> None:
        self.register, self.today = register, today
        self.taken: dict[str, Draft] = {}

    def assign(self, draft: Draft, entry: TableRow) -> Fault | None:
        """Set the draft's path, or return the fault that prevents it."""
        kind = draft.kind
        if kind == "correction":
            return entry.fault("record", "更正不能从表里新建", "用 weimin new correction --of 记录 --set 字段=新值")
        try:
            draft.path = self._explicit_path(kind, entry) or next(self._free_paths(kind, entry))
        except EntryRefused as refused:
            return _fault_of(refused, entry)
        except ValueError:
            message = f"{KINDS[kind].title}不能叫{quoted_cell(entry.text('record'))}"
            return entry.fault("record", message, f"清空这一格，由程序编号；或者照 {KINDS[kind].name} 的样子写")
        if draft.path in self.taken or draft.path in self.register.by_path:
            return entry.fault("record", f"{draft.path} 已经有了", "一份记录只写一行；要改它，照导出的那一行改")
        if (fault := self._missing_parent(draft, entry)) is not None:
            return fault
        self.taken[draft.path] = draft
        return None

    def existing_duplicate(self, draft: Draft, raw: object) -> Place | None:
        """An existing record with the same data, folder and date: the row was imported before."""
        place = place_of(draft.path)
        assert isinstance(place, Place)
        year = (place.dossier or "").partition("-")[0]
        units = self.register.units
        candidates = [u for u in units if u.startswith(f"{year}-")] if draft.kind == "topic" else [place.unit]
        for unit in candidates:
            for other in units[unit].places if unit in units else ():
                if other.kind == draft.kind and other.on == place.on:
                    record, _ = self.register.parse(other)
                    if record is not None and (record.raw, record.body) == (raw, draft.body):
                        return other
        return None

    def _explicit_path(self, kind: str, entry: TableRow) -> str:
        """The path of the reference in the row; empty where the row has none. Raises ValueError."""
        ref = entry.text("record")
        if not ref:
            return ""
        head, _, stem = ref.rpartition("/")
        row = KINDS[kind]
        if row.where == DOSSIER:
            return path_of(kind, dossier=head, stem=stem)
        if row.where == PLATFORM:
            return path_of(
                kind,
                platform=ref if kind == "platform" else ref.partition("/")[0],
                stem="" if kind == "platform" else stem,
            )
        return path_of(kind, stem=stem)

    def _free_paths(self, kind: str, entry: TableRow) -> Iterator[str]:
        """The free paths that a record may take, in order. Raises EntryRefused."""
        dossier, on = entry.text("dossier"), entry.text("on")
        row = KINDS[kind]
        if row.where == DOSSIER and dossier and dossier not in self.register.units:
            yield from self._paths_in_new_dossier(kind, dossier, on)
        dated = kind not in ("topic", "rule", "page", "site", "platform", "exemptions", "news")
        if dated and not on:
            raise EntryRefused("没有写日期。知道到哪一步写到哪一步，例如 2026-03-02、2026-03", "on")
        request = TargetRequest(
            kind=kind,
            platform=entry.text("code") if row.where == PLATFORM or not dossier else "",
            dossier=dossier if row.where == DOSSIER else "",
            on=on if dated or (kind == "topic" and not dossier) else "",
            slug=entry.text("slug"),
            draft=entry.text("draft").lower() in _YES,
        )
        for path in candidate_paths(self.register, resolve_target(self.register, request, self.today)):
            if path not in self.taken:
                yield path

    def _paths_in_new_dossier(self, kind: str, dossier: str, on: str) -> Iterator[str]:
        """Free paths in a dossier that a topic of this import opens."""
        try:
            if kind == "topic":
                yield path_of(kind, dossier=dossier)
            for n in count(1):
                path = path_of(kind, dossier=dossier, stem=stem_of(kind, period_of(on).text, n))
                if path not in self.taken:
                    yield path
        except ValueError:
            raise EntryRefused(
                f"卷宗{quoted_cell(dossier)}不是“代码/年份-编号”，例如 321302001004/2026-001", "dossier"
            ) from None

    def _missing_parent(self, draft: Draft, entry: TableRow) -> Fault | None:
        """The fault of a record whose platform does not exist or whose dossier has no topic."""
        place = place_of(draft.path)
        assert isinstance(place, Place)
        if place.platform and draft.kind != "platform" and not self._platform_exists(place.platform):
            return entry.fault(
                "code",
                f"平台 {place.platform} 还没有建档",
                f"先建平台：weimin new platform --platform {place.platform}",
            )
        if place.dossier and draft.kind != "topic" and place.dossier not in self.register.units:
            opened = f"{draft.path.rpartition('/')[0]}/topic.md"
            if opened not in self.taken:
                return entry.fault(
                    "dossier", f"卷宗 {place.dossier} 还没有议题", "在议题的表里加一行，同一次导入，或者先建议题"
                )
        return None

    def _platform_exists(self, code: str) -> bool:
        place = self.register.by_ref.get(code)
        return (place is not None and place.kind == "platform") or any(
            d.kind == "platform" and path.endswith(f"/{code}/platform.yml") for path, d in self.taken.items()
        )


def _fault_of(refused: EntryRefused, entry: TableRow) -> Fault:
    """The refusal of `weimin new` as a fault of the cell at fault, without the names of options."""
    fact, _, fix = _OPTION.sub("", str(refused)).partition("。")
    hint = fix.rstrip("。") if fix and "--" not in fix else "改好这一格；各列怎么写见表头的说明"
    return entry.fault(_COLUMN_OF_OPTION.get(refused.option, "record"), fact, hint)
