"""Where a new record goes: from its kind, platform or dossier and date to the paths that it may take, in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from itertools import count

import msgspec

from weimin.app.entry.refused import EntryRefused
from weimin.engine.register import Register
from weimin.model.kinds import Platform
from weimin.model.period import Period, parse_period
from weimin.model.place import parent_code
from weimin.model.quote import quoted
from weimin.records.kinds import DOSSIER, KINDS, PLATFORM, SITE, Kind
from weimin.records.paths import path_collisions
from weimin.records.place import path_of, stem_of
from weimin.records.suggest import calendar_error, suggest_code, suggest_date

_WITH_SLUG = ("rule", "page", "news")
_YEARLY = ("plan", "projects")
_SINGLE = ("platform", "exemptions", "site")
_EDITED_DIRECTLY = {
    "signers": "签名名单（signers）一人一行，直接改 content/network/signers。",
    "attachment": "附件直接放进卷宗的 attachments 文件夹。",
}


class TargetRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The target of a new record as typed; empty where nothing was given."""

    kind: str
    platform: str = ""
    dossier: str = ""
    on: str = ""
    slug: str = ""
    draft: bool = False


class RecordTarget(msgspec.Struct, frozen=True, kw_only=True):
    """A validated target. `platform` and `dossier` as in `Place`; a topic that opens a dossier has no dossier yet."""

    kind: Kind
    on: Period
    platform: str | None = None
    dossier: str | None = None
    slug: str = ""
    draft: bool = False


def resolve_target(register: Register, request: TargetRequest, today: date) -> RecordTarget:
    """Validate a request against the register. Raises EntryRefused."""
    kind = kind_of(request.kind)
    _refuse_unused_options(kind, request)
    on = period_of(request.on or today.isoformat())
    if kind.where == SITE:
        return RecordTarget(kind=kind, on=on, slug=_slug(kind, request.slug))
    if kind.where == DOSSIER and (kind.kind != "topic" or request.dossier):
        dossier = dossier_of(register, request)
        return RecordTarget(kind=kind, on=on, platform=dossier.partition("/")[0], dossier=dossier)
    platform = _new_platform(register, request) if kind.kind == "platform" else platform_of(register, request.platform)
    if on.year is None and (kind.kind == "topic" or kind.kind in _YEARLY):
        raise EntryRefused(f"{kind.title}按年份编号，“{on.text}”没有年份。用 --on 写明年份，例如 --on 2026。", "on")
    return RecordTarget(kind=kind, on=on, platform=platform, slug=_slug(kind, request.slug), draft=request.draft)


def kind_of(text: str) -> Kind:
    """A kind by its name or its Chinese title. Raises EntryRefused, with a similar one."""
    kinds = {k: row for k, row in KINDS.items() if row.schema and k != "correction"}
    by_name = kinds | {row.title: row for row in kinds.values()}
    if text in by_name:
        return by_name[text]
    if text in _EDITED_DIRECTLY:
        raise EntryRefused(_EDITED_DIRECTLY[text])
    similar = get_close_matches(text, [*by_name, "network", "correction"], n=1)
    suggestion = f"是不是 {similar[0]}？" if similar else ""
    listed = "、".join(f"{k} {row.title}" for k, row in kinds.items())
    raise EntryRefused(f"没有{quoted(text)}这种记录。{suggestion}可选：{listed}、correction 更正、network 组织网络。")


def period_of(text: str) -> Period:
    """A date as in file names. Raises EntryRefused, with what was probably meant."""
    try:
        return parse_period(text, in_name=True)
    except ValueError:
        meant, missing = suggest_date(text), calendar_error(text)
        why = f"{missing}。" if missing else f"是不是 {meant}？" if meant else ""
        forms = "知道到哪一步写到哪一步：2026-03-02、2026-03、2026-Q1、2026-H1、2026；只知道不晚于某天写 by-2026-03-02，没有年份写 XXXX-03-02"
        raise EntryRefused(f"日期{quoted(text)}（--on）不是约定的写法。{why}{forms}。", "on") from None


