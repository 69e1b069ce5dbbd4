"""Where a new record goes: its kind, its platform or dossier, its date → the paths it may take, the first free one first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from itertools import count

import msgspec

from weimin.app.entry.write import Refused
from weimin.engine.register import Register
from weimin.model.kinds import Platform
from weimin.model.period import Period, parse_period
from weimin.model.place import parent_code
from weimin.model.quote import quoted
from weimin.records.kinds import DOSSIER, KINDS, PLATFORM, SITE, Kind
from weimin.records.paths import path_collisions
from weimin.records.place import path_of, stem_of
from weimin.records.suggest import calendar_error, suggest_code, suggest_date

_SLUGGED = ("rule", "page", "news")
_YEARLY = ("plan", "projects")
_SINGLE = ("platform", "exemptions", "site")
_BY_OWN_HANDS = {
    "signers": "签名名单（signers）一人一行，直接改 content/network/signers。",
    "attachment": "附件直接放进卷宗的 attachments 文件夹。",
}


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for, as it was typed; empty where nothing was said."""

    kind: str
    platform: str = ""
    dossier: str = ""
    on: str = ""
    slug: str = ""
    draft: bool = False


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """`platform` and `dossier` as in `Place`; a topic that opens a dossier has none yet."""

    kind: Kind
    on: Period
    platform: str | None = None
    dossier: str | None = None
    slug: str = ""
    draft: bool = False


def spot_of(register: Register, wanted: Wanted, today: date) -> Spot:
    """What was asked for, held to the register. Raises Refused."""
    kind = kind_of(wanted.kind)
    _only_its_options(kind, wanted)
    on = period_of(wanted.on or today.isoformat())
    if kind.where == SITE:
        return Spot(kind=kind, on=on, slug=_slug(kind, wanted.slug))
    if kind.where == DOSSIER and (kind.kind != "topic" or wanted.dossier):
        dossier = dossier_of(register, wanted)
        return Spot(kind=kind, on=on, platform=dossier.partition("/")[0], dossier=dossier)
    platform = _new_platform(register, wanted) if kind.kind == "platform" else platform_of(register, wanted.platform)
    if on.year is None and (kind.kind == "topic" or kind.kind in _YEARLY):
        raise Refused(f"{kind.title}按年份编号，“{on.text}”没有年份。用 --on 写明年份，例如 --on 2026。", "on")
    return Spot(kind=kind, on=on, platform=platform, slug=_slug(kind, wanted.slug), draft=wanted.draft)


def kind_of(text: str) -> Kind:
    """A kind by its name or its Chinese title. Raises Refused, with what is near."""
    kinds = {k: row for k, row in KINDS.items() if row.schema and k != "correction"}
    by_name = kinds | {row.title: row for row in kinds.values()}
    if text in by_name:
        return by_name[text]
    if text in _BY_OWN_HANDS:
        raise Refused(_BY_OWN_HANDS[text])
    near = get_close_matches(text, [*by_name, "network", "correction"], n=1)
    asked = f"是不是 {near[0]}？" if near else ""
    listed = "、".join(f"{k} {row.title}" for k, row in kinds.items())
    raise Refused(f"没有{quoted(text)}这种记录。{asked}可选：{listed}、correction 更正、network 组织网络。")


def period_of(text: str) -> Period:
    """A date of a file name. Raises Refused, with what was probably meant."""
    try:
        return parse_period(text, in_name=True)
    except ValueError:
        meant, missing = suggest_date(text), calendar_error(text)
        why = f"{missing}。" if missing else f"是不是 {meant}？" if meant else ""
        forms = "知道到哪一步写到哪一步：2026-03-02、2026-03、2026-Q1、2026-H1、2026；只知道不晚于某天写 by-2026-03-02，没有年份写 XXXX-03-02"
        raise Refused(f"日期{quoted(text)}（--on）不是约定的写法。{why}{forms}。", "on") from None


def platform_of(register: Register, text: str) -> str:
    """A platform's code by its code or its name. Raises Refused, with the nearest."""
    if not text:
        raise Refused("没有说是哪个平台。加上 --platform 代码或名称，例如 --platform 曹集乡。", "platform")
    if text in register.by_ref and register.by_ref[text].kind == "platform":
        return text
    names = _names(register)
    exact = [code for code, own in names.items() if text in own]
    found = sorted(exact or [code for code, own in names.items() if any(text in name for name in own)])
    if len(found) == 1 and not text.isdigit():
        return found[0]
    if found and not text.isdigit():
        shown = "、".join(_shown(code, names) for code in found[:8])
        raise Refused(f"名称里有{quoted(text)}的平台有 {len(found)} 个：{shown}。用 --platform 写代码。", "platform")
    by_words = {name: code for code, own in names.items() for name in own}
    near = [by_words[name] for name in get_close_matches(text, by_words, n=3)]
    near = near or get_close_matches(suggest_code(text) or text, names, n=3)
    asked = f"相近的有：{'、'.join(_shown(code, names) for code in dict.fromkeys(near))}。" if near else ""
    raise Refused(
        f"平台{quoted(text)}还没有建档。{asked}确实没有的，先建平台：weimin new platform --platform 代码，或者用 weimin new network 一次建齐。",
        "platform",
    )