def platform_of(register: Register, text: str) -> str:
    """The code of a platform given by its code or name. Raises EntryRefused, with similar ones."""
    if not text:
        raise EntryRefused("没有说是哪个平台。加上 --platform 代码或名称，例如 --platform 曹集乡。", "platform")
    if text in register.by_ref and register.by_ref[text].kind == "platform":
        return text
    names = _names(register)
    exact = [code for code, own_names in names.items() if text in own_names]
    matches = sorted(exact or [code for code, own_names in names.items() if any(text in name for name in own_names)])
    if len(matches) == 1 and not text.isdigit():
        return matches[0]
    if matches and not text.isdigit():
        shown = "、".join(_with_parent_name(code, names) for code in matches[:8])
        raise EntryRefused(
            f"名称里有{quoted(text)}的平台有 {len(matches)} 个：{shown}。用 --platform 写代码。", "platform"
        )
    code_by_name = {name: code for code, own_names in names.items() for name in own_names}
    similar = [code_by_name[name] for name in get_close_matches(text, code_by_name, n=3)]
    similar = similar or get_close_matches(suggest_code(text) or text, names, n=3)
    suggestion = (
        f"相近的有：{'、'.join(_with_parent_name(code, names) for code in dict.fromkeys(similar))}。" if similar else ""
    )
    raise EntryRefused(
        f"平台{quoted(text)}还没有建档。{suggestion}确实没有的，先建平台：weimin new platform --platform 代码，或者用 weimin new network 一次建齐。",
        "platform",
    )


def dossier_of(register: Register, request: TargetRequest) -> str:
    """An existing dossier, given as `CODE/YYYY-NNN` or as a number within --platform. Raises EntryRefused, with similar ones."""
    text = request.dossier.strip("/")
    if not text:
        raise EntryRefused(
            "没有说是哪个卷宗。加上 --dossier 代码/年份-编号，例如 --dossier 321302001004/2026-001。", "dossier"
        )
    code, _, number = text.rpartition("/")
    if request.platform:
        platform = platform_of(register, request.platform)
        if code and code != platform:
            raise EntryRefused(
                f"卷宗{quoted(text)}不是平台 {platform} 的。--platform 和 --dossier 只写一个。", "dossier"
            )
        text = f"{platform}/{number}"
    if text in register.units and register.units[text].is_dossier:
        return text
    existing = [unit for unit in register.units if "/" in unit]
    own = [unit for unit in existing if unit.startswith(text.partition("/")[0] + "/") or unit.endswith("/" + number)]
    similar = own[-5:] or get_close_matches(text, existing, n=3)
    suggestion = f"已有的：{'、'.join(similar)}。" if similar else ""
    raise EntryRefused(
        f"卷宗{quoted(text)}不存在。{suggestion}要开新卷宗，用 weimin new topic --platform 代码。", "dossier"
    )


def candidate_paths(register: Register, target: RecordTarget) -> Iterator[str]:
    """The paths that the record may take, in order; several only where it has a number. Raises EntryRefused."""
    kind = target.kind.kind
    if kind == "topic" and target.dossier is None:
        prefix = f"{target.platform}/{target.on.year}-"
        taken = [int(unit.removeprefix(prefix)) for unit in register.units if unit.startswith(prefix)]
        for n in count(max(taken, default=0) + 1):
            yield path_of(kind, dossier=f"{prefix}{n:03d}")
    elif kind in ("topic", *_SINGLE):
        yield path_of(kind, dossier=target.dossier, platform=None if target.dossier else target.platform)
    elif kind in _WITH_SLUG:
        yield _slug_path(target)
    elif kind in _YEARLY and not target.draft:
        yield path_of(kind, platform=target.platform, stem=str(target.on.year))
    else:
        for n in count(_next_number(register, target)):
            yield path_of(
                kind,
                dossier=target.dossier,
                platform=None if target.dossier else target.platform,
                stem=_stem(target, n),
            )


def _next_number(register: Register, target: RecordTarget) -> int:
    unit = register.units.get(target.dossier or target.platform or "")
    on = str(target.on.year) if target.draft else target.on.text
    taken = [
        p.number
        for p in (unit.places if unit else ())
        if p.kind == target.kind.kind and p.on and p.on.text == on and ("draft" in p.stem) == target.draft
    ]
    return max(taken, default=0) + 1


def _stem(target: RecordTarget, n: int) -> str:
    if target.draft:
        return f"{target.on.year}-draft" + (f"-{n}" if n > 1 else "")
    return stem_of(target.kind.kind, target.on.text, n)


def _slug_path(target: RecordTarget) -> str:
    try:
        path = path_of(target.kind.kind, platform=target.platform, stem=target.slug)
    except ValueError:
        raise EntryRefused(
            f"名称{quoted(target.slug)}（--slug）不能作文件名。只用小写英文字母、数字和短横线，不超过 40 个，例如 {target.kind.name.partition('.')[0]}。",
            "slug",
        ) from None
    for problem in path_collisions([path]):
        raise EntryRefused(f"{problem.message}。{problem.hint}。", "slug")
    return path


def _slug(kind: Kind, slug: str) -> str:
    if kind.kind in _WITH_SLUG and not slug:
        example = kind.name.partition(".")[0]
        raise EntryRefused(
            f"{kind.title}要有一个作文件名和网址的英文名称。加上 --slug，例如 --slug {example}。", "slug"
        )
    return slug


def _new_platform(register: Register, request: TargetRequest) -> str:
    code = request.platform
    try:
        path_of("platform", platform=code)
    except ValueError:
        meant = suggest_code(code)
        suggestion = f"是不是 {meant}？" if meant and meant != code else ""
        raise EntryRefused(
            f"{quoted(code)}不是统计用区划代码（--platform）。{suggestion}市、县区 6 位，乡镇街道 9 位，村居 12 位数字。",
            "platform",
        ) from None
    above = parent_code(code)
    if above is not None and above not in register.by_ref:
        raise EntryRefused(
            f"平台 {code} 的上一级 {above} 还没有建档。先建上一级：weimin new platform --platform {above}。", "platform"
        )
    return code


def _refuse_unused_options(kind: Kind, request: TargetRequest) -> None:
    """Refuse an option that has no effect for this kind, so that nobody believes it had one."""
    unused = {
        "--slug": request.slug and kind.kind not in _WITH_SLUG,
        "--draft": request.draft and kind.kind != "projects",
        "--dossier": request.dossier and kind.where != DOSSIER,
        "--platform": request.platform and kind.where not in (DOSSIER, PLATFORM),
        "--on": request.on and kind.kind in (*_SINGLE, "rule", "page"),
    }
    for option, given in unused.items():
        if given:
            raise EntryRefused(f"{kind.title}（{kind.kind}）用不上 {option}。去掉它再试。")


def _names(register: Register) -> dict[str, tuple[str, ...]]:
    """The names of every platform by its code, the area first."""
    names: dict[str, tuple[str, ...]] = {}
    for place in register.places:
        if place.kind == "platform" and place.platform:
            record, _ = register.parse(place)
            data = record.data if record else None
            own_names = (data.area, data.name, data.brand) if isinstance(data, Platform) else ()
            names[place.platform] = tuple(name for name in own_names if name and name != "unpublished")
    return names


def _with_parent_name(code: str, names: dict[str, tuple[str, ...]]) -> str:
    """For example 321302101 曹集乡（宿城区）."""
    above = names.get(parent_code(code) or "", ())
    return f"{code} {(names[code] or ('',))[0]}" + (f"（{above[0]}）" if above else "")