def dossier_of(register: Register, wanted: Wanted) -> str:
    """A dossier that stands, by `CODE/YYYY-NNN` or by its number within --platform. Raises Refused, with the nearest."""
    text = wanted.dossier.strip("/")
    if not text:
        raise Refused(
            "没有说是哪个卷宗。加上 --dossier 代码/年份-编号，例如 --dossier 321302001004/2026-001。", "dossier"
        )
    code, _, number = text.rpartition("/")
    if wanted.platform:
        platform = platform_of(register, wanted.platform)
        if code and code != platform:
            raise Refused(f"卷宗{quoted(text)}不是平台 {platform} 的。--platform 和 --dossier 只写一个。", "dossier")
        text = f"{platform}/{number}"
    if text in register.units and register.units[text].is_dossier:
        return text
    standing = [unit for unit in register.units if "/" in unit]
    own = [unit for unit in standing if unit.startswith(text.partition("/")[0] + "/") or unit.endswith("/" + number)]
    near = own[-5:] or get_close_matches(text, standing, n=3)
    asked = f"已有的：{'、'.join(near)}。" if near else ""
    raise Refused(f"卷宗{quoted(text)}不存在。{asked}要开新卷宗，用 weimin new topic --platform 代码。", "dossier")


def paths(register: Register, spot: Spot) -> Iterator[str]:
    """The paths that the record may take, in order; more than one only where it has a number. Raises Refused."""
    kind = spot.kind.kind
    if kind == "topic" and spot.dossier is None:
        prefix = f"{spot.platform}/{spot.on.year}-"
        taken = [int(unit.removeprefix(prefix)) for unit in register.units if unit.startswith(prefix)]
        for n in count(max(taken, default=0) + 1):
            yield path_of(kind, dossier=f"{prefix}{n:03d}")
    elif kind in ("topic", *_SINGLE):
        yield path_of(kind, dossier=spot.dossier, platform=None if spot.dossier else spot.platform)
    elif kind in _SLUGGED:
        yield _of_slug(spot)
    elif kind in _YEARLY and not spot.draft:
        yield path_of(kind, platform=spot.platform, stem=str(spot.on.year))
    else:
        for n in count(_next_number(register, spot)):
            yield path_of(
                kind, dossier=spot.dossier, platform=None if spot.dossier else spot.platform, stem=_stem(spot, n)
            )


def _next_number(register: Register, spot: Spot) -> int:
    unit = register.units.get(spot.dossier or spot.platform or "")
    on = str(spot.on.year) if spot.draft else spot.on.text
    taken = [
        p.number
        for p in (unit.places if unit else ())
        if p.kind == spot.kind.kind and p.on and p.on.text == on and ("draft" in p.stem) == spot.draft
    ]
    return max(taken, default=0) + 1


def _stem(spot: Spot, n: int) -> str:
    if spot.draft:
        return f"{spot.on.year}-draft" + (f"-{n}" if n > 1 else "")
    return stem_of(spot.kind.kind, spot.on.text, n)


def _of_slug(spot: Spot) -> str:
    try:
        path = path_of(spot.kind.kind, platform=spot.platform, stem=spot.slug)
    except ValueError:
        raise Refused(
            f"名称{quoted(spot.slug)}（--slug）不能作文件名。只用小写英文字母、数字和短横线，不超过 40 个，例如 {spot.kind.name.partition('.')[0]}。",
            "slug",
        ) from None
    for problem in path_collisions([path]):
        raise Refused(f"{problem.message}。{problem.hint}。", "slug")
    return path


def _slug(kind: Kind, slug: str) -> str:
    if kind.kind in _SLUGGED and not slug:
        example = kind.name.partition(".")[0]
        raise Refused(f"{kind.title}要有一个作文件名和网址的英文名称。加上 --slug，例如 --slug {example}。", "slug")
    return slug


def _new_platform(register: Register, wanted: Wanted) -> str:
    code = wanted.platform
    try:
        path_of("platform", platform=code)
    except ValueError:
        meant = suggest_code(code)
        asked = f"是不是 {meant}？" if meant and meant != code else ""
        raise Refused(
            f"{quoted(code)}不是统计用区划代码（--platform）。{asked}市、县区 6 位，乡镇街道 9 位，村居 12 位数字。",
            "platform",
        ) from None
    above = parent_code(code)
    if above is not None and above not in register.by_ref:
        raise Refused(
            f"平台 {code} 的上一级 {above} 还没有建档。先建上一级：weimin new platform --platform {above}。", "platform"
        )
    return code


def _only_its_options(kind: Kind, wanted: Wanted) -> None:
    """Refuses an option that would say nothing for this kind, so that nobody thinks it did."""
    useless = {
        "--slug": wanted.slug and kind.kind not in _SLUGGED,
        "--draft": wanted.draft and kind.kind != "projects",
        "--dossier": wanted.dossier and kind.where != DOSSIER,
        "--platform": wanted.platform and kind.where not in (DOSSIER, PLATFORM),
        "--on": wanted.on and kind.kind in (*_SINGLE, "rule", "page"),
    }
    for option, said in useless.items():
        if said:
            raise Refused(f"{kind.title}（{kind.kind}）用不上 {option}。去掉它再试。")


def _names(register: Register) -> dict[str, tuple[str, ...]]:
    """The names of every platform by its code, the area first."""
    found: dict[str, tuple[str, ...]] = {}
    for place in register.places:
        if place.kind == "platform" and place.platform:
            record, _ = register.parse(place)
            data = record.data if record else None
            own = (data.area, data.name, data.brand) if isinstance(data, Platform) else ()
            found[place.platform] = tuple(name for name in own if name and name != "unpublished")
    return found


def _shown(code: str, names: dict[str, tuple[str, ...]]) -> str:
    """321302101 曹集乡（宿城区）."""
    above = names.get(parent_code(code) or "", ())
    return f"{code} {(names[code] or ('',))[0]}" + (f"（{above[0]}）" if above else "")
